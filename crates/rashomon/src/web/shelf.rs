//! The ledger at a moment, with what the pages need from it worked out once: actors, where each statement stands, and
//! per document the blocks, leaves and voices. A shelf is thrown away as a whole when the ledger has grown.

use super::archive::Archive;
use super::leaves::{Block, blocks, leaves};
use maud::Markup;
use rashomon_core::{CharIndex, Document, DocumentId, Reading, Row, Snapshot, Statement, StatementId, Table, Voice};
use rashomon_derive::causes::{Concepts, Own};
use rashomon_derive::discourse::{Codes, Options, code};
use rashomon_derive::pictures::{Drawing, Picture, Wish};
use rashomon_derive::resolve::{Actor, ActorId};
use rashomon_derive::views::actors::{self, Told};
use rashomon_derive::views::{View, voice};
use rashomon_derive::{Actors, Filter, Resolver};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

/// One snapshot and what was worked out from it.
pub(crate) struct Shelf {
    /// The ledger's own name.
    pub(crate) name: String,
    /// What the ledger holds.
    pub(crate) snapshot: Snapshot,
    /// Who is who.
    pub(crate) actors: Actors,
    generation: u64,
    documents: HashMap<DocumentId, usize>,
    statements: HashMap<StatementId, (usize, usize)>,
    worked_out: Vec<WorkedOut>,
    told: OnceLock<BTreeMap<ActorId, Told>>,
    concepts: OnceLock<Concepts>,
    by_name: OnceLock<HashMap<String, Vec<ActorId>>>,
    tables: Mutex<Vec<(String, Arc<Table>)>>,
    pictures: Mutex<Vec<(String, Arc<Drawing>)>>,
    glance: OnceLock<Markup>,
    codes: Mutex<Vec<(String, Arc<Codes>)>>,
}

/// What is worked out of a document when it is first asked for.
#[derive(Default)]
struct WorkedOut {
    layout: OnceLock<Layout>,
    voices: OnceLock<Voices>,
}

/// A document laid out for reading.
pub(crate) struct Layout {
    /// Its blocks.
    pub(crate) blocks: Vec<Block>,
    /// Ranges of blocks, one a leaf.
    pub(crate) leaves: Vec<Range<usize>>,
    /// Bytes to code points.
    pub(crate) index: CharIndex,
}

/// The voices at the ends of a document's chains.
pub(crate) struct Voices {
    /// The author first, then by number of statements.
    pub(crate) all: Vec<Tally>,
    of: Vec<usize>,
}

impl Voices {
    /// The place among all voices of that of a statement, which is given by its place in the reading.
    pub(crate) fn of(&self, statement: usize) -> Option<usize> {
        self.of.get(statement).copied()
    }

    /// The voice of a statement, which is given by its place in the reading.
    pub(crate) fn tally_of(&self, statement: usize) -> Option<&Tally> {
        self.of(statement).and_then(|voice| self.all.get(voice))
    }
}

/// A voice of a document and how much stands on its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    /// The name under which it is counted.
    pub(crate) name: String,
    /// Author, named or unnamed.
    pub(crate) is: VoiceKind,
    /// Number of statements that stand on its word in the end.
    pub(crate) count: usize,
}

/// What kind of voice stands at the end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum VoiceKind {
    /// The document's author.
    Author,
    /// Named, described or pointed to.
    Named,
    /// Left unnamed, or not found by the reader.
    Unnamed,
}

/// What a document's author is called among its voices; not a word that a document could use for somebody.
pub(crate) const OWN_WORD: &str = "the author’s own word";
/// How many tables, and how many pictures, are kept at once.
const TABLES: usize = 4;

impl Shelf {
    /// Works out what an archive holds now. The resolver knows what was worked out before.
    fn load(archive: &dyn Archive, resolver: &mut Resolver, generation: u64) -> Result<Shelf, String> {
        let snapshot = archive.snapshot()?;
        if resolver.is_outdated(&snapshot) {
            *resolver = Resolver::default();
        }
        resolver.add_all(&snapshot);
        let actors = resolver.actors(&snapshot.judgements);
        let place = |d: usize, r: &Reading| {
            let ids: Vec<_> = r.statements.iter().enumerate().map(|(s, x)| (x.id().clone(), (d, s))).collect();
            ids
        };
        Ok(Shelf {
            name: archive.name(),
            generation,
            documents: snapshot.documents.iter().enumerate().map(|(n, (d, _))| (d.id.clone(), n)).collect(),
            statements: snapshot.documents.iter().enumerate().flat_map(|(n, (_, r))| place(n, r)).collect(),
            worked_out: snapshot.documents.iter().map(|_| WorkedOut::default()).collect(),
            told: OnceLock::new(),
            concepts: OnceLock::new(),
            by_name: OnceLock::new(),
            tables: Mutex::default(),
            pictures: Mutex::default(),
            glance: OnceLock::new(),
            codes: Mutex::default(),
            actors,
            snapshot,
        })
    }

    /// The state of the ledger that this was worked out from.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// A document with its reading and layout.
    pub(crate) fn document(&self, id: &DocumentId) -> Option<Opened<'_>> {
        self.documents.get(id).and_then(|n| self.opened(*n))
    }

    /// A statement with its document.
    pub(crate) fn statement(&self, id: &StatementId) -> Option<(Opened<'_>, &Statement)> {
        let (document, statement) = self.statements.get(id)?;
        let opened = self.opened(*document)?;
        Some((opened, opened.reading.statements.get(*statement)?))
    }

    /// What all statements say of an actor.
    pub(crate) fn told_of(&self, actor: &ActorId) -> &Told {
        static NOTHING: Told = Told { about: BTreeSet::new(), by: BTreeSet::new() };
        let all = self.told.get_or_init(|| actors::told(&self.snapshot, &Filter::default(), &self.actors));
        all.get(actor).unwrap_or(&NOTHING)
    }

    /// The concepts of what is said to cause what.
    pub(crate) fn concepts(&self) -> &Concepts {
        self.concepts.get_or_init(|| Concepts::of(&self.snapshot, &self.actors, &Own::default()))
    }

    /// The actor whose name a row of a table shows: of several with one name the one that its statements mention.
    pub(crate) fn actor_in(&self, name: &str, row: &Row) -> Option<&Actor> {
        let by_name = self.by_name.get_or_init(|| {
            let mut all: HashMap<String, Vec<ActorId>> = HashMap::new();
            for actor in self.actors.iter() {
                all.entry(voice::one_line(&actor.name)).or_default().push(actor.id.clone());
            }
            all
        });
        let of_name = by_name.get(name)?;
        let first = row.statements().first()?;
        let mentions = |id: &&ActorId| self.told_of(id).about.contains(first) || self.told_of(id).by.contains(first);
        self.actors.get(of_name.iter().find(mentions).or_else(|| of_name.first())?)
    }

    /// Every document, in order.
    pub(crate) fn opened_documents(&self) -> impl Iterator<Item = Opened<'_>> {
        (0..self.snapshot.documents.len()).filter_map(|n| self.opened(n))
    }

    fn opened(&self, number: usize) -> Option<Opened<'_>> {
        let (document, reading) = self.snapshot.documents.get(number)?;
        Some(Opened { document, reading, worked_out: self.worked_out.get(number)?, actors: &self.actors })
    }

    /// What the ledger holds at a glance, worked out when first asked for.
    pub(crate) fn glance(&self, work: impl FnOnce() -> Markup) -> &Markup {
        self.glance.get_or_init(work)
    }

    /// A picture; the last few are kept, because each mark that is followed leads through it.
    pub(crate) fn picture(&self, picture: &Picture, filter: &Filter, wish: &Wish) -> Arc<Drawing> {
        let key = format!("{} {filter:?} {wish:?}", picture.name);
        let draw = || (picture.draw)(&self.snapshot, &self.actors, filter, wish);
        kept_or(&self.pictures, key, draw)
    }

    /// The coded statements of a debate; the last few are kept, because a page is looked at from many sides.
    pub(crate) fn codes(&self, filter: &Filter, options: &Options) -> Arc<Codes> {
        let key = format!("{filter:?} {options:?}");
        kept_or(&self.codes, key, || code(&self.snapshot, &self.actors, filter, options))
    }

    /// A view's table; the last few are kept, because leafing through one should not work it out again each time.
    pub(crate) fn table(&self, view: &View, filter: &Filter) -> Arc<Table> {
        let key = format!("{} {filter:?}", view.name);
        kept_or(&self.tables, key, || (view.run)(&self.snapshot, &self.actors, filter))
    }
}

/// What was kept under a key, else what is worked out now, which is kept in its turn.
fn kept_or<T>(kept: &Mutex<Vec<(String, Arc<T>)>>, key: String, work: impl FnOnce() -> T) -> Arc<T> {
    let of_key = |all: &Vec<(String, Arc<T>)>| all.iter().find(|(k, _)| *k == key).map(|(_, found)| Arc::clone(found));
    let found = kept.lock().ok().and_then(|all| of_key(&all));
    found.unwrap_or_else(|| {
        let made = Arc::new(work());
        if let Ok(mut all) = kept.lock() {
            all.truncate(TABLES - 1);
            all.insert(0, (key, Arc::clone(&made)));
        }
        made
    })
}

/// A document with everything that belongs to it.
#[derive(Clone, Copy)]
pub(crate) struct Opened<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// What was read in it.
    pub(crate) reading: &'a Reading,
    worked_out: &'a WorkedOut,
    actors: &'a Actors,
}

impl<'a> Opened<'a> {
    /// Its layout, worked out when first asked for.
    pub(crate) fn layout(&self) -> &'a Layout {
        self.worked_out.layout.get_or_init(|| {
            let blocks = blocks(self.document);
            Layout { leaves: leaves(&blocks), blocks, index: CharIndex::new(&self.document.text) }
        })
    }

    /// Its voices, worked out when first asked for.
    pub(crate) fn voices(&self) -> &'a Voices {
        self.worked_out.voices.get_or_init(|| self.tally())
    }

    /// The name under which a statement's innermost voice is counted. What nobody named is one voice on the page, so
    /// that it is never taken for many.
    pub(crate) fn voice_name(&self, statement: &Statement) -> (VoiceKind, String) {
        match statement.source() {
            Voice::Author => (VoiceKind::Author, OWN_WORD.to_owned()),
            Voice::Unnamed(_) => (VoiceKind::Unnamed, "someone unnamed".to_owned()),
            named => (VoiceKind::Named, voice::counted(self.actors, &self.document.id, named)),
        }
    }

    fn tally(&self) -> Voices {
        let names: Vec<_> = self.reading.statements.iter().map(|s| self.voice_name(s)).collect();
        let mut counts: BTreeMap<&(VoiceKind, String), usize> = BTreeMap::new();
        for name in &names {
            *counts.entry(name).or_default() += 1;
        }
        let mut order: Vec<_> = counts.into_iter().collect();
        order.sort_by_key(|((is, name), count)| (*is != VoiceKind::Author, std::cmp::Reverse(*count), *is, name));
        let place: HashMap<_, _> = order.iter().enumerate().map(|(n, (name, _))| (*name, n)).collect();
        let of = names.iter().map(|n| place.get(n).copied().unwrap_or(0)).collect();
        let all =
            order.iter().map(|((is, name), count)| Tally { name: name.clone(), is: *is, count: *count }).collect();
        Voices { all, of }
    }
}

impl Layout {
    /// The leaf on which a byte of the text stands, counted from 0.
    pub(crate) fn leaf_of(&self, byte: u32) -> usize {
        let block = self.blocks.partition_point(|b| b.span.end <= byte);
        self.leaves.iter().position(|l| block < l.end).unwrap_or(self.leaves.len().saturating_sub(1))
    }
}

/// Keeps the newest shelf and works out a new one when the ledger has grown.
pub(crate) struct Shelves {
    archive: Arc<dyn Archive>,
    newest: Mutex<(Resolver, Option<Arc<Shelf>>)>,
}

impl Shelves {
    /// Over an archive; nothing is read yet.
    pub(crate) fn new(archive: Arc<dyn Archive>) -> Shelves {
        Shelves { archive, newest: Mutex::default() }
    }

    /// The archive.
    pub(crate) fn archive(&self) -> &dyn Archive {
        self.archive.as_ref()
    }

    /// The shelf of the ledger as it is now. While one request works it out, others wait for it instead of doing the
    /// same work beside it.
    pub(crate) fn newest(&self) -> Result<Arc<Shelf>, String> {
        let mut newest = self.newest.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let generation = self.archive.generation()?;
        let (resolver, newest) = &mut *newest;
        if let Some(shelf) = newest.as_ref().filter(|s| s.generation() == generation) {
            return Ok(Arc::clone(shelf));
        }
        let shelf = Arc::new(Shelf::load(self.archive.as_ref(), resolver, generation)?);
        *newest = Some(Arc::clone(&shelf));
        Ok(shelf)
    }
}
