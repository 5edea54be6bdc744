//! How far the words of a participant go: its head with what belongs to it, without prepositions in front, clauses that
//! only add to it, and what is coordinated with it (each of several is a participant of its own).

use crate::trees::Trees;

/// Relations that stay with a head on its left.
const LEFT: &[&str] = &[
    "det",
    "det:predet",
    "amod",
    "nmod:poss",
    "nummod",
    "compound",
    "nmod:desc",
    "nmod",
    "advmod",
    "flat",
    "acl",
    "obl",
    "obl:unmarked",
    "nmod:unmarked",
    "goeswith",
];
/// Relations that stay with a head on its right.
const RIGHT: &[&str] = &[
    "nmod",
    "flat",
    "compound",
    "compound:prt",
    "amod",
    "nummod",
    "acl",
    "fixed",
    "goeswith",
    "det",
    "nmod:unmarked",
    "nmod:desc",
    "obl",
    "obl:unmarked",
    "advmod",
    "xcomp",
    "list",
    "dep",
];

/// The first and last word of the phrase of a head.
pub(super) fn of(trees: &Trees, head: usize) -> (usize, usize) {
    let (mut first, mut last) = (head, head);
    let clausal = trees.child(head, &["cop"]).is_some();
    for child in trees.children(head).filter(|c| *c < head).collect::<Vec<_>>().into_iter().rev() {
        let relation = trees.relation(child);
        let nominal = !clausal || !matches!(relation, "advmod" | "obl" | "obl:unmarked");
        if LEFT.contains(&relation) && nominal {
            first = trees.reach(child).0;
        } else if !(matches!(relation, "punct" | "cc" | "conj") && inside(trees, head, child)) {
            break;
        }
    }
    for child in trees.children(head).filter(|c| *c > head) {
        let relation = trees.relation(child);
        if matches!(relation, "case" | "punct") && (relation == "case" || hyphen(trees, child)) {
            continue;
        }
        let clausal_rest = clausal && matches!(relation, "obl" | "advmod" | "obl:unmarked" | "xcomp");
        let name = relation == "appos" && trees.upos(child) == "PROPN" || is_free_relative(trees, head, child);
        if !(RIGHT.contains(&relation) || name) || clausal_rest || after_comma(trees, child) {
            break;
        }
        last = end_of(trees, child);
    }
    with_rest_of_name(trees, head, (first, last))
}

/// `Colonel Stone`, of which the tree makes two words side by side.
fn with_rest_of_name(trees: &Trees, head: usize, (mut first, mut last): (usize, usize)) -> (usize, usize) {
    let beside = |node: usize| {
        trees.head(node) == trees.head(head)
            && trees.relation(node) == trees.relation(head)
            && trees.upos(node) == "PROPN"
    };
    let alone = trees.head(head).is_some() && trees.relation(head) != "conj";
    // `the trawler Crane`
    let named = trees.upos(head) == "NOUN" && last == head && trees.relation(head).starts_with("nsubj");
    if alone && (trees.upos(head) == "PROPN" || named) {
        while beside(last + 1) {
            last = of_own(trees, last + 1);
        }
    }
    if alone && trees.upos(head) == "PROPN" {
        while first.checked_sub(1).is_some_and(beside) {
            first -= 1;
        }
    }
    (first, last)
}

/// `what he might hide`: nothing is left of it without its clause.
fn is_free_relative(trees: &Trees, head: usize, child: usize) -> bool {
    let free = |node: usize| matches!(trees.lemma(node), "what" | "whatever" | "whoever" | "whichever");
    // `the draft of what became law`, where the network hangs the clause on the draft.
    let behind = || trees.reach(child).0.checked_sub(1).is_some_and(free);
    trees.relation(child) == "acl:relcl" && (free(head) || behind())
}

fn of_own(trees: &Trees, node: usize) -> usize {
    trees.children(node).rfind(|c| *c > node && trees.relation(*c) == "flat").unwrap_or(node)
}

/// The last word of a dependent phrase, without clauses that only add to it.
fn end_of(trees: &Trees, child: usize) -> usize {
    let reach = trees.reach(child).1;
    let cut = |node: usize| {
        trees.children(node).find(|c| {
            let name = trees.relation(*c) == "appos" && trees.upos(*c) == "PROPN" || is_free_relative(trees, node, *c);
            let adds = matches!(trees.relation(*c), "acl:relcl" | "appos" | "parataxis") && !name;
            *c > node && (adds || after_comma(trees, *c) && !listed(trees, *c))
        })
    };
    let mut end = reach;
    let mut node = Some(child);
    for _ in 0..12 {
        let Some(at) = node else { break };
        if let Some(cut) = cut(at) {
            end = end.min(trees.reach(cut).0.saturating_sub(1));
        }
        node = trees.children(at).rfind(|c| *c > at && !matches!(trees.relation(*c), "punct"));
    }
    let mut end = end.max(child);
    while end > child && matches!(trees.relation(end), "punct" | "cc") {
        end -= 1;
    }
    end
}

/// `(the talks with) Hull, Crane and the port`: a comma inside a list that ends with a conjunction.
fn listed(trees: &Trees, node: usize) -> bool {
    let joined = |c: usize| trees.relation(c) == "conj" && matches!(trees.upos(c), "NOUN" | "PROPN" | "PRON");
    let first = trees.head(node).filter(|_| joined(node) && trees.child(node, &["case"]).is_none());
    let last = first.and_then(|f| trees.children(f).rfind(|c| joined(*c)));
    last.is_some_and(|l| trees.child(l, &["cc"]).is_some())
}

/// Whether a comma, a bracket or a dash opens a dependent.
fn after_comma(trees: &Trees, child: usize) -> bool {
    let first = trees.reach(child).0;
    let open = |node: usize| trees.relation(node) == "punct" && !hyphen(trees, node);
    first < child && open(first)
        || first.checked_sub(1).is_some_and(|before| open(before) && matches!(trees.xpos(before), "," | ":" | "-LRB-"))
}

fn hyphen(trees: &Trees, node: usize) -> bool {
    trees.xpos(node) == "HYPH"
}

/// Whether a mark stands between a head and something that belongs to it, as a quotation mark does.
fn inside(trees: &Trees, head: usize, mark: usize) -> bool {
    trees.children(head).any(|c| c < mark && LEFT.contains(&trees.relation(c)))
}

/// The heads that are coordinated with a word, itself first.
pub(super) fn coordinated(trees: &Trees, head: usize) -> Vec<usize> {
    let mut all = vec![head];
    let case = |node: usize| trees.child(node, &["case"]).map(|c| trees.lemma(c));
    // `(the league) in the north, and in Hull`: a phrase of its own is no second league.
    let other = |node: usize| case(node).is_some_and(|c| case(head) != Some(c));
    // `whether it is so or not`
    let not = |node: usize| matches!(trees.lemma(node), "not" | "so" | "otherwise");
    for child in trees.children(head).filter(|c| trees.relation(*c) == "conj" && !other(*c) && !not(*c)) {
        if all.len() < 24 && (trees.upos(child) != "VERB" || trees.upos(head) == "VERB") {
            all.push(child);
            all.extend(trees.children(child).filter(|c| trees.relation(*c) == "conj"));
        }
    }
    all
}
