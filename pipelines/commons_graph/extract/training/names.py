"""Trains the model of names from the gold set's training documents: which candidates count, and of which class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from commons_graph.extract.concepts import Concepts
from commons_graph.extract.linear import LinearModel
from commons_graph.extract.names.candidates import read
from commons_graph.extract.names.features import Knower, document_features
from commons_graph.extract.names.words import folded_name
from commons_graph.extract.training import fit
from commons_graph.extract.training.gold import GoldDocument
from commons_graph.model import CLASSES

NONE = "none"
LABELS = (NONE, *CLASSES)
STRENGTH = 0.15


@dataclass(slots=True)
class Examples:
    """The candidates of all documents: features, class or "none", document number, and the gold's total."""

    features: list[list[int]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    gold: int = 0


def collect(
    documents: Sequence[GoldDocument], owns: Sequence[str], concepts: Concepts, knowledge: Knower
) -> Examples:
    """Give the examples; `owns` is the class of each document's subject as the page type model sees it."""
    examples = Examples()
    for number, (gold, own) in enumerate(zip(documents, owns, strict=True)):
        classes = {
            folded_name(name): entity.cls for entity in gold.entities for name in (entity.label, *entity.aliases)
        }
        examples.gold += len(gold.entities)
        reading = read(gold.document, concepts, knowledge.gazetteer)
        found = list(reading.candidates.values())
        for candidate, features in zip(found, document_features(reading, found, knowledge, own), strict=True):
            examples.features.append(sorted(features))
            examples.labels.append(classes.get(candidate.name, NONE))
            examples.documents.append(number)
            examples.names.append(candidate.name)
    return examples


def train(examples: Examples) -> LinearModel:
    """Fit the model; its first threshold is the least probability of being a name that maximises F1 held out."""
    scores = np.zeros((len(examples.labels), len(LABELS)), dtype=np.float32)
    for inside, outside in fit.folds(examples.documents):
        model = _fit(examples, inside)
        scores[outside] = model.one([examples.features[row] for row in outside])
    least = max(np.linspace(0.2, 0.7, 26), key=lambda step: _f1(scores, examples, step)[0])
    print(f"threshold {least:.2f}: F1 name and class {_f1(scores, examples, least)}")
    model = _fit(examples, np.arange(len(examples.labels)))
    thresholds = np.full(len(LABELS), least, dtype=np.float32)
    return LinearModel(model.labels, model.rows, model.weights, model.bias, thresholds)


def _fit(examples: Examples, chosen: np.ndarray) -> LinearModel:  # type: ignore[type-arg]
    features = [examples.features[row] for row in chosen]
    return fit.one_of(features, [examples.labels[row] for row in chosen], LABELS, STRENGTH)


def _f1(scores: np.ndarray, examples: Examples, least: float) -> tuple[float, float, float, float]:  # type: ignore[type-arg]
    """Give F1 of name and class, F1 of names, precision and recall, counting candidates (aliases count each)."""
    told = 1 - scores[:, 0] >= least
    guessed = scores[:, 1:].argmax(axis=1) + 1
    labels = np.array([LABELS.index(label) for label in examples.labels])
    right = float((told & (guessed == labels)).sum())
    named = float((told & (labels > 0)).sum())
    wanted = examples.gold
    total = float(told.sum()) + wanted
    return 2 * right / total, 2 * named / total, right / max(float(told.sum()), 1), right / wanted
