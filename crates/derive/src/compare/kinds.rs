//! What accounts of one affair tell of a kind of things that nobody names: that the boats had no lamps, how many they were, that
//! none of them stopped. The kind must be told by its noun on both sides; who was where is not asked.

use super::fact::{Event, Fact};
use super::measure::Measure;
use super::pairs::NEAR;
use super::party::{Party, tokens};
use super::predicates::predicates;
use super::told::{Affairs, Given, Told, found};
use super::{Aspect, Verdict};
use rashomon_core::{Certainty, Document, Reading, Role, Span, Statement};
use rashomon_text::space::one_line;
use std::collections::BTreeMap;

/// Every pair, in no order.
pub(super) fn pairs<'a>(affairs: &Affairs<'a>) -> Vec<Told<'a>> {
    let mut all = lacks(affairs);
    all.extend(tallies(affairs));
    all.extend(goings_on(affairs));
    all
}

/// `The steamers carried no lights` beside `The trawlers carried their lights`: what one denies of a kind and the other
/// affirms, in the same words, of things that may be the same.
fn lacks<'a>(affairs: &Affairs<'a>) -> Vec<Told<'a>> {
    type Having<'f, 'a> = (&'f Fact<'a>, &'f Party<'a>, String);
    let mut told: BTreeMap<(&str, &str), Vec<Having<'_, 'a>>> = BTreeMap::new();
    for (fact, event) in affairs.events().filter(|(f, _)| !f.future && f.certainty == Certainty::Certain && !f.clouded)
    {
        let [object] = event.undergoers.as_slice() else { continue };
        let plain = object.named().is_none() && object.number.is_none() && object.inside.is_empty();
        let Some(doer) = doer(affairs, fact, event).filter(|_| plain && !object.pronoun && !object.head.is_empty())
        else {
            continue;
        };
        told.entry((event.lemma, &object.head)).or_default().push((fact, object, doer));
    }
    let mut all = Vec::new();
    for ((lemma, head), given) in &told {
        let denied = given.iter().filter(|(fact, object, _)| !fact.affirmed && object.none);
        for (no, object, doer) in denied.take(NEAR) {
            for (yes, other, who) in given.iter().filter(|(fact, ..)| fact.affirmed).take(NEAR * 4) {
                let narrower = object.before.iter().any(|word| !other.before.contains(word));
                let apart = no.document != yes.document;
                if narrower
                    || !apart
                    || !predicates().alike(doer, who)
                    || !affairs.near_affair(no.document, yes.document)
                {
                    continue;
                }
                let reason = format!("“{lemma}”: “{}” against “{}”", object.shown(), other.shown());
                all.push((
                    no.statement,
                    yes.statement,
                    found(Verdict::Contradict, Aspect::Polarity, reason, &format!("{lemma} {head}")),
                ));
            }
        }
    }
    all
}

/// The kind of the one who does it: the head of a description, or of the subject before `these` in the same sentence.
fn doer(affairs: &Affairs<'_>, fact: &Fact<'_>, event: &Event<'_>) -> Option<String> {
    let [doer] = event.doers.as_slice() else { return None };
    if doer.named().is_some() || doer.number.is_some() {
        return None;
    }
    if !doer.head.is_empty() {
        return Some(doer.head.clone());
    }
    let points = ["these", "those", "they"].contains(&doer.words.text.to_lowercase().as_str());
    let (_, reading) = affairs.snapshot.documents.get(fact.document).filter(|_| points)?;
    let before = |s: &&Statement| {
        s.sentence() == fact.statement.sentence()
            && s.claim().arguments.iter().any(|a| a.role == Role::Subject && a.words.span.end < doer.words.span.start)
    };
    let last = reading.statements.iter().filter(before).max_by_key(|s| s.evidence().first().map(|w| w.span.start))?;
    let subject = last.claim().arguments.iter().find(|a| a.role == Role::Subject)?;
    head(&subject.words.text)
}

/// `two torpedo boats ran at us` beside `it is alleged that there were two of them; a newspaper speaks of four`: how many
/// of a kind a document counts, beside a bare number that counts the same kind.
fn tallies<'a>(affairs: &Affairs<'a>) -> Vec<Told<'a>> {
    let mut counted: BTreeMap<String, Vec<Given<'a, Measure>>> = BTreeMap::new();
    for (fact, event) in affairs.events().filter(|(f, _)| f.affirmed && !f.future && f.certainty == Certainty::Certain)
    {
        for party in event.doers.iter().filter(|p| !p.before.is_empty() && !p.head.is_empty() && !p.other) {
            let Some(value) = party.number.filter(|n| n.low == n.high) else { continue };
            let kind = format!("{} {}", party.before.join(" "), party.head);
            let words = one_line(&party.words.text);
            let one =
                Given { document: fact.document, statement: fact.statement, words, value, dated: affairs.dated(fact) };
            counted.entry(kind).or_default().push(one);
        }
    }
    for given in counted.values_mut() {
        let values: Vec<(usize, Measure)> = given.iter().map(|g| (g.document, g.value)).collect();
        given.retain(|g| !g.dated && values.iter().all(|(d, v)| *d != g.document || *v == g.value));
    }
    counted.retain(|_, given| !given.is_empty());
    if counted.is_empty() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (n, (document, reading)) in affairs.snapshot.documents.iter().enumerate() {
        for statement in &reading.statements {
            let Some((kind, words, value)) = bare_number(document, reading, statement) else { continue };
            for other in counted.get(&kind).into_iter().flatten().take(NEAR) {
                if other.document == n || other.value.fits(value) || !affairs.near_affair(n, other.document) {
                    continue;
                }
                let reason = format!("how many there were: {} against {words} of them", other.words);
                all.push((
                    other.statement,
                    statement,
                    found(Verdict::Contradict, Aspect::Number, reason, &format!("how many {kind}")),
                ));
            }
        }
    }
    all
}

/// `None of the ships stopped` beside `the squadron went on`: what did not stop went on, and what none of its ships did a
/// squadron did not.
fn goings_on<'a>(affairs: &Affairs<'a>) -> Vec<Told<'a>> {
    let family = |verb: &str| predicates().of_verb(verb, false).map(|(n, _)| n);
    let (stop, on) = (family("stop"), family("continue"));
    let (mut unstopped, mut going) = (Vec::new(), Vec::new());
    for (fact, event) in affairs.events().filter(|(f, _)| !f.future && f.certainty == Certainty::Certain && !f.clouded)
    {
        let [who] = event.undergoers.as_slice() else { continue };
        let kind = who.named().is_none() && !who.pronoun && !who.head.is_empty() && event.doers.is_empty();
        if kind && event.family.is_some() && event.family == stop && !fact.affirmed && who.none {
            unstopped.push((fact, who));
        } else if kind && event.family.is_some() && event.family == on && fact.affirmed {
            going.push((fact, who));
        }
    }
    let mut all = Vec::new();
    for (no, ship) in &unstopped {
        for (yes, who) in going.iter().filter(|(f, _)| f.document != no.document).take(NEAR) {
            let one = predicates().alike(&ship.head, &who.head) || predicates().is_made_of(&who.head, &ship.head);
            if one && affairs.near_affair(no.document, yes.document) {
                let reason = format!("“{}” did not stop and “{}” went on", ship.shown(), who.shown());
                all.push((no.statement, yes.statement, found(Verdict::Agree, Aspect::Fact, reason, "going on")));
            }
        }
    }
    all
}

/// The head of a description in the singular.
fn head(words: &str) -> Option<String> {
    let all = tokens(words);
    let ends = ["of", "in", "to", "that", "which", "who", ",", "from", "with", "at", "on"];
    let end = all.iter().position(|t| ends.contains(&t.as_str())).unwrap_or(all.len());
    all.get(..end)?.last().map(|noun| super::party::singular(noun))
}

/// A claim that is a number and no more, of what a number before it in the sentence counts (`two of them; the other paper
/// speaks of four`): the kind, the words and the value. Who `them` are the text must name by two words at least.
fn bare_number(document: &Document, reading: &Reading, statement: &Statement) -> Option<(String, String, Measure)> {
    let [words] = statement.evidence() else { return None };
    let quantity = reading.quantities.iter().find(|q| q.words.span == words.span && q.unit.is_none())?;
    let sentence = statement.sentence();
    let before = Span { start: sentence.start, end: words.span.start };
    let pointing = reading.mentions.iter().rev().find(|m| {
        let told = m.words.text.to_lowercase();
        before.contains(m.words.span) && ["them", "these", "those"].contains(&told.as_str())
    })?;
    let counted = |q: &&rashomon_core::Quantity| {
        let between = Span { start: q.words.span.end, end: pointing.words.span.start };
        before.contains(q.words.span) && between.of(&document.text).is_some_and(|t| t.trim() == "of")
    };
    reading.quantities.iter().find(counted)?;
    let antecedent = pointing.antecedent?.of(&document.text)?;
    let mut all = tokens(antecedent);
    let kind = all.pop().map(|noun| super::party::singular(&noun)).filter(|_| (1..=3).contains(&all.len()))?;
    all.retain(|t| !["the", "these", "those", "that", "his", "their"].contains(&t.as_str()));
    (!all.is_empty()).then_some((format!("{} {kind}", all.join(" ")), one_line(&words.text), Measure::of(quantity)?))
}
