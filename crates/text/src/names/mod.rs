//! Names: what is left of a name when titles are taken away, its parts, and whether two names can be one.

mod alias;
mod general;
mod token;
mod person;
mod organisation;
mod compare;
mod blocks;

pub use alias::calls_one;
pub use compare::{CAN_BE, Comparison, Name, SAME, Schema, compare, is_organisation_like, score};
pub use general::{is_general, key};
pub use person::{Part, PersonName, Role, Sex, person};

#[cfg(test)]
mod tests;
