//! Gives every token a coarse tag (noun, verb, preposition ...) from the word lists, its ending and its neighbours.
//!
//! This is no tagger that learns: it is right where closed classes and word order decide, which is what finding cues
//! and speakers needs, and calls everything it does not know a noun. The trained reader will know better.

use crate::lexicon::{Class, Entry, form};
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::token::{Kind, Token};

/// Tags every token of a page.
pub(crate) fn tag(page: &mut Page) {
    page.tags = vec![Tag::Punctuation; page.tokens.len()];
    for index in 0..page.sentences.len() {
        let range = page.sentences[index].range;
        let shouted = mostly_capitals(page, range);
        for at in range.indices() {
            page.tags[at] = tag_of(page, at, range, shouted);
        }
    }
}

/// Whether a sentence is printed in capitals, so that a capital tells nothing.
fn mostly_capitals(page: &Page, range: Range) -> bool {
    let words = range.indices().filter(|i| page.kind(*i) == Some(Kind::Word) && page.word(*i).len() > 3);
    let (mut caps, mut all) = (0, 0);
    for word in words {
        all += 1;
        caps += usize::from(page.tokens[word].caps);
    }
    all > 2 && caps * 3 > all * 2
}

fn tag_of(page: &Page, at: usize, sentence: Range, shouted: bool) -> Tag {
    let Some(token) = page.tokens.get(at) else { return Tag::Punctuation };
    let entry = token.entry();
    match token.kind {
        Kind::Number => return Tag::Number,
        Kind::Clitic => return tag_of_clitic(page, at, entry),
        Kind::Word => {}
        _ => return Tag::Punctuation,
    }
    let previous = (at > sentence.start).then(|| page.tag(at - 1));
    let begins = previous.is_none() || previous == Some(Tag::Punctuation) && begins_clause(page, at);
    if token.capital && !shouted && is_name(page, at, token, entry, begins) {
        return Tag::Name;
    }
    if let Some(tag) = closed_class(page, at, entry, previous) {
        return tag;
    }
    if entry.forms != 0 {
        return tag_of_verb(page, at, entry, previous);
    }
    let verb_after_subject = previous == Some(Tag::Pronoun)
        && page.is(at - 1, Class::PersonalPronoun)
        && !page.word(at).ends_with("ly")
        && page.word(at).starts_with(char::is_lowercase);
    if verb_after_subject && entry.is_unknown() {
        return Tag::Verb;
    }
    open_class(page.word(at), entry, previous)
}

/// Whether a capital may be only that of a beginning: of the sentence or of a quotation.
fn begins_clause(page: &Page, at: usize) -> bool {
    matches!(page.kind(at - 1), Some(Kind::Mark | Kind::Open | Kind::Colon | Kind::Stop | Kind::Dash | Kind::Other))
}

fn is_name(page: &Page, at: usize, token: &Token, entry: &Entry, begins: bool) -> bool {
    if entry.is(Class::NeverName) {
        return false;
    }
    if !begins {
        let weak = entry.is(Class::Determiner) || entry.is(Class::Coordinator) || entry.is(Class::SubjectPronoun);
        return !weak || token.caps;
    }
    if entry.group != 0 && entry.forms & (form::PAST | form::ING) != 0 && !token.caps {
        return false;
    }
    if token.caps || token.stopped || entry.is(Class::Place) || entry.is(Class::FirstName) || entry.is(Class::Demonym) {
        return !entry.is(Class::NumberWord);
    }
    let next_capital = page.tokens.get(at + 1).is_some_and(|t| t.capital && t.kind == Kind::Word);
    if entry.is(Class::Title) || entry.is(Class::RoleNoun) || entry.is(Class::OrganizationNoun) {
        return next_capital || entry.is(Class::Honorific);
    }
    let common = entry.is_unknown() && common_ending(page.word(at));
    (entry.is_unknown() && !common)
        || (next_capital && (entry.is_unknown() || entry.forms != 0 && !closed(entry)) && !common)
}

fn closed(entry: &Entry) -> bool {
    entry.is(Class::Preposition) || entry.is(Class::Adverb) || entry.is(Class::Subordinator) || entry.is(Class::Be)
}

/// Endings of adverbs, adjectives and participles that begin sentences without being names.
fn common_ending(word: &str) -> bool {
    [
        "ly", "ing", "ed", "ness", "ment", "tion", "ions", "ism", "ity", "ous", "able", "ible", "ful", "less", "ive",
        "ences", "ance",
    ]
    .iter()
    .any(|e| word.len() > e.len() + 2 && word.ends_with(e))
}

fn tag_of_clitic(page: &Page, at: usize, entry: &Entry) -> Tag {
    if !page.word(at).ends_with(['s', 'S']) {
        return Tag::Auxiliary;
    }
    let previous = page.tag(at.wrapping_sub(1));
    let next = page.entry(at + 1);
    let pronoun = matches!(previous, Tag::Pronoun | Tag::Wh | Tag::That | Tag::Adverb);
    let predicate =
        next.is(Class::Article) || next.is(Class::Negation) || next.is(Class::Preposition) && !next.is(Class::Adverb);
    if entry.is(Class::Be) && (pronoun || predicate) { Tag::Auxiliary } else { Tag::Possessive }
}

fn closed_class(page: &Page, at: usize, entry: &Entry, previous: Option<Tag>) -> Option<Tag> {
    let word = page.word(at);
    if word.eq_ignore_ascii_case("that") {
        return Some(tag_of_that(page, at, previous));
    }
    if word.eq_ignore_ascii_case("to") {
        return Some(Tag::To);
    }
    let auxiliary = entry.is(Class::Be) || entry.is(Class::Have) || entry.is(Class::Do) || entry.is(Class::Modal);
    if auxiliary {
        let noun = matches!(word, "will" | "might" | "May" | "can") && previous.is_some_and(Tag::opens_phrase);
        return Some(if noun { Tag::Noun } else { Tag::Auxiliary });
    }
    if entry.is(Class::Possessive) {
        if word.eq_ignore_ascii_case("her") && !starts_phrase(page, at + 1) {
            return Some(Tag::Pronoun);
        }
        return Some(Tag::Possessive);
    }
    if entry.is(Class::Wh) && !entry.is(Class::Subordinator) {
        return Some(Tag::Wh);
    }
    if entry.is(Class::Article) {
        return Some(Tag::Determiner);
    }
    if entry.is(Class::PersonalPronoun) || entry.is(Class::ObjectPronoun) && !entry.is(Class::Determiner) {
        return Some(Tag::Pronoun);
    }
    if previous == Some(Tag::Pronoun) && ["both", "all", "each"].iter().any(|w| page.says(at, w)) {
        return Some(Tag::Adverb);
    }
    if entry.is(Class::Determiner) {
        let alone = !starts_phrase(page, at + 1);
        return Some(if alone && entry.is(Class::SubjectPronoun) { Tag::Pronoun } else { Tag::Determiner });
    }
    if entry.is(Class::SubjectPronoun) {
        return Some(Tag::Pronoun);
    }
    if entry.is(Class::Coordinator) {
        return Some(Tag::Coordinator);
    }
    if entry.is(Class::Subordinator) && !entry.is(Class::Preposition) {
        return Some(Tag::Subordinator);
    }
    if entry.is(Class::Preposition) {
        return Some(if entry.forms != 0 && previous.is_some_and(Tag::opens_phrase) {
            Tag::Noun
        } else {
            Tag::Preposition
        });
    }
    if entry.is(Class::NumberWord) {
        return Some(Tag::Number);
    }
    if entry.is(Class::Adverb) && entry.forms == 0 {
        return Some(Tag::Adverb);
    }
    (entry.is(Class::Hearsay) || word.ends_with("ly") && entry.is(Class::Hedge)).then_some(Tag::Adverb)
}

/// Whether a word can go on a noun phrase that a determiner has begun.
fn starts_phrase(page: &Page, at: usize) -> bool {
    let Some(token) = page.tokens.get(at) else { return false };
    let entry = token.entry();
    let verb = entry.forms & (form::S | form::PAST) != 0 && !entry.often_noun && entry.forms & form::PARTICIPLE == 0;
    let auxiliary = entry.is(Class::FiniteAuxiliary);
    token.is_wordlike()
        && !auxiliary
        && !entry.is(Class::Preposition)
        && !entry.is(Class::Wh)
        && !entry.is(Class::Coordinator)
        && !entry.is(Class::PersonalPronoun)
        && !entry.is(Class::Subordinator)
        && !verb
        && (entry.group == 0 || entry.often_noun)
}

fn tag_of_that(page: &Page, at: usize, previous: Option<Tag>) -> Tag {
    let next = page.entry(at + 1);
    let bare_noun = starts_phrase(page, at + 1)
        && !next.is(Class::Determiner)
        && !next.is(Class::Possessive)
        && page.tokens.get(at + 1).is_some_and(|t| !t.capital && t.kind == Kind::Word);
    let after_preposition = matches!(previous, Some(Tag::Preposition | Tag::To));
    if after_preposition {
        return if bare_noun { Tag::Determiner } else { Tag::Pronoun };
    }
    let singular = !page.word(at + 1).ends_with('s') && !page.word(at + 1).ends_with("ly");
    if bare_noun && singular && previous.is_none() {
        return Tag::Determiner;
    }
    if next.is(Class::FiniteAuxiliary) && previous.is_none() { Tag::Pronoun } else { Tag::That }
}

fn tag_of_verb(page: &Page, at: usize, entry: &Entry, previous: Option<Tag>) -> Tag {
    let before = previous.unwrap_or(Tag::Punctuation);
    let auxiliary_before = page.tag(at.wrapping_sub(if before == Tag::Adverb { 2 } else { 1 })) == Tag::Auxiliary;
    let in_phrase = before.opens_phrase()
        || before == Tag::Adverb && page.tag(at.wrapping_sub(2)).opens_phrase()
        || before == Tag::Name && page.is(at - 1, Class::Demonym) && !page.word(at - 1).ends_with('s')
        || before == Tag::Adjective
        || before == Tag::Number && !acts_after_number(page, at, entry)
        || before == Tag::Preposition && entry.forms & form::ING == 0 && !page.says(at + 1, "by");
    if entry.forms & form::ING != 0 {
        return if before.opens_phrase() { Tag::Noun } else { Tag::Gerund };
    }
    // `according to police`
    if before == Tag::To && page.says(at.wrapping_sub(2), "according") {
        return Tag::Noun;
    }
    if before == Tag::To {
        let finite = entry.forms & (form::PAST | form::S) != 0 && !entry.often_noun;
        return match entry.forms & form::BASE != 0 {
            true => Tag::Infinitive,
            false if finite => Tag::Verb,
            false => Tag::Noun,
        };
    }
    if auxiliary_before && !before.opens_phrase() {
        if entry.forms & form::BASE != 0 && (after_modal(page, at) || entry.forms & form::PARTICIPLE == 0) {
            return if after_modal(page, at) || !entry.often_noun { Tag::Verb } else { Tag::Noun };
        }
        return if entry.forms & (form::PAST | form::PARTICIPLE) != 0 { Tag::Participle } else { Tag::Noun };
    }
    if in_phrase {
        return if entry.forms & (form::PAST | form::PARTICIPLE) != 0 && !entry.often_noun {
            Tag::Adjective
        } else {
            Tag::Noun
        };
    }
    finite_or_noun(page, at, entry, before)
}

/// `Thousands marched through the town`: a past form behind a number that stands for people.
fn acts_after_number(page: &Page, at: usize, entry: &Entry) -> bool {
    let next = page.entry(at + 1);
    let goes_on = next.is(Class::Preposition) || next.is(Class::Article) || page.says(at + 1, "to");
    entry.forms & form::PAST != 0 && !entry.often_noun && goes_on
}

/// A form without auxiliary or determiner before it: finite verb, participle or noun.
fn finite_or_noun(page: &Page, at: usize, entry: &Entry, before: Tag) -> Tag {
    let opener =
        before == Tag::Punctuation && page.tokens[at].capital && page.tokens.get(at + 1).is_some_and(|t| t.capital);
    if opener && entry.group != 0 && entry.forms & form::PAST != 0 {
        return Tag::Verb;
    }
    let marked = page.kind(at.wrapping_sub(1)) == Some(Kind::Mark) && entry.group != 0;
    if marked && entry.forms & (form::PAST | form::S) != 0 && page.word(at).starts_with(char::is_lowercase) {
        return Tag::Verb;
    }
    let past = entry.forms & (form::PAST | form::PARTICIPLE) != 0;
    let third = entry.forms & form::S != 0;
    let subject_before = matches!(before, Tag::Pronoun | Tag::Wh | Tag::Adverb | Tag::That);
    if past && !entry.often_noun {
        let only_participle = entry.forms & form::PAST == 0;
        let by = page.says(at + 1, "by") && !subject_before;
        return if only_participle || by { Tag::Participle } else { Tag::Verb };
    }
    let subject_far = before == Tag::Adverb && matches!(before_adverbs(page, at), Tag::Pronoun | Tag::Wh);
    if third && subject_far {
        return Tag::Verb;
    }
    if third {
        let next = page.entry(at + 1);
        let clause = next.is(Class::Determiner)
            || next.is(Class::PersonalPronoun)
            || next.is(Class::Possessive)
            || page.says(at + 1, "that")
            || page.says(at + 1, "to");
        if subject_before && before != Tag::That && before != Tag::Adverb {
            return Tag::Verb;
        }
        if !entry.often_noun {
            return Tag::Verb;
        }
        let quotes = entry.group != 0
            && before.is_nominal()
            && matches!(page.kind(at + 1), Some(Kind::Comma | Kind::Colon))
            && page.kind(at + 2) == Some(Kind::Mark);
        if quotes {
            return Tag::Verb;
        }
        let comma = before == Tag::Punctuation && clause;
        return if (before.is_nominal() || comma) && clause { Tag::Verb } else { Tag::Noun };
    }
    if entry.often_noun
        && page.says(at.wrapping_sub(1), "which")
        && page.tokens.get(at + 1).is_some_and(|t| t.is_wordlike() && t.entry().is_unknown())
    {
        return Tag::Noun;
    }
    if subject_before && before != Tag::Adverb && (before != Tag::That || !entry.often_noun) {
        return Tag::Verb;
    }
    if past {
        return if before.is_nominal() || before == Tag::Adverb { Tag::Verb } else { Tag::Noun };
    }
    let plural = before.is_nominal() && is_plural(page.word(at.wrapping_sub(1)));
    let adverb = before == Tag::Adverb && !entry.often_noun;
    let says = before.is_nominal()
        && entry.group != 0
        && (!entry.often_noun || page.says(at + 1, "that") && page.says(at, "show"));
    if (plural && !entry.often_noun) || adverb || plural && entry.group != 0 || says { Tag::Verb } else { Tag::Noun }
}

/// The tag of the nearest word before that is no adverb.
fn before_adverbs(page: &Page, at: usize) -> Tag {
    let mut before = at.wrapping_sub(1);
    while page.tag(before) == Tag::Adverb && before > 0 {
        before -= 1;
    }
    page.tag(before)
}

fn is_plural(word: &str) -> bool {
    word.ends_with('s') || ["men", "women", "children", "people", "police"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Whether `will`, `to do` or the like stands before, adverbs apart.
fn after_modal(page: &Page, at: usize) -> bool {
    let mut before = at.wrapping_sub(1);
    while page.tag(before) == Tag::Adverb && before > 0 {
        before -= 1;
    }
    page.is(before, Class::Modal) || page.is(before, Class::Do)
}

fn open_class(word: &str, entry: &Entry, previous: Option<Tag>) -> Tag {
    if entry.is(Class::Demonym) {
        return Tag::Adjective;
    }
    let lower = word.starts_with(char::is_lowercase);
    if lower && word.len() > 4 && word.ends_with("ly") {
        return Tag::Adverb;
    }
    let in_phrase = previous.is_some_and(|p| p.opens_phrase() || p == Tag::Adjective);
    if lower && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") {
        return match previous {
            _ if in_phrase || word.contains('-') => Tag::Adjective,
            Some(Tag::Auxiliary | Tag::Preposition) => Tag::Participle,
            _ => Tag::Verb,
        };
    }
    if lower && word.len() > 5 && word.ends_with("ing") && !in_phrase {
        return Tag::Gerund;
    }
    let adjectival = ["ous", "ful", "ive", "ical", "able", "ible", "less", "ish"].iter().any(|e| word.ends_with(e));
    if lower && word.len() > 5 && adjectival { Tag::Adjective } else { Tag::Noun }
}
