//! The review queue: one statement after the other, the least certain and most consequential first, with its sentence, its
//! chain and the claim, and the keys a (right), m (mend), r (wrong), n (next) and u (undo). Everything is a plain form or link;
//! the script only presses them. A second person may ask for what others judged, without seeing what they said.

use super::address::{Address, Params};
use super::gate::{Visitor, carried, who};
use super::judged::{Desk, desk, rows};
use super::layout::{Frame, Problem, capital, counted, figure, page, said};
use super::panel::{context, inside};
use super::shelf::{Opened, Shelf};
use crate::judging;
use maud::{Markup, html};
use rashomon_core::judgement::{UNDO, live};
use rashomon_core::{Digest, Judgement, Statement, StatementId};
use rashomon_derive::review::Waiting;
use std::collections::HashSet;

/// What of the queue a person asks for.
struct Asked<'a> {
    params: &'a Params,
    /// Also what others judged and the person has not.
    again: bool,
    /// Ids that the filters let through; all without filters.
    passing: Option<HashSet<StatementId>>,
    /// What the person judged, by what was read.
    own: HashSet<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(shelf: &'a Shelf, visitor: &Visitor, params: &'a Params) -> Result<Asked<'a>, Problem> {
        let filter = params.filter().map_err(|e| Problem::Wrong(capital(&e)))?;
        let narrowed = !params.only_filters().pairs().is_empty();
        let passing = narrowed.then(|| {
            let all = filter.select(&shelf.snapshot, &shelf.actors);
            all.into_iter().map(|(_, s)| s.id().clone()).collect()
        });
        let again = params.get("again").is_some();
        let mine = |j: &&Judgement| again && Some(&j.agent) == visitor.name.as_ref() && j.is_verdict();
        let own = live(&shelf.snapshot.judgements).into_iter().filter(mine).map(|j| j.target.as_str()).collect();
        Ok(Asked { params, again, passing, own })
    }

    fn waits(&self, shelf: &Shelf, id: &StatementId) -> bool {
        let judged = shelf.judged().get(id);
        let open = match self.again {
            true => judged.is_some_and(|j| !self.own.contains(j.target.as_str())),
            false => judged.is_none(),
        };
        open && self.passing.as_ref().is_none_or(|p| p.contains(id)) && shelf.holds(id)
    }

    /// The address of the queue as it was asked for.
    fn address(&self) -> Address {
        Address::new("/review").with_all(&self.params.only_filters()).maybe("again", self.again.then_some("yes"))
    }
}

/// The page.
pub(crate) fn whole(shelf: &Shelf, visitor: &Visitor, params: &Params) -> Result<Markup, Problem> {
    let asked = Asked::of(shelf, visitor, params)?;
    let queue = shelf.queue();
    let waiting: Vec<usize> =
        (0..queue.len()).filter(|n| queue.get(*n).is_some_and(|w| asked.waits(shelf, &w.statement))).collect();
    let place = |name: &str| params.digest(name).and_then(|id| queue.iter().position(|w| w.statement == id));
    let after = place("after").and_then(|after| waiting.iter().find(|n| **n > after)).or(waiting.first()).copied();
    let at = params.digest("at").and_then(|id| shelf.statement(&id));
    let next = after.and_then(|n| queue.get(n)).and_then(|w| shelf.statement(&w.statement));
    let frame = Frame { title: "Review", here: "/review", ledger: &shelf.name, query: "" };
    let body = html! {
        div.review {
            h1 { "Review" }
            p.lead {
                (counted(waiting.len(), "statement waits", "statements wait"))
                @if asked.again { " that others judged and you have not" }
                ", the least certain and most consequential first. "
                (figure(shelf.judged().len())) " judged. "
                @if asked.again { a href="/review" { "Only what nobody judged" } }
                @else { a href="/review?again=yes" { "Judge again what others judged" } }
            }
            (narrowed(&asked))
            (who(visitor, &asked.address().to_string()))
            @match at.or(next) {
                Some((opened, statement)) => (one(shelf, visitor, &asked, opened, statement)),
                None => (nothing_left(shelf, visitor, &asked)),
            }
            (explained())
        }
    };
    Ok(page(&frame, body))
}

fn narrowed(asked: &Asked<'_>) -> Markup {
    let filters = asked.params.only_filters();
    html! {
        @if !filters.pairs().is_empty() {
            p.quiet {
                "Only "
                @for (n, (name, value)) in filters.pairs().iter().enumerate() { @if n > 0 { ", " } (name) " " strong { (said(value)) } }
                ". " a href="/review" { "The whole queue" }
            }
        }
    }
}

fn nothing_left(shelf: &Shelf, visitor: &Visitor, asked: &Asked<'_>) -> Markup {
    html! {
        p.lead { strong { "Nothing waits." } " " a href="/history" { "What was judged" } }
        (undo(shelf, visitor, asked))
    }
}

fn one(shelf: &Shelf, visitor: &Visitor, asked: &Asked<'_>, opened: Opened<'_>, statement: &Statement) -> Markup {
    // After a verdict the queue goes on behind this statement, wherever it stood.
    let read = super::judged::aside_of(shelf, statement).map_or(statement.id(), |a| a.statement.id());
    let onward = asked.address().with("after", read);
    let back = onward.to_string();
    let here = asked.address().with("at", read).to_string();
    let waiting = shelf.queue().iter().find(|w| w.statement == *read);
    let judged = !rows(shelf, statement).is_empty();
    html! {
        article.statement data-keys {
            p.crumbs {
                "In " a href=(Address::document(&opened.document.id).with("statement", statement.id()).at(super::layout::anchor(statement.id()))) {
                    (said(opened.document.name()))
                }
                @if let Some(waiting) = waiting { " · " (why(waiting)) }
            }
            (context(&opened, statement))
            (desk(shelf, &opened, statement, &Desk {
                back: &back, here: &here, keys: true, name: visitor.name.as_deref(), others: !asked.again || judged && asked.params.get("at").is_some(), next: Some(onward),
            }))
            (undo(shelf, visitor, asked))
            (inside(shelf, opened, statement, None, false))
        }
    }
}

/// Why a statement stands where it does.
fn why(waiting: &Waiting) -> Markup {
    html! {
        "doubt " (waiting.doubt) " × weight " (waiting.weight)
        @if waiting.compared > 0 {
            " (" (counted(waiting.compared as usize, "comparison", "comparisons"))
            @if waiting.contradictions > 0 { ", " (counted(waiting.contradictions as usize, "contradiction", "contradictions")) }
            ")"
        }
    }
}

/// Takes back what the person said last, and shows it again.
fn undo(shelf: &Shelf, visitor: &Visitor, asked: &Asked<'_>) -> Markup {
    let rows = live(&shelf.snapshot.judgements);
    let own =
        |j: &&&Judgement| Some(&j.agent) == visitor.name.as_ref() && j.verdict != UNDO && j.is_about_a_statement();
    let last = rows.iter().rev().find(own);
    html! {
        @if let Some(row) = last {
            form.judge.undo action="/judge" method="post" {
                @let back = asked.address().maybe("at", Digest::parse(&row.target)).to_string();
                (carried(shelf, &back))
                input type="hidden" name="first" value=(row.sequence);
                button name="verdict" value=(UNDO) data-key="u" aria-keyshortcuts="u" { "Undo " kbd { "u" } }
                " " span.quiet { "the last: " (said(&row.verdict)) ", “" (said(&judging::words(row))) "”" }
            }
        }
    }
}

fn explained() -> Markup {
    html! {
        details.columns {
            summary { "Order and keys" }
            p {
                "Doubt is 1, and 1 more for each voice after the author, for each voice left unnamed, if the claim is not told as certain, "
                "and if it is negated. Weight is 1, and 1 more for each row of Compare in which the statement stands, 3 if that row is a "
                "contradiction. Their product orders the queue; equal ones come in the order of the documents."
            }
            p {
                kbd { "a" } " right, " kbd { "m" } " mend, " kbd { "r" } " wrong, " kbd { "n" } " next, " kbd { "u" } " undo. "
                button type="button" hidden data-keys-switch aria-pressed="true" { "Keys are on" }
            }
        }
    }
}
