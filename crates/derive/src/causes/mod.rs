//! Cognitive maps: what is said to cause what, with sign and voice, as a graph of concepts (Axelrod 1976) that can be
//! measured, laid over another, and run as an experiment (Kosko 1986).
//!
//! A concept is what several stretches of words name; which words were taken for one, and why, is kept with it, and a
//! person's own file has the last word. An edge is nothing but the statements behind it. A run says what a source's words
//! imply if taken at their word, and forecasts nothing.

mod lists;
mod words;
mod own;
mod concepts;
mod map;
mod measures;
mod overlay;
mod run;
mod scenario;
mod between;
mod opcode;

pub use between::between;
pub use concepts::{Concept, Concepts, Link};
pub use map::{Causes, Edge, Map, Node, Weighed, weight_target, weights};
pub use measures::{Cycle, Cycles, Degrees, Measures, NodeKind, measures};
pub use opcode::{FEW, Indices, Utterance, indices, is_whole, value};
pub use overlay::{Overlaid, Relation, overlay};
pub use own::{Own, OwnError};
pub use run::{End, Inflow, Rule, Run, Settings, Squash, run};
pub use scenario::{Scenario, ScenarioError, Told, Whose};

#[cfg(test)]
pub(crate) mod testing {
    //! Maps for the tests of what is made of them.
    pub(crate) use super::map::testing::map;
}
