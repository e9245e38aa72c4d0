"""Plain text to blocks: headings are guessed from how a line looks."""

from __future__ import annotations

import re

from commons_graph.normalise.build import Builder, Line
from commons_graph.normalise.wikitext import INVISIBLE

ITEM = re.compile(r"(?:[-*•–·o]|\d{1,2}[.)])\s+(?=\S)")
ADDRESS = re.compile(r"https?://[^\s<>\"”]{1,2000}")
SHORT = 90


def read(source: str, builder: Builder, title_given: bool) -> None:
    """Put the text's lines into the builder as blocks; without a given title the first line is one already."""
    lines = [line.strip() for line in source.translate(INVISIBLE).replace("\xa0", " ").splitlines()]
    full = [line for line in lines if line]
    for number, line in enumerate(full if title_given else full[1:]):
        if found := ITEM.match(line):
            builder.add("item", linked(line[found.end() :]), level=1)
        elif is_heading(line, full, number):
            builder.add("heading", linked(line), level=1 if line.isupper() else 2)
        else:
            builder.add("paragraph", linked(line))


def is_heading(line: str, lines: list[str], number: int) -> bool:
    """Say whether a line looks like a heading: short, no final full stop, and more text behind it."""
    if len(line) > SHORT or number + 1 >= len(lines) or line.startswith("http"):
        return False
    return line.isupper() or line.endswith((":", "?")) or (line[-1].isalnum() and len(line.split()) <= 10)


def linked(text: str) -> Line:
    """Give a line whose bare web addresses are links."""
    from commons_graph.normalise.addresses import clean

    line = Line()
    at = 0
    for match in ADDRESS.finditer(text):
        line.add(text[at : match.start()])
        address = match[0].rstrip(".,;:!?'’)")
        iri = clean(address)
        line.add(address, ("web", iri) if iri else None)
        at = match.start() + len(address)
    line.add(text[at:])
    return line
