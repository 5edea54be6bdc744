//! Opening a file as a ledger. Nothing is changed before it is certain that the file is ours and that this program
//! knows its form; a file that cannot be used is told apart by why, because each why has another remedy.

use crate::error::{Error, ErrorKind, Fault, about_io, not_a_ledger, read_only};
use crate::lock::{NoLock, WriterLock, beside};
use crate::schema::{APPLICATION, FORM, migrate};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for somebody who is only just at it, e.g. a reader that tidies up.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a file turns out to be.
enum Kind {
    /// A database in which nothing has been made yet.
    Blank,
    /// A ledger of this form.
    Ledger(i64),
    /// A database of another program.
    Foreign,
}

/// Opens for writing; the lock must outlive the connection.
pub(crate) fn for_writing(path: &Path) -> Result<(Connection, Option<WriterLock>), Error> {
    let place = real_place(path)?;
    let lock = match WriterLock::take(&place) {
        Ok(lock) => Some(lock),
        Err(NoLock::Unknown) => None,
        Err(NoLock::Held(process)) => return Err(held(path, process)),
        Err(NoLock::Io(error)) => return Err(about_io(&error, path)),
    };
    let told = |fault: Fault| fault.about(path);
    let (mut connection, kind) = attempt(&place, WRITE | OpenFlags::SQLITE_OPEN_CREATE).map_err(told)?;
    match kind {
        Kind::Foreign => return Err(foreign(path)),
        Kind::Ledger(form) if form > FORM => return Err(newer(path, form)),
        Kind::Ledger(_) | Kind::Blank => {}
    }
    if connection.is_readonly("main").map_err(|e| told(e.into()))? {
        return Err(read_only(path, "the file is read-only"));
    }
    write_safely(&mut connection).map_err(told)?;
    Ok((connection, lock))
}

/// Opens to look, without making or changing anything but SQLite's own two files beside the ledger.
pub(crate) fn for_looking(path: &Path) -> Result<Connection, Error> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing(path)),
        Ok(found) if found.is_dir() => return Err(not_a_ledger(path, "a folder")),
        _ => {}
    }
    let place = real_place(path)?;
    let (connection, kind) = look(&place).map_err(|fault| unfinished(fault, &place, path))?;
    match kind {
        Kind::Foreign => Err(foreign(path)),
        Kind::Blank => Err(Error::new(
            ErrorKind::Missing,
            format!("{} is empty: nothing has been kept in it yet. Read documents into it first.", path.display()),
        )),
        Kind::Ledger(form) if form > FORM => Err(newer(path, form)),
        Kind::Ledger(form) if form < FORM => {
            drop(connection);
            drop(for_writing(path)?);
            look(&place).map(|(connection, _)| connection).map_err(|fault| fault.about(path))
        }
        Kind::Ledger(_) => Ok(connection),
    }
}

/// Opens in the best way the place allows. A connection that may write tidies up SQLite's own files when it closes as
/// the last; it is not written with all the same. Where those files cannot even be made (a read-only disk), the ledger
/// is opened as one that cannot change, if no writer has left something beside it that would be overlooked then.
fn look(place: &Path) -> Result<(Connection, Kind), Fault> {
    match attempt(place, WRITE) {
        Err(fault) if fault.is_about_access() && !has_unfinished(place) => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            attempt(Path::new(&unchanging(place)), flags)
        }
        result => result,
    }
}

/// To read and write; SQLite falls back to reading where the file may not be written.
const WRITE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE;

/// Opens a database and finds out what it is, without changing it.
fn attempt(name: &Path, flags: OpenFlags) -> Result<(Connection, Kind), Fault> {
    let connection = Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Closing a database of another program must not finish what that program left unfinished.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // A ledger may come from anybody: nothing in it may run, and a malformed page is an error at once.
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA recursive_triggers = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -64000;",
    )?;
    let kind = kind(&connection)?;
    if !matches!(kind, Kind::Foreign) {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    }
    Ok((connection, kind))
}

fn kind(connection: &Connection) -> Result<Kind, Fault> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, form) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM main.sqlite_schema", [], |row| row.get(0))?;
    Ok(match application {
        APPLICATION => Kind::Ledger(form),
        0 if form == 0 && tables == 0 => Kind::Blank,
        _ => Kind::Foreign,
    })
}

/// A write-ahead log, so that others may look meanwhile, written through to the disk at every commit.
fn write_safely(connection: &mut Connection) -> Result<(), Fault> {
    // Only of a new file. Most entries are a few kilobytes long; smaller pages leave much of themselves empty.
    connection.pragma_update(None, "page_size", 8192)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    migrate(connection)?;
    Ok(())
}

/// The file's own place: absolute, so that no name means something special to SQLite, and without links, so that one
/// ledger has one lock.
fn real_place(path: &Path) -> Result<PathBuf, Error> {
    if path.is_dir() {
        return Err(not_a_ledger(path, "a folder"));
    }
    if let Ok(place) = fs::canonicalize(path) {
        return Ok(place);
    }
    let absolute = std::path::absolute(path).map_err(|e| about_io(&e, path))?;
    let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(not_a_ledger(path, "no name of a file"));
    };
    match fs::canonicalize(folder) {
        Ok(folder) => Ok(folder.join(name)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::new(
            ErrorKind::Missing,
            format!(
                "{} cannot be made, because there is no folder {}. Make the folder first, or name another place.",
                path.display(),
                folder.display()
            ),
        )),
        Err(error) => Err(about_io(&error, path)),
    }
}

fn has_unfinished(place: &Path) -> bool {
    fs::metadata(beside(place, "-wal")).is_ok_and(|found| found.len() > 0)
}

/// The file's name as a URI that promises SQLite that the file does not change.
fn unchanging(place: &Path) -> OsString {
    let mut uri = String::from("file:");
    for byte in place.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri.into()
}

fn unfinished(fault: Fault, place: &Path, path: &Path) -> Error {
    if !(fault.is_about_access() && has_unfinished(place)) {
        return fault.about(path);
    }
    let words = format!(
        "{} cannot be opened here: its last writer was cut off, what it kept stands in {} beside it, and neither can \
         be written. Copy both into a folder where you may write and open the copy.",
        path.display(),
        beside(path, "-wal").display()
    );
    Error::new(ErrorKind::ReadOnly, words)
}

fn missing(path: &Path) -> Error {
    let words = format!(
        "There is no ledger {}. Read documents into it first, or name the ledger that you mean.",
        path.display()
    );
    Error::new(ErrorKind::Missing, words)
}

fn held(path: &Path, process: Option<u32>) -> Error {
    let who = process.map(|number| format!(" (process {number})")).unwrap_or_default();
    let words = format!(
        "{} is being written by another Rashomon{who}. Wait until it has finished, or keep this in another ledger; \
         looking into it is possible meanwhile.",
        path.display()
    );
    Error::new(ErrorKind::InUse, words)
}

fn foreign(path: &Path) -> Error {
    not_a_ledger(path, "a database of another program")
}

fn newer(path: &Path, form: i64) -> Error {
    let words = format!(
        "{} was written by a newer Rashomon (form {form} of the ledger; this one knows forms up to {FORM}). Nothing was \
         changed. Open it with the newer program.",
        path.display()
    );
    Error::new(ErrorKind::Newer, words)
}
