"""Scores are sums over what the model knows, however its numbers lie."""

from __future__ import annotations

import warnings

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.extract.linear import PIECE, Batch, LinearModel

NUMBERS = st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 2**31, 2**32 - 1]) | st.integers(5_000, 5_040)


@settings(deadline=None, max_examples=60)
@given(known=st.sets(NUMBERS, max_size=60), examples=st.lists(st.lists(NUMBERS, max_size=20), max_size=8))
def test_a_score_is_the_sum_of_the_weights_of_known_features(known: set[int], examples: list[list[int]]) -> None:
    features = sorted(known)
    weights = np.arange(2 * len(features), dtype=np.float32).reshape(-1, 2) + 1
    bias = np.array([0.5, -1], dtype=np.float32)
    model = LinearModel(("a", "b"), np.array(features, dtype=np.uint32), weights, bias, bias)
    rows = dict(zip(features, weights, strict=True))
    none = np.zeros(2)
    want = [sum((rows.get(each, none) for each in example or [0]), start=none) + bias for example in examples]
    assert np.allclose(model.scores(Batch.of(examples)), np.array(want).reshape(-1, 2))


def test_many_examples_are_scored_as_each_alone() -> None:
    drawn = np.random.default_rng(7)
    weights = drawn.normal(size=(500, 9)).astype(np.float32)
    bias = weights[0]
    model = LinearModel(tuple("abcdefghi"), np.arange(1, 501, dtype=np.uint32), weights, bias, bias)
    sizes = [0, 1, 300, 0, 40, 20_000, 3, *drawn.integers(0, 200, 300).tolist(), 0]
    examples = [drawn.integers(1, 501, size).tolist() for size in sizes]
    assert sum(sizes) * len(bias) > 4 * PIECE
    alone = np.concatenate([model.scores(Batch.of([each])) for each in examples])
    assert np.array_equal(model.scores(Batch.of(examples)), alone)


def test_what_is_beyond_measure_unlikely_has_no_share_and_no_warning() -> None:
    bias = np.array([-1000, 1000], dtype=np.float32)
    model = LinearModel(("a", "b"), np.array([], dtype=np.uint32), np.zeros((0, 2), dtype=np.float32), bias, bias)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert model.each(Batch.of([[1]])).tolist() == [[0.0, 1.0]]
