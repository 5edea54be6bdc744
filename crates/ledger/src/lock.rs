//! One writer at a time. SQLite alone would let two programs take turns; here the second is told at once who is at
//! work. The lock is the operating system's, on a small file beside the ledger, so that it ends with the program however
//! that ends. It is not taken on the ledger itself, because closing that file would undo SQLite's own locks on it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Held while a ledger is open for writing.
#[derive(Debug)]
pub(crate) struct WriterLock {
    path: PathBuf,
    _file: File,
}

/// Why there is no lock.
#[derive(Debug)]
pub(crate) enum NoLock {
    /// Another writer holds it; its process number, if it could be read.
    Held(Option<u32>),
    /// The file could not be made.
    Io(io::Error),
    /// This file system knows no locks; SQLite's own have to do.
    Unknown,
}

/// The ledger's name with something added.
pub(crate) fn beside(ledger: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = ledger.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl WriterLock {
    /// Takes the lock of a ledger.
    pub fn take(ledger: &Path) -> Result<WriterLock, NoLock> {
        let path = beside(ledger, "-lock");
        loop {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .map_err(NoLock::Io)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(NoLock::Held(process_in(&mut file))),
                Err(TryLockError::Error(_)) => return Err(NoLock::Unknown),
            }
            // The last holder removes the file when done; a lock on a file that is gone locks nobody out.
            if is_still(&file, &path) {
                let written = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                // On a full disk the number is missing from the other's message, and nothing else.
                drop(written);
                return Ok(WriterLock { path, _file: file });
            }
        }
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        if cfg!(unix) {
            drop(fs::remove_file(&self.path));
        }
    }
}

fn process_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still(_file: &File, _path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_the_first_is_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("a.ledger");
        let first = WriterLock::take(&ledger).unwrap();
        match WriterLock::take(&ledger) {
            Err(NoLock::Held(process)) => assert_eq!(process, Some(std::process::id())),
            other => panic!("{other:?}"),
        }
        drop(first);
        drop(WriterLock::take(&ledger).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
