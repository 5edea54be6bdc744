//! `rashomon import`: brings what was coded elsewhere: a database of the Discourse Network Analyzer, or a list of concepts.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::concept_lists;
use crate::error::Error;
use crate::project::Project;
use clap::Arg;
use clap::builder::ValueParser;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: "import",
    about: "Bring coded work: a Discourse Network Analyzer database (.dna), or a list of concepts",
    details: "Of a .dna file (version 3) the documents are read like any other, and each coded statement is kept with its coder and \
              all its values, so that `rashomon discourse` gives the same numbers. What cannot be carried is listed. Brought \
              again, a file adds nothing. A list of concepts (.toml or .csv, see docs/discourse.md) is kept in the ledger and used by \
              `rashomon discourse` and the page until another one is.",
    examples: &[
        example("rashomon import debate.dna", "documents and codings of another program"),
        example("rashomon import concepts.toml --by Reed", "keep a list of concepts, with who made it"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    vec![
        Arg::new("file")
            .value_name("FILE")
            .required(true)
            .help("A .dna database, or a list of concepts as .toml or .csv")
            .value_parser(ValueParser::path_buf()),
        Arg::new("by").long("by").value_name("PERSON").help("Who made the list of concepts").default_value("reader"),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let Some(path) = call.arguments.get_one::<PathBuf>("file") else { return Ok(Outcome::Nothing) };
    let ledger = options::ledger_path(call.arguments);
    let is = |end: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(end));
    if is("toml") || is("csv") {
        let list = concept_lists::of_file(path)?;
        let by = call.arguments.get_one::<String>("by").map_or("reader", String::as_str);
        let row = concept_lists::row(&list, by, &name(path));
        let sequence = Project::create(&ledger)?.judge(&row)?;
        show::line(&format!("Kept {} concepts as row {sequence} of {}.", list.concepts().len(), ledger.display()))?;
        return Ok(Outcome::Done);
    }
    if !is("dna") {
        // Whatever its name, what is inside decides; the message of the reader says what it expects.
        show::complain(&format!("{} is read as a .dna database.", path.display()));
    }
    // What is in the file is looked at first, so that a wrong file makes no ledger.
    rashomon_ledger::dna::read(path)?;
    let imported = Project::create(&ledger)?.import_dna(path)?;
    for left in &imported.left {
        show::complain(&format!("left out: {left}"));
    }
    show::line(&format!(
        "{} documents and {} coded statements of {} are in {} ({} rows added).",
        imported.documents,
        imported.codings,
        name(path),
        ledger.display(),
        imported.rows
    ))?;
    Ok(Outcome::Done)
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
