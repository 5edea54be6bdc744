"""Writes the trained parts into one safetensors file.

    python export.py [--name student] [--out ../models/en.safetensors]

Matrices become 8-bit integers with one scale an output row (NETWORK.md, "Integer products"); tables become half floats.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

import model

LIMIT = 63              # seven bits: products of two bytes then fit 16-bit pair sums, so plain AVX2 gives the same integers


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--name", default="student")
    a.add_argument("--out", default=str(Path(__file__).parent.parent / "models/en.safetensors"))
    a.add_argument("--vocab", required=True, help="vocab.txt of the piece model")
    a.add_argument("--limit", type=int, default=LIMIT)
    o = a.parse_args()
    saved = torch.load(model.WORK / f"{o.name}.pt", weights_only=False)
    e = {k: v.float().numpy() for k, v in saved["encoder"].items()}
    h = {k: v.float().numpy() for k, v in saved["heads"].items()}
    out = {}

    def matrix(name, weight, bias):
        scale = np.maximum(np.abs(weight).max(1), 1e-8).astype(np.float32) / np.float32(o.limit)
        out[name + ".weight"] = np.rint(weight / scale[:, None]).clip(-o.limit, o.limit).astype(np.int8)
        out[name + ".scale"], out[name + ".bias"] = scale, bias.astype(np.float32)

    out["pieces.vectors"] = saved["vectors"].astype(np.float16)
    out["pieces.vocabulary"] = text(Path(o.vocab).read_text(encoding="utf-8").rstrip("\n"))
    for i, name in enumerate(("form", "prefix", "suffix", "shape")):
        out[f"hashed.{name}"] = e[f"tables.{i}.weight"].astype(np.float16)
    matrix("mix", e["mix.weight"], e["mix.bias"])
    for i in range(saved["settings"]["blocks"]):
        for part in ("norm.weight", "norm.bias", "near"):
            out[f"block.{i}.{part}"] = e[f"blocks.{i}.{part}"]
        matrix(f"block.{i}.in", e[f"blocks.{i}.inside.weight"], e[f"blocks.{i}.inside.bias"])
        matrix(f"block.{i}.out", e[f"blocks.{i}.out.weight"], e[f"blocks.{i}.out.bias"])
    out["norm.weight"], out["norm.bias"], out["root"] = e["norm.weight"], e["norm.bias"], h["root"]
    matrix("tags", h["tags.weight"], h["tags.bias"])
    matrix("arc.dependent", h["arc_dependent.weight"], h["arc_dependent.bias"])
    matrix("arc.head", h["arc_head.weight"], h["arc_head.bias"])
    matrix("arc.bilinear", h["arc"].T.copy(), np.zeros(len(h["arc"]), dtype=np.float32))
    out["arc.prior"], out["arc.far"] = h["arc_bias.weight"][0].copy(), h["arc_far"]
    for name in ("rel", "role"):
        for part in ("a", "b", "out"):
            matrix(f"{name}.{part}", h[f"{name}.{part}.weight"], h[f"{name}.{part}.bias"])
        out[f"{name}.far"] = h[f"{name}.far.weight"]
    out["role.tree"], out["role.predicate"] = h["tree.weight"], h["predicate_rel.weight"]
    bounds = np.load(model.WORK / "boundaries.npz")
    out["boundaries.join"], out["boundaries.sentence"] = bounds["join"], bounds["sentence"]
    splits = json.load(open(model.WORK / "splits.json"))
    out["boundaries.splits"] = text("\n".join(f"{w}\t{k}" for w, k in sorted(splits.items())))
    lemmas = json.load(open(model.WORK / "lemma.json"))
    out["lemma.words"] = text("\n".join(f"{k}\t{v}" for k, v in sorted(lemmas["words"].items())))
    out["lemma.rules"] = text("\n".join(f"{k}\t{v}" for k, v in sorted(lemmas["rules"].items())))
    config = dict(format="rashomon reader 1", language="en", licence="CC BY-SA 4.0", **saved["settings"],
                  **{k: saved["vocab"][k] for k in ("upos", "xpos", "ner", "rel", "role")})
    out = {k: np.ascontiguousarray(v if v.dtype != np.float64 else v.astype(np.float32)) for k, v in out.items()}
    save_file(out, o.out, metadata={"config": json.dumps(config, ensure_ascii=False, sort_keys=True)})
    print(o.out, f"{Path(o.out).stat().st_size / 1e6:.1f} MB")


def text(s):
    return np.frombuffer(s.encode("utf-8"), dtype=np.uint8).copy()


if __name__ == "__main__":
    main()
