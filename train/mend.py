"""Mends the names of a document after their vote, by lists of facts and words (`../crates/read/rules/gazetteer.toml`,
`../crates/text/data/states.toml`); the same as `mend.rs` of the reader. NETWORK.md gives the steps; `python mend.py` runs the
tests of the file.

A name is [first, end, kind] of a sentence's words. `gaps[i]`, for raw text only: what stands before word i ("" if nothing), and
whether a line break there ends a line that is shorter than it had to be ("hard")."""
import tomllib
from pathlib import Path

CRATES = Path(__file__).parent / "../crates"
RULES = tomllib.loads((CRATES / "read/rules/gazetteer.toml").read_text(encoding="utf-8"))
STATES = tomllib.loads((CRATES / "text/data/states.toml").read_text(encoding="utf-8"))["states"]
LISTS = {k: set(RULES[k].split()) for k in ("heads", "bodies_of", "places_of", "bodies", "titles", "inner")}


def entries():
    out = {}
    def add(names, kind):
        for n in names.split():
            out[n.lstrip("?").replace("_", "")] = (kind, n[0] != "?")
    for line in STATES.strip().split("\n"):
        names, capitals, people = line.split(";")
        add(names, "LOC"); add(capitals, "LOC"); add(people, "OTH")
    add(RULES["peoples"], "OTH")
    return out


ENTRIES = entries()
LONGEST = max(map(len, ENTRIES))


def capital(word):
    return word[:1].isupper()


def small(word):
    return word[:1].islower()


def gaps_of(text, places, first_of_paragraph, end_of_paragraph):
    """`gaps` of a sentence: its words' places, and the bounds of its paragraph in the text."""
    width = max(40, max(map(len, text[first_of_paragraph:end_of_paragraph].split("\n"))))
    out = [("", False)]
    for (_, a), (b, c) in zip(places, places[1:]):
        gap, hard = text[a:b], False
        if "\n" in gap:
            start = text.rfind("\n", 0, a) + 1
            start = max(start, first_of_paragraph)
            hard = a - start + 1 + (c - b) <= width
        out.append((gap, hard))
    return out


class Names:
    """The names of one sentence."""
    def __init__(self, words, xpos, spans, gaps):
        self.words, self.gaps, self.spans = words, gaps, [list(s) for s in spans]
        self.proper = [x.startswith("NNP") for x in xpos]
        self.adjective = [x.startswith("JJ") for x in xpos]

    def at(self, i):
        return next((s for s in self.spans if s[0] <= i < s[1]), None)

    def free(self, i):
        return self.at(i) is None

    def claim(self, a, b, kind):
        """Makes words one name; what else stood there keeps the rest of its words."""
        out = [[a, b, kind]]
        for s, e, k in self.spans:
            if s < a:
                out.append([s, min(e, a), k])
            if e > b:
                out.append([max(s, b), e, k])
        self.spans = sorted(out)

    def split_at_lines(self):
        for i in range(1, len(self.words)):
            s = self.at(i)
            if self.gaps[i][1] and s and s[0] < i:
                self.spans.append([i, s[1], s[2]])
                s[1] = i
        self.spans.sort()

    def look_up(self):
        i = 0
        while i < len(self.words):
            step, best, key = 1, None, ""
            if capital(self.words[i]):
                for j in range(i, len(self.words)):
                    key += self.words[j]
                    if len(key) > LONGEST:
                        break
                    if key in ENTRIES and self.fits(i, j + 1, *ENTRIES[key]):
                        best = (j + 1, ENTRIES[key][0])
            if best:
                own = next((s for s in self.spans if s[:2] == [i, best[0]]), None)
                if not (own and own[2] == "ORG" and best[1] == "LOC"):
                    self.claim(i, best[0], best[1])
                step = best[0] - i
            i += step

    def fits(self, a, b, kind, sure):
        over = [s for s in self.spans if s[0] < b and a < s[1]]
        if any(s[0] < a or s[1] > b for s in over):
            return False
        if kind == "OTH":
            return bool(over) or b - a > 1 or self.proper[a] or self.adjective[a]
        if over and over[0][:2] == [a, b] and over[0][2] in ("LOC", "ORG"):
            return True
        return sure and (bool(over) or b - a > 1 or self.proper[a]) or bool(over) and b - a > 1

    def join_hyphens(self):
        for a, b, kind in list(self.spans):
            if kind != "PER" or self.at(a)[1] != b:
                continue
            e, w = b, self.words
            while e < len(w) and self.gaps[e][0] == "" and (w[e] == "-" or w[e - 1][-1:] in "-'’" and w[e][:1].isalpha()) \
                    and (self.free(e) or self.at(e)[2] == kind):
                e += 1
            while e > b and w[e - 1] == "-":
                e -= 1
            if e > b:
                self.claim(a, e, kind)

    def mend_ends(self):
        """A name does not end in a small word such as `of`: it goes on with the name that follows, or ends before."""
        for a, b, kind in list(self.spans):
            if b - a < 2 or self.words[b - 1] not in LISTS["inner"]:
                continue
            e = b
            if self.words[b - 1] in ("of", "for", "and", "de", "del") and b < len(self.words) and capital(self.words[b]) and self.proper[b]:
                e = self.at(b)[1] if self.at(b) else self.run_end(b)
            else:
                while e > a + 1 and self.words[e - 1] in LISTS["inner"]:
                    e -= 1
            self.spans = [s for s in self.spans if s[:2] != [a, b]]
            self.claim(a, e, kind)

    def run_end(self, i):
        """The end of the proper nouns with capitals from a word on that are no names."""
        while i < len(self.words) and capital(self.words[i]) and self.proper[i] and self.free(i) and not self.gap_is_hard(i):
            i += 1
        return i

    def gap_is_hard(self, i):
        return bool(self.gaps) and self.gaps[i][1]

    def join_of(self):
        for i in range(len(self.words) - 2):
            body = self.words[i] in LISTS["bodies_of"]
            if not body and self.words[i] not in LISTS["places_of"] or self.words[i + 1] != "of":
                continue
            j = i + 2
            if self.words[j] == "the" and j + 1 < len(self.words):
                j += 1
            if not capital(self.words[j]) or not (self.proper[j] or self.adjective[j]):
                continue
            inside = self.at(j)
            if inside and inside[0] < j and self.free(i):
                continue
            e = inside[1] if inside else max(self.run_end(j), j + 1)
            a = self.at(i)[0] if self.at(i) else i
            if self.free(i):
                while a > 1 and capital(self.words[a - 1]) and self.free(a - 1) and self.proper[a - 1]:
                    a -= 1
            self.claim(a, e, "ORG" if body else "LOC")

    def join_heads(self):
        for a, b, kind in list(self.spans):
            if self.at(a)[:2] != [a, b]:
                continue
            e = b
            while e < len(self.words) and e - b < 3 and capital(self.words[e]) and self.free(e) and self.proper[e] \
                    and not self.gap_is_hard(e):
                e += 1
            while e > b and self.words[e - 1] not in LISTS["heads"]:
                e -= 1
            if e > b or b - a > 1 and self.words[b - 1] in LISTS["heads"]:
                self.claim(a, e, "ORG")

    def drop_titles(self):
        for s in self.spans:
            while s[2] == "PER" and s[0] < s[1] - 1 and self.words[s[0]] in LISTS["titles"]:
                s[0] += 1

    def trim(self):
        """Common words at the edges of a name that has a capital."""
        for s in self.spans:
            if any(capital(w) for w in self.words[s[0]:s[1]]):
                while s[2] != "PER" and s[1] > s[0] + 1 and small(self.words[s[1] - 1]):
                    s[1] -= 1
                while s[2] == "LOC" and s[0] < s[1] - 1 and small(self.words[s[0]]):
                    s[0] += 1

    def add_bodies(self):
        for i in range(1, len(self.words)):
            alone = not capital(self.words[i - 1]) and not (i + 1 < len(self.words) and capital(self.words[i + 1]))
            if self.words[i] in LISTS["bodies"] and self.free(i) and alone:
                self.claim(i, i + 1, "ORG")


def mend(words, xpos, spans, gaps=None):
    """The mended names of a sentence."""
    n = Names(words, xpos, spans, gaps)
    if gaps:
        n.split_at_lines()
    n.look_up()
    if gaps:
        n.join_hyphens()
    n.mend_ends()
    n.join_of()
    n.join_heads()
    n.drop_titles()
    n.trim()
    n.add_bodies()
    return [tuple(s) for s in n.spans]


def tests():
    kinds = {"P": "PER", "L": "LOC", "O": "ORG", "N": "OTH"}
    def read(line):
        words, spans = [], []
        for i, part in enumerate(line.split()):
            word, _, tag = part.partition("/")
            words.append(word)
            if tag.isupper():
                spans.append((i, i + 1, kinds[tag]))
            elif tag:
                spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
        return words, spans
    for t in RULES["tests"]:
        (words, spans), (_, wanted) = read(t["before"]), read(t["after"])
        mine = mend(words, ["NNP" if capital(w) else "NN" for w in words], spans)
        print("ok" if mine == wanted else f"WRONG {t['after']}: {mine}")


if __name__ == "__main__":
    tests()
