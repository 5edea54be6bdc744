//! `rashomon discourse`: which voices share or dispute which concepts, as tables, matrices, graphs or a picture.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Wanted};
use super::show;
use crate::concept_lists;
use crate::error::Error;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches};
use rashomon_derive::discourse::{Asked, ConceptList, Mode, PARAMETERS, Written, backbone, code, propose};
use rashomon_derive::views::discourse::{self as view, VIEW};
use rashomon_derive::{Actors, drawing, matrices};
use std::path::PathBuf;

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "Statements are coded by whose word they are, the concept they speak of and the side they take. Concepts come from \
              --concepts, else from the list kept with `rashomon import`, else from the documents' own words. Hand codings \
              (`rashomon judge for|against|neither ID CONCEPT`, the page, a .dna database) win. Camps are the split with least \
              frustration; --backbone tells which concepts carry the structure. Formulas and every option: docs/discourse.md.",
    examples: &[
        example("rashomon discourse --concepts concepts.toml", "voices by concepts"),
        example("rashomon discourse --list", "every coded statement with its words"),
        example(
            "rashomon discourse --propose --format toml > concepts.toml",
            "a list to begin with, from the documents' words",
        ),
        example(
            "rashomon discourse --network voices --measure congruence --normalise average --format dl > net.dl",
            "for UCINET",
        ),
        example("rashomon discourse --camps", "the two camps with least frustration"),
        example("rashomon discourse --series --window trailing --width 3 --unit months", "how the camps move"),
        example("rashomon discourse --backbone 5", "the five concepts that carry the structure"),
        example("rashomon discourse --network voices --format svg > net.svg", "a picture for print"),
    ],
    arguments,
    run,
};

const FORMS: &[&str] = &["table", "csv", "json", "parquet", "toml", "matrix", "dl", "graphml", "svg"];

fn arguments() -> Vec<Arg> {
    let mut all = options::of_views_in(options::form_among(FORMS));
    let concepts = Arg::new("concepts").long("concepts").value_name("FILE").value_parser(ValueParser::path_buf());
    all.push(concepts.help("Your concepts (TOML or CSV, see docs/discourse.md)"));
    let asks = ["propose", "list", "camps", "series", "backbone"];
    let switch = |name: &'static str, help: &'static str| {
        let others = asks.into_iter().filter(move |other| *other != name);
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help).conflicts_with_all(others)
    };
    all.push(switch("propose", "Only list the concepts that the documents propose"));
    all.push(switch("list", "Every coded statement with its words"));
    all.push(switch(
        "camps",
        "The split into two camps with least frustration, after average activity if not said otherwise",
    ));
    all.push(switch("series", "One row for each window of time (--window, --width, --unit, --step, --kernel)"));
    let size = Arg::new("backbone").long("backbone").value_name("NUMBER").value_parser(clap::value_parser!(usize));
    all.push(size.help("Which concepts carry the structure: the best set of so many, and the order of all"));
    for (name, values, help) in PARAMETERS {
        let argument = Arg::new(*name)
            .long(*name)
            .value_name(if values.is_empty() { "VALUE" } else { "CHOICE" })
            .help_heading("Network");
        let listed = if values.is_empty() { (*help).to_owned() } else { format!("{help} [{}]", values.join(", ")) };
        let argument = if values.is_empty() {
            argument
        } else {
            argument.value_parser(PossibleValuesParser::new(values.iter().copied())).hide_possible_values(true)
        };
        all.push(argument.help(listed));
    }
    all
}

/// What is asked for, with the person's own list.
fn asked(arguments: &ArgMatches) -> Result<Asked, Error> {
    let mut asked = Asked::of(&|name| arguments.get_one::<String>(name).cloned()).map_err(Error::said)?;
    let list = arguments.get_one::<PathBuf>("concepts").map(|path| concept_lists::of_file(path)).transpose()?;
    asked.options.concepts = list;
    Ok(asked)
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let wanted = Wanted::of(call.arguments);
    let asked = asked(call.arguments)?;
    let snapshot = options::project(call.arguments)?.snapshot()?;
    let actors = Actors::resolve(&snapshot);
    let format = call.arguments.get_one::<String>("format").map_or("table", String::as_str);
    if call.arguments.get_flag("propose") || format == "toml" {
        let found = propose(&snapshot, &actors, &wanted.filter);
        if format != "toml" {
            show::table(view::proposed(&found), &wanted)?;
            return Ok(Outcome::Done);
        }
        let written: Vec<Written> = found.into_iter().map(|p| p.concept).collect();
        let list = ConceptList::of(written).map_err(|e| Error::said(e.to_string()))?;
        show::out(|w| write!(w, "{}", list.to_toml()))?;
        return Ok(Outcome::Done);
    }
    let codes = code(&snapshot, &actors, &wanted.filter, &asked.options);
    match format {
        "matrix" => show::out(|w| matrices::csv(&matrices::matrix(&codes, &asked), w))?,
        "dl" => show::out(|w| matrices::dl(&matrices::matrix(&codes, &asked), w))?,
        "graphml" => show::out(|w| matrices::graphml(&codes, &asked, w))?,
        "svg" => show::out(|w| drawing::svg(&matrices::drawn(&codes, &asked), w))?,
        _ => {
            let table = if call.arguments.get_flag("list") {
                view::listed(&snapshot, &codes)
            } else if call.arguments.get_flag("camps") {
                view::camps(&codes, &asked).0
            } else if call.arguments.get_flag("series") {
                if asked.moving.is_none() {
                    return Err(Error::said("A series needs a window: --window trailing --width 3 --unit months."));
                }
                view::series(&codes, &asked)
            } else if let Some(size) = call.arguments.get_one::<usize>("backbone") {
                let found = backbone(&asked.counts(&codes), *size);
                let few = || Error::said("There are fewer than two concepts: nothing can carry more than the rest.");
                view::carriers(&codes, &found.ok_or_else(few)?)
            } else if asked.mode == Mode::TwoMode {
                view::two_mode(&codes)
            } else {
                view::one_mode(&codes, &asked)
            };
            show::table(table, &wanted)?;
            return Ok(Outcome::Done);
        }
    }
    codes.notes.iter().for_each(|note| show::complain(note));
    Ok(Outcome::Done)
}
