"""Makes the tiny model of the Rust tests, and what `reference.py` reads with it.

    python tiny.py ../crates/read/tests/network

Writes `tiny.safetensors` (random weights of a fixed seed, boundaries and lemmas by a few rules), then for `tiny.txt` (raw text) and
`words.conllu` (pretokenised) the expected `tiny.txt.conllu` and `words.conllu.conllu`. It knows nothing of English; it has every part of the real one.
"""
import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

import reference

WIDTH, HIDDEN, BLOCKS, ARC, HALF, SEED = 16, 16, 2, 16, 16, 1904
UPOS = ["NOUN", "PUNCT", "VERB", "PROPN", "DET", "ADJ"]
XPOS = ["NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBZ", "VBN", "JJ", "."]
NER = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-OTH", "I-OTH"]
REL = ["punct", "root", "nsubj", "obj", "nsubj:pass", "aux:pass", "nmod"]
ROLE = ["-", "ARG0", "ARG1", "ARGM-TMP"]
WORDS = "the a of and in to was were mill mills river harbour strike mayor ship ships said that they ##s ##ed ##ing ##er ##or".split()


def matrix(random, out, name, outputs, inputs, bias=0.1):
    out[name + ".weight"] = random.integers(-63, 64, (outputs, inputs)).astype(np.int8)
    out[name + ".scale"] = (random.uniform(0.5, 1.5, outputs) / (36 * inputs ** 0.5)).astype(np.float32)
    out[name + ".bias"] = random.normal(0, bias, outputs).astype(np.float32)


def text(lines):
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8).copy()


def classes():
    return [1, 2, 3, 4, 5, 6, *(16 + ord(c) for c in ".,;:!?'\"()-—’“”")]


def boundaries(random, out):
    """Words part at punctuation but for - and ' inside them; sentences end after . ! ? before a capital."""
    join = random.integers(-20, 21, 4096).astype(np.int16)
    sentence = random.integers(-20, 21, 8192).astype(np.int16)
    for a in classes():
        for b in classes():
            inner = {16 + ord("-"), 16 + ord("’")}
            parts = (a > 15 or b > 15) and not (a in inner and b < 16) and not (b in inner and a < 16)
            join[reference.mix(4, a, b) % 4096] = 2000 if parts else -2000
            ends = a in (16 + ord("."), 16 + ord("!"), 16 + ord("?")) and b in (2, 3, 4)
            sentence[reference.mix(38, a, b) % 8192] = 2000 if ends else -2000
    out["boundaries.join"], out["boundaries.sentence"] = join, sentence
    out["boundaries.splits"] = text(["cannot\t3", "gonna\t3"])


def vocabulary():
    pieces = [f"[unused{k}]" for k in range(100)] + ["[UNK]"]
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)] + [str(d) for d in range(10)]
    return pieces + letters + ["##" + c for c in letters] + list(".,;:!?'-’") + WORDS


def tiny():
    random, out = np.random.default_rng(SEED), {}
    pieces = vocabulary()
    out["pieces.vocabulary"] = text(pieces)
    out["pieces.vectors"] = random.normal(0, 1, (len(pieces), 16)).astype(np.float16)
    for name, rows in (("form", 64), ("prefix", 32), ("suffix", 48), ("shape", 16)):
        out["hashed." + name] = random.normal(0, 1, (rows, 8)).astype(np.float16)
    matrix(random, out, "mix", WIDTH, 16 + 4 * 8)
    vector = lambda *shape: random.normal(0, 1, shape).astype(np.float32)
    for k in range(BLOCKS):
        p = f"block.{k}."
        out[p + "norm.weight"], out[p + "norm.bias"], out[p + "near"] = 1 + vector(WIDTH) / 4, vector(WIDTH) / 4, vector(3, WIDTH)
        matrix(random, out, p + "in", 4 * HIDDEN, WIDTH)
        matrix(random, out, p + "out", WIDTH, 2 * HIDDEN)
    out["norm.weight"], out["norm.bias"], out["root"] = 1 + vector(WIDTH) / 4, vector(WIDTH) / 4, vector(WIDTH)
    matrix(random, out, "tags", len(UPOS) + len(XPOS) + len(NER) + 1, WIDTH)
    for name in ("dependent", "head"):
        matrix(random, out, "arc." + name, ARC, WIDTH)
    matrix(random, out, "arc.bilinear", ARC, ARC)
    out["arc.prior"], out["arc.far"] = vector(ARC), vector(12) / 2
    for name, labels in (("rel", len(REL)), ("role", len(ROLE))):
        matrix(random, out, name + ".a", 2 * HALF, WIDTH)
        matrix(random, out, name + ".b", 2 * HALF, WIDTH)
        matrix(random, out, name + ".out", labels, 2 * HALF)
        out[name + ".far"] = vector(12, HALF)
    out["role.tree"], out["role.predicate"] = vector(1 + 4 * len(REL), HALF), vector(len(REL), HALF)
    out["role.out.bias"][0] += 2                         # most pairs have no role, most words no name and no predicate
    out["tags.bias"][[len(UPOS) + len(XPOS), -1]] += [1.5, -1.5]
    boundaries(random, out)
    out["lemma.words"] = text(["were\tVBD\tbe", "was\tVBD\tbe", "ships\tNNS\tship", "the\tNN\tthe"])
    out["lemma.rules"] = text(["VBD\t\t0,", "VBD\td\t1,", "VBD\tied\t3,y", "VBN\ted\t2,", "NNS\ts\t1,", "NNS\tmills\t1,", "NNPS\ts\t1,", "VBZ\t\t4,",
                               "VBZ\tes\t2,"])
    config = {"width": WIDTH, "hidden": HIDDEN, "blocks": BLOCKS, "upos": UPOS, "xpos": XPOS, "ner": NER, "rel": REL, "role": ROLE}
    return out, {"config": json.dumps(config, sort_keys=True)}


def main():
    folder = Path(sys.argv[1])
    tensors, metadata = tiny()
    model = folder / "tiny.safetensors"
    save_file(tensors, model, metadata)
    reader = reference.Reader(model)
    read = lambda name: (folder / name).read_bytes().decode("utf-8")
    write = lambda name, words: (folder / (name + ".conllu")).write_bytes(words.encode("utf-8"))
    write("tiny.txt", reference.conllu_of_text(reader, read("tiny.txt")))
    write("words.conllu", reference.conllu_of_conllu(reader, read("words.conllu")))


if __name__ == "__main__":
    main()
