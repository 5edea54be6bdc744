//! A name cut into words. Apostrophes are letters that are not heard, dots part initials from each other, a comma is
//! remembered, because what stands before it is the family name.

use crate::latin::{self, Latin};
use crate::letters::{is_apostrophe, is_letter};
use crate::sound::Sounds;

/// One word of a name.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// As it is written, without apostrophes.
    pub(super) text: String,
    /// In plain Latin letters.
    pub(super) latin: Latin,
    /// As it is heard.
    pub(super) sounds: Sounds,
    /// Whether a comma follows.
    pub(super) comma: bool,
    /// Whether it is a letter that stands for a word.
    pub(super) initial: bool,
}

impl Token {
    pub(super) fn new(text: &str) -> Token {
        let latin = latin::word(text);
        let initial = latin.text.len() == 1 && latin.text.bytes().all(|b| b.is_ascii_alphabetic());
        Token { text: text.to_owned(), sounds: Sounds::of_latin(&latin), latin, comma: false, initial }
    }

    /// Whether all its letters are capitals, and there are at least three.
    pub(super) fn shouts(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() > 2
            && self.text.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
    }
}

/// Whether a capital after these letters begins a word that was written together with them (*AnneLowry*), as it does
/// not in *McAdam*, *MacArthur* and *FitzRoy*.
fn runs_on(word: &str) -> bool {
    let small = word.chars().next_back().is_some_and(char::is_lowercase);
    small && word.chars().count() > 3 && word != "Fitz"
}

/// Cuts a name into words.
pub(super) fn tokens(name: &str) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let mut word = String::new();
    let end = |word: &mut String, all: &mut Vec<Token>, comma: bool| {
        if !word.is_empty() {
            all.push(Token::new(word));
            word.clear();
        }
        if let (true, Some(last)) = (comma, all.last_mut()) {
            last.comma = true;
        }
    };
    for c in name.chars() {
        if is_apostrophe(c) || matches!(c, 'ʿ' | 'ʾ' | '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | 'ـ') {
            continue;
        }
        if is_letter(c) || c.is_alphanumeric() {
            if c.is_uppercase() && runs_on(&word) {
                end(&mut word, &mut all, false);
            }
            word.push(c);
        } else {
            end(&mut word, &mut all, matches!(c, ',' | '،'));
        }
    }
    end(&mut word, &mut all, false);
    all.retain(|t| !t.latin.text.is_empty());
    all
}
