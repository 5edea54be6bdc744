//! What the pages are made from: whatever can tell its state, give a snapshot and search. The driver gives a ledger;
//! tests give a snapshot they made.

use crate::error::Error;
use crate::project::Project;
use rashomon_core::{Judgement, Snapshot};
use rashomon_ledger::{Hit, Searched};
use std::sync::Mutex;

/// A ledger as the pages see it. Errors are words for a person.
pub trait Archive: Send + Sync + 'static {
    /// What people know it by: the ledger's file.
    fn name(&self) -> String;
    /// A number that changes whenever something was added; pages work a snapshot out again only then.
    fn generation(&self) -> Result<u64, String>;
    /// Everything it holds now.
    fn snapshot(&self) -> Result<Snapshot, String>;
    /// Adds a person's verdict and returns its place in the log.
    fn judge(&self, judgement: &Judgement) -> Result<u64, String>;
    /// Sentences that hold all the words of a query and in which a statement was read, best first; and what was searched.
    fn search(&self, query: &str) -> Result<(Vec<Hit>, Searched), String>;
}

/// The ledger of a project, opened to look into it.
pub struct Kept {
    name: String,
    project: Mutex<Project>,
}

impl Kept {
    /// The archive of a project.
    pub fn new(project: Project) -> Kept {
        Kept { name: project.path().display().to_string(), project: Mutex::new(project) }
    }

    fn ask<T>(&self, question: impl FnOnce(&Project) -> Result<T, Error>) -> Result<T, String> {
        let project = self.project.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        question(&project).map_err(|e| e.to_string())
    }
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
    fn judge(&self, judgement: &Judgement) -> Result<u64, String> {
        // The ledger is opened to be added to only while something is added, so that a reading can go on beside the page.
        self.ask(|project| Project::create(project.path())?.judge(judgement))
    }
    fn search(&self, query: &str) -> Result<(Vec<Hit>, Searched), String> {
        self.ask(|project| project.find_and_tell(query))
    }
}
