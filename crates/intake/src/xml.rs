//! XML as a flat run of nodes, without namespaces prefixes and with a bound on depth. Forgiving where real files are
//! wrong (a stray `&`), strict where going on would lose words.

use crate::fault::Fault;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements inside elements; real documents stay below fifty.
const DEEPEST: usize = 2_000;

/// One step through an XML file.
#[derive(Debug)]
pub enum Node<'a> {
    /// An element begins (`<a/>` gives `Open` and `Close`).
    Open(&'a Element<'a>),
    /// An element ends: its local name.
    Close(&'a str),
    /// Words with entities resolved and line ends as `\n`. One run of words may come in several pieces.
    Text(&'a str),
}

/// The start of an element.
#[derive(Debug)]
pub struct Element<'a> {
    name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without the namespace's prefix.
    pub fn name(&self) -> &str {
        self.name
    }

    /// The value of the attribute with this local name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found =
            self.start.html_attributes().with_checks(false).flatten().find(|a| local(a.key.as_ref()) == name)?;
        Some(unescaped(&found.value))
    }
}

/// Walks an XML file; `format` is the name used in complaints. The walk ends with the first fault, its own or the
/// visitor's.
pub fn walk(bytes: &[u8], format: &str, mut visit: impl FnMut(Node<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().allow_dangling_amp = true;
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|e| Fault::damaged(format, e))? {
            Event::Eof => break,
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Fault::damaged(format, "elements stand too deep inside each other"));
                }
                let name = start.name();
                visit(Node::Open(&Element { name: local(name.as_ref()), start: &start }))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(local(end.name().as_ref())))?;
            }
            Event::Text(words) => visit(Node::Text(&words.xml10_content()))?,
            Event::CData(words) => visit(Node::Text(&words.xml10_content()))?,
            Event::GeneralRef(reference) => visit(Node::Text(&resolved(&reference)))?,
            _ => {}
        }
    }
    if depth > 0 { Err(Fault::damaged(format, "it ends in the middle")) } else { Ok(()) }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.xml10_content();
    let known = quick_xml::escape::resolve_html5_entity(&name);
    known.map_or_else(|| format!("&{name};"), str::to_owned)
}

fn unescaped(value: &str) -> String {
    let resolve = quick_xml::escape::resolve_html5_entity;
    quick_xml::escape::unescape_with(value, resolve).map_or_else(|_| value.to_owned(), |v| v.into_owned())
}

/// XML is UTF-8 unless a byte-order mark or its first line says otherwise.
fn decoded(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200)).unwrap_or_default());
    let declared = head
        .split_once("?>")
        .and_then(|(line, _)| line.split_once("encoding="))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1))
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .filter(|e| e.is_ascii_compatible());
    declared.unwrap_or(encoding_rs::UTF_8).decode(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(xml: &[u8]) -> Result<Vec<String>, Fault> {
        let mut seen = Vec::new();
        walk(xml, "test", |node| {
            seen.push(match node {
                Node::Open(e) => format!("<{} {:?}>", e.name(), e.attribute("val")),
                Node::Close(name) => format!("</{name}>"),
                Node::Text(words) => words.to_owned(),
            });
            Ok(())
        })?;
        Ok(seen)
    }

    #[test]
    fn prefixes_go_entities_resolve_and_empty_elements_close() {
        let seen = nodes(b"<w:p><w:b w:val='a &amp; b'/>x&#x2019;s &eacute; R&D<![CDATA[<raw>]]></w:p>").unwrap();
        assert_eq!(seen[..3], ["<p None>", "<b Some(\"a & b\")>", "</b>"]);
        assert_eq!(seen[3..seen.len() - 1].concat(), "x’s é R&D<raw>");
    }

    #[test]
    fn a_declared_encoding_is_followed_and_a_cut_file_is_a_fault() {
        let seen = nodes(b"<?xml version='1.0' encoding='windows-1251'?><a>\xcf\xee\xf0\xf2</a>").unwrap();
        assert_eq!(seen[1], "Порт");
        assert!(nodes(b"<a><b>x</b>").unwrap_err().to_string().contains("in the middle"));
        assert!(nodes("<a>".repeat(5_000).as_bytes()).is_err());
    }
}
