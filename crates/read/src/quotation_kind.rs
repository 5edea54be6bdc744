//! What quotation marks are used for, as far as the words around them tell.
//!
//! Only `direct` and `title_given` claim that somebody speaks. A mark that sets off a name, a title of a work, a term or
//! an ironical word must not be read as speech, and speech must not be taken for irony: with a verb of speech the words
//! are speech; without one, length, capitals and verbs inside decide.

use crate::lexicon::Class;
use crate::page::{Page, Quoted, Range};
use crate::part::Tag;
use crate::phrase::has_finite;
use crate::token::Kind;
use rashomon_core::{QuotationKind, ZoneKind};

/// The kind that the words before a quotation make sure, if they do.
pub(crate) fn by_context(page: &Page, quoted: &Quoted) -> Option<QuotationKind> {
    let sentence = page.sentences.get(page.sentence_of(quoted.content.start)?)?;
    if matches!(sentence.zone, ZoneKind::Note | ZoneKind::Reference | ZoneKind::Menu) && quoted.content.len() < 30 {
        return Some(QuotationKind::WorkTitle);
    }
    let before = Range::new(sentence.range.start.max(quoted.outer.start.saturating_sub(7)), quoted.outer.start);
    let at = quoted.outer.start;
    if before.is_empty() {
        return None;
    }
    let capital = page.tokens.get(quoted.content.start).is_some_and(|t| t.capital);
    let near = |class| before.indices().rev().take(5).any(|i| page.is(i, class));
    let naming = ["called", "titled", "entitled", "headlined", "named"].iter().any(|w| page.says(at - 1, w));
    if capital && short(quoted) && !cue_between(page, before) {
        let comma = page.kind(at - 1) == Some(Kind::Comma) && page.is(at.saturating_sub(2), Class::WorkNoun);
        let work =
            comma || near(Class::WorkNoun) && (naming || page.is(at - 1, Class::WorkNoun) || page.says(at - 1, "in"));
        let published = before.indices().any(|i| page.says(i, "published") || page.says(i, "wrote"))
            && (page.says(at - 1, "the") || page.says(at - 1, "in") || page.says(at - 1, "of"));
        let entitled = ["titled", "entitled", "headlined"].iter().any(|w| page.says(at - 1, w));
        if work || published || entitled {
            return Some(QuotationKind::WorkTitle);
        }
    }
    if page.word(at - 1).eq_ignore_ascii_case("so-called")
        || page.says(at - 1, "called") && page.says(at.wrapping_sub(2), "so")
    {
        return Some(if capital { QuotationKind::Name } else { QuotationKind::Term });
    }
    if known_as(page, before, at) {
        return Some(if capital { QuotationKind::Name } else { QuotationKind::Term });
    }
    (short(quoted) && capital && is_name_like(page, quoted, before)).then_some(QuotationKind::Name)
}

fn short(quoted: &Quoted) -> bool {
    quoted.content.len() <= 12
}

fn cue_between(page: &Page, before: Range) -> bool {
    before
        .indices()
        .rev()
        .take(3)
        .any(|i| page.entry(i).group != 0 && page.tag(i) == Tag::Verb && !page.says(i, "called"))
}

/// `known as`, `under the name of`, `the term`, `the word`, `nicknamed`.
fn known_as(page: &Page, before: Range, at: usize) -> bool {
    let last = page.word(at - 1).to_ascii_lowercase();
    let second = page.word(at.saturating_sub(2)).to_ascii_lowercase();
    let noun = |w: &str| {
        [
            "name",
            "term",
            "word",
            "words",
            "phrase",
            "slogan",
            "title",
            "nickname",
            "expression",
            "concept",
            "label",
            "motto",
            "codename",
            "epithet",
            "headline",
            "project",
            "operation",
        ]
        .contains(&w)
    };
    let of = (last == "of" || last == "as" || last == ":" || last == ",") && noun(&second);
    let known = last == "as" && (second == "known" || second == "also");
    let known_the = last == "the" && second == "as" && page.says(at.saturating_sub(3), "known");
    let passive = ["nicknamed", "dubbed", "codenamed", "code-named", "named", "labelled", "labeled"]
        .contains(&last.as_str())
        && !has_finite(page, before);
    noun(&last) || of || known || known_the || passive
}

/// A short phrase with capitals and without a verb, inside a sentence.
fn is_name_like(page: &Page, quoted: &Quoted, before: Range) -> bool {
    let content = quoted.content;
    let words = content.indices().filter(|i| page.kind(*i) == Some(Kind::Word));
    let (mut capitals, mut all) = (0, 0);
    for word in words {
        all += 1;
        capitals += usize::from(page.tokens[word].capital);
    }
    let before_last = page.tag(before.end - 1);
    let inside = matches!(
        before_last,
        Tag::Determiner | Tag::Noun | Tag::Name | Tag::Adjective | Tag::Preposition | Tag::To | Tag::Possessive
    ) || before_last == Tag::Coordinator;
    let stop_inside = content.indices().take(content.len().saturating_sub(1)).any(|i| page.kind(i) == Some(Kind::Stop));
    let exclaims = page.word(content.end - 1).starts_with(['!', '?']);
    let verb = has_finite(page, content) && capitals * 2 < all;
    all > 0 && inside && !stop_inside && !exclaims && !verb && !cue_between(page, before) && (all <= 8)
}

/// The kind of a quotation that no rule has given a speaker.
pub(crate) fn without_speaker(page: &Page, quoted: &Quoted) -> QuotationKind {
    let content = quoted.content;
    let words = content.indices().filter(|i| page.tokens[*i].is_wordlike()).count();
    let capital = page.tokens.get(content.start).is_some_and(|t| t.capital);
    let last = content.end - 1;
    let terminal = page.kind(last) == Some(Kind::Stop) || page.kind(last) == Some(Kind::Comma);
    let verb = has_finite(page, content);
    let sentence = page.sentence_of(content.start).map(|s| page.sentences[s]);
    let whole = sentence.is_some_and(|s| s.range.start + 1 >= content.start);
    let heading = sentence.is_some_and(|s| matches!(s.zone, ZoneKind::Heading | ZoneKind::Title));
    let words_capital = || content.indices().filter(|i| page.tokens[*i].capital).count();
    if whole && !verb && words <= 8 && words > 1 && words_capital() * 2 > words {
        return QuotationKind::Name;
    }
    if heading && !verb {
        return if capital { QuotationKind::Name } else { QuotationKind::Scare };
    }
    if verb && words > 3 || whole && (terminal || words > 6) || words > 10 {
        return QuotationKind::Direct;
    }
    if capital && !whole {
        return QuotationKind::Name;
    }
    if words <= 2 && ["'", "‘", "’"].contains(&page.word(quoted.outer.start)) {
        return QuotationKind::Term;
    }
    if words <= 5 && !(terminal && page.word(last).starts_with(['!', '?'])) {
        return QuotationKind::Scare;
    }
    QuotationKind::Direct
}
