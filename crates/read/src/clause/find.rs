//! Which words of a sentence assert something.

use super::force::{self, Force};
use super::{participants, phrase};
use crate::page::{Page, Range};
use crate::rules::ClauseFile;
use crate::trees::Trees;
use rashomon_core::{Argument, Predicate, Role, Span, Words};

/// What carries a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A verb.
    Verb,
    /// A noun, adjective or phrase with `be`.
    Copula,
    /// A noun that tells of an event.
    Noun,
    /// A noun beside another, `Stone, commander of the guard`; of which one it is said.
    Apposition(usize),
    /// What a verb like `consider` says of its object.
    Described,
    /// A participle joined to who does it, `rebel-held`; who does it.
    Modifier(usize),
}

/// One claim in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The word that carries it.
    pub(crate) head: usize,
    /// What that word is.
    pub(crate) kind: Kind,
}

/// The claims whose carrying word lies in a range of tokens, in the order of the text; the outermost first of all.
pub(crate) fn in_range(trees: &Trees, range: Range) -> Vec<Clause> {
    trees.words_in(range).filter_map(|node| clause(trees, node)).collect()
}

fn clause(trees: &Trees, node: usize) -> Option<Clause> {
    match kind(trees, node)? {
        // `the commander, Stone`: said of the name, by the noun before it.
        Kind::Apposition(whose) if whose == node => {
            Some(Clause { head: trees.head(node)?, kind: Kind::Apposition(node) })
        }
        kind => Some(Clause { head: node, kind }),
    }
}

fn kind(trees: &Trees, node: usize) -> Option<Kind> {
    let (upos, relation) = (trees.upos(node), trees.relation(node));
    if trees.tokens(node).is_empty()
        || matches!(relation, "aux" | "aux:pass" | "cop" | "fixed" | "case" | "mark" | "compound:prt")
    {
        return None;
    }
    if trees.child(node, &["cop"]).is_some() && upos != "VERB" {
        // `lower than it was in the past` compares, and says nothing of its own.
        if trees.child(node, &["mark", "case"]).is_some_and(|m| trees.lemma(m) == "than") {
            return None;
        }
        return Some(Kind::Copula);
    }
    match upos {
        "VERB" => verb(trees, node, relation),
        "AUX" if relation == "root" => Some(Kind::Verb),
        "NOUN" | "ADJ" if named_so(trees, node) => Some(Kind::Described),
        "NOUN" | "PROPN" if relation == "appos" => apposition(trees, node),
        "NOUN" | "PROPN" | "ADJ" | "NUM" if described(trees, node) => Some(Kind::Described),
        "NOUN" => eventful(trees, node).then_some(Kind::Noun),
        _ => None,
    }
}

fn verb(trees: &Trees, node: usize, relation: &str) -> Option<Kind> {
    // `Based on this, ...`: no deed, but a preposition of two words.
    let opens = node == 0 || matches!(trees.xpos(node - 1), "." | "," | "``" | ":" | "CC");
    // `low-paying jobs`, `Hart-supporting clubs`: parts of an adjective.
    let end = node.checked_sub(1).and_then(|n| trees.word(n)).filter(|w| w.lemma() == "-").map(|w| w.range().end);
    if trees.xpos(node) == "VBG" && end.is_some() && trees.word(node).map(|w| w.range().start) == end {
        return None;
    }
    // `worth noting`
    if trees.xpos(node) == "VBG" && node > 0 && trees.lemma(node - 1) == "worth" {
        return None;
    }
    if relation == "advcl" && trees.lemma(node) == "base" && trees.lemma(node + 1) == "on" && opens {
        return None;
    }
    if relation != "amod" {
        return (relation != "compound").then_some(Kind::Verb);
    }
    // `US-engineered`: the doer, a hyphen, a participle.
    let doer = trees.children(node).find(|c| *c < node && matches!(trees.upos(*c), "PROPN" | "NOUN"))?;
    let joined = doer + 2 == node && trees.xpos(doer + 1) == "HYPH" && trees.xpos(node) == "VBN";
    let backed = joined && trees.upos(doer) == "PROPN";
    backed.then_some(Kind::Modifier(doer))
}

/// `(they consider him) a hero`, `(she was described as) a thief`: something is said of the verb's object.
fn described(trees: &Trees, node: usize) -> bool {
    let verb = trees.head(node).filter(|v| trees.upos(*v) == "VERB");
    // `are expected their second child`
    let awaits =
        |v: usize| matches!(trees.lemma(v), "expect" | "give" | "offer" | "grant") && trees.upos(node) != "ADJ";
    let of = |v: usize| trees.child(v, &["obj", "iobj", "nsubj:pass"]).is_some() && !awaits(v);
    match trees.relation(node) {
        // `did not use it that much`
        "xcomp" => verb.is_some_and(of) && !matches!(trees.lemma(node), "much" | "more" | "less" | "little" | "enough"),
        "obl" => {
            let as_such = participants::preposition(trees, node) == "as";
            let described = |v: usize| of(v) && ClauseFile::get().describes(trees.lemma(v));
            as_such && verb.is_some_and(|v| described(v) || participants::referred_to(trees, v).is_some())
        }
        _ => false,
    }
}

/// `(Hart called) the vote (a “huge loss”)`, where the network takes the second for an apposition to the first.
fn named_so(trees: &Trees, node: usize) -> bool {
    let object = trees.head(node).filter(|o| trees.relation(node) == "appos" && trees.relation(*o) == "obj");
    let verb = object.and_then(|o| trees.head(o)).map_or("", |v| trees.lemma(v));
    let names = matches!(verb, "call" | "dub" | "label" | "brand" | "term" | "deem" | "consider" | "name");
    let apart = trees.reach(node).0.checked_sub(1).is_some_and(|before| trees.xpos(before) == ",");
    names && !apart && trees.child(node, &["det", "amod"]).is_some()
}

/// `X, commander of Y` and `the commander, X`: the description says something of the name.
fn apposition(trees: &Trees, node: usize) -> Option<Kind> {
    let other = trees.head(node)?;
    let comma = trees.reach(node).0.checked_sub(1).is_some_and(|before| trees.xpos(before) == ",")
        || trees.children(node).any(|c| c < node && trees.xpos(c) == ",");
    let names = (trees.upos(other) == "PROPN", trees.upos(node) == "PROPN");
    match names {
        (true, false) if comma => Some(Kind::Apposition(other)),
        (false, true) if comma && trees.upos(other) == "NOUN" && !is_thing(trees, other, node) => {
            Some(Kind::Apposition(node))
        }
        _ => None,
    }
}

/// `the leader's policy, Ali Cole`: a person is no policy.
fn is_thing(trees: &Trees, noun: usize, name: usize) -> bool {
    const THINGS: &[&str] = &["cy", "ity", "ness", "ism", "tion", "sion", "ment", "ship", "dom", "ance", "ence", "ing"];
    let person = trees.word(name).is_some_and(|w| w.entity().ends_with("PER"));
    // `in some states, Anna Hart`: one person is no several things.
    let several = trees.xpos(noun) == "NNS" && trees.child(name, &["conj"]).is_none();
    person && (several || THINGS.iter().any(|e| trees.lemma(noun).ends_with(e)))
}

/// A noun that tells of an event, with somebody who does it or something it is done to.
fn eventful(trees: &Trees, node: usize) -> bool {
    let lemma = trees.lemma(node);
    let predicate = trees.word(node).is_some_and(|w| w.is_predicate()) && ClauseFile::get().is_event(lemma);
    let takes_part = |child: usize| match trees.relation(child) {
        "nmod:poss" => trees.upos(child) == "PROPN" || trees.upos(child) == "NOUN",
        "nmod" => matches!(participants::preposition(trees, child), "of" | "by" | "against" | "on"),
        _ => false,
    };
    let told = |label: &str| trees.role(node, label).is_some_and(|a| trees.head(a) == Some(node));
    predicate && trees.children(node).any(takes_part) && (told("ARG1") || told("ARG0"))
}

impl Clause {
    /// Whether the claim stands in the words of another one: its distance from the root.
    pub(crate) fn depth(&self, trees: &Trees) -> usize {
        let mut at = self.head;
        let mut depth = 0;
        while let Some(head) = trees.head(at).filter(|_| depth < 200) {
            (at, depth) = (head, depth + 1);
        }
        depth + usize::from(!matches!(self.kind, Kind::Verb | Kind::Copula)) * 4
    }

    /// The tokens of its words: its subtree, and of a noun or an apposition the words of its phrase.
    pub(crate) fn tokens(&self, trees: &Trees) -> Range {
        match self.kind {
            Kind::Verb | Kind::Copula => {
                let (first, mut last) = trees.reach(self.head);
                let joined = trees.children(self.head).find(|c| *c > self.head && trees.relation(*c) == "conj");
                if let Some(joined) = joined.filter(|j| trees.relation(self.head) != "root" && is_clause(trees, *j)) {
                    last = trees.reach(joined).0.saturating_sub(1).max(self.head);
                }
                trees.tokens_of((first, last))
            }
            Kind::Apposition(whose) => {
                let (of, own) = (phrase::of(trees, whose), phrase::of(trees, self.head));
                trees.tokens_of((of.0.min(own.0), of.1.max(own.1)))
            }
            Kind::Modifier(doer) => trees.tokens_of((doer, trees.head(self.head).unwrap_or(self.head))),
            Kind::Noun | Kind::Described => trees.tokens_of(phrase::of(trees, self.head)),
        }
    }

    /// The verb with its auxiliaries, the copula with an adjective, or the noun.
    pub(crate) fn predicate(&self, page: &Page, trees: &Trees) -> Option<Predicate> {
        let head = self.head;
        let (mut first, mut last) = (head, head);
        if self.kind == Kind::Copula {
            first = trees.child(head, &["cop"])?;
            if trees.upos(head) != "ADJ" || first > head {
                last = first;
            }
        }
        let auxiliaries =
            trees.children(head).filter(|c| *c < head && matches!(trees.relation(*c), "aux" | "aux:pass"));
        let start = auxiliaries.min().unwrap_or(first).min(first);
        let between = (start..first.max(last)).filter(|n| *n != head);
        let plain = |n: usize| matches!(trees.upos(n), "AUX" | "ADV" | "PART") || trees.relation(n) == "cop";
        if between.clone().all(plain) {
            first = start;
        }
        if let Some(particle) = trees.child(head, &["compound:prt"]).filter(|p| *p == last + 1) {
            last = particle;
        }
        let lemma = match (self.kind, trees.upos(head)) {
            (Kind::Copula, "ADJ") => trees.lemma(head).to_owned(),
            (Kind::Copula | Kind::Described, _) => "be".to_owned(),
            _ => match trees.child(head, &["compound:prt"]) {
                Some(particle) => format!("{} {}", trees.lemma(head), trees.lemma(particle)),
                None => trees.lemma(head).to_owned(),
            },
        };
        Some(Predicate { words: words(page, trees, (first, last))?, lemma, roleset: None })
    }

    /// Who and what takes part, with exact words.
    pub(crate) fn arguments(&self, page: &Page, trees: &Trees) -> Vec<Argument> {
        let participants = participants::of(page, trees, self);
        let argument = |(role, node): (Role, usize)| {
            let whole = matches!(role, Role::Topic | Role::Purpose | Role::Cause) && is_clause(trees, node)
                || role == Role::Time && is_clause(trees, node)
                || matches!(trees.relation(node), "csubj" | "csubj:pass")
                || role == Role::Subject && trees.relation(node) == "advcl" && trees.head(self.head) != Some(node);
            let mut reach = if whole { trees.reach(node) } else { phrase::of(trees, node) };
            // `talked about (selling the mine)`
            if role == Role::Topic && trees.relation(node) == "advcl" && trees.relation(reach.0) == "mark" {
                reach.0 = (reach.0 + 1).min(node);
            }
            if node < self.head && self.head <= reach.1 && self.kind == Kind::Verb {
                // `a judge presiding over the suit`: who presides is the judge.
                reach.1 = trees.reach(self.head).0.saturating_sub(1).max(node);
            }
            // `is against the sale`: the preposition is what is said.
            let case = trees.children(node).find(|c| *c < reach.0 && trees.relation(*c) == "case");
            if let Some(case) = case.filter(|_| self.kind == Kind::Copula && node == self.head) {
                reach.0 = case;
            }
            let words = words(page, trees, reach)?;
            Some(Argument { role, words, statement: None })
        };
        participants.into_iter().filter_map(argument).collect()
    }

    /// Where its subject stands, if outside of its own words.
    pub(crate) fn subject_tokens(&self, page: &Page, trees: &Trees) -> Option<Range> {
        let own = self.tokens(trees);
        let subject =
            participants::of(page, trees, self).into_iter().find(|(r, _)| matches!(r, Role::Subject | Role::Object))?.1;
        let tokens = trees.tokens_of(phrase::of(trees, subject));
        (!tokens.is_empty() && (tokens.end <= own.start || tokens.start >= own.end)).then_some(tokens)
    }

    /// Whether it is an apposition or a relative clause behind a comma that adds something to a name.
    pub(crate) fn is_added_to_a_name(&self, trees: &Trees) -> bool {
        let comma = |node: usize| trees.reach(node).0.checked_sub(1).is_some_and(|before| trees.xpos(before) == ",");
        match (self.kind, trees.head(self.head)) {
            (Kind::Apposition(_), _) => true,
            (Kind::Verb | Kind::Copula, Some(noun)) => {
                let own_comma =
                    trees.child(self.head, &["punct"]).is_some_and(|p| p < self.head && trees.xpos(p) == ",");
                let named = trees.upos(noun) == "PROPN" || trees.relation(noun) == "appos";
                trees.relation(self.head) == "acl:relcl" && named && (own_comma || comma(self.head))
            }
            _ => false,
        }
    }

    /// Who says so, and the verb that shows it, where a verb describes its object: `Hart identified the strike as a reason`.
    pub(crate) fn describer(&self, page: &Page, trees: &Trees) -> Option<(Words, Words)> {
        let above = trees.head(self.head).filter(|_| self.kind == Kind::Described)?;
        let verb = if trees.relation(self.head) == "appos" { trees.head(above)? } else { above };
        if !ClauseFile::get().describes(trees.lemma(verb)) {
            return None;
        }
        let clause = Clause { head: verb, kind: Kind::Verb };
        let (_, who) = participants::of(page, trees, &clause).into_iter().find(|(role, _)| *role == Role::Subject)?;
        Some((words(page, trees, phrase::of(trees, who))?, words(page, trees, (verb, verb))?))
    }

    /// Its auxiliaries; those of the first of several verbs that share them: `may close the mine and sell the port`.
    pub(crate) fn auxiliaries<'a>(&self, trees: &'a Trees) -> impl Iterator<Item = usize> + 'a {
        let shared = trees.relation(self.head) == "conj"
            && trees.xpos(self.head) == "VB"
            && trees.child(self.head, &["nsubj", "nsubj:pass", "aux", "mark"]).is_none();
        let of = trees.head(self.head).filter(|_| shared).unwrap_or(self.head);
        trees.children(of).filter(|c| trees.relation(*c) == "aux")
    }

    /// Affirmed or denied, and how real.
    pub(crate) fn force(&self, trees: &Trees) -> Force {
        force::of(trees, self, ClauseFile::get())
    }

    /// Whether it only says how another verb's action goes (`failed to`, `began to`), and that verb is read by itself.
    pub(crate) fn is_help(&self, trees: &Trees) -> bool {
        let rules = ClauseFile::get();
        let lemma = trees.lemma(self.head);
        let below = trees.child(self.head, &["xcomp"]).is_some_and(|x| trees.upos(x) == "VERB");
        let from = || {
            let clause = trees.child(self.head, &["advcl"]);
            clause.is_some_and(|c| trees.child(c, &["mark"]).is_some_and(|m| trees.lemma(m) == "from"))
        };
        // `helped the league to win` tells of the help, too.
        let alone = trees.child(self.head, &["obj", "iobj", "nsubj:pass"]).is_none();
        let granted = rules.grants(lemma) || lemma == "use" && trees.xpos(self.head) != "VBG";
        self.kind == Kind::Verb && (granted && below && alone || rules.denies(lemma) && (below || from()))
    }
}

/// Whether a word heads a clause.
pub(crate) fn is_clause(trees: &Trees, node: usize) -> bool {
    trees.upos(node) == "VERB" || trees.child(node, &["cop", "nsubj", "nsubj:pass"]).is_some()
}

/// The words from one to a later one; where something foreign stands between, the longest stretch.
fn words(page: &Page, trees: &Trees, (mut first, mut last): (usize, usize)) -> Option<Words> {
    while first < last && matches!(trees.xpos(first), "," | ":" | ".") {
        first += 1;
    }
    while first < last && matches!(trees.xpos(last), "," | ":" | ".") {
        last -= 1;
    }
    let reach = (first, last);
    let span: Span = trees.span(reach)?;
    let tokens = trees.tokens_of(reach);
    if page.span(tokens) == Some(span) { page.words(tokens) } else { Words::at(page.text(), span) }
}
