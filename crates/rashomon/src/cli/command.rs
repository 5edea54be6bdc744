//! What a command is: one entry of the list, with everything that help, completions, manual and docs say of it.

use crate::error::Error;
use clap::{Arg, ArgMatches};

/// One command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// What a person should know besides.
    pub details: &'static str,
    /// How it is used.
    pub examples: &'static [Example],
    /// Its arguments.
    pub arguments: fn() -> Vec<Arg>,
    /// Does it.
    pub run: fn(&Invocation<'_>) -> Result<Outcome, Error>,
}

/// One line that a person could type.
pub struct Example {
    /// The line.
    pub line: &'static str,
    /// What it does.
    pub does: &'static str,
}

/// An example from its line and what it does.
pub const fn example(line: &'static str, does: &'static str) -> Example {
    Example { line, does }
}

/// One call of a command.
pub struct Invocation<'a> {
    /// What the person gave.
    pub arguments: &'a ArgMatches,
    /// The whole program, for the commands that describe it.
    pub program: &'a clap::Command,
}

/// How a command ended, if not with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was done.
    Done,
    /// Some inputs were refused; the rest is done and kept.
    SomeRefused,
    /// Nothing could be done, and it has been said why.
    Nothing,
}

impl Command {
    /// The command for the parser of arguments.
    pub fn to_clap(&self) -> clap::Command {
        let examples: Vec<String> = self.examples.iter().map(|e| format!("  {}\n      {}", e.line, e.does)).collect();
        let after = format!("Examples:\n{}", examples.join("\n"));
        let long =
            if self.details.is_empty() { self.about.into() } else { format!("{}\n\n{}", self.about, self.details) };
        clap::Command::new(self.name).about(self.about).long_about(long).after_help(after).args((self.arguments)())
    }
}
