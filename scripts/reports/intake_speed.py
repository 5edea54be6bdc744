#!/usr/bin/env python3
"""Measures how many words a second intake (and with --read also the first reader) takes on one core, beside known
extractors in the same run, and writes docs/reports/intake-speed.md.

    cargo build --release -p rashomon-intake --example extract
    python3 scripts/reports/intake_speed.py --shared ../shared

Beside HTML runs trafilatura, if it is installed for this Python; beside PDF poppler's pdftotext, if it is on the path.
Every row is the best of --rounds rounds, in processor time, so that other work on the machine does not count. Ours is the
whole process, start and reading of files included; trafilatura's is the reading alone, with the files in memory;
pdftotext is timed as a process for each file, with the cost of starting one measured and taken off. With --read TOOL a third tool (printing the same JSON line as `extract --time`) is timed on the same pages.
Ends with an error if HTML is not at least five times as fast as trafilatura.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

BAR = 5.0


def one_core():
    """This process and its children stay on one core, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def best(rounds, measure):
    return min((measure() for _ in range(rounds)), key=lambda row: row[1])


def timed(command):
    """A process and the processor time it took."""
    used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before = used()
    done = subprocess.run(command, capture_output=True)
    return done, used() - before


def ours(tool, files):
    done, seconds = timed([tool, "--time", *files])
    return json.loads(done.stdout.splitlines()[-1])["words"], seconds


def by_trafilatura(pages):
    import trafilatura
    texts = [pathlib.Path(p).read_text(encoding="utf-8", errors="replace") for p in pages]

    def measure():
        start, count = time.process_time(), 0
        for text in texts:
            count += len((trafilatura.extract(text, include_comments=False) or "").split())
        return count, time.process_time() - start

    return f"trafilatura {trafilatura.__version__}", measure


def by_pdftotext(files):
    def measure():
        idle = min(timed(["pdftotext", "-v"])[1] for _ in range(5))
        count = seconds = 0
        for file in files:
            done, took = timed(["pdftotext", "-enc", "UTF-8", file, "-"])
            count += len(done.stdout.decode("utf-8", "replace").split())
            seconds += max(0.0, took - idle)
        return count, seconds

    return "pdftotext (poppler)", measure


def table(title, size, rows):
    lines = [f"## {title}", "", f"{size[0]} files, {size[1] / 1e6:.1f} MB.", "",
             "| what | words | seconds | words a second | MB a second |", "|---|---|---|---|---|"]
    for name, (words, seconds) in rows:
        lines.append(f"| {name} | {words} | {seconds:.3f} | {words / seconds:,.0f} | {size[1] / 1e6 / seconds:.1f} |")
    return lines


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tool", default=str(root / "target/release/examples/extract"))
    arguments.add_argument("--read", help="a tool that also reads, with the same --time")
    arguments.add_argument("--shared", default="../shared", help="folder with the measuring data")
    arguments.add_argument("--html", help="folder of folders with source.html, instead")
    arguments.add_argument("--pdf", help="folder with PDF files, instead")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--out", default=str(root / "docs/reports/intake-speed.md"))
    given = arguments.parse_args()
    one_core()
    given.html = given.html or f"{given.shared}/corpora/html/readability/test-pages"
    given.pdf = given.pdf or f"{given.shared}/corpora/formats/pdf"
    lines = ["# Speed of intake on one core", "",
             f"Made by `scripts/reports/intake_speed.py`, best of {given.rounds} rounds, processor time, everything on one core of the same machine in the same run. "
             "Times compare with each other, not with other machines.", ""]
    failed = None
    size = lambda files: (len(files), sum(os.path.getsize(f) for f in files))
    if pathlib.Path(given.html).is_dir():
        pages = sorted(map(str, pathlib.Path(given.html).glob("*/source.html")))
        rows = [("Rashomon, intake", best(given.rounds, lambda: ours(given.tool, pages)))]
        if given.read:
            rows.append(("Rashomon, intake and reading", best(given.rounds, lambda: ours(given.read, pages))))
        try:
            name, measure = by_trafilatura(pages)
            rows.append((name, best(given.rounds, measure)))
        except ImportError:
            print("trafilatura is not installed for this Python: no peer for HTML", file=sys.stderr)
        lines += table("HTML", size(pages), rows)
        if rows[-1][0].startswith("trafilatura"):
            theirs = rows[-1][1][0] / rows[-1][1][1]
            for name, (words, seconds) in rows[:-1]:
                times = words / seconds / theirs
                lines += ["", f"{name}: **{times:.1f} times** trafilatura's words a second (bar: {BAR:.0f} times)."]
                if times < BAR:
                    failed = f"{name} is {times:.2f} times as fast as trafilatura, below {BAR}"
        lines.append("")
    if pathlib.Path(given.pdf).is_dir():
        files = sorted(str(p) for p in pathlib.Path(given.pdf).rglob("*.pdf"))
        rows = [("Rashomon, intake", best(given.rounds, lambda: ours(given.tool, files)))]
        if given.read:
            rows.append(("Rashomon, intake and reading", best(given.rounds, lambda: ours(given.read, files))))
        if shutil.which("pdftotext"):
            name, measure = by_pdftotext(files)
            rows.append((name, best(given.rounds, measure)))
        else:
            print("pdftotext is not on the path: no peer for PDF", file=sys.stderr)
        lines += table("PDF", size(files), rows)
        lines += ["", "Files that are encrypted or hold no text count as files and give no words.", ""]
    pathlib.Path(given.out).write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    print("\n".join(lines))
    if failed:
        sys.exit(failed)


if __name__ == "__main__":
    main()
