//! The append-only store. The only SQL of the program is here.

use rashomon_core::{
    Digest, Document, DocumentId, Duplicate, Judgement, Reading, Refusal, Snapshot, Span, StatementId,
};
use std::path::Path;

/// Why a ledger cannot do what was asked, in words for a person: what happened, to which file, what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To add to it; the file is made if it does not exist. One writer at a time.
    Write,
    /// To look into it; the file must exist.
    Read,
}

/// What the ledger already holds of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The path under which it is kept (the smallest of all paths under which its bytes were seen).
    pub path: String,
    /// Digest of what was kept of it besides its bytes (metadata), to notice a changed metadata file.
    pub metadata: Digest,
    /// The reader whose reading is the newest.
    pub reader: String,
}

/// A sentence that answers a search, with the statements that stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// The sentence.
    pub sentence: Span,
    /// Statements that stand in the sentence.
    pub statements: Vec<StatementId>,
}

/// One open ledger file.
pub struct Ledger {}

impl Ledger {
    /// Opens a ledger, bringing an older one up to date (a newer one is refused with clear words).
    pub fn open(_path: &Path, _mode: Mode) -> Result<Ledger, Error> {
        Ok(Ledger {})
    }

    /// What is known of a document, if it is kept.
    pub fn known(&self, _id: &DocumentId) -> Result<Option<Known>, Error> {
        Ok(None)
    }

    /// Keeps documents with their readings in one transaction; when this returns they are on disk.
    pub fn keep(&mut self, _batch: &[(Document, Reading)]) -> Result<(), Error> {
        Ok(())
    }

    /// Notes copies and refused inputs, each once.
    pub fn note(&mut self, _duplicates: &[Duplicate], _refusals: &[Refusal]) -> Result<(), Error> {
        Ok(())
    }

    /// Adds a judgement (its `sequence` is given by the ledger and returned).
    pub fn judge(&mut self, _judgement: &Judgement) -> Result<u64, Error> {
        Ok(0)
    }

    /// Everything the ledger holds, in the order that depends only on what was read.
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        Ok(Snapshot::default())
    }

    /// Sentences that hold all the words of a query (words, "exact phrases"), best first, then by place.
    pub fn search(&self, _query: &str) -> Result<Vec<Hit>, Error> {
        Ok(Vec::new())
    }

    /// Throws away everything that can be worked out again from the log; it is rebuilt when next needed.
    pub fn drop_cache(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
