//! One account as the program exported it, with the places of words in it.
//!
//! The truth names words, never offsets; here they are looked up in the exported text, any run of white space being as
//! good as one space, because a page, a word processor and a text file break their lines differently.

use serde_json::Value;
use std::ops::Range;

/// A half-open range of code points, as the export counts.
pub type Place = Range<usize>;

/// A document of the export and the records that belong to it.
pub struct Account {
    /// The `document` record.
    pub record: Value,
    /// The text, one element a code point.
    pub text: Vec<char>,
    /// The `sentence` records.
    pub sentences: Vec<Value>,
    /// The `statement` records.
    pub statements: Vec<Value>,
    /// The `quotation` records.
    pub quotations: Vec<Value>,
    /// The `mention` records.
    pub mentions: Vec<Value>,
    /// The `time` records.
    pub times: Vec<Value>,
    flat: String,
    /// For each byte of `flat` the code point of `text` it comes from.
    origin: Vec<usize>,
}

impl Account {
    /// A document with its records out of all records of an export.
    pub fn new(record: &Value, all: &[Value]) -> Account {
        let id = &record["id"];
        let of = |kind: &str| all.iter().filter(|r| r["type"] == kind && r["document"] == *id).cloned().collect();
        let text: Vec<char> = record["text"].as_str().expect("the export has the text").chars().collect();
        let (mut flat, mut origin) = (String::new(), Vec::new());
        for (at, c) in text.iter().enumerate() {
            let c = if c.is_whitespace() { ' ' } else { *c };
            if c != ' ' || !flat.ends_with(' ') {
                flat.push(c);
                origin.resize(flat.len(), at);
            }
        }
        let (sentences, statements, quotations) = (of("sentence"), of("statement"), of("quotation"));
        let (mentions, times) = (of("mention"), of("time"));
        Account { record: record.clone(), text, sentences, statements, quotations, mentions, times, flat, origin }
    }

    /// Places where words stand.
    pub fn all(&self, words: &str) -> Vec<Place> {
        let place = |(at, found): (usize, &str)| self.origin[at]..self.origin[at + found.len() - 1] + 1;
        self.flat.match_indices(words).map(place).collect()
    }

    /// The one place of words, or of what is between the bars of `before|words|after`.
    pub fn one(&self, words: &str) -> Result<Place, String> {
        let parts: Vec<&str> = words.split('|').collect();
        let (before, middle) = if parts.len() == 3 { (parts[0], parts[1]) } else { ("", words) };
        let whole = words.replace('|', "");
        let mut found = self.flat.match_indices(&whole).map(|(at, _)| at + before.len());
        match (found.next(), found.next()) {
            (Some(at), None) => Ok(self.origin[at]..self.origin[at + middle.len() - 1] + 1),
            (None, _) => Err(format!("the text lacks {whole:?}")),
            _ => Err(format!("the text has {whole:?} more than once")),
        }
    }

    /// The actor that is named at a place, if the names there mean one.
    pub fn actor_at(&self, place: &Place) -> Option<&str> {
        let named = self.mentions.iter().filter(|m| m["form"] != "pronoun");
        let here = named.filter(|m| range(m).is_some_and(|r| meet(&r, place)));
        here.filter_map(|m| m["actor"].as_str()).next()
    }

    /// The text at a place with single spaces.
    pub fn words_at(&self, place: Place) -> String {
        let text: String = self.text[place].iter().collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Kinds of the zones that a place touches; `body` for what no zone covers.
    pub fn zones_at(&self, place: &Place) -> Vec<&str> {
        let zones = self.record["zones"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut kinds: Vec<&str> = place
            .clone()
            .filter(|at| !self.text[*at].is_whitespace())
            .map(|at| {
                let zone = zones.iter().find(|z| range(z).is_some_and(|r| r.contains(&at)));
                zone.and_then(|z| z["kind"].as_str()).unwrap_or("body")
            })
            .collect();
        kinds.dedup();
        kinds
    }

    /// Pages that a place touches.
    pub fn pages_at(&self, place: &Place) -> Vec<u64> {
        let pages = self.record["pages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let touched = pages.iter().filter(|p| range(p).is_some_and(|r| overlap(&r, place) > 0));
        let mut numbers: Vec<u64> = touched.filter_map(|p| p["page"].as_u64()).collect();
        numbers.dedup();
        numbers
    }

    /// The stretches that are a sentence's own.
    pub fn own(sentence: &Value) -> Vec<Place> {
        match sentence["parts"].as_array() {
            Some(parts) => parts.iter().filter_map(range).collect(),
            None => range(sentence).into_iter().collect(),
        }
    }
}

/// The place that a record names by `start` and `end`.
pub fn range(record: &Value) -> Option<Place> {
    Some(record["start"].as_u64()? as usize..record["end"].as_u64()? as usize)
}

/// Number of code points that two places share.
pub fn overlap(a: &Place, b: &Place) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether at least half of the shorter of two places lies in the other.
pub fn meet(a: &Place, b: &Place) -> bool {
    overlap(a, b) * 2 >= a.len().min(b.len()).max(1)
}
