//! What accounts of one affair tell of it without naming anybody: how many were killed, how long it lasted, that there was no
//! such thing, since when somebody is where. Two documents tell of one affair if they share several names; a number counts
//! for a document only if the document gives no other of the same kind.

use super::fact::{Event, Fact, Says};
use super::measure::{Measure, duration};
use super::pairs::NEAR;
use super::party::{Likeness, Party, tokens};
use super::predicates::predicates;
use super::roots::Origins;
use super::verdict::Found;
use super::{Aspect, Verdict};
use crate::resolve::Actors;
use rashomon_core::{Argument, Certainty, ClaimKind, Document, ReadDocument, Reading, Role, Snapshot, Span, Statement};
use rashomon_text::days::MONTHS;
use rashomon_text::space::one_line;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names that two documents of one affair share at least.
const NAMES: usize = 3;
/// Sentences back to what `the sum` stands for.
const BACK: usize = 3;

/// A pair with what was found.
pub(super) type Told<'a> = (&'a Statement, &'a Statement, Found);

/// Looks for what is told of one affair by a snapshot's documents.
pub(super) struct Affairs<'a> {
    pub(super) snapshot: &'a Snapshot,
    facts: &'a [Fact<'a>],
    names: HashMap<usize, BTreeSet<&'a str>>,
    origins: &'a Origins<'a>,
}

/// Something that a document tells of its affair, with the document, the statement, the words and the value.
pub(super) struct Given<'a, T> {
    pub(super) document: usize,
    pub(super) statement: &'a Statement,
    pub(super) words: String,
    pub(super) value: T,
    /// Whether the words date it to a month or a year.
    pub(super) dated: bool,
}

impl<'a> Affairs<'a> {
    /// The affairs of a snapshot.
    pub(super) fn of(
        snapshot: &'a Snapshot,
        actors: &'a Actors,
        facts: &'a [Fact<'a>],
        origins: &'a Origins<'a>,
    ) -> Affairs<'a> {
        let whole = |d: &Document| Span { start: 0, end: u32::try_from(d.text.len()).unwrap_or(u32::MAX) };
        let capital = |name: &str| name.chars().next().is_some_and(|c| !c.is_lowercase());
        let names = |(n, (d, _)): (usize, &'a ReadDocument)| {
            let own = actors.within(&d.id, whole(d)).map(|(_, a)| a).filter(|a| capital(&a.name));
            (n, own.map(|a| a.id.as_str()).collect())
        };
        Affairs { snapshot, facts, names: snapshot.documents.iter().enumerate().map(names).collect(), origins }
    }

    /// Every pair, in no order.
    pub(super) fn pairs(&self) -> Vec<Told<'a>> {
        let mut all = self.counts();
        all.extend(self.durations());
        all.extend(self.denials());
        all.extend(self.stays());
        all.extend(self.distances());
        for (document, reading) in &self.snapshot.documents {
            all.extend(sums(document, reading, self.origins));
        }
        all.extend(self.later());
        all
    }

    fn one_affair(&self, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (self.names.get(&a), self.names.get(&b)) else { return false };
        let shared = x.intersection(y).count();
        a == b || shared >= NAMES && shared * 6 >= x.len().min(y.len())
    }

    /// Whether two documents tell of one affair, or share a name and each tells of one affair with a third.
    pub(super) fn near_affair(&self, a: usize, b: usize) -> bool {
        let shares = || {
            let (x, y) = (self.names.get(&a)?, self.names.get(&b)?);
            x.intersection(y).next()
        };
        let third = |c: usize| c != a && c != b && self.one_affair(a, c) && self.one_affair(b, c);
        self.one_affair(a, b) || shares().is_some() && (0..self.snapshot.documents.len()).any(third)
    }

    pub(super) fn events(&self) -> impl Iterator<Item = (&'a Fact<'a>, &'a Event<'a>)> {
        let event = |fact: &'a Fact<'a>| match &fact.says {
            Says::Event(event) => Some((fact, event)),
            _ => None,
        };
        self.facts.iter().filter_map(event)
    }

    /// Whether the sentence dates a claim to a month or a year: then it may be another affair that the document looks back on.
    pub(super) fn dated(&self, fact: &Fact<'_>) -> bool {
        let year = |t: &str| t.len() == 4 && t.chars().all(|c| c.is_ascii_digit());
        let far = |t: &String| MONTHS.contains(&t.as_str()) || year(t) || t == "ago" || t == "year";
        let document = self.snapshot.documents.get(fact.document).map(|(d, _)| d);
        let sentence = document.and_then(|d| fact.statement.sentence().of(&d.text)).unwrap_or_default();
        tokens(sentence).iter().any(far)
    }

    /// `Two men were killed` beside `Three were killed`: the only such numbers of their documents.
    fn counts(&self) -> Vec<Told<'a>> {
        let mut given: BTreeMap<(usize, usize), Vec<Given<'a, Measure>>> = BTreeMap::new();
        for (fact, event) in self.events().filter(|(f, _)| f.affirmed && !f.future && f.certainty == Certainty::Certain)
        {
            let Some(family) = event.family.filter(|f| {
                ["kill", "wound", "arrest"].iter().any(|w| predicates().of_verb(w, true).map(|(n, _)| n) == Some(*f))
            }) else {
                continue;
            };
            for party in event.undergoers.iter().filter(|p| event.undergoers.len() == 1 && people(p)) {
                let Some(value) = party.number else { continue };
                let words = one_line(&party.words.text);
                let one =
                    Given { document: fact.document, statement: fact.statement, words, value, dated: self.dated(fact) };
                given.entry((family, fact.document)).or_default().push(one);
            }
        }
        let mut by_family: BTreeMap<usize, Vec<Given<'a, Measure>>> = BTreeMap::new();
        for ((family, _), mut own) in given {
            let only = own.iter().all(|g| own.iter().all(|h| g.value == h.value));
            if only && !own.is_empty() {
                by_family.entry(family).or_default().push(own.remove(0));
            }
        }
        by_family.values().flat_map(|given| self.beside(given, "how many people", false)).collect()
    }

    /// `The firing lasted ten minutes` beside `I would put the firing at half an hour`.
    fn durations(&self) -> Vec<Told<'a>> {
        let mut given: BTreeMap<String, Vec<Given<'a, Measure>>> = BTreeMap::new();
        let documents = self.snapshot.documents.iter().enumerate();
        for (n, statement) in documents.flat_map(|(n, (_, r))| r.statements.iter().map(move |s| (n, s))) {
            let claim = statement.claim();
            let Some(predicate) = claim.predicate.as_ref().filter(|p| predicates().measures(&p.lemma)) else {
                continue;
            };
            let things = claim.arguments.iter().filter(|a| matches!(a.role, Role::Subject | Role::Object));
            let mut things = things.filter_map(|a| thing(&a.words.text));
            let times: Vec<&Argument> =
                claim.arguments.iter().filter(|a| matches!(a.role, Role::Time | Role::Other | Role::Object)).collect();
            let Some((argument, value)) = times.iter().find_map(|a| Some((a, duration(&a.words.text)?))) else {
                continue;
            };
            let negative = claim.polarity == rashomon_core::Polarity::Negative;
            if let Some(thing) = things
                .next()
                .filter(|_| !negative && claim.certainty <= Certainty::Probable && !predicate.lemma.is_empty())
            {
                let words = one_line(&argument.words.text);
                given.entry(predicates().noun_key(&thing)).or_default().push(Given {
                    document: n,
                    statement,
                    words,
                    value,
                    dated: false,
                });
            }
        }
        given.values().flat_map(|given| self.beside(given, "how long it lasted", true)).collect()
    }

    /// Numbers of one thing, each document's beside the others'.
    fn beside(&self, given: &[Given<'a, Measure>], what: &str, within: bool) -> Vec<Told<'a>> {
        let mut all = Vec::new();
        for (n, a) in given.iter().enumerate() {
            for b in given.iter().skip(n + 1).take(NEAR) {
                if a.dated != b.dated {
                    continue;
                }
                let apart = a.document != b.document
                    || within && self.origins.root(a.statement) != self.origins.root(b.statement);
                if !apart || !self.one_affair(a.document, b.document) {
                    continue;
                }
                let fits = a.value.fits(b.value);
                let (verdict, between) = if fits { (Verdict::Agree, "and") } else { (Verdict::Contradict, "against") };
                let reason = format!("{what}: {} {between} {}", a.words, b.words);
                all.push((a.statement, b.statement, found(verdict, Aspect::Number, reason, what)));
            }
        }
        all
    }

    /// `There was no torpedo boat` beside `he had seen two torpedo boats`.
    fn denials(&self) -> Vec<Told<'a>> {
        let documents = self.snapshot.documents.iter().enumerate();
        let all = documents.flat_map(|(n, (d, r))| r.statements.iter().map(move |s| (n, d, s)));
        let denied: Vec<(usize, &'a Statement, Vec<String>)> =
            all.filter_map(|(n, d, s)| Some((n, s, nothing_there(d, s)?))).collect();
        if denied.is_empty() {
            return Vec::new();
        }
        let mut seen: BTreeMap<&str, Vec<(&'a Fact<'a>, &Party<'a>)>> = BTreeMap::new();
        for (fact, event) in self.events().filter(|(f, _)| f.affirmed && !f.future && f.certainty == Certainty::Certain)
        {
            // What is counted or seen is said to have been there; what is only feared or spoken of is not.
            let real = event.lemma == "see" || event.doers.iter().any(|p| p.number.is_some());
            let sides =
                event.core().filter(|p| p.named().is_none() && !p.none && (p.number.is_some() || event.lemma == "see"));
            for party in sides.filter(|p| real && !p.head.is_empty()) {
                seen.entry(&party.head).or_default().push((fact, party));
            }
        }
        let mut found_all = Vec::new();
        for (document, statement, words) in &denied {
            let Some((head, before)) = words.split_last() else { continue };
            for (fact, party) in seen.get(head.as_str()).into_iter().flatten().take(NEAR * 4) {
                let fits = before.iter().all(|word| party.before.contains(word));
                let other =
                    self.origins.root(statement) != self.origins.root(fact.statement) || *document != fact.document;
                if fits && other && self.one_affair(*document, fact.document) {
                    let what = words.join(" ");
                    let reason = format!("“no {what}” against “{}”", one_line(&party.words.text));
                    found_all.push((
                        *statement,
                        fact.statement,
                        found(Verdict::Contradict, Aspect::Fact, reason, &what),
                    ));
                }
            }
        }
        found_all
    }

    /// `has lain at Vigo since Wednesday, 26 October` beside `reached Vigo on 27 October`.
    fn stays(&self) -> Vec<Told<'a>> {
        let since = |s: &Statement| s.evidence().iter().any(|w| tokens(&w.text).iter().any(|t| t == "since"));
        let mut all = Vec::new();
        let reached: Vec<(&Fact<'_>, &Event<'_>)> = self
            .events()
            .filter(|(f, e)| f.affirmed && !f.future && e.family == predicates().of_verb("reach", true).map(|(n, _)| n))
            .collect();
        if reached.is_empty() {
            return all;
        }
        for stay in self.facts.iter().filter(|f| f.affirmed && !f.future && f.time.is_some()) {
            let Says::Event(event) = &stay.says else { continue };
            let Some(place) = stay.place.as_ref().and_then(Party::named).filter(|_| since(stay.statement)) else {
                continue;
            };
            for (fact, arrival) in &reached {
                let there = arrival
                    .core()
                    .chain(&arrival.others)
                    .chain(&fact.place)
                    .any(|p| p.named().is_some_and(|a| a.id == place.id));
                let who =
                    event.doers.iter().chain(&event.undergoers).any(|p| {
                        arrival.doers.iter().chain(&arrival.undergoers).any(|q| p.likeness(q) >= Likeness::Alike)
                    });
                let (Some((s, _)), Some((t, _))) = (stay.time, fact.time) else { continue };
                let (Some(from), Some(day)) = (day_of_year(s.edtf.as_deref()), day_of_year(t.edtf.as_deref())) else {
                    continue;
                };
                if there && who && (1..60).contains(&(day - from)) && self.one_affair(stay.document, fact.document) {
                    let (stayed, came) = (one_line(&s.words.text), one_line(&t.words.text));
                    let stayed = stayed.trim_start_matches("since ");
                    let reason = format!("at {} since {stayed} against arrival {came}", one_line(&place.name));
                    all.push((
                        stay.statement,
                        fact.statement,
                        found(Verdict::Contradict, Aspect::Time, reason, &place.name),
                    ));
                }
            }
        }
        all
    }

    /// `No boat lay nearer to us than one mile` beside `The nearest ship was not a quarter of a mile from us`: the only such
    /// distances of their documents, of things that may be the same. That two distances fit proves nothing.
    fn distances(&self) -> Vec<Told<'a>> {
        let mut given: BTreeMap<usize, Vec<(Given<'a, Measure>, String)>> = BTreeMap::new();
        for (n, (document, reading)) in self.snapshot.documents.iter().enumerate() {
            for statement in &reading.statements {
                let Some((value, thing, words)) = nearness(document, reading, statement) else { continue };
                given.entry(n).or_default().push((Given { document: n, statement, words, value, dated: false }, thing));
            }
        }
        let only: Vec<&(Given<'a, Measure>, String)> =
            given.values().filter(|own| own.len() == 1).filter_map(|own| own.first()).collect();
        let mut all = Vec::new();
        for (n, (a, thing)) in only.iter().enumerate() {
            for (b, other) in only.iter().skip(n + 1).take(NEAR) {
                if predicates().alike(thing, other)
                    && !a.value.fits(b.value)
                    && self.near_affair(a.document, b.document)
                {
                    let reason = format!("how near the nearest {thing} was: {} against {}", a.words, b.words);
                    all.push((
                        a.statement,
                        b.statement,
                        found(Verdict::Contradict, Aspect::Number, reason, "how near"),
                    ));
                }
            }
        }
        all
    }

    /// `Two men were killed` beside `A third man died` of the same document.
    fn later(&self) -> Vec<Told<'a>> {
        const RANKS: &[&str] = &["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
        let kill = predicates().of_verb("kill", true).map(|(n, _)| n);
        let deaths: Vec<(&Fact<'_>, &Party<'_>)> = self
            .events()
            .filter(|(f, e)| e.family == kill && f.affirmed && !f.future)
            .flat_map(|(f, e)| e.undergoers.iter().map(move |p| (f, p)))
            .collect();
        let mut all = Vec::new();
        let mut counted: BTreeMap<usize, Vec<(&Fact<'_>, &Party<'_>, f64)>> = BTreeMap::new();
        for (fact, party) in &deaths {
            if let Some(high) = party.number.filter(|n| !n.rough && people(party)).and_then(|n| n.high) {
                counted.entry(fact.document).or_default().push((fact, party, high));
            }
        }
        for (fact, party) in &deaths {
            let words = tokens(&party.words.text);
            let rank = words.iter().take(2).find_map(|w| RANKS.iter().position(|r| r == w)).map(|n| n as f64 + 2.0);
            let one_more = words.first().is_some_and(|w| w == "a");
            let Some(rank) = rank.filter(|_| one_more && words.iter().any(|w| predicates().alike(w, "man"))) else {
                continue;
            };
            for (other, count, _) in counted.get(&fact.document).into_iter().flatten().filter(|(.., high)| *high < rank)
            {
                let reason =
                    format!("how many people: {} against {}", one_line(&count.words.text), one_line(&party.words.text));
                all.push((
                    other.statement,
                    fact.statement,
                    found(Verdict::Contradict, Aspect::Number, reason, "how many people in all"),
                ));
            }
        }
        all
    }
}

/// How near at least, or at most, the nearest of its kind is said to have been, in metres, with the kind and the words.
fn nearness(document: &Document, reading: &Reading, statement: &Statement) -> Option<(Measure, String, String)> {
    let claim = statement.claim();
    let real = claim.certainty == Certainty::Certain && claim.kind != ClaimKind::Prediction;
    let subject = claim.arguments.iter().find(|a| a.role == Role::Subject).filter(|_| real)?;
    let own = tokens(&subject.words.text);
    let end =
        own.iter().position(|t| ["of", "in", "to", "that", "which", ","].contains(&t.as_str())).unwrap_or(own.len());
    let head = super::party::singular(own.get(..end)?.last()?);
    let negative = claim.polarity == rashomon_core::Polarity::Negative;
    let text = statement.sentence().of(&document.text)?;
    let start = statement.sentence().start;
    let nearest =
        matches!(own.as_slice(), [the, nearest, ..] if the == "the" && (nearest == "nearest" || nearest == "closest"));
    let none = own.first().is_some_and(|w| w == "no");
    let behind = |word: &str| {
        let at = text.find(word).map(|at| start + at as u32)?;
        statement.evidence().iter().any(|w| w.span.start <= at && at < w.span.end).then_some(at)
    };
    let from = match (nearest, none) {
        (true, _) => subject.words.span.end,
        (_, true) => behind(" nearer ").or_else(|| behind(" closer ")).filter(|_| behind(" than ").is_some())?,
        _ => return None,
    };
    let in_reach = |q: &&rashomon_core::Quantity| {
        let at = q.words.span.start;
        from <= at && at < from + 80 && statement.evidence().iter().any(|w| w.span.contains(q.words.span))
    };
    let quantity = reading.quantities.iter().find(in_reach)?;
    let metres = metres(quantity.unit.as_deref()?)?;
    let exactly = quantity.low.as_deref().filter(|_| quantity.low == quantity.high)?;
    let value = exactly.parse::<f64>().ok().filter(|v| v.is_finite())? * metres;
    let words = one_line(&quantity.words.text);
    let (low, high, words) = match (nearest, negative) {
        (true, true) => (None, Some(value), format!("less than {words}")),
        (true, false) => (Some(value), Some(value), words),
        _ => (Some(value), None, format!("no less than {words}")),
    };
    Some((Measure { low, high, rough: super::measure::is_rough(&quantity.words.text) }, head, words))
}

/// Metres of a unit of length; a cable is a tenth of a nautical mile.
fn metres(unit: &str) -> Option<f64> {
    let one = unit.strip_suffix('s').unwrap_or(unit);
    let known = [
        ("metre", 1.0),
        ("meter", 1.0),
        ("kilometre", 1_000.0),
        ("kilometer", 1_000.0),
        ("km", 1_000.0),
        ("mile", 1_609.344),
        ("yard", 0.914_4),
        ("foot", 0.304_8),
        ("feet", 0.304_8),
        ("cable", 185.2),
    ];
    known.iter().find(|(name, _)| *name == one).map(|(_, metres)| *metres)
}

pub(super) fn found(verdict: Verdict, aspect: Aspect, reason: String, about: &str) -> Found {
    Found { verdict, aspect, reason, score: 0.6, about: about.to_owned() }
}

/// Whether a counted description is of people whom nothing more is said of.
fn people(party: &Party<'_>) -> bool {
    let plain = party.named().is_none() && party.before.is_empty() && party.inside.is_empty() && !party.pronoun;
    let part = |t: &String| ["of", "and", "or", "half", "third", "quarter"].contains(&t.as_str());
    plain
        && !tokens(&party.words.text).iter().any(part)
        && (party.head.is_empty() || predicates().alike(&party.head, "man"))
}

/// The head of `the firing`, as one definite thing without more to it.
fn thing(words: &str) -> Option<String> {
    let all = tokens(words);
    match all.as_slice() {
        [article, noun] if ["the", "this", "that"].contains(&article.as_str()) => Some(noun.clone()),
        _ => None,
    }
}

/// The description of which a statement says that there was none, its head last; at least two words, since `no evidence` and
/// `no doubt` deny no thing.
fn nothing_there(document: &Document, statement: &Statement) -> Option<Vec<String>> {
    let claim = statement.claim();
    let predicate = claim.predicate.as_ref().filter(|p| p.lemma == "be" && claim.kind == ClaimKind::Value)?;
    let before = document.text.get(statement.sentence().start as usize..predicate.words.span.start as usize)?;
    let there = tokens(before).last().is_some_and(|w| w == "there");
    let subject = claim
        .arguments
        .iter()
        .find(|a| matches!(a.role, Role::Subject | Role::Object) && a.words.text.to_lowercase().starts_with("no"))?;
    let all = tokens(&subject.words.text);
    let end = all
        .iter()
        .position(|t| ["either", "of", "in", "among", "near", "that", "which", "at", "on", ","].contains(&t.as_str()))
        .unwrap_or(all.len());
    let mut words: Vec<String> = all.get(1..end)?.to_vec();
    let head = words.pop().map(|head| super::party::singular(&head))?;
    let sure =
        there && all.first().is_some_and(|w| w == "no") && !words.is_empty() && claim.certainty == Certainty::Certain;
    words.push(head);
    sure.then_some(words)
}

/// The day within its year, of a value that is precise to the day: months of 31 days, so that leap years do not matter.
fn day_of_year(edtf: Option<&str>) -> Option<i64> {
    let mut parts = edtf?.split('/').next()?.split('-').skip(1);
    let month: i64 = parts.next()?.parse().ok()?;
    let day: i64 = parts.next()?.get(..2)?.parse().ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(month * 31 + day)
}

/// `Russia paid 66,000 pounds; the sum was 65,000 pounds`: a sum that stands for a number before it.
fn sums<'a>(document: &'a Document, reading: &'a Reading, origins: &Origins<'_>) -> Vec<Told<'a>> {
    let mut all = Vec::new();
    for (n, statement) in reading.statements.iter().enumerate() {
        let claim = statement.claim();
        let is_sum = |a: &Argument| {
            a.role == Role::Subject && thing(&a.words.text).is_some_and(|noun| predicates().is_sum(&noun))
        };
        if claim.predicate.as_ref().is_none_or(|p| p.lemma != "be") || !claim.arguments.iter().any(is_sum) {
            continue;
        }
        let Some((words, unit, value)) = counted(reading, statement) else { continue };
        let earlier = reading.statements.get(..n).unwrap_or_default().iter().rev();
        let near = earlier.take_while(|s| sentences_between(reading, s.sentence(), statement.sentence()) <= BACK);
        let before = near.filter_map(|s| counted(reading, s).map(|c| (s, c))).find(|(_, (_, u, _))| *u == unit);
        if let Some((other, (told, _, number))) = before
            && !number.fits(value)
            && origins.root(other) != origins.root(statement)
            && other.document() == &document.id
        {
            let reason = format!("the sum: {told} against {words}");
            all.push((other, statement, found(Verdict::Contradict, Aspect::Number, reason, "the sum")));
        }
    }
    all
}

/// The one quantity of an object with its unit.
fn counted(reading: &Reading, statement: &Statement) -> Option<(String, String, Measure)> {
    let object = statement.claim().arguments.iter().find(|a| a.role == Role::Object)?;
    let quantity = reading.quantities.iter().find(|q| q.words.span.overlaps(object.words.span))?;
    Some((one_line(&quantity.words.text), quantity.unit.clone()?, Measure::of(quantity)?))
}

fn sentences_between(reading: &Reading, a: Span, b: Span) -> usize {
    let place = |span: Span| reading.sentences.partition_point(|s| s.span.start < span.start);
    place(b).abs_diff(place(a))
}
