//! What a format is: one entry of the list [`crate::FORMATS`], from which recognition, help and tests all follow.

use crate::extract::Extract;
use crate::fault::Fault;
use crate::limits::Limits;
use crate::sidecar::Sidecar;
use rashomon_core::Refusal;

/// One format of files.
pub struct Format {
    /// Name for people: `PDF`.
    pub name: &'static str,
    /// Endings of file names, lower case, without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// Media type of the documents.
    pub media_type: &'static str,
    /// Whether these bytes, in a file with this (lower-case) ending, are of this format. The list is asked in order
    /// and the first yes wins, so a format that claims by its bytes stands before those that claim by name.
    pub sniff: fn(bytes: &[u8], extension: &str) -> bool,
    /// Reads the bytes. May panic or take long only where a library does; the caller guards against both.
    pub read: fn(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault>,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What a reader may know besides the bytes.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Name of the input, for its ending only.
    pub name: &'a str,
    /// Bounds to keep.
    pub limits: &'a Limits,
}

/// What an input turned out to hold: a text, files inside it, or both (a letter with enclosures).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The text, if the input is a document.
    pub text: Option<Extract>,
    /// Files inside.
    pub members: Vec<Member>,
    /// What inside it could not be taken; paths as `input/member`.
    pub refusals: Vec<Refusal>,
}

impl From<Extract> for Content {
    fn from(extract: Extract) -> Content {
        Content { text: Some(extract), ..Content::default() }
    }
}

/// A file inside another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name inside the container, with `/` between folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The metadata file beside it.
    pub sidecar: Option<Sidecar>,
}

/// The lower-case ending of a name, without the dot; empty if it has none.
pub fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}
