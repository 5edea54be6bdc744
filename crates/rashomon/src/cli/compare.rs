//! `rashomon compare`: where accounts agree, contradict each other, differ or repeat each other.

use super::command::{Command, example};
use super::{options, show};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction};
use rashomon_derive::views::compare::{VERDICTS, VIEW};

/// The command.
pub const COMMAND: Command = Command {
    name: VIEW.name,
    about: VIEW.about,
    details: "One row for each two accounts and each thing that both tell of, with both voices, the verdict, the aspect, the \
              reason in words and whether the two are independent of each other as far as the documents tell. What cannot be \
              seen to be about the same is not compared. Passages of eight words or more that stand in two documents or twice \
              in one follow, with what was changed; menus, bylines and lists of references are not compared.",
    examples: &[
        example("rashomon compare", "everything, contradictions first"),
        example("rashomon compare --verdict contradict", "only what cannot both be right"),
        example("rashomon compare --actor Aurora --verdict agree", "agreement about an actor"),
        example("rashomon compare --document historian --document commission", "two accounts side by side"),
        example("rashomon compare --verdict repeat --format csv > repeats.csv", "passages that repeat each other"),
    ],
    arguments,
    run: |call| show::view(&VIEW, call),
};

fn arguments() -> Vec<Arg> {
    let verdict = Arg::new("verdict")
        .long("verdict")
        .value_name("VERDICT")
        .help("Only rows that say this: contradict, differ, agree or repeat; may be repeated")
        .action(ArgAction::Append)
        .value_parser(PossibleValuesParser::new(VERDICTS))
        .hide_possible_values(true)
        .help_heading("Filters");
    let mut all = options::of_views();
    all.insert(0, verdict);
    all
}
