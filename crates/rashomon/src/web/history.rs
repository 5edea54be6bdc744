//! Every verdict that was ever given, in the order of the log, each with the person, the words that were judged and a way to
//! take it back; what was taken back can be done again, because taking back is one more row. And how far people who judged
//! the same things agree.

use super::address::{Address, Params};
use super::judged::{about, take_back};
use super::layout::{Frame, counted, figure, page, pager, said, slice};
use super::shelf::Shelf;
use maud::{Markup, html};
use rashomon_core::Judgement;
use rashomon_core::judgement::{UNDO, live};
use rashomon_derive::agreement::{Agreement, agreement, words};
use std::collections::BTreeSet;

/// Rows on one page.
const LENGTH: usize = 100;
/// Disputed things shown of each sort.
const DISPUTED: usize = 100;

/// The page of the log, the newest first.
pub(crate) fn whole(shelf: &Shelf, params: &Params) -> Markup {
    let mut all: Vec<&Judgement> = shelf.snapshot.judgements.iter().collect();
    all.sort_by_key(|j| std::cmp::Reverse(j.sequence));
    if let Some(person) = params.get("by") {
        all.retain(|j| j.agent == person);
    }
    let held: BTreeSet<u64> = live(&shelf.snapshot.judgements).iter().map(|j| j.sequence).collect();
    let (rows, number, pages) = slice(&all, params.page(), LENGTH);
    let base = Address::new("/history");
    let back = base.clone().with_all(params).to_string();
    let frame = Frame { title: "History", here: "/history", ledger: &shelf.name, query: "" };
    let leafing = || pager("Pages of the history", &base, params, number, pages);
    let body = html! {
        h1 { "History" }
        p.lead {
            (counted(all.len(), "verdict", "verdicts"))
            @if let Some(person) = params.get("by") { " by " strong { (said(person)) } " (" a href="/history" { "all" } ")" }
            ". Nothing is erased: taking back is one more row, and can be taken back. "
            a href="/review" { "Review" } " · " a href="/agreement" { "Agreement between people" }
        }
        @if all.is_empty() { p.quiet { "Nobody has judged anything yet." } }
        @else {
            (leafing())
            div.scroll tabindex="0" role="region" aria-label="History" {
                table.view.history role="table" {
                    thead role="rowgroup" {
                        tr role="row" {
                            @for name in ["Row", "Person", "Verdict", "On", "Why", "Now"] { th scope="col" role="columnheader" { (name) } }
                        }
                    }
                    tbody role="rowgroup" { @for row in rows { (line(shelf, row, held.contains(&row.sequence), &back)) } }
                }
            }
            (leafing())
        }
    };
    page(&frame, body)
}

fn line(shelf: &Shelf, row: &Judgement, holds: bool, back: &str) -> Markup {
    let whole = row.verdict == UNDO && row.undoes.is_none();
    html! {
        tr role="row" id={ "row-" (row.sequence) } class=[(!holds).then_some("taken-back")] {
            td.number role="cell" data-column="Row" { (figure(usize::try_from(row.sequence).unwrap_or(usize::MAX))) }
            td role="cell" data-column="Person" { a href=(Address::new("/history").with("by", &row.agent)) { (said(&row.agent)) } }
            td role="cell" data-column="Verdict" {
                (said(&row.verdict))
                @if let Some(older) = row.undoes { " of " a href={ "#row-" (older) } { "row " (older) } }
                @if whole { " of all before" }
            }
            td.words role="cell" { (about(shelf, row)) }
            td role="cell" { (said(&row.note)) }
            td.now role="cell" {
                @if holds { (take_back(shelf, row, back)) } @else { "taken back" }
            }
        }
    }
}

/// The page of agreement between people.
pub(crate) fn between(shelf: &Shelf) -> Markup {
    let found = agreement(&shelf.snapshot.judgements);
    let frame = Frame { title: "Agreement", here: "/history", ledger: &shelf.name, query: "" };
    let body = html! {
        h1 { "Agreement between people" }
        p.lead {
            "How far people who judged the same things agree beyond chance. Each person’s last verdict counts. "
            a href="/review?again=yes" { "Judge again what others judged" } " · " a href="/history" { "History" }
        }
        @if found.is_empty() { p.quiet { "Nobody has judged anything yet." } }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Agreement" {
                table.view role="table" {
                    thead role="rowgroup" {
                        tr role="row" {
                            th scope="col" role="columnheader" { "Verdicts on" }
                            @for name in ["People", "Judged", "By two or more", "Krippendorff’s alpha"] {
                                th.number scope="col" role="columnheader" { (name) }
                            }
                        }
                    }
                    tbody role="rowgroup" { @for sort in &found { (measured(sort)) } }
                }
            }
            @for sort in &found { (disputed(sort)) }
        }
        details.columns open {
            summary { "How it is measured" }
            p {
                "Krippendorff’s alpha for nominal data, any number of people, verdicts missing where a person did not judge "
                "(Krippendorff 2011, Computing Krippendorff’s Alpha-Reliability, C). 1 is agreement without exception, 0 what chance would "
                "give, below 0 less than that. There is none where fewer than two things were judged by two people, or where "
                "everybody always said the same. Notes and rows that were taken back do not count."
            }
        }
    };
    page(&frame, body)
}

fn measured(sort: &Agreement) -> Markup {
    html! {
        tr role="row" {
            td role="cell" data-column="Verdicts on" { (sort.about.as_str()) }
            td.number role="cell" data-column="People" { (figure(sort.people)) }
            td.number role="cell" data-column="Judged" { (figure(sort.judged.len())) }
            td.number role="cell" data-column="By two or more" { (figure(sort.shared)) }
            td.number role="cell" data-column="Alpha" { @match sort.alpha { Some(alpha) => (format!("{alpha:.3}")), None => "none" } }
        }
    }
}

/// What people say different things of.
fn disputed(sort: &Agreement) -> Markup {
    let all: Vec<_> = sort.judged.iter().filter(|thing| thing.is_disputed()).collect();
    html! {
        @if !all.is_empty() {
            section {
                h2 { "Where people differ: " (sort.about.as_str()) }
                ul.reasons {
                    @for thing in all.iter().take(DISPUTED) {
                        li {
                            @match rashomon_core::Digest::parse(&thing.target).filter(|id| id.as_str().len() < 64) {
                                Some(id) => a href=(Address::statement(&id)) { (said(&words(thing))) },
                                None => (said(&words(thing))),
                            }
                            ": "
                            @for (n, (person, verdict)) in thing.verdicts.iter().enumerate() {
                                @if n > 0 { "; " } (said(person)) " " strong { (said(verdict)) }
                            }
                        }
                    }
                }
                @if all.len() > DISPUTED { p.quiet { "The first " (DISPUTED) " of " (figure(all.len())) "." } }
            }
        }
    }
}
