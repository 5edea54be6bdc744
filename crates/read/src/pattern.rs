//! Patterns of atoms, written as data: `the? last|past NUM UNIT`.
//!
//! A small word is itself (`|` between alternatives), a word in capitals is a class of a rule file's `[classes]` or one
//! of the numbers below, `?` behind makes it optional, `~` before asks that nothing stands between it and the atom
//! before. Of all rules that fit at a place the longest fit wins, then the first written. A class lists its words with
//! the value each stands for (`april=4`); `_` joins a member of several words.
//!
//! | class | fits |
//! |---|---|
//! | `NUM` | a number in words or figures of any length |
//! | `INT` | digits alone; `DAY` 1 to 31, `MON` 1 to 12, `HOUR` 0 to 24, `MIN` two digits to 59, `TWO` two digits |
//! | `YEAR` | four digits, 1000 to 2199; `OLDYEAR` one to four digits; `YEARWORDS` a year in words |

use crate::atom::{Atom, AtomKind, Vocabulary};
use crate::number::{self, Number, NumberWords};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One rule as written.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct RuleText {
    /// Patterns that mean the same.
    find: Vec<String>,
    /// What a fit means; the code knows the word.
    pub(crate) means: String,
    /// Words that may not stand before.
    #[serde(default)]
    not_after: String,
    /// Words that may not stand behind.
    #[serde(default)]
    not_before: String,
    /// Words of which one must stand before.
    #[serde(default)]
    only_after: String,
}

/// Something that a fit has caught: a class's member.
#[derive(Debug, Clone)]
pub(crate) struct Caught {
    /// Index of the class.
    class: u8,
    /// First atom.
    pub(crate) at: usize,
    /// Its value.
    pub(crate) value: i64,
    /// A number of any length.
    pub(crate) number: Option<Number>,
}

/// A fit of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Fit<'a> {
    /// First atom.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// What the rule says it means.
    pub(crate) means: &'a str,
    caught: Vec<Caught>,
    patterns: &'a Patterns,
}

impl Fit<'_> {
    /// The members of a class that were caught, in order.
    pub(crate) fn all(&self, class: &str) -> impl Iterator<Item = &Caught> {
        let wanted = self.patterns.class(class);
        self.caught.iter().filter(move |c| Some(c.class) == wanted)
    }
    /// The value of the first member of a class.
    pub(crate) fn value(&self, class: &str) -> Option<i64> {
        self.all(class).next().map(|c| c.value)
    }
    /// The number that was caught.
    pub(crate) fn number(&self) -> Option<&Number> {
        self.caught.iter().find_map(|c| c.number.as_ref())
    }
}

#[derive(Debug, Clone)]
enum Piece {
    Words(Vec<u16>),
    Class(u8),
}

#[derive(Debug, Clone)]
struct Element {
    piece: Piece,
    optional: bool,
    glued: bool,
}

#[derive(Debug)]
struct Rule {
    elements: Vec<Element>,
    means: String,
    not_after: Vec<u16>,
    not_before: Vec<u16>,
    only_after: Vec<u16>,
}

#[derive(Debug, Clone)]
struct Member {
    class: u8,
    value: i64,
    rest: Vec<u16>,
}

/// Classes that no list holds.
const NUMBERS: [&str; 9] = ["NUM", "INT", "DAY", "MON", "HOUR", "MIN", "TWO", "YEAR", "OLDYEAR"];
const YEAR_IN_WORDS: u8 = NUMBERS.len() as u8;

/// Compiled rules and lists of one rule file.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    vocabulary: Vocabulary,
    classes: Vec<String>,
    members: Vec<Vec<Member>>,
    rules: Vec<Rule>,
    /// Rules that may begin with a word, by its id; with digits; with a figure.
    by_word: Vec<Vec<u16>>,
    by_digits: Vec<u16>,
    by_figure: Vec<u16>,
    numbers: NumberWords,
}

impl Patterns {
    /// Compiles lists and rules; what is wrong in them comes back as complaints.
    pub(crate) fn new(classes: &BTreeMap<String, String>, rules: &[RuleText]) -> (Patterns, Vec<String>) {
        let mut made = Patterns::default();
        let mut complaints = Vec::new();
        made.classes = NUMBERS.iter().map(|n| (*n).to_owned()).collect();
        made.classes.push("YEARWORDS".to_owned());
        for (name, words) in classes {
            made.classes.push(name.clone());
            let class = (made.classes.len() - 1) as u8;
            for word in words.split_whitespace() {
                made.add_member(class, word, &mut complaints);
            }
        }
        made.numbers = NumberWords::of(|class, id| made.member_value(class, id), &made.classes);
        for text in rules {
            for find in &text.find {
                made.add_rule(text, find, &mut complaints);
            }
        }
        made.members.resize(made.vocabulary.len(), Vec::new());
        made.index();
        (made, complaints)
    }

    /// The vocabulary, to cut atoms by.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Index of a class.
    fn class(&self, name: &str) -> Option<u8> {
        self.classes.iter().position(|c| c == name).map(|at| at as u8)
    }

    fn add_member(&mut self, class: u8, word: &str, complaints: &mut Vec<String>) {
        let (words, value) = match word.rsplit_once('=') {
            Some((words, value)) if !words.is_empty() => (words, value.parse().unwrap_or(i64::MIN)),
            _ => (word, 0),
        };
        if value == i64::MIN {
            complaints.push(format!("{word}: not a number behind ="));
        }
        let mut ids: Vec<u16> = words.split('_').filter(|w| !w.is_empty()).map(|w| self.vocabulary.add(w)).collect();
        if ids.is_empty() {
            return;
        }
        let first = ids.remove(0) as usize;
        if self.members.len() <= first {
            self.members.resize(first + 1, Vec::new());
        }
        self.members[first].push(Member { class, value, rest: ids });
        self.members[first].sort_by_key(|m| std::cmp::Reverse(m.rest.len()));
    }

    fn member_value(&self, class: u8, id: u16) -> Option<i64> {
        let members = self.members.get(id as usize)?;
        members.iter().find(|m| m.class == class && m.rest.is_empty()).map(|m| m.value)
    }

    fn words(&mut self, list: &str) -> Vec<u16> {
        list.split_whitespace().map(|w| self.vocabulary.add(w)).collect()
    }

    fn add_rule(&mut self, text: &RuleText, find: &str, complaints: &mut Vec<String>) {
        let mut elements = Vec::new();
        for word in find.split_whitespace() {
            let (word, optional) =
                word.strip_suffix('?').filter(|w| !w.is_empty()).map_or((word, false), |w| (w, true));
            let (word, glued) = word.strip_prefix('~').map_or((word, false), |w| (w, true));
            let named = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            let piece = match self.class(word) {
                Some(class) if named => Piece::Class(class),
                None if named => {
                    complaints.push(format!("{find}: no class is called {word}"));
                    continue;
                }
                _ => Piece::Words(word.split('|').map(|w| self.vocabulary.add(w)).collect()),
            };
            elements.push(Element { piece, optional, glued });
        }
        if elements.iter().all(|e| e.optional) {
            complaints.push(format!("{find}: nothing in it is required"));
            return;
        }
        let rule = Rule {
            elements,
            means: text.means.clone(),
            not_after: self.words(&text.not_after),
            not_before: self.words(&text.not_before),
            only_after: self.words(&text.only_after),
        };
        self.rules.push(rule);
    }

    /// Which rules may begin with what.
    fn index(&mut self) {
        self.by_word = vec![Vec::new(); self.vocabulary.len()];
        for (place, rule) in self.rules.iter().enumerate() {
            let place = place as u16;
            for element in &rule.elements {
                match &element.piece {
                    Piece::Words(ids) => ids.iter().for_each(|id| self.by_word[*id as usize].push(place)),
                    Piece::Class(class) => {
                        let numeric = (*class as usize) < NUMBERS.len();
                        if numeric {
                            self.by_digits.push(place);
                        }
                        if *class == 0 {
                            self.by_figure.push(place);
                        }
                        for (id, members) in self.members.iter().enumerate() {
                            let number = (*class == 0 || *class == YEAR_IN_WORDS) && self.numbers.begins(id as u16);
                            if number || members.iter().any(|m| m.class == *class) {
                                self.by_word[id].push(place);
                            }
                        }
                    }
                }
                if !element.optional {
                    break;
                }
            }
        }
        let lists = self.by_word.iter_mut().chain([&mut self.by_digits, &mut self.by_figure]);
        for list in lists {
            list.sort_unstable();
            list.dedup();
        }
    }

    /// The member of a list that begins at an atom: where it ends and its value.
    pub(crate) fn member(&self, list: &str, atoms: &[Atom], at: usize) -> Option<(usize, i64)> {
        let class = self.class(list)?;
        let (rest, value) = self.member_at(class, atoms, at)?;
        Some((at + 1 + rest, value))
    }

    /// The number that begins at an atom, and where it ends.
    pub(crate) fn number(&self, text: &str, atoms: &[Atom], at: usize) -> Option<(usize, Number)> {
        number::read(text, atoms, at, &self.numbers)
    }

    /// The longest member of a class at an atom: how many atoms follow its first, and its value.
    fn member_at(&self, class: u8, atoms: &[Atom], at: usize) -> Option<(usize, i64)> {
        let members = self.members.get(atoms.get(at).filter(|a| a.word != 0)?.word as usize)?;
        let fits = |m: &&Member| {
            let mut more = m.rest.iter().enumerate();
            m.class == class && more.all(|(i, w)| atoms.get(at + 1 + i).is_some_and(|a| a.word == *w))
        };
        members.iter().find(fits).map(|m| (m.rest.len(), m.value))
    }

    /// The best fit that begins at an atom.
    pub(crate) fn fit<'a>(&'a self, text: &str, atoms: &[Atom], at: usize) -> Option<Fit<'a>> {
        let atom = atoms.get(at)?;
        let rules: &[u16] = match atom.kind {
            AtomKind::Digits => &self.by_digits,
            AtomKind::Figure => &self.by_figure,
            _ => self.by_word.get(atom.word as usize)?,
        };
        let mut best: Option<Fit<'a>> = None;
        for place in rules {
            let Some(rule) = self.rules.get(*place as usize) else { continue };
            let mut caught = Vec::new();
            let Some(end) = self.follow(text, atoms, &rule.elements, at, &mut caught) else { continue };
            if best.as_ref().is_some_and(|b| b.end >= end) || !self.stands(rule, atoms, at, end) {
                continue;
            }
            best = Some(Fit { start: at, end, means: &rule.means, caught, patterns: self });
        }
        best
    }

    /// Whether the neighbours are as the rule asks.
    fn stands(&self, rule: &Rule, atoms: &[Atom], start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).and_then(|i| atoms.get(i)).map_or(0, |a| a.word);
        let behind = atoms.get(end).map_or(0, |a| a.word);
        let barred = |list: &[u16], word: u16| word != 0 && list.contains(&word);
        !barred(&rule.not_after, before)
            && !barred(&rule.not_before, behind)
            && (rule.only_after.is_empty() || rule.only_after.contains(&before))
    }

    fn follow(
        &self,
        text: &str,
        atoms: &[Atom],
        rest: &[Element],
        at: usize,
        caught: &mut Vec<Caught>,
    ) -> Option<usize> {
        let Some((element, after)) = rest.split_first() else { return Some(at) };
        let mark = caught.len();
        let end = self.ends(text, atoms, element, at, caught);
        if let Some(found) = end.and_then(|end| self.follow(text, atoms, after, end, caught)) {
            return Some(found);
        }
        caught.truncate(mark);
        if element.optional { self.follow(text, atoms, after, at, caught) } else { None }
    }

    /// Where an element that begins here ends; a class's member is caught.
    fn ends(
        &self,
        text: &str,
        atoms: &[Atom],
        element: &Element,
        at: usize,
        caught: &mut Vec<Caught>,
    ) -> Option<usize> {
        let atom = atoms.get(at)?;
        if element.glued && !atom.glued {
            return None;
        }
        match &element.piece {
            Piece::Words(ids) => (atom.word != 0 && ids.contains(&atom.word)).then_some(at + 1),
            Piece::Class(0) => {
                let (end, number) = number::read(text, atoms, at, &self.numbers)?;
                caught.push(Caught { class: 0, at, value: number.whole().unwrap_or(0), number: Some(number) });
                Some(end)
            }
            Piece::Class(class) if *class == YEAR_IN_WORDS => {
                let (end, value) = number::year_words(atoms, at, &self.numbers)?;
                caught.push(Caught { class: *class, at, value, number: None });
                Some(end)
            }
            Piece::Class(class) if (*class as usize) < NUMBERS.len() => {
                let value = digits(atom, NUMBERS.get(*class as usize)?)?;
                caught.push(Caught { class: *class, at, value, number: None });
                Some(at + 1)
            }
            Piece::Class(class) => {
                let (rest, value) = self.member_at(*class, atoms, at)?;
                caught.push(Caught { class: *class, at, value, number: None });
                Some(at + 1 + rest)
            }
        }
    }
}

/// The value of digits, if the class holds them.
fn digits(atom: &Atom, class: &str) -> Option<i64> {
    if atom.kind != AtomKind::Digits {
        return None;
    }
    let (value, length) = (atom.value, atom.digits);
    let fits = match class {
        "INT" => true,
        "DAY" => length <= 2 && (1..=31).contains(&value),
        "MON" => length <= 2 && (1..=12).contains(&value),
        "HOUR" => length <= 2 && value <= 24,
        "MIN" => length == 2 && value < 60,
        "TWO" => length == 2,
        "YEAR" => length == 4 && (1000..2200).contains(&value),
        "OLDYEAR" => length <= 4 && value > 0,
        _ => false,
    };
    fits.then_some(i64::from(value))
}
