//! What stands between a cue and the words it gives: who is spoken to, the day, the letter or speech that carried them.

use super::content::skip_openers;
use super::cue::{Cue, Subject};
use super::quoted::Scene;
use super::voice;
use crate::lexicon::{Class, form};
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::phrase::{self, Phrase};
use crate::token::Kind;

/// What stands between a cue and the words it gives: hearer, day, venue.
pub(crate) struct Path {
    /// Where the words may begin.
    pub(crate) end: usize,
    /// What carried them.
    pub(crate) venue: Option<Range>,
    /// Whether somebody is spoken to.
    pub(crate) hearer: bool,
    /// Where `that` stands.
    pub(crate) that: Option<usize>,
}

impl Path {
    /// Walks from behind the verb over everything that is no part of the words.
    pub(crate) fn walk(page: &Page, scene: &Scene, cue: &Cue, from: usize) -> Path {
        let limit = cue.window.end.min(from + 40);
        let mut path = Path { end: from, venue: None, hearer: false, that: None };
        let mut at = from;
        while at < limit {
            if page.tag(at) == Tag::That {
                path.that = Some(at);
                path.end = at + 1;
                break;
            }
            if scene.beginning(at).is_some() {
                path.end = at;
                break;
            }
            match path.step(page, cue, at, limit) {
                Some(next) if next > at => at = next,
                _ => break,
            }
            path.end = at;
        }
        if path.that.is_none() && path.hearer {
            path.late_that(page, limit);
        }
        path
    }

    /// `warned us more than once that`: once the hearer is known, only a clause of what is said can follow `that`.
    fn late_that(&mut self, page: &Page, limit: usize) {
        let far = limit.min(self.end + 10);
        let stop = |i: usize| page.tag(i) == Tag::That || page.tag(i).is_finite() || page.tag(i) == Tag::Punctuation;
        if let Some(that) = (self.end..far).find(|i| stop(*i)).filter(|i| page.tag(*i) == Tag::That) {
            self.that = Some(that);
            self.end = that + 1;
        }
    }

    /// One past an adjunct that begins here.
    fn step(&mut self, page: &Page, cue: &Cue, at: usize, limit: usize) -> Option<usize> {
        let entry = page.entry(at);
        if entry.is(Class::Weekday) || entry.is(Class::TimeWord) && page.tag(at) != Tag::Name && entry.is(Class::Adverb)
        {
            let next = if page.is(at + 1, Class::TimeWord) { at + 2 } else { at + 1 };
            return Some(next);
        }
        if page.is(at, Class::Be) && at == cue.verb + 1 && page.kind(at + 1) == Some(Kind::Mark) {
            // `what he said was “...”`
            return Some(at + 1);
        }
        if matches!(page.kind(at), Some(Kind::Comma | Kind::Colon)) {
            return self.comma(page, at, limit);
        }
        let dated =
            page.is(at, Class::Ordinal) || ["this", "that", "last", "next", "every"].iter().any(|w| page.says(at, w));
        if dated && page.is(at + 1, Class::TimeWord) {
            return Some(at + 2);
        }
        if let Some(next) = time_before(page, at) {
            return Some(next);
        }
        if page.tag(at) == Tag::Adverb && !page.is(at, Class::Negation) {
            // An adverb of the cue's, not of the clause: nothing that can be a clause follows at once.
            let next = (at + 1..limit).find(|i| page.tag(*i) != Tag::Adverb)?;
            let own = matches!(page.tag(next), Tag::That | Tag::Preposition | Tag::To | Tag::Punctuation)
                || page.is(next, Class::Weekday);
            return own.then_some(next);
        }
        if matches!(page.tag(at), Tag::Preposition | Tag::To | Tag::Gerund) && !page.says(at, "because") {
            return self.adjunct(page, at, limit);
        }
        let hearer_fits = cue.group.takes("hearer") && !self.hearer;
        if hearer_fits {
            let hearer = phrase::phrase_after(page, at, limit)?;
            let end = hearer.head.end;
            let clause_follows = page.tag(end) == Tag::That
                || page.tag(end) == Tag::Wh
                || page.tag(end) == Tag::To
                || !page.tag(end).is_finite()
                    && (voice::can_speak(page, hearer)
                        || !matches!(page.kind(end), Some(Kind::Stop | Kind::Semicolon) | None));
            if clause_follows {
                self.hearer = true;
                return Some(hearer_end(page, hearer, limit));
            }
        }
        None
    }

    fn comma(&mut self, page: &Page, at: usize, limit: usize) -> Option<usize> {
        if page.kind(at) == Some(Kind::Colon) {
            return Some(at + 1);
        }
        let close = (at + 1..limit.min(at + 25)).find(|i| page.kind(*i) == Some(Kind::Comma));
        let that = close.is_some_and(|c| page.tag(c + 1) == Tag::That) || page.tag(at + 1) == Tag::That;
        if that && page.tag(at + 1) == Tag::That {
            return Some(at + 1);
        }
        if that {
            return close.map(|c| c + 1);
        }
        // A quotation right behind the comma.
        (page.kind(at + 1) == Some(Kind::Mark)).then_some(at + 1)
    }

    /// `in a letter to the mayor`, `on Monday`, `at a meeting in Hull`: not a clause.
    fn adjunct(&mut self, page: &Page, at: usize, limit: usize) -> Option<usize> {
        let venue_like = [
            "in", "at", "during", "on", "via", "through", "by", "to", "of", "with", "from", "after", "before", "last",
            "under", "as",
        ];
        if !venue_like.iter().any(|w| page.says(at, w)) {
            return None;
        }
        let found = phrase::phrase_after(page, at + 1, limit)?;
        let mut end = found.whole.end;
        let carries =
            |end: usize| (at + 1..end).any(|i| page.is(i, Class::VenueNoun) || page.is(i, Class::DocumentNoun));
        if carries(end) && describes_venue(page, end) {
            end = (end + 1..limit).find(|i| past_venue(page, *i)).unwrap_or(limit);
        } else if page.tag(end).is_finite() && page.tag(end) != Tag::Participle {
            // The last part of the phrase is the subject of a clause: stop before it.
            end = last_break(page, at + 1, end)?;
        }
        if carries(end) {
            end = title_behind(page, end, limit).unwrap_or(end);
        }
        if carries(end) && self.venue.is_none() && !page.says(at, "to") && !page.says(at, "with") {
            self.venue = Some(Range::new(at + 1, end));
        }
        Some(end)
    }
}

/// `some hours earlier`, `two days before`: one past the words that tell how long before.
fn time_before(page: &Page, at: usize) -> Option<usize> {
    let counted = matches!(page.tag(at), Tag::Determiner | Tag::Number | Tag::Adjective);
    let unit = (at + 1..at + 3).find(|i| page.is(*i, Class::TimeWord)).filter(|_| counted)?;
    let relation = ["earlier", "before", "ago", "later", "previously", "afterwards"];
    relation.iter().any(|w| page.says(unit + 1, w)).then_some(unit + 2)
}

/// `in his book The Winter Mills that`: one past a title in capitals that the clause's `that` or a comma follows.
fn title_behind(page: &Page, from: usize, limit: usize) -> Option<usize> {
    let end = (from..limit.min(from + 14))
        .find(|i| !page.tokens.get(*i).is_some_and(|t| t.is_wordlike()) || page.tag(*i) == Tag::That)?;
    let closes = page.tag(end) == Tag::That || page.kind(end) == Some(Kind::Comma);
    let capital = |i: usize| page.tokens.get(i).is_some_and(|t| t.capital);
    let titled = (from..end).all(|i| capital(i) || page.word(i).len() < 4);
    (closes && end > from && capital(from) && capital(end - 1) && titled).then_some(end)
}

/// `published in`, `written by`, `to the council`: words that go on telling which letter it was.
fn describes_venue(page: &Page, at: usize) -> bool {
    const WORDS: &[&str] = &[
        "published",
        "written",
        "sent",
        "addressed",
        "delivered",
        "given",
        "issued",
        "released",
        "aired",
        "broadcast",
        "posted",
        "marking",
        "entitled",
        "titled",
        "called",
        "carried",
        "printed",
        "dated",
        "obtained",
        "conducted",
    ];
    WORDS.iter().any(|w| page.says(at, w))
}

fn past_venue(page: &Page, at: usize) -> bool {
    page.tag(at) == Tag::That
        || page.tag(at).is_finite()
        || matches!(page.kind(at), Some(Kind::Comma | Kind::Stop | Kind::Colon))
}

/// Where the phrase before a finite verb begins that is its subject and no part of an adjunct.
fn last_break(page: &Page, from: usize, verb: usize) -> Option<usize> {
    let base = phrase::base_before(page, verb, from)?;
    (base.start > from && page.tag(base.start - 1) != Tag::Preposition).then_some(base.start)
}

fn hearer_end(page: &Page, hearer: Phrase, limit: usize) -> usize {
    let whole = hearer.whole.end;
    if whole < limit && page.tag(whole).is_finite() { hearer.head.end } else { whole }
}

/// `In a letter to the mayor, the skipper said`: the venue in front of the subject.
pub(crate) fn venue_in_front(page: &Page, cue: &Cue, subject: Option<Subject>) -> Option<Range> {
    let start = cue.window.start;
    let end = subject.filter(|s| !s.inverted)?.phrase.whole.start;
    if end <= start + 2 || page.kind(end - 1) != Some(Kind::Comma) || end - start > 30 {
        return None;
    }
    let first = skip_openers(page, start, end);
    let prepositional = ["in", "at", "during", "on"].iter().any(|w| page.says(first, w));
    let inner = Range::new(first + 1, end - 1);
    let carries = inner.indices().any(|i| page.is(i, Class::VenueNoun) || page.is(i, Class::DocumentNoun));
    let clause = inner.indices().any(|i| page.tag(i).is_finite() && page.entry(i).forms & form::PARTICIPLE == 0);
    (prepositional && carries && !clause).then_some(inner)
}
