//! Whether two names can be one's: a score from 0 to 1 and the reasons in words. [`SAME`] and above, the names alone
//! would do; between [`CAN_BE`] and that, other evidence must decide (a family name beside a full name); below, the names
//! speak against it. A score is about the names only: two people may bear one name.

mod persons;
mod bodies;

use super::organisation::{self, OrganisationName, organisation};
use super::person::{PersonName, person_of};
use super::token::{Token, tokens};
use bodies::organisations_agree;
use persons::persons_agree;

/// From here on, names are taken to be the same name.
pub const SAME: f32 = 0.75;

/// From here on, names can be the same where more speaks for it.
pub const CAN_BE: f32 = 0.5;

/// What kind of thing a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Schema {
    /// A human being.
    Person,
    /// A body of people, and everything else that is named by words: companies, ships, places.
    Organisation,
    /// Not known: the words decide.
    Unknown,
}

impl Schema {
    /// From the words that data use: `Person`, `Company`, `Organization`, `LegalEntity`, `Vessel`, or nothing.
    pub fn named(word: &str) -> Schema {
        match word.trim().to_lowercase().as_str() {
            "person" | "per" => Schema::Person,
            "" | "thing" | "legalentity" | "unknown" => Schema::Unknown,
            _ => Schema::Organisation,
        }
    }
}

/// A name that has been read, to be compared many times.
#[derive(Debug, Clone)]
pub struct Name {
    pub(super) person: Option<PersonName>,
    pub(super) organisation: Option<OrganisationName>,
    /// Whether a word of it is one that organisations are called by.
    pub(super) like_organisation: bool,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// From 0 (nothing in common) to 1 (the same).
    pub score: f32,
    /// Why, in words; empty unless asked for.
    pub reasons: Vec<String>,
}

impl Name {
    /// Reads a name.
    pub fn new(text: &str, schema: Schema) -> Name {
        let words = tokens(text);
        let like_organisation = words.iter().any(organisation::is_idea);
        let person = match schema {
            Schema::Organisation => None,
            _ => Some(person_of(words)),
        };
        let organisation = match schema {
            Schema::Person => None,
            _ => Some(organisation(text)),
        };
        Name { person, organisation, like_organisation }
    }

    /// Its parts, if it can be a person's.
    pub fn as_person(&self) -> Option<&PersonName> {
        self.person.as_ref()
    }

    /// How far two names agree.
    pub fn score(&self, other: &Name) -> f32 {
        self.against(other, &mut Reasons::none())
    }

    /// How far two names agree, and why.
    pub fn compare(&self, other: &Name) -> Comparison {
        let mut reasons = Reasons(Some(Vec::new()));
        let score = self.against(other, &mut reasons);
        Comparison { score, reasons: reasons.0.unwrap_or_default() }
    }

    fn against(&self, other: &Name, reasons: &mut Reasons) -> f32 {
        let persons = self.person.as_ref().zip(other.person.as_ref());
        let organisations = self.organisation.as_ref().zip(other.organisation.as_ref());
        match (persons, organisations) {
            (Some((a, b)), Some(_)) if !self.like_organisation && !other.like_organisation => {
                persons_agree(a, b, reasons)
            }
            (_, Some((a, b))) => organisations_agree(a, b, reasons),
            (Some((a, b)), None) => persons_agree(a, b, reasons),
            (None, None) => 0.0,
        }
    }
}

/// Compares two names, with the reasons.
pub fn compare(a: &str, b: &str, schema: Schema) -> Comparison {
    Name::new(a, schema).compare(&Name::new(b, schema))
}

/// The score of two names alone.
pub fn score(a: &str, b: &str, schema: Schema) -> f32 {
    Name::new(a, schema).score(&Name::new(b, schema))
}

/// Reasons, if anyone wants them.
struct Reasons(Option<Vec<String>>);

impl Reasons {
    fn none() -> Reasons {
        Reasons(None)
    }

    fn say(&mut self, words: impl FnOnce() -> String) {
        if let Some(all) = &mut self.0 {
            all.push(words());
        }
    }
}

/// How much likeness of sound is worth: names of people differ by little, so a little difference counts much.
fn worth(alike: f32) -> f32 {
    alike * alike
}

/// A pair of words that go together.
#[derive(Clone, Copy)]
struct Match {
    a: usize,
    b: usize,
    alike: f32,
}

/// Gives each word of the one name at most one of the other, the likest first; among equals the first in order.
fn assign(mut candidates: Vec<Match>) -> Vec<Match> {
    candidates.sort_by(|x, y| y.alike.total_cmp(&x.alike).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut chosen: Vec<Match> = Vec::new();
    for candidate in candidates {
        if chosen.iter().all(|m| m.a != candidate.a && m.b != candidate.b) {
            chosen.push(candidate);
        }
    }
    chosen.sort_by_key(|m| (m.a, m.b));
    chosen
}

/// Words are not taken for each other below this likeness.
const LEAST_ALIKE: f32 = 0.4;

/// Whether the words of a name say that it is an organisation's.
pub fn is_organisation_like(name: &str) -> bool {
    let words: Vec<Token> = tokens(name);
    words.iter().any(organisation::is_idea)
}
