"""Trains the small network: on gold sentences alone, or on gold and the teacher's labels if `work/labelled.pkl` exists.

    python student.py MODEL_FOLDER [--epochs 10] [--blocks 5] [--name student] [--from FILE] [--gold-only] [--smoke]

An epoch is all gold sentences once and, with labels, as many labelled words as `--auto` times the gold words (drawn in
turn). The averaged weights (exponential moving average) are kept in `work/NAME.pt` after each epoch. `--from` goes on from such a file, with a learning rate that rises and falls anew
(warm restart, Loshchilov and Hutter 2017).
"""
import argparse
import math
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

import losses
import measure
import model
from batches import Maker, batches


def piece_vectors(folder, dims=128):
    """MiniLM's piece embeddings cut to `dims` by singular value decomposition, on a common scale; rounded to half floats."""
    w = load_file(str(Path(folder) / "model.safetensors"))["embeddings.word_embeddings.weight"].astype(np.float32)
    w = w - w[1000:].mean(0)
    u, s, _ = np.linalg.svd(w.T @ w)
    x = w @ u[:, :dims]
    return (x / x[1000:].std() * 0.5).clip(-8, 8).astype(np.float16).astype(np.float32)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("folder")
    a.add_argument("--epochs", type=int, default=10)
    a.add_argument("--blocks", type=int, default=5)
    a.add_argument("--width", type=int, default=256)
    a.add_argument("--hidden", type=int, default=256)
    a.add_argument("--dropout", type=float, default=0.2)
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--words", type=int, default=1500)
    a.add_argument("--auto", type=float, default=3.0)
    a.add_argument("--soft", type=float, default=0.7)
    a.add_argument("--name", default="student")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--minutes", type=float, default=1e9, help="end by then, the learning rate falling with the time")
    a.add_argument("--from", dest="start", help="weights to go on from")
    a.add_argument("--gold-only", action="store_true")
    a.add_argument("--smoke", action="store_true")
    o = a.parse_args()
    torch.manual_seed(o.seed); random.seed(o.seed)
    data = pickle.load(open(model.WORK / "data.pkl", "rb"))
    labelled = model.WORK / "labelled.pkl"
    auto = pickle.load(open(labelled, "rb")) if labelled.exists() and not o.gold_only else []
    dev = [s for s in data["dev"] if s["src"] == "ewt"]
    if o.smoke:
        data["train"], dev, auto = data["train"][::300], dev[::100], auto[::2]
    vectors = piece_vectors(o.folder)
    maker = Maker(data["vocab"], o.folder, vectors, o.seed)
    settings = dict(width=o.width, hidden=o.hidden, blocks=o.blocks)
    encoder = model.StudentEncoder(torch.zeros(1, vectors.shape[1]), dropout=o.dropout, **settings)
    heads = model.Heads(o.width, data["vocab"], dropout=o.dropout)
    if o.start:
        kept = torch.load(o.start, weights_only=False)
        encoder.load_state_dict(kept["encoder"])
        heads.load_state_dict(kept["heads"])
    parameters = [p for m in (encoder, heads) for p in m.parameters()]
    print("parameters", sum(p.numel() for p in parameters), {k: v for k, v in vars(o).items() if k != "folder"}, flush=True)
    average = [p.detach().clone() for p in parameters]
    optimiser = torch.optim.AdamW(parameters, lr=o.rate, weight_decay=0.01, betas=(0.9, 0.97), fused=True)

    gold = [s for s in data["train"] if len(s["words"]) <= 120]
    whole_auto = [s for s in auto if not s.get("mixed")]
    if auto:                             # partly gold sentences are used with the teacher's labels for the rest
        partly = [s for s in auto if s.get("mixed")]
        gold = [s for s in gold if "head" in s and "ner" in s and "pred" in s] + partly
    rng = random.Random(o.seed)
    gold_words, at = sum(len(s["words"]) for s in gold), 0

    def epoch_batches():
        nonlocal at
        groups = batches(gold, o.words, rng)
        if whole_auto:
            need, drawn = o.auto * gold_words, []
            while need > 0:
                if at == 0:
                    rng.shuffle(whole_auto)
                drawn.append(whole_auto[at])
                need -= len(whole_auto[at]["words"])
                at = (at + 1) % len(whole_auto)
            groups += batches(drawn, o.words, rng)
            rng.shuffle(groups)
        return groups

    total, step, started = o.epochs * len(epoch_batches()), 0, time.time()
    for epoch in range(o.epochs):
        seen = {}
        for group in epoch_batches():
            progress = max(step / total, (time.time() - started) / 60 / o.minutes)
            if progress >= 1:
                break
            lr = o.rate * min(1, step / 200) * max(0.01, 0.5 * (1 + math.cos(math.pi * progress)))
            for g in optimiser.param_groups:
                g["lr"] = lr
            batch = maker.batch(group, augment=True)
            with torch.autocast("cpu", torch.bfloat16):
                x = encoder(batch)
                loss, parts = losses.loss_of(heads, x.float(), batch, o.soft)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            step += 1
            decay = min(0.998, step / (step + 20))
            with torch.no_grad():
                torch._foreach_lerp_(average, [p.detach() for p in parameters], 1 - decay)
            for k, v in parts.items():
                seen[k] = 0.98 * seen.get(k, v) + 0.02 * v
            if step % 100 == 0:
                print(f"step {step}/{total} {time.time() - started:.0f}s", {k: round(v, 3) for k, v in seen.items()}, flush=True)
        own = [p.detach().clone() for p in parameters]
        with torch.no_grad():
            torch._foreach_copy_(parameters, average)
        print(f"epoch {epoch + 1} {time.time() - started:.0f}s EWT dev", measure.scores(encoder, heads, maker, dev, False), flush=True)
        torch.save(dict(encoder=encoder.state_dict(), heads=heads.state_dict(), settings=settings, vectors=vectors, vocab=data["vocab"]),
                   model.WORK / f"{o.name}.pt")
        with torch.no_grad():
            torch._foreach_copy_(parameters, own)
        if (time.time() - started) / 60 >= o.minutes:
            break


if __name__ == "__main__":
    main()
