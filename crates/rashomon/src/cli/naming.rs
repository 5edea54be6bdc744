//! `rashomon naming`: what each document calls the same actor.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::naming::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each form in each document, the actor with the most places first. No form is called loaded or \
              plain: they stand side by side.",
    examples: &[
        example("rashomon naming", "every form in every document"),
        example("rashomon naming --actor Meteor", "what one actor is called"),
        example("rashomon naming --voice \"Anne Lowry\"", "only in sentences on one voice's word"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
