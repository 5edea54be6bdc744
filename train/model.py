"""The networks: the teacher's encoder (MPNet), the student's encoder (bidirectional minGRU blocks), the heads of both.

NETWORK.md describes the student's arithmetic in full.
"""
import ctypes
import json
import math
import subprocess
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from decode import BUCKETS, ROOT_BUCKET, TREE_CASES, arc_distances, bucket

WORK = Path(__file__).parent / "work"


# --- word features --------------------------------------------------------------------------------------------------

ROWS = (20000, 4000, 8000, 4000)        # hashed tables: lower form, prefix 3, suffix 3, shape


def fnv(text):
    """32-bit FNV-1a of the UTF-8 bytes."""
    value = 2166136261
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def shape(word):
    """X for capitals, x for other letters, d for digits, the character itself else; runs cut to two."""
    out = ""
    for c in word:
        k = "X" if c.isupper() else "x" if c.isalpha() else "d" if c in "0123456789" else c
        if len(out) < 2 or out[-1] != k or out[-2] != k:
            out += k
    return out


def word_hashes(word):
    """Rows in the four hashed tables."""
    lower = word.lower()
    return (fnv("w" + lower) % ROWS[0], fnv("p" + lower[:3]) % ROWS[1], fnv("s" + lower[-3:]) % ROWS[2],
            fnv("h" + shape(word)) % ROWS[3])


def case_of(word):
    """Five classes of letter case for the teacher, whose pieces are lower-case."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 0
    if all(c.islower() for c in letters):
        return 1
    if all(c.isupper() for c in letters):
        return 2 if len(letters) > 1 else 3
    return 3 if word[0].isupper() else 4


def pieces_tokenizer(folder):
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_padding(); tokenizer.no_truncation()
    return tokenizer


# --- teacher --------------------------------------------------------------------------------------------------------

class Mpnet(nn.Module):
    """MPNet (Song et al. 2020), read from its safetensors file. The lowest `frozen` layers stay as they are, and letter case is
    added above them, so that training need not go down to the input."""

    def __init__(self, folder, frozen=4, dropout=0.1):
        super().__init__()
        from safetensors.torch import load_file
        settings = json.loads((Path(folder) / "config.json").read_text(encoding="utf-8"))
        w = load_file(str(Path(folder) / "model.safetensors"))
        self.heads, self.dropout, self.frozen = settings["num_attention_heads"], dropout, frozen
        self.width, self.eps = settings["hidden_size"], settings["layer_norm_eps"]
        self.register_buffer("words", w["embeddings.word_embeddings.weight"])
        self.register_buffer("places", w["embeddings.position_embeddings.weight"][settings["pad_token_id"] + 1:])
        self.register_buffer("far", w["encoder.relative_attention_bias.weight"])
        self.case = nn.Embedding(5, self.width)
        nn.init.zeros_(self.case.weight)
        self.norm = self._norm(w, "embeddings.LayerNorm")
        self.layers = nn.ModuleList()
        for i in range(settings["num_hidden_layers"]):
            p, layer = f"encoder.layer.{i}.", nn.Module()
            a = p + "attention.attn."
            layer.qkv = self._linear(*(torch.cat([w[f"{a}{n}.{k}"] for n in "qkv"]) for k in ("weight", "bias")))
            layer.out = self._linear(w[a + "o.weight"], w[a + "o.bias"])
            layer.norm1 = self._norm(w, p + "attention.LayerNorm")
            layer.up = self._linear(w[p + "intermediate.dense.weight"], w[p + "intermediate.dense.bias"])
            layer.down = self._linear(w[p + "output.dense.weight"], w[p + "output.dense.bias"])
            layer.norm2 = self._norm(w, p + "output.LayerNorm")
            self.layers.append(layer)
        for module in [self.norm, *self.layers[:frozen]]:
            module.requires_grad_(False)

    @staticmethod
    def _linear(weight, bias):
        linear = nn.Linear(weight.shape[1], weight.shape[0])
        linear.weight.data, linear.bias.data = weight.clone(), bias.clone()
        return linear

    def _norm(self, w, name):
        norm = nn.LayerNorm(self.width, eps=self.eps)
        norm.weight.data, norm.bias.data = w[name + ".weight"].clone(), w[name + ".bias"].clone()
        return norm

    def distances(self, t):
        """[heads, t, t] what each head adds to a score by the distance of two pieces, in classes as in T5."""
        away = torch.arange(t)[:, None] - torch.arange(t)[None]
        half = self.far.shape[0] // 2
        near = half // 2
        wide = near + (torch.log(away.abs().clamp(min=1) / near) / math.log(128 / near) * (half - near)).long()
        buckets = (away < 0) * half + torch.where(away.abs() < near, away.abs(), wide.clamp(max=half - 1))
        return self.far[buckets].permute(2, 0, 1)

    def forward(self, pieces, case, mask):
        b, t = pieces.shape
        x = self.norm(F.embedding(pieces, self.words) + self.places[:t])
        bias = self.distances(t)[None].masked_fill(~mask[:, None, None], -1e4)
        for i, layer in enumerate(self.layers):
            if i == self.frozen:
                x = F.dropout(x + self.case(case), self.dropout, self.training)
            drop = self.dropout if i >= self.frozen else 0.0
            q, k, v = layer.qkv(x).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
            a = layer.out(a.transpose(1, 2).reshape(b, t, -1))
            x = layer.norm1(x + F.dropout(a, drop, self.training))
            f = layer.down(F.gelu(layer.up(x)))
            x = layer.norm2(x + F.dropout(f, drop, self.training))
        return x


class TeacherEncoder(nn.Module):
    """A word is the mean of the outputs of its first and its last piece."""

    def __init__(self, folder):
        super().__init__()
        self.pieces = Mpnet(folder)
        self.width = self.pieces.width

    def forward(self, batch):
        x = self.pieces(batch["pieces"], batch["case"], batch["piece_mask"]).float()
        rows = torch.arange(x.shape[0])[:, None]
        return (x[rows, batch["first"]] + x[rows, batch["last"]]) / 2


# --- student --------------------------------------------------------------------------------------------------------

def _library():
    path = WORK / "scan.so"
    source = Path(__file__).parent / "scan.c"
    if not path.exists() or path.stat().st_mtime < source.stat().st_mtime:
        WORK.mkdir(exist_ok=True)
        subprocess.run(["gcc", "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC", str(source), "-o", str(path),
                        "-lm"], check=True)
    return ctypes.CDLL(str(path))


class Scan(torch.autograd.Function):
    """minGRU in both directions over pre-activations [b, t, 4h], through scan.c (CPU)."""
    library = None

    @staticmethod
    def forward(ctx, g, lengths):
        if Scan.library is None:
            Scan.library = _library()
        g = g.contiguous()
        b, t, h = g.shape[0], g.shape[1], g.shape[2] // 4
        out = torch.empty(b, t, 2 * h)
        Scan.library.scan_forward(*(ctypes.c_void_p(x.data_ptr()) for x in (g, lengths, out)), b, t, h)
        ctx.save_for_backward(g, out, lengths)
        return out

    @staticmethod
    def backward(ctx, dout):
        g, out, lengths = ctx.saved_tensors
        b, t, h = out.shape[0], out.shape[1], out.shape[2] // 2
        dg = torch.empty_like(g)
        dout = dout.contiguous().float()
        Scan.library.scan_backward(*(ctypes.c_void_p(x.data_ptr()) for x in (g, out, dout, lengths, dg)), b, t, h)
        return dg, None


def curve(x):
    """A cubic in place of the hyperbolic tangent: exact on any machine, and cheap."""
    x = x.clamp(-1.5, 1.5)
    return x - (4.0 / 27.0) * x * x * x


def gate(x):
    return 0.5 + 0.5 * curve(0.5 * x)


def scan(g, lengths):
    """The same by a loop where the data is not on a CPU."""
    if g.device.type == "cpu":
        return Scan.apply(g.float(), lengths)
    b, t, h = g.shape[0], g.shape[1], g.shape[2] // 4
    zf, cf, zb, cb = g.float().split(h, -1)
    inside = (torch.arange(t, device=g.device) < lengths[:, None])[..., None].float()
    zf, zb, cf, cb = gate(zf) * inside, gate(zb) * inside, curve(cf), curve(cb)
    forward, backward, f, k = [], [], torch.zeros(b, h, device=g.device), torch.zeros(b, h, device=g.device)
    for i in range(t):
        f = f + zf[:, i] * (cf[:, i] - f)
        k = k + zb[:, t - 1 - i] * (cb[:, t - 1 - i] - k)
        forward.append(f); backward.append(k)
    return torch.cat([torch.stack(forward, 1), torch.stack(backward[::-1], 1)], -1) * inside


class Block(nn.Module):
    """x + out(minGRU(in(near(norm(x)))))."""

    def __init__(self, width, hidden, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.near = nn.Parameter(torch.zeros(3, width))         # weights of the word before, the word, the word after
        self.near.data[0].normal_(0, 0.3); self.near.data[2].normal_(0, 0.3); self.near.data[1].fill_(1.0)
        self.inside = nn.Linear(width, 4 * hidden)
        self.out = nn.Linear(2 * hidden, width)
        with torch.no_grad():
            self.inside.bias[:hidden] = torch.linspace(-1.0, 1.5, hidden)
            self.inside.bias[2 * hidden:3 * hidden] = torch.linspace(-1.0, 1.5, hidden)
            self.out.weight.mul_(0.5)
        self.dropout = dropout

    def forward(self, x, mask, lengths):
        u = self.norm(x) * mask
        u = u * self.near[1] + F.pad(u, (0, 0, 1, 0))[:, :-1] * self.near[0] + F.pad(u, (0, 0, 0, 1))[:, 1:] * self.near[2]
        if self.training and self.dropout:                      # one mask for all words of a sentence
            u = u * (torch.rand(u.shape[0], 1, u.shape[2]) > self.dropout).float() / (1 - self.dropout)
        h = scan(self.inside(u), lengths)
        return x + F.dropout(self.out(h), self.dropout, self.training)


class StudentEncoder(nn.Module):
    """Frozen piece vectors and hashed features -> width -> blocks -> norm."""

    def __init__(self, vectors, width=256, hidden=256, blocks=5, part=64, dropout=0.15):
        super().__init__()
        self.register_buffer("vectors", vectors)
        self.tables = nn.ModuleList(nn.Embedding(n, part) for n in ROWS)
        for table in self.tables:
            nn.init.normal_(table.weight, 0, 0.3)
        self.mix = nn.Linear(vectors.shape[1] + part * len(ROWS), width)
        self.blocks = nn.ModuleList(Block(width, hidden, dropout) for _ in range(blocks))
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.width, self.dropout = width, dropout

    def forward(self, batch):
        parts = [batch["vector"]] + [table(batch["hashes"][..., i]) for i, table in enumerate(self.tables)]
        mask = batch["mask"][..., None].float()
        if self.training:                                       # a word's hashed form or its piece vector may be missing
            keep = (torch.rand(*mask.shape[:2], 2) > 0.12).float()
            parts[0], parts[1] = parts[0] * keep[..., :1], parts[1] * keep[..., 1:]
        x = F.dropout(self.mix(torch.cat(parts, -1)), self.dropout, self.training)
        for block in self.blocks:
            x = block(x, mask, batch["lengths"])
        return self.norm(x)


# --- heads ----------------------------------------------------------------------------------------------------------

class Pair(nn.Module):
    """Scores labels of a pair (a, b): two low-rank forms of both words' vectors, one added, one multiplied."""

    def __init__(self, width, part, labels, dropout):
        super().__init__()
        self.a, self.b = nn.Linear(width, 2 * part), nn.Linear(width, 2 * part)
        self.far = nn.Embedding(BUCKETS, part)
        self.out = nn.Linear(2 * part, labels)
        self.part, self.dropout = part, dropout
        nn.init.normal_(self.far.weight, 0, 0.1)

    def label(self, a, b, far, more=None):
        """a, b: projected vectors [..., 2 part]; far: buckets; more: added to the first half."""
        p = self.part
        first = a[..., :p] + b[..., :p] + self.far(far)
        if more is not None:
            first = first + more
        hidden = torch.cat([F.relu(first), a[..., p:] * b[..., p:]], -1)
        return self.out(F.dropout(hidden, self.dropout, self.training))


class Heads(nn.Module):
    """Tags, names, tree, predicates and roles from the encoder's words [b, t, width]."""

    def __init__(self, width, vocab, arc=128, part=96, dropout=0.15):
        super().__init__()
        self.tags = nn.Linear(width, len(vocab["upos"]) + len(vocab["xpos"]) + len(vocab["ner"]) + 1)
        self.sizes = [len(vocab["upos"]), len(vocab["xpos"]), len(vocab["ner"]), 1]
        self.arc_dependent, self.arc_head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.arc = nn.Parameter(torch.randn(arc, arc) * 0.02 + torch.eye(arc) / arc ** 0.5)
        self.arc_bias = nn.Linear(arc, 1)
        self.arc_far = nn.Parameter(torch.zeros(BUCKETS))
        self.root = nn.Parameter(torch.randn(width) * 0.1)      # stands for the root, in the encoder's output space
        self.rel = Pair(width, part, len(vocab["rel"]), dropout)
        self.role = Pair(width, part, len(vocab["role"]), dropout)
        self.tree = nn.Embedding(1 + TREE_CASES * len(vocab["rel"]), part)
        self.predicate_rel = nn.Embedding(len(vocab["rel"]), part)
        nn.init.normal_(self.tree.weight, 0, 0.1); nn.init.normal_(self.predicate_rel.weight, 0, 0.1)
        self.dropout = dropout

    def linear(self, x):
        """upos, xpos, names, predicate."""
        return self.tags(F.dropout(x, self.dropout, self.training)).split(self.sizes, -1)

    def arcs(self, x):
        """[b, t, t + 1] scores of word i having head j (0 = root)."""
        b, t, _ = x.shape
        with_root = torch.cat([self.root.expand(b, 1, -1), x], 1)
        dep = F.dropout(F.relu(self.arc_dependent(x)), self.dropout, self.training)
        head = F.dropout(F.relu(self.arc_head(with_root)), self.dropout, self.training)
        scores = (dep @ self.arc) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        return scores + self.arc_far[torch.from_numpy(arc_distances(t))], with_root

    def relations(self, x, with_root, heads):
        """Label scores [b, t, rel] of each word with its given head."""
        b, t, _ = x.shape
        above = with_root[torch.arange(b)[:, None], heads]
        far = torch.from_numpy(np.where(heads.numpy() == 0, ROOT_BUCKET, bucket(heads.numpy() - 1 - np.arange(t)[None, :])))
        return self.rel.label(self.rel.a(x), self.rel.b(above), far)

    def roles(self, x, where, predicate, argument, case, predicate_rel):
        """Label scores of pairs; the pair's sentence, words, tree feature and the predicate's relation are index lists."""
        a, b = self.role.a(x)[where, predicate], self.role.b(x)[where, argument]
        far = torch.from_numpy(bucket((argument - predicate).numpy()))
        return self.role.label(a, b, far, self.tree(case) + self.predicate_rel(predicate_rel))
