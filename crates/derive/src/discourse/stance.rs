//! On which side of a concept a claim puts whoever makes it: by polarity, evaluation and verbs of support and opposition.
//! The words are data (`rules/discourse.toml`, with their tests inside). Who says only that something may be takes no side.

use super::code::Side;
use super::concepts::Met;
use super::lists::Rules;
use super::words::{Word, words};
use rashomon_core::{Certainty, Polarity, Role, Stance, Statement, Words};
use std::ops::Range;

/// Words before a concept that still deny it, and words between a concept and what is said to be by nobody.
const BEFORE: usize = 4;
/// Words before a concept among which one that turns it must stand.
const TURNING: usize = 3;
/// Words after a concept within which it is evaluated.
const AFTER: usize = 10;
const COPULAS: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "seems", "seemed", "remains", "remained"];

/// What a claim says of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) side: Side,
    /// The words of the subject whose side it is, where it is not the voice's own.
    pub(super) by: Option<Words>,
}

/// The words of a claim, its predicate with its dictionary form.
pub(super) fn words_of(text: &str, statement: &Statement) -> Vec<Word> {
    let mut all = Vec::new();
    for evidence in statement.evidence() {
        words(text, evidence.span, &mut all);
    }
    if let Some(predicate) = &statement.claim().predicate {
        let inside = all.iter_mut().filter(|w| predicate.words.span.contains(w.span));
        // The head is the last word: auxiliaries and denials stand before it.
        if let Some(head) = inside.last() {
            head.lemma = Some(predicate.lemma.to_lowercase());
        }
    }
    all
}

/// Whether a claim is said to be so: neither as a mere possibility nor contrary to fact.
pub(super) fn is_said(statement: &Statement, hedged: bool) -> bool {
    let claim = statement.claim();
    match claim.certainty {
        Certainty::Certain | Certainty::Probable => true,
        Certainty::Possible | Certainty::Unlikely => hedged,
        Certainty::Counterfactual => false,
    }
}

/// The side that the claim itself takes; `None` where it takes none.
pub(super) fn side(rules: &Rules, statement: &Statement, all: &[Word], met: &Met) -> Option<Taken> {
    let claim = statement.claim();
    let turned = before(all, &met.at).iter().rev().take(TURNING).any(|w| rules.turning.contains(&w.text));
    let mut affirms = (met.affirms != denied(rules, statement, all, met)) != turned;
    let predicate = claim.predicate.as_ref();
    let within =
        |span: rashomon_core::Span| all.get(met.at.clone()).unwrap_or(&[]).iter().any(|w| span.contains(w.span));
    let apart = predicate.is_some_and(|p| !within(p.words.span));
    if let Some(predicate) = predicate.filter(|_| apart) {
        let lemma = predicate.lemma.to_lowercase();
        let opposes = rules.oppose.contains(&lemma);
        if opposes || rules.support.contains(&lemma) {
            let subject = claim.arguments.iter().find(|a| a.role == Role::Subject)?;
            if within(subject.words.span) {
                // "The treaty was welcome", read as a verb: what is told of it is no side that it takes.
                return None;
            }
            let side = if affirms != opposes { Side::Agree } else { Side::Disagree };
            let own = matches!(subject.words.text.to_lowercase().as_str(), "i" | "we");
            return Some(Taken { side, by: (!own).then(|| subject.words.clone()) });
        }
    }
    if evaluated_badly(rules, all, met) {
        affirms = !affirms;
    }
    Some(Taken { side: if affirms { Side::Agree } else { Side::Disagree }, by: None })
}

fn denied(rules: &Rules, statement: &Statement, all: &[Word], met: &Met) -> bool {
    let negator = |w: &Word| rules.negators.contains(&w.text) || w.text.ends_with("n't");
    let run = all.get(met.at.clone()).unwrap_or(&[]);
    let inside = run.iter().enumerate().filter(|(n, w)| negator(w) && !set_off(run, *n)).count();
    let before = before(all, &met.at);
    let near = before.iter().any(negator);
    let kept_away = before.iter().any(|w| rules.distancing.contains(&w.text)) || so_called(before);
    let by_nobody = after(all, &met.at, BEFORE + 2)
        .windows(2)
        .any(|pair| pair.first().is_some_and(|w| w.text == "by") && pair.get(1).is_some_and(negator));
    let whole = statement.claim().polarity == Polarity::Negative && met.negators == 0;
    (inside > met.negators || near || by_nobody || whole) != kept_away
}

/// Whether a word inside a run belongs to something set off ("boats, showing no lights, ran") or to what an attribute lacks
/// ("boats without lights ran"): such a denial is none of the whole.
fn set_off(run: &[Word], at: usize) -> bool {
    let parted = |words: &[Word]| words.iter().any(|w| w.parted);
    let before = run.get(1..=at).is_some_and(parted);
    let after = run.get(at + 1..).is_some_and(parted);
    let lacks = run.get(at).is_some_and(|w| w.text == "without") && at > 0;
    (before && after) || lacks
}

fn so_called(before: &[Word]) -> bool {
    before.windows(2).any(|pair| pair.iter().map(|w| w.text.as_str()).eq(["so", "called"]))
}

/// The last words before a run, of the same stretch and not set off.
fn before<'a>(all: &'a [Word], at: &Range<usize>) -> &'a [Word] {
    let mut start = at.start;
    while start > 0 && at.start - start < BEFORE && all.get(start).is_some_and(|w| !w.first && !w.parted) {
        start -= 1;
    }
    all.get(start..at.start).unwrap_or(&[])
}

/// The words after a run, of the same stretch and not set off.
fn after<'a>(all: &'a [Word], at: &Range<usize>, most: usize) -> &'a [Word] {
    let rest = all.get(at.end..).unwrap_or(&[]);
    let length = rest.iter().take(most).take_while(|w| !w.first && !w.parted).count();
    rest.get(..length).unwrap_or(&[])
}

/// "X is absurd": a copula after the words of the concept, then a word that rejects it.
fn evaluated_badly(rules: &Rules, all: &[Word], met: &Met) -> bool {
    let behind = after(all, &met.at, AFTER);
    let Some(copula) = behind.iter().position(|w| COPULAS.contains(&w.text.as_str())) else { return false };
    let said = behind.iter().skip(copula + 1).take(4);
    said.map(|w| w.text.as_str())
        .find(|w| rules.bad.contains(*w) || rules.good.contains(*w))
        .is_some_and(|w| rules.bad.contains(w))
}

/// What a link's stance makes of what follows it: the same side, the other, or none that can be told.
pub(super) fn turned(stance: Stance) -> bool {
    matches!(stance, Stance::Denies | Stance::Distances)
}
