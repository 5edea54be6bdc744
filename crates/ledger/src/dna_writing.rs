//! Writes databases that the Discourse Network Analyzer (version 3) opens: documents, coded statements with their values,
//! entities, coders. Here for the reason for which they are read here: the only SQL of the program is in this crate.
//!
//! The same work gives the same bytes. Nobody's password is known here, and that program wants one for each coder; it is the
//! word [`PASSWORD`], to be changed there.

use crate::dna::{Dna, DnaStatement};
use crate::error::{Error, ErrorKind};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The password of every coder in a database that is written.
pub const PASSWORD: &str = "rashomon";
/// Its digest as that program keeps it: 16 bytes of salt, then SHA-256 100,000 times over, in base 64.
const DIGEST: &str = "JNMvqG/azhiot8C/fDurBm5avQn0WR9JIvc/cLtTYsOUwj+9vNKeCQN615c2aYcu";
/// Letters of a title, a name or a short text at most.
const SHORT: usize = 190;

const SCHEMA: &str = "
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL CHECK (LENGTH(Name) < 191),
  Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0,
  Refresh INTEGER NOT NULL DEFAULT 0, FontSize INTEGER NOT NULL DEFAULT 14,
  Password TEXT NOT NULL CHECK (LENGTH(Password) < 191), PopupWidth INTEGER DEFAULT 300,
  ColorByCoder INTEGER NOT NULL DEFAULT 0, PopupDecoration INTEGER NOT NULL DEFAULT 0,
  PopupAutoComplete INTEGER NOT NULL DEFAULT 1, PermissionAddDocuments INTEGER NOT NULL DEFAULT 1,
  PermissionEditDocuments INTEGER NOT NULL DEFAULT 1, PermissionDeleteDocuments INTEGER NOT NULL DEFAULT 1,
  PermissionImportDocuments INTEGER NOT NULL DEFAULT 1, PermissionAddStatements INTEGER NOT NULL DEFAULT 1,
  PermissionEditStatements INTEGER NOT NULL DEFAULT 1, PermissionDeleteStatements INTEGER NOT NULL DEFAULT 1,
  PermissionEditAttributes INTEGER NOT NULL DEFAULT 1, PermissionEditRegex INTEGER NOT NULL DEFAULT 1,
  PermissionEditStatementTypes INTEGER NOT NULL DEFAULT 1, PermissionEditCoders INTEGER NOT NULL DEFAULT 1,
  PermissionEditCoderRelations INTEGER NOT NULL DEFAULT 1, PermissionViewOthersDocuments INTEGER NOT NULL DEFAULT 1,
  PermissionEditOthersDocuments INTEGER NOT NULL DEFAULT 1, PermissionViewOthersStatements INTEGER NOT NULL DEFAULT 1,
  PermissionEditOthersStatements INTEGER NOT NULL DEFAULT 1);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL CHECK (LENGTH(Title) < 191), Text TEXT NOT NULL,
  Coder INTEGER, Author TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Author) < 191),
  Source TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Source) < 191), Section TEXT NOT NULL DEFAULT '', Notes TEXT NOT NULL DEFAULT '',
  Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL, FOREIGN KEY(Coder) REFERENCES CODERS(ID) ON DELETE CASCADE);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL CHECK (LENGTH(Label) < 191),
  Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL CHECK (LENGTH(Variable) < 191),
  DataType TEXT NOT NULL DEFAULT 'short text', StatementTypeId INTEGER,
  FOREIGN KEY(StatementTypeId) REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE, UNIQUE (Variable, StatementTypeId));
CREATE TABLE VARIABLELINKS(ID INTEGER NOT NULL PRIMARY KEY, SourceVariableId INTEGER, TargetVariableId INTEGER,
  CHECK (TargetVariableId != SourceVariableId), FOREIGN KEY(SourceVariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE,
  FOREIGN KEY(TargetVariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE);
CREATE TABLE REGEXES(Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), Red INTEGER NOT NULL DEFAULT 0,
  Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0);
CREATE TABLE CODERRELATIONS(ID INTEGER NOT NULL PRIMARY KEY, Coder INTEGER CHECK(Coder > 0), OtherCoder INTEGER CHECK(OtherCoder > 0),
  viewStatements INTEGER NOT NULL DEFAULT 1, editStatements INTEGER NOT NULL DEFAULT 1, viewDocuments INTEGER NOT NULL DEFAULT 1,
  editDocuments INTEGER NOT NULL DEFAULT 1, CHECK (Coder != OtherCoder),
  FOREIGN KEY(Coder) REFERENCES CODERS(ID) ON DELETE CASCADE, FOREIGN KEY(OtherCoder) REFERENCES CODERS(ID) ON DELETE CASCADE);
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER,
  Start INTEGER NOT NULL CHECK(Start >= 0), Stop INTEGER NOT NULL CHECK(Stop >= 0), Coder INTEGER, CHECK (Start < Stop),
  FOREIGN KEY(StatementTypeId) REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE,
  FOREIGN KEY(Coder) REFERENCES CODERS(ID) ON DELETE CASCADE, FOREIGN KEY(DocumentId) REFERENCES DOCUMENTS(ID) ON DELETE CASCADE);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
  Value INTEGER NOT NULL DEFAULT 1, FOREIGN KEY(StatementId) REFERENCES STATEMENTS(ID) ON DELETE CASCADE,
  FOREIGN KEY(VariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE, UNIQUE (StatementId, VariableId));
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
  Value INTEGER NOT NULL DEFAULT 0, FOREIGN KEY(StatementId) REFERENCES STATEMENTS(ID) ON DELETE CASCADE,
  FOREIGN KEY(VariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE, UNIQUE (StatementId, VariableId));
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL,
  Value TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Value) < 191), Red INTEGER, Green INTEGER, Blue INTEGER,
  ChildOf INTEGER CHECK(ChildOf > 0), UNIQUE (VariableId, Value), FOREIGN KEY(ChildOf) REFERENCES ENTITIES(ID) ON DELETE CASCADE,
  FOREIGN KEY(VariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
  Entity INTEGER NOT NULL, FOREIGN KEY(StatementId) REFERENCES STATEMENTS(ID) ON DELETE CASCADE,
  FOREIGN KEY(VariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE, FOREIGN KEY(Entity) REFERENCES ENTITIES(ID) ON DELETE CASCADE,
  UNIQUE (StatementId, VariableId));
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
  Value TEXT DEFAULT '', FOREIGN KEY(StatementId) REFERENCES STATEMENTS(ID) ON DELETE CASCADE,
  FOREIGN KEY(VariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE, UNIQUE (StatementId, VariableId));
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL,
  AttributeVariable TEXT NOT NULL CHECK (LENGTH(AttributeVariable) < 191), UNIQUE(VariableId, AttributeVariable),
  FOREIGN KEY(VariableId) REFERENCES VARIABLES(ID) ON DELETE CASCADE);
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER NOT NULL, AttributeVariableId INTEGER NOT NULL,
  AttributeValue TEXT NOT NULL DEFAULT '' CHECK (LENGTH(AttributeValue) < 191), UNIQUE (EntityId, AttributeVariableId),
  FOREIGN KEY(EntityId) REFERENCES ENTITIES(ID) ON DELETE CASCADE,
  FOREIGN KEY(AttributeVariableId) REFERENCES ATTRIBUTEVARIABLES(ID) ON DELETE CASCADE);
";

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Boolean,
    Integer,
    Short,
    Long,
}

impl Holds {
    fn as_str(self) -> &'static str {
        match self {
            Holds::Boolean => "boolean",
            Holds::Integer => "integer",
            Holds::Short => "short text",
            Holds::Long => "long text",
        }
    }
}

/// Writes a database to a path where nothing is. Of `tables` only what the kinds' variables hold is looked at.
pub fn write(path: &Path, dna: &Dna) -> Result<(), Error> {
    if path.exists() {
        return Err(Error::new(ErrorKind::Other, format!("{} is there already.", path.display())));
    }
    let work = || -> rusqlite::Result<()> {
        let mut connection = Connection::open(path)?;
        let writing = connection.transaction()?;
        writing.execute_batch(SCHEMA)?;
        fill(&writing, dna)?;
        writing.commit()
    };
    work().map_err(|error| {
        let kind = match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => ErrorKind::Full,
            _ => ErrorKind::Other,
        };
        Error::new(kind, format!("{} cannot be written: {error}.", path.display()))
    })
}

/// A name, title or value of which only so much can be kept.
fn short(text: &str) -> String {
    text.chars().take(SHORT).collect()
}

fn fill(c: &Connection, dna: &Dna) -> rusqlite::Result<()> {
    c.execute("INSERT INTO SETTINGS VALUES ('version', '3.0.7'), ('date', '2022-06-10')", [])?;
    let mut names: BTreeSet<&str> = dna.statements.iter().map(|s| s.coder.as_str()).collect();
    names.extend(dna.documents.iter().map(|d| d.coder.as_str()));
    names.remove("Admin");
    let coders: BTreeMap<&str, i64> = std::iter::once("Admin").chain(names).zip(1..).collect();
    for (name, id) in &coders {
        c.execute("INSERT INTO CODERS (ID, Name, Password) VALUES (?1, ?2, ?3)", params![id, short(name), DIGEST])?;
    }
    let ids: Vec<i64> = coders.values().copied().collect();
    for coder in &ids {
        for other in ids.iter().filter(|other| *other != coder) {
            c.execute("INSERT INTO CODERRELATIONS (Coder, OtherCoder) VALUES (?1, ?2)", params![coder, other])?;
        }
    }
    let coder = |name: &str| coders.get(name).copied().unwrap_or(1);
    for d in &dna.documents {
        let texts = params![
            d.id,
            short(&d.title),
            d.text,
            coder(&d.coder),
            short(&d.author),
            short(&d.source),
            short(&d.section),
            d.notes,
            short(&d.kind),
            d.date
        ];
        c.execute("INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", texts)?;
    }
    let kinds = kinds(dna);
    let mut variables: BTreeMap<(&str, &str), (i64, Holds)> = BTreeMap::new();
    for (id, (kind, of)) in (1..).zip(&kinds) {
        c.execute(
            "INSERT INTO STATEMENTTYPES (ID, Label, Red, Green, Blue) VALUES (?1, ?2, 239, 208, 51)",
            params![id, short(kind)],
        )?;
        for (name, holds) in of {
            let number = variables.len() as i64 + 1;
            let row = params![number, short(name), holds.as_str(), id];
            c.execute("INSERT INTO VARIABLES (ID, Variable, DataType, StatementTypeId) VALUES (?1, ?2, ?3, ?4)", row)?;
            variables.insert((*kind, *name), (number, *holds));
        }
    }
    let kind_of: BTreeMap<&str, i64> = kinds.keys().copied().zip(1..).collect();
    let mut entities = Entities::default();
    for s in &dna.statements {
        let kind = kind_of.get(s.kind.as_str()).copied();
        let row = params![s.id, kind, s.document, s.start, s.stop, coder(&s.coder)];
        c.execute("INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row)?;
        for (name, holds) in kinds.get(s.kind.as_str()).into_iter().flatten() {
            if let Some((variable, _)) = variables.get(&(s.kind.as_str(), *name)) {
                set(c, s, name, *variable, *holds, &mut entities)?;
            }
        }
    }
    Ok(())
}

/// The entities that stand already, by variable and value.
type Entities = BTreeMap<(i64, String), i64>;

/// Every statement has a value of every variable of its kind; what was not said is empty.
fn set(
    c: &Connection,
    s: &DnaStatement,
    name: &str,
    variable: i64,
    holds: Holds,
    entities: &mut Entities,
) -> rusqlite::Result<()> {
    let value = s.values.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    match holds {
        Holds::Boolean => {
            let yes = i64::from(is_yes(value).unwrap_or(true));
            c.execute(
                "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?1, ?2, ?3)",
                params![s.id, variable, yes],
            )
        }
        Holds::Integer => {
            let number: i64 = value.trim().parse().unwrap_or_default();
            c.execute(
                "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (?1, ?2, ?3)",
                params![s.id, variable, number],
            )
        }
        Holds::Long => c.execute(
            "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (?1, ?2, ?3)",
            params![s.id, variable, value],
        ),
        Holds::Short => {
            let next = entities.len() as i64 + 1;
            let key = (variable, short(value));
            let entity = match entities.get(&key) {
                Some(known) => *known,
                None => {
                    c.execute(
                        "INSERT INTO ENTITIES (ID, VariableId, Value, Red, Green, Blue) VALUES (?1, ?2, ?3, 0, 0, 0)",
                        params![next, variable, key.1],
                    )?;
                    entities.insert(key, next);
                    next
                }
            };
            c.execute(
                "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?1, ?2, ?3)",
                params![s.id, variable, entity],
            )
        }
    }?;
    Ok(())
}

/// Yes and no in the ways in which they are written.
fn is_yes(value: &str) -> Option<bool> {
    match value {
        "true" | "agree" | "yes" => Some(true),
        "false" | "disagree" | "no" => Some(false),
        _ => None,
    }
}

/// The kinds of statement with what their variables hold: as the database said from which they came, else by their values.
fn kinds(dna: &Dna) -> BTreeMap<&str, Vec<(&str, Holds)>> {
    let rows = |table: &str| dna.tables.get(table).map_or(&[][..], Vec::as_slice);
    let label = |id: &str| rows("STATEMENTTYPES").iter().find(|r| r.get("ID").is_some_and(|n| n == id))?.get("Label");
    let told = |kind: &str, name: &str| {
        let own = rows("VARIABLES").iter().find(|row| {
            row.get("Variable").is_some_and(|v| v == name)
                && row.get("StatementTypeId").and_then(|id| label(id)).is_some_and(|l| l == kind)
        })?;
        let holds = [Holds::Boolean, Holds::Integer, Holds::Short, Holds::Long];
        holds.into_iter().find(|h| own.get("DataType").is_some_and(|d| d == h.as_str()))
    };
    let mut all: BTreeMap<&str, Vec<(&str, Vec<&str>)>> = BTreeMap::new();
    for statement in &dna.statements {
        let of = all.entry(&statement.kind).or_default();
        for (name, value) in &statement.values {
            match of.iter_mut().find(|(known, _)| known == name) {
                Some((_, values)) => values.push(value),
                None => of.push((name, vec![value])),
            }
        }
    }
    let holds = |kind: &str, name: &str, values: &[&str]| {
        let fits = |holds: Holds| match holds {
            Holds::Boolean => values.iter().all(|v| is_yes(v).is_some()),
            Holds::Integer => values.iter().all(|v| v.trim().parse::<i64>().is_ok()),
            Holds::Short => values.iter().all(|v| v.chars().count() <= SHORT),
            Holds::Long => true,
        };
        let by_values = [Holds::Boolean, Holds::Integer, Holds::Short].into_iter().find(|h| fits(*h));
        told(kind, name).filter(|h| fits(*h)).or(by_values).unwrap_or(Holds::Long)
    };
    all.into_iter()
        .map(|(kind, of)| (kind, of.into_iter().map(|(name, values)| (name, holds(kind, name, &values))).collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dna::{DnaDocument, read};

    fn worked() -> Dna {
        let document = |id: i64, title: &str| DnaDocument {
            id,
            title: title.into(),
            text: "The weir held. The lamps burned.".into(),
            author: "Ann Lowry".into(),
            source: "The Mill Gazette".into(),
            section: String::new(),
            kind: String::new(),
            notes: "dated by hand".into(),
            coder: "Tom Reed".into(),
            date: 86_400,
        };
        let statement = |id: i64, kind: &str, values: &[(&str, &str)]| DnaStatement {
            id,
            document: 1,
            kind: kind.into(),
            coder: if id == 1 { "Tom Reed".into() } else { "program".into() },
            start: 4,
            stop: 8,
            values: values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        };
        let long = "so ".repeat(100);
        let mut dna = Dna {
            documents: vec![document(1, "A letter"), document(2, "Another")],
            statements: vec![
                statement(
                    1,
                    "Claim",
                    &[("actor", "Mill"), ("concept", "weir"), ("agreement", "agree"), ("note", &long)],
                ),
                statement(
                    2,
                    "Claim",
                    &[("actor", "Guild"), ("concept", "weir"), ("agreement", "disagree"), ("note", "")],
                ),
                statement(3, "Remark", &[("strength", "-2"), ("year", "1904")]),
            ],
            ..Dna::default()
        };
        let row = |pairs: &[(&str, &str)]| pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        dna.tables.insert("STATEMENTTYPES".into(), vec![row(&[("ID", "7"), ("Label", "Remark")])]);
        let year = row(&[("Variable", "year"), ("StatementTypeId", "7"), ("DataType", "short text")]);
        dna.tables.insert("VARIABLES".into(), vec![year]);
        dna
    }

    #[test]
    fn what_is_written_reads_back_the_same_and_the_same_work_gives_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one.dna"), folder.path().join("other.dna"));
        let dna = worked();
        write(&one, &dna).unwrap();
        write(&other, &dna).unwrap();
        assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&other).unwrap());
        assert!(write(&one, &dna).unwrap_err().to_string().contains("there already"));
        let back = read(&one).unwrap();
        assert_eq!(back.documents, dna.documents);
        let sides = |all: &[DnaStatement]| -> Vec<DnaStatement> {
            let mut all = all.to_vec();
            for (_, value) in all.iter_mut().flat_map(|s| &mut s.values) {
                *value = match value.as_str() {
                    "agree" => "true".into(),
                    "disagree" => "false".into(),
                    other => other.to_owned(),
                };
            }
            all
        };
        assert_eq!(sides(&back.statements), sides(&dna.statements));
        let holds: Vec<String> =
            back.tables["VARIABLES"].iter().map(|v| format!("{} {}", v["Variable"], v["DataType"])).collect();
        assert_eq!(
            holds,
            [
                "actor short text",
                "concept short text",
                "agreement boolean",
                "note long text",
                "strength integer",
                "year short text"
            ]
        );
    }
}
