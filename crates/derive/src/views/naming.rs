//! `naming`: what each document calls the same thing: "the army", "the militia", "the resistance". No form is called
//! loaded here; they stand side by side.

use super::{Run, View, voice};
use crate::filter::Filter;
use crate::resolve::{ActorId, Actors};
use rashomon_core::{
    CharIndex, Document, DocumentId, MentionForm, Reading, Row, Snapshot, Span, Statement, StatementId, Table,
};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The view.
pub const VIEW: View = View {
    name: "naming",
    about: "What each document calls the same actor",
    columns: &[
        ("actor", "the longest of its names"),
        ("document", "title or file name"),
        ("form", "the words, without a leading article"),
        ("form is", "name, description or demonym"),
        ("count", "places in the document, in sentences that hold a statement"),
        ("in the words of", "on whose word the statements of these sentences stand, the commonest first"),
        ("places", "code points of the first letters"),
    ],
    run: Run::Alone(run),
};

/// What one row is about.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    actor: &'a ActorId,
    document: usize,
    form: String,
    is: MentionForm,
}

/// Where a form stands, and the statements around it.
#[derive(Default)]
struct Use {
    places: Vec<u32>,
    statements: BTreeSet<StatementId>,
    voices: BTreeMap<String, BTreeSet<StatementId>>,
}

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let mut around: Around<'_> = BTreeMap::new();
    for (document, statement) in filter.select(snapshot, actors) {
        around.entry((&document.id, statement.sentence())).or_default().push(statement);
    }
    let found: Vec<(BTreeMap<Key<'_>, Use>, usize)> = snapshot
        .documents
        .par_iter()
        .enumerate()
        .filter(|(_, (document, _))| filter.passes_document(document))
        .map(|(number, (document, reading))| of_document(number, document, reading, &around, actors, filter))
        .collect();
    let outside: usize = found.iter().map(|(_, outside)| outside).sum();
    let uses: Vec<(Key<'_>, Use)> = found.into_iter().flat_map(|(uses, _)| uses).collect();
    let mut totals: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for (key, found) in &uses {
        *totals.entry(key.actor).or_default() += found.places.len();
    }
    let mut order: Vec<(usize, &Key<'_>, &Use)> =
        uses.iter().map(|(key, found)| (totals.get(key.actor).copied().unwrap_or_default(), key, found)).collect();
    order.sort_by_key(|(total, key, found)| {
        (Reverse(*total), key.actor, key.document, Reverse(found.places.len()), &key.form, key.is)
    });
    let mut table = super::table(&VIEW);
    table.rows = order
        .par_iter()
        .filter_map(|(_, key, found)| {
            let (document, _) = snapshot.documents.get(key.document)?;
            row(&actors.get(key.actor)?.name, document, key, found)
        })
        .collect();
    if outside > 0 {
        table
            .notes
            .push(format!("not counted: places in sentences without a statement that passes the filters: {outside}"));
    }
    table
}

/// The statements of each sentence.
type Around<'a> = BTreeMap<(&'a DocumentId, Span), Vec<&'a Statement>>;

/// The uses of names in one document, and how many stand in sentences without a statement.
fn of_document<'a>(
    number: usize,
    document: &Document,
    reading: &Reading,
    around: &Around<'_>,
    actors: &'a Actors,
    filter: &Filter,
) -> (BTreeMap<Key<'a>, Use>, usize) {
    let mut uses: BTreeMap<Key<'a>, Use> = BTreeMap::new();
    let mut outside = 0;
    let index = CharIndex::new(&document.text);
    let mut voices: BTreeMap<&StatementId, String> = BTreeMap::new();
    for mention in reading.mentions.iter().filter(|m| m.form != MentionForm::Pronoun) {
        let Some(actor) = actors.of_mention(&document.id, mention.words.span) else { continue };
        if !filter.names(actor) {
            continue;
        }
        let sentence = sentence_of(reading, mention.words.span);
        let Some(statements) = sentence.and_then(|s| around.get(&(&document.id, s))) else {
            outside += 1;
            continue;
        };
        let form = without_article(&voice::one_line(&mention.words.text));
        let key = Key { actor: &actor.id, document: number, form, is: mention.form };
        let place = uses.entry(key).or_default();
        place.places.push(index.to_chars(&document.text, mention.words.span.start));
        for statement in statements {
            place.statements.insert(statement.id().clone());
            let by = voices
                .entry(statement.id())
                .or_insert_with(|| voice::counted(actors, &document.id, statement.source()));
            place.voices.entry(by.clone()).or_default().insert(statement.id().clone());
        }
    }
    (uses, outside)
}

fn sentence_of(reading: &Reading, span: Span) -> Option<Span> {
    let after = reading.sentences.partition_point(|s| s.span.start <= span.start);
    let sentence = reading.sentences.get(after.checked_sub(1)?)?;
    (span.end <= sentence.span.end).then_some(sentence.span)
}

fn without_article(form: &str) -> String {
    let bare = ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|article| form.strip_prefix(article));
    bare.unwrap_or(form).to_owned()
}

fn row(actor: &str, document: &Document, key: &Key<'_>, found: &Use) -> Option<Row> {
    let mut voices: Vec<(&String, usize)> = found.voices.iter().map(|(v, s)| (v, s.len())).collect();
    voices.sort_by_key(|(voice, count)| (Reverse(*count), *voice));
    let voices: Vec<String> = voices.iter().map(|(voice, count)| format!("{voice} ({count})")).collect();
    let places: Vec<String> = found.places.iter().map(ToString::to_string).collect();
    let cells = vec![
        voice::one_line(actor).into(),
        document.name().into(),
        key.form.as_str().into(),
        key.is.as_str().into(),
        found.places.len().into(),
        voices.join("; ").into(),
        places.join(", ").into(),
    ];
    Row::new(cells, found.statements.iter().cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::MentionKind;

    #[test]
    fn forms_are_counted_by_document_with_their_places_and_voices() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "The Meteor sank. The Meteor burned, Tom Reed said. Meteor.")
                .name("The Meteor", MentionKind::Other)
                .named_at("The Meteor", 17, MentionKind::Other)
                .named_at("Meteor", 51, MentionKind::Other)
                .own("The Meteor sank")
                .said("The Meteor burned", &["Tom Reed"]),
            Told::new("b.txt", "The Meteor left.").name("Meteor", MentionKind::Other).own("The Meteor left"),
        ]);
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|r| r.cells().iter().map(ToString::to_string).collect()).collect();
        assert_eq!(rows[0][1..], ["a.txt", "Meteor", "name", "2", "Tom Reed (1); author (1)", "0, 17"]);
        assert_eq!(rows[1][1..], ["b.txt", "Meteor", "name", "1", "author (1)", "4"]);
        assert_eq!(table.notes, ["not counted: places in sentences without a statement that passes the filters: 1"]);
        let none = Filter { actors: vec!["Reed".into()], ..Filter::default() };
        assert!(run(&snapshot, &Actors::resolve(&snapshot), &none).rows.is_empty());
    }
}
