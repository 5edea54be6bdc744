//! A person's own lists (pairs of names, verdicts, known actors, marked forms): opened in one way, with one set of words for
//! what is wrong with the file.

use crate::error::Error;
use std::path::Path;

/// An error about a file.
pub fn told(path: &Path, what: impl std::fmt::Display) -> Error {
    Error::said(format!("{}: {what}", path.display()))
}

/// The text of a file.
pub fn text_of(path: &Path) -> Result<String, Error> {
    let bytes = std::fs::read(path).map_err(|e| told(path, format!("the file could not be opened: {e}.")))?;
    let text =
        String::from_utf8(bytes).map_err(|_| told(path, "the file is not UTF-8. Save it in UTF-8 and try again."))?;
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// A reader of comma-separated values, whose rows may differ in length.
pub fn csv_of(text: &str, headers: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().flexible(true).has_headers(headers).trim(csv::Trim::All).from_reader(text.as_bytes())
}

/// Why a row could not be read.
pub fn unreadable(error: &csv::Error) -> String {
    format!("could not be read as CSV: {error}. Save it as CSV in UTF-8 and try again.")
}

/// The place of a column by its name; capitals do not count.
pub fn column(header: &csv::StringRecord, name: &str) -> Option<usize> {
    header.iter().position(|h| h.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_column_and_a_bad_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, "\u{feff}ID, Name\n1,x,y\n").unwrap();
        let text = text_of(&path).unwrap();
        let mut reader = csv_of(&text, true);
        let header = reader.headers().unwrap().clone();
        assert_eq!((column(&header, "id"), column(&header, "NAME"), column(&header, "x")), (Some(0), Some(1), None));
        assert_eq!(reader.records().count(), 1);
        std::fs::write(&path, b"Ann\xe9").unwrap();
        assert!(text_of(&path).unwrap_err().to_string().contains("list.csv: the file is not UTF-8"));
        assert!(text_of(&folder.path().join("none.csv")).unwrap_err().to_string().contains("none.csv"));
    }
}
