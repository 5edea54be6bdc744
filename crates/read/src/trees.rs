//! Step 1b: what the trained reader finds in the page's words, beside the tokens of the rules.
//!
//! The network cuts text into words and sentences of its own; each of its words knows which tokens of the page it covers,
//! so that the rules say whose words they are and the trees what they claim. Without weights there are no trees and the
//! steps below go by the order of words alone.

use crate::network::{Model, Parse, Word};
use crate::range::Range;
use crate::token::Token;
use rashomon_core::Span;
use std::collections::BTreeSet;

/// No word.
const NONE: u32 = u32::MAX;

/// Most words between a noun and what goes with the name behind it.
const MOST_OF_NAME: usize = 12;

/// The trees of a page.
pub(crate) struct Trees {
    parse: Parse,
    /// Where the parsed stretch begins in the document.
    base: u32,
    nodes: Vec<Node>,
    /// The first word that covers a token.
    of_token: Vec<u32>,
    /// The words under each word, in order.
    children: Vec<u32>,
    /// Names that were put under the noun before them.
    joined: BTreeSet<u32>,
    /// The roles of each predicate: the argument's word and the label's number.
    roles: Vec<(u32, u32, u8)>,
}

struct Node {
    tokens: Range,
    head: u32,
    children: std::ops::Range<u32>,
    low: u32,
    high: u32,
}

impl Trees {
    /// The trees of a text's tokens.
    pub(crate) fn of(text: &str, tokens: &[Token], model: &Model) -> Option<Trees> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        let base = tokens.iter().map(|t| t.start).min().unwrap_or(first.start);
        let end = tokens.iter().map(|t| t.end).max().unwrap_or(last.end);
        let parse = model.parse(text.get(base as usize..end as usize)?);
        let mut trees = Trees {
            nodes: Vec::with_capacity(parse.len()),
            of_token: vec![NONE; tokens.len()],
            children: vec![NONE; parse.len()],
            roles: parse.roles().iter().map(|r| (r.predicate as u32, r.argument as u32, r.label)).collect(),
            joined: BTreeSet::new(),
            parse,
            base,
        };
        trees.align(tokens);
        trees.hang();
        trees.join_names();
        trees.link();
        trees.roles.sort_unstable();
        Some(trees)
    }

    /// Finds for each word the tokens it covers.
    fn align(&mut self, all: &[Token]) {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|t| all[*t].start);
        let mut at = 0;
        for number in 0..self.parse.len() {
            let place = self.parse.word(number).map_or(0..0, |w| w.range());
            let (start, end) = (place.start as u32 + self.base, place.end as u32 + self.base);
            while order.get(at).is_some_and(|t| all[*t].end <= start) {
                at += 1;
            }
            let mut tokens: Option<Range> = None;
            for token in order[at..].iter().take_while(|t| all[**t].start < end) {
                let own = Range::new(*token, token + 1);
                tokens = Some(tokens.map_or(own, |t| if t.end == *token { t.cover(own) } else { t }));
                if self.of_token[*token] == NONE {
                    self.of_token[*token] = number as u32;
                }
            }
            let tokens = tokens.unwrap_or(Range::new(0, 0));
            let number = number as u32;
            self.nodes.push(Node { tokens, head: NONE, children: 0..0, low: number, high: number });
        }
    }

    /// Heads as numbers in the page.
    fn hang(&mut self) {
        for sentence in self.parse.sentences() {
            for word in self.parse.words(sentence.words.clone()) {
                if let Some(head) = word.head(sentence) {
                    self.nodes[word.number()].head = head.number() as u32;
                }
            }
        }
    }

    /// Puts a name under the noun right before it where the network takes the two for two things in the same place:
    /// `(the death of) Justice | Anna Scott`, `(made by) former candidate | Sen. Anna Scott`.
    fn join_names(&mut self) {
        const SHARED: [&str; 6] = ["nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod"];
        for name in 1..self.nodes.len() {
            let head = self.nodes[name].head;
            if head == NONE || self.upos(name) != "PROPN" || !SHARED.contains(&self.relation(name)) {
                continue;
            }
            let own = |at: usize| self.nodes[at].head as usize == name && self.relation(at) == "nmod:desc";
            let title = (0..name).rev().take_while(|at| own(*at)).last().unwrap_or(name);
            let Some(noun) = title.checked_sub(1) else { continue };
            let beside = self.nodes[noun].head == head && self.relation(noun) == self.relation(name);
            if !beside || !matches!(self.upos(noun), "NOUN" | "PROPN") {
                continue;
            }
            let last = (name + 1..self.nodes.len()).take(MOST_OF_NAME);
            let moved: Vec<usize> = (0..noun)
                .rev()
                .take(MOST_OF_NAME)
                .filter(|at| self.relation(*at) == "case")
                .chain(last.filter(|at| matches!(self.relation(*at), "conj")))
                .filter(|at| self.nodes[*at].head as usize == name)
                .collect();
            self.joined.insert(name as u32);
            self.nodes[name].head = noun as u32;
            moved.into_iter().for_each(|at| self.nodes[at].head = noun as u32);
        }
    }

    /// The words under each word, and how far each subtree reaches.
    fn link(&mut self) {
        let mut count = vec![0u32; self.nodes.len() + 1];
        for node in &self.nodes {
            if let Some(under) = count.get_mut(node.head as usize) {
                *under += 1;
            }
        }
        let mut start = 0;
        for (node, count) in self.nodes.iter_mut().zip(&count) {
            node.children = start..start;
            start += count;
        }
        for number in 0..self.nodes.len() {
            let head = self.nodes[number].head;
            if let Some(node) = self.nodes.get_mut(head as usize) {
                self.children[node.children.end as usize] = number as u32;
                node.children.end += 1;
            }
            let (mut above, mut left) = (head, 200);
            while let Some(node) = self.nodes.get_mut(above as usize).filter(|_| left > 0) {
                if node.low <= number as u32 && number as u32 <= node.high {
                    break;
                }
                node.low = node.low.min(number as u32);
                node.high = node.high.max(number as u32);
                (above, left) = (node.head, left - 1);
            }
        }
    }

    /// A word.
    pub(crate) fn word(&self, node: usize) -> Option<Word<'_>> {
        self.parse.word(node)
    }
    /// Its relation to its head.
    pub(crate) fn relation(&self, node: usize) -> &str {
        if self.joined.contains(&(node as u32)) {
            return "appos";
        }
        self.word(node).map_or("", |w| w.relation())
    }
    /// Its dictionary form.
    pub(crate) fn lemma(&self, node: usize) -> &str {
        self.word(node).map_or("", |w| w.lemma())
    }
    /// Its universal part of speech.
    pub(crate) fn upos(&self, node: usize) -> &str {
        self.word(node).map_or("", |w| w.upos())
    }
    /// Its part of speech in the Penn treebank.
    pub(crate) fn xpos(&self, node: usize) -> &str {
        self.word(node).map_or("", |w| w.xpos())
    }
    /// The word that it stands under.
    pub(crate) fn head(&self, node: usize) -> Option<usize> {
        self.nodes.get(node).map(|n| n.head).filter(|h| *h != NONE).map(|h| h as usize)
    }
    /// The words under it, in order.
    pub(crate) fn children(&self, node: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let own = self.nodes.get(node).map_or(0..0, |n| n.children.clone());
        self.children.get(own.start as usize..own.end as usize).unwrap_or_default().iter().map(|c| *c as usize)
    }
    /// The first word under it with one of these relations.
    pub(crate) fn child(&self, node: usize, relations: &[&str]) -> Option<usize> {
        self.children(node).find(|c| relations.contains(&self.relation(*c)))
    }
    /// The first and the last word of its subtree.
    pub(crate) fn reach(&self, node: usize) -> (usize, usize) {
        self.nodes.get(node).map_or((node, node), |n| (n.low as usize, n.high as usize))
    }
    /// The tokens that a word covers.
    pub(crate) fn tokens(&self, node: usize) -> Range {
        self.nodes.get(node).map_or(Range::new(0, 0), |n| n.tokens)
    }
    /// The tokens from a word to a later one.
    pub(crate) fn tokens_of(&self, (first, last): (usize, usize)) -> Range {
        let (first, last) = (self.tokens(first), self.tokens(last));
        if first.is_empty() || last.is_empty() { Range::new(0, 0) } else { Range::new(first.start, last.end) }
    }
    /// Where the words from one to a later one stand in the document.
    pub(crate) fn span(&self, (first, last): (usize, usize)) -> Option<Span> {
        let (first, last) = (self.word(first)?.range(), self.word(last)?.range());
        (first.start < last.end).then(|| {
            let base = self.base as usize;
            Span::new(first.start + base, last.end + base)
        })
    }
    /// The words whose first token lies in a range.
    pub(crate) fn words_in(&self, range: Range) -> std::ops::Range<usize> {
        let known = |t: &usize| self.of_token.get(*t).is_some_and(|n| *n != NONE);
        let first = range.indices().find(known).map(|t| self.of_token[t] as usize);
        let last = range.indices().rev().find(known).map(|t| self.of_token[t] as usize);
        match (first, last) {
            (Some(first), Some(last)) if first <= last => first..last + 1,
            _ => 0..0,
        }
    }
    /// The roles of a predicate: each argument's word and its label.
    pub(crate) fn roles(&self, predicate: usize) -> impl Iterator<Item = (usize, &str)> + '_ {
        let from = self.roles.partition_point(|r| (r.0 as usize) < predicate);
        let own = self.roles[from..].iter().take_while(move |r| r.0 as usize == predicate);
        own.map(|r| (r.1 as usize, self.parse.labels().role.get(usize::from(r.2)).map_or("", String::as_str)))
    }
    /// The first argument of a predicate with this label.
    pub(crate) fn role(&self, predicate: usize, label: &str) -> Option<usize> {
        self.roles(predicate).find(|(_, l)| *l == label).map(|(argument, _)| argument)
    }
}
