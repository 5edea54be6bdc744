#!/usr/bin/env python3
"""Measures maps of causes made of 100,000 statements and writes docs/reports/causes-speed.md.

    python3 scripts/reports/causes_speed.py [--example target/release/examples/causes_time]

Made-up documents of a hundred sentences say of twenty states of sixty made-up actors that they bring about or prevent others: 100,000 causal
statements. Measured is what a view does with a ledger that is in memory and whose actors are resolved: `whole` means with
everything, from filters and concepts to the table; the other lines are parts of it, or what is made of a map.
"""
import argparse
import os
import pathlib
import platform
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--example", type=pathlib.Path, default=ROOT / "target/release/examples/causes_time")
    given = options.parse_args()
    told = subprocess.run([given.example.resolve()], check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()
    profile = given.example.resolve().parent.parent.name
    lines = ["# Maps of causes, timed", "",
             "Renewed by `python3 scripts/reports/causes_speed.py` after `cargo build --release --examples`.", "",
             *__doc__.strip().split("\n\n", 3)[2].splitlines(), "",
             f"{platform.machine()}, {os.cpu_count()} processors, {profile} build.", "", "| measure | time |", "|---|---|",
             *[f"| {line.replace(': ', ' | ', 1)} |" for line in told], "", "Bar: no view over 1 s.", ""]
    (ROOT / "docs/reports/causes-speed.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
