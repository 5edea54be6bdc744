//! Bytes of any known format become [`Document`]s. Reading never fails as a whole: what cannot be taken comes back as a
//! [`Refusal`] that names the file and the remedy.

pub mod fault;
pub mod limits;

pub mod extract;
pub mod xml;
pub mod zipped;

pub mod format;

pub mod formats;

pub use extract::{Builder, Extract};
pub use fault::Fault;
pub use format::{Content, Context, Format, Member};
pub use formats::FORMATS;
pub use limits::Limits;

use rashomon_core::{Digest, Document, Refusal};
use std::path::PathBuf;

/// A file found under the paths a person gave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its name in the ledger: the path as given, relative to the given folder's parent, with `/` between folders.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// One file's bytes with the metadata file beside it, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name in the ledger.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Bytes of `NAME.meta.json`.
    pub sidecar: Option<Vec<u8>>,
}

impl Input {
    /// Digest of the bytes: the identity of the document they become (of an archive: of nothing that is kept).
    pub fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }
}

/// What one input became: one document, or several of an archive; and what of it could not be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// The documents.
    pub documents: Vec<Document>,
    /// What was refused.
    pub refusals: Vec<Refusal>,
}

/// Every file under the given files and folders, sorted by name, each once; folders that cannot be entered, loops of
/// links and paths that do not exist come back as refusals.
pub fn find(_paths: &[PathBuf]) -> (Vec<Found>, Vec<Refusal>) {
    Default::default()
}

/// The bytes of a found file and of its metadata file.
pub fn load(found: &Found) -> Result<Input, Refusal> {
    Ok(Input { name: found.name.clone(), bytes: Vec::new(), sidecar: None })
}

/// The documents in an input.
pub fn open(_input: &Input) -> Opened {
    Opened::default()
}
