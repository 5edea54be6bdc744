//! The ledger at a moment, with what the pages need from it worked out once: actors, where each statement stands, and
//! per document the blocks, leaves and voices. When only verdicts were added to the ledger, a shelf takes them in and forgets
//! what they touch; when anything else was, it is thrown away as a whole.

use super::address::Params;
use super::archive::Archive;
use super::leaves::{Block, blocks, leaves};
use maud::Markup;
use rashomon_core::coding::BY_HAND;
use rashomon_core::judgement::{NOTE, RIGHT};
use rashomon_core::{
    Aside, CharIndex, Digest, Document, DocumentId, Judgement, Reading, Row, Snapshot, Statement, StatementId, Table,
    Voice,
};
use rashomon_derive::causes::{Concepts, Own};
use rashomon_derive::compare::{Accounts, Reuse, reuse};
use rashomon_derive::discourse::{Codes, Options, code};
use rashomon_derive::pictures::{Drawing, Picture, Wish};
use rashomon_derive::resolve::{Actor, ActorId};
use rashomon_derive::review::{Waiting, queue};
use rashomon_derive::views::actors::{self, Told};
use rashomon_derive::views::{Run, View, compare, voice};
use rashomon_derive::{Actors, Filter, Resolver};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, RwLock};
use std::time::{Duration, Instant};

/// How long a verdict waits for pages that are being made from the shelf that it changes.
const PATIENCE: Duration = Duration::from_millis(50);

/// One snapshot and what was worked out from it.
pub(crate) struct Shelf {
    /// The ledger's own name.
    pub(crate) name: String,
    /// What the ledger holds.
    pub(crate) snapshot: Snapshot,
    /// Who is who.
    pub(crate) actors: Actors,
    /// What the forms of this server carry.
    pub(crate) form: Arc<str>,
    generation: u64,
    documents: Arc<HashMap<DocumentId, usize>>,
    statements: Arc<HashMap<StatementId, (usize, usize)>>,
    worked_out: Vec<Arc<WorkedOut>>,
    told: OnceLock<Arc<BTreeMap<ActorId, Told>>>,
    concepts: OnceLock<Arc<Concepts>>,
    by_name: OnceLock<Arc<HashMap<String, Vec<ActorId>>>>,
    tables: Mutex<Vec<(String, Arc<Table>)>>,
    judged: OnceLock<Arc<BTreeMap<StatementId, Judgement>>>,
    queue: OnceLock<Arc<[Waiting]>>,
    accounts: OnceLock<Arc<Accounts>>,
    repeated: OnceLock<Arc<[Reuse]>>,
    pictures: Mutex<Vec<(String, Arc<Drawing>)>>,
    glance: OnceLock<Markup>,
    codes: Mutex<Vec<(String, Arc<Codes>)>>,
    debates: Mutex<Vec<(String, Arc<Markup>)>>,
}

impl Clone for Shelf {
    /// A copy that can be changed without those who look at this one; all that is large is shared until it changes.
    fn clone(&self) -> Shelf {
        Shelf {
            name: self.name.clone(),
            snapshot: self.snapshot.clone(),
            actors: self.actors.clone(),
            form: Arc::clone(&self.form),
            generation: self.generation,
            documents: Arc::clone(&self.documents),
            statements: Arc::clone(&self.statements),
            worked_out: self.worked_out.clone(),
            told: self.told.clone(),
            by_name: self.by_name.clone(),
            tables: copy(&self.tables),
            judged: self.judged.clone(),
            queue: self.queue.clone(),
            concepts: self.concepts.clone(),
            accounts: self.accounts.clone(),
            repeated: self.repeated.clone(),
            pictures: copy(&self.pictures),
            glance: self.glance.clone(),
            codes: copy(&self.codes),
            debates: copy(&self.debates),
        }
    }
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
/// How many tables are kept at once: those of every view, and a few more with filters.
const TABLES: usize = 24;
/// Rows that they may have together, beyond which only the last few stay, so that a large ledger does not fill the memory.
const ROWS: usize = 500_000;
/// How many tables stay however long they are.
const AT_LEAST: usize = 3;
/// How a table's key tells that it shows only what was judged.
const ONLY_REVIEWED: &str = "only_reviewed: true";
/// How many pictures, and how many codings of a debate, are kept at once.
const PICTURES: usize = 4;

impl Shelf {
    /// Works out what an archive holds now. The resolver knows what was worked out before.
    fn load(archive: &dyn Archive, resolver: &mut Resolver, form: &Arc<str>, generation: u64) -> Result<Shelf, String> {
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
            form: Arc::clone(form),
            generation,
            documents: Arc::new(snapshot.documents.iter().enumerate().map(|(n, (d, _))| (d.id.clone(), n)).collect()),
            statements: Arc::new(snapshot.documents.iter().enumerate().flat_map(|(n, (_, r))| place(n, r)).collect()),
            worked_out: snapshot.documents.iter().map(|_| Arc::default()).collect(),
            told: OnceLock::new(),
            concepts: OnceLock::new(),
            by_name: OnceLock::new(),
            tables: Mutex::default(),
            judged: OnceLock::new(),
            queue: OnceLock::new(),
            accounts: OnceLock::new(),
            repeated: OnceLock::new(),
            pictures: Mutex::default(),
            glance: OnceLock::new(),
            codes: Mutex::default(),
            debates: Mutex::default(),
            actors,
            snapshot,
        })
    }

    /// Takes in verdicts that were added since, and forgets what was worked out from what they change. The order of the
    /// queue stays: who works through it should not find it shuffled after every verdict.
    fn take_in(&mut self, added: Vec<Judgement>, resolver: &mut Resolver, generation: u64) {
        self.generation = generation;
        if added.is_empty() {
            return;
        }
        self.judged = OnceLock::new();
        if added.iter().all(|j| self.only_sees(j)) {
            self.snapshot.judgements.extend(added);
            forget(&mut self.tables, |key| key.contains(ONLY_REVIEWED));
            forget(&mut self.pictures, |key| key.contains(ONLY_REVIEWED));
            forget(&mut self.codes, |key| key.contains(ONLY_REVIEWED));
            self.debates = Mutex::default();
            return;
        }
        // Weights, codings and lists of concepts are verdicts too.
        self.concepts = OnceLock::new();
        self.accounts = OnceLock::new();
        self.glance = OnceLock::new();
        self.tables = Mutex::default();
        self.pictures = Mutex::default();
        self.codes = Mutex::default();
        self.debates = Mutex::default();
        let names = added.iter().any(|j| j.target.is_empty());
        let before = self.set_aside();
        self.snapshot.disobey();
        self.snapshot.judgements.extend(added);
        self.snapshot.obey();
        let after = self.set_aside();
        let touched: BTreeSet<DocumentId> = before.symmetric_difference(&after).map(|(id, ..)| id.clone()).collect();
        for id in touched {
            self.reread(&id);
        }
        if names {
            self.actors = resolver.actors(&self.snapshot.judgements);
            self.worked_out.iter_mut().for_each(|one| *one = Arc::default());
        }
        if names || before != after {
            self.told = OnceLock::new();
            self.by_name = OnceLock::new();
        }
    }

    /// Whether a verdict changes only which statements were judged: a note, and that a statement which is shown was read
    /// rightly.
    fn only_sees(&self, judgement: &Judgement) -> bool {
        let shown = || Digest::parse(&judgement.target).is_some_and(|id| self.holds(&id));
        judgement.verdict == NOTE || judgement.verdict == RIGHT && shown()
    }

    /// What verdicts keep out of the readings: the statement, the row, what stands in its place.
    fn set_aside(&self) -> BTreeSet<(DocumentId, StatementId, u64, Option<StatementId>)> {
        let told =
            |a: &Aside| (a.statement.document().clone(), a.statement.id().clone(), a.judgement, a.instead.clone());
        // What only carries coded words comes and goes with them.
        let carriers = self.snapshot.statements().map(|(_, s)| s).filter(|s| s.reader() == BY_HAND);
        let carried = carriers.map(|s| (s.document().clone(), s.id().clone(), 0, None));
        self.snapshot.aside.iter().map(told).chain(carried).collect()
    }

    /// Finds the places of one document's statements again, whose reading has changed.
    fn reread(&mut self, id: &DocumentId) {
        let Some(number) = self.documents.get(id).copied() else { return };
        let Some((_, reading)) = self.snapshot.documents.get(number) else { return };
        let statements = Arc::make_mut(&mut self.statements);
        statements.retain(|_, (document, _)| *document != number);
        statements.extend(reading.statements.iter().enumerate().map(|(s, x)| (x.id().clone(), (number, s))));
        if let Some(worked_out) = self.worked_out.get_mut(number) {
            *worked_out = Arc::default();
        }
    }

    /// The row of the last verdict; 0 where there is none.
    pub(crate) fn last_row(&self) -> u64 {
        self.snapshot.judgements.iter().map(|j| j.sequence).max().unwrap_or_default()
    }

    /// The verdict that stands of each statement that is shown.
    pub(crate) fn judged(&self) -> &BTreeMap<StatementId, Judgement> {
        let judged = || self.snapshot.judged().into_iter().map(|(id, j)| (id, j.clone())).collect();
        self.judged.get_or_init(|| Arc::new(judged()))
    }

    /// Every statement in the order in which it should be reviewed.
    pub(crate) fn queue(&self) -> &[Waiting] {
        self.queue.get_or_init(|| queue(&self.snapshot, &self.table(&compare::VIEW, &Filter::default())).into())
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

    /// Whether a statement is shown.
    pub(crate) fn holds(&self, id: &StatementId) -> bool {
        self.statements.contains_key(id)
    }

    /// A statement that a person set aside, with its document.
    pub(crate) fn aside(&self, id: &StatementId) -> Option<(Opened<'_>, &Aside)> {
        let aside = self.snapshot.aside.iter().find(|a| a.statement.id() == id)?;
        Some((self.document(aside.statement.document())?, aside))
    }

    /// How the accounts stand to each other, worked out when first asked for.
    pub(crate) fn accounts(&self) -> &Accounts {
        self.accounts.get_or_init(|| {
            let repeated = self.repeated.get_or_init(|| {
                let documents: Vec<&Document> = self.snapshot.documents.iter().map(|(d, _)| d.as_ref()).collect();
                reuse(&documents).into()
            });
            Arc::new(Accounts::with(&self.snapshot, &self.actors, Arc::clone(repeated)))
        })
    }

    /// What all statements say of an actor.
    pub(crate) fn told_of(&self, actor: &ActorId) -> &Told {
        static NOTHING: Told = Told { about: BTreeSet::new(), by: BTreeSet::new() };
        let all = self.told.get_or_init(|| Arc::new(actors::told(&self.snapshot, &Filter::default(), &self.actors)));
        all.get(actor).unwrap_or(&NOTHING)
    }

    /// The concepts of what is said to cause what.
    pub(crate) fn concepts(&self) -> &Concepts {
        self.concepts.get_or_init(|| Arc::new(Concepts::of(&self.snapshot, &self.actors, &Own::default())))
    }

    /// The actor whose name a row of a table shows: of several with one name the one that its statements mention.
    pub(crate) fn actor_in(&self, name: &str, row: &Row) -> Option<&Actor> {
        let by_name = self.by_name.get_or_init(|| {
            let mut all: HashMap<String, Vec<ActorId>> = HashMap::new();
            for actor in self.actors.iter() {
                all.entry(voice::one_line(&actor.name)).or_default().push(actor.id.clone());
            }
            Arc::new(all)
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

    /// What the page of a debate shows for some choices; the last few are kept, because each cell leads away and back.
    pub(crate) fn debate(&self, choices: &Params, work: impl FnOnce() -> Markup) -> Arc<Markup> {
        kept_or(&self.debates, format!("{:?}", choices.pairs()), work)
    }

    /// A view's table; the last few are kept, because leafing through one should not work it out again each time.
    pub(crate) fn table(&self, view: &View, filter: &Filter) -> Arc<Table> {
        let key = format!("{} {filter:?}", view.name);
        let kept = |tables: &Vec<(String, Arc<Table>)>| {
            tables.iter().find(|(k, _)| *k == key).map(|(_, table)| Arc::clone(table))
        };
        let found = self.tables.lock().ok().and_then(|mut tables| {
            let found = kept(&tables)?;
            // What was asked for last is thrown away last.
            tables.sort_by_key(|(k, _)| *k != key);
            Some(found)
        });
        found.unwrap_or_else(|| {
            let table = Arc::new(match view.run {
                Run::Alone(run) => run(&self.snapshot, &self.actors, filter),
                Run::Beside(run) => run(&self.snapshot, &self.actors, filter, self.accounts()),
            });
            if let Ok(mut tables) = self.tables.lock() {
                tables.insert(0, (key, Arc::clone(&table)));
                tables.truncate(TABLES);
                while tables.len() > AT_LEAST && tables.iter().map(|(_, t)| t.rows.len()).sum::<usize>() > ROWS {
                    tables.pop();
                }
            }
            table
        })
    }
}

/// What is kept at this moment.
fn copy<T: Clone>(kept: &Mutex<Vec<(String, T)>>) -> Mutex<Vec<(String, T)>> {
    Mutex::new(kept.lock().map(|kept| kept.clone()).unwrap_or_default())
}

/// Throws away what is kept under some keys.
fn forget<T>(kept: &mut Mutex<Vec<(String, T)>>, of: impl Fn(&str) -> bool) {
    if let Ok(kept) = kept.get_mut() {
        kept.retain(|(key, _)| !of(key));
    }
}

/// What was kept under a key, else what is worked out now, which is kept in its turn.
fn kept_or<T>(kept: &Mutex<Vec<(String, Arc<T>)>>, key: String, work: impl FnOnce() -> T) -> Arc<T> {
    let of_key = |all: &Vec<(String, Arc<T>)>| all.iter().find(|(k, _)| *k == key).map(|(_, found)| Arc::clone(found));
    let found = kept.lock().ok().and_then(|all| of_key(&all));
    found.unwrap_or_else(|| {
        let made = Arc::new(work());
        if let Ok(mut all) = kept.lock() {
            all.truncate(PICTURES - 1);
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
    form: Arc<str>,
    newest: RwLock<Option<Arc<Shelf>>>,
    resolver: Mutex<Resolver>,
    turn: Mutex<()>,
}

impl Shelves {
    /// Over an archive; nothing is read yet. `form` is what forms carry.
    pub(crate) fn new(archive: Arc<dyn Archive>, form: Arc<str>) -> Shelves {
        Shelves { archive, form, newest: RwLock::default(), resolver: Mutex::default(), turn: Mutex::default() }
    }

    /// The archive.
    pub(crate) fn archive(&self) -> &dyn Archive {
        self.archive.as_ref()
    }

    /// One turn to add to the ledger: who waits for it does not find the ledger changed by another visitor of this server
    /// each time he tries.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Looks at the shelf of the ledger as it is now. While one request works it out, others wait for it instead of doing
    /// the same work beside it.
    pub(crate) fn look<T>(&self, work: impl FnOnce(&Shelf) -> T) -> Result<T, String> {
        let generation = self.archive.generation()?;
        let known = {
            let newest = self.newest.read().unwrap_or_else(|poisoned| poisoned.into_inner());
            newest.as_ref().filter(|s| s.generation() == generation).map(Arc::clone)
        };
        let shelf = known.map_or_else(|| self.renew(), Ok)?;
        Ok(work(&shelf))
    }

    /// Brings the shelf to the ledger's state: by the verdicts that were added, if nothing else was.
    fn renew(&self) -> Result<Arc<Shelf>, String> {
        let mut resolver = self.resolver.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut newest = self.newest.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        let generation = self.archive.generation()?;
        if let Some(shelf) = newest.as_mut() {
            if shelf.generation() == generation {
                return Ok(Arc::clone(shelf));
            }
            if let (now, Some(added)) = self.archive.judged_since(shelf.generation())? {
                own(shelf).take_in(added, &mut resolver, now);
                return Ok(Arc::clone(shelf));
            }
        }
        // The old one goes first, so that there are never two in memory.
        *newest = None;
        let shelf = Arc::new(Shelf::load(self.archive.as_ref(), &mut resolver, &self.form, generation)?);
        *newest = Some(Arc::clone(&shelf));
        Ok(shelf)
    }
}

/// A shelf to change. Most pages are made in no time, so those who still look at it are waited for; who works out a long table
/// keeps the old one, and the others go on with a copy.
fn own(shelf: &mut Arc<Shelf>) -> &mut Shelf {
    let start = Instant::now();
    while Arc::strong_count(shelf) > 1 && start.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
    Arc::make_mut(shelf)
}
