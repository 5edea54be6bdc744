//! Matrices and networks of a debate for other programs: CSV, DL of UCINET (Borgatti, Everett and Freeman 2002), GraphML; and
//! the network as a picture, drawn as that of the view `network` is.

use crate::discourse::{Asked, Codes, Counts, Matrix, Mode, Normalisation, Shown, Split, split};
use crate::graphs::{Link, Network, Node, escaped};
use crate::resolve::ActorId;
use crate::views::discourse::{Tie, ties};
use crate::views::network::Edge;
use rashomon_core::StatementId;
use std::collections::BTreeMap;
use std::io::Write;

/// Ties that a graph holds at most; a matrix has all.
const MOST: usize = 200_000;
/// Ties that a picture shows at most.
const DRAWN: usize = 600;

/// A matrix with the names of its rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// Names of rows.
    pub rows: Vec<String>,
    /// Names of columns.
    pub columns: Vec<String>,
    /// The numbers.
    pub matrix: Matrix,
}

/// The matrix that is asked for.
pub fn matrix(codes: &Codes, asked: &Asked) -> Labelled {
    let counts = asked.counts(codes);
    let by = asked.normalisation.unwrap_or(Normalisation::None);
    let (voices, concepts) = (codes.actors.clone(), codes.concepts.clone());
    match (asked.mode, asked.shown) {
        (Mode::TwoMode, Shown::Of(measure)) => {
            Labelled { rows: voices, columns: concepts, matrix: counts.two_mode(measure, by) }
        }
        (Mode::TwoMode, Shown::Stacked) => {
            let columns = concepts.iter().flat_map(|c| [format!("{c} [+]"), format!("{c} [-]")]).collect();
            Labelled { rows: voices, columns, matrix: counts.stacked(by) }
        }
        (Mode::Voices, shown) => {
            Labelled { rows: voices.clone(), columns: voices, matrix: counts.one_mode(measure_of(shown), by) }
        }
        (Mode::Concepts, shown) => Labelled {
            rows: concepts.clone(),
            columns: concepts,
            matrix: counts.turned().one_mode(measure_of(shown), by),
        },
    }
}

fn measure_of(shown: Shown) -> crate::discourse::Measure {
    match shown {
        Shown::Of(measure) => measure,
        Shown::Stacked => crate::discourse::Measure::Subtract,
    }
}

/// A field of CSV (RFC 4180).
fn field(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

/// Writes the matrix as CSV: names of columns in the first line, of rows in the first column.
pub fn csv(labelled: &Labelled, out: &mut dyn Write) -> std::io::Result<()> {
    let names: Vec<String> = labelled.columns.iter().map(|c| field(c)).collect();
    writeln!(out, ",{}", names.join(","))?;
    for (name, line) in labelled.rows.iter().zip(labelled.matrix.lines()) {
        let numbers: Vec<String> = line.iter().map(f64::to_string).collect();
        writeln!(out, "{},{}", field(name), numbers.join(","))?;
    }
    Ok(())
}

/// Writes the matrix as DL, full, with labels.
pub fn dl(labelled: &Labelled, out: &mut dyn Write) -> std::io::Result<()> {
    let label = |name: &String| format!("\"{}\"", name.replace('"', "'").replace(['\n', '\r'], " "));
    let labels = |all: &[String]| all.iter().map(label).collect::<Vec<_>>().join("\n");
    if labelled.rows == labelled.columns {
        writeln!(out, "dl n = {}, format = fullmatrix\nlabels:\n{}", labelled.rows.len(), labels(&labelled.rows))?;
    } else {
        writeln!(out, "dl nr = {}, nc = {}, format = fullmatrix", labelled.rows.len(), labelled.columns.len())?;
        writeln!(out, "row labels:\n{}\ncolumn labels:\n{}", labels(&labelled.rows), labels(&labelled.columns))?;
    }
    writeln!(out, "data:")?;
    for line in labelled.matrix.lines().take(labelled.rows.len()) {
        writeln!(out, "{}", line.iter().map(f64::to_string).collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}

/// A network of a debate: names with their mode and camp, and ties.
#[derive(Debug, Clone, PartialEq)]
pub struct Debate {
    /// Name, whether it is a voice, its camp.
    pub nodes: Vec<(String, bool, Option<u8>)>,
    /// By places of nodes.
    pub ties: Vec<Tie>,
}

/// The network that is asked for, the strongest ties first.
pub fn debate(codes: &Codes, asked: &Asked, most: usize) -> Debate {
    let counts = asked.counts(codes);
    let camps: Split = split(&asked.signed(&counts));
    let camp = |actor: usize| camps.camps.get(actor).copied().flatten();
    let voices = || codes.actors.iter().enumerate().map(|(n, name)| (name.clone(), true, camp(n)));
    let concepts = || codes.concepts.iter().map(|name| (name.clone(), false, None));
    match asked.mode {
        Mode::Voices => Debate { nodes: voices().collect(), ties: ties(codes, &counts, asked, most).0 },
        Mode::Concepts => Debate { nodes: concepts().collect(), ties: ties(codes, &counts, asked, most).0 },
        Mode::TwoMode => {
            Debate { nodes: voices().chain(concepts()).collect(), ties: two_mode(codes, &counts, asked, most) }
        }
    }
}

fn two_mode(codes: &Codes, counts: &Counts, asked: &Asked, most: usize) -> Vec<Tie> {
    let mut behind: BTreeMap<(usize, usize), Vec<StatementId>> = BTreeMap::new();
    for code in &codes.codes {
        behind.entry((code.actor, code.concept)).or_default().extend(code.statements.iter().cloned());
    }
    let by = asked.normalisation.unwrap_or(Normalisation::None);
    let values = counts.two_mode(measure_of(asked.shown), by);
    let mut all = Vec::new();
    for actor in 0..counts.actors() {
        for count in counts.row(actor) {
            let mut statements = behind.get(&(actor, count.concept)).cloned().unwrap_or_default();
            statements.sort_unstable();
            statements.dedup();
            all.push(Tie {
                one: actor,
                other: codes.actors.len() + count.concept,
                congruence: count.plus,
                conflict: count.minus,
                value: values.at(actor, count.concept),
                statements,
            });
        }
    }
    all.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()).then((a.one, a.other).cmp(&(b.one, b.other))));
    all.truncate(most);
    all
}

/// Writes GraphML, undirected. `value` is what was asked for; `agreement` and `disagreement` are congruence and conflict of one mode.
pub fn graphml(codes: &Codes, asked: &Asked, out: &mut dyn Write) -> std::io::Result<()> {
    let debate = debate(codes, asked, MOST);
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
    )?;
    for (of, name, kind) in [
        ("node", "label", "string"),
        ("node", "mode", "string"),
        ("node", "camp", "string"),
        ("edge", "value", "double"),
        ("edge", "agreement", "double"),
        ("edge", "disagreement", "double"),
        ("edge", "statements", "string"),
    ] {
        writeln!(out, "  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"discourse\" edgedefault=\"undirected\">")?;
    for (n, (name, voice, camp)) in debate.nodes.iter().enumerate() {
        let mode = if *voice { "voice" } else { "concept" };
        writeln!(
            out,
            "    <node id=\"n{n}\"><data key=\"label\">{}</data><data key=\"mode\">{mode}</data>",
            escaped(name)
        )?;
        if let Some(camp) = camp {
            writeln!(out, "      <data key=\"camp\">{}</data>", if *camp == 0 { "A" } else { "B" })?;
        }
        writeln!(out, "    </node>")?;
    }
    for (n, tie) in debate.ties.iter().enumerate() {
        let ids = tie.statements.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ");
        writeln!(out, "    <edge id=\"e{n}\" source=\"n{}\" target=\"n{}\">", tie.one, tie.other)?;
        let values = [("value", tie.value), ("agreement", tie.congruence), ("disagreement", tie.conflict)];
        for (name, value) in values {
            writeln!(out, "      <data key=\"{name}\">{value}</data>")?;
        }
        writeln!(out, "      <data key=\"statements\">{ids}</data>\n    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

/// The network for a picture: who has no tie is left out, and of many ties the weakest are.
pub fn drawn(codes: &Codes, asked: &Asked) -> Network {
    let debate = debate(codes, asked, DRAWN);
    let mut degree = vec![0usize; debate.nodes.len()];
    for end in debate.ties.iter().flat_map(|t| [t.one, t.other]) {
        if let Some(n) = degree.get_mut(end) {
            *n += 1;
        }
    }
    let shown: Vec<usize> = (0..debate.nodes.len()).filter(|n| degree.get(*n).is_some_and(|d| *d > 0)).collect();
    let place = |n: usize| shown.binary_search(&n).ok();
    let node = |n: &usize| {
        let (name, voice, camp) = debate.nodes.get(*n)?;
        Some(Node {
            id: ActorId::short_of(format!("{voice} {name}").as_bytes()),
            name: name.clone(),
            kind: if *voice { "voice" } else { "concept" },
            degree: degree.get(*n).copied().unwrap_or(0),
            betweenness: 0.0,
            part: 1,
            community: camp.map_or(3, usize::from) + 1,
        })
    };
    let link = |tie: &Tie| {
        let sign = if tie.congruence > tie.conflict { 1 } else { -i8::from(tie.congruence < tie.conflict) };
        let edge = Edge { sign, statements: tie.statements.clone(), ..Edge::default() };
        let kind = match sign {
            1 => "agrees with",
            -1 => "disagrees with",
            _ => "is divided with",
        };
        Some(Link { from: place(tie.one)?, to: place(tie.other)?, kind, edge, documents: Vec::new() })
    };
    Network { nodes: shown.iter().filter_map(node).collect(), links: debate.ties.iter().filter_map(link).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discourse::{Code, Side};

    fn codes() -> Codes {
        let code = |actor: usize, concept: usize, side: Side, n: u8| Code {
            statements: vec![StatementId::short_of(&[n])],
            document: 0,
            actor,
            concept,
            side,
            when: None,
            coder: None,
            passage: None,
        };
        Codes {
            actors: vec!["Lowry, A.".into(), "Reed \"R\"".into()],
            concepts: vec!["lamps & <weir>".into()],
            codes: vec![code(0, 0, Side::Agree, 1), code(0, 0, Side::Agree, 2), code(1, 0, Side::Disagree, 3)],
            ..Codes::default()
        }
    }

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::of(&|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())).unwrap()
    }

    fn written(write: impl Fn(&mut dyn Write) -> std::io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn matrices_are_written_whole_with_their_names() {
        let two = matrix(&codes(), &asked(&[]));
        assert_eq!(written(|w| csv(&two, w)), ",lamps & <weir>\n\"Lowry, A.\",2\n\"Reed \"\"R\"\"\",-1\n");
        assert!(
            written(|w| dl(&two, w))
                .starts_with("dl nr = 2, nc = 1, format = fullmatrix\nrow labels:\n\"Lowry, A.\"\n\"Reed 'R'\"\n")
        );
        let stacked = matrix(&codes(), &asked(&[("measure", "stacked")]));
        assert_eq!((stacked.columns.len(), stacked.matrix.values), (2, vec![2.0, 0.0, 0.0, 1.0]));
        let one = matrix(&codes(), &asked(&[("network", "voices"), ("measure", "conflict")]));
        assert!(written(|w| dl(&one, w)).ends_with("data:\n0 2\n2 0\n"));
    }

    #[test]
    fn graphs_hold_nodes_ties_camps_and_statements_with_words_escaped() {
        let text = written(|w| graphml(&codes(), &asked(&[("network", "voices")]), w));
        assert_eq!((text.matches("<node ").count(), text.matches("<edge ").count()), (2, 1));
        assert!(text.contains("Reed &quot;R&quot;") && text.contains("<data key=\"camp\">B</data>"), "{text}");
        assert!(text.contains("<data key=\"value\">-2</data>"));
        let two = written(|w| graphml(&codes(), &asked(&[]), w));
        assert!(two.contains("lamps &amp; &lt;weir&gt;") && two.matches("<edge ").count() == 2);
        let drawn = drawn(&codes(), &asked(&[]));
        assert_eq!((drawn.nodes.len(), drawn.links.len()), (3, 2));
        assert_eq!(drawn.links.iter().map(|l| l.edge.sign).collect::<Vec<_>>(), [1, -1]);
    }
}
