//! A ledger written by any released version opens, and holds what it held: every file in `fixtures/ledgers`, against
//! the JSON beside it. New files are made by `cargo run -p rashomon-ledger --example make_fixture`.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use rashomon_core::Snapshot;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn released() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/ledgers");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut ledgers: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "ledger")).collect();
    ledgers.sort();
    assert!(!ledgers.is_empty());
    ledgers
}

fn expected(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap()
}

#[test]
fn every_released_ledger_opens_with_what_it_held() {
    for path in released() {
        let name = path.display();
        let expected = expected(&path);
        assert!(!expected["documents"].as_array().unwrap().is_empty());
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("old.ledger");
        fs::copy(&path, &copy).unwrap();
        let holds = |snapshot: Snapshot, how: &str| assert!(as_json(&snapshot) == expected, "{name}, {how}");
        holds(look(&copy).snapshot().unwrap(), "opened to look");
        let mut ledger = write(&copy);
        holds(ledger.snapshot().unwrap(), "opened to write");
        ledger.drop_cache().unwrap();
        holds(ledger.snapshot().unwrap(), "from the log alone");
        ledger.keep(&[account(900)]).unwrap();
        assert_eq!(ledger.search("sluice 900").unwrap().len(), 1, "{name} goes on");
    }
}
