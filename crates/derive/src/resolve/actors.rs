//! The actors of a case and the way from a mention to its actor.

use super::cluster::Merge;
use rashomon_core::{Digest, DocumentId, MentionKind, Span, Voice, Words};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Identity of an actor: digest of the name and kind that define it.
pub type ActorId = Digest;

/// Mentions that are taken to name the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Stable for the same documents and program version.
    pub id: ActorId,
    /// The longest of its names; among equals the commonest, then the first in the alphabet. A description only where
    /// no name is known.
    pub name: String,
    /// What most of its mentions are said to be.
    pub kind: MentionKind,
    /// Every form, names and descriptions but no pronouns, with the number of its places in each document.
    pub names: BTreeMap<String, BTreeMap<DocumentId, usize>>,
    /// Why names that differ were joined.
    pub merges: Vec<Merge>,
    /// Its ids in a person's own list of known actors; several where the list does not tell which.
    pub known: Vec<String>,
}

/// The mentions of a document in order of place, each with the number of the name that it means.
pub(super) type Meant = Arc<[(Span, usize)]>;

/// All actors of a case and the way from a mention to its actor.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    /// In order of id.
    pub(super) actors: Vec<Arc<Actor>>,
    /// For each name the place of its actor.
    pub(super) of_name: Vec<usize>,
    pub(super) documents: HashMap<DocumentId, Meant>,
}

impl Actors {
    /// Actors by id.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter().map(Arc::as_ref)
    }

    /// The actor of an id.
    pub fn get(&self, id: &ActorId) -> Option<&Actor> {
        let place = self.actors.binary_search_by(|actor| actor.id.cmp(id)).ok()?;
        self.actors.get(place).map(Arc::as_ref)
    }

    /// The actor that a mention of a document names.
    pub fn of_mention(&self, document: &DocumentId, mention: Span) -> Option<&Actor> {
        let all = self.documents.get(document)?;
        let place = all.binary_search_by(|(span, _)| span.cmp(&mention)).ok()?;
        all.get(place).and_then(|(_, name)| self.of_name(*name))
    }

    fn of_name(&self, name: usize) -> Option<&Actor> {
        self.actors.get(*self.of_name.get(name)?).map(Arc::as_ref)
    }

    /// The actor that some words name: by the mention that stands on them, or by the one mention inside them that is
    /// their head ("the transport Meteor", "Anne Lowry, a pilot"; not "an owner of the Meteor", not "the Meteor's crew").
    pub fn at(&self, document: &DocumentId, words: &Words) -> Option<&Actor> {
        if let Some(actor) = self.of_mention(document, words.span) {
            return Some(actor);
        }
        self.within(document, words.span).find(|(mention, _)| is_head(words, *mention)).map(|(_, actor)| actor)
    }

    /// The mentions of actors that begin inside a span of a document, in order of place.
    pub fn within(&self, document: &DocumentId, span: Span) -> impl Iterator<Item = (Span, &Actor)> {
        let all = self.documents.get(document).map_or(&[][..], AsRef::as_ref);
        let from = all.partition_point(|(mention, _)| mention.start < span.start);
        let inside =
            all.get(from..).unwrap_or_default().iter().take_while(move |(mention, _)| mention.start < span.end);
        inside.filter_map(|(mention, name)| Some((*mention, self.of_name(*name)?)))
    }

    /// The actor of a voice, where its words lead to one.
    pub fn of_voice(&self, document: &DocumentId, voice: &Voice) -> Option<&Actor> {
        match voice {
            Voice::Named(words) => self.at(document, words),
            Voice::Author | Voice::Unnamed(_) => None,
        }
    }
}

/// Whether a mention inside some words is what they are about: nothing before it leads away from it (a preposition, a
/// possessive) and after it the words end or a clause set off by a comma begins.
fn is_head(words: &Words, mention: Span) -> bool {
    let inside = |start: u32, end: u32| {
        let from = start.checked_sub(words.span.start)? as usize;
        words.text.get(from..(end.checked_sub(words.span.start)?) as usize)
    };
    let before = inside(words.span.start, mention.start);
    let after = inside(mention.end, words.span.end);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let leads_away =
        |w: &str| LEADS_AWAY.contains(&w.to_lowercase().as_str()) || w.ends_with("'s") || w.ends_with("’s");
    let free = !before.contains(',') && !before.split_whitespace().any(leads_away);
    let after = after.trim_start();
    free && (after.is_empty() || after.starts_with([',', '(', '–', '—', '[']))
}

/// Words after which a name says where or whose, not who.
const LEADS_AWAY: &[&str] = &[
    "about", "against", "among", "and", "at", "by", "for", "from", "in", "near", "of", "on", "or", "over", "to",
    "under", "with",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_about_the_name_at_their_head_only() {
        let head = |text: &str, name: &str| {
            let start = text.find(name).unwrap();
            let words = Words { span: Span::new(100, 100 + text.len()), text: text.into() };
            is_head(&words, Span::new(100 + start, 100 + start + name.len()))
        };
        assert!(head("the transport Meteor", "Meteor"));
        assert!(head("Anne Lowry, a pilot of Hull", "Anne Lowry"));
        assert!(!head("Anne Lowry, a pilot of Hull", "Hull"));
        assert!(!head("an owner of the Meteor", "Meteor"));
        assert!(!head("the Danish newspapers", "Danish"));
        assert!(!head("the Meteor’s crew and Lowry", "Lowry"));
    }
}
