//! `rashomon formats`: what can be read, from the list of formats itself.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Form};
use super::show;
use crate::error::Error;
use rashomon_intake::FORMATS;
use serde_json::json;

/// The command.
pub const COMMAND: Command = Command {
    name: "formats",
    about: "List the formats that can be read",
    details: "",
    examples: &[
        example("rashomon formats", "name, endings and media type of each"),
        example("rashomon formats --format json", "the same for a program"),
    ],
    arguments: || vec![options::form()],
    run,
};

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let rows: Vec<[String; 3]> =
        FORMATS.iter().map(|f| [f.name.to_owned(), f.extensions.join(" "), f.media_type.to_owned()]).collect();
    let header = ["format", "endings", "media type"];
    match options::form_of(call.arguments) {
        Form::Json => {
            let all: Vec<_> = FORMATS
                .iter()
                .map(|f| json!({"format": f.name, "endings": f.extensions, "media_type": f.media_type}))
                .collect();
            show::out(|w| writeln!(w, "{:#}", json!(all)))?;
        }
        Form::Csv => show::out(|w| {
            let mut csv = csv::Writer::from_writer(w);
            csv.write_record(header).map_err(std::io::Error::from)?;
            rows.iter().try_for_each(|row| csv.write_record(row)).map_err(std::io::Error::from)?;
            csv.flush()
        })?,
        Form::Table | Form::Parquet => {
            let width = |n: usize| rows.iter().map(|r| r.get(n).map_or(0, |c| c.chars().count())).max().unwrap_or(0);
            let (first, second) = (width(0).max(6), width(1).max(7));
            show::out(|w| {
                writeln!(w, "{:first$}  {:second$}  {}", header[0], header[1], header[2])?;
                rows.iter().try_for_each(|[name, ends, kind]| writeln!(w, "{name:first$}  {ends:second$}  {kind}"))
            })?;
        }
    }
    Ok(Outcome::Done)
}
