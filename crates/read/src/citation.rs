//! Step 5, citations: `(Hart, 1904, p. 10)` and `[1]` name the work that what stands before is taken from.
//!
//! A citation is a voice of its own with the citation as its cue. How far it reaches is not written down anywhere: one
//! inside or right behind a sentence is taken for that sentence, one that stands after the last full stop of a
//! paragraph for the paragraph. A number is looked up in the notes and the reference list, whose words name the author.

use crate::page::{Attribution, Memory, Page, Range, Speaker};
use crate::part::Tag;
use crate::sentence::is_year;
use crate::token::Kind;
use rashomon_core::{Document, Scope, Span, Stance, ZoneKind};

/// Longest bracket in tokens that is looked at as a citation.
const LONGEST: usize = 60;

/// Reads the notes and the reference list of a document: which number stands for whose work.
pub(crate) fn references(document: &Document, memory: &mut Memory) {
    for zone in &document.zones {
        if !matches!(zone.kind, ZoneKind::Note | ZoneKind::Reference) {
            continue;
        }
        let Some(text) = zone.span.of(&document.text) else { continue };
        let mut at = zone.span.start as usize;
        for line in text.split_inclusive('\n') {
            reference(line, at, memory);
            at += line.len();
        }
    }
}

/// One line of a reference list: its number and the words that name its author.
fn reference(line: &str, at: usize, memory: &mut Memory) {
    let body = line.trim_start();
    let start = at + (line.len() - body.len());
    let digits = |s: &str| s.chars().take_while(char::is_ascii_digit).count();
    let (number, rest_at) = match body.strip_prefix('[') {
        Some(inner) if digits(inner) > 0 && inner.as_bytes().get(digits(inner)) == Some(&b']') => {
            (inner.get(..digits(inner)), digits(inner) + 2)
        }
        _ if digits(body) > 0 && digits(body) < 4 => {
            let after = body.get(digits(body)..).unwrap_or_default();
            let gap = usize::from(after.starts_with(['.', ')', ']']));
            (body.get(..digits(body)), digits(body) + gap)
        }
        _ => return,
    };
    let Some(rest) = body.get(rest_at..) else { return };
    let name = rest.trim_start();
    let from = start + rest_at + (rest.len() - name.len());
    let end =
        name.find([',', '“', '"', '(', '.', ';', '\n']).map(|e| initials_end(name, e)).unwrap_or(name.trim_end().len());
    let words = name.get(..end).unwrap_or_default().trim_end();
    if let (Some(number), true) = (number, !words.is_empty() && words.len() < 120) {
        memory.references.entry(number.to_owned()).or_insert_with(|| Span::new(from, from + words.len()));
    }
}

/// An initial's full stop does not end a name: `J. Hart, The Mill`.
fn initials_end(name: &str, end: usize) -> usize {
    let head = name.get(..end).unwrap_or_default();
    let initial =
        name.as_bytes().get(end) == Some(&b'.') && head.rsplit(' ').next().is_some_and(|w| w.chars().count() == 1);
    if !initial {
        return end;
    }
    let rest = name.get(end + 1..).unwrap_or_default();
    match rest.find([',', '“', '"', '(', '.', ';', '\n']) {
        Some(more) => initials_end(name, end + 1 + more),
        None => name.trim_end().len(),
    }
}

/// Finds the citations of a page.
pub(crate) fn find(page: &mut Page) {
    for index in 0..page.sentences.len() {
        let sentence = page.sentences[index];
        if sentence.zone != ZoneKind::Body && sentence.zone != ZoneKind::Caption {
            continue;
        }
        let mut cited: Vec<(Speaker, Range)> = Vec::new();
        let mut at = sentence.range.start;
        while at < sentence.range.end {
            if page.kind(at) != Some(Kind::Open) {
                at += 1;
                continue;
            }
            let limit = sentence.range.end.min(at + LONGEST);
            let close = (at + 1..limit).find(|i| page.kind(*i) == Some(Kind::Close));
            let Some(close) = close else {
                at += 1;
                continue;
            };
            cited.extend(read_bracket(page, Range::new(at, close + 1)));
            at = close + 1;
        }
        for place in 0..cited.len() {
            let part = cited_part(page, sentence.range, &cited, place);
            add(page, index, cited[place], part);
        }
    }
}

/// What of a sentence a citation is for: all of it, or where several stand in it the words since the one before.
fn cited_part(page: &Page, sentence: Range, cited: &[(Speaker, Range)], place: usize) -> Range {
    let cue = cited[place].1;
    let words = |range: Range| range.indices().any(|i| page.tokens[i].is_wordlike());
    let before = cited[..place].iter().rev().find(|c| words(Range::new(c.1.end, cue.start)));
    let before = before.map_or(sentence.start, |c| c.1.end);
    let later = cited[place + 1..].iter().any(|c| words(Range::new(cue.end, c.1.start)));
    Range::new(before, if later { cue.end } else { sentence.end })
}

/// The works that a bracket cites.
fn read_bracket(page: &Page, bracket: Range) -> Vec<(Speaker, Range)> {
    let inner = Range::new(bracket.start + 1, bracket.end - 1);
    if inner.is_empty() {
        return Vec::new();
    }
    let square = page.word(bracket.start) == "[";
    if square && inner.indices().all(|i| matches!(page.kind(i), Some(Kind::Number | Kind::Comma | Kind::Dash))) {
        return inner.indices().filter_map(|i| numbered(page, i)).map(|s| (s, bracket)).collect();
    }
    let mut found = Vec::new();
    let mut start = inner.start;
    for at in inner.indices().chain(std::iter::once(inner.end)) {
        if at == inner.end || page.kind(at) == Some(Kind::Semicolon) {
            let part = Range::new(start, at);
            if let Some(author) = author_of(page, part) {
                found.push((Speaker::Words(author), if found.is_empty() && at == inner.end { bracket } else { part }));
            }
            start = at + 1;
        }
    }
    found
}

fn numbered(page: &Page, at: usize) -> Option<Speaker> {
    let span = page.memory.references.get(page.word(at)).copied()?;
    Some(Speaker::Elsewhere(span))
}

/// The author's words of `Hart, 1904, p. 10` or `Hart and Mill, 1904: 10`; `None` where the bracket cites nothing.
fn author_of(page: &Page, part: Range) -> Option<Range> {
    let mut start = part.start;
    while start < part.end
        && (["see", "cf", "cf.", "e.g.", "also"].iter().any(|w| page.says(start, w))
            || page.kind(start) == Some(Kind::Comma))
    {
        start += 1;
    }
    let first = page.tokens.get(start)?;
    if !first.capital || part.len() > 40 {
        return None;
    }
    let year = (start + 1..part.end).find(|i| is_year(page.word(*i)))?;
    let mut end = year;
    let mut sure = false;
    while end > start + 1 && matches!(page.kind(end - 1), Some(Kind::Comma | Kind::Open | Kind::Stop)) {
        sure |= page.kind(end - 1) == Some(Kind::Comma);
        end -= 1;
    }
    let located = (year + 1..part.end).any(|i| {
        ["p", "p.", "pp", "pp.", "vol", "code", "ch"].iter().any(|w| page.says(i, w))
            || page.kind(i) == Some(Kind::Colon)
    });
    let alone = year + 1 == part.end;
    let author = Range::new(start, end);
    let named = author.indices().all(|i| {
        page.tokens[i].capital
            || matches!(page.tag(i), Tag::Coordinator | Tag::Name)
            || page.kind(i) == Some(Kind::Comma)
            || ["et", "al", "al.", "al.,", "of", "the", "for", "de", "von", "van", "bin"]
                .iter()
                .any(|w| page.says(i, w))
            || page.kind(i) == Some(Kind::Stop)
            || page.kind(i) == Some(Kind::Other)
    });
    let dated = page.is(start, crate::lexicon::Class::Month) || page.is(start, crate::lexicon::Class::Preposition);
    (named && !dated && author.len() <= 14 && (sure || located || alone && author.len() <= 3)).then_some(author)
}

/// Adds the citation of a sentence, or of the paragraph where it stands behind its last full stop.
fn add(page: &mut Page, index: usize, (speaker, cue): (Speaker, Range), part: Range) {
    let sentence = page.sentences[index];
    let paragraph = page.paragraphs[sentence.paragraph].0;
    let behind = cue.start > sentence.range.start && page.kind(cue.start - 1) == Some(Kind::Stop);
    // `In a speech, he said that the dam was safe. (Daily Post, 1904)`: the paper is cited for the speech.
    let told = |a: &Attribution| a.venue.is_some() && a.cue.is_some_and(|c| sentence.range.has(c.start));
    let of_speech = page.attributions.iter().rev().take(6).any(told);
    let closes_paragraph = cue.end + 1 >= paragraph.end && behind && page.word(cue.start) == "(" && !of_speech;
    let mut content = vec![part];
    let scope = if closes_paragraph { Scope::Paragraph } else { Scope::Sentence };
    if closes_paragraph {
        content = (0..=index)
            .rev()
            .take_while(|i| page.sentences[*i].paragraph == sentence.paragraph)
            .map(|i| page.sentences[i].range)
            .collect();
        content.reverse();
    }
    page.attributions.push(Attribution {
        speaker,
        cue: Some(cue),
        venue: None,
        content,
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope,
        extent: cue,
        by: "citation",
    });
}
