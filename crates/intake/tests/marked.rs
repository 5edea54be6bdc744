//! Files that mark their own parts (DOCX, ODT, EPUB): parts, order, notes, properties, and bad files.

mod making;

use making::{document, refusal, zip, zones};
use rashomon_core::ZoneKind;

const STYLES: &str = "<w:styles><w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:styleId='T'><w:name w:val='Title'/></w:style><w:style w:styleId='C'><w:name w:val='caption'/></w:style></w:styles>";
const CORE: &str = "<cp:coreProperties><dc:title>Report of the Lock Keeper</dc:title><dc:creator>Ann Lee; Bo Ray</dc:creator>\
    <dcterms:created>1998-05-03T10:00:00Z</dcterms:created><dc:language>en-GB</dc:language></cp:coreProperties>";

fn paragraph(style: &str, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn docx(body: &str) -> Vec<u8> {
    let main = format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let notes = "<w:footnotes><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote><w:footnote w:id='2'><w:p><w:r>\
        <w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Kept in the tower.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let head = "<w:hdr><w:p><w:r><w:t>Lock office, page</w:t></w:r></w:p></w:hdr>";
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", main.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("word/header1.xml", head.as_bytes()),
        ("word/header2.xml", head.as_bytes()),
        ("word/comments.xml", b"<w:comments><w:comment><w:p/></w:comment></w:comments>"),
        ("docProps/core.xml", CORE.as_bytes()),
    ])
}

#[test]
fn docx_parts_are_told_apart_and_stand_in_order() {
    let row = |a: &str, b: &str| {
        let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph("N", words));
        format!("<w:tr>{}{}</w:tr>", cell(a), cell(b))
    };
    let item = |words: &str| {
        format!("<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let body = [
        paragraph("T", "The Lock in Winter"),
        paragraph("H1", "The frost"),
        "<w:p><w:r><w:t xml:space='preserve'>The gates froze on the </w:t></w:r><w:r><w:t>third</w:t></w:r><w:r>\
         <w:footnoteReference w:id='2'/></w:r><w:r><w:t>, R&amp;D said.</w:t></w:r></w:p>"
            .into(),
        item("the upper gate"),
        item("the lower gate"),
        format!("<w:tbl>{}{}</w:tbl>", row("Gate", "Ice"), row("upper", "9 cm")),
        paragraph("C", "Table 1: ice on the gates"),
    ];
    let document = document("lock.docx", docx(&body.concat()));
    let expected = "The Lock in Winter\n\nThe frost\n\nThe gates froze on the third¹, R&D said.\n\nthe upper gate\nthe lower gate\n\n\
        Gate\tIce\nupper\t9 cm\n\nTable 1: ice on the gates\n\n¹ Kept in the tower.\n\nLock office, page\n";
    assert_eq!(document.text, expected);
    assert_eq!(zones(&document, ZoneKind::Title), ["The Lock in Winter"]);
    assert_eq!(zones(&document, ZoneKind::Heading), ["The frost"]);
    assert_eq!(zones(&document, ZoneKind::Caption), ["Table 1: ice on the gates"]);
    assert_eq!(zones(&document, ZoneKind::Note), ["¹", "¹ Kept in the tower."]);
    assert_eq!(zones(&document, ZoneKind::Menu), ["Lock office, page"]);
    assert!(document.notes.iter().any(|n| n.contains("1 remarks in the margin")), "{:?}", document.notes);
}

#[test]
fn docx_properties_and_places() {
    let document = document("lock.docx", docx(&[paragraph("N", "One."), paragraph("N", "Two.")].concat()));
    assert_eq!(document.metadata.title.as_deref(), Some("Report of the Lock Keeper"));
    assert_eq!(document.metadata.authors, ["Ann Lee", "Bo Ray"]);
    assert_eq!(document.metadata.date.as_deref(), Some("1998-05-03"));
    assert_eq!(document.metadata.language.as_deref(), Some("en-GB"));
    let places: Vec<_> = document.places.iter().map(|p| (p.paragraph, p.span.of(&document.text).unwrap())).collect();
    assert_eq!(places[..2], [(Some(1), "One."), (Some(2), "Two.")]);
}

#[test]
fn bad_docx_files_are_refused_with_words() {
    let bomb = "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    let opened = making::opened("entities.docx", zip(&[("word/document.xml", bomb.as_bytes())]));
    assert!(opened.documents.iter().all(|d| !d.text.contains("aaaaaaaaaa")), "entities are not expanded");
    let deep = "<w:p>".repeat(100_000);
    assert!(refusal("deep.docx", zip(&[("word/document.xml", deep.as_bytes())])).contains("damaged"));
    let cut = "<w:document><w:body><w:p><w:r><w:t>The lock";
    assert!(refusal("cut.docx", zip(&[("word/document.xml", cut.as_bytes())])).contains("damaged"));
    let spaces = vec![b' '; 300 << 20];
    assert!(refusal("bomb.docx", zip(&[("word/document.xml", &spaces)])).contains("bomb"));
    let mut truncated = docx(&paragraph("N", "One."));
    truncated.truncate(truncated.len() / 2);
    refusal("half.docx", truncated);
}

const ODT: &str = "<office:document-content><office:scripts/><office:automatic-styles>\
    <style:style style:name='P1' style:parent-style-name='Heading_20_1'/></office:automatic-styles><office:body><office:text>\
    <text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p></text:deletion></text:changed-region></text:tracked-changes>\
    <text:p text:style-name='Title'>The Ferry</text:p><text:h text:outline-level='1'>First day</text:h><text:p text:style-name='P1'>Second day</text:p>\
    <text:p>The   ferry<text:s text:c='1'/>left\n at <text:span>dawn</text:span><text:note><text:note-citation>1</text:note-citation>\
    <text:note-body><text:p>By the log.</text:p></text:note-body></text:note>.<office:annotation><text:p>check</text:p></office:annotation></text:p>\
    <text:list><text:list-item><text:p>rope</text:p></text:list-item><text:list-item><text:p>lamp</text:p></text:list-item></text:list>\
    <table:table><table:table-row><table:table-cell><text:p>Pier</text:p></table:table-cell><table:table-cell><text:p>4</text:p></table:table-cell>\
    </table:table-row></table:table><text:p><draw:frame><svg:title>no</svg:title><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>Beside.</text:p>\
    <text:table-of-content><text:index-body><text:p>First day 1</text:p></text:index-body></text:table-of-content>\
    </office:text></office:body></office:document-content>";
const ODT_STYLES: &str = "<office:document-styles><office:styles><text:p>no</text:p></office:styles><office:master-styles><style:master-page>\
    <style:header><text:p>Ferry office</text:p></style:header></style:master-page></office:master-styles></office:document-styles>";
const ODT_META: &str = "<office:document-meta><office:meta><dc:title>Ferry log</dc:title><meta:initial-creator>Cy Dow</meta:initial-creator>\
    <dc:creator>Administrator</dc:creator><meta:creation-date>1999-01-02T03:04:05</meta:creation-date></office:meta></office:document-meta>";

#[test]
fn odt_parts_are_told_apart_and_stand_in_order() {
    let file = zip(&[
        ("content.xml", ODT.as_bytes()),
        ("styles.xml", ODT_STYLES.as_bytes()),
        ("meta.xml", ODT_META.as_bytes()),
    ]);
    let document = document("ferry.odt", file);
    let expected = "The Ferry\n\nFirst day\n\nSecond day\n\nThe ferry left at dawn¹.\n\nrope\nlamp\n\nPier\t4\n\nBeside.\n\nBoxed.\n\nFirst day 1\n\n\
        ¹ By the log.\n\nFerry office\n";
    assert_eq!(document.text, expected);
    assert_eq!(zones(&document, ZoneKind::Heading), ["First day", "Second day"]);
    assert_eq!(zones(&document, ZoneKind::Menu), ["First day 1", "Ferry office"]);
    assert_eq!(zones(&document, ZoneKind::Note), ["¹", "¹ By the log."]);
    assert_eq!(document.metadata.title.as_deref(), Some("Ferry log"));
    assert_eq!(
        (document.metadata.authors, document.metadata.date.as_deref()),
        (vec!["Cy Dow".to_owned()], Some("1999-01-02"))
    );
}

#[test]
fn an_encrypted_odt_asks_for_its_password() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let reason = refusal("locked.odt", zip(&[("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", manifest)]));
    assert!(reason.contains("password"), "{reason}");
}

const CONTAINER: &[u8] = b"<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
const PACKAGE: &str = "<package><metadata><dc:title>Rivers and Mills</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ray</dc:creator>\
    <dc:publisher>Weir Press</dc:publisher><dc:date>1921-05-03</dc:date><dc:language>en</dc:language></metadata><manifest>\
    <item id='b' href='b%20two.xhtml' media-type='application/xhtml+xml'/><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
    <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/><item id='z' href='lost.xhtml' media-type='application/xhtml+xml'/>\
    </manifest><spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/><itemref idref='z'/></spine></package>";

fn epub(extra: &[(&str, &[u8])]) -> Vec<u8> {
    let mut members: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", PACKAGE.as_bytes()),
        ("OEBPS/nav.xhtml", b"<html><body><nav>Contents</nav></body></html>"),
        ("OEBPS/a.xhtml", b"<html><body><h1>The weir</h1><p>It was <em>built</em> in a dry year.</p></body></html>"),
        ("OEBPS/b two.xhtml", b"<html><body><h1>The mill</h1><p>It came later."),
    ];
    members.extend(extra);
    zip(&members)
}

#[test]
fn epub_chapters_follow_the_spine_and_name_their_file() {
    let document = document("rivers.epub", epub(&[]));
    assert_eq!(document.text, "The weir\n\nIt was built in a dry year.\n\nThe mill\n\nIt came later.\n");
    assert_eq!(zones(&document, ZoneKind::Heading), ["The weir", "The mill"]);
    let parts: Vec<_> = document.places.iter().map(|p| p.part.clone().unwrap_or_default()).collect();
    assert_eq!(parts, ["OEBPS/a.xhtml", "OEBPS/a.xhtml", "OEBPS/b two.xhtml", "OEBPS/b two.xhtml"]);
    assert_eq!(document.metadata.title.as_deref(), Some("Rivers and Mills"));
    assert_eq!(document.metadata.authors, ["Ann Lee", "Bo Ray"]);
    assert_eq!(document.metadata.publisher.as_deref(), Some("Weir Press"));
    assert_eq!(document.metadata.date.as_deref(), Some("1921-05-03"));
    assert!(document.notes.iter().any(|n| n.contains("lost.xhtml is missing")), "{:?}", document.notes);
}

#[test]
fn a_locked_or_bombed_epub_is_refused_with_words() {
    let locked = b"<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/a.xhtml'/></CipherData></EncryptedData></encryption>";
    assert!(refusal("locked.epub", epub(&[("META-INF/encryption.xml", locked)])).contains("copy protection"));
    let spaces = vec![b' '; 300 << 20];
    let bombed = zip(&[("META-INF/container.xml", CONTAINER), ("OEBPS/book.opf", &spaces)]);
    assert!(refusal("bomb.epub", bombed).contains("bomb"));
}
