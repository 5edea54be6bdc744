//! Plain text: the file's own characters, byte-order mark removed and nothing else changed, so that offsets fit the
//! file. Whatever is text and of no other format is read as this; it stands last in the list.

use crate::encoding::{decode, is_binary};
use crate::extract::Extract;
use crate::fault::Fault;
use crate::format::{Content, Context, Format};

/// Plain text.
pub const FORMAT: Format =
    Format { name: "plain text", extensions: &["txt", "text"], media_type: "text/plain", sniff, read };

fn sniff(bytes: &[u8], extension: &str) -> bool {
    FORMAT.extensions.contains(&extension) || !is_binary(bytes)
}

/// The text as it is; Markdown is read the same way.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault> {
    if bytes.len() > context.limits.text {
        let what = format!("it is larger than the {} MB of text that are read at once", context.limits.text >> 20);
        return Err(Fault::new(what, "split it into smaller files"));
    }
    let decoded = decode(bytes, None)?;
    Ok(Extract { text: decoded.text, notes: decoded.notes, ..Extract::default() }.into())
}
