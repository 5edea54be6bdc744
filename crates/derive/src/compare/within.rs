//! What cannot be right inside one document's own words, by the words of `rules/within.toml`: a list without as many members
//! as its announcement says, a weekday that does not fit its date, an end before its beginning, a number of years or an
//! age that does not fit the years beside it, somebody's death before the birth.
//!
//! Only what the words themselves give counts: a date of which the reader worked out a part proves nothing. A clash inside
//! one statement is a comparison of that statement with itself.

use super::fact::{Fact, Says};
use super::measure::number;
use super::verdict::Found;
use super::{Aspect, Verdict};
use rashomon_core::{
    Document, MentionForm, ReadDocument, Reading, Sentence, Snapshot, Span, Statement, TimeExpression,
};
use rashomon_text::days::WEEKDAYS;
use rashomon_text::edtf::period;
use rashomon_text::space::one_line;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The bundled file.
const FILE: &str = include_str!("../../rules/within.toml");

#[derive(Debug, Default, Deserialize)]
struct Rules {
    announcing: String,
    open: String,
    part: String,
    ranges: Vec<(String, String)>,
    later: String,
    earlier: String,
    age: Vec<String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());

fn listed(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|w| w == word)
}

/// A pair with what was found; the same statement twice where the clash is inside it.
pub(super) type Clash<'a> = (&'a Statement, &'a Statement, Found);

/// The clashes inside each document of a snapshot, in its order.
pub(super) fn clashes<'a>(snapshot: &'a Snapshot, facts: &[Fact<'a>]) -> Vec<Clash<'a>> {
    let of_document = |(document, reading): &'a ReadDocument| {
        let own = Own { document, reading };
        reading.sentences.iter().flat_map(|sentence| own.sentence(sentence)).collect::<Vec<_>>()
    };
    let mut all: Vec<Clash<'a>> = snapshot.documents.par_iter().flat_map_iter(of_document).collect();
    all.extend(lives(facts));
    all
}

/// A document with its reading.
struct Own<'a> {
    document: &'a Document,
    reading: &'a Reading,
}

/// A word of a text in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    start: usize,
    end: usize,
}

/// The words of a stretch of text, with their places in it.
fn words(text: &str) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric()
            || start.is_some() && matches!(c, '-' | '’' | '\'' | '.' | ',') && {
                let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
                let digits = matches!(c, '.' | ',');
                let before = text.get(..at).and_then(|t| t.chars().next_back());
                next.is_some_and(|n| if digits { n.is_ascii_digit() } else { n.is_alphanumeric() })
                    && (!digits || before.is_some_and(|b| b.is_ascii_digit()))
            };
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let text = text.get(from..at).unwrap_or_default().to_lowercase();
                all.push(Word { text, start: from, end: at });
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// A whole number above one that words count to.
fn count(word: &str) -> Option<usize> {
    let value = number(word)?;
    (value.fract() == 0.0 && (2.0..=40.0).contains(&value)).then_some(value as usize)
}

impl<'a> Own<'a> {
    /// What clashes in a sentence. Most hold none of the words by which anything is looked for.
    fn sentence(&self, sentence: &Sentence) -> Vec<Clash<'a>> {
        let text = self.text(sentence.span);
        let announced = text.contains(':') || RULES.announcing.split(' ').any(|word| text.contains(word));
        let mut all: Vec<Clash<'a>> = Vec::new();
        all.extend(announced.then(|| self.list(sentence)).flatten());
        all.extend(self.weekdays(sentence));
        all.extend(self.ranges(sentence));
        all.extend(text.contains("years").then(|| self.later(sentence)).flatten());
        all.extend(text.contains("born").then(|| self.age(sentence)).flatten());
        all
    }

    fn text(&self, span: Span) -> &'a str {
        span.of(&self.document.text).unwrap_or_default()
    }

    /// The statement whose words hold a place: the one with the most words, so that nothing of the clash is left out.
    fn statement(&self, sentence: &Sentence, place: Span) -> Option<&'a Statement> {
        let first = self.reading.statements.partition_point(|s| s.sentence().start < sentence.span.start);
        let of_sentence = self.reading.statements.get(first..).unwrap_or_default();
        let mut of_sentence = of_sentence.iter().take_while(|s| s.sentence().start == sentence.span.start);
        let length = |s: &Statement| s.evidence().iter().map(|w| w.span.len()).sum::<usize>();
        let holding: Vec<&Statement> =
            of_sentence.clone().filter(|s| s.evidence().iter().any(|w| w.span.overlaps(place))).collect();
        holding.into_iter().max_by_key(|s| (length(s), std::cmp::Reverse(s.id()))).or_else(|| of_sentence.next())
    }

    fn told(&self, sentence: &Sentence, place: Span, aspect: Aspect, reason: String) -> Option<Clash<'a>> {
        let statement = self.statement(sentence, place)?;
        let found = Found { verdict: Verdict::Contradict, aspect, about: reason.clone(), reason, score: 0.7 };
        Some((statement, statement, found))
    }

    /// `seven members: ` and six names; `three reasons:` and a list of two lines.
    fn list(&self, sentence: &Sentence) -> Option<Clash<'a>> {
        let text = self.text(sentence.span);
        let all = words(text);
        if all.iter().any(|w| listed(&RULES.open, &w.text)) || text.contains(['…', '"', '“']) {
            return None;
        }
        let (at, told) = all.iter().enumerate().find_map(|(n, w)| Some((n, count(&w.text)?)))?;
        let only = all.iter().skip(at + 1).all(|w| number(&w.text).is_none());
        let before = at.checked_sub(1).and_then(|n| all.get(n)).map_or("", |w| w.text.as_str());
        if listed(&RULES.part, before) || before.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let announced = all.iter().skip(at + 1).find(|w| listed(&RULES.announcing, &w.text)).map(|w| w.end);
        let number_at = all.get(at)?.start;
        let colon = text.get(number_at..)?.find(':').map(|n| number_at + n + 1);
        let from = announced.or(colon)?;
        let between = text.get(all.get(at)?.end..from)?;
        let noun =
            all.get(at + 1..)?.iter().take(3).find(|w| w.text.ends_with('s') || w.text == "men" || w.text == "people");
        let noun = noun.filter(|w| w.end <= from && !between.contains([';', '.', '(']))?;
        let said = text.get(number_at..noun.end)?;
        let place = Span { start: sentence.span.start + number_at as u32, end: sentence.span.start + noun.end as u32 };
        let members = text.get(from..)?.trim().trim_matches(|c: char| c == ':' || c == ',').trim();
        if members.is_empty() {
            let below = self.lines_below(sentence.span.end)?;
            let reason = format!("{} against {below} in the list below", one_line(said));
            return (below != told).then(|| self.told(sentence, place, Aspect::Number, reason)).flatten();
        }
        let members = members.trim_end_matches(['.', '!', ';']);
        let (least, most) = self.members(sentence, from, members)?;
        let reason =
            format!("{} against {}: {}", one_line(said), if told > most { most } else { least }, one_line(members));
        (only && (told > most || told < least)).then(|| self.told(sentence, place, Aspect::Number, reason)).flatten()
    }

    /// How many members a list has at least and at most; nothing unless all of them are names, as far as can be seen.
    fn members(&self, sentence: &Sentence, from: usize, text: &str) -> Option<(usize, usize)> {
        let start = sentence.span.start as usize + from + self.text(sentence.span).get(from..)?.find(text)?;
        let mut items: Vec<(usize, &str)> = Vec::new();
        let mut at = 0;
        for part in text.split(if text.contains(';') { ';' } else { ',' }) {
            items.push((start + at, part));
            at += part.len() + 1;
        }
        let links = |item: &str| item.matches(" and ").count() + item.matches(" or ").count();
        let led = |item: &str| item.trim_start().starts_with("and ") || item.trim_start().starts_with("or ");
        let joined: usize = items.iter().map(|(_, item)| links(item) - usize::from(led(item)).min(links(item))).sum();
        let names = |(at, item): &(usize, &str)| {
            let end = at + item.len();
            let name = self.reading.mentions.iter().find(|m| {
                m.form == MentionForm::Name && m.words.span.start as usize >= *at && m.words.span.end as usize <= end
            });
            name.is_some() && item.split_whitespace().count() <= 6
        };
        let whole = items.len() > 1 && items.iter().all(names);
        // A name that itself holds `and` is one member; where that cannot be excluded, both counts are possible.
        let inner = items.iter().rev().skip(1).map(|(_, item)| links(item)).sum::<usize>();
        let last = items.last().map_or(0, |(_, item)| usize::from(!led(item) && links(item) > 0));
        let least = items.len() + if inner == 0 { last } else { 0 };
        whole.then_some((least, items.len() + joined))
    }

    /// How many lines the list has that begins below a place; nothing where there is none.
    fn lines_below(&self, end: u32) -> Option<usize> {
        let rest = self.document.text.get(end as usize..)?;
        let mut lines = rest.lines().skip_while(|l| l.trim().is_empty() || l.trim() == ":");
        let mark = |line: &str| {
            let line = line.trim_start();
            let digits = line.chars().take_while(char::is_ascii_digit).count();
            line.starts_with(['-', '*', '•', '–'])
                || (1..=2).contains(&digits) && line.get(digits..).is_some_and(|r| r.starts_with(['.', ')']))
        };
        let mut count = usize::from(lines.next().is_some_and(mark));
        if count == 0 {
            return None;
        }
        let mut blank = false;
        for line in lines {
            match (line.trim().is_empty(), mark(line)) {
                (true, _) => blank = true,
                (_, true) => (count, blank) = (count + 1, false),
                // A line that goes on belongs to its member; after a blank line the list is over.
                _ if blank => break,
                _ => {}
            }
        }
        (count > 1).then_some(count)
    }

    /// The time expressions of a sentence, in order.
    fn times(&self, sentence: &Sentence) -> Vec<&'a TimeExpression> {
        let first = self.reading.times.partition_point(|t| t.time.words.span.start < sentence.span.start);
        let of_sentence = self.reading.times.get(first..).unwrap_or_default().iter();
        of_sentence.take_while(|t| t.time.words.span.end <= sentence.span.end).collect()
    }

    /// `Friday, 22 October 1904`, which was a Saturday.
    fn weekdays(&self, sentence: &Sentence) -> Vec<Clash<'a>> {
        let mut all = Vec::new();
        for time in self.times(sentence) {
            let span = time.time.words.span;
            let text = &time.time.words.text;
            let before = self.document.text.get(..span.start as usize).unwrap_or_default();
            let before = before.get(before.len().saturating_sub(24)..).unwrap_or_default();
            let beside = |text: &str| words(text).iter().find_map(|w| WEEKDAYS.iter().position(|d| *d == w.text));
            let led =
                before.trim_end_matches([' ', ',', '\n']).rsplit(|c: char| !c.is_alphabetic()).next().and_then(beside);
            let Some(named) = beside(text).or(led) else { continue };
            let day = time.time.edtf.as_deref().and_then(period).and_then(|p| p.day());
            let Some(day) = day.filter(|_| explicit_year(text).is_some()) else { continue };
            // 1 January 1970 was a Thursday.
            let of = |day: i64| usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
            // Before 1930 the date may be of the Julian calendar, ten to thirteen days behind by the century.
            let behind = explicit_year(text).map_or(13, |year| (year / 100 - 6).clamp(10, 13));
            let old = day < -14_610 && of(day + behind) == named;
            if of(day) == named || old {
                continue;
            }
            let names = [named, of(day)].map(|n| WEEKDAYS.get(n).map_or(String::new(), |d| capital(d)));
            let [named, right] = &names;
            let date = one_line(text);
            let date =
                date.split_once(named.as_str()).map_or(date.as_str(), |(_, rest)| rest.trim_start_matches([',', ' ']));
            let reason = format!("{named} against {date}, a {right}");
            all.extend(self.told(sentence, span, Aspect::Time, reason));
        }
        all
    }

    /// `from 1920 to 1915`.
    fn ranges(&self, sentence: &Sentence) -> Vec<Clash<'a>> {
        let times = self.times(sentence);
        let mut all = Vec::new();
        for pair in times.windows(2) {
            let [a, b] = pair else { continue };
            let (s, t) = (a.time.words.span, b.time.words.span);
            let between = self.document.text.get(s.end as usize..t.start as usize).unwrap_or_default().trim();
            let first = a.time.words.text.split_whitespace().next().unwrap_or_default().to_lowercase();
            let outside = self.document.text.get(..s.start as usize).unwrap_or_default();
            let led = outside.split_whitespace().next_back().unwrap_or_default().to_lowercase();
            let range = RULES.ranges.iter().find(|(from, to)| (first == *from || led == *from) && between == to);
            let explicit = [a, b].iter().all(|t| explicit_year(&t.time.words.text).is_some());
            let days = [a, b].map(|t| t.time.edtf.as_deref().and_then(period));
            let (Some((from, to)), [Some(p), Some(q)], true) = (range, days, explicit) else { continue };
            if p.first.zip(q.last).is_some_and(|(begin, end)| end < begin) {
                let words = |t: &TimeExpression| {
                    let words = one_line(&t.time.words.text);
                    let bare = words
                        .split_once(' ')
                        .filter(|(w, _)| w.to_lowercase() == *from)
                        .map(|(_, rest)| rest.to_owned());
                    bare.unwrap_or(words)
                };
                let reason = format!("{from} {} against {to} {}", words(a), words(b));
                all.extend(self.told(sentence, s, Aspect::Time, reason));
            }
        }
        all
    }

    /// `In 1880 the dam broke; four years later, in 1890, it was rebuilt.`
    fn later(&self, sentence: &Sentence) -> Option<Clash<'a>> {
        let text = self.text(sentence.span);
        let all = words(text);
        let years: Vec<(usize, i64)> = all.iter().enumerate().filter_map(|(n, w)| Some((n, year(&w.text)?))).collect();
        let [(first, from), (second, to)] = years.as_slice() else { return None };
        let window = all.get(first + 1..*second)?;
        let at = window.windows(3).position(|w| {
            let [number_of, unit, link] = w else { return false };
            count(&number_of.text).is_some()
                && unit.text == "years"
                && (listed(&RULES.later, &link.text) || listed(&RULES.earlier, &link.text))
        })?;
        let (span, link) = (count(&window.get(at)?.text)? as i64, window.get(at + 2)?);
        let rough = at.checked_sub(1).and_then(|n| window.get(n)).is_some_and(|w| listed(&RULES.open, &w.text));
        // `four years later, in 1890`: the year is the one that is meant.
        let meant = window.get(at + 3..)?.iter().all(|w| w.text == "in") && window.len() <= at + 4;
        let wanted = if listed(&RULES.later, &link.text) { from + span } else { from - span };
        let words_of = |from: usize, to: usize| text.get(all.get(from)?.start..all.get(to)?.end);
        let said = words_of(first + 1 + at, first + 3 + at)?;
        let place = Span { start: sentence.span.start + link.start as u32, end: sentence.span.start + link.end as u32 };
        let reason = format!("{from} and {} against {to}", one_line(said));
        (meant && !rough && (wanted - to).abs() > 1).then(|| self.told(sentence, place, Aspect::Time, reason)).flatten()
    }

    /// `born in 1860 and died in 1900 at the age of 25`.
    fn age(&self, sentence: &Sentence) -> Option<Clash<'a>> {
        let text = self.text(sentence.span);
        let all = words(text);
        let years: Vec<(usize, i64)> = all.iter().enumerate().filter_map(|(n, w)| Some((n, year(&w.text)?))).collect();
        let [(first, born), (second, then)] = years.as_slice() else { return None };
        let led = all.get(first.saturating_sub(4)..*first)?.iter().position(|w| w.text == "born")?;
        let phrase = |cue: &&String| {
            let parts: Vec<&str> = cue.split_whitespace().collect();
            let at = all.windows(parts.len()).position(|w| w.iter().zip(&parts).all(|(w, p)| w.text == *p))?;
            let number_of = all.get(at + parts.len())?;
            Some((at, number(&number_of.text)?))
        };
        let (at, age) = RULES.age.iter().find_map(|cue| phrase(&cue))?;
        let near = at > *second && at - second <= 3 || at < *second && at > *first && second - at <= 6;
        let passed = then - born;
        let fits = age.fract() == 0.0 && (age as i64 == passed || age as i64 + 1 == passed);
        let only = all.iter().filter(|w| w.text == "born").count() == 1 && led < *first;
        let word = all.get(at)?;
        let place = Span { start: sentence.span.start + word.start as u32, end: sentence.span.start + word.end as u32 };
        let reason = format!("born in {born} and {age} in {then} against {passed}");
        (near && only && !fits && passed > 0).then(|| self.told(sentence, place, Aspect::Number, reason)).flatten()
    }
}

/// The year that some words give in figures.
fn explicit_year(text: &str) -> Option<i64> {
    words(text).iter().find_map(|w| year(&w.text))
}

fn year(word: &str) -> Option<i64> {
    let told = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|y| told && (1000..2200).contains(y))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Somebody who died, by one sentence, before another of the same document says the birth was.
fn lives<'a>(facts: &[Fact<'a>]) -> Vec<Clash<'a>> {
    let mut births: BTreeMap<(usize, &str), &Fact<'a>> = BTreeMap::new();
    let dated = |fact: &&Fact<'a>| {
        let told = fact.time.is_some_and(|(t, _)| explicit_year(&t.words.text).is_some());
        fact.affirmed && !fact.future && told
    };
    let person = |fact: &'_ Fact<'a>, lemmas: &[&str]| -> Option<&'a str> {
        let Says::Event(event) = &fact.says else { return None };
        let one = event.undergoers.first().or(event.doers.first()).filter(|p| !p.pronoun)?;
        let single = event.undergoers.len() + event.doers.len() == 1;
        (single && lemmas.contains(&event.lemma)).then(|| one.named().map(|a| a.id.as_str())).flatten()
    };
    for fact in facts.iter().filter(dated) {
        if let Some(who) = person(fact, &["bear", "born"]) {
            births.entry((fact.document, who)).or_insert(fact);
        }
    }
    let mut all = Vec::new();
    for fact in facts.iter().filter(dated) {
        let birth = person(fact, &["die", "perish"]).and_then(|who| births.get(&(fact.document, who)));
        let (Some(birth), Some((death, end))) = (birth, fact.time) else { continue };
        let Some((born, begin)) = birth.time else { continue };
        if end.last.zip(begin.first).is_some_and(|(last, first)| last < first) {
            let reason = format!("born {} against died {}", one_line(&born.words.text), one_line(&death.words.text));
            let found =
                Found { verdict: Verdict::Contradict, aspect: Aspect::Time, about: reason.clone(), reason, score: 0.7 };
            all.push((birth.statement, fact.statement, found));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;
    use crate::resolve::Actors;

    #[derive(Deserialize)]
    struct Tests {
        test: Vec<Test>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Test {
        text: String,
        finds: Vec<String>,
    }

    fn found(text: &str) -> Option<Vec<String>> {
        let snapshot = testing::read(&[("a.txt", "", text)])?;
        let actors = Actors::resolve(&snapshot);
        let names = super::super::party::Names::of(&actors);
        let facts = super::super::fact::facts(&snapshot, &actors, &names);
        let all = clashes(&snapshot, &facts);
        Some(all.into_iter().map(|(_, _, f)| format!("{}: {}", f.aspect.as_str(), f.reason)).collect())
    }

    #[test]
    fn the_tests_in_the_file_hold() {
        let tests: Tests = toml::from_str(FILE).unwrap();
        let rules: Rules = toml::from_str(FILE).unwrap();
        assert!(tests.test.len() > 8 && rules.ranges.len() > 3);
        let mut wrong = Vec::new();
        for test in tests.test {
            let Some(found) = found(&test.text) else { return };
            if found != test.finds {
                wrong.push(format!("{}\n  finds {found:?}\n  not   {:?}", test.text, test.finds));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn somebody_who_died_before_the_birth_is_found_in_one_document() {
        let Some(all) = found("Anne Lowry was born in 1860. The mill was sold. Anne Lowry died in 1850.") else {
            return;
        };
        assert_eq!(all, ["time: born 1860 against died 1850"]);
        assert_eq!(found("Anne Lowry was born in 1860. Anne Lowry died in 1890."), Some(vec![]));
    }

    #[test]
    fn numbers_and_words_are_cut_where_they_end() {
        let all: Vec<String> =
            words("The 1,200 men’s log-book (No. 3): 4.5 tons, 1904.").into_iter().map(|w| w.text).collect();
        assert_eq!(all, ["the", "1,200", "men’s", "log-book", "no", "3", "4.5", "tons", "1904"]);
    }
}
