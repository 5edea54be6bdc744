//! `discourse`: which voices share or dispute which concepts. Networks, camps, windows of time and the concepts that carry
//! the structure are further tables of the same coded statements.

use super::{Run, View, voice};
use crate::discourse::{
    Asked, Backbone, Code, Codes, Counts, Direction, Kernel, Measure, Mode, Normalisation, Options, Proposal, Side,
    Split, Unit, code, in_window, split,
};
use crate::events::Interval;
use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::{Cell, Row, Snapshot, StatementId, Table};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The view.
pub const VIEW: View = View {
    name: "discourse",
    about: "Which voices share or dispute which concepts",
    columns: &[
        ("voice", "on whose word it is said in the end"),
        ("concept", "what is spoken of"),
        ("agrees", "statements that agree"),
        ("disagrees", "statements that disagree"),
        ("difference", "agreement less disagreement"),
        ("documents", "documents in which it is said"),
        ("by hand", "statements that a person coded"),
    ],
    run: Run::Alone(|snapshot, actors, filter| two_mode(&code(snapshot, actors, filter, &Options::default()))),
};

/// Ties of one mode that a table shows at most: the strongest.
const MOST: usize = 20_000;

fn made(columns: &[&'static str], notes: Vec<String>) -> Table {
    Table { view: VIEW.name, columns: columns.to_vec(), rows: Vec::new(), notes }
}

/// Voices by concepts: a row for each pair.
pub fn two_mode(codes: &Codes) -> Table {
    let mut all: BTreeMap<(usize, usize), Vec<&Code>> = BTreeMap::new();
    for code in &codes.codes {
        all.entry((code.actor, code.concept)).or_default().push(code);
    }
    let mut table = super::table(&VIEW);
    table.notes.clone_from(&codes.notes);
    let mut rows: Vec<(usize, usize, usize, Row)> = Vec::new();
    let mut said: HashMap<usize, usize> = HashMap::new();
    for ((actor, concept), told) in all {
        let agrees = told.iter().filter(|c| c.side == Side::Agree).count();
        let documents: BTreeSet<usize> = told.iter().map(|c| c.document).collect();
        let cells = vec![
            codes.actor(actor).into(),
            codes.concept(concept).into(),
            agrees.into(),
            (told.len() - agrees).into(),
            signed(agrees as f64 - (told.len() - agrees) as f64),
            documents.len().into(),
            told.iter().filter(|c| c.coder.is_some()).count().into(),
        ];
        *said.entry(actor).or_default() += told.len();
        let behind = told.iter().flat_map(|c| c.statements.iter().cloned()).collect();
        rows.extend(Row::new(cells, behind).map(|row| (actor, concept, told.len(), row)));
    }
    let of = |actor: &usize| said.get(actor).copied().unwrap_or(0);
    rows.sort_by_key(|(actor, concept, count, _)| {
        (std::cmp::Reverse(of(actor)), *actor, std::cmp::Reverse(*count), *concept)
    });
    table.rows = rows.into_iter().map(|(.., row)| row).collect();
    table
}

/// A whole number with its sign.
fn signed(value: f64) -> Cell {
    Cell::Text(if value == 0.0 { "0".to_owned() } else { format!("{value:+}") })
}

/// The statements of one row of a mode on one place of the other, by side.
type Behind<'a> = HashMap<(usize, usize), [Vec<&'a StatementId>; 2]>;

/// The statements behind everything, rows being voices or, in the network of concepts, concepts.
fn behind(codes: &Codes, mode: Mode) -> Behind<'_> {
    let mut all: Behind<'_> = HashMap::new();
    for code in &codes.codes {
        let key = if mode == Mode::Concepts { (code.concept, code.actor) } else { (code.actor, code.concept) };
        if let Some(side) = all.entry(key).or_default().get_mut(usize::from(code.side == Side::Disagree)) {
            side.extend(&code.statements);
        }
    }
    all
}

/// A tie of one mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// Place of the one.
    pub one: usize,
    /// Place of the other.
    pub other: usize,
    /// On the same side.
    pub congruence: f64,
    /// On opposite sides.
    pub conflict: f64,
    /// What was asked for.
    pub value: f64,
    /// The statements behind it, sorted.
    pub statements: Vec<StatementId>,
}

/// The ties of one mode that are not 0, the strongest first, at most so many; and how many there are.
pub fn ties(codes: &Codes, counts: &Counts, asked: &Asked, most: usize) -> (Vec<Tie>, usize) {
    let concepts = asked.mode == Mode::Concepts;
    let turned = concepts.then(|| counts.turned());
    let counts = turned.as_ref().unwrap_or(counts);
    let by = asked.normalisation.unwrap_or(Normalisation::None);
    let measure = match asked.shown {
        crate::discourse::Shown::Of(measure) => measure,
        crate::discourse::Shown::Stacked => Measure::Subtract,
    };
    let (values, pair) = (counts.one_mode(measure, by), counts.signed(by));
    let mut all: Vec<(usize, usize)> = Vec::new();
    for i in 0..values.rows {
        all.extend(
            (i + 1..values.rows)
                .filter(|j| {
                    values.at(i, *j) != 0.0
                        || pair.congruence.at(i, *j) + pair.conflict.at(i, *j) != 0.0 && measure == Measure::Subtract
                })
                .map(|j| (i, j)),
        );
    }
    let whole = all.len();
    all.sort_by(|a, b| values.at(b.0, b.1).abs().total_cmp(&values.at(a.0, a.1).abs()).then(a.cmp(b)));
    all.truncate(most);
    let behind = behind(codes, asked.mode);
    let tie = |(one, other): (usize, usize)| {
        let mut statements: Vec<StatementId> = Vec::new();
        for count in counts.row(one) {
            let (Some(a), Some(b)) = (behind.get(&(one, count.concept)), behind.get(&(other, count.concept))) else {
                continue;
            };
            for (n, side) in a.iter().enumerate().filter(|(_, side)| !side.is_empty()) {
                for (m, opposite) in b.iter().enumerate().filter(|(_, opposite)| !opposite.is_empty()) {
                    let counts = match measure {
                        Measure::Congruence => n == m,
                        Measure::Conflict => n != m,
                        Measure::Ignore | Measure::Subtract => true,
                    };
                    if counts {
                        statements.extend(side.iter().chain(opposite).copied().cloned());
                    }
                }
            }
        }
        statements.sort_unstable();
        statements.dedup();
        Tie {
            one,
            other,
            congruence: pair.congruence.at(one, other),
            conflict: pair.conflict.at(one, other),
            value: values.at(one, other),
            statements,
        }
    };
    (all.into_iter().map(tie).collect(), whole)
}

/// The name of what has a place.
type NameOf = fn(&Codes, usize) -> &str;

/// One mode: a row for each two voices or concepts that share something.
pub fn one_mode(codes: &Codes, asked: &Asked) -> Table {
    let (found, whole) = ties(codes, &asked.counts(codes), asked, MOST);
    let (first, name): (&[&'static str], NameOf) = match asked.mode {
        Mode::Concepts => (&["concept", "other concept", "value", "congruence", "conflict"], Codes::concept),
        _ => (&["voice", "other voice", "value", "congruence", "conflict"], Codes::actor),
    };
    let mut table = made(first, codes.notes.clone());
    for tie in &found {
        let cells = vec![
            name(codes, tie.one).into(),
            name(codes, tie.other).into(),
            number(tie.value),
            number(tie.congruence),
            number(tie.conflict),
        ];
        table.rows.extend(Row::new(cells, tie.statements.clone()));
    }
    if whole > found.len() {
        table.notes.push(format!("the {} strongest of {whole} ties; a matrix has all of them", found.len()));
    }
    table
}

/// A number: a whole one as a count.
fn number(value: f64) -> Cell {
    if value >= 0.0 && value.fract() == 0.0 && value < 1e15 { Cell::Count(value as u64) } else { Cell::Number(value) }
}

/// The camps of the least frustrated split: a row a voice.
pub fn camps(codes: &Codes, asked: &Asked) -> (Table, Split) {
    let counts = asked.counts(codes);
    let signed = asked.signed(&counts);
    let found = split(&signed);
    let mut table = made(
        &["camp", "voice", "statements", "with own camp", "against own camp", "with the other", "against the other"],
        codes.notes.clone(),
    );
    let mut behind: HashMap<usize, Vec<StatementId>> = HashMap::new();
    for code in &codes.codes {
        behind.entry(code.actor).or_default().extend(code.statements.iter().cloned());
    }
    let activity = counts.activity();
    let mut order: Vec<usize> =
        (0..codes.actors.len()).filter(|a| activity.get(*a).is_some_and(|n| *n > 0.0)).collect();
    let camp = |a: usize| found.camps.get(a).copied().flatten();
    order.sort_by_key(|a| (camp(*a).is_none(), camp(*a), *a));
    for actor in order {
        let sum = |matrix: &crate::discourse::Matrix, own: bool| -> f64 {
            (0..codes.actors.len())
                .filter(|b| camp(*b).is_some() && (camp(*b) == camp(actor)) == own)
                .map(|b| matrix.at(actor, b))
                .sum()
        };
        let statements = behind.remove(&actor).unwrap_or_default();
        let cells = vec![
            camp(actor).map_or(Cell::Text("none".into()), |c| Cell::Text(if c == 0 { "A".into() } else { "B".into() })),
            codes.actor(actor).into(),
            number(activity.get(actor).copied().unwrap_or(0.0)),
            Cell::Number(sum(&signed.congruence, true)),
            Cell::Number(sum(&signed.conflict, true)),
            Cell::Number(sum(&signed.congruence, false)),
            Cell::Number(sum(&signed.conflict, false)),
        ];
        table.rows.extend(Row::new(cells, statements));
    }
    table.notes.extend(told_of(&found));
    (table, found)
}

/// What must be known of a split, in words.
pub fn told_of(split: &Split) -> Vec<String> {
    let Some(frustration) = split.frustration else {
        return vec!["no two voices share a concept: there are no camps".into()];
    };
    let how = if split.exact { "no split has less" } else { "found by search: a split with less may exist" };
    let mut notes = vec![format!("frustration {frustration:.4} ({how})")];
    if split.parts > 1 {
        notes.push(format!(
            "{} parts share nothing with each other: which camp of one goes with which of another is not told",
            split.parts
        ));
    } else if split.tied {
        notes.push("another split has the same frustration".into());
    }
    notes
}

/// Windows of time: a row for each in which something was said.
pub fn series(codes: &Codes, asked: &Asked) -> Table {
    let columns = [
        "day",
        "from",
        "to",
        "statements",
        "voices",
        "concepts",
        "congruence",
        "conflict",
        "frustration",
        "camp A",
        "camp B",
    ];
    let mut table = made(&columns, codes.notes.clone());
    let Some(moving) = asked.moving else { return table };
    let dated = || codes.codes.iter().filter_map(|c| c.when).filter(|w| w.first != i64::MIN && w.last != i64::MAX);
    let (Some(first), Some(last)) = (dated().map(|w| w.first).min(), dated().map(|w| w.last).max()) else {
        table.notes.push("no coded statement is dated".into());
        return table;
    };
    let windows = moving.windows(first, last);
    let rows: Vec<Option<Row>> = windows
        .par_iter()
        .map(|window| {
            let inside: Vec<&Code> =
                codes.codes.iter().filter(|c| c.when.is_some_and(|w| moving.weight(*window, w) > 0.0)).collect();
            if inside.is_empty() {
                return None;
            }
            let counts = in_window(codes, moving, *window);
            let (voices, concepts): (BTreeSet<usize>, BTreeSet<usize>) =
                inside.iter().map(|c| (c.actor, c.concept)).unzip();
            // Only who speaks in the window is compared.
            let counts = counts.of_actors(&voices.iter().copied().collect::<Vec<_>>());
            let pair = asked.signed(&counts);
            let found = split(&pair);
            let camp = |n: u8| found.camps.iter().filter(|c| **c == Some(n)).count();
            let sum = |matrix: &crate::discourse::Matrix| Cell::Number(matrix.values.iter().sum::<f64>() / 2.0);
            let cells = vec![
                Interval::iso(window.day).into(),
                Interval::iso(window.first).into(),
                Interval::iso(window.last).into(),
                inside.len().into(),
                voices.len().into(),
                concepts.len().into(),
                sum(&pair.congruence),
                sum(&pair.conflict),
                found.frustration.map_or(Cell::Empty, Cell::Number),
                camp(0).into(),
                camp(1).into(),
            ];
            Row::new(cells, inside.iter().flat_map(|c| c.statements.iter().cloned()).collect())
        })
        .collect();
    let empty = rows.iter().filter(|r| r.is_none()).count();
    table.rows = rows.into_iter().flatten().collect();
    let name =
        |all: &[(Direction, &'static str)]| all.iter().find(|(d, _)| *d == moving.direction).map_or("", |(_, n)| n);
    let unit = Unit::ALL.iter().find(|(u, _)| *u == moving.unit).map_or("", |(_, n)| n);
    let kernel = Kernel::ALL.iter().find(|(k, _)| *k == moving.kernel).map_or("", |(_, n)| n);
    table.notes.push(format!(
        "{} windows, {} {unit} wide, {}, {kernel} kernel; {empty} without a statement are left out",
        windows.len(),
        moving.width,
        name(&Direction::ALL)
    ));
    if windows.len() == crate::discourse::MOST_WINDOWS {
        table.notes.push(format!("only the first {} windows were made", windows.len()));
    }
    let undated = codes.codes.iter().filter(|c| c.when.is_none()).count();
    if undated > 0 {
        table.notes.push(format!("left out: {undated} coded statements without a date"));
    }
    table
}

/// The concepts in the order in which they carry the structure, the one that can least be spared first.
pub fn carriers(codes: &Codes, found: &Backbone) -> Table {
    let mut table =
        made(&["concept", "kept", "rank", "statements", "loss without it and those below"], codes.notes.clone());
    let last: Vec<usize> = {
        let gone: BTreeSet<usize> = found.steps.iter().map(|s| s.concept).collect();
        found
            .kept
            .iter()
            .copied()
            .filter(|c| !gone.contains(c))
            .chain((0..codes.concepts.len()).filter(|c| !gone.contains(c)))
            .collect()
    };
    let stays = last.first().map(|c| (*c, None));
    let order = stays.into_iter().chain(found.steps.iter().rev().map(|s| (s.concept, Some(s.loss))));
    for (rank, (concept, loss)) in order.enumerate() {
        let told: Vec<&Code> = codes.codes.iter().filter(|c| c.concept == concept).collect();
        let cells = vec![
            codes.concept(concept).into(),
            if found.kept.contains(&concept) { "yes" } else { "no" }.into(),
            (rank + 1).into(),
            told.len().into(),
            loss.map_or(Cell::Empty, Cell::Number),
        ];
        table.rows.extend(Row::new(cells, told.iter().flat_map(|c| c.statements.iter().cloned()).collect()));
    }
    let how =
        if found.exact { "no set of this size loses less" } else { "found by search: a set that loses less may exist" };
    table.notes.push(format!(
        "the {} kept lose {:.4} ({how}); the others alone would lose {:.4}",
        found.kept.len(),
        found.loss,
        found.redundant_loss
    ));
    for ((looked, all), what) in [(found.actors, "voices"), (found.concepts, "concepts")] {
        if looked < all {
            table.notes.push(format!("only the {looked} {what} of {all} with most statements were looked at"));
        }
    }
    table
}

/// Every coded statement with its words, to be read against the text.
pub fn listed(snapshot: &Snapshot, codes: &Codes) -> Table {
    let mut table =
        made(&["document", "voice", "side", "concept", "words", "said", "coded by", "place"], codes.notes.clone());
    let mut places = voice::Places::default();
    for code in &codes.codes {
        let Some((document, reading)) = snapshot.documents.get(code.document) else { continue };
        let Some(first) = code.statements.first() else { continue };
        let Some(statement) = reading.statements.iter().find(|s| s.id() == first) else { continue };
        let span = statement.evidence().first().map_or(statement.sentence(), |w| w.span);
        let cells = vec![
            document.name().into(),
            codes.actor(code.actor).into(),
            code.side.as_str().into(),
            codes.concept(code.concept).into(),
            voice::one_line(&statement.text()).into(),
            Cell::maybe(code.when.filter(|w| w.first == w.last).map(|w| Interval::iso(w.first))),
            code.coder.clone().unwrap_or_else(|| "program".into()).into(),
            places.of(document, span).into(),
        ];
        table.rows.extend(Row::new(cells, code.statements.clone()));
    }
    table
}

/// What the documents propose as concepts.
pub fn proposed(proposals: &[Proposal]) -> Table {
    let mut table = made(&["concept", "pattern", "against", "voices", "documents", "statements"], Vec::new());
    for proposal in proposals {
        let cells = vec![
            proposal.concept.name.as_str().into(),
            proposal.concept.patterns.join("; ").into(),
            proposal.concept.against.join("; ").into(),
            proposal.voices.into(),
            proposal.documents.into(),
            proposal.statements.len().into(),
        ];
        table.rows.extend(Row::new(cells, proposal.statements.clone()));
    }
    table
        .notes
        .push("proposals from the documents' own words; --format toml writes them as a list to be mended".into());
    table
}

/// The view of a case as it is asked for: camps, series and backbone are asked for apart.
pub fn asked(snapshot: &Snapshot, actors: &Actors, filter: &Filter, asked: &Asked) -> Table {
    let codes = code(snapshot, actors, filter, &asked.options);
    match asked.mode {
        Mode::TwoMode => two_mode(&codes),
        Mode::Voices | Mode::Concepts => one_mode(&codes, asked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discourse::{ConceptList, backbone};
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::MentionKind;

    fn debate() -> (Snapshot, Actors) {
        let told = |path: &str, who: &str, claims: &[(&str, bool)], date: &str| {
            let text: String = claims.iter().map(|(claim, _)| format!("{claim}. ")).collect();
            let mut told =
                Told::new(path, &format!("{who} wrote. {text}")).by(who).date(date).name(who, MentionKind::Person);
            for (claim, denied) in claims {
                told = told.own(claim);
                if *denied {
                    told = told.denied();
                }
            }
            told
        };
        let snapshot = snapshot(&[
            told("a.txt", "Anne Lowry", &[("the lamps burned", false), ("the weir held", false)], "1904-01-10"),
            told("b.txt", "Tom Reed", &[("the lamps burned", true), ("the weir held", true)], "1904-02-10"),
            told("c.txt", "Mary Holt", &[("the lamps burned", false), ("the sluice stood open", false)], "1904-03-10"),
        ]);
        let actors = Actors::resolve(&snapshot);
        (snapshot, actors)
    }

    fn options() -> Options {
        let list = "[[concept]]\nname = \"lamps\"\npatterns = [\"lamp .. burn\"]\n[[concept]]\nname = \"weir\"\npatterns = [\"weir\"]\n[[concept]]\nname = \"sluice\"\npatterns = [\"sluice\"]";
        Options { concepts: Some(ConceptList::parse(list).unwrap()), ..Options::default() }
    }

    fn asking(pairs: &[(&str, &str)]) -> Asked {
        let found = Asked::of(&|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()));
        Asked { options: options(), ..found.unwrap() }
    }

    fn cells(table: &Table) -> Vec<String> {
        table.rows.iter().map(|r| r.cells().iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")).collect()
    }

    #[test]
    fn both_modes_name_their_statements() {
        let (snapshot, actors) = debate();
        let codes = code(&snapshot, &actors, &Filter::default(), &options());
        let two = two_mode(&codes);
        assert_eq!(cells(&two)[0], "Anne Lowry | lamps | 1 | 0 | +1 | 1 | 0");
        assert_eq!(two.rows.len(), 6);
        let voices = asked(&snapshot, &actors, &Filter::default(), &asking(&[("network", "voices")]));
        assert_eq!(cells(&voices)[0], "Anne Lowry | Tom Reed | -2.000 | 0 | 2");
        assert_eq!(voices.rows[0].statements().len(), 4);
        assert_eq!(voices.rows.len(), 3);
        let agree =
            asked(&snapshot, &actors, &Filter::default(), &asking(&[("network", "voices"), ("measure", "congruence")]));
        assert_eq!(cells(&agree), ["Anne Lowry | Mary Holt | 1 | 1 | 0"]);
        let concepts = asked(
            &snapshot,
            &actors,
            &Filter::default(),
            &asking(&[("network", "concepts"), ("measure", "congruence")]),
        );
        assert_eq!(cells(&concepts), ["lamps | weir | 2 | 2 | 0", "lamps | sluice | 1 | 1 | 0"]);
    }

    #[test]
    fn camps_windows_and_carriers_are_told() {
        let (snapshot, actors) = debate();
        let codes = code(&snapshot, &actors, &Filter::default(), &options());
        let (table, found) = camps(&codes, &asking(&[]));
        assert_eq!(found.frustration, Some(0.0));
        let camp: Vec<String> = table.rows.iter().map(|r| format!("{} {}", r.cells()[0], r.cells()[1])).collect();
        assert_eq!(camp, ["A Anne Lowry", "A Mary Holt", "B Tom Reed"]);
        let moving = asking(&[("window", "trailing"), ("width", "1"), ("unit", "months")]);
        let months = series(&codes, &moving);
        let counts: Vec<String> = months.rows.iter().map(|r| format!("{} {}", r.cells()[2], r.cells()[3])).collect();
        assert_eq!(counts, ["1904-01-10 2", "1904-02-10 2", "1904-03-10 2"]);
        let found = backbone(&asking(&[]).counts(&codes), 1).unwrap();
        let table = carriers(&codes, &found);
        assert_eq!(table.rows.len(), 3);
        assert_eq!(table.rows.iter().filter(|r| r.cells()[1].to_string() == "yes").count(), 1);
        assert!(table.rows.iter().all(|r| !r.statements().is_empty()));
        assert_eq!(listed(&snapshot, &codes).rows.len(), 6);
    }
}
