//! Makes words from a document fit to be shown on a terminal, or in a pipe that may end on one. A document must not be
//! able to send commands to the terminal of whoever reads it.

/// Words without anything that a terminal would take for a command or for another direction of writing; line breaks
/// and tabs become spaces unless lines are meant.
pub fn plain(text: &str, lines: bool) -> String {
    let picture = |c: char| match c {
        '\n' if lines => c,
        '\n' | '\r' | '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202d}' | '\u{202e}' => '\u{fffd}',
        _ => c,
    };
    text.chars().map(picture).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn commands_become_pictures_and_letters_stay() {
        assert_eq!(plain("a\u{1b}[31m\u{7}\u{202e}z", true), "a␛[31m␇\u{fffd}z");
        assert_eq!(plain("Ключ, کلید\u{200c}ها", true), "Ключ, کلید\u{200c}ها");
        assert_eq!(plain("a\nb\tc", true), "a\nb c");
        assert_eq!(plain("a\nb\tc", false), "a b c");
    }
}
