//! What every fuzz target does: opens bytes as one format and looks whether the laws were kept.
//!
//! Intake catches the panics of foreign parsers, as it must; here a panic is still a failure if it stands in a file of
//! this project. Formats that are ZIP files inside are fuzzed in two ways, raw and with the bytes as their main part,
//! because a checksum keeps mutated parts from ever being read.

use rashomon_intake::{FORMATS, Format, Input, Limits, open_as};
use std::io::{Cursor, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static OURS: AtomicBool = AtomicBool::new(false);

/// One run of a target.
pub fn format(name: &str, data: &[u8]) {
    let format = FORMATS.iter().find(|f| f.name == name).expect("the list of formats knows the name");
    watch_panics();
    let bytes = dressed(format, data);
    let limits = Limits { file: 8 << 20, text: 8 << 20, expanded: 16 << 20, members: 200, ..Limits::default() };
    let ending = format.extensions.first().copied().unwrap_or_default();
    let opened = open_as(format, &Input { name: format!("in.{ending}"), bytes, sidecar: None }, &limits);
    for document in &opened.documents {
        assert_eq!(document.check(), Ok(()));
        assert!(!document.notes.iter().any(|n| n.contains("were set aside: a ")), "{:?}", document.notes);
    }
    for refusal in &opened.refusals {
        assert!(!refusal.path.is_empty() && refusal.reason.contains("; "), "{refusal:?}");
    }
    assert!(!OURS.swap(false, Ordering::SeqCst), "a panic in our own code");
}

/// Lets foreign panics pass, as intake does, and remembers ours.
fn watch_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        // Opening anything sets intake's own hook first; ours must stand before it.
        let _ = rashomon_intake::open(&Input { name: "a".into(), bytes: b"a".to_vec(), sidecar: None });
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let file = info.location().map(|l| l.file().to_owned()).unwrap_or_default();
            if file.contains("crates/intake/") || file.contains("crates/core/") {
                eprintln!("{info}");
                OURS.store(true, Ordering::SeqCst);
            }
            before(info);
        }));
    });
}

/// The bytes themselves, or (if the first is odd) a container of the format around them.
fn dressed(format: &Format, data: &[u8]) -> Vec<u8> {
    let part = match format.name {
        "DOCX" => "word/document.xml",
        "ODT" => "content.xml",
        "EPUB" => "chapter.xhtml",
        "ZIP" => "a.txt",
        _ => return data.to_vec(),
    };
    let Some((first, rest)) = data.split_first().filter(|(first, _)| *first % 2 == 1 && **first != b'P') else {
        return data.to_vec();
    };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, stored).and_then(|()| Ok(zip.write_all(bytes)?)).expect("memory can be written to");
    };
    match format.name {
        "ODT" => add("mimetype", b"application/vnd.oasis.opendocument.text"),
        "EPUB" => {
            add("mimetype", b"application/epub+zip");
            add("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>");
            add("b.opf", BOOK);
        }
        "DOCX" if *first == 3 => add("word/styles.xml", rest),
        "DOCX" if *first == 5 => add("word/footnotes.xml", rest),
        _ => {}
    }
    let small: &[u8] = b"<w:document><w:body><w:p><w:r><w:t>The weir held.</w:t></w:r></w:p></w:body></w:document>";
    add(part, if format.name == "DOCX" && (*first == 3 || *first == 5) { small } else { rest });
    zip.finish().expect("memory can be written to").into_inner()
}

const BOOK: &[u8] = b"<package><metadata/><manifest><item id='c' href='chapter.xhtml' \
    media-type='application/xhtml+xml'/></manifest><spine><itemref idref='c'/></spine></package>";
