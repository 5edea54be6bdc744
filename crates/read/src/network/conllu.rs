//! CoNLL-U, the form in which treebanks are exchanged (<https://universaldependencies.org/format.html>): a parse is written
//! in it, and sentences that were cut into words elsewhere are read from it. The last column says where a word stands in
//! the text (`TokenRange`, in code points), whether it is part of a name, a predicate, an argument.

use super::parse::{Parse, Sentence, Word};
use std::fmt::Write;
use std::ops::Range;

/// Why a text is not CoNLL-U with words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not CoNLL-U: {why}")]
pub struct ConlluError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

/// Sentences cut into words, with their places in the CoNLL-U they were read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pretokenised {
    /// The places of each sentence's words, document after document.
    pub documents: Vec<Vec<Vec<Range<usize>>>>,
    lines: Vec<Line>,
}

/// A line that stands again in what is written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// As it is.
    Kept(Range<usize>),
    /// A word, and what its last column says of the blank after it.
    Word(Option<Range<usize>>),
    /// The end of a sentence, and whether it had words.
    End(bool),
}

impl Pretokenised {
    /// Reads the words of CoNLL-U. `# newdoc` begins a document; names are made to agree within one.
    pub fn read(source: &str) -> Result<Pretokenised, ConlluError> {
        let mut out = Pretokenised::default();
        let mut reading = Reading::default();
        let mut at = 0;
        for (n, whole) in source.split_inclusive('\n').enumerate() {
            let line = whole.trim_end_matches(['\n', '\r']);
            let place = at..at + line.len();
            at += whole.len();
            if line.is_empty() {
                out.end(&mut reading);
            } else {
                out.add(source, place, &mut reading).map_err(|why| ConlluError { line: n + 1, why })?;
            }
        }
        out.end(&mut reading);
        Ok(out)
    }

    fn add(&mut self, source: &str, place: Range<usize>, reading: &mut Reading) -> Result<(), String> {
        let line = source.get(place.clone()).unwrap_or_default();
        reading.open = true;
        if line.starts_with('#') {
            reading.new_document |= line.starts_with("# newdoc");
            self.lines.push(Line::Kept(place));
            return Ok(());
        }
        let mut columns = line.split('\t');
        let (id, form) = (columns.next().unwrap_or_default(), columns.next());
        let form = form.filter(|f| !f.is_empty()).ok_or("a word has ten columns with tabs between them")?;
        if id.contains('-') {
            self.lines.push(Line::Kept(place));
            return Ok(());
        }
        if id.contains('.') {
            return Ok(());
        }
        if id.parse() != Ok(reading.words.len() + 1) {
            return Err(format!("its word is number {id:?}, after number {}", reading.words.len()));
        }
        let start = place.start + id.len() + 1;
        reading.words.push(start..start + form.len());
        let misc = columns.nth(7).unwrap_or_default();
        let misc_start = place.end - misc.len();
        let mut at = misc_start;
        let mut space = None;
        for entry in misc.split('|') {
            if entry.starts_with("SpaceAfter") {
                space = Some(at..at + entry.len());
            }
            at += entry.len() + 1;
        }
        self.lines.push(Line::Word(space));
        Ok(())
    }

    /// Ends a sentence.
    fn end(&mut self, reading: &mut Reading) {
        if !std::mem::take(&mut reading.open) {
            return;
        }
        let words = std::mem::take(&mut reading.words);
        if std::mem::take(&mut reading.new_document) || self.documents.is_empty() {
            self.documents.push(Vec::new());
        }
        self.lines.push(Line::End(!words.is_empty()));
        if let Some(document) = self.documents.last_mut().filter(|_| !words.is_empty()) {
            document.push(words);
        }
    }

    /// The same CoNLL-U with the columns of each document's parse; comments and ranges of fused words stay.
    pub fn write(&self, source: &str, parses: &[Parse]) -> String {
        let mut out = String::with_capacity(source.len() * 2);
        let mut sentences = parses.iter().flat_map(|p| p.sentences().iter().map(|s| Rows::of(p, s)));
        let mut rows = sentences.next();
        for line in &self.lines {
            match line {
                Line::Kept(place) => {
                    out.push_str(source.get(place.clone()).unwrap_or_default());
                    out.push('\n');
                }
                Line::Word(space) => {
                    let space = space.clone().and_then(|s| source.get(s)).unwrap_or_default();
                    if let Some(rows) = &mut rows {
                        rows.next(&mut out, source, |misc| misc.push_str(space));
                    }
                }
                Line::End(with_words) => {
                    out.push('\n');
                    if *with_words {
                        rows = sentences.next();
                    }
                }
            }
        }
        out
    }
}

/// What was read of a sentence so far.
#[derive(Default)]
struct Reading {
    words: Vec<Range<usize>>,
    open: bool,
    new_document: bool,
}

/// Writes the parse of a raw text.
pub fn write(parse: &Parse, text: &str) -> String {
    let mut out = String::new();
    let mut points = Points { text, byte: 0, count: 0 };
    for (n, sentence) in parse.sentences().iter().enumerate() {
        if sentence.opens_paragraph {
            out.push_str("# newpar\n");
        }
        let mut places: Vec<Range<usize>> = parse.words(sentence.words.clone()).map(|w| w.range()).collect();
        let whole = places.first().map_or(0, |p| p.start)..places.last().map_or(0, |p| p.end);
        let _always = write!(out, "# sent_id = {}\n# text = ", n + 1);
        push_line(&mut out, text.get(whole).unwrap_or_default());
        places.push(usize::MAX..usize::MAX);
        let mut rows = Rows::of(parse, sentence);
        for pair in places.windows(2) {
            let [place, next] = pair else { continue };
            let (start, end) = (points.of(place.start), points.of(place.end));
            rows.next(&mut out, text, |misc| {
                let space = if place.end == next.start { "SpaceAfter=No|" } else { "" };
                let _always = write!(misc, "{space}TokenRange={start}:{end}");
            });
        }
        out.push('\n');
    }
    out
}

/// A sentence's words on one line, with one blank for each run of white space.
fn push_line(out: &mut String, text: &str) {
    let blank = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    for (n, part) in text.split(blank).filter(|p| !p.is_empty()).enumerate() {
        if n > 0 {
            out.push(' ');
        }
        out.push_str(part);
    }
    out.push('\n');
}

/// Counts code points along a text.
struct Points<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl Points<'_> {
    /// The number of code points before a place; places come in order.
    fn of(&mut self, byte: usize) -> usize {
        self.count += self.text.get(self.byte..byte).map_or(0, |t| t.chars().count());
        self.byte = byte;
        self.count
    }
}

/// The rows of one sentence, one after another.
struct Rows<'a> {
    parse: &'a Parse,
    words: Range<usize>,
    /// For each word, the predicates it is an argument of, with the roles.
    arguments: Vec<String>,
    number: usize,
    misc: String,
}

impl<'a> Rows<'a> {
    fn of(parse: &'a Parse, sentence: &Sentence) -> Rows<'a> {
        let words = sentence.words.clone();
        let mut arguments = vec![String::new(); words.len()];
        for role in parse.roles_of(sentence) {
            let label = parse.labels().role.get(usize::from(role.label)).map_or("_", String::as_str);
            if let Some(all) = arguments.get_mut(role.argument.wrapping_sub(words.start)) {
                let comma = if all.is_empty() { "" } else { "," };
                let _always = write!(all, "{comma}{}:{label}", role.predicate + 1 - words.start);
            }
        }
        Rows { parse, words, arguments, number: 0, misc: String::new() }
    }

    /// Writes the row of the next word; what its last column begins with is written by the caller.
    fn next(&mut self, out: &mut String, text: &str, begin: impl FnOnce(&mut String)) {
        let Some(word) = self.parse.word(self.words.start + self.number) else { return };
        self.misc.clear();
        begin(&mut self.misc);
        self.say(&word);
        self.number += 1;
        let (number, form, lemma) = (self.number, word.text(text), word.lemma());
        let _always = write!(out, "{number}\t{form}\t{lemma}\t{}\t{}\t", word.upos(), word.xpos());
        let mut before = "";
        for feature in word.features() {
            let _always = write!(out, "{before}{feature}");
            before = "|";
        }
        if before.is_empty() {
            out.push('_');
        }
        let misc = if self.misc.is_empty() { "_" } else { &self.misc };
        let _always = writeln!(out, "\t{}\t{}\t_\t{misc}", word.head_in_sentence(), word.relation());
    }

    /// What the last column says of names, predicates and roles.
    fn say(&mut self, word: &Word) {
        let mut add = |key: &str, value: &str| {
            let bar = if self.misc.is_empty() { "" } else { "|" };
            let _always = write!(self.misc, "{bar}{key}={value}");
        };
        if word.entity() != "O" {
            add("Entity", word.entity());
        }
        if word.is_predicate() {
            add("Pred", "Yes");
        }
        if let Some(all) = self.arguments.get(self.number).filter(|a| !a.is_empty()) {
            add("Srl", all);
        }
    }
}
