//! Lines become paragraphs, over columns and pages. What parts two paragraphs: a wider gap, an indent, another letter
//! size, a line that ends early after the end of a sentence. A paragraph that breaks off at the end of a column or page
//! goes on with the next one's first line; notes, captions and furniture between them stand after it.

use super::columns::{Block, Line};
use super::hyphens::Hyphens;
use super::wording::{
    begins_item, begins_low, begins_note, begins_section, ends_clause, ends_sentence, is_caption, note_number,
};
use crate::extract::Builder;
use rashomon_core::ZoneKind;

/// Letters this much larger than the text's are a heading's.
const HEADING: f32 = 1.15;
/// Letters this much smaller than the text's are a note's.
const NOTE: f32 = 0.93;
/// Words of a heading that is only bold.
const HEADING_WORDS: usize = 14;

/// One page in reading order.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// From 1.
    pub page: u32,
    pub blocks: Vec<Block>,
    /// Rows set aside above the text.
    pub heads: Vec<String>,
    /// Rows set aside below or beside it.
    pub feet: Vec<String>,
}

/// A stretch of the text that is of one kind.
#[derive(Debug)]
struct Item {
    kind: ZoneKind,
    /// Follows on the next line rather than after an empty one.
    row: bool,
    /// Its words with the page they stand on.
    pieces: Vec<(u32, String)>,
    size: f32,
    bold: bool,
}

/// Puts the text of all pages into the builder.
pub(super) fn pour(leaves: &[Leaf], builder: &mut Builder) {
    let lines = || leaves.iter().flat_map(|l| &l.blocks).flat_map(|b| &b.lines);
    let mut flow = Flow {
        items: Vec::new(),
        hyphens: Hyphens::of(lines().map(|l| l.text.as_str())),
        body: body_size(lines()),
        open: None,
        current: 0,
        last_row: false,
        last_note: None,
    };
    for leaf in leaves {
        flow.furniture(&leaf.heads, leaf.page);
        let largest = leaf.blocks.iter().flat_map(|b| &b.lines).map(|l| l.size).fold(0.0, f32::max);
        let title = (leaf.page == 1 && largest > HEADING * flow.body).then_some(largest);
        for block in &leaf.blocks {
            flow.block(block, leaf.page, title);
        }
        flow.furniture(&leaf.feet, leaf.page);
    }
    for item in &flow.items {
        write(item, builder);
    }
}

fn write(item: &Item, builder: &mut Builder) {
    if let (true, [(page, words)]) = (item.row, item.pieces.as_slice()) {
        builder.page(*page);
        builder.line(item.kind, words);
        return;
    }
    builder.open(item.kind);
    for (page, words) in &item.pieces {
        builder.page(*page);
        builder.push(words);
    }
    builder.close();
}

/// The letter size that most of the text has.
fn body_size<'l>(lines: impl Iterator<Item = &'l Line>) -> f32 {
    let mut letters: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for line in lines {
        *letters.entry((line.size * 4.0).round() as i64).or_default() += line.text.len();
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map_or(10.0, |(quarter, _)| quarter as f32 / 4.0)
}

struct Flow {
    items: Vec<Item>,
    hyphens: Hyphens,
    body: f32,
    /// The body paragraph that may go on in the next block.
    open: Option<usize>,
    /// The item that lines are added to.
    current: usize,
    /// Whether the last line was a row of a table.
    last_row: bool,
    /// The number of the last note.
    last_note: Option<u32>,
}

/// What is known of a stretch of lines of one size.
#[derive(Debug, Clone)]
struct Shape {
    left: f32,
    right: f32,
    /// Distance between lines.
    pitch: f32,
    /// Whether most lines are indented, as in lists of references.
    hanging: bool,
}

impl Flow {
    fn furniture(&mut self, rows: &[String], page: u32) {
        let item = |words: &String| Item {
            kind: ZoneKind::Menu,
            row: false,
            pieces: vec![(page, words.clone())],
            size: 0.0,
            bold: false,
        };
        self.items.extend(rows.iter().map(item));
    }

    fn block(&mut self, block: &Block, page: u32, title: Option<f32>) {
        let shapes = shapes(block);
        let notes = notes_begin(block, self.body);
        let mut before: Option<(&Line, ZoneKind)> = None;
        for (at, (line, shape)) in block.lines.iter().zip(&shapes).enumerate() {
            let next = block.lines.get(at + 1);
            let parted = |next: &Line| line.y - next.y > 1.1 * shape.pitch || next.bold != line.bold;
            let alone = next.is_none_or(|next| parted(next) && !begins_low(&next.text));
            let kind = if at >= notes { ZoneKind::Note } else { self.kind(line, title, alone) };
            let beside = [before.map(|b| b.0), next].into_iter().flatten().any(|l| l.text.contains('\t'));
            let row = kind == ZoneKind::Body && is_row(line, shape, beside);
            let words = if row { line.text.clone() } else { line.text.replace('\t', " ") };
            let placed = Placed { line, kind, row, words, page };
            match before {
                None => self.first(placed),
                Some((last, last_kind)) => match self.step(last, last_kind, &placed, shape) {
                    Step::Same => self.append(&placed),
                    Step::Row => self.begin(placed, true),
                    Step::New => self.begin(placed, false),
                },
            }
            before = Some((line, kind));
        }
    }

    fn kind(&self, line: &Line, title: Option<f32>, alone: bool) -> ZoneKind {
        let words = line.text.split_whitespace().count();
        let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 || words > 3 * HEADING_WORDS || line.text.contains('\t') {
            return ZoneKind::Body;
        }
        if title.is_some_and(|size| (line.size - size).abs() < 0.05 * size) {
            return ZoneKind::Title;
        }
        let large = line.size >= HEADING * self.body;
        let bold = line.bold
            && alone
            && words <= HEADING_WORDS
            && line.size >= NOTE * self.body
            && !line.text.ends_with(['.', ',', ';']);
        if is_caption(&line.text) {
            ZoneKind::Caption
        } else if large || bold {
            ZoneKind::Heading
        } else {
            ZoneKind::Body
        }
    }

    /// The first line of a block may carry on the paragraph before.
    fn first(&mut self, placed: Placed<'_>) {
        let open = self.open.filter(|_| placed.kind == ZoneKind::Body && !placed.row);
        let goes_on = open.and_then(|at| self.items.get(at)).is_some_and(|item| carries_on(item, placed.line));
        match open {
            Some(at) if goes_on => {
                self.current = at;
                self.append(&placed);
            }
            _ => self.begin(placed, false),
        }
    }

    fn begin(&mut self, placed: Placed<'_>, row: bool) {
        let Placed { line, kind, words, page, .. } = placed;
        if kind == ZoneKind::Note {
            self.last_note = note_number(&words).or(self.last_note);
        }
        self.last_row = placed.row;
        self.items.push(Item { kind, row, pieces: vec![(page, words)], size: line.size, bold: line.bold });
        self.current = self.items.len() - 1;
        self.open = match kind {
            ZoneKind::Body => Some(self.items.len() - 1),
            ZoneKind::Title | ZoneKind::Heading => None,
            _ => self.open,
        };
    }

    fn append(&mut self, placed: &Placed<'_>) {
        self.last_row = placed.row;
        let Some(item) = self.items.get_mut(self.current) else { return };
        let Some((last_page, words)) = item.pieces.last_mut() else { return };
        self.hyphens.join(words, &placed.words);
        if *last_page == placed.page {
            words.push_str(&placed.words);
        } else {
            item.pieces.push((placed.page, placed.words.clone()));
        }
    }

    /// What a line is to the line above it.
    fn step(&self, last: &Line, last_kind: ZoneKind, placed: &Placed<'_>, shape: &Shape) -> Step {
        let Placed { line, kind, .. } = *placed;
        let gap = last.y - line.y;
        let heading = matches!(kind, ZoneKind::Heading | ZoneKind::Title);
        let widest = if heading { (1.35 * shape.pitch).max(1.75 * line.size) } else { 1.35 * shape.pitch };
        let most = if heading { 0.05 } else { 0.12 };
        let resized = (last.size - line.size).abs() > most * last.size.max(line.size);
        // A line full of small capitals is no other size of text.
        let runs_on = begins_low(&line.text)
            && !ends_sentence(&last.text)
            && gap > 0.0
            && gap <= 1.35 * shape.pitch.max(1.1 * last.size);
        if kind == ZoneKind::Note && (last_kind != ZoneKind::Note || self.begins_next_note(&line.text)) {
            return Step::New;
        }
        let captioned = last_kind == ZoneKind::Caption
            && kind == ZoneKind::Body
            && !placed.row
            && !resized
            && gap < 1.3 * shape.pitch;
        if kind != last_kind && !captioned {
            return Step::New;
        }
        if gap < -line.size || ((gap > widest || resized) && !runs_on) {
            return Step::New;
        }
        if heading {
            return if begins_section(&line.text) { Step::New } else { Step::Same };
        }
        if placed.row || self.last_row {
            return Step::Row;
        }
        if kind == ZoneKind::Note { Step::Same } else { in_paragraph(last, line, shape) }
    }

    fn begins_next_note(&self, text: &str) -> bool {
        begins_note(text)
            && (self.last_note.is_none() || note_number(text).is_none_or(|n| Some(n) == self.last_note.map(|l| l + 1)))
    }
}

/// A line of a block with what has been found out about it.
struct Placed<'l> {
    line: &'l Line,
    kind: ZoneKind,
    /// A row of a table.
    row: bool,
    words: String,
    page: u32,
}

enum Step {
    Same,
    Row,
    New,
}

/// Whether a line of prose begins a paragraph.
fn in_paragraph(last: &Line, line: &Line, shape: &Shape) -> Step {
    let (indent, last_indent, room) = match line.right_to_left {
        true => (shape.right - line.x1, shape.right - last.x1, last.x0 - shape.left),
        false => (line.x0 - shape.left, last.x0 - shape.left, shape.right - last.x1),
    };
    let (size, width) = (line.size, shape.right - shape.left);
    let outdented = shape.hanging && indent < 0.4 * size && last_indent > 0.6 * size;
    let indented = !shape.hanging && indent > 0.7 * size && last_indent < 0.4 * size && indent < 0.4 * width;
    let first_word = line.text.split_whitespace().next().map_or(0, |w| w.chars().count()) as f32;
    // The first word would have had room on the line above: the break was wanted.
    let early = room > (first_word * 0.55 + 1.0) * size;
    let begins = begins_item(&line.text)
        || outdented
        || (early && ends_sentence(&last.text))
        || (indented && ends_clause(&last.text));
    match (begins, early && room > 0.4 * width) {
        (true, _) => Step::New,
        (false, true) => Step::Row,
        (false, false) => Step::Same,
    }
}

/// The shape around every line of a block: margins are those of the lines of its own size, because a heading or a
/// note may be wider or narrower than the text.
fn shapes(block: &Block) -> Vec<Shape> {
    let alike = |a: &Line, b: &Line| (a.size - b.size).abs() < 0.06 * a.size;
    let runs = block.lines.chunk_by(alike);
    runs.flat_map(|run| std::iter::repeat_n(shape(run, block), run.len())).collect()
}

fn shape(run: &[Line], block: &Block) -> Shape {
    let mut gaps: Vec<f32> =
        run.windows(2).filter_map(|w| Some(w.first()?.y - w.get(1)?.y)).filter(|g| *g > 0.0).collect();
    gaps.sort_by(f32::total_cmp);
    let size = run.first().map_or(10.0, |l| l.size);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(1.2 * size);
    let pitch = if gaps.len() < 3 { usual.min(1.4 * size) } else { usual.min(2.6 * size) };
    let few = run.len() < 4;
    let left = if few { block.x0 } else { run.iter().map(|l| l.x0).fold(f32::MAX, f32::min) };
    let right = if few { block.x1 } else { run.iter().map(|l| l.x1).fold(f32::MIN, f32::max) };
    let indented = run.iter().filter(|l| l.x0 > left + 0.8 * size && l.x0 < left + 5.0 * size).count();
    Shape { left, right, pitch, hanging: indented * 2 > run.len() && !few }
}

/// The first line of the run of small lines at the foot of a block, if a note begins there.
fn notes_begin(block: &Block, body: f32) -> usize {
    let small = block.lines.iter().rev().take_while(|l| l.size < NOTE * body).count();
    let from = block.lines.len() - small;
    let begins = block.lines.iter().skip(from).position(|l| begins_note(&l.text));
    begins.filter(|_| from > 0).map_or(block.lines.len(), |at| from + at)
}

/// Whether a line is a row of a table. A wide gap in a line that fills its column, between lines without one, is that
/// of bad justification.
fn is_row(line: &Line, shape: &Shape, beside_row: bool) -> bool {
    let fills = line.x0 < shape.left + line.size && line.x1 > shape.right - line.size;
    line.text.contains('\t') && (beside_row || !fills)
}

/// Whether a line at the head of a column or page carries on a paragraph at the foot of the one before.
fn carries_on(item: &Item, line: &Line) -> bool {
    let Some((_, words)) = item.pieces.last() else { return false };
    let alike = (item.size - line.size).abs() < 0.06 * line.size && item.bold == line.bold && !item.row;
    let broken = words.ends_with(['-', '\u{AD}', '‐']);
    alike
        && !line.text.contains('\t')
        && !begins_item(&line.text)
        && (broken || begins_low(&line.text) || !ends_sentence(words))
}
