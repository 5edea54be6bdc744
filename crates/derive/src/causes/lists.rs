//! The word lists of `rules/concepts.toml`, ready for look-up.

use rashomon_text::inflection::{gerund, past_of, third_person};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The bundled file.
pub(super) const FILE: &str = include_str!("../../rules/concepts.toml");

#[derive(Debug, Default, Deserialize)]
struct File {
    more: String,
    less: String,
    being: String,
    raises: String,
    lowers: String,
    being_verbs: String,
    rose: String,
    fell: String,
    more_words: String,
    less_words: String,
    measure: String,
    empty: String,
    purpose: String,
    reports: String,
    leads: String,
    trails: String,
    opposites: Vec<String>,
    states: StatesFile,
}

#[derive(Debug, Default, Deserialize)]
struct StatesFile {
    good: String,
    trouble: String,
    helps: String,
    harms: String,
    depends: String,
    on: String,
}

/// The lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    more: HashSet<String>,
    less: HashSet<String>,
    being: HashSet<String>,
    raises: HashSet<String>,
    lowers: HashSet<String>,
    being_verbs: HashSet<String>,
    rose: HashSet<String>,
    fell: HashSet<String>,
    more_words: HashSet<String>,
    less_words: HashSet<String>,
    measure: HashSet<String>,
    empty: HashSet<String>,
    purpose: HashSet<String>,
    reports: HashSet<String>,
    leads: HashSet<String>,
    trails: HashSet<String>,
    opposites: HashMap<String, String>,
    good: HashSet<String>,
    trouble: HashSet<String>,
    helps: HashSet<String>,
    harms: HashSet<String>,
    depends: HashSet<String>,
    on: HashSet<String>,
}

static BUNDLED: LazyLock<Lists> = LazyLock::new(|| Lists::of(&toml::from_str(FILE).unwrap_or_default()));

/// The bundled lists. The file is tested; without it words stand for themselves alone.
pub(super) fn lists() -> &'static Lists {
    &BUNDLED
}

fn set(words: &str) -> HashSet<String> {
    words.split_whitespace().map(|w| w.replace('-', " ")).collect()
}

/// Base forms and the forms that stand at the head of what is done: `strengthen`, `strengthening`.
fn verbs(words: &str) -> HashSet<String> {
    set(words).into_iter().flat_map(|w| [gerund(&w), w]).collect()
}

/// Words that bare `-` belongs to (`so-called`, `re-emergence`) are listed with it.
fn hyphened(words: &str) -> HashSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

impl Lists {
    fn of(file: &File) -> Lists {
        let mut opposites = HashMap::new();
        for line in &file.opposites {
            if let Some((turned, straight)) = line.split_once(':') {
                opposites.extend(set(turned).into_iter().map(|word| (word, straight.trim().to_owned())));
            }
        }
        let states = &file.states;
        Lists {
            more: set(&file.more),
            less: set(&file.less),
            being: set(&file.being),
            raises: verbs(&file.raises),
            lowers: verbs(&file.lowers),
            being_verbs: verbs(&file.being_verbs),
            rose: set(&file.rose),
            fell: set(&file.fell),
            more_words: set(&file.more_words),
            less_words: set(&file.less_words),
            measure: hyphened(&file.measure),
            empty: set(&file.empty),
            purpose: set(&file.purpose),
            reports: set(&file.reports)
                .into_iter()
                .flat_map(|w| [third_person(&w), past_of(&w), gerund(&w), w])
                .collect(),
            leads: set(&file.leads),
            trails: set(&file.trails),
            opposites,
            good: set(&states.good),
            trouble: set(&states.trouble),
            helps: set(&states.helps),
            harms: set(&states.harms),
            depends: set(&states.depends),
            on: set(&states.on),
        }
    }

    /// Whether a noun passes on to what stands behind it, and whether it turns that round. Of somebody only words of being
    /// do: the rise of X is X, the failure of X is a failure.
    pub(super) fn passes(&self, noun: &str, somebody: bool) -> Option<bool> {
        let known = self.more.contains(noun) || self.less.contains(noun);
        (known && (!somebody || self.being.contains(noun))).then(|| self.less.contains(noun))
    }

    /// Whether a verb at the head of what is done says more (`false`) or less (`true`) of its object. Of somebody only verbs
    /// of being do.
    pub(super) fn moves(&self, verb: &str, somebody: bool) -> Option<bool> {
        let less = match (self.raises.contains(verb), self.lowers.contains(verb)) {
            (true, _) => false,
            (_, true) => true,
            _ => return None,
        };
        (!somebody || self.being_verbs.contains(verb)).then_some(less)
    }

    /// Whether a word is a form of a verb that only says who finds or says what follows.
    pub(super) fn reports(&self, word: &str) -> bool {
        self.reports.contains(word)
    }

    /// Whether a word before a clause only joins it to what stands before.
    pub(super) fn leads(&self, word: &str) -> bool {
        self.leads.contains(word)
    }

    /// Whether a word at the end of some words waits for others that are not among them.
    pub(super) fn trails(&self, word: &str) -> bool {
        self.trails.contains(word)
    }

    /// Whether a verb says that its subject grew (`false`) or shrank (`true`).
    pub(super) fn moved(&self, lemma: &str) -> Option<bool> {
        match (self.rose.contains(lemma), self.fell.contains(lemma)) {
            (true, _) => Some(false),
            (_, true) => Some(true),
            _ => None,
        }
    }

    /// Whether a word before a noun says that there is less of it.
    pub(super) fn lessens(&self, word: &str) -> bool {
        self.less_words.contains(word)
    }

    /// Whether a word before a noun makes no other concept of it.
    pub(super) fn measures(&self, word: &str) -> bool {
        self.measure.contains(word) || self.more_words.contains(word) || word.ends_with("ly") && word.len() > 5
    }

    /// Whether a word names nothing by itself.
    pub(super) fn is_empty_word(&self, word: &str) -> bool {
        self.empty.contains(word)
    }

    /// Whether a cue tells what something is done for.
    pub(super) fn is_purpose(&self, cue: &str) -> bool {
        self.purpose.contains(&cue.to_lowercase())
    }

    /// The word that another one is turned round.
    pub(super) fn opposite_of(&self, word: &str) -> Option<&str> {
        self.opposites.get(word).map(String::as_str)
    }

    /// Whether a noun tells that it is well (`1`) or ill (`-1`) with somebody.
    pub(super) fn state(&self, noun: &str) -> Option<i8> {
        match (self.good.contains(noun), self.trouble.contains(noun)) {
            (true, _) => Some(1),
            (_, true) => Some(-1),
            _ => None,
        }
    }

    /// Whether a verb's subject makes it well (`1`) or ill (`-1`) with its object.
    pub(super) fn does_to(&self, lemma: &str) -> Option<i8> {
        match (self.helps.contains(lemma), self.harms.contains(lemma)) {
            (true, _) => Some(1),
            (_, true) => Some(-1),
            _ => None,
        }
    }

    /// Whether a verb with a preposition says that its subject depends on what stands behind.
    pub(super) fn depends(&self, lemma: &str, preposition: &str) -> bool {
        self.depends.contains(lemma) && self.on.contains(preposition)
    }
}

/// The singular of an English noun, as far as its letters tell.
pub(super) fn singular(word: &str) -> String {
    const OWN: &[(&str, &str)] = &[
        ("men", "man"),
        ("women", "woman"),
        ("children", "child"),
        ("people", "people"),
        ("lives", "life"),
        ("crises", "crisis"),
        ("series", "series"),
        ("news", "news"),
        ("politics", "politics"),
        ("forces", "force"),
        ("consequences", "consequence"),
    ];
    if let Some((_, own)) = OWN.iter().find(|(plural, _)| *plural == word) {
        return (*own).to_owned();
    }
    if word.len() < 4 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") || word.ends_with("ics") {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) = word.strip_suffix("es")
        && ["ch", "sh", "ss", "x", "z"].iter().any(|end| stem.ends_with(end))
    {
        return stem.to_owned();
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let lists = lists();
        assert_eq!(lists.more.intersection(&lists.less).next(), None, "both more and less");
        assert!(lists.raises.is_disjoint(&lists.lowers) && lists.rose.is_disjoint(&lists.fell));
        assert!(lists.good.is_disjoint(&lists.trouble) && lists.helps.is_disjoint(&lists.harms));
        for (turned, straight) in &lists.opposites {
            assert!(!lists.opposites.contains_key(straight), "{turned} is turned to {straight}, which is turned again");
        }
        for word in &lists.being {
            assert!(lists.more.contains(word) || lists.less.contains(word), "{word} passes nothing on");
        }
        assert!(lists.is_purpose("in order to") && !lists.is_purpose("because of"));
    }

    #[test]
    fn nouns_are_made_singular() {
        let made = ["policies", "attacks", "crisis", "losses", "men", "gas", "clashes", "forces"].map(singular);
        assert_eq!(made, ["policy", "attack", "crisis", "loss", "man", "gas", "clash", "force"]);
    }
}
