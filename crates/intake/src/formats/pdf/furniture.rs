//! Running heads, running feet and page numbers: lines at the edge of a page that other pages repeat at the same
//! height, or that count the pages. They are set aside, so that sentences run on from page to page; their words stay
//! in the text as menu.

use super::segments::Segment;
use std::collections::HashMap;

/// Rows at each edge of a page that may be furniture.
const ROWS: usize = 3;
/// How far the same line may move between pages, in points.
const SAME_HEIGHT: f32 = 8.0;
/// Words of a line that may carry a page number.
const MOST_WORDS: usize = 12;

/// One row at an edge of a page.
struct Row {
    number: u32,
    words: String,
    /// The words with every number as `#`.
    key: String,
    y: f32,
    size: f32,
    left: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Edge {
    Top,
    Bottom,
}

/// Parts every page's segments into text and furniture.
pub(super) fn set_aside(pages: Vec<Vec<Segment>>) -> Vec<(Vec<Segment>, Vec<Segment>)> {
    let edges: Vec<[Vec<Row>; 2]> =
        pages.iter().map(|page| [rows(page, Edge::Top), rows(page, Edge::Bottom)]).collect();
    let repeated = repetitions(&edges);
    let counted = page_counts(&edges);
    let mut parted = Vec::with_capacity(pages.len());
    for (number, (page, edges)) in pages.into_iter().zip(&edges).enumerate() {
        let height = median_size(&page);
        let mut aside = Vec::new();
        for (edge, rows) in [Edge::Top, Edge::Bottom].into_iter().zip(edges) {
            let alone = page.iter().all(|s| rows.iter().any(|r| r.number == s.row)) && rows.len() < 2;
            let furniture = |row: &&Row| {
                repeated.get(&(edge, row.key.as_str())).is_some_and(|at| stands_elsewhere(at, number, row.y))
                    || counted.get(&edge).is_some_and(|offset| counts(row, number, *offset))
                    || (!alone && is_page_number(&row.words) && row.size < 1.3 * height)
            };
            aside.extend(rows.iter().take_while(furniture).map(|row| row.number));
        }
        parted.push(page.into_iter().partition(|s| !s.artifact && (s.turn != 0 || !aside.contains(&s.row))));
    }
    parted
}

/// The outermost rows at an edge, from outside inwards.
fn rows(page: &[Segment], edge: Edge) -> Vec<Row> {
    let mut numbers: Vec<u32> = page.iter().filter(|s| s.turn == 0 && !s.artifact).map(|s| s.row).collect();
    numbers.dedup();
    if edge == Edge::Bottom {
        numbers.reverse();
    }
    numbers.truncate(ROWS);
    let row = |number: u32| {
        let parts: Vec<&Segment> = page.iter().filter(|s| s.row == number && s.turn == 0).collect();
        let words = parts.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        Row {
            number,
            key: key(&words),
            words,
            y: parts.first().map_or(0.0, |s| s.y),
            size: parts.first().map_or(0.0, |s| s.size),
            left: parts.first().map_or(0.0, |s| s.x0),
        }
    };
    numbers.into_iter().map(row).collect()
}

fn key(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_numeric() { '#' } else { c };
        if c != '#' || !key.ends_with('#') {
            key.extend(c.to_lowercase());
        }
    }
    key
}

fn median_size(page: &[Segment]) -> f32 {
    let mut sizes: Vec<f32> = page.iter().map(|s| s.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

type Repeated<'r> = HashMap<(Edge, &'r str), Vec<(usize, f32)>>;

/// Where every row's words stand: pages and heights.
fn repetitions(edges: &[[Vec<Row>; 2]]) -> Repeated<'_> {
    let mut found: Repeated<'_> = HashMap::new();
    for (page, both) in edges.iter().enumerate() {
        for (edge, rows) in [Edge::Top, Edge::Bottom].into_iter().zip(both) {
            for row in rows.iter().filter(|r| !r.key.is_empty()) {
                found.entry((edge, row.key.as_str())).or_default().push((page, row.y));
            }
        }
    }
    found
}

/// Looked for near by: heads change with the chapter, and a long book would otherwise be compared page by page.
fn stands_elsewhere(places: &[(usize, f32)], page: usize, y: f32) -> bool {
    let at = places.partition_point(|p| p.0 < page);
    let near = at.saturating_sub(6)..places.len().min(at + 7);
    let places = places.get(near).unwrap_or_default();
    places.iter().any(|(other, height)| *other != page && (height - y).abs() < SAME_HEIGHT)
}

/// For each edge, the difference between the printed page numbers and the count of pages, if three pages agree.
fn page_counts(edges: &[[Vec<Row>; 2]]) -> HashMap<Edge, i64> {
    let mut agreed = HashMap::new();
    for (at, edge) in [Edge::Top, Edge::Bottom].into_iter().enumerate() {
        let mut votes: HashMap<i64, usize> = HashMap::new();
        for (page, both) in edges.iter().enumerate() {
            let outermost = both.get(at).and_then(|rows| rows.first());
            for number in outermost.into_iter().flat_map(|row| numbers_at_ends(&row.words)) {
                *votes.entry(number - page as i64).or_default() += 1;
            }
        }
        let best = votes.into_iter().max_by_key(|(offset, count)| (*count, -offset.abs()));
        if let Some((offset, _)) = best.filter(|(_, count)| *count >= 3) {
            agreed.insert(edge, offset);
        }
    }
    agreed
}

fn counts(row: &Row, page: usize, offset: i64) -> bool {
    let short = row.words.split_whitespace().count() <= MOST_WORDS && row.left.is_finite();
    short && numbers_at_ends(&row.words).any(|number| number == page as i64 + offset)
}

fn numbers_at_ends(words: &str) -> impl Iterator<Item = i64> {
    let ends = [words.split_whitespace().next(), words.split_whitespace().next_back()];
    ends.into_iter().flatten().filter_map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).parse().ok())
}

/// Whether a row is nothing but a page number, as far as one page can tell.
fn is_page_number(words: &str) -> bool {
    let parts: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '/' | '[' | ']' | '.' | '·'))
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str| (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    let roman = |part: &str| part.len() <= 7 && part.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'));
    match parts.as_slice() {
        [one] => number(one) || roman(one),
        [word, rest @ ..] if is_page_word(word) => {
            rest.iter().all(|p| number(p) || matches!(*p, "of" | "von" | "sur" | "de"))
        }
        [one, "of", all] => number(one) && number(all),
        [one, all] => number(one) && number(all) && words.contains('/'),
        _ => false,
    }
}

fn is_page_word(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "page" | "seite" | "p" | "página" | "pagina" | "стр" | "صفحه" | "صفحة")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, y: f32, row: u32) -> Segment {
        Segment {
            text: text.into(),
            x0: 50.0,
            x1: 250.0,
            y,
            size: 10.0,
            bold: false,
            artifact: false,
            right_to_left: false,
            turn: 0,
            row,
        }
    }

    fn texts(segments: &[Segment]) -> Vec<&str> {
        segments.iter().map(|s| s.text.as_str()).collect()
    }

    #[test]
    fn repeated_heads_and_numbers_go_and_the_text_between_stays() {
        let page = |n: u32, words: &str| {
            let foot = segment(&format!("{n}"), 40.0, 3);
            vec![
                segment("The Mill Inquiry", 780.0, 0),
                segment(words, 700.0, 1),
                segment(&words.to_uppercase(), 688.0, 2),
                foot,
            ]
        };
        let parted = set_aside(vec![page(1, "The miller slept."), page(2, "The mayor woke."), page(3, "Both ran.")]);
        assert_eq!(texts(&parted[1].0), ["The mayor woke.", "THE MAYOR WOKE."]);
        assert_eq!(texts(&parted[1].1), ["The Mill Inquiry", "2"]);
    }

    #[test]
    fn one_page_alone_keeps_its_lines_but_its_number() {
        let parted = set_aside(vec![vec![
            segment("The year was", 700.0, 0),
            segment("1904", 688.0, 1),
            segment("– 7 –", 40.0, 2),
        ]]);
        assert_eq!(texts(&parted[0].0), ["The year was", "1904"]);
        assert_eq!(texts(&parted[0].1), ["– 7 –"]);
        assert!(
            is_page_number("Page 3 of 10")
                && is_page_number("xiv")
                && !is_page_number("1904")
                && !is_page_number("Page boy")
        );
    }
}
