"""What a web page says of itself, and which of its tags are no content.

What belongs here: title, language, date, base, where the main content lies, what is left out. What does not: the text
(`web`), microdata and JSON-LD.
"""

from __future__ import annotations

import re
import unicodedata

from selectolax.lexbor import LexborHTMLParser, LexborNode

from commons_graph.normalise import consent
from commons_graph.normalise.addresses import clean
from commons_graph.normalise.characters import fold
from commons_graph.written_dates import iso

_UNREAD = (
    "script style noscript template svg math iframe nav footer button select option dialog object embed video audio"
    " canvas map head textarea input"
)
_ROLES = "navigation banner dialog alertdialog contentinfo search menu menubar toolbar"
UNREAD, ROLES = frozenset(_UNREAD.split()), frozenset(_ROLES.split())
NAMES = re.compile(
    r"(?:breadcrumb|fil-d-?ariane|sharedaddy|addtoany|jp-relatedposts"
    r"|skip-?link|mw-editsection|mw-jump|catlinks|printfooter|site-(?:header|footer|nav)|nav(?:bar|igation)?-?|menu-?"
    r"|comments?-?(?:area|list|form|respond)|respond$|related-posts|widget-area|sidebar|(?:pagination|pager)$"
    r"|social-(?:links|share|sharing|icons|media|menu|nav|buttons)|share(?:$|-)|newsletter-(?:form|signup)|popup|modal"
    r"|screen-reader-text|sr-only|visually-hidden|(?:toc|skip|social|sitesub|noprint)$)",
    re.IGNORECASE,
)
HIDDEN = re.compile(
    r"display\s?:\s?none|visibility\s?:\s?hidden|mso-hide\s?:\s?all|max-height\s?:\s?0(?:px)?\s?(?:;|$)"
    r"|font-size\s?:\s?0(?:px)?\s?(?:;|$)",
    re.IGNORECASE,
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
KEPT = frozenset({"html", "body", "main", "article"})
MAIN = ("main article", "article", "main", "[role=main]", "#mw-content-text", "#content", ".entry-content", ".content")
PUBLISHED = (
    ('meta[property="article:published_time"]', "content"),
    ('meta[itemprop="datePublished"]', "content"),
    ('meta[name="date"], meta[name="DC.date"], meta[name="dcterms.date"]', "content"),
    ('time[itemprop="datePublished"], time[pubdate], time.published, time.entry-date', "datetime"),
    ("article > header time[datetime]", "datetime"),
)
ENOUGH = 200


def is_left_out(node: LexborNode) -> bool:
    """Say whether an element and all in it is no content: scripts, navigation, banners, what is hidden."""
    tag = node.tag or ""
    if tag in UNREAD or (tag == "form" and node.css_first("h1, h2, article") is None):
        return True
    told = node.attributes
    if not told or tag in KEPT:
        return False
    if "hidden" in told or told.get("aria-hidden") == "true" or (told.get("role") or "").lower() in ROLES:
        return True
    said = f"{told.get('class') or ''} {_own_id(node, told.get('id') or '')}"
    named = any(map(NAMES.match, said.split()[:20]))
    return bool(named or consent.asks(node, said) or HIDDEN.search(told.get("style") or ""))


def _own_id(node: LexborNode, said: str) -> str:
    """Give an element's id, or "" where a program made it of a heading's words ("consent", "modalites").

    Such an id stands on the heading, on what is in it, or on the section that it opens.
    """
    around, first = (node.parent, node.child) if said else (None, None)
    while first is not None and first.tag == "-text" and not (first.text(deep=False) or "").strip():
        first = first.next
    if node.tag in HEADINGS or (around is not None and around.tag in HEADINGS):
        return ""
    opens = first is not None and first.tag in HEADINGS and _letters(first.text(deep=True)) == _letters(said)
    return "" if opens and not _is_links(node) else said


def _is_links(node: LexborNode) -> bool:
    """Say whether most of an element's text is links: then it is a menu, whatever made its id."""
    linked = sum(len(link.text(deep=True) or "") for link in node.css("a"))
    return 2 * linked > len(node.text(deep=True) or "")


def _letters(words: str) -> str:
    """Give the plain letters of some words: what an id that is made of them keeps of them."""
    plain = unicodedata.normalize("NFKD", words[:300]).casefold()
    return "".join(character for character in plain if character.isalpha())


def main_content(tree: LexborHTMLParser) -> LexborNode | None:
    """Give the one element that holds the main content, or the body."""
    for selector in MAIN:
        found = tree.css(selector)
        if len(found) == 1 and len(found[0].text(deep=True) or "") >= ENOUGH:
            return found[0]
    return tree.body


def title(tree: LexborHTMLParser) -> str:
    """Give the page's title: its only h1, what it tells other sites, or its <title>."""
    headings = [fold(node.text(deep=True)).strip() for node in tree.css("h1")[:2]]
    if len(headings) == 1 and 0 < len(headings[0]) <= 200:
        return headings[0]
    site = _content(tree, 'meta[property="og:site_name"]')
    node = tree.css_first("head title")
    said = _content(tree, 'meta[property="og:title"]') or (fold(node.text(deep=True)).strip() if node else "")
    for separator in (" - ", " | ", " – ", " — ", " · "):
        if site and said.endswith(f"{separator}{site}") and len(said) > len(site) + 3:
            return said[: -len(site) - len(separator)].strip()
    return said[:300]


def language(tree: LexborHTMLParser) -> str:
    """Give the language that the page claims, or ""."""
    node = tree.css_first("html")
    return (node.attributes.get("lang") or node.attributes.get("xml:lang") or "") if node is not None else ""


def date(tree: LexborHTMLParser) -> str:
    """Give when the page was published, or "". A <time> in the text is no such date: events have them."""
    for selector, name in PUBLISHED:
        if (node := tree.css_first(selector)) is not None and (told := iso(node.attributes.get(name) or "")):
            return told
    return ""


def base(tree: LexborHTMLParser, address: str) -> str:
    """Give the address that the page's links start from: its <base>, its own, or the canonical one it names."""
    own = address if address.startswith(("http://", "https://")) else ""
    for selector in ("base[href]", "link[rel=canonical]") if not own else ("base[href]",):
        node = tree.css_first(selector)
        if node is not None and (found := clean(node.attributes.get("href") or "", own)):
            return found
    return own


def _content(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return fold(node.attributes.get("content") or "").strip() if node is not None else ""
