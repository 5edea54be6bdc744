//! Quotations that no cue has claimed: they go on an earlier one, or nobody is found to have said them.

use super::quoted::Scene;
use super::voice;
use crate::lexicon::Class;
use crate::page::{Attribution, Page, Quoted, Range, Speaker};
use crate::part::Tag;
use crate::phrase;
use crate::quotation_kind::without_speaker;
use crate::token::Kind;
use rashomon_core::{QuotationKind, Scope, Stance};

/// Gives unclaimed quotations the speaker of the quotation that they go on.
pub(crate) fn give(page: &mut Page, scene: &Scene) {
    for index in 0..page.quoted.len() {
        if !scene.is_free(page, index) || page.quoted[index].depth > 0 || page.quoted[index].attribution.is_some() {
            continue;
        }
        if let Some(attribution) =
            signed(page, index).or_else(|| cited(page, index)).or_else(|| subject_speaks(page, index))
        {
            scene.claim(page, attribution);
        } else if let Some(model) = goes_on(page, index) {
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

/// `“...” — Anna Hart`: a quotation with its speaker's name under it.
fn signed(page: &Page, index: usize) -> Option<Attribution> {
    let outer = page.quoted[index].outer;
    if page.kind(outer.end) != Some(Kind::Dash) {
        return None;
    }
    let at = page.named.partition_point(|n| n.range.start <= outer.end);
    let name = page.named.get(at).filter(|n| n.range.start == outer.end + 1)?;
    let end = name.range.end;
    let closes = page
        .tokens
        .get(end)
        .is_none_or(|t| t.first || matches!(t.kind, Kind::Comma | Kind::Stop | Kind::Mark | Kind::Open));
    let cue = Range::new(outer.end, outer.end + 1);
    closes.then(|| plain(Speaker::Words(name.range), Some(cue), outer, Range::new(outer.end, end), "signed"))
}

/// `Hart, Letters, p. 4: “...”`: a quotation behind the work that it is from, as notes have it.
fn cited(page: &Page, index: usize) -> Option<Attribution> {
    let outer = page.quoted[index].outer;
    let colon = outer.start.checked_sub(1).filter(|c| page.kind(*c) == Some(Kind::Colon))?;
    let sentence = page.sentences[page.sentence_of(colon)?].range;
    let at = page.named.partition_point(|n| n.range.start < sentence.start);
    let name = page.named.get(at).filter(|n| n.range.end < colon && n.range.start < sentence.start + 5)?.range;
    let opens =
        (sentence.start..name.start).all(|i| !page.tokens[i].is_wordlike() || page.kind(i) == Some(Kind::Number));
    let reference = page.kind(name.end) == Some(Kind::Comma) && !phrase::has_finite(page, Range::new(name.end, colon));
    let extent = Range::new(sentence.start, outer.start);
    (opens && reference)
        .then(|| plain(Speaker::Words(name), Some(Range::new(name.start, colon)), outer, extent, "cited"))
}

/// Words between marks behind a verb whose subject is a person, with no cue: `Hart went after him as a “leech of the town”`.
fn subject_speaks(page: &Page, index: usize) -> Option<Attribution> {
    let quoted = &page.quoted[index];
    if without_speaker(page, quoted) != QuotationKind::Direct || quoted.content.len() < 4 {
        return None;
    }
    let sentence = page.sentences[page.sentence_of(quoted.outer.start)?].range;
    let low = sentence.start.max(quoted.outer.start.saturating_sub(25));
    let verb = (low..quoted.outer.start).rev().find(|i| page.tag(*i).is_finite())?;
    let broken =
        (verb..quoted.outer.start).any(|i| matches!(page.kind(i), Some(Kind::Semicolon | Kind::Stop | Kind::Mark)));
    let group = phrase::verb_group(page, verb, sentence.start);
    if broken || group.indices().any(|i| page.is(i, Class::Be)) {
        return None;
    }
    let subject = phrase::subject_before(page, group.start, sentence.start)?;
    let last = subject.head.end - 1;
    let colon = page.kind(quoted.outer.start.wrapping_sub(1)) == Some(Kind::Colon);
    let own = colon && ["i", "we"].iter().any(|w| page.says(last, w));
    let person = own
        || ["he", "she", "they", "who"].iter().any(|w| page.says(last, w))
        || page.is(last, Class::RoleNoun)
        || page.tag(last) == Tag::Name && !page.is(last, Class::Place);
    let speaker = voice::of_phrase(page, subject)?;
    let cue = Range::new(group.start, verb + 1);
    person
        .then(|| plain(speaker, Some(cue), quoted.outer, Range::new(quoted.outer.start, quoted.outer.start), "subject"))
}

fn plain(speaker: Speaker, cue: Option<Range>, content: Range, extent: Range, by: &'static str) -> Attribution {
    Attribution {
        speaker,
        cue,
        venue: None,
        content: vec![content],
        stance: Stance::Asserts,
        author: Stance::Reports,
        scope: Scope::Sentence,
        extent,
        by,
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
    let earlier = page.quoted[..index].iter().rev().find(|q| q.depth == 0 && q.attribution.is_some());
    let same = |q: &&Quoted| {
        let before = page.sentence_of(q.content.start);
        before.is_some_and(|s| page.sentences[s].paragraph == paragraph)
            && page.sentences[sentence].range.start <= q.outer.end + 60
    };
    if let Some(earlier) = earlier.filter(same) {
        return earlier.attribution;
    }
    let previous = page.sentences.get(sentence.checked_sub(1)?)?;
    let attribution = page
        .attributions
        .iter()
        .rposition(|a| a.by != "goes on" && a.by != "citation" && a.cue.is_some_and(|c| previous.range.contains(c)))?;
    // `The mayor put it like this:` at the end of the paragraph before, or a sentence of the same paragraph that tells
    // who speaks.
    let colon = page.kind(previous.range.end.checked_sub(1)?) == Some(Kind::Colon);
    let told = previous.paragraph == paragraph && !matches!(page.attributions[attribution].speaker, Speaker::Nobody(_));
    (colon || told).then_some(attribution)
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
        let nothing = Range::new(outer.start, outer.start);
        page.attributions.push(plain(Speaker::Nobody(None), None, outer, nothing, "nobody"));
    }
}
