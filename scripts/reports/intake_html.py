#!/usr/bin/env python3
"""Measures the main text of HTML pages against expected text, and writes docs/reports/intake-html.md.

    cargo build --release -p rashomon-intake --example extract
    python3 scripts/reports/intake_html.py --shared ../shared

The pages are those of corpora/html/readability/test-pages below --shared, or of --pages: each folder holds source.html and expected.html (and perhaps expected-metadata.json), as in the tests of
mozilla/readability. F1 is over the words of a page as a bag: lower case, letters and figures. A peer is measured beside
ours if it is installed. Ends with an error if the mean is below the bar.
"""
import argparse
import collections
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile

BAR = 0.93
BLOCKS = set("address article aside blockquote br button caption dd details div dl dt fieldset figcaption figure footer "
             "form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table td th tr ul".split())
UNSEEN = {"script", "style", "template"}


class Text(html.parser.HTMLParser):
    """The text of a page, blocks apart."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.unseen = [], 0

    def handle_starttag(self, tag, attrs):
        self.unseen += tag in UNSEEN
        self.parts.append(" " if tag in BLOCKS else "")

    def handle_endtag(self, tag):
        self.unseen = max(0, self.unseen - (tag in UNSEEN))
        self.parts.append(" " if tag in BLOCKS else "")

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(data)


def text_of(page):
    parser = Text()
    parser.feed(page)
    parser.close()
    return "".join(parser.parts)


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(got, expected):
    both, all_got, all_expected = sum((got & expected).values()), sum(got.values()), sum(expected.values())
    return 2 * both / (all_got + all_expected) if all_got + all_expected else 1.0


def ours(tool, pages, main_only):
    with tempfile.TemporaryDirectory() as folder:
        command = [tool, "--all", folder] + (["--main"] if main_only else []) + [str(p / "source.html") for p in pages]
        subprocess.run(command, check=True, capture_output=True)
        # Files named one by one keep the paths they were given; absolute ones are told apart by their paths too.
        read = {f.name: f.read_text(encoding="utf-8") for f in pathlib.Path(folder).iterdir()}
    found = {}
    for page in pages:
        ending = f"__{page.name}__source.html.txt"
        match = [name for name in read if name.endswith(ending)]
        found[page.name] = read[match[0]] if match else ""
    return found


def peers(pages):
    sources = {p.name: (p / "source.html").read_text(encoding="utf-8") for p in pages}
    try:
        import trafilatura
    except ImportError:
        return {}
    name = f"trafilatura {trafilatura.__version__} (PyPI)"
    return {name: {k: trafilatura.extract(v, include_comments=False) or "" for k, v in sources.items()}}


def metadata(tool, pages):
    """How often title, site and language agree with the expected metadata, where that has them."""
    agree = collections.defaultdict(lambda: [0, 0])
    for page in pages:
        file = page / "expected-metadata.json"
        if not file.exists():
            continue
        expected = json.loads(file.read_text(encoding="utf-8"))
        out = subprocess.run([tool, "--json", str(page / "source.html")], capture_output=True, text=True).stdout
        got = json.loads(out.splitlines()[0])["metadata"] if out.strip() else {}
        date = (expected.get("publishedTime") or "")[:10]
        pairs = [("title", expected.get("title"), got.get("title")), ("publisher", expected.get("siteName"), got.get("publisher")),
                 ("language", expected.get("lang"), got.get("language")), ("byline", expected.get("byline"), " ".join(got.get("authors") or [])),
                 ("date", date if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None, got.get("date"))]
        for field, wanted, found in pairs:
            if wanted:
                tidy = lambda s: " ".join((s or "").lower().split())
                agree[field][1] += 1
                same = f1(words(found or ""), words(wanted)) > 0.5 if field == "byline" else tidy(wanted) == tidy(found)
                agree[field][0] += same
    return dict(agree)


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tool", default=str(root / "target/release/examples/extract"))
    arguments.add_argument("--shared", default="../shared", help="folder with the measuring data")
    arguments.add_argument("--pages", help="folder with the pages, instead")
    arguments.add_argument("--out", default=str(root / "docs/reports/intake-html.md"))
    given = arguments.parse_args()
    folder = given.pages or pathlib.Path(given.shared) / "corpora/html/readability/test-pages"
    pages = sorted(p for p in pathlib.Path(folder).iterdir() if (p / "source.html").exists())
    expected = {p.name: words(text_of((p / "expected.html").read_text(encoding="utf-8"))) for p in pages}
    systems = {"Rashomon, everything it keeps": ours(given.tool, pages, False),
               "Rashomon, without title, byline and menu zones": ours(given.tool, pages, True), **peers(pages)}
    scores = {name: {k: f1(words(t), expected[k]) for k, t in texts.items()} for name, texts in systems.items()}
    mean = {name: sum(s.values()) / len(s) for name, s in scores.items()}
    first = next(iter(scores))
    lines = ["# HTML: the main text of pages", "",
             f"Made by `scripts/reports/intake_html.py` on {len(pages)} pages (source and expected text). Word F1 over the bag of words of each page, mean over pages; "
             f"the bar is {BAR}.", "",
             "The expected texts were made by Firefox's reader view, of which the library we use is a port. So this shows that the port and what we make of its result lose nothing; "
             "as a comparison of methods it favours ours.", "",
             "| what | mean word F1 | pages below .90 |", "|---|---|---|"]
    lines += [f"| {name} | {mean[name]:.4f} | {sum(v < 0.9 for v in s.values())} |" for name, s in scores.items()]
    lines += ["", "## Our worst pages", "", "| page | word F1 | words expected |", "|---|---|---|"]
    worst = sorted(scores[first].items(), key=lambda x: (x[1], x[0]))[:12]
    lines += [f"| {k} | {v:.3f} | {sum(expected[k].values())} |" for k, v in worst]
    lines += ["", "## Metadata", "",
              "Agreement with the expected metadata where it names the field (case and white space apart; byline: half of the words).", "",
              "| field | agrees | of |", "|---|---|---|"]
    lines += [f"| {field} | {hit} | {of} |" for field, (hit, of) in sorted(metadata(given.tool, pages).items())]
    pathlib.Path(given.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    if mean[first] < BAR:
        sys.exit(f"mean word F1 {mean[first]:.4f} is below {BAR}")


if __name__ == "__main__":
    main()
