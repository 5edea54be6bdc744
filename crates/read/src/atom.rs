//! What dates and quantities are read from: tokens cut once more, at hyphens and between digits and letters, so that
//! `three-year-old`, `mid-1980s`, `1914–18` and `5bn` are read by the same rules as the same words apart.
//!
//! A word's meaning here (a month, a unit, a number) comes from the lists in `rules/times.toml` and
//! `rules/quantities.toml`, looked up once for each atom.

use crate::lexicon::WordMap;
use crate::token::{Kind, Token};
use rashomon_text::letters::{is_apostrophe, is_hyphen};

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomKind {
    /// Letters.
    Word,
    /// Digits alone.
    Digits,
    /// Digits with a decimal point or marks between thousands.
    Figure,
    /// Anything else.
    Mark,
}

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Atom {
    /// First byte in the document.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// The token it is cut from.
    pub(crate) token: usize,
    /// Its id in the vocabulary; 0 for a word in no list.
    pub(crate) word: u16,
    /// What it is.
    pub(crate) kind: AtomKind,
    /// Nothing stands between it and the atom before.
    pub(crate) glued: bool,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// The value of digits alone.
    pub(crate) value: u32,
    /// How many digits it has, if it is digits alone.
    pub(crate) digits: u8,
}

impl Atom {
    /// Its text.
    pub(crate) fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Words with an id each.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: WordMap<String, u16>,
}

/// Longest word in bytes that a list may hold.
const LONGEST: usize = 24;

impl Vocabulary {
    /// The id of a word, given one if it has none.
    pub(crate) fn add(&mut self, word: &str) -> u16 {
        let next = u16::try_from(self.ids.len() + 1).unwrap_or(u16::MAX);
        *self.ids.entry(word.to_owned()).or_insert(next)
    }

    /// Number of ids, with 0.
    pub(crate) fn len(&self) -> usize {
        self.ids.len() + 1
    }

    /// The id of a word in any letter case, an abbreviation's full stop left off; 0 if it has none.
    pub(crate) fn id(&self, word: &str) -> u16 {
        let bare = if word.len() > 1 { word.trim_end_matches('.') } else { word };
        if bare.is_empty() || bare.len() > LONGEST {
            return 0;
        }
        if bare.is_ascii() {
            let mut buffer = [0u8; LONGEST];
            for (place, byte) in buffer.iter_mut().zip(bare.bytes()) {
                *place = byte.to_ascii_lowercase();
            }
            let lower = buffer.get(..bare.len()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
            return self.ids.get(lower).copied().unwrap_or(0);
        }
        let straight = |c: char| match c {
            c if is_apostrophe(c) => '\'',
            c if is_hyphen(c) || matches!(c, '–' | '—' | '−') => '-',
            c => c,
        };
        let lower: String = bare.chars().map(straight).flat_map(char::to_lowercase).collect();
        self.ids.get(lower.as_str()).copied().unwrap_or(0)
    }
}

/// Cuts tokens into atoms.
pub(crate) fn atoms(text: &str, tokens: &[Token], from: usize, vocabulary: &Vocabulary) -> Vec<Atom> {
    let mut cutter = Cutter { text, vocabulary, atoms: Vec::with_capacity(tokens.len() + tokens.len() / 8) };
    for (place, token) in tokens.iter().enumerate() {
        let raw = token.text(text);
        let plain = match token.kind {
            Kind::Word => !token.stopped && raw.bytes().any(|b| b == b'-' || b >= 0x80 || b.is_ascii_digit()),
            Kind::Number => !raw.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        if plain {
            cutter.cut(token, raw, from + place);
        } else {
            cutter.push(token.start, token.end, from + place, !token.space);
        }
    }
    cutter.atoms
}

struct Cutter<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    atoms: Vec<Atom>,
}

impl Cutter<'_> {
    /// Pieces of one token: runs of letters, runs of digits (with their points and commas), single marks.
    fn cut(&mut self, token: &Token, raw: &str, place: usize) {
        let dated = dotted_date(raw);
        let mut start = 0;
        let mut before: Option<u8> = None;
        for (at, c) in raw.char_indices() {
            let next = raw.get(at + c.len_utf8()..).and_then(|r| r.chars().next());
            let class = match c {
                c if c.is_ascii_digit() => 1,
                '.' if dated => 2,
                '.' | ',' if before == Some(1) && next.is_some_and(|n| n.is_ascii_digit()) => 1,
                c if is_hyphen(c) || matches!(c, '–' | '—' | '/' | ':') => 2,
                _ => 3,
            };
            if at > start && (before != Some(class) || class == 2) {
                self.push(token.start + start as u32, token.start + at as u32, place, start > 0 || !token.space);
                start = at;
            }
            before = Some(class);
        }
        self.push(token.start + start as u32, token.end, place, start > 0 || !token.space);
    }

    fn push(&mut self, start: u32, end: u32, token: usize, glued: bool) {
        let raw = self.text.get(start as usize..end as usize).unwrap_or_default();
        let first = raw.chars().next().unwrap_or(' ');
        let digits = raw.bytes().all(|b| b.is_ascii_digit()) && raw.len() < 10;
        let kind = match first {
            _ if digits => AtomKind::Digits,
            c if c.is_ascii_digit() => AtomKind::Figure,
            c if c.is_alphabetic() || (is_apostrophe(c) && raw.len() > c.len_utf8()) => AtomKind::Word,
            _ => AtomKind::Mark,
        };
        self.atoms.push(Atom {
            start,
            end,
            token,
            word: if matches!(kind, AtomKind::Word | AtomKind::Mark) { self.vocabulary.id(raw) } else { 0 },
            kind,
            glued,
            capital: first.is_uppercase(),
            value: if digits { raw.parse().unwrap_or(0) } else { 0 },
            digits: if digits { raw.len() as u8 } else { 0 },
        });
    }
}

/// `13.5.1922`: a date with points, not a figure.
fn dotted_date(raw: &str) -> bool {
    let parts: Vec<&str> = raw.split('.').collect();
    let digits = |p: &&str, most: usize| (1..=most).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [day, month, year] if digits(day, 2) && digits(month, 2) && year.len() == 4 && digits(year, 4))
}
