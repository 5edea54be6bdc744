//! `rashomon actors`: who is in the documents, and why names were taken to be one's.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::error::Error;
use crate::known;
use clap::Arg;
use clap::builder::ValueParser;
use rashomon_derive::views::actors::VIEW;
use std::path::PathBuf;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "Names are joined by what they sound like, by what documents call one and by what people judged, and are left \
              apart where they fit two. What is wrong is put right with `rashomon judge`. With --known each actor gets its id \
              in your own list: CSV with the columns id, name and, if wanted, aliases (parted by `;` or `|`) and schema; JSON, \
              an array or one object a line, with the same fields, FollowTheMoney entities, or what the query service of \
              Wikidata saves (item, itemLabel, itemAltLabel).",
    examples: &[
        example("rashomon actors", "everybody, those with the most statements first"),
        example("rashomon actors --actor Lowry --format json", "one actor with names, reasons and statements"),
        example("rashomon actors --known people.csv --format csv > actors.csv", "with the ids of your own list"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let mut all = options::of_views();
    let known = Arg::new("known").long("known").value_name("FILE").value_parser(ValueParser::path_buf());
    all.push(known.help("Your own list of actors with ids and aliases, CSV or JSON"));
    all
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let Some(path) = call.arguments.get_one::<PathBuf>("known") else { return show::view(&VIEW, call) };
    let (list, complaints) = known::read(path)?;
    let outcome = show::view_with(&VIEW, call, Some(&list))?;
    complaints.iter().for_each(|why| show::complain(why));
    Ok(if complaints.is_empty() { outcome } else { Outcome::SomeRefused })
}
