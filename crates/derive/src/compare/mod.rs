//! How accounts stand to each other: which passages repeat which, which claims agree, contradict each other or differ, and
//! whether agreement is independent.
//!
//! A contradiction is never a change of a statement: both stand side by side, and the comparison says in what they clash
//! and why that was thought. What cannot be seen to be about the same is not compared.

mod reuse;

mod measure;
mod predicates;

mod party;

mod fact;

mod verdict;

mod pairs;

mod roots;

mod judged;

mod told;

mod kinds;

mod within;

mod works;

pub use measure::numbers;
pub use reuse::{Change, Direction, Passage, Reuse, reuse};
pub use roots::{Origins, Root};
pub use works::{Cited, Work, works};

use crate::resolve::Actors;
use rashomon_core::{Document, Snapshot, Statement, StatementId};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The name of the one family of deeds that a verb or noun tells of: `assassinate`, `killing` and `death` are one. `None` for a
/// word of several families or of none.
pub(crate) fn deed(word: &str) -> Option<&'static str> {
    predicates::predicates().deed(word)
}

/// Whether a word judges what other words of its family only tell.
pub(crate) fn judges(word: &str) -> bool {
    predicates::predicates().judges(word)
}

/// What two statements are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They cannot both be right.
    Contradict,
    /// They tell the same otherwise.
    Differ,
    /// They say the same.
    Agree,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: &'static [Verdict] = &[Verdict::Contradict, Verdict::Differ, Verdict::Agree];

    /// As the export writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Contradict => "contradict",
            Verdict::Differ => "differ",
            Verdict::Agree => "agree",
        }
    }
}

/// In what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// What is said to have happened.
    Fact,
    /// Whether it is so.
    Polarity,
    /// Who.
    Actor,
    /// How much or how many.
    Number,
    /// When.
    Time,
    /// Where.
    Place,
    /// How surely.
    Certainty,
    /// What is thought of it.
    Evaluation,
    /// What brought it about.
    Cause,
    /// What for.
    Purpose,
}

impl Aspect {
    /// As the export writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Aspect::Fact => "fact",
            Aspect::Polarity => "polarity",
            Aspect::Actor => "actor",
            Aspect::Number => "number",
            Aspect::Time => "time",
            Aspect::Place => "place",
            Aspect::Certainty => "certainty",
            Aspect::Evaluation => "evaluation",
            Aspect::Cause => "cause",
            Aspect::Purpose => "purpose",
        }
    }
}

/// Whether two statements come from two sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Independence {
    /// As far as the documents tell, yes: two voices that are known, and no link between their documents.
    Independent,
    /// They go back to one voice, or stand in one document.
    SameRoot,
    /// One has the other's words.
    Copied,
    /// It cannot be told.
    Unknown,
}

impl Independence {
    /// As the export writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Independence::Independent => "independent",
            Independence::SameRoot => "same_root",
            Independence::Copied => "copied",
            Independence::Unknown => "unknown",
        }
    }
}

/// Two statements about the same, side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The statement that stands first.
    pub a: StatementId,
    /// The other; the same for a clash inside one statement.
    pub b: StatementId,
    /// What they are to each other.
    pub verdict: Verdict,
    /// In what.
    pub aspect: Aspect,
    /// Why, in words.
    pub reason: String,
    /// Whether they come from two sources.
    pub independence: Independence,
    /// The root that they share.
    pub root: Option<String>,
    /// How firmly the two were found to be about the same, 0 to 1.
    pub score: f64,
}

/// Everything that the accounts of a snapshot are to each other.
#[derive(Debug, Default)]
pub struct Compared {
    /// Of each two accounts the firmest pair about each thing, in the order of the documents and of their words.
    pub comparisons: Vec<Comparison>,
    /// Statements that say the same, directly or through others.
    pub claims: Vec<Claim>,
    /// Statements that only contradict others, each as a claim of its own.
    pub alone: HashMap<StatementId, Claim>,
}

/// Statements that say the same, with the roots to which they go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The statements, in the order of the documents and of their words.
    pub statements: Vec<StatementId>,
    /// Who they go back to: one entry a root, each the voice that most of its statements stand on.
    pub roots: Vec<String>,
    /// Classes of statements on the word of somebody who is not known, so that they may be roots of their own or not.
    pub untold: usize,
}

/// How all accounts of a snapshot stand to each other.
#[derive(Debug)]
pub struct Accounts {
    /// Passages that stand in two places. They depend on the documents alone, so that no verdict changes them.
    pub repeated: Arc<[Reuse]>,
    /// Statements about the same.
    pub compared: Compared,
}

impl Accounts {
    /// Works out both.
    pub fn of(snapshot: &Snapshot, actors: &Actors) -> Accounts {
        let documents: Vec<&Document> = snapshot.documents.iter().map(|(d, _)| d.as_ref()).collect();
        Accounts::with(snapshot, actors, reuse(&documents).into())
    }

    /// Compares the statements of documents whose repeated passages are known.
    pub fn with(snapshot: &Snapshot, actors: &Actors, repeated: Arc<[Reuse]>) -> Accounts {
        Accounts { compared: compare(snapshot, actors, &repeated), repeated }
    }
}

/// Lays every two statements side by side that can be seen to be about the same.
pub fn compare(snapshot: &Snapshot, actors: &Actors, reuse: &[Reuse]) -> Compared {
    let names = party::Names::of(actors);
    let facts = fact::facts(snapshot, actors, &names);
    let order: HashMap<&StatementId, usize> =
        snapshot.statements().enumerate().map(|(n, (_, s))| (s.id(), n)).collect();
    let place = |s: &Statement| order.get(s.id()).copied().unwrap_or(usize::MAX);
    let judged = |&(i, j): &(usize, usize)| {
        // Facts are in the order of the statements.
        let (a, b) = (facts.get(i)?, facts.get(j)?);
        verdict::verdict(a, b).map(|found| Pair { a: a.statement, b: b.statement, found })
    };
    let mut pairs: Vec<Pair<'_>> = pairs::pairs(&facts).par_iter().filter_map(judged).collect();
    let origins = Origins::of(snapshot, actors, reuse);
    let affairs = told::Affairs::of(snapshot, actors, &facts, &origins);
    for (a, b, found) in affairs.pairs().into_iter().chain(kinds::pairs(&affairs)) {
        let (a, b) = if place(a) <= place(b) { (a, b) } else { (b, a) };
        pairs.push(Pair { a, b, found });
    }
    pairs.extend(within::clashes(snapshot, &facts).into_iter().map(|(a, b, found)| Pair { a, b, found }));
    obey(&judged::Judged::of(&snapshot.judgements), snapshot, &place, &mut pairs);
    let claims = claims(&pairs, &place);
    let mut rooted: HashMap<&StatementId, (usize, usize)> = HashMap::new();
    let mut told = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        let classes = origins.classes(claim);
        rooted.extend(claim.iter().zip(&classes).map(|(s, class)| (s.id(), (number, *class))));
        told.push(origins.claim(claim, &classes));
    }
    // Who repeats himself in one document agrees with nobody.
    let again = |p: &Pair<'_>| {
        p.found.verdict == Verdict::Agree && p.a.document() == p.b.document() && origins.root(p.a) == origins.root(p.b)
    };
    let mut firmest: BTreeMap<(usize, usize), &Pair<'_>> = BTreeMap::new();
    let mut best: HashMap<_, &Pair<'_>> = HashMap::new();
    for pair in pairs.iter().filter(|p| !again(p)) {
        let sides = (pair.a.document(), pair.b.document(), origins.root(pair.a), origins.root(pair.b));
        let kept = best.entry((sides, pair.found.verdict, pair.found.aspect, &pair.found.about)).or_insert(pair);
        let rank = |p: &Pair<'_>| (std::cmp::Reverse((p.found.score * 100.0) as i64), place(p.a), place(p.b));
        if rank(pair) < rank(kept) {
            *kept = pair;
        }
    }
    for pair in best.into_values() {
        // Of two findings on the same statements the graver one stands.
        let kept = firmest.entry((place(pair.a), place(pair.b))).or_insert(pair);
        let rank = |p: &Pair<'_>| (p.found.verdict, p.found.aspect, p.found.reason.clone());
        if rank(pair) < rank(kept) {
            *kept = pair;
        }
    }
    let comparisons = firmest.into_values().map(|pair| {
        let (independence, root) = origins.independence(pair.a, pair.b);
        let closed = rooted.get(pair.a.id()).is_some_and(|x| rooted.get(pair.b.id()) == Some(x));
        let through = closed && matches!(independence, Independence::Independent | Independence::Unknown);
        Comparison {
            a: pair.a.id().clone(),
            b: pair.b.id().clone(),
            verdict: pair.found.verdict,
            aspect: pair.found.aspect,
            reason: pair.found.reason.clone(),
            independence: if through { Independence::SameRoot } else { independence },
            root,
            score: pair.found.score,
        }
    });
    let comparisons: Vec<Comparison> = comparisons.collect();
    let clashing = pairs.iter().filter(|p| p.found.verdict == Verdict::Contradict).flat_map(|p| [p.a, p.b]);
    let single = clashing.filter(|s| !rooted.contains_key(s.id())).map(|s| (s.id().clone(), origins.claim(&[s], &[0])));
    Compared { alone: single.collect(), comparisons, claims: told }
}

/// Puts what people said in the place of what was found.
fn obey<'a>(
    said: &judged::Judged,
    snapshot: &'a Snapshot,
    place: &impl Fn(&Statement) -> usize,
    pairs: &mut Vec<Pair<'a>>,
) {
    if said.is_empty() {
        return;
    }
    let mut by_words: HashMap<String, Vec<&Statement>> = HashMap::new();
    for (_, statement) in snapshot.statements() {
        by_words.entry(rashomon_text::space::one_line(&statement.text())).or_default().push(statement);
    }
    pairs.retain(|p| said.on(p.a, p.b).is_none_or(|said| said.right));
    for (x, y) in said.verdicts() {
        let of = |words: &str| by_words.get(words).into_iter().flatten().copied();
        for (a, b) in of(x).flat_map(|a| of(y).map(move |b| (a, b))).filter(|(a, b)| a.id() != b.id()) {
            let (a, b) = if place(a) <= place(b) { (a, b) } else { (b, a) };
            let Some(judged::Said { verdict: Some(verdict), reason, .. }) = said.on(a, b) else { continue };
            let about = format!("{} {}", a.id(), b.id());
            let found =
                verdict::Found { verdict: *verdict, aspect: Aspect::Fact, reason: reason.clone(), score: 1.0, about };
            pairs.push(Pair { a, b, found });
        }
    }
}

/// Two statements with what was found of them.
struct Pair<'a> {
    a: &'a Statement,
    b: &'a Statement,
    found: verdict::Found,
}

/// The statements that say the same, directly or through others, in order.
fn claims<'a>(pairs: &[Pair<'a>], place: &impl Fn(&Statement) -> usize) -> Vec<Vec<&'a Statement>> {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut known: BTreeMap<usize, &Statement> = BTreeMap::new();
    fn top(first: &BTreeMap<usize, usize>, mut n: usize) -> usize {
        while let Some(next) = first.get(&n).copied().filter(|next| *next != n) {
            n = next;
        }
        n
    }
    for pair in pairs.iter().filter(|p| p.found.verdict == Verdict::Agree) {
        let (x, y) = (place(pair.a), place(pair.b));
        known.extend([(x, pair.a), (y, pair.b)]);
        let (x, y) = (top(&first, x), top(&first, y));
        first.insert(x.max(y), x.min(y));
    }
    let mut all: BTreeMap<usize, Vec<&Statement>> = BTreeMap::new();
    for (n, statement) in &known {
        all.entry(top(&first, *n)).or_default().push(statement);
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests;
