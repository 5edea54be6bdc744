//! What the network finds in a text: sentences and words with their places, and for each word its tags, its head, its
//! dictionary form, whether it is part of a name, whether it is a predicate and which roles it plays. Kept as one list for
//! each kind of answer, with labels as small numbers, so that a page of a million words fits; read through [`Word`].

use std::ops::Range;
use std::sync::Arc;

/// The names of a model's labels, in the order of their numbers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Universal parts of speech.
    pub upos: Vec<String>,
    /// Parts of speech of the Penn treebank.
    pub xpos: Vec<String>,
    /// Tags of names: `O`, then `B-` and `I-` for each kind.
    pub entity: Vec<String>,
    /// Relations of Universal Dependencies.
    pub relation: Vec<String>,
    /// Roles of PropBank; the first is none.
    pub role: Vec<String>,
    /// Features that follow from each `xpos`.
    pub(super) features: Vec<&'static str>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, as numbers in the whole text.
    pub words: Range<usize>,
    /// Its roles, as numbers in the whole text.
    roles: Range<usize>,
    /// Whether a paragraph begins with it.
    pub opens_paragraph: bool,
}

/// That a word is the head of an argument of a predicate. Both are numbers of words in the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The predicate.
    pub predicate: usize,
    /// The head of the argument; its words are those below it in the tree.
    pub argument: usize,
    /// The label's number.
    pub label: u8,
}

/// The words, sentences and all that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    pub(super) labels: Arc<Labels>,
    sentences: Vec<Sentence>,
    places: Vec<Range<usize>>,
    pub(super) upos: Vec<u8>,
    pub(super) xpos: Vec<u8>,
    pub(super) entity: Vec<u8>,
    pub(super) relation: Vec<u8>,
    /// Numbers in the sentence, from 1; 0 is the root.
    pub(super) head: Vec<u32>,
    pub(super) predicate: Vec<bool>,
    pub(super) passive: Vec<bool>,
    lemma_ends: Vec<usize>,
    lemmas: String,
    roles: Vec<Role>,
}

/// One word of a [`Parse`].
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    parse: &'a Parse,
    number: usize,
}

impl Parse {
    pub(super) fn new(labels: Arc<Labels>) -> Parse {
        Parse {
            labels,
            sentences: Vec::new(),
            places: Vec::new(),
            upos: Vec::new(),
            xpos: Vec::new(),
            entity: Vec::new(),
            relation: Vec::new(),
            head: Vec::new(),
            predicate: Vec::new(),
            passive: Vec::new(),
            lemma_ends: Vec::new(),
            lemmas: String::new(),
            roles: Vec::new(),
        }
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether no word was found.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// A word by its number.
    pub fn word(&self, number: usize) -> Option<Word<'_>> {
        (number < self.places.len()).then_some(Word { parse: self, number })
    }

    /// The words of a range of numbers, as [`Sentence::words`].
    pub fn words(&self, range: Range<usize>) -> impl Iterator<Item = Word<'_>> {
        range.filter_map(|n| self.word(n))
    }

    /// Every role found, sentence by sentence, in each by predicate, then by argument.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The roles in a sentence.
    pub fn roles_of(&self, sentence: &Sentence) -> &[Role] {
        self.roles.get(sentence.roles.clone()).unwrap_or_default()
    }

    /// The names of the labels.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    pub(super) fn places(&self) -> &[Range<usize>] {
        &self.places
    }

    /// Adds a sentence of which only the words' places are known so far.
    pub(super) fn add_sentence(&mut self, places: impl Iterator<Item = Range<usize>>, opens_paragraph: bool) {
        let start = self.places.len();
        self.places.extend(places);
        self.sentences.push(Sentence { words: start..self.places.len(), roles: 0..0, opens_paragraph });
    }

    pub(super) fn add_lemma(&mut self, lemma: &str) {
        self.lemmas.push_str(lemma);
        self.lemma_ends.push(self.lemmas.len());
    }

    /// Adds the roles of a sentence, of words numbered in it from 0.
    pub(super) fn add_roles(&mut self, sentence: usize, roles: impl Iterator<Item = (usize, usize, u8)>) {
        let Some(sentence) = self.sentences.get_mut(sentence) else { return };
        let (first, start) = (sentence.words.start, self.roles.len());
        let role = |(p, a, label)| Role { predicate: first + p, argument: first + a, label };
        self.roles.extend(roles.map(role));
        sentence.roles = start..self.roles.len();
    }
}

fn name(labels: &[String], number: u8) -> &str {
    labels.get(usize::from(number)).map_or("_", String::as_str)
}

impl<'a> Word<'a> {
    /// Its number in the whole text.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Its place in the text, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.parse.places[self.number].clone()
    }

    /// Its characters.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Its universal part of speech.
    pub fn upos(&self) -> &'a str {
        name(&self.parse.labels.upos, self.parse.upos[self.number])
    }

    /// Its part of speech in the Penn treebank.
    pub fn xpos(&self) -> &'a str {
        name(&self.parse.labels.xpos, self.parse.xpos[self.number])
    }

    /// Its features, as `Number=Sing`; without any, nothing.
    pub fn features(&self) -> impl Iterator<Item = &'static str> + use<> {
        let said =
            self.parse.labels.features.get(usize::from(self.parse.xpos[self.number])).copied().unwrap_or_default();
        let voice = if self.parse.passive[self.number] { "Voice=Pass" } else { "" };
        said.split('|').chain([voice]).filter(|f| !f.is_empty())
    }

    /// The value of a feature, as `Past` of `Tense`.
    pub fn feature(&self, name: &str) -> Option<&'static str> {
        self.features().find_map(|f| f.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    }

    /// Its dictionary form.
    pub fn lemma(&self) -> &'a str {
        let start = self.number.checked_sub(1).map_or(0, |n| self.parse.lemma_ends[n]);
        self.parse.lemmas.get(start..self.parse.lemma_ends[self.number]).unwrap_or_default()
    }

    /// The number, in its sentence, of the word that it stands under, from 1; 0 is the root.
    pub fn head_in_sentence(&self) -> u32 {
        self.parse.head[self.number]
    }

    /// Its relation to its head, as `nsubj`.
    pub fn relation(&self) -> &'a str {
        name(&self.parse.labels.relation, self.parse.relation[self.number])
    }

    /// Its tag as a part of a name, as `B-PER`; `O` outside.
    pub fn entity(&self) -> &'a str {
        name(&self.parse.labels.entity, self.parse.entity[self.number])
    }

    /// Whether it is a predicate.
    pub fn is_predicate(&self) -> bool {
        self.parse.predicate[self.number]
    }

    /// Whether it is a verb in the passive voice.
    pub fn is_passive(&self) -> bool {
        self.parse.passive[self.number]
    }

    /// The word that it stands under; none under the root. `sentence` is the word's own.
    pub fn head(&self, sentence: &Sentence) -> Option<Word<'a>> {
        let place = (self.head_in_sentence() as usize).checked_sub(1)?;
        self.parse.word(sentence.words.start + place)
    }
}
