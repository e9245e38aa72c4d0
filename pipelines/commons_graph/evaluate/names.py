"""When two names, addresses or dates count as the same: the guidelines' comparison.

Names are compared after folding case, accents, quotes, punctuation and one leading article; addresses without scheme,
`www.` and closing slash. It is not how resolution compares names (`commons_graph.resolve`): the gold set decides here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

ARTICLE = re.compile(r"^(?:l'|d'|(?:le|la|les|un|une|the|a|an)\s+)")
SCHEME = re.compile(r"^https?://(www\.)?")


def same_name(name: str) -> str:
    """Give the form in which names are compared."""
    text = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).strip(" \"'«»“”")
    return " ".join(re.sub(r"[^\w]+", " ", ARTICLE.sub("", text)).split())


def same_literal(predicate: str, value: str) -> str:
    """Give the form in which the literals of a predicate are compared."""
    return SCHEME.sub("", value.strip().casefold()).rstrip("/") if predicate == "homepage" else value.strip()


class Known:
    """The entities of one annotation, found by any of their names; the first of a name counts."""

    def __init__(self, entities: Sequence[Mapping[str, Any]]) -> None:
        self.numbers: dict[str, int] = {}
        for number, entity in enumerate(entities):
            for name in names_of(entity):
                self.numbers.setdefault(name, number)

    def find(self, entity: Mapping[str, Any]) -> int | None:
        """Give the number of the gold entity that a predicted one is, or None."""
        return next((self.numbers[name] for name in names_of(entity) if name in self.numbers), None)


def names_of(entity: Mapping[str, Any]) -> list[str]:
    """Give all names of an entity as they are compared, the label first."""
    return [same_name(name) for name in (entity["label"], *entity.get("aliases", []))]
