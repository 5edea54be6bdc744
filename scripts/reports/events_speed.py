#!/usr/bin/env python3
"""Measures slices of a million coded statements and writes docs/reports/events-speed.md.

    python3 scripts/reports/events_speed.py [--example target/release/examples/events_time]

Made-up accounts of made-up actors stand for coded statements: 1,000 documents are coded by the rules, and their accounts and ties
are repeated to a million, each account on a day of its own. Measured is what a view does with them: bringing accounts of one event together,
counting by pair and year, summing ties to edges with their voices, and the table itself. The layout is that of the picture, 300 rounds.
Of several runs the quickest and the slowest are told, because other work on a machine only ever adds to a time.
"""
import argparse
import os
import pathlib
import platform
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--example", type=pathlib.Path, default=ROOT / "target/release/examples/events_time")
    given = options.parse_args()
    times: dict[str, list[float]] = {}
    for _ in range(given.runs):
        told = subprocess.run([given.example.resolve()], check=True, text=True, stdout=subprocess.PIPE).stdout
        for name, seconds, rows in re.findall(r"^(.*): ([0-9.]+) s(.*)$", told, re.M):
            times.setdefault(name + rows, []).append(float(seconds))
    profile = given.example.resolve().parent.parent.name
    lines = ["# Slices of coded statements, timed", "",
             "Renewed by `python3 scripts/reports/events_speed.py` after `cargo build --release --examples`.", "",
             *__doc__.strip().split("\n\n", 3)[2].splitlines(), "",
             f"{platform.machine()}, {os.cpu_count()} processors, {profile} build, {given.runs} runs.", "", "| measure | quickest | slowest |", "|---|---|---|",
             *[f"| {name} | {min(all_of):.2f} s | {max(all_of):.2f} s |" for name, all_of in times.items()], "", "Bars: a slice under 1 s, a layout under 2 s.", ""]
    (ROOT / "docs/reports/events-speed.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
