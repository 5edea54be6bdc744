//! The bytes of one file and of the metadata file beside it. A file may vanish, grow or be shut between finding and
//! reading it: each is a refusal of that file and of no other.

use crate::fault::Fault;
use crate::find::{Found, unreachable};
use crate::limits::Limits;
use crate::sidecar::{self, Sidecar};
use rashomon_core::{Digest, Refusal};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// One file's bytes with the metadata file beside it, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name in the ledger.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `NAME.meta.json`, if there is one.
    pub sidecar: Option<Sidecar>,
}

impl Input {
    /// Digest of the bytes: the identity of the document they become (of an archive: of nothing that is kept).
    pub fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }
}

/// The bytes of a found file and of its metadata file.
pub fn load(found: &Found) -> Result<Input, Refusal> {
    load_within(found, &Limits::default())
}

/// As [`load`], within other limits.
pub fn load_within(found: &Found, limits: &Limits) -> Result<Input, Refusal> {
    let bytes = bytes(&found.path, limits.file).map_err(|fault| fault.refuse(&found.name))?;
    Ok(Input { name: found.name.clone(), bytes, sidecar: sidecar_of(&found.path) })
}

fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Fault> {
    let file = File::open(path).map_err(|e| unreachable(&e))?;
    let size = file.metadata().map_err(|e| unreachable(&e))?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0));
    // A file may grow while it is read, so its size is no promise.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| unreachable(&e))?;
    if bytes.len() as u64 > most {
        let what = format!("it is larger than the {} MB that are read at once", most >> 20);
        return Err(Fault::new(what, "split it into smaller files"));
    }
    Ok(bytes)
}

fn sidecar_of(path: &Path) -> Option<Sidecar> {
    let file = path.file_name()?.to_string_lossy();
    let name = sidecar::names_for(&file).into_iter().find(|name| path.with_file_name(name).is_file())?;
    let bytes = bytes(&path.with_file_name(&name), 1 << 20).unwrap_or_default();
    Some(Sidecar { name, bytes })
}
