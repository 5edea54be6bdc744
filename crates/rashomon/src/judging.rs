//! What a person's verdict must say to be kept: a known verdict, and something that it can be about. The shell and the
//! page both ask here.

use crate::weighing;
use rashomon_core::coding::{self, AGREEMENT, CONCEPT, Coding, STATEMENT};
use rashomon_core::judgement::{UNDO, is_grade};
use rashomon_core::{Document, Judgement, Snapshot, Statement, StatementId};
use rashomon_text::names::key;
use rashomon_text::space::one_line;
use std::collections::BTreeSet;

/// Verdicts on two names.
pub const ON_NAMES: &[&str] = &["same", "different", "unsure"];
/// Verdicts on a statement.
pub const ON_STATEMENTS: &[&str] = &["right", "wrong"];
/// Verdicts on two statements, besides those: what they are to each other.
pub const ON_COMPARISONS: &[&str] = &["agree", "contradict", "differ"];

/// Verdicts on a statement and a concept: whose side it takes, with what is kept of it.
pub const ON_CONCEPTS: &[(&str, &str)] = &[("for", "agree"), ("against", "disagree"), ("neither", "neither")];

/// A verdict as a person gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What is said.
    pub verdict: String,
    /// A name, the id of a statement, or a document.
    pub first: String,
    /// The other name, or the id of the other statement of a comparison.
    pub second: String,
    /// Who says it.
    pub by: String,
    /// Why.
    pub note: String,
}

/// What can be judged.
pub struct Known<'a> {
    snapshot: &'a Snapshot,
    names: BTreeSet<String>,
}

impl Known<'_> {
    /// What a snapshot holds.
    pub fn of(snapshot: &Snapshot) -> Known<'_> {
        let mentions = snapshot.documents.iter().flat_map(|(_, reading)| &reading.mentions);
        Known { snapshot, names: mentions.map(|m| key(&m.words.text).join(" ")).collect() }
    }

    /// The row that a verdict becomes, with what a person should know besides; or why it cannot be kept.
    pub fn judgement(&self, given: &Verdict) -> Result<(Judgement, Vec<String>), String> {
        let verdict = given.verdict.trim();
        let (first, second) = (given.first.trim(), given.second.trim());
        let row = |target: &str, words: String| Judgement {
            sequence: 0,
            agent: given.by.trim().to_owned(),
            verdict: verdict.to_owned(),
            target: target.to_owned(),
            words,
            note: given.note.trim().to_owned(),
        };
        if first.is_empty() {
            return Err(format!("what {verdict:?} is about is missing: two names, a statement's id, or a document."));
        }
        let side = ON_CONCEPTS.iter().find(|(name, _)| *name == verdict).map(|(_, side)| *side);
        let taken_back =
            verdict == UNDO && !second.is_empty() && self.is_statement(first) && !self.is_statement(second);
        if side.is_some() || taken_back {
            let coding = self.coding(first, second, side.unwrap_or_default(), given)?;
            let row = coding.judgement(given.note.trim());
            return Ok((if taken_back { Judgement { verdict: UNDO.to_owned(), ..row } } else { row }, Vec::new()));
        }
        let both = self.statement(first).ok().zip(self.statement(second).ok());
        if ON_COMPARISONS.contains(&verdict)
            || !second.is_empty() && (ON_STATEMENTS.contains(&verdict) || verdict == UNDO && both.is_some())
        {
            let (a, b) = (self.statement(first)?, self.statement(second)?);
            if a.id() == b.id() {
                return Err("a comparison is of two statements, and these are one.".into());
            }
            return Ok((
                row(&format!("{} {}", a.id(), b.id()), format!("{}\n{}", one_line(&a.text()), one_line(&b.text()))),
                Vec::new(),
            ));
        }
        let names = ON_NAMES.contains(&verdict) || (verdict == UNDO && !second.is_empty());
        if names {
            let keys = [first, second].map(|name| key(name).join(" "));
            if second.is_empty() || keys.iter().any(String::is_empty) {
                return Err(format!("{verdict:?} needs two names."));
            }
            let [a, b] = &keys;
            if a == b {
                return Err(format!(
                    "“{first}” and “{second}” differ by titles only: such names are one, and no verdict can part them."
                ));
            }
            let strange = [(first, a), (second, b)].into_iter().filter(|(_, key)| !self.names.contains(*key));
            let doubt = |(name, _)| format!("No document has the name “{name}” yet; the verdict waits for it.");
            return Ok((row("", format!("{first}\n{second}")), strange.map(doubt).collect()));
        }
        if ON_STATEMENTS.contains(&verdict) {
            let statement = self.statement(first)?;
            return Ok((row(statement.id().as_str(), statement.text()), Vec::new()));
        }
        if is_grade(verdict) {
            let document = self.document(first)?;
            return Ok((row(document.id.as_str(), document.name().to_owned()), Vec::new()));
        }
        if verdict == UNDO {
            let (target, words) = match self.statement(first) {
                Ok(statement) => (statement.id().to_string(), statement.text()),
                Err(_) => {
                    let document = self.document(first)?;
                    (document.id.to_string(), document.name().to_owned())
                }
            };
            return Ok((row(&target, words), Vec::new()));
        }
        Err(format!(
            "{verdict:?} is no verdict. Known: {}; {}; {}; {}; a grade such as B2; {UNDO}.",
            ON_NAMES.join(", "),
            ON_STATEMENTS.join(", "),
            ON_COMPARISONS.join(", "),
            ON_CONCEPTS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        ))
    }

    fn is_statement(&self, id: &str) -> bool {
        self.statement(id).is_ok()
    }

    /// What a person says of a statement and a concept.
    fn coding(&self, id: &str, concept: &str, side: &str, given: &Verdict) -> Result<Coding, String> {
        let statement = self.statement(id)?;
        let concept = one_line(concept);
        if concept.is_empty() {
            return Err("the concept is missing: a statement's id, then what it is for or against.".into());
        }
        let first = statement.evidence().first().map_or(statement.sentence(), |w| w.span);
        let span = statement.evidence().iter().fold(first, |all, w| all.cover(w.span));
        let text = self.snapshot.document(statement.document()).and_then(|(d, _)| span.of(&d.text)).unwrap_or_default();
        let id: &StatementId = statement.id();
        Ok(Coding {
            document: statement.document().clone(),
            span,
            words: text.to_owned(),
            // One statement may be coded on several concepts, and each statement on the same words by itself.
            key: coding::key_of(&format!("{id} {concept}")),
            values: vec![
                (STATEMENT.to_owned(), id.to_string()),
                (CONCEPT.to_owned(), concept),
                (AGREEMENT.to_owned(), side.to_owned()),
            ],
            coder: given.by.trim().to_owned(),
        })
    }

    fn statement(&self, id: &str) -> Result<&Statement, String> {
        let long_enough = id.len() >= 8;
        let mut found = self.snapshot.statements().filter(|(_, s)| long_enough && s.id().as_str().starts_with(id));
        match (found.next(), found.next()) {
            (Some((_, only)), None) => Ok(only),
            (None, _) => Err(format!("no statement has the id {id:?}. `rashomon claims --ids` lists them.")),
            _ => Err(format!("several statements have ids that begin with {id:?}: give more of it.")),
        }
    }

    fn document(&self, words: &str) -> Result<&Document, String> {
        let all = || self.snapshot.documents.iter().map(|(d, _)| d);
        let exact: Vec<&Document> =
            all().filter(|d| d.path == words || d.name() == words || d.id.as_str() == words).collect();
        let part = words.to_lowercase();
        let holds = |d: &&Document| d.path.to_lowercase().contains(&part) || d.name().to_lowercase().contains(&part);
        let found = if exact.is_empty() { all().filter(holds).collect() } else { exact };
        match found.as_slice() {
            [only] => Ok(only),
            [] => Err(format!("no document has {words:?} in its path or title.")),
            many => Err(format!("{} documents have {words:?} in path or title: give more of it.", many.len())),
        }
    }
}

/// The words that were judged, on one line.
pub fn words(judgement: &Judgement) -> String {
    if let Some(coding) = Coding::of(judgement) {
        let values = coding
            .values
            .iter()
            .filter(|(name, _)| name != STATEMENT)
            .map(|(name, value)| format!("{name} {}", one_line(value)));
        return format!("“{}” · {}", one_line(&coding.words), values.collect::<Vec<_>>().join(" · "));
    }
    if judgement.verdict == coding::RECORD {
        return judgement.note.clone();
    }
    if let Some(words) = weighing::words(judgement) {
        return words;
    }
    match judgement.words.split_once('\n') {
        Some((a, b)) if judgement.target.is_empty() => format!("{a} = {b}"),
        Some((a, b)) if judgement.target.contains(' ') => format!("“{a}” beside “{b}”"),
        _ => judgement.words.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// A row for a person.
pub fn in_words(judgement: &Judgement) -> String {
    format!("{} · {} · by {}", judgement.verdict, words(judgement), judgement.agent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_core::{Drafts, Mention, MentionForm, MentionKind, Span, Words};

    fn snapshot() -> Snapshot {
        let document = Document::plain("letters/one.txt", "Anne Lowry.");
        let words = Words { span: Span::new(0, 10), text: "Anne Lowry".into() };
        let mention = Mention { words, kind: MentionKind::Person, form: MentionForm::Name, antecedent: None };
        let reading = Drafts { mentions: vec![mention], ..Drafts::default() }.ground(&document, "told 1");
        Snapshot { documents: vec![(document, reading)], ..Snapshot::default() }
    }

    #[test]
    fn a_verdict_becomes_a_row_or_says_why_not() {
        let snapshot = snapshot();
        let known = Known::of(&snapshot);
        let judge = |verdict: &str, first: &str, second: &str| {
            let [verdict, first, second] = [verdict, first, second].map(str::to_owned);
            known.judgement(&Verdict { verdict, first, second, by: "Reed".into(), note: String::new() })
        };
        let (row, doubts) = judge("same", "Mrs Anne Lowry", "Nan Lowry").unwrap();
        assert_eq!((row.words.as_str(), row.target.as_str()), ("Mrs Anne Lowry\nNan Lowry", ""));
        assert_eq!(doubts, ["No document has the name “Nan Lowry” yet; the verdict waits for it."]);
        assert_eq!(in_words(&row), "same · Mrs Anne Lowry = Nan Lowry · by Reed");
        let (row, _) = judge("B2", "one.txt", "").unwrap();
        assert_eq!(row.target, snapshot.documents[0].0.id.to_string());
        assert!(judge("undo", "letters/one.txt", "").is_ok());
        for (verdict, first, second, why) in [
            ("same", "Anne Lowry", "", "two names"),
            ("same", "Anne Lowry", "Mrs Anne Lowry", "differ by titles only"),
            ("right", "0123456789", "", "no statement"),
            ("A1", "two.txt", "", "no document"),
            ("contradict", "0123456789", "", "no statement"),
            ("splendid", "one.txt", "", "is no verdict"),
            ("same", "", "", "is missing"),
        ] {
            assert!(judge(verdict, first, second).unwrap_err().contains(why), "{verdict} {first}");
        }
    }
}
