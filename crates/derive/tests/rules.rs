//! Runs the tests that stand inside the files of event and tie rules: a text, and what must be coded in it.
//!
//! `events`  every coded event in order: `CODE mode: source > target; marks`, parts that are not there left out; names of
//!           one side joined by ` + `; `(act)` behind the act of a voice
//! `ties`    every tie that a statement tells (not those that events make): `from kind to`, `not` before what is denied
//! Each list that a test has must be complete.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use rashomon_core::{Document, Snapshot};
use rashomon_derive::Actors;
use rashomon_derive::events::{Coded, Coder, Member, Tie, ties};
use serde::Deserialize;

#[derive(Deserialize)]
struct RuleFile {
    #[serde(default)]
    test: Vec<RuleTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTest {
    text: String,
    events: Option<Vec<String>>,
    ties: Option<Vec<String>>,
}

fn side(members: &[Member]) -> String {
    members.iter().map(|m| m.words.text.as_str()).collect::<Vec<_>>().join(" + ")
}

fn event(coded: &Coded) -> String {
    let mode = coded.mode.as_ref().map(|m| format!(" {m}")).unwrap_or_default();
    let marks = coded.marks;
    let named = [
        (marks.historical, "historical"),
        (marks.future, "future"),
        (marks.hypothetical, "hypothetical"),
        (marks.negated, "negated"),
    ];
    let marks: Vec<&str> = named.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect();
    let act = if coded.link.is_some() { " (act)" } else { "" };
    let marks = if marks.is_empty() { String::new() } else { format!("; {}", marks.join(" ")) };
    let sides = format!("{} > {}", side(&coded.source), side(&coded.target));
    format!("{}{mode}{act}: {}{marks}", coded.code, sides.trim())
}

fn tie(tie: &Tie) -> String {
    let not = if tie.marks.negated { "not " } else { "" };
    format!("{not}{} {} {}", side(&tie.from), tie.kind.as_str(), side(&tie.to))
}

fn check(test: &RuleTest) -> Vec<String> {
    let document = Document::plain("rule.txt", test.text.clone());
    let reading = rashomon_read::read(&document);
    let snapshot = Snapshot::of([(document, reading)]);
    let actors = Actors::resolve(&snapshot);
    let (document, reading) = &snapshot.documents[0];
    let coded = Coder::bundled().code(document, reading, &actors);
    let told = ties(document, reading, &coded, &actors);
    let found = [
        ("events", &test.events, coded.iter().map(event).collect::<Vec<_>>()),
        ("ties", &test.ties, told.iter().filter(|t| !t.from_event).map(tie).collect()),
    ];
    let wrong = found.into_iter().filter(|(_, wanted, found)| wanted.as_ref().is_some_and(|w| w != found));
    wrong
        .map(|(what, wanted, found)| format!("{:?}\n  {what} wanted {wanted:#?}\n  found {found:#?}", test.text))
        .collect()
}

#[test]
fn the_rule_files_pass_their_own_tests() {
    if rashomon_read::network::Model::built_in().is_none() {
        return;
    }
    let (mut count, mut faults) = (0, Vec::new());
    for name in ["events.toml", "ties.toml"] {
        let file = format!("{}/rules/{name}", env!("CARGO_MANIFEST_DIR"));
        let rules: RuleFile = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        assert!(rules.test.len() > 10, "{name} has only {} tests", rules.test.len());
        for test in &rules.test {
            count += 1;
            faults.extend(check(test).into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{} of {count} rule tests fail:\n{}", faults.len(), faults.join("\n"));
}
