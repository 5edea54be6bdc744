//! Looks at one document's words and proposes what they say: sentences, mentions, quotations, statements.

use rashomon_core::{Document, Drafts, Reading};

/// Name and version of the readers; it changes whenever the same text may give another reading.
pub const VERSION: &str = "speech-rules 1";

/// Reads a document. Reading never fails: it returns what it found and what it refused, with the reason.
pub fn read(document: &Document) -> Reading {
    Drafts::default().ground(document, VERSION)
}
