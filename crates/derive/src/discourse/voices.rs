//! Under which name a voice stands in a network: its actor's, else its own words; a document's author by the names of its
//! metadata, joined with the actor who bears one of them. Who is unnamed, or only pointed to, has no name.

use crate::resolve::Actors;
use rashomon_core::{Document, MentionKind, Voice, Words};
use rashomon_text::names::key;
use rashomon_text::space::one_line;
use std::collections::HashMap;

/// Names of voices.
pub(super) struct Voices<'a> {
    actors: &'a Actors,
    /// Names as keys; of a name that several actors bear, none.
    by_name: HashMap<String, Option<&'a str>>,
}

impl<'a> Voices<'a> {
    pub(super) fn of(actors: &'a Actors) -> Voices<'a> {
        let mut by_name: HashMap<String, Option<&str>> = HashMap::new();
        let speaks = |kind| !matches!(kind, MentionKind::Event | MentionKind::Work);
        for actor in actors.iter().filter(|a| speaks(a.kind)) {
            let names = actor.names.keys().chain([&actor.name]).map(|n| key(n).join(" "));
            for name in names.filter(|n| !n.is_empty()) {
                let place = by_name.entry(name).or_insert(Some(&actor.name));
                if place.is_some_and(|other| other != actor.name) {
                    *place = None;
                }
            }
        }
        Voices { actors, by_name }
    }

    /// The name of a voice; `None` for who has none.
    pub(super) fn name(&self, document: &Document, voice: &Voice) -> Option<String> {
        match voice {
            Voice::Author => Some(self.author(document)),
            Voice::Unnamed(_) => None,
            Voice::Named(words) => self.words(document, words),
        }
    }

    /// The name that some words stand for.
    pub(super) fn words(&self, document: &Document, words: &Words) -> Option<String> {
        if let Some(actor) = self.actors.at(&document.id, words) {
            return Some(one_line(&actor.name));
        }
        let said = one_line(&words.text);
        let pronoun = !said.contains(' ') && said.chars().count() <= 4;
        (!pronoun && !said.is_empty()).then(|| without_article(&said))
    }

    /// The author of a document.
    pub(super) fn author(&self, document: &Document) -> String {
        let authors = &document.metadata.authors;
        let named = |author: &String| {
            let key = key(author).join(" ");
            self.by_name.get(&key).copied().flatten().map_or_else(|| one_line(author), one_line)
        };
        match authors.is_empty() {
            true => format!("the author of {}", one_line(document.name())),
            false => authors.iter().map(named).collect::<Vec<_>>().join("; "),
        }
    }
}

/// Words that lead to no actor, without the article, so that "A mate" and "the mate" of one document are one.
fn without_article(said: &str) -> String {
    let bare = ["the ", "a ", "an "].iter().find_map(|article| {
        let head = said.get(..article.len())?;
        head.eq_ignore_ascii_case(article).then(|| said.get(article.len()..)).flatten()
    });
    bare.unwrap_or(said).to_owned()
}
