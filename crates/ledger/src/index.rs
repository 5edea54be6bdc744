//! The search index: every sentence of the newest readings, folded, in SQLite's full-text index, which holds no text of
//! its own. Sentences without a statement are indexed too, so that "nothing found" can say whether the words stand
//! somewhere where no statement was read.

use crate::error::Fault;
use crate::words::{fold, match_expression, terms};
use rashomon_core::{Digest, Document, DocumentId, Reading, Span, StatementId};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// A sentence that answers a search, with the statements that stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// The sentence.
    pub sentence: Span,
    /// Statements that stand in the sentence.
    pub statements: Vec<StatementId>,
}

/// What a search looked for and where, so that an empty answer is an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// The words and phrases looked for, as typed; empty where the query holds no word.
    pub terms: Vec<String>,
    /// Number of documents searched.
    pub documents: u64,
    /// Number of sentences searched.
    pub sentences: u64,
    /// Sentences that hold all the words but in which no statement was read, and which are therefore no hits.
    pub without_statement: u64,
}

/// A line of the index.
struct Line {
    span: Span,
    words: String,
    statements: String,
}

/// The lines of a reading, by place. Sentences that only statements name are lines too.
fn lines(document: &Document, reading: &Reading) -> Vec<Line> {
    let mut parts: BTreeMap<Span, &[Span]> = BTreeMap::new();
    for sentence in &reading.sentences {
        parts.insert(sentence.span, &sentence.parts);
    }
    let mut statements: BTreeMap<Span, Vec<&str>> = BTreeMap::new();
    for statement in &reading.statements {
        statements.entry(statement.sentence()).or_default().push(statement.id().as_str());
        parts.entry(statement.sentence()).or_default();
    }
    let words_at = |span: Span| fold(span.of(&document.text).unwrap_or_default());
    let line = |(span, parts): (Span, &[Span])| Line {
        span,
        words: match parts {
            [] => words_at(span),
            parts => parts.iter().map(|p| words_at(*p)).collect::<Vec<_>>().join(" "),
        },
        statements: statements.get(&span).map(|ids| ids.join(" ")).unwrap_or_default(),
    };
    parts.into_iter().map(line).collect()
}

/// Adds a reading's sentences under a document's number; returns how many there are.
pub(crate) fn add(c: &Connection, number: i64, document: &Document, reading: &Reading) -> Result<usize, Fault> {
    // Not one statement with RETURNING: it would make the index write itself out after every sentence.
    let mut sentence =
        c.prepare_cached("INSERT INTO cache_sentence (document, start, end, statements) VALUES (?1, ?2, ?3, ?4)")?;
    let mut words = c.prepare_cached("INSERT INTO cache_words (rowid, words) VALUES (?1, ?2)")?;
    let lines = lines(document, reading);
    for line in &lines {
        sentence.execute(params![number, line.span.start, line.span.end, line.statements])?;
        words.execute(params![c.last_insert_rowid(), line.words])?;
    }
    Ok(lines.len())
}

/// Takes out what [`add`] put in for the same document and reading: an index without text must be told what it forgets.
pub(crate) fn remove(c: &Connection, number: i64, document: &Document, reading: &Reading) -> Result<(), Fault> {
    let rows: Vec<i64> = c
        .prepare_cached("SELECT number FROM cache_sentence WHERE document = ?1 ORDER BY number")?
        .query_map([number], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut words =
        c.prepare_cached("INSERT INTO cache_words (cache_words, rowid, words) VALUES ('delete', ?1, ?2)")?;
    for (row, line) in rows.iter().zip(lines(document, reading)) {
        words.execute(params![row, line.words])?;
    }
    c.prepare_cached("DELETE FROM cache_sentence WHERE document = ?1")?.execute([number])?;
    Ok(())
}

/// A found sentence with what it is sorted by.
struct Found {
    score: f64,
    path: String,
    hit: Hit,
}

/// Sentences that hold all terms of a query: best first (BM25), then by path and place.
pub(crate) fn search(c: &Connection, query: &str) -> Result<(Vec<Hit>, Searched), Fault> {
    let terms = terms(query);
    let (documents, sentences): (i64, i64) = c
        .prepare_cached("SELECT count(*), coalesce(sum(sentences), 0) FROM cache_document")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut found = if terms.is_empty() { Vec::new() } else { matches(c, &match_expression(&terms))? };
    let all = found.len();
    found.retain(|f| !f.hit.statements.is_empty());
    found.sort_by(|a, b| {
        let place = |f: &Found| (f.hit.sentence.start, f.hit.sentence.end);
        a.score
            .total_cmp(&b.score)
            .then_with(|| (&a.path, &a.hit.document).cmp(&(&b.path, &b.hit.document)))
            .then_with(|| place(a).cmp(&place(b)))
    });
    let searched = Searched {
        terms,
        documents: documents.unsigned_abs(),
        sentences: sentences.unsigned_abs(),
        without_statement: (all - found.len()) as u64,
    };
    Ok((found.into_iter().map(|f| f.hit).collect(), searched))
}

fn matches(c: &Connection, expression: &str) -> Result<Vec<Found>, Fault> {
    let mut statement = c.prepare_cached(
        "SELECT bm25(cache_words), d.path, d.id, s.start, s.end, s.statements
         FROM cache_words
         JOIN cache_sentence AS s ON s.number = cache_words.rowid
         JOIN cache_document AS d ON d.number = s.document
         WHERE cache_words MATCH ?1",
    )?;
    let rows = statement.query_map([expression], |row| {
        let ids = |text: String| text.split(' ').filter_map(Digest::parse).collect::<Vec<_>>();
        Ok(Found {
            score: row.get(0)?,
            path: row.get(1)?,
            hit: Hit {
                document: digest(row, 2)?,
                sentence: Span { start: row.get(3)?, end: row.get(4)? },
                statements: ids(row.get(5)?),
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A column that holds a digest.
pub(crate) fn digest(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    let text: String = row.get(column)?;
    Digest::parse(&text).ok_or(rusqlite::Error::InvalidColumnType(column, "digest".into(), rusqlite::types::Type::Text))
}
