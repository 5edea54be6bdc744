//! Spoiled input: the more noise, the fewer statements, never an invented word and never a break.
//!
//! A clean text of our own is spoiled as scanners and keyboards do it, at growing rates from a fixed seed; printed is the
//! share of the clean text's claims (by lemma) that is still read.

#![allow(clippy::expect_used)]

use rashomon_core::Document;
use std::collections::BTreeSet;

const CLEAN: &str = "The council sold the mill to a merchant in May. The mayor said that the price was fair. \
    According to the miller, the council had promised to repair the dam. The dam broke in October and the flood destroyed \
    two bridges. Nobody was hurt. The merchant did not pay the rent. The union accused the mayor of taking money. The mayor \
    denied the charge and called it a lie. A judge ordered the council to open its books. The clerk burned the letters \
    before the judge arrived. The paper reported that the clerk had left the town. The union won the election in spring.";

struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

fn read(text: &str) -> (BTreeSet<String>, usize) {
    let document = Document::plain("noise.txt", text);
    let reading = rashomon_read::read(&document);
    for statement in &reading.statements {
        for words in statement.evidence() {
            assert_eq!(words.span.of(text), Some(&*words.text), "words that are not in the text");
        }
    }
    let lemmas = reading.statements.iter().filter_map(|s| s.claim().predicate.as_ref().map(|p| p.lemma.to_lowercase()));
    (lemmas.collect(), reading.statements.len())
}

/// Letters exchanged, dropped or joined, as often in a hundred as said.
fn spoiled(text: &str, percent: usize, chance: &mut Chance) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match chance.next(100) < percent && c != '.' {
            false => out.push(c),
            true => match chance.next(4) {
                0 => {}
                1 => out.push_str("rn"),
                2 => out.push(char::from(b'a' + chance.next(26) as u8)),
                _ => out.extend([c, '-', '\n']),
            },
        }
    }
    out
}

#[test]
fn noise_costs_statements_and_invents_none() {
    let (clean, count) = read(CLEAN);
    assert!(clean.len() >= 8, "{clean:?}");
    let mut chance = Chance(11);
    let mut kept = Vec::new();
    for percent in [1, 3, 10, 30] {
        let (found, statements) = read(&spoiled(CLEAN, percent, &mut chance));
        let share = found.intersection(&clean).count() as f64 / clean.len() as f64;
        println!(
            "{percent:>3} letters of 100 spoiled: {:.0} % of the claims kept, {statements} statements ({count} clean)",
            share * 100.0
        );
        kept.push(share);
    }
    assert!(kept[0] >= 0.6, "a letter in a hundred should cost little: {kept:?}");
    assert!(kept[0] > kept[3], "noise should cost something: {kept:?}");
}

#[test]
fn capitals_lists_and_missing_points_are_read_as_far_as_they_go() {
    let (clean, _) = read(CLEAN);
    let shape = |text: String| read(&text).0.intersection(&clean).count();
    let loud = shape(CLEAN.to_uppercase());
    let bare = shape(CLEAN.replace(['.', ','], ""));
    let listed = shape(CLEAN.replace(". ", ".\n\n- "));
    let table = shape(CLEAN.replace(' ', "\t"));
    println!("of {} claims: capitals {loud}, no points {bare}, a list {listed}, tabs {table}", clean.len());
    assert!(listed * 10 >= clean.len() * 8, "a list keeps most claims: {listed} of {}", clean.len());
    assert!(loud * 3 >= clean.len() && bare * 3 >= clean.len(), "capitals {loud}, no points {bare} of {}", clean.len());
}

#[test]
fn a_sentence_of_three_hundred_words_is_read() {
    let long = "the council sold the mill and the mayor opened the dam and ".repeat(25);
    let (found, statements) = read(&format!("In May {}the union won.", long));
    assert!(statements > 10 && found.contains("sell") && found.contains("open"), "{found:?}, {statements}");
}
