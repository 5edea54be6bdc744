//! Debates as a person asks for them: a database of another program brought in with its numbers, worked out by hand; coding by
//! hand; the camps of the bundled sample.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "../../ledger/tests/making_dna/mod.rs"]
mod making_dna;

use common::Story;
use making_dna::{Made, write};

const TEXT: &str = "The weir held. 😀 The lamps burned all night.";
const OTHER: &str = "Ann Lowry wrote: the lamps burned. The town says they did not.";

/// Mill, Guild and Town on two concepts; the same is said twice in the first document.
fn brought() -> Story {
    let story = Story::new();
    let said = |who: &'static str, concept: &'static str, side: &'static str| {
        [(1, "Ann Lowry"), (2, who), (3, concept), (4, side), (6, if side == "true" { "2" } else { "-1" })]
    };
    let (weir, lamps) = ("The weir held.", "The lamps burned.");
    let values = [
        said("Mill", weir, "true"),
        said("Mill", weir, "true"),
        said("Guild", weir, "false"),
        said("Mill", lamps, "true"),
        said("Guild", lamps, "true"),
        said("Town", lamps, "false"),
    ];
    // Behind the sign, which is two units of UTF-16, stands the sentence about the lamps.
    let places = [(1, 0, 14), (1, 0, 14), (1, 0, 8), (1, 18, 34), (2, 17, 33), (2, 35, 62)];
    let mut statements: Vec<Made<'_>> = places
        .iter()
        .zip(&values)
        .map(|((document, start, stop), values)| Made {
            kind: 1,
            document: *document,
            start: *start,
            stop: *stop,
            values,
        })
        .collect();
    statements.push(Made { kind: 2, document: 2, start: 0, stop: 9, values: &[(5, "who is she?\nask again")] });
    statements.push(Made { kind: 1, document: 2, start: 10, stop: 900, values: &[(4, "true")] });
    let documents = [("A letter / first", TEXT, "Lowry, Ann", 86_400), ("A note", OTHER, "", 40 * 86_400)];
    write(&story.path("case.dna"), &documents, &statements).unwrap();
    story.run(&["import", "case.dna"]).ends_with(0).says("2 documents and 7 coded statements");
    story
}

/// A matrix as numbers by the names of rows and columns.
fn matrix(story: &Story, arguments: &[&str]) -> Vec<(String, String, f64)> {
    let told = story.run(&[&["discourse", "--format", "matrix"], arguments].concat()).ends_with(0);
    let mut lines = told.out.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').skip(1).collect();
    let row = |line: &str| {
        let mut cells = line.split(',');
        let name = cells.next().unwrap().to_owned();
        let numbers: Vec<f64> = cells.map(|c| c.parse().unwrap()).collect();
        columns.iter().zip(numbers).map(|(c, n)| (name.clone(), (*c).to_owned(), n)).collect::<Vec<_>>()
    };
    lines.flat_map(row).collect()
}

fn at(found: &[(String, String, f64)], row: &str, column: &str) -> f64 {
    found.iter().find(|(r, c, _)| r == row && c == column).unwrap().2
}

#[test]
fn a_database_of_another_program_gives_the_numbers_worked_out_by_hand() {
    let story = brought();
    let of = |measure: &str, more: &[&str]| {
        let found = matrix(&story, &[&["--network", "voices", "--measure", measure], more].concat());
        ["Mill Guild", "Mill Town", "Guild Town"].map(|pair| {
            let (a, b) = pair.split_once(' ').unwrap();
            assert_eq!(at(&found, a, b), at(&found, b, a));
            at(&found, a, b)
        })
    };
    assert_eq!(of("congruence", &[]), [1.0, 0.0, 0.0]);
    assert_eq!(of("conflict", &[]), [2.0, 1.0, 1.0]);
    assert_eq!(of("ignore", &[]), [3.0, 1.0, 1.0]);
    assert_eq!(of("subtract", &[]), [-1.0, -1.0, -1.0]);
    assert_eq!(of("conflict", &["--duplicates", "document"]), [1.0, 1.0, 1.0]);
    let near = |found: [f64; 3], wanted: [f64; 3]| found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(near(of("congruence", &["--normalise", "average"]), [0.4, 0.0, 0.0]));
    assert!(near(of("conflict", &["--normalise", "average"]), [0.8, 0.5, 2.0 / 3.0]));
    let (five, two) = (5.0f64.sqrt(), 2.0f64.sqrt());
    assert!(near(of("conflict", &["--normalise", "cosine"]), [2.0 / (five * two), 1.0 / five, 1.0 / two]));
    let two_mode = matrix(&story, &["--measure", "subtract"]);
    assert_eq!([at(&two_mode, "Mill", "The weir held."), at(&two_mode, "Guild", "The weir held.")], [2.0, -1.0]);
    let stacked = matrix(&story, &["--measure", "stacked"]);
    assert_eq!(at(&stacked, "Town", "The lamps burned. [-]"), 1.0);
    let persons = matrix(&story, &["--variable1", "person", "--qualifier", "strength"]);
    assert_eq!(at(&persons, "Ann Lowry", "The lamps burned."), 1.0);
    let camps = story.run(&["discourse", "--camps", "--format", "json"]).ends_with(0);
    assert!(camps.out.contains("frustration 0.3380 (no split has less)"), "{}", camps.out);
}

#[test]
fn coded_work_is_given_back_as_a_database_and_any_words_are_coded_in_the_shell() {
    let story = brought();
    story
        .run(&[
            "judge",
            "against",
            "A note",
            "The lamps burned.",
            "--words",
            "The town says",
            "--voice",
            "Town",
            "--by",
            "Reed",
        ])
        .ends_with(0)
        .says("“The town says” · concept The lamps burned.");
    story
        .run(&["judge", "for", "A note", "The lamps burned.", "--words", "lamps burned", "--at", "0-12"])
        .ends_with(2)
        .complains("not “lamps burned”");
    story.run(&["judge", "for", "A note", "x", "--voice", "Town"]).ends_with(2).complains("--words or --at");
    let told = story.run(&["discourse", "--list", "--format", "csv", "--statement-type", "none"]).ends_with(0);
    assert!(told.out.contains("The town says"), "{}", told.out);
    story.run(&["export", "--format", "dna"]).ends_with(2).complains("--out");
    story
        .run(&["export", "--format", "dna", "--out", "back.dna"])
        .ends_with(0)
        .complains("2 documents and 8 coded statements");
    let (first, second) = (dna(&story, "case.dna"), dna(&story, "back.dna"));
    let text = |d: &rashomon_ledger::dna::Dna| d.documents.iter().map(|d| d.text.clone()).collect::<Vec<_>>();
    assert_eq!(text(&first), text(&second));
    let told = |d: &rashomon_ledger::dna::Dna, kind: &str| {
        let of = d.statements.iter().filter(|s| s.kind == kind && s.stop < 900);
        let mut all: Vec<_> = of.map(|s| (s.document, s.start, s.stop, s.coder.clone(), s.values.clone())).collect();
        all.sort();
        all
    };
    for kind in ["DNA Statement", "Annotation"] {
        assert_eq!(told(&first, kind), told(&second, kind), "places in UTF-16 units, coders and values of {kind}");
    }
    let own = told(&second, "Statement");
    let value = |n: usize| own[0].4[n].1.as_str();
    assert_eq!((own.len(), own[0].3.as_str()), (1, "Reed"));
    assert_eq!([value(0), value(1), value(2)], ["Town", "The lamps burned.", "false"]);
}

fn dna(story: &Story, name: &str) -> rashomon_ledger::dna::Dna {
    rashomon_ledger::dna::read(&story.path(name)).unwrap()
}

#[test]
fn nothing_of_a_database_is_lost_and_what_cannot_be_carried_is_named() {
    let story = brought();
    let again = story.run(&["import", "case.dna"]).ends_with(0).says("0 rows added");
    assert!(
        again.err.contains("passwords of 2 coders") && again.err.contains("statement 8, whose place 10..900"),
        "{}",
        again.err
    );
    let export = story.export("rashomon.ledger");
    let lines = || export.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
    let documents: Vec<_> = lines().filter(|l| l["type"] == "document").collect();
    assert_eq!(documents[0]["text"], TEXT);
    assert_eq!(
        [&documents[0]["title"], &documents[0]["date"], &documents[0]["publisher"]],
        ["A letter / first", "1970-01-02", "The Mill Gazette"]
    );
    assert_eq!(documents[0]["authors"][0], "Lowry, Ann");
    let judgements: Vec<_> = lines().filter(|l| l["type"] == "judgement").collect();
    let words = |n: usize| judgements[n]["words"].as_str().unwrap().to_owned();
    assert_eq!(judgements.len(), 8);
    assert!((0..7).all(|n| judgements[n]["agent"] == "Tom Reed" && judgements[n]["verdict"] == "code"));
    assert!(words(3).starts_with("The lamps burned\n") && words(3).contains("\nstrength = 2"), "{}", words(3));
    assert!(words(6).contains("note = who is she?\\nask again"), "{}", words(6));
    assert!(words(7).contains("ATTRIBUTEVALUES") && words(7).contains("\"mill\"") && !words(7).contains("secret"));
    // Who speaks is never the author where somebody else was coded: here the first document's author herself, there not.
    let carried: Vec<_> = lines().filter(|l| l["type"] == "statement" && l["reader"] == "imported coding").collect();
    assert!(carried.iter().any(|s| s["chain"].as_array().unwrap().len() == 1));
    assert!(carried.iter().any(|s| s["chain"][1]["voice"]["text"] == "Ann Lowry"));
    for row in story.run(&["discourse", "--format", "json", "--list"]).ends_with(0).out.lines() {
        assert!(!row.contains("\"statements\": []"));
    }
}

#[test]
fn a_foreign_file_makes_no_ledger_and_is_told_what_it_is_not() {
    let story = Story::new().file("letter.dna", "Dear Sir, this is a letter.").file("empty.dna", "");
    for file in ["letter.dna", "empty.dna"] {
        story.run(&["import", file]).ends_with(2).complains("no database of the Discourse Network Analyzer");
    }
    story.run(&["import", "none.dna"]).ends_with(2).complains("no file");
    assert!(!story.path("rashomon.ledger").exists());
}

const LETTER: &str = "Anne Lowry said that the lamps burned. Tom Reed said that the lamps burned. It was cold.";
const LIST: &str = "[[concept]]\nname = \"The lamps burned\"\npatterns = [\"lamp .. burn\"]\n";

#[test]
fn a_statement_is_coded_by_hand_and_the_coding_taken_back() {
    let story = Story::new().file("papers/letter.txt", LETTER).file("concepts.toml", LIST);
    story.run(&["read", "papers"]).ends_with(0);
    story.run(&["import", "concepts.toml", "--by", "Reed"]).ends_with(0).says("Kept 1 concepts");
    let table =
        |more: &[&str]| story.run(&[&["discourse", "--format", "csv", "--list"], more].concat()).ends_with(0).out;
    let lines = |text: &str| text.lines().filter(|l| l.contains("Lowry")).map(str::to_owned).collect::<Vec<_>>();
    let before = lines(&table(&["--ids"]));
    assert!(
        before.len() == 1 && before[0].contains(",agree,The lamps burned,") && before[0].contains(",program,"),
        "{before:?}"
    );
    let id = before[0].rsplit(',').next().unwrap().split(' ').next().unwrap().to_owned();
    let judge = |verdict: &str| story.run(&["judge", verdict, &id, "The lamps burned", "--by", "Holt"]).ends_with(0);
    judge("against");
    let now = lines(&table(&[]));
    assert!(now.len() == 1 && now[0].contains(",disagree,The lamps burned,") && now[0].contains(",Holt,"), "{now:?}");
    judge("neither");
    assert!(lines(&table(&[])).is_empty());
    judge("undo");
    assert_eq!(lines(&table(&["--ids"])), before);
    story.run(&["judge", "for", &id]).ends_with(2).complains("the concept is missing");
    story.run(&["judge", "--list"]).ends_with(0).says("concept The lamps burned");
}

#[test]
fn the_two_camps_of_the_sample_are_those_that_were_planted() {
    let story = Story::new();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/dogger-bank");
    story.run(&["read", &format!("{root}/accounts")]).ends_with(0);
    let told = story
        .run(&["discourse", "--camps", "--format", "csv", "--concepts", &format!("{root}/concepts.toml")])
        .ends_with(0);
    let camp = |name: &str| {
        let line = told
            .out
            .lines()
            .find(|l| l.contains(name))
            .unwrap_or_else(|| panic!("{name} is in no camp:\n{}", told.out));
        line.split(',').next().unwrap().to_owned()
    };
    let admiral = camp("Rozhestvensky");
    assert!(["A", "B"].contains(&admiral.as_str()));
    for same in ["Clado", "Kamchatka"] {
        assert_eq!(camp(same), admiral, "{same}");
    }
    for other in ["Naylor", "Hayashi", "Legation", "Commissioners", "Edwin Marsh", "Arthur Smith"] {
        assert!(camp(other) != admiral && camp(other) != "none", "{other}");
    }
    assert!(told.err.contains("no split has less"), "{}", told.err);
}
