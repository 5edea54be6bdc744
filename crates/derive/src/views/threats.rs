//! `threats`: who names what a threat to whom, since when, how often, and who disputes it. The view lists what documents and
//! voices say; the program calls nothing a threat.

use super::timeline::names;
use super::{Run, View, voice};
use crate::events::threat;
use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::{
    Cell, Document, Link, Polarity, Row, Snapshot, Stance, Statement, StatementId, Table, Voice, Words,
};
use std::collections::{BTreeMap, BTreeSet};

/// The view.
pub const VIEW: View = View {
    name: "threats",
    about: "Who names what a threat to whom, since when, how often, and who disputes it",
    columns: &[
        ("threat", "what is named a threat: the actor where known, else the words"),
        ("to", "to whom or what"),
        ("named by", "the innermost voices that name it so"),
        ("since", "earliest date: stated, else of saying, else of the document"),
        ("times", "statements that name it so"),
        ("documents", "how many documents hold them"),
        ("disputed by", "voices that deny it or keep away from it"),
        ("words", "the words of the first"),
    ],
    run: Run::Alone(run),
};

/// What is told of one thing as a threat to one.
#[derive(Default)]
pub(crate) struct Named {
    /// Voices that name it so, with their statements.
    pub(crate) by: BTreeMap<String, Vec<StatementId>>,
    /// Voices that deny it or keep away from it.
    pub(crate) disputed: BTreeMap<String, Vec<StatementId>>,
    since: Option<String>,
    /// Statements that name it so.
    pub(crate) times: usize,
    documents: BTreeSet<String>,
    words: Option<String>,
    statements: Vec<StatementId>,
}

/// What is named a threat, and to whom, with all that is told of it.
pub(crate) fn gathered(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> BTreeMap<(String, String), Named> {
    let mut all: BTreeMap<(String, String), Named> = BTreeMap::new();
    for (document, statement) in filter.select(snapshot, actors) {
        let Some(threat) = threat(document, statement) else { continue };
        let shown = |words: &Words| called(actors, document, words);
        let key = (shown(&threat.what), threat.whom.as_ref().map(shown).unwrap_or_default());
        take(all.entry(key).or_default(), actors, document, statement);
    }
    all
}

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let all = gathered(snapshot, actors, filter);
    let mut order: Vec<(&(String, String), &Named)> = all.iter().collect();
    order.sort_by_key(|(key, named)| (std::cmp::Reverse(named.times), *key));
    let mut table = super::table(&VIEW);
    for ((what, whom), named) in order {
        let joined = |all: &BTreeMap<String, Vec<StatementId>>| all.keys().cloned().collect::<Vec<_>>().join("; ");
        let cells = vec![
            what.as_str().into(),
            whom.as_str().into(),
            joined(&named.by).into(),
            Cell::maybe(named.since.clone()),
            named.times.into(),
            named.documents.len().into(),
            joined(&named.disputed).into(),
            named.words.clone().unwrap_or_default().into(),
        ];
        table.rows.extend(Row::new(cells, named.statements.clone()));
    }
    table
}

/// The actor's name where the words lead to one, else the words without their article.
fn called(actors: &Actors, document: &Document, words: &Words) -> String {
    match actors.at(&document.id, words) {
        Some(actor) => names(actors, std::iter::once(&actor.id)),
        None => {
            let line = voice::one_line(&words.text);
            let bare = ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|a| line.strip_prefix(a));
            bare.map_or(line.clone(), str::to_owned)
        }
    }
}

fn take(named: &mut Named, actors: &Actors, document: &Document, statement: &Statement) {
    let by = |link: Option<&Link>| voice::told_by(actors, document, link.map_or(&Voice::Author, |l| &l.voice));
    let source = by(statement.chain().last());
    let add = |told: &mut BTreeMap<String, Vec<StatementId>>, who: String| {
        told.entry(who).or_default().push(statement.id().clone());
    };
    let denied = statement.chain().iter().position(|l| matches!(l.stance, Stance::Denies | Stance::Distances));
    match (denied, statement.claim().polarity) {
        (_, Polarity::Negative) => add(&mut named.disputed, source),
        (Some(link), _) => {
            let who = by(statement.chain().get(link));
            if link + 1 < statement.chain().len() {
                add(&mut named.by, source);
                named.times += 1;
            }
            add(&mut named.disputed, who);
        }
        _ => {
            add(&mut named.by, source);
            named.times += 1;
        }
    }
    let told = statement.claim().time.as_ref().and_then(|t| t.edtf.clone());
    let said = statement.chain().last().and_then(|l| l.time.as_ref()).and_then(|t| t.edtf.clone());
    let date = told
        .or(said)
        .or_else(|| document.metadata.date.clone())
        .filter(|d| d.starts_with(|c: char| c.is_ascii_digit()));
    if let Some(date) = date
        && named.since.as_ref().is_none_or(|since| date < *since)
    {
        named.since = Some(date);
    }
    named.documents.insert(document.path.clone());
    named.words.get_or_insert_with(|| voice::one_line(&statement.text()));
    named.statements.push(statement.id().clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn who_names_a_threat_and_who_disputes_it_stand_in_one_row() {
        let snapshot = testing::read(&[
            ("a.txt", "1935", "Germany is a threat to France."),
            ("b.txt", "1938", "Germany is not a threat to France."),
        ]);
        let Some(snapshot) = snapshot else { return };
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let cells: Vec<String> = table.rows[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(cells[..7], ["Germany", "France", "the author of a.txt", "1935", "1", "2", "the author of b.txt"]);
    }
}
