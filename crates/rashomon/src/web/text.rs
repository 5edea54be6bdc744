//! A document's text with its statements as marks: each voice with its own colour and line, what stands on the author's
//! own word lightly, menus folded away, the original's pages in the margin.

use super::address::Address;
use super::layout::{anchor, counted};
use super::leaves::Block;
use super::panel::{over_class, overs};
use super::segments::{Mark, Over, Segment, segments};
use super::shelf::{Layout, Opened, VoiceKind, Voices};
use maud::{Markup, html};
use rashomon_core::{Span, Statement, ZoneKind};
use std::collections::BTreeMap;

/// What a person chose to see of a document.
pub(crate) struct Choice<'a> {
    /// The document.
    pub(crate) opened: Opened<'a>,
    /// How it is laid out.
    pub(crate) layout: &'a Layout,
    /// Its voices.
    pub(crate) voices: &'a Voices,
    /// The chosen statement.
    pub(crate) statement: Option<&'a Statement>,
    /// The one voice that is shown; all if none.
    pub(crate) voice: Option<usize>,
    /// Words that a link leads to.
    pub(crate) found: Option<Span>,
    /// Words that a person coded.
    pub(crate) coded: Vec<Span>,
    /// The leaf that is open, counted from 0.
    pub(crate) leaf: usize,
}

/// The classes that give a voice its colour and its line. Seven colours and five lines make 35 voices that can be told
/// apart by either; after that the name tells.
pub(crate) fn look(voices: &Voices, voice: usize) -> String {
    match voices.all.get(voice).map(|t| t.is) {
        Some(VoiceKind::Named) => {
            let before = voices.all.iter().take(voice).filter(|t| t.is == VoiceKind::Named).count();
            format!("c{} l{}", before % 7, before % 5)
        }
        Some(VoiceKind::Unnamed) => "unnamed".to_owned(),
        _ => "own".to_owned(),
    }
}

/// The open leaf's text.
pub(crate) fn text(choice: &Choice<'_>, voice: Option<&str>) -> Markup {
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

/// The place of a heading on its leaf.
pub(crate) fn block_anchor(block: &Block) -> String {
    format!("h-{}", block.span.start)
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
        let voices = choice.voices;
        let chosen = choice.statement.map(|s| s.id());
        let mut marks = Vec::new();
        for (n, statement) in choice.opened.reading.statements.iter().enumerate() {
            let shown = choice.voice.is_none_or(|v| voices.of(n) == Some(v)) || chosen == Some(statement.id());
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
        shown.extend(choice.coded.iter().filter(|span| span.overlaps(all)).map(|span| (*span, Over::Coded)));
        let looks = (0..voices.all.len()).map(|v| (v, look(voices, v))).collect();
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
        // The script counts from here where selected words stand.
        let at = self.choice.layout.index.to_chars(&self.choice.opened.document.text, block.span.start);
        html! {
            @match block.kind {
                ZoneKind::Title => h2 class=(class) id=(block_anchor(block)) dir=(direction) data-at=(at) { (inner) },
                ZoneKind::Heading => h3 class=(class) id=(block_anchor(block)) dir=(direction) data-at=(at) { (inner) },
                _ => p class=(class) dir=(direction) data-at=(at) { (inner) },
            }
        }
    }

    fn segment(&self, segment: &Segment<'_>, outer: Over) -> Markup {
        let over: Vec<&str> = segment.over.iter().filter(|o| **o != outer).map(|o| over_class(*o)).collect();
        let class = over.join(" ");
        let found = self.choice.found.is_some_and(|f| f.start == segment.span.start);
        html! {
            @if let Some(page) = segment.page {
                span.page #{"p-" (page)} role="separator" aria-label={"page " (page) " of the original"}
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
        let statement = self.choice.opened.reading.statements.get(inner);
        let Some(statement) = statement.filter(|_| !segment.words.trim().is_empty()) else {
            return html! { (segment.words) };
        };
        let voice = self.choice.voices.of(inner).unwrap_or(0);
        let look = self.looks.get(&voice).map(String::as_str).unwrap_or_default();
        let tally = self.choice.voices.all.get(voice);
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

/// The bytes at which pages of the original begin, and the page on which the leaf does.
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
    // A leaf that begins amid a page says which.
    let amid = choice.opened.document.place_at(all.start).and_then(|p| p.page);
    if let Some(page) = amid.filter(|_| found.first().is_none_or(|(start, _)| *start > all.start)) {
        found.insert(0, (all.start, page));
    }
    found
}
