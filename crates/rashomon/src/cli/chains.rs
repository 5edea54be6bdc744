//! `rashomon chains`: on whom each document relies.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::chains::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "A root is the innermost voice of a chain with the venue that carried it. Unnamed voices and the authors' \
              own words are shown and never counted as roots.",
    examples: &[
        example("rashomon chains", "every root with the documents that rely on it"),
        example("rashomon chains --voice Lowry", "what comes through or from Lowry"),
        example("rashomon chains --format json | jq '.rows[0]'", "the first row with its statements, for a program"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
