//! What a person's verdict must say to be kept: a known verdict, and something that it can be about. The shell and the
//! page both ask here; and which verdicts of others a person should see before one more is added.

use crate::weighing;
use rashomon_core::coding::{self, AGREEMENT, CONCEPT, Coding, STATEMENT};
use rashomon_core::judgement::{MENDED, NOTE, RIGHT, UNDO, WRONG, is_grade, live};
use rashomon_core::{Aside, Document, Judgement, Mend, Snapshot, Statement, StatementId};
use rashomon_text::names::key;
use rashomon_text::space::one_line;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Verdicts on two names.
pub const ON_NAMES: &[&str] = &["same", "different", "unsure"];
/// Verdicts on a statement, besides a mend.
pub const ON_STATEMENTS: &[&str] = &[RIGHT, WRONG];
/// Verdicts on two statements, besides those: what they are to each other.
pub const ON_COMPARISONS: &[&str] = &["agree", "contradict", "differ"];
/// Digits of a row's number at most: an id is longer.
const ROW: usize = 7;

/// Verdicts on a statement and a concept: whose side it takes, with what is kept of it.
pub const ON_CONCEPTS: &[(&str, &str)] = &[("for", "agree"), ("against", "disagree"), ("neither", "neither")];

/// A verdict as a person gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What is said.
    pub verdict: String,
    /// A name, the id of a statement, a document, or the number of a row that is taken back.
    pub first: String,
    /// The other name, or the id of the other statement of a comparison.
    pub second: String,
    /// Who says it.
    pub by: String,
    /// Why.
    pub note: String,
    /// What a mended statement should say.
    pub mend: Mend,
}

/// What can be judged.
pub struct Known<'a> {
    snapshot: &'a Snapshot,
    names: OnceLock<BTreeSet<String>>,
}

impl Known<'_> {
    /// What a snapshot holds.
    pub fn of(snapshot: &Snapshot) -> Known<'_> {
        Known { snapshot, names: OnceLock::new() }
    }

    /// Whether a document has a name.
    fn has_name(&self, name: &str) -> bool {
        let names = self.names.get_or_init(|| {
            let mentions = self.snapshot.documents.iter().flat_map(|(_, reading)| &reading.mentions);
            mentions.map(|m| key(&m.words.text).join(" ")).collect()
        });
        names.contains(name)
    }

    /// The row that a verdict becomes, with what a person should know besides; or why it cannot be kept.
    pub fn judgement(&self, given: &Verdict) -> Result<(Judgement, Vec<String>), String> {
        let verdict = given.verdict.trim();
        let (first, second) = (given.first.trim(), given.second.trim());
        let empty = Judgement {
            agent: one_line(&given.by),
            verdict: verdict.to_owned(),
            note: given.note.trim().to_owned(),
            ..Judgement::default()
        };
        let row = |target: &str, words: String| Judgement { target: target.to_owned(), words, ..empty.clone() };
        if first.is_empty() {
            return Err(format!("what {verdict:?} is about is missing: two names, a statement's id, or a document."));
        }
        if verdict == UNDO && second.is_empty() && first.len() <= ROW && first.bytes().all(|b| b.is_ascii_digit()) {
            return self.taken_back(first, empty).map(|row| (row, Vec::new()));
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
            let (a, b) = (self.statement(first)?.shown, self.statement(second)?.shown);
            // What clashes inside one statement is a comparison of it with itself: right, or not.
            if a.id() == b.id() && ON_COMPARISONS.contains(&verdict) {
                return Err("a comparison is of two statements, and these are one.".into());
            }
            return Ok((
                row(&format!("{} {}", a.id(), b.id()), format!("{}\n{}", one_line(&a.text()), one_line(&b.text()))),
                Vec::new(),
            ));
        }
        if ON_NAMES.contains(&verdict) || (verdict == UNDO && !second.is_empty()) {
            return self.of_names(verdict, first, second, row);
        }
        if ON_STATEMENTS.contains(&verdict) || verdict == MENDED {
            return self.of_statement(first, given, empty).map(|row| (row, Vec::new()));
        }
        if is_grade(verdict) {
            let document = self.document(first)?;
            return Ok((row(document.id.as_str(), document.name().to_owned()), Vec::new()));
        }
        if verdict == UNDO || verdict == NOTE {
            if verdict == NOTE && empty.note.is_empty() {
                return Err("a note needs words.".into());
            }
            return match self.statement(first) {
                Ok(meant) => Ok((meant.row(empty), Vec::new())),
                Err(_) => {
                    let document = self.document(first)?;
                    Ok((row(document.id.as_str(), document.name().to_owned()), Vec::new()))
                }
            };
        }
        Err(format!(
            "{verdict:?} is no verdict. Known: {}; {}, {MENDED}; {}; {}; a grade such as B2; {NOTE}; {UNDO}.",
            ON_NAMES.join(", "),
            ON_STATEMENTS.join(", "),
            ON_COMPARISONS.join(", "),
            ON_CONCEPTS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        ))
    }

    fn of_names(
        &self,
        verdict: &str,
        first: &str,
        second: &str,
        row: impl Fn(&str, String) -> Judgement,
    ) -> Result<(Judgement, Vec<String>), String> {
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
        let strange = [(first, a), (second, b)].into_iter().filter(|(_, key)| !self.has_name(key));
        let doubt = |(name, _)| format!("No document has the name “{name}” yet; the verdict waits for it.");
        Ok((row("", format!("{first}\n{second}")), strange.map(doubt).collect()))
    }

    /// The row for a verdict on one statement. That a mended one is right says again what the mend says.
    fn of_statement(&self, id: &str, given: &Verdict, empty: Judgement) -> Result<Judgement, String> {
        let meant = self.statement(id)?;
        let mend = match given.verdict.trim() {
            MENDED => Some(self.mended(&meant, given, &empty.agent)?),
            RIGHT if meant.is_mended() => Some(meant.shown.content().clone()),
            _ => None,
        };
        let verdict = if mend.is_some() { MENDED.to_owned() } else { empty.verdict.clone() };
        Ok(meant.row(Judgement { verdict, mend: mend.map(Box::new), ..empty }))
    }

    fn mended(&self, meant: &Meant<'_>, given: &Verdict, agent: &str) -> Result<rashomon_core::Draft, String> {
        let found = self.snapshot.document(meant.shown.document());
        let (document, reading) = found.ok_or("its document is not in the ledger any more.")?;
        given.mend.of(meant.shown, document, &reading.mentions, agent)
    }

    /// The row that takes back another.
    fn taken_back(&self, number: &str, empty: Judgement) -> Result<Judgement, String> {
        let sequence: u64 = number.parse().map_err(|_| format!("{number:?} is no row's number."))?;
        let older = self.snapshot.judgements.iter().find(|j| j.sequence == sequence);
        let older =
            older.ok_or_else(|| format!("no verdict is row {sequence}. `rashomon judge --list` lists them."))?;
        if !live(&self.snapshot.judgements).iter().any(|j| j.sequence == sequence) {
            return Err(format!(
                "row {sequence} was taken back already. To have it again, take back the row that did so."
            ));
        }
        let Judgement { target, words, document, .. } = older.clone();
        Ok(Judgement { target, words, document, undoes: Some(sequence), ..empty })
    }

    fn is_statement(&self, id: &str) -> bool {
        self.statement(id).is_ok()
    }

    /// What a person says of a statement and a concept.
    fn coding(&self, id: &str, concept: &str, side: &str, given: &Verdict) -> Result<Coding, String> {
        let statement = self.statement(id)?.shown;
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

    /// The statement that an id means: one that is shown, or one that was set aside.
    fn statement(&self, id: &str) -> Result<Meant<'_>, String> {
        let long_enough = id.len() >= 8;
        let fits = |s: &&Statement| long_enough && s.id().as_str().starts_with(id);
        let shown = self.snapshot.statements().map(|(_, s)| s).filter(fits);
        let shown = shown.map(|shown| {
            let read = self.snapshot.aside.iter().find(|a| a.instead.as_ref() == Some(shown.id()));
            Meant { read: read.map_or(shown, |a| &a.statement), shown }
        });
        let instead = |aside: &Aside| {
            let id = aside.instead.as_ref()?;
            self.snapshot.document(aside.statement.document())?.1.statements.iter().find(|s| s.id() == id)
        };
        let aside = self.snapshot.aside.iter().filter(|a| fits(&&a.statement));
        let aside = aside.map(|a| Meant { read: &a.statement, shown: instead(a).unwrap_or(&a.statement) });
        let mut found = shown.chain(aside);
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(format!("no statement has the id {id:?}. `rashomon claims --ids` lists them.")),
            _ => Err(format!("several statements have ids that begin with {id:?}: give more of it.")),
        }
    }

    fn document(&self, words: &str) -> Result<&Document, String> {
        let all = || self.snapshot.documents.iter().map(|(d, _)| d.as_ref());
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

/// A statement as it was read, which is what verdicts are about, and as it is shown since it was mended.
struct Meant<'a> {
    read: &'a Statement,
    shown: &'a Statement,
}

impl Meant<'_> {
    fn is_mended(&self) -> bool {
        self.read.id() != self.shown.id()
    }

    fn row(&self, empty: Judgement) -> Judgement {
        let document = Some(self.read.document().clone());
        Judgement { target: self.read.id().to_string(), words: self.read.text(), document, ..empty }
    }
}

/// The verdicts on the same thing that were added after a row and say something else: who judged without having seen
/// them should see them first.
pub fn unseen<'a>(snapshot: &'a Snapshot, judgement: &Judgement, seen: u64) -> Vec<&'a Judgement> {
    let names = |j: &Judgement| {
        let mut keys: Vec<String> = j.words.split('\n').map(|name| key(name).join(" ")).collect();
        keys.sort();
        keys
    };
    let same_thing = |j: &Judgement| match judgement.target.is_empty() {
        true => j.target.is_empty() && names(j) == names(judgement),
        false => j.target == judgement.target,
    };
    let says_else = |j: &Judgement| (&j.verdict, &j.mend) != (&judgement.verdict, &judgement.mend) || j.verdict == UNDO;
    let later = snapshot.judgements.iter().filter(|j| j.sequence > seen && j.verdict != NOTE);
    let later = later.filter(|j| judgement.verdict != NOTE && same_thing(j) && says_else(j));
    // The row that an undo is about was seen: its number stands in the form.
    later.filter(|j| judgement.undoes != Some(j.sequence)).collect()
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
        Snapshot::of([(document, reading)])
    }

    #[test]
    fn a_verdict_becomes_a_row_or_says_why_not() {
        let snapshot = snapshot();
        let known = Known::of(&snapshot);
        let judge = |verdict: &str, first: &str, second: &str| {
            let [verdict, first, second] = [verdict, first, second].map(str::to_owned);
            known.judgement(&Verdict { verdict, first, second, by: "Reed".into(), ..Verdict::default() })
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

    #[test]
    fn rows_are_taken_back_by_number_and_only_once() {
        let mut snapshot = snapshot();
        let row = |sequence, verdict: &str, undoes| Judgement {
            sequence,
            verdict: verdict.into(),
            words: "Anne Lowry\nNan Lowry".into(),
            undoes,
            ..Judgement::default()
        };
        snapshot.judgements = vec![row(3, "same", None), row(5, UNDO, Some(3))];
        let undo = |first: &str| {
            let given = Verdict { verdict: UNDO.into(), first: first.into(), ..Verdict::default() };
            Known::of(&snapshot).judgement(&given).map(|(row, _)| row)
        };
        let again = undo("5").unwrap();
        assert_eq!((again.undoes, again.words.as_str()), (Some(5), "Anne Lowry\nNan Lowry"));
        assert!(undo("3").unwrap_err().contains("already"));
        assert!(undo("4").unwrap_err().contains("no verdict is row 4"));
        let mine = row(0, "different", None);
        let later: Vec<u64> = unseen(&snapshot, &mine, 3).iter().map(|j| j.sequence).collect();
        assert_eq!(later, [5], "the undo came after what was seen");
        assert!(unseen(&snapshot, &mine, 5).is_empty());
        let elsewhere = Judgement { words: "Anne Lowry\nTom Reed".into(), ..mine };
        assert!(unseen(&snapshot, &elsewhere, 0).is_empty());
    }
}
