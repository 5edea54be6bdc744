//! `rashomon sectors`: which kind of security statements are about.

use super::command::{Command, example};
use super::{options, show};
use rashomon_derive::views::sectors::VIEW;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each document and sector (Buzan, Waever and de Wilde 1998). A statement belongs to the sector of whose \
              words it holds most; statements without any of these words are counted in the note.",
    examples: &[
        example("rashomon sectors", "each document's statements by sector"),
        example("rashomon sectors --voice author", "those on the authors' own word"),
    ],
    arguments: options::of_views,
    run: |call| show::view(&VIEW, call),
};
