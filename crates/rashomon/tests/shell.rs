//! The shell as a person or another program meets it: exit codes, words, pipes, filters and forms.

mod common;

use common::{Story, pile};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

const LETTER: &str = "The ferry was late. Anne Lowry said that the lock gate was closed before noon.";

const WAR: &str = "On 4 May 1904 Russia attacked Japan. Anne Lowry said that Russia is a threat to Britain. Britain supports Japan. \
    The attack caused a panic in London.";

fn read_letter() -> Story {
    let story = Story::new().file("papers/letter.txt", LETTER);
    story.run(&["read", "papers"]).ends_with(0).says("Read 1 document");
    story
}

#[test]
fn every_command_helps_with_an_example() {
    let story = Story::new();
    for command in rashomon::cli::COMMANDS {
        let told = story.run(&[command.name, "--help"]).ends_with(0).says("Examples:");
        assert!(told.out.contains(&format!("rashomon {}", command.name)), "{}", told.out);
        story.run(&["help", command.name]).ends_with(0).says("Examples:");
        story.run(&["man", command.name]).ends_with(0).says(".TH");
    }
    story.run(&["--help"]).ends_with(0).says("Exit codes: 0 done");
    story.run(&["--version"]).ends_with(0).says("rashomon ");
    story.run(&["man"]).ends_with(0).says("rashomon");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        story.run(&["completions", shell]).ends_with(0).says("export");
    }
    assert!(std::fs::read_dir(story.path(".")).unwrap().next().is_none(), "help leaves no files behind");
}

#[test]
fn what_cannot_be_done_ends_with_two_and_says_what_to_do() {
    let story = Story::new();
    story.run(&[]).ends_with(2);
    story.run(&["sail"]).ends_with(2).complains("unrecognized subcommand");
    story.run(&["claims"]).ends_with(2).complains("rashomon read FOLDER").complains("rashomon.ledger");
    story.run(&["export", "--ledger", "none.ledger"]).ends_with(2).complains("none.ledger");
    story.run(&["read", "nowhere"]).ends_with(2).complains("nowhere");
    story.run(&["claims", "--kind", "song"]).ends_with(2).complains("prediction");
    story.run(&["claims", "--from", "yesterday"]).ends_with(2).complains("1904-10-22");
    story.run(&["man", "sail"]).ends_with(2).complains("sail");
    assert!(!story.path("rashomon.ledger").exists(), "nothing was read, so no ledger is made");
}

#[test]
fn names_are_compared_with_reasons_and_without_a_ledger() {
    let story = Story::new();
    story.put("pairs.csv", "id,name1,name2,schema\n1,Qasim Amin,قاسم أمين,Person\n2,Anne Lowry,\"Lowry, Tom\",Person\n3,RNLI,Royal National Lifeboat Institution,\n");
    let told = story.run(&["names", "--pairs", "pairs.csv", "--explain"]).ends_with(0);
    let rows: Vec<&str> = told.out.lines().collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[1].contains("\tsame\t") && rows[1].contains("sound"), "{}", rows[1]);
    assert!(rows[2].contains("\ttwo\t") && rows[2].contains("speaks for two"), "{}", rows[2]);
    assert!(rows[3].contains("\tsame\t") && rows[3].contains("first letters"), "{}", rows[3]);
    let json = story.run(&["names", "--pairs", "pairs.csv", "--format", "json"]).ends_with(0).out;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(value[0]["score"].as_f64().unwrap() > 0.75 && value[0].get("reasons").is_none());
    story.run(&["names", "--pairs", "pairs.csv", "--format", "csv"]).ends_with(0).says("name1,name2,schema,score");
    story.put("wrong.csv", "a,b\n1,2\n");
    story.run(&["names", "--pairs", "wrong.csv"]).ends_with(2).complains("wrong.csv").complains("name1");
    story.put("latin1.csv", b"name1,name2\nAnn\xe9,Anne\n");
    story.run(&["names", "--pairs", "latin1.csv"]).ends_with(2).complains("UTF-8");
    story.run(&["names", "--pairs", "none.csv"]).ends_with(2).complains("none.csv");
    assert!(!story.path("rashomon.ledger").exists());
}

#[test]
fn a_verdict_is_kept_listed_obeyed_and_taken_back() {
    let story = Story::new()
        .file("papers/one.txt", "Captain Anne Lowry said that the lock gate was closed before noon.")
        .file("papers/two.txt", "Tom Reed said that the ferry was late.");
    story.run(&["read", "papers"]).ends_with(0);
    let bearers = |name: &str| {
        let told = story.run(&["actors", "--format", "csv"]).ends_with(0).out;
        told.lines().filter(|row| row.contains(name)).count()
    };
    assert_eq!((bearers("Anne Lowry"), bearers("Tom Reed")), (1, 1));
    story.run(&["judge", "same", "Anne Lowry", "Tom Reed", "--by", "Holm"]).ends_with(0).says("row");
    assert_eq!(bearers("Tom Reed"), 1);
    let joined = story.run(&["actors", "--format", "csv"]).ends_with(0).out;
    assert!(joined.lines().any(|row| row.contains("Tom Reed") && row.contains("judged the same")), "{joined}");
    story.run(&["judge", "undo", "Tom Reed", "Anne Lowry"]).ends_with(0);
    assert!(!story.run(&["actors"]).ends_with(0).out.contains("judged the same"));
    story.put("verdicts.csv", "verdict,first,second,by,note\nB2,one.txt,,Holm,a letter\nsplendid,one.txt,,,\n");
    story
        .run(&["judge", "--file", "verdicts.csv"])
        .ends_with(1)
        .says("B2")
        .complains("verdicts.csv:3")
        .complains("no verdict");
    story.run(&["judge", "--list", "--format", "csv"]).ends_with(0).says("Holm,B2").says("undo");
    story.run(&["sources", "--format", "csv"]).ends_with(0).says("B2");
    story.run(&["judge", "same", "Anne Lowry"]).ends_with(2).complains("two names");
    story.put("known.csv", "id,name\nQ7,Anne Lowry\n");
    story.run(&["actors", "--known", "known.csv", "--format", "csv"]).ends_with(0).says("Q7");
}

#[test]
fn an_empty_folder_gives_nothing_and_says_so() {
    let story = Story::new();
    std::fs::create_dir(story.path("papers")).unwrap();
    story.run(&["read", "papers"]).ends_with(2).says("Nothing was read").complains("no files in papers");
}

#[test]
fn reading_again_carries_on() {
    let story = read_letter();
    story.run(&["read", "papers"]).ends_with(0).says("Read 0 documents").says("1 already there");
    story.put("papers/second.txt", "The mill stood empty.");
    story.run(&["read", "papers", "-v"]).ends_with(0).says("known papers/letter.txt").says("kept papers/second.txt");
    story.put("papers/letter.txt.meta.json", r#"{"title": "A letter from Fenwick", "date": "1911-03-04"}"#);
    story.run(&["read", "papers", "-v"]).ends_with(0).says("kept papers/letter.txt").says("known papers/second.txt");
    story.run(&["claims"]).ends_with(0).says("A letter from Fenwick");
    story.run(&["read", "papers", "-v"]).ends_with(0).says("known papers/letter.txt");
}

#[test]
fn the_ledger_is_not_read_as_a_document() {
    let story = read_letter();
    let told = story.run(&["read", ".", "-v"]).ends_with(0);
    assert!(!told.out.contains("rashomon.ledger\t"), "{}", told.out);
}

#[test]
fn a_row_shows_who_says_what_and_where() {
    let story = read_letter();
    let told = story.run(&["claims"]).ends_with(0);
    let row = told.out.lines().find(|l| l.contains("lock gate")).unwrap_or_else(|| panic!("{}", told.out));
    assert!(row.contains("author ← Anne Lowry"), "{row}");
    assert!(row.contains("papers/letter.txt:"), "{row}");
    let offset: usize = row.rsplit_once("papers/letter.txt:").unwrap().1.trim().parse().unwrap();
    assert!(LETTER.chars().skip(offset).collect::<String>().starts_with("the lock gate"), "{row}");
}

#[test]
fn filters_limits_and_ids() {
    let story = read_letter();
    story.put("papers/second.txt", "The mill stood empty. Tom Reed said that the quay was full.");
    story.run(&["read", "papers"]).ends_with(0);
    let rows = |arguments: &[&str]| {
        let all: Vec<&str> = ["claims"].iter().chain(arguments).copied().collect();
        story.run(&all).ends_with(0).out.lines().count() - 1
    };
    let all = rows(&[]);
    assert!(all >= 4, "{all}");
    let second = rows(&["--document", "second"]);
    assert!(second > 0 && second < all);
    assert_eq!(rows(&["--voice", "lowry"]), 1);
    assert_eq!(rows(&["--document", "second", "--voice", "lowry"]), 0);
    assert_eq!(rows(&["--limit", "2"]), 2);
    story.run(&["claims", "--limit", "1"]).ends_with(0).complains(&format!("the first 1 of {all} rows"));
    let ids = story.run(&["claims", "--ids", "--limit", "1"]).ends_with(0).out;
    let id = ids.lines().nth(1).unwrap().rsplit('\t').next().unwrap();
    assert!(id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
}

#[test]
fn every_view_has_three_forms_and_every_row_its_statements() {
    let story = read_letter()
        .file("papers/copy.txt", LETTER.replace("late", "early"))
        .file(
            "papers/notice.txt",
            "Captain Anne Lowry died in Hull. \"The harbour was dark all that night,\" said Tom Reed.\n",
        )
        .file(
            "papers/obituary.txt",
            "We mourn. Anne Lowry died at her house. Tom Reed said: \"The harbour was dark all that night.\"\n",
        )
        .file("papers/war.txt", WAR);
    story.run(&["read", "papers"]).ends_with(0);
    let threat =
        story.run(&["claims", "--voice", "Lowry", "--actor", "Russia", "--format", "csv", "--ids"]).ends_with(0).out;
    let id = threat.trim_end().rsplit(',').next().unwrap();
    story.run(&["judge", "for", id, "Russia is a threat"]).ends_with(0);
    let known = story.export("rashomon.ledger");
    for view in rashomon_derive::views::VIEWS {
        story.run(&[view.name]).ends_with(0).says(view.columns[0].0);
        let csv = story.run(&[view.name, "--format", "csv", "--ids"]).ends_with(0).out;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(reader.headers().unwrap().len(), view.columns.len() + 1);
        assert!(reader.records().map(Result::unwrap).all(|r| r.len() == view.columns.len() + 1));
        let json = story.run(&[view.name, "--format", "json"]).ends_with(0).out;
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let rows = value["rows"].as_array().unwrap();
        assert!(!rows.is_empty(), "{}", view.name);
        for id in rows.iter().flat_map(|r| r["statements"].as_array().unwrap()) {
            assert!(known.contains(id.as_str().unwrap()));
        }
        assert!(rows.iter().all(|r| !r["statements"].as_array().unwrap().is_empty()));
    }
}

#[test]
fn that_the_documents_do_not_say_is_an_answer() {
    let story = read_letter();
    story.run(&["search", "lock", "gate"]).ends_with(0).says("Anne Lowry").complains("1 sentences found");
    story.run(&["search", "whales"]).ends_with(0).complains("the documents do not say");
}

#[test]
fn an_export_replaces_its_file_at_once_or_not_at_all() {
    let story = read_letter();
    let printed = story.run(&["export"]).ends_with(0).out;
    story.put("case.jsonl", "an older export");
    story.run(&["export", "--out", "case.jsonl"]).ends_with(0);
    assert_eq!(std::fs::read_to_string(story.path("case.jsonl")).unwrap(), printed);
    assert!(printed.starts_with("{\"format\":\"rashomon-export\"") || printed.contains("\"type\":\"header\""));
    story.run(&["export", "--out", "no/such/folder/case.jsonl"]).ends_with(2).complains("no/such/folder/case.jsonl");
    let left = std::fs::read_dir(story.path(".")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert!(left.into_iter().all(|name| !name.starts_with(".rashomon-export")), "no half-written file is left");
    let full = story.run(&["export", "--text"]).ends_with(0).out;
    assert!(full.contains(LETTER) && !printed.contains(LETTER));
}

#[test]
fn a_pipe_gets_no_progress_and_may_close_early() {
    let story = Story::new();
    pile(&story, "papers", 30);
    let told = story.run(&["read", "papers"]).ends_with(0);
    assert_eq!(told.err, "", "nothing to complain of, so nothing on the standard error");
    assert!(!told.out.contains(['\u{1b}', '\r']), "{:?}", told.out);
    assert_eq!(told.out.lines().count(), 1);
    // Both want to write more than a pipe holds.
    for arguments in [&["claims"][..], &["export", "--text"], &["claims", "--format", "json"]] {
        let mut child = story.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert!(ended.status.success(), "{arguments:?} {:?}", ended.status);
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "", "{arguments:?}");
    }
}

#[test]
fn a_document_cannot_send_commands_to_the_terminal() {
    // Among many harmless sentences, or it would be taken for a binary file.
    let harmless = "The ferry was late again, and nobody at the quay could say why. ".repeat(80);
    let trick = "Anne Lowry said that the \u{1b}]0;owned\u{7}gate was \u{1b}[31mred.";
    let story = Story::new().file("papers/trick.txt", format!("{harmless}{trick}"));
    story.run(&["read", "papers"]).ends_with(0);
    assert!(story.export("rashomon.ledger").contains("\\u001b[31m"), "the words are kept as they are");
    for arguments in [["claims", "--format", "table"], ["search", "gate", "--ids"]] {
        let told = story.run(&arguments).ends_with(0);
        assert!(!told.out.contains(['\u{1b}', '\u{7}']), "{:?}", told.out);
    }
}

#[test]
fn two_writers_do_not_meet() {
    let story = read_letter();
    let held = rashomon::project::Project::create(&story.path("rashomon.ledger")).unwrap();
    story.run(&["read", "papers"]).ends_with(2).complains("rashomon.ledger");
    story.run(&["claims"]).ends_with(0).says("lock gate");
    drop(held);
    story.run(&["read", "papers"]).ends_with(0);
}

#[test]
fn the_formats_are_listed() {
    let story = Story::new();
    for format in rashomon_intake::FORMATS {
        story.run(&["formats"]).ends_with(0).says(format.name).says(format.media_type);
    }
    let json = story.run(&["formats", "--format", "json"]).ends_with(0).out;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value.as_array().unwrap().len(), rashomon_intake::FORMATS.len());
    story.run(&["formats", "--format", "csv"]).ends_with(0).says("media type");
}

#[test]
fn the_demo_reads_the_sample_and_serves_its_page() {
    let story = Story::new();
    let mut child = story
        .command(&["demo", "--no-open", "--ledger", "sample.ledger"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let summary = lines.next().unwrap().unwrap();
    let invitation = lines.next().unwrap().unwrap();
    let address = invitation.split_whitespace().find_map(|w| w.strip_prefix("http://")).unwrap().trim_end_matches('/');
    assert!(address.starts_with("127.0.0.1:"), "{invitation}");
    let mut page = std::net::TcpStream::connect(address).unwrap();
    write!(page, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    page.read_to_string(&mut answer).unwrap();
    child.kill().unwrap();
    let mut complaints = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    child.wait().unwrap();
    assert!(summary.starts_with("Read 6 documents"), "{summary}\n{complaints}");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(complaints, "");
    assert_eq!(story.documents("sample.ledger").len(), 6);
}

#[test]
fn statements_are_mended_and_found_wrong_in_the_shell_and_every_view_obeys() {
    let story = read_letter();
    let claims = || story.run(&["claims", "--ids", "--format", "csv"]).ends_with(0);
    let told = claims();
    let mut csv = csv::Reader::from_reader(told.out.as_bytes());
    let ids = csv.headers().unwrap().iter().position(|h| h == "statements behind it").unwrap();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let gate = rows.iter().find(|r| r.iter().any(|c| c.contains("closed before noon"))).unwrap()[ids].to_owned();
    let ferry = rows.iter().find(|r| r.iter().any(|c| c.contains("ferry"))).unwrap()[ids].to_owned();
    story.run(&["judge", "wrong", &ferry, "--by", "Reed"]).ends_with(0).says("Kept as row");
    assert!(!claims().out.contains("ferry"));
    story
        .run(&["judge", "mended", &gate, "--says", "the lock gate was open"])
        .ends_with(2)
        .complains("must stand in the sentence");
    story.run(&["judge", "mended", &gate, "--polarity", "-", "--by", "Anne"]).ends_with(0).says("mended");
    let list = story.run(&["judge", "--list", "--format", "csv"]).ends_with(0);
    let first = list.out.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    story.run(&["judge", "right", &ferry, "--by", "Anne"]).ends_with(0);
    story.run(&["agreement"]).ends_with(0).says("statements");
    let differ = story.run(&["agreement", "--disputed", "--format", "csv"]).ends_with(0);
    assert_eq!(differ.out.lines().count(), 3, "{}", differ.out);
    story.run(&["judge", "undo", &first]).ends_with(0);
    story.run(&["judge", "undo", &first]).ends_with(2).complains("taken back already");
    assert!(claims().out.contains("ferry"));
    let export = story.run(&["export", "--format", "jsonl"]).ends_with(0);
    assert_eq!(export.out.lines().filter(|l| l.contains(r#""type":"aside""#)).count(), 1);
}
