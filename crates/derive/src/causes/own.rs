//! A person's own file of concepts: which words are one concept, which are its opposite, which stay apart. It has the last
//! word over every rule.

use rashomon_text::space::one_line;
use serde::Deserialize;
use std::collections::HashMap;

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnError(String);

impl std::fmt::Display for OwnError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OwnError {}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    concept: Vec<Written>,
    #[serde(default)]
    apart: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    opposite: Vec<String>,
}

/// The file, ready for look-up.
#[derive(Debug, Clone, Default)]
pub struct Own {
    exact: HashMap<String, Said>,
    /// Words with `*` before or behind, in the order of the file.
    parts: Vec<(String, bool, bool, Said)>,
}

/// What the file says of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// They name a concept, or its opposite.
    Is {
        /// The concept.
        name: String,
        /// Whether they are its opposite.
        turned: bool,
    },
    /// They are a concept of their own.
    Apart,
}

impl Own {
    /// From a TOML file.
    pub fn of(text: &str) -> Result<Own, OwnError> {
        let file: File = toml::from_str(text).map_err(|e| OwnError(e.to_string()))?;
        let mut own = Own::default();
        for concept in file.concept {
            let name = one_line(&concept.name);
            if name.is_empty() {
                return Err(OwnError("a concept has no name.".into()));
            }
            own.add(&name, Said::Is { name: name.clone(), turned: false })?;
            for (words, turned) in [(&concept.words, false), (&concept.opposite, true)] {
                for word in words {
                    own.add(word, Said::Is { name: name.clone(), turned })?;
                }
            }
        }
        for words in &file.apart {
            own.add(words, Said::Apart)?;
        }
        Ok(own)
    }

    fn add(&mut self, words: &str, said: Said) -> Result<(), OwnError> {
        let (before, behind) = (words.starts_with('*'), words.ends_with('*'));
        let key = plain(words.trim_matches('*'));
        if key.is_empty() {
            return Err(OwnError(format!("{words:?} holds no word.")));
        }
        if before || behind {
            self.parts.push((key, before, behind, said));
            return Ok(());
        }
        match self.exact.insert(key, said.clone()) {
            Some(other) if other != said => Err(OwnError(format!("{words:?} stands in it twice, with two meanings."))),
            _ => Ok(()),
        }
    }

    /// What the file says of some words: whole words first, then the first pattern that fits.
    pub(super) fn find(&self, words: &str) -> Option<&Said> {
        let key = plain(words);
        let fits = |(part, before, behind, _): &&(String, bool, bool, Said)| match (before, behind) {
            (true, true) => key.contains(part.as_str()),
            (true, false) => key.ends_with(part.as_str()),
            _ => key.starts_with(part.as_str()),
        };
        self.exact.get(&key).or_else(|| self.parts.iter().find(fits).map(|(.., said)| said))
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.parts.is_empty()
    }
}

/// Words as they are compared: on one line, in small letters, without a leading article.
pub(super) fn plain(words: &str) -> String {
    let line = one_line(words).to_lowercase();
    let bare = ["the ", "a ", "an "].iter().find_map(|article| line.strip_prefix(article));
    bare.map_or(line.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_come_before_patterns_and_nonsense_is_refused() {
        let own = Own::of(
            "apart = [\"the security of the *\"]\n[[concept]]\nname = \"security\"\nwords = [\"*security*\"]\nopposite = [\"insecurity\"]\n",
        )
        .unwrap();
        let is = |turned| Some(Said::Is { name: "security".into(), turned });
        assert_eq!(own.find("The Insecurity").cloned(), is(true));
        assert_eq!(own.find("their security in the east").cloned(), is(false));
        assert_eq!(own.find("calm"), None);
        for bad in
            ["[[concept]]\nname = \" \"", "apart = [\"*\"]", "apart = [\"x\"]\n[[concept]]\nname = \"x\"", "x = 1"]
        {
            assert!(Own::of(bad).is_err(), "{bad}");
        }
    }
}
