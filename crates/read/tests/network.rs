//! The trained reader, tested with a tiny model of random weights (`train/tiny.py` makes it): it reads exactly what the
//! reference in Python reads, its places hold in any text, and no bytes taken for weights make it panic.

#![allow(clippy::unwrap_used)]

use rashomon_read::network::{Model, ModelError, Parse, conllu};
use std::ops::Range;
use std::path::{Path, PathBuf};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network").join(name)
}

fn weights() -> Vec<u8> {
    std::fs::read(file("tiny.safetensors")).unwrap()
}

fn model() -> Model {
    Model::load(&weights()).unwrap()
}

fn text(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap()
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn assert_same(found: &str, expected: &str) {
    for (n, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "line {}", n + 1);
    }
    assert_eq!(found, expected);
}

/// What must hold for any text: words lie in it, in order, none is empty or blank, nothing but white space lies between
/// them, and each sentence hangs from one root.
fn assert_sound(text: &str, parse: &Parse) {
    let mut last = 0;
    let mut words = 0;
    for sentence in parse.sentences() {
        assert_eq!(sentence.words.start, words, "sentences follow each other");
        words = sentence.words.end;
        let mut roots = 0;
        for word in parse.words(sentence.words.clone()) {
            let range = word.range();
            assert!(range.start >= last && range.end > range.start, "{range:?} after {last}");
            assert!(text.get(last..range.start).is_some_and(|gap| gap.trim().is_empty()), "lost before {range:?}");
            assert!(text.get(range.clone()).is_some_and(|w| !w.contains(char::is_whitespace)), "{range:?}");
            last = range.end;
            roots += usize::from(word.head(sentence).is_none());
            assert_eq!(word.head(sentence).is_none(), word.relation() == "root");
            assert!(word.head(sentence).is_none_or(|h| h.number() != word.number()));
            assert!(!word.lemma().is_empty());
        }
        assert_eq!(roots, 1, "one root in {:?}", sentence.words);
        for role in parse.roles_of(sentence) {
            assert!(sentence.words.contains(&role.predicate) && sentence.words.contains(&role.argument));
            assert!(parse.word(role.predicate).is_some_and(|w| w.is_predicate()));
        }
    }
    assert_eq!(words, parse.len());
    assert!(text.get(last..).is_some_and(|rest| rest.trim().is_empty()), "lost after {last}");
}

#[test]
fn raw_text_is_read_as_the_reference_reads_it() {
    let source = text("tiny.txt");
    assert_same(&conllu::write(&model().parse(&source), &source), &text("tiny.txt.conllu"));
}

#[test]
fn words_given_are_read_as_the_reference_reads_them() {
    let (source, model) = (text("words.conllu"), model());
    let given = conllu::Pretokenised::read(&source).unwrap();
    let parses: Vec<Parse> = given.documents.iter().map(|d| model.parse_words(&source, d)).collect();
    assert_same(&given.write(&source, &parses), &text("words.conllu.conllu"));
}

#[test]
fn a_sentence_reads_the_same_alone_and_among_others() {
    let (source, model) = (text("words.conllu"), model());
    let given = conllu::Pretokenised::read(&source).unwrap();
    let all: Vec<Vec<Range<usize>>> = given.documents.concat().into_iter().cycle().take(90).collect();
    let together = model.parse_words(&source, &all);
    for (sentence, words) in together.sentences().iter().zip(&all) {
        let alone = model.parse_words(&source, std::slice::from_ref(words));
        let of = |parse: &Parse, range: Range<usize>| -> Vec<String> {
            let all = parse.words(range.clone());
            let mut said: Vec<String> = all
                .map(|w| format!("{} {} {} {}", w.upos(), w.head_in_sentence(), w.relation(), w.is_predicate()))
                .collect();
            let here = parse.roles().iter().filter(|r| range.contains(&r.predicate));
            said.extend(
                here.map(|r| format!("{} {} {}", r.predicate - range.start, r.argument - range.start, r.label)),
            );
            said
        };
        assert_eq!(of(&together, sentence.words.clone()), of(&alone, 0..alone.len()));
    }
}

#[test]
fn threads_change_nothing() {
    let (source, model) = (text("tiny.txt").repeat(12), model());
    let alone = model.parse(&source);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| model.parse(&source))).collect();
        for parse in all {
            assert_eq!(parse.join().unwrap(), alone);
        }
    });
    assert_eq!(Model::load(&weights()).unwrap().parse(&source), alone, "nor what was read before");
}

#[test]
fn places_hold_in_any_text() {
    let (model, source) = (model(), text("tiny.txt"));
    let odd = [
        "",
        " ",
        "\n\n\n",
        "\r\n",
        "\u{feff}",
        "🚢🏽👨‍👩‍👧",
        "a\u{301}\u{302}\u{303}",
        "\u{301}",
        "النهر عالٍ؟",
        "हिन्दी में",
        "n't",
        "'t",
        "n't't",
    ];
    let more = [
        "don'tn'tn't",
        "\u{0}\u{7}\u{1f}",
        "\u{2028}x\u{85}y\u{a0}z",
        "ǅ İ ß ſ ŉ",
        "cannotcannot cannot",
        "\u{10ffff}",
        "水車水車",
    ];
    for text in odd.into_iter().chain(more) {
        assert_sound(text, &model.parse(text));
        assert_sound(text, &model.parse(&format!("{text} {text}\r\n\r\n{text}")[..text.len()]));
    }
    let mut chance = Chance(7);
    let parts: Vec<char> = source.chars().chain(odd.concat().chars()).chain(more.concat().chars()).collect();
    for _ in 0..300 {
        let mut text: Vec<char> = Vec::new();
        for _ in 0..chance.below(6) + 1 {
            let start = chance.below(parts.len());
            let end = parts.len().min(start + chance.below(60));
            text.extend(&parts[start..end]);
            text.push(parts[chance.below(parts.len())]);
        }
        let text: String = text.into_iter().collect();
        assert_sound(&text, &model.parse(&text));
    }
}

#[test]
fn long_sentences_are_read() {
    let model = model();
    for words in [1000, 1024, 1025, 3000, 9000] {
        let text = "ships and mills of the river ".repeat(words / 6 + 1);
        let text: String = text.split_inclusive(' ').take(words).collect();
        let parse = model.parse(&text);
        assert_eq!(parse.len(), words);
        assert_sound(&text, &parse);
    }
    let text = "x-".repeat(20_000);
    assert_sound(&text, &model.parse(&text));
}

#[test]
fn sentences_without_words_stay() {
    let (text, given) = ("ships", std::iter::once(0..5).collect());
    let parse = model().parse_words(text, &[vec![], given, vec![]]);
    let lengths: Vec<usize> = parse.sentences().iter().map(|s| s.words.len()).collect();
    assert_eq!(lengths, [0, 1, 0]);
}

#[test]
fn a_part_of_a_model_is_an_error() {
    let whole = weights();
    let ends = (0..3000).chain((3000..whole.len()).step_by(997)).chain([whole.len() - 1]);
    for end in ends {
        assert!(Model::load(&whole[..end]).is_err(), "the first {end} bytes");
    }
    let error = Model::load(b"The mayor of Brinmouth").err().unwrap();
    assert!(matches!(error, ModelError::Damaged(_)), "{error}");
    assert!(error.to_string().starts_with("these are not the weights of a reader"), "{error}");
}

#[test]
fn damage_is_an_error_or_another_model_but_no_panic() {
    let (whole, source) = (weights(), text("tiny.txt"));
    let mut chance = Chance(11);
    let head = 8 + u64::from_le_bytes(whole[..8].try_into().unwrap()) as usize;
    let (mut refused, mut read) = (0, 0);
    for round in 0..1500 {
        let mut bytes = whole.clone();
        for _ in 0..1 + chance.below(4) {
            let limit = if round % 2 == 0 { head } else { bytes.len() };
            let place = chance.below(limit);
            bytes[place] = chance.below(256) as u8;
        }
        match Model::load(&bytes) {
            Err(_) => refused += 1,
            Ok(model) => {
                read += 1;
                let parse = model.parse(&source[..source.len() / 2 - source.len() / 2 % 2]);
                let _any = conllu::write(&parse, &source);
            }
        }
    }
    assert!(refused > 300 && read > 100, "{refused} refused, {read} read");
}

#[test]
fn a_missing_or_wrong_part_is_named() {
    let whole = weights();
    let renamed = |from: &str, to: &str| {
        let mut bytes = whole.clone();
        let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
        bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
        Model::load(&bytes).err().unwrap()
    };
    assert_eq!(renamed("arc.prior", "arc.prioX"), ModelError::Missing("arc.prior".into()));
    assert!(renamed("\"root\"", "\"roof\"").to_string().contains("root"));
}

#[test]
fn conllu_that_is_none_is_refused_with_its_line() {
    for (source, line) in
        [("no tabs here", 1), ("# ok\n1\tmills\n3\tships\n", 3), ("1\tmills\n\n2\tships\n", 3), ("1\t\t_\n", 1)]
    {
        let error = conllu::Pretokenised::read(source).unwrap_err();
        assert_eq!(error.line, line, "{error}");
    }
    let short = conllu::Pretokenised::read("1\tmills\r\n2\tclose\r\n").unwrap();
    assert_eq!(short.documents.concat().concat().len(), 2);
}
