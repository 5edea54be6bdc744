#!/usr/bin/env python3
"""Measures the reader of speech against hand-made readings and writes docs/reports/speech.md.

    python3 scripts/reports/speech.py --shared ../shared [--program target/release/rashomon]

--shared is the folder with `seeds`, `gold`, `eval` and `corpora`; it is not part of the project. Needs Python 3.11, no packages.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = {"0 spans": None, "2 statements": None, "3 attribution chains": ("WORST", "ERROR", "exact chain"), "4 quotations": None}


def export(program: pathlib.Path, folder: pathlib.Path, work: pathlib.Path) -> pathlib.Path:
    """Reads a folder into a fresh ledger and returns its export."""
    ledger, out = work / f"{folder.name}.ledger", work / f"{folder.name}.jsonl"
    subprocess.run([program, "read", "--ledger", ledger, folder], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program, "export", "--ledger", ledger, "--format", "jsonl", "--out", out], check=True)
    return out


def score(script: pathlib.Path, *arguments: object) -> str:
    """The table that a scorer prints."""
    return subprocess.run([sys.executable, script, *map(str, arguments)], check=True, text=True,
                          stdout=subprocess.PIPE, cwd=script.parent).stdout


def chosen(table: str) -> list[str]:
    """The lines of the parts that this reader is responsible for."""
    kept, part = [], None
    for line in table.splitlines():
        if line and not line.startswith(" "):
            part = line.strip()
            if part in PARTS:
                kept.append(line)
        elif part in PARTS and line.strip():
            only = PARTS[part]
            if only is None or line.strip().startswith(only):
                kept.append(line)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    options = parser.parse_args()
    shared, program = options.shared.resolve(), options.program.resolve()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        reading = export(program, shared / "seeds", work)
        documents = [json.loads(line) for line in open(reading, encoding="utf-8") if line.startswith('{"type":"document"')
                     or '"type":"document"' in line[:4000] and '"media_type"' in line]
        gold = chosen(score(shared / "eval/score_reading.py", reading, "--gold", shared / "gold", "--texts", shared / "seeds"))
        text = export(program, shared / "corpora/polnear/dev/text", work)
        polnear = score(shared / "eval/score_attribution.py", text, shared / "corpora/polnear/dev").rstrip()
    lines = ["# The reader of speech, measured", "",
             "Renewed by `python3 scripts/reports/speech.py --shared ../shared` after `cargo build --release`.", "",
             f"## A careful reading of two articles ({len(documents)} articles read)", "",
             "Part 3 counts only statements that the gold and the program both have; this reader does not look for",
             "subjects and objects, so few match. Quotations are scored in full.", "", "```", *gold, "```", "",
             "## PolNeAR, development part: 84 news articles, attributions marked by hand", "",
             "Peers on the same articles, fed with a parse: Gender Gap Tracker rules .783/.418/.545 (content), .353 (close), .679",
             "(characters), .776 (speaker); textacy direct quotations .695/.154/.252, .126, .388, .741.", "",
             "```", polnear, "```", ""]
    report = "\n".join(lines).replace(str(shared), "../shared")
    (ROOT / "docs/reports/speech.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
