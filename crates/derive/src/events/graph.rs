//! The graph of a network and its measures: degree, betweenness, parts that hang together, communities. Ends are counted
//! without direction; several ties between two actors are one edge. The same edges give the same numbers in any order.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef as _;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Actors or whatever else is tied, in their order, with who is tied to whom.
pub struct Graph<T> {
    nodes: Vec<T>,
    graph: UnGraph<(), ()>,
}

impl<T: Ord + Clone> Graph<T> {
    /// From pairs of ends; an end that is tied to itself counts as a node only.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a T, &'a T)>) -> Graph<T>
    where
        T: 'a,
    {
        let pairs: Vec<(&T, &T)> = pairs.collect();
        let nodes: BTreeSet<&T> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let places: BTreeMap<&T, usize> = nodes.iter().enumerate().map(|(n, node)| (*node, n)).collect();
        let mut graph = UnGraph::with_capacity(nodes.len(), pairs.len());
        nodes.iter().for_each(|_| {
            graph.add_node(());
        });
        let mut edges: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (a, b) in &pairs {
            if let (Some(a), Some(b)) = (places.get(a), places.get(b)) {
                edges.insert((*a.min(b), *a.max(b)));
            }
        }
        for (a, b) in edges.into_iter().filter(|(a, b)| a != b) {
            graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), ());
        }
        Graph { nodes: nodes.into_iter().cloned().collect(), graph }
    }

    /// Who is in it, in order.
    pub fn nodes(&self) -> &[T] {
        &self.nodes
    }

    /// The pairs that are tied, as places in [`Graph::nodes`].
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.graph.edge_references().map(|e| (e.source().index(), e.target().index()))
    }

    /// With how many others a node is tied.
    pub fn degree(&self, node: usize) -> usize {
        self.graph.neighbors(NodeIndex::new(node)).count()
    }

    /// The part of each node, numbered by the first node of each part.
    pub fn parts(&self) -> Vec<usize> {
        let mut union = UnionFind::new(self.nodes.len());
        for (a, b) in self.edges() {
            union.union(a, b);
        }
        numbered(&union.into_labeling())
    }

    /// How many parts hang together.
    pub fn components(&self) -> usize {
        self.parts().into_iter().max().map_or(0, |n| n + 1)
    }

    /// Betweenness of each node (Freeman 1977) by Brandes' algorithm (2001), divided by the number of pairs of others, so
    /// that it runs from 0 to 1.
    pub fn betweenness(&self) -> Vec<f64> {
        let n = self.nodes.len();
        let near: Vec<Vec<usize>> = (0..n).map(|v| self.neighbours(v)).collect();
        let mut score = vec![0.0; n];
        for start in 0..n {
            round(start, &near, &mut score);
        }
        let pairs = (n.saturating_sub(1) * n.saturating_sub(2)) as f64;
        // Each pair was counted from both ends.
        score.iter().map(|s| if pairs > 0.0 { s / pairs } else { 0.0 }).collect()
    }

    fn neighbours(&self, node: usize) -> Vec<usize> {
        let mut near: Vec<usize> = self.graph.neighbors(NodeIndex::new(node)).map(NodeIndex::index).collect();
        near.sort_unstable();
        near
    }

    /// The community of each node: greedily joined by what most raises modularity (Clauset, Newman and Moore 2004), ties
    /// broken by the nodes' order, so that the same graph has the same communities every time.
    pub fn communities(&self) -> Vec<usize> {
        let n = self.nodes.len();
        let m = self.graph.edge_count() as f64;
        let mut community: Vec<usize> = (0..n).collect();
        if m == 0.0 {
            return community;
        }
        let mut joining = Joining::of(n, self.edges(), m);
        while let Some((a, b)) = joining.best() {
            community.iter_mut().filter(|c| **c == b).for_each(|c| *c = a);
            joining.join(a, b);
        }
        numbered(&community)
    }
}

/// Communities on their way: what lies between them, and for each the later one with which it would best be joined. A join
/// changes only what has to do with the two.
struct Joining {
    /// Share of edge ends between communities, both ways round.
    between: Vec<BTreeMap<usize, f64>>,
    /// Share of edge ends of each.
    share: Vec<f64>,
    best: Vec<Option<(usize, f64)>>,
}

/// Gains closer than this are one.
const NEAR: f64 = 1e-12;

impl Joining {
    fn of(n: usize, edges: impl Iterator<Item = (usize, usize)>, m: f64) -> Joining {
        let mut joining = Joining { between: vec![BTreeMap::new(); n], share: vec![0.0; n], best: vec![None; n] };
        for (a, b) in edges {
            for (one, other) in [(a, b), (b, a)] {
                if let (Some(row), Some(share)) = (joining.between.get_mut(one), joining.share.get_mut(one)) {
                    *row.entry(other).or_default() += 1.0 / (2.0 * m);
                    *share += 1.0 / (2.0 * m);
                }
            }
        }
        (0..n).for_each(|a| joining.look(a));
        joining
    }

    /// Finds the best partner of a community among those behind it: the most gain, of equals the first.
    fn look(&mut self, a: usize) {
        let share = |n: usize| self.share.get(n).copied().unwrap_or_default();
        let mut best: Option<(usize, f64)> = None;
        for (b, e) in self.between.get(a).into_iter().flat_map(|row| row.range(a + 1..)) {
            let gained = 2.0 * (e - share(a) * share(*b));
            if gained > NEAR && best.is_none_or(|(_, most)| gained > most + NEAR) {
                best = Some((*b, gained));
            }
        }
        if let Some(place) = self.best.get_mut(a) {
            *place = best;
        }
    }

    /// The two whose joining gains most, if any gains.
    fn best(&self) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize, f64)> = None;
        for (a, found) in self.best.iter().enumerate() {
            if let Some((b, gained)) = found
                && best.is_none_or(|(.., most)| *gained > most + NEAR)
            {
                best = Some((a, *b, *gained));
            }
        }
        best.map(|(a, b, _)| (a, b))
    }

    /// Makes `b` a part of `a`.
    fn join(&mut self, a: usize, b: usize) {
        let gone = self.between.get_mut(b).map(std::mem::take).unwrap_or_default();
        for (other, e) in gone.into_iter().filter(|(other, _)| *other != a) {
            for (one, two) in [(a, other), (other, a)] {
                if let Some(row) = self.between.get_mut(one) {
                    *row.entry(two).or_default() += e;
                }
            }
            if let Some(row) = self.between.get_mut(other) {
                row.remove(&b);
            }
        }
        if let Some(row) = self.between.get_mut(a) {
            row.remove(&b);
        }
        let moved = self.share.get(b).copied().unwrap_or_default();
        self.share.get_mut(a).into_iter().for_each(|share| *share += moved);
        let near: Vec<usize> =
            self.between.get(a).into_iter().flat_map(|row| row.range(..a)).map(|(x, _)| *x).collect();
        // Whose best was one of the two may have another one now, and whoever stands before `a` may have it for the best.
        let theirs = |best: &Option<(usize, f64)>| best.is_some_and(|(x, _)| x == a || x == b);
        let changed: Vec<usize> = (0..self.best.len()).filter(|x| self.best.get(*x).is_some_and(theirs)).collect();
        for x in near.into_iter().chain(changed).chain([a, b]).collect::<BTreeSet<_>>() {
            self.look(x);
        }
    }
}

/// One round of Brandes: shortest paths from a node, then what each node lies between.
fn round(start: usize, near: &[Vec<usize>], score: &mut [f64]) {
    let n = near.len();
    let (mut paths, mut far) = (vec![0.0_f64; n], vec![usize::MAX; n]);
    let mut order: Vec<usize> = Vec::new();
    let mut queue = VecDeque::from([start]);
    if let (Some(p), Some(f)) = (paths.get_mut(start), far.get_mut(start)) {
        (*p, *f) = (1.0, 0);
    }
    let at = |all: &[usize], n: usize| all.get(n).copied().unwrap_or(usize::MAX);
    let value = |all: &[f64], n: usize| all.get(n).copied().unwrap_or_default();
    while let Some(v) = queue.pop_front() {
        order.push(v);
        for w in near.get(v).into_iter().flatten() {
            if at(&far, *w) == usize::MAX {
                let step = at(&far, v).saturating_add(1);
                far.get_mut(*w).into_iter().for_each(|f| *f = step);
                queue.push_back(*w);
            }
            if at(&far, *w) == at(&far, v).saturating_add(1) {
                let more = value(&paths, v);
                paths.get_mut(*w).into_iter().for_each(|p| *p += more);
            }
        }
    }
    let mut share = vec![0.0_f64; n];
    for w in order.into_iter().rev() {
        let (of_w, paths_w) = (value(&share, w), value(&paths, w));
        for v in near.get(w).into_iter().flatten().filter(|v| at(&far, **v).saturating_add(1) == at(&far, w)) {
            let part = value(&paths, *v) / paths_w * (1.0 + of_w);
            share.get_mut(*v).into_iter().for_each(|s| *s += part);
        }
        if w != start {
            score.get_mut(w).into_iter().for_each(|s| *s += of_w);
        }
    }
}

/// Labels numbered by where they first stand.
fn numbered(labels: &[usize]) -> Vec<usize> {
    let mut known: BTreeMap<usize, usize> = BTreeMap::new();
    labels
        .iter()
        .map(|label| {
            let next = known.len();
            *known.entry(*label).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two triangles joined by one edge.
    fn barbell() -> Graph<usize> {
        let pairs = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5), (5, 3), (6, 7)];
        Graph::new(pairs.iter().map(|(a, b)| (a, b)))
    }

    #[test]
    fn measures_are_those_of_the_textbook() {
        let graph = barbell();
        assert_eq!((0..8).map(|n| graph.degree(n)).collect::<Vec<_>>(), [2, 2, 3, 3, 2, 2, 1, 1]);
        // networkx.betweenness_centrality of the same graph: 2 * 6 / (7 * 6) for the two ends of the bridge.
        let between: Vec<f64> = graph.betweenness().iter().map(|b| (b * 1e6).round() / 1e6).collect();
        assert_eq!(between, [0.0, 0.0, 0.285_714, 0.285_714, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(graph.parts(), [0, 0, 0, 0, 0, 0, 1, 1]);
        assert_eq!(graph.communities(), [0, 0, 0, 1, 1, 1, 2, 2]);
    }

    #[test]
    fn the_order_of_edges_does_not_matter() {
        let pairs = [(3, 5), (6, 7), (4, 5), (0, 2), (3, 4), (2, 3), (1, 2), (0, 1)];
        let other = Graph::new(pairs.iter().map(|(a, b)| (a, b)));
        assert_eq!(other.communities(), barbell().communities());
        assert_eq!(other.betweenness(), barbell().betweenness());
        let none: Graph<usize> = Graph::new(std::iter::empty());
        assert!(none.communities().is_empty() && none.components() == 0);
    }
}
