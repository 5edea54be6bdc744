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
    let words_of_somebody = page.kind(quoted.outer.start.wrapping_sub(1)) == Some(Kind::Colon)
        && page.kind(quoted.content.end - 1) == Some(Kind::Stop)
        && has_finite(page, quoted.content);
    let apart = matches!(sentence.zone, ZoneKind::Note | ZoneKind::Reference | ZoneKind::Menu);
    if apart && quoted.content.len() < 30 && !words_of_somebody {
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
        let far = || (sentence.range.start..at).rev().take(14).any(|i| page.is(i, Class::WorkNoun));
        let opened = ["published", "open", "opens", "opened", "read", "reads", "consult"].iter();
        let titled = capitals(page, quoted) && opened.clone().any(|w| page.says(at - 1, w));
        let work = comma
            || naming && far()
            || titled
            || capitals(page, quoted) && is_periodical(page, quoted)
            || near(Class::WorkNoun) && (naming || page.is(at - 1, Class::WorkNoun) || page.says(at - 1, "in"));
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
    if page.says(at - 1, "by") && is_meant(page, quoted.outer.end) {
        return Some(QuotationKind::Term);
    }
    if !capital && is_scare(page, quoted, before) {
        return Some(QuotationKind::Scare);
    }
    if known_as(page, before, at) {
        return Some(if capital { QuotationKind::Name } else { QuotationKind::Term });
    }
    (short(quoted) && capital && is_name_like(page, quoted, before)).then_some(QuotationKind::Name)
}

/// `By “the pool” we mean`, `by “drifter” is meant`.
fn is_meant(page: &Page, after: usize) -> bool {
    (after..after + 4).any(|i| ["mean", "means", "meant", "understand", "understood"].iter().any(|w| page.says(i, w)))
}

/// One or two words inside a clause, behind an article, where no verb of speech stands before them.
fn is_scare(page: &Page, quoted: &Quoted, before: Range) -> bool {
    let last = before.end - 1;
    let noun = matches!(page.tag(last), Tag::Determiner | Tag::Possessive) && quoted.content.len() <= 2;
    let goes_on = page.says(quoted.outer.end, "of") || page.tag(quoted.outer.end).is_finite();
    let clause = before.indices().rev().take_while(|i| !matches!(page.tag(*i), Tag::Punctuation | Tag::Wh | Tag::That));
    let speech = clause.into_iter().any(|i| page.entry(i).group != 0 && page.tag(i) != Tag::Noun);
    noun && goes_on && !speech && page.tag(last.wrapping_sub(1)) != Tag::Preposition
}

/// Whether most words that are no particles begin with a capital.
fn capitals(page: &Page, quoted: &Quoted) -> bool {
    let open = |i: &usize| page.kind(*i) == Some(Kind::Word) && page.word(*i).len() > 3;
    let words: Vec<usize> = quoted.content.indices().filter(open).collect();
    !words.is_empty() && words.iter().filter(|i| page.tokens[**i].capital).count() * 4 >= words.len() * 3
}

/// Whether the last word is one that periodicals have in their names.
fn is_periodical(page: &Page, quoted: &Quoted) -> bool {
    let last = quoted.content.end - 1;
    ["annual", "gazette", "almanac", "yearbook", "quarterly", "herald", "chronicle", "magazine"]
        .iter()
        .any(|w| page.says(last, w))
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
    let announced = page.kind(quoted.outer.start.wrapping_sub(1)) == Some(Kind::Colon);
    if announced && terminal && words > 1 {
        return QuotationKind::Direct;
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
