//! The append-only store. The only SQL of the program is here.
//!
//! A ledger is one SQLite file. What is kept is a log to which entries are added and nothing else; which entry stands
//! for what is worked out from the log and cached in the same file. The modules from top to bottom: how a body is
//! written, the words for trouble, the writer's lock, which words are the same word; the log and the shape of the file;
//! the search index, opening; what the log means, and everything put together. `dna` alone looks into files of another program.

mod body;
mod error;
mod lock;
mod words;

mod log;
mod schema;

mod index;
mod open;

mod cache;
mod snapshot;

pub mod dna;
pub mod dna_writing;

pub use cache::kept_digest;
pub use error::{Error, ErrorKind};
pub use index::{Hit, Searched};
pub use snapshot::Counts;

use body::Body;
use cache::AtHand;
use error::Fault;
use lock::WriterLock;
use log::{Kind, StoredFound, StoredReading, StoredRefusals};
use rashomon_core::{Digest, Document, DocumentId, Duplicate, Judgement, Reading, Refusal, Snapshot, Span, Statement};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To add to it; the file is made if it does not exist. One writer at a time.
    Write,
    /// To look into it; the file must exist.
    Read,
}

/// What the ledger already holds of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The path under which it is kept (the smallest of all paths under which its bytes were read). Where the same
    /// bytes turn up under a smaller path, they must be kept once more under that one; under a greater path they are a
    /// [`Duplicate`].
    pub path: String,
    /// Digest of what was kept of it besides its bytes (see [`kept_digest`]), to notice a changed metadata file.
    pub metadata: Digest,
    /// The reader whose reading is the newest.
    pub reader: String,
}

/// One open ledger file.
#[derive(Debug)]
pub struct Ledger {
    // Closed before the lock is given back: fields go in this order.
    connection: Connection,
    path: PathBuf,
    mode: Mode,
    _lock: Option<WriterLock>,
}

impl Ledger {
    /// Opens a ledger, bringing an older one up to date (a newer one is refused with clear words).
    pub fn open(path: &Path, mode: Mode) -> Result<Ledger, Error> {
        let (connection, lock) = match mode {
            Mode::Write => open::for_writing(path)?,
            Mode::Read => (open::for_looking(path)?, None),
        };
        Ok(Ledger { connection, path: path.to_owned(), mode, _lock: lock })
    }

    /// What is known of a document, if it is kept.
    pub fn known(&self, id: &DocumentId) -> Result<Option<Known>, Error> {
        self.look(|c| {
            let current = cache::current(c, id)?;
            Ok(current.map(|now| Known { path: now.path, metadata: now.kept, reader: now.reader }))
        })
    }

    /// Keeps documents with their readings in one transaction; when this returns they are on disk. Of what is already
    /// kept just so, nothing is added. For one input, keep its documents first, then note what of it was refused.
    pub fn keep(&mut self, batch: &[(Document, Reading)]) -> Result<(), Error> {
        self.add(|c| {
            let (mut touched, mut at_hand) = (BTreeSet::new(), AtHand::new());
            for (document, reading) in batch {
                let Some(kept) = keep_one(c, document, reading)? else { continue };
                touched.insert(document.id.clone());
                // What is indexed is what will come out again, be it what was handed in or not.
                if kept.comes_back {
                    at_hand.insert(kept.entry, (document, reading));
                }
            }
            cache::settle(c, &touched, &at_hand)
        })
    }

    /// Notes copies and refused inputs, each once. The refusals given for a path replace what was refused there before,
    /// so give all that belong to one input at once.
    pub fn note(&mut self, duplicates: &[Duplicate], refusals: &[Refusal]) -> Result<(), Error> {
        self.add(|c| {
            duplicates.iter().try_for_each(|duplicate| note_duplicate(c, duplicate))?;
            let mut by_path: BTreeMap<&str, Vec<&Refusal>> = BTreeMap::new();
            for refusal in refusals {
                by_path.entry(&refusal.path).or_default().push(refusal);
            }
            by_path.into_iter().try_for_each(|(path, refusals)| note_refusals(c, path, refusals))
        })
    }

    /// Notes that inputs were found again just as they are kept, so that a refusal of theirs from a time when they could
    /// not be read is no longer shown. Call it for inputs that are skipped because they are known, and for archives of
    /// which nothing is refused; it is cheap.
    pub fn found(&mut self, paths: &[String]) -> Result<(), Error> {
        self.add(|c| paths.iter().try_for_each(|path| note_found(c, path)))
    }

    /// Adds a judgement (its `sequence` is given by the ledger and returned).
    pub fn judge(&mut self, judgement: &Judgement) -> Result<u64, Error> {
        self.add(|c| {
            let body = Body::plain(&Judgement { sequence: 0, ..judgement.clone() }).map_err(unwritable)?;
            let sequence = log::append(c, Kind::Judgement, &body)?;
            cache::add_judgement(c, sequence)?;
            Ok(sequence)
        })
    }

    /// Adds a judgement if the log still ends where the one who judges has seen it end; `None` if it has grown since.
    pub fn judge_at(&mut self, judgement: &Judgement, generation: u64) -> Result<Option<u64>, Error> {
        match self.generation()? == generation {
            // Nobody comes between: there is one writer at a time, and that is this one.
            true => self.judge(judgement).map(Some),
            false => Ok(None),
        }
    }

    /// Place of the last entry of the log, and the judgements after an entry if nothing else was added after it.
    pub fn judged_since(&self, sequence: u64) -> Result<(u64, Option<Vec<Judgement>>), Error> {
        self.look(|c| snapshot::judged_since(c, sequence))
    }

    /// Adds judgements in one transaction: all of them or none. Returns their places.
    pub fn judge_all(&mut self, judgements: &[Judgement]) -> Result<Vec<u64>, Error> {
        if judgements.is_empty() {
            return Ok(Vec::new());
        }
        self.add(|c| {
            let one = |judgement: &Judgement| {
                let body = Body::plain(&Judgement { sequence: 0, ..judgement.clone() }).map_err(unwritable)?;
                let sequence = log::append(c, Kind::Judgement, &body)?;
                cache::add_judgement(c, sequence)?;
                Ok(sequence)
            };
            judgements.iter().map(one).collect()
        })
    }

    /// Everything the ledger holds, in the order that depends only on what was read.
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        self.look(snapshot::snapshot)
    }

    /// Sentences that hold all the words of a query (words, "exact phrases"), best first, then by place. Only sentences
    /// in which a statement was read are hits.
    pub fn search(&self, query: &str) -> Result<Vec<Hit>, Error> {
        self.search_and_tell(query).map(|(hits, _)| hits)
    }

    /// What [`Ledger::search`] finds, and what was searched for and where.
    pub fn search_and_tell(&self, query: &str) -> Result<(Vec<Hit>, Searched), Error> {
        self.look(|c| index::search(c, query))
    }

    /// How much the ledger holds; cheap.
    pub fn counts(&self) -> Result<Counts, Error> {
        self.look(snapshot::counts)
    }

    /// Sequence of the last entry of the log: while it stays the same, so does every answer. Cheap.
    pub fn generation(&self) -> Result<u64, Error> {
        log::last(&self.connection).map_err(|fault| fault.about(&self.path))
    }

    /// Throws away everything that can be worked out again from the log; it is rebuilt when next needed. Of a ledger
    /// opened to look, only what this connection itself has worked out is thrown away.
    pub fn drop_cache(&mut self) -> Result<(), Error> {
        let home = match self.mode {
            Mode::Write => schema::Home::Main,
            Mode::Read => schema::Home::Temp,
        };
        let dropped = schema::drop_cache(&self.connection, home);
        self.connection.flush_prepared_statement_cache();
        dropped.map_err(|fault| fault.about(&self.path))
    }

    /// Looks at one moment of the ledger, with the cache up to date.
    fn look<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Error> {
        let look = || {
            let moment = self.connection.unchecked_transaction()?;
            cache::make_ready(&moment, self.mode == Mode::Write)?;
            let answer = work(&moment)?;
            moment.commit()?;
            Ok(answer)
        };
        look().map_err(|fault: Fault| fault.about(&self.path))
    }

    /// Adds to the log and to the cache, both or neither.
    fn add<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Error> {
        let (connection, mode) = (&mut self.connection, self.mode);
        let add = || {
            if mode == Mode::Read {
                return Err(Fault::LookOnly);
            }
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            cache::make_ready(&transaction, true)?;
            let before = log::last(&transaction)?;
            let answer = work(&transaction)?;
            let last = log::last(&transaction)?;
            if last > before {
                cache::mark(&transaction, last)?;
            }
            transaction.commit()?;
            Ok(answer)
        };
        add().map_err(|fault| fault.about(&self.path))
    }
}

/// A reading that was added to the log.
struct Kept {
    entry: u64,
    /// Whether what is indexed of the reading is what will come out of the ledger again.
    comes_back: bool,
}

/// Adds what is new of a document and its reading; `None` if nothing is.
fn keep_one(c: &Connection, document: &Document, reading: &Reading) -> Result<Option<Kept>, Fault> {
    if reading.document != document.id {
        return Err(Fault::Unlawful(format!("the reading given with {} is of another document", document.path)));
    }
    document.check().map_err(|why| Fault::Unlawful(format!("{} breaks a law of documents: {why}", document.path)))?;
    let kept = kept_digest(document);
    let copy = cache::copy(c, &document.id, &document.path)?.filter(|copy| copy.kept == kept.as_str());
    let document_entry = match &copy {
        Some(copy) => copy.document,
        None => {
            let sequence = log::append(c, Kind::Document, &Body::packed(document).map_err(unwritable)?)?;
            cache::add_document(c, sequence, document, &kept)?;
            sequence
        }
    };
    let stored = StoredReading { document_entry, reader: reading.reader.clone(), drafts: reading.to_drafts() };
    let body = Body::packed(&stored).map_err(unwritable)?;
    let digest = Digest::of(&body.bytes);
    if copy.is_some_and(|copy| copy.body == digest.as_str())
        && cache::newest_reader(c, &document.id)?.as_ref() == Some(&reading.reader)
    {
        return note_found(c, &document.path).map(|()| None);
    }
    let entry = log::append(c, Kind::Reading, &body)?;
    cache::add_reading(c, entry, document_entry, &reading.reader, &digest)?;
    Ok(Some(Kept { entry, comes_back: comes_back(document, reading) }))
}

/// Whether the sentences and statements handed in are what grounding the stored ones will give. Statement by statement,
/// because a long document's are too many to have twice in memory.
fn comes_back(document: &Document, reading: &Reading) -> bool {
    let stands = |span: &Span| span.of(&document.text).is_some();
    let before =
        |a: &Statement, b: &Statement| (a.sentence(), a.evidence(), a.id()) < (b.sentence(), b.evidence(), b.id());
    reading.sentences.is_sorted_by(|a, b| a < b)
        && reading.sentences.iter().all(|s| stands(&s.span) && s.parts.iter().all(stands))
        && reading.statements.is_sorted_by(before)
        && reading.statements.iter().all(|s| s.content().clone().ground(document).is_ok_and(|again| again == *s))
}

fn note_duplicate(c: &Connection, duplicate: &Duplicate) -> Result<(), Fault> {
    if cache::is_copy(c, duplicate)? {
        return note_found(c, &duplicate.path);
    }
    log::append(c, Kind::Duplicate, &Body::plain(duplicate).map_err(unwritable)?)?;
    cache::add_duplicate(c, duplicate)
}

fn note_refusals(c: &Connection, path: &str, refusals: Vec<&Refusal>) -> Result<(), Fault> {
    let mut refusals: Vec<Refusal> = refusals.into_iter().cloned().collect();
    refusals.sort();
    refusals.dedup();
    let stored = StoredRefusals { path: path.to_owned(), refusals };
    let body = Body::plain(&stored).map_err(unwritable)?;
    let digest = Digest::of(&body.bytes);
    if cache::refused(c, path)?.as_deref() == Some(digest.as_str()) {
        return Ok(());
    }
    let sequence = log::append(c, Kind::Refusal, &body)?;
    cache::add_refusals(c, sequence, path, &stored.refusals, &digest)
}

fn note_found(c: &Connection, path: &str) -> Result<(), Fault> {
    if cache::forget_whole_refusal(c, path)? {
        log::append(c, Kind::Found, &Body::plain(&StoredFound { path: path.to_owned() }).map_err(unwritable)?)?;
    }
    Ok(())
}

fn unwritable(error: std::io::Error) -> Fault {
    Fault::Unlawful(format!("it cannot be written down: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::Drafts;

    fn account(number: usize) -> (Document, Reading) {
        let text: String = (0..400).map(|n| format!("{} barrels. ", number * 7919 + n * n)).collect();
        let document = Document {
            id: Digest::of(text.as_bytes()),
            path: format!("{number}.txt"),
            media_type: "text/plain".into(),
            bytes: text.len() as u64,
            text,
            metadata: Default::default(),
            zones: Vec::new(),
            places: Vec::new(),
            notes: Vec::new(),
        };
        let reading = Drafts::default().ground(&document, "test 1");
        (document, reading)
    }

    /// The same as on a disk without room, on every system: the file may not grow any more.
    #[test]
    fn where_there_is_no_room_what_was_reported_stays_and_the_rest_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("town.ledger");
        let mut ledger = Ledger::open(&path, Mode::Write).unwrap();
        ledger.connection.pragma_update(None, "max_page_count", 60).unwrap();
        let mut kept = 0;
        let error = loop {
            match ledger.keep(&[account(kept), account(kept + 1)]) {
                Ok(()) => kept += 2,
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::Full);
        assert!(kept > 4 && error.to_string().contains("Make room and run again"), "{error}");
        assert_eq!(ledger.snapshot().unwrap().documents.len(), kept);
        ledger.connection.pragma_update(None, "max_page_count", 1_000_000).unwrap();
        ledger.keep(&[account(kept), account(kept + 1)]).unwrap();
        drop(ledger);
        assert_eq!(Ledger::open(&path, Mode::Read).unwrap().snapshot().unwrap().documents.len(), kept + 2);
    }
}
