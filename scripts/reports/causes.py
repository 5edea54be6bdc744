#!/usr/bin/env python3
"""Measures the reader of causes and writes docs/reports/causes.md.

    python3 scripts/reports/causes.py --shared ../shared [--program target/release/rashomon]

--shared is the folder with `seeds`, `gold`, `eval` and `corpora`; it is not part of the project. Needs Python 3.11, no packages.

The Causal News Corpus gives sentences with the spans of cause, effect and (often) a signal. Each sentence is read as a
document of its own. A link of the program and one of the corpus match when both causes meet and both effects meet: at least
half of the shorter span lies in the other. Links are matched one to one within a sentence, as many as possible.
Precision counts every link found in every sentence, also in those without a causal link; recall counts every link of the
corpus, also those without a signal, which rules on words cannot see.

The rules were written with one half of the documents in view (`seen`); the other half (`unseen`) only measures: no rule was written from it.
"""
import ast
import csv
import hashlib
import json
import pathlib
import random
import re
import tempfile

from common import chosen, export, parser, score, write

TAG = re.compile(r"<(/?)(ARG0|ARG1|SIG\d)>|[^<]+|<")


def links_of(marked: str) -> tuple[str, dict]:
    """The bare sentence and the first span of each mark."""
    bare, spans, open_at = "", {}, {}
    for part in TAG.finditer(marked):
        name = part.group(2)
        if not name:
            bare += part.group(0)
        elif part.group(1):
            spans.setdefault(name, (open_at.pop(name), len(bare)))
        else:
            open_at[name] = len(bare)
    return bare, spans


def corpus(file: pathlib.Path) -> dict[str, dict]:
    """Sentences by their text: the half they belong to and their links (cause, effect, whether there is a signal)."""
    csv.field_size_limit(1 << 30)
    sentences: dict[str, dict] = {}
    for row in csv.DictReader(open(file, encoding="utf-8-sig")):
        seen = int(hashlib.sha256(row["doc_id"].encode()).hexdigest(), 16) % 2 == 1
        sentence = sentences.setdefault(row["text"], {"half": "seen" if seen else "unseen", "links": []})
        for marked in ast.literal_eval(row["causal_text_w_pairs"]):
            bare, spans = links_of(marked)
            if bare == row["text"]:
                signal = any(name.startswith("SIG") for name in spans)
                sentence["links"].append((spans["ARG0"], spans["ARG1"], signal))
    return sentences


def found(program: pathlib.Path, sentences: dict[str, dict], work: pathlib.Path) -> None:
    """Adds to each sentence the links that the program finds."""
    folder = work / "sentences"
    folder.mkdir()
    for number, text in enumerate(sentences):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    by_digest = {hashlib.sha256(text.encode()).hexdigest(): sentence for text, sentence in sentences.items()}
    for sentence in sentences.values():
        sentence["found"] = []
    for line in open(export(program, work, folder), encoding="utf-8"):
        record = json.loads(line)
        if record["type"] == "cause":
            pair = tuple((record[end]["start"], record[end]["end"]) for end in ("cause", "effect"))
            by_digest[record["document"]]["found"].append(pair)


def meets(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether at least half of the shorter lies in the other."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= min(a[1] - a[0], b[1] - b[0])


def matched(gold: list, mine: list) -> list[int]:
    """The links of the corpus in a largest one-to-one matching."""
    fits = [[m for m, (cause, effect) in enumerate(mine) if meets(g[0], cause) and meets(g[1], effect)] for g in gold]
    taken: dict[int, int] = {}

    def place(g: int, tried: set) -> bool:
        for m in fits[g]:
            if m not in tried:
                tried.add(m)
                if m not in taken or place(taken[m], tried):
                    taken[m] = g
                    return True
        return False

    for g in range(len(gold)):
        place(g, set())
    return sorted(taken.values())


def prf(correct: int, predicted: int, gold: int) -> tuple[float, float, float]:
    p, r = correct / max(predicted, 1), correct / max(gold, 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def line(name: str, sentences: list[dict]) -> str:
    """One row of the table, with a bootstrap interval of F1 over sentences."""
    counts = [(len(s["hits"]), len(s["found"]), len(s["links"])) for s in sentences]
    p, r, f = prf(*map(sum, zip(*counts)))
    chance = random.Random(1)
    draws = sorted(prf(*map(sum, zip(*chance.choices(counts, k=len(counts)))))[2] for _ in range(1000))
    signalled = [(sum(s["links"][g][2] for g in s["hits"]), sum(g[2] for g in s["links"])) for s in sentences]
    hit, all_signalled = map(sum, zip(*signalled))
    c, m, g = map(sum, zip(*counts))
    return (f"| {name} | {len(sentences)} | {p:.3f} | {r:.3f} | **{f:.3f}** [{draws[25]:.3f}, {draws[974]:.3f}] | {c} / {m} / {g} | "
            f"{hit / max(all_signalled, 1):.3f} |")


def gold_reading(program: pathlib.Path, shared: pathlib.Path, work: pathlib.Path) -> list[str]:
    """Part 7 of the scorer on the gold reading, with F1 of links whose both ends are found."""
    out = export(program, work, shared / "seeds")
    table = score(shared / "eval/score_reading.py", out, "--gold", shared / "gold", "--texts", shared / "seeds")
    part = chosen(table, {"7 causes": None})[1:]
    count = lambda words: re.search(r"\((\d+) of (\d+)\)", next(l for l in part if words in l))
    ends, whole = count("both ends found"), count("of all")
    mine = int(next(l for l in part if "program's causal links" in l).split()[-1])
    rows = [f"{name}: P {p:.3f}, R {r:.3f}, **F1 {f:.3f}** ({c} / {mine} / {g})"
            for name, c, g in (("Both ends found", int(ends[1]), int(ends[2])), ("Ends, direction and sign", int(whole[1]), int(whole[2])))
            for p, r, f in [prf(c, mine, g)]]
    return ["```", *part, "```", "", *[row + "  " for row in rows], "",
            "The gold's links are a selection, so precision and F1 are lower bounds. General cues were added after its misses were read,",
            "so these figures are not those of unseen text."]


def main() -> None:
    options = parser(__doc__).parse_args()
    shared, program = options.shared, options.program
    sentences = corpus(shared / "corpora/cnc/train_subtask2_grouped.csv")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        found(program, sentences, work)
        gold = gold_reading(program, shared, work)
    for sentence in sentences.values():
        sentence["hits"] = matched(sentence["links"], sentence["found"])
    every = list(sentences.values())
    rows = [line(name, [s for s in every if s["half"] == name]) for name in ("unseen", "seen")] + [line("both", every)]
    causal = line("both, only sentences with a link", [s for s in every if s["links"]])
    lines = ["# The reader of causes, measured", "",
             "Renewed by `python3 scripts/reports/causes.py --shared ../shared` after `cargo build --release`.", "",
             "## Causal News Corpus, training part: sentences of protest news, links marked by hand", "",
             *__doc__.strip().split("\n\n", 3)[3].splitlines(), "",
             "| half | sentences | P | R | F1 [95 %] | correct / found / corpus | recall of links with a signal |",
             "|---|---|---|---|---|---|---|", *rows, causal, "",
             "The corpus counts as causal what the rules leave alone because the words do not say so: \"after\", \"when\", \"if\" and",
             "links without any word. They are in the count of recall.", "",
             "## A careful reading of two articles", "", *gold, ""]
    write("causes", shared, lines)


if __name__ == "__main__":
    main()
