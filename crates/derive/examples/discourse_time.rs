//! Measures matrices and a series of windows of a large debate, for `scripts/reports/discourse.py`.
//!
//! Made-up coded statements: 2,000 actors in two camps of which each keeps to its side of most of 500 concepts, with some
//! noise, over five years. What is measured is everything after coding. One line a measure.

#![allow(clippy::print_stdout)]

use rashomon_core::StatementId;
use rashomon_derive::discourse::*;
use rashomon_derive::events::Interval;
use rashomon_derive::views::discourse::{camps, series};
use std::time::Instant;

/// A number from 0 below `below`, the same for the same `n` (a linear congruential generator, Knuth's constants).
fn spread(n: usize, salt: u64, below: usize) -> usize {
    let mixed = (n as u64 ^ salt.rotate_left(17))
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (mixed >> 33) as usize % below.max(1)
}

fn main() {
    let number = |n: usize, usual: usize| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(usual);
    let (statements, actors, concepts) = (number(1, 200_000), number(2, 2_000), number(3, 500));
    let code = |n: usize| {
        let (actor, concept) = (spread(n, 1, actors), spread(n, 2, concepts));
        let keeps = spread(n, 3, 10) > 0;
        let side = if ((actor + concept) % 2 == 0) == keeps { Side::Agree } else { Side::Disagree };
        let day = -24_000 + spread(n, 4, 5 * 365) as i64;
        Code {
            statements: vec![StatementId::short_of(&n.to_le_bytes())],
            document: n / 20,
            actor,
            concept,
            side,
            when: Some(Interval { first: day, last: day }),
            coder: None,
            passage: None,
        }
    };
    let codes = Codes {
        actors: (0..actors).map(|n| format!("actor {n:05}")).collect(),
        concepts: (0..concepts).map(|n| format!("concept {n:05}")).collect(),
        codes: (0..statements).map(code).collect(),
        ..Codes::default()
    };
    let asked = |pairs: &[(&str, &str)]| {
        let get = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Asked::of(&get).unwrap_or_else(|why| panic!("{why}"))
    };
    println!("made: {statements} coded statements, {actors} actors, {concepts} concepts");
    let timed = |name: &str, work: &dyn Fn() -> f64| {
        let begun = Instant::now();
        let sum = work();
        println!("{name}: {:.3} s, sum {sum:.3}", begun.elapsed().as_secs_f64());
    };
    let plain = asked(&[]);
    let sum = |matrix: Matrix| matrix.values.iter().sum::<f64>();
    for (measure, name) in [Measure::ALL[0], Measure::ALL[1]] {
        timed(&format!("two-mode {name}"), &|| sum(plain.counts(&codes).two_mode(measure, Normalisation::Activity)));
    }
    for (by, of) in [Normalisation::None, Normalisation::Average, Normalisation::Jaccard, Normalisation::Cosine]
        .into_iter()
        .flat_map(|by| Normalisation::ALL.into_iter().find(|(n, _)| *n == by))
    {
        for (measure, name) in Measure::ALL {
            timed(&format!("voices {name} {of}"), &|| sum(plain.counts(&codes).one_mode(measure, by)));
        }
        timed(&format!("concepts congruence {of}"), &|| {
            sum(plain.counts(&codes).turned().one_mode(Measure::Congruence, by))
        });
    }
    timed("camps", &|| camps(&codes, &plain).1.frustration.unwrap_or_default());
    for (direction, kernel) in [("trailing", "uniform"), ("centred", "epanechnikov")] {
        let moving = asked(&[("window", direction), ("width", "2"), ("unit", "months"), ("kernel", kernel)]);
        timed(&format!("series of monthly windows, {direction}, {kernel}"), &|| {
            series(&codes, &moving).rows.len() as f64
        });
    }
    timed("backbone of 5", &|| backbone(&plain.counts(&codes), 5).map_or(0.0, |b| b.loss));
}
