//! How fast and how large a ledger is: `cargo run --release -p rashomon-ledger --example speed [FOLDER]`.
//!
//! Keeps 10,000 made-up documents with ten statements each in batches of 100, then measures a snapshot, searches, the
//! rebuilding of the cache and the size of the file. With a folder, the text files in it are kept instead. The reader
//! is the simple one of the tests, so that nothing but the ledger is measured.

#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::*;
use rashomon_core::{Document, Reading};
use std::path::Path;
use std::time::Instant;

const DOCUMENTS: usize = 10_000;
const BATCH: usize = 100;

fn main() {
    let documents = match std::env::args_os().nth(1) {
        Some(folder) => from_folder(Path::new(&folder)),
        None => (0..DOCUMENTS).map(made_up).collect(),
    };
    let text: usize = documents.iter().map(|(d, _)| d.text.len()).sum();
    let statements: usize = documents.iter().map(|(_, r)| r.statements.len()).sum();
    println!("{} documents, {statements} statements, {:.1} MB of text", documents.len(), megabytes(text));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("speed.ledger");
    let mut ledger = write(&path);
    timed("keep, in batches of 100", || documents.chunks(BATCH).for_each(|batch| ledger.keep(batch).unwrap()));
    timed("keep the same again", || documents.chunks(BATCH).for_each(|batch| ledger.keep(batch).unwrap()));
    timed("known, of each", || documents.iter().for_each(|(d, _)| drop(ledger.known(&d.id).unwrap())));
    drop(ledger);
    let size = std::fs::metadata(&path).unwrap().len() as usize;
    println!("{:>8.1} MB of ledger, {:.1} times the text", megabytes(size), size as f64 / text as f64);
    parts(&path);

    let mut ledger = write(&path);
    let snapshot = timed("snapshot", || ledger.snapshot().unwrap());
    assert_eq!(snapshot.statements().count(), statements);
    drop(snapshot);
    timed("counts", || ledger.counts().unwrap());
    for query in ["harbour", "harbour strike", "\"the mayor\"", "nowhere"] {
        let hits = timed(&format!("search {query}"), || ledger.search(query).unwrap());
        println!("             {} hits", hits.len());
    }
    ledger.drop_cache().unwrap();
    timed("rebuild the cache", || ledger.counts().unwrap());
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (begin, cpu) = (Instant::now(), processor());
    let result = work();
    println!("{:>8.3} s  {:>6.2} s of processor  {what}", begin.elapsed().as_secs_f64(), processor() - cpu);
    result
}

/// Seconds of processor used so far, which a busy machine does not stretch; 0 where the system does not say.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<f64> = after_name.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
    ticks.iter().sum::<f64>() / 100.0
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Where the room goes.
fn parts(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let free: i64 = connection.pragma_query_value(None, "freelist_count", |row| row.get(0)).unwrap();
    println!("{:>8.1} MB  free for what comes next", megabytes(free as usize * 8192));
    let sizes = "SELECT kind, sum(length(body)) FROM log GROUP BY kind ORDER BY kind";
    let mut statement = connection.prepare(sizes).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).unwrap();
    for row in rows {
        let (kind, bytes) = row.unwrap();
        println!("{:>8.1} MB  {kind} entries", megabytes(bytes as usize));
    }
}

fn made_up(number: usize) -> (Document, Reading) {
    let mut chance = Seeded(number as u64 + 1);
    let who = ["The mayor", "The pilot", "A docker", "Mrs Carter", "The miller", "Captain Holm", "The clerk"];
    let words = [
        "harbour",
        "strike",
        "barrels",
        "lamps",
        "river",
        "winter",
        "bridge",
        "ferry",
        "council",
        "letter",
        "sluice",
        "market",
        "grain",
        "warehouse",
        "fishermen",
        "signal",
        "customs",
        "tower",
        "quarry",
        "ledger",
        "opened",
        "carried",
        "refused",
        "repaired",
        "counted",
        "promised",
        "slowly",
        "early",
        "together",
        "against",
        "before",
    ];
    let mut text = String::new();
    for _ in 0..10 {
        text.push_str(who[chance.below(who.len())]);
        text.push_str(if chance.below(2) == 0 { " said the" } else { " saw that the" });
        for _ in 0..8 + chance.below(8) {
            text.push(' ');
            text.push_str(words[chance.below(words.len())]);
        }
        text.push_str(&format!(" in {}. ", 1800 + chance.below(100)));
    }
    taken(&format!("town/{number:05}.txt"), &text)
}

fn from_folder(folder: &Path) -> Vec<(Document, Reading)> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| Some((path, std::fs::read_to_string(path).ok()?)));
    texts.map(|(path, text)| taken(&path.display().to_string(), &text)).collect()
}
