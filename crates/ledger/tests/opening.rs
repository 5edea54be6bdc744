//! Files that cannot be opened, or not written: each says in clear words what happened, to which file, and what to do;
//! and none is changed.
//!
//! A full disk and a read-only disk are made for the test where the system lets us (Linux, `unshare` and `mount`, in a
//! view of the disks that only a child of this test sees); elsewhere those tests say that they were skipped.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use rashomon_ledger::{ErrorKind, Ledger, Mode};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn kept() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.ledger");
    let mut ledger = write(&path);
    ledger.keep(&(0..20).map(account).collect::<Vec<_>>()).unwrap();
    ledger.note(&[], &[refusal("town/locked.pdf", "it has a password")]).unwrap();
    drop(ledger);
    (folder, path)
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Opening fails with these words, names the file, and leaves everything in the folder as it was.
fn refused(path: &Path, mode: Mode, kind: ErrorKind, words: &[&str]) {
    let folder = path.parent().unwrap();
    let state = || {
        let mut names = files(folder);
        // SQLite's own files may be made; where the file is read-only nobody can tidy them up.
        names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
        (names, fs::read(path).ok())
    };
    let before = state();
    let error = Ledger::open(path, mode).unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    let said = error.to_string();
    assert!(said.contains(&path.display().to_string()), "no file in: {said}");
    for word in words {
        assert!(said.contains(word), "no {word:?} in: {said}");
    }
    assert!(state() == before, "{mode:?} changed something: {:?}", files(folder));
}

fn refused_both_ways(path: &Path, kind: ErrorKind, words: &[&str]) {
    refused(path, Mode::Write, kind, words);
    refused(path, Mode::Read, kind, words);
}

#[test]
fn an_open_ledger_leaves_one_file_behind() {
    let (folder, path) = kept();
    assert_eq!(files(folder.path()), ["town.ledger"]);
    let before = fs::read(&path).unwrap();
    assert_eq!(look(&path).counts().unwrap().documents, 20);
    assert_eq!(files(folder.path()), ["town.ledger"]);
    assert!(fs::read(&path).unwrap() == before, "looking changed the file");
    drop(write(&path));
    assert_eq!(files(folder.path()), ["town.ledger"]);
}

#[test]
fn no_ledger_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.ledger");
    refused(&path, Mode::Read, ErrorKind::Missing, &["There is no ledger", "Read documents into it first"]);
    fs::write(&path, "").unwrap();
    refused(&path, Mode::Read, ErrorKind::Missing, &["is empty", "Read documents into it first"]);
    drop(write(&path));
    assert_eq!(look(&path).counts().unwrap(), Default::default(), "an empty file becomes a ledger when written to");
    let nowhere = folder.path().join("no/such/town.ledger");
    let error = Ledger::open(&nowhere, Mode::Write).unwrap_err();
    assert!(error.to_string().contains("there is no folder"), "{error}");
    assert!(error.to_string().contains("Make the folder first"), "{error}");
}

#[test]
fn names_that_mean_something_to_the_database_mean_a_file_here() {
    for name in [":memory:", "file:a?mode=memory", "a b%20#c.ledger", "میناء.ledger"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        drop(write(&path));
        assert_eq!(files(folder.path()), [name]);
        drop(look(&path));
    }
    assert!(Ledger::open(Path::new(""), Mode::Write).is_err());
    assert!(Ledger::open(Path::new("/"), Mode::Write).is_err());
}

#[test]
fn a_file_that_is_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.ledger");
    for content in ["hello", &"My dear mayor, the mill has burnt down. ".repeat(400)] {
        fs::write(&path, content).unwrap();
        refused_both_ways(&path, ErrorKind::NotALedger, &["is not a ledger", "not touched", "Name another file"]);
    }
    let inside = folder.path().join("sub");
    fs::create_dir(&inside).unwrap();
    for mode in [Mode::Write, Mode::Read] {
        let error = Ledger::open(&inside, mode).unwrap_err();
        assert!(error.to_string().contains("but a folder"), "{error}");
    }
}

#[test]
fn a_database_of_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stamps.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE log (a); INSERT INTO log VALUES (1)").unwrap();
    refused_both_ways(&path, ErrorKind::NotALedger, &["a database of another program", "Name another file"]);
    Connection::open(&path).unwrap().execute_batch("PRAGMA application_id = 7; DROP TABLE log").unwrap();
    refused_both_ways(&path, ErrorKind::NotALedger, &["a database of another program"]);
}

#[test]
fn a_ledger_of_a_newer_program() {
    let (_folder, path) = kept();
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let words = ["newer Rashomon", "form 99", "Nothing was changed", "Open it with the newer program"];
    refused_both_ways(&path, ErrorKind::Newer, &words);
}

#[test]
fn a_ledger_that_was_begun_and_not_finished_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.ledger");
    Connection::open(&path).unwrap().execute_batch("PRAGMA application_id = 0x52617368").unwrap();
    assert_eq!(look(&path).counts().unwrap(), Default::default());
}

#[test]
fn one_writer_at_a_time_while_others_look() {
    let (folder, path) = kept();
    let mut first = write(&path);
    let process = format!("(process {})", std::process::id());
    let words = ["is being written by another Rashomon", process.as_str(), "Wait until it has finished"];
    let error = Ledger::open(&path, Mode::Write).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InUse);
    assert!(words.iter().all(|w| error.to_string().contains(w)), "{error}");
    let reader = look(&path);
    assert_eq!(reader.counts().unwrap().documents, 20);
    first.keep(&[account(77)]).unwrap();
    assert_eq!(reader.counts().unwrap().documents, 21, "what is written is seen");
    if cfg!(unix) {
        let link = folder.path().join("link.ledger");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(Ledger::open(&link, Mode::Write).unwrap_err().kind(), ErrorKind::InUse, "by another name");
    }
    drop(first);
    drop(write(&path));
    drop(reader);
}

#[test]
fn a_ledger_held_by_another_program() {
    let (_folder, path) = kept();
    let mut ledger = write(&path);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = ledger.keep(&[account(77)]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InUse);
    assert!(error.to_string().contains("Close that program and try again"), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    ledger.keep(&[account(77)]).unwrap();
}

/// Opens, or if that goes, takes everything out; the error that must come of it.
fn used(path: &Path) -> rashomon_ledger::Error {
    match Ledger::open(path, Mode::Read) {
        Err(error) => error,
        Ok(ledger) => ledger.snapshot().unwrap_err(),
    }
}

#[test]
fn a_damaged_ledger_says_so_and_what_to_do() {
    let (_folder, path) = kept();
    let whole = fs::read(&path).unwrap();
    let damaged = |bytes: &[u8], what: &str| {
        fs::write(&path, bytes).unwrap();
        let error = used(&path);
        assert_eq!(error.kind(), ErrorKind::Damaged, "{what}: {error}");
        for word in ["town.ledger is damaged", "go back to a copy", "read the documents again"] {
            assert!(error.to_string().contains(word), "{what}: {error}");
        }
        error.to_string()
    };
    let mut one_letter = whole.clone();
    let at = whole.windows(17).position(|w| w == b"it has a password").unwrap();
    one_letter[at + 4] = b't';
    assert!(damaged(&one_letter, "one letter of an entry").contains("is not what was written"));
    damaged(&whole[..whole.len() / 2], "cut in two");
    let mut hole = whole.clone();
    let middle = hole.len() / 3;
    hole[middle..middle * 2].fill(0x5A);
    damaged(&hole, "a hole");
    fs::write(&path, &whole).unwrap();
    assert_eq!(look(&path).snapshot().unwrap().documents.len(), 20);
}

/// Whatever bytes are changed, the program says something and does not fall over; and if it gives a document, it is one
/// that was kept.
#[test]
fn no_damage_makes_it_panic_or_lie() {
    let (folder, path) = kept();
    let whole = fs::read(&path).unwrap();
    let kept = look(&path).snapshot().unwrap().documents;
    let mut chance = Seeded(11);
    let mut told = 0;
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..=chance.below(20) {
            let at = chance.below(bytes.len());
            bytes[at] = chance.below(256) as u8;
        }
        let hurt = folder.path().join("hurt.ledger");
        fs::write(&hurt, &bytes).unwrap();
        match Ledger::open(&hurt, Mode::Read).and_then(|ledger| ledger.snapshot().map(|s| (ledger, s))) {
            Err(_) => told += 1,
            Ok((ledger, snapshot)) => {
                assert!(snapshot.documents == kept, "documents lost or invented, and not a word");
                drop(ledger.search("strike"));
            }
        }
    }
    assert!(told > 0, "the damage was never seen");
}

// A child of these tests, in its own view of the disks.

const SCENARIO: &str = "RASHOMON_LEDGER_SCENARIO";
const FOLDER: &str = "RASHOMON_LEDGER_FOLDER";

/// Runs a scenario as a child after a script has set up its disks; `None`, and a line that says so, where the system
/// does not let us.
fn with_own_disks(scenario: &str, folder: &Path, script: &str) -> Option<()> {
    let program = std::env::current_exe().unwrap();
    let script = format!("set -e; {script} exec \"$0\" --exact scenarios --nocapture");
    for rights in ["-m", "-rm"] {
        let possible = Command::new("unshare").args([rights, "mount", "-t", "tmpfs", "none"]).arg(folder).output();
        if !possible.is_ok_and(|out| out.status.success()) {
            continue;
        }
        let mut child = Command::new("unshare");
        child.args([rights, "sh", "-c", &script]).arg(&program).env(SCENARIO, scenario).env(FOLDER, folder);
        let out = child.output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        assert!(out.status.success() && said.contains("scenario done"), "{scenario}: {said}");
        return Some(());
    }
    eprintln!("SKIPPED {scenario}: this system lets us mount no disk of our own");
    None
}

#[test]
fn scenarios() {
    let Ok(scenario) = std::env::var(SCENARIO) else { return };
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    match scenario.as_str() {
        "full disk" => on_a_full_disk(&folder),
        "read-only folder" => in_a_read_only_folder(&folder),
        "read-only file" => with_a_read_only_file(&folder),
        other => panic!("{other}"),
    }
    println!("scenario done");
}

#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o size=1500k none '{0}'; head -c 500000 /dev/zero > '{0}/ballast';",
        folder.path().display()
    );
    with_own_disks("full disk", folder.path(), &script);
}

fn on_a_full_disk(folder: &Path) {
    let path = folder.join("town.ledger");
    let mut ledger = write(&path);
    let mut reported = 0;
    let error = loop {
        let batch: Vec<_> = (reported..reported + 10).map(account).collect();
        match ledger.keep(&batch) {
            Ok(()) => reported += 10,
            Err(error) => break error,
        }
        assert!(reported < 100_000, "the disk never fills");
    };
    assert_eq!(error.kind(), ErrorKind::Full, "{error}");
    for word in ["No room is left", "town.ledger", "What was reported as kept is safe", "Make room and run again"] {
        assert!(error.to_string().contains(word), "{error}");
    }
    assert_eq!(ledger.counts().unwrap().documents as usize, reported);
    drop(ledger);
    // Looking goes on, or says why not; with room again, everything reported is there and it carries on.
    if let Err(error) = Ledger::open(&path, Mode::Read).and_then(|l| l.snapshot().map(drop)) {
        assert_eq!(error.kind(), ErrorKind::Full, "{error}");
    }
    if let Err(error) = Ledger::open(&folder.join("second.ledger"), Mode::Write).and_then(|mut l| l.keep(&[account(1)]))
    {
        assert_eq!(error.kind(), ErrorKind::Full, "{error}");
    }
    fs::remove_file(folder.join("ballast")).unwrap();
    let mut ledger = write(&path);
    ledger.keep(&(0..reported + 10).map(account).collect::<Vec<_>>()).unwrap();
    assert_eq!(ledger.snapshot().unwrap().documents.len(), reported + 10);
}

#[test]
fn a_read_only_folder() {
    let (source, path) = kept();
    let folder = tempfile::tempdir().unwrap();
    // A ledger as it is beside a writer that was cut off: with an unfinished file.
    let mut writer = write(&path);
    writer.keep(&[account(500)]).unwrap();
    let script = format!(
        "mount -t tmpfs none '{to}'; mkdir '{to}/cut'; cp '{from}/town.ledger' '{from}/town.ledger-wal' '{to}/cut';
         cp '{from}/town.ledger' '{to}/to wn?#%.ledger'; mount -o remount,ro '{to}';",
        to = folder.path().display(),
        from = source.path().display()
    );
    with_own_disks("read-only folder", folder.path(), &script);
    drop(writer);
}

fn in_a_read_only_folder(folder: &Path) {
    let words = ["cannot be written", "Ask for the right to write there", "keep the ledger in another folder"];
    refused(&folder.join("new.ledger"), Mode::Write, ErrorKind::ReadOnly, &words);
    let path = folder.join("to wn?#%.ledger");
    refused(&path, Mode::Write, ErrorKind::ReadOnly, &words);
    let ledger = look(&path);
    assert_eq!(ledger.snapshot().unwrap().documents.len(), 20);
    assert_eq!(ledger.search("strike").unwrap().len(), 20);
    refused(&folder.join("none.ledger"), Mode::Read, ErrorKind::Missing, &["There is no ledger"]);
    // What stands only in the unfinished file must not be overlooked.
    match Ledger::open(&folder.join("cut/town.ledger"), Mode::Read) {
        Ok(ledger) => assert_eq!(ledger.counts().unwrap().documents, 21),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::ReadOnly, "{error}");
            assert!(error.to_string().contains("its last writer was cut off"), "{error}");
            assert!(error.to_string().contains("Copy both into a folder where you may write"), "{error}");
        }
    }
}

#[test]
fn a_read_only_file() {
    let (source, path) = kept();
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs none '{to}'; cp '{from}' '{to}/town.ledger';
         mount --bind '{to}/town.ledger' '{to}/town.ledger'; mount -o remount,ro,bind '{to}/town.ledger';",
        to = folder.path().display(),
        from = path.display()
    );
    with_own_disks("read-only file", folder.path(), &script);
    drop(source);
}

fn with_a_read_only_file(folder: &Path) {
    let path = folder.join("town.ledger");
    refused(&path, Mode::Write, ErrorKind::ReadOnly, &["cannot be written", "Ask for the right"]);
    assert_eq!(look(&path).snapshot().unwrap().documents.len(), 20);
}
