//! The coder: one sentence's statements at a time, because what is promised in one is the content of another.
//!
//! A claim is coded by its predicate; the act of a voice (`urged`, `accused`) by its cue. What an act wants, promises or
//! refuses is consumed by it: nobody is counted as having left because somebody called on him to leave.

use super::frame::Frame;
use super::marks::{self, Marks};
use super::party::{self, Member};
use super::phrase::{PREPOSITIONS, Token, phrases, tokens, words_of};
use super::rules::{ModeBy, ObjectNeed, Rule, RuleBook, RuleError};
use super::scheme::{Quad, Scheme};
use crate::resolve::Actors;
use rashomon_core::{Certainty, ClaimKind, Document, Polarity, Reading, Span, Statement, Words};
use rashomon_text::days::WEEKDAYS;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// How deep noun phrases are looked into: `an end to the fighting between ...`.
const DEPTH: usize = 3;
/// How far behind a predicate its infinitive may stand, in bytes.
const REACH: u32 = 160;
/// Where a target stands if the rule names no place or nothing stands there, in this order.
const USUAL: &[&str] =
    &["against", "object", "to", "with", "on", "upon", "at", "from", "for", "between", "among", "of", "over", "in"];
/// How far before a predicate what turns it may stand, in bytes.
const LEAD: u32 = 80;
/// Words that may stand between a verb and what turns it.
const BEFORE_VERBS: &[&str] = &[
    "to", "not", "n't", "never", "have", "has", "had", "been", "be", "being", "is", "are", "was", "were", "am", "can",
    "could", "may", "might", "must", "should", "do", "does", "did", "also", "again", "soon", "then", "now", "yet",
    "ever", "even", "once", "always", "on", "the", "verge",
];
/// Types that an announcement of them turns into AGREE, and whose refusal is REJECT.
const COOPERATIVE: &[&str] = &["CONSULT", "SUPPORT", "COOPERATE", "AID"];

/// A coded event of one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// The statement's place in its reading.
    pub statement: usize,
    /// The link of its chain whose act this is; `None` for what the claim itself tells.
    pub link: Option<usize>,
    /// Type, by the scheme.
    pub code: Arc<str>,
    /// Mode, where the words show one.
    pub mode: Option<Arc<str>>,
    /// Contexts, in the order of the scheme.
    pub contexts: Vec<Arc<str>>,
    /// Score on the scale from -10 to +10.
    pub intensity: f64,
    /// Quad.
    pub quad: Quad,
    /// Who does it.
    pub source: Vec<Member>,
    /// To whom. Of what is done together it is the same as the source.
    pub target: Vec<Member>,
    /// The auxiliary marks.
    pub marks: Marks,
    /// The word that told.
    pub word: String,
}

/// What a word was coded to, before its parties are looked up.
#[derive(Debug, Clone)]
struct Core {
    code: Arc<str>,
    mode: Option<Arc<str>>,
    contexts: Vec<Arc<str>>,
    source: Vec<Words>,
    target: Vec<Words>,
    act: bool,
    /// Whether those who stand together act on each other.
    mutual: bool,
    /// Statements of the sentence that are this one's content.
    children: Vec<usize>,
    /// The noun that it was coded by, if a verb only carries it: no second event.
    carries: Option<Span>,
    /// Whether the words put it into the future, or the refusal was coded.
    coming: bool,
    refused: bool,
    word: String,
}

/// Codes statements by the scheme and the rules.
#[derive(Debug, Clone)]
pub struct Coder {
    book: Arc<RuleBook>,
}

impl Coder {
    /// With the bundled rules.
    pub fn bundled() -> Coder {
        static BOOK: OnceLock<Arc<RuleBook>> = OnceLock::new();
        // The bundled files are tested; a coder without rules codes nothing.
        Coder { book: BOOK.get_or_init(|| Arc::new(RuleBook::new(None).unwrap_or_default())).clone() }
    }

    /// With a person's own file of codes before the bundled rules.
    pub fn with(own: &str) -> Result<Coder, RuleError> {
        RuleBook::new(Some(own)).map(|book| Coder { book: Arc::new(book) })
    }

    /// The scheme.
    pub fn scheme(&self) -> &Scheme {
        &self.book.scheme
    }

    /// Every coded event of a document, in the order of its statements; of one statement the claim's first.
    pub fn code(&self, document: &Document, reading: &Reading, actors: &Actors) -> Vec<Coded> {
        let all = &reading.statements;
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(first) = all.get(from) {
            let length = all.iter().skip(from).take_while(|s| s.sentence() == first.sentence()).count();
            let statements = all.get(from..from + length).unwrap_or_default();
            let mut sentence = Sentence { book: &self.book, document, actors, statements, cores: Vec::new() };
            sentence.cores = vec![None; length];
            found.extend(sentence.coded().into_iter().map(|c| Coded { statement: c.statement + from, ..c }));
            from += length;
        }
        found
    }
}

/// One sentence.
struct Sentence<'a> {
    book: &'a RuleBook,
    document: &'a Document,
    actors: &'a Actors,
    statements: &'a [Statement],
    /// What each statement's claim is coded to, once it was looked at.
    cores: Vec<Option<Option<Core>>>,
}

impl Sentence<'_> {
    fn text(&self) -> &str {
        &self.document.text
    }

    fn coded(&mut self) -> Vec<Coded> {
        for n in 0..self.statements.len() {
            self.core(n, 0);
        }
        let mut cores: Vec<Option<Core>> = self.cores.iter().cloned().map(Option::flatten).collect();
        let mut consumed: BTreeSet<usize> = BTreeSet::new();
        for core in cores.iter().flatten().filter(|c| c.act) {
            consumed.extend(core.children.iter().filter(|c| self.is_unreal(**c)));
        }
        for noun in cores.iter().flatten().filter_map(|c| c.carries) {
            let same = |s: &Statement| s.claim().predicate.as_ref().is_some_and(|p| p.words.span.overlaps(noun));
            let own = |n: usize| cores.get(n).and_then(Option::as_ref).is_some_and(|c| c.carries == Some(noun));
            consumed.extend(self.statements.iter().enumerate().filter(|(n, s)| same(s) && !own(*n)).map(|(n, _)| n));
        }
        let mut acts: Vec<(usize, usize, Core)> = Vec::new();
        let mut seen: BTreeSet<Span> = BTreeSet::new();
        for n in 0..self.statements.len() {
            for (link, cue, act) in self.acts(n) {
                let own = cores.get_mut(n).and_then(Option::as_mut);
                if let Some(own) = own {
                    self.mend_source(own, &act);
                }
                // What only says that the voice speaks so is the voice's act, told twice.
                let predicate = self.statements.get(n).and_then(|s| s.claim().predicate.as_ref());
                let again = predicate.is_some_and(|p| p.words.span.overlaps(cue));
                if again || act.act && self.is_unreal(n) {
                    consumed.insert(n);
                }
                if seen.insert(cue) {
                    acts.push((n, link, act));
                }
            }
        }
        let contexts = self.contexts();
        let mut found = Vec::new();
        for (n, core) in cores.into_iter().enumerate() {
            if let Some(core) = core.filter(|_| !consumed.contains(&n)) {
                found.extend(self.finish(n, None, core, &contexts));
            }
            for (_, link, act) in acts.iter().filter(|(at, _, _)| *at == n) {
                found.extend(self.finish(n, Some(*link), act.clone(), &contexts));
            }
        }
        found
    }

    /// Whether a statement does not say that it happened.
    fn is_unreal(&self, n: usize) -> bool {
        self.statements.get(n).is_some_and(|s| {
            let claim = s.claim();
            claim.certainty != Certainty::Certain
                || claim.kind == ClaimKind::Prediction
                || claim.polarity == Polarity::Negative
        })
    }

    /// `X accused Y of firing`: where the claim's doer is only the accuser, the accused is meant.
    fn mend_source(&self, own: &mut Core, act: &Core) {
        if &*act.code == "ACCUSE" && !act.target.is_empty() && own.source == act.source {
            own.source.clone_from(&act.target);
        }
    }

    fn contexts(&self) -> Vec<Arc<str>> {
        let Some(first) = self.statements.first() else { return Vec::new() };
        self.book.scheme.contexts_of(&words_of(&tokens(self.text(), first.sentence())))
    }

    fn finish(&self, n: usize, link: Option<usize>, core: Core, around: &[Arc<str>]) -> Option<Coded> {
        let statement = self.statements.get(n)?;
        let kind = self.book.scheme.get(&core.code)?;
        let members = |all: &[Words]| -> Vec<Member> {
            let mut found: Vec<Member> =
                all.iter().flat_map(|w| party::members(self.actors, self.document, w)).collect();
            let mut seen = BTreeSet::new();
            found.retain(|m| seen.insert(m.words.span));
            found
        };
        let mut marks = match link {
            None => marks::of_claim(self.document, statement, core.coming),
            Some(_) => Marks::default(),
        };
        if core.refused {
            marks.negated = false;
        }
        let turned = matches!(&*core.code, "AGREE" | "REJECT" | "CONCEDE" | "THREATEN");
        if core.coming && turned {
            // The promise is made; what is to come is its content.
            marks = Marks { future: false, hypothetical: false, ..marks };
        }
        let (mut source, mut target) = (members(&core.source), members(&core.target));
        if !core.mutual {
            party::part_selves(self.document, &mut source, &mut target);
        }
        if core.mutual && target.is_empty() && source.len() > 1 {
            target.clone_from(&source);
        }
        let mut contexts: Vec<Arc<str>> = core.contexts;
        for context in around {
            if !contexts.contains(context) {
                contexts.push(context.clone());
            }
        }
        Some(Coded {
            statement: n,
            link,
            intensity: self.book.scheme.intensity(&core.code, core.mode.as_deref()),
            quad: kind.quad,
            source,
            target,
            marks,
            contexts,
            code: core.code,
            mode: core.mode,
            word: core.word,
        })
    }

    /// What a statement's claim is coded to.
    fn core(&mut self, n: usize, depth: usize) -> Option<Core> {
        if let Some(known) = self.cores.get(n).and_then(Option::as_ref) {
            return known.clone();
        }
        if depth > DEPTH {
            return None;
        }
        // While it is looked at it is nothing, so that two claims that hold each other end.
        if let Some(place) = self.cores.get_mut(n) {
            *place = Some(None);
        }
        let core = self.work_out(n, depth);
        if let Some(place) = self.cores.get_mut(n) {
            *place = Some(core.clone());
        }
        core
    }

    fn work_out(&mut self, n: usize, depth: usize) -> Option<Core> {
        let statement = self.statements.get(n)?;
        let claim = statement.claim();
        let predicate = claim.predicate.as_ref().filter(|_| claim.causation.is_none())?;
        let (lemma, light) = self.lemma_of(&predicate.lemma, &predicate.words)?;
        let mut frame = Frame::of_statement(self.document, statement, &lemma);
        if self.book.is_done_by_of(&lemma) {
            frame.take_of_for_subject(self.text());
        }
        let children = self.children(n, predicate.words.span);
        let core = self.tried(&frame, &children, depth).or_else(|| {
            (light || self.book.is_light(&lemma)).then(|| self.carried(&frame, &children, depth)).flatten()
        })?;
        Some(self.turned(core, statement, predicate.words.span))
    }

    /// The rules' own word for a predicate, and whether it only carries its noun.
    fn lemma_of(&self, lemma: &str, words: &Words) -> Option<(String, bool)> {
        let spaced = lemma.replace(['-', '_'], " ");
        let light = self.book.is_light(&spaced);
        if let Some(own) = self.book.lemma(&spaced) {
            return Some((own.to_owned(), light));
        }
        let said = words_of(&tokens(self.text(), words.span));
        for length in [3, 2, 1] {
            let from = said.len().saturating_sub(length);
            let last = said.get(from..).unwrap_or_default().join(" ");
            if let Some(own) = self.book.lemma(&last).filter(|_| said.len() >= length) {
                return Some((own.to_owned(), light));
            }
        }
        let first = spaced.split(' ').next().unwrap_or_default();
        match self.book.lemma(first).filter(|_| first != spaced) {
            Some(own) => Some((own.to_owned(), light)),
            None => light.then_some((spaced, true)),
        }
    }

    /// Other claims of the sentence that stand inside this one: in its arguments, or as the infinitive behind it.
    fn children(&self, n: usize, predicate: Span) -> Vec<usize> {
        let Some(statement) = self.statements.get(n) else { return Vec::new() };
        let inside = |span: Span| statement.claim().arguments.iter().any(|a| a.words.span.contains(span));
        let mut found: Vec<(u32, usize)> = Vec::new();
        for (m, other) in self.statements.iter().enumerate().filter(|(m, _)| *m != n) {
            let Some(theirs) = other.claim().predicate.as_ref().map(|p| p.words.span) else { continue };
            let behind = theirs.start >= predicate.end;
            let near = theirs.start.saturating_sub(predicate.end) <= REACH;
            let same = other.chain().len() == statement.chain().len();
            if behind && (inside(theirs) || near && same && self.is_unreal(m) && self.led_by_to(predicate.end, theirs))
            {
                found.push((theirs.start, m));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, m)| m).collect()
    }

    /// Whether an infinitive's `to` stands right before a predicate, or `that` between the two.
    fn led_by_to(&self, from: u32, predicate: Span) -> bool {
        let between = words_of(&tokens(self.text(), Span { start: from, end: predicate.start }));
        let own = words_of(&tokens(self.text(), predicate));
        between.last().is_some_and(|w| w == "to")
            || own.first().is_some_and(|w| w == "to")
            || between.iter().any(|w| w == "that")
    }

    /// The first rule that fits, applied.
    fn tried(&mut self, frame: &Frame, children: &[usize], depth: usize) -> Option<Core> {
        let book = self.book;
        let mut content: Option<Option<(Core, Vec<usize>)>> = None;
        // Where there is an object, it is the object that must be somebody.
        let actor = |w: &Words| party::holds_actor(self.actors, self.document, w);
        let holds = match frame.objects.as_slice() {
            [] => frame.phrases.iter().any(|(_, w)| actor(w)),
            objects => objects.iter().any(actor),
        };
        let object = frame.objects.iter().any(|w| self.is_somebody(w));
        for rule in book.of_lemma(&frame.lemma) {
            let with = match &rule.with {
                None => true,
                Some(set) => {
                    let strife = matches!(rule.code.as_deref(), Some("ASSAULT" | "PROTEST" | "MOBILIZE"));
                    let body = || frame.phrases.iter().any(|(_, w)| party::is_body(self.actors, self.document, w));
                    set.meets(&frame.tail)
                        || rule.with_actor && holds
                        || rule.with_body && body()
                        || strife && set.meets(&frame.head)
                }
            };
            let without = !rule.without.as_ref().is_some_and(|set| set.meets(&frame.tail));
            let led = rule.prep.is_empty() || rule.prep.iter().any(|p| frame.phrases.iter().any(|(led, _)| led == p));
            let right = match rule.object {
                ObjectNeed::Any => true,
                ObjectNeed::Actor => object,
                ObjectNeed::None => frame.objects.is_empty(),
            };
            if !(with && without && led && right) {
                continue;
            }
            let wants = !rule.of.is_empty() || rule.act || rule.mutual || rule.mode != ModeBy::Fixed(None);
            if wants && content.is_none() {
                content = Some(self.content(frame, children, depth));
            }
            let inner = content.as_ref().and_then(Option::as_ref);
            if !rule.of.is_empty() && !inner.is_some_and(|(c, _)| rule.of.contains(&c.code)) {
                continue;
            }
            return self.applied(rule, frame, inner);
        }
        None
    }

    fn applied(&self, rule: &Rule, frame: &Frame, content: Option<&(Core, Vec<usize>)>) -> Option<Core> {
        let code = rule.code.clone()?;
        let inner = content.map(|(core, _)| core);
        let mode = match &rule.mode {
            ModeBy::Fixed(mode) => mode.clone(),
            ModeBy::Request => inner.and_then(|c| asked_mode(&c.code)),
            ModeBy::Threat => inner.and_then(threat_mode),
        };
        let mut core = Core {
            code,
            mode: mode.map(|m| m.as_ref().into()),
            contexts: rule.contexts.clone(),
            source: self.sources(rule, frame),
            target: Vec::new(),
            act: rule.act,
            mutual: rule.mutual,
            children: content.filter(|_| rule.act).map(|(_, c)| c.clone()).unwrap_or_default(),
            carries: None,
            coming: false,
            refused: false,
            word: frame.lemma.clone(),
        };
        core.target = self.targets(rule, frame, &core.source);
        if core.target.is_empty() {
            // Whom a promise helps or a request concerns is whom its content concerns.
            let inner = inner.filter(|_| rule.act || rule.mutual || !rule.of.is_empty());
            core.target = inner.map(|c| c.target.clone()).unwrap_or_default();
            core.target.retain(|w| !core.source.contains(w));
        }
        let owned = || frame.subjects.first().is_some_and(|w| self.is_owner(w));
        if core.target.is_empty() && self.book.is_suffered(&frame.lemma) && owned() {
            core.target = std::mem::take(&mut core.source);
        }
        if rule.mutual && core.target.is_empty() && core.source.len() > 1 {
            core.target.clone_from(&core.source);
        }
        if rule.mutual && core.source.is_empty() && core.target.len() > 1 {
            core.source.clone_from(&core.target);
        }
        Some(core)
    }

    /// Whether words stand as an owner: `the governor's`, `his`.
    fn is_owner(&self, words: &Words) -> bool {
        let behind = self.text().get(words.span.end as usize..).unwrap_or_default();
        let pronoun = ["his", "her", "its", "their", "my", "our", "your"];
        let possessive = |text: &str| ["'s", "’s"].iter().any(|mark| text.starts_with(mark));
        possessive(behind)
            || words.text.ends_with("'s")
            || words.text.ends_with("’s")
            || pronoun.contains(&words.text.to_lowercase().as_str())
    }

    fn sources(&self, rule: &Rule, frame: &Frame) -> Vec<Words> {
        for place in &rule.source {
            let found: Vec<Words> = match place.as_str() {
                "object" => frame.objects.clone(),
                "subject" => frame.subjects.clone(),
                led => frame.phrases.iter().filter(|(p, _)| p == led).map(|(_, w)| w.clone()).collect(),
            };
            if !found.is_empty() {
                return found;
            }
        }
        if rule.source.is_empty() { frame.subjects.clone() } else { Vec::new() }
    }

    /// Where the rule says, if somebody stands there; else in the usual places; else the object; but the deed that is promised,
    /// asked for or threatened is no party to it.
    fn targets(&self, rule: &Rule, frame: &Frame, source: &[Words]) -> Vec<Words> {
        let own = rule.target.iter().map(String::as_str);
        // A rule that names places but not the object means that nothing is done to the object: `sent troops to`.
        let object = rule.target.is_empty() || rule.target.iter().any(|p| p == "object");
        for place in own.chain(USUAL.iter().copied().filter(|p| object || *p != "object")) {
            let somebody: Vec<Words> =
                at_place(frame, place).into_iter().filter(|w| !source.contains(w) && self.is_somebody(w)).collect();
            if !somebody.is_empty() {
                return if place == "object" || place == "between" || place == "subject" {
                    somebody
                } else {
                    // The first of several phrases, with the names that stand beside it.
                    somebody.into_iter().take(1).collect()
                };
            }
        }
        let content = matches!(rule.code.as_deref(), Some("AGREE" | "REQUEST" | "THREATEN"));
        let party = |w: &&Words| object && !source.contains(w) && !(content && self.is_deed(w));
        frame.objects.iter().filter(party).take(1).cloned().collect()
    }

    /// Whether words name what is done rather than to whom: `a swift revenge`.
    fn is_deed(&self, words: &Words) -> bool {
        let all = tokens(self.text(), words.span);
        let end = all.iter().position(|t| PREPOSITIONS.contains(&t.word.as_str())).unwrap_or(all.len());
        let head = end.checked_sub(1).and_then(|last| all.get(last));
        head.is_some_and(|t| self.book.lemma(&t.word).is_some_and(|l| self.book.of_lemma(l).next().is_some()))
    }

    /// Whether words name or describe people or a body.
    fn is_somebody(&self, words: &Words) -> bool {
        party::holds_actor(self.actors, self.document, words)
            || self.book.is_people(&words_of(&tokens(self.text(), words.span)))
    }

    /// What is wanted, promised, refused or ended, with the claims of the sentence that say so.
    fn content(&mut self, frame: &Frame, children: &[usize], depth: usize) -> Option<(Core, Vec<usize>)> {
        for child in children {
            if let Some(core) = self.core(*child, depth + 1) {
                return Some((core, children.to_vec()));
            }
        }
        let spans = frame.inside.clone();
        spans.into_iter().find_map(|span| self.noun(span, depth)).map(|core| (core, children.to_vec()))
    }

    /// The first word of a stretch that a rule codes as a noun or an infinitive.
    fn noun(&mut self, span: Span, depth: usize) -> Option<Core> {
        if depth >= DEPTH {
            return None;
        }
        let all = tokens(self.text(), span);
        for (n, token) in all.iter().enumerate() {
            let Some((lemma, noun)) = self.noun_at(&all, n) else { continue };
            if self.is_name(token) {
                continue;
            }
            let frame = Frame::of_noun(self.text(), &lemma, noun, span);
            if let Some(core) = self.tried(&frame, &[], depth + 1) {
                return Some(core);
            }
        }
        None
    }

    /// The rules' own word that begins at a token, the longest first.
    fn noun_at(&self, all: &[Token], n: usize) -> Option<(String, Span)> {
        let first = all.get(n)?;
        if PREPOSITIONS.contains(&first.word.as_str()) {
            return None;
        }
        let pair = all.get(n + 1).filter(|next| !next.parted).map(|next| {
            (format!("{} {}", first.word, next.word), Span { start: first.span.start, end: next.span.end })
        });
        let single = (first.word.clone(), first.span);
        pair.into_iter().chain([single]).find_map(|(word, span)| Some((self.book.lemma(&word)?.to_owned(), span)))
    }

    /// Whether a token is part of a name.
    fn is_name(&self, token: &Token) -> bool {
        let capital = token.span.of(self.text()).is_some_and(|t| t.starts_with(char::is_uppercase));
        let near = Span { start: token.span.start.saturating_sub(40), end: token.span.end };
        capital && self.actors.within(&self.document.id, near).any(|(mention, _)| mention.contains(token.span))
    }

    /// A verb that only carries its noun: the noun is coded, with the verb's own parties.
    fn carried(&mut self, frame: &Frame, children: &[usize], depth: usize) -> Option<Core> {
        let mut spans: Vec<Span> = frame.objects.iter().map(|w| w.span).collect();
        let led = ["on", "in", "at", "into", ""];
        spans.extend(frame.phrases.iter().filter(|(p, _)| led.contains(&p.as_str())).map(|(_, w)| w.span));
        let inside = frame.inside.clone();
        for span in spans {
            let whole = inside.iter().copied().find(|s| s.contains(span)).unwrap_or(span);
            let all = tokens(self.text(), span);
            for n in 0..all.len() {
                let Some((lemma, noun)) = self.noun_at(&all, n) else { continue };
                let mut carried = Frame::of_noun(self.text(), &lemma, noun, whole);
                if !frame.subjects.is_empty() {
                    carried.subjects.clone_from(&frame.subjects);
                    carried.head.clone_from(&frame.head);
                }
                for phrase in &frame.phrases {
                    if !carried.phrases.contains(phrase) {
                        carried.phrases.push(phrase.clone());
                    }
                }
                carried.tail.extend(frame.tail.iter().cloned());
                if let Some(core) = self.tried(&carried, children, depth + 1) {
                    return Some(Core { carries: Some(noun), ..core });
                }
            }
        }
        None
    }

    /// What stands before the verb turns what it tells: `will meet`, `refused to meet`.
    fn turned(&self, mut core: Core, statement: &Statement, predicate: Span) -> Core {
        let lead = self.lead_of(statement, predicate);
        let cooperative = COOPERATIVE.contains(&&*core.code);
        let mild = cooperative || matches!(&*core.code, "RETREAT" | "CONCEDE" | "AGREE");
        let negative = statement.claim().polarity == Polarity::Negative;
        let coming = self.book.leads("future", &lead) || statement.claim().kind == ClaimKind::Prediction;
        let refusing = self.book.leads("refuse", &lead);
        let become_of = |core: &mut Core, code: &str, mode: Option<Arc<str>>| {
            if let Some(code) = self.book.scheme.code(code) {
                core.code = code;
                core.mode = mode;
            }
        };
        if mild && negative && (refusing || coming) {
            let mode = asked_mode(&core.code);
            become_of(&mut core, "REJECT", mode);
            core.refused = true;
            core.coming = true;
            return core;
        }
        let unreal = statement.claim().certainty != Certainty::Certain;
        let promised = unreal && self.book.leads("agree", &lead);
        let threatened = unreal && self.book.leads("threaten", &lead);
        core.coming = coming;
        if negative || core.act || !(coming || promised || threatened) {
            return core;
        }
        if cooperative && (coming || promised) {
            become_of(&mut core, "AGREE", None);
            core.coming = true;
        } else if &*core.code == "RETREAT" {
            become_of(&mut core, "CONCEDE", None);
            core.coming = true;
        } else if threatened && !mild {
            let mode = threat_mode(&core);
            become_of(&mut core, "THREATEN", mode);
            core.coming = true;
        }
        core
    }

    /// The words right before a predicate that belong to it (`was about to`, `has refused to`), and its own.
    fn lead_of(&self, statement: &Statement, predicate: Span) -> Vec<String> {
        let start = statement.sentence().start.max(predicate.start.saturating_sub(LEAD));
        let start = (start..=predicate.start).find(|n| self.text().is_char_boundary(*n as usize));
        let before = tokens(self.text(), Span { start: start.unwrap_or(predicate.start), end: predicate.start });
        let belongs = |t: &&Token| {
            let word = t.word.as_str();
            let between = BEFORE_VERBS.contains(&word) || WEEKDAYS.contains(&word) || word.ends_with("ly");
            between || self.book.is_lead(word)
        };
        let mut lead: Vec<String> = before.iter().rev().take_while(belongs).map(|t| t.word.clone()).collect();
        lead.reverse();
        lead.extend(words_of(&tokens(self.text(), predicate)));
        lead
    }

    /// What the voices of a statement do by speaking: the link, the cue and what it is coded to.
    fn acts(&mut self, n: usize) -> Vec<(usize, Span, Core)> {
        let Some(statement) = self.statements.get(n) else { return Vec::new() };
        let mut found = Vec::new();
        let last = statement.chain().len().saturating_sub(1);
        for (place, link) in statement.chain().iter().enumerate().skip(1) {
            let (Some(cue), Some(voice)) = (&link.cue, link.voice.words()) else { continue };
            if !statement.sentence().contains(cue.span) {
                continue;
            }
            let all = tokens(self.text(), cue.span);
            let word = (0..all.len()).find_map(|n| self.noun_at(&all, n));
            let Some((lemma, at)) = word else { continue };
            let behind = Span { start: at.end, end: statement.sentence().end };
            let mut frame = Frame::of_text(self.text(), &lemma, voice, behind);
            if voice.span.start >= at.end {
                frame.objects.retain(|w| !w.span.overlaps(voice.span));
                frame.phrases.retain(|(_, w)| !w.span.overlaps(voice.span));
            }
            let content: Vec<usize> = if place == last { vec![n] } else { Vec::new() };
            let Some(mut act) = self.tried(&frame, &content, 1) else { continue };
            let speech = act.act || matches!(&*act.code, "ACCUSE" | "SUPPORT" | "CONCEDE");
            if !speech {
                continue;
            }
            let between = Span { start: at.end, end: voice.span.start.max(at.end) };
            if act.target.is_empty() && words_of(&tokens(self.text(), between)).iter().any(|w| w == "by") {
                // `was accused by`: whom it is done to stands before.
                let before = Span { start: statement.sentence().start, end: at.start };
                let whom = phrases(self.text(), before).into_iter().rfind(|p| p.preposition.is_empty());
                act.target = whom.and_then(|p| Words::at(self.text(), p.span)).into_iter().collect();
            }
            if act.target.is_empty() && matches!(&*act.code, "REQUEST" | "ACCUSE" | "THREATEN") {
                let own = statement.claim().arguments.iter().filter(|a| a.role == rashomon_core::Role::Subject);
                act.target = own.map(|a| a.words.clone()).filter(|w| !act.source.contains(w)).collect();
            }
            found.push((place, at, act));
        }
        found
    }
}

fn at_place(frame: &Frame, place: &str) -> Vec<Words> {
    match place {
        "object" => frame.objects.clone(),
        "subject" => frame.subjects.clone(),
        led => frame.phrases.iter().filter(|(p, _)| p == led).map(|(_, w)| w.clone()).collect(),
    }
}

/// The mode of a request or refusal by what is wanted.
fn asked_mode(code: &str) -> Option<Arc<str>> {
    match code {
        "AID" | "COOPERATE" | "SUPPORT" | "AGREE" => Some("assist".into()),
        "CONSULT" => Some("meet".into()),
        "RETREAT" | "CONCEDE" => Some("yield".into()),
        _ => None,
    }
}

/// The mode of a threat by what is threatened.
fn threat_mode(content: &Core) -> Option<Arc<str>> {
    let mode = match (&*content.code, content.mode.as_deref()) {
        ("COERCE", Some("arrest")) => "arrest",
        ("COERCE", Some("deport")) | ("SANCTION", Some("expel")) => "expel",
        ("COERCE", Some("seize")) => "territory",
        ("COERCE" | "PROTEST", _) => "restrict",
        ("SANCTION" | "REJECT" | "RETREAT", _) => "relations",
        ("ASSAULT" | "MOBILIZE", _) => "violence",
        _ => return None,
    };
    Some(mode.into())
}
