//! Databases of the Discourse Network Analyzer: read whole, told apart from other files, never a reason to fall over.

#![allow(clippy::unwrap_used)]

mod making_dna;

use making_dna::{Made, write};
use rashomon_ledger::dna::read;
use rusqlite::Connection;
use std::path::Path;

fn made(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("case.dna");
    let values = [(1, "Ann Lowry"), (2, "The Mill"), (3, "The weir held."), (4, "false"), (6, "-2")];
    let statements = [
        Made { kind: 1, document: 1, start: 2, stop: 8, values: &values },
        Made { kind: 2, document: 1, start: 0, stop: 4, values: &[(5, "ask again\nlater")] },
        Made { kind: 1, document: 9, start: 0, stop: 4, values: &[(4, "true")] },
    ];
    write(&path, &[("A letter", "The weir held.", "Lowry, Ann", 86_400)], &statements).unwrap();
    path
}

#[test]
fn everything_is_read_and_what_is_left_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let dna = read(&made(folder.path())).unwrap();
    assert_eq!(dna.version.as_deref(), Some("3.0.7"));
    assert_eq!((dna.documents.len(), dna.statements.len()), (1, 2));
    let document = &dna.documents[0];
    assert_eq!(
        [&document.section, &document.kind, &document.notes, &document.coder],
        ["front", "letter", "read twice", "Mary Holt"]
    );
    let first = &dna.statements[0];
    let values: Vec<String> = first.values.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let wanted =
        ["person=Ann Lowry", "organization=The Mill", "concept=The weir held.", "agreement=false", "strength=-2"];
    assert_eq!(values, wanted);
    assert_eq!(
        (first.kind.as_str(), first.coder.as_str(), first.start, first.stop),
        ("DNA Statement", "Tom Reed", 2, 8)
    );
    assert_eq!(dna.statements[1].values, [("note".to_owned(), "ask again\nlater".to_owned())]);
    assert_eq!(dna.left.len(), 2, "{:?}", dna.left);
    assert!(dna.left[0].contains("passwords") && dna.left[1].contains("statement 3"), "{:?}", dna.left);
    assert_eq!(dna.tables["ENTITIES"].len(), 3);
    assert_eq!(dna.tables["ATTRIBUTEVALUES"][0]["AttributeValue"], "mill");
    assert!(!dna.tables["CODERS"].iter().any(|c| c.contains_key("Password")));
}

#[test]
fn foreign_and_damaged_files_are_told_apart_and_nothing_falls_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path());
    let told = |path: &Path| read(path).map_err(|e| e.to_string());
    assert!(told(&folder.path().join("none.dna")).unwrap_err().contains("no file"));
    let other = folder.path().join("letter.dna");
    std::fs::write(&other, "Dear Sir, this is a letter and no database at all.".repeat(40)).unwrap();
    assert!(told(&other).unwrap_err().contains("no database at all"));
    let ledger = folder.path().join("other.dna");
    Connection::open(&ledger).unwrap().execute_batch("CREATE TABLE notes(a)").unwrap();
    assert!(told(&ledger).unwrap_err().contains("it has no table DOCUMENTS"));
    let whole = std::fs::read(&path).unwrap();
    for n in 0..60usize {
        let mut broken = whole.clone();
        let at = 100 + n * (whole.len() - 200) / 60;
        broken[at..at + 64].fill(0xA5);
        if n % 3 == 0 {
            broken.truncate(at);
        }
        std::fs::write(&other, &broken).unwrap();
        if let Err(words) = told(&other) {
            assert!(words.contains("letter.dna"), "{words}");
        }
    }
}
