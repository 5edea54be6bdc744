//! The causal cues of `rules/causes.toml` in a table by their first word, so that a text is looked at once.

use crate::lexicon::{Class, Lexicon};
use crate::page::{Page, Range};
use crate::rules::{CauseCue, CauseFile};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Where the sides of a cue stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Clause,
    Phrase,
    Verb,
    Participle,
    Purpose,
    Noun,
    Degree,
    Ascribe,
    Link,
}

impl Frame {
    fn of(name: &str) -> Option<Frame> {
        Some(match name {
            "clause" => Frame::Clause,
            "phrase" => Frame::Phrase,
            "verb" => Frame::Verb,
            "participle" => Frame::Participle,
            "purpose" => Frame::Purpose,
            "noun" => Frame::Noun,
            "degree" => Frame::Degree,
            "ascribe" => Frame::Ascribe,
            "link" => Frame::Link,
            _ => return None,
        })
    }
}

/// One way in which words link a cause to an effect.
#[derive(Debug)]
pub(super) struct Cue {
    pub(super) frame: Frame,
    /// Whether the cause stands behind the cue.
    pub(super) after: bool,
    /// Whether the cause prevents.
    pub(super) prevents: bool,
    pub(super) finite: bool,
    pub(super) event: bool,
    pub(super) does: bool,
    pub(super) preposition: bool,
    near: HashSet<String>,
    never: HashSet<String>,
    motion: HashSet<String>,
}

/// A list that a cue has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Near,
    Never,
    Motion,
}

/// All cues.
#[derive(Debug)]
pub(super) struct Cues {
    rules: Vec<Cue>,
    /// First word's id: the words that must follow, and the rule; longest first.
    words: HashMap<u32, Vec<(Vec<String>, usize)>>,
    /// Base form: the words that must follow, and the rule; longest first.
    verbs: HashMap<String, Vec<(Vec<String>, usize)>>,
    events: HashSet<String>,
}

impl Cues {
    /// The bundled ones.
    pub(super) fn get() -> &'static Cues {
        static CUES: OnceLock<Cues> = OnceLock::new();
        CUES.get_or_init(|| Cues::of(&CauseFile::bundled()))
    }

    fn of(file: &CauseFile) -> Cues {
        let lexicon = Lexicon::get();
        let events = set(file.lists.get("events").map_or("", String::as_str));
        let mut cues = Cues { rules: Vec::new(), words: HashMap::new(), verbs: HashMap::new(), events };
        for row in &file.cue {
            let Some(rule) = Cue::of(row) else { continue };
            let number = cues.rules.len();
            cues.rules.push(rule);
            for phrase in row.words.split('|') {
                let mut words = phrase.split_whitespace();
                let Some(first) = words.next() else { continue };
                let rest = words.map(str::to_owned).collect();
                cues.words.entry(lexicon.id(first)).or_default().push((rest, number));
            }
            for verb in row.verbs.split_whitespace() {
                let mut parts = verb.split('-').map(str::to_owned);
                let Some(base) = parts.next() else { continue };
                cues.verbs.entry(base).or_default().push((parts.collect(), number));
            }
        }
        cues.words.remove(&0);
        for list in cues.words.values_mut().chain(cues.verbs.values_mut()) {
            list.sort_by_key(|(rest, number)| (std::cmp::Reverse(rest.len()), *number));
        }
        cues
    }

    /// The longest phrase that is a cue here: its rule and the number of its words.
    pub(super) fn phrase(&self, page: &Page, at: usize) -> Option<(&Cue, usize)> {
        let list = self.words.get(&page.tokens.get(at)?.word)?;
        let reads = |rest: &[String]| rest.iter().enumerate().all(|(i, w)| page.says(at + 1 + i, w));
        list.iter().find(|(rest, _)| reads(rest)).and_then(|(rest, n)| Some((self.rules.get(*n)?, rest.len() + 1)))
    }

    /// The verb cues that a verb may be, with the words that must follow it.
    pub(super) fn verb(&self, page: &Page, at: usize) -> impl Iterator<Item = (&Cue, &[String])> {
        let entry = page.entry(at);
        let lemma = if entry.forms == 0 { None } else { Lexicon::get().lemma(entry) };
        let list = lemma.and_then(|l| self.verbs.get(l));
        list.into_iter().flatten().filter_map(|(rest, n)| Some((self.rules.get(*n)?, rest.as_slice())))
    }

    /// Whether a noun tells of something that happens.
    pub(super) fn is_event(&self, page: &Page, at: usize) -> bool {
        let word = page.word(at).to_ascii_lowercase();
        let stem = word.strip_suffix('s').unwrap_or(&word);
        let endings = ["tion", "sion", "ment", "ance", "ence", "ency", "ity", "ness", "ism", "ing", "sis", "ship"];
        self.events.contains(stem)
            || self.events.contains(&word)
            || endings.iter().any(|e| stem.len() > e.len() + 2 && stem.ends_with(e))
    }
}

impl Cue {
    fn of(row: &CauseCue) -> Option<Cue> {
        Some(Cue {
            frame: Frame::of(&row.frame)?,
            after: row.cause == "after",
            prevents: row.sign == "-",
            finite: row.finite,
            event: row.event,
            does: row.does,
            preposition: row.preposition,
            near: set(&row.near),
            never: set(&row.never),
            motion: set(&row.motion),
        })
    }

    /// Whether a list has no word.
    pub(super) fn is_free(&self, list: List) -> bool {
        self.list(list).is_empty()
    }

    /// Whether a token's word, its singular or its base form is in a list.
    pub(super) fn lists(&self, list: List, page: &Page, at: usize) -> bool {
        let set = self.list(list);
        let word = page.word(at).to_ascii_lowercase();
        let entry = page.entry(at);
        // `in March` is no march.
        if page.is(at, Class::Month) && page.tokens.get(at).is_some_and(|t| t.capital) {
            return false;
        }
        set.contains(&word)
            || word.strip_suffix('s').is_some_and(|w| set.contains(w))
            || Lexicon::get().lemma(entry).is_some_and(|l| set.contains(l))
            || lemma_by_tree(page, at).is_some_and(|l| set.contains(l))
    }

    fn list(&self, list: List) -> &HashSet<String> {
        match list {
            List::Near => &self.near,
            List::Never => &self.never,
            List::Motion => &self.motion,
        }
    }
}

/// The base form that the tree gives a verb: `booked`, of which no list knows the forms.
fn lemma_by_tree<'a>(page: &'a Page, at: usize) -> Option<&'a str> {
    let trees = page.trees.as_deref()?;
    let node = trees.words_in(Range::new(at, at + 1)).next()?;
    (trees.upos(node) == "VERB").then(|| trees.lemma(node))
}

fn set(words: &str) -> HashSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_has_a_known_frame_and_a_first_word_that_is_found() {
        let lexicon = Lexicon::get();
        let mut strange = Vec::new();
        for row in CauseFile::bundled().cue {
            assert!(Frame::of(&row.frame).is_some(), "{} is no frame", row.frame);
            assert!(row.cause == "after" || row.cause == "before", "{row:?}");
            for phrase in row.words.split('|').filter_map(|p| p.split_whitespace().next()) {
                strange.extend((lexicon.id(phrase) == 0).then(|| phrase.to_owned()));
            }
            for verb in row.verbs.split_whitespace().filter_map(|v| v.split('-').next()) {
                let known = lexicon.lemma(lexicon.look_up(verb)) == Some(verb);
                strange.extend((!known).then(|| verb.to_owned()));
            }
        }
        assert!(strange.is_empty(), "no known words or verbs: {strange:?}");
    }
}
