//! What the steps share: the tokens of a bounded stretch of one document and everything the steps have found in it.
//!
//! A document is read page by page (a page is a run of whole paragraphs, at most a few hundred kilobytes), so that the
//! memory a reading needs beside its result does not grow with the document. What must be known across pages, such as
//! who was named before, is kept in [`Memory`].

use crate::lexicon::{Class, Entry, WordMap};
use crate::paragraph::Paragraph;
use crate::part::Tag;
pub(crate) use crate::range::Range;
use crate::token::{Kind, Token, tokenize};
use crate::trees::Trees;
use rashomon_core::{
    Document, Drafts, MentionForm, MentionKind, Quantity, QuotationKind, Scope, Span, Stance, TimeExpression, Words,
    ZoneKind,
};
use std::rc::Rc;

/// A sentence as tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentenceTokens {
    /// Its tokens.
    pub(crate) range: Range,
    /// Its zone.
    pub(crate) zone: ZoneKind,
    /// The paragraph it stands in, counted within the page.
    pub(crate) paragraph: usize,
}

/// Something named, as tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    /// Its tokens.
    pub(crate) range: Range,
    /// What kind of thing.
    pub(crate) kind: MentionKind,
    /// How it is named.
    pub(crate) form: MentionForm,
    /// Where in the document stands what it points to.
    pub(crate) antecedent: Option<Span>,
}

/// Words between marks, as tokens.
#[derive(Debug, Clone)]
pub(crate) struct Quoted {
    /// What stands inside.
    pub(crate) content: Range,
    /// With the marks, where they are printed.
    pub(crate) outer: Range,
    /// What the marks are used for.
    pub(crate) kind: QuotationKind,
    /// Which attribution gives it a speaker.
    pub(crate) attribution: Option<usize>,
    /// Whether it stands inside another.
    pub(crate) depth: u8,
}

/// Whose voice an attribution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// These words.
    Words(Range),
    /// Words elsewhere in the document (the reference list, an earlier page).
    Elsewhere(Span),
    /// Nobody in particular, by these words.
    Nobody(Option<Range>),
}

/// A voice, its cue and what it is given.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    /// Who.
    pub(crate) speaker: Speaker,
    /// The words that show it.
    pub(crate) cue: Option<Range>,
    /// What carried it.
    pub(crate) venue: Option<Range>,
    /// What is said, in pieces.
    pub(crate) content: Vec<Range>,
    /// The source's stance to it.
    pub(crate) stance: Stance,
    /// The author's stance.
    pub(crate) author: Stance,
    /// How far it reaches.
    pub(crate) scope: Scope,
    /// Words that belong to the attribution and to nobody's claim: addressees, adverbs, commas.
    pub(crate) extent: Range,
    /// The rule group, for tests and for the choice between rival rules.
    pub(crate) by: &'static str,
}

/// What is remembered from page to page.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Full names by their last word in lower case.
    pub(crate) names: WordMap<String, Known>,
    /// The reference list: number or surname to the words that name the author.
    pub(crate) references: std::collections::BTreeMap<String, Span>,
}

/// A name seen before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// What kind of thing it names.
    pub(crate) kind: MentionKind,
}

/// A bounded stretch of a document, tokenised, with what the steps have found.
pub(crate) struct Page<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// Tokens in reading order; those of one sentence are neighbours.
    pub(crate) tokens: Vec<Token>,
    /// What the trained reader found, where weights are built in.
    pub(crate) trees: Option<Rc<Trees>>,
    /// One tag for each token.
    pub(crate) tags: Vec<Tag>,
    /// Paragraphs: their tokens and zone.
    pub(crate) paragraphs: Vec<(Range, ZoneKind)>,
    /// Sentences.
    pub(crate) sentences: Vec<SentenceTokens>,
    /// Names, descriptions and pronouns.
    pub(crate) named: Vec<Named>,
    /// Quotations.
    pub(crate) quoted: Vec<Quoted>,
    /// Whether each token stands between quotation marks.
    pub(crate) inside_quotation: Vec<bool>,
    /// Attributions.
    pub(crate) attributions: Vec<Attribution>,
    /// Expressions of time with their tokens, in order of place.
    pub(crate) times: Vec<(Range, TimeExpression)>,
    /// Quantities with their tokens, in order of place.
    pub(crate) quantities: Vec<(Range, Quantity)>,
    /// For each token, the attribution in whose voice it stands, by the step that finds statements.
    pub(crate) owners: Vec<u32>,
    /// For each attribution, the one in whose words it stands.
    pub(crate) parents: Vec<Option<usize>>,
    /// What is remembered across pages.
    pub(crate) memory: &'a mut Memory,
    /// What is proposed.
    pub(crate) drafts: &'a mut Drafts,
}

impl<'a> Page<'a> {
    /// A page without tokens.
    pub(crate) fn new(document: &'a Document, memory: &'a mut Memory, drafts: &'a mut Drafts) -> Page<'a> {
        Page {
            document,
            tokens: Vec::new(),
            trees: None,
            tags: Vec::new(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            named: Vec::new(),
            quoted: Vec::new(),
            inside_quotation: Vec::new(),
            attributions: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            owners: Vec::new(),
            parents: Vec::new(),
            memory,
            drafts,
        }
    }

    /// Adds the tokens of a paragraph.
    pub(crate) fn add(&mut self, paragraph: &Paragraph) {
        let start = self.tokens.len();
        for part in &paragraph.parts {
            tokenize(&self.document.text, *part, &mut self.tokens);
        }
        if self.tokens.len() > start {
            self.paragraphs.push((Range::new(start, self.tokens.len()), paragraph.zone));
        }
    }

    /// The document's text.
    pub(crate) fn text(&self) -> &'a str {
        &self.document.text
    }
    /// The text of a token.
    pub(crate) fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.text(self.text()))
    }
    /// What the lists say about a token.
    pub(crate) fn entry(&self, token: usize) -> &'static Entry {
        self.tokens.get(token).map_or_else(|| crate::lexicon::Lexicon::get().entry(0), Token::entry)
    }
    /// Whether a token is in a class.
    pub(crate) fn is(&self, token: usize, class: Class) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is(class))
    }
    /// Whether a token's text is this word, in any letter case (the word given in lower case).
    pub(crate) fn says(&self, token: usize, word: &str) -> bool {
        self.word(token).eq_ignore_ascii_case(word)
    }
    /// Whether the tokens from here on are these words.
    pub(crate) fn reads(&self, from: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, w)| self.says(from + i, w))
    }
    /// What a token is.
    pub(crate) fn kind(&self, token: usize) -> Option<Kind> {
        self.tokens.get(token).map(|t| t.kind)
    }
    /// The tag of a token; outside the page, punctuation.
    pub(crate) fn tag(&self, token: usize) -> Tag {
        self.tags.get(token).copied().unwrap_or(Tag::Punctuation)
    }
    /// The sentence that holds a token.
    pub(crate) fn sentence_of(&self, token: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|s| s.range.end <= token);
        self.sentences.get(at).filter(|s| s.range.has(token)).map(|_| at)
    }
    /// Where a range stands in the document, from its first to its last byte.
    pub(crate) fn span(&self, range: Range) -> Option<Span> {
        let (first, last) = (self.tokens.get(range.start)?, self.tokens.get(range.end.checked_sub(1)?)?);
        (first.start < last.end).then_some(Span { start: first.start, end: last.end })
    }
    /// The stretches of a range: more than one where something foreign stands between.
    pub(crate) fn pieces(&self, range: Range) -> Vec<Range> {
        let mut pieces = Vec::with_capacity(1);
        let mut start = range.start;
        for token in range.indices().skip(1) {
            if self.tokens.get(token).is_some_and(|t| t.first) {
                pieces.push(Range::new(start, token));
                start = token;
            }
        }
        pieces.push(Range::new(start, range.end));
        pieces.retain(|p| !p.is_empty());
        pieces
    }
    /// The words of a range; the longest stretch where something foreign stands between.
    pub(crate) fn words(&self, range: Range) -> Option<Words> {
        let piece = if range.len() < 2 { range } else { self.pieces(range).into_iter().max_by_key(|p| p.len())? };
        Words::at(self.text(), self.span(piece)?)
    }
    /// The words of every stretch of a range.
    pub(crate) fn all_words(&self, range: Range) -> Vec<Words> {
        let pieces = self.pieces(range);
        pieces.into_iter().filter_map(|p| Words::at(self.text(), self.span(p)?)).collect()
    }
}
