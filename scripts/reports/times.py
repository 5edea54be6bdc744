#!/usr/bin/env python3
"""Measures times and quantities against hand-made values and writes docs/reports/times.md.

    python3 scripts/reports/times.py --shared ../shared [--program target/release/rashomon]

--shared is the folder with `seeds`, `gold`, `eval` and `corpora`; it is not part of the project. Needs Python 3.11, no packages.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = ("0 spans", "5 times", "6 quantities")


def export(program: pathlib.Path, folder: pathlib.Path, work: pathlib.Path) -> pathlib.Path:
    """Reads a folder into a fresh ledger and returns its export."""
    ledger, out = work / f"{folder.name}.ledger", work / f"{folder.name}.jsonl"
    subprocess.run([program, "read", "--ledger", ledger, folder], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program, "export", "--ledger", ledger, "--format", "jsonl", "--out", out], check=True)
    return out


def run(script: pathlib.Path, *arguments: object) -> str:
    """What a scorer prints."""
    return subprocess.run([sys.executable, script, *map(str, arguments)], check=True, text=True,
                          stdout=subprocess.PIPE, cwd=script.parent).stdout


def chosen(table: str) -> list[str]:
    """The parts of the table about times and quantities."""
    kept, part = [], None
    for line in table.splitlines():
        if line and not line.startswith(" "):
            part = line.strip()
        if part in PARTS and line.strip():
            kept.append(line)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    options = parser.parse_args()
    shared, program = options.shared.resolve(), options.program.resolve()
    timeml, scorers = shared / "corpora/timebank/TimeBank", shared / "eval"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        run(scorers / "make_text.py", "times", work / "timebank", timeml)
        news = run(scorers / "score_times.py", export(program, work / "timebank", work), timeml).rstrip()
        reading = export(program, shared / "seeds", work)
        gold = chosen(run(scorers / "score_reading.py", reading, "--gold", shared / "gold", "--texts", shared / "seeds"))
    lines = ["# Times and quantities, measured", "",
             "Renewed by `python3 scripts/reports/times.py --shared ../shared` after `cargo build --release`.", "",
             "## TimeBank: 183 news articles as raw text with the document's date", "",
             "A pair counts when the words overlap (relaxed) and when the value is right as well (value). Peers on the same articles,",
             "same definitions: Microsoft Recognizers-Text relaxed .815, value .588; dateparser .647, .273. While the rules were",
             "written, mistakes were looked at in every second article (by name) only.", "",
             "```", news, "```", "",
             "## A careful reading of two articles", "",
             "The gold also lists times that are told by an event (`after the victory of ...`); those are not looked for. A value",
             "is right as an interval, half right one level coarser.", "", "```", *gold, "```", "",
             "## What is left open", "",
             "- Undated texts: `yesterday`, `last year` have no value. A day without a year is `XXXX-05-03`.",
             "- Times told by an event, moveable feasts, fiscal years that do not begin in January.",
             "- `03/04/1921` keeps both days, `[1921-03-04,1921-04-03]`, unless the document's own date decides.",
             "- `early`, `late`, `mid` belong to the words and change no value: EDTF has no way to say them.", ""]
    report = "\n".join(lines).replace(str(shared), "../shared")
    (ROOT / "docs/reports/times.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
