//! How a voice and a chain are written for people, the same in every view.

use crate::resolve::Actors;
use rashomon_core::{CharIndex, Document, DocumentId, Link, Span, Statement, Voice};
pub use rashomon_text::space::one_line;
use std::collections::BTreeMap;

/// A voice in words: `author`, the words with the actor's fuller name in brackets where the words are not it, or
/// `someone unnamed`.
pub fn name(actors: &Actors, document: &DocumentId, voice: &Voice) -> String {
    match voice {
        Voice::Author => "author".to_owned(),
        Voice::Unnamed(None) => "someone unnamed".to_owned(),
        Voice::Unnamed(Some(words)) => format!("someone unnamed ({})", one_line(&words.text)),
        Voice::Named(words) => {
            let said = one_line(&words.text);
            match actors.of_voice(document, voice) {
                Some(actor) if !said.contains(&actor.name) => format!("{said} [{}]", actor.name),
                _ => said,
            }
        }
    }
}

/// The name under which a voice is counted: its actor's name, else its own words.
pub fn counted(actors: &Actors, document: &DocumentId, voice: &Voice) -> String {
    match (voice, actors.of_voice(document, voice)) {
        (_, Some(actor)) => actor.name.clone(),
        (Voice::Named(words), None) => one_line(&words.text),
        _ => name(actors, document, voice),
    }
}

/// On whose word something is told: the name under which the voice is counted, or the document whose author tells it. Who is
/// unnamed stays so.
pub fn told_by(actors: &Actors, document: &Document, voice: &Voice) -> String {
    match voice {
        Voice::Author => format!("the author of {}", document.name()),
        _ => counted(actors, &document.id, voice),
    }
}

/// A chain in words, the author first: `author ← the owner ← the skipper`.
pub fn chain(actors: &Actors, statement: &Statement) -> String {
    let link = |l: &Link| {
        let voice = name(actors, statement.document(), &l.voice);
        match &l.venue {
            Some(venue) => format!("{voice} in {}", one_line(&venue.text)),
            None => voice,
        }
    };
    statement.chain().iter().map(link).collect::<Vec<_>>().join(" ← ")
}

/// Tells people where words stand; counts each document's characters once.
#[derive(Default)]
pub struct Places {
    indexes: BTreeMap<DocumentId, CharIndex>,
}

impl Places {
    /// Where words stand: `path:1204` (code point), with page and part where known.
    pub fn of(&mut self, document: &Document, span: Span) -> String {
        let index = self.indexes.entry(document.id.clone()).or_insert_with(|| CharIndex::new(&document.text));
        let chars = index.to_chars(&document.text, span.start);
        let place = document.place_at(span.start);
        let page = place.and_then(|p| p.page).map(|n| format!(", p. {n}")).unwrap_or_default();
        let part = place.and_then(|p| p.part.as_deref()).map(|p| format!(", {p}")).unwrap_or_default();
        format!("{}:{chars}{page}{part}", document.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn a_chain_is_written_author_first_with_places_in_code_points() {
        let snapshot = snapshot(&[Told::new("é.txt", "Été: the owner heard Tom Reed say the sea was calm.")
            .said("the sea was calm", &["the owner", "Tom Reed"])]);
        let actors = Actors::resolve(&snapshot);
        let (document, reading) = &snapshot.documents[0];
        let statement = &reading.statements[0];
        assert_eq!(chain(&actors, statement), "author ← the owner ← Tom Reed");
        assert_eq!(Places::default().of(document, statement.evidence()[0].span), "é.txt:34");
    }
}
