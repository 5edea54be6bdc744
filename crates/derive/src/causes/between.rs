//! Spill-over: whose security, strength or trouble is said to depend on whose. The nodes are actors; an edge is a
//! statement that what one does or is makes it well or ill with another: by a causal link whose effect is a state of
//! somebody, by a verb that does so (`strengthened`, `endangered`), by a named threat, or by `depends on`.

use super::concepts::{Concept, Concepts, Link};
use super::lists::lists;
use super::map::{Causes, Node};
use super::words::{Named, Reader};
use crate::events::phrase::preposition_before;
use crate::events::threat;
use crate::resolve::{Actor, ActorId, Actors};
use rashomon_core::{Document, MentionKind, Polarity, ReadDocument, Role, Snapshot, Statement, Words};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One thing said, before actors are numbered.
type Said = (ActorId, ActorId, i8);

/// The actors of a case as nodes, and what each statement that `passes` says of one's effect on another. `voice` tells on
/// whose word a statement stands; the last number says how many causal statements tell of no such thing.
pub fn between(
    snapshot: &Snapshot,
    actors: &Actors,
    concepts: &Concepts,
    passes: &(dyn Fn(&Statement) -> bool + Sync),
    said_by: &(dyn Fn(&Document, &Statement) -> (String, bool) + Sync),
) -> (Vec<Node>, Vec<Causes>, usize) {
    let mut linked: HashMap<(usize, usize), Vec<Said>> = HashMap::new();
    for link in &concepts.links {
        let ends = concepts.concepts.get(link.cause).zip(concepts.concepts.get(link.effect));
        let said = ends.map(|(cause, effect)| of_link(actors, cause, effect, link)).unwrap_or_default();
        linked.entry((link.document, link.statement)).or_default().extend(said);
    }
    let of_document = |(n, (document, reading)): (usize, &ReadDocument)| -> Vec<(Causes, Said)> {
        let mut found = Vec::new();
        for (place, statement) in reading.statements.iter().enumerate().filter(|(_, s)| passes(s)) {
            let mut said = linked.get(&(n, place)).cloned().unwrap_or_default();
            said.extend(of_claim(document, statement, actors));
            said.sort();
            said.dedup();
            if said.is_empty() {
                continue;
            }
            let (voice, disputed) = said_by(document, statement);
            for one in said {
                let causes = Causes {
                    cause: 0,
                    effect: 0,
                    sign: one.2,
                    statement: statement.id().clone(),
                    voice: voice.clone(),
                    document: n,
                    disputed,
                };
                found.push((causes, one));
            }
        }
        found
    };
    let all: Vec<(Causes, Said)> = snapshot.documents.par_iter().enumerate().flat_map_iter(of_document).collect();
    let ids: BTreeSet<&ActorId> = all.iter().flat_map(|(_, (a, b, _))| [a, b]).collect();
    let mut nodes: Vec<Node> = ids.into_iter().filter_map(|id| actors.get(id)).map(node).collect();
    nodes.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let places: BTreeMap<&ActorId, usize> = nodes.iter().enumerate().map(|(n, node)| (&node.id, n)).collect();
    let place = |id: &ActorId| places.get(id).copied();
    let numbered: Vec<Causes> = all
        .iter()
        .filter_map(|(causes, (a, b, _))| Some(Causes { cause: place(a)?, effect: place(b)?, ..causes.clone() }))
        .collect();
    let silent = linked.iter().filter(|(_, said)| said.is_empty()).count();
    (nodes, numbered, silent)
}

fn node(actor: &Actor) -> Node {
    Node {
        id: actor.id.clone(),
        name: actor.name.clone(),
        forms: actor.names.keys().cloned().collect(),
        reasons: actor.merges.iter().map(|m| format!("{} = {}: {}", m.a, m.b, m.reasons.join("; "))).collect(),
    }
}

/// Whether an actor can be well or ill: what is only an event, a work or a thing cannot.
fn lives(actors: &Actors, id: &ActorId) -> bool {
    actors.get(id).is_some_and(|a| !matches!(a.kind, MentionKind::Event | MentionKind::Work | MentionKind::Other))
}

/// Whether it is well (1) or ill (-1) with somebody where a concept holds. An actor alone is his own being, where the words
/// speak of that.
fn state_of(head: &str, bearers: &[ActorId], being: bool) -> Option<i8> {
    if head.is_empty() { (being && bearers.len() == 1).then_some(1) } else { lists().state(head) }
}

fn of_link(actors: &Actors, cause: &Concept, effect: &Concept, link: &Link) -> Vec<Said> {
    let Some(state) = state_of(&effect.head, &effect.bearers, link.moved) else { return Vec::new() };
    let state = if effect.lacking { -state } else { state };
    pairs(actors, &cause.doers, &effect.bearers, link.sign * state)
}

fn pairs(actors: &Actors, from: &[ActorId], to: &[ActorId], sign: i8) -> Vec<Said> {
    let from = || from.iter().filter(|id| lives(actors, id));
    let to = to.iter().filter(|id| lives(actors, id));
    to.flat_map(|b| from().filter(move |a| *a != b).map(move |a| (a.clone(), b.clone(), sign))).collect()
}

/// What a claim says by itself: a verb that makes it well or ill with somebody, dependence, a threat.
fn of_claim(document: &Document, statement: &Statement, actors: &Actors) -> Vec<Said> {
    let claim = statement.claim();
    let Some(predicate) = claim.predicate.as_ref().filter(|_| claim.causation.is_none()) else { return Vec::new() };
    let lemma = predicate.lemma.to_lowercase();
    let denied = claim.polarity == Polarity::Negative;
    let signed = |sign: i8| if denied { 0 } else { sign };
    let reader = Reader { document, actors, neighbours: &[] };
    let read = |words: &Words| -> Vec<Named> { reader.read(words, false) };
    let of = |role: Role| claim.arguments.iter().filter(move |a| a.role == role).map(|a| &a.words);
    let mut said = Vec::new();
    if let Some(does) = lists().does_to(&lemma) {
        let from: Vec<ActorId> = of(Role::Subject).flat_map(read).flat_map(|n| n.doers).collect();
        for named in of(Role::Object).flat_map(read) {
            let Some(state) = state_of(named.head.trim_start_matches('#'), &named.bearers, true) else { continue };
            let turned = if named.turned { -1 } else { 1 };
            said.extend(pairs(actors, &from, &named.bearers, signed(does * state * turned)));
        }
    }
    let on = || {
        claim
            .arguments
            .iter()
            .map(|a| &a.words)
            .filter(|w| lists().depends(&lemma, &preposition_before(&document.text, w.span.start)))
    };
    let from: Vec<ActorId> = on().flat_map(read).flat_map(|n| n.bearers).collect();
    if !from.is_empty() {
        for named in of(Role::Subject).flat_map(read) {
            let state = state_of(named.head.trim_start_matches('#'), &named.bearers, true).unwrap_or(1);
            let turned = if named.turned { -1 } else { 1 };
            said.extend(pairs(actors, &from, &named.bearers, signed(state * turned)));
        }
    }
    if let Some(threat) = threat(document, statement) {
        let what: Vec<ActorId> = read(&threat.what).into_iter().flat_map(|n| n.doers).collect();
        let whom = threat.whom.as_ref().map(read).unwrap_or_default();
        let whom: Vec<ActorId> = whom.into_iter().flat_map(|n| n.bearers).collect();
        said.extend(pairs(actors, &what, &whom, signed(-1)));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::super::map::Map;
    use super::super::own::Own;
    use super::*;
    use crate::events::testing;

    #[test]
    fn whose_state_hangs_on_whose_is_told_by_sign() {
        let text = "Germany strengthened Spain. Italy threatened the security of Ethiopia. The policy of France led to the collapse of Poland. \
                    The lamps caused a fire. Sweden did not weaken Norway.";
        let Some(snapshot) = testing::read(&[("a.txt", "1938", text)]) else { return };
        let actors = Actors::resolve(&snapshot);
        let concepts = Concepts::of(&snapshot, &actors, &Own::default());
        let (nodes, said, silent) = between(&snapshot, &actors, &concepts, &|_| true, &|_, _| ("v".into(), false));
        let map = Map::of(&nodes, &said);
        let shown: Vec<String> = map
            .edges
            .iter()
            .map(|e| format!("{} {} {}", map.nodes[e.cause].name, map.nodes[e.effect].name, e.weight))
            .collect();
        assert_eq!(
            shown,
            ["France Poland -1", "Germany Spain 1", "Italy Ethiopia -1", "Sweden Norway 0"],
            "{concepts:#?}"
        );
        assert_eq!(silent, 1, "the fire is nobody's state");
    }
}
