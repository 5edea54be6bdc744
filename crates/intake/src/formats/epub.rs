//! EPUB: not yet readable; files of the format are recognised and refused.

use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use crate::zipped;

/// EPUB.
pub const FORMAT: Format =
    Format { name: "EPUB", extensions: &["epub"], media_type: "application/epub+zip", sniff, read };

fn sniff(bytes: &[u8], _extension: &str) -> bool {
    zipped::has_member(bytes, "META-INF/container.xml")
}

fn read(_bytes: &[u8], _context: &Context<'_>) -> Result<Content, Fault> {
    Err(Fault::new("EPUB files cannot be read yet", "save it as plain text"))
}
