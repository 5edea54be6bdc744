//! Which predicates say the same and which the opposite: `rules/predicates.toml`, where a linguist can add a word without
//! Rust. A word that is in no family stands for itself alone.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// The bundled file.
pub(super) const FILE: &str = include_str!("../../rules/predicates.toml");

#[derive(Debug, Default, Deserialize)]
struct File {
    family: Vec<Entry>,
    roles: Roles,
    nouns: BTreeMap<String, String>,
    members: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Entry {
    name: String,
    verbs: String,
    suffers: String,
    nouns: String,
    nouns_of: String,
    opposite: String,
    judging: String,
    turns: bool,
    once: bool,
    one: bool,
    mutual: bool,
    twice: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Roles {
    one: String,
    sums: String,
    measuring: String,
}

/// How a word tells of what its family is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A verb whose subject does it.
    Does,
    /// A verb whose subject it happens to.
    Suffers,
    /// A noun of what is done to somebody.
    NounDone,
    /// A noun of what somebody does.
    NounDoes,
}

/// Words that say the same.
#[derive(Debug, Default)]
pub(super) struct Family {
    /// Its name in the file.
    pub(super) name: String,
    /// Families that say the opposite.
    pub(super) opposite: BTreeSet<usize>,
    /// Without an object the subject is the one it happens to.
    pub(super) turns: bool,
    /// It happens to the same one only once.
    pub(super) once: bool,
    /// One alone does it to the same one.
    pub(super) one: bool,
    /// The sides may change places.
    pub(super) mutual: bool,
    /// It may be done again and again.
    pub(super) twice: bool,
    judging: HashSet<String>,
}

impl Family {
    /// Whether a word judges what others of its family only tell.
    pub(super) fn judges(&self, word: &str) -> bool {
        self.judging.contains(word)
    }
}

/// The families and lists, ready for look-up.
#[derive(Debug, Default)]
pub(super) struct Predicates {
    families: Vec<Family>,
    words: HashMap<String, Vec<(usize, Use)>>,
    one: HashSet<String>,
    sums: HashSet<String>,
    measuring: HashSet<String>,
    nouns: HashMap<String, usize>,
    /// What bodies are made of, both by one noun of their kind.
    members: Vec<(String, String)>,
}

static BUNDLED: LazyLock<Predicates> = LazyLock::new(|| Predicates::of(toml::from_str(FILE).unwrap_or_default()));

/// The bundled predicates.
pub(super) fn predicates() -> &'static Predicates {
    &BUNDLED
}

fn listed(words: &str) -> impl Iterator<Item = String> + '_ {
    words.split_whitespace().map(|word| word.replace('-', " "))
}

impl Predicates {
    fn of(file: File) -> Predicates {
        let mut all = Predicates {
            one: listed(&file.roles.one).collect(),
            sums: listed(&file.roles.sums).collect(),
            measuring: listed(&file.roles.measuring).collect(),
            ..Predicates::default()
        };
        let places: HashMap<&str, usize> = file.family.iter().enumerate().map(|(n, e)| (e.name.as_str(), n)).collect();
        let mut opposites: Vec<(usize, usize)> = Vec::new();
        for (number, entry) in file.family.iter().enumerate() {
            let uses = [
                (&entry.verbs, Use::Does),
                (&entry.suffers, Use::Suffers),
                (&entry.nouns, Use::NounDone),
                (&entry.nouns_of, Use::NounDoes),
            ];
            for (words, used) in uses {
                for word in listed(words) {
                    all.words.entry(word).or_default().push((number, used));
                }
            }
            for other in entry.opposite.split_whitespace().filter_map(|name| places.get(name)) {
                opposites.extend([(number, *other), (*other, number)]);
            }
            all.families.push(Family {
                name: entry.name.clone(),
                opposite: BTreeSet::new(),
                turns: entry.turns,
                once: entry.once,
                one: entry.one,
                mutual: entry.mutual,
                twice: entry.twice,
                judging: listed(&entry.judging).collect(),
            });
        }
        for (a, b) in opposites {
            if let Some(family) = all.families.get_mut(a) {
                family.opposite.insert(b);
            }
        }
        all.members = file.members.into_iter().collect();
        for (number, words) in file.nouns.values().enumerate() {
            all.nouns.extend(listed(words).map(|word| (word, number)));
        }
        all
    }

    /// The family of a verb, by whether it has an object.
    pub(super) fn of_verb(&self, lemma: &str, object: bool) -> Option<(usize, Use)> {
        let known = self.words.get(lemma)?;
        let wanted = if object { [Use::Does, Use::Suffers] } else { [Use::Suffers, Use::Does] };
        wanted.iter().find_map(|used| known.iter().find(|(_, u)| u == used)).copied()
    }

    /// The family of a noun.
    pub(super) fn of_noun(&self, lemma: &str) -> Option<(usize, Use)> {
        let noun = |(_, used): &&(usize, Use)| matches!(used, Use::NounDone | Use::NounDoes);
        self.words.get(lemma)?.iter().find(noun).copied()
    }

    /// The name of the one family that a word is of, however it tells of it.
    pub(super) fn deed(&self, word: &str) -> Option<&str> {
        let mut families = self.words.get(word)?.iter().map(|(number, _)| *number);
        let first = families.next()?;
        let one = families.all(|number| number == first);
        self.family(first).filter(|_| one).map(|family| family.name.as_str())
    }

    /// Whether a word judges what others of its family only tell.
    pub(super) fn judges(&self, word: &str) -> bool {
        let families = self.words.get(word).into_iter().flatten();
        families.filter_map(|(number, _)| self.family(*number)).any(|family| family.judges(word))
    }

    /// A family by its number.
    pub(super) fn family(&self, number: usize) -> Option<&Family> {
        self.families.get(number)
    }

    /// Whether a noun names a relation that has one holder at a time.
    pub(super) fn has_one_holder(&self, noun: &str) -> bool {
        self.one.contains(noun)
    }

    /// Whether a noun stands for a sum that was named before.
    pub(super) fn is_sum(&self, noun: &str) -> bool {
        self.sums.contains(noun)
    }

    /// Whether a verb tells a measure of its subject or object.
    pub(super) fn measures(&self, verb: &str) -> bool {
        self.measuring.contains(verb)
    }

    /// Whether two nouns may be heads of descriptions of the same.
    pub(super) fn alike(&self, a: &str, b: &str) -> bool {
        a == b || self.nouns.get(a).is_some_and(|set| self.nouns.get(b) == Some(set))
    }

    /// Whether a body is made of what another noun names: a squadron of boats.
    pub(super) fn is_made_of(&self, body: &str, noun: &str) -> bool {
        self.members.iter().any(|(whole, part)| self.alike(whole, body) && self.alike(part, noun))
    }

    /// What stands for a noun and all that may be said in its place.
    pub(super) fn noun_key(&self, noun: &str) -> String {
        self.nouns.get(noun).map_or_else(|| noun.to_owned(), |set| format!("#{set}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Tests {
        test: Vec<Test>,
    }

    #[derive(Default, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Test {
        same: String,
        opposite: String,
        apart: String,
    }

    fn families(word: &str) -> BTreeSet<usize> {
        let known = predicates().words.get(&word.replace('-', " "));
        known.into_iter().flatten().map(|(family, _)| *family).collect()
    }

    #[test]
    fn the_tests_in_the_file_hold() {
        let tests: Tests = toml::from_str(FILE).unwrap();
        assert!(tests.test.len() > 8);
        for test in tests.test {
            let pairs = |words: &str| -> Vec<(String, String)> {
                let all: Vec<&str> = words.split_whitespace().collect();
                all.windows(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
            };
            for (a, b) in pairs(&test.same) {
                assert!(families(&a).intersection(&families(&b)).next().is_some(), "{a} and {b} say the same");
            }
            for (a, b) in pairs(&test.opposite) {
                let opposite = |x: usize| {
                    predicates().family(x).is_some_and(|f| f.opposite.iter().any(|o| families(&b).contains(o)))
                };
                assert!(families(&a).into_iter().any(opposite), "{a} and {b} say the opposite");
            }
            for (a, b) in pairs(&test.apart) {
                assert!(families(&a).intersection(&families(&b)).next().is_none(), "{a} and {b} say two things");
            }
        }
    }

    #[test]
    fn a_body_is_made_of_its_members() {
        assert!(predicates().is_made_of("flotilla", "trawler") && !predicates().is_made_of("trawler", "flotilla"));
        assert!(predicates().is_made_of("army", "trooper") && !predicates().is_made_of("army", "ship"));
    }

    #[test]
    fn the_file_is_sound() {
        let file: File = toml::from_str(FILE).unwrap();
        let names: BTreeSet<&str> = file.family.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names.len(), file.family.len(), "a name stands twice");
        assert!(names.len() >= 80);
        for family in &file.family {
            for other in family.opposite.split_whitespace() {
                assert!(names.contains(other), "{} has the unknown opposite {other}", family.name);
            }
            for word in listed(&family.judging) {
                let own = predicates().words.get(&word).is_some_and(|all| {
                    all.iter().any(|(f, _)| predicates().family(*f).is_some_and(|f| f.name == family.name))
                });
                assert!(own, "{word} is no word of {}", family.name);
            }
        }
        for (word, uses) in &predicates().words {
            for (family, used) in uses {
                let other = uses.iter().find(|(f, u)| u == used && f != family);
                assert_eq!(other, None, "{word} is of two families");
            }
        }
    }
}
