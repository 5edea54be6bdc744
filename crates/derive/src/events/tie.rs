//! Who is tied to whom: founding, leading, belonging, backing, fighting and so on, from statements that say so and from
//! coded events. Each tie keeps the statement that tells it; nothing is summed up here.

use super::code::Coded;
use super::frame::Frame;
use super::marks::{self, Marks};
use super::party::{self, Member};
use super::phrase::{PREPOSITIONS, WordSet, tokens, words_of};
use super::rules::RuleError;
use crate::resolve::Actors;
use rashomon_core::{Document, Reading, Role, Span, Statement, Words};
use rashomon_text::inflection::{gerund, past_of, third_person};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// The kinds of tie, in the order in which views list them.
const TYPES: &[&str] = &[
    "part of",
    "leads",
    "founded",
    "commands",
    "supports",
    "supplies",
    "trains",
    "funds",
    "allied with",
    "opposes",
    "fights",
    "mediates between",
    "succeeded",
    "killed",
];

/// A kind of tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TieType(u8);

impl TieType {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = TieType> {
        (0..TYPES.len()).filter_map(|n| u8::try_from(n).ok()).map(TieType)
    }
    /// In words.
    pub fn as_str(self) -> &'static str {
        TYPES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
    fn of(name: &str) -> Option<TieType> {
        TieType::all().find(|t| t.as_str() == name)
    }
}

/// One tie as one statement tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The statement's place in its reading.
    pub statement: usize,
    /// Its kind.
    pub kind: TieType,
    /// The end that comes first: who leads, supports, kills; the part.
    pub from: Vec<Member>,
    /// The other end.
    pub to: Vec<Member>,
    /// Whether the ends cannot change places.
    pub directed: bool,
    /// +1 binds, -1 divides, 0 neither.
    pub sign: i8,
    /// Negated, to come, supposed, past.
    pub marks: Marks,
    /// Whether it was made from a coded event.
    pub from_event: bool,
    /// The link of the chain whose act made it, if one did.
    pub link: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct TieFile {
    tie: Vec<WrittenTie>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTie {
    #[serde(rename = "type")]
    kind: String,
    sign: i8,
    directed: Option<bool>,
    #[serde(default)]
    verbs: String,
    #[serde(default)]
    nouns: String,
    #[serde(default)]
    nominal: String,
    #[serde(default)]
    with: String,
    #[serde(default)]
    without: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    turned: bool,
    #[serde(default)]
    object: bool,
    #[serde(default)]
    actors: bool,
    #[serde(default)]
    events: String,
}

struct TieRule {
    kind: TieType,
    sign: i8,
    directed: bool,
    with: Option<WordSet>,
    without: Option<WordSet>,
    to: Vec<String>,
    turned: bool,
    /// The other end stands as object; without one there is no tie.
    object: bool,
    /// Both ends must be actors that are known.
    actors: bool,
    events: Vec<String>,
}

/// The bundled rules of ties.
pub(super) struct TieBook {
    rules: Vec<TieRule>,
    verbs: HashMap<String, Vec<usize>>,
    nouns: HashMap<String, usize>,
}

impl TieBook {
    /// The bundled file.
    fn get() -> &'static TieBook {
        static BOOK: OnceLock<TieBook> = OnceLock::new();
        // The bundled file is tested; without it no tie is found.
        BOOK.get_or_init(|| TieBook::parse(include_str!("../../rules/ties.toml")).unwrap_or_else(|_| TieBook::empty()))
    }

    fn empty() -> TieBook {
        TieBook { rules: Vec::new(), verbs: HashMap::new(), nouns: HashMap::new() }
    }

    fn parse(text: &str) -> Result<TieBook, RuleError> {
        let file: TieFile = toml::from_str(text).map_err(|e| RuleError::new(format!("the file of ties: {e}")))?;
        let mut book = TieBook::empty();
        for written in file.tie {
            let kind = TieType::of(&written.kind)
                .ok_or_else(|| RuleError::new(format!("{:?} is no kind of tie", written.kind)))?;
            let place = book.rules.len();
            let set = |words: &str| {
                let mut set = WordSet::default();
                words.split_whitespace().for_each(|w| set.insert(w));
                (!words.trim().is_empty()).then_some(set)
            };
            for verb in written.verbs.split_whitespace() {
                let verb = verb.replace('-', " ");
                let (head, rest) = verb.split_once(' ').map_or((verb.as_str(), ""), |(h, r)| (h, r));
                for form in [head.to_owned(), third_person(head), past_of(head), gerund(head)] {
                    let form = if rest.is_empty() { form } else { format!("{form} {rest}") };
                    book.verb(form, place);
                }
            }
            for noun in written.nominal.split_whitespace() {
                book.verb(noun.to_owned(), place);
            }
            for noun in written.nouns.split_whitespace() {
                book.nouns.entry(noun.to_owned()).or_insert(place);
                book.nouns.entry(third_person(noun)).or_insert(place);
            }
            book.rules.push(TieRule {
                kind,
                sign: written.sign,
                directed: written.directed.unwrap_or(true),
                with: set(&written.with),
                without: set(&written.without),
                to: written.to.split_whitespace().map(str::to_owned).collect(),
                turned: written.turned,
                object: written.object,
                actors: written.actors,
                events: written.events.split_whitespace().map(str::to_owned).collect(),
            });
        }
        Ok(book)
    }

    fn verb(&mut self, form: String, place: usize) {
        let rules = self.verbs.entry(form).or_default();
        if !rules.contains(&place) {
            rules.push(place);
        }
    }

    fn of_noun(&self, word: &str) -> Option<&TieRule> {
        self.nouns.get(word).and_then(|n| self.rules.get(*n))
    }
}

/// Every tie of a document: those its statements tell, then those its coded events make.
pub fn ties(document: &Document, reading: &Reading, coded: &[Coded], actors: &Actors) -> Vec<Tie> {
    let finder = Finder { book: TieBook::get(), document, actors };
    let mut found: Vec<Tie> = Vec::new();
    for (n, statement) in reading.statements.iter().enumerate() {
        found.extend(finder.told(n, statement));
    }
    // A claim whose doer the coder found elsewhere (`accused Y of firing`) has that doer in its ties too.
    for event in coded.iter().filter(|e| e.link.is_none() && !e.source.is_empty()) {
        let Some(statement) = reading.statements.get(event.statement) else { continue };
        let voices: Vec<Span> = statement.chain().iter().filter_map(|l| l.voice.words()).map(|w| w.span).collect();
        for tie in found.iter_mut().filter(|t| t.statement == event.statement) {
            if spans(&tie.from).iter().any(|s| voices.contains(s)) && tie.from != event.source {
                tie.from.clone_from(&event.source);
            }
        }
    }
    let told: BTreeSet<(usize, Vec<Span>)> = found.iter().map(|t| (t.statement, spans(&t.to))).collect();
    for event in coded {
        let known = told.contains(&(event.statement, spans(&event.target)));
        found.extend(finder.made(event).filter(|_| event.link.is_some() || !known));
    }
    found.sort_by_key(|t| (t.statement, t.from_event));
    found
}

fn spans(members: &[Member]) -> Vec<Span> {
    members.iter().map(|m| m.words.span).collect()
}

struct Finder<'a> {
    book: &'a TieBook,
    document: &'a Document,
    actors: &'a Actors,
}

impl Finder<'_> {
    /// The tie that a statement tells.
    fn told(&self, n: usize, statement: &Statement) -> Option<Tie> {
        let claim = statement.claim();
        let predicate = claim.predicate.as_ref().filter(|_| claim.causation.is_none())?;
        let frame = Frame::of_statement(self.document, statement, &predicate.lemma);
        let (rule, from, to) =
            self.by_verb(&frame, predicate.words.span).or_else(|| self.by_noun(&frame, statement))?;
        let (from, to) = if rule.turned { (to, from) } else { (from, to) };
        let (mut from, mut to) = (self.members(&from), self.members(&to));
        party::part_selves(self.document, &mut from, &mut to);
        let ends = !from.is_empty() && !to.is_empty() && from != to;
        let known = |side: &[Member]| side.iter().any(|m| m.actor.is_some());
        if !ends || rule.actors && !(known(&from) && known(&to)) {
            return None;
        }
        Some(Tie {
            statement: n,
            kind: rule.kind,
            from,
            to,
            directed: rule.directed,
            sign: rule.sign,
            marks: marks::of_claim(self.document, statement, false),
            from_event: false,
            link: None,
        })
    }

    /// The tie that a coded event makes.
    fn made<'e>(&self, event: &'e Coded) -> impl Iterator<Item = Tie> + use<'e, '_> {
        let rule = self.book.rules.iter().find(|r| r.events.iter().any(|e| **e == *event.code));
        let ends = !event.source.is_empty() && !event.target.is_empty() && event.source != event.target;
        rule.filter(|_| ends).into_iter().map(move |rule| Tie {
            statement: event.statement,
            kind: rule.kind,
            from: event.source.clone(),
            to: event.target.clone(),
            directed: rule.directed,
            sign: rule.sign,
            marks: event.marks,
            from_event: true,
            link: event.link,
        })
    }

    fn members(&self, all: &[Words]) -> Vec<Member> {
        all.iter().flat_map(|w| party::members(self.actors, self.document, w)).collect()
    }

    fn by_verb(&self, frame: &Frame, predicate: Span) -> Option<(&TieRule, Vec<Words>, Vec<Words>)> {
        let said = words_of(&tokens(&self.document.text, predicate));
        let last = said.last().cloned().unwrap_or_default();
        let pair = said.get(said.len().saturating_sub(2)..).unwrap_or_default().join(" ");
        let lemma = frame.lemma.replace(['-', '_'], " ");
        let places = [lemma, pair, last].into_iter().find_map(|word| self.book.verbs.get(&word))?;
        for rule in places.iter().filter_map(|n| self.book.rules.get(*n)) {
            let with = rule.with.as_ref().is_none_or(|set| set.meets(&frame.tail));
            let without = !rule.without.as_ref().is_some_and(|set| set.meets(&frame.tail));
            if !(with && without) {
                continue;
            }
            let other = self.other_end(rule, frame);
            if !frame.subjects.is_empty() && !other.is_empty() {
                return Some((rule, frame.subjects.clone(), other));
            }
        }
        None
    }

    /// Whom a verb ties its subject to: of a transfer whom it goes to, else the object, else a phrase.
    fn other_end(&self, rule: &TieRule, frame: &Frame) -> Vec<Words> {
        let somebody = |w: &&Words| party::holds_actor(self.actors, self.document, w);
        let led = |frame: &Frame| -> Vec<Words> {
            let of = |p: &String| frame.phrases.iter().filter(|(led, _)| led == p).map(|(_, w)| w).find(somebody);
            rule.to.iter().find_map(of).cloned().into_iter().collect()
        };
        let objects: Vec<Words> = frame.objects.iter().filter(somebody).cloned().collect();
        if rule.with.is_some() {
            let to = led(frame);
            return if to.is_empty() { objects } else { to };
        }
        if !objects.is_empty() || rule.object {
            return objects;
        }
        led(frame)
    }

    /// "X is an ally of Y", "Y's ally X": the noun that ties stands in the object or is the predicate itself.
    fn by_noun(&self, frame: &Frame, statement: &Statement) -> Option<(&TieRule, Vec<Words>, Vec<Words>)> {
        if let Some(rule) = self.book.of_noun(&frame.lemma) {
            let other = if frame.objects.is_empty() {
                frame.phrases.iter().map(|(_, w)| w).take(1).cloned().collect()
            } else {
                frame.objects.clone()
            };
            return (!frame.subjects.is_empty() && !other.is_empty()).then(|| (rule, frame.subjects.clone(), other));
        }
        if !matches!(
            frame.lemma.as_str(),
            "be" | "become" | "remain" | "serve" | "act" | "elect" | "appoint" | "name" | "form"
        ) {
            return None;
        }
        let text = &self.document.text;
        let objects = statement
            .claim()
            .arguments
            .iter()
            .filter(|a| matches!(a.role, Role::Object | Role::Other | Role::Manner | Role::Topic));
        for argument in objects {
            let whole = argument.words.span;
            // Only the head of the phrase says what somebody is: `chief architect` is no chief.
            let head = tokens(text, whole).into_iter().take_while(|t| !PREPOSITIONS.contains(&t.word.as_str())).last();
            if let Some((token, rule)) = head.and_then(|t| self.book.of_noun(&t.word).map(|rule| (t, rule))) {
                let noun = Frame::of_noun(text, &token.word, token.span, whole);
                let led = noun.phrases.iter().find(|(p, _)| rule.to.contains(p)).map(|(_, w)| w.clone());
                let other = led.or_else(|| noun.subjects.first().cloned());
                if let (Some(other), false) = (other, frame.subjects.is_empty()) {
                    return Some((rule, frame.subjects.clone(), vec![other]));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_rules_reach_every_kind_of_tie() {
        let book = TieBook::parse(include_str!("../../rules/ties.toml")).unwrap();
        for kind in TieType::all() {
            assert!(book.rules.iter().any(|r| r.kind == kind), "no rule tells {}", kind.as_str());
        }
        assert!(TieBook::parse("[[tie]]\ntype = \"adores\"\nsign = 1").is_err());
    }
}
