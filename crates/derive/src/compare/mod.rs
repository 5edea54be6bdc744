//! How accounts stand to each other. So far: which passages repeat which.

mod reuse;

pub use reuse::{Change, Direction, Passage, Reuse, reuse};
