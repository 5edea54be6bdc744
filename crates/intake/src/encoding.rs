//! Bytes become characters. UTF-8 is believed when it is valid and nothing but the byte-order mark is removed, so that
//! offsets fit the file. Everything else is detected, and the guess is recorded, because a wrong guess changes words.

use crate::fault::Fault;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The detector is given this much of a file; more changes no guess and costs time.
const SAMPLE: usize = 1 << 20;

/// Enough to tell a text from a program.
const GLANCE: usize = 64 << 10;

/// Decoded characters and what should be known about how they were got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters.
    pub text: String,
    /// The guess and the damage, in words; empty for sound UTF-8.
    pub notes: Vec<String>,
}

/// Characters from bytes. `declared` is the encoding that the file itself or its carrier names; it is followed where
/// the bytes do not speak against it. Fails where the bytes are no text in any encoding.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Fault> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding == UTF_8 {
            return utf8(rest).unwrap_or_else(|| with(UTF_8, rest, None));
        }
        let note = format!("read as {} by its byte-order mark", encoding.name());
        return with(encoding, rest, Some(note));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|e| *e != UTF_8 && e.is_ascii_compatible()) {
        // A page that is valid UTF-8 with other than ASCII in it is UTF-8, whatever it says.
        if bytes.is_ascii() || std::str::from_utf8(bytes).is_err() {
            return with(encoding, bytes, Some(format!("read as {}, as the file declares", encoding.name())));
        }
    }
    // Before UTF-8: Arabic in UTF-16 is made of bytes that are all valid UTF-8.
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, Some(format!("encoding guessed: {}", encoding.name())));
    }
    if let Some(found) = utf8(bytes) {
        return found;
    }
    if declared == Some(UTF_8) || mostly_utf8(bytes) {
        return with(UTF_8, bytes, None);
    }
    let encoding = guess(bytes);
    with(encoding, bytes, Some(format!("encoding guessed: {}", encoding.name())))
}

/// Whether the bytes are no text in any encoding we read: what formats ask before they claim a file.
pub fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(GLANCE)).unwrap_or_default();
    if Encoding::for_bom(head).is_some() || utf16_without_mark(head).is_some() {
        return false;
    }
    // Without branches and in sums of one byte, so that the processor looks at many bytes at once.
    let control = |b: u8| (b < 0x20) & (b.wrapping_sub(9) >= 5) & (b != 0x1B);
    let some = |bytes: &[u8]| bytes.iter().map(|b| u8::from(control(*b))).sum::<u8>();
    let controls = head.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(some(bytes))).sum::<usize>();
    memchr::memchr(0, head).is_some() || controls * 100 > head.len()
}

fn utf8(bytes: &[u8]) -> Option<Result<Decoded, Fault>> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(if is_binary(bytes) || memchr::memchr(0, bytes).is_some() {
        Err(binary())
    } else {
        Ok(Decoded { text: text.to_owned(), notes: Vec::new() })
    })
}

fn with(encoding: &'static Encoding, bytes: &[u8], note: Option<String>) -> Result<Decoded, Fault> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let controls = text.chars().filter(|c| is_control(*c as u32)).count();
    if text.contains('\0') || controls * 100 > text.len() {
        return Err(binary());
    }
    let mut notes: Vec<String> = note.into_iter().collect();
    if damaged {
        let count = text.matches('\u{FFFD}').count();
        notes.push(format!("{count} places are not valid {} and are shown as \u{FFFD}", encoding.name()));
        if count * 10 > text.len() {
            return Err(binary());
        }
    }
    Ok(Decoded { text: text.into_owned(), notes })
}

fn binary() -> Fault {
    Fault::new("it is not text in any known encoding", "save it as UTF-8 text, PDF, DOCX, ODT, EPUB or HTML")
}

/// Control characters that no text holds; tab, line ends, form feed and escape are let through.
fn is_control(character: u32) -> bool {
    character < 0x20 && !matches!(character, 0x09..=0x0D | 0x1B)
}

/// A text with a few broken bytes is still UTF-8: valid sequences beyond ASCII outnumber the broken ones by far.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken * 3
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..SAMPLE.min(bytes.len())).unwrap_or_default(), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without its mark betrays itself by spaces and line breaks, which are frequent in one byte order and do not
/// occur in the other.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE) & !1)?;
    if bytes.len() < 4 || bytes.len() % 2 == 1 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let (mut little, mut big) = (0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        match pair {
            [b' ' | b'\n' | b'\r', 0] => little += 1,
            [0, b' ' | b'\n' | b'\r'] => big += 1,
            [0, 0] => return None,
            _ => {}
        }
    }
    let enough = sample.len() / 2 / 50;
    let (encoding, count, other) = if little > big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    let sound = !encoding.decode_without_bom_handling(sample.get(..sample.len().min(4096) & !3)?).1;
    (count > enough && count > 10 * other && sound).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "وصلت السفينة إلى الميناء عند الفجر، وقال الربان إن الريح كانت شديدة طوال الليل.";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let order = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf8_is_kept_as_it_is_but_for_the_mark() {
        let decoded = decode("\u{FEFF}a\r\nb\u{FEFF}é".as_bytes(), None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.notes.len()), ("a\r\nb\u{FEFF}é", 0));
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_mark() {
        for little in [true, false] {
            let mut bytes = utf16(&format!("\u{FEFF}{ARABIC}"), little);
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!(decoded.text, ARABIC);
            assert!(decoded.notes[0].contains("UTF-16"), "{:?}", decoded.notes);
            bytes.drain(..2);
            assert_eq!(decode(&bytes, None).unwrap().text, ARABIC, "without its mark, little: {little}");
        }
    }

    #[test]
    fn old_encodings_are_guessed_and_the_guess_is_told() {
        let samples = [
            (encoding_rs::WINDOWS_1256, ARABIC),
            (encoding_rs::WINDOWS_1251, "Пароход вышел из гавани на рассвете, сказал капитан, и ветер был сильный."),
            (encoding_rs::WINDOWS_1252, "L’été dernier, le maire a dit : « Le moulin brûlera. » Le blé a été sauvé."),
        ];
        for (encoding, text) in samples {
            let bytes = encoding.encode(text).0;
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.notes, [format!("encoding guessed: {}", encoding.name())]);
        }
    }

    #[test]
    fn a_declared_encoding_wins_unless_the_bytes_are_utf8() {
        assert_eq!(decode(b"\xef\xee\xf0\xf2", Some("windows-1251")).unwrap().text, "порт");
        assert_eq!(decode("порт".as_bytes(), Some("windows-1251")).unwrap().text, "порт");
    }

    #[test]
    fn a_broken_byte_in_utf8_is_shown_and_counted() {
        let mut bytes = "Der Müller fährt über den Fluss. ".repeat(4).into_bytes();
        bytes[40] = 0xFF;
        let decoded = decode(&bytes, None).unwrap();
        assert!(decoded.text.contains('\u{FFFD}') && decoded.text.contains("über den Fluss"));
        assert!(decoded.notes[0].starts_with("1 places are not valid UTF-8"), "{:?}", decoded.notes);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [noise.as_slice(), b"\x7fELF\x02\x01\x01\0\0\0\0", b"abc\0def"] {
            assert!(is_binary(bytes));
            assert!(decode(bytes, None).unwrap_err().to_string().contains("not text"));
        }
        assert!(!is_binary(ARABIC.as_bytes()) && !is_binary(&utf16(ARABIC, true)) && !is_binary(b""));
    }
}
