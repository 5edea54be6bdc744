//! Which works a document cites, and which of them is a document of the case. A citation in brackets stands for a work by
//! its first author and its year, a number in brackets by what its line in the notes or the list of references says. A
//! document is the work that is cited if its author is called so and its year, where both are known, is the same.

use rashomon_core::{Document, Reading, Snapshot, Statement, Voice, Words};
use rashomon_text::names::key;
use rashomon_text::space::one_line;
use std::collections::BTreeMap;

/// A work as it is cited: the first author's family name or the body, and the year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Work {
    /// In small letters.
    pub author: String,
    /// In four digits, where it is given.
    pub year: Option<String>,
}

/// A work that a document cites.
#[derive(Debug, Clone)]
pub struct Cited<'a> {
    /// Place of the document in the snapshot.
    pub document: usize,
    /// The work.
    pub work: Work,
    /// How the document tells of it: the line of its list of references, else the words of the first citation.
    pub shown: String,
    /// The words of the first citation.
    pub cue: &'a Words,
    /// What is said with it.
    pub statements: Vec<&'a Statement>,
    /// Place of the document of the case that it is.
    pub target: Option<usize>,
}

/// What every document cites, in the order of the documents and of the works.
pub fn works(snapshot: &Snapshot) -> Vec<Cited<'_>> {
    let known: Vec<Known> = snapshot.documents.iter().map(|(document, _)| Known::of(document)).collect();
    let mut all = Vec::new();
    for (n, (document, reading)) in snapshot.documents.iter().enumerate() {
        let mut own: BTreeMap<Work, Cited<'_>> = BTreeMap::new();
        for (statement, words, cue) in citations(reading) {
            let Some((work, line)) = work(document, words, cue) else { continue };
            let fresh = || Cited {
                document: n,
                shown: line.unwrap_or_else(|| one_line(&cue.text)),
                cue,
                statements: Vec::new(),
                target: known.iter().enumerate().position(|(other, k)| other != n && k.is(&work)),
                work: work.clone(),
            };
            own.entry(work.clone()).or_insert_with(fresh).statements.push(statement);
        }
        all.extend(own.into_values());
    }
    all
}

/// The citations of a reading: what is said with each, the words for the voice and the bracket.
fn citations(reading: &Reading) -> impl Iterator<Item = (&Statement, &Words, &Words)> {
    let links = reading.statements.iter().flat_map(|s| s.chain().iter().map(move |link| (s, link)));
    links.filter_map(|(statement, link)| match (&link.voice, &link.cue) {
        (Voice::Named(words), Some(cue)) if cue.text.starts_with(['(', '[']) => Some((statement, words, cue)),
        _ => None,
    })
}

/// The work that a citation stands for, with the line of the list of references that tells of it.
fn work(document: &Document, voice: &Words, cue: &Words) -> Option<(Work, Option<String>)> {
    let author = first_author(&voice.text);
    if author.is_empty() {
        return None;
    }
    // The voice of a number stands where the number leads to.
    if !cue.span.contains(voice.span) {
        let line = line_at(&document.text, voice.span.start);
        return Some((Work { author, year: year(line) }, Some(short(line))));
    }
    let year = year(&cue.text);
    let fits = |line: &&str| first_author(line) == author && year.as_ref().is_some_and(|y| line.contains(y.as_str()));
    let listed = lines(document);
    let line = listed.into_iter().find(fits).map(short);
    Some((Work { author, year }, line))
}

/// The lines of a document's notes and list of references.
fn lines(document: &Document) -> Vec<&str> {
    use rashomon_core::ZoneKind::{Note, Reference};
    let zones = document.zones.iter().filter(|z| matches!(z.kind, Note | Reference));
    zones.filter_map(|z| z.span.of(&document.text)).flat_map(str::lines).collect()
}

fn line_at(text: &str, byte: u32) -> &str {
    let at = byte as usize;
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |n| at + n);
    text.get(start..end).unwrap_or_default()
}

/// A line without the mark before it, and not too long.
fn short(line: &str) -> String {
    let line = one_line(line);
    let bare = line.trim_start_matches(['-', '•', '*', ' ']);
    let bare = match bare.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((mark, rest)) if mark.len() <= 3 => rest.trim_start(),
        _ => bare,
    };
    match bare.char_indices().nth(160) {
        Some((cut, _)) => format!("{}…", bare.get(..cut).unwrap_or(bare)),
        None => bare.to_owned(),
    }
}

/// The first author's family name, or the body: what stands before a comma, a bracket, an `and`.
fn first_author(text: &str) -> String {
    let line = short(text);
    let end = [",", "(", ".", " and ", " & ", " et al", ";", "“", "\""].iter().filter_map(|m| line.find(m)).min();
    key(line.get(..end.unwrap_or(line.len())).unwrap_or_default()).join(" ")
}

/// The first year of some words.
fn year(text: &str) -> Option<String> {
    let told = |word: &&str| word.len() == 4 && word.parse::<u32>().is_ok_and(|y| (1500..2200).contains(&y));
    text.split(|c: char| !c.is_ascii_digit()).find(told).map(str::to_owned)
}

/// By what a document of the case is known to be the work that another cites.
struct Known {
    authors: Vec<String>,
    year: Option<String>,
}

impl Known {
    fn of(document: &Document) -> Known {
        let metadata = &document.metadata;
        let names = metadata.authors.iter().chain(&metadata.publisher).map(|name| key(name).join(" "));
        let year = metadata.date.as_deref().and_then(|d| d.get(..4)).map(str::to_owned);
        Known { authors: names.filter(|n| !n.is_empty()).collect(), year }
    }

    /// A family name that is all of a name or its last word, and one year.
    fn is(&self, work: &Work) -> bool {
        let called =
            |name: &String| *name == work.author || name.rsplit(' ').next().is_some_and(|family| family == work.author);
        let dated = self.year.is_some() && self.year == work.year;
        dated && self.authors.iter().any(called)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn a_citation_is_its_first_author_and_year_and_leads_to_a_document_of_the_case() {
        let text = "The dam was weak (Hart and Cole, 1904, p. 10). The board knew it (Lowry, 1905: 6).";
        let Some(mut snapshot) = testing::read(&[("a.txt", "1930", text), ("b.txt", "1905", "The board knew it.")])
        else {
            return;
        };
        for (document, _) in snapshot.documents.iter_mut().filter(|(d, _)| d.path == "b.txt") {
            std::sync::Arc::make_mut(document).metadata.authors = vec!["Anne Lowry".into()];
        }
        let all = works(&snapshot);
        let told: Vec<(String, Option<&str>, Option<usize>)> =
            all.iter().map(|c| (c.work.author.clone(), c.work.year.as_deref(), c.target)).collect();
        assert_eq!(told, [("hart".into(), Some("1904"), None), ("lowry".into(), Some("1905"), Some(1))]);
    }

    #[test]
    fn lines_of_references_lose_their_marks() {
        assert_eq!(short("[12] Hart, I. (1904). The Dam."), "Hart, I. (1904). The Dam.");
        assert_eq!(first_author("- Hart, Ivan and Cole, Anna (1904). The Dam."), "hart");
        assert_eq!(first_author("National Board of Works (1904)"), key("National Board of Works").join(" "));
        assert_eq!(year("News Code: 13991114111321, 2020").as_deref(), Some("2020"));
    }
}
