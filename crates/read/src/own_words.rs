//! What is left to the author of a sentence: lines that claim nothing, counts of paragraphs, and verbs whose subject
//! speaks elsewhere in the sentence and would be lost to them.

use crate::lexicon::Class;
use crate::page::{Page, Range, SentenceTokens, Speaker};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;
use rashomon_core::ZoneKind;

/// The owner of words that are nobody's claim: voices, cues, venues.
pub(crate) const NOBODY: u32 = u32::MAX - 1;
/// Most tokens of a line that may be a heading or a signature.
const LONGEST_LINE: usize = 16;

/// For each token of a voice, where the cue stands that it shares with a verb before (`Hart opened the mill and said`);
/// beyond the page for a noun that is voice and cue at once. Not the voice of `according to Hart`.
pub(crate) fn cues_of_voices(page: &Page) -> Vec<usize> {
    let mut cues = vec![0; page.tokens.len()];
    for attribution in &page.attributions {
        let Some(cue) = attribution.cue else { continue };
        let at = if attribution.by == "noun" { usize::MAX } else { cue.start };
        let front = Range::new(attribution.extent.start, cue.start.min(attribution.extent.start + phrase::REACH));
        let voice = match attribution.speaker {
            Speaker::Words(range) => range,
            _ => front,
        };
        for token in front.indices().chain(voice.indices()) {
            cues[token] = cues[token].max(at);
        }
    }
    cues
}

/// A line without a verb that is a paragraph of its own claims nothing: a heading, a salutation, a signature.
pub(crate) fn is_bare_line(page: &Page, sentence: SentenceTokens) -> bool {
    let paragraph = page.paragraphs.get(sentence.paragraph).map(|p| p.0);
    let last = sentence.range.end - 1;
    if matches!(sentence.zone, ZoneKind::Heading | ZoneKind::Title) {
        return !phrase::has_finite(page, sentence.range);
    }
    paragraph == Some(sentence.range)
        && sentence.range.len() <= LONGEST_LINE
        && page.kind(last) != Some(Kind::Stop)
        && !page.word(last).ends_with(['.', '!', '?'])
        && !phrase::has_finite(page, sentence.range)
}

/// A date or a time of day that stands alone claims nothing: `Monday, 4 May`, `6:05 p.m.`
pub(crate) fn is_bare_date(page: &Page, sentence: Range) -> bool {
    let counts = |at: usize| page.kind(at) == Some(Kind::Number) || page.tag(at) == Tag::Number;
    let half = |at: usize| ["am", "pm", "a.m", "p.m", "a.m.", "p.m."].iter().any(|w| page.says(at, w));
    let dated = |at: usize| {
        counts(at) || half(at) || [Class::Month, Class::Weekday, Class::TimeWord].iter().any(|c| page.is(at, *c))
    };
    let words = || sentence.indices().filter(|i| page.tokens[*i].is_wordlike());
    let stops = page.kind(sentence.end - 1) == Some(Kind::Stop) && !words().next_back().is_some_and(half);
    sentence.len() <= LONGEST_LINE && !stops && words().any(counts) && words().all(dated)
}

/// One past the number or letter that counts a paragraph: `1.`, `(a)`, `3)`.
pub(crate) fn past_enumerator(page: &Page, sentence: Range) -> usize {
    let start = sentence.start;
    let first = page.tokens.get(start).is_some_and(|t| t.first);
    let counts = |at: usize| page.kind(at) == Some(Kind::Number) && page.word(at).len() < 4 || page.word(at).len() == 1;
    let closes = |at: usize| matches!(page.kind(at), Some(Kind::Stop | Kind::Close)) && page.word(at).len() == 1;
    let open = usize::from(page.kind(start) == Some(Kind::Open));
    let end = start + open + 2;
    let counted = first && page.tokens.get(start + open).is_some_and(|t| t.is_wordlike()) && counts(start + open);
    if counted && closes(start + open + 1) && end < sentence.end { end } else { start }
}

/// The author's own pieces: a verb keeps the subject that it shares with a cue (`Hart opened the mill and said that`),
/// and a piece of nothing but small words goes.
pub(crate) fn with_subjects(
    page: &Page,
    pieces: &[Range],
    (owners, cues): (&[u32], &[usize]),
    sentence: Range,
) -> Vec<Range> {
    let small = |at: usize| {
        matches!(page.tag(at), Tag::Preposition | Tag::Subordinator | Tag::Coordinator | Tag::To | Tag::That)
            || !page.tokens[at].is_wordlike()
    };
    let full = pieces.iter().filter(|p| !p.indices().all(small));
    let mut kept: Vec<Range> = Vec::with_capacity(pieces.len());
    for piece in full {
        let floor = kept.last().map_or(sentence.start, |k| k.end);
        let verb = piece.start;
        let subject = page.tag(verb).is_finite().then(|| phrase::subject_before(page, verb, floor)).flatten();
        let speaks = |s: &phrase::Phrase| cues.get(s.head.start).is_some_and(|c| *c >= piece.end);
        let subject = subject.filter(speaks);
        let free = |range: Range| owners[range.indices()].iter().all(|o| *o == NOBODY);
        match subject {
            Some(s) if s.whole.end == verb && free(s.whole) => kept.push(Range::new(s.whole.start, piece.end)),
            // `the claim that ... was denied`: the words between are the source's.
            Some(s) if free(s.head) => kept.extend([s.head, *piece]),
            _ => kept.push(*piece),
        }
    }
    if kept.is_empty() { pieces.to_vec() } else { kept }
}
