//! A person's list of concepts: name, patterns, parent. A pattern is a few words that must stand in a claim; how they are
//! written is explained in `docs/discourse.md`. A concept is worded so that one can agree or disagree with it; words that
//! say the opposite stand under `against`.

use super::lists::is_negator;
use super::words::{Word, forms};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many words a gap `..` may hold.
const GAP: usize = 6;

/// One concept as a person writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// What it is called; worded so that one can agree or disagree.
    pub name: String,
    /// Words that affirm it.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Words that deny it where they are affirmed.
    #[serde(default)]
    pub against: Vec<String>,
    /// Words that must not stand in the same claim.
    #[serde(default)]
    pub without: Vec<String>,
    /// The wider concept that it is part of.
    #[serde(default)]
    pub parent: Option<String>,
}

/// A file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    concept: Vec<Written>,
}

/// Why a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListError(String);

impl std::fmt::Display for ListError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ListError {}

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// A word in any of its forms.
    Word(String, BTreeSet<String>),
    /// Words that begin so.
    Start(String),
    /// Up to [`GAP`] words.
    Gap,
}

/// Words to be found in a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

impl Pattern {
    fn parse(text: &str, of: &str) -> Result<Pattern, ListError> {
        let wrong = |why: &str| ListError(format!("the pattern {text:?} of {of:?} {why}"));
        let mut parts = Vec::new();
        for piece in text.to_lowercase().replace('’', "'").replace('…', " .. ").split_whitespace() {
            if piece == ".." || piece == "..." {
                parts.push(Part::Gap);
                continue;
            }
            for word in piece.split('-').filter(|w| !w.is_empty()) {
                let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
                if stem.is_empty() || !stem.chars().all(|c| c.is_alphanumeric() || c == '\'') {
                    return Err(wrong("may hold words, * at the end of a word, and .. for some words between"));
                }
                let stem = stem.to_owned();
                parts.push(match open {
                    true => Part::Start(stem),
                    false => Part::Word(stem.clone(), forms(&stem).into_iter().collect()),
                });
            }
        }
        let ends = [parts.first(), parts.last()];
        if ends.iter().any(|end| end.is_none_or(|part| *part == Part::Gap)) {
            return Err(wrong("must begin and end with a word"));
        }
        Ok(Pattern(parts))
    }

    fn negators(&self) -> usize {
        self.0.iter().filter(|part| matches!(part, Part::Word(word, _) if is_negator(word))).count()
    }

    /// The first run of words that it fits, as places among them.
    pub(super) fn find(&self, words: &[Word]) -> Option<std::ops::Range<usize>> {
        (0..words.len()).find_map(|start| Some(start..fit(&self.0, words, start)?))
    }
}

/// Where the parts end that begin at a word, if they fit there.
fn fit(parts: &[Part], words: &[Word], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    if *part == Part::Gap {
        let reach = |n: &usize| words.get(at..*n).is_some_and(|run| run.iter().all(|w| !w.first));
        return (at..=at + GAP).take_while(reach).find_map(|next| fit(rest, words, next));
    }
    let word = words.get(at)?;
    let fits = match part {
        Part::Word(base, forms) => forms.contains(&word.text) || word.lemma.as_ref() == Some(base),
        Part::Start(stem) => word.text.starts_with(stem.as_str()),
        Part::Gap => false,
    };
    // No pattern reaches from one stretch into the next.
    let together = rest.is_empty() || words.get(at + 1).is_some_and(|next| !next.first);
    (fits && together).then(|| fit(rest, words, at + 1)).flatten()
}

/// A concept, ready for use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its name.
    pub name: String,
    /// The wider concept, by name.
    pub parent: Option<String>,
    affirm: Vec<Pattern>,
    against: Vec<Pattern>,
    without: Vec<Pattern>,
}

/// Where a concept stands in a claim, and whether the words affirm it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) affirms: bool,
    pub(super) at: std::ops::Range<usize>,
    /// Denials that the pattern itself holds.
    pub(super) negators: usize,
}

impl Concept {
    fn of(written: &Written) -> Result<Concept, ListError> {
        let name = written.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(ListError("a concept has no name".into()));
        }
        let all =
            |patterns: &[String]| patterns.iter().map(|p| Pattern::parse(p, &name)).collect::<Result<Vec<_>, _>>();
        let (affirm, against, without) = (all(&written.patterns)?, all(&written.against)?, all(&written.without)?);
        let parent = written.parent.as_ref().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty());
        Ok(Concept { name, parent, affirm, against, without })
    }

    /// Where it stands in some words. Words against it are looked for first, because they are mostly the same words
    /// with one more.
    pub(super) fn meet(&self, words: &[Word]) -> Option<Met> {
        if self.without.iter().any(|p| p.find(words).is_some()) {
            return None;
        }
        let first = |patterns: &[Pattern], affirms: bool| {
            patterns.iter().find_map(|p| Some(Met { affirms, at: p.find(words)?, negators: p.negators() }))
        };
        first(&self.against, false).or_else(|| first(&self.affirm, true))
    }
}

/// A list of concepts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConceptList {
    concepts: Vec<Concept>,
    written: Vec<Written>,
    /// Places of concepts by a word with which a pattern of theirs may begin, so that few are tried on a claim.
    by_word: BTreeMap<String, Vec<usize>>,
    /// The same by beginnings of words.
    by_start: Vec<(String, usize)>,
}

impl ConceptList {
    /// From what a person wrote. Names may stand once only; a parent must stand in the list or is one without patterns.
    pub fn of(written: Vec<Written>) -> Result<ConceptList, ListError> {
        let concepts = written.iter().map(Concept::of).collect::<Result<Vec<_>, _>>()?;
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        if let Some(twice) = concepts.iter().find(|c| !seen.insert(&c.name)) {
            return Err(ListError(format!("the concept {:?} stands in the list twice", twice.name)));
        }
        let parents: BTreeMap<&str, &str> =
            concepts.iter().filter_map(|c| Some((c.name.as_str(), c.parent.as_deref()?))).collect();
        for concept in &concepts {
            let (mut at, mut steps) = (concept.name.as_str(), 0);
            while let Some(up) = parents.get(at) {
                (at, steps) = (up, steps + 1);
                if steps > concepts.len() {
                    return Err(ListError(format!("the concept {:?} is its own parent", concept.name)));
                }
            }
        }
        let (mut by_word, mut by_start): (BTreeMap<String, Vec<usize>>, _) = (BTreeMap::new(), Vec::new());
        for (place, concept) in concepts.iter().enumerate() {
            for part in concept.affirm.iter().chain(&concept.against).filter_map(|p| p.0.first()) {
                match part {
                    Part::Word(_, forms) => {
                        forms.iter().for_each(|f| by_word.entry(f.clone()).or_default().push(place))
                    }
                    Part::Start(stem) => by_start.push((stem.clone(), place)),
                    Part::Gap => {}
                }
            }
        }
        Ok(ConceptList { concepts, written, by_word, by_start })
    }

    /// The concepts of which a pattern may begin with one of some words, in order.
    pub(super) fn near(&self, words: &[Word]) -> impl Iterator<Item = &Concept> {
        let mut places: BTreeSet<usize> = BTreeSet::new();
        for word in words {
            let known = |text: &str| self.by_word.get(text).into_iter().flatten();
            places.extend(known(&word.text).chain(word.lemma.iter().flat_map(|lemma| known(lemma))));
            places
                .extend(self.by_start.iter().filter(|(stem, _)| word.text.starts_with(stem.as_str())).map(|(_, n)| n));
        }
        places.into_iter().filter_map(|place| self.concepts.get(place))
    }

    /// From TOML: `[[concept]]` with `name`, `patterns` and, if wanted, `against`, `without` and `parent`.
    pub fn parse(text: &str) -> Result<ConceptList, ListError> {
        let file: File = toml::from_str(text).map_err(|e| ListError(e.to_string().trim().to_owned()))?;
        if file.concept.is_empty() {
            return Err(ListError("the list holds no [[concept]]".into()));
        }
        ConceptList::of(file.concept)
    }

    /// As TOML again.
    pub fn to_toml(&self) -> String {
        // What JSON writes as a text or a list of texts TOML reads as the same.
        let field = |name: &str, value: serde_json::Value| format!("{name} = {value}\n");
        let list = |name: &str, all: &[String]| if all.is_empty() { String::new() } else { field(name, all.into()) };
        let one = |written: &Written| {
            let parent = written.parent.as_deref().map(|p| field("parent", p.into())).unwrap_or_default();
            let (name, patterns) =
                (field("name", written.name.as_str().into()), field("patterns", written.patterns.clone().into()));
            let rest = [list("against", &written.against), list("without", &written.without), parent].concat();
            format!("[[concept]]\n{name}{patterns}{rest}")
        };
        self.written.iter().map(one).collect::<Vec<_>>().join("\n")
    }

    /// The concepts in their order.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The widest concept above one, or itself.
    pub fn top<'a>(&'a self, name: &'a str) -> &'a str {
        let mut at = name;
        for _ in 0..self.concepts.len() {
            let up = self.concepts.iter().find(|c| c.name == at).and_then(|c| c.parent.as_deref());
            match up {
                Some(up) => at = up,
                None => break,
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;
    use rashomon_core::Span;

    fn list(text: &str) -> Result<ConceptList, String> {
        ConceptList::parse(text).map_err(|e| e.to_string())
    }

    fn met(list: &ConceptList, text: &str) -> Option<bool> {
        let mut all = Vec::new();
        words(text, Span::new(0, text.len()), &mut all);
        let met = list.concepts()[0].meet(&all).map(|m| m.affirms);
        assert!(met.is_none() || list.near(&all).count() == 1, "what is met must be near: {text}");
        met
    }

    #[test]
    fn patterns_fit_forms_starts_and_gaps() {
        let one = |patterns: &str| {
            list(&format!("[[concept]]\nname = \"c\"\npatterns = [{patterns}]\nagainst = [\"without lamp\"]")).unwrap()
        };
        assert_eq!(met(&one("\"lamp .. lit\""), "the lamps of every barge were lit"), Some(true));
        assert_eq!(met(&one("\"lamp .. lit\""), "the lamps of a long long long row of many barges lit"), None);
        assert_eq!(met(&one("\"naviga*\""), "she was navigating"), Some(true));
        assert_eq!(met(&one("\"torpedo-boat\""), "two torpedo boats"), Some(true));
        assert_eq!(met(&one("\"boat\""), "a barge, boatless"), None);
        assert_eq!(met(&one("\"lamp\""), "it lay without lamps"), Some(false));
    }

    #[test]
    fn a_pattern_does_not_reach_across_what_stands_apart() {
        let text = "the lamps, it is said, were lit";
        let mut all = Vec::new();
        words(text, Span::new(0, 9), &mut all);
        words(text, Span::new(23, 31), &mut all);
        let list = list("[[concept]]\nname = \"c\"\npatterns = [\"lamps were\", \"lamps .. lit\"]").unwrap();
        assert_eq!(list.concepts()[0].meet(&all), None);
    }

    #[test]
    fn a_faulty_list_is_refused_with_the_reason() {
        for (text, why) in [
            ("", "holds no"),
            ("[[concept]]\nname = \" \"", "no name"),
            ("[[concept]]\nname = \"a\"\npatterns = [\".. x\"]", "begin and end"),
            ("[[concept]]\nname = \"a\"\npatterns = [\"x|y\"]", "may hold words"),
            ("[[concept]]\nname = \"a\"\n[[concept]]\nname = \"a\"", "twice"),
            ("[[concept]]\nname = \"a\"\nparent = \"b\"\n[[concept]]\nname = \"b\"\nparent = \"a\"", "own parent"),
            ("[[concept]]\nname = \"a\"\npattern = [\"x\"]", "unknown field"),
        ] {
            assert!(list(text).unwrap_err().contains(why), "{text}");
        }
    }

    #[test]
    fn a_list_is_written_as_it_was_read_and_knows_its_parents() {
        let text = "[[concept]]\nname = \"a\"\npatterns = [\"x\"]\nparent = \"b\"\n\n[[concept]]\nname = \"b\"\npatterns = []\n";
        let read = list(text).unwrap();
        assert_eq!(ConceptList::parse(&read.to_toml()).unwrap(), read);
        assert_eq!((read.top("a"), read.top("b"), read.top("z")), ("b", "b", "z"));
    }
}
