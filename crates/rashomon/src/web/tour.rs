//! The tour: a few pages in an order, each with two sentences in a bar above it. The bar is part of the page's address
//! (`tour=3`), so that it needs no script, can be left by any link and can be sent to a colleague.

use super::address::{Address, Params};
use super::layout::{Frame, counted, page};
use super::shelf::{Shelf, VoiceKind};
use maud::{Markup, html};
use rashomon_core::{Statement, Voice};
use rashomon_derive::Filter;
use rashomon_derive::views;

/// The name of the step in addresses.
pub(crate) const STEP: &str = "tour";
/// A word that hardly any case holds, to show what a search says that finds nothing.
const ABSENT: &str = "zeppelin";

/// One step.
struct Step {
    title: &'static str,
    words: &'static str,
    to: Address,
}

fn steps(shelf: &Shelf) -> Vec<Step> {
    let mut steps = vec![Step {
        title: "The case at a glance",
        words: "Here is what was read: how many documents, who speaks, who is spoken of, where accounts clash. Every figure is a \
                link to the statements behind it.",
        to: Address::new("/"),
    }];
    if let Some((document, statement)) = longest_chain(shelf) {
        steps.push(Step {
            title: "A document with its statements marked",
            words: "Each voice has a colour and a line; the author’s own word is marked lightly. Choose marked words to see beside \
                    the text on whose word they stand.",
            to: Address::document(document),
        });
        steps.push(Step {
            title: "The chain of voices",
            words: "The author is on top, beneath stand those whom the author credits, each with the words that show it. No link is \
                    ever left out, so that hearsay stays hearsay.",
            to: Address::statement(statement.id()),
        });
    }
    steps.push(Step {
        title: "Who relies on whom",
        words: "Documents on the left, on the right the voices on whose word their statements stand in the end. Where several \
                documents lead to one voice they have one source, not several.",
        to: Address::new("/picture/chains"),
    });
    steps.push(Step {
        title: "One actor, many names",
        words: "Under each actor stand the forms, across them the documents that use them. No form is called loaded here; they \
                stand side by side.",
        to: Address::new("/picture/naming"),
    });
    steps.push(Step {
        title: "What happened when, by whose account",
        words: "Each account has a lane, and a bar is as wide as its words are precise. A broken line joins accounts that date one \
                event differently.",
        to: Address::new("/picture/timeline"),
    });
    let clash =
        shelf.table(&views::compare::VIEW, &Filter { verdicts: vec!["contradict".into()], ..Filter::default() });
    let verdict = if clash.rows.is_empty() { "differ" } else { "contradict" };
    steps.push(Step {
        title: "Where accounts clash",
        words: "Two statements stand side by side with both voices, the aspect in which they clash and the reason. Neither is taken \
                for right: that is yours to judge.",
        to: Address::new("/view/compare").with("verdict", verdict),
    });
    steps.push(Step {
        title: "Who is tied to whom",
        words: "Full lines bind, broken ones divide; choose a voice in the filters and it is the network according to that voice. \
                Each line and circle opens its statements.",
        to: Address::new("/picture/network"),
    });
    steps.push(Step {
        title: "Nothing found is an answer",
        words: "A search that finds nothing says what it looked for, in how many documents, and what could not be read. Nothing is \
                made up to fill the gap.",
        to: Address::new("/search").with("q", ABSENT),
    });
    let number = |(n, mut step): (usize, Step)| {
        step.to = step.to.with(STEP, n + 1);
        step
    };
    steps.into_iter().enumerate().map(number).collect()
}

/// The statement with the longest chain to a named voice, and its document: the first of them.
fn longest_chain(shelf: &Shelf) -> Option<(&rashomon_core::DocumentId, &Statement)> {
    let named = |s: &&Statement| matches!(s.source(), Voice::Named(_));
    let statements = shelf.snapshot.documents.iter().flat_map(|(d, r)| r.statements.iter().map(move |s| (&d.id, s)));
    let order = |s: &Statement| (s.chain().len(), std::cmp::Reverse(s.text().len()));
    statements.filter(|(_, s)| named(s)).fold(None, |best: Option<(&_, &Statement)>, next| match best {
        Some((_, kept)) if order(kept) >= order(next.1) => best,
        _ => Some(next),
    })
}

/// The page that lists the steps.
pub(crate) fn whole(shelf: &Shelf) -> Markup {
    let steps = steps(shelf);
    let named = shelf.opened_documents().any(|o| o.voices().all.iter().any(|t| t.is == VoiceKind::Named));
    let body = html! {
        h1 { "A tour of five minutes" }
        p.lead {
            (counted(steps.len(), "step", "steps")) " through the pages of this ledger. A bar above each page says what to look at and \
             leads on; any other link leaves the tour, and the browser’s way back returns to it."
        }
        @if !named { p.quiet { "No document of this ledger names a voice yet, so some pages of the tour are nearly empty." } }
        ol.tour { @for step in &steps { li { a href=(step.to) { (step.title) } p { (step.words) } } } }
        @if let Some(first) = steps.first() { p { a.begin href=(first.to) { "Begin" } } }
    };
    page(&Frame { title: "Tour", here: "/", ledger: &shelf.name, query: "" }, body)
}

/// The bar of the step that an address asks for, if it does.
pub(crate) fn bar(shelf: &Shelf, params: &Params) -> Option<Markup> {
    let number: usize = params.get(STEP)?.parse().ok()?;
    let steps = steps(shelf);
    let step = steps.get(number.checked_sub(1)?)?;
    let before = number.checked_sub(2).and_then(|n| steps.get(n));
    let next = steps.get(number);
    Some(html! {
        aside.tour-bar aria-label="Tour" {
            p { strong { "Tour, " (number) " of " (steps.len()) ": " (step.title) "." } " " (step.words) }
            nav aria-label="Steps of the tour" {
                @if let Some(before) = before { a rel="prev" href=(before.to) { "← Back" } }
                @if let Some(next) = next { a.begin rel="next" href=(next.to) { "Next: " (next.title) " →" } }
                a href="/tour" { "All steps" }
                a href="/" { "End the tour" }
            }
        }
    })
}
