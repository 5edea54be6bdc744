//! Who and what takes part in a claim, and as what.

use super::find::{Clause, Kind};
use super::phrase;
use crate::lexicon::Class;
use crate::page::Page;
use crate::rules::ClauseFile;
use crate::trees::Trees;
use rashomon_core::Role;

/// Most verbs that are climbed to find a subject.
const CLIMB: usize = 6;
/// Prepositions that say where.
const LOCATING: &[&str] = &[
    "in",
    "at",
    "near",
    "across",
    "throughout",
    "inside",
    "outside",
    "off",
    "along",
    "around",
    "on",
    "above",
    "below",
    "beneath",
    "beside",
    "between",
    "within",
];

/// Prepositions that say when, and none.
const TIMING: &[&str] = &[
    "",
    "in",
    "at",
    "on",
    "during",
    "after",
    "before",
    "since",
    "until",
    "till",
    "by",
    "for",
    "over",
    "throughout",
    "within",
    "between",
    "from",
    "following",
    "amid",
    "under",
    "around",
    "about",
    "through",
    "to",
];

/// The participants of a clause: a role and the head of the words, in the order of the text, subjects first.
pub(super) fn of(page: &Page, trees: &Trees, clause: &Clause) -> Vec<(Role, usize)> {
    let mut found = match clause.kind {
        Kind::Noun => of_noun(page, trees, clause.head),
        Kind::Apposition(whose) => of_apposition(trees, clause.head, whose),
        Kind::Described => of_described(trees, clause.head),
        Kind::Modifier(doer) => modifier(trees, clause.head, doer),
        Kind::Verb | Kind::Copula => of_verb(page, trees, clause),
    };
    let mut seen = Vec::with_capacity(found.len());
    found.retain(|(_, node)| {
        // `(knew) that the league won`, which the network takes for its object.
        let bare = || trees.children(*node).next().is_none();
        let empty =
            trees.lemma(*node) == "that" && !matches!(trees.xpos(*node), "DT" | "PRP") && *node < clause.head && bare();
        let new = !empty
            && !seen.contains(node)
            && (*node != clause.head || matches!(clause.kind, Kind::Copula | Kind::Described));
        seen.push(*node);
        new
    });
    let rank = |role: Role| match role {
        Role::Subject => 0,
        Role::Object => 1,
        _ => 2,
    };
    found.sort_by_key(|(role, node)| (rank(*role), *node));
    found
}

fn add(trees: &Trees, found: &mut Vec<(Role, usize)>, role: Role, head: usize) {
    found.extend(phrase::coordinated(trees, head).into_iter().map(|h| (role, h)));
}

fn of_verb(page: &Page, trees: &Trees, clause: &Clause) -> Vec<(Role, usize)> {
    let head = clause.head;
    let mut found = Vec::with_capacity(4);
    let passive = clause.kind == Kind::Verb && is_passive(trees, head);
    if let Some(subject) = subject(trees, head) {
        let moved = trees.relation(head) == "xcomp" && clause.kind == Kind::Verb && is_passive(trees, head);
        let role = if passive || moved { Role::Object } else { Role::Subject };
        // `the clerk who kept the lists and the guard`: only the clerk kept them.
        let (first, last) = trees.reach(subject);
        let inside = first <= head && head <= last;
        let all = phrase::coordinated(trees, subject).into_iter();
        found.extend(all.filter(|h| !inside || *h < head).map(|h| (role, h)));
    }
    if clause.kind == Kind::Copula {
        if trees.upos(head) != "ADJ" {
            // `the place they are in`
            if trees.upos(head) == "ADP" && trees.relation(head) == "acl:relcl" {
                found.extend(trees.head(head).map(|place| (Role::Object, place)));
                return with_obliques(page, trees, head, found, passive);
            }
            // `is a clerk and is now a judge` are two claims.
            let own = |h: &usize| *h == head || trees.child(*h, &["cop", "nsubj"]).is_none();
            found.extend(phrase::coordinated(trees, head).into_iter().filter(own).map(|h| (Role::Object, h)));
            // The head itself is what is said of the subject.
            return with_obliques(page, trees, head, found, passive).into_iter().chain(inner(trees, head)).collect();
        }
        return with_obliques(page, trees, head, found, passive);
    }
    for child in trees.children(head) {
        match trees.relation(child) {
            // `notes that ten mills would close`, where the network takes `that` for an object.
            "obj" if trees.lemma(child) == "that" && trees.relation(head) == "ccomp" && child < head => {}
            "obj" => add(trees, &mut found, Role::Object, trace(trees, child, head)),
            "iobj" => add(trees, &mut found, Role::Recipient, child),
            "ccomp" => found.push((Role::Topic, child)),
            // `caused him to be a target`
            "xcomp" if starts_with_to(trees, child) && trees.child(head, &["obj"]).is_some() => {
                found.push((Role::Topic, child))
            }
            // `plans to call on the young`
            "xcomp" if trees.upos(child) == "VERB" && wishes(trees, head) => found.push((Role::Topic, child)),
            // `does not mean (that) his friends respect him`
            "xcomp" if trees.upos(child) == "VERB" && trees.child(child, &["nsubj", "nsubj:pass"]).is_some() => {
                found.push((Role::Topic, child))
            }
            // `involves reviewing the results`
            "xcomp" if trees.xpos(child) == "VBG" && needs_deed(trees, head) => found.push((Role::Topic, child)),
            "xcomp" if trees.upos(child) != "VERB" && trees.child(child, &["cop"]).is_none() => {
                found.push((Role::Other, child))
            }
            _ => {}
        }
    }
    // `disrupt and destroy institutions`
    let first = trees.head(head).filter(|h| trees.relation(head) == "conj" && trees.upos(*h) == "VERB");
    let shared = first.and_then(|f| trees.child(f, &["obj"])).filter(|o| *o > head);
    if let Some(object) = shared.filter(|_| !passive && !found.iter().any(|(r, _)| *r == Role::Object)) {
        add(trees, &mut found, Role::Object, object);
    }
    if let Some(agent) = agent(trees, head) {
        add(trees, &mut found, Role::Subject, agent);
    }
    if let Some(object) = moved_object(trees, head, &found) {
        add(trees, &mut found, Role::Object, object);
    }
    let passive_object = !passive && !found.iter().any(|(r, _)| *r == Role::Subject);
    if passive_object && let Some(doer) = trees.role(head, "ARG0").filter(|d| nominal(trees, *d)) {
        add(trees, &mut found, Role::Subject, doer);
    }
    with_obliques(page, trees, head, found, passive)
}

/// Who does it in the passive. Of two participles the agent behind both is the second's: `(called it) unfounded and spread by rivals`.
fn agent(trees: &Trees, verb: usize) -> Option<usize> {
    let next = |v: usize| trees.children(v).find(|c| trees.relation(*c) == "conj" && trees.xpos(*c) == "VBN");
    // Who is killed `alongside` another does not kill.
    let by = |a: &usize| matches!(preposition(trees, *a), "by" | "");
    let own = trees.child(verb, &["obl:agent"]).filter(by).filter(|a| next(verb).is_none_or(|c| *a < c));
    let first = trees.head(verb).filter(|h| trees.relation(verb) == "conj" && next(*h) == Some(verb));
    own.or_else(|| first.and_then(|f| trees.child(f, &["obl:agent"])).filter(|a| *a > verb))
}

/// Whether a verb says nothing without the deed behind it: `involves reviewing`, `denied selling`; not `stood waiting`.
fn needs_deed(trees: &Trees, verb: usize) -> bool {
    let deeds = [
        "involve",
        "mean",
        "include",
        "entail",
        "deny",
        "admit",
        "avoid",
        "consider",
        "enjoy",
        "favor",
        "favour",
        "oppose",
        "risk",
        "suggest",
        "recommend",
        "mind",
        "regret",
        "resent",
        "justify",
        "discuss",
        "propose",
        "prohibit",
        "resist",
        "remember",
    ];
    deeds.contains(&trees.lemma(verb)) && trees.child(verb, &["obj"]).is_none()
}

/// Whether a verb needs to be told what is wished, planned or tried to say anything.
fn wishes(trees: &Trees, verb: usize) -> bool {
    ClauseFile::get().is_unreal(trees.lemma(verb)) && trees.child(verb, &["obj"]).is_none()
}

/// The phrases inside a predicate noun: `a turning point (in the war)`.
fn inner(trees: &Trees, head: usize) -> Vec<(Role, usize)> {
    let inner = trees.children(head).filter(|c| matches!(trees.relation(*c), "nmod" | "nmod:poss"));
    inner.map(|c| (Role::Other, c)).collect()
}

fn with_obliques(
    page: &Page,
    trees: &Trees,
    head: usize,
    mut found: Vec<(Role, usize)>,
    passive: bool,
) -> Vec<(Role, usize)> {
    for child in trees.children(head) {
        match trees.relation(child) {
            "obl" | "obl:unmarked" | "advmod" | "nmod:unmarked" => {
                if let Some(role) = oblique(page, trees, head, child, passive) {
                    add(trees, &mut found, role, trace(trees, child, head));
                }
            }
            "advcl" => {
                if let Some(role) = clause_role(trees, child).or_else(|| gerund_object(trees, head, child)) {
                    found.push((role, child));
                }
            }
            _ => {}
        }
    }
    found
}

/// What a phrase with a preposition, or none, is to its verb.
fn oblique(page: &Page, trees: &Trees, head: usize, child: usize, passive: bool) -> Option<Role> {
    let label = trees.roles(head).find(|(a, _)| *a == child).map(|(_, l)| l);
    let adverb = matches!(trees.upos(child), "ADV" | "PART" | "CCONJ");
    let from_label = match label {
        Some("ARGM-TMP") if timed(page, trees, child) => Some(Role::Time),
        Some("ARGM-LOC") if LOCATING.contains(&preposition(trees, child)) => Some(Role::Place),
        Some("ARGM-CAU") => Some(Role::Cause),
        Some("ARGM-PRP") => Some(Role::Purpose),
        Some("ARGM-MNR") => Some(Role::Manner),
        Some("ARGM-LOC") if trees.upos(child) == "ADV" => Some(Role::Place),
        _ => None,
    };
    if matches!(trees.xpos(child), "WRB" | "WDT" | "WP") {
        return None;
    }
    if adverb {
        return from_label.filter(|r| matches!(r, Role::Time | Role::Place));
    }
    let tokens = trees.tokens(child);
    let last = tokens.end.checked_sub(1)?;
    let case = preposition(trees, child);
    let dated = dated(page, tokens);
    let entity = trees.word(child).map_or("O", |w| w.entity());
    let place = entity.ends_with("LOC") || page.is(last, Class::Place);
    Some(if matches!(case, "because" | "due" | "owing" | "thanks") {
        Role::Cause
    } else if dated && from_label != Some(Role::Place) {
        Role::Time
    } else if passive && case == "by" && from_label.is_none() {
        Role::Subject
    } else if place && LOCATING.contains(&case) {
        Role::Place
    } else if matches!(case, "about" | "regarding" | "concerning") {
        Role::Topic
    } else if let Some(role) = from_label {
        role
    } else if case == "to" && (entity.ends_with("PER") || entity.ends_with("ORG")) {
        Role::Recipient
    } else {
        Role::Other
    })
}

/// `year`, `Monday`, `March`, `1944`.
fn dated(page: &Page, tokens: crate::page::Range) -> bool {
    let Some(last) = tokens.end.checked_sub(1) else { return false };
    page.is(last, Class::TimeWord)
        || page.is(tokens.start, Class::Weekday)
        || page.is(tokens.start, Class::Month)
        || tokens.len() == 1 && crate::sentence::is_year(page.word(tokens.start))
}

/// Whether a phrase that the network takes for a time may be one: not `(waits) for the ship`, not `(stood) at 200,000`.
fn timed(page: &Page, trees: &Trees, child: usize) -> bool {
    let last = trees.tokens(child).end.wrapping_sub(1);
    match (preposition(trees, child), trees.upos(child)) {
        (_, "ADV") => true,
        ("for", _) => page.is(last, Class::TimeWord) || page.is(last, Class::Unit),
        (case, "NUM") => TIMING.contains(&case) && page.word(last).parse::<u32>().is_ok_and(|n| n < 3000),
        (case, _) => TIMING.contains(&case),
    }
}

/// The preposition in front of a word's phrase.
pub(super) fn preposition(trees: &Trees, node: usize) -> &str {
    trees.children(node).find(|c| trees.relation(*c) == "case" && *c < node).map_or("", |c| trees.lemma(c))
}

/// What a clause beside the verb says of it.
fn clause_role(trees: &Trees, clause: usize) -> Option<Role> {
    let marked = trees.child(clause, &["mark", "advmod"]);
    let after_comma = || {
        let before = marked.and_then(|m| (0..m).rev().take(3).find(|b| !matches!(trees.xpos(*b), "''" | "``" | "\"")));
        before.is_some_and(|b| trees.xpos(b) == ",")
    };
    match marked.map_or("", |m| trees.lemma(m)) {
        "because" | "since" => Some(Role::Cause),
        // `, while others stayed`: a contrast.
        "while" if after_comma() => None,
        "when" | "while" | "after" | "before" | "until" | "till" | "once" => Some(Role::Time),
        "to" => Some(Role::Purpose),
        _ => None,
    }
}

/// `called for closing the port`, `depends on closing it`: what a verb needs behind its preposition.
fn gerund_object(trees: &Trees, verb: usize, clause: usize) -> Option<Role> {
    let mark = trees.child(clause, &["mark"]).map_or("", |m| trees.lemma(m));
    let open = trees.child(verb, &["obj", "iobj", "nsubj:pass", "aux:pass"]).is_none() && verb < clause;
    let open = open && trees.child(clause, &["mark"]).is_none_or(|m| m == 0 || trees.xpos(m - 1) != ",");
    let bound = matches!(mark, "on" | "about" | "of" | "at" | "against")
        || mark == "for" && ClauseFile::get().is_unreal(trees.lemma(verb));
    (open && bound && trees.xpos(clause) == "VBG").then_some(Role::Topic)
}

/// Whether a verb is in the passive voice, also as a bare participle behind a noun.
pub(super) fn is_passive(trees: &Trees, verb: usize) -> bool {
    let marked = trees.child(verb, &["nsubj:pass", "aux:pass", "csubj:pass"]).is_some();
    let bare = || {
        trees.xpos(verb) == "VBN"
            && trees.child(verb, &["aux", "nsubj"]).is_none()
            && match trees.relation(verb) {
                "acl" => true,
                // `when forced to leave`, `known as the Shepherd, Moss led`
                "advcl" => trees.child(verb, &["obj"]).is_none(),
                _ => false,
            }
    };
    let joined = || {
        let first = trees.head(verb).filter(|_| trees.relation(verb) == "conj");
        trees.xpos(verb) == "VBN"
            && trees.child(verb, &["aux", "nsubj", "obj"]).is_none()
            && first.is_some_and(|f| is_passive(trees, f))
    };
    let by = || {
        trees.xpos(verb) == "VBN"
            && trees.child(verb, &["aux", "nsubj", "obj"]).is_none()
            && agent(trees, verb).is_some()
    };
    // `with both mayors expected to come`
    let absolute = || {
        matches!(trees.xpos(verb), "VBN" | "VBD")
            && trees.child(verb, &["aux", "obj", "cop"]).is_none()
            && trees.child(verb, &["mark", "case"]).is_some_and(|m| trees.lemma(m) == "with")
            && !matches!(trees.lemma(verb), "go" | "come" | "die" | "arrive" | "fall" | "become")
    };
    marked || bare() || joined() || by() || absolute()
}

fn nominal(trees: &Trees, node: usize) -> bool {
    matches!(trees.upos(node), "NOUN" | "PROPN" | "PRON" | "NUM" | "SYM")
}

/// `who`, `which` and `that` of a relative clause stand for what the clause belongs to.
fn trace(trees: &Trees, node: usize, verb: usize) -> usize {
    let relative =
        matches!(trees.xpos(node), "WDT" | "WP") || trees.lemma(node) == "that" && trees.upos(node) == "PRON";
    let mut at = verb;
    for _ in 0..CLIMB {
        match (trees.relation(at), trees.head(at)) {
            ("acl:relcl" | "acl", Some(head)) if relative => {
                return person_behind(trees, node, head, at).unwrap_or_else(|| named_by(trees, head));
            }
            ("conj" | "xcomp" | "ccomp" | "advcl", Some(head)) => at = head,
            _ => break,
        }
    }
    node
}

/// `sent a letter to Hart, who`: of a thing and a person behind it, `who` is the person.
fn person_behind(trees: &Trees, pronoun: usize, noun: usize, verb: usize) -> Option<usize> {
    let who = matches!(trees.lemma(pronoun), "who" | "whom") && trees.upos(noun) == "NOUN";
    let near = |c: &usize| {
        let person = trees.word(*c).is_some_and(|w| w.entity().ends_with("PER"));
        trees.relation(*c) == "nmod"
            && person
            && *c < verb
            && matches!(preposition(trees, *c), "for" | "to" | "from" | "by")
    };
    trees.children(noun).filter(|_| who).find(near)
}

/// Of a noun in apposition to a name, the name: `Stone, the commander, who`.
fn named_by(trees: &Trees, node: usize) -> usize {
    let name = trees.head(node).filter(|h| trees.relation(node) == "appos" && trees.upos(*h) == "PROPN");
    name.unwrap_or(node)
}

/// Who does it, or is it: the verb's own subject, or one that it shares.
fn subject(trees: &Trees, verb: usize) -> Option<usize> {
    let mut at = verb;
    for step in 0..CLIMB {
        if let Some(own) = trees.child(at, &["nsubj", "nsubj:pass"]) {
            // `it is becoming possible to draw`: `it` draws nothing.
            let empty = step > 0 && trees.lemma(own) == "it" && trees.upos(at) == "ADJ" && trees.xpos(verb) == "VB";
            let empty = empty || step > 1 && trees.lemma(own) == "it" && trees.lemma(at) == "become";
            if empty {
                return None;
            }
            return Some(trace(trees, own, at));
        }
        if let Some(it) = trees.child(at, &["expl"]) {
            // `it was a lost chance`, which the network takes for `it was a mistake (to leave)`.
            let said_of = trees.child(at, &["cop"]).is_some() && nominal(trees, at) && trees.lemma(it) == "it";
            // `it was time to end the strike`: it ends nothing.
            return (said_of && step == 0).then_some(it);
        }
        if let Some(clause) = trees.child(at, &["csubj", "csubj:pass"]) {
            return Some(clause);
        }
        let marked = |c: usize, word: &str| trees.child(c, &["mark"]).is_some_and(|m| trees.lemma(m) == word);
        // `whether the mayor runs is open`
        let whether = |c: &usize| *c < at && trees.relation(*c) == "advcl" && marked(*c, "whether");
        if step == 0
            && let Some(clause) = trees.children(at).find(whether)
        {
            return Some(clause);
        }
        // `said the plan was a mistake`, where the network takes the plan for what was said.
        if trees.relation(at) == "ccomp" && is_finite(trees, at) {
            let object =
                |c: &usize| trees.relation(*c) == "obj" && *c < at && trees.reach(*c).1 + 2 >= trees.reach(at).0;
            return trees.head(at).and_then(|head| trees.children(head).rfind(object));
        }
        // `his aim was to unite the islands`: who unites them has the aim.
        if let Some(aim) = trees.child(at, &["nsubj:outer"]) {
            // `if the mayor were to leave`
            let rules = ClauseFile::get();
            let aimed = rules.is_unreal(trees.lemma(aim)) || rules.is_part_of(trees.lemma(aim));
            return if aimed { trees.child(aim, &["nmod:poss"]) } else { Some(aim) };
        }
        if step == 0
            && let Some(subject) = behind_preposition(trees, at)
        {
            return Some(subject);
        }
        let head = trees.head(at)?;
        if let Some(subject) = beside(trees, head, at) {
            return Some(subject);
        }
        match trees.relation(at) {
            // `blamed the mayor for leaving`: the mayor left.
            "advcl"
                if trees.child(at, &["mark"]).is_some_and(|m| match trees.lemma(m) {
                    "for" | "of" | "from" => true,
                    "with" => ClauseFile::get().charges(trees.lemma(head)),
                    _ => false,
                }) =>
            {
                if let Some(object) = trees.child(head, &["obj", "iobj", "nsubj:pass"]) {
                    return Some(trace(trees, object, head));
                }
            }
            // `called on the mayor to leave`
            "xcomp" | "advcl" if starts_with_to(trees, at) && called_on(trees, head, at).is_some() => {
                return called_on(trees, head, at);
            }
            // `persuaded the voters backing him to leave`: the voters leave.
            "xcomp" if ordered_above(trees, head, at).is_some() => return ordered_above(trees, head, at),
            "xcomp" => {
                let promised = matches!(trees.lemma(head), "promise" | "threaten" | "vow");
                if let Some(object) = trees.child(head, &["obj", "iobj"]).filter(|_| !promised) {
                    return Some(trace(trees, object, head));
                }
            }
            // `a role in shaping`: who shapes has the role.
            "acl" if trees.child(at, &["mark"]).is_some_and(|m| trees.lemma(m) != "to" || trees.xpos(at) != "VB") => {
                // `accused the mayor of selling`: the mayor sold.
                let verb = trees.head(head).filter(|_| matches!(trees.relation(head), "obj" | "iobj" | "nsubj:pass"));
                if verb.is_some_and(|v| ClauseFile::get().charges(trees.lemma(v))) {
                    return Some(trace(trees, head, at));
                }
                let own = trees.child(head, &["nmod:poss"]).or_else(|| of_whom(trees, head));
                let above = trees.head(head).filter(|_| matches!(trees.relation(head), "obj" | "obl" | "conj"));
                match (own, above.filter(|a| trees.upos(*a) == "VERB")) {
                    (Some(own), _) => return Some(own),
                    (None, Some(above)) => {
                        at = above;
                        continue;
                    }
                    _ => return None,
                }
            }
            // `his efforts to open the port`
            "acl" if trees.xpos(at) == "VB" => {
                // `the league was the first state to send ships`, `was one of the first to send ships`
                let whole = trees.head(head).filter(|_| trees.relation(head) == "nmod");
                let is = |node: &usize| trees.child(*node, &["cop"]).is_some();
                if let Some(said) = Some(head).filter(is).or_else(|| whole.filter(is)) {
                    at = said;
                    continue;
                }
                // `has the money to mend the dam`: who has it mends the dam.
                let holds =
                    |v: usize| matches!(trees.lemma(v), "have" | "lack" | "need" | "find" | "gain" | "win" | "get");
                let held = trees.head(head).filter(|v| trees.relation(head) == "obj" && holds(*v));
                if let Some(verb) = held.filter(|_| trees.child(head, &["nmod:poss"]).is_none()) {
                    at = verb;
                    continue;
                }
                // `their wealth and ability to travel`
                let joined = trees.head(head).filter(|_| trees.relation(head) == "conj");
                let owner = |noun: usize| trees.child(noun, &["nmod:poss"]);
                return owner(head).or_else(|| of_whom(trees, head)).or_else(|| joined.and_then(owner));
            }
            "acl" => return nominal(trees, head).then_some(head),
            "acl:relcl" => {
                let filled = trees.child(at, &["obj", "obl"]).is_some_and(|o| matches!(trees.xpos(o), "WDT" | "WP"));
                return (!filled && step == 0 && nominal(trees, head)).then_some(head);
            }
            // `forces responsible for defending`, `a team ready to end`
            "amod" if step > 0 && trees.upos(at) == "ADJ" => return nominal(trees, head).then_some(head),
            // `learn how to protect`
            "ccomp" if trees.xpos(at) == "VB" && starts_with_to(trees, at) => {}
            // `He performed well, was at the top of his game`
            "parataxis" if step == 0 && is_finite(trees, at) => {}
            // `This showed his part, as he stood by the town, closing the port`: a thing closes nothing.
            "advcl" if trees.xpos(at) == "VBG" && nearer(trees, head, at).is_some() => return nearer(trees, head, at),
            "conj" | "advcl"
                if trees.xpos(at) != "VB" || step > 0 || trees.relation(at) == "conj" || starts_with_to(trees, at) => {}
            _ => return None,
        }
        at = head;
    }
    None
}

/// A subject that the tree hangs on the verb above: `led to the guards taking the mill`, `sent the crew to Hull to sell it`, `the horns
/// sounded and the crowds danced and sang`.
fn beside(trees: &Trees, above: usize, verb: usize) -> Option<usize> {
    match trees.relation(verb) {
        // `examined the role of the general in keeping the peace`
        "advcl"
            if trees.xpos(verb) == "VBG" && trees.child(verb, &["mark"]).is_some_and(|m| trees.lemma(m) == "in") =>
        {
            let part = trees.child(above, &["obj"]).filter(|o| above < *o && *o < verb)?;
            let own = ClauseFile::get().is_part_of(trees.lemma(part));
            trees.child(part, &["nmod:poss"]).or_else(|| of_whom(trees, part)).filter(|_| own)
        }
        "advcl" if trees.xpos(verb) == "VBG" => {
            let mark = trees.child(verb, &["mark"]).filter(|m| trees.lemma(*m) == "to")?;
            let between = |c: &usize| mark < *c && *c < verb && trees.relation(*c) == "obl";
            trees.children(above).find(between).filter(|c| trees.child(*c, &["case"]).is_none())
        }
        "advcl" if starts_with_to(trees, verb) && !trees.children(verb).any(|c| trees.lemma(c) == "only") => {
            let sends = ["send", "dispatch", "deploy", "hire", "appoint", "recruit", "train", "assign", "elect"];
            trees.child(above, &["obj"]).filter(|o| *o < verb && sends.contains(&trees.lemma(above)))
        }
        "conj" if is_finite(trees, verb) => {
            let nearer = |c: &usize| above < *c && *c < verb && trees.relation(*c) == "conj";
            let sibling = trees.children(above).rfind(nearer).filter(|c| is_finite(trees, *c));
            sibling.and_then(|s| trees.child(s, &["nsubj", "nsubj:pass"]))
        }
        _ => None,
    }
}

/// `after the vote last month left the town poor`, where the network takes `after the vote` for a phrase of its own.
fn behind_preposition(trees: &Trees, verb: usize) -> Option<usize> {
    let finite = matches!(trees.xpos(verb), "VBD" | "VBZ" | "VBP") && trees.child(verb, &["aux", "aux:pass"]).is_none();
    let first = trees.reach(verb).0;
    let timed = matches!(trees.lemma(first), "after" | "before" | "since" | "until" | "as");
    let own = trees.relation(verb) == "advcl" && finite && timed;
    // The conjunction is the verb's, or the phrase's.
    let opens = |c: &usize| {
        let case = trees.child(*c, &["case"]);
        *c < verb && trees.relation(*c) == "obl" && trees.reach(*c).0 <= first + 1 && case.is_none_or(|m| m == first)
    };
    trees.children(verb).find(opens).filter(|_| own)
}

/// `called on the mayor (to leave)`, `appealed to the crew (to stay)`: who is called on.
fn called_on(trees: &Trees, verb: usize, infinitive: usize) -> Option<usize> {
    let calls = ["call", "count", "rely", "depend", "prevail", "appeal", "plead", "wait", "long", "press", "push"];
    let whom = |c: &usize| {
        let case = preposition(trees, *c);
        trees.relation(*c) == "obl"
            && verb < *c
            && *c < infinitive
            && matches!(case, "on" | "upon" | "to" | "with" | "for")
    };
    let own = calls.contains(&trees.lemma(verb)) && trees.child(verb, &["obj", "nsubj:pass"]).is_none();
    trees.children(verb).rfind(whom).filter(|_| own)
}

/// `persuaded the voters now backing him (to leave)`, `forces responsible for guarding Hull (to leave)`: an infinitive that the
/// network hangs on a verb inside the object of the one that orders it.
fn ordered_above(trees: &Trees, verb: usize, infinitive: usize) -> Option<usize> {
    let rules = ClauseFile::get();
    let orders = |v: usize| {
        let lemma = trees.lemma(v);
        trees.upos(v) == "VERB"
            && (rules.is_unreal(lemma) || matches!(lemma, "persuade" | "convince" | "force" | "help" | "lead"))
    };
    let object = trees.child(verb, &["obj"]).filter(|o| *o < infinitive)?;
    if !starts_with_to(trees, infinitive) || orders(verb) || trees.xpos(verb) != "VBG" || object < verb {
        return None;
    }
    let mut at = verb;
    for _ in 0..CLIMB {
        let above = trees.head(at)?;
        if orders(above) {
            let whom = trees.child(above, &["obj", "iobj"]).filter(|o| above < *o && *o < verb)?;
            // No comma between: the participle belongs to whom the order is given.
            return (whom..verb).all(|n| trees.xpos(n) != ",").then_some(whom);
        }
        if !matches!(trees.relation(at), "acl" | "advcl" | "amod") {
            return None;
        }
        at = above;
    }
    None
}

/// Of a participle behind two clauses, the subject of the nearer, where the farther has only `this` or `it` for a subject.
fn nearer(trees: &Trees, main: usize, participle: usize) -> Option<usize> {
    let empty = |s: usize| matches!(trees.lemma(s), "this" | "that" | "it" | "which" | "these");
    trees.child(main, &["nsubj"]).filter(|s| empty(*s))?;
    let between = |c: &usize| main < *c && *c < participle && trees.relation(*c) == "advcl" && is_finite(trees, *c);
    trees.children(main).rfind(between).and_then(|c| trees.child(c, &["nsubj"])).filter(|s| !empty(*s))
}

/// Whether a clause has a verb that bears time or person.
fn is_finite(trees: &Trees, head: usize) -> bool {
    let bears = |node: usize| matches!(trees.xpos(node), "VBD" | "VBZ" | "VBP" | "MD");
    bears(head) || trees.children(head).any(|c| matches!(trees.relation(c), "aux" | "aux:pass" | "cop") && bears(c))
}

/// `the failure of the council (to act)`, `efforts by the council`: whose deed a noun tells of.
fn of_whom(trees: &Trees, noun: usize) -> Option<usize> {
    let rules = ClauseFile::get();
    let lemma = trees.lemma(noun);
    trees.children(noun).filter(|c| trees.relation(*c) == "nmod").find(|c| match preposition(trees, *c) {
        "by" => true,
        "of" => rules.is_done_by_its_of(lemma) || rules.denies(lemma) || rules.is_part_of(lemma),
        _ => false,
    })
}

fn starts_with_to(trees: &Trees, verb: usize) -> bool {
    trees.child(verb, &["mark"]).is_some_and(|m| trees.lemma(m) == "to")
}

/// `the mill he built`, `a mill we must work to keep and mend`: what a relative clause without a pronoun leaves out.
fn moved_object(trees: &Trees, verb: usize, found: &[(Role, usize)]) -> Option<usize> {
    let head = relative_head(trees, verb)?;
    let free = !found.iter().any(|(r, n)| *r == Role::Object || *n == head);
    let below = ["xcomp", "ccomp", "advcl"];
    let lowest = trees.relation(verb) == "acl:relcl" || trees.child(verb, &below).is_none_or(|c| c < verb);
    // What is left out behind the last of several verbs is left out of each.
    let joined = trees.children(verb).find(|c| trees.relation(*c) == "conj" && *c > verb && trees.xpos(*c) == "VB");
    let left_out = |v: usize| trees.role(v, "ARG1") == Some(head) && trees.child(v, &["obj"]).is_none();
    let first = trees.head(verb).filter(|_| trees.relation(verb) == "conj" && trees.xpos(verb) == "VB");
    // `showed people that this happened`: what happens has no object.
    let whole =
        matches!(trees.lemma(verb), "happen" | "occur" | "exist" | "die" | "arrive" | "remain" | "live" | "sleep");
    let free = free && !whole;
    // `the mayor he wants to follow`: the last of several verbs, where no pronoun stands for what is left out.
    let last = trees.relation(verb) == "xcomp"
        && starts_with_to(trees, verb)
        && lowest
        && trees.child(verb, &["obj", "ccomp", "xcomp"]).is_none()
        && trees.head(verb).is_some_and(|top| contact(trees, top, head));
    if free && last {
        return Some(head);
    }
    (free && lowest && [Some(verb), joined, first].into_iter().flatten().any(left_out)).then_some(head)
}

/// Whether a verb's relative clause stands right behind its noun, without a pronoun and with a subject of its own.
fn contact(trees: &Trees, top: usize, noun: usize) -> bool {
    let subject = trees.child(top, &["nsubj"]).filter(|s| trees.reach(*s).0 == trees.reach(top).0);
    let told = subject.is_some_and(|s| !matches!(trees.xpos(s), "WP" | "WDT")) && trees.child(top, &["obj"]).is_none();
    let circumstance =
        ["way", "time", "day", "year", "moment", "reason", "place", "extent"].contains(&trees.lemma(noun));
    trees.relation(top) == "acl:relcl" && trees.reach(top).0 == noun + 1 && told && !circumstance
}

/// The noun of the relative clause that a verb stands in, also below its first verb: `a mill we must work to keep and mend`.
fn relative_head(trees: &Trees, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..CLIMB {
        match (trees.relation(at), trees.head(at)) {
            ("acl:relcl", head) => return head,
            ("conj" | "xcomp" | "ccomp" | "advcl", Some(head)) => at = head,
            _ => return None,
        }
    }
    None
}

/// `the assassination of Hale by the rebels`, by the network's roles and the prepositions.
fn of_noun(page: &Page, trees: &Trees, head: usize) -> Vec<(Role, usize)> {
    let mut found = Vec::with_capacity(3);
    let rules = ClauseFile::get();
    let done_by = rules.is_done_by_its_of(trees.lemma(head));
    let changes = rules.changes(trees.lemma(head));
    // `had the full support of the league`: the league gives it.
    let free = trees.child(head, &["nmod:poss"]).is_none() && trees.relation(head) == "obj";
    let backs = trees.lemma(head) == "support" && free && trees.child(head, &["det"]).is_some();
    let in_favour = preposition(trees, head) == "in" && trees.child(head, &["det", "nmod:poss"]).is_none();
    for (argument, label) in trees.roles(head).filter(|(a, _)| nominal(trees, *a)) {
        let inside = trees.head(argument) == Some(head);
        let role = match label {
            // `(spoke) in support of the strike`: nobody else is said to support it.
            "ARG0" if inside && preposition(trees, argument) == "of" && in_favour => Role::Object,
            // `a talk of resistance and use of the press`: the press resists nothing.
            "ARG0" if !inside && trees.relation(argument) == "nmod" => continue,
            // `Friday's decision`
            _ if trees.relation(argument) == "nmod:poss" && dated(page, trees.tokens(argument)) => Role::Time,
            // `the resistance against the fleet`
            "ARG0" | "ARG1" if inside && preposition(trees, argument) == "against" => Role::Object,
            "ARG0" => Role::Subject,
            "ARG1" if inside && (done_by || backs) && preposition(trees, argument) == "of" => Role::Subject,
            "ARG1" if inside && preposition(trees, argument) == "in" && !changes => Role::Other,
            // `the liberation of 1944`
            "ARG1" if inside && dated(page, trees.tokens(argument)) => Role::Time,
            "ARG1" if inside => Role::Object,
            "ARGM-TMP" => Role::Time,
            "ARGM-LOC" => Role::Place,
            _ => continue,
        };
        add(trees, &mut found, role, argument);
    }
    for child in trees.children(head).filter(|c| trees.relation(*c) == "nmod") {
        if found.iter().any(|(_, n)| *n == child) {
            continue;
        }
        if let Some(role) = oblique(page, trees, head, child, true) {
            add(trees, &mut found, role, child);
        }
    }
    found
}

/// `Stone, commander of the guard`.
fn of_apposition(trees: &Trees, head: usize, whose: usize) -> Vec<(Role, usize)> {
    let mut found = Vec::with_capacity(2);
    // `Stone, head of the guard, and the crew`: only Stone is the head.
    let all = phrase::coordinated(trees, whose).into_iter();
    found.extend(all.filter(|h| *h == whose || *h < head).map(|h| (Role::Subject, h)));
    let near = |c: usize| {
        trees.relation(c) == "nmod" && !matches!(preposition(trees, c), "of" | "for" | "to" | "in" | "at" | "with")
    };
    let of =
        trees.children(head).filter(|c| matches!(trees.relation(*c), "nmod" | "nmod:poss" | "compound") && !near(*c));
    found.extend(
        of.filter(|c| trees.relation(*c) != "compound" || trees.upos(*c) == "PROPN").map(|c| (Role::Object, c)),
    );
    found
}

/// `referred to the mayor (as a thief)`
pub(super) fn referred_to(trees: &Trees, verb: usize) -> Option<usize> {
    let to = |c: &usize| trees.relation(*c) == "obl" && preposition(trees, *c) == "to";
    trees.children(verb).find(to).filter(|_| trees.lemma(verb) == "refer")
}

/// `(they consider) him a hero`.
fn of_described(trees: &Trees, head: usize) -> Vec<(Role, usize)> {
    let mut found = Vec::with_capacity(2);
    let beside = trees.relation(head) == "appos";
    let verb = trees.head(head).and_then(|above| if beside { trees.head(above) } else { Some(above) });
    let of = |v: usize| referred_to(trees, v).or_else(|| trees.child(v, &["obj", "nsubj:pass", "iobj"]));
    if let Some((verb, subject)) = verb.and_then(|v| Some((v, of(v)?))) {
        add(trees, &mut found, Role::Subject, trace(trees, subject, verb));
    }
    add(trees, &mut found, Role::Object, head);
    found.extend(inner(trees, head));
    found
}

/// `rebel-held bridge`.
fn modifier(trees: &Trees, head: usize, doer: usize) -> Vec<(Role, usize)> {
    let mut found = vec![(Role::Subject, doer)];
    found.extend(trees.head(head).map(|h| (Role::Object, h)));
    found
}
