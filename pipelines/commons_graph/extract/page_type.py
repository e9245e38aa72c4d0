"""Tells the class of a wiki page from its title and wikitext alone: Person, Organization, …, Concept or Other.

What belongs here: the linear model at work, and the class of documents that are no wiki pages. What does not: features
(`page_features`, `page_title`), training (`training/page_type.py`). The model holds numbers and hashes only; for pages
that the corpus links to, it also holds what the words around those links said of them (by the title's hash).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from commons_graph.errors import CommonsError
from commons_graph.extract.linear import Places
from commons_graph.extract.page_features import GROUPS, page_features
from commons_graph.extract.page_file import file_class
from commons_graph.extract.page_source import canonical_title, read_page
from commons_graph.model import CLASSES, Document, EntityClass

PAGE_CLASSES: tuple[str, ...] = (*CLASSES, "Other")
MODEL = Path(__file__).parent / "models" / "page_type.npz"
SUBJECTS: dict[str, EntityClass] = {"event page": "Event", "project page": "Project"}
"""The kinds of documents that speak for something else than themselves."""
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HashedWords:
    """The word table by hashes."""

    values: dict[int, int]

    def __call__(self, word: str) -> int:
        """Give what the corpus knows of a word in lower case, 0 for an unknown one."""
        return self.values.get(zlib.crc32(word.encode("utf-8", "replace")), 0)


@dataclass(frozen=True, slots=True)
class PageTypes:
    """A loaded model. `weights` has one row a known feature; `linked` one row a title that others link to."""

    words: HashedWords
    features: npt.NDArray[np.uint32]
    group: npt.NDArray[np.uint8]
    weights: Floats
    bias: Floats
    titles: npt.NDArray[np.uint32]
    linked: Floats
    temperature: float
    places: Places = field(init=False, repr=False, compare=False)
    linked_places: Places = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", Places(self.features))
        object.__setattr__(self, "linked_places", Places(self.titles))

    @classmethod
    def load(cls, path: Path | None = None) -> PageTypes:
        """Read a model, the shipped one when no path is given; raise `CommonsError` when it is missing or broken."""
        place = path or MODEL
        try:
            with np.load(place, allow_pickle=False) as file:
                part = {name: file[name] for name in file.files}
            return cls(
                words=HashedWords(dict(zip(part["word"].tolist(), part["word_value"].tolist(), strict=True))),
                features=part["feature"],
                group=part["group"],
                weights=part["weight"].astype(np.float32) * part["weight_scale"],
                bias=part["bias"],
                titles=part["title"],
                linked=part["linked"].astype(np.float32) * part["linked_scale"],
                temperature=float(part["temperature"]),
            )
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            raise CommonsError(str(place), "this is no page type model", "make it again with `make model`") from error

    def scores(self, title: str, wikitext: str, categories: Sequence[str] | None = None) -> Floats:
        """Give one score a class of `PAGE_CLASSES`, before they are made probabilities."""
        groups = page_features(read_page(title, wikitext, categories), self.words)
        _, rows = self.places.find(np.fromiter(chain.from_iterable(groups), np.uint32))
        group = self.group[rows]
        norm = np.sqrt(np.maximum(np.bincount(group, minlength=len(GROUPS)), 1)).astype(np.float32)
        result: Floats = self.bias + (self.weights[rows] / norm[group][:, None]).sum(0)
        _, row = self.linked_places.find(np.array([title_hash(title)], np.uint32))
        result += self.linked[row].sum(0)
        return result

    def classify_wikitext(
        self, title: str, wikitext: str, categories: Sequence[str] | None = None
    ) -> tuple[str, float]:
        """Give the class of a page and how certain it is (0 to 1).

        `title` is a page's title or its file's name; `categories` are named when they were cut from the text.
        """
        return self.ranked(title, wikitext, categories)[0]

    def ranked(self, title: str, wikitext: str, categories: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """Give all classes with how certain each is, the most certain first. Takes what `classify_wikitext` takes."""
        if told := file_class(canonical_title(title)):
            return [(told, 1.0), *((name, 0.0) for name in PAGE_CLASSES if name != told)]
        scores = self.scores(title, wikitext, categories) / self.temperature
        share = np.exp(scores - scores.max())
        share /= share.sum()
        return [(PAGE_CLASSES[each], float(share[each])) for each in np.argsort(-share, kind="stable")]


def title_hash(title: str) -> int:
    """Give the 32-bit hash by which the model knows a title, whatever its case."""
    return zlib.crc32(canonical_title(title).lower().encode("utf-8", "replace"))


def subject_class(document: Document) -> EntityClass:
    """Give the class of what a document that is no wiki page is about: mostly it is itself, a Document."""
    return SUBJECTS.get(document.kind, "Document")
