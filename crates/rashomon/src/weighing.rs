//! Weights that a person sets on the edges of a map of causes: rows of the log, undone by another row. The shell and the page
//! both ask here.

use rashomon_core::Judgement;
use rashomon_core::judgement::UNDO;
use rashomon_derive::causes::{Map, Whose, weight_target, weights};

/// A weight as a person gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Words of the concept that acts.
    pub cause: String,
    /// Words of the concept acted on.
    pub effect: String,
    /// A number from -1 to 1, or `undo`.
    pub weight: String,
    /// Who says it.
    pub by: String,
    /// Why.
    pub note: String,
}

/// The rows that a weight becomes; or why it cannot be kept. What is taken back is taken back under every name that it was set
/// by.
pub fn rows(map: &Map, whose: &Whose, log: &[Judgement], given: &Given) -> Result<Vec<Judgement>, String> {
    let whose = whose.to_string();
    let place = |words: &str| {
        map.find(words)
            .ok_or_else(|| format!("the map ({whose}) has no concept {words:?}. `rashomon causes` lists them."))
    };
    let (cause, effect) = (place(&given.cause)?, place(&given.effect)?);
    map.edge(cause, effect)
        .ok_or_else(|| format!("the map ({whose}) has no edge from {:?} to {:?}.", given.cause, given.effect))?;
    let row = |verdict: String, cause: &str, effect: &str| Judgement {
        sequence: 0,
        agent: given.by.trim().to_owned(),
        verdict,
        target: weight_target(&whose, cause, effect).to_string(),
        words: format!("{cause}\n{effect}\n{whose}"),
        note: given.note.trim().to_owned(),
        ..Judgement::default()
    };
    let name = |n: usize| map.nodes.get(n).map_or("", |n| n.name.as_str());
    if given.weight.trim() == UNDO {
        let standing = weights(log, &whose);
        let of_edge = standing.iter().filter(|(a, b, _)| map.find(a) == Some(cause) && map.find(b) == Some(effect));
        let rows: Vec<Judgement> = of_edge.map(|(a, b, _)| row(UNDO.to_owned(), a, b)).collect();
        return match rows.is_empty() {
            true => {
                Err(format!("nobody set the weight from {:?} to {:?} in the map ({whose}).", given.cause, given.effect))
            }
            false => Ok(rows),
        };
    }
    let weight: f64 = given
        .weight
        .trim()
        .parse()
        .map_err(|_| format!("{:?} is no weight: give a number from -1 to 1, or `undo`.", given.weight))?;
    if !(-1.0..=1.0).contains(&weight) {
        return Err(format!("{weight} is no weight: it must lie between -1 and 1."));
    }
    Ok(vec![row(format!("weight {weight}"), name(cause), name(effect))])
}

/// What a row on a weight is about, in words; `None` for every other row.
pub fn words(judgement: &Judgement) -> Option<String> {
    let mut lines = judgement.words.lines();
    let (cause, effect, whose) = (lines.next()?, lines.next()?, lines.next()?);
    let own = judgement.target == weight_target(whose, cause, effect).as_str();
    own.then(|| format!("{cause} → {effect} (map: {whose})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::{Digest, StatementId};
    use rashomon_derive::causes::{Causes, Node};

    fn map() -> Map {
        let node = |name: &str| Node {
            id: Digest::short_of(name.as_bytes()),
            name: name.into(),
            forms: vec![format!("old {name}")],
            reasons: vec![],
        };
        let said = Causes {
            cause: 0,
            effect: 1,
            sign: 1,
            statement: StatementId::short_of(b"s"),
            voice: "v".into(),
            document: 0,
            disputed: false,
        };
        Map::of(&[node("lamps"), node("fog")], &[said])
    }

    #[test]
    fn a_weight_becomes_a_row_and_undo_takes_every_name_back() {
        let (map, whose) = (map(), Whose::Voice("Reed".into()));
        let given = |weight: &str| Given {
            cause: "Lamps".into(),
            effect: "old fog".into(),
            weight: weight.into(),
            by: "Anne".into(),
            note: "why".into(),
        };
        let mut log: Vec<Judgement> = rows(&map, &whose, &[], &given("-0.5")).unwrap();
        log[0].sequence = 1;
        assert_eq!(log[0].verdict, "weight -0.5");
        assert_eq!(words(&log[0]).as_deref(), Some("lamps → fog (map: voice Reed)"));
        let old = Judgement {
            sequence: 2,
            target: weight_target("voice Reed", "old lamps", "fog").to_string(),
            words: "old lamps\nfog\nvoice Reed".into(),
            ..log[0].clone()
        };
        log.push(old);
        let undone = rows(&map, &whose, &log, &given("undo")).unwrap();
        assert_eq!(undone.len(), 2);
        for (n, row) in undone.into_iter().enumerate() {
            log.push(Judgement { sequence: 3 + n as u64, ..row });
        }
        assert!(weights(&log, "voice Reed").is_empty());
        assert!(rows(&map, &whose, &log, &given("undo")).unwrap_err().contains("nobody set"));
        for (weight, why) in [("2", "between -1 and 1"), ("heavy", "is no weight"), ("nan", "between -1 and 1")] {
            assert!(rows(&map, &whose, &[], &given(weight)).unwrap_err().contains(why), "{weight}");
        }
        let strange = Given { cause: "rain".into(), ..given("1") };
        assert!(rows(&map, &whose, &[], &strange).unwrap_err().contains("no concept"));
        let turned = Given { cause: "fog".into(), effect: "lamps".into(), ..given("1") };
        assert!(rows(&map, &whose, &[], &turned).unwrap_err().contains("no edge"));
    }
}
