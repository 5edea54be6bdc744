//! Bounds on what a PDF may expand to. The PDF library expands streams without a limit, so every stream is measured
//! before it is handed over: a few kilobytes of nested compression could otherwise fill the memory.
//!
//! A stream whose worst case is harmless costs nothing to check; only large ones are expanded twice, the first time
//! into nothing. Streams inside the file's own skeleton (lists of objects) are measured on the raw bytes.

use crate::fault::Fault;
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use memchr::memmem;
use std::borrow::Cow;
use std::io::Read;

/// How often larger a stream can become by one filter: the worst the compression's own format allows.
const FLATE: u64 = 1_032;
const LZW: u64 = 2_731;
const RUN_LENGTH: u64 = 128;
const ASCII_85: u64 = 4;

/// Widths of more characters than a font can have are not widths.
const MOST_CODES: u32 = 0xFFFF;

/// Refuses a file whose skeleton expands beyond the limit.
pub(super) fn check_skeleton(bytes: &[u8], limit: u64) -> Result<(), Fault> {
    let mut previous_end = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes.get(..at).is_some_and(|before| before.ends_with(b"end")) {
            previous_end = at;
            continue;
        }
        let dictionary = unescaped(bytes.get(previous_end..at).unwrap_or_default());
        if !is_skeleton(&dictionary) {
            continue;
        }
        let data = bytes.get(at + 6..).unwrap_or_default();
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let raw = memmem::find(data, b"endstream").unwrap_or(data.len());
        let filters = named_filters(&dictionary);
        if !fits(data, raw as u64, &filters, limit) {
            return Err(bomb());
        }
    }
    Ok(())
}

fn bomb() -> Fault {
    let remedy = "if you trust it, print it to a new PDF and read that";
    Fault::new("it expands far beyond its size, as a ZIP bomb does, and was not expanded", remedy)
}

fn is_skeleton(dictionary: &[u8]) -> bool {
    let has = |key: &[u8]| memmem::find(dictionary, key).is_some();
    has(b"/ObjStm") || has(b"/XRef") || (has(b"/First") && has(b"/N"))
}

/// Names with `#xx` written out, so that a filter cannot hide behind another spelling.
fn unescaped(dictionary: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'#', dictionary).is_none() {
        return Cow::Borrowed(dictionary);
    }
    let mut plain = Vec::with_capacity(dictionary.len());
    let mut rest = dictionary;
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| u8::from_str_radix(d, 16).ok());
        match code {
            Some(byte) if first == b'#' => {
                plain.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                plain.push(first);
                rest = tail;
            }
        }
    }
    Cow::Owned(plain)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Flate,
    Lzw,
    RunLength,
    Ascii85,
    Hex,
    Image,
}

impl Packing {
    fn of(name: &[u8]) -> Option<Packing> {
        match name {
            b"FlateDecode" | b"Fl" => Some(Packing::Flate),
            b"LZWDecode" | b"LZW" => Some(Packing::Lzw),
            b"RunLengthDecode" | b"RL" => Some(Packing::RunLength),
            b"ASCII85Decode" | b"A85" => Some(Packing::Ascii85),
            b"ASCIIHexDecode" | b"AHx" => Some(Packing::Hex),
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" => Some(Packing::Image),
            _ => None,
        }
    }

    fn worst(self) -> u64 {
        match self {
            Packing::Flate => FLATE,
            Packing::Lzw => LZW,
            Packing::RunLength => RUN_LENGTH,
            Packing::Ascii85 => ASCII_85,
            Packing::Hex | Packing::Image => 1,
        }
    }
}

fn named_filters(dictionary: &[u8]) -> Vec<Packing> {
    let names = dictionary.split(|b| *b == b'/').skip(1);
    names
        .filter_map(|rest| Packing::of(rest.split(|b| !b.is_ascii_alphanumeric()).next().unwrap_or_default()))
        .collect()
}

/// Whether a stream stays within the limit: by its worst case if that is enough, else by expanding it into nothing.
fn fits(data: &[u8], raw: u64, filters: &[Packing], limit: u64) -> bool {
    let worst = filters.iter().fold(raw, |size, filter| size.saturating_mul(filter.worst()));
    if worst <= limit {
        return true;
    }
    match filters {
        [Packing::Flate, Packing::Image, ..] | [Packing::Flate] => expands_within(data, limit),
        [Packing::Ascii85, Packing::Flate] => expands_within(&from_ascii_85(data), limit),
        [Packing::Hex, Packing::Flate] => expands_within(&from_hex(data), limit),
        _ => false,
    }
}

/// Whether compressed data expand to no more than `limit` bytes. Data that are damaged on the way do not: what a
/// lenient reader would make of the rest cannot be known.
fn expands_within(data: &[u8], limit: u64) -> bool {
    let zlib = data.first().is_some_and(|b| b & 0x0F == 8);
    let measured = if zlib { measure(flate2::read::ZlibDecoder::new(data), limit) } else { None };
    measured.or_else(|| measure(flate2::read::DeflateDecoder::new(data), limit)).is_some_and(|size| size <= limit)
}

fn measure(mut decoder: impl Read, limit: u64) -> Option<u64> {
    let mut buffer = vec![0u8; 64 << 10];
    let mut size = 0u64;
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) => return Some(size),
            Ok(n) => size += n as u64,
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Some(size),
            Err(_) => return None,
        }
        if size > limit {
            return Some(size);
        }
    }
}

fn from_ascii_85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let (mut group, mut held) = (0u32, 0u32);
    for &byte in data {
        match byte {
            b'z' if held == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                held += 1;
                if held == 5 {
                    out.extend(group.to_be_bytes());
                    (group, held) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if held > 1 {
        for _ in held..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(group.to_be_bytes().iter().take(held as usize - 1));
    }
    out
}

fn from_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|b| **b != b'>')
        .filter_map(|b| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |value, digit| value << 4 | digit) << (4 * (2 - pair.len())))
        .collect()
}

/// The expanded bytes of a stream, or nothing if it is damaged, an image, or expands beyond the limit.
pub(super) fn decoded<'a>(stream: &Stream<'a>, limit: u64) -> Option<Cow<'a, [u8]>> {
    is_harmless(stream, limit).then(|| stream.decoded_data().ok())?
}

fn is_harmless(stream: &Stream<'_>, limit: u64) -> bool {
    let filters: Vec<Packing> = stream
        .filters()
        .iter()
        .filter_map(|filter| match filter {
            Filter::FlateDecode => Some(Packing::Flate),
            Filter::LzwDecode => Some(Packing::Lzw),
            Filter::RunLengthDecode => Some(Packing::RunLength),
            Filter::Ascii85Decode => Some(Packing::Ascii85),
            Filter::AsciiHexDecode => Some(Packing::Hex),
            Filter::Crypt => None,
            _ => Some(Packing::Image),
        })
        .collect();
    let raw = stream.raw_data();
    fits(&raw, raw.len() as u64, &filters, limit)
}

/// Whether everything that loading this font would expand stays within the limit.
pub(super) fn font_is_harmless(font: &Dict<'_>, limit: u64) -> bool {
    let descendant = font.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let dictionaries = [Some(font.clone()), descendant];
    dictionaries.into_iter().flatten().all(|dictionary| {
        let descriptor = dictionary.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let streams = ["FontFile", "FontFile2", "FontFile3"].map(|key| descriptor.get::<Stream<'_>>(key));
        let maps = ["ToUnicode", "Encoding", "CIDToGIDMap"].map(|key| dictionary.get::<Stream<'_>>(key));
        streams.iter().chain(&maps).flatten().all(|stream| is_harmless(stream, limit))
            && ["W", "W2"].iter().all(|key| widths_are_sane(dictionary.get::<Array<'_>>(key)))
    })
}

/// A range of widths from 0 to four thousand million would be filled in one by one.
fn widths_are_sane(widths: Option<Array<'_>>) -> bool {
    let mut pending: Vec<f64> = Vec::new();
    let mut filled = 0.0;
    for item in widths.iter().flat_map(Array::iter::<Object<'_>>) {
        let Object::Number(number) = item else {
            pending.clear();
            continue;
        };
        pending.push(number.as_f64());
        if let [first, last, _] = pending[..] {
            filled += (last - first).max(0.0);
            pending.clear();
        }
        if number.as_f64() > f64::from(MOST_CODES) || filled > f64::from(MOST_CODES) * 16.0 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(size: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let block = vec![0u8; 1 << 16];
        for _ in 0..size / block.len() {
            encoder.write_all(&block).unwrap();
        }
        encoder.finish().unwrap()
    }

    #[test]
    fn large_streams_are_measured_and_nested_ones_judged_by_their_worst() {
        let data = packed(4 << 20);
        let raw = data.len() as u64;
        assert!(fits(&data, raw, &[Packing::Flate], 5 << 20));
        assert!(!fits(&data, raw, &[Packing::Flate], 3 << 20));
        assert!(!fits(&data, raw, &[Packing::Flate, Packing::Flate], 64 << 20));
        assert!(fits(b"short", 5, &[Packing::Ascii85, Packing::Flate], 1 << 20));
    }

    #[test]
    fn a_bomb_in_the_skeleton_is_refused_however_its_filter_is_spelt() {
        let mut file = b"%PDF-1.5\n1 0 obj <</Type /Obj#53tm /N 1 /First 5 /Filter /Fl#61teDecode>> stream\n".to_vec();
        file.extend(packed(4 << 20));
        file.extend(b"\nendstream endobj");
        assert!(check_skeleton(&file, 8 << 20).is_ok());
        assert!(check_skeleton(&file, 1 << 20).unwrap_err().to_string().contains("bomb"));
    }

    #[test]
    fn text_armour_is_taken_off() {
        assert_eq!(from_ascii_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(from_hex(b"48 65 6C6c6F>junk"), b"Hello");
        assert_eq!(from_hex(b"4>"), [0x40]);
    }
}
