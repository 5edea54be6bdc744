//! Who is meant inside one document, as its words force it: the same name twice, a short name with the one longer name
//! that holds all its words ("Lowry" with "Captain Anne Lowry"), and what the reader said a pronoun or a description
//! points to. Between documents these referents are compared by name, in `cluster`.

use rashomon_core::{Document, DocumentId, Mention, MentionForm, MentionKind, Reading, Span};
use rashomon_text::names::{self, Sex, key};
use std::collections::{BTreeMap, BTreeSet};

/// What is told of one referent of one document.
#[derive(Debug, Clone, Default)]
pub(super) struct Referent {
    /// Every mention, with the form of those that are no pronouns.
    pub(super) mentions: Vec<(Span, Option<String>)>,
    /// Pronouns that mean a man and those that mean a woman.
    pub(super) sexes: [usize; 2],
}

/// What tells referents apart: the words of the fullest name, the kind, and the document where the name is too general
/// to mean the same in another ("the Admiral").
pub(super) type Identity = (String, MentionKind, Option<DocumentId>);

/// The referents of a document.
pub(super) fn referents(document: &Document, reading: &Reading) -> BTreeMap<Identity, Referent> {
    let full = full_names(&reading.mentions);
    let mut by_span: BTreeMap<Span, (String, MentionKind)> = BTreeMap::new();
    for mention in named(&reading.mentions) {
        let words = key(&mention.words.text);
        let Some((name, kind)) = full.get(&words).cloned() else { continue };
        by_span.insert(mention.words.span, (name, kind));
    }
    let mut found: BTreeMap<Identity, Referent> = BTreeMap::new();
    for mention in &reading.mentions {
        let Some((name, kind)) = follow(mention, reading, &by_span) else { continue };
        let within = names::is_general(name).then(|| document.id.clone());
        let referent = found.entry((name.clone(), *kind, within)).or_default();
        let pronoun = mention.form == MentionForm::Pronoun;
        referent.mentions.push((mention.words.span, (!pronoun).then(|| mention.words.text.clone())));
        if let Some(sex) = sex_of(&mention.words.text).filter(|_| pronoun) {
            let place = if sex == Sex::Man { 0 } else { 1 };
            if let Some(count) = referent.sexes.get_mut(place) {
                *count += 1;
            }
        }
    }
    found
}

fn sex_of(pronoun: &str) -> Option<Sex> {
    match pronoun.to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Some(Sex::Man),
        "she" | "her" | "hers" | "herself" => Some(Sex::Woman),
        _ => None,
    }
}

/// The name that a mention leads to, over at most eight antecedents.
fn follow<'a>(
    mention: &Mention,
    reading: &Reading,
    by_span: &'a BTreeMap<Span, (String, MentionKind)>,
) -> Option<&'a (String, MentionKind)> {
    let mut span = mention.words.span;
    for _ in 0..8 {
        if let Some(found) = by_span.get(&span) {
            return Some(found);
        }
        // Mentions of a reading are in order of place.
        let first = reading.mentions.partition_point(|m| m.words.span < span);
        let here = reading.mentions.get(first..)?.iter().take_while(|m| m.words.span == span);
        span = here.filter_map(|m| m.antecedent).next()?;
    }
    None
}

fn named(mentions: &[Mention]) -> impl Iterator<Item = &Mention> {
    mentions.iter().filter(|m| matches!(m.form, MentionForm::Name | MentionForm::Demonym))
}

type FullNames = BTreeMap<Vec<String>, (String, MentionKind)>;

/// For each name of a document its fullest form: the one longer name that holds all its words, if there is exactly
/// one; and the commonest kind of that form's mentions.
fn full_names(mentions: &[Mention]) -> FullNames {
    let mut kinds: BTreeMap<Vec<String>, BTreeMap<MentionKind, usize>> = BTreeMap::new();
    for mention in named(mentions) {
        *kinds.entry(key(&mention.words.text)).or_default().entry(mention.kind).or_default() += 1;
    }
    let kind_of = |k: &Vec<String>| {
        let counts = kinds.get(k)?;
        counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(kind, _)| *kind)
    };
    // Only people are called by part of their name so regularly that a part may stand for the whole.
    let people: Vec<&Vec<String>> =
        kinds.keys().filter(|k| k.len() > 1 && kind_of(k) == Some(MentionKind::Person)).collect();
    let mut by_word: BTreeMap<&str, Vec<&Vec<String>>> = BTreeMap::new();
    for name in &people {
        for word in *name {
            by_word.entry(word).or_default().push(name);
        }
    }
    kinds
        .keys()
        .filter_map(|short| {
            let kind = kind_of(short)?;
            let first = by_word.get(short.first()?.as_str());
            let longer = first.into_iter().flatten().filter(|l| l.len() > short.len() && holds(l, short));
            let best = maximal(longer.copied().collect());
            let person = matches!(kind, MentionKind::Person | MentionKind::Other);
            match (person, best) {
                (true, Some(full)) => Some((short.clone(), (full.join(" "), MentionKind::Person))),
                _ => Some((short.clone(), (short.join(" "), kind))),
            }
        })
        .collect()
}

/// The one name that holds all the others; `None` where two rival names could be meant.
fn maximal(names: Vec<&Vec<String>>) -> Option<&Vec<String>> {
    let longest = names.iter().copied().max_by_key(|n| n.len())?;
    names.iter().all(|n| holds(longest, n)).then_some(longest)
}

fn holds(long: &[String], short: &[String]) -> bool {
    let set: BTreeSet<&String> = long.iter().collect();
    short.iter().all(|w| set.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::Words;

    #[test]
    fn a_surname_that_two_people_bear_is_left_apart() {
        let mentions: Vec<Mention> = ["Anne Lowry", "Tom Lowry", "Lowry"]
            .iter()
            .scan(0, |at, name| {
                let start = *at;
                *at += name.len() + 1;
                let span = Span::new(start, start + name.len());
                Some(Mention {
                    words: Words { span, text: name.to_string() },
                    kind: MentionKind::Person,
                    form: MentionForm::Name,
                    antecedent: None,
                })
            })
            .collect();
        let full = full_names(&mentions);
        assert_eq!(full[&vec!["lowry".to_string()]].0, "lowry");
        let full = full_names(&mentions[1..]);
        assert_eq!(full[&vec!["lowry".to_string()]].0, "tom lowry");
    }
}
