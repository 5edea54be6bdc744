//! What the pages are made from: whatever can tell its state, give a snapshot and search, and what it takes in: verdicts
//! and files. The driver gives a ledger; tests give a snapshot they made.

use crate::error::Error;
use crate::project::{Project, as_judged};
use crate::take::{Event, Taken};
use rashomon_core::{Judgement, Refusal, Snapshot};
use rashomon_intake::Found;
use rashomon_ledger::{Hit, Searched};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// A ledger as the pages see it. Errors are words for a person.
pub trait Archive: Send + Sync + 'static {
    /// What people know it by: the ledger's file.
    fn name(&self) -> String;
    /// A number that changes whenever something was added; pages work a snapshot out again only then.
    fn generation(&self) -> Result<u64, String>;
    /// Everything it holds now, with the verdicts of people obeyed.
    fn snapshot(&self) -> Result<Snapshot, String>;
    /// The state, and the verdicts added since another if nothing else has changed since then.
    fn judged_since(&self, generation: u64) -> Result<(u64, Option<Vec<Judgement>>), String>;
    /// Adds a person's verdict and returns its place in the log; `None` if something was added since a state.
    fn judge(&self, judgement: &Judgement, generation: u64) -> Result<Option<u64>, String>;
    /// Reads files and keeps what they say; `report` hears of each after it is on disk. `lost` is what could not even be
    /// found.
    fn take(&self, found: &[Found], lost: &[Refusal], report: &mut dyn FnMut(Event<'_>)) -> Result<Taken, String>;
    /// Sentences that hold all the words of a query and in which a statement was read, best first; and what was searched.
    fn search(&self, query: &str) -> Result<(Vec<Hit>, Searched), String>;
}

/// The ledger of a project, opened to look into it. It is opened to be added to only while something is added, so that a
/// reading in a shell can go on beside the page; all of the page's visitors add through one opening.
pub struct Kept {
    name: String,
    path: PathBuf,
    looking: Mutex<Project>,
    writing: Mutex<Weak<Project>>,
    taking: Mutex<()>,
}

impl Kept {
    /// The archive of a project.
    pub fn new(project: Project) -> Kept {
        Kept {
            name: project.path().display().to_string(),
            path: project.path().to_owned(),
            looking: Mutex::new(project),
            writing: Mutex::default(),
            taking: Mutex::default(),
        }
    }

    fn ask<T>(&self, question: impl FnOnce(&Project) -> Result<T, Error>) -> Result<T, String> {
        question(&lock(&self.looking)).map_err(|e| e.to_string())
    }

    /// The one opening to add through; the ledger is closed again with the last of its users.
    fn writer(&self, writing: &mut Weak<Project>) -> Result<Arc<Project>, String> {
        if let Some(open) = writing.upgrade() {
            return Ok(open);
        }
        let opened = Arc::new(Project::create(&self.path).map_err(|e| e.to_string())?);
        *writing = Arc::downgrade(&opened);
        Ok(opened)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Archive for Kept {
    fn name(&self) -> String {
        self.name.clone()
    }
    fn generation(&self) -> Result<u64, String> {
        self.ask(Project::generation)
    }
    fn snapshot(&self) -> Result<Snapshot, String> {
        self.ask(Project::snapshot)
    }
    fn judged_since(&self, generation: u64) -> Result<(u64, Option<Vec<Judgement>>), String> {
        self.ask(|project| project.judged_since(generation))
    }
    fn judge(&self, judgement: &Judgement, generation: u64) -> Result<Option<u64>, String> {
        // Held to the end, so that nobody finds the ledger locked by an opening that is just being closed.
        let mut writing = lock(&self.writing);
        let project = self.writer(&mut writing)?;
        project.judge_at(judgement, generation).map_err(|e| e.to_string())
    }
    fn take(&self, found: &[Found], lost: &[Refusal], report: &mut dyn FnMut(Event<'_>)) -> Result<Taken, String> {
        // One after the other: two readings beside each other would not know of each other's documents.
        let _turn = lock(&self.taking);
        let project = self.writer(&mut lock(&self.writing))?;
        let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let taken = project.take_found(found, lost, threads, report).map_err(|e| e.to_string());
        let _closing = lock(&self.writing);
        drop(project);
        taken
    }
    fn search(&self, query: &str) -> Result<(Vec<Hit>, Searched), String> {
        self.ask(|project| project.find_and_tell(query))
    }
}

/// What a search found, as people judged the statements in it.
pub(crate) fn search(archive: &dyn Archive, query: &str, now: &Snapshot) -> Result<(Vec<Hit>, Searched), String> {
    archive.search(query).map(|(hits, searched)| (as_judged(hits, now), searched))
}
