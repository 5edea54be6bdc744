//! States by what they are called: their own names, their capitals, and the words for who or what belongs to them. The list
//! is `data/states.toml`; a word that belongs to two states (*Dominican*) tells neither.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How words lead to a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    /// They are its name, short, long or in letters.
    Name,
    /// They name its capital.
    Capital,
    /// They say that somebody or something belongs to it.
    People,
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The words, with a blank between them.
    pub words: String,
    /// The number of the state, in the order of the list.
    pub state: usize,
    /// How the words lead to it.
    pub called: Called,
    /// Whether they are also a common word or a person's name.
    pub doubtful: bool,
}

#[derive(Deserialize, Default)]
struct File {
    states: String,
}

struct Known {
    listed: Vec<Listed>,
    by_words: HashMap<String, Option<usize>>,
    names: Vec<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/states.toml")).unwrap_or_default();
    let mut known = Known { listed: Vec::new(), by_words: HashMap::new(), names: Vec::new() };
    for (state, line) in file.states.lines().enumerate() {
        for (words, called) in line.split(';').zip([Called::Name, Called::Capital, Called::People]) {
            for entry in words.split_whitespace() {
                let words = entry.trim_start_matches('?').replace('_', " ");
                if known.names.len() == state {
                    known.names.push(words.clone());
                }
                let here = known.listed.len();
                let other = |n: &usize| known.listed.get(*n).is_some_and(|l| l.state != state);
                match known.by_words.get_mut(&words) {
                    Some(found) if found.is_none_or(|n| other(&n)) => *found = None,
                    Some(_) => {}
                    None => {
                        known.by_words.insert(words.clone(), Some(here));
                    }
                }
                known.listed.push(Listed { words, state, called, doubtful: entry.starts_with('?') });
            }
        }
    }
    known
});

/// Every entry.
pub fn listed() -> &'static [Listed] {
    &KNOWN.listed
}

/// What words say of a state; capitals count, an article before them does not.
pub fn find(words: &str) -> Option<&'static Listed> {
    let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    let entry = (*KNOWN.by_words.get(bare)?)?;
    KNOWN.listed.get(entry)
}

/// The name of a state by its number.
pub fn name(state: usize) -> &'static str {
    KNOWN.names.get(state).map_or("", String::as_str)
}

/// The state whose first name these are in small letters.
pub fn by_key(key: &str) -> Option<&'static str> {
    KNOWN.names.iter().find(|name| name.to_lowercase() == key).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_state_has_a_name_and_a_capital() {
        let with = |called: Called| {
            let mut states: Vec<usize> = listed().iter().filter(|l| l.called == called).map(|l| l.state).collect();
            states.dedup();
            states.len()
        };
        assert!(with(Called::Capital) >= 195, "193 members and two observers");
        assert_eq!(with(Called::Name), KNOWN.names.len());
    }

    #[test]
    fn names_capitals_and_peoples_lead_to_a_state_and_words_of_two_to_none() {
        let told = |words: &str| find(words).map(|l| (name(l.state), l.called));
        assert_eq!(told("Danes"), Some(("Denmark", Called::People)));
        assert_eq!(told("the Russian Federation"), Some(("Russia", Called::Name)));
        assert_eq!(told("Lisbon"), Some(("Portugal", Called::Capital)));
        assert_eq!(told("Dominican"), None);
        assert_eq!(told("danes"), None);
        assert!(find("Jordan").is_some_and(|l| l.doubtful));
    }
}
