//! An actor's page: what it is called and where, why these names are taken to be one's, what is said of it and on its
//! word, and when. A person can say here that two names are not one's, or that others are; that becomes a row of the log
//! and can be taken back.

use super::address::{Address, Params};
use super::gate::carried;
use super::layout::{Frame, Problem, counted, figure, page, said};
use super::panel::place_of;
use super::shelf::Shelf;
use super::sides;
use super::statements::list;
use crate::judging;
use maud::{Markup, html};
use rashomon_core::judgement::UNDO;
use rashomon_core::{ClaimKind, Digest, Judgement, MentionForm, Span, Statement, StatementId};
use rashomon_derive::resolve::Actor;
use rashomon_derive::views::voice::one_line;
use rashomon_text::edtf;
use std::collections::{BTreeMap, BTreeSet};

/// Statements shown of each sort; the rest is one click away.
const SHOWN: usize = 12;
/// Names that the field for another name suggests at most.
const SUGGESTIONS: usize = 500;

/// The page.
pub(crate) fn whole(shelf: &Shelf, id: &str, params: &Params) -> Result<Markup, Problem> {
    let missing = || {
        Problem::Missing(
            "No actor has this address. Actors are worked out anew when documents or verdicts are added; look for the name \
             under Actors."
                .into(),
        )
    };
    let id = Digest::parse(id).ok_or_else(missing)?;
    let actor = shelf.actors.get(&id).ok_or_else(missing)?;
    let told = shelf.told_of(&actor.id);
    let (about, by) = (sorted(&told.about), sorted(&told.by));
    let frame = Frame { title: &actor.name, here: "/view/actors", ledger: &shelf.name, query: "" };
    let found = |ids: &[&StatementId]| ids.iter().filter_map(|id| shelf.statement(id)).collect::<Vec<_>>();
    let ties: Vec<_> = found(&about).into_iter().filter(|(_, s)| s.claim().kind == ClaimKind::Tie).collect();
    let statements = |sort: &str| Address::new("/statements").with(sort, &actor.id);
    let some = |heading: &str, sort: &str, ids: &[&StatementId]| {
        html! {
            section {
                h2 { (heading) }
                (list(shelf, &found(ids.get(..SHOWN.min(ids.len())).unwrap_or_default()), 0))
                @if ids.len() > SHOWN { p { a href=(statements(sort)) { "All " (figure(ids.len())) } } }
            }
        }
    };
    let body = html! {
        h1 { (said(&actor.name)) }
        p.lead {
            (actor.kind) ", mentioned in " a href=(statements("about")) { (counted(about.len(), "statement", "statements")) }
            ", " a href=(statements("by")) { (counted(by.len(), "statement", "statements")) } " on this voice’s word"
        }
        @if let Some(doubt) = params.get("note") { p.notice role="status" { (said(doubt)) } }
        (names(shelf, actor))
        (joined(shelf, actor))
        (judged(shelf, actor))
        (years(&found(&about), actor))
        section {
            h2 { "Ties" }
            (list(shelf, ties.get(..SHOWN.min(ties.len())).unwrap_or_default(), 0))
        }
        (some("Statements that mention it", "about", &about))
        (some("Statements on this voice’s word", "by", &by))
    };
    Ok(page(&frame, body))
}

fn sorted(ids: &BTreeSet<StatementId>) -> Vec<&StatementId> {
    ids.iter().collect()
}

/// What each document calls it: a row a form, the places as links.
fn names(shelf: &Shelf, actor: &Actor) -> Markup {
    let mentioning: BTreeSet<_> = actor.names.values().flat_map(BTreeMap::keys).collect();
    let documents: Vec<_> = shelf.opened_documents().filter(|o| mentioning.contains(&o.document.id)).collect();
    let mut rows = Vec::new();
    for opened in &documents {
        let mut forms: BTreeMap<&str, (MentionForm, Vec<Span>)> = BTreeMap::new();
        for mention in opened.reading.mentions.iter().filter(|m| m.form != MentionForm::Pronoun) {
            let named = shelf.actors.of_mention(&opened.document.id, mention.words.span);
            if named.is_some_and(|a| a.id == actor.id) {
                forms.entry(&mention.words.text).or_insert((mention.form, Vec::new())).1.push(mention.words.span);
            }
        }
        let mut forms: Vec<_> = forms.into_iter().collect();
        forms.sort_by_key(|(text, (_, places))| (std::cmp::Reverse(places.len()), *text));
        rows.extend(forms.into_iter().map(|form| (opened, form)));
    }
    html! {
        section {
            h2 { "Names and descriptions" }
            div.scroll tabindex="0" role="region" aria-label="Names and descriptions" {
                table.view role="table" {
                    thead role="rowgroup" {
                        tr role="row" {
                            @for name in ["Document", "Form", "Is", "Places"] { th scope="col" role="columnheader" { (name) } }
                        }
                    }
                    tbody role="rowgroup" {
                        @for (opened, (text, (form, places))) in &rows {
                            tr role="row" {
                                td role="cell" { a href=(Address::document(&opened.document.id)) { (said(opened.document.name())) } }
                                td role="cell" dir="auto" { (one_line(text)) }
                                td role="cell" { (form) }
                                td.spots role="cell" {
                                    @for (n, place) in places.iter().enumerate().take(SHOWN) {
                                        @if n > 0 { " " } a href=(place_of(opened, *place)) aria-label={ "Place " (n + 1) } { (n + 1) }
                                    }
                                    @if places.len() > SHOWN { " of " (figure(places.len())) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Why names were joined, each with a way to part them; and a form for another name.
fn joined(shelf: &Shelf, actor: &Actor) -> Markup {
    html! {
        section {
            h2 #why { "Why these names are taken to be one’s" }
            @if actor.merges.is_empty() { p.quiet { "It has one name only." } }
            @else {
                ul.reasons {
                    @for merge in &actor.merges {
                        li {
                            strong { (said(&merge.a)) } " = " strong { (said(&merge.b)) } ": " (said(&merge.reasons.join("; "))) " "
                            (button(shelf, actor, "different", &merge.a, &merge.b, "Not the same"))
                        }
                    }
                }
            }
            form.judge action="/judge" method="post" {
                (carried(shelf, &own_address(actor).to_string()))
                input type="hidden" name="first" value=(actor.name);
                label for="second" { "Another name: " }
                input #second name="second" type="text" list="actors" dir="auto" autocomplete="off" required;
                " "
                button name="verdict" value="same" { "The same" } " "
                button name="verdict" value="different" { "Not the same" } " "
                button name="verdict" value="unsure" { "Nobody knows" }
            }
        }
    }
}

/// What people said of its names.
fn judged(shelf: &Shelf, actor: &Actor) -> Markup {
    let own: BTreeSet<String> = actor.names.keys().map(|n| rashomon_text::names::key(n).join(" ")).collect();
    let of_actor = |j: &&Judgement| {
        let pair = j.words.split_once('\n').filter(|_| j.target.is_empty());
        pair.is_some_and(|(a, b)| [a, b].iter().any(|n| own.contains(&rashomon_text::names::key(n).join(" "))))
    };
    let rows: Vec<&Judgement> = shelf.snapshot.judgements.iter().filter(of_actor).collect();
    html! {
        @if !rows.is_empty() {
            section {
                h2 { "What people said of its names" }
                ol.reasons {
                    @for row in rows {
                        li {
                            (said(&judging::in_words(row)))
                            @if !row.note.is_empty() { ": " (said(&row.note)) }
                            @if let Some((a, b)) = row.words.split_once('\n').filter(|_| row.verdict != UNDO) {
                                " " (button(shelf, actor, UNDO, a, b, "Take back"))
                            }
                        }
                    }
                }
            }
        }
        datalist #actors {
            @for other in shelf.actors.iter().filter(|a| a.id != actor.id).take(SUGGESTIONS) { option value=(one_line(&other.name)) {} }
        }
    }
}

fn button(shelf: &Shelf, actor: &Actor, verdict: &str, first: &str, second: &str, words: &str) -> Markup {
    html! {
        form.judge action="/judge" method="post" {
            (carried(shelf, &own_address(actor).to_string()))
            input type="hidden" name="first" value=(first);
            input type="hidden" name="second" value=(second);
            button name="verdict" value=(verdict) aria-label={ (words) ": " (one_line(first)) ", " (one_line(second)) } { (words) }
        }
    }
}

fn own_address(actor: &Actor) -> Address {
    Address::new(format!("/actor/{}", actor.id))
}

/// Where a person is led after a verdict: back beside the other account, to the page it was given on, or to the actor that the first name means now, for
/// actors are worked out anew.
pub(crate) fn after(shelf: &Shelf, judgement: &Judgement, back: &str) -> Address {
    let (path, anchor) = back.split_once('#').unwrap_or((back, ""));
    if sides::is_own(path) {
        let mark = |c: char| c.is_ascii_alphanumeric() || c == '-';
        return Address::new(path).at_some(Some(anchor).filter(|a| !a.is_empty() && a.chars().all(mark)));
    }
    let still = back.strip_prefix("/actor/").and_then(Digest::parse).filter(|id| shelf.actors.get(id).is_some());
    let first = judgement.words.lines().next().unwrap_or_default();
    let meant = || shelf.actors.iter().find(|a| a.names.contains_key(first) || a.name == first).map(|a| a.id.clone());
    match still.or_else(meant) {
        Some(id) => Address::new(format!("/actor/{id}")),
        None => Address::new("/view/actors"),
    }
}

/// When what is said of it is said to have happened.
fn years(found: &[(super::shelf::Opened<'_>, &Statement)], actor: &Actor) -> Markup {
    let mut years: BTreeMap<String, usize> = BTreeMap::new();
    for (_, statement) in found {
        let date = statement.claim().time.as_ref().and_then(|t| t.edtf.as_deref());
        let year = date.map(edtf::ends).and_then(|(first, _)| first.get(..4).map(str::to_owned));
        if let Some(year) = year.filter(|y| y.bytes().all(|b| b.is_ascii_digit())) {
            *years.entry(year).or_default() += 1;
        }
    }
    let most = years.values().max().copied().unwrap_or_default();
    html! {
        section {
            h2 { "When" }
            @if years.is_empty() { p.quiet { "No statement about it tells a year." } }
            ol.years {
                @for (year, count) in &years {
                    li {
                        a href=(Address::new("/statements").with("about", &actor.id).with("from", year).with("to", year)) { (year) }
                        " " meter min="0" max=(most) value=(count) { (count) } " " (figure(*count))
                    }
                }
            }
        }
    }
}
