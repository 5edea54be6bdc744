//! What the page and not the author put into a text: menus, running heads, page numbers, doubled captions, lines of
//! another site in another script. Decided by shape and by repetition; what needs words is in `rules/lines.toml`.
//!
//! Marking a line costs the reader a line, so each rule wants evidence that a sentence of the author cannot give.

use crate::lines::{Lines, begins_low, ends_sentence};
use crate::rules::{LONGEST, RULES, Where};
use rashomon_core::ZoneKind;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A running head stands on at least this many pages.
const PAGES: u32 = 3;

/// Marks the furniture among the lines.
pub fn mark(lines: &mut Lines<'_>) {
    by_single_line(lines);
    foreign_script(lines);
    running_heads(lines);
    page_numbers(lines);
}

fn by_single_line(lines: &mut Lines<'_>) {
    for at in 0..lines.all.len() {
        let words = lines.words(at);
        if !lines.is_free(at) || words.len() > 2_000 {
            continue;
        }
        if is_doubled(words) {
            lines.set(at, ZoneKind::Caption);
        } else if is_glued(words) || is_row_of_links(words) {
            lines.set(at, ZoneKind::Menu);
        } else if let Some(kind) = RULES.zone(words, Where::Anywhere) {
            lines.set(at, kind);
        }
    }
}

/// The same words twice in one line, as a picture's caption and its hidden description give, with or without a gap.
fn is_doubled(line: &str) -> bool {
    (0..=5).any(|gap| {
        let Some(half) = line.len().checked_sub(gap).filter(|n| n % 2 == 0).map(|n| n / 2) else { return false };
        let (Some(first), Some(second)) = (line.get(..half), line.get(half + gap..)) else { return false };
        let between = line.get(half..half + gap).unwrap_or("x");
        let letters = first.chars().filter(|c| c.is_alphabetic()).count();
        first == second && letters >= 10 && first.contains(' ') && between.chars().all(|c| !c.is_alphanumeric())
    })
}

/// Labels of a site glued into one line: `HarbourShipping NewsRiver`. A small letter, then a capital, inside a word.
fn is_glued(line: &str) -> bool {
    if line.len() > LONGEST * 2 || ends_sentence(line) || line.contains(", ") {
        return false;
    }
    let (mut joins, mut low) = (0usize, 0usize);
    for c in line.chars() {
        if c.is_uppercase() && low >= 3 {
            joins += 1;
        }
        low = if c.is_lowercase() { low + 1 } else { 0 };
    }
    joins >= 3 && joins * 4 >= line.split_whitespace().count()
}

/// `Home | News | River › Mills`: short items between separators, and no sentence.
fn is_row_of_links(line: &str) -> bool {
    let items: Vec<&str> =
        line.split(['|', '·', '•', '»', '›', '→']).map(str::trim).filter(|i| !i.is_empty()).collect();
    let short = |item: &&str| item.split_whitespace().count() <= 4 && !item.ends_with(['.', '!', '?']);
    // A line that begins with the separator is a row of a table.
    line.len() <= LONGEST && items.len() >= 4 && !line.starts_with('|') && items.iter().all(short)
}

/// A short line in another script than the text's, without the end of a sentence, away from the title: the name of the
/// site or the portal that the page was taken from.
fn foreign_script(lines: &mut Lines<'_>) {
    let Some((main, share)) = main_script(lines.text) else { return };
    if share < 90 {
        return;
    }
    for at in 8..lines.all.len() {
        let words = lines.words(at);
        if !lines.is_free(at) || words.len() > LONGEST || ends_sentence(words) {
            continue;
        }
        let foreign = script_counts(words).into_iter().filter(|(s, _)| *s != main).map(|x| x.1).sum::<usize>();
        let own = words.chars().filter(|c| script(*c) == Some(main)).count();
        if foreign >= 8 && foreign > own * 9 && block_is(lines, at, main) {
            lines.set(at, ZoneKind::Menu);
        }
    }
}

/// Whether the whole block around a line is short and foreign: a poem or a letter quoted in its own script is not.
fn block_is(lines: &Lines<'_>, at: usize, main: &str) -> bool {
    let begins = |i: usize| lines.all.get(i).is_none_or(|l| l.gap);
    let first = (at.saturating_sub(3)..=at).rev().find(|&i| begins(i));
    let after = (at + 1..at + 4).find(|&i| begins(i));
    let own = |i: usize| lines.words(i).chars().any(|c| script(c) == Some(main));
    matches!((first, after), (Some(first), Some(after)) if after - first <= 3 && !(first..after).any(own))
}

fn main_script(text: &str) -> Option<(&'static str, usize)> {
    let sample = text.char_indices().nth(20_000).map_or(text, |(byte, _)| text.get(..byte).unwrap_or(text));
    let counts = script_counts(sample);
    let all: usize = counts.values().sum();
    let (main, most) = counts.into_iter().max_by_key(|(_, n)| *n)?;
    (all >= 200).then(|| (main, most * 100 / all))
}

fn script_counts(text: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for name in text.chars().filter_map(script) {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// The script of a letter, for the scripts that sites commonly mix.
fn script(c: char) -> Option<&'static str> {
    if !c.is_alphabetic() {
        return None;
    }
    Some(match c as u32 {
        0x41..=0x24F | 0x1E00..=0x1EFF => "Latin",
        0x370..=0x3FF | 0x1F00..=0x1FFF => "Greek",
        0x400..=0x52F => "Cyrillic",
        0x590..=0x5FF => "Hebrew",
        0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFEFF => "Arabic",
        0x900..=0x97F => "Devanagari",
        0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF => "East Asian",
        _ => "other",
    })
}

/// A line that comes back, page numbers apart, and more than once stands in the middle of a sentence.
fn running_heads(lines: &mut Lines<'_>) {
    let is_candidate = |lines: &Lines<'_>, at: usize| {
        let words = lines.words(at);
        // A line that ends in a colon is a speaker's name in a record, not a head.
        lines.is_free(at) && words.len() <= 120 && !ends_sentence(words)
    };
    let mut hashes: Vec<u64> =
        (0..lines.all.len()).filter(|&at| is_candidate(lines, at)).map(|at| masked(lines.words(at))).collect();
    hashes.sort_unstable();
    let mut tally: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
    for run in hashes.chunk_by(|a, b| a == b).filter(|run| run.len() >= PAGES as usize) {
        if let Some(hash) = run.first() {
            tally.insert(*hash, (run.len() as u32, 0));
        }
    }
    if tally.is_empty() {
        return;
    }
    for at in 0..lines.all.len() {
        if is_candidate(lines, at)
            && breaks_sentence(lines, at)
            && let Some(entry) = tally.get_mut(&masked(lines.words(at)))
        {
            entry.1 += 1;
        }
    }
    for at in 0..lines.all.len() {
        let known = is_candidate(lines, at).then(|| tally.get(&masked(lines.words(at)))).flatten();
        if known.is_some_and(|(all, breaking)| *breaking >= 2 && breaking * 3 >= *all) {
            lines.set(at, ZoneKind::Menu);
        }
    }
}

/// A line's words without figures and letter case.
fn masked(line: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for c in line.chars().filter(|c| !c.is_numeric()) {
        c.to_lowercase().for_each(|c| c.hash(&mut hasher));
    }
    hasher.finish()
}

/// Whether the text before a line stops in mid-sentence and goes on in lower case after it.
pub fn breaks_sentence(lines: &Lines<'_>, at: usize) -> bool {
    let before = lines.previous_text(at).map(|i| lines.words(i));
    let after = lines.next_text(at + 1).map(|i| lines.words(i));
    before.is_some_and(|b| !ends_sentence(b)) && after.is_some_and(begins_low)
}

/// Bare figures on lines of their own that count upwards, or that break a sentence.
fn page_numbers(lines: &mut Lines<'_>) {
    let number = |line: &str| line.parse::<u32>().ok().filter(|n| (1..=2_000).contains(n) && line.len() <= 4);
    let bare: Vec<(usize, u32)> =
        (0..lines.all.len()).filter(|&i| lines.is_free(i)).filter_map(|i| Some((i, number(lines.words(i))?))).collect();
    let rising = bare.len() >= 2 && bare.windows(2).all(|w| matches!(w, [a, b] if b.1 > a.1 && b.1 - a.1 <= 3));
    for (at, _) in bare {
        if rising || breaks_sentence(lines, at) {
            lines.set(at, ZoneKind::Menu);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(&str, Option<ZoneKind>)> {
        let mut lines = Lines::new(text, &[]);
        mark(&mut lines);
        (0..lines.all.len()).map(|i| (lines.words(i), lines.kind(i))).collect()
    }

    fn menus(text: &str) -> Vec<&str> {
        kinds(text).into_iter().filter(|k| k.1 == Some(ZoneKind::Menu)).map(|k| k.0).collect()
    }

    const PROSE: &str = "The mill on the river burned in the night of the third of May, and nobody was hurt.";

    #[test]
    fn doubled_captions_with_and_without_a_gap() {
        for line in ["The harbour at nightThe harbour at night", "The harbour at night – The harbour at night"] {
            assert_eq!(kinds(line)[0].1, Some(ZoneKind::Caption), "{line}");
        }
        for line in ["No, no, no, no", "Hear! Hear!", "The harbour at night and the harbour at noon"] {
            assert_eq!(kinds(line)[0].1, None, "{line}");
        }
    }

    #[test]
    fn glued_labels_and_rows_of_links() {
        assert!(is_glued("HarbourShipping NewsRiversMills of the NorthCoast"));
        assert!(!is_glued("MacDonald and McPherson of YouTube"));
        assert!(!is_glued("The captains of LinkedIn, GitHub and PayPal"));
        assert!(is_row_of_links("Home | News | Harbour › Ships"));
        assert!(!is_row_of_links("Either | or"));
        assert!(!is_row_of_links("| Ship | Men | Year | Port |"));
    }

    #[test]
    fn running_heads_break_sentences_and_speakers_do_not() {
        let page =
            |n: u32| format!("{PROSE} The mayor came\n\nAnnals of the Mill {n}\n\nand spoke to them. {PROSE}\n\n");
        let text: String = (1..5).map(page).collect();
        assert_eq!(menus(&text).len(), 4);
        let play: String = (1..5).map(|_| format!("MAYOR\n{PROSE}\nMILLER:\n{PROSE}\n")).collect();
        assert!(menus(&play).is_empty());
    }

    #[test]
    fn page_numbers_count_upwards() {
        let text = format!("{PROSE}\n\n12\n\n{PROSE}\n\n13\n\n{PROSE}");
        assert_eq!(menus(&text), ["12", "13"]);
        assert!(menus(&format!("{PROSE}\n\n1904\n\n{PROSE}")).is_empty());
    }

    #[test]
    fn a_portals_name_in_another_script_is_furniture_and_a_quoted_verse_is_not() {
        let body = format!("{PROSE}\n\n").repeat(10);
        assert_eq!(menus(&format!("{body}بوابة المطاحن والأنهار\n\n{body}")), ["بوابة المطاحن والأنهار"]);
        assert!(menus(&format!("{body}احترقت المطحنة في الليل ولم يصب أحد.\n\n{body}")).is_empty());
    }
}
