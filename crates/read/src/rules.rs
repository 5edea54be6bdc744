//! The rule files: what may stand in them. They are data with their tests inside, so that a linguist can add a rule
//! without Rust; the tests of all of them are run by `tests/rules.rs`.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Every rule file by name.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("words.toml", include_str!("../rules/words.toml")),
    ("names.toml", include_str!("../rules/names.toml")),
    ("phrases.toml", include_str!("../rules/phrases.toml")),
    ("verbs.toml", include_str!("../rules/verbs.toml")),
    ("speech.toml", include_str!("../rules/speech.toml")),
    ("sentences.toml", include_str!("../rules/sentences.toml")),
    ("quotations.toml", include_str!("../rules/quotations.toml")),
    ("numbers.toml", include_str!("../rules/numbers.toml")),
    ("times.toml", include_str!("../rules/times.toml")),
    ("quantities.toml", include_str!("../rules/quantities.toml")),
    ("citations.toml", include_str!("../rules/citations.toml")),
    ("clauses.toml", include_str!("../rules/clauses.toml")),
    ("causes.toml", include_str!("../rules/causes.toml")),
    ("reference.toml", include_str!("../rules/reference.toml")),
];

/// A file of word lists.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct WordFile {
    /// Words by class.
    #[serde(default)]
    pub(crate) classes: BTreeMap<String, String>,
}

/// The file of verbs.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct VerbFile {
    /// Base forms.
    pub(crate) regular: String,
    /// Base forms of verbs that share base and third person with a noun.
    pub(crate) mixed: String,
    /// `base/past/participle`.
    pub(crate) irregular: String,
    /// Forms that are nouns or adjectives as often.
    pub(crate) often_noun: String,
}

/// The file of verbs of speech.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SpeechFile {
    /// Groups that behave alike.
    pub(crate) group: Vec<SpeechGroup>,
}

/// Verbs of speech that behave alike.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct SpeechGroup {
    /// Base forms.
    pub(crate) verbs: String,
    /// What they go with.
    frames: String,
    /// The source's stance towards what follows.
    stance: String,
    /// The author's.
    author: String,
    /// Whether they tell of a thought rather than of words.
    #[serde(default)]
    pub(crate) mental: bool,
}

/// The file of words that govern or carry other claims.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ClauseFile {
    denying: Words,
    granting: Words,
    unreal: Words,
    events: Words,
    event_endings: Words,
    no_events: Words,
    done_by_of: Words,
    describing: Words,
    charging: Words,
    suspecting: Words,
    presupposing: Words,
    raising: Words,
    musing: Words,
    parts: Words,
    averting: Words,
    keeping: Words,
    bringing: Words,
    changing: Words,
    /// Words by the certainty they leave what stands below them.
    doubts: BTreeMap<String, Words>,
}

/// A list of words, written with blanks between them.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "String")]
struct Words(BTreeSet<String>);

impl From<String> for Words {
    fn from(list: String) -> Words {
        Words(list.split_whitespace().map(str::to_owned).collect())
    }
}

impl Words {
    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

impl ClauseFile {
    /// The bundled file.
    pub(crate) fn get() -> &'static ClauseFile {
        static FILE: std::sync::OnceLock<ClauseFile> = std::sync::OnceLock::new();
        FILE.get_or_init(|| toml::from_str(include_str!("../rules/clauses.toml")).unwrap_or_default())
    }
    /// `fail`: what stands below did not happen.
    pub(crate) fn denies(&self, lemma: &str) -> bool {
        self.denying.has(lemma)
    }
    /// `manage`: what stands below happened.
    pub(crate) fn grants(&self, lemma: &str) -> bool {
        self.granting.has(lemma)
    }
    /// `accuse (the mayor of selling)`: the object does what stands below.
    pub(crate) fn charges(&self, lemma: &str) -> bool {
        self.charging.has(lemma)
    }
    /// `investigate (the mayor for selling)`: the object may have done what stands below.
    pub(crate) fn suspects(&self, lemma: &str) -> bool {
        self.suspecting.has(lemma)
    }
    /// `know`: what stands below is taken to be so, even if the verb is denied.
    pub(crate) fn presupposes(&self, lemma: &str) -> bool {
        self.presupposing.has(lemma)
    }
    /// `think`: its denial is meant for what stands below.
    pub(crate) fn raises(&self, lemma: &str) -> bool {
        self.raising.has(lemma)
    }
    /// `talk about`: what stands below is thought of.
    pub(crate) fn muses(&self, lemma: &str) -> bool {
        self.musing.has(lemma)
    }
    /// `prevent`, `fear`: what stands as its object has not come to pass.
    pub(crate) fn averts(&self, lemma: &str) -> bool {
        self.averting.has(lemma)
    }
    /// `kept the crew from leaving`: what stands below `from` did not happen.
    pub(crate) fn keeps_from(&self, lemma: &str) -> bool {
        self.keeping.has(lemma)
    }
    /// `lead (to)`: what stands as its object comes to pass if the verb does.
    pub(crate) fn brings_about(&self, lemma: &str) -> bool {
        self.bringing.has(lemma)
    }
    /// `the role of the league in ...`: whose part it is.
    pub(crate) fn is_part_of(&self, lemma: &str) -> bool {
        self.parts.has(lemma)
    }
    /// `a rise in prices`: the phrase with `in` tells what changed.
    pub(crate) fn changes(&self, lemma: &str) -> bool {
        self.changing.has(lemma)
    }
    /// `assassination`: a noun that tells of something that happens.
    pub(crate) fn is_event(&self, lemma: &str) -> bool {
        let ending = || self.event_endings.0.iter().any(|e| lemma.len() > e.len() + 3 && lemma.ends_with(e.as_str()));
        self.events.has(lemma) || self.done_by_of.has(lemma) || ending() && !self.no_events.has(lemma)
    }
    /// `arrival`: what stands behind `of` does it, rather than that it is done to.
    pub(crate) fn is_done_by_its_of(&self, lemma: &str) -> bool {
        self.done_by_of.has(lemma)
    }
    /// `likely`: the certainty that it leaves what stands below.
    pub(crate) fn doubt(&self, lemma: &str) -> Option<rashomon_core::Certainty> {
        self.doubts.iter().find(|(_, words)| words.has(lemma)).and_then(|(certainty, _)| certainty.parse().ok())
    }
    /// `describe`: says of its object that it is what stands behind `as`.
    pub(crate) fn describes(&self, lemma: &str) -> bool {
        self.describing.has(lemma)
    }
    /// `want`: what stands below is not said to have happened.
    pub(crate) fn is_unreal(&self, lemma: &str) -> bool {
        self.unreal.has(lemma)
    }
}

impl SpeechGroup {
    /// Whether the verbs take this frame.
    pub(crate) fn takes(&self, frame: &str) -> bool {
        self.frames.split(' ').any(|f| f == frame)
    }
    /// The source's stance.
    pub(crate) fn stance(&self) -> rashomon_core::Stance {
        self.stance.parse().unwrap_or(rashomon_core::Stance::Asserts)
    }
    /// The author's stance.
    pub(crate) fn author(&self) -> rashomon_core::Stance {
        self.author.parse().unwrap_or(rashomon_core::Stance::Reports)
    }
}

/// The file of causal cues.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct CauseFile {
    /// The cues, by frame.
    pub(crate) cue: Vec<CauseCue>,
    /// Further lists.
    #[serde(default)]
    pub(crate) lists: BTreeMap<String, String>,
}

/// Words that link a cause to an effect in one way.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CauseCue {
    /// Where the sides stand.
    pub(crate) frame: String,
    /// `after` or `before`: where the cause stands.
    pub(crate) cause: String,
    /// `-` where the cause prevents.
    #[serde(default)]
    pub(crate) sign: String,
    /// Phrases, parted by `|`.
    #[serde(default)]
    pub(crate) words: String,
    /// Base forms of verbs, with what must follow them.
    #[serde(default)]
    pub(crate) verbs: String,
    /// Words of which one must stand in the clause before.
    #[serde(default)]
    pub(crate) near: String,
    /// Words behind which the cue links nothing.
    #[serde(default)]
    pub(crate) never: String,
    /// Verbs behind which it does all the same.
    #[serde(default)]
    pub(crate) motion: String,
    /// Whether the side behind must hold a finite verb.
    #[serde(default)]
    pub(crate) finite: bool,
    /// Whether the side behind must tell of something that happens.
    #[serde(default)]
    pub(crate) event: bool,
    /// Whether it must tell of somebody and what they do.
    #[serde(default)]
    pub(crate) does: bool,
    /// Whether the cue must not stand right behind a noun's determiner or a comma with a number: `the following`.
    #[serde(default)]
    pub(crate) preposition: bool,
}

/// The file of words that refer.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ReferenceFile {
    /// Lists by name.
    #[serde(default)]
    pub(crate) lists: BTreeMap<String, String>,
}

impl ReferenceFile {
    /// The bundled file.
    pub(crate) fn bundled() -> ReferenceFile {
        toml::from_str(include_str!("../rules/reference.toml")).unwrap_or_default()
    }
}

impl CauseFile {
    /// The bundled file.
    pub(crate) fn bundled() -> CauseFile {
        toml::from_str(include_str!("../rules/causes.toml")).unwrap_or_default()
    }
}

impl WordFile {
    /// The word lists of all bundled files that have any.
    pub(crate) fn bundled() -> Vec<WordFile> {
        FILES.iter().filter_map(|(_, text)| toml::from_str::<WordFile>(text).ok()).collect()
    }
}

impl VerbFile {
    /// The bundled file.
    pub(crate) fn bundled() -> VerbFile {
        toml::from_str(include_str!("../rules/verbs.toml")).unwrap_or_default()
    }
}

impl SpeechFile {
    /// The bundled file.
    pub(crate) fn bundled() -> SpeechFile {
        toml::from_str(include_str!("../rules/speech.toml")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_its_codes_are_known() {
        for (name, text) in FILES {
            toml::from_str::<toml::Table>(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
        toml::from_str::<VerbFile>(include_str!("../rules/verbs.toml")).unwrap();
        let clauses: ClauseFile = toml::from_str(include_str!("../rules/clauses.toml")).unwrap();
        for certainty in clauses.doubts.keys() {
            certainty.parse::<rashomon_core::Certainty>().unwrap();
        }
        let causes: CauseFile = toml::from_str(include_str!("../rules/causes.toml")).unwrap();
        assert!(causes.cue.len() > 10);
        let speech: SpeechFile = toml::from_str(include_str!("../rules/speech.toml")).unwrap();
        for group in speech.group {
            group.stance.parse::<rashomon_core::Stance>().unwrap();
            group.author.parse::<rashomon_core::Stance>().unwrap();
        }
    }
}
