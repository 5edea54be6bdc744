//! `rashomon naming`: what each document calls the same actor.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Wanted};
use super::show;
use crate::error::Error;
use crate::lists;
use clap::Arg;
use clap::builder::ValueParser;
use rashomon_core::{Cell, Row, Table};
use rashomon_derive::views::naming::VIEW;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each form in each document, the actor with the most places first. No form is called loaded or \
              plain: they stand side by side. Your own list may mark forms: CSV with the columns form and mark, or one form \
              a line; a form is marked if it holds the words.",
    examples: &[
        example("rashomon naming", "every form in every document"),
        example("rashomon naming --actor Meteor", "what one actor is called"),
        example("rashomon naming --voice \"Anne Lowry\"", "only in sentences on one voice's word"),
        example("rashomon naming --mark words.csv --format csv > naming.csv", "with the marks of your own list"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let mut all = options::of_views();
    let mark = Arg::new("mark").long("mark").value_name("FILE").value_parser(ValueParser::path_buf());
    all.push(mark.help("Your own list of forms with a mark for each, CSV or one a line"));
    all
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let Some(path) = call.arguments.get_one::<PathBuf>("mark") else { return show::view(&VIEW, call) };
    let marks = read(path)?;
    let wanted = Wanted::of(call.arguments);
    let table = options::project(call.arguments)?.view(VIEW.name, &wanted.filter, None)?;
    show::table(marked(table, &marks), &wanted)?;
    Ok(Outcome::Done)
}

/// Words in small letters, each with its mark.
type Marks = Vec<(String, String)>;

fn read(path: &Path) -> Result<Marks, Error> {
    let text = lists::text_of(path)?;
    let mut reader = lists::csv_of(&text, false);
    let mut marks = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| lists::told(path, format!("the file {}", lists::unreadable(&e))))?;
        let form = record.get(0).unwrap_or_default().to_lowercase();
        let mark = record.get(1).filter(|m| !m.is_empty()).unwrap_or("marked").to_owned();
        let header = form == "form" && mark == "mark";
        if !form.is_empty() && !header {
            marks.push((form, mark));
        }
    }
    Ok(marks)
}

/// The table with a column more: the marks of all words that a form holds.
fn marked(mut table: Table, marks: &Marks) -> Table {
    let Some(form) = table.columns.iter().position(|c| *c == "form") else { return table };
    table.columns.push("marked");
    let row = |row: &Row| {
        let words = format!(" {} ", row.cells().get(form).map(ToString::to_string).unwrap_or_default().to_lowercase());
        let mut found: Vec<&str> = marks
            .iter()
            .filter(|(form, _)| words.contains(&format!(" {form} ")))
            .map(|(_, mark)| mark.as_str())
            .collect();
        found.dedup();
        let mut cells = row.cells().to_vec();
        cells.push(Cell::maybe((!found.is_empty()).then(|| found.join("; "))));
        Row::new(cells, row.statements().to_vec())
    };
    table.rows = table.rows.iter().filter_map(row).collect();
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::StatementId;

    #[test]
    fn a_form_is_marked_if_it_holds_the_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.csv");
        std::fs::write(&path, "form,mark\nbutcher,hard\nthe fleet\n").unwrap();
        let marks = read(&path).unwrap();
        assert_eq!(marks, [("butcher".to_owned(), "hard".to_owned()), ("the fleet".to_owned(), "marked".to_owned())]);
        let id = StatementId::short_of(b"s");
        let rows = ["the Butcher of Hull", "butchers", "the fleet"]
            .map(|f| Row::new(vec![f.into()], vec![id.clone()]).unwrap());
        let table = Table { view: "naming", columns: vec!["form"], rows: rows.into(), notes: vec![] };
        let table = marked(table, &marks);
        let found: Vec<String> = table.rows.iter().map(|r| r.cells()[1].to_string()).collect();
        assert_eq!(found, ["hard", "", "marked"]);
        assert_eq!(table.columns, ["form", "marked"]);
    }
}
