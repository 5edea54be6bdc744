//! Measures of a map's structure: density, degrees and kinds of nodes (Axelrod 1976; Özesmi and Özesmi 2004), complexity,
//! hierarchy index (MacDonald 1983), and its cycles with their signs. Degrees are sums of absolute weights; an edge whose
//! weight is 0 (what is said cancels out, or the link is denied) is counted apart and is no connection.

use super::map::Map;

/// What a node is to the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// It acts and nothing acts on it.
    Transmitter,
    /// It is acted on and acts on nothing.
    Receiver,
    /// Both.
    Ordinary,
    /// Neither: all its edges weigh nothing.
    Alone,
}

impl NodeKind {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            NodeKind::Transmitter => "transmitter",
            NodeKind::Receiver => "receiver",
            NodeKind::Ordinary => "ordinary",
            NodeKind::Alone => "alone",
        }
    }
}

/// Degrees of a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// Sum of the absolute weights of what acts on it.
    pub within: f64,
    /// Sum of the absolute weights of what it acts on.
    pub out: f64,
    /// What it is to the rest.
    pub kind: NodeKind,
}

impl Degrees {
    /// Both together.
    pub fn centrality(self) -> f64 {
        self.within + self.out
    }
}

/// A way from a node back to itself that meets no node twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cycle {
    /// Places of its nodes, the first in order first.
    pub nodes: Vec<usize>,
    /// Product of the signs: positive strengthens what begins, negative dampens it.
    pub positive: bool,
}

/// The cycles of a map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cycles {
    /// Those found, shortest first.
    pub found: Vec<Cycle>,
    /// Whether these are all: the search ends at a number of cycles and of steps.
    pub complete: bool,
}

/// The measures of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// N: nodes.
    pub nodes: usize,
    /// C: edges that weigh something.
    pub connections: usize,
    /// Edges that weigh nothing.
    pub cancelled: usize,
    /// C / N².
    pub density: f64,
    /// C / (N (N - 1)).
    pub density_without_loops: f64,
    /// Of each node, in the map's order.
    pub degrees: Vec<Degrees>,
    /// Nodes that only act.
    pub transmitters: usize,
    /// Nodes that are only acted on.
    pub receivers: usize,
    /// Nodes that do both.
    pub ordinary: usize,
    /// Receivers / transmitters; `None` without transmitters.
    pub complexity: Option<f64>,
    /// 12 Σ (od - mean od)² / ((N - 1) N (N + 1)): 0 democratic, 1 hierarchical where weights are 1. `None` for one node.
    pub hierarchy: Option<f64>,
    /// The cycles.
    pub cycles: Cycles,
}

/// Cycles that are listed at most.
const MOST_CYCLES: usize = 1000;
/// Steps that the search for cycles takes at most.
const MOST_STEPS: usize = 1_000_000;

/// Measures a map.
pub fn measures(map: &Map) -> Measures {
    let n = map.nodes.len();
    let (mut within, mut out) = (vec![0.0; n], vec![0.0; n]);
    let live = || map.edges.iter().filter(|e| e.weight != 0.0);
    for edge in live() {
        if let Some(sum) = out.get_mut(edge.cause) {
            *sum += edge.weight.abs();
        }
        if let Some(sum) = within.get_mut(edge.effect) {
            *sum += edge.weight.abs();
        }
    }
    let degrees: Vec<Degrees> = within
        .iter()
        .zip(&out)
        .map(|(within, out)| {
            let kind = match (*within > 0.0, *out > 0.0) {
                (false, true) => NodeKind::Transmitter,
                (true, false) => NodeKind::Receiver,
                (true, true) => NodeKind::Ordinary,
                (false, false) => NodeKind::Alone,
            };
            Degrees { within: *within, out: *out, kind }
        })
        .collect();
    let count = |kind: NodeKind| degrees.iter().filter(|d| d.kind == kind).count();
    let (transmitters, receivers) = (count(NodeKind::Transmitter), count(NodeKind::Receiver));
    let (connections, size) = (live().count(), n as f64);
    let share = |of: f64| if of > 0.0 { connections as f64 / of } else { 0.0 };
    let mean = out.iter().sum::<f64>() / size.max(1.0);
    let spread: f64 = out.iter().map(|d| (d - mean) * (d - mean)).sum();
    Measures {
        nodes: n,
        connections,
        cancelled: map.edges.len() - connections,
        density: share(size * size),
        density_without_loops: share(size * (size - 1.0)),
        transmitters,
        receivers,
        ordinary: count(NodeKind::Ordinary),
        complexity: (transmitters > 0).then(|| receivers as f64 / transmitters as f64),
        hierarchy: (n > 1).then(|| 12.0 * spread / ((size - 1.0) * size * (size + 1.0))),
        cycles: cycles(map),
        degrees,
    }
}

/// A search for cycles that gives up after so many steps.
struct Search<'a> {
    next: &'a [Vec<(usize, bool)>],
    part: &'a [usize],
    steps: usize,
    way: Vec<usize>,
    on: Vec<bool>,
    found: Vec<Cycle>,
}

impl Search<'_> {
    fn is_spent(&self) -> bool {
        self.steps >= MOST_STEPS || self.found.len() >= MOST_CYCLES
    }

    /// Every cycle whose first node in order is `start`: with a stack of its own, for a map may be deep.
    fn from(&mut self, start: usize) {
        let mut stack: Vec<(usize, usize, bool)> = vec![(start, 0, true)];
        self.way.push(start);
        self.mark(start, true);
        while let Some((node, at, positive)) = stack.last().copied() {
            let step = self.next.get(node).and_then(|all| all.get(at)).copied();
            if let Some(top) = stack.last_mut() {
                top.1 += 1;
            }
            self.steps += 1;
            let Some((to, plus)) = step.filter(|_| !self.is_spent()) else {
                stack.pop();
                self.way.pop();
                self.mark(node, false);
                continue;
            };
            let positive = positive == plus;
            if to == start {
                self.found.push(Cycle { nodes: self.way.clone(), positive });
            } else if to > start && self.part.get(to) == self.part.get(start) && self.on.get(to) == Some(&false) {
                self.way.push(to);
                self.mark(to, true);
                stack.push((to, 0, positive));
            }
        }
    }

    fn mark(&mut self, node: usize, on: bool) {
        if let Some(mark) = self.on.get_mut(node) {
            *mark = on;
        }
    }
}

fn cycles(map: &Map) -> Cycles {
    let n = map.nodes.len();
    let mut next: Vec<Vec<(usize, bool)>> = vec![Vec::new(); n];
    for edge in map.edges.iter().filter(|e| e.weight != 0.0) {
        if let Some(all) = next.get_mut(edge.cause) {
            all.push((edge.effect, edge.weight > 0.0));
        }
    }
    let part = parts(&next);
    let mut search = Search { next: &next, part: &part, steps: 0, way: vec![], on: vec![false; n], found: vec![] };
    for start in 0..n {
        if search.is_spent() {
            break;
        }
        search.from(start);
    }
    let complete = !search.is_spent();
    let mut found = search.found;
    found.sort_by(|a, b| (a.nodes.len(), &a.nodes).cmp(&(b.nodes.len(), &b.nodes)));
    Cycles { found, complete }
}

/// The strongly connected part of each node (petgraph's Tarjan): every cycle lies in one.
fn parts(next: &[Vec<(usize, bool)>]) -> Vec<usize> {
    let mut graph = petgraph::graph::DiGraph::<(), ()>::with_capacity(next.len(), next.len());
    let nodes: Vec<_> = next.iter().map(|_| graph.add_node(())).collect();
    for (from, all) in next.iter().enumerate() {
        for (to, _) in all {
            if let (Some(a), Some(b)) = (nodes.get(from), nodes.get(*to)) {
                graph.add_edge(*a, *b, ());
            }
        }
    }
    let mut part = vec![0; next.len()];
    for (number, members) in petgraph::algo::tarjan_scc(&graph).iter().enumerate() {
        for node in members {
            if let Some(place) = part.get_mut(node.index()) {
                *place = number;
            }
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::super::map::testing::map;
    use super::*;

    #[test]
    fn the_measures_of_a_small_map_are_those_worked_out_by_hand() {
        // a -> b (.5), b -> c (-1), c -> b (1), a -> d (1), d weighs nothing on e.
        let map = map(&[("a", "b", 0.5), ("b", "c", -1.0), ("c", "b", 1.0), ("a", "d", 1.0), ("d", "e", 0.0)]);
        let m = measures(&map);
        assert_eq!((m.nodes, m.connections, m.cancelled), (5, 4, 1));
        assert_eq!((m.density, m.density_without_loops), (4.0 / 25.0, 4.0 / 20.0));
        let kinds: Vec<&str> = m.degrees.iter().map(|d| d.kind.as_str()).collect();
        assert_eq!(kinds, ["transmitter", "ordinary", "ordinary", "receiver", "alone"]);
        assert_eq!((m.degrees[1].within, m.degrees[1].out, m.degrees[1].centrality()), (1.5, 1.0, 2.5));
        assert_eq!((m.complexity, m.transmitters, m.receivers, m.ordinary), (Some(1.0), 1, 1, 2));
        // od: 1.5, 1, 1, 0, 0; mean .7; Σ = .64 + .09 + .09 + .49 + .49 = 1.8; 12 * 1.8 / (4 * 5 * 6)
        assert!((m.hierarchy.unwrap() - 0.18).abs() < 1e-12, "{:?}", m.hierarchy);
        assert_eq!(m.cycles, Cycles { found: vec![Cycle { nodes: vec![1, 2], positive: false }], complete: true });
    }

    #[test]
    fn a_chain_of_command_has_hierarchy_one_and_an_equal_circle_none() {
        // Out-degrees n-1, n-2, ... 0 give 12 Σ = (n-1) n (n+1).
        let names = ["a", "b", "c", "d"];
        let mut all = Vec::new();
        for (n, from) in names.iter().enumerate() {
            all.extend(names.iter().skip(n + 1).map(|to| (*from, *to, 1.0)));
        }
        assert!((measures(&map(&all)).hierarchy.unwrap() - 1.0).abs() < 1e-12);
        let ring = measures(&map(&[("a", "b", 1.0), ("b", "c", -1.0), ("c", "a", -1.0)]));
        assert_eq!(ring.hierarchy, Some(0.0));
        assert_eq!(ring.cycles.found, [Cycle { nodes: vec![0, 1, 2], positive: true }]);
        assert_eq!(ring.complexity, None);
    }

    #[test]
    fn the_search_for_cycles_is_exact_where_it_ends_and_says_where_it_does_not() {
        let complete = |n: usize| {
            let names: Vec<String> = (0..n).map(|i| format!("{i:02}")).collect();
            let mut edges = Vec::new();
            for a in &names {
                edges.extend(names.iter().filter(|b| *b != a).map(|b| (a.clone(), b.clone())));
            }
            let edges: Vec<(&str, &str, f64)> = edges.iter().map(|(a, b)| (a.as_str(), b.as_str(), 1.0)).collect();
            measures(&map(&edges)).cycles
        };
        // Of a complete graph of 5: Σ C(5, k) (k - 1)! for k from 2 on = 10 + 20 + 30 + 24.
        let five = complete(5);
        assert!(five.complete && five.found.len() == 84);
        assert!(five.found.windows(2).all(|w| w[0] < w[1] || w[0].nodes.len() < w[1].nodes.len()));
        let many = complete(12);
        assert!(!many.complete && many.found.len() == MOST_CYCLES);
    }
}
