"""Turns sentences into tensors; changes names and letter case of training sentences on the fly."""
import random
from functools import lru_cache

import numpy as np
import torch

import decode
import model
from names import replace_names

PAD = -100
PIECES = 12                             # of a word; the rest of a longer one (a web address) is left out


class Maker:
    """Builds batches for the teacher (pieces) or the student (vectors and hashes)."""

    def __init__(self, vocab, folder, vectors=None, seed=1):
        self.vocab = vocab
        self.ids = {k: {v: i for i, v in enumerate(vocab[k])} for k in ("upos", "xpos", "rel", "ner", "role")}
        self.tokenizer = model.pieces_tokenizer(folder)
        self.vectors = vectors                       # [pieces, dims] float32, student only
        self.random = random.Random(seed)
        self.piece_cache, self.student_cache = {}, {}

    def pieces(self, word):
        found = self.piece_cache.get(word)
        if found is None:
            found = self.tokenizer.encode(word, add_special_tokens=False).ids[:PIECES] or [self.tokenizer.token_to_id("[UNK]")]
            self.piece_cache[word] = found
        return found

    def piece_count(self, s):
        return sum(len(self.pieces(w)) for w in s["words"])

    def student(self, word):
        found = self.student_cache.get(word)
        if found is None:
            found = self.vectors[self.pieces(word)].mean(0), model.word_hashes(word)
            self.student_cache[word] = found
        return found

    def augment(self, s):
        """Other names, and in gold sentences now and then another letter case."""
        if "ner" in s and self.random.random() < (0.15 if s.get("auto") else 0.35):
            s = replace_names(s, self.random)
        if s.get("auto"):
            return s
        r = self.random.random()
        if r < 0.02:
            s = dict(s, words=[w.upper() for w in s["words"]])
        elif r < 0.04:
            s = dict(s, words=[w.lower() for w in s["words"]])
        return s

    def batch(self, sentences, train=True, teacher=False, augment=False):
        if augment:
            sentences = [self.augment(s) for s in sentences]
        b, t = len(sentences), max(len(s["words"]) for s in sentences)
        lengths = np.array([len(s["words"]) for s in sentences], dtype=np.int32)
        out = {"lengths": torch.from_numpy(lengths), "mask": torch.from_numpy(np.arange(t)[None] < lengths[:, None]),
               "sentences": sentences}
        if teacher:
            self._pieces(sentences, out, t)
        else:
            vector = np.zeros((b, t, self.vectors.shape[1]), dtype=np.float32)
            hashes = np.zeros((b, t, 4), dtype=np.int64)
            for i, s in enumerate(sentences):
                for j, w in enumerate(s["words"]):
                    vector[i, j], hashes[i, j] = self.student(w)
            out["vector"], out["hashes"] = torch.from_numpy(vector), torch.from_numpy(hashes)
        if train:
            self._targets(sentences, out, b, t)
        return out

    def _pieces(self, sentences, out, t):
        rows, cases, first, last = [], [], [], []
        start, end, pad = (self.tokenizer.token_to_id(x) for x in ("<s>", "</s>", "<pad>"))
        for s in sentences:
            row, case, f, l = [start], [0], [], []
            for w in s["words"]:
                p = self.pieces(w)
                f.append(len(row))
                row += p
                case += [model.case_of(w)] * len(p)
                l.append(len(row) - 1)
            rows.append((row + [end])[:512]); cases.append((case + [0])[:512])
            first.append(np.minimum(f, 511)); last.append(np.minimum(l, 511))
        width = max(map(len, rows))
        def padded(lists, size, fill=0):
            a = np.full((len(lists), size), fill, dtype=np.int64)
            for i, x in enumerate(lists):
                a[i, :len(x)] = x
            return torch.from_numpy(a)
        out["pieces"], out["case"] = padded(rows, width, pad), padded(cases, width)
        out["piece_mask"] = torch.from_numpy(np.arange(width)[None] < np.array([[len(r)] for r in rows]))
        out["first"], out["last"] = padded(first, t), padded(last, t)

    def _targets(self, sentences, out, b, t):
        for key in ("upos", "xpos", "ner", "head", "rel", "pred"):
            out[key] = np.full((b, t), PAD, dtype=np.int64)
        soft = all("soft" in s for s in sentences)
        where, preds, arguments, labels, cases, rels = [], [], [], [], [], []
        known_rels = len(self.vocab["rel"])
        for i, s in enumerate(sentences):
            n = len(s["words"])
            for key in ("upos", "xpos", "rel", "ner"):
                if key in s:
                    out[key][i, :n] = [self.ids[key].get(v, PAD) for v in s[key]]
            if "head" in s:
                out["head"][i, :n] = s["head"]
            if "pred" in s:
                out["pred"][i, :n] = 0
                out["pred"][i, [p - 1 for p in s["pred"]]] = 1
                if s["pred"]:
                    p = np.array(s["pred"]) - 1
                    gold = np.zeros((len(p), n), dtype=np.int64)
                    row = {q: k for k, q in enumerate(s["pred"])}
                    for q, a, l in s["roles"]:
                        gold[row[q], a - 1] = self.ids["role"].get(l, 0)
                    rel = np.array([self.ids["rel"].get(v, 0) for v in s["rel"]])
                    cases.append(decode.tree_features(np.array(s["head"]) - 1, rel, p, known_rels).ravel())
                    where.append(np.full(len(p) * n, i)); preds.append(np.repeat(p, n))
                    arguments.append(np.tile(np.arange(n), len(p))); labels.append(gold.ravel())
                    rels.append(np.repeat(rel[p], n))
        for key in ("upos", "xpos", "ner", "head", "rel", "pred"):
            out[key] = torch.from_numpy(out[key])
        out["roles"] = tuple(torch.from_numpy(np.concatenate(x).astype(np.int64)) for x in
                             (where, preds, arguments, cases, rels, labels)) if where else None
        if soft:
            for key, size in (("upos", None), ("xpos", None), ("ner", None), ("rel", None)):
                a = np.zeros((b, t, len(self.vocab[key])), dtype=np.float32)
                for i, s in enumerate(sentences):
                    a[i, :len(s["words"])] = s["soft"][key]
                out["soft_" + key] = torch.from_numpy(a)
            a = np.zeros((b, t, t + 1), dtype=np.float32)
            for i, s in enumerate(sentences):
                n = len(s["words"])
                a[i, :n, :n + 1] = s["soft"]["arc"]
            out["soft_arc"] = torch.from_numpy(a)


def batches(sentences, words, rng, shuffle=True, size=lambda s: len(s["words"])):
    """Groups of sentences of like length with about `words` words each, or units of another `size`."""
    sizes = [size(s) for s in sentences]
    keyed = sorted(range(len(sentences)), key=lambda i: (sizes[i] + (rng.random() * 3 if shuffle else 0), i))
    out, group = [], []
    for i in keyed:
        if group and (len(group) + 1) * sizes[i] > words:
            out.append(group); group = []
        group.append(i)
    if group:
        out.append(group)
    if shuffle:
        rng.shuffle(out)
    return [[sentences[i] for i in g] for g in out]
