//! What a statement claims, in a form in which two accounts can be laid side by side: the predicate's family, who does it, to
//! whom, how many, when, where; and what is said to bring about what. Wishes, orders, questions and what is told against the
//! facts claim nothing that happened and are left out.

use super::party::{Likeness, Names, Party, singular, tokens};
use super::predicates::{Family, Use, predicates};
use crate::resolve::{Actor, Actors};
use rashomon_core::{
    Certainty, ClaimKind, Document, Link, Polarity, ReadDocument, Reading, Role, Sign, Snapshot, Span, Stance,
    Statement, Timed, Voice, Words, ZoneKind,
};
use rashomon_text::edtf::{Period, period};
use rashomon_text::inflection::{past_of, third_person};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Predicates that say too little to be compared by themselves, and those of speech and thought: what is said with them
/// is a claim of its own.
const EMPTY: &[&str] = &[
    "be", "have", "do", "make", "get", "go", "come", "take", "give", "say", "tell", "think", "believe", "know", "want",
    "see", "seem", "appear", "become", "write", "speak", "ask", "call", "add", "note", "mention", "describe",
    "explain", "show", "mean", "put", "look", "use", "work", "try", "let", "keep", "hold", "set", "bring", "include",
    "continue", "remain", "live", "feel", "like", "need", "hope", "expect", "fear", "argue", "claim", "state",
    "report", "announce", "declare", "insist", "stress", "suggest", "consider", "follow", "lie", "stand", "happen",
    "turn", "hear", "read", "agree", "lead", "find", "play", "run", "move", "place", "receive", "offer", "provide",
    "face", "serve", "act", "carry on", "act as", "involve", "concern", "relate", "cite", "base",
];

/// Those of the empty ones that say where somebody is if they have a place and a time.
const STAYING: &[&str] = &["lie", "stand", "remain", "live"];

/// The claim of one statement.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    /// Place of the document in the snapshot.
    pub(super) document: usize,
    /// The statement.
    pub(super) statement: &'a Statement,
    /// What is said.
    pub(super) says: Says<'a>,
    /// Whether it is said to be so.
    pub(super) affirmed: bool,
    /// How surely.
    pub(super) certainty: Certainty,
    /// Whether it is said to come.
    pub(super) future: bool,
    /// Whether a negation stands right before its words, of which it is not sure what it denies: `I do not think he won`.
    pub(super) clouded: bool,
    /// When.
    pub(super) time: Option<(&'a Timed, Period)>,
    /// Where.
    pub(super) place: Option<Party<'a>>,
}

/// What is said of whom.
#[derive(Debug)]
pub(super) enum Says<'a> {
    /// Somebody does something.
    Event(Event<'a>),
    /// Somebody is something to somebody.
    Role(Standing<'a>),
    /// Something brings something about.
    Cause(Link2<'a>),
}

/// Somebody does something to somebody.
#[derive(Debug)]
pub(super) struct Event<'a> {
    /// The predicate's family.
    pub(super) family: Option<usize>,
    /// The predicate.
    pub(super) lemma: &'a str,
    /// Its words.
    pub(super) words: &'a Words,
    /// Whether it is a noun: what it tells of is taken for granted rather than said.
    pub(super) noun: bool,
    /// Who does it.
    pub(super) doers: Vec<Party<'a>>,
    /// To whom.
    pub(super) undergoers: Vec<Party<'a>>,
    /// Everybody else.
    pub(super) others: Vec<Party<'a>>,
}

/// Somebody is something: the architect of the plan.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    /// Who.
    pub(super) who: Party<'a>,
    /// What, as one noun in the singular.
    pub(super) what: String,
    /// The words for it.
    pub(super) words: &'a Words,
    /// What stands before the noun.
    pub(super) before: Vec<String>,
    /// To whom or of what.
    pub(super) of: Vec<&'a Actor>,
    /// `the founder`, not `a founder` or `one of the founders`.
    pub(super) only: bool,
}

/// What is said to bring about what.
#[derive(Debug)]
pub(super) struct Link2<'a> {
    /// What brings it about.
    pub(super) cause: Side<'a>,
    /// What is brought about.
    pub(super) effect: Side<'a>,
    /// `-` where it is prevented.
    pub(super) sign: Sign,
}

/// One side of a cause.
#[derive(Debug)]
pub(super) struct Side<'a> {
    /// Its words.
    pub(super) words: &'a Words,
    /// The families of its words.
    pub(super) families: BTreeSet<usize>,
    /// The actors it names.
    pub(super) actors: Vec<&'a Actor>,
    /// `this group`: it points to somebody of its document who is not named there.
    pub(super) points: bool,
}

impl Side<'_> {
    /// Whether both tell of the same.
    pub(super) fn meets(&self, other: &Side<'_>) -> (bool, bool) {
        let family = self.families.intersection(&other.families).next().is_some();
        let actor = self.actors.iter().any(|a| other.actors.iter().any(|b| a.id == b.id));
        (family, actor)
    }
}

impl<'a> Event<'a> {
    /// The family of the predicate.
    pub(super) fn family(&self) -> Option<&'static Family> {
        self.family.and_then(|f| predicates().family(f))
    }
    /// The sides in their order.
    pub(super) fn core(&self) -> impl Iterator<Item = &Party<'a>> {
        self.doers.iter().chain(&self.undergoers)
    }
}

/// What every statement of a snapshot claims, in its order; one fact a predicate.
pub(super) fn facts<'a>(snapshot: &'a Snapshot, actors: &'a Actors, names: &'a Names<'a>) -> Vec<Fact<'a>> {
    let of_document = |(n, (document, reading)): (usize, &'a ReadDocument)| {
        let mut known: BTreeSet<(Span, bool)> = BTreeSet::new();
        let mut all = Vec::new();
        for statement in &reading.statements {
            let aside = document.zone_at(statement.sentence().start);
            if matches!(aside, ZoneKind::Menu | ZoneKind::Reference | ZoneKind::Byline) {
                continue;
            }
            let reader = Reader { number: n, document, reading, actors, names, statement };
            for fact in [reader.claim(), reader.cause()].into_iter().flatten() {
                let (words, cause) = match &fact.says {
                    Says::Event(event) => (event.words.span, false),
                    Says::Role(role) => (role.words.span, false),
                    Says::Cause(link) => (link.effect.words.span, true),
                };
                if known.insert((words, cause)) {
                    all.push(fact);
                }
            }
        }
        all
    };
    let documents: Vec<(usize, &ReadDocument)> = snapshot.documents.iter().enumerate().collect();
    documents.into_par_iter().flat_map_iter(of_document).collect()
}

/// Reads the claim of one statement.
struct Reader<'a> {
    number: usize,
    document: &'a Document,
    reading: &'a Reading,
    actors: &'a Actors,
    names: &'a Names<'a>,
    statement: &'a Statement,
}

impl<'a> Reader<'a> {
    fn party(&self, words: &'a Words) -> Party<'a> {
        let party = Party::of(self.document, self.reading, (self.actors, self.names), words);
        if self.is_misread(&party) { party.unknown() } else { party }
    }

    /// Whether words cannot mean whom they were taken for: `him` in the very words of the one who speaks, `himself` where another is
    /// the subject (Chomsky 1981, principles A and B).
    fn is_misread(&self, party: &Party<'a>) -> bool {
        let Some(meant) = party.actor.filter(|_| party.pronoun) else { return false };
        let word = party.words.text.to_lowercase();
        if word.ends_with("self") || word.ends_with("selves") {
            let claim = self.statement.claim();
            let mut subjects = claim.arguments.iter().filter(|a| a.role == Role::Subject);
            return subjects.all(|a| self.actors.at(&self.document.id, &a.words).is_none_or(|own| own.id != meant.id));
        }
        let third = ["he", "him", "she", "her", "they", "them"].contains(&word.as_str());
        let speaks =
            |link: &Link| self.actors.of_voice(&self.document.id, &link.voice).is_some_and(|v| v.id == meant.id);
        let quoted = || {
            let own = |q: &rashomon_core::Quotation| q.content.span.contains(party.words.span);
            self.reading.quotations.iter().any(own)
        };
        third && self.statement.chain().last().is_some_and(speaks) && quoted()
    }

    fn parties(&self, role: Role) -> Vec<Party<'a>> {
        self.statement.claim().arguments.iter().filter(|a| a.role == role).map(|a| self.party(&a.words)).collect()
    }

    fn claim(&self) -> Option<Fact<'a>> {
        let claim = self.statement.claim();
        let predicate = claim.predicate.as_ref()?;
        // `He is believed to be its founder`: whoever believes it says so.
        let held = matches!(self.statement.source(), Voice::Unnamed(_)) && predicate.lemma == "be";
        let unreal = claim.certainty == Certainty::Possible && claim.hedges.is_empty() && !held;
        // `until after he dies` tells of no death.
        let awaited = self.statement.evidence().first().is_some_and(|w| w.text.to_lowercase().starts_with("until "))
            && predicate.words.text == third_person(&predicate.lemma);
        if unreal
            || awaited
            || claim.certainty == Certainty::Counterfactual
            || claim.kind == ClaimKind::Cause && claim.causation.is_some()
        {
            return None;
        }
        let standing = matches!(claim.kind, ClaimKind::Tie)
            || predicate.lemma == "be" && matches!(claim.kind, ClaimKind::Value | ClaimKind::Event);
        let says = match standing {
            true => self.standing().map(Says::Role)?,
            false => Says::Event(self.event()?),
        };
        let none = match &says {
            Says::Event(event) => event.core().chain(&event.others).any(|p| p.none),
            Says::Role(role) => role.who.none,
            Says::Cause(_) => false,
        };
        Some(self.fact(says, none))
    }

    fn fact(&self, says: Says<'a>, none: bool) -> Fact<'a> {
        let claim = self.statement.claim();
        let said = self.statement.chain().last().map_or(Stance::Asserts, |l: &Link| l.stance);
        // `I do not think that he won` says that he did not.
        let cue = self.statement.chain().last().and_then(|l: &Link| l.cue.as_ref());
        let not = |cue: &Words| {
            cue.text.to_lowercase().contains("n't")
                || tokens(&cue.text).iter().any(|t| ["not", "never", "n’t", "don’t"].contains(&t.as_str()))
        };
        let denied = (said == Stance::Denies || cue.is_some_and(not)) && self.statement.chain().len() > 1;
        let negative = claim.polarity == Polarity::Negative || none;
        let own = self.certainty();
        let certainty =
            if said == Stance::Hedges && self.statement.chain().len() > 1 { own.max(Certainty::Probable) } else { own };
        Fact {
            document: self.number,
            statement: self.statement,
            says,
            affirmed: negative == denied,
            certainty,
            future: claim.kind == ClaimKind::Prediction,
            clouded: self.clouded(),
            time: claim.time.as_deref().and_then(|t| Some((t, period(t.edtf.as_deref()?)?))),
            place: claim.place.as_ref().map(|w| self.party(w)),
        }
    }

    fn clouded(&self) -> bool {
        let start = self.statement.evidence().iter().map(|w| w.span.start).min().unwrap_or_default();
        let before = Span { start: self.statement.sentence().start.min(start), end: start }
            .of(&self.document.text)
            .unwrap_or_default();
        let near = tokens(before);
        let not = |t: &String| {
            t.ends_with("n't") || t.ends_with("n’t") || ["not", "n", "never", "nobody", "no"].contains(&t.as_str())
        };
        // `No one disputed that he won` denies the doubt, not the deed.
        let doubts = ["dispute", "doubt", "deny", "contest", "question"];
        let doubted = |t: &String| {
            let form = |verb: &&str| *verb == t.as_str() || past_of(verb) == *t || third_person(verb) == *t;
            doubts.iter().any(form)
        };
        let near: Vec<&String> = near.iter().rev().take(4).collect();
        near.iter().any(|t| not(t)) && !near.iter().any(|t| doubted(t))
    }

    /// The certainty of the predicate itself: a hedge that stands elsewhere in the sentence is about something else.
    fn certainty(&self) -> Certainty {
        let claim = self.statement.claim();
        let Some(predicate) = &claim.predicate else { return claim.certainty };
        let near = |hedge: &Words| {
            let (a, b) = if hedge.span <= predicate.words.span {
                (hedge.span, predicate.words.span)
            } else {
                (predicate.words.span, hedge.span)
            };
            let between = if a.end <= b.start {
                Span { start: a.end, end: b.start }.of(&self.document.text).unwrap_or_default()
            } else {
                ""
            };
            between.len() <= 48 && !between.contains([',', ';', ':', '(', '–', '—'])
        };
        // `He probably died at once`: what is doubted is how, not that.
        let behind = self.document.text.get(predicate.words.span.end as usize..).unwrap_or_default();
        let next: String = behind.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        let how = next.len() > 4 && next.ends_with("ly") || behind.starts_with(" at once");
        let near = claim.hedges.iter().any(near) && !(how && claim.certainty == Certainty::Probable);
        if claim.hedges.is_empty() || near { claim.certainty } else { Certainty::Certain }
    }

    fn event(&self) -> Option<Event<'a>> {
        let claim = self.statement.claim();
        let predicate = claim.predicate.as_ref()?;
        let (subjects, objects) = (self.parties(Role::Subject), self.parties(Role::Object));
        let must = ["must", "should", "ought", "shall"];
        let yet_to = self.statement.evidence().iter().any(|w| w.text.contains(" yet to "));
        // `that he be tried` asks for it.
        let asked = predicate.words.text.starts_with("be ");
        // `He is survived by his wife`: it is she who survives, and of him it says the opposite.
        let outlived = predicate.lemma == "survive"
            && ["is ", "was ", "are ", "were "].iter().any(|be| predicate.words.text.to_lowercase().starts_with(be));
        if yet_to || asked || outlived || tokens(&predicate.words.text).iter().any(|w| must.contains(&w.as_str())) {
            return None;
        }
        let with_particle = self.particle(&predicate.words).map(|particle| format!("{} {particle}", predicate.lemma));
        let lemma =
            with_particle.as_deref().filter(|l| predicates().of_verb(l, false).is_some()).unwrap_or(&predicate.lemma);
        let single = !predicate.words.text.contains(char::is_whitespace);
        let noun = single
            && predicates().of_noun(&predicate.lemma).is_some()
            && predicate.words.text.to_lowercase().starts_with(&predicate.lemma)
            && !predicate.words.text.ends_with("ed")
            && !predicate.words.text.ends_with("ing");
        let found = predicates()
            .of_verb(lemma, !objects.is_empty())
            .or_else(|| noun.then(|| predicates().of_noun(&predicate.lemma)).flatten());
        let claim = self.statement.claim();
        let stays = STAYING.contains(&predicate.lemma.as_str()) && claim.place.is_some() && claim.time.is_some();
        if found.is_none() && !stays && EMPTY.contains(&predicate.lemma.as_str()) {
            return None;
        }
        let suffers = found.is_some_and(|(_, used)| used == Use::Suffers);
        let turns = found.and_then(|(f, _)| predicates().family(f)).is_some_and(|f| f.turns);
        let mut others: Vec<Party<'a>> =
            [Role::Recipient, Role::Other, Role::Instrument].into_iter().flat_map(|role| self.parties(role)).collect();
        let (doers, undergoers) = match (suffers, turns && objects.is_empty()) {
            // `He is survived by his wife` tells of her.
            (true, _) if !objects.is_empty() => {
                others.extend(objects);
                (Vec::new(), subjects)
            }
            (true, _) | (_, true) => (objects, subjects),
            _ => (subjects, objects),
        };
        let bare = noun && objects_follow(&predicate.words, &undergoers);
        Some(Event {
            family: found.map(|(f, _)| f),
            lemma: &predicate.lemma,
            words: &predicate.words,
            noun: bare,
            doers,
            undergoers,
            others,
        })
    }

    /// The particle right behind a verb that the predicate's words do not hold: the ship was seen to go *down*.
    fn particle(&self, predicate: &Words) -> Option<&'static str> {
        const PARTICLES: &[&str] = &["down", "off", "on", "out", "up", "under", "away", "over"];
        let rest = self.document.text.get(predicate.span.end as usize..)?.strip_prefix(char::is_whitespace)?;
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        // `went on without a word`, not `went on the road`.
        let after = rest.get(end..).unwrap_or_default().trim_start();
        let next = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let free = next.is_empty()
            || ["by", "with", "without", "and", "but", "in", "at", "to", "for", "after", "before", "when", "while"]
                .contains(&next);
        PARTICLES.iter().find(|p| free && rest.get(..end) == Some(**p)).copied()
    }

    /// `Lowry was the founder of the league`, `Lowry, founder of the league`.
    fn standing(&self) -> Option<Standing<'a>> {
        let claim = self.statement.claim();
        let predicate = claim.predicate.as_ref()?;
        let mut subjects = self.parties(Role::Subject);
        if subjects.len() != 1 {
            return None;
        }
        let who = subjects.pop()?;
        if predicate.lemma != "be" {
            let of: Vec<&Actor> = claim
                .arguments
                .iter()
                .filter(|a| a.role == Role::Object)
                .filter_map(|a| self.actors.at(&self.document.id, &a.words))
                .collect();
            return Some(Standing {
                who,
                what: singular(&predicate.lemma),
                words: &predicate.words,
                before: Vec::new(),
                of,
                only: false,
            });
        }
        let object = claim.arguments.iter().find(|a| a.role == Role::Object)?;
        let what = self.party(&object.words);
        let text = object.words.text.to_lowercase();
        let among = text.starts_with("one of ").then(|| tokens(&text)).and_then(|all| {
            let end = all
                .iter()
                .skip(2)
                .position(|t| ["of", "in", "that", "who", ",", "for"].contains(&t.as_str()))
                .map_or(all.len(), |n| n + 2);
            all.get(end.checked_sub(1)?).map(|noun| singular(noun))
        });
        let only =
            among.is_none() && (text.starts_with("the ") || text.starts_with("its ") || text.starts_with("their "));
        let noun = among.unwrap_or(what.head);
        (!noun.is_empty() && what.actor.is_none()).then_some(Standing {
            who,
            what: noun,
            words: &object.words,
            before: what.before,
            of: what.inside,
            only,
        })
    }

    fn cause(&self) -> Option<Fact<'a>> {
        let claim = self.statement.claim();
        let link = match &claim.causation {
            Some(causation) => {
                Link2 { cause: self.side(&causation.cause), effect: self.side(&causation.effect), sign: causation.sign }
            }
            None => {
                // `his death was a help in reviving the league`: what happened is said to do something.
                let be = claim.predicate.as_ref().is_some_and(|p| p.lemma == "be");
                let of = |role: Role| claim.arguments.iter().find(|a| a.role == role).map(|a| self.side(&a.words));
                let (cause, effect) = (of(Role::Subject)?, of(Role::Object)?);
                if !be || cause.families.is_empty() || effect.families.is_empty() {
                    return None;
                }
                Link2 { cause, effect, sign: Sign::Plus }
            }
        };
        let told = !link.effect.families.is_empty() && (link.effect.points || !link.effect.actors.is_empty());
        let real = claim.certainty != Certainty::Counterfactual
            && !(claim.certainty == Certainty::Possible && claim.hedges.is_empty());
        (told && real).then(|| self.fact(Says::Cause(link), false))
    }

    fn side(&self, words: &'a Words) -> Side<'a> {
        let known = predicates();
        let family = |word: &String| -> Option<usize> {
            let base = rashomon_text::inflection::base_of(word);
            let noun = singular(word);
            let silent = format!("{base}e");
            known
                .of_noun(word)
                .or_else(|| known.of_noun(&noun))
                .or_else(|| known.of_verb(word, true))
                .or_else(|| known.of_verb(&base, true))
                .or_else(|| known.of_verb(&silent, true))
                .map(|(f, _)| f)
        };
        Side {
            words,
            families: tokens(&words.text).iter().filter_map(family).collect(),
            actors: self.actors.within(&self.document.id, words.span).map(|(_, a)| a).collect(),
            points: tokens(&words.text).windows(2).any(|pair| {
                let bodies =
                    ["group", "organization", "organisation", "party", "country", "state", "force", "movement"];
                matches!(pair, [this, noun] if (this == "this" || this == "that") && bodies.contains(&noun.as_str()))
            }),
        }
    }
}

/// `the assassination of Lowry`, not `attacked Lowry`: the one it happens to stands behind `of`, or before, or is not named.
fn objects_follow(predicate: &Words, undergoers: &[Party<'_>]) -> bool {
    undergoers.iter().all(|p| p.words.span.start != predicate.span.end + 1)
}

/// The best likeness of any two of two sides; `Unknown` where one is empty.
pub(super) fn best<'p, 'a>(
    a: &'p [Party<'a>],
    b: &'p [Party<'a>],
) -> (Likeness, Option<(&'p Party<'a>, &'p Party<'a>)>) {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x.likeness(y), (x, y))));
    pairs.max_by_key(|(likeness, _)| *likeness).map_or((Likeness::Unknown, None), |(l, pair)| (l, Some(pair)))
}
