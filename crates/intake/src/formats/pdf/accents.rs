//! Accents that were printed as letters of their own over, under or beside their letter, as old typesetting programs
//! do, put back on the letter.

use super::state::Shown;
use unicode_normalization::char::compose;

/// The accent that stands on a letter for one that stands alone.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' | '^' => '\u{302}',
        '˜' | '~' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30A}',
        '˝' => '\u{30B}',
        'ˇ' => '\u{30C}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// Puts every accent that is printed over the letter before or after it onto that letter.
pub(super) fn put_on_letters(shown: &mut Shown) {
    for at in 0..shown.glyphs.len() {
        let Some(accent) = only_char(shown, at).and_then(combining) else { continue };
        let beside = [at.checked_add(1), at.checked_sub(1)].into_iter().flatten();
        let Some((other, letter)) =
            beside.filter(|i| overlaps(shown, at, *i)).find_map(|i| Some((i, accented(shown, i, accent)?)))
        else {
            continue;
        };
        let start = shown.text.len();
        shown.text.push(letter);
        let text = (start as u32, shown.text.len() as u32);
        if let Some(glyph) = shown.glyphs.get_mut(other) {
            glyph.text = text;
        }
        if let Some(glyph) = shown.glyphs.get_mut(at) {
            (glyph.text, glyph.width) = ((start as u32, start as u32), 0.0);
        }
    }
}

fn only_char(shown: &Shown, at: usize) -> Option<char> {
    let glyph = shown.glyphs.get(at)?;
    let mut chars = shown.text.get(glyph.text.0 as usize..glyph.text.1 as usize)?.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn accented(shown: &Shown, at: usize, accent: char) -> Option<char> {
    // TeX sets accents over i and j without their dots.
    let letter = match only_char(shown, at)? {
        'ı' => 'i',
        'ȷ' => 'j',
        letter => letter,
    };
    compose(letter, accent)
}

fn overlaps(shown: &Shown, accent: usize, letter: usize) -> bool {
    let (Some(a), Some(b)) = (shown.glyphs.get(accent), shown.glyphs.get(letter)) else { return false };
    let middle = a.x + a.width / 2.0;
    a.turn == b.turn
        && (a.y - b.y).abs() < 0.5 * b.size
        && middle > b.x - 0.1 * b.size
        && middle < b.x + b.width + 0.1 * b.size
}

#[cfg(test)]
mod tests {
    use super::super::state::{Glyph, Shown};
    use super::put_on_letters;

    fn shown(letters: &[(&str, f32, f32)]) -> Shown {
        let mut shown = Shown::default();
        for (text, x, width) in letters {
            let start = shown.text.len() as u32;
            shown.text.push_str(text);
            let text = (start, shown.text.len() as u32);
            shown.glyphs.push(Glyph {
                x: *x,
                y: 0.0,
                width: *width,
                tracking: 0.0,
                size: 10.0,
                turn: 0,
                bold: false,
                artifact: false,
                text,
            });
        }
        shown
    }

    #[test]
    fn accents_join_the_letter_they_are_printed_on() {
        let mut page = shown(&[("o", 0.0, 5.0), ("˘", 5.2, 5.0), ("g", 5.0, 5.0), ("~", 30.0, 5.0), ("k", 36.0, 5.0)]);
        put_on_letters(&mut page);
        let words: String = page.glyphs.iter().map(|g| &page.text[g.text.0 as usize..g.text.1 as usize]).collect();
        assert_eq!(words, "oğ~k");
    }
}
