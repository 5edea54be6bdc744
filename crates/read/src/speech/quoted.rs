//! Which quotation each token stands in, and which quotations a voice may claim.

use crate::page::{Attribution, Page, Range};
use crate::token::Kind;
use rashomon_core::QuotationKind;

/// Where quotations begin and end, by token.
pub(crate) struct Scene {
    /// Innermost quotation that may be speech around each token, counted from 1.
    inside: Vec<u32>,
    /// Quotations that begin with a mark here, by token, counted from 1.
    begins: Vec<u32>,
    /// Quotations that end with a mark right before here.
    ends: Vec<u32>,
    /// Quotations whose use the words before them make sure: names, terms, titles of works.
    set_aside: Vec<bool>,
}

impl Scene {
    /// The quotations of a page; those set aside are no speech.
    pub(crate) fn new(page: &Page, set_aside: Vec<bool>) -> Scene {
        let size = page.tokens.len() + 1;
        let mut scene = Scene { inside: vec![0; size], begins: vec![0; size], ends: vec![0; size], set_aside };
        for (index, quoted) in page.quoted.iter().enumerate() {
            let number = index as u32 + 1;
            if scene.set_aside[index] || quoted.depth > 8 {
                continue;
            }
            scene.begins[quoted.outer.start] = number;
            scene.ends[quoted.outer.end.min(size - 1)] = number;
            for token in quoted.content.indices() {
                scene.inside[token] = number;
            }
        }
        scene
    }

    /// The stretch in which a cue at a token has to find its voice and its words: the sentence, or what of it lies in
    /// the same quotation.
    pub(crate) fn window(&self, page: &Page, at: usize, sentence: Range) -> Range {
        match self.inside.get(at).copied().unwrap_or(0) {
            0 => sentence,
            number => {
                let content = page.quoted[number as usize - 1].content;
                Range::new(sentence.start.max(content.start), sentence.end.min(content.end))
            }
        }
    }

    /// The quotation that begins with the mark at a token.
    pub(crate) fn beginning(&self, at: usize) -> Option<usize> {
        self.begins.get(at).and_then(|n| n.checked_sub(1)).map(|n| n as usize)
    }

    /// The quotation that ends right before a token.
    pub(crate) fn ending(&self, at: usize) -> Option<usize> {
        self.ends.get(at).and_then(|n| n.checked_sub(1)).map(|n| n as usize)
    }

    /// The quotation around a token, if it may be speech.
    pub(crate) fn around(&self, at: usize) -> Option<usize> {
        self.inside.get(at).and_then(|n| n.checked_sub(1)).map(|n| n as usize)
    }

    /// The quotation that ends before a token, a comma between allowed.
    pub(crate) fn just_before(&self, page: &Page, at: usize, window: Range) -> Option<usize> {
        let found = self.ending(at).or_else(|| {
            let comma = at > 0 && matches!(page.kind(at - 1), Some(Kind::Comma | Kind::Dash));
            if comma { self.ending(at - 1) } else { None }
        });
        // One that ended with the sentence before is not meant.
        found.filter(|q| page.quoted[*q].outer.end > window.start)
    }

    /// Keeps an attribution and gives its voice the quotations that lie in what it is given.
    pub(crate) fn claim(&self, page: &mut Page, attribution: Attribution) {
        let number = page.attributions.len();
        for piece in &attribution.content {
            let from = page.quoted.partition_point(|q| q.content.start < piece.start);
            for index in from..page.quoted.len() {
                if page.quoted[index].content.start >= piece.end {
                    break;
                }
                let word = attribution.by == "passive" && page.quoted[index].content.len() < 4;
                if !word && piece.contains(page.quoted[index].content) && self.is_free(page, index) {
                    page.quoted[index].attribution = Some(number);
                    if attribution.by == "name given" && page.quoted[index].content.len() <= 10 {
                        page.quoted[index].kind = QuotationKind::TitleGiven;
                    }
                }
            }
        }
        page.attributions.push(attribution);
    }

    /// Whether a quotation is set aside as a name, a term or a title.
    pub(crate) fn is_set_aside(&self, index: usize) -> bool {
        self.set_aside.get(index).copied().unwrap_or(false)
    }

    /// Whether a quotation still waits for a voice.
    pub(crate) fn is_free(&self, page: &Page, index: usize) -> bool {
        let quoted = &page.quoted[index];
        // Words between marks inside reported words may still be another's: the nearer cue has them.
        let wholly = |a: usize| page.attributions[a].content.iter().any(|c| c.start == quoted.outer.start);
        !self.is_set_aside(index) && !quoted.attribution.is_some_and(wholly)
    }
}
