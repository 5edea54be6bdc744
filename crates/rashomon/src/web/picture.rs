//! A view as a picture: drawn on the server, each mark a link to the statements behind it, beneath it the same as a table.
//! Everything that was chosen stands in the address, so the address returns the same picture; it can be saved as SVG, CSV
//! and, where scripts run, PNG.

use super::address::{Address, Params};
use super::layout::{Frame, Problem, capital, counted, figure, page, pager, said, slice};
use super::marks::{drawn, row_name, wishes_of};
use super::shelf::Shelf;
use super::view::{form_with, grid_of};
use maud::{Markup, PreEscaped, html};
use rashomon_core::{Cell, Row};
use rashomon_derive::pictures::{Drawing, Picture};

/// Rows of the table beneath a picture on one page.
const LENGTH: usize = 30;

/// The page.
pub(crate) fn whole(shelf: &Shelf, name: &str, params: &Params) -> Result<Markup, Problem> {
    let (picture, drawing) = drawn(shelf, name, params)?;
    let filters = params.only_filters();
    let wishes = wishes_of(params);
    let path = format!("/picture/{name}");
    let title = &drawing.title;
    let frame = Frame { title, here: &format!("/view/{name}"), ledger: &shelf.name, query: "" };
    let link = |row: &Row| behind(picture, row, &filters, &wishes).to_string();
    let body = html! {
        h1 { (title) }
        p.lead { (picture.about) "." }
        details.narrowing open[!filters.pairs().is_empty()] {
            summary { "Filters" }
            (form_with(shelf, &path, &filters, None, wishes.pairs()))
        }
        (choices(name, &drawing, &filters, &wishes))
        div #drawn {
            (saved(name, &filters, &wishes))
            @if drawing.is_empty() {
                p { strong { "There is nothing to draw." } " " (searched(shelf, &filters)) }
            } @else {
                p.quiet.passing { a href="#as-table" { "Skip the picture: the same as a table" } }
                div.canvas tabindex="0" role="region" aria-label={ "Picture: " (title) } data-loose=[drawing.loose.then_some("yes")] {
                    (PreEscaped(drawing.svg(Some(&link))))
                }
            }
            @for note in &drawing.marks.notes { p.quiet { (capital(note)) "." } }
            (table(shelf, &drawing, params, &path, &link))
        }
    };
    Ok(page(&frame, body))
}

/// The address of the statements behind a mark.
fn behind(picture: &Picture, row: &Row, filters: &Params, wishes: &Params) -> Address {
    match row.statements() {
        [only] => Address::statement(only),
        _ => Address::new("/statements")
            .with("picture", picture.name)
            .with("row", row_name(row))
            .with_all(filters)
            .with_all(wishes),
    }
}

/// The ways to the picture as a file, and to the view.
fn saved(name: &str, filters: &Params, wishes: &Params) -> Markup {
    let file = |form: &str| Address::new(format!("/picture/{name}.{form}")).with_all(filters).with_all(wishes);
    html! {
        p.tally {
            a href=(Address::new(format!("/view/{name}")).with_all(filters)) { "The view as a table" }
            span.files {
                "Save as " a href=(file("svg")) download { "SVG" }
                span.png hidden { ", " a href=(file("svg")) data-png=(format!("rashomon-{name}.png")) { "PNG" } }
                " or " a href=(file("csv")) download { "CSV" }
            }
        }
    }
}

/// What can be chosen of this picture alone.
fn choices(name: &str, drawing: &Drawing, filters: &Params, wishes: &Params) -> Markup {
    let path = format!("/picture/{name}");
    let way = |chosen: bool, to: Address, words: &str| html! { a href=(to) aria-current=[chosen.then_some("true")] { (words) } };
    let here = || Address::new(path.clone()).with_all(filters);
    let by_voice = wishes.get("lanes") == Some("voices");
    html! {
        @if name == "timeline" {
            nav.pager aria-label="A lane for each" {
                (way(!by_voice, here(), "A lane for each document")) " "
                (way(by_voice, here().with("lanes", "voices"), "A lane for each voice"))
            }
        }
        @if let Some((first, last)) = drawing.years {
            @let year = wishes.get("year");
            form.year-slider action=(path) method="get" {
                @for (name, value) in filters.pairs() { input type="hidden" name=(name) value=(value); }
                label for="year" { "Ties said to hold in " }
                output for="year" { (year.unwrap_or("any year")) }
                span.ends { (first) }
                input #year type="range" name="year" min=(first) max=(last) value=(year.map_or(last.to_string(), str::to_owned));
                span.ends { (last) }
                button { "Show this year" }
                @if year.is_some() { a href=(here()) { "All years" } }
            }
        }
    }
}

/// What was searched, where nothing is drawn.
fn searched(shelf: &Shelf, filters: &Params) -> Markup {
    let words: Vec<String> = filters.pairs().iter().map(|(k, v)| format!("{k}: {v}")).collect();
    html! {
        "Searched " (counted(shelf.snapshot.documents.len(), "document", "documents"))
        @if !words.is_empty() { " for " (said(&words.join(", "))) }
        "."
    }
}

/// The marks as a table, for those who do not see the picture or want its figures.
fn table(shelf: &Shelf, drawing: &Drawing, params: &Params, path: &str, link: &dyn Fn(&Row) -> String) -> Markup {
    let marks = &drawing.marks;
    let (rows, number, pages) = slice(&marks.rows, params.page(), LENGTH);
    let differ = marks.columns.iter().position(|c| *c == "others date it");
    let differing: Vec<Row> =
        marks.rows.iter().filter(|r| differ.and_then(|d| r.cells().get(d)).is_some_and(told)).cloned().collect();
    html! {
        @if !differing.is_empty() {
            section {
                h2 #differ { "Dated differently" }
                p.quiet { "Accounts of one event that give it another time, " (figure(differing.len())) " in all." }
                div.scroll tabindex="0" role="region" aria-label="Dated differently" {
                    (grid_of(shelf, marks, differing.get(..differing.len().min(LENGTH)).unwrap_or_default(), link))
                }
            }
        }
        section {
            h2 #as-table tabindex="-1" { "The picture as a table" }
            @if !rows.is_empty() {
                (pager("Pages of the table", &Address::new(path), params, number, pages))
                div.scroll tabindex="0" role="region" aria-label="The picture as a table" { (grid_of(shelf, marks, rows, link)) }
                (pager("Pages of the table", &Address::new(path), params, number, pages))
            }
        }
    }
}

fn told(cell: &Cell) -> bool {
    !cell.to_string().is_empty()
}
