//! What one reading proposes ([`Drafts`]) and what of it stands ([`Reading`]): everything in a reading is grounded.

use crate::claim::{Quantity, Timed, Voice};
use crate::codes::{MentionForm, MentionKind, QuotationKind, TimeRole};
use crate::digest::DocumentId;
use crate::document::Document;
use crate::span::{Span, Words};
use crate::statement::{Draft, Refusal, Statement, all_stand, refusal};
use serde::{Deserialize, Serialize};

/// A sentence; one that page furniture breaks carries the parts that are its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sentence {
    /// From its first to its last character.
    pub span: Span,
    /// Its own stretches where something foreign stands between; empty for an unbroken sentence.
    pub parts: Vec<Span>,
}

/// A span that names something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// The words.
    pub words: Words,
    /// What kind of thing they name.
    pub kind: MentionKind,
    /// How they name it.
    pub form: MentionForm,
    /// For pronouns and descriptions: the span of the mention they point to, in the same document.
    pub antecedent: Option<Span>,
}

/// Words between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quotation {
    /// What stands inside the marks.
    pub content: Words,
    /// What the marks are used for.
    pub kind: QuotationKind,
    /// Who speaks, if the kind claims that somebody does.
    pub speaker: Option<Voice>,
    /// The words that give it to the speaker.
    pub cue: Option<Words>,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimeExpression {
    /// Words, value and calendar.
    pub time: Timed,
    /// What it dates.
    pub role: TimeRole,
}

/// Everything one reading found in one document, each list in order of place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The document that was read.
    pub document: DocumentId,
    /// Name and version of the readers.
    pub reader: String,
    /// Sentences in reading order.
    pub sentences: Vec<Sentence>,
    /// Mentions.
    pub mentions: Vec<Mention>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// What was proposed and refused, with the reason.
    pub refusals: Vec<Refusal>,
}

/// A reading's proposals without a copy of them, to be written down: as JSON it is what [`Reading::to_drafts`] is.
#[derive(Debug, Serialize)]
pub struct DraftsOf<'a> {
    sentences: &'a [Sentence],
    mentions: &'a [Mention],
    quotations: &'a [Quotation],
    times: &'a [TimeExpression],
    quantities: &'a [Quantity],
    statements: Vec<&'a Draft>,
    refusals: &'a [Refusal],
}

impl Reading {
    /// The proposals, borrowed: a long document's are too many to copy only in order to write them.
    pub fn drafts(&self) -> DraftsOf<'_> {
        DraftsOf {
            sentences: &self.sentences,
            mentions: &self.mentions,
            quotations: &self.quotations,
            times: &self.times,
            quantities: &self.quantities,
            statements: self.statements.iter().map(crate::statement::Statement::content).collect(),
            refusals: &self.refusals,
        }
    }

    /// One reading of parts of the same document that were grounded one by one, so that a long document never has all
    /// its proposals in memory at once. Lists are in order of place and without repetition, as from one grounding.
    pub fn join(document: &Document, reader: &str, parts: impl IntoIterator<Item = Reading>) -> Reading {
        let mut whole = Drafts::default().ground(document, reader);
        for part in parts {
            whole.sentences.extend(part.sentences);
            whole.mentions.extend(part.mentions);
            whole.quotations.extend(part.quotations);
            whole.times.extend(part.times);
            whole.quantities.extend(part.quantities);
            whole.statements.extend(part.statements);
            whole.refusals.extend(part.refusals);
        }
        in_order(&mut whole.sentences);
        in_order(&mut whole.mentions);
        in_order(&mut whole.quotations);
        in_order(&mut whole.times);
        in_order(&mut whole.quantities);
        in_order(&mut whole.refusals);
        if !whole.statements.is_sorted_by(|a, b| by_place(a, b).is_le()) {
            whole.statements.sort_unstable_by(by_place);
        }
        whole.statements.dedup_by(|a, b| a.id() == b.id());
        whole.statements.shrink_to_fit();
        whole.mentions.shrink_to_fit();
        whole
    }

    /// What was read as proposals again: grounding them on the same document gives this reading. This is how a reading
    /// is stored, so that nothing ungrounded can come out of a damaged or forged store.
    pub fn to_drafts(&self) -> Drafts {
        Drafts {
            sentences: self.sentences.clone(),
            mentions: self.mentions.clone(),
            quotations: self.quotations.clone(),
            times: self.times.clone(),
            quantities: self.quantities.clone(),
            statements: self.statements.iter().map(|s| s.content().clone()).collect(),
            refusals: self.refusals.clone(),
        }
    }
}

/// Everything a reader proposes about one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafts {
    /// Sentences in reading order.
    pub sentences: Vec<Sentence>,
    /// Mentions.
    pub mentions: Vec<Mention>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Statements.
    pub statements: Vec<Draft>,
    /// What the reader itself left out, with the reason.
    pub refusals: Vec<Refusal>,
}

impl Drafts {
    /// The reading: everything that grounds, sorted by place and without repetition; the rest among its refusals.
    pub fn ground(self, document: &Document, reader: &str) -> Reading {
        let mut gate = Gate { document, reader, refusals: self.refusals };
        let mut statements = Vec::with_capacity(self.statements.len());
        for draft in self.statements {
            match draft.ground(document) {
                Ok(statement) => statements.push(statement),
                Err(refusal) => gate.refusals.push(refusal),
            }
        }
        statements.sort_by(by_place);
        statements.dedup_by(|a, b| a.id() == b.id());
        let mut reading = Reading {
            document: document.id.clone(),
            reader: reader.to_owned(),
            sentences: gate.pass(
                self.sentences,
                |_| vec![],
                |s| {
                    let mut spans = vec![s.span];
                    spans.extend(&s.parts);
                    spans
                },
            ),
            mentions: gate.pass(self.mentions, |m| vec![&m.words], |m| m.antecedent.into_iter().collect()),
            quotations: gate.pass(self.quotations, quotation_words, |_| vec![]),
            times: gate.pass(self.times, |t| vec![&t.time.words], |_| vec![]),
            quantities: gate.pass(self.quantities, |q| vec![&q.words], |_| vec![]),
            statements,
            refusals: Vec::new(),
        };
        gate.refusals.sort();
        gate.refusals.dedup();
        reading.refusals = gate.refusals;
        reading
    }
}

/// The order of statements in a reading.
pub(crate) fn by_place(a: &Statement, b: &Statement) -> std::cmp::Ordering {
    (a.sentence(), a.evidence(), a.id()).cmp(&(b.sentence(), b.evidence(), b.id()))
}

/// Sorts what is not sorted (without a second copy of the list) and drops repetitions.
fn in_order<T: Ord>(items: &mut Vec<T>) {
    if !items.is_sorted() {
        items.sort_unstable();
    }
    items.dedup();
}

fn quotation_words(quotation: &Quotation) -> Vec<&Words> {
    let mut all = vec![&quotation.content];
    all.extend(quotation.speaker.as_ref().and_then(Voice::words));
    all.extend(&quotation.cue);
    all
}

/// Lets through what stands in the document and keeps a record of the rest.
struct Gate<'a> {
    document: &'a Document,
    reader: &'a str,
    refusals: Vec<Refusal>,
}

impl Gate<'_> {
    fn pass<T: Ord>(
        &mut self,
        items: Vec<T>,
        words: impl Fn(&T) -> Vec<&Words>,
        spans: impl Fn(&T) -> Vec<Span>,
    ) -> Vec<T> {
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            let outside = spans(&item).iter().any(|s| s.of(&self.document.text).is_none());
            let fault = if outside {
                Err("a place is outside the text".into())
            } else {
                all_stand(words(&item), self.document)
            };
            match fault {
                Ok(()) => kept.push(item),
                Err(reason) => {
                    let said = words(&item).first().map(|w| w.text.clone()).unwrap_or_default();
                    self.refusals.push(refusal(self.document, self.reader, reason, said));
                }
            }
        }
        kept.sort();
        kept.dedup();
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Claim, Link};
    use crate::codes::{ClaimKind, Stance};
    use crate::digest::Digest;

    const TEXT: &str = "The skipper said the lamps were lit.";

    fn document() -> Document {
        Document {
            id: Digest::of(TEXT.as_bytes()),
            path: "a.txt".into(),
            media_type: "text/plain".into(),
            bytes: 36,
            text: TEXT.into(),
            metadata: Default::default(),
            zones: vec![],
            places: vec![],
            notes: vec![],
        }
    }

    fn words(part: &str) -> Words {
        let start = TEXT.find(part).unwrap();
        Words { span: Span::new(start, start + part.len()), text: part.into() }
    }

    fn draft() -> Draft {
        let mut link = Link::new(Voice::Named(words("The skipper")), Stance::Asserts);
        link.cue = Some(words("said"));
        Draft {
            sentence: Span::new(0, TEXT.len()),
            evidence: vec![words("the lamps were lit")],
            chain: vec![Link::author(Stance::Reports), link],
            claim: Claim::plain(ClaimKind::Value),
            reader: "test".into(),
        }
    }

    #[test]
    fn a_reading_keeps_what_stands_and_counts_what_does_not() {
        let mention = |w: Words| Mention {
            words: w,
            kind: MentionKind::Person,
            form: MentionForm::Description,
            antecedent: None,
        };
        let invented = Words { span: Span::new(4, 9), text: "sailor".into() };
        let drafts = Drafts {
            mentions: vec![mention(words("The skipper")), mention(invented), mention(words("The skipper"))],
            statements: vec![draft(), draft()],
            ..Drafts::default()
        };
        let reading = drafts.ground(&document(), "test 1");
        assert_eq!(reading.mentions.len(), 1, "the repeated one once, the invented one not at all");
        assert_eq!(reading.statements.len(), 1);
        assert_eq!(reading.refusals.len(), 1);
        assert_eq!(reading.refusals[0].words, "sailor");
        let borrowed = serde_json::to_string(&reading.drafts()).unwrap();
        assert_eq!(borrowed, serde_json::to_string(&reading.to_drafts()).unwrap());
        let twice = Reading::join(&document(), "test 1", [reading.clone(), reading.clone()]);
        assert_eq!(twice, reading, "joined from parts, it is the same");
        assert_eq!(reading.to_drafts().ground(&document(), "test 1"), reading, "stored and read back, it is the same");
    }
}
