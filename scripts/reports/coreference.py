#!/usr/bin/env python3
"""Measures reference within a document and writes docs/reports/coreference.md.

    python3 scripts/reports/coreference.py --shared ../shared [--program target/release/rashomon]

--shared is the folder with `corpora`; it is not part of the project. Needs Python 3.11, no packages.

Mentions of the program and of the corpus are the same when they have the same head: the word of the span that depends
on none in it, by the corpus's tree (LitBank has no trees: there the last word before any comma, preposition or relative
pronoun). A set is all mentions that the program gives one actor or joins by antecedents. Scores are those of the CoNLL
shared tasks (Pradhan et al. 2014): MUC counts links, B-cubed mentions, CEAF-e pairs of sets; their mean F1 is the CoNLL
score.

The subset: mentions of persons, organizations and places (GUM's `person`, `organization`, `place`) that are names,
descriptions or pronouns, in sets of at least two, as in those tasks (LitBank marks no other kinds). A mention of the
program that stands on one of another kind (things, times, ideas) is left out; one that stands on no mention counts as
wrong; sets that are then left with one mention are left out on both sides. No rule was written from GUM's development
part or from LitBank.
"""
import json
import pathlib
import re
import sys
import tempfile
from collections import Counter, defaultdict

from common import export, parser, write

KINDS = {"person", "organization", "place"}
PRONOUN = {"PRP", "PRP$", "WP", "WP$", "DT", "WDT"}
FIRST_SECOND = set("i me my mine myself we us our ours ourselves you your yours yourself yourselves 's".split())


class Document:
    """One text with its words (start, end, head, tag) and marked mentions (head word, start, end, kind, set)."""

    def __init__(self) -> None:
        self.text = ""
        self.words: list[dict] = []
        self.mentions: list[dict] = []

    def head(self, start: int, end: int) -> int | None:
        """The word of a span that depends on no word in it; the first, if there are several."""
        inside = [n for n, w in enumerate(self.words) if w["start"] < end and w["end"] > start]
        if inside and self.words[inside[0]]["head"] is None:
            return self.plain_head(inside)
        chosen = set(inside)
        return next((n for n in inside if self.words[n]["head"] not in chosen), None)

    def plain_head(self, inside: list[int]) -> int:
        """Without a tree: the last word before a comma, a preposition or a relative pronoun."""
        stop = {",", "of", "in", "on", "at", "for", "with", "from", "to", "who", "which", "that", "whom", "by", "under", "--", "between", "near"}
        for place, n in enumerate(inside):
            if place and self.words[n]["form"].lower() in stop:
                return inside[place - 1]
        return inside[-1]


def gum(file: pathlib.Path) -> Document:
    """A GUM document: text rebuilt from its sentences, paragraphs parted by an empty line."""
    document, open_at, first, base = Document(), defaultdict(list), True, 0
    for line in open(file, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newpar") and not line.startswith("# newpar_block") and document.text:
            document.text = document.text.rstrip() + "\n\n"
        if line.startswith("# sent_id"):
            base = len(document.words)
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            if len(cells) == 10 and "-" in cells[0]:
                first_of, last_of = map(int, cells[0].split("-"))
                joined = (base + last_of - 1, "SpaceAfter=No" not in cells[9])
                document.multi = getattr(document, "multi", {})
                document.multi[base + first_of - 1] = (base + last_of - 1, cells[1], joined[1])
            continue
        number = len(document.words)
        multi = getattr(document, "multi", {})
        start = len(document.text)
        document.text += cells[1]
        head = int(cells[6])
        document.words.append({"start": start, "end": start + len(cells[1]), "form": cells[1], "tag": cells[4],
                               "upos": cells[3], "head": base + head - 1 if head else -1})
        inside = any(a <= number < b for a, (b, _, _) in multi.items())
        last = next((s for a, (b, _, s) in multi.items() if b == number), None)
        spaced = last if last is not None else ("SpaceAfter=No" not in cells[9] and not inside)
        if spaced:
            document.text += " "
        marks = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for mark in re.findall(r"\([^()]*\)?|[^()]+\)", marks.group(1)) if marks else []:
            body = mark.strip("()").split("-")
            if mark.startswith("("):
                open_at[body[0]].append((number, body[1] if len(body) > 1 else ""))
            if mark.endswith(")"):
                at, kind = open_at[body[0]].pop()
                words = document.words[at:number + 1]
                document.mentions.append({"start": words[0]["start"], "end": words[-1]["end"], "kind": kind, "set": body[0]})
    for mention in document.mentions:
        mention["head"] = document.head(mention["start"], mention["end"])
    return document


def litbank(file: pathlib.Path) -> Document:
    """A LitBank document: words parted by blanks, one sentence a line, sets in the last column."""
    document, open_at = Document(), defaultdict(list)
    for line in open(file, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("#"):
            continue
        if len(cells) < 5:
            document.text = document.text.rstrip() + "\n"
            continue
        number, start = len(document.words), len(document.text)
        form = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}.get(cells[3], cells[3])
        closes = form in {",", ".", ";", ":", "!", "?", "”", ")"} or form in {"n't", "'s", "'m", "'re", "'ve", "'ll", "'d"}
        if closes and document.text.endswith(" "):
            document.text = document.text[:-1]
            start -= 1
        document.text += form + ("" if form in {"“", "("} else " ")
        document.words.append({"start": start, "end": start + len(form), "form": form, "tag": "", "upos": "", "head": None})
        for mark in cells[-1].split("|"):
            name = mark.strip("()_ ")
            if mark.startswith("("):
                open_at[name].append(number)
            if mark.endswith(")") and open_at[name]:
                words = document.words[open_at[name].pop():number + 1]
                document.mentions.append({"start": words[0]["start"], "end": words[-1]["end"], "kind": "person", "set": name})
    for mention in document.mentions:
        mention["head"] = document.head(mention["start"], mention["end"])
    return document


def found(records: list[dict]) -> list[dict]:
    """The program's mentions with their sets: same actor, or joined by antecedents."""
    mentions = {r["id"]: r for r in records}
    parent = {i: i for i in mentions}

    def root(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first_of_actor: dict[str, str] = {}
    for i, record in mentions.items():
        if record.get("antecedent") in mentions:
            parent[root(i)] = root(record["antecedent"])
        if record.get("actor"):
            parent[root(i)] = root(first_of_actor.setdefault(record["actor"], i))
    return [{"start": r["start"], "end": r["end"], "set": root(i), "form": r["form"]} for i, r in mentions.items()]


def pair(document: Document, mine: list[dict], keep) -> tuple[list[set], list[set]]:
    """Key sets and response sets over head words, both restricted to the subset."""
    by_head: dict[int, list[dict]] = defaultdict(list)
    for mention in document.mentions:
        by_head[mention["head"]].append(mention)
    key: dict[str, set] = defaultdict(set)
    for number, mention in enumerate(document.mentions):
        if keep(document, mention):
            mention["id"] = f"k{number}"
            key[mention["set"]].add(mention["id"])
    response: dict[str, set] = defaultdict(set)
    taken = set()
    for number, mention in enumerate(sorted(mine, key=lambda m: (m["start"], -m["end"]))):
        head = document.head(mention["start"], mention["end"])
        there = [m for m in by_head.get(head, []) if id(m) not in taken]
        if not there:
            if not by_head.get(head):
                response[mention["set"]].add(f"r{number}")
            continue
        best = max(there, key=lambda m: min(m["end"], mention["end"]) - max(m["start"], mention["start"])
                   - abs(m["end"] - m["start"] - mention["end"] + mention["start"]) / 1000)
        taken.add(id(best))
        if "id" in best:
            response[mention["set"]].add(best["id"])
    several = lambda sets: [s for s in sets.values() if len(s) > 1]
    return several(key), several(response)


def muc(key: list[set], response: list[set]) -> tuple[float, float]:
    """Links kept and links of the key."""
    where = {m: n for n, s in enumerate(response) for m in s}
    kept = sum(len(s) - len({where.get(m, m) for m in s}) for s in key)
    return kept, sum(len(s) - 1 for s in key)


def b_cubed(key: list[set], response: list[set]) -> tuple[float, float]:
    """Summed share of each key mention's set that stands with it, and the number of mentions."""
    where = {m: s for s in response for m in s}
    return sum(len(s & where.get(m, set())) / len(s) for s in key for m in s), sum(map(len, key))


def ceaf_e(key: list[set], response: list[set]) -> float:
    """The best sum of likeness 2|K&R|/(|K|+|R|) over a one-to-one assignment of sets."""
    likeness = {(k, r): 2 * len(a & b) / (len(a) + len(b)) for k, a in enumerate(key) for r, b in enumerate(response) if a & b}
    return best_sum(likeness, len(key), len(response))


def best_sum(weights: dict, rows: int, columns: int) -> float:
    """The Hungarian method on a square matrix of costs."""
    size = max(rows, columns)
    infinity, u, v, match = float("inf"), [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        match[0], column, least, way, used = row, 0, [infinity] * (size + 1), [0] * (size + 1), [False] * (size + 1)
        while True:
            used[column], delta, following = True, infinity, 0
            for j in range(1, size + 1):
                if not used[j]:
                    cost = -weights.get((match[column] - 1, j - 1), 0.0) - u[match[column]] - v[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, column
                    if least[j] < delta:
                        delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[match[j]], v[j] = u[match[j]] + delta, v[j] - delta
                else:
                    least[j] -= delta
            column = following
            if not match[column]:
                break
        while column:
            match[column], column = match[way[column]], way[column]
    return sum(weights.get((match[j] - 1, j - 1), 0.0) for j in range(1, size + 1) if match[j])


def f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


class Score:
    """Sums over documents."""

    def __init__(self) -> None:
        self.sums: Counter = Counter()

    def add(self, key: list[set], response: list[set]) -> None:
        for name, (a, b) in (("muc r", muc(key, response)), ("muc p", muc(response, key)),
                             ("b3 r", b_cubed(key, response)), ("b3 p", b_cubed(response, key))):
            self.sums[name] += a
            self.sums[name + " of"] += b
        like = ceaf_e(key, response)
        self.sums.update({"ce r": like, "ce p": like, "ce r of": len(key), "ce p of": len(response)})
        k, r = {m for s in key for m in s}, {m for s in response for m in s}
        self.sums.update({"mentions r": len(k & r), "mentions p": len(k & r), "mentions r of": len(k), "mentions p of": len(r)})

    def prf(self, name: str) -> tuple[float, float, float]:
        p, r = (self.sums[f"{name} {x}"] / max(self.sums[f"{name} {x} of"], 1) for x in "pr")
        return p, r, f1(p, r)

    def conll(self) -> float:
        return sum(self.prf(name)[2] for name in ("muc", "b3", "ce")) / 3

    def row(self, name: str) -> str:
        cell = lambda n: "/".join(f"{x:.3f}" for x in self.prf(n))
        return f"| {name} | {cell('mentions')} | {cell('muc')} | {cell('b3')} | {cell('ce')} | **{self.conll():.3f}** |"


def in_subset(document: Document, mention: dict) -> bool:
    return mention["kind"] in KINDS


def third_person(document: Document, mention: dict) -> bool:
    form = document.words[mention["head"]]["form"].lower() if mention["head"] is not None else ""
    return mention["kind"] in KINDS and form not in FIRST_SECOND


def everything(document: Document, mention: dict) -> bool:
    return True


def pronouns(document: Document, mine: list[dict]) -> tuple[int, int, int]:
    """Third-person pronouns: how many the corpus resolves, how many the program does, how many rightly: the program's
    antecedents are in a set with a name or description of the right set before it."""
    wanted = set("he him his himself she her hers herself they them their theirs themselves it its itself".split())
    sets = defaultdict(list)
    for mention in document.mentions:
        sets[mention["set"]].append(mention)
    by_head = {m["head"]: m for m in document.mentions}
    mine_sets, heads = defaultdict(list), {}
    for mention in mine:
        mention["at"] = document.head(mention["start"], mention["end"])
        heads[mention["at"]] = mention
        mine_sets[mention["set"]].append(mention)
    form = lambda m: document.words[m["head"]]["form"].lower()
    gold = [m for m in document.mentions if m["head"] is not None and form(m) in wanted
            and any(form(o) not in wanted | FIRST_SECOND for o in sets[m["set"]])]
    tried = right = 0
    for mention in gold:
        other = heads.get(mention["head"])
        full = [o for o in mine_sets[other["set"]] if o["form"] != "pronoun"] if other else []
        tried += bool(full)
        right += any((by_head.get(o["at"]) or {}).get("set") == mention["set"] for o in full[:1] or [])
    return len(gold), tried, right


def read(program: pathlib.Path, documents: dict[str, Document], work: pathlib.Path) -> dict[str, list[dict]]:
    """The program's mentions by document name."""
    folder = work / "texts"
    folder.mkdir()
    for name, document in documents.items():
        (folder / f"{name}.txt").write_text(document.text, encoding="utf-8")
    names, records = {}, defaultdict(list)
    for line in open(export(program, work, folder), encoding="utf-8"):
        record = json.loads(line)
        if record["type"] == "document":
            names[record["id"]] = pathlib.Path(record["path"]).stem
        elif record["type"] == "mention":
            records[record["document"]].append(record)
    return {names[i]: found(mentions) for i, mentions in records.items()}


def score(documents: dict[str, Document], mine: dict[str, list[dict]], keep) -> Score:
    total = Score()
    for name, document in documents.items():
        for mention in document.mentions:
            mention.pop("id", None)
        total.add(*pair(document, mine.get(name, []), keep))
    return total


def main() -> None:
    own = parser(__doc__)
    own.add_argument("--part", default="dev", help="part of GUM (train: to write rules with)")
    options = own.parse_args()
    corpora, program = options.shared / "corpora", options.program
    parts = [(f"GUM {options.part}", {f.stem: gum(f) for f in sorted((corpora / "gum" / options.part).glob("*.conllu"))}),
             ("LitBank", {f.stem: litbank(f) for f in sorted((corpora / "litbank/coref/conll").glob("*.conll"))})]
    rows, pronoun_rows = [], []
    for name, documents in parts:
        with tempfile.TemporaryDirectory() as folder:
            mine = read(program, documents, pathlib.Path(folder))
        subsets = [("persons, organizations, places", in_subset)]
        if name.startswith("GUM"):
            subsets += [("the same without first and second person", third_person), ("every kind of mention", everything)]
        rows += [score(documents, mine, keep).row(f"{name}, {words}") for words, keep in subsets]
        counts = [sum(c) for c in zip(*(pronouns(d, mine.get(n, [])) for n, d in documents.items()))]
        gold, tried, right = counts
        pronoun_rows.append(f"| {name} | {gold} | {tried} | {right} | {right / max(tried, 1):.3f} | {right / max(gold, 1):.3f} |")
        if name.startswith("GUM"):
            by_genre = defaultdict(dict)
            for stem, document in documents.items():
                by_genre[stem.split("_")[1]][stem] = document
            genres = [score(group, mine, in_subset).row(genre) for genre, group in sorted(by_genre.items())]
    head = ["| texts, subset | mentions P/R/F1 | MUC | B-cubed | CEAF-e | CoNLL |", "|---|---|---|---|---|---|"]
    lines = ["# Reference within a document, measured", "",
             "Renewed by `python3 scripts/reports/coreference.py --shared ../shared` after `cargo build --release`.", "",
             *__doc__.strip().split("\n\n", 3)[3].splitlines(), "", *head, *rows, "",
             "By kind of text, persons, organizations and places:", "", *head, *genres, "",
             "## Pronouns of the third person", "",
             "Of those whose set in the corpus has a name or description: how many the program leads to a name or description, and how many to",
             "one of the right set.", "",
             "| texts | in the corpus | resolved | right | precision | recall |", "|---|---|---|---|---|---|", *pronoun_rows, ""]
    if options.part == "dev":
        write("coreference", options.shared, lines)
    else:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
