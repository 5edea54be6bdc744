//! `rashomon balance`: how hostile or cooperative actors are said to be towards each other.

use super::command::{Command, Invocation, Outcome, example};
use super::{coded, options};
use crate::error::Error;
use clap::Arg;
use rashomon_derive::views::balance::{VIEW, coded as table};

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each pair of actors and year: events by quad, each counted once however many accounts tell it, their \
              mean score, what is asserted, reported and disputed, and how many independent voices stand behind it.",
    examples: &[
        example("rashomon balance", "every pair of actors"),
        example("rashomon balance --voice author", "on the authors' own word"),
        example("rashomon balance --actor Meteor --format csv > balance.csv", "one actor's pairs"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    options::of_coded_views(options::form_of_view())
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    coded::view(call, table)
}
