//! A text as lines, with what can be said of each by its shape alone. Lines are kept small (twelve bytes each), because
//! a hundred megabytes of text may hold ten million.

use rashomon_core::{Span, Zone, ZoneKind};

/// One line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its words, without the white space around them.
    pub span: Span,
    /// Whether a blank line, or the start of the text, stands before it.
    pub gap: bool,
    /// Its zone, once known.
    pub kind: Option<ZoneKind>,
    /// Whether its zone was known before; such a line is left alone.
    pub fixed: bool,
}

/// The lines of a text that are not blank.
#[derive(Debug)]
pub struct Lines<'a> {
    /// The text.
    pub text: &'a str,
    /// The lines in order.
    pub all: Vec<Line>,
    /// Whether blocks of the text are set apart by blank lines.
    pub spaced: bool,
}

impl<'a> Lines<'a> {
    /// Cuts a text into lines; what the given zones cover is fixed.
    pub fn new(text: &'a str, zones: &[Zone]) -> Lines<'a> {
        let mut all = Vec::new();
        let (mut start, mut gap, mut zone) = (0usize, true, 0usize);
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            if words.is_empty() {
                gap = true;
            } else {
                let from = start + (line.len() - line.trim_start().len());
                let span = Span::new(from, from + words.len());
                while zones.get(zone).is_some_and(|z| z.span.end <= span.start) {
                    zone += 1;
                }
                let over = zones.get(zone).filter(|z| z.span.overlaps(span));
                all.push(Line { span, gap, kind: over.map(|z| z.kind), fixed: over.is_some() });
                gap = false;
            }
            start += line.len();
        }
        let gaps = all.iter().skip(1).filter(|l| l.gap).count();
        let spaced = gaps * 4 >= all.len().saturating_sub(1);
        Lines { text, all, spaced }
    }

    /// The words of a line; nothing outside the text.
    pub fn words(&self, at: usize) -> &'a str {
        self.all.get(at).and_then(|l| l.span.of(self.text)).unwrap_or_default()
    }

    /// The zone of a line, if it has one.
    pub fn kind(&self, at: usize) -> Option<ZoneKind> {
        self.all.get(at).and_then(|l| l.kind)
    }

    /// Whether a line is still free to be given a zone.
    pub fn is_free(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|l| !l.fixed && l.kind.is_none())
    }

    /// Gives a free line its zone.
    pub fn set(&mut self, at: usize, kind: ZoneKind) {
        if let Some(line) = self.all.get_mut(at).filter(|l| !l.fixed && l.kind.is_none()) {
            line.kind = Some(kind);
        }
    }

    /// Whether a line stands between blank lines (or at an end of the text).
    pub fn is_alone(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|l| l.gap) && self.all.get(at + 1).is_none_or(|l| l.gap)
    }

    /// The next line at or after a place that is text or heading, not furniture.
    pub fn next_text(&self, from: usize) -> Option<usize> {
        (from..self.all.len()).find(|&i| !matches!(self.kind(i), Some(ZoneKind::Menu | ZoneKind::Caption)))
    }

    /// The last line before a place that is text or heading, not furniture.
    pub fn previous_text(&self, before: usize) -> Option<usize> {
        (0..before).rev().find(|&i| !matches!(self.kind(i), Some(ZoneKind::Menu | ZoneKind::Caption)))
    }
}

/// Characters that close a quotation or a bracket after the end of a sentence.
const CLOSING: &[char] = &['"', '\'', '”', '’', '»', '«', '“', '‘', ')', ']', '}', '*', '_', '」', '』', '›', '‹'];

/// Whether a line ends as a sentence does.
pub fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(is_mark);
    let bare = line.trim_end_matches(CLOSING);
    // "…said so.[3]": the mark of a note after the full stop.
    let bare =
        bare.rsplit_once('[').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit() || b == b',')).map_or(bare, |x| x.0);
    bare.trim_end().ends_with(['.', '!', '?', '…', '؟', '۔', '。', '！', '？', '।', ':', ';', '؛'])
}

/// Superscript figures that mark a note.
fn is_mark(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Whether a line begins in lower case, as the rest of a broken sentence does.
pub fn begins_low(line: &str) -> bool {
    line.chars().find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase)
}

/// Whether a line is long enough, or ends so, that it is prose.
pub fn is_prose(line: &str) -> bool {
    let letters = line.chars().take(140).filter(|c| c.is_alphabetic()).count();
    letters >= 100 || (letters >= 30 && ends_sentence(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_words_gaps_and_zones() {
        let text = "Title\r\n\r\n  body one \nbody two\n\nend";
        let zones = [Zone { span: Span::new(0, 5), kind: ZoneKind::Title }];
        let lines = Lines::new(text, &zones);
        let shown: Vec<_> = (0..lines.all.len()).map(|i| (lines.words(i), lines.all[i].gap)).collect();
        assert_eq!(shown, [("Title", true), ("body one", true), ("body two", false), ("end", true)]);
        assert_eq!(lines.kind(0), Some(ZoneKind::Title));
        assert!(!lines.is_free(0) && lines.is_free(1));
        assert!(lines.is_alone(3) && lines.is_alone(0) && !lines.is_alone(1));
    }

    #[test]
    fn ends_and_beginnings_of_sentences() {
        for line in
            ["It burned.", "“It burned.”", "Did it?)", "He said so.[3]", "He said so.²", "*It burned.*", "او رفت؟"]
        {
            assert!(ends_sentence(line), "{line}");
        }
        for line in ["It burned and", "The Mill (1904)", "The mill [see map]", "“The Mill”"] {
            assert!(!ends_sentence(line), "{line}");
        }
        assert!(begins_low(" and then") && !begins_low("And") && !begins_low("ميناء"));
    }
}
