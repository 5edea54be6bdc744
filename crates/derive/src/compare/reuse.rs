//! Text reuse: passages that stand in two documents, or twice in one, with some words changed. Found through an index of
//! fingerprints, so that the work grows with the texts and not with their pairs; shown by a local alignment. What is said
//! everywhere in the same few words is a formula and no reuse.

use rashomon_core::{Document, DocumentId, Span, ZoneKind};
use rashomon_text::edtf;
use rashomon_text::overlap::{Aligned, Token, align, fingerprints, tokens};
use rayon::prelude::*;
use std::ops::Range;

/// Words of a run that makes a fingerprint.
const RUN: usize = 4;
/// Neighbouring runs of which one is kept.
const WINDOW: usize = 3;
/// A passage has at least so many words in common.
const LEAST: usize = 8;
/// Words in common of a passage whose words stand in a third place and a fourth.
const LEAST_AGAIN: usize = 10;
/// Words in common of a passage whose words stand in more places.
const LEAST_SEVERAL: usize = 14;
/// So many places are few.
const FEW: usize = 4;
/// A run that stands in more places than this is a formula, or stands in a passage that was copied often: each place is
/// then compared with the next only, and a passage needs more words in common.
const OFTEN: usize = 12;
/// Words in common of a passage whose words stand often.
const LEAST_OFTEN: usize = 24;
/// Of the longer passage at least this share of words is in the other; of a short passage more.
const SHARE: f64 = 0.58;
/// The share of a passage with fewer words in common than [`LEAST_SEVERAL`].
const SHARE_SHORT: f64 = 0.7;
/// Words between two shared runs of one passage.
const BETWEEN: usize = 24;
/// Words around shared runs in which the passage may go on.
const AROUND: usize = BETWEEN;
/// Words of a stretch that is aligned at once.
const LONGEST: usize = 1_500;

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The document.
    pub document: DocumentId,
    /// Where.
    pub span: Span,
}

/// Words that stand across from each other and differ; nothing where one side has no words there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Words of the first passage.
    pub a: Option<Span>,
    /// Words of the second.
    pub b: Option<Span>,
}

/// Which passage came first, by the dates of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The first is the older.
    AToB,
    /// The second is the older.
    BToA,
    /// It cannot be told.
    Unknown,
}

impl Direction {
    /// As the export writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::AToB => "a_to_b",
            Direction::BToA => "b_to_a",
            Direction::Unknown => "unknown",
        }
    }
}

/// Two passages of which one repeats the other, or both a third.
#[derive(Debug, Clone, PartialEq)]
pub struct Reuse {
    /// One, in the document that stands first.
    pub a: Passage,
    /// The other.
    pub b: Passage,
    /// Words in common.
    pub same: usize,
    /// Their share of the longer passage, 0 to 1.
    pub share: f64,
    /// What differs, in order.
    pub changed: Vec<Change>,
    /// Which came first.
    pub direction: Direction,
}

/// A run of words that two places share: document and word of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    a: usize,
    b: usize,
    at_a: usize,
    at_b: usize,
    places: usize,
}

/// Every passage that stands in two places, in the order of the documents and of their words.
pub fn reuse(documents: &[&Document]) -> Vec<Reuse> {
    let texts: Vec<Vec<Token>> = documents.par_iter().map(|d| words_of(d)).collect();
    let mut seeds = seeds(&texts);
    seeds.par_sort_unstable();
    seeds.dedup();
    let pairs: Vec<&[Seed]> = seeds.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).collect();
    let found = |scores: &mut Vec<i16>, pair: &&[Seed]| -> Vec<Reuse> {
        let Some(first) = pair.first() else { return Vec::new() };
        let (Some(a), Some(b)) = (texts.get(first.a), texts.get(first.b)) else { return Vec::new() };
        let (Some(x), Some(y)) = (documents.get(first.a), documents.get(first.b)) else { return Vec::new() };
        let found = passages(pair, a, b, first.a == first.b, scores);
        found.into_iter().map(|aligned| told(&aligned, (x, a), (y, b))).collect()
    };
    let mut all: Vec<Reuse> = pairs.par_iter().map_init(Vec::new, found).flatten_iter().collect();
    all.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    all
}

/// The words of a document without those of menus and lists of references.
fn words_of(document: &Document) -> Vec<Token> {
    let mut words = tokens(&document.text);
    let aside = |kind: ZoneKind| matches!(kind, ZoneKind::Menu | ZoneKind::Reference | ZoneKind::Byline);
    if document.zones.iter().any(|zone| aside(zone.kind)) {
        words.retain(|word| !aside(document.zone_at(word.start)));
    }
    words
}

fn seeds(texts: &[Vec<Token>]) -> Vec<Seed> {
    let of_text = |(n, words): (usize, &Vec<Token>)| {
        fingerprints(words, RUN, WINDOW).into_iter().map(move |(value, at)| (value, n, at)).collect::<Vec<_>>()
    };
    let mut places: Vec<(u64, usize, usize)> = texts.par_iter().enumerate().flat_map_iter(of_text).collect();
    places.par_sort_unstable();
    let mut seeds = Vec::new();
    for same in places.chunk_by(|x, y| x.0 == y.0) {
        let often = same.len() > OFTEN;
        for (n, (_, a, at_a)) in same.iter().enumerate() {
            let others = same.iter().skip(n + 1).take(if often { 1 } else { OFTEN });
            let places = same.len();
            seeds.extend(others.map(|(_, b, at_b)| Seed { a: *a, b: *b, at_a: *at_a, at_b: *at_b, places }));
        }
    }
    seeds
}

/// The passages that the shared runs of two documents belong to.
fn passages(seeds: &[Seed], a: &[Token], b: &[Token], one: bool, scores: &mut Vec<i16>) -> Vec<Aligned> {
    let mut chains: Vec<Vec<Seed>> = Vec::new();
    for seed in seeds {
        let goes_on = |chain: &&mut Vec<Seed>| {
            let first = chain.first().is_some_and(|first| seed.at_a - first.at_a.min(seed.at_a) < LONGEST);
            first && chain.last().is_some_and(|last| near(last.at_a, seed.at_a) && near(last.at_b, seed.at_b))
        };
        // Seeds come in the order of the first text; only the last few chains can still go on.
        match chains.iter_mut().rev().take(16).find(goes_on) {
            Some(chain) => chain.push(*seed),
            None => chains.push(vec![*seed]),
        }
    }
    let mut found: Vec<Aligned> = Vec::new();
    for chain in &chains {
        let reach = |places: &mut dyn Iterator<Item = usize>, length: usize| -> Range<usize> {
            let (low, high) = places.fold((usize::MAX, 0), |(low, high), at| (low.min(at), high.max(at)));
            low.saturating_sub(AROUND)..(high + RUN + AROUND).min(length)
        };
        let mut in_a = reach(&mut chain.iter().map(|s| s.at_a), a.len());
        let mut in_b = reach(&mut chain.iter().map(|s| s.at_b), b.len());
        if one {
            // A passage is no copy of itself: the two stretches may not overlap.
            let (last, first) = (chain.iter().map(|s| s.at_a).max(), chain.iter().map(|s| s.at_b).min());
            let middle = last.unwrap_or_default().midpoint(first.unwrap_or_default());
            in_a.end = in_a.end.min(middle + RUN / 2);
            in_b.start = in_b.start.max(in_a.end);
        }
        let (Some(x), Some(y)) = (a.get(in_a.clone()), b.get(in_b.clone())) else { continue };
        let least = match chain.iter().map(|s| s.places).min() {
            Some(..=2) => LEAST,
            Some(..=FEW) => LEAST_AGAIN,
            Some(..=OFTEN) => LEAST_SEVERAL,
            _ => LEAST_OFTEN,
        };
        if in_common(x, y) < least {
            continue;
        }
        let Some(aligned) = align(x, y, scores) else { continue };
        let aligned = shifted(trimmed(aligned), in_a.start, in_b.start);
        let needed = if aligned.same < LEAST_SEVERAL { SHARE_SHORT } else { SHARE };
        let known = |f: &Aligned| covers(&f.a, &aligned.a) && covers(&f.b, &aligned.b);
        if aligned.same >= least && share(&aligned) >= needed && !found.iter().any(known) {
            found.push(aligned);
        }
    }
    found
}

/// How many words two stretches share in any order: no alignment of them shares more.
fn in_common(x: &[Token], y: &[Token]) -> usize {
    let sorted = |words: &[Token]| {
        let mut hashes: Vec<u64> = words.iter().map(|w| w.hash).collect();
        hashes.sort_unstable();
        hashes
    };
    let (x, y) = (sorted(x), sorted(y));
    let (mut i, mut j, mut same) = (0, 0, 0);
    while let (Some(a), Some(b)) = (x.get(i), y.get(j)) {
        same += usize::from(a == b);
        (i, j) = (i + usize::from(a <= b), j + usize::from(b <= a));
    }
    same
}

fn near(x: usize, y: usize) -> bool {
    x.abs_diff(y) <= BETWEEN
}

/// Whether at least half of the second range lies in the first.
fn covers(x: &Range<usize>, y: &Range<usize>) -> bool {
    x.end.min(y.end).saturating_sub(x.start.max(y.start)) * 2 >= y.len()
}

fn share(aligned: &Aligned) -> f64 {
    aligned.same as f64 / aligned.a.len().max(aligned.b.len()).max(1) as f64
}

/// Without ends that have no more words in common than differ before them.
fn trimmed(mut aligned: Aligned) -> Aligned {
    let loose = |edge: usize, (p, q): &(Range<usize>, Range<usize>)| edge <= p.len().max(q.len());
    while let Some((p, q)) = aligned.changed.last().cloned().filter(|c| loose(aligned.a.end - c.0.end, c)) {
        aligned.same -= aligned.a.end - p.end;
        (aligned.a.end, aligned.b.end) = (p.start, q.start);
        aligned.changed.pop();
    }
    while let Some((p, q)) = aligned.changed.first().cloned().filter(|c| loose(c.0.start - aligned.a.start, c)) {
        aligned.same -= p.start - aligned.a.start;
        (aligned.a.start, aligned.b.start) = (p.end, q.end);
        aligned.changed.remove(0);
    }
    aligned
}

fn shifted(aligned: Aligned, a: usize, b: usize) -> Aligned {
    let by = |range: Range<usize>, n: usize| range.start + n..range.end + n;
    let changed = aligned.changed.into_iter().map(|(p, q)| (by(p, a), by(q, b))).collect();
    Aligned { a: by(aligned.a, a), b: by(aligned.b, b), same: aligned.same, changed }
}

fn told(aligned: &Aligned, (x, a): (&Document, &[Token]), (y, b): (&Document, &[Token])) -> Reuse {
    let span = |words: &[Token], range: &Range<usize>| -> Option<Span> {
        let (first, last) = (words.get(range.start)?, words.get(range.end.checked_sub(1)?)?);
        (first.start < last.end).then_some(Span { start: first.start, end: last.end })
    };
    let passage = |document: &Document, words: &[Token], range: &Range<usize>| Passage {
        document: document.id.clone(),
        span: span(words, range).unwrap_or(Span { start: 0, end: 0 }),
    };
    let changed = aligned.changed.iter().map(|(p, q)| Change { a: span(a, p), b: span(b, q) }).collect();
    Reuse {
        a: passage(x, a, &aligned.a),
        b: passage(y, b, &aligned.b),
        same: aligned.same,
        share: share(aligned),
        changed,
        direction: direction(x, y),
    }
}

fn direction(x: &Document, y: &Document) -> Direction {
    let (Some(a), Some(b)) = (&x.metadata.date, &y.metadata.date) else { return Direction::Unknown };
    let before = |early: &str, late: &str| !edtf::reaches(edtf::ends(early).1, edtf::ends(late).0);
    match (before(a, b), before(b, a)) {
        (true, _) => Direction::AToB,
        (_, true) => Direction::BToA,
        _ => Direction::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::Metadata;

    fn document(path: &str, date: &str, text: &str) -> Document {
        let metadata = Metadata { date: Some(date.to_owned()), ..Metadata::default() };
        Document { metadata, ..Document::plain(path, text) }
    }

    const LIGHTS: &str =
        "For some twenty minutes the lights were turned full upon the boats, and the men, blinded, held up their fish.";

    #[test]
    fn a_passage_that_another_document_repeats_is_found_with_what_was_changed() {
        let a =
            document("a.txt", "1904-10-24", &format!("It was a dark night in October. {LIGHTS} Then all was still."));
        let changed = LIGHTS.replace("twenty", "thirty").replace("men", "crews");
        let b = document(
            "b.txt",
            "1906",
            &format!("Much was written later by people who had never seen the sea. {changed} So it is told."),
        );
        let c = document(
            "c.txt",
            "1905",
            "Nothing here was ever said by anybody who had been on board of any ship that night.",
        );
        let found = reuse(&[&a, &b, &c]);
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(only.a.span.of(&a.text), Some(LIGHTS.trim_end_matches('.')));
        assert_eq!(only.b.span.of(&b.text), Some(changed.trim_end_matches('.')));
        let words: Vec<_> =
            only.changed.iter().map(|c| (c.a.and_then(|s| s.of(&a.text)), c.b.and_then(|s| s.of(&b.text)))).collect();
        assert_eq!(words, [(Some("twenty"), Some("thirty")), (Some("men"), Some("crews"))]);
        assert_eq!((only.same, only.direction), (18, Direction::AToB));
        assert_eq!(reuse(&[&b, &a])[0].direction, Direction::BToA);
    }

    #[test]
    fn a_document_that_repeats_itself_is_found_and_a_formula_is_not() {
        let a = document("a.txt", "1904", &format!("{LIGHTS} Much else was said in between by others. {LIGHTS}"));
        let found = reuse(&[&a]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].a.span.end <= found[0].b.span.start);
        assert_eq!(found[0].changed, []);
        let twice =
            "One ship sailed in the name of the people, said the mayor. In the name of the people we sail, said he.";
        assert_eq!(reuse(&[&document("b.txt", "1904", twice)]), [], "too short");
        let formula = "in the name of the people and of the law it is decreed";
        let many: Vec<Document> = (0..30)
            .map(|n| document(&format!("{n}.txt"), "1904", &format!("Number {n}, {formula} that {n} ships sail.")))
            .collect();
        assert_eq!(reuse(&many.iter().collect::<Vec<_>>()), []);
    }
}
