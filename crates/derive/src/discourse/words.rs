//! The words of a stretch of text for matching: small letters, hyphens parting, possessive endings cut off, each with its
//! place. Words of several stretches stand apart, so that no pattern reaches across a gap.

use rashomon_core::Span;
use rashomon_text::inflection::{gerund, past_of, third_person};

/// One word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Span,
    /// The dictionary form, where a reader gave one.
    pub(super) lemma: Option<String>,
    /// Whether it is the first of its stretch.
    pub(super) first: bool,
    /// Whether a comma, a semicolon, a colon or the like stands between it and the word before.
    pub(super) parted: bool,
}

/// The words of a stretch of a document's text.
pub(super) fn words(text: &str, span: Span, into: &mut Vec<Word>) {
    let Some(inner) = span.of(text) else { return };
    let (mut start, mut first, mut parted) = (None, true, false);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut push = |from: usize, to: usize, parted: &mut bool| {
        let raw = inner.get(from..to).unwrap_or_default();
        let bare = raw.trim_matches(['\'', '’']);
        let bare = ["'s", "’s"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
        if bare.is_empty() {
            return;
        }
        let at = span.start as usize + from + raw.find(bare).unwrap_or(0);
        into.push(Word {
            text: bare.to_lowercase().replace('’', "'"),
            span: Span::new(at, at + bare.len()),
            lemma: None,
            first,
            parted: *parted,
        });
        first = false;
        *parted = false;
    };
    for (at, c) in inner.char_indices() {
        match (is_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(from, at, &mut parted);
                start = None;
            }
            _ => {}
        }
        parted = parted || matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | ')' | '.' | '!' | '?');
    }
    if let Some(from) = start {
        push(from, inner.len(), &mut parted);
    }
}

/// A word with its plural and the forms of a regular verb.
pub(super) fn forms(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned(), third_person(word)];
    if word.len() > 3 && word.chars().all(char::is_alphabetic) {
        all.extend([past_of(word), gerund(word)]);
    }
    all.extend(word.strip_suffix("man").map(|stem| format!("{stem}men")));
    all.extend(word.strip_suffix('y').map(|stem| format!("{stem}ies")));
    all
}

/// The singular that a noun is most likely made of.
pub(super) fn singular(word: &str) -> String {
    let stem = |end: &str| word.strip_suffix(end).filter(|s| s.len() > 2);
    if let Some(stem) = stem("men") {
        return format!("{stem}man");
    }
    if let Some(stem) = stem("ies") {
        return format!("{stem}y");
    }
    if ["sses", "shes", "ches", "xes"].iter().any(|end| word.ends_with(end)) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    match stem("s") {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_small_apart_at_hyphens_and_keep_their_places() {
        let text = "The Crane’s torpedo-boats, they’d said";
        let mut found = Vec::new();
        words(text, Span::new(4, text.len()), &mut found);
        let all: Vec<&str> = found.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(all, ["crane", "torpedo", "boats", "they'd", "said"]);
        assert_eq!(found[0].span.of(text), Some("Crane"));
        assert!(found[0].first && !found[1].first && found[3].parted && !found[2].parted);
    }

    #[test]
    fn nouns_have_their_singular() {
        let all = ["boats", "stories", "fishermen", "losses", "boxes", "gas", "news", "crisis", "chaos"];
        let made: Vec<String> = all.iter().map(|w| singular(w)).collect();
        assert_eq!(made[..5], ["boat", "story", "fisherman", "loss", "box"].map(str::to_owned));
        assert_eq!(made[7], "crisis");
        assert!(forms("boat").contains(&"boats".to_owned()) && forms("attack").contains(&"attacked".to_owned()));
    }
}
