"""The layered model: hidden units add what no sum of features can say, and a file without them is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from commons_graph.errors import CommonsError
from commons_graph.extract.layered import LayeredModel
from commons_graph.extract.linear import Batch, LinearModel
from commons_graph.extract.training import fit, layered

LABELS = ("alike", "apart", "alone")
EXAMPLES = [(1, 3), (2, 4), (1, 4), (2, 3), (5,)]
TRUTH = ["alike", "alike", "apart", "apart", "alone"]


@pytest.fixture(scope="module")
def model() -> LayeredModel:
    batch, truth = Batch.of(EXAMPLES * 500), TRUTH * 500
    return layered.beside(fit.one_of(batch, truth, LABELS, 1.0), batch, truth, [1.0] * len(truth))


def test_two_features_together_may_say_what_neither_says_alone(model: LayeredModel) -> None:
    best = model.one(Batch.of(EXAMPLES)).argmax(axis=1)
    assert [LABELS[each] for each in best] == TRUTH


def test_probabilities_of_an_example_sum_to_one(model: LayeredModel) -> None:
    assert np.allclose(model.one(Batch.of([*EXAMPLES, (9,), ()])).sum(axis=1), 1)


def test_a_saved_model_says_the_same(model: LayeredModel, tmp_path: Path) -> None:
    model.save(tmp_path / "m.npz")
    read = LayeredModel.load(tmp_path / "m.npz")
    assert read.labels == LABELS
    assert np.allclose(read.one(Batch.of(EXAMPLES)), model.one(Batch.of(EXAMPLES)), atol=0.01)


def test_a_linear_model_is_no_layered_one(tmp_path: Path) -> None:
    zeros = np.zeros(3, dtype=np.float32)
    plain = LinearModel(LABELS, np.array([5], dtype=np.uint32), np.zeros((1, 3), dtype=np.float32), zeros, zeros)
    plain.save(tmp_path / "m.npz")
    with pytest.raises(CommonsError, match="no layer"):
        LayeredModel.load(tmp_path / "m.npz")


def test_an_example_says_the_same_to_the_bit_alone_and_among_others() -> None:
    random = np.random.default_rng(0)
    weights = random.normal(0, 1, (50, 4 + 96)).astype(np.float32)
    names = tuple(map(str, range(100)))
    zeros = np.zeros(100, dtype=np.float32)
    sums = LinearModel(names, np.arange(1, 51, dtype=np.uint32), weights, zeros, zeros)
    model = LayeredModel(sums, random.normal(0, 0.5, (96, 4)).astype(np.float32))
    examples = [random.choice(np.arange(1, 51), 12, replace=False).tolist() for _ in range(60)]
    together = model.one(Batch.of(examples))
    alone = [model.one(Batch.of([each]))[0] for each in examples]
    assert np.array_equal(together, alone)
