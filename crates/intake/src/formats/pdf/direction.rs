//! From the order in which letters stand on paper to the order in which they are read: Arabic, Hebrew and Persian run
//! from right to left, numbers and Latin words inside them from left to right.
//!
//! The reverse of the Unicode bidirectional algorithm cannot be exact (the paper has lost what it needs); this follows
//! its main rules: strong letters decide, numbers keep their order, what stands between takes the side of its
//! neighbours.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Number,
    Neutral,
}

/// Whether a letter belongs to a script that runs from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') && !is_number(c)
}

/// Whether a letter is a mark that stands on the one before it.
pub(super) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

fn side(unit: &str) -> Side {
    let mut found = Side::Neutral;
    for c in unit.chars() {
        if is_right_to_left(c) {
            return Side::Right;
        } else if is_number(c) {
            found = Side::Number;
        } else if c.is_alphabetic() {
            return Side::Left;
        }
    }
    found
}

/// Units (a letter with its marks) in reading order, from their order on paper, left to right.
pub(super) fn reading_order(units: Vec<&str>) -> (Vec<&str>, bool) {
    let mut sides: Vec<Side> = units.iter().map(|u| side(u)).collect();
    let count = |wanted| sides.iter().filter(|s| **s == wanted).count();
    if count(Side::Right) == 0 {
        return (units, false);
    }
    let mut strong = sides.iter().filter(|s| matches!(s, Side::Left | Side::Right));
    // Both ends of a line agree on its direction more surely than the count of its letters.
    let from_right = match (strong.next(), strong.next_back()) {
        (Some(first), Some(last)) if first == last => *first == Side::Right,
        _ => count(Side::Right) >= count(Side::Left),
    };
    let base = if from_right { Side::Right } else { Side::Left };
    join_numbers(&mut sides, &units);
    settle(&mut sides, base);
    let mut ordered: Vec<&str> = Vec::with_capacity(units.len());
    let mut start = 0;
    let runs = sides.chunk_by(|a, b| (*a == Side::Right) == (*b == Side::Right)).map(|run| {
        let range = start..start + run.len();
        start += run.len();
        (run.first() == Some(&Side::Right), range)
    });
    let runs: Vec<_> = runs.collect();
    let in_order: Vec<_> = if from_right { runs.into_iter().rev().collect() } else { runs };
    for (right, range) in in_order {
        let part = units.get(range).unwrap_or_default();
        if right {
            ordered.extend(part.iter().rev());
        } else {
            ordered.extend(part);
        }
    }
    (ordered, from_right)
}

/// `3.14`, `12:30` and `۱۲/۳` are one number each.
fn join_numbers(sides: &mut [Side], units: &[&str]) {
    for at in 1..sides.len().saturating_sub(1) {
        let between = sides.get(at - 1) == Some(&Side::Number) && sides.get(at + 1) == Some(&Side::Number);
        let separator = units.get(at).is_some_and(|u| matches!(*u, "." | "," | ":" | "/" | "٫" | "٬"));
        if let (true, true, Some(side)) = (between, separator, sides.get_mut(at)) {
            *side = Side::Number;
        }
    }
}

/// Gives what is neither left nor right the side of its neighbours, or of the line where they differ. A number counts
/// as left among Latin letters.
fn settle(sides: &mut [Side], base: Side) {
    let mut at = 0;
    let mut before = base;
    while at < sides.len() {
        let rest = sides.get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|s| **s == Side::Neutral).count();
        if run == 0 {
            before = rest.first().map_or(base, |s| if *s == Side::Number { Side::Left } else { *s });
            at += 1;
            continue;
        }
        let after = rest.get(run).map_or(base, |s| if *s == Side::Number { Side::Left } else { *s });
        let number_beside = |s: Option<&Side>| s == Some(&Side::Number);
        let beside = number_beside(rest.get(run)) || number_beside(at.checked_sub(1).and_then(|i| sides.get(i)));
        let given = if before == after && !(beside && base == Side::Right) { before } else { base };
        for side in sides.iter_mut().skip(at).take(run) {
            *side = given;
        }
        at += run;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of a line as they stand on paper, for a line with one direction inside another.
    fn read(paper: &str) -> String {
        let units: Vec<String> = paper.chars().map(String::from).collect();
        reading_order(units.iter().map(String::as_str).collect()).0.concat()
    }

    #[test]
    fn arabic_is_read_from_the_right_and_numbers_from_the_left() {
        let logical = "وصلت 12 سفينة";
        let paper: String = "ةنيفس 12 تلصو".into();
        assert_eq!(read(&paper), logical);
        assert_eq!(read("the harbour at 4"), "the harbour at 4");
    }

    #[test]
    fn foreign_words_keep_their_order_on_both_sides() {
        assert_eq!(read("the word ءانيم means harbour"), "the word ميناء means harbour");
        assert_eq!(read("؟ءانيم North Pier يف"), "في North Pier ميناء؟");
        assert_eq!(read("12:30 ةعاسلا"), "الساعة 12:30");
    }
}
