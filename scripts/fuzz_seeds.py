#!/usr/bin/env python3
"""Writes small sound files of every format, and the project's own fixtures, as the first seeds of the fuzzer.

    python3 scripts/fuzz_seeds.py fuzz/corpus
"""
import io
import pathlib
import sys
import zipfile

PROSE = "The mill burned in the night, “and nobody was hurt”, the mayor said.[1]\n\n"
HTML = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fire</title><meta name="author" content="A. Miller">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Fire","datePublished":"1921-05-03"}}</script></head><body><nav><a>Home</a></nav>
<article><h1>Fire</h1><p>{PROSE * 4}</p><figure><figcaption>The mill</figcaption></figure><ul><li>a</li></ul><table><tr><td>1</td></tr></table>
<pre> x </pre><q>q</q><sup>2</sup></article></body></html>"""
EML = ("From: A. Miller <a@example.org>\r\nTo: b@example.org\r\nSubject: =?utf-8?q?F=C3=BCr?=\r\nDate: Tue, 3 May 1921 10:00:00 +0200\r\n"
       "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
       "Content-Transfer-Encoding: quoted-printable\r\n\r\nThe mill =C3=BC burned.\r\n> old\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n"
       "--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIG1pbGw=\r\n--b--\r\n")
MARKDOWN = f"# Fire\n\nBy Anna Miller\n\n3 May 1921\n\n{PROSE}## After\n\n{PROSE}> quoted\n\n---\n\n## References\n\n- Miller, A. (1921).\n\n[1] A. Miller, Fires.\n"
DOCX = """<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Fire</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The mill </w:t><w:tab/><w:t>burned.</w:t><w:footnoteReference w:id="1"/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"""
STYLES = '<w:styles xmlns:w="w"><w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
NOTES = '<w:footnotes xmlns:w="w"><w:footnote w:id="1"><w:p><w:r><w:t>By the log.</w:t></w:r></w:p></w:footnote></w:footnotes>'
ODT = """<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text><text:h text:outline-level="1">Fire</text:h>
<text:p>The mill<text:s text:c="2"/>burned.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Log.</text:p></text:note-body></text:note></text:p>
<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"""
BOOK = """<package xmlns:dc="d"><metadata><dc:title>Fire</dc:title></metadata><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/></spine></package>"""
CONTAINER = "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>"
PDF = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>>>endobj
4 0 obj<</Length 66>>stream
BT /F 12 Tf 20 250 Td (The mill bur-) Tj 0 -14 Td (ned.) Tj ET
endstream endobj
trailer<</Root 1 0 R/Size 5>>
"""


def packed(members, compress=True):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


SEEDS = {
    "pdf": [PDF.encode()],
    "docx": [packed({"[Content_Types].xml": "<Types/>", "word/document.xml": DOCX, "word/styles.xml": STYLES, "word/footnotes.xml": NOTES}),
             b"\x01" + DOCX.encode(), b"\x03" + STYLES.encode(), b"\x05" + NOTES.encode()],
    "odt": [packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODT}), b"\x01" + ODT.encode()],
    "epub": [packed({"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "b.opf": BOOK, "c.xhtml": HTML}),
             b"\x01" + HTML.encode()],
    "zip": [packed({"a.txt": PROSE, "a.meta.json": '{"title": "Fire"}', "b/c.html": HTML}), packed({"x.zip": packed({"a.md": MARKDOWN})}, False)],
    "eml": [EML.encode()],
    "html": [HTML.encode()],
    "markdown": [MARKDOWN.encode()],
    "text": [(PROSE * 3).encode(), PROSE.encode("utf-16"), "Порт сгорел ночью.".encode("cp1251"), b"By Anna Miller\nHome | News | Sport | Contact\nSkip to content\n"],
}


def main():
    folder = pathlib.Path(sys.argv[1])
    root = pathlib.Path(__file__).resolve().parents[1]
    for name, seeds in SEEDS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds):
            (folder / name / f"seed-{number}").write_bytes(seed)
    endings = {".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".epub": "epub", ".html": "html", ".md": "markdown", ".txt": "text", ".eml": "eml"}
    for place in [root / "fixtures", root / "crates/intake/tests/files"]:
        for file in sorted(place.rglob("*")):
            if file.suffix in endings and file.is_file() and file.stat().st_size < 65536:
                (folder / endings[file.suffix] / f"fixture-{file.name}").write_bytes(file.read_bytes())


if __name__ == "__main__":
    main()
