//! From words to a concept: which noun or verb some words are about, of whom, and whether they say that there is less of
//! it. Words that only measure or judge make no other concept. What points back to nothing that is known names none.

use super::lists::{lists, singular};
use crate::compare::deed;
use crate::events::phrase::{PREPOSITIONS, Phrase, Token, phrases, tokens};
use crate::resolve::{Actor, ActorId, Actors};
use rashomon_core::{Document, Polarity, Role, Span, Statement, Words};
use rashomon_text::inflection::base_of;
use rashomon_text::space::one_line;

/// What some words were taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The words.
    pub(super) words: Words,
    /// What makes the concept: its head and of whom or what, in one order.
    pub(super) key: String,
    /// The head word, as it is counted.
    pub(super) head: String,
    /// Who is in it.
    pub(super) who: Vec<ActorId>,
    /// Of these, whose doing it is.
    pub(super) doers: Vec<ActorId>,
    /// Whose state it is.
    pub(super) bearers: Vec<ActorId>,
    /// Whether the words say that there is more or less of it.
    pub(super) moved: bool,
    /// Whether the words say that there is less of it, or its opposite.
    pub(super) turned: bool,
    /// Why, in words for a person; empty where the words name it plainly.
    pub(super) reasons: Vec<String>,
}

/// How often words may pass on to what stands behind them: `the lack of growth of the power of X`.
const DEPTH: usize = 4;
/// Prepositions whose phrases say of whom or what something is.
const OF_WHOM: &[&str] =
    &["of", "on", "against", "for", "to", "with", "between", "among", "by", "from", "about", "toward", "towards"];
/// Determiners, and words that begin a sentence without saying anything of what follows.
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "its", "his", "her", "their", "our", "my", "your", "this", "that", "these", "those", "such",
    "to", "of", "and", "or", "but", "not", "as", "in", "by", "with", "from", "for", "on", "at",
];
/// Determiners that point back.
const POINTING: &[&str] = &["this", "that", "these", "those", "such", "its", "his", "her", "their"];
/// Determiners before which a list of things is cut.
const LISTING: &[&str] = &["the", "a", "an", "its", "their", "his", "her"];

/// What somebody is to a head: an attack of X is not one on X.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Whose it is.
    Own,
    /// By whom.
    Doer,
    /// On whom, against whom, with whom.
    Towards,
    /// Where.
    Place,
}

impl Part {
    fn mark(self) -> &'static str {
        match self {
            Part::Own | Part::Place => "",
            Part::Doer => "<",
            Part::Towards => ">",
        }
    }
}

/// Reads the sides of causal statements of one document.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) actors: &'a Actors,
    /// The statements of the same sentence.
    pub(super) neighbours: &'a [Statement],
}

/// One step of reading: the words left, and what was passed on the way.
struct Path {
    span: Span,
    turned: bool,
    pointing: bool,
    moved: bool,
    reasons: Vec<String>,
}

impl Reader<'_> {
    /// The concepts that a side names: one, or each of a list, or none.
    pub(super) fn read(&self, words: &Words, infinitive: bool) -> Vec<Named> {
        let parts =
            if infinitive || self.clause_in(words.span).is_some() { vec![words.span] } else { self.listed(words.span) };
        parts.into_iter().filter_map(|part| self.concept(part, infinitive)).collect()
    }

    fn text(&self) -> &str {
        &self.document.text
    }

    /// The parts of a list whose later members stand with a determiner of their own.
    fn listed(&self, span: Span) -> Vec<Span> {
        let all = tokens(self.text(), span);
        let mut parts = Vec::new();
        let mut from = 0;
        for (n, token) in all.iter().enumerate() {
            let next = all.get(n + 1).is_some_and(|t| LISTING.contains(&t.word.as_str()));
            let left = all.get(from..n).unwrap_or_default();
            let pair = left.iter().any(|t| matches!(t.word.as_str(), "between" | "among" | "both"));
            let right = all.get(n + 1..).unwrap_or_default();
            if token.word != "and" || !next || pair || left.is_empty() || right.len() < 2 {
                continue;
            }
            let (Some(first), Some(last)) = (right.first(), right.last()) else { continue };
            let right = Span { start: first.span.start, end: last.span.end };
            if Words::at(self.text(), right).is_some_and(|w| self.actors.at(&self.document.id, &w).is_some()) {
                continue;
            }
            if let (Some(first), Some(last)) = (left.first(), left.last()) {
                parts.push(Span { start: first.span.start, end: last.span.end });
            }
            from = n + 1;
        }
        if let (Some(first), Some(last)) = (all.get(from), all.last()) {
            parts.push(Span { start: first.span.start, end: last.span.end });
        }
        parts
    }

    fn concept(&self, span: Span, infinitive: bool) -> Option<Named> {
        let words = Words::at(self.text(), span)?;
        let mut path = Path { span, turned: false, pointing: false, moved: false, reasons: Vec::new() };
        for _ in 0..DEPTH {
            // A clause first: "the crews, who were blinded, held up their fish" is no name with something added.
            if let Some(clause) = self.clause_in(path.span) {
                return self.of_clause(words, clause, path);
            }
            if let Some(actor) = Words::at(self.text(), path.span).and_then(|w| self.actor(&w)) {
                return Some(self.of_actor(words, actor, path));
            }
            self.trim(&mut path)?;
            if let Some(actor) = Words::at(self.text(), path.span).and_then(|w| self.actor(&w)) {
                return Some(self.of_actor(words, actor, path));
            }
            if !self.passed_on(&mut path, infinitive) {
                break;
            }
        }
        let first = tokens(self.text(), path.span).into_iter().next()?;
        match self.verb_at(&first, infinitive) {
            Some(lemma) => self.of_deed(words, &lemma, &first, path),
            None => self.of_noun(words, path),
        }
    }

    fn actor(&self, words: &Words) -> Option<&Actor> {
        self.actors.at(&self.document.id, words)
    }

    /// Takes off what stands before the first word that says something. `None` where nothing is left.
    fn trim(&self, path: &mut Path) -> Option<()> {
        let all = tokens(self.text(), path.span);
        let mut kept = all.iter().peekable();
        while let Some(token) = kept.peek() {
            let word = token.word.as_str();
            let named = self.actors.within(&self.document.id, token.span).next().is_some();
            let more = kept.len() > 1;
            if lists().lessens(word) && more {
                path.turned = !path.turned;
                path.reasons.push(format!("“{word}” says that there is less of it"));
            } else if !(DETERMINERS.contains(&word) && !named || lists().measures(word) && more && !named) {
                break;
            }
            path.pointing |= POINTING.contains(&word);
            kept.next();
        }
        let first = kept.peek()?;
        let last = all.last()?;
        // Somebody whom a pronoun points to stays with what is his.
        let before = self.actors.within(&self.document.id, Span { start: path.span.start, end: first.span.start });
        path.pointing &= before.count() == 0;
        path.span = Span { start: first.span.start, end: last.span.end };
        Some(())
    }

    /// Moves on to what stands behind a word that only says that there is more or less of it. Whether there was one.
    fn passed_on(&self, path: &mut Path, infinitive: bool) -> bool {
        let all = tokens(self.text(), path.span);
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return false };
        let second = all.get(1);
        let verb = infinitive || first.word.ends_with("ing") || self.is_predicate(first);
        let object = second.filter(|t| !PREPOSITIONS.contains(&t.word.as_str()));
        if let (true, Some(object)) = (verb, object) {
            let rest = Span { start: object.span.start, end: last.span.end };
            // "prevent X from falling" is no less of X.
            let from = all.iter().zip(all.iter().skip(1)).any(|(a, b)| a.word == "from" && b.word.ends_with("ing"));
            let somebody = Words::at(self.text(), rest).is_some_and(|w| self.actor(&w).is_some());
            if let Some(less) = lists().moves(&first.word, somebody).filter(|_| !from) {
                path.reasons.push(told(&first.word, less));
                path.turned ^= less;
                path.moved = true;
                path.span = rest;
                return true;
            }
        }
        let parts = phrases(self.text(), path.span);
        let Some(base) = parts.first().filter(|p| p.preposition.is_empty()) else { return false };
        let Some(head) = tokens(self.text(), base.span).into_iter().next_back() else { return false };
        let noun = singular(&head.word);
        if let Some(behind) = parts.get(1).filter(|p| leads(&p.preposition)) {
            let rest = Span { start: behind.span.start, end: path.span.end.max(behind.span.end) };
            let somebody = Words::at(self.text(), behind.span).is_some_and(|w| self.actor(&w).is_some());
            let Some(less) = lists().passes(&noun, somebody).or_else(|| lists().passes(&head.word, somebody)) else {
                return false;
            };
            path.reasons.push(told(&head.word, less));
            path.turned ^= less;
            path.moved = true;
            path.span = rest;
            return true;
        }
        // "X's resurgence"
        let owner = self.actors.within(&self.document.id, base.span).find(|(at, _)| at.end < head.span.start);
        let passes = lists().passes(&noun, true).or_else(|| lists().passes(&head.word, true));
        let (Some((at, _)), Some(less)) = (owner, passes) else { return false };
        path.reasons.push(told(&head.word, less));
        path.turned ^= less;
        path.moved = true;
        path.span = at;
        true
    }

    fn is_predicate(&self, token: &Token) -> bool {
        self.predicates().any(|(_, words)| words.span.start == token.span.start)
    }

    /// The claims of the sentence with their predicates' words; causal links are none.
    fn predicates(&self) -> impl Iterator<Item = (&Statement, &Words)> {
        let claims = self.neighbours.iter().filter(|s| s.claim().causation.is_none());
        claims.filter_map(|s| Some((s, &s.claim().predicate.as_ref()?.words)))
    }

    /// The base form of a verb that stands at the head of what is done.
    fn verb_at(&self, token: &Token, infinitive: bool) -> Option<String> {
        let known = self.predicates().find(|(_, words)| words.span.start == token.span.start);
        let lemma = known.and_then(|(s, _)| s.claim().predicate.as_ref()).map(|p| p.lemma.to_lowercase());
        let noun = self.text().get(token.span.end as usize..).is_some_and(|rest| {
            let next = rest.split_whitespace().next().unwrap_or_default();
            PREPOSITIONS.contains(&next) && next != "to" && !infinitive
        });
        let capital = token.span.of(self.text()).is_some_and(|w| w.chars().nth(1).is_some_and(char::is_uppercase));
        let gerund = token.word.ends_with("ing") && token.word.len() > 5 && !capital;
        match lemma {
            _ if noun => None,
            Some(lemma) if infinitive || gerund => Some(lemma),
            _ if infinitive => Some(token.word.clone()),
            _ if gerund => Some(base_of(&token.word)),
            _ => None,
        }
    }

    /// The claim whose subject begins a stretch of words and whose verb stands in it.
    fn clause_in(&self, span: Span) -> Option<&Statement> {
        let inside = |words: &Words| span.contains(words.span);
        let clause = |(statement, predicate): &(&Statement, &Words)| {
            let subject =
                statement.claim().arguments.iter().find(|a| a.role == Role::Subject || a.role == Role::Object);
            inside(predicate)
                && subject.is_some_and(|a| {
                    let near = tokens(self.text(), Span { start: span.start, end: a.words.span.start.max(span.start) });
                    inside(&a.words) && a.words.span.end <= predicate.span.start && near.len() <= 4
                })
        };
        self.predicates().filter(clause).min_by_key(|(_, predicate)| predicate.span).map(|(statement, _)| statement)
    }

    fn of_actor(&self, words: Words, actor: &Actor, mut path: Path) -> Named {
        let said = one_line(&words.text);
        if said != actor.name {
            path.reasons.push(format!("“{said}” is about {}", actor.name));
        }
        let id = actor.id.clone();
        let (key, moved) = (format!("@{id}"), path.moved);
        let (doers, bearers) = (vec![id.clone()], vec![id.clone()]);
        Named {
            words,
            key,
            head: String::new(),
            who: vec![id],
            doers,
            bearers,
            moved,
            turned: path.turned,
            reasons: path.reasons,
        }
    }

    fn of_clause(&self, words: Words, statement: &Statement, mut path: Path) -> Option<Named> {
        let claim = statement.claim();
        let lemma = claim.predicate.as_ref()?.lemma.to_lowercase();
        let inside = |w: &Words| words.span.contains(w.span);
        let sides = || {
            claim.arguments.iter().filter(|a| {
                matches!(a.role, Role::Subject | Role::Object | Role::Recipient | Role::Other) && inside(&a.words)
            })
        };
        if claim.polarity == Polarity::Negative {
            path.turned = !path.turned;
            path.reasons.push("it is denied".into());
        }
        if let (Some(less), Some(subject)) = (lists().moved(&lemma), sides().find(|a| a.role == Role::Subject)) {
            let grew = self.concept(subject.words.span, false)?;
            path.reasons.push(told(&lemma, less));
            path.reasons.extend(grew.reasons);
            let turned = path.turned ^ less ^ grew.turned;
            return Some(Named { words, turned, moved: true, reasons: path.reasons, ..grew });
        }
        let mut who: Vec<(Part, ActorId)> = Vec::new();
        let mut about: Vec<String> = Vec::new();
        let acts = sides().any(|a| a.role == Role::Object);
        for side in sides() {
            let part = match side.role {
                Role::Subject if acts => Part::Doer,
                Role::Subject | Role::Object => Part::Own,
                _ => Part::Towards,
            };
            match self.actor(&side.words) {
                Some(actor) => who.push((part, actor.id.clone())),
                None => about.extend(self.head_of(side.words.span)),
            }
        }
        self.made(words, &lemma, who, about, path, true)
    }

    fn of_deed(&self, words: Words, lemma: &str, first: &Token, path: Path) -> Option<Named> {
        let rest = Span { start: first.span.end, end: path.span.end };
        let within = self.actors.within(&self.document.id, rest).map(|(_, a)| (Part::Own, a.id.clone()));
        let who = within.take(2).collect::<Vec<_>>();
        let about = if who.is_empty() { self.head_of(rest).into_iter().collect() } else { Vec::new() };
        self.made(words, lemma, who, about, path, true)
    }

    fn of_noun(&self, words: Words, path: Path) -> Option<Named> {
        let parts = phrases(self.text(), path.span);
        let base = parts.first().filter(|p| p.preposition.is_empty())?;
        let mut before = tokens(self.text(), base.span);
        // "the measures adopted by ...": what stands behind the noun says what was done with it.
        while before.len() > 1 && before.last().is_some_and(|t| t.word.ends_with("ed") || is_number(&t.word)) {
            before.pop();
        }
        let head = before.pop()?;
        let (mut who, mut about) = (Vec::new(), Vec::new());
        let owners = Span { start: words.span.start, end: head.span.start };
        who.extend(self.actors.within(&self.document.id, owners).map(|(_, a)| (Part::Own, a.id.clone())));
        for phrase in parts.iter().skip(1).take(3).filter(|p| OF_WHOM.contains(&p.preposition.as_str())) {
            self.take_phrase(phrase, &mut who, &mut about);
        }
        if who.is_empty() && about.is_empty() {
            for phrase in parts.iter().skip(1).take(1) {
                self.take_phrase(phrase, &mut who, &mut about);
            }
        }
        let named = |t: &Token| self.actors.within(&self.document.id, t.span).next().is_some();
        let inside = |t: &Token| self.actors.within(&self.document.id, base.span).any(|(at, _)| at.contains(t.span));
        let kept = before.iter().filter(|t| {
            let word = t.word.as_str();
            !DETERMINERS.contains(&word) && !lists().measures(word) && !lists().lessens(word) && !named(t) && !inside(t)
        });
        about.extend(kept.map(|t| singular(&t.word)));
        self.made(words, &head.word, who, about, path, false)
    }

    fn take_phrase(&self, phrase: &Phrase, who: &mut Vec<(Part, ActorId)>, about: &mut Vec<String>) {
        let mut any = false;
        let part = match phrase.preposition.as_str() {
            "by" => Part::Doer,
            "of" | "between" | "among" => Part::Own,
            "in" | "at" | "within" | "inside" => Part::Place,
            _ => Part::Towards,
        };
        for (_, actor) in self.actors.within(&self.document.id, phrase.span) {
            who.push((part, actor.id.clone()));
            any = true;
        }
        if !any {
            about.extend(self.head_of(phrase.span));
        }
    }

    /// The noun that some words are about.
    fn head_of(&self, span: Span) -> Option<String> {
        let parts = phrases(self.text(), span);
        let base = parts.iter().find(|p| p.preposition.is_empty()).or_else(|| parts.first())?;
        let head =
            tokens(self.text(), base.span).into_iter().rfind(|t| !t.word.ends_with("ed") && !is_number(&t.word))?;
        (!lists().is_empty_word(&head.word)).then(|| singular(&head.word))
    }

    fn made(
        &self,
        words: Words,
        head: &str,
        mut who: Vec<(Part, ActorId)>,
        mut about: Vec<String>,
        mut path: Path,
        verb: bool,
    ) -> Option<Named> {
        let plain = if verb { head.to_owned() } else { singular(head) };
        who.sort();
        who.dedup();
        about.sort();
        about.dedup();
        let alone = who.is_empty() && about.is_empty();
        let number = plain.chars().all(|c| !c.is_alphabetic());
        let says_nothing = lists().is_empty_word(&plain) || lists().measures(&plain) || plain.ends_with("ed") && !verb;
        if number || alone && (says_nothing || verb && plain.len() < 3) {
            return None;
        }
        let straight = lists().opposite_of(&plain).filter(|_| !verb);
        if let Some(straight) = straight {
            path.turned = !path.turned;
            path.reasons.push(format!("“{head}” is “{straight}” turned round"));
        }
        let counted = straight.unwrap_or(&plain).to_owned();
        let head = match deed(&counted) {
            Some(family) => format!("#{family}"),
            None => counted,
        };
        let mut key = head.clone();
        who.iter().for_each(|(part, id)| key.push_str(&format!("|{}@{id}", part.mark())));
        about.iter().for_each(|word| key.push_str(&format!("|{word}")));
        if alone && path.pointing {
            // "This policy": which one only its own document tells.
            key.push_str(&format!("|in {}", self.document.id));
        }
        let of = |parts: &[Part]| {
            let mut ids: Vec<ActorId> =
                who.iter().filter(|(p, _)| parts.contains(p)).map(|(_, id)| id.clone()).collect();
            ids.sort();
            ids.dedup();
            ids
        };
        let first = |some: Vec<ActorId>, others: Vec<ActorId>| if some.is_empty() { others } else { some };
        let doers = first(of(&[Part::Doer]), of(&[Part::Own]));
        let bearers = first(of(&[Part::Own, Part::Place]), of(&[Part::Towards]));
        let (who, moved, turned) = (of(&[Part::Own, Part::Doer, Part::Towards, Part::Place]), path.moved, path.turned);
        Some(Named { words, key, head, who, doers, bearers, moved, turned, reasons: path.reasons })
    }
}

fn told(word: &str, less: bool) -> String {
    format!("“{word}” says that there is {} of it", if less { "less" } else { "more" })
}

fn leads(preposition: &str) -> bool {
    matches!(preposition, "of" | "in" | "to" | "for" | "on")
}

fn is_number(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_ascii_digit())
}
