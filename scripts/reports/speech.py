#!/usr/bin/env python3
"""Measures the reader of speech against hand-made readings and writes docs/reports/speech.md.

    python3 scripts/reports/speech.py --shared ../shared [--program target/release/rashomon]

--shared is the folder with `seeds`, `gold`, `eval` and `corpora`; it is not part of the project. Needs Python 3.11, no packages.
"""
import json
import pathlib
import tempfile

from common import chosen, export, parser, score, write

PARTS = {"0 spans": None, "2 statements": None, "3 attribution chains": ("WORST", "ERROR", "exact chain"), "4 quotations": None}


def main() -> None:
    options = parser(__doc__).parse_args()
    shared, program = options.shared, options.program
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        reading = export(program, work, shared / "seeds")
        documents = [json.loads(line) for line in open(reading, encoding="utf-8") if line.startswith('{"type":"document"')
                     or '"type":"document"' in line[:4000] and '"media_type"' in line]
        gold = chosen(score(shared / "eval/score_reading.py", reading, "--gold", shared / "gold", "--texts", shared / "seeds"), PARTS)
        text = export(program, work, shared / "corpora/polnear/dev/text")
        polnear = score(shared / "eval/score_attribution.py", text, shared / "corpora/polnear/dev").rstrip()
    lines = ["# The reader of speech, measured", "",
             "Renewed by `python3 scripts/reports/speech.py --shared ../shared` after `cargo build --release`.", "",
             f"## A careful reading of two articles ({len(documents)} articles read)", "",
             "Part 3 counts only statements that the gold and the program both have. Quotations are scored in full.", "", "```", *gold, "```", "",
             "## PolNeAR, development part: 84 news articles, attributions marked by hand", "",
             "Peers on the same articles, fed with a parse: Gender Gap Tracker rules .783/.418/.545 (content), .353 (close), .679",
             "(characters), .776 (speaker); textacy direct quotations .695/.154/.252, .126, .388, .741.", "",
             "```", polnear, "```", ""]
    write("speech", shared, lines)


if __name__ == "__main__":
    main()
