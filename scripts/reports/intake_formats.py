#!/usr/bin/env python3
"""Compares the text that Rashomon reads from PDF and DOCX files with a known extractor's, and writes a report.

PDF: pdftotext (poppler) in its reading order. DOCX: python-docx (paragraphs, tables, notes, heads and feet).
Usage: cargo build --release -p rashomon-intake --example extract
       python3 scripts/reports/intake_formats.py ../shared/corpora/formats target/release/examples/extract [--out FILE]
Needs: Python 3.11, poppler-utils (pdftotext), python-docx.
"""

import argparse
import collections
import json
import re
import resource
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROUNDS = 5
# pdftotext leaves the letters of these scripts in the order of the page, we put them in the order of reading: such
# words are compared by their letters alone.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def words(text):
    """Words of a text. Hyphens inside words do not count, so that neither side gains by joining a cut word or not."""
    text = unicodedata.normalize("NFKC", text).replace("\f", "\n").replace("\u00ad", "")
    text = re.sub(r"(\w)[-\u2010]\s*\n\s*(\w)", r"\1\2", text)
    text = re.sub(r"(\w)[-\u2010](?=\w)", r"\1", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    return ["".join(sorted(w)) if RIGHT_TO_LEFT.search(w) else w for w in re.findall(r"\w+", text)]


def f1(ours, reference):
    a, b = collections.Counter(ours), collections.Counter(reference)
    if not a and not b:
        return 1.0
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def common_order(ours, reference):
    """Length of the longest common subsequence over the shorter length: 1 when one order contains the other."""
    shorter = min(len(ours), len(reference))
    if shorter == 0:
        return 1.0
    place = collections.defaultdict(list)
    for at, word in enumerate(reference):
        place[word].append(at)
    # Hunt and Szymanski: the longest increasing run of matching places.
    from bisect import bisect_left

    ends = []
    for word in ours:
        for at in reversed(place.get(word, ())):
            slot = bisect_left(ends, at)
            ends[slot : slot + 1] = [at]
    return len(ends) / shorter


def extracted(extract, path):
    """What Rashomon reads: the document as JSON, or the reason of the refusal."""
    run = subprocess.run([extract, "--json", str(path)], capture_output=True, text=True)
    lines = run.stdout.strip().splitlines()
    return (json.loads(lines[0]), None) if lines else (None, run.stderr.strip().split(": ", 1)[-1])


def pdftotext(path, *options):
    run = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True)
    return run.stdout.decode("utf-8", "replace"), run.returncode


def notes_of(path):
    """Words of foot- and endnotes, which python-docx does not read."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for part in ("word/footnotes.xml", "word/endnotes.xml"):
            if part in archive.namelist():
                for text in ElementTree.fromstring(archive.read(part)).iter(W + "t"):
                    found.append(text.text or "")
    return "\n".join(found)


def python_docx(path):
    import docx
    from docx.table import Table

    document = docx.Document(str(path))
    lines = []

    def take(container):
        for item in container.iter_inner_content():
            if isinstance(item, Table):
                seen = set()
                for row in item.rows:
                    for cell in row.cells:
                        if cell._tc not in seen:
                            seen.add(cell._tc)
                            take(cell)
            else:
                lines.append(item.text)

    take(document)
    heads = []
    for section in document.sections:
        for name in ("header", "first_page_header", "even_page_header", "footer", "first_page_footer", "even_page_footer"):
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                before = list(lines)
                take(part)
                own = lines[len(before) :]
                # The same head in several sections is read once.
                if own in heads:
                    del lines[len(before) :]
                heads.append(own)
    return "\n".join(lines) + "\n" + notes_of(path)


def read_pdfs(extract, folder):
    rows = []
    for path in sorted(folder.rglob("*.pdf")):
        document, reason = extracted(extract, path)
        reference, code = pdftotext(path)
        expected = words(reference)
        ours = words(document["text"]) if document else []
        scores = (f1(ours, expected), common_order(ours, expected)) if expected else (None, None)
        rows.append((path.name, len(expected), *scores, reason, code != 0 or bool(ours and not expected)))
    return rows


def read_docx(extract, folder):
    rows = []
    for path in sorted(p for p in folder.iterdir() if ".docx" in p.name):
        document, reason = extracted(extract, path)
        try:
            expected = words(python_docx(path))
        except Exception as error:  # the reference gives up on some files
            rows.append((path.name, 0, None, None, f"python-docx: {type(error).__name__}", True))
            continue
        ours = words(re.sub(r"\[\d+\]", "", document["text"])) if document else []
        scores = (f1(ours, expected), common_order(ours, expected)) if expected else (None, None)
        rows.append((path.name, len(expected), *scores, reason, False))
    return rows


def column_order(extract, path):
    """Page by page, our order of words against the order in which LaTeX drew them, which is that of its source."""
    document, _ = extracted(extract, path)
    data = document["text"].encode()
    rows = []
    for page in sorted({place["page"] for place in document["places"]}):
        own = b"\n".join(data[p["span"]["start"] : p["span"]["end"]] for p in document["places"] if p["page"] == page)
        drawn, _ = pdftotext(path, "-raw", "-f", str(page), "-l", str(page))
        laid, _ = pdftotext(path, "-f", str(page), "-l", str(page))
        ours, source = words(own.decode()), words(drawn)
        rows.append((page, len(source), common_order(ours, source), common_order(words(laid), source)))
    return rows


def seconds(command, rounds=ROUNDS):
    """Processor time of the programs that a command runs, the least of some rounds: other work on the machine does
    not count."""
    best = float("inf")
    for _ in range(rounds):
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        command()
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime)
    return best


def times(extract, paths):
    """Processor seconds of both programs on the same files, started once a file as pdftotext must be, and in one process."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    each = lambda program: [subprocess.run([*program, str(p)], **quiet) for p in paths]
    theirs = seconds(lambda: [subprocess.run(["pdftotext", str(p), "/dev/null"], **quiet) for p in paths])
    ours = seconds(lambda: each([extract, "--time"]))
    inside = seconds(lambda: subprocess.run([extract, "--time", *map(str, paths)], **quiet))
    return theirs, ours, inside


def table(rows, reference):
    lines = [f"| file | words ({reference}) | words F1 | order | remark |", "|---|---:|---:|---:|---|"]
    for name, count, score, order, reason, failed in rows:
        remark = "; ".join(filter(None, [reason and f"refused: {reason}", failed and f"{reference} cannot read it"]))
        shown = ["-" if value is None else f"{value:.3f}" for value in (score, order)]
        lines.append(f"| {name} | {count} | {shown[0]} | {shown[1]} | {remark.replace('|', '/')} |")
    return "\n".join(lines)


def mean(rows):
    """Mean F1 of the files that the reference reads and in which it finds words."""
    scores = [row[2] for row in rows if row[2] is not None and not row[5] and row[1] > 0]
    return sum(scores) / len(scores), min(scores), len(scores)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="folder with pdf/ and docx/")
    parser.add_argument("extract", help="the example binary `extract` of rashomon-intake")
    parser.add_argument("--out", type=Path, default=Path("docs/reports/intake-formats.md"))
    options = parser.parse_args()
    pdfs = read_pdfs(options.extract, options.corpus / "pdf")
    docs = read_docx(options.extract, options.corpus / "docx")
    theirs, ours, inside = times(options.extract, sorted((options.corpus / "pdf").rglob("*.pdf")))
    (pdf_mean, pdf_min, pdf_count), (doc_mean, doc_min, doc_count) = mean(pdfs), mean(docs)
    paper = next((options.corpus / "pdf").rglob("multicolumn.pdf"))
    columns = "\n".join(f"| {p} | {n} | {a:.3f} | {b:.3f} |" for p, n, a, b in column_order(options.extract, paper))
    report = f"""# Intake of PDF and DOCX beside known extractors
Made by `scripts/reports/intake_formats.py CORPUS EXTRACT`; see its head for how to run it again.

Words F1 compares the words of both texts as bags, after joining words cut at line ends on both sides. Order is the
longest common subsequence of words over the shorter text: 1 when both read in the same order.

| | files with words | mean words F1 | least | bar |
|---|---:|---:|---:|---:|
| PDF against pdftotext | {pdf_count} | {pdf_mean:.4f} | {pdf_min:.3f} | 0.98 |
| DOCX against python-docx | {doc_count} | {doc_mean:.4f} | {doc_min:.3f} | 0.98 |

Order on the two-column paper, against the order in which LaTeX drew the words (that of its source; page 3 is a table):

| page | words | ours | pdftotext |
|---:|---:|---:|---:|
{columns}

Processor time on all {len(pdfs)} PDFs, least of {ROUNDS} rounds: pdftotext {theirs:.2f} s; `extract` started once a file {ours:.2f} s
({ours / theirs:.2f} of pdftotext); all files in one process {inside:.2f} s ({inside / theirs:.2f}).

## PDF
{table(pdfs, "pdftotext")}

## DOCX
{table(docs, "python-docx")}
"""
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(report)
    print(f"PDF {pdf_mean:.4f}, DOCX {doc_mean:.4f}, time ratio {ours / theirs:.2f}; {options.out}")


if __name__ == "__main__":
    main()
