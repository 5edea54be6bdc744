//! The driver: the only crate that knows all the others.
//!
//! [`project::Project`] is what the program can do, without a word to a person; [`cli`] speaks to people and uses
//! nothing but it, and so does [`web`], the page. The order of the modules is their layering: each uses only those above it.

pub mod error;

pub mod take;

pub mod weighing;
pub mod judging;
pub mod lists;
pub mod concept_lists;

mod import;
pub mod coded_work;

pub mod known;
pub mod parsing;
pub mod project;
pub mod sample;
pub mod tables;

pub mod columns;

pub mod web;

pub mod cli;

/// Pages are taken apart into many thousands of small pieces, and the system's own allocator is a good part of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
