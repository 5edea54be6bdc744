#!/usr/bin/env python3
"""Measures the coder of events and writes docs/reports/events.md.

    python3 scripts/reports/events.py --shared ../shared [--program target/release/rashomon]

--shared is the folder with `corpora` (and `seeds`, `gold`); it is not part of the project. Needs Python 3.11, no packages.

The unit records of PETRARCH are stylised sentences with the codes that a coder gave them with its own test dictionaries. Their
codes are those of WEIS (McClelland 1976), the scheme before CAMEO; the table below says which types of PLOVER a cue category
may become. Records count if their code can be told from the text alone: the code stands in WEIS (or is one of the two four-digit
CAMEO codes of the coercion records), it is no comment, and no word of the sentence is broken or a placeholder. What tests only the
other program's own dictionary (codes made up for a test) does not count. A sentence counts once, with all its codes.

Category right: some event of the sentence has a type that the code may become. A cooperative act that is told as to come is AGREE
by the scheme's manual, a retreat to come CONCEDE. Text overlap: of the events with the right category, the share of sides
(source, target) whose words hold a name of the actor that the record's code stands for. Sides of actors without a name in the
sentence are not counted.
"""
import json
import pathlib
import re
import sys
import tempfile
from collections import Counter, defaultdict

from common import export, parser, write

WEIS = {
    "011": "RETREAT CONCEDE", "012": "RETREAT CONCEDE", "013": "CONCEDE", "031": "CONSULT", "032": "CONSULT", "033": "CONSULT",
    "041": "SUPPORT", "042": "SUPPORT", "051": "AGREE", "052": "AGREE", "053": "AGREE", "054": "AGREE", "050": "AGREE",
    "061": "CONCEDE", "062": "AGREE", "063": "AID", "064": "SUPPORT", "065": "CONCEDE RETREAT", "066": "RETREAT",
    "070": "AID", "071": "AID", "072": "AID", "073": "AID", "081": "AGREE SUPPORT", "082": "AGREE", "083": "AGREE SUPPORT",
    "085": "AGREE SUPPORT",
    "091": "REQUEST", "092": "REQUEST", "093": "REQUEST", "094": "REQUEST", "095": "REQUEST", "096": "REQUEST",
    "101": "REQUEST AGREE", "102": "REQUEST", "111": "REJECT", "112": "REJECT ACCUSE", "121": "ACCUSE", "122": "ACCUSE", "123": "ACCUSE",
    "131": "ACCUSE", "132": "ACCUSE", "141": "REJECT", "142": "REJECT", "150": "REQUEST", "151": "REQUEST", "160": "THREATEN",
    "161": "THREATEN", "162": "THREATEN", "171": "THREATEN", "172": "THREATEN", "173": "THREATEN", "174": "THREATEN",
    "181": "PROTEST MOBILIZE", "182": "MOBILIZE", "191": "REJECT SANCTION", "192": "SANCTION RETREAT REJECT", "193": "SANCTION",
    "194": "SANCTION ASSAULT", "195": "SANCTION", "196": "SANCTION", "201": "COERCE SANCTION", "202": "COERCE SANCTION",
    "203": "COERCE SANCTION", "204": "COERCE SANCTION", "211": "COERCE", "212": "COERCE", "221": "ASSAULT", "222": "ASSAULT",
    "223": "ASSAULT", "224": "ASSAULT", "1721": "COERCE", "1711": "COERCE",
}
NAMES = {
    "ARN": "Arnor", "GON": "Gondor|Minas Tirith", "DAG": "Dagolath|Entwash", "OSG": "Osgiliath", "ERI": "Eriador", "ITH": "Ithilen",
    "CAL": "Calenardhon", "ROH": "Rohan", "FOR": "Fornost", "BRE": "Bree", "MOR": "Mordor|Cirith Ungol", "DOL": "Dol[ _]Amroth",
    "ELF": "Caras Galadhon|Galadriel|Lorien", "HOB": "Gollum|Frodo|Gamgee|Smeagol|Slinker|Stinker", "FRO": "Shire", "BIL": "Shire",
    "SAM": "Shire", "ELR": "Lorien", "GAL": "Lorien", "DNK": "Danish|Zealand", "PHL": "Philippines", "FRA": "France",
    "CAF": "Central African", "IGOEEU": "European Union", "USA": "White House|Washington|United States", "RUS": "Russian",
    "KUW": "Kuwait", "AUS": "Australia", "LBY": "Libya", "ETH": "Ethiopia", "PRK": "Hermit Kingdom|North Korea|Pyongyang",
    "KOR": "Seoul|South Korea", "NZE": "New Zealand", "NGO": "MSF", "NGM": "Amnesty", "HGW": "Quibbler", "GMW": "West German",
    "IGOCOPITP": "International Criminal Court", "IGOAFR": "AU", "ZBW": "Zimbabwe", "RHO": "Zimbabwe", "SHR": "White Downs|Michel Delving",
    "MRG": "Morgul", "ORC": "Gamgee", "PAK": "Pakistani", "AFG": "Afghanistan", "WFNA": "WFNA", "EDU": "students", "SHRGOV": "Michel Delving",
}
BROKEN = re.compile(r"\b(fxll|gxndor|cxlenardhon|txes|departx|departes|broken down a treaty|broken down with|&|TIETYPE)", re.I)
FUTURE = re.compile(r"\b(will|would|about to|to be|shall)\b")


def records(file: pathlib.Path) -> list[dict]:
    """The sentences that code an event by text alone, each once."""
    text, found = file.read_text(encoding="utf-8"), {}
    for sentence in re.finditer(r"<Sentence ([^>]*)>(.*?)</Sentence>", text, re.S):
        words = re.search(r"<Text>(.*?)</Text>", sentence.group(2), re.S)
        name = re.search(r'id="([^"]*)"', sentence.group(1))
        if not words or not name:
            continue
        words = " ".join(words.group(1).replace("&amp;", "&").split())
        codes = [dict(re.findall(r'(\w+)="([^"]*)"', c)) for c in re.findall(r"<EventCoding ([^>]*?)/?>", sentence.group(2))]
        events = [(c.get("sourcecode", ""), c.get("targetcode", ""), c.get("eventcode", "")) for c in codes]
        events = [e for e in events if e[2] in WEIS and not e[2].startswith("02")]
        if events and not BROKEN.search(words):
            found.setdefault(words, {"id": name.group(1), "text": words, "gold": events})
    return list(found.values())


def names_of(code: str, text: str) -> str | None:
    """The pattern of the names that a code stands for, if one stands in the sentence."""
    for length in range(len(code), 2, -1):
        pattern = NAMES.get(code[:length])
        if pattern:
            return pattern if re.search(pattern, text) else None
    return None


def allowed(code: str, text: str) -> set[str]:
    types = set(WEIS[code].split())
    if FUTURE.search(text):
        types |= {"AGREE"} if types & {"CONSULT", "SUPPORT", "COOPERATE", "AID"} else set()
        types |= {"CONCEDE"} if "RETREAT" in types else set()
    return types


def read(program: pathlib.Path, found: list[dict], work: pathlib.Path) -> None:
    """Adds to each record the events that the program codes."""
    folder = work / "records"
    folder.mkdir()
    for number, record in enumerate(found):
        (folder / f"{number:04}.txt").write_text(record["text"], encoding="utf-8")
        record["events"] = []
    places = {}
    for line in open(export(program, work, folder), encoding="utf-8"):
        row = json.loads(line)
        if row["type"] == "document":
            places[row["id"]] = int(re.search(r"(\d{4})\.txt", row["path"]).group(1))
        elif row["type"] == "statement":
            events = [row["event"]] if row.get("event") else []
            found[places[row["document"]]]["events"] += events + row.get("acts", [])


def judge(record: dict) -> None:
    """Category and sides of a record."""
    right, sides = set(), []
    for source, target, code in record["gold"]:
        fits = [e for e in record["events"] if e["code"] in allowed(code, record["text"])]
        if fits:
            right.add(code)
        for side, of in (("source", source), ("target", target)):
            pattern = names_of(of, record["text"])
            if pattern and fits:
                sides.append((side, of, any(re.search(pattern, m["text"]) for e in fits for m in e[side])))
    record["right"] = {code for _, _, code in record["gold"]} <= right
    record["some"] = bool(right)
    record["sides"] = sides


def misses(found: list[dict]) -> list[str]:
    kinds = defaultdict(list)
    for record in found:
        codes = ", ".join(f"{c} ({'/'.join(sorted(allowed(c, record['text'])))})" for c in sorted({c for _, _, c in record["gold"]}))
        coded = ", ".join(sorted({e["code"] for e in record["events"]})) or "nothing"
        if not record["right"]:
            kind = "nothing is coded" if not record["events"] else "one of two codes" if record["some"] else "another type"
            kinds[kind].append(f"`{record['id']}` {codes}: {coded}")
        lost = Counter(f"{side} {of}" for side, of, held in record["sides"] if not held)
        if lost:
            kinds["a side without the name"].append(f"`{record['id']}` {', '.join(lost)}")
    lines = []
    for kind, all_of in sorted(kinds.items(), key=lambda k: -len(k[1])):
        lines += [f"**{kind}** ({len(all_of)}): " + "; ".join(all_of), ""]
    return lines


def line(name: str, some: list[dict]) -> str:
    sides = [held for r in some for _, _, held in r["sides"]]
    right, held = sum(r["right"] for r in some), sum(sides)
    events = sum(len(r["events"]) for r in some)
    return (f"| {name} | {len(some)} | {right} | **{right / max(len(some), 1):.3f}** | {len(sides)} | "
            f"**{held / max(len(sides), 1):.3f}** | {events / max(len(some), 1):.2f} |")


def reading(shared: pathlib.Path, out: pathlib.Path) -> tuple:
    """The scorer's case of a hand-made reading, its statements by name, and those of them that the program has too."""
    sys.path.insert(0, str(shared / "eval"))
    sys.modules.pop("common", None)
    import common as scorer  # the scorer's, found first now
    from reading import statements
    from reading.case import Case
    from reading.gold import Gold

    case = Case(Gold(str(shared / "gold"), None), scorer.Export.read(str(out)))
    return case, {g["id"]: g for g in case.gold.statements}, statements.match(case)


def types(gold: dict, matched: dict) -> str:
    """How many of the reading's events and relations that the program has too are events and ties to it."""
    count = {"event": [0, 0], "relation": [0, 0]}
    for name, statement in matched.items():
        kind = gold[name]["kind"]
        if kind in count:
            told = (statement["kind"] == "event" or statement.get("event")) if kind == "event" else (statement["kind"] == "tie" or statement.get("ties"))
            count[kind][0] += bool(told)
            count[kind][1] += 1
    right, of = (sum(values) for values in zip(*count.values()))
    return (f"{of} events and relations of the reading are statements of the program too: **{right} have the type ({right / max(of, 1):.3f})**, "
            f"{count['event'][0]} of {count['event'][1]} events and {count['relation'][0]} of {count['relation'][1]} relations. Bar: .75.")


def directions(case, gold: dict, matched: dict) -> list[str]:
    """Of the statements of a hand-made reading that the program has too: how its events and directed ties are turned."""
    right, wrong, open_ = [], [], 0
    for name, statement in matched.items():
        ends = {end: {w["entity"] for w in gold[name][end] if w.get("entity")} for end in ("subject", "object")}
        if gold[name]["kind"] not in ("event", "relation"):
            continue
        if (statement.get("predicate") or {}).get("lemma") in ("die", "fall", "perish"):
            ends = {"subject": ends["object"], "object": ends["subject"]}  # it is done to him
        ties = [t for t in statement.get("ties") or [] if t["directed"] and not t["from_event"]]
        for told in [e for e in [statement.get("event")] if e and e.get("link") is None] + ties:
            def at(side: str, end: str) -> bool:
                return any(case.names_entity(gold[name]["doc"], m, e) for m in told[side] for e in ends[end])
            turned = at("source", "object") and not at("source", "subject") or at("target", "subject") and not at("target", "object")
            straight = at("source", "subject") or at("target", "object")
            what = f"`{name}` {told.get('code') or told.get('type')}"
            if turned:
                wrong.append(what)
            elif straight:
                right.append(what)
            else:
                open_ += 1
    judged = len(right) + len(wrong)
    return [f"{judged} coded events and directed ties with a side that the reading knows: **{len(right)} turned as there ({len(right) / max(judged, 1):.3f})**. Bar: .95. "
            f"{open_} more have no side that it knows." + (f" Turned wrongly: {', '.join(wrong)}." if wrong else "")]


def main() -> None:
    options = parser(__doc__).parse_args()
    found = records(options.shared / "corpora/petrarch/PETR.UnitTest.records.xml")
    with tempfile.TemporaryDirectory() as folder:
        read(options.program, found, pathlib.Path(folder))
        case, gold, matched = reading(options.shared, export(options.program, pathlib.Path(folder), options.shared / "seeds"))
    for record in found:
        judge(record)
    groups = defaultdict(list)
    for record in found:
        groups[re.split(r"[-_]", record["id"])[0]].append(record)
    usual = [r for r in found if "restore full diplomatic" in r["text"]]
    lines = ["# The coder of events, measured", "",
             "Renewed by `python3 scripts/reports/events.py --shared ../shared` after `cargo build --release`.", "",
             "## Unit records of PETRARCH", "", *__doc__.strip().split("\n\n", 3)[3].splitlines(), "",
             "| records | sentences | category right | share | sides | text overlap | events a sentence |", "|---|---|---|---|---|---|---|",
             line("all", found), line("without the many about restoring full diplomatic ties", [r for r in found if r not in usual]),
             *[line(name, some) for name, some in sorted(groups.items())], "",
             "Bars: .70 of the categories, .70 of the sides. Many records are one sentence with another actor; the second line leaves",
             "the commonest such sentence out.", "", "## Misses by kind", "", *misses(found),
             "## Type and direction, against a hand-made reading of two documents", "",
             "An event of the reading has its type where the program has the statement as an event, or codes one in it; a relation where it has it as",
             "a tie, or finds one in it.", "", types(gold, matched), "",
             "Events and relations of the reading that the program has as statements too, where it codes an event or a directed tie. Turned as there:",
             "no side names who stands at the reading's other end alone, and at least one names who stands at its own. Who dies, falls or perishes",
             "is the reading's subject, and by the scheme's manual the target: there the ends are taken the other way round.", "", *directions(case, gold, matched), "",
             "## Which types a code may become", "",
             ", ".join(f"{code} {types.replace(' ', '/')}" for code, types in sorted(WEIS.items())) + ".", ""]
    write("events", options.shared, lines)


if __name__ == "__main__":
    main()
