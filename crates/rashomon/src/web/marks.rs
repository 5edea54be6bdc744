//! What rows and marks are called in addresses, and how a picture is found again by its address.

use super::address::{Address, Params};
use super::layout::{Problem, capital};
use super::shelf::Shelf;
use maud::{Markup, html};
use rashomon_core::{Cell, Digest, Row, StatementId};
use rashomon_derive::pictures::{self, Drawing, Picture, Wish};
use std::sync::Arc;

/// What an address says of a picture besides the filters.
const WISHES: &[&str] = &["lanes", "year"];

/// The name of a row in addresses: a digest of its words, which stays the same while its figures grow.
pub(crate) fn row_name(row: &Row) -> String {
    let words: Vec<String> =
        row.cells().iter().filter(|c| matches!(c, Cell::Text(_))).map(ToString::to_string).collect();
    let mut name = Digest::of(words.join("\u{0}").as_bytes()).to_string();
    name.truncate(16);
    name
}

/// A picture as the address asks for it.
pub(crate) fn drawn(shelf: &Shelf, name: &str, params: &Params) -> Result<(&'static Picture, Arc<Drawing>), Problem> {
    let known = || pictures::PICTURES.iter().map(|p| p.name).collect::<Vec<_>>().join(", ");
    let missing = || Problem::Missing(format!("There is no picture {name:?}. The pictures are: {}.", known()));
    let picture = pictures::picture(name).ok_or_else(missing)?;
    let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
    let year = params.get("year").map(|y| y.parse().map_err(|_| Problem::Wrong(format!("{y:?} is not a year."))));
    let wish = Wish { by_voice: params.get("lanes") == Some("voices"), year: year.transpose()? };
    Ok((picture, shelf.picture(picture, &filter, &wish)))
}

/// What an address says of a picture besides the filters.
pub(crate) fn wishes_of(params: &Params) -> Params {
    params.only(WISHES)
}

/// The statements behind one mark of a picture, and the words that say so.
pub(crate) fn of_mark(shelf: &Shelf, name: &str, params: &Params) -> Result<(Vec<StatementId>, Markup), Problem> {
    let (_, drawing) = drawn(shelf, name, params)?;
    let wanted = params.get("row").unwrap_or_default();
    let rows = drawing.marks.rows.iter().filter(|r| row_name(r) == wanted);
    let mut ids: Vec<_> = rows.flat_map(|r| r.statements().iter().cloned()).collect();
    ids.sort();
    ids.dedup();
    let back = Address::new(format!("/picture/{name}")).with_all(&params.only_filters()).with_all(&wishes_of(params));
    Ok((ids, html! { " behind one mark of the picture " a href=(back) { (name) } }))
}

/// The way from a view to its picture.
pub(crate) fn way(view: &str, filters: &Params) -> Markup {
    html! {
        @if pictures::picture(view).is_some() {
            a.as-picture href=(Address::new(format!("/picture/{view}")).with_all(filters)) { "As a picture" }
        }
    }
}
