//! Gives coded work away as a database of the Discourse Network Analyzer: every document with its text, every hand coding with
//! its kind, its variables and its coder, and beside these what the program coded by itself, under a coder's name of its own.
//!
//! The other way round than `import`. What that program cannot hold (a coding that takes no side) is named.

use crate::error::Error;
use rashomon_core::coding::{AGREEMENT, CONCEPT, STATEMENT, STATEMENT_TYPE, VOICE};
use rashomon_core::{
    Coding, Document, Judgement, ReadDocument, Reading, Snapshot, Span, Statement, coding::RECORD, judgement,
};
use rashomon_derive::discourse::{Codes, Options, code, voice_of};
use rashomon_derive::events::Interval;
use rashomon_derive::{Actors, Filter};
use rashomon_ledger::dna::{Dna, DnaDocument, DnaStatement};
use rashomon_ledger::dna_writing;
use std::collections::HashMap;
use std::path::Path;

/// The kind of statement of codings made here.
const KIND: &str = "Statement";
/// The variable that names who says it.
const ACTOR: &str = "actor";
/// The coder of what the program coded.
const PROGRAM: &str = "program";

/// What was given away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Documents.
    pub documents: usize,
    /// Coded statements.
    pub codings: usize,
    /// What could not be carried, in words.
    pub left: Vec<String>,
}

/// Writes the coded work of a ledger to a path where nothing is.
pub(crate) fn give(snapshot: &Snapshot, path: &Path) -> Result<Given, Error> {
    let actors = Actors::resolve(snapshot);
    let codes = code(snapshot, &actors, &Filter::default(), &Options::default());
    let dna = worked(snapshot, &actors, &codes);
    dna_writing::write(path, &dna)?;
    Ok(Given { documents: dna.documents.len(), codings: dna.statements.len(), left: dna.left })
}

fn worked(snapshot: &Snapshot, actors: &Actors, codes: &Codes) -> Dna {
    let mut dna = Dna { documents: (1..).zip(&snapshot.documents).map(document).collect(), ..Dna::default() };
    let numbers: HashMap<&str, usize> =
        snapshot.documents.iter().enumerate().map(|(n, (d, _))| (d.id.as_str(), n)).collect();
    let standing = judgement::standing(&snapshot.judgements);
    for record in standing.values().filter(|row| row.verdict == RECORD) {
        // What the variables of an imported file hold.
        if let Ok(tables) = serde_json::from_str(&record.words) {
            dna.tables = tables;
        }
    }
    let mut rows: Vec<(usize, Span, u64, DnaStatement)> = Vec::new();
    let (mut lost, mut sideless) = (0, 0);
    for (row, coding) in standing.values().filter_map(|row| Some((*row, Coding::of(row)?))) {
        let place = numbers.get(coding.document.as_str()).copied();
        let found = place.and_then(|n| Some((n, snapshot.documents.get(n)?)));
        let Some((n, (document, reading))) = found.filter(|(_, (document, _))| coding.stands_in(document)) else {
            lost += 1;
            continue;
        };
        if coding.value(STATEMENT_TYPE).is_none() && coding.value(AGREEMENT) == Some("neither") {
            sideless += 1;
            continue;
        }
        let values = by_hand(&coding, row, actors, document, reading);
        let kind = coding.value(STATEMENT_TYPE).unwrap_or(KIND);
        rows.push((n, coding.span, row.sequence, statement(n, document, coding.span, kind, &coding.coder, values)));
    }
    for one in codes.codes.iter().filter(|c| c.coder.is_none()) {
        let Some((document, reading)) = snapshot.documents.get(one.document) else { continue };
        let first = one.statements.first().and_then(|id| reading.statements.iter().find(|s| s.id() == id));
        let Some(span) = first.map(cover) else { continue };
        let values =
            [(ACTOR, codes.actor(one.actor)), (CONCEPT, codes.concept(one.concept)), (AGREEMENT, one.side.as_str())];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        rows.push((one.document, span, 0, statement(one.document, document, span, KIND, PROGRAM, values)));
    }
    rows.sort_by(|a, b| (a.0, a.1, a.2, &a.3.values).cmp(&(b.0, b.1, b.2, &b.3.values)));
    dna.statements = (1..).zip(rows).map(|(id, (.., statement))| DnaStatement { id, ..statement }).collect();
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            dna.left.push(format!("{count} {what}"));
        }
    };
    tell(lost, "hand codings whose words do not stand in the ledger any more");
    tell(sideless, "hand codings that take no side, for which that program has no word");
    dna
}

/// The values of a hand coding; those that were made here name the actor as the debate does.
fn by_hand(
    coding: &Coding,
    row: &Judgement,
    actors: &Actors,
    document: &Document,
    reading: &Reading,
) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = Vec::new();
    if coding.value(STATEMENT_TYPE).is_none() {
        let voice = coding.value(VOICE).filter(|v| !v.trim().is_empty()).map(str::to_owned);
        let voice = voice.or_else(|| voice_of(actors, document, behind(coding, reading)));
        values.push((ACTOR.to_owned(), voice.unwrap_or_default()));
    }
    let own = [STATEMENT, STATEMENT_TYPE, VOICE];
    values.extend(coding.values.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned());
    if !row.note.is_empty() && values.iter().all(|(name, _)| name != "note") {
        values.push(("note".to_owned(), row.note.clone()));
    }
    values
}

/// The statement that was coded, or the shortest that holds the words.
fn behind<'a>(coding: &Coding, reading: &'a Reading) -> Option<&'a Statement> {
    let named = coding.value(STATEMENT);
    let coded = reading.statements.iter().find(|s| Some(s.id().as_str()) == named);
    let shares = |s: &&Statement| s.evidence().iter().any(|w| w.span.overlaps(coding.span));
    coded.or_else(|| {
        let near = reading.statements.iter().filter(shares);
        near.min_by_key(|s| (!cover(s).contains(coding.span), cover(s).len()))
    })
}

fn cover(statement: &Statement) -> Span {
    let spans = statement.evidence().iter().map(|w| w.span);
    spans.reduce(Span::cover).unwrap_or_else(|| statement.sentence())
}

fn statement(
    document: usize,
    of: &Document,
    span: Span,
    kind: &str,
    coder: &str,
    values: Vec<(String, String)>,
) -> DnaStatement {
    // That program counts UTF-16 units.
    let units = |byte: u32| of.text.get(..byte as usize).map_or(0, |text| text.encode_utf16().count() as i64);
    let (start, stop) = (units(span.start), units(span.end));
    let (kind, coder) = (kind.to_owned(), coder.to_owned());
    DnaStatement { id: 0, document: document as i64 + 1, kind, coder, start, stop, values }
}

fn document((id, (document, _)): (i64, &ReadDocument)) -> DnaDocument {
    let metadata = &document.metadata;
    let day = metadata.date.as_deref().and_then(Interval::of).map(|when| when.first);
    let mut notes = document.notes.clone();
    if day.is_none() {
        notes.push("date not known".to_owned());
    }
    DnaDocument {
        id,
        title: document.name().to_owned(),
        text: document.text.clone(),
        author: metadata.authors.join("; "),
        source: metadata.publisher.clone().unwrap_or_default(),
        section: String::new(),
        kind: String::new(),
        notes: notes.join("\n"),
        coder: PROGRAM.to_owned(),
        date: day.unwrap_or(0) * 86_400,
    }
}
