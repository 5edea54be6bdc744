//! A person's verdict. It is one more row in the log, never a change of an older one; undo is one row again, and so is
//! the undo of an undo. What a row means is decided here, once: which rows hold ([`in_force`]), what stands of each thing
//! ([`standing`]), and what a row is about ([`Judgement::is_about_a_statement`]).

use crate::digest::DocumentId;
use crate::statement::Draft;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The verdict that takes back what was said before: of one row where it names it, else of the same thing.
pub const UNDO: &str = "undo";
/// The verdict that a statement was read rightly.
pub const RIGHT: &str = "right";
/// The verdict that a statement was read wrongly: no view shows it any more.
pub const WRONG: &str = "wrong";
/// The verdict that a statement was read wrongly and should say something else, which stands in its document too.
pub const MENDED: &str = "mended";
/// What is said of a thing beside all verdicts; it changes nothing.
pub const NOTE: &str = "note";

/// One verdict. It keeps the words it judged, so that it outlives a better reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Judgement {
    /// Place in the log; given by the ledger.
    pub sequence: u64,
    /// Who judged.
    pub agent: String,
    /// The verdict: `right`, `wrong`, `mended`, `same`, `different`, a grade such as `B2`, `note`, `undo`.
    pub verdict: String,
    /// Id of what is judged: a statement as the reader proposed it, a document, two statements with a space between.
    /// Empty for two names.
    pub target: String,
    /// The words that were judged.
    pub words: String,
    /// Why, in the person's words.
    pub note: String,
    /// The document of a judged statement, so that the verdict finds the words again when a better reader gives the
    /// statement another id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The row that an `undo` takes back, where it is about one row alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// What a mended statement should say. A proposal like a reader's: it is grounded whenever it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mend: Option<Box<Draft>>,
}

impl Judgement {
    /// Whether it is about one statement (or document), and not about two names or two statements.
    pub fn is_about_a_statement(&self) -> bool {
        !self.target.is_empty() && !self.target.contains(' ')
    }

    /// Whether it says what a thing is, which a note and an undo do not.
    pub fn is_verdict(&self) -> bool {
        self.verdict != UNDO && self.verdict != NOTE
    }
}

/// The rows that hold, in the order of the log, without those that only take back one other row. An `undo` that names no
/// row stays among them; it takes back everything that was said of the same thing before it.
pub fn in_force(judgements: &[Judgement]) -> Vec<&Judgement> {
    let mut held = live(judgements);
    held.retain(|row| row.verdict != UNDO || row.undoes.is_none());
    held
}

/// Every row that no row takes back which itself is not taken back, in the order of the log.
pub fn live(judgements: &[Judgement]) -> Vec<&Judgement> {
    let mut rows: Vec<&Judgement> = judgements.iter().collect();
    rows.sort_by_key(|j| std::cmp::Reverse(j.sequence));
    let mut taken_back: BTreeSet<u64> = BTreeSet::new();
    let mut held: Vec<&Judgement> = Vec::new();
    for row in rows {
        if taken_back.contains(&row.sequence) {
            continue;
        }
        // No row takes back a later one.
        let older = row.undoes.filter(|older| row.verdict == UNDO && *older < row.sequence);
        taken_back.extend(older);
        held.push(row);
    }
    held.reverse();
    held
}

/// Whether a verdict is a grade of a source (Admiralty code): a letter A to F, a digit 1 to 6, or both.
pub fn is_grade(verdict: &str) -> bool {
    let mut rest = verdict.trim_start_matches(|c| ('A'..='F').contains(&c));
    let letters = verdict.len() - rest.len();
    rest = rest.trim_start_matches(|c| ('1'..='6').contains(&c));
    letters <= 1 && rest.is_empty() && (1..=2).contains(&verdict.len())
}

/// For each thing that was judged by its id the latest verdict, if it was not taken back. Notes are no verdicts.
pub fn standing(judgements: &[Judgement]) -> BTreeMap<&str, &Judgement> {
    let mut latest: BTreeMap<&str, &Judgement> = BTreeMap::new();
    for judgement in in_force(judgements) {
        if !judgement.target.is_empty() && judgement.verdict != NOTE {
            latest.insert(&judgement.target, judgement);
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
            ..Judgement::default()
        };
        let all =
            [row(3, "wrong", "a"), row(1, "right", "a"), row(2, "right", "b"), row(4, UNDO, "b"), row(5, "same", "")];
        let found: Vec<(&str, &str)> = standing(&all).iter().map(|(t, j)| (*t, j.verdict.as_str())).collect();
        assert_eq!(found, [("a", "wrong")]);
    }

    fn log(rows: &[(&str, Option<u64>)]) -> Vec<Judgement> {
        let row = |(n, (verdict, undoes)): (usize, &(&str, Option<u64>))| Judgement {
            sequence: n as u64 + 1,
            verdict: (*verdict).into(),
            target: "a".into(),
            undoes: *undoes,
            ..Judgement::default()
        };
        rows.iter().enumerate().map(row).collect()
    }

    #[test]
    fn an_undo_of_one_row_gives_back_the_one_before_and_can_itself_be_undone() {
        let verdict = |rows: &[(&str, Option<u64>)]| standing(&log(rows)).get("a").map(|j| j.verdict.clone());
        let (right, wrong) = (("right", None), ("wrong", None));
        assert_eq!(verdict(&[right, wrong, (UNDO, Some(2))]).as_deref(), Some("right"));
        assert_eq!(verdict(&[right, wrong, (UNDO, Some(2)), (UNDO, Some(3))]).as_deref(), Some("wrong"));
        assert_eq!(verdict(&[right, wrong, (UNDO, None)]), None);
        assert_eq!(verdict(&[right, (UNDO, None), (UNDO, Some(2))]).as_deref(), Some("right"));
        assert_eq!(verdict(&[right, (NOTE, None)]).as_deref(), Some("right"), "a note is no verdict");
        assert_eq!(verdict(&[(UNDO, Some(2)), right]).as_deref(), Some("right"), "no row takes back a later one");
    }

    #[test]
    fn what_was_written_before_there_were_mends_reads_as_it_did() {
        let old = r#"{"sequence":1,"agent":"r","verdict":"right","target":"a","words":"w","note":""}"#;
        let judgement: Judgement = serde_json::from_str(old).unwrap();
        assert_eq!(serde_json::to_string(&judgement).unwrap(), old);
    }
}
