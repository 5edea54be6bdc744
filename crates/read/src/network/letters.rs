//! Kinds of characters and the hashes of strings that the weights were made with. Both are part of the file's meaning,
//! as `train/NETWORK.md` describes it: another letter or another hash would point at other weights.

use std::borrow::Cow;

/// A letter. (The reference in Python takes category L, which differs on a few combining vowels only.)
pub(super) fn letter(c: char) -> bool {
    c.is_alphabetic()
}

/// A digit, ASCII only.
pub(super) fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A digraph with a capital first part only, as U+01C5: neither upper nor lower case.
fn titled(c: char) -> bool {
    matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}')
        || matches!(c, '\u{1fa8}'..='\u{1faf}' | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

/// Lower case of a word.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        }
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// What a word looks like: 0 nothing, 1 lower case, 2 Title, 3 UPPER, 4 one capital, 5 digits, 6 letters and others
/// mixed, else 16 + its first character.
pub(super) fn word_class(word: &str) -> u32 {
    let Some(first) = word.chars().next() else { return 0 };
    if word.chars().all(digit) {
        return 5;
    }
    if letter(first) {
        let capital = if first.is_uppercase() { 2 } else { 6 };
        return if word.chars().all(letter) { case_class(word, capital) } else { capital };
    }
    if word.chars().any(|c| letter(c) || digit(c)) { 6 } else { 16 + u32::from(first) }
}

fn case_class(word: &str, otherwise: u32) -> u32 {
    let (mut upper, mut lower) = (false, false);
    for c in word.chars() {
        if titled(c) {
            return otherwise;
        }
        upper |= c.is_uppercase();
        lower |= c.is_lowercase();
    }
    match (upper, lower) {
        (false, true) => 1,
        (true, false) if word.chars().nth(1).is_some() => 3,
        (true, false) => 4,
        _ => otherwise,
    }
}

/// FNV-1a, 32 bits, of some bytes after others.
pub(super) fn fnv_more(start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(start, |value, b| (value ^ u32::from(*b)).wrapping_mul(16_777_619))
}

/// FNV-1a, 32 bits.
pub(super) fn fnv(text: &str) -> u32 {
    fnv_more(2_166_136_261, text.as_bytes())
}

/// One hash of a kind and some values.
#[inline(always)]
pub(super) fn mix<const N: usize>(kind: u32, values: [u32; N]) -> u32 {
    values.into_iter().fold(kind.wrapping_mul(0x9E37_79B1), |x, v| {
        let x = (x ^ v).wrapping_mul(0x85EB_CA6B);
        x ^ (x >> 15)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_words() {
        let all = ["", "mill", "Mill", "MILL", "M", "1904", "3rd", "mILL", "it's", "Mill-1", "?", "--", "-1"];
        let classes: Vec<u32> = all.iter().map(|w| word_class(w)).collect();
        assert_eq!(classes, [0, 1, 2, 3, 4, 5, 6, 6, 6, 2, 16 + 63, 16 + 45, 6]);
        assert_eq!(word_class("\u{645}"), 6, "a letter without case");
        assert_eq!(word_class("\u{1c5}"), 6, "a digraph in title case");
    }

    #[test]
    fn hashes_are_those_of_the_reference() {
        assert_eq!(fnv("harbour"), 0xe81e_bb08);
        assert_eq!(fnv(""), 2_166_136_261);
        assert_eq!(mix(3, [7, 11]), 0x794c_aad7);
    }
}
