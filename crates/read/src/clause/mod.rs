//! Step 6a: the claims in a sentence's tree: each verb, copula, eventful noun and apposition that asserts something, with
//! who and what takes part in it.
//!
//! Subjects and objects that stand elsewhere (before a relative clause, with the first of several verbs, with the verb
//! above an infinitive) are fetched by the rules of enhanced Universal Dependencies (Schuster and Manning 2016), and where
//! these say nothing, by the network's roles. Whose claims they are is decided elsewhere, by the owner of the words.

mod phrase;

mod participants;

mod force;

mod find;

pub(crate) use find::{Clause, Kind, in_range, is_clause};
