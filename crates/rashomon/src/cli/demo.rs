//! `rashomon demo`: reads the bundled sample and opens its page, so that a newcomer sees the whole in one step.

use super::command::{Command, Invocation, Outcome, example};
use super::{open, options, read, show};
use crate::error::Error;
use crate::project::Project;
use crate::sample;
use clap::Arg;
use clap::parser::ValueSource;
use std::path::PathBuf;

/// The command.
pub const COMMAND: Command = Command {
    name: "demo",
    about: "Read the bundled sample and open its page",
    details: "Accounts of one night in 1904, written for this program in the manner of those who could have told it. \
              Without --ledger the sample's ledger is thrown away at the end.",
    examples: &[
        example("rashomon demo", "read the sample and open its page"),
        example("rashomon demo --ledger sample.ledger --no-open", "keep the sample's ledger, print the address only"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    open::arguments()
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let place = |e: std::io::Error| Error::writing("The folder for temporary files", &e);
    let files = tempfile::tempdir().map_err(place)?;
    let kept = tempfile::tempdir().map_err(place)?;
    let folder = sample::write_into(files.path())?;
    let ledger = ledger(call).unwrap_or_else(|| kept.path().join(options::LEDGER));
    let project = Project::create(&ledger)?;
    let taken = project.take(&[folder], read::all_cores(), &mut |_| {})?;
    drop(project);
    read::list_refusals(&taken.refusals);
    show::line(&read::summary(&taken, &ledger))?;
    drop(files);
    open::serve(Project::open(&ledger)?, call.arguments)?;
    Ok(Outcome::Done)
}

/// The ledger, if the person named one.
fn ledger(call: &Invocation<'_>) -> Option<PathBuf> {
    let named = call.arguments.value_source("ledger") == Some(ValueSource::CommandLine);
    named.then(|| options::ledger_path(call.arguments))
}
