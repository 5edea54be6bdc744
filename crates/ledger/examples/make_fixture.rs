//! Makes the ledger that every later release must still open: `cargo run -p rashomon-ledger --example make_fixture`.
//!
//! Run once for a release whose ledger has a new form, before the release; writes `fixtures/ledgers/VERSION.ledger` and
//! beside it, as JSON, what a snapshot of it must hold. Files that are there are never replaced: an old ledger that no
//! longer opens is a fault of the program, not of the file. (`*.ledger` is ignored by git elsewhere: `git add -f`.)

#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::*;
use rashomon_core::*;
use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/ledgers");
    let path = folder.join(concat!(env!("CARGO_PKG_VERSION"), ".ledger"));
    let golden = path.with_extension("json");
    assert!(!path.exists() && !golden.exists(), "{} is there already and is never replaced", path.display());
    std::fs::create_dir_all(&folder).unwrap();
    let mut ledger = write(&path);
    let full = everything();
    let id = full.0.id.clone();
    ledger
        .keep(&[account(1), taken("z/mill.txt", "The mill burnt. The miller said perhaps 3 sacks were saved.")])
        .unwrap();
    // The same bytes under a smaller path, then with a changed metadata file.
    ledger.keep(&[taken("a/mill.txt", "The mill burnt. The miller said perhaps 3 sacks were saved.")]).unwrap();
    let (mut dated, _) = account(1);
    dated.metadata.date = Some("1801".into());
    ledger.keep(&[read_by("harbour reader 2", dated), full]).unwrap();
    ledger.note(&[Duplicate { path: "b/copy.txt".into(), document: id.clone() }], &[]).unwrap();
    let locked = refusal("box/locked.pdf", "it has a password; take the password off and read it again");
    ledger.note(&[], &[locked, refusal("box/gone.txt", "you may not read it")]).unwrap();
    let part = Refusal { document: Some(id.clone()), ..refusal("b/gauge.txt", "page 3 has no text") };
    ledger.note(&[], &[part]).unwrap();
    ledger.found(&["box/gone.txt".into()]).unwrap();
    let judgement = Judgement {
        sequence: 0,
        agent: "a reader".into(),
        verdict: "wrong".into(),
        target: id.to_string(),
        words: "the gauge rose".into(),
        note: "read off in feet".into(),
        ..Default::default()
    };
    ledger.judge(&judgement).unwrap();
    ledger.judge(&Judgement { verdict: "undo".into(), ..judgement }).unwrap();
    std::fs::write(&golden, bytes(&ledger) + "\n").unwrap();
    println!("made {} and {}", path.display(), golden.display());
}

/// A document and a reading in which nothing is left empty that can be filled.
fn everything() -> (Document, Reading) {
    let text = "Gauge\nMrs Carter said in her letter of 1871 that the gauge, perhaps, rose 3 feet at the mill. \"So high\" \
                was never seen. نهر";
    let mut document = document("b/gauge.txt", text);
    document.media_type = "application/pdf".into();
    document.metadata = Metadata {
        title: Some("Gauge".into()),
        authors: vec!["The Clerk".into(), "His Brother".into()],
        publisher: Some("The Courier".into()),
        date: Some("1871-05~".into()),
        language: Some("en".into()),
        url: Some("https://example.org/gauge".into()),
    };
    document.zones = vec![Zone { span: Span::new(0, 5), kind: ZoneKind::Title }];
    document.places =
        vec![Place { span: Span::new(0, text.len()), page: Some(1), paragraph: Some(1), part: Some("one".into()) }];
    document.notes = vec!["two hyphens were joined".into()];
    let words = |part: &str| {
        Words::at(text, Span::new(text.find(part).unwrap(), text.find(part).unwrap() + part.len())).unwrap()
    };
    let timed = |part: &str| Timed { words: words(part), edtf: Some("1871".into()), calendar: Calendar::Julian };
    let mut drafts = drafts(&document);
    let first = drafts.statements.first().cloned().and_then(|draft| draft.ground(&document).ok()).unwrap();
    let quantity = Quantity {
        words: words("3 feet"),
        low: Some("3".into()),
        high: Some("3".into()),
        unit: Some("foot".into()),
        measures: Some("height".into()),
        role: QuantityRole::Quantity,
    };
    let argument = |role, part: &str, statement| Argument { role, words: words(part), statement };
    let link = Link {
        voice: Voice::Named(words("Mrs Carter")),
        stance: Stance::Hedges,
        cue: Some(words("said")),
        venue: Some(words("her letter")),
        time: Some(timed("1871").into()),
        scope: Scope::Paragraph,
    };
    let claim = Claim {
        kind: ClaimKind::Quantity,
        predicate: Some(Predicate { words: words("rose"), lemma: "rise".into(), roleset: Some("rise.01".into()) }),
        arguments: vec![
            argument(Role::Subject, "the gauge", None),
            argument(Role::Topic, "her letter", Some(first.id().clone())),
        ],
        polarity: Polarity::Negative,
        certainty: Certainty::Possible,
        hedges: vec![words("perhaps")],
        time: Some(timed("1871").into()),
        place: Some(words("the mill")),
        quantity: Some(quantity.clone().into()),
        causation: None,
    };
    drafts.statements.push(Draft {
        sentence: first.sentence(),
        evidence: vec![words("the gauge"), words("rose 3 feet at the mill")],
        chain: vec![Link::author(Stance::Reports), link, Link::new(Voice::Unnamed(None), Stance::Denies)],
        claim,
        reader: "by hand".into(),
    });
    drafts.sentences[1].parts = vec![words("Mrs Carter").span, words("rose 3 feet").span];
    drafts.quotations = vec![Quotation {
        content: words("So high"),
        kind: QuotationKind::Scare,
        speaker: Some(Voice::Unnamed(Some(words("her")))),
        cue: Some(words("was never seen")),
    }];
    drafts.mentions.push(Mention {
        words: words("her"),
        kind: MentionKind::Person,
        form: MentionForm::Pronoun,
        antecedent: Some(words("Mrs Carter").span),
    });
    drafts.times.push(TimeExpression { time: timed("1871"), role: TimeRole::Citation });
    drafts.quantities.push(quantity);
    drafts.refusals.push(Refusal { words: "نهر".into(), ..refusal("b/gauge.txt", "a lone word states nothing") });
    let reading = drafts.ground(&document, "by hand 1");
    assert_eq!(reading.refusals.len(), 1, "{:?}", reading.refusals);
    (document, reading)
}
