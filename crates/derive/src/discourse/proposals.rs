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
}

/// Gathers what statements speak of.
pub(super) struct Gathering<'a> {
    rules: &'a Rules,
    all: BTreeMap<String, Gathered>,
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
        Gathering { rules, all: BTreeMap::new() }
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
        let spoken =
            [Role::Subject, Role::Object, Role::Recipient, Role::Topic, Role::Cause, Role::Purpose, Role::Other];
        for argument in claim.arguments.iter().filter(|a| spoken.contains(&a.role) && !named(&a.words)) {
            let Some((head, before)) = head(self.rules, text, argument.words.span) else { continue };
            self.note(&head, before.as_deref(), path, statement, voice);
        }
        let Some(predicate) = &claim.predicate else { return };
        let lemma = predicate.lemma.to_lowercase();
        let word = !lemma.contains(' ') && lemma.len() > 2 && lemma.chars().all(char::is_alphabetic);
        if word && !self.rules.light.contains(&lemma) && !self.rules.empty.contains(&lemma) {
            let own = Word { text: lemma.clone(), span: predicate.words.span, lemma: None, first: true, parted: false };
            self.note(&own, None, path, statement, voice);
        }
    }

    fn note(&mut self, head: &Word, before: Option<&str>, path: &str, statement: &Statement, voice: &str) {
        let gathered = self.all.entry(singular(&head.text)).or_default();
        gathered.places += 1;
        *gathered.forms.entry(head.text.clone()).or_default() += 1;
        if let Some(before) = before {
            *gathered.before.entry(before.to_owned()).or_default() += 1;
        }
        gathered.statements.insert(statement.id().clone());
        gathered.voices.insert(voice.to_owned());
        gathered.documents.insert(path.to_owned());
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
        let enough = |g: &Gathered| g.voices.len() >= VOICES && g.statements.len() >= STATEMENTS;
        let mut found: Vec<Proposal> = self
            .all
            .into_iter()
            .filter(|(_, g)| enough(g))
            .map(|(head, g)| {
                let often = |count: &usize| *count >= STATEMENTS && *count * 10 >= g.places * 6;
                let before = g.before.iter().find(|(_, count)| often(count)).map(|(word, _)| word.clone());
                let pattern = before.map_or_else(|| head.clone(), |word| format!("{word} {head}"));
                let shown = g
                    .forms
                    .iter()
                    .max_by_key(|(form, n)| (**n, std::cmp::Reverse(form.as_str())))
                    .map_or(&head, |(f, _)| f);
                let name =
                    pattern.strip_suffix(head.as_str()).map_or_else(|| shown.clone(), |rest| format!("{rest}{shown}"));
                let against = against.remove(&head).unwrap_or_default();
                Proposal {
                    concept: Written { name, patterns: vec![pattern], against, ..Written::default() },
                    statements: g.statements.into_iter().collect(),
                    voices: g.voices.len(),
                    documents: g.documents.len(),
                }
            })
            .collect();
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
    let fits = plain(head) && !rules.empty.contains(&head.text) && !rules.empty.contains(&singular(&head.text));
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
    }
}
