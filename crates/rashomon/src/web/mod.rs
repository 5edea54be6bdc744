//! The page: a small server on 127.0.0.1 that shows a ledger in the browser. Everything is made on the server and reads
//! without scripts and without a network; the one script only adds comfort. Nothing here states anything itself: every
//! figure leads to the statements behind it, and every statement to its words.
//!
//! The order of the modules is their layering: each uses only those above it.

pub mod archive;

mod address;
mod assets;
mod leaves;
mod shelf;

mod segments;

mod diagram;
mod layout;
mod marks;

pub mod gate;
mod judged;

mod panel;
mod statements;
mod text;
mod codings;

mod sides;

mod actor;
mod causes;
mod document;
mod glance;
mod overview;
mod view;

mod picture;

mod search;

mod mend;
mod review;
mod history;
mod judge;
mod add;
mod tour;
mod discourse;

pub mod server;

#[cfg(test)]
mod tests;

pub use archive::{Archive, Kept};
pub use gate::Terms;
pub use server::{address, listen, listen_at, router, serve};
