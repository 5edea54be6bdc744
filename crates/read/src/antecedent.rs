//! Who is meant: every voice gets a mention, and every pronoun that speaks gets the name it points to.
//!
//! A simple rule, the same every time: a pronoun points to the last voice that it agrees with, else to the person named
//! first in the sentence before, else to the last person named. `who` points to what stands right before it. Where no
//! candidate agrees it stays open: a wrong name is worse than none.

use crate::lexicon::Class;
use crate::page::{Attribution, Named, Page, Range, Speaker};
use crate::part::Tag;
use crate::phrase;
use rashomon_core::{Mention, MentionForm, MentionKind, Span};

/// How many sentences back a pronoun's name is looked for.
const BACK: usize = 4;

/// Gives voices their mentions; the step that finds references proposes them.
pub(crate) fn find(page: &mut Page) {
    let mut resolved: Vec<(usize, Named)> = Vec::new();
    let mut order: Vec<usize> = (0..page.attributions.len()).collect();
    order.sort_by_key(|i| page.attributions[*i].cue.map_or(usize::MAX, |c| c.start));
    for index in order {
        let range = match page.attributions[index].speaker {
            Speaker::Words(range) | Speaker::Nobody(Some(range)) => range,
            Speaker::Elsewhere(span) => {
                propose_elsewhere(page, span);
                continue;
            }
            Speaker::Nobody(None) => continue,
        };
        let known = page.named.iter().skip(page.named.partition_point(|n| n.range.start < range.start)).take(3);
        if known.clone().any(|n| n.range == range) {
            if let Some(named) = known.clone().find(|n| n.range == range).copied() {
                resolved.push((range.start, named));
            }
            continue;
        }
        let named = describe(page, &resolved, &page.attributions[index], range);
        resolved.push((range.start, named));
        let at = page.named.partition_point(|n| n.range.start < range.start);
        page.named.insert(at, named);
    }
}

fn propose_elsewhere(page: &mut Page, span: Span) {
    if let Some(words) = rashomon_core::Words::at(page.text(), span) {
        let kind = MentionKind::Person;
        page.drafts.mentions.push(Mention { words, kind, form: MentionForm::Name, antecedent: None });
    }
}

/// The mention of a voice that is no name: a pronoun with its antecedent, or a description.
fn describe(page: &Page, resolved: &[(usize, Named)], attribution: &Attribution, range: Range) -> Named {
    let citation = attribution.by == "citation";
    let first = page.tag(range.start);
    let pronoun = range.len() == 1 && matches!(first, Tag::Pronoun | Tag::Wh | Tag::Possessive | Tag::That);
    if citation || !pronoun {
        let organization = page.is(range.end - 1, Class::OrganizationNoun);
        let kind = if organization { MentionKind::Organization } else { MentionKind::Person };
        let form = if citation { MentionForm::Name } else { MentionForm::Description };
        return Named { range, kind, form, antecedent: None };
    }
    let antecedent = antecedent(page, resolved, range);
    let kind = antecedent.map_or(MentionKind::Person, |n| n.kind);
    let span = antecedent.and_then(|n| n.antecedent.or_else(|| page.span(n.range)));
    Named { range, kind, form: MentionForm::Pronoun, antecedent: span }
}

fn antecedent(page: &Page, resolved: &[(usize, Named)], range: Range) -> Option<Named> {
    let at = range.start;
    if matches!(page.tag(at), Tag::Wh | Tag::That) && !page.says(at, "whose") {
        return before_relative(page, at);
    }
    let word = page.word(at).to_ascii_lowercase();
    let wanted = match word.as_str() {
        "he" | "him" | "his" | "himself" => Wanted::Man,
        "she" | "her" | "hers" | "herself" => Wanted::Woman,
        "they" | "them" | "their" | "theirs" => Wanted::Several,
        "it" | "its" => Wanted::Thing,
        _ => return None,
    };
    let sentence = page.sentence_of(at)?;
    let low = page.sentences[sentence.saturating_sub(BACK)].range.start;
    let spoke = resolved.iter().rev().take(6).filter(|(t, _)| *t < at && *t >= low).map(|(_, n)| *n);
    let voices = spoke.filter(|n| n.form != MentionForm::Pronoun || n.antecedent.is_some());
    if let Some(voice) = voices.into_iter().find(|n| agrees(page, n, wanted)) {
        return Some(voice);
    }
    named_before(page, sentence, at, low, wanted)
}

/// The first agreeing name of the nearest sentence that has one, this sentence's words before the pronoun first.
fn named_before(page: &Page, sentence: usize, at: usize, low: usize, wanted: Wanted) -> Option<Named> {
    let mut end = at;
    let mut current = sentence;
    loop {
        let start = page.sentences[current].range.start.max(low);
        let from = page.named.partition_point(|n| n.range.start < start);
        let names = page.named.iter().skip(from).take_while(|n| n.range.end <= end).take(40);
        let fits = |n: &&Named| n.form == MentionForm::Name && agrees(page, n, wanted);
        if let Some(found) = names.clone().find(fits) {
            return Some(*found);
        }
        if current == 0 || start <= low {
            return None;
        }
        current -= 1;
        end = page.sentences[current].range.end;
    }
}

/// What `who` or `which` points to.
fn before_relative(page: &Page, at: usize) -> Option<Named> {
    let floor = page.sentence_of(at).map(|s| page.sentences[s].range.start)?;
    let mut end = at;
    while end > floor && page.tag(end - 1) == Tag::Punctuation {
        end -= 1;
    }
    let found = phrase::phrase_before(page, end, floor)?;
    let from = page.named.partition_point(|n| n.range.start < found.whole.start);
    let names = page.named.iter().skip(from).take(8).filter(|n| n.range.end <= found.whole.end);
    let role = page.is(found.head.end - 1, Class::RoleNoun) && page.tag(found.head.end - 1) != Tag::Name;
    let nearest = names.filter(|n| n.form == MentionForm::Name).max_by_key(|n| n.range.start);
    if let Some(name) = nearest.filter(|n| !role || n.range.end == found.head.end) {
        return Some(*name);
    }
    let kind = MentionKind::Person;
    Some(Named { range: found.whole, kind, form: MentionForm::Description, antecedent: None })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Man,
    Woman,
    Several,
    Thing,
}

/// Whether a mention can be meant by a pronoun.
fn agrees(page: &Page, named: &Named, wanted: Wanted) -> bool {
    let range = named.range;
    let last = range.end - 1;
    let has = |class| range.indices().any(|i| page.is(i, class));
    let several = page.is(last, Class::CollectivePlural)
        || named.form == MentionForm::Description && page.word(last).ends_with('s')
        || range.indices().any(|i| page.says(i, "and"));
    let group = matches!(named.kind, MentionKind::Organization | MentionKind::Group);
    match wanted {
        Wanted::Man => named.kind == MentionKind::Person && !has(Class::Female) && !several,
        Wanted::Woman => named.kind == MentionKind::Person && !has(Class::Male) && !several,
        Wanted::Several => several || group || named.kind == MentionKind::Group,
        Wanted::Thing => {
            matches!(named.kind, MentionKind::Organization | MentionKind::Place | MentionKind::Work) && !several
        }
    }
}
