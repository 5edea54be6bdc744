//! Step 6, first half: what kind of claim some words make, how surely, and whether it affirms or denies.
//!
//! Simple rules on words and tags. Predicate, subject and object are given only where the order of the words leaves no
//! doubt; a trained reader will give more.

use crate::argument;
use crate::circumstance;
use crate::clause::{self, Clause};
use crate::lexicon::{Class, Lexicon, form};
use crate::page::{Attribution, Page, Range};
use crate::part::Tag;
use crate::phrase;
use crate::token::Kind;
use crate::trees::Trees;
use rashomon_core::{Argument, Certainty, Claim, ClaimKind, Polarity, Predicate, Role, Span, Words};
use rashomon_text::inflection::base_of;

/// Most tokens of a claim that are looked at for its parts.
const LOOKED_AT: usize = 120;

/// Most words climbed from a hedge to its verb, or from a verb to the one that a hedge belongs to.
const MOST_CLIMBED: usize = 8;

/// Longest document in bytes whose claims are looked into for predicate and arguments. In a longer one they would take
/// more memory than the text; its statements have everything else.
const LOOKED_INTO: usize = 32 << 20;

/// The claim that pieces of a sentence make: by the tree where a clause of it carries them, else by the order of words.
pub(crate) fn of_pieces(page: &Page, pieces: &[Range], clause: Option<Clause>) -> Claim {
    let main = pieces.iter().find_map(|p| main_verb(page, near(*p)));
    let mut claim = by_words(page, pieces, main, clause);
    match (clause, main) {
        (Some(clause), _) => by_tree(page, pieces, clause, &mut claim),
        (None, Some((group, piece))) => {
            if negated(page, group, piece) {
                claim.polarity = Polarity::Negative;
            }
            if looked_into(page) {
                claim.predicate = predicate(page, group);
                claim.arguments = argument::around(page, group, piece);
            }
        }
        (None, None) => {}
    }
    claim
}

/// The claim of one clause among others, whose words these are.
pub(crate) fn of_clause(page: &Page, pieces: &[Range], clause: Clause) -> Claim {
    let mut claim = by_words(page, pieces, None, Some(clause));
    by_tree(page, pieces, clause, &mut claim);
    claim
}

/// Kind, hedges and certainty as single words show them.
fn by_words(page: &Page, pieces: &[Range], main: Option<(Range, Range)>, clause: Option<Clause>) -> Claim {
    let looked: Vec<Range> = pieces.iter().take(8).map(|p| near(*p)).collect();
    let mut claim = Claim::plain(kind(page, &looked, main));
    claim.hedges = hedges(page, &looked, clause);
    claim.certainty = certainty(page, &looked, &claim.hedges);
    claim
}

/// As much of a piece as is looked at.
fn near(piece: Range) -> Range {
    Range::new(piece.start, piece.end.min(piece.start + LOOKED_AT))
}

/// Whether the document is short enough for its claims to be looked into.
pub(crate) fn looked_into(page: &Page) -> bool {
    page.document.text.len() <= LOOKED_INTO
}

/// What the tree says of a claim: predicate, participants, whether it is denied, how real it is.
fn by_tree(page: &Page, pieces: &[Range], clause: Clause, claim: &mut Claim) {
    let Some(trees) = page.trees.clone() else { return };
    claim.predicate = clause.predicate(page, &trees);
    claim.arguments = clause.arguments(page, &trees);
    claim.arguments.retain(|a| !is_another_s(page, pieces, a));
    claim.arguments.iter_mut().for_each(|a| end_with_piece(page, pieces, a));
    // `I doubt it, because they know that ...`: of the reason, another's words, nothing is left.
    let empty =
        |a: &Argument| ["because", "when", "while", "after", "before", "since", "until"].contains(&&*a.words.text);
    claim.arguments.retain(|a| !(matches!(a.role, Role::Cause | Role::Time) && empty(a)));
    let force = clause.force(&trees);
    claim.polarity = force.polarity;
    if claim.certainty == Certainty::Certain {
        claim.certainty = force.certainty.unwrap_or(Certainty::Certain);
    }
    if let Some(hedge) = force.hedge.and_then(|h| page.words(trees.tokens(h))).filter(|h| !claim.hedges.contains(h)) {
        claim.hedges.push(hedge);
    }
    claim.place = claim.arguments.iter().find(|a| a.role == Role::Place).map(|a| a.words.clone());
    claim.time = circumstance::time(page, &trees, clause, &claim.arguments);
    claim.quantity = circumstance::quantity(page, &claim.arguments);
    claim.kind = kind_by_tree(page, &trees, clause, claim.kind);
}

/// Whether a circumstance stands outside of the owner's words: `“We have had storms,” Stone said after the meeting`.
fn is_another_s(page: &Page, pieces: &[Range], argument: &Argument) -> bool {
    let circumstance = matches!(argument.role, Role::Time | Role::Place | Role::Manner | Role::Cause | Role::Other);
    let inside = |piece: &Range| page.span(*piece).is_none_or(|s| s.overlaps(argument.words.span));
    circumstance && !pieces.is_empty() && !pieces.iter().any(inside)
}

/// Cuts the words of a participant where the words of their owner end: `“We know that it broke,” he said of the dam`.
fn end_with_piece(page: &Page, pieces: &[Range], argument: &mut Argument) {
    let span = argument.words.span;
    let spans = pieces.iter().filter_map(|p| page.span(*p));
    let Some(own) = spans.into_iter().find(|s| s.start <= span.start && span.start < s.end) else { return };
    let later = pieces.iter().filter_map(|p| page.span(*p)).any(|s| s.start >= own.end && s.overlaps(span));
    // `a letter that disputes the charge`: what stands there in a third voice is part of it.
    let told = |a: &Attribution| {
        let cue = a.cue.and_then(|c| Some((c, page.span(c)?)));
        cue.is_some_and(|(c, s)| {
            span.start < s.start && s.end <= span.end && a.content.iter().all(|p| p.start >= c.end)
        })
    };
    if own.end < span.end
        && !later
        && !page.attributions.iter().any(told)
        && let Some(words) = Words::at(page.text(), Span::new(span.start as usize, own.end as usize))
    {
        argument.words = words;
    }
}

/// The kind of claim that a clause makes; what the words made of it where the tree does not tell.
fn kind_by_tree(page: &Page, trees: &Trees, clause: Clause, by_words: ClaimKind) -> ClaimKind {
    let lemma = trees.lemma(clause.head);
    let token = trees.tokens(clause.head).start;
    let future = clause.auxiliaries(trees).any(|aux| page.is(trees.tokens(aux).start, Class::Future));
    match clause.kind {
        clause::Kind::Apposition(_) if trees.child(clause.head, &["nmod", "nmod:poss", "compound"]).is_none() => {
            ClaimKind::Value
        }
        clause::Kind::Apposition(_) => ClaimKind::Tie,
        _ if future => ClaimKind::Prediction,
        clause::Kind::Described => ClaimKind::Value,
        clause::Kind::Verb if trees.child(clause.head, &["cop"]).is_some() => ClaimKind::Event,
        clause::Kind::Copula => {
            let tie = page.is(token, Class::TieNoun) && trees.child(clause.head, &["nmod", "nmod:poss"]).is_some();
            let number = trees.upos(clause.head) == "NUM" && lemma != "one";
            match (tie, number) {
                (true, _) => ClaimKind::Tie,
                (_, true) => ClaimKind::Quantity,
                _ => ClaimKind::Value,
            }
        }
        _ if page.is(token, Class::Causal) && (lemma != "lead" || leads_to(trees, clause.head)) => ClaimKind::Cause,
        _ if by_words == ClaimKind::Quantity && !counted(trees, clause.head) => ClaimKind::Event,
        _ if by_words == ClaimKind::Cause && !has_reason(trees, clause.head) => ClaimKind::Event,
        _ => by_words,
    }
}

/// The first finite verb group that is no relative or subordinate clause's, with the piece that it stands in.
fn main_verb(page: &Page, piece: Range) -> Option<(Range, Range)> {
    let mut at = piece.start;
    let mut nested = false;
    let mut first = None;
    while at < piece.end {
        match page.tag(at) {
            Tag::Wh | Tag::That | Tag::Subordinator => nested = true,
            Tag::Punctuation if page.kind(at) == Some(Kind::Comma) => nested = false,
            Tag::Verb if reduced_relative(page, at, piece) => {}
            Tag::Verb | Tag::Auxiliary => {
                let group = group_from(page, at, piece.end);
                first = first.or(Some((group, piece)));
                if !nested {
                    return Some((group, piece));
                }
                nested = false;
                at = group.end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    first
}

/// `The league, formed with the help of the mayor, brought`: a participle behind a comma, with the verb still to come.
fn reduced_relative(page: &Page, at: usize, piece: Range) -> bool {
    let opens =
        at > piece.start && page.kind(at - 1) == Some(Kind::Comma) && page.entry(at).forms & form::PARTICIPLE != 0;
    let phrase = matches!(page.tag(at + 1), Tag::Preposition | Tag::To);
    let close = (at + 1..piece.end.min(at + 30)).find(|i| page.kind(*i) == Some(Kind::Comma));
    opens && phrase && close.is_some_and(|c| phrase::has_finite(page, Range::new(c, piece.end.min(c + 12))))
}

/// The verb group that begins with a finite verb or auxiliary.
fn group_from(page: &Page, start: usize, limit: usize) -> Range {
    let mut end = start + 1;
    if page.tag(start) == Tag::Auxiliary {
        let mut at = end;
        while at < limit && at < start + 8 {
            match page.tag(at) {
                Tag::Auxiliary | Tag::Participle | Tag::Verb | Tag::Gerund => end = at + 1,
                Tag::Adverb => {}
                _ => break,
            }
            at += 1;
        }
    }
    Range::new(start, end)
}

fn kind(page: &Page, pieces: &[Range], main: Option<(Range, Range)>) -> ClaimKind {
    if let Some((group, piece)) = main {
        let future = group.indices().any(|i| page.is(i, Class::Future));
        if future {
            return ClaimKind::Prediction;
        }
        if group.indices().any(|i| page.is(i, Class::Causal)) {
            return ClaimKind::Cause;
        }
        let copula = page.is(group.end - 1, Class::Be);
        if copula {
            return after_copula(page, Range::new(group.end, piece.end));
        }
    }
    let causal = pieces.iter().flat_map(|p| p.indices()).any(|i| causal_at(page, i));
    if causal {
        return ClaimKind::Cause;
    }
    if counts(page, pieces) {
        return ClaimKind::Quantity;
    }
    ClaimKind::Event
}

/// Whether a reason hangs on a verb: `because the dam broke`, `due to the flood`.
fn has_reason(trees: &Trees, head: usize) -> bool {
    let causal = |c: usize| {
        let words = ["because", "due", "owing", "thanks", "since"];
        trees.child(c, &["mark", "case"]).is_some_and(|m| words.contains(&trees.lemma(m)))
    };
    trees.children(head).any(|c| matches!(trees.relation(c), "advcl" | "obl") && causal(c))
}

/// `led to`, not `led the march`.
fn leads_to(trees: &Trees, head: usize) -> bool {
    let to = |c: usize| trees.child(c, &["case"]).is_some_and(|p| trees.lemma(p) == "to");
    trees.children(head).any(|c| trees.relation(c) == "obl" && to(c))
}

/// Whether a verb's own object, subject or complement is counted.
fn counted(trees: &Trees, head: usize) -> bool {
    let near = trees.children(head).filter(|c| matches!(trees.relation(*c), "obj" | "nsubj" | "nsubj:pass" | "xcomp"));
    near.into_iter().any(|c| trees.upos(c) == "NUM" || trees.child(c, &["nummod"]).is_some())
}

fn causal_at(page: &Page, at: usize) -> bool {
    page.says(at, "because")
        || page.says(at, "due") && page.says(at + 1, "to")
        || page.says(at, "thanks") && page.says(at + 1, "to")
        || page.says(at, "therefore")
        || page.reads(at, &["as", "a", "result"])
        || page.reads(at, &["led", "to"])
        || page.reads(at, &["resulted", "in"])
}

/// What a copula says: a tie between two, a number, or a value.
fn after_copula(page: &Page, rest: Range) -> ClaimKind {
    let near = Range::new(rest.start, rest.end.min(rest.start + 8));
    let tie = near.indices().any(|i| page.is(i, Class::TieNoun) && page.says(i + 1, "of"));
    let number = near.indices().take(3).any(|i| page.tag(i) == Tag::Number && !page.says(i, "one"));
    match (tie, number) {
        (true, _) => ClaimKind::Tie,
        (_, true) => ClaimKind::Quantity,
        _ => ClaimKind::Value,
    }
}

fn counts(page: &Page, pieces: &[Range]) -> bool {
    pieces.iter().flat_map(|p| p.indices()).any(|i| {
        page.kind(i) == Some(Kind::Number) && (page.is(i + 1, Class::Unit) || page.word(i + 1) == "%")
            || page.tag(i) == Tag::Number && page.is(i + 1, Class::Unit)
    })
}

fn hedges(page: &Page, pieces: &[Range], clause: Option<Clause>) -> Vec<Words> {
    let hedge = |i: &usize| {
        page.is(*i, Class::Hedge) && page.tag(*i) != Tag::Noun && page.tag(*i) != Tag::Name && !comes_to_sight(page, *i)
    };
    let found = pieces.iter().flat_map(|p| p.indices()).filter(hedge);
    let single = found.map(|i| Range::new(i, i + 1));
    let phrases = pieces.iter().flat_map(|p| p.indices().filter_map(|i| hedging_phrase(page, i, p.end)));
    let mut ranges: Vec<Range> = phrases.take(8).collect();
    let single: Vec<Range> = single.take(8).filter(|s| !ranges.iter().any(|r| r.contains(*s))).collect();
    ranges.extend(single);
    ranges.retain(|r| r.len() > 1 || clause.is_none_or(|c| bears_on(page, c, *r)));
    ranges.sort_by_key(|r| r.start);
    ranges.into_iter().filter_map(|r| page.words(r)).collect()
}

/// Whether a hedge is about a clause and not about one inside it: not `may` in `the mayor, who may run again, opened it`.
fn bears_on(page: &Page, clause: Clause, hedge: Range) -> bool {
    let Some((trees, mut at)) = page.trees.as_deref().and_then(|t| Some((t, t.words_in(hedge).next()?))) else {
        return true;
    };
    // `the likely voter sample`, `a plan likely to please`: what is likely is no subject of doubt to the verb.
    if (trees.relation(at) == "amod" || trees.relation(at) == "acl" && trees.upos(at) == "ADJ")
        && at != clause.head
        && let Some(noun) = trees.head(at).filter(|n| *n != clause.head)
        && (at > noun || !matches!(trees.relation(noun), "obj" | "root" | "xcomp" | "ccomp" | "conj"))
    {
        return false;
    }
    for _ in 0..MOST_CLIMBED {
        if at == clause.head || clause::is_clause(trees, at) {
            break;
        }
        let Some(above) = trees.head(at) else { break };
        // `another, potentially more serious, flood`: the flood is certain.
        if trees.relation(above) == "amod" && above != clause.head {
            return false;
        }
        at = above;
    }
    let mut below = clause.head;
    for _ in 0..MOST_CLIMBED {
        match trees.head(below).filter(|_| below != at) {
            Some(above) => below = above,
            None => break,
        }
    }
    below == at
}

/// `a boat appeared` and `there appeared a boat`, not `a boat appeared to burn`.
fn comes_to_sight(page: &Page, at: usize) -> bool {
    let appears = ["appear", "appears", "appeared"].iter().any(|w| page.says(at, w));
    let judged = page.says(at + 1, "to") || page.says(at + 1, "that") || page.tag(at + 1) == Tag::Adjective;
    appears && !judged
}

/// `it is possible that`, `it is not impossible`, `it is feared`, `it may be that`, `(thinks) it probable that`.
fn hedging_phrase(page: &Page, at: usize, limit: usize) -> Option<Range> {
    if !page.says(at, "it") {
        return None;
    }
    let mut last = at + 1;
    while last < limit && (page.is(last, Class::Be) || page.is(last, Class::Negation) || page.is(last, Class::Modal)) {
        last += 1;
    }
    let among = |words: &[&str]| words.iter().any(|w| page.says(last, w));
    let links = last > at + 1;
    let that = page.says(last + 1, "that");
    let modal = page.is(at + 1, Class::Modal) && !page.is(at + 1, Class::Future) && page.says(at + 2, "be");
    if last < limit && (links || that) && among(&["possible", "probable", "likely", "conceivable", "plausible"])
        || last < limit && page.says(last - 1, "not") && among(&["impossible", "improbable", "unlikely", "excluded"])
        || last < limit && links && among(&["feared", "hoped", "suspected", "supposed", "presumed", "assumed"])
    {
        return Some(Range::new(at, last + 1));
    }
    (modal && page.says(last, "that")).then_some(Range::new(at, last))
}

/// `her pilot, who, it is feared, will not live`: the reserve is about the pilot's life, not about the rest.
fn in_relative_clause(page: &Page, pieces: &[Range], hedge: &Words) -> bool {
    let before = |i: &usize| page.span(Range::new(*i, *i + 1)).is_some_and(|s| s.end <= hedge.span.start);
    let relative = |i: &usize| ["who", "which", "whom", "whose"].iter().any(|w| page.says(*i, w));
    let starts: Vec<usize> = pieces.iter().map(|p| p.start).collect();
    pieces.iter().flat_map(|p| p.indices()).take_while(before).any(|i| relative(&i) && !starts.contains(&i))
}

/// Where a sentence of the author's turns from what is sure to what is put forward with reserve: `the mill is shut, and
/// presumably it will be sold`.
pub(crate) fn turn(page: &Page, piece: Range) -> Option<usize> {
    let hedged = |i: usize| page.tag(i) == Tag::Adverb && page.is(i, Class::Hedge);
    piece.indices().skip(3).find(|i| {
        let opens = page.kind(*i) == Some(Kind::Comma) && page.tag(i + 1) == Tag::Coordinator;
        let rest = Range::new((i + 2).min(piece.end), piece.end);
        opens
            && (hedged(i + 2) || hedging_phrase(page, i + 2, piece.end).is_some())
            && phrase::has_finite(page, Range::new(piece.start, *i))
            && phrase::has_finite(page, rest)
    })
}

/// Whether a claim as a whole is put forward with reserve, not only some part of it.
pub(crate) fn is_hedged(page: &Page, pieces: &[Range], claim: &Claim) -> bool {
    let main = pieces.iter().find_map(|p| main_verb(page, *p)).map(|(group, _)| group).and_then(|g| page.span(g));
    claim.hedges.iter().any(|hedge| {
        let word = hedge.text.to_lowercase();
        match word.as_str() {
            "could" | "would" | "should" => false,
            "may" | "might" | "seem" | "seems" | "seemed" | "appear" | "appears" | "appeared" => {
                main.is_some_and(|m| m.start <= hedge.span.start && hedge.span.end <= m.end)
            }
            _ => !in_relative_clause(page, pieces, hedge),
        }
    }) && !matches!(claim.certainty, Certainty::Counterfactual)
}

fn certainty(page: &Page, pieces: &[Range], hedges: &[Words]) -> Certainty {
    let has = |words: &[&str]| hedges.iter().any(|h| words.iter().any(|w| h.text.eq_ignore_ascii_case(w)));
    let first = pieces.first().map_or(0, |p| p.start);
    let would_have = pieces.iter().flat_map(|p| p.indices()).any(|i| {
        ["would", "could", "might"].iter().any(|w| page.says(i, w))
            && (page.says(i + 1, "have") || page.says(i + 2, "have"))
    });
    let condition = pieces.iter().flat_map(|p| p.indices()).any(|i| page.says(i, "if")) || page.says(first, "had");
    if would_have && condition {
        return Certainty::Counterfactual;
    }
    if has(&["unlikely"]) {
        return Certainty::Unlikely;
    }
    let phrase = |word: &str| hedges.iter().any(|h| h.text.contains(' ') && h.text.to_lowercase().contains(word));
    if phrase("possible") || phrase(" be") && !phrase("probable") || phrase("conceivable") {
        return Certainty::Possible;
    }
    if has(&["perhaps", "maybe", "possibly", "may", "might", "could", "conceivably", "potentially"]) {
        return Certainty::Possible;
    }
    if hedges.is_empty() || has(&["would", "should"]) && hedges.len() == 1 {
        return Certainty::Certain;
    }
    Certainty::Probable
}

fn negated(page: &Page, group: Range, piece: Range) -> bool {
    let before = Range::new(piece.start.max(group.start.saturating_sub(4)), group.start);
    let subject = before
        .indices()
        .any(|i| page.says(i, "no") || page.says(i, "nobody") || page.says(i, "neither") || page.says(i, "none"));
    let subject = subject || none_of_subject(page, group, piece);
    let after = Range::new(group.end, piece.end.min(group.end + 1));
    let object = after.indices().any(|i| page.says(i, "no") || page.says(i, "not") || page.says(i, "nothing"));
    phrase::is_negated(page, group) || subject || object
}

/// `no warship of any kind is`: a negative word that begins the verb's own clause.
fn none_of_subject(page: &Page, group: Range, piece: Range) -> bool {
    let low = piece.start.max(group.start.saturating_sub(12));
    let bound = |i: &usize| {
        matches!(page.tag(*i), Tag::Punctuation | Tag::Wh | Tag::That | Tag::Subordinator) || page.tag(*i).is_finite()
    };
    let first = (low..group.start).rev().find(bound).map_or(low, |i| i + 1);
    let doubt = page.says(first + 1, "doubt") || page.says(first + 1, "sooner");
    ["no", "none", "nobody", "nothing", "neither"].iter().any(|w| page.says(first, w)) && !doubt
}

fn predicate(page: &Page, group: Range) -> Option<Predicate> {
    let verb = group.end - 1;
    let lexicon = Lexicon::get();
    let entry = page.entry(verb);
    let lemma = if entry.is(Class::Be) {
        "be".to_owned()
    } else if entry.is(Class::Have) {
        "have".to_owned()
    } else {
        lexicon.lemma(entry).map_or_else(|| base_of(page.word(verb)), str::to_owned)
    };
    Some(Predicate { words: page.words(group)?, lemma, roleset: None })
}
