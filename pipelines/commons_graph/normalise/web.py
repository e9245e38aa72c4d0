"""HTML pages to blocks: the main content without navigation, banners, forms and scripts.

What belongs here: the tags and what is left out. What does not: microdata and JSON-LD, and fetching.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from commons_graph.model import BlockKind, Capture
from commons_graph.normalise.addresses import clean
from commons_graph.normalise.build import Line
from commons_graph.normalise.documents import Told, decode
from commons_graph.normalise.wikitext import INVISIBLE

LEFT_OUT = (
    "script, style, noscript, template, svg, iframe, form, nav, footer, button, select, dialog, object, video, audio,"
    "[hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=dialog], [role=contentinfo], [role=search]"
)
BANNER = re.compile(
    r"cookie|consent|gdpr|rgpd|newsletter-(?:form|signup)|breadcrumb|sidebar|share|social|comment-(?:form|respond)|skip",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
MAIN = ("main article", "article", "main", "[role=main]", "#content", ".entry-content", ".content")
ENOUGH = 200
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
BLOCKS: dict[str, BlockKind] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "item",
    "dd": "item",
    "dt": "item",
    "td": "cell",
    "th": "cell",
    "blockquote": "quote",
}
BREAKING = frozenset(
    {*BLOCKS, "p", "div", "section", "article", "ul", "ol", "dl", "table", "tr", "tbody", "thead", "br", "hr", "header"}
    | {"figure", "figcaption", "address", "pre", "main", "aside", "body", "details", "summary"}
)
EMPHASIS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
SWALLOWING = re.compile(r"</?(?:title|textarea|noframes|noembed|xmp|plaintext)[^<>]{0,200}>", re.IGNORECASE)
SHOUTED = re.compile(r"[^a-zà-ÿ]{12,120}")


def read(capture: Capture) -> Told:
    """Read a page."""
    found = CHARSET.search(capture.payload[:4096])
    return read_html(decode(capture.payload, found[1].decode() if found else ""), capture)


def read_html(source: str, capture: Capture) -> Told:
    """Read a page, or the HTML part of a letter, whose characters are known."""
    tree = LexborHTMLParser(source.replace("\0", ""))
    if tree.body is None or not (tree.body.text(deep=True) or "").strip():
        # An unclosed <title> or <textarea> swallows the page: read it again without those tags.
        tree = LexborHTMLParser(SWALLOWING.sub(" ", source.replace("\0", "")))
    told = Told(language=_language(tree), date=_date(tree), address=_canonical(tree, capture.address))
    title = capture.hints.get("title") or _title(tree)
    told.builder.add_text("title", title or capture.address.rstrip("/").rsplit("/", 1)[-1] or "?")
    _leave_out(tree)
    body = _main(tree)
    if body is not None:
        Walk(told, capture.address).run(body, title)
    return told


class Walk:
    """Goes through the tags in order, without recursion: a page may nest ten thousand deep."""

    def __init__(self, told: Told, base: str) -> None:
        self.told = told
        self.base = base
        self.line = Line()
        self.kind: BlockKind = "paragraph"
        self.level = 0

    def run(self, root: LexborNode, title: str) -> None:
        """Put the blocks below a tag into the document."""
        self.title = title
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
            elif node.tag == "-text":
                self.line.add((node.text(deep=False) or "").translate(INVISIBLE).replace("\xa0", " "))
            elif node.tag == "a":
                self._link(node)
            elif len(stack) < 100_000:
                self._enter(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(_children(node))))
        self._flush()

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in BREAKING:
            self._flush()
            if tag in BLOCKS:
                self.kind = BLOCKS[tag]
                self.level = int(tag[1]) if self.kind == "heading" else 1
            elif tag == "p" and self.kind == "heading":  # an unclosed heading ends where a paragraph begins
                self.kind, self.level = "paragraph", 0
        elif tag in EMPHASIS:
            self.line.toggle(EMPHASIS[tag])

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in BREAKING:
            self._flush()
            if tag in BLOCKS:
                self.kind, self.level = "paragraph", 0
        elif tag in EMPHASIS:
            self.line.toggle(EMPHASIS[tag])

    def _link(self, node: LexborNode) -> None:
        iri = clean(node.attributes.get("href") or "", self.base if self.base.startswith("http") else "")
        text = (node.text(deep=True) or "").translate(INVISIBLE).replace("\xa0", " ")
        self.line.add(text, ("web", iri) if iri else None)

    def _flush(self) -> None:
        said = "".join(self.line.parts).strip()
        if self.kind == "paragraph" and SHOUTED.fullmatch(said) and said.isupper():
            self.kind, self.level = "heading", 3  # newsletters shout their headings
        if said and not (self.kind == "heading" and self.level == 1 and said == self.title):
            self.told.builder.add(self.kind, self.line, self.level)
        self.line = Line()
        if self.kind == "heading" and self.level == 3 and said.isupper():
            self.kind, self.level = "paragraph", 0


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _leave_out(tree: LexborHTMLParser) -> None:
    for node in tree.css(LEFT_OUT):
        node.decompose()
    for node in tree.css("[class], [id], [style]"):
        told = node.attributes
        names = f"{told.get('class') or ''} {told.get('id') or ''}"
        if HIDDEN.search(told.get("style") or "") or (
            BANNER.search(names) and node.tag not in ("body", "main", "html")
        ):
            node.decompose()


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    whole = tree.body
    for selector in MAIN:
        found = tree.css(selector)
        if len(found) == 1 and len(found[0].text(deep=True) or "") >= ENOUGH:
            return found[0]
    return whole


def _title(tree: LexborHTMLParser) -> str:
    headings = [node.text(deep=True).strip() for node in tree.css("h1")]
    if len(headings) == 1 and 0 < len(headings[0]) <= 200:
        return " ".join(headings[0].split())
    for selector in ('meta[property="og:title"]', "title"):
        if (node := tree.css_first(selector)) is not None:
            text = node.attributes.get("content") if node.tag == "meta" else node.text(deep=True)
            if text and text.strip():
                return " ".join(text.split())
    return ""


def _language(tree: LexborHTMLParser) -> str:
    node = tree.css_first("html")
    told = (node.attributes.get("lang") or "") if node is not None else ""
    return told[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", told) else ""


def _date(tree: LexborHTMLParser) -> str:
    for selector, name in (
        ('meta[property="article:published_time"]', "content"),
        ("article time[datetime]", "datetime"),
    ):
        if (node := tree.css_first(selector)) is not None:
            return (node.attributes.get(name) or "")[:10]
    return ""


def _canonical(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("link[rel=canonical]")
    return clean((node.attributes.get("href") or "") if node is not None else "", address)
