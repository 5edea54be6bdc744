//! The power fails at any moment: what was said to be kept is there, the ledger opens, and a second run finishes the
//! work as if nothing had happened.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Chance, Story, pile};
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Duration;

const DOCUMENTS: usize = 300;
const KILLS: usize = 20;

#[test]
fn a_killed_run_loses_nothing_it_reported_and_a_second_run_finishes() {
    let story = Story::new();
    pile(&story, "papers", DOCUMENTS);
    story.run(&["read", "papers", "--ledger", "whole.ledger"]).ends_with(0);
    let whole = story.export("whole.ledger");
    let mut chance = Chance(20);
    let mut cut_short = 0;
    for n in 0..KILLS {
        let ledger = format!("{n}.ledger");
        let after = chance.below(DOCUMENTS - 20);
        let pause = Duration::from_micros(chance.below(4000) as u64);
        let reported = kill_after(&story, &ledger, after, pause);
        if reported.len() < DOCUMENTS {
            cut_short += 1;
        }
        if !reported.is_empty() {
            let there = story.documents(&ledger);
            let lost: Vec<&String> = reported.iter().filter(|name| !there.contains(*name)).collect();
            assert!(lost.is_empty(), "kill {n}: reported as kept and lost: {lost:?}");
        }
        story.run(&["read", "papers", "--ledger", &ledger]).ends_with(0);
        assert!(story.export(&ledger) == whole, "kill {n}: the finished ledger differs from an undisturbed one");
    }
    assert!(cut_short > KILLS / 2, "only {cut_short} of {KILLS} runs were killed before their end");
}

/// Reads the pile and kills the program with SIGKILL a moment after it has reported so many documents; the names of all
/// that it reported.
fn kill_after(story: &Story, ledger: &str, after: usize, pause: Duration) -> Vec<String> {
    let mut child = story
        .command(&["read", "-v", "papers", "--ledger", ledger])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let kept = |line: String| line.strip_prefix("kept ").and_then(|l| l.split('\t').next()).map(str::to_owned);
    let mut reported: Vec<String> = lines.by_ref().take(after).filter_map(|l| kept(l.unwrap())).collect();
    std::thread::sleep(pause);
    // It may have come to its end already.
    let _ended = child.kill();
    child.wait().unwrap();
    reported.extend(lines.map_while(Result::ok).filter_map(kept));
    reported
}
