//! An organisation's name as the ideas in it, whatever language they are told in: *Front de libération* and *Liberation
//! Front* hold the same two. Words that are no known idea are what the organisation is called, and are compared by
//! sound. The lists are in `data/organisations.toml`.

use super::token::{Token, tokens};
use crate::latin;
use crate::sound::Sounds;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// One word of an organisation's name.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// As it is written.
    pub(super) text: String,
    /// In plain Latin letters.
    pub(super) latin: String,
    /// As it is heard.
    pub(super) sounds: Sounds,
    /// The idea, by its number in the list.
    pub(super) idea: Option<usize>,
    /// How much it tells.
    pub(super) weight: f32,
    /// The number that it is, as digits.
    pub(super) number: Option<u32>,
}

/// An organisation's name.
#[derive(Debug, Clone, Default)]
pub(super) struct OrganisationName {
    /// Its words without those that only join others.
    pub(super) words: Vec<Word>,
    /// First letters of all its words, those that only join others in lower case.
    pub(super) initials: String,
    /// The letters, if the whole name is a word in capitals.
    pub(super) letters: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    ideas: Vec<Ideas>,
}

#[derive(Debug, Default, Deserialize)]
struct Ideas {
    weight: f32,
    words: Vec<String>,
}

struct Known {
    /// From the Latin form, words joined by a space, to the idea.
    forms: HashMap<String, usize>,
    /// First words of forms that have several.
    longer: HashSet<String>,
    /// Weight of each idea.
    weights: Vec<f32>,
    /// The first letters that an idea has in some language.
    initials: Vec<Vec<u8>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/organisations.toml")).unwrap_or_default();
    let mut known = Known { forms: HashMap::new(), longer: HashSet::new(), weights: Vec::new(), initials: Vec::new() };
    for (weight, line) in file.ideas.iter().flat_map(|i| i.words.iter().map(move |line| (i.weight, line))) {
        let idea = known.weights.len();
        known.weights.push(weight);
        let mut initials = Vec::new();
        for form in line.split_whitespace() {
            let words: Vec<String> = form.split('_').map(|w| latin::word(w).text).collect();
            if let (true, Some(first)) = (words.len() > 1, words.first()) {
                known.longer.insert(first.clone());
            }
            initials.extend(words.first().and_then(|w| w.bytes().next()).filter(|_| form.is_ascii() || weight > 0.2));
            known.forms.entry(words.join(" ")).or_insert(idea);
        }
        initials.sort_unstable();
        initials.dedup();
        known.initials.push(initials);
    }
    known
});

/// Whether a word is an idea that organisations are named by.
pub(super) fn is_idea(token: &Token) -> bool {
    let known = &*KNOWN;
    let weight = known.forms.get(token.latin.text.as_str()).and_then(|idea| known.weights.get(*idea));
    weight.is_some_and(|weight| *weight > 0.0) && !token.initial
}

/// The words and ideas of an organisation's name.
pub(super) fn organisation(name: &str) -> OrganisationName {
    let known = &*KNOWN;
    let tokens = spelt_out(tokens(name));
    let mut found = OrganisationName::default();
    if let [only] = tokens.as_slice() {
        let count = only.text.chars().count();
        let capitals = only.text.chars().all(|c| c.is_uppercase() || c.is_numeric());
        found.letters = (capitals && (2..=7).contains(&count)).then(|| only.latin.text.clone());
    }
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (idea, length) = match phrase(known, tokens.get(at..).unwrap_or_default()) {
            Some(found) => found,
            None => (usize::MAX, 1),
        };
        let idea = known.weights.get(idea).map(|weight| (idea, *weight));
        let joins = matches!(idea, Some((_, weight)) if weight == 0.0);
        // A company's form is no part of what its letters stand for.
        if let Some(first) = token.latin.text.chars().next().filter(|_| !matches!(idea, Some((_, w)) if w == 0.1)) {
            found.initials.push(if joins { first } else { first.to_ascii_uppercase() });
        }
        at += length;
        if joins && tokens.len() > 1 {
            continue;
        }
        found.words.push(word(token, idea));
    }
    found
}

fn word(token: &Token, idea: Option<(usize, f32)>) -> Word {
    let number = number(&token.latin.text);
    Word {
        text: token.text.clone(),
        latin: token.latin.text.clone(),
        sounds: token.sounds,
        idea: idea.map(|(idea, _)| idea),
        weight: idea.map_or(1.0, |(_, weight)| weight.max(0.05)),
        number,
    }
}

/// The longest phrase of up to five words that is an idea.
fn phrase(known: &Known, tokens: &[Token]) -> Option<(usize, usize)> {
    let first = tokens.first()?;
    if known.longer.contains(first.latin.text.as_str()) {
        for length in (2..=tokens.len().min(5)).rev() {
            let words: Vec<&str> = tokens.iter().take(length).map(|t| t.latin.text.as_str()).collect();
            if let Some(idea) = known.forms.get(&words.join(" ")) {
                return Some((*idea, length));
            }
        }
    }
    let bare = || first.latin.text.strip_prefix("al").filter(|_| first.latin.vowels_missing);
    let idea = known.forms.get(first.latin.text.as_str()).or_else(|| known.forms.get(bare()?))?;
    Some((*idea, 1))
}

/// Joins letters that were parted by dots: `U.N.` and `U N` are `UN`, unless a phrase has them apart.
fn spelt_out(tokens: Vec<Token>) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut letters = 0;
    for token in tokens {
        let letter = token.initial && token.text.chars().all(char::is_uppercase);
        letters = if letter { letters + 1 } else { 0 };
        match all.last_mut() {
            Some(last) if letters > 1 => {
                let text = format!("{}{}", last.text, token.text);
                *last = Token { initial: false, comma: token.comma, ..Token::new(&text) };
            }
            _ => all.push(token),
        }
    }
    all
}

/// Numbers as digits, ordinals as words, 5th.
fn number(latin: &str) -> Option<u32> {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    if let Some(n) = ORDINALS.iter().position(|o| *o == latin) {
        return u32::try_from(n + 1).ok();
    }
    let digits = latin.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = latin.get(digits.len()..).unwrap_or_default();
    matches!(ending, "" | "st" | "nd" | "rd" | "th" | "e" | "eme" | "er" | "y" | "ya").then_some(digits)?.parse().ok()
}

/// Whether letters can stand for a name, and how surely: its first letters in their order, or each letter for a word in
/// some language and order (*FMP* for the *Popular Mobilisation Forces*).
pub(super) fn stands_for(letters: &str, name: &OrganisationName) -> Option<(f32, &'static str)> {
    let count = name.words.iter().filter(|w| w.weight > 0.2).count();
    if name.words.len() < 2 || count < 1 {
        return None;
    }
    let all = name.initials.to_ascii_lowercase();
    let main: String = name.initials.chars().filter(char::is_ascii_uppercase).map(|c| c.to_ascii_lowercase()).collect();
    if letters == all || letters == main {
        return Some((0.9, "stands for the first letters of"));
    }
    if count < 2 {
        return None;
    }
    // "BBS" for "Bar and Basin Society" with the joining words in between left out in part.
    if letters.len() >= 3 && main.len() >= 2 && within(&main, letters) && within(letters, &all) {
        return Some((0.8, "stands for first letters of"));
    }
    (letters.len() >= 3 && letters.len() == count && each_has_a_word(letters.as_bytes(), name))
        .then_some((0.76, "has a letter for each word, in the order of another language, of"))
}

/// Whether the letters of the first stand in the second in their order.
fn within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|d| d == c))
}

/// Whether each letter can be given a word of its own whose idea begins with it in some language.
fn each_has_a_word(letters: &[u8], name: &OrganisationName) -> bool {
    fn place(letters: &[u8], words: &[Vec<u8>], used: &mut Vec<bool>) -> bool {
        let Some((first, rest)) = letters.split_first() else { return true };
        for n in 0..words.len() {
            let free = !used.get(n).copied().unwrap_or(true);
            if free && words.get(n).is_some_and(|w| w.contains(first)) {
                if let Some(place) = used.get_mut(n) {
                    *place = true;
                }
                if place(rest, words, used) {
                    return true;
                }
                if let Some(place) = used.get_mut(n) {
                    *place = false;
                }
            }
        }
        false
    }
    let telling = name.words.iter().filter(|w| w.weight > 0.2);
    let words: Vec<Vec<u8>> = telling
        .map(|w| match w.idea.and_then(|idea| KNOWN.initials.get(idea)) {
            Some(initials) => initials.clone(),
            None => w.latin.bytes().take(1).collect(),
        })
        .collect();
    place(letters, &words, &mut vec![false; words.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_idea_has_forms_and_no_form_is_lost_in_silence() {
        let file: File = toml::from_str(include_str!("../../data/organisations.toml")).unwrap();
        assert!(file.ideas.iter().map(|i| i.words.len()).sum::<usize>() > 80);
        assert!(KNOWN.forms.len() > 800, "{}", KNOWN.forms.len());
    }

    #[test]
    fn numbers_are_told_in_many_ways() {
        let numbers = ["5", "5th", "fifth", "5e", "Fifth", "five-ish"].map(|w| number(&latin::word(w).text));
        assert_eq!(numbers, [Some(5), Some(5), Some(5), Some(5), Some(5), None]);
    }

    #[test]
    fn letters_stand_for_words() {
        let stands = |letters: &str, name: &str| stands_for(letters, &organisation(name)).map(|(score, _)| score);
        assert_eq!(stands("hbc", "Hudson's Bay Company"), Some(0.9));
        assert_eq!(stands("rnli", "Royal National Lifeboat Institution"), Some(0.9));
        assert_eq!(stands("frp", "Popular Resistance Front"), Some(0.76), "French order");
        assert_eq!(stands("fs", "Free State"), Some(0.9));
        assert_eq!(stands("abc", "Popular Resistance Front"), None);
        assert_eq!(organisation("U.N.").letters.as_deref(), Some("un"));
        assert_eq!(organisation("Hull").letters, None);
    }
}
