//! The list of a book's parts: where it is, what it says about the book, and the order of the chapters.

use crate::fault::Fault;
use crate::xml::{self, Node};
use crate::{dates, properties};
use rashomon_core::Metadata;
use std::collections::{BTreeSet, HashMap};

/// A book's metadata and the paths of its chapters in reading order.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Book {
    pub metadata: Metadata,
    pub chapters: Vec<String>,
}

/// The path of the list of parts.
pub(super) fn root(container: &[u8]) -> Result<String, Fault> {
    let mut found = None;
    xml::walk(container, "EPUB", |node| {
        if let Node::Open(element) = node
            && element.name() == "rootfile"
            && found.is_none()
        {
            found = element.attribute("full-path");
        }
        Ok(())
    })?;
    found.ok_or_else(|| Fault::damaged("EPUB", "it does not say where its chapters are"))
}

/// Reads the list of parts that stands at a path.
pub(super) fn read(part: &[u8], path: &str) -> Result<Book, Fault> {
    let mut book = Book::default();
    let mut chapters: HashMap<String, String> = HashMap::new();
    let mut order = Vec::new();
    let mut authors = Vec::new();
    let mut words = String::new();
    xml::walk(part, "EPUB", |node| {
        match node {
            Node::Open(element) => {
                words.clear();
                if element.name() == "item" {
                    let text = element.attribute("media-type").is_some_and(|t| t.contains("html"));
                    let contents = element.attribute("properties").is_some_and(|p| p.split(' ').any(|p| p == "nav"));
                    if let (true, Some(id), Some(href)) =
                        (text && !contents, element.attribute("id"), element.attribute("href"))
                    {
                        chapters.insert(id, resolved(path, &href));
                    }
                } else if element.name() == "itemref" {
                    order.extend(element.attribute("idref"));
                }
            }
            Node::Text(text) => words.push_str(text),
            Node::Close(name) => {
                let metadata = &mut book.metadata;
                match name {
                    "title" if metadata.title.is_none() => metadata.title = properties::title(&words),
                    "creator" => authors.push(words.clone()),
                    "publisher" => metadata.publisher = properties::title(&words),
                    "date" if metadata.date.is_none() => metadata.date = dates::any(words.trim()),
                    "language" if metadata.language.is_none() && !words.trim().is_empty() => {
                        metadata.language = Some(words.trim().to_owned());
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    })?;
    book.metadata.authors = properties::authors(authors.iter().map(String::as_str));
    book.chapters = order.iter().filter_map(|id| chapters.get(id).cloned()).collect();
    Ok(book)
}

/// Paths of the parts that are encrypted, without fonts, which are often only disguised.
pub(super) fn locked(part: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let _ = xml::walk(part, "EPUB", |node| {
        if let Node::Open(element) = node
            && element.name() == "CipherReference"
        {
            found.extend(element.attribute("URI").map(|uri| resolved("", &uri)));
        }
        Ok(())
    });
    found
}

/// A path relative to the folder of another, with `%20` and `..` worked out.
fn resolved(base: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<String> = Vec::new();
    for part in folder.split('/').chain(href.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(unescaped(part)),
        }
    }
    parts.join("/")
}

fn unescaped(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| u8::from_str_radix(d, 16).ok());
        match code.filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_worked_out_from_the_folder_of_the_list() {
        assert_eq!(resolved("OEBPS/book.opf", "text/a%20b.xhtml#c"), "OEBPS/text/a b.xhtml");
        assert_eq!(resolved("OEBPS/x/book.opf", "../../../ch.xhtml"), "ch.xhtml");
        assert_eq!(resolved("book.opf", "ch1.xhtml"), "ch1.xhtml");
    }
}
