//! Concepts that the documents themselves bring up again and again: heads of noun phrases and predicates that several voices
//! use, merged by head and by antonym. They are a beginning for a person's own list and are never more than proposals.

use super::concepts::Written;
use super::lists::Rules;
use super::words::{Word, singular, words};
use rashomon_core::{Role, Span, Statement, StatementId, Words};
use std::collections::{BTreeMap, BTreeSet};

/// Proposals that are made at most.
const MOST: usize = 40;
/// Voices that must speak of a proposal, and statements.
const VOICES: usize = 2;
const STATEMENTS: usize = 3;

/// A concept that the documents propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// As it would stand in a list.
    pub concept: Written,
    /// The statements that speak of it.
    pub statements: Vec<StatementId>,
    /// Voices that do.
    pub voices: usize,
    /// Documents in which they do.
    pub documents: usize,
}

/// What is gathered of one head.
#[derive(Debug, Default)]
struct Gathered {
    statements: BTreeSet<StatementId>,
    voices: BTreeSet<String>,
    documents: BTreeSet<String>,
    /// Words right before it, each with the number of its places.
    before: BTreeMap<String, usize>,
    places: usize,
    /// The forms that stand in the text, each with its number.
    forms: BTreeMap<String, usize>,
    /// Places where it is a noun.
    nouns: usize,
}

/// A statement with its document and its voice.
struct Told<'a> {
    path: &'a str,
    statement: &'a Statement,
    voice: &'a str,
}

impl Gathered {
    fn note(&mut self, form: &str, before: Option<&str>, told: &Told<'_>, noun: bool) {
        self.places += 1;
        self.nouns += usize::from(noun);
        *self.forms.entry(form.to_owned()).or_default() += 1;
        if let Some(before) = before {
            *self.before.entry(before.to_owned()).or_default() += 1;
        }
        self.statements.insert(told.statement.id().clone());
        self.voices.insert(told.voice.to_owned());
        self.documents.insert(told.path.to_owned());
    }

    /// The word before it that belongs to its name, and the form in which it is shown.
    fn shown(&self, head: &str) -> (Option<String>, String) {
        let often = |count: &usize| *count >= STATEMENTS && *count * 10 >= self.places * 6;
        let before = self.before.iter().find(|(_, count)| often(count)).map(|(word, _)| word.clone());
        let form = self.forms.iter().max_by_key(|(form, n)| (**n, std::cmp::Reverse(form.as_str())));
        (before, form.map_or_else(|| head.to_owned(), |(form, _)| form.clone()))
    }

    fn proposal(self, concept: Written) -> Proposal {
        Proposal {
            concept,
            statements: self.statements.into_iter().collect(),
            voices: self.voices.len(),
            documents: self.documents.len(),
        }
    }
}

/// Arguments whose heads may be what is spoken of.
const SPOKEN: &[Role] =
    &[Role::Subject, Role::Object, Role::Recipient, Role::Topic, Role::Cause, Role::Purpose, Role::Other];

fn is_word(rules: &Rules, lemma: &str) -> bool {
    let plain = lemma.len() > 2 && lemma.chars().all(char::is_alphabetic);
    plain && !rules.light.contains(lemma) && !rules.empty.contains(lemma) && !AFTER_HEAD.contains(&lemma)
}

/// Gathers what statements speak of.
pub(super) struct Gathering<'a> {
    rules: &'a Rules,
    all: BTreeMap<String, Gathered>,
    /// By predicate and head of what it is done to.
    pairs: BTreeMap<(String, String), Gathered>,
}

/// Words that end what stands before the head's complements.
const AFTER_HEAD: &[&str] = &[
    "of", "in", "on", "at", "to", "for", "from", "with", "by", "about", "against", "between", "among", "near", "over",
    "under", "who", "which", "that", "whom", "whose", "where", "when", "as", "than", "and", "or", "but", "into",
    "upon", "without", "either", "both", "such", "is", "are", "was", "were",
];
/// Words before a head that are none of its name.
const BEFORE_HEAD: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "no", "any",
    "some", "all", "every", "each", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "other", "more", "most", "many", "few", "several", "own", "same", "first", "second", "last", "next", "great",
    "big", "small", "new", "old", "not", "so", "called", "nearest", "whole",
];

impl<'a> Gathering<'a> {
    pub(super) fn new(rules: &'a Rules) -> Gathering<'a> {
        Gathering { rules, all: BTreeMap::new(), pairs: BTreeMap::new() }
    }

    /// What a statement speaks of; `named` tells of words whether they name somebody.
    pub(super) fn add(
        &mut self,
        text: &str,
        path: &str,
        statement: &Statement,
        voice: &str,
        named: &dyn Fn(&Words) -> bool,
    ) {
        let claim = statement.claim();
        let told = Told { path, statement, voice };
        let lemma = claim.predicate.as_ref().map(|p| p.lemma.to_lowercase()).filter(|l| is_word(self.rules, l));
        for argument in claim.arguments.iter().filter(|a| SPOKEN.contains(&a.role) && !named(&a.words)) {
            let Some((head, before)) = head(self.rules, text, argument.words.span) else { continue };
            let noun = singular(&head.text);
            self.all.entry(noun.clone()).or_default().note(&head.text, before.as_deref(), &told, true);
            // What is done to it is a subject of its own, if it is done again and again.
            if let Some(lemma) = lemma.as_ref().filter(|l| argument.role == Role::Object && **l != noun) {
                self.pairs.entry((lemma.clone(), noun)).or_default().note(&head.text, before.as_deref(), &told, true);
            }
        }
        if let Some(lemma) = lemma {
            self.all.entry(singular(&lemma)).or_default().note(&lemma, None, &told, false);
        }
    }

    /// The proposals, those that most voices speak of first.
    pub(super) fn proposals(mut self) -> Vec<Proposal> {
        let mut against: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (one, other) in &self.rules.opposites {
            let Some(opposite) = self.all.remove(other) else { continue };
            let own = self.all.entry(one.clone()).or_default();
            own.statements.extend(opposite.statements);
            own.voices.extend(opposite.voices);
            own.documents.extend(opposite.documents);
            against.entry(one.clone()).or_default().push(other.clone());
        }
        // A verb alone is hardly ever what a debate is about, unless it has its opposite.
        let spoken = |head: &String, g: &Gathered| g.nouns * 2 >= g.places || against.contains_key(head);
        let enough = |g: &Gathered| g.voices.len() >= VOICES && g.statements.len() >= STATEMENTS;
        let mut found: Vec<Proposal> = Vec::new();
        for (head, gathered) in std::mem::take(&mut self.all) {
            if !enough(&gathered) || !spoken(&head, &gathered) {
                continue;
            }
            let (before, form) = gathered.shown(&head);
            let name = before.as_ref().map_or_else(|| form.clone(), |word| format!("{word} {form}"));
            let pattern = before.map_or_else(|| head.clone(), |word| format!("{word} {head}"));
            let against = against.get(&head).cloned().unwrap_or_default();
            found.push(gathered.proposal(Written { name, patterns: vec![pattern], against, ..Written::default() }));
        }
        for ((lemma, head), gathered) in self.pairs {
            if gathered.voices.len() >= VOICES {
                let (_, form) = gathered.shown(&head);
                let written = Written {
                    name: format!("{lemma} {form}"),
                    patterns: vec![format!("{lemma} .. {head}")],
                    ..Written::default()
                };
                found.push(gathered.proposal(written));
            }
        }
        found.sort_by(|a, b| {
            let rank = |p: &Proposal| std::cmp::Reverse((p.voices, p.documents, p.statements.len()));
            rank(a).cmp(&rank(b)).then_with(|| a.concept.name.cmp(&b.concept.name))
        });
        found.dedup_by(|a, b| a.concept.name == b.concept.name);
        found.truncate(MOST);
        found
    }
}

/// The head of a noun phrase and the word before it that belongs to its name.
fn head(rules: &Rules, text: &str, span: Span) -> Option<(Word, Option<String>)> {
    let mut all = Vec::new();
    words(text, span, &mut all);
    let core = all.iter().take_while(|w| !AFTER_HEAD.contains(&w.text.as_str()) && (!w.parted || w.first)).count();
    let core = all.get(..core)?;
    let (head, rest) = core.split_last()?;
    let plain = |w: &Word| w.text.len() > 2 && w.text.chars().all(char::is_alphabetic);
    let fits = plain(head)
        && !BEFORE_HEAD.contains(&head.text.as_str())
        && !rules.empty.contains(&head.text)
        && !rules.empty.contains(&singular(&head.text));
    // A capital letter where no sentence begins is a name.
    let capital = |w: &Word| w.span.of(text).is_some_and(|t| t.starts_with(char::is_uppercase));
    let named = capital(head);
    let before = rest.last().filter(|w| plain(w) && !BEFORE_HEAD.contains(&w.text.as_str()) && !capital(w));
    (fits && !named).then(|| (head.clone(), before.map(|w| w.text.clone())))
}

#[cfg(test)]
mod tests {
    use super::super::lists::RULES;
    use super::*;

    #[test]
    fn the_head_is_before_complements_and_a_name_is_none() {
        let of = |text: &str| head(&RULES, text, Span::new(0, text.len())).map(|(w, b)| (w.text, b));
        assert_eq!(of("two torpedo boats of the enemy"), Some(("boats".into(), Some("torpedo".into()))));
        assert_eq!(of("the lamps"), Some(("lamps".into(), None)));
        assert_eq!(of("the Admiral"), None);
        assert_eq!(of("one night"), None);
        assert_eq!(of("they"), None);
        assert_eq!(of("them"), None);
        assert_eq!(of("the crew themselves"), None);
    }
}
