"""Trains the model of names from the gold set's training documents: which candidates count, and of which class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from commons_graph.extract.codes import Codes
from commons_graph.extract.concepts import Concepts
from commons_graph.extract.layered import LayeredModel
from commons_graph.extract.linear import Batch
from commons_graph.extract.names.candidates import read
from commons_graph.extract.names.features import Knower, features_of
from commons_graph.extract.names.find import find_entities
from commons_graph.extract.names.subject import page_class
from commons_graph.extract.names.words import folded_name
from commons_graph.extract.records import LocalEntity
from commons_graph.extract.training import fit, layered
from commons_graph.extract.training.gold import GoldDocument
from commons_graph.extract.training.judged import JudgedDocument
from commons_graph.model import CLASSES

if TYPE_CHECKING:
    from commons_graph.extract.knowledge import Knowledge

NONE = "none"
LABELS = (NONE, *CLASSES)
STRENGTH = 0.4
"""scikit-learn's C."""
LEAST = 0.3
"""From which probability on a candidate is a name: the best F1 of whole documents held out."""


@dataclass(slots=True)
class Examples:
    """The candidates of all documents: features, class or "none", document number, and the gold's total."""

    features: list[Codes] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    judged: list[bool] = field(default_factory=list)
    """Whether a candidate was judged by itself: those train, and measure nothing."""
    gold: int = 0

    def add(self, features: Codes, label: str, document: int, weight: float, judged: bool = False) -> None:
        """Add a candidate."""
        self.features.append(features)
        self.labels.append(label)
        self.documents.append(document)
        self.weights.append(weight)
        self.judged.append(judged)


def collect(documents: Sequence[GoldDocument], owns: Sequence[str], concepts: Concepts, knowledge: Knower) -> Examples:
    """Give the examples; `owns` is the class of each document's subject as the page type model sees it."""
    examples = Examples()
    for number, (gold, own) in enumerate(zip(documents, owns, strict=True)):
        classes = {
            folded_name(name): entity.cls for entity in gold.entities for name in (entity.label, *entity.aliases)
        }
        examples.gold += len(gold.entities)
        reading = read(gold.document, concepts, knowledge.titles, knowledge.heads)
        features = features_of([reading], [own], knowledge).each()
        for candidate, own_features in zip(reading.candidates.values(), features, strict=True):
            examples.add(own_features, classes.get(candidate.name, NONE), number, gold.weight)
    return examples


def collect_judged(examples: Examples, documents: Sequence[JudgedDocument], knowledge: Knowledge) -> None:
    """Add the candidates that were judged one by one; the others of those documents stay unknown."""
    last = max(examples.documents, default=-1)
    for number, judged in enumerate(documents, last + 1):
        own, _ = page_class(judged.document, knowledge.page_types, knowledge.heads)
        reading = read(judged.document, knowledge.concepts, knowledge.titles, knowledge.heads)
        features = features_of([reading], [own], knowledge).each()
        for candidate, own_features in zip(reading.candidates.values(), features, strict=True):
            if candidate.name in judged.names:
                examples.add(own_features, judged.names[candidate.name], number, judged.weight, judged=True)


def train(examples: Examples) -> tuple[LayeredModel, list[LayeredModel]]:
    """Fit the model; give it, and for each fold of documents the one that has not seen them."""
    parts = fit.folds(examples.documents)
    held_out = [_fit(examples, inside) for inside, _ in parts]
    scores = np.zeros((len(examples.labels), len(LABELS)), dtype=np.float32)
    for model, (_, outside) in zip(held_out, parts, strict=True):
        scores[outside] = model.one(Batch.joined([examples.features[row] for row in outside]))
    figures = "F1 name and class {:.3f}, F1 name {:.3f}, precision {:.3f}, recall {:.3f}"
    print("names, by candidate, held out:", figures.format(*_f1(scores, examples, LEAST)))
    return _fit(examples, np.arange(len(examples.labels))), held_out


def found(gold: GoldDocument, knowledge: Knowledge) -> GoldDocument:
    """Give a document with the entities that are really found in it; those that are gold bear their gold label."""
    labels = {folded_name(name): each.label for each in gold.entities for name in (each.label, *each.aliases)}
    (named,) = find_entities([gold.document], knowledge)
    return replace(gold, entities=tuple(_labelled(entity, labels) for entity in named.entities))


def _labelled(entity: LocalEntity, labels: dict[str, str]) -> LocalEntity:
    known = (labels[name] for name in map(folded_name, (entity.label, *entity.aliases)) if name in labels)
    return replace(entity, label=next(known, f"{NONE} {entity.label}"))


def _fit(examples: Examples, chosen: np.ndarray) -> LayeredModel:
    features = Batch.joined([examples.features[row] for row in chosen])
    labels = [examples.labels[row] for row in chosen]
    weights = [examples.weights[row] for row in chosen]
    linear = fit.one_of(features, labels, LABELS, STRENGTH, weights)
    least = np.full(len(LABELS), LEAST, dtype=np.float32)
    return layered.lightened(layered.beside(replace(linear, thresholds=least), features, labels, weights))


def _f1(scores: np.ndarray, examples: Examples, least: float) -> tuple[float, float, float, float]:
    """Give F1 of name and class, F1 of names, precision and recall, counting candidates (aliases count each)."""
    told = (1 - scores[:, 0] >= least) & ~np.array(examples.judged)
    guessed = scores[:, 1:].argmax(axis=1) + 1
    labels = np.array([LABELS.index(label) for label in examples.labels])
    right = float((told & (guessed == labels)).sum())
    named = float((told & (labels > 0)).sum())
    wanted = examples.gold
    total = float(told.sum()) + wanted
    return 2 * right / total, 2 * named / total, right / max(float(told.sum()), 1), right / wanted
