//! `rashomon agreement`: how far people who judged the same things agree beyond chance.

use super::command::{Command, Invocation, Outcome, example};
use super::{options, show};
use crate::error::Error;
use clap::{Arg, ArgAction};
use rashomon_derive::agreement::{Agreement, agreement, words};
use serde_json::json;

/// The command.
pub const COMMAND: Command = Command {
    name: "agreement",
    about: "How far people who judged the same things agree (Krippendorff's alpha)",
    details: "One row for each sort of things that anybody judged: statements, comparisons, names, sources. Alpha is that for \
              nominal data (Krippendorff 2011): 1 is agreement without exception, 0 what chance would give. It is empty where fewer \
              than two things were judged by two people, or where all verdicts are the same. Each person's last verdict counts; notes and \
              what was taken back do not. --disputed lists what people say different things of.",
    examples: &[
        example("rashomon agreement", "alpha for statements, names, comparisons and sources"),
        example("rashomon agreement --disputed --format csv", "what people differ on, and who says what"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    vec![
        Arg::new("disputed")
            .long("disputed")
            .action(ArgAction::SetTrue)
            .help("List what people say different things of"),
        options::form(),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let found = agreement(&options::project(call.arguments)?.snapshot()?.judgements);
    let form = options::form_of(call.arguments);
    let (header, rows): (&[&str], Vec<Vec<String>>) = match call.arguments.get_flag("disputed") {
        true => (&["about", "words", "person", "verdict", "target"], found.iter().flat_map(disputed).collect()),
        false => (&["about", "people", "judged", "by two or more", "alpha"], found.iter().map(measured).collect()),
    };
    let record = |row: &Vec<String>| {
        let fields = header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell)));
        fields.collect::<serde_json::Map<_, _>>()
    };
    show::rows(header, &rows, form, || json!(rows.iter().map(record).collect::<Vec<_>>()))?;
    if rows.is_empty() {
        let words = if found.is_empty() { "Nobody has judged anything yet." } else { "Nobody differs." };
        show::complain(words);
    }
    Ok(Outcome::Done)
}

fn measured(sort: &Agreement) -> Vec<String> {
    let alpha = sort.alpha.map(|alpha| format!("{alpha:.3}")).unwrap_or_default();
    vec![
        sort.about.as_str().to_owned(),
        sort.people.to_string(),
        sort.judged.len().to_string(),
        sort.shared.to_string(),
        alpha,
    ]
}

fn disputed(sort: &Agreement) -> Vec<Vec<String>> {
    let things = sort.judged.iter().filter(|thing| thing.is_disputed());
    let line = |thing: &rashomon_derive::agreement::Judged| {
        let said = thing.verdicts.iter();
        let cells = |(person, verdict): (&String, &String)| {
            vec![sort.about.as_str().to_owned(), words(thing), person.clone(), verdict.clone(), thing.target.clone()]
        };
        said.map(cells).collect::<Vec<_>>()
    };
    things.flat_map(line).collect()
}
