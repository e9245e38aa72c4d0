"""What stands inside a line of MediaWiki's markup: links, emphasis, tags, entities, bare addresses.

What belongs here: one line's text and marks. What does not: which block the line is. Every pattern is bounded and
begins with a fixed sign, so that the time is linear in the line and small where there is no markup.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from commons_graph.normalise.addresses import clean as clean_address
from commons_graph.normalise.build import Line
from commons_graph.normalise.characters import fold

MARKUP = re.compile(r"\[|''|<|&|://")
INLINE = re.compile(
    r"\[\[([^\[\]\n|]{1,600}+)(?:\|([^\[\]\n]{0,1000}+))?\]\]"
    r"|\[\s?((?:[hH][tT][tT][pP][sS]?:)?//[^\s\]\[<>\"]{1,2000}+|mailto:[^\s\]\[]{1,300}+|www\.[^\s\]\[]{1,300}+)"
    r"([^\]\n]{0,1000}+)\]"
    r"|''('{0,3}+)"
    r"|<(/?[A-Za-z!][^<>]{0,500}+)>"
)
BARE = re.compile(r"(?:\b[hH][tT][tT][pP][sS]?://|(?<![\w./@])www\.(?=[\w-]{1,63}\.))[^\s<>\[\]|{}\"“”«»]{1,2000}+")
TRAILING = ".,;:!?'’…*"
_TAGS = (
    "a abbr acronym b bdi bdo big br cite code del dfn em embed font h i img includeonly input ins kbd noinclude nowiki"
    " object onlyinclude param q references s samp small span strike strong sub sup tab thead tbody tt u var wbr"
    " headertabs categorytree inputbox o st1 body head"
)
TAGS = frozenset(_TAGS.split())
EMPHASIS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
CATEGORY = ("category:", "catégorie:", "categorie:", "categoría:", "kategorie:")
ENCYCLOPAEDIA = re.compile(r":?(?:wikipedia|w)\s?:(?:([a-z]{2,3})\s?:)?\s?(.{1,300})", re.IGNORECASE | re.DOTALL)
OTHER_WIKI = re.compile(r":?(?:mailto|special|user talk|talk|help|media|wikicities|meta|url)\s?:", re.IGNORECASE)


def read(text: str, categories: list[str]) -> Line:
    """Give a line's text and marks; its categories are added to the list and are no text."""
    line = Line()
    if not MARKUP.search(text) and "www." not in text:
        line.add(text)
        return line
    at = 0
    for match in INLINE.finditer(text):
        _text(text[at : match.start()], line)
        at = match.end()
        _token(match, line, categories)
    _text(text[at:], line)
    return line


def add_bare(text: str, line: Line) -> None:
    """Add folded text whose bare web addresses become links."""
    at = 0
    if "://" in text or "www." in text:
        for match in BARE.finditer(text):
            address = _trimmed(match[0])
            line.add(text[at : match.start()])
            line.link(address, "web", clean_address(address))
            at = match.start() + len(address)
    line.add(text[at:] if at else text)


def _token(match: re.Match[str], line: Line, categories: list[str]) -> None:
    if match[1] is not None:
        _wiki_link(match[1], match[2], line, categories)
    elif match[3] is not None:
        _web_link(match[3], match[4], line)
    elif match[5] is not None:
        if len(match[5]) in (1, 2, 3):
            line.toggle("bold")
        if len(match[5]) in (0, 3):
            line.toggle("italic")
    else:
        _tag(match[0], match[6], line)


def _text(text: str, line: Line) -> None:
    if "&" in text:
        text = _unescaped(text)
    add_bare(text, line)


def _tag(whole: str, inside: str, line: Line) -> None:
    name = inside.strip("/ ").split(" ", 1)[0].rstrip("/").lower()
    if name in ("br", "wbr"):
        line.add(" ")
    elif name in EMPHASIS:
        line.toggle("bold" if EMPHASIS[name] == "bold" else "italic")
    elif name not in TAGS:
        add_bare(_unescaped(whole[1:-1] if "://" in inside else whole), line)


def _wiki_link(target: str, anchor: str | None, line: Line, categories: list[str]) -> None:
    stripped = target.strip()
    if stripped.lower().startswith(CATEGORY):
        categories.append(page_title(stripped.partition(":")[2]))
    elif "://" in stripped:
        address, _, words = stripped.rpartition("::")[2].partition(" ")
        _web_link(address, f" {words or anchor or ''}", line)
    else:
        title = page_title(stripped.partition("#")[0].rpartition("::")[2].lstrip(":/"))
        link, shown = _destination(stripped, title)
        line.link(_anchor(anchor, shown), "web" if "://" in link else "wiki", link)


def _destination(target: str, title: str) -> tuple[str, str]:
    """Give where a link goes (a title, or an encyclopaedia's address, or "") and what it shows."""
    if found := ENCYCLOPAEDIA.match(target):
        page = _unescaped(found[2]).strip()
        return clean_address(f"https://{found[1] or 'en'}.wikipedia.org/wiki/{quote(page.replace(' ', '_'))}"), page
    if OTHER_WIKI.match(target):
        return "", title.partition(":")[2].strip() or title
    return title, title if title else target.lstrip("#")


def _anchor(anchor: str | None, shown: str) -> str:
    if anchor is None:
        return shown
    words = _unescaped(anchor.rpartition("|")[2]).replace("'''", "").replace("''", "")
    if "<" in words:
        words = re.sub(r"<[^<>]{0,300}>", "", words)
    return words if words.strip() else re.sub(r"\s?\([^()]*\)$", "", shown.rpartition(":")[2]).strip()


def _web_link(address: str, shown: str, line: Line) -> None:
    kept, _, piped = address.partition("|")
    words = _unescaped(piped + shown).replace("'''", "").replace("''", "")
    if "<" in words:
        words = re.sub(r"<[^<>]{0,300}>", "", words)
    address = html.unescape(kept)
    if words.strip(" |"):
        line.link(words.strip(" |"), "web", clean_address(address))
    elif not kept.startswith("mailto:"):
        line.link(address, "web", clean_address(address))


def page_title(text: str) -> str:
    """Give a page's title as the wiki stores it: spaces, a capital first, no entities."""
    title = " ".join(_unescaped(text).replace("_", " ").split()).replace("'''", "").replace("''", "")
    return title[:1].upper() + title[1:] if len(title[:1].upper()) == 1 else title


def _unescaped(text: str) -> str:
    return fold(html.unescape(text)) if "&" in text else text


def _trimmed(address: str) -> str:
    """Give an address without the punctuation of the sentence around it."""
    while address[-1:] in TRAILING or (address[-1:] == ")" and address.count("(") < address.count(")")):
        address = address[:-1]
    return address
