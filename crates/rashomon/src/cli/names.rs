//! `rashomon names`: whether pairs of names can be one's, with the reasons. It needs no ledger; a user's own list is
//! compared by the same rules by which mentions become actors.

use super::command::{Command, Invocation, Outcome, example};
use super::options;
use super::show;
use crate::error::Error;
use crate::lists;
use clap::builder::ValueParser;
use clap::{Arg, ArgAction};
use rashomon_text::names::{CAN_BE, Comparison, Name, SAME, Schema};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: "names",
    about: "Compare pairs of names: can they be one's?",
    details: "The file has the columns name1 and name2 and may have schema (Person, Organization, Company, Vessel or \
              nothing) and others, which are left out. The score runs from 0 to 1: `same` from 0.75 on, `can be` from \
              0.5 on (other evidence must decide), `two` below. It is about the names only: two people may bear one \
              name. Names may be in any script.",
    examples: &[
        example("rashomon names --pairs pairs.csv", "a score for each line"),
        example("rashomon names --pairs pairs.csv --explain", "with the reasons in words"),
        example("rashomon names --pairs pairs.csv --explain --format csv > scored.csv", "for a spreadsheet"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    vec![
        Arg::new("pairs")
            .long("pairs")
            .value_name("FILE")
            .required(true)
            .value_parser(ValueParser::path_buf())
            .help("CSV file with the columns name1, name2 and, if wanted, schema"),
        Arg::new("explain").long("explain").action(ArgAction::SetTrue).help("Say why"),
        options::form(),
    ]
}

/// One line of the file and what was found.
struct Pair {
    first: String,
    second: String,
    schema: String,
    found: Comparison,
}

impl Pair {
    fn verdict(&self) -> &'static str {
        match self.found.score {
            score if score >= SAME => "same",
            score if score >= CAN_BE => "can be",
            _ => "two",
        }
    }

    fn cells(&self, explain: bool) -> Vec<String> {
        let score = format!("{:.3}", self.found.score);
        let mut cells =
            vec![self.first.clone(), self.second.clone(), self.schema.clone(), score, self.verdict().into()];
        if explain {
            cells.push(self.found.reasons.join("; "));
        }
        cells
    }
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let Some(path) = call.arguments.get_one::<PathBuf>("pairs") else { return Ok(Outcome::Nothing) };
    let explain = call.arguments.get_flag("explain");
    let pairs = read(path, explain)?;
    let mut header = vec!["name1", "name2", "schema", "score", "verdict"];
    if explain {
        header.push("reasons");
    }
    let record = |p: &Pair| {
        let score = (f64::from(p.found.score) * 1000.0).round() / 1000.0;
        let mut record = json!({"name1": p.first, "name2": p.second, "schema": p.schema, "score": score,
            "verdict": p.verdict()});
        if let (true, Some(record)) = (explain, record.as_object_mut()) {
            record.insert("reasons".into(), json!(p.found.reasons));
        }
        record
    };
    let rows: Vec<Vec<String>> = pairs.iter().map(|p| p.cells(explain)).collect();
    show::rows(&header, &rows, options::form_of(call.arguments), || {
        json!(pairs.iter().map(record).collect::<Vec<_>>())
    })?;
    Ok(Outcome::Done)
}

fn read(path: &Path, explain: bool) -> Result<Vec<Pair>, Error> {
    let text = lists::text_of(path)?;
    let mut reader = lists::csv_of(&text, true);
    let bad = |e: csv::Error| lists::told(path, format!("the file {}", lists::unreadable(&e)));
    let header = reader.headers().map_err(bad)?.clone();
    let column = |name: &str| lists::column(&header, name);
    let (Some(first), Some(second)) = (column("name1"), column("name2")) else {
        return Err(lists::told(path, "the first line must name the columns name1 and name2 (and schema, if wanted)."));
    };
    let schema = column("schema");
    let mut pairs = Vec::new();
    for record in reader.records() {
        let record = record.map_err(bad)?;
        let cell = |n: Option<usize>| n.and_then(|n| record.get(n)).unwrap_or_default().to_owned();
        let (first, second, schema) = (cell(Some(first)), cell(Some(second)), cell(schema));
        let kind = Schema::named(&schema);
        let (a, b) = (Name::new(&first, kind), Name::new(&second, kind));
        let found = if explain { a.compare(&b) } else { Comparison { score: a.score(&b), reasons: Vec::new() } };
        pairs.push(Pair { first, second, schema, found });
    }
    Ok(pairs)
}
