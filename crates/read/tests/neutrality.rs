//! Takes no side: a sentence with two sides' names exchanged is read the same way with the names exchanged.
//!
//! 200 sentences from templates, each read twice. Compared are the statements with chains, stances, certainty, polarity,
//! kinds, predicates and participants.

#![allow(clippy::expect_used)]

use rashomon_core::{Document, Words};

const TEMPLATES: &[&str] = &[
    "A said that B had attacked the port.",
    "According to A, B was behind the explosion.",
    "A accused B of killing civilians.",
    "A claims that B started the war, but B denies it.",
    "The attack on A by B killed twelve soldiers.",
    "A did not sign the treaty with B.",
    "B, which supports the rebels, was defeated by A.",
    "A will probably withdraw its troops from the border with B.",
    "“We will never attack B,” A said on Monday.",
    "A failed to stop the ships of B.",
    "B is believed to have supplied weapons to the enemies of A.",
    "The government of A called the government of B a threat to peace.",
    "Officials in A told reporters that officials in B had lied.",
    "A and its allies fought against B for ten years.",
    "Because B closed the river, A sent an army.",
    "If A crosses the border, B will answer.",
    "A may have bombed the hospital, as B reported.",
    "The so-called victory of A over B was a defeat.",
    "A wants to destroy B.",
    "Only A refused to recognise B.",
];
const SIDES: &[(&str, &str)] = &[
    ("Russia", "Ukraine"),
    ("Greece", "Turkey"),
    ("India", "Pakistan"),
    ("Israel", "Syria"),
    ("Chile", "Bolivia"),
    ("China", "Vietnam"),
    ("France", "Germany"),
    ("Ethiopia", "Eritrea"),
    ("Armenia", "Azerbaijan"),
    ("Serbia", "Kosovo"),
];

fn filled(template: &str, a: &str, b: &str) -> String {
    let words = template.split(' ').map(|word| {
        let name = |side: &str, name: &str| {
            let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
            (bare == side).then(|| word.replacen(side, name, 1))
        };
        name("A", a).or_else(|| name("B", b)).unwrap_or_else(|| word.to_owned())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Everything a text is read to say, a line a statement, with the sides as `A` and `B`.
fn read(text: String, a: &str, b: &str) -> Vec<String> {
    let document = Document::plain("side.txt", text);
    let reading = rashomon_read::read(&document);
    let joined = |words: &[Words]| words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" … ");
    let mut lines: Vec<String> = reading
        .statements
        .iter()
        .map(|s| {
            let claim = s.claim();
            let voices = s.chain().iter().map(|l| {
                let voice = l.voice.words().map_or("author", |w| w.text.as_str());
                format!("{voice} {}", l.stance)
            });
            let arguments = claim.arguments.iter().map(|a| format!("{}: {}", a.role, a.words.text));
            let predicate = claim.predicate.as_ref().map_or("?", |p| p.lemma.as_str());
            let line = format!(
                "[{}] {} {}{predicate} {} ({}) {}",
                voices.collect::<Vec<_>>().join(" > "),
                claim.kind,
                claim.polarity,
                claim.certainty,
                arguments.collect::<Vec<_>>().join("; "),
                joined(s.evidence())
            );
            line.replace(a, "\u{1}").replace(b, "\u{2}")
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn exchanging_the_sides_exchanges_nothing_else() {
    let mut unlike = Vec::new();
    for (template, (a, b)) in TEMPLATES.iter().flat_map(|t| SIDES.iter().map(move |s| (t, s))) {
        let (one, other) = (read(filled(template, a, b), a, b), read(filled(template, b, a), b, a));
        assert!(!one.is_empty(), "nothing was read in {template}");
        if one != other {
            unlike.push(format!("{}\n  {one:#?}\n  {other:#?}", filled(template, a, b)));
        }
    }
    let all = TEMPLATES.len() * SIDES.len();
    assert!(unlike.is_empty(), "{} of {all} are read differently:\n{}", unlike.len(), unlike.join("\n"));
}
