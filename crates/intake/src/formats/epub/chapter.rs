//! One chapter. Chapters are XHTML and mostly well formed; one that is not is read by the forgiving rules of web pages.

use crate::prose::{Prose, raised};
use crate::xml::{self, Node};
use rashomon_core::ZoneKind;

const UNREAD: &[&str] = &["head", "script", "style", "nav", "rt", "rp", "svg", "template", "noscript"];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "blockquote",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "address",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "hr",
    "body",
    "center",
    "details",
    "summary",
];
/// Elements that have no end.
const EMPTY: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr", "col", "source", "area", "base", "embed"];

/// Adds a chapter to the text. Says whether it was well formed or could be read by forgiving rules.
pub(super) fn chapter(bytes: &[u8], prose: &mut Prose) -> bool {
    let mut steps: Vec<Step> = Vec::new();
    let read = xml::walk(bytes, "EPUB", |node| {
        steps.push(match node {
            Node::Open(element) => {
                Step::Open(element.name().to_lowercase(), element.attribute("type").unwrap_or_default())
            }
            Node::Close(name) => Step::Close(name.to_lowercase()),
            Node::Text(words) => Step::Text(words.to_owned()),
        });
        Ok(())
    });
    if read.is_err() {
        steps = forgiving(&String::from_utf8_lossy(bytes));
    }
    let mut walk =
        Walk { prose, unread: 0, kinds: Vec::new(), verbatim: 0, reference: false, mark: String::new(), items: 0 };
    let mut depths = Vec::new();
    for step in &steps {
        walk.step(step, &mut depths);
    }
    walk.prose.close_paragraph();
    read.is_ok() || !steps.is_empty()
}

#[derive(Debug, PartialEq)]
enum Step {
    /// Name and semantic type.
    Open(String, String),
    Close(String),
    Text(String),
}

/// The steps through a page whose elements do not close as they should.
fn forgiving(page: &str) -> Vec<Step> {
    let document = dom_query::Document::from(page);
    let mut steps = Vec::new();
    let mut ahead = vec![Visit::Enter(document.root())];
    while let Some(visit) = ahead.pop() {
        match visit {
            Visit::Leave(name) => steps.push(Step::Close(name)),
            Visit::Enter(node) if node.is_text() => steps.push(Step::Text(node.text().to_string())),
            Visit::Enter(node) => {
                if let Some(name) = node.node_name() {
                    let name = name.to_string().to_lowercase();
                    let semantic = node.attr("epub:type").map(|t| t.to_string()).unwrap_or_default();
                    steps.push(Step::Open(name.clone(), semantic));
                    ahead.push(Visit::Leave(name));
                }
                let children: Vec<_> = node.children();
                ahead.extend(children.into_iter().rev().map(Visit::Enter));
            }
        }
    }
    steps
}

enum Visit<'d> {
    Enter(dom_query::NodeRef<'d>),
    Leave(String),
}

/// What an open element changes.
#[derive(Debug, Default)]
struct Depth {
    name: String,
    note: bool,
    kind: bool,
    reference: bool,
}

struct Walk<'p> {
    prose: &'p mut Prose,
    unread: usize,
    kinds: Vec<ZoneKind>,
    /// Open elements that keep their white space.
    verbatim: usize,
    /// Inside the mark of a note.
    reference: bool,
    mark: String,
    /// Items of the list so far.
    items: usize,
}

impl Walk<'_> {
    fn step(&mut self, step: &Step, depths: &mut Vec<Depth>) {
        match step {
            Step::Open(name, semantic) => {
                if self.unread > 0 || UNREAD.contains(&name.as_str()) {
                    self.unread += usize::from(!EMPTY.contains(&name.as_str()));
                } else {
                    depths.push(self.open(name, semantic));
                }
            }
            Step::Close(name) => {
                if self.unread > 0 {
                    self.unread -= usize::from(!EMPTY.contains(&name.as_str()));
                } else if let Some(depth) = depths.pop() {
                    self.close(&depth);
                }
            }
            Step::Text(words) if self.unread == 0 => self.words(words),
            Step::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, semantic: &str) -> Depth {
        let is = |wanted: &[&str]| semantic.split_whitespace().any(|s| wanted.contains(&s));
        let mut depth = Depth { name: name.to_owned(), ..Depth::default() };
        if BLOCKS.contains(&name) {
            self.prose.close_paragraph();
        }
        if BLOCKS.contains(&name) && is(&["footnote", "endnote", "rearnote"]) && !self.prose.in_note() {
            self.prose.open_note("");
            depth.note = true;
        }
        let kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(ZoneKind::Heading),
            "figcaption" | "caption" => Some(ZoneKind::Caption),
            _ if is(&["bibliography", "biblioentry"]) => Some(ZoneKind::Reference),
            _ if is(&["toc", "landmarks", "page-list", "index"]) => Some(ZoneKind::Menu),
            _ => None,
        };
        depth.kind = kind.is_some();
        self.kinds.extend(kind);
        match name {
            "table" => self.prose.open_table(),
            "tr" => self.prose.open_row(),
            "td" | "th" => self.prose.open_cell(),
            "pre" => self.verbatim += 1,
            "br" => self.prose.push("\n"),
            "ul" | "ol" => self.items = 0,
            "li" => {
                self.prose.open_paragraph(self.kinds.last().copied().unwrap_or(ZoneKind::Body), self.items > 0);
                self.items += 1;
            }
            _ if is(&["noteref"]) => (self.reference, depth.reference) = (true, true),
            _ => {}
        }
        depth
    }

    fn close(&mut self, depth: &Depth) {
        if depth.reference {
            self.reference = false;
            let mark = std::mem::take(&mut self.mark);
            self.begin();
            let number = mark.trim().chars().all(|c| c.is_ascii_digit());
            self.prose.push_mark(&if number { raised(&mark) } else { mark.trim().to_owned() });
        }
        let name = depth.name.as_str();
        if BLOCKS.contains(&name) {
            self.prose.close_paragraph();
        }
        match name {
            "table" => self.prose.close_table(),
            "tr" => self.prose.close_row(),
            "td" | "th" => self.prose.close_cell(),
            "pre" => self.verbatim = self.verbatim.saturating_sub(1),
            _ => {}
        }
        if depth.kind {
            self.kinds.pop();
        }
        if depth.note {
            self.prose.close_note();
        }
    }

    /// Words outside every paragraph begin one.
    fn begin(&mut self) {
        if !self.prose.in_paragraph() {
            self.prose.open_paragraph(self.kinds.last().copied().unwrap_or(ZoneKind::Body), false);
        }
    }

    fn words(&mut self, words: &str) {
        if self.reference {
            self.mark.push_str(words);
            return;
        }
        if words.trim().is_empty() && !self.prose.in_paragraph() {
            return;
        }
        self.begin();
        if self.verbatim > 0 {
            self.prose.push(words);
            return;
        }
        let mut space = self.prose.last_char().is_none_or(char::is_whitespace);
        let mut collapsed = String::with_capacity(words.len());
        for c in words.chars().filter(|c| *c != '\u{AD}') {
            let white = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !(white && space) {
                collapsed.push(if white { ' ' } else { c });
            }
            space = white;
        }
        self.prose.push(&collapsed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> (String, Vec<(ZoneKind, String)>) {
        let mut prose = Prose::default();
        chapter(page.as_bytes(), &mut prose);
        let extract = prose.finish().finish();
        let zones = extract.zones.iter().map(|z| (z.kind, z.span.of(&extract.text).unwrap().to_owned())).collect();
        (extract.text, zones)
    }

    #[test]
    fn blocks_lists_tables_and_notes_of_a_chapter() {
        let (text, zones) = text(
            "<html xmlns:epub='x'><head><title>no</title></head><body><nav>Contents</nav><h1>The\n  Mill</h1>It <i>burned</i>\
             <a epub:type='noteref' href='#n'>1</a>.<p>A<br/>B</p><ul><li>one</li><li><p>two</p></li></ul><table><tr><td>x</td><td>y</td></tr></table>\
             <aside epub:type='footnote'><p>1 Or so.</p></aside><p>End.</p></body></html>",
        );
        assert_eq!(text, "The Mill\n\nIt burned¹.\n\nA\nB\n\none\n\ntwo\n\nx\ty\n\nEnd.\n\n1 Or so.\n");
        assert_eq!(zones[0], (ZoneKind::Heading, "The Mill".into()));
        assert_eq!(zones.last(), Some(&(ZoneKind::Note, "1 Or so.".into())));
    }

    #[test]
    fn a_chapter_that_is_not_well_formed_is_read_all_the_same() {
        let (text, _) = text("<html><body><p>The mayor <b>said<p>nothing<br>more</body>");
        assert_eq!(text, "The mayor said\n\nnothing\nmore\n");
    }
}
