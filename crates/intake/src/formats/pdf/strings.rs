//! Text strings of the PDF format: UTF-16, UTF-8 or the format's own eight-bit encoding.

/// 0x18..=0x1F and 0x80..=0x9E of PDFDocEncoding (ISO 32000-1, annex D); the rest is Latin-1.
const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const HIGH: [char; 31] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ',
    'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
];

/// The words of a text string.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| doc_encoded(*b)).collect(),
    }
}

fn doc_encoded(byte: u8) -> char {
    let special = match byte {
        0x18..=0x1F => LOW.get(usize::from(byte - 0x18)),
        0x80..=0x9E => HIGH.get(usize::from(byte - 0x80)),
        0xA0 => Some(&'€'),
        _ => None,
    };
    special.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::text_string;

    #[test]
    fn three_encodings_are_told_apart() {
        assert_eq!(text_string(b"Mayor\x90s log \x84 1904"), "Mayor’s log — 1904");
        assert_eq!(text_string(b"\xFE\xFF\x04\x1F\x04\x3E\x04\x40\x04\x42"), "Порт");
        assert_eq!(text_string("\u{FEFF}quai".as_bytes()), "quai");
    }
}
