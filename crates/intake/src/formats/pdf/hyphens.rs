//! Words cut at the end of a line. The hyphen goes if the whole word stands elsewhere in the document, stays if the
//! hyphenated one does, and goes where neither is known: printers cut words far more often than authors join them.

use std::collections::HashMap;

/// How often words that were cut somewhere stand uncut elsewhere.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    known: HashMap<String, usize>,
}

impl Hyphens {
    /// Looks at all lines of a document, in order.
    pub fn of<'l>(lines: impl Iterator<Item = &'l str> + Clone) -> Hyphens {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut last: Option<&str> = None;
        for line in lines.clone() {
            if let Some((head, tail)) = last.and_then(|l| cut_word(l, line)) {
                known.insert(format!("{head}{tail}").to_lowercase(), 0);
                known.insert(format!("{head}-{tail}").to_lowercase(), 0);
            }
            last = Some(line);
        }
        if !known.is_empty() {
            for word in lines.flat_map(str::split_whitespace) {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                if let Some(count) = known.get_mut(&bare) {
                    *count += 1;
                }
            }
        }
        Hyphens { known }
    }

    /// Makes the end of a line ready for the next line: takes off a hyphen, or adds a space.
    pub fn join(&self, words: &mut String, next: &str) {
        if words.ends_with('\u{AD}') {
            words.pop();
        } else if let Some((head, tail)) = cut_word(words, next) {
            if !self.keeps(head, tail) {
                words.pop();
            }
        } else if !(words.ends_with(['—', '/'])
            || is_ideograph(words.chars().next_back())
            || is_ideograph(next.chars().next()))
        {
            words.push(' ');
        }
    }

    fn keeps(&self, head: &str, tail: &str) -> bool {
        let count = |word: String| self.known.get(&word.to_lowercase()).copied().unwrap_or(0);
        let (whole, hyphened) = (count(format!("{head}{tail}")), count(format!("{head}-{tail}")));
        let capital = |s: &str| s.chars().next().is_some_and(|c| !c.is_lowercase());
        hyphened > whole
            || (whole == 0
                && (head.contains('-') || capital(tail) || head.chars().next_back().is_some_and(char::is_numeric)))
    }
}

/// The two parts of a word cut between two lines.
fn cut_word<'l>(line: &'l str, next: &'l str) -> Option<(&'l str, &'l str)> {
    let head = line.strip_suffix(['-', '‐', '\u{AD}'])?.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
    let tail = next.split(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    (letter(head.chars().next_back()) && letter(tail.chars().next())).then_some((head, tail))
}

fn is_ideograph(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{3000}'..='\u{303F}'))
}

#[cfg(test)]
mod tests {
    use super::Hyphens;

    fn joined(lines: &[&str]) -> String {
        let hyphens = Hyphens::of(lines.iter().copied());
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                hyphens.join(&mut text, line);
            }
            text.push_str(line);
        }
        text
    }

    #[test]
    fn the_document_itself_decides_which_hyphens_are_real() {
        let text =
            joined(&["The crew was disar-", "med in the pre-", "war years; a pre-war law, and the har-", "bour."]);
        assert_eq!(text, "The crew was disarmed in the pre-war years; a pre-war law, and the harbour.");
    }

    #[test]
    fn names_years_and_dashes_are_not_cut_words() {
        assert_eq!(
            joined(&["Anglo-", "Saxon ships of 1914-", "1918 left -", "and came"]),
            "Anglo-Saxon ships of 1914-1918 left - and came"
        );
        assert_eq!(
            joined(&["a man-of-", "war and a light\u{AD}", "house—", "empty"]),
            "a man-of-war and a lighthouse—empty"
        );
        assert_eq!(joined(&["港口", "罢工"]), "港口罢工");
    }
}
