//! Headings, lists of references and notes. A heading is marked as one, or it is a short line without the end of a
//! sentence, by itself, with prose after it; a list of references is what follows the heading that says so.

use crate::furniture::breaks_sentence;
use crate::head::split_marks;
use crate::lines::{Lines, begins_low, ends_sentence, is_prose};
use crate::rules::RULES;
use rashomon_core::ZoneKind;

/// Bytes of the longest entry of a list of references.
const LONGEST_ENTRY: usize = 2_000;

/// Marks headings, references and notes among the lines that are still free.
pub fn mark(lines: &mut Lines<'_>) {
    let known = lines.all.iter().any(|l| l.fixed && matches!(l.kind, Some(ZoneKind::Heading)));
    if !known && !marked_headings(lines) {
        guessed_headings(lines);
    }
    announced_lists(lines);
    numbered_notes(lines);
}

/// `## Heading`, and a line underlined with `===`. Whether the text uses such marks.
fn marked_headings(lines: &mut Lines<'_>) -> bool {
    let mut count = 0;
    for at in 0..lines.all.len() {
        let words = lines.words(at);
        let underlined = !lines.all.get(at + 1).is_none_or(|l| l.gap)
            && lines.words(at + 1).len() >= 3
            && lines.words(at + 1).bytes().all(|b| b == b'=');
        let (marks, title) = split_marks(words);
        if (marks > 0 && !title.is_empty()) || (underlined && words.len() < 300) {
            count += 1;
            lines.set(at, ZoneKind::Heading);
        }
    }
    count >= 2
}

fn guessed_headings(lines: &mut Lines<'_>) {
    let headings: Vec<usize> = (0..lines.all.len()).filter(|&at| is_heading(lines, at)).collect();
    // A line in quotation marks is somebody's words, unless the text has headings and it is short like one.
    let plain = headings.iter().any(|&at| !is_quoted(lines.words(at)));
    for at in headings {
        let words = lines.words(at);
        if !is_quoted(words) || (plain && words.split_whitespace().count() <= 8) {
            lines.set(at, ZoneKind::Heading);
        }
    }
}

fn is_quoted(line: &str) -> bool {
    let ends = (line.chars().next().unwrap_or(' '), line.chars().next_back());
    matches!(ends, ('‘', Some('’')) | ('“', Some('”')) | ('"', Some('"')) | ('«', Some('»')))
}

fn is_heading(lines: &Lines<'_>, at: usize) -> bool {
    let words = lines.words(at);
    if !lines.is_free(at) || !has_shape(words) || (lines.spaced && !lines.is_alone(at)) {
        return false;
    }
    let announces = RULES.announces(words).is_some();
    let before = lines.previous_text(at);
    let settled =
        before.is_none_or(|i| lines.kind(i).is_some() || ends_sentence(lines.words(i)) || has_shape(lines.words(i)));
    let Some(next) = lines.next_text(at + 1) else { return false };
    let follows = lines.words(next);
    // A heading may be followed by a heading of lower rank, but in the end prose must come.
    let prose = |i: usize| is_prose(lines.words(i)) && lines.words(i).len() > words.len();
    let below = prose(next) || (has_shape(follows) && lines.next_text(next + 1).is_some_and(prose));
    announces || (settled && below && !begins_low(follows) && !breaks_sentence(lines, at))
}

/// Short, begins with a capital or a figure, does not end as a sentence, and is no item of a list.
fn has_shape(line: &str) -> bool {
    let first = line.chars().next().unwrap_or(' ');
    let words = line.split_whitespace().count();
    let quoted = is_quoted(line);
    let ended = ends_sentence(line) && !line.ends_with('?');
    line.chars().count() <= 110
        && (1..=16).contains(&words)
        && !begins_low(line)
        && !line.starts_with(['-', '*', '•', '–', '—', '[', '>', '|', '(', '/', '<'])
        && (quoted || !"\"“‘«'".contains(first))
        && (!ended || quoted && !line.trim_end_matches(['’', '”', '"', '»']).ends_with(['.', '!', ',']))
        && !line.ends_with([',', '،', '-', '–', '—', '>', '/'])
        && !line.contains("://")
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// What follows `References` or `Notes`, up to the next heading.
fn announced_lists(lines: &mut Lines<'_>) {
    let mut kind = None;
    for at in 0..lines.all.len() {
        match lines.kind(at) {
            Some(ZoneKind::Heading) => {
                // `Notes` in the first half of a text may be its subject.
                let late = at * 3 >= lines.all.len();
                kind = RULES.announces(split_marks(lines.words(at)).1).filter(|_| late);
            }
            // An entry is never as long as this: the list has ended without a word about it.
            None if lines.words(at).len() > LONGEST_ENTRY => kind = None,
            None => {
                if let Some(kind) = kind {
                    lines.set(at, kind);
                }
            }
            Some(_) => {}
        }
    }
}

/// The number at the start of a note: `[3] …`, `[^3]: …`, `³ …`, `<sup>3</sup> …`.
fn note_number(line: &str) -> Option<u32> {
    let digits = |text: &str| text.parse::<u32>().ok().filter(|n| (1..=2_000).contains(n));
    if let Some((number, rest)) = line.strip_prefix('[').and_then(|l| l.split_once(']')) {
        let found = digits(number.trim_start_matches('^'))?;
        return (!rest.trim_start_matches(':').trim().is_empty()).then_some(found);
    }
    if let Some((number, rest)) = line.strip_prefix("<sup>").and_then(|l| l.split_once("</sup>")) {
        return digits(number).filter(|_| !rest.trim().is_empty());
    }
    let raised: String = line.chars().map_while(raised_digit).collect();
    digits(&raised)
}

fn raised_digit(c: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c).and_then(|i| char::from_digit(i as u32, 10))
}

/// Notes that stand together, counting upwards. One alone is a note if it is the first and the text ends with it or
/// it stands at the foot of a page, that is, breaks a sentence.
fn numbered_notes(lines: &mut Lines<'_>) {
    let starts: Vec<(usize, u32)> = (0..lines.all.len())
        .filter(|&at| lines.is_free(at))
        .filter_map(|at| Some((at, note_number(lines.words(at))?)))
        .collect();
    for (i, &(at, number)) in starts.iter().enumerate() {
        let joined = |other: Option<&(usize, u32)>, low: usize| {
            other.is_some_and(|o| {
                let step = if o.0 < at { number == o.1 + 1 } else { o.1 == number + 1 };
                step && o.0.abs_diff(at) <= low
            })
        };
        let before = i.checked_sub(1).and_then(|j| starts.get(j));
        let in_row = joined(before, 4) || joined(starts.get(i + 1), 4);
        let last = lines.next_text(at + 1).is_none();
        if in_row || last || breaks_sentence(lines, at) {
            note_with_rest(lines, at);
        }
    }
}

/// A note and the lines that carry it on: those that follow without a gap.
fn note_with_rest(lines: &mut Lines<'_>, at: usize) {
    lines.set(at, ZoneKind::Note);
    let mut next = at + 1;
    while lines.all.get(next).is_some_and(|l| !l.gap) && lines.is_free(next) && note_number(lines.words(next)).is_none()
    {
        lines.set(next, ZoneKind::Note);
        next += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The mill on the river burned in the night of the third of May, and nobody was hurt, said \
        the mayor, who had come to the bridge with his men.";

    fn of(text: &str, kind: ZoneKind) -> Vec<String> {
        let mut lines = Lines::new(text, &[]);
        mark(&mut lines);
        let all = (0..lines.all.len()).filter(|i| lines.kind(*i) == Some(kind));
        all.map(|i| lines.words(i).to_owned()).collect()
    }

    #[test]
    fn headings_with_and_without_marks() {
        let spaced =
            format!("{PROSE}\n\nThe night of the fire\n\n{PROSE}\n\n“The long watch”\n\n{PROSE}\n\nA last line\n");
        assert_eq!(of(&spaced, ZoneKind::Heading), ["The night of the fire", "“The long watch”"]);
        let dense = format!("{PROSE}\nThe night of the fire\n{PROSE}\n{PROSE}\nWhat came after\n{PROSE}\n");
        assert_eq!(of(&dense, ZoneKind::Heading), ["The night of the fire", "What came after"]);
        let marked = format!("# The Mill\n\n{PROSE}\n\n## **Fire**\n\n{PROSE}\n\nShort line\n\n{PROSE}\n");
        assert_eq!(of(&marked, ZoneKind::Heading), ["# The Mill", "## **Fire**"]);
    }

    #[test]
    fn a_quoted_line_alone_is_speech_and_no_heading() {
        assert!(of(&format!("{PROSE}\n\n“We shall build again”\n\n{PROSE}\n"), ZoneKind::Heading).is_empty());
    }

    #[test]
    fn no_headings_in_wrapped_prose_lists_and_broken_sentences() {
        let wrapped = "The mill on the river burned in the night of the third of May and\nnobody was hurt. The mayor \
            had come to the bridge with his men and\nThe Miller of Weirs\nwas with them when the roof came down at four.\n";
        assert!(of(wrapped, ZoneKind::Heading).is_empty());
        let broken = format!("{PROSE} They saw the\n\nMayor of the town\n\nand his men. {PROSE}\n");
        assert!(of(&broken, ZoneKind::Heading).is_empty());
        assert!(of(&format!("{PROSE}\n\n- an item\n\n{PROSE}"), ZoneKind::Heading).is_empty());
    }

    #[test]
    fn references_and_notes_are_lists_of_their_own() {
        let text = format!(
            "{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\nReferences\n\nMiller, A. (1921). Fires of the North. Weirs.\n\n\
             Weir, J. (1920). Rivers. Weirs: Mill Press.\n\nNotes\n\nSeen from the bridge.\n"
        );
        assert_eq!(of(&text, ZoneKind::Reference).len(), 2);
        assert_eq!(of(&text, ZoneKind::Note), ["Seen from the bridge."]);
    }

    #[test]
    fn numbered_notes_at_the_end_and_at_the_foot_of_a_page() {
        let text = format!(
            "{PROSE}[1]\n\n{PROSE}[2]\n\n[1] A. Miller, “Fires,” Gazette, May 4, 1921.\n\n[2] J. Weir,\nRivers.\n"
        );
        assert_eq!(of(&text, ZoneKind::Note).len(), 3);
        let foot = format!("{PROSE} He saw the\n\n[7] A. Miller, Fires.\n\nroof come down. {PROSE}\n");
        assert_eq!(of(&foot, ZoneKind::Note), ["[7] A. Miller, Fires."]);
        let list = format!("[1] {PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}");
        assert!(of(&list, ZoneKind::Note).is_empty());
    }
}
