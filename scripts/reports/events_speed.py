#!/usr/bin/env python3
"""Measures slices of a million coded statements and writes docs/reports/events-speed.md.

    python3 scripts/reports/events_speed.py [--example target/release/examples/events_time]

Made-up accounts of made-up actors stand for coded statements: 1,000 documents are coded by the rules, and their accounts and ties
are repeated to a million, each account on a day of its own. Measured is what a view does with them: bringing accounts of one event together,
counting by pair and year, summing ties to edges with their voices, and the table itself. The layout is that of the picture, 300 rounds.
"""
import argparse
import os
import pathlib
import platform
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--example", type=pathlib.Path, default=ROOT / "target/release/examples/events_time")
    given = options.parse_args()
    told = subprocess.run([given.example.resolve()], check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()
    profile = given.example.resolve().parent.parent.name
    lines = ["# Slices of coded statements, timed", "",
             "Renewed by `python3 scripts/reports/events_speed.py` after `cargo build --release --examples`.", "",
             *__doc__.strip().split("\n\n", 3)[2].splitlines(), "",
             f"{platform.machine()}, {os.cpu_count()} processors, {profile} build.", "", "| measure | time |", "|---|---|",
             *[f"| {line.replace(': ', ' | ', 1)} |" for line in told], "", "Bars: a slice under 1 s, a layout under 2 s.", ""]
    (ROOT / "docs/reports/events-speed.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
