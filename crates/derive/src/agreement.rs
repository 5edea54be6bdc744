//! How far people who judged the same things agree beyond chance: Krippendorff's alpha for nominal data, any number of
//! people, any of them missing. The formula is C of Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011),
//! whose worked examples are the tests.
//!
//! Each person's last verdict on a thing counts that the person did not take back, whether a later one of somebody else
//! overrules it or not: who agrees and which verdict stands are different questions.

use rashomon_core::Judgement;
use rashomon_core::judgement::{UNDO, in_force, is_grade};
use rashomon_text::names::key;
use rashomon_text::space::one_line;
use std::collections::{BTreeMap, BTreeSet};

/// What verdicts are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// Statements: right, wrong, mended.
    Statements,
    /// Two statements: right, wrong, agree, contradict, differ.
    Comparisons,
    /// Two names: same, different, unsure.
    Names,
    /// Documents: grades.
    Sources,
}

impl About {
    /// Each, in the order in which they are shown.
    pub const ALL: &'static [About] = &[About::Statements, About::Comparisons, About::Names, About::Sources];

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            About::Statements => "statements",
            About::Comparisons => "comparisons",
            About::Names => "names",
            About::Sources => "sources",
        }
    }
}

/// One thing that people judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Id of what was judged; empty for two names.
    pub target: String,
    /// Its words, as the first of the verdicts has them.
    pub words: String,
    /// Each person's verdict, by name.
    pub verdicts: BTreeMap<String, String>,
}

impl Judged {
    /// Whether two people say different things of it.
    pub fn is_disputed(&self) -> bool {
        self.verdicts.values().collect::<BTreeSet<_>>().len() > 1
    }
}

/// What people who judged one sort of things have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The sort.
    pub about: About,
    /// Everything of the sort that somebody judged, in the order in which it was first judged.
    pub judged: Vec<Judged>,
    /// People who judged any of it.
    pub people: usize,
    /// Things that two or more people judged: the only ones that alpha knows.
    pub shared: usize,
    /// Krippendorff's alpha; nothing where fewer than two things are shared or all verdicts on them are the same one.
    pub alpha: Option<f64>,
}

/// The agreement of people on each sort of things that anybody judged.
pub fn agreement(judgements: &[Judgement]) -> Vec<Agreement> {
    let mut things: BTreeMap<About, Vec<Judged>> = BTreeMap::new();
    let mut places: BTreeMap<(About, String), usize> = BTreeMap::new();
    for row in in_force(judgements) {
        let Some((about, name)) = thing(row) else { continue };
        let all = things.entry(about).or_default();
        let place = *places.entry((about, name)).or_insert(all.len());
        if place == all.len() {
            all.push(Judged { target: row.target.clone(), words: row.words.clone(), verdicts: BTreeMap::new() });
        }
        let Some(thing) = all.get_mut(place) else { continue };
        if row.verdict == UNDO {
            // Without a row's number it takes back what everybody said.
            thing.verdicts.clear();
        } else {
            thing.verdicts.insert(row.agent.clone(), row.verdict.clone());
        }
    }
    things
        .into_iter()
        .map(|(about, mut judged)| {
            judged.retain(|thing| !thing.verdicts.is_empty());
            let people: BTreeSet<&String> = judged.iter().flat_map(|thing| thing.verdicts.keys()).collect();
            let units: Vec<Vec<&str>> =
                judged.iter().map(|thing| thing.verdicts.values().map(String::as_str).collect()).collect();
            let shared = units.iter().filter(|unit| unit.len() > 1).count();
            let alpha = (shared > 1).then(|| alpha(&units)).flatten();
            Agreement { about, people: people.len(), shared, alpha, judged }
        })
        .filter(|found| !found.judged.is_empty())
        .collect()
}

/// What a row is about, and the name under which rows on the same thing meet.
fn thing(row: &Judgement) -> Option<(About, String)> {
    if row.target.is_empty() {
        let (a, b) = row.words.split_once('\n')?;
        let mut keys = [key(a).join(" "), key(b).join(" ")];
        keys.sort();
        return Some((About::Names, keys.join("\n")));
    }
    if row.target.contains(' ') {
        let mut ids: Vec<&str> = row.target.split(' ').collect();
        ids.sort_unstable();
        return Some((About::Comparisons, ids.join(" ")));
    }
    let of_statement = ["right", "wrong", "mended"].contains(&row.verdict.as_str());
    match row.verdict.as_str() {
        UNDO if row.document.is_some() => Some((About::Statements, row.target.clone())),
        // An undo of a document's grade and one of a statement from before rows named documents are told apart by length:
        // a document's id has all 64 digits.
        UNDO if row.target.len() < 64 => Some((About::Statements, row.target.clone())),
        UNDO => Some((About::Sources, row.target.clone())),
        _ if of_statement => Some((About::Statements, row.target.clone())),
        grade if is_grade(grade) => Some((About::Sources, row.target.clone())),
        _ => None,
    }
}

/// Krippendorff's alpha for nominal data: `units` are the things judged, each with the values it was given, in any order;
/// a value that is missing is left out. 1 is agreement without exception, 0 what chance would give, below 0 less than that.
/// `None` where nothing can be paired or only one value was ever given, for then there is nothing to tell chance by.
///
/// With `o(c, k)` the coincidences of values `c` and `k` (over all units: ordered pairs of values of different people, each
/// divided by the unit's number of values less one), `n(c)` their sums and `n` the sum of those (Krippendorff 2011, C):
/// alpha = ((n - 1) sum o(c, c) - sum n(c) (n(c) - 1)) / (n (n - 1) - sum n(c) (n(c) - 1)).
pub fn alpha<T: Ord>(units: &[Vec<T>]) -> Option<f64> {
    let (mut alike, mut sums) = (0.0, BTreeMap::<&T, f64>::new());
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut counts: BTreeMap<&T, f64> = BTreeMap::new();
        for value in unit {
            *counts.entry(value).or_default() += 1.0;
        }
        let others = unit.len() as f64 - 1.0;
        for (value, count) in counts {
            alike += count * (count - 1.0) / others;
            // A value meets each of the others once, so its coincidences sum up to the number of times it was given.
            *sums.entry(value).or_default() += count;
        }
    }
    let all: f64 = sums.values().sum();
    let expected: f64 = sums.values().map(|n| n * (n - 1.0)).sum();
    let room = all * (all - 1.0) - expected;
    (room > 0.0).then(|| ((all - 1.0) * alike - expected) / room)
}

/// The words of something judged, on one line.
pub fn words(thing: &Judged) -> String {
    thing.words.split('\n').map(one_line).collect::<Vec<_>>().join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of units from rows of people, as the examples give them; `.` is missing.
    fn units(rows: &[&str]) -> Vec<Vec<char>> {
        let rows: Vec<Vec<char>> = rows.iter().map(|r| r.split(' ').flat_map(str::chars).collect()).collect();
        let unit = |n: usize| rows.iter().filter_map(|r| r.get(n)).copied().filter(|c| *c != '.').collect();
        (0..rows[0].len()).map(unit).collect()
    }

    #[test]
    fn alpha_is_that_of_the_published_examples() {
        let near = |rows: &[&str], published: f64| {
            let found = alpha(&units(rows)).unwrap();
            assert!((found - published).abs() < 0.0005, "{found} is not {published}");
        };
        // Krippendorff (2011), A: two observers, binary data; B: two observers, nominal data; C: four observers,
        // nominal data, values missing.
        near(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"], 0.095);
        near(&["a a b b d c c c e d d a", "b a b b b c c c e d d d"], 0.692);
        near(
            &[
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ],
            0.743,
        );
    }

    #[test]
    fn where_there_is_nothing_to_tell_chance_by_there_is_no_alpha() {
        assert_eq!(alpha(&units(&["a a a", "a a a"])), None);
        assert_eq!(alpha(&units(&["a b .", ". . a"])), None, "nobody judged the same");
        assert_eq!(alpha(&units(&["a b", "a b"])), Some(1.0));
        assert!(alpha(&units(&["a b", "b a"])).unwrap() < 0.0);
    }

    fn row(sequence: u64, agent: &str, verdict: &str, target: &str) -> Judgement {
        Judgement {
            sequence,
            agent: agent.into(),
            verdict: verdict.into(),
            target: target.into(),
            words: "Tom Reed\nT. Reed".into(),
            ..Judgement::default()
        }
    }

    #[test]
    fn each_persons_last_verdict_counts_and_only_what_two_people_judged_is_shared() {
        let log = [
            row(1, "Anne", "right", "a"),
            row(2, "Tom", "wrong", "a"),
            row(3, "Tom", "right", "b"),
            row(4, "Anne", "right", "b"),
            row(5, "Anne", "right", "c"),
            row(6, "Tom", "right", "a"),
            Judgement { undoes: Some(6), ..row(7, "Tom", UNDO, "a") },
            row(8, "Anne", "same", ""),
            row(9, "Anne", "note", "a"),
            row(10, "Anne", "B2", "d"),
        ];
        let found = agreement(&log);
        let told: Vec<_> = found.iter().map(|a| (a.about.as_str(), a.people, a.judged.len(), a.shared)).collect();
        assert_eq!(told, [("statements", 2, 3, 2), ("names", 1, 1, 0), ("sources", 1, 1, 0)]);
        assert_eq!(found[0].alpha, Some(0.0), "three of four say right: what chance would give");
        let disputed: Vec<&str> =
            found[0].judged.iter().filter(|j| j.is_disputed()).map(|j| j.target.as_str()).collect();
        assert_eq!(disputed, ["a"]);
        assert_eq!(found[1].alpha, None);
    }
}
