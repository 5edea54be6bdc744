//! Chains and roots as flows: from each document through those whom it credits to the voice on whose word its statements
//! stand in the end. A root in several documents is one box, so that a shared source is seen at once. Who is unnamed is
//! a box of its own document and never joined across documents.

use super::canvas::{Anchor, Drawing, SMALL, cut, measure};
use super::looks::Looks;
use super::sankey::{self, BOX, Node, Placed, boxed, column, ribbon};
use super::{Picture, Wish};
use crate::filter::Filter;
use crate::resolve::Actors;
use crate::views::chains::VIEW;
use rashomon_core::{DocumentId, Row, Snapshot, StatementId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The picture.
pub const PICTURE: Picture = Picture {
    name: "chains",
    about: "From each document, through those whom it credits, to the voice on whose word its statements stand in the end; as \
            thick as the statements are many",
    draw,
};

const WIDTH: f64 = 1240.0;
const TOP: f64 = 56.0;
const LEFT: f64 = 250.0;
const MIDDLE: f64 = 590.0;
const RIGHT: f64 = 900.0;
/// Roots, documents and flows drawn at most.
const ROOTS: usize = 40;
const DOCUMENTS: usize = 40;

/// A root: its name, and the document that it is confined to.
type Root = (usize, String, Option<DocumentId>);

/// One row of the view as a flow.
struct Flow<'a> {
    document: DocumentId,
    name: String,
    through: String,
    root: Root,
    is: String,
    row: &'a Row,
}

fn draw(snapshot: &Snapshot, actors: &Actors, filter: &Filter, _: &Wish) -> Drawing {
    let table = VIEW.run(snapshot, actors, filter);
    let looks = Looks::of(snapshot, actors);
    let mut drawing = Drawing::new("chains", "Chains and roots", &table.columns);
    let (own, mut flows): (Vec<Flow<'_>>, Vec<Flow<'_>>) =
        table.rows.iter().filter_map(|row| flow(snapshot, row)).partition(|f| f.is == "author");
    let left_out = keep_most(&mut flows);
    let roots = ranked(&flows, |f| f.root.clone());
    let throughs = ranked(flows.iter().filter(|f| !f.through.is_empty()), |f| f.through.clone());
    let mut documents: Vec<DocumentId> = ranked(&flows, |f| f.document.clone()).into_iter().map(|(d, _)| d).collect();
    let alone = own.iter().map(|f| f.document.clone()).filter(|d| !documents.contains(d)).collect::<BTreeSet<_>>();
    let silent = alone.len();
    documents.extend(alone.into_iter().take(DOCUMENTS.saturating_sub(documents.len())));
    let carried = |d: &DocumentId| flows.iter().filter(|f| f.document == *d).map(size).sum::<f64>();
    let total: f64 = flows.iter().map(size).sum();
    let unit = (620.0 / total.max(1.0)).clamp(0.6, 9.0);
    let roots = beside_their_documents(roots, &documents, &flows);
    let mut left = column(&documents.iter().map(carried).collect::<Vec<_>>(), LEFT, TOP, unit);
    let mut middle = column(&throughs.iter().map(|(_, n)| *n).collect::<Vec<_>>(), MIDDLE, TOP + 30.0, unit);
    let mut right = column(&roots.iter().map(|(_, n)| *n).collect::<Vec<_>>(), RIGHT, TOP, unit);
    let bottom = [&left, &middle, &right].into_iter().map(|c| sankey::height(c)).fold(TOP + 40.0, f64::max);
    (drawing.width, drawing.height) = (WIDTH, bottom + 56.0);
    drawing.words = format!(
        "{} documents on the left, {} roots on the right, {} voices between them. The table beneath says the same.",
        documents.len(),
        roots.len(),
        throughs.len()
    );
    for (x, words, anchor) in [
        (LEFT + BOX, "document", Anchor::End),
        (MIDDLE, "through", Anchor::Start),
        (RIGHT, "in the end on the word of", Anchor::Start),
    ] {
        drawing.text((x, TOP - 22.0), words, "head", anchor);
    }
    for flow in &flows {
        draw_flow(
            &mut drawing,
            &looks,
            flow,
            unit,
            &Columns { documents: &documents, throughs: &throughs, roots: &roots },
            (&mut left, &mut middle, &mut right),
        );
    }
    draw_boxes(&mut drawing, &looks, &flows, &own, (&documents, &left), (&throughs, &middle), (&roots, &right));
    let mut at = drawing.key((20.0, bottom + 30.0), "own", 0, "document, its author speaking");
    at = drawing.key((at, bottom + 30.0), "c0", 0, "a named voice, each with its colour and pattern");
    at = drawing.key((at, bottom + 30.0), "unnamed", 0, "someone unnamed");
    if roots.iter().any(|(root, _)| root.0 == 0 && !looks.of_name(&root.1).is_own()) {
        drawing.key((at, bottom + 30.0), "many", 0, "named voices beyond the thirty-fifth");
    }
    drawing.marks.notes = table.notes;
    drawing
        .marks
        .notes
        .push("what an author tells on the own word alone is a figure beside the document, not a flow".to_owned());
    if left_out > 0 {
        drawing
            .marks
            .notes
            .push(format!("left out of the picture: {left_out} rows of roots in fewer documents; the table has all"));
    }
    if silent > DOCUMENTS {
        drawing
            .marks
            .notes
            .push(format!("{silent} documents tell all on their authors’ own word; {DOCUMENTS} are drawn at most"));
    }
    drawing
}

fn size(flow: &Flow<'_>) -> f64 {
    flow.row.statements().len() as f64
}

fn flow<'a>(snapshot: &Snapshot, row: &'a Row) -> Option<Flow<'a>> {
    let (document, _) = snapshot.statement(row.statements().first()?)?;
    let is = VIEW.words(row, "root is");
    let alone = is != "named" || VIEW.words(row, "told by") == "1";
    let name = if is == "unnamed" { "someone unnamed".to_owned() } else { VIEW.words(row, "root") };
    let rank = usize::from(is != "named");
    let root = (rank, name, alone.then(|| document.id.clone()));
    Some(Flow {
        document: document.id.clone(),
        name: document.name().to_owned(),
        through: VIEW.words(row, "through"),
        root,
        is,
        row,
    })
}

/// Keeps the roots that most documents rely on, and the documents that rely most on others; how many rows are left out.
fn keep_most(flows: &mut Vec<Flow<'_>>) -> usize {
    let before = flows.len();
    let roots: BTreeSet<Root> =
        ranked(flows.iter(), |f| f.root.clone()).into_iter().take(ROOTS).map(|(r, _)| r).collect();
    flows.retain(|f| roots.contains(&f.root));
    let kept: BTreeSet<DocumentId> =
        ranked(flows.iter(), |f| f.document.clone()).into_iter().take(DOCUMENTS).map(|(d, _)| d).collect();
    flows.retain(|f| kept.contains(&f.document));
    before - flows.len()
}

/// What flows have in common, with their size: roots of several documents first, then those with most statements.
fn ranked<'a, K: Ord + Clone>(
    flows: impl IntoIterator<Item = &'a Flow<'a>>,
    key: impl Fn(&Flow<'_>) -> K,
) -> Vec<(K, f64)> {
    let mut all: BTreeMap<K, (BTreeSet<&DocumentId>, usize)> = BTreeMap::new();
    for flow in flows {
        let entry = all.entry(key(flow)).or_default();
        entry.0.insert(&flow.document);
        entry.1 += flow.row.statements().len();
    }
    let mut order: Vec<(K, (BTreeSet<&DocumentId>, usize))> = all.into_iter().collect();
    order.sort_by(|a, b| Reverse((a.1.0.len(), a.1.1)).cmp(&Reverse((b.1.0.len(), b.1.1))).then_with(|| a.0.cmp(&b.0)));
    order.into_iter().map(|(key, (_, size))| (key, size as f64)).collect()
}

/// Roots of several documents first, then those of each document beside it, so that few flows cross.
fn beside_their_documents(roots: Vec<(Root, f64)>, documents: &[DocumentId], flows: &[Flow<'_>]) -> Vec<(Root, f64)> {
    let place = |root: &Root| {
        let mut own: Vec<usize> = flows
            .iter()
            .filter(|f| f.root == *root)
            .filter_map(|f| documents.iter().position(|d| *d == f.document))
            .collect();
        own.sort_unstable();
        own.dedup();
        if own.len() > 1 { 0 } else { own.first().map_or(0, |n| n + 1) }
    };
    let mut placed: Vec<(usize, usize, (Root, f64))> =
        roots.into_iter().map(|r| (place(&r.0), if r.0.2.is_some() { r.0.0 } else { 0 }, r)).collect();
    placed.sort_by_key(|(place, unnamed, _)| (*place, *unnamed));
    placed.into_iter().map(|(_, _, root)| root).collect()
}

/// What stands in each column.
struct Columns<'a> {
    documents: &'a [DocumentId],
    throughs: &'a [(String, f64)],
    roots: &'a [(Root, f64)],
}

fn draw_flow(
    drawing: &mut Drawing,
    looks: &Looks,
    flow: &Flow<'_>,
    unit: f64,
    columns: &Columns<'_>,
    (left, middle, right): (&mut [Placed], &mut [Placed], &mut [Placed]),
) {
    let from = columns.documents.iter().position(|d| *d == flow.document).and_then(|n| left.get_mut(n));
    let to = columns.roots.iter().position(|(r, _)| *r == flow.root).and_then(|n| right.get_mut(n));
    let between = columns.throughs.iter().position(|(t, _)| *t == flow.through).and_then(|n| middle.get_mut(n));
    let (Some(from), Some(to)) = (from, to) else { return };
    let through = if flow.through.is_empty() { String::new() } else { format!(" through {}", flow.through) };
    let count = flow.row.statements().len();
    let label = format!("{}{through}, in the end on the word of {}: {count} statements", flow.name, flow.root.1);
    if !drawing.begin(flow.row.cells().to_vec(), flow.row.statements().to_vec(), label) {
        return;
    }
    let thick = (size(flow) * unit).max(1.5);
    let (class, pattern) = match flow.is.as_str() {
        "named" => (looks.of_name(&flow.root.1).class(), looks.of_name(&flow.root.1).pattern()),
        _ => ("unnamed".to_owned(), 0),
    };
    let pieces = match between {
        None => vec![ribbon(from, to, thick)],
        Some(between) => vec![ribbon(from, between, thick), ribbon(between, to, thick)],
    };
    for d in pieces {
        drawing.path(d.clone(), format!("flow {class}"));
        drawing.hatch(d, pattern);
    }
    drawing.end();
}

fn draw_boxes(
    drawing: &mut Drawing,
    looks: &Looks,
    flows: &[Flow<'_>],
    own: &[Flow<'_>],
    (documents, left): (&[DocumentId], &[Placed]),
    (throughs, middle): (&[(String, f64)], &[Placed]),
    (roots, right): (&[(Root, f64)], &[Placed]),
) {
    for (document, placed) in documents.iter().zip(left) {
        let Some(name) = flows.iter().chain(own).find(|f| f.document == *document).map(|f| f.name.clone()) else {
            continue;
        };
        let node = Node { words: name.clone(), class: "own".to_owned(), pattern: 0 };
        let alone = own.iter().find(|f| f.document == *document);
        let figure = alone.map_or(String::new(), |f| format!("own word: {}", f.row.statements().len()));
        let room = measure(&figure, SMALL);
        boxed(drawing, &node, placed, LEFT - room - 34.0, Anchor::End);
        let shown = measure(&cut(&name, LEFT - room - 34.0, SMALL), SMALL);
        if let Some(f) = alone {
            let label = format!("{name}, on the author’s own word: {}", f.row.statements().len());
            let y = placed.top + (placed.height / 2.0).min(60.0) + 4.0;
            if drawing.begin(f.row.cells().to_vec(), f.row.statements().to_vec(), label) {
                let x = LEFT - 7.0 - shown - 12.0;
                drawing.rect((x - room - 3.0, y - 14.0), (room + 6.0, 20.0), "hit");
                drawing.text((x, y), figure, "quiet", Anchor::End);
                drawing.end();
            }
        }
    }
    for ((words, _), placed) in throughs.iter().zip(middle) {
        let node = Node { words: words.clone(), class: "box".to_owned(), pattern: 0 };
        boxed(drawing, &node, placed, RIGHT - MIDDLE - 60.0, Anchor::Start);
    }
    for ((root, _), placed) in roots.iter().zip(right) {
        let look = looks.of_name(&root.1);
        let mine: Vec<&Flow<'_>> = flows.iter().filter(|f| f.root == *root).collect();
        let tellers = mine.iter().map(|f| &f.document).collect::<BTreeSet<_>>().len();
        let statements: Vec<StatementId> = mine.iter().flat_map(|f| f.row.statements().iter().cloned()).collect();
        let named = root.0 == 0;
        let words = if tellers > 1 { format!("{} (in {tellers} documents)", root.1) } else { root.1.clone() };
        let class = if named { look.class() } else { "unnamed".to_owned() };
        let node = Node { words: words.clone(), class, pattern: if named { look.pattern() } else { 0 } };
        let is = if named { "named" } else { "unnamed" };
        let within = mine.first().filter(|_| tellers == 1).map(|f| f.name.clone()).unwrap_or_default();
        let wrote = mine.first().map(|f| VIEW.words(f.row, "wrote")).unwrap_or_default();
        let cells = vec![
            root.1.as_str().into(),
            is.into(),
            "all venues".into(),
            wrote.as_str().into(),
            tellers.into(),
            within.as_str().into(),
            "".into(),
            statements.len().into(),
        ];
        let label = format!("{words}: {} statements", statements.len());
        if drawing.begin(cells, statements, label) {
            drawing.rect(
                (placed.left - 2.0, placed.top - 2.0),
                (WIDTH - placed.left - 4.0, placed.height.max(18.0) + 4.0),
                "hit",
            );
            boxed(drawing, &node, placed, WIDTH - RIGHT - BOX - 20.0, Anchor::Start);
            drawing.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::MentionKind;

    #[test]
    fn a_root_of_two_documents_is_one_box_and_every_flow_has_its_statements() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "The owner heard Tom Reed say the sea was calm. He said the nets were down.")
                .name("Tom Reed", MentionKind::Person)
                .said("the sea was calm", &["The owner", "Tom Reed"])
                .said("the nets were down", &["He"]),
            Told::new("b.txt", "Tom Reed said the sea was calm. It rained. He said the lamp was out.")
                .name("Tom Reed", MentionKind::Person)
                .said("the sea was calm", &["Tom Reed"])
                .said("the lamp was out", &["He"])
                .own("It rained"),
        ]);
        let drawing = draw(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Wish::default());
        let svg = drawing.svg(Some(&|_| "/x".to_owned()));
        assert_eq!(svg.matches(">Tom Reed (in 2 documents)<").count(), 1, "{svg}");
        assert_eq!(svg.matches(">He<").count(), 2, "a pronoun in two documents is no shared root");
        assert_eq!(svg.matches("class=\"flow").count(), 5, "one of the four has two pieces");
        assert!(svg.contains(">own word: 1<"));
        for row in &drawing.marks.rows {
            assert_eq!(row.cells().len(), drawing.marks.columns.len());
        }
    }
}
