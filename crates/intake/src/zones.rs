//! The parts of a text: one pass over its lines for every format, so that a menu is a menu wherever it comes from. What
//! a format has marked itself stays as it is; the guesses made here are only about the rest.

use crate::extract::Extract;
use crate::furniture;
use crate::head::{self, part, split_marks};
use crate::lines::Lines;
use crate::sections;
use rashomon_core::{Zone, ZoneKind};

/// Marks the zones of a text and fills empty fields of its metadata from its head.
pub fn mark(extract: &mut Extract) {
    let mut lines = Lines::new(&extract.text, &extract.zones);
    furniture::mark(&mut lines);
    let head = head::mark(&mut lines, &mut extract.metadata);
    sections::mark(&mut lines);
    let mut zones = head.parts;
    for line in lines.all.iter().filter(|l| !l.fixed) {
        let Some(kind) = line.kind else { continue };
        let words = line.span.of(&extract.text).unwrap_or_default();
        zones.push(bare(line.span.start as usize, words, kind).unwrap_or(Zone { span: line.span, kind }));
    }
    extract.zones.append(&mut zones);
    extract.zones.sort();
    extract.notes.extend(head.notes);
}

/// A marked heading without its marks.
fn bare(start: usize, line: &str, kind: ZoneKind) -> Option<Zone> {
    let (marks, title) = split_marks(line);
    (marks > 0 && matches!(kind, ZoneKind::Heading | ZoneKind::Title)).then(|| part(start, line, title, kind)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::{Document, Span};

    fn document(text: &str, zones: Vec<Zone>) -> Document {
        let mut extract = Extract { text: text.to_owned(), zones, ..Extract::default() };
        mark(&mut extract);
        let Extract { text, zones, places, metadata, notes } = extract;
        let document = Document {
            id: rashomon_core::Digest::of(b""),
            path: "a.txt".into(),
            media_type: "text/plain".into(),
            bytes: 0,
            text,
            metadata,
            zones,
            places,
            notes,
        };
        document.check().unwrap();
        document
    }

    fn shown(document: &Document) -> Vec<(&str, &'static str)> {
        document.zones.iter().map(|z| (z.span.of(&document.text).unwrap(), z.kind.as_str())).collect()
    }

    const PROSE: &str = "The mill on the river burned in the night of the third of May, and nobody was hurt, said \
        the mayor, who had come to the bridge with his men.";

    #[test]
    fn a_page_as_it_was_copied_from_a_site() {
        let text = format!(
            "HarbourShipping NewsRiversMills of the NorthCoast\n\nThe Mill Fire\n\n{PROSE}\n\nAfter the fire\n\n{PROSE}[1]\n\n\
             The mill at nightThe mill at night\n\n{PROSE}[2]\n\n[1] A. Miller, “Fires,” 1921.\n\n[2] J. Weir, Rivers.\n\n\nBack to top\n"
        );
        let document = document(&text, vec![]);
        let expected = [
            ("HarbourShipping NewsRiversMills of the NorthCoast", "menu"),
            ("The Mill Fire", "title"),
            ("After the fire", "heading"),
            ("The mill at nightThe mill at night", "caption"),
            ("[1] A. Miller, “Fires,” 1921.", "note"),
            ("[2] J. Weir, Rivers.", "note"),
            ("Back to top", "menu"),
        ];
        assert_eq!(shown(&document), expected);
    }

    #[test]
    fn marks_of_headings_are_left_outside_and_known_zones_stay() {
        let text = format!("# The Mill Fire\n\n{PROSE}\n\n### **After the fire**\n\n{PROSE}\n\nBack to top\n");
        let start = text.find("Back").unwrap();
        let known = Zone { span: Span::new(start, start + 4), kind: ZoneKind::Note };
        let document = document(&text, vec![known]);
        let expected = [("The Mill Fire", "title"), ("After the fire", "heading"), ("Back", "note")];
        assert_eq!(shown(&document), expected);
    }
}
