//! Fonts as intake needs them: what letters a code stands for and how far it moves. Shapes are never drawn.

use super::guard;
use super::letters::Letters;
use hayro_font::hayro_cmap::{self, BfString};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, UNITS_PER_EM};
use hayro_syntax::object::{Dict, Name, Stream};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// What one code of a font stands for.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// Its letters; `None` where the font does not tell.
    pub text: Option<Rc<str>>,
    /// How far it moves, in text space of size 1.
    pub advance: (f64, f64),
}

/// One font of a document.
pub(super) struct Face<'a> {
    font: Font<'a>,
    /// Whether its name calls it bold.
    pub bold: bool,
    /// Whether lines run from left to right (`false`: from top to bottom).
    pub horizontal: bool,
    /// Height of a letter in text space of size 1; other than 1 only for fonts that draw their own letters.
    pub height: f64,
    /// For fonts whose codes are Unicode themselves (`UniJIS-UTF16-H` and its kind).
    codes_are_unicode: bool,
    /// The font's own table, where the library cannot read it.
    table: Option<Letters>,
    letters: RefCell<HashMap<u32, Letter>>,
}

impl<'a> Face<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>, limit: u64) -> Face<'a> {
        let name = dict.get::<Name<'_>>("BaseFont").map(|n| n.as_str().to_lowercase()).unwrap_or_default();
        let encoding = dict.get::<Name<'_>>("Encoding").map(|n| n.as_str().to_owned()).unwrap_or_default();
        let table =
            dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| Letters::with_gaps(&guard::decoded(&stream, limit)?));
        Face {
            table,
            horizontal: font.is_horizontal(),
            font,
            bold: ["bold", "black", "heavy", "cmbx", "demi", "-medi"].iter().any(|word| name.contains(word))
                && !name.contains("medium"),
            height: drawn_height(dict),
            codes_are_unicode: encoding.starts_with("Uni") && (encoding.contains("UCS2") || encoding.contains("UTF16")),
            letters: RefCell::default(),
        }
    }

    /// The code at a place of a string, and how many bytes it takes (at least one).
    pub fn code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// What a code stands for.
    pub fn letter(&self, code: u32) -> Letter {
        if let Some(letter) = self.letters.borrow().get(&code) {
            return letter.clone();
        }
        let unit = f64::from(UNITS_PER_EM);
        let advance = self.font.code_advance(code);
        let letter = Letter { text: self.text(code), advance: (advance.x / unit, advance.y / unit) };
        self.letters.borrow_mut().insert(code, letter.clone());
        letter
    }

    fn text(&self, code: u32) -> Option<Rc<str>> {
        if let Some(letters) = self.table.as_ref().and_then(|table| table.of(code)) {
            return Some(readable(letters).into());
        }
        let unicode = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text = match unicode {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(s)) => s,
            None if self.codes_are_unicode => char::from_u32(code)?.to_string(),
            None => return None,
        };
        Some(readable(&text).into())
    }
}

/// A font that draws its own letters (Type 3) may count them in dots; its box tells how high they are.
fn drawn_height(dict: &Dict<'_>) -> f64 {
    let scale = dict.get::<[f64; 6]>("FontMatrix").map_or(0.001, |m| m[3].abs().max(m[1].abs()));
    let height = dict.get::<[f64; 4]>("FontBBox").map_or(0.0, |b| (b[3] - b[1]).abs() * scale);
    let own = dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_str() == "Type3");
    if own && height.is_finite() && height > 0.0 { height } else { 1.0 }
}

/// Letters as a reader writes them: ligatures and Arabic shapes taken apart, controls left out, a bullet from a symbol
/// font as a bullet.
pub(super) fn readable(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}'..='\u{FB06}' | '\u{FB1D}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}' => {
                out.extend(c.to_string().nfkc())
            }
            '\u{F0B7}' | '\u{F0A7}' => out.push('•'),
            '\t' | '\n' | '\r' | '\u{A0}' => out.push(' '),
            '\u{FEFF}' | '\u{200B}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The fonts of a document, each loaded once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    /// By where the dictionary stands in the file: a dictionary without a number of its own has no other name.
    known: HashMap<(usize, usize), Option<Rc<Face<'a>>>>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    limit: u64,
    fallback: Option<Rc<Face<'a>>>,
}

impl<'a> Fonts<'a> {
    /// No fonts yet; none may expand beyond the limit.
    pub fn new(limit: u64) -> Fonts<'a> {
        Fonts {
            cache: FontCache::new(),
            known: HashMap::new(),
            programs: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
            }),
            maps: Arc::new(hayro_cmap::load_embedded),
            limit,
            fallback: None,
        }
    }

    /// The font that a dictionary describes; `None` if it cannot be loaded.
    pub fn face(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        let place = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(face) = self.known.get(&place) {
            return face.clone();
        }
        let face = guard::font_is_harmless(dict, self.limit)
            .then(|| self.cache.font(dict, &self.programs, &self.maps))
            .flatten()
            .map(|font| Rc::new(Face::new(font, dict, self.limit)));
        self.known.insert(place, face.clone());
        face
    }

    /// Helvetica, for text shown without a font that can be loaded.
    pub fn fallback(&mut self) -> Option<Rc<Face<'a>>> {
        if self.fallback.is_none() {
            let font = self.cache.standard_font(hayro_font::StandardFont::Helvetica, &self.programs)?;
            self.fallback = Some(Rc::new(Face::new(font, &Dict::empty(), 0)));
        }
        self.fallback.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn ligatures_and_shapes_become_letters() {
        assert_eq!(readable("ﬁ\u{7}eld"), "field");
        assert_eq!(readable("\u{FEFB}"), "لا");
        assert_eq!(readable("\u{F0B7}\u{A0}x"), "• x");
        assert_eq!(readable("½ ² …"), "½ ² …", "other compatibility letters stay as printed");
    }
}
