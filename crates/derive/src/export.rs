//! The export: one JSON object a line, everything a snapshot holds. The contract with scorers, notebooks and other
//! tools; `docs/export.md` explains every field and `docs/export.schema.json` is its JSON Schema.
//!
//! Offsets count Unicode code points here, bytes everywhere else in the program: the conversion happens in this file
//! and nowhere else. Lines come in the order of the documents, and within a document in the order of the contract.

use crate::causes::{Concepts, Own};
use crate::compare::{Accounts, Comparison, Reuse};
use crate::events::{Coded, Coder, Member, Tie, ties};
use crate::resolve::{Actor, Actors};
use rashomon_core::{
    Aside, CharIndex, Document, DocumentId, Judgement, Link, Mention, Quantity, Quotation, Reading, Refusal, Sentence,
    Snapshot,
};
use rashomon_core::{Causation, Claim, Span, Statement, TimeExpression, Timed, Voice, Words};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::Write;

/// Version of the format; it changes when a reader of exports could misunderstand.
pub const VERSION: u32 = 1;

/// What to put into an export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Also write the text of plain-text documents, whose offsets fit the file itself.
    pub text: bool,
    /// A person's own file of event codes, its rules before the bundled ones.
    pub codes: Option<String>,
}

/// Writes a snapshot as JSON Lines.
pub fn write_jsonl(snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn Write) -> std::io::Result<()> {
    let actors = Actors::resolve(snapshot);
    let coder = match &options.codes {
        Some(own) => Coder::with(own).map_err(|e| std::io::Error::new(std::io::ErrorKind::InvalidInput, e))?,
        None => Coder::bundled(),
    };
    let mut line = |value: Value| writeln!(out, "{value}");
    line(json!({
        "type": "header", "format": "rashomon-export", "version": VERSION,
        "program": concat!("rashomon ", env!("CARGO_PKG_VERSION")),
    }))?;
    let concepts = Concepts::of(snapshot, &actors, &Own::default());
    let all: Vec<Exporter> = snapshot
        .documents
        .iter()
        .enumerate()
        .map(|(n, (d, r))| Exporter::new(d, r, &actors, &coder, (&concepts, n)))
        .collect();
    for exporter in &all {
        line(exporter.document(options))?;
    }
    for exporter in &all {
        for value in exporter.readings() {
            line(value)?;
        }
    }
    for actor in actors.iter() {
        line(actor_record(actor))?;
    }
    let by_id: HashMap<&DocumentId, &Exporter> = all.iter().map(|e| (&e.document.id, e)).collect();
    let accounts = Accounts::of(snapshot, &actors);
    for comparison in &accounts.compared.comparisons {
        line(comparison_record(comparison))?;
    }
    for found in accounts.repeated.iter() {
        if let (Some(a), Some(b)) = (by_id.get(&found.a.document), by_id.get(&found.b.document)) {
            line(reuse_record(found, a, b))?;
        }
    }
    for judgement in &snapshot.judgements {
        line(judgement_record(judgement))?;
    }
    for aside in &snapshot.aside {
        if let Some(exporter) = by_id.get(aside.statement.document()) {
            line(aside_record(aside, exporter, snapshot))?;
        }
    }
    for duplicate in &snapshot.duplicates {
        line(json!({
            "type": "refusal", "document": duplicate.document.as_str(), "path": duplicate.path, "reader": "intake",
            "reason": "the same bytes stand under another path and were read once", "words": null,
        }))?;
    }
    for refusal in snapshot.documents.iter().flat_map(|(_, r)| &r.refusals).chain(&snapshot.refusals) {
        line(refusal_record(refusal))?;
    }
    Ok(())
}

/// Turns one document and its reading into records.
struct Exporter<'a> {
    document: &'a Document,
    reading: &'a Reading,
    actors: &'a Actors,
    index: CharIndex,
    /// Coded events and ties, in the order of their statements.
    coded: Vec<Coded>,
    ties: Vec<Tie>,
    /// The concepts of the case, and the document's place in it.
    concepts: (&'a Concepts, usize),
}

impl<'a> Exporter<'a> {
    fn new(
        document: &'a Document,
        reading: &'a Reading,
        actors: &'a Actors,
        coder: &Coder,
        concepts: (&'a Concepts, usize),
    ) -> Exporter<'a> {
        let coded = coder.code(document, reading, actors);
        let ties = ties(document, reading, &coded, actors);
        Exporter { document, reading, actors, index: CharIndex::new(&document.text), coded, ties, concepts }
    }

    fn document(&self, options: &ExportOptions) -> Value {
        let d = self.document;
        let zones: Vec<Value> = d.zones.iter().map(|z| with(self.place(z.span), "kind", z.kind.as_str())).collect();
        let text = (options.text || !d.is_plain_text()).then_some(&d.text);
        json!({
            "type": "document", "id": d.id.as_str(), "path": d.path, "media_type": d.media_type,
            "sha256": d.id.as_str(), "chars": self.index.chars(), "text": text, "title": d.metadata.title,
            "authors": d.metadata.authors, "publisher": d.metadata.publisher, "date": d.metadata.date,
            "language": d.metadata.language, "url": d.metadata.url, "zones": zones, "notes": d.notes,
            "pages": self.pages(),
        })
    }

    /// Where each page of the original begins and ends; null for an original without pages.
    fn pages(&self) -> Option<Vec<Value>> {
        let places = self.document.places.iter();
        let pages: Vec<Value> = places.filter_map(|p| p.page.map(|n| with(self.place(p.span), "page", n))).collect();
        (!pages.is_empty()).then_some(pages)
    }

    fn readings(&self) -> impl Iterator<Item = Value> + '_ {
        let r = self.reading;
        let sentences = r.sentences.iter().map(|s| self.sentence(s));
        let mentions = r.mentions.iter().map(|m| self.mention(m));
        let statements = r.statements.iter().enumerate().map(|(n, s)| self.with_codes(n, self.statement(s)));
        let quotations = r.quotations.iter().map(|q| self.quotation(q));
        let times = r.times.iter().map(|t| self.time(t));
        let quantities = r.quantities.iter().map(|q| self.quantity(q));
        let causes =
            r.statements.iter().enumerate().filter_map(|(n, s)| Some(self.cause(n, s, s.claim().causation.as_ref()?)));
        sentences.chain(mentions).chain(statements).chain(quotations).chain(times).chain(quantities).chain(causes)
    }

    /// A cause with the statement that says whose claim it is.
    fn cause(&self, place: usize, statement: &Statement, causation: &Causation) -> Value {
        let (concepts, document) = self.concepts;
        let (cause_concept, effect_concept) = concepts.named(document, place);
        json!({
            "type": "cause", "statement": statement.id().as_str(), "document": self.document.id.as_str(),
            "cause": self.words(&causation.cause), "effect": self.words(&causation.effect),
            "sign": causation.sign.as_str(), "cue": causation.cue.as_ref().map(|w| self.words(w)),
            "cause_concept": cause_concept, "effect_concept": effect_concept,
        })
    }

    fn sentence(&self, sentence: &Sentence) -> Value {
        let mut record = self.record("sentence", sentence.span);
        if !sentence.parts.is_empty() {
            record.insert("parts".into(), sentence.parts.iter().map(|p| self.place(*p)).collect());
        }
        record.into()
    }

    fn mention(&self, mention: &Mention) -> Value {
        let mut record = self.record("mention", mention.words.span);
        let actor = self.actors.of_mention(&self.document.id, mention.words.span);
        record.extend([
            ("id".into(), self.mention_id(mention.words.span).into()),
            ("text".into(), mention.words.text.as_str().into()),
            ("kind".into(), mention.kind.as_str().into()),
            ("form".into(), mention.form.as_str().into()),
            ("antecedent".into(), mention.antecedent.map(|s| self.mention_id(s)).into()),
            ("actor".into(), actor.map(|a| a.id.as_str()).into()),
        ]);
        record.into()
    }

    fn statement(&self, statement: &Statement) -> Value {
        let claim = statement.claim();
        json!({
            "type": "statement", "id": statement.id().as_str(), "document": self.document.id.as_str(),
            "sentence": self.place(statement.sentence()),
            "evidence": statement.evidence().iter().map(|w| self.words(w)).collect::<Vec<_>>(),
            "kind": claim.kind.as_str(), "predicate": self.predicate(claim), "arguments": self.arguments(claim),
            "polarity": claim.polarity.as_str(), "certainty": claim.certainty.as_str(),
            "hedges": claim.hedges.iter().map(|w| self.words(w)).collect::<Vec<_>>(),
            "commitment": statement.commitment().as_str(),
            "chain": statement.chain().iter().map(|l| self.link(l)).collect::<Vec<_>>(),
            "time": claim.time.as_ref().map(|t| self.timed(t)),
            "place": claim.place.as_ref().map(|w| self.with_actor(w)),
            "reader": statement.reader(),
        })
    }

    /// A statement with what it is coded to: the claim's own event, else the act of a voice; both if there are both.
    fn with_codes(&self, n: usize, record: Value) -> Value {
        let from = self.coded.partition_point(|c| c.statement < n);
        let of = || self.coded.iter().skip(from).take_while(|c| c.statement == n);
        let claim = of().find(|c| c.link.is_none());
        let mut acts = of().filter(|c| c.link.is_some());
        let event = claim.or_else(|| acts.next());
        let record = with(record, "event", event.map(|c| self.event(c)));
        let acts: Vec<Value> = acts.map(|c| self.event(c)).collect();
        let record = with(record, "acts", (!acts.is_empty()).then_some(acts));
        let from = self.ties.partition_point(|t| t.statement < n);
        let ties: Vec<Value> =
            self.ties.iter().skip(from).take_while(|t| t.statement == n).map(|t| self.tie(t)).collect();
        with(record, "ties", (!ties.is_empty()).then_some(ties))
    }

    fn event(&self, coded: &Coded) -> Value {
        let marks = coded.marks;
        let record = json!({
            "scheme": "PLOVER", "code": &*coded.code, "mode": coded.mode.as_deref(),
            "context": coded.contexts.iter().map(|c| &**c).collect::<Vec<_>>(), "intensity": coded.intensity,
            "source_actor": first_actor(&coded.source), "target_actor": first_actor(&coded.target),
            "source": self.members(&coded.source), "target": self.members(&coded.target),
            "historical": marks.historical, "future": marks.future, "hypothetical": marks.hypothetical,
            "negated": marks.negated,
        });
        with(record, "link", coded.link)
    }

    fn tie(&self, tie: &Tie) -> Value {
        let record = json!({
            "type": tie.kind.as_str(), "sign": tie.sign, "directed": tie.directed, "from_event": tie.from_event,
            "source_actor": first_actor(&tie.from), "target_actor": first_actor(&tie.to),
            "source": self.members(&tie.from), "target": self.members(&tie.to), "negated": tie.marks.negated,
            "future": tie.marks.future, "hypothetical": tie.marks.hypothetical, "historical": tie.marks.historical,
        });
        with(record, "link", tie.link)
    }

    fn members(&self, members: &[Member]) -> Vec<Value> {
        let one = |m: &Member| with(self.words(&m.words), "actor", m.actor.as_ref().map(|a| a.as_str()));
        members.iter().map(one).collect()
    }

    /// An object without fields where the reader did not look inside the claim.
    fn predicate(&self, claim: &Claim) -> Value {
        let Some(predicate) = &claim.predicate else { return json!({}) };
        let record = with(self.words(&predicate.words), "lemma", predicate.lemma.as_str());
        match &predicate.roleset {
            Some(roleset) => with(record, "roleset", roleset.as_str()),
            None => record,
        }
    }

    fn arguments(&self, claim: &Claim) -> Vec<Value> {
        let argument = |a: &rashomon_core::Argument| {
            let mention = self.reading.mentions.binary_search_by_key(&a.words.span, |m| m.words.span).is_ok();
            let record = with(self.with_actor(&a.words), "role", a.role.as_str());
            let record = with(record, "mention", mention.then(|| self.mention_id(a.words.span)));
            with(record, "statement", a.statement.as_ref().map(|s| s.as_str()))
        };
        claim.arguments.iter().map(argument).collect()
    }

    fn link(&self, link: &Link) -> Value {
        json!({
            "voice": self.voice(&link.voice), "stance": link.stance.as_str(),
            "cue": link.cue.as_ref().map(|w| self.words(w)), "venue": link.venue.as_ref().map(|w| self.words(w)),
            "time": link.time.as_ref().map(|t| self.timed(t)), "scope": link.scope.as_str(),
        })
    }

    fn voice(&self, voice: &Voice) -> Value {
        let kind = match voice {
            Voice::Author => "author",
            Voice::Named(_) => "named",
            Voice::Unnamed(_) => "unnamed",
        };
        let actor = self.actors.of_voice(&self.document.id, voice).map(|a| a.id.as_str());
        let record = voice.words().map_or_else(|| json!({}), |w| self.words(w));
        with(with(record, "kind", kind), "actor", actor)
    }

    fn quotation(&self, quotation: &Quotation) -> Value {
        let inside = |s: &&Statement| s.evidence().iter().any(|w| quotation.content.span.overlaps(w.span));
        // A quotation's statements stand in sentences that it touches, and statements are in order of sentence.
        let end = self.reading.statements.partition_point(|s| s.sentence().start < quotation.content.span.end);
        let before = self.reading.statements.get(..end).unwrap_or_default();
        let near = before.iter().rev().take_while(|s| s.sentence().end > quotation.content.span.start);
        let mut ids: Vec<&str> = near.filter(inside).map(|s| s.id().as_str()).collect();
        ids.reverse();
        let mut record = self.record("quotation", quotation.content.span);
        record.extend([
            ("text".into(), quotation.content.text.as_str().into()),
            ("kind".into(), quotation.kind.as_str().into()),
            ("speaker".into(), quotation.speaker.as_ref().map(|v| self.voice(v)).into()),
            ("cue".into(), quotation.cue.as_ref().map(|w| self.words(w)).into()),
            ("statements".into(), ids.into()),
        ]);
        record.into()
    }

    fn time(&self, time: &TimeExpression) -> Value {
        let mut record = self.record("time", time.time.words.span);
        record.extend([
            ("text".into(), time.time.words.text.as_str().into()),
            ("edtf".into(), time.time.edtf.clone().into()),
            ("calendar".into(), time.time.calendar.as_str().into()),
            ("role".into(), time.role.as_str().into()),
        ]);
        record.into()
    }

    fn quantity(&self, quantity: &Quantity) -> Value {
        let mut record = self.record("quantity", quantity.words.span);
        record.extend([
            ("text".into(), quantity.words.text.as_str().into()),
            ("low".into(), quantity.low.clone().into()),
            ("high".into(), quantity.high.clone().into()),
            ("unit".into(), quantity.unit.clone().into()),
            ("measures".into(), quantity.measures.clone().into()),
            ("role".into(), quantity.role.as_str().into()),
        ]);
        record.into()
    }

    fn record(&self, kind: &str, span: Span) -> Map<String, Value> {
        let (start, end) = self.index.span(&self.document.text, span);
        let mut record = Map::new();
        record.insert("type".into(), kind.into());
        record.insert("document".into(), self.document.id.as_str().into());
        record.insert("start".into(), start.into());
        record.insert("end".into(), end.into());
        record
    }

    fn mention_id(&self, span: Span) -> String {
        let (start, end) = self.index.span(&self.document.text, span);
        format!("m-{}-{start}-{end}", self.document.id.as_str().get(..16).unwrap_or_default())
    }

    fn place(&self, span: Span) -> Value {
        let (start, end) = self.index.span(&self.document.text, span);
        json!({"start": start, "end": end})
    }

    fn words(&self, words: &Words) -> Value {
        with(self.place(words.span), "text", words.text.as_str())
    }

    fn timed(&self, time: &Timed) -> Value {
        let record = with(self.words(&time.words), "edtf", time.edtf.clone());
        with(record, "calendar", time.calendar.as_str())
    }

    fn with_actor(&self, words: &Words) -> Value {
        let actor = self.actors.at(&self.document.id, words).map(|a| a.id.as_str());
        with(self.words(words), "actor", actor)
    }
}

/// An object with one more field; a null field is left out.
fn with(mut record: Value, field: &str, value: impl Into<Value>) -> Value {
    let value = value.into();
    if let (Some(map), false) = (record.as_object_mut(), value.is_null()) {
        map.insert(field.to_owned(), value);
    }
    record
}

fn first_actor(members: &[Member]) -> Option<&str> {
    members.iter().find_map(|m| m.actor.as_ref()).map(|a| a.as_str())
}

fn typed(kind: &str, record: Value) -> Value {
    with(record, "type", kind)
}

/// A score as people read it.
fn two_digits(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}

fn actor_record(actor: &Actor) -> Value {
    let names = actor.names.iter().map(|(text, places)| {
        let documents = places.iter().map(|(d, n)| json!({"document": d.as_str(), "count": n}));
        json!({"text": text, "count": places.values().sum::<usize>(), "documents": documents.collect::<Vec<_>>()})
    });
    json!({
        "type": "actor", "id": actor.id.as_str(), "name": actor.name, "kind": actor.kind.as_str(),
        "names": names.collect::<Vec<_>>(),
        "merges": actor.merges.iter().map(|m| json!({"a": m.a, "b": m.b, "score": two_digits(m.score), "reasons": m.reasons}))
            .collect::<Vec<_>>(),
    })
}

fn comparison_record(comparison: &Comparison) -> Value {
    json!({
        "type": "comparison", "a": comparison.a.as_str(), "b": comparison.b.as_str(),
        "verdict": comparison.verdict.as_str(), "aspect": comparison.aspect.as_str(), "reason": comparison.reason,
        "independence": comparison.independence.as_str(), "root": comparison.root,
        "score": (comparison.score * 100.0).round() / 100.0,
    })
}

fn reuse_record(reuse: &Reuse, a: &Exporter<'_>, b: &Exporter<'_>) -> Value {
    let place =
        |exporter: &Exporter<'_>, span: Span| with(exporter.place(span), "document", exporter.document.id.as_str());
    let changed = reuse.changed.iter().map(|c| json!({"a": c.a.map(|s| a.place(s)), "b": c.b.map(|s| b.place(s))}));
    json!({
        "type": "reuse", "a": place(a, reuse.a.span), "b": place(b, reuse.b.span),
        "score": (reuse.share * 100.0).round() / 100.0, "direction": reuse.direction.as_str(),
        "changed": changed.collect::<Vec<_>>(),
    })
}

/// A verdict; of a mend only that there is one, because what it made is a statement of its own with its own line.
fn judgement_record(judgement: &Judgement) -> Value {
    let mut record = json!({
        "sequence": judgement.sequence, "agent": judgement.agent, "verdict": judgement.verdict,
        "target": judgement.target, "words": judgement.words, "note": judgement.note,
    });
    if let Some(fields) = record.as_object_mut() {
        fields.extend(judgement.document.as_ref().map(|id| ("document".to_owned(), id.as_str().into())));
        fields.extend(judgement.undoes.map(|row| ("undoes".to_owned(), row.into())));
    }
    typed("judgement", record)
}

/// A statement that a person found wrong or mended, whole, with the verdict that keeps it out of the views.
fn aside_record(aside: &Aside, exporter: &Exporter<'_>, snapshot: &Snapshot) -> Value {
    let verdict = snapshot.judgements.iter().find(|j| j.sequence == aside.judgement);
    json!({
        "type": "aside", "statement": exporter.statement(&aside.statement), "judgement": aside.judgement,
        "verdict": verdict.map(|j| j.verdict.as_str()), "by": verdict.map(|j| j.agent.as_str()),
        "instead": aside.instead.as_ref().map(|id| id.as_str()),
    })
}

fn refusal_record(refusal: &Refusal) -> Value {
    json!({
        "type": "refusal", "document": refusal.document.as_ref().map(|d| d.as_str()), "path": refusal.path,
        "reader": refusal.reader, "reason": refusal.reason, "words": refusal.words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    fn lines(snapshot: &Snapshot) -> Vec<Value> {
        let mut out = Vec::new();
        write_jsonl(snapshot, &ExportOptions { text: true, codes: None }, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    fn sample() -> Snapshot {
        snapshot(&[
            Told::new("b.txt", "Été, naïve. The owner heard that Tom Reed said the sea was calm.")
                .name("Tom Reed", rashomon_core::MentionKind::Person)
                .said("the sea was calm", &["The owner", "Tom Reed"]),
            Told::new("a.txt", "It rained.").own("It rained"),
        ])
    }

    /// Every {start,end,text} below a value.
    fn triples(value: &Value, document: Option<&str>, found: &mut Vec<(String, usize, usize, String)>) {
        match value {
            Value::Object(map) => {
                let document = map.get("document").and_then(Value::as_str).or(document);
                let number = |k: &str| map.get(k).and_then(Value::as_u64).map(|n| n as usize);
                let text = map.get("text").and_then(Value::as_str);
                if let (Some(d), Some(s), Some(e), Some(t)) = (document, number("start"), number("end"), text) {
                    found.push((d.into(), s, e, t.into()));
                }
                map.values().for_each(|v| triples(v, document, found));
            }
            Value::Array(items) => items.iter().for_each(|v| triples(v, document, found)),
            _ => {}
        }
    }

    #[test]
    fn every_triple_stands_in_its_document_in_code_points() {
        let records = lines(&sample());
        let texts: std::collections::BTreeMap<String, Vec<char>> = records
            .iter()
            .filter(|r| r["type"] == "document")
            .map(|r| (r["id"].as_str().unwrap().into(), r["text"].as_str().unwrap().chars().collect()))
            .collect();
        let mut found = Vec::new();
        records.iter().filter(|r| r["type"] != "document").for_each(|r| triples(r, None, &mut found));
        assert_eq!(found.len(), 5, "{found:?}");
        for (document, start, end, text) in found {
            assert_eq!(texts[&document][start..end].iter().collect::<String>(), text);
        }
    }

    #[test]
    fn the_header_comes_first_and_documents_by_path() {
        let records = lines(&sample());
        assert_eq!(records[0]["format"], "rashomon-export");
        assert_eq!(records[1]["path"], "a.txt");
        assert_eq!(records[2]["path"], "b.txt");
        let voice = records.iter().find(|r| r["chain"].as_array().is_some_and(|c| c.len() == 3)).unwrap();
        let actor = voice["chain"][2]["voice"]["actor"].as_str().unwrap();
        assert!(records.iter().any(|r| r["type"] == "actor" && r["id"] == actor && r["name"] == "Tom Reed"));
    }

    /// The sample after a person found one statement wrong and mended the other.
    fn judged() -> Snapshot {
        let mut snapshot = sample();
        let verdicts: Vec<Judgement> = snapshot
            .statements()
            .zip([(1, "wrong"), (2, "mended")])
            .map(|((document, statement), (sequence, verdict))| {
                let mend = rashomon_core::Mend {
                    polarity: Some(rashomon_core::Polarity::Negative),
                    ..rashomon_core::Mend::default()
                };
                let mend = mend.of(statement, document, &[], "Reed").unwrap();
                Judgement {
                    sequence,
                    agent: "Reed".into(),
                    verdict: verdict.into(),
                    target: statement.id().to_string(),
                    words: statement.text(),
                    document: Some(document.id.clone()),
                    mend: (verdict == "mended").then(|| Box::new(mend)),
                    ..Judgement::default()
                }
            })
            .collect();
        snapshot.judgements = verdicts;
        let undo = Judgement { sequence: 3, verdict: "undo".into(), undoes: Some(9), ..snapshot.judgements[0].clone() };
        snapshot.judgements.push(undo);
        snapshot.obey();
        snapshot
    }

    #[test]
    fn what_people_found_wrong_or_mended_is_obeyed_and_the_export_says_so() {
        let (before, after) = (lines(&sample()), lines(&judged()));
        let of = |records: &[Value], kind: &str| -> Vec<Value> {
            records.iter().filter(|r| r["type"] == kind).cloned().collect()
        };
        assert_eq!((of(&before, "statement").len(), of(&before, "aside").len()), (2, 0));
        let (statements, aside) = (of(&after, "statement"), of(&after, "aside"));
        assert_eq!(statements.len(), 1);
        assert_eq!((&statements[0]["polarity"], &statements[0]["reader"]), (&json!("-"), &json!("Reed, mending")));
        let told = |a: &Value| (a["verdict"].clone(), a["by"].clone(), a["instead"].clone());
        assert_eq!(told(&aside[0]), (json!("wrong"), json!("Reed"), Value::Null));
        assert_eq!(told(&aside[1]), (json!("mended"), json!("Reed"), statements[0]["id"].clone()));
        let whole: Vec<Value> = aside.iter().map(|a| a["statement"]["id"].clone()).collect();
        assert_eq!(whole, of(&before, "statement").iter().map(|s| s["id"].clone()).collect::<Vec<_>>());
    }

    #[test]
    fn every_line_fits_the_schema_and_a_wrong_one_does_not() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/export.schema.json");
        let mut schemas = boon::Schemas::new();
        let schema = boon::Compiler::new().compile(file, &mut schemas).unwrap();
        let repeats = |start: &str| {
            Told::new(&format!("{start}.txt"), &format!("{start} heard that Tom Reed said the sea was calm."))
        };
        let repeated = lines(&snapshot(&[repeats("Été"), repeats("Anne")]));
        assert!(repeated.iter().any(|r| r["type"] == "reuse"));
        for record in lines(&sample()).into_iter().chain(repeated).chain(lines(&judged())) {
            let verdict = schemas.validate(&record, schema);
            assert!(verdict.is_ok(), "{record}\n{}", verdict.unwrap_err());
        }
        for bad in [
            json!({"type": "statement", "id": "x"}),
            json!({"type": "opinion"}),
            json!({"type": "sentence", "document": "d", "start": "one", "end": 2}),
        ] {
            assert!(schemas.validate(&bad, schema).is_err(), "{bad}");
        }
    }
}
