//! A word cut into pieces of a fixed vocabulary (WordPiece, as BERT's uncased models cut it), so that the vectors of the
//! pieces can stand for words never seen.

use super::error::ModelError;
use super::file::File;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// The piece that stands for what the vocabulary cannot write.
const UNKNOWN: u32 = 100;

/// At most so many pieces of a word count.
const MOST: usize = 12;

/// A part with more characters is unknown.
const LONGEST: usize = 100;

/// The vocabulary: pieces that begin a part, and those that go on.
pub(super) struct Pieces {
    first: HashMap<Box<str>, u32>,
    later: HashMap<Box<str>, u32>,
    longest: usize,
}

impl Pieces {
    /// Reads the vocabulary, which has a line for each of a number of rows.
    pub(super) fn load(file: &File, rows: usize) -> Result<Pieces, ModelError> {
        let name = "pieces.vocabulary";
        let (mut first, mut later) = (HashMap::with_capacity(rows), HashMap::with_capacity(rows / 4));
        let mut longest = 0;
        let mut count = 0_u32;
        for line in file.lines(name)? {
            longest = longest.max(line.chars().count());
            if let Some(rest) = line.strip_prefix("##") {
                later.insert(rest.into(), count);
            }
            first.insert(line.into(), count);
            count += 1;
        }
        if count as usize != rows || count <= UNKNOWN {
            return Err(ModelError::values(name, format!("{count} lines for {rows} vectors")));
        }
        Ok(Pieces { first, later, longest })
    }

    /// The rows of a word's pieces: at least one, at most twelve.
    pub(super) fn of(&self, word: &str, out: &mut Vec<u32>) {
        out.clear();
        for part in normal(word).split_whitespace() {
            self.add_part(part, out);
            if out.len() >= MOST {
                break;
            }
        }
        out.truncate(MOST);
        if out.is_empty() {
            out.push(UNKNOWN);
        }
    }

    fn add_part(&self, part: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let known = part.chars().nth(LONGEST).is_none();
        let mut rest = part;
        while known && !rest.is_empty() {
            let table = if rest.len() == part.len() { &self.first } else { &self.later };
            let Some((piece, end)) = self.longest_entry(table, rest) else {
                out.truncate(before);
                break;
            };
            out.push(piece);
            rest = rest.get(end..).unwrap_or_default();
        }
        if out.len() == before {
            out.push(UNKNOWN);
        }
    }

    /// The longest entry with which a string begins, and where it ends.
    fn longest_entry(&self, table: &HashMap<Box<str>, u32>, rest: &str) -> Option<(u32, usize)> {
        let ends = rest.char_indices().take(self.longest).map(|(at, c)| at + c.len_utf8());
        let mut all = [0; LONGEST];
        let mut count = 0;
        for (place, end) in all.iter_mut().zip(ends) {
            *place = end;
            count += 1;
        }
        let entry = |end: &usize| Some((*table.get(rest.get(..*end)?)?, *end));
        all.iter().take(count).rev().find_map(entry)
    }
}

/// Lower case without accents and control characters; ideographs, punctuation and blanks part the word.
fn normal(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 8);
    if word.is_ascii() {
        for c in word.chars().filter(|c| !c.is_ascii_control() || matches!(c, '\t' | '\n' | '\r')) {
            push_parted(c.to_ascii_lowercase(), c.is_ascii_punctuation(), &mut out);
        }
        return out;
    }
    let mut spread = String::with_capacity(word.len() + 8);
    for c in word.chars().filter(|c| !control(*c)) {
        push_parted(if c.is_whitespace() { ' ' } else { c }, ideograph(c), &mut spread);
    }
    let bare: String = spread.nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark).collect();
    for c in bare.to_lowercase().chars() {
        push_parted(c, punctuation(c), &mut out);
    }
    out
}

fn push_parted(c: char, parted: bool, out: &mut String) {
    if parted {
        out.push(' ');
    }
    out.push(c);
    if parted {
        out.push(' ');
    }
}

fn control(c: char) -> bool {
    let other = |c: char| c.general_category_group() == GeneralCategoryGroup::Other;
    c == '\u{fffd}' || !matches!(c, '\t' | '\n' | '\r') && other(c)
}

fn punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
}

fn ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F)
        || matches!(u32::from(c), 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::normal;

    fn parts(word: &str) -> Vec<String> {
        normal(word).split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn words_are_parted_and_bared() {
        assert_eq!(parts("Café"), ["cafe"]);
        assert_eq!(parts("Mill-race"), ["mill", "-", "race"]);
        assert_eq!(parts("«Élan»"), ["«", "elan", "»"]);
        assert_eq!(parts("水車x"), ["水", "車", "x"]);
        assert_eq!(parts("a\u{200d}b\u{7}c"), ["abc"]);
        assert!(parts("\u{301}").is_empty());
    }
}
