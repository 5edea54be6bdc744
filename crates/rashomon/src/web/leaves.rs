//! Cuts a document's text into the blocks that a page shows (paragraphs, headings, captions, set-aside menus) and the
//! blocks into leaves, so that a document of several megabytes stays usable.
//!
//! This is a matter of looks only: every character of the text except the white space between blocks stands in exactly
//! one block, and what is marked in it is decided elsewhere. A zone that fills whole lines is a block of its own; one
//! inside a line (a note's mark, a running head in mid-sentence) stays where it stands.

use rashomon_core::{Document, Span, ZoneKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// One block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Where, without white space around it.
    pub(crate) span: Span,
    /// What part of the document it is.
    pub(crate) kind: ZoneKind,
    /// Whether line breaks inside are the text's own (rows, verses) or only where a line was full.
    pub(crate) keeps_lines: bool,
    /// Whether most of its letters are written from right to left.
    pub(crate) right_to_left: bool,
}

/// Blocks on one leaf.
const BLOCKS: usize = 200;
/// Bytes on one leaf, about; one block more may run over.
const BYTES: usize = 60_000;
/// A longer block is cut at white space.
const LONGEST: usize = 20_000;
/// A line of more characters was not broken because it was full.
const WIDEST: usize = 150;

/// The blocks of a document in order.
pub(crate) fn blocks(document: &Document) -> Vec<Block> {
    let text = document.text.as_str();
    let mut all = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let length = paragraph(rest);
        for span in cut_at_lines(document, Span::new(start, start + length)) {
            for piece in cut_long(text, span) {
                all.extend(block(document, piece));
            }
        }
        start += length.max(1);
    }
    all
}

/// The leaves: ranges of blocks. A document without blocks has one empty leaf.
pub(crate) fn leaves(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let (mut first, mut bytes) = (0, 0);
    for (index, block) in blocks.iter().enumerate() {
        if index - first >= BLOCKS || bytes >= BYTES {
            all.push(first..index);
            (first, bytes) = (index, 0);
        }
        bytes += block.span.len();
    }
    all.push(first..blocks.len());
    all
}

/// Whether most letters of a text are written from right to left. Better than the first letter alone, which a foreign
/// name at the head of a Persian sentence would decide.
pub(crate) fn is_right_to_left(text: &str) -> bool {
    let (mut right, mut left) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(2_000) {
        match u32::from(c) {
            0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF => right += 1,
            _ => left += 1,
        }
    }
    right > left
}

/// Bytes up to the next blank line or page break, with it.
fn paragraph(rest: &str) -> usize {
    let mut at = 0;
    for line in rest.split_inclusive(['\n', '\u{0C}']) {
        at += line.len();
        let next = rest.get(at..).unwrap_or_default();
        let blank = next.split('\n').next().is_some_and(|l| l.trim().is_empty());
        if line.ends_with('\u{0C}') || blank {
            return at;
        }
    }
    at
}

/// Cuts where a line ends and another kind of zone begins, and at each line's end where lines are so long that each must
/// be a paragraph.
fn cut_at_lines(document: &Document, span: Span) -> Vec<Span> {
    let words = span.of(&document.text).unwrap_or_default();
    let paragraphs = words.lines().any(|l| l.chars().nth(WIDEST).is_some());
    let mut pieces = Vec::new();
    let (mut first, mut at) = (span.start, span.start);
    let mut kind = None;
    for line in words.split_inclusive('\n') {
        let end = at + line.len() as u32;
        let here = kind_of(document, Span { start: at, end });
        if at > first && (paragraphs || kind.is_some_and(|k| k != here)) {
            pieces.push(Span { start: first, end: at });
            first = at;
        }
        kind = Some(here);
        at = end;
    }
    pieces.push(Span { start: first, end: span.end });
    pieces
}

/// The kind of zone that most of a stretch belongs to: marks of headings before it or of notes in it do not count.
fn kind_of(document: &Document, span: Span) -> ZoneKind {
    let length = span.of(&document.text).unwrap_or_default().trim().len();
    let from = document.zones.partition_point(|z| z.span.end <= span.start);
    let inside = document.zones.iter().skip(from).take_while(|z| z.span.start < span.end);
    let mut lengths: BTreeMap<ZoneKind, usize> = BTreeMap::new();
    for zone in inside {
        let shared = zone.span.end.min(span.end) - zone.span.start.max(span.start);
        *lengths.entry(zone.kind).or_default() += shared as usize;
    }
    lengths.into_iter().find(|(_, n)| *n * 2 > length).map_or(ZoneKind::Body, |(kind, _)| kind)
}

/// Cuts a block of more than [`LONGEST`] bytes at white space.
fn cut_long(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let (mut start, end) = (span.start as usize, span.end as usize);
    while end - start > LONGEST {
        let mut limit = start + LONGEST;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let part = text.get(start..limit).unwrap_or_default();
        let cut = part.rfind(char::is_whitespace).filter(|n| *n > 0).map_or(limit, |n| start + n);
        pieces.push(Span::new(start, cut));
        start = cut;
    }
    pieces.push(Span::new(start, end));
    pieces
}

fn block(document: &Document, span: Span) -> Option<Block> {
    let raw = span.of(&document.text)?;
    let words = raw.trim();
    let start = span.start as usize + (raw.len() - raw.trim_start().len());
    let span = Span::new(start, start + words.len());
    (!words.is_empty()).then(|| Block {
        span,
        kind: kind_of(document, span),
        keeps_lines: keeps_lines(words),
        right_to_left: is_right_to_left(words),
    })
}

/// Lines that were broken because they were full are about equally long; verses, rows and addresses are not.
fn keeps_lines(words: &str) -> bool {
    let lengths: Vec<usize> = words.lines().map(|l| l.trim().chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let broken = lengths.split_last().map(|(_, before)| before).unwrap_or_default();
    let full = broken.iter().filter(|l| **l * 10 >= longest * 7).count();
    let was_full = (45..=130).contains(&longest) && full * 10 >= broken.len() * 8;
    !broken.is_empty() && !was_full
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::tests::told::document;
    use rashomon_core::Zone;

    fn shown(text: &str, zones: &[(&str, ZoneKind)]) -> Vec<(ZoneKind, String)> {
        let mut document = document("a.txt", text);
        for (part, kind) in zones {
            let start = text.find(part).unwrap();
            document.zones.push(Zone { span: Span::new(start, start + part.len()), kind: *kind });
        }
        let words = |b: &Block| b.span.of(text).unwrap().to_owned();
        blocks(&document).iter().map(|b| (b.kind, words(b))).collect()
    }

    #[test]
    fn zones_on_lines_of_their_own_are_blocks_and_those_inside_a_line_are_not() {
        let text = "The mill\nIt burned[1] on\nMonday.\n\nHome | News\nA picture\n \nThe end";
        let found = shown(
            text,
            &[
                ("The mill", ZoneKind::Title),
                ("[1]", ZoneKind::Note),
                ("Home | News", ZoneKind::Menu),
                ("A picture", ZoneKind::Caption),
            ],
        );
        let expected = [
            (ZoneKind::Title, "The mill"),
            (ZoneKind::Body, "It burned[1] on\nMonday."),
            (ZoneKind::Menu, "Home | News"),
            (ZoneKind::Caption, "A picture"),
            (ZoneKind::Body, "The end"),
        ];
        assert_eq!(found, expected.map(|(k, t)| (k, t.to_owned())));
    }

    #[test]
    fn a_heading_keeps_its_kind_behind_its_marks_and_long_lines_are_paragraphs() {
        let long = "The mill stood on the bank and nobody knew who had built it. ".repeat(3);
        let text = format!("## The mill\n{long}\n{long}");
        let found = shown(&text, &[("The mill", ZoneKind::Heading)]);
        let kinds: Vec<ZoneKind> = found.iter().map(|(k, _)| *k).collect();
        assert_eq!(kinds, [ZoneKind::Heading, ZoneKind::Body, ZoneKind::Body]);
        assert_eq!(found[0].1, "## The mill");
    }

    #[test]
    fn every_character_but_white_space_is_in_one_block() {
        let text = format!("{}\n\n{}\u{0C}é{}", "word ".repeat(9_000), "\n \n", "ب".repeat(30_000));
        let blocks = blocks(&document("a.txt", &text));
        let shown: String = blocks.iter().map(|b| b.span.of(&text).unwrap()).collect();
        let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&shown), bare(&text));
        assert!(blocks.iter().all(|b| b.span.len() <= LONGEST));
        let leaves = leaves(&blocks);
        assert!(leaves.len() > 1 && leaves.last().unwrap().end == blocks.len());
        assert!(leaves.windows(2).all(|w| w[0].end == w[1].start));
    }

    #[test]
    fn direction_is_that_of_most_letters() {
        assert!(is_right_to_left("BBC گزارش داد که آسیاب در شب سوخت"));
        assert!(!is_right_to_left("The word قاسم is a name"));
        assert!(!is_right_to_left("1904"));
    }

    #[test]
    fn full_lines_flow_and_verses_keep_their_ends() {
        let wrapped = "The mill stood on the river bank for more than two hundred\n\
                       years before the night on which it burned down to the very\nground.";
        assert!(!keeps_lines(wrapped));
        assert!(keeps_lines("Down by the mill\nthe water ran\nand nobody came"));
        assert!(!keeps_lines("one line"));
    }
}
