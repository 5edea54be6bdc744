//! A document's text as a reading page: headings, captions and notes as what they are, menus folded away, the original's
//! pages in the margin, and the statements as marks, each voice with its own colour and line. What stands on the author's
//! own word is marked lightly, so that other voices stand out.

use super::address::{Address, Params};
use super::layout::{Frame, Problem, anchor, counted, direction, figure, page, pager, said};
use super::leaves::Block;
use super::panel::{beside, over_class, overs};
use super::segments::{Mark, Over, Segment, segments};
use super::shelf::{Layout, Opened, Shelf, Tally, VoiceKind};
use maud::{Markup, html};
use rashomon_core::{Digest, Span, Statement, ZoneKind};
use std::collections::BTreeMap;

/// Voices that the legend shows at once.
const LEGEND: usize = 10;

/// What a person chose to see of a document.
struct Choice<'a> {
    opened: Opened<'a>,
    layout: &'a Layout,
    statement: Option<&'a Statement>,
    voice: Option<usize>,
    found: Option<Span>,
    leaf: usize,
}

/// The page of a document.
pub(crate) fn whole(shelf: &Shelf, id: &str, params: &Params) -> Result<Markup, Problem> {
    let missing = || Problem::Missing(format!("The ledger holds no document {id:?}."));
    let opened = Digest::parse(id).and_then(|id| shelf.document(&id)).ok_or_else(missing)?;
    let choice = choose(shelf, opened, params);
    let document = opened.document;
    let frame = Frame { title: document.name(), here: "", ledger: &shelf.name, query: "" };
    let base = Address::document(&document.id);
    let kept = Params::default();
    let voice = choice.voice.and_then(|v| choice.layout.voices.get(v)).map(|t| t.name.as_str());
    let leafing = || {
        let base = base.clone().maybe("voice", voice);
        pager("Parts of the document", &base, &kept, choice.leaf + 1, choice.layout.leaves.len())
    };
    let body = html! {
        @if choice.statement.is_some() { a.skip href="#panel" { "Skip to the chosen statement" } }
        a.skip href="#text" { "Skip to the text" }
        div.document.chosen[choice.statement.is_some()] {
            div.about { (about(shelf, opened)) (legend(&choice)) }
            div.text #text tabindex="-1" {
                (leafing())
                h2.unseen { "Text" }
                (text(&choice, voice))
                (leafing())
            }
            aside.panel #panel aria-label="Chosen statement" tabindex="-1" {
                @match choice.statement {
                    Some(statement) => (beside(shelf, opened, statement, voice)),
                    None => p.hint { "Choose marked words to see on whose word they stand." },
                }
            }
        }
    };
    Ok(page(&frame, body))
}

fn choose<'a>(shelf: &'a Shelf, opened: Opened<'a>, params: &Params) -> Choice<'a> {
    let layout = opened.layout();
    let text = &opened.document.text;
    let statement = params.digest("statement").and_then(|id| shelf.statement(&id));
    let statement = statement.filter(|(o, _)| o.document.id == opened.document.id).map(|(_, s)| s);
    let found = params.get("at").and_then(|at| {
        let (start, end) = at.split_once('-')?;
        let byte = |n: &str| n.parse().ok().map(|n| layout.index.to_bytes(text, n));
        let span = Span { start: byte(start)?, end: byte(end)? };
        (span.start < span.end).then_some(span)
    });
    let focus = statement.and_then(|s| s.evidence().first()).map(|w| w.span).or(found);
    let asked = (params.page() - 1).min(layout.leaves.len().saturating_sub(1));
    Choice {
        opened,
        layout,
        statement,
        voice: params.get("voice").and_then(|v| layout.voices.iter().position(|t| t.name == v)),
        found,
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
                dd { (counted(opened.layout().index.chars() as usize, "code point", "code points")) ", " (document.media_type) }
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
    let voices = &choice.layout.voices;
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
    let first = choice.layout.voice_of.iter().position(|v| *v == number);
    let leaf = first.and_then(|s| choice.opened.reading.statements.get(s)).and_then(|s| s.evidence().first());
    let only = only.maybe("page", leaf.map(|w| choice.layout.leaf_of(w.span.start) + 1).filter(|p| *p > 1));
    let behind = Address::new("/statements").with("document", id).with("source", &tally.name);
    let name = if tally.is == VoiceKind::Author { "the author’s own word" } else { &tally.name };
    html! {
        li {
            a href=(only) aria-current=[(choice.voice == Some(number)).then_some("true")] {
                span class={"swatch " (look(choice.layout, number))} aria-hidden="true" { "Aa" } " " (said(name))
            }
            " " a.count href=(behind) aria-label=(format!("{}: the statements", counted(tally.count, "statement", "statements"))) {
                (figure(tally.count))
            }
        }
    }
}

/// The classes that give a voice its colour and its line. Seven colours and five lines make 35 voices that can be told
/// apart by either; after that the name tells.
fn look(layout: &Layout, voice: usize) -> String {
    match layout.voices.get(voice).map(|t| t.is) {
        Some(VoiceKind::Named) => {
            let before = layout.voices.iter().take(voice).filter(|t| t.is == VoiceKind::Named).count();
            format!("c{} l{}", before % 7, before % 5)
        }
        Some(VoiceKind::Unnamed) => "unnamed".to_owned(),
        _ => "own".to_owned(),
    }
}

/// The open leaf's text.
fn text(choice: &Choice<'_>, voice: Option<&str>) -> Markup {
    let range = choice.layout.leaves.get(choice.leaf).cloned().unwrap_or_default();
    let blocks = choice.layout.blocks.get(range).unwrap_or_default();
    let writer = Writer::new(choice, voice, blocks);
    let mut groups: Vec<&[Block]> = Vec::new();
    for chunk in blocks.chunk_by(|a, b| a.kind == ZoneKind::Menu && b.kind == ZoneKind::Menu) {
        groups.push(chunk);
    }
    html! {
        article.leaf lang=[choice.opened.document.metadata.language.as_deref()] {
            @if blocks.is_empty() { p.quiet lang="en" { "This document has no text." } }
            @for group in groups {
                @match group {
                    [first, ..] if first.kind == ZoneKind::Menu => (writer.folded(group)),
                    _ => @for block in group { (writer.block(block)) },
                }
            }
        }
    }
}

/// Writes blocks with their marks.
struct Writer<'a> {
    choice: &'a Choice<'a>,
    voice: Option<&'a str>,
    marks: Vec<Mark>,
    overs: Vec<(Span, Over)>,
    pages: Vec<(u32, u32)>,
    looks: BTreeMap<usize, String>,
}

impl<'a> Writer<'a> {
    fn new(choice: &'a Choice<'a>, voice: Option<&'a str>, blocks: &[Block]) -> Writer<'a> {
        let all = match (blocks.first(), blocks.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span { start: 0, end: 0 },
        };
        let layout = choice.layout;
        let chosen = choice.statement.map(|s| s.id());
        let mut marks = Vec::new();
        for (n, statement) in choice.opened.reading.statements.iter().enumerate() {
            let shown =
                choice.voice.is_none_or(|v| layout.voice_of.get(n) == Some(&v)) || chosen == Some(statement.id());
            for (part, words) in statement.evidence().iter().enumerate().filter(|_| shown) {
                if words.span.overlaps(all) {
                    let depth = statement.chain().len();
                    marks.push(Mark { span: words.span, statement: n, depth, first: part == 0 });
                }
            }
        }
        let zones = choice.opened.document.zones.iter().filter(|z| z.kind != ZoneKind::Body && z.span.overlaps(all));
        let mut shown: Vec<(Span, Over)> = zones.map(|z| (z.span, Over::Zone(z.kind))).collect();
        shown.extend(choice.statement.map(overs).unwrap_or_default());
        shown.extend(choice.found.map(|span| (span, Over::Found)));
        let looks = (0..layout.voices.len()).map(|v| (v, look(layout, v))).collect();
        Writer { choice, voice, marks, overs: shown, pages: pages(choice, all), looks }
    }

    /// Menus are set aside: folded, unless the chosen words stand in them.
    fn folded(&self, blocks: &[Block]) -> Markup {
        let all = blocks.iter().map(|b| b.span).reduce(Span::cover).unwrap_or(Span { start: 0, end: 0 });
        let chosen = self.choice.statement.is_some_and(|s| s.evidence().iter().any(|w| w.span.overlaps(all)));
        let open = chosen || self.choice.found.is_some_and(|f| f.overlaps(all));
        html! {
            details.menu open[open] {
                summary lang="en" { "Set aside as menu or page furniture: " (counted(blocks.len(), "line", "lines")) }
                @for block in blocks { (self.block(block)) }
            }
        }
    }

    fn block(&self, block: &Block) -> Markup {
        let outer = Over::Zone(block.kind);
        let segments = segments(&self.choice.opened.document.text, block.span, &self.marks, &self.overs, &self.pages);
        let direction = if block.right_to_left { "rtl" } else { "ltr" };
        let class = if block.keeps_lines { format!("{} lines", block.kind) } else { block.kind.to_string() };
        let inner = html! { @for segment in &segments { (self.segment(segment, outer)) } };
        html! {
            @match block.kind {
                ZoneKind::Title => h2 class=(class) dir=(direction) { (inner) },
                ZoneKind::Heading => h3 class=(class) dir=(direction) { (inner) },
                _ => p class=(class) dir=(direction) { (inner) },
            }
        }
    }

    fn segment(&self, segment: &Segment<'_>, outer: Over) -> Markup {
        let over: Vec<&str> = segment.over.iter().filter(|o| **o != outer).map(|o| over_class(*o)).collect();
        let class = over.join(" ");
        let found = self.choice.found.is_some_and(|f| f.start == segment.span.start);
        html! {
            @if let Some(page) = segment.page {
                span.page #{"p-" (page)} role="doc-pagebreak" aria-label={"page " (page) " of the original"}
                    data-page=(page) {}
            }
            @if found { span.anchor #at {} }
            @match segment.statements.split_first() {
                Some((inner, _)) => (self.mark(segment, *inner, &class)),
                None if class.is_empty() => (segment.words),
                None => span class=(class) { (segment.words) },
            }
        }
    }

    fn mark(&self, segment: &Segment<'_>, inner: usize, over: &str) -> Markup {
        let Some(statement) = self.choice.opened.reading.statements.get(inner) else {
            return html! { (segment.words) };
        };
        let voice = self.choice.layout.voice_of.get(inner).copied().unwrap_or(0);
        let look = self.looks.get(&voice).map(String::as_str).unwrap_or_default();
        let tally = self.choice.layout.voices.get(voice);
        let title = tally.filter(|t| t.is != VoiceKind::Author).map(|t| format!("on the word of {}", t.name));
        let chosen = self.choice.statement.and_then(|c| {
            segment.statements.iter().find(|n| self.choice.opened.reading.statements.get(**n) == Some(c))
        });
        let own = segment.begins.contains(&inner).then(|| anchor(statement.id()));
        let href =
            Address::new("").maybe("voice", self.voice).with("statement", statement.id()).at(anchor(statement.id()));
        let ids: Vec<String> = segment.statements.iter().map(usize::to_string).collect();
        html! {
            @for other in segment.begins.iter().filter(|n| **n != inner) {
                @if let Some(other) = self.choice.opened.reading.statements.get(*other) {
                    span.anchor id=(anchor(other.id())) {}
                }
            }
            a class={"m " (look) " " (over)} id=[own] href=(href) title=[title]
                aria-current=[chosen.map(|_| "true")] data-s=(ids.join(" ")) { (segment.words) }
        }
    }
}

/// The bytes at which pages of the original begin.
fn pages(choice: &Choice<'_>, all: Span) -> Vec<(u32, u32)> {
    let mut last = None;
    let mut found = Vec::new();
    for place in &choice.opened.document.places {
        let Some(page) = place.page else { continue };
        // A page that begins with white space is shown at the first words after it.
        let at = choice.layout.blocks.partition_point(|b| b.span.end <= place.span.start);
        let start = choice.layout.blocks.get(at).map_or(place.span.start, |b| b.span.start.max(place.span.start));
        if last != Some(page) && all.start <= start && start < all.end {
            found.push((start, page));
        }
        last = Some(page);
    }
    found
}
