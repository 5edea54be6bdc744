//! What is kept comes back: all of it, nothing else, and the same whatever the order and whatever became of the cache.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use rashomon_core::*;
use rashomon_ledger::{Ledger, Mode, kept_digest};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

fn new_ledger() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.ledger");
    (folder, path)
}

fn judgement(target: &str) -> Judgement {
    let (agent, verdict) = ("reader at the desk".into(), "wrong".into());
    Judgement {
        sequence: 0,
        agent,
        verdict,
        target: target.into(),
        words: "the strike was over".into(),
        ..Default::default()
    }
}

#[test]
fn everything_comes_back_as_it_was_kept() {
    let (_folder, path) = new_ledger();
    let mut full = document("b/full.txt", "Mill on fire\nThe miller said 3 men fled in 1871. \"Let it burn\" was all.");
    full.zones = vec![Zone { span: Span::new(0, 12), kind: ZoneKind::Title }];
    full.places = vec![Place { span: Span::new(0, 12), page: Some(1), paragraph: None, part: Some("one".into()) }];
    full.metadata.authors = vec!["A. Carter".into()];
    full.notes = vec!["the encoding was guessed".into()];
    let full = read_by(READER, full);
    assert!(!full.1.mentions.is_empty() && !full.1.times.is_empty() && !full.1.quantities.is_empty());
    assert!(!full.1.quotations.is_empty() && full.1.statements.len() > 1);
    let given = [account(1), full, taken("c/empty.txt", "")];
    let mut ledger = write(&path);
    ledger.keep(&given).unwrap();
    let expected = Snapshot::of(given.to_vec()).documents;
    assert_eq!(ledger.snapshot().unwrap().documents, expected);
    assert_eq!(look(&path).snapshot().unwrap().documents, expected, "another sees it at once");
    let known = ledger.known(&given[0].0.id).unwrap().unwrap();
    assert_eq!((known.path.as_str(), known.reader.as_str()), ("town/00001.txt", READER));
    assert_eq!(known.metadata, kept_digest(&given[0].0));
    assert_eq!(ledger.known(&Digest::of(b"never seen")).unwrap(), None);
}

#[test]
fn keeping_the_same_again_adds_nothing() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    let batch = [account(1), account(2)];
    let refusals = [refusal("town/locked.pdf", "it has a password")];
    let duplicates = [Duplicate { path: "town/z.txt".into(), document: batch[0].0.id.clone() }];
    ledger.keep(&batch).unwrap();
    ledger.note(&duplicates, &refusals).unwrap();
    let (generation, before) = (ledger.generation().unwrap(), bytes(&ledger));
    ledger.keep(&batch).unwrap();
    ledger.note(&duplicates, &refusals).unwrap();
    ledger.found(&["town/00001.txt".into()]).unwrap();
    assert_eq!(ledger.generation().unwrap(), generation);
    assert_eq!(bytes(&ledger), before);
    ledger.keep(&[account(3)]).unwrap();
    assert!(ledger.generation().unwrap() > generation);
}

/// One way a folder may be read: all documents, copies as a driver meets them, and refusals.
fn read_in(order: &[(Document, Reading)], batch: usize, path: &Path) -> (String, Vec<rashomon_ledger::Hit>) {
    let mut ledger = write(path);
    for part in order.chunks(batch) {
        let mut keep = Vec::new();
        let mut duplicates = Vec::new();
        for pair in part {
            match ledger.known(&pair.0.id).unwrap() {
                Some(known) if known.path < pair.0.path => {
                    duplicates.push(Duplicate { path: pair.0.path.clone(), document: pair.0.id.clone() });
                }
                _ => keep.push(pair.clone()),
            }
        }
        ledger.keep(&keep).unwrap();
        let refused = part.iter().map(|p| refusal(&format!("{}.broken", p.0.path), "it is not whole"));
        ledger.note(&duplicates, &refused.collect::<Vec<_>>()).unwrap();
    }
    (bytes(&ledger), ledger.search("strike").unwrap())
}

#[test]
fn the_same_documents_in_any_order_give_the_same_snapshot() {
    let mut given: Vec<_> = (0..40).map(account).collect();
    for copy in 0..12 {
        let (mut document, _) = account(copy % 6);
        document.path = format!("{}/copy{copy}.txt", if copy % 2 == 0 { "a" } else { "z" });
        document.metadata.publisher = Some(format!("The Courier, print {copy}"));
        given.push(read_by(READER, document));
    }
    let (_folder, path) = new_ledger();
    let expected = read_in(&given, 7, &path);
    let snapshot = look(&path).snapshot().unwrap();
    assert_eq!(snapshot.documents.len(), 40);
    assert_eq!(snapshot.duplicates.len(), 12);
    assert_eq!(snapshot.refusals.len(), 52);
    assert_eq!(snapshot.documents[0].0.path, "a/copy0.txt");
    assert_eq!(snapshot.documents[0].0.metadata.publisher.as_deref(), Some("The Courier, print 0"));
    assert_eq!(expected.1.len(), 40);
    let mut chance = Seeded(7);
    for round in 0..6 {
        let (_folder, path) = new_ledger();
        chance.shuffle(&mut given);
        let found = read_in(&given, 1 + 9 * round, &path);
        assert!(found.0 == expected.0, "another snapshot in round {round}");
        assert!(found.1 == expected.1, "other hits in round {round}");
    }
}

#[test]
fn a_changed_metadata_file_and_a_better_reader_show_at_once() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    let (first, reading) = account(1);
    ledger.keep(&[(first.clone(), reading)]).unwrap();
    let mut dated = first.clone();
    dated.metadata.date = Some("1871-05".into());
    assert_ne!(ledger.known(&first.id).unwrap().unwrap().metadata, kept_digest(&dated));
    ledger.keep(&[read_by(READER, dated.clone())]).unwrap();
    assert_eq!(ledger.snapshot().unwrap().documents, Snapshot::of([read_by(READER, dated.clone())]).documents);
    ledger.keep(&[read_by("harbour reader 2", dated.clone())]).unwrap();
    assert_eq!(ledger.known(&first.id).unwrap().unwrap().reader, "harbour reader 2");
    assert_eq!(
        ledger.snapshot().unwrap().documents,
        Snapshot::of([read_by("harbour reader 2", dated.clone())]).documents
    );
    assert_eq!(ledger.search("strike").unwrap().len(), 1, "the older readings are out of the index");
    // Back to the first metadata: a third entry, not a return to the first.
    ledger.keep(&[read_by("harbour reader 2", first.clone())]).unwrap();
    assert_eq!(ledger.snapshot().unwrap().documents, Snapshot::of([read_by("harbour reader 2", first)]).documents);
}

#[test]
fn a_moved_document_is_shown_as_the_newer_reader_read_it() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    let (old, _) = account(1);
    let moved = Document { path: "zz/moved.txt".into(), ..old.clone() };
    ledger.keep(&[read_by("reader 1", old.clone())]).unwrap();
    ledger.keep(&[read_by("reader 2", moved.clone())]).unwrap();
    let known = ledger.known(&old.id).unwrap().unwrap();
    assert_eq!((known.path.as_str(), known.reader.as_str()), ("zz/moved.txt", "reader 2"));
    assert_eq!(ledger.snapshot().unwrap().duplicates[0].path, old.path);
    ledger.keep(&[read_by("reader 2", old.clone())]).unwrap();
    assert_eq!(ledger.known(&old.id).unwrap().unwrap().path, old.path, "read by the same, the smallest path");
    assert_eq!(ledger.counts().unwrap().documents, 1);
    // An older program takes over again, on the moved file only.
    ledger.keep(&[read_by("reader 1", moved)]).unwrap();
    assert_eq!(ledger.known(&old.id).unwrap().unwrap().reader, "reader 1");
    ledger.keep(&[read_by("reader 2", old.clone())]).unwrap();
    assert_eq!(ledger.known(&old.id).unwrap().unwrap().reader, "reader 2", "although it was kept just so before");
}

#[test]
fn a_path_that_later_holds_other_bytes_keeps_both_documents() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    ledger.keep(&[taken("town/news.txt", "The bridge stands.")]).unwrap();
    ledger.keep(&[taken("town/news.txt", "The bridge fell.")]).unwrap();
    let texts: Vec<_> = ledger.snapshot().unwrap().documents.iter().map(|(d, _)| d.text.clone()).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts.contains(&"The bridge stands.".into()) && texts.contains(&"The bridge fell.".into()));
}

#[test]
fn a_refusal_is_true_until_something_newer_is_known_of_its_path() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    let reasons = |ledger: &Ledger| -> Vec<String> {
        ledger.snapshot().unwrap().refusals.into_iter().map(|r| format!("{}: {}", r.path, r.reason)).collect()
    };
    let pair = taken("town/log.txt", "The tide was high.");
    ledger.note(&[], &[refusal("town/log.txt", "you may not read it")]).unwrap();
    ledger.note(&[], &[refusal("town/log.txt", "it is damaged"), refusal("town/log.txt", "it is locked")]).unwrap();
    assert_eq!(reasons(&ledger), ["town/log.txt: it is damaged", "town/log.txt: it is locked"], "the newest state");
    ledger.note(&[], &[refusal("town/log.txt.meta.json", "it is not JSON")]).unwrap();
    ledger.note(&[], &[refusal("town/log.meta.json", "it is not JSON")]).unwrap();
    ledger.keep(std::slice::from_ref(&pair)).unwrap();
    assert!(reasons(&ledger).is_empty(), "the document was taken");
    // What of a taken document was refused stays, and so does the document when the file cannot be read later.
    let part = Refusal { document: Some(pair.0.id.clone()), ..refusal("town/log.txt", "page 3 has no text") };
    ledger.note(&[], &[part]).unwrap();
    ledger.found(&["town/log.txt".into()]).unwrap();
    assert_eq!(reasons(&ledger), ["town/log.txt: page 3 has no text"]);
    ledger.note(&[], &[refusal("town/log.txt", "you may not read it")]).unwrap();
    assert_eq!(ledger.counts().unwrap().documents, 1);
    assert_eq!(ledger.counts().unwrap().refusals, 1);
    ledger.found(&["town/log.txt".into()]).unwrap();
    assert!(reasons(&ledger).is_empty(), "it was found again, known and whole");
    // An archive that could not be opened, and then could.
    ledger.note(&[], &[refusal("old/box.zip", "it is cut off")]).unwrap();
    ledger.keep(&[taken("old/box.zip/in/letter.txt", "The well was dry.")]).unwrap();
    ledger.note(&[], &[refusal("old/copy.txt", "you may not read it")]).unwrap();
    ledger.note(&[Duplicate { path: "old/copy.txt".into(), document: pair.0.id.clone() }], &[]).unwrap();
    assert!(reasons(&ledger).is_empty());
    let before = bytes(&ledger);
    ledger.drop_cache().unwrap();
    assert_eq!(bytes(&ledger), before, "the log alone says so");
    let refused: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT count(*) FROM log WHERE kind = 'refusal'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(refused, 8, "and nothing was taken out of it");
}

#[test]
fn judgements_stay_in_the_order_of_the_log() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    ledger.keep(&[account(1)]).unwrap();
    let first = ledger.judge(&judgement("b")).unwrap();
    ledger.keep(&[account(0)]).unwrap();
    let second = ledger.judge(&judgement("a")).unwrap();
    assert!(first < second);
    let judgements = ledger.snapshot().unwrap().judgements;
    assert_eq!(
        judgements,
        [Judgement { sequence: first, ..judgement("b") }, Judgement { sequence: second, ..judgement("a") }]
    );
}

#[test]
fn a_judgement_is_added_only_where_the_log_ends_as_it_was_seen_to_end() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    ledger.keep(&[account(1)]).unwrap();
    let seen = ledger.generation().unwrap();
    let first = ledger.judge_at(&judgement("b"), seen).unwrap().unwrap();
    assert_eq!(ledger.judge_at(&judgement("a"), seen).unwrap(), None, "somebody was quicker");
    let second = ledger.judge_at(&judgement("a"), first).unwrap().unwrap();
    let since = Judgement { sequence: second, ..judgement("a") };
    assert_eq!(ledger.judged_since(first).unwrap(), (second, Some(vec![since])));
    assert_eq!(ledger.judged_since(second).unwrap(), (second, Some(vec![])));
    ledger.keep(&[account(0)]).unwrap();
    let last = ledger.generation().unwrap();
    assert_eq!(ledger.judged_since(first).unwrap(), (last, None), "more than verdicts was added");
    assert_eq!(ledger.judged_since(last + 1).unwrap(), (last, None), "another ledger");
}

/// A ledger in which everything has happened that can.
fn eventful(path: &Path) -> Ledger {
    let mut ledger = write(path);
    ledger.keep(&(0..30).map(account).collect::<Vec<_>>()).unwrap();
    let (mut earlier, _) = account(4);
    earlier.path = "a/first.txt".into();
    ledger.keep(&[read_by(READER, earlier)]).unwrap();
    ledger.keep(&(10..20).map(|n| read_by("harbour reader 2", account(n).0)).collect::<Vec<_>>()).unwrap();
    let (mut dated, _) = account(5);
    dated.metadata.date = Some("1871".into());
    ledger.keep(&[read_by(READER, dated)]).unwrap();
    ledger
        .note(&[Duplicate { path: "z.txt".into(), document: account(3).0.id }], &[refusal("x.pdf", "locked")])
        .unwrap();
    ledger.judge(&judgement("a")).unwrap();
    ledger
}

#[test]
fn deleting_the_cache_changes_no_byte_of_any_answer() {
    let (_folder, path) = new_ledger();
    let mut ledger = eventful(&path);
    let queries = ["strike", "harbour Heron", "\"the mill will stand\"", "sluice 7", "frozen", "nowhere"];
    let answers = |ledger: &Ledger| {
        let found: Vec<_> = queries.iter().map(|q| ledger.search_and_tell(q).unwrap()).collect();
        let known: Vec<_> = (0..31).map(|n| ledger.known(&account(n).0.id).unwrap()).collect();
        (bytes(ledger), found, known, ledger.counts().unwrap(), ledger.generation().unwrap())
    };
    let before = answers(&ledger);
    assert_eq!(before.1[0].0.len(), 30);
    assert_eq!(before.3.documents, 30);
    ledger.drop_cache().unwrap();
    // Somebody who may only look, while there is no cache: it is worked out in memory and nothing is written.
    let mut looking = look(&path);
    assert!(answers(&looking) == before);
    looking.drop_cache().unwrap();
    assert!(answers(&looking) == before);
    assert!(answers(&ledger) == before, "rebuilt in the file");
    ledger.keep(&[account(99)]).unwrap();
    assert_eq!(looking.counts().unwrap().documents, 31, "the one in memory follows the log");
    drop(ledger);
    assert_eq!(look(&path).counts().unwrap().documents, 31);
}

#[test]
fn words_that_are_no_longer_read_are_no_longer_found() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    let (old, _) = taken("town/scan.pdf", "The weir was closed. The old weir.");
    let better = Document { text: "The lock was closed.".into(), ..old.clone() };
    ledger.keep(&[account(1), taken("a.txt", "The lock and the weir.")]).unwrap();
    ledger.keep(&[read_by(READER, old)]).unwrap();
    assert_eq!(ledger.search("weir").unwrap().len(), 3);
    ledger.keep(&[read_by(READER, better)]).unwrap();
    ledger.keep(&[account(2)]).unwrap();
    let answers = |ledger: &Ledger| ["weir", "lock", "the lock closed"].map(|q| ledger.search_and_tell(q).unwrap());
    let before = answers(&ledger);
    assert_eq!((before[0].0.len(), before[1].0.len()), (1, 2), "{before:?}");
    ledger.drop_cache().unwrap();
    assert_eq!(answers(&ledger), before);
}

/// Puts an entry into the log behind the program's back, with a good checksum.
fn forge(path: &Path, kind: &str, body: &str) {
    let connection = Connection::open(path).unwrap();
    let mut crc = flate2::Crc::new();
    crc.update(kind.as_bytes());
    crc.update(body.as_bytes());
    connection
        .execute(
            "INSERT INTO log SELECT max(sequence) + 1, ?1, 'json', ?2, ?3 FROM log",
            params![kind, body.as_bytes(), crc.sum()],
        )
        .unwrap();
}

#[test]
fn a_forged_entry_cannot_put_words_into_anyones_mouth() {
    let (_folder, path) = new_ledger();
    let pair = taken("town/log.txt", "The pilot said the lamps were lit. The fog was thick.");
    write(&path).keep(std::slice::from_ref(&pair)).unwrap();
    let drafts = serde_json::to_string(&pair.1.to_drafts()).unwrap();
    let forged = drafts.replace("the lamps were lit.", "the lamps were out.");
    let body = |drafts: &str| format!(r#"{{"document_entry":1,"reader":"{READER}","drafts":{drafts}}}"#);
    forge(&path, "reading", &body(&forged));
    let ledger = look(&path);
    let reading = &ledger.snapshot().unwrap().documents[0].1;
    assert_eq!(reading.statements.len(), 1, "{:?}", reading.statements);
    assert_eq!(reading.statements[0].text(), "The fog was thick.");
    assert!(reading.refusals.iter().any(|r| r.words.contains("lamps were out")), "{:?}", reading.refusals);
    let hits = ledger.search("lamps").unwrap();
    assert!(hits.is_empty(), "no statement stands in that sentence: {hits:?}");
    // A code outside its list takes only its own statement with it.
    forge(&path, "reading", &body(&drafts.replace("\"reports\"", "\"shouts\"")));
    let reading = &look(&path).snapshot().unwrap().documents[0].1;
    assert_eq!((reading.statements.len(), reading.refusals.len()), (1, 1));
    assert!(reading.refusals[0].reason.contains("shouts"), "{}", reading.refusals[0].reason);
    assert_eq!(reading.sentences, pair.1.sentences);
}

#[test]
fn a_reading_put_together_by_hand_is_kept_as_it_will_come_back() {
    let (_folder, path) = new_ledger();
    let (document, mut reading) = taken("town/log.txt", "The fog was thick. The pilot said the lamps were lit.");
    let (_, other) = taken("town/other.txt", "The weir was closed. The lamps were out.");
    reading.sentences.reverse();
    reading.sentences.push(Sentence { span: Span::new(4_000, 5_000), parts: Vec::new() });
    reading.statements.reverse();
    reading.statements.extend(other.statements);
    let mut ledger = write(&path);
    ledger.keep(&[(document, reading)]).unwrap();
    let came_back = ledger.snapshot().unwrap().documents[0].1.clone();
    assert_eq!((came_back.statements.len(), came_back.sentences.len(), came_back.refusals.len()), (2, 2, 3));
    let answers = |ledger: &Ledger| ["the", "lamps", "weir"].map(|q| ledger.search_and_tell(q).unwrap());
    let before = answers(&ledger);
    assert_eq!((before[0].1.sentences, before[1].0.len(), before[2].0.len()), (2, 1, 0));
    ledger.drop_cache().unwrap();
    assert_eq!(answers(&ledger), before);
}

#[test]
fn what_breaks_a_law_is_not_kept_and_said_so() {
    let (_folder, path) = new_ledger();
    let mut ledger = write(&path);
    let mut outside = account(1);
    outside.0.zones = vec![Zone { span: Span::new(5, 99_999), kind: ZoneKind::Body }];
    let error = ledger.keep(&[account(0), outside]).unwrap_err();
    assert!(error.to_string().contains("town/00001.txt"), "{error}");
    let strange = (account(1).0, account(2).1);
    assert!(ledger.keep(&[strange]).unwrap_err().to_string().contains("another document"));
    assert_eq!(ledger.counts().unwrap(), Default::default(), "nothing of the batch");
    assert_eq!(ledger.generation().unwrap(), 0);
    drop(ledger);
    let mut looking = Ledger::open(&path, Mode::Read).unwrap();
    let error = looking.keep(&[account(1)]).unwrap_err();
    assert!(error.to_string().contains("opened only to look"), "{error}");
}
