//! Cues that are no verbs: "according to", "in the words of", "in X's view", "reportedly".

use super::content::{clause_start, reach, trim_end};
use super::quoted::Scene;
use super::voice;
use crate::lexicon::Class;
use crate::page::{Attribution, Page, Range, Speaker};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;
use rashomon_core::{Scope, Stance};

/// `according to the skipper`: in front of the words, behind them or among them.
pub(crate) fn according_to(page: &Page, scene: &Scene, window: Range, at: usize) -> Option<Attribution> {
    let found = phrase::phrase_after(page, at + 2, window.end)?;
    let bare = !page.tag(found.head.start).opens_phrase() && page.tag(found.head.end - 1) != Tag::Name;
    let fits = voice::can_speak(page, found);
    if bare && !fits {
        return None;
    }
    let owner = owner_before(page, found.head.end - 1, at + 2).flatten().filter(|_| !fits);
    // `acted according to his understanding of the rules` tells how, not who says so.
    let told = |i: usize| {
        page.is(i, Class::OpinionNoun) || page.is(i, Class::ReportingNoun) || page.is(i, Class::DocumentNoun)
    };
    let set_off =
        at == window.start || page.tag(at - 1) == Tag::Punctuation || page.kind(found.whole.end) == Some(Kind::Comma);
    // `, according to their needs`
    let measure =
        ["preference", "preferences", "need", "needs", "ability", "abilities", "custom", "customs", "nature", "taste"];
    let measured = measure.iter().any(|w| page.says(found.head.end - 1, w));
    if measured || owner.is_some() && !set_off && !told(found.head.end - 1) {
        return None;
    }
    let speaker = owner.or_else(|| voice::of_phrase_behind(page, found))?;
    let end = found.whole.end;
    let document = found.head.indices().any(|i| page.is(i, Class::DocumentNoun));
    around(page, scene, window, Range::new(at, at + 2), end, speaker, document.then_some(found.whole).filter(|_| false))
}

/// The words around a phrase that names their source.
fn around(
    page: &Page,
    scene: &Scene,
    window: Range,
    cue: Range,
    end: usize,
    speaker: Speaker,
    venue: Option<Range>,
) -> Option<Attribution> {
    let mut after = end;
    while let Some(next) = phrase::skip_apposition(page, after, window.end) {
        // The comma that closes an apposition also ends the phrase.
        after = next - 1;
        if after <= end {
            break;
        }
        if phrase::skip_apposition(page, after, window.end).is_none() {
            break;
        }
    }
    let left_end = trim_end(page, window.start, cue.start);
    let left_start = clause_start(page, left_end, window);
    let left = Range::new(left_start, left_end);
    let comma_before =
        cue.start > window.start && matches!(page.kind(cue.start - 1), Some(Kind::Comma | Kind::Dash | Kind::Mark));
    let comma_after = page.kind(after) == Some(Kind::Comma);
    let right_from = if comma_after { after + 1 } else { after };
    let right = Range::new(right_from, reach(page, scene, right_from, window));
    let front = left.is_empty() || front_of_clause(page, cue.start, window);
    let mut content = Vec::new();
    if front && (comma_after || page.kind(after) == Some(Kind::Mark)) {
        content.push(right);
    } else if comma_before && comma_after && phrase::has_finite(page, right) && !phrase::has_finite(page, left) {
        content.extend([left, right]);
    } else if let Some(own) = own_clause(page, left).filter(|_| comma_before && comma_after) {
        content.extend([own, right]);
    } else if !left.is_empty() {
        content.push(left_of(page, scene, left, cue.start, window));
        if comma_after && !phrase::has_finite(page, left) {
            content.push(right);
        }
    } else {
        content.push(right);
    }
    content.retain(|c| !c.is_empty());
    (!content.is_empty()).then_some(Attribution {
        speaker,
        cue: Some(cue),
        venue,
        content,
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope: Scope::Sentence,
        extent: Range::new(cue.start, after.max(end)),
        by: "according to",
    })
}

/// The subject of a clause that a parenthesis breaks, where a whole clause stands before it: `two of them` in `Six were
/// hurt, and two of them, according to the doctor, will limp`.
fn own_clause(page: &Page, left: Range) -> Option<Range> {
    let and = (left.start + 1..left.end)
        .rev()
        .find(|i| page.tag(*i) == Tag::Coordinator && matches!(page.kind(*i - 1), Some(Kind::Comma | Kind::Dash)))?;
    let own = Range::new(and + 1, left.end);
    let whole = phrase::has_finite(page, Range::new(left.start, and));
    (whole && !own.is_empty() && !phrase::has_finite(page, own)).then_some(own)
}

/// A quotation that ends right before the cue is what the source says, wholly.
fn left_of(page: &Page, scene: &Scene, left: Range, cue: usize, window: Range) -> Range {
    match scene.just_before(page, cue, window).filter(|q| scene.is_free(page, *q)) {
        Some(quotation) if page.quoted[quotation].outer.start <= left.start => page.quoted[quotation].outer,
        _ => left,
    }
}

/// Whether a cue opens a clause inside the sentence: `at a time when according to ...`, `and, according to ...`.
fn front_of_clause(page: &Page, cue: usize, window: Range) -> bool {
    let mut at = cue;
    while at > window.start && page.kind(at - 1) == Some(Kind::Comma) {
        at -= 1;
    }
    at == window.start
        || matches!(page.tag(at - 1), Tag::Coordinator | Tag::Subordinator | Tag::That | Tag::Wh)
        || page.is(at - 1, Class::Subordinator)
}

/// `reportedly`, `allegedly`: nobody in particular says the clause.
pub(crate) fn hearsay(page: &Page, window: Range, at: usize) -> Option<Attribution> {
    // `those rumoured to be the thief, has died`: a participle with its own complement says nothing of the sentence.
    let participle = page.says(at, "rumoured") || page.says(at, "rumored");
    if participle && page.tag(at + 1) == Tag::To {
        return None;
    }
    let left_end = at;
    let start = clause_start(page, left_end, window);
    let end = trim_end(page, at + 1, window.end);
    let content: Vec<Range> =
        [Range::new(start, at), Range::new(at + 1, end)].into_iter().filter(|r| !r.is_empty()).collect();
    let cue = Range::new(at, at + 1);
    let distant = page.says(at, "allegedly") || page.says(at, "supposedly") || page.says(at, "purportedly");
    (!content.is_empty()).then_some(Attribution {
        speaker: Speaker::Nobody(Some(cue)),
        cue: Some(cue),
        venue: None,
        content,
        stance: Stance::Asserts,
        author: if distant { Stance::Distances } else { Stance::Reports },
        scope: Scope::Sentence,
        extent: cue,
        by: "hearsay",
    })
}

/// `in the words of X`, `in X's view`, `for X,`, `as X,` with words between marks.
pub(crate) fn other(page: &Page, scene: &Scene, window: Range, at: usize) -> Option<Attribution> {
    if page.says(at, "in") || page.says(at, "to") || page.says(at, "from") {
        return in_words_of(page, scene, window, at).or_else(|| in_view_of(page, scene, window, at));
    }
    if page.says(at, "by") {
        return by_admission(page, scene, window, at);
    }
    if page.says(at, "as") && !page.is(at + 1, Class::Determiner) {
        return as_somebody(page, scene, window, at);
    }
    None
}

fn in_words_of(page: &Page, scene: &Scene, window: Range, at: usize) -> Option<Attribution> {
    let noun = |i: usize| {
        page.is(i, Class::OpinionNoun)
            || ["words", "telling", "account", "terms", "phrase"].iter().any(|w| page.says(i, w))
    };
    if !(page.says(at + 1, "the") && noun(at + 2) && page.says(at + 3, "of")) {
        return None;
    }
    let found = phrase::phrase_after(page, at + 4, window.end)?;
    let speaker = voice::of_phrase(page, found)?;
    let end = found.whole.end;
    let words = page.says(at + 2, "words") || page.says(at + 2, "phrase");
    let quotation = (end..window.end.min(end + 30)).find_map(|i| scene.beginning(i)).filter(|_| words);
    let mut attribution = around(page, scene, window, Range::new(at, at + 4), end, speaker, None)?;
    if let Some(quotation) = quotation {
        let outer = page.quoted[quotation].outer;
        let reached = if outer.end < window.end { reach(page, scene, outer.end, window) } else { outer.end };
        attribution.content = vec![Range::new(outer.start, reached.max(outer.end))];
        let before = Range::new(end, outer.start);
        if !phrase::has_finite(page, before) {
            attribution.extent = Range::new(at, outer.start);
        }
    }
    attribution.by = "in the words of";
    Some(attribution)
}

/// `in the skipper's view,`, `in his opinion,`.
fn in_view_of(page: &Page, scene: &Scene, window: Range, at: usize) -> Option<Attribution> {
    let limit = window.end.min(at + 9);
    let noun = (at + 2..limit).find(|i| {
        page.is(*i, Class::OpinionNoun) || ["words", "account", "telling"].iter().any(|w| page.says(*i, w))
    })?;
    let owner = owner_before(page, noun, at + 1)?;
    let clause = at == window.start
        && page.tag(noun + 1) != Tag::Preposition
        && !page.tag(noun + 1).is_finite()
        && phrase::has_finite(page, Range::new(noun + 1, window.end));
    let closes = matches!(page.kind(noun + 1), Some(Kind::Comma | Kind::Stop)) || noun + 1 >= window.end || clause;
    let speaker = owner.filter(|s| closes && !voice::is_self(page, *s))?;
    let mut attribution = around(page, scene, window, Range::new(at, noun + 1), noun + 1, speaker, None)?;
    attribution.by = "in the view of";
    Some(attribution)
}

/// `By his own admission, Hart sold the mill`.
fn by_admission(page: &Page, scene: &Scene, window: Range, at: usize) -> Option<Attribution> {
    let noun = (at + 2..window.end.min(at + 9)).find(|i| {
        ["admission", "account", "telling", "estimate", "estimation", "reckoning", "count", "confession"]
            .iter()
            .any(|w| page.says(*i, w))
    })?;
    let owner = owner_before(page, noun, at + 1)?;
    let closes = matches!(page.kind(noun + 1), Some(Kind::Comma | Kind::Stop)) || noun + 1 >= window.end;
    let speaker = owner.filter(|s| closes && !voice::is_self(page, *s))?;
    let mut attribution = around(page, scene, window, Range::new(at, noun + 1), noun + 1, speaker, None)?;
    attribution.by = "in the view of";
    Some(attribution)
}

/// Who owns the noun: `his`, `the mayor's`. The outer `None` where nobody does.
pub(crate) fn owner_before(page: &Page, noun: usize, floor: usize) -> Option<Option<Speaker>> {
    let mut at = noun;
    while at > floor && matches!(page.tag(at - 1), Tag::Adjective | Tag::Noun | Tag::Adverb) {
        at -= 1;
    }
    if at <= floor.saturating_sub(1) || at == 0 || page.tag(at - 1) != Tag::Possessive {
        return None;
    }
    let possessive = at - 1;
    if page.kind(possessive) == Some(Kind::Clitic) {
        let phrase = phrase::phrase_before(page, possessive, floor.saturating_sub(1))?;
        return Some(voice::of_phrase(page, phrase));
    }
    let own = ["my", "our", "your"].iter().any(|w| page.says(possessive, w));
    (!own).then_some(Some(Speaker::Words(Range::new(possessive, possessive + 1))))
}

/// `as Hart, a professor at Hull, “...”`: the verb of speech is lost or understood.
fn as_somebody(page: &Page, scene: &Scene, window: Range, at: usize) -> Option<Attribution> {
    let found = phrase::phrase_after(page, at + 1, window.end)?;
    if page.tag(found.head.end - 1) != Tag::Name || page.kind(found.whole.end) != Some(Kind::Comma) {
        return None;
    }
    let mut after = found.whole.end;
    while let Some(next) = phrase::skip_apposition(page, after, window.end) {
        after = next - 1;
        if page.kind(after) != Some(Kind::Comma) {
            break;
        }
    }
    let quotation = (after..window.end.min(after + 12)).find_map(|i| scene.beginning(i))?;
    if !scene.is_free(page, quotation) || page.quoted[quotation].content.len() < 4 {
        return None;
    }
    let between = Range::new(after, page.quoted[quotation].outer.start);
    let other_cue = between.indices().any(|i| page.entry(i).group != 0 && page.tag(i) == Tag::Verb);
    let subject = between.indices().any(|i| matches!(page.tag(i), Tag::Name | Tag::Pronoun));
    let speaker = voice::of_phrase(page, found)?;
    (!other_cue && !subject).then(|| Attribution {
        speaker,
        cue: Some(Range::new(at, found.head.end)),
        venue: None,
        content: vec![page.quoted[quotation].outer],
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope: Scope::Sentence,
        extent: Range::new(at, after),
        by: "as somebody",
    })
}
