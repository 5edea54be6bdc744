#!/usr/bin/env python3
"""Makes the PDF and the DOCX of the bundled sample from their source texts, and checks the sample against its truth.

    pip install reportlab==5.1.0 python-docx==1.2.0 pyphen==0.18.1 lxml==6.1.3
    python3 scripts/make_sample.py            writes accounts/commission.pdf and accounts/historian.docx
    python3 scripts/make_sample.py --check    writes nothing; fails if either would change, or if words listed in
                                              truth.json do not stand exactly once in the account they are listed for

The results are committed, so that nobody needs this program to build or test Rashomon. They are made here, and not
by a word processor, so that what is hard about them is planted and not left to chance: words hyphenated at line ends,
a name broken at its own hyphen, a sentence that a page break cuts, a running head and a footer between its halves.
No clock is read: the same source gives the same bytes.
"""
from __future__ import annotations

import argparse
import io
import json
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pyphen
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import html
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from xml.sax.saxutils import escape

SAMPLE = Path(__file__).resolve().parent.parent / "fixtures" / "dogger-bank"
MARGIN, LEADING, SIZE = 52, 14, 10.5
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def source(name: str) -> tuple[dict[str, str], list[str]]:
    """The head ("key: value" lines) and the blocks of a source text."""
    head, _, body = (SAMPLE / "source" / name).read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields, [" ".join(line.split()) for line in body.splitlines() if line.strip()]


# --- the PDF -------------------------------------------------------------------------------------------------------

HYPHENATE = pyphen.Pyphen(lang="en_GB", left=2, right=3)


def breaks(word: str) -> list[tuple[str, str]]:
    """Ways to break a word at a line end, longest first part first; a hyphen of its own serves before any other."""
    own = [(word[: i + 1], word[i + 1 :]) for i, c in enumerate(word) if c == "-" and 0 < i < len(word) - 1]
    if own:
        return own[::-1]
    return [(a + "-", b) for a, b in HYPHENATE.iterate(word)] if word.islower() and len(word) > 5 else []


def lines(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a paragraph, filled greedily and hyphenated."""
    done, line, rest = [], "", text.split()
    while rest:
        word = rest.pop(0)
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) <= width:
            line = longer
            continue
        for head, tail in breaks(word):
            if stringWidth(f"{line} {head}", font, size) <= width:
                line, word = f"{line} {head}", tail
                break
        done.append(line)
        line = word
    return [*done, line]


class Pages:
    """A canvas that begins a new page, with its running head and footer, when one is full."""

    def __init__(self, fields: dict[str, str]):
        self.buffer, self.fields, self.number, self.log = io.BytesIO(), fields, 0, []
        self.canvas = Canvas(self.buffer, pagesize=A5, invariant=1)
        self.canvas.setTitle(fields["title"])
        self.canvas.setAuthor(fields["author"])
        self.canvas.setSubject(fields["subject"])
        self.canvas.setCreator("scripts/make_sample.py")
        self.begin()

    def begin(self) -> None:
        if self.number:
            self.canvas.showPage()
        self.number += 1
        width, height = A5
        self.canvas.setFont("Times-Italic", 8.5)
        self.canvas.drawString(MARGIN, height - 34, self.fields["running head"])
        self.canvas.drawRightString(width - MARGIN, height - 34, "North Sea Incident")
        self.canvas.drawString(MARGIN, 30, self.fields["footer"])
        self.canvas.drawRightString(width - MARGIN, 30, str(self.number))
        self.at = height - 62

    def line(self, text: str, font: str, size: float, last: bool) -> None:
        if self.at < 52:
            self.begin()
        width = A5[0] - 2 * MARGIN
        gap = 0 if last else (width - stringWidth(text, font, size)) / max(text.count(" "), 1)
        drawing = self.canvas.beginText(MARGIN, self.at)
        drawing.setFont(font, size)
        drawing.setWordSpace(gap)
        drawing.textOut(text)
        self.canvas.drawText(drawing)
        self.log.append((self.number, text))
        self.at -= LEADING * size / SIZE

    def block(self, text: str) -> None:
        level = len(text) - len(text.lstrip("#"))
        font, size = {0: ("Times-Roman", SIZE), 1: ("Times-Bold", 15)}.get(level, ("Times-Bold", 11.5))
        if level and self.at < 52 + 3 * LEADING:
            self.begin()
        laid = lines(text.lstrip("# "), font, size, A5[0] - 2 * MARGIN)
        for number, line in enumerate(laid, 1):
            self.line(line, font, size, bool(level) or number == len(laid))
        self.at -= LEADING / 2

    def finish(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def commission() -> bytes:
    """The PDF; refuses to make one that lacks what it is there to show."""
    fields, blocks = source("commission.txt")
    pages = Pages(fields)
    for block in blocks:
        pages.block(block)
    ends = [(a[1], b[1], a[0] != b[0]) for a, b in zip(pages.log, pages.log[1:])]
    planted = {
        "five words hyphenated": sum(a[-1] == "-" and b[0].islower() for a, b, _ in ends) >= 5,
        "a name broken at its own hyphen": any(a[-1] == "-" and b[0].isupper() for a, b, _ in ends),
        "a sentence cut by a page": any(cut and a[-1].isalpha() and b[0].islower() for a, b, cut in ends),
    }
    if lacking := [what for what, there in planted.items() if not there]:
        sys.exit(f"commission.pdf would lack: {', '.join(lacking)}")
    return pages.finish()


# --- the DOCX ------------------------------------------------------------------------------------------------------


def footnotes(notes: dict[str, str]) -> bytes:
    """The footnotes part, with the two separators that word processors expect."""
    rows = [
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
    ]
    for number, text in notes.items():
        rows.append(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:footnotes {nsdecls('w')}>{''.join(rows)}</w:footnotes>".encode()


def fill(paragraph, text: str) -> None:
    """Puts text into a paragraph, each {n} as a reference to footnote n."""
    for piece in re.split(r"(\{\d+\})", text):
        if note := re.fullmatch(r"\{(\d+)\}", piece):
            paragraph._p.append(parse_xml(
                f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteReference w:id="{note[1]}"/></w:r>'
            ))
        elif piece:
            paragraph.add_run(piece)


def historian() -> bytes:
    """The DOCX."""
    fields, blocks = source("historian.txt")
    document, notes = docx.Document(), {}
    for block in blocks:
        if note := re.match(r"\{(\d+)\} ", block):
            notes[note[1]] = block[note.end() :]
        elif block.startswith("= "):
            document.add_paragraph(block[2:], style="Title")
        elif block.startswith("@ "):
            document.add_paragraph(block[2:], style="Subtitle")
        elif block.startswith("# "):
            document.add_heading(block[2:], level=1)
        else:
            fill(document.add_paragraph(), block)
    part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, footnotes(notes), document.part.package)
    document.part.relate_to(part, NOTES_RELATION)
    properties, day = document.core_properties, datetime.fromisoformat(fields["date"])
    properties.title, properties.author, properties.subject = fields["title"], fields["author"], fields["subject"]
    properties.language, properties.comments, properties.last_modified_by = "en-GB", "", fields["author"]
    properties.created = properties.modified = day
    properties.revision = 1
    raw = io.BytesIO()
    document.save(raw)
    return without_clock(raw)


def without_clock(raw: io.BytesIO) -> bytes:
    """The same archive with its members in order of name (the list of types first) and all of one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            if name == "docProps/thumbnail.jpeg":
                continue
            blob = old.read(name)
            if name == "_rels/.rels":
                blob = re.sub(rb'<Relationship [^>]*thumbnail[^>]*/>', b"", blob)
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(member, blob)
    return out.getvalue()


# --- the truth -----------------------------------------------------------------------------------------------------


def text_of(name: str) -> str:
    """An account's words with single spaces, taken from its source or, of the page, from all its markup."""
    stem, _, ending = name.partition(".")
    if ending in ("pdf", "docx"):
        fields, blocks = source(f"{stem}.txt")
        plain = [re.sub(r"^(#+|=|@) ", "", b) for b in blocks]
        text = re.sub(r"\{\d+\} ?", "", "\n".join([*plain, fields.get("running head", ""), fields.get("footer", "")]))
    elif ending == "html":
        root = html.fromstring((SAMPLE / "accounts" / name).read_bytes().decode())
        for element in root.xpath("//script|//head"):
            element.drop_tree()
        text = root.text_content()
    else:
        text = (SAMPLE / "accounts" / name).read_text(encoding="utf-8")
    return " ".join(text.split())


def snippets(item: object) -> list[tuple[str, str]]:
    """Every (document, words) listed anywhere in an item, the words of its voices, cues and hedges among them."""
    if isinstance(item, list):
        return [pair for part in item for pair in snippets(part)]
    if not isinstance(item, dict):
        return []
    found = [pair for key, part in item.items() if key not in ("chain", "or") for pair in snippets(part)]
    if "document" in item and "words" in item:
        found.append((item["document"], item["words"]))
        for part in [item, *item.get("chain", []), *item.get("or", [])]:
            keys = ("speaker", "cue", "hedges") if part is item else ("voice", "cue")
            found += [(item["document"], w) for key in keys for w in at_least_one(part.get(key)) if w != "author"]
    return found


def at_least_one(words: object) -> list[str]:
    """A list of words, whether none, one or several are given."""
    return [] if words is None else words if isinstance(words, list) else [words]


def faults() -> list[str]:
    """What is wrong with truth.json."""
    wrong, ids = [], set()
    for item in json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["items"]:
        if item["id"] in ids:
            wrong.append(f"{item['id']}: the id is used twice")
        ids.add(item["id"])
        for document, words in snippets(item):
            # Words that stand at several places are listed as `before|words|after`, which stands at one.
            context = words.replace("|", "")
            count = text_of(document).count(context)
            if count != 1 or words.count("|") not in (0, 2):
                wrong.append(f"{item['id']}: {context!r} stands {count} times in {document}")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if anything would change or is wrong")
    check = parser.parse_args().check
    wrong = []
    for name, make in (("commission.pdf", commission), ("historian.docx", historian)):
        path, made = SAMPLE / "accounts" / name, make()
        if not check:
            path.write_bytes(made)
        elif not path.exists() or path.read_bytes() != made:
            wrong.append(f"{name} is not what its source gives")
    if (SAMPLE / "truth.json").exists():
        wrong += faults()
    print("\n".join(wrong) or "the sample is as its sources and its truth say")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
