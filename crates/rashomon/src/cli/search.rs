//! `rashomon search`: which statements and sentences speak of some words.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::error::Error;
use clap::Arg;
use rashomon_derive::views::search::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "Finds sentences that hold all the words; words in quotation marks must stand together. That nothing is \
              found is an answer too, and what was searched is said with it.",
    examples: &[
        example("rashomon search torpedo boats", "sentences that hold both words"),
        example("rashomon search '\"torpedo boats\"'", "sentences that hold the two words side by side"),
        example("rashomon search lamps --voice skipper", "only on the skipper's word"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let words = Arg::new("words").value_name("WORDS").num_args(1..).required(true).help("What to search for");
    std::iter::once(words).chain(options::of_views()).collect()
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let words: Vec<&str> =
        call.arguments.get_many::<String>("words").into_iter().flatten().map(String::as_str).collect();
    let wanted = options::Wanted::of(call.arguments);
    let table = options::project(call.arguments)?.search(&words.join(" "), &wanted.filter)?;
    show::table(table, &wanted)?;
    Ok(Outcome::Done)
}
