//! The ledger at a moment. Its order depends on what was read, never on when.

use crate::digest::{DocumentId, StatementId};
use crate::document::Document;
use crate::judgement::Judgement;
use crate::reading::Reading;
use crate::statement::{Refusal, Statement};

/// The same bytes under another path: read once, noted here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Duplicate {
    /// Path of the copy that was not read again.
    pub path: String,
    /// The document whose bytes it repeats.
    pub document: DocumentId,
}

/// Documents with their newest readings, sorted by path; refusals, duplicates and judgements.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Documents and what was read in them, by path, then by id.
    pub documents: Vec<(Document, Reading)>,
    /// Inputs that could not be taken.
    pub refusals: Vec<Refusal>,
    /// Copies.
    pub duplicates: Vec<Duplicate>,
    /// Judgements in the order of the log.
    pub judgements: Vec<Judgement>,
}

impl Snapshot {
    /// Puts documents, refusals and duplicates into the order that depends only on them.
    pub fn sort(&mut self) {
        self.documents.sort_by(|a, b| (&a.0.path, &a.0.id).cmp(&(&b.0.path, &b.0.id)));
        self.refusals.sort();
        self.refusals.dedup();
        self.duplicates.sort();
        self.duplicates.dedup();
    }

    /// Every statement with its document, in order.
    pub fn statements(&self) -> impl Iterator<Item = (&Document, &Statement)> {
        self.documents.iter().flat_map(|(d, r)| r.statements.iter().map(move |s| (d, s)))
    }

    /// A document and its reading by id.
    pub fn document(&self, id: &DocumentId) -> Option<&(Document, Reading)> {
        self.documents.iter().find(|(d, _)| &d.id == id)
    }

    /// A statement and its document by id.
    pub fn statement(&self, id: &StatementId) -> Option<(&Document, &Statement)> {
        self.statements().find(|(_, s)| s.id() == id)
    }
}
