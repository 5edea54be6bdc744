//! `sectors`: which kind of security statements are about (Buzan, Waever and de Wilde 1998), in each document.

use super::{Run, View, voice};
use crate::events::{SECTORS, sector};
use crate::filter::{Filter, ids};
use crate::resolve::Actors;
use rashomon_core::{Cell, Document, Row, Snapshot, Statement, Table, Voice};
use std::collections::{BTreeMap, BTreeSet};

/// The view.
pub const VIEW: View = View {
    name: "sectors",
    about: "Which kind of security statements are about: military, political, economic, societal, environmental",
    columns: &[
        ("document", "title or file name"),
        ("sector", "the one of whose words the statement holds most"),
        ("statements", "how many"),
        ("share", "share of the document's statements that belong to any sector"),
        ("voices", "named voices at the end of their chains"),
        ("words", "the words of the first"),
    ],
    run: Run::Alone(run),
};

/// A statement with its document.
type Told<'a> = (&'a Document, &'a Statement);

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let mut all: BTreeMap<(&str, &str, usize), Vec<Told<'_>>> = BTreeMap::new();
    let mut whole: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut none = 0;
    for (document, statement) in filter.select(snapshot, actors) {
        match sector(document, statement) {
            Some(sector) => {
                let (path, id) = (document.path.as_str(), document.id.as_str());
                all.entry((path, id, sector)).or_default().push((document, statement));
                *whole.entry((path, id)).or_default() += 1;
            }
            None => none += 1,
        }
    }
    let mut table = super::table(&VIEW);
    for ((path, id, sector), told) in &all {
        let Some((document, first)) = told.first() else { continue };
        let of = whole.get(&(*path, *id)).copied().unwrap_or_default();
        let voices: BTreeSet<String> = told
            .iter()
            .filter(|(_, s)| matches!(s.source(), Voice::Named(_)))
            .map(|(_, s)| voice::counted(actors, s.document(), s.source()))
            .collect();
        let cells = vec![
            document.name().into(),
            SECTORS.get(*sector).copied().unwrap_or_default().into(),
            told.len().into(),
            Cell::Number(told.len() as f64 / of.max(1) as f64),
            voices.into_iter().collect::<Vec<_>>().join("; ").into(),
            voice::one_line(&first.text()).into(),
        ];
        table.rows.extend(Row::new(cells, ids(told.iter().map(|(_, s)| *s))));
    }
    table.notes.push(format!("{none} statements belong to no sector"));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn shares_are_of_the_statements_that_belong_somewhere() {
        let snapshot = snapshot(&[Told::new("a.txt", "The army won. Trade fell. The navy lost. It was noon.")
            .own("The army won")
            .own("Trade fell")
            .own("The navy lost")
            .own("It was noon")]);
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let cell = |n: usize, c: usize| table.rows[n].cells()[c].to_string();
        assert_eq!([cell(0, 1), cell(0, 2), cell(0, 3)], ["military", "2", "0.667"]);
        assert_eq!([cell(1, 1), cell(1, 2), cell(1, 3)], ["economic", "1", "0.333"]);
        assert_eq!(table.notes, ["1 statements belong to no sector"]);
    }
}
