//! Finds noun phrases beside a token: the subject before a verb, the phrase after a preposition, an apposition.
//!
//! Everything looks at most [`REACH`] tokens away, so that a sentence of any length is read in linear time.

pub(crate) use crate::base_phrase::{base_after, base_before};
use crate::lexicon::{Class, form};
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::token::Kind;

/// How far a phrase is looked for.
pub(crate) const REACH: usize = 60;

/// A noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The phrase that its head stands in, without what is attached to it.
    pub(crate) head: Range,
    /// With prepositional phrases and what else is attached.
    pub(crate) whole: Range,
}

/// The subject of the verb group that begins at a token, not before the floor.
pub(crate) fn subject_before(page: &Page, verb: usize, floor: usize) -> Option<Phrase> {
    let floor = floor.max(verb.saturating_sub(REACH));
    let mut end = verb;
    loop {
        if end > floor && skipped_before_verb(page, end - 1) {
            end -= 1;
        } else if end > floor + 2 && is_fixed_adverbial(page, end - 2) {
            end -= 2;
        } else {
            break;
        }
    }
    if end <= floor {
        return None;
    }
    match page.kind(end - 1)? {
        Kind::Comma => after_comma(page, end - 1, floor),
        Kind::Close => {
            let open = (floor..end - 1).rev().find(|i| page.kind(*i) == Some(Kind::Open))?;
            phrase_before(page, open, floor)
        }
        Kind::Dash => {
            let open = (floor..end - 1).rev().find(|i| page.kind(*i) == Some(Kind::Dash))?;
            phrase_before(page, open, floor)
        }
        _ => past_adjuncts(page, verb, end, floor),
    }
}

/// `at once`, `at last`, `in turn`: adverbs of two words.
fn is_fixed_adverbial(page: &Page, at: usize) -> bool {
    let second = |words: &[&str]| words.iter().any(|w| page.says(at + 1, w));
    page.says(at, "at") && second(&["once", "last", "first", "length", "least", "times"])
        || page.says(at, "in") && second(&["turn", "fact", "short"])
}

/// Whether a phrase only says when: `this month`, `Tuesday`, `last year`.
pub(crate) fn is_time(page: &Page, head: Range) -> bool {
    let last = head.end - 1;
    head.len() <= 3
        && (page.is(last, Class::Weekday) || page.is(last, Class::TimeWord))
        && !page.is(last, Class::FirstName)
}

/// The phrase before a verb; a prepositional phrase that is attached to nothing is no subject and is passed over.
fn past_adjuncts(page: &Page, verb: usize, end: usize, floor: usize) -> Option<Phrase> {
    let mut end = end;
    // `After the mayor said`: by the tree, what looks like a phrase with a preposition is the subject.
    let subject = page.trees.as_deref().and_then(|trees| {
        let node = trees.words_in(Range::new(verb, verb + 1)).next()?;
        let node = if trees.relation(node).starts_with("aux") { trees.head(node)? } else { node };
        Some(trees.tokens(trees.child(node, &["nsubj", "nsubj:pass"])?).start)
    });
    for _ in 0..4 {
        end = contact_relative(page, before_bracket(page, end, floor), floor);
        let found = phrase_before(page, end, floor)?;
        let start = found.whole.start;
        let adjunct =
            start > floor && matches!(page.tag(start - 1), Tag::Preposition | Tag::To) && !page.says(start - 1, "as");
        let time = is_time(page, found.whole);
        if !adjunct && !time || adjunct && subject.is_some_and(|s| found.head.has(s)) {
            return Some(found);
        }
        end = if adjunct { start - 1 } else { start };
        if end > floor && reduced_relative(page, end - 1, floor) {
            end -= 1;
        }
        while end > floor && (skipped_before_verb(page, end - 1) || page.kind(end - 1) == Some(Kind::Comma)) {
            end -= 1;
        }
    }
    None
}

/// Past brackets that stand right before: `Hart (Hull)`.
fn before_bracket(page: &Page, end: usize, floor: usize) -> usize {
    if end <= floor + 1 || page.kind(end - 1) != Some(Kind::Close) {
        return end;
    }
    (floor..end - 1).rev().take(30).find(|i| page.kind(*i) == Some(Kind::Open)).filter(|o| *o > floor).unwrap_or(end)
}

/// Before `I spoke to` in `the men I spoke to said`: a relative clause without its pronoun.
fn contact_relative(page: &Page, end: usize, floor: usize) -> usize {
    let mut at = end;
    while at > floor + 2 && matches!(page.tag(at - 1), Tag::Preposition | Tag::Adverb | Tag::To) {
        at -= 1;
    }
    let verb = at > floor + 2 && page.tag(at - 1) == Tag::Verb && page.tag(at - 2) == Tag::Pronoun;
    if verb && page.tag(at - 3).is_nominal() { at - 2 } else { end }
}

/// A participle right behind a noun: `a report released`.
fn reduced_relative(page: &Page, at: usize, floor: usize) -> bool {
    at > floor && page.entry(at).forms & form::PARTICIPLE != 0 && page.tag(at - 1).is_nominal()
}

fn skipped_before_verb(page: &Page, at: usize) -> bool {
    let all = ["both", "all", "each"].iter().any(|w| page.says(at, w));
    let before = at.wrapping_sub(1);
    matches!(page.tag(at), Tag::Adverb | Tag::Auxiliary)
        || all && (page.kind(before) == Some(Kind::Comma) || page.tag(before).is_nominal())
        || page.is(at, Class::Hearsay)
        || page.kind(at) == Some(Kind::Clitic) && page.tag(at) == Tag::Auxiliary
}

/// The phrase before a comma that closes an apposition or a parenthesis; of several in a row, before all of them.
fn after_comma(page: &Page, comma: usize, floor: usize) -> Option<Phrase> {
    let mut close = comma;
    let mut found = None;
    for _ in 0..5 {
        let open = (floor..close).rev().find(|i| page.kind(*i) == Some(Kind::Comma));
        let Some(open) = open.filter(|o| is_apposition(page, Range::new(o + 1, close))) else { break };
        let Some(phrase) = phrase_before(page, before_bracket(page, open, floor), floor) else { break };
        found = Some(phrase);
        let outer = (floor..open).rev().take(40).find(|i| page.kind(*i) == Some(Kind::Comma));
        let Some(outer) = outer.filter(|o| describes(page, Range::new(o + 1, open), *o, floor)) else { break };
        close = open;
        if outer == floor {
            break;
        }
    }
    found
}

/// Whether a stretch between commas describes the name before it, so that the subject stands further out: `who ...`,
/// `during ...`, `Hull's mayor`, `the captain of the Mary`.
fn describes(page: &Page, inner: Range, outer: usize, floor: usize) -> bool {
    let first = page.tag(inner.start);
    let when = inner.indices().take(5).any(|i| page.is(i, Class::TimeWord));
    if first == Tag::Wh || first == Tag::Preposition || when {
        return is_apposition(page, inner);
    }
    let owned = inner.indices().any(|i| page.tag(i) == Tag::Possessive);
    let role = inner.indices().any(|i| page.is(i, Class::RoleNoun) || page.is(i, Class::TieNoun));
    let after_name = outer > floor && page.tag(outer - 1) == Tag::Name;
    (owned || role || first == Tag::Determiner) && after_name && is_apposition(page, inner)
}

/// Whether a stretch between commas says who or what the phrase before it is, or is a mere aside.
pub(crate) fn is_apposition(page: &Page, inner: Range) -> bool {
    if inner.is_empty() || inner.len() > 40 {
        return false;
    }
    let relative = page.tag(inner.start) == Tag::Wh
        || inner.len() > 2 && page.tag(inner.start) == Tag::Preposition && page.tag(inner.start + 1) == Tag::Wh;
    let participle = page.entry(inner.start).forms & form::PARTICIPLE != 0
        && matches!(page.tag(inner.start + 1), Tag::Preposition | Tag::To | Tag::Adverb)
        && !has_finite(page, Range::new(inner.start + 1, inner.end));
    if relative
        || participle
        || page.says(inner.start, "whose")
        || (inner.len() == 1 && page.kind(inner.start) == Some(Kind::Number))
    {
        return true;
    }
    let mut relative_seen = false;
    for at in inner.indices() {
        match page.tag(at) {
            Tag::Wh | Tag::That => relative_seen = true,
            Tag::Verb | Tag::Auxiliary if !relative_seen => return false,
            _ => {}
        }
    }
    true
}

/// The noun phrase that ends right before a token.
pub(crate) fn phrase_before(page: &Page, end: usize, floor: usize) -> Option<Phrase> {
    if end <= floor {
        return None;
    }
    if matches!(page.tag(end - 1), Tag::Wh | Tag::That) {
        let range = Range::new(end - 1, end);
        return Some(Phrase { head: range, whole: range });
    }
    // `the captain of the “Gull”`: a name between marks belongs to the words before it.
    let marked = (floor..end - 1).rev().take(6).find(|i| page.kind(*i) == Some(Kind::Mark));
    let marked = marked.filter(|_| page.kind(end - 1) == Some(Kind::Mark));
    let mut head = base_before(page, marked.unwrap_or(end), floor)?;
    let last = if marked.is_some() { Range::new(head.start, end) } else { head };
    for _ in 0..6 {
        let Some(next) = attached_before(page, head, floor) else { break };
        head = next;
    }
    Some(Phrase { head, whole: head.cover(last) })
}

/// What a phrase is attached to: `spokesman` for `for the mayor`, `the man` for `who sank the boat`.
fn attached_before(page: &Page, phrase: Range, floor: usize) -> Option<Range> {
    let start = phrase.start;
    if start <= floor {
        return None;
    }
    let before = page.tag(start - 1);
    match before {
        Tag::Preposition | Tag::To if !page.says(start - 1, "as") => {
            let mut end = start - 1;
            if end > floor && (page.tag(end - 1) == Tag::Participle || page.tag(end - 1) == Tag::Gerund) {
                end -= 1;
            }
            base_before(page, end, floor)
        }
        Tag::Participle | Tag::Gerund if start >= 2 => {
            // `contribution to strengthening` the fleet.
            let joined = matches!(page.tag(start - 2), Tag::Preposition | Tag::To) && start - 2 > floor;
            base_before(page, if joined { start - 2 } else { start - 1 }, floor)
        }
        Tag::Coordinator if page.says(start - 1, "and") || page.says(start - 1, "or") => joined(page, start, floor),
        Tag::Verb | Tag::Auxiliary => relative_before(page, start - 1, floor),
        _ => None,
    }
}

/// `Smith and` before `Jones said`, but not the clause before `and Jones said`.
fn joined(page: &Page, start: usize, floor: usize) -> Option<Range> {
    let clause = (floor..start - 1).rev().take_while(|i| !is_clause_break(page, *i));
    let mut verb = false;
    for at in clause {
        verb |= page.tag(at).is_finite();
    }
    if verb { None } else { base_before(page, start - 1, floor) }
}

fn is_clause_break(page: &Page, at: usize) -> bool {
    matches!(page.kind(at), Some(Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Mark | Kind::Dash))
        || page.tag(at) == Tag::That
}

/// `the man` where `who sank` stands before the phrase.
fn relative_before(page: &Page, verb: usize, floor: usize) -> Option<Range> {
    let low = floor.max(verb.saturating_sub(12));
    for at in (low..=verb).rev() {
        match page.tag(at) {
            Tag::Wh | Tag::That if at > low => return base_before(page, at, floor),
            Tag::Punctuation => return None,
            _ => {}
        }
    }
    None
}

/// The noun phrase that begins at a token, with the prepositional phrases attached to it.
pub(crate) fn phrase_after(page: &Page, from: usize, limit: usize) -> Option<Phrase> {
    let limit = limit.min(from + REACH);
    let head = base_after(page, from, limit)?;
    let mut end = head.end;
    for _ in 0..6 {
        let Some(next) = attached_after(page, end, limit) else { break };
        end = next;
    }
    Some(Phrase { head, whole: Range::new(head.start, end) })
}

fn attached_after(page: &Page, end: usize, limit: usize) -> Option<usize> {
    if end + 1 >= limit {
        return None;
    }
    let joins = ["of", "for", "at", "from", "in", "with", "on", "to", "by", "under", "near"];
    let and = page.says(end, "and") && page.tag(end - 1) == Tag::Name && page.tag(end + 1) == Tag::Name;
    let joined = page.tag(end) == Tag::Preposition && joins.iter().any(|p| page.says(end, p));
    if !(and || joined) || page.is(end + 1, Class::Weekday) || page.is(end + 1, Class::Month) {
        return None;
    }
    base_after(page, end + 1, limit).map(|r| r.end)
}

/// One past an apposition that follows a phrase: the comma that closes it included. `the mayor of Hull,` and the like.
pub(crate) fn skip_apposition(page: &Page, comma: usize, limit: usize) -> Option<usize> {
    if page.kind(comma) != Some(Kind::Comma) {
        return None;
    }
    let limit = limit.min(comma + 40);
    let close = (comma + 1..limit).find(|i| {
        matches!(page.kind(*i), Some(Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Mark | Kind::Colon))
    })?;
    let inner = Range::new(comma + 1, close);
    let describes = page.tag(inner.start) == Tag::Wh
        || inner.indices().take(12).any(|i| page.is(i, Class::RoleNoun) || page.is(i, Class::TieNoun))
        || inner.len() == 1 && page.kind(inner.start) == Some(Kind::Number)
        || page.is(inner.start, Class::Article) && !page.says(inner.start, "the") && inner.len() < 12;
    let ends_clause = page.kind(close) == Some(Kind::Stop) || close + 1 >= limit;
    (describes && is_apposition(page, inner) && !ends_clause).then_some(close + 1)
}

/// Whether a finite verb stands in a range.
pub(crate) fn has_finite(page: &Page, range: Range) -> bool {
    range.indices().any(|i| page.tag(i).is_finite())
}

/// The first finite verb or auxiliary of a range.
pub(crate) fn first_finite(page: &Page, range: Range) -> Option<usize> {
    range.indices().find(|i| page.tag(*i).is_finite())
}

/// The verb group around a verb: its auxiliaries and the adverbs between them, up to the verb itself.
pub(crate) fn verb_group(page: &Page, verb: usize, floor: usize) -> Range {
    let mut start = verb;
    let mut at = verb;
    while at > floor && verb - at < 8 {
        match page.tag(at - 1) {
            Tag::Auxiliary => start = at - 1,
            Tag::Adverb => {}
            _ => break,
        }
        at -= 1;
    }
    Range::new(start, verb + 1)
}

/// Whether a verb group is passive: a form of `be` and a participle.
pub(crate) fn is_passive(page: &Page, group: Range) -> bool {
    let verb = group.end - 1;
    let last = (group.start..verb).rev().find(|i| page.tag(*i) == Tag::Auxiliary);
    last.is_some_and(|a| page.is(a, Class::Be) || page.says(a, "'s") || page.says(a, "’s"))
        && page.entry(verb).forms & (form::PAST | form::PARTICIPLE) != 0
        && page.entry(verb).forms & form::ING == 0
}

/// Whether a verb group is negated.
pub(crate) fn is_negated(page: &Page, group: Range) -> bool {
    group.indices().any(|i| page.is(i, Class::Negation))
}
