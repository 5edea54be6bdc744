//! Which claims are laid side by side: those that an index of predicate and participant brings together, so that the work
//! grows with the claims and not with their pairs. Where very many share one entry, each is compared with the next ones only.

use super::fact::{Event, Fact, Says};
use super::predicates::predicates;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Claims of one entry that each of them is compared with.
pub(super) const NEAR: usize = 24;

/// Pairs of places in the list of facts, in order, each once.
pub(super) fn pairs(facts: &[Fact<'_>]) -> Vec<(usize, usize)> {
    let entries = |(n, fact): (usize, &Fact<'_>)| keys(fact).into_iter().map(move |key| (key, n)).collect::<Vec<_>>();
    let mut entries: Vec<(String, usize)> = facts.par_iter().enumerate().flat_map_iter(entries).collect();
    entries.par_sort_unstable();
    entries.dedup();
    let shared: Vec<&[(String, usize)]> = entries.chunk_by(|x, y| x.0 == y.0).filter(|c| c.len() > 1).collect();
    let near = |same: &&[(String, usize)]| -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        for (n, (_, a)) in same.iter().enumerate() {
            all.extend(same.iter().skip(n + 1).take(NEAR).map(|(_, b)| (*a, *b)));
        }
        all
    };
    let mut all: Vec<(usize, usize)> = shared.par_iter().flat_map_iter(near).collect();
    all.par_sort_unstable();
    all.dedup();
    all
}

/// What a claim is found by. Opposites share the entry of the first of their families.
fn keys(fact: &Fact<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    match &fact.says {
        Says::Event(event) => {
            for party in event.core().filter_map(|p| p.key()) {
                all.extend(classes(event).into_iter().map(|class| format!("{class} {party}")));
            }
        }
        Says::Role(role) => {
            all.extend(role.who.named().map(|who| format!("is {} {}", role.what, who.id)));
            all.extend(role.of.iter().map(|of| format!("of {} {}", role.what, of.id)));
        }
        Says::Cause(link) => {
            let actors = link.effect.actors.iter();
            all.extend(actors.flat_map(|a| link.effect.families.iter().map(move |f| format!("cause {f} {}", a.id))));
            let by = |f: &usize| link.cause.families.iter().map(|g| format!("cause {f} by {g}")).collect::<Vec<_>>();
            all.extend(link.effect.families.iter().flat_map(by));
        }
    }
    all
}

fn classes(event: &Event<'_>) -> Vec<String> {
    let Some(own) = event.family else { return vec![event.lemma.to_owned()] };
    let mut all = vec![format!("{own}")];
    let opposite = predicates().family(own).map(|f| &f.opposite);
    all.extend(opposite.into_iter().flatten().map(|other| format!("{}-{}", own.min(*other), own.max(*other))));
    all
}
