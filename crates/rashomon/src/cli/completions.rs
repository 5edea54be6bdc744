//! `rashomon completions`: a shell's completions, from the list of commands.

use super::command::{Command, Invocation, Outcome, example};
use super::show;
use crate::error::Error;
use clap::Arg;
use clap_complete::Shell;

/// The command.
pub const COMMAND: Command = Command {
    name: "completions",
    about: "Print completions for a shell",
    details: "",
    examples: &[
        example("rashomon completions bash > ~/.local/share/bash-completion/completions/rashomon", "for Bash"),
        example("rashomon completions fish > ~/.config/fish/completions/rashomon.fish", "for fish"),
    ],
    arguments: || {
        let shells = clap::value_parser!(Shell);
        vec![Arg::new("shell").value_name("SHELL").required(true).help("The shell").value_parser(shells)]
    },
    run,
};

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    if let Some(shell) = call.arguments.get_one::<Shell>("shell") {
        // The generator panics where it cannot write, so it writes to memory.
        let mut bytes = Vec::new();
        clap_complete::generate(*shell, &mut call.program.clone(), "rashomon", &mut bytes);
        show::out(|w| w.write_all(&bytes))?;
    }
    Ok(Outcome::Done)
}
