//! What is named a threat to whom, and which kind of security a statement is about. Words decide, from a data file; the
//! program itself calls nothing a threat.

use super::frame::Frame;
use super::phrase::{PREPOSITIONS, Phrase, WordSet, phrases, runs, tokens, words_of};
use rashomon_core::{Document, Role, Span, Statement, Words};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The five sectors, in their order.
pub const SECTORS: [&str; 5] = ["military", "political", "economic", "societal", "environmental"];

#[derive(Debug, Default, Deserialize)]
struct File {
    threats: ThreatFile,
    sectors: HashMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
struct ThreatFile {
    verbs: String,
    nouns: String,
    carriers: String,
    to: String,
    of: String,
}

#[derive(Default)]
struct Lists {
    verbs: WordSet,
    nouns: WordSet,
    carriers: WordSet,
    to: Vec<String>,
    of: Vec<String>,
    sectors: HashMap<String, usize>,
}

impl Lists {
    fn get() -> &'static Lists {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| {
            // The bundled file is tested; without it nothing is named.
            let file: File = toml::from_str(include_str!("../../rules/threats.toml")).unwrap_or_default();
            let set = |words: &str| {
                let mut set = WordSet::default();
                words.split_whitespace().for_each(|w| set.insert(w));
                set
            };
            let list = |words: &str| words.split_whitespace().map(str::to_owned).collect();
            let mut sectors = HashMap::new();
            for (n, name) in SECTORS.iter().enumerate() {
                for word in file.sectors.get(*name).map(|w| set(w)).unwrap_or_default().into_words() {
                    sectors.entry(word).or_insert(n);
                }
            }
            Lists {
                verbs: set(&file.threats.verbs),
                nouns: set(&file.threats.nouns),
                carriers: set(&file.threats.carriers),
                to: list(&file.threats.to),
                of: list(&file.threats.of),
                sectors,
            }
        })
    }
}

/// What a statement names a threat, and to whom if it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threat {
    /// What is named a threat.
    pub what: Words,
    /// To whom or what.
    pub whom: Option<Words>,
}

/// The threat that a statement names, if it names one.
pub fn threat(document: &Document, statement: &Statement) -> Option<Threat> {
    let lists = Lists::get();
    let text = document.text.as_str();
    let predicate = statement.claim().predicate.as_ref()?;
    let lemma = vec![predicate.lemma.to_lowercase()];
    let frame = Frame::of_statement(document, statement, &predicate.lemma);
    if lists.verbs.meets(&lemma) {
        // To threaten to do something is an act, not a danger: then an infinitive stands behind it.
        let acts = statement.claim().arguments.iter().any(|a| matches!(a.role, Role::Purpose | Role::Topic));
        let (what, whom) = (frame.subjects.first()?, frame.objects.first()?);
        return (!acts).then(|| Threat { what: what.clone(), whom: Some(whom.clone()) });
    }
    // The noun must be the head of its phrase: `neutralize threats` names none.
    let named = |span: Span| {
        let head = tokens(text, span).into_iter().take_while(|t| !PREPOSITIONS.contains(&t.word.as_str())).last();
        head.filter(|t| lists.nouns.meets(std::slice::from_ref(&t.word)))
    };
    if lists.nouns.meets(&lemma) {
        let led = |list: &[String]| frame.phrases.iter().find(|(p, _)| list.contains(p)).map(|(_, w)| w.clone());
        let what = frame.subjects.first().cloned().or_else(|| led(&lists.of))?;
        return Some(Threat { whom: led(&lists.to).or_else(|| frame.objects.first().cloned()), what });
    }
    if !lists.carriers.meets(&lemma) {
        return None;
    }
    let arguments = statement.claim().arguments.iter().filter(|a| !matches!(a.role, Role::Subject | Role::Time));
    let (noun, whole) = arguments.filter_map(|a| Some((named(a.words.span)?, a.words.span))).next()?;
    let negated_noun = tokens(text, Span { start: whole.start, end: noun.span.start }).iter().any(|t| t.word == "no");
    let subject = frame.subjects.first().or_else(|| frame.objects.first().filter(|o| !o.span.contains(noun.span)))?;
    let behind = phrases(text, Span { start: noun.span.end, end: whole.end.max(noun.span.end) });
    let to = |p: &&Phrase| lists.to.contains(&p.preposition);
    let whom = behind.iter().find(to).and_then(|p| Words::at(text, p.span));
    let whom = whom.or_else(|| frame.phrases.iter().find(|(p, _)| lists.to.contains(p)).map(|(_, w)| w.clone()));
    (!negated_noun).then(|| Threat { what: subject.clone(), whom })
}

/// The sector that a statement's words speak of most, as a place in [`SECTORS`].
pub fn sector(document: &Document, statement: &Statement) -> Option<usize> {
    let lists = Lists::get();
    let mut counts = [0_usize; SECTORS.len()];
    for words in statement.evidence() {
        runs(&words_of(&tokens(&document.text, words.span)), 1, |word| {
            if let Some(count) = lists.sectors.get(word).and_then(|n| counts.get_mut(*n)) {
                *count += 1;
            }
        });
    }
    let most = counts.iter().copied().max().filter(|n| *n > 0)?;
    counts.iter().position(|n| *n == most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn a_threat_has_what_it_is_and_to_whom() {
        let texts = [
            ("Piracy is a threat to Norway.", Some(("Piracy", Some("Norway")))),
            ("The fleet endangered the harbour.", Some(("The fleet", Some("the harbour")))),
            ("The king poses no danger to Norway.", None),
            ("Norway threatened to close the port.", None),
            ("The lamps were lit.", None),
        ];
        for (text, wanted) in texts {
            let Some(snapshot) = testing::read(&[("a.txt", "", text)]) else { return };
            let (document, reading) = &snapshot.documents[0];
            let found = reading.statements.iter().find_map(|s| threat(document, s));
            let shown = found.as_ref().map(|t| (t.what.text.as_str(), t.whom.as_ref().map(|w| w.text.as_str())));
            assert_eq!(shown, wanted, "{text}");
        }
    }

    #[test]
    fn a_statement_belongs_to_the_sector_of_most_of_its_words() {
        let Some(snapshot) =
            testing::read(&[("a.txt", "", "The army attacked the bank. The drought ruined the harvest.")])
        else {
            return;
        };
        let (document, reading) = &snapshot.documents[0];
        let found: Vec<&str> =
            reading.statements.iter().filter_map(|s| sector(document, s)).map(|n| SECTORS[n]).collect();
        assert!(found.contains(&"military") && found.contains(&"environmental"), "{found:?}");
    }
}
