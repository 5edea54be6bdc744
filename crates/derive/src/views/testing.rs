//! A few words make a snapshot: what the tests of the views are told, they are told through the same gate as readers.

use rashomon_core::*;

/// One told document.
pub struct Told {
    path: String,
    text: String,
    date: Option<String>,
    authors: Vec<String>,
    drafts: Drafts,
}

impl Told {
    /// A document with a text.
    pub fn new(path: &str, text: &str) -> Told {
        Told { path: path.into(), text: text.into(), date: None, authors: Vec::new(), drafts: Drafts::default() }
    }

    /// Its date.
    pub fn date(mut self, date: &str) -> Told {
        self.date = Some(date.into());
        self
    }

    /// Who wrote it.
    pub fn by(mut self, author: &str) -> Told {
        self.authors.push(author.into());
        self
    }

    /// What the last statement says, predicate and participants, and on whose word, outermost first; the claim's words are
    /// those of the sentence from the first of them to the last.
    pub fn says(mut self, words: &str, lemma: &str, parts: &[(&str, &str)], voices: &[&str]) -> Told {
        let predicate = self.words(words);
        let parts: Vec<(Role, Words)> =
            parts.iter().map(|(role, part)| (role.parse().unwrap(), self.words(part))).collect();
        let whole = parts.iter().fold(predicate.span, |whole, (_, w)| whole.cover(w.span));
        let claim = self.text[whole.range()].to_owned();
        self = if voices.is_empty() { self.own(&claim) } else { self.said(&claim, voices) };
        if let Some(draft) = self.drafts.statements.last_mut() {
            draft.claim.predicate = Some(Predicate { words: predicate, lemma: lemma.into(), roleset: None });
            draft.claim.arguments =
                parts.into_iter().map(|(role, words)| Argument { role, words, statement: None }).collect();
        }
        self
    }

    /// The last statement denied.
    pub fn denied(mut self) -> Told {
        self.last().polarity = Polarity::Negative;
        self
    }

    /// The last statement dated.
    pub fn when(mut self, words: &str, edtf: &str) -> Told {
        let words = self.words(words);
        self.last().time = Some(Box::new(Timed { words, edtf: Some(edtf.into()), calendar: Calendar::Gregorian }));
        self
    }

    /// The last statement hedged.
    pub fn hedged(mut self, words: &str, certainty: Certainty) -> Told {
        let words = self.words(words);
        self.last().hedges.push(words);
        self.last().certainty = certainty;
        self
    }

    /// The last statement's words, in the place of those it was made of.
    pub fn evidence(mut self, words: &str) -> Told {
        let words = self.words(words);
        if let Some(draft) = self.drafts.statements.last_mut() {
            draft.evidence = vec![words];
        }
        self
    }

    fn last(&mut self) -> &mut Claim {
        &mut self.drafts.statements.last_mut().unwrap().claim
    }

    fn words(&self, part: &str) -> Words {
        let start = self.text.find(part).unwrap_or_else(|| panic!("{part:?} is not in {:?}", self.text));
        Words { span: Span::new(start, start + part.len()), text: part.into() }
    }

    /// Something the author says.
    pub fn own(mut self, claim: &str) -> Told {
        self.draft(claim, vec![Link::author(Stance::Asserts)]);
        self
    }

    /// Something said by voices, outermost first.
    pub fn said(mut self, claim: &str, voices: &[&str]) -> Told {
        let mut chain = vec![Link::author(Stance::Reports)];
        chain.extend(voices.iter().map(|v| Link::new(Voice::Named(self.words(v)), Stance::Asserts)));
        self.draft(claim, chain);
        self
    }

    /// A name at a byte of the text.
    pub fn named_at(mut self, name: &str, start: usize, kind: MentionKind) -> Told {
        let words = Words { span: Span::new(start, start + name.len()), text: name.into() };
        self.drafts.mentions.push(Mention { words, kind, form: MentionForm::Name, antecedent: None });
        self
    }

    /// A name.
    pub fn name(mut self, name: &str, kind: MentionKind) -> Told {
        let words = self.words(name);
        self.drafts.mentions.push(Mention { words, kind, form: MentionForm::Name, antecedent: None });
        self
    }

    /// A number of some unit.
    pub fn count(mut self, number: &str, unit: &str) -> Told {
        self.drafts.quantities.push(Quantity {
            words: self.words(number),
            low: Some(number.into()),
            high: Some(number.into()),
            unit: Some(unit.into()),
            measures: None,
            role: QuantityRole::Quantity,
        });
        self
    }

    /// A number in words, with its value.
    pub fn counted(mut self, words: &str, value: &str, unit: Option<&str>) -> Told {
        self.drafts.quantities.push(Quantity {
            words: self.words(words),
            low: Some(value.into()),
            high: Some(value.into()),
            unit: unit.map(str::to_owned),
            measures: None,
            role: QuantityRole::Quantity,
        });
        self
    }

    /// Somebody's very words.
    pub fn quoted(mut self, content: &str) -> Told {
        let (content, kind) = (self.words(content), QuotationKind::Direct);
        self.drafts.quotations.push(Quotation { content, kind, speaker: None, cue: None });
        self
    }

    /// A description that points to no name.
    pub fn described(mut self, words: &str, kind: MentionKind) -> Told {
        let words = self.words(words);
        self.drafts.mentions.push(Mention { words, kind, form: MentionForm::Description, antecedent: None });
        self
    }

    /// A pronoun that points to other words.
    pub fn pointing(mut self, pronoun: &str, to: &str) -> Told {
        let (words, antecedent) = (self.words(pronoun), Some(self.words(to).span));
        self.drafts.mentions.push(Mention { words, kind: MentionKind::Other, form: MentionForm::Pronoun, antecedent });
        self
    }

    fn draft(&mut self, claim: &str, chain: Vec<Link>) {
        let words = self.words(claim);
        let from = self.text[..words.span.start as usize].rfind(". ").map_or(0, |n| n + 2);
        let to = self.text[words.span.end as usize..]
            .find(". ")
            .map_or(self.text.len(), |n| words.span.end as usize + n + 1);
        self.drafts.sentences.push(Sentence { span: Span::new(from, to), parts: vec![] });
        self.drafts.statements.push(Draft {
            sentence: Span::new(from, to),
            evidence: vec![words],
            chain,
            claim: Claim::plain(ClaimKind::Event),
            reader: "told".into(),
        });
    }
}

/// The snapshot of some told documents.
pub fn snapshot(told: &[Told]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for t in told {
        let document = Document {
            id: Digest::of(format!("{}{}", t.path, t.text).as_bytes()),
            metadata: Metadata { date: t.date.clone(), authors: t.authors.clone(), ..Metadata::default() },
            ..Document::plain(&t.path, t.text.clone())
        };
        let reading = t.drafts.clone().ground(&document, "told 1");
        assert!(reading.refusals.is_empty(), "{:?}", reading.refusals);
        snapshot.documents.push((document.into(), reading.into()));
    }
    snapshot.sort();
    snapshot
}
