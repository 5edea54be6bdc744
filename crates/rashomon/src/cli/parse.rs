//! `rashomon parse`: what the trained reader finds in a text, as CoNLL-U, for other tools and for a look at the reader
//! itself. No ledger is needed and none is touched.

use super::command::{Command, Invocation, Outcome, example};
use super::show;
use crate::error::Error;
use crate::parsing::{Form, Reader, Source, Written};
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: "parse",
    about: "Write the words, trees, names and roles of an English text as CoNLL-U",
    details: "Reads plain text in UTF-8, or CoNLL-U that is cut into words already; which of the two is seen from the \
              text itself. Several files are several documents, one after another, each begun with a line `# newdoc`. \
              docs/parse.md explains every column. For documents of other formats and for statements use `rashomon \
              read`.",
    examples: &[
        example("rashomon parse --conllu letter.txt", "a text, from its characters to roles"),
        example("rashomon parse --conllu < letter.txt | grep 'Pred=Yes'", "from the standard input: the predicates"),
        example("rashomon parse --conllu --from words treebank.conllu", "words as another tool cut them"),
        example(
            "rashomon parse --conllu --model en.safetensors letter.txt",
            "with other weights than the built-in ones",
        ),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let path = |name: &'static str| Arg::new(name).value_name("FILE").value_parser(ValueParser::path_buf());
    vec![
        path("files").num_args(0..).help("Files; without any, or for `-`, the standard input"),
        Arg::new("conllu")
            .long("conllu")
            .action(ArgAction::SetTrue)
            .help("Write CoNLL-U: the only form so far, so it may be left out"),
        Arg::new("from")
            .long("from")
            .value_name("KIND")
            .help("What the files hold: text, words (CoNLL-U) or guess")
            .default_value("guess")
            .value_parser(PossibleValuesParser::new(["guess", "text", "words"]))
            .hide_possible_values(true),
        path("model").long("model").help("Weights to read with [default: those that are built in]"),
        path("names")
            .long("names")
            .help("Names of your own, in TOML, that count more than what the reader takes them for"),
        Arg::new("threads")
            .long("threads")
            .value_name("N")
            .help("Files read at one time; the outcome is the same with any number [default: number of cores]")
            .value_parser(clap::value_parser!(NonZeroUsize)),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let given: Vec<PathBuf> = call.arguments.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect();
    let form = match call.arguments.get_one::<String>("from").map(String::as_str) {
        Some("text") => Some(Form::Text),
        Some("words") => Some(Form::Words),
        _ => None,
    };
    let path = |name: &str| call.arguments.get_one::<PathBuf>(name).map(PathBuf::as_path);
    let reader = Reader::new(path("model"), path("names"))?;
    let threads = call.arguments.get_one::<NonZeroUsize>("threads").copied().unwrap_or_else(super::read::all_cores);
    let sources: Vec<Source> = match given.as_slice() {
        [] => vec![Source::Input],
        files => files.iter().map(|f| source(f)).collect(),
    };
    let (mut done, mut refused) = (0usize, 0usize);
    reader.write_all(&sources, form, threads, &mut |written| match written {
        Written::Conllu(text) => {
            done += 1;
            show::out(|w| w.write_all(text.as_bytes()))
        }
        Written::Refused(why) => {
            refused += 1;
            show::complain(&format!("rashomon: {why}"));
            Ok(())
        }
    })?;
    Ok(match (done, refused) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::Nothing,
        _ => Outcome::SomeRefused,
    })
}

fn source(path: &Path) -> Source {
    if path == Path::new("-") { Source::Input } else { Source::File(path.to_path_buf()) }
}
