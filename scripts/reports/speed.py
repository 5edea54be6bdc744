#!/usr/bin/env python3
"""Measures how fast the trained reader reads, beside spaCy in the same run, and writes docs/reports/speed.md.

    cargo build --release && cargo build --release -p rashomon-read --example network_time
    python3 scripts/reports/speed.py --shared ../shared [--model FILE]

--shared is the folder with `corpora`; it is not part of the project. Needs Python 3.11 and, for the peer, spaCy (PyPI).
Wall-clock time: leave the machine idle. Everything is raw text in memory to everything found, without the time to start
or load; rounds of the two alternate and the best of each counts. Ends with an error below a bar, after the report is written.

spaCy is its blank English pipeline in the usual small size (`spacy init config --lang en --pipeline tagger,parser,ner
--optimize efficiency`: four convolutions of width 96 over hashed embeddings, shared) with random weights and the labels of
our reader: speed does not depend on what weights say, apart from the order of a parser's moves.
"""
import argparse
import lzma
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SPACY, THREADS, LOAD, MEMORY = 5.0, 1.8, 100, 400
RELATIONS = """nsubj obj iobj obl nmod amod advmod det case mark cop aux aux:pass nsubj:pass conj cc punct root compound flat
appos acl acl:relcl advcl ccomp xcomp nummod parataxis expl obl:agent nmod:poss fixed discourse vocative list dep""".split()
TAGS = """NN NNS NNP NNPS VB VBD VBG VBN VBP VBZ JJ JJR JJS RB RBR RBS DT IN PRP PRP$ CC CD MD TO EX FW LS PDT POS RP SYM UH
WDT WP WP$ WRB . , : -LRB- -RRB- `` '' $ HYPH NFP ADD AFX GW XX""".split()


def pin(cores):
    """This process and what it starts stay on some cores, where the system can do that."""
    if cores:
        os.sched_setaffinity(0, cores)


def ours(options, text, seconds=5.0, paragraphs=20, threads="1"):
    """What the measuring tool says of a text, by name."""
    command = [options.tool, options.model or "-", text, seconds, paragraphs, threads]
    done = subprocess.run(list(map(str, command)), check=True, text=True, stdout=subprocess.PIPE).stdout
    return {name: float(value) for name, value in (line.split() for line in done.splitlines())}


def blank_spacy():
    """spaCy's small English pipeline with random weights."""
    import spacy
    from spacy.training import Example
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                  "rows": [5000, 1000, 2500, 2500], "include_static_vectors": False},
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1,
                   "maxout_pieces": 3}}})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    for name, kind, pieces in (("parser", "parser", 3), ("ner", "ner", 2)):
        nlp.add_pipe(name, config={"model": {
            "@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": False,
            "hidden_width": 128 if kind == "parser" else 64, "maxout_pieces": pieces, "use_upper": True, "tok2vec": shared}})
    for tag in TAGS:
        nlp.get_pipe("tagger").add_label(tag)
    for relation in RELATIONS:
        nlp.get_pipe("parser").add_label(relation)
    for kind in ("PER", "LOC", "ORG", "OTH"):
        nlp.get_pipe("ner").add_label(kind)
    words = ["The", "mayor", "of", "Brinmouth", "closed", "the", "mill", "."]
    example = Example.from_dict(nlp.make_doc("The mayor of Brinmouth closed the mill."), {
        "words": words, "tags": ["DT", "NN", "IN", "NNP", "VBD", "DT", "NN", "."], "heads": [1, 4, 3, 1, 4, 6, 4, 4],
        "deps": ["det", "nsubj", "case", "nmod", "root", "det", "obj", "punct"],
        "entities": ["O", "O", "O", "U-LOC", "O", "O", "O", "O"]})
    nlp.initialize(lambda: [example])
    return nlp, spacy.__version__


def peer(documents, words, seconds):
    """A function that measures spaCy's words a second, and its name; none if it is not installed."""
    try:
        nlp, version = blank_spacy()
    except ImportError:
        print("spaCy is not installed for this Python: no peer", file=sys.stderr)
        return None, ""
    some = documents[: max(1, int(len(documents) * min(1.0, seconds * 12_000 / words)))]
    share = sum(map(len, some)) / sum(map(len, documents))

    def measure():
        start = time.perf_counter()
        for _ in nlp.pipe(some):
            pass
        return words * share / (time.perf_counter() - start)

    return measure, f"spaCy {version}, blank English pipeline"


def peak(options, work, documents, count=10_000):
    """The program's peak memory in MB while it reads so many documents on two threads, and the words in them."""
    folder = work / "documents"
    folder.mkdir()
    names = []
    for n in range(count):
        names.append(f"documents/{n:05d}.txt")
        (work / names[-1]).write_text(documents[n % len(documents)], encoding="utf-8")
    command = [str(options.program), "parse", "--conllu", "--from", "text", "--threads", "2"]
    command += ["--model", str(options.model)] if options.model else []
    start = time.perf_counter()
    with open(os.devnull, "wb") as nothing:
        child = subprocess.Popen([*command, *names], cwd=work, stdout=nothing)
        # Not the maximum of resource usage: there a child begins with what its parent held when it was made.
        most = 0
        while child.poll() is None:
            try:
                status = pathlib.Path(f"/proc/{child.pid}/status").read_text(encoding="utf-8")
            except OSError:
                break
            most = max([most, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))])
            time.sleep(0.05)
        child.wait()
    if child.returncode:
        sys.exit(f"the program ended with {child.returncode}")
    return most / 1024, time.perf_counter() - start


def one_sentence(text, words=1000, sentences=100):
    """Paragraphs that are sentences of so many words: a text's words without anything that could end one."""
    plain = re.findall(r"[a-z]+", text.lower())
    return "\n\n".join(" ".join(plain[n * words:(n + 1) * words]) for n in range(sentences)) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    parser.add_argument("--tool", type=pathlib.Path, default=ROOT / "target/release/examples/network_time")
    parser.add_argument("--model", type=pathlib.Path, help="other weights than those built in")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of one measurement")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs/reports/speed.md")
    options = parser.parse_args()
    for name in ("program", "tool", "model"):
        setattr(options, name, getattr(options, name) and getattr(options, name).resolve())
    source = lzma.open(options.shared / "corpora/text/diplomacy.txt.xz", "rt", encoding="utf-8").read()
    paragraphs = [p for p in source.split("\n") if p.strip()]                # a line a paragraph
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)

        def file(name, text):
            (work / name).write_text(text, encoding="utf-8")
            return work / name
        # About a million characters, so that a pass over all documents is short and mixed.
        size = len(paragraphs)
        while size > 20 and sum(map(len, paragraphs[:size])) > 1_000_000:
            size = size * 9 // 10
        some = paragraphs[:size]
        documents = ["\n\n".join(some[n:n + 20]) for n in range(0, len(some), 20)]
        text = file("text.txt", "\n\n".join(some))
        pin(CORES[:1])
        first = ours(options, text, 0.1)
        words = first["words"]
        theirs, peer_name = peer(documents, words, options.seconds)
        mine, other = 0.0, 0.0
        for _ in range(options.rounds):
            mine = max(mine, ours(options, text, options.seconds)["threads_1"])
            other = max(other, theirs()) if theirs else other
        pin(CORES)
        both = [ours(options, text, options.seconds, threads="1,2") for _ in range(options.rounds)]
        single, double = max(b["threads_1"] for b in both), max(b["threads_2"] for b in both)
        load = min(b["load_ms"] for b in both)
        pin(CORES[:1])
        lengths = []
        for paragraphs_each in (1, 20, 200, 0):
            said = ours(options, text, options.seconds, paragraphs_each)
            lengths.append((said["words"] / said["documents"], said["threads_1"]))
        long = ours(options, file("long.txt", one_sentence(source)), options.seconds, 1)
        pin(CORES)
        small = ["\n\n".join(paragraphs[n:n + 4]) for n in range(0, len(paragraphs), 4)]
        memory, seconds = peak(options, work, small)
    checks = []

    def check(value, bar, most=False):
        good = value <= bar if most else value >= bar
        checks.append(good)
        return "met" if good else "**missed**"

    lines = ["# Speed of the trained reader", "",
             "Renewed by `python3 scripts/reports/speed.py --shared ../shared` on an idle machine after `cargo build --release`. Raw text in",
             "memory to words, tags, dictionary forms, trees, names and roles; loading not counted. Times compare with each other, not with",
             f"other machines ({platform.machine()}, {len(CORES)} cores here).", "",
             "| measure | value | bar | |", "|---|---|---|---|",
             f"| one core, words a second | {mine:,.0f} | | |"]
    if theirs:
        lines += [f"| {peer_name}, same core and text | {other:,.0f} | | |",
                  f"| ours against it | {mine / other:.1f} times | {SPACY:.0f} times | {check(mine / other, SPACY)} |"]
    lines += [f"| two threads, words a second | {double:,.0f} | | |",
              f"| two threads against one | {double / single:.2f} times | {THREADS} times | {check(double / single, THREADS)} |",
              f"| loading the weights | {load:.0f} ms | {LOAD} ms | {check(load, LOAD, True)} |",
              f"| peak memory, 10,000 documents, two threads, program and weights included | {memory:.0f} MB | {MEMORY} MB | {check(memory, MEMORY, True)} |",
              "", f"The 10,000 documents took {seconds:.0f} seconds, files and output included.", "",
              "| length of a document (words, mean) | words a second, one core |", "|---|---|",
              *(f"| {length:,.0f} | {speed:,.0f} |" for length, speed in lengths),
              f"| 1,000, of sentences of up to {long['longest_sentence']:,.0f} words | {long['threads_1']:,.0f} |", ""]
    options.out.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    if not all(checks):
        sys.exit(f"{checks.count(False)} of {len(checks)} figures are below their bars")


if __name__ == "__main__":
    main()
