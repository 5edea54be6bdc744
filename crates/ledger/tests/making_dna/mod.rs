//! Makes small databases as the Discourse Network Analyzer writes them, for tests here and in the driver.

use rusqlite::Connection;
use std::path::Path;

/// Writes a small database: documents are (title, text, author, seconds since 1970).
pub fn write(path: &Path, documents: &[(&str, &str, &str, i64)], statements: &[Made<'_>]) -> Result<(), String> {
    let work = || -> rusqlite::Result<()> {
        let c = Connection::open(path)?;
        c.execute_batch(
            "CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT);
             CREATE TABLE CODERS(ID INTEGER PRIMARY KEY, Name TEXT, Password TEXT);
             CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT,
                 Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
             CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT);
             CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
             CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
                 Stop INTEGER, Coder INTEGER);
             CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, ChildOf INTEGER);
             CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
             CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
             CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
             CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
             CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY, VariableId INTEGER, AttributeVariable TEXT);
             CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY, EntityId INTEGER, AttributeVariableId INTEGER, AttributeValue TEXT);
             INSERT INTO SETTINGS VALUES ('version', '3.0.7');
             INSERT INTO CODERS VALUES (1, 'Mary Holt', 'secret'), (2, 'Tom Reed', 'secret');
             INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
             INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
                 (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2),
                 (6, 'strength', 'integer', 1);
             INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 2, 'Type');",
        )?;
        for (n, (title, text, author, date)) in documents.iter().enumerate() {
            c.execute(
                "INSERT INTO DOCUMENTS VALUES (?1, ?2, ?3, 1, ?4, 'The Mill Gazette', 'front', 'read twice', 'letter', ?5)",
                rusqlite::params![n as i64 + 1, title, text, author, date],
            )?;
        }
        for (n, made) in statements.iter().enumerate() {
            let id = n as i64 + 1;
            c.execute(
                "INSERT INTO STATEMENTS VALUES (?1, ?2, ?3, ?4, ?5, 2)",
                (id, made.kind, made.document, made.start, made.stop),
            )?;
            for (variable, value) in made.values {
                let (table, column) = match variable {
                    4 => ("DATABOOLEAN", *value == "true"),
                    5 => {
                        c.execute(
                            "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (?1, 5, ?2)",
                            (id, value),
                        )?;
                        continue;
                    }
                    6 => {
                        c.execute(
                            "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (?1, 6, ?2)",
                            (id, value.parse::<i64>().unwrap_or(0)),
                        )?;
                        continue;
                    }
                    _ => ("", false),
                };
                if table == "DATABOOLEAN" {
                    c.execute(
                        "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?1, 4, ?2)",
                        (id, column),
                    )?;
                    continue;
                }
                c.execute(
                    "INSERT INTO ENTITIES (VariableId, Value) SELECT ?1, ?2 WHERE NOT EXISTS
                         (SELECT 1 FROM ENTITIES WHERE VariableId = ?1 AND Value = ?2)",
                    (variable, value),
                )?;
                c.execute(
                    "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity)
                         SELECT ?1, ?2, ID FROM ENTITIES WHERE VariableId = ?2 AND Value = ?3",
                    (id, variable, value),
                )?;
            }
        }
        c.execute("INSERT INTO ATTRIBUTEVALUES SELECT NULL, ID, 1, 'mill' FROM ENTITIES WHERE VariableId = 2", [])?;
        Ok(())
    };
    work().map_err(|e| e.to_string())
}

/// A statement of a database made for tests.
pub struct Made<'a> {
    /// 1 or 2.
    pub kind: i64,
    /// Number of its document, from 1.
    pub document: i64,
    /// First UTF-16 unit.
    pub start: i64,
    /// Unit behind it.
    pub stop: i64,
    /// Number of a variable (1 person, 2 organization, 3 concept, 4 agreement, 5 note, 6 strength) and its value.
    pub values: &'a [(i64, &'a str)],
}
