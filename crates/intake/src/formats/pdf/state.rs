//! What following a page's instructions keeps in mind: how text is set at the moment, the marked stretches it stands in,
//! and what has been shown so far.

use super::fonts::{Face, readable};
use super::strings::text_string;
use hayro_font::kurbo::Affine;
use hayro_syntax::object::Dict;
use std::rc::Rc;

/// One glyph as shown, turned so that its line runs along x.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub x: f32,
    pub y: f32,
    /// How far it moves, without tracking.
    pub width: f32,
    /// Extra space that the text asks for after every letter.
    pub tracking: f32,
    pub size: f32,
    /// Direction of its line in degrees; 0 is upright.
    pub turn: i16,
    pub bold: bool,
    /// The page's maker marked it as running head, page number or decoration.
    pub artifact: bool,
    /// Its letters in the page's text; may be empty.
    pub text: (u32, u32),
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub glyphs: Vec<Glyph>,
    pub text: String,
    /// Whether an image is shown.
    pub image: bool,
    /// Glyphs whose letters the font does not tell.
    pub unknown: usize,
    /// Whether something was left out because the page is too large.
    pub cut: bool,
}

/// How text is set at one moment.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub page: Affine,
    pub face: Option<Rc<Face<'a>>>,
    pub size: f64,
    pub letter_space: f64,
    pub word_space: f64,
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub matrix: Affine,
    pub line: Affine,
}

impl State<'_> {
    /// The state at the beginning of a page.
    pub fn new(page: Affine) -> Self {
        State {
            page,
            face: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            matrix: Affine::IDENTITY,
            line: Affine::IDENTITY,
        }
    }

    /// Moves to the start of a line.
    pub fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.matrix = self.line;
    }
}

/// A marked stretch of content.
pub(super) enum Mark {
    Plain,
    Artifact,
    /// Its own text stands for what is shown; taken by the first glyph.
    Says(Option<String>),
}

/// Six numbers as a transformation.
pub(super) fn affine(coefficients: [f64; 6]) -> Affine {
    Affine::new(coefficients)
}

/// What a marked stretch means for the text in it.
pub(super) fn mark_of(tag: &[u8], properties: Option<&Dict<'_>>) -> Mark {
    if tag == b"Artifact" {
        return Mark::Artifact;
    }
    let says = properties.and_then(|p| p.get::<hayro_syntax::object::String<'_>>("ActualText"));
    says.map_or(Mark::Plain, |text| Mark::Says(Some(readable(&text_string(text.as_bytes())))))
}
