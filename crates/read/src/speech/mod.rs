//! Step 4, speech: who says what, by which words.
//!
//! One scan over the tokens. At a verb of speech, a phrase such as "according to" or a reporting noun a rule looks for
//! the voice and for what the voice is given, in the sentence or in the quotation that the cue stands in. Afterwards
//! quotations that no cue has claimed get the speaker of the quotation they go on, or nobody. What is between marks or
//! under a cue is never left to the author.

mod quoted;

mod content;

mod voice;

mod cue;

mod path;

mod frames;

mod parenthesis;

mod passives;

mod verbs;

mod phrases;

mod nouns;

mod transcript;

mod leftover;

use crate::lexicon::Class;
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::quotation_kind;
use rashomon_core::{QuotationKind, ZoneKind};

/// Finds the attributions of a page and gives its quotations their kind and speaker.
pub(crate) fn find(page: &mut Page) {
    let mut set_aside = vec![false; page.quoted.len()];
    for (index, aside) in set_aside.iter_mut().enumerate() {
        if let Some(kind) = quotation_kind::by_context(page, &page.quoted[index]) {
            page.quoted[index].kind = kind;
            *aside = true;
        }
    }
    let scene = quoted::Scene::new(page, set_aside);
    for index in 0..page.sentences.len() {
        let sentence = page.sentences[index];
        if matches!(sentence.zone, ZoneKind::Menu | ZoneKind::Reference | ZoneKind::Byline) {
            continue;
        }
        for at in sentence.range.indices() {
            read_token(page, &scene, sentence.range, at);
        }
    }
    transcript::find(page, &scene);
    leftover::give(page, &scene);
    for index in 0..page.quoted.len() {
        if page.quoted[index].attribution.is_none() && page.quoted[index].kind == QuotationKind::Direct {
            page.quoted[index].kind = quotation_kind::without_speaker(page, &page.quoted[index]);
        }
    }
    leftover::give_to_nobody(page);
}

/// Tries the rules that a token may set off, the surest first.
fn read_token(page: &mut Page, scene: &quoted::Scene, sentence: Range, at: usize) {
    let entry = page.entry(at);
    if page.attributions.last().and_then(|a| a.cue).is_some_and(|c| c.has(at)) {
        return;
    }
    let window = scene.window(page, at, sentence);
    let phrasal = || verbs::phrasal(page, at).is_some();
    let found = if (entry.group != 0 || entry.lemma != 0 && phrasal()) && !matches!(page.tag(at), Tag::Noun | Tag::Name)
    {
        verbs::read(page, scene, window, at)
    } else if page.reads(at, &["according", "to"]) {
        phrases::according_to(page, scene, window, at)
    } else if entry.is(Class::ReportingNoun) || entry.is(Class::OpinionNoun) {
        nouns::read(page, scene, window, at)
    } else if entry.is(Class::Hearsay) {
        phrases::hearsay(page, window, at)
    } else if entry.is(Class::Be) {
        passives::seems(page, window, at)
    } else {
        phrases::other(page, scene, window, at)
    };
    if let Some(attribution) = found {
        scene.claim(page, attribution);
    }
}
