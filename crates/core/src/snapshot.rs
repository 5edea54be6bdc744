//! The ledger at a moment. Its order depends on what was read, never on when.
//!
//! A snapshot that obeys ([`Snapshot::obey`]) shows no statement that a person found wrong, and a mended one in the mend's
//! words; what is set aside so is kept beside it, because nothing is lost. This is the one place where verdicts on
//! statements are obeyed, so that no view can forget them.

use crate::digest::{DocumentId, StatementId};
use crate::document::Document;
use crate::judgement::{Judgement, MENDED, WRONG, standing};
use crate::reading::{Reading, by_place};
use crate::statement::{Refusal, Statement};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The same bytes under another path: read once, noted here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Duplicate {
    /// Path of the copy that was not read again.
    pub path: String,
    /// The document whose bytes it repeats.
    pub document: DocumentId,
}

/// A document with what was read in it, which copies of a snapshot share.
pub type ReadDocument = (Arc<Document>, Arc<Reading>);

/// Documents with their newest readings, sorted by path; refusals, duplicates and judgements.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Documents and what was read in them, by path, then by id.
    pub documents: Vec<ReadDocument>,
    /// Inputs that could not be taken.
    pub refusals: Vec<Refusal>,
    /// Copies.
    pub duplicates: Vec<Duplicate>,
    /// Judgements in the order of the log.
    pub judgements: Vec<Judgement>,
    /// Statements that a verdict keeps out of the readings, by document and place.
    pub aside: Vec<Aside>,
}

/// A statement that a person found wrong or mended.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Aside {
    /// The statement as it was read.
    pub statement: Statement,
    /// The row of the log that sets it aside.
    pub judgement: u64,
    /// The statement that stands in its place, if it was mended.
    pub instead: Option<StatementId>,
    /// Whether that one stands in the reading because of this verdict alone.
    added: bool,
}

impl Snapshot {
    /// Documents with their readings and nothing else, in the order that depends only on them.
    pub fn of(documents: impl IntoIterator<Item = (Document, Reading)>) -> Snapshot {
        let documents = documents.into_iter().map(|(document, reading)| (document.into(), reading.into())).collect();
        let mut snapshot = Snapshot { documents, ..Snapshot::default() };
        snapshot.sort();
        snapshot
    }

    /// Puts documents, refusals and duplicates into the order that depends only on them.
    pub fn sort(&mut self) {
        self.documents.sort_by(|a, b| (&a.0.path, &a.0.id).cmp(&(&b.0.path, &b.0.id)));
        self.refusals.sort();
        self.refusals.dedup();
        self.duplicates.sort();
        self.duplicates.dedup();
    }

    /// Every statement with its document, in order.
    pub fn statements(&self) -> impl Iterator<Item = (&Document, &Statement)> {
        self.documents.iter().flat_map(|(d, r)| r.statements.iter().map(move |s| (d.as_ref(), s)))
    }

    /// A document and its reading by id.
    pub fn document(&self, id: &DocumentId) -> Option<(&Document, &Reading)> {
        self.documents.iter().find(|(d, _)| &d.id == id).map(|(d, r)| (d.as_ref(), r.as_ref()))
    }

    /// A statement and its document by id.
    pub fn statement(&self, id: &StatementId) -> Option<(&Document, &Statement)> {
        self.statements().find(|(_, s)| s.id() == id)
    }

    /// Obeys the verdicts on statements that stand: a wrong one is set aside, a mended one gives its place to what it
    /// should say, if that stands in the document. Does nothing to what is obeyed already.
    pub fn obey(&mut self) {
        let found: Vec<(usize, usize, Judgement)> = {
            let standing = standing(&self.judgements);
            let meant = standing.into_values().filter(|j| j.is_about_a_statement());
            let meant: Vec<&Judgement> = meant.filter(|j| j.verdict == WRONG || j.verdict == MENDED).collect();
            let places = self.places(&meant);
            meant.into_iter().filter_map(|j| places.get(&j.sequence).map(|(d, s)| (*d, *s, j.clone()))).collect()
        };
        let mut by_document: BTreeMap<usize, Vec<(usize, Judgement)>> = BTreeMap::new();
        for (document, statement, judgement) in found {
            by_document.entry(document).or_default().push((statement, judgement));
        }
        for (number, verdicts) in by_document {
            let Some((document, reading)) = self.documents.get_mut(number) else { continue };
            set_aside(document, Arc::make_mut(reading), verdicts, &mut self.aside);
        }
        self.aside.sort_by(|a, b| {
            (a.statement.document(), a.statement.sentence(), a.statement.id()).cmp(&(
                b.statement.document(),
                b.statement.sentence(),
                b.statement.id(),
            ))
        });
    }

    /// Puts everything that was set aside back, as if nobody had judged a statement.
    pub fn disobey(&mut self) {
        let number: HashMap<DocumentId, usize> =
            self.documents.iter().enumerate().map(|(n, (d, _))| (d.id.clone(), n)).collect();
        for aside in std::mem::take(&mut self.aside) {
            let reading = number.get(aside.statement.document()).and_then(|n| self.documents.get_mut(*n));
            let Some((_, reading)) = reading else { continue };
            let reading = Arc::make_mut(reading);
            if let Some(instead) = aside.instead.filter(|_| aside.added) {
                reading.statements.retain(|s| *s.id() != instead);
            }
            put(reading, aside.statement);
        }
    }

    /// The statement that stands for an id now: itself, what it was mended to, or nothing where it was found wrong.
    pub fn now(&self, id: &StatementId) -> Option<StatementId> {
        match self.aside.iter().find(|a| a.statement.id() == id) {
            Some(aside) => aside.instead.clone(),
            None => Some(id.clone()),
        }
    }

    /// For each statement that is shown and was judged the verdict that stands.
    pub fn judged(&self) -> BTreeMap<StatementId, &Judgement> {
        let standing = standing(&self.judgements);
        let meant: Vec<&Judgement> = standing.into_values().filter(|j| j.is_about_a_statement()).collect();
        let places = self.places(&meant);
        let by_row: HashMap<u64, &Aside> = self.aside.iter().map(|a| (a.judgement, a)).collect();
        let mut all = BTreeMap::new();
        for judgement in meant {
            if let Some(aside) = by_row.get(&judgement.sequence) {
                all.extend(aside.instead.clone().map(|id| (id, judgement)));
            } else if let Some((document, statement)) = places.get(&judgement.sequence) {
                let reading = self.documents.get(*document).map(|(_, reading)| reading);
                let statement = reading.and_then(|r| r.statements.get(*statement));
                all.extend(statement.map(|s| (s.id().clone(), judgement)));
            }
        }
        all
    }

    /// Where the statements stand that judgements are about, by the judgements' rows: by their ids; where a better reader
    /// gave them others, by their words in their document, if those are of one statement alone.
    fn places(&self, judgements: &[&Judgement]) -> HashMap<u64, (usize, usize)> {
        let mut found = HashMap::new();
        if judgements.is_empty() {
            return found;
        }
        let mut wanted: HashMap<&str, Vec<u64>> = HashMap::new();
        for judgement in judgements {
            wanted.entry(judgement.target.as_str()).or_default().push(judgement.sequence);
        }
        for (d, (_, reading)) in self.documents.iter().enumerate() {
            for (s, statement) in reading.statements.iter().enumerate() {
                for row in wanted.get(statement.id().as_str()).into_iter().flatten() {
                    found.insert(*row, (d, s));
                }
            }
        }
        let gone: BTreeSet<&str> = self.aside.iter().map(|a| a.statement.id().as_str()).collect();
        for judgement in judgements {
            if found.contains_key(&judgement.sequence) || gone.contains(judgement.target.as_str()) {
                continue;
            }
            let document = self.documents.iter().position(|(d, _)| Some(&d.id) == judgement.document.as_ref());
            let reading = document.and_then(|d| self.documents.get(d)).map(|(_, r)| r);
            let alike = |s: &Statement| s.text().split_whitespace().eq(judgement.words.split_whitespace());
            let same = reading.into_iter().flat_map(|r| r.statements.iter().enumerate()).filter(|(_, s)| alike(s));
            let same: Vec<usize> = same.map(|(s, _)| s).collect();
            if let (Some(d), [only]) = (document, same.as_slice()) {
                found.insert(judgement.sequence, (d, *only));
            }
        }
        found
    }
}

/// Sets the judged statements of one document aside and puts what they were mended to in their place.
fn set_aside(document: &Document, reading: &mut Reading, verdicts: Vec<(usize, Judgement)>, into: &mut Vec<Aside>) {
    let mut verdicts = verdicts;
    // From the last place to the first, so that the places before stay what they are; of two verdicts that found the
    // same statement the later one counts.
    verdicts.sort_by_key(|(place, judgement)| std::cmp::Reverse((*place, judgement.sequence)));
    verdicts.dedup_by_key(|(place, _)| *place);
    let mut mended = Vec::new();
    for (place, judgement) in verdicts {
        let draft = match judgement.mend.map(|draft| draft.ground(document)) {
            Some(Err(refusal)) => {
                // A mend that does not stand in the text is a forgery: the statement stays as it was read.
                if !reading.refusals.contains(&refusal) {
                    reading.refusals.push(refusal);
                }
                continue;
            }
            Some(Ok(statement)) => Some(statement),
            None if judgement.verdict == MENDED => continue,
            None => None,
        };
        if place < reading.statements.len() {
            mended.push((reading.statements.remove(place), judgement.sequence, draft));
        }
    }
    for (statement, judgement, draft) in mended {
        let instead = draft.as_ref().map(|d| d.id().clone());
        let added = draft.is_some_and(|draft| put(reading, draft));
        into.push(Aside { statement, judgement, instead, added });
    }
}

/// Puts a statement in its place, if it does not stand there already.
fn put(reading: &mut Reading, statement: Statement) -> bool {
    match reading.statements.binary_search_by(|other| by_place(other, &statement)) {
        Ok(_) => false,
        Err(place) => {
            reading.statements.insert(place, statement);
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Claim, Link};
    use crate::codes::{ClaimKind, Polarity, Stance};
    use crate::judgement::UNDO;
    use crate::mend::Mend;
    use crate::reading::Drafts;
    use crate::span::{Span, Words};
    use crate::statement::Draft;

    const TEXT: &str = "The lamps were lit. The nets were down. It rained.";

    fn read(reader: &str) -> Snapshot {
        let document = Document::plain("a.txt", TEXT);
        let draft = |part: &str| {
            let start = TEXT.find(part).unwrap();
            let words = Words { span: Span::new(start, start + part.len()), text: part.into() };
            let chain = vec![Link::author(Stance::Asserts)];
            let claim = Claim::plain(ClaimKind::Event);
            Draft { sentence: words.span, evidence: vec![words], chain, claim, reader: reader.into() }
        };
        let statements = ["The lamps were lit", "The nets were down", "It rained"].map(draft).into();
        let reading = Drafts { statements, ..Drafts::default() }.ground(&document, reader);
        Snapshot::of([(document, reading)])
    }

    fn texts(snapshot: &Snapshot) -> Vec<String> {
        let polarity = |s: &Statement| if s.claim().polarity == Polarity::Negative { "not: " } else { "" };
        snapshot.statements().map(|(_, s)| format!("{}{}", polarity(s), s.text())).collect()
    }

    fn on(snapshot: &Snapshot, sequence: u64, place: usize, verdict: &str) -> Judgement {
        let statement = &snapshot.documents[0].1.statements[place];
        Judgement {
            sequence,
            agent: "Reed".into(),
            verdict: verdict.into(),
            target: statement.id().to_string(),
            words: statement.text(),
            document: Some(statement.document().clone()),
            ..Judgement::default()
        }
    }

    #[test]
    fn wrong_statements_leave_mended_ones_change_and_taking_back_restores_everything() {
        let whole = read("told 1");
        let mut snapshot = whole.clone();
        let mend = Mend { polarity: Some(Polarity::Negative), ..Mend::default() };
        let (document, reading) = &whole.documents[0];
        let draft = mend.of(&reading.statements[1], document, &[], "Reed").unwrap();
        let mended = Judgement { mend: Some(Box::new(draft)), ..on(&whole, 2, 1, MENDED) };
        snapshot.judgements = vec![on(&whole, 1, 0, WRONG), mended, on(&whole, 3, 2, "right")];
        snapshot.obey();
        assert_eq!(texts(&snapshot), ["not: The nets were down", "It rained"]);
        let verdicts: Vec<&str> = snapshot.judged().into_values().map(|j| j.verdict.as_str()).collect();
        assert_eq!((verdicts.len(), snapshot.aside.len()), (2, 2));
        let was = &reading.statements[1];
        assert_eq!(snapshot.now(was.id()), snapshot.aside[1].instead);
        assert_eq!(snapshot.now(reading.statements[0].id()), None);
        let again = snapshot.clone();
        snapshot.obey();
        assert_eq!((texts(&snapshot), &snapshot.aside), (texts(&again), &again.aside), "obeying twice changes nothing");
        snapshot.disobey();
        assert_eq!(snapshot.documents, whole.documents);
        snapshot.judgements.push(Judgement { undoes: Some(1), ..on(&whole, 4, 0, UNDO) });
        snapshot.obey();
        assert_eq!(texts(&snapshot), ["The lamps were lit", "not: The nets were down", "It rained"]);
    }

    #[test]
    fn a_verdict_finds_the_words_again_when_a_better_reader_gives_them_another_id() {
        let older = read("told 1");
        let mut newer = read("told 2");
        newer.judgements = vec![on(&older, 1, 0, WRONG)];
        newer.obey();
        assert_eq!(texts(&newer), ["The nets were down", "It rained"]);
    }

    #[test]
    fn a_mend_that_does_not_stand_in_the_text_changes_nothing_and_is_told() {
        let whole = read("told 1");
        let mut snapshot = whole.clone();
        let mut forged = whole.documents[0].1.statements[0].content().clone();
        forged.evidence[0].text = "The lamps were out".into();
        snapshot.judgements = vec![Judgement { mend: Some(Box::new(forged)), ..on(&whole, 1, 0, MENDED) }];
        snapshot.obey();
        assert_eq!(texts(&snapshot), texts(&whole));
        assert!(snapshot.documents[0].1.refusals[0].reason.contains("do not stand"));
    }
}
