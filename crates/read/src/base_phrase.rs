//! Base noun phrases: determiner, modifiers, head and possessors, without what is attached behind.

use crate::lexicon::Class;
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::token::Kind;

/// The base noun phrase that ends right before a token: determiner, modifiers, head, possessors.
pub(crate) fn base_before(page: &Page, end: usize, floor: usize) -> Option<Range> {
    if end <= floor {
        return None;
    }
    let reflexive = is_reflexive(page, end - 1) && end > floor + 1;
    let end = if reflexive { end - 1 } else { end };
    if page.tag(end - 1) == Tag::Pronoun {
        return Some(Range::new(end - 1, end));
    }
    let mut start = end;
    let mut opened = false;
    while start > floor {
        let at = start - 1;
        let tag = page.tag(at);
        let step = match tag {
            Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number if !opened => !time_before_name(page, at, end),
            Tag::Participle | Tag::Adverb if !opened && start < end => page.tag(at.wrapping_sub(1)).opens_phrase(),
            Tag::Determiner => true,
            Tag::Possessive if start < end => true,
            _ => false,
        };
        if !step {
            break;
        }
        start = at;
        // Before a determiner only another one may stand; before a possessor's clitic the possessor.
        opened = tag == Tag::Determiner || tag == Tag::Possessive && page.kind(at) != Some(Kind::Clitic);
    }
    let nominal = (start..end).any(|i| page.tag(i).is_nominal() || page.tag(i) == Tag::Determiner);
    (start < end && nominal).then(|| Range::new(start, end))
}

/// `Last night` before `Smith`, `1904` before `Smith`.
fn time_before_name(page: &Page, at: usize, end: usize) -> bool {
    at + 1 < end
        && page.tag(at + 1) == Tag::Name
        && (page.is(at, Class::TimeWord) || page.is(at, Class::Weekday) || page.tag(at) == Tag::Number)
}

/// The base noun phrase that begins at a token.
pub(crate) fn base_after(page: &Page, from: usize, limit: usize) -> Option<Range> {
    if from >= limit {
        return None;
    }
    if matches!(page.tag(from), Tag::Pronoun) {
        return Some(Range::new(from, from + 1));
    }
    let mut end = from;
    let mut nominal = false;
    while end < limit {
        match page.tag(end) {
            Tag::Determiner | Tag::Adverb if !nominal => {}
            Tag::Participle | Tag::Gerund if !nominal && end > from => {}
            Tag::Possessive => nominal = false,
            Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number => {
                let weekday = page.is(end, Class::Weekday) || page.is(end, Class::Month);
                if weekday && nominal {
                    break;
                }
                nominal = true;
            }
            Tag::Preposition if particle_inside_name(page, end) => {}
            Tag::Pronoun if nominal && is_reflexive(page, end) => {}
            _ => break,
        }
        end += 1;
    }
    nominal.then(|| Range::new(from, end))
}

fn is_reflexive(page: &Page, at: usize) -> bool {
    ["himself", "herself", "itself", "themselves"].iter().any(|w| page.says(at, w))
}

fn particle_inside_name(page: &Page, at: usize) -> bool {
    page.is(at, Class::InnerParticle) && page.tag(at.wrapping_sub(1)) == Tag::Name && page.tag(at + 1) == Tag::Name
}
