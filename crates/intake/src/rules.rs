//! The rules about single lines, read once from `rules/lines.toml`. They are data, with their tests inside, so that a
//! person who knows another country's newspapers can add a line without Rust.

use rashomon_core::ZoneKind;
use regex::{Regex, RegexSet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Longer lines are never asked: what is that long is somebody's text.
pub const LONGEST: usize = 240;

/// The rules, ready for use.
pub static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::build(FILE));

const FILE: &str = include_str!("../rules/lines.toml");

/// Where in a text a rule holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Where {
    /// Everywhere.
    #[default]
    Anywhere,
    /// Before the first paragraph.
    Head,
    /// After the last paragraph.
    Tail,
}

#[derive(Debug, Deserialize)]
struct File {
    line: Vec<LineRule>,
    interface: Interface,
    headings: Headings,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct LineRule {
    name: String,
    zone: ZoneKind,
    #[serde(default)]
    place: Where,
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct Interface {
    strong: Vec<String>,
    weak: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct Headings {
    reference: String,
    note: String,
    reference_yes: Vec<String>,
    reference_no: Vec<String>,
    note_yes: Vec<String>,
    note_no: Vec<String>,
}

/// The rules about lines. A rule that does not compile is left out; a test sees to it that none is.
#[derive(Debug, Default)]
pub struct Rules {
    set: RegexSet,
    /// Zone and place of each pattern of the set.
    kinds: Vec<(ZoneKind, Where)>,
    byline: Option<Regex>,
    /// Words of buttons by their first letter, the longer ones first, and whether each is a strong one.
    buttons: BTreeMap<char, Vec<(String, bool)>>,
    reference: Option<Regex>,
    note: Option<Regex>,
}

fn whole(pattern: &str) -> String {
    format!(r"^\s*(?:{pattern})\s*!?\s*$")
}

/// A line in small letters. Patterns that ignore case by themselves would take ten times as long to build.
fn low(line: &str) -> String {
    line.to_lowercase()
}

impl Rules {
    fn build(file: &str) -> Rules {
        let Ok(file) = toml::from_str::<File>(file) else { return Rules::default() };
        let patterns: Vec<String> = file.line.iter().map(|r| whole(&r.pattern)).collect();
        let byline = file.line.iter().find(|r| r.pattern.contains("?P<names>"));
        Rules {
            set: RegexSet::new(&patterns).unwrap_or_default(),
            kinds: file.line.iter().map(|r| (r.zone, r.place)).collect(),
            byline: byline.and_then(|r| Regex::new(&format!("(?i){}", whole(&r.pattern))).ok()),
            buttons: buttons(file.interface),
            reference: Regex::new(&heading(&file.headings.reference)).ok(),
            note: Regex::new(&heading(&file.headings.note)).ok(),
        }
    }

    /// The zone of a line by the rules that hold at this place of the text.
    pub fn zone(&self, line: &str, place: Where) -> Option<ZoneKind> {
        if line.len() > LONGEST {
            return None;
        }
        let fits = |at: usize| self.kinds.get(at).filter(|(_, p)| *p == Where::Anywhere || *p == place).map(|k| k.0);
        let line = low(line);
        self.set.matches(&line).iter().find_map(fits).or_else(|| self.is_interface(&line).then_some(ZoneKind::Menu))
    }

    /// The names in a signature such as `By Anna Miller`.
    pub fn signature<'a>(&self, line: &'a str) -> Option<&'a str> {
        Some(self.byline.as_ref().filter(|_| line.len() <= LONGEST)?.captures(line)?.name("names")?.as_str())
    }

    /// Whether a heading announces a list of references, or notes.
    pub fn announces(&self, heading: &str) -> Option<ZoneKind> {
        let fits =
            |rule: &Option<Regex>| heading.len() < 80 && rule.as_ref().is_some_and(|r| r.is_match(&low(heading)));
        if fits(&self.reference) {
            return Some(ZoneKind::Reference);
        }
        fits(&self.note).then_some(ZoneKind::Note)
    }

    /// Whether a line is nothing but buttons.
    fn is_interface(&self, line: &str) -> bool {
        let is_gap = |c: char| c.is_whitespace() || "|·•›»/>-–—!…".contains(c);
        let mut rest = line.trim_matches(is_gap);
        let (mut strong, mut seen) = (false, BTreeSet::new());
        while !rest.is_empty() {
            let is_next = |word: &&(String, bool)| {
                rest.strip_prefix(word.0.as_str()).is_some_and(|after| after.is_empty() || after.starts_with(is_gap))
            };
            let known = rest.chars().next().and_then(|first| self.buttons.get(&first)).map_or(&[][..], Vec::as_slice);
            let Some((word, is_strong)) = known.iter().find(is_next) else { return false };
            strong |= is_strong;
            seen.insert(word);
            rest = rest.get(word.len()..).unwrap_or_default().trim_start_matches(is_gap);
        }
        strong || seen.len() >= 3
    }
}

fn buttons(interface: Interface) -> BTreeMap<char, Vec<(String, bool)>> {
    let strong = interface.strong.into_iter().map(|w| (w, true));
    let mut buttons: BTreeMap<char, Vec<(String, bool)>> = BTreeMap::new();
    for (word, is_strong) in strong.chain(interface.weak.into_iter().map(|w| (w, false))) {
        buttons.entry(word.chars().next().unwrap_or(' ')).or_default().push((word, is_strong));
    }
    buttons.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
    buttons
}

/// A heading may be numbered, marked up, and end in a colon.
fn heading(pattern: &str) -> String {
    format!(r"^[#\s*_]*(?:\d{{1,2}}[.)]?\s+|[ivx]+\.\s+)?(?:{pattern})\s*:?[\s*_#]*$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_keeps_its_word() {
        let file: File = toml::from_str(FILE).unwrap();
        for rule in &file.line {
            let pattern = Regex::new(&whole(&rule.pattern)).unwrap_or_else(|e| panic!("{}: {e}", rule.name));
            assert!(!rule.yes.is_empty() && !rule.no.is_empty(), "{} has no examples", rule.name);
            for line in &rule.yes {
                assert!(pattern.is_match(&low(line)), "{} should take {line:?}", rule.name);
            }
            for line in &rule.no {
                assert!(!pattern.is_match(&low(line)), "{} should leave {line:?}", rule.name);
            }
        }
        for line in file.interface.yes {
            assert!(RULES.is_interface(&low(&line)), "{line:?} is made of buttons");
        }
        for line in file.interface.no {
            assert!(!RULES.is_interface(&low(&line)), "{line:?} is not");
        }
        let announces =
            |lines: Vec<String>, kind| lines.iter().for_each(|l| assert_eq!(RULES.announces(l), kind, "{l:?}"));
        announces(file.headings.reference_yes, Some(ZoneKind::Reference));
        announces(file.headings.note_yes, Some(ZoneKind::Note));
        announces([file.headings.reference_no, file.headings.note_no].concat(), None);
        assert_eq!(RULES.set.len(), RULES.kinds.len(), "all compile together");
    }

    #[test]
    fn a_rule_for_the_head_leaves_the_rest_alone() {
        assert_eq!(RULES.zone("By Anna Miller", Where::Head), Some(ZoneKind::Byline));
        assert_eq!(RULES.zone("By Anna Miller", Where::Anywhere), None);
        assert_eq!(RULES.signature("By Anna Miller and John Weir"), Some("Anna Miller and John Weir"));
        assert_eq!(RULES.zone(&"Share ".repeat(60), Where::Anywhere), None, "too long to be asked");
    }
}
