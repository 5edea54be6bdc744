//! Whose voice a noun phrase is: the words that stand for it, and whether it can speak at all.

use crate::lexicon::Class;
use crate::page::{Page, Range, Speaker};
use crate::part::Tag;
use crate::phrase::Phrase;
use crate::token::Kind;
use rashomon_core::MentionForm;

/// The voice of a phrase: its name, its pronoun, or the phrase as a description.
pub(crate) fn of_phrase(page: &Page, phrase: Phrase) -> Option<Speaker> {
    let mut phrase = phrase;
    if phrase.head.len() > 1 && page.word(phrase.head.end - 1).ends_with("self") {
        phrase.head.end -= 1;
    }
    let head = phrase.head;
    let first = page.tag(head.start);
    let several = head.len() == 1 && phrase.whole.len() > 2 && page.says(head.end, "of");
    if several && matches!(of_pronoun(page, head.start), Some(Speaker::Nobody(_))) {
        return Some(Speaker::Nobody(Some(described(page, phrase))));
    }
    if head.len() == 1 && matches!(first, Tag::Pronoun | Tag::Wh | Tag::That) {
        return of_pronoun(page, head.start);
    }
    if let Some(name) = name_at_end(page, head) {
        return Some(Speaker::Words(name));
    }
    if is_nobody(page, phrase) {
        return Some(Speaker::Nobody(Some(described(page, phrase))));
    }
    Some(Speaker::Words(described(page, phrase)))
}

/// The voice of a phrase that follows its cue: `the head of the bureau, Anna Hart,` is Anna Hart.
pub(crate) fn of_phrase_behind(page: &Page, phrase: Phrase) -> Option<Speaker> {
    let end = phrase.whole.end;
    let at = page.named.partition_point(|n| n.range.start <= end);
    let name = page.named.get(at).filter(|n| n.range.start == end + 1 && n.form == MentionForm::Name);
    let described = page.is(phrase.head.end - 1, Class::RoleNoun) && page.kind(end) == Some(Kind::Comma);
    let closes = name.is_some_and(|n| !matches!(page.kind(n.range.end), Some(Kind::Word | Kind::Clitic)));
    match name {
        Some(name) if described && closes => Some(Speaker::Words(name.range)),
        _ => of_phrase(page, phrase),
    }
}

/// The voice of a phrase; of a letter that is said to be somebody's, that person: `the letter written by the mayor`.
pub(crate) fn of_writer(page: &Page, phrase: Phrase) -> Option<Speaker> {
    let written = ["written", "signed", "penned", "authored", "dictated"];
    let document = page.is(phrase.head.end - 1, Class::DocumentNoun);
    let by = document && written.iter().any(|w| page.says(phrase.head.end, w)) && page.says(phrase.head.end + 1, "by");
    let writer = by.then(|| crate::phrase::phrase_after(page, phrase.head.end + 2, page.tokens.len())).flatten();
    writer.filter(|w| can_speak(page, *w)).and_then(|w| of_phrase(page, w)).or_else(|| of_phrase(page, phrase))
}

fn of_pronoun(page: &Page, at: usize) -> Option<Speaker> {
    let word = page.word(at).to_ascii_lowercase();
    let range = Range::new(at, at + 1);
    match word.as_str() {
        "he" | "she" | "they" | "it" | "him" | "her" | "them" | "who" | "whom" | "which" => Some(Speaker::Words(range)),
        "i" | "we" | "me" | "us" => Some(Speaker::Words(range)),
        "some" | "many" | "others" | "most" | "few" | "several" | "all" | "everyone" | "everybody" | "someone"
        | "somebody" | "one" | "nobody" | "people" | "those" | "none" => Some(Speaker::Nobody(Some(range))),
        _ => None,
    }
}

/// The last name of a phrase, if the phrase ends with it.
pub(crate) fn name_at_end(page: &Page, head: Range) -> Option<Range> {
    let named = named_ending_at(page, head.end)?;
    (named.start >= head.start || named.end == head.end).then_some(named)
}

/// The name whose last token is right before a token.
pub(crate) fn named_ending_at(page: &Page, end: usize) -> Option<Range> {
    let at = page.named.partition_point(|n| n.range.start < end);
    page.named[..at].iter().rev().take(4).find(|n| n.range.end == end && n.form != MentionForm::Pronoun).and_then(|n| {
        let plural = page.word(end - 1).ends_with('s');
        (n.form == MentionForm::Name || n.form == MentionForm::Demonym && plural).then_some(n.range)
    })
}

/// The words of a description: without a stray adverb before it, and not endlessly long.
fn described(page: &Page, phrase: Phrase) -> Range {
    let mut start = phrase.head.start;
    while start + 1 < phrase.head.end && matches!(page.tag(start), Tag::Adverb | Tag::Coordinator) {
        start += 1;
    }
    let whole = Range::new(start, phrase.whole.end.max(phrase.head.end));
    if whole.len() > 14 { Range::new(start, phrase.head.end) } else { whole }
}

/// Whether a phrase leaves its voice unnamed: `some experts`, `sources`, `critics`.
fn is_nobody(page: &Page, phrase: Phrase) -> bool {
    let head = phrase.head;
    let named = phrase.whole.indices().any(|i| page.tag(i) == Tag::Name);
    let plural = page.word(head.end - 1).ends_with('s') || page.says(head.end - 1, "people");
    let vague = ["some", "many", "several", "most", "other", "various", "certain", "few"];
    let first = vague.iter().any(|w| page.says(head.start, w));
    let bare = !page.tag(head.start).opens_phrase() && head.len() <= 2;
    let role = page.is(head.end - 1, Class::RoleNoun);
    !named && plural && (first || bare && role)
}

/// Whether a phrase can be a source at all, for verbs whose subject is as often a thing.
pub(crate) fn can_speak(page: &Page, phrase: Phrase) -> bool {
    let head = phrase.head;
    let last = head.end - 1;
    if head.len() == 1 {
        let word = page.word(last).to_ascii_lowercase();
        if ["it", "this", "that", "these", "which", "all", "none", "both"].contains(&word.as_str()) {
            return false;
        }
    }
    let listed =
        [Class::RoleNoun, Class::OrganizationNoun, Class::DocumentNoun, Class::ReportingNoun, Class::PersonalPronoun];
    let person_ending = ["ist", "ists", "ers", "ors", "ians", "ian", "man", "men", "woman", "women"]
        .iter()
        .any(|e| page.word(last).len() > e.len() + 2 && page.word(last).ends_with(e));
    matches!(page.tag(last), Tag::Name | Tag::Pronoun | Tag::Wh)
        || listed.iter().any(|c| page.is(last, *c))
        || page.is(last, Class::Demonym)
        || person_ending
}

/// Whether a voice is the first or second person: the author's own, or a hearer.
pub(crate) fn is_self(page: &Page, speaker: Speaker) -> bool {
    let Speaker::Words(range) = speaker else { return false };
    let own = ["i", "we", "you", "me", "us"];
    range.len() == 1 && own.iter().any(|w| page.says(range.start, w)) && page.kind(range.start) == Some(Kind::Word)
}
