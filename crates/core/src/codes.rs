//! Closed lists of codes. A code outside its list cannot be made, parsed or stored.
//!
//! The words are those of the export contract (`docs/export.md`), so that what is stored, shown and exported is one
//! vocabulary. Adding a code here is a change of the export's version.

/// Defines an enum whose variants are codes with one written form each.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $text, "`")] #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every code of the list, in its order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The written form.
            pub fn as_str(self) -> &'static str { match self { $($name::$variant => $text),+ } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownCode;
            fn from_str(text: &str) -> Result<Self, UnknownCode> {
                $name::ALL.iter().copied().find(|c| c.as_str() == text).ok_or_else(|| UnknownCode {
                    list: stringify!($name), code: text.to_owned(),
                    known: $name::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

/// A word that is not in a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code:?} is not a {list}; known: {known}")]
pub struct UnknownCode {
    /// Name of the list.
    pub list: &'static str,
    /// The word that was given.
    pub code: String,
    /// The words that would have been right.
    pub known: String,
}

codes!(/// What part of a document a stretch of text is.
ZoneKind { Body = "body", Title = "title", Byline = "byline", Menu = "menu", Caption = "caption",
    Reference = "reference", Note = "note", Heading = "heading" });

codes!(/// What a mention names.
MentionKind { Person = "person", Organization = "organization", Place = "place", Group = "group", Event = "event",
    Work = "work", Other = "other" });

codes!(/// How a mention names it.
MentionForm { Name = "name", Description = "description", Demonym = "demonym", Pronoun = "pronoun" });

codes!(/// What a statement claims.
ClaimKind { Event = "event", Tie = "tie", Value = "value", Cause = "cause", Quantity = "quantity",
    Prediction = "prediction" });

codes!(/// What an argument is to its predicate.
Role { Subject = "subject", Object = "object", Recipient = "recipient", Instrument = "instrument", Place = "place",
    Time = "time", Manner = "manner", Purpose = "purpose", Cause = "cause", Topic = "topic", Other = "other" });

codes!(/// Whether the claim affirms or negates its predicate.
Polarity { Positive = "+", Negative = "-" });

codes!(/// How surely the claim is made, in the words' own terms.
Certainty { Certain = "certain", Probable = "probable", Possible = "possible", Unlikely = "unlikely",
    Counterfactual = "counterfactual" });

codes!(/// What a cause is said to do to its effect; `0` where the link itself is denied.
Sign { Plus = "+", Minus = "-", Denied = "0" });

codes!(/// A voice's stance towards what follows it in the chain.
Stance { Asserts = "asserts", Endorses = "endorses", Reports = "reports", Hedges = "hedges",
    Distances = "distances", Denies = "denies" });

codes!(/// How far a link reaches: the sentence it stands in, or (of a citation) the paragraph.
Scope { Sentence = "sentence", Paragraph = "paragraph" });

codes!(/// What quotation marks are used for. Only `direct` and `title_given` claim that somebody speaks.
QuotationKind { Direct = "direct", TitleGiven = "title_given", WorkTitle = "work_title", Term = "term", Name = "name",
    Scare = "scare" });

codes!(/// The calendar of the words of a date; values are always Gregorian.
Calendar { Gregorian = "gregorian", SolarHijri = "solar-hijri", Hijri = "hijri", Julian = "julian",
    Hebrew = "hebrew" });

codes!(/// What a time expression dates.
TimeRole { Event = "event", Citation = "citation", DateLine = "date-line" });

codes!(/// What a number is used for.
QuantityRole { Quantity = "quantity", Ordinal = "ordinal", Identifier = "identifier" });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_a_strange_word_does_not() {
        for stance in Stance::ALL {
            assert_eq!(stance.as_str().parse::<Stance>().unwrap(), *stance);
            assert_eq!(serde_json::to_value(stance).unwrap(), stance.as_str());
        }
        let error = "shouts".parse::<Stance>().unwrap_err();
        assert!(error.to_string().contains("asserts, endorses"), "{error}");
    }
}
