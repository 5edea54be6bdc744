//! `rashomon compare`: where accounts repeat each other.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::compare::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each passage of eight words or more that stands in two documents or twice in one, with what was \
              changed. What is said everywhere in the same few words is a formula and is left out. Menus, bylines and lists \
              of references are not compared.",
    examples: &[
        example("rashomon compare", "every repeated passage"),
        example("rashomon compare --document historian --format csv > repeats.csv", "those inside one document"),
        example("rashomon compare --actor Meteor", "those with a statement that names an actor"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
