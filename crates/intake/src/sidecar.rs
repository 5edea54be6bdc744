//! The metadata file beside a document. What a person wrote there goes before everything the document says of itself;
//! a mistake in it costs the metadata, never the document.

use crate::dates;
use rashomon_core::Metadata;
use serde::Deserialize;
use serde_json::Value;

/// What the names of metadata files end with.
pub const ENDING: &str = ".meta.json";

/// A metadata file beside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sidecar {
    /// Its name, without folders.
    pub name: String,
    /// Its bytes; empty where it cannot be read.
    pub bytes: Vec<u8>,
}

impl Sidecar {
    /// Its name in the ledger beside a document of this name.
    pub fn beside(&self, document: &str) -> String {
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder.is_empty() { self.name.clone() } else { format!("{folder}/{}", self.name) }
    }
}

/// Fields as people write them. Unknown fields are let through: the file may serve other tools too.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    title: Option<String>,
    authors: Names,
    author: Names,
    publisher: Option<String>,
    date: Option<Value>,
    language: Option<String>,
    url: Option<String>,
}

/// One name or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    Several(Vec<String>),
    One(String),
    Absent(()),
}

impl Default for Names {
    fn default() -> Names {
        Names::Absent(())
    }
}

impl Names {
    fn list(self) -> Option<Vec<String>> {
        match self {
            Names::Several(names) => Some(names),
            Names::One(name) => Some(vec![name]),
            Names::Absent(()) => None,
        }
    }
}

/// Whether a file of this name is a metadata file.
pub fn is_sidecar(name: &str) -> bool {
    name.to_lowercase().ends_with(ENDING)
}

/// Names under which the metadata file of a document may stand beside it, the more exact one first:
/// `letter.txt.meta.json`, `letter.meta.json`.
pub fn names_for(name: &str) -> [String; 2] {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
    [format!("{name}{ENDING}"), format!("{folder}{slash}{stem}{ENDING}")]
}

/// Puts what a metadata file says over what is known. Fails with the reason, and nothing changed, where it is not JSON
/// of the expected shape.
pub fn apply(bytes: &[u8], metadata: &mut Metadata) -> Result<(), String> {
    if bytes.is_empty() {
        return Err("it is empty or cannot be read".into());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|e| format!("it is no JSON: {e}"))?;
    if !value.is_object() {
        return Err("it is no JSON object".into());
    }
    let given: Fields = serde_json::from_value(value).map_err(|e| e.to_string())?;
    let date = given.date.filter(|d| !d.is_null()).map(|d| d.as_str().map_or_else(|| d.to_string(), str::to_owned));
    let understood = date.as_deref().map(edtf);
    let set = |slot: &mut Option<String>, value: Option<String>| {
        if let Some(value) = value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()) {
            *slot = Some(value);
        }
    };
    set(&mut metadata.title, given.title);
    set(&mut metadata.publisher, given.publisher);
    set(&mut metadata.date, understood.clone().flatten());
    set(&mut metadata.language, given.language);
    set(&mut metadata.url, given.url);
    if let Some(authors) = given.authors.list().or(given.author.list()) {
        metadata.authors = authors.into_iter().map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()).collect();
    }
    match (date, understood) {
        (Some(date), Some(None)) => Err(format!("`date` is {date:?}, which is no EDTF date; write it as 1921-05-03")),
        _ => Ok(()),
    }
}

/// A date as EDTF: kept where it is written with EDTF's characters, translated where it is an unambiguous date.
fn edtf(date: &str) -> Option<String> {
    let date = date.trim();
    let signs = |c: char| c.is_ascii_digit() || "XYESTZ?~%/.,-:+{}[]".contains(c);
    let shape = date.chars().all(signs) && date.starts_with(|c: char| c.is_ascii_digit() || "Y-X.[{/".contains(c));
    let years = date.split(|c: char| !(c.is_ascii_digit() || c == 'X')).any(|part| part.len() >= 4);
    let slashes = date.contains('/') && !date.split('/').all(|part| part.len() >= 4 || part.is_empty() || part == "..");
    if shape && years && !slashes { Some(date.to_owned()) } else { dates::any(date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_fields_win_and_absent_ones_stay() {
        let mut metadata = Metadata { title: Some("old".into()), language: Some("en".into()), ..Metadata::default() };
        let json = r#"{"title": "The Mill", "authors": ["A. Miller"], "date": 1921, "language": null, "shelf": 4}"#;
        apply(json.as_bytes(), &mut metadata).unwrap();
        assert_eq!(metadata.title.as_deref(), Some("The Mill"));
        assert_eq!(metadata.authors, ["A. Miller"]);
        assert_eq!((metadata.date.as_deref(), metadata.language.as_deref()), (Some("1921"), Some("en")));
        apply(br#"{"author": "One Hand"}"#, &mut metadata).unwrap();
        assert_eq!(metadata.authors, ["One Hand"]);
    }

    #[test]
    fn bad_json_changes_nothing() {
        let mut metadata = Metadata::default();
        for bad in ["{", "[]", r#"{"title": 5}"#, "", r#"{"date": []}"#, r#"{"date": "03/04/1921"}"#] {
            assert!(apply(bad.as_bytes(), &mut metadata).is_err(), "{bad}");
        }
        assert_eq!(metadata, Metadata::default());
    }

    #[test]
    fn dates_are_edtf_or_become_it() {
        for (given, date) in [
            ("1921-05~", "1921-05~"),
            ("1921/1923", "1921/1923"),
            ("../1923", "../1923"),
            ("192X", "192X"),
            ("May 3, 1921", "1921-05-03"),
            ("Y-10000", "Y-10000"),
        ] {
            assert_eq!(edtf(given).as_deref(), Some(date));
        }
        for given in ["03/04/1921", "last week", "5"] {
            assert_eq!(edtf(given), None, "{given}");
        }
    }

    #[test]
    fn both_names_are_looked_for() {
        assert_eq!(names_for("a/b.c.txt"), ["a/b.c.txt.meta.json", "a/b.c.meta.json"]);
        assert_eq!(names_for("letter"), ["letter.meta.json", "letter.meta.json"]);
        assert!(is_sidecar("x/B.META.json") && !is_sidecar("meta.json"));
    }
}
