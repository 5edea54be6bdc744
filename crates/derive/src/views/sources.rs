//! `sources`: how each document argues: how much on its author's own word, how much on named and unnamed voices, how
//! often it hedges, endorses, doubts or denies; and the grade a person gave it.
//!
//! Shares are of the document's statements. Grades (Admiralty code, A-F and 1-6) are shown as given and never averaged.

use super::{Run, View};
use crate::filter::{Filter, ids};
use crate::resolve::Actors;
use rashomon_core::{Cell, Certainty, Document, DocumentId, Row, Snapshot, Stance, Statement, Table, Voice, judgement};
use std::collections::BTreeMap;

/// The view.
pub const VIEW: View = View {
    name: "sources",
    about: "How each document argues: own assertion, named and unnamed voices, hedges, doubt",
    columns: &[
        ("document", "title or file name"),
        ("date", "date of the document, EDTF"),
        ("statements", "number of statements"),
        ("own", "share on the author's own word"),
        ("named", "share on a named voice's word"),
        ("unnamed", "share on an unnamed voice's word"),
        ("hedged", "share with hedge words, or less than certain"),
        ("endorsed", "share of others' claims that the author makes own"),
        ("doubted", "share of others' claims that the author holds at a distance or denies"),
        ("voices", "number of different named voices at the end of a chain"),
        ("grade", "the latest grade a person gave"),
    ],
    run: Run::Alone(run),
};

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let mut told: BTreeMap<&DocumentId, Vec<&Statement>> = BTreeMap::new();
    for (document, statement) in filter.select(snapshot, actors) {
        told.entry(&document.id).or_default().push(statement);
    }
    let mut table = super::table(&VIEW);
    let mut silent = Vec::new();
    for (document, _) in snapshot.documents.iter().filter(|(d, _)| filter.passes_document(d)) {
        let statements = told.remove(&document.id).unwrap_or_default();
        match row(snapshot, actors, document, &statements) {
            Some(row) => table.rows.push(row),
            None => silent.push(document.name()),
        }
    }
    if !silent.is_empty() {
        table.notes.push(format!("no statements in: {}", silent.join("; ")));
    }
    table
}

fn row(snapshot: &Snapshot, actors: &Actors, document: &Document, statements: &[&Statement]) -> Option<Row> {
    let share = |part: usize, whole: usize| {
        if whole == 0 { Cell::Empty } else { Cell::Number(part as f64 / whole as f64) }
    };
    let count = |test: &dyn Fn(&Statement) -> bool| statements.iter().filter(|s| test(s)).count();
    let all = statements.len();
    let others = count(&|s| s.chain().len() > 1);
    let mut voices: Vec<String> = statements
        .iter()
        .filter(|s| matches!(s.source(), Voice::Named(_)))
        .map(|s| super::voice::counted(actors, &document.id, s.source()))
        .collect();
    voices.sort();
    voices.dedup();
    let doubts = |s: &Statement| s.chain().len() > 1 && matches!(s.commitment(), Stance::Distances | Stance::Denies);
    let cells = vec![
        document.name().into(),
        Cell::maybe(document.metadata.date.clone()),
        all.into(),
        share(count(&|s| s.chain().len() == 1), all),
        share(count(&|s| matches!(s.source(), Voice::Named(_))), all),
        share(count(&|s| matches!(s.source(), Voice::Unnamed(_))), all),
        share(count(&|s| !s.claim().hedges.is_empty() || s.claim().certainty != Certainty::Certain), all),
        share(count(&|s| s.chain().len() > 1 && s.commitment() == Stance::Endorses), others),
        share(count(&doubts), others),
        voices.len().into(),
        Cell::maybe(grade(snapshot, document)),
    ];
    Row::new(cells, ids(statements.iter().copied()))
}

/// The grade that a person gave a document last and did not take back.
fn grade(snapshot: &Snapshot, document: &Document) -> Option<String> {
    let rows = judgement::in_force(&snapshot.judgements).into_iter().rev().filter(|j| j.target == document.id.as_str());
    let mut standing = rows.take_while(|j| j.verdict != judgement::UNDO);
    standing.find(|j| judgement::is_grade(&j.verdict)).map(|j| j.verdict.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::Judgement;

    #[test]
    fn shares_are_of_the_documents_statements_and_a_grade_is_shown_as_given() {
        let mut snapshot = snapshot(&[
            Told::new("a.txt", "It rained. Tom Reed said the sea was calm.")
                .own("It rained")
                .said("the sea was calm", &["Tom Reed"]),
            Told::new("empty.txt", "…"),
        ]);
        let judge = |sequence, verdict: &str| Judgement {
            sequence,
            agent: "reader".into(),
            verdict: verdict.into(),
            target: snapshot.documents[0].0.id.to_string(),
            words: String::new(),
            ..Default::default()
        };
        snapshot.judgements = vec![judge(1, "B2"), judge(2, "right"), judge(3, "C3")];
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let cells: Vec<String> = table.rows[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(cells, ["a.txt", "", "2", "0.500", "0.500", "0.000", "0.000", "0.000", "0.000", "1", "C3"]);
        assert_eq!(table.notes, ["no statements in: empty.txt"]);
        snapshot.judgements.push(judge(4, "undo"));
        assert_eq!(
            run(&snapshot, &Actors::resolve(&snapshot), &Filter::default()).rows[0].cells()[10],
            Cell::Empty,
            "taken back"
        );
    }
}
