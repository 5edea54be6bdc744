//! `rashomon links`: which documents cite each other, rely on the same work or quote the same speech.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::links::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "A citation leads to a document of the case if the document's author is called so and its year is the same; a voice that \
              is called like a document's author, publisher or title relies on it. What two documents both cite, or both quote from one \
              speech, is listed for each two of them. Repeated passages stand in `compare`.",
    examples: &[
        example("rashomon links", "everything that joins two documents"),
        example("rashomon links --document historian", "what one document cites"),
        example("rashomon links --format csv --ids > links.csv", "with the statements behind each"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
