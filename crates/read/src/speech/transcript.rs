//! Paragraphs that begin with a speaker's name and a colon: the record of a hearing, a debate, an interview.
//!
//! A single word with a colon may be anything ("Note:", "London:"). Only where the same label comes back and there is
//! another beside it is it a record of speech.

use super::quoted::Scene;
use crate::page::{Attribution, Page, Range, Speaker};
use crate::part::Tag;
use crate::token::Kind;
use rashomon_core::{Scope, Stance, ZoneKind};
use std::collections::BTreeMap;

/// Longest label in tokens.
const LONGEST: usize = 5;

/// Gives labelled paragraphs to whom their label names.
pub(crate) fn find(page: &mut Page, scene: &Scene) {
    let labelled: Vec<(usize, Range)> =
        (0..page.paragraphs.len()).filter_map(|p| label(page, p).map(|range| (p, range))).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, range) in &labelled {
        *counts.entry(words(page, *range)).or_default() += 1;
    }
    let returning = counts.values().filter(|n| **n > 1).count();
    if counts.len() < 2 || returning == 0 {
        return;
    }
    let found: Vec<(usize, Range)> = labelled;
    for (paragraph, range) in found {
        let (whole, _) = page.paragraphs[paragraph];
        let content = Range::new(range.end + 1, whole.end);
        if content.is_empty() {
            continue;
        }
        let attribution = Attribution {
            speaker: Speaker::Words(range),
            cue: Some(Range::new(range.end, range.end + 1)),
            venue: None,
            content: vec![content],
            stance: Stance::Asserts,
            author: Stance::Reports,
            scope: Scope::Paragraph,
            extent: Range::new(range.start, range.end + 1),
            by: "label",
        };
        scene.claim(page, attribution);
    }
}

fn words<'a>(page: &Page<'a>, range: Range) -> &'a str {
    page.span(range).and_then(|s| s.of(page.text())).unwrap_or_default()
}

/// The label with which a paragraph begins: capitals or a name, then a colon and a space.
fn label(page: &Page, paragraph: usize) -> Option<Range> {
    let (range, zone) = page.paragraphs[paragraph];
    if zone != ZoneKind::Body {
        return None;
    }
    let start = range.start + usize::from(page.kind(range.start) == Some(Kind::Mark));
    let colon = (start + 1..range.end.min(start + LONGEST)).find(|i| page.kind(*i) == Some(Kind::Colon))?;
    let spaced = page.tokens.get(colon + 1).is_some_and(|t| t.space && !t.first);
    let named = (start..colon).all(|i| {
        let token = &page.tokens[i];
        token.kind == Kind::Word && token.capital && (token.caps || token.stopped || page.tag(i) == Tag::Name)
    });
    (spaced && named).then(|| Range::new(start, colon))
}
