//! `rashomon actors`: who is in the documents, and why names were taken to be one's.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::actors::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "Names are joined by what they sound like, by what documents call one and by what people judged, and are left \
              apart where they fit two. What is wrong is put right with `rashomon judge`.",
    examples: &[
        example("rashomon actors", "everybody, those with the most statements first"),
        example("rashomon actors --actor Lowry --format json", "one actor with names, reasons and statements"),
        example("rashomon actors --format csv > actors.csv", "for a spreadsheet"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
