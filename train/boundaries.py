"""Trains the word and sentence boundaries of raw text on EWT and GUM: `work/boundaries.npz`.

    python boundaries.py

Two linear classifiers over hashed features (features: reference.py), logistic loss, Adam; weights are rounded to 16-bit
integers, so that their sums are the same on every machine. Documents are rebuilt from the treebank: sentences follow one
another with one blank (none after SpaceAfter=No), paragraphs are parted by a blank line.
"""
import json
import pickle
from collections import Counter

import numpy as np
import torch

import reference as ref
from prepare import WORK, documents, raw

# runs of letters that may be two words; whether they are, and where, is counted in the treebanks
FUSED = set("aint alot arent arnt cannot cant couldnt didnt doesnt dont dunno gimme gonna gotta hadnt hasnt havent hes im isnt ive "
            "lemme lets lotta outta shes shouldnt thats theres theyre wanna wasnt werent whats wont wouldnt youll youre".split())
JOIN, SENTENCE, SCALE = 1 << 16, 1 << 18, 256


def examples(paragraphs):
    join_x, join_y, sentence_x, sentence_y, cuts, whole = [], [], [], [], Counter(), Counter()
    for paragraph in paragraphs:
        text, words, ends = raw(paragraph)
        stops = {e for _, e in words}
        at = 0
        for chunk in text.split():
            start = text.index(chunk, at)
            at = start + len(chunk)
            parts, place, before = ref.atoms(chunk), start, 1
            bounds = []
            for i, part in enumerate(parts[:-1]):
                place += len(part)
                bounds.append(place)
                y = int(place in stops)
                if ref.is_split_rule(part, parts[i + 1]):
                    before = 1
                    continue
                join_x.append([f % JOIN for f in ref.join_features(parts, i, before)]); join_y.append(y)
                before = y
            place = start                                        # boundaries inside a run of letters
            for part in parts:
                if part.isalpha():
                    inner = [k for k in range(1, len(part)) if place + k in stops]
                    whole[part.lower()] += 1
                    if len(inner) == 1:
                        cuts[part.lower(), inner[0]] += 1
                place += len(part)
        c = [ref.word_class(text[a:b]) for a, b in words]
        style = ref.paragraph_style(c)
        h = [0] * 3 + [ref.fnv(text[a:b].lower()) for a, b in words] + [0] * 3
        c = [0] * 3 + c + [0] * 3
        for i in range(len(words) - 1):
            gap = min(words[i + 1][0] - words[i][1], 2)
            if gap == 0 and c[i + 3] < 16:
                continue
            sentence_x.append([f % SENTENCE for f in ref.sentence_features(h, c, gap, i, len(words), style)])
            sentence_y.append(int(i in ends))
    splits = {w: k for (w, k), n in cuts.items() if w in FUSED and n >= 2 and n > 0.5 * whole[w]}
    return (np.array(join_x), np.array(join_y)), (np.array(sentence_x), np.array(sentence_y)), splits


def fit(x, y, size, epochs=6, l2=2e-6, bias=0.0):
    torch.manual_seed(1)
    x, y = torch.from_numpy(x), torch.from_numpy(y).float()
    weight = torch.nn.EmbeddingBag(size, 1, mode="sum", sparse=False)
    torch.nn.init.zeros_(weight.weight)
    optimiser = torch.optim.Adam(weight.parameters(), lr=0.02)
    average, n = torch.zeros(size, 1), 0
    for epoch in range(epochs):
        for g in optimiser.param_groups:
            g["lr"] = 0.02 * (1 - epoch / epochs) + 0.001
        for part in torch.randperm(len(y)).split(4096):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(weight(x[part])[:, 0], y[part]) + l2 * (weight.weight ** 2).sum()
            optimiser.zero_grad(); loss.backward(); optimiser.step()
            if epoch >= epochs // 2:
                n += 1
                average += (weight.weight.detach() - average) / n
    return np.clip(np.round(average[:, 0].numpy() * SCALE), -32767, 32767).astype(np.int16)


def f1(paragraphs, reader):
    """Words and sentences F1 of the documents' text, by character ranges."""
    count = dict(words=[0, 0, 0], sentences=[0, 0, 0])
    for paragraph in paragraphs:
        text, words, ends = raw(paragraph)
        mine = reader.read(text)
        starts = [0] + [i + 1 for i in sorted(ends)][:-1]
        for key, gold, found in (("words", set(words), {(a, b) for s in mine for _, a, b in s}),
                                 ("sentences", {(words[a][0], words[b][1]) for a, b in zip(starts, sorted(ends))},
                                  {(s[0][1], s[-1][2]) for s in mine})):
            for i, v in enumerate((len(gold & found), len(found), len(gold))):
                count[key][i] += v
    return {k: round(200 * c / (p + g), 2) for k, (c, p, g) in count.items()}


def main():
    data = pickle.load(open(WORK / "data.pkl", "rb"))
    train = documents([s for s in data["train"] if s["src"] in ("ewt", "gum")])
    (jx, jy), (sx, sy), splits = examples(train)
    print("gaps", len(jy), jy.mean(), "sentence gaps", len(sy), sy.mean(), "splits", len(splits), sorted(splits.items())[:60])
    join, sentence = fit(jx, jy, JOIN, epochs=12), fit(sx, sy, SENTENCE, epochs=10)
    reader = ref.Boundaries(join, sentence, splits)
    for src in ("ewt", "gum"):
        print(src, "dev", f1(documents([s for s in data["dev"] if s["src"] == src]), reader))
    print("pud", f1(documents(data["pud"]), reader))
    np.savez_compressed(WORK / "boundaries.npz", join=join, sentence=sentence)
    json.dump(splits, open(WORK / "splits.json", "w"), sort_keys=True, ensure_ascii=False)


if __name__ == "__main__":
    main()
