//! Takes in what was coded with the Discourse Network Analyzer: its documents become documents, read like any other, and each
//! coded statement becomes a row of the log with its coder and all its values. What stands in the file besides (entities
//! with their attributes, variables, coders) is kept as one row; what cannot be carried is told.

use crate::error::Error;
use rashomon_core::coding::{Coding, RECORD, STATEMENT, key_of};
use rashomon_core::{
    Claim, ClaimKind, Digest, Document, Draft, Judgement, Link, Metadata, Reading, Span, Stance, Voice, Words,
    judgement,
};
use rashomon_derive::discourse::{CARRIER, STATEMENT_TYPE};
use rashomon_ledger::Ledger;
use rashomon_ledger::dna::{self, Dna, DnaDocument, DnaStatement};
use rashomon_text::names::key;
use std::collections::BTreeMap;
use std::path::Path;

/// What was taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Documents, new or known.
    pub documents: usize,
    /// Coded statements, new or known.
    pub codings: usize,
    /// Rows added to the log; none where all of it was there already.
    pub rows: usize,
    /// What could not be carried, in words.
    pub left: Vec<String>,
}

/// One document with what was coded in it.
struct Taken {
    document: Document,
    reading: Reading,
    codings: Vec<Coding>,
}

/// Takes a database in.
pub(crate) fn import(ledger: &mut Ledger, path: &Path) -> Result<Imported, Error> {
    let dna = dna::read(path)?;
    let file = path.file_name().map_or_else(|| "file".to_owned(), |n| n.to_string_lossy().into_owned());
    let mut imported = Imported { left: dna.left.clone(), ..Imported::default() };
    let mut coded: BTreeMap<i64, Vec<&DnaStatement>> = BTreeMap::new();
    for statement in &dna.statements {
        coded.entry(statement.document).or_default().push(statement);
    }
    let failed = |e: std::io::Error| Error::said(format!("A thread could not be started: {e}."));
    let mut rows = Vec::new();
    for own in &dna.documents {
        let statements = coded.remove(&own.id).unwrap_or_default();
        // Reading goes deep into long sentences, for which the main thread has too little room.
        let taken = std::thread::scope(|scope| {
            let running = rashomon_intake::spawn_deep(scope, || take(&file, own, &statements, &mut imported.left))?;
            Ok(running
                .join()
                .map_err(|_| format!("document {}, {:?}, on which the program made a mistake", own.id, own.title)))
        });
        match taken.map_err(failed)? {
            Ok(Taken { document, reading, codings }) => {
                imported.documents += 1;
                imported.codings += codings.len();
                rows.extend(codings.iter().map(|coding| coding.judgement("")));
                ledger.keep(&[(document, reading)])?;
            }
            Err(what) => imported.left.push(what),
        }
    }
    rows.push(record(&dna, &file)?);
    let known = ledger.snapshot()?.judgements;
    let standing = judgement::standing(&known);
    rows.retain(|row| {
        standing.get(row.target.as_str()).is_none_or(|old| (&old.words, &old.agent) != (&row.words, &row.agent))
    });
    imported.rows = rows.len();
    ledger.judge_all(&rows)?;
    Ok(imported)
}

/// Everything besides documents and statements as one row.
fn record(dna: &Dna, file: &str) -> Result<Judgement, Error> {
    let words = serde_json::to_string(&dna.tables).map_err(|e| Error::said(format!("{file} cannot be kept: {e}.")))?;
    Ok(Judgement {
        sequence: 0,
        agent: format!("Discourse Network Analyzer {}", dna.version.as_deref().unwrap_or("3")),
        verdict: RECORD.to_owned(),
        target: format!("dna-{}", key_of(file)),
        words,
        note: format!("what {file} holds besides documents and statements"),
        ..Judgement::default()
    })
}

fn take(file: &str, own: &DnaDocument, statements: &[&DnaStatement], left: &mut Vec<String>) -> Taken {
    let document = document(file, own);
    let units = Units::of(&document.text);
    let mut drafts = rashomon_read::read(&document).to_drafts();
    let (mut carriers, mut codings) = (Vec::new(), Vec::new());
    for statement in statements {
        let span = units.span(statement.start, statement.stop);
        let Some(words) = span.and_then(|span| Words::at(&document.text, span)) else {
            left.push(format!(
                "statement {}, whose place {}..{} is not in its document",
                statement.id, statement.start, statement.stop
            ));
            continue;
        };
        let draft = carrier(&document, words.clone(), statement);
        let Ok(grounded) = draft.clone().ground(&document) else {
            left.push(format!("statement {}, whose words cannot be kept", statement.id));
            continue;
        };
        let mut values = vec![
            (STATEMENT.to_owned(), grounded.id().to_string()),
            (STATEMENT_TYPE.to_owned(), statement.kind.clone()),
        ];
        values.extend(statement.values.iter().map(|(name, value)| (name.replace(" = ", " "), value.clone())));
        codings.push(Coding {
            document: document.id.clone(),
            span: words.span,
            words: words.text,
            key: key_of(&format!("{file} {}", statement.id)),
            values,
            coder: if statement.coder.is_empty() { "unknown coder".to_owned() } else { statement.coder.clone() },
        });
        carriers.push(draft);
    }
    drafts.statements.extend(carriers);
    let reading = drafts.ground(&document, rashomon_read::VERSION);
    Taken { document, reading, codings }
}

fn document(file: &str, own: &DnaDocument) -> Document {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let day = rashomon_derive::events::Interval::iso(own.date.div_euclid(86_400));
    let notes = [("section", &own.section), ("kind", &own.kind), ("notes", &own.notes), ("added by", &own.coder)];
    let title = own.title.replace(['/', '\\'], "-");
    // Two documents of one text are two, as they were to their coders.
    let identity = format!("{}\u{0}{}\u{0}{}", own.title, own.date, own.text);
    Document {
        id: Digest::of(identity.as_bytes()),
        path: format!("{file}/{:04} {title}", own.id),
        media_type: "text/x-dna".to_owned(),
        bytes: own.text.len() as u64,
        metadata: Metadata {
            title: some(&own.title),
            authors: some(&own.author).into_iter().collect(),
            publisher: some(&own.source),
            date: Some(day),
            ..Metadata::default()
        },
        notes: notes.iter().filter_map(|(name, value)| Some(format!("{name}: {}", some(value)?))).collect(),
        ..Document::plain(&title, own.text.clone())
    }
}

/// The statement that stands behind a coding: the coded words, on the word of whoever was coded. Who that is stands in the
/// coding; here only words of the document may stand, so the voice is named where its name is in the text.
fn carrier(document: &Document, words: Words, statement: &DnaStatement) -> Draft {
    let value = |name: &str| statement.values.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let named = ["person", "organization", "organisation", "actor", "narrator"]
        .into_iter()
        .filter_map(value)
        .find(|v| !v.trim().is_empty());
    let is_author = |name: &str| document.metadata.authors.iter().any(|author| same_person(author, name));
    let mut chain = vec![Link::author(Stance::Asserts)];
    if let Some(name) = named.filter(|name| !is_author(name)) {
        let voice = spoken(document, words.span, name).map_or(Voice::Unnamed(None), Voice::Named);
        chain = vec![Link::author(Stance::Reports), Link::new(voice, Stance::Asserts)];
    }
    Draft {
        sentence: words.span,
        evidence: vec![words],
        chain,
        claim: Claim::plain(ClaimKind::Value),
        reader: CARRIER.to_owned(),
    }
}

/// Whether two ways of writing a name, "Lowry, Ann" and "Ann Lowry", are one.
fn same_person(author: &str, name: &str) -> bool {
    let parts = |text: &str| {
        let mut parts = key(text);
        parts.sort();
        parts
    };
    let turned = author.split_once(',').map(|(family, given)| format!("{given} {family}"));
    let (a, b) = (parts(turned.as_deref().unwrap_or(author)), parts(name));
    !a.is_empty() && a == b
}

/// Where a name stands: inside the coded words, else anywhere; the whole of it, else its last word.
fn spoken(document: &Document, span: Span, name: &str) -> Option<Words> {
    let text = document.text.as_str();
    let last = name.split_whitespace().last().filter(|w| w.len() > 3);
    let find = |wanted: &str| {
        let inside = span.of(text).and_then(|t| t.find(wanted)).map(|n| n + span.start as usize);
        inside.or_else(|| text.find(wanted)).and_then(|at| Words::at(text, Span::new(at, at + wanted.len())))
    };
    find(name).or_else(|| last.and_then(find))
}

/// From UTF-16 units, in which the other program counts, to bytes.
struct Units<'a> {
    text: &'a str,
    /// Unit and byte of every 256th character.
    marks: Vec<(i64, usize)>,
    units: i64,
}

impl<'a> Units<'a> {
    fn of(text: &'a str) -> Units<'a> {
        let (mut marks, mut units) = (Vec::new(), 0);
        for (n, (byte, c)) in text.char_indices().enumerate() {
            if n % 256 == 0 {
                marks.push((units, byte));
            }
            units += c.len_utf16() as i64;
        }
        Units { text, marks, units }
    }

    fn byte(&self, unit: i64) -> Option<usize> {
        if unit == self.units {
            return Some(self.text.len());
        }
        let mark = self.marks.partition_point(|(u, _)| *u <= unit).checked_sub(1)?;
        let (mut at, from) = *self.marks.get(mark)?;
        for (byte, c) in self.text.get(from..)?.char_indices() {
            if at == unit {
                return Some(from + byte);
            }
            at += c.len_utf16() as i64;
            if at > unit {
                break;
            }
        }
        (at == unit && unit < self.units).then_some(self.text.len())
    }

    fn span(&self, start: i64, stop: i64) -> Option<Span> {
        let (start, stop) = (self.byte(start)?, self.byte(stop)?);
        (start < stop).then(|| Span::new(start, stop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_utf_16_become_bytes() {
        let text = "é😀a".repeat(300);
        let units = Units::of(&text);
        let mut unit = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!(units.byte(unit), Some(byte));
            if c.len_utf16() == 2 {
                assert_eq!(units.byte(unit + 1), None, "inside a character");
            }
            unit += c.len_utf16() as i64;
        }
        assert_eq!((units.byte(unit), units.byte(unit + 1), units.byte(-1)), (Some(text.len()), None, None));
        assert_eq!(units.span(0, 1), Some(Span::new(0, 2)));
        assert_eq!(units.span(3, 3), None);
    }

    #[test]
    fn a_name_is_found_where_it_stands_and_an_author_is_known_by_either_order() {
        let document = Document::plain("a", "Lowry spoke. The weir held, said Ann Lowry.");
        let found = spoken(&document, Span::new(13, 26), "Ann Lowry").unwrap();
        assert_eq!(found.span.start, 33);
        assert_eq!(spoken(&document, Span::new(0, 12), "Mary Lowry").unwrap().span.start, 0);
        assert!(spoken(&document, Span::new(0, 12), "Tom Reed").is_none());
        assert!(same_person("Lowry, Ann", "Ann Lowry") && !same_person("Lowry, Ann", "Mary Lowry"));
    }
}
