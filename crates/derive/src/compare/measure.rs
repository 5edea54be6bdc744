//! Numbers as accounts give them: a value, a range, a bound, or nearly so; and whether two can both be right.

use rashomon_core::Quantity;

/// Words before a number that leave it open by a little.
const ROUGH: &[&str] = &[
    "about",
    "some",
    "nearly",
    "almost",
    "around",
    "roughly",
    "approximately",
    "circa",
    "close",
    "estimated",
    "or",
    "well",
    "dozens",
    "hundreds",
    "thousands",
];
/// By so much of the larger may two rough numbers differ.
const SLACK: f64 = 0.2;

/// A number or a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// At least.
    pub(super) low: Option<f64>,
    /// At most.
    pub(super) high: Option<f64>,
    /// Whether the words leave it open by a little.
    pub(super) rough: bool,
}

impl Measure {
    /// What a quantity says; nothing for fractions, for words without a number (`several`) and for ranks.
    pub(super) fn of(quantity: &Quantity) -> Option<Measure> {
        let value =
            |text: &Option<String>| text.as_deref().and_then(|t| t.parse::<f64>().ok()).filter(|v| v.is_finite());
        let (low, high) = (value(&quantity.low), value(&quantity.high));
        let fraction = [&quantity.low, &quantity.high].into_iter().flatten().any(|t| t.contains('/'));
        ((low.is_some() || high.is_some()) && !fraction).then(|| Measure {
            low,
            high,
            rough: is_rough(&quantity.words.text),
        })
    }

    /// Whether both can be right.
    pub(super) fn fits(self, other: Measure) -> bool {
        let slack = if self.rough || other.rough { SLACK } else { 0.0 };
        let below =
            |x: Option<f64>, y: Option<f64>| x.zip(y).is_some_and(|(x, y)| y - x > slack * x.abs().max(y.abs()));
        !below(self.high, other.low) && !below(other.high, self.low)
    }
}

/// Whether words say that their number is not exact.
pub(super) fn is_rough(words: &str) -> bool {
    words.split_whitespace().any(|w| ROUGH.contains(&w.to_lowercase().as_str()))
}

/// A length of time in seconds, as words tell it: `ten to twelve minutes`, `nearly half an hour`, `no more than two days`.
pub(super) fn duration(words: &str) -> Option<Measure> {
    let lower = words.to_lowercase();
    let all: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',').filter(|w| !w.is_empty()).collect();
    let at = all.iter().position(|w| seconds(w).is_some())?;
    if all.iter().skip(at + 1).any(|w| seconds(w).is_some() || number(w).is_some()) {
        return None;
    }
    let unit = all.get(at).and_then(|w| seconds(w))?;
    let before = all.get(..at).unwrap_or_default();
    let numbers: Vec<f64> = match before {
        [.., "half", "an" | "a"] | [.., "half"] => vec![0.5],
        [.., "quarter", "of", "an" | "a"] => vec![0.25],
        [.., "an" | "a"] | ["the"] => vec![1.0],
        _ => counted(before)?,
    };
    let (low, high) = match numbers.as_slice() {
        [one] => (*one, *one),
        [low, high] if low < high => (*low, *high),
        _ => return None,
    };
    let says = |phrase: &str| before.join(" ").contains(phrase);
    let at_most = ["no more than", "not more than", "at most", "up to", "less than", "under", "no longer than"]
        .iter()
        .any(|p| says(p));
    let at_least = !at_most && ["more than", "at least", "over", "no less than", "longer than"].iter().any(|p| says(p));
    Some(Measure {
        low: (!at_most).then_some(low * unit),
        high: (!at_least).then_some(high * unit),
        rough: before.iter().any(|w| ROUGH.contains(w)),
    })
}

/// Seconds of a unit.
fn seconds(word: &str) -> Option<f64> {
    let one = word.strip_suffix('s').unwrap_or(word);
    let known = [("second", 1.0), ("minute", 60.0), ("hour", 3_600.0), ("day", 86_400.0), ("week", 604_800.0)];
    known.iter().find(|(name, _)| *name == one).map(|(_, value)| *value)
}

/// The one or two numbers that some words count to.
fn counted(words: &[&str]) -> Option<Vec<f64>> {
    let mut all: Vec<f64> = Vec::new();
    let mut last = false;
    for word in words {
        let Some(value) = number(word) else {
            last = false;
            continue;
        };
        match (all.last_mut(), last) {
            (Some(before), true) if value >= 100.0 => *before *= value,
            (Some(before), true) if *before >= 20.0 => *before += value,
            (_, true) => return None,
            _ => all.push(value),
        }
        last = true;
    }
    (1..=2).contains(&all.len()).then_some(all)
}

/// The numbers that some words give, in figures or in words, in order. `one` counts as a pronoun more often than as a number.
pub fn numbers(words: &str) -> Vec<f64> {
    let apart = words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ','));
    let lower = apart.filter(|word| !word.is_empty()).map(str::to_lowercase);
    lower.filter(|word| word != "one").filter_map(|word| number(&word)).collect()
}

/// The value of a number in figures or in one word.
pub(super) fn number(word: &str) -> Option<f64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: &[&str] = &["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.trim_end_matches([',', '.']).replace(',', "").parse().ok();
    }
    if let Some(value) = WORDS.iter().position(|w| *w == word) {
        return Some(value as f64);
    }
    match word {
        "hundred" => Some(100.0),
        "thousand" => Some(1_000.0),
        _ => TENS.iter().position(|w| *w == word).map(|tens| (tens + 3) as f64 * 10.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &str) -> Option<(Option<f64>, Option<f64>, bool)> {
        duration(words).map(|m| (m.low.map(|s| s / 60.0), m.high.map(|s| s / 60.0), m.rough))
    }

    #[test]
    fn lengths_of_time_are_read_as_they_are_told() {
        assert_eq!(told("ten to twelve minutes"), Some((Some(10.0), Some(12.0), false)));
        assert_eq!(told("no more than ten minutes"), Some((None, Some(10.0), false)));
        assert_eq!(told("nearly half an hour"), Some((Some(30.0), Some(30.0), true)));
        assert_eq!(told("a quarter of an hour"), Some((Some(15.0), Some(15.0), false)));
        assert_eq!(told("at least forty five minutes"), Some((Some(45.0), None, false)));
        assert_eq!(told("two hours"), Some((Some(120.0), Some(120.0), false)));
        assert_eq!(told("1,200 hours"), Some((Some(72_000.0), Some(72_000.0), false)));
        for unknown in ["", "much longer", "some minutes", "two hours and ten minutes", "May 1905", "five six minutes"]
        {
            assert_eq!(told(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn the_numbers_of_some_words_are_told_in_order() {
        assert_eq!(numbers("Some thirty-two men, 1,200 tons and one boat"), [30.0, 2.0, 1200.0]);
        assert!(numbers("no number at all, just words.").is_empty());
    }

    #[test]
    fn two_numbers_clash_where_neither_leaves_room_for_the_other() {
        let one = |value: f64, rough: bool| Measure { low: Some(value), high: Some(value), rough };
        assert!(one(12.0, false).fits(one(12.0, false)) && !one(12.0, false).fits(one(13.0, false)));
        assert!(one(100.0, true).fits(one(110.0, false)) && !one(100.0, true).fits(one(130.0, false)));
        let at_most = Measure { low: None, high: Some(10.0), rough: false };
        assert!(at_most.fits(one(3.0, false)) && at_most.fits(one(10.0, false)) && !at_most.fits(one(11.0, false)));
    }
}
