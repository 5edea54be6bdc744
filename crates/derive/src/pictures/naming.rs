//! The naming matrix as a heat map: under each actor the forms, across them the documents, in each cell how often the
//! document uses the form. No form is called loaded; they stand side by side.

use super::canvas::{Anchor, Drawing, LETTERS, SMALL, cut};
use super::{Picture, Wish};
use crate::filter::Filter;
use crate::resolve::Actors;
use crate::views::naming::VIEW;
use rashomon_core::{DocumentId, Row, Snapshot};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The picture.
pub const PICTURE: Picture = Picture {
    name: "naming",
    about: "Under each actor the forms, across them the documents; the deeper the colour, the oftener the document uses the form",
    draw,
};

const LEFT: f64 = 250.0;
const CELL: (f64, f64) = (44.0, 24.0);
const TOP: f64 = 150.0;
/// Documents, rows and forms of one actor drawn at most.
const DOCUMENTS: usize = 40;
const ROWS: usize = 80;
const FORMS: usize = 8;

/// A form of an actor in the documents that use it.
#[derive(Default)]
struct Form<'a> {
    count: u64,
    cells: BTreeMap<usize, (u64, &'a Row)>,
}

fn draw(snapshot: &Snapshot, actors: &Actors, filter: &Filter, _: &Wish) -> Drawing {
    let table = VIEW.run(snapshot, actors, filter);
    let mut drawing = Drawing::new("naming", "What each document calls the same actor", &table.columns);
    let place: BTreeMap<&DocumentId, usize> =
        snapshot.documents.iter().enumerate().map(|(n, (d, _))| (&d.id, n)).collect();
    let document = |row: &Row| {
        let (document, _) = row.statements().first().and_then(|id| snapshot.statement(id))?;
        place.get(&document.id).copied()
    };
    let mut uses: BTreeMap<usize, u64> = BTreeMap::new();
    for row in &table.rows {
        *uses.entry(document(row).unwrap_or_default()).or_default() += VIEW.count(row, "count");
    }
    let mut columns: Vec<(usize, u64)> = uses.into_iter().collect();
    columns.sort_by_key(|(n, uses)| (Reverse(*uses), *n));
    let more = columns.len().saturating_sub(DOCUMENTS);
    let columns: BTreeSet<usize> = columns.into_iter().take(DOCUMENTS).map(|(n, _)| n).collect();
    let columns: Vec<usize> = columns.into_iter().collect();
    let mut groups: Vec<(String, BTreeMap<String, Form<'_>>)> = Vec::new();
    for row in &table.rows {
        let Some(column) = document(row).and_then(|d| columns.iter().position(|c| *c == d)) else { continue };
        let actor = VIEW.words(row, "actor");
        if groups.last().is_none_or(|(name, _)| *name != actor) {
            groups.push((actor, BTreeMap::new()));
        }
        let Some((_, forms)) = groups.last_mut() else { continue };
        let form = forms.entry(format!("{} · {}", VIEW.words(row, "form"), VIEW.words(row, "form is"))).or_default();
        form.count += VIEW.count(row, "count");
        form.cells.insert(column, (VIEW.count(row, "count"), row));
    }
    let most = table.rows.iter().map(|r| VIEW.count(r, "count")).max().unwrap_or(1);
    let (rows, left) = write(&mut drawing, groups, most);
    let bottom = TOP + rows as f64 * CELL.1;
    let width = LEFT + columns.len() as f64 * CELL.0 + 130.0;
    (drawing.width, drawing.height) = (width.max(620.0), bottom + 50.0);
    for (n, column) in columns.iter().enumerate() {
        let name = snapshot.documents.get(*column).map_or("", |(d, _)| d.name());
        drawing.turned((LEFT + (n as f64 + 0.6) * CELL.0, TOP - 8.0), cut(name, 178.0, SMALL), "small");
    }
    drawing.words = format!(
        "{rows} rows of actors and their forms, {} columns of documents. The table beneath says the same.",
        columns.len()
    );
    let mut at = 8.0;
    for (step, words) in [(1, "seldom"), (3, "oftener"), (5, "most")] {
        at = drawing.key((at, bottom + 30.0), &format!("h{step}"), 0, words);
    }
    drawing.marks.notes = table.notes;
    if left > 0 {
        drawing.marks.notes.push(format!("left out of the picture: {left} forms used less often; the table has all"));
    }
    if more > 0 {
        drawing
            .marks
            .notes
            .push(format!("left out of the picture: {more} documents with fewer names; the table has all"));
    }
    drawing
}

/// Draws the groups; how many rows they take up and how many forms are left out.
fn write(drawing: &mut Drawing, groups: Vec<(String, BTreeMap<String, Form<'_>>)>, most: u64) -> (usize, usize) {
    let (mut row, mut left) = (0, 0);
    for (actor, forms) in groups {
        let mut order: Vec<(String, Form<'_>)> = forms.into_iter().collect();
        order.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
        if row + 2 > ROWS {
            left += order.len();
            continue;
        }
        left += order.len().saturating_sub(FORMS);
        let y = TOP + row as f64 * CELL.1;
        drawing.line((8.0, y + 1.0), (LEFT + 40.0, y + 1.0), "rule");
        drawing.text((8.0, y + 17.0), cut(&actor, LEFT - 16.0, LETTERS), "head", Anchor::Start);
        row += 1;
        for (name, form) in order.iter().take(FORMS) {
            let y = TOP + row as f64 * CELL.1;
            drawing.text((20.0, y + 17.0), cut(name, LEFT - 28.0, SMALL), "small", Anchor::Start);
            for (column, (count, source)) in &form.cells {
                cell(drawing, source, *count, most, (LEFT + *column as f64 * CELL.0, y));
            }
            row += 1;
        }
    }
    (row, left)
}

fn cell(drawing: &mut Drawing, row: &Row, count: u64, most: u64, (x, y): (f64, f64)) {
    // Steps by the square root, because a few names are far more frequent than all others.
    let share = (count as f64).sqrt() / (most.max(1) as f64).sqrt();
    let step = ((share * 5.0).ceil() as usize).clamp(1, 5);
    let label = format!(
        "{} in {}: “{}”, {count} times",
        VIEW.words(row, "actor"),
        VIEW.words(row, "document"),
        VIEW.words(row, "form")
    );
    if drawing.begin(row.cells().to_vec(), row.statements().to_vec(), label) {
        drawing.rect((x + 1.0, y + 1.0), (CELL.0 - 2.0, CELL.1 - 2.0), format!("h{step}"));
        drawing.rect((x + 1.0, y + 1.0), (CELL.0 - 2.0, CELL.1 - 2.0), "hit");
        let class = if step >= 4 { "on" } else { "small" };
        drawing.text((x + CELL.0 / 2.0, y + 16.0), count.to_string(), class, Anchor::Middle);
        drawing.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::MentionKind;

    #[test]
    fn each_cell_is_a_form_in_a_document_with_its_figure() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "The Meteor sank. The Meteor burned.")
                .name("The Meteor", MentionKind::Other)
                .named_at("The Meteor", 17, MentionKind::Other)
                .own("The Meteor sank")
                .own("The Meteor burned"),
            Told::new("b.txt", "The Meteor left.").name("Meteor", MentionKind::Other).own("The Meteor left"),
        ]);
        let drawing = draw(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Wish::default());
        let svg = drawing.svg(Some(&|_| "/x".to_owned()));
        assert_eq!(drawing.marks.rows.len(), 2, "{svg}");
        assert!(svg.contains(">2</text>") && svg.contains(">1</text>") && svg.contains("class=\"h5\""), "{svg}");
    }
}
