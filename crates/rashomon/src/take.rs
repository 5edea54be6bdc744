//! Takes inputs into the ledger: load, open, read, keep.
//!
//! Several threads open and read; one writes, and it writes in the order of the inputs' names,
//! whichever thread was first. So the outcome is the same with any number of threads and any order of arguments, and
//! "kept" is said only after the commit.

mod queue;
mod work;
mod write;

use crate::error::Error;
use rashomon_core::Refusal;
use rashomon_intake::Found;
use rashomon_ledger::Ledger;
use std::num::NonZeroUsize;
use std::sync::Mutex;

/// What happens while inputs are taken. Sent in the order of the inputs' names, each after it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// So many inputs were found.
    Found(usize),
    /// A document and its reading are on disk.
    Kept {
        /// The document's name.
        name: &'a str,
        /// Its statements.
        statements: usize,
    },
    /// A document was on disk already, with the same metadata and the same reader.
    Known(&'a str),
    /// A document has the bytes of another and was not read again.
    Copy {
        /// Its name.
        name: &'a str,
        /// The other's name.
        of: &'a str,
    },
    /// An input, or a member of it, could not be taken.
    Refused(&'a Refusal),
    /// One of the inputs found is dealt with.
    Done,
}

/// What was taken, when it is over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Inputs found.
    pub inputs: usize,
    /// Documents read and kept.
    pub documents: usize,
    /// Statements in them.
    pub statements: usize,
    /// Bytes of text in them.
    pub text_bytes: u64,
    /// Proposals of the readers that did not stand in the text, and were left out.
    pub ungrounded: usize,
    /// Documents that were on disk already.
    pub known: usize,
    /// Documents with the bytes of another.
    pub copies: usize,
    /// Inputs that could not be taken.
    pub refusals: Vec<Refusal>,
}

impl Taken {
    /// Whether anything that was given is now in the ledger.
    pub fn anything(&self) -> bool {
        self.documents + self.known + self.copies > 0
    }
}

/// Takes the inputs found into a ledger, after noting what could not even be found. The ledger is held only while it is
/// asked or written, so that verdicts can be added meanwhile.
pub(crate) fn take(
    ledger: &Mutex<Ledger>,
    found: &[Found],
    lost: &[Refusal],
    threads: NonZeroUsize,
    report: &mut dyn FnMut(Event<'_>),
) -> Result<Taken, Error> {
    report(Event::Found(found.len()));
    let threads = threads.get().min(found.len().max(1));
    let works = work::Works::new(ledger, found, threads);
    std::thread::scope(|scope| {
        let started = (0..threads).try_for_each(|_| rashomon_intake::spawn_deep(scope, || works.work()).map(drop));
        let result = match started {
            Ok(()) => write::Writer::new(&works, report).run(lost),
            Err(e) => Err(Error::said(format!("A thread could not be started: {e}. Try again with --threads 1."))),
        };
        works.queue.stop();
        result
    })
}
