//! Words that two texts share: fingerprints by which a shared passage is found without comparing texts in pairs
//! (winnowing, Schleimer, Wilkerson and Aiken 2003), and the alignment that shows what was changed in it (Smith and
//! Waterman 1981).

use std::collections::VecDeque;
use std::ops::Range;

/// A word with its place in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Hash of the word in small letters.
    pub hash: u64,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// The words of a text; marks, spaces and the case of letters do not count.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, c.is_alphanumeric())).chain([(text.len(), false)]);
    for (at, inside) in ends {
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = text.get(from..at).unwrap_or_default();
                let [from, to] = [from, at].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                all.push(Token { hash: hash(word), start: from, end: to });
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// 64-bit FNV-1a of a word in small letters.
fn hash(word: &str) -> u64 {
    let mut value = 0xcbf2_9ce4_8422_2325_u64;
    for c in word.chars().flat_map(char::to_lowercase) {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            value = (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    value
}

/// Fingerprints of a text with the word at which each begins: of every `window` neighbouring runs of `length` words the
/// smallest hash. Two texts that share `window + length - 1` words in a row share a fingerprint.
pub fn fingerprints(tokens: &[Token], length: usize, window: usize) -> Vec<(u64, usize)> {
    let runs: Vec<u64> = tokens.windows(length.max(1)).map(run).collect();
    let mut least: VecDeque<usize> = VecDeque::new();
    let mut all: Vec<(u64, usize)> = Vec::new();
    for (at, value) in runs.iter().enumerate() {
        while least.back().and_then(|last| runs.get(*last)).is_some_and(|last| last >= value) {
            least.pop_back();
        }
        least.push_back(at);
        if least.front().is_some_and(|first| first + window <= at) {
            least.pop_front();
        }
        let Some(&first) = least.front().filter(|_| at + 1 >= window.min(runs.len())) else { continue };
        if all.last().map(|(_, place)| *place) != Some(first) {
            all.extend(runs.get(first).map(|value| (*value, first)));
        }
    }
    all
}

fn run(words: &[Token]) -> u64 {
    let mixed =
        words.iter().fold(0_u64, |sum, word| sum.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ word.hash);
    mixed.wrapping_mul(0xff51_afd7_ed55_8ccd) ^ (mixed >> 33)
}

/// A passage that two texts share, with the words that stand across from each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aligned {
    /// Words of the first text.
    pub a: Range<usize>,
    /// Words of the second.
    pub b: Range<usize>,
    /// How many words are the same.
    pub same: usize,
    /// Stretches that differ: words of the first text and those of the second; one of them may be empty.
    pub changed: Vec<(Range<usize>, Range<usize>)>,
}

const SAME: i32 = 2;
const OTHER: i32 = -1;
const GAP: i32 = -1;

/// The passage of two stretches of words that agrees best; `None` if no word is shared. Takes time and space by the product of
/// their lengths.
pub fn align(a: &[Token], b: &[Token]) -> Option<Aligned> {
    let width = b.len() + 1;
    let mut scores = vec![0_i32; (a.len() + 1) * width];
    let mut best = (0, 0, 0);
    for (i, x) in a.iter().enumerate() {
        let (before, behind) = scores.split_at_mut((i + 1) * width);
        let above = before.get(i * width..).unwrap_or_default();
        let (mut across, mut left) = (0, 0);
        let row = behind.iter_mut().skip(1).zip(above.iter().skip(1)).zip(b);
        for (j, ((cell, up), y)) in row.enumerate() {
            let score = (across + if x.hash == y.hash { SAME } else { OTHER }).max(*up + GAP).max(left + GAP).max(0);
            *cell = score;
            (across, left) = (*up, score);
            if score > best.0 {
                best = (score, i + 1, j + 1);
            }
        }
    }
    let (score, end_a, end_b) = best;
    if score == 0 {
        return None;
    }
    let at = |i: usize, j: usize| scores.get(i * width + j).copied().unwrap_or(0);
    let (mut i, mut j, mut same) = (end_a, end_b, 0);
    let mut changed: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    while i > 0 && j > 0 && at(i, j) > 0 {
        let here = at(i, j);
        let equal = a.get(i - 1).map(|t| t.hash) == b.get(j - 1).map(|t| t.hash);
        if equal && here == at(i - 1, j - 1) + SAME {
            if let Some((to_a, to_b)) = open.take() {
                changed.push((i..to_a, j..to_b));
            }
            same += 1;
            (i, j) = (i - 1, j - 1);
        } else {
            open.get_or_insert((i, j));
            (i, j) = match () {
                () if !equal && here == at(i - 1, j - 1) + OTHER => (i - 1, j - 1),
                () if here == at(i - 1, j) + GAP => (i - 1, j),
                () => (i, j - 1),
            };
        }
    }
    changed.reverse();
    Some(Aligned { a: i..end_a, b: j..end_b, same, changed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'a>(text: &'a str, all: &[Token], range: &Range<usize>) -> &'a str {
        match all.get(range.clone()) {
            Some([first, .., last]) => &text[first.start as usize..last.end as usize],
            Some([only]) => &text[only.start as usize..only.end as usize],
            _ => "",
        }
    }

    #[test]
    fn words_are_told_apart_by_letters_and_digits_alone() {
        let text = "The “Danish” boats, 12 of them — é!";
        let found: Vec<&str> = tokens(text).iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(found, ["The", "Danish", "boats", "12", "of", "them", "é"]);
        assert_eq!(tokens("DANISH")[0].hash, tokens("danish")[0].hash);
    }

    #[test]
    fn a_shared_run_of_words_gives_a_shared_fingerprint() {
        let shared = "for some twenty minutes the lights were turned full upon the boats";
        let a = tokens(&format!("It was a dark night and {shared} as we know"));
        let b = tokens(&format!("He wrote that {shared}. Then all was still and nobody came to help"));
        let of = |t: &[Token]| fingerprints(t, 4, 4).into_iter().map(|(value, _)| value).collect::<Vec<_>>();
        let (a, b) = (of(&a), of(&b));
        assert!(a.iter().any(|value| b.contains(value)));
        let other = of(&tokens("Nothing in these words was ever said by anybody who had been on board that night"));
        assert!(!a.iter().any(|value| other.contains(value)));
        assert!(of(&tokens("two words")).is_empty());
        assert_eq!(of(&tokens("just four words here")).len(), 1);
    }

    #[test]
    fn an_alignment_shows_what_was_changed() {
        let (x, y) = (
            "Before it. For some twenty minutes the lights were turned upon the men, blinded, who held up their fish. After.",
            "Other words. For some thirty minutes the lights were turned upon the crews who held up all their fish! The end",
        );
        let (a, b) = (tokens(x), tokens(y));
        let found = align(&a, &b).unwrap();
        assert_eq!(
            words(x, &a, &found.a),
            "For some twenty minutes the lights were turned upon the men, blinded, who held up their fish"
        );
        let changed: Vec<(&str, &str)> =
            found.changed.iter().map(|(p, q)| (words(x, &a, p), words(y, &b, q))).collect();
        assert_eq!(changed, [("twenty", "thirty"), ("men, blinded", "crews"), ("", "all")]);
        assert_eq!(found.same, 14);
        assert_eq!(align(&tokens("one two"), &tokens("three four")), None);
        assert_eq!(align(&[], &[]), None);
    }
}
