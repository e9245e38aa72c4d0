"""What a crawl remembers between two visits of the addresses that it asked and that are no documents.

They lead to a document (redirects, copies), or only have links (`noindex`), or failed: asked again they cost little.
What belongs here: these notes, their form in the cursor, and with which condition an address is asked. What does not:
the documents (`Known`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from commons_graph.capture.http import Condition, Exchange
from commons_graph.capture.live.records import Known, Told

MARK = "at "


@dataclass(frozen=True, slots=True)
class Step:
    """One address that is no document: how deep it lies, where it leads, and what its server said of our copy."""

    depth: int = 0
    to: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class Trail:
    """The notes of the last visit (`before`), and those of this one (`after`).

    `number` is this visit's, one more than that of the last one that ended well: a page that was read in a visit that
    broke off has it already, and its links may be lost. `trusted` is false after a visit whose cursor is not there.
    """

    known: Mapping[str, Known]
    number: int
    trusted: bool
    before: dict[str, Step]
    after: dict[str, Step] = field(default_factory=dict)

    def depth(self, address: str, otherwise: int) -> int:
        """Give how deep an address lay at the last visit."""
        if address in self.known:
            said = self.known[address].marks.get("depth", "")
            return int(said) if said.isascii() and said.isdigit() else otherwise
        return self.before[address].depth if address in self.before else otherwise

    def condition(self, address: str, depth: int, for_links: bool) -> Condition:
        """Give what to ask with. When links are wanted that the last visit did not follow, the page is needed."""
        if for_links and not (self.trusted and self._read_well(address) and self.depth(address, 0) <= depth):
            return Condition()
        if address in self.known:
            marks = self.known[address].marks
            return Condition(marks.get("etag", ""), marks.get("last_modified", ""))
        step = self.before.get(address, Step())
        return Condition(step.etag, step.last_modified)

    def note(self, address: str, depth: int, to: str = "", exchange: Exchange | None = None) -> None:
        """Remember an address that is no document, and what its server said unless that is as it was (304)."""
        before = self.before.get(address, Step())
        condition = Condition(before.etag, before.last_modified)
        if exchange and exchange.status != 304:
            condition = exchange.condition
        self.after[address] = Step(depth, to, condition.etag, condition.last_modified)

    def lead(self, address: str, depth: int, to: str) -> None:
        """Remember an address that redirects. What the server said is of where it leads, and not told here again."""
        self.after[address] = Step(depth, to)

    def keep(self, address: str, depth: int) -> None:
        """Remember an address as it was at the last visit."""
        self.after[address] = replace(self.before.get(address, Step()), depth=depth)

    def save(self, cursor: Told) -> None:
        """Write the notes of this visit into the cursor."""
        for key in [key for key in cursor if key.startswith(MARK)]:
            del cursor[key]
        cursor.update({MARK + address: json.dumps(asdict(step)) for address, step in self.after.items()})
        cursor["visit"] = str(self.number)

    def _read_well(self, address: str) -> bool:
        """Say whether the visit that read a page ended well, so that its links were followed."""
        marks = self.known[address].marks if address in self.known else {}
        return marks.get("visit", "0") != str(self.number)


def load(known: Mapping[str, Known], cursor: Told) -> Trail:
    """Read the notes of the last visit from the cursor."""
    before = {key.removeprefix(MARK): Step(**json.loads(value)) for key, value in cursor.items() if key[:3] == MARK}
    number = int(cursor.get("visit", "0")) + 1
    return Trail(known, number, number > 1, before)
