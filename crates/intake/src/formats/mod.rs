//! The formats, one file each, and the list of them. A new format is its file and its line in [`FORMATS`].

mod docx;
mod epub;
mod odt;
mod pdf;
mod text;

use crate::format::Format;

/// Every format, in the order in which they are asked whether an input is theirs.
pub const FORMATS: &[Format] = &[pdf::FORMAT, docx::FORMAT, odt::FORMAT, epub::FORMAT, text::FORMAT];
