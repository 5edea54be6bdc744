//! Whether statements that say the same are independent of each other. Two share a root if they stand in one document, if
//! text reuse joins their words, if the innermost named voice of their chains is the same, or if one stands on the word of
//! whoever wrote the other. Roots are the classes of the transitive closure over the statements of one claim. An unnamed
//! voice is never a root; and where it cannot be told whose word it is, that is said and nothing else.

use super::reuse::Reuse;
use super::{Claim, Independence};
use crate::resolve::Actors;
use rashomon_core::{Document, DocumentId, Snapshot, Span, Statement, Voice};
use rashomon_text::names::key;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// On whose word a statement stands in the end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// An actor, by id and name.
    Actor(String, String),
    /// Words that lead to no actor, in their own document only; a pronoun at its place only, told by its first byte.
    Words(String, u32),
    /// The document's author: the names of its metadata.
    Author(Vec<String>),
    /// The author of a document of which it is not known who wrote it.
    Unsigned,
    /// Somebody whom nobody names.
    Unnamed,
}

impl Root {
    /// In words; nothing for somebody whom nobody names.
    fn name(&self) -> Option<String> {
        match self {
            Root::Actor(_, name) | Root::Words(name, _) => Some(rashomon_text::space::one_line(name)),
            Root::Author(names) => Some(names.join(", ")),
            Root::Unsigned => Some("an author who is not named".to_owned()),
            Root::Unnamed => None,
        }
    }
}

/// What is known of a case that bears on where its statements come from.
pub struct Origins<'a> {
    actors: &'a Actors,
    documents: HashMap<&'a DocumentId, Origin<'a>>,
    passages: HashMap<&'a DocumentId, Vec<(Span, usize)>>,
    joined: BTreeSet<(usize, usize)>,
    /// Names of documents' authors, publishers and titles, with the places of the documents.
    called: BTreeMap<String, Vec<usize>>,
}

/// What ties statements to one root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// They stand in one document.
    Document(usize),
    /// One repeated passage holds words of both.
    Passage(usize),
    /// One innermost voice.
    Actor(String),
    /// One stands on the word of somebody who is called like the other's author, or both have one author.
    Called(String),
}

fn find(class: &[usize], mut n: usize) -> usize {
    while let Some(next) = class.get(n).copied().filter(|next| *next != n) {
        n = next;
    }
    n
}

/// Who is behind a document.
struct Origin<'a> {
    place: usize,
    document: &'a Document,
    /// Names of authors, as keys.
    authors: BTreeSet<String>,
    /// Names under which others cite it: authors, publisher, title.
    called: BTreeSet<String>,
    shown: Vec<String>,
}

impl<'a> Origins<'a> {
    /// From the documents and the passages that they share.
    pub fn of(snapshot: &'a Snapshot, actors: &'a Actors, reuse: &'a [Reuse]) -> Origins<'a> {
        let documents: HashMap<&DocumentId, Origin<'_>> =
            snapshot.documents.iter().enumerate().map(|(n, (d, _))| (&d.id, origin(n, d))).collect();
        let mut passages: HashMap<&DocumentId, Vec<(Span, usize)>> = HashMap::new();
        let mut joined = BTreeSet::new();
        for (number, found) in reuse.iter().enumerate() {
            for passage in [&found.a, &found.b] {
                passages.entry(&passage.document).or_default().push((passage.span, number));
            }
            let place = |id: &DocumentId| documents.get(id).map_or(usize::MAX, |o| o.place);
            let (a, b) = (place(&found.a.document), place(&found.b.document));
            joined.insert((a.min(b), a.max(b)));
        }
        let mut called: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for origin in documents.values() {
            for name in &origin.called {
                called.entry(name.clone()).or_default().push(origin.place);
            }
        }
        let mut all = Origins { actors, documents, passages, joined, called };
        all.join_citing(snapshot);
        all
    }

    /// Documents of which one gives the other's words somewhere.
    fn join_citing(&mut self, snapshot: &Snapshot) {
        let mut found = BTreeSet::new();
        for (n, (document, reading)) in snapshot.documents.iter().enumerate() {
            let voices: BTreeSet<String> = reading
                .statements
                .iter()
                .flat_map(|s| s.chain().iter().map(|l| &l.voice))
                .flat_map(|voice| self.names(&document.id, voice))
                .collect();
            for other in voices.iter().filter_map(|name| self.called.get(name)).flatten().filter(|other| **other != n) {
                found.insert((n.min(*other), n.max(*other)));
            }
        }
        self.joined.extend(found);
    }

    /// Names of a voice as keys.
    fn names(&self, document: &DocumentId, voice: &Voice) -> BTreeSet<String> {
        let Voice::Named(words) = voice else { return BTreeSet::new() };
        let mut all: BTreeSet<String> = [key(&words.text).join(" ")].into();
        if let Some(actor) = self.actors.of_voice(document, voice) {
            all.extend(actor.names.keys().chain([&actor.name]).map(|n| key(n).join(" ")));
        }
        all.retain(|n| !n.is_empty());
        all
    }

    /// Places of the documents whose author, publisher or title a voice is called like, in order.
    pub fn called_like(&self, document: &DocumentId, voice: &Voice) -> Vec<usize> {
        let names = self.names(document, voice);
        let named = names.iter().filter_map(|name| self.called.get(name)).flatten();
        let all: BTreeSet<usize> = named.copied().collect();
        all.into_iter().collect()
    }

    /// On whose word a statement stands in the end.
    pub fn root(&self, statement: &Statement) -> Root {
        match statement.source() {
            Voice::Unnamed(_) => Root::Unnamed,
            voice @ Voice::Named(words) => match self.actors.of_voice(statement.document(), voice) {
                Some(actor) => Root::Actor(actor.id.to_string(), actor.name.clone()),
                None => {
                    let pronoun = !words.text.contains(char::is_whitespace) && words.text.len() <= 4;
                    Root::Words(rashomon_text::space::one_line(&words.text), if pronoun { words.span.start } else { 0 })
                }
            },
            Voice::Author => match self.documents.get(statement.document()) {
                Some(origin) if !origin.shown.is_empty() => Root::Author(origin.shown.clone()),
                _ => Root::Unsigned,
            },
        }
    }

    /// Whether two statements share a root by themselves, and which.
    fn shared(&self, a: &Statement, b: &Statement) -> Option<(Independence, String)> {
        let (x, y) = (self.documents.get(a.document())?, self.documents.get(b.document())?);
        if self.copied(a, b) {
            return Some((Independence::Copied, "the same words".to_owned()));
        }
        let (p, q) = (self.root(a), self.root(b));
        if let (Root::Actor(m, name), Root::Actor(n, _)) = (&p, &q)
            && m == n
        {
            return Some((Independence::SameRoot, name.clone()));
        }
        if x.place == y.place {
            return Some((Independence::SameRoot, x.document.name().to_owned()));
        }
        let written = |root: &Root| matches!(root, Root::Author(_));
        if written(&p) && written(&q) && x.authors.intersection(&y.authors).next().is_some() {
            return Some((Independence::SameRoot, x.shown.join(", ")));
        }
        let stands_on = |statement: &Statement, other: &Origin<'_>, root: &Root| {
            let names = self.names(statement.document(), statement.source());
            (matches!(root, Root::Author(_) | Root::Unsigned) && names.intersection(&other.called).next().is_some())
                .then(|| rashomon_text::space::one_line(statement.source().words().map_or("", |w| &w.text)))
        };
        let name = stands_on(a, y, &q).or_else(|| stands_on(b, x, &p))?;
        Some((Independence::SameRoot, name))
    }

    /// The repeated passages in which words of a statement stand.
    fn passages_of(&self, statement: &Statement) -> BTreeSet<usize> {
        let all = self.passages.get(statement.document()).into_iter().flatten();
        all.filter(|(span, _)| statement.evidence().iter().any(|w| w.span.overlaps(*span))).map(|(_, n)| *n).collect()
    }

    /// Whether text reuse joins the words of two statements.
    fn copied(&self, a: &Statement, b: &Statement) -> bool {
        a.document() != b.document() && self.passages_of(a).intersection(&self.passages_of(b)).next().is_some()
    }

    /// Whether two statements that share no root are independent as far as the documents tell: both stand on the word of
    /// somebody known, and neither document has anything from the other.
    fn apart(&self, a: &Statement, b: &Statement) -> Independence {
        let known = |s: &Statement| matches!(self.root(s), Root::Actor(..) | Root::Author(_));
        let place = |s: &Statement| self.documents.get(s.document()).map_or(usize::MAX, |o| o.place);
        let (x, y) = (place(a), place(b));
        let touched = self.joined.contains(&(x.min(y), x.max(y)));
        if known(a) && known(b) && !touched { Independence::Independent } else { Independence::Unknown }
    }

    /// By what a statement shares its root with others.
    fn ties(&self, statement: &Statement) -> Vec<Tie> {
        let Some(own) = self.documents.get(statement.document()) else { return Vec::new() };
        let mut all = vec![Tie::Document(own.place)];
        all.extend(self.passages_of(statement).into_iter().map(Tie::Passage));
        match self.root(statement) {
            Root::Actor(id, _) => all.push(Tie::Actor(id)),
            Root::Author(_) => all.extend(own.authors.iter().cloned().map(Tie::Called)),
            Root::Words(..) | Root::Unsigned | Root::Unnamed => {}
        }
        match statement.source() {
            Voice::Author => all.extend(own.called.iter().cloned().map(Tie::Called)),
            voice => all.extend(self.names(statement.document(), voice).into_iter().map(Tie::Called)),
        }
        all
    }

    /// The classes of statements that go back to one root, of one claim: for each statement the number of its class.
    pub fn classes(&self, claim: &[&Statement]) -> Vec<usize> {
        let mut class: Vec<usize> = (0..claim.len()).collect();
        let mut first: BTreeMap<Tie, usize> = BTreeMap::new();
        for (n, statement) in claim.iter().enumerate() {
            for tie in self.ties(statement) {
                let other = *first.entry(tie).or_insert(n);
                let (a, b) = (find(&class, other), find(&class, n));
                if let Some(top) = class.get_mut(a.max(b)) {
                    *top = a.min(b);
                }
            }
        }
        (0..claim.len()).map(|n| find(&class, n)).collect()
    }

    /// A claim with its roots: unnamed voices are none, and of authors who are not known it cannot be told.
    pub(super) fn claim(&self, statements: &[&Statement], classes: &[usize]) -> Claim {
        let mut by_class: BTreeMap<usize, BTreeMap<Root, usize>> = BTreeMap::new();
        for (statement, class) in statements.iter().zip(classes) {
            *by_class.entry(*class).or_default().entry(self.root(statement)).or_default() += 1;
        }
        let (mut roots, mut untold, mut somebody) = (Vec::new(), 0, None);
        for class in by_class.values() {
            let known = class.iter().filter(|(root, _)| matches!(root, Root::Actor(..) | Root::Author(_)));
            match known.max_by_key(|(root, count)| (**count, matches!(root, Root::Actor(..)), std::cmp::Reverse(*root)))
            {
                Some((root, _)) => roots.extend(root.name()),
                None => {
                    untold += 1;
                    somebody = somebody.or_else(|| class.keys().find_map(Root::name));
                }
            }
        }
        if roots.is_empty() {
            // Somebody said it, though it is not known who.
            if let Some(name) = somebody {
                roots.push(name);
                untold -= 1;
            }
        }
        Claim { statements: statements.iter().map(|s| s.id().clone()).collect(), roots, untold }
    }

    /// How two statements of one claim stand to each other, with the root they share.
    pub fn independence(&self, a: &Statement, b: &Statement) -> (Independence, Option<String>) {
        match self.shared(a, b) {
            Some((independence, root)) => (independence, Some(root)),
            None => (self.apart(a, b), None),
        }
    }
}

fn origin(place: usize, document: &Document) -> Origin<'_> {
    let metadata = &document.metadata;
    let one = |name: &String| Some(key(name).join(" ")).filter(|k| !k.is_empty());
    let authors: BTreeSet<String> = metadata.authors.iter().filter_map(one).collect();
    let named = metadata.publisher.iter().chain(&metadata.title).filter_map(one);
    let called = authors.iter().cloned().chain(named).collect();
    Origin { place, document, authors, called, shown: metadata.authors.clone() }
}
