//! A program that is killed at any moment loses nothing that it had reported as kept: a child keeps documents and says
//! so after each batch; it is killed at twenty moments, and each time everything it said must be there, and a second
//! run must finish with the same ledger as one that nobody killed.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const LEDGER: &str = "RASHOMON_LEDGER_TO_FILL";
const DOCUMENTS: usize = 300;
const BATCH: usize = 5;
const ROUNDS: usize = 20;

/// The child: fills the ledger and says what is kept, once it is.
#[test]
fn filling() {
    let Ok(path) = std::env::var(LEDGER) else { return };
    let mut ledger = write(Path::new(&path));
    for from in (0..DOCUMENTS).step_by(BATCH) {
        let batch: Vec<_> = (from..from + BATCH).map(account).collect();
        ledger.keep(&batch).unwrap();
        println!("kept {from}");
    }
    println!("finished");
}

fn start(path: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "filling", "--nocapture"]).env(LEDGER, path);
    child.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

fn said(mut child: Child) -> String {
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    text
}

/// Numbers of the documents that a child reported.
fn reported(text: &str) -> Vec<usize> {
    // A last line without its end was cut off while it was written and reports nothing.
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let batches = whole.lines().filter_map(|line| line.strip_prefix("kept ")?.parse::<usize>().ok());
    batches.flat_map(|from| from..from + BATCH).collect()
}

#[test]
fn nothing_reported_as_kept_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("whole.ledger");
    let begin = Instant::now();
    assert!(said(start(&path)).contains("finished"));
    let whole_run = begin.elapsed();
    let expected = bytes(&look(&path));
    let mut chance = Seeded(1904);
    let mut cut_short = 0;
    for round in 0..ROUNDS {
        let path = folder.path().join(format!("round{round}.ledger"));
        let mut child = start(&path);
        let moment = whole_run.as_micros() as usize * chance.below(1000) / 1000;
        std::thread::sleep(Duration::from_micros(moment as u64));
        child.kill().unwrap();
        let text = said(child);
        let told = reported(&text);
        cut_short += usize::from(!text.contains("finished") && !told.is_empty());
        if path.exists() && !told.is_empty() {
            let snapshot = look(&path).snapshot().unwrap();
            let there: BTreeSet<_> = snapshot.documents.iter().map(|(d, _)| d.id.as_str()).collect();
            for number in &told {
                let (document, reading) = account(*number);
                assert!(there.contains(document.id.as_str()), "document {number} was reported and is missing");
                assert!(
                    snapshot.documents.contains(&(document.into(), reading.into())),
                    "document {number} came back changed"
                );
            }
            assert!(there.len() <= told.len() + BATCH, "no more than one batch beyond what was said");
        }
        assert!(said(start(&path)).contains("finished"), "round {round}: the second run");
        assert!(bytes(&look(&path)) == expected, "round {round}: another ledger than without the kill");
    }
    assert!(cut_short >= ROUNDS / 3, "only {cut_short} children were killed at work");
}
