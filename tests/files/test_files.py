"""Files for other programs, opened by those programs: the network by networkx, tables by pyarrow. Nothing is simulated.

    RASHOMON=target/debug/rashomon python3 -m unittest discover tests/files

reads the bundled sample with the program that RASHOMON names. Needs what requirements.txt lists (scripts/test.sh installs it).
"""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import pyarrow
import pyarrow.parquet

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("RASHOMON", ROOT / "target/debug/rashomon")).resolve()
SAMPLE = ROOT / "fixtures/dogger-bank/accounts"
VIEWS = ("claims", "chains", "actors", "naming", "timeline", "network", "balance", "threats", "sectors", "compare", "corroboration", "links", "sources")
sys.path.insert(0, str(ROOT / "scripts/reports"))


class Network(unittest.TestCase):
    """The same check as that of scripts/reports/graphs.py."""

    def test_graphml_and_gexf_are_the_view(self) -> None:
        import graphs
        rows = graphs.check(PROGRAM, SAMPLE)
        self.assertEqual([row.split("|")[1].strip() for row in rows], ["GraphML", "GEXF", "view `network`"])
        figures = [[cell.strip() for cell in row.split("|")[2:5]] for row in rows]
        self.assertEqual(figures[0], figures[2])
        self.assertEqual(figures[1], figures[2])
        self.assertGreater(int(figures[0][1]), 0, "a network without ties proves nothing")


class Parquet(unittest.TestCase):
    """Every view as Parquet holds what it holds as JSON, and the same bytes on a second run."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.ledger = pathlib.Path(cls.folder.name) / "case.ledger"
        subprocess.run([PROGRAM, "read", "--ledger", cls.ledger, SAMPLE], check=True, stdout=subprocess.DEVNULL)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def shown(self, view: str, form: str) -> bytes:
        command = [PROGRAM, view, "--ledger", self.ledger, "--format", form]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    def test_every_view_comes_back_cell_by_cell(self) -> None:
        for view in VIEWS:
            with self.subTest(view=view):
                bytes_of = self.shown(view, "parquet")
                self.assertEqual(bytes_of, self.shown(view, "parquet"), "another run gives other bytes")
                table = pyarrow.parquet.read_table(pyarrow.BufferReader(bytes_of))
                told = json.loads(self.shown(view, "json"))
                self.assertEqual(table.column_names, [*told["columns"], "statements behind it"])
                self.assertEqual(table.schema.metadata[b"rashomon.view"].decode(), view)
                self.assertEqual(json.loads(table.schema.metadata[b"rashomon.notes"]), told["notes"])
                rows = table.to_pylist()
                self.assertEqual(len(rows), len(told["rows"]))
                for found, wanted in zip(rows, told["rows"]):
                    self.assertEqual(found.pop("statements behind it"), wanted["statements"])
                    self.assertEqual(found, wanted["cells"])

    def test_numbers_are_numbers(self) -> None:
        table = pyarrow.parquet.read_table(pyarrow.BufferReader(self.shown("sources", "parquet")))
        counts = [field.name for field in table.schema if pyarrow.types.is_integer(field.type)]
        shares = [field.name for field in table.schema if pyarrow.types.is_floating(field.type)]
        header = next(csv.reader(io.StringIO(self.shown("sources", "csv").decode())))
        self.assertTrue(counts and shares and set(counts + shares) <= set(header), table.schema)


if __name__ == "__main__":
    unittest.main()
