//! A map of causes as a picture: SVG, the same every time, readable in print. Causes stand left of their effects, in columns
//! (layers as in Sugiyama, Tagawa and Toda 1981); what hangs together stands together. A picture always says whose map it is.

use crate::causes::{Edge, Map};
use crate::graphs::escaped;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

const BOX: f64 = 200.0;
const GAP: f64 = 120.0;
const LINE: f64 = 15.0;
const BETWEEN: f64 = 14.0;
const MARGIN: f64 = 20.0;
const HEAD: f64 = 64.0;
/// Letters of a line, lines of a box.
const LETTERS: usize = 30;
const LINES: usize = 4;
/// Edges that a picture shows at most: those that most statements make. More cannot be read.
const MOST: usize = 80;
/// Rounds in which the boxes of a column are put near what they hang on.
const ROUNDS: usize = 6;

/// What stands around a picture.
pub struct Caption<'a> {
    /// Whose map it is.
    pub title: &'a str,
    /// What must be said of it besides; may be empty.
    pub note: &'a str,
    /// Where an edge leads, on a page.
    pub link: Option<&'a dyn Fn(&Edge) -> String>,
    /// Words under the name of a node, such as its value in a run.
    pub under: Option<&'a dyn Fn(usize) -> Option<String>>,
}

/// One box.
struct Placed {
    lines: Vec<String>,
    layer: usize,
    x: f64,
    y: f64,
    height: f64,
}

/// The edges that are shown, as places in the map.
fn shown(map: &Map) -> Vec<usize> {
    let mut order: Vec<usize> = (0..map.edges.len()).collect();
    let count = |n: &usize| map.edges.get(*n).map_or(0, |e| e.statements.len());
    order.sort_by_key(|n| (std::cmp::Reverse(count(n)), *n));
    order.truncate(MOST);
    order.sort_unstable();
    order
}

/// Nodes that hang together, largest first.
fn components(edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut of: BTreeMap<usize, usize> = edges.iter().flat_map(|(a, b)| [(*a, *a), (*b, *b)]).collect();
    loop {
        let mut changed = false;
        for (a, b) in edges {
            let least = of.get(a).copied().unwrap_or(*a).min(of.get(b).copied().unwrap_or(*b));
            for end in [a, b] {
                changed |= of.insert(*end, least) != Some(least);
            }
        }
        if !changed {
            break;
        }
    }
    let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    of.iter().for_each(|(node, first)| all.entry(*first).or_default().push(*node));
    let mut all: Vec<Vec<usize>> = all.into_values().collect();
    all.sort_by_key(|nodes| (std::cmp::Reverse(nodes.len()), nodes.first().copied()));
    all
}

/// The column of each node of a component: right of everything that acts on it, as far as cycles allow.
fn layers(nodes: &[usize], edges: &[(usize, usize)]) -> BTreeMap<usize, usize> {
    let mut left: BTreeSet<usize> = nodes.iter().copied().collect();
    let mut layer: BTreeMap<usize, usize> = BTreeMap::new();
    while !left.is_empty() {
        let free = |node: &usize| !edges.iter().any(|(a, b)| b == node && a != b && left.contains(a));
        // In a cycle, what most others wait for goes first.
        let waiting = |node: &usize| edges.iter().filter(|(a, b)| a == node && left.contains(b)).count();
        let next =
            left.iter().find(|n| free(n)).or_else(|| left.iter().max_by_key(|n| (waiting(n), std::cmp::Reverse(**n))));
        let Some(next) = next.copied() else { break };
        let before = edges.iter().filter(|(_, b)| *b == next).filter_map(|(a, _)| layer.get(a)).max();
        layer.insert(next, before.map_or(0, |l| l + 1));
        left.remove(&next);
    }
    layer
}

/// Breaks a name into lines.
fn wrapped(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split_whitespace() {
        let word: String = word.chars().take(LETTERS).collect();
        let used = lines.last().map_or(0, |l| l.chars().count());
        if used > 0 && used + 1 + word.chars().count() > LETTERS {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.iter_mut().skip(LINES - 1).for_each(|l| l.push_str(" …"));
    }
    lines
}

/// Where every box stands, and the size of the whole.
fn placed(map: &Map, edges: &[(usize, usize)], caption: &Caption<'_>) -> (BTreeMap<usize, Placed>, f64, f64) {
    let mut all: BTreeMap<usize, Placed> = BTreeMap::new();
    let (mut top, mut width) = (HEAD, BOX);
    for nodes in components(edges) {
        let own: Vec<(usize, usize)> = edges.iter().filter(|(a, _)| nodes.contains(a)).copied().collect();
        let layer = layers(&nodes, &own);
        let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        layer.iter().for_each(|(node, layer)| columns.entry(*layer).or_default().push(*node));
        for node in &nodes {
            let mut lines = wrapped(map.nodes.get(*node).map_or("", |n| n.name.as_str()));
            lines.extend(caption.under.and_then(|under| under(*node)));
            let layer = layer.get(node).copied().unwrap_or_default();
            let height = lines.len() as f64 * LINE + 12.0;
            all.insert(*node, Placed { lines, layer, x: MARGIN + layer as f64 * (BOX + GAP), y: 0.0, height });
        }
        let bottom = stack(&mut all, &columns, &own, top);
        width = width.max(columns.len() as f64 * (BOX + GAP) - GAP);
        top = bottom + BETWEEN * 2.0;
    }
    (all, width + 2.0 * MARGIN, top + 30.0)
}

/// Stacks the boxes of each column near what they hang on; returns where the lowest ends.
fn stack(
    all: &mut BTreeMap<usize, Placed>,
    columns: &BTreeMap<usize, Vec<usize>>,
    edges: &[(usize, usize)],
    top: f64,
) -> f64 {
    let height = |all: &BTreeMap<usize, Placed>, nodes: &[usize]| {
        nodes.iter().filter_map(|n| all.get(n)).map(|p| p.height + BETWEEN).sum::<f64>() - BETWEEN
    };
    let tallest = columns.values().map(|nodes| height(all, nodes)).fold(0.0, f64::max);
    let mut columns = columns.clone();
    for round in 0..ROUNDS {
        for nodes in columns.values_mut() {
            if round > 0 {
                let middle = |node: &usize| {
                    let ends = edges.iter().filter(|(a, b)| a == node || b == node);
                    let others = ends.map(|(a, b)| if a == node { b } else { a });
                    let places: Vec<f64> = others.filter_map(|n| all.get(n)).map(|p| p.y + p.height / 2.0).collect();
                    places.iter().sum::<f64>() / places.len().max(1) as f64
                };
                nodes.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.cmp(b)));
            }
            let mut y = top + (tallest - height(all, nodes)) / 2.0;
            for node in nodes.iter() {
                if let Some(placed) = all.get_mut(node) {
                    placed.y = y;
                    y += placed.height + BETWEEN;
                }
            }
        }
    }
    top + tallest
}

/// Writes the picture: full lines bring about, broken ones prevent, dotted ones cancel out or are denied.
pub fn svg(map: &Map, caption: &Caption<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let order = shown(map);
    let edges: Vec<&Edge> = order.iter().filter_map(|n| map.edges.get(*n)).collect();
    let pairs: Vec<(usize, usize)> = edges.iter().map(|e| (e.cause, e.effect)).collect();
    let (boxes, width, height) = placed(map, &pairs, caption);
    let width = width.max(640.0);
    // What holds links is no single image to those who cannot see it.
    let role = if caption.link.is_some() { "group" } else { "img" };
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" role=\"{role}\" aria-labelledby=\"causes-title\">"
    )?;
    writeln!(out, "<title id=\"causes-title\">Map of causes {}</title>", escaped(caption.title))?;
    writeln!(
        out,
        "<defs><marker id=\"causes-tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#333\"/></marker></defs>"
    )?;
    writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>")?;
    let words = format!("Map of causes {}", caption.title);
    writeln!(out, "<text x=\"{MARGIN}\" y=\"24\" font-size=\"15\" fill=\"#000\">{}</text>", escaped(&words))?;
    writeln!(out, "<text x=\"{MARGIN}\" y=\"44\" font-size=\"12\" fill=\"#444\">{}</text>", escaped(caption.note))?;
    for edge in &edges {
        if let (Some(a), Some(b)) = (boxes.get(&edge.cause), boxes.get(&edge.effect)) {
            arrow(map, edge, a, b, caption, out)?;
        }
    }
    for placed in boxes.values() {
        writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{BOX}\" height=\"{:.1}\" rx=\"4\" fill=\"#fff\" stroke=\"#222\"/>",
            placed.x, placed.y, placed.height
        )?;
        for (n, line) in placed.lines.iter().enumerate() {
            let y = placed.y + 4.0 + LINE * (n + 1) as f64;
            let x = placed.x + 8.0;
            writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"12\" fill=\"#000\">{}</text>", escaped(line))?;
        }
    }
    legend(map.edges.len() - edges.len(), height, out)?;
    writeln!(out, "</svg>")
}

fn arrow(
    map: &Map,
    edge: &Edge,
    a: &Placed,
    b: &Placed,
    caption: &Caption<'_>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let (ay, by) = (a.y + a.height / 2.0, b.y + b.height / 2.0);
    let (path, mx, my) = if b.layer > a.layer {
        let (x1, x2) = (a.x + BOX, b.x - 1.0);
        let bend = ((x2 - x1) / 2.0).min(GAP);
        let path = format!("M{x1:.1} {ay:.1}C{:.1} {ay:.1} {:.1} {by:.1} {x2:.1} {by:.1}", x1 + bend, x2 - bend);
        (path, x2 - 30.0, by + (ay - by) * 0.06)
    } else {
        // Back to the left: around the right of both.
        let x = a.x.max(b.x) + BOX;
        let path = format!(
            "M{:.1} {ay:.1}C{:.1} {ay:.1} {:.1} {by:.1} {:.1} {by:.1}",
            a.x + BOX,
            x + GAP * 0.7,
            x + GAP * 0.7,
            b.x + BOX + 1.0
        );
        (path, b.x + BOX + 30.0, by)
    };
    let (dash, mark) = match edge.sign() {
        1 => ("", "+"),
        -1 => (" stroke-dasharray=\"7 4\"", "−"),
        _ => (" stroke-dasharray=\"2 4\"", "0"),
    };
    let stroke = (0.9 + (edge.statements.len().max(1) as f64).ln() * 0.8).min(4.0);
    let name = |n: usize| map.nodes.get(n).map_or("", |n| n.name.as_str());
    let count = edge.statements.len();
    let told = format!(
        "{} → {}: weight {:+}, {count} {}",
        name(edge.cause),
        name(edge.effect),
        edge.weight,
        if count == 1 { "statement" } else { "statements" }
    );
    if let Some(link) = caption.link {
        writeln!(out, "<a href=\"{}\" aria-label=\"{}\">", escaped(&link(edge)), escaped(&told))?;
    }
    writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"#333\" stroke-width=\"{stroke:.1}\"{dash} marker-end=\"url(#causes-tip)\"><title>{}</title></path>",
        escaped(&told)
    )?;
    writeln!(
        out,
        "<circle cx=\"{mx:.1}\" cy=\"{my:.1}\" r=\"12\" fill=\"#fff\" stroke=\"#333\"/><text x=\"{mx:.1}\" y=\"{:.1}\" font-size=\"13\" text-anchor=\"middle\" fill=\"#000\">{mark}<title>{}</title></text>",
        my + 4.5,
        escaped(&told)
    )?;
    if caption.link.is_some() {
        writeln!(out, "</a>")?;
    }
    Ok(())
}

fn legend(left: usize, height: f64, out: &mut dyn Write) -> std::io::Result<()> {
    let y = height - 14.0;
    let kinds = [
        ("", "+ brings about"),
        (" stroke-dasharray=\"7 4\"", "− prevents"),
        (" stroke-dasharray=\"2 4\"", "0 cancels out or is denied"),
    ];
    for (n, (dash, words)) in kinds.into_iter().enumerate() {
        let x = MARGIN + 170.0 * n as f64;
        writeln!(out, "<path d=\"M{x} {y}h36\" stroke=\"#333\" stroke-width=\"1.5\"{dash}/>")?;
        writeln!(out, "<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#000\">{words}</text>", x + 42.0, y + 4.0)?;
    }
    if left > 0 {
        writeln!(
            out,
            "<text x=\"{MARGIN}\" y=\"58\" font-size=\"12\" fill=\"#444\">{left} edges that fewer statements make are left out of the picture</text>"
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::testing::map;

    fn drawn(map: &Map) -> String {
        let link = |e: &Edge| format!("/statements?ids={}", e.statements.first().map_or("", |s| s.as_str()));
        let caption = Caption { title: "of <Anne>", note: "a note", link: Some(&link), under: None };
        let mut out = Vec::new();
        svg(map, &caption, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_picture_is_the_same_every_time_and_every_edge_leads_somewhere() {
        let map = map(&[("lamps <3", "fog", -0.5), ("fog", "trade", 1.0), ("trade", "fog", 1.0), ("x", "y", 0.0)]);
        let text = drawn(&map);
        assert_eq!(text, drawn(&map));
        assert_eq!((text.matches("<a href=").count(), text.matches("marker-end").count()), (4, 4));
        for words in ["of &lt;Anne&gt;", "lamps &lt;3", "a note", ">−<", ">0<"] {
            assert!(text.contains(words), "{words} is not in {text}");
        }
        assert!(drawn(&Map::default()).ends_with("</svg>\n"));
    }

    #[test]
    fn boxes_do_not_lie_on_each_other_and_causes_stand_left() {
        let names: Vec<String> =
            (0..40).map(|n| format!("concept number {n} with a rather long name of its own")).collect();
        let edges: Vec<(&str, &str, f64)> = (1..40).map(|n| (names[n / 2].as_str(), names[n].as_str(), 1.0)).collect();
        let map = map(&edges);
        let pairs: Vec<(usize, usize)> = map.edges.iter().map(|e| (e.cause, e.effect)).collect();
        let caption = Caption { title: "", note: "", link: None, under: None };
        let (boxes, width, height) = placed(&map, &pairs, &caption);
        let all: Vec<&Placed> = boxes.values().collect();
        for (n, a) in all.iter().enumerate() {
            assert!(a.x + BOX <= width && a.y >= HEAD && a.y + a.height <= height);
            for b in &all[n + 1..] {
                let apart = a.x != b.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
                assert!(apart, "{:?} {:?}", a.lines, b.lines);
            }
        }
        assert!(pairs.iter().all(|(a, b)| a == b || boxes[a].x < boxes[b].x));
    }

    #[test]
    fn a_large_map_is_cut_to_what_can_be_read_and_says_so() {
        let names: Vec<String> = (0..200).map(|n| format!("{n:03}")).collect();
        let edges: Vec<(&str, &str, f64)> = (1..200).map(|n| (names[0].as_str(), names[n].as_str(), 1.0)).collect();
        let text = drawn(&map(&edges));
        assert_eq!(text.matches("marker-end").count(), MOST);
        assert!(text.contains("119 edges that fewer statements make"), "{text}");
    }
}
