//! What every picture is drawn on. A picture is shapes and a table: each mark that can be followed is a row of the table
//! and so names its statements, and the table says the same in words and numbers. Shapes carry classes only; one style
//! sheet gives them colour on the page, by day, by night and on paper, and is written into a picture that leaves the page.

use crate::graphs::escaped;
use rashomon_core::{Cell, Row, StatementId, Table};
use std::fmt::Write as _;

/// The look of every picture; its colours are the page's variables.
pub const STYLE: &str = include_str!("picture.css");

/// The page's colours by day, for pictures that leave the page.
const COLOURS: &[(&str, &str)] = &[
    ("paper", "#ffffff"),
    ("sheet", "#ffffff"),
    ("ink", "#211f1b"),
    ("quiet", "#625d53"),
    ("rule", "#ddd8cc"),
    ("field", "#8b8578"),
    ("accent", "#1b5568"),
    ("accent-ground", "#e6eff1"),
    ("warn", "#8a3a00"),
    ("own", "#9a9486"),
    ("unnamed", "#6a655b"),
    ("c0", "#0072b2"),
    ("c1", "#c44e00"),
    ("c2", "#007f5c"),
    ("c3", "#a64d82"),
    ("c4", "#946200"),
    ("c5", "#2b86bd"),
    ("c6", "#7a6f00"),
];

/// Wider pictures are not made smaller to fit a window, for their words could not be read.
const WIDE: f64 = 1300.0;

/// Colours and patterns that tell voices apart: seven by five, so that 35 differ by either.
pub const VOICE_COLOURS: usize = 7;
/// Patterns of voices; the first is plain.
pub const VOICE_PATTERNS: usize = 5;

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// What it is.
    pub title: String,
    /// The same in a sentence or two, for those who do not see it.
    pub words: String,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// A row for each mark that can be followed; notes say what is left out.
    pub marks: Table,
    /// First and last year that may be chosen, if the picture is one of a moment.
    pub years: Option<(i64, i64)>,
    /// Whether it may be moved about by hand.
    pub loose: bool,
    shapes: Vec<Shape>,
}

/// Where a text stands to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Begins there.
    Start,
    /// Is centred there.
    Middle,
    /// Ends there.
    End,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Begin { row: usize, label: String, class: String },
    End,
    Rect { at: (f64, f64), size: (f64, f64), class: String },
    Circle { at: (f64, f64), radius: f64, class: String },
    Path { d: String, class: String },
    Text { at: (f64, f64), text: String, class: String, anchor: Anchor, turned: bool },
    Hatch { d: String, pattern: usize },
}

impl Drawing {
    /// An empty one for a view's picture whose marks have some columns.
    pub fn new(view: &'static str, title: impl Into<String>, columns: &[&'static str]) -> Drawing {
        Drawing {
            title: title.into(),
            words: String::new(),
            width: 0.0,
            height: 0.0,
            marks: Table { view, columns: columns.to_vec(), rows: Vec::new(), notes: Vec::new() },
            years: None,
            loose: false,
            shapes: Vec::new(),
        }
    }

    /// Whether it shows nothing.
    pub fn is_empty(&self) -> bool {
        self.marks.rows.is_empty()
    }

    /// Begins a mark: what is drawn until [`Drawing::end`] leads to its statements. Nothing is begun, and `false` said,
    /// if there are none.
    pub fn begin(&mut self, cells: Vec<Cell>, statements: Vec<StatementId>, label: impl Into<String>) -> bool {
        self.begin_as(cells, statements, label, "mark")
    }

    /// The same with a class of its own.
    pub fn begin_as(
        &mut self,
        cells: Vec<Cell>,
        statements: Vec<StatementId>,
        label: impl Into<String>,
        class: impl Into<String>,
    ) -> bool {
        let Some(row) = Row::new(cells, statements) else { return false };
        self.shapes.push(Shape::Begin { row: self.marks.rows.len(), label: label.into(), class: class.into() });
        self.marks.rows.push(row);
        true
    }

    /// Ends a mark.
    pub fn end(&mut self) {
        self.shapes.push(Shape::End);
    }

    /// A rectangle.
    pub fn rect(&mut self, at: (f64, f64), size: (f64, f64), class: impl Into<String>) {
        self.shapes.push(Shape::Rect { at, size: (size.0.max(0.0), size.1.max(0.0)), class: class.into() });
    }

    /// A rectangle with a pattern over its colour.
    pub fn patterned(&mut self, at: (f64, f64), size: (f64, f64), class: impl Into<String>, pattern: usize) {
        self.rect(at, size, class);
        let d =
            format!("M{:.1} {:.1}h{:.1}v{:.1}h{:.1}z", at.0, at.1, size.0.max(0.0), size.1.max(0.0), -size.0.max(0.0));
        self.hatch(d, pattern);
    }

    /// A circle.
    pub fn circle(&mut self, at: (f64, f64), radius: f64, class: impl Into<String>) {
        self.shapes.push(Shape::Circle { at, radius, class: class.into() });
    }

    /// A path.
    pub fn path(&mut self, d: impl Into<String>, class: impl Into<String>) {
        self.shapes.push(Shape::Path { d: d.into(), class: class.into() });
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: impl Into<String>) {
        self.path(format!("M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1), class);
    }

    /// A pattern over the inside of a path; the first pattern is none.
    pub fn hatch(&mut self, d: impl Into<String>, pattern: usize) {
        if !pattern.is_multiple_of(VOICE_PATTERNS) {
            self.shapes.push(Shape::Hatch { d: d.into(), pattern: pattern % VOICE_PATTERNS });
        }
    }

    /// Words.
    pub fn text(&mut self, at: (f64, f64), text: impl Into<String>, class: impl Into<String>, anchor: Anchor) {
        self.shapes.push(Shape::Text { at, text: text.into(), class: class.into(), anchor, turned: false });
    }

    /// Words that climb from left to right, above a column.
    pub fn turned(&mut self, at: (f64, f64), text: impl Into<String>, class: impl Into<String>) {
        let (text, class) = (text.into(), class.into());
        self.shapes.push(Shape::Text { at, text, class, anchor: Anchor::Start, turned: true });
    }

    /// A line of the legend: a box of a look with its words. Where the next may begin.
    pub fn key(&mut self, at: (f64, f64), class: &str, pattern: usize, words: &str) -> f64 {
        self.patterned((at.0, at.1 - 10.0), (22.0, 12.0), class, pattern);
        self.text((at.0 + 28.0, at.1), words, "small", Anchor::Start);
        at.0 + 28.0 + measure(words, SMALL) + 24.0
    }

    /// A line of the legend for a line. Where the next may begin.
    pub fn line_key(&mut self, at: (f64, f64), class: &str, words: &str) -> f64 {
        self.line((at.0, at.1 - 4.0), (at.0 + 30.0, at.1 - 4.0), class);
        self.text((at.0 + 36.0, at.1), words, "small", Anchor::Start);
        at.0 + 36.0 + measure(words, SMALL) + 24.0
    }

    /// The picture as SVG. With `link`, each mark leads where it says, and colours are the page's; without, the picture
    /// stands alone with its own colours.
    pub fn svg(&self, link: Option<&dyn Fn(&Row) -> String>) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(link, &mut out);
        out
    }

    fn write(&self, link: Option<&dyn Fn(&Row) -> String>, out: &mut String) -> std::fmt::Result {
        let (width, height) = (self.width, self.height);
        let name = self.marks.view;
        let space = if link.is_none() { " xmlns=\"http://www.w3.org/2000/svg\"" } else { "" };
        let wide = if width > WIDE { " wide" } else { "" };
        writeln!(
            out,
            "<svg{space} class=\"picture of-{name}{wide}\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"group\" aria-labelledby=\"picture-title\" aria-describedby=\"picture-words\">"
        )?;
        writeln!(out, "<title id=\"picture-title\">{}</title>", escaped(&self.title))?;
        writeln!(out, "<desc id=\"picture-words\">{}</desc>", plain(&self.words))?;
        if link.is_none() {
            writeln!(out, "<style>{}</style>", own_style())?;
        }
        out.push_str(PATTERNS);
        if link.is_none() {
            writeln!(out, "<rect class=\"ground\" width=\"{width:.0}\" height=\"{height:.0}\"/>")?;
        }
        for shape in &self.shapes {
            self.write_shape(shape, link, out)?;
        }
        writeln!(out, "</svg>")
    }

    fn write_shape(&self, shape: &Shape, link: Option<&dyn Fn(&Row) -> String>, out: &mut String) -> std::fmt::Result {
        match shape {
            Shape::Begin { row, label, class } => {
                let row = self.marks.rows.get(*row);
                match (link, row) {
                    (Some(link), Some(row)) => writeln!(
                        out,
                        "<a class=\"{}\" href=\"{}\" aria-label=\"{}\"><title>{}</title>",
                        escaped(class),
                        escaped(&link(row)),
                        plain(label),
                        plain(label)
                    ),
                    _ => writeln!(out, "<g class=\"{}\"><title>{}</title>", escaped(class), plain(label)),
                }
            }
            Shape::End => writeln!(out, "{}", if link.is_some() { "</a>" } else { "</g>" }),
            Shape::Rect { at, size, class } => writeln!(
                out,
                "<rect class=\"{}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                escaped(class),
                at.0,
                at.1,
                size.0,
                size.1
            ),
            Shape::Circle { at, radius, class } => writeln!(
                out,
                "<circle class=\"{}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\"/>",
                escaped(class),
                at.0,
                at.1
            ),
            Shape::Path { d, class } => writeln!(out, "<path class=\"{}\" d=\"{}\"/>", escaped(class), escaped(d)),
            Shape::Hatch { d, pattern } => {
                writeln!(out, "<path fill=\"url(#pattern-{pattern})\" d=\"{}\"/>", escaped(d))
            }
            Shape::Text { at, text, class, anchor, turned } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                let turn = match turned {
                    true => format!(" transform=\"rotate(-40 {:.1} {:.1})\"", at.0, at.1),
                    false => String::new(),
                };
                writeln!(
                    out,
                    "<text class=\"{}\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\"{turn}>{}</text>",
                    escaped(class),
                    at.0,
                    at.1,
                    isolated(text)
                )
            }
        }
    }
}

/// Words of a document in their own direction, so that words from right to left turn nothing around them.
fn isolated(text: &str) -> String {
    match text.is_ascii() {
        true => plain(text),
        false => format!("\u{2068}{}\u{2069}", plain(text)),
    }
}

/// Words without overrides of direction, which have no place on one line of a picture.
fn plain(text: &str) -> String {
    escaped(&text.chars().filter(|c| !is_override(*c)).collect::<String>())
}

fn is_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

fn own_style() -> String {
    COLOURS.iter().fold(STYLE.to_owned(), |style, (name, value)| style.replace(&format!("var(--{name})"), value))
}

/// Patterns over colours: dots, slanted lines, level lines, crossed lines.
const PATTERNS: &str = concat!(
    "<defs>",
    "<pattern id=\"pattern-1\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><circle class=\"hole\" cx=\"3\" cy=\"3\" r=\"1.3\"/></pattern>",
    "<pattern id=\"pattern-2\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"cut\" d=\"M3 0V6\"/></pattern>",
    "<pattern id=\"pattern-3\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><path class=\"cut\" d=\"M0 2.5H5\"/></pattern>",
    "<pattern id=\"pattern-4\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"cut\" d=\"M3.5 0V7M0 3.5H7\"/></pattern>",
    "</defs>\n"
);

/// Sizes of letters in pixels.
pub const LETTERS: f64 = 13.0;
/// Of small ones.
pub const SMALL: f64 = 12.0;

/// About how wide words are, in pixels: letters of a sans-serif are half as wide as high, capitals and wide scripts more.
pub fn measure(text: &str, size: f64) -> f64 {
    let wide = |c: char| match u32::from(c) {
        0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x0300..=0x036F | 0x064B..=0x0652 => 0.0,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF00..=0xFF60 => 1.0,
        _ if c.is_uppercase() => 0.68,
        _ if "ijltfr.,;:'’|!()[] ".contains(c) => 0.32,
        _ => 0.56,
    };
    text.chars().map(wide).sum::<f64>() * size
}

/// Words cut to a width after a whole word, if there is more than one; what is cut off ends in an ellipsis. Whole words, so
/// that who speaks the words they see to a browser is understood (WCAG 2.5.3).
pub fn cut(text: &str, width: f64, size: f64) -> String {
    if measure(text, size) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = measure("…", size);
    for c in text.chars() {
        used += measure(c.encode_utf8(&mut [0; 4]), size);
        if used > width {
            break;
        }
        out.push(c);
    }
    let whole = out.rfind(' ').and_then(|end| out.get(..end)).unwrap_or(&out);
    format!("{}…", whole.trim_end().trim_end_matches([',', ';', ':', '—', '…']).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(label: &str) -> Drawing {
        let mut drawing = Drawing::new("claims", "A <test>", &["what", "statements"]);
        (drawing.width, drawing.height) = (100.0, 50.0);
        assert!(drawing.begin(vec![label.into(), 1usize.into()], vec![StatementId::short_of(b"s")], label));
        drawing.patterned((1.0, 2.0), (3.0, 4.0), "voice c0", 2);
        drawing.text((0.0, 0.0), label, "small", Anchor::Start);
        drawing.end();
        drawing
    }

    #[test]
    fn words_of_documents_are_words_in_a_picture() {
        let text = one("<script>&\u{202E}\u{7}\"").svg(Some(&|row| format!("/x?a=\"{}\"&b=1", row.statements().len())));
        assert!(!text.contains("<script") && !text.contains('\u{202E}') && !text.contains('\u{7}'), "{text}");
        assert!(text.contains("href=\"/x?a=&quot;1&quot;&amp;b=1\"") && text.contains("A &lt;test&gt;"), "{text}");
    }

    #[test]
    fn a_picture_that_leaves_the_page_brings_its_colours_and_leads_nowhere() {
        let text = one("a").svg(None);
        assert!(text.contains("<style>") && !text.contains("var(--") && !text.contains("href"), "{text}");
        assert!(text.contains("#0072b2") && text.contains("url(#pattern-2)"));
        assert!(!one("a").svg(Some(&|_| String::new())).contains("<style>"));
    }

    #[test]
    fn a_mark_without_statements_is_not_begun() {
        let mut drawing = Drawing::new("claims", "", &["what"]);
        assert!(!drawing.begin(vec!["a".into()], vec![], "a") && drawing.is_empty());
    }

    #[test]
    fn words_are_cut_to_their_room() {
        assert_eq!(cut("short", 100.0, 12.0), "short");
        let long = cut("a very long name of a very long document", 100.0, 12.0);
        assert!("a very long name of a very long document".starts_with(long.trim_end_matches('…')), "{long}");
        assert!(long.ends_with("long…") || long.ends_with("name…"), "{long}");
        assert!(measure(&long, 12.0) <= 100.0, "{long}");
        assert!(cut(&"x".repeat(99), 100.0, 12.0).ends_with("x…"));
    }
}
