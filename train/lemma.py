"""Learns lemmas from EWT and GUM: `work/lemma.json`.

    python lemma.py

A word's lemma comes from its form and XPOS: (1) an exception list (lower form, XPOS); (2) proper nouns (NNP) are their own
lemma, unknown words in capitals too; (3) else the rule of the longest known suffix of the lower form for that XPOS: cut k
characters, add an ending. The exception list holds only what (2) and (3) get wrong, also of the forms of the verbs in the
program's own list (`../crates/read/rules/verbs.toml`). `reference.lemma` applies it.
"""
import json
import pickle
import re
import tomllib
from collections import Counter, defaultdict

import reference as ref
from prepare import WORK

LONGEST = 5
CLITICS = ("s", "m", "re", "ve", "ll", "d", "nt")    # as they are typed without an apostrophe, which treebanks mark as errors
VERBS = WORK.parent.parent / "crates/read/rules/verbs.toml"


def script(lower, lemma):
    """(characters to cut, ending to add), or None where the lemma keeps less than the first half."""
    same = 0
    while same < min(len(lower), len(lemma)) and lower[same] == lemma[same]:
        same += 1
    return None if same * 2 < len(lower) else f"{len(lower) - same},{lemma[same:]}"


def forms(base):
    """Past, present participle and third person of a regular verb; both spellings where the last consonant may be doubled."""
    single = re.search(r"[^aeiou][aeiou][bdfgklmnprstvz]$", base)
    stems = [base, base + base[-1]] if single else [base]
    if re.search(r"[^aeiou]y$", base):
        past, third = [base[:-1] + "ied"], base[:-1] + "ies"
    else:
        past = [base + "d"] if base.endswith("e") else [s + "ed" for s in stems]
        third = base + ("es" if re.search(r"([sxzo]|ch|sh)$", base) else "s")
    dropped = re.search(r"[^eoy]e$", base)
    gerund = [base[:-2] + "ying"] if base.endswith("ie") else [base[:-1] + "ing"] if dropped else [s + "ing" for s in stems]
    return [(f, x) for f in past for x in ("VBD", "VBN")] + [(f, "VBG") for f in gerund] + [(third, "VBZ")]


def verbs():
    """Forms of the program's verbs: (form, XPOS), base. A form that two verbs share (`bar`, `bare`) is left to the rules."""
    lists = tomllib.loads(VERBS.read_text(encoding="utf-8"))
    every = defaultdict(set)
    for base in (lists["regular"] + " " + lists["mixed"]).split():
        for form in forms(base):
            every[form].add(base)
    for row in lists["irregular"].split():
        base, past, participle = row.split("/")
        for form in [(past, "VBD"), (participle, "VBN")] + [f for f in forms(base) if f[1] in ("VBG", "VBZ")]:
            every[form].add(base)
    return {form: next(iter(bases)) for form, bases in sorted(every.items()) if len(bases) == 1}


def main():
    data = pickle.load(open(WORK / "data.pkl", "rb"))
    seen = defaultdict(Counter)
    for s in data["train"]:
        if "lemma" in s:
            for w, x, l, f in zip(s["words"], s["xpos"], s["lemma"], s["feats"]):
                if l != "_" and ("Typo=Yes" not in f or w.lower() in CLITICS):
                    seen[w.lower(), x][l] += 1
    rules = defaultdict(Counter)
    for (lower, x), lemmas in seen.items():
        if x == "NNP":
            continue
        lemma, n = lemmas.most_common(1)[0]
        edit = script(lower, lemma.lower() if lemma.lower()[:1] == lower[:1] else lemma)
        if edit:
            for k in range(0, min(LONGEST, len(lower)) + 1):
                rules[x, lower[len(lower) - k:]][edit] += 1
    chosen = {}
    for (x, suffix), edits in sorted(rules.items(), key=lambda r: (len(r[0][1]), r[0])):
        best = sorted(edits.items(), key=lambda e: (-e[1], e[0]))[0]
        if sum(edits.values()) < 2 and len(suffix) > 0:
            continue
        shorter = next((chosen[x, suffix[k:]] for k in range(1, len(suffix) + 1) if (x, suffix[k:]) in chosen), None)
        if best[0] != shorter:
            chosen[x, suffix] = best[0]
    table = {"rules": {f"{x}\t{s}": e for (x, s), e in sorted(chosen.items())}, "words": {}}
    for (lower, x), lemmas in sorted(seen.items()):
        lemma = sorted(lemmas.items(), key=lambda e: (-e[1], e[0]))[0][0]
        if x == "NNP" and lemma.lower() == lower:
            continue
        if ref.lemma(lower, x, table) != lemma:
            table["words"][f"{lower}\t{x}"] = lemma
    for (form, x), base in verbs().items():
        if (form, x) not in seen and ref.lemma(form, x, table) != base:
            table["words"][f"{form}\t{x}"] = base
    json.dump(table, open(WORK / "lemma.json", "w"), ensure_ascii=False, sort_keys=True)
    print(len(table["rules"]), "rules,", len(table["words"]), "words")
    for name, part in (("ewt", [s for s in data["dev"] if s["src"] == "ewt"]), ("gum", [s for s in data["dev"] if s["src"] == "gum"]),
                       ("pud", data["pud"])):
        wrong, n = Counter(), 0
        for s in part:
            for w, x, l in zip(s["words"], s["xpos"], s["lemma"]):
                n += 1
                got = ref.lemma(w, x, table)
                if l != "_" and got != l:
                    wrong[w, x, l, got] += 1
        print(name, "gold XPOS, accuracy", round(100 - 100 * sum(wrong.values()) / n, 2), wrong.most_common(25))


if __name__ == "__main__":
    main()
