//! Lays made-up statements side by side and tells the time: `compare_time [STATEMENTS]`, by default 100,000 in documents of
//! fifty. Each tells that one of some thousands of people did one of some deeds to another. A fixed seed makes them the same
//! every time.

use rashomon_core::*;
use rashomon_derive::compare::compare;
use rashomon_derive::{Actors, Filter, views};
use std::time::Instant;

/// Numbers that look like chance (Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

const DEEDS: &[(&str, &str)] = &[
    ("killed", "kill"),
    ("supported", "support"),
    ("opposed", "oppose"),
    ("met", "meet"),
    ("paid", "pay"),
    ("praised", "praise"),
    ("condemned", "condemn"),
    ("dismissed", "dismiss"),
    ("founded", "found"),
    ("followed", "follow"),
];

/// A name of two words that no other number has.
fn name(number: usize) -> String {
    let syllables = ["ba", "de", "fi", "go", "lu", "ma", "ne", "ri", "so", "tu"];
    let word = |mut n: usize| {
        let mut word = String::new();
        for _ in 0..3 {
            word.push_str(syllables[n % 10]);
            n /= 10;
        }
        format!("{}{}", word[..1].to_uppercase(), &word[1..])
    };
    format!("{} {}", word(number), word(number / 7 + 131))
}

fn document(number: usize, statements: usize, people: usize, chance: &mut Chance) -> (Document, Reading) {
    let (mut text, mut drafts) = (String::new(), Drafts::default());
    for _ in 0..statements {
        let start = text.len();
        let (a, b) = (name(chance.below(people)), name(chance.below(people)));
        let (words, lemma) = DEEDS[chance.below(DEEDS.len())];
        text.push_str(&format!("{a} {words} {b}."));
        let at = |from: usize, part: &str| Words { span: Span::new(from, from + part.len()), text: part.to_owned() };
        let (who, whom) = (at(start, &a), at(start + a.len() + words.len() + 2, &b));
        let mut claim = Claim::plain(ClaimKind::Event);
        claim.predicate =
            Some(Predicate { words: at(start + a.len() + 1, words), lemma: lemma.to_owned(), roleset: None });
        for (role, words) in [(Role::Subject, &who), (Role::Object, &whom)] {
            claim.arguments.push(Argument { role, words: words.clone(), statement: None });
            drafts.mentions.push(Mention {
                words: words.clone(),
                kind: MentionKind::Person,
                form: MentionForm::Name,
                antecedent: None,
            });
        }
        let sentence = Span::new(start, text.len());
        drafts.sentences.push(Sentence { span: sentence, parts: Vec::new() });
        let evidence = vec![at(start, &text[start..text.len() - 1])];
        drafts.statements.push(Draft {
            sentence,
            evidence,
            chain: vec![Link::author(Stance::Asserts)],
            claim,
            reader: "made up".into(),
        });
        text.push(' ');
    }
    let document = Document::plain(&format!("{number:06}.txt"), text);
    let reading = drafts.ground(&document, "made up 1");
    (document, reading)
}

fn main() {
    let count = std::env::args().nth(1).and_then(|a| a.parse::<usize>().ok()).unwrap_or(100_000);
    let mut chance = Chance(1904);
    let people = (count / 50).max(20);
    let snapshot = Snapshot::of((0..count / 50).map(|n| document(n, 50, people, &mut chance)));
    let start = Instant::now();
    let actors = Actors::resolve(&snapshot);
    println!("{} actors resolved in {:.2?}", actors.iter().count(), start.elapsed());
    let start = Instant::now();
    let compared = compare(&snapshot, &actors, &[]);
    println!(
        "{count} statements compared in {:.2?}: {} comparisons, {} claims",
        start.elapsed(),
        compared.comparisons.len(),
        compared.claims.len()
    );
    for name in ["compare", "corroboration"] {
        let start = Instant::now();
        let rows = views::view(name).map_or(0, |v| v.run(&snapshot, &actors, &Filter::default()).rows.len());
        println!("view {name}, with the search for repeated passages: {rows} rows in {:.2?}", start.elapsed());
    }
}
