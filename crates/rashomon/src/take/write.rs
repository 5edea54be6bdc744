//! The writer's side of taking: steps in the order of names, in commits of a bounded size.
//!
//! A commit is made as soon as nothing more is ready, so that a slow pile is kept document by document and a fast one
//! in larger lots. Only after the commit is anything said about it.

use super::queue::{Piece, Room};
use super::work::{Step, Works, refusal};
use super::{Event, Taken};
use crate::error::Error;
use rashomon_core::{Document, DocumentId, Duplicate, Reading, Refusal};
use std::collections::HashMap;

/// Documents in one commit.
const LOT: usize = 64;
/// Bytes of text in one commit, beyond which no document is added to it.
const LOT_BYTES: u64 = 1 << 20;

/// What is said about one document or input after the commit.
enum Said {
    Kept { name: String, statements: usize },
    Known(String),
    Copy { name: String, of: String },
    Refused(Refusal),
    Done,
}

/// What one commit holds.
#[derive(Default)]
struct Lot {
    documents: Vec<(Document, Reading)>,
    /// Names of which nothing is refused.
    sound: Vec<String>,
    duplicates: Vec<Duplicate>,
    refusals: Vec<Refusal>,
    said: Vec<Said>,
    rooms: Vec<Room>,
}

/// Writes what the threads make.
pub(super) struct Writer<'w, 'a, 'r> {
    works: &'w Works<'a>,
    report: &'r mut dyn FnMut(Event<'_>),
    /// Names of the documents met in this run.
    names: HashMap<DocumentId, String>,
    lot: Lot,
    taken: Taken,
}

impl<'w, 'a, 'r> Writer<'w, 'a, 'r> {
    pub fn new(works: &'w Works<'a>, report: &'r mut dyn FnMut(Event<'_>)) -> Writer<'w, 'a, 'r> {
        Writer { works, report, names: HashMap::new(), lot: Lot::default(), taken: Taken::default() }
    }

    /// Writes everything; what could not be found is noted first.
    pub fn run(mut self, lost: &[Refusal]) -> Result<Taken, Error> {
        lost.iter().for_each(|refusal| self.refuse(refusal.clone()));
        while let Some(piece) = self.works.queue.next() {
            match piece {
                Piece::Step(step, room) => {
                    self.lot.rooms.push(room);
                    self.add(step)?;
                }
                Piece::End { name, refusals, failure } => self.end(name, refusals, failure)?,
            }
            let bytes: u64 = self.lot.rooms.iter().map(|room| room.bytes).sum();
            let full = self.lot.documents.len() >= LOT || bytes >= LOT_BYTES;
            if full || !self.works.queue.more_is_ready() {
                self.commit()?;
            }
        }
        self.commit()?;
        Ok(self.taken)
    }

    fn add(&mut self, step: Step) -> Result<(), Error> {
        match step {
            Step::Keep(kept) => self.keep(*kept),
            Step::Copy { name, of } => self.copy(name, of),
            Step::Known(name) => {
                self.lot.sound.push(name.clone());
                self.lot.said.push(Said::Known(name));
                Ok(())
            }
        }
    }

    fn end(&mut self, name: String, refusals: Vec<Refusal>, failure: Option<Error>) -> Result<(), Error> {
        self.taken.inputs += 1;
        // An archive is sound though a member of it may be refused: what was refused of the archive itself is past.
        if failure.is_none() && refusals.iter().all(|refusal| refusal.path != name) {
            self.lot.sound.push(name);
        }
        refusals.into_iter().for_each(|refusal| self.refuse(refusal));
        self.lot.said.push(Said::Done);
        failure.map_or(Ok(()), Err)
    }

    fn keep(&mut self, (document, reading): (Document, Reading)) -> Result<(), Error> {
        if self.names.contains_key(&document.id) {
            // Two threads met the same bytes at the same time; the smaller name came first, as everything here does.
            return self.copy(document.path, document.id);
        }
        self.names.insert(document.id.clone(), document.path.clone());
        self.taken.text_bytes += document.text.len() as u64;
        self.taken.ungrounded += reading.refusals.len();
        self.lot.said.push(Said::Kept { name: document.path.clone(), statements: reading.statements.len() });
        self.lot.documents.push((document, reading));
        Ok(())
    }

    fn copy(&mut self, name: String, id: DocumentId) -> Result<(), Error> {
        let met = self.names.get(&id).cloned();
        let of = match met {
            Some(of) => Some(of),
            None => self.works.ledger().known(&id)?.map(|k| k.path),
        };
        match of {
            Some(of) => {
                self.lot.duplicates.push(Duplicate { path: name.clone(), document: id });
                self.lot.said.push(Said::Copy { name, of });
            }
            None => self.refuse(refusal(
                &name,
                "it has the bytes of another file, which could not be read; see what is said of that one".into(),
            )),
        }
        Ok(())
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.lot.said.push(Said::Refused(refusal.clone()));
        self.lot.refusals.push(refusal);
    }

    fn commit(&mut self) -> Result<(), Error> {
        let lot = std::mem::take(&mut self.lot);
        if lot.said.is_empty() {
            return Ok(());
        }
        {
            let mut ledger = self.works.ledger();
            if !lot.documents.is_empty() {
                ledger.keep(&lot.documents)?;
            }
            if !lot.sound.is_empty() {
                ledger.found(&lot.sound)?;
            }
            if !lot.duplicates.is_empty() || !lot.refusals.is_empty() {
                ledger.note(&lot.duplicates, &lot.refusals)?;
            }
        }
        drop(lot.documents);
        lot.rooms.into_iter().for_each(|room| self.works.queue.release(room));
        lot.said.into_iter().for_each(|said| self.say(said));
        Ok(())
    }

    fn say(&mut self, said: Said) {
        let taken = &mut self.taken;
        match &said {
            Said::Kept { name, statements } => {
                taken.documents += 1;
                taken.statements += statements;
                (self.report)(Event::Kept { name, statements: *statements });
            }
            Said::Known(name) => {
                taken.known += 1;
                (self.report)(Event::Known(name));
            }
            Said::Copy { name, of } => {
                taken.copies += 1;
                (self.report)(Event::Copy { name, of });
            }
            Said::Refused(refusal) => (self.report)(Event::Refused(refusal)),
            Said::Done => (self.report)(Event::Done),
        }
        if let Said::Refused(refusal) = said {
            taken.refusals.push(refusal);
        }
    }
}
