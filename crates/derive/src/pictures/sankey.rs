//! Flows between columns of boxes: as thick as the statements they carry, in the manner of Sankey (1898).

use super::canvas::{Anchor, Drawing, SMALL, cut};

/// A box of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its words.
    pub words: String,
    /// Class of its box.
    pub class: String,
    /// Pattern of its box.
    pub pattern: usize,
}

/// A box with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Height.
    pub height: f64,
    used: (f64, f64),
}

/// Width of a box.
pub const BOX: f64 = 12.0;
/// The least that a box and the space to the next take up, so that words fit.
const LEAST: f64 = 22.0;

/// Places boxes of some sizes one below the other. The pixels that a unit takes up are the same in all columns.
pub fn column(sizes: &[f64], left: f64, top: f64, unit: f64) -> Vec<Placed> {
    let mut at = top;
    sizes
        .iter()
        .map(|size| {
            let height = (size * unit).max(2.0);
            let placed = Placed { left, top: at, height, used: (0.0, 0.0) };
            at += (height + 8.0).max(LEAST);
            placed
        })
        .collect()
}

/// Height of a column.
pub fn height(column: &[Placed]) -> f64 {
    column.last().map_or(0.0, |last| last.top + last.height.max(LEAST))
}

/// The outline of a flow between two boxes, which then know that this much of their edges is taken.
pub fn ribbon(from: &mut Placed, to: &mut Placed, thick: f64) -> String {
    let (x1, y1) = (from.left + BOX, from.top + from.used.1);
    let (x2, y2) = (to.left, to.top + to.used.0);
    from.used.1 += thick;
    to.used.0 += thick;
    let middle = (x1 + x2) / 2.0;
    let (z1, z2) = (y1 + thick, y2 + thick);
    format!(
        "M{x1:.1} {y1:.1}C{middle:.1} {y1:.1} {middle:.1} {y2:.1} {x2:.1} {y2:.1}V{z2:.1}C{middle:.1} {z2:.1} {middle:.1} {z1:.1} {x1:.1} {z1:.1}z"
    )
}

/// Draws a box with its words beside it.
pub fn boxed(drawing: &mut Drawing, node: &Node, placed: &Placed, room: f64, side: Anchor) {
    drawing.patterned((placed.left, placed.top), (BOX, placed.height), node.class.as_str(), node.pattern);
    let y = placed.top + (placed.height / 2.0).min(60.0) + 4.0;
    let words = cut(&node.words, room, SMALL);
    match side {
        Anchor::End => drawing.text((placed.left - 7.0, y), words, "small halo", side),
        _ => drawing.text((placed.left + BOX + 7.0, y), words, "small halo", side),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_apart_and_flows_leave_one_after_the_other() {
        let mut left = column(&[3.0, 1.0], 0.0, 10.0, 10.0);
        let mut right = column(&[4.0], 200.0, 10.0, 10.0);
        assert!(left[1].top >= left[0].top + left[0].height + 8.0);
        let first = ribbon(&mut left[0], &mut right[0], 30.0);
        let second = ribbon(&mut left[1], &mut right[0], 10.0);
        assert!(first.starts_with("M12.0 10.0") && second.contains("200.0 40.0"), "{first} {second}");
    }
}
