//! Compares made-up documents with each other and tells the time: `reuse_time [DOCUMENTS [WORDS]]`, by default 100,000 documents of
//! 500 words. Words come up by Zipf's law; every fiftieth document repeats forty words of an earlier one with one in
//! ten changed. A fixed seed makes them the same every time. Told is how many of the planted passages were found, and
//! how many passages were found that nobody planted.

use rashomon_core::Document;
use rashomon_derive::compare::reuse;
use std::collections::BTreeSet;
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

    /// A word by Zipf's law: the word of rank r comes up 1/r as often as the first.
    fn word(&mut self) -> usize {
        const WORDS: f64 = 50_000.0;
        let at = self.below(1 << 53) as f64 / (1_u64 << 53) as f64;
        (at * WORDS.ln()).exp() as usize
    }
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|a| a.parse::<usize>().ok());
    let count = numbers.next().unwrap_or(100_000);
    let length = numbers.next().unwrap_or(500).max(100);
    let mut chance = Chance(1904);
    let mut texts: Vec<Vec<usize>> = Vec::with_capacity(count);
    let mut planted = BTreeSet::new();
    for number in 0..count {
        let mut words: Vec<usize> = (0..length).map(|_| chance.word()).collect();
        if number % 50 == 49 {
            let (from, at, to) = (chance.below(number), chance.below(length - 40), chance.below(length - 40));
            for n in 0..40 {
                words[to + n] = if chance.below(10) == 0 { chance.word() } else { texts[from][at + n] };
            }
            planted.insert((from, number));
        }
        texts.push(words);
    }
    let documents: Vec<Document> = texts
        .iter()
        .enumerate()
        .map(|(n, words)| {
            let words: Vec<String> = words.iter().map(|w| format!("w{w}")).collect();
            Document::plain(&format!("{n:06}.txt"), format!("n{n} {}", words.join(" ")))
        })
        .collect();
    drop(texts);
    let places: std::collections::HashMap<&str, usize> =
        documents.iter().enumerate().map(|(n, d)| (d.id.as_str(), n)).collect();
    let all: Vec<&Document> = documents.iter().collect();
    let start = Instant::now();
    let found = reuse(&all);
    let taken = start.elapsed();
    let pairs: BTreeSet<(usize, usize)> =
        found.iter().map(|r| (places[r.a.document.as_str()], places[r.b.document.as_str()])).collect();
    println!(
        "{count} documents of {length} words compared in {taken:.1?}: {} of {} planted passages found, {} others",
        pairs.intersection(&planted).count(),
        planted.len(),
        pairs.difference(&planted).count()
    );
}
