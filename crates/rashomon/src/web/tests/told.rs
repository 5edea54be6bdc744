//! Documents and statements made of a few words, through the same gate as those of readers, and an archive of them.

use crate::take::{Event, Taken};
use crate::web::Archive;
use rashomon_core::*;
use rashomon_intake::Found;
use rashomon_ledger::{Hit, Searched};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A document of plain text.
pub(crate) fn document(path: &str, text: &str) -> Document {
    Document { id: Digest::of(format!("{path}{text}").as_bytes()), ..Document::plain(path, text) }
}

/// One told document.
pub(crate) struct Told {
    pub(crate) document: Document,
    drafts: Drafts,
}

impl Told {
    /// A document with a text; each line of the text is one sentence.
    pub(crate) fn new(path: &str, text: &str) -> Told {
        let mut drafts = Drafts::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            if !words.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                drafts.sentences.push(Sentence { span: Span::new(start, start + words.len()), parts: vec![] });
            }
            at += line.len();
        }
        Told { document: document(path, text), drafts }
    }

    /// With a title and an author.
    pub(crate) fn by(mut self, title: &str, author: &str) -> Told {
        self.document.metadata.title = Some(title.into());
        self.document.metadata.authors = vec![author.into()];
        self
    }

    /// With a part of the document that is not body.
    pub(crate) fn zone(mut self, part: &str, kind: ZoneKind) -> Told {
        let span = self.words(part).span;
        self.document.zones.push(Zone { span, kind });
        self
    }

    /// With a page of the original that begins at some words and goes to the end.
    pub(crate) fn page(mut self, part: &str, page: u32) -> Told {
        let start = self.words(part).span.start;
        if let Some(last) = self.document.places.last_mut() {
            last.span.end = start;
        }
        let span = Span { start, end: self.document.text.len() as u32 };
        self.document.places.push(Place { span, page: Some(page), paragraph: None, part: None });
        self
    }

    fn words(&self, part: &str) -> Words {
        let start = self.document.text.find(part).unwrap_or_else(|| panic!("{part:?} is not in the text"));
        Words { span: Span::new(start, start + part.len()), text: part.into() }
    }

    /// With a name of somebody.
    pub(crate) fn person(mut self, name: &str) -> Told {
        let words = self.words(name);
        let (kind, form) = (MentionKind::Person, MentionForm::Name);
        self.drafts.mentions.push(Mention { words, kind, form, antecedent: None });
        self
    }

    /// Something the author says.
    pub(crate) fn own(self, claim: &str) -> Told {
        self.draft(claim, vec![Link::author(Stance::Asserts)])
    }

    /// Something said by voices, outermost first; `?` is a voice without words.
    pub(crate) fn said(self, claim: &str, voices: &[&str], cue: &str) -> Told {
        let mut chain = vec![Link::author(Stance::Reports)];
        for voice in voices {
            let voice = match *voice {
                "?" => Voice::Unnamed(None),
                words => Voice::Named(self.words(words)),
            };
            chain.push(Link::new(voice, Stance::Asserts));
        }
        if let Some(last) = chain.last_mut() {
            last.cue = Some(self.words(cue));
        }
        self.draft(claim, chain)
    }

    /// What the last statement says brings about (`+`) or prevents (`-`) what.
    pub(crate) fn causes(mut self, cause: &str, effect: &str, sign: &str) -> Told {
        let (cause, effect) = (self.words(cause), self.words(effect));
        let claim = &mut self.drafts.statements.last_mut().unwrap().claim;
        claim.kind = ClaimKind::Cause;
        claim.causation = Some(Box::new(Causation { cause, effect, sign: sign.parse().unwrap(), cue: None }));
        self
    }

    fn draft(mut self, claim: &str, chain: Vec<Link>) -> Told {
        let words = self.words(claim);
        let sentence = self.drafts.sentences.iter().find(|s| s.span.contains(words.span)).unwrap().span;
        self.drafts.statements.push(Draft {
            sentence,
            evidence: vec![words],
            chain,
            claim: Claim::plain(ClaimKind::Event),
            reader: "told".into(),
        });
        self
    }
}

/// An archive of told documents.
pub(crate) struct Shown {
    snapshot: Snapshot,
    judgements: Mutex<Vec<Judgement>>,
    /// Whether it tells verdicts one by one; else pages must load everything again.
    pub(crate) takes_in: AtomicBool,
    /// Tells that it has grown.
    pub(crate) generation: AtomicU64,
}

impl Shown {
    pub(crate) fn new(told: Vec<Told>) -> Shown {
        let mut snapshot = Snapshot::default();
        for Told { document, drafts } in told {
            document.check().unwrap();
            let reading = drafts.ground(&document, "told 1");
            assert!(reading.refusals.is_empty(), "{:?}", reading.refusals);
            snapshot.documents.push((document.into(), reading.into()));
        }
        snapshot.sort();
        Shown { snapshot, judgements: Mutex::default(), takes_in: AtomicBool::new(true), generation: AtomicU64::new(1) }
    }

    pub(crate) fn snapshot_mut(&mut self) -> &mut Snapshot {
        &mut self.snapshot
    }
}

impl Archive for Shown {
    fn name(&self) -> String {
        "told.ledger".into()
    }
    fn generation(&self) -> Result<u64, String> {
        match self.generation.load(Ordering::SeqCst) {
            0 => Err("The ledger told.ledger is damaged; restore it from a copy.".into()),
            n => Ok(n + 1000 * self.judgements.lock().unwrap().len() as u64),
        }
    }
    fn snapshot(&self) -> Result<Snapshot, String> {
        let mut snapshot = self.snapshot.clone();
        let kept = self.generation.load(Ordering::SeqCst) as usize;
        snapshot.judgements.extend(self.judgements.lock().unwrap().iter().cloned());
        snapshot.documents.truncate(if kept == 1 { usize::MAX } else { kept - 1 });
        snapshot.obey();
        Ok(snapshot)
    }
    fn judged_since(&self, generation: u64) -> Result<(u64, Option<Vec<Judgement>>), String> {
        let now = self.generation()?;
        let before = (generation / 1000) as usize;
        let judgements = self.judgements.lock().unwrap();
        let only = now % 1000 == generation % 1000 && self.takes_in.load(Ordering::SeqCst);
        Ok((now, only.then(|| judgements.get(before..).unwrap_or_default().to_vec())))
    }
    fn judge(&self, judgement: &Judgement, generation: u64) -> Result<Option<u64>, String> {
        if self.generation()? != generation {
            return Ok(None);
        }
        let mut judgements = self.judgements.lock().unwrap();
        let sequence = judgements.len() as u64 + 1;
        judgements.push(Judgement { sequence, ..judgement.clone() });
        Ok(Some(sequence))
    }
    fn take(&self, _: &[Found], _: &[Refusal], _: &mut dyn FnMut(Event<'_>)) -> Result<Taken, String> {
        Err("Told documents take no files.".into())
    }
    fn search(&self, query: &str) -> Result<(Vec<Hit>, Searched), String> {
        let query = query.to_lowercase();
        let mut hits = Vec::new();
        for (document, reading) in &self.snapshot.documents {
            for sentence in &reading.sentences {
                let words = sentence.span.of(&document.text).unwrap().to_lowercase();
                let inside = reading.statements.iter().filter(|s| s.sentence() == sentence.span);
                let statements: Vec<_> = inside.map(|s| s.id().clone()).collect();
                if words.contains(&query) && !statements.is_empty() {
                    hits.push(Hit { document: document.id.clone(), sentence: sentence.span, statements });
                }
            }
        }
        let documents = self.snapshot.documents.len() as u64;
        Ok((hits, Searched { terms: vec![query], documents, sentences: 9, without_statement: 2 }))
    }
}

/// Three documents in two directions of writing: nested voices, zones, pages, a title in a foreign alphabet.
pub(crate) fn three() -> Vec<Told> {
    vec![
        Told::new(
            "a/mill.txt",
            "The mill fire\n\nHome | News\n\nThe owner heard that Tom Reed said the sluice was open that night.\n\
             It rained until four.\n\nPage two begins here, and the miller denied it.\n",
        )
        .by("The mill fire", "Anne Lowry")
        .zone("The mill fire", ZoneKind::Title)
        .zone("Home | News", ZoneKind::Menu)
        .page("The mill fire", 1)
        .page("Page two", 2)
        .said("Tom Reed said the sluice was open that night", &["The owner"], "heard that")
        .said("the sluice was open that night", &["The owner", "Tom Reed"], "said")
        .own("It rained until four"),
        Told::new("b.txt", "ناخدا گفت که چراغ‌ها روشن بود.\nBBC گزارش داد که باران می‌بارید.\n")
            .by("گزارش شب", "مریم صادقی")
            .said("چراغ‌ها روشن بود", &["ناخدا"], "گفت که")
            .said("باران می‌بارید", &["?"], "گزارش داد که"),
        Told::new("c.txt", "The bridge stood.\nTom Reed said the bridge fell.\n").own("The bridge stood").said(
            "the bridge fell",
            &["Tom Reed"],
            "said",
        ),
    ]
}
