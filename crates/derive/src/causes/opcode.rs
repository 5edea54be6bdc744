//! The operational code of a voice (George 1969; indices of the Verbs in Context System: Walker, Schafer and Young 1998):
//! what the voice says that others do, and what it says that it does itself, on a scale from punishing to rewarding.
//!
//! P-1, the nature of the political universe: share of positive minus share of negative among what others are said to do.
//! P-2, the outlook for one's values: the mean intensity of these, divided by 3. I-1 and I-2, direction and intensity of one's
//! own strategy and tactics: the same of what the voice says of itself. P-4, control over history: what it says of itself
//! divided by all. All but P-4 (0 to 1) run from -1 to 1.

use crate::events::{Quad, Scheme};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The bundled file.
const FILE: &str = include_str!("../../rules/opcode.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    punish: String,
    threaten: String,
    oppose: String,
    support: String,
    promise: String,
    reward: String,
}

static SCALE: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    let file: File = toml::from_str(FILE).unwrap_or_default();
    let all = [
        (&file.punish, -3),
        (&file.threaten, -2),
        (&file.oppose, -1),
        (&file.support, 1),
        (&file.promise, 2),
        (&file.reward, 3),
    ];
    all.into_iter().flat_map(|(codes, value)| codes.split_whitespace().map(move |c| (c.to_owned(), value))).collect()
});

/// One thing that a voice says somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utterance {
    /// Whether it is the voice itself.
    pub own: bool,
    /// From -3 (punish) to +3 (reward).
    pub value: i8,
}

/// The value of a type of event on the scale.
pub fn value(code: &str, mode: Option<&str>, quad: Quad) -> i8 {
    let of_mode = mode.and_then(|mode| SCALE.get(&format!("{code}-{mode}")));
    of_mode.or_else(|| SCALE.get(code)).copied().unwrap_or(match quad {
        Quad::VerbalCooperation => 1,
        Quad::MaterialCooperation => 3,
        Quad::VerbalConflict => -1,
        Quad::MaterialConflict => -3,
    })
}

/// Whether every type of a scheme has a value of its own, so that none falls back on its quad.
pub fn is_whole(scheme: &Scheme) -> bool {
    scheme.types().all(|(code, _)| SCALE.contains_key(code))
}

/// Below so many utterances an index says little.
pub const FEW: usize = 15;

/// The indices of a voice. `None` where nothing was said on which one could stand.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Indices {
    /// What it says of itself.
    pub own: usize,
    /// What it says of others.
    pub others: usize,
    /// Nature of the political universe: -1 hostile, 1 friendly.
    pub p1: Option<f64>,
    /// Realisation of political values: -1 pessimistic, 1 optimistic.
    pub p2: Option<f64>,
    /// Control over historical development: 0 none, 1 all.
    pub p4: Option<f64>,
    /// Direction of strategy: -1 conflict, 1 cooperation.
    pub i1: Option<f64>,
    /// Intensity of tactics: -1 conflict, 1 cooperation.
    pub i2: Option<f64>,
}

/// The indices of what a voice says.
pub fn indices(said: &[Utterance]) -> Indices {
    let values = |own: bool| said.iter().filter(move |u| u.own == own).map(|u| f64::from(u.value));
    let balance = |own: bool| mean(values(own).map(|v| f64::from(u8::from(v > 0.0)) - f64::from(u8::from(v < 0.0))));
    let intensity = |own: bool| mean(values(own)).map(|m| m / 3.0);
    let (own, others) = (values(true).count(), values(false).count());
    Indices {
        own,
        others,
        p1: balance(false),
        p2: intensity(false),
        p4: mean(said.iter().map(|u| f64::from(u8::from(u.own)))),
        i1: balance(true),
        i2: intensity(true),
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), v| (sum + v, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Coder;

    #[test]
    fn the_indices_are_those_worked_out_by_hand() {
        let say = |own, values: &[i8]| values.iter().map(move |v| Utterance { own, value: *v }).collect::<Vec<_>>();
        let said = [say(true, &[3, 1, -1]), say(false, &[-3, -3, -2, 2, 1])].concat();
        let found = indices(&said);
        assert_eq!((found.own, found.others), (3, 5));
        let near = |a: Option<f64>, b: f64| assert!((a.unwrap() - b).abs() < 1e-12, "{a:?} is not {b}");
        near(found.p1, 2.0 / 5.0 - 3.0 / 5.0);
        near(found.p2, -1.0 / 3.0);
        near(found.i1, 1.0 / 3.0);
        near(found.i2, 1.0 / 3.0);
        near(found.p4, 3.0 / 8.0);
        let others = indices(&say(false, &[-1]));
        assert_eq!((others.i1, others.i2, others.p4), (None, None, Some(0.0)));
        assert_eq!(indices(&[]), Indices::default());
    }

    #[test]
    fn every_type_of_the_scheme_has_its_place_on_the_scale() {
        assert!(is_whole(Coder::bundled().scheme()));
        assert_eq!(value("REQUEST", Some("yield"), Quad::VerbalConflict), -1);
        assert_eq!(value("REQUEST", Some("meet"), Quad::VerbalConflict), 1);
        assert_eq!(value("OWN", None, Quad::MaterialConflict), -3);
        let file: File = toml::from_str(FILE).unwrap();
        assert!(!file.punish.is_empty());
    }
}
