//! What people said of comparisons: that one is right or wrong, or what two statements are to each other. A judgement names
//! the two statements by their ids and keeps their words, a line each, so that it holds for the same words when a better
//! reader gives them other ids. Of several the latest counts; `undo` takes them back.

use super::Verdict;
use rashomon_core::judgement::{UNDO, in_force};
use rashomon_core::{Judgement, Statement};
use rashomon_text::space::one_line;
use std::collections::BTreeMap;

/// What a person said of two statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// What they are to each other; nothing where they are not about the same.
    pub(super) verdict: Option<Verdict>,
    /// Whether what the program found was said to be right, whatever it was.
    pub(super) right: bool,
    /// Who said so and why.
    pub(super) reason: String,
}

/// The verdicts that hold, by the words of the two statements.
#[derive(Debug, Default)]
pub(super) struct Judged(BTreeMap<(String, String), (u64, Said)>);

impl Judged {
    pub(super) fn of(judgements: &[Judgement]) -> Judged {
        let mut all = Judged::default();
        for row in in_force(judgements).into_iter().filter(|j| j.target.contains(' ')) {
            let Some((a, b)) = row.words.split_once('\n') else { continue };
            let key = ordered(a, b);
            let verdict = Verdict::ALL.iter().copied().find(|v| v.as_str() == row.verdict);
            let reason = [format!("judged by {}", row.agent), row.note.clone()];
            let reason = reason.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
            match row.verdict.as_str() {
                UNDO => {
                    all.0.remove(&key);
                }
                known if verdict.is_some() || known == "wrong" || known == "right" => {
                    let said = Said { verdict, right: known == "right", reason };
                    all.0.insert(key, (row.sequence, said));
                }
                _ => {}
            }
        }
        all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was said of two statements.
    pub(super) fn on(&self, a: &Statement, b: &Statement) -> Option<&Said> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&ordered(&a.text(), &b.text())).map(|(_, said)| said)
    }

    /// The words of every two statements that somebody said to be something to each other.
    pub(super) fn verdicts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(|(_, (_, said))| said.verdict.is_some()).map(|((a, b), _)| (a.as_str(), b.as_str()))
    }
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (a, b) = (one_line(a), one_line(b));
    if a <= b { (a, b) } else { (b, a) }
}
