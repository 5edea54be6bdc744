//! The network as a picture: actors as circles that stay where they are whatever year is chosen, ties as lines that say
//! by their stroke whether they bind or divide. Too much to read is thinned, and a note says by how much.

use super::canvas::{Anchor, Drawing, cut, measure};
use super::{Picture, Wish};
use crate::drawing::layout;
use crate::events::{Case, Coder, Interval};
use crate::filter::Filter;
use crate::graphs::{Link, Network};
use crate::resolve::Actors;
use rashomon_core::{Cell, Snapshot, StatementId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The picture.
pub const PICTURE: Picture = Picture {
    name: "network",
    about: "Who is said to be tied to whom: full lines bind, broken ones divide, dotted ones do neither; the thicker, the more statements. \
            With a voice as filter it is the network according to that voice",
    draw,
};

const WIDTH: f64 = 1240.0;
const HEIGHT: f64 = 860.0;
const MARGIN: f64 = 80.0;
/// Actors and ties drawn at most.
const ACTORS: usize = 500;
const TIES: usize = 2_000;
/// Names written at most; the others show when an actor is chosen.
const NAMES: usize = 150;

/// A part of the whole network that can be read.
struct Shown<'a> {
    network: &'a Network,
    /// Places of nodes, by their number in the network.
    at: BTreeMap<usize, (f64, f64)>,
    links: Vec<&'a Link>,
    size: (f64, f64),
}

fn draw(snapshot: &Snapshot, actors: &Actors, filter: &Filter, wish: &Wish) -> Drawing {
    let case = Case::of(snapshot, actors, filter, &Coder::bundled());
    let network = Network::of(snapshot, actors, &case);
    let columns =
        ["mark", "actor", "tie", "other", "since", "until", "statements", "documents", "on the word of", "denied"];
    let mut drawing = Drawing::new("network", "Network", &columns);
    drawing.years = years(&network.links);
    drawing.loose = true;
    let shown = shown(&network);
    let left = (network.nodes.len() - shown.at.len(), network.links.len() - shown.links.len());
    let of_year: Vec<&Link> = shown.links.iter().copied().filter(|l| wish.year.is_none_or(|y| holds(l, y))).collect();
    (drawing.width, drawing.height) = (shown.size.0, shown.size.1 + 44.0);
    let when = wish.year.map_or(String::new(), |y| format!(" said to hold in {y}"));
    drawing.words = format!(
        "{} ties{when} between {} actors. The table beneath says the same.",
        of_year.len(),
        of_year.iter().flat_map(|l| [l.from, l.to]).collect::<BTreeSet<_>>().len()
    );
    ties(&mut drawing, &shown, &of_year);
    circles(&mut drawing, &shown, &of_year);
    legend(&mut drawing, shown.size.1 + 20.0);
    if left != (0, 0) {
        drawing.marks.notes.push(format!(
            "thinned: {} actors and {} ties with the fewest statements are left out of the picture; the table has all",
            left.0, left.1
        ));
    }
    if let Some(year) = wish.year {
        let undated = shown.links.iter().filter(|l| span(l).is_none()).count();
        drawing.marks.notes.push(format!("ties said to hold in {year}; {undated} ties without a date are not shown"));
    }
    if of_year.is_empty() {
        drawing.marks.notes.push("no tie is told here".to_owned());
    }
    drawing
}

/// From when until when a tie is said to hold, as far as it is dated.
fn span(link: &Link) -> Option<Interval> {
    let of = |date: &Option<String>| date.as_deref().and_then(Interval::of);
    let (since, until) = (of(&link.edge.since), of(&link.edge.until));
    let first = since.or(until)?.first;
    let last = until.or(since)?.last;
    (first <= last).then_some(Interval { first, last })
}

fn holds(link: &Link, year: i64) -> bool {
    Interval::of(&format!("{year:04}")).zip(span(link)).is_some_and(|(year, span)| span.meets(year))
}

/// The first and last year of which a tie tells.
fn years(links: &[Link]) -> Option<(i64, i64)> {
    let year = |day: i64| Interval::iso(day).get(..4).and_then(|y| y.parse::<i64>().ok());
    let spans: Vec<Interval> = links.iter().filter_map(span).collect();
    let first = spans.iter().map(|s| s.first).filter(|d| *d != i64::MIN).min().and_then(year)?;
    let last = spans.iter().map(|s| s.last).filter(|d| *d != i64::MAX).max().and_then(year)?;
    (first <= last).then_some((first, last))
}

/// The ties with the most statements and the actors with the most ties, each at its place.
fn shown(network: &Network) -> Shown<'_> {
    let mut by_degree: Vec<usize> = (0..network.nodes.len()).collect();
    let degree = |n: usize| network.nodes.get(n).map_or(0, |node| node.degree);
    by_degree.sort_by_key(|n| (Reverse(degree(*n)), *n));
    let kept: BTreeSet<usize> = by_degree.into_iter().take(ACTORS).collect();
    let mut order: Vec<(usize, &Link)> =
        network.links.iter().enumerate().filter(|(_, l)| kept.contains(&l.from) && kept.contains(&l.to)).collect();
    order.sort_by_key(|(n, l)| (Reverse(l.edge.statements.len()), *n));
    order.truncate(TIES);
    order.sort_by_key(|(n, _)| *n);
    let links: Vec<&Link> = order.into_iter().map(|(_, l)| l).collect();
    let tied: BTreeSet<usize> = links.iter().flat_map(|l| [l.from, l.to]).collect();
    let nodes: Vec<usize> = tied.into_iter().collect();
    let place = |n: usize| nodes.binary_search(&n).ok();
    let pairs: Vec<(usize, usize)> = links.iter().filter_map(|l| Some((place(l.from)?, place(l.to)?))).collect();
    let mut circle: Vec<usize> = (0..nodes.len()).collect();
    let community = |n: usize| nodes.get(n).and_then(|n| network.nodes.get(*n)).map_or(0, |node| node.community);
    circle.sort_by_key(|n| (community(*n), *n));
    // More actors need more room, not smaller letters.
    let scale = (nodes.len() as f64 / 60.0).sqrt().max(0.55);
    let size = (WIDTH * scale, HEIGHT * scale);
    let places = layout(nodes.len(), &pairs, &circle);
    let at = nodes
        .iter()
        .zip(places)
        .map(|(n, (x, y))| (*n, (MARGIN + x * (size.0 - 2.0 * MARGIN), 30.0 + y * (size.1 - 60.0))));
    Shown { network, at: at.collect(), links, size }
}

fn name(network: &Network, node: usize) -> &str {
    network.nodes.get(node).map_or("", |n| n.name.as_str())
}

fn radius(degree: usize) -> f64 {
    6.0 + 1.8 * (degree as f64).sqrt()
}

fn ties(drawing: &mut Drawing, shown: &Shown<'_>, links: &[&Link]) {
    let mut beside: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for link in links {
        let (Some(from), Some(to)) = (shown.at.get(&link.from), shown.at.get(&link.to)) else { continue };
        let nth = beside.entry((link.from.min(link.to), link.from.max(link.to))).or_default();
        *nth += 1;
        let (a, b) = (name(shown.network, link.from), name(shown.network, link.to));
        let edge = &link.edge;
        let voices = edge.voices.iter().cloned().collect::<Vec<_>>().join("; ");
        let cells: Vec<Cell> = vec![
            "tie".into(),
            a.into(),
            link.kind.into(),
            b.into(),
            Cell::maybe(edge.since.clone()),
            Cell::maybe(edge.until.clone()),
            edge.statements.len().into(),
            edge.documents.len().into(),
            voices.as_str().into(),
            edge.denied.into(),
        ];
        let arrow = if edge.directed { "→" } else { "–" };
        let label = format!(
            "{a} {arrow} {b}: {}, {} statements, on the word of {}",
            link.kind,
            edge.statements.len(),
            cut(&voices, 900.0, 12.0)
        );
        let ends = format!("mark tie-of e{} e{}", link.from, link.to);
        if drawing.begin_as(cells, edge.statements.clone(), label, ends) {
            line(drawing, link, (*from, *to), *nth - 1, shown);
            drawing.end();
        }
    }
}

/// The line of a tie; the second and later between two actors are bent apart.
fn line(drawing: &mut Drawing, link: &Link, (from, to): ((f64, f64), (f64, f64)), nth: usize, shown: &Shown<'_>) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    // Bent to one side of the pair, the same whoever of the two comes first.
    let side = if link.from < link.to { 1.0 } else { -1.0 };
    let bend = side * nth.div_ceil(2) as f64 * 28.0 * if nth.is_multiple_of(2) { 1.0 } else { -1.0 };
    let middle = ((from.0 + to.0) / 2.0 - dy / length * bend, (from.1 + to.1) / 2.0 + dx / length * bend);
    let gap = radius(shown.network.nodes.get(link.to).map_or(0, |n| n.degree)) + 2.0;
    let (ex, ey) = (to.0 - middle.0, to.1 - middle.1);
    let reach = ex.hypot(ey).max(1.0);
    let end = (to.0 - ex / reach * gap, to.1 - ey / reach * gap);
    let sign = match link.edge.sign {
        1 => "binds",
        -1 => "divides",
        _ => "neither",
    };
    let width = match link.edge.statements.len() {
        0..=1 => 1,
        2..=4 => 2,
        5..=14 => 3,
        _ => 4,
    };
    let d = format!("M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", from.0, from.1, middle.0, middle.1, end.0, end.1);
    drawing.path(d.clone(), "reach");
    drawing.path(d, format!("tie {sign} w{width}"));
    if link.edge.directed {
        let (ux, uy) = (ex / reach, ey / reach);
        let (bx, by) = (end.0 - ux * 9.0, end.1 - uy * 9.0);
        let tip = format!(
            "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z",
            end.0,
            end.1,
            bx - uy * 4.5,
            by + ux * 4.5,
            bx + uy * 4.5,
            by - ux * 4.5
        );
        drawing.path(tip, format!("tip {sign}"));
    }
}

fn circles(drawing: &mut Drawing, shown: &Shown<'_>, links: &[&Link]) {
    let mut behind: BTreeMap<usize, BTreeSet<&StatementId>> = BTreeMap::new();
    let mut documents: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for link in links {
        for end in [link.from, link.to] {
            behind.entry(end).or_default().extend(&link.edge.statements);
            documents.entry(end).or_default().extend(&link.edge.documents);
        }
    }
    let degree = |n: usize| shown.network.nodes.get(n).map_or(0, |node| node.degree);
    let mut named: Vec<usize> = behind.keys().copied().collect();
    named.sort_by_key(|n| (Reverse(degree(*n)), *n));
    if named.len() > NAMES {
        drawing
            .marks
            .notes
            .push(format!("the names of {NAMES} actors are written; the others are told when one is chosen"));
    }
    let named: BTreeSet<usize> = named.into_iter().take(NAMES).collect();
    let mut taken: Vec<Rectangle> =
        behind.keys().filter_map(|n| shown.at.get(n).map(|at| around(*at, radius(degree(*n))))).collect();
    for (node, statements) in &behind {
        let Some((x, y)) = shown.at.get(node).copied() else { continue };
        let own = name(shown.network, *node);
        let cells: Vec<Cell> = vec![
            "actor".into(),
            own.into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            statements.len().into(),
            documents.get(node).map_or(0, BTreeSet::len).into(),
            Cell::Empty,
            Cell::Empty,
        ];
        let label = format!("{own}: {} statements tell of its ties", statements.len());
        let ids = statements.iter().map(|id| (*id).clone()).collect();
        if drawing.begin_as(cells, ids, label, format!("mark actor n{node}")) {
            let r = radius(degree(*node));
            drawing.circle((x, y), r.max(12.0), "hit");
            drawing.circle((x, y), r, "node");
            if named.contains(node) {
                write_name(drawing, own, (x, y), r, &mut taken, shown.size);
            }
            drawing.end();
        }
    }
}

/// Left, top, right, bottom.
type Rectangle = (f64, f64, f64, f64);

fn around((x, y): (f64, f64), r: f64) -> Rectangle {
    (x - r, y - r, x + r, y + r)
}

/// Writes a name where it covers least of what stands there already: beside, above or below.
fn write_name(
    drawing: &mut Drawing,
    words: &str,
    (x, y): (f64, f64),
    r: f64,
    taken: &mut Vec<Rectangle>,
    size: (f64, f64),
) {
    let words = cut(words, 190.0, 13.0);
    let width = measure(&words, 13.0);
    let places = [
        (x + r + 4.0, y + 4.5),
        (x - r - 4.0 - width, y + 4.5),
        (x - width / 2.0, y - r - 4.0),
        (x - width / 2.0, y + r + 14.0),
    ];
    let boxed = |(left, base): (f64, f64)| -> Rectangle { (left, base - 11.0, left + width, base + 3.0) };
    let cost = |at: (f64, f64)| {
        let own = boxed(at);
        let outside = (-own.0).max(0.0) + (own.2 - size.0).max(0.0);
        taken.iter().map(|other| shared(own, *other)).sum::<f64>() + outside * 200.0
    };
    let best = places
        .into_iter()
        .map(|at| (cost(at), at))
        .fold((f64::INFINITY, (x, y)), |best, next| if next.0 < best.0 { next } else { best });
    taken.push(boxed(best.1));
    drawing.text(best.1, words, "halo", Anchor::Start);
}

/// The area that two rectangles share.
fn shared(a: Rectangle, b: Rectangle) -> f64 {
    (a.2.min(b.2) - a.0.max(b.0)).max(0.0) * (a.3.min(b.3) - a.1.max(b.1)).max(0.0)
}

fn legend(drawing: &mut Drawing, y: f64) {
    let mut at = 20.0;
    for (class, words) in [("binds", "binds"), ("divides", "divides"), ("neither", "neither")] {
        at = drawing.line_key((at, y), &format!("tie {class} w2"), words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphs::testing::network as told;

    #[test]
    fn too_much_is_thinned_and_the_busiest_stay() {
        let names: Vec<String> = (0..700).map(|n| format!("Actor {n}")).collect();
        let mut ties: Vec<(&str, &str, i8)> =
            names.iter().skip(1).map(|n| (names[0].as_str(), n.as_str(), 1)).collect();
        ties.extend(names.windows(2).skip(1).take(100).map(|w| (w[0].as_str(), w[1].as_str(), -1)));
        let network = told(&ties);
        let shown = shown(&network);
        assert_eq!(shown.at.len(), ACTORS);
        assert!(shown.links.len() <= TIES && shown.at.keys().any(|n| name(&network, *n) == "Actor 0"));
    }

    #[test]
    fn a_tie_holds_in_the_years_between_its_dates() {
        let mut network = told(&[("Norland", "Estria", 1)]);
        let link = &mut network.links[0];
        (link.edge.since, link.edge.until) = (Some("1931".into()), Some("1935-02".into()));
        assert!(
            holds(link, 1931) && holds(link, 1933) && holds(link, 1935) && !holds(link, 1936) && !holds(link, 1930)
        );
        assert_eq!(years(&network.links), Some((1931, 1935)));
        (network.links[0].edge.since, network.links[0].edge.until) = (None, None);
        assert!(!holds(&network.links[0], 1933) && years(&network.links).is_none());
    }
}
