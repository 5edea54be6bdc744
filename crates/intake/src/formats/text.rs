//! Plain text: the file's own characters, byte-order mark removed and nothing else changed, so that offsets fit the file.

use crate::extract::Extract;
use crate::fault::Fault;
use crate::format::{Content, Context, Format};

/// Plain text. Stands last in the list: whatever is text and nothing else.
pub const FORMAT: Format =
    Format { name: "plain text", extensions: &["txt", "text"], media_type: "text/plain", sniff: |_, _| true, read };

fn read(bytes: &[u8], _context: &Context<'_>) -> Result<Content, Fault> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    Ok(Extract { text, ..Extract::default() }.into())
}
