//! What a person asks of a debate, told by names and values as the shell and an address carry them: one place that knows the
//! words, so that both understand the same.

use super::coder::{Hand, Options, Whose};
use super::counts::{Counts, Measure, Normalisation};
use super::windows::{Direction, Kernel, Moving, Unit, Window};
use super::{Codes, Signed};
use crate::events::Interval;

/// Which network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Voices by concepts.
    #[default]
    TwoMode,
    /// Voices by voices.
    Voices,
    /// Concepts by concepts.
    Concepts,
}

impl Mode {
    /// Each with its name.
    pub const ALL: [(Mode, &'static str); 3] =
        [(Mode::TwoMode, "two-mode"), (Mode::Voices, "voices"), (Mode::Concepts, "concepts")];
}

/// What stands in the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A measure.
    Of(Measure),
    /// Two-mode: agreement and disagreement beside each other.
    Stacked,
}

/// A question to a debate.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// How it is coded.
    pub options: Options,
    /// Which network.
    pub mode: Mode,
    /// What stands in it.
    pub shown: Shown,
    /// By what it is divided, if that was said.
    pub normalisation: Option<Normalisation>,
    /// Windows of time.
    pub moving: Option<Moving>,
    /// The day that names the one window that is asked for.
    pub at: Option<i64>,
}

/// The names of the parameters of [`Asked::of`], each with its values and what it says; no values where any will do.
pub const PARAMETERS: &[(&str, &[&str], &str)] = &[
    ("network", &["two-mode", "voices", "concepts"], "Voices by concepts, voices by voices, or concepts by concepts"),
    (
        "measure",
        &["ignore", "subtract", "stacked", "congruence", "conflict"],
        "What stands in it: ignore (whichever side), subtract (agreement less disagreement; congruence less conflict), \
         stacked (two-mode: both beside each other), congruence, conflict (one-mode)",
    ),
    (
        "normalise",
        &["none", "activity", "prominence", "average", "jaccard", "cosine"],
        "Divide by the row's or the column's statements (two-mode: activity, prominence), by the mean of both ends' (average), \
         or after Jaccard or by the true cosine (one-mode)",
    ),
    ("duplicates", &["all", "document"], "Count all, or the same side of a voice on a concept once in each document"),
    (
        "whose",
        &["innermost", "author", "each"],
        "Whose side: of who says it in the end, of the author, of each voice that takes one",
    ),
    ("hand", &["wins", "only", "ignored"], "Hand codings stand in the place of the program's, alone, or do not count"),
    ("hedged", &["no", "yes"], "Whether what is said to be only possible counts"),
    ("parents", &["no", "yes"], "Whether concepts are counted under their widest parent"),
    ("variable1", &[], "Of imported codings: the variable that names the actor"),
    ("variable2", &[], "Of imported codings: the variable that names the concept"),
    ("qualifier", &[], "Of imported codings: the variable that tells the side, or none"),
    ("statement-type", &[], "Of imported codings: the kind of statement"),
    (
        "window",
        &["trailing", "leading", "centred"],
        "A window of time that ends, begins or is centred at the day that names it",
    ),
    ("width", &[], "Its width in units"),
    ("unit", &["days", "months", "years"], "The unit of width and step"),
    ("step", &[], "Units from one window to the next"),
    (
        "kernel",
        &["uniform", "triangular", "epanechnikov", "gaussian"],
        "How much days count by their distance from the window's middle",
    ),
    ("at", &[], "Only the window that this day names, as 1904-10-22"),
];

impl Asked {
    /// From values by the names of [`PARAMETERS`]; what is wrong comes back in words for a person.
    pub fn of(get: &dyn Fn(&str) -> Option<String>) -> Result<Asked, String> {
        let mode = one_of(get, "network", &Mode::ALL)?.unwrap_or_default();
        let shown = match get("measure").as_deref() {
            Some("stacked") => Shown::Stacked,
            _ => Shown::Of(one_of(get, "measure", &Measure::ALL)?.unwrap_or(Measure::Subtract)),
        };
        let fits = match shown {
            Shown::Stacked => mode == Mode::TwoMode,
            Shown::Of(Measure::Congruence | Measure::Conflict) => mode != Mode::TwoMode,
            Shown::Of(_) => true,
        };
        if !fits {
            return Err("stacked is of the two-mode network, congruence and conflict are of one mode: choose another network or measure".into());
        }
        let normalisation = one_of(get, "normalise", &Normalisation::ALL)?;
        let two_mode = matches!(normalisation, Some(Normalisation::Activity | Normalisation::Prominence));
        let one_mode =
            matches!(normalisation, Some(Normalisation::Average | Normalisation::Jaccard | Normalisation::Cosine));
        if (two_mode && mode != Mode::TwoMode) || (one_mode && mode == Mode::TwoMode) {
            return Err(
                "activity and prominence divide two-mode networks; average, jaccard and cosine those of one mode"
                    .into(),
            );
        }
        let yes = |name: &str| one_of(get, name, &[(false, "no"), (true, "yes")]).map(Option::unwrap_or_default);
        let options = Options {
            concepts: None,
            whose: one_of(get, "whose", &Whose::ALL)?.unwrap_or_default(),
            hand: one_of(get, "hand", &Hand::ALL)?.unwrap_or_default(),
            hedged: yes("hedged")?,
            parents: yes("parents")?,
            once: one_of(get, "duplicates", &[(false, "all"), (true, "document")])?.unwrap_or_default(),
            variable1: get("variable1"),
            variable2: get("variable2"),
            qualifier: get("qualifier"),
            statement_type: get("statement-type"),
        };
        let at = get("at").map(|text| day(&text)).transpose()?;
        let direction = one_of(get, "window", &Direction::ALL)?;
        let moving = match (direction, get("width")) {
            (None, None) => None,
            (direction, width) => Some(Moving {
                direction: direction.unwrap_or(Direction::Centred),
                width: width.map(|text| number(&text, "width")).transpose()?.unwrap_or(1),
                unit: one_of(get, "unit", &Unit::ALL)?.unwrap_or(Unit::Months),
                step: get("step").map(|text| number(&text, "step")).transpose()?.unwrap_or(1),
                kernel: one_of(get, "kernel", &Kernel::ALL)?.unwrap_or(Kernel::Uniform),
            }),
        };
        if moving.is_none() && at.is_some() {
            return Err("a day names a window: say also which (--window, --width, --unit)".into());
        }
        Ok(Asked { options, mode, shown, normalisation, moving, at })
    }

    /// The one window that is asked for.
    pub fn window(&self) -> Option<(Moving, Window)> {
        let moving = self.moving?;
        Some((moving, moving.around(self.at?)))
    }

    /// The counts of coded statements, within the window that is asked for.
    pub fn counts(&self, codes: &Codes) -> Counts {
        match self.window() {
            Some((moving, window)) => in_window(codes, moving, window),
            None => Counts::of(codes.codes.iter().map(|c| (c, 1.0)), codes.actors.len(), codes.concepts.len()),
        }
    }

    /// Congruence and conflict of voices by which camps are told: by average activity if nothing else was said.
    pub fn signed(&self, counts: &Counts) -> Signed {
        let by = self.normalisation.filter(|by| !matches!(by, Normalisation::Activity | Normalisation::Prominence));
        counts.signed(by.unwrap_or(Normalisation::Average))
    }
}

/// The counts of one window.
pub fn in_window(codes: &Codes, moving: Moving, window: Window) -> Counts {
    let weighted = codes.codes.iter().map(|c| (c, c.when.map_or(0.0, |when| moving.weight(window, when))));
    Counts::of(weighted, codes.actors.len(), codes.concepts.len())
}

fn one_of<T: Copy>(get: &dyn Fn(&str) -> Option<String>, name: &str, all: &[(T, &str)]) -> Result<Option<T>, String> {
    let Some(given) = get(name) else { return Ok(None) };
    let known = || all.iter().map(|(_, n)| *n).collect::<Vec<_>>().join(", ");
    let found = all.iter().find(|(_, n)| *n == given).map(|(value, _)| *value);
    found.map(Some).ok_or_else(|| format!("{given:?} is no {name}; known: {}", known()))
}

fn number(text: &str, what: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|n| (1..=10_000).contains(n))
        .ok_or_else(|| format!("{what} is a whole number from 1 to 10000, not {text:?}"))
}

fn day(text: &str) -> Result<i64, String> {
    let found = Interval::of(text).filter(|i| i.first == i.last).map(|i| i.first);
    found.ok_or_else(|| format!("a day is written as 1904-10-22, not {text:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<Asked, String> {
        Asked::of(&|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn every_listed_value_is_understood_and_others_are_told() {
        for (name, values, _) in PARAMETERS {
            for value in *values {
                let network = if ["stacked", "activity", "prominence"].contains(value) { "two-mode" } else { "voices" };
                let found = asked(&[(name, value), ("network", if *name == "network" { value } else { network })]);
                assert!(found.is_ok(), "{name} {value}: {found:?}");
            }
            if !values.is_empty() {
                let told = asked(&[(name, "rumour"), ("width", "2")]).unwrap_err();
                assert!(told.contains("rumour") && told.contains(name), "{told}");
            }
        }
    }

    #[test]
    fn what_does_not_go_together_is_told() {
        assert!(asked(&[("measure", "congruence")]).is_err());
        assert!(asked(&[("network", "voices"), ("measure", "stacked")]).is_err());
        assert!(asked(&[("network", "voices"), ("normalise", "activity")]).is_err());
        assert!(asked(&[("normalise", "cosine")]).is_err());
        assert!(asked(&[("at", "1904-10-22")]).is_err());
        assert!(asked(&[("width", "0")]).is_err() && asked(&[("width", "3"), ("at", "1904")]).is_err());
        assert!(asked(&[("width", "3"), ("at", "1904-10-22")]).unwrap().window().is_some());
    }
}
