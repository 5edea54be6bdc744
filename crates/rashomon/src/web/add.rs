//! Adding documents from the page: files are dropped on it, or chosen in a plain form. Each file is told of: taken, known
//! already, a copy, or refused with the reason and what to do. They go the same way into the ledger as in the shell: the
//! browser's files are laid into a folder of their own, found there like any others, and read one lot after the other.

use super::address::Address;
use super::gate::{carried, is_hidden};
use super::layout::{Frame, counted, page, said};
use super::shelf::{Shelf, Shelves};
use crate::take::Event;
use maud::{Markup, html};
use rashomon_core::{Document, Refusal};
use rashomon_intake::FORMATS;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Bytes that one sending may have: what intake takes of one file.
pub(crate) const LIMIT: u64 = 256 << 20;
/// Files that one sending may have.
pub(crate) const FILES: usize = 1000;
/// Bytes of one part of a name.
const NAME: usize = 180;
/// Folders that a name may have.
const DEPTH: usize = 12;

/// What became of one file, or of one member of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Became {
    /// Read and kept, with so many statements.
    Kept(String, usize),
    /// In the ledger already.
    Known(String),
    /// The bytes of another file.
    Copy(String, String),
    /// Refused, and why.
    Refused(String, String),
}

/// The place in a folder that a browser's name for a file means there: nothing that leads out of the folder, hides or
/// cannot be a name.
pub(crate) fn place(folder: &Path, name: &str, number: usize) -> PathBuf {
    let clean = |part: &str| -> String {
        let plain: String =
            part.chars().filter(|c| !c.is_control() && !is_hidden(*c) && !"<>:\"|?*".contains(*c)).collect();
        shortened(plain.trim().trim_start_matches('.').trim_end_matches(['.', ' ']))
    };
    let mut parts: Vec<String> = name.split(['/', '\\']).map(clean).filter(|part| !part.is_empty()).collect();
    let own = parts.pop().unwrap_or_else(|| format!("file {}", number + 1));
    parts.truncate(DEPTH);
    parts.iter().fold(folder.to_path_buf(), |path, part| path.join(part)).join(own)
}

/// A name short enough for any disk, its ending kept.
fn shortened(name: &str) -> String {
    if name.len() <= NAME {
        return name.to_owned();
    }
    let ending =
        name.rsplit_once('.').map(|(_, ending)| format!(".{ending}")).filter(|e| e.len() <= 16).unwrap_or_default();
    let room = NAME - ending.len();
    let cut = (0..=room).rev().find(|n| name.is_char_boundary(*n)).unwrap_or(0);
    format!("{}{ending}", name.get(..cut).unwrap_or_default())
}

/// Reads everything in a folder into the ledger and tells of each file.
pub(crate) fn take(shelves: &Shelves, folder: &Path) -> Result<Vec<Became>, String> {
    let (mut found, mut lost) = rashomon_intake::find(&[folder.to_path_buf()]);
    // The names begin with that of the folder, which nobody chose.
    let inner = |name: &str| name.split_once('/').map_or(name, |(_, rest)| rest).to_owned();
    found.iter_mut().for_each(|file| file.name = inner(&file.name));
    lost.iter_mut().for_each(|refusal| refusal.path = inner(&refusal.path));
    let mut all = Vec::new();
    shelves.archive().take(&found, &lost, &mut |event| match event {
        Event::Kept { name, statements } => all.push(Became::Kept(name.to_owned(), statements)),
        Event::Known(name) => all.push(Became::Known(name.to_owned())),
        Event::Copy { name, of } => all.push(Became::Copy(name.to_owned(), of.to_owned())),
        Event::Refused(Refusal { path, reason, .. }) => all.push(Became::Refused(path.clone(), reason.clone())),
        Event::Found(_) | Event::Done => {}
    })?;
    Ok(all)
}

/// For the script: what became of each file, with the address of its document.
pub(crate) fn to_json(shelf: &Shelf, all: &[Became]) -> Value {
    let told = |became: &Became| match became {
        Became::Kept(name, statements) => json!({
            "name": name, "became": "kept", "words": format!("taken, {}", counted(*statements, "statement", "statements")),
            "address": document(shelf, name).map(|d| Address::document(&d.id).to_string()),
        }),
        Became::Known(name) => json!({
            "name": name, "became": "known", "words": "was in the ledger already",
            "address": document(shelf, name).map(|d| Address::document(&d.id).to_string()),
        }),
        Became::Copy(name, of) => json!({
            "name": name, "became": "copy", "words": format!("has the bytes of {of} and was not read again"),
            "address": document(shelf, of).map(|d| Address::document(&d.id).to_string()),
        }),
        Became::Refused(name, reason) => {
            json!({ "name": name, "became": "refused", "words": format!("refused: {reason}") })
        }
    };
    json!({ "files": all.iter().map(told).collect::<Vec<_>>() })
}

fn document<'a>(shelf: &'a Shelf, path: &str) -> Option<&'a Document> {
    shelf.snapshot.documents.iter().map(|(d, _)| d.as_ref()).rfind(|d| d.path == path)
}

/// The page: a form for those without scripts, a place to drop on for those with; and what became of the last files.
pub(crate) fn whole(shelf: &Shelf, became: Option<&[Became]>) -> Markup {
    let frame = Frame { title: "Add documents", here: "/add", ledger: &shelf.name, query: "" };
    let formats: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
    let body = html! {
        h1 { "Add documents" }
        p.lead { "Drop files or folders anywhere on this page, or choose them. They are read here, on the computer that shows this page; nothing leaves it." }
        form.add action="/add" method="post" enctype="multipart/form-data" {
            (carried(shelf, "/add"))
            p.drop {
                label for="files" { "Files" } " "
                input #files type="file" name="files" multiple required;
                " " button { "Add" }
            }
            p.quiet {
                "Can be read: " (formats.join(", ")) ". Up to " (LIMIT >> 20) " MB and " (FILES) " files at once; more is read in a shell with "
                code { "rashomon read FOLDER" } ". A file " code { "NAME.meta.json" } " sent with NAME gives its title, authors, date and language."
            }
        }
        section #adding aria-live="polite" aria-label="What became of the files" {
            @if let Some(became) = became { (results(shelf, became)) }
        }
    };
    page(&frame, body)
}

fn results(shelf: &Shelf, all: &[Became]) -> Markup {
    html! {
        @if all.is_empty() { p.notice { "There was no document among the files. Choose at least one." } }
        ul.files-told {
            @for became in all { (result(shelf, became)) }
        }
    }
}

fn result(shelf: &Shelf, became: &Became) -> Markup {
    let link = |name: &str, of: &str| {
        html! {
            @match document(shelf, of) {
                Some(document) => a href=(Address::document(&document.id)) { (said(name)) },
                None => (said(name)),
            }
        }
    };
    html! {
        @match became {
            Became::Kept(name, statements) => li.kept { (link(name, name)) ": taken, " (counted(*statements, "statement", "statements")) },
            Became::Known(name) => li.known { (link(name, name)) ": was in the ledger already" },
            Became::Copy(name, of) => li.known { (said(name)) ": has the bytes of " (link(of, of)) " and was not read again" },
            Became::Refused(name, reason) => li.refused { bdi.path { (name) } ": refused: " (reason) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder_or_hides() {
        let folder = Path::new("/box");
        let at = |name: &str| place(folder, name, 0).to_string_lossy().into_owned();
        assert_eq!(at("letters/one.txt"), "/box/letters/one.txt");
        assert_eq!(at("../../etc/passwd"), "/box/etc/passwd");
        assert_eq!(at("C:\\letters\\.secret.txt"), "/box/C/letters/secret.txt");
        assert_eq!(at("a\u{202E}fdp.exe\u{0}.txt"), "/box/afdp.exe.txt");
        assert_eq!(at("..."), "/box/file 1");
        assert_eq!(at(""), "/box/file 1");
        let long = at(&format!("{}.pdf", "é".repeat(100_000)));
        assert!(long.len() < 200 && long.ends_with("é.pdf"), "{long}");
        let deep = place(folder, &"a/".repeat(500), 0);
        assert!(deep.components().count() < 20 && deep.starts_with(folder));
    }
}
