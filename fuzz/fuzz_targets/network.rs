//! Any bytes as text for the trained reader: no panic, words lie in the text in order with only white space between them, every
//! sentence is one tree, and what is written as CoNLL-U is read again as the same words.
#![no_main]

use rashomon_read::network::{Model, conllu};
use std::sync::LazyLock;

/// The tiny model of the reader's tests: what can break is not in the weights.
static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::load(include_bytes!("../../crates/read/tests/network/tiny.safetensors")).unwrap());

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let parse = MODEL.parse(&text);
    let blank = |range: std::ops::Range<usize>| text.get(range).is_some_and(|gap| gap.trim().is_empty());
    let (mut last, mut words) = (0, 0);
    for sentence in parse.sentences() {
        assert_eq!(sentence.words.start, words);
        words = sentence.words.end;
        let mut roots = 0;
        for word in parse.words(sentence.words.clone()) {
            let range = word.range();
            assert!(range.start < range.end && blank(last..range.start) && !word.text(&text).is_empty());
            last = range.end;
            roots += usize::from(word.head(sentence).is_none());
        }
        assert_eq!(roots, 1);
        for role in parse.roles_of(sentence) {
            assert!(sentence.words.contains(&role.predicate) && sentence.words.contains(&role.argument));
        }
    }
    assert!(words == parse.len() && blank(last..text.len()));
    let written = conllu::write(&parse, &text);
    let again = conllu::Pretokenised::read(&written).unwrap();
    assert_eq!(again.documents.iter().flatten().map(Vec::len).sum::<usize>(), parse.len());
    if let Ok(given) = conllu::Pretokenised::read(&text) {
        let parses: Vec<_> = given.documents.iter().map(|d| MODEL.parse_words(&text, d)).collect();
        let _written = given.write(&text, &parses);
    }
});
