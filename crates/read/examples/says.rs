//! Shows what the reader reads in a text, for whoever writes a rule: `cargo run -p rashomon-read --example says < TEXT`.
//!
//! A line a statement, in the notation of the tests inside the rule files; `---` parts texts.

use rashomon_core::{Document, Words};
use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    for text in text.split("\n---\n") {
        show(text.trim());
    }
    Ok(())
}

fn joined(words: &[Words]) -> String {
    words.iter().map(|w| w.text.replace('\n', "/")).collect::<Vec<_>>().join(" … ")
}

fn show(text: &str) {
    let document = Document::plain("text.txt", text);
    let reading = rashomon_read::read(&document);
    println!("{text}");
    for statement in &reading.statements {
        let voices = statement.chain()[1..].iter().map(|link| {
            let words = link.voice.words().map_or("?".to_owned(), |w| w.text.replace('\n', "/"));
            format!("{words} ({})", link.stance)
        });
        let voices = voices.collect::<Vec<_>>().join(" > ");
        println!("    {} [{voices}] {}", statement.commitment(), joined(statement.evidence()));
        let claim = statement.claim();
        let predicate = claim.predicate.as_ref().map_or("?".to_owned(), |p| format!("{} = {}", p.lemma, p.words.text));
        let arguments = claim.arguments.iter().map(|a| format!("{}: {}", a.role, a.words.text.replace('\n', "/")));
        let arguments = arguments.collect::<Vec<_>>().join("; ");
        println!("        {} {}{predicate} ({}); {arguments}", claim.kind, claim.polarity, claim.certainty);
    }
    for link in reading.statements.iter().filter_map(|s| s.claim().causation.as_ref()) {
        let cue = link.cue.as_ref().map_or("", |c| c.text.as_str());
        println!("    cause {:?} {} {:?} by {cue:?}", link.cause.text, link.sign, link.effect.text);
    }
    for quotation in &reading.quotations {
        let speaker = quotation.speaker.as_ref().and_then(|s| s.words()).map_or("?", |w| w.text.as_str());
        println!("    “ {} [{speaker}] {}", quotation.kind, quotation.content.text.replace('\n', "/"));
    }
    for refusal in &reading.refusals {
        println!("    refused: {refusal:?}");
    }
}
