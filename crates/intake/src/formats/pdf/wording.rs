//! What the words of a line tell about its place: the beginning of a section, a note, an item or a caption, the end of
//! a sentence.

/// `3.1. The gates`.
pub(super) fn begins_section(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.contains('.')
        && first.starts_with(|c: char| c.is_ascii_digit())
        && first.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The number that a line begins with.
pub(super) fn note_number(text: &str) -> Option<u32> {
    let digits: String = text.trim_start().chars().map_while(digit).collect();
    digits.parse().ok()
}

/// A digit, raised or not, as a plain one.
fn digit(c: char) -> Option<char> {
    let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c).and_then(|d| char::from_digit(d as u32, 10));
    raised.or(Some(c).filter(char::is_ascii_digit))
}

/// A number or a mark, then words.
pub(super) fn begins_note(text: &str) -> bool {
    let mut rest = text.trim_start();
    let digits = rest.chars().take_while(|c| digit(*c).is_some()).count();
    if (1..=3).contains(&digits) {
        rest = rest.trim_start_matches(|c| digit(c).is_some()).trim_start_matches([')', '.', ']', ' ']);
        return rest.chars().next().is_some_and(|c| c.is_alphabetic() || "“\"«‘'([".contains(c));
    }
    rest.starts_with(['*', '†', '‡', '§', '¶'])
}

/// An item of a list: a bullet or a number, then words.
pub(super) fn begins_item(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let more = text.split_whitespace().nth(1).is_some();
    let number = first.trim_start_matches('(').trim_end_matches([')', '.']);
    let numbered =
        first.ends_with([')', '.']) && (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
    let lettered = first.ends_with(')') && number.len() == 1;
    more && (matches!(first, "•" | "◦" | "▪" | "‣" | "–" | "—" | "-" | "*" | "·" | "■" | "●") || numbered || lettered)
}

/// `Figure 3: The weir`.
pub(super) fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let kind = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let number = words.next().unwrap_or_default();
    let known = matches!(
        kind.as_str(),
        "figure"
            | "fig"
            | "table"
            | "plate"
            | "map"
            | "abbildung"
            | "abb"
            | "tabelle"
            | "tableau"
            | "рис"
            | "таблица"
            | "شكل"
            | "جدول"
    );
    known
        && number.ends_with([':', '.'])
        && number.chars().next().is_some_and(char::is_alphanumeric)
        && number.chars().any(char::is_numeric)
}

/// Whether the text may end here: a full stop, also behind quotation marks, brackets and the mark of a note.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(|c: char| digit(c).is_some() || "”\"’'»)]›*†".contains(c));
    bare.ends_with(['.', '!', '?', '…', ':', '؟', '۔', '。', ';'])
}

/// Whether a line begins in the middle of a sentence, as far as its first letter can tell.
pub(super) fn begins_low(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a new paragraph may follow: no word is cut and no list goes on.
pub(super) fn ends_clause(text: &str) -> bool {
    !text.trim_end().ends_with(['-', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_told_apart() {
        assert!(begins_section("3.1. The gates") && !begins_section("3 gates") && !begins_section("The 3.1"));
        assert!(
            begins_note("12 The log says so.")
                && begins_note("¹² So it does.")
                && begins_note("* Or not.")
                && !begins_note("1904")
        );
        assert!(
            begins_item("• rope and tar")
                && begins_item("(2) the lamp")
                && begins_item("b) oil")
                && !begins_item("1904. A year")
        );
        assert!(is_caption("Fig. 2. The weir") && is_caption("Table 1: ice") && !is_caption("Table talk was loud."));
    }

    #[test]
    fn sentences_end_behind_marks_and_numbers_of_notes() {
        assert!(
            ends_sentence("the gates froze.”12")
                && ends_sentence("It froze.³")
                && ends_sentence("Why?")
                && !ends_sentence("the gates (and")
        );
        assert_eq!(note_number("12 The log"), Some(12));
    }
}
