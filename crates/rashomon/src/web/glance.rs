//! What a ledger holds at a glance, for the first page. Each figure leads to what stands behind it; who is first in a list
//! is first by a count that is shown, never by a judgement.

use super::address::Address;
use super::layout::{counted, figure, said};
use super::shelf::Shelf;
use super::statements::behind;
use maud::{Markup, html};
use rashomon_core::{DocumentId, Row};
use rashomon_derive::events::Interval;
use rashomon_derive::resolve::Actor;
use rashomon_derive::{Filter, views};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Lines of each list.
const LINES: usize = 8;
/// More statements than this are not laid side by side for the first page, which must not be waited for.
const MOST: usize = 20_000;

/// The glance.
pub(crate) fn whole(shelf: &Shelf) -> Markup {
    html! {
        p.lead {
            (counted(shelf.snapshot.documents.len(), "document", "documents"))
            ", and what they say, on whose word. New here? " a href="/tour" { "A tour of five minutes" }
            " leads through the pages."
        }
        (figures(shelf))
        div.glance {
            (onward())
            (spoken_of(shelf))
            (voices(shelf))
            (contested(shelf))
        }
    }
}

fn figures(shelf: &Shelf) -> Markup {
    let statements: usize = shelf.snapshot.documents.iter().map(|(_, r)| r.statements.len()).sum();
    let one = |name: &str, to: &str, value: String| html! { div { dt { (name) } dd { a href=(to) { (value) } } } };
    html! {
        dl.figures {
            (one("Documents", "#documents", figure(shelf.snapshot.documents.len())))
            (one("Statements", "/statements", figure(statements)))
            (one("Named voices", "/view/chains", figure(roots(shelf).len())))
            (one("Actors spoken of", "/view/actors", figure(shelf.actors.iter().filter(|a| !shelf.told_of(&a.id).about.is_empty()).count())))
            @if !shelf.snapshot.refusals.is_empty() {
                (one("Could not be read", "#refused", figure(shelf.snapshot.refusals.len())))
            }
            (time(shelf))
        }
    }
}

/// From when until when the dated statements speak, and where the middle half of them lies.
fn time(shelf: &Shelf) -> Markup {
    let date =
        |s: &rashomon_core::Statement| s.claim().time.as_ref().and_then(|t| t.edtf.as_deref()).and_then(Interval::of);
    let closed = |i: &Interval| i.first != i64::MIN && i.last != i64::MAX;
    let mut all: Vec<Interval> = shelf.snapshot.statements().filter_map(|(_, s)| date(s)).filter(closed).collect();
    all.sort_unstable();
    let at = |share: usize| all.get((all.len() * share / 4).min(all.len().saturating_sub(1)));
    let last = all.iter().map(|i| i.last).max();
    html! {
        @if let (Some(first), Some(last), Some(low), Some(high)) = (all.first(), last, at(1), at(3)) {
            div.wide {
                dt { "Time they speak of" }
                dd {
                    a href="/picture/timeline" { (Interval::iso(first.first)) " to " (Interval::iso(last)) }
                    span.quiet {
                        " half of " (counted(all.len(), "dated statement", "dated statements")) " begin between "
                        (Interval::iso(low.first)) " and " (Interval::iso(high.first))
                    }
                }
            }
        }
    }
}

/// A list whose lines have a length, with the way to more.
fn bars(heading: &str, about: &str, lines: &[(Markup, usize, Markup)], more: Markup) -> Markup {
    let most = lines.iter().map(|(_, count, _)| *count).max().unwrap_or(1);
    html! {
        section {
            h2 { (heading) }
            p.quiet { (about) }
            @if lines.is_empty() { p.quiet { "None." } }
            ol.bars {
                @for (name, count, behind) in lines {
                    li {
                        span.name { (name) } " "
                        meter min="0" max=(most) value=(count) aria-hidden="true" {}
                        " " (behind)
                    }
                }
            }
            p { (more) }
        }
    }
}

fn spoken_of(shelf: &Shelf) -> Markup {
    let mut all: Vec<(&Actor, usize)> =
        shelf.actors.iter().map(|a| (a, shelf.told_of(&a.id).about.len())).filter(|(_, n)| *n > 0).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)).then_with(|| a.0.id.cmp(&b.0.id)));
    let line = |(actor, count): &(&Actor, usize)| {
        let name = html! { a href=(format!("/actor/{}", actor.id)) { (said(&actor.name)) } };
        let to = Address::new("/statements").with("about", &actor.id);
        (name, *count, html! { a href=(to) { (counted(*count, "statement", "statements")) } })
    };
    let lines: Vec<_> = all.iter().take(LINES).map(line).collect();
    bars(
        "Most spoken of",
        "Actors by the statements that mention them.",
        &lines,
        html! { a href="/view/actors" { "All actors" } " · " a href="/picture/naming" { "What each document calls them" } },
    )
}

/// A root with what stands on its word: its name, and the document that it is confined to if it is not known beyond it.
type Root = (String, Option<DocumentId>);

/// Named roots with their statements and documents, as the view of chains counts them: the same pronoun in two documents
/// is two voices.
fn roots(shelf: &Shelf) -> BTreeMap<Root, (usize, BTreeSet<DocumentId>)> {
    let view = &views::chains::VIEW;
    let table = shelf.table(view, &Filter::default());
    let mut all: BTreeMap<Root, (usize, BTreeSet<DocumentId>)> = BTreeMap::new();
    for row in &table.rows {
        let document = row.statements().first().and_then(|id| shelf.statement(id)).map(|(o, _)| o.document.id.clone());
        let Some(document) = document.filter(|_| view.words(row, "root is") == "named") else { continue };
        let within = (view.words(row, "told by") == "1").then(|| document.clone());
        let entry = all.entry((view.words(row, "root"), within)).or_default();
        entry.0 += row.statements().len();
        entry.1.insert(document);
    }
    all
}

fn voices(shelf: &Shelf) -> Markup {
    let mut all: Vec<(Root, (usize, BTreeSet<DocumentId>))> = roots(shelf).into_iter().collect();
    all.sort_by(|a, b| Reverse((a.1.1.len(), a.1.0)).cmp(&Reverse((b.1.1.len(), b.1.0))).then_with(|| a.0.cmp(&b.0)));
    let line = |((name, within), (count, documents)): &(Root, (usize, BTreeSet<DocumentId>))| {
        let to = Address::new("/statements").with("source", name).maybe("document", within.as_ref());
        let words = format!(
            "{} in {}",
            counted(*count, "statement", "statements"),
            counted(documents.len(), "document", "documents")
        );
        (said(name), *count, html! { a href=(to) { (words) } })
    };
    let lines: Vec<_> = all.iter().take(LINES).map(line).collect();
    let more = html! { a href="/picture/chains" { "Who relies on whom" } " · " a href="/view/sources" { "How each document argues" } };
    bars(
        "On whose word",
        "Named voices on whose word statements stand in the end, those in most documents first.",
        &lines,
        more,
    )
}

/// Where two accounts cannot both be right, and where they differ.
fn contested(shelf: &Shelf) -> Markup {
    let all: usize = shelf.snapshot.documents.iter().map(|(_, r)| r.statements.len()).sum();
    let view = &views::compare::VIEW;
    let verdict = |name: &str| Filter { verdicts: vec![name.to_owned()], ..Default::default() };
    let tables = (all <= MOST).then(|| ["contradict", "differ"].map(|name| (name, shelf.table(view, &verdict(name)))));
    html! {
        section {
            h2 { "Where accounts clash" }
            @match &tables {
                None => p.quiet { "So many statements are laid side by side on a page of their own." },
                Some(tables) => {
                    p.quiet {
                        @for (n, (name, table)) in tables.iter().enumerate() {
                            @if n > 0 { "; " }
                            a href=(Address::new("/view/compare").with("verdict", name)) {
                                (counted(table.rows.len(), "pair", "pairs")) " of statements " (name)
                            }
                        }
                        "."
                    }
                    @let rows: Vec<(&str, &Row)> =
                        tables.iter().flat_map(|(name, table)| table.rows.iter().map(move |r| (*name, r))).take(LINES / 2 - 1).collect();
                    ul.clashes { @for (name, row) in rows { li { (clash(name, row)) } } }
                }
            }
            p { a href="/view/compare" { "All that agrees, clashes or repeats" } }
        }
    }
}

fn clash(verdict: &str, row: &Row) -> Markup {
    let cell = |column: &str| views::compare::VIEW.words(row, column);
    let params = super::address::Params::parse(Some(&format!("verdict={verdict}")));
    html! {
        p.claim { "“" (said(&cell("words"))) "”" }
        p.quiet { (said(&cell("voice"))) ", in " (said(&cell("document"))) }
        p.claim { "“" (said(&cell("other words"))) "”" }
        p.quiet {
            (said(&cell("other voice"))) ", in " (said(&cell("other document"))) " · "
            a href=(behind(&views::compare::VIEW, row, &params)) { "they " (verdict) " in " (cell("why")) }
        }
    }
}

fn onward() -> Markup {
    let way = |to: &str, name: &str, words: &str| html! { li { a href=(to) { (name) } ": " (words) } };
    html! {
        section {
            h2 { "Where to go next" }
            ul.onward {
                (way("#documents", "Read a document", "its statements stand marked in the text, each voice in its colour and line"))
                (way("/picture/timeline", "What happened when", "a lane for each account, as wide as its words are precise"))
                (way("/picture/chains", "Who relies on whom", "from each document to the voices on whose word it stands"))
                (way("/picture/network", "Who is tied to whom", "year by year, or according to one voice"))
                (way("/picture/naming", "What each calls the same", "one actor under many names"))
                (way("/view/corroboration", "How many make a claim", "and from how many independent roots"))
                (way("/search", "Search", "a word that no document holds is an answer too"))
            }
        }
    }
}
