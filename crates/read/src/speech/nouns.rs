//! Cues that are nouns: "his claim that", "the mayor's warning that", "the belief that", "statement by X that".

use super::content::reach;
use super::phrases::owner_before;
use super::quoted::Scene;
use super::voice;
use crate::lexicon::{Class, Lexicon};
use crate::page::{Attribution, Page, Range, Speaker};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;
use rashomon_core::{Scope, Stance};
use rashomon_text::inflection::base_of;

/// The attribution that a reporting noun makes, if a clause follows it.
pub(crate) fn read(page: &Page, scene: &Scene, window: Range, noun: usize) -> Option<Attribution> {
    if !matches!(page.tag(noun), Tag::Noun | Tag::Name) {
        return None;
    }
    let (behind, that) = that_behind(page, noun, window)?;
    if !phrase::has_finite(page, Range::new(that + 1, window.end.min(that + 40))) {
        return None;
    }
    let start = noun_phrase_start(page, noun, window);
    let owner = owner_before(page, noun, window.start).flatten();
    let holder = holder(page, start, window);
    let rejects = holder.is_some_and(|h| h.1);
    let speaker = match (owner, behind, holder) {
        (Some(owner), _, _) | (None, Some(owner), _) => owner,
        (None, None, Some((holder, _))) => holder,
        (None, None, None) => Speaker::Nobody(Some(Range::new(start, noun + 1))),
    };
    let denied = rejects && owner.is_none() && behind.is_none();
    if voice::is_self(page, speaker) || own_noun(page, noun) {
        return None;
    }
    // `the greatest fear that I have seen`: a relative clause.
    let superlative = |i: usize| {
        page.word(i).ends_with("est") || ["only", "most", "first", "last", "same"].iter().any(|w| page.says(i, w))
    };
    let relative = page.tag(noun) == Tag::Name || (start..noun).any(superlative);
    let end = reach(page, scene, that + 1, window);
    let opens = start == window.start
        || page.tag(start - 1) == Tag::Punctuation
        || matches!(page.tag(start - 1), Tag::Coordinator | Tag::Subordinator | Tag::That);
    let end = if opens { main_verb_after(page, that + 1, end).unwrap_or(end) } else { end };
    (!relative).then(|| Attribution {
        speaker,
        cue: Some(Range::new(noun, if that < noun + 5 { that + 1 } else { noun + 1 })),
        venue: None,
        content: vec![Range::new(that + 1, end)],
        stance: if denied { Stance::Denies } else { stance(page, noun) },
        author: author(page, noun, window),
        scope: Scope::Sentence,
        extent: Range::new(start, that + 1),
        by: "noun",
    })
}

/// Where the main verb stands whose subject is a clause: `was denied` in `the claim that the dam was safe was denied`.
/// Each clause has one finite verb group; the first that no word opens a clause for is the main one.
fn main_verb_after(page: &Page, from: usize, end: usize) -> Option<usize> {
    let (mut clauses, mut verbs) = (1, 0);
    let mut at = from;
    while at < end {
        let tag = page.tag(at);
        let opens = matches!(tag, Tag::Wh | Tag::That | Tag::Subordinator | Tag::Coordinator);
        let reduced = page.entry(at).forms & crate::lexicon::form::PARTICIPLE != 0
            && page.tag(at.wrapping_sub(1)).is_nominal()
            && matches!(page.tag(at + 1), Tag::Preposition | Tag::To);
        if page.kind(at) == Some(Kind::Comma) {
            return None;
        }
        if opens {
            clauses += 1;
        } else if tag.is_finite() && !(reduced && tag == Tag::Verb && verbs == 0) {
            verbs += 1;
            if verbs > clauses {
                return Some(at);
            }
            let bare = Lexicon::get().group(page.entry(at)).is_some_and(|g| g.takes("bare"));
            clauses += usize::from(bare);
            while tag == Tag::Auxiliary && matches!(page.tag(at + 1), Tag::Auxiliary | Tag::Adverb | Tag::Participle) {
                at += 1;
            }
        }
        at += 1;
    }
    None
}

/// Who makes, shares or rejects the claim whose noun phrase begins at a token, and whether it is rejected:
/// `Hart expressed the hope that`, `Hart rejected the claim that`, `in the hope that`.
fn holder(page: &Page, start: usize, window: Range) -> Option<(Speaker, bool)> {
    let before = start.checked_sub(1).filter(|b| *b >= window.start)?;
    let joined = page.tag(before) == Tag::Preposition && ["in", "on", "with"].iter().any(|w| page.says(before, w));
    let verb = match joined {
        true => (window.start..before).rev().take(20).find(|i| page.tag(*i).is_finite())?,
        false => before,
    };
    let lemma = Lexicon::get().lemma(page.entry(verb)).unwrap_or_default();
    let has = lemma == "have" || page.is(verb, Class::Have);
    let rejects = ["reject", "deny", "dismiss", "dispute", "refute", "rebut", "ridicule"].contains(&lemma);
    let makes = [
        "make", "repeat", "express", "voice", "hold", "share", "raise", "offer", "issue", "defend", "support", "give",
        "back", "spread", "convey", "reach", "draw", "form",
    ];
    // `came to the conclusion that`
    let verb = if page.says(before, "to") && before > window.start { before - 1 } else { verb };
    let comes = verb < before && Lexicon::get().lemma(page.entry(verb)) == Some("come");
    if !(joined || has || rejects || comes || makes.contains(&lemma)) {
        return None;
    }
    let group = phrase::verb_group(page, verb, window.start);
    let subject = phrase::subject_before(page, group.start, window.start)?;
    voice::can_speak(page, subject).then(|| voice::of_phrase(page, subject)).flatten().map(|s| (s, rejects))
}

fn own_noun(page: &Page, noun: usize) -> bool {
    ["my", "our", "your"].iter().any(|w| page.says(noun.wrapping_sub(1), w))
}

/// `that` behind the noun, and who stands between: `by the mayor`, `of the mayor`, `from the crew`.
fn that_behind(page: &Page, noun: usize, window: Range) -> Option<(Option<Speaker>, usize)> {
    let next = noun + 1;
    if next >= window.end {
        return None;
    }
    if page.tag(next) == Tag::That {
        let relative =
            page.tag(next + 1).is_finite() || page.tag(next + 1) == Tag::Adverb && page.tag(next + 2).is_finite();
        return (!relative).then_some((None, next));
    }
    let from_somebody = ["by", "of", "from", "among"].iter().any(|w| page.says(next, w));
    if !from_somebody {
        return spread(page, next, window).map(|that| (None, that));
    }
    let found = phrase::phrase_after(page, next + 1, window.end)?;
    let that = found.whole.end;
    let fits = page.tag(that) == Tag::That && voice::can_speak(page, found) && !page.tag(that + 1).is_finite();
    fits.then(|| (voice::of_phrase(page, found), that))
}

/// `Reports have been printed in several capitals that`: where `that` stands behind a verb that only says that they are about.
fn spread(page: &Page, verb: usize, window: Range) -> Option<usize> {
    const ABOUT: [&str; 14] = [
        "print",
        "publish",
        "spread",
        "circulate",
        "emerge",
        "surface",
        "appear",
        "reach",
        "arrive",
        "grow",
        "persist",
        "abound",
        "make",
        "go",
    ];
    let far = window.end.min(verb + 14);
    let group = |i: &usize| matches!(page.tag(*i), Tag::Auxiliary | Tag::Verb | Tag::Participle | Tag::Adverb);
    let last = (verb..far).take_while(group).last()?;
    let base = base_of(page.word(last));
    let lemma = Lexicon::get().lemma(page.entry(last)).unwrap_or(&base);
    let that = (last + 1..far).find(|i| page.tag(*i) == Tag::That)?;
    let plain = |i: usize| page.tag(i) != Tag::Punctuation && !page.tag(i).is_finite() && page.tag(i) != Tag::Wh;
    let clause = !page.tag(that + 1).is_finite();
    (page.tag(verb).is_finite() && ABOUT.contains(&lemma) && clause && (last + 1..that).all(plain)).then_some(that)
}

fn noun_phrase_start(page: &Page, noun: usize, window: Range) -> usize {
    phrase::base_before(page, noun + 1, window.start).map_or(noun, |r| r.start)
}

fn stance(page: &Page, noun: usize) -> Stance {
    let denies = ["denial", "denials", "doubt", "doubts"].iter().any(|w| page.says(noun, w));
    let hedges = ["suggestion", "suspicion", "rumour", "rumours", "rumor", "rumors", "hypothesis", "theory"]
        .iter()
        .any(|w| page.says(noun, w));
    match (denies, hedges) {
        (true, _) => Stance::Denies,
        (_, true) => Stance::Hedges,
        _ => Stance::Asserts,
    }
}

/// The author's stance: a claim is kept at a distance, a rejected one is denied.
fn author(page: &Page, noun: usize, window: Range) -> Stance {
    let before = Range::new(window.start.max(noun.saturating_sub(6)), noun);
    let rejected = ["false", "baseless", "unfounded", "debunked", "discredited", "absurd"];
    if before.indices().any(|i| rejected.iter().any(|w| page.says(i, w))) {
        return Stance::Denies;
    }
    let distant = [
        "claim",
        "claims",
        "allegation",
        "allegations",
        "assertion",
        "assertions",
        "rumour",
        "rumours",
        "rumor",
        "rumors",
        "notion",
    ];
    let _ = page.is(noun, Class::ReportingNoun);
    if distant.iter().any(|w| page.says(noun, w)) { Stance::Distances } else { Stance::Reports }
}
