//! Draws a table on a terminal. Where the terminal is wide enough the rows are rows; where the columns would become too
//! narrow to read, each row is drawn as a record, a line for each column.

use super::plain::plain;
use crate::tables::{header, words};
use comfy_table::{ColumnConstraint, ContentArrangement, Width, presets};
use rashomon_core::Table;

/// Narrower than this nothing can be read; a terminal that says so does not know its width.
const NARROWEST: u16 = 40;
/// Width of a terminal that does not know its own.
const USUAL: u16 = 100;
/// A column whose cells are all shorter is not wrapped.
const SHORT: usize = 12;
/// What a wrapped column must have on average for rows to be read as rows.
const READABLE: usize = 16;
/// What stands between two columns.
const GAP: usize = 3;

/// The table fitted to a width; to the terminal's if none is given. In rows, a cell of the first column that repeats the
/// one above it is left blank.
pub fn fitted(table: &Table, ids: bool, width: Option<u16>) -> String {
    let own = || comfy_table::Table::new().width();
    let width = width.or_else(own).filter(|width| *width >= NARROWEST).unwrap_or(USUAL);
    let header = header(table, ids);
    let mut rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| words(row, ids).iter().map(|cell| plain(cell, false)).collect()).collect();
    let sizes = Sizes::of(&header, &rows);
    match sizes.widths(usize::from(width)) {
        Some(widths) => {
            leave_out_repetitions(&mut rows);
            as_rows(&header, rows, &widths, width)
        }
        None => as_records(&header, &rows, &sizes, width),
    }
}

fn leave_out_repetitions(rows: &mut [Vec<String>]) {
    let mut above = String::new();
    for first in rows.iter_mut().filter_map(|row| row.first_mut()) {
        if *first == above {
            first.clear();
        } else {
            above.clone_from(first);
        }
    }
}

fn blank(width: u16) -> comfy_table::Table {
    let mut drawn = comfy_table::Table::new();
    drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    drawn
}

fn as_rows(header: &[&str], rows: Vec<Vec<String>>, widths: &[Option<usize>], width: u16) -> String {
    let mut drawn = blank(width);
    drawn.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header(header).add_rows(rows);
    for (column, width) in drawn.column_iter_mut().zip(widths) {
        if let Some(width) = width.and_then(|w| u16::try_from(w).ok()) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    drawn.to_string()
}

/// A record for each row: the long cells line by line, the short ones together.
fn as_records(header: &[&str], rows: &[Vec<String>], sizes: &Sizes, width: u16) -> String {
    let mut drawn = blank(width);
    drawn.load_style(presets::NOTHING);
    for row in rows {
        let mut short = Vec::new();
        for (n, (name, cell)) in header.iter().zip(row).enumerate().filter(|(_, (_, cell))| !cell.is_empty()) {
            if sizes.is_short(n) {
                short.push(format!("{name} {cell}"));
            } else {
                drawn.add_row([*name, cell.as_str()]);
            }
        }
        drawn.add_row(["", short.join(" · ").as_str()]);
        drawn.add_row(["", ""]);
    }
    if let Some(column) = drawn.column_mut(0) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    drawn.trim_fmt()
}

/// How much is in each column.
struct Sizes {
    /// Characters of the longest cell, the header's included.
    longest: Vec<usize>,
    /// Characters of a cell on average.
    usual: Vec<usize>,
}

impl Sizes {
    fn of(header: &[&str], rows: &[Vec<String>]) -> Sizes {
        let cells = |n: usize| rows.iter().filter_map(move |row| row.get(n)).map(|cell| cell.chars().count());
        let longest = |(n, name): (usize, &&str)| cells(n).max().unwrap_or(0).max(name.chars().count());
        Sizes {
            longest: header.iter().enumerate().map(longest).collect(),
            usual: (0..header.len()).map(|n| cells(n).sum::<usize>() / rows.len().max(1)).collect(),
        }
    }

    fn is_short(&self, column: usize) -> bool {
        self.longest.get(column).is_none_or(|width| *width <= SHORT)
    }

    /// How wide each column may be that must be wrapped: what the short ones leave is shared among the long ones by the
    /// square root of what is in them, so that the longest gets most and none gets nothing. `None` if it is too little.
    fn widths(&self, width: usize) -> Option<Vec<Option<usize>>> {
        let count = self.longest.len();
        let long: Vec<usize> = (0..count).filter(|n| !self.is_short(*n)).collect();
        let short: usize = self.longest.iter().filter(|w| **w <= SHORT).sum::<usize>() + count * GAP;
        let left = width.saturating_sub(short);
        if long.iter().filter_map(|n| self.longest.get(*n)).sum::<usize>() <= left {
            return Some(vec![None; count]);
        }
        let share = |n: usize| self.usual.get(n).map_or(0.0, |usual| (*usual as f64).sqrt()).max(2.0);
        let whole: f64 = long.iter().map(|n| share(*n)).sum();
        let wide = |n: usize| long.contains(&n).then(|| (left as f64 * share(n) / whole) as usize + 2);
        (left >= long.len() * READABLE).then(|| (0..count).map(wide).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::{Row, StatementId};

    fn sample() -> Table {
        let id = |n: &str| vec![StatementId::short_of(n.as_bytes())];
        let long = "the mill by the lower weir was let for nine years to a man who never came";
        let row = |claim: &str, n: &str| {
            let cells =
                vec!["A letter from Fenwick".into(), "asserts".into(), claim.into(), "papers/a.txt:1200".into()];
            Row::new(cells, id(n))
        };
        Table {
            view: "claims",
            columns: vec!["document", "stance", "claim", "place"],
            rows: [row(long, "1"), row("it rained", "2")].into_iter().flatten().collect(),
            notes: vec![],
        }
    }

    #[test]
    fn nothing_is_wider_than_the_terminal_or_lost() {
        for width in [40, 60, 80, 100, 160] {
            let text = fitted(&sample(), false, Some(width));
            let widest = text.lines().map(|l| l.chars().count()).max().unwrap();
            assert!(widest <= usize::from(width), "{widest} in {width}:\n{text}");
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            for word in "the mill by the lower weir was let for nine years".split(' ') {
                assert!(letters(&text).contains(word), "{word} in {width}:\n{text}");
            }
        }
    }

    #[test]
    fn a_wide_terminal_gets_rows_and_a_narrow_one_records() {
        let header = |text: &str| text.lines().any(|l| l.contains("stance") && l.contains("claim"));
        let wide = fitted(&sample(), false, Some(120));
        assert!(header(&wide), "{wide}");
        assert_eq!(wide.matches("Fenwick").count(), 1, "a repeated document is left blank:\n{wide}");
        assert!(!header(&fitted(&sample(), false, Some(50))));
        assert!(fitted(&sample(), true, Some(50)).contains(&sample().rows[0].statements()[0].as_str()[..20]));
        let unknown = fitted(&sample(), false, Some(0));
        assert!(unknown.lines().count() < 20, "a terminal that does not know its width:\n{unknown}");
    }
}
