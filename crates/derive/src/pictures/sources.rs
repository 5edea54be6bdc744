//! How each document argues, as bars: on whose word its statements stand, and beside it how much is hedged, endorsed and
//! doubted. Each part of a bar leads to its statements.

use super::canvas::{Anchor, Drawing, LETTERS, cut};
use super::{Picture, Wish};
use crate::filter::{Filter, ids};
use crate::resolve::Actors;
use rashomon_core::{Certainty, Document, DocumentId, Snapshot, Stance, Statement, Voice};
use std::collections::BTreeMap;

/// The picture.
pub const PICTURE: Picture = Picture {
    name: "sources",
    about: "On whose word each document’s statements stand; beside it what is hedged, and which of others’ claims the author endorses or doubts",
    draw,
};

const WIDTH: f64 = 1240.0;
const LEFT: f64 = 260.0;
const BAR: f64 = 460.0;
const SIDE: f64 = 120.0;
const ROW: f64 = 32.0;
const TOP: f64 = 62.0;
/// Documents drawn at most.
const MOST: usize = 100;

/// A part: its name, of what it is a share, its look, and whether a statement belongs to it.
struct Part {
    name: &'static str,
    of: &'static str,
    class: &'static str,
    pattern: usize,
    holds: fn(&Statement) -> bool,
}

/// Parts of the whole, one after the other in one bar.
const WORDS: [Part; 3] = [
    Part {
        name: "the author’s own word", of: "statements", class: "own", pattern: 0, holds: |s| s.chain().len() == 1
    },
    Part {
        name: "named voices",
        of: "statements",
        class: "c0",
        pattern: 0,
        holds: |s| matches!(s.source(), Voice::Named(_)),
    },
    Part {
        name: "unnamed voices",
        of: "statements",
        class: "unnamed",
        pattern: 0,
        holds: |s| s.chain().len() > 1 && matches!(s.source(), Voice::Unnamed(_)),
    },
];

/// Shares on their own.
const STANCES: [Part; 3] = [
    Part {
        name: "hedged",
        of: "statements",
        class: "c6",
        pattern: 2,
        holds: |s| !s.claim().hedges.is_empty() || s.claim().certainty != Certainty::Certain,
    },
    Part {
        name: "endorsed",
        of: "others’ claims",
        class: "c2",
        pattern: 0,
        holds: |s| s.chain().len() > 1 && s.commitment() == Stance::Endorses,
    },
    Part {
        name: "doubted",
        of: "others’ claims",
        class: "c1",
        pattern: 4,
        holds: |s| s.chain().len() > 1 && matches!(s.commitment(), Stance::Distances | Stance::Denies),
    },
];

fn draw(snapshot: &Snapshot, actors: &Actors, filter: &Filter, _: &Wish) -> Drawing {
    let mut drawing =
        Drawing::new("sources", "How each document argues", &["document", "part", "of", "statements", "share"]);
    let mut told: BTreeMap<&DocumentId, (&Document, Vec<&Statement>)> = BTreeMap::new();
    for (document, statement) in filter.select(snapshot, actors) {
        told.entry(&document.id).or_insert_with(|| (document, Vec::new())).1.push(statement);
    }
    let shown: Vec<_> = snapshot.documents.iter().filter_map(|(d, _)| told.get(&d.id)).collect();
    let left = shown.len().saturating_sub(MOST);
    for (n, (document, statements)) in shown.iter().take(MOST).enumerate() {
        row(&mut drawing, document, statements, TOP + n as f64 * ROW);
    }
    let bottom = TOP + shown.len().min(MOST) as f64 * ROW;
    (drawing.width, drawing.height) = (WIDTH, bottom + 48.0);
    drawing.words = format!("Bars of {} documents. The table beneath says the same.", shown.len().min(MOST));
    drawing.text((LEFT, TOP - 18.0), "on whose word, of all statements", "head", Anchor::Start);
    for (n, part) in STANCES.iter().enumerate() {
        drawing.text((side(n), TOP - 32.0), part.name, "head", Anchor::Start);
        drawing.text((side(n), TOP - 16.0), format!("of {}", part.of), "quiet", Anchor::Start);
    }
    let mut at = LEFT;
    for part in &WORDS {
        at = drawing.key((at, bottom + 28.0), part.class, part.pattern, part.name);
    }
    if left > 0 {
        drawing.marks.notes.push(format!("left out of the picture: {left} documents; the table has all"));
    }
    drawing
}

fn side(n: usize) -> f64 {
    LEFT + BAR + 70.0 + n as f64 * (SIDE + 20.0)
}

fn row(drawing: &mut Drawing, document: &Document, statements: &[&Statement], top: f64) {
    drawing.text((LEFT - 12.0, top + 20.0), cut(document.name(), LEFT - 24.0, LETTERS), "name", Anchor::End);
    let all = statements.len();
    let mut at = LEFT;
    for part in &WORDS {
        let width = share(statements, part) * BAR;
        draw_part(drawing, document, statements, part, (at, top), width);
        at += width;
    }
    drawing.text((LEFT + BAR + 8.0, top + 20.0), all.to_string(), "quiet", Anchor::Start);
    for (n, part) in STANCES.iter().enumerate() {
        drawing.line((side(n), top + 26.0), (side(n) + SIDE - 40.0, top + 26.0), "rule");
        let width = share(statements, part) * (SIDE - 40.0);
        draw_part(drawing, document, statements, part, (side(n), top), width.max(0.0));
    }
}

fn of<'a>(statements: &[&'a Statement], part: &Part) -> (Vec<&'a Statement>, usize) {
    let found: Vec<&Statement> = statements.iter().copied().filter(|s| (part.holds)(s)).collect();
    let whole = match part.of {
        "statements" => statements.len(),
        _ => statements.iter().filter(|s| s.chain().len() > 1).count(),
    };
    (found, whole)
}

fn share(statements: &[&Statement], part: &Part) -> f64 {
    let (found, whole) = of(statements, part);
    found.len() as f64 / whole.max(1) as f64
}

fn draw_part(
    drawing: &mut Drawing,
    document: &Document,
    statements: &[&Statement],
    part: &Part,
    at: (f64, f64),
    width: f64,
) {
    let (found, whole) = of(statements, part);
    let share = found.len() as f64 / whole.max(1) as f64;
    let label = format!("{}, {}: {} of {whole} {}", document.name(), part.name, found.len(), part.of);
    let cells = vec![
        document.name().into(),
        part.name.into(),
        part.of.into(),
        found.len().into(),
        rashomon_core::Cell::Number(share),
    ];
    if drawing.begin(cells, ids(found.iter().copied()), label) {
        drawing.rect((at.0, at.1 + 3.0), (width.max(24.0), ROW - 6.0), "hit");
        drawing.patterned((at.0, at.1 + 6.0), (width.max(2.0), ROW - 12.0), part.class, part.pattern);
        if !WORDS.iter().any(|w| w.name == part.name) {
            drawing.text((at.0 + width.max(2.0) + 5.0, at.1 + 20.0), found.len().to_string(), "small", Anchor::Start);
        }
        drawing.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn each_part_of_a_bar_has_its_own_statements() {
        let snapshot = snapshot(&[Told::new("a.txt", "It rained. Tom Reed said the sea was calm.")
            .own("It rained")
            .said("the sea was calm", &["Tom Reed"])]);
        let drawing = draw(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Wish::default());
        let cells: Vec<String> =
            drawing.marks.rows.iter().map(|r| format!("{} {}", r.cells()[1], r.cells()[3])).collect();
        assert_eq!(cells, ["the author’s own word 1", "named voices 1"]);
    }
}
