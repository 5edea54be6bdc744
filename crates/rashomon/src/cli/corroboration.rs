//! `rashomon corroboration`: what several documents say alike, from how many roots, contested by whom.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::corroboration::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "Statements that say the same are one claim. Two of them share a root if they stand in one document, if one has \
              the other's words, if they stand on the word of one voice, or if one stands on the word of whoever wrote the \
              other; and so do all that are joined in this way through others. Unnamed voices are no roots.",
    examples: &[
        example("rashomon corroboration", "every claim that several documents make, contested ones first"),
        example("rashomon corroboration --actor Aurora", "claims about an actor"),
        example("rashomon corroboration --format csv --ids > claims.csv", "with the statements behind each"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
