//! The shape of the file. What is kept is one table, `log`, to which rows are added and nothing else: triggers refuse
//! every change, removal and gap. Its shape changes only through [`MIGRATIONS`], to which a release may append and in
//! which it may never edit. Everything named `cache_...` can be worked out again from the log; its shape has a version
//! of its own, and another version means that it is thrown away and built anew.

use crate::error::Fault;
use rusqlite::{Connection, OptionalExtension as _};
use rusqlite_migration::{M, Migrations};

/// Marks the file as ours in the header of the database: "Rash".
pub(crate) const APPLICATION: i64 = 0x5261_7368;

/// Version of the cache's shape and of the rules by which it is made (folding of words, choice among copies).
pub(crate) const CACHE_VERSION: i64 = 1;

/// The form of the ledger that this program writes.
pub(crate) const FORM: i64 = FORMS.len() as i64;

/// What brings the ledger from each form to the next. Form 1 belongs to release 0.1.0.
const FORMS: &[M<'static>] = &[M::up(
    "PRAGMA application_id = 0x52617368;
     CREATE TABLE log (
         sequence INTEGER PRIMARY KEY,
         kind     TEXT    NOT NULL,
         form     TEXT    NOT NULL,
         body     BLOB    NOT NULL,
         checksum INTEGER NOT NULL
     ) STRICT;
     CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
         BEGIN SELECT RAISE(ABORT, 'the log is append-only: no entry is ever changed'); END;
     CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
         BEGIN SELECT RAISE(ABORT, 'the log is append-only: no entry is ever removed'); END;
     CREATE TRIGGER log_has_no_gaps BEFORE INSERT ON log
         WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM log)
         BEGIN SELECT RAISE(ABORT, 'the log is append-only: an entry goes after the last one'); END;",
)];

const MIGRATIONS: Migrations<'static> = Migrations::from_slice(FORMS);

/// Brings a ledger to the form of this program.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    MIGRATIONS.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err,
        other => rusqlite::Error::ToSqlConversionFailure(Box::new(other)),
    })
}

/// Where cache tables live: in the ledger, or in the memory of one connection that may not write. SQLite looks for a
/// table in `temp` first, so that all other SQL is the same for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// In the file.
    Main,
    /// In memory.
    Temp,
}

impl Home {
    fn name(self) -> &'static str {
        match self {
            Home::Main => "main",
            Home::Temp => "temp",
        }
    }
}

const CACHE: &[(&str, &str)] = &[
    ("cache_state", "TABLE {} (version INTEGER NOT NULL, sequence INTEGER NOT NULL)"),
    // Every path under which a document was kept or noted; `reading` is the newest reading of the newest entry there.
    (
        "cache_copy",
        "TABLE {} (id TEXT NOT NULL, path TEXT NOT NULL, document INTEGER, kept TEXT, reading INTEGER, reader TEXT,
            body TEXT, PRIMARY KEY (id, path)) WITHOUT ROWID",
    ),
    // The one copy that stands for the document, and what of it is in the index.
    (
        "cache_document",
        "TABLE {} (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, document INTEGER NOT NULL,
            kept TEXT NOT NULL, reading INTEGER NOT NULL, reader TEXT NOT NULL, indexed INTEGER,
            sentences INTEGER NOT NULL, statements INTEGER NOT NULL)",
    ),
    // `whole`: nothing of the input could be taken; `digest`: of what is said, to say it once.
    (
        "cache_refusal",
        "TABLE {} (path TEXT PRIMARY KEY, sequence INTEGER NOT NULL, digest TEXT NOT NULL, whole INTEGER NOT NULL,
            count INTEGER NOT NULL) WITHOUT ROWID",
    ),
    ("cache_judgement", "TABLE {} (sequence INTEGER PRIMARY KEY)"),
    (
        "cache_sentence",
        "TABLE {} (number INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            statements TEXT NOT NULL)",
    ),
    (
        "cache_words",
        "VIRTUAL TABLE {} USING fts5(words, content='',
            tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")",
    ),
];

/// Makes empty cache tables.
pub(crate) fn create_cache(connection: &Connection, home: Home) -> Result<(), Fault> {
    let place = home.name();
    for (name, shape) in CACHE {
        connection.execute_batch(&format!("CREATE {}", shape.replace("{}", &format!("{place}.{name}"))))?;
    }
    connection.execute_batch(&format!(
        "CREATE INDEX {place}.cache_copy_document ON cache_copy (document);
         CREATE INDEX {place}.cache_sentence_document ON cache_sentence (document);
         INSERT INTO {place}.cache_state VALUES ({CACHE_VERSION}, 0);"
    ))?;
    Ok(())
}

/// Removes the cache tables.
pub(crate) fn drop_cache(connection: &Connection, home: Home) -> Result<(), Fault> {
    for (name, _) in CACHE {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {}.{name}", home.name()))?;
    }
    Ok(())
}

/// The last entry that the cache there takes account of; `None` where there is no cache of this program's version.
pub(crate) fn cached_to(connection: &Connection, home: Home) -> Result<Option<u64>, Fault> {
    let place = home.name();
    let there = format!("SELECT 1 FROM {place}.sqlite_schema WHERE name = 'cache_state'");
    if connection.prepare_cached(&there)?.query_row([], |_| Ok(())).optional()?.is_none() {
        return Ok(None);
    }
    let state = format!("SELECT version, sequence FROM {place}.cache_state");
    let state: Option<(i64, i64)> =
        connection.prepare_cached(&state)?.query_row([], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    Ok(state.filter(|s| s.0 == CACHE_VERSION).map(|s| s.1.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_one_entry() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "recursive_triggers", true).unwrap();
        migrate(&mut connection).unwrap();
        connection.execute("INSERT INTO log VALUES (1, 'note', 'json', x'00', 0)", []).unwrap();
        connection
    }

    #[test]
    fn the_steps_from_form_to_form_are_sound() {
        MIGRATIONS.validate().unwrap();
        let connection = with_one_entry();
        let form: i64 = connection.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
        let application: i64 = connection.pragma_query_value(None, "application_id", |r| r.get(0)).unwrap();
        assert_eq!((form, application), (FORM, APPLICATION));
    }

    #[test]
    fn the_log_refuses_everything_but_the_next_entry() {
        let connection = with_one_entry();
        for forbidden in [
            "UPDATE log SET body = x'01'",
            "UPDATE log SET sequence = 7",
            "DELETE FROM log",
            "INSERT OR REPLACE INTO log VALUES (1, 'note', 'json', x'01', 0)",
            "INSERT OR IGNORE INTO log VALUES (1, 'note', 'json', x'01', 0)",
            "INSERT INTO log VALUES (3, 'note', 'json', x'01', 0)",
            "INSERT INTO log VALUES (0, 'note', 'json', x'01', 0)",
        ] {
            let error = connection.execute(forbidden, []).unwrap_err();
            assert!(error.to_string().contains("append-only"), "{forbidden}: {error}");
        }
        connection.execute("INSERT INTO log VALUES (2, 'note', 'json', x'01', 0)", []).unwrap();
        let bodies: Vec<Vec<u8>> = connection
            .prepare("SELECT body FROM log ORDER BY sequence")
            .unwrap()
            .query_map([], |r| r.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(bodies, [vec![0], vec![1]]);
    }

    #[test]
    fn a_cache_comes_and_goes_in_either_home() {
        let connection = with_one_entry();
        for home in [Home::Main, Home::Temp] {
            assert_eq!(cached_to(&connection, home).unwrap(), None);
            create_cache(&connection, home).unwrap();
            assert_eq!(cached_to(&connection, home).unwrap(), Some(0));
            drop_cache(&connection, home).unwrap();
            assert_eq!(cached_to(&connection, home).unwrap(), None);
        }
    }
}
