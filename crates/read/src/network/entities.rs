//! Names: the best sequence of tags (BIO) for a sentence, then a vote among the names of a whole document, so that the same
//! words do not name a person here and a place there, and a name found elsewhere is found where the network missed it.

use super::error::ModelError;
use super::gazetteer::PEOPLE;
use super::mend::Span;
use std::collections::HashMap;
use std::ops::Range;

/// What a tag costs where it may not stand.
const FORBIDDEN: f64 = -1e4;

/// Kinds of names that vote, in the order in which they win ties.
const VOTING: [&str; 3] = ["PER", "LOC", "ORG"];

/// So many votes make a name of words that were not found as one.
const ENOUGH: u32 = 2;

/// The tags and what may follow what.
pub(super) struct Entities {
    /// For a tag that goes on with a name: the tag that begins one, else none.
    inside: Vec<Option<u8>>,
    /// For each voting kind, the tags that begin a name and go on with it.
    kinds: Vec<(u8, u8)>,
    /// The tags of nationalities, where the model has them.
    people: Option<(u8, u8)>,
    outside: u8,
}

/// One document's words for the vote.
pub(super) struct Voters<'a, W: Fn(usize) -> &'a str> {
    /// The sentences' words.
    pub(super) sentences: &'a [Range<usize>],
    /// A word.
    pub(super) word: W,
    /// Whether a word is tagged as a proper noun.
    pub(super) proper: &'a dyn Fn(usize) -> bool,
}

type Votes<'a> = HashMap<Vec<&'a str>, [u32; VOTING.len()]>;

impl Entities {
    pub(super) fn load(labels: &[String]) -> Result<Entities, ModelError> {
        let place = |label: &str| labels.iter().position(|l| l == label).map(|p| p as u8);
        let missing = |label: &str| ModelError::values("config", format!("no tag of names is called {label}"));
        let mut inside = Vec::new();
        for label in labels {
            inside.push(match label.strip_prefix("I-") {
                Some(kind) => Some(place(&format!("B-{kind}")).ok_or_else(|| missing(&format!("B-{kind}")))?),
                None if label == "O" || label.starts_with("B-") => None,
                None => return Err(ModelError::values("config", format!("the tag {label:?}"))),
            });
        }
        let mut kinds = Vec::new();
        for kind in VOTING {
            let tag = |part: &str| place(&format!("{part}-{kind}")).ok_or_else(|| missing(&format!("{part}-{kind}")));
            kinds.push((tag("B")?, tag("I")?));
        }
        let people = place("B-OTH").zip(place("I-OTH"));
        Ok(Entities { inside, kinds, people, outside: place("O").ok_or_else(|| missing("O"))? })
    }

    /// The best sequence of tags; scores of each word, one after another.
    pub(super) fn best(&self, scores: &[f32], out: &mut Vec<u8>) {
        let count = self.inside.len();
        let start = out.len();
        out.extend(scores.chunks_exact(count).map(|row| super::float::highest(row) as u8));
        // The best tag of each word, where every one may follow: no other sequence is better.
        if self.may_stand(&out[start..]) {
            return;
        }
        out.truncate(start);
        let mut best: Vec<f64> = vec![0.0; count];
        let mut pointers: Vec<u8> = Vec::with_capacity(scores.len());
        for (word, row) in scores.chunks_exact(count).enumerate() {
            let mut next = vec![0.0; count];
            for (tag, score) in row.iter().enumerate() {
                let (from, sum) = if word == 0 { self.begin(tag) } else { self.follow(&best, tag) };
                pointers.push(from);
                next[tag] = sum + f64::from(*score);
            }
            best = next;
        }
        let higher = |a: usize, b: usize| if best[b] > best[a] { b } else { a };
        let mut tag = (1..count).fold(0, higher);
        let words = scores.len() / count;
        out.resize(start + words, 0);
        for word in (0..words).rev() {
            out[start + word] = tag as u8;
            tag = usize::from(pointers[word * count + tag]);
        }
    }

    fn may_stand(&self, tags: &[u8]) -> bool {
        let mut before = self.outside;
        tags.iter().all(|tag| {
            let begin = self.inside[usize::from(*tag)];
            let good = begin.is_none_or(|b| before == b || self.inside[usize::from(before)] == Some(b));
            before = *tag;
            good
        })
    }

    fn begin(&self, tag: usize) -> (u8, f64) {
        (0, if self.inside[tag].is_some() { FORBIDDEN } else { 0.0 })
    }

    /// The best tag before a tag, the first of equals, and the sum up to there.
    fn follow(&self, best: &[f64], tag: usize) -> (u8, f64) {
        let mut found = (0, f64::NEG_INFINITY);
        for (from, sum) in best.iter().enumerate() {
            let fits = self.inside[tag].is_none_or(|b| from == usize::from(b) || self.inside[from] == Some(b));
            let sum = if fits { *sum } else { sum + FORBIDDEN };
            if sum > found.1 {
                found = (from as u8, sum);
            }
        }
        found
    }

    /// The names among the tags of a sentence: their words and the tag that begins them.
    pub(super) fn spans(&self, tags: &[u8]) -> Vec<(Range<usize>, u8)> {
        let mut spans: Vec<(Range<usize>, u8)> = Vec::new();
        for (word, tag) in tags.iter().enumerate().filter(|(_, t)| **t != self.outside) {
            match (self.inside[usize::from(*tag)], spans.last_mut()) {
                (Some(_), Some((last, _))) if last.end == word => last.end += 1,
                (begin, _) => spans.push((word..word + 1, begin.unwrap_or(*tag))),
            }
        }
        spans
    }

    fn kind(&self, begin: u8) -> Option<usize> {
        self.kinds.iter().position(|k| k.0 == begin)
    }

    /// The number of a name's kind for [`super::mend`], from the tag that begins it.
    pub(super) fn kind_of(&self, begin: u8) -> Option<u8> {
        let people = self.people.filter(|p| p.0 == begin).map(|_| PEOPLE);
        self.kind(begin).map(|k| k as u8).or(people)
    }

    /// Writes the names of a sentence as tags.
    pub(super) fn write_all(&self, spans: &[Span], tags: &mut [u8]) {
        tags.fill(self.outside);
        for span in spans {
            let pair = self.kinds.get(usize::from(span.kind)).copied().or(self.people);
            let Some(((begin, inside), words)) = pair.zip(tags.get_mut(span.start..span.end)) else { continue };
            words.fill(inside);
            words.first_mut().into_iter().for_each(|w| *w = begin);
        }
    }

    fn write(&self, tags: &mut [u8], kind: usize) {
        let (begin, inside) = self.kinds[kind];
        tags.fill(inside);
        if let Some(first) = tags.first_mut() {
            *first = begin;
        }
    }

    /// Makes the names of a document agree. Each name of a voting kind votes for its kind with its words as written, a
    /// person's name of several words also with its last one. Every name takes the kind with most votes, its own among
    /// equals. Then words that begin with a capital and stand as a name of two or more votes elsewhere are a name too,
    /// the longest first; a single word only where it is tagged as a proper noun.
    pub(super) fn vote<'a, W: Fn(usize) -> &'a str>(&self, voters: &Voters<'a, W>, tags: &mut [u8]) {
        let votes = self.count(voters, tags);
        if votes.is_empty() {
            return;
        }
        let mut lengths: HashMap<&str, Vec<usize>> = HashMap::new();
        for (words, counts) in &votes {
            if let Some(first) = words.first().filter(|_| counts.iter().sum::<u32>() >= ENOUGH) {
                lengths.entry(first).or_default().push(words.len());
            }
        }
        for all in lengths.values_mut() {
            all.sort_unstable_by(|a, b| b.cmp(a));
            all.dedup();
        }
        for sentence in voters.sentences {
            self.agree(voters, &votes, sentence, tags);
            self.find_missed(voters, &votes, &lengths, sentence, tags);
        }
    }

    fn count<'a, W: Fn(usize) -> &'a str>(&self, voters: &Voters<'a, W>, tags: &[u8]) -> Votes<'a> {
        let mut votes: Votes = HashMap::new();
        for sentence in voters.sentences {
            for (words, begin) in self.spans(&tags[sentence.clone()]) {
                let Some(kind) = self.kind(begin) else { continue };
                let all: Vec<&str> = words.clone().map(|w| (voters.word)(sentence.start + w)).collect();
                if kind == 0 && words.len() > 1 {
                    votes.entry(all[words.len() - 1..].to_vec()).or_default()[kind] += 1;
                }
                votes.entry(all).or_default()[kind] += 1;
            }
        }
        votes
    }

    fn agree<'a, W: Fn(usize) -> &'a str>(
        &self,
        voters: &Voters<'a, W>,
        votes: &Votes,
        all: &Range<usize>,
        tags: &mut [u8],
    ) {
        let tags = &mut tags[all.clone()];
        for (words, begin) in self.spans(tags) {
            let Some(own) = self.kind(begin) else { continue };
            let key: Vec<&str> = words.clone().map(|w| (voters.word)(all.start + w)).collect();
            let winner = votes.get(&key).map_or(own, |counts| winner(counts, Some(own)));
            self.write(&mut tags[words], winner);
        }
    }

    fn find_missed<'a, W: Fn(usize) -> &'a str>(
        &self,
        voters: &Voters<'a, W>,
        votes: &Votes,
        lengths: &HashMap<&str, Vec<usize>>,
        sentence: &Range<usize>,
        tags: &mut [u8],
    ) {
        let mut at = sentence.start;
        while at < sentence.end {
            let first = (voters.word)(at);
            let capital = first.chars().next().is_some_and(char::is_uppercase);
            let lengths = lengths.get(first).filter(|_| capital).map_or(&[][..], Vec::as_slice);
            let mut step = 1;
            for length in lengths.iter().copied().filter(|l| at + l <= sentence.end) {
                let free = tags[at..at + length].iter().all(|t| *t == self.outside);
                if !free || length == 1 && !(voters.proper)(at) {
                    continue;
                }
                let key: Vec<&str> = (at..at + length).map(|w| (voters.word)(w)).collect();
                if let Some(counts) = votes.get(&key).filter(|c| c.iter().sum::<u32>() >= ENOUGH) {
                    self.write(&mut tags[at..at + length], winner(counts, None));
                    step = length;
                    break;
                }
            }
            at += step;
        }
    }
}

/// The kind with most votes; of equals one's own, then the first.
fn winner(counts: &[u32; VOTING.len()], own: Option<usize>) -> usize {
    let rank = |kind: usize| (counts[kind], Some(kind) == own);
    let better = |best: usize, kind: usize| if rank(kind) > rank(best) { kind } else { best };
    (1..counts.len()).fold(0, better)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entities() -> Entities {
        let labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-OTH", "I-OTH"];
        Entities::load(&labels.map(str::to_owned)).unwrap()
    }

    fn vote(sentences: &[&[&str]], tags: &[u8]) -> Vec<u8> {
        let words: Vec<&str> = sentences.iter().flat_map(|s| s.iter().copied()).collect();
        let mut ranges = Vec::new();
        let mut at = 0;
        for s in sentences {
            ranges.push(at..at + s.len());
            at += s.len();
        }
        let mut tags = tags.to_vec();
        let word = |w: usize| words[w];
        entities().vote(&Voters { sentences: &ranges, word, proper: &|_| true }, &mut tags);
        tags
    }

    #[test]
    fn a_tag_inside_follows_only_its_own_kind() {
        let mut scores = vec![0.0; 27];
        (scores[2], scores[1], scores[9 + 2], scores[18 + 4]) = (5.0, 4.0, 5.0, 5.0);
        let mut tags = Vec::new();
        entities().best(&scores, &mut tags);
        assert_eq!(tags, [1, 2, 0], "I-PER cannot begin a name, I-LOC cannot follow I-PER");
    }

    #[test]
    fn the_most_frequent_kind_wins_and_missed_names_are_found() {
        let sentences: &[&[&str]] = &[&["Ada", "Marlow"], &["Marlow", "said"], &["Marlow", "left"], &["Old", "Marlow"]];
        assert_eq!(vote(sentences, &[1, 2, 3, 0, 1, 0, 0, 0]), [1, 2, 1, 0, 1, 0, 0, 1]);
    }

    #[test]
    fn names_of_one_vote_are_not_spread() {
        let sentences: &[&[&str]] = &[&["Port", "Ellen"], &["Port", "Ellen"]];
        assert_eq!(vote(sentences, &[3, 4, 0, 0]), [3, 4, 0, 0]);
    }
}
