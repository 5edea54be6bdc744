//! `actors`: who is in the documents, under which names, in how many of them, and why names were taken to be one's.

use super::{Run, View};
use crate::filter::Filter;
use crate::resolve::{Actor, ActorId, Actors};
use rashomon_core::{Row, Snapshot, Statement, StatementId, Table};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The view.
pub const VIEW: View = View {
    name: "actors",
    about: "Who is in the documents, under which names, and why names were taken to be one's",
    columns: &[
        ("actor", "the longest of its names"),
        ("kind", "person, organization, place, group, event, work or other"),
        ("names", "every form with its number of places, the commonest first; no pronouns"),
        ("documents", "number of documents that mention it"),
        ("mentions", "number of names and descriptions, without pronouns"),
        ("named in", "number of statements whose words mention it"),
        ("says", "number of statements on its word, anywhere in the chain"),
        ("joined because", "for each pair of names that were joined, why"),
        ("known as", "ids in a list of known actors, if one was given; several where the list does not tell which"),
    ],
    run: Run::Alone(run),
};

/// What the statements say of an actor.
#[derive(Debug, Default)]
pub struct Told {
    /// Statements whose words mention it.
    pub about: BTreeSet<StatementId>,
    /// Statements on its word, anywhere in the chain.
    pub by: BTreeSet<StatementId>,
}

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
    let told = told(snapshot, filter, actors);
    let mut found: Vec<(&Actor, &Told)> =
        actors.iter().filter(|a| filter.names(a)).filter_map(|a| Some((a, told.get(&a.id)?))).collect();
    found.sort_by_key(|(a, t)| (Reverse(t.about.len() + t.by.len()), &a.name, &a.id));
    let mut table = super::table(&VIEW);
    table.rows = found.iter().filter_map(|(actor, told)| row(actor, told)).collect();
    let silent = actors.iter().filter(|a| filter.names(a) && !told.contains_key(&a.id)).count();
    if silent > 0 {
        table.notes.push(format!("left out: {silent} whom no statement here mentions"));
    }
    table
}

/// What the statements that pass a filter say of each actor.
pub fn told(snapshot: &Snapshot, filter: &Filter, actors: &Actors) -> BTreeMap<ActorId, Told> {
    let mut all: BTreeMap<ActorId, Told> = BTreeMap::new();
    for (_, statement) in filter.select(snapshot, actors) {
        for actor in mentioned(actors, statement) {
            all.entry(actor.id.clone()).or_default().about.insert(statement.id().clone());
        }
        for link in statement.chain() {
            if let Some(actor) = actors.of_voice(statement.document(), &link.voice) {
                all.entry(actor.id.clone()).or_default().by.insert(statement.id().clone());
            }
        }
    }
    all
}

/// The actors that the words of a claim mention.
fn mentioned<'a>(actors: &'a Actors, statement: &'a Statement) -> impl Iterator<Item = &'a Actor> {
    let arguments = statement.claim().arguments.iter().map(|a| a.words.span);
    let spans = statement.evidence().iter().map(|w| w.span).chain(arguments);
    spans.flat_map(move |span| actors.within(statement.document(), span)).map(|(_, actor)| actor)
}

fn row(actor: &Actor, told: &Told) -> Option<Row> {
    let mut names: Vec<(&String, usize)> = actor.names.iter().map(|(n, places)| (n, places.values().sum())).collect();
    names.sort_by_key(|(name, count)| (Reverse(*count), *name));
    let documents: BTreeSet<_> = actor.names.values().flat_map(BTreeMap::keys).collect();
    let written: Vec<String> =
        names.iter().map(|(name, count)| format!("{} ({count})", super::voice::one_line(name))).collect();
    let reasons: Vec<String> =
        actor.merges.iter().map(|m| format!("{} = {}: {}", m.a, m.b, m.reasons.join(", "))).collect();
    let cells = vec![
        super::voice::one_line(&actor.name).into(),
        actor.kind.as_str().into(),
        written.join("; ").into(),
        documents.len().into(),
        names.iter().map(|(_, count)| count).sum::<usize>().into(),
        told.about.len().into(),
        told.by.len().into(),
        super::voice::one_line(&reasons.join("; ")).into(),
        actor.known.join(" ").into(),
    ];
    Row::new(cells, told.about.union(&told.by).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::MentionKind;

    #[test]
    fn each_actor_has_its_names_its_statements_and_the_reasons_of_its_joining() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "Qasim Amin said the lamps were lit.")
                .name("Qasim Amin", MentionKind::Person)
                .said("the lamps were lit", &["Qasim Amin"]),
            Told::new("b.txt", "Kassem Amin lit the lamps.")
                .name("Kassem Amin", MentionKind::Person)
                .own("Kassem Amin lit the lamps"),
            Told::new("c.txt", "Tom Reed.").name("Tom Reed", MentionKind::Person),
        ]);
        let table = run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let cells: Vec<String> = table.rows[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(cells[..7], ["Kassem Amin", "person", "Kassem Amin (1); Qasim Amin (1)", "2", "2", "1", "1"]);
        assert!(cells[7].starts_with("Kassem Amin = Qasim Amin: "), "{cells:?}");
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.notes, ["left out: 1 whom no statement here mentions"]);
        let only = Filter { voices: vec!["amin".into()], ..Filter::default() };
        assert_eq!(run(&snapshot, &Actors::resolve(&snapshot), &only).rows[0].statements().len(), 1);
    }
}
