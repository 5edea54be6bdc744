//! `rashomon export`: everything a ledger holds, for notebooks and other tools.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::error::Error;
use crate::project::Project;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction};
use rashomon_derive::ExportOptions;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: "export",
    about: "Write everything the ledger holds, one JSON object a line, or the coded work as a .dna database",
    details: "docs/export.md explains every field. The same documents give the same bytes, in whatever order they were \
              read. A file is replaced only when the export is complete. --format dna writes the documents and every coded \
              statement (by hand with all their variables, and what the program coded) as a database that the Discourse Network \
              Analyzer 3 opens; the password of every coder in it is \"rashomon\".",
    examples: &[
        example("rashomon export > case.jsonl", "everything, to a file"),
        example("rashomon export --text --out case.jsonl", "with the text of plain-text documents too"),
        example("rashomon export --format dna --out case.dna", "the coded work, for the Discourse Network Analyzer"),
        example("rashomon export | jq 'select(.type == \"statement\")'", "only the statements, with another tool"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    vec![
        options::codes(),
        Arg::new("format")
            .long("format")
            .value_name("FORM")
            .help("The form: jsonl, one JSON object a line; or dna, a database of coded statements (needs --out)")
            .default_value("jsonl")
            .value_parser(PossibleValuesParser::new(["jsonl", "dna"]))
            .hide_possible_values(true),
        Arg::new("text")
            .long("text")
            .action(ArgAction::SetTrue)
            .help("Also write the text of plain-text documents, whose offsets fit the file itself"),
        Arg::new("out")
            .long("out")
            .value_name("FILE")
            .help("Write to this file instead of the standard output")
            .value_parser(ValueParser::path_buf()),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let project = options::project(call.arguments)?;
    let options = ExportOptions { text: call.arguments.get_flag("text"), codes: options::codes_of(call.arguments)? };
    let out = call.arguments.get_one::<PathBuf>("out");
    if call.arguments.get_one::<String>("format").is_some_and(|form| form == "dna") {
        let path = out.ok_or_else(|| Error::said("A database is written to a file: give its name with --out."))?;
        return to_dna(&project, path);
    }
    match out {
        Some(path) => to_file(&project, &options, path)?,
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            project.export(&options, &mut out, show::OUTPUT)?;
        }
    }
    Ok(Outcome::Done)
}

/// Writes beside the file first and puts the whole in its place at the end, so that a broken-off export leaves the old
/// file as it was.
fn to_file(project: &Project, options: &ExportOptions, path: &Path) -> Result<(), Error> {
    let name = path.display().to_string();
    let failed = |e: &std::io::Error| Error::writing(&name, e);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rashomon-export");
    readable(&mut builder);
    let mut file = builder.tempfile_in(folder).map_err(|e| failed(&e))?;
    let mut out = BufWriter::new(file.as_file_mut());
    project.export(options, &mut out, &name)?;
    drop(out);
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e.error))?;
    Ok(())
}

/// The coded work as a database, put in its place when it is whole.
fn to_dna(project: &Project, path: &Path) -> Result<Outcome, Error> {
    let name = path.display().to_string();
    let failed = |e: &std::io::Error| Error::writing(&name, e);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".rashomon-export").tempdir_in(folder).map_err(|e| failed(&e))?;
    let made = beside.path().join("work.dna");
    let given = project.export_dna(&made)?;
    std::fs::rename(&made, path).map_err(|e| failed(&e))?;
    show::complain(&format!("{} documents and {} coded statements in {name}.", given.documents, given.codings));
    given.left.iter().for_each(|what| show::complain(&format!("Left out: {what}.")));
    Ok(Outcome::Done)
}

/// A temporary file is for its owner alone; an export gets the permissions that any new file would get.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_builder: &mut tempfile::Builder<'_, '_>) {}
