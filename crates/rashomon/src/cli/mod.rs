//! The shell. [`COMMANDS`] is the one list: parsing, help, completions, the manual page and `docs/commands.md` all come
//! from it, so that none can lag behind. A new command is one file here and one line in the list.

pub mod command;

pub mod options;
pub mod plain;

pub mod drawn;

pub mod show;

pub mod progress;

mod coded;

pub mod actors;
pub mod agreement;
pub mod balance;
pub mod causes;
pub mod chains;
pub mod claims;
pub mod compare;
pub mod completions;
pub mod corroboration;
pub mod export;
pub mod formats;
pub mod judge;
pub mod links;
pub mod man;
pub mod names;
pub mod naming;
pub mod network;
pub mod opcode;
pub mod open;
pub mod parse;
pub mod read;
pub mod search;
pub mod sectors;
pub mod sources;
pub mod threats;
pub mod timeline;

pub mod demo;

pub mod discourse;
pub mod import;

pub mod docs;

use crate::error::Error;
use command::{Command, Invocation, Outcome};
use std::ffi::OsString;
use std::process::ExitCode;

/// Every command, in the order in which they are shown to people.
pub static COMMANDS: &[Command] = &[
    read::COMMAND,
    claims::COMMAND,
    chains::COMMAND,
    actors::COMMAND,
    naming::COMMAND,
    timeline::COMMAND,
    network::COMMAND,
    balance::COMMAND,
    threats::COMMAND,
    sectors::COMMAND,
    causes::COMMAND,
    opcode::COMMAND,
    compare::COMMAND,
    corroboration::COMMAND,
    links::COMMAND,
    sources::COMMAND,
    discourse::COMMAND,
    search::COMMAND,
    open::COMMAND,
    export::COMMAND,
    parse::COMMAND,
    names::COMMAND,
    judge::COMMAND,
    agreement::COMMAND,
    import::COMMAND,
    demo::COMMAND,
    formats::COMMAND,
    completions::COMMAND,
    man::COMMAND,
];

/// What the program says of itself.
const ABOUT: &str = "Read many accounts of a contested subject side by side: who says what, on whose word";

const EXIT_CODES: &str = "Exit codes: 0 done; 1 some inputs were refused (the rest is done and kept); 2 nothing could \
be done.";

/// The program's arguments, made from the list.
pub fn program() -> clap::Command {
    let first = "First steps:\n  rashomon demo            the bundled sample, in the browser\n  rashomon read FOLDER     \
                 read your own documents into rashomon.ledger\n  rashomon open            look at them";
    clap::Command::new("rashomon")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .after_help(format!("{first}\n\n{EXIT_CODES}"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(false)
        .max_term_width(100)
        .arg(options::ledger())
        .subcommands(COMMANDS.iter().map(Command::to_clap))
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

/// Runs the program with some arguments, the first of them its own name.
pub fn run_with(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let program = program();
    let matches = match program.clone().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version come this way too. If they cannot be printed, there is nobody to tell.
            let _unheard = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let Some((name, arguments)) = matches.subcommand() else { return ExitCode::from(2) };
    let Some(command) = COMMANDS.iter().find(|c| c.name == name) else { return ExitCode::from(2) };
    match (command.run)(&Invocation { arguments, program: &program }) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRefused) => ExitCode::from(1),
        Ok(Outcome::Nothing) => ExitCode::from(2),
        Err(Error::OutputClosed) => ExitCode::SUCCESS,
        Err(error) => {
            show::complain(&format!("rashomon: {error}"));
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_makes_a_sound_program_and_every_example_parses() {
        program().debug_assert();
        for command in COMMANDS {
            assert!(!command.examples.is_empty(), "{} has no example", command.name);
            for example in command.examples {
                let line = example.line.split(['|', '>']).next().unwrap_or_default();
                let words = shell_words(line);
                assert_eq!(words.first().map(String::as_str), Some("rashomon"), "{line}");
                assert!(words.contains(&command.name.to_owned()), "{line} is no example of {}", command.name);
                let parsed = program().try_get_matches_from(&words);
                assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
            }
        }
    }

    #[test]
    fn every_view_has_its_command() {
        for view in rashomon_derive::views::VIEWS {
            assert!(COMMANDS.iter().any(|c| c.name == view.name), "no command shows the view {}", view.name);
        }
    }

    /// Splits an example's words; quotation marks hold words together.
    fn shell_words(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (n, part) in line.split(['"', '\'']).enumerate() {
            match n % 2 {
                0 => words.extend(part.split_whitespace().map(str::to_owned)),
                _ => words.push(part.to_owned()),
            }
        }
        words
    }
}
