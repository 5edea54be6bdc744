//! Writes tables and words for a person or another program.
//!
//! A terminal gets a table fitted to its width; a pipe gets one line a row with tabs between the columns, so that
//! `grep` and `cut` work; CSV and JSON are for programs. Words from documents are never changed in CSV and JSON. On the
//! way to a terminal or a pipe, control characters are replaced by their pictures: a document must not be able to send
//! commands to the terminal of whoever reads it.

use super::command::{Invocation, Outcome};
use super::options::{self, Form, Wanted};
use super::{drawn, plain::plain};
use crate::columns::to_parquet;
use crate::error::Error;
use crate::tables::{header, to_csv, to_json, words};
use rashomon_core::Table;
use rashomon_derive::resolve::Authority;
use rashomon_derive::views::View;
use serde_json::Value;
use std::io::{IsTerminal as _, Write};

/// What stands for the standard output in words for a person.
pub const OUTPUT: &str = "The output";

/// Writes words for a person to the standard error. If nobody hears them there is nobody to tell.
pub fn complain(words: &str) {
    let _unheard = writeln!(std::io::stderr().lock(), "{}", plain(words, true));
}

/// Writes a line to the standard output.
pub fn line(words: &str) -> Result<(), Error> {
    writeln!(std::io::stdout().lock(), "{words}").map_err(|e| Error::writing(OUTPUT, &e))
}

/// Writes something to the standard output and makes sure that it went out.
pub fn out(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Error> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(|e| Error::writing(OUTPUT, &e))
}

/// Runs a command that shows a view.
pub fn view(view: &View, call: &Invocation<'_>) -> Result<Outcome, Error> {
    view_with(view, call, None)
}

/// As [`view`], with a person's own list of actors.
pub fn view_with(view: &View, call: &Invocation<'_>, known: Option<&Authority>) -> Result<Outcome, Error> {
    let wanted = Wanted::of(call.arguments);
    let found = options::project(call.arguments)?.view(view.name, &wanted.filter, known)?;
    table(found, &wanted)?;
    Ok(Outcome::Done)
}

/// Writes a table as the person wants it.
pub fn table(mut table: Table, wanted: &Wanted) -> Result<(), Error> {
    let all = table.rows.len();
    if let Some(limit) = wanted.limit.filter(|limit| *limit < all) {
        table.rows.truncate(limit);
        table.notes.push(format!("the first {limit} of {all} rows"));
    }
    match wanted.form {
        Form::Json => out(|w| writeln!(w, "{:#}", to_json(&table))),
        Form::Csv => {
            out(|w| to_csv(&table, wanted.ids, w))?;
            table.notes.iter().for_each(|note| complain(note));
            Ok(())
        }
        Form::Parquet if std::io::stdout().is_terminal() => Err(Error::said(
            "Parquet is no text for a terminal. Send it to a file: add `> FILE.parquet` to the command.",
        )),
        Form::Parquet => out(|w| to_parquet(&table, w)),
        Form::Table if std::io::stdout().is_terminal() => out(|w| {
            writeln!(w, "{}", drawn::fitted(&table, wanted.ids, None))?;
            table.notes.iter().try_for_each(|note| writeln!(w, "{}", plain(note, true)))
        }),
        Form::Table => {
            out(|w| to_lines(&table, wanted.ids, w))?;
            table.notes.iter().for_each(|note| complain(note));
            Ok(())
        }
    }
}

/// Writes rows that belong to no view: as JSON what the caller makes of them, else with their header.
pub fn rows(header: &[&str], rows: &[Vec<String>], form: Form, json: impl FnOnce() -> Value) -> Result<(), Error> {
    match form {
        Form::Json => out(|w| writeln!(w, "{:#}", json())),
        Form::Csv => out(|w| {
            let mut csv = csv::Writer::from_writer(w);
            csv.write_record(header).map_err(std::io::Error::from)?;
            rows.iter().try_for_each(|row| csv.write_record(row)).map_err(std::io::Error::from)?;
            csv.flush()
        }),
        Form::Table | Form::Parquet => out(|w| {
            writeln!(w, "{}", header.join("\t"))?;
            rows.iter().try_for_each(|row| {
                let cells: Vec<String> = row.iter().map(|cell| plain(cell, false)).collect();
                writeln!(w, "{}", cells.join("\t"))
            })
        }),
    }
}

fn to_lines(table: &Table, ids: bool, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", header(table, ids).join("\t"))?;
    for row in &table.rows {
        let cells: Vec<String> = words(row, ids).iter().map(|cell| plain(cell, false)).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::{Cell, Row, StatementId};

    fn sample() -> Table {
        let id = |n: &str| vec![StatementId::short_of(n.as_bytes())];
        let long = "the mill by the lower weir was let for nine years to a man who never came".to_string();
        Table {
            view: "claims",
            columns: vec!["document", "claim", "count"],
            rows: [
                Row::new(vec!["a, \"quoted\"".into(), long.into(), 3usize.into()], id("1")),
                Row::new(vec!["b".into(), "two\nlines\tand \u{1b}[31mred".into(), Cell::Empty], id("2")),
            ]
            .into_iter()
            .flatten()
            .collect(),
            notes: vec![],
        }
    }

    #[test]
    fn csv_keeps_every_word_and_json_the_statements() {
        let mut bytes = Vec::new();
        to_csv(&sample(), true, &mut bytes).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(&rows[0][0], "a, \"quoted\"");
        assert_eq!(&rows[1][1], "two\nlines\tand \u{1b}[31mred");
        assert_eq!(&rows[0][3], sample().rows[0].statements()[0].as_str());
        let value = to_json(&sample());
        assert_eq!(value["rows"][0]["cells"]["count"], 3);
        assert_eq!(value["rows"][1]["statements"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn a_pipe_gets_one_line_a_row_and_no_commands_for_a_terminal() {
        let mut bytes = Vec::new();
        to_lines(&sample(), false, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.lines().count(), 3);
        assert!(text.lines().all(|l| l.matches('\t').count() == 2), "{text}");
        assert!(text.contains("two lines and ␛[31mred"), "{text}");
    }
}
