#!/usr/bin/env python3
"""Whether claims that refute their evidence are told from claims that it supports, and writes docs/reports/contradiction.md.

    python3 scripts/reports/contradiction.py --shared ../shared [--program target/release/rashomon]

The pairs are those of the Symmetric FEVER test set (Schuster et al. 2019, `corpora/contradiction`): a claim and a sentence of evidence, by hand labelled SUPPORTS or REFUTES.
A claim and its evidence become two documents; all are read into one ledger, and only what is said of a claim and its own evidence counts: of the pairs
of which the program says anything, how often a contradiction is one and how often an agreement is one. Recall is not aimed at.
"""
import collections
import json
import pathlib
import tempfile

import common


def pairs(shared: pathlib.Path) -> list[dict]:
    folder = shared / "corpora/contradiction/fever-symmetric"
    found = []
    for file in sorted(folder.glob("*/*.jsonl")):
        found += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    seen, kept = set(), []
    for pair in found:
        claim, evidence = pair.get("claim", ""), pair.get("evidence") or pair.get("evidence_sentence") or ""
        label = pair.get("gold_label") or pair.get("label")
        if claim and evidence and label in ("SUPPORTS", "REFUTES") and (claim, evidence) not in seen:
            seen.add((claim, evidence))
            kept.append({"claim": claim, "evidence": evidence, "label": label})
    return kept


def tidy(text: str) -> str:
    """Without the blanks that the corpus puts before marks."""
    for mark in (" .", " ,", " ;", " :", " !", " ?", " 's", " n't"):
        text = text.replace(mark, mark.strip())
    return text.replace("-LRB- ", "(").replace(" -RRB-", ")").replace("`` ", "“").replace(" ''", "”")


def main() -> None:
    parser = common.parser(__doc__)
    parser.add_argument("--first", type=int, default=0, help="only so many pairs")
    options = parser.parse_args()
    all_pairs = pairs(options.shared)[:options.first or None]
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        texts = work / "pairs"
        texts.mkdir()
        for number, pair in enumerate(all_pairs):
            (texts / f"{number:05}-claim.txt").write_text(tidy(pair["claim"]) + "\n", encoding="utf-8")
            (texts / f"{number:05}-evidence.txt").write_text(tidy(pair["evidence"]) + "\n", encoding="utf-8")
        records = [json.loads(line) for line in open(common.export(options.program, work, texts), encoding="utf-8")]
    name = {r["id"]: r["path"].rsplit("/", 1)[-1] for r in records if r["type"] == "document"}
    # The same bytes are read once and stand under the name of their first file.
    again = {r["path"].rsplit("/", 1)[-1]: name[r["document"]] for r in records if r["type"] == "refusal" and r["document"] in name}
    side = {r["id"]: name[r["document"]] for r in records if r["type"] == "statement"}
    said = collections.defaultdict(set)
    for r in records:
        if r["type"] == "comparison":
            said[frozenset((side[r["a"]], side[r["b"]]))].add(r["verdict"])
    for number, pair in enumerate(all_pairs):
        files = [f"{number:05}-{part}.txt" for part in ("claim", "evidence")]
        found = said[frozenset(again.get(file, file) for file in files)]
        counts[pair["label"], next((v for v in ("contradict", "agree", "differ") if v in found), "nothing")] += 1
    labels, verdicts = ("SUPPORTS", "REFUTES"), ("agree", "contradict", "differ", "nothing")
    share = lambda label, verdict: (lambda all_of: f"{counts[label, verdict] / all_of:.2f} ({counts[label, verdict]} of {all_of})" if all_of else "nothing said")(
        sum(counts[other, verdict] for other in labels))
    common.write("contradiction", options.shared, [
        "# Claims against evidence", "", "Made by `python3 scripts/reports/contradiction.py --shared ../shared`.", "",
        f"{len(all_pairs)} pairs of a claim and a sentence of evidence from the Symmetric FEVER test sets (`corpora/contradiction`), where claims are made so that words alone do not give the label away. "
        "Bar: of the contradictions reported .8 are labelled REFUTES.", "",
        "| label | " + " | ".join(verdicts) + " |", "|---|" + "---|" * len(verdicts),
        *[f"| {label} | " + " | ".join(str(counts[label, v]) for v in verdicts) + " |" for label in labels], "",
        f"Precision of contradictions: **{share('REFUTES', 'contradict')}**; of agreements: {share('SUPPORTS', 'agree')}. Most pairs are not compared at all: their participants or predicates are "
        "not seen to be the same.", ""])


if __name__ == "__main__":
    main()
