//! Views as pictures: SVG that is the same every time, each mark of it a row with the statements behind it. A new picture
//! is one file here and one line in [`PICTURES`]. Pictures show what the views hold and judge nothing.

use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::Snapshot;

pub mod canvas;
pub mod axis;
pub mod looks;
pub mod sankey;
pub mod timeline;
pub mod network;
pub mod naming;
pub mod chains;
pub mod balance;
pub mod threats;
pub mod sources;

pub use canvas::{Drawing, STYLE};

/// The picture of a view.
pub struct Picture {
    /// The view's name.
    pub name: &'static str,
    /// How it is to be read.
    pub about: &'static str,
    /// Draws it from what the ledger holds and who is who in it.
    pub draw: fn(&Snapshot, &Actors, &Filter, &Wish) -> Drawing,
}

/// What a person wants of a picture besides the filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Timeline: a lane for each voice instead of each document.
    pub by_voice: bool,
    /// Network: only ties that are said to hold in this year.
    pub year: Option<i64>,
}

/// Every picture, in the order in which they are listed to people.
pub static PICTURES: &[Picture] = &[
    timeline::PICTURE,
    network::PICTURE,
    naming::PICTURE,
    chains::PICTURE,
    balance::PICTURE,
    threats::PICTURE,
    sources::PICTURE,
];

/// The picture of a view.
pub fn picture(name: &str) -> Option<&'static Picture> {
    PICTURES.iter().find(|p| p.name == name)
}
