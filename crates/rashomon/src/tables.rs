//! A view's table as a file for other programs, the same from the shell and from the page. Words from documents are
//! never changed here.

use rashomon_core::{Cell, Row, Table};
use rashomon_derive::causes;
use serde_json::{Map, Value, json};
use std::io::Write;

/// Name of the column of ids.
pub const IDS: &str = "statements behind it";

/// The table as JSON: each row by the names of its columns, with the ids of the statements behind it.
pub fn to_json(table: &Table) -> Value {
    let row = |row: &Row| {
        let mut record: Map<String, Value> = Map::new();
        for (column, cell) in table.columns.iter().zip(row.cells()) {
            record.insert((*column).to_owned(), json!(cell));
        }
        json!({"cells": record, "statements": row.statements()})
    };
    json!({
        "view": table.view, "columns": table.columns, "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "notes": table.notes,
    })
}

/// The names of the columns, that of the ids last if they are wanted.
pub fn header(table: &Table, ids: bool) -> Vec<&'static str> {
    table.columns.iter().copied().chain(ids.then_some(IDS)).collect()
}

/// The cells of a row as words, the ids last if they are wanted.
pub fn words(row: &Row, ids: bool) -> Vec<String> {
    let mut all: Vec<String> = row.cells().iter().map(Cell::to_string).collect();
    if ids {
        all.push(row.statements().iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" "));
    }
    all
}

/// The table as CSV (RFC 4180).
pub fn to_csv(table: &Table, ids: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(header(table, ids)).map_err(std::io::Error::from)?;
    for row in &table.rows {
        csv.write_record(words(row, ids)).map_err(std::io::Error::from)?;
    }
    csv.flush()
}

/// The weights of a map as a matrix (RFC 4180): rows the causes, columns the effects, each number so that it reads back.
pub fn matrix_to_csv(map: &causes::Map, out: &mut dyn Write) -> std::io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let header = std::iter::once("").chain(map.nodes.iter().map(|n| n.name.as_str()));
    csv.write_record(header).map_err(std::io::Error::from)?;
    for (node, row) in map.nodes.iter().zip(map.matrix()) {
        let cells = row.iter().map(|w| format!("{w}"));
        csv.write_record(std::iter::once(node.name.clone()).chain(cells)).map_err(std::io::Error::from)?;
    }
    csv.flush()
}
