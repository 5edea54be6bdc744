"""The reader in numpy: reads only the exported file and writes CoNLL-U. The Rust reader must give the same output.

    python reference.py MODEL.safetensors [--conllu FILE | --text FILE] [--float]

`--conllu`: pretokenised (ids, forms); `--text`: raw text, a blank line ends a paragraph. NETWORK.md describes every step.
MISC: `SpaceAfter=No`, `TokenRange=start:end` (code points, raw text only), `Entity=B-PER` (names, BIO of PER LOC ORG OTH), `Pred=Yes`,
`Srl=ID:LABEL,...`.
"""
import argparse
import json
import sys
import unicodedata

import numpy as np

import decode
import mend

M32 = 0xFFFFFFFF


# --- hashing --------------------------------------------------------------------------------------------------------

def fnv(text):
    value = 2166136261
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 16777619) & M32
    return value


def mix(kind, *values):
    x = (kind * 0x9E3779B1) & M32
    for v in values:
        x = ((x ^ v) * 0x85EBCA6B) & M32
        x ^= x >> 15
    return x


# --- words and sentences from raw text ------------------------------------------------------------------------------

def atoms(chunk):
    """A chunk without white space as runs of letters (with marks), runs of digits and single other characters; `n` goes
    with a following 't or ’t."""
    out, i = [], 0
    while i < len(chunk):
        j = i + 1
        if letter(chunk[i]):
            while j < len(chunk) and (letter(chunk[j]) or "\u0300" <= chunk[j] <= "\u036f"):
                j += 1
        elif digit(chunk[i]):
            while j < len(chunk) and digit(chunk[j]):
                j += 1
        out.append(chunk[i:j])
        i = j
    k = 0
    while k + 2 < len(out):
        if out[k][-1] in "nN" and len(out[k]) > 1 and out[k + 1] in ("'", "’") and out[k + 2] in ("t", "T"):
            out[k:k + 3] = [out[k][:-1], out[k][-1] + out[k + 1] + out[k + 2]]
        k += 1
    return out


def letter(c):
    """Unicode letters (in Rust: `is_alphabetic`)."""
    return c.isalpha()


def digit(c):
    return "0" <= c <= "9"


def blank(c):
    """Unicode White_Space."""
    return c.isspace() and not "\x1c" <= c <= "\x1f"


def word_class(w):
    """0 none, 1 lower, 2 Title, 3 UPPER, 4 one capital, 5 digits, 6 letters and others mixed, else 16 + first character."""
    if not w:
        return 0
    if all(digit(c) for c in w):
        return 5
    if letter(w[0]):
        if all(letter(c) for c in w):
            if w.islower():
                return 1
            if w.isupper():
                return 3 if len(w) > 1 else 4
            return 2 if w[0].isupper() else 6
        return 2 if w[0].isupper() else 6
    return 6 if any(letter(c) or digit(c) for c in w) else 16 + ord(w[0])


def is_split_rule(a, b):
    """The gap inside n't words is always a boundary."""
    return len(b) == 3 and b[0] in "nN" and b[1] in "'’" and b[2] in "tT" and letter(a[-1])


def join_features(parts, i, before):
    """Hashes for the gap after atom i of a chunk; `before`: 1 if the gap before atom i was split (or chunk start)."""
    def text(k):
        return fnv(parts[k].lower()) if 0 <= k < len(parts) else 7
    def kind(k):
        return word_class(parts[k]) if 0 <= k < len(parts) else 0
    n = len(parts)
    a, b, p, q = text(i), text(i + 1), text(i - 1), text(i + 2)
    ka, kb, kp, kq = kind(i), kind(i + 1), kind(i - 1), kind(i + 2)
    la, lb = min(len(parts[i]), 4), min(len(parts[i + 1]), 4)
    first, last = int(i == 0), int(i + 2 == n)
    web = int(any(x in ("@", "://", "www", "com", "http", "https", "/") for x in parts)) + 2 * int("@" in parts)
    left, right = min(i, 6), min(n - i - 2, 6)
    return [mix(1, a), mix(2, b), mix(3, a, b), mix(4, ka, kb), mix(5, ka, kb, la, lb), mix(6, kp, ka, kb, before), mix(7, ka, kb, kq, before),
            mix(8, kp, ka, kb, kq), mix(9, p, a, kb), mix(10, ka, b, q), mix(11, first, last, ka, kb), mix(12, web, ka, kb),
            mix(13, web, left, right), mix(14, before, a, kb), mix(15, before, ka, b), mix(16, a, kb, lb, last), mix(17, ka, la, b, first),
            mix(18, p, a, b), mix(19, a, b, q), mix(20, first, last, a, b), mix(21, n if n < 9 else 9, ka, kb)]


SENTENCE_FEATURES = 22


def sentence_features(h, c, gap, i, n, style):
    """Hashes for a sentence end after word i of a paragraph. h, c: hash of the lower form and class of each word, padded
    by three 0s on both sides (word i is at i + 3); gap: 0 no blank, 1 one blank, 2 more white space."""
    w, k, j = h, c, i + 3
    near_end, near_start = min(n - i - 2, 3), min(i, 3)
    return [mix(31, w[j]), mix(32, w[j + 1]), mix(33, w[j - 1]), mix(34, w[j + 2]), mix(35, w[j], w[j + 1]), mix(36, w[j - 1], w[j]),
            mix(37, w[j + 1], w[j + 2]), mix(38, k[j], k[j + 1]), mix(39, k[j - 1], k[j], k[j + 1], k[j + 2]), mix(40, w[j], k[j + 1]),
            mix(41, k[j], w[j + 1]), mix(42, w[j - 1], k[j], k[j + 1]), mix(43, k[j - 2], k[j - 1], k[j], k[j + 1], k[j + 2], k[j + 3]),
            mix(44, gap, w[j]), mix(45, gap, k[j], k[j + 1]), mix(46, near_start, k[j], k[j + 1]), mix(47, near_end, k[j], k[j + 1]),
            mix(48, w[j - 1], w[j], k[j + 1]), mix(49, style, k[j], k[j + 1]), mix(50, k[j], w[j + 1], w[j + 2]), mix(51, k[j], k[j + 1], w[j + 2]),
            mix(52, w[j], k[j + 1], style, gap)]


def paragraph_style(c):
    """Whether the paragraph uses full stops (1), and whether it uses capitals (2)."""
    stops = sum(x in (16 + 46, 16 + 33, 16 + 63) for x in c)
    capitals = sum(x in (2, 3, 4) for x in c)
    return min(stops, 2) + 3 * min(capitals, 2)


def dateline(words, text):
    """The dash that ends a paragraph's dateline: `HARWICK, Va. (HP) -`. What follows is a sentence of its own."""
    dash = next((i for i, (w, _, _) in enumerate(words[:9]) if w in ("-", "–", "—", "―", "--")), None)
    if dash is None or dash + 1 == len(words) or any(text[words[k][1] - 1:words[k][1]] not in (" ", "\xa0") for k in (dash, dash + 1)):
        return None
    place = words[0][0]
    shouted = len(place) > 2 and all(c.isupper() for c in place)
    return dash if shouted and all(w[0].isupper() or w in ",.()" for w, _, _ in words[:dash]) else None


class Boundaries:
    """Splits raw text into paragraphs, words and sentences."""

    def __init__(self, join, sentence, splits):
        self.join, self.sentence, self.splits = join, sentence, splits

    def chunk(self, chunk):
        """The words of a chunk without white space, as lengths."""
        parts = atoms(chunk)
        words, current, before = [], "", 1
        for i, part in enumerate(parts):
            current += part
            if i + 1 == len(parts):
                words.append(current)
            elif is_split_rule(part, parts[i + 1]):
                words.append(current); current, before = "", 1
            else:
                score = sum(int(self.join[f % len(self.join)]) for f in join_features(parts, i, before))
                before = int(score > 0)
                if before:
                    words.append(current); current = ""
        out = []
        for w in words:
            cut = self.splits.get(w.lower(), 0) if len(w.lower()) == len(w) else 0
            out += [w[:cut], w[cut:]] if cut else [w]
        return out

    def paragraphs(self, text):
        """Lists of (word, start, end) for each paragraph; a paragraph ends at a blank line."""
        out, current, i, n = [], [], 0, len(text)
        while i < n:
            if blank(text[i]):
                j, lines = i, 0
                while j < n and blank(text[j]):
                    lines += text[j] == "\n"
                    j += 1
                if lines > 1 and current:
                    out.append(current); current = []
                i = j
                continue
            j = i
            while j < n and not blank(text[j]):
                j += 1
            at = i
            for w in self.chunk(text[i:j]):
                current.append((w, at, at + len(w)))
                at += len(w)
            i = j
        return out + [current] if current else out

    def sentences(self, words, text):
        """A paragraph's words cut into sentences."""
        n = len(words)
        c = [word_class(w) for w, _, _ in words]
        style = paragraph_style(c)
        h = [0] * 3 + [fnv(w.lower()) for w, _, _ in words] + [0] * 3
        c = [0] * 3 + c + [0] * 3
        out, current = [], []
        line = dateline(words, text)
        for i, w in enumerate(words):
            current.append(w)
            if i + 1 == n:
                break
            space = words[i + 1][1] - w[2]
            gap = min(space, 2)
            if gap == 0 and c[i + 3] < 16:                   # inside a run of letters and digits no sentence ends
                continue
            score = sum(int(self.sentence[f % len(self.sentence)]) for f in sentence_features(h, c, gap, i, n, style))
            if score > 0 or i == line:
                out.append(current); current = []
        return out + [current]

    def read(self, text):
        return [s for p in self.paragraphs(text) for s in self.sentences(p, text)]


# --- lemma ----------------------------------------------------------------------------------------------------------

def lemma(word, xpos, table):
    """The dictionary form of a word with its XPOS; table: {"words": {lower TAB xpos: lemma}, "rules": {xpos TAB suffix: edit}}."""
    lower = word.lower()
    known = table["words"].get(f"{lower}\t{xpos}")
    if known is not None:
        return known
    if xpos == "NNP":
        return word
    if xpos != "NNPS" and word_class(word) == 3 and len(word) <= 5 and xpos in ("NN", "ADD"):
        return word
    for k in range(min(5, len(lower)), -1, -1):
        edit = table["rules"].get(f"{xpos}\t{lower[len(lower) - k:]}")
        if edit is not None:
            cut, end = edit.split(",", 1)
            out = lower[:len(lower) - int(cut)] + end or lower
            return out[:1].upper() + out[1:] if xpos == "NNPS" and word[:1].isupper() else out
    return lower


# --- word pieces ----------------------------------------------------------------------------------------------------

def punctuation(c):
    return c in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" or unicodedata.category(c)[0] == "P"


def ideograph(c):
    o = ord(c)
    return (0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2A6DF or 0x2A700 <= o <= 0x2B73F
            or 0x2B740 <= o <= 0x2B81F or 0x2B920 <= o <= 0x2CEAF or 0xF900 <= o <= 0xFAFF or 0x2F800 <= o <= 0x2FA1F)


def normal(word):
    """Lower case without accents and control characters; ideographs, punctuation and blanks part the word."""
    kept = [" " if blank(c) else c for c in word if not (c in "\0\ufffd" or unicodedata.category(c)[0] == "C" and c not in "\t\n\r")]
    spread = "".join(f" {c} " if ideograph(c) else c for c in kept)
    bare = "".join(c for c in unicodedata.normalize("NFD", spread) if unicodedata.category(c) != "Mn").lower()
    return "".join(f" {c} " if punctuation(c) else c for c in bare).split()


def pieces(word, vocabulary):
    """Ids of the word's pieces, at most 12; [UNK] = 100."""
    out = []
    for part in normal(word):
        found, start = [], 0
        while start < len(part) and len(part) <= 100:
            end = len(part)
            while end > start and ("##" if start else "") + part[start:end] not in vocabulary:
                end -= 1
            if end == start:
                found = []
                break
            found.append(vocabulary[("##" if start else "") + part[start:end]])
            start = end
        out += found or [100]
    return out[:12] or [100]


def shape(word):
    out = ""
    for c in word:
        k = "X" if c.isupper() else "x" if letter(c) else "d" if digit(c) else c
        if len(out) < 2 or out[-1] != k or out[-2] != k:
            out += k
    return out


# --- arithmetic -----------------------------------------------------------------------------------------------------

F = np.float32


def curve(x):
    x = np.clip(x, F(-1.5), F(1.5))
    return x - F(4.0 / 27.0) * x * x * x


def lanes_sum(x):
    """Sum over the last axis in the fixed order: 16 partial sums, then halves added: 8, 4, 2, 1."""
    parts = x.reshape(*x.shape[:-1], -1, 16)
    s = parts[..., 0, :]
    for k in range(1, parts.shape[-2]):
        s = s + parts[..., k, :]
    for half in (8, 4, 2, 1):
        s = s[..., :half] + s[..., half:2 * half]
    return s[..., 0]


def layer_norm(x, weight, bias):
    n = F(x.shape[-1])
    d = x - (lanes_sum(x) / n)[..., None]
    r = F(1) / np.sqrt(lanes_sum(d * d) / n + F(1e-5))
    return (d * r[..., None]) * weight + bias


def quantised(x):
    """8-bit integers of each row (as floats) and the row's scale."""
    top = np.abs(x).max(-1, keepdims=True)
    with np.errstate(divide="ignore"):
        inverse = np.where(top > 0, F(127) / top, F(0))
    return np.rint(x * inverse), top / F(127)


class Reader:
    """The network of an exported file."""

    def __init__(self, path, integers=True):
        from safetensors.numpy import load_file
        from safetensors import safe_open
        with safe_open(path, "np") as f:
            self.config = json.loads(f.metadata()["config"])
        t = self.t = load_file(path)
        self.integers = integers
        self.weights = {k[:-7]: t[k].astype(F) for k in t if t[k].dtype == np.int8}
        self.vocabulary = {p: i for i, p in enumerate(self.text("pieces.vocabulary").split("\n"))}
        table = lambda name: dict(line.rsplit("\t", 1) for line in self.text(name).split("\n"))
        self.lemmas = {"words": table("lemma.words"), "rules": table("lemma.rules")}
        self.boundaries = Boundaries(t["boundaries.join"], t["boundaries.sentence"],
                                     {k: int(v) for k, v in table("boundaries.splits").items()})
        self.cache = {}

    def text(self, name):
        return self.t[name].tobytes().decode("utf-8")

    def linear(self, name, x, fixed=False):
        """Integer product of the rows of x with a matrix; fixed: x lies in [-1, 1] and has the scale 1 / 127."""
        if not self.integers:
            return x @ (self.weights[name] * self.t[name + ".scale"][:, None]).T + self.t[name + ".bias"]
        q, scale = (np.rint(x * F(127)), F(1) / F(127)) if fixed else quantised(x)
        return (q @ self.weights[name].T) * (scale * self.t[name + ".scale"]) + self.t[name + ".bias"]

    def word(self, word):
        """A word's input row; the same for every occurrence, so it may be kept."""
        found = self.cache.get(word)
        if found is None:
            lower, t = word.lower(), self.t
            vector = np.zeros(t["pieces.vectors"].shape[1], dtype=F)
            ids = pieces(word, self.vocabulary)
            for i in ids:
                vector = vector + t["pieces.vectors"][i].astype(F)
            vector = vector / F(len(ids))
            rows = [t["hashed." + name][fnv(s) % len(t["hashed." + name])].astype(F) for name, s in
                    (("form", "w" + lower), ("prefix", "p" + lower[:3]), ("suffix", "s" + lower[-3:]), ("shape", "h" + shape(word)))]
            found = self.cache[word] = self.linear("mix", np.concatenate([vector, *rows])[None])[0]
        return found

    def encode(self, sentences):
        """Encoder rows of all words of all sentences, one after another."""
        t, lengths = self.t, np.array([len(s) for s in sentences])
        x = np.stack([self.word(w) for s in sentences for w in s])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        first, last = np.zeros(len(x), dtype=bool), np.zeros(len(x), dtype=bool)
        first[starts], last[starts + lengths - 1] = True, True
        for k in range(self.config["blocks"]):
            p = f"block.{k}."
            u = layer_norm(x, t[p + "norm.weight"], t[p + "norm.bias"])
            near = t[p + "near"]
            before, after = np.roll(u, 1, 0), np.roll(u, -1, 0)
            before[first], after[last] = 0, 0
            g = self.linear(p + "in", (u * near[1] + before * near[0]) + after * near[2])
            h = g.shape[1] // 4
            z_forward, c_forward = F(0.5) + F(0.5) * curve(F(0.5) * g[:, :h]), curve(g[:, h:2 * h])
            z_back, c_back = F(0.5) + F(0.5) * curve(F(0.5) * g[:, 2 * h:3 * h]), curve(g[:, 3 * h:])
            both = np.zeros((len(x), 2 * h), dtype=F)
            forward, back = np.zeros((len(lengths), h), dtype=F), np.zeros((len(lengths), h), dtype=F)
            for i in range(lengths.max()):
                live = np.flatnonzero(lengths > i)
                row = starts[live] + i
                forward[live] += z_forward[row] * (c_forward[row] - forward[live])
                both[row, :h] = forward[live]
                row = starts[live] + lengths[live] - 1 - i
                back[live] += z_back[row] * (c_back[row] - back[live])
                both[row, h:] = back[live]
            x = x + self.linear(p + "out", both, fixed=True)
        return layer_norm(x, t["norm.weight"], t["norm.bias"]), starts, lengths

    def pair(self, name, a, b, far, more=None):
        part = a.shape[-1] // 2
        first = (a[..., :part] + b[..., :part]) + self.t[name + ".far"][far]
        if more is not None:
            first = first + more
        hidden = np.concatenate([np.maximum(first, F(0)), a[..., part:] * b[..., part:]], -1)
        return self.linear(name + ".out", hidden)

    def parse(self, sentences):
        """A dict for each sentence (list of forms): upos xpos lemma head rel ner pred roles, and the name scores."""
        c, t = self.config, self.t
        x, starts, lengths = self.encode(sentences)
        tags = self.linear("tags", x)
        sizes = np.cumsum([len(c["upos"]), len(c["xpos"]), len(c["ner"])])
        upos, xpos, ner, pred = np.split(tags, sizes, -1)
        root = t["root"][None]
        dependent = np.maximum(self.linear("arc.dependent", x), F(0))
        head, root_head = (np.maximum(self.linear("arc.head", r), F(0)) for r in (x, root))
        asked = self.linear("arc.bilinear", dependent)
        rel_a, rel_b, root_b = self.linear("rel.a", x), self.linear("rel.b", x), self.linear("rel.b", root)
        role_a, role_b = self.linear("role.a", x), self.linear("role.b", x)
        out = []
        for words, s, n in zip(sentences, starts, lengths):
            here = slice(s, s + n)
            heads = np.concatenate([root_head, head[here]])
            if self.integers:
                (q, qs), (k, ks) = quantised(asked[here]), quantised(heads)
                scores = (q @ k.T) * (qs * ks.T)
            else:
                scores = asked[here] @ heads.T
            scores = scores + lanes_sum(heads * t["arc.prior"])[None]
            tree = np.array(decode.tree(scores + t["arc.far"][decode.arc_distances(n)]))
            above = np.concatenate([root_b, rel_b[here]])[tree]
            far = np.where(tree == 0, decode.ROOT_BUCKET, decode.bucket(tree - 1 - np.arange(n)))
            labels = self.pair("rel", rel_a[here], above, far)
            r = c["rel"].index("root")
            labels[:, r] = -np.inf
            rel = np.where(tree == 0, r, labels.argmax(-1))
            preds = np.flatnonzero(pred[here, 0] > 0)
            roles = []
            if len(preds):
                case = decode.tree_features(tree - 1, rel, preds, len(c["rel"]))
                more = t["role.tree"][case] + t["role.predicate"][rel[preds]][:, None]
                far = decode.bucket(np.arange(n)[None] - preds[:, None])
                a = np.repeat(role_a[here][preds][:, None], n, 1)
                best = decode.once(self.pair("role", a, role_b[here][None], far, more), c["role"])
                roles = [(int(p) + 1, int(w) + 1, c["role"][best[k, w]]) for k, p in enumerate(preds) for w in range(n) if best[k, w]]
            x_tags = [c["xpos"][i] for i in xpos[here].argmax(-1)]
            out.append(dict(words=list(words), upos=[c["upos"][i] for i in upos[here].argmax(-1)], xpos=x_tags,
                            lemma=[lemma(w, p, self.lemmas) for w, p in zip(words, x_tags)], head=tree.tolist(),
                            rel=[c["rel"][i] for i in rel], ner=decode.names(ner[here], c["ner"]),
                            pred=(preds + 1).tolist(), roles=roles))
        return out


# --- names of a whole document --------------------------------------------------------------------------------------

def vote_names(parsed):
    """Makes the names of a document agree; changes `ner` of its sentences in place.

    Votes: each name (PER, LOC, ORG) gives one for its class to its words as written; a person's name of several words also
    gives one for PER to its last word. (1) Every name takes the class with the most votes for its words, its own among equals.
    (2) A run of unnamed words that begin with a capital and stand as a name of two or more votes elsewhere is a name too; the longest
    first, at each place from the left; a single word only where its XPOS is NNP or NNPS."""
    votes = {}
    def vote(words, kind):
        votes.setdefault(words, {}).setdefault(kind, 0)
        votes[words][kind] += 1
    for s in parsed:
        for a, b, kind in decode.spans(s["ner"]):
            if kind != "OTH":
                vote(tuple(s["words"][a:b]), kind)
                if kind == "PER" and b - a > 1:
                    vote((s["words"][b - 1],), "PER")
    order = {"PER": 0, "LOC": 1, "ORG": 2}
    def winner(words, own):
        return min(votes[words], key=lambda k: (-votes[words][k], k != own, order[k]))
    longest = max((len(w) for w in votes), default=0)
    for s in parsed:
        tags, words = s["ner"], s["words"]
        for a, b, kind in decode.spans(tags):
            if kind != "OTH":
                tags[a:b] = bio(winner(tuple(words[a:b]), kind), b - a)
        i = 0
        while i < len(words):
            step = 1
            for k in range(min(longest, len(words) - i), 0, -1):
                run = tuple(words[i:i + k])
                if (run in votes and all(t == "O" for t in tags[i:i + k]) and run[0][:1].isupper()
                        and sum(votes[run].values()) >= 2 and (k > 1 or s["xpos"][i].startswith("NNP"))):
                    tags[i:i + k] = bio(winner(run, None), k)
                    step = k
                    break
            i += step


def mend_names(parsed, text=None):
    """Mends the names of a document (`mend.py`), sentence by sentence; text: of a raw text."""
    ends = [i for i, s in enumerate(parsed) if text is not None and s["paragraph"]] + [len(parsed)]
    for i, s in enumerate(parsed):
        gaps = None
        if text is not None:
            first, after = max(e for e in ends if e <= i), min(e for e in ends if e > i)
            gaps = mend.gaps_of(text, s["places"], parsed[first]["places"][0][0], parsed[after - 1]["places"][-1][1])
        spans = mend.mend(s["words"], s["xpos"], decode.spans(s["ner"]), gaps)
        s["ner"][:] = ["O"] * len(s["ner"])
        for a, b, kind in spans:
            s["ner"][a:b] = bio(kind, b - a)


def bio(kind, n):
    return ["B-" + kind] + ["I-" + kind] * (n - 1)


# --- features and CoNLL-U -------------------------------------------------------------------------------------------

VERB = {"VB": "VerbForm=Inf", "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin", "VBG": "Tense=Pres|VerbForm=Part", "VBN": "Tense=Past|VerbForm=Part",
        "VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin", "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "MD": "VerbForm=Fin"}
NUMBER = {"NN": "Number=Sing", "NNP": "Number=Sing", "NNS": "Number=Plur", "NNPS": "Number=Plur"}


def features(s, i):
    """Tense, number, voice from XPOS and the tree: `Voice=Pass` where a dependent is nsubj:pass, csubj:pass or aux:pass."""
    x = s["xpos"][i]
    out = VERB.get(x) or NUMBER.get(x) or ""
    if x in VERB and any(h == i + 1 and r in ("nsubj:pass", "csubj:pass", "aux:pass") for h, r in zip(s["head"], s["rel"])):
        out = "|".join(filter(None, (out, "Voice=Pass")))
    return out or "_"


def rows(s, extra):
    """The ten columns of each word; extra: what stands in MISC before ours."""
    srl = {}
    for p, a, label in sorted(s["roles"]):
        srl.setdefault(a, []).append(f"{p}:{label}")
    for i, w in enumerate(s["words"]):
        misc = list(extra[i])
        if s["ner"][i] != "O":
            misc.append("Entity=" + s["ner"][i])
        if i + 1 in s["pred"]:
            misc.append("Pred=Yes")
        if i + 1 in srl:
            misc.append("Srl=" + ",".join(srl[i + 1]))
        yield [str(i + 1), w, s["lemma"][i], s["upos"][i], s["xpos"][i], features(s, i), str(s["head"][i]), s["rel"][i], "_",
               "|".join(misc) or "_"]


def read_text(reader, text, votes=True):
    """Parsed sentences of a raw text, each with `places` (start, end) of its words, and the paragraph's first marked."""
    found = [(s, k == 0) for p in reader.boundaries.paragraphs(text) for k, s in enumerate(reader.boundaries.sentences(p, text))]
    parsed = parse_all(reader, [[w for w, _, _ in s] for s, _ in found])
    for r, (s, first) in zip(parsed, found):
        r["places"], r["paragraph"] = [(a, b) for _, a, b in s], first
    if votes:
        vote_names(parsed)
        mend_names(parsed, text)
    return parsed


def parse_all(reader, sentences, words=4000):
    """The same as `reader.parse`, some sentences of like length at a time (no result depends on which)."""
    out, group, size = [None] * len(sentences), [], 0
    for i in sorted(range(len(sentences)), key=lambda i: len(sentences[i])):
        group.append(i); size += len(sentences[i])
        if size > words:
            for j, r in zip(group, reader.parse([sentences[j] for j in group])):
                out[j] = r
            group, size = [], 0
    if group:
        for j, r in zip(group, reader.parse([sentences[j] for j in group])):
            out[j] = r
    return out


def conllu_of_text(reader, text):
    lines = []
    for n, s in enumerate(read_text(reader, text), 1):
        places = s["places"]
        if s["paragraph"]:
            lines.append("# newpar")
        lines += [f"# sent_id = {n}", "# text = " + " ".join(text[places[0][0]:places[-1][1]].split())]
        glued = [i + 1 < len(places) and places[i + 1][0] == places[i][1] for i in range(len(places))]
        lines += ["\t".join(r) for r in rows(s, [(["SpaceAfter=No"] if g else []) + [f"TokenRange={a}:{b}"]
                                                 for g, (a, b) in zip(glued, places)])] + [""]
    return "\n".join(lines) + "\n"


def conllu_of_conllu(reader, source):
    """Pretokenised input: comments, multiword ranges and SpaceAfter stay; documents are told apart by `# newdoc`."""
    blocks, documents, number = [b.split("\n") for b in source.strip("\n").split("\n\n")], [], -1
    for b in blocks:
        number += number < 0 or any(line.startswith("# newdoc") for line in b)
        documents.append(number)
    words = [[line.split("\t") for line in b if not line.startswith("#") and line.split("\t")[0].isdigit()] for b in blocks]
    parsed = parse_all(reader, [[r[1] for r in w] for w in words])
    for d in sorted(set(documents)):
        document = [p for p, e in zip(parsed, documents) if e == d]
        vote_names(document)
        mend_names(document)
    out = []
    for b, w, s in zip(blocks, words, parsed):
        extra = [[m for m in r[9].split("|") if m.startswith("SpaceAfter")] for r in w]
        new = rows(s, extra)
        for line in b:
            first = line.split("\t")[0]
            if line.startswith("#") or "-" in first:
                out.append(line)
            elif first.isdigit():
                out.append("\t".join(next(new)))
        out.append("")
    return "\n".join(out) + "\n"


def main():
    a = argparse.ArgumentParser()
    a.add_argument("model")
    a.add_argument("--conllu")
    a.add_argument("--text")
    a.add_argument("--float", action="store_true", help="no 8-bit activations, to see what they cost")
    o = a.parse_args()
    reader = Reader(o.model, integers=not o.float)
    source = open(o.conllu or o.text, encoding="utf-8", newline="").read()
    sys.stdout.write(conllu_of_conllu(reader, source) if o.conllu else conllu_of_text(reader, source))


if __name__ == "__main__":
    main()
