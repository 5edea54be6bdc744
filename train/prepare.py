"""Reads the treebanks, role and name files and the plain texts into one list of sentences, `work/data.pkl`.

    python prepare.py CORPORA

A sentence is a dict: `src`, `doc`, `words` and, where the source annotates it, `upos xpos lemma head rel` (lists, one
entry a word; head 0 = root), `ner` (BIO tags of PER LOC ORG OTH; -1 = unknown at this word), `pred` and `roles`
([(predicate, argument head, label)], words numbered from 1), `space` (blank after the word). A layer that is absent
gives no loss. Only data whose licence allows it is read; development sentences go to splits of their own and are
never trained on.
"""
import csv
import lzma
import pickle
import re
import sys
from collections import Counter
from pathlib import Path

OPEN_GENRES = {"academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"}
NAME_CLASS = {"PER": "PER", "PERSON": "PER", "POLITICIAN": "PER", "LOC": "LOC", "LOCATION": "LOC", "COUNTRY": "LOC",
              "ORG": "ORG", "ORGANISATION": "ORG", "ORGANIZATION": "ORG", "CORPORATION": "ORG", "GROUP": "ORG",
              "POLITICALPARTY": "ORG", "OTH": "OTH"}
WORK = Path(__file__).parent / "work"


def read_conllu(path, src):
    """Sentences of a CoNLL-U file, with paragraph and document marks for rebuilding the raw text."""
    out, rows, meta, doc = [], [], {}, None
    new_par = False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            if line.startswith("# newdoc"):
                doc, new_par = line.split("=", 1)[1].strip(), True
            elif line.startswith("# newpar"):
                new_par = True
            elif line.startswith("# sent_id"):
                meta["id"] = line.split("=", 1)[1].strip()
            elif line.startswith("# text ="):
                meta["text"] = line.split("=", 1)[1].strip()
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            out.append(sentence(rows, src, doc, new_par, meta))
            rows, meta, new_par = [], {}, False
    return out


def sentence(rows, src, doc, new_par, meta):
    """One sentence; a blank stands after a word unless it or its multiword token says SpaceAfter=No."""
    glued_until, glued_last = 0, False
    s = dict(src=src, doc=doc, par=new_par, id=meta.get("id"), text=meta.get("text"), words=[], upos=[], xpos=[],
             lemma=[], feats=[], head=[], rel=[], space=[], mwt=[])
    for r in rows:
        if "." in r[0]:
            continue
        if "-" in r[0]:
            first, last = map(int, r[0].split("-"))
            glued_until, glued_last = last, "SpaceAfter=No" in r[9]
            s["mwt"].append((first, last, r[1]))
            continue
        i = int(r[0])
        s["words"].append(r[1]); s["lemma"].append(r[2]); s["upos"].append(r[3]); s["xpos"].append(r[4])
        s["feats"].append(r[5]); s["head"].append(int(r[6])); s["rel"].append(r[7])
        s["space"].append(not glued_last if i == glued_until else i > glued_until and "SpaceAfter=No" not in r[9])
    return s


def read_propbank(path):
    """sent_id -> (predicates, roles), arguments stand for their head word."""
    out, rows, sent_id = {}, [], None
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        line = line.rstrip("\n")
        if line.startswith("# sent_id"):
            sent_id = line.split("=", 1)[1].strip()
        elif line and not line.startswith("# "):
            rows.append(line.split("\t"))
        elif not line and rows:
            heads = [int(r[5]) for r in rows]
            preds = [i + 1 for i, r in enumerate(rows) if r[7] != "-"]
            roles = {}
            for k, p in enumerate(preds):
                opened = []
                for n, r in enumerate(rows, 1):
                    cell = r[8 + k]
                    for label in cell.split("*")[0].split("(")[1:]:
                        opened.append((n, label))
                    for _ in range(cell.count(")")):
                        first, label = opened.pop()
                        if label != "V" and not label.startswith("C-"):
                            a = next((i for i in range(first, n + 1) if not first <= heads[i - 1] <= n), first)
                            roles.setdefault((p, a), label)
            out[sent_id] = ([r[1] for r in rows], preds, [(p, a, l) for (p, a), l in roles.items()])
            rows = []
    return out


def bio(labels):
    """IO, IOB or IOB2 labels of any of the sets as BIO tags of the four classes; unknown classes are O."""
    out, before = [], "O"
    for label in labels:
        kind = NAME_CLASS.get(label[2:].upper()) if "-" in label else None
        goes_on = label.startswith("I-") and before[2:] == label[2:]
        out.append("O" if not kind else ("I-" if goes_on else "B-") + kind)
        before = label
    return out


def read_names(path, src):
    """Sentences of a token file: word <TAB or blank> label."""
    out, words, labels = [], [], []
    for line in list(open(path, encoding="utf-8")) + [""]:
        line = line.strip()
        if line.startswith("-DOCSTART-"):
            continue
        if line:
            parts = re.split(r"\s+", line)
            words.append(parts[0]); labels.append(parts[-1])
        elif words:
            out.append(dict(src=src, words=words, ner=bio(labels)))
            words, labels = [], []
    return out


def read_uner(path):
    """sent_id -> (words, BIO tags)."""
    out, sent_id, words, labels = {}, None, [], []
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        line = line.rstrip("\n")
        if line.startswith("# sent_id"):
            sent_id = line.split("=", 1)[1].strip()
        elif line.startswith("#"):
            continue
        elif line:
            c = line.split("\t")
            words.append(c[1]); labels.append("O" if c[2] == "B-O" else c[2])
        elif words:
            out[sent_id] = (words, bio(labels))
            words, labels = [], []
    return out


SPLIT_WORD = re.compile(r"(?i)(?<=\w)(?=n['’]t$)|(?<=\w)(?=['’](?:s|re|ve|ll|d|m)$)|(?<=s)(?=['’]$)|(?<=can)(?=not$)")
SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!Mr\.)(?<!Mrs\.)(?<!Dr\.)(?<!St\.)(?<!U\.S\.)(?<!No\.)(?<!Gen\.)(?<!Col\.)"
                          r"(?<!Sen\.)(?<!Messrs\.)(?<!etc\.)([\"”’')\]]*)\s+(?=[\"“‘'(\[]*[A-Z0-9])")


def plain_tokens(line):
    """Rough tokens of plain text, for self-labelling only (the reader's own tokeniser is trained in boundaries.py)."""
    out = []
    for piece in line.split():
        for part in re.findall(r"(?:[A-Za-z]\.){2,}|[A-Z]\.(?=$|,)|(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Sen|Rep|Lt|Capt|Jr|Sr|vs|etc|No)\.|\d[\d.,:]*\d|\d|"
                               r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\.\.\.|--|.", piece):
            if len(part) > 1 and part[-1] in "'’" and part[-2] not in "s":
                out += [part[:-1], part[-1]]
            else:
                out += [p for p in SPLIT_WORD.split(part) if p]
    return out


def plain(path, src, limit):
    """Sentences of 3 to 60 words of an .xz text, evenly drawn up to `limit` words."""
    with lzma.open(path, "rt", encoding="utf-8") as f:
        lines = [l.strip() for l in f if l.strip()]
    out = []
    for number, line in enumerate(lines):
        parts = SENTENCE_END.sub(r"\1\n", line).split("\n")
        for part in parts:
            words = plain_tokens(part)
            if 3 <= len(words) <= 60:
                out.append(dict(src=src, doc=f"{src}{number // 20}", words=words))
    total = sum(len(s["words"]) for s in out)
    if total > limit:
        keep = limit / total
        out = [s for i, s in enumerate(out) if int((i + 1) * keep) > int(i * keep)]
    return out


def documents(sentences):
    """The paragraphs of a treebank (lists of sentences)."""
    out = []
    for s in sentences:
        if not out or s["par"] or out[-1][-1]["doc"] != s["doc"]:
            out.append([])
        out[-1].append(s)
    return out


def raw(paragraph):
    """Text of a paragraph, its words as (start, end), and the set of words that end a sentence."""
    text, words, ends = "", [], set()
    for s in paragraph:
        at = 0
        for w, blank in zip(s["words"], s["space"]):
            words.append((len(text), len(text) + len(w)))
            text += w + (" " if blank else "")
        ends.add(len(words) - 1)
    return text, words, ends


def main(root):
    root = Path(root)
    WORK.mkdir(exist_ok=True)
    train, dev = [], []
    for split, into in (("train", train), ("dev", dev)):
        syntax = read_conllu(root / f"ud-ewt/en_ewt-ud-{split}.conllu", "ewt")
        roles = read_propbank(root / f"propbank-ewt/en_ewt-srl-{split}.conll")
        names = read_uner(root / ("uner/en_ewt-ud-train.2022-12-02.iob2" if split == "train" else "uner/en_ewt-ud-dev.iob2"))
        for s in syntax:
            if s["id"] in roles and roles[s["id"]][0] == s["words"]:
                _, s["pred"], s["roles"] = roles[s["id"]]
            if s["id"] in names and names[s["id"]][0] == s["words"]:
                s["ner"] = names[s["id"]][1]
        into += syntax
    for split, into in (("train", train), ("dev", dev)):
        for path in sorted((root / f"gum/{split}").glob("*.conllu")):
            if path.stem.split("_")[1] in OPEN_GENRES:
                into += read_conllu(path, "gum")
    small = root / "ner-small"
    for name, path in (("wikigold", "wikigold/CONLL-format/data/wikigold.conll.txt"),
                       ("wnut", "WNUT17/CONLL-format/data/train/wnut17train.conll"),
                       ("wnut", "WNUT17/CONLL-format/data/dev/emerging.dev.conll"),
                       ("wnut", "WNUT17/CONLL-format/data/test/emerging.test.annotated"),
                       ("crossner", "crossner-politics/train.txt"), ("crossner", "crossner-politics/dev.txt"),
                       ("crossner", "crossner-politics/test.txt")):
        train += read_names(small / path, name)
    pud = read_conllu(root / "ud-pud/en_pud-ud-test.conllu", "pud")
    text = plain(root / "text/diplomacy.txt.xz", "diplomacy", 1_400_000) + plain(root / "text/novels.txt.xz", "novels", 700_000)
    for path in sorted((root / "cnc").glob("train_subtask2_grouped.csv")):
        for row in csv.DictReader(open(path, encoding="utf-8-sig")):
            text.append(dict(src="cnc", words=row["text"].split()))
    text = [s for s in text if 3 <= len(s["words"]) <= 60]

    def vocabulary(key, least=1):
        counts = Counter(v for s in train for v in s.get(key, ()))
        return [v for v, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if n >= least]
    role_counts = Counter(l for s in train for _, _, l in s.get("roles", ()))
    vocab = dict(upos=vocabulary("upos"), xpos=vocabulary("xpos", 2), rel=vocabulary("rel", 3),
                 ner=["O"] + [f"{p}-{k}" for k in ("PER", "LOC", "ORG", "OTH") for p in "BI"],
                 role=["-"] + [l for l, n in sorted(role_counts.items(), key=lambda x: (-x[1], x[0])) if n >= 20])
    pickle.dump(dict(train=train, dev=dev, pud=pud, text=text, vocab=vocab), open(WORK / "data.pkl", "wb"))
    for name, part in (("train", train), ("dev", dev), ("pud", pud), ("text", text)):
        print(name, {k: (n, w) for k in sorted({s["src"] for s in part}) for n, w in
                     [(sum(s["src"] == k for s in part), sum(len(s["words"]) for s in part if s["src"] == k))]})
    print({k: len(v) for k, v in vocab.items()}, vocab["rel"], vocab["role"])


if __name__ == "__main__":
    main(sys.argv[1])
