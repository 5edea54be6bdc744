//! The laws of the house, held by tests: who may know whom, what each file begins with, what is documented. They read
//! the project's own files, so that the map in ARCHITECTURE.md stays true.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Who may know whom. `dev-dependencies` are free: a test may look wherever it likes.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("core", &[]),
    ("intake", &["core"]),
    ("read", &["text", "core"]),
    ("ledger", &["core"]),
    ("derive", &["text", "core"]),
    ("rashomon", &["text", "core", "intake", "read", "ledger", "derive"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Files with an extension below a folder, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
            let name = entry.file_name().unwrap().to_string_lossy().into_owned();
            if entry.is_dir() && !["target", "node_modules", ".git"].contains(&name.as_str()) {
                open.push(entry);
            } else if entry.extension().is_some_and(|e| e == extension) {
                found.push(entry);
            }
        }
    }
    found.sort();
    found
}

fn crates() -> Vec<String> {
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|e| e.unwrap().path());
    let mut names: Vec<String> = folders
        .filter(|p| p.join("Cargo.toml").exists())
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The names under `[dependencies]` of a crate's manifest.
fn dependencies(name: &str) -> Vec<String> {
    let manifest = read(&root().join("crates").join(name).join("Cargo.toml"));
    let table: toml::Table = manifest.parse().unwrap();
    let sections = ["dependencies", "build-dependencies"];
    sections.iter().filter_map(|s| table.get(*s)?.as_table()).flat_map(|t| t.keys().cloned()).collect()
}

#[test]
fn crates_know_only_whom_they_may() {
    let known: Vec<String> = crates();
    let mut listed: Vec<String> = MAY_KNOW.iter().map(|(name, _)| name.to_string()).collect();
    listed.sort();
    assert_eq!(known, listed, "a new crate must be given its place in the star");
    for (name, may) in MAY_KNOW {
        for dependency in dependencies(name) {
            if let Some(neighbour) = dependency.strip_prefix("rashomon-") {
                assert!(
                    may.contains(&neighbour),
                    "{name} knows its neighbour {neighbour}; nouns that both need go to core"
                );
            }
        }
    }
}

/// The modules that a crate's root declares, in order.
fn modules(root_file: &str) -> Vec<String> {
    root_file
        .lines()
        .filter_map(|l| l.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub ").strip_prefix("mod "))
        .filter_map(|rest| rest.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn modules_use_only_those_above_them() {
    for name in crates() {
        let source = root().join("crates").join(&name).join("src");
        let top = ["lib.rs", "main.rs"].iter().map(|f| source.join(f)).find(|p| p.exists()).unwrap();
        let order = modules(&read(&top));
        for (rank, module) in order.iter().enumerate() {
            let mut own = vec![source.join(format!("{module}.rs"))];
            if source.join(module).is_dir() {
                own.extend(files(&source.join(module), "rs"));
            }
            for file in own.iter().filter(|f| f.exists()) {
                let text = read(file);
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                for lower in order.iter().skip(rank + 1) {
                    for shape in [format!("crate::{lower}::"), format!("crate::{lower};"), format!("crate::{lower}(")] {
                        let used = code.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(&shape));
                        assert!(
                            !used,
                            "{} uses {lower}, which stands below {module} in {}",
                            file.display(),
                            top.display()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_source_file_begins_with_what_it_decides() {
    for name in crates() {
        for file in files(&root().join("crates").join(&name), "rs") {
            let text = read(&file);
            let first = text.lines().next().unwrap_or_default();
            assert!(first.starts_with("//! ") && first.len() > 20, "{} has no head", file.display());
        }
    }
}

#[test]
fn sql_stands_in_the_ledger_only() {
    for name in crates().iter().filter(|n| *n != "ledger") {
        for file in files(&root().join("crates").join(name).join("src"), "rs") {
            let text = read(&file);
            for words in ["INSERT INTO", "SELECT ", "CREATE TABLE"] {
                assert!(!text.contains(words), "{} speaks SQL", file.display());
            }
        }
    }
}

#[test]
fn no_file_names_the_machine_it_was_written_on() {
    let root = root();
    let mut all = Vec::new();
    for folder in ["crates", "docs", "scripts", "fixtures", "tests"] {
        for extension in ["rs", "toml", "md", "py", "sh", "js", "json", "css"] {
            if root.join(folder).exists() {
                all.extend(files(&root.join(folder), extension));
            }
        }
    }
    let home = ["/wo", "rk/"].concat();
    for file in all {
        assert!(!read(&file).contains(&home), "{} names a path of one machine", file.display());
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let reasons = read(&root().join("docs/decisions/dependencies.md"));
    let mut missing: BTreeMap<String, String> = BTreeMap::new();
    for name in crates() {
        for dependency in dependencies(&name).into_iter().filter(|d| !d.starts_with("rashomon-")) {
            let crates = reasons.lines().filter_map(|line| line.split('|').nth(2));
            let named = |column: &str| column.split([' ', ',', '`', '+']).any(|word| word == dependency);
            if !crates.clone().any(named) {
                missing.insert(dependency, name.clone());
            }
        }
    }
    assert!(missing.is_empty(), "docs/decisions/dependencies.md gives no reason for {missing:?}");
}

#[test]
fn every_format_reader_view_and_command_is_documented() {
    let docs = |file: &str| read(&root().join("docs").join(file));
    for format in rashomon_intake::FORMATS {
        assert!(docs("formats.md").contains(&format!("`{}`", format.name)), "docs/formats.md lacks {}", format.name);
    }
    for view in rashomon_derive::views::VIEWS {
        let page = docs("views.md");
        assert!(page.contains(&format!("## {}", view.name)), "docs/views.md lacks {}", view.name);
        for (column, _) in view.columns {
            assert!(page.contains(&format!("`{column}`")), "docs/views.md lacks the column {column} of {}", view.name);
        }
    }
}

#[test]
fn every_report_is_listed_with_its_command() {
    let list = read(&root().join("docs/reports/README.md"));
    for report in files(&root().join("docs/reports"), "md") {
        let name = report.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name == "README.md" || list.contains(&name), "docs/reports/README.md does not list {name}");
    }
}
