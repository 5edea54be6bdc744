//! PDF: not yet readable; files of the format are recognised and refused.

use crate::fault::Fault;
use crate::format::{Content, Context, Format};

/// PDF.
pub const FORMAT: Format = Format { name: "PDF", extensions: &["pdf"], media_type: "application/pdf", sniff, read };

fn sniff(bytes: &[u8], _extension: &str) -> bool {
    bytes.get(..bytes.len().min(1024)).is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-"))
}

fn read(_bytes: &[u8], _context: &Context<'_>) -> Result<Content, Fault> {
    Err(Fault::new("PDF files cannot be read yet", "save it as plain text"))
}
