//! Which claims are laid side by side: those that an index of predicate and participant brings together, so that the work
//! grows with the claims and not with their pairs. Where very many share one entry, each is compared with the next ones only.

use super::fact::{Event, Fact, Says};
use super::party::Party;
use super::predicates::predicates;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Claims of one entry that each of them is compared with.
pub(super) const NEAR: usize = 24;

/// Pairs of places in the list of facts, in order, each once.
pub(super) fn pairs(facts: &[Fact<'_>]) -> Vec<(usize, usize)> {
    // Two keys of one hash cost a comparison that finds nothing.
    let entries = |(n, fact): (usize, &Fact<'_>)| keys(fact).iter().map(|key| (hash(key), n)).collect::<Vec<_>>();
    let mut entries: Vec<(u64, usize)> = facts.par_iter().enumerate().flat_map_iter(entries).collect();
    entries.par_sort_unstable();
    entries.dedup();
    let shared: Vec<&[(u64, usize)]> = entries.chunk_by(|x, y| x.0 == y.0).filter(|c| c.len() > 1).collect();
    let near = |same: &&[(u64, usize)]| -> Vec<(usize, usize)> {
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

/// 64-bit FNV-1a.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |value, byte| (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What a claim is found by. Opposites share the entry of the first of their families.
fn keys(fact: &Fact<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    match &fact.says {
        Says::Event(event) => {
            let keys = |side: &[Party<'_>]| side.iter().filter_map(Party::key).collect::<Vec<_>>();
            let (doers, undergoers) = (keys(&event.doers), keys(&event.undergoers));
            let once = event.family().is_some_and(|f| f.once);
            let mutual = event.family().is_some_and(|f| f.mutual);
            for class in classes(event) {
                // Both sides must fit where both are told, unless what happens happens to one once only.
                for doer in &doers {
                    let pair = |other: &String| match mutual {
                        true => format!("{class} {} {}", doer.min(other), doer.max(other)),
                        false => format!("{class} {doer} {other}"),
                    };
                    all.extend(undergoers.iter().map(pair));
                }
                if once || doers.is_empty() {
                    all.extend(undergoers.iter().map(|one| format!("{class} to {one}")));
                }
                if undergoers.is_empty() {
                    all.extend(doers.iter().map(|one| format!("{class} by {one}")));
                }
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
