//! The head of a text that does not mark its own parts: title, writer, date. What is clear goes into the metadata too;
//! what is only likely is marked in the text and noted, and a field stays empty rather than wrong.

use crate::dates;
use crate::lines::{Lines, begins_low, ends_sentence, is_prose};
use crate::rules::{RULES, Where};
use rashomon_core::{Metadata, Span, Zone, ZoneKind};

/// The head is at most this many lines.
const LONGEST_HEAD: usize = 20;

/// What the head of a text gave besides the kinds of its lines.
#[derive(Debug, Default)]
pub struct Head {
    /// Zones smaller than a line.
    pub parts: Vec<Zone>,
    /// What should be known about a guess.
    pub notes: Vec<String>,
}

/// Marks title, bylines and date lines at the top and fills the empty fields of the metadata.
pub fn mark(lines: &mut Lines<'_>, metadata: &mut Metadata) -> Head {
    let mut head = Head::default();
    let end = end_of_head(lines);
    let known = (0..end).find(|&at| lines.kind(at) == Some(ZoneKind::Title));
    let first = known.or_else(|| find_title(lines, end, metadata, &mut head));
    for at in 0..end {
        if lines.is_free(at) {
            mark_line(lines, at, metadata);
        }
    }
    if let Some(title) = first.filter(|_| metadata.authors.is_empty()) {
        bare_name(lines, title, metadata, &mut head);
    }
    head
}

/// The first paragraph of prose ends the head.
fn end_of_head(lines: &Lines<'_>) -> usize {
    let is_apparatus = |at: usize| RULES.zone(lines.words(at), Where::Head).is_some();
    let most = lines.all.len().min(LONGEST_HEAD);
    let body =
        (0..most).find(|&at| lines.kind(at).is_none() && is_prose(lines.words(at)) && !is_apparatus(at) && at > 0);
    body.unwrap_or(most)
}

fn find_title(lines: &mut Lines<'_>, end: usize, metadata: &mut Metadata, head: &mut Head) -> Option<usize> {
    if metadata.title.is_some() {
        return None;
    }
    let at = (0..end.max(1)).find(|&at| lines.is_free(at) && !is_dateline(lines.words(at)))?;
    let words = lines.words(at);
    let (marks, title) = split_marks(words);
    let (dated, title) = split_date(title);
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let fits = letters >= 3
        && title.chars().count() <= 220
        && !begins_low(title)
        && !title.ends_with(['.', ',', ';', ':', '،', '؛'])
        && RULES.zone(title, Where::Head).is_none();
    let followed = lines.next_text(at + 1).is_some() && (lines.is_alone(at) || !lines.spaced || marks > 0);
    if !fits || !followed {
        return None;
    }
    metadata.title = Some(title.to_owned());
    if title.len() == words.len() {
        lines.set(at, ZoneKind::Title);
        return Some(at);
    }
    let base = lines.all.get(at)?.span.start as usize;
    if let Some((date, printed)) = dated {
        head.parts.push(part(base, words, printed, ZoneKind::Byline)?);
        metadata.date.get_or_insert(date);
    }
    head.parts.push(part(base, words, title, ZoneKind::Title)?);
    if let Some(line) = lines.all.get_mut(at) {
        (line.kind, line.fixed) = (Some(ZoneKind::Title), true);
    }
    Some(at)
}

/// The zone of a piece of a line that begins at a byte of the text.
pub fn part(base: usize, line: &str, piece: &str, kind: ZoneKind) -> Option<Zone> {
    let start = base + line.find(piece)?;
    Some(Zone { span: Span::new(start, start + piece.len()), kind })
}

/// `## **The Mill** ##` without its marks, and how many marks stood before it.
pub fn split_marks(line: &str) -> (usize, &str) {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line.get(marks..).unwrap_or_default();
    if marks > 6 || !(rest.starts_with(' ') || rest.starts_with('\t')) {
        return (0, line);
    }
    (marks, rest.trim().trim_end_matches('#').trim().trim_matches(['*', '_']).trim())
}

/// A date in ISO form before a title, with or without the word for it: the date, its words, and the title.
fn split_date(line: &str) -> (Option<(String, &str)>, &str) {
    let low = line.trim_start_matches("date").trim_start_matches("Date").trim_start_matches([':', ' ']);
    let Some((first, rest)) = low.split_once(char::is_whitespace) else { return (None, line) };
    let rest = rest.trim_start().trim_start_matches(['-', '–', '—', '|', ':']).trim_start();
    match dates::machine(first).filter(|d| d.len() == 10 && rest.chars().filter(|c| c.is_alphabetic()).count() >= 3) {
        Some(date) => {
            let printed = line.get(..line.len() - low.len() + first.len()).unwrap_or(first);
            (Some((date, printed)), rest)
        }
        None => (None, line),
    }
}

fn is_dateline(line: &str) -> bool {
    RULES.zone(line, Where::Head).is_some() || dated(line).is_some()
}

/// A line that is a date, with or without a word that says whose: and whether it is the date of publication.
fn dated(line: &str) -> Option<(String, bool)> {
    let line = line.trim_matches(['*', '_', ' ']);
    let (label, rest) = match line.split_once([':', '：']) {
        Some((label, rest)) if label.chars().count() <= 24 && !label.chars().any(char::is_numeric) => (label, rest),
        _ => {
            let words = ["published on", "published", "posted on", "posted", "updated on", "updated", "date"];
            let found = words.iter().find(|w| line.get(..w.len()).is_some_and(|l| l.eq_ignore_ascii_case(w)));
            found.map_or(("", line), |w| line.split_at(w.len()))
        }
    };
    let date = dates::written(rest)?;
    let label = label.to_lowercase();
    let is_publication =
        !["updat", "modif", "receiv", "accept", "revis", "access", "print"].iter().any(|w| label.contains(w));
    Some((date, is_publication))
}

fn mark_line(lines: &mut Lines<'_>, at: usize, metadata: &mut Metadata) {
    let words = lines.words(at);
    if let Some((date, is_publication)) = dated(words) {
        lines.set(at, ZoneKind::Byline);
        if is_publication {
            metadata.date.get_or_insert(date);
        }
    } else if let Some(names) = RULES.signature(words) {
        let names = names_in(names);
        // "By Sea" is no writer where the text speaks of the sea; scripts without capitals cannot tell.
        let doubtful = |name: &String| {
            let cased = name.chars().any(char::is_uppercase);
            cased && !name.contains(' ') && is_written_small(lines.text, name)
        };
        if names.is_empty() || names.iter().any(doubtful) {
            return;
        }
        lines.set(at, ZoneKind::Byline);
        if metadata.authors.is_empty() {
            metadata.authors = names;
        }
    } else if marked_names(words).is_some_and(|names| {
        if metadata.authors.is_empty() {
            metadata.authors = names;
        }
        true
    }) {
        lines.set(at, ZoneKind::Byline);
    } else if let Some(kind) = RULES.zone(words, Where::Head) {
        lines.set(at, kind);
    }
}

/// The names in `Anna Miller, John Weir and Carl Bach`; none if a part does not look like a name.
pub fn names_in(text: &str) -> Vec<String> {
    let text = text.trim().trim_end_matches(['.', '|', '-', '–']);
    let text = text.split([';', '|', '\t']).next().unwrap_or(text);
    let joined = text.replace(" and ", ", ").replace(" & ", ", ").replace(" und ", ", ").replace(" et ", ", ");
    let names: Vec<String> =
        joined.split([',', '،']).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    if !names.is_empty() && names.len() <= 40 && names.iter().all(|n| is_name(n)) { names } else { Vec::new() }
}

/// One to five words that each begin with a capital (where the script has capitals), small particles let through.
fn is_name(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "da", "di", "du", "del", "della", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "y",
        "e",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = |word: &&str| {
        let first = word.chars().find(|c| c.is_alphabetic());
        let rest_small = word.chars().all(|c| c.is_alphabetic() || ".'’-‌".contains(c));
        rest_small && first.is_some_and(|c| !c.is_lowercase()) || SMALL.contains(&word.to_lowercase().as_str())
    };
    (1..=5).contains(&words.len()) && words.iter().all(fits) && text.chars().any(char::is_alphabetic)
}

/// Names that carry the marks of notes: `Anna Miller<sup>1</sup>, John Weir²*`. The marks say that they are authors.
fn marked_names(line: &str) -> Option<Vec<String>> {
    let marked = line.contains("<sup>") || line.contains(['¹', '²', '³', '†', '‡']);
    if !marked || line.len() > 400 || ends_sentence(line) {
        return None;
    }
    let mut bare = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("<sup>") {
        bare.push_str(before);
        rest = after.split_once("</sup>").map_or("", |x| x.1);
    }
    bare.push_str(rest);
    let bare = bare.replace(['¹', '²', '³', '⁴', '†', '‡', '*', '\\'], "");
    let names = names_in(&bare);
    (!names.is_empty()).then_some(names)
}

/// Whether a word stands in small letters anywhere in (the beginning of) a text: then it is no name.
fn is_written_small(text: &str, word: &str) -> bool {
    let sample = text.char_indices().nth(200_000).map_or(text, |(byte, _)| text.get(..byte).unwrap_or(text));
    let low = word.to_lowercase();
    low == word
        || sample.match_indices(low.as_str()).any(|(at, found)| {
            let before = sample.get(..at).and_then(|s| s.chars().next_back());
            let after = sample.get(at + found.len()..).and_then(|s| s.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// A name alone on the line after the title. Only if every word of it is a capitalised word that nowhere in the text
/// stands in small letters; and it is noted, because it remains a guess.
fn bare_name(lines: &mut Lines<'_>, title: usize, metadata: &mut Metadata, head: &mut Head) {
    let at = title + 1;
    let line = lines.words(at);
    let words: Vec<&str> = line.split_whitespace().collect();
    let cased = line.chars().any(char::is_lowercase) && !line.contains(['.', ',']);
    let followed = lines.all.len() > at + 1;
    if !lines.is_free(at)
        || !lines.is_alone(at)
        || !followed
        || !(2..=4).contains(&words.len())
        || !cased
        || !is_name(line)
    {
        return;
    }
    if !words.iter().any(|word| is_written_small(lines.text, word)) {
        lines.set(at, ZoneKind::Byline);
        metadata.authors = vec![line.to_owned()];
        head.notes.push(format!("author taken from the line after the title: {line}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The mill on the river burned in the night of the third of May, and nobody was hurt, \
        so the mayor told the people who had come to the bridge.";

    fn marked(text: &str) -> (Metadata, Vec<(String, ZoneKind)>, Vec<String>) {
        let mut lines = Lines::new(text, &[]);
        let mut metadata = Metadata::default();
        let head = mark(&mut lines, &mut metadata);
        let mut zones: Vec<(String, ZoneKind)> = Vec::new();
        for line in lines.all.iter().filter(|l| !l.fixed) {
            zones.extend(line.kind.map(|k| (line.span.of(text).unwrap().to_owned(), k)));
        }
        zones.extend(head.parts.iter().map(|z| (z.span.of(text).unwrap().to_owned(), z.kind)));
        (metadata, zones, head.notes)
    }

    #[test]
    fn title_byline_and_date_are_found() {
        let (metadata, zones, _) =
            marked(&format!("The Mill Fire\n\nBy Anna Miller and John Weir\nMay 4, 1921\n\n{PROSE}"));
        assert_eq!(metadata.title.as_deref(), Some("The Mill Fire"));
        assert_eq!(metadata.authors, ["Anna Miller", "John Weir"]);
        assert_eq!(metadata.date.as_deref(), Some("1921-05-04"));
        assert_eq!(
            zones.iter().map(|z| z.1).collect::<Vec<_>>(),
            [ZoneKind::Title, ZoneKind::Byline, ZoneKind::Byline]
        );
    }

    #[test]
    fn a_date_before_the_title_is_set_apart() {
        let (metadata, zones, _) = marked(&format!(" date 1921-05-04 The Mill Fire\n\n{PROSE}"));
        assert_eq!((metadata.title.as_deref(), metadata.date.as_deref()), (Some("The Mill Fire"), Some("1921-05-04")));
        assert_eq!(zones, [("date 1921-05-04".into(), ZoneKind::Byline), ("The Mill Fire".into(), ZoneKind::Title)]);
    }

    #[test]
    fn marked_names_of_a_paper_are_authors() {
        let text = format!(
            "## The Mill\n\n---\n\nAnna Miller<sup>1</sup>, Carl van der Weir<sup>2\\*</sup>\n\n\
            <sup>1</sup> Department of Rivers, University of Weirs, Weirs\n\nReceived: 3 May 1921 ; Accepted: 4 June 1921\n\n{PROSE}"
        );
        let (metadata, zones, _) = marked(&text);
        assert_eq!(metadata.authors, ["Anna Miller", "Carl van der Weir"]);
        assert_eq!(metadata.title.as_deref(), Some("The Mill"));
        assert_eq!(metadata.date, None, "neither date is that of publication");
        assert_eq!(zones.iter().filter(|z| z.1 == ZoneKind::Byline).count(), 3, "{zones:?}");
    }

    #[test]
    fn a_bare_name_after_the_title_is_a_noted_guess() {
        let (metadata, _, notes) = marked(&format!("The Mill Fire\n\nAnna Weirstone\n\n{PROSE}"));
        assert_eq!(metadata.authors, ["Anna Weirstone"]);
        assert!(notes[0].contains("Anna Weirstone"));
        let (metadata, _, _) = marked(&format!("The Mill Fire\n\nRiver Bridge\n\n{PROSE}"));
        assert!(metadata.authors.is_empty(), "words that the text writes small are no name");
    }

    #[test]
    fn prose_has_no_title() {
        for text in [PROSE.to_owned(), format!("{PROSE}\n\n{PROSE}"), "Dear Anna,\n\nthe mill burned.".to_owned()] {
            assert_eq!(marked(&text).0, Metadata::default(), "{text}");
        }
    }
}
