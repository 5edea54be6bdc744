//! In which script a text is written, by the ranges of the Unicode standard that names are met in. What a name's words
//! sound like depends on it: Arabic and Hebrew leave short vowels out, Chinese does not part words.

/// A script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Latin, with all its accents.
    Latin,
    /// Arabic, as Arabic, Persian, Urdu, Pashto and Kurdish write it.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Armenian.
    Armenian,
    /// Georgian.
    Georgian,
    /// Devanagari.
    Devanagari,
    /// Thai.
    Thai,
    /// Hiragana and Katakana.
    Kana,
    /// Korean.
    Hangul,
    /// Chinese characters.
    Han,
    /// Any other.
    Other,
}

impl Script {
    /// The script of a letter; `None` for digits, marks, punctuation and spaces, which belong to all.
    pub fn of(c: char) -> Option<Script> {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then_some(Script::Latin);
        }
        let script = match c {
            '\u{0600}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{08A0}'..='\u{08FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}' => Script::Arabic,
            '\u{0590}'..='\u{05FF}' | '\u{FB1D}'..='\u{FB4F}' => Script::Hebrew,
            '\u{0400}'..='\u{052F}' | '\u{1C80}'..='\u{1C8F}' | '\u{2DE0}'..='\u{2DFF}' => Script::Cyrillic,
            '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
            '\u{0530}'..='\u{058F}' => Script::Armenian,
            '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' | '\u{2D00}'..='\u{2D2F}' => Script::Georgian,
            '\u{0900}'..='\u{097F}' => Script::Devanagari,
            '\u{0E00}'..='\u{0E7F}' => Script::Thai,
            '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Kana,
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => Script::Hangul,
            '\u{3005}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Script::Han,
            '\u{00AA}'
            | '\u{00BA}'
            | '\u{00C0}'..='\u{024F}'
            | '\u{0250}'..='\u{02AF}'
            | '\u{1E00}'..='\u{1EFF}'
            | '\u{FF21}'..='\u{FF5A}' => Script::Latin,
            _ => Script::Other,
        };
        c.is_alphabetic().then_some(script)
    }

    /// Whether the script leaves short vowels out.
    pub fn leaves_vowels_out(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }
}

/// The scripts of a text, each once, in the order in which they come.
pub fn scripts(text: &str) -> Vec<Script> {
    let mut found = Vec::new();
    for script in text.chars().filter_map(Script::of) {
        if !found.contains(&script) {
            found.push(script);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_is_known_and_signs_belong_to_none() {
        let first = |text: &str| scripts(text).first().copied();
        assert_eq!(first("Øresund"), Some(Script::Latin));
        assert_eq!(first("رودخانه"), Some(Script::Arabic));
        assert_eq!(first("נהר"), Some(Script::Hebrew));
        assert_eq!(first("река"), Some(Script::Cyrillic));
        assert_eq!(first("ποταμός"), Some(Script::Greek));
        assert_eq!(first("강"), Some(Script::Hangul));
        assert_eq!(first("川"), Some(Script::Han));
        assert_eq!(first("かわ"), Some(Script::Kana));
        assert_eq!(scripts("12. – !"), []);
        assert_eq!(scripts("Река Volga 川"), [Script::Cyrillic, Script::Latin, Script::Han]);
    }
}
