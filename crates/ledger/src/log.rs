//! The log: entries with a sequence, a kind and a body, each written once. What an entry's body holds is decided here;
//! what the entries together mean is decided in `cache`.
//!
//! Readings come back only through grounding: a word that does not stand in its document does not come out of a
//! ledger as a statement, whoever wrote it there, but as a refusal.

use crate::body::{Body, Form};
use crate::error::Fault;
use rashomon_core::{Document, Draft, Drafts, Reading, Refusal};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What an entry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A document with its text, as it was under one path.
    Document,
    /// What was read in the document of an earlier entry.
    Reading,
    /// A further path of a document.
    Duplicate,
    /// Everything that was refused under one path, in place of what was refused there before.
    Refusal,
    /// An input that had been refused was found again, whole and known.
    Found,
    /// A person's verdict.
    Judgement,
}

impl Kind {
    const ALL: [Kind; 6] =
        [Kind::Document, Kind::Reading, Kind::Duplicate, Kind::Refusal, Kind::Found, Kind::Judgement];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Reading => "reading",
            Kind::Duplicate => "duplicate",
            Kind::Refusal => "refusal",
            Kind::Found => "found",
            Kind::Judgement => "judgement",
        }
    }
}

/// Body of a reading's entry.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredReading<D> {
    /// Sequence of the entry with the document.
    pub document_entry: u64,
    /// Name and version of the readers.
    pub reader: String,
    /// What was read, as proposals again.
    pub drafts: D,
}

/// As much of a reading's body as says what it belongs to.
#[derive(Deserialize)]
pub(crate) struct ReadingHead {
    pub document_entry: u64,
    pub reader: String,
}

/// Body of a refusal's entry.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredRefusals {
    pub path: String,
    pub refusals: Vec<Refusal>,
}

/// Body of the entry of an input found again.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredFound {
    pub path: String,
}

/// One entry as it stands in the file, its checksum tried.
pub(crate) struct Entry {
    pub sequence: u64,
    pub kind: Kind,
    pub body: Body,
}

impl Entry {
    pub fn open<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        self.body.open().map_err(|why| self.damaged(format!("it is not understood: {why}")))
    }

    pub fn damaged(&self, why: impl Into<String>) -> Fault {
        Fault::Damaged(self.sequence, why.into())
    }

    /// The document, if it keeps the laws of one.
    pub fn document(&self) -> Result<Document, Fault> {
        let document: Document = self.open()?;
        document.check().map_err(|why| self.damaged(why))?;
        Ok(document)
    }

    /// The reading, grounded on its document; what does not ground, or is not even understood, is among its refusals.
    fn reading(&self, document: &Document, document_entry: u64) -> Result<Reading, Fault> {
        let belongs = |entry| match entry == document_entry {
            true => Ok(()),
            false => Err(self.damaged(format!("it is a reading of entry {entry}, not of {document_entry}"))),
        };
        if let Ok(stored) = self.body.open::<StoredReading<Drafts>>() {
            belongs(stored.document_entry)?;
            return Ok(stored.drafts.ground(document, &stored.reader));
        }
        let stored: StoredReading<Value> = self.open()?;
        belongs(stored.document_entry)?;
        Ok(drafts_one_by_one(stored.drafts, document, &stored.reader).ground(document, &stored.reader))
    }
}

/// Every list of a reading whose items are not all understood, item by item: one forged or damaged item must not take
/// the others with it.
fn drafts_one_by_one(stored: Value, document: &Document, reader: &str) -> Drafts {
    let mut refusals = Vec::new();
    let mut drafts = Drafts {
        sentences: items(&stored, "sentences", document, reader, &mut refusals),
        mentions: items(&stored, "mentions", document, reader, &mut refusals),
        quotations: items(&stored, "quotations", document, reader, &mut refusals),
        times: items(&stored, "times", document, reader, &mut refusals),
        quantities: items(&stored, "quantities", document, reader, &mut refusals),
        statements: items::<Draft>(&stored, "statements", document, reader, &mut refusals),
        refusals: items(&stored, "refusals", document, reader, &mut refusals),
    };
    drafts.refusals.append(&mut refusals);
    drafts
}

fn items<T: DeserializeOwned>(
    stored: &Value,
    list: &str,
    document: &Document,
    reader: &str,
    refusals: &mut Vec<Refusal>,
) -> Vec<T> {
    let mut refuse = |why: String| {
        refusals.push(Refusal {
            document: Some(document.id.clone()),
            path: document.path.clone(),
            reader: reader.to_owned(),
            reason: format!("what the ledger holds among the {list} is not understood: {why}"),
            words: String::new(),
        });
    };
    let Some(values) = stored.get(list).and_then(Value::as_array) else {
        refuse("there is no such list".into());
        return Vec::new();
    };
    let mut understood = Vec::with_capacity(values.len());
    for value in values {
        match T::deserialize(value) {
            Ok(item) => understood.push(item),
            Err(why) => refuse(why.to_string()),
        }
    }
    understood
}

/// Sequence of the last entry; 0 where there is none.
pub(crate) fn last(connection: &Connection) -> Result<u64, Fault> {
    let last: i64 =
        connection.prepare_cached("SELECT coalesce(max(sequence), 0) FROM log")?.query_row([], |row| row.get(0))?;
    Ok(last.unsigned_abs())
}

/// Adds an entry and returns its sequence.
pub(crate) fn append(connection: &Connection, kind: Kind, body: &Body) -> Result<u64, Fault> {
    let sequence = last(connection)? + 1;
    connection
        .prepare_cached("INSERT INTO log (sequence, kind, form, body, checksum) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            sequence.cast_signed(),
            kind.as_str(),
            body.form.as_str(),
            body.bytes,
            body.checksum(kind.as_str())
        ])?;
    Ok(sequence)
}

/// An entry, which must be there and be what was written.
pub(crate) fn entry(connection: &Connection, sequence: u64) -> Result<Entry, Fault> {
    let found: Option<(String, String, Vec<u8>, i64)> = connection
        .prepare_cached("SELECT kind, form, body, checksum FROM log WHERE sequence = ?1")?
        .query_row([sequence.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let damaged = |why: &str| Fault::Damaged(sequence, why.to_owned());
    let Some((kind, form, bytes, checksum)) = found else { return Err(damaged("it is missing")) };
    let form = Form::parse(&form).ok_or_else(|| damaged("its form is unknown"))?;
    let body = Body { form, bytes };
    if i64::from(body.checksum(&kind)) != checksum {
        return Err(damaged("it is not what was written"));
    }
    let kind = Kind::ALL.into_iter().find(|k| k.as_str() == kind).ok_or_else(|| damaged("its kind is unknown"))?;
    Ok(Entry { sequence, kind, body })
}

/// An entry of a kind.
pub(crate) fn entry_of(connection: &Connection, sequence: u64, kind: Kind) -> Result<Entry, Fault> {
    let entry = entry(connection, sequence)?;
    if entry.kind != kind {
        return Err(entry.damaged(format!("it is a {}, not a {}", entry.kind.as_str(), kind.as_str())));
    }
    Ok(entry)
}

/// The entry of a reading with the entry of its document.
pub(crate) fn pair(connection: &Connection, document: u64, reading: u64) -> Result<(Entry, Entry), Fault> {
    Ok((entry_of(connection, document, Kind::Document)?, entry_of(connection, reading, Kind::Reading)?))
}

/// A document and its reading from their entries.
pub(crate) fn open_pair((document_entry, reading): &(Entry, Entry)) -> Result<(Document, Reading), Fault> {
    let document = document_entry.document()?;
    let reading = reading.reading(&document, document_entry.sequence)?;
    Ok((document, reading))
}
