//! Step 7: expressions of time and quantities, read together because they share their words: `1900 men` are no year
//! and `the 1900 fire` is.

use crate::atom::{Atom, atoms};
use crate::page::{Page, Range};
use crate::pattern::{Patterns, RuleText};
use crate::token::tokenize;
use crate::{quantity, time};
use rashomon_core::{Quantity, Span, TimeExpression, TimeRole, Timed, Words, ZoneKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A file of word lists and patterns.
#[derive(Debug, Default, Deserialize)]
struct MeasureFile {
    #[serde(default)]
    lists: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleText>,
}

const FILES: [&str; 3] = [
    include_str!("../rules/numbers.toml"),
    include_str!("../rules/times.toml"),
    include_str!("../rules/quantities.toml"),
];

/// The compiled rules, and what is wrong in them.
fn compiled() -> &'static (Patterns, Vec<String>) {
    static PATTERNS: OnceLock<(Patterns, Vec<String>)> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let (mut lists, mut rules, mut faults) = (BTreeMap::new(), Vec::new(), Vec::new());
        for file in FILES {
            match toml::from_str::<MeasureFile>(file) {
                Ok(file) => {
                    lists.extend(file.lists);
                    rules.extend(file.rule);
                }
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        let (patterns, complaints) = Patterns::new(&lists, &rules);
        faults.extend(complaints);
        (patterns, faults)
    })
}

/// Finds the times and quantities of a page.
pub(crate) fn find(page: &mut Page) {
    let patterns = &compiled().0;
    let mut line = time::Line::of(page.document.metadata.date.as_deref());
    let (mut times, mut quantities) = (Vec::new(), Vec::new());
    let cut_one = |range: Range| {
        let tokens = page.tokens.get(range.indices()).unwrap_or_default();
        atoms(page.text(), tokens, range.start, patterns.vocabulary())
    };
    let all: Vec<Vec<Atom>> = page.paragraphs.iter().map(|(range, _)| cut_one(*range)).collect();
    line.look(&all, patterns);
    line.compare(page.text(), &all, patterns);
    let marks = time::note_marks(page.document);
    for (place, ((_, zone), cut)) in page.paragraphs.iter().zip(&all).enumerate() {
        // A note is told from where its mark stands, and the text goes on behind the mark as if there were no note.
        let aside = time::marked(page, cut, *zone, &marks).and_then(|mark| line.at(mark));
        let found = match aside {
            Some(mut aside) => time::read(page, cut, patterns, &mut aside),
            None => time::read(page, cut, patterns, &mut line),
        };
        let taken: Vec<(usize, usize)> = found.iter().map(|f| (f.start, f.end)).collect();
        for one in &found {
            let role = time::role(page, cut, one, *zone, place);
            times.extend(timed(page, cut, one, role));
        }
        for one in quantity::read(page, cut, patterns, &taken) {
            quantities.extend(measured(page, cut, one));
        }
    }
    page.drafts.times.extend(times.iter().map(|(_, time)| time.clone()));
    page.drafts.quantities.extend(quantities.iter().map(|(_, quantity)| quantity.clone()));
    page.times = times;
    page.quantities = quantities;
}

/// Where atoms stand, as tokens and as words.
fn place(text: &str, cut: &[Atom], start: usize, end: usize) -> Option<(Range, Words)> {
    let (first, last) = (cut.get(start)?, cut.get(end.checked_sub(1)?)?);
    let words = Words::at(text, Span { start: first.start, end: last.end })?;
    Some((Range::new(first.token, last.token + 1), words))
}

fn timed(page: &Page, cut: &[Atom], found: &time::Found, role: TimeRole) -> Option<(Range, TimeExpression)> {
    let (range, words) = place(page.text(), cut, found.start, found.end)?;
    let time = Timed { words, edtf: found.edtf(), calendar: found.calendar() };
    Some((range, TimeExpression { time, role }))
}

fn measured(page: &Page, cut: &[Atom], found: quantity::Found) -> Option<(Range, Quantity)> {
    let (range, words) = place(page.text(), cut, found.start, found.end)?;
    let (low, high, unit, measures, role) = (found.low, found.high, found.unit, found.measures, found.role);
    Some((range, Quantity { words, low, high, unit, measures, role }))
}

/// Years of the reference lists, which no page holds: they date the works cited there.
pub(crate) fn references(document: &rashomon_core::Document) -> Vec<TimeExpression> {
    let patterns = &compiled().0;
    let mut found = Vec::new();
    for zone in document.zones.iter().filter(|z| z.kind == ZoneKind::Reference) {
        let mut tokens = Vec::new();
        tokenize(&document.text, zone.span, &mut tokens);
        for atom in atoms(&document.text, &tokens, 0, patterns.vocabulary()) {
            let year = atom.digits == 4 && (1500..2100).contains(&atom.value);
            let words = Words::at(&document.text, Span { start: atom.start, end: atom.end });
            if let (true, Some(words)) = (year, words) {
                let edtf = Some(words.text.clone());
                let time = Timed { words, edtf, calendar: rashomon_core::Calendar::Gregorian };
                found.push(TimeExpression { time, role: TimeRole::Citation });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rules_of_times_and_quantities_compile_without_complaint() {
        assert_eq!(super::compiled().1, Vec::<String>::new());
    }
}
