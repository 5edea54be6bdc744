//! `chains`: on whom each document relies, and which statements go back to one root.
//!
//! A root is the innermost voice of a chain with the venue that carried it. An unnamed voice is shown as what it is and
//! never counts as a root, nor does the author's own word: the columns `roots` and `documents` tell the two apart.

use super::{Run, View, voice};
use crate::compare::Origins;
use crate::filter::{Filter, ids};
use crate::resolve::Actors;
use rashomon_core::{Document, Row, Snapshot, Statement, Table, Voice};
use std::collections::{BTreeMap, BTreeSet};

/// The view.
pub const VIEW: View = View {
    name: "chains",
    about: "On whom each document relies; which statements go back to one root",
    columns: &[
        ("root", "the innermost voice: on whose word the statements stand in the end"),
        ("root is", "named, unnamed or author"),
        ("venue", "what carried it: a speech, a letter, a paper"),
        (
            "wrote",
            "documents of the case whose author, publisher or title the root is called like: their own words have the same root",
        ),
        ("told by", "documents that rely on this root, over all rows of the root"),
        ("document", "title or file name"),
        ("through", "voices between the author and the root"),
        ("statements", "number of statements"),
    ],
    run: Run::Alone(run),
};

/// What one row is about. Words that lead to no actor ("he", "an owner") are a root within their own document only: the
/// same words in another document may mean somebody else, and to count them as one would invent a shared source.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    root: String,
    is: &'static str,
    /// The document to which the root is confined; `None` for an actor known across documents.
    within: Option<usize>,
    venue: String,
    document: usize,
    through: String,
}

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let place: BTreeMap<_, _> = snapshot.documents.iter().enumerate().map(|(n, (d, _))| (&d.id, n)).collect();
    let mut rows: BTreeMap<Key, Vec<&Statement>> = BTreeMap::new();
    for (document, statement) in filter.select(snapshot, actors) {
        let Some(&index) = place.get(&document.id) else { continue };
        rows.entry(key(actors, statement, index)).or_default().push(statement);
    }
    let mut tellers: BTreeMap<(&str, &str, Option<usize>), BTreeSet<usize>> = BTreeMap::new();
    for key in rows.keys() {
        tellers.entry((&key.root, key.is, key.within)).or_default().insert(key.document);
    }
    let told = |key: &Key| tellers.get(&(key.root.as_str(), key.is, key.within)).map_or(0, BTreeSet::len);
    let mut order: Vec<(&Key, &Vec<&Statement>)> = rows.iter().collect();
    order.sort_by_key(|(key, told_by)| {
        let many = std::cmp::Reverse;
        (
            rank(key.is),
            many(told(key)),
            &key.root,
            key.within,
            &key.venue,
            key.document,
            many(told_by.len()),
            &key.through,
        )
    });
    let documents: Vec<&Document> = snapshot.documents.iter().map(|(d, _)| d.as_ref()).collect();
    let origins = Origins::of(snapshot, actors, &[]);
    let mut writing: BTreeSet<(&str, Option<usize>)> = BTreeSet::new();
    let mut table = super::table(&VIEW);
    table.rows = order
        .iter()
        .filter_map(|(key, statements)| {
            let (document, _) = snapshot.documents.get(key.document)?;
            let root = statements.first().map(|s| s.source()).filter(|_| key.is == "named");
            let own = root.map(|voice| origins.called_like(&document.id, voice)).unwrap_or_default();
            let own: Vec<&str> = own.iter().filter_map(|n| documents.get(*n)).map(|d| d.name()).collect();
            if !own.is_empty() {
                writing.insert((&key.root, key.within));
            }
            let cells = vec![
                key.root.as_str().into(),
                key.is.into(),
                key.venue.as_str().into(),
                own.join("; ").into(),
                told(key).into(),
                document.name().into(),
                key.through.as_str().into(),
                statements.len().into(),
            ];
            Row::new(cells, ids(statements.iter().copied()))
        })
        .collect();
    let named = tellers.keys().filter(|(_, is, _)| *is == "named").count();
    table.notes.push(format!(
        "{named} named roots, of which {} wrote documents of this case; unnamed voices and the authors' own words are not \
         counted as roots; how many independent roots a claim has is told by `corroboration`",
        writing.len()
    ));
    table
}

fn rank(is: &str) -> usize {
    ["named", "unnamed", "author"].iter().position(|k| *k == is).unwrap_or(3)
}

fn key(actors: &Actors, statement: &Statement, document: usize) -> Key {
    let source = statement.source();
    let is = match source {
        Voice::Author => "author",
        Voice::Named(_) => "named",
        Voice::Unnamed(_) => "unnamed",
    };
    let counted = |v: &Voice| voice::counted(actors, statement.document(), v);
    let chain = statement.chain();
    let between = chain.get(1..chain.len().saturating_sub(1)).unwrap_or_default();
    let through = between.iter().map(|l| counted(&l.voice)).collect::<Vec<_>>().join(" ← ");
    let venue = chain.last().and_then(|l| l.venue.as_ref()).map(|w| voice::one_line(&w.text)).unwrap_or_default();
    let known = actors.of_voice(statement.document(), source).is_some();
    let within = (is == "named" && !known).then_some(document);
    Key { root: counted(source), is, within, venue, document, through }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn two_documents_with_one_root_are_seen_to_have_one() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "The owner heard Tom Reed say the sea was calm.")
                .name("Tom Reed", rashomon_core::MentionKind::Person)
                .said("the sea was calm", &["The owner", "Tom Reed"]),
            Told::new("b.txt", "Tom Reed said the sea was calm. It rained.")
                .name("Tom Reed", rashomon_core::MentionKind::Person)
                .said("the sea was calm", &["Tom Reed"])
                .own("It rained"),
        ]);
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let cells: Vec<Vec<String>> =
            table.rows.iter().map(|r| r.cells().iter().map(ToString::to_string).collect()).collect();
        assert_eq!(cells[0], ["Tom Reed", "named", "", "", "2", "a.txt", "The owner", "1"]);
        assert_eq!(cells[1], ["Tom Reed", "named", "", "", "2", "b.txt", "", "1"]);
        assert_eq!(cells[2][..2], ["author", "author"]);
        assert!(table.notes[0].starts_with("1 named roots"), "{}", table.notes[0]);
    }

    #[test]
    fn the_same_pronoun_in_two_documents_is_no_shared_root() {
        let told = |path: &str| Told::new(path, "He said the sea was calm.").said("the sea was calm", &["He"]);
        let snapshot = snapshot(&[told("a.txt"), told("b.txt")]);
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let told_by: Vec<String> = table.rows.iter().map(|r| r.cells()[4].to_string()).collect();
        assert_eq!(told_by, ["1", "1"]);
        assert!(table.notes[0].starts_with("2 named roots"), "{}", table.notes[0]);
    }
}
