"""Measures how mentions become actors, and writes docs/reports/actors.md.

    cargo build --release
    python3 scripts/reports/actors.py --shared ../shared

- the gold reading of two articles: B-cubed over paired mentions, names alone and with descriptions; pairs that must not be merged;
- ECB+ development topics (2, 5, 12, 18, 21, 34, 35), all documents in one ledger: B-cubed over named people, places and other
  participants, as paired with the program's names (Bagga and Baldwin 1998; data of Cybulska and Vossen 2014).
"""
import collections
import importlib.util
import json
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import common

TOPICS = (2, 5, 12, 18, 21, 34, 35)
# How the gold reading calls the forms of a name.
NAMES = ("name", "variant", "abbreviation", "honorific", "misspelling", "loose", "metonym", "people")
DESCRIPTIONS = NAMES + ("adjective", "epithet", "description")


def scorer(shared: pathlib.Path):
    """The scorers' own functions, beside ours of the same file name."""
    folder = shared / "eval"
    spec = importlib.util.spec_from_file_location("scorers_common", folder / "common.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def mentions(export: pathlib.Path) -> dict[str, list[dict]]:
    """Mentions by the name of the document's file."""
    paths, found = {}, collections.defaultdict(list)
    for line in export.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["type"] == "document":
            paths[record["id"]] = record["path"].rsplit("/", 1)[-1]
        elif record["type"] == "mention":
            found[paths[record["document"]]].append(record)
    return found


def paired(gold: list[tuple], own: dict[str, list[dict]]) -> list[tuple]:
    """For each gold mention (file, start, end, entity) the program's mention that covers it best, at least half of both."""
    pairs = []
    for file, start, end, entity in gold:
        def together(m):
            both = min(m["end"], end) - max(m["start"], start)
            return both / (max(m["end"], end) - min(m["start"], start)) if both > 0 else 0.0
        best = max(own[file], key=together, default=None)
        if best and together(best) >= 0.5:
            pairs.append((entity, best["actor"] or best["id"]))
    return pairs


def gold_mentions(shared: pathlib.Path, forms: tuple[str, ...]) -> list[tuple]:
    gold = json.loads((shared / "gold/entities.json").read_text(encoding="utf-8"))
    files = {name: document["file"] for name, document in gold["documents"].items()}
    return [(files[form["doc"]], start, end, entity["id"]) for entity in gold["entities"] for form in entity["forms"]
            if form["form_kind"] in forms for start, end in form["offsets"]]


def ecb(folder: pathlib.Path, out: pathlib.Path) -> list[tuple]:
    """Writes the texts of the topics and returns their named mentions of people, places and things."""
    gold = []
    for topic in TOPICS:
        for part in ("ecb", "ecbplus"):
            lines = (folder / f"{topic}{part}.conll").read_text(encoding="utf-8").splitlines()
            gold += documents(lines, out)
    return gold


def documents(lines: list[str], out: pathlib.Path) -> list[tuple]:
    gold, name, text, last, open_tags = [], "", "", "", {}
    for line in lines:
        cells = line.split("\t")
        if line.startswith("#begin"):
            name = re.search(r"\((.*?)\)", line).group(1).replace("/", "_") + ".txt"
            text, last = "", ""
        elif line.startswith("#end"):
            (out / name).write_text(text + "\n", encoding="utf-8")
        elif len(cells) == 5:
            word, first = cells[3], cells[2] == "0"
            glue = "" if not text or word in ".,;:!?)]}%" or word.startswith("'") or last in "([{$" else " "
            glue = "\n" if first and text else glue
            start = len(text) + len(glue)
            text, last = text + glue + word, word
            # Tags stand as (X, X) and (X); several are parted by a bar.
            for tag in cells[4].split("|") if cells[4] != "-" else []:
                key = tag.strip("()")
                if tag.startswith("("):
                    open_tags[key] = (start, word[:1].isupper() and not first)
                elif key in open_tags:
                    open_tags[key] = (open_tags[key][0], open_tags[key][1] or word[:1].isupper())
                if tag.endswith(")") and key in open_tags:
                    begin, named = open_tags.pop(key)
                    kind = key.removeprefix("Singleton_")[:3]
                    if named and kind in ("HUM", "LOC", "NON"):
                        # Places are marked with the preposition before them.
                        begin += len(re.match(r"((in|of|at|from|to|on|near|off|for|with|by|around|into) )*", text[begin:]).group())
                        gold.append((name, begin, len(text), key))
    return gold


def main() -> None:
    options = common.parser(__doc__).parse_args()
    shared = options.shared
    b_cubed = scorer(shared).b_cubed
    rows = []

    def row(what: str, gold: list[tuple], own: dict[str, list[dict]], bar: str) -> None:
        pairs = paired(gold, own)
        found = b_cubed(pairs)
        precision, recall, f1 = (found[k] for k in ("precision", "recall", "f1"))
        rows.append(f"| {what} | {len(gold)} | {len(pairs)} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {bar} |")

    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        seeds = common.export(options.program, work, shared / "seeds")
        own = mentions(seeds)
        row("gold reading, names", gold_mentions(shared, NAMES), own, ".85")
        row("gold reading, names, adjectives, epithets and descriptions", gold_mentions(shared, DESCRIPTIONS), own, ".75")
        table = common.score(shared / "eval/score_reading.py", seeds, "--gold", shared / "gold")
        texts = work / "ecb"
        texts.mkdir()
        gold = ecb(shared / "corpora/ecbplus", texts)
        row(f"ECB+ development topics, named participants, {len(list(texts.iterdir()))} documents in one ledger", gold,
            mentions(common.export(options.program, work, texts)), ".75")
    kept = common.chosen(table, {"1 mentions": ("clusters of", "actors per", "ERROR: do-not")})
    common.write("actors", shared, [
        "# Actors: which mentions are one", "",
        "Made by `python3 scripts/reports/actors.py --shared ../shared`. B-cubed (Bagga and Baldwin 1998) over gold mentions that a mention of the "
        "program covers by at least half; a mention without an actor is alone.", "",
        "| data | gold mentions | paired | precision | recall | F1 | bar |", "|---|---|---|---|---|---|---|", *rows, "",
        "By the gold reading's own scorer (all paired mentions together; pairs that must not be merged):", "", "```", *kept, "```", ""])


if __name__ == "__main__":
    main()
