//! Everything that a case's statements tell of events and ties, gathered once; views slice it.

use super::code::{Coded, Coder};
use super::happening::Account;
use super::marks::{self, Marks};
use super::party::{self, Member};
use super::tie::{Tie, ties};
use super::time::Interval;
use crate::filter::Filter;
use crate::resolve::{ActorId, Actors};
use rashomon_core::{ClaimKind, Document, ReadDocument, Reading, Role, Snapshot, Statement};
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// A tie with the document that tells it and the time for which it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldTie {
    /// The document's place in the snapshot.
    pub document: usize,
    /// The tie.
    pub tie: Tie,
    /// The time as stated, in EDTF.
    pub when: Option<String>,
}

/// Accounts of events and ties of the statements that pass a filter.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// In the order of documents and statements.
    pub accounts: Vec<Account>,
    /// In the same order.
    pub ties: Vec<ToldTie>,
}

impl Case {
    /// Of the statements that pass; each document is coded on its own, all cores at once.
    pub fn of(snapshot: &Snapshot, actors: &Actors, filter: &Filter, coder: &Coder) -> Case {
        // By address, because a statement is looked up once for each event and there may be a million.
        let passing: HashSet<usize> =
            filter.select(snapshot, actors).into_iter().map(|(_, s)| std::ptr::from_ref(s) as usize).collect();
        let of_document = |(n, (document, reading)): (usize, &ReadDocument)| {
            if !filter.passes_document(document) {
                return Case::default();
            }
            let passes = |at: usize| {
                reading.statements.get(at).is_some_and(|s| passing.contains(&(std::ptr::from_ref(s) as usize)))
            };
            Case::of_document(n, document, reading, actors, coder, &passes)
        };
        let all: Vec<Case> = snapshot.documents.par_iter().enumerate().map(of_document).collect();
        let mut whole = Case::default();
        for case in all {
            whole.accounts.extend(case.accounts);
            whole.ties.extend(case.ties);
        }
        whole
    }

    fn of_document(
        place: usize,
        document: &Document,
        reading: &Reading,
        actors: &Actors,
        coder: &Coder,
        passes: &dyn Fn(usize) -> bool,
    ) -> Case {
        let coded = coder.code(document, reading, actors);
        let told = ties(document, reading, &coded, actors);
        let when = |at: usize, link: Option<usize>| -> Option<String> {
            let statement = reading.statements.get(at)?;
            let time = match link {
                None => statement.claim().time.as_ref(),
                Some(link) => statement.chain().get(link).and_then(|l| l.time.as_ref()),
            };
            time.and_then(|t| t.edtf.clone())
        };
        let ties = told.into_iter().filter(|t| passes(t.statement));
        let ties = ties.map(|tie| ToldTie { document: place, when: when(tie.statement, tie.link), tie }).collect();
        let mut accounts: Vec<Account> = Vec::new();
        let mut events = coded.into_iter().peekable();
        for (n, statement) in reading.statements.iter().enumerate() {
            let mut any = false;
            while let Some(event) = events.next_if(|e| e.statement == n) {
                any = any || event.link.is_none();
                if passes(n) {
                    let when = when(n, event.link);
                    accounts.push(of_event(place, document, statement, actors, event, when));
                }
            }
            if !any && passes(n) {
                accounts.extend(of_dated(place, n, document, statement, actors));
            }
        }
        Case { accounts, ties }
    }
}

fn ids(members: &[Member]) -> Vec<ActorId> {
    let mut all: Vec<ActorId> = members.iter().filter_map(|m| m.actor.clone()).collect();
    let mut seen = HashSet::new();
    all.retain(|id| seen.insert(id.clone()));
    all
}

fn of_event(
    place: usize,
    document: &Document,
    statement: &Statement,
    actors: &Actors,
    event: Coded,
    when: Option<String>,
) -> Account {
    Account {
        document: place,
        statement: event.statement,
        family: event.code.clone(),
        source: ids(&event.source),
        target: ids(&event.target),
        interval: when.as_deref().and_then(Interval::of),
        when,
        place: where_is(document, statement, actors),
        marks: event.marks,
        coded: Some(event),
    }
}

/// An event that no rule codes, if its statement dates it.
fn of_dated(place: usize, at: usize, document: &Document, statement: &Statement, actors: &Actors) -> Option<Account> {
    let claim = statement.claim();
    let kind = matches!(claim.kind, ClaimKind::Event | ClaimKind::Prediction | ClaimKind::Quantity | ClaimKind::Tie);
    let when = claim.time.as_ref().and_then(|t| t.edtf.clone())?;
    let interval = Interval::of(&when)?;
    let predicate = claim.predicate.as_ref().filter(|_| kind && claim.causation.is_none())?;
    let side = |role: Role| -> Vec<Member> {
        let of = claim.arguments.iter().filter(|a| a.role == role);
        of.flat_map(|a| party::members(actors, document, &a.words)).collect()
    };
    Some(Account {
        document: place,
        statement: at,
        coded: None,
        family: Arc::from(predicate.lemma.as_str()),
        source: ids(&side(Role::Subject)),
        target: ids(&side(Role::Object)),
        interval: Some(interval),
        when: Some(when),
        place: where_is(document, statement, actors),
        marks: marks_of(document, statement),
    })
}

fn marks_of(document: &Document, statement: &Statement) -> Marks {
    marks::of_claim(document, statement, false)
}

fn where_is(document: &Document, statement: &Statement, actors: &Actors) -> Option<String> {
    let place = statement.claim().place.as_ref()?;
    let actor = actors.at(&document.id, place).map(|a| a.id.as_str().to_owned());
    actor.or_else(|| Some(place.text.to_lowercase()))
}
