//! What the author lets see of what another says: an adverb at the cue, a verdict behind the words, a doubt in the
//! author's own person. Such words are the author's, never part of what the other said.

use crate::lexicon::Class;
use crate::page::{Page, Range};
use crate::token::Kind;
use rashomon_core::Stance;

const FALSE: &[&str] = &[
    "absurd",
    "false",
    "untrue",
    "wrong",
    "nonsense",
    "baseless",
    "unfounded",
    "groundless",
    "ridiculous",
    "mistaken",
    "nonsensical",
    "preposterous",
    "incorrect",
    "erroneous",
];
const TRUE: &[&str] = &["true", "correct", "right", "accurate", "justified"];
const DOUBTFUL: &[&str] = &["doubtful", "questionable", "dubious", "implausible", "improbable", "unlikely"];

/// A doubt of the author's own, parted from what is doubted.
pub(crate) struct Doubt {
    /// `I doubt`.
    pub(crate) cue: Range,
    /// What is doubted.
    pub(crate) rest: Range,
    /// How far it is doubted.
    pub(crate) stance: Stance,
}

/// `I doubt that ...`, `I do not believe that ...` at the beginning of the author's words.
pub(crate) fn own_doubt(page: &Page, pieces: &[Range]) -> Option<Doubt> {
    let first = *pieces.first()?;
    let (length, stance) = if page.reads(first.start, &["i", "doubt"]) {
        (2, Stance::Distances)
    } else if page.reads(first.start, &["i", "do", "not", "believe"]) {
        (4, Stance::Denies)
    } else {
        return None;
    };
    let opener = first.start + length;
    let opens = ["that", "whether", "if"].iter().any(|w| page.says(opener, w)) && first.end > opener + 2;
    let cue = Range::new(first.start, opener);
    opens.then(|| Doubt { cue, rest: Range::new(opener + 1, first.end), stance })
}

/// Reads the author's verdicts on what others say and takes them out of the others' words.
pub(crate) fn apply(page: &mut Page) {
    for index in 0..page.attributions.len() {
        let attribution = &page.attributions[index];
        let mut author = attribution.cue.and_then(|cue| by_adverb(page, cue));
        let noun = attribution.cue.is_some_and(|c| c.indices().any(|i| page.is(i, Class::ReportingNoun)));
        let mut pieces = attribution.content.clone();
        for piece in &mut pieces {
            if quoted(page, *piece) {
                continue;
            }
            if let Some((end, stance)) = noun.then(|| judged(page, *piece)).flatten() {
                piece.end = end;
                author = Some(stance);
            } else if let Some((end, stance)) = doubted(page, *piece) {
                piece.end = end;
                author = Some(stance);
            }
        }
        pieces.retain(|p| !p.is_empty());
        if let Some(stance) = author.filter(|_| !pieces.is_empty()) {
            page.attributions[index].author = stance;
            page.attributions[index].content = pieces;
        }
    }
}

fn quoted(page: &Page, piece: Range) -> bool {
    page.kind(piece.start) == Some(Kind::Mark)
}

/// `falsely assert`, `rightly says`.
fn by_adverb(page: &Page, cue: Range) -> Option<Stance> {
    let around = Range::new(cue.start.saturating_sub(1), cue.end);
    let says = |words: &[&str]| around.indices().any(|i| words.iter().any(|w| page.says(i, w)));
    if says(&["falsely", "wrongly", "mistakenly", "erroneously", "incorrectly"]) {
        return Some(Stance::Denies);
    }
    says(&["rightly", "correctly", "truthfully"]).then_some(Stance::Endorses)
}

/// `(the suggestion that the mill was burned) is absurd`: where the verdict begins, and which.
fn judged(page: &Page, piece: Range) -> Option<(usize, Stance)> {
    let mut last = piece.end.checked_sub(1)?;
    if page.kind(last) == Some(Kind::Stop) {
        last = last.checked_sub(1)?;
    }
    let among = |words: &[&str]| words.iter().any(|w| page.says(last, w));
    let stance = match (among(FALSE), among(TRUE), among(DOUBTFUL)) {
        (true, _, _) => Stance::Denies,
        (_, true, _) => Stance::Endorses,
        (_, _, true) => Stance::Distances,
        _ => return None,
    };
    let low = piece.start.max(last.saturating_sub(3)) + 1;
    let be = (low..last).rev().find(|i| page.is(*i, Class::Be))?;
    let denied = Range::new(be, last).indices().any(|i| page.is(i, Class::Negation));
    (!denied).then_some((be, stance))
}

/// `(they say that the miller drank); that I cannot tell, and I doubt it`: where the author goes on alone.
fn doubted(page: &Page, piece: Range) -> Option<(usize, Stance)> {
    let object = |i: usize| ["it", "this", "that", "them"].iter().any(|w| page.says(i, w));
    let doubt = piece.indices().find(|i| {
        page.reads(*i, &["i", "doubt"]) && object(i + 2)
            || page.reads(*i, &["i", "do", "not", "believe"]) && object(i + 4)
    })?;
    let own = Range::new(piece.start + 1, doubt);
    let part = own.indices().rev().find(|i| page.kind(*i) == Some(Kind::Semicolon));
    let near = || own.indices().rev().find(|i| page.kind(*i) == Some(Kind::Comma) || page.is(*i, Class::Coordinator));
    Some((part.or_else(near)?, Stance::Distances))
}
