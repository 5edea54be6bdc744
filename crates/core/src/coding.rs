//! A hand coding: somebody says that certain words of a document speak of a concept, and on which side. It is kept as a
//! [`Judgement`], one more row in the log, so that it has a place in the history and is taken back like any other verdict.
//!
//! The row's target says which words of which document are coded (and by which key, so that one passage may carry
//! several codings); its words are those that were coded, then one line for each variable: `concept = ...`. So a row
//! can be read by a person, outlives every reader, and holds whatever another tool's coder had noted.

use crate::digest::{Digest, DocumentId};
use crate::judgement::Judgement;
use crate::span::Span;

/// The verdict of a row that codes.
pub const CODE: &str = "code";
/// The verdict of a row that keeps what another tool's file holds besides what it coded.
pub const RECORD: &str = "import";
/// The variable that names the concept.
pub const CONCEPT: &str = "concept";
/// The variable that tells the side: `agree`, `disagree` or `neither` (of other tools also `true`, `false` or a number).
pub const AGREEMENT: &str = "agreement";
/// The variable that names the statement that was coded.
pub const STATEMENT: &str = "statement";

/// What somebody said of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// The document.
    pub document: DocumentId,
    /// The words, as a place in it (bytes).
    pub span: Span,
    /// The words themselves, on one line.
    pub words: String,
    /// What tells codings of the same words apart, by [`key_of`] a concept, or the number that another tool gave.
    pub key: Digest,
    /// Variables with their values, in order; names hold no ` = `.
    pub values: Vec<(String, String)>,
    /// Who coded.
    pub coder: String,
}

/// The key of a name.
pub fn key_of(name: &str) -> Digest {
    Digest::short_of(name.as_bytes())
}

impl Coding {
    /// The value of a variable.
    pub fn value(&self, variable: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == variable).map(|(_, value)| value.as_str())
    }

    /// The id of what is judged: the same for the same words and key, so that a later row takes the place of an earlier.
    pub fn target(&self) -> String {
        format!("code-{}-{}-{}-{}", self.document, self.span.start, self.span.end, self.key)
    }

    /// The row of the log, without its place there.
    pub fn judgement(&self, note: &str) -> Judgement {
        let mut words = one_line(&self.words);
        for (name, value) in &self.values {
            words.push('\n');
            words.push_str(&format!("{} = {}", one_line(name), escaped(value)));
        }
        Judgement {
            sequence: 0,
            agent: self.coder.clone(),
            verdict: CODE.to_owned(),
            target: self.target(),
            words,
            note: note.to_owned(),
            ..Judgement::default()
        }
    }

    /// The coding that a row keeps; `None` for rows of any other kind and for a row that is not understood.
    pub fn of(judgement: &Judgement) -> Option<Coding> {
        if judgement.verdict != CODE {
            return None;
        }
        let (document, span, key) = place(&judgement.target)?;
        let mut lines = judgement.words.split('\n');
        let words = lines.next()?.to_owned();
        let values: Option<Vec<(String, String)>> =
            lines.map(|line| line.split_once(" = ").map(|(n, v)| (n.to_owned(), unescaped(v)))).collect();
        Some(Coding { document, span, words, key, values: values?, coder: judgement.agent.clone() })
    }
}

/// Document, words and key of a target; `None` for any other target.
fn place(target: &str) -> Option<(DocumentId, Span, Digest)> {
    let mut parts = target.strip_prefix("code-")?.split('-');
    let document = Digest::parse(parts.next()?)?;
    let (start, end): (u32, u32) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let key = Digest::parse(parts.next()?)?;
    (parts.next().is_none() && start < end).then_some((document, Span { start, end }, key))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(c) = letters.next() {
        let plain = if c == '\\' { letters.next().unwrap_or(c) } else { c };
        out.push(match (c, plain) {
            ('\\', 'n') => '\n',
            ('\\', 'r') => '\r',
            (_, plain) => plain,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding() -> Coding {
        Coding {
            document: Digest::of(b"a"),
            span: Span { start: 4, end: 30 },
            words: "the lamps were\nlit".into(),
            key: key_of("The lamps"),
            values: vec![
                (CONCEPT.into(), "The lamps were lit".into()),
                (AGREEMENT.into(), "agree".into()),
                ("note".into(), "two\nlines \\ and = more".into()),
            ],
            coder: "Reed".into(),
        }
    }

    #[test]
    fn a_coding_is_a_row_that_reads_back_with_every_value() {
        let row = coding().judgement("why");
        assert_eq!(row.words.lines().next(), Some("the lamps were lit"));
        let back = Coding::of(&row).unwrap();
        assert_eq!(back.values, coding().values);
        assert_eq!(back.target(), row.target);
        assert_eq!((back.span, back.coder.as_str()), (coding().span, "Reed"));
        assert_eq!(back.value(CONCEPT), Some("The lamps were lit"));
        let other = Coding { key: key_of("Something else"), ..coding() };
        assert_ne!(other.target(), coding().target());
        assert_eq!(Coding { values: vec![], ..coding() }.target(), coding().target(), "a later row takes its place");
    }

    #[test]
    fn other_rows_and_forged_ones_are_no_codings() {
        let row = coding().judgement("");
        let broken = |change: fn(&mut Judgement)| {
            let mut row = row.clone();
            change(&mut row);
            Coding::of(&row)
        };
        assert!(broken(|r| r.verdict = "right".into()).is_none());
        assert!(broken(|r| r.target = "code-xyz-1-2-a".into()).is_none());
        assert!(broken(|r| r.target.push_str("-more")).is_none());
        assert!(broken(|r| r.words.push_str("\nno sign of equality")).is_none());
        let backwards = format!("code-{}-9-2-abc", Digest::of(b"a"));
        let mut row = row;
        row.target = backwards;
        assert!(Coding::of(&row).is_none());
    }
}
