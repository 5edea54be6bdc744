//! How far the sides of a causal cue reach: the clause before it, the clause or phrase behind it.
//!
//! Everything stays inside a field, the stretch of one sentence around the cue whose words belong to the cue's voice, so
//! that no side can take in another voice's words from outside it.

use super::cues::Cues;
use crate::lexicon::{Class, form};
use crate::own_words::NOBODY;
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::phrase;
use crate::statement::AUTHOR;
use crate::token::Kind;

/// Adverbs that belong to the cue behind them.
const CUE_ADVERBS: &[&str] = &[
    "not",
    "partly",
    "largely",
    "mainly",
    "only",
    "simply",
    "just",
    "mostly",
    "chiefly",
    "primarily",
    "precisely",
    "especially",
    "particularly",
    "perhaps",
    "probably",
    "possibly",
    "also",
    "even",
    "thus",
    "thereby",
    "allegedly",
    "reportedly",
    "apparently",
];

/// How far from the cue a side is looked for.
const REACH: usize = 80;

/// The owner of a cue's words; where they are nobody's, of the nearest words behind, else before.
pub(super) fn owner(page: &Page, cue: Range, sentence: Range) -> u32 {
    let of = |i: &usize| page.owners.get(*i).copied().filter(|o| *o != NOBODY);
    let own = of(&cue.start);
    let behind = || (cue.end..sentence.end.min(cue.end + REACH)).find_map(|i| of(&i));
    let before = || (sentence.start.max(cue.start.saturating_sub(REACH))..cue.start).rev().find_map(|i| of(&i));
    own.or_else(behind).or_else(before).unwrap_or(AUTHOR)
}

/// The owner of the nearest words before a cue: who demands something in a protest does not say why there is one.
pub(super) fn owner_before(page: &Page, cue: Range, sentence: Range) -> u32 {
    let low = sentence.start.max(cue.start.saturating_sub(REACH));
    let before = (low..cue.start).rev().find_map(|i| page.owners.get(i).copied().filter(|o| *o != NOBODY));
    before.unwrap_or_else(|| owner(page, cue, sentence))
}

/// The stretch around a cue that may belong to its claim.
pub(super) fn field(page: &Page, cue: Range, sentence: Range, owner: u32) -> Range {
    let mine = |i: usize| {
        let other = page.owners.get(i).copied().unwrap_or(AUTHOR);
        owner == AUTHOR || other == owner || other == NOBODY || within(page, other, owner)
    };
    let breaks = |i: usize| matches!(page.kind(i), Some(Kind::Semicolon | Kind::Colon)) || !mine(i);
    let low = sentence.start.max(cue.start.saturating_sub(REACH));
    let high = sentence.end.min(cue.end + REACH);
    let start = (low..cue.start).rev().find(|i| breaks(*i)).map_or(low, |i| i + 1);
    let end = (cue.end..high).find(|i| breaks(*i)).unwrap_or(high);
    Range::new(start, end)
}

fn within(page: &Page, inner: u32, outer: u32) -> bool {
    let mut at = inner as usize;
    for _ in 0..12 {
        match page.parents.get(at).copied().flatten() {
            Some(parent) if parent == outer as usize => return true,
            Some(parent) => at = parent,
            None => return false,
        }
    }
    false
}

/// Without punctuation, conjunctions and, in a source's words, the source's own mention at the edges.
pub(super) fn trim(page: &Page, side: Range, owner: u32) -> Range {
    // Its own mention, and not that of a voice inside it: `because they know that ...`.
    let own = |i: usize| {
        page.attributions.get(owner as usize).is_none_or(|a| a.extent.has(i) || !a.content.iter().any(|c| c.has(i)))
    };
    let foreign = |i: usize| owner != AUTHOR && page.owners.get(i) == Some(&NOBODY) && own(i);
    let stop = |i: usize| page.tag(i) == Tag::Punctuation && page.kind(i) != Some(Kind::Close);
    let mut side = side;
    while !side.is_empty() {
        let last = side.end - 1;
        // `closed partly because`: an adverb of the cue; `ran slowly` keeps its own.
        let bound = CUE_ADVERBS.iter().any(|w| page.says(last, w));
        let adverb = page.tag(last) == Tag::Adverb && bound;
        let small = (page.tag(last) == Tag::Coordinator || adverb) && side.len() > 1;
        if !(stop(last) || foreign(last) || small) {
            break;
        }
        side.end -= 1;
    }
    while !side.is_empty() {
        let first = side.start;
        let small = matches!(page.tag(first), Tag::Coordinator | Tag::That);
        if !(page.tag(first) == Tag::Punctuation || foreign(first) || small) {
            break;
        }
        side.start += 1;
    }
    side
}

/// The clause that ends right before a token.
pub(super) fn clause_before(page: &Page, end: usize, field: Range) -> Range {
    let mut finite = false;
    let mut at = end;
    while at > field.start {
        let t = at - 1;
        let tag = page.tag(t);
        let opens = matches!(tag, Tag::Subordinator | Tag::That)
            || tag == Tag::Coordinator
                && clause_at(page, t + 1, end)
                && phrase::has_finite(page, Range::new(field.start, t))
            || page.kind(t) == Some(Kind::Comma) && page.tag(t + 1) == Tag::Coordinator && finite;
        if opens && finite && !page.tag(at).is_finite() {
            return Range::new(at, end);
        }
        finite |= tag.is_finite();
        at = t;
    }
    Range::new(field.start, end)
}

/// Whether a clause with a subject of its own begins here.
fn clause_at(page: &Page, at: usize, limit: usize) -> bool {
    let Some(subject) = phrase::base_after(page, at, limit) else { return false };
    (subject.end..limit.min(subject.end + 8))
        .take_while(|i| page.tag(*i) != Tag::Punctuation && page.tag(*i) != Tag::Coordinator)
        .any(|i| page.tag(i).is_finite())
}

/// The clause that begins at a token.
pub(super) fn clause_after(page: &Page, start: usize, field: Range, fronted: bool) -> Range {
    let mut finite = false;
    for at in start..field.end {
        let tag = page.tag(at);
        let comma = page.kind(at) == Some(Kind::Comma);
        let next = page.tag(at + 1);
        let turns = matches!(next, Tag::Coordinator | Tag::Wh | Tag::Subordinator | Tag::Gerund | Tag::Preposition)
            || page.owners.get(at + 1) == Some(&NOBODY);
        let ends = comma && finite && (turns || fronted)
            || at > start && finite && tag == Tag::Subordinator
            || finite && tag == Tag::Coordinator && (page.says(at, "but") || clause_at(page, at + 1, field.end));
        if ends {
            return Range::new(start, at);
        }
        finite |= tag.is_finite();
    }
    Range::new(start, field.end)
}

/// The noun phrase that begins at a token, with all that hangs on it.
pub(super) fn phrase_after(page: &Page, start: usize, field: Range) -> Range {
    let mut nested = false;
    for at in start..field.end {
        let mut tag = page.tag(at);
        if tag.is_finite() && at > start && page.tag(at - 1) == Tag::To {
            tag = Tag::Infinitive;
        }
        let wh = matches!(tag, Tag::Wh | Tag::That);
        // `following a swiftly called, late meeting`
        let comma = page.kind(at) == Some(Kind::Comma) && (start..at).any(|i| page.tag(i).is_nominal());
        let ends = comma
            || tag == Tag::Subordinator
            || tag.is_finite() && !nested
            || tag == Tag::Coordinator && page.tag(at + 1).is_finite() && !nested;
        if ends && at > start {
            return Range::new(start, at);
        }
        nested |= wh;
    }
    Range::new(start, field.end)
}

/// The noun phrase before a token.
pub(super) fn phrase_before(page: &Page, end: usize, field: Range) -> Option<Range> {
    phrase::phrase_before(page, end, field.start).map(|p| p.whole)
}

/// Whether nothing but small words stands between the field's beginning and a token.
pub(super) fn opens(page: &Page, at: usize, field: Range) -> bool {
    at < field.start + 6
        && (field.start..at).all(|i| {
            matches!(page.tag(i), Tag::Coordinator | Tag::Adverb | Tag::Punctuation | Tag::That)
                || page.is(i, Class::Negation)
        })
}

/// Whether what follows tells of something that happens: a noun of that kind, or somebody and what they do.
pub(super) fn tells_event(page: &Page, cues: &Cues, side: Range) -> bool {
    let head = phrase::base_after(page, side.start, side.end);
    let event = head.is_some_and(|h| cues.is_event(page, h.end - 1) && page.tag(h.end - 1) != Tag::Name);
    event || tells_deed(page, side) || page.tag(side.start) == Tag::Gerund
}

/// Whether what follows names somebody and what they are made to do or kept from doing.
pub(super) fn tells_deed(page: &Page, side: Range) -> bool {
    let Some(head) = phrase::phrase_after(page, side.start, side.end) else { return false };
    let joined = |i: usize| page.says(i, "from") || page.says(i, "into");
    let deed = |i: usize| {
        page.tag(i) == Tag::To && page.tag(i + 1) == Tag::Infinitive
            || joined(i) && page.tag(i + 1) == Tag::Gerund
            || page.tag(i) == Tag::Infinitive
    };
    let acts = |i: usize| {
        let after = matches!(page.tag(i - 1), Tag::Pronoun | Tag::Name);
        after && page.entry(i).forms & form::BASE != 0 && !page.tokens[i].capital
    };
    deed(head.head.end) || deed(head.whole.end) || (side.start + 1..side.end.min(side.start + 6)).any(acts)
}
