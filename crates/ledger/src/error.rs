//! What can go wrong with a ledger, told once. The inside of the crate passes [`Fault`]s around, which know the
//! database; [`Error`] is what leaves the crate: words for a person that name the file, what happened and what to do,
//! and a kind for the program that shows them.

use rusqlite::ErrorCode;
use rusqlite::ffi;
use std::io;
use std::path::Path;

/// What sort of trouble it is, for a program that wants to act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no ledger, or nothing has been kept in it.
    Missing,
    /// The file is something else.
    NotALedger,
    /// A newer program wrote it.
    Newer,
    /// Somebody else is writing it.
    InUse,
    /// It cannot be written where it lies.
    ReadOnly,
    /// The disk is full.
    Full,
    /// What stands in it is not what was written.
    Damaged,
    /// What was to be kept breaks a law of the nouns.
    Unlawful,
    /// Anything else.
    Other,
}

/// Why a ledger cannot do what was asked, in words for a person: what happened, to which file, what to do.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub struct Error {
    kind: ErrorKind,
    words: String,
}

impl Error {
    /// What sort of trouble it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn new(kind: ErrorKind, words: impl Into<String>) -> Error {
        Error { kind, words: words.into() }
    }
}

/// Trouble inside the crate, before it is known which file it is about.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The database says so.
    Sql(rusqlite::Error),
    /// An entry of the log is not what was written.
    Damaged(u64, String),
    /// What was handed in breaks a law.
    Unlawful(String),
    /// The ledger was opened only to look.
    LookOnly,
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        Fault::Sql(error)
    }
}

impl Fault {
    /// The fault in words about a file.
    pub fn about(self, path: &Path) -> Error {
        let file = path.display();
        match self {
            Fault::Sql(error) => about_sql(&error, path),
            Fault::Damaged(entry, why) => damaged(path, &format!("entry {entry} of its log: {why}")),
            Fault::Unlawful(why) => {
                Error::new(ErrorKind::Unlawful, format!("Nothing of this batch was kept in {file}: {why}."))
            }
            Fault::LookOnly => {
                let words = format!("{file} was opened only to look into it. Open it for writing to add to it.");
                Error::new(ErrorKind::ReadOnly, words)
            }
        }
    }

    /// Whether the database could not open, make or write one of its files.
    pub fn is_about_access(&self) -> bool {
        let Fault::Sql(error) = self else { return false };
        matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
    }
}

fn about_sql(error: &rusqlite::Error, path: &Path) -> Error {
    let file = path.display();
    let rusqlite::Error::SqliteFailure(code, _) = error else {
        return Error::new(
            ErrorKind::Other,
            format!("{file} cannot be used: {error}. This is a fault of the program."),
        );
    };
    match code.code {
        ErrorCode::DiskFull => full(path),
        _ if code.extended_code == ffi::SQLITE_IOERR_SHMSIZE => full(path),
        ErrorCode::NotADatabase => not_a_ledger(path, "another kind of file"),
        ErrorCode::DatabaseCorrupt => damaged(path, &error.to_string()),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::new(
            ErrorKind::InUse,
            format!(
                "{file} is held by another program (a database tool, a backup). Close that program and try again; \
                 what was reported as kept is safe."
            ),
        ),
        ErrorCode::ReadOnly => read_only(path, "the file or its folder is read-only"),
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Error::new(
            ErrorKind::Other,
            format!("{file} cannot be opened ({error}). Check that you may read the file and enter its folder."),
        ),
        ErrorCode::SystemIoFailure => Error::new(
            ErrorKind::Other,
            format!(
                "The disk did not do what was asked for {file} ({error}). Check that the disk is well and that you \
                 may use more of it, then run again; what was reported as kept is safe."
            ),
        ),
        ErrorCode::TooBig => Error::new(
            ErrorKind::Other,
            format!(
                "One document is too large for {file} (more than 1 GB even when packed). Split it, then run again."
            ),
        ),
        _ => Error::new(ErrorKind::Other, format!("{file} cannot be used: {error}.")),
    }
}

pub(crate) fn not_a_ledger(path: &Path, what: &str) -> Error {
    let words = format!(
        "{} is not a ledger of Rashomon but {what}; it was not touched. Name another file for the ledger.",
        path.display()
    );
    Error::new(ErrorKind::NotALedger, words)
}

pub(crate) fn damaged(path: &Path, detail: &str) -> Error {
    let words = format!(
        "{} is damaged ({detail}). Keep this file as it is and go back to a copy of it from before; if there is none, \
         read the documents again into a new ledger (judgements stand only in the ledger, not in the documents).",
        path.display()
    );
    Error::new(ErrorKind::Damaged, words)
}

pub(crate) fn full(path: &Path) -> Error {
    let words = format!(
        "No room is left on the disk that holds {}. What was reported as kept is safe, the last documents were not \
         kept. Make room and run again; it carries on where it stopped.",
        path.display()
    );
    Error::new(ErrorKind::Full, words)
}

pub(crate) fn read_only(path: &Path, why: &str) -> Error {
    let words = format!(
        "{} cannot be written: {why}. Ask for the right to write there, or keep the ledger in another folder; to look \
         into an existing ledger no such right is needed.",
        path.display()
    );
    Error::new(ErrorKind::ReadOnly, words)
}

/// Words for a file that could not be made beside the ledger or as the ledger.
pub(crate) fn about_io(error: &io::Error, path: &Path) -> Error {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            read_only(path, "you may not write in its folder")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => full(path),
        _ => Error::new(
            ErrorKind::Other,
            format!("{} cannot be opened ({error}). Check the folder it lies in, then try again.", path.display()),
        ),
    }
}
