"""Trees, name spans and pair features from scores. The reader's Rust code follows these rules exactly."""
import numpy as np

BUCKETS, ROOT_BUCKET = 12, 11
TREE_CASES = 4          # how an argument can hang together with its predicate, see `tree_features`


def bucket(d):
    """Class of a signed distance j - i: 0 the same word; 1 to 5 after it by 1, 2, 3-4, 5-8, 9 or more; 6 to 10 before it."""
    size = np.digitize(np.abs(d), [1, 2, 3, 5, 9])
    return np.where(d < 0, size + 5, size)


def arc_distances(n):
    """[n, n + 1] distance class from word i to head j (0 = root)."""
    far = np.full((n, n + 1), ROOT_BUCKET)
    far[:, 1:] = bucket(np.arange(n)[None] - np.arange(n)[:, None])
    return far


def tree_features(heads, rels, preds, labels):
    """[len(preds), n]: how each word a hangs together with predicate p; words from 0, head -1 = root. The first that holds:
    a under p: 1 + rel(a); p under a: 1 + labels + rel(p); same head: 1 + 2 labels + rel(a); a under the head of p's head:
    1 + 3 labels + rel(a); else 0."""
    heads, rels = np.asarray(heads), np.asarray(rels)
    out = np.zeros((len(preds), len(heads)), dtype=np.int64)
    for k, p in enumerate(preds):
        up = heads[p]
        upup = heads[up] if up >= 0 else -1
        if upup >= 0:
            out[k] = np.where(heads == upup, 1 + 3 * labels + rels, out[k])
        if up >= 0:
            out[k] = np.where(heads == up, 1 + 2 * labels + rels, out[k])
            out[k, up] = 1 + labels + rels[p]
        out[k] = np.where(heads == p, 1 + rels, out[k])
    return out


def greedy_is_tree(heads):
    """Whether heads (0 = root) form a tree with one root."""
    n = len(heads)
    if sum(h == 0 for h in heads) != 1:
        return False
    state = [0] * (n + 1)                    # 0 new, 1 on the way, 2 reaches the root
    state[0] = 2
    for i in range(1, n + 1):
        path, j = [], i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            j = heads[j - 1]
        if state[j] == 1:
            return False
        for k in path:
            state[k] = 2
    return True


def tree(scores):
    """Heads (0 = root) of the best tree with exactly one root; scores [n, n + 1], word i under head j."""
    n = scores.shape[0]
    s = scores.astype(np.float64).copy()
    s[np.arange(n), np.arange(1, n + 1)] = -np.inf
    heads = s.argmax(1)                      # the first of equals
    if greedy_is_tree(heads.tolist()):
        return heads.tolist()
    s[:, 0] -= 1e6                           # a second root is never worth it
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = s
    return [int(h) for h in _edmonds(full)[1:]]


def _edmonds(s):
    """Chu-Liu-Edmonds, node 0 = root; s[i, j] = score of i under j."""
    n = s.shape[0]
    heads = s.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outer = np.flatnonzero(~inside)
    m = len(outer)
    small = np.full((m + 1, m + 1), -np.inf)             # the cycle is the last node
    small[:m, :m] = s[np.ix_(outer, outer)]
    cycle = np.array(cycle)
    under = s[np.ix_(outer, cycle)]                      # outer word under a word of the cycle
    small[:m, m] = under.max(1)
    from_which = cycle[under.argmax(1)]
    own = s[cycle, heads[cycle]]
    into = s[np.ix_(cycle, outer)] - own[:, None]        # a word of the cycle under an outer word instead
    small[m, :m] = into.max(0)
    enters = cycle[into.argmax(0)]
    small[0, :] = -np.inf
    solved = _edmonds(small)
    out = heads.copy()
    for k in range(m):
        if outer[k] != 0:
            out[outer[k]] = from_which[k] if solved[k] == m else outer[solved[k]]
    top = outer[solved[m]]
    out[enters[solved[m]]] = top
    return out


def _cycle(heads):
    """The words of the first cycle, ascending, or None."""
    n = len(heads)
    colour = np.zeros(n, dtype=int)
    colour[0] = 2
    for i in range(1, n):
        path, j = [], i
        while colour[j] == 0:
            colour[j] = 1
            path.append(j)
            j = heads[j]
        if colour[j] == 1:
            return sorted(path[path.index(j):])
        for k in path:
            colour[k] = 2
    return None


def names(scores, labels):
    """Best BIO sequence: I-X only after B-X or I-X (Viterbi; of equals the lowest tag)."""
    n, k = scores.shape
    ok = np.zeros((k, k))
    start = np.zeros(k)
    for j, b in enumerate(labels):
        if b.startswith("I-"):
            start[j] = -1e4
            for i, a in enumerate(labels):
                if a[1:] != b[1:]:
                    ok[i, j] = -1e4
    best, back = scores[0] + start, []
    for i in range(1, n):
        all_ = best[:, None] + ok
        back.append(all_.argmax(0))
        best = all_.max(0) + scores[i]
    tag = int(best.argmax())
    out = [tag]
    for pointers in reversed(back):
        tag = int(pointers[tag])
        out.append(tag)
    return [labels[j] for j in reversed(out)]


def once(scores, labels):
    """The best label [predicate, word]; of the words with ARG0 of a predicate only one keeps it, the one whose score is furthest above
    that of no role (the first of equals), and so with ARG1; the others have no role."""
    best = scores.argmax(-1)
    for k in range(len(best)):
        for name in ("ARG0", "ARG1"):
            label = labels.index(name) if name in labels else -1
            words = np.flatnonzero(best[k] == label)
            if len(words) > 1:
                surest = words[(scores[k, words, label] - scores[k, words, 0]).argmax()]
                best[k, words[words != surest]] = 0
    return best


def spans(tags):
    """(first, after last, class) of BIO tags."""
    out = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            out.append([i, i + 1, tag[2:]])
        elif tag.startswith("I-"):
            out[-1][1] = i + 1
    return [tuple(s) for s in out]
