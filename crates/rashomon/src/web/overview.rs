//! The first page: what the ledger holds at a glance (who speaks, who is spoken of, where accounts clash, what time they
//! speak of), where to go next, which documents there are and what was read in each, what could not be read and why, and
//! which files repeat another.

use super::address::{Address, Params};
use super::glance;
use super::layout::{Frame, counted, figure, page, pager, said, slice};
use super::shelf::{Opened, Shelf, VoiceKind};
use maud::{Markup, html};
use rashomon_core::Refusal;

/// Documents on one page.
const ROWS: usize = 200;
/// Refusals shown at once.
const REFUSALS: usize = 200;

/// The page.
pub(crate) fn whole(shelf: &Shelf, params: &Params) -> Markup {
    let documents: Vec<Opened<'_>> = shelf.opened_documents().collect();
    let (rows, number, pages) = slice(&documents, params.page(), ROWS);
    let frame = Frame { title: "Overview", here: "/", ledger: &shelf.name, query: "" };
    let body = html! {
        h1 { "Overview" }
        @if documents.is_empty() {
            p.lead {
                "Nothing has been read yet. " a href="/add" { "Add documents" } " here, or in a shell: "
                code { "rashomon read FOLDER" } ", then reload this page."
            }
        } @else {
            @if number == 1 { (shelf.glance(|| glance::whole(shelf))) }
            h2 #documents { "Documents" }
            (pager("Pages of documents", &Address::new("/"), params, number, pages))
            div.scroll tabindex="0" role="region" aria-label="Documents" { (table(rows)) }
            (pager("Pages of documents", &Address::new("/"), params, number, pages))
        }
        (refusals(&shelf.snapshot.refusals))
        (duplicates(shelf))
    };
    page(&frame, body)
}

fn table(rows: &[Opened<'_>]) -> Markup {
    html! {
        table.documents role="table" {
            thead role="rowgroup" {
                tr role="row" {
                    @for name in ["Document", "Author", "Publisher", "Date", "Language"] {
                        th scope="col" role="columnheader" { (name) }
                    }
                    @for name in ["Statements", "Voices"] { th.number scope="col" role="columnheader" { (name) } }
                }
            }
            tbody role="rowgroup" { @for opened in rows { (row(opened)) } }
        }
    }
}

fn row(opened: &Opened<'_>) -> Markup {
    let document = opened.document;
    let m = &document.metadata;
    let named = opened.voices().all.iter().filter(|t| t.is == VoiceKind::Named).count();
    let id = &document.id;
    html! {
        tr role="row" {
            th scope="row" role="rowheader" {
                a.name href=(Address::document(id)) { (said(document.name())) }
                @if document.name() != document.path { bdi.path { (document.path) } }
            }
            td role="cell" { (said(&m.authors.join(", "))) }
            td role="cell" { (said(m.publisher.as_deref().unwrap_or_default())) }
            td.date role="cell" { (m.date.as_deref().unwrap_or_default()) }
            td role="cell" { (m.language.as_deref().unwrap_or_default()) }
            td.number role="cell" data-column="Statements" {
                a href=(Address::new("/statements").with("document", id)) { (figure(opened.reading.statements.len())) }
            }
            td.number role="cell" data-column="Voices" {
                a href=(Address::new("/view/chains").with("document", id)) { (figure(named)) }
            }
        }
    }
}

fn refusals(refusals: &[Refusal]) -> Markup {
    let shown = refusals.get(..refusals.len().min(REFUSALS)).unwrap_or_default();
    html! {
        @if !refusals.is_empty() {
            section.refused {
                h2 #refused { "Could not be read" }
                p { (counted(refusals.len(), "input was", "inputs were")) " refused, and so neither searched nor counted." }
                dl.refusals {
                    @for refusal in shown {
                        div {
                            dt { bdi.path { (refusal.path) } }
                            dd {
                                (refusal.reason)
                                @if !refusal.words.is_empty() { " " span.quiet { (said(&refusal.words)) } }
                            }
                        }
                    }
                }
                @if shown.len() < refusals.len() {
                    p.quiet {
                        "The first " (figure(shown.len())) " are shown; all of them are in " code { "rashomon export" } "."
                    }
                }
            }
        }
    }
}

fn duplicates(shelf: &Shelf) -> Markup {
    let all = &shelf.snapshot.duplicates;
    html! {
        @if !all.is_empty() {
            section {
                h2 #copies { "Read once" }
                p { (counted(all.len(), "file repeats", "files repeat")) " the bytes of another and counts once." }
                ul.copies {
                    @for copy in all.iter().take(REFUSALS) {
                        @if let Some(opened) = shelf.document(&copy.document) {
                            li {
                                bdi.path { (copy.path) } " repeats "
                                a href=(Address::document(&copy.document)) { (said(opened.document.name())) }
                            }
                        }
                    }
                }
            }
        }
    }
}
