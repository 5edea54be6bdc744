//! Reads databases of the Discourse Network Analyzer (version 3, a SQLite file): documents, coded statements with all their
//! values, entities with their attributes, coders, and what else stands in it. The file is only looked into.
//!
//! It stands here because the only SQL of the program is in this crate (see `docs/decisions/0006-dna-in-the-ledger.md`). What
//! the words mean to a debate is decided elsewhere; here every row is read and what cannot be used is named.

use crate::error::{Error, ErrorKind};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What one database holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dna {
    /// Version of the program that wrote it, if it says so.
    pub version: Option<String>,
    /// Documents by number.
    pub documents: Vec<DnaDocument>,
    /// Coded statements by number.
    pub statements: Vec<DnaStatement>,
    /// Everything else, table by table, each row as column and value: coders (without passwords), kinds of statement, variables,
    /// entities, attributes, settings.
    pub tables: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    /// What could not be carried over, in words for a person.
    pub left: Vec<String>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnaDocument {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Who wrote it; empty where unknown, as are the next ones.
    pub author: String,
    /// Where it was published.
    pub source: String,
    /// Section of the source.
    pub section: String,
    /// Kind of document.
    pub kind: String,
    /// Notes of the coders.
    pub notes: String,
    /// Name of the coder who added it.
    pub coder: String,
    /// Seconds since 1 January 1970, UTC.
    pub date: i64,
}

/// A coded statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DnaStatement {
    /// Its number.
    pub id: i64,
    /// Number of its document.
    pub document: i64,
    /// Name of its kind.
    pub kind: String,
    /// Name of its coder.
    pub coder: String,
    /// First UTF-16 unit of its words in the document's text.
    pub start: i64,
    /// UTF-16 unit behind its words.
    pub stop: i64,
    /// Variables with their values, in order of the variables.
    pub values: Vec<(String, String)>,
}

/// The tables that hold what is read, with the column by which each is told.
const TABLES: &[&str] = &[
    "ATTRIBUTEVALUES",
    "ATTRIBUTEVARIABLES",
    "CODERRELATIONS",
    "CODERS",
    "DATABOOLEAN",
    "DATAINTEGER",
    "DATALONGTEXT",
    "DATASHORTTEXT",
    "DOCUMENTS",
    "ENTITIES",
    "REGEXES",
    "SETTINGS",
    "STATEMENTS",
    "STATEMENTTYPES",
    "VARIABLELINKS",
    "VARIABLES",
];
/// Those without which it is no such database.
const NEEDED: &[&str] =
    &["DOCUMENTS", "STATEMENTS", "STATEMENTTYPES", "VARIABLES", "ENTITIES", "DATASHORTTEXT", "DATABOOLEAN"];

/// Reads a database.
pub fn read(path: &Path) -> Result<Dna, Error> {
    if !path.is_file() {
        let words = format!("There is no file {}. Check the path.", path.display());
        return Err(Error::new(ErrorKind::Missing, words));
    }
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        Ok(connection)
    };
    let told = |error: rusqlite::Error| about(&error, path);
    let connection = open().map_err(told)?;
    let names = tables(&connection).map_err(told)?;
    if let Some(missing) = NEEDED.iter().find(|name| !names.contains(**name)) {
        return Err(foreign(path, &format!("it has no table {missing}")));
    }
    gather(&connection, &names).map_err(told)
}

fn tables(c: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement = c.prepare("SELECT upper(name) FROM sqlite_master WHERE type = 'table'")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}

/// A row by column and value, all as words.
type Fields = BTreeMap<String, String>;

/// Every row of a table, by number where it has one. Tables are those of the list above, so the name needs no quoting.
fn all(c: &Connection, table: &str) -> rusqlite::Result<Vec<Fields>> {
    let mut statement = c.prepare(&format!("SELECT * FROM {table} ORDER BY rowid"))?;
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let fields = |row: &Row<'_>| {
        let mut found = Fields::new();
        for (n, column) in columns.iter().enumerate() {
            if let Some(value) = words(row.get_ref(n)?) {
                found.insert(column.clone(), value);
            }
        }
        Ok(found)
    };
    let rows = statement.query_map([], fields)?;
    rows.collect()
}

fn words(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(n) => Some(n.to_string()),
        ValueRef::Real(x) => Some(x.to_string()),
        ValueRef::Text(text) | ValueRef::Blob(text) => Some(String::from_utf8_lossy(text).into_owned()),
    }
}

fn text(fields: &Fields, column: &str) -> String {
    fields.get(column).cloned().unwrap_or_default()
}

fn number(fields: &Fields, column: &str) -> Option<i64> {
    fields.get(column)?.parse().ok()
}

/// Rows of a table by their numbers, with one of their columns.
fn named(rows: &[Fields], column: &str) -> BTreeMap<i64, String> {
    rows.iter().filter_map(|row| Some((number(row, "ID")?, text(row, column)))).collect()
}

fn gather(c: &Connection, names: &BTreeSet<String>) -> rusqlite::Result<Dna> {
    let mut rows: BTreeMap<String, Vec<Fields>> = BTreeMap::new();
    for table in TABLES.iter().filter(|t| names.contains(**t)) {
        rows.insert((*table).to_owned(), all(c, table)?);
    }
    let mut dna = Dna::default();
    let strange: Vec<&str> = names
        .iter()
        .filter(|n| !TABLES.contains(&n.as_str()) && !n.starts_with("SQLITE_"))
        .map(String::as_str)
        .collect();
    if !strange.is_empty() {
        dna.left.push(format!("tables that are not known: {}", strange.join(", ")));
    }
    if let Some(coders) = rows.get_mut("CODERS") {
        let secret = coders.iter_mut().filter_map(|coder| coder.remove("Password")).count();
        if secret > 0 {
            dna.left.push(format!("the passwords of {secret} coders"));
        }
    }
    let of = |table: &str| rows.get(table).map_or(&[][..], Vec::as_slice);
    let settings = of("SETTINGS").iter().find(|row| text(row, "Property") == "version");
    dna.version = settings.map(|row| text(row, "Value"));
    let (coders, kinds) = (named(of("CODERS"), "Name"), named(of("STATEMENTTYPES"), "Label"));
    let name = |all: &BTreeMap<i64, String>, row: &Fields, column: &str| {
        number(row, column).and_then(|id| all.get(&id).cloned()).unwrap_or_default()
    };
    for row in of("DOCUMENTS") {
        let Some(id) = number(row, "ID") else { continue };
        dna.documents.push(DnaDocument {
            id,
            title: text(row, "Title"),
            text: text(row, "Text"),
            author: text(row, "Author"),
            source: text(row, "Source"),
            section: text(row, "Section"),
            kind: text(row, "Type"),
            notes: text(row, "Notes"),
            coder: name(&coders, row, "Coder"),
            date: number(row, "Date").unwrap_or_default(),
        });
    }
    let mut values = values(&rows);
    let known: BTreeSet<i64> = dna.documents.iter().map(|d| d.id).collect();
    for row in of("STATEMENTS") {
        let Some(id) = number(row, "ID") else { continue };
        let document = number(row, "DocumentId").unwrap_or_default();
        if !known.contains(&document) {
            values.remove(&id);
            dna.left.push(format!("statement {id}, whose document {document} is not there"));
            continue;
        }
        dna.statements.push(DnaStatement {
            id,
            document,
            kind: name(&kinds, row, "StatementTypeId"),
            coder: name(&coders, row, "Coder"),
            start: number(row, "Start").unwrap_or_default(),
            stop: number(row, "Stop").unwrap_or_default(),
            values: values.remove(&id).unwrap_or_default().into_values().collect(),
        });
    }
    if !values.is_empty() {
        dna.left.push(format!("values of {} statements that are not there", values.len()));
    }
    let kept = |name: &String| {
        !["DOCUMENTS", "STATEMENTS", "DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT", "DATASHORTTEXT"]
            .contains(&name.as_str())
    };
    dna.tables = rows.into_iter().filter(|(name, _)| kept(name)).collect();
    Ok(dna)
}

/// The values of each statement by the number of their variable: a name with a value.
type Values = BTreeMap<i64, BTreeMap<i64, (String, String)>>;

fn values(rows: &BTreeMap<String, Vec<Fields>>) -> Values {
    let of = |table: &str| rows.get(table).map_or(&[][..], Vec::as_slice);
    let (variables, entities) = (named(of("VARIABLES"), "Variable"), named(of("ENTITIES"), "Value"));
    let mut all = Values::new();
    for (table, kind) in
        [("DATASHORTTEXT", "entity"), ("DATALONGTEXT", "text"), ("DATABOOLEAN", "boolean"), ("DATAINTEGER", "integer")]
    {
        for row in of(table) {
            let (Some(statement), Some(variable)) = (number(row, "StatementId"), number(row, "VariableId")) else {
                continue;
            };
            let value = match kind {
                "entity" => number(row, "Entity").and_then(|id| entities.get(&id).cloned()).unwrap_or_default(),
                "boolean" => (if number(row, "Value") == Some(0) { "false" } else { "true" }).to_owned(),
                _ => text(row, "Value"),
            };
            let name = variables.get(&variable).cloned().unwrap_or_else(|| format!("variable {variable}"));
            all.entry(statement).or_default().insert(variable, (name, value));
        }
    }
    all
}

fn foreign(path: &Path, why: &str) -> Error {
    let words = format!(
        "{} is no database of the Discourse Network Analyzer, version 3: {why}. Files of version 2 are opened and saved in version 3 first.",
        path.display()
    );
    Error::new(ErrorKind::NotALedger, words)
}

fn about(error: &rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => foreign(path, "it is no database at all"),
        Some(ErrorCode::DatabaseCorrupt) => {
            let words =
                format!("{} is damaged ({error}). Nothing of it was taken; go back to a copy of it.", path.display());
            Error::new(ErrorKind::Damaged, words)
        }
        _ => {
            let words = format!("{} cannot be read: {error}. Nothing of it was taken.", path.display());
            Error::new(ErrorKind::Other, words)
        }
    }
}
