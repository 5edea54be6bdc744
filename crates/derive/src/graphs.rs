//! The network as a graph for other programs: GraphML (graphml.graphdrawing.org) and GEXF 1.2 (gexf.net), with dates and
//! accounts as attributes. Nodes, edges and weights are those of the view `network`.

use crate::events::{Case, Graph, Interval};
use crate::resolve::{ActorId, Actors};
use crate::views::network::{Edge, Edges, edges};
use rashomon_core::Snapshot;
use std::collections::BTreeMap;
use std::io::Write;

/// An actor of the network with its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The actor's id.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// What kind of actor it is.
    pub kind: &'static str,
    /// With how many others it is tied.
    pub degree: usize,
    /// From 0 to 1.
    pub betweenness: f64,
    /// Number of its part, from 1.
    pub part: usize,
    /// Number of its community, from 1.
    pub community: usize,
}

/// A tie between two nodes, by their places.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Place of the end that comes first.
    pub from: usize,
    /// Place of the other end.
    pub to: usize,
    /// The kind of tie.
    pub kind: &'static str,
    /// What all statements tell of it.
    pub edge: Edge,
    /// Names of the documents.
    pub documents: Vec<String>,
}

/// A network to be written or drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Network {
    /// By id.
    pub nodes: Vec<Node>,
    /// By ends and kind.
    pub links: Vec<Link>,
}

impl Network {
    /// Of the ties of a case.
    pub fn of(snapshot: &Snapshot, actors: &Actors, case: &Case) -> Network {
        let (edges, _) = edges(snapshot, actors, &case.ties);
        Network::from_edges(snapshot, actors, &edges)
    }

    fn from_edges(snapshot: &Snapshot, actors: &Actors, edges: &Edges) -> Network {
        let graph = Graph::new(edges.keys().map(|(a, _, b)| (a, b)));
        let (betweenness, parts, communities) = (graph.betweenness(), graph.parts(), graph.communities());
        let number = |all: &[usize], n: usize| all.get(n).map_or(0, |c| c + 1);
        let node = |(n, id): (usize, &ActorId)| Node {
            id: id.clone(),
            name: actors.get(id).map_or_else(|| id.as_str().to_owned(), |a| a.name.clone()),
            kind: actors.get(id).map_or("other", |a| a.kind.as_str()),
            degree: graph.degree(n),
            betweenness: betweenness.get(n).copied().unwrap_or_default(),
            part: number(&parts, n),
            community: number(&communities, n),
        };
        let nodes: Vec<Node> = graph.nodes().iter().enumerate().map(node).collect();
        let places: BTreeMap<&ActorId, usize> = graph.nodes().iter().enumerate().map(|(n, id)| (id, n)).collect();
        let name = |n: &usize| snapshot.documents.get(*n).map(|(d, _)| d.name().to_owned());
        let link = |((a, kind, b), edge): (&(ActorId, crate::events::TieType, ActorId), &Edge)| {
            Some(Link {
                from: *places.get(a)?,
                to: *places.get(b)?,
                kind: kind.as_str(),
                documents: edge.documents.iter().filter_map(name).collect(),
                edge: edge.clone(),
            })
        };
        Network { links: edges.iter().filter_map(link).collect(), nodes }
    }
}

/// Attributes of an edge: name, type in GraphML and GEXF, value.
fn attributes(link: &Link) -> [(&'static str, &'static str, String); 10] {
    let edge = &link.edge;
    let joined = |all: &mut dyn Iterator<Item = &str>| all.collect::<Vec<_>>().join("; ");
    [
        ("tie", "string", link.kind.to_owned()),
        ("sign", "int", edge.sign.to_string()),
        ("directed", "boolean", edge.directed.to_string()),
        ("since", "string", edge.since.clone().unwrap_or_default()),
        ("until", "string", edge.until.clone().unwrap_or_default()),
        ("weight", "double", edge.statements.len().to_string()),
        ("documents", "string", joined(&mut link.documents.iter().map(String::as_str))),
        ("voices", "string", joined(&mut edge.voices.iter().map(String::as_str))),
        ("denied", "int", edge.denied.to_string()),
        ("statements", "string", edge.statements.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ")),
    ]
}

/// Attributes of a node.
fn node_attributes(node: &Node) -> [(&'static str, &'static str, String); 6] {
    [
        ("label", "string", node.name.clone()),
        ("kind", "string", node.kind.to_owned()),
        ("degree", "int", node.degree.to_string()),
        ("betweenness", "double", format!("{:.6}", node.betweenness)),
        ("part", "int", node.part.to_string()),
        ("community", "int", node.community.to_string()),
    ]
}

/// Text as XML has it. Control characters, which XML 1.0 cannot hold, become spaces.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Writes GraphML. Every edge is written as directed, because readers of GraphML know no mixed graphs; the attribute
/// `directed` says whether its ends can change places.
pub fn graphml(network: &Network, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    let (nodes, links) = schema();
    for (name, kind) in nodes {
        writeln!(out, "  <key id=\"n_{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    for (name, kind) in links {
        writeln!(out, "  <key id=\"e_{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"network\" edgedefault=\"directed\">")?;
    for node in &network.nodes {
        writeln!(out, "    <node id=\"{}\">", node.id)?;
        for (name, _, value) in node_attributes(node) {
            writeln!(out, "      <data key=\"n_{name}\">{}</data>", escaped(&value))?;
        }
        writeln!(out, "    </node>")?;
    }
    for (n, link) in network.links.iter().enumerate() {
        let (Some(from), Some(to)) = (network.nodes.get(link.from), network.nodes.get(link.to)) else { continue };
        writeln!(out, "    <edge id=\"e{n}\" source=\"{}\" target=\"{}\">", from.id, to.id)?;
        for (name, _, value) in attributes(link) {
            writeln!(out, "      <data key=\"e_{name}\">{}</data>", escaped(&value))?;
        }
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

type Names = Vec<(&'static str, &'static str)>;

/// Names and types of the attributes of nodes and edges.
fn schema() -> (Names, Names) {
    let node = Node {
        id: ActorId::short_of(b""),
        name: String::new(),
        kind: "other",
        degree: 0,
        betweenness: 0.0,
        part: 0,
        community: 0,
    };
    let link = Link { from: 0, to: 0, kind: "", edge: Edge::default(), documents: Vec::new() };
    let nodes = node_attributes(&node).into_iter().map(|(name, kind, _)| (name, kind)).collect();
    (nodes, attributes(&link).into_iter().map(|(name, kind, _)| (name, kind)).collect())
}

/// Writes GEXF 1.2, every edge as directed for the same reason as in GraphML: dates as `start` and `end` of edges too, so that Gephi's timeline can slice it.
pub fn gexf(network: &Network, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">")?;
    writeln!(out, "  <graph mode=\"dynamic\" timeformat=\"date\" defaultedgetype=\"directed\">")?;
    let kind = |kind: &str| if kind == "int" { "integer" } else { kind }.to_owned();
    let (nodes, links) = schema();
    for (class, names) in [("node", nodes), ("edge", links)] {
        writeln!(out, "    <attributes class=\"{class}\">")?;
        for (name, of) in names.iter().filter(|(name, _)| !matches!(*name, "label" | "weight")) {
            writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{}\"/>", kind(of))?;
        }
        writeln!(out, "    </attributes>")?;
    }
    writeln!(out, "    <nodes>")?;
    for node in &network.nodes {
        writeln!(out, "      <node id=\"{}\" label=\"{}\">", node.id, escaped(&node.name))?;
        values(&node_attributes(node), out)?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (n, link) in network.links.iter().enumerate() {
        let (Some(from), Some(to)) = (network.nodes.get(link.from), network.nodes.get(link.to)) else { continue };
        let day = |edtf: &Option<String>, last: bool| {
            let interval = edtf.as_deref().and_then(Interval::of)?;
            Some(Interval::iso(if last { interval.last } else { interval.first }))
        };
        let start = day(&link.edge.since, false).map(|d| format!(" start=\"{d}\"")).unwrap_or_default();
        let end = day(&link.edge.until, true).map(|d| format!(" end=\"{d}\"")).unwrap_or_default();
        let weight = link.edge.statements.len();
        writeln!(
            out,
            "      <edge id=\"e{n}\" source=\"{}\" target=\"{}\" type=\"directed\" weight=\"{weight}\" label=\"{}\"{start}{end}>",
            from.id, to.id, link.kind
        )?;
        values(&attributes(link), out)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn values(all: &[(&'static str, &'static str, String)], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (name, _, value) in all.iter().filter(|(name, _, _)| !matches!(*name, "label" | "weight")) {
        writeln!(out, "          <attvalue for=\"{name}\" value=\"{}\"/>", escaped(value))?;
    }
    writeln!(out, "        </attvalues>")
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use rashomon_core::StatementId;

    /// A network of some ties between names.
    pub(crate) fn network(ties: &[(&str, &str, i8)]) -> Network {
        let graph = Graph::new(ties.iter().map(|(a, b, _)| (a, b)));
        let at = |name: &str| graph.nodes().iter().position(|n| *n == name).unwrap();
        let nodes = graph.nodes().iter().enumerate().map(|(n, name)| Node {
            id: ActorId::short_of(name.as_bytes()),
            name: (*name).to_owned(),
            kind: "place",
            degree: graph.degree(n),
            betweenness: 0.0,
            part: 1,
            community: graph.communities()[n] + 1,
        });
        let links = ties.iter().map(|(a, b, sign)| {
            let statements = vec![StatementId::short_of(format!("{a}{b}").as_bytes())];
            let edge =
                Edge { sign: *sign, directed: true, since: Some("1904-10".into()), statements, ..Edge::default() };
            Link { from: at(a), to: at(b), kind: "supports", edge, documents: vec!["a & b <c>.txt".into()] }
        });
        Network { links: links.collect(), nodes: nodes.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: fn(&Network, &mut dyn Write) -> std::io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&testing::network(&[("Norland", "Estria", 1), ("Estria", "R&D \u{1b}<x>", -1)]), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn both_forms_hold_every_node_and_edge_with_escaped_words() {
        for text in [written(graphml), written(gexf)] {
            assert_eq!(text.matches("<node id=").count(), 3, "{text}");
            assert_eq!(text.matches("<edge id=").count(), 2);
            assert!(text.contains("R&amp;D  &lt;x&gt;") && text.contains("a &amp; b &lt;c&gt;.txt"), "{text}");
            assert!(!text.contains('\u{1b}'));
        }
        assert!(written(gexf).contains("start=\"1904-10-01\""));
        assert!(written(graphml).contains("<data key=\"e_weight\">1</data>"));
    }
}
