"""Annotated documents for training, the gold set's and our own, with their entities located in their texts.

What belongs here: reading and locating. What does not: any training, and the dev files, which only measure.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from commons_graph import capture, normalise
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.model import Capture, Document

OWN = Path(__file__).parent / "labels" / "documents"
"""Documents that we wrote and annotated as the gold set's guidelines say, one file a language."""
WEIGHT = 2.5
"""Of a document that is no wiki entry: there are few to learn from, and stewards read many."""
LIKE_GOLD = frozenset(("openfood-standard-blog.md", "partnership-announcement-olinda.md"))
"""Left out: they follow the outline of a gold document, which would flatter what is measured on documents held out."""
OWN_WEIGHT = 0.5
"""Of a document of our own, times the above: they name more things in fewer words than real texts do."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its annotation: entities whose names were found in the text, and all relations by label.

    `own` is an annotation of ours, `written` a text of ours too.
    """

    name: str
    document: Document
    entities: tuple[LocalEntity, ...]
    relations: tuple[tuple[str, str, str], ...]
    own: bool = False
    written: bool = False

    @property
    def weight(self) -> float:
        """Give how much the document counts in training."""
        return (1.0 if self.document.kind == "wiki entry" else WEIGHT) * (OWN_WEIGHT if self.own else 1.0)


def documents(gold: Path, part: str = "train") -> Iterator[GoldDocument]:
    """Give the documents of `documents-<part>.jsonl` in the folder `gold`, in the order of the file."""
    for line in (gold / f"documents-{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield of_row(row, read(gold / f"documents-{part}" / row["doc"], row))


def own_documents(folder: Path = OWN) -> Iterator[GoldDocument]:
    """Give the documents that we wrote, whose lines hold their `text`, in the order of the files and their lines."""
    with tempfile.TemporaryDirectory() as texts:
        for file in sorted(folder.glob("*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if row["doc"] not in LIKE_GOLD:
                    path = Path(texts) / row["doc"]
                    path.write_text(row["text"], encoding="utf-8")
                    yield replace(of_row(row, read(path, row)), own=True, written=True)


def read(path: Path, row: dict[str, Any]) -> Document:
    """Normalise one document, with the date, kind and language that its annotation gives."""
    told = {name: row[name] for name in ("kind", "date") if row.get(name)}
    for item in capture.read_paths([path]):
        if isinstance(item, Capture):
            item.hints.update(told | {"language": row["lang"]})
            return normalise.document(item)
    raise FileNotFoundError(path)


def of_row(row: dict[str, Any], document: Document) -> GoldDocument:
    """Locate the entities of an annotation in its document; those that are not found there are left out."""
    located = (_located(entity, document) for entity in row["entities"])
    entities = tuple(entity for entity in located if entity)
    relations = tuple((each["subject"], each["predicate"], each["object"]) for each in row["relations"])
    return GoldDocument(row["doc"], document, entities, relations)


def _located(entity: dict[str, Any], document: Document) -> LocalEntity | None:
    names = [entity["label"], *entity.get("aliases", [])]
    flags = re.IGNORECASE if entity["class"] == "Concept" else 0
    mentions = list(_mentions(names, document.text, flags)) or list(_mentions(names, document.text, re.IGNORECASE))
    if not mentions:
        return None
    key = document.key if _same(entity["label"], document.title) else f"{document.document_id}#{entity['label']}"
    return LocalEntity(key, entity["label"], entity["class"], tuple(mentions), tuple(names[1:]))


def _mentions(names: list[str], text: str, flags: int) -> Iterator[Mention]:
    longest = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    spaced = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in longest)
    for found in re.finditer(rf"(?<!\w)(?:{spaced})(?!\w)", text, flags):
        yield Mention(found.start(), found.end())


def _same(left: str, right: str) -> bool:
    return left.casefold().strip() == right.casefold().strip()
