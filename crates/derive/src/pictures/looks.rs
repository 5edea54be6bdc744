//! How voices look in every picture of a case: the author's own word quiet, who is unnamed with a broken edge, each named
//! voice with a colour and a pattern. Who speaks most in the whole case comes first, whatever a filter lets through, so
//! that a voice looks the same in every picture.

use super::canvas::{VOICE_COLOURS, VOICE_PATTERNS};
use crate::resolve::Actors;
use crate::views::voice;
use rashomon_core::{Document, Snapshot, Voice};
use std::collections::{BTreeMap, HashMap};

/// How one voice looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// The author of a document.
    Author,
    /// The place among the named voices of the case.
    Named(usize),
    /// Somebody whom nobody names.
    Unnamed,
}

impl Look {
    /// Whether it has a look of its own. Named voices beyond the thirty-fifth look alike, so that none is taken for another.
    pub fn is_own(self) -> bool {
        !matches!(self, Look::Named(n) if n >= VOICE_COLOURS * VOICE_PATTERNS)
    }

    /// The class of shapes.
    pub fn class(self) -> String {
        match self {
            Look::Author => "own".to_owned(),
            Look::Unnamed => "unnamed".to_owned(),
            Look::Named(_) if !self.is_own() => "many".to_owned(),
            Look::Named(n) => format!("c{}", n % VOICE_COLOURS),
        }
    }

    /// The pattern over the colour: the first seven voices are plain, the next seven dotted, and so on.
    pub fn pattern(self) -> usize {
        match self {
            Look::Named(n) if self.is_own() => n / VOICE_COLOURS,
            _ => 0,
        }
    }
}

/// The looks of a case's voices.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    named: HashMap<String, usize>,
}

impl Looks {
    /// Of every voice at the end of a chain.
    pub fn of(snapshot: &Snapshot, actors: &Actors) -> Looks {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (document, reading) in &snapshot.documents {
            for source in reading.statements.iter().map(|s| s.source()).filter(|v| matches!(v, Voice::Named(_))) {
                *counts.entry(voice::counted(actors, &document.id, source)).or_default() += 1;
            }
        }
        let mut order: Vec<(String, usize)> = counts.into_iter().collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Looks { named: order.into_iter().enumerate().map(|(n, (name, _))| (name, n)).collect() }
    }

    /// The look of a voice.
    pub fn look(&self, actors: &Actors, document: &Document, voice: &Voice) -> Look {
        match voice {
            Voice::Author => Look::Author,
            Voice::Unnamed(_) => Look::Unnamed,
            Voice::Named(_) => self.of_name(&voice::counted(actors, &document.id, voice)),
        }
    }

    /// The look of a named voice by the name under which it is counted.
    pub fn of_name(&self, name: &str) -> Look {
        self.named.get(name).map_or(Look::Unnamed, |n| Look::Named(*n))
    }

    /// The look of whoever tells something, by the words of [`voice::told_by`].
    pub fn of_told(&self, name: &str) -> Look {
        match self.named.get(name) {
            Some(n) => Look::Named(*n),
            None if name.starts_with("someone unnamed") => Look::Unnamed,
            None => Look::Author,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn thirty_five_voices_look_different_and_the_commonest_is_plain() {
        let text: String = (0..35).map(|n| format!("Voice {n} said the lamp {n} was lit. ")).collect();
        let mut told = Told::new("a.txt", &text);
        for n in 0..35 {
            told = told.said(&format!("the lamp {n} was lit"), &[&format!("Voice {n}")]);
        }
        let snapshot = snapshot(&[told]);
        let actors = Actors::resolve(&snapshot);
        let looks = Looks::of(&snapshot, &actors);
        let (document, reading) = &snapshot.documents[0];
        let seen: std::collections::BTreeSet<(String, usize)> = reading
            .statements
            .iter()
            .map(|s| looks.look(&actors, document, s.source()))
            .map(|l| (l.class(), l.pattern()))
            .collect();
        assert_eq!(seen.len(), 35);
        assert_eq!(Look::Named(0).pattern(), 0);
        assert_eq!(Look::Named(35).class(), Look::Named(70).class());
        assert!(!seen.contains(&(Look::Named(35).class(), Look::Named(35).pattern())));
    }
}
