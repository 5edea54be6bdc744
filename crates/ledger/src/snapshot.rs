//! Everything a ledger holds, put together from the log by what the cache knows. Bodies are fetched by one thread and
//! opened by several, in an order that depends on nothing but the log; the end is sorted by what was read.

use crate::error::Fault;
use crate::index::digest;
use crate::log::{self, Entry, Kind, StoredRefusals};
use rashomon_core::{Document, Duplicate, Judgement, Reading, Refusal, Snapshot};
use rusqlite::Connection;
use std::thread;

/// How much a ledger holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Sentences of their newest readings.
    pub sentences: u64,
    /// Statements of their newest readings.
    pub statements: u64,
    /// Copies.
    pub duplicates: u64,
    /// Inputs, or parts of inputs, that could not be taken.
    pub refusals: u64,
    /// Judgements.
    pub judgements: u64,
}

/// Documents that are fetched before they are opened; bounds what stands packed in memory.
const BATCH: usize = 512;

pub(crate) fn snapshot(c: &Connection) -> Result<Snapshot, Fault> {
    let mut snapshot = Snapshot {
        refusals: refusals(c)?,
        duplicates: duplicates(c)?,
        judgements: judgements(c)?,
        ..Snapshot::of(documents(c)?)
    };
    snapshot.sort();
    Ok(snapshot)
}

fn documents(c: &Connection) -> Result<Vec<(Document, Reading)>, Fault> {
    let chosen: Vec<(i64, i64)> = c
        .prepare_cached("SELECT document, reading FROM cache_document ORDER BY document")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut documents = Vec::with_capacity(chosen.len());
    for batch in chosen.chunks(BATCH) {
        let mut pairs = Vec::with_capacity(batch.len());
        for (document, reading) in batch {
            pairs.push(log::pair(c, document.unsigned_abs(), reading.unsigned_abs())?);
        }
        open_all(&pairs, &mut documents)?;
    }
    Ok(documents)
}

/// Opens pairs of entries on as many threads as are of use, keeping their order.
fn open_all(pairs: &[(Entry, Entry)], into: &mut Vec<(Document, Reading)>) -> Result<(), Fault> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
    let share = pairs.len().div_ceil(threads).max(16);
    if pairs.len() <= share {
        for pair in pairs {
            into.push(log::open_pair(pair)?);
        }
        return Ok(());
    }
    let parts: Vec<Result<Vec<_>, Fault>> = thread::scope(|scope| {
        let open = |part: &[(Entry, Entry)]| part.iter().map(log::open_pair).collect();
        let running: Vec<_> = pairs.chunks(share).map(|part| scope.spawn(move || open(part))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    for part in parts {
        into.append(&mut part?);
    }
    Ok(())
}

fn refusals(c: &Connection) -> Result<Vec<Refusal>, Fault> {
    let mut all = Vec::new();
    for sequence in sequences(c, "SELECT sequence FROM cache_refusal ORDER BY sequence")? {
        let stored: StoredRefusals = log::entry_of(c, sequence, Kind::Refusal)?.open()?;
        all.extend(stored.refusals);
    }
    Ok(all)
}

fn duplicates(c: &Connection) -> Result<Vec<Duplicate>, Fault> {
    let mut statement = c.prepare_cached(
        "SELECT copy.path, copy.id FROM cache_copy AS copy LEFT JOIN cache_document AS own ON own.id = copy.id
         WHERE own.path IS NOT copy.path",
    )?;
    let rows = statement.query_map([], |row| Ok(Duplicate { path: row.get(0)?, document: digest(row, 1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn judgements(c: &Connection) -> Result<Vec<Judgement>, Fault> {
    let mut all = Vec::new();
    for sequence in sequences(c, "SELECT sequence FROM cache_judgement ORDER BY sequence")? {
        let judgement: Judgement = log::entry_of(c, sequence, Kind::Judgement)?.open()?;
        all.push(Judgement { sequence, ..judgement });
    }
    Ok(all)
}

/// Place of the last entry, and the judgements after an entry if nothing else stands after it.
pub(crate) fn judged_since(c: &Connection, sequence: u64) -> Result<(u64, Option<Vec<Judgement>>), Fault> {
    let last = log::last(c)?;
    let others: i64 = c
        .prepare_cached("SELECT count(*) FROM log WHERE sequence > ?1 AND kind <> ?2")?
        .query_row((sequence.cast_signed(), Kind::Judgement.as_str()), |row| row.get(0))?;
    if others > 0 || sequence > last {
        return Ok((last, None));
    }
    let judgement = |sequence| {
        let judgement: Judgement = log::entry_of(c, sequence, Kind::Judgement)?.open()?;
        Ok(Judgement { sequence, ..judgement })
    };
    Ok((last, Some((sequence + 1..=last).map(judgement).collect::<Result<_, Fault>>()?)))
}

fn sequences(c: &Connection, query: &str) -> Result<Vec<u64>, Fault> {
    let mut statement = c.prepare_cached(query)?;
    let rows = statement.query_map([], |row| row.get::<_, i64>(0).map(i64::unsigned_abs))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn counts(c: &Connection) -> Result<Counts, Fault> {
    let mut statement = c.prepare_cached(
        "SELECT count(*), coalesce(sum(sentences), 0), coalesce(sum(statements), 0),
             (SELECT count(*) FROM cache_copy AS copy LEFT JOIN cache_document AS own ON own.id = copy.id
              WHERE own.path IS NOT copy.path),
             (SELECT coalesce(sum(count), 0) FROM cache_refusal), (SELECT count(*) FROM cache_judgement)
         FROM cache_document",
    )?;
    let counts = statement.query_row([], |row| {
        let number = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
        Ok(Counts {
            documents: number(0)?,
            sentences: number(1)?,
            statements: number(2)?,
            duplicates: number(3)?,
            refusals: number(4)?,
            judgements: number(5)?,
        })
    })?;
    Ok(counts)
}
