//! Documents and readings for the tests: small accounts of a harbour town, and a reader so simple that anyone can see
//! what it must find. It is here because the ledger knows no reader, and must keep whatever one finds.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use rashomon_core::*;
use rashomon_ledger::{Ledger, Mode};
use serde_json::{Value, json};
use std::path::Path;

/// The reader's name and version.
pub const READER: &str = "harbour reader 1";

/// A document whose original is its text.
pub fn document(path: &str, text: &str) -> Document {
    Document {
        id: Digest::of(text.as_bytes()),
        path: path.into(),
        media_type: "text/plain".into(),
        bytes: text.len() as u64,
        text: text.into(),
        metadata: Metadata {
            title: Some(format!("Account in {path}")),
            language: Some("en".into()),
            ..Metadata::default()
        },
        zones: Vec::new(),
        places: Vec::new(),
        notes: Vec::new(),
    }
}

/// A document with its reading.
pub fn taken(path: &str, text: &str) -> (Document, Reading) {
    read_by(READER, document(path, text))
}

/// The same, by another reader.
pub fn read_by(reader: &str, document: Document) -> (Document, Reading) {
    let reading = drafts(&document).ground(&document, reader);
    (document, reading)
}

/// Sentences end with ". " or a line; "X said Y" is X's statement, any other sentence the author's, but one that ends
/// with a question mark states nothing. Numbers and words with a capital are found, too.
pub fn drafts(document: &Document) -> Drafts {
    let text = &document.text;
    let mut drafts = Drafts::default();
    let mut start = 0;
    for piece in text.split_inclusive(['.', '?', '\n']) {
        let span = Span::new(start, start + piece.len());
        start += piece.len();
        let Some(sentence) = Words::at(text, span) else { continue };
        drafts.sentences.push(Sentence { span: sentence.span, parts: Vec::new() });
        if !sentence.text.ends_with('?') {
            drafts.statements.push(statement(text, &sentence));
        }
        smaller_things(text, &sentence, &mut drafts);
    }
    drafts
}

fn statement(text: &str, sentence: &Words) -> Draft {
    let (from, to) = (sentence.span.start as usize, sentence.span.end as usize);
    let words = |a: usize, b: usize| Words::at(text, Span::new(a, b)).unwrap();
    let (chain, evidence) = match sentence.text.find(" said ").filter(|at| at + 6 < sentence.text.len()) {
        Some(at) => {
            let mut link = Link::new(Voice::Named(words(from, from + at)), Stance::Asserts);
            link.cue = Some(words(from + at, from + at + 6));
            (vec![Link::author(Stance::Reports), link], words(from + at + 6, to))
        }
        None => (vec![Link::author(Stance::Asserts)], sentence.clone()),
    };
    let mut claim = Claim::plain(ClaimKind::Event);
    let hedge = sentence.text.find("perhaps").map(|at| words(from + at, from + at + 7));
    claim.certainty = if hedge.is_some() { Certainty::Possible } else { Certainty::Certain };
    claim.hedges.extend(hedge);
    Draft { sentence: sentence.span, evidence: vec![evidence], chain, claim, reader: "harbour reader".into() }
}

fn smaller_things(text: &str, sentence: &Words, drafts: &mut Drafts) {
    let mut at = sentence.span.start as usize;
    for word in sentence.text.split_inclusive(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lead = word.find(bare).unwrap_or(0);
        let words = || Words::at(text, Span::new(at + lead, at + lead + bare.len())).unwrap();
        if bare.starts_with(char::is_uppercase) {
            let (kind, form) = (MentionKind::Person, MentionForm::Name);
            drafts.mentions.push(Mention { words: words(), kind, form, antecedent: None });
        } else if bare.len() == 4 && bare.bytes().all(|b| b.is_ascii_digit()) {
            let timed = Timed { words: words(), edtf: Some(bare.into()), calendar: Calendar::Gregorian };
            drafts.times.push(TimeExpression { time: timed, role: TimeRole::Event });
        } else if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
            let value = || Some(bare.to_owned());
            let role = QuantityRole::Quantity;
            drafts.quantities.push(Quantity {
                words: words(),
                low: value(),
                high: value(),
                unit: None,
                measures: None,
                role,
            });
        }
        at += word.len();
    }
    if let (Some(a), Some(b)) = (sentence.text.find('"'), sentence.text.rfind('"'))
        && let Some(content) = sentence.text.get(a + 1..b).and_then(|inner| {
            let from = sentence.span.start as usize + a + 1;
            Words::at(text, Span::new(from, from + inner.len()))
        })
    {
        drafts.quotations.push(Quotation { content, kind: QuotationKind::Direct, speaker: None, cue: None });
    }
}

/// Accounts that differ from each other, numbered.
pub fn account(number: usize) -> (Document, Reading) {
    let ships = ["Heron", "Marigold", "Sparrow", "Constance", "Dunlin"];
    let ship = ships[number % ships.len()];
    let text = format!(
        "The {ship} left the harbour in 18{:02} with {number} barrels. The pilot said the strike was over. \
         The mayor said \"the mill will stand\". Was the river frozen? It was perhaps the dockers who opened sluice {number}.\n",
        number % 100
    );
    taken(&format!("town/{:05}.txt", number), &text)
}

/// A refused input.
pub fn refusal(path: &str, reason: &str) -> Refusal {
    let reader = "intake".into();
    Refusal { document: None, path: path.into(), reader, reason: reason.into(), words: String::new() }
}

pub fn write(path: &Path) -> Ledger {
    Ledger::open(path, Mode::Write).unwrap()
}

pub fn look(path: &Path) -> Ledger {
    Ledger::open(path, Mode::Read).unwrap()
}

/// Everything of a snapshot, to compare byte for byte.
pub fn as_json(snapshot: &Snapshot) -> Value {
    json!({
        "documents": snapshot.documents.iter().map(|(d, r)| json!({ "document": d.as_ref(), "reading": r.as_ref() })).collect::<Vec<_>>(),
        "refusals": snapshot.refusals,
        "duplicates": snapshot.duplicates,
        "judgements": snapshot.judgements,
    })
}

/// The bytes that two snapshots must share.
pub fn bytes(ledger: &Ledger) -> String {
    serde_json::to_string_pretty(&as_json(&ledger.snapshot().unwrap())).unwrap()
}

/// Numbers that look like chance and are the same at every run.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
