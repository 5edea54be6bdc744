//! What the program can do, without a word to a person: take documents in, judge, and look at what is there.
//!
//! The shell, the page and other programs all go through here, so that each of them shows the same. Nothing is
//! decided here that a library below decides; this is where they meet.

use crate::error::Error;
use crate::import::{self, Imported};
use crate::take::{self, Event, Taken};
use rashomon_core::{Judgement, Refusal, Snapshot, StatementId, Table};
use rashomon_derive::resolve::Authority;
use rashomon_derive::{Actors, ExportOptions, Filter, export, views};
use rashomon_intake::Found;
use rashomon_ledger::{Hit, Ledger, Mode, Searched};
use std::collections::HashMap;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One ledger with everything that can be done with it.
pub struct Project {
    ledger: Mutex<Ledger>,
    path: PathBuf,
}

impl Project {
    /// Opens a ledger to add to it; it is made if it does not exist.
    pub fn create(path: &Path) -> Result<Project, Error> {
        Ok(Project { ledger: Mutex::new(Ledger::open(path, Mode::Write)?), path: path.to_owned() })
    }

    /// Opens a ledger to look into it; it must exist.
    pub fn open(path: &Path) -> Result<Project, Error> {
        Ok(Project { ledger: Mutex::new(Ledger::open(path, Mode::Read)?), path: path.to_owned() })
    }

    /// The ledger's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads every document under the paths and keeps it with its reading. What is kept already is not read again, so
    /// that a run that was broken off is carried on by running it again. `report` hears of each document after it is
    /// on disk; the outcome is the same with any number of threads.
    pub fn take(
        &self,
        paths: &[PathBuf],
        threads: NonZeroUsize,
        report: &mut dyn FnMut(Event<'_>),
    ) -> Result<Taken, Error> {
        let (mut found, lost) = rashomon_intake::find(paths);
        let own = std::fs::canonicalize(&self.path).ok();
        found.retain(|file| !own.as_deref().is_some_and(|own| is_of_ledger(file, own)));
        self.take_found(&found, &lost, threads, report)
    }

    /// As [`Project::take`], of files that were found already and have their names.
    pub fn take_found(
        &self,
        found: &[Found],
        lost: &[Refusal],
        threads: NonZeroUsize,
        report: &mut dyn FnMut(Event<'_>),
    ) -> Result<Taken, Error> {
        take::take(&self.ledger, found, lost, threads, report)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a person's verdict to the log and returns its place there.
    pub fn judge(&self, judgement: &Judgement) -> Result<u64, Error> {
        Ok(self.ledger().judge(judgement)?)
    }

    /// Adds a person's verdict if the ledger is still as it was when the person saw it; `None` if it has grown since.
    pub fn judge_at(&self, judgement: &Judgement, generation: u64) -> Result<Option<u64>, Error> {
        Ok(self.ledger().judge_at(judgement, generation)?)
    }

    /// The ledger's state, and the verdicts since another if nothing else has changed since then.
    pub fn judged_since(&self, generation: u64) -> Result<(u64, Option<Vec<Judgement>>), Error> {
        Ok(self.ledger().judged_since(generation)?)
    }

    /// Takes in a database of the Discourse Network Analyzer; what is there already is not added again.
    pub fn import_dna(&self, path: &Path) -> Result<Imported, Error> {
        import::import(&mut self.ledger(), path)
    }

    /// Everything the ledger holds now, with the verdicts of people on statements obeyed.
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        let mut snapshot = self.ledger().snapshot()?;
        snapshot.obey();
        Ok(snapshot)
    }

    /// A view by its name; `known` is a person's own list of actors, to which those of the documents are linked.
    pub fn view(&self, name: &str, filter: &Filter, known: Option<&Authority>) -> Result<Table, Error> {
        let view = views::view(name).ok_or_else(|| {
            let known: Vec<&str> = views::VIEWS.iter().map(|v| v.name).collect();
            Error::said(format!("There is no view {name:?}. Known: {}.", known.join(", ")))
        })?;
        let snapshot = self.snapshot()?;
        let mut actors = Actors::resolve(&snapshot);
        if let Some(known) = known {
            actors.link(known);
        }
        Ok(view.run(&snapshot, &actors, filter))
    }

    /// Sentences that hold all the words of a query, best first.
    pub fn find(&self, query: &str) -> Result<Vec<Hit>, Error> {
        Ok(self.ledger().search(query)?)
    }

    /// As [`Project::find`], with what was searched for and where.
    pub fn find_and_tell(&self, query: &str) -> Result<(Vec<Hit>, Searched), Error> {
        Ok(self.ledger().search_and_tell(query)?)
    }

    /// Place of the last entry of the log: while it stays the same, so does every answer.
    pub fn generation(&self) -> Result<u64, Error> {
        Ok(self.ledger().generation()?)
    }

    /// The view `search`: the statements in the sentences that hold all the words of a query.
    pub fn search(&self, query: &str, filter: &Filter) -> Result<Table, Error> {
        let snapshot = self.snapshot()?;
        let hits = as_judged(self.find(query)?, &snapshot);
        let hits = hits.into_iter().map(|h| (h.document, h.sentence, h.statements));
        let actors = Actors::resolve(&snapshot);
        Ok(views::search::search(&snapshot, &actors, filter, query, &hits.collect::<Vec<_>>()))
    }

    /// Writes everything as JSON Lines; `to` names the place for a person.
    pub fn export(&self, options: &ExportOptions, out: &mut dyn Write, to: &str) -> Result<(), Error> {
        let snapshot = self.snapshot()?;
        export::write_jsonl(&snapshot, options, out).and_then(|()| out.flush()).map_err(|e| Error::writing(to, &e))
    }
}

/// What a search found, with the statements that people mended in their new form and without those they found wrong.
pub fn as_judged(hits: Vec<Hit>, snapshot: &Snapshot) -> Vec<Hit> {
    if snapshot.aside.is_empty() {
        return hits;
    }
    let aside: HashMap<_, _> = snapshot.aside.iter().map(|a| (a.statement.id(), a.instead.as_ref())).collect();
    let now = |id: StatementId| match aside.get(&id) {
        Some(instead) => (*instead).cloned(),
        None => Some(id),
    };
    let judged =
        hits.into_iter().map(|hit| Hit { statements: hit.statements.into_iter().filter_map(now).collect(), ..hit });
    judged.filter(|hit| !hit.statements.is_empty()).collect()
}

/// Whether a file is the ledger itself, or one that stands beside it while it is open. Who reads the folder that the
/// ledger lies in does not mean these.
fn is_of_ledger(file: &Found, ledger: &Path) -> bool {
    let Ok(path) = std::fs::canonicalize(&file.path) else { return false };
    let (Some(name), Some(own)) = (path.file_name(), ledger.file_name()) else { return false };
    let (name, own) = (name.to_string_lossy(), own.to_string_lossy());
    let rest = name.strip_prefix(own.as_ref());
    path.parent() == ledger.parent() && rest.is_some_and(|r| r.is_empty() || r.starts_with('-') || r.ends_with("lock"))
}
