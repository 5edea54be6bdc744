//! Paragraphs, tables and notes of files that mark them (DOCX, ODT, EPUB), put into one running text. A reader opens
//! and closes parts as it meets them; this decides where each part's words go.
//!
//! A table of short cells becomes one line a row, cells parted by tabs; a table that only holds prose in place becomes
//! paragraphs. Notes stand at the end in their order, their mark where the text points to them. A paragraph inside
//! another (a text box) follows it.

use crate::extract::Builder;
use rashomon_core::ZoneKind;

/// Letters of a row of a table that is still one line.
const ROW_LETTERS: usize = 600;
/// Letters of one cell of it.
const CELL_LETTERS: usize = 240;

/// The mark of a note as it is printed: raised. A citation in square brackets stays another thing than a note.
pub fn raised(mark: &str) -> String {
    let up = |c: char| match c {
        '0'..='9' => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - '0' as usize).unwrap_or(c),
        'i' => 'ⁱ',
        'v' => 'ᵛ',
        'x' => 'ˣ',
        'l' => 'ˡ',
        'c' => 'ᶜ',
        _ => c,
    };
    mark.trim().chars().map(up).collect()
}

/// Collects the parts of one text.
#[derive(Debug, Default)]
pub struct Prose {
    builder: Builder,
    open: Vec<Part>,
    notes: Vec<Paragraph>,
}

/// A part that has been opened and not closed.
#[derive(Debug)]
enum Part {
    Paragraph(Paragraph, Vec<Paragraph>),
    Table { rows: usize },
    Row(Vec<Vec<Paragraph>>),
    Cell(Vec<Paragraph>),
    Note { mark: String, paragraphs: Vec<Paragraph> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Paragraph {
    kind: ZoneKind,
    /// Follows on the next line rather than after an empty one.
    row: bool,
    /// Words, and marks of notes among them.
    pieces: Vec<(bool, String)>,
}

impl Paragraph {
    fn new(kind: ZoneKind, row: bool) -> Paragraph {
        Paragraph { kind, row, pieces: Vec::new() }
    }

    fn is_blank(&self) -> bool {
        self.pieces.iter().all(|(_, words)| words.trim().is_empty())
    }

    fn letters(&self) -> usize {
        self.pieces.iter().map(|(_, words)| words.chars().count()).sum()
    }
}

impl Prose {
    /// The builder underneath, for places, metadata and remarks.
    pub fn builder(&mut self) -> &mut Builder {
        &mut self.builder
    }

    /// Begins a paragraph; with `row` on the next line after the one before.
    pub fn open_paragraph(&mut self, kind: ZoneKind, row: bool) {
        self.open.push(Part::Paragraph(Paragraph::new(kind, row), Vec::new()));
    }

    /// Changes the kind of the open paragraph, for formats that tell it only after the beginning.
    pub fn set_kind(&mut self, kind: ZoneKind) {
        if let Some(Part::Paragraph(paragraph, _)) = self.open.last_mut() {
            paragraph.kind = kind;
        }
    }

    /// Makes the open paragraph an item of a list.
    pub fn set_row(&mut self) {
        if let Some(Part::Paragraph(paragraph, _)) = self.open.last_mut() {
            paragraph.row = true;
        }
    }

    /// Whether the innermost open part is a paragraph.
    pub fn in_paragraph(&self) -> bool {
        matches!(self.open.last(), Some(Part::Paragraph(..)))
    }

    /// Whether the innermost open part is a note, or a paragraph of one.
    pub fn in_note(&self) -> bool {
        self.open.iter().any(|part| matches!(part, Part::Note { .. }))
    }

    /// The last letter of the open paragraph.
    pub fn last_char(&self) -> Option<char> {
        match self.open.last() {
            Some(Part::Paragraph(paragraph, _)) => {
                paragraph.pieces.last().and_then(|(_, words)| words.chars().next_back())
            }
            _ => None,
        }
    }

    /// Adds words to the open paragraph; without one they are dropped, as white space between paragraphs is.
    pub fn push(&mut self, words: &str) {
        self.add(false, words);
    }

    /// Adds the mark of a note to the open paragraph.
    pub fn push_mark(&mut self, mark: &str) {
        self.add(true, mark);
    }

    fn add(&mut self, mark: bool, words: &str) {
        let Some(Part::Paragraph(paragraph, _)) = self.open.last_mut() else { return };
        match paragraph.pieces.last_mut() {
            Some((was_mark, last)) if *was_mark == mark => last.push_str(words),
            _ => paragraph.pieces.push((mark, words.to_owned())),
        }
    }

    /// Ends the open paragraph.
    pub fn close_paragraph(&mut self) {
        if !self.in_paragraph() {
            return;
        }
        if let Some(Part::Paragraph(paragraph, inside)) = self.open.pop() {
            self.settle(paragraph);
            inside.into_iter().for_each(|p| self.settle(p));
        }
    }

    /// Begins a table.
    pub fn open_table(&mut self) {
        self.open.push(Part::Table { rows: 0 });
    }

    /// Begins a row.
    pub fn open_row(&mut self) {
        self.open.push(Part::Row(Vec::new()));
    }

    /// Begins a cell.
    pub fn open_cell(&mut self) {
        self.open.push(Part::Cell(Vec::new()));
    }

    /// Begins a note with its mark.
    pub fn open_note(&mut self, mark: &str) {
        self.open.push(Part::Note { mark: mark.to_owned(), paragraphs: Vec::new() });
    }

    /// Ends a cell, with a paragraph left open in it.
    pub fn close_cell(&mut self) {
        self.close_paragraph();
        match (self.open.pop(), self.open.last_mut()) {
            (Some(Part::Cell(paragraphs)), Some(Part::Row(cells))) => cells.push(paragraphs),
            (Some(Part::Cell(paragraphs)), _) => paragraphs.into_iter().for_each(|p| self.settle(p)),
            (Some(other), _) => self.open.push(other),
            (None, _) => {}
        }
    }

    /// Ends a row: one line if its cells are short, else the paragraphs that it holds.
    pub fn close_row(&mut self) {
        let Some(Part::Row(_)) = self.open.last() else { return };
        let Some(Part::Row(cells)) = self.open.pop() else { return };
        let first = match self.open.last_mut() {
            Some(Part::Table { rows }) => {
                *rows += 1;
                *rows == 1
            }
            _ => false,
        };
        let filled: Vec<&Vec<Paragraph>> = cells.iter().filter(|c| c.iter().any(|p| !p.is_blank())).collect();
        let short = |cell: &&Vec<Paragraph>| {
            let paragraphs = cell.iter().filter(|p| !p.is_blank());
            paragraphs.clone().count() <= 1 && paragraphs.map(Paragraph::letters).sum::<usize>() <= CELL_LETTERS
        };
        let letters: usize = cells.iter().flatten().map(Paragraph::letters).sum();
        if cells.len() > 1 && !filled.is_empty() && filled.iter().all(short) && letters <= ROW_LETTERS {
            self.settle(one_line(cells, !first));
        } else {
            cells.into_iter().flatten().for_each(|p| self.settle(p));
        }
    }

    /// Ends a table.
    pub fn close_table(&mut self) {
        if let Some(Part::Table { .. }) = self.open.last() {
            self.open.pop();
        }
    }

    /// Ends a note.
    pub fn close_note(&mut self) {
        self.close_paragraph();
        if !matches!(self.open.last(), Some(Part::Note { .. })) {
            return;
        }
        let Some(Part::Note { mark, mut paragraphs }) = self.open.pop() else { return };
        paragraphs.retain(|p| !p.is_blank());
        for (at, paragraph) in paragraphs.iter_mut().enumerate() {
            paragraph.kind = ZoneKind::Note;
            if let (0, Some((_, words))) = (at, paragraph.pieces.first_mut()) {
                *words = format!("{mark} {}", words.trim_start());
            }
        }
        self.notes.append(&mut paragraphs);
    }

    /// Puts the notes so far at the end of what stands so far, e.g. of a chapter.
    pub fn flush_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.write(&note);
        }
    }

    /// The builder with everything in it; parts left open are closed.
    pub fn finish(mut self) -> Builder {
        while let Some(part) = self.open.last() {
            match part {
                Part::Paragraph(..) => self.close_paragraph(),
                Part::Table { .. } => self.close_table(),
                Part::Row(_) => self.close_row(),
                Part::Cell(_) => self.close_cell(),
                Part::Note { .. } => self.close_note(),
            }
        }
        self.flush_notes();
        self.builder
    }

    /// Hands a finished paragraph to the part around it, or to the text.
    fn settle(&mut self, paragraph: Paragraph) {
        match self.open.iter_mut().rev().find(|part| !matches!(part, Part::Table { .. } | Part::Row(_))) {
            Some(Part::Cell(paragraphs) | Part::Note { paragraphs, .. } | Part::Paragraph(_, paragraphs)) => {
                paragraphs.push(paragraph)
            }
            _ => self.write(&paragraph),
        }
    }

    fn write(&mut self, paragraph: &Paragraph) {
        if paragraph.is_blank() {
            return;
        }
        let Some((last, rest)) = paragraph.pieces.split_last() else { return };
        if paragraph.row {
            self.builder.open_line(paragraph.kind);
        } else {
            self.builder.open(paragraph.kind);
        }
        let mut begun = false;
        for (mark, words) in rest.iter().chain([last]) {
            let words = if begun { words.as_str() } else { words.trim_start() };
            if *mark {
                self.builder.push_as(ZoneKind::Note, words);
            } else {
                self.builder.push(words);
            }
            begun = begun || !words.is_empty();
        }
        self.builder.close();
    }
}

/// A row's cells as one paragraph, parted by tabs.
fn one_line(cells: Vec<Vec<Paragraph>>, row: bool) -> Paragraph {
    let mut line = Paragraph::new(ZoneKind::Body, row);
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.pieces.push((false, "\t".into()));
        }
        for (mark, words) in cell.into_iter().flat_map(|p| p.pieces) {
            let flat = words.split(['\n', '\t']).map(str::trim).collect::<Vec<_>>().join(" ");
            line.pieces.push((mark, flat));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(prose: &mut Prose, words: &[&str]) {
        prose.open_cell();
        for words in words {
            prose.open_paragraph(ZoneKind::Body, false);
            prose.push(words);
            prose.close_paragraph();
        }
        prose.close_cell();
    }

    #[test]
    fn tables_of_short_cells_are_lines_and_tables_of_prose_paragraphs() {
        let mut prose = Prose::default();
        prose.open_table();
        for row in [["Ship", "Crew"], ["Heron", "12"]] {
            prose.open_row();
            row.iter().for_each(|words| cell(&mut prose, &[words]));
            prose.close_row();
        }
        prose.close_table();
        prose.open_table();
        prose.open_row();
        cell(&mut prose, &["The mill stood."]);
        cell(&mut prose, &["The mayor came.", "He left."]);
        prose.close_row();
        prose.close_table();
        assert_eq!(
            prose.finish().finish().text,
            "Ship\tCrew\nHeron\t12\n\nThe mill stood.\n\nThe mayor came.\n\nHe left.\n"
        );
    }

    #[test]
    fn notes_stand_at_the_end_and_text_boxes_after_their_paragraph() {
        let mut prose = Prose::default();
        prose.open_paragraph(ZoneKind::Body, false);
        prose.push("It burned");
        prose.push_mark(&raised("1"));
        prose.open_note("¹");
        prose.open_paragraph(ZoneKind::Body, false);
        prose.push("So the mayor.");
        prose.close_note();
        prose.open_paragraph(ZoneKind::Body, false);
        prose.push("A box.");
        prose.close_paragraph();
        prose.push(" at night.");
        let extract = prose.finish().finish();
        assert_eq!(extract.text, "It burned¹ at night.\n\nA box.\n\n¹ So the mayor.\n");
        let zones: Vec<_> = extract.zones.iter().map(|z| z.span.of(&extract.text).unwrap()).collect();
        assert_eq!(zones, ["¹", "¹ So the mayor."]);
    }
}
