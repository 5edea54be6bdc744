//! Everything that can be worked out again from the ledger at any time: who is one actor, what each view shows, the
//! export. Pure functions of a [`rashomon_core::Snapshot`]: no file, no clock, no chance.

pub mod resolve;
pub mod compare;
pub mod filter;
pub mod agreement;
pub mod events;
pub mod discourse;
pub mod causes;
pub mod views;
pub mod review;
pub mod graphs;
pub mod drawing;
pub mod pictures;
pub mod matrices;
pub mod cause_graphs;
pub mod cause_drawing;
pub mod export;

pub use export::ExportOptions;
pub use filter::Filter;
pub use resolve::{Actor, ActorId, Actors, Resolver};
