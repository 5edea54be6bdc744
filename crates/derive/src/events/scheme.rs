//! The scheme: types with their quads and scores, modes, contexts. A closed list from a data file; a rule that names a
//! code outside it is refused when it is read.

use super::phrase::{self, WordSet};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// One of the four quads: verbal or material, cooperation or conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Quad {
    /// Words that bring together.
    #[serde(rename = "verbal cooperation")]
    VerbalCooperation,
    /// Deeds that help.
    #[serde(rename = "material cooperation")]
    MaterialCooperation,
    /// Words against somebody.
    #[serde(rename = "verbal conflict")]
    VerbalConflict,
    /// Deeds against somebody.
    #[serde(rename = "material conflict")]
    MaterialConflict,
}

impl Quad {
    /// All four, in the order in which views show them.
    pub const ALL: [Quad; 4] =
        [Quad::VerbalCooperation, Quad::MaterialCooperation, Quad::VerbalConflict, Quad::MaterialConflict];

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Quad::VerbalCooperation => "verbal cooperation",
            Quad::MaterialCooperation => "material cooperation",
            Quad::VerbalConflict => "verbal conflict",
            Quad::MaterialConflict => "material conflict",
        }
    }

    /// Whether it stands on the side of cooperation.
    pub fn cooperates(self) -> bool {
        matches!(self, Quad::VerbalCooperation | Quad::MaterialCooperation)
    }
}

/// One type of event.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventType {
    /// Its quad.
    pub quad: Quad,
    /// From -10 to +10.
    pub score: f64,
    /// Its modes, each with its own score.
    #[serde(default)]
    pub modes: BTreeMap<String, f64>,
}

/// The parts of a file that extend or make a scheme.
#[derive(Debug, Default, Deserialize)]
pub(super) struct SchemeFile {
    #[serde(default)]
    pub(super) types: BTreeMap<String, EventType>,
    #[serde(default)]
    pub(super) contexts: BTreeMap<String, String>,
}

/// Types, modes and contexts.
#[derive(Debug, Clone, Default)]
pub struct Scheme {
    types: BTreeMap<Arc<str>, EventType>,
    contexts: Vec<Arc<str>>,
    /// Words that show a context, each with the places of its contexts.
    words: HashMap<String, Vec<usize>>,
    longest: usize,
}

impl Scheme {
    /// Adds a file's types and contexts; a type of the same name is replaced.
    pub(super) fn add(&mut self, file: SchemeFile) {
        for (name, kind) in file.types {
            self.types.insert(name.into(), kind);
        }
        for (name, words) in file.contexts {
            let place = self.context(&name).unwrap_or_else(|| {
                self.contexts.push(name.as_str().into());
                self.contexts.len() - 1
            });
            let mut set = WordSet::default();
            words.split_whitespace().for_each(|w| set.insert(w));
            self.longest = self.longest.max(set.longest());
            for word in set.into_words() {
                self.words.entry(word).or_default().push(place);
            }
        }
    }

    fn context(&self, name: &str) -> Option<usize> {
        self.contexts.iter().position(|c| &**c == name)
    }

    /// A type by its code.
    pub fn get(&self, code: &str) -> Option<&EventType> {
        self.types.get(code)
    }

    /// The code itself, shared, if it is one.
    pub(super) fn code(&self, code: &str) -> Option<Arc<str>> {
        self.types.get_key_value(code).map(|(name, _)| name.clone())
    }

    /// A context by its name, shared.
    pub(super) fn named_context(&self, name: &str) -> Option<Arc<str>> {
        self.context(name).and_then(|n| self.contexts.get(n)).cloned()
    }

    /// Every type.
    pub fn types(&self) -> impl Iterator<Item = (&str, &EventType)> {
        self.types.iter().map(|(name, kind)| (&**name, kind))
    }

    /// The score of a type in a mode: the mode's own where it has one. Types outside the scheme score 0.
    pub fn intensity(&self, code: &str, mode: Option<&str>) -> f64 {
        let Some(kind) = self.get(code) else { return 0.0 };
        mode.and_then(|m| kind.modes.get(m)).copied().unwrap_or(kind.score)
    }

    /// The contexts whose words stand among some words, in the order of the scheme.
    pub(super) fn contexts_of(&self, words: &[String]) -> Vec<Arc<str>> {
        let mut found: Vec<usize> = Vec::new();
        phrase::runs(words, self.longest, |run| {
            if let Some(places) = self.words.get(run) {
                found.extend(places);
            }
        });
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|n| self.contexts.get(n).cloned()).collect()
    }
}
