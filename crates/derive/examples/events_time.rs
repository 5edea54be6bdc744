//! Measures slices of coded statements and the layout of a picture, for `scripts/reports/events_speed.py`.
//!
//! Made-up accounts of made-up actors stand for a million coded statements; what is measured is what a view does after the
//! statements are coded: bringing accounts together, counting by pair and year, summing ties to edges. One line a measure.

#![allow(clippy::expect_used, clippy::print_stdout)]

use rashomon_core::*;
use rashomon_derive::Actors;
use rashomon_derive::drawing::layout;
use rashomon_derive::events::{Account, Case, Coder, Interval, ToldTie, ties};
use rashomon_derive::views::{balance, network};
use std::time::Instant;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Documents of one sentence each; every sentence is told as many accounts by its copies in the case below.
const DOCUMENTS: usize = 1000;

/// A number from 0 below `below`, the same for the same `n` (a linear congruential generator, Knuth's constants).
fn spread(n: usize, salt: u64, below: usize) -> usize {
    let mixed = (n as u64 ^ salt.rotate_left(17))
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (mixed >> 33) as usize % below.max(1)
}

/// A document in which one named actor attacks another on some day.
fn document(n: usize) -> (Document, Reading) {
    let (a, b) = (format!("Land{:03}", spread(n, 1, 200)), format!("Reich{:03}", spread(n, 2, 200)));
    let text = format!("{a} attacked {b}.");
    let document = Document::plain(&format!("{n:05}.txt"), text.clone());
    let words = |part: &str| {
        let start = text.find(part).unwrap_or_default();
        Words { span: Span::new(start, start + part.len()), text: part.to_owned() }
    };
    let named = |part: &str| Mention {
        words: words(part),
        kind: MentionKind::Place,
        form: MentionForm::Name,
        antecedent: None,
    };
    let argument = |role: Role, part: &str| Argument { role, words: words(part), statement: None };
    let predicate = Predicate { words: words("attacked"), lemma: "attack".into(), roleset: None };
    let claim = Claim {
        predicate: Some(predicate),
        arguments: vec![argument(Role::Subject, &a), argument(Role::Object, &b)],
        ..Claim::plain(ClaimKind::Event)
    };
    let whole = Span::new(0, text.len());
    let draft = Draft {
        sentence: whole,
        evidence: vec![words(text.trim_end_matches('.'))],
        chain: vec![Link::author(Stance::Asserts)],
        claim,
        reader: "made".into(),
    };
    let drafts = Drafts {
        sentences: vec![Sentence { span: whole, parts: vec![] }],
        mentions: vec![named(&a), named(&b)],
        statements: vec![draft],
        ..Drafts::default()
    };
    let reading = drafts.ground(&document, "made 1");
    (document, reading)
}

fn main() {
    let statements: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut snapshot = Snapshot::of((0..DOCUMENTS).map(document));
    snapshot.sort();
    let actors = Actors::resolve(&snapshot);
    let coder = Coder::bundled();
    let begun = Instant::now();
    let whole = Case::of(&snapshot, &actors, &rashomon_derive::Filter::default(), &coder);
    assert_eq!(whole.accounts.len(), DOCUMENTS, "each made-up statement is coded once");
    println!("coding {} statements: {:.3} s", DOCUMENTS, begun.elapsed().as_secs_f64());
    // A million accounts: those of the documents again and again, each on a day of its own.
    let account = |n: usize| {
        let told: &Account = &whole.accounts[n % DOCUMENTS];
        let when = Interval::iso(-36_000 + spread(n, 3, 30_000) as i64);
        Account { interval: Interval::of(&when), when: Some(when), ..told.clone() }
    };
    let tie = |n: usize| -> ToldTie { whole.ties[n % whole.ties.len()].clone() };
    let case = Case { accounts: (0..statements).map(account).collect(), ties: (0..statements).map(tie).collect() };
    let timed = |name: &str, work: &dyn Fn() -> usize| {
        let begun = Instant::now();
        let rows = work();
        println!("{name}: {:.3} s, {rows} rows", begun.elapsed().as_secs_f64());
    };
    timed(&format!("network of {statements} ties"), &|| network::sliced(&snapshot, &actors, &case).rows.len());
    timed(&format!("balance of {statements} coded statements"), &|| {
        balance::sliced(&snapshot, &actors, &case).rows.len()
    });
    let first = &snapshot.documents[0];
    let again = coder.code(&first.0, &first.1, &actors);
    assert!(!ties(&first.0, &first.1, &again, &actors).is_empty());
    let pairs: Vec<(usize, usize)> = (1..500)
        .map(|n| (spread(n, 5, n), n))
        .chain((0..1000).map(|n| (spread(n, 6, 500), spread(n, 7, 500))))
        .filter(|(a, b)| a != b)
        .collect();
    let order: Vec<usize> = (0..500).collect();
    let (one, two) = (layout(500, &pairs, &order), layout(500, &pairs, &order));
    assert_eq!(one, two, "the same picture every time");
    timed("layout of 500 nodes", &|| layout(500, &pairs, &order).len());
}
