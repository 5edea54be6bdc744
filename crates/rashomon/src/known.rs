//! A person's own list of actors: CSV, or JSON as an array or one object a line. The fields of FollowTheMoney entities and of
//! what the query service of Wikidata saves are understood beside plain ones.

use crate::error::Error;
use crate::lists;
use rashomon_derive::resolve::{Authority, Known};
use rashomon_text::names::Schema;
use serde_json::Value;
use std::path::Path;

const IDS: &[&str] = &["id", "item", "qid"];
const NAMES: &[&str] = &["name", "label", "itemlabel", "caption"];
const ALIASES: &[&str] = &["aliases", "alias", "altlabel", "itemaltlabel", "weakalias", "previousname"];
const SCHEMAS: &[&str] = &["schema", "kind", "type"];

/// The list in a file, and what is wrong with entries that were left out.
pub fn read(path: &Path) -> Result<(Authority, Vec<String>), Error> {
    let text = lists::text_of(path)?;
    let told = |what: String| lists::told(path, what);
    let (entries, wrong) = match text.trim_start().starts_with(['[', '{']) {
        true => of_json(&text).map_err(told)?,
        false => of_csv(&text).map_err(told)?,
    };
    let wrong = wrong.into_iter().map(|why| format!("{}: {why}", path.display())).collect();
    Ok((Authority::new(entries), wrong))
}

type Entries = (Vec<Known>, Vec<String>);

fn of_csv(text: &str) -> Result<Entries, String> {
    let mut reader = lists::csv_of(text, true);
    let header = reader.headers().map_err(|e| format!("the file {}", lists::unreadable(&e)))?.clone();
    let columns = |names: &[&str]| -> Vec<usize> {
        let is_one = |h: &str| names.iter().any(|n| h.eq_ignore_ascii_case(n));
        header.iter().enumerate().filter(|(_, h)| is_one(h)).map(|(n, _)| n).collect()
    };
    if columns(IDS).is_empty() || columns(NAMES).is_empty() {
        return Err("the first line must name the columns id and name (and aliases, schema, if wanted).".into());
    }
    let (mut entries, mut wrong) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                wrong.push(format!("a line {}", lists::unreadable(&e)));
                continue;
            }
        };
        let cells =
            |names: &[&str]| columns(names).into_iter().filter_map(|n| record.get(n)).map(str::to_owned).collect();
        match entry(cells(IDS), cells(NAMES), cells(ALIASES), cells(SCHEMAS)) {
            Some(known) => entries.push(known),
            None => wrong.push(format!(
                "line {}: an id or a name is missing.",
                record.position().map_or(0, csv::Position::line)
            )),
        }
    }
    Ok((entries, wrong))
}

fn of_json(text: &str) -> Result<Entries, String> {
    let mut all = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value.map_err(|e| format!("the file is no JSON, neither an array nor one object a line: {e}."))? {
            Value::Array(items) => all.extend(items),
            // What a SPARQL service saves.
            Value::Object(mut object) => match object.get_mut("results").and_then(|r| r.get_mut("bindings")) {
                Some(Value::Array(items)) => all.append(items),
                _ => all.push(Value::Object(object)),
            },
            other => all.push(other),
        }
    }
    let (mut entries, mut wrong) = (Vec::new(), Vec::new());
    for (number, value) in all.iter().enumerate() {
        let fields = |names: &[&str]| -> Vec<String> {
            let sources = [Some(value), value.get("properties")];
            let objects = sources.into_iter().flatten().filter_map(Value::as_object);
            let named = objects.flatten().filter(|(name, _)| names.iter().any(|n| name.eq_ignore_ascii_case(n)));
            named.flat_map(|(_, value)| words(value)).collect()
        };
        match entry(fields(IDS), fields(NAMES), fields(ALIASES), fields(SCHEMAS)) {
            Some(known) => entries.push(known),
            None => wrong.push(format!("entry {}: an id or a name is missing.", number + 1)),
        }
    }
    Ok((entries, wrong))
}

/// The words of a value: a string, several, or an object that holds one as `value`.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(all) => all.iter().flat_map(words).collect(),
        Value::Object(object) => object.get("value").map(words).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn entry(ids: Vec<String>, names: Vec<String>, aliases: Vec<String>, schemas: Vec<String>) -> Option<Known> {
    let id = ids.into_iter().find(|id| !id.is_empty())?;
    // Services give an item by its address; people know it by the last part.
    let id = id.rsplit_once("/entity/").map_or(id.clone(), |(_, last)| last.to_owned());
    let aliases = aliases.iter().flat_map(|a| a.split([';', '|'])).map(|a| a.trim().to_owned());
    let names: Vec<String> = names.into_iter().chain(aliases).filter(|n| !n.is_empty()).collect();
    let schema = Schema::named(schemas.first().map_or("", String::as_str));
    (!names.is_empty()).then_some(Known { id, schema, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(entries: Result<Entries, String>) -> (Vec<(String, String)>, Vec<String>) {
        let (entries, wrong) = entries.unwrap();
        (entries.into_iter().map(|k| (k.id, k.names.join(", "))).collect(), wrong)
    }

    #[test]
    fn csv_and_three_sorts_of_json_give_ids_and_names() {
        let want = |id: &str, names: &str| (id.to_owned(), names.to_owned());
        let (found, wrong) = told(of_csv("ID,Name,Aliases,schema\n7,Anne Lowry,Nan; A. Lowry,Person\n8,,,\n"));
        assert_eq!(found, [want("7", "Anne Lowry, Nan, A. Lowry")]);
        assert_eq!(wrong, ["line 3: an id or a name is missing."]);
        let money = r#"{"id":"e1","schema":"Person","properties":{"name":["Anne Lowry"],"alias":["Nan"]}}"#;
        assert_eq!(told(of_json(money)).0, [want("e1", "Anne Lowry, Nan")]);
        let items =
            r#"[{"item":"http://a.example/entity/Q5","itemLabel":"Tom Reed","itemAltLabel":"T. Reed|Reed"}, 3]"#;
        let (found, wrong) = told(of_json(items));
        assert_eq!(found, [want("Q5", "Tom Reed, T. Reed, Reed")]);
        assert_eq!(wrong, ["entry 2: an id or a name is missing."]);
        let service = r#"{"results":{"bindings":[{"item":{"value":"http://a.example/entity/Q6"},"itemLabel":{"value":"Hull"}}]}}"#;
        assert_eq!(told(of_json(service)).0, [want("Q6", "Hull")]);
        assert!(of_json("{\"id\": ").is_err() && of_csv("a,b\n1,2\n").is_err());
    }
}
