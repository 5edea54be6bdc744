//! The trained reader: a small network that finds sentences, words, their tags, trees, names and roles in English text,
//! fast enough for millions of pages on one machine. Its arithmetic is written down in `train/NETWORK.md`; everything here
//! follows that page and gives the same answer, to the bit, on every machine and with any number of threads.
//!
//! [`Model::built_in`] is the model that the program carries, [`Model::load`] takes the bytes of another weights' file;
//! [`Model::parse`] reads a raw text, [`Model::parse_words`] sentences that were cut into words elsewhere. Reading never
//! fails.

mod error;
mod letters;

mod file;

mod float;

mod products;

mod boundaries;
mod pieces;
mod words;

mod encoder;

mod tree;

mod arcs;

mod pairs;

mod entities;
mod gazetteer;
mod lemma;
mod mend;

mod parse;

mod model;

mod built_in;
mod document;

pub mod conllu;

pub use error::ModelError;
pub use gazetteer::Gazetteer;
pub use model::Model;
pub use parse::{Labels, Parse, Role, Sentence, Word};
