#!/usr/bin/env python3
"""Measures the comparison of names and writes docs/reports/names.md.

    python3 scripts/reports/names.py --shared ../shared [--scorer target/release/examples/name_time]

--shared is the folder with `corpora/names`; it is not part of the project. Needs Python 3.11 and `nomenklatura` (PyPI), which brings
`rigour` and `followthemoney`. The two programs are built by
`cargo build --release -p rashomon-text --example name_time` and `cargo build --release -p rashomon-derive --example resolve_time`.
"""
import argparse
import ast
import collections
import pathlib
import random
import resource
import subprocess
import time

from followthemoney import model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.logic_v2.names import name_match
from rigour.text.distance import levenshtein

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAME = 0.75

# Functions of rigour's tests whose names must be told apart; all others that compare names want them to be the same.
TWO = {"test_budget_cliff_zeroes_cluster", "test_short_tokens_disable_fuzzy_match", "test_align_similarity_floor",
       "test_no_shared_symbols", "test_no_symbols_at_all", "test_representative_names_distinct_names_mandela"}
# Functions that have names in them but claim nothing about two of them.
NO_CLAIM = {
    "test_every_input_appears_exactly_once": "claims only that no part is lost",
    "test_confusable_pair_tier_cheaper_than_default": "ranks typing errors by the shape of letters and digits; we compare sounds",
    "test_digit_edit_penalty": "words with a year in them, ranked against each other",
    "test_digit_edit_penalty_unicode": "as above, in other digits",
    "test_budget_tolerance_scales_budget": "an option of their edit distance",
    "test_compare_config_default_matches_no_config": "an option of their edit distance",
    "test_compare_config_cost_override_changes_score": "an option of their edit distance",
    "test_score_is_in_unit_interval": "claims only a range, which tests of ours hold",
    "test_part_object_identity_preserved": "objects of their own",
    "test_qstr_rstr_cached": "objects of their own",
    "test_repr_shape": "objects of their own",
    "test_score_weight_setters_accept_ints": "objects of their own",
    "test_align_person_special_cases": "claims only how many words come back",
    "test_align_packing_respects_tags": "takes tags from outside",
    "test_align_empty_left": "claims only how many words come back",
    "test_align_empty_right": "claims only how many words come back",
    "test_empty_one_side_surfaces_solo": "claims only that no part is lost",
    "test_too_many_parts_refuses_pairing": "a limit of theirs",
    "test_many_disjoint_symbols_fast": "a limit of theirs",
    "test_align_tagged_person_name_parts": "takes tags from outside",
    "test_given_family_tag_mismatch": "takes tags from outside",
    "test_initial_rejected_when_both_multichar": "which edge is drawn inside, not whether the names are one",
    "test_ambiguous_result_side": "which edge is drawn inside, not whether the names are one",
    "test_same_part_multiple_categories": "which edge is drawn inside, not whether the names are one",
    "test_company_pairs_ignoring_extra_qualifiers": "which edge is drawn inside, not whether the names are one",
}
# Why functions fail that do apply.
REASONS = {
    "test_align_person_name_order": "one pair are two surnames a letter apart, paired there in spite of it: `can be` here",
    "test_empty_compare_removal": "a Balkan company's form in abbreviation, which our list lacks",
    "test_pick_mitch": "Chinese, Japanese and Korean render the sounds of other languages too freely for a comparison by sound; Latvian and Armenian endings",
    "test_pick_putin": "Japanese renders the sounds of other languages too freely for a comparison by sound",
    "test_pick_lang_name": "forms cut short, which are to be picked from, not compared; Chinese, Japanese, Korean",
    "test_representative_names_transliterations_collapse": "Ukrainian and Russian forms of all three names at once: `can be` here",
    "test_initial_pairs_with_full_given": "a letter and a family name: `can be` here",
    "test_tokenize_name": "letters of an organisation as a person's name; Burmese comes from a general table",
    "test_tokenize_skip_characters": "letters of an organisation as a person's name",
    "test_tokenize_unicode_categories": "single letters as names",
}
# What the other files are about.
OTHER_FILES = {
    "names/test_analyze.py": "their tagger's symbols", "names/test_name.py": "objects of their own",
    "names/test_part.py": "objects of their own", "names/test_check.py": "whether a text is a name at all",
    "names/test_split_phrases.py": "phrases such as “also known as”, a matter of reading",
    "text/test_checksum.py": "not names", "text/test_cleaning.py": "not names", "text/test_distance.py": "plain edit distance, which we do not use",
    "text/test_normalize.py": "options of their normaliser", "text/test_phonetics.py": "Metaphone and Soundex, which drop vowels; our keys are others",
    "text/test_scripts.py": "a table of every Unicode script; ours are the scripts that names are met in", "text/test_stopwords.py": "not names",
}


def anetac(folder: pathlib.Path) -> dict:
    """Spellings by kind and Arabic string."""
    groups = collections.defaultdict(set)
    for line in open(folder / "EN-AR NE/EN-AR Named-entities.txt", encoding="utf-8"):
        words = line.split()
        if len(words) == 3:
            groups[words[0], words[2]].add(words[1])
    return groups


def pairs_of(groups: dict) -> tuple:
    """Pairs of spellings of one Arabic string, random pairs of two, pairs across scripts, and their random counterpart."""
    chance = random.Random(1904)
    keys = sorted(groups)
    same = []
    for key in keys:
        forms = sorted(groups[key])
        same += [(a, b) for i, a in enumerate(forms) for b in forms[i + 1:]]
    def random_pair():
        while True:
            a, b = chance.choice(keys), chance.choice(keys)
            x, y = chance.choice(sorted(groups[a])), chance.choice(sorted(groups[b]))
            if a[1] != b[1] and x.lower() != y.lower():
                return (x, y), (x, b[1])
    drawn = [random_pair() for _ in range(3 * len(same))]
    chosen = chance.sample(keys, len(same))
    across = [(sorted(groups[k])[0], k[1]) for k in chosen]
    return same, [d[0] for d in drawn], across, [d[1] for d in drawn]


class Scorer:
    """The program's own comparison."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        self.micros = 0.0

    def __call__(self, pairs: list, schema: str = "Person") -> list:
        text = "".join("\t".join([*p[:2], p[2] if len(p) > 2 else schema]) + "\n" for p in pairs)
        told = subprocess.run([self.path], input=text, capture_output=True, text=True, check=True)
        self.micros = float(told.stderr)
        return [float(line) for line in told.stdout.split()]


def by_levenshtein(pairs: list) -> tuple:
    """One minus the distance as a share of the longer name."""
    start = time.process_time()
    scores = [1 - levenshtein(a.lower(), b.lower()) / max(len(a), len(b)) for a, b in pairs]
    return scores, (time.process_time() - start) / len(pairs) * 1e6


def by_nomenklatura(pairs: list) -> tuple:
    """The names of the matcher logic-v2."""
    config = get_algorithm("logic-v2").default_config()
    def entity(name, key):
        return model.get_proxy({"id": key, "schema": "Person", "properties": {"name": [name]}})
    made = [(entity(a, f"a{n}"), entity(b, f"b{n}")) for n, (a, b) in enumerate(pairs)]
    start = time.process_time()
    scores = [name_match(a, b, config).score for a, b in made]
    return scores, (time.process_time() - start) / len(pairs) * 1e6


def at_rate(same: list, other: list, rate: float) -> tuple:
    """Least threshold at which at most this share of the random pairs is merged, and the recall there."""
    ranked = sorted(other, reverse=True)
    threshold = ranked[int(rate * len(ranked))]
    return threshold, sum(s > threshold for s in same) / len(same)


def f1(same: list, other: list, threshold: float) -> float:
    """F1 with the random pairs weighed down to as many as the same ones."""
    hit = sum(s >= threshold for s in same)
    wrong = sum(s >= threshold for s in other) * len(same) / len(other)
    return 2 * hit / (hit + wrong + len(same)) if hit else 0.0


def held_out(same: list, other: list) -> tuple:
    """F1 on one half at the threshold that is best on the other half."""
    halves = [(same[n::2], other[n::2]) for n in (0, 1)]
    best = max((f1(*halves[0], t / 100), t / 100) for t in range(5, 100))[1]
    return f1(*halves[1], best), best


def literals(node: ast.AST) -> list:
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def compared(function: ast.FunctionDef) -> list:
    """Pairs that a function hands to a comparison of rigour's, by the names last given to its variables."""
    known, pairs = {}, []

    def said(node):
        for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
            if name_of(call) in ("make", "parts") and call.args:
                return " ".join(literals(call)), "Person"
            if name_of(call) == "analyze_names" and len(call.args) > 1:
                return " ".join(literals(call.args[1])), "Person" if getattr(call.args[0], "attr", "") == "PER" else "Company"
        return known.get(getattr(node, "id", None))

    for statement in function.body:
        for call in (n for n in ast.walk(statement) if isinstance(n, ast.Call)):
            if name_of(call) in ("align_person_name_order", "compare_parts", "pair_symbols") and len(call.args) > 1:
                a, b = said(call.args[0]), said(call.args[1])
                if a and b:
                    pairs.append((a[0], b[0], a[1]))
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name) and said(statement.value):
            known[statement.targets[0].id] = said(statement.value)
    return pairs


def claims(path: pathlib.Path) -> dict:
    """Pairs of names by test function, as the functions of one file state them."""
    found = {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    company = "org_types" in path.name
    lists = {t.id: literals(n.value) for n in tree.body if isinstance(n, ast.Assign) for t in n.targets
             if isinstance(t, ast.Name) and t.id in ("PUTIN", "MITCH")}
    for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
        pairs = compared(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Call) and isinstance(node.ops[0], ast.Eq):
                call, other = node.left, node.comparators[0]
                schema = "Company" if company or "org" in name_of(call) or "obj" in name_of(call) else "Person"
                if name_of(call) in ("replace_compare", "replace_display", "tokenize_name", "maybe_ascii", "remove_person_prefixes",
                                     "remove_org_prefixes", "remove_obj_prefixes") and call.args and isinstance(call.args[0], ast.Constant):
                    joined = "".join if "maybe" in name_of(call) else " ".join
                    pairs.append((call.args[0].value, joined(literals(other)), schema))
            if isinstance(node, ast.List) and "pick" in path.name and len(literals(node)) > 10:
                every = literals(node)
                pairs += [(a, b, "Person") for i, a in enumerate(every) for b in every[i + 1:]]
        if function.name == "test_pick_putin":
            pairs = [(lists["PUTIN"][0], other, "Person") for other in lists["PUTIN"][1:]]
        if function.name == "test_pick_mitch":
            pairs = [(lists["MITCH"][0], other, "Person") for other in lists["MITCH"][1:]]
        found[function.name] = [p for p in pairs if p[0].strip() and p[1].strip()]
    return found


def rigour_tests(folder: pathlib.Path, scorer: Scorer) -> list:
    """The section on rigour's tests."""
    rows, skipped, right = [], [], 0
    for path in sorted([*folder.glob("tests/names/test_*.py"), *folder.glob("tests/text/test_*.py")]):
        file = f"{path.parent.name}/{path.name}"
        count = sum(isinstance(n, ast.FunctionDef) and n.name.startswith("test") for n in ast.parse(path.read_text(encoding="utf-8")).body)
        if file in OTHER_FILES:
            skipped.append(f"| {file} | {count} | {OTHER_FILES[file]} |")
            continue
        unused = collections.Counter()
        for function, pairs in claims(path).items():
            if not function.startswith("test"):
                continue
            if function in NO_CLAIM or not pairs:
                unused[NO_CLAIM.get(function, "no two names in it")] += 1
                continue
            scores = scorer(pairs)
            good = sum((s < SAME) if function in TWO else (s >= SAME) for s in scores)
            right += good == len(pairs)
            reason = "" if good == len(pairs) else REASONS.get(function, "not looked into")
            rows.append(f"| {file} | {function} | {good} of {len(pairs)} | {reason} |")
        skipped += [f"| {file} | {n} | {why} |" for why, n in sorted(unused.items())]
    return ["## rigour's tests", "",
            f"Those that state that two names are one, or are two, run as pairs through our comparison (one from {SAME} on): {right} of "
            f"{len(rows)} functions pass whole.", "",
            "| file | function | pairs right | where it fails |", "|---|---|---|---|", *rows, "",
            "Not run:", "", "| file | functions | reason |", "|---|---|---|", *skipped, ""]


def spellings(folder: pathlib.Path, scorer: Scorer) -> list:
    names = [line.strip() for line in open(folder / "contrib/putin_names.txt", encoding="utf-8") if line.strip()]
    names = sorted(set(names))
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1:]]
    scores = scorer(pairs)
    return [f"One name in {len(names)} spellings and scripts (`contrib/putin_names.txt`, some with titles or only the family name), every pair: "
            f"{sum(s >= SAME for s in scores) / len(scores):.3f} are `same`, {sum(s >= .5 for s in scores) / len(scores):.3f} `same` or `can be`.", ""]


def many(resolver: pathlib.Path) -> list:
    """The section on a million mentions."""
    if not resolver.exists():
        return []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run([resolver], capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ["## A million mentions", "", "Made-up names by Zipf's law (`crates/derive/examples/resolve_time.rs`), resolved twice, the second time in the other "
            f"order; {after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.0f} s of one core for making the documents and both runs, at most "
            f"{after.ru_maxrss / 1024:.0f} MiB.", "", "```", told.rstrip(), "```", ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--resolver", type=pathlib.Path, default=ROOT / "target/release/examples/resolve_time")
    parser.add_argument("--scorer", type=pathlib.Path, default=ROOT / "target/release/examples/name_time")
    options = parser.parse_args()
    corpora, scorer = options.shared / "corpora/names", Scorer(options.scorer.resolve())
    same, other, across, strangers = pairs_of(anetac(corpora / "anetac"))
    ours = scorer(same + other)
    micros = scorer.micros
    runs = {"Rashomon": (ours, micros), "Levenshtein (rigour)": by_levenshtein(same + other),
            "nomenklatura logic-v2, names": by_nomenklatura(same + other)}
    lines = ["# The comparison of names, measured", "",
             "Renewed by `python3 scripts/reports/names.py --shared ../shared` after `cargo build --release -p rashomon-text --example name_time`.", "",
             "## Romanisations of one Arabic string (ANETAC)", "",
             f"{len(same)} pairs of spellings that stand for one Arabic string, {len(other)} random pairs of different strings; the spellings were "
             "taken from parallel text by machine, so some pairs are no variants at all. F1 is with as many random pairs as same ones, on one half of",
             "the pairs at the threshold that is best on the other half. The random pairs are easy: this says that few variants are lost, not that",
             "namesakes are told apart.", "",
             "| | recall at .1 % false merges | at .5 % | at 1 % | at 2 % | F1 | threshold | µs a pair, one core |", "|---|---|---|---|---|---|---|---|"]
    for name, (scores, micros) in runs.items():
        ones, twos = scores[:len(same)], scores[len(same):]
        recalls = [at_rate(ones, twos, rate)[1] for rate in (.001, .005, .01, .02)]
        value, threshold = held_out(ones, twos)
        lines.append(f"| {name} | " + " | ".join(f"{r:.3f}" for r in recalls) + f" | {value:.3f} | {threshold:.2f} | {micros:.1f} |")
    ones, twos = ours[:len(same)], ours[len(same):]
    lines += ["", "The other two's times include Python's calls; ours reads both names anew for each pair.", "",
              "The curve of ours:", "", "| from this score on | recall | false merges |", "|---|---|---|"]
    for threshold in (.05, .1, .2, .3, .4, .5, .6, .7, .75, .8, .9):
        lines.append(f"| {threshold:.2f} | {sum(s >= threshold for s in ones) / len(ones):.3f} | {sum(s >= threshold for s in twos) / len(twos):.5f} |")
    lines += ["", "`same` (from .75 on) is strict, because names of one word differ by little: what merges actors must not rest on likeness alone.", "",
              "## A Latin spelling against the Arabic string itself", ""]
    ar = scorer(across + strangers)
    for rate in (.001, .01):
        threshold, recall = at_rate(ar[:len(across)], ar[len(across):], rate)
        lines.append(f"- recall {recall:.3f} at {rate:.1%} false merges (threshold {threshold:.2f}), {len(across)} pairs")
    lines += ["", *rigour_tests(corpora / "rigour", scorer), *spellings(corpora / "rigour", scorer), *many(options.resolver.resolve())]
    (ROOT / "docs/reports/names.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
