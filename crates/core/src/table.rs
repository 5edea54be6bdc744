//! What every view returns. A row without the ids of the statements behind it cannot be made.

use crate::digest::StatementId;
use serde::Serialize;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, PartialOrd, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Count(u64),
    /// A share from 0 to 1, or a measure.
    Number(f64),
    /// Nothing known.
    Empty,
}

impl Cell {
    /// Text, or nothing for `None`.
    pub fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Empty, |t| Cell::Text(t.into()))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}
impl From<usize> for Cell {
    fn from(count: usize) -> Cell {
        Cell::Count(count as u64)
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Text(text) => f.pad(text),
            Cell::Count(n) => f.pad(&n.to_string()),
            Cell::Number(x) => f.pad(&format!("{x:.3}")),
            Cell::Empty => f.pad(""),
        }
    }
}

/// One row of a view: its cells and the statements behind them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    cells: Vec<Cell>,
    statements: Vec<StatementId>,
}

impl Row {
    /// A row; `None` without statements, because a figure that no statement supports may not be shown.
    pub fn new(cells: Vec<Cell>, mut statements: Vec<StatementId>) -> Option<Row> {
        statements.sort();
        statements.dedup();
        (!statements.is_empty()).then_some(Row { cells, statements })
    }
    /// The cells, one for each column of the table.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }
    /// Ids of the statements behind the row; never empty.
    pub fn statements(&self) -> &[StatementId] {
        &self.statements
    }
}

/// A view's answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Name of the view.
    pub view: &'static str,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Rows, sorted by the view.
    pub rows: Vec<Row>,
    /// What a reader of the table must know: what was searched, left out or could not be told.
    pub notes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_without_statements() {
        assert!(Row::new(vec!["a figure".into()], vec![]).is_none());
        let id = StatementId::short_of(b"s");
        let row = Row::new(vec!["a".into(), 3usize.into()], vec![id.clone(), id.clone()]).unwrap();
        assert_eq!(row.statements(), [id]);
        assert_eq!(row.cells()[1].to_string(), "3");
    }
}
