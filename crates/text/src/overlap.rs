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

const SAME: i16 = 2;
const OTHER: i16 = -1;
const GAP: i16 = -1;

/// Words of a stretch that are aligned at most, so that no score is too large.
const MOST: usize = 16_000;

/// The passage of two stretches of words that agrees best; `None` if no word is shared. Takes time and space by the product of
/// their lengths, of which no more than 16,000 words count; the space is `scores`, so that it can be used again. The scores are worked out by diagonals, because the cells of one do not wait for each other.
pub fn align(a: &[Token], b: &[Token], scores: &mut Vec<i16>) -> Option<Aligned> {
    let (a, b) = (a.get(..MOST).unwrap_or(a), b.get(..MOST).unwrap_or(b));
    let (words, mut backwards) = numbered(a, b);
    backwards.reverse();
    let width = a.len() + 1;
    // The score of i words of the first text and j of the second stands in row i + j, column i.
    scores.clear();
    scores.resize((a.len() + b.len() + 1) * width, 0);
    let mut best = (0, 0, 0);
    for row in 2..=a.len() + b.len() {
        let (low, high) = (row.saturating_sub(b.len()).max(1), a.len().min(row - 1));
        let (before, here) = scores.split_at_mut(row * width);
        let (Some(across), Some(up), Some(left), Some(here)) = (
            before.get((row - 2) * width + low - 1..(row - 2) * width + high),
            before.get((row - 1) * width + low - 1..(row - 1) * width + high),
            before.get((row - 1) * width + low..(row - 1) * width + high + 1),
            here.get_mut(low..high + 1),
        ) else {
            continue;
        };
        let pairs = words.iter().skip(low - 1).zip(backwards.iter().skip(low + b.len() - row));
        let beside = across.iter().zip(up).zip(left);
        for ((score, (x, y)), ((across, up), left)) in here.iter_mut().zip(pairs).zip(beside) {
            let met = across + if x == y { SAME } else { OTHER };
            *score = met.max(up + GAP).max(left + GAP).max(0);
        }
        let most = here.iter().copied().max().unwrap_or(0);
        if most > 0 && most >= best.0 {
            // Of several the one that ends first in the first text.
            let at = low + here.iter().position(|score| *score == most).unwrap_or(0);
            if (most, best.1) > (best.0, at) {
                best = (most, at, row - at);
            }
        }
    }
    let (score, end_a, end_b) = best;
    if score == 0 {
        return None;
    }
    let at = |i: usize, j: usize| scores.get((i + j) * width + i).copied().unwrap_or(0);
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

/// The words of two texts as small numbers, of which two are the same where the words are.
fn numbered(a: &[Token], b: &[Token]) -> (Vec<u16>, Vec<u16>) {
    let mut known: Vec<u64> = a.iter().map(|word| word.hash).collect();
    known.sort_unstable();
    known.dedup();
    let number =
        |word: &Token| known.binary_search(&word.hash).map_or(u16::MAX, |n| u16::try_from(n).unwrap_or(u16::MAX));
    (a.iter().map(number).collect(), b.iter().map(number).collect())
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
        let found = align(&a, &b, &mut Vec::new()).unwrap();
        assert_eq!(
            words(x, &a, &found.a),
            "For some twenty minutes the lights were turned upon the men, blinded, who held up their fish"
        );
        let changed: Vec<(&str, &str)> =
            found.changed.iter().map(|(p, q)| (words(x, &a, p), words(y, &b, q))).collect();
        assert_eq!(changed, [("twenty", "thirty"), ("men, blinded", "crews"), ("", "all")]);
        assert_eq!(found.same, 14);
        assert_eq!(align(&tokens("one two"), &tokens("three four"), &mut Vec::new()), None);
        assert_eq!(align(&[], &[], &mut Vec::new()), None);
    }

    #[test]
    fn no_other_passage_scores_higher() {
        let mut state = 1904_u64;
        let mut below = |most: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % most
        };
        for _ in 0..300 {
            let mut draw =
                |most| (0..below(most)).map(|_| Token { hash: below(5), start: 0, end: 0 }).collect::<Vec<_>>();
            let (a, b) = (draw(30), draw(24));
            let mut scores = vec![vec![0_i16; b.len() + 1]; a.len() + 1];
            for i in 1..=a.len() {
                for j in 1..=b.len() {
                    let met = scores[i - 1][j - 1] + if a[i - 1].hash == b[j - 1].hash { SAME } else { OTHER };
                    scores[i][j] = met.max(scores[i - 1][j] + GAP).max(scores[i][j - 1] + GAP).max(0);
                }
            }
            let most = scores.iter().flatten().copied().max().unwrap_or(0);
            let found = align(&a, &b, &mut Vec::new());
            let first = scores.iter().position(|row| row.contains(&most));
            assert_eq!(found.as_ref().map(|f| f.a.end), first.filter(|_| most > 0));
            let differs = |f: &Aligned| f.changed.iter().map(|(p, q)| p.len().max(q.len())).sum::<usize>();
            let score = found.map_or(0, |f| f.same as i16 * SAME + differs(&f) as i16 * GAP);
            assert_eq!(score, most);
        }
    }
}
