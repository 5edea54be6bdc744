//! `rashomon opcode`: the operational code of each voice.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Wanted};
use super::{coded, show};
use crate::error::Error;
use clap::{Arg, ArgAction};
use rashomon_derive::Actors;
use rashomon_derive::views::opcode::{VIEW, coded as opcode};

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "Indices of the operational code (George 1969; Walker, Schafer and Young 1998) from what a voice is heard to say that \
              others do (P-1, P-2) and that it does itself (I-1, I-2, P-4). Statements are coded by PLOVER; docs/causes.md says which \
              type counts as punishing, threatening, opposing, supporting, promising or rewarding. A voice counts as itself where it \
              is named or says `we`; --self adds names that it may speak of as itself, such as its state. Below 15 statements the \
              indices say little, and the row says so.",
    examples: &[
        example("rashomon opcode", "every voice, most heard first"),
        example("rashomon opcode --voice \"Anne Lowry\" --self Norland", "one voice, whose state counts as herself"),
        example("rashomon opcode --format csv > opcode.csv", "for a spreadsheet"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let mut all = options::of_coded_views(options::form_of_view());
    all.push(
        Arg::new("self")
            .long("self")
            .value_name("NAME")
            .action(ArgAction::Append)
            .help("An actor that every voice speaks of as itself, such as its state; may be repeated"),
    );
    all
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let wanted = Wanted::of(call.arguments);
    let coder = coded::coder(call)?;
    let selves: Vec<String> = call.arguments.get_many::<String>("self").into_iter().flatten().cloned().collect();
    let snapshot = options::project(call.arguments)?.snapshot()?;
    let actors = Actors::resolve(&snapshot);
    show::table(opcode(&snapshot, &actors, &wanted.filter, &coder, &selves), &wanted)?;
    Ok(Outcome::Done)
}
