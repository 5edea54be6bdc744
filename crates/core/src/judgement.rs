//! A person's verdict. It is one more row in the log, never a change of an older one; undo is one row again.

use serde::{Deserialize, Serialize};

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
