//! `rashomon judge`: a person's verdict, kept for ever and obeyed by every later run. A verdict on names joins actors or
//! keeps them apart; one on a statement says whether it was read rightly; one on a document is its grade.

use super::command::{Command, Invocation, Outcome, example};
use super::options::{self, Form};
use super::{plain::plain, show};
use crate::error::Error;
use crate::judging::{self, Passage, Verdict};
use crate::lists;
use crate::project::Project;
use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches};
use rashomon_core::{Judgement, Mend};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The command.
pub const COMMAND: Command = Command {
    name: "judge",
    about: "Say what you know: two names are one actor or two, a statement is right or wrong, a source's grade",
    details: "Verdicts on two names: same, different, unsure. On a statement, by its id: right, wrong. On two \
              statements, by their ids: right, wrong (what `compare` says of them), agree, contradict, differ. On a statement and a concept: \
              for, against, neither (see `rashomon discourse`); with --words, those words of a document and a concept. On a document, by its \
              id, path or title: a grade of the Admiralty code (A to F, 1 to 6 or both). `note` on a statement or document changes \
              nothing. A statement found wrong leaves every view; `mended` gives it what it should say (--says, --polarity, \
              --certainty, --hedges, --kind; its chain is mended on the page), in words that stand in its sentence. `undo` takes back what was \
              said of the same thing, or with a row's number (--list) that row alone, an undo too. A file has the columns verdict, first, second and, \
              if wanted, by, note, words, at and voice. Nothing is ever erased: each verdict is one more row of the log.",
    examples: &[
        example("rashomon judge same \"Anne Lowry\" \"Nan Lowry\"", "two names of one person"),
        example("rashomon judge different \"A. Lowry\" \"Anne Lowry\" --note \"her aunt\"", "two persons, and why"),
        example("rashomon judge undo \"A. Lowry\" \"Anne Lowry\"", "as if it had not been said"),
        example(
            "rashomon judge wrong 3b0c9e23de78 c8d154be5cd7",
            "two statements are not about the same (ids: compare --ids)",
        ),
        example("rashomon judge contradict 3b0c9e23de78 c8d154be5cd7", "they cannot both be right"),
        example(
            "rashomon judge against 3b0c9e23de78 \"The lamps were lit\"",
            "code a statement by hand, for `rashomon discourse`",
        ),
        example(
            "rashomon judge for log.txt \"The lamps were lit\" --words \"every lamp burned\" --voice \"Tom Reed\"",
            "code any words of a document, with whose word they are",
        ),
        example("rashomon judge B2 report.pdf --by Reed", "a grade, with who gave it"),
        example("rashomon judge mended 3b0c9e23de78 --polarity - --note \"he denied it\"", "the claim is negated"),
        example("rashomon judge undo 12", "takes row 12 back, whatever it says"),
        example("rashomon judge --file verdicts.csv", "many at once"),
        example("rashomon judge --list", "every verdict, in the order in which they were given"),
    ],
    arguments,
    run,
};

fn arguments() -> Vec<Arg> {
    let file = Arg::new("file").long("file").value_name("FILE").value_parser(ValueParser::path_buf());
    vec![
        Arg::new("verdict")
            .value_name("VERDICT")
            .required_unless_present_any(["file", "list"])
            .help("same, different, unsure (names); right, wrong (a statement, or two); mended (a statement); agree, contradict, differ (two statements); for, against, neither (a statement and a concept); a grade such as B2 (a document); note; undo"),
        Arg::new("first").value_name("FIRST").help("A name, a statement's id, a document, or (of undo) a row's number"),
        Arg::new("second").value_name("SECOND").help("The other name, the other statement's id, or a concept"),
        Arg::new("by").long("by").value_name("PERSON").help("Who judges").default_value("reader"),
        Arg::new("note").long("note").value_name("WORDS").help("Why").default_value(""),
        Arg::new("says").long("says").value_name("WORDS").help("mended: the claim's words, … between words that stand apart"),
        Arg::new("polarity").long("polarity").value_name("CODE").help("mended: + or -").allow_hyphen_values(true),
        Arg::new("certainty")
            .long("certainty")
            .value_name("CODE")
            .help("mended: certain, probable, possible, unlikely, counterfactual"),
        Arg::new("hedges").long("hedges").value_name("WORDS").help("mended: the words that carry the certainty"),
        Arg::new("kind").long("kind").value_name("CODE").help("mended: event, tie, value, cause, quantity, prediction"),
        Arg::new("words").long("words").value_name("WORDS").help("for, against, neither: the words of the document FIRST that are coded"),
        Arg::new("at").long("at").value_name("START-END").help("Where they stand, in code points; needed where they stand more than once"),
        Arg::new("voice").long("voice").value_name("NAME").help("Whose word they are, where that is not who says the statement that was read there"),
        Arg::new("set").long("set").value_name("NAME=VALUE").action(ArgAction::Append).help("A further variable of such a coding"),
        file.help("CSV file with the columns verdict, first, second, by, note, words, at, voice").conflicts_with("verdict"),
        Arg::new("list").long("list").action(ArgAction::SetTrue).help("List every verdict").conflicts_with("verdict"),
        options::form(),
    ]
}

fn run(call: &Invocation<'_>) -> Result<Outcome, Error> {
    let one = |name: &str| call.arguments.get_one::<String>(name).cloned().unwrap_or_default();
    let looking = options::project(call.arguments)?;
    if call.arguments.get_flag("list") {
        return list(&looking, options::form_of(call.arguments));
    }
    let (given, mut complaints) = match call.arguments.get_one::<PathBuf>("file") {
        Some(path) => in_file(path, &one("by"))?,
        None => {
            let verdict = Verdict {
                verdict: one("verdict"),
                first: one("first"),
                second: one("second"),
                by: one("by"),
                note: one("note"),
                mend: mend(call.arguments)?,
                passage: passage(call.arguments)?,
            };
            (vec![(String::new(), verdict)], Vec::new())
        }
    };
    let snapshot = looking.snapshot()?;
    drop(looking);
    let known = judging::Known::of(&snapshot);
    let project = Project::create(&options::ledger_path(call.arguments))?;
    let mut kept = 0;
    for (place, verdict) in &given {
        match known.judgement(verdict) {
            Ok((judgement, doubts)) => {
                let row = project.judge(&judgement)?;
                kept += 1;
                show::line(&plain(&format!("Kept as row {row}: {}", judging::in_words(&judgement)), true))?;
                doubts.iter().for_each(|doubt| show::complain(&format!("{place}{doubt}")));
            }
            Err(why) => complaints.push(format!("{place}{why}")),
        }
    }
    complaints.iter().for_each(|why| show::complain(why));
    Ok(match (kept, complaints.is_empty()) {
        (_, true) => Outcome::Done,
        (0, false) => Outcome::Nothing,
        (_, false) => Outcome::SomeRefused,
    })
}

/// What a mended statement should say, as the options give it.
fn mend(arguments: &ArgMatches) -> Result<Mend, Error> {
    let given = |name: &str| arguments.get_one::<String>(name).cloned();
    fn code<T: std::str::FromStr<Err = rashomon_core::UnknownCode>>(given: Option<String>) -> Result<Option<T>, Error> {
        given.map(|text| text.parse().map_err(|e: T::Err| Error::said(e.to_string()))).transpose()
    }
    Ok(Mend {
        polarity: code(given("polarity"))?,
        certainty: code(given("certainty"))?,
        kind: code(given("kind"))?,
        hedges: given("hedges"),
        words: given("says"),
        chain: None,
    })
}

/// The words that are coded, as the options give them.
fn passage(arguments: &ArgMatches) -> Result<Option<Passage>, Error> {
    let given = |name: &str| arguments.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let mut values = vec![("voice".to_owned(), given("voice").to_owned())];
    for pair in arguments.get_many::<String>("set").into_iter().flatten() {
        let (name, value) = pair.split_once('=').ok_or_else(|| Error::said(format!("--set {pair:?}: NAME=VALUE")))?;
        values.push((name.to_owned(), value.to_owned()));
    }
    let one = passage_of(given("words"), given("at"), values).map_err(Error::said)?;
    if one.is_none() && (arguments.contains_id("set") || !given("voice").is_empty()) {
        return Err(Error::said("--voice and --set belong to words of a document: give those with --words or --at."));
    }
    Ok(one)
}

/// Words and place of a passage; nothing where neither is given.
fn passage_of(words: &str, at: &str, values: Vec<(String, String)>) -> Result<Option<Passage>, String> {
    let place = || {
        let (start, end) = at.split_once('-')?;
        Some((start.trim().parse().ok()?, end.trim().parse().ok()?))
    };
    let at = match at.trim().is_empty() {
        true => None,
        false => Some(place().ok_or_else(|| format!("{at:?} is no place such as 120-180."))?),
    };
    let words = words.to_owned();
    Ok((at.is_some() || !words.trim().is_empty()).then_some(Passage { words, at, values }))
}

type InFile = (Vec<(String, Verdict)>, Vec<String>);

/// The verdicts of a file, each with its place there, and what is wrong with lines that hold none.
fn in_file(path: &Path, by: &str) -> Result<InFile, Error> {
    let text = lists::text_of(path)?;
    let mut reader = lists::csv_of(&text, true);
    let bad = |e: csv::Error| lists::told(path, format!("the file {}", lists::unreadable(&e)));
    let header = reader.headers().map_err(bad)?.clone();
    let column = |name: &str| lists::column(&header, name);
    if column("verdict").is_none() || column("first").is_none() {
        return Err(lists::told(
            path,
            "the first line must name the columns verdict, first and second (and by, note).",
        ));
    }
    let (mut given, mut wrong) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Err(e) => wrong.push(format!("{}: a line {}", path.display(), lists::unreadable(&e))),
            Ok(record) => {
                let cell = |name: &str| column(name).and_then(|n| record.get(n)).unwrap_or_default().to_owned();
                let line = record.position().map_or(0, csv::Position::line);
                let named = Some(cell("by")).filter(|b| !b.is_empty());
                let values = vec![("voice".to_owned(), cell("voice"))];
                let passage = match passage_of(&cell("words"), &cell("at"), values) {
                    Ok(passage) => passage,
                    Err(why) => {
                        wrong.push(format!("{}:{line}: {why}", path.display()));
                        continue;
                    }
                };
                let verdict = Verdict {
                    passage,
                    verdict: cell("verdict"),
                    first: cell("first"),
                    second: cell("second"),
                    by: named.unwrap_or_else(|| by.to_owned()),
                    note: cell("note"),
                    ..Verdict::default()
                };
                given.push((format!("{}:{line}: ", path.display()), verdict));
            }
        }
    }
    Ok((given, wrong))
}

fn list(project: &Project, form: Form) -> Result<Outcome, Error> {
    let mut all = project.snapshot()?.judgements;
    all.sort_by_key(|j| j.sequence);
    let header = ["row", "by", "verdict", "words", "target", "note"];
    let cells = |j: &Judgement| {
        [
            j.sequence.to_string(),
            j.agent.clone(),
            j.verdict.clone(),
            judging::words(j),
            j.target.clone(),
            j.note.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(|j| cells(j).to_vec()).collect();
    let record = |row: &Vec<String>| {
        let fields = header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell)));
        fields.collect::<serde_json::Map<_, _>>()
    };
    show::rows(&header, &rows, form, || json!(rows.iter().map(record).collect::<Vec<_>>()))?;
    Ok(Outcome::Done)
}
