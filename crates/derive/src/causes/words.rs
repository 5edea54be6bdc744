//! From words to a concept: which noun or verb some words are about, of whom, and whether they say that there is less of
//! it. Words that only measure or judge make no other concept. What points back to nothing that is known names none.

use super::lists::{lists, singular};
use crate::compare::deed;
use crate::events::phrase::{PREPOSITIONS, Phrase, Token, phrases, tokens};
use crate::resolve::{Actor, ActorId, Actors};
use rashomon_core::{Argument, Document, Polarity, Role, Span, Statement, Words};
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
/// Words among which a verb of saying begins what is said, and words between it and `that`.
const SAYING: usize = 10;
const BEFORE_THAT: usize = 5;
/// Words behind which somebody stands who is not what is named.
const BESIDE: &[&str] = &["beneath", "below", "beyond", "above", "amid", "throughout", "despite", "beside"];
/// Pronouns behind which a verb may stand for all that was said before.
const PERSONS: &[&str] = &["i", "you", "he", "she", "it", "we", "they", "who"];
/// Words before `to` with which a cause is given.
const OWING: &[&str] = &["due", "owing", "thanks"];
/// Words of a clause's name at most, if less of it is a clause.
const LONGEST: usize = 14;
/// Prepositions whose phrases say of whom or what something is.
const OF_WHOM: &[&str] =
    &["of", "on", "against", "for", "to", "with", "between", "among", "by", "from", "about", "toward", "towards"];
/// Words before a clause's subject at most that still belong to it.
const NEAR: usize = 4;
/// Words with which something is added to a clause.
const ADDING: &[&str] = &["because", "which", "who", "whose", "while", "although", "though", "whereas", "where"];
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
        let span = self.said(span)?;
        let words = Words::at(self.text(), span)?;
        let mut path = Path { span, turned: false, pointing: false, moved: false, reasons: Vec::new() };
        let mut infinitive = infinitive;
        for _ in 0..DEPTH {
            // What begins with what is done is a deed, and neither the clause nor the somebody that stands behind:
            // "save the town" is no name of the town.
            let deed =
                |path: &Path| self.first(path.span).is_some_and(|first| self.verb_at(&first, infinitive).is_some());
            if !deed(&path) {
                // A clause first: "the crews, who were blinded, held up their fish" is no name with something added.
                if let Some(clause) = self.clause_in(path.span) {
                    return self.of_clause(words, clause, path);
                }
                if let Some(actor) = Words::at(self.text(), path.span).and_then(|w| self.actor(&w)) {
                    return Some(self.of_actor(words, actor, path));
                }
            }
            self.trim(&mut path)?;
            if let Some(actor) = Words::at(self.text(), path.span).filter(|_| !deed(&path)).and_then(|w| self.actor(&w))
            {
                return Some(self.of_actor(words, actor, path));
            }
            if !self.passed_on(&mut path, infinitive) {
                break;
            }
            // Behind the verb stands what it is done to, if not another verb.
            infinitive &= path.span.of(self.text()).is_some_and(|rest| rest.starts_with("to "));
        }
        let first = self.first(path.span)?;
        match self.verb_at(&first, infinitive) {
            Some(lemma) => self.of_deed(words, &lemma, &first, path),
            None => self.of_noun(words, path),
        }
    }

    /// The first word of a stretch.
    fn first(&self, span: Span) -> Option<Token> {
        let words = span.of(self.text())?;
        let led = words.find(char::is_alphanumeric)?;
        let end = words.get(led..)?.find(char::is_whitespace).map_or(words.len(), |n| led + n);
        tokens(self.text(), Span::new(span.start as usize, span.start as usize + end)).into_iter().next()
    }

    /// The somebody that some words name as a whole: what stands beneath or beyond him is not he.
    fn actor(&self, words: &Words) -> Option<&Actor> {
        let found = self.actors.at(&self.document.id, words)?;
        let own = self.actors.within(&self.document.id, words.span).find(|(_, actor)| actor.id == found.id);
        let before = own.map_or(Vec::new(), |(at, _)| {
            tokens(self.text(), Span { start: words.span.start, end: at.start.max(words.span.start) })
        });
        let leads_away = |t: &Token| BESIDE.contains(&t.word.as_str()) || PREPOSITIONS.contains(&t.word.as_str());
        (!before.iter().any(leads_away)).then_some(found)
    }

    /// Whether somebody stands behind a verb, whatever determiners stand before him.
    fn somebody(&self, span: Span) -> bool {
        let all = tokens(self.text(), span);
        let led = all.iter().find(|t| !DETERMINERS.contains(&t.word.as_str()) && !lists().measures(&t.word));
        let inner = led.map_or(span, |t| Span { start: t.span.start, end: span.end });
        [span, inner].iter().any(|s| Words::at(self.text(), *s).is_some_and(|w| self.actor(&w).is_some()))
    }

    /// Words without what only joins them to others: a number before them, "accordingly", an "are" behind which nothing stands.
    /// `None` where nothing is left.
    fn tidy(&self, span: Span) -> Option<Span> {
        self.tidied(span, &tokens(self.text(), span))
    }

    fn tidied(&self, span: Span, all: &[Token]) -> Option<Span> {
        let named = |t: &Token| self.actors.within(&self.document.id, t.span).next().is_some();
        let counts = |t: &Token| {
            let behind = self.text().get(t.span.end as usize..).unwrap_or_default();
            is_number(&t.word) && behind.starts_with(['.', ')'])
        };
        // "Due to the storm" is the storm.
        let owes =
            |n: usize| n.checked_sub(1).and_then(|n| all.get(n)).is_some_and(|t| OWING.contains(&t.word.as_str()));
        let joins = |n: usize, t: &Token| {
            let leads = lists().leads(&t.word) || OWING.contains(&t.word.as_str()) || t.word == "to" && owes(n);
            !named(t) && (leads || counts(t))
        };
        let from = all.iter().enumerate().position(|(n, t)| !joins(n, t))?;
        // "All he could" and "what we were" are whole.
        let elliptic =
            |n: usize| n.checked_sub(1).and_then(|n| all.get(n)).is_some_and(|t| PERSONS.contains(&t.word.as_str()));
        let waits = |n: usize, t: &Token| !named(t) && lists().trails(&t.word) && !elliptic(n);
        let to = (from..all.len()).rev().find(|n| all.get(*n).is_some_and(|t| !waits(*n, t)))?;
        let start = if from == 0 { span.start } else { all.get(from)?.span.start };
        let end = if to + 1 == all.len() { span.end } else { all.get(to)?.span.end };
        let behind = Span { start: end, end: span.end }.of(self.text()).unwrap_or_default();
        let closed: usize =
            behind.chars().take_while(|c| matches!(c, ')' | ']' | '”' | '"' | '»')).map(char::len_utf8).sum();
        Some(Span::new(start as usize, end as usize + closed))
    }

    /// The words that name something: what is said, without loose ends. Most words have no verb of saying among them.
    fn said(&self, span: Span) -> Option<Span> {
        let all = tokens(self.text(), span);
        let plain = self.tidied(span, &all)?;
        match all.iter().any(|t| lists().reports(&t.word)) {
            true => self.tidy(self.what_is_said(plain)?),
            false => Some(plain),
        }
    }

    /// What is said, without who finds or says it: "the jury found that the lamps were out" names that the lamps were out.
    /// `None` where nothing else is said.
    fn what_is_said(&self, span: Span) -> Option<Span> {
        let all = tokens(self.text(), span);
        let verb = |n: usize, t: &Token| {
            let before = n.checked_sub(1).and_then(|n| all.get(n));
            let noun = before.is_some_and(|b| DETERMINERS.contains(&b.word.as_str()) && b.word != "and");
            lists().reports(&t.word) && !noun
        };
        let Some(at) = all.iter().enumerate().take(SAYING).find(|(n, t)| verb(*n, t)).map(|(n, _)| n) else {
            return Some(span);
        };
        let behind = all.get(at + 1..).unwrap_or_default();
        if let Some(that) = behind.iter().take(BEFORE_THAT).position(|t| t.word == "that") {
            let before = behind.get(..that).unwrap_or_default();
            let only_leads = before.iter().all(|t| {
                lists().is_empty_word(&t.word) || t.word == "as" || lists().reports(&t.word) || t.word.ends_with("ly")
            });
            let rest = behind.get(that + 1..).unwrap_or_default();
            if let (true, [first, _, ..]) = (only_leads, rest) {
                return self.what_is_said(Span { start: first.span.start, end: span.end });
            }
        }
        let nothing = behind.iter().all(|t| lists().is_empty_word(&t.word));
        let verb = !behind.is_empty() || all.get(at).is_some_and(|t| self.is_predicate(t));
        (!(at > 0 && nothing && verb)).then_some(span)
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
            let somebody = self.somebody(rest);
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
            let subject = subject_of(statement)?;
            let fits = inside(predicate) && inside(&subject.words) && subject.words.span.end <= predicate.span.start;
            let before = Span { start: span.start, end: subject.words.span.start.max(span.start) };
            let near = tokens(self.text(), before).len() <= NEAR;
            // "In the winter of that year, the owners shut the gate."
            let parted = before.of(self.text()).is_some_and(|w| w.trim_end().ends_with(','));
            (fits && (near || parted)).then_some(!near)
        };
        let found = self.predicates().filter_map(|pair| Some((clause(&pair)?, pair)));
        found.min_by_key(|(far, (_, predicate))| (*far, predicate.span)).map(|(_, (statement, _))| statement)
    }

    /// The words of a clause that name it: from its subject to the end of what is done, without what is added behind a comma.
    fn name_of(&self, words: &Words, clause: &Statement) -> Option<Words> {
        let claim = clause.claim();
        let predicate = claim.predicate.as_ref().map(|p| p.words.span)?;
        let between = |start: u32, end: u32| tokens(self.text(), Span { start, end: end.max(start) });
        let inside = |span: &Span| words.span.contains(*span);
        let objects = claim.arguments.iter().filter(|a| !matches!(a.role, Role::Subject | Role::Cause));
        let behind = objects.map(|a| a.words.span).filter(inside).filter(|s| s.start >= predicate.end);
        let done = behind.filter(|s| between(predicate.end, s.start).len() < NEAR).map(|s| s.end);
        let least = done.fold(predicate.end, u32::max);
        let subject = subject_of(clause).map(|a| a.words.span.start).filter(|s| *s > words.span.start);
        let far = subject.filter(|s| between(words.span.start, *s).len() > NEAR);
        let start = far.unwrap_or(words.span.start);
        let rest = between(least, words.span.end);
        let mut from = least;
        let stop = rest.iter().position(|t| {
            let parts = Span { start: from, end: t.span.start }.of(self.text());
            from = t.span.end;
            parts.is_some_and(|p| p.contains([',', ';', ':', '—', '–', '('])) || ADDING.contains(&t.word.as_str())
        });
        let last =
            stop.map_or(words.span.end, |n| n.checked_sub(1).and_then(|n| rest.get(n)).map_or(least, |t| t.span.end));
        let whole = last.max(least);
        let long = least > predicate.end && between(start, whole).len() > LONGEST;
        Words::at(self.text(), self.tidy(Span { start, end: if long { least } else { whole } })?)
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
        let predicate = claim.predicate.as_ref()?;
        let lemma = predicate.lemma.to_lowercase();
        let within = words.span;
        let words = self.name_of(&words, statement).unwrap_or(words);
        let inside = |w: &Words| within.contains(w.span);
        let sides = || {
            claim.arguments.iter().filter(|a| {
                matches!(a.role, Role::Subject | Role::Object | Role::Recipient | Role::Other) && inside(&a.words)
            })
        };
        if claim.polarity == Polarity::Negative {
            path.turned = !path.turned;
            path.reasons.push("it is denied".into());
        }
        // "He spread the news" says no more of him.
        let behind = tokens(
            self.text(),
            Span { start: predicate.words.span.end, end: words.span.end.max(predicate.words.span.end) },
        );
        let acts_on = sides().any(|a| a.role == Role::Object)
            || behind.first().is_some_and(|t| {
                let word = t.word.as_str();
                !t.parted
                    && !word.ends_with("ly")
                    && (word == "as" || !PREPOSITIONS.contains(&word) && !lists().trails(word))
            });
        let moved = lists().moved(&lemma).filter(|_| !acts_on);
        if let (Some(less), Some(subject)) = (moved, sides().find(|a| a.role == Role::Subject)) {
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

/// Who or what a clause is about; of what is done to something, that.
fn subject_of(statement: &Statement) -> Option<&Argument> {
    let of = |role: Role| statement.claim().arguments.iter().find(move |a| a.role == role);
    of(Role::Subject).or_else(|| of(Role::Object))
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
