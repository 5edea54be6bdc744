//! Which mentions are one actor. Inside a document the words decide (`local`); across documents names do, compared as
//! parts and sounds in any script, with what speaks against it and what people judged (`cluster`, `judged`). Every
//! joining of two names keeps its reasons in words. Where a name fits two, it is left apart: what is apart a person can
//! see and join, what was joined wrongly would mislead.

mod local;

mod judged;

mod cluster;

pub use cluster::Merge;

use cluster::{Link, Meant, Node};
use judged::Judged;
use local::{Identity, Other, Referent, Told};
use rashomon_core::{CharIndex, Digest, DocumentId, MentionForm, MentionKind, Snapshot, Span, Voice, Words};
use rashomon_text::names::key;
use rashomon_text::states;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
}

/// All actors of a snapshot and the way from a mention to its actor.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    actors: BTreeMap<ActorId, Actor>,
    of_mention: BTreeMap<(DocumentId, Span), ActorId>,
}

impl Actors {
    /// Resolves every mention of a snapshot.
    pub fn resolve(snapshot: &Snapshot) -> Actors {
        let mut told: BTreeMap<Identity, Vec<(DocumentId, Referent)>> = BTreeMap::new();
        let mut links: Vec<(Told, String)> = Vec::new();
        for (document, reading) in &snapshot.documents {
            let (referents, called_one) = local::referents(document, reading);
            for (identity, referent) in referents {
                told.entry(identity).or_default().push((document.id.clone(), referent));
            }
            if called_one.is_empty() {
                continue;
            }
            let index = CharIndex::new(&document.text);
            let place = |t: &Told| format!("{}:{}", document.path, index.to_chars(&document.text, t.at.start));
            links.extend(called_one.into_iter().map(|t| (t.clone(), place(&t))));
        }
        let nodes: Vec<Node> = told.iter().map(|(identity, referents)| node(identity, referents)).collect();
        let place: HashMap<&Identity, usize> = told.keys().enumerate().map(|(n, identity)| (identity, n)).collect();
        let words: Vec<Link> = links.iter().filter_map(|(told, at)| link(&place, told, at)).collect();
        let (roots, mut merges) = cluster::cluster(&nodes, &words, &Judged::of(&snapshot.judgements));
        let ids: Vec<ActorId> = nodes.iter().map(id_of).collect();
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (n, root) in roots.iter().enumerate() {
            groups.entry(*root).or_default().push(n);
        }
        let referents: Vec<Vec<(DocumentId, Referent)>> = told.into_values().collect();
        let mut actors = Actors::default();
        for (root, members) in groups {
            let Some(id) = members.iter().filter_map(|n| ids.get(*n)).min().cloned() else { continue };
            let of_group = || members.iter().filter_map(|n| nodes.get(*n));
            let merges = merges.remove(&root).unwrap_or_default();
            let mut actor = Actor {
                id: id.clone(),
                name: String::new(),
                kind: kind_of(of_group()),
                names: BTreeMap::new(),
                merges,
            };
            let mut descriptions: BTreeSet<&str> = BTreeSet::new();
            for (document, referent) in members.iter().filter_map(|n| referents.get(*n)).flatten() {
                for (span, form) in &referent.mentions {
                    actors.of_mention.insert((document.clone(), *span), id.clone());
                    if let Some((form, text)) = form {
                        let places = actor.names.entry(text.clone()).or_default();
                        *places.entry(document.clone()).or_default() += 1;
                        if *form != MentionForm::Name {
                            descriptions.insert(text);
                        }
                    }
                }
            }
            actor.name = best_name(&actor.names, &descriptions);
            actors.actors.insert(id, actor);
        }
        actors
    }

    /// Actors by id.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// The actor of an id.
    pub fn get(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// The actor that a mention of a document names.
    pub fn of_mention(&self, document: &DocumentId, mention: Span) -> Option<&Actor> {
        self.of_mention.get(&(document.clone(), mention)).and_then(|id| self.actors.get(id))
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
        let from = (document.clone(), Span { start: span.start, end: 0 });
        let to = (document.clone(), Span { start: span.end, end: 0 });
        let inside = self.of_mention.range(from..to);
        inside.filter_map(|((_, mention), id)| Some((*mention, self.actors.get(id)?)))
    }

    /// The actor of a voice, where its words lead to one.
    pub fn of_voice(&self, document: &DocumentId, voice: &Voice) -> Option<&Actor> {
        match voice {
            Voice::Named(words) => self.at(document, words),
            Voice::Author | Voice::Unnamed(_) => None,
        }
    }
}

/// What is told of a name in all documents.
fn node((key, kind, within): &Identity, referents: &[(DocumentId, Referent)]) -> Node {
    let mut forms: HashMap<&str, usize> = HashMap::new();
    let (mut mentions, mut sexes) = (0, [0, 0]);
    for (_, referent) in referents {
        mentions += referent.mentions.len();
        for (sum, count) in sexes.iter_mut().zip(referent.sexes) {
            *sum += count;
        }
        for (_, form) in referent.mentions.iter().filter_map(|(_, form)| form.as_ref()) {
            *forms.entry(form).or_default() += 1;
        }
    }
    // The commonest form that holds all the words of the name, with its capitals and titles.
    let whole = forms.iter().filter(|(form, _)| self::key(form).join(" ") == *key);
    let best = whole.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(form, _)| (*form).to_owned());
    // A state that only its capital stands for is written nowhere.
    let text = best.or_else(|| states::by_key(key).map(str::to_owned)).unwrap_or_else(|| key.clone());
    let named = |(_, form): &(Span, Option<(MentionForm, String)>)| {
        form.as_ref().is_some_and(|(f, _)| *f != MentionForm::Description)
    };
    let described = !referents.iter().any(|(_, r)| r.mentions.iter().any(named));
    Node { key: key.clone(), kind: *kind, within: within.clone(), described, text, mentions, sexes }
}

/// What a document says of two names, by the places of the names among all.
fn link(place: &HashMap<&Identity, usize>, told: &Told, at: &str) -> Option<Link> {
    let other = match &told.b {
        Other::Name(b) => Meant::Always(*place.get(b)?),
        Other::Words(words) => Meant::Here(words.clone()),
    };
    Some(Link { a: *place.get(&told.a)?, b: other, reason: format!("{}, {at}", told.how) })
}

fn id_of(node: &Node) -> ActorId {
    let within = node.within.as_ref().map_or("", |d| d.as_str());
    ActorId::short_of(format!("{}\u{0}{}\u{0}{within}", node.kind, node.key).as_bytes())
}

/// What most mentions of a group name; `other` only where nothing else is said.
fn kind_of<'n>(nodes: impl Iterator<Item = &'n Node>) -> MentionKind {
    let mut counts: BTreeMap<MentionKind, usize> = BTreeMap::new();
    for node in nodes {
        *counts.entry(node.kind).or_default() += node.mentions;
    }
    let rank =
        |(kind, count): &(&MentionKind, &usize)| (**kind != MentionKind::Other, **count, std::cmp::Reverse(**kind));
    counts.iter().max_by_key(rank).map_or(MentionKind::Other, |(kind, _)| *kind)
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

fn best_name(names: &BTreeMap<String, BTreeMap<DocumentId, usize>>, descriptions: &BTreeSet<&str>) -> String {
    let rank = |(text, places): &(&String, &BTreeMap<DocumentId, usize>)| {
        let count = places.values().sum::<usize>();
        (!descriptions.contains(text.as_str()), key(text).len(), count, std::cmp::Reverse(text.to_string()))
    };
    names.iter().max_by_key(rank).map(|(text, _)| text.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn a_short_name_follows_the_one_long_name_of_its_document() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "Captain Anne Lowry spoke. Lowry left. The Admiral wept.")
                .name("Admiral", MentionKind::Person)
                .name("Anne Lowry", MentionKind::Person)
                .name("Lowry left", MentionKind::Person),
            Told::new("b.txt", "Anne Lowry and Tom Lowry met. The Admiral paid.")
                .name("Admiral", MentionKind::Person)
                .name("Anne Lowry", MentionKind::Person)
                .name("Tom Lowry", MentionKind::Person),
        ]);
        let actors = Actors::resolve(&snapshot);
        let at = |d: usize, text: &str| {
            let (document, reading) = &snapshot.documents[d];
            let mention = reading.mentions.iter().find(|m| m.words.text == text).unwrap();
            actors.of_mention(&document.id, mention.words.span).unwrap().id.clone()
        };
        assert_eq!(at(0, "Anne Lowry"), at(1, "Anne Lowry"), "equal full names are one actor across documents");
        assert_ne!(at(1, "Anne Lowry"), at(1, "Tom Lowry"));
        assert_ne!(at(0, "Admiral"), at(1, "Admiral"), "a title means somebody in its own document only");
        assert_eq!(actors.iter().filter(|a| a.name == "Anne Lowry").count(), 1);
    }

    #[test]
    fn spellings_in_many_documents_are_one_actor_in_any_order() {
        let mut snapshot = snapshot(&[
            Told::new("a.txt", "Qasim Amin wrote. He died.").name("Qasim Amin", MentionKind::Person),
            Told::new("b.txt", "Kassem Amin wrote.").name("Kassem Amin", MentionKind::Person),
            Told::new("c.txt", "كتب قاسم أمين").name("قاسم أمين", MentionKind::Person),
            Told::new("d.txt", "Ahmad Amin wrote.").name("Ahmad Amin", MentionKind::Person),
        ]);
        let actors = Actors::resolve(&snapshot);
        let one = actors.iter().find(|a| a.names.contains_key("Qasim Amin")).unwrap();
        assert!(one.names.contains_key("Kassem Amin") && one.names.contains_key("قاسم أمين"), "{one:?}");
        assert!(!one.names.contains_key("Ahmad Amin"), "{one:?}");
        assert_eq!(one.merges.len(), 2);
        assert!(one.merges.iter().all(|m| !m.reasons.is_empty()), "{:?}", one.merges);
        snapshot.documents.reverse();
        let again = Actors::resolve(&snapshot);
        assert_eq!(actors.iter().collect::<Vec<_>>(), again.iter().collect::<Vec<_>>());
    }

    /// The actor of the words that stand somewhere in the first document.
    fn of_words<'a>(actors: &'a Actors, snapshot: &Snapshot, words: &str) -> Option<&'a Actor> {
        let (document, reading) = &snapshot.documents[0];
        let mention = reading.mentions.iter().find(|m| m.words.text == words).unwrap();
        actors.of_mention(&document.id, mention.words.span)
    }

    #[test]
    fn what_a_document_calls_one_is_one_and_says_where() {
        let snapshot = snapshot(&[Told::new(
            "a.txt",
            "The Northern Mutual Aid Society (NMAS) met Ilse Brandt, also known as Nan Holm. NMAS paid. Tom Reed (Hull) left.",
        )
        .name("Northern Mutual Aid Society", MentionKind::Organization)
        .name("NMAS", MentionKind::Organization)
        .name("Ilse Brandt", MentionKind::Person)
        .name("Nan Holm", MentionKind::Person)
        .name("Tom Reed", MentionKind::Person)
        .name("Hull", MentionKind::Place)]);
        let actors = Actors::resolve(&snapshot);
        let name = |words: &str| of_words(&actors, &snapshot, words).unwrap().id.clone();
        assert_eq!(name("Northern Mutual Aid Society"), name("NMAS"));
        assert_eq!(name("Ilse Brandt"), name("Nan Holm"));
        assert_ne!(name("Tom Reed"), name("Hull"), "a place in brackets is where he is from");
        let why = &of_words(&actors, &snapshot, "Nan Holm").unwrap().merges[0].reasons;
        assert_eq!(why, &["“also known as” between them, a.txt:70"]);
    }

    #[test]
    fn a_capital_that_speaks_is_its_state_and_elsewhere_a_place() {
        let text = "Oslo said the sea was calm. The ship left Oslo. Norway paid.";
        let snapshot = snapshot(&[Told::new("a.txt", text)
            .name("Oslo", MentionKind::Place)
            .named_at("Oslo", 42, MentionKind::Place)
            .name("Norway", MentionKind::Place)
            .said("the sea was calm", &["Oslo"])]);
        let actors = Actors::resolve(&snapshot);
        let (document, _) = &snapshot.documents[0];
        let at = |start| actors.of_mention(&document.id, Span::new(start, start + 4)).unwrap();
        assert_eq!(at(0).name, "Norway");
        assert_eq!(at(42).name, "Oslo");
        assert_eq!(at(0).merges[0].reasons, ["the capital speaks or acts for its state, a.txt:0"]);
    }

    #[test]
    fn a_description_that_holds_a_name_is_one_actor_of_its_document() {
        let described = |told: Told| told.described("the Hull fishermen", MentionKind::Group);
        let snapshot = snapshot(&[
            described(Told::new("a.txt", "They met the Hull fishermen.")),
            described(Told::new("b.txt", "He saw the Hull fishermen and the men."))
                .described("the men", MentionKind::Group),
        ]);
        let actors = Actors::resolve(&snapshot);
        let mut found: Vec<&str> = actors.iter().map(|a| a.name.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ["the Hull fishermen", "the Hull fishermen"], "one in each document");
    }

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
