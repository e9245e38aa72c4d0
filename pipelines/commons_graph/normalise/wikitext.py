"""MediaWiki's markup to blocks, links and categories, in one pass over the lines.

What belongs here: the markup and this wiki's habits (a tag line, `URL =`). What does not: what they mean. Every
pattern is bounded, so the time is linear in the page, whatever the page holds.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from commons_graph.model import BlockKind
from commons_graph.normalise.addresses import clean
from commons_graph.normalise.build import Builder, Line

REDIRECT = re.compile(r"\s*#(?:REDIRECT(?:ION)?|redirect)\s*:?\s*\[\[([^\[\]|#]{1,255})", re.IGNORECASE)
HEADING = re.compile(r"(={1,6})\s*(.{1,300}?)\s*\1\s*$")
TAGLINE = re.compile(r"=\s*('{0,5}[\"“”'«(].{2,}|[^=]{12,})$")
ADDRESS_FIELD = re.compile(
    r"'{0,3}\s*(URLs?|Website|Site|Homepage|Web)\s*'{0,3}\s*[=:]\s*(?='{0,3}\s*\[?\s*(?:https?:|www\.))", re.I
)
# "'''= a tag line'''", "'''* an item'''": the emphasis is put behind the sign that opens the line
EMPHASISED = re.compile(r"^('{2,5})\s*([=*]\s*)(?=[^=])")
LIST = re.compile(r"([*#:;]+)\s*")
INLINE = re.compile(
    r"\[\[\s*:?([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,600}))?\]\]"
    r"|\[\s*((?:https?:)?//[^\s\]\[<>\"]{1,2000})(?:\s+([^\]\n]{0,600}))?\]"
    r"|(https?://[^\s<>\[\]|{}\"”]{1,2000})"
    r"|('{2,5})"
    r"|(<[^<>\n]{1,400}>)",
    re.IGNORECASE,
)
DROPPED = re.compile(r"<(ref|gallery|math|script|style|timeline)\b[^<>]{0,400}?(/?)>", re.IGNORECASE)
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
MAGIC = re.compile(r"__[A-Z]{3,20}__")
MEDIA = ("file:", "image:", "media:", "fichier:")
CATEGORY = ("category:", "catégorie:", "categorie:")


@dataclass(slots=True)
class Page:
    """What a page's markup gives besides its text."""

    categories: list[str] = field(default_factory=list)
    redirect: str = ""


def read(source: str, builder: Builder) -> Page:
    """Put a page's blocks into the builder; give its categories and redirect."""
    page = Page()
    if found := REDIRECT.match(source[:2000]):
        page.redirect = found[1].strip().replace("_", " ")
    text = html.unescape(_without_spans(source.translate(INVISIBLE).replace("\xa0", " ")))
    body, templates = _without_templates(MAGIC.sub("", text))
    for fields in templates:
        _fields(fields, builder, page)
    for number, line in enumerate(body.split("\n")):
        _line(line, builder, page, number < 12)
    return page


def _line(line: str, builder: Builder, page: Page, early: bool) -> None:
    stripped = EMPHASISED.sub(r"\2\1", line.strip(), count=1)
    if not stripped or stripped.startswith(("{|", "|}", "|-", "----")):
        return
    if stripped[0] in "|!":
        for cell in re.split(r"\|\||!!", stripped.lstrip("|!+")):
            builder.add("cell", _inline(cell.rsplit("|", 1)[-1] if "[[" not in cell else cell, page))
    elif found := HEADING.match(stripped):
        builder.add("heading", _inline(found[2].strip("= "), page), level=len(found[1]))
    elif early and (found := TAGLINE.match(stripped)):
        builder.add("field", _inline(found[1], page), name="tagline")
    elif found := ADDRESS_FIELD.match(stripped):
        builder.add("field", _inline(stripped[found.end() :], page), name="URL")
    elif found := LIST.match(stripped):
        kind: BlockKind = "item" if found[1][0] != ":" else "quote"
        builder.add(kind, _inline(stripped[found.end() :], page), level=len(found[1]))
    else:
        builder.add("quote" if line[0] == " " and len(line) > 40 else "paragraph", _inline(stripped, page))


def _inline(text: str, page: Page) -> Line:
    line = Line()
    at = 0
    for match in INLINE.finditer(text):
        line.add(text[at : match.start()])
        at = match.end()
        if match[1] is not None:
            _wiki_link(match[1], match[2], line, page)
        elif match[3] or match[5]:
            _web_link(match[3] or match[5], match[4], line)
        elif match[6]:
            line.toggle({2: "italic", 3: "bold", 4: "bold", 5: "both"}[len(match[6])])
        elif match[7].lower().startswith(("<br", "</p", "</div", "</li")):
            line.add(" ")
    line.add(text[at:])
    return line


def _wiki_link(target: str, anchor: str | None, line: Line, page: Page) -> None:
    lower = target.strip().lower()
    if (lower.startswith(CATEGORY) and anchor is None) or (lower.startswith(CATEGORY) and anchor == ""):
        page.categories.append(target.split(":", 1)[1].strip().replace("_", " "))
    elif not lower.startswith(MEDIA):
        title = target.split("#")[0].strip().replace("_", " ")
        shown = (anchor if anchor else target).replace("''", "").strip()
        line.add(shown, ("wiki", title))


def _web_link(address: str, shown: str | None, line: Line) -> None:
    kept = address.rstrip(".,;:!?'’)") if shown is None else address
    iri = clean(kept)
    line.add((shown or kept).replace("''", ""), ("web", iri) if iri else None)
    line.add(address[len(kept) :] if shown is None else "")


def _without_spans(text: str) -> str:
    """Cut comments and the contents of <ref>, <script> and the like; what is not closed goes to the end of its line."""
    text = _cut(text, "<!--", "-->")
    parts: list[str] = []
    at = 0
    while found := DROPPED.search(text, at):
        parts.append(text[at : found.start()])
        close = -1 if found[2] else text.find(f"</{found[1]}", found.end(), found.end() + 20_000)
        at = found.end() if close < 0 else text.find(">", close) + 1 or len(text)
    parts.append(text[at:])
    return "".join(parts).replace("<nowiki>", "").replace("</nowiki>", "")


def _cut(text: str, opening: str, closing: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        parts.append(text[at:start])
        end = text.find(closing, start)
        at = len(text) if end < 0 else end + len(closing)
    return "".join((*parts, text[at:]))


def _without_templates(text: str) -> tuple[str, list[str]]:
    """Cut the outermost {{…}}; give the rest and what they held. An unclosed one costs only its two braces."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in re.finditer(r"\{\{|\}\}", text):
        if match[0] == "{{":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, match.end()))
    kept, held, at = [], [], 0
    for start, end in spans:
        kept.append(text[at:start])
        held.append(text[start + 2 : end - 2])
        at = end
    return "".join((*kept, text[at:])).replace("{{", "").replace("}}", ""), held


def _fields(template: str, builder: Builder, page: Page) -> None:
    for part in _parts(template)[1:51]:
        name, equals, value = part.partition("=")
        if equals and value.strip() and len(name) < 60:
            for line in value.strip().split("\n")[:20]:
                builder.add("field", _inline(line.strip(), page), name=name.strip())


def _parts(template: str) -> list[str]:
    """Split at | outside links and inner templates."""
    parts, depth, at = [], 0, 0
    for match in re.finditer(r"\[\[|\]\]|\{\{|\}\}|\|", template):
        if match[0] == "|":
            if not depth:
                parts.append(template[at : match.start()])
                at = match.end()
        else:
            depth = max(depth + (1 if match[0] in ("[[", "{{") else -1), 0)
    return [*parts, template[at:]]
