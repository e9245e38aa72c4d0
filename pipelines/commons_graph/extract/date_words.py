"""The words of dates, as ontology/lexicon/dates.yaml has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from commons_graph import ontology_file

FILE = "lexicon/dates.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """Months and weekdays by word, and the words that join two dates or say on which side one lies."""

    months: dict[str, int]
    weekdays: dict[str, int]
    past: tuple[str, ...]
    future: tuple[str, ...]
    range: tuple[str, ...]
    joints: tuple[str, ...]

    @classmethod
    def load(cls, ontology: Path) -> DateWords:
        """Read the words of an ontology folder. Raises `CommonsError` for a wrong line."""
        told = ontology_file.load(ontology, FILE)
        return cls(
            months={word: number for number, words in told["months"].items() for word in words},
            weekdays={word: number for number, words in told["weekdays"].items() for word in words},
            past=tuple(told["past"]),
            future=tuple(told["future"]),
            range=tuple(told["range"]),
            joints=(*told["range"], *told["list"]),
        )

    def month(self, word: str | None) -> int:
        """Give the number of a month's word."""
        return self.months[(word or "").lower()]

    def weekday(self, word: str | None) -> int:
        """Give the ISO number of a weekday's word, or 0 for none."""
        return self.weekdays.get((word or "").lower(), 0)

    def day(self, text: str | None) -> int:
        """Give the day of "1er", "2nd" or "14"."""
        return int(re.match(r"\d+", text or "0").group())  # type: ignore[union-attr]
