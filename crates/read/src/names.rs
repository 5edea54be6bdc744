//! Step 2, mentions: words that name somebody or something.
//!
//! A name is a run of words with capitals, with the particles that stand inside names (`al-`, `bin`, `von`, `de`) and
//! the titles that are used as part of it. Its kind is guessed from titles, word lists and the words around it; a
//! trained reader will replace the guess. Descriptions and pronouns are mentions where somebody speaks by them, and are
//! added by the step that finds the speaker.

use crate::lexicon::Class;
use crate::page::{Known, Named, Page, Range};
use crate::part::Tag;
use crate::token::{Kind, Token};
use rashomon_core::{MentionForm, MentionKind, ZoneKind};

/// Finds the names of a page.
pub(crate) fn find(page: &mut Page) {
    for index in 0..page.sentences.len() {
        let sentence = page.sentences[index];
        let mut at = sentence.range.start;
        while at < sentence.range.end {
            if page.tag(at) == Tag::Name && !is_date_word(page, at) {
                let end = run_end(page, at, sentence.range.end);
                let opens = at == sentence.range.start + 1 && is_part_of_name(page, sentence.range.start);
                add_run(page, Range::new(if opens { at - 1 } else { at }, end), sentence.zone);
                at = end;
            } else {
                if page.tag(at) == Tag::Adjective && page.is(at, Class::Demonym) && page.tokens[at].capital {
                    add(page, Range::new(at, at + 1), MentionKind::Place, MentionForm::Demonym);
                }
                at += 1;
            }
        }
    }
}

fn is_date_word(page: &Page, at: usize) -> bool {
    page.is(at, Class::Month) || page.is(at, Class::Weekday)
}

/// One past the run of name words that begins here.
fn run_end(page: &Page, from: usize, limit: usize) -> usize {
    let mut end = from + 1;
    while end < limit {
        let joined = !page.tokens[end].first && page.tokens[end].space;
        if page.tag(end) == Tag::Name && joined && !is_date_word(page, end) {
            end += 1;
        } else if let Some(next) = particle_end(page, from, end, limit) {
            end = next;
        } else {
            break;
        }
    }
    end
}

/// One past the name word that follows a particle inside a name.
fn particle_end(page: &Page, from: usize, at: usize, limit: usize) -> Option<usize> {
    let mut next = at;
    while next < limit && next < at + 2 && page.tag(next) != Tag::Name && page.is(next, Class::InnerParticle) {
        next += 1;
    }
    let of = page.says(at, "of") && (from..at).any(|i| page.is(i, Class::OrganizationNoun) || page.is(i, Class::Title));
    if of {
        next = if page.says(at + 1, "the") { at + 2 } else { at + 1 };
    }
    (next > at && next < limit && page.tag(next) == Tag::Name && !is_date_word(page, next)).then_some(next + 1)
}

fn add_run(page: &mut Page, run: Range, zone: ZoneKind) {
    let run = drop_weak_start(page, run);
    if run.is_empty() {
        return;
    }
    if zone == ZoneKind::Heading || zone == ZoneKind::Title {
        return add_of_heading(page, run);
    }
    match split_at_title(page, run) {
        Some(at) => {
            add_name(page, Range::new(run.start, at));
            add_name(page, strip_title(page, Range::new(at, run.end)));
        }
        None => add_name(page, strip_title(page, run)),
    }
}

/// In a heading every word may have a capital: only names that are known, or sure by a list, are taken.
fn add_of_heading(page: &mut Page, run: Range) {
    let mut at = run.start;
    while at < run.end {
        let longest = (at + 1..=run.end).rev().find(|end| is_sure(page, Range::new(at, *end)));
        match longest {
            Some(end) => {
                add_name(page, Range::new(at, end));
                at = end;
            }
            None => at += 1,
        }
    }
}

fn is_sure(page: &Page, range: Range) -> bool {
    let last = range.end - 1;
    let listed = range.len() == 1 && (page.is(last, Class::Place) || page.tokens[last].caps);
    let titled = range.len() > 1 && page.is(range.start, Class::Honorific) && page.entry(last).is_unknown();
    let first = range.len() > 1 && page.is(range.start, Class::FirstName) && page.entry(last).is_unknown();
    listed || titled || first
}

/// A run at the beginning of a sentence may begin with a word that has its capital only from there.
fn drop_weak_start(page: &Page, run: Range) -> Range {
    let Some(token) = page.tokens.get(run.start) else { return run };
    let begins = token.first || page.sentence_of(run.start).is_some_and(|s| page.sentences[s].range.start == run.start);
    let entry = token.entry();
    let weak = begins
        && run.len() > 1
        && !entry.is_unknown()
        && entry.forms != 0
        && !is_namelike(token)
        && !is_part_of_name(page, run.start);
    if weak { Range::new(run.start + 1, run.end) } else { run }
}

/// `South Korea`, `New Hull`: by the tree, the first word is part of the name of a place or body.
fn is_part_of_name(page: &Page, at: usize) -> bool {
    let Some(trees) = page.trees.as_deref() else { return false };
    let Some(node) = trees.words_in(Range::new(at, at + 1)).next() else { return false };
    let named = |n: usize| trees.word(n).is_some_and(|w| w.entity() != "O");
    trees.upos(node) == "PROPN" && named(node) && named(node + 1)
}

fn is_namelike(token: &Token) -> bool {
    [Class::Title, Class::FirstName, Class::Place, Class::Demonym, Class::OrganizationNoun, Class::RoleNoun]
        .iter()
        .any(|c| token.is(*c))
        || token.caps
        || token.stopped
}

/// Where a run such as `US Secretary of State Jane Hart` turns from an office's holder to the person.
fn split_at_title(page: &Page, run: Range) -> Option<usize> {
    let at = (run.start + 1..run.end).find(|i| page.is(*i, Class::Title) && *i + 1 < run.end)?;
    let titles_only = (run.start..at).all(|i| page.is(i, Class::Title));
    (!titles_only).then_some(at)
}

/// Drops titles that are an office and no part of the name: `Secretary of State Jane Hart`.
fn strip_title(page: &Page, run: Range) -> Range {
    let mut start = run.start;
    while start + 1 < run.end && page.is(start, Class::Title) && !page.is(start, Class::Honorific) {
        start += 1;
        if page.says(start, "of") {
            start += if page.says(start + 1, "the") { 3 } else { 2 };
        }
    }
    if start < run.end && page.tag(start) == Tag::Name { Range::new(start, run.end) } else { run }
}

fn add_name(page: &mut Page, range: Range) {
    if range.is_empty() || only_common(page, range) {
        return;
    }
    let demonym = range.len() == 1 && page.is(range.start, Class::Demonym);
    let known = page.memory.names.get(&key(page, range)).copied();
    let kind = match known {
        _ if demonym => MentionKind::Group,
        Some(known) if kind_of(page, range) == MentionKind::Other => known.kind,
        _ => kind_of(page, range),
    };
    add(page, range, kind, if demonym { MentionForm::Demonym } else { MentionForm::Name });
    if !demonym {
        let key = key(page, range);
        page.memory.names.entry(key).or_insert(Known { kind });
    }
}

/// The last word in lower case, by which a shorter form of a name finds the longer one.
fn key(page: &Page, range: Range) -> String {
    page.word(range.end - 1).to_lowercase()
}

/// Whether a run is one word that is common in lower case: a heading's or a beginning's capital.
fn only_common(page: &Page, range: Range) -> bool {
    let entry = page.entry(range.start);
    range.len() == 1
        && !entry.is_unknown()
        && !page.tokens[range.start].caps
        && !is_namelike(&page.tokens[range.start])
        && (entry.is(Class::Adverb)
            || entry.is(Class::Preposition)
            || entry.is(Class::TimeWord)
            || entry.is(Class::Ordinal))
}

fn add(page: &mut Page, range: Range, kind: MentionKind, form: MentionForm) {
    page.named.push(Named { range, kind, form, antecedent: None });
}

/// What kind of thing a name names, by its words and its neighbours.
fn kind_of(page: &Page, range: Range) -> MentionKind {
    let has = |class| range.indices().any(|i| page.is(i, class));
    let last = range.end - 1;
    if page.is(last, Class::Place) && !page.is(range.start, Class::Honorific) {
        return MentionKind::Place;
    }
    if has(Class::OrganizationNoun) {
        return MentionKind::Organization;
    }
    let titled = page.is(range.start, Class::Title) || page.is(range.start.wrapping_sub(1), Class::Title);
    let speaks = page.entry(range.end).group != 0 && page.tag(range.end) == Tag::Verb;
    let first = page.is(range.start, Class::FirstName);
    let initial = range.indices().any(|i| page.tokens[i].stopped && page.word(i).len() == 2);
    if titled || first && range.len() > 1 || initial || page.says(range.end, "who") {
        return MentionKind::Person;
    }
    if page.tokens[last].caps && range.len() == 1 {
        return MentionKind::Organization;
    }
    let particle = range.indices().any(|i| page.is(i, Class::InnerParticle) || is_prefixed(page.word(i)));
    if speaks || particle || page.says(range.end + 1, "who") && page.kind(range.end) == Some(Kind::Comma) {
        return MentionKind::Person;
    }
    let located = ["in", "from", "near", "across"].iter().any(|p| page.says(range.start.wrapping_sub(1), p));
    if located && range.len() == 1 { MentionKind::Place } else { MentionKind::Other }
}

/// Whether a word begins with `al-` or the like.
fn is_prefixed(word: &str) -> bool {
    ["al-", "el-", "as-", "ar-", "an-", "ad-", "ash-", "at-", "az-"]
        .iter()
        .any(|p| word.get(..p.len()).is_some_and(|w| w.eq_ignore_ascii_case(p)))
}
