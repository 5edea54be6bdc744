//! EPUB: the chapters of a book in the order in which they are read, each with its file as the place of its words. The
//! book's own list of contents is left out: it repeats the headings.

mod package;

mod chapter;

use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use crate::prose::Prose;
use crate::zipped::{self, Archive};

/// EPUB.
pub const FORMAT: Format =
    Format { name: "EPUB", extensions: &["epub"], media_type: "application/epub+zip", sniff, read };

fn sniff(bytes: &[u8], _extension: &str) -> bool {
    zipped::has_member(bytes, "META-INF/container.xml")
}

fn read(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault> {
    let mut archive = Archive::open(bytes, "EPUB", context.limits)?;
    let container = archive.read("META-INF/container.xml")?.unwrap_or_default();
    let path = package::root(&container)?;
    let root = archive.read(&path)?.ok_or_else(|| Fault::damaged("EPUB", format!("{path} is missing")))?;
    let book = package::read(&root, &path)?;
    let locked = archive.read("META-INF/encryption.xml")?.map(|part| package::locked(&part)).unwrap_or_default();
    if book.chapters.iter().any(|chapter| locked.contains(chapter)) {
        return Err(Fault::new("its text is locked by copy protection", "get a copy without copy protection"));
    }
    let mut prose = Prose::default();
    for chapter in &book.chapters {
        let Some(bytes) = archive.read(chapter)? else {
            prose.builder().note(format!("the chapter {chapter} is missing from the file"));
            continue;
        };
        prose.builder().part(chapter);
        if !chapter::chapter(&bytes, &mut prose) {
            prose.builder().note(format!("the chapter {chapter} is damaged and may not be whole"));
        }
        prose.flush_notes();
    }
    let mut builder = prose.finish();
    *builder.metadata() = book.metadata;
    if builder.text().is_empty() {
        return Err(Fault::damaged("EPUB", "no chapter with words can be found in it"));
    }
    Ok(builder.finish().into())
}
