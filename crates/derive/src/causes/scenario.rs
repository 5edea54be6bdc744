//! A what-if run as a person asks for it: whose map, which settings, where it starts, what is changed. It is written to a
//! small file and read back, so that it can be repeated to the byte; the file keeps a digest of the map, so that a run on a
//! map that has changed since says so.

use super::map::Map;
use super::run::{End, Inflow, Rule, Run, Settings, Squash, run};
use rashomon_text::space::one_line;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Whose map it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Of all that is said.
    #[default]
    All,
    /// Of what is said on one voice's word in the end.
    Voice(String),
    /// Of what one document says, on whosever word.
    Document(String),
}

impl Whose {
    /// From `all`, `voice NAME` or `document NAME`; `:` may stand for the blank.
    pub fn of(text: &str) -> Option<Whose> {
        let text = one_line(text);
        let rest = |kind: &str| {
            let rest = text.strip_prefix(kind)?.strip_prefix([' ', ':'])?.trim();
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        match (text == "all", rest("voice"), rest("document")) {
            (true, ..) => Some(Whose::All),
            (_, Some(name), _) => Some(Whose::Voice(name)),
            (_, _, Some(name)) => Some(Whose::Document(name)),
            _ => None,
        }
    }
}

impl std::fmt::Display for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Whose::All => f.write_str("all"),
            Whose::Voice(name) => write!(f, "voice {name}"),
            Whose::Document(name) => write!(f, "document {name}"),
        }
    }
}

/// Why a file of settings, or what it asks for, cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioError(String);

impl std::fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ScenarioError {}

/// What a person asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scenario {
    /// Whose map.
    pub whose: Whose,
    /// Whether the nodes are actors.
    pub actors: bool,
    /// How it is run.
    pub settings: Settings,
    /// Values at the beginning, by the words of concepts; all others begin at 1.
    pub start: BTreeMap<String, f64>,
    /// What is changed: concepts that are held at a value.
    pub set: BTreeMap<String, f64>,
    /// Whether what is changed is only put in once and then left to the map.
    pub once: bool,
    /// Digest of the map that it was saved with.
    pub map: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    map: String,
    between: String,
    rule: String,
    function: String,
    lambda: f64,
    hold: bool,
    tolerance: f64,
    steps: usize,
    once: bool,
    digest: Option<String>,
    start: BTreeMap<String, f64>,
    set: BTreeMap<String, f64>,
}

impl Default for File {
    fn default() -> File {
        let settings = Settings::default();
        File {
            map: Whose::All.to_string(),
            between: "concepts".into(),
            rule: settings.rule.as_str().into(),
            function: settings.squash.as_str().into(),
            lambda: settings.lambda,
            hold: settings.hold,
            tolerance: settings.tolerance,
            steps: settings.steps,
            once: false,
            digest: None,
            start: BTreeMap::new(),
            set: BTreeMap::new(),
        }
    }
}

/// Steps at most that a run may be asked for.
const MOST_STEPS: usize = 1_000_000;

impl Scenario {
    /// From a file of settings.
    pub fn read(text: &str) -> Result<Scenario, ScenarioError> {
        let file: File = toml::from_str(text).map_err(|e| ScenarioError(e.to_string()))?;
        let unknown = |what: &str, word: &str, known: Vec<&str>| {
            ScenarioError(format!("{word:?} is no {what}. Known: {}.", known.join(", ")))
        };
        let rules = || Rule::ALL.iter().map(|r| r.as_str()).collect();
        let functions = || Squash::ALL.iter().map(|s| s.as_str()).collect();
        let wanted = Scenario {
            whose: Whose::of(&file.map)
                .ok_or_else(|| unknown("map", &file.map, vec!["all", "voice NAME", "document NAME"]))?,
            actors: match file.between.as_str() {
                "actors" => true,
                "concepts" => false,
                other => return Err(unknown("kind of node", other, vec!["concepts", "actors"])),
            },
            settings: Settings {
                rule: Rule::named(&file.rule).ok_or_else(|| unknown("rule", &file.rule, rules()))?,
                squash: Squash::named(&file.function)
                    .ok_or_else(|| unknown("function", &file.function, functions()))?,
                lambda: file.lambda,
                hold: file.hold,
                tolerance: file.tolerance,
                steps: file.steps,
            },
            start: file.start,
            set: file.set,
            once: file.once,
            map: file.digest,
        };
        wanted.check()?;
        Ok(wanted)
    }

    /// Whether its numbers can be run with.
    pub fn check(&self) -> Result<(), ScenarioError> {
        let Settings { lambda, tolerance, steps, squash, .. } = self.settings;
        if !(lambda.is_finite() && lambda > 0.0 && lambda <= 1000.0) {
            return Err(ScenarioError(format!("lambda is {lambda}; it must be above 0 and not above 1000.")));
        }
        if !(tolerance.is_finite() && tolerance > 0.0 && tolerance < 1.0) {
            return Err(ScenarioError(format!("the tolerance is {tolerance}; it must lie between 0 and 1.")));
        }
        if steps == 0 || steps > MOST_STEPS {
            return Err(ScenarioError(format!("{steps} steps: give a number from 1 to {MOST_STEPS}.")));
        }
        for (name, value) in self.start.iter().chain(&self.set) {
            if !(squash.least()..=1.0).contains(value) {
                return Err(ScenarioError(format!(
                    "{name:?} is put at {value}; with the function {} values run from {} to 1.",
                    squash.as_str(),
                    squash.least()
                )));
            }
        }
        Ok(())
    }

    /// As a file, with the digest of the map that it is run on.
    pub fn write(&self, map: &Map) -> String {
        let Settings { rule, squash, lambda, hold, tolerance, steps } = &self.settings;
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut out = String::from(
            "# A what-if run: an experiment on what these words imply, never a forecast. Run it again: rashomon causes --run FILE\n",
        );
        let mut line = |key: &str, value: String| out.push_str(&format!("{key} = {value}\n"));
        line("map", quoted(&self.whose.to_string()));
        line("between", quoted(if self.actors { "actors" } else { "concepts" }));
        line("rule", quoted(rule.as_str()));
        line("function", quoted(squash.as_str()));
        line("lambda", format!("{lambda:?}"));
        line("hold", hold.to_string());
        line("tolerance", format!("{tolerance:?}"));
        line("steps", steps.to_string());
        line("once", self.once.to_string());
        line("digest", quoted(map.digest().as_str()));
        for (name, values) in [("start", &self.start), ("set", &self.set)] {
            out.push_str(&format!("\n[{name}]\n"));
            for (concept, value) in values {
                out.push_str(&format!("{} = {value:?}\n", quoted(concept)));
            }
        }
        out
    }

    /// Runs it on a map.
    pub fn run(&self, map: &Map) -> Result<Told, ScenarioError> {
        self.check()?;
        let place = |name: &String| {
            map.find(name).ok_or_else(|| {
                ScenarioError(format!(
                    "the map ({}) has no {} {name:?}.",
                    self.whose,
                    if self.actors { "actor" } else { "concept" }
                ))
            })
        };
        let mut start = vec![1.0; map.nodes.len()];
        for (name, value) in &self.start {
            let n = place(name)?;
            start.iter_mut().skip(n).take(1).for_each(|v| *v = *value);
        }
        let mut changed: Vec<Option<f64>> = vec![None; map.nodes.len()];
        for (name, value) in &self.set {
            let n = place(name)?;
            changed.iter_mut().skip(n).take(1).for_each(|v| *v = Some(*value));
        }
        let inflow = Inflow::of(map.nodes.len(), map.edges.iter().map(|e| (e.cause, e.effect, e.weight)));
        let baseline = run(&inflow, &start, &[], &self.settings);
        let scenario = (!self.set.is_empty()).then(|| {
            let mut from = baseline.state.clone();
            from.iter_mut().zip(&changed).for_each(|(value, set)| *value = set.unwrap_or(*value));
            run(&inflow, &from, if self.once { &[] } else { &changed }, &self.settings)
        });
        Ok(Told {
            start,
            changed,
            baseline,
            scenario,
            is_same_map: self.map.as_ref().is_none_or(|d| *d == map.digest().as_str()),
        })
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Values at the beginning.
    pub start: Vec<f64>,
    /// Which concepts were changed, to what.
    pub changed: Vec<Option<f64>>,
    /// The run that nothing was changed in.
    pub baseline: Run,
    /// The run with what was changed, from the end of the baseline.
    pub scenario: Option<Run>,
    /// Whether the map is the one that the settings were saved with.
    pub is_same_map: bool,
}

impl Told {
    /// By how much the intervention moved a concept.
    pub fn difference(&self, node: usize) -> Option<f64> {
        let scenario = self.scenario.as_ref()?.state.get(node)?;
        Some(scenario - self.baseline.state.get(node)?)
    }

    /// What must be said of the run besides its numbers.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!("baseline: {}", self.baseline.ending())];
        notes.extend(self.scenario.as_ref().map(|s| format!("intervention: {}", s.ending())));
        if self.scenario.is_some() && self.baseline.end != End::FixedPoint {
            notes.push("the baseline did not settle: differences are to its last state, and say little".into());
        }
        if !self.is_same_map {
            notes.push(
                "the map has changed since these settings were saved: the run is not the one that was saved".into(),
            );
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::testing::map;
    use super::*;

    fn lamps() -> Map {
        map(&[("lamps", "safety", 1.0), ("fog", "safety", -1.0), ("safety", "trade \"x\"", 0.5)])
    }

    #[test]
    fn what_is_written_reads_back_and_runs_to_the_same_bytes() {
        let mut wanted = Scenario {
            whose: Whose::Voice("Anne \"Nan\" Lowry".into()),
            settings: Settings {
                rule: Rule::Rescaled,
                squash: Squash::Tanh,
                lambda: 0.3,
                hold: false,
                tolerance: 1e-7,
                steps: 77,
            },
            once: true,
            ..Scenario::default()
        };
        wanted.start.insert("trade \"x\"".into(), -0.25);
        wanted.set.insert("fog".into(), 0.1);
        let written = wanted.write(&lamps());
        let read = Scenario::read(&written).unwrap();
        assert_eq!(read, Scenario { map: Some(lamps().digest().to_string()), ..wanted.clone() });
        assert_eq!(Scenario::read(&read.write(&lamps())).unwrap().write(&lamps()), written);
        assert_eq!(read.run(&lamps()).unwrap(), wanted.run(&lamps()).unwrap());
        let other = map(&[("lamps", "safety", -1.0), ("fog", "safety", -1.0), ("safety", "trade \"x\"", 0.5)]);
        let told = read.run(&other).unwrap();
        assert!(told.notes().iter().any(|n| n.contains("the map has changed")), "{:?}", told.notes());
    }

    #[test]
    fn an_intervention_starts_where_the_baseline_ended_and_only_moves_what_hangs_on_it() {
        let mut wanted = Scenario::default();
        wanted.set.insert("fog".into(), 0.0);
        let map = lamps();
        let told = wanted.run(&map).unwrap();
        let of = |name: &str| told.difference(map.find(name).unwrap()).unwrap();
        assert_eq!((of("fog"), of("lamps")), (-1.0, 0.0));
        assert!(of("safety") > 0.2 && of("trade \"x\"") > 0.0);
        assert_eq!(told.notes().len(), 2, "{:?}", told.notes());
        wanted.set.clear();
        assert!(wanted.run(&map).unwrap().scenario.is_none());
    }

    #[test]
    fn what_cannot_be_run_says_why() {
        for (text, why) in [
            ("rule = \"kaiser\"", "known: kosko"),
            ("map = \"somebody\"", "known: all"),
            ("lambda = 0.0", "lambda"),
            ("tolerance = nan", "tolerance"),
            ("steps = 0", "steps"),
            ("[set]\nfog = 2.0", "from 0 to 1"),
            ("speed = 3", "unknown field"),
        ] {
            let error = Scenario::read(text).unwrap_err().to_string();
            assert!(error.to_lowercase().contains(why), "{text}: {error}");
        }
        let strange = Scenario::read("[set]\nrain = 1.0").unwrap();
        assert!(strange.run(&lamps()).unwrap_err().to_string().contains("no concept \"rain\""));
    }
}
