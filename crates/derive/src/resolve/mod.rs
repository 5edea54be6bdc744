//! Which mentions are one actor. Inside a document the words decide (`local`); across documents names do, compared as
//! parts and sounds in any script, with what speaks against it and what people judged (`cluster`, `judged`). Every
//! joining of two names keeps its reasons in words. Where a name fits two, it is left apart: what is apart a person can
//! see and join, what was joined wrongly would mislead.

mod local;
mod node;

mod judged;
mod pairs;

mod cluster;

mod actors;

mod authority;

pub use actors::{Actor, ActorId, Actors};
pub use authority::{Authority, Known};
pub use cluster::Merge;

use cluster::{Edge, Link, Meant};
use judged::Judged;
use local::{Identity, Other, Referent, Told, Within};
use node::{Heard, Node};
use pairs::Pairs;
use rashomon_core::{
    CharIndex, Document, DocumentId, Judgement, MentionForm, MentionKind, ReadDocument, Reading, Snapshot,
};
use rashomon_text::names::key;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Resolves documents as they come: what was worked out of the documents before is kept, and only names that new documents
/// bring or write otherwise are compared. The outcome is that of resolving all of them at once, in any order.
#[derive(Debug, Default)]
pub struct Resolver {
    numbers: HashMap<Identity, usize>,
    told: Vec<(Identity, Vec<(DocumentId, Referent)>)>,
    nodes: Vec<Node>,
    /// Names by their numbers, in the order of who they are.
    order: Vec<usize>,
    fresh: BTreeSet<usize>,
    documents: HashMap<DocumentId, actors::Meant>,
    readers: HashMap<DocumentId, String>,
    links: BTreeSet<(Told, String)>,
    pairs: Pairs,
    groups: HashMap<usize, Group>,
}

/// Names that are one actor's, by their numbers, with what joined them.
#[derive(Debug)]
struct Group {
    members: Vec<usize>,
    joined: Vec<Edge>,
    actor: Arc<Actor>,
}

impl Actors {
    /// Resolves every mention of a snapshot.
    pub fn resolve(snapshot: &Snapshot) -> Actors {
        let mut resolver = Resolver::default();
        resolver.add_all(snapshot);
        resolver.actors(&snapshot.judgements)
    }
}

impl Actors {
    /// Links every actor to its entries in a list of known ones.
    pub fn link(&mut self, authority: &Authority) {
        for actor in &mut self.actors {
            let known: Vec<String> = authority.find(actor).into_iter().map(str::to_owned).collect();
            if !known.is_empty() {
                Arc::make_mut(actor).known = known;
            }
        }
    }
}

impl Resolver {
    /// Whether a document was read here otherwise than a snapshot has it, or is no longer in it: then all must be resolved anew.
    pub fn is_outdated(&self, snapshot: &Snapshot) -> bool {
        let mut kept = 0;
        for (document, reading) in &snapshot.documents {
            match self.readers.get(&document.id) {
                Some(reader) if *reader != reading.reader => return true,
                Some(_) => kept += 1,
                None => {}
            }
        }
        kept < self.readers.len()
    }

    /// Adds the documents of a snapshot that are not there yet.
    pub fn add_all(&mut self, snapshot: &Snapshot) {
        let new = |(document, _): &&ReadDocument| !self.readers.contains_key(&document.id);
        let new: Vec<&ReadDocument> = snapshot.documents.iter().filter(new).collect();
        let within: Vec<_> = new.par_iter().map(|(document, reading)| local::referents(document, reading)).collect();
        for ((document, reading), within) in new.into_iter().zip(within) {
            self.take(document, reading, within);
        }
    }

    /// Adds a document. One that is there already is left as it is.
    pub fn add(&mut self, document: &Document, reading: &Reading) {
        if !self.readers.contains_key(&document.id) {
            self.take(document, reading, local::referents(document, reading));
        }
    }

    /// Takes in a document whose own mentions are resolved.
    fn take(&mut self, document: &Document, reading: &Reading, (referents, called_one): Within) {
        self.readers.insert(document.id.clone(), reading.reader.clone());
        let mut meant = BTreeMap::new();
        for (identity, referent) in referents {
            let next = self.told.len();
            let number = *self.numbers.entry(identity.clone()).or_insert(next);
            if number == next {
                self.told.push((identity, Vec::new()));
            }
            meant.extend(referent.mentions.iter().map(|(span, _)| (*span, number)));
            if let Some((_, told)) = self.told.get_mut(number) {
                told.push((document.id.clone(), referent));
            }
            self.fresh.insert(number);
        }
        self.documents.insert(document.id.clone(), meant.into_iter().collect());
        if !called_one.is_empty() {
            let index = CharIndex::new(&document.text);
            let place = |t: &Told| format!("{}:{}", document.path, index.to_chars(&document.text, t.at.start));
            self.links.extend(called_one.into_iter().map(|t| (t.clone(), place(&t))));
        }
    }

    /// Everybody in the documents that were added, as the judgements have it.
    pub fn actors(&mut self, judgements: &[Judgement]) -> Actors {
        let fresh = self.settle();
        let mut touched = vec![false; self.nodes.len()];
        for number in &fresh {
            if let Some(touched) = touched.get_mut(*number) {
                *touched = true;
            }
        }
        // A stable sort puts new names between old ones, which are in order, without comparing all of them again.
        let mut order = std::mem::take(&mut self.order);
        order.extend(order.len()..self.nodes.len());
        let identity = |n: &usize| self.told.get(*n).map(|(identity, _)| identity);
        order.sort_by(|a, b| identity(a).cmp(&identity(b)));
        let mut rank = vec![0; order.len()];
        for (place, number) in order.iter().enumerate() {
            if let Some(rank) = rank.get_mut(*number) {
                *rank = place;
            }
        }
        let nodes: Vec<&Node> = order.iter().filter_map(|n| self.nodes.get(*n)).collect();
        let place = |identity: &Identity| self.numbers.get(identity).and_then(|n| rank.get(*n)).copied();
        let links: Vec<Link> = self.links.iter().filter_map(|(told, at)| link(&place, told, at)).collect();
        let agreeing = self.pairs.agreeing(&rank);
        let (roots, mut joined) = cluster::cluster(&nodes, &agreeing, &links, &Judged::of(judgements));
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); roots.len()];
        for (root, number) in roots.iter().zip(&order) {
            if let Some(members) = members.get_mut(*root) {
                members.push(*number);
            }
        }
        let told: Vec<(Vec<usize>, Vec<Edge>)> = members
            .into_iter()
            .enumerate()
            .filter(|(_, members)| !members.is_empty())
            .map(|(root, members)| (members, joined.remove(&root).unwrap_or_default()))
            .collect();
        let number = |place: usize| order.get(place).copied().unwrap_or(usize::MAX);
        let group = |(members, edges): (Vec<usize>, Vec<Edge>)| {
            let first = members.first().copied()?;
            let joined: Vec<Edge> = edges.iter().map(|edge| edge.told(number)).collect();
            let before = self.groups.get(&first).filter(|group| {
                let same = group.members == members && group.joined == joined;
                same && joined.iter().all(Edge::is_lasting) && !members.iter().any(|n| touched.get(*n) == Some(&true))
            });
            let actor = match before {
                Some(group) => Arc::clone(&group.actor),
                None => {
                    let merges = edges.iter().filter_map(|edge| cluster::merge(&nodes, &links, edge)).collect();
                    Arc::new(self.actor(&members, merges)?)
                }
            };
            Some((first, Group { members, joined, actor }))
        };
        let groups = told.into_par_iter().filter_map(group).collect();
        self.groups = groups;
        self.order = order;
        let mut found: Vec<&Group> = self.groups.values().collect();
        found.sort_unstable_by(|a, b| a.actor.id.cmp(&b.actor.id));
        let mut of_name = vec![usize::MAX; self.nodes.len()];
        for (place, group) in found.iter().enumerate() {
            for name in &group.members {
                if let Some(actor) = of_name.get_mut(*name) {
                    *actor = place;
                }
            }
        }
        let actors = found.iter().map(|group| Arc::clone(&group.actor)).collect();
        Actors { actors, of_name, documents: self.documents.clone() }
    }

    /// Works out what the last documents changed, and returns the names that they tell of.
    fn settle(&mut self) -> BTreeSet<usize> {
        let fresh = std::mem::take(&mut self.fresh);
        let told = |number: &usize| self.told.get(*number);
        let heard: Vec<Heard> =
            fresh.par_iter().filter_map(told).map(|(identity, referents)| Heard::of(identity, referents)).collect();
        // Numbers are given in order, so that new names come last.
        let (before, new): (Vec<_>, Vec<_>) = fresh.iter().zip(heard).partition(|(n, _)| **n < self.nodes.len());
        let mut changed: BTreeSet<usize> = new.iter().map(|(n, _)| **n).collect();
        for (number, heard) in before {
            let (Some((identity, _)), Some(node)) = (self.told.get(*number), self.nodes.get_mut(*number)) else {
                continue;
            };
            if node.hear(identity, heard) {
                changed.insert(*number);
            }
        }
        let node = |(n, heard): (&usize, Heard)| Some(heard.into_node(&self.told.get(*n)?.0));
        let new: Vec<Node> = new.into_par_iter().filter_map(node).collect();
        self.nodes.extend(new);
        self.pairs.update(&self.nodes, changed);
        fresh
    }

    /// The actor that some names are.
    fn actor(&self, members: &[usize], merges: Vec<Merge>) -> Option<Actor> {
        let nodes = || members.iter().filter_map(|n| self.nodes.get(*n));
        let mut names: BTreeMap<String, BTreeMap<DocumentId, usize>> = BTreeMap::new();
        let mut descriptions: BTreeSet<&str> = BTreeSet::new();
        for (document, referent) in members.iter().filter_map(|n| self.told.get(*n)).flat_map(|(_, told)| told) {
            for (form, text) in referent.mentions.iter().filter_map(|(_, form)| form.as_ref()) {
                *names.entry(text.clone()).or_default().entry(document.clone()).or_default() += 1;
                if *form != MentionForm::Name {
                    descriptions.insert(text);
                }
            }
        }
        let id = nodes().map(|node| &node.id).min()?.clone();
        Some(Actor {
            id,
            name: best_name(&names, &descriptions),
            kind: kind_of(nodes()),
            names,
            merges,
            known: Vec::new(),
        })
    }
}

/// What a document says of two names, by the places of the names among all.
fn link(place: &impl Fn(&Identity) -> Option<usize>, told: &Told, at: &str) -> Option<Link> {
    let other = match &told.b {
        Other::Name(b) => Meant::Always(place(b)?),
        Other::Words(words) => Meant::Here(words.clone()),
    };
    Some(Link { a: place(&told.a)?, b: other, reason: format!("{}, {at}", told.how) })
}

/// What most mentions of a group name; `other` only where nothing else is said.
fn kind_of<'n>(nodes: impl Iterator<Item = &'n Node>) -> MentionKind {
    let mut counts: BTreeMap<MentionKind, usize> = BTreeMap::new();
    for node in nodes {
        *counts.entry(node.kind).or_default() += node.mentions;
    }
    let rank =
        |(kind, count): &(&MentionKind, &usize)| (**kind != MentionKind::Other, **count, std::cmp::Reverse(**kind));
    counts.iter().max_by_key(rank).map_or(MentionKind::Other, |(kind, _)| *kind)
}

fn best_name(names: &BTreeMap<String, BTreeMap<DocumentId, usize>>, descriptions: &BTreeSet<&str>) -> String {
    let rank = |(text, places): &(&String, &BTreeMap<DocumentId, usize>)| {
        let count = places.values().sum::<usize>();
        (!descriptions.contains(text.as_str()), key(text).len(), count, std::cmp::Reverse(text.to_string()))
    };
    if let (Some((only, _)), 1) = (names.first_key_value(), names.len()) {
        return only.clone();
    }
    names.iter().max_by_key(rank).map(|(text, _)| text.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::Span;

    #[test]
    fn a_short_name_follows_the_one_long_name_of_its_document() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "Captain Anne Lowry spoke. Lowry left. The Admiral wept.")
                .name("Admiral", MentionKind::Person)
                .name("Anne Lowry", MentionKind::Person)
                .name("Lowry left", MentionKind::Person),
            Told::new("b.txt", "Anne Lowry and Tom Lowry met. The Admiral paid.")
                .name("Admiral", MentionKind::Person)
                .name("Anne Lowry", MentionKind::Person)
                .name("Tom Lowry", MentionKind::Person),
        ]);
        let actors = Actors::resolve(&snapshot);
        let at = |d: usize, text: &str| {
            let (document, reading) = &snapshot.documents[d];
            let mention = reading.mentions.iter().find(|m| m.words.text == text).unwrap();
            actors.of_mention(&document.id, mention.words.span).unwrap().id.clone()
        };
        assert_eq!(at(0, "Anne Lowry"), at(1, "Anne Lowry"), "equal full names are one actor across documents");
        assert_ne!(at(1, "Anne Lowry"), at(1, "Tom Lowry"));
        assert_ne!(at(0, "Admiral"), at(1, "Admiral"), "a title means somebody in its own document only");
        assert_eq!(actors.iter().filter(|a| a.name == "Anne Lowry").count(), 1);
    }

    #[test]
    fn spellings_in_many_documents_are_one_actor_in_any_order() {
        let mut snapshot = snapshot(&[
            Told::new("a.txt", "Qasim Amin wrote. He died.").name("Qasim Amin", MentionKind::Person),
            Told::new("b.txt", "Kassem Amin wrote.").name("Kassem Amin", MentionKind::Person),
            Told::new("c.txt", "كتب قاسم أمين").name("قاسم أمين", MentionKind::Person),
            Told::new("d.txt", "Ahmad Amin wrote.").name("Ahmad Amin", MentionKind::Person),
        ]);
        let actors = Actors::resolve(&snapshot);
        let one = actors.iter().find(|a| a.names.contains_key("Qasim Amin")).unwrap();
        assert!(one.names.contains_key("Kassem Amin") && one.names.contains_key("قاسم أمين"), "{one:?}");
        assert!(!one.names.contains_key("Ahmad Amin"), "{one:?}");
        assert_eq!(one.merges.len(), 2);
        assert!(one.merges.iter().all(|m| !m.reasons.is_empty()), "{:?}", one.merges);
        snapshot.documents.reverse();
        let mut one_by_one = Resolver::default();
        for (document, reading) in &snapshot.documents {
            one_by_one.add(document, reading);
            one_by_one.actors(&[]);
        }
        let again = one_by_one.actors(&[]);
        assert_eq!(actors.iter().collect::<Vec<_>>(), again.iter().collect::<Vec<_>>());
        assert!(!one_by_one.is_outdated(&snapshot));
        Arc::make_mut(&mut snapshot.documents[0].1).reader = "told 2".into();
        assert!(one_by_one.is_outdated(&snapshot));
    }

    /// The actor of the words that stand somewhere in the first document.
    fn of_words<'a>(actors: &'a Actors, snapshot: &Snapshot, words: &str) -> Option<&'a Actor> {
        let (document, reading) = &snapshot.documents[0];
        let mention = reading.mentions.iter().find(|m| m.words.text == words).unwrap();
        actors.of_mention(&document.id, mention.words.span)
    }

    #[test]
    fn what_a_document_calls_one_is_one_and_says_where() {
        let snapshot = snapshot(&[Told::new(
            "a.txt",
            "The Northern Mutual Aid Society (NMAS) met Ilse Brandt, also known as Nan Holm. NMAS paid. Tom Reed (Hull) left.",
        )
        .name("Northern Mutual Aid Society", MentionKind::Organization)
        .name("NMAS", MentionKind::Organization)
        .name("Ilse Brandt", MentionKind::Person)
        .name("Nan Holm", MentionKind::Person)
        .name("Tom Reed", MentionKind::Person)
        .name("Hull", MentionKind::Place)]);
        let actors = Actors::resolve(&snapshot);
        let name = |words: &str| of_words(&actors, &snapshot, words).unwrap().id.clone();
        assert_eq!(name("Northern Mutual Aid Society"), name("NMAS"));
        assert_eq!(name("Ilse Brandt"), name("Nan Holm"));
        assert_ne!(name("Tom Reed"), name("Hull"), "a place in brackets is where he is from");
        let why = &of_words(&actors, &snapshot, "Nan Holm").unwrap().merges[0].reasons;
        assert_eq!(why, &["“also known as” between them, a.txt:70"]);
    }

    #[test]
    fn a_capital_that_speaks_is_its_state_and_elsewhere_a_place() {
        let text = "Oslo said the sea was calm. The ship left Oslo. Norway paid.";
        let snapshot = snapshot(&[Told::new("a.txt", text)
            .name("Oslo", MentionKind::Place)
            .named_at("Oslo", 42, MentionKind::Place)
            .name("Norway", MentionKind::Place)
            .said("the sea was calm", &["Oslo"])]);
        let actors = Actors::resolve(&snapshot);
        let (document, _) = &snapshot.documents[0];
        let at = |start| actors.of_mention(&document.id, Span::new(start, start + 4)).unwrap();
        assert_eq!(at(0).name, "Norway");
        assert_eq!(at(42).name, "Oslo");
        assert_eq!(at(0).merges[0].reasons, ["the capital speaks or acts for its state, a.txt:0"]);
    }

    #[test]
    fn a_description_that_holds_a_name_is_one_actor_of_its_document() {
        let described = |told: Told| told.described("the Hull fishermen", MentionKind::Group);
        let snapshot = snapshot(&[
            described(Told::new("a.txt", "They met the Hull fishermen.")),
            described(Told::new("b.txt", "He saw the Hull fishermen and the men."))
                .described("the men", MentionKind::Group),
        ]);
        let actors = Actors::resolve(&snapshot);
        let mut found: Vec<&str> = actors.iter().map(|a| a.name.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ["the Hull fishermen", "the Hull fishermen"], "one in each document");
    }
}
