//! Looks at one document's words and proposes what they say: sentences, mentions, quotations, statements.
//!
//! A document is read in pages of bounded size by a fixed row of steps, each in its own file; what they propose is
//! grounded at the end. The steps here work by rules that are data files with their tests inside; a trained reader will
//! stand beside them in [`READERS`]. Reading never fails, does no input or output, and the same text always gives the
//! same reading.

pub mod network;

mod rules;

mod lexicon;

mod token;

mod calendar;

mod atom;

mod number;

mod pattern;

mod paragraph;

mod part;

mod range;

mod trees;

mod page;

mod tag;

mod base_phrase;

mod phrase;

mod sentence;

mod names;

mod marks;

mod quotation_kind;

mod speech;

mod citation;

mod time;

mod quantity;

mod measure;

mod antecedent;

mod reference;

mod argument;

mod clause;

mod circumstance;

mod claim;

mod verdict;

mod own_words;

mod single_claims;

mod statement;

mod cause;

use page::{Memory, Page};
use paragraph::{Paragraph, Paragraphs};
use rashomon_core::{Document, Drafts, Reading};

/// Name and version of the readers; it changes whenever the same text may give another reading.
pub const VERSION: &str = "speech-rules 6";

/// A reader of documents.
pub struct Reader {
    /// Its name.
    pub name: &'static str,
    /// Its steps, in order.
    pub steps: &'static [Step],
}

/// One step of a reader.
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// What it finds.
    pub finds: &'static str,
    run: fn(&mut Page),
}

/// Every reader.
pub const READERS: &[Reader] = &[Reader { name: "speech-rules", steps: STEPS }];

/// The steps of the reader by rules.
const STEPS: &[Step] = &[
    Step { name: "sentences", finds: "where sentences begin and end", run: sentence::find },
    Step {
        name: "trees",
        finds: "words, trees and roles, by the trained network where its weights are built in",
        run: parse,
    },
    Step { name: "tags", finds: "coarse parts of speech, for the steps below", run: tag::tag },
    Step { name: "mentions", finds: "names", run: names::find },
    Step { name: "quotations", finds: "which quotation marks pair", run: marks::find },
    Step { name: "speech", finds: "cues, their voices and what is said", run: speech::find },
    Step { name: "citations", finds: "works cited in brackets", run: citation::find },
    Step { name: "measures", finds: "expressions of time and quantities", run: measure::find },
    Step { name: "voices", finds: "mentions of voices, antecedents of pronouns", run: antecedent::find },
    Step { name: "reference", finds: "descriptions, pronouns and what they point to", run: reference::find },
    Step { name: "statements", finds: "chains and claims", run: statement::find },
    Step { name: "causes", finds: "what is said to cause or prevent what", run: cause::find },
];

/// Bytes of text after which a page is full.
const PAGE: usize = 1 << 17;

/// Reads a document. Reading never fails: it returns what it found and what it refused, with the reason.
pub fn read(document: &Document) -> Reading {
    let mut memory = Memory::default();
    citation::references(document, &mut memory);
    let mut paragraphs = Paragraphs::of(document);
    let pages = std::iter::from_fn(|| next_page(&mut paragraphs)).map(|page| read_page(document, &page, &mut memory));
    let listed = Drafts { times: measure::references(document), ..Drafts::default() };
    Reading::join(document, VERSION, pages.chain([listed.ground(document, VERSION)]))
}

/// Paragraphs enough for a page.
fn next_page(paragraphs: &mut Paragraphs) -> Option<Vec<Paragraph>> {
    let mut page = Vec::new();
    let mut size = 0;
    while size < PAGE {
        let Some(paragraph) = paragraphs.next() else { break };
        size += paragraph.parts.iter().map(|p| p.len()).sum::<usize>();
        page.push(paragraph);
    }
    (!page.is_empty()).then_some(page)
}

/// Parses a page, where weights are built in.
fn parse(page: &mut Page) {
    let trees = network::Model::built_in().and_then(|model| trees::Trees::of(page.text(), &page.tokens, model));
    page.trees = trees.map(std::rc::Rc::new);
}

fn read_page(document: &Document, paragraphs: &[Paragraph], memory: &mut Memory) -> Reading {
    let mut drafts = Drafts::default();
    let mut page = Page::new(document, memory, &mut drafts);
    for paragraph in paragraphs {
        page.add(paragraph);
    }
    for reader in READERS {
        for step in reader.steps {
            (step.run)(&mut page);
        }
    }
    drafts.ground(document, VERSION)
}
