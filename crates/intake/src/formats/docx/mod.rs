//! DOCX: paragraphs, tables, notes and properties of a word processor's file. What was struck out under tracked changes
//! is left out and what was put in stays: the text is the one that its author last saw. Notes stand at the end, heads
//! and feet of pages after them as menu; remarks in the margin are counted, not read.

mod styles;

mod body;

use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use crate::prose::Prose;
use crate::xml::{self, Node};
use crate::zipped::{self, Archive};
use crate::{dates, properties};
use rashomon_core::{Metadata, ZoneKind};

/// DOCX.
pub const FORMAT: Format = Format {
    name: "DOCX",
    extensions: &["docx", "docm", "dotx"],
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    sniff,
    read,
};

fn sniff(bytes: &[u8], _extension: &str) -> bool {
    zipped::has_member(bytes, "word/document.xml")
}

fn read(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault> {
    let mut archive = Archive::open(bytes, "DOCX", context.limits)?;
    let main = archive.read("word/document.xml")?.ok_or_else(|| Fault::damaged("DOCX", "its text is missing"))?;
    let styles = match archive.read("word/styles.xml")? {
        Some(part) => styles::styles(&part)?,
        None => styles::Styles::default(),
    };
    let mut prose = Prose::default();
    let numbering = body::Numbering { feet: memchr::memmem::find(&main, b"footnoteReference").is_some() };
    body::body(&main, &styles, numbering, &mut prose)?;
    for (part, kind) in [("word/footnotes.xml", body::Notes::Foot), ("word/endnotes.xml", body::Notes::End)] {
        if let Some(part) = archive.read(part)? {
            body::notes(&part, kind, &styles, numbering, &mut prose)?;
        }
    }
    prose.flush_notes();
    heads_and_feet(&mut archive, &styles, &mut prose)?;
    if let Some(remarks) = archive.read("word/comments.xml")? {
        let count = body::count(&remarks, "comment")?;
        if count > 0 {
            prose.builder().note(format!("{count} remarks in the margin were not read"));
        }
    }
    let metadata = match archive.read("docProps/core.xml")? {
        Some(part) => core_properties(&part),
        None => Metadata::default(),
    };
    let mut builder = prose.finish();
    *builder.metadata() = metadata;
    let mut extract = builder.finish();
    properties::title_from_text(&mut extract);
    Ok(extract.into())
}

/// Heads and feet of pages, each wording once.
fn heads_and_feet(archive: &mut Archive<'_>, styles: &styles::Styles, prose: &mut Prose) -> Result<(), Fault> {
    let mut names: Vec<String> = archive.entries().into_iter().flatten().map(|entry| entry.name).collect();
    names.retain(|name| {
        let file = name.strip_prefix("word/").and_then(|n| n.strip_suffix(".xml")).unwrap_or_default();
        let number = file.strip_prefix("header").or_else(|| file.strip_prefix("footer"));
        number.is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()))
    });
    names.sort();
    names.dedup();
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        let Some(part) = archive.read(&name)? else { continue };
        let mut alone = Prose::default();
        body::body(&part, styles, body::Numbering { feet: true }, &mut alone)?;
        let words = alone.finish().finish().text;
        if !words.trim().is_empty() && !seen.contains(&words) {
            for line in words.lines().filter(|l| !l.trim().is_empty()) {
                prose.builder().paragraph(ZoneKind::Menu, line);
            }
            seen.push(words);
        }
    }
    Ok(())
}

/// Title, author, date and language from the properties. A damaged part tells nothing and costs nothing else.
fn core_properties(part: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    let mut words = String::new();
    let _ = xml::walk(part, "DOCX", |node| {
        match node {
            Node::Open(_) => words.clear(),
            Node::Text(text) => words.push_str(text),
            Node::Close(name) => match name {
                "title" => found.title = properties::title(&words),
                "creator" => found.authors = properties::authors([words.as_str()]),
                "created" => found.date = dates::machine(&words),
                "language" if !words.trim().is_empty() => found.language = Some(words.trim().to_owned()),
                _ => {}
            },
        }
        Ok(())
    });
    found
}
