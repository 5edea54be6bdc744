//! Which classes a word belongs to: the word lists of `rules/` in one table, looked up once for each token.
//!
//! A word is looked up in lower case with a straight apostrophe. Verb forms are made by rule from the base form, so that
//! a list holds a verb once. The table is small (a few thousand words), so a general dictionary was not taken in: the
//! trained reader that will stand beside these rules brings its own.

use crate::rules::{SpeechFile, SpeechGroup, VerbFile, WordFile};
use rashomon_text::inflection::{gerund, past_of, third_person};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// Defines the classes a word may belong to, with the name of each in `rules/words.toml`.
macro_rules! classes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// A class of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Class { $($variant),+ }
        impl Class {
            /// Every class with its name in the rule file.
            pub(crate) const ALL: &'static [(Class, &'static str)] = &[$((Class::$variant, $name)),+];
        }
    };
}

classes!(
    Determiner = "determiner",
    Article = "article",
    Possessive = "possessive",
    SubjectPronoun = "subject_pronoun",
    PersonalPronoun = "personal_pronoun",
    ObjectPronoun = "object_pronoun",
    Preposition = "preposition",
    Coordinator = "coordinator",
    Subordinator = "subordinator",
    Wh = "wh",
    Be = "be",
    Have = "have",
    Do = "do",
    Modal = "modal",
    FiniteAuxiliary = "finite_auxiliary",
    Negation = "negation",
    Adverb = "adverb",
    NumberWord = "number_word",
    Ordinal = "ordinal",
    Month = "month",
    Weekday = "weekday",
    TimeWord = "time_word",
    Title = "title",
    Honorific = "honorific",
    AbbreviatedTitle = "abbreviated_title",
    Abbreviation = "abbreviation",
    MayEnd = "may_end",
    BeforeNumber = "before_number",
    NameParticle = "name_particle",
    InnerParticle = "inner_particle",
    NamePrefix = "name_prefix",
    RoleNoun = "role_noun",
    OrganizationNoun = "organization_noun",
    DocumentNoun = "document_noun",
    VenueNoun = "venue_noun",
    WorkNoun = "work_noun",
    NameNoun = "name_noun",
    Male = "male",
    Female = "female",
    CollectivePlural = "collective_plural",
    Causal = "causal",
    Evaluative = "evaluative",
    TieNoun = "tie_noun",
    Future = "future",
    Unit = "unit",
    NeverName = "never_name",
    Place = "place",
    Demonym = "demonym",
    FirstName = "first_name",
    ReportingNoun = "reporting_noun",
    Hedge = "hedge",
    Hearsay = "hearsay",
    OpinionNoun = "opinion_noun",
    EmphaticAdverb = "endorsing_adverb",
    Elided = "elided",
    CausalCue = "causal_cue",
    PlaceNoun = "place_noun",
    PersonNoun = "person_noun",
);

/// Which forms of a verb a word can be.
pub(crate) mod form {
    /// Infinitive and present plural.
    pub(crate) const BASE: u8 = 1;
    /// Third person singular present.
    pub(crate) const S: u8 = 2;
    /// Simple past.
    pub(crate) const PAST: u8 = 4;
    /// Past participle.
    pub(crate) const PARTICIPLE: u8 = 8;
    /// Present participle.
    pub(crate) const ING: u8 = 16;
}

/// What the lists say about one word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    /// Bits of [`Class`].
    classes: u64,
    /// Bits of [`form`].
    pub(crate) forms: u8,
    /// Whether it is a noun or adjective as often as a verb.
    pub(crate) often_noun: bool,
    /// Base form, as an index into the lexicon's lemmas; 0 for none.
    pub(crate) lemma: u16,
    /// Group of verbs of speech, counted from 1; 0 for none.
    pub(crate) group: u16,
}

impl Entry {
    /// Whether the word is in a class.
    pub(crate) fn is(&self, class: Class) -> bool {
        self.classes & (1 << class as u64) != 0
    }
    /// Whether the word is in no list at all.
    pub(crate) fn is_unknown(&self) -> bool {
        self.classes == 0 && self.forms == 0
    }
}

/// A fast hash for short words. It need not resist an adversary: the table is fixed.
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
        }
    }
}

pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// All word lists.
pub(crate) struct Lexicon {
    ids: WordMap<String, u32>,
    entries: Vec<Entry>,
    lemmas: Vec<String>,
    groups: Vec<SpeechGroup>,
    /// Verbs that speak only with a second word, with that word and their group: `point out`.
    phrasal: Vec<(u16, String, u16)>,
}

/// Longest word in bytes that is looked up; longer ones are in no list.
const LONGEST: usize = 32;

impl Lexicon {
    /// The lexicon of the bundled rule files.
    pub(crate) fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::bundled)
    }

    fn bundled() -> Lexicon {
        let mut lexicon = Lexicon {
            ids: WordMap::default(),
            entries: vec![Entry::default()],
            lemmas: vec![String::new()],
            groups: vec![SpeechGroup::default()],
            phrasal: Vec::new(),
        };
        for file in WordFile::bundled() {
            lexicon.add_words(&file);
        }
        lexicon.add_verbs(&VerbFile::bundled());
        lexicon.add_speech(SpeechFile::bundled());
        lexicon
    }

    /// What the lists say about a token's id.
    pub(crate) fn entry(&self, id: u32) -> &Entry {
        self.entries.get(id as usize).unwrap_or(&self.entries[0])
    }

    /// The id of a word in any letter case; 0 if it is in no list.
    pub(crate) fn id(&self, word: &str) -> u32 {
        let mut buffer = [0u8; LONGEST];
        let mut length = 0;
        if word.len() > LONGEST {
            return 0;
        }
        if word.is_ascii() {
            for byte in word.bytes() {
                buffer[length] = byte.to_ascii_lowercase();
                length += 1;
            }
            let lower = std::str::from_utf8(&buffer[..length]).unwrap_or_default();
            return self.ids.get(lower).copied().unwrap_or(0);
        }
        let lower: String = word.chars().map(straight).flat_map(char::to_lowercase).collect();
        self.ids.get(lower.as_str()).copied().unwrap_or(0)
    }

    /// The entry of a word in any letter case.
    pub(crate) fn look_up(&self, word: &str) -> &Entry {
        self.entry(self.id(word))
    }

    /// The base form of a verb form.
    pub(crate) fn lemma(&self, entry: &Entry) -> Option<&str> {
        (entry.lemma != 0).then(|| self.lemmas.get(entry.lemma as usize).map(String::as_str)).flatten()
    }

    /// The group of verbs of speech that a word belongs to.
    pub(crate) fn group(&self, entry: &Entry) -> Option<&SpeechGroup> {
        (entry.group != 0).then(|| self.groups.get(entry.group as usize)).flatten()
    }

    /// The group that a verb belongs to together with the word behind it.
    pub(crate) fn phrasal_group(&self, entry: &Entry, next: &str) -> Option<&SpeechGroup> {
        let fits = |p: &&(u16, String, u16)| p.0 == entry.lemma && next.eq_ignore_ascii_case(&p.1);
        self.phrasal.iter().find(fits).and_then(|p| self.groups.get(p.2 as usize))
    }

    fn slot(&mut self, word: &str) -> &mut Entry {
        let next = self.entries.len() as u32;
        let id = *self.ids.entry(word.to_owned()).or_insert(next);
        if id == next {
            self.entries.push(Entry::default());
        }
        &mut self.entries[id as usize]
    }

    fn add_words(&mut self, file: &WordFile) {
        for (name, words) in &file.classes {
            let Some((class, _)) = Class::ALL.iter().find(|(_, n)| n == name) else { continue };
            for word in words.split_whitespace() {
                self.slot(word).classes |= 1 << *class as u64;
            }
        }
    }

    fn add_verbs(&mut self, file: &VerbFile) {
        // Irregular ones first: `found` is the past of find before it is the base of another.
        for row in file.irregular.split_whitespace() {
            let mut parts = row.split('/');
            if let (Some(base), Some(past), Some(participle)) = (parts.next(), parts.next(), parts.next()) {
                self.add_verb(base, Some((past, participle)));
            }
        }
        for base in file.regular.split_whitespace() {
            self.add_verb(base, None);
        }
        for base in file.mixed.split_whitespace() {
            self.add_verb(base, None);
            self.slot(base).often_noun = true;
            self.slot(&third_person(base)).often_noun = true;
        }
        for word in file.often_noun.split_whitespace() {
            self.slot(word).often_noun = true;
        }
    }

    fn add_verb(&mut self, base: &str, irregular: Option<(&str, &str)>) -> u16 {
        let lemma = match self.lemmas.iter().position(|l| l == base) {
            Some(at) => at as u16,
            None => {
                self.lemmas.push(base.to_owned());
                (self.lemmas.len() - 1) as u16
            }
        };
        let mut add = |word: &str, bits: u8| {
            let entry = self.slot(word);
            entry.forms |= bits;
            // The first verb that has a form keeps it, but `lay` is itself before it is the past of lie.
            if entry.lemma == 0 || bits & form::BASE != 0 && irregular.is_some() {
                entry.lemma = lemma;
            }
        };
        add(base, form::BASE);
        add(&third_person(base), form::S);
        add(&gerund(base), form::ING);
        match irregular {
            Some((past, participle)) => {
                add(past, form::PAST);
                add(participle, form::PARTICIPLE);
            }
            None => add(&past_of(base), form::PAST | form::PARTICIPLE),
        }
        lemma
    }

    fn add_speech(&mut self, file: SpeechFile) {
        for group in file.group {
            let number = self.groups.len() as u16;
            for word in group.verbs.split_whitespace() {
                let (base, second) = word.split_once('-').map_or((word, None), |(b, s)| (b, Some(s)));
                let known = self.lemmas.iter().position(|l| l == base).map(|at| at as u16);
                let lemma = known.unwrap_or_else(|| self.add_verb(base, None));
                if let Some(second) = second {
                    self.phrasal.push((lemma, second.to_owned(), number));
                    continue;
                }
                for entry in self.entries.iter_mut().filter(|e| e.lemma == lemma && e.group == 0) {
                    entry.group = number;
                }
            }
            self.groups.push(group);
        }
    }
}

/// Typographic apostrophes become straight ones.
fn straight(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_filled_and_every_list_is_a_class() {
        let lexicon = Lexicon::get();
        for (class, name) in Class::ALL {
            assert!(lexicon.entries.iter().any(|e| e.is(*class)), "no word is in {name}");
        }
        for file in WordFile::bundled() {
            for name in file.classes.keys() {
                assert!(Class::ALL.iter().any(|(_, n)| n == name), "{name} is not a class");
            }
        }
        assert!(Class::ALL.len() <= 64);
    }

    #[test]
    fn words_are_found_in_any_case_and_with_any_apostrophe() {
        let lexicon = Lexicon::get();
        assert!(lexicon.look_up("The").is(Class::Article));
        assert!(lexicon.look_up("didn’t").is(Class::Negation));
        let said = lexicon.look_up("SAID");
        assert_eq!(lexicon.lemma(said), Some("say"));
        assert!(lexicon.group(said).is_some());
        assert_eq!(lexicon.id("xylophonist"), 0);
    }
}
