//! The coarse parts of speech that tokens are told apart by.

/// A coarse part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Common noun, or a word of no known kind.
    Noun,
    /// Word with a capital that is no first word of a list.
    Name,
    /// Adjective known by its ending or place.
    Adjective,
    /// Determiner.
    Determiner,
    /// `my`, `its`, `whose`, and the clitic `’s` of a possessor.
    Possessive,
    /// Pronoun.
    Pronoun,
    /// `who`, `which` and the like.
    Wh,
    /// Preposition.
    Preposition,
    /// `to`.
    To,
    /// `that`.
    That,
    /// `and`, `or`, `but`.
    Coordinator,
    /// `because`, `when` and the like.
    Subordinator,
    /// Finite form of a verb.
    Verb,
    /// Infinitive.
    Infinitive,
    /// Past participle without its auxiliary.
    Participle,
    /// Present participle.
    Gerund,
    /// `have`, `be`, `do`, `will` ...
    Auxiliary,
    /// Adverb.
    Adverb,
    /// Number.
    Number,
    /// Everything that is no word.
    Punctuation,
}

impl Tag {
    /// Whether a word of this tag can stand inside a noun phrase.
    pub(crate) fn is_nominal(self) -> bool {
        matches!(self, Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number)
    }
    /// Whether it opens a noun phrase.
    pub(crate) fn opens_phrase(self) -> bool {
        matches!(self, Tag::Determiner | Tag::Possessive)
    }
    /// Whether it is a finite verb or auxiliary.
    pub(crate) fn is_finite(self) -> bool {
        matches!(self, Tag::Verb | Tag::Auxiliary)
    }
}
