//! The best tree over the scores of a sentence: each word's best head where that is a tree with one root, else the
//! maximum spanning tree with one root by Chu and Liu (1965) and Edmonds (1967). Ties fall to the lower place, a node
//! made from a cycle counting as the last, so that the same scores always give the same tree.

/// What a second root costs.
const SECOND_ROOT: f64 = 1e6;

/// Whether heads (0 is the root, words from 1) form a tree with one root.
pub(super) fn is_tree(heads: &[u32]) -> bool {
    let mut cycles = 0;
    each_cycle(heads, |_| cycles += 1);
    cycles == 0 && heads.iter().filter(|h| **h == 0).count() == 1
}

/// Makes any heads a tree with one root in one pass: the first word under the root is it, and of each cycle the first word
/// goes under it.
pub(super) fn cut_cycles(heads: &mut [u32]) {
    let root = heads.iter().position(|h| *h == 0).unwrap_or(0);
    let under = root as u32 + 1;
    for (word, head) in heads.iter_mut().enumerate() {
        if word == root {
            *head = 0;
        } else if *head == 0 {
            *head = under;
        }
    }
    let mut firsts = Vec::new();
    each_cycle(heads, |first| firsts.push(first));
    for first in firsts {
        heads[first - 1] = under;
    }
}

/// Tells the first word (from 1) of each cycle.
fn each_cycle(heads: &[u32], mut tell: impl FnMut(usize)) {
    let mut visit = vec![0_u32; heads.len() + 1];
    visit[0] = u32::MAX;
    let over = |word: usize| heads.get(word.wrapping_sub(1)).map_or(0, |h| *h as usize);
    for (start, round) in (1..=heads.len()).zip(1..) {
        let mut node = start;
        while visit[node] == 0 {
            visit[node] = round;
            node = over(node);
        }
        if visit[node] == round {
            let (mut first, mut next) = (node, over(node));
            while next != node {
                first = first.min(next);
                next = over(next);
            }
            tell(first);
        }
    }
}

/// The first cycle among nodes of which the first is the root, ascending in their order.
fn cycle_among(order: &[usize], over: impl Fn(usize) -> usize) -> Option<Vec<usize>> {
    let most = order.iter().max().map_or(0, |m| m + 1);
    let mut visit = vec![0_u32; most];
    let mut rounds = 1;
    visit[order.first().copied()?] = rounds;
    for start in order.iter().skip(1) {
        rounds += 1;
        let mut node = *start;
        while visit[node] == 0 {
            visit[node] = rounds;
            node = over(node);
        }
        if visit[node] == rounds {
            let mut inside = vec![node];
            let mut next = over(node);
            while next != node {
                inside.push(next);
                next = over(next);
            }
            let inside: std::collections::HashSet<usize> = inside.into_iter().collect();
            return Some(order.iter().copied().filter(|n| inside.contains(n)).collect());
        }
    }
    None
}

/// Scores of a sentence's words under each other and the root, while cycles are drawn together. Node 0 is the root.
pub(super) struct Graph {
    size: usize,
    /// Row: a word; column: its head.
    scores: Vec<f64>,
    heads: Vec<usize>,
    /// The nodes that are left. A node drawn together from a cycle takes the place of the cycle's first one in `scores`.
    order: Vec<usize>,
}

/// One cycle that was drawn together, to be opened again.
struct Drawn {
    cycle: Vec<usize>,
    cycle_heads: Vec<usize>,
    /// For each node: which of the cycle it would stand under.
    under: Vec<(usize, usize)>,
    /// For each node: which of the cycle would stand under it.
    enters: Vec<(usize, usize)>,
}

impl Graph {
    /// From the scores of `words` words under each of `words + 1` heads, the root first.
    pub(super) fn new(words: usize, scores: &[f32]) -> Graph {
        let size = words + 1;
        let mut own = vec![f64::NEG_INFINITY; size * size];
        let rows = own.chunks_exact_mut(size).skip(1).zip(scores.chunks_exact(size));
        for (word, (row, scores)) in rows.enumerate() {
            for (to, score) in row.iter_mut().zip(scores) {
                *to = f64::from(*score);
            }
            row[word + 1] = f64::NEG_INFINITY;
            row[0] -= SECOND_ROOT;
        }
        Graph { size, scores: own, heads: vec![0; size], order: (0..size).collect() }
    }

    fn at(&self, node: usize, head: usize) -> f64 {
        self.scores[node * self.size + head]
    }

    /// The best head of a node among those left, the first of equals.
    fn best(&self, node: usize) -> usize {
        let mut best = (0, f64::NEG_INFINITY);
        for head in &self.order {
            let score = self.at(node, *head);
            if score > best.1 {
                best = (*head, score);
            }
        }
        best.0
    }

    /// The heads (0 is the root) of the best tree.
    pub(super) fn solve(mut self) -> Vec<u32> {
        for node in 1..self.size {
            self.heads[node] = self.best(node);
        }
        let mut drawn = Vec::new();
        while let Some(cycle) = cycle_among(&self.order, |n| self.heads[n]) {
            let step = self.draw(cycle);
            drawn.push(step);
        }
        for step in drawn.into_iter().rev() {
            self.open(&step);
        }
        self.heads.iter().skip(1).map(|h| *h as u32).collect()
    }

    /// Draws a cycle together into one node, the last in the order.
    fn draw(&mut self, cycle: Vec<usize>) -> Drawn {
        let node = cycle.first().copied().unwrap_or(0);
        let cycle_heads: Vec<usize> = cycle.iter().map(|c| self.heads[*c]).collect();
        let own: Vec<f64> = cycle.iter().zip(&cycle_heads).map(|(c, h)| self.at(*c, *h)).collect();
        let mut inside = vec![false; self.size];
        cycle.iter().for_each(|c| inside[*c] = true);
        self.order.retain(|n| !inside[*n]);
        let (mut under, mut enters) = (Vec::new(), Vec::new());
        for outer in self.order.clone() {
            let (mut down, mut up) = ((node, f64::NEG_INFINITY), (node, f64::NEG_INFINITY));
            for (c, own) in cycle.iter().zip(&own) {
                let (below, above) = (self.at(outer, *c), self.at(*c, outer) - own);
                if below > down.1 {
                    down = (*c, below);
                }
                if above > up.1 {
                    up = (*c, above);
                }
            }
            under.push((outer, down.0));
            enters.push((outer, up.0));
            self.scores[outer * self.size + node] = if outer == 0 { f64::NEG_INFINITY } else { down.1 };
            self.scores[node * self.size + outer] = up.1;
        }
        self.order.push(node);
        self.scores[node * self.size + node] = f64::NEG_INFINITY;
        for outer in self.order.clone() {
            if outer != 0 && (outer == node || inside[self.heads[outer]]) {
                self.heads[outer] = self.best(outer);
            }
        }
        Drawn { cycle, cycle_heads, under, enters }
    }

    /// Gives the nodes of a cycle their heads again, but for the one through which the tree enters.
    fn open(&mut self, step: &Drawn) {
        let node = step.cycle.first().copied().unwrap_or(0);
        let top = self.heads[node];
        for (outer, under) in &step.under {
            if self.heads[*outer] == node && *outer != 0 {
                self.heads[*outer] = *under;
            }
        }
        for (inside, head) in step.cycle.iter().zip(&step.cycle_heads) {
            self.heads[*inside] = *head;
        }
        if let Some((_, enters)) = step.enters.iter().find(|(outer, _)| *outer == top) {
            self.heads[*enters] = top;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way to give a few words heads, the best first found.
    fn best_by_trying(words: usize, scores: &[f32]) -> f64 {
        let size = words + 1;
        let mut best = f64::NEG_INFINITY;
        for code in 0..size.pow(words as u32) {
            let heads: Vec<u32> = (0..words).map(|w| (code / size.pow(w as u32) % size) as u32).collect();
            if is_tree(&heads) {
                best = best.max(weight(&heads, scores));
            }
        }
        best
    }

    fn weight(heads: &[u32], scores: &[f32]) -> f64 {
        let size = heads.len() + 1;
        heads.iter().enumerate().map(|(w, h)| f64::from(scores[w * size + *h as usize])).sum()
    }

    #[test]
    fn the_tree_is_the_best_of_all() {
        let mut state = 7_u64;
        for words in 1..=5 {
            for _ in 0..60 {
                let mut next = || {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    ((state >> 40) % 64) as f32
                };
                let scores: Vec<f32> = (0..words * (words + 1)).map(|_| next()).collect();
                let heads = Graph::new(words, &scores).solve();
                assert!(is_tree(&heads), "{heads:?}");
                assert_eq!(weight(&heads, &scores), best_by_trying(words, &scores), "{heads:?} {scores:?}");
            }
        }
    }

    #[test]
    fn cycles_are_cut_into_a_tree() {
        for mut heads in [vec![2, 1, 0, 0, 6, 5], vec![2, 1], vec![0], vec![2, 3, 1, 2]] {
            cut_cycles(&mut heads);
            assert!(is_tree(&heads), "{heads:?}");
        }
    }

    #[test]
    fn numbers_that_are_none_end_too() {
        let heads = Graph::new(3, &[f32::NAN; 12]).solve();
        assert_eq!(heads.len(), 3);
    }
}
