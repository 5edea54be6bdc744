//! ODT: paragraphs, tables, notes and properties of an open document. What tracked changes struck out is kept apart in
//! the file and not read; notes stand at the end, heads and feet of pages after them as menu.

use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use crate::prose::{Prose, raised};
use crate::xml::{self, Element, Node};
use crate::zipped::{self, Archive};
use crate::{dates, properties};
use rashomon_core::{Metadata, ZoneKind};
use std::collections::HashMap;

/// ODT.
pub const FORMAT: Format = Format {
    name: "ODT",
    extensions: &["odt", "ott"],
    media_type: "application/vnd.oasis.opendocument.text",
    sniff,
    read,
};

/// Elements whose words are not part of the text.
const UNREAD: &[&str] = &[
    "tracked-changes",
    "annotation",
    "forms",
    "ruby-text",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "script",
];
/// Styles that are based on each other.
const LONGEST: usize = 12;

fn sniff(bytes: &[u8], extension: &str) -> bool {
    zipped::has_member(bytes, "content.xml") && !matches!(extension, "ods" | "odp" | "odg" | "odb")
}

fn read(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault> {
    let mut archive = Archive::open(bytes, "ODT", context.limits)?;
    let manifest = archive.read("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(Fault::new("it is encrypted with a password", "save a copy without the password and read that"));
    }
    let content = archive.read("content.xml")?.ok_or_else(|| Fault::damaged("ODT", "its text is missing"))?;
    let common = archive.read("styles.xml")?.unwrap_or_default();
    let mut styles = HashMap::new();
    read_styles(&common, &mut styles)?;
    read_styles(&content, &mut styles)?;
    let mut prose = Prose::default();
    Walk::over(&content, &styles, &mut prose, None)?;
    prose.flush_notes();
    Walk::over(&common, &styles, &mut prose, Some(ZoneKind::Menu))?;
    let meta = archive.read("meta.xml")?.unwrap_or_default();
    let mut builder = prose.finish();
    *builder.metadata() = metadata(&meta);
    let mut extract = builder.finish();
    properties::title_from_text(&mut extract);
    Ok(extract.into())
}

/// Adds every style with the one it is based on. Styles made by hand have a number for a name and are based on one
/// that has a word.
fn read_styles(part: &[u8], styles: &mut HashMap<String, String>) -> Result<(), Fault> {
    if part.is_empty() {
        return Ok(());
    }
    xml::walk(part, "ODT", |node| {
        if let Node::Open(element) = node
            && element.name() == "style"
            && let (Some(name), Some(parent)) = (element.attribute("name"), element.attribute("parent-style-name"))
        {
            styles.insert(name, parent);
        }
        Ok(())
    })
}

fn kind_of_style(style: &str, styles: &HashMap<String, String>) -> ZoneKind {
    let mut style = style;
    for _ in 0..LONGEST {
        let plain = style.replace("_20_", " ").to_lowercase();
        let kind = match plain.as_str() {
            "title" => ZoneKind::Title,
            "subtitle" => ZoneKind::Heading,
            "author" | "byline" => ZoneKind::Byline,
            "caption" | "illustration" | "figure" | "drawing" | "table" => ZoneKind::Caption,
            "footnote" | "endnote" => ZoneKind::Note,
            "header" | "footer" => ZoneKind::Menu,
            _ if plain.starts_with("heading") => ZoneKind::Heading,
            _ if plain.starts_with("bibliography") => ZoneKind::Reference,
            _ if plain.starts_with("contents ") => ZoneKind::Menu,
            _ => match styles.get(style) {
                Some(parent) => {
                    style = parent;
                    continue;
                }
                None => ZoneKind::Body,
            },
        };
        return kind;
    }
    ZoneKind::Body
}

struct Walk<'s, 'p> {
    styles: &'s HashMap<String, String>,
    prose: &'p mut Prose,
    /// The kind of all paragraphs, where the place decides it (a list of contents, heads and feet).
    forced: Vec<ZoneKind>,
    /// Read only what stands in heads and feet.
    only_heads: bool,
    path: Vec<String>,
    unread: usize,
    lists: usize,
    last_in_list: bool,
    /// The mark of the note being read.
    citation: Option<String>,
}

impl<'s, 'p> Walk<'s, 'p> {
    fn over(
        part: &[u8],
        styles: &'s HashMap<String, String>,
        prose: &'p mut Prose,
        heads: Option<ZoneKind>,
    ) -> Result<(), Fault> {
        if part.is_empty() {
            return Ok(());
        }
        let mut walk = Walk {
            styles,
            prose,
            forced: heads.into_iter().collect(),
            only_heads: heads.is_some(),
            path: Vec::new(),
            unread: 0,
            lists: 0,
            last_in_list: false,
            citation: None,
        };
        xml::walk(part, "ODT", |node| {
            walk.step(&node);
            Ok(())
        })
    }

    fn step(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(element) => {
                let unread = self.is_unread(element.name());
                self.path.push(element.name().to_owned());
                if unread || self.unread > 0 {
                    self.unread += 1;
                } else {
                    self.open(element);
                }
            }
            Node::Close(name) => {
                self.path.pop();
                if self.unread > 0 {
                    self.unread -= 1;
                } else {
                    self.close(name);
                }
            }
            Node::Text(words) if self.unread == 0 => self.words(words),
            Node::Text(_) => {}
        }
    }

    fn is_unread(&self, name: &str) -> bool {
        // The title and description of a picture stand beside it, not in the text.
        let of_picture =
            matches!(name, "title" | "desc") && self.path.last().is_some_and(|p| matches!(p.as_str(), "frame" | "g"));
        let body = self.path.is_empty() || self.path.len() > 1 || matches!(name, "body" | "master-styles");
        let head = !self.only_heads || self.path.len() != 3 || name.starts_with("header") || name.starts_with("footer");
        let part = !self.only_heads || self.path.len() != 1 || name == "master-styles";
        UNREAD.contains(&name) || of_picture || !body || !head || !part
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "p" | "h" => {
                let styled = element.attribute("style-name").map_or(ZoneKind::Body, |s| kind_of_style(&s, self.styles));
                let kind = if element.name() == "h" && styled == ZoneKind::Body { ZoneKind::Heading } else { styled };
                let row = self.lists > 0 && self.last_in_list;
                self.last_in_list = self.lists > 0;
                self.prose.open_paragraph(self.forced.last().copied().unwrap_or(kind), row);
            }
            "list" => self.lists += 1,
            "table" => self.prose.open_table(),
            "table-row" => self.prose.open_row(),
            "table-cell" | "covered-table-cell" => self.prose.open_cell(),
            "note-citation" => self.citation = Some(String::new()),
            "note-body" => self.prose.open_note(self.citation.as_deref().unwrap_or("*")),
            "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index" => {
                self.forced.push(ZoneKind::Menu)
            }
            "bibliography" => self.forced.push(ZoneKind::Reference),
            "s" => {
                let count = element.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1usize);
                self.prose.push(&" ".repeat(count.min(100)));
            }
            "tab" => self.prose.push("\t"),
            "line-break" => self.prose.push("\n"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.prose.close_paragraph(),
            "list" => self.lists = self.lists.saturating_sub(1),
            "table" => self.prose.close_table(),
            "table-row" => self.prose.close_row(),
            "table-cell" | "covered-table-cell" => self.prose.close_cell(),
            "note-citation" => {
                let mark = raised(&self.citation.take().unwrap_or_default());
                self.prose.push_mark(&mark);
                self.citation = Some(mark);
            }
            "note-body" => {
                self.prose.close_note();
                self.citation = None;
            }
            "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index" | "bibliography" => {
                self.forced.pop();
            }
            _ => {}
        }
    }

    /// White space counts once, as the format asks; more of it has elements of its own.
    fn words(&mut self, words: &str) {
        if let (Some(citation), Some("note-citation")) = (&mut self.citation, self.path.last().map(String::as_str)) {
            citation.push_str(words);
            return;
        }
        let mut space = self.prose.last_char().is_none_or(char::is_whitespace);
        let mut collapsed = String::with_capacity(words.len());
        for c in words.chars() {
            let white = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !(white && space) {
                collapsed.push(if white { ' ' } else { c });
            }
            space = white;
        }
        self.prose.push(&collapsed);
    }
}

/// Title, author, date and language from the properties. A damaged part tells nothing and costs nothing else.
fn metadata(part: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    let (mut words, mut creator) = (String::new(), None);
    let _ = xml::walk(part, "ODT", |node| {
        match node {
            Node::Open(_) => words.clear(),
            Node::Text(text) => words.push_str(text),
            Node::Close(name) => match name {
                "title" => found.title = properties::title(&words),
                "initial-creator" => found.authors = properties::authors([words.as_str()]),
                "creator" => creator = Some(words.clone()),
                "creation-date" => found.date = dates::machine(&words),
                "date" if found.date.is_none() => found.date = dates::machine(&words),
                "language" if !words.trim().is_empty() => found.language = Some(words.trim().to_owned()),
                _ => {}
            },
        }
        Ok(())
    });
    if found.authors.is_empty() {
        found.authors = properties::authors(creator.as_deref());
    }
    found
}
