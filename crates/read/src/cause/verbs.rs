//! Links by verbs: what a verb's subject brings about, what is ascribed to what, what a participle hangs on.

use super::cues::{Cue, Cues, Frame, List};
use super::frames::{Link, Place, subject};
use super::sides::{self, clause_before, phrase_after};
use crate::lexicon::{Class, Lexicon, form};
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;

/// Links by verbs.
pub(super) fn verb(
    page: &Page,
    cues: &Cues,
    rule: &Cue,
    (at, rest): (usize, &[String]),
    sentence: Range,
) -> Option<Link> {
    let mut end = at + 1;
    if !rest.is_empty() && page.tag(end) == Tag::Adverb && !page.says(end, &rest[0]) {
        end += 1;
    }
    let reads = rest.iter().enumerate().all(|(i, w)| page.says(end + i, w));
    if !reads || !matches!(page.tag(at), Tag::Verb | Tag::Participle | Tag::Infinitive | Tag::Gerund) {
        return None;
    }
    let group = phrase::verb_group(page, at, sentence.start);
    let cue = Range::new(group.start, end + rest.len());
    if rule.frame == Frame::Participle {
        return participle(page, rule, &Place::told_before(page, cue, sentence), at);
    }
    let place = Place::new(page, cue, sentence);
    if rule.frame == Frame::Ascribe {
        return ascribe(page, rule, &place, group);
    }
    let passive = phrase::is_passive(page, group) || group.len() == 1 && page.tag(at) == Tag::Participle;
    let never = group.start > sentence.start && page.is(group.start - 1, Class::Negation);
    let denied = never || phrase::is_negated(page, group) || fails(page, group.start);
    if passive {
        return by_agent(page, rule, &place, denied);
    }
    if page.entry(at).forms & form::PARTICIPLE != 0 && group.len() == 1 && page.says(cue.end, "by") {
        return None;
    }
    // `the row sparked off after the vote`
    if ["after", "when", "as", "because", "during"].iter().any(|w| page.says(cue.end, w)) {
        return None;
    }
    let behind = phrase_after(page, cue.end, place.field);
    // `made a push to win`: what is made to do something does it without `to`.
    let bare = matches!(Lexicon::get().lemma(page.entry(at)), Some("make" | "let"));
    let pushed = |side: Range| bare && side.indices().any(|i| page.tag(i) == Tag::To);
    let meant = rule.event && sides::tells_event(page, cues, behind)
        || rule.does
            && sides::tells_deed(page, behind)
            && !pushed(Range::new(behind.start, behind.end.min(behind.start + 6)));
    if behind.is_empty() || (rule.event || rule.does) && !meant || intended(page, group.start) {
        return None;
    }
    let before = before_verb(page, &place, at)?;
    let nobody = ["neither", "no", "nobody", "none", "nothing"].iter().any(|w| page.says(before.start, w));
    place.link(page, rule, before, behind, denied || nobody)
}

/// `They ascribed the fire to a lamp`, `the fire was ascribed to a lamp`.
fn ascribe(page: &Page, rule: &Cue, place: &Place, group: Range) -> Option<Link> {
    let passive = phrase::is_passive(page, group) || group.len() == 1 && page.says(group.end, "to");
    let rest = phrase_after(page, place.cue.end, place.field);
    let to = rest.indices().find(|i| page.says(*i, "to") && page.tag(*i + 1) != Tag::Infinitive)?;
    // `attributes great importance to the port`
    if (rest.start..to).any(|i| rule.lists(List::Never, page, i)) {
        return None;
    }
    let cause = Range::new(to + 1, rest.end);
    let effect = match passive {
        true => subject(page, group.start, place.field)?,
        false => Range::new(rest.start, to),
    };
    place.link(page, rule, effect, cause, phrase::is_negated(page, group))
}

/// `failed to` before an infinitive.
fn fails(page: &Page, start: usize) -> bool {
    let to = start.wrapping_sub(1);
    page.tag(to) == Tag::To && Lexicon::get().lemma(page.entry(to.wrapping_sub(1))) == Some("fail")
}

/// Whether an infinitive only tells what something is done for: `they met to prevent`, not `helped to prevent`.
fn intended(page: &Page, start: usize) -> bool {
    let to = start.wrapping_sub(1);
    let before = to.wrapping_sub(1);
    let helps = ["help", "threaten", "serve", "work", "suffice", "continue", "begin", "fail", "seem", "appear", "tend"];
    let lemma = Lexicon::get().lemma(page.entry(before));
    let likely = page.says(before, "likely") || page.says(before, "bound") || page.says(before, "enough");
    page.tag(to) == Tag::To && !likely && !lemma.is_some_and(|l| helps.contains(&l))
}

/// What acts: the subject, what a relative pronoun stands for, or the clause that the verb is joined to.
fn before_verb(page: &Page, place: &Place, at: usize) -> Option<Range> {
    let (start, field) = (place.cue.start, place.field);
    if start <= field.start {
        return None;
    }
    let previous = start - 1;
    match page.tag(previous) {
        Tag::Wh | Tag::That => {
            let mut end = previous;
            let comma = end > field.start && page.kind(end - 1) == Some(Kind::Comma);
            if comma {
                end -= 1;
            }
            let clause = comma && page.says(previous, "which");
            let clause = clause.then(|| clause_before(page, end, field));
            clause.or_else(|| sides::phrase_before(page, end, field))
        }
        Tag::Coordinator => Some(clause_before(page, previous, field)),
        Tag::To => Some(clause_before(page, previous, field)).filter(|c| phrase::has_finite(page, *c)),
        Tag::Punctuation if page.tag(at) == Tag::Gerund => Some(clause_before(page, previous, field)),
        Tag::Preposition if page.tag(at) == Tag::Gerund && place.cue.start == at => {
            let joined = page.says(previous, "in") || page.says(previous, "of");
            joined.then(|| sides::phrase_before(page, previous, field)).flatten()
        }
        _ if page.tag(at) == Tag::Gerund && place.cue.start == at => {
            page.tag(previous).is_nominal().then(|| sides::phrase_before(page, at, field)).flatten()
        }
        _ => subject(page, start, field),
    }
}

/// `The fire was caused by a lamp`: the agent is the cause; for a verb such as `result from` there is no passive.
fn by_agent(page: &Page, rule: &Cue, place: &Place, denied: bool) -> Option<Link> {
    let by = place.cue.end;
    // `promises made by the council`: who makes them brings nothing else about.
    if !page.says(by, "by") || rule.after || rule.does && page.says(by - 1, "made") {
        return None;
    }
    let agent = phrase_after(page, by + 1, place.field);
    let previous = place.cue.start.checked_sub(1).filter(|p| *p >= place.field.start)?;
    let thing = match page.tag(previous) {
        Tag::Wh | Tag::That => sides::phrase_before(page, previous, place.field)?,
        _ if place.cue.len() == 1 => sides::phrase_before(page, place.cue.start, place.field)?,
        _ => phrase::subject_before(page, place.cue.start, place.field.start)?.whole,
    };
    let cue = Range::new(place.cue.start, by + 1);
    let place = Place { cue, field: place.field, owner: place.owner };
    let link = place.link(page, rule, agent, thing, denied)?;
    Some(link)
}

/// `..., leaving forty homeless`: a participle that hangs on a whole clause.
fn participle(page: &Page, rule: &Cue, place: &Place, at: usize) -> Option<Link> {
    if page.tag(at) != Tag::Gerund || place.cue.len() > 1 && page.says(place.cue.start, "to") {
        return None;
    }
    if rule.after && sides::opens(page, at, place.field) {
        return fronted(page, rule, place);
    }
    let previous = at.checked_sub(1).filter(|p| *p > place.field.start)?;
    let comma = page.kind(previous) == Some(Kind::Comma);
    let near = page.tag(previous).is_nominal() || page.tag(previous) == Tag::Adverb;
    if !(comma || rule.after && near) {
        return None;
    }
    let before = clause_before(page, if comma { previous } else { at }, place.field);
    if !phrase::has_finite(page, before) {
        return None;
    }
    let behind = phrase_after(page, place.cue.end, place.field);
    place.link(page, rule, before, behind, false)
}

/// `Protesting the tax, the weavers marched`: a participle with its clause in front.
fn fronted(page: &Page, rule: &Cue, place: &Place) -> Option<Link> {
    let trees = page.trees.as_deref()?;
    let own = trees.words_in(place.cue).last().filter(|n| trees.relation(*n) == "advcl")?;
    trees.head(own).filter(|main| *main > own)?;
    let comma = trees.tokens_of(trees.reach(own)).end;
    let close = (comma.saturating_sub(1)..comma + 1).find(|i| page.kind(*i) == Some(Kind::Comma))?;
    let own = Range::new(place.cue.end, close);
    let main = sides::clause_after(page, close + 1, place.field, false);
    (!own.is_empty() && phrase::has_finite(page, main)).then(|| place.link(page, rule, main, own, false)).flatten()
}
