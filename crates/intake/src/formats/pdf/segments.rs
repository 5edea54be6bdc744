//! From glyphs to segments: stretches of one line without a gap that could be the space between two columns.
//!
//! A gap inside a line is a space between words if it is wider than a tenth of the letter size; kerning is narrower
//! and the narrowest word space of justified text is wider.

use super::direction::{is_mark, is_right_to_left, reading_order};
use super::state::{Glyph, Shown};

/// Narrowest space between words, in letter sizes.
const WORD_GAP: f32 = 0.12;
/// Lines above each other in one row.
const MOST_CHAINS: usize = 8;
/// Narrowest gap that may part columns, in letter sizes; the usual space between columns is 1 to 2.
const COLUMN_GAP: f32 = 0.7;

/// A stretch of one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    /// Baseline.
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    pub artifact: bool,
    pub right_to_left: bool,
    pub turn: i16,
    /// The row of the page that it was found in; rows are counted from the top.
    pub row: u32,
}

impl Segment {
    /// Lower and upper edge of the letters without the tails and tips of a few.
    pub fn band(&self) -> (f32, f32) {
        band(self.y, self.size)
    }
}

/// Lower and upper edge of letters of a size.
pub(super) fn band(y: f32, size: f32) -> (f32, f32) {
    (y - 0.2 * size, y + 0.75 * size)
}

/// Share of the lower of two bands that lies inside the other.
pub(super) fn overlap(a: (f32, f32), b: (f32, f32)) -> f32 {
    let shared = a.1.min(b.1) - a.0.max(b.0);
    let least = (a.1 - a.0).min(b.1 - b.0);
    if least > 0.0 { shared / least } else { 0.0 }
}

/// Letters shown one after the other in one go.
#[derive(Debug, Clone)]
struct Run {
    glyphs: std::ops::Range<usize>,
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
    tracking: f32,
    turn: i16,
    bold: bool,
    artifact: bool,
    space_before: bool,
    space_after: bool,
}

/// The segments of a page, row by row from the top, each row from the left; turned text after upright text.
pub(super) fn segments(shown: &Shown) -> Vec<Segment> {
    let mut runs = runs(shown);
    runs.sort_by(|a, b| a.turn.abs().cmp(&b.turn.abs()).then(a.turn.cmp(&b.turn)).then(b.y.total_cmp(&a.y)));
    let mut found = Vec::new();
    let mut row_number = 0;
    let mut rest = runs.as_mut_slice();
    while let Some(length) = row_length(rest) {
        let (row, tail) = rest.split_at_mut(length);
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.glyphs.start.cmp(&b.glyphs.start)));
        split(row, shown, row_number, &mut found);
        row_number += 1;
        rest = tail;
    }
    found
}

/// How many of the runs, sorted from the top, make the first row: those at the height of its largest.
fn row_length(runs: &[Run]) -> Option<usize> {
    let first = runs.first()?;
    let mut largest = (first.y, first.size);
    let same = |run: &&Run| {
        let inside = overlap(band(run.y, run.size), band(largest.0, largest.1)) >= 0.5;
        if inside && run.size > largest.1 {
            largest = (run.y, run.size);
        }
        inside && run.turn == first.turn
    };
    Some(runs.iter().take_while(same).count().max(1))
}

fn letters<'s>(shown: &'s Shown, glyph: &Glyph) -> &'s str {
    shown.text.get(glyph.text.0 as usize..glyph.text.1 as usize).unwrap_or_default()
}

fn runs(shown: &Shown) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    let mut space = false;
    for (at, glyph) in shown.glyphs.iter().enumerate() {
        let text = letters(shown, glyph);
        if text.trim().is_empty() {
            // A mark of space ends a word; a glyph without letters (part of a ligature) only moves on.
            let spaces = !text.is_empty();
            if let (true, true, Some(run)) = (open, spaces, runs.last_mut()) {
                run.space_after = true;
            } else if let (true, Some(run)) = (open, runs.last_mut()) {
                run.x1 = run.x1.max(glyph.x + glyph.width);
            }
            (open, space) = (open && !spaces, space || spaces);
            continue;
        }
        if let (true, Some(run)) = (open, runs.last_mut().filter(|run| continues(run, glyph))) {
            run.glyphs.end = at + 1;
            run.x1 = run.x1.max(glyph.x + glyph.width);
            continue;
        }
        runs.push(Run {
            glyphs: at..at + 1,
            x0: glyph.x,
            x1: glyph.x + glyph.width,
            y: glyph.y,
            size: glyph.size,
            tracking: glyph.tracking,
            turn: glyph.turn,
            bold: glyph.bold,
            artifact: glyph.artifact,
            space_before: space,
            space_after: false,
        });
        (open, space) = (true, false);
    }
    runs
}

fn continues(run: &Run, glyph: &Glyph) -> bool {
    let gap = glyph.x - run.x1 - glyph.tracking.max(0.0).min(0.6 * glyph.size);
    let alike = run.turn == glyph.turn && run.artifact == glyph.artifact && run.bold == glyph.bold;
    let level = (run.y - glyph.y).abs() < 0.05 * run.size && (run.size - glyph.size).abs() < 0.05 * run.size;
    alike && level && gap < WORD_GAP * glyph.size && gap > -0.3 * glyph.size
}

/// Cuts a row, sorted from the left, at its wide gaps. Runs that stand above each other (a fraction, two lines beside
/// a tall heading) go into chains of their own.
fn split(row: &[Run], shown: &Shown, number: u32, found: &mut Vec<Segment>) {
    let mut chains: Vec<Vec<&Run>> = Vec::new();
    for run in row {
        if chains.iter().any(|chain| is_double(chain, run, shown)) {
            continue;
        }
        let free = |chain: &&mut Vec<&Run>| chain.last().is_some_and(|last| run.x0 > last.x1 - 0.4 * last.size);
        let away = |chain: &Vec<&Run>| chain.last().map_or(f32::MAX, |last| (last.y - run.y).abs());
        let full = chains.len() >= MOST_CHAINS;
        let nearest = chains.iter_mut().filter(|c| full || free(c)).min_by(|a, b| away(a).total_cmp(&away(b)));
        match nearest {
            Some(chain) => chain.push(run),
            None => chains.push(vec![run]),
        }
    }
    let parted = |a: &&Run, b: &&Run| {
        let gap = b.x0 - a.x1 - a.tracking.max(0.0).min(a.size);
        gap > COLUMN_GAP * a.size.min(b.size) || a.artifact != b.artifact
    };
    for chain in &chains {
        for part in chain.chunk_by(|a, b| !parted(a, b)) {
            found.extend(segment(part, shown, number));
        }
    }
}

/// Whether a run repeats letters that are printed at its place already, as programs do to make them bold or to give
/// them a shadow.
fn is_double(chain: &[&Run], run: &Run, shown: &Shown) -> bool {
    let near = 0.15 * run.size;
    let Some(last) = chain.last() else { return false };
    if run.x0 > last.x1 - near || (last.y - run.y).abs() > near {
        return false;
    }
    let glyphs = |r: &Run| shown.glyphs.get(r.glyphs.clone()).unwrap_or_default();
    let covered = chain.iter().rev().take(16).rev().flat_map(|r| glyphs(r)).filter(|g| {
        let middle = g.x + g.width / 2.0;
        middle > run.x0 - near && middle < run.x1 + near
    });
    let under: String = covered.map(|g| letters(shown, g)).collect();
    let over: String = glyphs(run).iter().map(|g| letters(shown, g)).collect();
    under.contains(over.trim())
}

fn segment(runs: &[&Run], shown: &Shown, row: u32) -> Option<Segment> {
    let size = main_size(runs.iter().map(|r| (r.size, r.glyphs.len())));
    let main = runs.iter().filter(|r| (r.size - size).abs() < 0.3).max_by(|a, b| weight(a).total_cmp(&weight(b)))?;
    let mut units: Vec<(f32, f32, &str)> = Vec::new();
    let mut end = f32::MIN;
    let mut last: Option<&Run> = None;
    for run in runs {
        if let Some(last) = last {
            let gap = run.x0 - end - last.tracking.max(0.0).min(0.6 * last.size);
            let tight = if last.size < 0.85 * run.size || run.size < 0.85 * last.size { 0.25 } else { WORD_GAP };
            let begins_with_mark = units.len() <= 3 && last.size < 0.85 * run.size && last.y > run.y + 0.1 * run.size;
            let spaced = (last.space_after || run.space_before) && gap > -0.2 * run.size;
            if spaced || begins_with_mark || gap > tight * last.size.min(run.size) {
                units.push((end, run.x0, " "));
            }
        }
        let glyphs = shown.glyphs.get(run.glyphs.clone()).unwrap_or_default();
        // A raised number is the mark of a note or a power, not a part of the word or number before it.
        let raised = run.size < 0.85 * size && run.y > main.y + 0.15 * size;
        let printed = |g: &Glyph| if raised { raised_digit(letters(shown, g)) } else { None };
        units.extend(glyphs.iter().map(|g| (g.x, g.x + g.width, printed(g).unwrap_or(letters(shown, g)))));
        end = end.max(run.x1);
        last = Some(run);
    }
    let (text, right_to_left) = in_reading_order(units);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let bold = runs.iter().filter(|r| r.bold).map(|r| weight(r)).sum::<f32>() * 2.0;
    Some(Segment {
        text: text.to_owned(),
        x0: runs.iter().map(|r| r.x0).fold(f32::MAX, f32::min),
        x1: end,
        y: main.y,
        size,
        bold: bold > runs.iter().map(|r| weight(r)).sum::<f32>(),
        artifact: main.artifact,
        right_to_left,
        turn: main.turn,
        row,
    })
}

fn raised_digit(letter: &str) -> Option<&'static str> {
    const DIGITS: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
    letter.parse::<usize>().ok().and_then(|digit| DIGITS.get(digit).copied())
}

/// The size that most letters have, counted together wherever they stand; of two the larger.
pub(super) fn main_size(sizes: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut counts: Vec<(i64, f32, usize)> = Vec::new();
    for (size, count) in sizes {
        let quarter = (size * 4.0).round() as i64;
        match counts.iter_mut().find(|c| c.0 == quarter) {
            Some(entry) => entry.2 += count,
            None => counts.push((quarter, size, count)),
        }
    }
    counts.into_iter().max_by(|a, b| a.2.cmp(&b.2).then(a.1.total_cmp(&b.1))).map_or(10.0, |c| c.1)
}

fn weight(run: &Run) -> f32 {
    run.glyphs.len() as f32
}

/// The letters of a segment in reading order, from their places on paper.
fn in_reading_order(mut units: Vec<(f32, f32, &str)>) -> (String, bool) {
    let turned = units.iter().any(|(_, _, text)| text.chars().any(is_right_to_left));
    if !turned {
        return (units.into_iter().map(|u| u.2).collect(), false);
    }
    units.sort_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1)));
    let (marks, letters): (Vec<_>, Vec<_>) =
        units.into_iter().partition(|u| u.2.chars().all(is_mark) && !u.2.is_empty());
    let mut joined: Vec<(f32, f32, String)> = letters.into_iter().map(|(a, b, t)| (a, b, t.to_owned())).collect();
    for (from, to, mark) in marks {
        let middle = |unit: &(f32, f32, String)| unit.0 + unit.1;
        let after = joined.partition_point(|unit| middle(unit) < from + to);
        let near = after.saturating_sub(2)..joined.len().min(after + 2);
        let away = |unit: &&mut (f32, f32, String)| (middle(unit) - from - to).abs();
        let candidates = joined.get_mut(near).into_iter().flatten().filter(|u| u.2 != " ");
        if let Some(unit) = candidates.min_by(|a, b| away(a).total_cmp(&away(b))) {
            unit.2.push_str(mark);
        }
    }
    let joined: Vec<String> = joined.into_iter().map(|u| u.2).collect();
    let parts: Vec<&str> = joined.iter().flat_map(|unit| by_direction(unit)).collect();
    // A word does not change its direction: between two directions there is a space, even if the file lost it.
    let units = parts.iter().enumerate().flat_map(|(at, unit)| {
        let before = at.checked_sub(1).and_then(|i| parts.get(i)).and_then(|u| u.chars().next_back());
        let turns = before
            .zip(unit.chars().next())
            .is_some_and(|(a, b)| a.is_alphabetic() && b.is_alphabetic() && is_right_to_left(a) != is_right_to_left(b));
        [turns.then_some(" "), Some(*unit)].into_iter().flatten()
    });
    let (ordered, from_right) = reading_order(units.collect());
    (ordered.concat(), from_right)
}

/// The letters of one glyph, parted at spaces and where its direction changes: some programs give a glyph whole words.
fn by_direction(unit: &str) -> impl Iterator<Item = &str> {
    let mut parts = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, c) in unit.char_indices() {
        let side = match c {
            c if c.is_whitespace() => Some(None),
            c if c.is_alphabetic() => Some(Some(is_right_to_left(c))),
            _ => None,
        };
        if side.is_some() && last.is_some() && side != last {
            parts.extend(unit.get(start..at));
            start = at;
        }
        last = side.or(last);
    }
    parts.extend(unit.get(start..).filter(|rest| !rest.is_empty()));
    parts.into_iter()
}
