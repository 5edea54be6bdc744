//! `claims`: who says what, on whose word. One row a statement, in the order of the documents.

use super::{Run, View, voice};
use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::{Cell, Row, Snapshot, Table};

/// The view.
pub const VIEW: View = View {
    name: "claims",
    about: "Who says what, on whose word",
    columns: &[
        ("document", "title or file name"),
        ("chain", "the voices from the author inwards"),
        ("stance", "the author's stance towards the claim"),
        ("kind", "event, tie, value, cause, quantity or prediction"),
        ("claim", "the claim's own words"),
        ("polarity", "+ affirmed, - negated"),
        ("certainty", "how surely it is claimed"),
        ("place", "path and code point of the first word, page where known"),
    ],
    run: Run::Alone(run),
};

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let mut places = voice::Places::default();
    let mut table = super::table(&VIEW);
    table.rows = filter
        .select(snapshot, actors)
        .into_iter()
        .filter_map(|(document, statement)| {
            let claim = statement.claim();
            let cells = vec![
                document.name().into(),
                voice::chain(actors, statement).into(),
                statement.commitment().as_str().into(),
                claim.kind.as_str().into(),
                voice::one_line(&statement.text()).into(),
                claim.polarity.as_str().into(),
                claim.certainty.as_str().into(),
                Cell::maybe(statement.evidence().first().map(|w| places.of(document, w.span))),
            ];
            Row::new(cells, vec![statement.id().clone()])
        })
        .collect();
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn one_row_a_statement_with_its_chain() {
        let snapshot = snapshot(&[Told::new("a.txt", "The lamps were lit. Anne Lowry said the nets were down.")
            .own("The lamps were lit")
            .said("the nets were down", &["Anne Lowry"])]);
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let column = |n: usize| table.rows.iter().map(|r| r.cells()[n].to_string()).collect::<Vec<_>>();
        assert_eq!(column(1), ["author", "author ← Anne Lowry"]);
        assert_eq!(column(4), ["The lamps were lit", "the nets were down"]);
        assert_eq!(column(7), ["a.txt:0", "a.txt:36"]);
    }
}
