//! The dictionary form of a word and what its tag says of it. Forms come from a list, then from rules for the longest
//! ending known for the tag.

use super::error::ModelError;
use super::file::File;
use super::letters::{lower, word_class};
use std::borrow::Cow;
use std::collections::HashMap;

/// The longest ending of a rule, in characters.
const ENDING: usize = 5;

/// What a verb's tag says.
const VERBS: [(&str, &str); 7] = [
    ("VB", "VerbForm=Inf"),
    ("VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"),
    ("VBG", "Tense=Pres|VerbForm=Part"),
    ("VBN", "Tense=Past|VerbForm=Part"),
    ("VBP", "Mood=Ind|Tense=Pres|VerbForm=Fin"),
    ("VBZ", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
    ("MD", "VerbForm=Fin"),
];

/// What a noun's tag says.
const NOUNS: [(&str, &str); 4] =
    [("NN", "Number=Sing"), ("NNP", "Number=Sing"), ("NNS", "Number=Plur"), ("NNPS", "Number=Plur")];

/// What a tag says of its word, and whether it is a verb's.
pub(super) fn features(xpos: &str) -> (&'static str, bool) {
    let find = |list: &[(&str, &'static str)]| list.iter().find(|(tag, _)| *tag == xpos).map(|(_, f)| *f);
    match find(&VERBS) {
        Some(said) => (said, true),
        None => (find(&NOUNS).unwrap_or_default(), false),
    }
}

/// An ending is cut by some characters, and another put in its place.
struct Edit {
    cut: usize,
    ending: Box<str>,
}

/// What one tag knows.
#[derive(Default)]
struct Known {
    words: HashMap<Box<str>, Box<str>>,
    rules: HashMap<Box<str>, Edit>,
    /// A name in the singular stays as it is.
    name: bool,
    /// A name in the plural keeps its capital.
    names: bool,
    /// Short words in capitals stay as they are.
    short: bool,
}

/// Dictionary forms, by tag.
pub(super) struct Lemmas(Vec<Known>);

impl Lemmas {
    pub(super) fn load(file: &File) -> Result<Lemmas, ModelError> {
        let tags = &file.config.xpos;
        let places: HashMap<&str, usize> = tags.iter().enumerate().map(|(n, t)| (t.as_str(), n)).collect();
        let mut all: Vec<Known> = tags.iter().map(|tag| Known::new(tag)).collect();
        for line in file.lines("lemma.words")?.filter(|l| !l.is_empty()) {
            let mut parts = line.splitn(3, '\t');
            let (Some(word), Some(tag), Some(lemma)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(ModelError::values("lemma.words", format!("the line {line:?}")));
            };
            if let Some(known) = places.get(tag).and_then(|n| all.get_mut(*n)) {
                known.words.insert(word.into(), lemma.into());
            }
        }
        for line in file.lines("lemma.rules")?.filter(|l| !l.is_empty()) {
            let mut parts = line.splitn(3, '\t');
            let edit = |text: &str| {
                let (cut, ending) = text.split_once(',')?;
                Some(Edit { cut: cut.parse().ok()?, ending: ending.into() })
            };
            let (Some(tag), Some(suffix), Some(edit)) = (parts.next(), parts.next(), parts.next().and_then(edit))
            else {
                return Err(ModelError::values("lemma.rules", format!("the line {line:?}")));
            };
            if let Some(known) = places.get(tag).and_then(|n| all.get_mut(*n)) {
                known.rules.insert(suffix.into(), edit);
            }
        }
        Ok(Lemmas(all))
    }

    /// The dictionary form of a word with a tag.
    pub(super) fn of<'a>(&'a self, word: &'a str, xpos: u8) -> Cow<'a, str> {
        let Some(known) = self.0.get(usize::from(xpos)) else { return Cow::Borrowed(word) };
        let lower = lower(word);
        if let Some(lemma) = known.words.get(&*lower) {
            return Cow::Borrowed(lemma);
        }
        let short = known.short && word.chars().nth(5).is_none() && word_class(word) == 3;
        if known.name || short {
            return Cow::Borrowed(word);
        }
        match known.edit(&lower) {
            Some(edit) => {
                let out = edit.apply(&lower);
                let capital = known.names && word.starts_with(char::is_uppercase);
                Cow::Owned(if capital { capitalised(&out) } else { out })
            }
            None => lower,
        }
    }
}

impl Known {
    fn new(tag: &str) -> Known {
        Known { name: tag == "NNP", names: tag == "NNPS", short: matches!(tag, "NN" | "ADD"), ..Known::default() }
    }

    /// The rule of the longest ending.
    fn edit(&self, lower: &str) -> Option<&Edit> {
        let mut starts = [lower.len(); ENDING + 1];
        let mut count = 1;
        for ((at, _), place) in lower.char_indices().rev().zip(&mut starts[1..]) {
            *place = at;
            count += 1;
        }
        starts.iter().take(count).rev().find_map(|at| self.rules.get(lower.get(*at..)?))
    }
}

impl Edit {
    /// A rule may cut more than there is: then, as the reference has it, the rest is counted from the end again.
    fn apply(&self, lower: &str) -> String {
        let count = lower.chars().count();
        let keep = if self.cut <= count { count - self.cut } else { (2 * count).saturating_sub(self.cut) };
        let mut out: String = lower.chars().take(keep).collect();
        out.push_str(&self.ending);
        if out.is_empty() { lower.to_owned() } else { out }
    }
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map(char::to_uppercase).into_iter().flatten().chain(rest).collect()
}
