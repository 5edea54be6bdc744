//! What the commands of coded events share: the person's own codes, then the view.

use super::command::{Invocation, Outcome};
use super::options::{self, Wanted};
use super::show;
use crate::error::Error;
use rashomon_core::{Snapshot, Table};
use rashomon_derive::events::Coder;
use rashomon_derive::{Actors, Filter};

/// A view that takes a coder.
pub(super) type CodedView = fn(&Snapshot, &Actors, &Filter, &Coder) -> Table;

/// Shows a view with the person's own codes before the bundled ones.
pub(super) fn view(call: &Invocation<'_>, view: CodedView) -> Result<Outcome, Error> {
    let wanted = Wanted::of(call.arguments);
    let coder = coder(call)?;
    let snapshot = options::project(call.arguments)?.snapshot()?;
    let actors = Actors::resolve(&snapshot);
    show::table(view(&snapshot, &actors, &wanted.filter, &coder), &wanted)?;
    Ok(Outcome::Done)
}

/// The coder that was asked for.
pub(super) fn coder(call: &Invocation<'_>) -> Result<Coder, Error> {
    match options::codes_of(call.arguments)? {
        Some(own) => Coder::with(&own).map_err(|e| Error::said(e.to_string())),
        None => Ok(Coder::bundled()),
    }
}
