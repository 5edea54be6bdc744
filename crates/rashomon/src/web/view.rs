//! A view as a table: filters as a form whose choices stand in the address, each row with the way to its statements,
//! and the whole table as CSV, JSON or Parquet.

use super::address::{Address, Params};
use super::layout::{Frame, Problem, capital, counted, direction, figure, page, pager, said, slice};
use super::marks::way;
use super::shelf::Shelf;
use super::sides;
use super::statements::behind;
use maud::{Markup, html};
use rashomon_core::{Cell, Certainty, ClaimKind, Row, Table};
use rashomon_derive::views::{self, View, voice::one_line};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows on one page.
const LENGTH: usize = 100;
/// Voices and documents that a field suggests at most.
const SUGGESTIONS: usize = 300;

/// The page of a view.
pub(crate) fn whole(shelf: &Shelf, name: &str, params: &Params) -> Result<Markup, Problem> {
    let (view, table) = table(shelf, name, params)?;
    let filters = params.only_filters();
    let (rows, number, pages) = slice(&table.rows, params.page(), LENGTH);
    let path = format!("/view/{name}");
    let title = capital(name);
    let frame = Frame { title: &title, here: &path, ledger: &shelf.name, query: "" };
    let leafing = || pager("Pages of the table", &Address::new(path.clone()), params, number, pages);
    let file = |form: &str| Address::new(format!("/view/{name}.{form}")).with_all(&filters);
    let body = html! {
        h1 { (title) }
        p.lead { (view.about) "." }
        @if name == views::causes::VIEW.name { p { a href=(Address::new("/causes").with_all(&filters)) { "The map as a picture, and as an experiment" } } }
        (form(shelf, &path, &filters, None))
        @if name == views::compare::VIEW.name {
            p { a href="/compare" { "Accounts side by side, document by document" } }
            (verdicts(&path, &filters))
        }
        p.tally {
            strong { (counted(table.rows.len(), "row", "rows")) }
            (way(name, &filters))
            span.files { "Save as " a href=(file("csv")) download { "CSV" } ", " a href=(file("json")) download { "JSON" } " or " a href=(file("parquet")) download { "Parquet" } }
        }
        @for note in &table.notes { p.quiet { (capital(note)) "." } }
        (leafing())
        @if !rows.is_empty() {
            div.scroll tabindex="0" role="region" aria-label=(title) { (grid_of(shelf, &table, rows, &|row| behind(view, row, &filters).to_string())) }
        }
        (leafing())
        (columns(view))
    };
    Ok(page(&frame, body))
}

/// A view's table as the address asks for it.
pub(crate) fn table(shelf: &Shelf, name: &str, params: &Params) -> Result<(&'static View, Arc<Table>), Problem> {
    let known = || views::VIEWS.iter().map(|v| v.name).collect::<Vec<_>>().join(", ");
    let missing = || Problem::Missing(format!("There is no view {name:?}. The views are: {}.", known()));
    let view = views::view(name).ok_or_else(missing)?;
    let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
    Ok((view, shelf.table(view, &filter)))
}

/// The filters, of a search together with its words. A document given by its whole name of digits is shown by its title and can only be taken off.
pub(crate) fn form(shelf: &Shelf, path: &str, filters: &Params, query: Option<&str>) -> Markup {
    form_with(shelf, path, filters, query, &[])
}

/// The filters of a page whose address says something besides, which is kept.
pub(crate) fn form_with(
    shelf: &Shelf,
    path: &str,
    filters: &Params,
    query: Option<&str>,
    besides: &[(String, String)],
) -> Markup {
    let field = |name: &str, label: &str, list: Option<&str>, hint: &str| {
        html! {
            div.field {
                label for=(name) { (label) }
                input #(name) type="text" name=(name) value=(filters.get(name).unwrap_or_default()) list=[list]
                    placeholder=(hint) dir="auto" autocomplete="off";
            }
        }
    };
    let document = filters.digest("document").and_then(|id| shelf.document(&id));
    html! {
        form.filters action=(path) method="get" {
            @if let Some(query) = query { input type="hidden" name="q" value=(query); }
            @for (name, value) in besides { input type="hidden" name=(name) value=(value); }
            @if let Some(verdict) = filters.get("verdict") { input type="hidden" name="verdict" value=(verdict); }
            fieldset {
                legend.unseen { "Filters" }
                @if let Some(opened) = document {
                    div.field {
                        span.label { "Document" }
                        span.chosen {
                            input type="hidden" name="document" value=(opened.document.id);
                            (said(opened.document.name())) " "
                            a href=(Address::new(path).maybe("q", query).with_all(&filters.without(&["document"]))) { "all" }
                        }
                    }
                } @else { (field("document", "Document", Some("documents"), "title or path")) }
                (field("voice", "Voice", Some("voices"), "name or author"))
                (field("actor", "Actor", None, "in the claim"))
                (choice("kind", "Kind", &ClaimKind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>(), filters))
                (choice("certainty", "Certainty", &Certainty::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>(), filters))
                (field("from", "From", None, "1904-10"))
                (field("to", "To", None, "1904-10-22"))
                div.field.tick {
                    input #reviewed type="checkbox" name="reviewed" value="yes" checked[filters.get("reviewed").is_some()];
                    label for="reviewed" { "Only judged by a person" }
                }
                div.field.act {
                    button { "Filter" }
                    @if !filters.pairs().is_empty() { a href=(Address::new(path).maybe("q", query)) { "Take all filters off" } }
                }
            }
            (suggestions(shelf))
        }
    }
}

/// The ways to rows of one verdict.
fn verdicts(path: &str, filters: &Params) -> Markup {
    let chosen = filters.get("verdict");
    let others = filters.without(&["verdict"]);
    let to = |verdict: Option<&str>| Address::new(path).with_all(&others).maybe("verdict", verdict);
    let way = |verdict: Option<&'static str>| {
        let name = verdict.map_or("All".to_owned(), capital);
        html! { a href=(to(verdict)) aria-current=[(chosen == verdict).then_some("true")] { (name) } }
    };
    html! {
        nav.pager.verdicts aria-label="Rows by verdict" {
            (way(None))
            @for verdict in views::compare::VERDICTS { " " (way(Some(verdict))) }
        }
    }
}

fn choice(name: &str, label: &str, codes: &[&str], filters: &Params) -> Markup {
    let chosen: Vec<&str> = filters.all(name).collect();
    html! {
        div.field {
            label for=(name) { (label) }
            select #(name) name=(name) {
                option value="" { "any" }
                @for code in codes { option value=(code) selected[chosen.contains(code)] { (code) } }
            }
        }
    }
}

fn suggestions(shelf: &Shelf) -> Markup {
    let documents: Vec<&str> = shelf.snapshot.documents.iter().take(SUGGESTIONS).map(|(d, _)| d.name()).collect();
    let mut voices: BTreeSet<String> = BTreeSet::new();
    for opened in shelf.opened_documents().take(SUGGESTIONS) {
        voices.extend(opened.voices().all.iter().map(|t| t.name.clone()).take(20));
    }
    html! {
        datalist #documents { @for name in documents { option value=(one_line(name)) {} } }
        datalist #voices { @for name in voices.iter().take(SUGGESTIONS) { option value=(name) {} } }
    }
}

/// A table of a view, or of the marks of a picture, with the way to the statements behind each row.
pub(crate) fn grid_of(shelf: &Shelf, table: &Table, rows: &[Row], behind: &dyn Fn(&Row) -> String) -> Markup {
    let numbers: Vec<bool> = (0..table.columns.len())
        .map(|n| rows.iter().any(|r| matches!(r.cells().get(n), Some(Cell::Count(_) | Cell::Number(_)))))
        .collect();
    html! {
        table.view.(table.view) role="table" {
            thead role="rowgroup" {
                tr role="row" {
                    @for (n, column) in table.columns.iter().enumerate() {
                        th scope="col" role="columnheader" class=[numbers.get(n).filter(|n| **n).map(|_| "number")] { (capital(column)) }
                    }
                    th scope="col" role="columnheader" { "Behind it" }
                }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        @for (column, cell) in table.columns.iter().zip(row.cells()) { (write(shelf, column, cell, row)) }
                        td.behind role="cell" {
                            a href=(behind(row)) { (counted(row.statements().len(), "statement", "statements")) }
                            @if let Some(way) = beside(shelf, table, row) { " " a href=(way) { "Side by side" } }
                        }
                    }
                }
            }
        }
    }
}

/// The way to the two sides of a comparison.
fn beside(shelf: &Shelf, table: &Table, row: &Row) -> Option<Address> {
    let ids = row.statements();
    let known: Vec<_> = ids.iter().filter_map(|id| shelf.statement(id)).map(|(o, _)| &o.document.id).collect();
    let (first, last) = (known.first().filter(|_| table.view == views::compare::VIEW.name)?, known.last()?);
    let voiced = views::compare::VIEW.cell(row, "voice").is_some_and(|voice| !matches!(voice, Cell::Empty));
    match ids {
        [one] if voiced => Some(sides::address(one, one)),
        [a, b] if voiced => Some(sides::address(a, b)),
        // Of a repeated passage the statements may be many; the documents are two, or one that repeats itself.
        _ => Some(sides::address(first, known.iter().find(|id| *id != first).unwrap_or(last))),
    }
}

/// A cell. The name of a document leads to it where the row is about that document alone, that of an actor to its page.
fn write(shelf: &Shelf, column: &str, cell: &Cell, row: &Row) -> Markup {
    let name = capital(column);
    match cell {
        Cell::Empty => html! { td role="cell" {} },
        Cell::Count(_) | Cell::Number(_) => html! { td.number role="cell" data-column=(name) { (written(cell)) } },
        Cell::Text(text) if column == "document" => {
            let document = row.statements().first().and_then(|id| shelf.statement(id)).map(|(o, _)| o.document);
            let own = document.filter(|d| d.name() == text);
            html! {
                td.document role="cell" {
                    @match own {
                        Some(document) => a href=(Address::document(&document.id)) { (said(text)) },
                        None => (said(text)),
                    }
                }
            }
        }
        Cell::Text(text) if column == "actor" => {
            let actor = shelf.actor_in(text, row);
            html! {
                td.actor role="cell" data-column=(name) dir=(direction(text)) {
                    @match actor {
                        Some(actor) => a href=(format!("/actor/{}", actor.id)) { (one_line(text)) },
                        None => (one_line(text)),
                    }
                }
            }
        }
        Cell::Text(text) => {
            let class = column.replace(' ', "-");
            html! { td class=(class) role="cell" data-column=(name) dir=(direction(text)) { (one_line(text)) } }
        }
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Count(n) => figure(usize::try_from(*n).unwrap_or(usize::MAX)),
        other => other.to_string(),
    }
}

fn columns(view: &View) -> Markup {
    html! {
        details.columns {
            summary { "What the columns hold" }
            dl.facts { @for (name, holds) in view.columns { div { dt { (capital(name)) } dd { (holds) } } } }
        }
    }
}
