//! A map of causes as a graph for other programs: GraphML and GEXF 1.2, with weights, signs and voices as attributes.

use crate::causes::{Edge, Map, measures};
use crate::graphs::escaped;
use std::io::Write;

type Attributes = Vec<(&'static str, &'static str, String)>;

fn of_edge(edge: &Edge) -> Attributes {
    let voices = edge.voices.iter().cloned().collect::<Vec<_>>().join("; ");
    let ids = edge.statements.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ");
    vec![
        ("weight", "double", format!("{:?}", edge.weight)),
        ("sign", "int", edge.sign().to_string()),
        ("plus", "int", edge.plus.to_string()),
        ("minus", "int", edge.minus.to_string()),
        ("denied", "int", edge.denied.to_string()),
        ("set_by", "string", edge.set_by.clone().unwrap_or_default()),
        ("voices", "string", voices),
        ("statements", "string", ids),
    ]
}

/// The attributes of every node, in the map's order.
fn of_nodes(map: &Map) -> Vec<Attributes> {
    let found = measures(map);
    map.nodes
        .iter()
        .zip(&found.degrees)
        .map(|(node, degrees)| {
            vec![
                ("label", "string", node.name.clone()),
                ("kind", "string", degrees.kind.as_str().to_owned()),
                ("in_degree", "double", format!("{:?}", degrees.within)),
                ("out_degree", "double", format!("{:?}", degrees.out)),
                ("words", "string", node.forms.join("; ")),
            ]
        })
        .collect()
}

/// Names and types of the attributes of nodes and edges.
fn schema(map: &Map) -> [(&'static str, Vec<(&'static str, &'static str)>); 2] {
    let names = |all: &Attributes| all.iter().map(|(name, kind, _)| (*name, *kind)).collect();
    [
        ("node", of_nodes(map).first().map(names).unwrap_or_default()),
        ("edge", map.edges.first().map(|e| names(&of_edge(e))).unwrap_or_default()),
    ]
}

/// Writes GraphML; `title` says whose map it is.
pub fn graphml(map: &Map, title: &str, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    writeln!(out, "  <desc>{}</desc>", escaped(title))?;
    for (class, names) in schema(map) {
        for (name, kind) in names {
            writeln!(out, "  <key id=\"{class}_{name}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
    }
    writeln!(out, "  <graph id=\"causes\" edgedefault=\"directed\">")?;
    let data = |class: &str, all: Attributes, out: &mut dyn Write| -> std::io::Result<()> {
        for (name, _, value) in all {
            writeln!(out, "      <data key=\"{class}_{name}\">{}</data>", escaped(&value))?;
        }
        Ok(())
    };
    for (node, attributes) in map.nodes.iter().zip(of_nodes(map)) {
        writeln!(out, "    <node id=\"{}\">", node.id)?;
        data("node", attributes, out)?;
        writeln!(out, "    </node>")?;
    }
    for (n, edge) in map.edges.iter().enumerate() {
        let (Some(a), Some(b)) = (map.nodes.get(edge.cause), map.nodes.get(edge.effect)) else { continue };
        writeln!(out, "    <edge id=\"e{n}\" source=\"{}\" target=\"{}\">", a.id, b.id)?;
        data("edge", of_edge(edge), out)?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

/// Writes GEXF 1.2; `title` says whose map it is. GEXF gives `weight` a place of its own, where readers want it above 0: there
/// stands its absolute value, and the signed one among the attributes.
pub fn gexf(map: &Map, title: &str, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">")?;
    writeln!(out, "  <meta><description>{}</description></meta>", escaped(title))?;
    writeln!(out, "  <graph defaultedgetype=\"directed\">")?;
    let named = |name: &str| if name == "weight" { "signed_weight".to_owned() } else { name.to_owned() };
    for (class, names) in schema(map) {
        writeln!(out, "    <attributes class=\"{class}\">")?;
        for (name, kind) in names.into_iter().filter(|(name, _)| *name != "label") {
            let kind = if kind == "int" { "integer" } else { kind };
            writeln!(out, "      <attribute id=\"{0}\" title=\"{0}\" type=\"{kind}\"/>", named(name))?;
        }
        writeln!(out, "    </attributes>")?;
    }
    let values = |all: Attributes, out: &mut dyn Write| -> std::io::Result<()> {
        writeln!(out, "        <attvalues>")?;
        for (name, _, value) in all.into_iter().filter(|(name, ..)| *name != "label") {
            writeln!(out, "          <attvalue for=\"{}\" value=\"{}\"/>", named(name), escaped(&value))?;
        }
        writeln!(out, "        </attvalues>")
    };
    writeln!(out, "    <nodes>")?;
    for (node, attributes) in map.nodes.iter().zip(of_nodes(map)) {
        writeln!(out, "      <node id=\"{}\" label=\"{}\">", node.id, escaped(&node.name))?;
        values(attributes, out)?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (n, edge) in map.edges.iter().enumerate() {
        let (Some(a), Some(b)) = (map.nodes.get(edge.cause), map.nodes.get(edge.effect)) else { continue };
        let weight = edge.weight.abs();
        writeln!(
            out,
            "      <edge id=\"e{n}\" source=\"{}\" target=\"{}\" type=\"directed\" weight=\"{weight:?}\">",
            a.id, b.id
        )?;
        values(of_edge(edge), out)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::testing::map;

    #[test]
    fn both_forms_hold_every_node_and_edge_with_sign_and_escaped_words() {
        let map = map(&[("lamps <3", "fog", -0.5), ("fog", "trade & \u{1b}", 1.0)]);
        for write in [graphml, gexf] {
            let mut out = Vec::new();
            write(&map, "of “a & b”", &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert_eq!((text.matches("<node id=").count(), text.matches("<edge id=").count()), (3, 2), "{text}");
            assert!(text.contains("lamps &lt;3") && text.contains("-0.5") && text.contains("of “a &amp; b”"), "{text}");
            assert!(!text.contains('\u{1b}'));
        }
    }
}
