//! What the log means: which entry stands for which document, which refusals are still true. All of it is worked out
//! from the log by the same few functions, whether an entry was just written or the whole log is read again, so that a
//! cache that was thrown away comes back the same.
//!
//! Decisions. A document's own path is the smallest under which the reader of its newest reading read it; its other
//! paths are copies. The newest entry at that path counts, so a changed metadata file shows. Copies that a newer reader
//! has read go before those that only an older one read, so that a file that was moved is not shown as it once was
//! read elsewhere. A path under which other bytes appear later gives a second document: both stay. A refusal is true
//! until something newer is known about its path: other refusals there, the input taken, or found again whole.

use crate::error::Fault;
use crate::index;
use crate::log::{self, Kind, ReadingHead, StoredFound, StoredRefusals};
use crate::schema::{Home, cached_to, create_cache, drop_cache};
use rashomon_core::{Digest, Document, DocumentId, Duplicate, Reading, Refusal};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::{BTreeMap, BTreeSet};

/// What is in the cache of one path of a document.
pub(crate) struct Copy {
    pub document: u64,
    pub kept: String,
    pub body: String,
}

/// Documents and readings that need not be opened, by the sequence of the reading's entry.
pub(crate) type AtHand<'a> = BTreeMap<u64, (&'a Document, &'a Reading)>;

/// What stands for a document.
pub(crate) struct Current {
    number: i64,
    pub path: String,
    pub document: u64,
    pub kept: Digest,
    pub reading: u64,
    pub reader: String,
    indexed: Option<u64>,
}

/// Digest of everything that is kept of a document besides its original bytes and its path: text, metadata, zones,
/// places, notes. Two openings of one file give the same digest unless its metadata file or intake has changed.
pub fn kept_digest(document: &Document) -> Digest {
    let Document { media_type, text, metadata, zones, places, notes, .. } = document;
    // Plain values cannot fail to be written; an empty digest would only mean that the document is kept once more.
    Digest::of(&serde_json::to_vec(&(media_type, text, metadata, zones, places, notes)).unwrap_or_default())
}

/// Makes the cache take account of the whole log. A connection that may not write makes its own in memory, where the
/// one in the file will not do.
pub(crate) fn make_ready(c: &Connection, may_write: bool) -> Result<(), Fault> {
    let last = log::last(c)?;
    let home = match may_write {
        true => Home::Main,
        false if cached_to(c, Home::Temp)?.is_none() && cached_to(c, Home::Main)? == Some(last) => return Ok(()),
        false => Home::Temp,
    };
    let from = match cached_to(c, home)? {
        Some(known) if known <= last => known,
        _ => {
            drop_cache(c, home)?;
            create_cache(c, home)?;
            // Statements that were prepared for the tables of the other home must not be used again.
            c.flush_prepared_statement_cache();
            0
        }
    };
    catch_up(c, from, last)
}

fn catch_up(c: &Connection, from: u64, last: u64) -> Result<(), Fault> {
    let mut touched = BTreeSet::new();
    for sequence in from + 1..=last {
        touched.extend(take_account(c, &log::entry(c, sequence)?)?);
    }
    settle(c, &touched, &AtHand::new())?;
    if last > from {
        mark(c, last)?;
    }
    Ok(())
}

/// Takes account of one entry; returns the document it is about, if it may change what stands for it.
fn take_account(c: &Connection, entry: &log::Entry) -> Result<Option<DocumentId>, Fault> {
    let digest = || Digest::of(&entry.body.bytes);
    match entry.kind {
        Kind::Document => {
            let document = entry.document()?;
            add_document(c, entry.sequence, &document, &kept_digest(&document))?;
            Ok(Some(document.id))
        }
        Kind::Reading => {
            let head: ReadingHead = entry.open()?;
            add_reading(c, entry.sequence, head.document_entry, &head.reader, &digest())
        }
        Kind::Duplicate => add_duplicate(c, &entry.open()?).map(|()| None),
        Kind::Refusal => {
            let StoredRefusals { path, refusals } = entry.open()?;
            add_refusals(c, entry.sequence, &path, &refusals, &digest()).map(|()| None)
        }
        Kind::Found => entry.open().and_then(|found: StoredFound| forget_whole_refusal(c, &found.path)).map(|_| None),
        Kind::Judgement => {
            add_judgement(c, entry.sequence)?;
            Ok(None)
        }
    }
}

/// Notes the sequence up to which the cache is true.
pub(crate) fn mark(c: &Connection, sequence: u64) -> Result<(), Fault> {
    c.prepare_cached("UPDATE cache_state SET sequence = ?1")?.execute([sequence.cast_signed()])?;
    Ok(())
}

pub(crate) fn add_document(c: &Connection, sequence: u64, document: &Document, kept: &Digest) -> Result<(), Fault> {
    c.prepare_cached(
        "INSERT INTO cache_copy (id, path, document, kept) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id, path) DO UPDATE SET document = ?3, kept = ?4, reading = NULL, reader = NULL, body = NULL",
    )?
    .execute(params![document.id.as_str(), document.path, sequence.cast_signed(), kept.as_str()])?;
    Ok(())
}

/// Notes a reading of a document's entry, which shows also that the input was taken; returns the document.
pub(crate) fn add_reading(
    c: &Connection,
    sequence: u64,
    document_entry: u64,
    reader: &str,
    body: &Digest,
) -> Result<Option<DocumentId>, Fault> {
    let about: Option<(DocumentId, String)> = c
        .prepare_cached(
            "UPDATE cache_copy SET reading = ?1, reader = ?2, body = ?3 WHERE document = ?4 RETURNING id, path",
        )?
        .query_row(params![sequence.cast_signed(), reader, body.as_str(), document_entry.cast_signed()], |row| {
            Ok((index::digest(row, 0)?, row.get(1)?))
        })
        .optional()?;
    // A reading of an entry that a newer one has replaced changes nothing.
    let Some((id, path)) = about else { return Ok(None) };
    forget_refusals(c, &path)?;
    Ok(Some(id))
}

pub(crate) fn add_duplicate(c: &Connection, duplicate: &Duplicate) -> Result<(), Fault> {
    c.prepare_cached("INSERT OR IGNORE INTO cache_copy (id, path) VALUES (?1, ?2)")?
        .execute(params![duplicate.document.as_str(), duplicate.path])?;
    forget_whole_refusal(c, &duplicate.path)?;
    Ok(())
}

pub(crate) fn add_refusals(
    c: &Connection,
    sequence: u64,
    path: &str,
    refusals: &[Refusal],
    body: &Digest,
) -> Result<(), Fault> {
    let whole = refusals.iter().all(|refusal| refusal.document.is_none());
    c.prepare_cached(
        "INSERT OR REPLACE INTO cache_refusal (path, sequence, digest, whole, count) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![path, sequence.cast_signed(), body.as_str(), whole, refusals.len().cast_signed()])?;
    Ok(())
}

pub(crate) fn add_judgement(c: &Connection, sequence: u64) -> Result<(), Fault> {
    c.prepare_cached("INSERT INTO cache_judgement (sequence) VALUES (?1)")?.execute([sequence.cast_signed()])?;
    Ok(())
}

/// Digest of what is refused at a path now.
pub(crate) fn refused(c: &Connection, path: &str) -> Result<Option<String>, Fault> {
    let mut statement = c.prepare_cached("SELECT digest FROM cache_refusal WHERE path = ?1")?;
    Ok(statement.query_row([path], |row| row.get(0)).optional()?)
}

/// Whether a path is one of a document's.
pub(crate) fn is_copy(c: &Connection, duplicate: &Duplicate) -> Result<bool, Fault> {
    let mut statement = c.prepare_cached("SELECT 1 FROM cache_copy WHERE id = ?1 AND path = ?2")?;
    Ok(statement.exists(params![duplicate.document.as_str(), duplicate.path])?)
}

/// An input was found again, whole: that nothing of it could be taken is no longer true. Says whether it had been.
pub(crate) fn forget_whole_refusal(c: &Connection, path: &str) -> Result<bool, Fault> {
    let mut statement = c.prepare_cached("DELETE FROM cache_refusal WHERE path = ?1 AND whole")?;
    Ok(statement.execute([path])? > 0)
}

/// Something was taken at a path: what was refused there before is no longer true, nor what was refused of its metadata
/// file or of an archive it lies in (what is still refused of these is noted after what was taken of them).
fn forget_refusals(c: &Connection, path: &str) -> Result<(), Fault> {
    let mut forget = c.prepare_cached("DELETE FROM cache_refusal WHERE path = ?1")?;
    forget.execute([path])?;
    forget.execute([format!("{path}.meta.json")])?;
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    if let Some(dot) = path.rfind('.').filter(|dot| *dot > name) {
        forget.execute([format!("{}.meta.json", path.get(..dot).unwrap_or_default())])?;
    }
    for (at, _) in path.match_indices('/') {
        forget.execute([path.get(..at).unwrap_or_default()])?;
    }
    Ok(())
}

/// What is cached of a document under a path.
pub(crate) fn copy(c: &Connection, id: &DocumentId, path: &str) -> Result<Option<Copy>, Fault> {
    let mut statement = c.prepare_cached(
        "SELECT document, kept, coalesce(body, '') FROM cache_copy
         WHERE id = ?1 AND path = ?2 AND document IS NOT NULL",
    )?;
    let found = statement.query_row(params![id.as_str(), path], |row| {
        Ok(Copy { document: row.get::<_, i64>(0)?.unsigned_abs(), kept: row.get(1)?, body: row.get(2)? })
    });
    Ok(found.optional()?)
}

/// What stands for a document now.
pub(crate) fn current(c: &Connection, id: &DocumentId) -> Result<Option<Current>, Fault> {
    let mut statement = c.prepare_cached(
        "SELECT number, path, document, kept, reading, reader, indexed FROM cache_document WHERE id = ?1",
    )?;
    let found = statement.query_row([id.as_str()], |row| {
        Ok(Current {
            number: row.get(0)?,
            path: row.get(1)?,
            document: row.get::<_, i64>(2)?.unsigned_abs(),
            kept: index::digest(row, 3)?,
            reading: row.get::<_, i64>(4)?.unsigned_abs(),
            reader: row.get(5)?,
            indexed: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
        })
    });
    Ok(found.optional()?)
}

/// The reader of the newest reading of a document.
pub(crate) fn newest_reader(c: &Connection, id: &DocumentId) -> Result<Option<String>, Fault> {
    let mut statement = c.prepare_cached(
        "SELECT reader FROM cache_copy WHERE id = ?1 AND reading IS NOT NULL ORDER BY reading DESC LIMIT 1",
    )?;
    Ok(statement.query_row([id.as_str()], |row| row.get(0)).optional()?)
}

/// Chooses again what stands for each of some documents and brings the index to it. The steps are taken one after the
/// other for all documents, because other work between two sentences makes the index write itself out.
pub(crate) fn settle(c: &Connection, ids: &BTreeSet<DocumentId>, at_hand: &AtHand<'_>) -> Result<(), Fault> {
    let mut changed = Vec::new();
    for id in ids {
        let indexed = current(c, id)?.and_then(|before| before.indexed);
        choose(c, id)?;
        changed.extend(current(c, id)?.filter(|now| indexed != Some(now.reading)));
    }
    for now in &changed {
        if let Some(indexed) = now.indexed {
            let (document, reading) = opened(c, indexed)?;
            index::remove(c, now.number, &document, &reading)?;
        }
    }
    let mut counts = Vec::with_capacity(changed.len());
    for now in &changed {
        let from_log;
        let (document, reading) = match at_hand.get(&now.reading) {
            Some(pair) => *pair,
            None => {
                from_log = log::open_pair(&log::pair(c, now.document, now.reading)?)?;
                (&from_log.0, &from_log.1)
            }
        };
        counts.push((index::add(c, now.number, document, reading)?, reading.statements.len()));
    }
    let mut note = c.prepare_cached(
        "UPDATE cache_document SET indexed = reading, sentences = ?2, statements = ?3 WHERE number = ?1",
    )?;
    for (now, (sentences, statements)) in changed.iter().zip(counts) {
        note.execute(params![now.number, sentences.cast_signed(), statements.cast_signed()])?;
    }
    Ok(())
}

/// The smallest path among those that the newest reader read, with the newest entry there.
fn choose(c: &Connection, id: &DocumentId) -> Result<(), Fault> {
    let Some(reader) = newest_reader(c, id)? else { return Ok(()) };
    c.prepare_cached(
        "INSERT INTO cache_document (id, path, document, kept, reading, reader, sentences, statements)
         SELECT id, path, document, kept, reading, reader, 0, 0 FROM cache_copy
         WHERE id = ?1 AND reading IS NOT NULL AND reader = ?2 ORDER BY path LIMIT 1
         ON CONFLICT (id) DO UPDATE SET path = excluded.path, document = excluded.document, kept = excluded.kept,
             reading = excluded.reading, reader = excluded.reader",
    )?
    .execute([id.as_str(), &reader])?;
    Ok(())
}

/// The document and the reading of a reading's entry.
fn opened(c: &Connection, reading: u64) -> Result<(Document, Reading), Fault> {
    let head: ReadingHead = log::entry_of(c, reading, Kind::Reading)?.open()?;
    log::open_pair(&log::pair(c, head.document_entry, reading)?)
}
