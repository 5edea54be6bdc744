//! The words that turn what is said about a concept, from `rules/discourse.toml`.

use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The bundled file.
pub(super) const FILE: &str = include_str!("../../rules/discourse.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    negators: String,
    distancing: String,
    turning: String,
    stances: Stances,
    evaluation: Evaluation,
    proposals: Proposals,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Stances {
    support: String,
    oppose: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Evaluation {
    good: String,
    bad: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Proposals {
    empty: String,
    light: String,
    opposites: String,
}

/// The lists, ready for use.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) negators: HashSet<String>,
    pub(super) distancing: HashSet<String>,
    /// Words right before a concept that turn what is said of it.
    pub(super) turning: HashSet<String>,
    pub(super) support: HashSet<String>,
    pub(super) oppose: HashSet<String>,
    pub(super) bad: HashSet<String>,
    pub(super) good: HashSet<String>,
    /// Heads that are no subject of a debate.
    pub(super) empty: HashSet<String>,
    /// Predicates that say nothing by themselves.
    pub(super) light: HashSet<String>,
    /// Words with their opposites; the first of each pair stands for both.
    pub(super) opposites: Vec<(String, String)>,
}

/// The bundled lists. The file is part of the program and a test reads it; a fault in it leaves the lists empty.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let file: File = toml::from_str(FILE).unwrap_or_default();
    let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<HashSet<_>>();
    let pairs = file.proposals.opposites.split_whitespace().filter_map(|pair| pair.split_once('/'));
    Rules {
        negators: list(&file.negators),
        distancing: list(&file.distancing),
        turning: list(&file.turning),
        support: list(&file.stances.support),
        oppose: list(&file.stances.oppose),
        bad: list(&file.evaluation.bad),
        good: list(&file.evaluation.good),
        empty: list(&file.proposals.empty),
        light: list(&file.proposals.light),
        opposites: pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect(),
    }
});

/// Negators in all forms, for those who look at patterns.
pub(super) fn is_negator(word: &str) -> bool {
    RULES.negators.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_lists_are_read() {
        let file: Result<File, _> = toml::from_str(FILE);
        assert!(file.is_ok(), "{:?}", file.err());
        assert!(RULES.negators.contains("no") && RULES.oppose.contains("reject") && RULES.bad.contains("absurd"));
        assert!(
            RULES.opposites.len() > 20
                && RULES.support.is_disjoint(&RULES.oppose)
                && RULES.good.is_disjoint(&RULES.bad)
        );
    }
}
