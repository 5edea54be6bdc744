//! `rashomon parse` through the program itself, with the tiny model of random weights that the reader's own tests use.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Story, Told};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../read/tests/network").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap()
}

/// A folder with the tiny model, a text and words.
fn story() -> Story {
    let story = Story::new().file("tiny.safetensors", std::fs::read(file("tiny.safetensors")).unwrap());
    story.file("letter.txt", text("tiny.txt")).file("words.conllu", text("words.conllu"))
}

fn parse(story: &Story, arguments: &[&str]) -> Told {
    story.run(&[&["parse", "--conllu", "--model", "tiny.safetensors"], arguments].concat())
}

fn parse_input(story: &Story, arguments: &[&str], input: &str) -> Told {
    let all = [&["parse", "--conllu", "--model", "tiny.safetensors"], arguments].concat();
    let mut child =
        story.command(&all).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Told::from(child.wait_with_output().unwrap(), &all)
}

#[test]
fn text_and_words_are_told_apart_and_read_as_the_reference_reads_them() {
    let story = story();
    assert_eq!(parse(&story, &["letter.txt"]).ends_with(0).out, text("tiny.txt.conllu"));
    assert_eq!(parse(&story, &["words.conllu"]).ends_with(0).out, text("words.conllu.conllu"));
    assert_eq!(parse(&story, &["--from", "words", "words.conllu"]).ends_with(0).out, text("words.conllu.conllu"));
    let as_text = parse(&story, &["--from", "text", "words.conllu"]).ends_with(0).out;
    assert!(as_text.contains("TokenRange=0:"), "{as_text}");
}

#[test]
fn the_standard_input_is_read_where_no_file_is_named() {
    let story = story();
    for arguments in [&[][..], &["-"]] {
        assert_eq!(parse_input(&story, arguments, &text("tiny.txt")).ends_with(0).out, text("tiny.txt.conllu"));
    }
    assert_eq!(parse_input(&story, &[], "").ends_with(0).out, "");
    let marked = format!("\u{feff}{}", text("tiny.txt"));
    assert_eq!(parse_input(&story, &[], &marked).ends_with(0).out, text("tiny.txt.conllu"), "a mark is no word");
}

#[test]
fn places_count_code_points() {
    let told = parse_input(&story(), &[], "Żółw 🚢 mills\r\n\r\nclose.").ends_with(0);
    let places: Vec<&str> = told.out.lines().filter_map(|l| l.split("TokenRange=").nth(1)).collect();
    let numbers: Vec<&str> = places.iter().filter_map(|p| p.split('|').next()).collect();
    assert_eq!(numbers, ["0:4", "5:6", "7:12", "16:21", "21:22"]);
}

#[test]
fn roles_predicates_and_names_stand_in_the_last_column() {
    let out = parse(&story(), &["letter.txt"]).ends_with(0).out;
    for row in out.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())) {
        let columns: Vec<&str> = row.split('\t').collect();
        assert_eq!(columns.len(), 10, "{row}");
    }
    for key in ["|Pred=Yes", "|Srl=", "|Entity=B-"] {
        assert!(out.contains(key), "{key}");
    }
}

#[test]
fn many_files_come_out_in_order_with_any_number_of_threads() {
    let story = story();
    let names: Vec<String> = (0..90).map(|n| format!("{n}.txt")).collect();
    for (n, name) in names.iter().enumerate() {
        story.put(name, "The mill by the river closed. ".repeat(1 + n * 7 % 31));
    }
    let files: Vec<&str> = names.iter().map(String::as_str).collect();
    let alone = parse(&story, &[&["--threads", "1"], files.as_slice()].concat()).ends_with(0).out;
    let heads: Vec<&str> = alone.lines().filter_map(|l| l.strip_prefix("# newdoc id = ")).collect();
    assert_eq!(heads, files);
    for threads in ["2", "5"] {
        let together = parse(&story, &[&["--threads", threads], files.as_slice()].concat()).ends_with(0).out;
        assert!(together == alone, "{threads} threads");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let story = story().file("latin.txt", b"caf\xe9").file("gap.conllu", "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n3\tb\n");
    parse(&story, &["none.txt"]).ends_with(2).refuses("none.txt", &["could not be read"]);
    parse(&story, &["latin.txt"]).ends_with(2).refuses("latin.txt", &["utf-8"]);
    parse(&story, &["gap.conllu"]).ends_with(2).refuses("gap.conllu", &["line 2"]);
    let told = parse(&story, &["none.txt", "letter.txt"]).ends_with(1).refuses("none.txt", &["check the path"]);
    assert!(told.out.ends_with(&text("tiny.txt.conllu")));
    let wrong = story.run(&["parse", "--model", "letter.txt", "letter.txt"]).ends_with(2);
    wrong.complains("letter.txt").complains("not the weights").complains("--model");
    story.run(&["parse", "--model", "no.safetensors", "letter.txt"]).ends_with(2).complains("no.safetensors");
}

#[test]
fn without_weights_the_remedy_is_named() {
    let told = story().run(&["parse", "letter.txt"]);
    match rashomon_read::network::Model::built_in() {
        Some(_) => drop(told.ends_with(0).says("# sent_id = 1")),
        None => drop(told.ends_with(2).complains("--model FILE").complains("models/en.safetensors")),
    }
}

#[test]
fn names_of_ones_own_count_most() {
    let story = story().file("names.toml", "places = ['Brinmouth Harbour']\n").file("wrong.toml", "place = ['Fell']\n");
    story.put("port.txt", "They saw Brinmouth Harbour there.");
    let told = parse(&story, &["--names", "names.toml", "port.txt"]).ends_with(0).out;
    let tags: Vec<&str> = told.lines().filter_map(|l| l.split("Entity=").nth(1)?.split('|').next()).collect();
    assert!(tags.windows(2).any(|t| t == ["B-LOC", "I-LOC"]), "{told}");
    parse(&story, &["--names", "wrong.toml", "port.txt"]).ends_with(2).complains("wrong.toml").complains("places");
    parse(&story, &["--names", "no.toml", "port.txt"]).ends_with(2).complains("--names");
}
