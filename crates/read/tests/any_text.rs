//! Whatever the text: no panic, nothing refused, every place in the text, every sentence with a statement, in time that
//! grows with the length.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use rashomon_core::{Document, Reading, Span, Zone, ZoneKind};

/// A small generator with a fixed seed, so that a failure comes back.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const PIECES: &[&str] = &[
    "the mayor",
    "Hart",
    "said",
    "that",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "«",
    "»",
    "„",
    "``",
    "''",
    "「",
    "」",
    ",",
    ".",
    "?!",
    "…",
    ";",
    ":",
    "—",
    "-",
    "--",
    "(",
    ")",
    "[1]",
    "[",
    "]",
    "(Hart, 1904, p. 3)",
    "\n",
    "\n\n",
    "\u{c}",
    "\r\n",
    "  ",
    "according to",
    "in the words of",
    "who",
    "which",
    "and",
    "but",
    "as",
    "was",
    "told",
    "her",
    "it is said that",
    "claims",
    "the claim that",
    "denied",
    "called",
    "by",
    "of",
    "in a letter to",
    "on Monday",
    "reportedly",
    "is believed to be",
    "Gen.",
    "U.S.",
    "p. 7",
    "3.5",
    "10,000",
    "1904",
    "%",
    "£5",
    "http://a.example/?q=1.",
    "HART:",
    "COLE:",
    "to",
    "not",
    "will",
    "could",
    "Anna",
    "Mr. Cole’s",
    "o'clock",
    "didn't",
    "’em",
    "ships",
    "sank",
    "said:",
    "added",
    "saying",
    "I",
    "we",
    "قال",
    "الرئيس",
    "إن",
    "،",
    "؟",
    "他说",
    "。",
    "é",
    "e\u{301}",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "🚢",
    "ß",
    "İ",
    "ŉ",
    "x",
];

fn text(chance: &mut Chance, length: usize) -> String {
    let mut text = String::new();
    for _ in 0..length {
        text.push_str(chance.pick(PIECES));
        if chance.below(5) > 0 {
            text.push(' ');
        }
    }
    text
}

fn zones(chance: &mut Chance, text: &str) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut at = 0;
    while at < text.len() && chance.below(3) > 0 {
        let start = boundary(text, at + chance.below(text.len() - at));
        let end = boundary(text, start + 1 + chance.below(60));
        if start >= at && end > start {
            let kind = ZoneKind::ALL[chance.below(ZoneKind::ALL.len())];
            zones.push(Zone { span: Span::new(start, end), kind });
            at = end;
        }
    }
    zones
}

fn boundary(text: &str, at: usize) -> usize {
    (at.min(text.len())..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

fn document(text: String, zones: Vec<Zone>) -> Document {
    Document { zones, ..Document::plain("any.txt", text) }
}

fn check(document: &Document) -> Reading {
    document.check().expect("the generator makes documents that keep the laws");
    let reading = rashomon_read::read(document);
    assert!(reading.refusals.is_empty(), "{:?}\n{:?}", reading.refusals, document.text);
    assert_eq!(rashomon_read::read(document), reading, "the same text gives the same reading");
    let overlapping = reading.sentences.windows(2).find(|w| w[0].parts.is_empty() && w[0].span.end > w[1].span.start);
    assert!(overlapping.is_none(), "sentences overlap: {overlapping:?}\n{:?}", document.text);
    for sentence in &reading.sentences {
        let words = sentence.span.of(&document.text).expect("a sentence is in the text");
        let speaks = reading.statements.iter().any(|s| s.sentence() == sentence.span);
        let silent = matches!(document.zone_at(sentence.span.start), ZoneKind::Byline | ZoneKind::Caption)
            || matches!(document.zone_at(sentence.span.start), ZoneKind::Heading | ZoneKind::Title);
        let stop = |c: char| ".!?…؟。！？۔।".contains(c);
        let bare_line = words.split_whitespace().count() <= 40 && !words.trim_end().ends_with(stop);
        let empty = !words.chars().any(|c| c.is_alphanumeric());
        assert!(speaks || silent || empty || bare_line, "nothing is said in {words:?}\n{:?}", document.text);
    }
    reading
}

#[test]
fn any_text_reads_without_refusal() {
    let mut chance = Chance(0x5EED_CAFE);
    for round in 0..3000 {
        let length = chance.below(if round % 50 == 0 { 600 } else { 40 });
        let text = text(&mut chance, length);
        let zones = zones(&mut chance, &text);
        check(&document(text, zones));
    }
}

#[test]
fn any_characters_read_without_refusal() {
    let mut chance = Chance(0xBEEF);
    for _ in 0..800 {
        let length = chance.below(80);
        let text: String = (0..length).filter_map(|_| char::from_u32(chance.below(0x3100) as u32 + 1)).collect();
        check(&document(text, vec![]));
    }
}

/// Makes a text of so many words.
type Case = fn(usize, &mut Chance) -> String;

/// Reads ten times a text and the text: ten times the text may take thirty times the time on a busy machine, not a hundred
/// times.
fn stays_linear(cases: &[Case]) {
    let mut chance = Chance(7);
    let time = |text: String| {
        let document = document(text, vec![]);
        let start = std::time::Instant::now();
        let reading = rashomon_read::read(&document);
        assert!(reading.refusals.is_empty());
        start.elapsed().as_secs_f64()
    };
    for (number, case) in cases.iter().enumerate() {
        time(case(2_000, &mut chance));
        let (small, large) = (time(case(8_000, &mut chance)), time(case(80_000, &mut chance)));
        assert!(large < small.max(0.02) * 40.0, "case {number}: {small:.3} s, then {large:.3} s");
    }
}

#[test]
fn long_sentences_stay_linear() {
    let words = "the mayor of the town who had said that the ships which sank were old ";
    let long = words.repeat(1000 / 14 + 1);
    check(&document(format!("{long}."), vec![]));
    stays_linear(&[
        |n, _| "the mills of the river said nothing and the mayor said that ".repeat(n / 12),
        |n, _| "WE SAY THAT THE SHIP IS LOST ".repeat(n / 7),
        |n, chance| text(chance, n),
    ]);
}

#[test]
fn garbled_input_stays_linear() {
    stays_linear(&[|n, _| "he said “".repeat(n / 2), |n, _| "( [ ".repeat(n / 2), |n, _| "a, ".repeat(n)]);
}
