//! Who or what takes part in a claim, in a form that two accounts can share: the actor where the words lead to one, else the
//! head of the description with what stands before it. A pronoun stands for what it points to, or for nobody known.

use super::measure::{self, Measure, is_rough};
use super::predicates::predicates;
use crate::resolve::{Actor, Actors};
use rashomon_core::{Document, Mention, MentionForm, QuantityRole, Reading, Span, Words};
use rashomon_text::states;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// What the names of a case's actors are, worked out once: whether one has a name at all, and the words of its names.
#[derive(Debug)]
pub(super) struct Names<'a>(HashMap<&'a str, Name>);

#[derive(Debug, Clone)]
struct Name {
    own: bool,
    /// Hashes of the words, in order.
    words: Arc<[u64]>,
}

impl<'a> Names<'a> {
    /// The names of all actors.
    pub(super) fn of(actors: &'a Actors) -> Names<'a> {
        let all: Vec<&Actor> = actors.iter().collect();
        let name = |actor: &&'a Actor| {
            let mut words: Vec<u64> = actor
                .names
                .keys()
                .flat_map(|n| rashomon_text::overlap::tokens(n))
                .filter(|w| w.end - w.start > 2)
                .map(|w| w.hash)
                .collect();
            words.sort_unstable();
            words.dedup();
            (actor.id.as_str(), Name { own: is_told_by_name(actor), words: words.into() })
        };
        Names(all.par_iter().map(name).collect())
    }
}

/// A participant of a claim.
#[derive(Debug, Clone)]
pub(super) struct Party<'a> {
    /// The words in the claim.
    pub(super) words: &'a Words,
    /// Who it is.
    pub(super) actor: Option<&'a Actor>,
    /// The head noun in the singular, in small letters; empty for a pronoun that leads nowhere.
    pub(super) head: String,
    /// What stands before the head, without articles, numbers and possessives.
    pub(super) before: Vec<String>,
    /// Actors in the rest of the words: `the crew of the Meteor`.
    pub(super) inside: Vec<&'a Actor>,
    /// How many.
    pub(super) number: Option<Measure>,
    /// `no ship`, `nobody`.
    pub(super) none: bool,
    /// `other`, `another`, `more`: not those who were named before.
    pub(super) other: bool,
    /// Whether the words are a pronoun, so that who is meant was worked out.
    pub(super) pronoun: bool,
    name: Option<Name>,
}

/// How two participants stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// One is not the other.
    Different,
    /// It cannot be told.
    Unknown,
    /// Descriptions that fit both.
    Alike,
    /// The same actor, or the same name.
    Same,
}

/// Words that end the description's own part.
const ENDS: &[&str] = &[
    "of", "in", "on", "at", "from", "by", "for", "with", "without", "to", "that", "which", "who", "whom", "whose",
    "and", "or", "near", "against", "between", "among", "under", "over", "into", "during", "after", "before", "as",
    "about", "upon", "either", "behind", "beyond", "where", "when", "said",
];
const ARTICLES: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "some",
    "any",
    "such",
    "certain",
    "own",
    "all",
    "both",
    "each",
    "every",
    "only",
    "just",
    "so-called",
];
const POSSESSIVES: &[&str] = &["his", "her", "its", "their", "our", "my", "your"];
const NONE: &[&str] = &["no", "none", "nobody", "nothing", "neither", "no-one", "not"];
const OTHERS: &[&str] = &["other", "others", "another", "more", "further", "additional", "else"];
/// Pronouns that stand for something.
const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "we",
    "us",
    "you",
    "he",
    "him",
    "she",
    "her",
    "it",
    "they",
    "them",
    "who",
    "whom",
    "which",
    "that",
    "this",
    "these",
    "those",
    "one",
    "ones",
    "himself",
    "herself",
    "itself",
    "themselves",
    "what",
    "mine",
    "there",
    "here",
    "someone",
    "somebody",
    "something",
    "everyone",
    "everybody",
    "everything",
    "anyone",
    "anybody",
    "anything",
    "others",
    "another",
    "some",
    "many",
    "most",
    "few",
    "several",
    "both",
    "all",
];

impl<'a> Party<'a> {
    /// The participant that some words of a document name.
    pub(super) fn of(
        document: &'a Document,
        reading: &'a Reading,
        (actors, names): (&'a Actors, &Names<'a>),
        words: &'a Words,
    ) -> Party<'a> {
        let tokens: Vec<String> = tokens(&words.text);
        let first = tokens.first().map(String::as_str).unwrap_or_default();
        let end =
            tokens.iter().position(|t| ENDS.contains(&t.as_str()) && t != first || t == ",").unwrap_or(tokens.len());
        let mut own = tokens.get(..end).unwrap_or_default();
        // `none of the ships`: it is the ships that do not.
        if own.len() == 1 && NONE.contains(&first) && tokens.get(1).is_some_and(|t| t == "of") {
            own = tokens.get(2..).unwrap_or_default();
        }
        let actor = actors.at(&document.id, words).filter(|_| !is_one_of_a_people(&words.text));
        let alone = own.len() == 1 && PRONOUNS.contains(&first);
        let mut party = Party {
            words,
            actor,
            head: String::new(),
            before: Vec::new(),
            inside: actors
                .within(&document.id, words.span)
                .map(|(_, a)| a)
                .filter(|a| actor.is_none_or(|own| own.id != a.id))
                .collect(),
            number: number(reading, words),
            none: NONE.contains(&first),
            other: own.iter().any(|t| OTHERS.contains(&t.as_str())),
            pronoun: alone && !NONE.contains(&first),
            name: actor.and_then(|a| names.0.get(a.id.as_str())).cloned(),
        };
        if party.pronoun {
            if let Some(meant) = meant(reading, words.span) {
                let pointed: Vec<String> = self::tokens(&meant.words.text);
                party.describe(&pointed);
            }
        } else {
            party.describe(own);
        }
        party
    }

    /// The same words with nobody known behind them.
    pub(super) fn unknown(self) -> Party<'a> {
        Party { actor: None, name: None, head: String::new(), before: Vec::new(), inside: Vec::new(), ..self }
    }

    fn describe(&mut self, words: &[String]) {
        let end = words.iter().position(|t| ENDS.contains(&t.as_str()) || t == ",").unwrap_or(words.len());
        let plain = |t: &&String| {
            let t = t.as_str();
            !ARTICLES.contains(&t)
                && !POSSESSIVES.contains(&t)
                && !NONE.contains(&t)
                && (is_year(t) || !t.chars().any(char::is_numeric))
        };
        let mut own: Vec<String> = words.get(..end).unwrap_or_default().iter().filter(plain).cloned().collect();
        let Some(head) = own.pop() else { return };
        self.head = singular(&head);
        self.before = own
            .into_iter()
            .filter(|t| (is_year(t) || !is_number(t)) && !OTHERS.contains(&t.as_str()) && !is_rough(t))
            .collect();
        if is_number(&self.head) || OTHERS.contains(&head.as_str()) {
            self.head = String::new();
        }
    }

    /// Whether it leads to nobody and nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.actor.is_none() && self.head.is_empty()
    }

    /// By what two accounts' participants are found to be the same, nothing where they cannot.
    pub(super) fn key(&self) -> Option<String> {
        match self.named() {
            Some(actor) => Some(actor.id.as_str().to_owned()),
            None => (!self.head.is_empty()).then(|| predicates().noun_key(&self.head)),
        }
    }

    /// Somebody or something with a name of its own.
    pub(super) fn named(&self) -> Option<&'a Actor> {
        self.actor.filter(|_| self.name.as_ref().is_some_and(|n| n.own))
    }

    /// How it stands to a participant of another account.
    pub(super) fn likeness(&self, other: &Party<'_>) -> Likeness {
        if self.is_empty() || other.is_empty() {
            return Likeness::Unknown;
        }
        if let (Some(a), Some(b)) = (self.actor, other.actor) {
            if a.id == b.id {
                return Likeness::Same;
            }
            if let (Some(x), Some(y)) = (self.name.as_ref().filter(|n| n.own), other.name.as_ref().filter(|n| n.own)) {
                return if share_a_word(&x.words, &y.words) { Likeness::Unknown } else { Likeness::Different };
            }
        }
        if self.named().is_some() != other.named().is_some() {
            return Likeness::Unknown;
        }
        if !predicates().alike(&self.head, &other.head) || self.other != other.other {
            return if self.pronoun || other.pronoun { Likeness::Unknown } else { Likeness::Different };
        }
        let only = |x: &[String], y: &[String]| x.iter().any(|word| !y.contains(word));
        if only(&self.before, &other.before) && only(&other.before, &self.before) {
            return Likeness::Different;
        }
        let met = self.inside.iter().any(|a| other.inside.iter().any(|b| a.id == b.id));
        match (self.inside.is_empty(), other.inside.is_empty()) {
            (false, false) if !met => Likeness::Different,
            _ => Likeness::Alike,
        }
    }

    /// The words in one line.
    pub(super) fn shown(&self) -> String {
        match self.actor.filter(|_| self.pronoun || self.named().is_some()) {
            Some(actor) => rashomon_text::space::one_line(&actor.name),
            None => rashomon_text::space::one_line(&self.words.text),
        }
    }
}

/// `The New Zealander`: one of a people, who is not the state.
fn is_one_of_a_people(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let article = parts.next().is_some_and(|w| ["the", "a", "an"].contains(&w.to_lowercase().as_str()));
    let rest = parts.collect::<Vec<_>>().join(" ");
    let people = states::find(&rest).is_some_and(|listed| listed.called == states::Called::People);
    article && people && rest.ends_with("er") || article && people && rest.ends_with("man") && !rest.ends_with("rman")
}

/// Whether an actor has a name; one that is only described is known in its own document alone.
fn is_told_by_name(actor: &Actor) -> bool {
    const PARTICLES: &[&str] = &[
        "of", "the", "and", "de", "la", "le", "van", "von", "der", "den", "bin", "ibn", "al", "el", "du", "da", "di",
        "for", "in", "y", "e",
    ];
    let capital = |word: &str| {
        PARTICLES.contains(&word) || word.contains('-') || !word.chars().next().is_some_and(char::is_lowercase)
    };
    let mut words = actor.name.split_whitespace();
    words.clone().all(capital) && words.any(|w| !PARTICLES.contains(&w))
}

/// Whether one word stands in a name of each, so that both may be one after all.
fn share_a_word(a: &[u64], b: &[u64]) -> bool {
    a.iter().any(|word| b.binary_search(word).is_ok())
}

/// What a pronoun points to, through other pronouns.
fn meant(reading: &Reading, span: Span) -> Option<&Mention> {
    let mut at = span;
    for _ in 0..16 {
        let place = reading.mentions.binary_search_by_key(&at, |m| m.words.span).ok()?;
        let mention = reading.mentions.get(place)?;
        if mention.form != MentionForm::Pronoun {
            return Some(mention);
        }
        at = mention.antecedent?;
    }
    None
}

/// The number that counts what some words describe; nothing where several do.
fn number(reading: &Reading, words: &Words) -> Option<Measure> {
    let from = reading.quantities.partition_point(|q| q.words.span.end <= words.span.start);
    let near =
        reading.quantities.get(from..).unwrap_or_default().iter().take_while(|q| q.words.span.start < words.span.end);
    let mut counts = near.filter(|q| q.role == QuantityRole::Quantity);
    let quantity = counts.next()?;
    let gap = quantity.words.span.start.saturating_sub(words.span.start) as usize;
    let before = words.text.get(..gap).unwrap_or_default();
    let leads = before.split_whitespace().all(|w| {
        let w = w.to_lowercase();
        ARTICLES.contains(&w.as_str())
            || is_rough(&w)
            || ["at", "least", "more", "than", "up", "to", "most", "no", "over"].contains(&w.as_str())
    });
    let mut measure = Measure::of(quantity)?;
    measure.rough |= is_rough(before);
    leads.then_some(measure)
}

/// The words of a phrase in small letters, commas as words of their own.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in text.split_whitespace() {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
        let comma = part.ends_with([',', ';', ':', ')']) || part.starts_with('(');
        let bare = bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")).unwrap_or(bare);
        if part.starts_with('(') && !all.is_empty() {
            all.push(",".to_owned());
        }
        if !bare.is_empty() {
            all.push(bare.to_lowercase());
        }
        if comma && !part.starts_with('(') {
            all.push(",".to_owned());
        }
    }
    all
}

/// `the 1904 treaty`.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()) && (word.starts_with('1') || word.starts_with("20"))
}

fn is_number(word: &str) -> bool {
    const MORE: &[&str] = &["million", "billion", "dozen", "several", "many", "few", "least"];
    let told = |part: &str| part != "zero" && measure::number(part).is_some() || MORE.contains(&part);
    word.starts_with(|c: char| c.is_ascii_digit()) || told(word) || word.split('-').all(told)
}

/// The singular that a noun in the plural is most likely of.
pub(super) fn singular(noun: &str) -> String {
    let irregular = [
        ("men", "man"),
        ("women", "woman"),
        ("children", "child"),
        ("people", "person"),
        ("wives", "wife"),
        ("lives", "life"),
        ("policemen", "policeman"),
        ("feet", "foot"),
    ];
    if let Some((_, one)) = irregular.iter().find(|(many, _)| *many == noun) {
        return (*one).to_owned();
    }
    if let Some(stem) = noun.strip_suffix("men") {
        return format!("{stem}man");
    }
    if let Some(stem) = noun.strip_suffix("ies").filter(|s| s.len() > 2) {
        return format!("{stem}y");
    }
    let hissing = ["sses", "shes", "ches", "xes", "zzes"].iter().any(|e| noun.ends_with(e));
    if hissing {
        return noun.strip_suffix("es").unwrap_or(noun).to_owned();
    }
    let ends = noun.ends_with("ss") || noun.ends_with("us") || noun.ends_with("is") || noun.len() < 4;
    noun.strip_suffix('s').filter(|_| !ends).unwrap_or(noun).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::{MentionKind, Snapshot};

    fn told(text: &str, names: &[&str]) -> Snapshot {
        let told = names.iter().fold(Told::new("a.txt", text), |t, name| t.name(name, MentionKind::Person));
        snapshot(&[told])
    }

    fn likeness(text: &str, names: &[&str], a: &str, b: &str) -> Likeness {
        let snapshot = told(text, names);
        let actors = Actors::resolve(&snapshot);
        let (document, reading) = &snapshot.documents[0];
        let words = |part: &str| {
            let start = text.find(part).unwrap();
            Words { span: Span::new(start, start + part.len()), text: part.into() }
        };
        let (x, y) = (words(a), words(b));
        let names = Names::of(&actors);
        let party = |w| Party::of(document, reading, (&actors, &names), w);
        party(&x).likeness(&party(&y))
    }

    #[test]
    fn names_are_compared_as_actors_and_descriptions_by_head_and_what_stands_before_it() {
        let text = "The trawlers met the boats of Anne Lowry. Anne Lowry saw the Danish boats, the Hull boats and Tom Reed. They left. Six others wept.";
        let names = ["Anne Lowry", "Tom Reed"];
        let of = |a: &str, b: &str| likeness(text, &names, a, b);
        assert_eq!(of("Anne Lowry", "Tom Reed"), Likeness::Different);
        assert_eq!(of("The trawlers", "the Danish boats"), Likeness::Alike);
        assert_eq!(of("the Danish boats", "the Hull boats"), Likeness::Different);
        assert_eq!(of("The trawlers", "Tom Reed"), Likeness::Unknown);
        assert_eq!(of("They", "Tom Reed"), Likeness::Unknown);
        assert_eq!(of("Six others", "the Hull boats"), Likeness::Unknown);
    }

    #[test]
    fn one_of_a_people_is_not_its_state() {
        let one = ["The New Zealander", "an Englishman", "the New Zealand", "The French", "the German"];
        assert_eq!(one.map(is_one_of_a_people), [true, true, false, false, false]);
    }

    #[test]
    fn nouns_have_their_singular() {
        let all = ["boats", "men", "parties", "losses", "glass", "boxes", "fishermen", "gas", "lights"].map(singular);
        assert_eq!(all, ["boat", "man", "party", "loss", "glass", "box", "fisherman", "gas", "light"]);
    }
}
