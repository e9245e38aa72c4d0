"""Trains all shipped models in their order: `python -m commons_graph.extract.training EXPORT GOLD_FOLDER [CLONES]`.

Page types first, because the gazetteer and the forms of names learn from the classes of all pages; then kinds of words,
gazetteer and forms; then names; then relations, which learn from the names that are really found. CLONES holds git
clones named `owner+name` of the repositories in `labels/elsewhere/` and `labels/judged/`; what is not there is left
out, and said to be.
Deterministic. Needs the extras `dev` (scikit-learn) and `model`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from commons_graph import capture, normalise
from commons_graph.errors import CommonsError
from commons_graph.extract.knowledge import MODELS, Knowledge
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.subject import page_class
from commons_graph.extract.page_type import PageTypes
from commons_graph.extract.training import (
    forms,
    french_kinds,
    gazetteer,
    names,
    page_type,
    relation_pairs,
    relations,
    word_kinds,
)
from commons_graph.extract.training.elsewhere import Whole, elsewhere_documents, whole_file
from commons_graph.extract.training.gold import GoldDocument, documents, own_documents
from commons_graph.extract.training.judged import JudgedDocument, judged_documents
from commons_graph.extract.training.page_corpus import export_pages
from commons_graph.extract.word_kinds import WordKinds
from commons_graph.model import Capture
from commons_graph.project import find

Pages = list[tuple[str, str]]


def main(export: Path, gold: Path, clones: Path | None = None) -> None:
    """Train everything and write the models beside the code."""
    if not export.is_file() or not gold.is_dir():
        raise CommonsError(f"{export}, {gold}", "are no export and no gold folder", "name both")
    french_kinds.check()
    page_type.train(export, gold)
    pages = list(export_pages(export))
    french_kinds.with_french(word_kinds.make(_texts(export))).save()
    _of_pages(pages, find().root)
    whole = whole_file(clones, dict(pages))
    _of_documents(_read(gold, whole), list(judged_documents(whole)), find().root)


def _read(gold: Path, whole: Whole) -> list[GoldDocument]:
    """Give all annotated documents, the gold set's first: folds go by their order."""
    return [*documents(gold), *own_documents(), *elsewhere_documents(whole)]


def _texts(export: Path) -> Iterator[str]:
    """Give the prose of all pages."""
    for item in capture.read_paths([export]):
        if isinstance(item, Capture):
            yield normalise.document(item).text


def _of_pages(pages: Pages, root: Path) -> None:
    model = PageTypes.load()
    classes = {title: model.classify_wikitext(title, text) for title, text in pages}
    print("gazetteer:", gazetteer.make(pages, {title: cls for title, (cls, _) in classes.items()}), "names")
    titles = ((title, cls, sure) for title, (cls, sure) in classes.items())
    heads = Heads.load(root / "ontology")
    forms.train(titles, heads, WordKinds.load()).save(MODELS / "forms.npz")


def _of_documents(read: list[GoldDocument], judged: list[JudgedDocument], root: Path) -> None:
    knowledge = Knowledge.load(root)
    owns = [page_class(each.document, knowledge.page_types, knowledge.heads)[0] for each in read]
    examples = names.collect(read, owns, knowledge.concepts, knowledge)
    names.collect_judged(examples, judged, knowledge)
    model, held_out = names.train(examples)
    model.save(MODELS / "names.npz")
    unseen = [replace(knowledge, names=each) for each in held_out]
    found = [names.found(each, unseen[number % len(unseen)]) for number, each in enumerate(read)]
    ontology = root / "ontology"
    given = relation_pairs.collect(read, knowledge.signatures, ontology)
    met = relation_pairs.collect(found, knowledge.signatures, ontology)
    missed = relation_pairs.missed(read, met)
    relations.train(met, given, tuple(knowledge.relations.labels), missed).save(MODELS / "relations.npz")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
