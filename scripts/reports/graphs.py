#!/usr/bin/env python3
"""Checks the network's files with networkx and writes docs/reports/graphs.md.

    python3 scripts/reports/graphs.py [--program target/release/rashomon] [FOLDER]

FOLDER holds documents; without it the bundled sample is read. Needs Python 3.11 and networkx (PyPI).

GraphML and GEXF are read back with networkx. Nodes, edges, weights, signs, dates and accounts must be those of the view `network`,
betweenness and degree those that networkx works out itself, and every figure the same on a second run.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile
from collections import Counter

import networkx

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    options.add_argument("folder", nargs="?", type=pathlib.Path, default=ROOT / "fixtures/dogger-bank/accounts")
    given = options.parse_args()
    program = given.program.resolve()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        subprocess.run([program, "read", "--ledger", work / "case.ledger", given.folder], check=True, stdout=subprocess.DEVNULL)

        def shown(*words: str) -> str:
            command = [program, "network", "--ledger", work / "case.ledger", *words]
            first, second = (subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout for _ in range(2))
            assert first == second, f"{words} differs on a second run"
            return first

        view = [row["cells"] for row in json.loads(shown("--format", "json"))["rows"]]
        measures = {row["cells"]["actor"]: row["cells"] for row in json.loads(shown("--measures", "--format", "json"))["rows"]}
        (work / "n.graphml").write_text(shown("--format", "graphml"), encoding="utf-8")
        (work / "n.gexf").write_text(shown("--format", "gexf"), encoding="utf-8")
        picture = shown("--format", "svg")
        graphs = {"GraphML": networkx.read_graphml(work / "n.graphml", force_multigraph=True),
                  "GEXF": networkx.read_gexf(work / "n.gexf")}
    wanted = Counter((r["actor"], r["tie"], r["other"], r["sign"], r.get("since") or "", r["statements"], r["documents"]) for r in view)
    rows = []
    for name, graph in graphs.items():
        label = dict(graph.nodes(data="label"))
        found = Counter()
        for a, b, data in graph.edges(data=True):
            sign = f"{int(data['sign']):+d}".replace("+0", "0")
            ends = (label[a], data["tie"], label[b])
            if ends + (sign,) not in {k[:4] for k in wanted}:
                ends = (label[b], data["tie"], label[a])
            documents = len(data["documents"].split("; "))
            found[ends + (sign, data.get("since", ""), int(float(data["weight"])), documents)] += 1
        assert found == wanted, f"{name}: {found - wanted} {wanted - found}"
        plain = networkx.Graph((a, b) for a, b in graph.edges() if a != b)
        plain.add_nodes_from(graph.nodes())
        between = networkx.betweenness_centrality(plain)
        for node, name_of in label.items():
            assert abs(between[node] - measures[name_of]["betweenness"]) < 1e-6, (name_of, between[node], measures[name_of])
            assert plain.degree(node) == measures[name_of]["degree"], name_of
        parts = networkx.number_connected_components(plain)
        assert parts == max((m["part"] for m in measures.values()), default=0)
        rows.append(f"| {name} | {graph.number_of_nodes()} | {graph.number_of_edges()} | {sum(k[5] * n for k, n in found.items())} | {parts} |")
    assert all(label_of.replace("&", "&amp;") in picture for label_of in label.values()), "a name is not in the picture"
    lines = ["# The network's files, checked", "",
             "Renewed by `python3 scripts/reports/graphs.py` after `cargo build --release`.", "",
             *__doc__.strip().split("\n\n", 3)[3].splitlines(), "",
             f"Networkx {networkx.__version__}; documents: {given.folder.name if given.folder.name != 'accounts' else 'the bundled sample'}.", "",
             "| file | nodes | edges | sum of weights | parts |", "|---|---|---|---|---|", *rows,
             f"| view `network` | {len(measures)} | {len(view)} | {sum(r['statements'] for r in view)} | |", "",
             "All attributes agree; degree and betweenness are those of networkx to six digits.", ""]
    (ROOT / "docs/reports/graphs.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
