//! Antecedents of pronouns: by person, number, gender and salience.
//!
//! Among the words of this sentence and the three before, the most salient that agrees: near before far, subjects and what
//! was spoken of most before others, what stands behind a preposition last (after Lappin & Leass 1994, with fewer weights).

use super::Chains;
use super::items::{Gender, Item, Person, pronoun};
use crate::lexicon::{Class, Lexicon};
use crate::page::{Page, Range, Speaker};
use crate::part::Tag;
use crate::rules::ReferenceFile;
use crate::token::Kind;
use rashomon_core::{MentionForm, MentionKind};
use std::collections::HashSet;
use std::sync::OnceLock;

/// How many sentences back an antecedent is looked for.
const BACK: usize = 3;
/// How many items back.
const MOST: usize = 60;
/// How far back the same speaker's `I` is looked for.
const SAME: usize = 2000;

/// What a pronoun points to.
pub(super) fn antecedent(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    let person = item.person?;
    if let Some(span) = item.given {
        return (0..number).rev().take(SAME).find(|n| page.span(chains.items[*n].range) == Some(span));
    }
    match person {
        Person::I | Person::We | Person::You => same_speaker(page, chains, number, person),
        Person::It if is_empty(page, item.head) => None,
        _ => most_salient(page, chains, number, person),
    }
}

/// `it` that stands for nothing: `it seems that`, `it is clear that`.
pub(super) fn is_empty(page: &Page, at: usize) -> bool {
    if !page.says(at, "it") {
        return false;
    }
    let verb = (at + 1..at + 5).find(|i| !matches!(page.tag(*i), Tag::Adverb | Tag::Auxiliary)).unwrap_or(at + 1);
    let lemma = Lexicon::get().lemma(page.entry(verb)).unwrap_or_default();
    let clause = (verb..verb + 5).any(|i| {
        page.tag(i) == Tag::That
            || page.tag(i) == Tag::To && page.tag(i + 1) == Tag::Infinitive
            || page.says(i, "whether")
    });
    let be = (at + 1..verb).any(|i| page.is(i, Class::Be));
    let timed = be && (verb..verb + 3).any(|i| page.is(i, Class::TimeWord) || page.tag(i) == Tag::Number);
    empty().contains(lemma) || be && clause && page.tag(verb) != Tag::Gerund || timed
}

fn empty() -> &'static HashSet<String> {
    static EMPTY: OnceLock<HashSet<String>> = OnceLock::new();
    EMPTY.get_or_init(|| {
        let file = ReferenceFile::bundled();
        file.lists.get("empty").map_or("", String::as_str).split_whitespace().map(str::to_owned).collect()
    })
}

/// Who speaks a quotation.
fn speaker(page: &Page, quotation: u32) -> Option<Range> {
    let attribution = page.attributions.get(page.quoted.get(quotation as usize)?.attribution?)?;
    match attribution.speaker {
        Speaker::Words(range) => Some(range),
        _ => None,
    }
}

/// The same pronoun in the same voice; `I` in a quotation points to its speaker.
fn same_speaker(page: &Page, chains: &Chains, number: usize, person: Person) -> Option<usize> {
    let item = &chains.items[number];
    let voice = item.quotation;
    let who = voice.and_then(|v| speaker(page, v));
    if let Some(range) = who.filter(|_| person == Person::I) {
        let from = chains.items.partition_point(|i| i.range.start < range.start);
        let found = (from..chains.items.len().min(from + 4)).find(|n| chains.items[*n].range == range);
        if found.is_some() {
            return found;
        }
    }
    (number.saturating_sub(SAME)..number).rev().find(|n| {
        let other = &chains.items[*n];
        let theirs = other.quotation;
        let same = || theirs == voice || who.is_some() && theirs.and_then(|v| speaker(page, v)) == who;
        other.person == Some(person) && same()
    })
}

fn most_salient(page: &Page, chains: &Chains, number: usize, person: Person) -> Option<usize> {
    let item = &chains.items[number];
    let mut best: Option<(i32, usize)> = None;
    for n in (number.saturating_sub(MOST)..number).rev() {
        let other = &chains.items[n];
        if other.sentence + BACK < item.sentence {
            break;
        }
        if !fits(page, chains, n, item, person) {
            continue;
        }
        let score = salience(page, chains, n, item);
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, n));
        }
    }
    best.filter(|(score, _)| *score > 0).map(|(_, n)| n)
}

fn fits(page: &Page, chains: &Chains, n: usize, item: &Item, person: Person) -> bool {
    let other = &chains.items[n];
    if other.range.end > item.range.start || other.form == MentionForm::Demonym {
        return false;
    }
    let root = chains.root[n];
    let kind = chains.kind[root];
    let gender = chains.gender[root];
    let named_other = kind == MentionKind::Other && other.form == MentionForm::Name;
    let one = other.plural != Some(true);
    if let Some(theirs) = other.person {
        let alike = theirs == person;
        return alike && !(person == Person::It && chains.antecedent[n].is_none());
    }
    let man = kind == MentionKind::Person || named_other;
    match person {
        Person::He => man && one && gender != Some(Gender::Woman),
        Person::She => man && one && gender != Some(Gender::Man),
        Person::It => kind != MentionKind::Person && one && kind != MentionKind::Group,
        Person::They => {
            other.plural == Some(true)
                || matches!(kind, MentionKind::Organization | MentionKind::Group)
                || page.is(other.head, Class::CollectivePlural)
        }
        _ => false,
    }
}

fn salience(page: &Page, chains: &Chains, n: usize, item: &Item) -> i32 {
    let other = &chains.items[n];
    let far = (item.sentence - other.sentence) as i32;
    let mut score = 100 - 32 * far;
    score += if other.subject { 28 } else { 0 };
    score -= if other.oblique { 14 } else { 0 };
    score += match other.form {
        MentionForm::Name => 14,
        MentionForm::Pronoun => 20,
        _ => 0,
    };
    let known = chains.kind[chains.root[n]];
    score -= if known == MentionKind::Other && item.person != Some(Person::It) { 12 } else { 0 };
    score += 5 * chains.size[chains.root[n]].min(6) as i32;
    // Within a sentence the nearer ones count a little more, between sentences the earlier ones.
    let place = other.range.start - page.sentences[other.sentence].range.start;
    score += if far == 0 { 0 } else { 12 - place.min(24) as i32 / 2 };
    score -= if bound(page, other, item) { 80 } else { 0 };
    score
}

/// Whether a subject and an object of one verb would be the same without a reflexive: `Hart saw him`.
fn bound(page: &Page, other: &Item, item: &Item) -> bool {
    let word = page.word(item.head).to_ascii_lowercase();
    let object = ["him", "them", "me", "us"].contains(&word.as_str())
        || ["her", "it"].contains(&word.as_str()) && page.tag(item.head) == Tag::Pronoun && !item.subject;
    if !object || other.sentence != item.sentence || !other.subject {
        return false;
    }
    let between = Range::new(other.range.end, item.range.start);
    let clause = between.indices().any(|i| {
        matches!(page.tag(i), Tag::That | Tag::Wh | Tag::Subordinator | Tag::Coordinator)
            || page.kind(i) == Some(Kind::Comma)
            || pronoun(page, i).is_some()
    });
    let verbs =
        between.indices().filter(|i| page.tag(*i).is_finite() && !page.tag(i.wrapping_sub(1)).is_finite()).count();
    !clause && verbs == 1
}
