"""What stands inside a block of Markdown: links, emphasis, code, tags, and what static-site generators add.

What belongs here: one block's text and marks. What does not: which block it is. Every pattern is bounded.
"""

from __future__ import annotations

import html
import re

from commons_graph.normalise.addresses import clean as clean_address
from commons_graph.normalise.build import Line
from commons_graph.normalise.characters import fold
from commons_graph.normalise.wikitext_inline import TAGS, add_bare

ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])")
IMAGE = re.compile(
    r"!\[[^\[\]\n]{0,500}+\](?:\([^()\n]{0,2000}+(?:\([^()\n]{0,300}+\)[^()\n]{0,300}+)?\)|\[[^\]\n]{0,100}\])"
)
SHORTCODE = re.compile(r"\{\{[^{}\n]{0,500}+\}\}|\{%[^%\n]{0,500}+%\}|\{:?[.#][^{}\n]{0,200}+\}")
ADDRESS = r"\(\s?<?((?:[^()\s<>]|\([^()\s]{0,300}\)){0,2000}+)>?(?:\s+[\"'(][^\n]{0,300}?[\"')])?\s?\)"
INLINE = re.compile(
    r"\[\^[^\]\n]{1,60}+\]:?"
    rf"|\[([^\[\]\n]{{0,800}}+)\](?:{ADDRESS}|\[([^\]\n]{{0,100}}+)\])?"
    r"|<(https?://[^\s<>]{1,2000}+)>"
    r"|<a\s[^<>]{0,300}?\bhref\s?=\s?[\"']([^\"'<>]{1,2000}+)[\"'][^<>]{0,300}+>([^<>]{0,500}+)</a>"
    r"|<(/?[A-Za-z!][^<>]{0,500}+)>"
    r"|(\*{1,3}+|_{1,3}+)"
    r"|(`{1,3}+)",
    re.IGNORECASE,
)


def prepare(text: str) -> str:
    """Give clean text with escaped signs as entities and without comments, scripts, images and shortcodes."""
    if "\\" in text:
        text = ESCAPED.sub(lambda found: f"&#{ord(found[1])};", text)
    if "<" in text:
        text = _without(_without(text, "<!--", "-->"), "<script", "</script>")
        text = _without(text, "<style", "</style>")
    if "![" in text:
        text = IMAGE.sub("", text)
    return SHORTCODE.sub("", text) if "{" in text else text


def read(text: str, references: dict[str, str]) -> Line:
    """Give a block's text and marks; `references` holds the addresses of links by name, in lower case."""
    line = Line()
    at = 0
    for match in INLINE.finditer(text):
        if match[8] and not _is_emphasis(match, text):
            continue
        _text(text[at : match.start()], line)
        at = match.end()
        _token(match, line, references)
    _text(text[at:], line)
    return line


def _token(match: re.Match[str], line: Line, references: dict[str, str]) -> None:
    if match[1] is not None:
        _link(match, line, references)
    elif match[4]:
        line.link(match[4], "web", clean_address(match[4]))
    elif match[5]:
        line.link(_plain(match[6]), "web", clean_address(html.unescape(match[5])))
    elif match[7]:
        _tag(match[0], match[7], line)
    elif match[8]:
        if len(match[8]) > 1:
            line.toggle("bold")
        if len(match[8]) != 2:
            line.toggle("italic")


def _link(match: re.Match[str], line: Line, references: dict[str, str]) -> None:
    words, address, name = match[1], match[2], match[3]
    if address is None:
        address = references.get((name or words).lower())
    if address is None:
        _text(f"[{words}]" + (f"[{name}]" if name else ""), line)
    else:
        line.link(_plain(words), "web", clean_address(html.unescape(address)))


def _is_emphasis(match: re.Match[str], text: str) -> bool:
    """Say whether stars or underscores stand at a word's edge; an underscore inside a word is a letter."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if (not before or before.isspace()) and (not after or after.isspace()):
        return False
    return match[8][0] == "*" or not (before.isalnum() and after.isalnum())


def _tag(whole: str, inside: str, line: Line) -> None:
    name = re.split(r"[\s/]", inside.strip("/ "), maxsplit=1)[0].lower()
    if name in ("br", "p", "div", "li", "td", "tr"):
        line.add(" ")
    elif name in ("b", "strong"):
        line.toggle("bold")
    elif name in ("i", "em"):
        line.toggle("italic")
    elif name not in TAGS and not name.isalnum():
        _text(whole.replace("<", "&lt;"), line)


def _text(text: str, line: Line) -> None:
    add_bare(fold(html.unescape(text)) if "&" in text else text, line)


def _plain(text: str) -> str:
    """Give a link's words without their markup."""
    return fold(html.unescape(re.sub(r"\*{1,3}|`|(?<!\w)_{1,3}|_{1,3}(?!\w)|<[^<>]{0,300}>", "", text)))


def _without(text: str, opening: str, closing: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        parts.append(text[at:start])
        at = end + len(closing)
    return "".join((*parts, text[at:])) if parts else text
