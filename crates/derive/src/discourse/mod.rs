//! Discourse networks: which voices share or dispute which concepts (Leifeld 2016).
//!
//! A statement is coded by whose word it is, which concept its words speak of and on which side; from the codes come
//! counts, matrices, windows of time, camps and the concepts that carry the structure. Everything is worked out again
//! from statements and from what a person coded by hand.

mod lists;
mod words;
mod concepts;
mod code;
mod stance;
mod voices;
mod proposals;
mod coder;
mod counts;
mod windows;
mod polarisation;
mod spectrum;
mod backbone;
mod asked;

pub use asked::{Asked, Mode, PARAMETERS, Shown, in_window};
pub use backbone::{Backbone, SINGLY, Step, backbone};
pub use code::{Code, Codes, Side};
pub use coder::{CARRIER, CONCEPTS, Hand, Options, STATEMENT_TYPE, Whose, code, kept_list, propose, voice_of};
pub use concepts::{Concept, ConceptList, ListError, Written};
pub use counts::{Count, Counts, Matrix, Measure, Normalisation, Signed};
pub use polarisation::{EXACT, Split, frustration, split};
pub use proposals::Proposal;
pub use windows::{Direction, Kernel, MOST as MOST_WINDOWS, Moving, Unit, Window};
