"""Measures how copied passages are found, and writes docs/reports/reuse.md.

    cargo build --release
    cargo build --release -p rashomon-derive --example reuse_time
    python3 scripts/reports/reuse.py --shared ../shared [--reuse target/release/examples/reuse_time]

Passages of 25 to 60 words are taken from public-domain novels; each is put into a document of other words of the novels, and
a changed copy into another. (The diplomatic papers beside them repeat themselves: what is found there is no error.) Of a copy 0, 10, 20, 30 or 40 % of the words are changed: replaced by another word of the novels, left out, or
followed by one more. Beside it, in the same run and on the same documents, MinHash with a locality-sensitive index (PyPI `datasketch`) over
runs of three words of windows of forty words, every ten words.
"""
import collections
import json
import lzma
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import common

COPIES = 300
RATES = (0, 10, 20, 30, 40)


def changed(words: list[str], rate: int, pool: list[str], draw: random.Random) -> list[str]:
    """A copy of which so many words in a hundred are changed."""
    out = list(words)
    for place in sorted(draw.sample(range(len(words)), round(len(words) * rate / 100)), reverse=True):
        how = draw.random()
        if how < 0.7:
            out[place] = draw.choice(pool)
        elif how < 0.85:
            del out[place]
        else:
            out.insert(place, draw.choice(pool))
    return out


def paragraphs(shared: pathlib.Path) -> list[list[str]]:
    """Paragraphs of the novels as words; each is used once."""
    text = lzma.open(shared / "corpora/text/novels.txt.xz", "rt", encoding="utf-8").read()
    found = [p.split() for p in re.split(r"\n\s*\n|\n", text)]
    return [p for p in found if 60 <= len(p) <= 400]


def generate(shared: pathlib.Path, folder: pathlib.Path) -> dict:
    """Writes the documents and returns what was planted: (document, document) -> (rate, words, words)."""
    draw = random.Random(1904)
    all_of = paragraphs(shared)
    draw.shuffle(all_of)
    pool = [w for p in all_of[:400] for w in p]
    planted, take = {}, iter(all_of)
    for n in range(COPIES):
        rate = RATES[n % len(RATES)]
        source = next(take)
        length = draw.randint(25, 60)
        start = draw.randint(0, len(source) - length) if len(source) > length else 0
        passage = source[start:start + length]
        copy = changed(passage, rate, pool, draw)
        first = [*next(take)[:60], *passage, *next(take)[:60]]
        second = [*next(take)[:60], *copy, *next(take)[:60]]
        names = f"{n:03}a.txt", f"{n:03}b.txt"
        for name, words in zip(names, (first, second)):
            (folder / name).write_text(" ".join(words) + "\n", encoding="utf-8")
        planted[names] = (rate, " ".join(passage), " ".join(copy))
    return planted


def ours(program: pathlib.Path, work: pathlib.Path, folder: pathlib.Path) -> set:
    """Pairs of documents with a shared passage."""
    paths, pairs = {}, set()
    for line in common.export(program, work, folder).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["type"] == "document":
            paths[record["id"]] = record["path"].rsplit("/", 1)[-1]
        elif record["type"] == "reuse":
            pairs.add(tuple(sorted((paths[record["a"]["document"]], paths[record["b"]["document"]]))))
    return pairs


def minhash(folder: pathlib.Path, threshold: float) -> set:
    """Pairs of documents of which two windows are alike by MinHash."""
    from datasketch import MinHash, MinHashLSH
    index, kept, pairs = MinHashLSH(threshold=threshold, num_perm=128), {}, set()
    for path in sorted(folder.iterdir()):
        words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        for start in range(0, max(1, len(words) - 30), 10):
            sketch = MinHash(num_perm=128, seed=1)
            window = words[start:start + 40]
            for i in range(len(window) - 2):
                sketch.update(" ".join(window[i:i + 3]).encode())
            kept[f"{path.name} {start}"] = sketch
            index.insert(f"{path.name} {start}", sketch)
    for key, sketch in kept.items():
        for other in index.query(sketch):
            a, b = key.split()[0], other.split()[0]
            if a != b:
                pairs.add(tuple(sorted((a, b))))
    return pairs


def row(name: str, pairs: set, planted: dict) -> str:
    by_rate = collections.Counter(rate for rate, *_ in planted.values())
    found = collections.Counter(planted[p][0] for p in pairs if p in planted)
    wrong = sum(p not in planted for p in pairs)
    precision = (len(pairs) - wrong) / len(pairs) if pairs else 0.0
    return f"| {name} | " + " | ".join(f"{found[r] / by_rate[r]:.3f}" for r in RATES) + f" | {precision:.3f} ({wrong} of {len(pairs)} wrong) |"


def main() -> None:
    parser = common.parser(__doc__)
    parser.add_argument("--reuse", type=pathlib.Path, default=common.ROOT / "target/release/examples/reuse_time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        texts = work / "copies"
        texts.mkdir()
        planted = generate(options.shared, texts)
        rows = [row("Rashomon", ours(options.program, work, texts), planted)]
        for threshold in (0.2, 0.5):
            rows.append(row(f"MinHash, Jaccard from {threshold}", minhash(texts, threshold), planted))
    start = time.time()
    large = subprocess.run(["/usr/bin/time", "-f", "%M", options.reuse], check=True, text=True, capture_output=True)
    memory = int(large.stderr.split()[-1]) // 1024
    common.write("reuse", options.shared, [
        "# Text reuse", "",
        "Made by `python3 scripts/reports/reuse.py --shared ../shared`.", "",
        f"{COPIES} passages of 25 to 60 words copied into other documents ({2 * COPIES} documents, `corpora/text`, fixed seed): share of the copies found, by the "
        "share of words that were changed; and of the pairs of documents reported, how many were planted. Bars: recall .95 at 20 %, precision .99.", "",
        "| | " + " | ".join(f"{r} %" for r in RATES) + " | precision |", "|---|" + "---|" * (len(RATES) + 1), *rows, "",
        f"Made-up documents (`crates/derive/examples/reuse_time.rs`), {time.time() - start:.0f} s with the making, at most {memory} MiB (bars: 600 s, 4 GiB):", "",
        "```", large.stdout.strip(), "```", ""])


if __name__ == "__main__":
    main()
