//! Whether the words between two names call them one. The words are in `data/aliases.toml`.

use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

#[derive(Deserialize, Default)]
struct File {
    words: HashSet<String>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    test: Vec<Test>,
}

#[derive(Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct Test {
    between: String,
    one: bool,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/aliases.toml")).unwrap_or_default());

/// Longer stretches say more than that two names are one's.
const LONGEST: usize = 60;

/// Whether the words between two names call them one.
pub fn calls_one(between: &str) -> bool {
    let ends = between.contains(['.', ';', '\n']) && !between.contains("a.k.a.");
    if between.len() > LONGEST || ends {
        return false;
    }
    let words = between.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase);
    let words: Vec<String> = words.filter(|w| w != "the").collect();
    FILE.words.contains(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_in_the_file_pass() {
        let file: File = toml::from_str(include_str!("../../data/aliases.toml")).unwrap();
        assert!(file.words.len() > 20 && file.test.len() > 5);
        for test in &file.test {
            assert_eq!(calls_one(&test.between), test.one, "{:?}", test.between);
        }
    }
}
