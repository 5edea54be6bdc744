//! The order in which the lines of a page are read. A gutter is a strip that no line crosses over several lines, with
//! prose on both sides; what crosses it (a heading over both columns) cuts the page into bands. Bands are read from
//! the top, in each band the left column before the right (the other way round where the script runs from the right).
//!
//! Tables also have gutters, but their cells are short: they are read row by row.

use super::segments::{Segment, main_size, overlap};

/// Columns inside columns.
const DEEPEST: usize = 4;
/// Gutters that are tried for one stretch of page.
const MOST_GUTTERS: usize = 12;
/// Letters that a line of a column of prose has at least.
const PROSE_LETTERS: usize = 16;
/// Lines that make a column one of prose, whatever else stands in it.
const PROSE_LINES: usize = 5;
/// A gap in a line that is wider than this, in letter sizes, parts cells of a table.
const CELL_GAP: f32 = 1.8;

/// One line of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    pub right_to_left: bool,
}

/// Lines that stand under each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Block {
    pub lines: Vec<Line>,
    pub x0: f32,
    pub x1: f32,
}

/// The blocks of a page in reading order.
pub(super) fn blocks(segments: Vec<Segment>) -> Vec<Block> {
    let mut found = Vec::new();
    let mut rest = segments;
    rest.sort_by(|a, b| a.turn.abs().cmp(&b.turn.abs()).then(a.turn.cmp(&b.turn)).then(b.y.total_cmp(&a.y)));
    for turned in rest.chunk_by(|a, b| a.turn == b.turn) {
        region(turned.iter().collect(), DEEPEST, &mut found);
    }
    found
}

fn region(segments: Vec<&Segment>, depth: usize, found: &mut Vec<Block>) {
    let Some(gutter) = (depth > 0).then(|| best_gutter(&segments)).flatten() else {
        found.extend(block(segments));
        return;
    };
    let mut plain: Vec<&Segment> = Vec::new();
    for band in bands(&segments, gutter) {
        match band {
            Band::Across(crossing) => plain.extend(crossing),
            Band::Columns(sides) => {
                found.extend(block(std::mem::take(&mut plain)));
                let from_right = sides.left.iter().chain(&sides.right).filter(|s| s.right_to_left).count() * 2
                    > sides.left.len() + sides.right.len();
                let order = if from_right { [sides.right, sides.left] } else { [sides.left, sides.right] };
                for side in order {
                    region(side, depth - 1, found);
                }
            }
        }
    }
    found.extend(block(plain));
}

enum Band<'s> {
    Across(Vec<&'s Segment>),
    Columns(Sides<'s>),
}

#[derive(Default)]
struct Sides<'s> {
    left: Vec<&'s Segment>,
    right: Vec<&'s Segment>,
}

/// Segments, sorted from the top, as bands: those that cross the gutter, and columns between them.
fn bands<'s>(segments: &[&'s Segment], gutter: f32) -> Vec<Band<'s>> {
    let mut bands = Vec::new();
    let mut sides = Sides::default();
    for segment in segments {
        if crosses(segment, gutter) {
            bands.push(columns_or_lines(std::mem::take(&mut sides)));
            bands.push(Band::Across(vec![segment]));
        } else if segment.x0 + segment.x1 < 2.0 * gutter {
            sides.left.push(segment);
        } else {
            sides.right.push(segment);
        }
    }
    bands.push(columns_or_lines(sides));
    bands
}

/// Whether a segment stands on both sides of a gutter, and not only by an overfull line.
fn crosses(segment: &Segment, gutter: f32) -> bool {
    let slack = segment.size;
    segment.x0 < gutter - slack && segment.x1 > gutter + slack
}

fn columns_or_lines(sides: Sides<'_>) -> Band<'_> {
    if shared_height(&sides) > 0.0 {
        Band::Columns(sides)
    } else {
        let mut all = sides.left;
        all.extend(sides.right);
        all.sort_by(|a, b| b.y.total_cmp(&a.y));
        Band::Across(all)
    }
}

/// How far two columns of prose run beside each other; nothing if these are not two columns of prose.
fn shared_height(sides: &Sides<'_>) -> f32 {
    let (Some(left), Some(right)) = (Extent::of(&sides.left), Extent::of(&sides.right)) else { return 0.0 };
    let gap = right.x0 - left.x1;
    let narrow = (left.x1 - left.x0).min(right.x1 - right.x0);
    let wide = (left.x1 - left.x0).max(right.x1 - right.x0);
    let prose = is_prose(&sides.left, &left) && is_prose(&sides.right, &right);
    if gap < 0.5 * left.size.min(right.size) || narrow < 0.15 * wide || !prose {
        return 0.0;
    }
    let shared = left.top.min(right.top) - left.bottom.max(right.bottom);
    let lines = sides.left.len().min(sides.right.len());
    if lines < 2 || shared < 0.0 { 0.0 } else { shared.max(left.size) }
}

/// Whether enough lines fill the column with words. A table standing in the column does not count against it.
fn is_prose(segments: &[&Segment], extent: &Extent) -> bool {
    let width = extent.x1 - extent.x0;
    let fills = |s: &&&Segment| s.x1 - s.x0 > 0.6 * width && s.text.chars().count() >= PROSE_LETTERS;
    let full = segments.iter().filter(fills).count();
    full * 2 >= segments.len() || full >= PROSE_LINES
}

struct Extent {
    x0: f32,
    x1: f32,
    top: f32,
    bottom: f32,
    size: f32,
}

impl Extent {
    fn of(segments: &[&Segment]) -> Option<Extent> {
        let first = segments.first()?;
        let mut extent = Extent { x0: first.x0, x1: first.x1, top: first.y, bottom: first.y, size: first.size };
        for segment in segments {
            extent.x0 = extent.x0.min(segment.x0);
            extent.x1 = extent.x1.max(segment.x1);
            extent.top = extent.top.max(segment.y);
            extent.bottom = extent.bottom.min(segment.y);
            extent.size = extent.size.min(segment.size);
        }
        Some(extent)
    }
}

/// The gutter along which two columns run for the longest way, if they run beside each other for four lines or so.
fn best_gutter(segments: &[&Segment]) -> Option<f32> {
    let whole = Extent::of(segments)?;
    if segments.len() < 4 {
        return None;
    }
    let scored = candidates(segments, &whole).into_iter().map(|gutter| {
        let columns = bands(segments, gutter).into_iter().map(|band| match band {
            Band::Columns(sides) => shared_height(&sides),
            Band::Across(_) => 0.0,
        });
        (gutter, columns.sum::<f32>())
    });
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.total_cmp(&a.0)))?;
    (best.1 > 3.0 * whole.size).then_some(best.0)
}

/// Middles of the strips that the fewest lines cross.
fn candidates(segments: &[&Segment], whole: &Extent) -> Vec<f32> {
    const STEPS: usize = 512;
    let step = (whole.x1 - whole.x0) / STEPS as f32;
    if !step.is_finite() || step <= 0.0 {
        return Vec::new();
    }
    let place = |x: f32| (((x - whole.x0) / step) as usize).min(STEPS - 1);
    let mut changes = vec![0i64; STEPS + 1];
    for segment in segments {
        let (from, to) = (place(segment.x0), place(segment.x1));
        if let (true, Some(change)) = (to > from, changes.get_mut(from)) {
            *change += 1;
        }
        if let (true, Some(change)) = (to > from, changes.get_mut(to)) {
            *change -= 1;
        }
    }
    let mut crossing = 0;
    let counts: Vec<i64> = changes
        .iter()
        .take(STEPS)
        .map(|change| {
            crossing += change;
            crossing
        })
        .collect();
    let mut strips: Vec<(i64, f32)> = Vec::new();
    let mut start = 0;
    for strip in counts.chunk_by(|a, b| a == b) {
        let end = start + strip.len();
        let lower =
            |at: Option<usize>| at.and_then(|i| counts.get(i)).is_none_or(|n| *n > strip.first().copied().unwrap_or(0));
        let inside = start > STEPS / 12 && end < STEPS - STEPS / 12;
        if inside && lower(start.checked_sub(1)) && lower(Some(end)) {
            strips.push((strip.first().copied().unwrap_or(0), whole.x0 + step * (start + end) as f32 / 2.0));
        }
        start = end;
    }
    strips.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    strips.into_iter().take(MOST_GUTTERS).map(|s| s.1).collect()
}

/// The segments as lines, from the top.
fn block(mut segments: Vec<&Segment>) -> Option<Block> {
    segments.sort_by(|a, b| b.y.total_cmp(&a.y));
    let extent = Extent::of(&segments)?;
    let mut lines = Vec::new();
    let mut rest = segments.as_mut_slice();
    while let Some(first) = rest.first() {
        let mut largest = (first.band(), first.size);
        let same = |segment: &&&Segment| {
            let inside = overlap(segment.band(), largest.0) >= 0.5;
            if inside && segment.size > largest.1 {
                largest = (segment.band(), segment.size);
            }
            inside
        };
        let length = rest.iter().take_while(same).count().max(1);
        let (row, tail) = rest.split_at_mut(length);
        rows_to_lines(row, &mut lines);
        rest = tail;
    }
    Some(Block { lines, x0: extent.x0, x1: extent.x1 })
}

/// One row as one line, or as several where segments stand above each other.
fn rows_to_lines(row: &mut [&Segment], lines: &mut Vec<Line>) {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut chains: Vec<Vec<&Segment>> = Vec::new();
    for segment in row.iter() {
        let free = |chain: &&mut Vec<&Segment>| chain.last().is_some_and(|l| segment.x0 > l.x1 - 0.5 * l.size);
        match chains.iter_mut().find(free) {
            Some(chain) => chain.push(segment),
            None => chains.push(vec![segment]),
        }
    }
    chains.sort_by(|a, b| {
        let y = |chain: &Vec<&Segment>| chain.first().map_or(0.0, |s| s.y);
        y(b).total_cmp(&y(a))
    });
    lines.extend(chains.iter().filter_map(|chain| line(chain)));
}

fn line(chain: &[&Segment]) -> Option<Line> {
    let length = |s: &Segment| s.text.len();
    let main = chain.iter().max_by_key(|s| length(s))?;
    let total: usize = chain.iter().map(|s| length(s)).sum();
    let right_to_left = chain.iter().filter(|s| s.right_to_left).map(|s| length(s)).sum::<usize>() * 2 > total;
    let mut text = String::new();
    let mut before: Option<&Segment> = None;
    let from_left: Vec<&Segment> = chain.to_vec();
    let ordered: Vec<&Segment> = if right_to_left { from_left.into_iter().rev().collect() } else { from_left };
    for segment in ordered {
        if let Some(before) = before {
            let gap = if right_to_left { before.x0 - segment.x1 } else { segment.x0 - before.x1 };
            text.push(if gap > CELL_GAP * segment.size.min(before.size) { '\t' } else { ' ' });
        }
        text.push_str(&segment.text);
        before = Some(segment);
    }
    Some(Line {
        text,
        x0: chain.iter().map(|s| s.x0).fold(f32::MAX, f32::min),
        x1: chain.iter().map(|s| s.x1).fold(f32::MIN, f32::max),
        y: main.y,
        size: main_size(chain.iter().map(|s| (s.size, length(s)))),
        bold: chain.iter().filter(|s| s.bold).map(|s| length(s)).sum::<usize>() * 2 > total,
        right_to_left,
    })
}
