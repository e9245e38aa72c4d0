"""Markdown with front matter to blocks, links and emphasis, line by line."""

from __future__ import annotations

import html
import re
from typing import Any

import yaml

from commons_graph.normalise.addresses import clean
from commons_graph.normalise.build import Builder, Line
from commons_graph.normalise.wikitext import INVISIBLE

FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.{1,500}?)\s*#*\s*$")
ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,3}[.)])\s+")
REFERENCE = re.compile(r"\s{0,3}\[([^\]\n]{1,100})\]:\s*<?(\S{1,2000}?)>?(?:\s|$)")
INLINE = re.compile(
    r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)"
    r"|\[([^\[\]\n]{1,600})\](?:\(\s*<?([^)\s\n]{0,2000}?)>?(?:\s+[\"'][^)\n]{0,300})?\)|\[([^\]\n]{0,100})\])"
    r"|<(https?://[^\s<>]{1,2000})>"
    r"|(https?://[^\s<>\[\]()\"”]{1,2000})"
    r"|(\*\*\*|\*\*|__|\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))"
    r"|(<[^<>\n]{1,400}>)|(`{1,3})"
    r"|\{\{[<%].{0,300}?[>%]\}\}|\{%.{0,300}?%\}"
)
EMPHASIS = {"***": "both", "**": "bold", "__": "bold", "*": "italic", "_": "italic"}


def front_matter(source: str) -> tuple[dict[str, Any], str]:
    """Give what the front matter says (nothing when it is broken) and the text without it."""
    if not (found := FRONT.match(source)):
        return {}, source
    try:
        told = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        told = {}
    return (told if isinstance(told, dict) else {}), source[found.end() :]


def read(source: str, builder: Builder) -> None:
    """Put the blocks of a Markdown text (without its front matter) into the builder."""
    lines = source.translate(INVISIBLE).replace("\xa0", " ").splitlines()
    references = {found[1].lower(): found[2] for line in lines if (found := REFERENCE.match(line))}
    paragraph: list[str] = []
    fenced = False
    for line in [*lines, ""]:
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
            continue
        if fenced or REFERENCE.match(line) or _plain(line):
            if not fenced and _plain(line) and line.strip():
                paragraph.append(line.strip())
            elif paragraph:
                builder.add("paragraph", inline(" ".join(paragraph), references))
                paragraph = []
            continue
        if paragraph:
            builder.add("paragraph", inline(" ".join(paragraph), references))
            paragraph = []
        _structured(line, builder, references)


def _plain(line: str) -> bool:
    stripped = line.strip()
    ruled = bool(stripped) and set(stripped) <= set("=-*_ ")
    return not (stripped.startswith((">", "|", "#")) or ITEM.match(line) or ruled)


def _structured(line: str, builder: Builder, references: dict[str, str]) -> None:
    stripped = line.strip()
    if found := HEADING.match(line):
        builder.add("heading", inline(found[2], references), level=len(found[1]))
    elif stripped.startswith(">"):
        builder.add("quote", inline(stripped.lstrip("> "), references))
    elif stripped.startswith("|"):
        for cell in stripped.strip("|").split("|"):
            if set(cell.strip()) - set(":- "):
                builder.add("cell", inline(cell, references))
    elif found := ITEM.match(line):
        builder.add("item", inline(line[found.end() :], references), level=1 + (len(line) - len(line.lstrip())) // 2)


def inline(text: str, references: dict[str, str]) -> Line:
    """Give a line with its links and emphasis."""
    line = Line()
    at = 0
    for match in INLINE.finditer(text):
        line.add(html.unescape(text[at : match.start()]))
        at = match.end()
        if match[1] is not None:
            address = match[2] if match[2] is not None else references.get((match[3] or match[1]).lower(), "")
            _link(match[1], address, line)
        elif match[4] or match[5]:
            address = (match[4] or match[5]).rstrip(".,;:!?'’)") if match[5] else match[4]
            _link(address, address, line)
            at = match.start() + len(address) + (2 if match[4] else 0)
        elif match[6]:
            line.toggle(EMPHASIS[match[6]])
        elif match[7] and match[7].lower().startswith("<br"):
            line.add(" ")
    line.add(html.unescape(text[at:]))
    return line


def _link(shown: str, address: str, line: Line) -> None:
    iri = clean(address)
    text = re.sub(r"[*_`]{1,3}", "", html.unescape(shown)) if shown != address else shown
    line.add(text, ("web", iri) if iri else None)
