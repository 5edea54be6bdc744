//! `compare`: where accounts repeat each other, side by side, with what one changed in the other's words.

use super::{View, voice};
use crate::compare::{Direction, Passage, Reuse, reuse};
use crate::filter::{Filter, ids};
use crate::resolve::Actors;
use rashomon_core::{Document, Quantity, QuantityRole, Reading, Row, Snapshot, Span, Statement, Table};
use std::collections::HashMap;

/// The view.
pub const VIEW: View = View {
    name: "compare",
    about: "Where accounts repeat each other, and what was changed in the words",
    columns: &[
        ("document", "title or file name"),
        ("words", "the words there"),
        ("other document", "title or file name; the same for a document that repeats itself"),
        ("other words", "the words there"),
        ("verdict", "repeat, or repeat with another number"),
        ("first", "which of the two is the older by the documents' dates, if it can be told"),
        ("share", "share of the longer passage's words that stand in both"),
        ("changed", "what differs: words → other words, numbers before others"),
        ("place", "path and code point of the first word, page where known"),
        ("other place", "path and code point of the first word, page where known"),
    ],
    run,
};

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let documents: Vec<&Document> =
        snapshot.documents.iter().map(|(d, _)| d).filter(|d| filter.passes_document(d)).collect();
    let mut told: HashMap<&str, Vec<&Statement>> = HashMap::new();
    for (document, statement) in filter.select(snapshot, actors) {
        told.entry(document.id.as_str()).or_default().push(statement);
    }
    let by_id: HashMap<&str, &(Document, Reading)> = snapshot.documents.iter().map(|d| (d.0.id.as_str(), d)).collect();
    let mut places = voice::Places::default();
    let mut table = super::table(&VIEW);
    let mut silent = 0;
    for found in reuse(&documents) {
        let (Some((a, in_a)), Some((b, in_b))) =
            (by_id.get(found.a.document.as_str()), by_id.get(found.b.document.as_str()))
        else {
            continue;
        };
        let number = found.changed.iter().any(|c| another_number(in_a, c.a, in_b, c.b));
        let inside = |passage: &Passage| {
            let all = told.get(passage.document.as_str()).into_iter().flatten();
            all.filter(|s| s.evidence().iter().any(|w| w.span.overlaps(passage.span))).copied().collect::<Vec<_>>()
        };
        let statements = [inside(&found.a), inside(&found.b)].concat();
        let first = match found.direction {
            Direction::AToB => a.name(),
            Direction::BToA => b.name(),
            Direction::Unknown => "",
        };
        let cells = vec![
            a.name().into(),
            shown(a, found.a.span).into(),
            b.name().into(),
            shown(b, found.b.span).into(),
            if number { "repeat with another number".into() } else { "repeat".into() },
            first.into(),
            rashomon_core::Cell::Number(found.share),
            changed(a, b, &found).into(),
            places.of(a, found.a.span).into(),
            places.of(b, found.b.span).into(),
        ];
        match Row::new(cells, ids(statements)) {
            Some(row) => table.rows.push(row),
            None => silent += 1,
        }
    }
    if silent > 0 {
        table.notes.push(format!("left out: {silent} in which no statement passes the filters"));
    }
    table
}

/// Whether words that stand across from each other count the same thing otherwise.
fn another_number(in_a: &Reading, a: Option<Span>, in_b: &Reading, b: Option<Span>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let counted = |reading: &'_ Reading, span: Span| -> Vec<Quantity> {
        let counts = reading.quantities.iter().filter(|q| q.role == QuantityRole::Quantity);
        counts.filter(|q| q.words.span.overlaps(span)).cloned().collect()
    };
    let (x, y) = (counted(in_a, a), counted(in_b, b));
    x.iter().any(|q| y.iter().any(|r| q.unit == r.unit && (&q.low, &q.high) != (&r.low, &r.high)))
}

fn shown(document: &Document, span: Span) -> String {
    voice::one_line(span.of(&document.text).unwrap_or_default())
}

/// What differs, the stretches with numbers first: a number that was changed on the way matters most.
fn changed(a: &Document, b: &Document, reuse: &Reuse) -> String {
    let words = |document: &Document, span: Option<Span>| span.map_or("…".to_owned(), |s| shown(document, s));
    let mut all: Vec<String> = reuse.changed.iter().map(|c| format!("{} → {}", words(a, c.a), words(b, c.b))).collect();
    all.sort_by_key(|change| !change.contains(|c: char| c.is_numeric()));
    all.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn a_repeated_passage_is_one_row_with_its_statements_and_changes() {
        let text = "For some 20 minutes the lights were turned full upon the boats and the men held up their fish.";
        let other = text.replace("20", "30").replace("men", "crews");
        let snapshot = snapshot(&[
            Told::new("a.txt", text)
                .date("1904")
                .count("20", "minute")
                .own("the lights were turned full upon the boats"),
            Told::new("b.txt", &format!("He wrote: {other}"))
                .date("1906")
                .count("30", "minute")
                .own("held up their fish"),
        ]);
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        assert_eq!(table.rows.len(), 1);
        let cells: Vec<String> = table.rows[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(cells[..1], ["a.txt"]);
        assert_eq!(
            cells[4..],
            ["repeat with another number", "a.txt", "0.895", "20 → 30; men → crews", "a.txt:0", "b.txt:10"]
        );
        assert_eq!(table.rows[0].statements().len(), 2);
        let none = Filter { documents: vec!["a.txt".into()], ..Filter::default() };
        assert!(run(&snapshot, &Actors::resolve(&snapshot), &none).rows.is_empty());
    }
}
