//! Codes the statements of a case: concepts are found by patterns, sides by the rules of `stance`, and what a person coded
//! by hand stands in the place of what the program coded.

use super::code::{Code, Codes, Side};
use super::concepts::{ConceptList, ListError};
use super::lists::RULES;
use super::proposals::{Gathering, Proposal};
use super::stance::{Taken, is_said, side, turned, words_of};
use super::voices::Voices;
use crate::events::Interval;
use crate::filter::Filter;
use crate::resolve::Actors;
pub use rashomon_core::coding::STATEMENT_TYPE;
use rashomon_core::coding::{AGREEMENT, BY_HAND, CONCEPT, Coding, STATEMENT, VOICE};
use rashomon_core::{Document, DocumentId, Link, Snapshot, Span, Stance, Statement, StatementId, Voice, judgement};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The verdict and the target of the row that keeps a list of concepts.
pub const CONCEPTS: &str = "concepts";
/// The reader whose statements only carry what was coded elsewhere.
pub const CARRIER: &str = "imported coding";

/// Whose side is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Of who says it in the end.
    #[default]
    Innermost,
    /// Of the document's author, where it takes one.
    Author,
    /// Of every voice of the chain that takes one.
    Each,
}

impl Whose {
    /// Each with its name.
    pub const ALL: [(Whose, &'static str); 3] =
        [(Whose::Innermost, "innermost"), (Whose::Author, "author"), (Whose::Each, "each")];
}

/// What is done with hand codings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hand {
    /// They stand in the place of the program's.
    #[default]
    Wins,
    /// Nothing else counts.
    Only,
    /// They do not count.
    Ignored,
}

impl Hand {
    /// Each with its name.
    pub const ALL: [(Hand, &'static str); 3] = [(Hand::Wins, "wins"), (Hand::Only, "only"), (Hand::Ignored, "ignored")];
}

/// How a case is coded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// A person's concepts; else those kept in the ledger, else what the documents propose.
    pub concepts: Option<ConceptList>,
    /// Whose side.
    pub whose: Whose,
    /// What is done with hand codings.
    pub hand: Hand,
    /// Whether what is only possible counts too.
    pub hedged: bool,
    /// Whether concepts are counted under their widest parent.
    pub parents: bool,
    /// Whether the same said again in one document counts once.
    pub once: bool,
    /// Of imported codings: the variable that names the actor, `organization` if there is one, else `person`.
    pub variable1: Option<String>,
    /// Of imported codings: the variable that names the concept; `concept` where none is given.
    pub variable2: Option<String>,
    /// Of imported codings: the variable that tells the side; `agreement` where none is given, and `none` for no side.
    pub qualifier: Option<String>,
    /// Of imported codings: the kind of statement; else the one of which there are most.
    pub statement_type: Option<String>,
}

/// The list of concepts that a ledger keeps, if there is one; a row that is not understood says why.
pub fn kept_list(snapshot: &Snapshot) -> Option<Result<ConceptList, ListError>> {
    let standing = judgement::standing(&snapshot.judgements);
    standing.get(CONCEPTS).filter(|row| row.verdict == CONCEPTS).map(|row| ConceptList::parse(&row.words))
}

/// Whether a statement only carries words that a person coded.
fn only_carries(statement: &Statement) -> bool {
    statement.reader() == CARRIER || statement.reader() == BY_HAND
}

/// The name under which who says a statement stands in a debate; `None` where nobody names the voice.
pub fn voice_of(actors: &Actors, document: &Document, statement: Option<&Statement>) -> Option<String> {
    Voices::of(actors).name(document, statement.map_or(&Voice::Author, |s| s.source()))
}

/// What the documents propose, whatever lists there are.
pub fn propose(snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Vec<Proposal> {
    let voices = Voices::of(actors);
    let mut gathering = Gathering::new(&RULES);
    for (document, statement) in filter.select(snapshot, actors) {
        let Some(voice) = voices.name(document, statement.source()) else { continue };
        if only_carries(statement) || !is_said(statement, false) {
            continue;
        }
        let named = |words: &rashomon_core::Words| actors.at(&document.id, words).is_some();
        gathering.add(&document.text, &document.path, statement, &voice, &named);
    }
    gathering.proposals()
}

/// The coded statements of a case.
pub fn code(snapshot: &Snapshot, actors: &Actors, filter: &Filter, options: &Options) -> Codes {
    let mut notes = Vec::new();
    let codings: Vec<Coding> = match options.hand {
        Hand::Ignored => Vec::new(),
        _ => judgement::standing(&snapshot.judgements).values().filter_map(|row| Coding::of(row)).collect(),
    };
    let imported = codings.iter().any(|c| c.value(STATEMENT_TYPE).is_some());
    let kept = kept_list(snapshot)
        .and_then(|list| list.map_err(|e| notes.push(format!("the list kept is not understood: {e}"))).ok());
    let list = options.concepts.clone().or(kept);
    let proposed = list.is_none() && !imported && options.hand != Hand::Only;
    let list = list.or_else(|| {
        let written = propose(snapshot, actors, filter).into_iter().map(|p| p.concept).collect();
        proposed.then(|| ConceptList::of(written).ok()).flatten()
    });
    let mut coder = Coder {
        snapshot,
        voices: Voices::of(actors),
        options,
        list: list.unwrap_or_default(),
        found: Vec::new(),
        unnamed: 0,
    };
    let passing = filter.select(snapshot, actors);
    if options.hand != Hand::Only {
        // Claims are coded apart from each other, and collected in order.
        let read: Vec<(Vec<Found>, usize)> =
            passing.par_iter().map(|(document, statement)| coder.read(document, statement)).collect();
        for (found, unnamed) in read {
            coder.found.extend(found);
            coder.unnamed += unnamed;
        }
        coder.settle();
    }
    let passing: HashSet<&StatementId> = passing.iter().map(|(_, s)| s.id()).collect();
    coder.take(&codings, &passing, &mut notes);
    if proposed {
        notes.push(
            "the concepts are proposals from the documents' own words, and sides tell only what is affirmed or denied of them: give a list of your own with --concepts".into(),
        );
    }
    if coder.unnamed > 0 {
        notes.push(format!("left out, because nobody names the voice: {}", coder.unnamed));
    }
    coder.codes(proposed, notes)
}

/// A code with names instead of places.
struct Found {
    document: usize,
    sentence: Span,
    statements: Vec<StatementId>,
    length: usize,
    actor: String,
    concept: String,
    side: Side,
    when: Option<Interval>,
    coder: Option<String>,
    passage: Option<Span>,
}

/// A voice with its side and the link that it speaks in.
type Sided<'s> = (String, Side, Option<&'s Link>);

struct Coder<'a> {
    snapshot: &'a Snapshot,
    voices: Voices<'a>,
    options: &'a Options,
    list: ConceptList,
    found: Vec<Found>,
    unnamed: usize,
}

impl<'a> Coder<'a> {
    /// Codes a statement by the program's rules; with the number of voices that nobody names.
    fn read(&self, document: &Document, statement: &Statement) -> (Vec<Found>, usize) {
        let (mut found, mut unnamed) = (Vec::new(), 0);
        if only_carries(statement) || !is_said(statement, self.options.hedged) {
            return (found, unnamed);
        }
        let words = words_of(&document.text, statement);
        let mut taken: Vec<(&str, Taken)> = Vec::new();
        for concept in self.list.near(&words) {
            let met = concept.meet(&words);
            let side = met.and_then(|met| side(&RULES, statement, &words, &met));
            taken.extend(side.map(|side| (concept.name.as_str(), side)));
        }
        if taken.is_empty() {
            return (found, unnamed);
        }
        let place = self.snapshot.documents.partition_point(|(d, _)| (&d.path, &d.id) < (&document.path, &document.id));
        let length = statement.evidence().iter().map(|w| w.span.len()).sum();
        for (concept, taken) in taken {
            let (sides, nobody) = self.sides(document, statement, &taken);
            unnamed += nobody;
            found.extend(sides.into_iter().map(|(actor, side, link)| Found {
                document: place,
                sentence: statement.sentence(),
                statements: vec![statement.id().clone()],
                length,
                actor,
                concept: concept.to_owned(),
                side,
                when: when(document, link),
                coder: None,
                passage: None,
            }));
        }
        (found, unnamed)
    }

    /// Who takes which side, and how many do whom nobody names.
    fn sides<'s>(&self, document: &Document, statement: &'s Statement, taken: &Taken) -> (Vec<Sided<'s>>, usize) {
        let chain = statement.chain();
        let (mut all, mut unnamed) = (Vec::new(), 0);
        if let Some(subject) = &taken.by {
            let reported = chain.iter().any(|link| turned(link.stance));
            let own = !reported && self.options.whose != Whose::Author;
            let actor = self.voices.words(document, subject).filter(|_| own);
            all.extend(actor.map(|actor| (actor, taken.side, chain.last())));
            return (all, unnamed);
        }
        let last = chain.len().saturating_sub(1);
        for (n, link) in chain.iter().enumerate() {
            let wanted = match self.options.whose {
                Whose::Innermost => n == last,
                Whose::Author => n == 0,
                Whose::Each => true,
            };
            // Who only passes on what another says takes no side.
            let passes_on = n < last && !matches!(link.stance, Stance::Endorses | Stance::Denies | Stance::Distances);
            if !wanted || passes_on {
                continue;
            }
            let side = if turned(link.stance) { taken.side.other() } else { taken.side };
            match self.voices.name(document, &link.voice) {
                Some(name) => all.push((name, side, Some(link))),
                None => unnamed += 1,
            }
        }
        (all, unnamed)
    }

    /// One code for a sentence, a voice and a concept: that of the shortest claim, because it is the one that says it.
    fn settle(&mut self) {
        let mut best: BTreeMap<(usize, Span, String, String), Found> = BTreeMap::new();
        for found in self.found.drain(..) {
            let key = (found.document, found.sentence, found.actor.clone(), found.concept.clone());
            match best.entry(key) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(found);
                }
                std::collections::btree_map::Entry::Occupied(mut place) => {
                    let kept = place.get_mut();
                    if found.length < kept.length {
                        let others = std::mem::replace(kept, found);
                        if others.side == kept.side {
                            kept.statements.extend(others.statements);
                        }
                    } else if found.side == kept.side {
                        kept.statements.extend(found.statements);
                    }
                }
            }
        }
        self.found = best.into_values().collect();
    }

    /// Puts hand codings in the place of the program's.
    fn take(&mut self, codings: &[Coding], passing: &HashSet<&StatementId>, notes: &mut Vec<String>) {
        if codings.is_empty() {
            return;
        }
        let variables = Variables::of(codings, self.options);
        let places: HashMap<&DocumentId, usize> =
            self.snapshot.documents.iter().enumerate().map(|(n, (d, _))| (&d.id, n)).collect();
        let (mut lost, mut empty, mut other_type) = (0, 0, 0);
        for coding in codings {
            if coding.value(STATEMENT_TYPE).is_some_and(|t| Some(t) != variables.statement_type.as_deref()) {
                other_type += 1;
                continue;
            }
            let Some((place, document, statements)) = self.behind(coding, &places) else {
                lost += 1;
                continue;
            };
            if !statements.iter().any(|s| passing.contains(s.id())) {
                continue;
            }
            let Some((actor, concept, side)) = self.said(coding, &variables, document, &statements) else {
                empty += 1;
                continue;
            };
            if coding.value(STATEMENT_TYPE).is_none() {
                let own = |f: &Found| {
                    f.document == place
                        && f.concept == concept
                        && f.sentence.start < coding.span.end
                        && coding.span.start < f.sentence.end
                };
                let ids: Vec<&StatementId> = statements.iter().map(|s| s.id()).collect();
                self.found.retain(|f| {
                    f.coder.is_some() || !own(f) || !f.statements.iter().any(|id| ids.contains(&id)) && f.actor != actor
                });
            }
            let Some(side) = side else { continue };
            self.found.push(Found {
                document: place,
                sentence: coding.span,
                statements: statements.iter().map(|s| s.id().clone()).collect(),
                length: coding.span.len(),
                actor,
                concept,
                side,
                when: when(document, statements.first().and_then(|s| s.chain().last())),
                coder: Some(coding.coder.clone()),
                passage: coding.is_of_words().then_some(coding.span),
            });
        }
        variables.tell(notes);
        let mut tell = |count: usize, what: &str| {
            if count > 0 {
                notes.push(format!("{count} {what}"));
            }
        };
        tell(lost, "hand codings stand on words that are not in the ledger any more, and do not count");
        tell(empty, "hand codings name no actor or no concept, and do not count");
        tell(other_type, "hand codings are of other kinds of statement; --statement-type chooses");
    }

    /// The document of a coding and the statements behind it: the one it names, else the one on its very words, else those
    /// that share words with it.
    fn behind(
        &self,
        coding: &Coding,
        places: &HashMap<&DocumentId, usize>,
    ) -> Option<(usize, &'a Document, Vec<&'a Statement>)> {
        let place = *places.get(&coding.document)?;
        let snapshot: &'a Snapshot = self.snapshot;
        let (document, reading) = snapshot.documents.get(place)?;
        if !coding.stands_in(document) {
            return None;
        }
        let cover = |s: &Statement| {
            s.evidence().iter().fold(s.evidence().first().map_or(s.sentence(), |w| w.span), |all, w| all.cover(w.span))
        };
        let all = || reading.statements.iter();
        let named = coding.value(STATEMENT).and_then(|id| all().find(|s| s.id().as_str() == id));
        let exact = || {
            all().filter(|s| cover(s) == coding.span).max_by_key(|s| (s.reader() == CARRIER, std::cmp::Reverse(s.id())))
        };
        if let Some(one) = named.or_else(exact) {
            return Some((place, document, vec![one]));
        }
        let mut near: Vec<&'a Statement> =
            all().filter(|s| s.evidence().iter().any(|w| w.span.overlaps(coding.span))).collect();
        // The shortest that holds all of the words says them; it comes first.
        near.sort_by_key(|s| (!cover(s).contains(coding.span), cover(s).len()));
        (!near.is_empty()).then_some((place, document, near))
    }

    /// Actor, concept and side of a coding; no side where a person said that none is taken.
    fn said(
        &self,
        coding: &Coding,
        variables: &Variables,
        document: &Document,
        statements: &[&Statement],
    ) -> Option<(String, String, Option<Side>)> {
        let value = |name: &str| coding.value(name).map(str::trim).filter(|v| !v.is_empty());
        if value(STATEMENT_TYPE).is_some() {
            let (actor, concept) = (value(&variables.actor)?, value(&variables.concept)?);
            let side = variables.qualifier.as_ref().map_or(Some(Side::Agree), |name| value(name).and_then(side_of));
            return Some((actor.to_owned(), concept.to_owned(), side));
        }
        let voice = statements.first().map_or(&Voice::Author, |s| s.source());
        let actor = value(VOICE).map(str::to_owned).or_else(|| self.voices.name(document, voice))?;
        Some((actor, value(CONCEPT)?.to_owned(), value(AGREEMENT).and_then(side_of)))
    }

    fn codes(self, proposed: bool, mut notes: Vec<String>) -> Codes {
        let Coder { list, options, mut found, .. } = self;
        if options.parents {
            found.iter_mut().for_each(|f| f.concept = list.top(&f.concept).to_owned());
        }
        let order = |a: &Found, b: &Found| {
            let key = |f: &Found| (f.document, f.sentence, f.coder.is_none());
            key(a).cmp(&key(b)).then_with(|| {
                (&a.actor, &a.concept, a.side, &a.statements).cmp(&(&b.actor, &b.concept, b.side, &b.statements))
            })
        };
        found.sort_by(order);
        if options.once {
            found = once(found);
        }
        let actors: BTreeSet<String> = found.iter().map(|f| f.actor.clone()).collect();
        let concepts: BTreeSet<String> = found.iter().map(|f| f.concept.clone()).collect();
        let (actors, concepts): (Vec<String>, Vec<String>) =
            (actors.into_iter().collect(), concepts.into_iter().collect());
        let by_hand = found.iter().filter(|f| f.coder.is_some()).count();
        notes.insert(
            0,
            format!(
                "{} coded statements ({by_hand} by hand), {} voices, {} concepts",
                found.len(),
                actors.len(),
                concepts.len()
            ),
        );
        let place = |all: &[String], name: &String| all.binary_search(name).unwrap_or(0);
        let codes = found.into_iter().map(|f| Code {
            actor: place(&actors, &f.actor),
            concept: place(&concepts, &f.concept),
            statements: f.statements,
            document: f.document,
            side: f.side,
            when: f.when,
            coder: f.coder,
            passage: f.passage,
        });
        Codes { codes: codes.collect(), actors, concepts, proposed, notes }
    }
}

/// Of the same side of one actor on one concept in one document the first, with all statements behind it.
fn once(found: Vec<Found>) -> Vec<Found> {
    let mut places: HashMap<(usize, String, String, Side), usize> = HashMap::new();
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        let key = (one.document, one.actor.clone(), one.concept.clone(), one.side);
        match places.get(&key).and_then(|n| kept.get_mut(*n)) {
            Some(first) => first.statements.extend(one.statements),
            None => {
                places.insert(key, kept.len());
                kept.push(one);
            }
        }
    }
    kept
}

/// When a voice said it: as stated, else the document's date.
fn when(document: &Document, link: Option<&Link>) -> Option<Interval> {
    let said = link.and_then(|l| l.time.as_ref()).and_then(|t| t.edtf.as_deref()).and_then(Interval::of);
    said.or_else(|| document.metadata.date.as_deref().and_then(Interval::of))
}

/// Yes and no, and numbers by their sign; 0 and `neither` take no side.
fn side_of(value: &str) -> Option<Side> {
    match value.to_lowercase().as_str() {
        "agree" | "true" | "yes" | "+" => Some(Side::Agree),
        "disagree" | "false" | "no" | "-" => Some(Side::Disagree),
        number => match number.parse::<f64>().ok()? {
            n if n > 0.0 => Some(Side::Agree),
            n if n < 0.0 => Some(Side::Disagree),
            _ => None,
        },
    }
}

/// Which variables of imported codings name what.
struct Variables {
    statement_type: Option<String>,
    actor: String,
    concept: String,
    qualifier: Option<String>,
    imported: bool,
}

impl Variables {
    fn of(codings: &[Coding], options: &Options) -> Variables {
        let mut types: BTreeMap<&str, usize> = BTreeMap::new();
        for coding in codings {
            if let Some(name) = coding.value(STATEMENT_TYPE) {
                *types.entry(name).or_default() += 1;
            }
        }
        let most =
            types.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name))).map(|(name, _)| (*name).to_owned());
        let statement_type = options.statement_type.clone().or(most);
        let of_type = || codings.iter().filter(|c| c.value(STATEMENT_TYPE) == statement_type.as_deref());
        let known = |name: &str| of_type().any(|c| c.value(name).is_some());
        let first = ["organization", "organisation", "actor", "person"].into_iter().find(|name| known(name));
        let actor = options.variable1.clone().unwrap_or_else(|| first.unwrap_or("organization").to_owned());
        let concept = options.variable2.clone().unwrap_or_else(|| CONCEPT.to_owned());
        let qualifier = match options.qualifier.as_deref() {
            Some("none") => None,
            Some(name) => Some(name.to_owned()),
            None => known(AGREEMENT).then(|| AGREEMENT.to_owned()),
        };
        Variables { statement_type, actor, concept, qualifier, imported: !types.is_empty() }
    }

    fn tell(&self, notes: &mut Vec<String>) {
        if self.imported {
            notes.push(format!(
                "imported codings: {} by {} of {}, sides by {}",
                self.actor,
                self.concept,
                self.statement_type.as_deref().unwrap_or("any kind"),
                self.qualifier.as_deref().unwrap_or("none")
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::coding::key_of;
    use rashomon_core::{Judgement, MentionKind};

    #[derive(serde::Deserialize)]
    struct Tests {
        test: Vec<Test>,
    }

    #[derive(serde::Deserialize)]
    struct Test {
        text: String,
        of: String,
        side: String,
        #[serde(default)]
        by: String,
    }

    fn list(patterns: &str) -> ConceptList {
        ConceptList::parse(&format!("[[concept]]\nname = \"it\"\npatterns = [\"{patterns}\"]")).unwrap()
    }

    #[test]
    fn the_tests_inside_the_rules_hold() {
        let tests: Tests = toml::from_str(super::super::lists::FILE).unwrap();
        let mut failed = Vec::new();
        for test in &tests.test {
            let Some(snapshot) = testing::read(&[("a.txt", "1904", &test.text)]) else { return };
            let actors = Actors::resolve(&snapshot);
            let options = Options { concepts: Some(list(&test.of)), ..Options::default() };
            let codes = code(&snapshot, &actors, &Filter::default(), &options);
            let sides: BTreeSet<&str> = codes.codes.iter().map(|c| c.side.as_str()).collect();
            let wanted: BTreeSet<&str> = [test.side.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
            let by = test.by.is_empty() || codes.codes.iter().all(|c| codes.actor(c.actor) == test.by);
            if sides != wanted || !by {
                failed.push(format!("{}: {sides:?} by {:?}", test.text, codes.actors));
            }
        }
        assert!(failed.is_empty(), "{failed:#?}");
    }

    fn debate() -> Snapshot {
        snapshot(&[
            Told::new(
                "a.txt",
                "Anne Lowry said the lamps were lit. The lamps were lit. Tom Reed said the lamps were not lit.",
            )
            .by("Anne Lowry")
            .date("1904-10-22")
            .name("Anne Lowry", MentionKind::Person)
            .name("Tom Reed", MentionKind::Person)
            .said("the lamps were lit", &["Anne Lowry"])
            .own("The lamps were lit")
            .said("the lamps were not lit", &["Tom Reed"])
            .denied(),
            Told::new("b.txt", "It is thought that the lamps were lit.").date("1905").own("the lamps were lit"),
        ])
    }

    fn shown(codes: &Codes) -> Vec<String> {
        let one = |c: &Code| {
            let hand = c.coder.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
            format!("{} {} {}{hand}", codes.actor(c.actor), c.side.as_str(), codes.concept(c.concept))
        };
        codes.codes.iter().map(one).collect()
    }

    fn coded(snapshot: &Snapshot, change: impl FnOnce(&mut Options)) -> Vec<String> {
        let mut options = Options { concepts: Some(list("lamp .. lit")), ..Options::default() };
        change(&mut options);
        shown(&code(snapshot, &Actors::resolve(snapshot), &Filter::default(), &options))
    }

    #[test]
    fn voices_are_coded_with_their_sides_and_authors_by_their_names() {
        let debate = debate();
        let own = "Anne Lowry agree it";
        assert_eq!(coded(&debate, |_| {}), [own, own, "Tom Reed disagree it", "the author of b.txt agree it"]);
        assert_eq!(coded(&debate, |o| o.once = true), [own, "Tom Reed disagree it", "the author of b.txt agree it"]);
        assert_eq!(coded(&debate, |o| o.whose = Whose::Author), [own, "the author of b.txt agree it"]);
        assert!(coded(&debate, |o| o.hand = Hand::Only).is_empty());
    }

    fn row(snapshot: &Snapshot, statement: usize, values: &[(&str, &str)], sequence: u64) -> Judgement {
        let (document, statement) = snapshot.statements().nth(statement).unwrap();
        let span = statement.evidence()[0].span;
        let values = values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let coding = Coding {
            document: document.id.clone(),
            span,
            words: statement.text(),
            key: key_of("it"),
            values,
            coder: "Reed".into(),
        };
        Judgement { sequence, ..coding.judgement("") }
    }

    #[test]
    fn a_hand_coding_wins_and_is_taken_back() {
        let mut debate = debate();
        let by_hand = row(&debate, 0, &[("concept", "it"), ("agreement", "disagree")], 1);
        let target = by_hand.target.clone();
        debate.judgements.push(by_hand);
        let found = coded(&debate, |_| {});
        assert_eq!(found[0], "Anne Lowry disagree it by Reed");
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(coded(&debate, |o| o.hand = Hand::Ignored)[0], "Anne Lowry agree it");
        assert_eq!(coded(&debate, |o| o.hand = Hand::Only), ["Anne Lowry disagree it by Reed"]);
        let mut neither = debate.clone();
        neither.judgements.push(row(&debate, 0, &[("concept", "it"), ("agreement", "neither")], 2));
        assert_eq!(coded(&neither, |_| {}).len(), 3, "the later row stands, and it takes no side");
        let undo = Judgement { sequence: 3, verdict: "undo".into(), target, ..debate.judgements[0].clone() };
        debate.judgements.push(undo);
        assert_eq!(coded(&debate, |_| {})[0], "Anne Lowry agree it");
    }

    #[test]
    fn any_words_are_coded_and_stand_beside_the_statement_that_holds_them() {
        let mut debate = debate();
        let (document, statement) = debate.statements().next().unwrap();
        let (document, whole) = (document.clone(), statement.evidence()[0].span);
        let on = |span: Span, values: &[(&str, &str)], sequence| {
            let coding = Coding {
                document: document.id.clone(),
                span,
                words: span.of(&document.text).unwrap().to_owned(),
                key: key_of("it"),
                values: values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
                coder: "Reed".into(),
            };
            Judgement { sequence, ..coding.judgement("") }
        };
        let lit = Span { start: whole.start, end: whole.end - 4 };
        debate.judgements.push(on(lit, &[("concept", "it"), ("agreement", "disagree")], 1));
        let wrote = document.text.find("said").map(|n| Span::new(n, n + 4)).unwrap();
        let values = [("concept", "talk"), ("agreement", "agree"), ("voice", "Tom Reed")];
        debate.judgements.push(on(wrote, &values, 2));
        debate.obey();
        let options = Options { concepts: Some(list("lamp .. lit")), ..Options::default() };
        let codes = code(&debate, &Actors::resolve(&debate), &Filter::default(), &options);
        let found = shown(&codes);
        assert!(found.contains(&"Anne Lowry disagree it by Reed".to_owned()), "{found:?}");
        assert!(found.contains(&"Tom Reed agree talk by Reed".to_owned()), "{found:?}");
        let passages: Vec<&str> =
            codes.codes.iter().filter_map(|c| c.passage).filter_map(|s| s.of(&document.text)).collect();
        assert_eq!(passages, ["said", "the lamps were"]);
        assert!(codes.codes.iter().all(|c| !c.statements.is_empty()));
        assert_eq!(found.len(), 5, "the code of the program on the same words has given way: {found:?}");
    }

    #[test]
    fn a_hand_coding_on_other_words_than_the_document_has_does_not_count() {
        let mut debate = debate();
        let mut forged = row(&debate, 0, &[("concept", "it"), ("agreement", "disagree")], 1);
        forged.words = forged.words.replacen("lamps", "lights", 1);
        debate.judgements.push(forged);
        assert_eq!(coded(&debate, |_| {})[0], "Anne Lowry agree it");
    }

    #[test]
    fn imported_codings_are_counted_by_the_variables_that_are_asked_for() {
        let mut debate = debate();
        let values = |side: &'static str| {
            [
                (STATEMENT_TYPE, "S"),
                ("person", "Lowry"),
                ("organization", "The Mill"),
                ("concept", "light"),
                ("agreement", side),
            ]
        };
        debate.judgements.push(row(&debate, 0, &values("true"), 1));
        debate.judgements.push(row(&debate, 2, &values("false"), 2));
        debate.judgements.push(row(&debate, 1, &[(STATEMENT_TYPE, "Other"), ("note", "x")], 3));
        let of = |change: fn(&mut Options)| {
            let mut options = Options::default();
            change(&mut options);
            shown(&code(&debate, &Actors::resolve(&debate), &Filter::default(), &options))
        };
        assert_eq!(of(|_| {}), ["The Mill agree light by Reed", "The Mill disagree light by Reed"]);
        assert_eq!(of(|o| o.variable1 = Some("person".into()))[0], "Lowry agree light by Reed");
        assert_eq!(of(|o| o.qualifier = Some("none".into()))[1], "The Mill agree light by Reed");
        assert!(of(|o| o.statement_type = Some("Other".into())).is_empty());
    }

    #[test]
    fn what_documents_say_again_and_again_is_proposed() {
        let told = |path: &str, who: &str| {
            Told::new(path, "The red lamps were lit. Somebody saw red lamps. It was noon.")
                .by(who)
                .says("lit", "light", &[("subject", "The red lamps")], &[])
                .says("saw", "see", &[("object", "red lamps")], &[])
        };
        let debate = snapshot(&[told("a.txt", "Anne Lowry"), told("b.txt", "Tom Reed")]);
        let found = propose(&debate, &Actors::resolve(&debate), &Filter::default());
        let names: Vec<(&str, usize)> = found.iter().map(|p| (p.concept.name.as_str(), p.voices)).collect();
        assert_eq!(names[0], ("red lamps", 2), "{names:?}");
    }
}
