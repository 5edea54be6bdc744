//! `links`: how documents hang together apart from what they say: which cites which, which gives the words of another's
//! author or publisher, which rely on the same work or quote the same speech. Found from the chains and the lists of
//! references; a link that no statement shows is not listed.

use super::{Run, View, voice};
use crate::compare::{Cited, Origins, Work, works};
use crate::filter::{Filter, ids};
use crate::resolve::Actors;
use rashomon_core::{QuotationKind, Reading, Row, Snapshot, Statement, StatementId, Table, Voice};
use rashomon_text::names::key;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The view.
pub const VIEW: View = View {
    name: "links",
    about: "Which documents cite each other, rely on the same work or quote the same speech",
    columns: &[
        ("document", "title or file name"),
        ("other document", "the one it has to do with"),
        (
            "link",
            "cites (a citation leads to it), relies on (its author, publisher or title is a voice), same work, same speech, same quotation",
        ),
        ("what", "the work, the voice with its speech, or the words that both quote"),
        ("words", "of the first citation or mention in the document"),
        ("other words", "of the first in the other document, where both have some"),
    ],
    run: Run::Alone(run),
};

/// Kinds of link in the order in which they are listed.
const KINDS: [&str; 5] = ["cites", "relies on", "same work", "same speech", "same quotation"];
/// Words of a quotation that two documents must share to the letter.
const LEAST: usize = 5;

/// What joins two documents: their places, the kind and the thing.
type Joint = (usize, usize, usize, String);

/// What shows it: words of both sides and the statements.
#[derive(Default)]
struct Shown<'a> {
    words: String,
    others: String,
    statements: Vec<&'a Statement>,
}

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let mut found: BTreeMap<Joint, Shown<'_>> = BTreeMap::new();
    let cited = works(snapshot);
    citing(snapshot, &cited, &mut found);
    same_work(&cited, &mut found);
    relying(snapshot, actors, &mut found);
    speeches(snapshot, actors, &mut found);
    quotations(snapshot, actors, &mut found);
    let passing: HashSet<&StatementId> = filter.select(snapshot, actors).into_iter().map(|(_, s)| s.id()).collect();
    let name = |n: usize| snapshot.documents.get(n).map_or("", |(d, _)| d.name());
    let mut table = super::table(&VIEW);
    for ((a, b, kind, what), shown) in &found {
        let told = shown.statements.iter().copied().filter(|s| passing.contains(s.id()));
        let cells = vec![
            name(*a).into(),
            name(*b).into(),
            KINDS.get(*kind).copied().unwrap_or_default().into(),
            what.as_str().into(),
            shown.words.as_str().into(),
            shown.others.as_str().into(),
        ];
        table.rows.extend(Row::new(cells, ids(told)));
    }
    let outside: BTreeSet<&Work> = cited.iter().filter(|c| c.target.is_none()).map(|c| &c.work).collect();
    table.notes.push(format!(
        "{} works are cited that are no documents of this case; lists of references that nothing cites are not read",
        outside.len()
    ));
    table
}

fn citing<'a>(snapshot: &Snapshot, cited: &[Cited<'a>], found: &mut BTreeMap<Joint, Shown<'a>>) {
    for one in cited {
        let Some(target) = one.target else { continue };
        let what = snapshot.documents.get(target).map(|(d, _)| voice::one_line(d.name())).unwrap_or_default();
        let words = voice::one_line(&one.cue.text);
        found.insert(
            (one.document, target, 0, what),
            Shown { words, others: String::new(), statements: one.statements.clone() },
        );
    }
}

/// Two documents that cite one work, whether it is in the case or not.
fn same_work<'a>(cited: &[Cited<'a>], found: &mut BTreeMap<Joint, Shown<'a>>) {
    let mut by_work: BTreeMap<&Work, Vec<&Cited<'a>>> = BTreeMap::new();
    for one in cited.iter().filter(|c| c.work.year.is_some()) {
        by_work.entry(&one.work).or_default().push(one);
    }
    for citing in by_work.values() {
        pairs(citing, |a, b| {
            let statements = a.statements.iter().chain(&b.statements).copied().collect();
            let (words, others) = (voice::one_line(&a.cue.text), voice::one_line(&b.cue.text));
            found.insert((a.document, b.document, 2, a.shown.clone()), Shown { words, others, statements });
        });
    }
}

/// Voices that are called like another document's author, publisher or title.
fn relying<'a>(snapshot: &'a Snapshot, actors: &'a Actors, found: &mut BTreeMap<Joint, Shown<'a>>) {
    let origins = Origins::of(snapshot, actors, &[]);
    let cites: BTreeSet<(usize, usize)> =
        found.keys().filter(|(.., kind, _)| *kind == 0).map(|(a, b, ..)| (*a, *b)).collect();
    for (n, (document, reading)) in snapshot.documents.iter().enumerate() {
        for statement in &reading.statements {
            for link in statement.chain() {
                let Voice::Named(words) = &link.voice else { continue };
                for other in origins.called_like(&document.id, &link.voice).into_iter().filter(|other| *other != n) {
                    let bracket = link.cue.as_ref().is_some_and(|c| c.text.starts_with(['(', '[']));
                    if bracket && cites.contains(&(n, other)) {
                        continue;
                    }
                    let what = voice::counted(actors, &document.id, &link.voice);
                    let shown = found
                        .entry((n, other, 1, what))
                        .or_insert_with(|| Shown { words: voice::one_line(&words.text), ..Shown::default() });
                    shown.statements.push(statement);
                }
            }
        }
    }
}

/// What one voice said in one speech, letter or paper, as two documents tell it.
fn speeches<'a>(snapshot: &'a Snapshot, actors: &'a Actors, found: &mut BTreeMap<Joint, Shown<'a>>) {
    type Told<'a> = (usize, String, Vec<&'a Statement>);
    let mut by_speech: BTreeMap<(String, String), Vec<Told<'a>>> = BTreeMap::new();
    for (n, (document, reading)) in snapshot.documents.iter().enumerate() {
        for statement in &reading.statements {
            for link in statement.chain() {
                let (Some(venue), Some(actor)) = (&link.venue, actors.of_voice(&document.id, &link.voice)) else {
                    continue;
                };
                let Some(venue_key) = speech(&venue.text) else { continue };
                let all = by_speech.entry((actor.name.clone(), venue_key)).or_default();
                match all.last_mut().filter(|(last, ..)| *last == n) {
                    Some((_, _, statements)) => statements.push(statement),
                    None => all.push((n, voice::one_line(&venue.text), vec![statement])),
                }
            }
        }
    }
    for ((speaker, _), telling) in &by_speech {
        pairs(telling, |(a, words, x), (b, others, y)| {
            let statements = x.iter().chain(y).copied().collect();
            let what = format!("{} in {words}", voice::one_line(speaker));
            found.insert((*a, *b, 3, what), Shown { words: words.clone(), others: others.clone(), statements });
        });
    }
}

/// The words of a venue that tell it from others of its kind; nothing where there are too few (`his speech`).
fn speech(venue: &str) -> Option<String> {
    const EMPTY: &[&str] = &[
        "a", "an", "his", "her", "their", "its", "same", "this", "that", "of", "in", "on", "at", "to", "for", "from",
        "by", "s",
    ];
    let words: Vec<String> = key(venue).into_iter().filter(|w| !EMPTY.contains(&w.as_str())).collect();
    (words.len() > 1).then(|| words.join(" "))
}

/// The same words between marks, of the same speaker, in two documents.
fn quotations<'a>(snapshot: &'a Snapshot, actors: &'a Actors, found: &mut BTreeMap<Joint, Shown<'a>>) {
    type Said<'a> = (usize, String, Vec<&'a Statement>);
    let mut by_words: BTreeMap<(String, String), Vec<Said<'a>>> = BTreeMap::new();
    for (n, (document, reading)) in snapshot.documents.iter().enumerate() {
        for quotation in reading.quotations.iter().filter(|q| q.kind == QuotationKind::Direct) {
            let Some(actor) = quotation.speaker.as_ref().and_then(|v| actors.of_voice(&document.id, v)) else {
                continue;
            };
            let words: Vec<String> = quotation
                .content
                .text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect();
            let statements = inside(reading, quotation.content.span);
            if words.len() >= LEAST && !statements.is_empty() {
                let said = (n, voice::one_line(&quotation.content.text), statements);
                let all = by_words.entry((actor.name.clone(), words.join(" "))).or_default();
                if all.last().is_none_or(|(last, ..)| *last != n) {
                    all.push(said);
                }
            }
        }
    }
    for ((speaker, _), saying) in &by_words {
        pairs(saying, |(a, words, x), (b, others, y)| {
            let statements = x.iter().chain(y).copied().collect();
            let what = format!("{}: “{words}”", voice::one_line(speaker));
            found.insert((*a, *b, 4, what), Shown { words: words.clone(), others: others.clone(), statements });
        });
    }
}

fn inside(reading: &Reading, span: rashomon_core::Span) -> Vec<&Statement> {
    let own = |s: &&Statement| s.evidence().iter().any(|w| w.span.overlaps(span));
    reading.statements.iter().filter(own).collect()
}

/// Every two neighbours in a list: who shares one thing with many is joined to the next, so that the work does not grow
/// with the pairs.
fn pairs<T>(all: &[T], mut join: impl FnMut(&T, &T)) {
    const NEAR: usize = 24;
    for (n, a) in all.iter().enumerate() {
        all.iter().skip(n + 1).take(NEAR).for_each(|b| join(a, b));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    fn rows(snapshot: &Snapshot) -> Vec<Vec<String>> {
        let table = run(snapshot, &Actors::resolve(snapshot), &Filter::default());
        table.rows.iter().map(|r| r.cells().iter().map(ToString::to_string).collect()).collect()
    }

    #[test]
    fn citations_common_works_and_voices_that_wrote_another_document_are_links() {
        let told = testing::read(&[
            ("a.txt", "1930", "The dam was weak (Hart, 1904, p. 10). The board knew it (Lowry, 1905: 6)."),
            ("b.txt", "1905", "The mill burned (Hart, 1904, p. 12)."),
            ("c.txt", "1931", "Anne Lowry said that the board knew it."),
        ]);
        let Some(mut snapshot) = told else { return };
        for (document, _) in snapshot.documents.iter_mut().filter(|(d, _)| d.path == "b.txt") {
            std::sync::Arc::make_mut(document).metadata.authors = vec!["Anne Lowry".into()];
        }
        let found = rows(&snapshot);
        let links: Vec<[&str; 4]> = found.iter().map(|r| [&*r[0], &*r[1], &*r[2], &*r[3]]).collect();
        assert_eq!(
            links,
            [
                ["a.txt", "b.txt", "cites", "b.txt"],
                ["a.txt", "b.txt", "same work", "(Hart, 1904, p. 10)"],
                ["c.txt", "b.txt", "relies on", "Anne Lowry"],
            ]
        );
    }

    #[test]
    fn the_same_words_of_one_speaker_are_one_quotation() {
        let told = testing::read(&[
            ("a.txt", "1930", "“Nobody ever saw the lamps burn,” said Anne Lowry."),
            ("b.txt", "1931", "Anne Lowry wrote: “Nobody ever saw the lamps burn.”"),
        ]);
        let Some(snapshot) = told else { return };
        let found = rows(&snapshot);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0][2], "same quotation");
    }

    #[test]
    fn a_speech_must_be_told_from_others() {
        assert_eq!(speech("his speech"), None);
        assert_eq!(speech("the speech of 3 May 1888"), speech("a speech of 3 May 1888"));
    }
}
