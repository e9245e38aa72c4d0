"""MediaWiki's markup to blocks, links and categories, in one pass over the lines.

What belongs here: what a line is, and this wiki's habits (a tag line, `URL =`). What does not: what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from commons_graph.model import BlockKind, Capture
from commons_graph.normalise import habits, wikitext_inline, wikitext_spans
from commons_graph.normalise.build import Builder
from commons_graph.normalise.characters import clean, decode
from commons_graph.normalise.told import Told
from commons_graph.normalise.wikitext_inline import MARKUP
from commons_graph.normalise.wikitext_spans import CELL, NOTE, QUOTE, UNQUOTE
from commons_graph.personal_addresses import masked

REDIRECT = re.compile(r"\s*#\s?REDIRECT(?:ION)?\s*:?\s*\[\[([^\[\]|#]{1,255})", re.IGNORECASE)
# "'''= a tag line'''", "'''* an item'''": the emphasis is put behind the sign that opens the line
EMPHASISED = re.compile(r"('{2,5})\s?([=*]\s?)(?=[^=])")
BULLET = re.compile(r"(?:[-–] |[•·▪●] ?)(?=\S)")
LIST = re.compile(r"([*#:;]+) ?")
CELL_FORMAT = re.compile(r"\s*(?:[\w-]++\s*+=\s*+(?:\"[^\"|]*+\"|'[^'|]*+'|[^\s|\"]++)\s*+)++\|")
CONTINUES = re.compile(r"\n(?=[a-zà-öø-ÿ])")
WRAPPED = 50
MARKED = frozenset("=*#:;|!{-–•·▪●'\x01\x02\x03\x04 ")
SKIPPED = ("|-", "----", "|}")


@dataclass(slots=True)
class Page:
    """A page while it is being read: what its markup gives besides its text, and where in it we are."""

    builder: Builder
    categories: list[str] = field(default_factory=list)
    redirect: str = ""
    tables: int = 0
    quotes: int = 0
    count: int = 0


def read(capture: Capture) -> Told:
    """Read a page of a wiki. Its title is a hint; a redirect has no other text."""
    told = Told(kind="wiki entry")
    told.builder.add_text("title", capture.hints.get("title", "") or _name(masked(capture.address)) or "?")
    page = read_text(decode(capture.payload), told.builder)
    told.redirect, told.categories = page.redirect, tuple(dict.fromkeys(page.categories))
    return told


def read_text(source: str, builder: Builder) -> Page:
    """Put the blocks of a page's text into the builder; give its categories and redirect."""
    page = Page(builder)
    if found := REDIRECT.match(source, 0, 2000):
        page.redirect = wikitext_inline.page_title(found[1].lstrip(" :"))
    text, templates = wikitext_spans.prepare(clean(source))
    for template in templates:
        _fields(template, page)
    for line in _joined(text).split("\n"):
        if line:
            _line(line, page)
    return page


def _name(address: str) -> str:
    return unquote(address.rstrip("/").rsplit("/", 1)[-1]).removesuffix(".mediawiki").replace("_", " ")


def _joined(text: str) -> str:
    """Join a long line with the next where that goes on in lower case: it was broken by hand."""
    parts: list[str] = []
    at = 0
    for match in CONTINUES.finditer(text):
        end = match.start()
        start = text.rfind("\n", 0, end) + 1
        last = text[end - 2 : end].rstrip(" ")[-1:]
        if end - start > WRAPPED and text[start] not in MARKED and (last.isalnum() or last in ",;"):
            parts += (text[at:end].rstrip(" "), " ")
            at = end + 1
    return "".join((*parts, text[at:])) if parts else text


def _line(line: str, page: Page) -> None:
    if line[0] in MARKED:
        _marked_line(line, page)
    elif start := habits.address(line):
        _address(line[start:], page)
    else:
        _paragraph(line, page)


def _marked_line(line: str, page: Page) -> None:
    stripped = line.strip()
    if stripped[:2] == "''":
        stripped = EMPHASISED.sub(r"\2\1", stripped, count=1)
    sign = stripped[:1]
    if sign == "=":
        _heading(stripped, page)
    elif start := habits.address(stripped):
        _address(stripped[start:], page)
    elif sign and sign in "*#:;":
        _item(stripped, page)
    elif found := BULLET.match(stripped):
        page.builder.add("item", wikitext_inline.read(stripped[found.end() :], page.categories), 1)
    elif sign and sign in "{|!-\x01\x02\x03\x04":
        _layout(stripped, page)
    elif stripped:
        _paragraph(stripped, page, "quote" if line[0] == " " and len(line) > 40 else "paragraph")


def _heading(line: str, page: Page) -> None:
    level = min(len(line) - len(line.lstrip("=")), len(line) - len(line.rstrip("=")), 6)
    if level and len(line) > 2 * level and len(line) < 400:
        page.builder.add("heading", wikitext_inline.read(line.strip("= "), page.categories), level=level)
    elif page.count < habits.TAGLINE_WITHIN and (found := habits.TAGLINE.match(line)):
        page.builder.add("field", wikitext_inline.read(found[1], page.categories), name="tagline")
    else:
        _paragraph(line.strip("= "), page)
    page.count += 1


def _address(value: str, page: Page) -> None:
    line = habits.mark_address(wikitext_inline.read(value, page.categories))
    page.builder.add("field", line, name="URL")


def _item(line: str, page: Page) -> None:
    found = LIST.match(line)
    signs = found[1] if found else ""
    kind: BlockKind = "item" if signs.strip(":") else "quote"
    page.builder.add(kind, wikitext_inline.read(line[len(found[0]) if found else 0 :], page.categories), len(signs))


def _layout(line: str, page: Page) -> None:
    """Read a line of a table, or the edge of a quotation."""
    if line in (QUOTE, UNQUOTE):
        page.quotes = max(page.quotes + (1 if line == QUOTE else -1), 0)
    elif line.startswith("{|"):
        page.tables += 1
    elif line.startswith(SKIPPED):
        page.tables = max(page.tables - line.startswith("|}"), 0)
    elif line[0] == NOTE:
        _paragraph(line[1:], page, "quote")
    elif line[0] == CELL:
        _cell(line[1:], page)
    elif page.tables and line[0] in "|!":
        for cell in re.split(r"\|\||!!", line.lstrip("|!+")):
            _cell(cell, page)
    else:
        _paragraph(line.strip("|"), page)


def _cell(text: str, page: Page) -> None:
    if found := CELL_FORMAT.match(text):
        text = text[found.end() :]
    page.builder.add("cell", wikitext_inline.read(text.strip("| "), page.categories))


def _paragraph(line: str, page: Page, kind: BlockKind = "paragraph") -> None:
    page.count += 1
    if page.quotes:
        kind = "quote"
    if not MARKUP.search(line) and "www." not in line:
        if stripped := line.strip():
            page.builder.add_folded(kind, stripped)
    else:
        page.builder.add(kind, wikitext_inline.read(line, page.categories))


def _fields(template: str, page: Page) -> None:
    for name, value in wikitext_spans.fields(template):
        for line in value.split("\n")[:20]:
            page.builder.add("field", wikitext_inline.read(line.strip(" *"), page.categories), name=name)
