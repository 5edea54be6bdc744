//! Antecedents of descriptions and the earlier form of a name.

use super::Chains;
use super::items::{Item, Opening};
use crate::lexicon::Class;
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::rules::ReferenceFile;
use crate::token::Kind;
use rashomon_core::{MentionForm, MentionKind};
use rashomon_text::states::{self, Called};
use std::collections::HashMap;
use std::sync::OnceLock;

/// How many items back a name is looked for.
const BACK: usize = 400;
/// How many sentences back a noun for a kind of thing reaches.
const NEAR: usize = 3;

/// The earlier name that a name repeats, shortens or abbreviates.
pub(super) fn of_name(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    let low = number.saturating_sub(BACK);
    let before = (low..number).rev().filter(|n| is_name(&chains.items[*n]));
    before.into_iter().find(|n| same_name(page, &chains.items[*n], item))
}

fn is_name(item: &Item) -> bool {
    matches!(item.form, MentionForm::Name | MentionForm::Demonym)
}

fn same_name(page: &Page, a: &Item, b: &Item) -> bool {
    let equal = |x: usize, y: usize| page.word(x).eq_ignore_ascii_case(page.word(y));
    let all = a.range.len() == b.range.len() && a.range.indices().zip(b.range.indices()).all(|(x, y)| equal(x, y));
    let people = |i: &Item| matches!(i.kind, MentionKind::Person | MentionKind::Other);
    let (long, short) = if a.range.len() > b.range.len() { (a, b) } else { (b, a) };
    let part = people(a) && people(b) && long.range.len() > short.range.len() && long.range.len() < 6;
    let inside = part && short.range.indices().all(|y| long.range.indices().any(|x| equal(x, y)));
    all || inside || is_acronym(page, long, short)
}

/// `UN` for `United Nations`.
fn is_acronym(page: &Page, long: &Item, short: &Item) -> bool {
    let word = page.word(short.head);
    let initials: String =
        long.range.indices().filter(|i| page.tokens[*i].capital).filter_map(|i| page.word(i).chars().next()).collect();
    short.range.len() == 1 && page.tokens[short.head].caps && initials.len() > 1 && word.replace('.', "") == initials
}

/// What a description points to.
pub(super) fn of_description(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    apposition(page, chains, number)
        .or_else(|| predicate(page, chains, number))
        .or_else(|| same_head(page, chains, number))
        .or_else(|| (item.opening != Opening::Bare).then(|| carried(page, chains, number)).flatten())
        .or_else(|| of_kind(page, chains, number))
}

/// `Anna Hart, the mayor`: the name right before the comma.
fn apposition(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    let comma = item.range.start.checked_sub(1).filter(|c| page.kind(*c) == Some(Kind::Comma))?;
    let close = page.kind(item.range.end) == Some(Kind::Comma)
        || matches!(page.kind(item.range.end), Some(Kind::Stop))
        || page.tag(item.range.end) == Tag::Preposition;
    let before = (number.saturating_sub(6)..number).rev().find(|n| chains.items[*n].range.end == comma)?;
    let other = &chains.items[before];
    let fits = is_name(other)
        && (other.kind == item.kind || other.kind == MentionKind::Other)
        && other.form == MentionForm::Name;
    let single = item.plural == Some(false) && item.kind != MentionKind::Other;
    (close && fits && single && item.opening != Opening::Demonstrative).then_some(before)
}

/// `Hart was the mayor`: the subject right before a form of `be`.
fn predicate(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    let mut at = item.range.start;
    let low = at.saturating_sub(4);
    while at > low && matches!(page.tag(at - 1), Tag::Auxiliary | Tag::Adverb) {
        at -= 1;
    }
    let be = Range::new(at, item.range.start);
    let copula = !be.is_empty() && page.is(be.end - 1, Class::Be);
    let denied = be.indices().any(|i| page.is(i, Class::Negation));
    if !copula || denied || item.kind == MentionKind::Other {
        return None;
    }
    let subject = (number.saturating_sub(8)..number).rev().find(|n| chains.items[*n].range.end == at)?;
    let other = &chains.items[subject];
    let alike = other.plural.is_none() || other.plural == item.plural;
    let kind = chains.kind[chains.root[subject]];
    let fits = kind == item.kind || kind == MentionKind::Other && other.form != MentionForm::Description;
    (alike && fits && !other.oblique).then_some(subject)
}

/// The same noun before, with nothing added that the earlier words lack.
fn same_head(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    if item.opening == Opening::Bare && !item.plural.unwrap_or(false) || indefinite(page, item) {
        return None;
    }
    let same = chains.by_noun.get(&page.word(item.head).to_lowercase())?;
    same.iter().rev().take(BACK / 10).copied().find(|n| agrees(page, &chains.items[*n], item))
}

fn indefinite(page: &Page, item: &Item) -> bool {
    [
        "a", "an", "some", "any", "no", "every", "each", "another", "many", "several", "few", "all", "both", "other",
        "most",
    ]
    .iter()
    .any(|w| page.says(item.range.start, w))
        || item.range.indices().any(|i| page.says(i, "other"))
}

/// Whether every describing word of the later phrase stands in the earlier one, and both have the same possessor.
fn agrees(page: &Page, earlier: &Item, later: &Item) -> bool {
    let describing = |i: &usize| matches!(page.tag(*i), Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number);
    let inside = |w: usize| earlier.range.indices().any(|i| page.word(i).eq_ignore_ascii_case(page.word(w)));
    let all = later.range.indices().filter(describing).all(inside);
    let possessor = |i: &Item| i.range.indices().find(|t| page.tag(*t) == Tag::Possessive).map(|t| page.word(t));
    let attached = |i: &Item| {
        page.says(i.range.end, "of").then(|| {
            let end = (i.range.end + 1..i.range.end + 6).find(|t| page.tag(*t).is_nominal());
            end.map(|t| page.word(t).to_lowercase())
        })
    };
    let bare = later.opening == Opening::Bare && earlier.range.len() != later.range.len();
    let of = match (attached(earlier), attached(later)) {
        (Some(a), Some(b)) => a == b,
        (None, Some(_)) => false,
        _ => true,
    };
    let owner = match (possessor(earlier), possessor(later)) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (None, None) => true,
        (Some(_), None) => later.opening == Opening::Definite,
        (None, Some(_)) => false,
    };
    all && owner && of && !bare
}

/// Whether a description is a noun and a word that opens it, with nothing between but words for a nation (`the Danish
/// general`).
fn is_plain(page: &Page, item: &Item) -> bool {
    let people = |i: usize| states::find(page.word(i)).is_some_and(|l| l.called == Called::People);
    (item.range.start + 1..item.range.end).filter(|i| *i != item.head).all(people)
}

/// A name that carries the noun: `the Ministry` for `Ministry of Trade`, `the general` for `General Hart`.
fn carried(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    let plain = is_plain(page, item) && item.opening != Opening::Possessed && !page.says(item.range.end, "of");
    if !plain {
        return None;
    }
    let low = number.saturating_sub(BACK);
    (low..number).rev().find(|n| {
        let other = &chains.items[*n];
        if other.form != MentionForm::Name {
            return false;
        }
        let word = |i: usize| page.word(i).eq_ignore_ascii_case(page.word(item.head));
        let titled = other.range.start > 0 && page.tokens[other.range.start - 1].capital && word(other.range.start - 1);
        other.range.len() > 1 && other.range.indices().any(word) || titled
    })
}

/// A noun for the kind of thing: `that country` for the place named last.
fn of_kind(page: &Page, chains: &Chains, number: usize) -> Option<usize> {
    let item = &chains.items[number];
    let pointing = matches!(item.opening, Opening::Definite | Opening::Demonstrative);
    let plain = item.range.len() == 2
        && !matches!(page.tag(item.range.end), Tag::Wh | Tag::That)
        && !page.says(item.range.end, "of");
    let word = page.word(item.head).to_ascii_lowercase();
    let kind = kinds().get(word.as_str()).copied().filter(|_| pointing && plain)?;
    let low = number.saturating_sub(60);
    (low..number).rev().find(|n| {
        let other = &chains.items[*n];
        let near = item.sentence - other.sentence <= NEAR;
        let gender = chains.gender[chains.root[*n]];
        let alike = match kind {
            Named::Place => other.kind == MentionKind::Place,
            Named::Organization => other.kind == MentionKind::Organization,
            Named::Person => other.kind == MentionKind::Person,
            Named::Man => other.kind == MentionKind::Person && gender != Some(super::items::Gender::Woman),
            Named::Woman => other.kind == MentionKind::Person && gender != Some(super::items::Gender::Man),
        };
        near && other.form == MentionForm::Name && alike
    })
}

#[derive(Debug, Clone, Copy)]
enum Named {
    Place,
    Organization,
    Person,
    Man,
    Woman,
}

fn kinds() -> &'static HashMap<String, Named> {
    static KINDS: OnceLock<HashMap<String, Named>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let file = ReferenceFile::bundled();
        let lists = [
            ("person", Named::Person),
            ("organization", Named::Organization),
            ("place", Named::Place),
            ("man", Named::Man),
            ("woman", Named::Woman),
        ];
        let words = |name: &str| file.lists.get(name).cloned().unwrap_or_default();
        lists
            .into_iter()
            .flat_map(|(name, kind)| words(name).split_whitespace().map(|w| (w.to_owned(), kind)).collect::<Vec<_>>())
            .collect()
    })
}
