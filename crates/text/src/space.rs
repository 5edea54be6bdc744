//! White space: texts break lines where paper ended, people read on.

/// Words on one line, with single spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_of_white_space_is_one_space() {
        assert_eq!(one_line("  the nets\n\twere\u{a0} down "), "the nets were down");
    }
}
