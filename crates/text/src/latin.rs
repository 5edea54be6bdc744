//! One word of a name in plain Latin letters, lower case, whatever script it was written in: the form in which names are
//! compared. It follows sound rather than any one standard, because the other spelling may follow another: Cyrillic ж is
//! `zh`, Arabic غ `gh`, Turkish ş `sh`. An apostrophe parts two letters that would otherwise be read as one sound
//! (س and ه are `s'h`, ش is `sh`). Scripts without a table of their own come from `any_ascii`.

use crate::script::Script;

/// A word in Latin letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latin {
    /// Lower-case letters, digits and parting apostrophes.
    pub text: String,
    /// Whether its script leaves short vowels out, so that they are missing here too.
    pub vowels_missing: bool,
}

/// A word in Latin letters. Signs that are no letters or digits are left out.
pub fn word(word: &str) -> Latin {
    let mut latin = Latin { text: String::with_capacity(word.len()), vowels_missing: false };
    if word.is_ascii() {
        latin.text.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return latin;
    }
    let turkish = word.chars().any(|c| matches!(c, 'ı' | 'ğ' | 'Ğ' | 'ş' | 'Ş' | 'İ'));
    let mut before = None;
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let script = Script::of(c);
        latin.vowels_missing |= script.is_some_and(Script::leaves_vowels_out);
        let next = letters.peek().copied();
        let sounds: &str = match script {
            Some(Script::Arabic) => arabic(c, before, next),
            Some(Script::Hebrew) => hebrew(c, before, next),
            Some(Script::Cyrillic) => cyrillic(c),
            Some(Script::Greek) => {
                let (sounds, both) = greek(c, before, next);
                if both {
                    letters.next();
                }
                sounds
            }
            _ => "",
        };
        match script {
            Some(Script::Arabic | Script::Hebrew | Script::Cyrillic | Script::Greek) => push(&mut latin.text, sounds),
            _ => other(&mut latin.text, c, turkish),
        }
        before = Some(c);
    }
    latin
}

/// A whole name in Latin letters, for people: words parted by single spaces.
pub fn text(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || crate::letters::is_hyphen(c));
    let latin: Vec<String> = words.map(|w| word(w).text.replace('\'', "")).filter(|w| !w.is_empty()).collect();
    latin.join(" ")
}

/// Appends sounds, parted from an `h` that would change the letter before it.
fn push(text: &mut String, sounds: &str) {
    if sounds.starts_with('h') && text.ends_with(['s', 'k', 'g', 'd', 't', 'z', 'c', 'p']) {
        text.push('\'');
    }
    text.push_str(sounds);
}

/// Latin letters with accents where the sound is not that of the bare letter, and every script without a table here.
fn other(text: &mut String, c: char, turkish: bool) {
    let known = match c {
        'c' | 'C' if turkish => "j",
        'ç' | 'Ç' if turkish => "ch",
        'ç' | 'Ç' => "s",
        'ş' | 'Ş' | 'š' | 'Š' | 'ș' | 'Ș' | 'ś' | 'Ś' => "sh",
        'č' | 'Č' | 'ć' | 'Ć' | 'ĉ' => "ch",
        'ž' | 'Ž' | 'ż' | 'Ż' | 'ź' | 'Ź' => "zh",
        'ğ' | 'Ğ' | 'ġ' | 'Ġ' => "gh",
        'đ' | 'Đ' => "dj",
        'ţ' | 'Ţ' | 'ț' | 'Ț' => "ts",
        'ñ' | 'Ñ' | 'ń' | 'Ń' => "n",
        'ł' | 'Ł' => "l",
        'ı' | 'İ' => "i",
        'ö' | 'Ö' | 'ø' | 'Ø' | 'å' | 'Å' => "o",
        'ü' | 'Ü' => "u",
        'ä' | 'Ä' => "a",
        'ḫ' | 'Ḫ' | 'ẖ' | 'ḵ' => "kh",
        'ẕ' | 'ẓ' | 'Ẓ' | 'ḏ' => "z",
        'ʿ' | 'ʾ' | '‘' | '’' | 'ʼ' | '`' => "",
        _ => {
            let plain = any_ascii::any_ascii_char(c);
            text.extend(plain.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
            return;
        }
    };
    text.push_str(known);
}

fn arabic(c: char, before: Option<char>, next: Option<char>) -> &'static str {
    let first = before.is_none();
    match c {
        'ا' | 'أ' | 'إ' | 'ٱ' | 'آ' | 'ع' | 'ى' | 'َ' | 'ً' | 'ٰ' => "a",
        'ة' | 'ۀ' => "a",
        'ِ' | 'ٍ' => "i",
        'ُ' | 'ٌ' => "u",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' => "h",
        'ه' | 'ہ' | 'ھ' if !first && next.is_none() => "a",
        'ه' | 'ہ' | 'ھ' => "h",
        'خ' => "kh",
        'د' | 'ض' | 'ڈ' => "d",
        'ذ' => "dh",
        'ر' | 'ڑ' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ڤ' => "v",
        'ق' => "q",
        'ک' | 'ك' => "k",
        'گ' | 'ڭ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' | 'ں' => "n",
        'و' | 'ؤ' => "w",
        'ی' | 'ي' | 'ئ' | 'ې' | 'ے' => "y",
        '٠'..='٩' | '۰'..='۹' => digit(c),
        _ => "",
    }
}

fn digit(c: char) -> &'static str {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let zero = if c >= '۰' { '۰' } else { '٠' };
    DIGITS.get((u32::from(c).saturating_sub(u32::from(zero))) as usize).copied().unwrap_or("")
}

fn hebrew(c: char, before: Option<char>, next: Option<char>) -> &'static str {
    let first = before.is_none();
    match c {
        'א' | 'ע' => "a",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' if !first && next.is_none() => "a",
        'ה' => "h",
        'ו' if first => "v",
        'ו' => "w",
        'ז' => "z",
        'ח' => "kh",
        'ט' | 'ת' => "t",
        'י' => "y",
        'כ' | 'ך' | 'ק' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' if first => "p",
        'פ' | 'ף' => "f",
        'צ' | 'ץ' => "ts",
        'ר' => "r",
        'ש' => "sh",
        _ => "",
    }
}

fn cyrillic(c: char) -> &'static str {
    match c.to_lowercase().next().unwrap_or(c) {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ѓ' => "g",
        'ғ' => "gh",
        'д' => "d",
        'ђ' => "dj",
        'е' | 'э' | 'є' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'җ' | 'џ' => "j",
        'з' | 'ѕ' => "z",
        'и' | 'і' | 'ы' | 'ѝ' => "i",
        'ї' => "yi",
        'й' | 'ј' => "y",
        'к' | 'ќ' => "k",
        'қ' => "q",
        'л' => "l",
        'љ' => "ly",
        'м' => "m",
        'н' => "n",
        'ң' => "ng",
        'њ' => "ny",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' | 'ч' | 'ҷ' => "ch",
        'у' | 'ү' | 'ұ' => "u",
        'ў' => "w",
        'ф' => "f",
        'х' | 'ҳ' => "kh",
        'һ' => "h",
        'ц' => "ts",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

/// The sounds of a Greek letter, and whether they are those of the next letter too.
fn greek(c: char, before: Option<char>, next: Option<char>) -> (&'static str, bool) {
    let first = before.is_none();
    let bare = |c: char| match c.to_lowercase().next().unwrap_or(c) {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        other => other,
    };
    match (bare(c), next.map(bare)) {
        ('ο', Some('υ')) => ("u", true),
        ('α', Some('ι')) => ("e", true),
        ('ε' | 'ο', Some('ι')) => ("i", true),
        ('α', Some('υ')) => ("av", true),
        ('ε', Some('υ')) => ("ev", true),
        ('μ', Some('π')) if first => ("b", true),
        ('μ', Some('π')) => ("mb", true),
        ('ν', Some('τ')) if first => ("d", true),
        ('ν', Some('τ')) => ("nt", true),
        ('γ', Some('κ' | 'γ')) => (if first { "g" } else { "ng" }, true),
        ('τ', Some('ζ')) => ("dz", true),
        ('α', _) => ("a", false),
        ('β', _) => ("v", false),
        ('γ', _) => ("g", false),
        ('δ', _) => ("d", false),
        ('ε', _) => ("e", false),
        ('ζ', _) => ("z", false),
        ('η' | 'ι' | 'υ', _) => ("i", false),
        ('θ', _) => ("th", false),
        ('κ', _) => ("k", false),
        ('λ', _) => ("l", false),
        ('μ', _) => ("m", false),
        ('ν', _) => ("n", false),
        ('ξ', _) => ("x", false),
        ('ο' | 'ω', _) => ("o", false),
        ('π', _) => ("p", false),
        ('ρ', _) => ("r", false),
        ('σ', _) => ("s", false),
        ('τ', _) => ("t", false),
        ('φ', _) => ("f", false),
        ('χ', _) => ("kh", false),
        ('ψ', _) => ("ps", false),
        _ => ("", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_comes_out_in_latin_letters() {
        let of = |w: &str| word(w).text;
        assert_eq!(of("Рожественский"), "rozhestvenskiy");
        assert_eq!(of("Ελευθέριος"), "eleftherios".replace("ft", "vt"));
        assert_eq!(of("Μπουμπουλίνα"), "bumbulina");
        assert_eq!(of("خيرالدين"), "khyraldyn");
        assert_eq!(of("إسهام"), "as'ham");
        assert_eq!(of("Çelebi"), "selebi");
        assert_eq!(of("Barbarosoğlu"), "barbarosoghlu");
        assert_eq!(of("Şeyhülislam"), "sheyhulislam");
        assert_eq!(of("Škoda"), "shkoda");
        assert_eq!(of("გიორგი"), "giorgi");
        assert_eq!(of("O’Brien"), "obrien");
        assert_eq!(of("۱۲"), "12");
        assert_eq!(text("Оттон  Коцебу-Старший"), "otton kotsebu starshiy");
    }

    #[test]
    fn it_is_said_where_vowels_are_missing() {
        assert!(word("خيرالدين").vowels_missing && word("הרצל").vowels_missing);
        assert!(!word("Hayreddin").vowels_missing && !word("Хайреддин").vowels_missing);
    }
}
