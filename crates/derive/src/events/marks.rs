//! The auxiliary marks of the scheme: historical, future, hypothetical, negated.

use super::time::Interval;
use rashomon_core::{Certainty, ClaimKind, Document, Polarity, Statement};

/// What keeps an event from being one that is said to have happened lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Marks {
    /// Its stated time ended more than a year before the document's date.
    pub historical: bool,
    /// Said to come: a prediction, or a stated time after the document's date.
    pub future: bool,
    /// Possible, doubted, wished or contrary to fact.
    pub hypothetical: bool,
    /// Said not to have happened.
    pub negated: bool,
}

impl Marks {
    /// Whether it is told as having happened.
    pub fn happened(self) -> bool {
        !self.future && !self.hypothetical && !self.negated
    }
}

/// Days after which the past is history.
const HISTORY: i64 = 366;

/// The marks of a claim; `coming` tells that its own words put it into the future.
pub(super) fn of_claim(document: &Document, statement: &Statement, coming: bool) -> Marks {
    let claim = statement.claim();
    let told = claim.time.as_ref().and_then(|t| t.edtf.as_deref()).and_then(Interval::of);
    let written = document.metadata.date.as_deref().and_then(Interval::of);
    let (historical, later) = match (told, written) {
        (Some(told), Some(written)) => {
            let later = told.first > written.last && told.first != i64::MIN;
            (written.first.saturating_sub(told.last) > HISTORY, later)
        }
        _ => (false, false),
    };
    let future = coming || later || claim.kind == ClaimKind::Prediction;
    Marks {
        historical,
        future,
        hypothetical: claim.certainty != Certainty::Certain && !coming,
        negated: claim.polarity == Polarity::Negative,
    }
}
