//! Step 7, times: every expression of time with its value in EDTF.
//!
//! The patterns are data (`rules/times.toml`); what a pattern means is worked out here, from the document's date, from
//! the last date that the text has given and from the tense around. Then neighbours are put together and the words in
//! front that change a value are taken in ([`frame`]). What cannot be known is left open, never guessed: a day of an
//! unnamed year is `XXXX-01-03`, `yesterday` in an undated text has no value.

mod value;

mod absolute;

mod relative;

mod clock;

mod frame;

use crate::atom::{Atom, AtomKind};
use crate::calendar::{Day, convert};
use crate::lexicon::{Class, form};
use crate::page::Page;
use crate::part::Tag;
use crate::pattern::{Fit, Patterns};
use rashomon_core::{Calendar, Document, TimeRole, ZoneKind};
use std::collections::BTreeMap;
use value::{Grain, Standpoint, Value};

/// An expression that was found in a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// First atom.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// Its value.
    value: Value,
    /// Its month and day, where it names no year.
    yearless: Option<(u8, Option<u8>)>,
    /// Whether it moves the text's time line on.
    tells: bool,
    /// The year of a work, where it is one.
    cited: Option<i32>,
}

impl Found {
    /// As EDTF.
    pub(crate) fn edtf(&self) -> Option<String> {
        self.value.edtf.clone()
    }
    /// The calendar of its words.
    pub(crate) fn calendar(&self) -> Calendar {
        self.value.calendar
    }
}

/// What is carried from paragraph to paragraph: the standpoint, and how long ago the text gave a date.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    standpoint: Standpoint,
    silent: usize,
    /// The year of the last work that the paragraph has cited since it told a date.
    cited: Option<i32>,
    /// Every date that moved the line on, with the byte behind its words.
    told: Vec<(u32, (Day, Grain))>,
}

/// Marks of notes as they stand in the text, each with the first byte at which it does.
pub(crate) type NoteMarks<'a> = BTreeMap<&'a str, u32>;

/// The marks of a document's notes: what little of a note stands amid the text.
pub(crate) fn note_marks(document: &Document) -> NoteMarks<'_> {
    let mut all = NoteMarks::new();
    for zone in document.zones.iter().filter(|z| z.kind == ZoneKind::Note) {
        let mark = zone.span.of(&document.text).map(str::trim).filter(|m| !m.is_empty() && m.chars().count() <= 4);
        if let Some(mark) = mark {
            all.entry(mark).or_insert(zone.span.start);
        }
    }
    all
}

/// Where in the text the mark stands with which a note begins.
pub(crate) fn marked(page: &Page, atoms: &[Atom], zone: ZoneKind, marks: &NoteMarks<'_>) -> Option<u32> {
    let (first, last) = (atoms.first().filter(|_| zone == ZoneKind::Note)?, atoms.last()?);
    let zone = page.document.zones.iter().find(|z| z.span.start <= first.start && first.start < z.span.end)?;
    let mark = page.text().get(zone.span.start as usize..last.end as usize)?.split_whitespace().next()?;
    marks.get(mark).copied().filter(|at| *at < zone.span.start)
}

/// Meanings that move the text's time line on; `last year` and `a year earlier` only look aside.
const TELLING: [&str; 10] =
    ["date", "nth-weekday", "weekday-day", "days", "numeric", "year", "deictic", "weekday", "julian", "both-styles"];

/// Paragraphs after which the text's own time line is forgotten.
const FORGET: usize = 3;

impl Line {
    /// The line at the beginning of a document with a date.
    pub(crate) fn of(date: Option<&str>) -> Line {
        Line { standpoint: Standpoint::of(date), ..Line::default() }
    }

    /// The line as it stood at a byte of what was read, with the date that it had reached there; nothing if it had none.
    pub(crate) fn at(&self, byte: u32) -> Option<Line> {
        let before = self.told.partition_point(|(end, _)| *end <= byte).checked_sub(1)?;
        let told = self.told.get(before).map(|(_, told)| *told);
        Some(Line { standpoint: Standpoint { told, fresh: true, ..self.standpoint }, ..Line::default() })
    }

    /// Looks at a whole stretch of the text for the calendar in use: it names a place that uses the solar one, and all
    /// years in it are either of that or of modern times.
    pub(crate) fn look(&mut self, paragraphs: &[Vec<Atom>], patterns: &Patterns) {
        let all = || paragraphs.iter().flat_map(|atoms| (0..atoms.len()).map(move |at| (atoms, at)));
        let mut years = all().filter_map(|(atoms, at)| Some(atoms.get(at)?).filter(|a| a.digits == 4)).map(|a| a.value);
        let modern = years.all(|y| clock::SOLAR_YEARS.contains(&(y as i32)) || !(1000..1800).contains(&y));
        self.standpoint.solar = modern && all().any(|(atoms, at)| patterns.member("SOLAR_USE", atoms, at).is_some());
    }

    /// Compares the days that the text names with the day on which it is known to be written: a text that bears that day
    /// in the Julian calendar, and nowhere in the Gregorian one, uses the Julian calendar.
    pub(crate) fn compare(&mut self, text: &str, paragraphs: &[Vec<Atom>], patterns: &Patterns) {
        let Some(written) = self.standpoint.now(Grain::Day) else { return };
        let (mut old, mut new) = (false, false);
        for (atoms, at) in paragraphs.iter().flat_map(|atoms| (0..atoms.len()).map(move |at| (atoms, at))) {
            let whole = patterns.fit(text, atoms, at).filter(|fit| fit.means == "date");
            let Some(day) = whole.and_then(|fit| clock::named_day(&fit, &self.standpoint)) else { continue };
            new |= day == written;
            old |= convert(Calendar::Julian, day.year, day.month, day.day) == Some(written);
        }
        self.standpoint.julian = old && !new;
    }

    /// Moves on to an expression.
    fn note(&mut self, found: &Found, end: u32) {
        match found.cited {
            Some(year) => self.cited = Some(year),
            None if found.tells => self.cited = None,
            None => {}
        }
        let Some((first, _)) = found.value.ends else { return };
        if found.tells && found.value.grain <= Grain::Year {
            self.standpoint.told = Some((first, found.value.grain));
            self.told.push((end, (first, found.value.grain)));
            self.standpoint.fresh = true;
            self.silent = 0;
        }
        let code = 33 + (first.month - 1) / 3;
        let quarter = found.value.edtf.as_deref().is_some_and(|e| e.ends_with(&format!("-{code}")));
        if found.value.grain == Grain::Part && quarter {
            self.standpoint.quarter.get_or_insert((first.year, code));
            self.silent = 0;
        }
    }
}

/// The expressions of a paragraph.
pub(crate) fn read(page: &Page, atoms: &[Atom], patterns: &Patterns, line: &mut Line) -> Vec<Found> {
    line.silent += 1;
    line.cited = None;
    let told_year = line.standpoint.told.is_some_and(|(_, grain)| grain == Grain::Year);
    if told_year && line.standpoint.written.is_some() {
        line.standpoint.fresh = false;
    }
    if line.silent > FORGET {
        line.standpoint.told = None;
        line.standpoint.quarter = None;
    }
    let mut all: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let Some(found) = one(page, atoms, patterns, line, at) else {
            at += 1;
            continue;
        };
        at = found.end;
        line.note(&found, atoms.get(found.end - 1).map_or(0, |a| a.end));
        all.push(found);
    }
    one_day_twice(page.text(), atoms, &mut all);
    frame::together(page.text(), atoms, all, &line.standpoint)
}

/// `14 October, which is 27 October in London`: of two days that are one the first is of the Julian calendar, if the distance
/// is right.
fn one_day_twice(text: &str, atoms: &[Atom], all: &mut [Found]) {
    for n in 1..all.len() {
        let (Some(a), Some(b)) = (all.get(n - 1), all.get(n)) else { continue };
        let between = atoms.get(a.end..b.start).unwrap_or_default();
        let words: Vec<String> = between.iter().map(|atom| atom.text(text).to_lowercase()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| *w != ",").collect();
        let same = matches!(
            words.as_slice(),
            ["which" | "that", "is" | "was"] | ["being" | "or"] | ["(", "which" | "that", "is" | "was"]
        );
        let days = [a, b].iter().all(|f| f.value.grain == Grain::Day && f.value.calendar == Calendar::Gregorian);
        if !same || !days {
            continue;
        }
        let old = a.value.clone().read_as_julian();
        if old.ends == b.value.ends
            && let Some(first) = all.get_mut(n - 1)
        {
            first.value = old;
        }
    }
}

fn one(page: &Page, atoms: &[Atom], patterns: &Patterns, line: &Line, at: usize) -> Option<Found> {
    let fit = patterns.fit(page.text(), atoms, at).filter(|_| atoms[at].text(page.text()) != ",")?;
    let token = atoms.get(at)?.token;
    let mut standpoint = line.standpoint;
    // Nothing that a work tells is later than the work.
    let beyond = |(told, _): (Day, Grain)| line.cited.is_some_and(|year| told.year > year);
    if let Some(first) = line.cited.filter(|_| standpoint.told.is_some_and(beyond)).and_then(|y| Day::new(y, 1, 1)) {
        (standpoint.told, standpoint.fresh) = (Some((first, Grain::Year)), true);
    }
    (standpoint.past, standpoint.future) = tense(page, token, atoms.get(fit.end - 1)?.token);
    let lower: Vec<String> =
        atoms.get(fit.start..fit.end)?.iter().map(|a| a.text(page.text()).to_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    if !is_time(page, atoms, &fit, &words) {
        return None;
    }
    let mut value = meaning(&fit, &words, &standpoint)?;
    let days = matches!(fit.means, "date" | "days") && value.calendar == Calendar::Gregorian;
    if days && (standpoint.julian || says_julian(page, token)) {
        value = value.read_as_julian();
    }
    let date = fit.means == "date" && absolute::named_year(&fit, &standpoint).is_none();
    let small = |v: i64| u8::try_from(v).unwrap_or(0);
    let yearless = fit.value("MONTH").filter(|_| date).map(|m| {
        let day = fit.value("DAY").or_else(|| fit.value("ORD").map(|o| o + fit.value("TENS").unwrap_or(0)));
        (small(m), day.map(small))
    });
    let cited =
        value.grain >= Grain::Year && (in_citation(page, token) || in_brackets(page.text(), atoms, fit.start, fit.end));
    let tells = !cited && TELLING.contains(&fit.means) || !cited && fit.means == "shift" && fit.value("AGO") == Some(2);
    // A comma before a year that did not follow is the sentence's own.
    let end = fit.end - usize::from(words.last() == Some(&","));
    let year = value.ends.filter(|_| cited && value.grain == Grain::Year).map(|(first, _)| first.year);
    Some(Found { start: fit.start, end, value, yearless, tells, cited: year })
}

/// Whether the sentence names the Julian calendar, and no other stands nearer to the expression.
fn says_julian(page: &Page, token: usize) -> bool {
    let Some(sentence) = page.sentence_of(token).and_then(|s| page.sentences.get(s)) else { return false };
    let near = |word: &str| sentence.range.indices().filter(|t| page.says(*t, word)).map(|t| t.abs_diff(token)).min();
    let nearer = |julian: usize| near("gregorian").is_none_or(|gregorian| julian < gregorian);
    near("calendar").is_some() && near("julian").is_some_and(nearer)
}

/// What a fit stands for.
fn meaning(fit: &Fit, words: &[&str], standpoint: &Standpoint) -> Option<Value> {
    match fit.means {
        "date" => absolute::date(fit, standpoint),
        "nth-weekday" => absolute::nth_weekday(fit, standpoint),
        "weekday-day" => absolute::weekday_day(fit, standpoint),
        "day-of-month" => absolute::day_of_month(fit, standpoint),
        "days" => absolute::days(fit, standpoint),
        "months" => absolute::months(fit, standpoint),
        "numeric" => absolute::numeric(fit, standpoint),
        "year" => clock::year(fit, standpoint),
        "years" => absolute::years(fit, words),
        "decade" => absolute::decade(fit, standpoint),
        "century" => absolute::century(fit),
        "season" => absolute::season(fit, words, standpoint),
        "quarter" => absolute::quarter(fit, words, standpoint),
        "same-quarter" => absolute::same_quarter(words, standpoint),
        "half" => absolute::half(fit, words, standpoint),
        "holiday" => absolute::holiday(fit, standpoint),
        "deictic" => relative::deictic(fit, words, standpoint),
        "weekday" => relative::weekday(fit, words, standpoint),
        "unit" => relative::unit(fit, words, standpoint),
        "shift" => relative::shift(fit, words, standpoint),
        // `He soon published it`: soon after what was told, and nobody says how soon.
        "future" if standpoint.past && words.len() == 1 => Some(Value::open(Grain::Reference)),
        "now" | "past" | "future" => relative::reference(fit.means, standpoint),
        "length" => relative::length(fit, words),
        "vague_length" => relative::length_of(None, relative::unit_of(fit).unwrap_or(8)),
        "recent" => relative::recent(standpoint),
        "then" => relative::then(words, standpoint),
        "onwards" => relative::onwards(words, standpoint),
        "past_length" => relative::past_length(fit, words, standpoint),
        "next_length" => relative::length_of(fit.number().copied(), relative::unit_of(fit)?),
        "age" => relative::length_of(fit.number().copied(), relative::unit_of(fit).unwrap_or(8)),
        "repeated" => repeated(fit),
        "clock" => clock::clock(fit),
        "daypart" => clock::daypart(fit, words),
        "solar-hijri" => clock::other(fit, Calendar::SolarHijri, "SOLAR", standpoint),
        "hijri" => clock::other(fit, Calendar::Hijri, "LUNAR", standpoint),
        "hebrew" => clock::other(fit, Calendar::Hebrew, "HEBREW", standpoint),
        "julian" => clock::julian(fit, standpoint),
        "both-styles" => clock::both_styles(fit, standpoint),
        "both-years" => clock::both_years(fit),
        "open" => Some(Value::open(Grain::Reference)),
        _ => None,
    }
}

/// `every week`, `daily`, `twice a year`: how often, as the length between two times.
fn repeated(fit: &Fit) -> Option<Value> {
    let unit = relative::unit_of(fit).or_else(|| fit.value("OFTEN"));
    if let Some(month) = fit.value("MONTH") {
        return Some(Value::text(format!("XXXX-{month:02}"), Grain::Length));
    }
    if let Some(day) = fit.value("WEEKDAY").or_else(|| fit.value("WEEKDAYS")) {
        return Some(Value::text(format!("XXXX-WXX-{day}"), Grain::Length));
    }
    match (unit, fit.value("SEASON"), fit.value("DAYPART")) {
        (Some(unit), ..) => {
            relative::length_of(Some(fit.number().copied().unwrap_or(crate::number::Number::of(1))), unit)
        }
        (_, Some(season), _) => Some(Value::text(format!("XXXX-{season}"), Grain::Length)),
        (.., Some(_)) => Some(Value::text("P1D", Grain::Length)),
        _ => None,
    }
}

/// Words that stand before a year.
const BEFORE_YEAR: [&str; 34] = [
    "in", "of", "since", "until", "till", "by", "before", "after", "during", "early", "late", "mid", "year", "and",
    "or", "the", "from", "circa", "around", "about", "between", "(", ",", "this", "its", "his", "their", "for", "to",
    "through", "with", "a", "summer", "-",
];
/// Of these, the ones after which a noun may follow the year.
const SURE: [&str; 12] = ["in", "of", "since", "until", "the", "during", "early", "late", "its", "this", "their", "a"];

/// Whether what fits a pattern is used as an expression of time here.
fn is_time(page: &Page, atoms: &[Atom], fit: &Fit, words: &[&str]) -> bool {
    let text = page.text();
    let small = |class: &str| fit.all(class).any(|c| !atoms[c.at].capital);
    if small("MONTH") || small("WEEKDAY") || small("SOLAR") || small("LUNAR") || small("HEBREW") {
        return false;
    }
    let before = fit.start.checked_sub(1).and_then(|i| atoms.get(i));
    let behind = atoms.get(fit.end);
    let word = |atom: Option<&Atom>| atom.map(|a| a.text(text).to_lowercase()).unwrap_or_default();
    match fit.means {
        "year" if words.len() == 1 && atoms[fit.start].kind == AtomKind::Digits => {
            let previous = word(before);
            let joined = |a: Option<&Atom>, glued: bool| a.is_some_and(|_| glued);
            let glued_before = joined(before, atoms[fit.start].glued)
                && !matches!(previous.as_str(), "(" | "[" | "'" | "\"" | "“" | "‘" | "mid" | "-" | "–" | "—");
            let glued_behind = behind
                .is_some_and(|b| b.glued && (b.kind != AtomKind::Mark || matches!(b.text(text), "/" | ":" | "%")));
            let noun = behind.is_some_and(|b| {
                !b.glued
                    && !b.capital
                    && b.kind == AtomKind::Word
                    && page.tag(b.token) == Tag::Noun
                    && b.text(text).ends_with(['s', 'n'])
            });
            let early = atoms[fit.start].value < 1500;
            let led = BEFORE_YEAR.contains(&previous.as_str());
            !glued_before && !glued_behind && (!noun || SURE.contains(&previous.as_str())) && (led || !early)
        }
        // `on the 2nd floor` is no day, nor `on the 21st Street`.
        "day-of-month" => {
            behind.is_none_or(|b| b.kind == AtomKind::Mark || !b.capital && !page.tag(b.token).is_nominal())
        }
        "date" if words.len() == 1 => alone_month(page, atoms, fit, &word(before)),
        "weekday" if words.len() == 1 && words[0].len() <= 4 => false,
        // `the fall of the town` is no season, nor is `after the fall`.
        "season" if words.len() == 2 && words[1] == "fall" && words[0] == "the" => {
            word(behind) != "of" && ["in", "during", "by", "until", "since"].contains(&word(before).as_str())
        }
        "repeated" if words.len() == 1 => !atoms[fit.start].capital || fit.start == 0 || word(before) == ".",
        "clock" => word(behind) != "%",
        // `as soon as he came`, `shortly before one`: not by itself a time.
        "future" if words.len() == 1 => {
            let as_soon_as = word(before) == "as" && word(behind) == "as";
            !as_soon_as && !["before", "after"].contains(&word(behind).as_str())
        }
        // `a quarter to nine`, `a quarter of an hour`.
        "length" | "vague_length" if words.last() == Some(&"quarter") => {
            !["to", "past", "before", "after", "of"].contains(&word(behind).as_str())
        }
        _ => true,
    }
}

/// A month's name alone is a month unless it is a person's or a verb at the head of a sentence.
fn alone_month(page: &Page, atoms: &[Atom], fit: &Fit, previous: &str) -> bool {
    let name = atoms[fit.start].text(page.text());
    let doubtful =
        ["May", "March", "April", "June", "August", "Mar", "Jun", "Jan", "Dec", "MAY", "MARCH"].contains(&name);
    let led = [
        "in", "since", "until", "till", "by", "last", "next", "early", "late", "of", "mid", "from", "to", "through",
        "before", "after", "between", "during", "and", "this",
    ]
    .contains(&previous);
    let behind = atoms.get(fit.end);
    let in_name = behind.is_some_and(|b| b.capital && b.kind == AtomKind::Word && !b.glued)
        || fit.start > 0 && atoms[fit.start - 1].capital && !led && atoms[fit.start - 1].kind == AtomKind::Word;
    led || !doubtful && !in_name
}

/// Whether the words around an expression speak of the past, of what is to come, or of neither.
fn tense(page: &Page, first: usize, last: usize) -> (bool, bool) {
    let Some(sentence) = page.sentence_of(first).and_then(|s| page.sentences.get(s)) else { return (false, false) };
    let range = sentence.range;
    let before = (range.start..first).rev().take(14);
    let after = (last + 1..range.end).take(10);
    let told = |token: usize| {
        let (tag, entry) = (page.tag(token), page.entry(token));
        if tag == Tag::Auxiliary && entry.is(Class::Future) {
            return Some((false, true));
        }
        match tag {
            Tag::Verb | Tag::Participle if entry.forms & form::PAST != 0 && entry.forms & form::BASE == 0 => {
                Some((true, false))
            }
            Tag::Auxiliary if ["was", "were", "had", "did"].iter().any(|w| page.says(token, w)) => Some((true, false)),
            Tag::Verb | Tag::Auxiliary => Some((false, false)),
            _ => None,
        }
    };
    let nearest_before = before.enumerate().find_map(|(d, t)| told(t).map(|v| (d, v, t)));
    let nearest_after = after.enumerate().find_map(|(d, t)| told(t).map(|v| (d, v, t)));
    let chosen = match (nearest_before, nearest_after) {
        (Some(b), Some(a)) => Some(if b.0 <= a.0 + 4 { b } else { a }),
        (b, a) => b.or(a),
    };
    let Some((_, verdict, token)) = chosen else { return (false, false) };
    // `was to sail`, `will have sailed`: an auxiliary right before tells.
    let helped = (token.saturating_sub(3).max(range.start)..token)
        .any(|t| page.tag(t) == Tag::Auxiliary && page.entry(t).is(Class::Future))
        || (token..token + 3)
            .any(|t| ["expected", "scheduled", "due", "planned", "slated", "set"].iter().any(|w| page.says(t, w)));
    if helped { (false, true) } else { verdict }
}

/// What an expression dates.
pub(crate) fn role(page: &Page, atoms: &[Atom], found: &Found, zone: ZoneKind, place: usize) -> TimeRole {
    let (Some(first), Some(last)) = (atoms.get(found.start), atoms.get(found.end - 1)) else { return TimeRole::Event };
    let cited = in_citation(page, first.token) && in_citation(page, last.token);
    let year = found.value.grain == Grain::Year || found.value.grain == Grain::Years;
    if cited || year && zone == ZoneKind::Note || year && in_brackets(page.text(), atoms, found.start, found.end) {
        return TimeRole::Citation;
    }
    let dated = found.value.ends.is_some() && found.value.grain <= Grain::Month;
    if !dated {
        return TimeRole::Event;
    }
    let alone = (found.end - found.start) * 3 >= atoms.len() && atoms.len() <= 16;
    let announced = atoms.iter().take(found.start).rev().take(3).any(|a| {
        ["published", "updated", "posted", "received", "accepted", "revised", "issued", "dated", "date"]
            .contains(&a.text(page.text()).to_lowercase().as_str())
    });
    let headed = zone == ZoneKind::Byline
        || alone && (place < 12 && atoms.len() <= 8 || announced)
        || announced && atoms.len() <= 16
        || place < 3 && found.start < 8 && dashed(page.text(), atoms, found);
    if headed { TimeRole::DateLine } else { TimeRole::Event }
}

/// `Hart (1904)`, `(Hart, 1904: 10)`.
fn in_brackets(text: &str, atoms: &[Atom], start: usize, end: usize) -> bool {
    let at = |i: usize| atoms.get(i).map_or("", |a| a.text(text));
    let opened = start > 1 && at(start - 1) == "(";
    let name = start > 1 && atoms[start - 2].capital && atoms[start - 2].kind == AtomKind::Word;
    opened && (name || at(start.wrapping_sub(2)) == "al.") && matches!(at(end), ")" | ":" | ",")
}

/// Whether a token stands in the cue of a citation.
fn in_citation(page: &Page, token: usize) -> bool {
    page.attributions.iter().any(|a| a.by == "citation" && a.cue.is_some_and(|c| c.has(token)))
}

/// `HULL, 3 May (Courier) — The ...`: a place before, a bracket or dash behind.
fn dashed(text: &str, atoms: &[Atom], found: &Found) -> bool {
    let behind = atoms.iter().skip(found.end).take(6).any(|a| matches!(a.text(text), "—" | "–" | "--" | "-"));
    found.start > 0 && atoms[0].capital && behind
}
