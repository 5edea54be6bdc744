//! `search`: which statements speak of these words. The ledger finds the sentences; this view shows the statements that
//! stand in them and says what was searched, so that "the documents do not say" is an answer.

use super::{Run, View, voice};
use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::{Document, DocumentId, Row, Snapshot, Span, Statement, StatementId, Table};
use std::collections::BTreeMap;

/// The view's columns; it is run by [`search`] because it takes a query.
pub const VIEW: View = View {
    name: "search",
    about: "Which statements and sentences speak of these words",
    columns: &[
        ("document", "title or file name"),
        ("chains", "on whose word the statements of the sentence stand"),
        ("sentence", "the sentence that holds the words"),
        ("place", "path and code point of the sentence, page where known"),
    ],
    run: Run::Alone(|snapshot, actors, filter| search(snapshot, actors, filter, "", &[])),
};

/// A sentence that holds the words: document, sentence and the statements in it, as the ledger's index gives them.
pub type Found = (DocumentId, Span, Vec<StatementId>);

/// One row a sentence, in the order in which they were found, kept to what the filter lets through.
pub fn search(snapshot: &Snapshot, actors: &Actors, filter: &Filter, query: &str, found: &[Found]) -> Table {
    let passing: BTreeMap<&StatementId, &Statement> =
        filter.select(snapshot, actors).into_iter().map(|(_, s)| (s.id(), s)).collect();
    let documents: BTreeMap<&DocumentId, &Document> =
        snapshot.documents.iter().map(|(d, _)| (&d.id, d.as_ref())).collect();
    let mut places = voice::Places::default();
    let mut table = super::table(&VIEW);
    for (id, sentence, statements) in found {
        let Some(document) = documents.get(id) else { continue };
        let statements: Vec<&Statement> = statements.iter().filter_map(|s| passing.get(s).copied()).collect();
        let mut chains: Vec<String> = statements.iter().map(|s| voice::chain(actors, s)).collect();
        chains.dedup();
        let cells = vec![
            document.name().into(),
            chains.join("; ").into(),
            voice::one_line(sentence.of(&document.text).unwrap_or_default()).into(),
            places.of(document, *sentence).into(),
        ];
        table.rows.extend(Row::new(cells, statements.iter().map(|s| s.id().clone()).collect()));
    }
    let searched = documents.values().filter(|d| filter.passes_document(d)).count();
    let verdict = match table.rows.len() {
        0 => format!("the documents do not say: nothing found in {searched} documents"),
        n => format!("{n} sentences found in {searched} documents"),
    };
    table.notes.push(format!("{verdict}, searched for: {query}"));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn found_sentences_show_their_chains_and_nothing_found_is_an_answer() {
        let snapshot =
            snapshot(&[Told::new("a.txt", "Tom Reed said the sea was calm.").said("the sea was calm", &["Tom Reed"])]);
        let (document, reading) = &snapshot.documents[0];
        let statement = &reading.statements[0];
        let found = vec![(document.id.clone(), statement.sentence(), vec![statement.id().clone()])];
        let table = search(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), "calm sea", &found);
        assert_eq!(table.rows[0].cells()[1].to_string(), "author ← Tom Reed");
        let nothing = search(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), "whales", &[]);
        assert!(nothing.rows.is_empty());
        assert_eq!(nothing.notes, ["the documents do not say: nothing found in 1 documents, searched for: whales"]);
    }
}
