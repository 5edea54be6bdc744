//! `causes`: what is said to cause what, by whose account. One row an edge of the map; asked for a voice or a document it
//! is theirs. Measures, another map laid over it and what-if runs are tables of their own, made of the same map.

use super::{Run, View, voice};
use crate::causes::{
    Causes, Concepts, Edge, Map, Node, Overlaid, Own, Told, Whose, between, measures, overlay, weights,
};
use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::{Cell, Document, Row, Snapshot, Stance, Statement, StatementId, Table, Voice};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The view.
pub const VIEW: View = View {
    name: "causes",
    about: "What is said to cause or prevent what, by whose account",
    columns: &[
        ("cause", "the concept that is said to act, by the commonest of its words"),
        ("effect", "the concept that is said to follow, or not to"),
        ("weight", "from -1 (prevents) to 1 (brings about): the mean of the signs, or what a person set"),
        ("statements", "how many say it"),
        ("plus", "statements that say that it brings it about"),
        ("minus", "statements that say that it prevents it"),
        ("denied", "statements that deny the link"),
        ("documents", "how many documents say it"),
        ("on the word of", "the innermost voices"),
        ("note", "who set the weight; how often a voice of the chain denies or keeps away from what is said"),
        ("words", "the words of the first"),
    ],
    run: Run::Alone(|snapshot, actors, filter| {
        let case = Case::of(snapshot, actors, filter, &Own::default(), false);
        edges(snapshot, &case, &Whose::All, &case.map(&Whose::All))
    }),
};

/// What is said of causes in a case: the nodes and every causal claim, each with whose it is. Maps are cut out of it.
#[derive(Debug, Clone, Default)]
pub struct Case {
    nodes: Vec<Node>,
    said: Vec<Causes>,
    /// Names of documents by their place.
    documents: Vec<(String, String)>,
    /// Weights that people set, by map.
    judgements: Vec<rashomon_core::Judgement>,
    /// Causal statements that are left out, with why.
    pub left_out: Vec<String>,
    /// Whether its nodes are actors.
    pub actors: bool,
}

impl Case {
    /// Of the statements that pass. `own` is a person's file of concepts; with `between_actors` the nodes are actors.
    pub fn of(snapshot: &Snapshot, actors: &Actors, filter: &Filter, own: &Own, between_actors: bool) -> Case {
        let concepts = Concepts::of(snapshot, actors, own);
        Case::of_concepts(snapshot, actors, filter, &concepts, between_actors)
    }

    /// As [`Case::of`], with concepts that were merged before.
    pub fn of_concepts(
        snapshot: &Snapshot,
        actors: &Actors,
        filter: &Filter,
        concepts: &Concepts,
        between_actors: bool,
    ) -> Case {
        let passing: HashSet<usize> =
            filter.select(snapshot, actors).into_iter().map(|(_, s)| std::ptr::from_ref(s) as usize).collect();
        let passes = |statement: &Statement| passing.contains(&(std::ptr::from_ref(statement) as usize));
        let documents = snapshot.documents.iter().map(|(d, _)| (d.name().to_owned(), d.path.clone())).collect();
        let judgements = snapshot
            .judgements
            .iter()
            .filter(|j| j.verdict.starts_with("weight ") || j.verdict == rashomon_core::judgement::UNDO);
        let mut case =
            Case { documents, judgements: judgements.cloned().collect(), actors: between_actors, ..Case::default() };
        if between_actors {
            let told = |document: &Document, statement: &Statement| told_by(actors, document, statement);
            let (nodes, said, silent) = between(snapshot, actors, concepts, &passes, &told);
            (case.nodes, case.said) = (nodes, said);
            if silent > 0 {
                case.left_out
                    .push(format!("{silent} causal statements tell of nobody’s security, strength or trouble"));
            }
            return case;
        }
        case.nodes = Map::nodes_of(concepts);
        for link in &concepts.links {
            let Some((document, reading)) = snapshot.documents.get(link.document) else { continue };
            let Some(statement) = reading.statements.get(link.statement).filter(|s| passes(s)) else { continue };
            let (voice, disputed) = told_by(actors, document, statement);
            case.said.push(Causes {
                cause: link.cause,
                effect: link.effect,
                sign: link.sign,
                statement: statement.id().clone(),
                voice,
                document: link.document,
                disputed,
            });
        }
        if !concepts.nameless.is_empty() {
            let count = concepts.nameless.len();
            case.left_out.push(format!(
                "{count} causal statements of which one side names nothing that could be told (“this”, “it”)"
            ));
        }
        case
    }

    /// A map, with the weights that people set in it.
    pub fn map(&self, whose: &Whose) -> Map {
        self.map_telling(whose).0
    }

    /// As [`Case::map`], with the pairs of set weights that the map does not hold.
    pub fn map_telling(&self, whose: &Whose) -> (Map, Vec<(String, String)>) {
        let own = self.voice_of(whose);
        let said: Vec<Causes> = self.said.iter().filter(|s| own.is_none_or(|own| own == s.voice)).cloned().collect();
        let said: Vec<Causes> = match whose {
            Whose::Document(name) => {
                let of = self.documents_named(name);
                said.into_iter().filter(|s| of.contains(&s.document)).collect()
            }
            Whose::Voice(_) if own.is_none() => Vec::new(),
            _ => said,
        };
        let mut map = Map::of(&self.nodes, &said);
        let strange = map.weigh(&weights(&self.judgements, &whose.to_string()));
        (map, strange)
    }

    /// The voice that is meant: the one of that name, else the only one whose name holds the words.
    fn voice_of(&self, whose: &Whose) -> Option<&str> {
        let Whose::Voice(name) = whose else { return None };
        let all = self.voices();
        let wanted = name.to_lowercase();
        let exact = all.keys().find(|v| v.to_lowercase() == wanted);
        exact.or_else(|| all.keys().find(|v| v.to_lowercase().contains(&wanted))).copied()
    }

    /// Places of the documents whose title is that name, else whose title or path holds it.
    fn documents_named(&self, name: &str) -> BTreeSet<usize> {
        let wanted = name.to_lowercase();
        let holds = |exact: bool| {
            let fits = |t: &String| if exact { t.to_lowercase() == wanted } else { t.to_lowercase().contains(&wanted) };
            let all = self.documents.iter().enumerate().filter(move |(_, (title, path))| fits(title) || fits(path));
            all.map(|(n, _)| n).collect::<BTreeSet<usize>>()
        };
        let exact = holds(true);
        if exact.is_empty() { holds(false) } else { exact }
    }

    /// Every voice with the number of its causal claims.
    pub fn voices(&self) -> BTreeMap<&str, usize> {
        let mut all = BTreeMap::new();
        self.said.iter().for_each(|s| *all.entry(s.voice.as_str()).or_default() += 1);
        all
    }

    /// Every document that makes causal claims, with their number.
    pub fn documents(&self) -> Vec<(&str, usize)> {
        let mut all: BTreeMap<usize, usize> = BTreeMap::new();
        self.said.iter().for_each(|s| *all.entry(s.document).or_default() += 1);
        all.into_iter().filter_map(|(n, count)| Some((self.documents.get(n)?.0.as_str(), count))).collect()
    }

    /// What a map is called: it always names whose it is.
    pub fn title(&self, whose: &Whose) -> String {
        let nodes = if self.actors { "between actors, " } else { "" };
        match whose {
            Whose::All => format!("{nodes}of everything that is said here"),
            Whose::Voice(name) => format!("{nodes}of {}", self.voice_of(whose).unwrap_or(name)),
            Whose::Document(name) => {
                let first = self.documents_named(name).into_iter().next().and_then(|n| self.documents.get(n));
                format!("{nodes}of “{}”", first.map_or(name.as_str(), |(title, _)| title))
            }
        }
    }
}

/// On whose word a statement stands in the end, and whether some voice of the chain denies it or keeps away from it.
fn told_by(actors: &Actors, document: &Document, statement: &Statement) -> (String, bool) {
    let source = match statement.source() {
        Voice::Unnamed(_) => "someone unnamed".to_owned(),
        other => voice::told_by(actors, document, other),
    };
    (source, statement.chain().iter().any(|l| matches!(l.stance, Stance::Denies | Stance::Distances)))
}

/// The edges of a map as a table, those that most statements make first.
pub fn edges(snapshot: &Snapshot, case: &Case, whose: &Whose, map: &Map) -> Table {
    let mut table = super::table(&VIEW);
    let mut order: Vec<&Edge> = map.edges.iter().collect();
    order.sort_by_key(|e| (std::cmp::Reverse(e.statements.len()), e.cause, e.effect));
    let wanted: HashSet<&StatementId> = order.iter().filter_map(|e| e.statements.first()).collect();
    let words: BTreeMap<&StatementId, String> = snapshot
        .statements()
        .filter(|(_, s)| wanted.contains(s.id()))
        .map(|(_, s)| (s.id(), voice::one_line(&s.text())))
        .collect();
    for edge in order {
        let first = edge.statements.first().and_then(|id| words.get(id)).cloned().unwrap_or_default();
        let cells = vec![
            name(map, edge.cause).into(),
            name(map, edge.effect).into(),
            Cell::Number(edge.weight),
            edge.statements.len().into(),
            edge.plus.into(),
            edge.minus.into(),
            edge.denied.into(),
            edge.documents.len().into(),
            edge.voices.iter().cloned().collect::<Vec<_>>().join("; ").into(),
            Cell::maybe(note(edge)),
            first.into(),
        ];
        table.rows.extend(Row::new(cells, edge.statements.clone()));
    }
    table.notes.push(format!("the map {}", case.title(whose)));
    table.notes.extend(notes(case, map));
    table
}

fn name(map: &Map, node: usize) -> String {
    map.nodes.get(node).map_or_else(String::new, |n| n.name.clone())
}

fn note(edge: &Edge) -> Option<String> {
    let set = edge.set_by.as_ref().map(|by| format!("weight set by {by}"));
    let disputed = (edge.disputed > 0).then(|| format!("held at a distance or denied: {}", edge.disputed));
    let all: Vec<String> = set.into_iter().chain(disputed).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// What must be said of a map besides its edges.
pub fn notes(case: &Case, map: &Map) -> Vec<String> {
    let nodes = if case.actors { "actors" } else { "concepts" };
    let mut notes = vec![format!("{} {nodes}, {} edges", map.nodes.len(), map.edges.len())];
    notes.extend(case.left_out.iter().map(|why| format!("left out: {why}")));
    if !map.loops.is_empty() {
        notes.push(format!("left out: {} links of one of the {nodes} with itself", map.loops.len()));
    }
    notes
}

/// The statements behind each node.
fn behind(map: &Map) -> Vec<Vec<StatementId>> {
    let mut all = vec![Vec::new(); map.nodes.len()];
    for edge in &map.edges {
        for end in [edge.cause, edge.effect] {
            if let Some(ids) = all.get_mut(end) {
                ids.extend(edge.statements.iter().cloned());
            }
        }
    }
    all
}

/// Cycles that the table of measures names.
const SHOWN_CYCLES: usize = 20;

/// A map's measures: one row a node, those of the whole map as notes.
pub fn measured(case: &Case, whose: &Whose, map: &Map) -> Table {
    let found = measures(map);
    let behind = behind(map);
    let mut rows: Vec<(f64, usize, Row)> = Vec::new();
    for (n, (node, degrees)) in map.nodes.iter().zip(&found.degrees).enumerate() {
        let cells = vec![
            node.name.as_str().into(),
            degrees.kind.as_str().into(),
            Cell::Number(degrees.within),
            Cell::Number(degrees.out),
            Cell::Number(degrees.centrality()),
            node.forms.join("; ").into(),
            node.reasons.join("; ").into(),
        ];
        let ids = behind.get(n).cloned().unwrap_or_default();
        rows.extend(Row::new(cells, ids).map(|row| (degrees.centrality(), n, row)));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    Table {
        view: VIEW.name,
        columns: vec!["node", "kind", "in-degree", "out-degree", "centrality", "words", "why these are one"],
        rows: rows.into_iter().map(|(_, _, row)| row).collect(),
        notes: std::iter::once(format!("the map {}", case.title(whose))).chain(structure(case, map)).collect(),
    }
}

/// The measures of the whole map, in words.
pub fn structure(case: &Case, map: &Map) -> Vec<String> {
    let m = measures(map);
    let maybe = |x: Option<f64>| x.map_or("none".to_owned(), |x| format!("{x:.4}"));
    let cycles = &m.cycles;
    let positive = cycles.found.iter().filter(|c| c.positive).count();
    let least = if cycles.complete { "" } else { "at least " };
    let mut all = notes(case, map);
    all.extend([
        format!("N = {}, C = {} (edges of weight 0, which are no connection: {})", m.nodes, m.connections, m.cancelled),
        format!("density C/N² = {:.4}; C/(N(N-1)) = {:.4}", m.density, m.density_without_loops),
        format!("transmitters {}, receivers {}, ordinary {}", m.transmitters, m.receivers, m.ordinary),
        format!("complexity (receivers / transmitters) = {}", maybe(m.complexity)),
        format!("hierarchy index = {}", maybe(m.hierarchy)),
        format!(
            "cycles: {least}{}, of which {positive} strengthen and {} dampen what begins",
            cycles.found.len(),
            cycles.found.len() - positive
        ),
    ]);
    for cycle in cycles.found.iter().take(SHOWN_CYCLES) {
        let way: Vec<String> = cycle.nodes.iter().chain(cycle.nodes.first()).map(|n| name(map, *n)).collect();
        all.push(format!("cycle {}: {}", if cycle.positive { "+" } else { "-" }, way.join(" → ")));
    }
    if cycles.found.len() > SHOWN_CYCLES {
        all.push(format!("only the shortest {SHOWN_CYCLES} cycles are named"));
    }
    all
}

/// One map laid over another: one row an edge of either, opposite signs first.
pub fn overlaid(case: &Case, first: &Whose, second: &Whose) -> Table {
    let all = overlay(&case.map(first), &case.map(second));
    let row = |o: &Overlaid| {
        let weight = |e: &Option<Edge>| e.as_ref().map_or(Cell::Empty, |e| Cell::Number(e.weight));
        let edges = || o.first.iter().chain(&o.second);
        let ids: Vec<StatementId> = edges().flat_map(|e| e.statements.iter().cloned()).collect();
        let cells = vec![
            o.cause.as_str().into(),
            o.effect.as_str().into(),
            o.relation.as_str().into(),
            weight(&o.first),
            weight(&o.second),
        ];
        Row::new(cells, ids)
    };
    let mut notes =
        vec![format!("first: the map {}", case.title(first)), format!("second: the map {}", case.title(second))];
    notes.extend(case.left_out.iter().map(|why| format!("left out: {why}")));
    Table {
        view: VIEW.name,
        columns: vec!["cause", "effect", "relation", "weight in the first", "weight in the second"],
        rows: all.iter().filter_map(row).collect(),
        notes,
    }
}

/// What stands beside every run.
pub const CAUTION: &str = "an experiment on what these words imply, never a forecast";

/// A run: one row a node, those that moved most first.
pub fn what_if(case: &Case, whose: &Whose, map: &Map, told: &Told) -> Table {
    let behind = behind(map);
    let mut rows: Vec<(f64, usize, Row)> = Vec::new();
    for (n, node) in map.nodes.iter().enumerate() {
        let value = |state: &[f64]| state.get(n).map_or(Cell::Empty, |v| Cell::Text(format!("{v:.7}")));
        let moved = told.difference(n);
        let set = told.changed.get(n).copied().flatten();
        let cells = vec![
            node.name.as_str().into(),
            value(&told.start),
            value(&told.baseline.state),
            told.scenario.as_ref().map_or(Cell::Empty, |s| value(&s.state)),
            moved.map_or(Cell::Empty, |d| Cell::Text(format!("{:+.7}", if d.abs() < 5e-8 { 0.0 } else { d }))),
            set.map_or(Cell::Empty, |v| Cell::Text(format!("set to {v}"))),
        ];
        let ids = behind.get(n).cloned().unwrap_or_default();
        rows.extend(Row::new(cells, ids).map(|row| (moved.unwrap_or_default().abs(), n, row)));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut notes = vec![format!("the map {}: {CAUTION}", case.title(whose))];
    notes.extend(told.notes());
    notes.extend(self::notes(case, map));
    Table {
        view: VIEW.name,
        columns: vec!["node", "start", "baseline", "intervention", "difference", "changed"],
        rows: rows.into_iter().map(|(_, _, row)| row).collect(),
        notes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::Scenario;
    use crate::events::testing;

    const FIRST: &str =
        "The lamps prevented confusion among the gunners. Anne Lowry said that the fog caused the collision.";
    const SECOND: &str = "The lamps led to confusion among the gunners. Confusion among the gunners led to a panic.";

    fn case(filter: &Filter) -> Option<(Snapshot, Case)> {
        let snapshot = testing::read(&[("a.txt", "", FIRST), ("b.txt", "", SECOND)])?;
        let actors = Actors::resolve(&snapshot);
        let case = Case::of(&snapshot, &actors, filter, &Own::default(), false);
        Some((snapshot, case))
    }

    fn shown(table: &Table, columns: usize) -> Vec<String> {
        let row = |r: &Row| r.cells()[..columns].iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn the_maps_of_two_documents_differ_and_lie_over_each_other() {
        let Some((snapshot, case)) = case(&Filter::default()) else { return };
        let of = |name: &str| Whose::Document(name.into());
        let all = edges(&snapshot, &case, &Whose::All, &case.map(&Whose::All));
        assert_eq!(all.notes[0], "the map of everything that is said here");
        assert_eq!(all.rows.len(), 3, "{:?}", shown(&all, 3));
        assert!(shown(&all, 4)[0].ends_with("| 0.000 | 2"), "what two say otherwise cancels out: {:?}", shown(&all, 4));
        let both = overlaid(&case, &of("a.txt"), &of("b.txt"));
        let rows = shown(&both, 3);
        assert_eq!(rows[0], "lamps | confusion among the gunners | opposite sign", "{rows:?}");
        assert_eq!(both.rows[0].statements().len(), 2);
        assert_eq!(rows.len(), 3);
        assert!(both.notes[0].contains("“a.txt”"));
    }

    #[test]
    fn a_voice_has_a_map_of_its_own_and_a_stranger_none() {
        let Some((snapshot, case)) = case(&Filter::default()) else { return };
        assert!(case.voices().contains_key("Anne Lowry"), "{:?}", case.voices());
        let whose = Whose::Voice("lowry".into());
        let hers = edges(&snapshot, &case, &whose, &case.map(&whose));
        assert_eq!(shown(&hers, 2), ["fog | collision"]);
        assert!(case.map(&Whose::Voice("nobody".into())).edges.is_empty());
        assert_eq!(case.title(&Whose::Voice("lowry".into())), "of Anne Lowry");
    }

    #[test]
    fn measures_and_runs_name_the_statements_and_whose_map_it_is() {
        let Some((_, case)) = case(&Filter::default()) else { return };
        let whose = Whose::Document("b.txt".into());
        let map = case.map(&whose);
        let table = measured(&case, &whose, &map);
        assert_eq!(shown(&table, 2)[0], "confusion among the gunners | ordinary");
        assert!(table.notes.iter().any(|n| n.starts_with("N = 3, C = 2")), "{:?}", table.notes);
        let mut scenario = Scenario { whose: whose.clone(), ..Scenario::default() };
        scenario.set.insert("lamps".into(), 0.0);
        let told = scenario.run(&map).unwrap();
        let run = what_if(&case, &whose, &map, &told);
        assert_eq!(shown(&run, 1)[0], "lamps");
        assert!(run.notes[0].contains("of “b.txt”") && run.notes[0].contains("never a forecast"));
        assert!(run.rows.iter().all(|r| !r.statements().is_empty()));
    }
}
