//! A person's verdict. It is one more row in the log, never a change of an older one; undo is one row again.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The verdict that takes back what was said before of the same thing.
pub const UNDO: &str = "undo";

/// One verdict. It keeps the words it judged, so that it outlives a better reader.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Judgement {
    /// Place in the log; given by the ledger.
    pub sequence: u64,
    /// Who judged.
    pub agent: String,
    /// The verdict: `right`, `wrong`, `same`, `different`, a grade such as `B2`, `undo`.
    pub verdict: String,
    /// Id of what is judged.
    pub target: String,
    /// The words that were judged.
    pub words: String,
    /// Why, in the person's words.
    pub note: String,
}

/// Whether a verdict is a grade of a source (Admiralty code): a letter A to F, a digit 1 to 6, or both.
pub fn is_grade(verdict: &str) -> bool {
    let mut rest = verdict.trim_start_matches(|c| ('A'..='F').contains(&c));
    let letters = verdict.len() - rest.len();
    rest = rest.trim_start_matches(|c| ('1'..='6').contains(&c));
    letters <= 1 && rest.is_empty() && (1..=2).contains(&verdict.len())
}

/// For each thing that was judged by its id the latest verdict, if it was not taken back.
pub fn standing(judgements: &[Judgement]) -> BTreeMap<&str, &Judgement> {
    let mut latest: BTreeMap<&str, &Judgement> = BTreeMap::new();
    for judgement in judgements.iter().filter(|j| !j.target.is_empty()) {
        let place = latest.entry(&judgement.target).or_insert(judgement);
        if judgement.sequence > place.sequence {
            *place = judgement;
        }
    }
    latest.retain(|_, judgement| judgement.verdict != UNDO);
    latest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_is_a_letter_a_digit_or_both() {
        assert!(["A", "6", "B2"].iter().all(|g| is_grade(g)));
        assert!(!["", "AB", "G1", "A7", "B22", "right"].iter().any(|g| is_grade(g)));
    }

    #[test]
    fn the_latest_verdict_stands_until_it_is_taken_back() {
        let row = |sequence, verdict: &str, target: &str| Judgement {
            sequence,
            agent: "reader".into(),
            verdict: verdict.into(),
            target: target.into(),
            words: String::new(),
            note: String::new(),
        };
        let all =
            [row(3, "wrong", "a"), row(1, "right", "a"), row(2, "right", "b"), row(4, UNDO, "b"), row(5, "same", "")];
        let found: Vec<(&str, &str)> = standing(&all).iter().map(|(t, j)| (*t, j.verdict.as_str())).collect();
        assert_eq!(found, [("a", "wrong")]);
    }
}
