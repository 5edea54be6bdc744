//! Which concepts carry the structure of a debate (the backbone) and which could be left out (the redundant set), as in rDNA 3
//! (Leifeld and Henrichsen, `dna_backbone`): of the network of actors, congruence less conflict with what is below 0 set to 0,
//! divided by average activity, the loss of a set of concepts is the Euclidean distance between the eigenvalues of
//! the normalised Laplacian of the whole network and of that made of the set alone (a spectral distance: Jurman,
//! Visintainer and Furlanello 2011). 0 is no loss.

use super::counts::{Counts, Matrix, Measure, Normalisation};
use super::spectrum::eigenvalues;
use rayon::prelude::*;

/// Sets that are all tried; of more, a search is made that says so.
const SETS: f64 = 20_000.0;
/// Work (losses worked out times actors cubed) that is taken on: some seconds.
const WORK: f64 = 3e9;
/// Actors that are always looked at, those who say most; more where the work allows it.
const FEWEST: usize = 60;
/// Actors that are looked at, however little work there is.
const MOST: usize = 250;
/// Concepts that leave one at a time. Of more, a tenth leaves at once: those whose leaving costs least.
pub const SINGLY: usize = 60;
/// Concepts on each side among which exchanges are tried: those that nearly left, and those that left last.
const EXCHANGED: usize = 30;

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
    /// Concepts that were looked at: all of which somebody speaks.
    pub concepts: usize,
}

/// A debate cut to what can be worked out.
struct Looked {
    counts: Counts,
    /// Concepts of the whole debate.
    concepts: usize,
    whole: Vec<f64>,
}

impl Looked {
    fn loss_of(&self, set: &[usize]) -> f64 {
        let mut kept = vec![false; self.concepts];
        for concept in set {
            if let Some(place) = kept.get_mut(*concept) {
                *place = true;
            }
        }
        let own = spectrum(&self.counts.only(&|concept| kept.get(concept).copied().unwrap_or(false)));
        self.whole.iter().zip(&own).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    fn loss_without(&self, set: &[usize], out: usize) -> f64 {
        self.loss_of(&set.iter().copied().filter(|c| *c != out).collect::<Vec<_>>())
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
    let (concepts, all_concepts) = by_weight(&counts.turned(), usize::MAX);
    if concepts.len() < 2 {
        return None;
    }
    let size = size.clamp(1, concepts.len() - 1);
    let (actors, all_actors) = by_weight(counts, most_actors(concepts.len(), size));
    let cut = counts.of_actors(&actors);
    let places = concepts.last().map_or(0, |last| last + 1);
    let looked = Looked { whole: spectrum(&cut), concepts: places, counts: cut };
    let steps = nested(&looked, &concepts);
    let tries = sets(concepts.len(), size);
    let exact = tries <= SETS && tries * (actors.len() as f64).powi(3) * 4.0 <= WORK;
    let kept = if exact { every(&looked, &concepts, size) } else { exchanged(&looked, &concepts, &steps, size) };
    let redundant: Vec<usize> = concepts.iter().copied().filter(|c| !kept.contains(c)).collect();
    Some(Backbone {
        steps,
        loss: looked.loss_of(&kept),
        redundant_loss: looked.loss_of(&redundant),
        kept,
        exact: exact && actors.len() == all_actors,
        actors: (actors.len(), all_actors),
        concepts: all_concepts,
    })
}

/// Number of sets of a size.
fn sets(of: usize, size: usize) -> f64 {
    (0..size.min(of)).map(|n| (of - n) as f64 / (n + 1) as f64).product()
}

/// How many actors can be looked at, so that the work stays bounded.
fn most_actors(concepts: usize, size: usize) -> usize {
    let singly = concepts.min(SINGLY);
    let in_tenths = if concepts > SINGLY { concepts * 11 } else { 0 };
    let exchanges = ROUNDS * size.min(EXCHANGED) * (concepts - size).min(EXCHANGED);
    let losses = singly * singly / 2 + in_tenths + exchanges;
    let actors = (WORK / losses.max(1) as f64).cbrt() as usize;
    actors.clamp(FEWEST, MOST)
}

/// From all down to one, each time without the concept whose leaving costs least (of very many concepts, without the tenth
/// of them whose leaving costs least); of equals the last in order leaves.
fn nested(looked: &Looked, concepts: &[usize]) -> Vec<Step> {
    let mut left = concepts.to_vec();
    let mut steps = Vec::new();
    while left.len() > 1 {
        let costs: Vec<(usize, f64)> = left.par_iter().map(|c| (*c, looked.loss_without(&left, *c))).collect();
        for concept in leaving(costs) {
            left.retain(|c| *c != concept);
            steps.push(Step { concept, left: left.len(), loss: looked.loss_of(&left) });
        }
    }
    steps
}

/// Which concepts leave next, given what it costs that each leaves alone.
fn leaving(mut costs: Vec<(usize, f64)>) -> Vec<usize> {
    let many = costs.len();
    if many > SINGLY {
        costs.sort_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        costs.truncate((many / 10).max(1).min(many - SINGLY));
        return costs.into_iter().map(|(concept, _)| concept).collect();
    }
    let mut best: Option<(usize, f64)> = None;
    for (concept, cost) in costs {
        if best.is_none_or(|(_, least)| cost <= least + 1e-12) {
            best = Some((concept, cost.min(best.map_or(f64::INFINITY, |(_, least)| least))));
        }
    }
    best.map(|(concept, _)| concept).into_iter().collect()
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

/// The nested set of a size, then one concept in for one out for as long as it helps: of many concepts, those that left
/// last for those that would have left next.
fn exchanged(looked: &Looked, concepts: &[usize], steps: &[Step], size: usize) -> Vec<usize> {
    let gone: Vec<usize> = steps.iter().take(concepts.len() - size).map(|s| s.concept).collect();
    let mut kept: Vec<usize> = concepts.iter().copied().filter(|c| !gone.contains(c)).collect();
    let mut loss = looked.loss_of(&kept);
    // Each round tries every exchange; a few are enough, and the work is bounded.
    for _ in 0..ROUNDS {
        let last = |concept: &usize| steps.iter().position(|s| s.concept == *concept).unwrap_or(steps.len());
        let mut weakest = kept.clone();
        weakest.sort_by_key(|c| (last(c), *c));
        let mut nearest: Vec<usize> = concepts.iter().copied().filter(|c| !kept.contains(c)).collect();
        nearest.sort_by_key(|c| (std::cmp::Reverse(last(c)), *c));
        let pairs: Vec<(usize, usize)> = weakest
            .iter()
            .take(EXCHANGED)
            .flat_map(|out| nearest.iter().take(EXCHANGED).map(move |into| (*out, *into)))
            .collect();
        let exchange = |(out, into): &(usize, usize)| {
            let mut set: Vec<usize> = kept.iter().copied().filter(|c| c != out).chain([*into]).collect();
            set.sort_unstable();
            (looked.loss_of(&set), set)
        };
        let tried: Vec<(f64, Vec<usize>)> = pairs.par_iter().map(exchange).collect();
        let mut best: Option<(f64, Vec<usize>)> = None;
        for (cost, set) in tried {
            if cost < best.as_ref().map_or(loss, |(least, _)| *least) - 1e-12 {
                best = Some((cost, set));
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
                let looked = Looked { whole: spectrum(&counts), concepts: 6, counts: counts.clone() };
                let searched = exchanged(&looked, &concepts, &found.steps, size);
                assert!(found.loss <= looked.loss_of(&searched) + 1e-9);
                assert_eq!(searched.len(), size);
            }
        }
    }

    #[test]
    fn of_many_concepts_every_one_is_ranked_and_those_that_divide_are_found() {
        // Ten actors, eighty concepts of which one voice alone speaks, and two that part the actors into camps.
        let camp = |actor: usize| if actor < 5 { (4, 0) } else { (0, 4) };
        let rows: Vec<Vec<(u32, u32)>> = (0..10)
            .map(|actor| {
                let alone = (0..80).map(|c| if c % 10 == actor { (1, 0) } else { (0, 0) });
                alone.chain([camp(actor), camp((actor + 3) % 10)]).collect()
            })
            .collect();
        let rows: Vec<&[(u32, u32)]> = rows.iter().map(Vec::as_slice).collect();
        let found = backbone(&counts(&rows), 2).unwrap();
        assert_eq!((found.concepts, found.kept.as_slice()), (82, &[80, 81][..]));
        assert_eq!(found.steps.len(), 81, "none is left out");
        assert!(found.steps.windows(2).all(|pair| pair[1].left + 1 == pair[0].left));
        let mut all: Vec<usize> = found.steps.iter().map(|s| s.concept).chain([found.kept[0], found.kept[1]]).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, (0..82).collect::<Vec<_>>());
        assert!(most_actors(500, 10) >= FEWEST && most_actors(10, 3) == MOST);
    }

    #[test]
    fn the_laplacian_of_one_tie_has_the_values_zero_and_two() {
        let pair = counts(&[&[(1, 0)], &[(1, 0)], &[(0, 0)]]);
        let found = spectrum(&pair);
        assert!(found.iter().zip([0.0, 0.0, 2.0]).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        assert!(backbone(&pair, 1).is_none(), "one concept has no backbone");
    }
}
