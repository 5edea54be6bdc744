"""Fine-tunes MPNet on all gold layers, then labels the plain texts with it: `work/teacher.pt`, `work/labelled.pkl`.

A run that was broken off goes on from `work/teacher-checkpoint.pt`; delete that file to begin anew.

    python teacher.py MODEL_FOLDER [--epochs 3] [--minutes M] [--label-words N] [--smoke]
"""
import argparse
import pickle
import random
import time

import numpy as np
import torch

import losses
import measure
import model
from batches import Maker, batches


def main():
    a = argparse.ArgumentParser()
    a.add_argument("folder")
    a.add_argument("--epochs", type=int, default=3)
    a.add_argument("--pieces", type=int, default=1800, help="word pieces a step")
    a.add_argument("--rate", type=float, default=6e-5)
    a.add_argument("--minutes", type=float, default=1e9, help="end training by then, the learning rate falling with the time")
    a.add_argument("--label-words", type=int, default=2_500_000, help="label no more plain text than this, drawn evenly")
    a.add_argument("--smoke", action="store_true")
    a.add_argument("--label-only", action="store_true")
    o = a.parse_args()
    torch.manual_seed(1); random.seed(1)
    data = pickle.load(open(model.WORK / "data.pkl", "rb"))
    if o.smoke:
        for k in ("train", "dev", "pud", "text"):
            data[k] = data[k][::600]
    maker = Maker(data["vocab"], o.folder)
    encoder = model.TeacherEncoder(o.folder)
    heads = model.Heads(encoder.width, data["vocab"], arc=256, part=192, dropout=0.2)
    if o.label_only:
        saved = torch.load(model.WORK / "teacher.pt")
        encoder.load_state_dict(saved["encoder"]); heads.load_state_dict(saved["heads"])
    else:
        train(o, data, maker, encoder, heads)
    label(o, data, maker, encoder, heads)


def train(o, data, maker, encoder, heads):
    optimiser = torch.optim.AdamW([dict(params=[p for p in encoder.parameters() if p.requires_grad], lr=o.rate),
                                   dict(params=heads.parameters(), lr=1.5e-3)], weight_decay=0.01, betas=(0.9, 0.98))
    sentences = [s for s in data["train"] if len(s["words"]) <= 120]
    total = o.epochs * len(batches(sentences, o.pieces, random.Random(0), size=maker.piece_count))
    base = [g["lr"] for g in optimiser.param_groups]
    started, step, done, path = time.time(), 0, 0, model.WORK / "teacher-checkpoint.pt"
    if path.exists():
        saved = torch.load(path)
        encoder.load_state_dict(saved["encoder"]); heads.load_state_dict(saved["heads"]); optimiser.load_state_dict(saved["optimiser"])
        done = saved["step"]
        print(f"goes on from step {done}", flush=True)
    for epoch in range(o.epochs):
        seen = {}
        torch.manual_seed(epoch); maker.random.seed(epoch)
        for group in batches(sentences, o.pieces, random.Random(epoch), size=maker.piece_count):
            if step < done:
                step += 1
                continue
            progress = max(step / total, (time.time() - started) / 60 / o.minutes)
            if progress >= 1:
                break
            for g, lr in zip(optimiser.param_groups, base):
                g["lr"] = lr * min(1, step / 150) * max(0.02, 1 - progress)
            batch = maker.batch(group, teacher=True, augment=True)
            with torch.autocast("cpu", torch.bfloat16):
                x = encoder(batch)
            loss, parts = losses.loss_of(heads, x.float(), batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(encoder.parameters()) + list(heads.parameters()), 1.0)
            optimiser.step()
            step += 1
            for k, v in parts.items():
                seen[k] = 0.98 * seen.get(k, v) + 0.02 * v
            if step % 50 == 0:
                print(f"step {step}/{total} {time.time() - started:.0f}s", {k: round(v, 3) for k, v in seen.items()}, flush=True)
                torch.save(dict(encoder=encoder.state_dict(), heads=heads.state_dict(), optimiser=optimiser.state_dict(), step=step), path)
        if step <= done:
            continue
        dev = [s for s in data["dev"] if s["src"] == "ewt"]
        print(f"epoch {epoch + 1} {time.time() - started:.0f}s EWT dev", measure.scores(encoder, heads, maker, dev, True), flush=True)
        torch.save(dict(encoder=encoder.state_dict(), heads=heads.state_dict()), model.WORK / "teacher.pt")
        if (time.time() - started) / 60 >= o.minutes:
            break
    path.unlink(missing_ok=True)
    print("GUM dev", measure.scores(encoder, heads, maker, [s for s in data["dev"] if s["src"] == "gum"], True), flush=True)
    print("PUD", measure.scores(encoder, heads, maker, data["pud"], True), flush=True)


def label(o, data, maker, encoder, heads):
    """Reads all plain sentences, and gold sentences that lack a layer (their gold layers are kept)."""
    encoder.eval(); heads.eval()
    started, out = time.time(), []
    text = data["text"]
    share = min(1.0, o.label_words / max(1, sum(len(s["words"]) for s in text)))
    text = [s for i, s in enumerate(text) if int((i + 1) * share) > int(i * share)]
    partly = [s for s in data["train"] if "head" not in s or "ner" not in s or "pred" not in s]
    for n, group in enumerate(batches(text + partly, 6000, random.Random(0), shuffle=False, size=maker.piece_count)):
        if max(len(s["words"]) for s in group) > 120:
            continue
        for s, r in zip(group, measure.analyse(encoder, heads, maker, group, True, soft=True)):
            for key in ("upos", "xpos", "ner", "head", "rel", "pred", "roles"):
                if key in s:
                    r[key] = s[key]
            r["auto"], r["mixed"] = True, "head" in s or "ner" in s
            if r["mixed"]:
                gold_into_soft(s, r, maker)
            out.append(r)
        if n % 50 == 0:
            print(f"labelled {len(out)} {time.time() - started:.0f}s", flush=True)
    pickle.dump(out, open(model.WORK / "labelled.pkl", "wb"), protocol=4)
    print(f"labelled {len(out)} sentences, {sum(len(r['words']) for r in out)} words, {time.time() - started:.0f}s")


def gold_into_soft(s, r, maker):
    """Where a layer is gold, the distribution is the gold label."""
    for key in ("upos", "xpos", "ner", "rel"):
        if key in s:
            for i, v in enumerate(s[key]):
                k = maker.ids[key].get(v)
                if k is not None:
                    r["soft"][key][i] = 0
                    r["soft"][key][i, k] = 1
    if "head" in s:
        r["soft"]["arc"][:] = 0
        r["soft"]["arc"][np.arange(len(s["words"])), s["head"]] = 1


if __name__ == "__main__":
    main()
