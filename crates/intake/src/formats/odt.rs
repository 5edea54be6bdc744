//! ODT: not yet readable; files of the format are recognised and refused.

use crate::fault::Fault;
use crate::format::{Content, Context, Format};
use crate::zipped;

/// ODT.
pub const FORMAT: Format =
    Format { name: "ODT", extensions: &["odt"], media_type: "application/vnd.oasis.opendocument.text", sniff, read };

fn sniff(bytes: &[u8], _extension: &str) -> bool {
    zipped::has_member(bytes, "content.xml")
}

fn read(_bytes: &[u8], _context: &Context<'_>) -> Result<Content, Fault> {
    Err(Fault::new("ODT files cannot be read yet", "save it as plain text"))
}
