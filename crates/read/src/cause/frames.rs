//! Where the two sides of a cue stand, frame by frame: conjunctions, prepositions, purposes and nouns.

use super::cues::{Cue, Cues, Frame, List};
use super::sides::{self, clause_after, clause_before, phrase_after, trim};
use crate::lexicon::{Class, Lexicon, form};
use crate::page::{Page, Range};
use crate::part::Tag;
use crate::phrase;
use crate::rules::ClauseFile;
use crate::statement;
use crate::token::Kind;
use crate::trees::Trees;
use rashomon_core::Sign;

/// A causal link, as tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) cause: Range,
    pub(super) effect: Range,
    pub(super) cue: Range,
    pub(super) sign: Sign,
    /// In whose voice.
    pub(super) owner: u32,
}

/// A cue with where it may reach.
pub(super) struct Place {
    pub(super) cue: Range,
    pub(super) field: Range,
    pub(super) owner: u32,
}

impl Place {
    pub(super) fn new(page: &Page, cue: Range, sentence: Range) -> Place {
        let owner = sides::owner(page, cue, sentence);
        Place { cue, field: sides::field(page, cue, sentence, owner), owner }
    }

    /// Of a participle, which belongs to who tells of the deed before it.
    pub(super) fn told_before(page: &Page, cue: Range, sentence: Range) -> Place {
        let owner = sides::owner_before(page, cue, sentence);
        Place { cue, field: sides::field(page, cue, sentence, owner), owner }
    }

    /// The link between what stands before and behind, if both say something.
    pub(super) fn link(&self, page: &Page, rule: &Cue, before: Range, after: Range, denied: bool) -> Option<Link> {
        let (before, after) = (trim(page, before, self.owner), trim(page, after, self.owner));
        let (cause, effect) = if rule.after { (after, before) } else { (before, after) };
        let apart = cause.end <= effect.start || effect.end <= cause.start;
        let said = |r: Range| r.indices().any(|i| page.tokens[i].is_wordlike());
        let sign = match (denied, rule.prevents) {
            (true, _) => Sign::Denied,
            (_, true) => Sign::Minus,
            _ => Sign::Plus,
        };
        (apart && said(cause) && said(effect)).then_some(Link { cause, effect, cue: self.cue, sign, owner: self.owner })
    }
}

/// Links by conjunctions, prepositions, purposes and nouns.
pub(super) fn phrase(page: &Page, rule: &Cue, cue: Range, sentence: Range) -> Option<Link> {
    let place = Place::new(page, cue, sentence);
    match rule.frame {
        Frame::Clause => clause(page, rule, &place),
        Frame::Phrase => preposition(page, rule, &place),
        Frame::Purpose => purpose(page, rule, &place),
        Frame::Noun => noun(page, rule, &place),
        Frame::Degree => degree(page, rule, &place),
        _ => None,
    }
}

fn clause(page: &Page, rule: &Cue, place: &Place) -> Option<Link> {
    let (cue, field) = (place.cue, place.field);
    let inside = cue.start > field.start && page.tag(cue.start - 1) == Tag::That;
    let fronted = sides::opens(page, cue.start, field) || inside;
    // `Because for the town the villain was Hart.` answers the sentence before.
    if fronted && marks_the_root(page, cue) {
        return None;
    }
    let behind = clause_after(page, cue.end, field, fronted);
    if rule.finite && fronted && page.says(cue.start, "as") {
        return None;
    }
    if rule.finite && (!tells_why(page, cue, behind) || stands_before_a_noun(page, cue)) {
        return None;
    }
    // `in the decades since he left`
    let dated = cue.start > 0 && page.is(cue.start - 1, Class::TimeWord) && page.says(cue.start, "since");
    if dated || !phrase::has_finite(page, behind) {
        return None;
    }
    let denied = cue.start > 0 && page.is(cue.start - 1, Class::Negation);
    // `It broke, not because it was old, but because it was cheap`: both reasons are of the same thing.
    let but = cue.start > field.start && page.says(cue.start - 1, "but");
    let first = (field.start..cue.start).find(|i| page.says(*i, "because") && page.says(i.wrapping_sub(1), "not"));
    let told = first.filter(|_| but).map(|i| clause_before(page, i - 1, field));
    let other = match fronted {
        _ if told.is_some() => told.unwrap_or(field),
        true => clause_after(page, behind.end, field, false),
        false => clause_before(page, cue.start, field),
    };
    place.link(page, rule, other, behind, denied)
}

/// Whether a conjunction opens the main clause itself.
fn marks_the_root(page: &Page, cue: Range) -> bool {
    let root = |t: &Trees| {
        let mark = t.words_in(cue).find(|n| matches!(t.relation(*n), "mark" | "case"))?;
        t.head(mark).map(|head| t.relation(head) == "root" || t.relation(mark) == "case")
    };
    page.trees.as_deref().and_then(root).unwrap_or(false)
}

/// `as a surgeon`: in the tree, a preposition.
fn stands_before_a_noun(page: &Page, cue: Range) -> bool {
    let trees = page.trees.as_deref();
    trees.is_some_and(|t| t.words_in(cue).any(|node| t.relation(node) == "case"))
}

/// Whether `as` or `since` gives a reason and does not compare, date or quote.
fn tells_why(page: &Page, cue: Range, behind: Range) -> bool {
    let next =
        ["well", "part", "many", "much", "if", "though", "soon", "long", "far", "such", "of", "it", "to", "then"];
    let first = cue.end;
    let dated = page.tag(first) == Tag::Number || page.is(first, Class::Month) || page.is(first, Class::TimeWord);
    let compared = ["as", "so", "such", "same", "known", "just", "even", "ever", "far", "regarded", "described"]
        .iter()
        .any(|w| page.says(cue.start.wrapping_sub(1), w) || page.says(cue.start.wrapping_sub(2), w) && *w == "as");
    let verb = phrase::first_finite(page, behind);
    let main = verb.map(|v| (v..behind.end).take_while(|i| page.tag(*i).is_finite()).last().unwrap_or(v));
    let speaks = main.is_some_and(|v| page.entry(v).group != 0 && v < first + 6);
    // `as the strike entered its last week`: when, not why.
    let lemma = main.and_then(|v| Lexicon::get().lemma(page.entry(v))).unwrap_or_default();
    let when = page.says(cue.start, "as") && ["enter", "approach", "near", "unfold", "await"].contains(&lemma);
    let near = Range::new(first, behind.end.min(first + 18));
    let near = near.indices().take_while(|i| page.kind(*i) != Some(Kind::Comma)).any(|i| page.tag(i).is_finite());
    let subject = near
        && matches!(
            page.tag(first),
            Tag::Determiner
                | Tag::Possessive
                | Tag::Pronoun
                | Tag::Noun
                | Tag::Name
                | Tag::Adjective
                | Tag::That
                | Tag::Number
        );
    // `as he did last year`
    let node = |i: usize| page.trees.as_deref().and_then(|t| Some((t, t.words_in(Range::new(i, i + 1)).next()?)));
    let alone = |i: usize| node(i).is_some_and(|(t, n)| t.relation(n) != "aux" && t.child(n, &["obj"]).is_none());
    let stands_in = |v: usize| ["did", "does", "do"].iter().any(|w| page.says(v, w)) && alone(v);
    let compared = compared || page.says(cue.start, "as") && verb.is_some_and(stands_in);
    let directly = main.is_some_and(|v| v > first);
    !next.iter().any(|w| page.says(first, w)) && !dated && !compared && !speaks && !when && subject && directly
}

/// Whether a phrase hangs, over at most a few words, on one of those that it tells the reason of, or beside their object.
fn hangs_near(page: &Page, rule: &Cue, cue: Range) -> Option<bool> {
    let trees = page.trees.as_deref()?;
    let mut at = trees.words_in(cue).next().and_then(|n| trees.head(n))?;
    let listed = |node: usize| {
        let tokens = trees.tokens(node);
        !tokens.is_empty() && tokens.end <= cue.start && rule.lists(List::Near, page, tokens.start)
    };
    // What somebody is against hangs on the protest itself or on its verb.
    let most = if page.says(cue.start, "against") || page.says(cue.start, "for") { 2 } else { 5 };
    for _ in 0..most {
        let Some(above) = trees.head(at) else { break };
        let beside = |c: usize| matches!(trees.relation(c), "obj" | "obl" | "xcomp" | "nmod" | "compound") && listed(c);
        // `demonstrated courage against the flood`: what was demonstrated has an object of its own.
        let own = trees.relation(at) == "obj" || trees.child(above, &["obj"]).is_some();
        if page.says(cue.start, "against") && own && listed(above) {
            return Some(false);
        }
        if listed(above) || trees.children(above).any(beside) {
            return Some(true);
        }
        at = above;
    }
    Some(false)
}

fn preposition(page: &Page, rule: &Cue, place: &Place) -> Option<Link> {
    let outer = judged(page, rule, place);
    let place = outer.as_ref().unwrap_or(place);
    let (cue, field) = (place.cue, place.field);
    if page.says(cue.start, "following") && follows_a_course(page, cue) {
        return None;
    }
    if page.says(cue.end, "which") {
        return looking_back(page, rule, place);
    }
    let behind = phrase_after(page, cue.end, field);
    let previous = page.tag(cue.start.wrapping_sub(1));
    let adverb = page.says(cue.end, "up") || page.tag(cue.end) == Tag::Preposition;
    if rule.preposition
        && (adverb || previous.opens_phrase() || page.tag(cue.end) == Tag::Number || is_dated(page, behind))
    {
        return None;
    }
    if rule.event && !sides::tells_event(page, Cues::get(), behind) {
        return None;
    }
    let fronted = sides::opens(page, cue.start, field);
    if fronted && page.kind(behind.end) == Some(Kind::Comma) {
        let other = clause_after(page, behind.end + 1, field, false);
        return (rule.is_free(List::Near) && phrase::has_finite(page, other))
            .then(|| place.link(page, rule, other, behind, false))
            .flatten();
    }
    if fronted {
        return None;
    }
    let mut other = clause_before(page, cue.start, field);
    // `The town, following the riot, closed the port`: the effect goes on behind.
    let parted = page.kind(cue.start - 1) == Some(Kind::Comma) && page.kind(behind.end) == Some(Kind::Comma);
    if rule.preposition && parted && !phrase::has_finite(page, other) {
        other = clause_after(page, behind.end + 1, field, false);
    }
    if !rule.is_free(List::Near) {
        let low = other.start.max(cue.start.saturating_sub(24));
        let near = (low..cue.start).any(|i| rule.lists(List::Near, page, i));
        let near = near && !rule.lists(List::Never, page, cue.start - 1);
        let hangs = page.says(cue.start, "for") || page.says(cue.start, "against");
        let near = near && (!hangs || hangs_near(page, rule, cue).unwrap_or(true));
        let amount = page.tag(cue.end) == Tag::Number || is_dated(page, behind);
        // `campaigned for Hart among the miners`: for whom, not why.
        let whom = page.says(cue.start, "for") && is_person(page, cue.end) && {
            let works = ["campaign", "rally", "struggle", "march", "strike"];
            let verb = (low..cue.start).rev().find(|i| rule.lists(List::Near, page, *i));
            verb.and_then(|v| Lexicon::get().lemma(page.entry(v))).is_some_and(|l| works.contains(&l))
        };
        // `to protest against` is a purpose already.
        let purpose = page.tag(cue.start - 1) == Tag::Infinitive;
        if !near || amount || purpose || whom {
            return None;
        }
    }
    let copula = (cue.start.saturating_sub(3)..cue.start).rev().find(|i| page.is(*i, Class::Be));
    let denied = page.is(cue.start - 1, Class::Negation);
    place.link(page, rule, other, behind, denied || copula.is_some_and(|c| page.is(c + 1, Class::Negation)))
}

/// `Cole praised Hart for the sale`: that he praised him is told by whoever tells it, and not by Cole.
fn judged(page: &Page, rule: &Cue, place: &Place) -> Option<Place> {
    let attribution = page.attributions.get(place.owner as usize).filter(|_| !rule.is_free(List::Near))?;
    let judges = attribution.cue.filter(|c| c.end <= place.cue.start && rule.lists(List::Near, page, c.end - 1))?;
    let clause =
        attribution.content.first().is_some_and(|c| phrase::has_finite(page, Range::new(c.start, place.cue.start)));
    let owner = page.parents.get(place.owner as usize).copied().flatten().map_or(statement::AUTHOR, |p| p as u32);
    let sentence = page.sentence_of(judges.start).and_then(|s| page.sentences.get(s))?.range;
    let field = sides::field(page, place.cue, sentence, owner);
    (!clause).then_some(Place { cue: place.cue, field, owner })
}

/// `Cole, following a plan of his own, left`: whose deed it is stands right before.
fn follows_a_course(page: &Page, cue: Range) -> bool {
    let comma = cue.start > 1 && page.kind(cue.start - 1) == Some(Kind::Comma);
    let plan = [
        "approach",
        "plan",
        "path",
        "course",
        "line",
        "example",
        "model",
        "policy",
        "strategy",
        "advice",
        "rule",
        "rules",
        "lead",
        "orders",
        "instructions",
        "tradition",
        "logic",
    ];
    comma
        && page.tag(cue.start - 2).is_nominal()
        && (cue.end..cue.end + 4).any(|i| plan.iter().any(|w| page.says(i, w)))
}

/// `The mill burned, due to which the town was poor`: what stands before is the cause.
fn looking_back(page: &Page, rule: &Cue, place: &Place) -> Option<Link> {
    let (cue, field) = (place.cue, place.field);
    let before = Range::new(field.start, cue.start);
    let behind = clause_after(page, cue.end + 1, field, false);
    let clauses = rule.is_free(List::Near) && phrase::has_finite(page, before) && phrase::has_finite(page, behind);
    let link = clauses.then(|| place.link(page, rule, before, behind, false)).flatten()?;
    Some(Link { cause: link.effect, effect: link.cause, ..link })
}

/// Whether a person's name begins here.
fn is_person(page: &Page, at: usize) -> bool {
    let entity = |t: &Trees| {
        t.words_in(Range::new(at, at + 1)).next().and_then(|n| t.word(n)).is_some_and(|w| w.entity().ends_with("PER"))
    };
    page.trees.as_deref().is_some_and(entity)
}

/// Whether a phrase only says when or how long.
fn is_dated(page: &Page, side: Range) -> bool {
    let head = side.indices().take(5);
    head.clone().any(|i| page.is(i, Class::TimeWord) || page.is(i, Class::Weekday) || page.is(i, Class::Month))
        && !side.indices().take(5).any(|i| page.tag(i) == Tag::Gerund)
}

fn purpose(page: &Page, rule: &Cue, place: &Place) -> Option<Link> {
    let (cue, field) = (place.cue, place.field);
    let bare = !rule.is_free(List::Never);
    let fronted = sides::opens(page, cue.start, field);
    let verb = if page.tag(cue.end) == Tag::Adverb { cue.end + 1 } else { cue.end };
    let mut behind = phrase_after(page, cue.end, field);
    behind.end = behind.end.max(object_end(page, verb).unwrap_or(0).min(field.end));
    let opens = fronted && page.kind(behind.end) == Some(Kind::Comma);
    // `to say the least`, `to be fair`: how it is said, not why it is done.
    let aside = [
        &["say", "the", "least"][..],
        &["be", "sure"],
        &["be", "fair"],
        &["be", "honest"],
        &["be", "clear"],
        &["put", "it"],
    ];
    if bare && aside.iter().any(|words| page.reads(cue.end, words)) {
        return None;
    }
    let sure = bare && !opens && !page.is(cue.start.wrapping_sub(1), Class::Be) && tells_purpose(page, verb);
    if bare && !sure && (page.tag(verb) != Tag::Infinitive || !opens && completes(page, rule, cue.start, field)) {
        return None;
    }
    if bare && !sure && !opens && is_complement(page, rule, cue.start, verb) {
        return None;
    }
    if page.says(cue.end - 1, "that") {
        behind = clause_after(page, cue.end, field, fronted);
        let meant = phrase::first_finite(page, behind).is_some_and(|v| page.is(v, Class::Modal));
        if !meant && !fronted {
            let before = clause_before(page, cue.start, field);
            let link = place.link(page, rule, before, behind, false)?;
            return Some(Link { cause: link.effect, effect: link.cause, ..link });
        }
    }
    let other = match fronted {
        true => clause_after(page, behind.end, field, false),
        false => clause_before(page, cue.start, field),
    };
    let told = sure || phrase::has_finite(page, other);
    let other = if fronted { other } else { under_its_verb(page, other, verb) };
    told.then(|| place.link(page, rule, other, behind, false)).flatten()
}

/// Where the object of an infinitive ends in the tree: `(to keep) classified papers`, whose first word looks like a verb.
fn object_end(page: &Page, infinitive: usize) -> Option<usize> {
    let trees = page.trees.as_deref()?;
    let node = trees.words_in(Range::new(infinitive, infinitive + 1)).next()?;
    let object = trees.child(node, &["obj"]).filter(|o| *o > node && trees.xpos(node) == "VB")?;
    Some(trees.tokens(object).end)
}

/// Of `Cole wept after Hart came to close the mill` the clause that the infinitive belongs to, `Hart came`; of `the use of laws to
/// save money` the noun's phrase.
fn under_its_verb(page: &Page, before: Range, infinitive: usize) -> Range {
    let own = page.trees.as_deref().and_then(|trees| {
        let node = first_infinitive(trees, infinitive)?;
        let above = trees.head(node)?;
        let first = match (trees.relation(node), trees.upos(above)) {
            ("acl", "NOUN") => trees.reach(above).0,
            ("advcl", "VERB") if matches!(trees.relation(above), "advcl" | "acl:relcl" | "acl") => {
                match trees.child(above, &["nsubj", "nsubj:pass"]) {
                    Some(subject) => trees.reach(subject).0,
                    None => trees.children(above).find(|c| trees.relation(*c).starts_with("aux")).unwrap_or(above),
                }
            }
            _ => return None,
        };
        Some(trees.tokens(first).start)
    });
    let start = own.filter(|s| before.start < *s && *s < before.end).unwrap_or(before.start);
    Range::new(start, before.end)
}

/// The infinitive at a token; of several that share their `to`, or stand side by side, the first.
fn first_infinitive(trees: &Trees, infinitive: usize) -> Option<usize> {
    let node = trees.words_in(Range::new(infinitive, infinitive + 1)).next()?;
    let first = trees.head(node).filter(|h| trees.relation(node) == "conj" && trees.xpos(*h) == "VB");
    Some(first.unwrap_or(node))
}

/// Whether the tree and the roles take an infinitive for what its verb's deed is done for.
fn tells_purpose(page: &Page, infinitive: usize) -> bool {
    let by_tree = |trees: &Trees| {
        let node = first_infinitive(trees, infinitive)?;
        let verb = trees.head(node).filter(|v| trees.relation(node) == "advcl" && trees.upos(*v) == "VERB")?;
        let purpose = trees.roles(verb).any(|(a, label)| a == node && matches!(label, "ARGM-PRP" | "ARGM-PNC"));
        // `went on to explain`, `fled, only to be caught`
        let result = trees.children(node).any(|c| c < node && trees.lemma(c) == "only");
        let goes_on = trees.lemma(verb) == "go" && trees.lemma(verb + 1) == "on";
        let needs = matches!(trees.lemma(verb), "have" | "need" | "be" | "want" | "take" | "seem");
        Some(purpose && !needs && !goes_on && !result && trees.xpos(node) == "VB" && verb < node)
    };
    page.trees.as_deref().and_then(by_tree).unwrap_or(false)
}

/// Whether the tree takes an infinitive for what a verb or a noun needs: `went on to explain`, `tasks to do`, `a mistake to
/// close it`; not `marched to demand`, `a march to demand`.
fn is_complement(page: &Page, rule: &Cue, to: usize, verb: usize) -> bool {
    let Some(trees) = page.trees.as_deref() else { return false };
    let Some(first) = first_infinitive(trees, verb) else { return false };
    let listed = rule.lists(List::Motion, page, to - 1);
    let lemma = trees.head(first).map_or("", |above| trees.lemma(above));
    let own = trees.child(first, &["mark"]).map_or(to, |m| trees.tokens(m).start.min(to));
    let at_once = trees.head(first).is_some_and(|above| trees.tokens(above).end + 1 >= own);
    match trees.relation(first) {
        "csubj" | "root" => !listed,
        "xcomp" => {
            let needs = trees.head(first).is_some_and(|above| rule.lists(List::Never, page, trees.tokens(above).start));
            (at_once || needs) && !listed
        }
        "acl" => !listed && !ClauseFile::get().is_event(lemma) && !Cues::get().is_event(page, to - 1),
        _ => false,
    }
}

/// Whether an infinitive completes the word before it or the verb of its clause: `tried to`, `ordered the crew to`.
fn completes(page: &Page, rule: &Cue, to: usize, field: Range) -> bool {
    let before = to.wrapping_sub(1);
    let verbal =
        |i: usize| matches!(page.tag(i), Tag::Verb | Tag::Participle | Tag::Infinitive | Tag::Gerund | Tag::Auxiliary);
    if rule.lists(List::Never, page, before) || page.is(before, Class::Be) {
        return true;
    }
    if verbal(before) || page.tag(before) == Tag::Adjective {
        let done = phrase::is_passive(page, phrase::verb_group(page, before, field.start));
        return !done && !rule.lists(List::Motion, page, before);
    }
    if page.tag(before) == Tag::Punctuation {
        return page.kind(before) != Some(Kind::Comma);
    }
    let low = field.start.max(to.saturating_sub(12));
    let verb = (low..to).rev().find(|i| verbal(*i));
    verb.is_none_or(|v| {
        let causes =
            Cues::get().verb(page, v).next().is_some_and(|(c, rest)| c.frame == Frame::Verb && rest.is_empty());
        (causes || rule.lists(List::Never, page, v)) && !page.says(v, "had") && to - v < 9
    })
}

fn noun(page: &Page, rule: &Cue, place: &Place) -> Option<Link> {
    let (cue, field) = (place.cue, place.field);
    let joins = ["of", "for", "behind", "in", "why", "to"];
    let named = matches!(page.tag(cue.end - 1), Tag::Noun | Tag::Adjective);
    if !named || !joins.iter().any(|w| page.says(cue.end, w)) || page.tag(cue.end + 1) == Tag::Infinitive {
        return None;
    }
    let start = (field.start..cue.start)
        .rev()
        .take_while(|i| {
            let of = page.says(*i, "of") && page.tag(i.wrapping_sub(1)) == Tag::Number;
            of || matches!(page.tag(*i), Tag::Determiner | Tag::Adjective | Tag::Adverb | Tag::Number | Tag::Noun)
                || page.entry(*i).forms & form::ING != 0
        })
        .last()
        .unwrap_or(cue.start);
    let thing = match page.says(cue.end, "why") {
        true => second_verb(page, cue.end + 1, field),
        false => phrase_after(page, cue.end + 1, field),
    };
    if let Some(be) = copula_after(page, thing.end, field.end) {
        let denied = page.is(be, Class::Negation);
        let from = if denied { be + 1 } else { be };
        let other = match page.tag(from) == Tag::That {
            true => clause_after(page, from + 1, field, false),
            false => phrase_after(page, from, field),
        };
        return place.link(page, rule, thing, other, denied);
    }
    if !rule.after {
        return None;
    }
    let be = (field.start..start)
        .rev()
        .take(3)
        .take_while(|i| page.is(*i, Class::Be) || page.is(*i, Class::Negation) || page.tag(*i) == Tag::Adverb)
        .find(|i| page.is(*i, Class::Be))?;
    let group = phrase::verb_group(page, be, field.start);
    let denied = Range::new(group.start, start).indices().any(|i| page.is(i, Class::Negation));
    let subject = subject(page, group.start, field)?;
    place.link(page, rule, thing, subject, denied)
}

/// From a token to the second finite verb, where what the clause is said to be begins: `why he went was that`.
fn second_verb(page: &Page, start: usize, field: Range) -> Range {
    let mut verbs = 0;
    for at in start..field.end {
        let group = page.tag(at).is_finite() && !page.tag(at - 1).is_finite();
        verbs += usize::from(group);
        if group && verbs > 1 && copula_after(page, at, field.end).is_some() {
            return Range::new(start, at);
        }
    }
    Range::new(start, field.end)
}

/// One past a form of `be` that begins here: `is`, `has always been`.
fn copula_after(page: &Page, at: usize, limit: usize) -> Option<usize> {
    let part = |i: &usize| matches!(page.tag(*i), Tag::Auxiliary | Tag::Adverb | Tag::Participle | Tag::Verb);
    let run = (at..limit.min(at + 4)).take_while(part);
    run.filter(|i| page.is(*i, Class::Be)).last().map(|i| i + 1)
}

/// `so low that`: the words up to `that` are the cause.
fn degree(page: &Page, rule: &Cue, place: &Place) -> Option<Link> {
    let (cue, field) = (place.cue, place.field);
    let that = (cue.end..field.end.min(cue.end + 7)).find(|i| page.says(*i, "that"));
    let comma = cue.start > field.start && page.kind(cue.start - 1) == Some(Kind::Comma);
    let Some(that) = that else {
        let opens =
            matches!(page.tag(cue.end), Tag::Pronoun | Tag::Determiner | Tag::Possessive | Tag::Name | Tag::Noun);
        let behind = clause_after(page, cue.end, field, false);
        let before = clause_before(page, cue.start, field);
        let clauses = phrase::has_finite(page, before) && phrase::has_finite(page, behind);
        let so = page.says(cue.start, "so") && comma && opens && clauses;
        return so.then(|| place.link(page, rule, before, behind, false)).flatten();
    };
    if that == cue.end || page.says(cue.end, "as") {
        return None;
    }
    let word = |i: usize| matches!(page.tag(i), Tag::Adjective | Tag::Adverb | Tag::Determiner) || page.says(i, "much");
    let plain = (cue.end..that).all(|i| page.tag(i) != Tag::Punctuation && !page.tag(i).is_finite());
    let short = that == cue.end + 1 && page.tag(cue.end) == Tag::Noun;
    if !plain || !(word(cue.end) || short || page.says(cue.start, "such")) {
        return None;
    }
    let before = clause_before(page, that, field);
    let behind = clause_after(page, that + 1, field, false);
    let verbs = phrase::has_finite(page, before) && phrase::has_finite(page, behind);
    let cue = Range::new(that, that + 1);
    let place = Place { cue, field, owner: place.owner };
    verbs.then(|| place.link(page, rule, before, behind, false)).flatten()
}

/// The subject of a verb: all that stands before it in its clause where no other verb does, else the phrase before it.
pub(super) fn subject(page: &Page, start: usize, field: Range) -> Option<Range> {
    let mut whole = clause_before(page, start, field);
    let adjunct = matches!(page.tag(whole.start), Tag::Preposition | Tag::Adverb | Tag::To | Tag::Punctuation);
    if let Some(comma) = whole.indices().find(|i| page.kind(*i) == Some(Kind::Comma)).filter(|_| adjunct) {
        whole.start = comma + 1;
    }
    if whole.len() > 1 && !phrase::has_finite(page, whole) && page.tag(whole.start) != Tag::Preposition {
        return Some(whole);
    }
    phrase::subject_before(page, start, field.start).map(|s| s.whole)
}

/// A word that looks back: the clause before it in its sentence, else the sentence before.
pub(super) fn link(page: &Page, index: usize, cue: Range) -> Option<Link> {
    let sentence = page.sentences[index];
    let owner = sides::owner(page, cue, sentence.range);
    let field = sides::field(page, cue, sentence.range, owner);
    let start = (field.start..cue.start)
        .rev()
        .find(|i| matches!(page.kind(*i), Some(Kind::Comma | Kind::Dash)) || page.tag(*i) == Tag::Coordinator)
        .map_or(field.start, |i| i + 1);
    let own = clause_after(page, if start < cue.start { start } else { cue.end }, field, false);
    let before = trim(page, Range::new(sentence.range.start.max(start.saturating_sub(60)), start), owner);
    let earlier = index.checked_sub(1).and_then(|i| page.sentences.get(i));
    let whole = |i: usize| page.owners.get(i).copied().unwrap_or(owner);
    let cause = match phrase::has_finite(page, before) {
        true => before,
        false => {
            let earlier = earlier.filter(|s| s.paragraph == sentence.paragraph && s.zone == sentence.zone)?;
            let range = trim(page, earlier.range, owner);
            range.indices().all(|i| whole(i) == owner).then_some(range)?
        }
    };
    let effect = trim(page, own, owner);
    let effect = if effect.start == cue.start { Range::new(cue.end, effect.end) } else { effect };
    let said = phrase::has_finite(page, effect) && cause.end <= effect.start;
    said.then_some(Link { cause, effect, cue, sign: Sign::Plus, owner })
}
