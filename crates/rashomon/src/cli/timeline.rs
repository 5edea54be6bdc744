//! `rashomon timeline`: what happened when, by whose account.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Wanted};
use super::{coded, show};
use crate::error::Error;
use crate::tables::to_csv;
use clap::Arg;
use rashomon_derive::Actors;
use rashomon_derive::events::Case;
use rashomon_derive::views::eventdata;
use rashomon_derive::views::timeline::{VIEW, coded as table, timelinejs};

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each event that some account dates; accounts of one event stand in one row, with each date that they \
              give. Events are coded by PLOVER (docs/events.md); what no rule codes is listed by its words. --format events writes CSV \
              in the columns of event data, a row for each account, dated or not; timelinejs is for TimelineJS.",
    examples: &[
        example("rashomon timeline", "every dated event, the earliest first"),
        example("rashomon timeline --voice \"Anne Lowry\"", "what happened according to one voice"),
        example("rashomon timeline --actor Meteor --from 1904-10 --format csv > events.csv", "one actor's events"),
        example("rashomon timeline --format events > events.csv", "event data, a row for each account"),
        example("rashomon timeline --codes mine.toml", "with your own event codes"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    options::of_coded_views(options::form_among(&["table", "csv", "json", "parquet", "events", "timelinejs"]))
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let format = call.arguments.get_one::<String>("format").map_or("table", String::as_str);
    if !matches!(format, "events" | "timelinejs") {
        return coded::view(call, table);
    }
    let wanted = Wanted::of(call.arguments);
    let coder = coded::coder(call)?;
    let snapshot = options::project(call.arguments)?.snapshot()?;
    let actors = Actors::resolve(&snapshot);
    if format == "timelinejs" {
        let json = timelinejs(&table(&snapshot, &actors, &wanted.filter, &coder));
        show::out(|w| writeln!(w, "{json:#}"))?;
        return Ok(Outcome::Done);
    }
    let case = Case::of(&snapshot, &actors, &wanted.filter, &coder);
    let rows = eventdata::table(&snapshot, &actors, &case);
    show::out(|w| to_csv(&rows, false, w))?;
    Ok(Outcome::Done)
}
