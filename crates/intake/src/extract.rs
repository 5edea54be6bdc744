//! What a format's reader hands over: one text with its zones, places and metadata. [`Builder`] is the only thing that
//! counts offsets, so that no format can count them wrong.

use rashomon_core::{Metadata, Place, Span, Zone, ZoneKind};

/// The text of one input and what is known about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extract {
    /// The text.
    pub text: String,
    /// Zones in order; what none covers is body.
    pub zones: Vec<Zone>,
    /// Places of the original in order.
    pub places: Vec<Place>,
    /// What the original says about itself.
    pub metadata: Metadata,
    /// What the person who reads the text should know about how it was got.
    pub notes: Vec<String>,
}

/// Builds an [`Extract`] paragraph by paragraph. Between paragraphs stands an empty line, between the lines of one
/// block (rows of a table, items of a list) a line break. A paragraph of white space leaves no trace.
///
/// ```
/// use rashomon_intake::Builder;
/// use rashomon_core::ZoneKind;
/// let mut builder = Builder::default();
/// builder.paragraph(ZoneKind::Title, "The mill");
/// builder.page(1);
/// builder.open(ZoneKind::Body);
/// builder.push("It burned on the night of the ");
/// builder.page(2); // the sentence runs over the page
/// builder.push("third of May.");
/// builder.close();
/// let extract = builder.finish();
/// assert_eq!(extract.text, "The mill\n\nIt burned on the night of the third of May.\n");
/// assert_eq!(extract.zones.len(), 1);
/// assert_eq!(extract.places.iter().filter_map(|p| p.page).collect::<Vec<_>>(), [1, 2]);
/// ```
#[derive(Debug, Default)]
pub struct Builder {
    extract: Extract,
    /// Start of the open paragraph, its zone, and whether anything but white space was pushed.
    open: Option<Open>,
    next_gap: Gap,
    page: Option<u32>,
    part: Option<String>,
    paragraphs: u32,
}

#[derive(Debug)]
struct Open {
    kind: ZoneKind,
    start: usize,
}

/// What stands between two blocks of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    Paragraph,
    Line,
}

impl Builder {
    /// What follows stands on this page of the original (from 1). May be called inside a paragraph.
    pub fn page(&mut self, page: u32) {
        self.page = Some(page);
    }

    /// What follows stands in this part of the original, e.g. a chapter's file.
    pub fn part(&mut self, part: &str) {
        self.part = Some(part.to_owned());
    }

    /// A whole paragraph of one zone. White space around it is dropped.
    pub fn paragraph(&mut self, kind: ZoneKind, text: &str) {
        self.open(kind);
        self.push(text.trim());
        self.close();
    }

    /// As [`Builder::paragraph`], but on the next line instead of after an empty line: rows, list items, verses.
    pub fn line(&mut self, kind: ZoneKind, text: &str) {
        self.open_line(kind);
        self.push(text.trim());
        self.close();
    }

    /// As [`Builder::open`], but on the next line instead of after an empty line.
    pub fn open_line(&mut self, kind: ZoneKind) {
        self.close();
        self.next_gap = Gap::Line;
        self.open(kind);
    }

    /// Begins a paragraph; an open one is closed first.
    pub fn open(&mut self, kind: ZoneKind) {
        self.close();
        if !self.extract.text.is_empty() {
            self.extract.text.push_str(if self.next_gap == Gap::Line { "\n" } else { "\n\n" });
        }
        self.next_gap = Gap::Paragraph;
        self.paragraphs += 1;
        self.open = Some(Open { kind, start: self.extract.text.len() });
    }

    /// Adds to the open paragraph, exactly as given. Without an open paragraph a body paragraph is begun.
    pub fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.open.is_none() {
            self.open(ZoneKind::Body);
        }
        let start = self.extract.text.len();
        self.extract.text.push_str(text);
        self.place(start);
    }

    /// Adds words of another zone inside the open paragraph: a note's mark, a running head in mid-sentence.
    pub fn push_as(&mut self, kind: ZoneKind, text: &str) {
        let outer = self.open.as_ref().map_or(ZoneKind::Body, |o| o.kind);
        if self.open.is_none() {
            self.open(ZoneKind::Body);
        }
        self.end_zone();
        self.set_kind(kind);
        self.push(text);
        self.end_zone();
        self.set_kind(outer);
    }

    /// Whether a paragraph is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.extract.text
    }

    /// Ends the open paragraph, if one is.
    pub fn close(&mut self) {
        self.end_zone();
        self.open = None;
        let kept = self.extract.text.trim_end().len();
        self.cut(kept);
    }

    /// Something the person who reads the text should know. The same words are kept once.
    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.extract.notes.contains(&note) {
            self.extract.notes.push(note);
        }
    }

    /// What the original says about itself.
    pub fn metadata(&mut self) -> &mut Metadata {
        &mut self.extract.metadata
    }

    /// The finished extract; a text that is not empty ends with one line break.
    pub fn finish(mut self) -> Extract {
        self.close();
        if !self.extract.text.is_empty() {
            self.extract.text.push('\n');
        }
        self.extract
    }

    fn set_kind(&mut self, kind: ZoneKind) {
        let start = self.extract.text.len();
        self.open = Some(Open { kind, start });
    }

    fn end_zone(&mut self) {
        let Some(Open { kind, start }) = self.open else { return };
        let words = self.extract.text.get(start..).unwrap_or_default();
        let (lead, kept) = (words.len() - words.trim_start().len(), words.trim_end().len());
        if kind != ZoneKind::Body && kept > 0 {
            self.extract.zones.push(Zone { span: Span::new(start + lead, start + kept), kind });
        }
    }

    /// Drops everything after a byte, with what points there.
    fn cut(&mut self, end: usize) {
        self.extract.text.truncate(end);
        let end = Span::new(end, end).end;
        while let Some(place) = self.extract.places.last_mut() {
            place.span.end = place.span.end.min(end);
            if !place.span.is_empty() {
                break;
            }
            self.extract.places.pop();
        }
    }

    fn place(&mut self, start: usize) {
        let span = Span::new(start, self.extract.text.len());
        let paragraph = Some(self.paragraphs);
        if let Some(last) = self.extract.places.last_mut() {
            let same = last.page == self.page && last.paragraph == paragraph && last.part == self.part;
            if same && last.span.end == span.start {
                last.span.end = span.end;
                return;
            }
        }
        self.extract.places.push(Place { span, page: self.page, paragraph, part: self.part.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(extract: &Extract) -> Vec<(&'static str, &str)> {
        extract.zones.iter().map(|z| (z.kind.as_str(), z.span.of(&extract.text).unwrap())).collect()
    }

    #[test]
    fn zones_and_places_stand_on_their_words() {
        let mut builder = Builder::default();
        builder.paragraph(ZoneKind::Title, "  Ветер над гаванью ");
        builder.paragraph(ZoneKind::Body, " \n ");
        builder.page(1);
        builder.open(ZoneKind::Body);
        builder.push("The pilot left");
        builder.push_as(ZoneKind::Note, "[1]");
        builder.push(" at four.");
        builder.line(ZoneKind::Body, "second line");
        let extract = builder.finish();
        assert_eq!(extract.text, "Ветер над гаванью\n\nThe pilot left[1] at four.\nsecond line\n");
        assert_eq!(shown(&extract), [("title", "Ветер над гаванью"), ("note", "[1]")]);
        let pages: Vec<_> = extract.places.iter().map(|p| (p.page, p.span.of(&extract.text).unwrap())).collect();
        assert_eq!(pages[1], (Some(1), "The pilot left[1] at four."));
        assert_eq!(extract.places.len(), 3, "the blank paragraph left no place");
    }

    #[test]
    fn nothing_pushed_gives_an_empty_text() {
        let mut builder = Builder::default();
        builder.open(ZoneKind::Heading);
        builder.push("   ");
        builder.close();
        assert_eq!(builder.finish(), Extract::default());
    }
}
