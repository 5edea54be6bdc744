//! Resolves made-up mentions and tells the time: `resolve_time [MENTIONS [NAMES]]`, by default 1,000,000 mentions of 200,000 names in
//! documents of 100 mentions. Names come up by Zipf's law; a fixed seed makes them the same every time. The documents are then
//! resolved in the other order, the last thousand added to what was resolved before, and the two outcomes must be the same.

use rashomon_core::{Digest, Document, Drafts, Mention, MentionForm, MentionKind, Snapshot, Span, Words};
use rashomon_derive::{Actors, Resolver};
use std::time::Instant;

/// Numbers that look like chance (Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    fn word(&mut self, syllables: usize) -> String {
        const FIRST: [&str; 16] = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "r", "s", "t", "v", "sh", "kh"];
        const VOWEL: [&str; 6] = ["a", "e", "i", "o", "u", "ai"];
        let mut word: String = (0..syllables).map(|_| [FIRST[self.below(16)], VOWEL[self.below(6)]].concat()).collect();
        word.push_str(["n", "r", "m", "", "s", "d"][self.below(6)]);
        let first = word.remove(0).to_ascii_uppercase();
        format!("{first}{word}")
    }
}

/// Documents that are added at the end.
const LATER: usize = 1_000;

fn document(number: usize, names: &[&str]) -> (Document, rashomon_core::Reading) {
    let mut text = String::new();
    let mut drafts = Drafts::default();
    for name in names {
        let span = Span::new(text.len(), text.len() + name.len());
        text.push_str(name);
        text.push('\n');
        drafts.mentions.push(Mention {
            words: Words { span, text: (*name).to_owned() },
            kind: MentionKind::Person,
            form: MentionForm::Name,
            antecedent: None,
        });
    }
    // Texts may be alike; documents may not.
    let id = Digest::of(format!("{number}").as_bytes());
    let document = Document { id, ..Document::plain(&format!("{number:06}.txt"), text) };
    let reading = drafts.ground(&document, "made up");
    (document, reading)
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|a| a.parse::<usize>().ok());
    let mentions = numbers.next().unwrap_or(1_000_000);
    let count = numbers.next().unwrap_or(200_000);
    let mut chance = Chance(1904);
    let given: Vec<String> = (0..2_000).map(|_| chance.word(2)).collect();
    let family: Vec<String> = (0..40_000).map(|_| chance.word(3)).collect();
    let names: Vec<String> = (0..count)
        .map(|_| format!("{} {}", given[chance.below(given.len())], family[chance.below(family.len())]))
        .collect();
    // Zipf's law: the name of rank r comes up 1/r as often as the first.
    let highest = (names.len() as f64).ln();
    let drawn: Vec<&str> = (0..mentions)
        .map(|n| {
            // Every name once, the rest by the law.
            if n < names.len() {
                return names[n].as_str();
            }
            let at = (chance.next() >> 11) as f64 / (1u64 << 53) as f64;
            names[(((at * highest).exp() as usize).max(1) - 1).min(names.len() - 1)].as_str()
        })
        .collect();
    let mut snapshot = Snapshot::of(drawn.chunks(100).enumerate().map(|(n, names)| document(n, names)));
    let start = Instant::now();
    let actors = Actors::resolve(&snapshot);
    let taken = start.elapsed();
    let told: std::collections::BTreeSet<&str> = drawn.iter().copied().collect();
    println!("{mentions} mentions, {} names in use: {} actors in {taken:.1?}", told.len(), actors.iter().count());
    println!("{} joinings, the first of them:", actors.iter().map(|a| a.merges.len()).sum::<usize>());
    for merge in actors.iter().flat_map(|a| &a.merges).take(8) {
        println!("  {} = {} ({:.2}): {}", merge.a, merge.b, merge.score, merge.reasons.join("; "));
    }
    let ids: Vec<_> = actors.iter().map(|a| (a.id.clone(), a.names.clone())).collect();
    drop(actors);
    snapshot.documents.reverse();
    let later = snapshot.documents.split_off(snapshot.documents.len().saturating_sub(LATER));
    let later = Snapshot { documents: later, ..Snapshot::default() };
    let mut resolver = Resolver::default();
    resolver.add_all(&snapshot);
    drop(resolver.actors(&[]));
    let start = Instant::now();
    resolver.add_all(&later);
    let added = start.elapsed();
    let again = resolver.actors(&[]);
    println!("{} documents more: {:.1?}, of that {added:.1?} inside of them", later.documents.len(), start.elapsed());
    let same = ids == again.iter().map(|a| (a.id.clone(), a.names.clone())).collect::<Vec<_>>();
    println!("in the other order: {}", if same { "the same" } else { "not the same" });
}
