//! Cues in the passive: "was described by X as", "is said to be", "it is believed that", "confirmed by X".
//!
//! Where no agent is named the voice is nobody in particular, and the words that say so are its words.

use super::content::{clause_start, reach};
use super::cue::Cue;
use super::quoted::Scene;
use super::voice;
use crate::lexicon::{Class, Lexicon};
use crate::page::{Attribution, Page, Range, Speaker};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;
use rashomon_core::{Scope, Stance};

/// Verbs by which a general opinion is told in the passive, with the author's stance to it.
const OPINION: &[(&str, Stance)] = &[
    ("say", Stance::Reports),
    ("believe", Stance::Endorses),
    ("consider", Stance::Endorses),
    ("think", Stance::Reports),
    ("know", Stance::Endorses),
    ("regard", Stance::Endorses),
    ("see", Stance::Reports),
    ("view", Stance::Reports),
    ("report", Stance::Reports),
    ("allege", Stance::Distances),
    ("claim", Stance::Distances),
    ("credit", Stance::Endorses),
    ("describe", Stance::Reports),
    ("understand", Stance::Reports),
    ("assume", Stance::Reports),
    ("acknowledge", Stance::Endorses),
    ("recognize", Stance::Endorses),
    ("recognise", Stance::Endorses),
    ("accept", Stance::Endorses),
    ("estimate", Stance::Reports),
    ("rumour", Stance::Distances),
    ("hail", Stance::Reports),
    ("argue", Stance::Reports),
    ("suggest", Stance::Hedges),
    ("hold", Stance::Reports),
    ("feel", Stance::Reports),
    ("suspect", Stance::Hedges),
    ("accuse", Stance::Reports),
];

fn stance_of(page: &Page, verb: usize) -> Option<Stance> {
    let lemma = Lexicon::get().lemma(page.entry(verb))?;
    OPINION.iter().find(|(l, _)| *l == lemma).map(|(_, s)| *s)
}

/// A verb of speech in the passive with its auxiliary.
pub(crate) fn read(page: &Page, scene: &Scene, cue: &Cue) -> Option<Attribution> {
    let negated = phrase::is_negated(page, cue.verbs);
    let agent = agent(page, cue.verb + 1, cue.window);
    let subject = phrase::subject_before(page, cue.verbs.start, cue.window.start);
    let next = cue.verb + 1;
    let that = late_that(page, next, cue.window);
    let impersonal = that.is_some() && subject.is_some_and(|s| s.head.len() == 1 && page.says(s.head.start, "it"));
    let from = agent.map_or(next, |(_, end)| end);
    let to = page.tag(from) == Tag::To;
    let content = if impersonal {
        impersonal_clause(page, scene, cue, from)?
    } else if let Some(that) = told_that(page, cue, from) {
        vec![Range::new(that + 1, reach(page, scene, that + 1, cue.window))]
    } else {
        let complement = to || ["as", "with", "of"].iter().any(|w| page.says(from, w));
        if cue.group.takes("name") && page.tag(from).opens_phrase() {
            return called(page, cue, subject?);
        }
        let named = page.kind(from) == Some(Kind::Mark) || matches!(page.tag(from), Tag::Determiner | Tag::Number);
        let quoted_as = page.says(from, "as") && page.tag(from + 1) == Tag::Gerund;
        if quoted_as && agent.is_some() {
            return quoted_by(page, scene, cue, agent?, subject?);
        }
        if quoted_as || !(complement || named && stance_of(page, cue.verb) == Some(Stance::Endorses)) {
            return None;
        }
        stance_of(page, cue.verb)?;
        let subject = subject?;
        if page.tag(subject.head.start) == Tag::Wh && subject.head.len() == 1 {
            return None;
        }
        vec![subject.whole, Range::new(from, reach(page, scene, from, cue.window))]
    };
    // `it is believed that` tells an opinion; `Hart is believed to be` uses it as if it were the author's own.
    let opinion = impersonal && cue.group.mental;
    let first = content.first().map_or(from, |c| c.start);
    let extent_end = if impersonal { first } else { from.max(cue.verb + 1) };
    let extent_start = subject.filter(|_| impersonal).map_or(cue.verbs.start, |s| s.whole.start);
    let cue_range = Range::new(cue.verbs.start, (if to { from } else { next }).max(next));
    let speaker = match agent {
        Some((speaker, _)) => speaker,
        // `should be seen as`: nobody is said to see it so.
        None if is_wanted(page, cue.verbs) => return None,
        None => Speaker::Nobody(Some(cue.verbs)),
    };
    Some(Attribution {
        speaker,
        cue: Some(cue_range),
        venue: None,
        content,
        stance: if negated { Stance::Denies } else { Stance::Asserts },
        author: stance_of(page, cue.verb).filter(|_| !opinion).unwrap_or(Stance::Reports),
        scope: Scope::Sentence,
        extent: Range::new(extent_start, extent_end),
        by: "passive",
    })
}

/// Whether a verb group tells what should or could be, and not what is.
fn is_wanted(page: &Page, verbs: Range) -> bool {
    let open = ["should", "must", "could", "can", "would", "ought", "might"];
    verbs.indices().any(|i| open.iter().any(|w| page.says(i, w)))
}

/// `was quoted by the Gazette as saying`: the Gazette's words, in which the other speaks.
fn quoted_by(
    page: &Page,
    scene: &Scene,
    cue: &Cue,
    (speaker, from): (Speaker, usize),
    subject: phrase::Phrase,
) -> Option<Attribution> {
    Some(Attribution {
        speaker,
        cue: Some(cue.verbs),
        venue: None,
        content: vec![subject.whole, Range::new(from, reach(page, scene, from + 1, cue.window))],
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope: Scope::Sentence,
        extent: Range::new(cue.verbs.start, from),
        by: "passive",
    })
}

/// `was called a fool by the mayor`: the name stands before the agent.
fn called(page: &Page, cue: &Cue, subject: phrase::Phrase) -> Option<Attribution> {
    let from = cue.verb + 1;
    let limit = cue.window.end.min(from + 20);
    let by = (from..limit).find(|i| page.says(*i, "by"));
    let found = by.and_then(|b| agent(page, b, cue.window));
    let end = by.filter(|_| found.is_some()).unwrap_or_else(|| super::content::trim_end(page, from, limit));
    let (speaker, extent) = match found {
        Some((speaker, end)) => (speaker, Range::new(by.unwrap_or(end), end)),
        None => (Speaker::Nobody(Some(cue.verbs)), cue.verbs),
    };
    Some(Attribution {
        speaker,
        cue: Some(cue.verbs),
        venue: None,
        content: vec![subject.whole, Range::new(from, end)],
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope: Scope::Sentence,
        extent,
        by: "passive",
    })
}

/// `was told by a clerk that`: the subject only hears it; the voice is the clerk, or nobody that is named.
fn told_that(page: &Page, cue: &Cue, from: usize) -> Option<usize> {
    if !cue.group.takes("hearer") || !cue.group.takes("that") {
        return None;
    }
    let stop = |i: &usize| page.tag(*i) == Tag::That || page.tag(*i).is_finite() || page.tag(*i) == Tag::Punctuation;
    (from..cue.window.end.min(from + 10)).find(stop).filter(|i| page.tag(*i) == Tag::That)
}

/// `it is widely acknowledged that ...`
fn impersonal_clause(page: &Page, scene: &Scene, cue: &Cue, from: usize) -> Option<Vec<Range>> {
    let that = late_that(page, from, cue.window)?;
    Some(vec![Range::new(that + 1, reach(page, scene, that + 1, cue.window))])
}

/// `that` behind a verb; a place, a day and one stretch between commas may stand before it.
fn late_that(page: &Page, from: usize, window: Range) -> Option<usize> {
    let that = (from..window.end.min(from + 14)).find(|i| page.tag(*i) == Tag::That)?;
    let commas: Vec<usize> = (from..that).filter(|i| page.kind(*i) == Some(Kind::Comma)).collect();
    let aside = match commas.as_slice() {
        [] => Range::new(that, that),
        [open, close] if close + 1 == that => Range::new(*open, *close),
        _ => return None,
    };
    let verb = (from..that).any(|i| !aside.has(i) && page.tag(i).is_finite());
    (!verb).then_some(that)
}

/// `by the mayor`: the voice and one past it.
fn agent(page: &Page, from: usize, window: Range) -> Option<(Speaker, usize)> {
    let by = (from..window.end.min(from + 5)).find(|i| page.says(*i, "by") || page.tag(*i).is_finite());
    let by = by.filter(|b| page.says(*b, "by"))?;
    let phrase = phrase::phrase_after(page, by + 1, window.end)?;
    let end = phrase.whole.end;
    if !voice::can_speak(page, phrase) {
        return None;
    }
    Some((voice::of_phrase_behind(page, phrase)?, end))
}

/// A participle without auxiliary: `a fact confirmed by the skipper`, `as recognised by the mayor himself`.
pub(crate) fn reduced(page: &Page, scene: &Scene, cue: &Cue) -> Option<Attribution> {
    let (speaker, end) = agent(page, cue.verb + 1, cue.window)?;
    let window = cue.window;
    let as_cue = cue.verb > window.start && page.says(cue.verb - 1, "as");
    let fact = ["fact", "claim", "view", "point", "idea", "story", "account", "version"]
        .iter()
        .any(|w| page.says(cue.verb.wrapping_sub(1), w));
    let bestowed = cue.group.takes("bestow")
        && ["title", "name", "nickname", "label", "epithet", "term"]
            .iter()
            .any(|w| page.says(cue.verb.wrapping_sub(1), w));
    if !(bestowed || (as_cue || fact) && !cue.group.takes("bestow")) {
        return None;
    }
    let mut front = cue.verb - 1;
    while front > window.start && page.tag(front - 1).opens_phrase() {
        front -= 1;
    }
    let mut left_end = front;
    let marked = scene.just_before(page, left_end, window);
    while left_end > window.start && page.kind(left_end - 1) == Some(Kind::Comma) {
        left_end -= 1;
    }
    if bestowed && marked.is_none() {
        return None;
    }
    let left = match marked.filter(|q| scene.is_free(page, *q)) {
        Some(quotation) => page.quoted[quotation].outer,
        None => Range::new(clause_start(page, left_end, window), left_end),
    };
    let mut content = vec![left];
    if left.len() < 2 {
        let comma = (end..window.end.min(end + 20)).find(|i| page.kind(*i) == Some(Kind::Comma))?;
        content = vec![Range::new(comma + 1, reach(page, scene, comma + 1, window))];
    }
    Some(Attribution {
        speaker,
        cue: Some(Range::new(front, cue.verb + 1)),
        venue: None,
        content,
        stance: Stance::Asserts,
        author: cue.group.author(),
        scope: Scope::Sentence,
        extent: Range::new(front, end),
        by: if bestowed { "name given" } else { "participle" },
    })
}

/// `Hart's view was that`, `the argument of the mayor is that`.
fn view_is(page: &Page, window: Range, be: usize) -> Option<Attribution> {
    let group = phrase::verb_group(page, be, window.start);
    let subject = phrase::subject_before(page, group.start, window.start)?;
    let noun = subject.head.end.checked_sub(1)?;
    if !(page.is(noun, Class::OpinionNoun) || page.is(noun, Class::ReportingNoun)) || phrase::is_negated(page, group) {
        return None;
    }
    let owner = super::phrases::owner_before(page, noun, window.start).flatten();
    let of = || {
        let of = page.says(noun + 1, "of").then(|| phrase::phrase_after(page, noun + 2, window.end)).flatten()?;
        voice::can_speak(page, of).then(|| voice::of_phrase(page, of)).flatten()
    };
    let speaker = owner.or_else(of).filter(|s| !voice::is_self(page, *s))?;
    Some(Attribution {
        speaker,
        cue: Some(Range::new(noun, be + 2)),
        venue: None,
        content: vec![Range::new(be + 2, super::content::trim_end(page, be + 2, window.end))],
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope: Scope::Sentence,
        extent: Range::new(subject.whole.start, be + 2),
        by: "view is",
    })
}

/// `seems to`, `is of the opinion that`, `is convinced that`, `is certain that`.
pub(crate) fn seems(page: &Page, window: Range, be: usize) -> Option<Attribution> {
    let limit = window.end.min(be + 8);
    let that = (be + 1..limit).find(|i| page.tag(*i) == Tag::That)?;
    let between = Range::new(be + 1, that);
    let convinced = [
        "convinced",
        "certain",
        "sure",
        "confident",
        "adamant",
        "persuaded",
        "aware",
        "afraid",
        "hopeful",
        "optimistic",
        "clear",
        "worried",
        "concerned",
        "satisfied",
    ]
    .iter()
    .any(|w| page.says(that - 1, w));
    if between.is_empty() {
        return view_is(page, window, be);
    }
    let opinion = page.says(be + 1, "of") && between.indices().any(|i| page.is(i, Class::OpinionNoun));
    if !(convinced || opinion) || between.indices().any(|i| page.is(i, Class::Negation)) {
        return None;
    }
    let group = phrase::verb_group(page, be, window.start);
    let subject = phrase::subject_before(page, group.start, window.start)?;
    let speaker = voice::of_phrase(page, subject)?;
    if voice::is_self(page, speaker) || !voice::can_speak(page, subject) {
        return None;
    }
    let end = super::content::trim_end(page, that + 1, window.end);
    Some(Attribution {
        speaker,
        cue: Some(Range::new(group.start, that + 1)),
        venue: None,
        content: vec![Range::new(that + 1, end)],
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope: Scope::Sentence,
        extent: Range::new(subject.whole.start, that + 1),
        by: "convinced",
    })
}
