//! Splits a block of text at every place where something begins or ends, so that nested and overlapping statements can
//! be shown as a row of marks that do not overlap. Each segment knows every statement it belongs to, innermost first.

use rashomon_core::{Span, ZoneKind};

/// A stretch of a statement's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where.
    pub(crate) span: Span,
    /// Which statement, by its place in the reading.
    pub(crate) statement: usize,
    /// How many voices its chain has.
    pub(crate) depth: usize,
    /// Whether it is the first stretch of the statement's words: the one that links lead to.
    pub(crate) first: bool,
}

/// Something else that is shown on a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Over {
    /// Words that a link leads to.
    Found,
    /// Words that a person coded.
    Coded,
    /// The words of a voice of the chosen statement.
    Voice,
    /// Words that show that a voice of the chosen statement speaks.
    Cue,
    /// Words that carry the certainty of the chosen statement.
    Hedge,
    /// A zone inside a line.
    Zone(ZoneKind),
}

/// A piece of a block on which nothing begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment<'a> {
    /// Its words.
    pub(crate) words: &'a str,
    /// Where.
    pub(crate) span: Span,
    /// Statements whose words these are, innermost first.
    pub(crate) statements: Vec<usize>,
    /// Statements whose first words begin here.
    pub(crate) begins: Vec<usize>,
    /// What else is shown.
    pub(crate) over: Vec<Over>,
    /// The page of the original that begins here.
    pub(crate) page: Option<u32>,
}

/// The segments of a block. `pages` are the bytes at which a page of the original begins, in order.
pub(crate) fn segments<'a>(
    text: &'a str,
    block: Span,
    marks: &[Mark],
    overs: &[(Span, Over)],
    pages: &[(u32, u32)],
) -> Vec<Segment<'a>> {
    let mut marks: Vec<Mark> = marks.iter().copied().filter(|m| m.span.overlaps(block)).collect();
    marks.sort_by_key(|m| (m.span.len(), std::cmp::Reverse(m.depth), m.span.start, m.statement));
    let overs: Vec<(Span, Over)> = overs.iter().copied().filter(|(s, _)| s.overlaps(block)).collect();
    let mut cuts = vec![block.start, block.end];
    cuts.extend(marks.iter().flat_map(|m| [m.span.start, m.span.end]));
    cuts.extend(overs.iter().flat_map(|(s, _)| [s.start, s.end]));
    cuts.extend(pages.iter().map(|(byte, _)| *byte));
    cuts.retain(|c| (block.start..=block.end).contains(c));
    cuts.sort_unstable();
    cuts.dedup();
    let segment = |pair: &[u32]| {
        let span = Span { start: *pair.first()?, end: *pair.last()? };
        let here: Vec<&Mark> = marks.iter().filter(|m| m.span.contains(span)).collect();
        let mut statements: Vec<usize> = Vec::with_capacity(here.len());
        for mark in &here {
            if !statements.contains(&mark.statement) {
                statements.push(mark.statement);
            }
        }
        let begins = here.iter().filter(|m| m.first && m.span.start == span.start).map(|m| m.statement).collect();
        let mut over: Vec<Over> = overs.iter().filter(|(s, _)| s.contains(span)).map(|(_, o)| *o).collect();
        over.sort();
        over.dedup();
        let page = pages.iter().find(|(byte, _)| *byte == span.start).map(|(_, page)| *page);
        Some(Segment { words: span.of(text)?, span, statements, begins, over, page })
    };
    cuts.windows(2).filter_map(segment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The owner said he heard Tom say the sea was calm.";

    fn mark(part: &str, statement: usize, depth: usize) -> Mark {
        let start = TEXT.find(part).unwrap();
        Mark { span: Span::new(start, start + part.len()), statement, depth, first: true }
    }

    fn shown(marks: &[Mark]) -> Vec<(String, Vec<usize>)> {
        let block = Span::new(0, TEXT.len());
        let all = segments(TEXT, block, marks, &[], &[]);
        assert_eq!(all.iter().map(|s| s.words).collect::<String>(), TEXT, "not a character lost or doubled");
        all.into_iter().map(|s| (s.words.to_owned(), s.statements)).collect()
    }

    #[test]
    fn nested_statements_are_split_and_the_inner_one_comes_first() {
        let found = shown(&[mark("he heard Tom say the sea was calm", 0, 2), mark("the sea was calm", 1, 3)]);
        let expected = [
            ("The owner said ", vec![]),
            ("he heard Tom say ", vec![0]),
            ("the sea was calm", vec![1, 0]),
            (".", vec![]),
        ];
        assert_eq!(found, expected.map(|(t, s)| (t.to_owned(), s)));
    }

    #[test]
    fn overlapping_statements_share_the_words_they_share() {
        let found = shown(&[mark("heard Tom say", 0, 1), mark("Tom say the sea", 1, 1)]);
        assert_eq!(found[1], ("heard ".to_owned(), vec![0]));
        assert_eq!(found[2].0, "Tom say");
        assert_eq!(found[2].1.len(), 2);
        assert_eq!(found[3], (" the sea".to_owned(), vec![1]));
    }

    #[test]
    fn the_deeper_chain_comes_first_where_the_words_are_the_same() {
        let found = shown(&[mark("the sea was calm", 0, 1), mark("the sea was calm", 1, 3)]);
        assert_eq!(found[1].1, [1, 0]);
    }

    #[test]
    fn a_block_shows_its_part_of_what_runs_over_it_and_pages_begin_where_they_begin() {
        let block = Span::new(4, 23);
        let overs = [(Span::new(0, 9), Over::Voice)];
        let all = segments(TEXT, block, &[mark("said he heard Tom", 7, 2)], &overs, &[(18, 3), (40, 4)]);
        let words: Vec<_> = all.iter().map(|s| (s.words, s.statements.len(), s.over.len(), s.page)).collect();
        let expected = [("owner", 0, 1, None), (" ", 0, 0, None), ("said he ", 1, 0, None), ("heard", 1, 0, Some(3))];
        assert_eq!(words, expected);
        assert_eq!(all[2].begins, [7]);
    }
}
