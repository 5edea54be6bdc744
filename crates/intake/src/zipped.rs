//! ZIP containers, opened with every bound checked while expanding: a header's word about sizes is never believed.
//! Used for archives and for the formats that are ZIP files inside (DOCX, ODT, EPUB).

use crate::fault::Fault;
use crate::limits::Limits;
use std::io::{Cursor, Read};

/// A member smaller than this may be compressed at any ratio: blank pages compress a thousandfold without harm.
const ALWAYS_ALLOWED: u64 = 1 << 20;

/// An open ZIP file that counts what was expanded from it.
pub struct Archive<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    expanded: u64,
}

/// What is known of a member before it is expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Place in the archive.
    pub index: usize,
    /// Name as stored, with `/` between folders.
    pub name: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Whether a password is needed.
    pub encrypted: bool,
}

/// Whether the bytes begin as a ZIP file does.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether the bytes are a ZIP file with a member of this name, looked up in the list of members only.
pub fn has_member(bytes: &[u8], name: &str) -> bool {
    is_zip(bytes) && zip::ZipArchive::new(Cursor::new(bytes)).is_ok_and(|z| z.index_for_name(name).is_some())
}

impl<'a> Archive<'a> {
    /// Opens an archive; `format` is the name used in complaints.
    pub fn open(bytes: &'a [u8], format: &str, limits: &Limits) -> Result<Archive<'a>, Fault> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Fault::damaged(format, e))?;
        if zip.len() > limits.members {
            let what = format!("it holds {} members, more than the {} that are read", zip.len(), limits.members);
            return Err(Fault::new(what, "unpack it and read the folder"));
        }
        Ok(Archive { zip, limits: *limits, expanded: 0 })
    }

    /// Every member, in the archive's order.
    pub fn entries(&mut self) -> Vec<Result<Entry, Fault>> {
        (0..self.zip.len()).map(|index| self.entry(index)).collect()
    }

    fn entry(&mut self, index: usize) -> Result<Entry, Fault> {
        let member = self.zip.by_index_raw(index).map_err(|e| Fault::damaged("ZIP", e))?;
        let name = member.name().map_err(|e| Fault::damaged("ZIP", e))?.replace('\\', "/");
        Ok(Entry { index, name, folder: member.is_dir(), encrypted: member.encrypted() })
    }

    /// Whether a member of this name exists.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of the member with this name; `None` if there is none.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        match self.zip.index_for_name(name) {
            Some(index) => self.read_at(index).map(Some),
            None => Ok(None),
        }
    }

    /// The bytes of the member at a place. Fails if the member is damaged or encrypted, or if it goes beyond the
    /// limits; the expansion stops there.
    pub fn read_at(&mut self, index: usize) -> Result<Vec<u8>, Fault> {
        let left = self.limits.expanded.saturating_sub(self.expanded);
        let mut member = self.zip.by_index(index).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => encrypted(),
            other => Fault::damaged("ZIP", other),
        })?;
        let by_ratio = member.compressed_size().saturating_mul(self.limits.ratio).max(ALWAYS_ALLOWED);
        let allowed = left.min(by_ratio);
        let mut bytes = Vec::new();
        let read = member.by_ref().take(allowed.saturating_add(1)).read_to_end(&mut bytes);
        self.expanded += bytes.len() as u64;
        read.map_err(|e| Fault::damaged("ZIP", e))?;
        if bytes.len() as u64 > allowed {
            let remedy = "if you trust it, unpack it yourself and read the folder";
            return Err(Fault::new("it expands far beyond its size, as a ZIP bomb does, and was not expanded", remedy));
        }
        Ok(bytes)
    }
}

/// The fault of a member that needs a password.
pub fn encrypted() -> Fault {
    Fault::new("it is encrypted with a password", "unpack it with the password and read the result")
}
