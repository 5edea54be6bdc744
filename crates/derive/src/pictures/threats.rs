//! Who names what a threat to whom, as a matrix: what is named and to whom it is said to be one in rows, voices in columns; a
//! full cell names it, a cell with an open edge disputes it. The program calls nothing a threat.

use super::canvas::{Anchor, Drawing, LETTERS, SMALL, cut};
use super::looks::Looks;
use super::{Picture, Wish};
use crate::filter::Filter;
use crate::resolve::Actors;
use crate::views::threats::{Named, gathered};
use rashomon_core::{Snapshot, StatementId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The picture.
pub const PICTURE: Picture = Picture {
    name: "threats",
    about: "What is named a threat, and to whom, in rows; the voices in columns: a full cell names it so, a crossed one disputes it",
    draw,
};

const LEFT: f64 = 370.0;
const TOP: f64 = 150.0;
const CELL: (f64, f64) = (46.0, 28.0);
/// Rows and voices drawn at most.
const ROWS: usize = 60;
const VOICES: usize = 30;

fn draw(snapshot: &Snapshot, actors: &Actors, filter: &Filter, _: &Wish) -> Drawing {
    let looks = Looks::of(snapshot, actors);
    let columns = ["threat", "to", "voice", "does", "statements"];
    let mut drawing = Drawing::new("threats", "Who names what a threat to whom", &columns);
    let all = gathered(snapshot, actors, filter);
    let mut order: Vec<(&(String, String), &Named)> = all.iter().collect();
    order.sort_by_key(|(key, named)| (Reverse(named.times), *key));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, named) in &order {
        for (voice, statements) in named.by.iter().chain(&named.disputed) {
            *counts.entry(voice).or_default() += statements.len();
        }
    }
    let mut voices: Vec<(&str, usize)> = counts.into_iter().collect();
    voices.sort_by_key(|(name, count)| (Reverse(*count), *name));
    let (more_rows, more_voices) = (order.len().saturating_sub(ROWS), voices.len().saturating_sub(VOICES));
    order.truncate(ROWS);
    voices.truncate(VOICES);
    for (n, ((what, whom), named)) in order.iter().enumerate() {
        let y = TOP + n as f64 * CELL.1;
        drawing.line((8.0, y), (LEFT + voices.len() as f64 * CELL.0, y), "rule");
        drawing.text((LEFT / 2.0 - 8.0, y + 19.0), cut(what, LEFT / 2.0 - 20.0, LETTERS), "name", Anchor::End);
        let to = if whom.is_empty() { "→ …".to_owned() } else { format!("→ {whom}") };
        drawing.text((LEFT / 2.0, y + 19.0), cut(&to, LEFT / 2.0 - 12.0, LETTERS), "name", Anchor::Start);
        for (column, (voice, _)) in voices.iter().enumerate() {
            let at = (LEFT + column as f64 * CELL.0, y);
            let both = named.by.contains_key(*voice) && named.disputed.contains_key(*voice);
            let width = if both { CELL.0 / 2.0 } else { CELL.0 };
            for (does, told, shift) in [("names it", &named.by, 0.0), ("disputes it", &named.disputed, CELL.0 - width)]
            {
                if let Some(statements) = told.get(*voice) {
                    cell(&mut drawing, &looks, (what, whom), (voice, does, statements), (at.0 + shift, at.1), width);
                }
            }
        }
    }
    let bottom = TOP + order.len() as f64 * CELL.1;
    let width = LEFT + voices.len() as f64 * CELL.0 + 130.0;
    (drawing.width, drawing.height) = (width.max(640.0), bottom + 50.0);
    for (n, (voice, _)) in voices.iter().enumerate() {
        drawing.turned((LEFT + (n as f64 + 0.6) * CELL.0, TOP - 8.0), cut(voice, 178.0, SMALL), "small");
    }
    let at = drawing.key((8.0, bottom + 30.0), "own", 0, "names it a threat, on the author’s own word");
    let at = drawing.key((at, bottom + 30.0), "c0", 0, "a named voice does");
    drawing.key((at, bottom + 30.0), "box denied", 0, "disputes it");
    drawing.words = format!("{} rows, {} voices. The table beneath says the same.", order.len(), voices.len());
    if more_rows > 0 {
        drawing
            .marks
            .notes
            .push(format!("left out of the picture: {more_rows} that are named less often; the table has all"));
    }
    if more_voices > 0 {
        drawing
            .marks
            .notes
            .push(format!("left out of the picture: {more_voices} voices that say less of it; the table has all"));
    }
    drawing
}

fn cell(
    drawing: &mut Drawing,
    looks: &Looks,
    (what, whom): (&str, &str),
    (voice, does, statements): (&str, &str, &[StatementId]),
    (x, y): (f64, f64),
    width: f64,
) {
    let count = statements.len();
    let to = if whom.is_empty() { String::new() } else { format!(" to {whom}") };
    let label = format!("{voice}: {what} a threat{to}: {does}, {count} statements");
    let cells = vec![what.into(), whom.into(), voice.into(), does.into(), count.into()];
    if !drawing.begin(cells, statements.to_vec(), label) {
        return;
    }
    let (at, size) = ((x + 2.0, y + 2.0), (width - 4.0, CELL.1 - 4.0));
    let look = looks.of_told(voice);
    let disputes = does == "disputes it";
    if disputes {
        drawing.rect(at, size, "box denied");
        drawing.line((at.0, at.1 + size.1), (at.0 + size.0, at.1), "denied");
    } else {
        drawing.patterned(at, size, look.class(), look.pattern());
    }
    drawing.rect(at, size, "hit");
    drawing.text((x + width / 2.0, y + 18.0), count.to_string(), "small halo", Anchor::Middle);
    drawing.end();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn who_names_it_and_who_disputes_it_are_two_cells() {
        let snapshot = testing::read(&[
            ("a.txt", "1935", "Germany is a threat to France."),
            ("b.txt", "1938", "Germany is not a threat to France."),
        ]);
        let Some(snapshot) = snapshot else { return };
        let drawing = draw(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Wish::default());
        let rows: Vec<String> =
            drawing.marks.rows.iter().map(|r| format!("{} {}", r.cells()[2], r.cells()[3])).collect();
        assert_eq!(rows, ["the author of a.txt names it", "the author of b.txt disputes it"]);
    }
}
