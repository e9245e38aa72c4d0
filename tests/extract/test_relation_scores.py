"""What scores of pairs held out are worth: a confidence that fits how many hold, by predicate, on texts of others."""

from __future__ import annotations

from collections import Counter

import numpy as np

from commons_graph.extract.training.relation_pairs import Pairs
from commons_graph.extract.training.relation_scores import calibration, thresholds

PREDICATES = ("about", "partOf")


def pairs(gold: np.ndarray, written: list[bool]) -> Pairs:
    held = [frozenset(name for name, holds in zip(PREDICATES, row, strict=True) if holds) for row in gold]
    return Pairs(allowed=[PREDICATES] * len(gold), gold=held, written=written)


def examples(odds: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Give scores of -2 to 2, and what holds as often as half the score and a predicate's own odds say."""
    random = np.random.default_rng(0)
    scores = random.uniform(-2, 2, (4000, 2)).astype(np.float32)
    return scores, random.random((4000, 2)) < 1 / (1 + np.exp(-(scores / 2 + odds)))


def test_scores_that_are_too_sure_are_stretched_and_shifted_by_predicate() -> None:
    scores, gold = examples((0.5, -1.0))
    scale, shifts = calibration(scores, pairs(gold, [False] * len(gold)), PREDICATES)
    assert abs(scale - 0.5) < 0.1
    assert abs(shifts[0] - 0.5) < 0.15 and abs(shifts[1] + 1.0) < 0.15


def test_texts_that_we_wrote_tell_nothing_of_confidence() -> None:
    scores, gold = examples((0.5, -1.0))
    twice, opposite = np.concatenate((scores, scores)), np.concatenate((gold, ~gold))
    written = [False] * len(gold) + [True] * len(gold)
    alone = calibration(scores, pairs(gold, [False] * len(gold)), PREDICATES)
    beside = calibration(twice, pairs(opposite, written), PREDICATES)
    assert alone[0] == beside[0] and alone[1].tolist() == beside[1].tolist()


def test_a_threshold_parts_what_holds_from_what_does_not_and_honest_recall_lowers_it() -> None:
    scores = np.linspace(-3, 3, 200, dtype=np.float32)[:, None].repeat(2, axis=1)
    gold = scores > 0
    sure = thresholds(scores, pairs(gold, [False] * 200), PREDICATES, Counter())
    assert (np.abs(sure - 0.5) < 0.03).all()
    doubtful = np.random.default_rng(1).random((200, 2)) < 1 / (1 + np.exp(-scores))
    few, many = (
        thresholds(scores, pairs(doubtful, [False] * 200), PREDICATES, Counter({"about": missed}))
        for missed in (0, 2000)
    )
    assert (many < few).all()
