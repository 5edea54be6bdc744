//! The threads' side of taking: from a file found to what the writer is to keep.
//!
//! What waits between the threads and the writer is bounded in number and in bytes, so that a pile of any size passes
//! through little memory; a large input is worked on alone. One input that brings a parser to a fall is refused like
//! any other that cannot be read, and the rest goes on.

use crate::error::Error;
use rashomon_core::{Document, DocumentId, Reading, Refusal};
use rashomon_intake::{Found, Input};
use rashomon_ledger::{Known, Ledger};
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Inputs that may be between the threads and the writer at one time, for each thread.
const WINDOW: usize = 8;
/// Bytes that may be there at one time; a larger input passes alone.
const BUDGET: u64 = 16 << 20;

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

/// What one input became.
#[derive(Default)]
pub(super) struct Outcome {
    /// What is to be done, document by document.
    pub steps: Vec<Step>,
    /// What of it could not be taken.
    pub refusals: Vec<Refusal>,
    /// The ledger could not be asked; nothing more can be done.
    pub failure: Option<Error>,
    /// Bytes that are held until it is written.
    weight: u64,
}

/// What the threads and the writer share.
pub(super) struct Works<'a> {
    found: &'a [Found],
    ledger: Mutex<&'a mut Ledger>,
    queue: Mutex<Queue>,
    changed: Condvar,
    /// The first place, by input and member, at which a document's bytes were met.
    claims: Mutex<HashMap<DocumentId, (usize, usize)>>,
    window: usize,
}

/// How far the work is.
#[derive(Default)]
struct Queue {
    /// The next input to start.
    start: usize,
    /// The next input to write.
    write: usize,
    /// Inputs done and not yet written.
    ready: BTreeMap<usize, Outcome>,
    /// Bytes of the inputs started and not yet written.
    held: u64,
    /// No more is to be started.
    stopped: bool,
}

/// A lock that does not mind that another thread fell while it held it: what is locked here is whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Works<'a> {
    pub fn new(ledger: &'a mut Ledger, found: &'a [Found], threads: usize) -> Works<'a> {
        Works {
            found,
            ledger: Mutex::new(ledger),
            queue: Mutex::default(),
            changed: Condvar::new(),
            claims: Mutex::default(),
            window: threads * WINDOW,
        }
    }

    /// One thread's work: input after input, until there are no more.
    pub fn work(&self) {
        while let Some((at, found, weight)) = self.next() {
            let mut outcome = self.safely(at, found);
            outcome.weight = outcome.text_bytes().max(weight);
            let mut queue = lock(&self.queue);
            queue.held += outcome.weight - weight;
            queue.ready.insert(at, outcome);
            self.changed.notify_all();
        }
    }

    /// The next input to start, once there is room for it, with its weight.
    fn next(&self) -> Option<(usize, &Found, u64)> {
        let mut queue = lock(&self.queue);
        loop {
            let found = self.found.get(queue.start).filter(|_| !queue.stopped)?;
            let weight = std::fs::metadata(&found.path).map_or(1, |m| m.len().max(1));
            let room = queue.start < queue.write + self.window && queue.held + weight <= BUDGET;
            if room || queue.held == 0 {
                let at = queue.start;
                queue.start += 1;
                queue.held += weight;
                return Some((at, found, weight));
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next outcome in the order of names; waits for it. `None` when all are written.
    pub fn outcome(&self) -> Option<Outcome> {
        let mut queue = lock(&self.queue);
        while queue.write < self.found.len() {
            let at = queue.write;
            if let Some(outcome) = queue.ready.remove(&at) {
                queue.write += 1;
                return Some(outcome);
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Whether the next outcome is there without waiting.
    pub fn more_is_ready(&self) -> bool {
        let queue = lock(&self.queue);
        queue.ready.contains_key(&queue.write)
    }

    /// Makes room for as many bytes as were written.
    pub fn release(&self, weight: u64) {
        lock(&self.queue).held -= weight;
        self.changed.notify_all();
    }

    /// Lets the threads come to an end.
    pub fn stop(&self) {
        lock(&self.queue).stopped = true;
        self.changed.notify_all();
    }

    /// The ledger, for one thread at a time.
    pub fn ledger(&self) -> MutexGuard<'_, &'a mut Ledger> {
        lock(&self.ledger)
    }

    /// The outcome of an input, whatever happens to the parser on the way.
    fn safely(&self, at: usize, found: &Found) -> Outcome {
        let outcome = catch_unwind(AssertUnwindSafe(|| self.open_and_read(at, found)));
        outcome.unwrap_or_else(|fall| {
            let words = fall.downcast_ref::<String>().map(String::as_str);
            let words = words.or_else(|| fall.downcast_ref::<&str>().copied()).unwrap_or("no words");
            let reason = format!(
                "the program made a mistake on this file ({words}). The other files are not affected. Please report \
                 it; saving the file in another format may help meanwhile"
            );
            Outcome { refusals: vec![refusal(&found.name, reason)], ..Outcome::default() }
        })
    }

    fn open_and_read(&self, at: usize, found: &Found) -> Outcome {
        let mut outcome = Outcome::default();
        let result = self.fill(at, found, &mut outcome);
        outcome.failure = result.err();
        outcome
    }

    fn fill(&self, at: usize, found: &Found, outcome: &mut Outcome) -> Result<(), Error> {
        let input = match rashomon_intake::load(found) {
            Ok(input) => input,
            Err(refusal) => {
                outcome.refusals.push(refusal);
                return Ok(());
            }
        };
        if let Some(step) = self.without_opening(at, &input)? {
            outcome.steps.push(step);
            return Ok(());
        }
        let opened = rashomon_intake::open(&input);
        drop(input);
        outcome.refusals.extend(opened.refusals);
        for (member, document) in opened.documents.into_iter().enumerate() {
            outcome.steps.push(self.step(document, (at, member))?);
        }
        Ok(())
    }

    /// The step for an input whose bytes were met before under a smaller name: there is no need to open it.
    fn without_opening(&self, at: usize, input: &Input) -> Result<Option<Step>, Error> {
        let id = input.digest();
        let copy = Step::Copy { name: input.name.clone(), of: id.clone() };
        let met = lock(&self.claims).get(&id).is_some_and(|place| place.0 < at);
        let kept = || -> Result<bool, Error> { Ok(self.known(&id)?.is_some_and(|k| k.path < input.name)) };
        Ok(if met || kept()? { Some(copy) } else { None })
    }

    fn step(&self, document: Document, place: (usize, usize)) -> Result<Step, Error> {
        let first = *lock(&self.claims).entry(document.id.clone()).and_modify(|p| *p = place.min(*p)).or_insert(place);
        let known = self.known(&document.id)?;
        let copy = first < place || known.as_ref().is_some_and(|k| k.path < document.path);
        if copy {
            return Ok(Step::Copy { name: document.path, of: document.id });
        }
        if known.is_some_and(|k| is_the_same(&k, &document)) {
            return Ok(Step::Known(document.path));
        }
        let reading = rashomon_read::read(&document);
        Ok(Step::Keep(Box::new((document, reading))))
    }

    fn known(&self, id: &DocumentId) -> Result<Option<Known>, Error> {
        Ok(self.ledger().known(id)?)
    }
}

impl Outcome {
    /// Bytes that it makes the writer's queue heavier by.
    pub fn weight(&self) -> u64 {
        self.weight
    }

    fn text_bytes(&self) -> u64 {
        self.steps.iter().map(|s| if let Step::Keep(kept) = s { kept.0.text.len() as u64 } else { 0 }).sum()
    }
}

/// Whether a document is on disk as it would be kept now.
fn is_the_same(known: &Known, document: &Document) -> bool {
    known.path == document.path
        && known.reader == rashomon_read::VERSION
        && known.metadata == rashomon_ledger::kept_digest(document)
}

/// A refusal of a whole input by the driver itself.
pub(super) fn refusal(path: &str, reason: String) -> Refusal {
    Refusal { document: None, path: path.to_owned(), reader: "intake".into(), reason, words: String::new() }
}
