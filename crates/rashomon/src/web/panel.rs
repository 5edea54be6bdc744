//! One statement for a person: the claim's words, the chain they came through as a picture and in words, the sentence
//! with its neighbours, what kind of claim it is, and where it stands. The same piece is a page of its own and the panel
//! beside a document's text.

use super::address::Address;
use super::diagram;
use super::gate::Visitor;
use super::judged::{Desk, desk};
use super::layout::{Frame, Problem, anchor, direction, figure, page, said};
use super::segments::{Mark, Over, Segment, segments};
use super::shelf::{Opened, Shelf};
use maud::{Markup, html};
use rashomon_core::{Digest, Link, Polarity, Sentence, Span, Statement, Timed, Words, ZoneKind};
use rashomon_derive::views::voice::one_line;

/// A statement's own page; also of one that a person found wrong, which only this page and the history still show.
pub(crate) fn whole(shelf: &Shelf, visitor: &Visitor, id: &str) -> Result<Markup, Problem> {
    let wrong = Digest::parse(id).and_then(|id| shelf.aside(&id)).filter(|(_, aside)| aside.instead.is_none());
    let (opened, statement) = match wrong {
        Some((opened, aside)) => (opened, &aside.statement),
        None => find(shelf, id)?,
    };
    let back = Address::statement(statement.id()).to_string();
    let title = format!("“{}”", one_line(&statement.text()));
    let document = opened.document;
    let frame = Frame { title: &title, here: "", ledger: &shelf.name, query: "" };
    let body = html! {
        article.statement {
            p.crumbs {
                a href="/" { "Documents" } " › "
                a href=(Address::document(&document.id)) { (said(document.name())) }
            }
            h1 { "A statement and its chain" }
            @if wrong.is_some() {
                p.notice { "A person found that this was read wrongly. No view shows it; taking the verdict back shows it again." }
            }
            (desk(shelf, &opened, statement, &Desk { back: &back, here: &back, keys: false, name: visitor.name.as_deref(), others: true, next: None }))
            (inside(shelf, opened, statement, None, true))
        }
    };
    Ok(page(&frame, body))
}

/// The panel beside a document's text.
pub(crate) fn beside(shelf: &Shelf, opened: Opened<'_>, statement: &Statement, voice: Option<&str>) -> Markup {
    let own = Address::document(&opened.document.id).maybe("voice", voice).with("statement", statement.id());
    let own = own.to_string();
    let close = Address::document(&opened.document.id)
        .maybe("voice", voice)
        .with("page", opened.layout().leaf_of(first(statement).start) + 1)
        .at(anchor(statement.id()));
    html! {
        div.panel-head {
            h2 #panel-title tabindex="-1" { "On whose word" }
            a.close href=(close) { "Close" }
        }
        (inside(shelf, opened, statement, Some(voice), false))
        // Who judges is asked when the first verdict is sent, so that the panel needs to know nobody.
        (desk(shelf, &opened, statement, &Desk { back: &own, here: &own, keys: false, name: Some(""), others: true, next: None }))
    }
}

/// A statement that is shown: by its own name, or by the one it had before it was mended.
pub(crate) fn find<'a>(shelf: &'a Shelf, id: &str) -> Result<(Opened<'a>, &'a Statement), Problem> {
    let now = |id: Digest| shelf.statement(&id).or_else(|| shelf.statement(shelf.aside(&id)?.1.instead.as_ref()?));
    Digest::parse(id).and_then(now).ok_or_else(|| {
        Problem::Missing(format!(
            "The ledger holds no statement {id:?}. A statement’s name changes when its document is read by a newer reader."
        ))
    })
}

fn first(statement: &Statement) -> Span {
    statement.evidence().first().map_or(statement.sentence(), |w| w.span)
}

/// What panel and page share. `voice` is the legend's choice where the text stands beside it.
pub(crate) fn inside(
    shelf: &Shelf,
    opened: Opened<'_>,
    statement: &Statement,
    voice: Option<Option<&str>>,
    open: bool,
) -> Markup {
    let document = opened.document;
    let text = statement.text();
    let words = Address::document(&document.id).with("statement", statement.id()).at(anchor(statement.id()));
    html! {
        div.whole {
            blockquote.claim dir=(direction(&text)) lang=[document.metadata.language.as_deref()] { (one_line(&text)) }
            div.drawn {
                (diagram::draw(&opened, &shelf.actors, statement))
                details.in-words open[open] {
                    summary { "The chain in words, with places" }
                    ol { @for link in statement.chain() { li { (link_in_words(shelf, &opened, link)) } } }
                }
            }
            div.told {
                h3 { "In context" }
                (context(&opened, statement))
                h3 { "The claim" }
                (facts(&opened, statement))
                p.onward {
                    @if let Some(voice) = voice {
                        a href=(Address::statement(statement.id())) { "Its own page" }
                        (neighbours(&opened, statement, voice))
                    } @else {
                        a href=(words) { "Its words in the document" }
                    }
                }
                p.onward { a href=(Address::new("/discourse/statements").with("statement", statement.id())) { "Code it by hand" } }
                (around(&opened, statement))
            }
        }
    }
}

fn link_in_words(shelf: &Shelf, opened: &Opened<'_>, link: &Link) -> Markup {
    let (name, under) = diagram::name(opened, &shelf.actors, link);
    html! {
        strong {
            @match link.voice.words() {
                Some(words) => a href=(place_of(opened, words.span)) { (said(&words.text)) },
                None => (said(&name)),
            }
        }
        @if let Some(under) = under { " (" (said(&under)) ")" }
        " " em { (link.stance) }
        @if let Some(cue) = &link.cue { ", in the words " (quoted(opened, cue)) }
        @if let Some(venue) = &link.venue { ", in " (quoted(opened, venue)) }
        @if let Some(time) = &link.time { ", said " (timed(opened, time)) }
    }
}

/// Words that lead to their place in the document.
fn quoted(opened: &Opened<'_>, words: &Words) -> Markup {
    html! { a href=(place_of(opened, words.span)) { "“" (said(&words.text)) "”" } }
}

fn timed(opened: &Opened<'_>, time: &Timed) -> Markup {
    html! {
        (quoted(opened, &time.words))
        @match &time.edtf { Some(edtf) => { " = " (edtf) " (" (time.calendar) " calendar)" }, None => " (date not known)" }
    }
}

/// The address of any words of a document.
pub(crate) fn place_of(opened: &Opened<'_>, span: Span) -> Address {
    let (start, end) = opened.layout().index.span(&opened.document.text, span);
    Address::document(&opened.document.id).with("at", format!("{start}-{end}")).at("at")
}

/// Where words stand, for people.
fn place_in_words(opened: &Opened<'_>, span: Span) -> String {
    let (start, end) = opened.layout().index.span(&opened.document.text, span);
    let place = opened.document.place_at(span.start);
    let part = place.and_then(|p| p.part.as_deref()).map(|p| format!("{p}, ")).unwrap_or_default();
    let page = place.and_then(|p| p.page).map(|n| format!("page {n}, ")).unwrap_or_default();
    let paragraph = place.and_then(|p| p.paragraph).map(|n| format!("paragraph {n}, ")).unwrap_or_default();
    let at = format!("code points {} to {}", figure(start as usize), figure(end as usize));
    format!("{part}{page}{paragraph}{at}")
}

fn facts(opened: &Opened<'_>, statement: &Statement) -> Markup {
    let claim = statement.claim();
    let polarity = if claim.polarity == Polarity::Negative { "negated" } else { "affirmed" };
    html! {
        dl.facts {
            div { dt { "Kind" } dd { (claim.kind) } }
            div { dt { "Polarity" } dd { (polarity) } }
            div {
                dt { "Certainty" }
                dd {
                    (claim.certainty)
                    @if !claim.hedges.is_empty() {
                        ", by the words "
                        @for (n, hedge) in claim.hedges.iter().enumerate() {
                            @if n > 0 { ", " } (quoted(opened, hedge))
                        }
                    }
                }
            }
            @if let Some(time) = &claim.time { div { dt { "Time" } dd { (timed(opened, time)) } } }
            @if let Some(place) = &claim.place { div { dt { "Where" } dd { (quoted(opened, place)) } } }
            @if let Some(number) = &claim.quantity { div { dt { "Quantity" } dd { (quoted(opened, &number.words)) } } }
            div { dt { "Stands at" } dd { (place_in_words(opened, first(statement))) } }
            div { dt { "Proposed by" } dd { (statement.reader()) } }
            div { dt { "Name" } dd { code { (statement.id()) } } }
        }
    }
}

/// The sentence with the one before and the one after, the statement's parts marked.
pub(crate) fn context(opened: &Opened<'_>, statement: &Statement) -> Markup {
    let text = opened.document.text.as_str();
    let own = statement.evidence().iter().fold(statement.sentence(), |all, w| all.cover(w.span));
    let sentences = &opened.reading.sentences;
    // A heading or a menu beside the sentence is not its context.
    let zone = opened.document.zone_at(own.start);
    let is_words = |s: &Sentence| s.span.of(text).is_some_and(|w| w.contains(char::is_alphanumeric));
    let alike = |s: &&Sentence| opened.document.zone_at(s.span.start) == zone && is_words(s);
    let first = sentences.partition_point(|s| s.span.start < own.start);
    let before = sentences.get(..first).and_then(|s| s.iter().rev().find(|s| s.span.end <= own.start)).filter(alike);
    let last = sentences.partition_point(|s| s.span.start < own.end);
    let after = sentences.get(last).filter(alike);
    let part = |span: Span| span.of(text).map(one_line).unwrap_or_default();
    let marks: Vec<Mark> =
        statement.evidence().iter().map(|w| Mark { span: w.span, statement: 0, depth: 0, first: false }).collect();
    let inner = segments(text, own, &marks, &overs(statement), &[]);
    html! {
        p.context dir=(direction(own.of(text).unwrap_or_default())) lang=[opened.document.metadata.language.as_deref()] {
            @if let Some(before) = before { span.near { (part(before.span)) } " " }
            @for segment in &inner { (marked(segment)) }
            @if let Some(after) = after { " " span.near { (part(after.span)) } }
        }
    }
}

fn marked(segment: &Segment<'_>) -> Markup {
    let class: Vec<&str> = segment.over.iter().map(|o| over_class(*o)).collect();
    let class = class.join(" ");
    html! {
        @match (segment.statements.is_empty(), class.is_empty()) {
            (true, true) => (segment.words),
            (true, false) => span class=(class) { (segment.words) },
            (false, _) => mark class=(class) { (segment.words) },
        }
    }
}

/// The words of a statement besides its claim's: voices, cues, hedges.
pub(crate) fn overs(statement: &Statement) -> Vec<(Span, Over)> {
    let mut all = Vec::new();
    for link in statement.chain() {
        all.extend(link.voice.words().map(|w| (w.span, Over::Voice)));
        all.extend(link.cue.as_ref().map(|w| (w.span, Over::Cue)));
    }
    all.extend(statement.claim().hedges.iter().map(|w| (w.span, Over::Hedge)));
    all
}

/// The class of what is shown over words.
pub(crate) fn over_class(over: Over) -> &'static str {
    match over {
        Over::Found => "found",
        Over::Coded => "coded",
        Over::Voice => "voice-words",
        Over::Cue => "cue-words",
        Over::Hedge => "hedge-words",
        Over::Zone(kind) => match kind {
            ZoneKind::Menu | ZoneKind::Note | ZoneKind::Reference | ZoneKind::Caption => "aside",
            ZoneKind::Body | ZoneKind::Title | ZoneKind::Heading | ZoneKind::Byline => "part",
        },
    }
}

/// The statements before and after in the document, among those that the legend's choice shows.
fn neighbours(opened: &Opened<'_>, statement: &Statement, voice: Option<&str>) -> Markup {
    let voices = opened.voices();
    let shown = |n: &usize| voice.is_none() || voices.tally_of(*n).map(|t| t.name.as_str()) == voice;
    let all = &opened.reading.statements;
    let here = all.iter().position(|s| s.id() == statement.id()).unwrap_or(0);
    let link = |n: usize, words: &str, rel: &str| {
        let address = |s: &Statement| {
            Address::document(&opened.document.id).maybe("voice", voice).with("statement", s.id()).at(anchor(s.id()))
        };
        html! { @if let Some(s) = all.get(n) { " · " a.step rel=(rel) href=(address(s)) { (words) } } }
    };
    html! {
        @if let Some(n) = (0..here).rev().find(|n| shown(n)) { (link(n, "← Previous", "prev")) }
        @if let Some(n) = (here + 1..all.len()).find(|n| shown(n)) { (link(n, "Next →", "next")) }
    }
}

/// Other statements in the same words: those inside which this one stands, and those that stand inside it.
fn around(opened: &Opened<'_>, statement: &Statement) -> Markup {
    let overlaps = |s: &&Statement| {
        let touch = |a: &Words| statement.evidence().iter().any(|b| a.span.overlaps(b.span));
        s.id() != statement.id() && s.evidence().iter().any(touch)
    };
    let others: Vec<&Statement> = opened.reading.statements.iter().filter(overlaps).collect();
    html! {
        @if !others.is_empty() {
            h3 { "Other statements in the same words" }
            ul.around {
                @for other in others.iter().take(20) {
                    li {
                        a href=(Address::document(&opened.document.id).with("statement", other.id()).at(anchor(other.id()))) {
                            (said(&other.text()))
                        }
                        " " span.quiet { "on the word of " (said(&opened.voice_name(other).1)) }
                    }
                }
            }
        }
    }
}
