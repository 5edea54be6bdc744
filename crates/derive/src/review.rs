//! In which order statements should be looked at by a person: the least certain and most consequential first. The order is
//! arithmetic on what was read, no judgement of what is true:
//!
//! priority = doubt x weight, where
//! doubt = 1 + voices after the author + 1 if the claim is not told as certain + 1 if it is negated + 1 for each voice left unnamed,
//! weight = 1 + rows of `compare` in which it stands + 2 for each of these that is a contradiction.
//!
//! What is hard to read is often read wrongly: every voice, hedge and negation is one more thing that a reader can take
//! for another. What many comparisons stand on costs more when it is wrong. Equal ones come in the order of the documents.

use rashomon_core::{Cell, Certainty, Polarity, Snapshot, Statement, StatementId, Table, Voice};
use std::collections::HashMap;

/// A statement that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The statement.
    pub statement: StatementId,
    /// How much of it could have been read wrongly; 1 at least.
    pub doubt: u32,
    /// What stands on it; 1 at least.
    pub weight: u32,
    /// Rows of `compare` in which it stands.
    pub compared: u32,
    /// How many of them are contradictions.
    pub contradictions: u32,
}

impl Waiting {
    /// What orders the queue.
    pub fn priority(&self) -> u64 {
        u64::from(self.doubt) * u64::from(self.weight)
    }
}

/// Every statement of a snapshot in the order in which it should be reviewed; `compared` is the table of the view
/// `compare` of the same snapshot.
pub fn queue(snapshot: &Snapshot, compared: &Table) -> Vec<Waiting> {
    let verdict = compared.columns.iter().position(|c| *c == "verdict");
    let mut rows: HashMap<&StatementId, (u32, u32)> = HashMap::new();
    for row in &compared.rows {
        let cell = verdict.and_then(|n| row.cells().get(n));
        let contradicts = matches!(cell, Some(Cell::Text(text)) if text == "contradict");
        for id in row.statements() {
            let counts = rows.entry(id).or_default();
            counts.0 += 1;
            counts.1 += u32::from(contradicts);
        }
    }
    let waiting = |statement: &Statement| {
        let (compared, contradictions) = rows.get(statement.id()).copied().unwrap_or_default();
        let weight = 1 + compared + 2 * contradictions;
        Waiting { statement: statement.id().clone(), doubt: doubt(statement), weight, compared, contradictions }
    };
    let mut all: Vec<Waiting> = snapshot.statements().map(|(_, statement)| waiting(statement)).collect();
    all.sort_by_key(|w| std::cmp::Reverse(w.priority()));
    all
}

/// How much of a statement could have been read wrongly.
pub fn doubt(statement: &Statement) -> u32 {
    let claim = statement.claim();
    let voices = statement.chain().len().saturating_sub(1);
    let unnamed = statement.chain().iter().filter(|l| matches!(l.voice, Voice::Unnamed(_))).count();
    let marks = usize::from(claim.certainty != Certainty::Certain) + usize::from(claim.polarity == Polarity::Negative);
    u32::try_from(1 + voices + unnamed + marks).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Filter;
    use crate::resolve::Actors;
    use crate::views::testing::{Told, snapshot};
    use crate::views::{compare, view};
    use rashomon_core::Row;

    #[test]
    fn what_is_uncertain_and_what_much_stands_on_comes_first() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "It rained. Anne Lowry said that Tom Reed said the sea was calm.")
                .own("It rained")
                .said("the sea was calm", &["Anne Lowry", "Tom Reed"]),
            Told::new("b.txt", "The lamps were lit. The nets were down.")
                .own("The lamps were lit")
                .own("The nets were down"),
        ]);
        let id = |text: &str| snapshot.statements().find(|(_, s)| s.text() == text).unwrap().1.id().clone();
        let columns = compare::VIEW.columns;
        let place = columns.iter().position(|(name, _)| *name == "verdict").unwrap();
        let mut cells = vec![Cell::Empty; columns.len()];
        cells[place] = "contradict".into();
        let table = Table {
            view: "compare",
            columns: columns.iter().map(|(name, _)| *name).collect(),
            rows: Row::new(cells, vec![id("It rained"), id("The nets were down")]).into_iter().collect(),
            notes: vec![],
        };
        let told: Vec<(String, u32, u32)> = queue(&snapshot, &table)
            .iter()
            .map(|w| (snapshot.statement(&w.statement).unwrap().1.text(), w.doubt, w.weight))
            .collect();
        let expected = [
            ("It rained", 1, 4),
            ("The nets were down", 1, 4),
            ("the sea was calm", 3, 1),
            ("The lamps were lit", 1, 1),
        ];
        assert_eq!(told, expected.map(|(text, doubt, weight)| (text.to_owned(), doubt, weight)));
        let own = view("compare").unwrap().run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        assert_eq!(queue(&snapshot, &own).len(), 4);
    }
}
