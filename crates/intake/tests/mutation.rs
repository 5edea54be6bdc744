//! Damaged files by the thousand: sound files of every format, mutated by a seeded generator, so that every run throws
//! the same bytes. The fuzz targets look deeper; this is what every run of the tests can afford.

#![allow(clippy::unwrap_used)]

use rashomon_intake::{FORMATS, Input, Limits, open_as};
use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

static OURS: AtomicUsize = AtomicUsize::new(0);

/// Steele, Lea and Flood (2014), "SplitMix": small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

const HTML: &str = "<!doctype html><html lang=en><head><title>Fire | Gazette</title><meta name=author content='A. Miller'>\
    <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Fire\"}</script></head><body><nav>Home</nav>\
    <article><h1>Fire</h1><p>The mill burned, “and nobody was hurt”, the mayor said.<sup>1</sup><figure><figcaption>Mill\
    </figcaption></figure><table><tr><td>1<td>2</table><pre> a\n</pre><!-- c --><blockquote type=cite>x</blockquote></article>";
const MAIL: &str = "From: A. Miller <a@example.org>\r\nSubject: =?utf-8?q?F=C3=BCr?=\r\nDate: Tue, 3 May 1921 10:00:00 +0200\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nFire.\r\n> old\r\n\
    --b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIG1pbGw=\r\n--b--\r\n";
const TEXT: &str = "# Fire\n\nBy Anna Miller\n\n3 May 1921\n\nThe mill burned in the night, and nobody was hurt.[1]\n\nHome | News \
    | Sport | Contact\n\nРека и мельница\n\n## References\n\n- Miller, A. (1921).\n\n[1] A. Miller, Fires.\n\nBack to top\n";
const WORDS: &str = "<w:document><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Fire</w:t></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
const OPEN: &str = "<office:document-content><office:body><office:text><text:h>Fire</text:h><text:p>The mill<text:s text:c='2'/>\
    burned.</text:p></office:text></office:body></office:document-content>";
const PAGE: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1\
    /BaseFont/Courier>>>>>>>>endobj\n4 0 obj<</Length 66>>stream\nBT /F 12 Tf 20 250 Td (The mill bur-) Tj 0 -14 Td (ned.) Tj ET\n\
    endstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n";

fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A sound file of a format around this main part.
fn whole(format: &str, part: &[u8]) -> Vec<u8> {
    match format {
        "DOCX" => packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", part)]),
        "ODT" => packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", part)]),
        "EPUB" => packed(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>"),
            (
                "b.opf",
                b"<package><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest>\
                <spine><itemref idref='c'/></spine></package>",
            ),
            ("c.xhtml", part),
        ]),
        "ZIP" => packed(&[("a.txt", part), ("b.meta.json", b"{}")]),
        _ => part.to_vec(),
    }
}

fn part(format: &str) -> &'static str {
    match format {
        "PDF" => PAGE,
        "DOCX" => WORDS,
        "ODT" => OPEN,
        "EPUB" | "HTML" => HTML,
        "EML" => MAIL,
        "ZIP" | "Markdown" | "plain text" => TEXT,
        other => panic!("{other} has no sound file here"),
    }
}

fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len());
        match chance.below(7) {
            0 => bytes[at] = chance.next() as u8,
            1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes.truncate(at.max(1)),
            3 => bytes.insert(at, [0x00, 0xFF, b'<', b'>', b'&', b'"', b'(', b'\n', 0xD8][chance.below(9)]),
            4 => {
                let end = (at + chance.below(60)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            5 => {
                let end = (at + chance.below(20)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let word =
                    ["&#x110000;", "\u{202E}", "999999999999", "-1", "<p><p><b>", "<!--", "]]>", "%%EOF", "=?utf-8?b?"];
                bytes.splice(at..at, word[chance.below(word.len())].bytes());
            }
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
}

#[test]
fn mutated_files_of_every_format_break_nothing() {
    // Opening anything sets intake's own hook; ours must stand before it.
    let _ = rashomon_intake::open(&Input { name: "a".into(), bytes: b"a".to_vec(), sidecar: None });
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let file = info.location().map(|l| l.file().replace('\\', "/")).unwrap_or_default();
        let foreign = file.contains("/registry/") || file.contains("/vendor/") || file.starts_with("/rustc/");
        if !foreign && !file.contains("/tests/") {
            OURS.fetch_add(1, Ordering::SeqCst);
            eprintln!("{info}");
        } else if file.contains("/tests/") {
            before(info);
        }
    }));
    let limits = Limits { text: 4 << 20, expanded: 8 << 20, ..Limits::default() };
    for format in FORMATS {
        let mut chance = Chance(format.name.len() as u64);
        let mut slowest = Duration::ZERO;
        for round in 0..150 {
            let mut inner = part(format.name).as_bytes().to_vec();
            // Half of the rounds damage the part inside a sound container, half the container.
            if round % 2 == 0 {
                mutate(&mut inner, &mut chance);
            }
            let mut bytes = whole(format.name, &inner);
            if round % 2 == 1 {
                mutate(&mut bytes, &mut chance);
            }
            let start = Instant::now();
            let name = format!("{round}.{}", format.extensions[0]);
            let opened = open_as(format, &Input { name, bytes, sidecar: None }, &limits);
            slowest = slowest.max(start.elapsed());
            for document in opened.documents {
                document.check().unwrap_or_else(|e| panic!("{} {round}: {e}", format.name));
                assert!(!document.notes.iter().any(|n| n.starts_with("zones and places")), "{:?}", document.notes);
            }
        }
        assert_eq!(OURS.load(Ordering::SeqCst), 0, "{}: a panic in our own code", format.name);
        assert!(slowest < Duration::from_secs(10), "{}: {slowest:?} for one small file", format.name);
    }
}
