#!/usr/bin/env python3
"""How many statements are right: draws a hundred at random for a person to judge, and publishes the judged sheet.

    python3 scripts/reports/precision.py draw --shared ../shared --sheet SHEET.csv [--program target/release/rashomon]
    python3 scripts/reports/precision.py publish --sheet SHEET.csv

--shared is the folder with `seeds` and `corpora`; it is not part of the project. The sheet holds the documents' words and stays outside of the
project; what is published in docs/reports/precision.md are places and judgements. Needs Python 3.11, no packages.
"""
import argparse
import csv
import json
import pathlib
import random
import tempfile

from common import ROOT, export

SEED, FROM_NEWS, FROM_SEEDS, NEWS_DOCUMENTS = 1921, 70, 30, 20
# A sheet that was read is no fair sample of the reader mended by it: each is drawn anew.
BEFORE = """A sheet is drawn anew (another seed) after the reader was mended by the last one; the six fresh sheets before this one had 65, 75, 78, 73, 76 and 76 right."""
VERDICTS = ("right", "wrong argument", "wrong chain", "wrong force", "not a statement")
RULE = """A statement is **right** if a careful reader of the sentence would sign it: the predicate is said of these participants in these roles (a participant
that the sentence names beside the verb or that the verb shares must be there, as subject or object; other circumstances may be missing), with the
right denial, and on the word of those who say it. **Wrong argument**: a subject or object is another's, cut so that it misleads, or missing although the
sentence names it. **Wrong chain**: somebody else says it, or a voice is lost. **Wrong force**: affirmed for denied, or claimed for wished, asked or supposed.
**Not a statement**: nothing is asserted there, or the words make no claim. One verdict each, the worst fault in the order chain, force, argument."""


def statements(program: pathlib.Path, files: list[pathlib.Path], source: str) -> list[dict]:
    """The statements of some files with their sentences."""
    with tempfile.TemporaryDirectory() as folder:
        records = [json.loads(line) for line in open(export(program, pathlib.Path(folder), *files), encoding="utf-8")]
    paths = {r["id"]: r["path"] for r in records if r["type"] == "document"}
    texts = {f.name: f.read_text(encoding="utf-8-sig") for f in files}
    rows = []
    for r in records:
        if r["type"] != "statement":
            continue
        name = pathlib.Path(paths[r["document"]]).name
        start, end = r["sentence"]["start"], r["sentence"]["end"]
        rows.append({
            "source": source, "file": name, "document": r["document"][:12], "start": r["evidence"][0]["start"], "end": r["evidence"][-1]["end"], "id": r["id"],
            "sentence": texts[name][start:end].replace("\n", " "), "kind": r["kind"],
            "predicate": r["polarity"] + (r["predicate"].get("lemma") or "-"), "certainty": r["certainty"],
            "chain": " > ".join((link["voice"].get("text") or link["voice"]["kind"]) + "/" + link["stance"] for link in r["chain"]),
            "arguments": "; ".join(f"{a['role']}: {a['text']}" for a in r["arguments"]), "verdict": "", "note": "",
        })
    return sorted(rows, key=lambda row: (row["file"], row["start"], row["end"], row["id"]))


def draw(options: argparse.Namespace) -> None:
    shared, program = options.shared.resolve(), options.program.resolve()
    chance = random.Random(SEED)
    news = sorted((shared / "corpora/polnear/dev/text").glob("*.txt"))
    news = sorted(chance.sample(news, NEWS_DOCUMENTS))
    rows = chance.sample(statements(program, news, "PolNeAR dev"), FROM_NEWS)
    rows += chance.sample(statements(program, sorted((shared / "seeds").glob("*.txt")), "seeds"), FROM_SEEDS)
    with open(options.sheet, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["number", *rows[0]])
        writer.writeheader()
        writer.writerows({"number": number, **row} for number, row in enumerate(rows, 1))


def publish(options: argparse.Namespace) -> None:
    with open(options.sheet, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [row["number"] for row in rows if row["verdict"] not in VERDICTS]
    if wrong:
        raise SystemExit(f"no or an unknown verdict in rows {', '.join(wrong)}; known: {', '.join(VERDICTS)}")
    lines = ["# Precision of statements", "",
             f"{len(rows)} statements drawn at random (seed {SEED}): {FROM_NEWS} from {NEWS_DOCUMENTS} documents of PolNeAR dev, {FROM_SEEDS} from the seeds; judged by one reader, who",
             "also made the program. Drawn and published by `scripts/reports/precision.py`; the words themselves are not reprinted.", BEFORE, "", RULE, "",
             "| verdict | statements |", "|---|---|"]
    lines += [f"| {verdict} | {sum(row['verdict'] == verdict for row in rows)} |" for verdict in VERDICTS]
    lines += ["", "| | source | document (SHA-256) | characters | verdict | note |", "|---|---|---|---|---|---|"]
    lines += [f"| {r['number']} | {r['source']} | {r['document']} | {r['start']}-{r['end']} | {r['verdict']} | {r['note']} |" for r in rows]
    (ROOT / "docs/reports/precision.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("draw", "publish"))
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT / "../shared")
    parser.add_argument("--sheet", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    options = parser.parse_args()
    draw(options) if options.action == "draw" else publish(options)


if __name__ == "__main__":
    main()
