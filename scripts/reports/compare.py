#!/usr/bin/env python3
"""How many comparisons of accounts are right: draws sixty at random and every contradiction besides for a person to judge, and publishes the judged sheet with the scores against a
hand-made reading.

    python3 scripts/reports/compare.py draw --shared ../shared --sheet SHEET.csv [--seed N] [--program target/release/rashomon]
    python3 scripts/reports/compare.py publish --shared ../shared --sheet SHEET.csv

--shared is the folder with `seeds`, `gold`, `eval` and `corpora`; it is not part of the project. The sheet holds the documents' words and stays outside of
the project; what is published in docs/reports/compare.md are places and judgements. Needs Python 3.11, no packages.
"""
import argparse
import csv
import json
import pathlib
import random
import re
import sys
import tempfile

from actors import documents
from common import ROOT, export, score, write

DRAWN = 60
TOPICS = (1, 3, 5, 8, 12, 16, 18, 22, 30, 33)
VERDICTS = ("right", "other verdict", "not the same", "not what is said")
RULE = """A comparison is **right** if a careful reader of both sentences would sign that they are about the same and that the verdict holds: agreement where the one cannot be true without the
other in what the aspect names (one may say more), contradiction where both cannot be, difference where both tell of the same and differ as the aspect says. **Other verdict**: they are about the same, but
another verdict is the right one. **Not the same**: they are about two things. **Not what is said**: the reader took a statement otherwise than its sentence has it. One verdict each, the last that fits."""


def comparisons(program: pathlib.Path, folder: pathlib.Path, source: str, work: pathlib.Path) -> list[dict]:
    """The comparisons of a folder with the sentences of both sides."""
    records = [json.loads(line) for line in open(export(program, work, folder), encoding="utf-8")]
    paths = {r["id"]: r["path"].rsplit("/", 1)[-1] for r in records if r["type"] == "document"}
    said = {r["id"]: r for r in records if r["type"] == "statement"}

    def side(which: str, statement: dict) -> dict:
        text = (folder / paths[statement["document"]]).read_text(encoding="utf-8-sig")
        sentence = text[statement["sentence"]["start"]:statement["sentence"]["end"]]
        voices = " > ".join(link["voice"].get("text") or link["voice"]["kind"] for link in statement["chain"])
        return {f"document {which}": statement["document"][:12], f"start {which}": statement["evidence"][0]["start"], f"end {which}": statement["evidence"][-1]["end"],
                f"voices {which}": voices, f"words {which}": re.sub(r"\s+", " ", " … ".join(e["text"] for e in statement["evidence"])),
                f"sentence {which}": re.sub(r"\s+", " ", sentence)}

    rows = [{"source": source, "verdict": r["verdict"], "aspect": r["aspect"], "independence": r["independence"], "reason": r["reason"],
             **side("a", said[r["a"]]), **side("b", said[r["b"]]), "judged": "", "note": ""} for r in records if r["type"] == "comparison"]
    return sorted(rows, key=lambda row: (row["document a"], row["start a"], row["document b"], row["start b"], row["verdict"], row["aspect"]))


def draw(options: argparse.Namespace) -> None:
    shared, program, rows = options.shared.resolve(), options.program.resolve(), []
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        rows += comparisons(program, shared / "seeds", "seeds", work)
        for topic in TOPICS:
            texts = work / f"topic-{topic}"
            texts.mkdir()
            for part in ("ecb", "ecbplus"):
                documents((shared / f"corpora/ecbplus/{topic}{part}.conll").read_text(encoding="utf-8").splitlines(), texts)
            rows += comparisons(program, texts, f"ECB+ {topic}", work)
    found = len(rows)
    # Contradictions are rare and matter most: all of them are judged, and the draw is from the others.
    clashes = [row for row in rows if row["verdict"] == "contradict"]
    drawn = random.Random(options.seed).sample([row for row in rows if row["verdict"] != "contradict"], DRAWN)
    rows = [{"part": f"drawn {options.seed}", **row} for row in drawn] + [{"part": "contradiction", **row} for row in clashes]
    with open(options.sheet, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["number", "of", *rows[0]])
        writer.writeheader()
        writer.writerows({"number": number, "of": found, **row} for number, row in enumerate(rows, 1))


def publish(options: argparse.Namespace) -> None:
    with open(options.sheet, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [row["number"] for row in rows if row["judged"] not in VERDICTS]
    if wrong:
        raise SystemExit(f"no or an unknown verdict in rows {', '.join(wrong)}; known: {', '.join(VERDICTS)}")
    with tempfile.TemporaryDirectory() as folder:
        out = export(options.program.resolve(), pathlib.Path(folder), options.shared / "seeds")
        table = score(options.shared / "eval/score_reading.py", out, "--gold", options.shared / "gold", "--texts", options.shared / "seeds").splitlines()
    start = next(n for n, line in enumerate(table) if line.startswith("8 comparisons"))
    scores = [line for line in table[start:start + 16] if line.startswith("  ") or line.startswith("8 ")]
    drawn = [row for row in rows if row["part"].startswith("drawn ")]
    seed = drawn[0]["part"].removeprefix("drawn ")
    right = sum(row["judged"] == "right" for row in drawn)
    clashes = [row for row in rows if row["verdict"] == "contradict"]
    kinds = sorted({row["verdict"] for row in rows})
    lines = ["# Accounts side by side", "", "Made by `scripts/reports/compare.py`; the words themselves are not reprinted.", "",
             f"{len(drawn)} of {rows[0]['of']} comparisons drawn at random (seed {seed}) from the seeds and ten topics of ECB+; judged by one reader, who also made the program. Bar: .8 right. "
             f"**{right} of {len(drawn)} right ({right / len(drawn):.2f}).** The draw leaves contradictions out, because every one that was reported was judged besides: "
             f"{sum(row['judged'] == 'right' for row in clashes)} of {len(clashes)} right.", "", *([f"Draws before this one, each of the program as it was before what they showed was mended: {options.earlier}.", ""] if options.earlier else []), RULE, "",
             "| | " + " | ".join(VERDICTS) + " |", "|---|" + "---|" * len(VERDICTS)]
    for kind in kinds:
        lines.append(f"| {kind} | " + " | ".join(str(sum(r["verdict"] == kind and r["judged"] == v for r in (clashes if kind == "contradict" else drawn))) for v in VERDICTS) + " |")
    lines += ["", "Against the hand-made reading of two documents (bars: relations found .5, verdict .8, no unrelated pair linked, no critical error):", "", "```", *scores, "```", "",
              "| | source | verdict | aspect | document a (SHA-256) | characters | document b | characters | judged | note |", "|---|---|---|---|---|---|---|---|---|---|"]
    lines += [f"| {r['number']} | {r['source']} | {r['verdict']} | {r['aspect']} | {r['document a']} | {r['start a']}-{r['end a']} | {r['document b']} | {r['start b']}-{r['end b']} | "
              f"{r['judged']} | {r['note']} |" for r in rows]
    write("compare", options.shared, [*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("draw", "publish"))
    parser.add_argument("--shared", type=lambda path: pathlib.Path(path).resolve(), default=ROOT / "../shared")
    parser.add_argument("--sheet", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    parser.add_argument("--seed", type=int, default=1905, help="of the draw")
    parser.add_argument("--earlier", default="", help="what draws before this one gave, to be told with it")
    options = parser.parse_args()
    draw(options) if options.action == "draw" else publish(options)


if __name__ == "__main__":
    sys.exit(main())
