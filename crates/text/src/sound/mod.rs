//! How a word sounds, roughly, whoever spelt it: letters are read into some thirty sounds, and two words are compared by
//! the cheapest way to turn one into the other, where a vowel costs less than a consonant and a near sound less than a
//! far one (the file `data/sounds.toml`). Vowels are kept, not thrown away as in Soundex, because they are often all
//! that tells two names apart. For looking names up, [`Sounds::key`] and [`Sounds::skeleton`] give coarser strings.

mod costs;
mod alike;

use crate::latin::{self, Latin};

/// At most so many sounds of a word are compared; longer words are cut.
const LONGEST: usize = 24;

/// Coarse keys of so many consonants are looked up with one of them lost, too.
const LONG: usize = 7;

/// The sounds of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sounds {
    sounds: [u8; LONGEST],
    length: u8,
    /// Whether its script leaves short vowels out.
    vowels_missing: bool,
}

impl Sounds {
    /// The sounds of a word in any script.
    pub fn of(word: &str) -> Sounds {
        Sounds::of_latin(&latin::word(word))
    }

    /// The sounds of a word that is in Latin letters already.
    pub fn of_latin(latin: &Latin) -> Sounds {
        let mut sounds = Sounds { sounds: [0; LONGEST], length: 0, vowels_missing: latin.vowels_missing };
        let letters = latin.text.as_bytes();
        let mut at = 0;
        while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
            let before = at.checked_sub(1).and_then(|n| letters.get(n)).copied();
            let (read, heard) = hear(rest, before);
            match rest.first() {
                // Where short vowels are left out, these two stand for long vowels or for themselves.
                Some(glide @ (b'y' | b'w')) if latin.vowels_missing => sounds.push(*glide),
                _ => heard.iter().for_each(|sound| sounds.push(*sound)),
            }
            at += read;
        }
        sounds.close();
        sounds
    }

    fn push(&mut self, sound: u8) {
        // The second half of ei, ai and au is a glide, however it is spelt.
        let sound = match (self.as_slice().last(), sound) {
            (Some(b'a' | b'e'), b'i') => b'y',
            (Some(b'a'), b'u') => b'w',
            _ => sound,
        };
        // Ye- at a word's beginning is e- to other ears (Yermakov, Ermakov).
        if let ([b'y'], b'e') = (self.as_slice(), sound) {
            self.length = 0;
        }
        // A doubled letter is one sound.
        if self.as_slice().last() == Some(&sound) && !sound.is_ascii_digit() {
            return;
        }
        if let Some(place) = self.sounds.get_mut(usize::from(self.length)) {
            *place = sound;
            self.length += 1;
        }
    }

    /// The end of a word: -iy, -yj and -ey are one vowel, a breath after a vowel is mute.
    fn close(&mut self) {
        loop {
            let shorter = match self.as_slice() {
                [.., b'i', b'y' | b'j'] | [.., _, b'a' | b'e' | b'o', b'h'] => self.length - 1,
                // -off is -ov.
                [.., b'o' | b'e', b'f'] if self.length > 3 => {
                    self.set(usize::from(self.length) - 1, b'v');
                    self.length
                }
                [.., b'y', b'i'] if self.length > 3 => {
                    self.set(usize::from(self.length) - 2, b'i');
                    self.length - 1
                }
                _ => return,
            };
            self.length = shorter;
        }
    }

    fn set(&mut self, at: usize, sound: u8) {
        if let Some(place) = self.sounds.get_mut(at) {
            *place = sound;
        }
    }

    /// The sounds, one letter each, as `data/sounds.toml` lists them.
    pub fn as_slice(&self) -> &[u8] {
        self.sounds.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Whether the word is from a script that leaves short vowels out.
    pub fn vowels_missing(&self) -> bool {
        self.vowels_missing
    }

    /// Whether nothing was heard.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The sounds after some first ones.
    pub fn after(&self, count: usize) -> Sounds {
        let mut rest = Sounds { sounds: [0; LONGEST], length: 0, vowels_missing: self.vowels_missing };
        self.as_slice().iter().skip(count).for_each(|s| rest.push(*s));
        rest
    }

    /// The sounds of two words as one word.
    pub fn joined(&self, next: &Sounds) -> Sounds {
        let mut whole = *self;
        whole.vowels_missing |= next.vowels_missing;
        next.as_slice().iter().for_each(|s| whole.push(*s));
        whole
    }

    /// The sounds with an Arabic article before them, whose l is not heard before some sounds.
    pub fn with_article(&self, article: &Sounds) -> Sounds {
        let heard = match (article.as_slice(), self.as_slice().first()) {
            ([.., b'l'], Some(b't' | b'T' | b'd' | b'D' | b'r' | b'z' | b's' | b'S' | b'n' | b'l')) => {
                article.length - 1
            }
            _ => article.length,
        };
        Sounds { length: heard, ..*article }.joined(self)
    }

    /// A key that tolerates short vowels and doubled letters and keeps glides, so that *Suleiman* and *Soleyman* share
    /// one and *Salman* and *Sulayman* do not.
    pub fn key(&self) -> String {
        self.skeletal(true)
    }

    /// A coarser key for finding candidates: only consonants, those that spellings mix up as one.
    pub fn skeleton(&self) -> String {
        self.skeletal(false)
    }

    /// The coarse key in every form that another tradition could give it: *kh* may be lost as a breath, *j* be a *g*, and
    /// a long name may lose a consonant.
    pub fn skeletons(&self) -> Vec<String> {
        let mut all = vec![self.skeleton()];
        for (sound, other) in [(b'K', b'h'), (b'j', b'g')] {
            if self.as_slice().contains(&sound) {
                let mut changed = *self;
                changed.sounds.iter_mut().filter(|s| **s == sound).for_each(|s| *s = other);
                all.push(changed.skeleton());
            }
        }
        let whole = self.skeleton();
        if whole.len() >= LONG {
            let without = |n: usize| whole.chars().enumerate().filter(|(m, _)| *m != n).map(|(_, c)| c).collect();
            all.extend((1..whole.len()).map(without));
        }
        all.sort();
        all.dedup();
        all
    }

    fn skeletal(&self, glides: bool) -> String {
        let all = self.as_slice();
        let mut key = String::with_capacity(all.len());
        for (n, &sound) in all.iter().enumerate() {
            let letter = match sound {
                b'a' | b'e' | b'i' | b'o' | b'u' if n == 0 => 'a',
                b'i' if glides && n + 1 == all.len() => 'y',
                b'a' | b'e' | b'i' | b'o' | b'u' | b'h' => continue,
                b'y' | b'w' if n == 0 => 'a',
                b'y' | b'w' if !glides => continue,
                b'p' => 'b',
                b'v' => 'f',
                b'd' | b'T' | b'D' => 't',
                b'z' | b'c' => 's',
                b'Z' | b'C' | b'j' => 'S',
                b'q' | b'g' | b'G' | b'K' => 'k',
                other => char::from(other),
            };
            if !key.ends_with(letter) {
                key.push(letter);
            }
        }
        key
    }

    /// How alike two words sound: 1 for the same sounds, 0 for nothing in common.
    pub fn alike(&self, other: &Sounds) -> f32 {
        if self.as_slice() == other.as_slice() {
            return if self.is_empty() { 0.0 } else { 1.0 };
        }
        let whole = alike::alike(self, other);
        let rest = |sounds: &Sounds| {
            let article = matches!(sounds.as_slice(), [b'a' | b'e' | b'u', b'l', _, _, _, ..]);
            article.then(|| sounds.after(2))
        };
        // One of the two may have an Arabic article before it, written together.
        match (rest(self), rest(other)) {
            (Some(rest), None) => whole.max(alike::alike(&rest, other) - 0.02),
            (None, Some(rest)) => whole.max(alike::alike(self, &rest) - 0.02),
            _ => whole,
        }
    }
}

impl std::fmt::Display for Sounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_slice().iter().try_for_each(|s| write!(f, "{}", char::from(*s)))
    }
}

/// How many letters the next sounds take, and which they are.
fn hear(rest: &[u8], before: Option<u8>) -> (usize, &'static [u8]) {
    // The longest spelling first.
    for (spelling, sounds) in SPELLINGS {
        if rest.starts_with(spelling.as_bytes()) {
            return (spelling.len(), sounds.as_bytes());
        }
    }
    let next = rest.get(1).copied();
    let soft = matches!(next, Some(b'e' | b'i' | b'y'));
    let is_vowel = |c: Option<u8>| matches!(c, Some(b'a' | b'e' | b'i' | b'o' | b'u'));
    let sounds: &[u8] = match rest.first().copied().unwrap_or(0) {
        b'c' if soft => b"s",
        b'c' => b"k",
        b'x' if before.is_none() => b"z",
        b'x' => b"ks",
        // y is a vowel unless a vowel is beside it.
        b'y' if is_vowel(next) || is_vowel(before) => b"y",
        b'y' => b"i",
        b'e' if next.is_none() && rest.len() == 1 && before.is_some_and(|c| !is_vowel(Some(c))) => b"e",
        other => ONE.get(usize::from(other)..=usize::from(other)).unwrap_or_default(),
    };
    (1, sounds)
}

/// Spellings of more than one letter and the sounds they stand for.
const SPELLINGS: &[(&str, &str)] = &[
    ("shch", "SC"),
    ("tsch", "C"),
    ("sch", "S"),
    ("tch", "C"),
    ("dzh", "j"),
    ("dj", "j"),
    ("dsh", "j"),
    ("kh", "K"),
    ("gh", "G"),
    ("sh", "S"),
    ("ch", "C"),
    ("zh", "Z"),
    ("th", "T"),
    ("dh", "D"),
    ("ph", "f"),
    ("ck", "k"),
    ("cq", "k"),
    ("qu", "k"),
    ("ts", "c"),
    ("tz", "c"),
    ("cz", "C"),
    ("sz", "S"),
    ("cs", "C"),
    ("tx", "C"),
    ("oe", "o"),
    ("oo", "u"),
    ("ou", "u"),
    ("ee", "i"),
    ("ea", "i"),
    ("ie", "i"),
    ("'", ""),
];

/// Letters that are heard as they are written; everything else is not heard.
static ONE: [u8; 128] = {
    let mut table = [0u8; 128];
    let mut n = 0;
    while n < 128 {
        table[n] = n as u8;
        n += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Tests {
        test: Vec<Test>,
    }

    #[derive(Deserialize)]
    struct Test {
        #[serde(default)]
        alike: Vec<String>,
        #[serde(default)]
        apart: Vec<String>,
        least: Option<f32>,
        below: Option<f32>,
    }

    fn score(pair: &str) -> f32 {
        let (a, b) = pair.split_once(' ').unwrap();
        let there = Sounds::of(a).alike(&Sounds::of(b));
        assert_eq!(there, Sounds::of(b).alike(&Sounds::of(a)), "{pair} from either side");
        there
    }

    #[test]
    fn the_tests_in_the_file_pass() {
        let tests: Tests = toml::from_str(include_str!("../../data/sounds.toml")).unwrap();
        for test in &tests.test {
            for pair in &test.alike {
                let (found, least) = (score(pair), test.least.unwrap());
                assert!(found >= least, "{pair}: {found} is less than {least}");
            }
            for pair in &test.apart {
                let (found, below) = (score(pair), test.below.unwrap());
                assert!(found < below, "{pair}: {found} is not below {below}");
            }
        }
    }

    #[test]
    fn a_name_without_its_vowels_is_the_name() {
        for (latin, other) in [
            ("Qasim", "قاسم"),
            ("Mahmoud", "محمود"),
            ("Hussein", "حسین"),
            ("Khayr", "خير"),
            ("Umar", "عمر"),
            ("Jafar", "جعفر"),
            ("Khalidi", "الخالدي"),
            ("Yitzhak", "יצחק"),
        ] {
            let found = Sounds::of(latin).alike(&Sounds::of(other));
            assert!(found >= 0.8, "{latin}: {found}");
        }
        assert!(Sounds::of("Salman").alike(&Sounds::of("سليمان")) < 0.85);
    }

    #[test]
    fn keys_forgive_vowels_but_not_a_glide() {
        let key = |word: &str| Sounds::of(word).key();
        assert_eq!(key("Suleyman"), key("Soleiman"));
        assert_eq!(key("Sulayman"), key("سليمان"));
        assert_ne!(key("Sulayman"), key("Salman"));
        assert_ne!(key("Sulayman"), key("Sulaymanov"));
        assert_eq!(Sounds::of("Sulayman").skeleton(), Sounds::of("Salman").skeleton());
        assert_eq!(Sounds::of("Qadir").skeleton(), Sounds::of("Ghader").skeleton());
    }

    #[test]
    fn any_word_is_heard_without_harm() {
        for word in ["", "'", "ﷺ", "\u{0}", "12", &"kh".repeat(500), "ąęłż", "𐀀"] {
            let sounds = Sounds::of(word);
            assert!((0.0..=1.0).contains(&sounds.alike(&Sounds::of("Anna"))));
            assert!(sounds.as_slice().len() <= LONGEST);
        }
    }
}
