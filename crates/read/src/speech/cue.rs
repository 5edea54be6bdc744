//! A verb of speech in its sentence: what the rules for verbs and passives look at.

use crate::page::Range;
use crate::phrase::Phrase;
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

/// The subject of a cue, and whether it stands behind the verb.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    /// Its words.
    pub(crate) phrase: Phrase,
    /// Whether it stands behind the verb.
    pub(crate) inverted: bool,
}

/// What a cue gives to its voice.
pub(crate) struct Said {
    /// The words, in pieces.
    pub(crate) pieces: Vec<Range>,
    /// One past the cue.
    pub(crate) cue_end: usize,
    /// What carried them.
    pub(crate) venue: Option<Range>,
    /// One past what stands between the cue and words behind it: hearer, day, venue.
    pub(crate) path_end: usize,
    /// The rule that found them.
    pub(crate) by: &'static str,
}

impl Said {
    /// Words by a rule; `None` where all pieces are empty.
    pub(crate) fn new(pieces: Vec<Range>, cue_end: usize, by: &'static str) -> Option<Said> {
        let pieces: Vec<Range> = pieces.into_iter().filter(|p| !p.is_empty()).collect();
        (!pieces.is_empty()).then_some(Said { pieces, cue_end, venue: None, path_end: 0, by })
    }
}
