#!/usr/bin/env python3
"""Checks discourse networks against the public sample of the best-known tool, times them, and writes docs/reports/discourse.md.

    python3 scripts/reports/discourse.py --shared ../shared

The sample (corpora/dna/sample.dna, leifeld/dna) is brought in with `rashomon import`; every figure below is worked out by this
script from the database itself with sqlite3 and compared with what the program writes: whole numbers exactly, others to 1e-7. Camps are
compared with all splits tried here. The timings are of made-up coded statements (crates/derive/examples/discourse_time.rs).
"""
import collections
import csv
import io
import itertools
import os
import pathlib
import platform
import resource
import sqlite3
import subprocess
import tempfile

import common

MEASURES = {
    "ignore": lambda x, a, b, ks: sum(sum(x[a, k, q] for q in (0, 1)) * sum(x[b, k, q] for q in (0, 1)) for k in ks),
    "congruence": lambda x, a, b, ks: sum(x[a, k, q] * x[b, k, q] for k in ks for q in (0, 1)),
    "conflict": lambda x, a, b, ks: sum(x[a, k, q] * x[b, k, 1 - q] for k in ks for q in (0, 1)),
}
MEASURES["subtract"] = lambda x, a, b, ks: MEASURES["congruence"](x, a, b, ks) - MEASURES["conflict"](x, a, b, ks)


def codings(path: pathlib.Path) -> list[tuple]:
    """Document, organization, concept and side of each statement of the type."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    entity = "(SELECT e.Value FROM DATASHORTTEXT t JOIN ENTITIES e ON e.ID = t.Entity WHERE t.StatementId = s.ID AND t.VariableId = {})"
    return database.execute(
        f"SELECT s.DocumentId, {entity.format(2)}, {entity.format(3)}, (SELECT Value FROM DATABOOLEAN b WHERE b.StatementId = s.ID) "
        "FROM STATEMENTS s WHERE s.StatementTypeId = 1 ORDER BY s.ID").fetchall()


def one_mode(rows: list[tuple], measure: str, normalise: str) -> dict:
    """The matrix of organizations, worked out from its definition."""
    x = collections.Counter((a, k, q) for _, a, k, q in rows)
    actors, ks = sorted({r[1] for r in rows}), sorted({r[2] for r in rows})
    n = {a: sum(v for (b, _, _), v in x.items() if b == a) for a in actors}
    profile = lambda a: [x[a, k, q] for k in ks for q in (0, 1)]
    total = lambda a: [sum(x[a, k, q] for q in (0, 1)) for k in ks]
    length = lambda v: sum(t * t for t in v) ** 0.5
    found = {}
    for a, b in itertools.combinations(actors, 2):
        value = MEASURES[measure](x, a, b, ks)
        pairs = list(zip(profile(a), profile(b)))
        by = {
            "none": 1, "average": (n[a] + n[b]) / 2,
            "jaccard": sum(p for p, q in pairs if q == 0) + sum(q for p, q in pairs if p == 0) + sum(p * q for p, q in pairs),
            "cosine": length(total(a)) * length(total(b)) if measure == "ignore" else length(profile(a)) * length(profile(b)),
        }[normalise]
        found[a, b] = found[b, a] = value / by if by else 0
    return found


def main() -> None:
    given = common.parser(__doc__).parse_args()
    sample = given.shared / "corpora/dna/sample.dna"
    rows = codings(sample)
    once = sorted(set(rows))
    checks, table = 0, []
    with tempfile.TemporaryDirectory() as work:
        ledger = pathlib.Path(work) / "sample.ledger"
        run = lambda *arguments: subprocess.run([given.program, *arguments, "--ledger", ledger], check=True, text=True, stdout=subprocess.PIPE,
                                                stderr=subprocess.PIPE).stdout
        run("import", sample)

        def matrix(*arguments: str) -> dict:
            lines = list(csv.reader(io.StringIO(run("discourse", "--format", "matrix", *arguments))))
            return {(line[0], name): float(value) for line in lines[1:] for name, value in zip(lines[0][1:], line[1:])}

        two = matrix("--measure", "ignore")
        wanted = collections.Counter((a, k) for _, a, k, _ in rows)
        assert {key: v for key, v in two.items() if v} == dict(wanted)
        checks += len(two)
        table.append(f"| two-mode, ignore: rows x columns, sum, cells | {len({a for a, _ in two})} x {len({k for _, k in two})}, {sum(two.values()):.0f}, "
                     f"{sum(v > 0 for v in two.values())} |")
        subtract = matrix("--measure", "subtract")
        signed = collections.Counter()
        for _, a, k, q in rows:
            signed[a, k] += 1 if q else -1
        assert all(subtract[key] == signed[key] for key in subtract)
        checks += len(subtract)
        for duplicates, used in (("all", rows), ("document", once)):
            for normalise in ("none", "average", "jaccard", "cosine"):
                sums = []
                for measure in MEASURES:
                    got = matrix("--network", "voices", "--measure", measure, "--normalise", normalise, "--duplicates", duplicates)
                    own = one_mode(used, measure, normalise)
                    worst = max(abs(got[key] - own.get(key, 0)) for key in got)
                    assert worst <= (0 if normalise == "none" else 1e-7), (measure, normalise, worst)
                    checks += len(got)
                    sums.append(f"{measure} {sum(got.values()):.10g}")
                table.append(f"| one-mode, duplicates {duplicates}, {normalise}: sums ({len(used)} statements) | {', '.join(sums)} |")
        pair = ("Senate", "Sierra Club")
        values = [matrix("--network", "voices", "--measure", m)[pair] for m in ("ignore", "congruence", "conflict", "subtract")]
        table.append(f"| Senate - Sierra Club: ignore / congruence / conflict / subtract | {' / '.join(f'{v:.0f}' for v in values)} |")
        camps = list(csv.DictReader(io.StringIO(run("discourse", "--camps", "--format", "csv"))))
        congruence, conflict = one_mode(rows, "congruence", "average"), one_mode(rows, "conflict", "average")
        actors = sorted({r[1] for r in rows})
        whole = sum(congruence.values()) + sum(conflict.values())
        frustration = lambda camp: sum(conflict[a, b] if (a in camp) == (b in camp) else congruence[a, b] for a, b in itertools.permutations(actors, 2)) / whole
        least = min((frustration(set(camp)), camp) for size in range(len(actors)) for camp in itertools.combinations(actors, size))
        smaller = min(({c["voice"] for c in camps if c["camp"] == name} for name in "AB"), key=len)
        assert abs(frustration(smaller) - least[0]) < 1e-12
        table.append(f"| least frustration (average activity) | {least[0]:.4f}: {', '.join(sorted(smaller))} against the rest |")
        checks += 2
        backbone = list(csv.DictReader(io.StringIO(run("discourse", "--backbone", "3", "--duplicates", "document", "--format", "csv"))))
        table.append(f"| backbone of 3 concepts | {'; '.join(b['concept'] for b in backbone if b['kept'] == 'yes')} |")
    example = given.program.parent / "examples/discourse_time"
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    told = subprocess.run([example], check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    common.write("discourse", given.shared, [
        "# Discourse networks", "", "Renewed by `python3 scripts/reports/discourse.py --shared ../shared` after `cargo build --release --bins --examples`.",
        "", *__doc__.strip().split("\n\n", 2)[2].splitlines(), "", f"All {checks} values agree.", "", "| of the sample | value |", "|---|---|", *table, "",
        f"{told[0].capitalize()}. {platform.machine()}, {os.cpu_count()} processors, {given.program.parent.name} build.", "", "| measure | time |", "|---|---|",
        *[f"| {line.split(', sum')[0].replace(': ', ' | ', 1)} |" for line in told[1:]], "",
        f"All of it took {spent:.1f} s of processor time; the load of the machine was {os.getloadavg()[0]:.1f} at the end (more than its processors: other work ran beside).", "",
        "Bars: any matrix under 1 s, a series of 60 windows under 10 s. The backbone ranks every concept; of voices it looks at those with most statements, 60 at least.", ""])


if __name__ == "__main__":
    main()
