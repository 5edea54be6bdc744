//! Makes a ledger to measure the page with: `page_ledger FILE [DOCUMENTS] [STATEMENTS]`, by default 1,000 documents with a
//! hundred statements each. Each tells on which day one of two thousand people did something to another; every third on
//! somebody else's word, every tenth hedged, every twentieth denied. A fixed seed makes the ledger the same every time.

use rashomon_core::*;
use rashomon_ledger::{Ledger, Mode};
use std::path::Path;

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
    ("attacked", "attack"),
    ("supported", "support"),
    ("opposed", "oppose"),
    ("met", "meet"),
    ("paid", "pay"),
    ("praised", "praise"),
    ("condemned", "condemn"),
    ("arrested", "arrest"),
    ("threatened", "threaten"),
    ("followed", "follow"),
];
const PEOPLE: usize = 2000;

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

fn at(from: usize, part: &str) -> Words {
    Words { span: Span::new(from, from + part.len()), text: part.to_owned() }
}

fn mention(words: &Words) -> Mention {
    Mention { words: words.clone(), kind: MentionKind::Person, form: MentionForm::Name, antecedent: None }
}

fn document(number: usize, statements: usize, chance: &mut Chance) -> (Document, Reading) {
    let (mut text, mut drafts) = (String::new(), Drafts::default());
    for n in 0..statements {
        let (a, b, c) = (name(chance.below(PEOPLE)), name(chance.below(PEOPLE)), name(chance.below(PEOPLE)));
        let (deed, lemma) = DEEDS[chance.below(DEEDS.len())];
        let (year, month, day) = (1890 + chance.below(30), 1 + chance.below(12), 1 + chance.below(28));
        let date = format!("{year}-{month:02}-{day:02}");
        let start = text.len();
        let mut chain = vec![Link::author(Stance::Asserts)];
        if n % 3 == 0 {
            chain = vec![Link::author(Stance::Reports), Link::new(Voice::Named(at(start, &c)), Stance::Asserts)];
            chain[1].cue = Some(at(start + c.len() + 1, "said"));
            drafts.mentions.push(mention(&at(start, &c)));
            text.push_str(&format!("{c} said that "));
        }
        let begin = text.len();
        text.push_str(&format!("{a} {deed} {b} on {date}"));
        let (who, whom) = (at(begin, &a), at(begin + a.len() + deed.len() + 2, &b));
        let when = at(text.len() - date.len(), &date);
        let evidence = vec![at(begin, &text[begin..])];
        text.push_str(if n % 5 == 4 { ".\n\n" } else { ". " });
        let mut claim = Claim::plain(ClaimKind::Event);
        claim.predicate =
            Some(Predicate { words: at(begin + a.len() + 1, deed), lemma: lemma.to_owned(), roleset: None });
        claim.certainty = if n % 10 == 0 { Certainty::Possible } else { Certainty::Certain };
        claim.polarity = if n % 20 == 0 { Polarity::Negative } else { Polarity::Positive };
        claim.time = Some(Box::new(Timed { words: when, edtf: Some(date), calendar: Calendar::Gregorian }));
        for (role, words) in [(Role::Subject, &who), (Role::Object, &whom)] {
            claim.arguments.push(Argument { role, words: words.clone(), statement: None });
            drafts.mentions.push(mention(words));
        }
        let sentence = Span::new(start, text.trim_end().len());
        drafts.sentences.push(Sentence { span: sentence, parts: Vec::new() });
        drafts.statements.push(Draft { sentence, evidence, chain, claim, reader: "made up".into() });
    }
    let mut document = Document::plain(&format!("{number:06}.txt"), text);
    document.metadata.title = Some(format!("Account {number}"));
    document.metadata.authors = vec![name(number % PEOPLE)];
    document.metadata.date = Some(format!("{}", 1890 + number % 30));
    let reading = drafts.ground(&document, "made up 1");
    (document, reading)
}

fn main() -> Result<(), rashomon_ledger::Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize, usual: usize| arguments.get(n).and_then(|a| a.parse().ok()).unwrap_or(usual);
    let Some(path) = arguments.first() else {
        eprintln!("page_ledger FILE [DOCUMENTS] [STATEMENTS]");
        return Ok(());
    };
    let (documents, statements) = (number(1, 1000), number(2, 100));
    let mut chance = Chance(1904);
    let mut ledger = Ledger::open(Path::new(path), Mode::Write)?;
    let all: Vec<_> = (0..documents).map(|n| document(n, statements, &mut chance)).collect();
    all.chunks(100).try_for_each(|batch| ledger.keep(batch))?;
    let counts = ledger.counts()?;
    println!("{} documents, {} statements", counts.documents, counts.statements);
    Ok(())
}
