//! What a number measures: the noun phrase behind it.

use crate::atom::{Atom, AtomKind};
use crate::lexicon::form;
use crate::page::Page;
use crate::part::Tag;

/// A noun phrase behind a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    /// First atom of the phrase, without articles.
    pub(super) start: usize,
    /// One past its head.
    pub(super) end: usize,
    /// Its head.
    pub(super) head: usize,
}

/// Longest phrase in atoms.
const LONGEST: usize = 7;

/// The noun phrase that begins at an atom: adjectives and nouns up to the last noun before something else.
pub(super) fn noun_phrase(page: &Page, atoms: &[Atom], start: usize) -> Option<Measured> {
    let mut head = None;
    let mut at = start;
    while at < atoms.len() && at < start + LONGEST {
        let atom = atoms.get(at)?;
        let word = atom.text(page.text());
        if atom.kind == AtomKind::Mark && matches!(word, "-" | "‐") && atom.glued {
            at += 1;
            continue;
        }
        // `half of the mayor's men`: the owner is not what is counted.
        if head.is_some() && matches!(word, "'s" | "’s") {
            head = None;
            at += 1;
            continue;
        }
        if atom.kind != AtomKind::Word || word.starts_with(['\'', '’']) {
            break;
        }
        match page.tag(atom.token) {
            // A noun ends the phrase where a capital begins a name of its own.
            Tag::Name if head.is_some_and(|h: usize| !atoms[h].capital) => break,
            // `several owners died`: a past form behind a noun is a verb, whatever its tag.
            _ if head.is_some_and(|h: usize| past(page, atom) || word.ends_with("ed") && plural(page, atoms, h)) => {
                break;
            }
            // A people, `several Danes`, is tagged as the adjective that it also is.
            Tag::Adjective if atom.capital && word.ends_with('s') => head = Some(at),
            Tag::Noun | Tag::Name => head = Some(at),
            Tag::Adjective | Tag::Participle | Tag::Gerund if head.is_none() => {}
            Tag::Adverb | Tag::Determiner
                if head.is_none() && ["most", "very", "more", "such", "other"].contains(&word) => {}
            _ => break,
        }
        at += 1;
    }
    head.map(|head| Measured { start, end: head + 1, head })
}

/// Past articles, possessives and demonstratives.
pub(super) fn after_articles(page: &Page, atoms: &[Atom], at: usize) -> usize {
    let opens = |a: &Atom| page.tag(a.token).opens_phrase() && a.kind == AtomKind::Word;
    at + usize::from(atoms.get(at).is_some_and(opens))
}

fn plural(page: &Page, atoms: &[Atom], at: usize) -> bool {
    atoms.get(at).is_some_and(|a| a.text(page.text()).ends_with('s'))
}

fn past(page: &Page, atom: &Atom) -> bool {
    let entry = page.entry(atom.token);
    entry.forms & form::PAST != 0 && entry.forms & form::BASE == 0
}
