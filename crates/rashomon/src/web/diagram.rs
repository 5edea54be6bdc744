//! Draws a chain of voices as a small picture: one box a voice, the author on top, the claim at the bottom, each arrow
//! with the stance, the words that show that the voice speaks, and what carried them. The same is said in words for
//! those who do not see it.
//!
//! A picture cannot break lines by itself, so lines are broken here by an estimate of the width of letters; a voice or
//! claim that would fill the picture ends in an ellipsis and stands in full beside it.

use super::leaves::is_right_to_left;
use super::shelf::Opened;
use maud::{Markup, html};
use rashomon_core::{Link, Stance, Statement, Voice};
use rashomon_derive::Actors;
use rashomon_derive::views::voice::one_line;

/// Width of the picture; its height follows from what it holds.
const WIDTH: f32 = 360.0;
/// How far each voice stands in from the one that reports it.
const STEP: f32 = 14.0;
/// Height of a line of a box and of an arrow's label.
const LINE: f32 = 19.0;
const LABEL: f32 = 16.0;
/// Widths of a letter in boxes and labels, about.
const LETTER: f32 = 7.6;
const SMALL: f32 = 6.8;

/// One box.
struct Node {
    lines: Vec<String>,
    under: Vec<String>,
    class: &'static str,
}

/// One arrow, from a voice to what it says.
struct Arrow {
    stance: Stance,
    labels: Vec<String>,
}

/// The picture of a statement's chain.
pub(crate) fn draw(opened: &Opened<'_>, actors: &Actors, statement: &Statement) -> Markup {
    let chain = statement.chain();
    let mut nodes: Vec<Node> =
        chain.iter().enumerate().map(|(depth, link)| node(opened, actors, link, depth)).collect();
    nodes.push(Node {
        lines: wrap(&format!("“{}”", one_line(&statement.text())), room(chain.len()), LETTER, 7),
        under: vec![],
        class: "claim",
    });
    let arrows: Vec<Arrow> = chain.iter().enumerate().map(|(depth, link)| arrow(link, depth)).collect();
    let tops = tops(&nodes, &arrows);
    let height = tops.last().copied().unwrap_or_default() + nodes.last().map(box_height).unwrap_or_default() + 2.0;
    let id = format!("diagram-{}", statement.id().brief());
    html! {
        svg.diagram viewBox=(format!("0 0 {WIDTH} {height}")) role="img"
            aria-labelledby={(id) "-title " (id) "-words"} {
            title id={(id) "-title"} { "The chain of voices, outermost first" }
            desc id={(id) "-words"} { (in_words(opened, actors, statement)) }
            @for (depth, (arrow, top)) in arrows.iter().zip(&tops).enumerate() {
                @let from = top + nodes.get(depth).map(box_height).unwrap_or_default();
                (draw_arrow(arrow, depth, from, tops.get(depth + 1).copied().unwrap_or(from)))
            }
            @for (depth, (node, top)) in nodes.iter().zip(&tops).enumerate() { (draw_box(node, depth, *top)) }
        }
    }
}

/// The chain as sentences, for those who do not see the picture.
pub(crate) fn in_words(opened: &Opened<'_>, actors: &Actors, statement: &Statement) -> String {
    let mut said = String::new();
    for link in statement.chain() {
        let (name, under) = name(opened, actors, link);
        let under = under.map(|u| format!(" ({u})")).unwrap_or_default();
        let cue = link.cue.as_ref().map(|w| format!(", in the words “{}”", one_line(&w.text))).unwrap_or_default();
        let venue = link.venue.as_ref().map(|w| format!(", in {}", one_line(&w.text))).unwrap_or_default();
        said.push_str(&format!("{name}{under} {}{cue}{venue}: ", link.stance));
    }
    format!("{said}“{}”", one_line(&statement.text()))
}

/// What a voice is called and what is known about it besides.
pub(crate) fn name(opened: &Opened<'_>, actors: &Actors, link: &Link) -> (String, Option<String>) {
    match &link.voice {
        Voice::Author => {
            let authors = opened.document.metadata.authors.join(", ");
            let title = one_line(opened.document.name());
            match authors.is_empty() {
                true => ("The author".to_owned(), Some(format!("of {title}"))),
                false => (authors, Some(format!("author of {title}"))),
            }
        }
        Voice::Unnamed(None) => ("Someone unnamed".to_owned(), None),
        Voice::Unnamed(Some(words)) => (one_line(&words.text), Some("not named".to_owned())),
        Voice::Named(words) => {
            let said = one_line(&words.text);
            let actor = actors.of_voice(&opened.document.id, &link.voice).filter(|a| !said.contains(&a.name));
            (said, actor.map(|a| format!("taken to be {}", a.name)))
        }
    }
}

fn node(opened: &Opened<'_>, actors: &Actors, link: &Link, depth: usize) -> Node {
    let (name, under) = name(opened, actors, link);
    Node {
        lines: wrap(&name, room(depth), LETTER, 3),
        under: under.map(|u| wrap(&u, room(depth), SMALL, 2)).unwrap_or_default(),
        class: match &link.voice {
            Voice::Author => "author",
            Voice::Named(_) => "named",
            Voice::Unnamed(_) => "unnamed",
        },
    }
}

fn arrow(link: &Link, depth: usize) -> Arrow {
    let mut labels = Vec::new();
    let mut add = |text: String| labels.extend(wrap(&text, room(depth) - 30.0, SMALL, 2));
    if let Some(cue) = &link.cue {
        add(format!("“{}”", isolated(&cue.text)));
    }
    if let Some(venue) = &link.venue {
        add(format!("in {}", isolated(&venue.text)));
    }
    if let Some(time) = &link.time {
        add(format!("said: {}", isolated(&time.words.text)));
    }
    Arrow { stance: link.stance, labels }
}

/// Words that keep their own direction among others.
fn isolated(text: &str) -> String {
    format!("\u{2068}{}\u{2069}", one_line(text))
}

fn left(depth: usize) -> f32 {
    STEP * depth.min(5) as f32 + 1.0
}

/// Room for words in a box at a depth.
fn room(depth: usize) -> f32 {
    WIDTH - left(depth) - 26.0
}

fn box_height(node: &Node) -> f32 {
    node.lines.len() as f32 * LINE + node.under.len() as f32 * LABEL + 15.0
}

fn tops(nodes: &[Node], arrows: &[Arrow]) -> Vec<f32> {
    let mut top = 1.0;
    let gap = |depth: usize| arrows.get(depth).map_or(0.0, |a| (1 + a.labels.len()) as f32 * LABEL + 20.0);
    nodes
        .iter()
        .enumerate()
        .map(|(depth, node)| {
            let here = top;
            top += box_height(node) + gap(depth);
            here
        })
        .collect()
}

fn draw_arrow(arrow: &Arrow, depth: usize, from: f32, to: f32) -> Markup {
    let x = left(depth) + 24.0;
    let tip = to - 1.0;
    html! {
        g class={"arrow " (arrow.stance)} {
            path.line d=(format!("M{x} {from}V{}", tip - 7.0)) {}
            @if arrow.stance == Stance::Endorses { path.line d=(format!("M{} {from}V{}", x + 4.0, tip - 7.0)) {} }
            @if arrow.stance == Stance::Denies {
                path.line d=(format!("M{} {}L{} {}", x - 7.0, from + 18.0, x + 7.0, from + 8.0)) {}
            }
            path.head d=(format!("M{} {}h10l-5 8z", x - 5.0, tip - 8.0)) {}
            text.stance x=(x + 16.0) y=(from + LABEL + 3.0) { (arrow.stance) }
            @for (n, label) in arrow.labels.iter().enumerate() {
                text.label x=(x + 16.0) y=(from + LABEL * (n + 2) as f32 + 3.0) { (label) }
            }
        }
    }
}

fn draw_box(node: &Node, depth: usize, top: f32) -> Markup {
    let x = left(depth);
    let width = WIDTH - x - 1.0;
    let right = is_right_to_left(&node.lines.join(" "));
    let (start, direction) = if right { (WIDTH - 12.0, "rtl") } else { (x + 12.0, "ltr") };
    html! {
        g class={"voice " (node.class)} {
            rect x=(x) y=(top) width=(width) height=(box_height(node)) rx="3" {}
            @for (n, line) in node.lines.iter().enumerate() {
                text x=(start) y=(top + LINE * (n + 1) as f32 + 2.0) direction=(direction) { (line) }
            }
            @for (n, line) in node.under.iter().enumerate() {
                text.under x=(start) y=(top + LINE * node.lines.len() as f32 + LABEL * (n + 1) as f32 + 1.0)
                    direction=(direction) { (line) }
            }
        }
    }
}

/// Breaks words into at most `most` lines of a width; what is over ends in an ellipsis.
fn wrap(text: &str, width: f32, letter: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0.0;
    for word in text.split_whitespace() {
        let length = measure(word, letter);
        if used > 0.0 && used + letter + length > width {
            lines.push(String::new());
            used = 0.0;
        }
        if used > 0.0 {
            push(&mut lines, " ");
            used += letter * 0.5;
        }
        for c in word.chars() {
            let wide = measure(c.encode_utf8(&mut [0; 4]), letter);
            if used > 0.0 && used + wide > width {
                lines.push(String::new());
                used = 0.0;
            }
            push(&mut lines, c.encode_utf8(&mut [0; 4]));
            used += wide;
        }
        if lines.len() > most {
            break;
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        push(&mut lines, " …");
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

fn measure(text: &str, letter: f32) -> f32 {
    let wide = |c: char| match u32::from(c) {
        0x200B..=0x200F | 0x2060..=0x206F | 0x0300..=0x036F | 0x064B..=0x0652 => 0.0,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF00..=0xFF60 => 2.0,
        _ if c.is_uppercase() => 1.3,
        _ if "ijltf.,;:'’|!()[] ".contains(c) => 0.6,
        _ => 1.0,
    };
    text.chars().map(wide).sum::<f32>() * letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_words_and_end_in_an_ellipsis_only_where_words_are_left_out() {
        assert_eq!(wrap("the sea was calm", 90.0, 7.0, 3), ["the sea was", "calm"]);
        assert_eq!(wrap("the sea was calm that night", 60.0, 7.0, 2), ["the sea", "was calm …"]);
        let long = wrap(&"x".repeat(100), 70.0, 7.0, 30);
        assert!(long.len() > 8 && long.concat() == "x".repeat(100));
        assert_eq!(wrap("", 90.0, 7.0, 3), [""]);
    }
}
