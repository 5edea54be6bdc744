//! A statement is a chain of voices and one claim, and there is one gate to becoming one: [`Draft::ground`].
//!
//! Readers may be rules, networks, language models or importers; none is trusted. A proposal whose words do not stand
//! in the document at the place it names is refused, with the reason, and the refusal is kept and shown. Statements
//! never change; contradictory ones stand side by side for ever.

use crate::claim::{Claim, Link, Voice};
use crate::codes::Stance;
use crate::digest::{DocumentId, StatementId};
use crate::document::Document;
use crate::span::{Span, Words};
use serde::{Deserialize, Serialize};

/// Something that was proposed or given and not taken, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Refusal {
    /// The document, if the input got so far as to be one.
    pub document: Option<DocumentId>,
    /// Path of the input.
    pub path: String,
    /// Who refused it: `intake`, or the reader whose proposal it was.
    pub reader: String,
    /// Why, and what can be done about it.
    pub reason: String,
    /// The words at issue; empty where the whole input is.
    pub words: String,
}

/// A statement as proposed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Draft {
    /// The sentence it stands in.
    pub sentence: Span,
    /// The claim's own words.
    pub evidence: Vec<Words>,
    /// Voices, the document's author first.
    pub chain: Vec<Link>,
    /// What is claimed.
    pub claim: Claim,
    /// The reader that proposes it.
    pub reader: String,
}

impl Draft {
    /// The statement, if every word of the draft stands in the document where the draft says, the chain begins with
    /// the author and nowhere names the author again, and there is evidence.
    pub fn ground(self, document: &Document) -> Result<Statement, Refusal> {
        if let Err(reason) = self.check(document) {
            let words = self.evidence.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" … ");
            return Err(refusal(document, &self.reader, reason, words));
        }
        let bytes = serde_json::to_vec(&(&document.id, &self))
            .map_err(|e| refusal(document, &self.reader, format!("cannot be written down: {e}"), String::new()))?;
        Ok(Statement { id: StatementId::short_of(&bytes), document: document.id.clone(), content: self })
    }

    fn check(&self, document: &Document) -> Result<(), String> {
        let authors = self.chain.iter().filter(|l| l.voice == Voice::Author).count();
        if self.chain.first().is_none_or(|l| l.voice != Voice::Author) || authors != 1 {
            return Err("the chain does not begin with the document's author, once".into());
        }
        if self.evidence.is_empty() {
            return Err("it gives no words as evidence".into());
        }
        if self.sentence.is_empty() || self.sentence.of(&document.text).is_none() {
            return Err("its sentence is not in the document".into());
        }
        all_stand(self.words(), document)
    }

    /// Every stretch of words that the draft names.
    fn words(&self) -> Vec<&Words> {
        let mut all: Vec<&Words> = self.evidence.iter().collect();
        for link in &self.chain {
            all.extend(link.voice.words());
            all.extend(&link.cue);
            all.extend(&link.venue);
            all.extend(link.time.as_ref().map(|t| &t.words));
        }
        let claim = &self.claim;
        all.extend(claim.predicate.as_ref().map(|p| &p.words));
        all.extend(claim.arguments.iter().map(|a| &a.words));
        all.extend(&claim.hedges);
        all.extend(claim.time.as_ref().map(|t| &t.words));
        all.extend(&claim.place);
        all.extend(claim.quantity.as_ref().map(|q| &q.words));
        if let Some(causation) = &claim.causation {
            all.extend([&causation.cause, &causation.effect]);
            all.extend(&causation.cue);
        }
        all
    }
}

/// A chain of voices and one claim, grounded: every word of it stands in the document at the place named.
/// Only [`Draft::ground`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Statement {
    id: StatementId,
    document: DocumentId,
    content: Draft,
}

impl Statement {
    /// Digest of its content.
    pub fn id(&self) -> &StatementId {
        &self.id
    }
    /// The document it stands in.
    pub fn document(&self) -> &DocumentId {
        &self.document
    }
    /// The sentence it stands in.
    pub fn sentence(&self) -> Span {
        self.content.sentence
    }
    /// The claim's own words, without the voice and the cue. Never empty.
    pub fn evidence(&self) -> &[Words] {
        &self.content.evidence
    }
    /// Voices, outermost (the document's author) first. Never empty.
    pub fn chain(&self) -> &[Link] {
        &self.content.chain
    }
    /// What is claimed.
    pub fn claim(&self) -> &Claim {
        &self.content.claim
    }
    /// The reader that proposed it.
    pub fn reader(&self) -> &str {
        &self.content.reader
    }
    /// The innermost voice: on whose word the claim stands in the end.
    pub fn source(&self) -> &Voice {
        self.content.chain.last().map_or(&Voice::Author, |l| &l.voice)
    }
    /// The author's own stance towards the claim.
    pub fn commitment(&self) -> Stance {
        self.content.chain.first().map_or(Stance::Asserts, |l| l.stance)
    }
    /// The content as it was proposed; grounding it again gives this statement.
    pub fn content(&self) -> &Draft {
        &self.content
    }
    /// The claim's words joined by " … " where they stand apart.
    pub fn text(&self) -> String {
        self.content.evidence.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" … ")
    }
}

pub(crate) fn all_stand(words: Vec<&Words>, document: &Document) -> Result<(), String> {
    match words.into_iter().find(|w| !w.stand_in(&document.text)) {
        Some(w) => Err(format!("the words {:?} do not stand at {}..{}", w.text, w.span.start, w.span.end)),
        None => Ok(()),
    }
}

pub(crate) fn refusal(document: &Document, reader: &str, reason: String, words: String) -> Refusal {
    Refusal {
        document: Some(document.id.clone()),
        path: document.path.clone(),
        reader: reader.to_owned(),
        reason,
        words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn a_grounded_draft_becomes_a_statement_with_a_stable_identity() {
        let a = draft().ground(&document()).unwrap();
        let b = draft().ground(&document()).unwrap();
        assert_eq!(a.id(), b.id());
        assert_eq!(a.text(), "the lamps were lit");
        assert_eq!(a.commitment(), Stance::Reports);
        assert_eq!(a.source().words().unwrap().text, "The skipper");
        let mut other = draft();
        other.chain[1].stance = Stance::Denies;
        assert_ne!(other.ground(&document()).unwrap().id(), a.id());
    }

    #[test]
    fn what_is_not_in_the_text_is_refused_wherever_it_hides() {
        let invented = Words { span: Span::new(0, 3), text: "Not".into() };
        let break_it: [fn(&mut Draft, Words); 5] = [
            |d, w| d.evidence[0] = w,
            |d, w| d.chain[1].voice = Voice::Named(w),
            |d, w| d.chain[1].cue = Some(w),
            |d, w| d.chain[1].venue = Some(w),
            |d, w| d.claim.hedges.push(w),
        ];
        for break_one in break_it {
            let mut bad = draft();
            break_one(&mut bad, invented.clone());
            let refusal = bad.ground(&document()).unwrap_err();
            assert!(refusal.reason.contains("\"Not\""), "{}", refusal.reason);
        }
    }

    #[test]
    fn a_chain_must_begin_with_the_author_and_name_the_author_once() {
        let mut bad = draft();
        bad.chain.remove(0);
        assert!(bad.ground(&document()).is_err());
        let mut bad = draft();
        bad.chain.push(Link::author(Stance::Asserts));
        assert!(bad.ground(&document()).is_err());
        let mut bad = draft();
        bad.evidence.clear();
        assert!(bad.ground(&document()).is_err());
    }
}
