//! A person's list of concepts from a file: TOML, or CSV with the columns name, patterns, against, without and parent, where
//! `;` stands between patterns.

use crate::error::Error;
use crate::lists;
use rashomon_core::Judgement;
use rashomon_derive::discourse::{CONCEPTS, ConceptList, Written};
use std::path::Path;

/// The list in a file.
pub fn of_file(path: &Path) -> Result<ConceptList, Error> {
    let text = lists::text_of(path)?;
    let is_csv = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    let list = if is_csv {
        ConceptList::of(of_csv(&text).map_err(|e| lists::told(path, e))?)
    } else {
        ConceptList::parse(&text)
    };
    list.map_err(|e| lists::told(path, e))
}

fn of_csv(text: &str) -> Result<Vec<Written>, String> {
    let mut reader = lists::csv_of(text, true);
    let header = reader.headers().map_err(|e| lists::unreadable(&e))?.clone();
    let Some(name) = lists::column(&header, "name") else {
        return Err(
            "the first line must name the columns: name, patterns and, if wanted, against, without, parent.".into()
        );
    };
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| lists::unreadable(&e))?;
        let cell = |column: &str| lists::column(&header, column).and_then(|n| record.get(n)).unwrap_or_default();
        let many =
            |column: &str| cell(column).split(';').map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect();
        all.push(Written {
            name: record.get(name).unwrap_or_default().to_owned(),
            patterns: many("patterns"),
            against: many("against"),
            without: many("without"),
            parent: Some(cell("parent").to_owned()).filter(|p| !p.is_empty()),
        });
    }
    Ok(all)
}

/// The row that keeps a list in the ledger, in the place of the one before.
pub fn row(list: &ConceptList, by: &str, note: &str) -> Judgement {
    Judgement {
        sequence: 0,
        agent: by.to_owned(),
        verdict: CONCEPTS.to_owned(),
        target: CONCEPTS.to_owned(),
        words: list.to_toml(),
        note: note.to_owned(),
        ..Judgement::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_csv_give_the_same_list_and_faults_name_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            of_file(&path).map_err(|e| e.to_string())
        };
        let toml = write(
            "a.toml",
            "[[concept]]\nname = \"lamps\"\npatterns = [\"lamp\", \"light* .. burn\"]\nagainst = [\"without lamp\"]\nparent = \"signs\"\n",
        );
        let csv = write("a.csv", "name,patterns,against,parent\nlamps,lamp; light* .. burn,without lamp,signs\n");
        assert_eq!(toml.clone().unwrap(), csv.unwrap());
        assert_eq!(ConceptList::parse(&row(&toml.unwrap(), "Reed", "").words).unwrap().concepts().len(), 1);
        assert!(write("b.csv", "patterns\nlamp\n").unwrap_err().contains("b.csv"));
        assert!(write("b.toml", "[[concept]]\nname = \"\"\n").unwrap_err().contains("b.toml"));
    }
}
