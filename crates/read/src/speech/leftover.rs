//! Quotations that no cue has claimed: they go on an earlier one, or nobody is found to have said them.

use super::quoted::Scene;
use crate::page::{Attribution, Page, Range, Speaker};
use crate::quotation_kind::without_speaker;
use crate::token::Kind;
use rashomon_core::{QuotationKind, Scope, Stance};

/// Gives unclaimed quotations the speaker of the quotation that they go on.
pub(crate) fn give(page: &mut Page, scene: &Scene) {
    for index in 0..page.quoted.len() {
        if !scene.is_free(page, index) || page.quoted[index].depth > 0 {
            continue;
        }
        if let Some(model) = goes_on(page, index) {
            let (speaker, cue) = (page.attributions[model].speaker, page.attributions[model].cue);
            let content = page.quoted[index].outer;
            let (stance, author) = (page.attributions[model].stance, page.attributions[model].author);
            let attribution = Attribution {
                speaker,
                cue,
                venue: page.attributions[model].venue,
                content: vec![content],
                stance,
                author,
                scope: Scope::Sentence,
                extent: Range::new(content.start, content.start),
                by: "goes on",
            };
            scene.claim(page, attribution);
        }
    }
}

/// The attribution whose speaker a quotation goes on: the last one of the same paragraph that has marks, where this
/// quotation begins a sentence.
fn goes_on(page: &Page, index: usize) -> Option<usize> {
    let quoted = &page.quoted[index];
    let sentence = page.sentence_of(quoted.content.start)?;
    let begins = page.sentences[sentence].range.start + 1 >= quoted.content.start;
    if !begins || without_speaker(page, quoted) != QuotationKind::Direct {
        return None;
    }
    let paragraph = page.sentences[sentence].paragraph;
    let earlier = page.quoted[..index].iter().rev().find(|q| q.depth == 0 && q.attribution.is_some())?;
    let before = page.sentence_of(earlier.content.start)?;
    let same = page.sentences[before].paragraph == paragraph;
    let near = page.sentences[sentence].range.start <= earlier.outer.end + 60;
    if same && near {
        return earlier.attribution;
    }
    // `The mayor put it like this:` at the end of the paragraph before.
    let previous = page.sentences.get(sentence.checked_sub(1)?)?;
    let colon = page.kind(previous.range.end.checked_sub(1)?) == Some(Kind::Colon);
    let attribution = page.attributions.iter().rposition(|a| a.cue.is_some_and(|c| previous.range.contains(c)))?;
    colon.then_some(attribution)
}

/// Speech between marks without a speaker is nobody's, never the author's.
pub(crate) fn give_to_nobody(page: &mut Page) {
    for index in 0..page.quoted.len() {
        let quoted = &page.quoted[index];
        if quoted.kind != QuotationKind::Direct || quoted.attribution.is_some() || quoted.depth > 0 {
            continue;
        }
        let outer = quoted.outer;
        page.quoted[index].attribution = Some(page.attributions.len());
        page.attributions.push(Attribution {
            speaker: Speaker::Nobody(None),
            cue: None,
            venue: None,
            content: vec![outer],
            stance: Stance::Asserts,
            author: Stance::Reports,
            scope: Scope::Sentence,
            extent: Range::new(outer.start, outer.start),
            by: "nobody",
        });
    }
}
