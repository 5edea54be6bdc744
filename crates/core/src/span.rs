//! Places in a text. Inside the program a place is a half-open range of **bytes** that never cuts a character, because
//! that slices in constant time; the export counts **code points** and [`CharIndex`] converts between the two.

use serde::{Deserialize, Serialize};

/// A half-open byte range in one document's text. `start <= end` always holds for spans made by [`Span::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; swapped ends are put in order.
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: clamp(start.min(end)), end: clamp(start.max(end)) }
    }

    /// The words at this span, or `None` where it lies outside the text or cuts a character.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// As a range of `usize`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end.saturating_sub(self.start)) as usize
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the other span lies wholly inside this one.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A span together with the words that are said to stand there. Until it is grounded it is only said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Words {
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// The words, exactly.
    pub text: String,
}

impl Words {
    /// The words that stand at a span of a text, trimmed of surrounding white space; `None` if nothing is left or the
    /// span does not fit the text.
    pub fn at(text: &str, span: Span) -> Option<Words> {
        let raw = span.of(text)?;
        let inner = raw.trim();
        let start = span.start as usize + (raw.len() - raw.trim_start().len());
        (!inner.is_empty()).then(|| Words { span: Span::new(start, start + inner.len()), text: inner.to_owned() })
    }

    /// Every place inside a span of a text where some words stand, however its white space runs; the words are those of
    /// the text. Places that overlap an earlier one are left out.
    pub fn find(text: &str, within: Span, words: &str) -> Vec<Words> {
        let parts: Vec<&str> = words.split_whitespace().collect();
        let (Some(first), Some(room)) = (parts.first(), within.of(text)) else { return Vec::new() };
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = room.get(from..).and_then(|rest| rest.find(first)).map(|at| from + at) {
            match room.get(at..).and_then(|rest| reach(rest, &parts)) {
                Some(length) => {
                    let start = within.start as usize + at;
                    found.extend(Words::at(text, Span::new(start, start + length)));
                    from = at + length;
                }
                None => from = at + first.chars().next().map_or(1, char::len_utf8),
            }
        }
        found
    }

    /// Whether these words stand at this span of the text.
    pub fn stand_in(&self, text: &str) -> bool {
        !self.text.is_empty() && self.span.of(text) == Some(self.text.as_str())
    }
}

/// How many bytes some words take at the beginning of a text, if they stand there with white space between them.
fn reach(text: &str, parts: &[&str]) -> Option<usize> {
    let mut rest = text;
    for (n, part) in parts.iter().enumerate() {
        let trimmed = rest.trim_start();
        if n > 0 && trimmed.len() == rest.len() {
            return None;
        }
        rest = trimmed.strip_prefix(part)?;
    }
    Some(text.len() - rest.len())
}

/// Converts byte offsets to code-point offsets and back, in time logarithmic in the length of the text.
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// Code points before every `STEP`th byte (rounded down to a character boundary).
    marks: Vec<(u32, u32)>,
    chars: u32,
}

const STEP: usize = 256;

impl CharIndex {
    /// The index of a text.
    pub fn new(text: &str) -> CharIndex {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let (mut chars, mut next) = (0u32, 0usize);
        for (byte, _) in text.char_indices() {
            if byte >= next {
                marks.push((byte as u32, chars));
                next = byte + STEP;
            }
            chars += 1;
        }
        CharIndex { marks, chars }
    }

    /// Number of code points of the text.
    pub fn chars(&self) -> u32 {
        self.chars
    }

    /// Code points before a byte offset of the text the index was made of.
    pub fn to_chars(&self, text: &str, byte: u32) -> u32 {
        let at = self.marks.partition_point(|m| m.0 <= byte);
        let Some(&(from, before)) = at.checked_sub(1).and_then(|i| self.marks.get(i)) else { return 0 };
        let part = text.as_bytes().get(from as usize..(byte as usize).min(text.len())).unwrap_or_default();
        before + part.iter().filter(|b| (**b & 0xC0) != 0x80).count() as u32
    }

    /// Byte offset of a code point of the text; past the end, the text's length.
    pub fn to_bytes(&self, text: &str, char: u32) -> u32 {
        let at = self.marks.partition_point(|m| m.1 <= char);
        let Some(&(from, before)) = at.checked_sub(1).and_then(|i| self.marks.get(i)) else { return 0 };
        let rest = text.get(from as usize..).unwrap_or_default();
        let offset = rest.char_indices().nth((char - before) as usize).map_or(rest.len(), |(b, _)| b);
        from + offset as u32
    }

    /// A span in code points.
    pub fn span(&self, text: &str, span: Span) -> (u32, u32) {
        (self.to_chars(text, span.start), self.to_chars(text, span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_and_must_stand_where_they_say() {
        let text = "a  «déjà vu» b";
        let words = Words::at(text, Span::new(1, text.len() - 1)).unwrap();
        assert_eq!(words.text, "«déjà vu»");
        assert!(words.stand_in(text));
        assert!(!words.stand_in("another text altogether"));
        assert!(Words::at(text, Span::new(1, 3)).is_none(), "only white space");
        assert!(Words::at(text, Span::new(4, 5)).is_none(), "cuts a character");
        assert!(Words::at(text, Span::new(4, 500)).is_none(), "outside the text");
    }

    #[test]
    fn words_are_found_however_the_white_space_runs() {
        let text = "the old\n mill; the old  mill. theold mill";
        let all = Span::new(0, text.len());
        let found: Vec<String> = Words::find(text, all, " the old mill").into_iter().map(|w| w.text).collect();
        assert_eq!(found, ["the old\n mill", "the old  mill"]);
        assert!(Words::find(text, Span::new(0, 10), "the old mill").is_empty(), "only inside the span");
        assert!(Words::find(text, all, "").is_empty() && Words::find(text, all, "the new").is_empty());
        assert_eq!(Words::find("ééé", Span::new(0, 6), "é").len(), 3);
        assert!(Words::find(text, all, "mill").iter().all(|w| w.stand_in(text)));
    }

    #[test]
    fn char_index_counts_code_points_both_ways() {
        let text = "قاسم and Рожественский — ".repeat(60);
        let index = CharIndex::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.to_chars(&text, byte as u32), chars as u32);
            assert_eq!(index.to_bytes(&text, chars as u32), byte as u32);
        }
        assert_eq!(index.to_chars(&text, text.len() as u32), index.chars());
        assert_eq!(index.to_bytes(&text, index.chars()), text.len() as u32);
        assert_eq!(CharIndex::new("").to_chars("", 0), 0);
    }
}
