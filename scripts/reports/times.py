#!/usr/bin/env python3
"""Measures times and quantities against hand-made values and writes docs/reports/times.md.

    python3 scripts/reports/times.py --shared ../shared [--program target/release/rashomon]

--shared is the folder with `seeds`, `gold`, `eval` and `corpora`; it is not part of the project. Needs Python 3.11, no packages.
"""
import pathlib
import tempfile

from common import chosen, export, parser, score, write

PARTS = {"0 spans": None, "5 times": None, "6 quantities": None}


def main() -> None:
    options = parser(__doc__).parse_args()
    shared, program = options.shared, options.program
    timeml, scorers = shared / "corpora/timebank/TimeBank", shared / "eval"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        score(scorers / "make_text.py", "times", work / "timebank", timeml)
        news = score(scorers / "score_times.py", export(program, work, work / "timebank"), timeml).rstrip()
        reading = export(program, work, shared / "seeds")
        gold = chosen(score(scorers / "score_reading.py", reading, "--gold", shared / "gold", "--texts", shared / "seeds"), PARTS)
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
    write("times", shared, lines)


if __name__ == "__main__":
    main()
