"""Trains the relation model from the gold set's training documents; deterministic.

One L2-regularised logistic regression a predicate, over the pairs that its signature allows. Thresholds maximise the
micro F1 of all predicates together, measured on held-out documents (five folds, by document).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from commons_graph.extract.dates import find_dates, words_of
from commons_graph.extract.linear import Batch, LinearModel
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.features import batch
from commons_graph.extract.relation.find import ordered_pairs
from commons_graph.extract.relation.layout import Item, lay_out
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.tokens import tokens_of
from commons_graph.extract.training import fit
from commons_graph.extract.training.gold import GoldDocument
from commons_graph.extract.word_kinds import WordKinds

RARE = 3
STRENGTH = 0.4
"""scikit-learn's C."""


@dataclass(slots=True)
class Pairs:
    """All pairs of the training documents: features, document number, allowed predicates, and gold predicates."""

    features: list[NDArray[np.uint32]] = field(default_factory=list)
    document: list[int] = field(default_factory=list)
    allowed: list[tuple[str, ...]] = field(default_factory=list)
    gold: list[frozenset[str]] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    own: list[bool] = field(default_factory=list)
    """Whether a pair's document is one that we wrote: those train, and measure nothing."""


def collect(documents: Sequence[GoldDocument], signatures: Signatures, lexicon: Path) -> Pairs:
    """Give the pairs of the documents with their gold predicates; a document without entities has none."""
    pairs = Pairs()
    cues, kinds = Cues.load(lexicon / "cues.yaml"), WordKinds.load()
    for number, gold in enumerate(documents):
        if not gold.entities:
            continue
        subject = _subject(gold)
        dates = find_dates(gold.document.text, gold.document.date, words_of(lexicon))
        layout = lay_out(gold.document, tokens_of(gold.document), subject, gold.entities, dates, cues, kinds)
        wanted = {(_folded(s), _folded(o)): set() for s, _, o in gold.relations}  # type: dict[tuple[str, str], set[str]]
        for s, predicate, o in gold.relations:
            wanted[_folded(s), _folded(o)].add(predicate)
        every = list(ordered_pairs(layout, signatures))
        pairs.features.extend(batch([layout], [[pair[:3] for pair in every]]).each())
        for left, right, _, allowed in every:
            found = wanted.get((_folded(_name(left)), _folded(_name(right))), set())
            back = wanted.get((_folded(_name(right)), _folded(_name(left))), set()) & signatures.symmetric
            pairs.document.append(number)
            pairs.weights.append(gold.weight)
            pairs.own.append(gold.own)
            pairs.allowed.append(allowed)
            pairs.gold.append(frozenset((found | back) & set(allowed)))
    return pairs


def train(met: Pairs, given: Pairs, predicates: Sequence[str], missed: Counter[str]) -> LinearModel:
    """Fit the model on the pairs of found names and of gold names together; the thresholds suit the found ones.

    `missed` counts the gold relations that no pair of found names holds, for honest recall.
    """
    both = Pairs(
        met.features + given.features,
        met.document + given.document,
        met.allowed + given.allowed,
        met.gold + given.gold,
        met.weights + given.weights,
        met.own + given.own,
    )
    held_out = np.zeros((len(met.gold), len(predicates)), dtype=np.float32)
    numbers, all_numbers = np.array(met.document), np.array(both.document)
    for fold in range(fit.FOLDS):
        model = _fit(both, predicates, np.flatnonzero(all_numbers % fit.FOLDS != fold))
        outside = np.flatnonzero(numbers % fit.FOLDS == fold)
        held_out[outside] = model.each(Batch.joined([met.features[row] for row in outside]))
    thresholds = _thresholds(held_out, met, predicates, missed)
    return replace(_fit(both, predicates, np.arange(len(both.gold))), thresholds=thresholds)


def _fit(pairs: Pairs, predicates: Sequence[str], chosen: NDArray[np.int64]) -> LinearModel:
    features = fit.vocabulary(Batch.joined([pairs.features[row] for row in chosen]), RARE)
    weights = np.zeros((len(features), len(predicates)), dtype=np.float32)
    bias = np.full(len(predicates), -9.0, dtype=np.float32)
    for column, predicate in enumerate(predicates):
        fitting = [row for row in chosen if predicate in pairs.allowed[row]]
        labels = np.array([predicate in pairs.gold[row] for row in fitting])
        if labels.sum() < RARE:
            continue
        regression = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=300, tol=1e-2)
        batch = Batch.joined([pairs.features[row] for row in fitting])
        regression.fit(fit.matrix(batch, features), labels, sample_weight=[pairs.weights[row] for row in fitting])
        weights[:, column], bias[column] = regression.coef_[0], regression.intercept_[0]
    zeros = np.zeros(len(predicates), dtype=np.float32)
    return fit.pruned(LinearModel(tuple(predicates), features, weights, bias, zeros))


def _thresholds(
    scores: NDArray[np.float32], pairs: Pairs, predicates: Sequence[str], missed: Counter[str]
) -> NDArray[np.float32]:
    """Give for each predicate the least probability that is worth stating: half the F1 that the whole reaches."""
    measured = ~np.array(pairs.own)
    scores = scores[measured]
    gold = np.array([[predicate in each for predicate in predicates] for each in pairs.gold])[measured]
    allowed = np.array([[predicate in each for predicate in predicates] for each in pairs.allowed])[measured]
    steps = np.linspace(0.1, 0.6, 26)
    best = max(steps, key=lambda step: _f1(scores, gold, allowed, np.full(len(predicates), step), missed))
    chosen = np.full(len(predicates), best, dtype=np.float32)
    for _ in range(2):
        for column in range(len(predicates)):
            chosen[column] = max(
                steps, key=lambda step: _f1(scores, gold, allowed, _with(chosen, column, step), missed)
            )
    chosen = (chosen + best) / 2  # half way back to the common one: thirty examples are no ground for a free choice
    for column, predicate in enumerate(predicates):
        told = (scores[:, column] >= chosen[column]) & allowed[:, column]
        right, all_gold = int((told & gold[:, column]).sum()), int(gold[:, column].sum()) + missed[predicate]
        print(f"{predicate:<15} P {right / max(told.sum(), 1):.2f} R {right / max(all_gold, 1):.2f} of {all_gold}")
    print(f"held-out F1 {_f1(scores, gold, allowed, chosen, missed):.3f}")
    return np.asarray(chosen, dtype=np.float32)


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


def missed(documents: Sequence[GoldDocument], pairs: Pairs) -> Counter[str]:
    """Count the relations of the gold set that no pair holds: names not found, too far apart, a date not read."""
    held = Counter(predicate for each, own in zip(pairs.gold, pairs.own, strict=True) if not own for predicate in each)
    gold = Counter(predicate for each in documents if not each.own for _, predicate, _ in set(each.relations))
    return gold - held


def _subject(gold: GoldDocument):  # type: ignore[no-untyped-def]
    own = [entity for entity in gold.entities if entity.key == gold.document.key]
    return own[0] if own else gold.entities[0]


def _name(item: Item) -> str:
    return item.entity.label if item.entity else item.key


def _folded(name: str) -> str:
    return name.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
