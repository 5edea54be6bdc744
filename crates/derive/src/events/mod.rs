//! What happened and who is tied to whom: statements coded by PLOVER, ties, and one happening out of many accounts.
//!
//! Everything here is worked out again from statements. The coding rules are data (`rules/*.toml`, with their tests
//! inside); this code only says how a rule meets a statement. Nothing is counted as having happened because a word
//! stands there: what is wanted, promised or refused is coded as request, promise or refusal, and what is negated, to
//! come or supposed is marked so.

mod scheme;
mod rules;
pub(crate) mod phrase;
mod party;
mod frame;
mod code;
mod marks;
mod tie;
mod time;
mod happening;
mod security;
mod graph;
mod case;
#[cfg(test)]
pub(crate) mod testing;

pub use case::{Case, ToldTie};
pub use code::{Coded, Coder};
pub use graph::Graph;
pub use happening::{Account, Happening, happenings};
pub use marks::Marks;
pub use party::Member;
pub use rules::RuleError;
pub use scheme::{Quad, Scheme};
pub use security::{SECTORS, Threat, sector, threat};
pub use tie::{Tie, TieType, ties};
pub use time::Interval;
