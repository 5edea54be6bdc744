//! Arguments that several commands share: the ledger, the filters, the form of the output.

use crate::error::Error;
use crate::lists;
use crate::project::Project;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches};
use rashomon_core::{Certainty, ClaimKind};
use rashomon_derive::Filter;
use rashomon_derive::events::Coder;
use std::path::PathBuf;

/// Name of the ledger where none is given.
pub const LEDGER: &str = "rashomon.ledger";

/// `--ledger FILE`, for every command.
pub fn ledger() -> Arg {
    Arg::new("ledger")
        .long("ledger")
        .value_name("FILE")
        .help("The file that everything is kept in")
        .default_value(LEDGER)
        .value_parser(ValueParser::path_buf())
        .global(true)
}

/// The ledger's file.
pub fn ledger_path(arguments: &ArgMatches) -> PathBuf {
    arguments.get_one::<PathBuf>("ledger").cloned().unwrap_or_else(|| LEDGER.into())
}

/// The ledger that was asked for, to look into it.
pub fn project(arguments: &ArgMatches) -> Result<Project, Error> {
    let path = ledger_path(arguments);
    if !path.exists() {
        return Err(Error::said(format!(
            "There is no ledger at {}. Make one with `rashomon read FOLDER`, or name another with --ledger FILE.",
            path.display()
        )));
    }
    Project::open(&path)
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people: fitted to the terminal; in a pipe one line a row with tabs between the columns.
    Table,
    /// Comma-separated values.
    Csv,
    /// One JSON object.
    Json,
    /// Parquet, for programs that read columns.
    Parquet,
}

/// `--format table|csv|json`.
pub fn form() -> Arg {
    form_among(&["table", "csv", "json"])
}

/// `--format` of a view, which is written as Parquet too.
pub fn form_of_view() -> Arg {
    form_among(&["table", "csv", "json", "parquet"])
}

/// `--format` with the forms that a command knows, the table first.
pub fn form_among(forms: &'static [&'static str]) -> Arg {
    let (last, others) = forms.split_last().unwrap_or((&"table", &[]));
    let listed = others.join(", ").replacen("table", "table (in a pipe one line a row, with tabs)", 1);
    Arg::new("format")
        .long("format")
        .value_name("FORM")
        .help(format!("How to write it: {listed} or {last}"))
        .default_value("table")
        .value_parser(PossibleValuesParser::new(forms.iter().copied()))
        .hide_possible_values(true)
}

/// The form that was asked for.
pub fn form_of(arguments: &ArgMatches) -> Form {
    match arguments.get_one::<String>("format").map(String::as_str) {
        Some("csv") => Form::Csv,
        Some("json") => Form::Json,
        Some("parquet") => Form::Parquet,
        _ => Form::Table,
    }
}

/// `--codes FILE`, for what codes events.
pub fn codes() -> Arg {
    Arg::new("codes")
        .long("codes")
        .value_name("FILE")
        .help("Your own event codes (TOML, see docs/events.md), tried before the bundled ones")
        .value_parser(ValueParser::path_buf())
}

/// The text of the person's own codes, if a file was given; it is checked here, so that what is wrong is told at once.
pub fn codes_of(arguments: &ArgMatches) -> Result<Option<String>, Error> {
    let Some(path) = arguments.get_one::<PathBuf>("codes") else { return Ok(None) };
    let text = lists::text_of(path)?;
    Coder::with(&text).map_err(|e| lists::told(path, e))?;
    Ok(Some(text))
}

/// Everything that every view takes: filters, the number of rows, the ids, the form.
pub fn of_views() -> Vec<Arg> {
    of_views_in(form_of_view())
}

/// As [`of_views`], with the forms that the view can be written in.
pub fn of_views_in(form: Arg) -> Vec<Arg> {
    let many = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help).action(ArgAction::Append).help_heading("Filters")
    };
    let one = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help).help_heading("Filters")
    };
    let switch =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    let kinds = PossibleValuesParser::new(ClaimKind::ALL.iter().map(|k| k.as_str()));
    let certainties = PossibleValuesParser::new(Certainty::ALL.iter().map(|c| c.as_str()));
    vec![
        many("document", "WORDS", "Only documents with these words in path or title, or with this id; may be repeated"),
        many(
            "voice",
            "NAME",
            "Only on the word of this voice, anywhere in the chain; `author` for the author's own word",
        ),
        many("actor", "NAME", "Only claims that name this actor"),
        many("kind", "KIND", "Only claims of this kind").value_parser(kinds),
        many("certainty", "DEGREE", "Only claims made with this certainty").value_parser(certainties),
        one("from", "DATE", "Only from this date on, as 1904, 1904-10 or 1904-10-22").value_parser(date),
        one("to", "DATE", "Only up to this date").value_parser(date),
        switch("only-reviewed", "Only statements that a person has judged").help_heading("Filters"),
        one("limit", "NUMBER", "At most so many rows").value_parser(clap::value_parser!(usize)),
        switch("ids", "Show the ids of the statements behind each row (JSON always has them)"),
        form,
    ]
}

/// What every view takes, with a person's own event codes and the forms that the view can be written in.
pub fn of_coded_views(form: Arg) -> Vec<Arg> {
    let mut all = of_views_in(form);
    all.push(codes());
    all
}

/// What a person asks to see.
pub struct Wanted {
    /// Which statements.
    pub filter: Filter,
    /// At most so many rows.
    pub limit: Option<usize>,
    /// Whether the ids of the statements are shown.
    pub ids: bool,
    /// How it is written.
    pub form: Form,
}

impl Wanted {
    /// From the arguments that [`of_views`] lists.
    pub fn of(arguments: &ArgMatches) -> Wanted {
        let many =
            |name: &str| -> Vec<String> { arguments.get_many::<String>(name).into_iter().flatten().cloned().collect() };
        let one = |name: &str| arguments.get_one::<String>(name).cloned();
        // Only some commands ask for a verdict.
        let verdicts = arguments.try_get_many::<String>("verdict").ok().flatten().into_iter().flatten();
        let filter = Filter {
            documents: many("document"),
            voices: many("voice"),
            actors: many("actor"),
            kinds: many("kind").iter().filter_map(|k| k.parse().ok()).collect(),
            certainties: many("certainty").iter().filter_map(|c| c.parse().ok()).collect(),
            from: one("from"),
            to: one("to"),
            only_reviewed: arguments.get_flag("only-reviewed"),
            verdicts: verdicts.cloned().collect(),
        };
        let limit = arguments.get_one::<usize>("limit").copied();
        Wanted { filter, limit, ids: arguments.get_flag("ids"), form: form_of(arguments) }
    }
}

/// A date as year, year and month, or day.
fn date(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    let digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let shape = matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]);
    let part = |n: usize, top: u32| parts.get(n).is_none_or(|p| p.parse().is_ok_and(|v: u32| v >= 1 && v <= top));
    if digits && shape && part(1, 12) && part(2, 31) {
        Ok(text.to_owned())
    } else {
        Err("a date is written as 1904, 1904-10 or 1904-10-22".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_to_three_parts() {
        for good in ["1904", "1904-10", "1904-10-22", "0030"] {
            assert!(date(good).is_ok(), "{good}");
        }
        for bad in ["", "22.10.1904", "1904-13", "1904-1", "1904-10-22-1", "1904-10-32", "year"] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
