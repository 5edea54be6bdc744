//! Bytes of any known format become [`Document`](rashomon_core::Document)s. Reading never fails as a whole: what cannot
//! be taken comes back as a [`Refusal`](rashomon_core::Refusal) that names the file and the remedy.
//!
//! `find` -> `load` -> `open`. A format is one file under `formats/` and one line of [`FORMATS`]; what all formats share
//! (encodings, zones, limits, the guard around foreign parsers) stands above them.

pub mod fault;
pub mod limits;

mod dates;
mod encoding;
pub mod extract;
mod guard;
mod language;
mod properties;
mod prose;
mod unreadable;
pub mod xml;
pub mod zipped;

mod sidecar;

mod find;

mod load;

mod lines;
mod rules;

mod furniture;
mod head;

mod sections;

mod zones;

pub mod format;

pub mod formats;

mod open;

pub use extract::{Builder, Extract};
pub use fault::Fault;
pub use find::{Found, find};
pub use format::{Content, Context, Format, Member};
pub use formats::FORMATS;
pub use guard::spawn_deep;
pub use limits::Limits;
pub use load::{Input, load, load_within};
pub use open::{Opened, open, open_as, open_within, recognise};
pub use sidecar::Sidecar;
