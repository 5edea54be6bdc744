//! Two accounts side by side: what they agree in, contradict each other in, differ in and have from each other, each with
//! both sentences, the verdict and the reason in words, what differs marked, numbers most of all; below it both texts
//! beside each other. A person can say of each comparison that it is right or wrong, or what it is instead.
//!
//! Works without scripts: a choice is an address, a verdict is a form.

use super::address::{Address, Params};
use super::gate::carried;
use super::layout::{Frame, Problem, capital, counted, direction, figure, page, said};
use super::panel::place_of;
use super::shelf::{Opened, Shelf, VoiceKind};
use crate::judging::ON_COMPARISONS;
use maud::{Markup, html};
use rashomon_core::judgement::{UNDO, live};
use rashomon_core::{Digest, DocumentId, Judgement, Span, Statement, ZoneKind};
use rashomon_derive::compare::{Comparison, Direction, Reuse, numbers};
use rashomon_derive::views::voice::one_line;
use rashomon_text::overlap::{Token, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Comparisons on one page.
const SHOWN: usize = 200;
/// Pairs of documents that the first page lists.
const PAIRS: usize = 500;

/// What two accounts are to each other in one point.
struct Relation<'a> {
    /// `contradict`, `differ`, `agree` or `repeat`.
    verdict: &'static str,
    /// In what, or whether a number was changed on the way.
    aspect: String,
    /// Why, in words.
    reason: String,
    /// Whether the two are independent, or which is the older.
    origin: String,
    a: Part<'a>,
    b: Part<'a>,
    /// Of two statements, so that it can be judged.
    judged: Option<(&'a Statement, &'a Statement)>,
}

/// One side of a relation.
struct Part<'a> {
    opened: Opened<'a>,
    /// The words that are compared.
    words: Vec<Span>,
    /// The words around them that are shown.
    context: Span,
    /// What differs from the other side, each with whether it is a number.
    changed: Vec<(Span, bool)>,
    /// On whose word; nothing for a passage.
    voice: Option<String>,
}

/// The page that lists every two documents that have something to do with each other.
pub(crate) fn pairs(shelf: &Shelf) -> Markup {
    let sides = shelf.accounts();
    let mut all: BTreeMap<(usize, usize), BTreeMap<&'static str, usize>> = BTreeMap::new();
    let place: BTreeMap<&DocumentId, usize> = shelf.snapshot.documents.iter().map(|(d, _)| &d.id).zip(0..).collect();
    let mut add = |a: &DocumentId, b: &DocumentId, verdict| {
        if let (Some(a), Some(b)) = (place.get(a), place.get(b)) {
            *all.entry((*a.min(b), *a.max(b))).or_default().entry(verdict).or_default() += 1;
        }
    };
    for comparison in &sides.compared.comparisons {
        if let (Some((a, _)), Some((b, _))) = (shelf.statement(&comparison.a), shelf.statement(&comparison.b)) {
            add(&a.document.id, &b.document.id, comparison.verdict.as_str());
        }
    }
    for passage in sides.repeated.iter() {
        add(&passage.a.document, &passage.b.document, "repeat");
    }
    let count = |of: &BTreeMap<&'static str, usize>, verdict: &str| of.get(verdict).copied().unwrap_or_default();
    let mut order: Vec<_> = all.iter().collect();
    order.sort_by_key(|(pair, of)| (std::cmp::Reverse(VERDICTS.map(|(verdict, ..)| count(of, verdict))), **pair));
    let name = |n: usize| shelf.snapshot.documents.get(n).map(|(d, _)| d);
    let frame = Frame { title: "Accounts side by side", here: "/view/compare", ledger: &shelf.name, query: "" };
    let body = html! {
        h1 { "Accounts side by side" }
        p.lead {
            (counted(order.len(), "pair", "pairs")) " of documents have something to do with each other. "
            "What cannot be seen to be about the same is not compared. "
            a href="/view/compare" { "Every comparison as a table" } "."
        }
        @if order.len() > PAIRS { p.quiet { "The first " (figure(PAIRS)) " are shown." } }
        @if !order.is_empty() {
            div.scroll tabindex="0" role="region" aria-label="Pairs of documents" {
                table.view role="table" {
                    thead role="rowgroup" {
                        tr role="row" {
                            th scope="col" role="columnheader" { "Two documents" }
                            @for (_, _, noun) in VERDICTS { th.number scope="col" role="columnheader" { (capital(noun)) } }
                        }
                    }
                    tbody role="rowgroup" {
                        @for ((a, b), of) in order.iter().take(PAIRS) {
                            @if let (Some(a), Some(b)) = (name(*a), name(*b)) {
                                tr role="row" {
                                    td.claim role="cell" {
                                        a href=(address(&a.id, &b.id)) {
                                            (said(a.name())) @if a.id == b.id { ", within itself" } @else { " beside " (said(b.name())) }
                                        }
                                    }
                                    @for (verdict, _, noun) in VERDICTS {
                                        td.number role="cell" data-column=(noun) { (figure(count(of, verdict))) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    page(&frame, body)
}

/// The verdicts in the order in which they are shown, in words and as a noun.
const VERDICTS: [(&str, &str, &str); 4] = [
    ("contradict", "They contradict each other", "contradictions"),
    ("differ", "They differ", "differences"),
    ("agree", "They agree", "agreements"),
    ("repeat", "The same passage", "repeated passages"),
];

/// The page of two documents or of two statements.
pub(crate) fn whole(shelf: &Shelf, a: &str, b: &str, params: &Params) -> Result<Markup, Problem> {
    let missing = || {
        Problem::Missing(
            "Two documents or two statements are laid side by side by their names, and the ledger does not hold these. A statement’s \
             name changes when its document is read by a newer reader."
                .into(),
        )
    };
    let (a, b) = (Digest::parse(a).ok_or_else(missing)?, Digest::parse(b).ok_or_else(missing)?);
    if let (Some(a), Some(b)) = (shelf.statement(&a), shelf.statement(&b)) {
        return Ok(statements(shelf, a, b));
    }
    let (a, b) = (shelf.document(&a).ok_or_else(missing)?, shelf.document(&b).ok_or_else(missing)?);
    Ok(documents(shelf, a, b, params))
}

/// The address of two documents or two statements side by side.
pub(crate) fn address(a: &Digest, b: &Digest) -> Address {
    Address::new(format!("/compare/{a}/{b}"))
}

fn statements<'a>(shelf: &'a Shelf, a: (Opened<'a>, &'a Statement), b: (Opened<'a>, &'a Statement)) -> Markup {
    let relation = |c: &&Comparison| (&c.a, &c.b) == (a.1.id(), b.1.id()) || (&c.b, &c.a) == (a.1.id(), b.1.id());
    let found = shelf.accounts().compared.comparisons.iter().find(relation);
    let shown = match found {
        Some(found) => of_statements(shelf, found),
        None => Some(Relation {
            verdict: "",
            aspect: String::new(),
            reason: "Nothing is said of these two: it was not seen that they are about the same.".into(),
            origin: String::new(),
            a: part(&a, &b),
            b: part(&b, &a),
            judged: Some((a.1, b.1)),
        }),
    };
    let back = address(a.1.id(), b.1.id()).to_string();
    let frame = Frame { title: "Two statements side by side", here: "/view/compare", ledger: &shelf.name, query: "" };
    let body = html! {
        p.crumbs { a href=(address(&a.0.document.id, &b.0.document.id)) { "All that these documents have to do with each other" } }
        h1 { "Two statements side by side" }
        @if let Some(relation) = &shown { (row(shelf, relation, None, &back)) }
    };
    page(&frame, body)
}

fn documents<'a>(shelf: &'a Shelf, a: Opened<'a>, b: Opened<'a>, params: &Params) -> Markup {
    let place = |id: &DocumentId| shelf.snapshot.documents.iter().position(|(d, _)| d.id == *id);
    let (a, b) = if place(&a.document.id) <= place(&b.document.id) { (a, b) } else { (b, a) };
    let all = relations(shelf, &a, &b);
    let shown = all.get(..SHOWN.min(all.len())).unwrap_or_default();
    let one = a.document.id == b.document.id;
    let back = address(&a.document.id, &b.document.id).to_string();
    let frame = Frame { title: "Accounts side by side", here: "/view/compare", ledger: &shelf.name, query: "" };
    let body = html! {
        p.crumbs { a href="/compare" { "Accounts side by side" } }
        h1 { (said(a.document.name())) @if one { ", within itself" } @else { " beside " (said(b.document.name())) } }
        p.lead {
            @for (n, (verdict, _, noun)) in VERDICTS.iter().enumerate() {
                @if n > 0 { ", " } (figure(all.iter().filter(|r| r.verdict == *verdict).count())) " " (noun)
            }
            ". " a href="#texts" { "Both texts" }
        }
        @if all.is_empty() { p.quiet { "Nothing in them was seen to be about the same." } }
        @for (n, relation) in shown.iter().enumerate() { (row(shelf, relation, Some(n), &back)) }
        @if all.len() > shown.len() { p.quiet { "The first " (figure(SHOWN)) " of " (figure(all.len())) " are shown." } }
        h2 #texts { @if one { "The text" } @else { "Both texts" } }
        p.quiet { "Marked words lead to what is said of them above." }
        div.sides {
            (column(&a, shown, true, params, &back))
            @if !one { (column(&b, shown, false, params, &back)) }
        }
    };
    page(&frame, body)
}

/// Everything that two documents have to do with each other, contradictions first.
fn relations<'a>(shelf: &'a Shelf, a: &Opened<'a>, b: &Opened<'a>) -> Vec<Relation<'a>> {
    let sides = shelf.accounts();
    let both = |x: &DocumentId, y: &DocumentId| {
        (x, y) == (&a.document.id, &b.document.id) || (y, x) == (&a.document.id, &b.document.id)
    };
    let own = |c: &&Comparison| {
        let of = [&c.a, &c.b].map(|id| shelf.statement(id).map(|(opened, _)| &opened.document.id));
        matches!(of, [Some(x), Some(y)] if both(x, y))
    };
    let mut all: Vec<Relation<'_>> =
        sides.compared.comparisons.iter().filter(own).filter_map(|c| of_statements(shelf, c)).collect();
    let repeated = sides.repeated.iter().filter(|r| both(&r.a.document, &r.b.document));
    all.extend(repeated.filter_map(|r| of_passages(shelf, r)));
    for relation in all.iter_mut().filter(|r| r.a.opened.document.id != a.document.id) {
        std::mem::swap(&mut relation.a, &mut relation.b);
    }
    let rank = |r: &Relation<'_>| VERDICTS.iter().position(|(verdict, ..)| *verdict == r.verdict);
    all.sort_by_key(|r| (rank(r), r.verdict == "repeat" && r.aspect.is_empty(), r.a.context.start, r.b.context.start));
    all
}

fn of_statements<'a>(shelf: &'a Shelf, found: &Comparison) -> Option<Relation<'a>> {
    let (a, b) = (shelf.statement(&found.a)?, shelf.statement(&found.b)?);
    let origin = match (found.independence.as_str(), &found.root) {
        ("independent", _) => "independent of each other, as far as the documents tell".to_owned(),
        ("same_root", Some(root)) => format!("one source: {}", one_line(root)),
        ("same_root", None) => "one source".to_owned(),
        ("copied", _) => "one has the other’s words".to_owned(),
        _ => "whether they are independent cannot be told".to_owned(),
    };
    let inside = found.a == found.b;
    Some(Relation {
        verdict: found.verdict.as_str(),
        aspect: found.aspect.as_str().to_owned(),
        reason: found.reason.clone(),
        origin: if inside { "both in one statement".to_owned() } else { origin },
        a: part(&a, &b),
        b: part(&b, &a),
        judged: Some((a.1, b.1)),
    })
}

/// A statement as one side, beside another.
fn part<'a>((opened, own): &(Opened<'a>, &'a Statement), (_, theirs): &(Opened<'a>, &'a Statement)) -> Part<'a> {
    let words: Vec<Span> = own.evidence().iter().map(|w| w.span).collect();
    let there: BTreeSet<String> =
        theirs.evidence().iter().flat_map(|w| words_of(&w.text)).map(|(word, _)| word).collect();
    let mut changed = Vec::new();
    for evidence in own.evidence() {
        for (word, range) in words_of(&evidence.text).into_iter().filter(|(word, _)| !there.contains(word)) {
            let number = !numbers(&word).is_empty() || matches!(word.as_str(), "half" | "quarter");
            // Small words that differ tell nothing.
            if number || word.chars().count() > 3 {
                let at = |byte: usize| evidence.span.start + u32::try_from(byte).unwrap_or_default();
                changed.push((Span { start: at(range.start), end: at(range.end) }, number));
            }
        }
    }
    let context = words.iter().fold(own.sentence(), |all, w| all.cover(*w));
    let voice = match opened.voice_name(own) {
        (VoiceKind::Author, name) => name,
        (_, name) => format!("on the word of {name}"),
    };
    Part { opened: *opened, words, context, changed, voice: Some(voice) }
}

/// The words of a text in small letters and without the `s` of a plural, each with its place.
fn words_of(text: &str) -> Vec<(String, Range<usize>)> {
    let word = |token: Token| {
        let range = token.start as usize..token.end as usize;
        let lower = text.get(range.clone()).unwrap_or_default().to_lowercase();
        let bare = lower.strip_suffix('s').filter(|bare| bare.chars().count() > 3).unwrap_or(&lower);
        (bare.to_owned(), range)
    };
    tokens(text).into_iter().map(word).collect()
}

fn of_passages<'a>(shelf: &'a Shelf, found: &Reuse) -> Option<Relation<'a>> {
    let (a, b) = (shelf.document(&found.a.document)?, shelf.document(&found.b.document)?);
    let words = |opened: &Opened<'_>, span: Span| one_line(span.of(&opened.document.text).unwrap_or_default());
    let counted =
        |opened: &Opened<'_>, span: Option<Span>| span.map(|s| numbers(&words(opened, s))).unwrap_or_default();
    let mut number = false;
    let (mut in_a, mut in_b) = (Vec::new(), Vec::new());
    for change in &found.changed {
        let (x, y) = (counted(&a, change.a), counted(&b, change.b));
        let other = !x.is_empty() && !y.is_empty() && x != y;
        number |= other;
        in_a.extend(change.a.map(|span| (span, other)));
        in_b.extend(change.b.map(|span| (span, other)));
    }
    let side = |opened: &Opened<'a>, span, changed| Part {
        opened: *opened,
        words: vec![span],
        context: span,
        changed,
        voice: None,
    };
    let older = match found.direction {
        Direction::AToB => format!("{} is the older", one_line(a.document.name())),
        Direction::BToA => format!("{} is the older", one_line(b.document.name())),
        Direction::Unknown => "which is the older is not known".to_owned(),
    };
    let share = (found.share * 100.0).round() as usize;
    Some(Relation {
        verdict: "repeat",
        aspect: if number { "with another number".to_owned() } else { String::new() },
        reason: format!("{share} of 100 words are the same"),
        origin: if a.document.id == b.document.id { "both in one document".to_owned() } else { older },
        a: side(&a, found.a.span, in_a),
        b: side(&b, found.b.span, in_b),
        judged: None,
    })
}

/// A relation as a row: the verdict with its reason, both sides, and what people say of it.
fn row(shelf: &Shelf, relation: &Relation<'_>, number: Option<usize>, back: &str) -> Markup {
    let words = VERDICTS
        .iter()
        .find(|(verdict, ..)| *verdict == relation.verdict)
        .map_or("Not compared", |(_, words, _)| words);
    let inside = relation.judged.is_some_and(|(a, b)| a.id() == b.id());
    html! {
        section.relation.(if relation.verdict.is_empty() { "silent" } else { relation.verdict }) id=[number.map(|n| format!("r-{}", n + 1))] {
            h2 {
                @if let Some(n) = number { (n + 1) ". " }
                @if inside { "It cannot be right in itself" } @else { (words) }
                @if !relation.aspect.is_empty() { " " span.aspect { "(" (relation.aspect) ")" } }
            }
            p.reason { (capital(&one_line(&relation.reason))) @if !relation.origin.is_empty() { ". " (capital(&relation.origin)) "." } }
            div.sides {
                (shown(&relation.a, number, true))
                @if !inside { (shown(&relation.b, number, false)) }
            }
            @match relation.judged {
                Some((a, b)) => {
                    p.onward {
                        @if number.is_some() { a href=(address(a.id(), b.id())) { "These two by themselves" } }
                    }
                    (judge(shelf, a, b, relation.verdict, number, back))
                }
                None => {}
            }
        }
    }
}

/// One side: on whose word, the sentence with the compared words and what differs, and the way to its place.
fn shown(part: &Part<'_>, number: Option<usize>, first: bool) -> Markup {
    let document = part.opened.document;
    let text = part.context.of(&document.text).unwrap_or_default();
    let start = part.words.iter().map(|w| w.start).min().unwrap_or(part.context.start);
    let end = part.words.first().map_or(part.context.end, |w| w.end);
    let way = place_of(&part.opened, Span { start, end: end.max(start + 1) });
    let page_of = document.place_at(start).and_then(|p| p.page);
    let mut layers: Vec<(Span, &str)> = part.words.iter().map(|span| (*span, "compared")).collect();
    layers
        .extend(part.changed.iter().map(|(span, number)| (*span, if *number { "number-changed" } else { "changed" })));
    let side = if first { "first" } else { "second" };
    html! {
        div.side {
            p.whose {
                strong { (said(document.name())) }
                @if let Some(voice) = &part.voice { ", " (said(voice)) }
            }
            p.text dir=(direction(text)) lang=[document.metadata.language.as_deref()] {
                @for (words, classes) in pieces(&document.text, part.context, &layers) { (marked(words, &classes)) }
            }
            p.quiet {
                a href=(way) aria-label={ "Place in the document, " (side) " side" @if let Some(n) = number { ", " (n + 1) } } { "Place in the document" }
                @if let Some(n) = page_of { ", page " (n) }
            }
        }
    }
}

/// A stretch of words with the classes of what lies over it.
fn marked(words: &str, classes: &[&str]) -> Markup {
    let over = classes.join(" ");
    html! {
        @if classes.iter().any(|c| c.ends_with("changed")) { mark class=(over) { (words) } }
        @else if over.is_empty() { (words) }
        @else { span class=(over) { (words) } }
    }
}

/// The words of a stretch, cut wherever something begins or ends, each with the classes of what lies over it.
fn pieces<'t, 'c>(text: &'t str, whole: Span, layers: &[(Span, &'c str)]) -> Vec<(&'t str, Vec<&'c str>)> {
    let mut cuts: BTreeSet<u32> = [whole.start, whole.end].into();
    let inside = layers.iter().flat_map(|(span, _)| [span.start, span.end]);
    cuts.extend(inside.filter(|at| (whole.start..=whole.end).contains(at)));
    let cuts: Vec<u32> = cuts.into_iter().collect();
    let piece = |pair: &[u32]| {
        let span = Span { start: *pair.first()?, end: *pair.last()? };
        let mut classes: Vec<&str> = Vec::new();
        for (_, class) in layers.iter().filter(|(layer, _)| layer.contains(span)) {
            if !classes.contains(class) {
                classes.push(class);
            }
        }
        Some((span.of(text)?, classes))
    };
    cuts.windows(2).filter_map(piece).collect()
}

/// What a person said of two statements, and the buttons to say it.
fn judge(shelf: &Shelf, a: &Statement, b: &Statement, verdict: &str, number: Option<usize>, back: &str) -> Markup {
    let standing = last_word(&shelf.snapshot.judgements, a, b);
    let place = number.map(|n| format!("{back}#r-{}", n + 1)).unwrap_or_else(|| back.to_owned());
    let button = |value: &str, words: &str| {
        html! {
            button name="verdict" value=(value) aria-label=[number.map(|n| format!("{words}, {}", n + 1))] { (words) }
        }
    };
    html! {
        form.judge action="/judge" method="post" {
            (carried(shelf, &place))
            input type="hidden" name="first" value=(a.id());
            input type="hidden" name="second" value=(b.id());
            @if let Some(said_of) = standing {
                p.notice role="status" {
                    "Judged " strong { (said(&said_of.verdict)) } " by " (said(&said_of.agent)) "."
                    @if !said_of.note.is_empty() { " " (said(&said_of.note)) }
                }
                (button(UNDO, "Take back")) " "
            }
            @if !verdict.is_empty() { (button("right", "Right")) " " }
            (button("wrong", "Wrong")) " "
            @if a.id() != b.id() {
                @for other in ON_COMPARISONS.iter().filter(|other| **other != verdict) {
                    (button(other, match *other { "agree" => "They agree", "contradict" => "They contradict", _ => "They differ" })) " "
                }
            }
        }
    }
}

/// The last verdict on two statements, by their words, unless it was taken back.
fn last_word<'a>(judgements: &'a [Judgement], a: &Statement, b: &Statement) -> Option<&'a Judgement> {
    let (x, y) = (one_line(&a.text()), one_line(&b.text()));
    let on = |j: &&Judgement| {
        let words = j.words.split_once('\n').filter(|_| j.target.contains(' '));
        words.is_some_and(|(first, second)| (first, second) == (&x, &y) || (first, second) == (&y, &x))
    };
    live(judgements).into_iter().filter(on).max_by_key(|j| j.sequence).filter(|j| j.verdict != UNDO)
}

/// A document's text, leaf by leaf, with the words that are compared above as marks that lead there.
fn column(opened: &Opened<'_>, relations: &[Relation<'_>], first: bool, params: &Params, back: &str) -> Markup {
    let layout = opened.layout();
    let name = if first { "left" } else { "right" };
    let asked = params.get(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).max(1) - 1;
    let leaf = asked.min(layout.leaves.len().saturating_sub(1));
    let range: Range<usize> = layout.leaves.get(leaf).cloned().unwrap_or_default();
    let blocks = layout.blocks.get(range).unwrap_or_default();
    let mut places: Vec<(Span, usize, &str)> = Vec::new();
    for (n, relation) in relations.iter().enumerate() {
        for part in [&relation.a, &relation.b].into_iter().filter(|p| p.opened.document.id == opened.document.id) {
            places.extend(part.words.iter().map(|span| (*span, n, relation.verdict)));
        }
    }
    let to = |n: usize| Address::new(back).with_all(&params.without(&[name])).with(name, n).at("texts");
    let leaves = layout.leaves.len();
    html! {
        div.side {
            h3 { a href=(Address::document(&opened.document.id)) { (said(opened.document.name())) } }
            @if leaves > 1 {
                nav.pager aria-label={ "Parts of the " (if first { "first" } else { "second" }) " text" } {
                    @if leaf > 0 { a rel="prev" href=(to(leaf)) { "← Previous" } }
                    span { (leaf + 1) " of " (leaves) }
                    @if leaf + 1 < leaves { a rel="next" href=(to(leaf + 2)) { "Next →" } }
                }
            }
            div.leaf lang=[opened.document.metadata.language.as_deref()] {
                @for block in blocks.iter().filter(|b| b.kind != ZoneKind::Menu) {
                    p class=(block.kind) dir=(if block.right_to_left { "rtl" } else { "ltr" }) {
                        (compared(&opened.document.text, block.span, &places))
                    }
                }
            }
        }
    }
}

/// A block's words, each compared stretch a way to the gravest of what is said of it.
fn compared(text: &str, block: Span, places: &[(Span, usize, &str)]) -> Markup {
    let names: Vec<(Span, String)> = places
        .iter()
        .filter(|(span, ..)| span.overlaps(block))
        .map(|(span, n, verdict)| (*span, format!("{n} {verdict}")))
        .collect();
    let layers: Vec<(Span, &str)> = names.iter().map(|(span, name)| (*span, name.as_str())).collect();
    html! {
        @for (words, classes) in pieces(text, block, &layers) {
            // Relations stand in the order of their gravity.
            @match classes.iter().filter_map(|c| { let (n, verdict) = c.split_once(' ')?; Some((n.parse::<usize>().ok()?, verdict)) }).min() {
                Some((n, verdict)) if !words.trim().is_empty() => a.rel.(verdict) href={ "#r-" (n + 1) } { (words) },
                _ => (words),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_something_begins_or_ends_and_none_is_lost() {
        let text = "The firing lasted ten minutes.";
        let layers = [(Span::new(4, 29), "compared"), (Span::new(18, 21), "number-changed")];
        let all = pieces(text, Span::new(0, 30), &layers);
        assert_eq!(all.iter().map(|(words, _)| *words).collect::<String>(), text);
        assert_eq!(all[2], ("ten", vec!["compared", "number-changed"]));
        assert_eq!(all[4], (".", vec![]));
    }
}
