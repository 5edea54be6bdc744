//! Lists of statements: those behind a figure, and those that filters let through. The lists have addresses of their
//! own, so that "behind this number stand these words" can be sent to a colleague.

use super::address::{Address, Params};
use super::layout::{Frame, Problem, anchor, counted, direction, page, pager, said, slice};
use super::marks::{self, row_name};
use super::shelf::{Opened, Shelf};
use maud::{Markup, html};
use rashomon_core::{Digest, Polarity, Row, Statement, StatementId};
use rashomon_derive::views::{self, View, voice};

/// Statements on one page.
const LENGTH: usize = 100;

/// A statement with its document.
type Found<'a> = (Opened<'a>, &'a Statement);

/// The page.
pub(crate) fn whole(shelf: &Shelf, params: &Params) -> Result<Markup, Problem> {
    let (found, about) = asked_for(shelf, params)?;
    let (rows, number, pages) = slice(&found, params.page(), LENGTH);
    let frame = Frame { title: "Statements", here: "", ledger: &shelf.name, query: "" };
    let leafing = || pager("Pages of statements", &Address::new("/statements"), params, number, pages);
    let body = html! {
        h1 { "Statements" }
        p.lead { (counted(found.len(), "statement", "statements")) (about) }
        (leafing())
        (list(shelf, rows, (number - 1) * LENGTH))
        (leafing())
    };
    Ok(page(&frame, body))
}

/// The address of the statements behind a row.
pub(crate) fn behind(view: &View, row: &Row, filters: &Params) -> Address {
    match row.statements() {
        [only] => Address::statement(only),
        _ => Address::new("/statements").with("view", view.name).with("row", row_name(row)).with_all(filters),
    }
}

fn asked_for<'a>(shelf: &'a Shelf, params: &Params) -> Result<(Vec<Found<'a>>, Markup), Problem> {
    let by_id = |ids: Vec<StatementId>| ids.iter().filter_map(|id| shelf.statement(id)).collect::<Vec<_>>();
    if let Some(ids) = params.get("ids") {
        let ids = ids.split([',', ' ']).filter_map(Digest::parse).collect();
        return Ok((by_id(ids), html! { " named in the address" }));
    }
    let filter = params.filter().map_err(Problem::Wrong)?;
    if let Some(name) = params.get("picture") {
        let (ids, about) = marks::of_mark(shelf, name, params)?;
        return Ok((by_id(ids), about));
    }
    if let Some(name) = params.get("view") {
        let view = views::view(name).ok_or_else(|| Problem::Missing(format!("There is no view {name:?}.")))?;
        let table = shelf.table(view, &filter);
        let wanted = params.get("row").unwrap_or_default();
        let rows = table.rows.iter().filter(|r| row_name(r) == wanted);
        let found = by_id(rows.flat_map(|r| r.statements().iter().cloned()).collect());
        let back = Address::new(format!("/view/{name}")).with_all(&params.only_filters());
        return Ok((found, html! { " behind one row of " a href=(back) { (view.name) } }));
    }
    let passing = filter.select(&shelf.snapshot, &shelf.actors);
    let mut found: Vec<Found<'a>> = passing.into_iter().filter_map(|(_, s)| shelf.statement(s.id())).collect();
    for (sort, all) in [("about", true), ("by", false)] {
        if let Some(actor) = params.digest(sort) {
            let told = shelf.told_of(&actor);
            let ids = if all { &told.about } else { &told.by };
            found.retain(|(_, statement)| ids.contains(statement.id()));
        }
    }
    if let Some(source) = params.get("source") {
        found.retain(|(opened, statement)| opened.voice_name(statement).1 == source);
    }
    Ok((found, about(shelf, params)))
}

/// What the list is limited to, in words.
fn about(shelf: &Shelf, params: &Params) -> Markup {
    let document = params.digest("document").and_then(|id| shelf.document(&id));
    let others = params.only_filters().without(if document.is_some() { &["document"] } else { &[] });
    html! {
        @if let Some(opened) = document {
            " in " a href=(Address::document(&opened.document.id)) { (said(opened.document.name())) }
        }
        @if let Some(source) = params.get("source") { ", in the end on the word of " strong { (said(source)) } }
        @for (sort, words) in [("about", ", that mention "), ("by", ", on the word of ")] {
            @if let Some(actor) = params.digest(sort).and_then(|id| shelf.actors.get(&id)) {
                (words) a href=(format!("/actor/{}", actor.id)) { (said(&actor.name)) }
            }
        }
        @for (name, value) in others.pairs() { ", " (name) ": " strong { (said(value)) } }
    }
}

/// A list of statements, numbered from `before` + 1.
pub(crate) fn list(shelf: &Shelf, found: &[Found<'_>], before: usize) -> Markup {
    let mut places = voice::Places::default();
    html! {
        @if found.is_empty() {
            p.quiet { "None." }
        } @else {
            ol.statements start=(before + 1) {
                @for (opened, statement) in found { li { (item(shelf, opened, statement, &mut places)) } }
            }
        }
    }
}

fn item(shelf: &Shelf, opened: &Opened<'_>, statement: &Statement, places: &mut voice::Places) -> Markup {
    let claim = statement.claim();
    let text = statement.text();
    let document = opened.document;
    let place = statement.evidence().first().map(|w| places.of(document, w.span)).unwrap_or_default();
    let words = Address::document(&document.id).with("statement", statement.id()).at(anchor(statement.id()));
    html! {
        p.claim dir=(direction(&text)) lang=[document.metadata.language.as_deref()] {
            a href=(Address::statement(statement.id())) { (voice::one_line(&text)) }
        }
        p.chain { (said(&voice::chain(&shelf.actors, statement))) }
        p.quiet {
            (claim.kind)
            @if claim.polarity == Polarity::Negative { ", negated" }
            ", " (claim.certainty) " · author " (statement.commitment()) " · "
            a href=(words) { (said(document.name())) } " · " bdi.path { (place) }
        }
    }
}
