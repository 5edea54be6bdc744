//! Cues that are verbs: "said that", "told the court", ", the mayor said", said the mayor.
//!
//! The verb's group says what it goes with. The rules are tried in the order of how sure their signs are: words between
//! marks, `that`, a parenthesis, a bare clause, an infinitive, an indirect question.

use super::content::{after_quotation, clause_start, parenthetical_after, skip_openers, trim_end};
use super::cue::{Cue, Said, Subject};
use super::frames::{
    appeal, bare_clause, evidence_that, finding, infinitive, object, question, stressed, that_clause, told_act,
};
use super::parenthesis::parenthesis;
use super::path::{Path, venue_in_front};
use super::quoted::Scene;
use super::{passives, voice};
use crate::lexicon::{Class, Lexicon, form};
use crate::page::{Attribution, Page, Range, Speaker};
use crate::part::Tag;
use crate::phrase::{self, Phrase};
use crate::rules::SpeechGroup;
use crate::token::Kind;
use crate::trees::Trees;
use rashomon_core::{Scope, Stance};

/// Most words of a subject that only the tree knows.
const MOST_WORDS: usize = 8;

/// The group of a verb of two words and where the second stands: `pointed out`, `made it clear`.
pub(crate) fn phrasal(page: &Page, verb: usize) -> Option<(&'static SpeechGroup, usize)> {
    let group = |second: usize| Lexicon::get().phrasal_group(page.entry(verb), page.word(second)).map(|g| (g, second));
    group(verb + 1).or_else(|| if page.says(verb + 1, "it") { group(verb + 2) } else { None })
}

/// The attribution that a verb makes, if it makes one.
pub(crate) fn read(page: &Page, scene: &Scene, window: Range, verb: usize) -> Option<Attribution> {
    let lexicon = Lexicon::get();
    let entry = page.entry(verb);
    let phrasal = phrasal(page, verb);
    let group = phrasal.map(|p| p.0).or_else(|| lexicon.group(entry))?;
    let verbs = phrase::verb_group(page, verb, window.start);
    if let Some((_, last)) = phrasal {
        let cue = Cue { verb: last, verbs: Range::new(verbs.start, last + 1), window, group };
        return if page.tag(verb).is_finite() { active(page, scene, &cue) } else { None };
    }
    let cue = Cue { verb, verbs, window, group };
    if was_asked(page, &cue) || is_asked_whether(page, &cue) {
        return None;
    }
    if let Some(quoted) = as_saying(page, &cue) {
        return said_as(page, scene, &cue, quoted);
    }
    match page.tag(verb) {
        Tag::Participle if phrase::is_passive(page, verbs) => return passives::read(page, scene, &cue),
        Tag::Participle if verbs.len() == 1 && !tells_that(page, &cue) => return passives::reduced(page, scene, &cue),
        Tag::Participle | Tag::Verb | Tag::Gerund => {}
        Tag::Infinitive if goes_on(page, verb) || told_apart(page, window, verb).is_some() => {}
        Tag::Adjective if page.says(verb + 1, "by") => return passives::reduced(page, scene, &cue),
        _ => return None,
    }
    if phrase::is_passive(page, verbs) {
        return passives::read(page, scene, &cue);
    }
    active(page, scene, &cue)
}

/// `quoted an officer as saying`, `Hart was quoted by the Gazette as saying`: the verb before, and where `as` stands.
fn as_saying(page: &Page, cue: &Cue) -> Option<(usize, usize)> {
    let r#as = cue.verb.checked_sub(1).filter(|a| *a > cue.window.start && page.says(*a, "as"))?;
    let quotes = |i: &usize| {
        let lemma = Lexicon::get().lemma(page.entry(*i)).unwrap_or_default();
        ["quote", "cite", "report"].contains(&lemma) && page.tag(*i) != Tag::Noun
    };
    let low = cue.window.start.max(r#as.saturating_sub(16));
    let verb = (low..r#as).rev().find(quotes).filter(|_| page.tag(cue.verb) == Tag::Gerund)?;
    Some((verb, r#as))
}

/// What somebody is quoted as saying: the voice is who is quoted, and who quotes is the voice around it.
fn said_as(page: &Page, scene: &Scene, cue: &Cue, (verb, r#as): (usize, usize)) -> Option<Attribution> {
    let group = phrase::verb_group(page, verb, cue.window.start);
    let quoted = if phrase::is_passive(page, group) {
        phrase::subject_before(page, group.start, cue.window.start)?
    } else {
        phrase::phrase_after(page, verb + 1, r#as)?
    };
    let content = words_of(page, scene, cue, None)?;
    let start = if phrase::is_passive(page, group) { group.start } else { quoted.whole.start };
    Some(Attribution {
        speaker: voice::of_phrase(page, quoted)?,
        cue: Some(Range::new(cue.verb, cue.verb + 1)),
        venue: content.venue,
        extent: Range::new(start, content.cue_end.max(content.path_end)),
        content: content.pieces,
        stance: cue.group.stance(),
        author: cue.group.author(),
        scope: Scope::Sentence,
        by: content.by,
    })
}

/// `Asked whether the crew had been drunk, the skipper replied`: the skipper does not ask.
fn was_asked(page: &Page, cue: &Cue) -> bool {
    let next = cue.verb + 1;
    let asks = ["whether", "if", "about", "why", "how", "what", "when", "where", "who", "by", "to"];
    cue.verbs.start == skip_openers(page, cue.window.start, cue.verb)
        && cue.verbs.len() == 1
        && cue.group.takes("hearer")
        && page.entry(cue.verb).forms & form::PARTICIPLE != 0
        && (page.tag(next) == Tag::That || asks.iter().any(|w| page.says(next, w)))
}

/// `was once asked how`, whose adverb hides the passive; `Was the mayor told that ...?`: the mayor says nothing.
fn is_asked_whether(page: &Page, cue: &Cue) -> bool {
    if page.entry(cue.verb).forms & form::PARTICIPLE == 0 || !cue.group.takes("hearer") {
        return false;
    }
    let be = |at: Option<usize>| at.is_some_and(|i| i >= cue.window.start && page.is(i, Class::Be));
    let adverb = cue.verb.checked_sub(1).is_some_and(|i| page.says(i, "once") || page.tag(i) == Tag::Adverb);
    let hidden = adverb && cue.verbs.len() == 1 && be(cue.verb.checked_sub(2));
    let subject = phrase::subject_before(page, cue.verbs.start, cue.window.start);
    let turned = subject.is_some_and(|s| s.whole.end == cue.verbs.start && be(s.whole.start.checked_sub(1)));
    hidden || turned
}

/// `the ship, which had fallen behind, reported by wire that`, `the board found that`: no participle but a past tense.
fn tells_that(page: &Page, cue: &Cue) -> bool {
    let comma = cue.verb > cue.window.start && page.kind(cue.verb - 1) == Some(Kind::Comma);
    let far = cue.window.end.min(cue.verb + 12);
    let stop = |i: &usize| page.tag(*i) == Tag::That || page.tag(*i).is_finite() || page.tag(*i) == Tag::Punctuation;
    let that = (cue.verb + 1..far).find(stop).is_some_and(|i| page.tag(i) == Tag::That);
    let at_once =
        cue.verb > cue.window.start && (page.tag(cue.verb + 1) == Tag::That || evidence_that(page, cue).is_some());
    cue.group.takes("that") && (comma && that || at_once)
}

/// `was one of the first to warn that`, `is the only member to say that`: where the verbs begin.
fn told_apart(page: &Page, window: Range, verb: usize) -> Option<usize> {
    let to = verb.checked_sub(1).filter(|to| page.says(*to, "to"))?;
    let inside = |from: usize| (from.max(window.start)..to).rev().take_while(|i| page.tag(*i) != Tag::Punctuation);
    let apart = |i: usize| ["first", "last", "only", "latest"].iter().any(|w| page.says(i, w));
    inside(to.saturating_sub(4)).find(|i| apart(*i))?;
    let trees = page.trees.as_deref()?;
    let node = trees.words_in(Range::new(verb, verb + 1)).next()?;
    trees.child(node, &["ccomp"])?;
    inside(to.saturating_sub(12)).find(|i| page.is(*i, Class::Be))
}

/// An infinitive that tells of words that were said: `went on to say`, `continued to insist`.
fn goes_on(page: &Page, verb: usize) -> bool {
    let before = page.entry(verb.wrapping_sub(2));
    let lemma = Lexicon::get().lemma(before).unwrap_or_default();
    page.says(verb.wrapping_sub(1), "to")
        && (["continue", "begin", "proceed", "come", "hasten", "appear", "seem"].contains(&lemma)
            || page.says(verb.wrapping_sub(2), "on"))
}

fn active(page: &Page, scene: &Scene, cue: &Cue) -> Option<Attribution> {
    let subject = subject(page, scene, cue);
    let mut content = words_of(page, scene, cue, subject)?;
    end_with_clause(page, cue, &mut content.pieces);
    if content.pieces.is_empty() {
        return None;
    }
    let (speaker, subject_range) = match subject {
        Some(Subject { phrase, .. }) => (voice::of_writer(page, phrase)?, Some(phrase.whole)),
        None => (earlier_subject(page, cue)?, None),
    };
    let quotes = content.pieces.iter().any(|p| scene.beginning(p.start).is_some());
    if voice::is_self(page, speaker) && !(quotes && !cue.group.mental && scene.around(cue.verb).is_none()) {
        return None;
    }
    let voice_word = speaker_start(speaker).unwrap_or(cue.verb);
    // `They say in the market that`: nobody in particular.
    let people = page.says(voice_word, "they") && page.says(cue.verb, "say");
    let said_there = people && page.tag(cue.verb + 1) == Tag::Preposition;
    let speaker = if said_there { Speaker::Nobody(Some(Range::new(voice_word, voice_word + 1))) } else { speaker };
    if !quotes && ["you", "one"].iter().any(|w| page.says(voice_word, w)) {
        return None;
    }
    let needs_source = cue.group.takes("source") && !quotes;
    let told_by = subject.and_then(|s| antecedent(page, s.phrase, cue.window.start));
    let speaker = told_by.and_then(|p| voice::of_phrase(page, p)).unwrap_or(speaker);
    if needs_source && told_by.is_none() && subject.is_some_and(|s| !voice::can_speak(page, s.phrase)) {
        return None;
    }
    let before = cue.verbs.start.checked_sub(1).filter(|b| *b >= cue.window.start);
    if subject.map(|s| s.phrase.whole.start).or(before).is_some_and(|at| is_none(page, at)) {
        return None;
    }
    // `let them know that`: who lets them know says it.
    let made = |at: usize| ["let", "lets", "letting", "make", "makes", "made", "help"].iter().any(|w| page.says(at, w));
    let front = subject.and_then(|s| s.phrase.whole.start.checked_sub(1)).filter(|b| *b >= cue.window.start);
    if front.is_some_and(made) && cue.group.mental {
        return None;
    }
    let stance = stance(page, cue)?;
    let first = told_apart(page, cue.window, cue.verb).unwrap_or(cue.verbs.start);
    let start = subject_range.map_or(first, |r| r.start.min(first));
    let end = subject_range.map_or(content.cue_end, |r| if r.start > cue.verb { r.end } else { content.cue_end });
    Some(Attribution {
        speaker,
        cue: Some(Range::new(cue.verbs.start, content.cue_end.max(cue.verb + 1).min(cue.verbs.start + 8))),
        venue: content.venue,
        content: content.pieces,
        stance,
        author: author(page, cue, content.by),
        scope: Scope::Sentence,
        extent: Range::new(start, end.max(content.cue_end).max(content.path_end)),
        by: content.by,
    })
}

/// Cuts what was said where the tree shows that it ends: before the verb of the clause around it (`The treaty that the mayor
/// said would end the war was signed`), and before what another does (`Cole said it was late and Hart blamed the crew`).
fn end_with_clause(page: &Page, cue: &Cue, pieces: &mut Vec<Range>) {
    let Some(trees) = page.trees.as_deref() else { return };
    let Some(node) = trees.words_in(Range::new(cue.verb, cue.verb + 1)).next() else { return };
    let after = trees.tokens_of(trees.reach(node)).end;
    let past = after + (after..after + 2).take_while(|i| set_off(page, *i)).count();
    let relative = trees.relation(node) == "acl:relcl" && after > cue.verb + 1 && page.tag(past).is_finite();
    // `While Hart said the mill was lost, Cole ...`
    let beside = trees.relation(node) == "advcl"
        && trees.child(node, &["mark"]).is_some_and(|m| trees.lemma(m) != "as")
        && after > cue.verb + 1
        && page.kind(after - 1) == Some(Kind::Comma);
    let main = before_main_clause(trees, node).filter(|end| *end > cue.verb + 1);
    let joined = trees.children(node).find(|c| {
        *c > node
            && trees.relation(*c) == "conj"
            && trees.child(*c, &["nsubj", "nsubj:pass"]).is_some_and(|s| page.tag(trees.tokens(s).start) == Tag::Name)
    });
    let joined = joined.map(|c| trees.tokens_of(trees.reach(c)).start).filter(|start| *start > cue.verb + 1);
    // `said that he would go, putting his name on the line`: what the speaker does beside.
    let said = trees.child(node, &["ccomp"]);
    let doing = trees.children(node).find(|c| {
        let bare = trees.child(*c, &["mark", "nsubj", "aux"]).is_none();
        said.is_some_and(|s| *c > s) && trees.relation(*c) == "advcl" && trees.xpos(*c) == "VBG" && bare
    });
    let doing = doing
        .map(|c| trees.tokens_of(trees.reach(c)).start)
        .filter(|start| *start > cue.verb + 1 && page.kind(start - 1) == Some(Kind::Comma));
    let joined = joined.into_iter().chain(doing);
    // `a man who, records show, left the port, has come back`
    let aside = trees.head(node).filter(|h| trees.relation(node) == "parataxis" && trees.relation(*h) == "acl:relcl");
    if let Some(own) = aside.map(|clause| trees.tokens_of(trees.reach(clause))) {
        for piece in pieces.iter_mut() {
            *piece = Range::new(piece.start.max(own.start), piece.end.min(own.end).max(piece.start.max(own.start)));
        }
        pieces.retain(|p| !p.is_empty());
    }
    for end in (relative || beside).then_some(after).into_iter().chain(main).chain(joined) {
        for piece in pieces.iter_mut().filter(|p| p.start < end && end < p.end) {
            piece.end = end;
        }
        pieces.retain(|p| p.start < end || !p.has(end));
    }
}

/// Where the clause around a cue ends before the word that it hangs on: `When Cole mentioned the flood, Hart laughed`.
fn before_main_clause(trees: &Trees, cue: usize) -> Option<usize> {
    let mut at = cue;
    let mut beside = false;
    for _ in 0..6 {
        let relation = trees.relation(at);
        let compared = trees.child(at, &["mark"]).is_some_and(|m| trees.lemma(m) == "as");
        let told =
            trees.child(at, &["mark", "advmod"]).is_some_and(|m| matches!(trees.xpos(m), "IN" | "WRB") && m < at);
        beside |= relation == "acl:relcl" || relation == "advcl" && told && !compared;
        let head = trees.head(at)?;
        let end = trees.reach(at).1;
        if beside && head > end {
            return Some(trees.tokens_of((at, end)).end);
        }
        // `Hart left the town where Cole had mentioned the flood, and the crew wept`
        let joined = |c: &usize| *c > end && trees.relation(*c) == "conj" && trees.child(*c, &["nsubj"]).is_some();
        if let Some(next) = trees.children(head).find(joined).filter(|_| beside) {
            return Some(trees.tokens_of(trees.reach(next)).start);
        }
        if matches!(relation, "parataxis" | "root") || compared {
            return None;
        }
        at = head;
    }
    None
}

/// A comma or a dash.
fn set_off(page: &Page, at: usize) -> bool {
    matches!(page.kind(at), Some(Kind::Comma | Kind::Dash))
}

/// `the study, which notes that`, `the clerk who said`: what `which` or `who` stands for, if that can speak.
fn antecedent(page: &Page, which: Phrase, floor: usize) -> Option<Phrase> {
    let at = which.head.start;
    if which.head.len() != 1 || !["which", "that", "who"].iter().any(|w| page.says(at, w)) {
        return None;
    }
    let marks = (floor..at).rev().take_while(|i| set_off(page, *i)).count();
    phrase::phrase_before(page, at - marks, floor).filter(|p| voice::can_speak(page, *p))
}

/// `no one`, `nothing`, `neither of them`: nobody says it, and nobody says the opposite.
fn is_none(page: &Page, at: usize) -> bool {
    let not = |at: usize| page.says(at, "not");
    ["no", "nobody", "none", "nothing", "neither", "few"].iter().any(|w| page.says(at, w))
        || not(at)
        || at.checked_sub(1).is_some_and(not) && page.says(at, "everyone")
}

/// The source's stance; `None` where nothing is said. Who does not doubt holds what follows.
fn stance(page: &Page, cue: &Cue) -> Option<Stance> {
    let negated = phrase::is_negated(page, cue.verbs);
    let doubts = Lexicon::get().lemma(page.entry(cue.verb)) == Some("doubt");
    match negated {
        _ if doubts => Some(if negated { Stance::Asserts } else { Stance::Denies }),
        true if cue.group.mental => Some(Stance::Denies),
        true => None,
        false => Some(cue.group.stance()),
    }
}

/// The author's stance: who writes "as X rightly noted" says so too.
fn author(page: &Page, cue: &Cue, by: &str) -> Stance {
    let near = Range::new(cue.verbs.start.saturating_sub(1), cue.verb + 2);
    let endorses = near.indices().any(|i| page.is(i, Class::EmphaticAdverb));
    let as_clause = by == "as" || (cue.window.start..cue.verbs.start).rev().take(6).any(|i| page.says(i, "as"));
    if as_clause && endorses { Stance::Endorses } else { cue.group.author() }
}

fn speaker_start(speaker: Speaker) -> Option<usize> {
    match speaker {
        Speaker::Words(range) | Speaker::Nobody(Some(range)) if range.len() == 1 => Some(range.start),
        _ => None,
    }
}

fn subject(page: &Page, scene: &Scene, cue: &Cue) -> Option<Subject> {
    let gerund = page.tag(cue.verb) == Tag::Gerund && cue.verbs.len() == 1;
    let before = cue.verbs.start.checked_sub(1).filter(|b| *b >= cue.window.start);
    let marked = scene.just_before(page, cue.verbs.start, cue.window).is_some();
    let comma = before.is_some_and(|b| page.kind(b) == Some(Kind::Comma));
    let finite = page.tag(cue.verb) == Tag::Verb && cue.verbs.len() == 1;
    let opens = before.is_none() && page.tokens.get(cue.verb).is_some_and(|t| t.capital);
    if finite && opens {
        let phrase =
            phrase::phrase_after(page, cue.verb + 1, cue.window.end).filter(|p| inverted_fits(page, p, cue))?;
        return Some(Subject { phrase, inverted: true });
    }
    if finite && (marked || comma || page.says(before.unwrap_or(cue.verb), "as")) {
        let behind = phrase::phrase_after(page, cue.verb + 1, cue.window.end).filter(|p| inverted_fits(page, p, cue));
        if let Some(phrase) = behind.filter(|_| marked || comma && parenthetical_after(page, cue.verb, cue.window.end))
        {
            return Some(Subject { phrase, inverted: true });
        }
        if marked {
            return None;
        }
    }
    let named = gerund && before.is_some_and(|b| page.tag(b) == Tag::Name || page.is(b, Class::RoleNoun));
    if page.tag(cue.verb) == Tag::Infinitive {
        return subject_above(page, cue).map(|phrase| Subject { phrase, inverted: false });
    }
    if gerund && !named {
        return None;
    }
    // `is understood to have told`: the subject stands before the first of the two verbs.
    let outer = before.filter(|b| page.tag(*b) == Tag::To && *b > cue.window.start + 1).map(|to| to - 1);
    let first = outer
        .filter(|o| page.entry(*o).group != 0 && page.tag(*o) == Tag::Participle)
        .map(|o| phrase::verb_group(page, o, cue.window.start).start);
    let start = first.unwrap_or(cue.verbs.start);
    let phrase = phrase::subject_before(page, start, cue.window.start);
    let phrase = subject_by_tree(page, cue, start, phrase).or(phrase)?;
    let verb_alone = phrase.head.end > cue.window.start;
    verb_alone.then_some(Subject { phrase, inverted: false })
}

/// The subject that the tree gives a cue, where the words before it are another: `three days after the council condemned the test`.
fn subject_by_tree(page: &Page, cue: &Cue, verbs: usize, found: Option<Phrase>) -> Option<Phrase> {
    let trees = page.trees.as_deref()?;
    let node = trees.words_in(Range::new(cue.verb, cue.verb + 1)).next()?;
    let subject = trees.child(node, &["nsubj"])?;
    let head = trees.tokens(subject).start;
    let pronoun = matches!(trees.xpos(subject), "WP" | "WDT" | "DT" | "EX");
    // `A friend of the port, Mr. Hart likened`: the name speaks.
    let named = found.is_some_and(|f| {
        let name = |c: usize| trees.relation(c) == "appos" && trees.upos(c) == "PROPN";
        let behind_comma = f.whole.start > cue.window.start && set_off(page, f.whole.start - 1);
        trees.children(subject).any(|c| name(c) && f.head.has(trees.tokens(c).start))
            || behind_comma && trees.upos(subject) == "NOUN" && page.tag(f.head.end - 1) == Tag::Name
    });
    if named || pronoun || head < cue.window.start || head >= verbs || found.is_some_and(|f| f.head.has(head)) {
        return None;
    }
    phrase_of(page, trees, subject, Range::new(cue.window.start, verbs))
}

/// The phrase of a word of the tree, inside a range.
fn phrase_of(page: &Page, trees: &Trees, node: usize, within: Range) -> Option<Phrase> {
    let head = trees.tokens(node).start;
    let start = trees.tokens(trees.reach(node).0).start.max(within.start);
    let found = phrase::phrase_after(page, start, within.end).filter(|p| p.head.has(head));
    // `The Hull/Crane Daily tracking poll`: words that no list knows for parts of a phrase.
    let whole = Range::new(start, head + 1);
    let plain = |i: usize| page.tokens.get(i).is_some_and(|t| t.is_wordlike()) || page.word(i) == "/";
    let short = head >= start && whole.len() <= MOST_WORDS && head < within.end && whole.indices().all(plain);
    found.or_else(|| short.then_some(Phrase { head: whole, whole }))
}

/// The subject that the tree gives the verb before an infinitive or a participle: `the towns, Hart said, have come to believe`.
fn subject_above(page: &Page, cue: &Cue) -> Option<Phrase> {
    let trees = page.trees.as_deref()?;
    let mut node = trees.words_in(Range::new(cue.verb, cue.verb + 1)).next()?;
    for _ in 0..3 {
        if let Some(subject) = trees.child(node, &["nsubj"]) {
            let known = !matches!(trees.xpos(subject), "WP" | "WDT" | "DT" | "EX");
            let before = trees.tokens(subject).start;
            let inside = cue.window.start <= before && before < cue.verbs.start;
            return (known && inside)
                .then(|| phrase_of(page, trees, subject, Range::new(cue.window.start, cue.verbs.start)))
                .flatten();
        }
        if !matches!(trees.relation(node), "xcomp" | "advcl") {
            return None;
        }
        node = trees.head(node)?;
    }
    None
}

fn inverted_fits(page: &Page, phrase: &Phrase, cue: &Cue) -> bool {
    let after = phrase.whole.end;
    let object = ["me", "him", "us", "them", "that", "it"].iter().any(|w| page.says(phrase.head.start, w));
    let day = page.is(phrase.head.start, Class::Weekday) || phrase::is_time(page, phrase.head);
    // `Ten firms, Hull among them, declared bankruptcy`
    let by_tree = page.trees.as_deref().is_some_and(|trees| {
        let node = trees.words_in(Range::new(phrase.head.end - 1, phrase.head.end)).next();
        let verb = trees.words_in(Range::new(cue.verb, cue.verb + 1)).next();
        let before = |v: usize| trees.child(v, &["nsubj"]).is_some_and(|s| s < v);
        node.is_some_and(|n| trees.relation(n) == "obj" && trees.head(n) == verb) && verb.is_some_and(before)
    });
    !object && !by_tree && !day && (after >= cue.window.end || !page.tag(after).is_finite())
}

/// The subject of the verb before, for `and added`, `, saying`, `went on to say`.
pub(crate) fn earlier_subject(page: &Page, cue: &Cue) -> Option<Speaker> {
    if let Some(subject) = shared_subject(page, cue) {
        return voice::of_phrase(page, subject);
    }
    let spoken = |by: &str| !["according to", "in the view of", "noun", "citation", "hearsay", "passive"].contains(&by);
    let recent = page.attributions.iter().rev().take(4).find(|a| {
        spoken(a.by)
            && a.extent.start >= cue.window.start
            && a.extent.start < cue.verb
            && a.extent.end <= cue.verb + 1
            && !a.content.iter().any(|c| c.has(cue.verb) && c.len() > 40)
    });
    if let Some(attribution) = recent {
        return Some(attribution.speaker);
    }
    let low = cue.window.start.max(cue.verb.saturating_sub(phrase::REACH));
    let finite: Vec<usize> = (low..cue.verbs.start).filter(|i| page.tag(*i).is_finite()).collect();
    // A participle goes with the main clause, which mostly stands first; a second verb with the verb before it.
    let participle = page.tag(cue.verb) == Tag::Gerund;
    // `This plan gives the port a shape, considering the mill as its heart`: a plan says nothing.
    let above = subject_above(page, cue).filter(|s| participle && !page.says(s.head.start, "it"));
    if let Some(subject) = above {
        return voice::can_speak(page, subject).then(|| voice::of_phrase(page, subject)).flatten();
    }
    let nearest = finite.iter().rev().take(4);
    let ordered: Vec<usize> =
        if participle { finite.iter().take(6).copied().collect() } else { nearest.copied().collect() };
    for verb in ordered {
        let group = phrase::verb_group(page, verb, cue.window.start);
        let found = phrase::subject_before(page, group.start, cue.window.start);
        // `It attacked the mayor, saying that`: a paper or a board.
        let it = |p: &Phrase| participle && page.says(p.head.start, "it");
        if let Some(phrase) = found.filter(|p| voice::can_speak(page, *p) || it(p)) {
            return voice::of_phrase(page, phrase);
        }
    }
    // `Praising the crew, the mayor said`: the subject stands behind.
    let comma = (cue.verb..cue.window.end.min(cue.verb + 40)).find(|i| page.kind(*i) == Some(Kind::Comma))?;
    let marks = (comma + 1..cue.window.end).take_while(|i| page.kind(*i) == Some(Kind::Mark)).count();
    let behind = phrase::phrase_after(page, comma + 1 + marks, cue.window.end)?;
    (page.tag(behind.whole.end).is_finite() && voice::can_speak(page, behind))
        .then(|| voice::of_phrase(page, behind))?
}

/// The subject of the first of several verbs, in the tree: `When the mayor spoke, Hart laughed and said`.
fn shared_subject(page: &Page, cue: &Cue) -> Option<Phrase> {
    let trees = page.trees.as_deref()?;
    let node = trees.words_in(Range::new(cue.verb, cue.verb + 1)).next()?;
    let first = trees.head(node).filter(|f| trees.relation(node) == "conj" && *f < node && trees.upos(*f) == "VERB")?;
    let subject = trees.child(first, &["nsubj"]).filter(|s| !matches!(trees.xpos(*s), "WP" | "WDT" | "DT" | "EX"))?;
    let before = trees.tokens(subject).start;
    let inside = cue.window.start <= before && before < trees.tokens(first).start;
    let found =
        inside.then(|| phrase_of(page, trees, subject, Range::new(cue.window.start, cue.verbs.start))).flatten();
    found.filter(|p| voice::can_speak(page, *p))
}

/// Whether words with a quotation in front of the subject are a participle's: `Hailing him “...”,`.
fn participle_clause(page: &Page, piece: Range, window: Range) -> bool {
    let start = skip_openers(page, clause_start(page, piece.end, window), piece.end);
    page.tag(start) == Tag::Gerund && page.entry(start).group != 0
}

fn words_of(page: &Page, scene: &Scene, cue: &Cue, subject: Option<Subject>) -> Option<Said> {
    let after = match subject {
        Some(s) if s.inverted => s.phrase.whole.end,
        _ => cue.verb + 1,
    };
    let path = Path::walk(page, scene, cue, after);
    let marked = quoted_words(page, scene, cue, subject, &path);
    // `“...,” said Hart, a clerk who served the board`: what stands behind is said of Hart.
    let behind = subject.is_some_and(|s| s.inverted);
    let bare = || if behind { None } else { bare_clause(page, scene, cue, &path) };
    let clause = || bare().or_else(|| that_clause(page, scene, cue, &path));
    let mut said = match marked {
        // `Hailing him “the father of the port,” Hart said the mill would stay`: what is said stands behind.
        Some(marked) if marked.pieces.iter().all(|p| p.end <= cue.verb) => match clause() {
            Some(clause) if participle_clause(page, marked.pieces[0], cue.window) => Some(clause),
            Some(mut clause) => {
                clause.pieces.splice(0..0, marked.pieces);
                Some(clause)
            }
            None => Some(marked),
        },
        other => other,
    };
    said = said
        .or_else(|| finding(page, scene, cue))
        .or_else(|| that_clause(page, scene, cue, &path))
        .or_else(|| parenthesis(page, scene, cue, subject, &path))
        .or_else(|| bare_clause(page, scene, cue, &path))
        .or_else(|| infinitive(page, scene, cue))
        .or_else(|| told_act(page, scene, cue))
        .or_else(|| stressed(page, scene, cue))
        .or_else(|| appeal(page, scene, cue))
        .or_else(|| question(page, scene, cue, &path))
        .or_else(|| object(page, scene, cue));
    let mut said = said?;
    said.path_end = path.end;
    said.venue = path.venue.or_else(|| venue_in_front(page, cue, subject));
    Some(said)
}

/// Words between marks beside the cue.
fn quoted_words(page: &Page, scene: &Scene, cue: &Cue, subject: Option<Subject>, path: &Path) -> Option<Said> {
    if !cue.group.takes("quote") {
        return None;
    }
    let mut pieces = Vec::new();
    let front = subject.filter(|s| !s.inverted).map_or(cue.verbs.start, |s| s.phrase.whole.start.min(cue.verbs.start));
    // `called him “the father of the port,” crediting him with`: the words before are another cue's.
    let follows = |q: usize| subject.is_none() && page.quoted[q].attribution.is_some();
    let before = scene.just_before(page, front, cue.window).filter(|q| scene.is_free(page, *q) && !follows(*q));
    if let Some(before) = before {
        pieces.push(left_of_quotation(page, before, cue.window));
    }
    let mut cue_end = path.end.min(cue.verb + 1).max(cue.verb + 1);
    let right = right_quotation(page, scene, cue, path, !pieces.is_empty());
    if let Some(quotation) = right.filter(|q| scene.is_free(page, *q)) {
        let outer = page.quoted[quotation].outer;
        let end =
            if outer.end >= cue.window.end { outer.end } else { after_quotation(page, scene, outer.end, cue.window) };
        pieces.push(Range::new(outer.start, end));
        if path.that.is_some() || pieces.len() == 1 {
            cue_end = path.that.map_or(cue.verb + 1, |t| t + 1);
        }
    }
    if let ([_], Some(open)) = (pieces.as_slice(), open_clause(page, cue, front)) {
        pieces.insert(0, open);
    }
    Said::new(pieces, cue_end, "marks")
}

/// `The town would be, as the mayor put it, “...”`: a clause that only the words between the marks complete.
fn open_clause(page: &Page, cue: &Cue, front: usize) -> Option<Range> {
    let as_cue = front.checked_sub(1).filter(|a| *a > cue.window.start && page.says(*a, "as"))?;
    let end = trim_end(page, cue.window.start, as_cue);
    let last = page.tag(end.checked_sub(1)?);
    let open = matches!(last, Tag::Auxiliary | Tag::Preposition | Tag::Determiner | Tag::To | Tag::Verb | Tag::Adverb);
    (open && end < as_cue).then(|| Range::new(clause_start(page, end, cue.window), end))
}

/// The words that end with a quotation before the cue: the quotation, with its clause if it is only a part of one.
fn left_of_quotation(page: &Page, quotation: usize, window: Range) -> Range {
    let outer = page.quoted[quotation].outer;
    let start = outer.start.max(window.start);
    if outer.start <= window.start {
        return outer;
    }
    let before = skip_openers(page, clause_start(page, start, window), start);
    let words = (before..start).filter(|i| page.tokens[*i].is_wordlike()).count();
    let introduced = page.kind(start - 1) == Some(Kind::Colon) || page.kind(start - 1) == Some(Kind::Comma);
    let claimed = page
        .attributions
        .iter()
        .rev()
        .take(6)
        .any(|a| a.extent.has(start - 1) || a.content.iter().any(|c| c.has(start - 1)));
    if words == 0 || introduced || claimed { outer } else { Range::new(before, outer.end) }
}

/// The quotation that follows the cue as its words.
fn right_quotation(page: &Page, scene: &Scene, cue: &Cue, path: &Path, broken: bool) -> Option<usize> {
    if path.end < cue.window.end
        && let Some(quotation) = scene.beginning(path.end)
    {
        return Some(quotation);
    }
    // `“...,” the mayor said on Monday. “...”` goes on in the next sentence; `..., said: “...”` may, too.
    let end = cue.window.end;
    let last = page.kind(end.saturating_sub(1));
    let opens_next = last == Some(Kind::Colon) || broken && path.end + 1 >= end;
    if last == Some(Kind::Colon) && opens_next && path.end + 12 > end {
        return scene.beginning(end);
    }
    let comma =
        (path.end..end.min(path.end + 14)).find(|i| matches!(page.kind(*i), Some(Kind::Comma | Kind::Colon)))?;
    let speaks = cue.group.takes("bare") || cue.group.takes("that");
    let clean = speaks && !(path.end..comma).any(|i| page.tag(i).is_finite() || page.kind(i) == Some(Kind::Mark));
    (clean && comma + 1 < end).then(|| scene.beginning(comma + 1)).flatten()
}
