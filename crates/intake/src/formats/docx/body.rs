//! The text of a part: one walk over its elements, the same for the main text, notes, heads and feet.

use super::styles::Styles;
use crate::fault::Fault;
use crate::prose::{Prose, raised};
use crate::xml::{self, Element, Node};
use rashomon_core::ZoneKind;

/// Elements whose words are not part of the text: struck out, moved away, said twice for older programs, read aloud
/// above the words they belong to, or instructions for a program.
const UNREAD: &[&str] = &["del", "moveFrom", "Fallback", "rt", "instrText", "delText", "delInstrText", "docPartPr"];

/// Which notes a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// At the foot of pages.
    Foot,
    /// At the end of the text.
    End,
}

/// How the word processor numbers notes by itself: 1, 2, 3, and i, ii, iii for notes at the end where there are others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbering {
    /// Whether there are notes at the foot of pages.
    pub feet: bool,
}

impl Numbering {
    fn mark(self, notes: Notes, number: usize) -> String {
        let roman_end = notes == Notes::End && self.feet;
        raised(&if roman_end { roman(number) } else { number.to_string() })
    }
}

struct Walk<'s, 'p> {
    styles: &'s Styles,
    numbering: Numbering,
    prose: &'p mut Prose,
    /// How many open elements are unread.
    unread: usize,
    /// Whether the words are those of a text element.
    in_text: bool,
    in_properties: usize,
    in_list: bool,
    last_in_list: bool,
    foot_marks: usize,
    end_marks: usize,
    /// The paragraph's end was struck out: it goes on with the next.
    joined: bool,
    joining: bool,
}

impl<'s, 'p> Walk<'s, 'p> {
    fn new(styles: &'s Styles, numbering: Numbering, prose: &'p mut Prose) -> Walk<'s, 'p> {
        Walk {
            styles,
            numbering,
            prose,
            unread: 0,
            in_text: false,
            in_properties: 0,
            in_list: false,
            last_in_list: false,
            foot_marks: 0,
            end_marks: 0,
            joined: false,
            joining: false,
        }
    }

    fn step(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(element) if UNREAD.contains(&element.name()) => {
                // Inside the properties of a paragraph this says that its end was struck out.
                self.joined = self.joined || (element.name() == "del" && self.in_properties > 0 && self.unread == 0);
                self.unread += 1;
            }
            Node::Close(name) if UNREAD.contains(name) => self.unread = self.unread.saturating_sub(1),
            _ if self.unread > 0 => {}
            Node::Open(element) => self.open(element),
            Node::Close(name) => self.close(name),
            Node::Text(words) if self.in_text => self.prose.push(words),
            Node::Text(_) => {}
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "p" => {
                if !std::mem::take(&mut self.joining) || !self.prose.in_paragraph() {
                    self.prose.open_paragraph(ZoneKind::Body, false);
                }
                (self.in_list, self.joined) = (false, false);
            }
            "pPr" => self.in_properties += 1,
            "t" => self.in_text = true,
            "tbl" => self.prose.open_table(),
            "tr" => self.prose.open_row(),
            "tc" => self.prose.open_cell(),
            _ if self.in_properties > 0 => self.property(element),
            "tab" | "ptab" => self.prose.push("\t"),
            "br" if element.attribute("type").is_none_or(|t| t == "textWrapping") => self.prose.push("\n"),
            "br" => self.prose.push(" "),
            "cr" => self.prose.push("\n"),
            "noBreakHyphen" => self.prose.push("-"),
            "sym" => self.symbol(element),
            "footnoteReference" if element.attribute("customMarkFollows").is_none() => {
                self.foot_marks += 1;
                let mark = self.numbering.mark(Notes::Foot, self.foot_marks);
                self.prose.push_mark(&mark);
            }
            "endnoteReference" if element.attribute("customMarkFollows").is_none() => {
                self.end_marks += 1;
                let mark = self.numbering.mark(Notes::End, self.end_marks);
                self.prose.push_mark(&mark);
            }
            _ => {}
        }
    }

    fn property(&mut self, element: &Element<'_>) {
        match element.name() {
            "pStyle" => {
                let kind = element.attribute("val").map_or(ZoneKind::Body, |id| self.styles.kind(&id));
                self.prose.set_kind(kind);
            }
            "outlineLvl" if element.attribute("val").is_some_and(|level| level != "9") => {
                self.prose.set_kind(ZoneKind::Heading)
            }
            "numPr" => self.in_list = true,
            _ => {}
        }
    }

    /// A letter of a symbol font has no meaning outside it, unless the file gives its Unicode.
    fn symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
        if let Some(c) =
            code.and_then(char::from_u32).filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}') && !c.is_control())
        {
            self.prose.push(&c.to_string());
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" if self.joined => (self.joined, self.joining) = (false, true),
            "p" => {
                if self.in_list && self.last_in_list {
                    self.prose.set_row();
                }
                self.last_in_list = self.in_list;
                self.prose.close_paragraph();
            }
            "pPr" => self.in_properties = self.in_properties.saturating_sub(1),
            "t" => self.in_text = false,
            "tc" => self.prose.close_cell(),
            "tr" => self.prose.close_row(),
            "tbl" => self.prose.close_table(),
            _ => {}
        }
    }
}

fn roman(mut number: usize) -> String {
    const PARTS: [(usize, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut out = String::new();
    for (value, letters) in PARTS {
        while number >= value && out.len() < 64 {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}

/// Reads a part into the text.
pub(super) fn body(part: &[u8], styles: &Styles, numbering: Numbering, prose: &mut Prose) -> Result<(), Fault> {
    let mut walk = Walk::new(styles, numbering, prose);
    xml::walk(part, "DOCX", |node| {
        walk.step(&node);
        Ok(())
    })?;
    walk.prose.close_paragraph();
    Ok(())
}

/// Reads a part of notes; each keeps the mark that the text has for it.
pub(super) fn notes(
    part: &[u8],
    kind: Notes,
    styles: &Styles,
    numbering: Numbering,
    prose: &mut Prose,
) -> Result<(), Fault> {
    let mut walk = Walk::new(styles, numbering, prose);
    let mut number = 0;
    let mut inside = false;
    let element_name = if kind == Notes::Foot { "footnote" } else { "endnote" };
    xml::walk(part, "DOCX", |node| {
        match &node {
            // The lines between text and notes are kept as notes of a type.
            Node::Open(element) if element.name() == element_name => {
                inside = element.attribute("type").is_none_or(|t| t == "normal");
                if inside {
                    number += 1;
                    walk.prose.open_note(&numbering.mark(kind, number));
                }
            }
            Node::Close(name) if *name == element_name && inside => {
                walk.prose.close_note();
                inside = false;
            }
            _ if inside => walk.step(&node),
            _ => {}
        }
        Ok(())
    })
}

/// How many elements of a name a part holds.
pub(super) fn count(part: &[u8], name: &str) -> Result<usize, Fault> {
    let mut count = 0;
    xml::walk(part, "DOCX", |node| {
        count += usize::from(matches!(node, Node::Open(element) if element.name() == name));
        Ok(())
    })?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> String {
        let mut prose = Prose::default();
        body(
            format!("<w:document><w:body>{xml}</w:body></w:document>").as_bytes(),
            &Styles::default(),
            Numbering { feet: true },
            &mut prose,
        )
        .unwrap();
        prose.finish().finish().text
    }

    #[test]
    fn tracked_changes_read_as_accepted() {
        let xml = "<w:p><w:r><w:t>The mayor </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>\
            <w:ins><w:r><w:t>soon </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>came.</w:t></w:r></w:p>";
        assert_eq!(text(xml), "The mayor soon came.\n");
        let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p>";
        assert_eq!(text(joined), "One line.\n");
    }

    #[test]
    fn text_boxes_are_read_once_and_breaks_kept() {
        let xml = "<w:p><w:r><w:t>A</w:t><w:br/><w:t>B</w:t><w:noBreakHyphen/><w:tab/><w:t>C</w:t><mc:AlternateContent><mc:Choice>\
            <w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback>\
            <w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>";
        assert_eq!(text(xml), "A\nB-\tC\n\nBox\n");
    }

    #[test]
    fn numerals_of_endnotes() {
        assert_eq!([1, 4, 9, 14, 49].map(roman), ["i", "iv", "ix", "xiv", "xlix"]);
        assert_eq!(Numbering { feet: true }.mark(Notes::End, 4), "ⁱᵛ");
        assert_eq!(Numbering { feet: false }.mark(Notes::End, 14), "¹⁴");
    }
}
