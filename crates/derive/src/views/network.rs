//! `network`: who is tied to whom, when, by whose account. With one voice as filter it is the network according to that
//! voice; the measures of its graph stand beside each end.

use super::timeline::names;
use super::{Run, View, voice};
use crate::events::{Case, Coder, Graph, TieType, ToldTie};
use crate::filter::Filter;
use crate::resolve::{ActorId, Actors};
use rashomon_core::{Cell, Row, Snapshot, Stance, StatementId, Table, Voice};
use rashomon_text::edtf;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The view.
pub const VIEW: View = View {
    name: "network",
    about: "Who is tied to whom, how, since when, by whose account",
    columns: &[
        ("actor", "the end that comes first: who leads, supports, kills; the part"),
        ("tie", "its kind"),
        ("other", "the other end"),
        ("sign", "+1 binds, -1 divides, 0 neither"),
        ("directed", "whether the ends cannot change places"),
        ("since", "first date stated, EDTF"),
        ("until", "last date stated"),
        ("statements", "how many tell it"),
        ("documents", "how many documents tell it"),
        ("on the word of", "the innermost voices"),
        ("denied", "how many statements deny it or keep away from it"),
    ],
    run: Run::Alone(|snapshot, actors, filter| coded(snapshot, actors, filter, &Coder::bundled())),
};

/// One edge: what all statements tell of one kind of tie between two actors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edge {
    /// +1, -1 or 0.
    pub sign: i8,
    /// Whether the ends cannot change places.
    pub directed: bool,
    /// First and last date stated.
    pub since: Option<String>,
    /// Last date stated.
    pub until: Option<String>,
    /// Places of documents.
    pub documents: BTreeSet<usize>,
    /// Innermost voices.
    pub voices: BTreeSet<String>,
    /// Documents whose authors tell it on their own word, while it is gathered.
    pub(crate) authors: BTreeSet<usize>,
    /// Statements that deny it.
    pub denied: usize,
    /// All statements that speak of it, sorted, each once.
    pub statements: Vec<StatementId>,
}

/// The edges of a case by ends and kind.
pub type Edges = BTreeMap<(ActorId, TieType, ActorId), Edge>;

/// The edges that the ties of a case make, and how many ties have an end that is nobody known.
pub fn edges(snapshot: &Snapshot, actors: &Actors, ties: &[ToldTie]) -> (Edges, usize) {
    // By hash while they are gathered, in order at the end.
    let mut all: HashMap<(&ActorId, TieType, &ActorId), Edge> = HashMap::new();
    let mut loose = 0;
    for told in ties {
        let tie = &told.tie;
        let Some((_, reading)) = snapshot.documents.get(told.document) else { continue };
        let Some(statement) = reading.statements.get(tie.statement) else { continue };
        if tie.marks.future || tie.marks.hypothetical {
            continue;
        }
        let chain = statement.chain();
        let outer = tie.link.unwrap_or(chain.len()).min(chain.len());
        let links = chain.get(..outer).unwrap_or(chain);
        let denied = tie.marks.negated || links.iter().any(|l| matches!(l.stance, Stance::Denies | Stance::Distances));
        let other = links.last().map(|l| &l.voice).filter(|v| **v != Voice::Author);
        let mut any = false;
        for from in tie.from.iter().filter_map(|m| m.actor.as_ref()) {
            for to in tie.to.iter().filter_map(|m| m.actor.as_ref()).filter(|to| *to != from) {
                any = true;
                let (a, b) = if tie.directed || from <= to { (from, to) } else { (to, from) };
                let edge = all.entry((a, tie.kind, b)).or_default();
                edge.sign = tie.sign;
                edge.directed = tie.directed;
                edge.documents.insert(told.document);
                match other {
                    Some(other) => drop(edge.voices.insert(voice::counted(actors, statement.document(), other))),
                    None => drop(edge.authors.insert(told.document)),
                }
                edge.denied += usize::from(denied);
                edge.statements.push(statement.id().clone());
                take_time(edge, told.when.as_deref());
            }
        }
        loose += usize::from(!any);
    }
    let finished = all.into_iter().map(|((a, kind, b), mut edge)| {
        edge.statements.sort_unstable();
        edge.statements.dedup();
        let authors = std::mem::take(&mut edge.authors);
        let name = |n: &usize| snapshot.documents.get(*n).map(|(d, _)| voice::told_by(actors, d, &Voice::Author));
        edge.voices.extend(authors.iter().filter_map(name));
        ((a.clone(), kind, b.clone()), edge)
    });
    (finished.collect(), loose)
}

fn take_time(edge: &mut Edge, when: Option<&str>) {
    let Some((first, last)) = when.map(edtf::ends) else { return };
    let dated = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if dated(first) && edge.since.as_deref().is_none_or(|since| first < since) {
        edge.since = Some(first.to_owned());
    }
    if dated(last) && edge.until.as_deref().is_none_or(|until| last > until) {
        edge.until = Some(last.to_owned());
    }
}

/// The view with a coder of one's own.
pub fn coded(snapshot: &Snapshot, actors: &Actors, filter: &Filter, coder: &Coder) -> Table {
    let case = Case::of(snapshot, actors, filter, coder);
    sliced(snapshot, actors, &case)
}

/// The view of a case that was gathered before.
pub fn sliced(snapshot: &Snapshot, actors: &Actors, case: &Case) -> Table {
    let (edges, loose) = edges(snapshot, actors, &case.ties);
    let mut table = super::table(&VIEW);
    let mut order: Vec<_> = edges.iter().collect();
    let name = |id: &ActorId| names(actors, std::iter::once(id));
    order.sort_by_cached_key(|((a, kind, b), edge)| {
        (std::cmp::Reverse(edge.statements.len()), name(a), *kind, name(b), a.clone(), b.clone())
    });
    for ((a, kind, b), edge) in order {
        let cells = vec![
            name(a).into(),
            kind.as_str().into(),
            name(b).into(),
            Cell::Text(format!("{:+}", edge.sign).replace("+0", "0")),
            if edge.directed { "yes" } else { "no" }.into(),
            Cell::maybe(edge.since.clone()),
            Cell::maybe(edge.until.clone()),
            edge.statements.len().into(),
            edge.documents.len().into(),
            edge.voices.iter().cloned().collect::<Vec<_>>().join("; ").into(),
            edge.denied.into(),
        ];
        table.rows.extend(Row::new(cells, edge.statements.clone()));
    }
    let graph = Graph::new(edges.keys().map(|(a, _, b)| (a, b)));
    table.notes.push(format!(
        "{} actors, {} ties, {} parts that hang together, {} communities",
        graph.nodes().len(),
        edges.len(),
        graph.components(),
        graph.communities().iter().max().map_or(0, |n| n + 1)
    ));
    if loose > 0 {
        table.notes.push(format!("left out: {loose} ties with an end that is nobody known by name"));
    }
    table
}

/// The measures of each actor of the network: one row an actor.
pub fn measures(snapshot: &Snapshot, actors: &Actors, case: &Case) -> Table {
    let (edges, _) = edges(snapshot, actors, &case.ties);
    let graph = Graph::new(edges.keys().map(|(a, _, b)| (a, b)));
    let (betweenness, parts, communities) = (graph.betweenness(), graph.parts(), graph.communities());
    let mut behind: BTreeMap<&ActorId, Vec<StatementId>> = BTreeMap::new();
    for ((a, _, b), edge) in &edges {
        for id in [a, b] {
            behind.entry(id).or_default().extend(edge.statements.iter().cloned());
        }
    }
    let mut rows: Vec<(usize, String, Row)> = Vec::new();
    for (n, id) in graph.nodes().iter().enumerate() {
        let (degree, of) = (graph.degree(n), |all: &[usize]| all.get(n).map_or(0, |c| c + 1));
        let cells = vec![
            names(actors, std::iter::once(id)).into(),
            degree.into(),
            Cell::Number(betweenness.get(n).copied().unwrap_or_default()),
            of(&parts).into(),
            of(&communities).into(),
        ];
        let statements = behind.get(id).cloned().unwrap_or_default();
        rows.extend(Row::new(cells, statements).map(|row| (degree, names(actors, std::iter::once(id)), row)));
    }
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Table {
        view: "network",
        columns: vec!["actor", "degree", "betweenness", "part", "community"],
        rows: rows.into_iter().map(|(_, _, row)| row).collect(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn the_network_according_to_one_voice_is_its_own() {
        let snapshot = testing::read(&[
            (
                "a.txt",
                "1938",
                "Germany supplied Spain with aircraft in 1936. Churchill said that Italy attacked Ethiopia in 1935.",
            ),
            ("b.txt", "1940", "Italy attacked Ethiopia. Germany did not attack Sweden."),
        ]);
        let Some(snapshot) = snapshot else { return };
        let actors = Actors::resolve(&snapshot);
        let rows = |filter: &Filter| {
            let table = coded(&snapshot, &actors, filter, &Coder::bundled());
            table
                .rows
                .iter()
                .map(|r| r.cells()[..4].iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
        };
        let whole = rows(&Filter::default());
        assert!(
            whole.iter().any(|r| r.contains("fights") && r.contains("Italy") && r.contains("Ethiopia")),
            "{whole:?}"
        );
        assert!(whole.iter().any(|r| r == "Germany supplies Spain +1"), "{whole:?}");
        let his = rows(&Filter { voices: vec!["churchill".into()], ..Filter::default() });
        assert!(his.len() == 1 && his[0].contains("Ethiopia"), "{his:?}");
        let table = coded(&snapshot, &actors, &Filter::default(), &Coder::bundled());
        let fight = table
            .rows
            .iter()
            .find(|r| r.cells()[1].to_string() == "fights" && r.cells()[8].to_string() == "2")
            .unwrap();
        assert_eq!(fight.statements().len(), 2);
        assert_eq!(fight.cells()[5].to_string(), "1935");
        let denied = table.rows.iter().find(|r| format!("{:?}", r.cells()).contains("Sweden")).unwrap();
        assert_eq!(denied.cells()[10].to_string(), "1");
    }
}
