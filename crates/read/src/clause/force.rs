//! Whether a claim affirms or denies, and how real it is: negation with its scope, verbs that deny or grant what stands
//! below them, conditions, wishes, purposes, questions and commands.

use super::find::{Clause, Kind};
use crate::rules::ClauseFile;
use crate::trees::Trees;
use rashomon_core::{Certainty, Polarity};

/// Most levels that are climbed.
const CLIMB: usize = 4;
/// Most words of a question on either side of a verb.
const QUESTION: usize = 40;

/// Whether a claim affirms, and what lowers its certainty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Force {
    /// Affirmed or denied.
    pub(crate) polarity: Polarity,
    /// The certainty that its place in the sentence leaves it.
    pub(crate) certainty: Option<Certainty>,
    /// The word above it that casts doubt on it: `it is likely that`.
    pub(crate) hedge: Option<usize>,
}

/// Polarity, and a certainty where the place of the clause lowers it.
pub(super) fn of(trees: &Trees, clause: &Clause, rules: &ClauseFile) -> Force {
    let mut negative = negated(trees, clause.head);
    let mut hedge = None;
    let mut certainty = asked_or_ordered(trees, clause.head)
        .or_else(|| wondered(trees, clause.head))
        .or_else(|| conditional(trees, clause.head))
        .or_else(|| aimed_at(trees, clause.head))
        .or_else(|| of_nothing(trees, clause.head))
        .or_else(|| called_for(trees, clause, rules));
    let perhaps = |aux: usize| matches!(trees.lemma(aux), "may" | "might" | "could");
    // `must be closed` says what ought to be; `must have closed` what seems to have been.
    let done = trees.children(clause.head).any(|c| trees.relation(c) == "aux" && trees.lemma(c) == "have");
    let ought = |aux: usize| !done && matches!(trees.lemma(aux), "must" | "should" | "ought" | "shall");
    let shared = trees.relation(clause.head) == "conj";
    // `should have closed`: it did not.
    if done && clause.auxiliaries(trees).any(|aux| matches!(trees.lemma(aux), "should" | "ought")) {
        certainty = certainty.or(Some(Certainty::Counterfactual));
    }
    if clause.auxiliaries(trees).any(|aux| ought(aux) || shared && perhaps(aux)) {
        certainty = certainty.or(Some(Certainty::Possible));
    }
    let mut at = clause.head;
    for _ in 0..CLIMB {
        let Some(above) = trees.head(at) else { break };
        let below = match trees.relation(at) {
            // `the first to warn`, `the only member to vote`: they did.
            "acl" | "advcl" | "xcomp" if is_told_apart(trees, above) => false,
            // `could include closing the mine`, `would confirm that the mine was closed`
            "xcomp" | "ccomp"
                if may(trees, above)
                    && !of_speaker(trees, above)
                    && (trees.relation(at) == "ccomp" || trees.xpos(at) == "VBG")
                    && !rules.presupposes(trees.lemma(above)) =>
            {
                certainty = certainty.or(Some(Certainty::Possible));
                true
            }
            "xcomp" | "ccomp" | "csubj" => true,
            // `whether he got rich by selling the mine`
            "advcl" if marked(trees, at, "by") && conditional(trees, above).is_some() => {
                certainty = certainty.or_else(|| conditional(trees, above));
                false
            }
            // `would be a help in opening the mine`
            "advcl" | "acl"
                if trees.xpos(at) == "VBG"
                    && ["in", "for", "by"].iter().any(|m| marked(trees, at, m))
                    && may(trees, above) =>
            {
                certainty = certainty.or(Some(Certainty::Possible));
                false
            }
            // `aimed at selling the mine`
            "advcl" if marked(trees, at, "at") && rules.is_unreal(trees.lemma(above)) => {
                certainty = certainty.or(Some(Certainty::Possible));
                false
            }
            // `was investigated for selling the mine`
            "advcl"
                if rules.suspects(trees.lemma(above)) && ["for", "of", "with"].iter().any(|m| marked(trees, at, m)) =>
            {
                certainty = certainty.or(Some(Certainty::Possible));
                false
            }
            // `decided against selling the mine`
            "advcl" if marked(trees, at, "against") => {
                certainty = certainty.or(Some(Certainty::Possible));
                negative ^= trees.lemma(above) == "decide";
                false
            }
            // `called for selling the mine`, `bet on selling the mine`
            "advcl"
                if marked(trees, at, "for") && trees.lemma(above) == "call"
                    || marked(trees, at, "on")
                        && matches!(trees.lemma(above), "bet" | "insist" | "plan" | "count" | "depend" | "rely") =>
            {
                certainty = certainty.or(Some(Certainty::Possible));
                false
            }
            // `talked about selling the mine`
            "advcl" if marked(trees, at, "about") && rules.muses(trees.lemma(above)) => {
                certainty = certainty.or(Some(Certainty::Possible));
                false
            }
            // `takes it in, only to have it bite`: so it came.
            "advcl" if trees.children(at).any(|c| c < at && trees.lemma(c) == "only") => false,
            // `to refrain from entering`, `failed in stopping`.
            "advcl" => {
                trees.child(at, &["mark"]).is_some_and(|m| matches!(trees.lemma(m), "from" | "to" | "of" | "in"))
            }
            // `the failure to stop`, `its failure in stopping`.
            // `plans for closing the mine`
            // `caused his wealth to drop`, where the network hangs the verb on the noun.
            "acl" if trees.xpos(at) == "VB" && trees.relation(above) == "obj" && made(trees, rules, above) => {
                let Some(verb) = trees.head(above) else { break };
                negative ^= negated(trees, verb);
                at = verb;
                continue;
            }
            "acl" if rules.is_unreal(trees.lemma(above)) => {
                certainty = certainty.or(Some(Certainty::Possible));
                true
            }
            // `no proof that`, `the chance that`.
            "acl" if trees.child(at, &["mark"]).is_some_and(|m| trees.lemma(m) == "that") => true,
            // `the suggestion the crew is not ready`
            "acl" if rules.doubt(trees.lemma(above)).is_some() && is_finite_below(trees, at) => true,
            // `no way of knowing`
            "acl" => trees.xpos(at) == "VB" || rules.denies(trees.lemma(above)) || negated(trees, above),
            "conj" => {
                // What is joined to a clause stands in its condition, though not in its negation.
                certainty = certainty.or_else(|| conditional(trees, above));
                at = above;
                continue;
            }
            _ => false,
        };
        if !below {
            break;
        }
        let lemma = trees.lemma(above);
        let upward = negated(trees, above) || is_said_not_to_be(trees, above);
        if let Some(doubted) = rules.doubt(lemma) {
            certainty = certainty.or(Some(if upward { Certainty::Unlikely } else { doubted }));
            hedge = hedge.or(Some(above));
        } else if rules.denies(lemma) || rules.keeps_from(lemma) && marked(trees, at, "from") {
            negative ^= !upward;
        } else if upward && trees.relation(at) == "ccomp" && rules.raises(lemma) && of_speaker(trees, above) {
            negative ^= true;
            certainty = certainty.or(Some(Certainty::Probable));
            break;
        } else if upward && is_told(trees, at) && trees.upos(above) == "VERB" && !rules.presupposes(lemma) {
            // `no one says that the ship sank`: nor does the author.
            certainty = certainty.or(Some(Certainty::Possible));
            break;
        } else if upward && trees.upos(above) == "NOUN" && trees.xpos(at) != "VB" {
            certainty = certainty.or(Some(Certainty::Unlikely));
            break;
        } else if lemma == "have" && upward {
            // `need not`, which denies nothing.
            certainty = certainty.or(Some(Certainty::Possible));
            break;
        } else if has_got(trees, above) || has_to(trees, above, at) {
            certainty = certainty.or(Some(Certainty::Possible));
            break;
        } else if rules.grants(lemma) && !has_means(trees, above, at) && !is_purpose(trees, at) || used_to(trees, above)
        {
            negative ^= upward;
        } else {
            // Also `necessary for the town to close it`.
            let to = |c: usize| matches!(trees.relation(c), "mark" | "aux") && trees.lemma(c) == "to";
            let infinitive = trees.children(at).any(to);
            // `ordered that the crew leave`
            let bare = matches!(trees.xpos(at), "VB" | "VBP")
                || trees.child(at, &["aux:pass", "cop"]).is_some_and(|c| trees.xpos(c) == "VB");
            let ordered = rules.is_unreal(lemma) && trees.relation(at) == "ccomp" && bare && !is_helped(trees, at);
            // `is considered to be an owner`, `is said to be ill`
            let opinion = trees.child(above, &["nsubj:pass"]).is_some()
                && (rules.describes(lemma) || matches!(lemma, "say" | "report" | "allege" | "rumour" | "estimate"));
            if infinitive && !opinion
                || ordered
                || rules.is_unreal(lemma)
                    && !rules.describes(lemma)
                    && trees.relation(at) == "xcomp"
                    && trees.xpos(at) != "VBN"
            {
                certainty = certainty.or(Some(Certainty::Possible));
            }
            // `if you think that the mill is lost`
            if trees.relation(at) == "ccomp" && !rules.presupposes(lemma) {
                certainty = certainty.or_else(|| conditional(trees, above));
            }
            break;
        }
        // `if he gets to be mayor`
        certainty = certainty.or_else(|| conditional(trees, above));
        at = above;
    }
    let polarity = if negative { Polarity::Negative } else { Polarity::Positive };
    Force { polarity, certainty, hedge }
}

/// Whether a word carries its own negation.
fn negated(trees: &Trees, head: usize) -> bool {
    // `the question is not whether they came`, `it is not because they came`: what is denied stands above.
    let outer =
        trees.child(head, &["mark"]).filter(|m| matches!(trees.lemma(*m), "whether" | "if" | "because" | "that"));
    let adverb = trees
        .children(head)
        .filter(|c| outer.is_none_or(|mark| *c > mark))
        .filter(|c| matches!(trees.relation(*c), "advmod" | "det" | "cc:preconj" | "cc" | "case" | "mark"))
        .any(|c| {
            let only =
                trees.word(c + 1).is_some_and(|_| matches!(trees.lemma(c + 1), "only" | "merely" | "just" | "simply"));
            match trees.lemma(c) {
                "not" | "n't" | "never" => !only,
                "hardly" | "scarcely" | "barely" | "neither" | "nor" => true,
                "no" => trees.relation(c) == "det" && c < head && trees.lemma(c + 1) != "doubt",
                "rather" | "instead" => c < head && matches!(trees.lemma(c + 1), "than" | "of"),
                "longer" => trees.children(c).any(|d| trees.lemma(d) == "no") || c > 0 && trees.lemma(c - 1) == "no",
                _ => false,
            }
        });
    let nothing = |node: usize| {
        matches!(trees.lemma(node), "nobody" | "nothing" | "none" | "neither" | "no-one")
            || trees.children(node).any(|c| {
                matches!(trees.relation(c), "det" | "cc:preconj") && matches!(trees.lemma(c), "no" | "neither")
            })
    };
    let of_participant =
        trees.children(head).any(|c| matches!(trees.relation(c), "nsubj" | "nsubj:pass" | "obj") && nothing(c));
    adverb || of_participant
}

/// Whether a clause has a subject and a verb that bears time.
fn is_finite_below(trees: &Trees, head: usize) -> bool {
    trees.child(head, &["nsubj", "nsubj:pass"]).is_some() && trees.xpos(head) != "VBG"
}

/// `has (to close the mine)`: what is necessary; who `had to` did.
fn has_to(trees: &Trees, verb: usize, below: usize) -> bool {
    let now = matches!(trees.xpos(verb), "VBP" | "VBZ" | "VB") && trees.child(verb, &["obj"]).is_none();
    trees.lemma(verb) == "have" && now && trees.relation(below) == "xcomp" && trees.xpos(below) == "VB"
}

/// `has got (to close the mine)`: what ought to be.
fn has_got(trees: &Trees, verb: usize) -> bool {
    let have = trees.children(verb).any(|c| trees.relation(c) == "aux" && trees.lemma(c) == "have");
    trees.lemma(verb) == "get" && trees.xpos(verb) == "VBN" && have && trees.child(verb, &["obj"]).is_none()
}

/// `there was no town (where the mill was open)`
fn of_nothing(trees: &Trees, head: usize) -> Option<Certainty> {
    let noun = trees.head(head).filter(|_| trees.relation(head) == "acl:relcl")?;
    let there =
        trees.relation(noun) == "nsubj" && trees.head(noun).is_some_and(|b| trees.child(b, &["expl"]).is_some());
    let none = trees.children(noun).any(|c| trees.relation(c) == "det" && trees.lemma(c) == "no");
    let where_so = trees.child(head, &["nsubj", "nsubj:pass"]).is_some_and(|s| !matches!(trees.xpos(s), "WP" | "WDT"));
    (there && where_so && (none || is_said_not_to_be(trees, noun))).then_some(Certainty::Unlikely)
}

/// `there was not much hope (that the mill would open)`
fn is_said_not_to_be(trees: &Trees, noun: usize) -> bool {
    let be = trees.head(noun).filter(|b| trees.relation(noun) == "nsubj" && trees.child(*b, &["expl"]).is_some());
    trees.upos(noun) == "NOUN" && be.is_some_and(|b| negated(trees, b))
}

/// Whether a clause is what its verb tells: `that he left`, `his friends respect him`.
fn is_told(trees: &Trees, at: usize) -> bool {
    let own = trees.child(at, &["nsubj", "nsubj:pass"]).is_some();
    trees.relation(at) == "ccomp" || trees.relation(at) == "xcomp" && own && trees.upos(at) == "VERB"
}

/// `came with a fleet to close the port`: what is meant to be done.
fn is_purpose(trees: &Trees, at: usize) -> bool {
    trees.relation(at) == "advcl" && trees.child(at, &["mark"]).is_some_and(|m| trees.lemma(m) == "to")
}

/// `has the means to close the mine`: nothing is said to be closed.
fn has_means(trees: &Trees, verb: usize, below: usize) -> bool {
    let to = trees.child(below, &["mark"]).is_some_and(|m| trees.lemma(m) == "to");
    let object = trees.child(verb, &["obj"]).is_some_and(|o| o < below);
    trees.lemma(verb) == "have" && to && (object || trees.relation(below) == "advcl")
}

/// `used (to work the mine)`
fn used_to(trees: &Trees, verb: usize) -> bool {
    trees.lemma(verb) == "use" && trees.child(verb, &["obj", "nsubj:pass", "aux:pass"]).is_none()
}

/// `the first (to warn)`, `the only member (to vote)`.
fn is_told_apart(trees: &Trees, node: usize) -> bool {
    let singles = |n: usize| matches!(trees.lemma(n), "first" | "last" | "only" | "latest");
    singles(node) || trees.children(node).any(|c| c < node && trees.relation(c) == "amod" && singles(c))
}

/// `I do not think that`: who speaks denies what stands below. What another does not think is denied by that voice.
fn of_speaker(trees: &Trees, verb: usize) -> bool {
    trees.child(verb, &["nsubj"]).is_some_and(|s| matches!(trees.lemma(s), "I" | "i" | "we"))
}

/// Whether a clause stands under `may`, `could`, `would`; of a noun, whether the verb that it completes does.
fn may(trees: &Trees, head: usize) -> bool {
    let modal = |node: usize| trees.children(node).any(|c| trees.relation(c) == "aux" && trees.xpos(c) == "MD");
    modal(head) || trees.relation(head) == "obj" && trees.head(head).is_some_and(modal)
}

fn marked(trees: &Trees, head: usize, word: &str) -> bool {
    trees.child(head, &["mark", "case"]).is_some_and(|m| trees.lemma(m) == word)
}

/// Whether the verb that a noun is the object of brings about what stands below: `forced the crew (to leave)`.
fn made(trees: &Trees, rules: &ClauseFile, noun: usize) -> bool {
    // `has the means to leave`, `made a push to leave`
    let own = |verb: usize| !matches!(trees.lemma(verb), "have" | "make" | "keep" | "begin" | "start" | "continue");
    trees.head(noun).is_some_and(|verb| rules.grants(trees.lemma(verb)) && own(verb))
}

/// `(asked about) how he would pay`: a question told, not a claim.
fn wondered(trees: &Trees, head: usize) -> Option<Certainty> {
    let below = trees.relation(head) == "ccomp" || marked(trees, head, "about");
    let how = trees.children(head).any(|c| c < head && trees.xpos(c) == "WRB");
    let open = trees.children(head).any(|c| trees.relation(c) == "aux" && trees.xpos(c) == "MD");
    (below && how && open).then_some(Certainty::Possible)
}

/// Whether a verb has a modal or another auxiliary before it.
fn is_helped(trees: &Trees, head: usize) -> bool {
    trees.children(head).any(|c| trees.relation(c) == "aux")
}

/// `if`, `unless`, `whether`, `in case`.
fn conditional(trees: &Trees, head: usize) -> Option<Certainty> {
    let marked = trees.children(head).any(|c| {
        trees.relation(c) == "mark" && matches!(trees.lemma(c), "if" | "unless" | "whether" | "lest" | "provided")
    });
    let relation = trees.relation(head);
    // `but the question was whether he set it right`
    let asked = relation == "conj" && trees.child(head, &["nsubj:outer"]).is_some();
    if marked && asked {
        return Some(Certainty::Possible);
    }
    if marked && matches!(relation, "advcl" | "ccomp" | "root" | "csubj") {
        return Some(Certainty::Possible);
    }
    let above = trees.head(head)?;
    // `in case the mill fails`
    let case = relation == "acl" && trees.lemma(above) == "case" && self::marked(trees, above, "in");
    // `may refuse until the work is done`
    let until = relation == "advcl"
        && ["until", "till", "once"].iter().any(|m| self::marked(trees, head, m))
        && may(trees, above);
    (case || until).then_some(Certainty::Possible)
}

/// Whether a sentence is a command: its first verb stands without subject and without help.
fn is_order(trees: &Trees, root: usize) -> bool {
    let helped = ["nsubj", "nsubj:pass", "nsubj:outer", "csubj", "aux", "cop", "expl", "mark"];
    trees.relation(root) == "root" && trees.xpos(root) == "VB" && trees.child(root, &helped).is_none()
}

/// `their aim was to unite the islands (and to free the crew)`: what an aim is, has not been said to be reached.
fn aimed_at(trees: &Trees, head: usize) -> Option<Certainty> {
    let first = trees.head(head).filter(|_| trees.relation(head) == "conj").unwrap_or(head);
    let aim = trees.xpos(head) == "VB" && trees.xpos(first) == "VB" && trees.child(first, &["nsubj:outer"]).is_some();
    aim.then_some(Certainty::Possible)
}

/// `Did Hart help Cole (become a member) ...?`: from its start or its first mark on, the sentence turns its verb round and ends as a question.
fn is_turned_round(trees: &Trees, head: usize) -> bool {
    let stops = |node: &usize| matches!(trees.xpos(*node), "." | "``" | "''" | ":");
    let first = (0..head).rev().take(QUESTION).find(stops).map_or(0, |stop| stop + 1);
    let end = (head + 1..head + QUESTION).find(|n| trees.word(*n).is_none() || trees.xpos(*n) == ".");
    let told = matches!(trees.relation(head), "acl:relcl" | "advcl");
    let asks = trees.upos(first) == "AUX" || matches!(trees.xpos(first), "WP" | "WDT" | "WRB");
    !told && asks && end.is_some_and(|e| trees.lemma(e) == "?")
}

/// `She can't win without closing the port?`: a deed inside a question, and not what is told beside it.
fn is_inside_question(trees: &Trees, head: usize) -> bool {
    let asks = |node: usize| {
        trees.children(node).rfind(|c| trees.relation(*c) == "punct").is_some_and(|c| trees.lemma(c) == "?")
    };
    let deed = trees.relation(head) == "advcl" && trees.xpos(head) == "VBG";
    deed && trees.head(head).is_some_and(|above| trees.relation(above) == "root" && asks(above))
}

/// `called for the seizure of the mill`, `could lead to its closing`: what is wished, feared, prevented or may be brought about.
fn called_for(trees: &Trees, clause: &Clause, rules: &ClauseFile) -> Option<Certainty> {
    let mut noun = clause.head;
    while trees.relation(noun) == "conj" {
        noun = trees.head(noun)?;
    }
    let above = trees.head(noun).filter(|_| clause.kind == Kind::Noun)?;
    // `the demand for the mayor's return`
    if trees.upos(above) == "NOUN" && trees.relation(noun) == "nmod" && marked(trees, noun, "for") {
        return rules.is_unreal(trees.lemma(above)).then_some(Certainty::Possible);
    }
    let verb = Some(above).filter(|v| trees.upos(*v) == "VERB")?;
    // `the loss of the port would mean war`
    let would = |aux: usize| trees.relation(aux) == "aux" && trees.lemma(aux) == "would";
    if trees.relation(noun) == "nsubj" && trees.children(verb).any(would) {
        return Some(Certainty::Possible);
    }
    let with = trees.child(noun, &["case"]).map_or("", |c| trees.lemma(c));
    let target = match trees.relation(noun) {
        "obj" | "nsubj:pass" => true,
        "obl" => matches!(with, "for" | "to" | "of" | "against" | "about" | "in" | "with"),
        _ => false,
    };
    let lemma = trees.lemma(verb);
    let calls = lemma != "call" || with == "for";
    let open = rules.is_unreal(lemma) && calls || rules.averts(lemma) || rules.brings_about(lemma) && may(trees, verb);
    (target && open).then_some(Certainty::Possible)
}

/// A question, or a command: not claimed at all, so no more than possible.
fn asked_or_ordered(trees: &Trees, head: usize) -> Option<Certainty> {
    let asks = |node: usize| {
        trees.children(node).rfind(|c| trees.relation(*c) == "punct").is_some_and(|c| trees.lemma(c) == "?")
    };
    let mut root = head;
    let mut asked = asks(root);
    for _ in 0..CLIMB {
        match (trees.relation(root), trees.head(root)) {
            ("ccomp" | "xcomp" | "conj" | "parataxis", Some(above)) => root = above,
            // `How many must fall before we rise?`
            ("advcl", Some(above)) if ["before", "until"].iter().any(|m| marked(trees, root, m)) => root = above,
            _ => break,
        }
        asked |= asks(root);
    }
    asked |= is_turned_round(trees, head) || is_inside_question(trees, head);
    if !asked && trees.relation(root) != "root" && !matches!(trees.relation(head), "conj" | "parataxis") {
        return None;
    }
    let subject = trees.child(head, &["nsubj", "nsubj:pass", "aux", "cop", "expl", "csubj"]).is_some();
    let ordered = || {
        let free = !trees.children(head).any(|c| matches!(trees.relation(c), "nsubj:outer" | "mark"));
        let apart = matches!(trees.relation(head), "root" | "parataxis" | "ccomp");
        let joined = trees.relation(head) == "conj" && trees.head(head).is_some_and(|h| is_order(trees, h));
        trees.xpos(head) == "VB" && !subject && free && (apart || joined)
    };
    (asked || ordered()).then_some(Certainty::Possible)
}
