//! What stands around an expression and belongs to its value: `from … to …`, `since`, `before`, `about`, `early`, a
//! time of day beside its day.
//!
//! `early` and `late` are taken into the words but not into the value: EDTF has no way to say them.

use super::value::{Grain, Standpoint, Value};
use super::{Found, absolute, clock};
use crate::atom::Atom;

/// Puts neighbours together and takes in the words in front.
pub(super) fn together(text: &str, atoms: &[Atom], found: Vec<Found>, standpoint: &Standpoint) -> Vec<Found> {
    let framer = Framer { text, atoms, standpoint };
    let mut all: Vec<Found> = Vec::with_capacity(found.len());
    for mut next in found {
        framer.take_in_part(&mut next);
        let joined = all.last().and_then(|before| {
            framer
                .timed_day(before, &next)
                .or_else(|| framer.range(before, &next))
                .or_else(|| framer.sum(before, &next))
        });
        match joined {
            Some(whole) => {
                all.pop();
                all.push(whole);
            }
            None => all.push(next),
        }
    }
    let mut least = 0;
    for one in &mut all {
        framer.take_in_bound(one, least);
        least = one.end;
    }
    all
}

/// Whether one stretch of time begins where the other ends: `the 1920s and the 1930s` are one stretch.
fn follows(a: &Value, b: &Value) -> bool {
    matches!((a.ends, b.ends), (Some((_, last)), Some((first, _))) if last.plus_days(1) == first)
}

/// Nouns for a part of a stretch of time.
const PARTS: [&str; 10] = ["beginning", "end", "start", "middle", "close", "turn", "eve", "rest", "half", "course"];

struct Framer<'a> {
    text: &'a str,
    atoms: &'a [Atom],
    standpoint: &'a Standpoint,
}

impl Framer<'_> {
    fn says(&self, at: Option<usize>, words: &[&str]) -> bool {
        let atom = at.and_then(|at| self.atoms.get(at));
        atom.is_some_and(|a| words.iter().any(|w| a.text(self.text).eq_ignore_ascii_case(w)))
    }

    /// `early 1702`, `the end of May`, `mid-1904`, `later that day`.
    fn take_in_part(&self, found: &mut Found) {
        let before = |n: usize| found.start.checked_sub(n);
        let one =
            self.says(before(1), &["mid", "early", "late", "later", "earlier"]) && found.value.grain <= Grain::Years;
        let joined = self.says(before(2), &["mid", "early", "late"]) && self.says(before(1), &["-", "in", "‐"]);
        let part_of = self.says(before(1), &["of", "in"]) && self.says(before(2), &PARTS);
        match (one, joined || part_of) {
            (true, _) => found.start -= 1,
            (_, true) => found.start -= 2,
            _ => return,
        }
        if found.start > 0 && self.says(Some(found.start - 1), &["the"]) {
            found.start -= 1;
        }
    }

    /// A time of day beside its day: `7:30 p.m. on 3 May`, `Tuesday at noon`.
    fn timed_day(&self, a: &Found, b: &Found) -> Option<Found> {
        let between = self.atoms.get(a.end..b.start)?;
        let small =
            |atom: &Atom| ["on", "at", ",", "in", "the", "of", "about", "around"].contains(&atom.text(self.text));
        if between.len() > 2 || !between.iter().all(small) {
            return None;
        }
        let (clock, day) = match (a.value.grain, b.value.grain) {
            (Grain::Clock, Grain::Day) if a.value.ends.is_none() => (a, b),
            (Grain::Day, Grain::Clock) if b.value.ends.is_none() => (b, a),
            _ => return None,
        };
        let value = clock::on_day(&clock.value, day.value.ends?.0)?;
        Some(Found { start: a.start, end: b.end, value, yearless: None, tells: false, cited: None })
    }

    /// `two years and three months`: one length, where the second unit is the smaller.
    fn sum(&self, a: &Found, b: &Found) -> Option<Found> {
        let between = self.atoms.get(a.end..b.start)?;
        let small = |atom: &Atom| ["and", ","].contains(&atom.text(self.text));
        let (first, second) = (a.value.edtf.as_deref()?, b.value.edtf.as_deref()?);
        let rank = |e: &str| ["D", "W", "M", "Y"].iter().position(|u| e.ends_with(u));
        let exact = |e: &str| {
            e.strip_prefix('P').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()) && !r.contains('.'))
        };
        if between.len() > 1
            || !between.iter().all(small)
            || !exact(first)
            || !exact(second)
            || rank(first) <= rank(second)
        {
            return None;
        }
        let value = Value::text(format!("{first}{}", second.strip_prefix('P')?), Grain::Length);
        Some(Found { start: a.start, end: b.end, value, yearless: None, tells: false, cited: None })
    }

    /// `from 1899 to 1904`, `between May and July`, `3 May – 5 June 1921`.
    fn range(&self, a: &Found, b: &Found) -> Option<Found> {
        let between = self.atoms.get(a.end..b.start)?;
        let [link] = between else { return None };
        let link = link.text(self.text).to_lowercase();
        let led = |words: &[&str]| self.says(a.start.checked_sub(1), words);
        let linked = match link.as_str() {
            "to" | "until" | "till" | "through" => led(&["from"]) || a.value.grain == b.value.grain,
            "-" | "–" | "—" => a.value.grain == b.value.grain,
            "and" => led(&["between"]) || a.value.grain == Grain::Years && follows(&a.value, &b.value),
            _ => false,
        };
        let dated = |f: &Found| (Grain::Day..=Grain::Years).contains(&f.value.grain);
        if !linked || !dated(a) || !dated(b) {
            return None;
        }
        let value = self.same_year(a, b).unwrap_or_else(|| a.value.clone()).to(&b.value)?;
        let start = a.start - usize::from(led(&["from", "between"]));
        Some(Found { start, end: b.end, value, yearless: None, tells: false, cited: None })
    }

    /// The first end of a range, with the year that only the second end names.
    fn same_year(&self, a: &Found, b: &Found) -> Option<Value> {
        let (month, day) = a.yearless.filter(|_| b.yearless.is_none())?;
        let end = b.value.ends?.1;
        let told = |year: i32| {
            let standpoint = Standpoint {
                written: None,
                written_to: None,
                fresh: true,
                told: Some((crate::calendar::Day::new(year, 1, 1)?, Grain::Year)),
                ..*self.standpoint
            };
            absolute::yearless(month, day, &standpoint)
        };
        let same = told(end.year)?;
        if same.ends?.0 <= end { Some(same) } else { told(end.year - 1) }
    }

    /// `since 1898`, `before 1890`, `after 3 May`, `about 1650`.
    fn take_in_bound(&self, found: &mut Found, least: usize) {
        let Some(edtf) = found.value.edtf.clone().filter(|e| !e.contains(['[', '{', '~'])) else { return };
        let dated = found.value.ends.is_some() && (Grain::Day..=Grain::Years).contains(&found.value.grain);
        let Some(place) = found.start.checked_sub(1).filter(|p| *p >= least && dated) else { return };
        let Some(word) = self.atoms.get(place).map(|a| a.text(self.text).to_lowercase()) else { return };
        let second = self.atoms.get(place.wrapping_sub(1)).map(|a| a.text(self.text).to_lowercase());
        let second = second.unwrap_or_default();
        if edtf.contains('/') {
            // An interval has its ends already, and `between` is part of its words.
            found.start -= usize::from(word == "between" || word == "from");
            return;
        }
        let (value, start) = match (second.as_str(), word.as_str()) {
            (_, "about" | "around" | "circa" | "c." | "ca." | "approximately") if found.value.grain >= Grain::Month => {
                (format!("{edtf}~"), place)
            }
            (_, "since") => (format!("{edtf}/{}", self.until_now(found)), place),
            (_, "after" | "following") => (format!("{edtf}/.."), place),
            ("prior" | "up", "to") => (format!("../{edtf}"), place - 1),
            (_, "before" | "until" | "till" | "by") => (format!("../{edtf}"), place),
            _ => return,
        };
        found.start = start;
        found.value.edtf = Some(value);
    }

    /// The end of what goes on until the document is written.
    fn until_now(&self, found: &Found) -> String {
        match self.standpoint.now(found.value.grain.max(Grain::Day)) {
            Some(now) if found.value.grain >= Grain::Year => crate::calendar::year_edtf(now.year),
            Some(now) if self.standpoint.now(Grain::Day).is_some() => now.edtf(),
            _ => "..".into(),
        }
    }
}
