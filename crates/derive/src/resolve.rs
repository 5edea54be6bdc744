//! Which mentions are one actor. This first resolver only joins what the words force it to join: the same name in the
//! same document, a short name with the one longer name of its document that holds all its words ("Lowry" with
//! "Captain Anne Lowry"), and equal full names across documents. It never joins on likeness of spelling; what it leaves
//! apart a person can see, what it joined wrongly would mislead, so it errs on the side of apart.

use rashomon_core::{
    Digest, Document, DocumentId, Mention, MentionForm, MentionKind, Reading, Snapshot, Span, Voice, Words,
};
use rashomon_text::names::{self, key};
use std::collections::{BTreeMap, BTreeSet};

/// Identity of an actor: digest of the name and kind that define it.
pub type ActorId = Digest;

/// Mentions that are taken to name the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Stable for the same documents and program version.
    pub id: ActorId,
    /// The longest of its names; among equals the commonest, then the first in the alphabet.
    pub name: String,
    /// What most of its mentions are said to be.
    pub kind: MentionKind,
    /// Every form with the number of its places in each document.
    pub names: BTreeMap<String, BTreeMap<DocumentId, usize>>,
}

/// All actors of a snapshot and the way from a mention to its actor.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    actors: BTreeMap<ActorId, Actor>,
    of_mention: BTreeMap<(DocumentId, Span), ActorId>,
}

impl Actors {
    /// Resolves every mention of a snapshot.
    pub fn resolve(snapshot: &Snapshot) -> Actors {
        let mut actors = Actors::default();
        for (document, reading) in &snapshot.documents {
            actors.add(document, reading);
        }
        for actor in actors.actors.values_mut() {
            actor.name = best_name(&actor.names);
        }
        actors
    }

    /// Actors by id.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// The actor of an id.
    pub fn get(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// The actor that a mention of a document names.
    pub fn of_mention(&self, document: &DocumentId, mention: Span) -> Option<&Actor> {
        self.of_mention.get(&(document.clone(), mention)).and_then(|id| self.actors.get(id))
    }

    /// The actor that some words name: by the mention that stands on them, or by the one mention inside them that is
    /// their head ("the transport Meteor", "Anne Lowry, a pilot"; not "an owner of the Meteor", not "the Meteor's crew").
    pub fn at(&self, document: &DocumentId, words: &Words) -> Option<&Actor> {
        if let Some(actor) = self.of_mention(document, words.span) {
            return Some(actor);
        }
        let from = (document.clone(), Span { start: words.span.start, end: 0 });
        let to = (document.clone(), Span { start: words.span.end, end: 0 });
        let mut inside = self.of_mention.range(from..to).filter(|((_, m), _)| is_head(words, *m));
        inside.next().and_then(|(_, id)| self.actors.get(id))
    }

    /// The actor of a voice, where its words lead to one.
    pub fn of_voice(&self, document: &DocumentId, voice: &Voice) -> Option<&Actor> {
        match voice {
            Voice::Named(words) => self.at(document, words),
            Voice::Author | Voice::Unnamed(_) => None,
        }
    }

    fn add(&mut self, document: &Document, reading: &Reading) {
        let full = full_names(&reading.mentions);
        let mut by_span: BTreeMap<Span, (String, MentionKind)> = BTreeMap::new();
        for mention in named(&reading.mentions) {
            let words = key(&mention.words.text);
            let Some((name, kind)) = full.get(&words).cloned() else { continue };
            by_span.insert(mention.words.span, (name, kind));
        }
        for mention in &reading.mentions {
            let Some((name, kind)) = follow(mention, reading, &by_span) else { continue };
            let within = if names::is_general(name) { document.id.as_str() } else { "" };
            let id = ActorId::short_of(format!("{kind}\u{0}{name}\u{0}{within}").as_bytes());
            self.of_mention.insert((document.id.clone(), mention.words.span), id.clone());
            let actor = self.actors.entry(id.clone()).or_insert_with(|| Actor {
                id,
                name: String::new(),
                kind: *kind,
                names: BTreeMap::new(),
            });
            if mention.form != MentionForm::Pronoun {
                let count = actor.names.entry(mention.words.text.clone()).or_default();
                *count.entry(document.id.clone()).or_default() += 1;
            }
        }
    }
}

/// Whether a mention inside some words is what they are about: nothing before it leads away from it (a preposition, a
/// possessive) and after it the words end or a clause set off by a comma begins.
fn is_head(words: &Words, mention: Span) -> bool {
    let inside = |start: u32, end: u32| {
        let from = start.checked_sub(words.span.start)? as usize;
        words.text.get(from..(end.checked_sub(words.span.start)?) as usize)
    };
    let before = inside(words.span.start, mention.start);
    let after = inside(mention.end, words.span.end);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let leads_away =
        |w: &str| LEADS_AWAY.contains(&w.to_lowercase().as_str()) || w.ends_with("'s") || w.ends_with("’s");
    let free = !before.contains(',') && !before.split_whitespace().any(leads_away);
    let after = after.trim_start();
    free && (after.is_empty() || after.starts_with([',', '(', '–', '—', '[']))
}

/// Words after which a name says where or whose, not who.
const LEADS_AWAY: &[&str] = &[
    "about", "against", "among", "and", "at", "by", "for", "from", "in", "near", "of", "on", "or", "over", "to",
    "under", "with",
];

/// The name that a mention leads to, over at most eight antecedents.
fn follow<'a>(
    mention: &Mention,
    reading: &Reading,
    by_span: &'a BTreeMap<Span, (String, MentionKind)>,
) -> Option<&'a (String, MentionKind)> {
    let mut span = mention.words.span;
    for _ in 0..8 {
        if let Some(found) = by_span.get(&span) {
            return Some(found);
        }
        // Mentions of a reading are in order of place.
        let first = reading.mentions.partition_point(|m| m.words.span < span);
        let here = reading.mentions.get(first..)?.iter().take_while(|m| m.words.span == span);
        span = here.filter_map(|m| m.antecedent).next()?;
    }
    None
}

fn named(mentions: &[Mention]) -> impl Iterator<Item = &Mention> {
    mentions.iter().filter(|m| matches!(m.form, MentionForm::Name | MentionForm::Demonym))
}

type FullNames = BTreeMap<Vec<String>, (String, MentionKind)>;

/// For each name of a document its fullest form: the one longer name that holds all its words, if there is exactly
/// one; and the commonest kind of that form's mentions.
fn full_names(mentions: &[Mention]) -> FullNames {
    let mut kinds: BTreeMap<Vec<String>, BTreeMap<MentionKind, usize>> = BTreeMap::new();
    for mention in named(mentions) {
        *kinds.entry(key(&mention.words.text)).or_default().entry(mention.kind).or_default() += 1;
    }
    let kind_of = |k: &Vec<String>| {
        let counts = kinds.get(k)?;
        counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(kind, _)| *kind)
    };
    // Only people are called by part of their name so regularly that a part may stand for the whole.
    let people: Vec<&Vec<String>> =
        kinds.keys().filter(|k| k.len() > 1 && kind_of(k) == Some(MentionKind::Person)).collect();
    let mut by_word: BTreeMap<&str, Vec<&Vec<String>>> = BTreeMap::new();
    for name in &people {
        for word in *name {
            by_word.entry(word).or_default().push(name);
        }
    }
    kinds
        .keys()
        .filter_map(|short| {
            let kind = kind_of(short)?;
            let first = by_word.get(short.first()?.as_str());
            let longer = first.into_iter().flatten().filter(|l| l.len() > short.len() && holds(l, short));
            let best = maximal(longer.copied().collect());
            let person = matches!(kind, MentionKind::Person | MentionKind::Other);
            match (person, best) {
                (true, Some(full)) => Some((short.clone(), (full.join(" "), MentionKind::Person))),
                _ => Some((short.clone(), (short.join(" "), kind))),
            }
        })
        .collect()
}

/// The one name that holds all the others; `None` where two rival names could be meant.
fn maximal(names: Vec<&Vec<String>>) -> Option<&Vec<String>> {
    let longest = names.iter().copied().max_by_key(|n| n.len())?;
    names.iter().all(|n| holds(longest, n)).then_some(longest)
}

fn holds(long: &[String], short: &[String]) -> bool {
    let set: BTreeSet<&String> = long.iter().collect();
    short.iter().all(|w| set.contains(w))
}

fn best_name(names: &BTreeMap<String, BTreeMap<DocumentId, usize>>) -> String {
    let rank = |(text, places): &(&String, &BTreeMap<DocumentId, usize>)| {
        (key(text).len(), places.values().sum::<usize>(), std::cmp::Reverse(text.to_string()))
    };
    names.iter().max_by_key(rank).map(|(text, _)| text.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn a_short_name_follows_the_one_long_name_of_its_document() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "Captain Anne Lowry spoke. Lowry left. The Admiral wept.")
                .name("Admiral", MentionKind::Person)
                .name("Anne Lowry", MentionKind::Person)
                .name("Lowry left", MentionKind::Person),
            Told::new("b.txt", "Anne Lowry and Tom Lowry met. The Admiral paid.")
                .name("Admiral", MentionKind::Person)
                .name("Anne Lowry", MentionKind::Person)
                .name("Tom Lowry", MentionKind::Person),
        ]);
        let actors = Actors::resolve(&snapshot);
        let at = |d: usize, text: &str| {
            let (document, reading) = &snapshot.documents[d];
            let mention = reading.mentions.iter().find(|m| m.words.text == text).unwrap();
            actors.of_mention(&document.id, mention.words.span).unwrap().id.clone()
        };
        assert_eq!(at(0, "Anne Lowry"), at(1, "Anne Lowry"), "equal full names are one actor across documents");
        assert_ne!(at(1, "Anne Lowry"), at(1, "Tom Lowry"));
        assert_ne!(at(0, "Admiral"), at(1, "Admiral"), "a title means somebody in its own document only");
        assert_eq!(actors.iter().filter(|a| a.name == "Anne Lowry").count(), 1);
    }

    #[test]
    fn words_are_about_the_name_at_their_head_only() {
        let head = |text: &str, name: &str| {
            let start = text.find(name).unwrap();
            let words = Words { span: Span::new(100, 100 + text.len()), text: text.into() };
            is_head(&words, Span::new(100 + start, 100 + start + name.len()))
        };
        assert!(head("the transport Meteor", "Meteor"));
        assert!(head("Anne Lowry, a pilot of Hull", "Anne Lowry"));
        assert!(!head("Anne Lowry, a pilot of Hull", "Hull"));
        assert!(!head("an owner of the Meteor", "Meteor"));
        assert!(!head("the Danish newspapers", "Danish"));
        assert!(!head("the Meteor’s crew and Lowry", "Lowry"));
    }

    #[test]
    fn a_surname_that_two_people_bear_is_left_apart() {
        let mentions: Vec<Mention> = ["Anne Lowry", "Tom Lowry", "Lowry"]
            .iter()
            .scan(0, |at, name| {
                let start = *at;
                *at += name.len() + 1;
                let span = Span::new(start, start + name.len());
                Some(Mention {
                    words: Words { span, text: name.to_string() },
                    kind: MentionKind::Person,
                    form: MentionForm::Name,
                    antecedent: None,
                })
            })
            .collect();
        let full = full_names(&mentions);
        assert_eq!(full[&vec!["lowry".to_string()]].0, "lowry");
        let full = full_names(&mentions[1..]);
        assert_eq!(full[&vec!["lowry".to_string()]].0, "tom lowry");
    }
}
