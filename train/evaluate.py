"""Measures an exported file through reference.py with the scorers: prints every table, keeps them in `logs/evaluation.txt`.

    python evaluate.py MODEL.safetensors CORPORA EVAL [--every N] [--only PART ...]

Parts: gold (EWT dev, gold words, roles), raw (EWT dev from raw text), pud (PUD, gold words), uner (names, UNER EWT dev),
worldwide (names, every N-th document of the worldwide newswire set; never trained on). Names are read from raw text.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import reference
from prepare import documents, raw, read_conllu

KINDS = {"PER": "person", "LOC": "place", "ORG": "organization"}


def run(command, log):
    print(">", *command[1:], flush=True)
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True)
    text = done.stdout + done.stderr
    print(text, flush=True)
    log.append(" ".join(Path(c).name for c in command) + "\n" + text)


def raw_conllu(reader, path):
    """CoNLL-U of a treebank's raw text, one document after another."""
    by_document = {}
    for paragraph in documents(read_conllu(path, "raw")):
        by_document.setdefault(paragraph[0]["doc"], []).append(raw(paragraph)[0].strip())
    return "".join(reference.conllu_of_text(reader, "\n\n".join(p)) for p in by_document.values())


def name_export(reader, texts):
    """The export records of the names of some documents [(file name, text)]."""
    records = [{"type": "header", "format": "rashomon-export", "version": 1}]
    for n, (name, text) in enumerate(texts):
        records.append({"type": "document", "id": f"d{n}", "path": name})
        for s in reference.read_text(reader, text):
            for a, b, kind in reference.decode.spans(s["ner"]):
                if kind in KINDS:
                    start, end = s["places"][a][0], s["places"][b - 1][1]
                    records.append({"type": "mention", "id": f"m{len(records)}", "document": f"d{n}", "start": start, "end": end,
                                    "text": text[start:end], "kind": KINDS[kind], "form": "name"})
    return "\n".join(json.dumps(r, ensure_ascii=False) for r in records) + "\n"


def main():
    a = argparse.ArgumentParser()
    a.add_argument("model"); a.add_argument("corpora", type=Path); a.add_argument("eval", type=Path)
    a.add_argument("--every", type=int, default=1)
    a.add_argument("--only", nargs="*", default=["gold", "raw", "pud", "uner", "worldwide"])
    a.add_argument("--float", action="store_true")
    o = a.parse_args()
    reader, log = reference.Reader(o.model, integers=not o.float), []
    dev, pud = o.corpora / "ud-ewt/en_ewt-ud-dev.conllu", o.corpora / "ud-pud/en_pud-ud-test.conllu"
    roles = o.corpora / "propbank-ewt/en_ewt-srl-dev.conll"
    syntax, names = str(o.eval / "score_syntax.py"), str(o.eval / "score_names.py")
    with tempfile.TemporaryDirectory() as folder:
        def write(name, text):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8", newline="")
            return str(path)
        if "gold" in o.only:
            mine = write("gold.conllu", reference.conllu_of_conllu(reader, dev.read_text(encoding="utf-8")))
            run([syntax, str(dev), mine, "--srl", str(roles)], log)
        if "raw" in o.only:
            run([syntax, str(dev), write("raw.conllu", raw_conllu(reader, dev))], log)
        if "pud" in o.only:
            run([syntax, str(pud), write("pud.conllu", reference.conllu_of_conllu(reader, pud.read_text(encoding="utf-8")))], log)
        sys.path.insert(0, str(o.eval))
        from make_text import read_names
        for part, files in (("uner", [o.corpora / "uner/en_ewt-ud-dev.iob2"]),
                            ("worldwide", sorted((o.corpora / "ner-worldwide").glob("*.tsv"))[::o.every])):
            if part in o.only:
                texts = [(d.name, d.text) for f in files for d in read_names(str(f))]
                run([names, write(part + ".jsonl", name_export(reader, texts)), *map(str, files)], log)
    (Path(__file__).parent / "logs").mkdir(exist_ok=True)
    (Path(__file__).parent / "logs/evaluation.txt").write_text("\n".join(log), encoding="utf-8")


if __name__ == "__main__":
    main()
