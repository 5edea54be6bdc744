//! Whether a statement that the program found is the one that was planted: its words, its voices, its stances.

use super::account::{Account, Place, meet, overlap, range};
use serde_json::Value;

/// Looks for a planted statement; the complaint says what was found in its place.
pub fn find(account: &Account, item: &Value) -> Result<(), String> {
    let place = account.one(text(&item["words"]))?;
    let near: Vec<&Value> = account.statements.iter().filter(|s| about(s, &place)).collect();
    let expected = Expected::new(account, item, &item["chain"])?;
    let other = item["or"].is_array().then(|| Expected::new(account, item, &item["or"])).transpose()?;
    let wrong = |s: &&Value| expected.complaint(s).filter(|_| other.as_ref().is_none_or(|o| o.complaint(s).is_some()));
    let wrong: Vec<String> = near.iter().filter_map(wrong).collect();
    if near.is_empty() {
        return Err("no statement has these words".into());
    }
    if wrong.len() == near.len() {
        return Err(wrong.join("; or "));
    }
    match near.iter().find(|s| expected.gives_away(s, &place)) {
        Some(s) => Err(format!("beside the right one, another has {}", shown(s))),
        None => Ok(()),
    }
}

/// The statements whose words meet a place.
pub fn about(statement: &Value, place: &Place) -> bool {
    let evidence = places(&statement["evidence"]);
    let (shared, length) = (evidence.iter().map(|e| overlap(e, place)).sum::<usize>(), total(&evidence));
    shared * 2 >= length.min(place.len()).max(1)
}

struct Expected<'a> {
    account: &'a Account,
    chain: &'a [Value],
    cues: Vec<Place>,
    hedges: Vec<Place>,
    item: &'a Value,
}

impl<'a> Expected<'a> {
    fn new(account: &'a Account, item: &'a Value, chain: &'a Value) -> Result<Expected<'a>, String> {
        let chain = chain.as_array().map(Vec::as_slice).unwrap_or_default();
        let cues = chain.iter().filter_map(|l| l["cue"].as_str()).map(|c| account.one(c)).collect::<Result<_, _>>()?;
        let hedges = item["hedges"].as_array().into_iter().flatten();
        let hedges = hedges.map(|h| account.one(text(h))).collect::<Result<_, _>>()?;
        Ok(Expected { account, chain, cues, hedges, item })
    }

    /// What is wrong with a statement that has the right words; nothing if it is the planted one.
    fn complaint(&self, statement: &Value) -> Option<String> {
        let found = statement["chain"].as_array()?;
        let mut faults = Vec::new();
        if !self.chain.is_empty() && found.len() != self.chain.len() {
            faults.push(format!("{} voices for {}", found.len(), self.chain.len()));
        }
        for (number, (link, planted)) in found.iter().zip(self.chain).enumerate() {
            faults.extend(self.link_complaint(link, planted).map(|f| format!("voice {}: {f}", number + 1)));
        }
        if let Some(polarity) = self.item["polarity"].as_str().filter(|p| statement["polarity"] != **p) {
            faults.push(format!("polarity is not {polarity:?}"));
        }
        if let Some(certainty) = self.item["certainty"].as_str().filter(|c| statement["certainty"] != **c) {
            faults.push(format!("certainty {} is not {certainty:?}", statement["certainty"]));
        }
        // "It is thought" is a hedge or a voice that nobody names; either way it is kept.
        let unnamed = found.iter().filter(|l| l["voice"]["kind"] == "unnamed").filter_map(|l| range(&l["cue"]));
        let kept: Vec<Place> = places(&statement["hedges"]).into_iter().chain(unnamed).collect();
        if let Some(missed) = self.hedges.iter().find(|h| !kept.iter().any(|f| meet(f, h))) {
            faults.push(format!("the hedge {:?} is missing", self.account.words_at(missed.clone())));
        }
        let evidence = places(&statement["evidence"]);
        if let Some(cue) = self.cues.iter().find(|c| evidence.iter().any(|e| overlap(e, c) > 0)) {
            faults.push(format!("the cue {:?} is among the claim's own words", self.account.words_at(cue.clone())));
        }
        (!faults.is_empty()).then(|| format!("{} ({})", shown(statement), faults.join(", ")))
    }

    fn link_complaint(&self, link: &Value, planted: &Value) -> Option<String> {
        if let Some(fault) = self.voice_complaint(&link["voice"], planted) {
            return Some(fault);
        }
        // The author needs no cue to be the author; where one is listed it must only stay out of the claim's words.
        if let Some(cue) = planted["cue"].as_str().filter(|_| planted["voice"] != "author") {
            let cue = self.account.one(cue).ok()?;
            if range(&link["cue"]).is_none_or(|found| overlap(&found, &cue) == 0) {
                return Some(format!("cue {}", link["cue"]["text"]));
            }
        }
        let stances = planted["stance"].as_array().map(Vec::as_slice).unwrap_or_default();
        (!stances.contains(&link["stance"])).then(|| format!("stance {}", link["stance"]))
    }

    fn voice_complaint(&self, voice: &Value, planted: &Value) -> Option<String> {
        let kind = text(&voice["kind"]);
        let fault = || Some(format!("{kind} {}", voice["text"]));
        if planted["unnamed"] == true {
            return (kind != "unnamed").then(fault)?;
        }
        if planted["voice"] == "author" {
            return (kind != "author").then(fault)?;
        }
        let found = range(voice);
        let right = |words: &Value| {
            let place = self.account.one(text(words)).ok();
            place.zip(found.clone()).is_some_and(|(place, found)| meet(&place, &found))
        };
        let known = match &planted["voice"] {
            Value::Array(any) => any.iter().any(right),
            one => right(one),
        };
        (kind != "named" || !known).then(fault)?
    }

    /// The worst error: the same words given to the author where they are a source's, or the other way round.
    fn gives_away(&self, statement: &Value, place: &Place) -> bool {
        let evidence = places(&statement["evidence"]);
        let inside = evidence.iter().map(|e| overlap(e, place)).sum::<usize>();
        let same_words = inside * 5 >= total(&evidence) * 4;
        let voices = statement["chain"].as_array().map_or(0, Vec::len);
        let either = self.item["or"].is_array();
        !either && !self.chain.is_empty() && same_words && (voices == 1) != (self.chain.len() == 1)
    }
}

/// A statement in one line: its voices with their stances, and its words.
pub fn shown(statement: &Value) -> String {
    let link = |l: &Value| {
        let words = l["voice"]["text"].as_str().or(l["voice"]["kind"].as_str()).unwrap_or_default();
        format!("{words} {}", text(&l["stance"]))
    };
    let chain: Vec<String> = statement["chain"].as_array().into_iter().flatten().map(link).collect();
    let evidence: Vec<&str> =
        statement["evidence"].as_array().into_iter().flatten().map(|e| text(&e["text"])).collect();
    format!("[{}] {:?}", chain.join("] ["), evidence.join(" … "))
}

/// A string's characters; nothing for anything else.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The places of a list of words.
pub fn places(list: &Value) -> Vec<Place> {
    list.as_array().into_iter().flatten().filter_map(range).collect()
}

fn total(places: &[Place]) -> usize {
    places.iter().map(ExactSizeIterator::len).sum()
}

/// The measure measured: one right statement, and every way of being wrong.
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "The miller told me that the dam was probably safe.";

    fn words(words: &str) -> Value {
        let start = TEXT.find(words).expect("words of the text");
        json!({"kind": "named", "start": start, "end": start + words.len(), "text": words})
    }

    fn planted() -> Value {
        json!({"words": "the dam was probably safe", "hedges": ["probably"], "chain": [
            {"voice": "author", "stance": ["reports"]}, {"voice": "The miller", "cue": "told", "stance": ["asserts"]}]})
    }

    fn found() -> Value {
        json!({"type": "statement", "document": "d", "evidence": [words("the dam was probably safe")],
            "hedges": [words("probably")], "chain": [
            {"voice": {"kind": "author"}, "stance": "reports"},
            {"voice": words("The miller"), "cue": words("told me that"), "stance": "asserts"}]})
    }

    fn look(statements: &[Value]) -> Result<(), String> {
        let document = json!({"type": "document", "id": "d", "text": TEXT});
        find(&Account::new(&document, statements), &planted())
    }

    #[test]
    fn a_right_statement_is_found_and_every_wrong_one_is_not() {
        assert_eq!(look(&[found()]), Ok(()));
        assert!(look(&[]).is_err());
        let wrong: [(&str, Value); 8] = [
            ("/chain/0/stance", json!("distances")),
            ("/chain/1/stance", json!("denies")),
            ("/chain/1/voice", words("me")),
            ("/chain/1/voice/kind", json!("unnamed")),
            ("/chain/1/cue", words("safe")),
            ("/hedges", json!([])),
            ("/evidence/0", words(TEXT)),
            ("/evidence/0", words("The miller")),
        ];
        for (at, value) in wrong {
            let mut statement = found();
            *statement.pointer_mut(at).expect("a part of the statement") = value;
            assert!(look(&[statement]).is_err(), "{at} may be anything");
        }
    }

    #[test]
    fn a_source_s_words_given_to_the_author_are_an_error_even_beside_the_right_statement() {
        let mut own = found();
        own["chain"] = json!([{"voice": {"kind": "author"}, "stance": "asserts"}]);
        assert!(look(std::slice::from_ref(&own)).is_err());
        assert!(look(&[found(), own]).is_err_and(|e| e.contains("beside the right one")));
    }
}
