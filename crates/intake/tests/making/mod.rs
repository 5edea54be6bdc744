//! Small files made for the tests, in our own words, so that what is in them is known to the letter.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use rashomon_core::{Document, ZoneKind};
use rashomon_intake::{Input, Opened, open};
use std::fmt::Write as _;
use std::io::Write as _;

/// The width of every letter of Courier, in letter sizes: what the pages below are set in.
pub const COURIER: f32 = 0.6;

/// Opens bytes as a file of a name.
pub fn opened(name: &str, bytes: Vec<u8>) -> Opened {
    open(&Input { name: name.into(), bytes, sidecar: None })
}

/// The one document of a file; refusals are failures.
pub fn document(name: &str, bytes: Vec<u8>) -> Document {
    let opened = opened(name, bytes);
    assert_eq!(opened.refusals, [], "{name}");
    opened.documents.into_iter().next().expect("one document")
}

/// The reason why a file was refused.
pub fn refusal(name: &str, bytes: Vec<u8>) -> String {
    let opened = opened(name, bytes);
    assert_eq!(opened.documents, [], "{name}");
    assert_eq!(opened.refusals[0].path, name);
    opened.refusals[0].reason.clone()
}

/// The words of every zone of a kind.
pub fn zones(document: &Document, kind: ZoneKind) -> Vec<&str> {
    let of_kind = document.zones.iter().filter(|z| z.kind == kind);
    of_kind.map(|z| z.span.of(&document.text).expect("a zone stands in its text")).collect()
}

/// The page on which words stand.
pub fn page_of(document: &Document, words: &str) -> Option<u32> {
    let at = document.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {:?}", document.text)) as u32;
    document.places.iter().find(|p| p.span.start <= at && at < p.span.end).and_then(|p| p.page)
}

/// A PDF of pages, uncompressed and as simple as the format allows.
#[derive(Default)]
pub struct Pdf {
    pages: Vec<String>,
    info: String,
    extra: String,
}

impl Pdf {
    /// Properties, as the inside of a dictionary.
    pub fn info(mut self, info: &str) -> Pdf {
        self.info = info.into();
        self
    }

    /// A page with these drawing instructions.
    pub fn page(mut self, instructions: impl Into<String>) -> Pdf {
        self.pages.push(instructions.into());
        self
    }

    /// The bytes. Objects: 1 catalogue, 2 pages, 3 Courier, 4 Courier bold, 5 properties, then two for each page.
    pub fn bytes(&self) -> Vec<u8> {
        let count = self.pages.len();
        let kids: String = (0..count).map(|i| format!("{} 0 R ", 6 + 2 * i)).collect();
        let font = |name: &str| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Kids[{kids}]/Count {count}/MediaBox[0 0 600 800]>>"),
            font("Courier"),
            font("Courier-Bold"),
            format!("<<{}>>", self.info),
        ];
        for (at, page) in self.pages.iter().enumerate() {
            let contents = 7 + 2 * at;
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/Contents {contents} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>{}>>",
                self.extra
            ));
            objects.push(format!("<</Length {}>>stream\n{page}\nendstream", page.len()));
        }
        assemble(&objects.iter().map(|o| latin(o)).collect::<Vec<_>>(), "/Info 5 0 R")
    }
}

/// Letters as the bytes of Windows' Western encoding.
fn latin(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '“' => 0x93,
        '”' => 0x94,
        '’' => 0x92,
        '–' => 0x96,
        '•' => 0x95,
        c => u8::try_from(c as u32).expect("a Western letter"),
    };
    text.chars().map(byte).collect()
}

/// A file of objects, numbered from 1, the first the catalogue.
pub fn assemble(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        writeln!(file, "{} 0 obj", at + 1).unwrap();
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    writeln!(file, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1).unwrap();
    places.iter().for_each(|place| writeln!(file, "{place:010} 00000 n ").unwrap());
    writeln!(file, "trailer\n<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF", objects.len() + 1).unwrap();
    file
}

/// Instructions that show a line.
pub fn line(x: f32, y: f32, size: f32, words: &str) -> String {
    shown("F1", x, y, size, words)
}

/// Instructions that show a bold line.
pub fn bold(x: f32, y: f32, size: f32, words: &str) -> String {
    shown("F2", x, y, size, words)
}

fn shown(font: &str, x: f32, y: f32, size: f32, words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET\n")
}

/// Lines one under the other, twelve points apart.
pub fn lines(x: f32, y: f32, all: &[&str]) -> String {
    let mut page = String::new();
    for (at, words) in all.iter().enumerate() {
        write!(page, "{}", line(x, y - 12.0 * at as f32, 10.0, words)).unwrap();
    }
    page
}

/// A ZIP file of members.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
