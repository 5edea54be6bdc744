//! The language of a text, where nobody says it: guessed from its words, and only when the guess is a safe one, because
//! a wrong language sends a text to the wrong reader.

use whatlang::Lang;

/// Enough for a safe guess; more costs time and changes nothing.
const SAMPLE: usize = 4_000;

/// BCP 47 tag of the language most of a text is in; `None` where that is not safe to say.
pub fn guess(text: &str) -> Option<&'static str> {
    let start = text.len().saturating_sub(SAMPLE) / 3;
    let sample: &str = text.get(boundary(text, start)..boundary(text, start + SAMPLE))?;
    let info = whatlang::detect(sample)?;
    (info.is_reliable() && sample.trim().chars().count() >= 40).then(|| tag(info.lang()))
}

/// The next character boundary at or after a byte.
fn boundary(text: &str, byte: usize) -> usize {
    (byte..text.len()).find(|b| text.is_char_boundary(*b)).unwrap_or(text.len())
}

/// The shortest tag, as BCP 47 asks: two letters where there are two.
fn tag(lang: Lang) -> &'static str {
    const SHORT: &[(&str, &str)] = &[
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
        ("cym", "cy"),
    ];
    SHORT.iter().find(|(long, _)| *long == lang.code()).map_or(lang.code(), |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_guesses_only() {
        let english = "The harbour master said that the strike would go on until the ships had left the river.";
        let persian = "ناخدا گفت که کشتی پیش از سپیده‌دم به بندر رسید و باد در تمام شب بسیار تند بود.";
        assert_eq!(guess(&english.repeat(3)), Some("en"));
        assert_eq!(guess(&persian.repeat(3)), Some("fa"));
        assert_eq!(guess("1921, 1922"), None);
        assert_eq!(guess("ok"), None);
        assert_eq!(guess(&format!("é{}", english.repeat(300))), Some("en"), "cut at a character boundary");
    }

    #[test]
    fn every_tag_is_short_where_a_short_one_exists() {
        for lang in Lang::all() {
            assert_eq!(tag(*lang).len(), 2, "{lang:?}");
        }
    }
}
