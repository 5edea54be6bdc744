//! A page's drawing instructions, followed only as far as text goes: which letters stand where, how large, and whether
//! the page's maker called them furniture. Nothing is drawn and no image is expanded.
//!
//! Coordinates are in points, the page upright as a reader sees it, y growing upwards.

use super::fonts::{Face, Fonts, readable};
use super::guard;
use super::state::{Glyph, Mark, Shown, State, affine, mark_of};
use super::strings::text_string;
use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

/// Drawings inside drawings.
const DEEPEST: usize = 12;
/// Saved states on top of each other; beyond it they are only counted.
const MOST_STATES: usize = 256;
/// Letters on one page: ten times the fullest newspaper page.
const MOST_GLYPHS: usize = 1_000_000;

/// How many bytes of instructions may be followed.
#[derive(Debug)]
pub(super) struct Budget {
    /// For the rest of the document: a bound on time.
    pub left: u64,
    /// For one page or drawing: a bound on memory.
    pub at_once: u64,
}

/// Everything that a page shows.
pub(super) fn shown<'a>(page: &Page<'a>, fonts: &mut Fonts<'a>, budget: &mut Budget) -> Shown {
    let [a, b, c, d, e, f] = page.initial_transform(false).as_coeffs();
    let upright = Affine::new([a, b, c, d, e, f]);
    let (width, height) = page.render_dimensions();
    let mut follower = Follower {
        fonts,
        budget,
        shown: Shown::default(),
        state: State::new(upright),
        saved: Vec::new(),
        unsaved: 0,
        marks: Vec::new(),
        size: (f64::from(width), f64::from(height)),
        drawing: Vec::new(),
    };
    if let Some(stream) = content_streams(page, &mut follower) {
        follower.follow(&stream, page.resources(), 0);
    }
    follower.state = State::new(upright);
    follower.marks.clear();
    follower.annotations(page);
    follower.shown
}

/// The streams of a page are one text cut anywhere between words, so they are put together first.
fn content_streams<'a>(page: &Page<'a>, follower: &mut Follower<'_, 'a>) -> Option<Vec<u8>> {
    let contents = page.raw().get::<Object<'a>>("Contents")?;
    let streams: Vec<Stream<'a>> = match contents {
        Object::Stream(stream) => vec![stream],
        Object::Array(array) => array.iter::<Stream<'a>>().collect(),
        _ => return None,
    };
    let mut all = Vec::new();
    for stream in streams {
        let Some(data) = guard::decoded(&stream, follower.budget.at_once.saturating_sub(all.len() as u64)) else {
            follower.shown.cut = true;
            continue;
        };
        all.extend_from_slice(&data);
        all.push(b' ');
    }
    Some(all)
}

struct Follower<'f, 'a> {
    fonts: &'f mut Fonts<'a>,
    budget: &'f mut Budget,
    shown: Shown,
    state: State<'a>,
    saved: Vec<State<'a>>,
    unsaved: usize,
    marks: Vec<Mark>,
    size: (f64, f64),
    /// The drawings being drawn, outermost first, by where they stand in the file.
    drawing: Vec<usize>,
}

impl<'a> Follower<'_, 'a> {
    fn follow(&mut self, data: &[u8], resources: &Resources<'a>, depth: usize) {
        self.budget.left = self.budget.left.saturating_sub(data.len() as u64);
        let (floor, marks) = (self.saved.len(), self.marks.len());
        let mut instructions = TypedIter::new(data);
        while let Some(instruction) = instructions.next() {
            if self.budget.left == 0 || self.shown.glyphs.len() >= MOST_GLYPHS {
                self.shown.cut = true;
                break;
            }
            if let TypedInstruction::XObject(object) = &instruction {
                if let Some(stream) = resources.get_x_object(object.0) {
                    self.draw(&stream, resources, depth);
                }
            } else {
                self.step(instruction, resources, floor);
            }
        }
        self.saved.truncate(floor);
        self.marks.truncate(marks);
    }

    fn step(&mut self, instruction: TypedInstruction<'_, '_>, resources: &Resources<'a>, floor: usize) {
        use TypedInstruction as I;
        match instruction {
            I::SaveState(_) if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            I::SaveState(_) => self.unsaved += 1,
            I::RestoreState(_) if self.unsaved > 0 => self.unsaved -= 1,
            I::RestoreState(_) if self.saved.len() > floor => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            I::Transform(m) => self.state.page *= affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(|n| n.as_f64())),
            I::InlineImage(_) => self.shown.image = true,
            I::BeginMarkedContent(mark) => self.marks.push(mark_of(mark.0.as_ref(), None)),
            I::BeginMarkedContentWithProperties(mark) => {
                let tag = mark.0.as_ref();
                self.marks.push(match mark.1 {
                    Object::Dict(dict) => mark_of(tag, Some(dict)),
                    Object::Name(name) => mark_of(tag, resources.properties.get::<Dict<'_>>(name.as_ref()).as_ref()),
                    _ => mark_of(tag, None),
                });
            }
            I::EndMarkedContent(_) => {
                self.marks.pop();
            }
            other => self.text_step(other, resources),
        }
    }

    fn text_step(&mut self, instruction: TypedInstruction<'_, '_>, resources: &Resources<'a>) {
        use TypedInstruction as I;
        match instruction {
            I::BeginText(_) => (self.state.matrix, self.state.line) = (Affine::IDENTITY, Affine::IDENTITY),
            I::SetTextMatrix(m) => {
                self.state.line = affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(|n| n.as_f64()));
                self.state.matrix = self.state.line;
            }
            I::TextFont(font) => {
                self.state.size = font.1.as_f64();
                self.state.face = match resources.get_font(font.0) {
                    Some(dict) => self.fonts.face(&dict),
                    None => None,
                };
            }
            I::CharacterSpacing(n) => self.state.letter_space = n.0.as_f64(),
            I::WordSpacing(n) => self.state.word_space = n.0.as_f64(),
            I::HorizontalScaling(n) => self.state.stretch = n.0.as_f64() / 100.0,
            I::TextLeading(n) => self.state.leading = n.0.as_f64(),
            I::TextRise(n) => self.state.rise = n.0.as_f64(),
            I::NextLine(n) => self.state.next_line(n.0.as_f64(), n.1.as_f64()),
            I::NextLineAndSetLeading(n) => {
                self.state.leading = -n.1.as_f64();
                self.state.next_line(n.0.as_f64(), n.1.as_f64());
            }
            I::NextLineUsingLeading(_) => self.state.next_line(0.0, -self.state.leading),
            I::ShowText(text) => self.show(text.0.as_bytes()),
            I::ShowTexts(parts) => self.show_parts(parts.0),
            I::NextLineAndShowText(text) => {
                self.state.next_line(0.0, -self.state.leading);
                self.show(text.0.as_bytes());
            }
            I::ShowTextWithParameters(text) => {
                (self.state.word_space, self.state.letter_space) = (text.0.as_f64(), text.1.as_f64());
                self.state.next_line(0.0, -self.state.leading);
                self.show(text.2.as_bytes());
            }
            _ => {}
        }
    }

    fn show_parts(&mut self, parts: &Array<'_>) {
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.show(text.as_bytes()),
                Object::Number(number) => {
                    let horizontal = self.state.face.as_ref().is_none_or(|f| f.horizontal);
                    let by = -number.as_f64() / 1000.0 * self.state.size;
                    let step = if horizontal { (by * self.state.stretch, 0.0) } else { (0.0, by) };
                    self.state.matrix *= Affine::translate(step);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        // A font that cannot be loaded still shows plain letters in every common program.
        let face = match &self.state.face {
            Some(face) => Some(face.clone()),
            None if bytes.is_ascii() => self.fonts.fallback(),
            None => None,
        };
        let Some(face) = face else {
            self.shown.unknown += bytes.len();
            return;
        };
        let mut at = 0;
        while at < bytes.len() && self.shown.glyphs.len() < MOST_GLYPHS {
            let (code, length) = face.code(bytes, at);
            at += length;
            self.glyph(&face, code, length);
        }
    }

    fn glyph(&mut self, face: &Face<'_>, code: u32, length: usize) {
        let letter = face.letter(code);
        let state = &self.state;
        let scale = Affine::new([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let whole = state.page * state.matrix * scale;
        let along = if face.horizontal { (letter.advance.0, 0.0) } else { (0.0, letter.advance.1) };
        let space = state.letter_space + if code == 32 && length == 1 { state.word_space } else { 0.0 };
        let step = match face.horizontal {
            true => ((letter.advance.0 * state.size + space) * state.stretch, 0.0),
            false => (0.0, letter.advance.1 * state.size + space),
        };
        let tracking = state.letter_space * if face.horizontal { state.stretch } else { 1.0 };
        let tracking = tracking * (state.page * state.matrix).determinant().abs().sqrt();
        self.place(whole, along, tracking, face, letter.text.as_deref());
        self.state.matrix *= Affine::translate(step);
    }

    /// Keeps a glyph, unless it stands off the page.
    fn place(&mut self, whole: Affine, along: (f64, f64), tracking: f64, face: &Face<'_>, text: Option<&str>) {
        let (from, to) = (whole * Point::ORIGIN, whole * Point::from(along));
        let [a, b, c, d, ..] = whole.as_coeffs();
        let off = |value: f64, end: f64| !value.is_finite() || value < -2.0 || value > end + 2.0;
        if off(from.x, self.size.0) || off(from.y, self.size.1) {
            return;
        }
        let direction = if face.horizontal { (a, b) } else { (-c, -d) };
        let turn = direction.1.atan2(direction.0).to_degrees().round();
        let radians = -turn.to_radians();
        let turned = Affine::rotate(radians) * from;
        let start = self.shown.text.len();
        self.say(text);
        let height = (c.hypot(d) * face.height).abs();
        self.shown.glyphs.push(Glyph {
            x: turned.x as f32,
            y: turned.y as f32,
            width: ((to.x - from.x).hypot(to.y - from.y)) as f32,
            tracking: tracking as f32,
            size: if height.is_finite() { height as f32 } else { 1.0 },
            turn: turn as i16,
            bold: face.bold,
            artifact: self.marks.iter().any(|m| matches!(m, Mark::Artifact)),
            text: (start as u32, self.shown.text.len() as u32),
        });
    }

    /// Adds the letters of a glyph: those that the stretch around it gives as its text, or its own.
    fn say(&mut self, text: Option<&str>) {
        if let Some(says) = self.marks.iter_mut().find_map(|m| if let Mark::Says(text) = m { Some(text) } else { None })
        {
            self.shown.text.push_str(&says.take().unwrap_or_default());
        } else if let Some(text) = text {
            self.shown.text.push_str(text);
        } else {
            self.shown.unknown += 1;
            self.shown.text.push(char::REPLACEMENT_CHARACTER);
        }
    }

    fn draw(&mut self, object: &Stream<'a>, outer: &Resources<'a>, depth: usize) {
        let dict = object.dict();
        match dict.get::<Name<'_>>("Subtype").as_ref().map(|n| n.as_str()) {
            Some("Image") => self.shown.image = true,
            Some("Form") | None if depth < DEEPEST => {
                let place = dict.data().as_ptr() as usize;
                if self.drawing.contains(&place) {
                    return;
                }
                let Some(data) = guard::decoded(object, self.budget.at_once) else {
                    self.shown.cut = true;
                    return;
                };
                let resources = dict.get::<Dict<'a>>("Resources").map(Resources::new);
                let outside = self.state.clone();
                if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
                    self.state.page *= affine(matrix);
                }
                self.drawing.push(place);
                self.follow(&data, resources.as_ref().unwrap_or(outer), depth + 1);
                self.drawing.pop();
                // Drawing costs even where the drawing is empty.
                self.budget.left = self.budget.left.saturating_sub(1024);
                self.state = outside;
            }
            _ => {}
        }
    }

    /// Filled-in fields and notes written on the page.
    fn annotations(&mut self, page: &Page<'a>) {
        const HIDDEN: u32 = 1 << 1 | 1 << 5;
        let Some(annotations) = page.raw().get::<Array<'a>>("Annots") else { return };
        for annotation in annotations.iter::<Dict<'a>>() {
            if annotation.get::<u32>("F").unwrap_or(0) & HIDDEN != 0 {
                continue;
            }
            let (Some(look), Some(rect)) = (appearance(&annotation), annotation.get::<[f64; 4]>("Rect")) else {
                continue;
            };
            let outside = self.state.clone();
            let bounds = look.dict().get::<[f64; 4]>("BBox").unwrap_or_default();
            self.state.page *= Affine::translate((rect[0].min(rect[2]) - bounds[0], rect[1].min(rect[3]) - bounds[1]));
            let before = self.shown.glyphs.len();
            self.draw(&look, page.resources(), 0);
            self.state = outside;
            if self.shown.glyphs.len() == before {
                self.fill_in(&annotation, rect);
            }
        }
    }
}

impl<'a> Follower<'_, 'a> {
    /// The value of a field whose look does not show it, as viewers draw it themselves.
    fn fill_in(&mut self, field: &Dict<'a>, rect: [f64; 4]) {
        let parent = field.get::<Dict<'a>>("Parent").unwrap_or_default();
        let inherited = |key: &str| field.get::<Object<'a>>(key).or_else(|| parent.get::<Object<'a>>(key));
        let typed = matches!(inherited("FT"), Some(Object::Name(name)) if matches!(name.as_str(), "Tx" | "Ch"));
        let Some(Object::String(value)) = inherited("V") else { return };
        let text = readable(&text_string(value.as_bytes()));
        if !typed || text.trim().is_empty() {
            return;
        }
        let corner = self.state.page * Point::new(rect[0].min(rect[2]), rect[1].min(rect[3]) + 2.0);
        let start = self.shown.text.len();
        self.shown.text.push_str(&text);
        let size = (rect[3] - rect[1]).abs().clamp(4.0, 12.0) as f32;
        self.shown.glyphs.push(Glyph {
            x: corner.x as f32,
            y: corner.y as f32,
            width: 0.5 * size * text.chars().count() as f32,
            tracking: 0.0,
            size,
            turn: 0,
            bold: false,
            artifact: false,
            text: (start as u32, self.shown.text.len() as u32),
        });
    }
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => {
            annotation.get::<Name<'_>>("AS").and_then(|state| states.get::<Stream<'a>>(state.as_ref()))
        }
        _ => None,
    }
}
