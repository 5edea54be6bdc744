//! `compare`: where accounts agree, contradict each other, differ, or repeat each other: side by side, with both voices.
//! What cannot both be right comes first; passages that repeat each other come last.

use super::{Run, View, voice};
use crate::compare::{Accounts, Comparison, Direction, Passage, Reuse, numbers};
use crate::filter::{Filter, ids};
use crate::resolve::Actors;
use rashomon_core::{
    Cell, Document, Quantity, QuantityRole, ReadDocument, Reading, Row, Snapshot, Span, Statement, StatementId, Table,
};
use std::collections::{BTreeMap, HashMap};

/// What a row may say, by which rows can be asked for.
pub const VERDICTS: &[&str] = &["contradict", "differ", "agree", "repeat"];

/// The view.
pub const VIEW: View = View {
    name: "compare",
    about: "Where accounts contradict each other, differ, agree or repeat each other, and whether they are independent",
    columns: &[
        ("document", "title or file name"),
        ("voice", "on whose word the words there stand in the end; nothing for a passage"),
        ("words", "the words there"),
        ("other document", "title or file name; the same for a document that clashes with itself or repeats itself"),
        ("other voice", "on whose word the other words stand in the end"),
        ("other words", "the words there"),
        ("verdict", "contradict, differ, agree; repeat, or repeat with another number"),
        (
            "aspect",
            "in what they agree or clash: fact, polarity, actor, number, time, place, certainty, evaluation, cause, purpose",
        ),
        ("why", "the reason; of a repeated passage what was changed: words → other words, numbers before others"),
        ("independence", "independent, same_root, copied or unknown"),
        ("first", "which of the two is the older by the documents' dates, if it can be told"),
        ("share", "of a repeated passage: share of the longer one's words that stand in both"),
        ("place", "path and code point of the first word, page where known"),
        ("other place", "path and code point of the first word, page where known"),
    ],
    run: Run::Beside(run),
};

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter, accounts: &Accounts) -> Table {
    let passing: Vec<(&Document, &Statement)> = filter.select(snapshot, actors);
    let mut side = Side { snapshot, actors, filter, places: voice::Places::default() };
    let mut table = super::table(&VIEW);
    side.comparisons(&accounts.compared.comparisons, &passing, &mut table);
    side.passages(&accounts.repeated, &passing, &mut table);
    table
}

/// Lays rows out side by side.
struct Side<'a> {
    snapshot: &'a Snapshot,
    actors: &'a Actors,
    filter: &'a Filter,
    places: voice::Places,
}

impl Side<'_> {
    /// Whether rows of a verdict are asked for.
    fn wants(&self, verdict: &str) -> bool {
        self.filter.verdicts.is_empty() || self.filter.verdicts.iter().any(|v| v == verdict)
    }

    /// Both statements must be of documents that pass, and one of them must pass the other filters.
    fn comparisons(&mut self, all: &[Comparison], passing: &[(&Document, &Statement)], table: &mut Table) {
        let passing: std::collections::HashSet<&StatementId> = passing.iter().map(|(_, s)| s.id()).collect();
        let named: std::collections::HashSet<&StatementId> = all.iter().flat_map(|c| [&c.a, &c.b]).collect();
        let known: HashMap<&StatementId, (&Document, &Statement)> =
            self.snapshot.statements().filter(|(_, s)| named.contains(s.id())).map(|(d, s)| (s.id(), (d, s))).collect();
        let mut order: Vec<&Comparison> = all.iter().filter(|c| self.wants(c.verdict.as_str())).collect();
        order.sort_by_key(|c| c.verdict);
        for comparison in order {
            let (Some((d, a)), Some((e, b))) = (known.get(&comparison.a), known.get(&comparison.b)) else { continue };
            let told = self.filter.passes_document(d) && self.filter.passes_document(e);
            if told && (passing.contains(a.id()) || passing.contains(b.id())) {
                table.rows.extend(self.row(comparison, (d, a), (e, b)));
            }
        }
    }

    fn row(
        &mut self,
        comparison: &Comparison,
        (d, a): (&Document, &Statement),
        (e, b): (&Document, &Statement),
    ) -> Option<Row> {
        let on_whose_word = |s: &Statement| voice::counted(self.actors, s.document(), s.source());
        let independence = match &comparison.root {
            Some(root) => format!("{}: {}", comparison.independence.as_str(), voice::one_line(root)),
            None => comparison.independence.as_str().to_owned(),
        };
        let cells = vec![
            d.name().into(),
            on_whose_word(a).into(),
            voice::one_line(&a.text()).into(),
            e.name().into(),
            on_whose_word(b).into(),
            voice::one_line(&b.text()).into(),
            comparison.verdict.as_str().into(),
            comparison.aspect.as_str().into(),
            comparison.reason.as_str().into(),
            independence.into(),
            Cell::Empty,
            Cell::Empty,
            self.places.of(d, first_of(a)).into(),
            self.places.of(e, first_of(b)).into(),
        ];
        Row::new(cells, ids([a, b]))
    }

    /// Passages of documents that pass, with the statements in them that do.
    fn passages(&mut self, repeated: &[Reuse], passing: &[(&Document, &Statement)], table: &mut Table) {
        if !self.wants("repeat") {
            return;
        }
        let by_id: HashMap<&str, &ReadDocument> = self
            .snapshot
            .documents
            .iter()
            .filter(|(d, _)| self.filter.passes_document(d))
            .map(|d| (d.0.id.as_str(), d))
            .collect();
        let mut told: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
        for (document, statement) in passing {
            told.entry(document.id.as_str()).or_default().push(statement);
        }
        let mut silent = 0;
        for found in repeated {
            let (Some((a, in_a)), Some((b, in_b))) =
                (by_id.get(found.a.document.as_str()), by_id.get(found.b.document.as_str()))
            else {
                continue;
            };
            let number = found.changed.iter().any(|c| {
                let told =
                    |document, span: Option<Span>| span.map(|s| numbers(&shown(document, s))).unwrap_or_default();
                let (x, y) = (told(a, c.a), told(b, c.b));
                another_number(in_a, c.a, in_b, c.b) || !x.is_empty() && !y.is_empty() && x != y
            });
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
                Cell::Empty,
                shown(a, found.a.span).into(),
                b.name().into(),
                Cell::Empty,
                shown(b, found.b.span).into(),
                if number { "repeat with another number".into() } else { "repeat".into() },
                Cell::Empty,
                changed(a, b, found).into(),
                if a.id == b.id { "same_root".into() } else { "copied".into() },
                first.into(),
                Cell::Number(found.share),
                self.places.of(a, found.a.span).into(),
                self.places.of(b, found.b.span).into(),
            ];
            match Row::new(cells, ids(statements)) {
                Some(row) => table.rows.push(row),
                None => silent += 1,
            }
        }
        if silent > 0 {
            table.notes.push(format!("left out: {silent} repeated passages in which no statement passes the filters"));
        }
    }
}

fn first_of(statement: &Statement) -> Span {
    statement.evidence().first().map_or(statement.sentence(), |w| w.span)
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
        let table = VIEW.run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        assert_eq!(table.rows.len(), 1);
        let cells: Vec<String> = table.rows[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(cells[..1], ["a.txt"]);
        assert_eq!(
            cells[6..],
            [
                "repeat with another number",
                "",
                "20 → 30; men → crews",
                "copied",
                "a.txt",
                "0.895",
                "a.txt:0",
                "b.txt:10"
            ]
        );
        let asked = |verdict: &str| {
            let filter = Filter { verdicts: vec![verdict.into()], ..Filter::default() };
            VIEW.run(&snapshot, &Actors::resolve(&snapshot), &filter).rows.len()
        };
        assert_eq!((asked("repeat"), asked("contradict")), (1, 0));
        assert_eq!(table.rows[0].statements().len(), 2);
        let none = Filter { documents: vec!["a.txt".into()], ..Filter::default() };
        assert!(VIEW.run(&snapshot, &Actors::resolve(&snapshot), &none).rows.is_empty());
    }
}
