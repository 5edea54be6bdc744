//! What a statement is made of: the links of its chain and its claim. Plain parts, proposed by anyone, trusted by no one.

use crate::codes::{Calendar, Certainty, ClaimKind, Polarity, QuantityRole, Role, Scope, Sign, Stance};
use crate::digest::StatementId;
use crate::span::Words;
use serde::{Deserialize, Serialize};

/// Whose voice a link of a chain is. The words are those that stand for the voice here, even a pronoun.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The document's author. Always the first link and only there.
    Author,
    /// Somebody whom the words name, describe or point to.
    Named(Words),
    /// Somebody whom the words leave unnamed ("it is widely held"), or whom the reader could not find (no words).
    Unnamed(Option<Words>),
}

impl Voice {
    /// The words that stand for the voice, if there are any.
    pub fn words(&self) -> Option<&Words> {
        match self {
            Voice::Author => None,
            Voice::Named(words) => Some(words),
            Voice::Unnamed(words) => words.as_ref(),
        }
    }
}

/// One voice in a chain, with its stance towards everything that follows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Link {
    /// Who.
    pub voice: Voice,
    /// How it stands to what follows.
    pub stance: Stance,
    /// The words that show that a voice speaks here ("said that", "according to", a citation).
    pub cue: Option<Words>,
    /// What carried it: a speech, a letter, a paper.
    pub venue: Option<Words>,
    /// When it was said.
    pub time: Option<Box<Timed>>,
    /// How far it reaches.
    pub scope: Scope,
}

impl Link {
    /// The link of the document's author, with its stance.
    pub fn author(stance: Stance) -> Link {
        Link { voice: Voice::Author, stance, cue: None, venue: None, time: None, scope: Scope::Sentence }
    }

    /// A link of a sentence's reach without cue, venue or time.
    pub fn new(voice: Voice, stance: Stance) -> Link {
        Link { voice, stance, cue: None, venue: None, time: None, scope: Scope::Sentence }
    }
}

/// Words that give a time, with its value in EDTF; `None` where it cannot be known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timed {
    /// The words.
    pub words: Words,
    /// The value, always Gregorian.
    pub edtf: Option<String>,
    /// The calendar of the words.
    pub calendar: Calendar,
}

/// What is said to be, happen or hold: the verb, noun or adjective that says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Predicate {
    /// The words.
    pub words: Words,
    /// Dictionary form of the head word.
    pub lemma: String,
    /// PropBank roleset, e.g. `fire.01`, where a reader knows it.
    pub roleset: Option<String>,
}

/// One participant or circumstance of a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Argument {
    /// What it is to the predicate.
    pub role: Role,
    /// The words.
    pub words: Words,
    /// Another statement of the same document, where the argument is one.
    pub statement: Option<StatementId>,
}

/// A number with what it measures. Values are decimal strings, so that nothing is rounded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// The words.
    pub words: Words,
    /// Lower bound; `None` for an open end.
    pub low: Option<String>,
    /// Upper bound; equal to the lower for a single value.
    pub high: Option<String>,
    /// Unit, if the words give one.
    pub unit: Option<String>,
    /// The thing measured or counted.
    pub measures: Option<String>,
    /// Whether it counts, ranks or only identifies.
    pub role: QuantityRole,
}

/// That one thing is said to bring another about, or to keep it from happening.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Causation {
    /// What is said to act.
    pub cause: Words,
    /// What is said to follow, or not to.
    pub effect: Words,
    /// Whether it is brought about or prevented, or the link denied.
    pub sign: Sign,
    /// The words that link the two.
    pub cue: Option<Words>,
}

/// What a statement claims, without who says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// Event, tie, value, cause, quantity or prediction.
    pub kind: ClaimKind,
    /// `None` where the reader did not look inside the words.
    pub predicate: Option<Predicate>,
    /// Participants and circumstances.
    pub arguments: Vec<Argument>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How surely.
    pub certainty: Certainty,
    /// The words that carry the certainty.
    pub hedges: Vec<Words>,
    /// When it is said to be so. Boxed, as what few statements have should cost the others nothing.
    pub time: Option<Box<Timed>>,
    /// Where.
    pub place: Option<Words>,
    /// How much or how many.
    pub quantity: Option<Box<Quantity>>,
    /// What is said to cause what, where the claim says so. Left out of what is stored where there is none, so that
    /// statements kept before causes were read keep their identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation: Option<Box<Causation>>,
}

impl Claim {
    /// A claim of a kind that is affirmed with certainty and says nothing more.
    pub fn plain(kind: ClaimKind) -> Claim {
        Claim {
            kind,
            predicate: None,
            arguments: Vec::new(),
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            hedges: Vec::new(),
            time: None,
            place: None,
            quantity: None,
            causation: None,
        }
    }
}
