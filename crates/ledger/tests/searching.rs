//! Searching: what is found, in which order, and that a query can be anything.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use rashomon_ledger::Ledger;

fn town(texts: &[(&str, &str)]) -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = write(&folder.path().join("town.ledger"));
    ledger.keep(&texts.iter().map(|(path, text)| taken(path, text)).collect::<Vec<_>>()).unwrap();
    (folder, ledger)
}

/// The sentences found.
fn found(ledger: &Ledger, query: &str) -> Vec<String> {
    let snapshot = ledger.snapshot().unwrap();
    let hits = ledger.search(query).unwrap();
    hits.iter().map(|hit| hit.sentence.of(&snapshot.document(&hit.document).unwrap().0.text).unwrap().into()).collect()
}

#[test]
fn all_words_must_stand_in_the_sentence_and_a_phrase_as_it_is() {
    let (_folder, ledger) = town(&[
        ("a.txt", "The harbour strike ended. The strike reached the harbour. The harbour froze."),
        ("b.txt", "The mayor opened a well-known mill."),
    ]);
    assert_eq!(found(&ledger, "strike harbour").len(), 2);
    assert_eq!(found(&ledger, "\"harbour strike\""), ["The harbour strike ended."]);
    assert_eq!(found(&ledger, "«strike reached» HARBOUR"), ["The strike reached the harbour."]);
    assert_eq!(found(&ledger, "well-known").len(), 1);
    assert_eq!(found(&ledger, "known well").len(), 1);
    assert!(found(&ledger, "known-well").is_empty());
    assert!(found(&ledger, "harbour mill").is_empty(), "they stand in different sentences");
}

#[test]
fn a_hit_names_the_statements_of_its_sentence() {
    let (_folder, ledger) = town(&[("a.txt", "The pilot said the tide was high. Was the tide high?")]);
    let (hits, searched) = ledger.search_and_tell("tide").unwrap();
    let statement = ledger.snapshot().unwrap().documents[0].1.statements[0].clone();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].statements, [statement.id().clone()]);
    assert_eq!(hits[0].sentence, statement.sentence());
    assert_eq!((searched.documents, searched.sentences, searched.without_statement), (1, 2, 1));
    assert_eq!(searched.terms, ["tide"]);
    let (hits, searched) = ledger.search_and_tell("glacier \"old mill\"").unwrap();
    assert!(hits.is_empty());
    assert_eq!((searched.documents, searched.sentences), (1, 2), "nothing found, and this is where");
    assert_eq!(searched.terms, ["glacier", "old mill"]);
}

#[test]
fn the_best_come_first_then_by_path_and_place() {
    let (_folder, ledger) = town(&[
        ("c.txt", "The river rose. The river rose."),
        ("b.txt", "The river, the river and again the river."),
        ("a.txt", "The river rose."),
    ]);
    let snapshot = ledger.snapshot().unwrap();
    let hits = ledger.search("river").unwrap();
    let places: Vec<_> =
        hits.iter().map(|h| (snapshot.document(&h.document).unwrap().0.path.as_str(), h.sentence.start)).collect();
    assert_eq!(places, [("b.txt", 0), ("a.txt", 0), ("c.txt", 0), ("c.txt", 16)]);
}

#[test]
fn many_scripts_and_spellings_are_found() {
    let (_folder, ledger) = town(&[
        ("a.txt", "قال مُحَمَّد إن الميناء مفتوح. شهردار گفت کتاب علی گم می‌شود. در سال ۱۳۹۱ بود."),
        ("b.txt", "Капитан Рождественский вышел из гавани. Jan Žižka crossed the straße in Århus."),
        ("c.txt", "The cafe\u{301} was clo\u{AD}sed. 港口罢工结束了。"),
    ]);
    for query in [
        "محمد",
        "كتاب",
        "علي",
        "می‌شود",
        "1391",
        "۱۳۹۱",
        "рождественскии",
        "Рождественский",
        "zizka",
        "Århus",
        "café",
        "cafe",
        "closed",
        "straße",
        "\"الميناء مفتوح\"",
    ] {
        assert_eq!(found(&ledger, query).len(), 1, "{query}");
    }
}

#[test]
fn any_string_is_a_safe_query() {
    let (_folder, ledger) = town(&[("a.txt", "The mayor and the mill or not near the river.")]);
    let long = "river ".repeat(5_000);
    let different: String = (0..5_000).map(|n| format!("river{n} ")).collect();
    for query in [
        "",
        " ",
        "\"",
        "\"\"",
        "\"\"\"",
        "'",
        "mayor'",
        "mayor\"",
        "*",
        "may*",
        "^mayor",
        "-mill",
        "mill -river",
        "(",
        ")",
        "NEAR(mayor mill)",
        "NEAR",
        "AND",
        "OR",
        "NOT",
        "mayor AND",
        "words:mayor",
        "{words}: mayor",
        "a + b",
        "mayor\0mill",
        "\u{0}",
        "\u{202e}mayor",
        "؟",
        "«",
        "—",
        "%",
        "_",
        ";",
        "DROP TABLE log",
        "\\",
        "☭",
        "🛶 mayor",
        "\u{301}",
        "ﷺ",
        "\u{e000}",
        "\u{10ffff}",
        "१",
        "ก่",
        &long,
        &different,
        &"x".repeat(100_000),
        &"\" ".repeat(999),
    ] {
        let hits = ledger.search(query);
        assert!(hits.is_ok(), "{:?}: {}", query.chars().take(30).collect::<String>(), hits.unwrap_err());
    }
    assert_eq!(found(&ledger, "AND OR NOT near").len(), 1, "operators are words");
    assert_eq!(found(&ledger, "mayor — mill").len(), 1, "what is no word is left aside");
    assert_eq!(found(&ledger, &long).len(), 1);
    assert!(found(&ledger, "").is_empty());
}

#[test]
fn a_sentence_broken_by_a_page_is_found_by_its_own_words() {
    use rashomon_core::{Sentence, Span};
    let text = "The strike PAGE 7 ended.";
    let document = document("a.txt", text);
    let mut drafts = common::drafts(&document);
    drafts.sentences = vec![Sentence { span: Span::new(0, 24), parts: vec![Span::new(0, 10), Span::new(18, 24)] }];
    let reading = drafts.ground(&document, READER);
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = write(&folder.path().join("town.ledger"));
    ledger.keep(&[(document, reading)]).unwrap();
    assert_eq!(found(&ledger, "\"strike ended\"").len(), 1);
    assert!(found(&ledger, "page").is_empty());
}
