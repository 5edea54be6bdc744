//! A document as a reading page: what is known of it and its voices on one side, its text in the middle, the chosen
//! statement on the other side.

use super::address::{Address, Params};
use super::codings::{self, Wanted};
use super::layout::{Frame, Problem, counted, direction, figure, page, pager, said};
use super::panel::beside;
use super::shelf::{Opened, Shelf, Tally};
use super::text::{Choice, block_anchor, look, text};
use maud::{Markup, html};
use rashomon_core::{Digest, Span, ZoneKind};
use rashomon_derive::views::voice::one_line;

/// Voices that the legend shows at once.
const LEGEND: usize = 10;
/// Headings that are listed at most.
const HEADINGS: usize = 300;

/// The page of a document.
pub(crate) fn whole(shelf: &Shelf, id: &str, params: &Params) -> Result<Markup, Problem> {
    let missing = || Problem::Missing(format!("The ledger holds no document {id:?}."));
    let opened = Digest::parse(id).and_then(|id| shelf.document(&id)).ok_or_else(missing)?;
    let document = opened.document;
    let codings = codings::of_document(shelf, document);
    let wanted = codings::wanted(document, params);
    let mut choice = choose(shelf, opened, params, wanted.as_ref());
    choice.coded = codings.iter().map(|(_, coding)| coding.span).collect();
    let choice = choice;
    let frame = Frame { title: document.name(), here: "", ledger: &shelf.name, query: "" };
    let base = Address::document(&document.id);
    let kept = Params::default();
    let voice = choice.voice.and_then(|v| choice.voices.all.get(v)).map(|t| t.name.as_str());
    let leafing = || {
        let base = base.clone().maybe("voice", voice);
        pager("Parts of the document", &base, &kept, choice.leaf + 1, choice.layout.leaves.len())
    };
    let body = html! {
        @if choice.statement.is_some() { a.skip href="#panel" { "Skip to the chosen statement" } }
        @if wanted.is_some() { a.skip href="#panel" { "Skip to the words to code" } }
        a.skip href="#text" { "Skip to the text" }
        div.reading.chosen[choice.statement.is_some() || wanted.is_some()] {
            div.about {
                (about(shelf, opened)) (legend(&choice)) (codings::aside(&opened, &codings, params)) (contents(&choice, voice))
            }
            div.text #text tabindex="-1" {
                (leafing())
                h2.unseen { "Text" }
                (text(&choice, voice))
                (leafing())
            }
            aside.panel #panel aria-label=(if wanted.is_some() { "Words to code" } else { "Chosen statement" }) tabindex="-1" {
                @match (&wanted, choice.statement) {
                    (Some(wanted), _) => (codings::beside(shelf, &opened, wanted, &codings, params)),
                    (None, Some(statement)) => (beside(shelf, opened, statement, voice)),
                    (None, None) => p.hint { "Choose marked words to see on whose word they stand, or select any words to code them." },
                }
            }
        }
    };
    Ok(page(&frame, body))
}

fn choose<'a>(shelf: &'a Shelf, opened: Opened<'a>, params: &Params, wanted: Option<&Wanted>) -> Choice<'a> {
    let (layout, voices) = (opened.layout(), opened.voices());
    let text = &opened.document.text;
    let statement = params.digest("statement").filter(|_| wanted.is_none()).and_then(|id| shelf.statement(&id));
    let statement = statement.filter(|(o, _)| o.document.id == opened.document.id).map(|(_, s)| s);
    let found = params.get("at").and_then(|at| {
        let (start, end) = at.split_once('-')?;
        let byte = |n: &str| n.parse().ok().map(|n| layout.index.to_bytes(text, n));
        let span = Span { start: byte(start)?, end: byte(end)? };
        (span.start < span.end).then_some(span)
    });
    let found = found.or_else(|| wanted.and_then(|w| w.words.as_ref()).map(|w| w.span));
    let focus = statement.and_then(|s| s.evidence().first()).map(|w| w.span).or(found);
    let asked = (params.page() - 1).min(layout.leaves.len().saturating_sub(1));
    Choice {
        opened,
        layout,
        voices,
        statement,
        voice: params.get("voice").and_then(|v| voices.all.iter().position(|t| t.name == v)),
        found,
        coded: Vec::new(),
        leaf: focus.map_or(asked, |span| layout.leaf_of(span.start)),
    }
}

/// Title, authors, publisher, date and what else is known; what intake did; what was refused.
fn about(shelf: &Shelf, opened: Opened<'_>) -> Markup {
    let document = opened.document;
    let m = &document.metadata;
    let row =
        |name: &str, value: Option<&str>| html! { @if let Some(v) = value { div { dt { (name) } dd { (said(v)) } } } };
    let authors = m.authors.join(", ");
    let reading = opened.reading;
    let statements = Address::new("/statements").with("document", &document.id);
    let copies = shelf.snapshot.duplicates.iter().filter(|d| d.document == document.id);
    html! {
        h1.title dir=(direction(document.name())) { (document.name()) }
        dl.facts {
            (row("Author", (!authors.is_empty()).then_some(authors.as_str())))
            (row("Publisher", m.publisher.as_deref()))
            (row("Date", m.date.as_deref()))
            (row("Language", m.language.as_deref()))
            (row("Address", m.url.as_deref()))
            (row("File", Some(&document.path)))
            @for copy in copies { (row("Same bytes", Some(&copy.path))) }
            div {
                dt { "Length" }
                dd { (counted(opened.layout().index.chars() as usize, "code point", "code points")) }
            }
            div {
                dt { "Statements" }
                dd { a href=(statements) { (figure(reading.statements.len())) } " by " (reading.reader) }
            }
        }
        @if !document.notes.is_empty() {
            details.notes open {
                summary { "How the text was got" }
                ul { @for note in &document.notes { li { (note) } } }
            }
        }
        @if !reading.refusals.is_empty() {
            details.notes {
                summary { (counted(reading.refusals.len(), "proposal of the reader was", "proposals of the reader were")) " refused" }
                ul {
                    @for refusal in reading.refusals.iter().take(100) {
                        li { (said(&refusal.words)) " " span.quiet { (refusal.reason) } }
                    }
                }
            }
        }
    }
}

/// The voices with their marks and counts; choosing one shows only its statements.
fn legend(choice: &Choice<'_>) -> Markup {
    let voices = &choice.voices.all;
    let (near, far) = voices.split_at(voices.len().min(LEGEND));
    let hidden = choice.voice.is_some_and(|v| v >= LEGEND);
    html! {
        nav.legend aria-labelledby="legend-title" {
            h2 #legend-title { "Voices" }
            @if voices.is_empty() { p.quiet { "No statement was read in this document." } }
            ul { @for (n, tally) in near.iter().enumerate() { (legend_line(choice, n, tally)) } }
            @if !far.is_empty() {
                details open[hidden] {
                    summary { (counted(far.len(), "more voice", "more voices")) }
                    ul { @for (n, tally) in far.iter().enumerate() { (legend_line(choice, n + LEGEND, tally)) } }
                }
            }
            @if choice.voice.is_some() {
                p { a href=(Address::document(&choice.opened.document.id).with("page", choice.leaf + 1)) { "Show all voices" } }
            }
        }
    }
}

fn legend_line(choice: &Choice<'_>, number: usize, tally: &Tally) -> Markup {
    let id = &choice.opened.document.id;
    let only = Address::document(id).with("voice", &tally.name);
    // The first words of a voice may stand on another leaf than the one that is open.
    let statements = &choice.opened.reading.statements;
    let first = (0..statements.len()).find(|s| choice.voices.of(*s) == Some(number));
    let leaf = first.and_then(|s| statements.get(s)).and_then(|s| s.evidence().first());
    let only = only.maybe("page", leaf.map(|w| choice.layout.leaf_of(w.span.start) + 1).filter(|p| *p > 1));
    let behind = Address::new("/statements").with("document", id).with("source", &tally.name);
    html! {
        li {
            a href=(only) aria-current=[(choice.voice == Some(number)).then_some("true")] {
                span class={"swatch " (look(choice.voices, number))} aria-hidden="true" { "Aa" } " " (said(&tally.name))
            }
            " " a.count href=(behind) aria-label=(format!("{}: the statements", counted(tally.count, "statement", "statements"))) {
                (figure(tally.count))
            }
        }
    }
}

/// The headings of a document that has many, each with the way to its leaf.
fn contents(choice: &Choice<'_>, voice: Option<&str>) -> Markup {
    let headings: Vec<_> = choice.layout.blocks.iter().filter(|b| b.kind == ZoneKind::Heading).take(HEADINGS).collect();
    let document = choice.opened.document;
    html! {
        @if headings.len() > 2 {
            details.notes {
                summary { "Headings" }
                ul {
                    @for block in headings {
                        @let leaf = choice.layout.leaf_of(block.span.start) + 1;
                        li {
                            a href=(Address::document(&document.id).maybe("voice", voice).with("page", leaf).at(block_anchor(block))) {
                                (said(&one_line(block.span.of(&document.text).unwrap_or_default())))
                            }
                        }
                    }
                }
            }
        }
    }
}
