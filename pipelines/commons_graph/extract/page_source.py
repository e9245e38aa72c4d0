"""Cuts the raw wikitext of one page into the parts that tell what the page is about.

What belongs here: linear regular expressions over MediaWiki markup. What does not: features and decisions.
The normaliser is not needed: the page type is asked of single files before anything else is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

BODY_LIMIT = 60_000
"""So many characters of a page are looked at, for links and headings; what decides stands at the beginning."""
TITLE_LIMIT = 300

_CATEGORY = re.compile(r"\[\[\s*[Cc]at[eé]gor(?:y|ie)\s*:\s*([^\[\]|\n]{1,120})(?:\|[^\[\]\n]{0,120})?\]\]")
_HEADING = re.compile(r"(?m)^(={1,6})[ \t]*([^=\n]{1,120}?)[ \t]*=+[ \t]*$")
_LINK = re.compile(r"\[\[([^\[\]|\n]{1,250})(?:\|([^\[\]\n]{0,250}))?\]\]")
_WEB = re.compile(r"https?://([^\s/\]\[|<>]{1,200})(/?[^\s\]|<>]{0,400})")
_TEMPLATE = re.compile(r"\{\{\s*([^{}|\n:]{1,60})")
_URL_LINE = re.compile(
    r"(?m)^[ \t'*:]{0,8}(?:URL|Url|url)[ \t']{0,4}[=:][ \t]{0,4}\[?(?:https?://)?([^\s/\]]{1,200})(/?[^\s\]]{0,400})"
)
_TAGS = re.compile(r"<[^<>\n]{1,200}>")
_NAMESPACE = re.compile(r"^(category|catégorie|file|template|user|talk|help)[:-]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageSource:
    """The parts of a page: `url` and `webs` are (host, path) pairs; `lead` is plain text, one line a paragraph."""

    title: str
    text: str
    lead: str
    headings: tuple[str, ...]
    categories: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    webs: tuple[tuple[str, str], ...]
    templates: tuple[str, ...]
    url: tuple[str, str] | None
    length: int


def canonical_title(title: str) -> str:
    """Give a title as its file is named: `/` and `:` become `-`, spaces are single, the first letter is a capital.

    >>> canonical_title("category:Open_Design"), canonical_title("Care: A Reader")
    ('Category-Open Design', 'Care- A Reader')
    """
    text = title[:TITLE_LIMIT].removesuffix(".mediawiki").replace("_", " ").replace("\u200e", "")
    text = " ".join(text.replace("/", "-").replace(":", "-").split())
    return text[:1].upper() + text[1:]


def read_page(title: str, wikitext: str, categories: Sequence[str] | None = None) -> PageSource:
    """Cut a page into its parts; `categories` replace those of the text when the caller has cut them out."""
    body = wikitext[:BODY_LIMIT]
    tail = wikitext[max(BODY_LIMIT, len(wikitext) - 3_000) :]
    found = [_tidy(name) for name in _CATEGORY.findall(body + tail)]
    text = _CATEGORY.sub("", body)
    url = _URL_LINE.search(text[:6_000])
    return PageSource(
        title=canonical_title(title),
        text=text,
        lead=plain(text[:4_000]),
        headings=tuple(heading for _, heading in _HEADING.findall(text)[:60]),
        categories=tuple(dict.fromkeys([*found, *(_tidy(name) for name in categories or ())])),
        links=tuple((_tidy(target), anchor or target) for target, anchor in _LINK.findall(text)[:200]),
        webs=tuple(_WEB.findall(text[:6_000])[:20]),
        templates=tuple(name.strip() for name in _TEMPLATE.findall(text)[:20]),
        url=(url[1].lower().removeprefix("www."), url[2]) if url else None,
        length=len(wikitext),
    )


def plain(wikitext: str) -> str:
    """Give wikitext as plain text: a link's words stay, an address becomes `_url_`, a quotation's marks stay."""
    text = _LINK.sub(lambda link: link[2] or link[1], wikitext)
    text = _WEB.sub(" _url_ ", text)
    text = _TAGS.sub(" ", text.replace("'''", "").replace("''", ""))
    return "\n".join(line for line in (" ".join(row.split()) for row in text.split("\n")) if line)


def namespace(title: str) -> str:
    """Give the namespace that a canonical title begins with, in lower case, or ""."""
    match = _NAMESPACE.match(title)
    return match[1].lower() if match else ""


def _tidy(name: str) -> str:
    return " ".join(name.replace("_", " ").split())
