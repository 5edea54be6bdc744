//! The nouns of Rashomon, their constructors and their laws.
//!
//! Nothing here opens a file, a database or a socket. A crate that needs a noun of another crate is wrong: nouns that
//! two crates need live here, and only here. The order of the modules is their layering: each uses only those above it.

pub mod codes;
pub mod digest;
pub mod span;
pub mod document;
pub mod claim;
pub mod statement;
pub mod reading;
pub mod mend;
pub mod judgement;
pub mod coding;
pub mod snapshot;
pub mod table;

pub use claim::{Argument, Causation, Claim, Link, Predicate, Quantity, Timed, Voice};
pub use codes::*;
pub use coding::Coding;
pub use digest::{Digest, DocumentId, StatementId};
pub use document::{Document, Metadata, Place, Zone};
pub use judgement::Judgement;
pub use mend::{Mend, MendedLink, MendedVoice};
pub use reading::{Drafts, DraftsOf, Mention, Quotation, Reading, Sentence, TimeExpression};
pub use snapshot::{Aside, Duplicate, ReadDocument, Snapshot};
pub use span::{CharIndex, Span, Words};
pub use statement::{Draft, Refusal, Statement};
pub use table::{Cell, Row, Table};
