"""Trains what a name's form alone says of its class: given names, head nouns, endings, from a wiki's titles.

The classes are those that the page type model gives the pages; only those it is sure of count.
"""

from __future__ import annotations

from collections.abc import Iterable

from commons_graph.extract.linear import LinearModel
from commons_graph.extract.names.features import form_batch
from commons_graph.extract.names.form import Forms
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.texts import Texts
from commons_graph.extract.tokens import tokenise
from commons_graph.extract.training import fit
from commons_graph.extract.word_kinds import WordKinds
from commons_graph.model import CLASSES

SURE = 0.7
STRENGTH = 0.3


def train(titles: Iterable[tuple[str, str, float]], heads: Heads, kinds: WordKinds) -> LinearModel:
    """Fit the model on (title, class, how sure) of pages."""
    names, labels = [], []
    for title, cls, sure in titles:
        tokens = tokenise(title.partition(":")[2] if title.startswith("Category:") else title, ())
        if cls in CLASSES and sure >= SURE and len(tokens):
            names.append(tokens)
            labels.append(cls)
    texts = Texts(names)
    forms = Forms(texts, heads, kinds)
    return fit.one_of(form_batch(forms, texts.first, texts.first + texts.size), labels, CLASSES, STRENGTH)
