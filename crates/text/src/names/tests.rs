//! The tests that stand in the data files: rows of spellings of one name, and of names that are two.

use super::{CAN_BE, Name, SAME, Schema, compare};
use serde::Deserialize;

#[derive(Deserialize)]
struct Pairs {
    person: Group,
    organisation: Group,
}

#[derive(Deserialize)]
struct Group {
    same: Vec<String>,
    can_be: Vec<String>,
    two: Vec<String>,
}

#[derive(Deserialize)]
struct Organisations {
    test: Vec<Rows>,
}

#[derive(Deserialize)]
struct Rows {
    same: Vec<String>,
    different: Vec<String>,
}

/// Every pair of a row whose score is outside a range.
fn outside(row: &str, schema: Schema, from: f32, to: f32) -> Vec<String> {
    let names: Vec<&str> = row.split(" | ").collect();
    let mut found = Vec::new();
    for (n, a) in names.iter().enumerate() {
        for b in names.iter().skip(n + 1) {
            let told = compare(a, b, schema);
            let back = compare(b, a, schema);
            assert!((told.score - back.score).abs() < 1e-4, "{a} and {b}: {} and {}", told.score, back.score);
            if told.score < from || told.score >= to {
                found.push(format!("{a} | {b}: {:.2}: {}", told.score, told.reasons.join("; ")));
            }
        }
    }
    found
}

#[test]
fn spellings_are_one_and_namesakes_two() {
    let pairs: Pairs = toml::from_str(include_str!("../../data/pairs.toml")).unwrap();
    let organisations: Organisations = toml::from_str(include_str!("../../data/organisations.toml")).unwrap();
    let mut wrong = Vec::new();
    for (group, schema) in [(&pairs.person, Schema::Person), (&pairs.organisation, Schema::Organisation)] {
        wrong.extend(group.same.iter().flat_map(|row| outside(row, schema, SAME, 1.1)));
        wrong.extend(group.can_be.iter().flat_map(|row| outside(row, schema, CAN_BE, SAME)));
        wrong.extend(group.two.iter().flat_map(|row| outside(row, schema, 0.0, SAME)));
    }
    for rows in &organisations.test {
        wrong.extend(rows.same.iter().flat_map(|row| outside(row, Schema::Organisation, SAME, 1.1)));
        wrong.extend(rows.different.iter().flat_map(|row| outside(row, Schema::Organisation, 0.0, SAME)));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn equal_names_are_one_whatever_they_are_made_of() {
    for name in ["Anne Lowry", "A", "12", "The Captain", "Ministry of the Interior", "RNLI", "孫文", "安 重根", "Ltd"]
    {
        for schema in [Schema::Person, Schema::Organisation, Schema::Unknown] {
            let found = compare(name, name, schema);
            let least = if name.len() > 2 && name != "The Captain" && name != "Ltd" { 0.95 } else { 0.0 };
            assert!(found.score >= least, "{name} as {schema:?}: {found:?}");
        }
    }
}

#[test]
fn any_text_is_compared_without_harm() {
    let long = "Al ".repeat(300);
    for name in ["", " , ", "...", "abd", "Abu", "al", "ibn", "\u{0}\u{202e}", "É", long.as_str()] {
        for other in ["Anne Lowry", "", name] {
            for schema in [Schema::Person, Schema::Organisation, Schema::Unknown] {
                let score = Name::new(name, schema).score(&Name::new(other, schema));
                assert!((0.0..=1.0).contains(&score), "{name:?} {other:?} {score}");
            }
        }
    }
}
