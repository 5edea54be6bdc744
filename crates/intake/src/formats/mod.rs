//! The formats, one file each, and the list of them. A new format is its file and its line in [`FORMATS`].

mod archive;
mod docx;
mod epub;
pub mod html;
mod odt;
mod pdf;
mod text;

mod eml;
mod markdown;

use crate::format::Format;

/// Every format, in the order in which they are asked whether an input is theirs.
pub const FORMATS: &[Format] = &[
    pdf::FORMAT,
    docx::FORMAT,
    odt::FORMAT,
    epub::FORMAT,
    archive::FORMAT,
    eml::FORMAT,
    html::FORMAT,
    markdown::FORMAT,
    text::FORMAT,
];
