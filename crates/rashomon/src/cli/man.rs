//! `rashomon man`: the manual page, from the list of commands: the program first, then each command.

use super::command::{Command, Invocation, Outcome, example};
use super::show;
use crate::error::Error;
use clap::Arg;
use std::io::Write;

/// The command.
pub const COMMAND: Command = Command {
    name: "man",
    about: "Print the manual page of the program or of a command",
    details: "",
    examples: &[
        example("rashomon man > rashomon.1", "the program's page"),
        example("rashomon man read | man -l -", "the page of `rashomon read`, shown at once"),
    ],
    arguments: || vec![Arg::new("command").value_name("COMMAND").help("The command; without it, the program")],
    run,
};

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let mut program = call.program.clone();
    program.build();
    let wanted = call.arguments.get_one::<String>("command");
    let described = match wanted {
        None => program,
        Some(name) => program
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Error::said(format!("There is no command {name:?}. `rashomon --help` lists them.")))?,
    };
    show::out(|w: &mut dyn Write| clap_mangen::Man::new(described).render(&mut Box::new(w)))?;
    Ok(Outcome::Done)
}
