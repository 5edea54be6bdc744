//! A verb of speech in its sentence: what the rules for verbs and passives look at.

use crate::page::Range;
use crate::rules::SpeechGroup;

/// A verb of speech in its sentence.
pub(crate) struct Cue<'a> {
    /// The verb.
    pub(crate) verb: usize,
    /// With its auxiliaries.
    pub(crate) verbs: Range,
    /// Where voice and words are looked for.
    pub(crate) window: Range,
    /// What it goes with.
    pub(crate) group: &'a SpeechGroup,
}
