//! Step 1, sentences: where each begins and ends.
//!
//! A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number, or something in lower case
//! follows. Closing quotation marks and brackets belong to the sentence they close, and so does a citation that is
//! printed after the full stop. One pass over the tokens; the end of a paragraph always ends a sentence.

use crate::lexicon::Class;
use crate::page::{Page, Range, SentenceTokens};
use crate::token::Kind;
use rashomon_core::{Sentence, Span, ZoneKind};
use rashomon_text::letters::is_apostrophe;

/// Finds the sentences of a page.
pub(crate) fn find(page: &mut Page) {
    for index in 0..page.paragraphs.len() {
        let (range, zone) = page.paragraphs[index];
        let mut start = range.start;
        let mut at = range.start;
        while at < range.end {
            let end = if at + 1 == range.end { range.end } else { sentence_end(page, at, range).unwrap_or(0) };
            if end > at {
                page.sentences.push(SentenceTokens { range: Range::new(start, end), zone, paragraph: index });
                start = end;
                at = end;
            } else {
                at += 1;
            }
        }
    }
    propose(page);
}

fn propose(page: &mut Page) {
    for index in 0..page.sentences.len() {
        let sentence = page.sentences[index];
        if sentence.zone == ZoneKind::Menu || sentence.zone == ZoneKind::Reference {
            continue;
        }
        let pieces = page.pieces(sentence.range);
        let spans: Vec<Span> = pieces.iter().filter_map(|p| page.span(*p)).collect();
        let Some(whole) = spans.iter().copied().reduce(Span::cover) else { continue };
        let parts = if spans.len() > 1 { spans } else { Vec::new() };
        page.drafts.sentences.push(Sentence { span: whole, parts });
    }
}

/// One past the last token of the sentence if it ends with the token here.
fn sentence_end(page: &Page, at: usize, paragraph: Range) -> Option<usize> {
    let token = page.tokens.get(at)?;
    let listing = at == paragraph.start + 1 && page.kind(paragraph.start) == Some(Kind::Number);
    match token.kind {
        Kind::Stop if listing && token.text(page.text()) == "." => return None,
        Kind::Stop => {}
        Kind::Word if token.stopped && may_end(page, at) => {}
        _ => return None,
    }
    let end = closers_end(page, at + 1, paragraph.end);
    let end = citation_end(page, end, paragraph.end);
    if end >= paragraph.end {
        return Some(paragraph.end);
    }
    begins_sentence(page, at, end).then_some(end)
}

/// Whether an abbreviation may be the last word of a sentence here: what follows must be no name.
fn may_end(page: &Page, at: usize) -> bool {
    let initial = page.word(at).chars().count() == 2;
    let entry = page.entry(at);
    if !(entry.is(Class::MayEnd) || initial) || entry.is(Class::AbbreviatedTitle) && !entry.is(Class::MayEnd) {
        return false;
    }
    let next = page.entry(at + 1);
    let opener = next.is(Class::Determiner)
        || next.is(Class::SubjectPronoun)
        || next.is(Class::Preposition)
        || next.is(Class::Subordinator)
        || next.is(Class::Coordinator)
        || next.is(Class::Possessive);
    let capital = page.tokens.get(at + 1).is_some_and(|t| t.capital && t.space);
    let closing = page.kind(at + 1) == Some(Kind::Mark);
    (capital && opener && !next.is(Class::Title)) || closing
}

/// One past the closing marks and brackets that follow a full stop.
fn closers_end(page: &Page, from: usize, limit: usize) -> usize {
    let mut end = from;
    while end < limit {
        let Some(token) = page.tokens.get(end) else { break };
        let closes = match token.kind {
            Kind::Close | Kind::Stop => true,
            Kind::Mark => closes_here(page, end, limit),
            _ => false,
        };
        if !closes {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a quotation mark after a full stop closes: it touches the stop, or stands free before the paragraph's end or
/// another space.
fn closes_here(page: &Page, at: usize, limit: usize) -> bool {
    let Some(token) = page.tokens.get(at) else { return false };
    let mark = token.text(page.text());
    if matches!(mark, "“" | "„" | "``" | "「" | "『") && !(token.space && at + 1 >= limit) {
        return false;
    }
    let next_touches = page.tokens.get(at + 1).is_some_and(|n| !n.space && n.is_wordlike()) && at + 1 < limit;
    let opens = matches!(mark, "‘" | "«" | "‹") && next_touches;
    !next_touches && !opens || (!token.space && !mark.starts_with(is_apostrophe) && !opens)
}

/// One past a citation that is printed after the full stop: `[3]`, or brackets that hold a year.
fn citation_end(page: &Page, from: usize, limit: usize) -> usize {
    let mut end = from;
    while end < limit && page.kind(end) == Some(Kind::Open) {
        let window = Range::new(end + 1, (end + 40).min(limit));
        let Some(close) = window.indices().find(|i| page.kind(*i) == Some(Kind::Close)) else { break };
        let square = page.word(end) == "[" && close == end + 2 && page.kind(end + 1) == Some(Kind::Number);
        let inner = Range::new(end + 1, close);
        let dated = inner.indices().any(|i| is_year(page.word(i))) && begins_with_author(page, inner);
        if !(square || dated) {
            break;
        }
        end = close + 1;
        if dated && page.kind(end) == Some(Kind::Stop) && end < limit {
            end += 1;
        }
    }
    end
}

fn begins_with_author(page: &Page, inner: Range) -> bool {
    let first = page.tokens.get(inner.start);
    first.is_some_and(|t| t.capital)
        && inner.indices().any(|i| page.kind(i) == Some(Kind::Comma) || page.kind(i) == Some(Kind::Colon))
        && inner.indices().filter(|i| page.kind(*i) == Some(Kind::Stop)).count() <= 1
}

/// Whether a word is a year as citations print it.
pub(crate) fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4 && word.len() <= 5 && digits.parse::<u32>().is_ok_and(|y| (1000..2100).contains(&y))
}

/// Whether what follows the end reads as the beginning of a sentence.
fn begins_sentence(page: &Page, stop: usize, next: usize) -> bool {
    let Some(token) = page.tokens.get(next) else { return true };
    if !token.space && page.word(stop) != "。" && next == stop + 1 && !token.capital {
        return false;
    }
    if token.first {
        return !page.word(next).starts_with(char::is_lowercase);
    }
    let closed = next > stop + 1 && page.kind(stop + 1) == Some(Kind::Mark);
    let shout = page.word(stop).starts_with(['!', '?', '…']);
    match token.kind {
        Kind::Word if page.word(next).starts_with(char::is_lowercase) => false,
        Kind::Word => !(closed && speech_follows(page, next, shout)),
        Kind::Number | Kind::Mark | Kind::Open => true,
        Kind::Dash => page.word(stop).starts_with(['.', '!', '?']),
        Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Close | Kind::Stop | Kind::Clitic => false,
        Kind::Other => true,
    }
}

/// Whether a speaker and a verb of speech follow: `“Where?” Smith asked` is one sentence.
fn speech_follows(page: &Page, from: usize, shout: bool) -> bool {
    let verb = (from..from + 5).find(|i| page.entry(*i).group != 0 || page.kind(*i) == Some(Kind::Stop));
    verb.is_some_and(|v| {
        v > from
            && page.entry(v).group != 0
            && !page.tokens.get(v).is_some_and(|t| t.capital)
            && (shout || ends_there(page, v + 1))
            && (from..v).all(|i| page.tokens.get(i).is_some_and(|t| t.capital) || page.is(i, Class::RoleNoun))
    })
}

/// Whether nothing follows a verb of speech that it could be saying, as in `She adds, “...”`: the quotation before it is
/// what was said.
fn ends_there(page: &Page, at: usize) -> bool {
    let opens = page.kind(at) == Some(Kind::Comma) && page.kind(at + 1) == Some(Kind::Mark);
    !opens && matches!(page.kind(at), Some(Kind::Stop | Kind::Comma) | None)
        || page.tokens.get(at).is_some_and(|t| t.first)
        || page.is(at, Class::Weekday)
}
