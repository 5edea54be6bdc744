//! Files that are recognised and not read. A person who gives one learns what it is and what to save it as; "unknown"
//! helps nobody.

use crate::fault::Fault;

/// First bytes, what they are, and the remedy.
const KNOWN: &[(&[u8], &str, &str)] = &[
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file (DOC, XLS, PPT or MSG)", "save it as DOCX or PDF"),
    (b"{\\rtf", "an RTF file", "save it as DOCX or plain text"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"\x1F\x8B", "a gzip archive", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
    (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xFD7zXZ\0", "an xz archive", UNPACK),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive", UNPACK),
    (b"WARC/", "a web archive (WARC)", "extract its pages as HTML"),
    (b"\x89PNG", "an image", IMAGE),
    (b"\xFF\xD8\xFF", "an image", IMAGE),
    (b"GIF8", "an image", IMAGE),
    (b"II*\0", "an image", IMAGE),
    (b"MM\0*", "an image", IMAGE),
    (b"BM", "an image", IMAGE),
    (b"AT&TFORM", "a DjVu file", "convert it to PDF with a text layer"),
    (b"ID3", "a sound recording", SOUND),
    (b"OggS", "a sound recording", SOUND),
    (b"RIFF", "a sound recording, a film or an image", SOUND),
    (b"SQLite format 3\0", "a database", "export its tables as text"),
    (b"MZ", "a program", "give the documents themselves"),
    (b"\x7FELF", "a program", "give the documents themselves"),
];

const UNPACK: &str = "unpack it and read the folder, or pack it as ZIP";
const IMAGE: &str = "have its text recognised (OCR) and save that as text or PDF";
const SOUND: &str = "save a transcript of it as text";

/// The fault of bytes that begin as a file does that is not read. `binary` says whether the bytes are no text; short
/// marks of ordinary letters prove nothing in a text.
pub fn recognised(bytes: &[u8], binary: bool) -> Option<Fault> {
    let telling = |mark: &[u8]| binary || mark.len() > 3;
    let (_, what, remedy) = KNOWN.iter().find(|(mark, ..)| bytes.starts_with(mark) && telling(mark))?;
    Some(Fault::new(format!("it is {what}, which is not read"), *remedy))
}

/// Offices' spreadsheets and slides are ZIP files inside; their parts are no documents.
pub fn recognised_zip(has: impl Fn(&str) -> bool) -> Option<Fault> {
    let found = [
        ("xl/workbook.xml", "an Excel file", "save the sheets as text"),
        ("ppt/presentation.xml", "a PowerPoint file", "save it as PDF"),
        ("[Content_Types].xml", "an Office file of a kind that is not read", "save it as DOCX or PDF"),
        ("META-INF/MANIFEST.MF", "a program", "give the documents themselves"),
        ("AndroidManifest.xml", "a program", "give the documents themselves"),
    ];
    let (_, what, remedy) = found.iter().find(|(member, ..)| has(member))?;
    Some(Fault::new(format!("it is {what}"), *remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_kind_is_named_with_its_remedy() {
        let fault = recognised(b"{\\rtf1 The mill}", false).unwrap();
        assert_eq!(fault.to_string(), "it is an RTF file, which is not read; save it as DOCX or plain text");
        assert!(recognised(b"BMW and MZ are letters", false).is_none());
        assert!(recognised(b"BM\0\0\x01\x02", true).is_some());
        assert!(recognised_zip(|name| name == "xl/workbook.xml").unwrap().to_string().contains("Excel"));
    }
}
