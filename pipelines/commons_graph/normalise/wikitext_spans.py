"""What MediaWiki's markup spreads over several lines: comments, templates, images, references, block tags.

What belongs here: cutting such spans out, or turning them into marked lines, each in one pass over the text. What does
not: lines (`wikitext`) and what stands inside a line (`wikitext_inline`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from commons_graph.normalise.characters import DOUBLE

QUOTE, UNQUOTE, CELL, NOTE = "\x01", "\x02", "\x03", "\x04"
"""Signs that a line begins or ends a quotation, or is a table's cell or a footnote.

No other text holds them (`characters.clean`).
"""

BRACES = re.compile(r"\{\{|\}\}")
BRACKETS = re.compile(r"\[\[|\]\]")
MEDIA = re.compile(r"\[\[\s?(?:file|image|media|fichier|imagen|bild|archivo)\s?:", re.IGNORECASE)
HIDDEN_TAG = re.compile(
    r"<(/?)(ref|gallery|math|script|style|timeline|syntaxhighlight|dynamicpagelist|iframe|youtube|html)\b"
    r"[^<>]{0,500}?(/?)>",
    re.IGNORECASE,
)
BLOCK_TAG = re.compile(
    r"<(/?)(blockquote|p|div|center|li|ul|ol|dl|dd|dt|td|th|tr|table|caption|h[1-6]|hr|pre|poem|section)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
MAGIC = re.compile(r"__[A-Z]{3,20}__|~{3,5}")
LITERAL = str.maketrans({sign: f"&#{ord(sign)};" for sign in "[]{}<>'=*#:;|!~_&"})
LONGEST_HIDDEN = 20_000
FORMULAS = ("#", "cite", "citation", "for template", "field", "section", "standard input")


def prepare(text: str) -> tuple[str, list[str]]:
    """Give clean text without what is not read, and the insides of the outermost templates."""
    templates: list[str] = []
    if "<" in text:
        text = _without_comments(_literal(text))
        text = _without_hidden(text)
    if "{{" in text:
        text, templates = _without_templates(text)
    if "[[" in text and MEDIA.search(text):
        text = _without(text, list(_outermost(text, BRACKETS, MEDIA.match)))
    if "<" in text and BLOCK_TAG.search(text):
        text = BLOCK_TAG.sub(_line_for_tag, text)
    if "__" in text or "~~~" in text:
        text = MAGIC.sub("", text)
    return (DOUBLE.sub(" ", text) if "  " in text else text), templates


def fields(template: str) -> Iterator[tuple[str, str]]:
    """Give names and values of a template's named parameters, those of references and parser functions aside."""
    parts = _parts(template)
    if parts[0].strip().lower().startswith(FORMULAS):
        return
    for part in parts[1:51]:
        name, equals, value = part.partition("=")
        if equals and value.strip() and 0 < len(name.strip()) <= 60 and "[" not in name:
            yield name.strip(), _without_templates(value)[0].strip()


def _literal(text: str) -> str:
    """Turn what <nowiki> guards into entities, which no later step takes for markup."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<nowiki>", at)) >= 0 and (end := text.find("</nowiki>", start)) >= 0:
        parts += (text[at:start], text[start + 8 : end].translate(LITERAL))
        at = end + 9
    return "".join((*parts, text[at:])) if parts else text


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start)
        at = len(text) if end < 0 else end + 3
    return "".join((*parts, text[at:])) if parts else text


def _without_hidden(text: str) -> str:
    """Cut elements whose contents are no prose; footnotes go to the end. One that is not closed loses its tag only."""
    tags = list(HIDDEN_TAG.finditer(text))
    closing: dict[str, list[int]] = {}
    for tag in reversed(tags):
        if tag[1]:
            closing.setdefault(tag[2].lower(), []).append(tag.end())
    spans: list[tuple[int, int]] = []
    notes: list[str] = []
    at = 0
    for tag in tags:
        if tag.start() < at:
            continue
        ends = closing.get(tag[2].lower(), [])
        while ends and ends[-1] <= tag.end():
            ends.pop()
        is_whole = not tag[1] and not tag[3] and ends and ends[-1] - tag.start() < LONGEST_HIDDEN
        at = ends[-1] if is_whole else tag.end()
        spans.append((tag.start(), at))
        if is_whole and tag[2].lower() == "ref":
            notes.append(text[tag.end() : at].rpartition("</")[0].replace("\n", " "))
    return _without(text, spans) + "".join(f"\n{NOTE}{note}" for note in notes)


def _without_templates(text: str) -> tuple[str, list[str]]:
    spans = list(_outermost(text, BRACES))
    held = [text[start + 2 : end - 2] for start, end in spans]
    return BRACES.sub("", _without(text, spans)), held


def _outermost(
    text: str, signs: re.Pattern[str], wanted: Callable[[str, int], object] | None = None
) -> Iterator[tuple[int, int]]:
    """Give the outermost pairs of opening and closing signs that are wanted; a sign without its partner is nothing."""
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for sign in signs.finditer(text):
        if sign[0][0] in "{[":
            opened.append(sign.start())
        elif opened and (start := opened.pop()) >= 0 and (wanted is None or wanted(text, start)):
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, sign.end()))
    return iter(spans)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts.append(text[at:start])
        at = end
    return "".join((*parts, text[at:]))


def _line_for_tag(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name == "blockquote":
        return f"\n{UNQUOTE if tag[1] else QUOTE}\n"
    if tag[1]:
        return "\n"
    return {"li": "\n* ", "dd": "\n* ", "dt": "\n* ", "td": f"\n{CELL}", "th": f"\n{CELL}"}.get(name, "\n")


def _parts(template: str) -> list[str]:
    """Split at | outside links and inner templates."""
    parts: list[str] = []
    depth = at = 0
    for sign in re.finditer(r"\[\[|\]\]|\{\{|\}\}|\|", template):
        if sign[0] != "|":
            depth = max(depth + (1 if sign[0] in ("[[", "{{") else -1), 0)
        elif not depth:
            parts.append(template[at : sign.start()])
            at = sign.end()
    return [*parts, template[at:]]
