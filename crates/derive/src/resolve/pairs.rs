//! Pairs of names that agree, found once and kept: names that share a block are compared when one of them is new or is
//! written otherwise than before. What speaks against a pair (a verdict, the sex that pronouns tell) can change with every
//! document and is asked anew each time, in `cluster`.

use super::node::Node;
use rashomon_core::MentionKind;
use rashomon_text::names::SAME;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Blocks with more names than this are split by the whole name.
const LARGEST_BLOCK: usize = 150;

/// A lone name must have so many sounds before another spelling of it may be the same.
const TELLING: usize = 6;

/// Names by their numbers: the blocks they stand in and the names they agree with.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    blocks: HashMap<String, Vec<usize>>,
    of: Vec<Of>,
}

#[derive(Debug, Default, Clone)]
struct Of {
    keys: Vec<String>,
    whole: String,
    agrees: HashMap<usize, f32>,
}

impl Pairs {
    /// Compares the names that are new or changed with those they share a block with.
    pub(super) fn update(&mut self, nodes: &[Node], mut changed: BTreeSet<usize>) {
        self.of.resize_with(nodes.len().max(self.of.len()), Of::default);
        for n in changed.clone() {
            self.take_out(n, &mut changed);
        }
        for n in &changed {
            let Some(node) = nodes.get(*n) else { continue };
            let (keys, whole) = keys(node);
            for key in &keys {
                self.blocks.entry(key.clone()).or_default().push(*n);
            }
            if let Some(of) = self.of.get_mut(*n) {
                (of.keys, of.whole) = (keys, whole);
            }
        }
        let order: Vec<usize> = changed.iter().copied().collect();
        let compared = |n: &usize| -> Vec<(usize, usize, f32)> {
            let Some(node) = nodes.get(*n) else { return Vec::new() };
            // Of two new names one asks.
            let asks = |other: &usize| *other != *n && !(*other < *n && changed.contains(other));
            let peers = self.peers(*n).into_iter().filter(asks);
            peers.filter_map(|other| Some((*n, other, agree(node, nodes.get(other)?)?))).collect()
        };
        let found: Vec<(usize, usize, f32)> = order.par_iter().flat_map_iter(compared).collect();
        for (n, other, score) in found {
            for (a, b) in [(n, other), (other, n)] {
                if let Some(of) = self.of.get_mut(a) {
                    of.agrees.insert(b, score);
                }
            }
        }
    }

    /// Takes a name out of its blocks. A block that becomes small by it must be compared as a whole again.
    fn take_out(&mut self, n: usize, changed: &mut BTreeSet<usize>) {
        let Some(old) = self.of.get_mut(n).map(std::mem::take) else { return };
        for other in old.agrees.keys() {
            if let Some(of) = self.of.get_mut(*other) {
                of.agrees.remove(&n);
            }
        }
        for key in &old.keys {
            if let Some(block) = self.blocks.get_mut(key) {
                block.retain(|m| *m != n);
                if block.len() == LARGEST_BLOCK {
                    changed.extend(block.iter().copied());
                }
            }
        }
    }

    /// The names with which a name is compared.
    fn peers(&self, n: usize) -> BTreeSet<usize> {
        let Some(of) = self.of.get(n) else { return BTreeSet::new() };
        let blocks = of.keys.iter().filter_map(|key| self.blocks.get(key));
        let fine = |m: &usize| self.of.get(*m).is_some_and(|other| other.whole == of.whole);
        blocks
            .flat_map(|block| block.iter().filter(move |m| block.len() <= LARGEST_BLOCK || fine(m)))
            .copied()
            .collect()
    }

    /// Every pair that agrees with its score, the smaller number first, in the order of the numbers' ranks.
    pub(super) fn agreeing(&self, rank: &[usize]) -> Vec<(usize, usize, f32)> {
        let place = |n: usize| rank.get(n).copied().unwrap_or_default();
        let mut all = Vec::new();
        for (n, of) in self.of.iter().enumerate() {
            for (other, score) in of.agrees.iter().filter(|(other, _)| place(n) < place(**other)) {
                if self.share_a_block(n, *other) {
                    all.push((place(n), place(*other), *score));
                }
            }
        }
        all.sort_by_key(|(a, b, _)| (*a, *b));
        all
    }

    /// Whether two names still share a block that is not split between them: blocks grow.
    fn share_a_block(&self, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (self.of.get(a), self.of.get(b)) else { return false };
        let small = |key: &String| self.blocks.get(key).is_some_and(|block| block.len() <= LARGEST_BLOCK);
        x.keys.iter().any(|key| y.keys.contains(key) && (x.whole == y.whole || small(key)))
    }
}

/// Under which keys a name stands, and the key of the whole of it.
fn keys(node: &Node) -> (Vec<String>, String) {
    if node.within.is_some() || node.described {
        return (Vec::new(), String::new());
    }
    let mut keys = vec![format!("\u{0}{}", node.key)];
    keys.extend(node.name.blocks());
    (keys, node.name.whole_key())
}

/// How far two names agree, if far enough.
fn agree(x: &Node, y: &Node) -> Option<f32> {
    if !kinds_agree(x.kind, y.kind) {
        return None;
    }
    if x.key == y.key {
        return Some(1.0);
    }
    if let Some(score) = written_together(x, y) {
        return Some(score);
    }
    let score = x.name.score(&y.name);
    let letters = [&x.name, &y.name].iter().filter_map(|n| n.letters()).map(str::len).min();
    let least = match (x.name.size().min(y.name.size()), letters) {
        _ if score < SAME => return None,
        // Letters that stand for a name of several words.
        (_, Some(letters)) if x.name.size() != y.name.size() => (letters > 2).then_some(SAME)?,
        (0, _) => return None,
        (1, _) => least_alone(x, y)?,
        _ => SAME,
    };
    (score >= least).then_some(score)
}

/// How far two names that are no persons' agree if one writes as one word what the other writes as two.
fn written_together(x: &Node, y: &Node) -> Option<f32> {
    let words = |node: &Node| node.key.split(' ').count();
    let persons = x.kind == MentionKind::Person || y.kind == MentionKind::Person;
    if persons || words(x) == words(y) {
        return None;
    }
    let (a, b) = (x.name.run_together()?, y.name.run_together()?);
    (a.key() == b.key()).then_some(0.85)
}

/// How far lone words must agree. Places and bodies are told by one word so often that another spelling is another
/// place (Hull, Hall), unless the script is another.
fn least_alone(x: &Node, y: &Node) -> Option<f32> {
    let scripts = |text: &str| rashomon_text::script::scripts(text);
    let person = x.kind == MentionKind::Person && y.kind == MentionKind::Person;
    let long = x.name.sounds().min(y.name.sounds()) >= TELLING;
    match (person, scripts(&x.text) == scripts(&y.text)) {
        _ if x.name.size() != y.name.size() => None,
        (_, false) => Some(0.8),
        (true, true) => long.then_some(0.8),
        (false, true) => Some(0.97),
    }
}

/// Whether one thing can be told as both kinds: the reader is often unsure between bodies of people, and about others.
pub(super) fn kinds_agree(a: MentionKind, b: MentionKind) -> bool {
    use MentionKind::{Group, Organization, Other};
    a == b || a == Other || b == Other || matches!((a, b), (Organization, Group) | (Group, Organization))
}
