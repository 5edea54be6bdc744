//! What may follow a verb of speech without marks: `that`, a bare clause, an infinitive, a question, an object.

use super::content::{after_quotation, reach};
use super::cue::{Cue, Said};
use super::path::Path;
use super::quoted::Scene;
use crate::lexicon::{Class, Lexicon, form};
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;

/// `said that the ship was lost`.
pub(crate) fn that_clause(page: &Page, scene: &Scene, cue: &Cue, path: &Path) -> Option<Said> {
    let that = path.that.filter(|_| cue.group.takes("that"))?;
    let end = reach(page, scene, that + 1, cue.window);
    let clause = phrase::has_finite(page, Range::new(that + 1, end)) || end > that + 4;
    let cue_end = if that == cue.verb + 1 || that < cue.verb + 6 { that + 1 } else { cue.verb + 1 };
    if clause { Said::new(vec![Range::new(that + 1, end)], cue_end, "that") } else { None }
}

/// `recalled hearing a shot`, `admitted having lit no lamps`: what is told stands in a participle.
pub(crate) fn told_act(page: &Page, scene: &Scene, cue: &Cue) -> Option<Said> {
    let tells = ["describe", "recall", "remember", "admit", "deny", "report", "mention", "acknowledge", "confirm"];
    let lemma = Lexicon::get().lemma(page.entry(cue.verb))?;
    let from = cue.verb + 1;
    let act = page.tag(from) == Tag::Gerund && page.entry(from).forms & form::ING != 0 || page.says(from, "having");
    let fits = tells.contains(&lemma) && act && page.tag(cue.verb) != Tag::Infinitive;
    fits.then(|| Said::new(vec![Range::new(from, reach(page, scene, from, cue.window))], from, "told act")).flatten()
}

/// `emphasized his role in the strike`: what is stressed is said to be so.
pub(crate) fn stressed(page: &Page, scene: &Scene, cue: &Cue) -> Option<Said> {
    let lemma = Lexicon::get().lemma(page.entry(cue.verb))?;
    let stresses = ["emphasize", "emphasise", "stress", "highlight", "underline", "underscore"].contains(&lemma);
    let from = cue.verb + 1;
    let end = reach(page, scene, from, cue.window);
    let thing = page.tag(from).opens_phrase() && end > from + 1;
    (stresses && thing).then(|| Said::new(vec![Range::new(from, end)], from, "stressed")).flatten()
}

/// `found no evidence that the boats were armed`: what was found goes with what it shows.
pub(crate) fn finding(page: &Page, scene: &Scene, cue: &Cue) -> Option<Said> {
    let that = evidence_that(page, cue)?;
    let end = reach(page, scene, that, cue.window);
    Said::new(vec![Range::new(cue.verb + 1, end)], cue.verb + 1, "finding")
}

/// Where `that` stands behind evidence that a cue says was found or not.
pub(crate) fn evidence_that(page: &Page, cue: &Cue) -> Option<usize> {
    let finds = cue.group.takes("that") && cue.group.takes("source");
    let found = phrase::base_after(page, cue.verb + 1, cue.window.end).filter(|_| finds)?;
    let shows = ["evidence", "proof", "sign", "signs", "indication", "indications", "trace", "reason"];
    let fits = shows.iter().any(|w| page.says(found.end - 1, w)) && page.tag(found.end) == Tag::That;
    fits.then_some(found.end)
}

/// `The mayor said the ship was lost`.
pub(crate) fn bare_clause(page: &Page, scene: &Scene, cue: &Cue, path: &Path) -> Option<Said> {
    if !cue.group.takes("bare") || cue.group.takes("hearer") && !path.hearer {
        return None;
    }
    let comma = usize::from(page.kind(path.end) == Some(Kind::Comma) && path.end > cue.verb + 1);
    let from = path.end + comma;
    let end = reach(page, scene, from, cue.window);
    let end = in_relative(page, cue).then(|| main_clause(page, from, end)).flatten().unwrap_or(end);
    let probe = Range::new(from, end.min(from + 30));
    if let Some(gap) = relative_gap(page, cue, path.end, end) {
        return Some(gap);
    }
    let Some(finite) = phrase::first_finite(page, probe) else {
        // No verb that the lists know: a long stretch, or one with marks, is a clause all the same.
        let marked = probe.indices().any(|i| page.kind(i) == Some(Kind::Mark));
        let lemma = Lexicon::get().lemma(page.entry(cue.verb)).unwrap_or_default();
        let long = ["say", "argue", "insist", "think", "hope", "contend"].contains(&lemma) && probe.len() >= 6;
        let opens = page.tag(from).opens_phrase() || page.tag(from).is_nominal() || page.tag(from) == Tag::Pronoun;
        return (opens && path.end == cue.verb + 1 && (long || marked && probe.len() >= 4))
            .then(|| Said::new(vec![Range::new(from, end)], cue.verb + 1, "bare"))
            .flatten();
    };
    let starts = matches!(
        page.tag(from),
        Tag::Determiner
            | Tag::Possessive
            | Tag::Noun
            | Tag::Name
            | Tag::Adjective
            | Tag::Pronoun
            | Tag::Number
            | Tag::Gerund
            | Tag::Subordinator
            | Tag::Preposition
    ) || page.kind(from) == Some(Kind::Mark)
        || page.says(from, "there")
        || page.says(from, "if");
    let relative = (from..finite).any(|i| page.tag(i) == Tag::Wh || page.tag(i) == Tag::That)
        && !clause_after_relative(page, finite, end);
    (starts && finite > from && !relative)
        .then(|| Said::new(vec![Range::new(from, end)], cue.verb + 1, "bare"))
        .flatten()
}

/// Whether a cue stands in a relative clause: `which the mayor says`.
fn in_relative(page: &Page, cue: &Cue) -> bool {
    let subject = phrase::subject_before(page, cue.verbs.start, cue.window.start);
    let before = subject.and_then(|s| s.whole.start.checked_sub(1)).filter(|w| *w >= cue.window.start);
    before.is_some_and(|w| page.tag(w) == Tag::Wh)
}

/// `the lights, which he claims were dark, cannot stand`: where the main verb follows a comma, the clause ends.
fn main_clause(page: &Page, from: usize, end: usize) -> Option<usize> {
    (from..end).find(|i| page.kind(*i) == Some(Kind::Comma) && page.tag(i + 1).is_finite())
}

/// `which the mayor said was lost`: the clause's subject stands before the cue.
fn relative_gap(page: &Page, cue: &Cue, from: usize, end: usize) -> Option<Said> {
    let subject = phrase::subject_before(page, cue.verbs.start, cue.window.start)?;
    let before = subject.whole.start.checked_sub(1).filter(|w| *w >= cue.window.start)?;
    let wh = page.tag(before) == Tag::Wh && ["which", "who", "what", "whom"].iter().any(|w| page.says(before, w));
    let verb = page.tag(from).is_finite() || wh && page.entry(from).forms & (form::S | form::PAST) != 0;
    let gap =
        wh || (page.tag(before).is_nominal() || page.tag(before) == Tag::That) && page.tag(from) == Tag::Auxiliary;
    let front = if wh { Range::new(before, before + 1) } else { Range::new(from, from) };
    (gap && verb && (wh || !is_deed(page, cue, from)))
        .then(|| Said::new(vec![front, Range::new(from, end)], cue.verb + 1, "relative"))
        .flatten()
}

/// `the task that Hart undertook was to raise the dam`: in the tree the clause ends with the verb, which has nothing said.
fn is_deed(page: &Page, cue: &Cue, from: usize) -> bool {
    let Some(trees) = page.trees.as_deref() else { return false };
    let node = |at: usize| trees.words_in(Range::new(at, at + 1)).next();
    let (Some(verb), Some(next)) = (node(cue.verb), node(from)) else { return false };
    let said = trees.child(verb, &["ccomp", "xcomp"]).is_some();
    trees.relation(verb) == "acl:relcl" && !said && trees.reach(verb).1 < next
}

/// Whether a second finite verb follows, so that the first is that of a relative clause.
pub(crate) fn clause_after_relative(page: &Page, first: usize, end: usize) -> bool {
    (first + 2..end.min(first + 30)).any(|i| page.tag(i).is_finite() && page.tag(i - 1) != Tag::Auxiliary)
}

/// `promised to rebuild the mill`.
pub(crate) fn infinitive(page: &Page, scene: &Scene, cue: &Cue) -> Option<Said> {
    let to = if page.says(cue.verb + 1, "not") { cue.verb + 2 } else { cue.verb + 1 };
    let base = |i: usize| page.entry(i).forms & form::BASE != 0;
    let verb = base(to + 1) || page.tag(to + 1) == Tag::Adverb && base(to + 2);
    let fits = cue.group.takes("to") && page.tag(to) == Tag::To && verb;
    let be = page.tag(to) == Tag::To && page.says(to + 1, "be") && cue.group.takes("to");
    (fits || be)
        .then(|| {
            Said::new(vec![Range::new(cue.verb + 1, reach(page, scene, to, cue.window))], cue.verb + 1, "infinitive")
        })
        .flatten()
}

/// `urged the council to pay`: what the hearer is to do.
pub(crate) fn appeal(page: &Page, scene: &Scene, cue: &Cue) -> Option<Said> {
    if !cue.group.takes("hearer") || !(cue.group.takes("bare") || cue.group.takes("object")) {
        return None;
    }
    let hearer = phrase::phrase_after(page, cue.verb + 1, cue.window.end)?;
    // `told his supporters at a rally in Hull to vote`
    let far = || {
        let low = hearer.whole.end;
        let inside = (low..cue.window.end.min(low + 10))
            .take_while(|i| page.tag(*i) != Tag::Punctuation && !page.tag(*i).is_finite());
        inside.into_iter().find(|i| page.tag(*i) == Tag::To).filter(|_| page.tag(low) == Tag::Preposition)
    };
    let to = [hearer.head.end, hearer.whole.end].into_iter().find(|i| page.tag(*i) == Tag::To).or_else(far)?;
    let base = page.entry(to + 1).forms & form::BASE != 0 || page.is(to + 1, Class::Be) || page.says(to + 1, "not");
    base.then(|| {
        Said::new(vec![Range::new(hearer.head.start, reach(page, scene, to, cue.window))], cue.verb + 1, "appeal")
    })
    .flatten()
}

/// `asked whether the ship was lost`, `explained how`.
pub(crate) fn question(page: &Page, scene: &Scene, cue: &Cue, path: &Path) -> Option<Said> {
    let from = path.end;
    let asks =
        page.tag(from) == Tag::Wh || page.says(from, "whether") || page.says(from, "why") || page.says(from, "how");
    if !cue.group.takes("wh") || !asks {
        return None;
    }
    let end = reach(page, scene, from, cue.window);
    phrase::has_finite(page, Range::new(from, end))
        .then(|| Said::new(vec![Range::new(from, end)], cue.verb + 1, "question"))
        .flatten()
}

/// Words between marks in the object: `praised his “rare courage”`. What is praised is told in the source's view, too.
pub(crate) fn object(page: &Page, scene: &Scene, cue: &Cue) -> Option<Said> {
    if !["object", "as", "name", "for", "to-thing", "count"].iter().any(|f| cue.group.takes(f)) {
        return None;
    }
    let marks = ["object", "name", "for", "to-thing"].iter().any(|f| cue.group.takes(f));
    let limit = if marks { cue.window.end.min(cue.verb + 30) } else { 0 };
    for at in cue.verb + 1..limit {
        let adds = page.tag(at) == Tag::Gerund && page.kind(at - 1) == Some(Kind::Comma);
        let other = page.entry(at).group != 0 && (page.tag(at) == Tag::Verb || adds);
        if page.kind(at) == Some(Kind::Semicolon) || other {
            break;
        }
        if let Some(quotation) = scene.beginning(at).filter(|q| scene.is_free(page, *q)) {
            let end = page.quoted[quotation].outer.end;
            let end = if end < cue.window.end { after_quotation(page, scene, end, cue.window) } else { end };
            let begins = page.quoted[quotation].outer.start;
            let named = begins > cue.verb + 1 && page.tag(begins - 1) != Tag::Punctuation;
            let by = if cue.group.takes("name") && named { "name given" } else { "object" };
            return Said::new(vec![Range::new(cue.verb + 1, end)], cue.verb + 1, by);
        }
    }
    of_thing(page, scene, cue)
}

/// The cue's window; that of `as Hart rightly ascribed ...,` ends with the comma.
fn as_clause(page: &Page, cue: &Cue) -> Range {
    let low = cue.window.start.max(cue.verbs.start.saturating_sub(6));
    let opened =
        (low..cue.verbs.start).rev().take_while(|i| page.tag(*i) != Tag::Punctuation).any(|i| page.says(i, "as"));
    let comma = (cue.verb..cue.window.end.min(cue.verb + 40)).find(|i| page.kind(*i) == Some(Kind::Comma));
    match comma.filter(|_| opened) {
        Some(comma) => Range::new(cue.window.start, comma),
        None => cue.window,
    }
}

/// `described the strike as a disaster`, `accused Hart of arson`: the thing and what is said of it.
fn of_thing(page: &Page, scene: &Scene, cue: &Cue) -> Option<Said> {
    let thing = phrase::phrase_after(page, cue.verb + 1, cue.window.end)?;
    if cue.group.takes("count") && thing.head.indices().any(|i| page.tag(i) == Tag::Number) {
        return Said::new(vec![thing.whole], cue.verb + 1, "of thing");
    }
    for (frame, words) in [("as", &["as"][..]), ("for", &["of", "for", "with"]), ("to-thing", &["to", "with"])] {
        if !cue.group.takes(frame) {
            continue;
        }
        let joins = |at: usize| words.iter().any(|w| page.says(at, w)) && at + 1 < cue.window.end;
        let relative = phrase::skip_apposition(page, thing.whole.end, cue.window.end);
        let at = [thing.whole.end, thing.head.end].into_iter().chain(relative).find(|at| joins(*at)).or_else(|| {
            // The joining word may have been taken for a part of the thing.
            (thing.head.end..thing.whole.end).find(|i| joins(*i))
        });
        if let Some(at) = at {
            let from = if frame == "as" { at + 1 } else { at };
            let end = reach(page, scene, from, as_clause(page, cue));
            return Said::new(vec![Range::new(thing.head.start, at), Range::new(from, end)], cue.verb + 1, "of thing");
        }
    }
    let mut at = thing.whole.end;
    if page.tag(at) == Tag::Coordinator {
        at = phrase::phrase_after(page, at + 1, cue.window.end).map_or(at, |more| more.whole.end);
    }
    let complement =
        page.is(at, Class::Article) || matches!(page.tag(at), Tag::Adjective | Tag::Participle | Tag::Verb);
    let named = cue.group.takes("name") && complement && !page.tag(at + 1).is_finite();
    let end = if named { reach(page, scene, at, cue.window) } else { at };
    if named { Said::new(vec![Range::new(thing.whole.start, end)], cue.verb + 1, "of thing") } else { None }
}
