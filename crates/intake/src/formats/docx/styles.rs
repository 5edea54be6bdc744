//! What a paragraph's style says about its part: headings, titles and captions are known by the names that every
//! language version of the word processor writes in English, or by the level a style has in the outline.

use crate::fault::Fault;
use crate::xml::{self, Node};
use rashomon_core::ZoneKind;
use std::collections::HashMap;

/// Styles that are based on each other.
const LONGEST: usize = 12;

/// The paragraph styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outlined: bool,
}

impl Styles {
    /// The kind of paragraphs of a style.
    pub fn kind(&self, id: &str) -> ZoneKind {
        let mut id = Some(id);
        for _ in 0..LONGEST {
            let Some(style) = id.and_then(|id| self.by_id.get(id)) else { break };
            if let Some(kind) = named(&style.name) {
                return kind;
            }
            if style.outlined {
                return ZoneKind::Heading;
            }
            id = style.based_on.as_deref();
        }
        ZoneKind::Body
    }
}

fn named(name: &str) -> Option<ZoneKind> {
    let name = name.to_lowercase();
    let kind = match name.as_str() {
        "title" => ZoneKind::Title,
        "subtitle" => ZoneKind::Heading,
        "author" | "byline" => ZoneKind::Byline,
        "caption" => ZoneKind::Caption,
        "footnote text" | "endnote text" => ZoneKind::Note,
        "bibliography" => ZoneKind::Reference,
        "header" | "footer" => ZoneKind::Menu,
        _ if name.starts_with("heading") => ZoneKind::Heading,
        _ if name.starts_with("toc ") || name.starts_with("index ") => ZoneKind::Menu,
        "normal" | "body text" => ZoneKind::Body,
        _ => return None,
    };
    Some(kind)
}

/// Reads the part of a file that lists its styles.
pub(super) fn styles(part: &[u8]) -> Result<Styles, Fault> {
    let mut styles = Styles::default();
    let mut open: Option<(String, Style)> = None;
    xml::walk(part, "DOCX", |node| {
        match node {
            Node::Open(element) => match element.name() {
                "style" => open = element.attribute("styleId").map(|id| (id, Style::default())),
                "name" => {
                    if let (Some((_, style)), Some(name)) = (&mut open, element.attribute("val")) {
                        style.name = name;
                    }
                }
                "basedOn" => {
                    if let Some((_, style)) = &mut open {
                        style.based_on = element.attribute("val");
                    }
                }
                "outlineLvl" => {
                    if let (Some((_, style)), Some(level)) = (&mut open, element.attribute("val")) {
                        style.outlined = level != "9";
                    }
                }
                _ => {}
            },
            Node::Close("style") => {
                if let Some((id, style)) = open.take() {
                    styles.by_id.insert(id, style);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_outline_levels_make_headings_also_by_inheritance() {
        let part = b"<w:styles><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
            <w:style w:styleId='Own'><w:name w:val='Kopf'/><w:basedOn w:val='berschrift1'/></w:style>\
            <w:style w:styleId='L'><w:name w:val='Level'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>\
            <w:style w:styleId='A'><w:name w:val='a'/><w:basedOn w:val='A'/></w:style></w:styles>";
        let styles = styles(part).unwrap();
        assert_eq!(
            ["berschrift1", "Own", "L", "A", "none"].map(|id| styles.kind(id)),
            [ZoneKind::Heading, ZoneKind::Heading, ZoneKind::Heading, ZoneKind::Body, ZoneKind::Body]
        );
    }
}
