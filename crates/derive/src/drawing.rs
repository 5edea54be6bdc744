//! The network as a picture: SVG, the same every time, readable in print. Places are found by the force-directed method of
//! Fruchterman and Reingold (1991), begun from a circle in the order of communities instead of by chance.

use crate::graphs::{Network, escaped};
use std::io::Write;

const WIDTH: f64 = 1200.0;
const HEIGHT: f64 = 900.0;
/// Space around the picture for names and the legend.
const MARGIN: f64 = 70.0;
const ROUNDS: usize = 300;
/// How strongly the middle pulls: as strongly as all others push at half the picture's width, so that parts that are tied to
/// nobody else stay near.
const GRAVITY: f64 = 4.0;
/// Actors that a picture shows at most: those with the most ties. More cannot be read.
const MOST: usize = 500;

/// Places of nodes in a unit square, for some number of nodes and the pairs that are tied, in `order` around the first circle.
pub fn layout(nodes: usize, pairs: &[(usize, usize)], order: &[usize]) -> Vec<(f64, f64)> {
    let mut at = vec![(0.0, 0.0); nodes];
    for (n, node) in order.iter().enumerate() {
        let angle = n as f64 / nodes.max(1) as f64 * std::f64::consts::TAU;
        if let Some(place) = at.get_mut(*node) {
            *place = (0.5 + 0.4 * angle.cos(), 0.5 + 0.4 * angle.sin());
        }
    }
    let ideal = (1.0 / nodes.max(1) as f64).sqrt();
    for round in 0..ROUNDS {
        let heat = 0.1 * (1.0 - round as f64 / ROUNDS as f64).powi(2);
        at = moved(&at, pairs, ideal, heat);
    }
    fitted(&at)
}

/// One round: all push each other off, ties pull, something weak holds the parts together.
fn moved(at: &[(f64, f64)], pairs: &[(usize, usize)], ideal: f64, heat: f64) -> Vec<(f64, f64)> {
    let mut force: Vec<(f64, f64)> = at
        .iter()
        .enumerate()
        .map(|(n, a)| {
            let mut sum = ((0.5 - a.0) * GRAVITY, (0.5 - a.1) * GRAVITY);
            for (m, b) in at.iter().enumerate().filter(|(m, _)| *m != n) {
                let (mut dx, mut dy) = (a.0 - b.0, a.1 - b.1);
                if dx == 0.0 && dy == 0.0 {
                    // Two on one spot part by their order.
                    (dx, dy) = if n < m { (1e-4, 1e-4) } else { (-1e-4, -1e-4) };
                }
                let push = ideal * ideal / (dx * dx + dy * dy);
                sum.0 += dx * push;
                sum.1 += dy * push;
            }
            sum
        })
        .collect();
    for (a, b) in pairs {
        let (Some(from), Some(to)) = (at.get(*a), at.get(*b)) else { continue };
        let (dx, dy) = (from.0 - to.0, from.1 - to.1);
        let pull = (dx * dx + dy * dy).sqrt() / ideal;
        if let Some(f) = force.get_mut(*a) {
            *f = (f.0 - dx * pull, f.1 - dy * pull);
        }
        if let Some(f) = force.get_mut(*b) {
            *f = (f.0 + dx * pull, f.1 + dy * pull);
        }
    }
    at.iter()
        .zip(force)
        .map(|(place, f)| {
            let length = (f.0 * f.0 + f.1 * f.1).sqrt().max(1e-12);
            let step = length.min(heat) / length;
            (place.0 + f.0 * step, place.1 + f.1 * step)
        })
        .collect()
}

/// Stretched to fill the square.
fn fitted(at: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let ends = |of: fn(&(f64, f64)) -> f64| {
        at.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let ((left, right), (top, bottom)) = (ends(|p| p.0), ends(|p| p.1));
    let share = |x: f64, low: f64, high: f64| if high > low { (x - low) / (high - low) } else { 0.5 };
    at.iter().map(|(x, y)| (share(*x, left, right), share(*y, top, bottom))).collect()
}

/// Writes the picture: binding ties as full lines, dividing ones broken, others dotted; names beside circles that grow with
/// the number of ties.
pub fn svg(network: &Network, out: &mut dyn Write) -> std::io::Result<()> {
    let mut shown: Vec<usize> = (0..network.nodes.len()).collect();
    let degree = |n: usize| network.nodes.get(n).map_or(0, |node| node.degree);
    shown.sort_by_key(|n| (std::cmp::Reverse(degree(*n)), *n));
    shown.truncate(MOST);
    shown.sort_unstable();
    let place = |n: usize| shown.binary_search(&n).ok();
    let pairs: Vec<(usize, usize)> =
        network.links.iter().filter_map(|l| Some((place(l.from)?, place(l.to)?))).filter(|(a, b)| a != b).collect();
    let mut order: Vec<usize> = (0..shown.len()).collect();
    let community = |n: usize| shown.get(n).and_then(|n| network.nodes.get(*n)).map_or(0, |node| node.community);
    order.sort_by_key(|n| (community(*n), *n));
    let at = layout(shown.len(), &pairs, &order);
    let at: Vec<(f64, f64)> =
        at.iter().map(|(x, y)| (MARGIN + x * (WIDTH - 2.0 * MARGIN), MARGIN + y * (HEIGHT - 2.0 * MARGIN))).collect();
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" font-family=\"sans-serif\" role=\"img\">"
    )?;
    writeln!(out, "<title>Network: {} actors, {} ties</title>", network.nodes.len(), network.links.len())?;
    writeln!(
        out,
        "<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#444\"/></marker></defs>"
    )?;
    writeln!(out, "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>")?;
    lines(network, &place, &at, out)?;
    let mut drawn = Vec::new();
    let scale = 1.0 / (shown.len().max(60) as f64 / 60.0).sqrt();
    for (n, node) in shown.iter().enumerate() {
        let (Some(node), Some((x, y))) = (network.nodes.get(*node), at.get(n)) else { continue };
        let radius = radius(node.degree) * scale.max(0.4);
        let size = (13.0 * scale).max(6.0);
        writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"#fff\" stroke=\"#222\" stroke-width=\"1.5\"/>"
        )?;
        drawn.push((*x, *y, radius, size, node.name.as_str()));
    }
    names(&drawn, out)?;
    legend(network, shown.len(), out)?;
    writeln!(out, "</svg>")
}

/// A rectangle: left, top, right, bottom.
type Rectangle = (f64, f64, f64, f64);

/// Writes names beside, above or below their circles, each where it covers least of what stands there already.
fn names(drawn: &[(f64, f64, f64, f64, &str)], out: &mut dyn Write) -> std::io::Result<()> {
    let mut taken: Vec<Rectangle> = drawn.iter().map(|(x, y, r, ..)| (x - r, y - r, x + r, y + r)).collect();
    for (x, y, radius, size, name) in drawn {
        // Letters are about half as wide as they are high.
        let (width, gap) = (name.chars().count() as f64 * size * 0.52, radius + 4.0);
        let places = [
            (x + gap, y + size * 0.35),
            (x - gap - width, y + size * 0.35),
            (x - width / 2.0, y - gap),
            (x - width / 2.0, y + gap + size * 0.8),
        ];
        let boxed =
            |(left, base): (f64, f64)| -> Rectangle { (left, base - size * 0.8, left + width, base + size * 0.2) };
        let cost = |place: (f64, f64)| {
            let own = boxed(place);
            let outside = (-own.0).max(0.0) + (own.2 - WIDTH).max(0.0);
            taken.iter().map(|other| shared(own, *other)).sum::<f64>() + outside * size * 10.0
        };
        let mut best = (f64::INFINITY, (*x, *y));
        for place in places {
            let covered = cost(place);
            if covered < best.0 {
                best = (covered, place);
            }
        }
        taken.push(boxed(best.1));
        writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size:.1}\" fill=\"#000\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">{}</text>",
            best.1.0,
            best.1.1,
            escaped(name)
        )?;
    }
    Ok(())
}

/// The area that two rectangles share.
fn shared(a: Rectangle, b: Rectangle) -> f64 {
    (a.2.min(b.2) - a.0.max(b.0)).max(0.0) * (a.3.min(b.3) - a.1.max(b.1)).max(0.0)
}

fn radius(degree: usize) -> f64 {
    4.0 + 2.0 * (degree as f64).sqrt()
}

fn lines(
    network: &Network,
    place: &dyn Fn(usize) -> Option<usize>,
    at: &[(f64, f64)],
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for link in &network.links {
        let (Some(a), Some(b)) = (place(link.from), place(link.to)) else { continue };
        let (Some((x1, y1)), Some((x2, y2))) = (at.get(a), at.get(b)) else { continue };
        let (dx, dy) = (x2 - x1, y2 - y1);
        let length = (dx * dx + dy * dy).sqrt();
        let gap = network.nodes.get(link.to).map_or(6.0, |n| radius(n.degree) + 2.0);
        if length <= gap {
            continue;
        }
        let (ex, ey) = (x2 - dx / length * gap, y2 - dy / length * gap);
        let dash = match link.edge.sign {
            1 => "",
            -1 => " stroke-dasharray=\"7 4\"",
            _ => " stroke-dasharray=\"2 4\"",
        };
        let tip = if link.edge.directed { " marker-end=\"url(#tip)\"" } else { "" };
        let width = (0.8 + (link.edge.statements.len() as f64).ln() * 0.7).min(4.0);
        writeln!(
            out,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{ex:.1}\" y2=\"{ey:.1}\" stroke=\"#444\" stroke-width=\"{width:.1}\"{dash}{tip}><title>{} {} {}</title></line>",
            escaped(network.nodes.get(link.from).map_or("", |n| n.name.as_str())),
            link.kind,
            escaped(network.nodes.get(link.to).map_or("", |n| n.name.as_str()))
        )?;
    }
    Ok(())
}

fn legend(network: &Network, shown: usize, out: &mut dyn Write) -> std::io::Result<()> {
    let y = HEIGHT - 20.0;
    for (n, (dash, words)) in
        [("", "binds"), (" stroke-dasharray=\"7 4\"", "divides"), (" stroke-dasharray=\"2 4\"", "neither")]
            .into_iter()
            .enumerate()
    {
        let x = 20.0 + 120.0 * n as f64;
        writeln!(
            out,
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\" stroke=\"#444\" stroke-width=\"1.5\"{dash}/>",
            x + 40.0
        )?;
        writeln!(out, "<text x=\"{}\" y=\"{}\" font-size=\"12\">{words}</text>", x + 46.0, y + 4.0)?;
    }
    let left = network.nodes.len().saturating_sub(shown);
    if left > 0 {
        writeln!(
            out,
            "<text x=\"400\" y=\"{}\" font-size=\"12\">{left} actors with fewer ties are left out</text>",
            y + 4.0
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphs::testing::network;

    fn drawn(ties: &[(&str, &str, i8)]) -> String {
        let mut out = Vec::new();
        svg(&network(ties), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_picture_is_the_same_every_time_and_shows_every_name() {
        let ties = [("Norland", "Estria", 1), ("Estria", "Kell <3", -1), ("Norland", "Kell <3", 0)];
        let text = drawn(&ties);
        assert_eq!(text, drawn(&ties));
        for words in [">Norland<", ">Estria<", ">Kell &lt;3<", "7 4", "binds"] {
            assert!(text.contains(words), "{words} is not in {text}");
        }
        assert!(drawn(&[]).ends_with("</svg>\n"));
    }

    #[test]
    fn nodes_stand_apart_inside_the_picture() {
        let pairs: Vec<(usize, usize)> = (1..40).map(|n| (n / 2, n)).collect();
        let order: Vec<usize> = (0..40).collect();
        let at = layout(40, &pairs, &order);
        assert!(at.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)));
        for (n, a) in at.iter().enumerate() {
            for b in at.iter().skip(n + 1) {
                assert!((a.0 - b.0).hypot(a.1 - b.1) > 0.01, "{a:?} {b:?}");
            }
        }
    }
}
