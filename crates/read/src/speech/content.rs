//! How far the words reach that a cue gives to a voice.
//!
//! Reported words run to the end of the sentence unless something shows that they stop: another cue, a contrast, a
//! participle of speech. To cut them short would give a source's words to the author, so only sure signs cut.

use super::quoted::Scene;
use crate::lexicon::Class;
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::phrase::{base_after, phrase_after};
use crate::token::Kind;

/// Most tokens that an indirect cue is given in one direction.
const MOST: usize = 600;

/// One past the last token of reported words that begin at a token.
pub(crate) fn reach(page: &Page, scene: &Scene, from: usize, window: Range) -> usize {
    let limit = window.end.min(from + MOST);
    let mut at = from;
    while at < limit {
        if let Some(quotation) = scene.beginning(at).or_else(|| set_aside_at(page, scene, at)) {
            at = page.quoted[quotation].outer.end.max(at + 1);
            if at > window.end {
                // The marks close in a later sentence, and the words go on until there.
                return at;
            }
            continue;
        }
        if page.kind(at) == Some(Kind::Open) {
            at = close_of(page, at, limit);
            continue;
        }
        if stops_at(page, at, from, limit) {
            return at;
        }
        at += 1;
    }
    trim_end(page, from, limit)
}

/// How far the reported clause goes on behind a quotation inside it.
pub(crate) fn after_quotation(page: &Page, scene: &Scene, end: usize, window: Range) -> usize {
    let next = page.kind(end);
    let inside = page.word(end.saturating_sub(2));
    let closed = inside.ends_with(['.', '!', '?', ',']) && page.kind(end - 1) == Some(Kind::Mark);
    if closed || matches!(next, Some(Kind::Stop | Kind::Semicolon)) {
        return end;
    }
    if next == Some(Kind::Comma) && !page.says(end + 1, "and") && !page.says(end + 1, "or") {
        return end;
    }
    reach(page, scene, end, window).max(end)
}

fn set_aside_at(page: &Page, scene: &Scene, at: usize) -> Option<usize> {
    if page.kind(at) != Some(Kind::Mark) {
        return None;
    }
    let index = page.quoted.partition_point(|q| q.content.start <= at);
    (index < page.quoted.len() && page.quoted[index].outer.start == at && scene.is_set_aside(index)).then_some(index)
}

fn close_of(page: &Page, open: usize, limit: usize) -> usize {
    let far = limit.min(open + 80);
    (open..far).find(|i| page.kind(*i) == Some(Kind::Close)).map_or(open + 1, |i| i + 1)
}

/// Without the stop at the end.
pub(crate) fn trim_end(page: &Page, from: usize, end: usize) -> usize {
    let mut end = end;
    while end > from
        && matches!(page.kind(end - 1), Some(Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Dash))
    {
        end -= 1;
    }
    end
}

/// Whether reported words stop before the token here.
fn stops_at(page: &Page, at: usize, from: usize, limit: usize) -> bool {
    if at == from {
        return false;
    }
    match page.kind(at) {
        Some(Kind::Comma | Kind::Dash) => stops_at_comma(page, at, from, limit),
        Some(Kind::Semicolon) => {
            ["others", "some", "another"].iter().any(|w| page.says(at + 1, w)) || cue_clause_after(page, at + 1, limit)
        }
        Some(Kind::Word) if page.tag(at) == Tag::Coordinator => {
            (page.says(at, "and") || page.says(at, "but")) && cue_clause_after(page, at + 1, limit)
        }
        // `writes that, according to the mayor, ...`: what the mayor says is told in turn.
        Some(Kind::Word) if page.reads(at, &["according", "to"]) => at > from + 1,
        Some(Kind::Word) => page.reads(at, &["in", "the", "words", "of"]),
        _ => false,
    }
}

fn stops_at_comma(page: &Page, comma: usize, from: usize, limit: usize) -> bool {
    let next = comma + 1;
    let contrast = ["but", "although", "though", "while", "whereas"].iter().any(|w| page.says(next, w));
    let even =
        page.reads(next, &["even", "though"]) || page.reads(next, &["a", "fact"]) || page.reads(next, &["a", "claim"]);
    let participle = page.entry(next).group != 0
        && page.tag(next) == Tag::Gerund
        && page.kind(comma) == Some(Kind::Comma)
        && !page.says(next, "including");
    let as_cue = page.says(next, "as") && (next..next + 8).any(|i| page.entry(i).group != 0 && page.tag(i).is_finite());
    contrast
        || even
        || participle
        || as_cue
        || page.reads(next, &["according", "to"]) && comma > from
        || (page.says(next, "and") || page.says(next, "but")) && cue_clause_after(page, next + 1, limit)
        || parenthetical_after(page, next, limit)
}

/// `, the mayor said,` or `, said the mayor.`
pub(crate) fn parenthetical_after(page: &Page, from: usize, limit: usize) -> bool {
    let is_cue = |at: usize| {
        page.tag(at) == Tag::Verb
            && page.entry(at).group != 0
            && crate::lexicon::Lexicon::get().group(page.entry(at)).is_none_or(|g| g.takes("bare"))
    };
    if is_cue(from) {
        return base_after(page, from + 1, limit).is_some_and(|r| ends_parenthesis(page, r.end, limit));
    }
    let Some(subject) = base_after(page, from, limit) else { return false };
    // `, lawyers for the family said.`
    let whole = phrase_after(page, from, limit).map_or(subject.end, |p| p.whole.end);
    [subject.end, whole].into_iter().any(|end| is_cue(end) && ends_parenthesis(page, end + 1, limit))
}

fn ends_parenthesis(page: &Page, at: usize, limit: usize) -> bool {
    at >= limit || matches!(page.kind(at), Some(Kind::Comma | Kind::Stop)) || page.is(at, Class::Weekday)
}

/// Whether a clause with a cue of its own follows: `and Jones said`, `and added that`.
fn cue_clause_after(page: &Page, from: usize, limit: usize) -> bool {
    let far = limit.min(from + 9);
    for at in from..far {
        let tag = page.tag(at);
        let phrasal = crate::lexicon::Lexicon::get().phrasal_group(page.entry(at), page.word(at + 1));
        if tag == Tag::Verb && phrasal.is_some() {
            return true;
        }
        if tag == Tag::Verb && page.entry(at).group != 0 {
            let group = crate::lexicon::Lexicon::get().group(page.entry(at));
            let marked = (at + 1..limit.min(at + 4)).any(|i| page.kind(i) == Some(Kind::Mark));
            let speaks = group.is_some_and(|g| g.takes("bare") && !g.mental || g.takes("quote") && marked);
            let content = page.tag(at + 1) == Tag::That || speaks && at + 1 < limit;
            return speaks && content;
        }
        let passes = tag.is_nominal()
            || tag.opens_phrase()
            || matches!(tag, Tag::Preposition | Tag::Pronoun | Tag::Adverb | Tag::Auxiliary);
        if !passes {
            return false;
        }
    }
    false
}

/// Where the clause begins that ends before a token: after the nearest semicolon or contrast, else with the window. `but only
/// if`, `but not` go on with the clause.
pub(crate) fn clause_start(page: &Page, end: usize, window: Range) -> usize {
    start_of(page, end, window, true)
}

/// Where the sentence that ends at a token begins, over `but` and `while`: `He left, but she stayed, the clerk said.`
pub(crate) fn sentence_start(page: &Page, end: usize, window: Range) -> usize {
    start_of(page, end, window, false)
}

fn start_of(page: &Page, end: usize, window: Range, contrasts: bool) -> usize {
    let low = window.start.max(end.saturating_sub(MOST));
    let mut at = end;
    while at > low {
        let before = at - 1;
        let only = page.says(at + 1, "only") || page.says(at + 1, "not") || page.says(at + 1, "rather");
        let but = page.says(at, "but") && !only;
        let contrast = page.kind(before) == Some(Kind::Comma) && (but || page.says(at, "while"));
        if page.kind(before) == Some(Kind::Semicolon) || contrast && contrasts {
            break;
        }
        at = before;
    }
    skip_openers(page, at, end)
}

/// Past `But`, `And`, commas and the like with which a clause begins.
pub(crate) fn skip_openers(page: &Page, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end
        && (page.tag(at) == Tag::Coordinator
            || matches!(page.kind(at), Some(Kind::Comma | Kind::Semicolon | Kind::Dash | Kind::Colon | Kind::Stop)))
    {
        at += 1;
    }
    at
}
