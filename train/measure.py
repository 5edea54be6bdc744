"""Quick figures on the development sentences while training (gold words). The figures that count come from evaluate.py."""
import numpy as np
import torch

import decode
from batches import batches


def analyse(encoder, heads, maker, group, teacher, soft=False, given_pred=False):
    """Adds the network's reading to each sentence of a group: a list of dicts like those of prepare.py."""
    vocab, out = maker.vocab, []
    with torch.no_grad():
        batch = maker.batch(group, train=False, teacher=teacher)
        with torch.autocast("cpu", torch.bfloat16, enabled=teacher):
            x = encoder(batch)
        x = x.float()
        upos, xpos, ner, pred = (y.numpy() for y in heads.linear(x))
        arcs, with_root = heads.arcs(x)
        arcs = arcs.numpy()
        b, t = len(group), x.shape[1]
        tree = np.zeros((b, t), dtype=np.int64)
        for i, s in enumerate(group):
            n = len(s["words"])
            tree[i, :n] = decode.tree(arcs[i, :n, :n + 1])
        labels = heads.relations(x, with_root, torch.from_numpy(tree)).numpy()
        rel = labels.argmax(-1)
        root, where = vocab["rel"].index("root"), []
        flat = [[], [], [], [], []]
        for i, s in enumerate(group):
            n = len(s["words"])
            rel[i, :n] = np.where(tree[i, :n] == 0, root, rel_without_root(labels[i, :n], root))
            p = np.flatnonzero(pred[i, :n, 0] > 0)
            cases = decode.tree_features(tree[i, :n] - 1, rel[i, :n], p, len(vocab["rel"]))
            for k, q in enumerate(p):
                for f, v in zip(flat, (np.full(n, i), np.full(n, q), np.arange(n), cases[k], np.full(n, rel[i, q]))):
                    f.append(v)
        roles = [[] for _ in group]
        if flat[0]:
            index = [torch.from_numpy(np.concatenate(f).astype(np.int64)) for f in flat]
            best = heads.roles(x, *index).numpy().argmax(-1)
            for w, q, a, l in zip(index[0].tolist(), index[1].tolist(), index[2].tolist(), best.tolist()):
                if l:
                    roles[w].append((q + 1, a + 1, vocab["role"][l]))
        for i, s in enumerate(group):
            n = len(s["words"])
            r = dict(words=s["words"], src=s["src"], doc=s.get("doc"),
                     upos=[vocab["upos"][k] for k in upos[i, :n].argmax(-1)], xpos=[vocab["xpos"][k] for k in xpos[i, :n].argmax(-1)],
                     ner=decode.names(ner[i, :n], vocab["ner"]), head=tree[i, :n].tolist(), rel=[vocab["rel"][k] for k in rel[i, :n]],
                     pred=[int(q) + 1 for q in np.flatnonzero(pred[i, :n, 0] > 0)], roles=roles[i])
            if soft:
                r["soft"] = dict(upos=softmax(upos[i, :n]), xpos=softmax(xpos[i, :n]), ner=softmax(ner[i, :n]), rel=softmax(labels[i, :n]),
                                 arc=softmax(np.where(np.arange(n + 1)[None] == np.arange(1, n + 1)[:, None], -1e4, arcs[i, :n, :n + 1])))
            out.append(r)
    return out


def rel_without_root(labels, root):
    """The best label that is not root (only the root word is root)."""
    labels = labels.copy()
    labels[:, root] = -np.inf
    return labels.argmax(-1)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)).astype(np.float16)


def scores(encoder, heads, maker, sentences, teacher):
    """UPOS, XPOS, UAS, LAS, names and roles F1."""
    encoder.eval(); heads.eval()
    import random
    hit = dict.fromkeys(("upos", "xpos", "uas", "las", "n"), 0)
    f = {k: [0, 0, 0] for k in ("names", "PER", "LOC", "ORG", "preds", "roles", "ARG0", "ARG1")}
    def add(name, gold, mine):
        f[name][0] += len(gold & mine); f[name][1] += len(mine); f[name][2] += len(gold)
    for group in batches(sentences, 4000, random.Random(0), shuffle=False):
        for s, r in zip(group, analyse(encoder, heads, maker, group, teacher)):
            if "head" in s:
                for i in range(len(s["words"])):
                    hit["n"] += 1
                    hit["upos"] += s["upos"][i] == r["upos"][i]; hit["xpos"] += s["xpos"][i] == r["xpos"][i]
                    ok = s["head"][i] == r["head"][i]
                    hit["uas"] += ok; hit["las"] += ok and s["rel"][i].split(":")[0] == r["rel"][i].split(":")[0]
            if "ner" in s:
                gold, mine = ({x for x in decode.spans(y["ner"]) if x[2] != "OTH"} for y in (s, r))
                add("names", gold, mine)
                for k in ("PER", "LOC", "ORG"):
                    add(k, {x for x in gold if x[2] == k}, {x for x in mine if x[2] == k})
            if "pred" in s:
                add("preds", set(s["pred"]), set(r["pred"]))
                add("roles", set(s["roles"]), set(r["roles"]))
                for k in ("ARG0", "ARG1"):
                    add(k, {x for x in s["roles"] if x[2] == k}, {x for x in r["roles"] if x[2] == k})
    out = {k: round(100 * hit[k] / max(1, hit["n"]), 2) for k in ("upos", "xpos", "uas", "las")}
    out.update({k: round(200 * c / max(1, p + g), 2) for k, (c, p, g) in f.items() if g})
    encoder.train(); heads.train()
    return out
