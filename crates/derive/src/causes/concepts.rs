//! The concepts of a case: stretches of words that name one thing, with why they were taken for one; and the causal links
//! between them, each with the statement that makes it. Merged over the whole case, so that the maps of two voices speak of
//! the same concepts; the order of documents does not matter.

use super::lists::lists;
use super::own::{Own, Said, plain};
use super::words::{Named, Reader};
use crate::compare::judges;
use crate::resolve::{ActorId, Actors};
use rashomon_core::{Digest, Document, Polarity, Reading, Sign, Snapshot, Statement, StatementId, Words};
use rashomon_text::space::one_line;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What several stretches of words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Digest of what makes it; the same for the same documents and program version.
    pub id: Digest,
    /// The commonest of its forms that name it straight, without pronouns and judging words if there is one; among equals the
    /// shortest. Of an actor alone the actor's name, where some words name no more than him.
    pub name: String,
    /// Every form, with how often it stands and whether it names the concept turned round.
    pub forms: BTreeMap<String, (usize, bool)>,
    /// Why its forms were taken for one, each reason once.
    pub reasons: BTreeSet<String>,
    /// The noun or verb it is about.
    pub head: String,
    /// Who is in it.
    pub who: Vec<ActorId>,
    /// Of these, whose doing it is.
    pub doers: Vec<ActorId>,
    /// Whose state it is.
    pub bearers: Vec<ActorId>,
    /// Whether it is named by what says that there is less of its head (`the absence of peace`), because nothing names it
    /// straight.
    pub lacking: bool,
}

/// A link between two concepts that one statement makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The document's place in the snapshot.
    pub document: usize,
    /// The statement's place in its reading.
    pub statement: usize,
    /// Place of the concept that acts.
    pub cause: usize,
    /// Place of the concept acted on.
    pub effect: usize,
    /// +1, -1; 0 where the link is denied.
    pub sign: i8,
    /// Whether the words of the effect say that there is more or less of it (`the rise of X`), not only its name.
    pub moved: bool,
}

/// The concepts of a case and the links between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concepts {
    /// In order of name, then of id.
    pub concepts: Vec<Concept>,
    /// In order of documents and statements.
    pub links: Vec<Link>,
    /// Causal statements of which one side names nothing.
    pub nameless: Vec<StatementId>,
    /// For each causal statement the first concept of its cause and of its effect, by document and statement.
    sides: HashMap<(usize, usize), (Option<usize>, Option<usize>)>,
}

/// A causal statement as read, before concepts are numbered.
struct Told {
    document: usize,
    statement: usize,
    causes: Vec<Named>,
    effects: Vec<Named>,
    sign: i8,
    /// Whether the cause that the reader gives is an aim, so that the arrow runs the other way.
    turned: bool,
}

/// What a concept is made of while it is gathered.
#[derive(Default)]
struct Gathered {
    straight: BTreeMap<String, usize>,
    turned: BTreeMap<String, usize>,
    reasons: BTreeSet<String>,
    /// Forms that need a reason.
    unplain: BTreeSet<String>,
    head: String,
    who: BTreeSet<ActorId>,
    doers: BTreeSet<ActorId>,
    bearers: BTreeSet<ActorId>,
    named: Option<String>,
    /// Whether some words name it by itself, and not only that there is more or less of it.
    itself: bool,
}

impl Concepts {
    /// Of every causal statement of a snapshot.
    pub fn of(snapshot: &Snapshot, actors: &Actors, own: &Own) -> Concepts {
        let told: Vec<Told> = snapshot
            .documents
            .par_iter()
            .enumerate()
            .flat_map_iter(|(n, (document, reading))| of_document(n, document, reading, actors))
            .collect();
        let key = |named: &Named| key_of(named, own);
        let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
        for named in told.iter().flat_map(|t| t.causes.iter().chain(&t.effects)) {
            gather(&mut gathered, named, key(named));
        }
        let flipped: BTreeSet<&str> = gathered
            .iter()
            .filter(|(_, g)| g.named.is_none() && g.straight.is_empty())
            .map(|(k, _)| k.as_str())
            .collect();
        let mut order: Vec<(&str, Concept)> = gathered
            .iter()
            .map(|(key, gathered)| (key.as_str(), gathered.concept(key, flipped.contains(key.as_str()), actors)))
            .collect();
        order.sort_by(|(_, a), (_, b)| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        tell_apart(order.iter_mut().map(|(_, concept)| concept));
        let places: HashMap<&str, usize> = order.iter().enumerate().map(|(n, (key, _))| (*key, n)).collect();
        let mut found = Concepts::default();
        let place = |named: &Named| {
            let (key, turned) = key(named);
            let turned = turned ^ flipped.contains(key.as_str());
            places.get(key.as_str()).map(|n| (*n, turned))
        };
        for told in &told {
            found.take(snapshot, told, &place);
        }
        found.links.sort_unstable();
        found.links.dedup();
        found.concepts = order.into_iter().map(|(_, concept)| concept).collect();
        found
    }

    fn take(&mut self, snapshot: &Snapshot, told: &Told, place: &dyn Fn(&Named) -> Option<(usize, bool)>) {
        let sides = |all: &[Named]| {
            all.iter().filter_map(|n| place(n).map(|(at, turned)| (at, turned, n.moved))).collect::<Vec<_>>()
        };
        let (causes, effects) = (sides(&told.causes), sides(&told.effects));
        let first = |all: &[(usize, bool, bool)]| all.first().map(|(n, ..)| *n);
        self.sides.insert((told.document, told.statement), (first(&causes), first(&effects)));
        if causes.is_empty() || effects.is_empty() {
            let statement = snapshot.documents.get(told.document).and_then(|(_, r)| r.statements.get(told.statement));
            self.nameless.extend(statement.map(|s| s.id().clone()));
        }
        for (cause, a, c) in &causes {
            for (effect, b, e) in &effects {
                let sign = if a ^ b { -told.sign } else { told.sign };
                let (cause, effect, moved) = if told.turned { (*effect, *cause, *c) } else { (*cause, *effect, *e) };
                let (document, statement) = (told.document, told.statement);
                self.links.push(Link { document, statement, cause, effect, sign, moved });
            }
        }
    }

    /// The names of the concepts of a statement's cause and effect, as its words have them.
    pub fn named(&self, document: usize, statement: usize) -> (Option<&str>, Option<&str>) {
        let (cause, effect) = self.sides.get(&(document, statement)).copied().unwrap_or_default();
        let name = |n: Option<usize>| n.and_then(|n| self.concepts.get(n)).map(|c| c.name.as_str());
        (name(cause), name(effect))
    }

    /// The concept that some words name: by its name, or by any of its forms.
    pub fn find(&self, words: &str) -> Option<usize> {
        let wanted = plain(words);
        let by_name = self.concepts.iter().position(|c| plain(&c.name) == wanted);
        by_name.or_else(|| self.concepts.iter().position(|c| c.forms.keys().any(|form| plain(form) == wanted)))
    }
}

fn of_document(n: usize, document: &Document, reading: &Reading, actors: &Actors) -> Vec<Told> {
    let all = &reading.statements;
    let told = |(place, statement): (usize, &Statement)| -> Option<Told> {
        let causation = statement.claim().causation.as_deref()?;
        // A cause may stand in the sentence before.
        let whole = causation.cause.span.cover(causation.effect.span).cover(statement.sentence());
        let from = all.partition_point(|s| s.sentence().end <= whole.start);
        let length = all.iter().skip(from).take_while(|s| s.sentence().start < whole.end).count();
        let neighbours = all.get(from..from + length).unwrap_or_default();
        let reader = Reader { document, actors, neighbours };
        let cue = causation.cue.as_ref().map(|w| one_line(&w.text)).unwrap_or_default();
        // "so that" tells an aim where the reader has the cause behind it, and a result where it stands before.
        let behind = causation.cue.as_ref().is_some_and(|c| c.span.start < causation.cause.span.start);
        let turned = behind && lists().is_purpose(&cue);
        let infinitive = |words: &Words| turned && words == &causation.cause && cue != "so that";
        let read = |words: &Words| reader.read(words, infinitive(words));
        let (causes, effects) = (read(&causation.cause), read(&causation.effect));
        Some(Told { document: n, statement: place, causes, effects, sign: sign_of(statement, causation.sign), turned })
    };
    all.iter().enumerate().filter_map(told).collect()
}

/// What a statement says of the link: a link that is denied, by its sign or by its polarity, is none.
fn sign_of(statement: &Statement, sign: Sign) -> i8 {
    match (sign, statement.claim().polarity) {
        (Sign::Denied, _) | (_, Polarity::Negative) => 0,
        (Sign::Plus, _) => 1,
        (Sign::Minus, _) => -1,
    }
}

/// What makes the concept of some words, and whether they turn it round: the person's own file first.
fn key_of(named: &Named, own: &Own) -> (String, bool) {
    if own.is_empty() {
        return (named.key.clone(), named.turned);
    }
    match own.find(&named.words.text) {
        Some(Said::Is { name, turned }) => (format!("={name}"), *turned),
        Some(Said::Apart) => (format!("!{}", plain(&named.words.text)), false),
        None => (named.key.clone(), named.turned),
    }
}

fn gather(all: &mut BTreeMap<String, Gathered>, named: &Named, (key, turned): (String, bool)) {
    let own = key.strip_prefix('=').map(str::to_owned);
    let by_file = own.is_some() || key.starts_with('!');
    let gathered = all.entry(key).or_default();
    let form = form_of(&named.words.text);
    let side = if turned { &mut gathered.turned } else { &mut gathered.straight };
    *side.entry(form.clone()).or_default() += 1;
    if by_file {
        gathered.reasons.insert(format!("“{form}”: the file of concepts says so"));
    } else {
        if !named.reasons.is_empty() {
            gathered.unplain.insert(form.clone());
        }
        gathered.reasons.extend(named.reasons.iter().map(|reason| format!("“{form}”: {reason}")));
    }
    gathered.itself |= !named.moved;
    gathered.who.extend(named.who.iter().cloned());
    gathered.doers.extend(named.doers.iter().cloned());
    gathered.bearers.extend(named.bearers.iter().cloned());
    if gathered.head.is_empty() || named.head < gathered.head {
        gathered.head.clone_from(&named.head);
    }
    gathered.named = own;
}

/// Words that stand for somebody without naming him.
const PRONOUNS: &[&str] =
    &["he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "theirs", "this", "that"];

fn points_back(form: &str) -> bool {
    form.split_whitespace().any(|w| PRONOUNS.contains(&w.to_lowercase().as_str()))
}

/// Whether a word of a form judges what others only tell: such a form names a concept only where there is no other.
fn judges_in(form: &str) -> bool {
    form.split(|c: char| !c.is_alphabetic()).any(|w| judges(&w.to_lowercase()))
}

/// A form with the names of those whom its pronouns mean, in brackets.
fn explained(form: &str, who: &BTreeSet<ActorId>, actors: &Actors) -> String {
    let pronoun = points_back(form);
    let names: BTreeSet<String> = who.iter().filter_map(|id| actors.get(id)).map(|a| one_line(&a.name)).collect();
    let unsaid: Vec<&str> = names.iter().map(String::as_str).filter(|name| !form.contains(*name)).collect();
    if pronoun && !unsaid.is_empty() { format!("{form} [{}]", unsaid.join(", ")) } else { form.to_owned() }
}

/// Numbers concepts of one name, in order, so that a name always means one.
fn tell_apart<'a>(concepts: impl Iterator<Item = &'a mut Concept>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for concept in concepts {
        let count = seen.entry(plain(&concept.name)).or_default();
        *count += 1;
        if *count > 1 {
            concept.name = format!("{} [{count}]", concept.name);
        }
    }
}

/// Words as a form of a concept: on one line, without a leading article.
fn form_of(words: &str) -> String {
    let line = one_line(words);
    let bare = ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|article| line.strip_prefix(article));
    bare.map_or(line.clone(), str::to_owned)
}

impl Gathered {
    fn concept(&self, key: &str, flipped: bool, actors: &Actors) -> Concept {
        let (straight, turned) = if flipped { (&self.turned, &self.straight) } else { (&self.straight, &self.turned) };
        // Words that need a reason to be the concept name it less plainly than those that need none.
        let plainly = |form: &str| !self.unplain.contains(form);
        let best = straight.iter().min_by_key(|(form, count)| {
            let poor = (points_back(form), judges_in(form));
            (poor, std::cmp::Reverse(**count), !plainly(form), form.chars().count(), (*form).clone())
        });
        let somebody = self
            .who
            .iter()
            .next()
            .and_then(|id| actors.get(id))
            .filter(|_| key.starts_with('@') && !flipped && self.itself);
        let by_form = || best.map(|(form, _)| explained(form, &self.who, actors)).unwrap_or_default();
        let name = self.named.clone().or_else(|| somebody.map(|a| one_line(&a.name))).unwrap_or_else(by_form);
        let mut forms: BTreeMap<String, (usize, bool)> = BTreeMap::new();
        for (all, turned) in [(turned, true), (straight, false)] {
            forms.extend(all.iter().map(|(form, count)| (form.clone(), (*count, turned))));
        }
        let mut reasons = self.reasons.clone();
        if flipped {
            reasons.retain(|r| !r.contains("less of it") && !r.contains("turned round"));
        }
        if forms.len() > 1 && self.named.is_none() && !key.starts_with('@') {
            reasons.insert(format!("one head, “{}”, of the same whom or what", self.head.trim_start_matches('#')));
        }
        Concept {
            id: Digest::short_of(key.as_bytes()),
            name,
            forms,
            reasons,
            head: self.head.trim_start_matches('#').to_owned(),
            who: self.who.iter().cloned().collect(),
            doers: self.doers.iter().cloned().collect(),
            bearers: self.bearers.iter().cloned().collect(),
            lacking: flipped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lists::FILE;
    use super::*;
    use crate::events::testing;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Tests {
        test: Vec<Test>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Test {
        a: String,
        b: String,
        cause: Option<String>,
        effect: Option<String>,
    }

    fn found(own: &Own, texts: &[&str]) -> Option<Concepts> {
        let names: Vec<String> = (0..texts.len()).map(|n| format!("{n}.txt")).collect();
        let told: Vec<(&str, &str, &str)> = names.iter().zip(texts).map(|(n, t)| (n.as_str(), "", *t)).collect();
        let snapshot = testing::read(&told)?;
        Some(Concepts::of(&snapshot, &Actors::resolve(&snapshot), own))
    }

    #[test]
    fn the_tests_in_the_file_hold() {
        let tests: Tests = toml::from_str(FILE).unwrap();
        for test in tests.test {
            let Some(found) = found(&Own::default(), &[&test.a, &test.b]) else { return };
            let [a, b] = found.links.as_slice() else {
                panic!("two links in {:?} and {:?}: {found:#?}", test.a, test.b)
            };
            for (wanted, x, y) in [(&test.cause, a.cause, b.cause), (&test.effect, a.effect, b.effect)] {
                let Some(wanted) = wanted else { continue };
                let turned = found.concepts[x].forms.values().any(|(_, turned)| *turned);
                let is = match (x == y, turned) {
                    (false, _) => "apart",
                    (true, true) => "turned",
                    (true, false) => "same",
                };
                assert_eq!(is, wanted, "{:?} and {:?}: {:#?}", test.a, test.b, found.concepts);
            }
        }
    }

    #[test]
    fn what_is_turned_turns_the_sign_and_an_aim_turns_the_arrow() {
        let own = Own::default();
        let Some(one) = found(
            &own,
            &["The insecurity of Norway led to the growth of the fleet.", "The security of Norway led to a feast."],
        ) else {
            return;
        };
        let signs: Vec<i8> = one.links.iter().map(|l| l.sign).collect();
        assert_eq!(signs, [-1, 1], "{one:#?}");
        let Some(aim) = found(&own, &["The owners shut the gate in order to save coal."]) else { return };
        let [link] = aim.links.as_slice() else { panic!("{aim:#?}") };
        assert!(aim.concepts[link.cause].name.contains("shut the gate"), "the deed serves the aim: {aim:#?}");
    }

    fn names(text: &str) -> Option<Vec<(String, String)>> {
        let found = found(&Own::default(), &[text])?;
        let name = |n: usize| found.concepts[n].name.clone();
        Some(found.links.iter().map(|l| (name(l.cause), name(l.effect))).collect())
    }

    #[test]
    fn a_name_holds_no_reporting_clause_and_no_loose_ends() {
        for (text, cause, effect) in [
            (
                "The jury found that the lamps were out; therefore the owner paid the fine.",
                "lamps were out",
                "owner paid the fine",
            ),
            (
                "In the winter of that hard and bitter year, the owners shut the gate. Therefore, the miners left the town.",
                "owners shut the gate",
                "miners left the town",
            ),
            ("The owners shut the gate in order to save the town.", "owners shut the gate", "save the town"),
        ] {
            let Some(found) = names(text) else { return };
            assert!(found.contains(&(cause.into(), effect.into())), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_done_to_somebody_is_not_he_and_his_rise_is_named_by_its_words() {
        for (text, effect) in [
            ("The owners shut the gate in order to defend Norway.", "defend Norway"),
            ("The strike led to the rise of Norway.", "rise of Norway"),
            ("The strike led to the rise of Norway. The storm led to Norway.", "Norway"),
        ] {
            let Some(found) = names(text) else { return };
            assert!(found.iter().any(|(_, e)| e == effect), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_persons_file_has_the_last_word() {
        let texts = ["The assassination of Nelson led to a war.", "The storm led to a long strife."];
        let own = Own::of("[[concept]]\nname = \"war\"\nwords = [\"*strife\"]\n").unwrap();
        let (Some(plain), Some(merged)) = (found(&Own::default(), &texts), found(&own, &texts)) else { return };
        assert_ne!(plain.links[0].effect, plain.links[1].effect);
        assert_eq!(merged.links[0].effect, merged.links[1].effect);
        let war = &merged.concepts[merged.links[0].effect];
        assert_eq!(war.name, "war");
        assert!(war.reasons.iter().any(|r| r.contains("the file of concepts says so")), "{war:?}");
        let apart = Own::of("apart = [\"a war\"]").unwrap();
        let texts = ["The raid led to a war.", "The storm led to war."];
        let (Some(plain), Some(split)) = (found(&Own::default(), &texts), found(&apart, &texts)) else { return };
        assert_eq!(plain.links[0].effect, plain.links[1].effect);
        let _ = split;
    }

    #[test]
    fn concepts_do_not_depend_on_the_order_of_documents() {
        let texts = [
            "The insecurity of Norway led to a war.",
            "The security of Norway led to a feast.",
            "A feast led to a war.",
        ];
        let reversed: Vec<&str> = texts.iter().rev().copied().collect();
        let (Some(one), Some(other)) = (found(&Own::default(), &texts), found(&Own::default(), &reversed)) else {
            return;
        };
        assert_eq!(one.concepts, other.concepts);
    }
}
