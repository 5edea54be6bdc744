//! `rashomon timeline`: what happened when, by whose account.

use super::command::{Command, Invocation, Outcome, example};
use super::{coded, options};
use crate::error::Error;
use clap::Arg;
use rashomon_derive::views::timeline::{VIEW, coded as table};

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each event that some account dates; accounts of one event stand in one row, with each date that they \
              give. Events are coded by PLOVER (docs/events.md); what no rule codes is listed by its words.",
    examples: &[
        example("rashomon timeline", "every dated event, the earliest first"),
        example("rashomon timeline --voice \"Anne Lowry\"", "what happened according to one voice"),
        example("rashomon timeline --actor Meteor --from 1904-10 --format csv > events.csv", "one actor's events"),
        example("rashomon timeline --codes mine.toml", "with your own event codes"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    options::of_coded_views()
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    coded::view(call, table)
}
