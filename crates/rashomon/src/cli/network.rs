//! `rashomon network`: who is tied to whom, as a table, as measures, as a graph for other programs or as a picture.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Wanted};
use super::{coded, show};
use crate::error::Error;
use clap::{Arg, ArgAction};
use rashomon_derive::Actors;
use rashomon_derive::drawing;
use rashomon_derive::events::Case;
use rashomon_derive::graphs::{self, Network};
use rashomon_derive::views::network::{VIEW, measures, sliced};

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each kind of tie between two actors. With --voice it is the network according to that voice; with \
              --from and --to a slice of time. --measures gives each actor's degree, betweenness, part and community. \
              --format graphml and gexf write the graph with dates and accounts, svg a picture that is the same every time.",
    examples: &[
        example("rashomon network", "every tie"),
        example("rashomon network --voice \"Anne Lowry\"", "the network according to one voice"),
        example("rashomon network --measures", "who stands where in it"),
        example("rashomon network --format gexf > network.gexf", "for Gephi, with dates and accounts"),
        example("rashomon network --format svg > network.svg", "a picture for print"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let form = options::form_among(&["table", "csv", "json", "parquet", "graphml", "gexf", "svg"]);
    let mut all = options::of_coded_views(form);
    all.push(
        Arg::new("measures")
            .long("measures")
            .action(ArgAction::SetTrue)
            .help("Each actor's measures instead of the ties"),
    );
    all
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let wanted = Wanted::of(call.arguments);
    let coder = coded::coder(call)?;
    let snapshot = options::project(call.arguments)?.snapshot()?;
    let actors = Actors::resolve(&snapshot);
    let case = Case::of(&snapshot, &actors, &wanted.filter, &coder);
    let format = call.arguments.get_one::<String>("format").map_or("table", String::as_str);
    let network = || Network::of(&snapshot, &actors, &case);
    match format {
        "graphml" => show::out(|w| graphs::graphml(&network(), w))?,
        "gexf" => show::out(|w| graphs::gexf(&network(), w))?,
        "svg" => show::out(|w| drawing::svg(&network(), w))?,
        _ if call.arguments.get_flag("measures") => show::table(measures(&snapshot, &actors, &case), &wanted)?,
        _ => show::table(sliced(&snapshot, &actors, &case), &wanted)?,
    }
    Ok(Outcome::Done)
}
