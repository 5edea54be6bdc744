//! Words of English without a parse: tokens, lists of words in all their forms, noun phrases and prepositions inside a
//! stretch of text. Readers give arguments; which preposition led to them, and what stands inside them, is found here.

use rashomon_core::Span;
use rashomon_text::days::{MONTHS, WEEKDAYS};
use rashomon_text::inflection::{gerund, past_of, third_person};
use std::collections::HashSet;

/// Words of one list, in all their forms; `tear-gas` is two words that stand together.
#[derive(Debug, Clone, Default)]
pub(super) struct WordSet {
    words: HashSet<String>,
    longest: usize,
}

impl WordSet {
    /// Adds a word with its plural and, of one word, the forms of a regular verb.
    pub(super) fn insert(&mut self, word: &str) {
        let (head, last) = word.rsplit_once('-').map_or(("", word), |(head, last)| (head, last));
        let with = |form: &str| if head.is_empty() { form.to_owned() } else { format!("{head}-{form}") };
        self.words.insert(word.to_owned());
        self.words.insert(with(&third_person(last)));
        if head.is_empty() && word.len() > 3 {
            self.words.insert(past_of(last));
            self.words.insert(gerund(last));
        }
        if let Some(stem) = last.strip_suffix("man") {
            self.words.insert(with(&format!("{stem}men")));
        }
        self.longest = self.longest.max(word.split('-').count());
    }

    /// Words of the longest entry.
    pub(super) fn longest(&self) -> usize {
        self.longest.max(1)
    }

    pub(super) fn into_words(self) -> impl Iterator<Item = String> {
        let mut all: Vec<String> = self.words.into_iter().collect();
        all.sort();
        all.into_iter()
    }

    /// Whether one of its entries stands among some words.
    pub(super) fn meets(&self, words: &[String]) -> bool {
        let mut met = false;
        runs(words, self.longest(), |run| met = met || self.words.contains(run));
        met
    }
}

/// Calls with every run of up to `longest` words, joined by hyphens.
pub(super) fn runs(words: &[String], longest: usize, mut each: impl FnMut(&str)) {
    let mut run = String::new();
    for start in 0..words.len() {
        run.clear();
        for word in words.iter().skip(start).take(longest.max(1)) {
            if !run.is_empty() {
                run.push('-');
            }
            run.push_str(word);
            each(&run);
        }
    }
}

/// One word of a text: its place and itself in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) word: String,
    /// Whether a comma, semicolon, bracket or dash stands right before it.
    pub(crate) parted: bool,
}

/// The words of a stretch of a text. Possessive endings are cut off; hyphens hold words together.
pub(crate) fn tokens(text: &str, span: Span) -> Vec<Token> {
    let Some(inner) = span.of(text) else { return Vec::new() };
    let base = span.start as usize;
    let mut found: Vec<Token> = Vec::new();
    let (mut start, mut parted) = (None, false);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.');
    let mut push = |from: usize, to: usize, parted: &mut bool| {
        let raw = inner.get(from..to).unwrap_or_default();
        let edge = |c| matches!(c, '-' | '\'' | '’' | '.');
        let led = raw.trim_start_matches(edge);
        let word = led.trim_end_matches(edge);
        let word = ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        if word.is_empty() {
            *parted = true;
            return;
        }
        let at = from + raw.len() - led.len();
        let span = Span::new(base + at, base + at + word.len());
        let lower = if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().replace('’', "'") };
        found.push(Token { span, word: lower, parted: *parted });
        *parted = raw.ends_with("--");
    };
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    for (at, c) in inner.char_indices() {
        let amid = c == ','
            && digit(inner.get(..at).and_then(|t| t.chars().next_back()))
            && digit(inner.get(at + 1..).and_then(|t| t.chars().next()));
        if amid {
            continue;
        }
        match (is_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(from, at, &mut parted);
                start = None;
            }
            _ => {}
        }
        if !is_word(c) && !c.is_whitespace() {
            parted = true;
        }
    }
    if let Some(from) = start {
        push(from, inner.len(), &mut parted);
    }
    found
}

/// The bare words of tokens, with the parts of hyphenated ones besides.
pub(super) fn words_of(tokens: &[Token]) -> Vec<String> {
    tokens.iter().map(|t| t.word.clone()).collect()
}

/// Prepositions that lead a phrase.
pub(crate) const PREPOSITIONS: &[&str] = &[
    "about", "across", "after", "against", "along", "among", "around", "as", "at", "before", "behind", "between", "by",
    "during", "for", "from", "in", "inside", "into", "near", "of", "off", "on", "onto", "out", "outside", "over",
    "since", "through", "to", "toward", "towards", "under", "until", "upon", "via", "with", "within", "without",
];

/// Words that begin another clause.
const CLAUSES: &[&str] = &[
    "that",
    "which",
    "who",
    "whom",
    "whose",
    "when",
    "while",
    "where",
    "because",
    "although",
    "though",
    "if",
    "unless",
    "saying",
    "following",
    "whether",
    "how",
    "why",
    "what",
    "but",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "said",
];

/// A noun phrase with the preposition before it; empty for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) preposition: String,
    pub(crate) span: Span,
}

/// The phrases of a stretch of text: what stands before the first preposition, then each preposition with what follows
/// it, up to a word that begins another clause or to a comma.
pub(crate) fn phrases(text: &str, span: Span) -> Vec<Phrase> {
    let all = tokens(text, span);
    let mut found: Vec<Phrase> = Vec::new();
    let mut open: Option<Phrase> = None;
    for (n, token) in all.iter().enumerate() {
        let infinitive = token.word == "to" && all.get(n + 1).is_some_and(|next| is_infinitive(text, next));
        let preposition = PREPOSITIONS.contains(&token.word.as_str());
        let ends = infinitive || CLAUSES.contains(&token.word.as_str());
        if ends || (token.parted && open.is_some()) {
            found.extend(open.take().filter(|p| !p.span.is_empty()));
        }
        if ends {
            break;
        }
        if preposition {
            found.extend(open.take().filter(|p| !p.span.is_empty()));
            let at = Span { start: token.span.end, end: token.span.end };
            open = Some(Phrase { preposition: token.word.clone(), span: at });
            continue;
        }
        let part = open.get_or_insert_with(|| Phrase {
            preposition: if token.parted && !found.is_empty() { ",".into() } else { String::new() },
            span: Span { start: token.span.start, end: token.span.start },
        });
        if part.span.is_empty() {
            part.span.start = token.span.start;
        }
        part.span.end = token.span.end;
    }
    found.extend(open.filter(|p| !p.span.is_empty()));
    found
}

/// Whether a word behind `to` is a verb: a bare word in small letters that no determiner stands before.
fn is_infinitive(text: &str, token: &Token) -> bool {
    let small = token.span.of(text).is_some_and(|t| t.starts_with(char::is_lowercase));
    small && !token.word.ends_with('s') && !NO_VERBS.contains(&token.word.as_str())
}

/// Words in small letters that may stand behind the preposition `to`.
const NO_VERBS: &[&str] = &[
    "a",
    "about",
    "all",
    "an",
    "another",
    "any",
    "authorities",
    "both",
    "congress",
    "each",
    "either",
    "every",
    "four",
    "government",
    "her",
    "him",
    "it",
    "many",
    "me",
    "no",
    "one",
    "other",
    "our",
    "parliament",
    "people",
    "police",
    "power",
    "prison",
    "public",
    "rebel",
    "some",
    "that",
    "the",
    "them",
    "three",
    "two",
    "war",
    "women",
    "men",
    "work",
    "which",
    "whom",
    "your",
    "my",
    "such",
];

/// Whether a stretch holds a name by its capital letters: behind its first word, or a first word that is no determiner.
pub(super) fn holds_capital(text: &str, span: Span) -> bool {
    tokens(text, span).iter().any(|t| {
        let capital = t.span.of(text).is_some_and(|w| w.starts_with(char::is_uppercase));
        capital && !dates(&t.word) && !DETERMINERS.contains(&t.word.as_str())
    })
}

/// Whether a word with a capital is a day's or a month's name.
fn dates(word: &str) -> bool {
    WEEKDAYS.contains(&word) || MONTHS.contains(&word)
}

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "its", "his", "her", "their", "this", "these", "those", "that", "some", "two", "three", "it",
    "he", "she", "they", "we", "i", "no", "in", "on", "at", "after", "and",
];

/// The preposition right before a place of a text, within the same line of words.
pub(crate) fn preposition_before(text: &str, place: u32) -> String {
    let before = text.get(..place as usize).unwrap_or_default().trim_end();
    let from = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |n| n + 1);
    let word = before.get(from..).unwrap_or_default().to_lowercase();
    if PREPOSITIONS.contains(&word.as_str()) { word } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let whole = Span::new(0, text.len());
        phrases(text, whole).iter().map(|p| format!("{}|{}", p.preposition, p.span.of(text).unwrap())).collect()
    }

    #[test]
    fn a_stretch_of_text_is_cut_at_its_prepositions() {
        assert_eq!(
            shown("an attack by northern soldiers in the valley"),
            ["|an attack", "by|northern soldiers", "in|the valley"]
        );
        assert_eq!(shown("talks with Kell, which lasted"), ["|talks", "with|Kell"]);
        assert_eq!(shown("Norland to release the sailors"), ["|Norland"]);
        assert_eq!(shown("5,000 crowns to the rebels"), ["|5,000 crowns", "to|the rebels"]);
        assert!(shown("").is_empty());
        assert_eq!(preposition_before("he fired at Kell", 12), "at");
        assert_eq!(preposition_before("Kell", 0), "");
    }

    #[test]
    fn a_list_holds_the_forms_of_its_words() {
        let mut set = WordSet::default();
        ["attack", "tear-gas", "policeman"].iter().for_each(|w| set.insert(w));
        let meets = |text: &str| set.meets(&words_of(&tokens(text, Span::new(0, text.len()))));
        assert!(meets("two attacks") && meets("used tear gas") && meets("Policemen’s boots"));
        assert!(!meets("tear the gas") && !meets("attached"));
    }
}
