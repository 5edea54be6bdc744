//! Cuts a document into paragraphs that belong to one zone, and joins what page furniture has torn apart.
//!
//! Menus and reference lists hold no sentences. A paragraph that stops without a full stop and goes on in lower case
//! after a blank line, a page break, a note or a menu is one paragraph in parts; the foreign paragraphs come after it,
//! so that everything later may take a sentence for a row of neighbouring tokens. Where the lines of a text are broken
//! by hand at a width, a line break is white space; elsewhere it ends a paragraph.

use rashomon_core::{Document, Span, ZoneKind};
use rashomon_text::letters::is_quotation_mark;

/// A paragraph: stretches of the text of one zone, in order, with nothing of their own between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Its stretches, one unless it is torn.
    pub(crate) parts: Vec<Span>,
    /// The zone.
    pub(crate) zone: ZoneKind,
}

/// How many foreign paragraphs may stand inside a torn one.
const MOST_BETWEEN: usize = 6;
/// Longest paragraph in bytes; a longer one is cut at white space, so that work on one paragraph is bounded.
const LONGEST: usize = 1 << 18;

/// Walks a document's paragraphs in reading order.
pub(crate) struct Paragraphs<'a> {
    text: &'a str,
    stretches: Vec<(Span, ZoneKind)>,
    next_stretch: usize,
    at: usize,
    wrap: Option<usize>,
    ahead: Vec<Paragraph>,
}

impl<'a> Paragraphs<'a> {
    /// The paragraphs of a document.
    pub(crate) fn of(document: &'a Document) -> Paragraphs<'a> {
        let text = document.text.as_str();
        let mut stretches = Vec::with_capacity(document.zones.len() * 2 + 1);
        let mut at = 0usize;
        for zone in &document.zones {
            let (start, end) = (zone.span.start as usize, (zone.span.end as usize).min(text.len()));
            if at < start && start <= text.len() {
                stretches.push((Span::new(at, start), ZoneKind::Body));
            }
            if start < end {
                stretches.push((zone.span, zone.kind));
            }
            at = at.max(end);
        }
        if at < text.len() {
            stretches.push((Span::new(at, text.len()), ZoneKind::Body));
        }
        Paragraphs { text, stretches, next_stretch: 0, at: 0, wrap: wrap_width(text), ahead: Vec::new() }
    }

    /// The next stretch of text without a paragraph's end.
    fn raw(&mut self) -> Option<Paragraph> {
        loop {
            let &(stretch, zone) = self.stretches.get(self.next_stretch)?;
            let (from, end) = (self.at.max(stretch.start as usize), stretch.end as usize);
            let Some(rest) = self.text.get(from..end) else {
                self.next_stretch += 1;
                continue;
            };
            let skipped = rest.len() - rest.trim_start().len();
            if skipped == rest.len() {
                self.next_stretch += 1;
                self.at = end;
                continue;
            }
            let start = from + skipped;
            let length = self.paragraph_length(self.text.get(start..end).unwrap_or_default());
            self.at = start + length;
            let words = self.text.get(start..start + length).unwrap_or_default().trim_end();
            return Some(Paragraph { parts: vec![Span::new(start, start + words.len())], zone });
        }
    }

    /// Bytes until the paragraph's end: a blank line, a page break, or the end of a line that is not wrapped.
    fn paragraph_length(&self, rest: &str) -> usize {
        let bytes = rest.as_bytes();
        let (mut at, mut line_start) = (0, 0);
        while let Some(offset) = find_break(bytes.get(at..).unwrap_or_default()) {
            at += offset;
            if bytes[at] == 0x0C {
                return at.max(1);
            }
            let line = rest.get(line_start..at).unwrap_or_default();
            let after = rest.get(at + 1..).unwrap_or_default();
            let next_line = after.split(['\n', '\u{0C}']).next().unwrap_or_default();
            if next_line.trim().is_empty() || !self.runs_on(line, next_line) {
                return at;
            }
            if at > LONGEST {
                return at;
            }
            at += 1;
            line_start = at;
        }
        if rest.len() <= LONGEST { rest.len() } else { cut_near(rest, LONGEST) }
    }

    /// Whether a line break inside running text is only white space.
    fn runs_on(&self, line: &str, next: &str) -> bool {
        let Some(width) = self.wrap else { return false };
        let indented = next.starts_with("   ") || next.starts_with('\t');
        let starts_item = next.trim_start().starts_with(['•', '*', '#', '|']);
        let short = line.trim_end().len() * 10 < width * 7;
        let next_low = next.trim_start().starts_with(char::is_lowercase);
        !starts_item && (next_low || !(short || indented && ends_sentence(line)))
    }

    fn fill(&mut self, wanted: usize) {
        while self.ahead.len() < wanted {
            match self.raw() {
                Some(p) => self.ahead.push(p),
                None => break,
            }
        }
    }

    /// Where in what lies ahead the torn first paragraph goes on.
    fn continuation(&self) -> Option<usize> {
        let first = self.ahead.first()?;
        let last = first.parts.last()?.of(self.text)?;
        if first.zone != ZoneKind::Body || last.len() > LONGEST / 2 || ends_sentence(last) || !last.contains(' ') {
            return None;
        }
        let at = 1 + self.ahead.get(1..)?.iter().position(|p| p.zone == ZoneKind::Body)?;
        let next = self.ahead.get(at)?.parts.first()?.of(self.text)?;
        let between = self.ahead.get(1..at)?;
        let furniture = between
            .iter()
            .all(|p| matches!(p.zone, ZoneKind::Menu | ZoneKind::Note | ZoneKind::Caption | ZoneKind::Reference));
        (furniture && goes_on(last, next)).then_some(at)
    }
}

impl Iterator for Paragraphs<'_> {
    type Item = Paragraph;

    fn next(&mut self) -> Option<Paragraph> {
        loop {
            self.fill(1);
            let zone = self.ahead.first()?.zone;
            if !matches!(zone, ZoneKind::Menu | ZoneKind::Reference) {
                break;
            }
            self.ahead.remove(0);
        }
        let mut joined = 0;
        while joined < 8 {
            self.fill(2 + MOST_BETWEEN);
            let Some(at) = self.continuation() else { break };
            let more = self.ahead.remove(at);
            if let Some(first) = self.ahead.first_mut() {
                first.parts.extend(more.parts);
            }
            joined += 1;
        }
        Some(self.ahead.remove(0))
    }
}

fn find_break(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| *b == b'\n' || *b == 0x0C)
}

/// The white space nearest before a length, or the length itself, on a character's boundary.
fn cut_near(rest: &str, length: usize) -> usize {
    let bytes = rest.as_bytes();
    let low = length.saturating_sub(4096);
    let sentence =
        (low..length).rev().find(|i| bytes[*i] == b' ' && *i > 0 && matches!(bytes[*i - 1], b'.' | b'?' | b'!'));
    let space = || (low..length).rev().find(|i| bytes[*i].is_ascii_whitespace());
    let cut = sentence.or_else(space).unwrap_or(length);
    (cut..rest.len()).find(|i| rest.is_char_boundary(*i)).unwrap_or(rest.len())
}

/// The width at which lines are broken by hand, if they are: most line breaks then stand inside a sentence.
fn wrap_width(text: &str) -> Option<usize> {
    let (mut inside, mut ended, mut widest) = (0usize, 0usize, 0usize);
    let mut lines = text.lines().take(4000).peekable();
    let mut lengths = Vec::new();
    while let Some(line) = lines.next() {
        let Some(next) = lines.peek() else { break };
        let (line, next) = (line.trim_end(), next.trim_start());
        if line.is_empty() || next.is_empty() {
            continue;
        }
        if next.starts_with(char::is_lowercase) && !ends_sentence(line) {
            inside += 1;
            lengths.push(line.len());
        } else {
            ended += 1;
        }
        widest = widest.max(line.len());
    }
    lengths.sort_unstable();
    let typical = *lengths.get(lengths.len() / 2)?;
    (inside * 2 >= ended && inside > 0 && typical <= 160).then_some(typical)
}

/// Whether a stretch ends as a sentence does, closing marks and a citation's number apart.
pub(crate) fn ends_sentence(words: &str) -> bool {
    let bare = words.trim_end().trim_end_matches(|c: char| {
        is_quotation_mark(c) || matches!(c, ')' | ']' | '}' | '*' | '_') || c.is_whitespace()
    });
    let bare = match bare.rfind('[') {
        Some(at)
            if bare.len() - at < 6 && bare.get(at + 1..).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())) =>
        {
            bare.get(..at).unwrap_or_default().trim_end()
        }
        _ => bare,
    };
    let bare = bare.trim_end_matches(|c: char| is_quotation_mark(c) || c.is_whitespace());
    bare.is_empty() || bare.ends_with(['.', '!', '?', '…', ':', ';', '؟', '。', '۔', '।'])
}

/// Whether the next paragraph reads as the rest of this one.
fn goes_on(last: &str, next: &str) -> bool {
    let next_low = next.starts_with(char::is_lowercase);
    let listed =
        next.starts_with(|c: char| c.is_ascii_lowercase()) && next.get(1..2).is_some_and(|c| matches!(c, ")" | "."));
    next_low && !listed && last.chars().count() > 20
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::{Digest, Zone};

    fn document(text: &str, zones: &[(&str, ZoneKind)]) -> Document {
        let zones = zones.iter().map(|(part, kind)| {
            let start = text.find(part).unwrap();
            Zone { span: Span::new(start, start + part.len()), kind: *kind }
        });
        Document {
            id: Digest::of(text.as_bytes()),
            path: "a.txt".into(),
            media_type: "text/plain".into(),
            bytes: text.len() as u64,
            text: text.into(),
            metadata: Default::default(),
            zones: zones.collect(),
            places: vec![],
            notes: vec![],
        }
    }

    fn shown(document: &Document) -> Vec<String> {
        let part = |s: &Span| s.of(&document.text).unwrap().replace('\n', "/");
        Paragraphs::of(document).map(|p| p.parts.iter().map(part).collect::<Vec<_>>().join(" + ")).collect()
    }

    #[test]
    fn a_note_and_a_menu_inside_a_sentence_are_set_aside() {
        let text = "The boats left the harbour at dawn and\n\n1 A note.\n\nMenu\n\nsteered north. They came back.";
        let document = document(text, &[("1 A note.", ZoneKind::Note), ("Menu", ZoneKind::Menu)]);
        let expected = ["The boats left the harbour at dawn and + steered north. They came back.", "1 A note."];
        assert_eq!(shown(&document), expected);
    }

    #[test]
    fn a_line_break_ends_a_paragraph_unless_lines_are_wrapped_by_hand() {
        let long = document("The mill was shut in May.\nThe weavers went home.\nNobody was paid.", &[]);
        assert_eq!(shown(&long).len(), 3);
        let wrapped = "The mill was shut in May because the river\nhad run low, and the weavers of the town, who\n\
                       had not been paid, went home. Nobody else\nwas paid.\nShort\nThe next paragraph follows here and goes\non.";
        assert_eq!(shown(&document(wrapped, &[])).len(), 3);
    }

    #[test]
    fn a_line_without_white_space_is_cut() {
        let text = "x".repeat(3 * LONGEST);
        let parts: Vec<_> = Paragraphs::of(&document(&text, &[])).collect();
        assert_eq!(parts.len(), 3);
        assert_eq!(parts.iter().map(|p| p.parts[0].len()).sum::<usize>(), text.len());
    }
}
