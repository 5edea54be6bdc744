//! `rashomon claims`: one row for each statement, with the chain of voices it came through and the place of its words.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::claims::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each statement. The chain runs from the document's author inwards to the voice on whose word \
              the claim stands. The place is the file and the code point at which the words begin, with the page where \
              the file has pages.",
    examples: &[
        example("rashomon claims", "every claim in rashomon.ledger"),
        example("rashomon claims --voice Lowry --certainty possible", "what is told on Lowry's word as possible"),
        example(
            "rashomon claims --document report --from 1904-10 --limit 20",
            "twenty claims of one document, by date",
        ),
        example("rashomon claims --format csv --ids > claims.csv", "for a spreadsheet, with the statements' ids"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
