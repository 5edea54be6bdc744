//! A font's own table of letters (`ToUnicode`), for tables that give nothing (`<>`) for some codes: the library stops
//! reading there and would lose the letters of every code after it.

use std::collections::HashMap;

/// Entries of one range; a range of more is a mistake.
const MOST_IN_RANGE: u32 = 0x1_0000;
/// Entries of one table.
const MOST: usize = 0x2_0000;

/// Letters by code; empty where the code shows none.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Letters {
    by_code: HashMap<u32, String>,
}

impl Letters {
    /// Reads a table; `None` if it gives letters for every code it names, as most do.
    pub fn with_gaps(table: &[u8]) -> Option<Letters> {
        memchr::memmem::find(table, b"<>")?;
        let mut letters = Letters::default();
        let mut section = Section::Other;
        let mut pending: Vec<Vec<u8>> = Vec::new();
        let mut list: Option<u32> = None;
        let mut rest = table;
        while let Some((token, tail)) = next_token(rest) {
            rest = tail;
            match token {
                Token::Word(word) => {
                    section = match word {
                        b"beginbfchar" => Section::Chars,
                        b"beginbfrange" => Section::Ranges,
                        b"endbfchar" | b"endbfrange" => Section::Other,
                        b"[" => {
                            list = pending.first().map(|low| number(low));
                            section
                        }
                        b"]" => {
                            list = None;
                            section
                        }
                        _ => section,
                    };
                    if word != b"[" || section == Section::Other {
                        pending.clear();
                    }
                }
                Token::Hex(bytes) => match (section, &mut list) {
                    (Section::Ranges, Some(code)) => {
                        letters.put(*code, &bytes, 0);
                        *code = code.wrapping_add(1);
                    }
                    (Section::Other, _) => {}
                    _ => {
                        pending.push(bytes);
                        letters.take(section, &mut pending);
                    }
                },
            }
        }
        Some(letters)
    }

    /// The letters of a code; `None` if the table does not name it.
    pub fn of(&self, code: u32) -> Option<&str> {
        self.by_code.get(&code).map(String::as_str)
    }

    fn take(&mut self, section: Section, pending: &mut Vec<Vec<u8>>) {
        match (section, pending.as_slice()) {
            (Section::Chars, [code, letters]) => self.put(number(code), letters, 0),
            (Section::Ranges, [low, high, letters]) => {
                let (low, high) = (number(low), number(high));
                for step in 0..=high.saturating_sub(low).min(MOST_IN_RANGE) {
                    self.put(low.wrapping_add(step), letters, step);
                }
            }
            _ => return,
        }
        pending.clear();
    }

    fn put(&mut self, code: u32, letters: &[u8], step: u32) {
        if self.by_code.len() >= MOST {
            return;
        }
        let mut units: Vec<u16> =
            letters.chunks(2).map(|pair| pair.iter().fold(0, |n, b| n << 8 | u16::from(*b))).collect();
        if let Some(last) = units.last_mut() {
            *last = last.wrapping_add(step as u16);
        }
        self.by_code.insert(code, String::from_utf16_lossy(&units));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Chars,
    Ranges,
    Other,
}

enum Token<'t> {
    Word(&'t [u8]),
    Hex(Vec<u8>),
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn next_token(bytes: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let bytes = bytes.get(start..)?;
    match bytes.first()? {
        b'<' if bytes.get(1) != Some(&b'<') => {
            let end = bytes.iter().position(|b| *b == b'>')?;
            let digits: Vec<u8> =
                bytes.get(1..end)?.iter().filter_map(|b| char::from(*b).to_digit(16)).map(|d| d as u8).collect();
            let hex = digits.chunks(2).map(|pair| pair.iter().fold(0, |n, d| n << 4 | d)).collect();
            Some((Token::Hex(hex), bytes.get(end + 1..)?))
        }
        b'[' | b']' | b'<' | b'>' => Some((Token::Word(bytes.get(..1)?), bytes.get(1..)?)),
        _ => {
            let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'[' | b']' | b'>');
            let end = bytes.iter().position(stop).unwrap_or(bytes.len());
            Some((Token::Word(bytes.get(..end)?), bytes.get(end..)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn codes_after_an_empty_entry_keep_their_letters() {
        let table = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n3 beginbfchar <0003> <> <0004> <0041>\n\
            <0005> <D83DDEA2> endbfchar 2 beginbfrange <10> <12> <0061> <20> <21> [<0058> <0059>] endbfrange";
        let letters = Letters::with_gaps(table).unwrap();
        assert_eq!(
            [3, 4, 5, 0x11, 0x21, 0x30].map(|code| letters.of(code)),
            [Some(""), Some("A"), Some("🚢"), Some("b"), Some("Y"), None]
        );
        assert_eq!(Letters::with_gaps(b"1 beginbfchar <03> <0041> endbfchar"), None);
    }
}
