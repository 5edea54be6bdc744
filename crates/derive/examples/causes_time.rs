//! Measures maps of causes, for `scripts/reports/causes_speed.py`: made-up causal statements between the states of made-up
//! actors, merged to concepts, drawn as a map, measured, laid over another and run. One line a measure.

#![allow(clippy::expect_used, clippy::print_stdout)]

use rashomon_core::*;
use rashomon_derive::cause_drawing::{Caption, svg};
use rashomon_derive::causes::{Concepts, Own, Scenario, Whose};
use rashomon_derive::events::Coder;
use rashomon_derive::views::causes::{Case, VIEW, edges, measured, overlaid, what_if};
use rashomon_derive::views::opcode;
use rashomon_derive::{Actors, Filter};
use std::time::Instant;

/// Sentences, each with one causal statement, of a document.
const SENTENCES: usize = 100;
const HEADS: &[&str] = &[
    "security",
    "insecurity",
    "policy",
    "weakness",
    "trade",
    "unrest",
    "growth",
    "collapse",
    "fleet",
    "harvest",
    "debt",
    "trust",
    "borders",
    "alliance",
    "army",
    "press",
    "parliament",
    "church",
    "language",
    "coast",
];

/// A number from 0 below `below`, the same for the same `n` (a linear congruential generator, Knuth's constants).
fn spread(n: usize, salt: u64, below: usize) -> usize {
    let mixed = (n as u64 ^ salt.rotate_left(17))
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (mixed >> 33) as usize % below.max(1)
}

/// A document that says of some states of some actors that they bring about or prevent others.
fn document(number: usize) -> (Document, Reading) {
    let mut text = String::new();
    let mut drafts = Drafts::default();
    for sentence in 0..SENTENCES {
        let n = number * SENTENCES + sentence;
        let from = text.len();
        let mut side = |salt: u64| {
            let (head, land) = (HEADS[spread(n, salt, HEADS.len())], format!("Land{:02}", spread(n, salt + 1, 60)));
            let start = text.len();
            text.push_str(&format!("the great {head} of "));
            let at = text.len();
            text.push_str(&land);
            let words = |from: usize, to: usize| Words { span: Span::new(from, to), text: text[from..to].to_owned() };
            drafts.mentions.push(Mention {
                words: words(at, text.len()),
                kind: MentionKind::Place,
                form: MentionForm::Name,
                antecedent: None,
            });
            let side = words(start, text.len());
            text.push_str(" led to ");
            side
        };
        let (cause, effect) = (side(1), side(7));
        text.truncate(text.len() - " led to ".len());
        let whole = Span::new(from, text.len());
        text.push_str(". ");
        let mut claim = Claim::plain(ClaimKind::Cause);
        let sign = if spread(n, 9, 3) == 0 { Sign::Minus } else { Sign::Plus };
        claim.causation = Some(Box::new(Causation { cause, effect, sign, cue: None }));
        drafts.sentences.push(Sentence { span: whole, parts: vec![] });
        drafts.statements.push(Draft {
            sentence: whole,
            evidence: vec![Words { span: whole, text: text[whole.range()].to_owned() }],
            chain: vec![Link::author(Stance::Asserts)],
            claim,
            reader: "made".into(),
        });
    }
    let document = Document::plain(&format!("{number:05}.txt"), text);
    let reading = drafts.ground(&document, "made 1");
    (document, reading)
}

fn main() {
    let statements: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let mut snapshot = Snapshot::of((0..statements.div_ceil(SENTENCES)).map(document));
    snapshot.sort();
    let actors = Actors::resolve(&snapshot);
    let filter = Filter::default();
    let timed = |name: &str, work: &mut dyn FnMut() -> String| {
        let begun = Instant::now();
        let told = work();
        println!("{name}: {:.3} s, {told}", begun.elapsed().as_secs_f64());
    };
    let concepts = Concepts::of(&snapshot, &actors, &Own::default());
    timed(&format!("concepts merged from {statements} causal statements"), &mut || {
        format!("{} concepts", Concepts::of(&snapshot, &actors, &Own::default()).concepts.len())
    });
    timed(&format!("view causes, whole, of {statements} statements"), &mut || {
        format!("{} rows", VIEW.run(&snapshot, &actors, &filter).rows.len())
    });
    let case = Case::of_concepts(&snapshot, &actors, &filter, &concepts, false);
    let map = case.map(&Whose::All);
    timed("map and its edges, concepts merged before", &mut || {
        let case = Case::of_concepts(&snapshot, &actors, &filter, &concepts, false);
        format!("{} rows", edges(&snapshot, &case, &Whose::All, &case.map(&Whose::All)).rows.len())
    });
    timed("measures", &mut || format!("{} rows", measured(&case, &Whose::All, &map).rows.len()));
    let of = |n: usize| Whose::Document(format!("{n:05}.txt"));
    timed("two maps over each other", &mut || format!("{} rows", overlaid(&case, &of(1), &Whose::All).rows.len()));
    let mut scenario = Scenario::default();
    scenario.set.insert(map.nodes[0].name.clone(), 0.0);
    timed("what-if run with one intervention", &mut || {
        let told = scenario.run(&map).expect("it runs");
        format!("{} rows, {}", what_if(&case, &Whose::All, &map, &told).rows.len(), told.baseline.ending())
    });
    timed("between actors, whole", &mut || {
        let case = Case::of_concepts(&snapshot, &actors, &filter, &concepts, true);
        format!("{} edges", case.map(&Whose::All).edges.len())
    });
    timed("picture", &mut || {
        let mut out = Vec::new();
        svg(&map, &Caption { title: "of all", note: "", link: None, under: None }, &mut out).expect("it is drawn");
        format!("{} bytes", out.len())
    });
    timed(&format!("view opcode, whole, of {statements} statements"), &mut || {
        format!("{} rows", opcode::coded(&snapshot, &actors, &filter, &Coder::bundled(), &[]).rows.len())
    });
}
