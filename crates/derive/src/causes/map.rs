//! A map: nodes, signed and weighted edges between them, and the statements behind each edge. Weight is the sum of the
//! signs divided by their number (Axelrod 1976 counts signs; the mean of them keeps disagreement visible), or what a person
//! set: a row of the log, undone by another row.

use super::concepts::Concepts;
use super::own::plain;
use rashomon_core::judgement::{UNDO, in_force};
use rashomon_core::{Digest, Judgement, StatementId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A node of a map: a concept, or an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Digest of what makes it.
    pub id: Digest,
    /// Its name.
    pub name: String,
    /// Other words for it, for look-up.
    pub forms: Vec<String>,
    /// Why these words were taken for one.
    pub reasons: Vec<String>,
}

/// One causal claim between two nodes by one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Causes {
    /// Place of the node that acts.
    pub cause: usize,
    /// Place of the node acted on.
    pub effect: usize,
    /// +1, -1; 0 where the link is denied.
    pub sign: i8,
    /// The statement.
    pub statement: StatementId,
    /// On whose word it stands in the end.
    pub voice: String,
    /// The document's place in the snapshot.
    pub document: usize,
    /// Whether some voice of the chain denies it or keeps away from it.
    pub disputed: bool,
}

/// What all statements say of one node's effect on another.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Place of the node that acts.
    pub cause: usize,
    /// Place of the node acted on.
    pub effect: usize,
    /// From -1 to 1: the mean of the signs, or what a person set.
    pub weight: f64,
    /// Who set the weight, if a person did.
    pub set_by: Option<String>,
    /// Statements that say that it brings it about.
    pub plus: usize,
    /// Statements that say that it prevents it.
    pub minus: usize,
    /// Statements that deny the link.
    pub denied: usize,
    /// Statements whose chain has a voice that denies or keeps away from what is said.
    pub disputed: usize,
    /// On whose word.
    pub voices: BTreeSet<String>,
    /// Places of documents.
    pub documents: BTreeSet<usize>,
    /// The statements, sorted, each once.
    pub statements: Vec<StatementId>,
}

impl Edge {
    /// The sign of the weight: 1, -1, or 0 where what is said cancels out.
    pub fn sign(&self) -> i8 {
        if self.weight > 0.0 {
            1
        } else if self.weight < 0.0 {
            -1
        } else {
            0
        }
    }
}

/// A map of causes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    /// In order of name.
    pub nodes: Vec<Node>,
    /// In order of cause, then effect.
    pub edges: Vec<Edge>,
    /// Links of a node with itself, which are left out.
    pub loops: Vec<StatementId>,
}

/// A weight that a person set.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// From -1 to 1.
    pub weight: f64,
    /// Who set it.
    pub by: String,
}

/// What a judgement on a weight is about: whose map, which edge. The words, not their digests, find the edge again.
pub fn weight_target(whose: &str, cause: &str, effect: &str) -> Digest {
    let parts = ["weight", whose, &plain(cause), &plain(effect)];
    Digest::short_of(parts.join("\u{0}").as_bytes())
}

/// The weights that stand in a log for a map, by the words of cause and effect.
pub fn weights(judgements: &[Judgement], whose: &str) -> Vec<(String, String, Weighed)> {
    let mut latest: BTreeMap<&str, &Judgement> = BTreeMap::new();
    for judgement in in_force(judgements) {
        let mut words = judgement.words.lines();
        let (Some(cause), Some(effect)) = (words.next(), words.next()) else { continue };
        let own = judgement.target == weight_target(whose, cause, effect).as_str();
        let place = latest.entry(judgement.target.as_str()).or_insert(judgement);
        if own && judgement.sequence >= place.sequence {
            *place = judgement;
        }
    }
    // The latest word comes last, so that it is obeyed where two rows name one edge by different words.
    let mut standing: Vec<&Judgement> = latest.into_values().filter(|j| j.verdict != UNDO).collect();
    standing.sort_by_key(|j| j.sequence);
    standing
        .into_iter()
        .filter_map(|j| {
            let weight: f64 = j.verdict.strip_prefix("weight ")?.trim().parse().ok()?;
            let mut words = j.words.lines();
            let (cause, effect) = (words.next()?.to_owned(), words.next()?.to_owned());
            let own = j.target == weight_target(whose, &cause, &effect).as_str();
            let fits = own && (-1.0..=1.0).contains(&weight);
            fits.then(|| (cause, effect, Weighed { weight, by: j.agent.clone() }))
        })
        .collect()
}

impl Map {
    /// Of what some statements say of some nodes; nodes that nothing is said of are left out.
    pub fn of(nodes: &[Node], said: &[Causes]) -> Map {
        let mut edges: HashMap<(usize, usize), Edge> = HashMap::new();
        let mut loops = Vec::new();
        for said in said {
            if said.cause == said.effect {
                loops.push(said.statement.clone());
                continue;
            }
            edges.entry((said.cause, said.effect)).or_insert_with(|| Edge::new(said.cause, said.effect)).take(said);
        }
        let used: BTreeSet<usize> = edges.keys().flat_map(|(a, b)| [*a, *b]).collect();
        let places: HashMap<usize, usize> = used.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let place = |old: usize| places.get(&old).copied().unwrap_or_default();
        let mut edges: Vec<Edge> = edges.into_values().map(|e| e.finished(&place)).collect();
        edges.sort_by_key(|e| (e.cause, e.effect));
        loops.sort();
        loops.dedup();
        Map { nodes: used.iter().filter_map(|n| nodes.get(*n).cloned()).collect(), edges, loops }
    }

    /// The nodes that concepts are.
    pub fn nodes_of(concepts: &Concepts) -> Vec<Node> {
        let node = |c: &super::concepts::Concept| Node {
            id: c.id.clone(),
            name: c.name.clone(),
            forms: c.forms.keys().cloned().collect(),
            reasons: c.reasons.iter().cloned().collect(),
        };
        concepts.concepts.iter().map(node).collect()
    }

    /// Puts the weights that a person set in place of those that the words give. The pairs that the map does not hold come
    /// back.
    pub fn weigh(&mut self, set: &[(String, String, Weighed)]) -> Vec<(String, String)> {
        let mut strange = Vec::new();
        for (cause, effect, weighed) in set {
            let ends = self.find(cause).zip(self.find(effect));
            let edge = ends.and_then(|(a, b)| self.edges.iter_mut().find(|e| (e.cause, e.effect) == (a, b)));
            match edge {
                Some(edge) => {
                    edge.weight = weighed.weight;
                    edge.set_by = Some(weighed.by.clone());
                }
                None => strange.push((cause.clone(), effect.clone())),
            }
        }
        strange
    }

    /// The node that some words name: by its name, or by any of its forms.
    pub fn find(&self, words: &str) -> Option<usize> {
        let wanted = plain(words);
        let by_name = self.nodes.iter().position(|n| plain(&n.name) == wanted);
        by_name.or_else(|| self.nodes.iter().position(|n| n.forms.iter().any(|form| plain(form) == wanted)))
    }

    /// The edge between two nodes.
    pub fn edge(&self, cause: usize, effect: usize) -> Option<&Edge> {
        let place = self.edges.binary_search_by_key(&(cause, effect), |e| (e.cause, e.effect)).ok()?;
        self.edges.get(place)
    }

    /// The weights as a matrix, rows the causes, columns the effects.
    pub fn matrix(&self) -> Vec<Vec<f64>> {
        let mut rows = vec![vec![0.0; self.nodes.len()]; self.nodes.len()];
        for edge in &self.edges {
            if let Some(cell) = rows.get_mut(edge.cause).and_then(|row| row.get_mut(edge.effect)) {
                *cell = edge.weight;
            }
        }
        rows
    }

    /// A name of nodes and weights, which changes when one of them does.
    pub fn digest(&self) -> Digest {
        let mut text = String::new();
        self.nodes.iter().for_each(|n| text.push_str(&format!("{}\n", n.name)));
        self.edges.iter().for_each(|e| text.push_str(&format!("{} {} {:?}\n", e.cause, e.effect, e.weight)));
        Digest::short_of(text.as_bytes())
    }
}

impl Edge {
    fn new(cause: usize, effect: usize) -> Edge {
        Edge {
            cause,
            effect,
            weight: 0.0,
            set_by: None,
            plus: 0,
            minus: 0,
            denied: 0,
            disputed: 0,
            voices: BTreeSet::new(),
            documents: BTreeSet::new(),
            statements: Vec::new(),
        }
    }

    fn take(&mut self, said: &Causes) {
        match said.sign {
            0 => self.denied += 1,
            sign if sign > 0 => self.plus += 1,
            _ => self.minus += 1,
        }
        self.disputed += usize::from(said.disputed);
        if !self.voices.contains(&said.voice) {
            self.voices.insert(said.voice.clone());
        }
        self.documents.insert(said.document);
        self.statements.push(said.statement.clone());
    }

    fn finished(mut self, place: &dyn Fn(usize) -> usize) -> Edge {
        let number = (self.plus + self.minus + self.denied).max(1);
        self.weight = (self.plus as f64 - self.minus as f64) / number as f64;
        self.cause = place(self.cause);
        self.effect = place(self.effect);
        self.statements.sort();
        self.statements.dedup();
        self
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A map of named edges with weights.
    pub(crate) fn map(edges: &[(&str, &str, f64)]) -> Map {
        let names: BTreeSet<&str> = edges.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let at = |name: &str| names.iter().position(|n| *n == name).unwrap();
        let node = |name: &&str| Node {
            id: Digest::short_of(name.as_bytes()),
            name: (*name).to_owned(),
            forms: vec![],
            reasons: vec![],
        };
        let mut made: Vec<Edge> = edges
            .iter()
            .map(|(a, b, weight)| Edge {
                weight: *weight,
                statements: vec![StatementId::short_of(format!("{a}{b}").as_bytes())],
                ..Edge::new(at(a), at(b))
            })
            .collect();
        made.sort_by_key(|e| (e.cause, e.effect));
        Map { nodes: names.iter().map(node).collect(), edges: made, loops: vec![] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cause: usize, effect: usize, sign: i8, n: u8) -> Causes {
        let statement = StatementId::short_of(&[n]);
        Causes { cause, effect, sign, statement, voice: format!("v{n}"), document: 0, disputed: false }
    }

    fn nodes(names: &[&str]) -> Vec<Node> {
        let node = |name: &&str| Node {
            id: Digest::short_of(name.as_bytes()),
            name: (*name).into(),
            forms: vec![format!("{name} form")],
            reasons: vec![],
        };
        names.iter().map(node).collect()
    }

    fn row(sequence: u64, verdict: &str, whose: &str, cause: &str, effect: &str) -> Judgement {
        Judgement {
            sequence,
            agent: "Reed".into(),
            verdict: verdict.into(),
            target: weight_target(whose, cause, effect).to_string(),
            words: format!("{cause}\n{effect}\n{whose}"),
            note: String::new(),
            ..Judgement::default()
        }
    }

    #[test]
    fn weight_is_the_mean_of_the_signs_and_a_denied_link_counts_as_none() {
        let map = Map::of(
            &nodes(&["a", "b", "c", "d"]),
            &[
                said(0, 2, 1, 1),
                said(0, 2, -1, 2),
                said(0, 2, 1, 3),
                said(0, 2, 0, 4),
                said(2, 2, 1, 5),
                said(2, 0, 0, 6),
            ],
        );
        assert_eq!(map.nodes.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        let edge = map.edge(0, 1).unwrap();
        assert_eq!((edge.weight, edge.plus, edge.minus, edge.denied, edge.statements.len()), (0.25, 2, 1, 1, 4));
        assert_eq!(map.edge(1, 0).unwrap().sign(), 0);
        assert_eq!(map.loops.len(), 1);
        assert_eq!(map.matrix(), [[0.0, 0.25], [0.0, 0.0]]);
    }

    #[test]
    fn a_weight_that_a_person_set_stands_until_it_is_taken_back_and_in_its_own_map_only() {
        let mut log = vec![row(1, "weight 0.5", "all", "a", "c"), row(2, "weight -0.8", "all", "The A", "c form")];
        let mut map = Map::of(&nodes(&["a", "b", "c"]), &[said(0, 2, 1, 1)]);
        let digest = map.digest();
        assert!(map.weigh(&weights(&log, "all")).is_empty());
        assert_eq!((map.edges[0].weight, map.edges[0].set_by.as_deref()), (-0.8, Some("Reed")));
        assert_ne!(map.digest(), digest);
        assert!(weights(&log, "voice Reed").is_empty());
        log.push(row(3, UNDO, "all", "a", "c form"));
        log.push(row(4, "weight 7", "all", "b", "c"));
        log.push(row(5, "weight 0.1", "all", "b", "x"));
        let standing = weights(&log, "all");
        assert_eq!(standing.len(), 2, "{standing:?}");
        let strange = Map::of(&nodes(&["a", "b", "c"]), &[said(0, 2, 1, 1)]).weigh(&standing);
        assert_eq!(strange, [("b".to_owned(), "x".to_owned())]);
    }
}
