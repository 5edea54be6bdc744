//! Which names of a case are one actor's. Names that agree (`pairs`) are candidates; candidates are joined from the surest
//! on, but never two groups that hold names which speak for two (another given name, another kind, another sex, a person's
//! verdict). A name that fits two actors who are not each other is left alone: "Lowry" where there are Anne and Tom. All of
//! it goes by the sorted names, so that no order of documents can change it. After nomenklatura's blocking and Bagga and
//! Baldwin's (1998) clusters by document.

use super::judged::{Judged, Verdict};
use super::node::Node;
use super::pairs::kinds_agree;
use rashomon_core::MentionKind;
use rashomon_text::names::{CAN_BE, Name, SAME, key};
use rashomon_text::states::{self, Called};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What a document's words say of two names.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// One, by its place among the nodes.
    pub(super) a: usize,
    /// What else is it.
    pub(super) b: Meant,
    /// How and where it is said.
    pub(super) reason: String,
}

/// What a document calls one with a name.
#[derive(Debug, Clone)]
pub(super) enum Meant {
    /// Another name, by its place among the nodes.
    Always(usize),
    /// Some words, at one place.
    Here(String),
}

/// Why two names were joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// One name.
    pub a: String,
    /// The other.
    pub b: String,
    /// How far the names agree, 0 to 1.
    pub score: f32,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// A pair that may be joined.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge {
    a: usize,
    b: usize,
    score: f32,
    why: Why,
}

impl Edge {
    /// The same between names told otherwise.
    pub(super) fn told(&self, name: impl Fn(usize) -> usize) -> Edge {
        Edge { a: name(self.a), b: name(self.b), ..self.clone() }
    }

    /// Whether the names alone tell why, in the same words whatever other documents come.
    pub(super) fn is_lasting(&self) -> bool {
        matches!(self.why, Why::Judged(_) | Why::State(_) | Why::Equal | Why::Names | Why::OfState)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// A person said so, in this row of the log.
    Judged(u64),
    /// A document says so, in this link.
    Told(usize),
    /// A document calls one of them so at one place, in this link.
    Here(usize),
    /// They call one state by its name and by the word for what belongs to it.
    State(usize),
    /// The same name with kinds that can be one.
    Equal,
    /// The names agree.
    Names,
    /// The only one with this name.
    Only,
    /// The same name with its state before it.
    OfState,
}

/// Who is called by a part of a name alone: with a title before it or without, by the part's key.
type Bearers<'n> = HashMap<(bool, &'n String), Vec<usize>>;

/// Names of a case while they are being joined.
pub(super) struct Cluster<'n> {
    nodes: &'n [&'n Node],
    links: &'n [Link],
    judged: &'n Judged,
    /// Pairs of names that agree, in order.
    agreeing: &'n [(usize, usize, f32)],
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    joined: BTreeMap<usize, Vec<Edge>>,
}

/// For each node the first node of its group, and for each such first node why the group was joined. `agreeing` are the
/// pairs whose names agree.
pub(super) fn cluster(
    nodes: &[&Node],
    agreeing: &[(usize, usize, f32)],
    links: &[Link],
    judged: &Judged,
) -> (Vec<usize>, BTreeMap<usize, Vec<Edge>>) {
    let all = 0..nodes.len();
    let mut cluster = Cluster {
        nodes,
        links,
        judged,
        agreeing,
        parent: all.clone().collect(),
        members: all.map(|n| vec![n]).collect(),
        joined: BTreeMap::new(),
    };
    cluster.join_judged();
    cluster.join_all(cluster.called_one());
    cluster.join_all(cluster.of_one_state());
    let edges = cluster.unambiguous(cluster.candidates());
    cluster.join_all(edges);
    let edges = cluster.only_bearers();
    cluster.join_all(edges);
    cluster.join_all(cluster.with_and_without_state());
    let roots: Vec<usize> = (0..nodes.len()).map(|n| cluster.root(n)).collect();
    let mut joined: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for (n, found) in std::mem::take(&mut cluster.joined) {
        joined.entry(cluster.root(n)).or_default().extend(found);
    }
    for (n, link) in links.iter().enumerate().filter(|(_, link)| matches!(link.b, Meant::Here(_))) {
        let edge = Edge { a: link.a, b: link.a, score: 1.0, why: Why::Here(n) };
        joined.entry(cluster.root(link.a)).or_default().push(edge);
    }
    (roots, joined)
}

/// Why two names were joined, in words.
pub(super) fn merge(nodes: &[&Node], links: &[Link], edge: &Edge) -> Option<Merge> {
    let (x, y) = (nodes.get(edge.a)?, nodes.get(edge.b)?);
    let mut b = y.text.clone();
    let reasons = match edge.why {
        Why::Judged(row) => vec![format!("judged the same (row {row} of the log)")],
        Why::Told(n) => vec![links.get(n)?.reason.clone()],
        Why::Here(n) => {
            let link = links.get(n)?;
            if let Meant::Here(words) = &link.b {
                b.clone_from(words);
            }
            vec![link.reason.clone()]
        }
        Why::State(state) => {
            vec![format!("both call {} by its name or by the word for what belongs to it", states::name(state))]
        }
        Why::OfState => vec!["the same name with and without its state; no other state has one here".to_owned()],
        Why::Equal => vec![format!("the same name, as {} and {}", x.kind, y.kind)],
        Why::Names => {
            let found = x.name.compare(&y.name);
            if found.score < SAME {
                vec!["the same sounds, written as one word or several".to_owned()]
            } else {
                found.reasons
            }
        }
        Why::Only => {
            let mut reasons = x.name.compare(&y.name).reasons;
            reasons.push(format!("nobody else in these documents is called “{}”", x.text));
            reasons
        }
    };
    Some(Merge { a: x.text.clone(), b, score: edge.score, reasons })
}

impl Cluster<'_> {
    fn root(&self, mut n: usize) -> usize {
        while let Some(&up) = self.parent.get(n).filter(|up| **up != n) {
            n = up;
        }
        n
    }

    fn name(&self, n: usize) -> Option<&Name> {
        self.nodes.get(n).map(|node| &node.name)
    }

    fn join_judged(&mut self) {
        let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
        for (n, node) in self.nodes.iter().enumerate() {
            by_key.entry(&node.key).or_default().push(n);
        }
        let mut edges = Vec::new();
        for (a, b, row) in self.judged.same() {
            let found = by_key
                .get(a)
                .into_iter()
                .flatten()
                .flat_map(|a| by_key.get(b).into_iter().flatten().map(move |b| (*a, *b)));
            edges.extend(found.map(|(a, b)| Edge { a, b, score: 1.0, why: Why::Judged(row) }));
        }
        self.join_all(edges);
    }

    /// What documents call one, where nothing but the names themselves speaks against it.
    fn called_one(&self) -> Vec<Edge> {
        let edge = |(n, link): (usize, &Link)| match link.b {
            Meant::Always(b) if !self.conflict(link.a, b) && !self.judged_apart(link.a, b) => {
                Some(Edge { a: link.a, b, score: 1.0, why: Why::Told(n) })
            }
            _ => None,
        };
        self.links.iter().enumerate().filter_map(edge).collect()
    }

    /// The state that a name calls by its name or by the word for what belongs to it.
    fn state(&self, n: usize) -> Option<usize> {
        let node = self.nodes.get(n).filter(|node| !node.described && node.kind != MentionKind::Person)?;
        let listed = states::find(&node.text).filter(|l| l.called != Called::Capital)?;
        let thing = matches!(node.kind, MentionKind::Place | MentionKind::Organization | MentionKind::Group);
        (thing || !listed.doubtful).then_some(listed.state)
    }

    /// A state's names, and the words for who and what belongs to it.
    fn of_one_state(&self) -> Vec<Edge> {
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        let mut edges = Vec::new();
        for n in 0..self.nodes.len() {
            let Some(state) = self.state(n) else { continue };
            let a = *first.entry(state).or_insert(n);
            if a != n && !self.judged_apart(a, n) {
                edges.push(Edge { a, b: n, score: 1.0, why: Why::State(state) });
            }
        }
        edges
    }

    /// A body told with the state it is of and without it ("the Danish Seamen's Union", "the Seamen's Union"), where no
    /// other state has one of the name.
    fn with_and_without_state(&self) -> Vec<Edge> {
        let mut without: HashMap<&str, usize> = HashMap::new();
        let mut with: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (n, node) in self.nodes.iter().enumerate() {
            let body = matches!(node.kind, MentionKind::Organization | MentionKind::Group | MentionKind::Other);
            if !body || node.described || node.within.is_some() || !node.key.contains(' ') {
                continue;
            }
            without.entry(node.key.as_str()).or_insert(n);
            let bare = node.text.strip_prefix("the ").or_else(|| node.text.strip_prefix("The ")).unwrap_or(&node.text);
            let Some((first, rest)) = bare.split_once(' ') else { continue };
            if let Some(listed) = states::find(first).filter(|l| l.called == Called::People) {
                with.entry(key(rest).join(" ")).or_default().push((n, listed.state));
            }
        }
        let edge = |(rest, found): (&String, &Vec<(usize, usize)>)| {
            let (a, state) = *found.first()?;
            let b = *without.get(rest.as_str())?;
            let one = found.iter().all(|(_, s)| *s == state);
            (one && !self.conflict(a, b) && !self.judged_apart(a, b)).then_some(Edge {
                a,
                b,
                score: 0.9,
                why: Why::OfState,
            })
        };
        with.iter().filter_map(edge).collect()
    }

    /// Whether a person said that two names are two, or that it is not known.
    fn judged_apart(&self, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (self.nodes.get(a), self.nodes.get(b)) else { return true };
        self.judged.on(&x.key, &y.key).is_some_and(|v| v != Verdict::Same)
    }

    /// The pairs that agree and that nothing speaks against.
    fn candidates(&self) -> Vec<Edge> {
        let edge = |&(a, b, score): &(usize, usize, f32)| {
            let (x, y) = (self.nodes.get(a)?, self.nodes.get(b)?);
            let unsure = self.judged.on(&x.key, &y.key) == Some(Verdict::Unsure);
            let why = if x.key == y.key { Why::Equal } else { Why::Names };
            (!self.conflict(a, b) && !unsure).then_some(Edge { a, b, score, why })
        };
        self.agreeing.iter().filter_map(edge).collect()
    }

    /// Whether two names cannot be one actor's, whatever else is known.
    fn conflict(&self, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (self.nodes.get(a), self.nodes.get(b)) else { return true };
        if !kinds_agree(x.kind, y.kind) || self.judged.on(&x.key, &y.key) == Some(Verdict::Different) {
            return true;
        }
        let sex = |node: &Node| match node.sexes {
            [men, 0] if men > 1 => Some(true),
            [0, women] if women > 1 => Some(false),
            _ => None,
        };
        matches!((sex(x), sex(y)), (Some(x), Some(y)) if x != y)
    }

    /// Whether two names speak for two actors.
    fn apart(&self, a: usize, b: usize) -> bool {
        if self.conflict(a, b) {
            return true;
        }
        // Their score is known, and is high enough.
        if self.agreeing.binary_search_by_key(&(a.min(b), a.max(b)), |(x, y, _)| (*x, *y)).is_ok() {
            return false;
        }
        let (Some(x), Some(y)) = (self.name(a), self.name(b)) else { return true };
        x.size() > 1 && y.size() > 1 && x.letters().is_none() && y.letters().is_none() && x.score(y) < CAN_BE
    }

    /// Without the edges of names that fit several others who are not each other.
    fn unambiguous(&self, mut edges: Vec<Edge>) -> Vec<Edge> {
        let mut of: BTreeMap<usize, Vec<(usize, f32)>> = BTreeMap::new();
        for edge in &edges {
            of.entry(edge.a).or_default().push((edge.b, edge.score));
            of.entry(edge.b).or_default().push((edge.a, edge.score));
        }
        let mut torn: BTreeSet<usize> = BTreeSet::new();
        for (n, others) in &of {
            let mut others = others.clone();
            others.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
            others.truncate(8);
            let split = others.iter().enumerate().any(|(i, x)| others.iter().skip(i + 1).any(|y| self.apart(x.0, y.0)));
            if split {
                torn.insert(*n);
            }
        }
        edges.retain(|e| (e.score > 0.96 && e.why != Why::Equal) || !(torn.contains(&e.a) || torn.contains(&e.b)));
        edges
    }

    /// Names of one part, or of one and letters, that fit the members of exactly one group.
    fn only_bearers(&self) -> Vec<Edge> {
        let mut bearers: Bearers<'_> = HashMap::new();
        let mut things: BTreeSet<&str> = BTreeSet::new();
        let (mut short, mut long) = (Vec::new(), Vec::new());
        for (n, node) in self.nodes.iter().enumerate() {
            let name = &node.name;
            match node.kind {
                MentionKind::Person | MentionKind::Other if node.within.is_some() => {}
                MentionKind::Person | MentionKind::Other if name.is_short() => short.push(n),
                MentionKind::Person => long.push(n),
                MentionKind::Other => {}
                _ => {
                    things.insert(&node.key);
                }
            }
        }
        // What is a place or a body elsewhere is no family name here, unless the reader said so.
        let person = |n: &&Node| n.kind == MentionKind::Person || !things.contains(n.key.as_str());
        short.retain(|n| self.nodes.get(*n).is_some_and(person));
        let asked = |n: &usize| {
            let node = self.nodes.get(*n)?;
            let [_, keys] = &node.called;
            Some(keys.iter().map(|key| (node.name.is_titled(), key)))
        };
        let asked: HashSet<(bool, &String)> = short.iter().filter_map(asked).flatten().collect();
        for n in if asked.is_empty() { Vec::new() } else { long } {
            let Some(node) = self.nodes.get(n) else { continue };
            for (titled, keys) in [false, true].into_iter().zip(&node.called) {
                for key in keys.iter().filter(|key| asked.contains(&(titled, *key))) {
                    bearers.entry((titled, key)).or_default().push(n);
                }
            }
        }
        short.into_iter().filter_map(|n| self.only_bearer(n, &bearers)).collect()
    }

    fn only_bearer(&self, n: usize, bearers: &Bearers<'_>) -> Option<Edge> {
        let (name, node) = (self.name(n)?, self.nodes.get(n)?);
        let mut found: Option<(usize, f32)> = None;
        let mut enough = false;
        let titled = name.is_titled();
        let [_, keys] = &node.called;
        let keys = keys.iter().map(|key| (titled, key));
        for &other in keys.filter_map(|key| bearers.get(&key)).flatten() {
            let bearer = self.name(other)?;
            let score = name.score(bearer);
            let unsure = self.judged.on(&node.key, &self.nodes.get(other)?.key).is_some_and(|v| v != Verdict::Same);
            // A long name may differ more: by what it sounds like there is no other.
            let least = if name.sounds() >= 10 { 0.42 } else { CAN_BE };
            // Whoever bears the very word may be meant, however many other names he has besides.
            let bears = || self.nodes.get(other).is_some_and(|o| o.key.split(' ').any(|word| word == node.key));
            if self.conflict(n, other) || (score < least && !bears()) {
                continue;
            }
            let other_found = |(before, _): &(usize, f32)| self.root(*before) != self.root(other);
            match found {
                _ if unsure => return None,
                Some(before) if other_found(&before) => return None,
                Some((_, best)) if best >= score => {}
                _ => found = Some((other, score)),
            }
            enough |= score >= least;
        }
        let (other, score) = found.filter(|_| enough)?;
        Some(Edge { a: n, b: other, score, why: Why::Only })
    }

    /// Joins from the surest on.
    fn join_all(&mut self, mut edges: Vec<Edge>) {
        edges.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
        for edge in edges {
            let (a, b) = (self.root(edge.a), self.root(edge.b));
            let said = matches!(edge.why, Why::Judged(_) | Why::Told(_) | Why::State(_));
            if a == b || (!said && self.rivals(a, b)) || (said && self.kept_apart(edge.why, a, b)) {
                continue;
            }
            let (first, second) = (a.min(b), a.max(b));
            self.joined.entry(first).or_default().push(edge);
            let moved = self.members.get_mut(second).map(std::mem::take).unwrap_or_default();
            if let Some(members) = self.members.get_mut(first) {
                members.extend(moved);
            }
            if let Some(parent) = self.parent.get_mut(second) {
                *parent = first;
            }
        }
    }

    /// Whether two groups hold names that speak for two. Of large groups the most mentioned names speak.
    fn rivals(&self, a: usize, b: usize) -> bool {
        let speakers = |root: usize| {
            let mut all = self.members.get(root).cloned().unwrap_or_default();
            let rank = |n: &usize| (std::cmp::Reverse(self.nodes.get(*n).map_or(0, |n| n.mentions)), *n);
            all.sort_by_key(rank);
            all.truncate(12);
            all
        };
        let others = speakers(b);
        speakers(a).iter().any(|x| others.iter().any(|y| self.apart(*x, *y)))
    }

    /// Whether a person's verdict on any two of their names keeps two groups apart that something else than a person
    /// would join.
    fn kept_apart(&self, why: Why, a: usize, b: usize) -> bool {
        if matches!(why, Why::Judged(_)) || self.judged.is_empty() {
            return false;
        }
        let members = |root: usize| self.members.get(root).cloned().unwrap_or_default();
        let others = members(b);
        members(a).iter().any(|x| others.iter().any(|y| self.judged_apart(*x, *y)))
    }
}

#[cfg(test)]
mod tests;
