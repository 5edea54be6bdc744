"""The training loss of teacher and student: all heads at once, absent layers left out."""
import torch
import torch.nn.functional as F

from batches import PAD

WEIGHTS = dict(upos=0.4, xpos=0.4, ner=1.0, pred=0.5, arc=1.0, rel=0.7, role=1.0)


def cross(scores, target):
    """Cross entropy, summed, over known targets."""
    return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), target.reshape(-1), ignore_index=PAD, reduction="sum")


def soft_cross(scores, target, mask):
    """Cross entropy with a distribution, summed over words."""
    return -(target * F.log_softmax(scores, -1)).sum(-1).masked_select(mask).sum()


def loss_of(heads, x, batch, soft=0.0):
    """Sum of all losses a word; `soft` is the share of the teacher's distributions where the batch has them."""
    words = batch["mask"].sum()
    upos, xpos, ner, pred = heads.linear(x)
    parts = {}
    has_soft = soft > 0 and "soft_arc" in batch
    for name, scores in (("upos", upos), ("xpos", xpos), ("ner", ner)):
        parts[name] = cross(scores, batch[name])
        if has_soft:
            parts[name] = (1 - soft) * parts[name] + soft * soft_cross(scores, batch["soft_" + name], batch["mask"])
    known = batch["pred"] != PAD
    if known.any():
        parts["pred"] = F.binary_cross_entropy_with_logits(pred[..., 0][known], batch["pred"][known].float(), reduction="sum")
    if (batch["head"] != PAD).any():
        scores, with_root = heads.arcs(x)
        inside = torch.cat([torch.ones_like(batch["mask"][:, :1]), batch["mask"]], 1)
        scores = scores.masked_fill(~inside[:, None], -1e4)
        parts["arc"] = cross(scores, batch["head"])
        labels = heads.relations(x, with_root, batch["head"].clamp(min=0))
        parts["rel"] = cross(labels, batch["rel"])
        if has_soft:
            parts["arc"] = (1 - soft) * parts["arc"] + soft * soft_cross(scores, batch["soft_arc"], batch["mask"])
            parts["rel"] = (1 - soft) * parts["rel"] + soft * soft_cross(labels, batch["soft_rel"], batch["mask"])
    if batch["roles"] is not None:
        where, preds, arguments, cases, rels, labels = batch["roles"]
        parts["role"] = cross(heads.roles(x, where, preds, arguments, cases, rels), labels)
    return sum(WEIGHTS[k] * v for k, v in parts.items()) / words, {k: float(v.detach()) / float(words) for k, v in parts.items()}
