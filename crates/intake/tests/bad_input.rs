//! What users' disks hold besides sound documents: each case is refused or read with a word about it that names the file
//! and the remedy, and everything around it is read.

#![allow(clippy::unwrap_used)]

use rashomon_core::{Document, ZoneKind};
use rashomon_intake::{FORMATS, Input, Limits, Opened, Sidecar, open, open_within};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PROSE: &str = "The mill on the river burned in the night, and the mayor said that nobody was hurt.";
const ARABIC: &str = "وصلت السفينة إلى الميناء عند الفجر، وقال الربان إن الريح كانت شديدة طوال الليل.";

fn input(name: &str, bytes: impl Into<Vec<u8>>) -> Input {
    Input { name: name.into(), bytes: bytes.into(), sidecar: None }
}

fn opened(name: &str, bytes: impl Into<Vec<u8>>) -> Opened {
    let opened = open(&input(name, bytes));
    opened.documents.iter().for_each(|d| d.check().unwrap());
    opened
}

fn document(name: &str, bytes: impl Into<Vec<u8>>) -> Document {
    let opened = opened(name, bytes);
    assert_eq!(opened.refusals, [], "{name}");
    opened.documents.into_iter().next().unwrap()
}

/// The one refusal, with its file and words of its reason checked.
fn refused(opened: &Opened, path: &str, words: &str) {
    let [refusal] = opened.refusals.as_slice() else { panic!("not one refusal: {:?}", opened.refusals) };
    assert_eq!(refusal.path, path);
    assert!(refusal.reason.contains(words), "{}", refusal.reason);
    assert!(refusal.reason.contains("; "), "no remedy in {:?}", refusal.reason);
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_empty_file_is_refused() {
    refused(&opened("docs/a.txt", ""), "docs/a.txt", "it is empty");
    refused(&opened("docs/a.txt", " \n\u{FEFF}\n"), "docs/a.txt", "no text");
}

#[test]
fn a_binary_file_is_refused_by_what_it_is() {
    let noise: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    refused(&opened("a.dat", noise.clone()), "a.dat", "no known format");
    refused(&opened("a.txt", noise), "a.txt", "not text");
    refused(&opened("a.txt", "\u{7f}ELF\x02\x01\0\0"), "a.txt", "a program");
    refused(&opened("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0".to_vec()), "a.doc", "save it as DOCX");
    refused(&opened("a.png", b"\x89PNG\r\n\x1a\n\0\0\0".to_vec()), "a.png", "OCR");
}

#[test]
fn utf16_windows_1256_and_broken_utf8_are_read_and_told() {
    let utf16: Vec<u8> = format!("\u{FEFF}{ARABIC}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let read = document("a.txt", utf16);
    assert_eq!(read.text, ARABIC);
    assert!(read.notes.iter().any(|n| n.contains("UTF-16BE")), "{:?}", read.notes);

    let old = encoding_rs::WINDOWS_1256.encode(ARABIC).0.into_owned();
    let read = document("a.txt", old);
    assert_eq!(read.text, ARABIC);
    assert!(read.notes.contains(&"encoding guessed: windows-1256".to_owned()), "{:?}", read.notes);
    assert_eq!(read.metadata.language.as_deref(), Some("ar"));

    let mut broken = "Der Müller sagte, die Mühle über der Brücke sei abgebrannt. ".repeat(3).into_bytes();
    broken[70] = 0xC3;
    broken[71] = 0x28;
    let read = document("a.txt", broken);
    assert!(read.text.contains('\u{FFFD}') && read.text.contains("Brücke"));
    assert!(read.notes[0].contains("not valid UTF-8"), "{:?}", read.notes);
}

#[test]
fn offsets_of_a_text_file_are_the_files_own() {
    let text = "Der Wind\r\n\r\n\tвысокий\u{A0}ветер\u{200C}\r\nend";
    let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let read = document("a.txt", with_mark);
    assert_eq!(read.text, text);
    assert!(read.is_plain_text());
    assert_eq!(document("a.md", text).media_type, "text/markdown");
}

#[test]
fn a_zip_bomb_is_not_expanded() {
    let bomb = archive(&[("bomb.txt", &vec![b'a'; 30 << 20]), ("note.txt", PROSE.as_bytes())]);
    assert!(bomb.len() < 100_000);
    let result = opened("in/x.zip", bomb.clone());
    refused(&result, "in/x.zip/bomb.txt", "ZIP bomb");
    assert_eq!(result.documents[0].path, "in/x.zip/note.txt", "the rest is read");

    // A bomb of bombs: the budget is one for all levels.
    let limits = Limits { expanded: 1 << 20, ..Limits::default() };
    let inner = archive(&[("a.txt", &vec![b'a'; 600 << 10])]);
    let many: Vec<(String, &[u8])> = (0..4).map(|i| (format!("{i}.zip"), inner.as_slice())).collect();
    let members: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    let result = open_within(&input("x.zip", archive(&members)), &limits);
    assert!(result.documents.len() <= 1 && result.refusals.len() >= 3, "{:?}", result.refusals);
    assert!(result.refusals.iter().all(|r| r.reason.contains("ZIP bomb")), "{:?}", result.refusals);
}

#[test]
fn members_that_lead_outside_are_refused_by_name() {
    let zip = archive(&[
        ("../../etc/passwd", b"root"),
        ("/abs.txt", b"x"),
        ("C:\\x.txt", b"x"),
        ("ok.txt", PROSE.as_bytes()),
    ]);
    let result = opened("x.zip", zip);
    assert_eq!(result.documents.len(), 1);
    let paths: Vec<_> = result.refusals.iter().map(|r| r.path.as_str()).collect();
    assert_eq!(paths, ["x.zip/../../etc/passwd", "x.zip//abs.txt", "x.zip/C:/x.txt"]);
    assert!(result.refusals.iter().all(|r| r.reason.contains("leads out of the archive")));
}

#[test]
fn archives_hold_archives_letters_and_metadata() {
    let letter = format!("From: Anna Miller <a@example.org>\nSubject: Fire\nMIME-Version: 1.0\n\n{PROSE}\n");
    let meta = br#"{"title": "A letter from the mill", "language": "en"}"#;
    let inner = archive(&[("deep/page.html", format!("<html><body><p>{PROSE}</p></body></html>").as_bytes())]);
    let zip = archive(&[
        ("b.eml", letter.as_bytes()),
        ("b.meta.json", meta),
        ("c.txt", PROSE.as_bytes()),
        ("c.txt.meta.json", b"{broken"),
        ("inner.zip", &inner),
        ("__MACOSX/._c.txt", b"\0\0\0"),
        (".DS_Store", b"\0\0\0"),
    ]);
    let result = opened("x.zip", zip);
    let paths: Vec<_> = result.documents.iter().map(|d| d.path.as_str()).collect();
    assert_eq!(paths, ["x.zip/b.eml", "x.zip/c.txt", "x.zip/inner.zip/deep/page.html"]);
    assert_eq!(result.documents[0].metadata.title.as_deref(), Some("A letter from the mill"));
    refused(&result, "x.zip/c.txt.meta.json", "the metadata file cannot be used");
    assert!(result.documents[1].notes.iter().any(|n| n.contains("metadata file")));
}

#[test]
fn archives_inside_archives_end_somewhere() {
    let mut zip = archive(&[("a.txt", PROSE.as_bytes())]);
    for _ in 0..6 {
        zip = archive(&[("x.zip", &zip)]);
    }
    let result = opened("x.zip", zip);
    assert!(result.documents.is_empty());
    refused(&result, "x.zip/x.zip/x.zip/x.zip", "inside each other");
}

#[test]
fn damaged_and_encrypted_archives_are_refused() {
    let zip = archive(&[("a.txt", PROSE.as_bytes())]);
    refused(&opened("x.zip", &zip[..zip.len() / 2]), "x.zip", "damaged");
    refused(&opened("x.zip", archive(&[])), "x.zip", "no text");
    // The bit that says "encrypted" in both headers of the member.
    let mut locked = zip.clone();
    locked[6] |= 1;
    let central = locked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    locked[central + 8] |= 1;
    refused(&opened("x.zip", locked), "x.zip/a.txt", "encrypted");
    refused(&opened("x.xlsx", archive(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")])), "x.xlsx", "Excel");
}

#[test]
fn a_hundred_megabytes_and_a_very_long_paragraph_are_read() {
    let line = format!("{PROSE} {PROSE}\n\n");
    let large = line.repeat((100 << 20) / line.len() + 1);
    let size = large.len();
    let read = document("large.txt", large);
    assert_eq!(read.text.len(), size);
    drop(read);
    let long = format!("Title\n\n{}.\n", "word ".repeat(200_000).trim_end());
    let read = document("long.txt", long.clone());
    assert_eq!(read.text, long);
    assert_eq!(read.zone_at(0), ZoneKind::Title);
    assert_eq!(read.zone_at(500_000), ZoneKind::Body);
    let limits = Limits { text: 1 << 20, ..Limits::default() };
    let result = open_within(&input("large.txt", line.repeat(20_000)), &limits);
    refused(&result, "large.txt", "split it");
}

/// Runs itself again in a process of its own, whose peak is that of this input alone.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_below_a_gibibyte_for_a_hundred_megabytes() {
    const CHILD: &str = "RASHOMON_INTAKE_CHILD";
    if std::env::var_os(CHILD).is_none() {
        let name = "memory_stays_below_a_gibibyte_for_a_hundred_megabytes";
        let this = std::env::current_exe().unwrap();
        let run = std::process::Command::new(this).args(["--exact", name, "--nocapture"]).env(CHILD, "1").output();
        let run = run.unwrap();
        return assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let line = "The Ferry\n";
    let read = document("lines.txt", line.repeat((100 << 20) / line.len()));
    assert!(read.text.len() > 99 << 20);
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse::<u64>().ok());
    assert!(peak.unwrap() < 1 << 20, "peak {peak:?} kB");
}

#[test]
fn formats_of_marks_nested_without_end_do_not_end_the_program() {
    for (name, opening) in [
        ("a.html", "<div>"),
        ("a.html", "<b>"),
        ("a.html", "<table><tr><td>"),
        ("a.html", "<svg>"),
        ("a.html", "<font>"),
    ] {
        let read = document(name, opening.repeat(100_000) + PROSE);
        assert_eq!(read.text.trim(), PROSE, "{opening}");
    }
    let json = format!("<script type='application/ld+json'>{}</script><p>{PROSE}</p>", "[".repeat(200_000));
    assert!(document("a.html", json).text.contains(PROSE));
    let parts = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(5_000);
    let result = opened("a.eml", format!("From: a@example.org\nSubject: Deep\n{parts}\n{PROSE}\n"));
    assert!(result.documents.iter().any(|d| d.text.contains(PROSE)) || !result.refusals.is_empty());
}

#[test]
fn bad_metadata_costs_the_metadata_and_not_the_document() {
    let mut bad = input("docs/a.txt", PROSE);
    bad.sidecar = Some(Sidecar { name: "a.txt.meta.json".into(), bytes: b"{\"title\": ".to_vec() });
    let result = open(&bad);
    assert_eq!(result.documents.len(), 1);
    refused(&result, "docs/a.txt.meta.json", "the metadata file cannot be used");
    let mut good = input("docs/a.txt", PROSE);
    let fields = br#"{"authors": ["Anna Miller"], "date": "1921-05", "url": "https://example.org"}"#;
    good.sidecar = Some(Sidecar { name: "a.meta.json".into(), bytes: fields.to_vec() });
    let result = open(&good);
    assert_eq!(result.refusals, []);
    assert_eq!(result.documents[0].metadata.authors, ["Anna Miller"]);
    assert_eq!(result.documents[0].metadata.date.as_deref(), Some("1921-05"));
}

#[test]
fn the_same_bytes_have_the_same_identity_wherever_they_lie() {
    let zip = archive(&[("a.txt", PROSE.as_bytes()), ("b.txt", PROSE.as_bytes())]);
    let result = opened("x.zip", zip);
    assert_eq!(result.documents[0].id, result.documents[1].id);
    assert_eq!(result.documents[0].id, input("y.txt", PROSE).digest());
}

#[test]
fn every_format_is_told_by_its_ending_or_its_bytes_and_has_a_name() {
    let mut names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
    assert!(FORMATS.iter().all(|f| !f.extensions.is_empty() && f.media_type.contains('/')));
}
