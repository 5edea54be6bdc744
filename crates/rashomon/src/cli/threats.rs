//! `rashomon threats`: who names what a threat to whom.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::threats::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each thing that is named a threat to somebody, the most often named first. The program calls nothing \
              a threat: it lists who does, and who denies it.",
    examples: &[
        example("rashomon threats", "everything that is named a threat"),
        example("rashomon threats --voice \"Anne Lowry\"", "what one voice names a threat"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
