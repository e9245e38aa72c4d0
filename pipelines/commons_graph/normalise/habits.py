"""Two habits of the P2P Foundation wiki that its page texts keep wherever they are copied: `= "…"` and `URL = …`.

What belongs here: recognising such lines. What does not: markup, and what the lines mean.
"""

from __future__ import annotations

import re

from commons_graph.normalise.addresses import clean
from commons_graph.normalise.build import Line

TAGLINE = re.compile(r"=\s?('{0,5}[\"“”'«(].{2,}|[^=].{11,})$")
TAGLINE_WITHIN = 12
"""A tag line stands among the first so many paragraphs and headings."""
ADDRESS = re.compile(
    r"[*#:;•]{0,3} ?'{0,5} ?(?:URLs?|Web ?sites?|Site(?: web)?|Home ?page|Web|Links?)\b ?(?:\d|francophone|principal)?"
    r" ?'{0,5} ?(?:[=:+-]{1,2}|(?=\[)) ?'{0,5} ?:? ?\(?(?=['\[<(]{0,3} ?(?:https?:|www\.))"
    r"|'{0,5}URLs? ?'{0,5}= ?",
    re.IGNORECASE,
)
NO_SCHEME = re.compile(r"(?<![\w@/.])(?:[\w-]{1,63}\.){1,4}[a-z]{2,10}(?:/[^\s<>\"]{0,300})?(?![\w@])", re.IGNORECASE)


def address(text: str) -> int:
    """Give where the value of a line like `URL = …` begins, or 0 when the text is no such line."""
    if "://" in text or "URL" in text or "www." in text:
        found = ADDRESS.match(text)
        return found.end() if found else 0
    return 0


def mark_address(line: Line) -> Line:
    """Mark an address without a scheme, where the line has no link."""
    if not line.marks and (found := NO_SCHEME.search("".join(line.parts))):
        said = found[0].rstrip(".,;")
        if iri := clean(f"http://{said}"):
            line.marks.append(("web", found.start(), found.start() + len(said), iri))
    return line
