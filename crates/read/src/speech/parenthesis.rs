//! Cues that stand in a parenthesis: `The ship, the mayor said, was lost`, `as the mayor noted`.
//!
//! What stands before the parenthesis and, where it goes on, behind it is what is said.

use super::content::{clause_start, reach, sentence_start, trim_end};
use super::cue::{Cue, Said, Subject};
use super::path::Path;
use super::quoted::Scene;
use super::voice;
use crate::page::{Attribution, Page, Range};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;

/// `The ship, the mayor said, was lost`, `The ship was lost, the mayor said.`, `as the mayor noted`.
pub(crate) fn parenthesis(
    page: &Page,
    scene: &Scene,
    cue: &Cue,
    subject: Option<Subject>,
    path: &Path,
) -> Option<Said> {
    let subject = subject?;
    let finite = cue.verbs.indices().any(|i| matches!(page.tag(i), Tag::Verb | Tag::Participle));
    if !finite || !(cue.group.takes("bare") || cue.group.takes("quote")) {
        return None;
    }
    let front = if subject.inverted { cue.verbs.start } else { subject.phrase.whole.start };
    let behind = if subject.inverted { subject.phrase.whole.end.max(path.end) } else { path.end };
    let window = cue.window;
    let well = front >= window.start + 3 && page.says(front - 2, "well");
    let as_cue = front > window.start && page.says(front - 1, "as") && !well;
    if cue.group.takes("source") && !voice::can_speak(page, subject.phrase) {
        return None;
    }
    let comma = front > window.start && matches!(page.kind(front - 1), Some(Kind::Comma | Kind::Dash));
    let closes = behind >= window.end
        || matches!(page.kind(behind), Some(Kind::Comma | Kind::Stop | Kind::Dash | Kind::Semicolon));
    let left_end = trim_end(page, window.start, if as_cue { front - 1 } else { front });
    if as_cue && !(cue.group.takes("bare") || cue.group.takes("that")) {
        return None;
    }
    if as_cue {
        return as_parenthesis(page, scene, cue, left_end, behind);
    }
    if !(comma && closes) || !cue.group.takes("bare") && !cue.group.takes("that") {
        return None;
    }
    let told = |a: &Attribution| a.extent.start >= window.start && a.extent.start < left_end && a.cue.is_some();
    let last = behind >= window.end || page.kind(behind) == Some(Kind::Stop);
    let alone = last && !page.attributions.iter().rev().take(8).any(told);
    let start = if alone { sentence_start(page, left_end, window) } else { clause_start(page, left_end, window) };
    let left = Range::new(start, left_end);
    let mut pieces = vec![left];
    if page.kind(behind) == Some(Kind::Comma) && behind + 1 < window.end && continues(page, left, behind + 1, window) {
        pieces.push(Range::new(behind + 1, reach(page, scene, behind + 1, window)));
    }
    let clause = pieces.iter().any(|p| phrase::has_finite(page, *p)) || left.len() >= 6;
    clause.then(|| Said::new(pieces, cue.verb + 1, "parenthesis")).flatten()
}

/// Whether what follows a parenthesis goes on with the reported clause.
fn continues(page: &Page, left: Range, from: usize, window: Range) -> bool {
    let gerund = page.entry(from).group != 0 && page.tag(from) == Tag::Gerund;
    let contrast = page.says(from, "but") || page.says(from, "although") || page.says(from, "while");
    let own_clause = phrase::has_finite(page, left)
        && page.says(from, "and")
        && phrase::has_finite(page, Range::new(from, window.end));
    !gerund && !contrast && !own_clause
}

fn as_parenthesis(page: &Page, scene: &Scene, cue: &Cue, left_end: usize, behind: usize) -> Option<Said> {
    let window = cue.window;
    let mut pieces = Vec::new();
    let left = Range::new(clause_start(page, left_end, window), left_end);
    if left.indices().filter(|i| page.tokens[*i].is_wordlike()).count() > 1 {
        pieces.push(left);
    }
    let comma =
        (behind..window.end.min(behind + 25)).find(|i| matches!(page.kind(*i), Some(Kind::Comma | Kind::Stop)))?;
    if pieces.is_empty() && page.kind(comma) == Some(Kind::Comma) {
        let from = comma + 1;
        pieces.push(Range::new(from, reach(page, scene, from, window)));
    }
    Said::new(pieces, cue.verb + 1, "as")
}
