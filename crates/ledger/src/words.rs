//! Which words are the same word to somebody who searches. Case, accents, vowel signs of Arabic and Hebrew, the
//! several forms of one letter (presentation forms, ligatures, Persian and Arabic yeh and kaf) and of one digit make no
//! difference; the same folding is done to what is indexed and to what is asked. And how a line that a person typed
//! becomes a query: it may hold anything and always means words to be found, never commands.

use unicode_normalization::UnicodeNormalization as _;

/// The text as the index holds it.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.replace(|c: char| c.is_ascii_control(), " ");
    }
    text.nfkd().filter(|c| !is_left_out(*c)).map(same_letter).collect()
}

/// Accents, vowel signs, the lengthening stroke and invisible marks inside words.
fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'
        | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{0640}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}'
        | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{00AD}' | '\u{200B}' | '\u{200D}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn same_letter(c: char) -> char {
    let digit = |zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    match c {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ٱ' => 'ا',
        'ة' | 'ۀ' | 'ە' => 'ه',
        '\u{0660}'..='\u{0669}' => digit('\u{0660}'),
        '\u{06F0}'..='\u{06F9}' => digit('\u{06F0}'),
        c if c.is_control() => ' ',
        c => c,
    }
}

/// What a person asked for: words and phrases, all of which a sentence must hold.
pub(crate) fn terms(query: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for (at, part) in query.split(['"', '“', '”', '„', '‟', '«', '»', '＂']).enumerate() {
        // The parts between the first and second mark, the third and fourth and so on are phrases.
        if at % 2 == 1 {
            terms.push(part.split_whitespace().collect::<Vec<_>>().join(" "));
        } else {
            terms.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    terms.retain(|term| fold(term).chars().any(char::is_alphanumeric));
    let mut seen = std::collections::BTreeSet::new();
    terms.retain(|term| seen.insert(fold(term)));
    terms
}

/// The terms in the index's own language: every one a quoted string, which has no operators.
pub(crate) fn match_expression(terms: &[String]) -> String {
    let quoted: Vec<String> = terms.iter().map(|term| format!("\"{}\"", fold(term).replace('"', " "))).collect();
    quoted.join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_in_many_spellings_is_one_word() {
        assert_eq!(fold("مُحَمَّد"), fold("محمد"));
        assert_eq!(fold("كتاب علي"), fold("کتاب علی"));
        assert_eq!(fold("ﻣﺤﻤﺪ"), fold("محمد"), "presentation forms, as some PDF files have them");
        assert_eq!(fold("۱۳۹۱"), "1391");
        assert_eq!(fold("Rožestvenskij"), "Rozestvenskij");
        assert_eq!(fold("Рождественскій"), fold("Рождественскіи\u{0306}"));
        assert_eq!(fold("con\u{FB01}rmed"), "confirmed");
        assert_eq!(fold("co\u{00AD}operate"), "cooperate");
    }

    #[test]
    fn words_and_phrases_are_told_apart() {
        assert_eq!(terms("harbour  strike"), ["harbour", "strike"]);
        assert_eq!(terms("\"harbour   strike\" mayor"), ["harbour strike", "mayor"]);
        assert_eq!(terms("«harbour strike» “old mill”"), ["harbour strike", "old mill"]);
        assert_eq!(terms("mayor \"harbour strike"), ["mayor", "harbour strike"], "the closing mark is missing");
        assert_eq!(terms("Mayor mayór — *  \"\" ()"), ["Mayor", "mayór"]);
        assert_eq!(terms("éclair e\u{0301}clair"), ["éclair"]);
        assert!(terms(" \t\n").is_empty());
    }

    #[test]
    fn an_expression_holds_no_operators() {
        let terms = terms("NOT a* ^b {c}:d NEAR(e f) \"g\" AND\u{0}");
        assert_eq!(
            match_expression(&terms),
            "\"NOT\" AND \"a*\" AND \"^b\" AND \"{c}:d\" AND \"NEAR(e\" AND \"f)\" AND \"g\" AND \"AND \""
        );
    }
}
