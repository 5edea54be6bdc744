//! `rashomon read`: reads files and folders into the ledger.
//!
//! What was refused is listed at the end, on the standard error, where it is still in sight when the work is over.

use super::command::{Command, Invocation, Outcome, example};
use super::plain::plain;
use super::progress::Progress;
use super::{options, show};
use crate::error::Error;
use crate::project::Project;
use crate::take::Taken;
use clap::builder::ValueParser;
use clap::{Arg, ArgAction};
use rashomon_core::Refusal;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: "read",
    about: "Read files and folders into the ledger",
    details: "Reads every document under the paths, keeps it with what it says, and carries on where an earlier run \
              stopped: what is in the ledger already is not read again. Files with the same bytes are read once. A \
              file NAME.meta.json beside NAME gives its title, authors, publisher, date, language or url. \
              `rashomon formats` lists what can be read.",
    examples: &[
        example("rashomon read letters/ report.pdf", "a folder and a file into rashomon.ledger"),
        example("rashomon read --ledger case.ledger -v papers/", "into another ledger, telling of each document"),
        example("rashomon read --threads 1 archive.zip", "the documents in an archive, on one core"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    vec![
        Arg::new("paths")
            .value_name("PATH")
            .num_args(1..)
            .required(true)
            .help("Files and folders")
            .value_parser(ValueParser::path_buf()),
        Arg::new("threads")
            .long("threads")
            .value_name("N")
            .help("Documents read at one time; the outcome is the same with any number [default: number of cores]")
            .value_parser(clap::value_parser!(NonZeroUsize)),
        Arg::new("verbose")
            .long("verbose")
            .short('v')
            .action(ArgAction::SetTrue)
            .help("One line for each document as soon as it is on disk"),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let paths: Vec<PathBuf> = call.arguments.get_many::<PathBuf>("paths").into_iter().flatten().cloned().collect();
    let places = paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ");
    if !paths.iter().any(|p| p.symlink_metadata().is_ok()) {
        return Err(Error::said(format!("There is nothing at {places}. Check the path.")));
    }
    let ledger = options::ledger_path(call.arguments);
    let threads = call.arguments.get_one::<NonZeroUsize>("threads").copied().unwrap_or_else(all_cores);
    let mut progress = Progress::new(call.arguments.get_flag("verbose"));
    let taken = Project::create(&ledger)?.take(&paths, threads, &mut |event| progress.hear(event));
    progress.end();
    let taken = taken?;
    list_refusals(&taken.refusals);
    if !taken.anything() && taken.refusals.is_empty() {
        show::complain(&format!("There are no files in {places}. Put documents there, or name another folder."));
    }
    show::line(&summary(&taken, &ledger))?;
    Ok(match (taken.anything(), taken.refusals.is_empty()) {
        (true, true) => Outcome::Done,
        (true, false) => Outcome::SomeRefused,
        (false, _) => Outcome::Nothing,
    })
}

/// As many threads as the computer has cores.
pub fn all_cores() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Lists what was refused and why, with its number.
pub fn list_refusals(refusals: &[Refusal]) {
    if refusals.is_empty() {
        return;
    }
    show::complain(&format!("{} refused:", counted(refusals.len(), "input")));
    for refusal in refusals {
        show::complain(&format!("  {}: {}", refusal.path, plain(&refusal.reason, false)));
    }
}

/// What was read, in words.
pub fn summary(taken: &Taken, ledger: &Path) -> String {
    if !taken.anything() {
        return format!("Nothing was read into {}.", ledger.display());
    }
    let mut words = format!(
        "Read {} with {} into {}.",
        counted(taken.documents, "document"),
        counted(taken.statements, "statement"),
        ledger.display()
    );
    let mut also = |count: usize, text: &str| {
        if count > 0 {
            words.push_str(&format!(" {count} {text}."));
        }
    };
    also(taken.known, "already there");
    also(taken.copies, "with the bytes of another, not read again");
    also(taken.ungrounded, "proposals of the reader left out, because their words did not stand in the text");
    words
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
