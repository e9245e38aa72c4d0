"""What the scores of pairs held out are worth: what confidence they give, and from which on a relation is stated.

What does not belong here: the pairs (`relation_pairs`) and fitting (`relations`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from commons_graph.extract.linear import Floats
from commons_graph.extract.training.relation_pairs import Pairs

DOUBTFUL = 0.05
"""Pairs below this are left out where confidence is fitted: there are very many, and few were ever stated."""
STEPS = np.linspace(0.04, 0.6, 29)


def calibration(scores: Floats, pairs: Pairs, predicates: Sequence[str]) -> tuple[np.float32, Floats]:
    """Give how to stretch scores (logits) of pairs held out, and shift those of each predicate, to fit how many hold.

    Pairs of gold names train too, and are more often related than those that are found: without this, what is called
    0.9 holds seven times of ten. A line through the scores (Platt, Probabilistic Outputs for Support Vector Machines,
    1999), with a shift of its own for a predicate as far as its examples bear that out.
    """
    gold, allowed = _cells(pairs.gold, predicates), _cells(pairs.allowed, predicates)
    told = allowed & _read(pairs)[:, None] & (_probability(scores) >= DOUBTFUL)
    whose = np.eye(len(predicates), dtype=np.float32)[np.nonzero(told)[1]]
    line = LogisticRegression(C=1.0, max_iter=500).fit(np.hstack((scores[told][:, None], whose)), gold[told])
    shifts: Floats = (line.intercept_[0] + line.coef_[0, 1:]).astype(np.float32)
    return np.float32(line.coef_[0, 0]), shifts


def thresholds(scores: Floats, pairs: Pairs, predicates: Sequence[str], missed: Counter[str]) -> Floats:
    """Give for each predicate the least probability that is worth stating: half the F1 that the whole reaches.

    Texts that others wrote count, pages of public sites too: letters and reports need lower ones than wiki entries.
    """
    measured = _read(pairs)
    likely = _probability(scores)[measured]
    gold, allowed = _cells(pairs.gold, predicates)[measured], _cells(pairs.allowed, predicates)[measured]
    best = max(STEPS, key=lambda step: _f1(likely, gold, allowed, np.full(len(predicates), step), missed))
    chosen = np.full(len(predicates), best, dtype=np.float32)
    for _ in range(2):
        for column in range(len(predicates)):
            chosen[column] = max(
                STEPS, key=lambda step: _f1(likely, gold, allowed, _with(chosen, column, step), missed)
            )
    chosen = (chosen + best) / 2  # half way back to the common one: thirty examples are no ground for a free choice
    for column, predicate in enumerate(predicates):
        told = (likely[:, column] >= chosen[column]) & allowed[:, column]
        right, all_gold = int((told & gold[:, column]).sum()), int(gold[:, column].sum()) + missed[predicate]
        print(f"{predicate:<15} P {right / max(told.sum(), 1):.2f} R {right / max(all_gold, 1):.2f} of {all_gold}")
    print(f"held-out F1 {_f1(likely, gold, allowed, chosen, missed):.3f}")
    return np.asarray(chosen, dtype=np.float32)


def _probability(scores: Floats) -> Floats:
    found: Floats = np.float32(1) / (np.float32(1) + np.exp(-scores))
    return found


def _read(pairs: Pairs) -> NDArray[np.bool_]:
    """Give which pairs are of texts that others wrote."""
    return ~np.array(pairs.written)


def _cells(sets: Sequence[Collection[str]], predicates: Sequence[str]) -> NDArray[np.bool_]:
    """Give for each pair whether its set holds each predicate."""
    return np.array([[predicate in each for predicate in predicates] for each in sets])


def _with(thresholds: NDArray[np.float32], column: int, value: float) -> NDArray[np.float32]:
    changed = thresholds.copy()
    changed[column] = value
    return changed


def _f1(
    scores: NDArray[np.float32],
    gold: NDArray[np.bool_],
    allowed: NDArray[np.bool_],
    thresholds: NDArray[np.float32],
    missed: Counter[str],
) -> float:
    told = (scores >= thresholds) & allowed
    right = float((told & gold).sum())
    return 2 * right / (float(told.sum()) + float(gold.sum()) + missed.total())
