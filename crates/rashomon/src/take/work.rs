//! The threads' side of taking: from a file found to what the writer is to keep.
//!
//! One input that brings a parser to a fall is refused like any other that cannot be read, and the rest goes on.

use super::queue::{Queue, lock};
use crate::error::Error;
use rashomon_core::{Document, DocumentId, Reading, Refusal};
use rashomon_intake::{Found, Input, Opened};
use rashomon_ledger::{Known, Ledger};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard};

/// What is to be done with one document.
pub(super) enum Step {
    /// To be kept.
    Keep(Box<(Document, Reading)>),
    /// On disk already, under this name.
    Known(String),
    /// The bytes of another document under another name.
    Copy {
        /// The copy's name.
        name: String,
        /// The document it is a copy of.
        of: DocumentId,
    },
}

/// What the threads and the writer share.
pub(super) struct Works<'a> {
    found: &'a [Found],
    ledger: &'a Mutex<Ledger>,
    /// What lies between the threads and the writer.
    pub queue: Queue,
    /// The first place, by input and member, at which a document's bytes were met.
    claims: Mutex<HashMap<DocumentId, (usize, usize)>>,
}

impl<'a> Works<'a> {
    pub fn new(ledger: &'a Mutex<Ledger>, found: &'a [Found], threads: usize) -> Works<'a> {
        let queue = Queue::new(found.len(), threads);
        Works { found, ledger, queue, claims: Mutex::default() }
    }

    /// The ledger, for one thread at a time.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(self.ledger)
    }

    /// One thread's work: input after input, until there are no more.
    pub fn work(&self) {
        let size = |found: &Found| std::fs::metadata(&found.path).map_or(0, |m| m.len());
        while let Some((at, size)) = self.queue.start(|at| self.found.get(at).map_or(0, size)) {
            let Some(found) = self.found.get(at) else { return };
            let mut refusals = Vec::new();
            let failure = self.take(at, found, size, &mut refusals).err();
            self.queue.end(at, found.name.clone(), refusals, failure);
        }
    }

    fn take(&self, at: usize, found: &Found, size: u64, refusals: &mut Vec<Refusal>) -> Result<(), Error> {
        let opened = guarded(&found.name, || self.load_and_open(at, found, refusals));
        self.queue.file_is_gone(size);
        let done = match opened {
            Ok(Ok(Some(contents))) => guarded(&found.name, || self.read_all(at, contents, refusals)),
            Ok(Ok(None)) => return Ok(()),
            Ok(Err(error)) => return Err(error),
            Err(refusal) => Err(refusal),
        };
        done.unwrap_or_else(|refusal| {
            refusals.push(refusal);
            Ok(())
        })
    }

    /// The documents of an input, as far as it must be opened to know what is to be done with it.
    fn load_and_open(&self, at: usize, found: &Found, refusals: &mut Vec<Refusal>) -> Result<Option<Contents>, Error> {
        let input = match rashomon_intake::load(found) {
            Ok(input) => input,
            Err(refusal) => {
                refusals.push(refusal);
                return Ok(None);
            }
        };
        if let Some(step) = self.without_opening(at, &input)? {
            self.queue.push(at, step, self.queue.no_room(at));
            return Ok(None);
        }
        let archive = is_archive(&input);
        if archive {
            self.queue.open_archive(at);
        }
        let opened = guarded(&found.name, || rashomon_intake::open(&input)).unwrap_or_else(|refusal| {
            refusals.push(refusal);
            Opened::default()
        });
        refusals.extend(opened.refusals);
        Ok(Some(Contents { documents: opened.documents, archive }))
    }

    /// Reads the documents of an input one after the other, and hands each on before the next is begun.
    fn read_all(&self, at: usize, contents: Contents, refusals: &mut Vec<Refusal>) -> Result<(), Error> {
        let result = contents.documents.into_iter().enumerate().try_for_each(|(member, document)| {
            let room = self.queue.room(at, document.text.len() as u64);
            match self.step(document, (at, member))? {
                Ok(step) => self.queue.push(at, step, room),
                Err(refusal) => {
                    self.queue.release(room);
                    refusals.push(refusal);
                }
            }
            Ok(())
        });
        if contents.archive {
            self.queue.archive_is_read();
        }
        result
    }

    /// The step for an input whose bytes were met before under a smaller name: there is no need to open it.
    fn without_opening(&self, at: usize, input: &Input) -> Result<Option<Step>, Error> {
        let id = input.digest();
        let met = lock(&self.claims).get(&id).is_some_and(|place| place.0 < at);
        let copy = met || self.known(&id)?.is_some_and(|k| k.path < input.name && is_current(&k));
        Ok(copy.then(|| Step::Copy { name: input.name.clone(), of: id }))
    }

    fn step(&self, document: Document, place: (usize, usize)) -> Result<Result<Step, Refusal>, Error> {
        let first = *lock(&self.claims).entry(document.id.clone()).and_modify(|p| *p = place.min(*p)).or_insert(place);
        let known = self.known(&document.id)?;
        if first < place || known.as_ref().is_some_and(|k| k.path < document.path && is_current(k)) {
            return Ok(Ok(Step::Copy { name: document.path, of: document.id }));
        }
        if known.is_some_and(|k| is_the_same(&k, &document)) {
            return Ok(Ok(Step::Known(document.path)));
        }
        let reading = guarded(&document.path, || rashomon_read::read(&document));
        Ok(reading.map(|reading| Step::Keep(Box::new((document, reading)))))
    }

    fn known(&self, id: &DocumentId) -> Result<Option<Known>, Error> {
        Ok(self.ledger().known(id)?)
    }
}

/// The documents of an input, and whether it is an archive, which all of them leave together.
struct Contents {
    documents: Vec<Document>,
    archive: bool,
}

fn is_archive(input: &Input) -> bool {
    rashomon_intake::recognise(&input.bytes, &input.name).is_some_and(|format| format.media_type == "application/zip")
}

/// Whether the newest reading of a document is by this version of the readers; an older one must be read again, even if
/// it now lies under another path only.
fn is_current(known: &Known) -> bool {
    known.reader == rashomon_read::VERSION
}

/// Whether a document is on disk as it would be kept now.
fn is_the_same(known: &Known, document: &Document) -> bool {
    known.path == document.path && is_current(known) && known.metadata == rashomon_ledger::kept_digest(document)
}

/// Does something that may fall over what is in a file, and makes of the fall a refusal of that file.
fn guarded<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|fall| {
        let words = fall.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| fall.downcast_ref::<&str>().copied()).unwrap_or("no words");
        let reason = format!(
            "the program made a mistake on it ({words}); please report this; saving the file in another format may help"
        );
        refusal(name, reason)
    })
}

/// A refusal of a whole input by the driver itself.
pub(super) fn refusal(path: &str, reason: String) -> Refusal {
    Refusal { document: None, path: path.to_owned(), reader: "intake".into(), reason, words: String::new() }
}
