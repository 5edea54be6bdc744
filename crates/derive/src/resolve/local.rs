//! Who is meant inside one document, as its words force it: the same name twice, a short name with the one longer name
//! that holds all its words ("Lowry" with "Captain Anne Lowry"), what the reader said a pronoun or a description points
//! to, a capital that speaks or acts for its state, letters in brackets after the name they stand for, and names that
//! the words call one ("also known as"). Between documents these referents are compared by name, in `cluster`.

use rashomon_core::{ClaimKind, Document, DocumentId, Mention, MentionForm, MentionKind, Reading, Role, Span};
use rashomon_text::names::{self, Name, Schema, Sex, key};
use rashomon_text::states::{self, Called};
use std::collections::{BTreeMap, BTreeSet};

/// What is told of one referent of one document.
#[derive(Debug, Clone, Default)]
pub(super) struct Referent {
    /// Every mention, with the words of those that are no pronouns.
    pub(super) mentions: Vec<(Span, Option<(MentionForm, String)>)>,
    /// Pronouns that mean a man and those that mean a woman.
    pub(super) sexes: [usize; 2],
}

/// What tells referents apart: the words of the fullest name, the kind, and the document where the name is too general
/// to mean the same in another ("the Admiral").
pub(super) type Identity = (String, MentionKind, Option<DocumentId>);

/// Words of a document that call two names one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    /// One.
    pub(super) a: Identity,
    /// The other.
    pub(super) b: Other,
    /// How, in words.
    pub(super) how: String,
    /// Where.
    pub(super) at: Span,
}

/// What a name is said to be one with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Other {
    /// With another name, wherever it stands.
    Name(Identity),
    /// With some words at this place only.
    Words(String),
}

/// Whom a document's mentions name, and what it says of two names.
pub(super) type Within = (BTreeMap<Identity, Referent>, Vec<Told>);

/// The referents of a document, and which of them it calls one.
pub(super) fn referents(document: &Document, reading: &Reading) -> Within {
    let full = FullNames::of(document, &reading.mentions);
    let acting = acting(reading);
    let mut by_span: BTreeMap<Span, Identity> = BTreeMap::new();
    let mut told: Vec<Told> = Vec::new();
    for mention in named(&reading.mentions) {
        let Some((name, kind, here)) = full.meant(document, mention) else { continue };
        let own = (name, kind, here.then(|| document.id.clone()));
        let state = state_of_capital(mention, kind).filter(|_| acting.contains(&mention.words.span));
        let meant = match state {
            None => own,
            Some(state) => {
                let meant = (key(state).join(" "), MentionKind::Place, None);
                let how = "the capital speaks or acts for its state".to_owned();
                let words = mention.words.text.clone();
                told.push(Told { a: meant.clone(), b: Other::Words(words), how, at: mention.words.span });
                meant
            }
        };
        by_span.insert(mention.words.span, meant);
    }
    told.extend(called_one(document, reading, &by_span));
    told.extend(two_letters(&by_span));
    told.sort();
    for mention in &reading.mentions {
        if let Some(identity) = described(document, reading, mention) {
            by_span.entry(mention.words.span).or_insert(identity);
        }
    }
    let mut found: BTreeMap<Identity, Referent> = BTreeMap::new();
    for mention in &reading.mentions {
        let Some(identity) = follow(mention, reading, &by_span).cloned() else { continue };
        let referent = found.entry(identity).or_default();
        let pronoun = mention.form == MentionForm::Pronoun;
        referent.mentions.push((mention.words.span, (!pronoun).then(|| (mention.form, mention.words.text.clone()))));
        if let Some(sex) = sex_of(&mention.words.text).filter(|_| pronoun) {
            let place = if sex == Sex::Man { 0 } else { 1 };
            if let Some(count) = referent.sexes.get_mut(place) {
                *count += 1;
            }
        }
    }
    (found, told)
}

/// A description that points to nobody else and holds a name ("the Hull fishermen") means the same throughout its
/// document.
fn described(document: &Document, reading: &Reading, mention: &Mention) -> Option<Identity> {
    let words: Vec<&str> = mention.words.text.split_whitespace().collect();
    // The first word of a sentence has a capital anyhow.
    let opens = || reading.sentences.binary_search_by_key(&mention.words.span.start, |s| s.span.start).is_ok();
    let holds_name = || words.iter().skip(usize::from(opens())).any(|w| w.starts_with(char::is_uppercase));
    let name = key(&mention.words.text);
    let whole = name.len() >= 2 && name.len() + 1 >= words.len() && words.len() <= 5;
    let fits = mention.form == MentionForm::Description && mention.antecedent.is_none() && whole && holds_name();
    fits.then(|| (name.join(" "), mention.kind, Some(document.id.clone())))
}

/// Where somebody speaks or acts.
fn acting(reading: &Reading) -> BTreeSet<Span> {
    let mut all = BTreeSet::new();
    for statement in &reading.statements {
        all.extend(statement.chain().iter().filter_map(|link| link.voice.words()).map(|w| w.span));
        let claim = statement.claim();
        if claim.kind == ClaimKind::Event {
            all.extend(claim.arguments.iter().filter(|a| a.role == Role::Subject).map(|a| a.words.span));
        }
    }
    all
}

/// The state whose capital a mention of a place names.
fn state_of_capital(mention: &Mention, kind: MentionKind) -> Option<&'static str> {
    let listed = states::find(&mention.words.text).filter(|l| l.called == Called::Capital)?;
    (kind == MentionKind::Place || kind == MentionKind::Organization).then(|| states::name(listed.state))
}

/// Neighbouring names that the words between them call one: "the Humber Pilots, also known as the Brethren"; "the
/// Northern Mutual Aid Society (NMAS)".
fn called_one(document: &Document, reading: &Reading, by_span: &BTreeMap<Span, Identity>) -> Vec<Told> {
    let mut found = Vec::new();
    let named: Vec<&Mention> = named(&reading.mentions).collect();
    for pair in named.windows(2) {
        let [first, second] = pair else { continue };
        let gap = first.words.span.end as usize..second.words.span.start as usize;
        let (Some(between), Some(after)) =
            (document.text.get(gap), document.text.get(second.words.span.end as usize..))
        else {
            continue;
        };
        let how = if between.trim() == "(" && after.starts_with(')') {
            let read = |mention: &Mention| Name::new(&mention.words.text, Schema::Organisation);
            let (x, y) = (read(first), read(second));
            let letters = x.letters().is_some() != y.letters().is_some() && x.score(&y) >= names::SAME;
            letters.then(|| "in brackets after the name that its letters stand for".to_owned())
        } else {
            let shown = || between.trim().trim_matches([',', '(', '–', '—', '“', '‘', '"']).trim();
            names::calls_one(between).then(|| format!("“{}” between them", shown()))
        };
        let (Some(how), Some(a), Some(b)) = (how, by_span.get(&first.words.span), by_span.get(&second.words.span))
        else {
            continue;
        };
        if a != b {
            found.push(Told { a: a.clone(), b: Other::Name(b.clone()), how, at: second.words.span });
        }
    }
    found
}

/// Two letters say too little across documents; in one document they stand for the only name they can.
fn two_letters(by_span: &BTreeMap<Span, Identity>) -> Vec<Told> {
    let mut first: BTreeMap<&Identity, Span> = BTreeMap::new();
    for (span, identity) in by_span.iter().filter(|(_, i)| i.1 != MentionKind::Person) {
        first.entry(identity).or_insert(*span);
    }
    let named = |identity: &Identity| Name::new(&identity.0.to_uppercase(), Schema::Organisation);
    let mut found = Vec::new();
    for (letters, at) in first.iter().filter(|(i, _)| i.0.len() == 2) {
        let short = named(letters);
        let long = first.keys().filter(|i| i.0.len() > 4 && i.0.contains(' ') && short.score(&named(i)) >= 0.9);
        let long: Vec<&&Identity> = long.collect();
        // One name may have been taken for two kinds of things.
        if let Some(long) = long.first().filter(|one| long.iter().all(|other| other.0 == one.0)) {
            let how = "two letters that stand for the first letters of no other name of the document".to_owned();
            found.push(Told { a: (**long).clone(), b: Other::Name((*letters).clone()), how, at: *at });
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
fn follow<'a>(mention: &Mention, reading: &Reading, by_span: &'a BTreeMap<Span, Identity>) -> Option<&'a Identity> {
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

/// What the names of a document mean there.
struct FullNames {
    /// For each name its fullest form and kind.
    full: BTreeMap<Vec<String>, (String, MentionKind)>,
    /// Persons whose names several longer ones hold, with these.
    rivals: BTreeMap<Vec<String>, Vec<String>>,
    /// The persons whom the document gives a title, before the name or right behind it.
    titled: BTreeMap<String, BTreeSet<String>>,
}

impl FullNames {
    /// For each name of a document its fullest form: the one longer name that holds all its words, if there is exactly
    /// one; and the commonest kind of that form's mentions.
    fn of(document: &Document, mentions: &[Mention]) -> FullNames {
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
        let mut all = FullNames { full: BTreeMap::new(), rivals: BTreeMap::new(), titled: BTreeMap::new() };
        for short in kinds.keys() {
            let Some(kind) = kind_of(short) else { continue };
            let first = short.first().and_then(|word| by_word.get(word.as_str()));
            let longer = first.into_iter().flatten().filter(|l| l.len() > short.len() && holds(l, short));
            let longer: Vec<&Vec<String>> = longer.copied().collect();
            let person = matches!(kind, MentionKind::Person | MentionKind::Other);
            let meant = match maximal(&longer) {
                Some(full) if person => (full.join(" "), MentionKind::Person),
                None if person && !longer.is_empty() => {
                    all.rivals.insert(short.clone(), longer.iter().map(|l| l.join(" ")).collect());
                    (short.join(" "), kind)
                }
                _ => (short.join(" "), kind),
            };
            all.full.insert(short.clone(), meant);
        }
        for mention in named(mentions) {
            let words = key(&mention.words.text);
            let Some((name, MentionKind::Person)) = all.full.get(&words) else { continue };
            if all.rivals.contains_key(&words) || names::is_general(name) {
                continue;
            }
            for title in titles(document, mention) {
                all.titled.entry(title).or_default().insert(name.clone());
            }
        }
        all
    }

    /// Whom a mention means: its name, kind, and whether only in this document.
    fn meant(&self, document: &Document, mention: &Mention) -> Option<(String, MentionKind, bool)> {
        let words = key(&mention.words.text);
        let (name, kind) = self.full.get(&words)?;
        let person = matches!(kind, MentionKind::Person | MentionKind::Other);
        let general = names::is_general(name);
        let rivals = self.rivals.get(&words);
        if person && (general || rivals.is_some()) {
            let titles =
                if general { words.into_iter().filter(|w| w != "the").collect() } else { titles(document, mention) };
            let bearers = titles.iter().filter_map(|title| self.titled.get(title)).flatten();
            let fits = |bearer: &&String| rivals.is_none_or(|rivals| rivals.contains(bearer));
            let bearers: BTreeSet<&String> = bearers.filter(fits).collect();
            if let (Some(only), 1) = (bearers.first(), bearers.len()) {
                return Some(((*only).clone(), MentionKind::Person, false));
            }
        }
        Some((name.clone(), *kind, general || rivals.is_some()))
    }
}

/// The titles that stand in a name, right before it, or behind it after a comma ("Viscount Hall, Minister of ...").
fn titles(document: &Document, mention: &Mention) -> Vec<String> {
    let span = mention.words.span;
    let title = |word: &str| {
        let word = word.trim_end_matches('.');
        (word.starts_with(char::is_uppercase) && names::is_general(word)).then(|| word.to_lowercase())
    };
    let parted = |c: char| c.is_whitespace() || c == '-';
    let before = document.text.get(..span.start as usize).unwrap_or_default();
    let after = document.text.get(span.end as usize..).and_then(|text| text.strip_prefix(", ")).unwrap_or_default();
    let inside = mention.words.text.split(parted).map_while(title);
    let before = before.trim_end_matches(parted).rsplit(parted).take(3).map_while(title);
    inside.chain(before).chain(after.split(parted).take(2).map_while(title)).collect()
}

/// The one name that holds all the others; `None` where two rival names could be meant.
fn maximal<'a>(names: &[&'a Vec<String>]) -> Option<&'a Vec<String>> {
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

    fn told(text: &str, names: &[&str]) -> (Document, Vec<Mention>) {
        let mut at = 0;
        let mentions = names
            .iter()
            .map(|name| {
                let start = at + text[at..].find(name).unwrap();
                at = start + name.len();
                let words = Words { span: Span::new(start, at), text: name.to_string() };
                Mention { words, kind: MentionKind::Person, form: MentionForm::Name, antecedent: None }
            })
            .collect();
        (Document::plain("a.txt", text), mentions)
    }

    fn meant(text: &str, names: &[&str]) -> Vec<(String, bool)> {
        let (document, mentions) = told(text, names);
        let full = FullNames::of(&document, &mentions);
        mentions.iter().map(|m| full.meant(&document, m).unwrap()).map(|(name, _, here)| (name, here)).collect()
    }

    #[test]
    fn a_surname_that_two_people_bear_is_left_apart_in_its_document() {
        let found = meant("Anne Lowry, Tom Lowry. Lowry left.", &["Anne Lowry", "Tom Lowry", "Lowry"]);
        assert_eq!(found[2], ("lowry".to_owned(), true));
        let found = meant("Tom Lowry. Lowry left.", &["Tom Lowry", "Lowry"]);
        assert_eq!(found[1], ("tom lowry".to_owned(), false));
    }

    #[test]
    fn a_title_tells_which_of_two_and_stands_for_the_only_one_who_has_it() {
        let text = "Captain Anne Lowry met Tom Lowry, Minister of Works. Captain Lowry spoke. The Minister and the Count left.";
        let names = ["Anne Lowry", "Tom Lowry", "Lowry", "Minister", "Count"];
        let found = meant(text, &names);
        assert_eq!(found[2], ("anne lowry".to_owned(), false));
        assert_eq!(found[3], ("tom lowry".to_owned(), false));
        assert_eq!(found[4], ("count".to_owned(), true));
        let found = meant("Captain Lowry. Captain Reed. The Captain left.", &["Lowry", "Reed", "Captain"]);
        assert_eq!(found[2], ("captain".to_owned(), true), "two have the title");
    }
}
