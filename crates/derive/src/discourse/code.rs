//! What a coded statement is: somebody on one side of a concept, with the statements that say so.

use crate::events::Interval;
use rashomon_core::{Span, StatementId};

/// On which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// For the concept as it is worded.
    Agree,
    /// Against it.
    Disagree,
}

impl Side {
    /// `agree` or `disagree`.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Agree => "agree",
            Side::Disagree => "disagree",
        }
    }

    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Agree => Side::Disagree,
            Side::Disagree => Side::Agree,
        }
    }
}

/// One coded statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The statements that say so; the first is the one that was coded.
    pub statements: Vec<StatementId>,
    /// Place of the document in the snapshot.
    pub document: usize,
    /// Place of the actor.
    pub actor: usize,
    /// Place of the concept.
    pub concept: usize,
    /// The side.
    pub side: Side,
    /// When it was said: stated, else the document's date.
    pub when: Option<Interval>,
    /// Who coded it; `None` for the program.
    pub coder: Option<String>,
    /// The very words, where a person coded words and not a statement.
    pub passage: Option<Span>,
}

/// The coded statements of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    /// Names of actors, in order.
    pub actors: Vec<String>,
    /// Names of concepts, in order.
    pub concepts: Vec<String>,
    /// In order of documents and places.
    pub codes: Vec<Code>,
    /// Whether the concepts are the program's proposals.
    pub proposed: bool,
    /// What a reader must know.
    pub notes: Vec<String>,
}

impl Codes {
    /// Name of an actor.
    pub fn actor(&self, place: usize) -> &str {
        self.actors.get(place).map_or("", String::as_str)
    }

    /// Name of a concept.
    pub fn concept(&self, place: usize) -> &str {
        self.concepts.get(place).map_or("", String::as_str)
    }
}
