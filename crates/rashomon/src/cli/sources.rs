//! `rashomon sources`: how each document argues.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::sources::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "Shares are of the document's statements. A grade is shown as a person gave it and never averaged.",
    examples: &[
        example("rashomon sources", "one row for each document"),
        example("rashomon sources --document letters/ --format csv", "the documents of one folder, for a spreadsheet"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
