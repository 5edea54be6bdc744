//! What people said of names: that two are one actor, two actors, or that it is not known. A judgement is told by names,
//! not by ids, because ids are worked out anew with every reading: its verdict is `same`, `different` or `unsure`, its
//! words are the two names on a line each. `undo` with the same words takes it back; of several the latest counts.

use rashomon_core::Judgement;
use rashomon_core::judgement::{UNDO, in_force};
use rashomon_text::names::key;
use std::collections::BTreeMap;

/// A verdict on two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They are one actor, whatever else speaks against it.
    Same,
    /// They are two.
    Different,
    /// Nobody knows: the program may not join them by itself.
    Unsure,
}

/// The verdicts that hold, by the two names' words.
#[derive(Debug, Default)]
pub(super) struct Judged(BTreeMap<(String, String), (Verdict, u64)>);

impl Judged {
    pub(super) fn of(judgements: &[Judgement]) -> Judged {
        // Judgements of names have no other target.
        let mut all = Judged::default();
        for judgement in in_force(judgements).into_iter().filter(|j| j.target.is_empty()) {
            let Some((a, b)) = judgement.words.split_once('\n') else { continue };
            let pair = ordered(&key(a).join(" "), &key(b).join(" "));
            let verdict = match judgement.verdict.as_str() {
                "same" => Verdict::Same,
                "different" => Verdict::Different,
                "unsure" => Verdict::Unsure,
                UNDO => {
                    all.0.remove(&pair);
                    continue;
                }
                _ => continue,
            };
            all.0.insert(pair, (verdict, judgement.sequence));
        }
        all
    }

    /// Whether nobody judged any names.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The verdict on two names.
    pub(super) fn on(&self, a: &str, b: &str) -> Option<Verdict> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&ordered(a, b)).map(|(verdict, _)| *verdict)
    }

    /// Pairs of names that somebody joined, with the row of the log.
    pub(super) fn same(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        let same = self.0.iter().filter(|(_, (verdict, _))| *verdict == Verdict::Same);
        same.map(|((a, b), (_, row))| (a.as_str(), b.as_str(), *row))
    }
}

fn ordered(a: &str, b: &str) -> (String, String) {
    if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}
