//! What people said of a statement, and the ways to say more: right, wrong, mended, a note, the grade of its source. The same
//! piece stands in the panel beside a text, on a statement's own page and in the review queue; it works without scripts.

use super::address::Address;
use super::gate::carried;
use super::layout::said;
use super::shelf::{Opened, Shelf};
use crate::judging;
use maud::{Markup, html};
use rashomon_core::judgement::{MENDED, NOTE, RIGHT, UNDO, WRONG, in_force, is_grade};
use rashomon_core::{Aside, Judgement, Statement};

/// The statement as it was read, where a person mended it: verdicts are about that one.
pub(crate) fn aside_of<'a>(shelf: &'a Shelf, statement: &Statement) -> Option<&'a Aside> {
    shelf
        .snapshot
        .aside
        .iter()
        .find(|a| a.instead.as_ref() == Some(statement.id()) || a.statement.id() == statement.id())
}

/// The rows about a statement that hold, in order.
pub(crate) fn rows<'a>(shelf: &'a Shelf, statement: &Statement) -> Vec<&'a Judgement> {
    let read = aside_of(shelf, statement).map_or(statement.id(), |a| a.statement.id());
    let held = in_force(&shelf.snapshot.judgements).into_iter();
    let rows: Vec<&Judgement> = held.filter(|j| j.target == read.as_str()).collect();
    let from = rows.iter().rposition(|j| j.verdict == UNDO).map_or(0, |n| n + 1);
    rows.into_iter().skip(from).collect()
}

/// Where a verdict is given, and what may be shown with it.
pub(crate) struct Desk<'a> {
    /// The address to go back to.
    pub(crate) back: &'a str,
    /// The address of this very place, for who goes to mend and does not.
    pub(crate) here: &'a str,
    /// Whether the keys of the review queue work here.
    pub(crate) keys: bool,
    /// The person's name; without one the form asks for it.
    pub(crate) name: Option<&'a str>,
    /// Whether what others said is shown before the person has judged.
    pub(crate) others: bool,
    /// Where the queue goes on without a verdict.
    pub(crate) next: Option<Address>,
}

/// What was said of a statement and the forms to say more.
pub(crate) fn desk(shelf: &Shelf, opened: &Opened<'_>, statement: &Statement, desk: &Desk<'_>) -> Markup {
    let rows = rows(shelf, statement);
    let mended = aside_of(shelf, statement).filter(|a| a.instead.is_some());
    html! {
        section.desk aria-label="Verdicts" {
            @if let Some(aside) = mended {
                p.notice { "Mended. As it was read: " q dir="auto" { (said(&aside.statement.text())) } }
            }
            @if !rows.is_empty() && desk.others {
                ul.reasons {
                    @for row in &rows {
                        li {
                            strong { (said(&row.verdict)) } " by " (said(&row.agent))
                            @if !row.note.is_empty() { ": " (said(&row.note)) }
                            " " (take_back(shelf, row, desk.back))
                        }
                    }
                }
            }
            (verdicts(shelf, statement, desk))
            (grade(shelf, opened, desk.back))
        }
    }
}

fn key(desk: &Desk<'_>, letter: &'static str) -> Option<&'static str> {
    desk.keys.then_some(letter)
}

fn verdicts(shelf: &Shelf, statement: &Statement, desk: &Desk<'_>) -> Markup {
    let shown = |letter: &str| html! { @if desk.keys { " " kbd { (letter) } } };
    let mend = Address::new(format!("/mend/{}", statement.id())).with("back", desk.back).with("leave", desk.here);
    html! {
        form.judge action="/judge" method="post" {
            (carried(shelf, desk.back))
            input type="hidden" name="first" value=(statement.id());
            @if desk.name.is_none() {
                p.field { label for="by" { "Your name, kept with the verdict" } input #by name="by" type="text" maxlength="80" dir="auto" required autocomplete="name"; }
            }
            p.verdicts {
                button name="verdict" value=(RIGHT) data-key=[key(desk, "a")] aria-keyshortcuts=[key(desk, "a")] { "Right" (shown("a")) } " "
                a.button href=(mend) data-key=[key(desk, "m")] aria-keyshortcuts=[key(desk, "m")] { "Mend" (shown("m")) } " "
                button name="verdict" value=(WRONG) data-key=[key(desk, "r")] aria-keyshortcuts=[key(desk, "r")] { "Wrong" (shown("r")) }
                @if let Some(next) = &desk.next {
                    " " a.button href=(next) data-key=[key(desk, "n")] aria-keyshortcuts=[key(desk, "n")] { "Next" (shown("n")) }
                }
            }
            p.field.note {
                label for="note" { "Why, or a note" }
                input #note name="note" type="text" dir="auto" autocomplete="off" maxlength="2000";
                " " button name="verdict" value=(NOTE) { "Only note" }
            }
        }
    }
}

/// The grade of a statement's document (Admiralty code).
fn grade(shelf: &Shelf, opened: &Opened<'_>, back: &str) -> Markup {
    let id = opened.document.id.as_str();
    let held = in_force(&shelf.snapshot.judgements);
    let mut rows = held.iter().rev().filter(|j| j.target == id).take_while(|j| j.verdict != UNDO);
    let grade = rows.find(|j| is_grade(&j.verdict));
    let letters = [
        ("A", "A reliable"),
        ("B", "B usually reliable"),
        ("C", "C fairly reliable"),
        ("D", "D not usually reliable"),
        ("E", "E unreliable"),
        ("F", "F cannot be judged"),
    ];
    let digits = [
        ("1", "1 confirmed"),
        ("2", "2 probably true"),
        ("3", "3 possibly true"),
        ("4", "4 doubtful"),
        ("5", "5 improbable"),
        ("6", "6 cannot be judged"),
    ];
    let choice = |name: &str, label: &str, options: &[(&str, &str)]| {
        html! {
            span.field {
                label for=(name) { (label) } " "
                select #(name) name=(name) {
                    option value="" { "not said" }
                    @for (value, words) in options { option value=(value) { (words) } }
                }
            }
        }
    };
    html! {
        details.grade {
            summary {
                "Grade of the source: "
                @match grade { Some(row) => { strong { (said(&row.verdict)) } " by " (said(&row.agent)) }, None => "none" }
            }
            form.judge action="/judge" method="post" {
                (carried(shelf, back))
                input type="hidden" name="first" value=(id);
                (choice("letter", "Source", &letters)) " " (choice("digit", "Information", &digits)) " "
                button name="verdict" value="grade" { "Grade" }
            }
        }
    }
}

/// Takes one row back; of an undo that is to do it again.
pub(crate) fn take_back(shelf: &Shelf, row: &Judgement, back: &str) -> Markup {
    let words = if row.verdict == UNDO { "Do it again" } else { "Take back" };
    html! {
        form.judge.inline action="/judge" method="post" {
            (carried(shelf, back))
            input type="hidden" name="first" value=(row.sequence);
            button name="verdict" value=(UNDO) aria-label={ (words) " row " (row.sequence) ": " (row.verdict) } { (words) }
        }
    }
}

/// A row in words with the way to what it is about.
pub(crate) fn about(shelf: &Shelf, row: &Judgement) -> Markup {
    let words = judging::words(row);
    let id = rashomon_core::Digest::parse(&row.target);
    let document = id.as_ref().and_then(|id| shelf.document(id));
    let known = id.as_ref().is_some_and(|id| shelf.snapshot.now(id).is_none() || shelf.statement(id).is_some());
    let known = known || id.as_ref().is_some_and(|id| shelf.snapshot.aside.iter().any(|a| a.statement.id() == id));
    html! {
        @if let Some(opened) = document { a href=(Address::document(&opened.document.id)) { (said(&words)) } }
        @else if let Some(id) = id.filter(|_| known) { a href=(Address::statement(&id)) { (said(&words)) } }
        @else { (said(&words)) }
        @if row.verdict == MENDED && let Some(mend) = &row.mend {
            " → " (said(&mend.evidence.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" … ")))
        }
    }
}
