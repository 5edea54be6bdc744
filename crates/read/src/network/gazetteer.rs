//! Facts by which names are told: states, capitals, the words for who belongs to them (`text::states`), and the words that open
//! and close the names of bodies (`rules/gazetteer.toml`); a person may add names of their own. Names are compared without
//! blanks, so that it does not matter where words were cut.

use rashomon_text::states::{self, Called};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The kinds of names, as numbers: a person.
pub(super) const PERSON: u8 = 0;
/// A place.
pub(super) const PLACE: u8 = 1;
/// An organisation.
pub(super) const BODY: u8 = 2;
/// A nationality and the like.
pub(super) const PEOPLE: u8 = 3;

/// How sure it is that words are a name of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// They may be another name or a common word.
    Not,
    /// They are in the built-in list.
    Known,
    /// A person said so.
    Said,
}

/// Names that are known beforehand.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    entries: HashMap<String, (u8, Sure)>,
    longest: usize,
}

/// The words around names.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) heads: HashSet<String>,
    pub(super) bodies_of: HashSet<String>,
    pub(super) places_of: HashSet<String>,
    pub(super) bodies: HashSet<String>,
    pub(super) titles: HashSet<String>,
    pub(super) inner: HashSet<String>,
}

#[derive(Deserialize, Default)]
struct Rules {
    peoples: String,
    heads: String,
    bodies_of: String,
    places_of: String,
    bodies: String,
    titles: String,
    inner: String,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    tests: Vec<Test>,
}

/// A sentence with its names before and after they are mended.
#[derive(Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct Test {
    pub(super) before: String,
    pub(super) after: String,
}

/// What a person's file may hold.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Own {
    persons: Vec<String>,
    places: Vec<String>,
    organizations: Vec<String>,
    peoples: Vec<String>,
}

const RULES: &str = include_str!("../../rules/gazetteer.toml");

static BUILT_IN: LazyLock<(Gazetteer, Around)> = LazyLock::new(|| {
    let rules: Rules = toml::from_str(RULES).unwrap_or_default();
    let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
    let around = Around {
        heads: set(&rules.heads),
        bodies_of: set(&rules.bodies_of),
        places_of: set(&rules.places_of),
        bodies: set(&rules.bodies),
        titles: set(&rules.titles),
        inner: set(&rules.inner),
    };
    let mut names = Gazetteer::default();
    for listed in states::listed() {
        let kind = if listed.called == Called::People { PEOPLE } else { PLACE };
        let sure = if listed.doubtful { Sure::Not } else { Sure::Known };
        names.add(&listed.words.split(' ').collect::<String>(), kind, sure);
    }
    names.add_listed(&rules.peoples, PEOPLE);
    (names, around)
});

/// The words around names.
pub(super) fn around() -> &'static Around {
    &BUILT_IN.1
}

/// The rules' own tests.
#[cfg(test)]
pub(super) fn tests() -> Vec<Test> {
    toml::from_str::<Rules>(RULES).unwrap().tests
}

impl Gazetteer {
    /// The built-in names: states, capitals, nationalities.
    pub fn built_in() -> &'static Gazetteer {
        &BUILT_IN.0
    }

    /// The built-in names and those of a person's file, TOML with lists called `persons`, `places`, `organizations` and
    /// `peoples`. A name in the file counts more than what the reader would take it for.
    pub fn with(file: &str) -> Result<Gazetteer, String> {
        let own: Own = toml::from_str(file).map_err(|e| e.message().to_owned() + &line_of(file, e.span()))?;
        let mut all = Gazetteer::built_in().clone();
        let lists = [(own.persons, PERSON), (own.places, PLACE), (own.organizations, BODY), (own.peoples, PEOPLE)];
        for (names, kind) in lists {
            names.iter().for_each(|name| all.add(&name.split_whitespace().collect::<String>(), kind, Sure::Said));
        }
        Ok(all)
    }

    fn add_listed(&mut self, words: &str, kind: u8) {
        for word in words.split_whitespace() {
            let sure = if word.starts_with('?') { Sure::Not } else { Sure::Known };
            self.add(&word.trim_start_matches('?').replace('_', ""), kind, sure);
        }
    }

    fn add(&mut self, key: &str, kind: u8, sure: Sure) {
        if !key.is_empty() {
            self.longest = self.longest.max(key.len());
            self.entries.insert(key.to_owned(), (kind, sure));
        }
    }

    /// The length in bytes of the longest name, without blanks.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// What a name without its blanks is.
    pub(super) fn get(&self, key: &str) -> Option<(u8, Sure)> {
        self.entries.get(key).copied()
    }
}

fn line_of(file: &str, span: Option<std::ops::Range<usize>>) -> String {
    let line = span.and_then(|s| file.get(..s.start)).map(|before| before.matches('\n').count() + 1);
    line.map_or_else(String::new, |line| format!(" (line {line})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_capitals_and_peoples_are_known_by_their_kind() {
        for (name, kind) in [("Fiji", PLACE), ("BurkinaFaso", PLACE), ("Nuku'alofa", PLACE), ("SriLankan", PEOPLE)] {
            assert_eq!(Gazetteer::built_in().get(name), Some((kind, Sure::Known)), "{name}");
        }
        assert_eq!(Gazetteer::built_in().get("Jordan"), Some((PLACE, Sure::Not)));
    }

    #[test]
    fn a_persons_file_adds_names_and_says_what_is_wrong_with_it() {
        let own = Gazetteer::with("places = [\"Port Marrow\"]\npersons = [\"Georgia\"]").unwrap();
        assert_eq!(own.get("PortMarrow"), Some((PLACE, Sure::Said)));
        assert_eq!(own.get("Georgia"), Some((PERSON, Sure::Said)));
        assert!(Gazetteer::with("\nplace = [\"Marrow\"]").unwrap_err().ends_with("(line 2)"));
    }
}
