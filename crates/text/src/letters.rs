//! What single characters are written for: letters, apostrophes, hyphens, quotation marks of every script.

/// Whether a character is a letter or a mark that belongs to one.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.is_alphabetic() || matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{0652}' | '\u{200C}' | '\u{200D}')
}

/// Whether a character is written for an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}' | '`')
}

/// Whether a character is written for a hyphen.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a character is used as a quotation mark anywhere.
pub fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '\u{2018}'..='\u{201F}' | '«' | '»' | '‹' | '›' | '「'..='』' | '〝'..='〟' | '＂' | '＇' | '´'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_letters_are_told_apart() {
        assert!("“”„«»‹›‘’'\"`「」".chars().all(is_quotation_mark));
        assert!("aß漢ق\u{301}".chars().all(is_letter));
        assert!(is_apostrophe('’') && !is_apostrophe('"') && is_hyphen('-') && !is_hyphen('—'));
    }
}
