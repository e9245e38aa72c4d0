"""Markdown to blocks, line by line.

What belongs here: which block a line is. What does not: what stands inside it (`markdown_inline`), front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from commons_graph.model import BlockKind, Capture
from commons_graph.normalise import markdown_inline
from commons_graph.normalise.build import Builder
from commons_graph.normalise.characters import clean, decode
from commons_graph.normalise.front_matter import fields as front_fields
from commons_graph.normalise.front_matter import front_matter
from commons_graph.normalise.told import Told
from commons_graph.personal_addresses import masked
from commons_graph.written_dates import iso

HEADING = re.compile(r" ?(#{1,6})\s+(.{1,600}?)[ #]*$")
ITEM = re.compile(r"( ?)(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
REFERENCE = re.compile(r" ?\[([^\]\n^][^\]\n]{0,100})\]:\s*<?(\S{1,2000}?)>?(?:\s|$)")
RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$")
UNDERLINE = re.compile(r" ?(=+|-+)\s*$")
TABLE_RULE = re.compile(r"[|:\- ]+$")
FENCE = re.compile(r"\s*(?:```|~~~)")
DAY = re.compile(r"\d{4}-\d{1,2}-\d")
LONGEST_TITLE = 100
DIRECTIVE = re.compile(r"\s*(?::::|\{:|\[TOC\]|\[\[_TOC_\]\])")


@dataclass(slots=True)
class Text:
    """A text while it is being read: the lines of the block that is still open."""

    builder: Builder
    references: dict[str, str]
    title: str = ""
    kind: BlockKind = "paragraph"
    level: int = 0
    lines: list[str] = field(default_factory=list)

    def begin(self, kind: BlockKind, first: str, level: int = 0) -> None:
        """Begin a block."""
        self.end()
        self.kind, self.level, self.lines = kind, level, [first]

    def end(self) -> None:
        """End the open block, if one is. A heading that repeats the title is left out."""
        line = markdown_inline.read(" ".join(self.lines), self.references) if self.lines else None
        if line and not (self.kind == "heading" and "".join(line.parts).strip() == self.title):
            self.builder.add(self.kind, line, self.level)
        self.kind, self.level, self.lines = "paragraph", 0, []


def read(capture: Capture) -> Told:
    """Read a text. Its title is the hinted one, the front matter's, a first line that stands alone, or a heading."""
    front, body = front_matter(decode(capture.payload))
    told = Told(date=front.get("date", ""), language=front.get("lang") or front.get("language", ""))
    if DAY.match(told.date) and not iso(told.date):
        told.notes.append(f"its date {told.date[:40]!r} is in no calendar, and left out")
    told.categories = tuple(tag.strip() for tag in front.get("tags", "").split("\n") if tag.strip())
    source, references = _prepared(clean(body))
    title = capture.hints.get("title") or front.get("title") or _first_line(source) or _first_heading(source)
    line = markdown_inline.read(title or masked(capture.address).rstrip("/").rsplit("/", 1)[-1], references)
    told.builder.add("title", line)
    for name, words in front_fields(front):
        told.builder.add("field", markdown_inline.read(" ".join(words.split()), references), name=name)
    read_lines(source, Text(told.builder, references, "".join(line.parts).strip()))
    return told


def read_lines(source: list[str], text: Text) -> None:
    """Put the blocks of a text into its builder."""
    fenced = False
    for number, line in enumerate(source):
        if FENCE.match(line):
            text.end()
            fenced = not fenced
        elif not fenced:
            _line(line, source[number + 1] if number + 1 < len(source) else "", text)
    text.end()


def _line(line: str, following: str, text: Text) -> None:
    stripped = line.strip()
    if not stripped or RULE.match(line) or DIRECTIVE.match(line) or (text.lines and UNDERLINE.match(line)):
        text.end()
    elif found := HEADING.match(line):
        text.begin("heading", found[2], len(found[1]))
        text.end()
    elif stripped[0] == ">":
        _quote(stripped.lstrip("> "), text)
    elif stripped[0] == "|":
        _row(stripped, text)
    elif item := ITEM.match(line):
        text.begin("item", line[item.end() :], 1 + len(item[1]))
    elif not text.lines and (under := UNDERLINE.match(following)):
        text.begin("heading", stripped, 1 if under[1][0] == "=" else 2)
    elif text.lines and not text.lines[-1].endswith("\\"):
        text.lines.append(stripped)
    else:
        text.begin("paragraph", stripped)


def _quote(words: str, text: Text) -> None:
    if text.kind == "quote" and text.lines and words:
        text.lines.append(words)
    else:
        text.begin("quote", words)


def _row(line: str, text: Text) -> None:
    text.end()
    if not TABLE_RULE.match(line):
        for cell in line.strip("|").split("|"):
            text.begin("cell", cell.strip())
        text.end()


def _prepared(body: str) -> tuple[list[str], dict[str, str]]:
    """Give the lines without what spans several of them, and the addresses that links refer to."""
    references: dict[str, str] = {}
    lines: list[str] = []
    for line in markdown_inline.prepare(body).split("\n"):
        if "]:" in line and (found := REFERENCE.match(line)):
            references.setdefault(found[1].lower(), found[2])
        else:
            lines.append(line)
    return lines, references


def _first_line(lines: list[str]) -> str:
    """Take a short first line that stands alone above the text, as a letter's or page's name does, or give ""."""
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    line = lines[first].strip() if first + 1 < len(lines) and not lines[first + 1].strip() else ""
    if not line or len(line) > LONGEST_TITLE or line[-1] in ".:;,!" or not line[0].isalnum() or ITEM.match(line):
        return ""
    del lines[first]
    return line


def _first_heading(lines: Iterable[str]) -> str:
    return next((found[2] for line in lines if (found := HEADING.match(line))), "")
