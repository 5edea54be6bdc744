//! What can be referred to again: names, noun phrases and pronouns, each with its number, gender and kind as far as its
//! words tell.

use crate::base_phrase::base_before;
use crate::lexicon::Class;
use crate::page::{Named, Page, Range};
use crate::part::Tag;
use crate::token::Kind;
use rashomon_core::{MentionForm, MentionKind, Span};

/// Man, woman or thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

/// How a noun phrase begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// `the`
    Definite,
    /// `this`, `that`, `such`
    Demonstrative,
    /// `his`, `the mayor's`
    Possessed,
    /// Anything else.
    Bare,
}

/// Which pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Person {
    I,
    We,
    You,
    He,
    She,
    It,
    They,
}

/// Something that can be referred to again.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) range: Range,
    pub(super) head: usize,
    pub(super) form: MentionForm,
    pub(super) kind: MentionKind,
    /// Whether the kind is sure enough to refuse a pronoun by.
    pub(super) sure: bool,
    pub(super) plural: Option<bool>,
    pub(super) gender: Option<Gender>,
    pub(super) opening: Opening,
    pub(super) person: Option<Person>,
    pub(super) sentence: usize,
    /// Subject of a finite verb that follows.
    pub(super) subject: bool,
    /// Stands behind a preposition.
    pub(super) oblique: bool,
    /// The direct quotation that it stands in.
    pub(super) quotation: Option<u32>,
    /// Antecedent that an earlier step gave.
    pub(super) given: Option<Span>,
    /// Whether it is a mention already.
    pub(super) known: bool,
}

/// Every item of a page in order of place.
pub(super) fn find(page: &Page) -> Vec<Item> {
    let mut items: Vec<Item> = page.named.iter().filter_map(|n| of_named(page, n)).collect();
    let mut taken = vec![false; page.tokens.len()];
    for named in &page.named {
        taken[named.range.indices()].fill(true);
    }
    for (number, sentence) in page.sentences.iter().enumerate() {
        for at in sentence.range.indices().filter(|i| !taken[*i]) {
            let person = pronoun(page, at);
            if let Some(person) = person {
                items.push(of_pronoun(page, at, person, number));
            } else if is_head(page, at, sentence.range) {
                items.extend(of_phrase(page, at, number, sentence.range).filter(|i| !taken[i.head]));
            }
        }
    }
    items.sort_by_key(|i| (i.range.start, std::cmp::Reverse(i.range.end)));
    items.dedup_by(|b, a| a.range == b.range);
    let inside = quotations(page);
    for item in &mut items {
        item.quotation = inside.get(item.head).copied().filter(|q| *q != u32::MAX);
    }
    items
}

/// For each token the innermost direct quotation that holds it.
fn quotations(page: &Page) -> Vec<u32> {
    let mut inside = vec![u32::MAX; page.tokens.len()];
    let mut order: Vec<usize> = (0..page.quoted.len()).collect();
    order.sort_by_key(|q| page.quoted[*q].depth);
    for number in order {
        let quoted = &page.quoted[number];
        if quoted.kind == rashomon_core::QuotationKind::Direct {
            inside[quoted.content.indices()].fill(number as u32);
        }
    }
    inside
}

/// The pronoun that a token is.
pub(super) fn pronoun(page: &Page, at: usize) -> Option<Person> {
    if !matches!(page.tag(at), Tag::Pronoun | Tag::Possessive) || page.kind(at) == Some(Kind::Clitic) {
        return None;
    }
    Some(match page.word(at).to_ascii_lowercase().as_str() {
        "i" | "me" | "my" | "mine" | "myself" => Person::I,
        "we" | "us" | "our" | "ours" | "ourselves" => Person::We,
        "you" | "your" | "yours" | "yourself" | "yourselves" => Person::You,
        "he" | "him" | "his" | "himself" => Person::He,
        "she" | "her" | "hers" | "herself" => Person::She,
        "it" | "its" | "itself" => Person::It,
        "they" | "them" | "their" | "theirs" | "themselves" | "themself" => Person::They,
        _ => return None,
    })
}

fn of_pronoun(page: &Page, at: usize, person: Person, sentence: usize) -> Item {
    let range = Range::new(at, at + 1);
    let kind = match person {
        Person::It | Person::They => MentionKind::Other,
        _ => MentionKind::Person,
    };
    Item {
        range,
        head: at,
        form: MentionForm::Pronoun,
        kind,
        sure: kind == MentionKind::Person,
        plural: match person {
            Person::We | Person::They => Some(true),
            Person::You => None,
            _ => Some(false),
        },
        gender: match person {
            Person::He => Some(Gender::Man),
            Person::She => Some(Gender::Woman),
            _ => None,
        },
        opening: Opening::Bare,
        person: Some(person),
        sentence,
        subject: is_subject(page, range),
        oblique: matches!(page.tag(at.wrapping_sub(1)), Tag::Preposition | Tag::To),
        quotation: None,
        given: None,
        known: false,
    }
}

fn of_named(page: &Page, named: &Named) -> Option<Item> {
    let sentence = page.sentence_of(named.range.start)?;
    if named.form == MentionForm::Pronoun {
        let person = pronoun(page, named.range.start)?;
        let mut item = of_pronoun(page, named.range.start, person, sentence);
        item.given = named.antecedent;
        item.known = true;
        return Some(item);
    }
    let head = head_of(page, named.range);
    let mut item = described(page, named.range, head, sentence);
    item.form = named.form;
    item.kind = named.kind;
    item.sure = named.kind != MentionKind::Other;
    item.given = named.antecedent;
    item.known = true;
    if named.form == MentionForm::Name {
        item.plural = Some(false).filter(|_| !page.says(head, "states"));
    }
    Some(item)
}

/// The last nominal word before anything that is attached behind.
fn head_of(page: &Page, range: Range) -> usize {
    let stop = |i: &usize| {
        *i > range.start
            && (matches!(page.tag(*i), Tag::Preposition | Tag::Wh | Tag::That | Tag::To | Tag::Punctuation)
                || page.tag(*i).is_finite())
    };
    let end = range.indices().find(stop).unwrap_or(range.end);
    end.saturating_sub(1).max(range.start)
}

/// Whether a noun is the last of its phrase.
fn is_head(page: &Page, at: usize, sentence: Range) -> bool {
    let next = page.tag(at + 1);
    let ends =
        at + 1 >= sentence.end || !matches!(next, Tag::Noun | Tag::Name | Tag::Number) || page.tokens[at + 1].first;
    let adverb = page.is(at, Class::TimeWord) || page.is(at, Class::Weekday) || page.is(at, Class::Month);
    page.tag(at) == Tag::Noun && page.kind(at) == Some(Kind::Word) && ends && !adverb
}

fn of_phrase(page: &Page, at: usize, sentence: usize, bounds: Range) -> Option<Item> {
    let range = base_before(page, at + 1, bounds.start)?;
    Some(described(page, range, at, sentence))
}

/// What the words of a noun phrase tell.
fn described(page: &Page, range: Range, head: usize, sentence: usize) -> Item {
    let has = |class| range.indices().any(|i| page.is(i, class));
    let before = range.start.wrapping_sub(1);
    let titled = |class| page.is(before, Class::Honorific) && page.is(before, class);
    let gender = match (has(Class::Male) || titled(Class::Male), has(Class::Female) || titled(Class::Female)) {
        (true, false) => Some(Gender::Man),
        (false, true) => Some(Gender::Woman),
        _ => None,
    };
    let person = page.is(head, Class::PersonNoun) || page.is(head, Class::RoleNoun);
    let (kind, sure) = match () {
        () if person => (MentionKind::Person, true),
        () if page.is(head, Class::OrganizationNoun) && !page.is(head, Class::PlaceNoun) => {
            (MentionKind::Organization, true)
        }
        () if page.is(head, Class::PlaceNoun) => (MentionKind::Place, true),
        () => (MentionKind::Other, true),
    };
    Item {
        range,
        head,
        form: MentionForm::Description,
        kind,
        sure,
        plural: Some(is_plural(page, head)),
        gender,
        opening: opening(page, range),
        person: None,
        sentence,
        subject: is_subject(page, range),
        oblique: matches!(page.tag(before), Tag::Preposition | Tag::To),
        quotation: None,
        given: None,
        known: false,
    }
}

fn is_plural(page: &Page, head: usize) -> bool {
    let word = page.word(head).to_ascii_lowercase();
    let irregular = ["men", "women", "children", "people", "police", "militia", "troops"];
    page.is(head, Class::CollectivePlural)
        || irregular.iter().any(|w| word.ends_with(w))
        || word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is")
}

fn opening(page: &Page, range: Range) -> Opening {
    let first = range.start;
    let demonstrative = ["this", "that", "these", "those", "such"].iter().any(|w| page.says(first, w));
    if page.says(first, "the") {
        Opening::Definite
    } else if demonstrative {
        Opening::Demonstrative
    } else if range.indices().any(|i| page.tag(i) == Tag::Possessive) {
        Opening::Possessed
    } else {
        Opening::Bare
    }
}

/// Whether a finite verb follows, adverbs and what is attached apart.
fn is_subject(page: &Page, range: Range) -> bool {
    let mut at = range.end;
    while at < range.end + 3 && page.tag(at) == Tag::Adverb {
        at += 1;
    }
    page.tag(at).is_finite() && !matches!(page.tag(range.start.wrapping_sub(1)), Tag::Preposition | Tag::To)
}
