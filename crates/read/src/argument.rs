//! Who and what a claim's verb has around it: subject, object, and what prepositions add.
//!
//! Only what stands right beside the verb is taken, and a role is named only where a word names it; the trained reader
//! will give roles that need a sentence to be understood.

use crate::lexicon::Class;
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::phrase;
use rashomon_core::{Argument, Role};

/// Most prepositional phrases behind a verb that are taken.
const MOST: usize = 3;

/// The arguments of a verb group within its piece of the sentence.
pub(crate) fn around(page: &Page, group: Range, piece: Range) -> Vec<Argument> {
    let mut found: Vec<(Role, Range)> = Vec::with_capacity(3);
    let passive = phrase::is_passive(page, group);
    let subject = phrase::subject_before(page, group.start, piece.start).filter(|s| s.head.start >= piece.start);
    if let Some(subject) = subject {
        found.push((if passive { Role::Object } else { Role::Subject }, subject.whole));
    }
    let mut at = group.end;
    while at < piece.end && page.tag(at) == Tag::Adverb {
        at += 1;
    }
    if let Some(object) = thing_after(page, at, piece.end).filter(|_| !passive) {
        found.push((Role::Object, object));
        at = object.end;
    }
    for _ in 0..MOST {
        let preposition = matches!(page.tag(at), Tag::Preposition | Tag::To) && at + 1 < piece.end;
        let Some(thing) = preposition.then(|| thing_after(page, at + 1, piece.end)).flatten() else { break };
        let agent = passive && page.says(at, "by");
        found.push((if agent { Role::Subject } else { role(page, at, thing) }, thing));
        at = thing.end;
    }
    let mut arguments = Vec::with_capacity(found.len());
    for (role, range) in found {
        if let Some(words) = page.words(range) {
            arguments.push(Argument { role, words, statement: None });
        }
    }
    arguments
}

/// A noun phrase with the phrases that `of` attaches to it.
fn thing_after(page: &Page, from: usize, limit: usize) -> Option<Range> {
    let mut thing = phrase::base_after(page, from, limit)?;
    for _ in 0..4 {
        let more = page.says(thing.end, "of").then(|| phrase::base_after(page, thing.end + 1, limit)).flatten();
        let Some(more) = more else { break };
        thing.end = more.end;
    }
    Some(thing)
}

/// The role that a preposition names: time and place where the words are one, else only that there is something.
fn role(page: &Page, preposition: usize, thing: Range) -> Role {
    let dated = page.is(thing.end - 1, Class::TimeWord)
        || page.is(thing.start, Class::Weekday)
        || page.is(thing.start, Class::Month)
        || thing.len() == 1 && crate::sentence::is_year(page.word(thing.start));
    let located = ["in", "at", "near", "across", "throughout", "inside", "outside", "off"];
    let place = page.is(thing.end - 1, Class::Place) || page.tag(thing.end - 1) == Tag::Name;
    if dated {
        Role::Time
    } else if place && located.iter().any(|w| page.says(preposition, w)) {
        Role::Place
    } else if page.says(preposition, "about") {
        Role::Topic
    } else {
        Role::Other
    }
}
