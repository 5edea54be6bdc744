//! Markdown: plain text whose marks are left where they stand, so that offsets fit the file; the marks of headings tell
//! the zones, as they do in any text that uses them.

use crate::encoding::is_binary;
use crate::format::Format;
use crate::formats::text;

/// Markdown.
pub const FORMAT: Format = Format {
    name: "Markdown",
    extensions: &["md", "markdown", "mdown"],
    media_type: "text/markdown",
    sniff: |bytes, extension| FORMAT.extensions.contains(&extension) && !is_binary(bytes),
    read: text::read,
};
