//! `rashomon causes`: what is said to cause what, as a table, as measures, laid over another map, as an experiment, as a graph
//! or as a picture.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Wanted};
use super::{plain::plain, show};
use crate::error::Error;
use crate::lists;
use crate::project::Project;
use crate::tables;
use crate::weighing::{self, Given};
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches};
use rashomon_core::Snapshot;
use rashomon_derive::Actors;
use rashomon_derive::cause_drawing::{self, Caption};
use rashomon_derive::cause_graphs;
use rashomon_derive::causes::{Map, Own, Rule, Scenario, Settings, Squash, Whose};
use rashomon_derive::views::causes::{Case, VIEW, edges, measured, overlaid, what_if};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row an edge of the map: a concept that is said to bring about (weight up to 1) or to prevent (down to -1) another. \
              --of \"voice NAME\" or --of \"document NAME\" takes one voice's or one document's map; --overlay lays another over it: \
              shared edges, those that only one has, those of opposite sign. --between actors has actors for nodes: whose security, \
              strength or trouble is said to depend on whose. --measures gives densities, degrees, complexity, hierarchy and \
              cycles. --what-if runs the map as an experiment on what these words imply, never a forecast: from a baseline that \
              has settled, with concepts held at the values that are given. --save-run writes its settings, --run repeats it to \
              the byte. --weigh sets a weight by hand: one more row of the log, taken back with `undo`. --concepts is your own file of \
              which words are one concept (docs/causes.md). --format matrix writes the weights as CSV, rows the causes.",
    examples: &[
        example("rashomon causes", "every edge, with whose word it is"),
        example("rashomon causes --of \"document commission\" --measures", "one document's map, measured"),
        example(
            "rashomon causes --of \"document admiral\" --overlay \"document commission\"",
            "two maps over each other, opposite signs first",
        ),
        example("rashomon causes --what-if \"the searchlights=0\"", "what follows, by these words, if there are none"),
        example(
            "rashomon causes --what-if \"the searchlights=0\" --rule modified --save-run dark.toml",
            "with another rule, and its settings kept",
        ),
        example("rashomon causes --run dark.toml", "the same run again"),
        example("rashomon causes --between actors", "whose trouble is said to be whose doing"),
        example("rashomon causes --weigh \"the searchlights\" \"the panic\" -0.5 --by Reed", "a weight set by hand"),
        example("rashomon causes --format svg > causes.svg", "a picture for print"),
        example("rashomon causes --format matrix > weights.csv", "the weights, rows the causes"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let mut all = options::of_views_in(options::form_among(&[
        "table", "csv", "json", "parquet", "graphml", "gexf", "svg", "matrix",
    ]));
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let file = |name, help| text(name, "FILE", help).value_parser(ValueParser::path_buf());
    let switch =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    let run = |arg: Arg| arg.help_heading("What-if runs");
    let among = |words: Vec<&'static str>| PossibleValuesParser::new(words);
    all.extend([
        text("of", "WHOSE", "Whose map: all, `voice NAME` or `document NAME`").default_value("all").value_parser(whose),
        text("between", "NODES", "What the nodes are: concepts or actors")
            .default_value("concepts")
            .value_parser(among(vec!["concepts", "actors"]))
            .hide_possible_values(true),
        text("overlay", "WHOSE", "Lay this map over the first").value_parser(whose).conflicts_with_all(["what-if", "run", "measures"]),
        switch("measures", "The measures of the map instead of its edges").conflicts_with_all(["what-if", "run"]),
        file("concepts", "Your own file of which words are one concept (TOML, see docs/causes.md)"),
        run(text("what-if", "CONCEPT=VALUE", "Run the map, this concept held at a value; may be repeated, or given without a value for the baseline alone")
            .num_args(0..=1)
            .default_missing_value("")
            .action(ArgAction::Append)),
        run(text("start", "CONCEPT=VALUE", "Where a concept begins; all others begin at 1").action(ArgAction::Append)),
        run(text("rule", "RULE", "kosko, modified or rescaled").value_parser(among(Rule::ALL.map(Rule::as_str).to_vec()))),
        run(text("function", "FUNCTION", "sigmoid, tanh, bivalent or trivalent")
            .value_parser(among(Squash::ALL.map(Squash::as_str).to_vec()))),
        run(text("lambda", "NUMBER", "Steepness of the function (1)").value_parser(clap::value_parser!(f64))),
        run(text("tolerance", "NUMBER", "Largest change of a fixed point (0.00001)").value_parser(clap::value_parser!(f64))),
        run(text("steps", "NUMBER", "Steps at most (1000)").value_parser(clap::value_parser!(usize))),
        run(switch("free", "Concepts without causes are worked out like all others, not held at their value")),
        run(switch("once", "What is changed is put in once and then left to the map, not held")),
        run(file("save-run", "Write the settings of the run to a file")),
        run(file("run", "Repeat the run of a file").conflicts_with_all([
            "what-if", "start", "rule", "function", "lambda", "tolerance", "steps", "free", "once", "save-run",
        ])),
        Arg::new("weigh")
            .long("weigh")
            .num_args(3)
            .value_names(["CAUSE", "EFFECT", "WEIGHT"])
            .allow_negative_numbers(true)
            .help("Set the weight of an edge (-1 to 1), or take back what was set (undo)")
            .help_heading("Weights by hand"),
        text("by", "PERSON", "Who sets it").default_value("reader").help_heading("Weights by hand"),
        text("note", "WORDS", "Why").default_value("").help_heading("Weights by hand"),
    ]);
    all
}

fn whose(text: &str) -> Result<Whose, String> {
    Whose::of(text).ok_or_else(|| "whose map: all, `voice NAME` or `document NAME`".to_owned())
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let (wanted, given) = (Wanted::of(call.arguments), call.arguments);
    let saved = saved_run(given)?;
    let own = match given.get_one::<PathBuf>("concepts") {
        Some(path) => Own::of(&lists::text_of(path)?).map_err(|e| lists::told(path, e))?,
        None => Own::default(),
    };
    let project = options::project(given)?;
    let snapshot = project.snapshot()?;
    let actors = Actors::resolve(&snapshot);
    let of =
        saved.as_ref().map(|s| s.whose.clone()).or_else(|| given.get_one::<Whose>("of").cloned()).unwrap_or_default();
    let word = |name: &str| given.get_one::<String>(name).map(String::as_str);
    let between = saved.as_ref().map_or(word("between") == Some("actors"), |s| s.actors);
    let case = Case::of(&snapshot, &actors, &wanted.filter, &own, between);
    let (map, strange) = case.map_telling(&of);
    for (cause, effect) in strange {
        show::complain(&format!(
            "A weight was set by hand from “{cause}” to “{effect}”, which this map does not hold now."
        ));
    }
    if map.edges.is_empty() {
        show::complain(&format!(
            "The map {} is empty. Voices: {}.",
            case.title(&of),
            some_of(case.voices().into_keys())
        ));
    }
    if let Some(weigh) = given.get_many::<String>("weigh") {
        let weigh: Vec<&String> = weigh.collect();
        return set_weight(given, project, &snapshot, &map, &of, &weigh);
    }
    if let Some(other) = given.get_one::<Whose>("overlay") {
        show::table(overlaid(&case, &of, other), &wanted)?;
        return Ok(Outcome::Done);
    }
    if let Some(scenario) = saved.or(asked_run(given, &of, between)?) {
        let told = scenario.run(&map).map_err(|e| Error::said(e.to_string()))?;
        if let Some(path) = given.get_one::<PathBuf>("save-run") {
            std::fs::write(path, scenario.write(&map)).map_err(|e| Error::writing(&path.display().to_string(), &e))?;
        }
        show::table(what_if(&case, &of, &map, &told), &wanted)?;
        return Ok(Outcome::Done);
    }
    let title = case.title(&of);
    match word("format").unwrap_or("table") {
        "graphml" => show::out(|w| cause_graphs::graphml(&map, &title, w))?,
        "gexf" => show::out(|w| cause_graphs::gexf(&map, &title, w))?,
        "svg" => {
            let caption = Caption {
                title: &title,
                note: "What is said, on somebody’s word; the program states nothing itself.",
                link: None,
                under: None,
            };
            show::out(|w| cause_drawing::svg(&map, &caption, w))?;
        }
        "matrix" => show::out(|w| tables::matrix_to_csv(&map, w))?,
        _ if given.get_flag("measures") => show::table(measured(&case, &of, &map), &wanted)?,
        _ => show::table(edges(&snapshot, &case, &of, &map), &wanted)?,
    }
    Ok(Outcome::Done)
}

/// Names of a list that a line can hold.
fn some_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SOME: usize = 12;
    let all: Vec<&str> = names.collect();
    let more = if all.len() > SOME { ", …" } else { "" };
    format!("{}{more}", all.iter().take(SOME).copied().collect::<Vec<_>>().join(", "))
}

/// The run of a file.
fn saved_run(given: &ArgMatches) -> Result<Option<Scenario>, Error> {
    let Some(path) = given.get_one::<PathBuf>("run") else { return Ok(None) };
    Scenario::read(&lists::text_of(path)?).map(Some).map_err(|e| lists::told(path, e))
}

/// The run that the arguments ask for, if they ask for one.
fn asked_run(given: &ArgMatches, whose: &Whose, actors: bool) -> Result<Option<Scenario>, Error> {
    if !given.contains_id("what-if") && given.get_one::<PathBuf>("save-run").is_none() {
        return Ok(None);
    }
    let usual = Settings::default();
    let named = |name: &str| given.get_one::<String>(name).map(String::as_str);
    let settings = Settings {
        rule: named("rule").and_then(Rule::named).unwrap_or(usual.rule),
        squash: named("function").and_then(Squash::named).unwrap_or(usual.squash),
        lambda: given.get_one::<f64>("lambda").copied().unwrap_or(usual.lambda),
        hold: !given.get_flag("free"),
        tolerance: given.get_one::<f64>("tolerance").copied().unwrap_or(usual.tolerance),
        steps: given.get_one::<usize>("steps").copied().unwrap_or(usual.steps),
    };
    let scenario = Scenario {
        whose: whose.clone(),
        actors,
        settings,
        start: values(given, "start")?,
        set: values(given, "what-if")?,
        once: given.get_flag("once"),
        map: None,
    };
    Ok(Some(scenario))
}

/// `CONCEPT=VALUE`, as often as it stands there. A concept's words may hold an `=` too: the last one counts.
fn values(given: &ArgMatches, name: &str) -> Result<BTreeMap<String, f64>, Error> {
    let mut all = BTreeMap::new();
    for text in given.get_many::<String>(name).into_iter().flatten().filter(|t| !t.is_empty()) {
        let pair = text
            .rsplit_once('=')
            .and_then(|(concept, value)| Some((concept.trim(), value.trim().parse::<f64>().ok()?)));
        let Some((concept, value)) = pair.filter(|(concept, _)| !concept.is_empty()) else {
            return Err(Error::said(format!("--{name} {text:?}: write CONCEPT=VALUE, as \"the fog=0.5\".")));
        };
        all.insert(concept.to_owned(), value);
    }
    Ok(all)
}

fn set_weight(
    given: &ArgMatches,
    looking: Project,
    snapshot: &Snapshot,
    map: &Map,
    whose: &Whose,
    words: &[&String],
) -> Result<Outcome, Error> {
    let word = |n: usize| words.get(n).map(|w| (*w).clone()).unwrap_or_default();
    let one = |name: &str| given.get_one::<String>(name).cloned().unwrap_or_default();
    let weight = Given { cause: word(0), effect: word(1), weight: word(2), by: one("by"), note: one("note") };
    let rows = weighing::rows(map, whose, &snapshot.judgements, &weight).map_err(Error::said)?;
    drop(looking);
    let project = Project::create(&options::ledger_path(given))?;
    for row in rows {
        let place = project.judge(&row)?;
        let about = weighing::words(&row).unwrap_or_default();
        show::line(&plain(&format!("Kept as row {place}: {} · {about} · by {}", row.verdict, row.agent), true))?;
    }
    Ok(Outcome::Done)
}
