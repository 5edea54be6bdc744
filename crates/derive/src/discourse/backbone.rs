//! Which concepts carry the structure of a debate (the backbone) and which could be left out (the redundant set), as in rDNA 3
//! (Leifeld and Henrichsen, `dna_backbone`): of the network of actors, congruence less conflict with what is below 0 set to 0,
//! divided by average activity, the loss of a set of concepts is the Euclidean distance between the eigenvalues of
//! the normalised Laplacian of the whole network and of that made of the set alone (a spectral distance: Jurman,
//! Visintainer and Furlanello 2011). 0 is no loss.

use super::counts::{Counts, Matrix, Measure, Normalisation};
use super::spectrum::eigenvalues;

/// Sets that are all tried; of more, a search is made that says so.
const SETS: f64 = 20_000.0;
/// Work (sets times actors cubed) above which a search is made even so.
const WORK: f64 = 3e9;
/// Actors that are looked at, those who say most; more would cost too much.
pub const ACTORS: usize = 60;
/// Concepts that are looked at, those of most statements.
pub const CONCEPTS: usize = 60;

/// One step of the hierarchy: the concept whose leaving costs least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Place of the concept that leaves.
    pub concept: usize,
    /// Concepts that are left.
    pub left: usize,
    /// Loss of the set that is left.
    pub loss: f64,
}

/// What carries the structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Backbone {
    /// The order in which concepts leave, the first that can best be spared.
    pub steps: Vec<Step>,
    /// The best set of the wanted size, places in order.
    pub kept: Vec<usize>,
    /// Its loss.
    pub loss: f64,
    /// Loss of the redundant set, if it were alone.
    pub redundant_loss: f64,
    /// Whether no set of that size is better.
    pub exact: bool,
    /// Actors that were looked at, of how many.
    pub actors: (usize, usize),
    /// Concepts that were looked at, of how many.
    pub concepts: (usize, usize),
}

/// A debate cut to what can be worked out.
struct Looked {
    counts: Counts,
    whole: Vec<f64>,
}

impl Looked {
    fn loss(&self, kept: &dyn Fn(usize) -> bool) -> f64 {
        let own = spectrum(&self.counts.only(kept));
        self.whole.iter().zip(&own).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    fn loss_of(&self, set: &[usize]) -> f64 {
        self.loss(&|concept| set.contains(&concept))
    }
}

/// Eigenvalues of the normalised Laplacian of the network of actors: of an actor without ties the value is 0.
fn spectrum(counts: &Counts) -> Vec<f64> {
    let n = counts.actors();
    let ties: Matrix = counts.one_mode(Measure::Subtract, Normalisation::Average);
    let weight = |i: usize, j: usize| ties.at(i, j).max(0.0);
    let degree: Vec<f64> = (0..n).map(|i| (0..n).map(|j| weight(i, j)).sum()).collect();
    let of = |i: usize| degree.get(i).copied().unwrap_or(0.0);
    let mut laplacian = Vec::with_capacity(n * n);
    for i in 0..n {
        for j in 0..n {
            let tied = of(i) > 0.0 && of(j) > 0.0;
            let own = f64::from(u8::from(i == j && tied));
            laplacian.push(if tied { own - weight(i, j) / (of(i) * of(j)).sqrt() } else { 0.0 });
        }
    }
    eigenvalues(n, &laplacian)
}

/// The backbone of a size (at least 1, less than all); `None` where there are fewer than two concepts.
pub fn backbone(counts: &Counts, size: usize) -> Option<Backbone> {
    let by_weight = |counts: &Counts, most: usize| {
        let weight = counts.activity();
        let of = |n: usize| weight.get(n).copied().unwrap_or(0.0);
        let mut all: Vec<usize> = (0..weight.len()).filter(|n| of(*n) > 0.0).collect();
        let whole = all.len();
        all.sort_by(|a, b| of(*b).total_cmp(&of(*a)).then(a.cmp(b)));
        all.truncate(most);
        all.sort_unstable();
        (all, whole)
    };
    let (concepts, all_concepts) = by_weight(&counts.turned(), CONCEPTS);
    let (actors, all_actors) = by_weight(counts, ACTORS);
    if concepts.len() < 2 {
        return None;
    }
    let cut = counts.only(&|c| concepts.binary_search(&c).is_ok()).of_actors(&actors);
    let looked = Looked { whole: spectrum(&cut), counts: cut };
    let steps = nested(&looked, &concepts);
    let size = size.clamp(1, concepts.len() - 1);
    let tries = sets(concepts.len(), size);
    let exact = tries <= SETS && tries * (actors.len() as f64).powi(3) * 4.0 <= WORK;
    let kept = if exact { every(&looked, &concepts, size) } else { exchanged(&looked, &concepts, &steps, size) };
    let redundant: Vec<usize> = concepts.iter().copied().filter(|c| !kept.contains(c)).collect();
    Some(Backbone {
        steps,
        loss: looked.loss_of(&kept),
        redundant_loss: looked.loss_of(&redundant),
        kept,
        exact: exact && concepts.len() == all_concepts && actors.len() == all_actors,
        actors: (actors.len(), all_actors),
        concepts: (concepts.len(), all_concepts),
    })
}

/// Number of sets of a size.
fn sets(of: usize, size: usize) -> f64 {
    (0..size.min(of)).map(|n| (of - n) as f64 / (n + 1) as f64).product()
}

/// From all down to one, each time without the concept whose leaving costs least; of equals the last in order leaves.
fn nested(looked: &Looked, concepts: &[usize]) -> Vec<Step> {
    let mut left = concepts.to_vec();
    let mut steps = Vec::new();
    while left.len() > 1 {
        let loss = |out: usize| looked.loss(&|concept| concept != out && left.contains(&concept));
        let mut best: Option<(usize, f64)> = None;
        for (concept, cost) in left.iter().map(|c| (*c, loss(*c))) {
            if best.is_none_or(|(_, least)| cost <= least + 1e-12) {
                best = Some((concept, cost.min(best.map_or(f64::INFINITY, |(_, least)| least))));
            }
        }
        let Some((concept, loss)) = best else { break };
        left.retain(|c| *c != concept);
        steps.push(Step { concept, left: left.len(), loss });
    }
    steps
}

/// The best of all sets of a size; of equals the first in order.
fn every(looked: &Looked, concepts: &[usize], size: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..size).collect();
    let mut best: Option<(f64, Vec<usize>)> = None;
    loop {
        let set: Vec<usize> = places.iter().filter_map(|p| concepts.get(*p).copied()).collect();
        let loss = looked.loss_of(&set);
        if best.as_ref().is_none_or(|(least, _)| loss < least - 1e-12) {
            best = Some((loss, set));
        }
        let last = concepts.len() - size;
        let Some(at) = (0..size).rev().find(|n| places.get(*n).is_some_and(|p| *p < last + n)) else { break };
        let from = places.get(at).copied().unwrap_or(0) + 1;
        for (n, place) in places.iter_mut().skip(at).enumerate() {
            *place = from + n;
        }
    }
    best.map(|(_, set)| set).unwrap_or_default()
}

/// The nested set of a size, then one concept in for one out for as long as it helps.
fn exchanged(looked: &Looked, concepts: &[usize], steps: &[Step], size: usize) -> Vec<usize> {
    let gone: Vec<usize> = steps.iter().take(concepts.len() - size).map(|s| s.concept).collect();
    let mut kept: Vec<usize> = concepts.iter().copied().filter(|c| !gone.contains(c)).collect();
    let mut loss = looked.loss_of(&kept);
    // Each round tries every exchange; a few are enough, and the work is bounded.
    for _ in 0..ROUNDS {
        let mut best: Option<(f64, Vec<usize>)> = None;
        for out in &kept {
            for into in concepts.iter().filter(|c| !kept.contains(c)) {
                let mut set: Vec<usize> = kept.iter().copied().filter(|c| c != out).chain([*into]).collect();
                set.sort_unstable();
                let cost = looked.loss_of(&set);
                if cost < best.as_ref().map_or(loss, |(least, _)| *least) - 1e-12 {
                    best = Some((cost, set));
                }
            }
        }
        match best {
            Some((cost, set)) => (loss, kept) = (cost, set),
            None => break,
        }
    }
    kept
}

/// Rounds of exchanges.
const ROUNDS: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::counts::testing::{counts, made};
    use super::*;

    #[test]
    fn a_concept_that_everybody_shares_alike_carries_less_than_one_that_divides() {
        // Two camps by the first concept; the second is said by all, the third by one alone.
        let counts = counts(&[
            &[(3, 0), (1, 0), (1, 0)],
            &[(3, 0), (1, 0), (0, 0)],
            &[(0, 3), (1, 0), (0, 0)],
            &[(0, 3), (1, 0), (0, 0)],
        ]);
        let found = backbone(&counts, 1).unwrap();
        assert!(found.exact);
        assert_eq!(found.steps.first().map(|s| s.concept), Some(2), "what nobody shares leaves first");
        assert_eq!(found.kept, [0]);
        assert!(found.loss < found.redundant_loss, "{found:?}");
        assert_eq!(found.steps[0].loss, 0.0);
    }

    #[test]
    fn the_exact_set_is_never_worse_than_the_nested_one_or_the_search() {
        let mut state = 21;
        for _ in 0..15 {
            let counts = made(&mut state, 6, 6);
            for size in 1..5 {
                let Some(found) = backbone(&counts, size) else { continue };
                let nested = found.steps.iter().find(|s| s.left == size).map_or(f64::INFINITY, |s| s.loss);
                assert!(found.loss <= nested + 1e-9);
                let concepts: Vec<usize> = (0..6).collect();
                let looked = Looked { whole: spectrum(&counts), counts: counts.clone() };
                let searched = exchanged(&looked, &concepts, &found.steps, size);
                assert!(found.loss <= looked.loss_of(&searched) + 1e-9);
                assert_eq!(searched.len(), size);
            }
        }
    }

    #[test]
    fn the_laplacian_of_one_tie_has_the_values_zero_and_two() {
        let pair = counts(&[&[(1, 0)], &[(1, 0)], &[(0, 0)]]);
        let found = spectrum(&pair);
        assert!(found.iter().zip([0.0, 0.0, 2.0]).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        assert!(backbone(&pair, 1).is_none(), "one concept has no backbone");
    }
}
