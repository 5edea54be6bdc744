//! The one error of the driver: words for a person, whichever library failed. What failed and what to do about it is
//! said where it is known best (the ledger knows what a lock means), so here the words are only carried.

/// Why something could not be done: what happened, to which file, what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Words for a person.
    #[error("{0}")]
    Said(String),
    /// Whoever read our output has gone away, as `head` does when it has seen enough. Not a failure.
    #[error("the output was closed")]
    OutputClosed,
}

impl Error {
    /// An error in words.
    pub fn said(words: impl Into<String>) -> Error {
        Error::Said(words.into())
    }

    /// An error of writing to a place with a name.
    pub fn writing(to: &str, error: &std::io::Error) -> Error {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Error::OutputClosed,
            std::io::ErrorKind::StorageFull => {
                Error::said(format!("{to} could not be written: the disk is full. Free some space and try again."))
            }
            _ => Error::said(format!("{to} could not be written: {error}.")),
        }
    }
}

impl From<rashomon_ledger::Error> for Error {
    fn from(error: rashomon_ledger::Error) -> Error {
        Error::Said(error.to_string())
    }
}
