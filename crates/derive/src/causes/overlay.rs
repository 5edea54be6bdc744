//! Two maps laid over each other: which edges both have, which only one, where their signs are opposite.

use super::map::{Edge, Map};
use std::collections::BTreeMap;

/// What two maps are to each other in one edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// What one says brings about, the other says prevents.
    Opposite,
    /// Both say it, with one sign.
    Shared,
    /// Both speak of it, but in one what is said cancels out or is denied.
    Unsettled,
    /// Only the first says it.
    OnlyFirst,
    /// Only the second says it.
    OnlySecond,
}

impl Relation {
    /// Every relation, in the order in which they are shown.
    pub const ALL: [Relation; 5] =
        [Relation::Opposite, Relation::Shared, Relation::Unsettled, Relation::OnlyFirst, Relation::OnlySecond];

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Opposite => "opposite sign",
            Relation::Shared => "shared",
            Relation::Unsettled => "unsettled in one",
            Relation::OnlyFirst => "only in the first",
            Relation::OnlySecond => "only in the second",
        }
    }
}

/// One edge of either map.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlaid {
    /// Name of the node that acts.
    pub cause: String,
    /// Name of the node acted on.
    pub effect: String,
    /// What the maps are to each other in it.
    pub relation: Relation,
    /// The first map's edge.
    pub first: Option<Edge>,
    /// The second map's.
    pub second: Option<Edge>,
}

/// Lays a map over another. Both must be made of the same concepts. Opposite edges come first.
pub fn overlay(first: &Map, second: &Map) -> Vec<Overlaid> {
    type Both<'a> = (Option<&'a Edge>, Option<&'a Edge>, String, String);
    let mut all: BTreeMap<(&str, &str), Both<'_>> = BTreeMap::new();
    for (map, is_first) in [(first, true), (second, false)] {
        for edge in &map.edges {
            let (Some(a), Some(b)) = (map.nodes.get(edge.cause), map.nodes.get(edge.effect)) else { continue };
            let both = all
                .entry((a.id.as_str(), b.id.as_str()))
                .or_insert_with(|| (None, None, a.name.clone(), b.name.clone()));
            if is_first { both.0 = Some(edge) } else { both.1 = Some(edge) }
        }
    }
    let mut found: Vec<Overlaid> = all
        .into_values()
        .map(|(first, second, cause, effect)| Overlaid {
            cause,
            effect,
            relation: relation(first, second),
            first: first.cloned(),
            second: second.cloned(),
        })
        .collect();
    found.sort_by(|a, b| (a.relation, &a.cause, &a.effect).cmp(&(b.relation, &b.cause, &b.effect)));
    found
}

fn relation(first: Option<&Edge>, second: Option<&Edge>) -> Relation {
    match (first.map(Edge::sign), second.map(Edge::sign)) {
        (Some(a), Some(b)) if a * b < 0 => Relation::Opposite,
        (Some(a), Some(b)) if a == b && a != 0 => Relation::Shared,
        (Some(_), Some(_)) => Relation::Unsettled,
        (Some(_), None) => Relation::OnlyFirst,
        _ => Relation::OnlySecond,
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::testing::map;
    use super::*;

    #[test]
    fn each_edge_of_either_map_is_there_once_with_what_they_are_to_each_other() {
        let one = map(&[("a", "b", 1.0), ("b", "c", -0.5), ("c", "d", 1.0), ("x", "y", 0.0)]);
        let two = map(&[("a", "b", 0.2), ("b", "c", 1.0), ("d", "c", 1.0), ("x", "y", 1.0)]);
        let shown: Vec<String> = overlay(&one, &two)
            .iter()
            .map(|o| {
                format!(
                    "{} {} {} {}{}",
                    o.cause,
                    o.effect,
                    o.relation.as_str(),
                    u8::from(o.first.is_some()),
                    u8::from(o.second.is_some())
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "b c opposite sign 11",
                "a b shared 11",
                "x y unsettled in one 11",
                "c d only in the first 10",
                "d c only in the second 01"
            ]
        );
        let turned = overlay(&two, &one);
        assert_eq!(turned[0].relation, Relation::Opposite);
        assert_eq!(turned.iter().filter(|o| o.relation == Relation::OnlyFirst).count(), 1);
    }
}
