//! Runs the tests that stand inside the rule files: a text, and what must be read in it.
//!
//! `says`        statements with a source, each `voice > voice: words`; a stance that matters in brackets:
//!               `the mayor (denies): ...`, the author's as `(endorses) the mayor: ...`; `?` is a voice without words
//! `author`      statements in the author's own name
//! `quotations`  `kind speaker: words`, without speaker `kind: words`
//! `sentences`   the sentences, parts joined by ` + `
//! `mentions`    `form words` or `pronoun words = antecedent`
//! `claims`      sorted, `+lemma (certainty); role: words; role: words`, with the trained reader's weights only
//! `times`       `words = value`, `?` for a value that cannot be known, then the calendar and the role where they are not
//!               `gregorian` and `event`; `date` is the document's own
//! `quantities`  `words = low..high unit` (one number for a single value, `?` for none), then the role where it is not
//!               `quantity`; `words = identifier`
//! `causes`      causal links, each `voice > voice: cause + effect` (`-` prevents, `0` denied; no voice: the author)
//! Each list that a test has must be complete. ` … ` joins words that stand apart; `/` stands for a line break.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use rashomon_core::{Document, Metadata, Quantity, Reading, Span, TimeExpression, Voice, Words, Zone, ZoneKind};
use serde::Deserialize;

#[derive(Deserialize)]
struct RuleFile {
    #[serde(default)]
    test: Vec<RuleTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTest {
    text: String,
    says: Option<Vec<String>>,
    author: Option<Vec<String>>,
    quotations: Option<Vec<String>>,
    sentences: Option<Vec<String>>,
    mentions: Option<Vec<String>>,
    claims: Option<Vec<String>>,
    times: Option<Vec<String>>,
    quantities: Option<Vec<String>>,
    /// The document's date.
    date: Option<String>,
    causes: Option<Vec<String>>,
    /// Zones: `kind: words`.
    #[serde(default)]
    zones: Vec<String>,
}

fn document(test: &RuleTest) -> Document {
    let zones = test.zones.iter().map(|zone| {
        let (kind, words) = zone.split_once(": ").expect("a zone is `kind: words`");
        let start = test.text.find(words).expect("the zone's words stand in the text");
        let kind: ZoneKind = kind.parse().expect("a known kind of zone");
        Zone { span: Span::new(start, start + words.len()), kind }
    });
    let metadata = Metadata { date: test.date.clone(), ..Metadata::default() };
    Document { metadata, zones: zones.collect(), ..Document::plain("rule.txt", test.text.clone()) }
}

fn flat(text: &str) -> String {
    text.replace('\n', "/")
}

fn voice(voice: &Voice) -> String {
    voice.words().map_or("?".to_owned(), |w| flat(&w.text))
}

fn joined(words: &[Words]) -> String {
    words.iter().map(|w| flat(&w.text)).collect::<Vec<_>>().join(" … ")
}

/// The statements that hold all words of an owner in a sentence; single claims inside them and causal links are left out.
fn whole(reading: &Reading) -> impl Iterator<Item = &rashomon_core::Statement> {
    reading.statements.iter().filter(|s| s.reader() != "clauses" && s.claim().causation.is_none())
}

/// The claims, where weights are built in.
fn claims(reading: &Reading) -> Vec<String> {
    let one = |s: &rashomon_core::Statement| {
        let claim = s.claim();
        let sign = claim.polarity.as_str();
        let sure =
            Some(claim.certainty.as_str()).filter(|c| *c != "certain").map_or(String::new(), |c| format!(" ({c})"));
        let predicate = claim.predicate.as_ref().map_or("?", |p| p.lemma.as_str());
        let arguments = claim.arguments.iter().map(|a| format!("{}: {}", a.role, flat(&a.words.text)));
        format!("{sign}{predicate}{sure}; {}", arguments.collect::<Vec<_>>().join("; "))
    };
    let mut claims: Vec<String> =
        reading.statements.iter().filter(|s| s.claim().causation.is_none()).map(one).collect();
    claims.sort();
    claims
}

fn causes(reading: &Reading) -> Vec<String> {
    let one = |s: &rashomon_core::Statement| {
        let link = s.claim().causation.as_ref()?;
        let voices: Vec<String> = s.chain()[1..].iter().map(|l| voice(&l.voice)).collect();
        let voices = if voices.is_empty() { String::new() } else { format!("{}: ", voices.join(" > ")) };
        Some(format!("{voices}{} {} {}", flat(&link.cause.text), link.sign, flat(&link.effect.text)))
    };
    reading.statements.iter().filter_map(one).collect()
}

/// The statements with a source; stances are shown where the expectation shows any.
fn says(reading: &Reading, stances: bool) -> Vec<String> {
    let sourced = whole(reading).filter(|s| s.chain().len() > 1);
    let one = |s: &rashomon_core::Statement| {
        let links = s.chain()[1..].iter().map(|l| match stances && l.stance.as_str() != "asserts" {
            true => format!("{} ({})", voice(&l.voice), l.stance),
            false => voice(&l.voice),
        });
        let author = match stances && s.commitment().as_str() != "reports" {
            true => format!("({}) ", s.commitment()),
            false => String::new(),
        };
        format!("{author}{}: {}", links.collect::<Vec<_>>().join(" > "), joined(s.evidence()))
    };
    sourced.map(one).collect()
}

fn author(reading: &Reading) -> Vec<String> {
    whole(reading).filter(|s| s.chain().len() == 1).map(|s| joined(s.evidence())).collect()
}

fn quotations(reading: &Reading) -> Vec<String> {
    let one = |q: &rashomon_core::Quotation| match &q.speaker {
        Some(speaker) => format!("{} {}: {}", q.kind, voice(speaker), flat(&q.content.text)),
        None => format!("{}: {}", q.kind, flat(&q.content.text)),
    };
    reading.quotations.iter().map(one).collect()
}

fn sentences(reading: &Reading, text: &str) -> Vec<String> {
    let part = |s: &Span| flat(s.of(text).unwrap_or("!"));
    let one = |s: &rashomon_core::Sentence| match s.parts.as_slice() {
        [] => part(&s.span),
        parts => parts.iter().map(part).collect::<Vec<_>>().join(" + "),
    };
    reading.sentences.iter().map(one).collect()
}

fn mentions(reading: &Reading, text: &str) -> Vec<String> {
    let one = |m: &rashomon_core::Mention| match m.antecedent.and_then(|a| a.of(text)) {
        Some(antecedent) => format!("{} {} = {}", m.form, flat(&m.words.text), flat(antecedent)),
        None => format!("{} {}", m.form, flat(&m.words.text)),
    };
    reading.mentions.iter().map(one).collect()
}

fn times(reading: &Reading) -> Vec<String> {
    let one = |t: &TimeExpression| {
        let usual = |word: &str, usual: &str| if word == usual { String::new() } else { format!(" {word}") };
        let (calendar, role) = (usual(t.time.calendar.as_str(), "gregorian"), usual(t.role.as_str(), "event"));
        format!("{} = {}{calendar}{role}", flat(&t.time.words.text), t.time.edtf.as_deref().unwrap_or("?"))
    };
    reading.times.iter().map(one).collect()
}

fn quantities(reading: &Reading) -> Vec<String> {
    let one = |q: &Quantity| {
        let value = match (q.low.as_deref(), q.high.as_deref()) {
            (None, None) => "?".to_owned(),
            (low, high) if low == high => low.unwrap_or_default().to_owned(),
            (low, high) => format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default()),
        };
        let unit = q.unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
        let words = flat(&q.words.text);
        match q.role.as_str() {
            "quantity" => format!("{words} = {value}{unit}"),
            "ordinal" => format!("{words} = {value}{unit} ordinal"),
            role => format!("{words} = {role}"),
        }
    };
    reading.quantities.iter().map(one).collect()
}

fn check(test: &RuleTest) -> Vec<String> {
    let document = document(test);
    let reading = rashomon_read::read(&document);
    let text = &document.text;
    let shown = test.says.iter().flatten().any(|s| s.contains('('));
    let weights = rashomon_read::network::Model::built_in().is_some();
    let found = [
        ("says", &test.says, says(&reading, shown)),
        ("author", &test.author, author(&reading)),
        ("quotations", &test.quotations, quotations(&reading)),
        ("sentences", &test.sentences, sentences(&reading, text)),
        ("mentions", &test.mentions, mentions(&reading, text)),
        ("claims", test.claims.as_ref().filter(|_| weights).map_or(&None, |_| &test.claims), claims(&reading)),
        ("times", &test.times, times(&reading)),
        ("quantities", &test.quantities, quantities(&reading)),
        ("causes", &test.causes, causes(&reading)),
    ];
    let mut faults: Vec<String> = found
        .into_iter()
        .filter(|(_, wanted, found)| wanted.as_ref().is_some_and(|w| w != found))
        .map(|(what, wanted, found)| format!("{text:?}\n  {what} wanted {wanted:#?}\n  found {found:#?}"))
        .collect();
    if !reading.refusals.is_empty() {
        faults.push(format!("{text:?}\n  refused {:#?}", reading.refusals));
    }
    faults
}

#[test]
fn the_rule_files_pass_their_own_tests() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let mut count = 0;
    let mut faults = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the rules lie beside the code").flatten().collect();
    files.sort_by_key(|f| f.file_name());
    for file in files {
        let text = std::fs::read_to_string(file.path()).expect("a rule file can be read");
        let rules: RuleFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{:?}: {e}", file.path()));
        for test in &rules.test {
            count += 1;
            let name = file.file_name().to_string_lossy().into_owned();
            faults.extend(check(test).into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    assert!(count > 20, "only {count} tests were found in {folder}");
    assert!(faults.is_empty(), "{} of {count} rule tests fail:\n{}", faults.len(), faults.join("\n"));
}
