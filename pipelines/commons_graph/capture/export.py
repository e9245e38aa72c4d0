"""Reads a MediaWiki export (the XML of a dump) page by page, in constant memory, with expat.

What belongs here: XML in, pages out; no entity, no document type, no endless depth. What does not: wikitext.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from commons_graph.errors import CommonsError

DEEPEST = 30
LARGEST_TEXT = 20_000_000
NAMESPACES = {
    0: "",
    2: "User",
    4: "Project",
    6: "File",
    8: "MediaWiki",
    10: "Template",
    12: "Help",
    14: "Category",
    828: "Module",
}
WANTED = {
    ("page", "title"): "title",
    ("page", "ns"): "ns",
    ("page", "id"): "page",
    ("revision", "id"): "revision",
    ("revision", "timestamp"): "timestamp",
    ("revision", "model"): "model",
    ("revision", "text"): "text",
    ("siteinfo", "base"): "base",
}


@dataclass(slots=True)
class Page:
    """One page of an export: its last revision. `problem` says why it cannot be read, or is ""."""

    values: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def number(self) -> int:
        """The namespace's number: 0 for articles, 14 for categories."""
        digits = self.values.get("ns", "0")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0

    @property
    def namespace(self) -> str:
        """The namespace's English name: "" for articles, "Talk", "User", "User talk", "File", …; by its number."""
        number = self.number
        if number == 1:
            return "Talk"
        subject = NAMESPACES.get(number - number % 2, f"namespace {number - number % 2}")
        return f"{subject} talk" if number % 2 else subject


class ExportReader:
    """Collects pages while expat reads. `base` is the address of the wiki's main page, when the export says it."""

    def __init__(self, place: str) -> None:
        self.base = ""
        self.ready: list[Page] = []
        self._place = place
        self._path: list[str] = []
        self._page = Page()
        self._wanted = ""
        self._parts: list[str] = []
        self._length = 0
        self._parser = self._make_parser()

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def feed(self, piece: bytes, last: bool = False) -> list[Page]:
        """Read more bytes; give the pages that are now complete. Where it raises, they wait in `ready`."""
        self._parser.Parse(piece, last)
        done, self.ready = self.ready, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise CommonsError(self._place, "elements are nested too deeply", "this is no MediaWiki export")
        if not parent and name != "mediawiki":
            raise CommonsError(self._place, f"is no MediaWiki export (it begins with <{name[:40]}>)", "see what it is")
        if name == "page":
            self._page = Page()
        elif name == "redirect" and parent == "page":
            self._page.values["redirect"] = attributes.get("title", "")
        elif wanted := WANTED.get((parent, name)):
            self._listen(wanted)
            if "deleted" in attributes:
                self._page.problem = "its text is hidden in the wiki"

    def _listen(self, wanted: str) -> None:
        self._wanted, self._parts, self._length = wanted, [], 0
        self._parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length <= LARGEST_TEXT:
            self._parts.append(text)
        else:
            self._parts = []
            self._page.problem = f"is larger than {LARGEST_TEXT // 1_000_000} MB"

    def _end(self, name: str) -> None:
        self._path.pop()
        if self._wanted:
            self._keep("".join(self._parts))
        elif name == "page":
            self.ready.append(self._page)

    def _keep(self, text: str) -> None:
        if self._wanted == "base":
            self.base = text
        else:
            self._page.values[self._wanted] = text
        self._wanted = ""
        self._parser.CharacterDataHandler = None

    def _doctype(self, *_: object) -> None:
        raise CommonsError(self._place, "declares a document type or entities", "a MediaWiki export never does")


def pages(content: Iterable[bytes], reader: ExportReader, place: str) -> Iterator[Page]:
    """Give the pages of an export as they come.

    Raises `CommonsError`, after all whole pages before it, when the export is damaged, cut off, or something else.
    """
    try:
        for piece in content:
            yield from reader.feed(piece)
        yield from reader.feed(b"", last=True)
    except (expat.ExpatError, CommonsError) as error:
        yield from reader.ready
        if isinstance(error, CommonsError):
            raise
        raise CommonsError(f"{place}:{error.lineno}", f"the export is {_damage(error)}", "fetch it again") from error


def _damage(error: expat.ExpatError) -> str:
    cut = (
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    )
    return "cut off" if error.code in cut else f"damaged ({expat.ErrorString(error.code)})"
