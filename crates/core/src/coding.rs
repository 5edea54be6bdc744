//! A hand coding: somebody says that certain words of a document speak of a concept, and on which side. It is kept as a
//! [`Judgement`], one more row in the log, so that it has a place in the history and is taken back like any other verdict.
//!
//! The row's target says which words of which document are coded (and by which key, so that one passage may carry
//! several codings); its words are those that were coded, then one line for each variable: `concept = ...`. So a row
//! can be read by a person, outlives every reader, and holds whatever another tool's coder had noted.

use crate::claim::{Claim, Link, Voice};
use crate::codes::{ClaimKind, Stance};
use crate::digest::{Digest, DocumentId};
use crate::document::Document;
use crate::judgement::Judgement;
use crate::reading::Reading;
use crate::span::{Span, Words};
use crate::statement::{Draft, Statement};

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
/// The variable that names the kind of coded statement of another tool.
pub const STATEMENT_TYPE: &str = "statement type";
/// The variable that names who says it, where that is not the voice of the statement that was read there.
pub const VOICE: &str = "voice";
/// The reader of statements that only carry coded words.
pub const BY_HAND: &str = "coded by hand";

/// The variables that name who speaks, the first that is given counting.
const SPEAKERS: &[&str] = &[VOICE, "person", "organization", "organisation", "actor", "narrator"];

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

    /// Whether it codes words as they were selected, and not a statement that was read.
    pub fn is_of_words(&self) -> bool {
        self.value(STATEMENT).is_none()
    }

    /// Whether its words still stand where they were coded.
    pub fn stands_in(&self, document: &Document) -> bool {
        self.span.of(&document.text).is_some_and(|said| said.split_whitespace().eq(self.words.split_whitespace()))
    }

    /// The statement that carries coded words on which nothing stands that was read; `None` where something does, or where
    /// the words do not stand in the document. Its voice is the author's where the coding names nobody else, and unnamed
    /// where whom it names does not stand in the text, so that nobody's words are given to the author.
    pub fn carrier(&self, document: &Document, reading: &Reading) -> Option<Statement> {
        let shares = |s: &Statement| s.evidence().iter().any(|w| w.span.overlaps(self.span));
        if !self.is_of_words() || !self.stands_in(document) || reading.statements.iter().any(shares) {
            return None;
        }
        let words = Words::at(&document.text, self.span)?;
        let sentences = reading.sentences.iter().map(|s| s.span).filter(|s| s.overlaps(words.span));
        let draft = Draft {
            sentence: sentences.fold(words.span, Span::cover),
            chain: self.chain(document, words.span),
            evidence: vec![words],
            claim: Claim::plain(ClaimKind::Value),
            reader: BY_HAND.to_owned(),
        };
        draft.ground(document).ok()
    }

    fn chain(&self, document: &Document, span: Span) -> Vec<Link> {
        let named = SPEAKERS.iter().filter_map(|name| self.value(name)).find(|value| !value.trim().is_empty());
        let is_author = |name: &str| document.metadata.authors.iter().any(|a| one_line(a) == one_line(name));
        let Some(name) = named.filter(|name| !is_author(name)) else { return vec![Link::author(Stance::Asserts)] };
        let whole = Span::new(0, document.text.len());
        let places = Words::find(&document.text, whole, name).into_iter();
        let nearest = places.min_by_key(|w| (w.span.start.abs_diff(span.start), w.span.start));
        let voice = nearest.map_or(Voice::Unnamed(None), Voice::Named);
        vec![Link::author(Stance::Reports), Link::new(voice, Stance::Asserts)]
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
    fn words_on_which_nothing_was_read_are_carried_by_a_statement_of_their_own() {
        let text = "Anne Lowry wrote. The lamps\nwere lit, all night.";
        let document = Document::plain("a.txt", text);
        let span = Span::new(text.find("lamps").unwrap(), text.find(", all").unwrap());
        let words = coding().words.clone();
        let on = |values: &[(&str, &str)]| Coding {
            document: document.id.clone(),
            span,
            words: words.replace("the ", ""),
            values: values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
            ..coding()
        };
        let empty = crate::reading::Drafts::default().ground(&document, "told 1");
        let carried = on(&[(CONCEPT, "lamps")]).carrier(&document, &empty).unwrap();
        assert_eq!((carried.text().as_str(), carried.reader()), ("lamps\nwere lit", BY_HAND));
        assert_eq!(carried.source(), &Voice::Author);
        let named = on(&[(VOICE, "Anne Lowry")]).carrier(&document, &empty).unwrap();
        assert_eq!(named.source().words().map(|w| w.text.as_str()), Some("Anne Lowry"));
        let strange = on(&[("person", "Tom Reed")]).carrier(&document, &empty).unwrap();
        assert_eq!(strange.source(), &Voice::Unnamed(None), "who is not in the text is not named");
        let read = Reading { statements: vec![carried.clone()], ..empty.clone() };
        assert!(on(&[]).carrier(&document, &read).is_none(), "something stands there already");
        assert!(on(&[(STATEMENT, "3b0c")]).carrier(&document, &empty).is_none(), "a statement was coded");
        let forged = Coding { words: "lamps were out".into(), ..on(&[]) };
        assert!(forged.carrier(&document, &empty).is_none());
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
