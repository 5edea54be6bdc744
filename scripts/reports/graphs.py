#!/usr/bin/env python3
"""Checks the network's files with networkx and writes docs/reports/graphs.md.

    python3 scripts/reports/graphs.py [--program target/release/rashomon] [FOLDER]

FOLDER holds documents; without it the bundled sample is read. Needs Python 3.11 and networkx (PyPI).

GraphML and GEXF are read back with networkx. Each edge must be a row of the view `network`, with every attribute that the row has: ends,
tie, sign, direction, dates, weight, voices, denials and the statements themselves; each node an actor with its measures,
betweenness and degree those that networkx works out itself; and every figure the same on a second run.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile
from collections import Counter

import networkx

ROOT = pathlib.Path(__file__).resolve().parents[2]
EDGE = ("tie", "sign", "directed", "since", "until", "statements", "documents", "on the word of", "denied", "ids")
MEASURES = ("degree", "betweenness", "part", "community")


def rows_of(shown: str) -> list[dict]:
    """The rows of a view as JSON, each with its statements as one of the cells."""
    return [{**row["cells"], "ids": " ".join(sorted(row["statements"]))} for row in json.loads(shown)["rows"]]


def check_edges(graph: networkx.Graph, label: dict, view: list[dict]) -> float:
    """The edges are the rows of the view, attribute by attribute. Gives the sum of weights."""
    def whole(row: dict) -> tuple:
        ends = (row["actor"], row["other"])
        return (*(ends if row["directed"] == "yes" else sorted(ends)), *(row[name] for name in EDGE))

    def written(a: str, b: str, data: dict) -> dict:
        return {"actor": label[a], "other": label[b], "tie": data["tie"], "sign": f"{int(data['sign']):+d}".replace("+0", "0"),
                "directed": "yes" if str(data["directed"]).lower() == "true" else "no",
                "since": data.get("since") or None, "until": data.get("until") or None, "statements": int(float(data["weight"])),
                "on the word of": data["voices"], "denied": int(data["denied"]), "documents": len(data["documents"].split("; ")),
                "ids": " ".join(sorted(data["statements"].split()))}

    found = Counter(whole(written(*edge)) for edge in graph.edges(data=True))
    wanted = Counter(whole(row) for row in view)
    assert found == wanted, (found - wanted, wanted - found)
    return sum(float(weight) for _, _, weight in graph.edges(data="weight"))


def check_nodes(graph: networkx.Graph, view: list[dict]) -> int:
    """The nodes are the rows of the view's measures. Gives the number of parts."""
    def whole(name: str, row: dict) -> tuple:
        return (name, *(round(float(row[measure]), 6) for measure in MEASURES))

    found = Counter(whole(data["label"], data) for _, data in graph.nodes(data=True))
    wanted = Counter(whole(row["actor"], row) for row in view)
    assert found == wanted, (found - wanted, wanted - found)
    plain = networkx.Graph((a, b) for a, b in graph.edges() if a != b)
    plain.add_nodes_from(graph.nodes())
    between = networkx.betweenness_centrality(plain)
    for node, data in graph.nodes(data=True):
        assert data["kind"] and abs(between[node] - float(data["betweenness"])) < 1e-6 and plain.degree(node) == data["degree"], data
    parts = networkx.number_connected_components(plain)
    assert parts == max((row["part"] for row in view), default=0)
    return parts


def check(program: pathlib.Path, folder: pathlib.Path) -> list[str]:
    """Reads a folder, checks both files and the picture, and gives the rows of the report."""
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        subprocess.run([program, "read", "--ledger", work / "case.ledger", folder], check=True, stdout=subprocess.DEVNULL)

        def shown(*words: str) -> str:
            command = [program, "network", "--ledger", work / "case.ledger", *words]
            first, second = (subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout for _ in range(2))
            assert first == second, f"{words} differs on a second run"
            return first

        view = rows_of(shown("--format", "json"))
        measures = rows_of(shown("--measures", "--format", "json"))
        (work / "n.graphml").write_text(shown("--format", "graphml"), encoding="utf-8")
        (work / "n.gexf").write_text(shown("--format", "gexf"), encoding="utf-8")
        picture = shown("--format", "svg")
        graphs = {"GraphML": networkx.read_graphml(work / "n.graphml", force_multigraph=True),
                  "GEXF": networkx.read_gexf(work / "n.gexf")}
    rows = []
    for name, graph in graphs.items():
        label = dict(graph.nodes(data="label"))
        weight, parts = check_edges(graph, label, view), check_nodes(graph, measures)
        assert all(words.replace("&", "&amp;") in picture for words in label.values()), "a name is not in the picture"
        rows.append(f"| {name} | {graph.number_of_nodes()} | {graph.number_of_edges()} | {weight:g} | {parts} |")
    return [*rows, f"| view `network` | {len(measures)} | {len(view)} | {sum(row['statements'] for row in view)} | |"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    options.add_argument("folder", nargs="?", type=pathlib.Path, default=ROOT / "fixtures/dogger-bank/accounts")
    given = options.parse_args()
    rows = check(given.program.resolve(), given.folder)
    lines = ["# The network's files, checked", "",
             "Renewed by `python3 scripts/reports/graphs.py` after `cargo build --release`; the same check is part of the tests.", "",
             *__doc__.strip().split("\n\n", 3)[3].splitlines(), "",
             f"Networkx {networkx.__version__}; documents: {given.folder.name if given.folder.name != 'accounts' else 'the bundled sample'}.", "",
             "| file | nodes | edges | sum of weights | parts |", "|---|---|---|---|---|", *rows, "",
             "All attributes agree; degree and betweenness are those of networkx to six digits.", ""]
    (ROOT / "docs/reports/graphs.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
