//! DOCX: not yet readable; files of the format are recognised and refused.

use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use crate::zipped;

/// DOCX.
pub const FORMAT: Format = Format {
    name: "DOCX",
    extensions: &["docx"],
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    sniff,
    read,
};

fn sniff(bytes: &[u8], _extension: &str) -> bool {
    zipped::has_member(bytes, "word/document.xml")
}

fn read(_bytes: &[u8], _context: &Context<'_>) -> Result<Content, Fault> {
    Err(Fault::new("DOCX files cannot be read yet", "save it as plain text"))
}
