//! `rashomon judge`: a person's verdict, kept for ever and obeyed by every later run. A verdict on names joins actors or
//! keeps them apart; one on a statement says whether it was read rightly; one on a document is its grade.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Form};
use super::{plain::plain, show};
use crate::error::Error;
use crate::judging::{self, Verdict};
use crate::lists;
use crate::project::Project;
use clap::builder::ValueParser;
use clap::{Arg, ArgAction};
use rashomon_core::Judgement;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: "judge",
    about: "Say what you know: two names are one actor or two, a statement is right or wrong, a source's grade",
    details: "Verdicts on two names: same, different, unsure. On a statement, by its id: right, wrong. On two \
              statements, by their ids: right, wrong (what `compare` says of them), agree, contradict, differ. On a statement and a concept: \
              for, against, neither (see `rashomon discourse`). On a document, by its \
              id, path or title: a grade of the Admiralty code (A to F, 1 to 6 or both). `undo` takes back what was said \
              last of the same thing. A file has the columns verdict, first, second and, if wanted, by and note. Nothing \
              is ever erased: each verdict is one more row of the log.",
    examples: &[
        example("rashomon judge same \"Anne Lowry\" \"Nan Lowry\"", "two names of one person"),
        example("rashomon judge different \"A. Lowry\" \"Anne Lowry\" --note \"her aunt\"", "two persons, and why"),
        example("rashomon judge undo \"A. Lowry\" \"Anne Lowry\"", "as if it had not been said"),
        example(
            "rashomon judge wrong 3b0c9e23de78 c8d154be5cd7",
            "two statements are not about the same (ids: compare --ids)",
        ),
        example("rashomon judge contradict 3b0c9e23de78 c8d154be5cd7", "they cannot both be right"),
        example(
            "rashomon judge against 3b0c9e23de78 \"The lamps were lit\"",
            "code a statement by hand, for `rashomon discourse`",
        ),
        example("rashomon judge B2 report.pdf --by Reed", "a grade, with who gave it"),
        example("rashomon judge --file verdicts.csv", "many at once"),
        example("rashomon judge --list", "every verdict, in the order in which they were given"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let file = Arg::new("file").long("file").value_name("FILE").value_parser(ValueParser::path_buf());
    vec![
        Arg::new("verdict")
            .value_name("VERDICT")
            .required_unless_present_any(["file", "list"])
            .help("same, different, unsure (names); right, wrong (a statement, or two); agree, contradict, differ (two statements); for, against, neither (a statement and a concept); a grade such as B2 (a document); undo"),
        Arg::new("first").value_name("FIRST").help("A name, a statement's id, or a document"),
        Arg::new("second").value_name("SECOND").help("The other name, the other statement's id, or a concept"),
        Arg::new("by").long("by").value_name("PERSON").help("Who judges").default_value("reader"),
        Arg::new("note").long("note").value_name("WORDS").help("Why").default_value(""),
        file.help("CSV file with the columns verdict, first, second, by, note").conflicts_with("verdict"),
        Arg::new("list").long("list").action(ArgAction::SetTrue).help("List every verdict").conflicts_with("verdict"),
        options::form(),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let one = |name: &str| call.arguments.get_one::<String>(name).cloned().unwrap_or_default();
    let looking = options::project(call.arguments)?;
    if call.arguments.get_flag("list") {
        return list(&looking, options::form_of(call.arguments));
    }
    let (given, mut complaints) = match call.arguments.get_one::<PathBuf>("file") {
        Some(path) => in_file(path, &one("by"))?,
        None => {
            let verdict = Verdict {
                verdict: one("verdict"),
                first: one("first"),
                second: one("second"),
                by: one("by"),
                note: one("note"),
            };
            (vec![(String::new(), verdict)], Vec::new())
        }
    };
    let snapshot = looking.snapshot()?;
    drop(looking);
    let known = judging::Known::of(&snapshot);
    let mut project = Project::create(&options::ledger_path(call.arguments))?;
    let mut kept = 0;
    for (place, verdict) in &given {
        match known.judgement(verdict) {
            Ok((judgement, doubts)) => {
                let row = project.judge(&judgement)?;
                kept += 1;
                show::line(&plain(&format!("Kept as row {row}: {}", judging::in_words(&judgement)), true))?;
                doubts.iter().for_each(|doubt| show::complain(&format!("{place}{doubt}")));
            }
            Err(why) => complaints.push(format!("{place}{why}")),
        }
    }
    complaints.iter().for_each(|why| show::complain(why));
    Ok(match (kept, complaints.is_empty()) {
        (_, true) => Outcome::Done,
        (0, false) => Outcome::Nothing,
        (_, false) => Outcome::SomeRefused,
    })
}

type InFile = (Vec<(String, Verdict)>, Vec<String>);

/// The verdicts of a file, each with its place there, and what is wrong with lines that hold none.
fn in_file(path: &Path, by: &str) -> Result<InFile, Error> {
    let text = lists::text_of(path)?;
    let mut reader = lists::csv_of(&text, true);
    let bad = |e: csv::Error| lists::told(path, format!("the file {}", lists::unreadable(&e)));
    let header = reader.headers().map_err(bad)?.clone();
    let column = |name: &str| lists::column(&header, name);
    if column("verdict").is_none() || column("first").is_none() {
        return Err(lists::told(
            path,
            "the first line must name the columns verdict, first and second (and by, note).",
        ));
    }
    let (mut given, mut wrong) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Err(e) => wrong.push(format!("{}: a line {}", path.display(), lists::unreadable(&e))),
            Ok(record) => {
                let cell = |name: &str| column(name).and_then(|n| record.get(n)).unwrap_or_default().to_owned();
                let line = record.position().map_or(0, csv::Position::line);
                let named = Some(cell("by")).filter(|b| !b.is_empty());
                let verdict = Verdict {
                    verdict: cell("verdict"),
                    first: cell("first"),
                    second: cell("second"),
                    by: named.unwrap_or_else(|| by.to_owned()),
                    note: cell("note"),
                };
                given.push((format!("{}:{line}: ", path.display()), verdict));
            }
        }
    }
    Ok((given, wrong))
}

fn list(project: &Project, form: Form) -> Result<Outcome, Error> {
    let mut all = project.snapshot()?.judgements;
    all.sort_by_key(|j| j.sequence);
    let header = ["row", "by", "verdict", "words", "target", "note"];
    let cells = |j: &Judgement| {
        [
            j.sequence.to_string(),
            j.agent.clone(),
            j.verdict.clone(),
            judging::words(j),
            j.target.clone(),
            j.note.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(|j| cells(j).to_vec()).collect();
    let record = |row: &Vec<String>| {
        let fields = header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell)));
        fields.collect::<serde_json::Map<_, _>>()
    };
    show::rows(&header, &rows, form, || json!(rows.iter().map(record).collect::<Vec<_>>()))?;
    Ok(Outcome::Done)
}
