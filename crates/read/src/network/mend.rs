//! Mends the names of a document after their vote, by lists of facts and words: nationalities are no places, a state is no
//! person, a name does not end in "of" or run over the end of a short line, a ministry keeps its whole name, a title is no
//! part of a person's. The same steps as `train/mend.py`, in the same order; the rules carry their tests.

use super::gazetteer::{Around, BODY, Gazetteer, PEOPLE, PERSON, PLACE, Sure, around};
use std::ops::Range;

/// A name: its words in the sentence, and its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: u8,
}

/// What stands before a word of a raw text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gap {
    /// Nothing.
    glued: bool,
    /// The end of a line that is shorter than it had to be: whoever wrote it meant it to end.
    hard: bool,
}

/// The names of one sentence.
pub(super) struct Names<'a> {
    pub(super) words: Vec<&'a str>,
    /// Whether a word is tagged as a proper noun.
    pub(super) proper: Vec<bool>,
    /// Whether a word is tagged as an adjective.
    pub(super) adjective: Vec<bool>,
    /// For a raw text only.
    pub(super) gaps: Option<Vec<Gap>>,
    pub(super) spans: Vec<Span>,
}

/// Lines shorter than this are not taken for lines that were filled.
const NARROW: usize = 40;

/// Small words after which a name goes on.
const LEADING_ON: [&str; 5] = ["of", "for", "and", "de", "del"];

/// So many words may stand between a name and the word that ends the name of a body.
const HEADS: usize = 3;

fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn small(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

/// The length of the longest line of a paragraph, in code points.
pub(super) fn width(text: &str, paragraph: &Range<usize>) -> usize {
    let lines = text.get(paragraph.clone()).unwrap_or_default().split('\n');
    lines.map(|l| l.chars().count()).fold(NARROW, usize::max)
}

/// What stands before each word of a sentence of a raw text, in a paragraph of a width.
pub(super) fn gaps(text: &str, places: &[Range<usize>], paragraph: &Range<usize>, width: usize) -> Vec<Gap> {
    let count = |range: Range<usize>| text.get(range).map_or(0, |t| t.chars().count());
    let mut out = vec![Gap::default()];
    for pair in places.windows(2) {
        let [before, word] = pair else { continue };
        let gap = text.get(before.end..word.start).unwrap_or_default();
        let hard = gap.contains('\n') && {
            let line = text.get(..before.end).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
            count(line.max(paragraph.start)..before.end) + 1 + count(word.clone()) <= width
        };
        out.push(Gap { glued: gap.is_empty(), hard });
    }
    out
}

impl Names<'_> {
    /// Mends them all.
    pub(super) fn mend(&mut self, known: &Gazetteer) {
        let around = around();
        if self.gaps.is_some() {
            self.split_at_lines();
        }
        self.look_up(known);
        if self.gaps.is_some() {
            self.join_hyphens();
        }
        self.mend_ends(around);
        self.join_of(around);
        self.join_heads(around);
        self.drop_titles(around);
        self.trim();
        self.add_bodies(around);
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).copied().unwrap_or_default()
    }

    fn is_proper(&self, at: usize) -> bool {
        self.proper.get(at).copied().unwrap_or_default()
    }

    fn is_adjective(&self, at: usize) -> bool {
        self.adjective.get(at).copied().unwrap_or_default()
    }

    fn gap(&self, at: usize) -> Gap {
        self.gaps.as_ref().and_then(|g| g.get(at)).copied().unwrap_or_default()
    }

    /// The name that a word is part of.
    fn at(&self, word: usize) -> Option<&Span> {
        let after = self.spans.partition_point(|s| s.start <= word);
        self.spans.get(after.checked_sub(1)?).filter(|s| word < s.end)
    }

    fn free(&self, word: usize) -> bool {
        self.at(word).is_none()
    }

    fn is_whole(&self, span: &Span) -> bool {
        self.at(span.start).is_some_and(|s| s.start == span.start && s.end == span.end)
    }

    /// Makes words one name; what else stood there keeps the rest of its words.
    fn claim(&mut self, words: Range<usize>, kind: u8) {
        let mut rest = Vec::new();
        self.spans.retain(|s| {
            let apart = s.end <= words.start || s.start >= words.end;
            if !apart {
                rest.push(Span { end: words.start, ..s.clone() });
                rest.push(Span { start: words.end, ..s.clone() });
            }
            apart
        });
        self.spans.extend(rest.into_iter().filter(|s| s.start < s.end));
        self.spans.push(Span { start: words.start, end: words.end, kind });
        self.spans.sort_unstable();
    }

    fn split_at_lines(&mut self) {
        for word in 1..self.words.len() {
            let inside = self.at(word).filter(|s| s.start < word).cloned();
            if let Some(span) = inside.filter(|_| self.gap(word).hard) {
                let rest = Span { start: word, ..span };
                self.claim(rest.start..rest.end, rest.kind);
            }
        }
    }

    fn look_up(&mut self, known: &Gazetteer) {
        let mut at = 0;
        let mut key = String::new();
        while at < self.words.len() {
            let mut best = None;
            key.clear();
            if capital(self.word(at)) {
                for end in at + 1..=self.words.len() {
                    key.push_str(self.words[end - 1]);
                    if key.len() > known.longest() {
                        break;
                    }
                    let found = known.get(&key).filter(|(kind, sure)| self.fits(at..end, *kind, *sure));
                    best = found.map(|f| (end, f)).or(best);
                }
            }
            let Some((end, (kind, sure))) = best else {
                at += 1;
                continue;
            };
            let body = self.at(at).is_some_and(|s| s.start == at && s.end == end && s.kind == BODY);
            if !(body && kind == PLACE && sure < Sure::Said) {
                self.claim(at..end, kind);
            }
            at = end;
        }
    }

    /// Whether words of the list may be a name here, with what the network said of them.
    fn fits(&self, words: Range<usize>, kind: u8, sure: Sure) -> bool {
        let over = self.spans.iter().filter(|s| s.start < words.end && words.start < s.end);
        let (mut any, mut crosses, mut same) = (false, false, false);
        for span in over {
            any = true;
            crosses |= span.start < words.start || span.end > words.end;
            same |= span.start == words.start && span.end == words.end && [PLACE, BODY].contains(&span.kind);
        }
        let several = words.len() > 1;
        !crosses
            && match kind {
                PEOPLE => any || several || self.is_proper(words.start) || self.is_adjective(words.start),
                _ => same || any && several || sure >= Sure::Known && (any || several || self.is_proper(words.start)),
            }
    }

    fn join_hyphens(&mut self) {
        for span in self.spans.clone() {
            if span.kind != PERSON || self.at(span.start).is_none_or(|s| s.end != span.end) {
                continue;
            }
            let mut end = span.end;
            while end < self.words.len() && self.gap(end).glued && self.goes_on(end) {
                if self.at(end).is_some_and(|s| s.kind != PERSON) {
                    break;
                }
                end += 1;
            }
            while end > span.end && self.word(end - 1) == "-" {
                end -= 1;
            }
            if end > span.end {
                self.claim(span.start..end, PERSON);
            }
        }
    }

    /// Whether a word is a hyphen or stands after one or an apostrophe.
    fn goes_on(&self, at: usize) -> bool {
        let letter = self.word(at).chars().next().is_some_and(char::is_alphabetic);
        self.word(at) == "-" || letter && self.word(at - 1).ends_with(['-', '\'', '’'])
    }

    /// The end of the proper nouns with capitals from a word on that are no names.
    fn run_end(&self, from: usize) -> usize {
        let mut end = from;
        while capital(self.word(end)) && self.is_proper(end) && self.free(end) && !self.gap(end).hard {
            end += 1;
        }
        end
    }

    /// A name does not end in a small word such as "of": it goes on with the name that follows, or ends before.
    fn mend_ends(&mut self, around: &Around) {
        for span in self.spans.clone() {
            let (last, after) = (self.word(span.end - 1), self.word(span.end));
            if span.end - span.start < 2 || !around.inner.contains(last) {
                continue;
            }
            let mut end = span.end;
            if LEADING_ON.contains(&last) && capital(after) && self.is_proper(end) {
                end = self.at(end).map_or_else(|| self.run_end(end), |s| s.end);
            } else {
                while end > span.start + 1 && around.inner.contains(self.word(end - 1)) {
                    end -= 1;
                }
            }
            self.spans.retain(|s| (s.start, s.end) != (span.start, span.end));
            self.claim(span.start..end, span.kind);
        }
    }

    fn join_of(&mut self, around: &Around) {
        for at in 0..self.words.len().saturating_sub(2) {
            let body = around.bodies_of.contains(self.word(at));
            if self.word(at + 1) != "of" || !body && !around.places_of.contains(self.word(at)) {
                continue;
            }
            let article = self.word(at + 2) == "the" && at + 3 < self.words.len();
            let name = at + 2 + usize::from(article);
            if !capital(self.word(name)) || !self.is_proper(name) && !self.is_adjective(name) {
                continue;
            }
            let inside = self.at(name).cloned();
            if inside.as_ref().is_some_and(|s| s.start < name) && self.free(at) {
                continue;
            }
            let end = inside.map_or_else(|| self.run_end(name).max(name + 1), |s| s.end);
            let mut start = self.at(at).map_or(at, |s| s.start);
            if self.free(at) {
                while start > 1 && capital(self.word(start - 1)) && self.free(start - 1) && self.is_proper(start - 1) {
                    start -= 1;
                }
            }
            self.claim(start..end, if body { BODY } else { PLACE });
        }
    }

    fn join_heads(&mut self, around: &Around) {
        for span in self.spans.clone() {
            if !self.is_whole(&span) {
                continue;
            }
            let mut end = self.run_end(span.end).min(span.end + HEADS);
            while end > span.end && !around.heads.contains(self.word(end - 1)) {
                end -= 1;
            }
            let ends_so = span.end - span.start > 1 && around.heads.contains(self.word(span.end - 1));
            if end > span.end || ends_so {
                self.claim(span.start..end, BODY);
            }
        }
    }

    fn drop_titles(&mut self, around: &Around) {
        for span in self.spans.iter_mut().filter(|s| s.kind == PERSON) {
            let title = |at: usize| self.words.get(at).is_some_and(|w| around.titles.contains(*w));
            while span.start < span.end - 1 && title(span.start) {
                span.start += 1;
            }
        }
    }

    /// Common words at the edges of a name that has a capital.
    fn trim(&mut self) {
        let words = &self.words;
        let is = |at: usize, test: fn(&str) -> bool| words.get(at).is_some_and(|w| test(w));
        for span in &mut self.spans {
            if !(span.start..span.end).any(|at| is(at, capital)) {
                continue;
            }
            while span.kind != PERSON && span.end > span.start + 1 && is(span.end - 1, small) {
                span.end -= 1;
            }
            while span.kind == PLACE && span.start < span.end - 1 && is(span.start, small) {
                span.start += 1;
            }
        }
    }

    fn add_bodies(&mut self, around: &Around) {
        for at in 1..self.words.len() {
            let alone = !capital(self.word(at - 1)) && !capital(self.word(at + 1));
            if alone && around.bodies.contains(self.word(at)) && self.free(at) {
                self.claim(at..at + 1, BODY);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gazetteer;
    use super::*;

    /// The words and names of a line of the rules' tests.
    fn read(line: &str) -> (Vec<&str>, Vec<Span>) {
        let mut spans: Vec<Span> = Vec::new();
        let mut words = Vec::new();
        for (at, part) in line.split(' ').enumerate() {
            let (word, tag) = part.split_once('/').unwrap_or((part, ""));
            words.push(word);
            match "PLON".find(tag.to_uppercase().as_str()).filter(|_| !tag.is_empty()) {
                Some(kind) if capital(tag) => spans.push(Span { start: at, end: at + 1, kind: kind as u8 }),
                Some(_) => spans.last_mut().unwrap().end = at + 1,
                None => {}
            }
        }
        (words, spans)
    }

    fn names<'a>(words: Vec<&'a str>, spans: Vec<Span>) -> Names<'a> {
        let proper = words.iter().map(|w| capital(w)).collect();
        Names { adjective: vec![false; words.len()], gaps: None, proper, words, spans }
    }

    #[test]
    fn the_rules_hold_their_tests() {
        for test in gazetteer::tests() {
            let (words, spans) = read(&test.before);
            let mut names = names(words, spans);
            names.mend(Gazetteer::built_in());
            assert_eq!(names.spans, read(&test.after).1, "{}", test.after);
        }
    }

    #[test]
    fn a_persons_own_names_count_most() {
        let own = Gazetteer::with("places = [\"Marrow\"]\norganizations = [\"Bell Rock\"]").unwrap();
        let (words, spans) = read("Marrow/P and Bell Rock/P");
        let mut names = names(words, spans);
        names.mend(&own);
        assert_eq!(names.spans, read("Marrow/L and Bell/O Rock/o").1);
    }

    #[test]
    fn a_name_ends_with_a_line_that_could_have_gone_on() {
        let text = "Thanks to you,\nAda\nTom Reed came down to the harbour with all of the\nothers from Port\nEllen";
        let mut places = Vec::new();
        for word in text.split_whitespace() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            places.push(start..start + word.len());
        }
        let whole = 0..text.len();
        let found = gaps(text, &places, &whole, width(text, &whole));
        let hard: Vec<&str> = text.split_whitespace().zip(found).filter(|(_, g)| g.hard).map(|(w, _)| w).collect();
        assert_eq!(hard, ["Ada", "Tom", "Ellen"]);
        assert_eq!(width(text, &whole), 49);
    }
}
