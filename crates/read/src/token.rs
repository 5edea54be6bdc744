//! Cuts a paragraph into tokens in one pass: words, numbers, marks. Every later step works on tokens, so that the text
//! is looked at once.
//!
//! Clitics (`’s`, `’ll`) are tokens of their own, because a possessive is no part of a name. The full stop of a known
//! abbreviation or of an initial belongs to its token: it then never ends a sentence by itself. Whether a quotation mark
//! opens, closes or is an apostrophe is decided later, where the context is known.

use crate::lexicon::{Class, Entry, Lexicon};
use rashomon_core::Span;
use rashomon_text::letters::{is_apostrophe, is_hyphen, is_letter, is_quotation_mark};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, perhaps with digits, hyphens and apostrophes inside.
    Word,
    /// `’s`, `’ll` and the like.
    Clitic,
    /// Digits.
    Number,
    /// `.`, `!`, `?`, `…` and their like in other scripts.
    Stop,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// A dash that stands between words.
    Dash,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// Anything that may be a quotation mark.
    Mark,
    /// Anything else.
    Other,
}

/// One token of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// First byte in the document.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// Id in the lexicon; 0 for a word in no list.
    pub(crate) word: u32,
    /// What it is.
    pub(crate) kind: Kind,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// Two or more letters, all capitals.
    pub(crate) caps: bool,
    /// White space stands before it (or nothing).
    pub(crate) space: bool,
    /// It begins a paragraph, or a part of one that something foreign has broken.
    pub(crate) first: bool,
    /// It is an abbreviation or an initial with its full stop.
    pub(crate) stopped: bool,
}

impl Token {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
    /// What the lists say about it.
    pub(crate) fn entry(&self) -> &'static Entry {
        Lexicon::get().entry(self.word)
    }
    /// Whether it is a word of a class.
    pub(crate) fn is(&self, class: Class) -> bool {
        self.word != 0 && self.entry().is(class)
    }
    /// Whether it is a word or number.
    pub(crate) fn is_wordlike(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }
    /// Its text.
    pub(crate) fn text<'a>(&self, text: &'a str) -> &'a str {
        self.span().of(text).unwrap_or_default()
    }
}

/// Longest token in bytes; a longer run of letters is cut, so that nothing later meets a token of unbounded length.
const LONGEST: usize = 4096;

/// Adds the tokens of a stretch of a document's text.
pub(crate) fn tokenize(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let mut cutter = Cutter { text, at: span.start as usize, end: (span.end as usize).min(text.len()), tokens };
    let first = cutter.tokens.len();
    while cutter.next() {}
    if let Some(token) = tokens.get_mut(first) {
        token.first = true;
    }
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    tokens: &'a mut Vec<Token>,
}

impl Cutter<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 { Some(byte as char) } else { self.text.get(at..self.end)?.chars().next() }
    }

    fn next(&mut self) -> bool {
        let before = self.at;
        while let Some(c) = self.char_at(self.at) {
            if !(c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{00AD}')) {
                break;
            }
            self.at += c.len_utf8();
        }
        let Some(c) = self.char_at(self.at) else { return false };
        let space = self.at > before || self.tokens.last().is_none_or(|t| (t.end as usize) != self.at);
        let start = self.at;
        let count = self.tokens.len();
        if is_letter(c) {
            self.word(c);
        } else if c.is_numeric() {
            self.number();
        } else {
            self.mark(c);
        }
        if let Some(token) = self.tokens.get_mut(count) {
            token.space = space;
        }
        debug_assert!(self.at > start);
        true
    }

    fn push(&mut self, start: usize, kind: Kind) {
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let wordlike = matches!(kind, Kind::Word | Kind::Clitic);
        let word = if wordlike { Lexicon::get().id(raw) } else { 0 };
        let capital = kind == Kind::Word && raw.chars().next().is_some_and(char::is_uppercase);
        let caps = capital
            && raw.len() > 1
            && !raw.chars().any(char::is_lowercase)
            && raw.chars().filter(|c| c.is_uppercase()).count() > 1;
        self.tokens.push(Token {
            start: start as u32,
            end: self.at as u32,
            word,
            kind,
            capital,
            caps,
            space: false,
            first: false,
            stopped: false,
        });
    }

    fn word(&mut self, first: char) {
        let start = self.at;
        if (first == 'h' || first == 'w') && self.address(start) {
            return;
        }
        self.at += first.len_utf8();
        let mut last = first;
        while let Some(c) = self.char_at(self.at) {
            let inside = is_letter(c)
                || c.is_numeric()
                || ((is_apostrophe(c) || is_hyphen(c)) && self.joins(c, last))
                || (c == '&' && self.char_at(self.at + 1).is_some_and(char::is_uppercase) && last.is_uppercase());
            if !inside || self.at - start > LONGEST {
                break;
            }
            if is_apostrophe(c) && self.clitic_follows() {
                break;
            }
            last = c;
            self.at += c.len_utf8();
        }
        self.stop_of_abbreviation(start);
        let stopped = self.text.get(start..self.at).is_some_and(|w| w.ends_with('.'));
        self.push(start, Kind::Word);
        if let Some(token) = self.tokens.last_mut() {
            token.stopped = stopped;
            if stopped {
                let bare = self.text.get(start..self.at - 1).unwrap_or_default();
                token.word = Lexicon::get().id(bare);
            }
        }
        self.clitic();
    }

    /// Takes an address on the net as one token, so that its dots and slashes mean nothing.
    fn address(&mut self, start: usize) -> bool {
        let rest = self.text.get(start..self.end).unwrap_or_default();
        if !(rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.")) {
            return false;
        }
        let length = rest.char_indices().take(LONGEST).find(|(_, c)| c.is_whitespace() || "<>\"”“»«".contains(*c));
        let length = length.map_or(rest.len().min(LONGEST), |(at, _)| at);
        let length = (0..=length).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
        let taken = rest.get(..length).unwrap_or_default().trim_end_matches(['.', ',', ';', ')', ']']);
        self.at = start + taken.len();
        self.push(start, Kind::Other);
        true
    }

    /// Whether an apostrophe or hyphen joins what stands before it to what follows.
    fn joins(&self, c: char, last: char) -> bool {
        let next = self.char_at(self.at + c.len_utf8());
        next.is_some_and(|n| is_letter(n) || (is_hyphen(c) && n.is_numeric()))
            && !is_apostrophe(last)
            && !is_hyphen(last)
    }

    /// The length of a clitic that begins at the apostrophe here: `’s`, `’ll`.
    fn clitic_length(&self) -> Option<usize> {
        let apostrophe = self.char_at(self.at).filter(|c| is_apostrophe(*c))?;
        let from = self.at + apostrophe.len_utf8();
        let letters: Vec<char> =
            (0..3).map_while(|i| self.char_at(from + i).filter(char::is_ascii_alphabetic)).collect();
        let lower: String = letters.iter().collect::<String>().to_ascii_lowercase();
        ["s", "m", "d", "ll", "re", "ve"].contains(&lower.as_str()).then(|| apostrophe.len_utf8() + lower.len())
    }

    fn clitic_follows(&self) -> bool {
        let after = self.clitic_length().and_then(|n| self.char_at(self.at + n));
        self.clitic_length().is_some() && !after.is_some_and(|c| is_letter(c) || c.is_numeric())
    }

    fn clitic(&mut self) {
        if let Some(length) = self.clitic_length().filter(|_| self.clitic_follows()) {
            let start = self.at;
            self.at += length;
            self.push(start, Kind::Clitic);
        }
    }

    /// Takes the full stop of `U.S.`, of a listed abbreviation and of a single initial into the token.
    fn stop_of_abbreviation(&mut self, start: usize) {
        let last = |w: &str| w.rsplit('-').next().is_some_and(|l| l.chars().count() == 1);
        let mut single = self.text.get(start..self.at).is_some_and(last);
        while single && self.char_at(self.at) == Some('.') {
            let Some(letter) = self.char_at(self.at + 1).filter(|c| is_letter(*c)) else { break };
            let after = self.char_at(self.at + 1 + letter.len_utf8());
            if after.is_some_and(|c| is_letter(c) || c.is_numeric() || is_hyphen(c)) {
                break;
            }
            self.at += 1 + letter.len_utf8();
            single = after == Some('.');
        }
        if self.char_at(self.at) != Some('.') || self.char_at(self.at + 1) == Some('.') {
            return;
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let entry = Lexicon::get().look_up(raw);
        let initial = raw.chars().next().is_some_and(char::is_uppercase) && raw.chars().count() == 1 && raw != "I";
        let titled = entry.is(Class::AbbreviatedTitle) && raw.chars().next().is_some_and(char::is_uppercase);
        let numbered = entry.is(Class::BeforeNumber) && self.number_follows();
        let listed = entry.is(Class::Abbreviation) && !entry.is(Class::BeforeNumber) && !self.ends_word_month(raw);
        if raw.contains('.') || initial || titled || numbered || listed {
            self.at += 1;
        }
    }

    fn number_follows(&self) -> bool {
        let rest = self.text.get(self.at + 1..self.end).unwrap_or_default();
        rest.trim_start().starts_with(|c: char| c.is_numeric() || c == '[' || c == 'x' || c == 'i' || c == 'v')
    }

    /// `may`, `mar`, `sat`, `sun`, `sec` in lower case are ordinary words with a full stop.
    fn ends_word_month(&self, raw: &str) -> bool {
        let entry = Lexicon::get().look_up(raw);
        let dated = entry.is(Class::Month) || entry.is(Class::Weekday);
        (dated && (raw.starts_with(char::is_lowercase) || raw.len() > 4 || raw == "May"))
            || (["no", "est", "min", "max", "art", "ex", "ed", "mt", "ft", "sun"].contains(&raw)
                && !self.number_follows())
    }

    fn number(&mut self) {
        let start = self.at;
        let mut letters = false;
        while let Some(c) = self.char_at(self.at) {
            let next = self.char_at(self.at + c.len_utf8());
            let inside = c.is_numeric()
                || is_letter(c)
                || (matches!(c, '.' | ',' | ':' | '/') && next.is_some_and(char::is_numeric))
                || (is_hyphen(c) && next.is_some_and(|n| is_letter(n) || n.is_numeric()))
                || (c == '\u{2013}' && next.is_some_and(char::is_numeric));
            if !inside || self.at - start > LONGEST {
                break;
            }
            letters |= is_letter(c);
            self.at += c.len_utf8();
        }
        self.push(start, if letters { Kind::Word } else { Kind::Number });
        self.clitic();
    }

    /// Passes over the marks of emphasis around words: `*Heron*`, `__never__`. They say nothing and belong to no word.
    fn emphasis(&mut self, c: char) -> bool {
        let start = self.at;
        let length = (0..3).take_while(|i| self.char_at(start + i) == Some(c)).count();
        let letter = |c: char| is_letter(c) || c.is_numeric();
        let opens = self.char_at(start + length).is_some_and(|n| letter(n) || is_quotation_mark(n));
        let closes = self.tokens.last().is_some_and(|t| t.end as usize == start && t.kind != Kind::Other);
        if opens || closes {
            self.at += length;
        }
        opens || closes
    }

    fn mark(&mut self, c: char) {
        if (c == '*' || c == '_') && self.emphasis(c) {
            return;
        }
        let start = self.at;
        let next = self.char_at(self.at + c.len_utf8());
        self.at += c.len_utf8();
        let kind = match c {
            '.' | '…' | '!' | '?' | '؟' | '。' | '！' | '？' | '۔' | '।' => {
                while self.char_at(self.at).is_some_and(|n| matches!(n, '.' | '!' | '?' | '…')) && self.at - start < 64
                {
                    self.at += self.char_at(self.at).map_or(1, char::len_utf8);
                }
                Kind::Stop
            }
            ',' | '،' | '、' => Kind::Comma,
            ';' | '؛' => Kind::Semicolon,
            ':' => Kind::Colon,
            '—' | '–' | '―' | '−' => Kind::Dash,
            '-' | '\u{2010}' | '\u{2011}' => {
                while self.char_at(self.at) == Some('-') && self.at - start < 64 {
                    self.at += 1;
                }
                Kind::Dash
            }
            '(' | '[' | '{' => Kind::Open,
            ')' | ']' | '}' => Kind::Close,
            '`' | '\'' if next == Some(c) => {
                self.at += 1;
                Kind::Mark
            }
            c if is_quotation_mark(c) => Kind::Mark,
            _ => Kind::Other,
        };
        self.push(start, kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut tokens);
        tokens.iter().map(|t| t.text(text)).collect()
    }

    #[test]
    fn clitics_abbreviations_and_numbers() {
        assert_eq!(cut("The mayor’s men didn't go."), ["The", "mayor", "’s", "men", "didn't", "go", "."]);
        assert_eq!(
            cut("Gen. A. B. Hart of the U.S. lost 10,000.5 p. 7."),
            ["Gen.", "A.", "B.", "Hart", "of", "the", "U.S.", "lost", "10,000.5", "p.", "7", "."]
        );
        assert_eq!(
            cut("al-Hadi—said: ‘we'll’ (no)."),
            ["al-Hadi", "—", "said", ":", "‘", "we", "'ll", "’", "(", "no", ")", "."]
        );
        assert_eq!(
            cut("see https://a.example/b.c?d, ``so''"),
            ["see", "https://a.example/b.c?d", ",", "``", "so", "''"]
        );
    }

    #[test]
    fn marks_of_emphasis_belong_to_no_word() {
        let words = ["the", "Heron", "and", "no", "other", "ship", ",", "*", "*", "*"];
        assert_eq!(cut("the *Heron* and **no _other_ ship**, * * *"), words);
    }

    #[test]
    fn tokens_stand_where_they_say_and_never_overlap() {
        let text = "Ünïcode «déjà vu» 漢字 — قاسم، و; \u{301}x ' '' ''' `a` 6'2\" ... !?";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut tokens);
        let mut last = 0;
        for token in &tokens {
            assert!(token.start >= last && token.end > token.start && token.span().of(text).is_some(), "{token:?}");
            last = token.end;
        }
    }
}
