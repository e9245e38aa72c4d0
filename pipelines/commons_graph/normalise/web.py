"""HTML pages to blocks: the main content, as a reader sees it.

What belongs here: the tags of the text. What does not: what a page says of itself and what is left out (`web_page`),
what is kept of its structured data (`structured`), and fetching. Nothing is taken out of the parser's tree: left-out
elements are not walked into.
"""

from __future__ import annotations

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from commons_graph.html_source import slim
from commons_graph.model import BlockKind, Capture, MarkKind
from commons_graph.normalise import json_ld, microdata, web_page
from commons_graph.normalise.addresses import clean
from commons_graph.normalise.build import Builder, Emphasis, Line
from commons_graph.normalise.characters import decode, fold
from commons_graph.normalise.told import Told
from commons_graph.personal_addresses import masked

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
SERVED_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
SWALLOWING = re.compile(
    r"<title[^<>]{0,200}>[^<]{0,300}|</?(?:title|textarea|noframes|noembed|xmp|plaintext)[^<>]{0,200}>", re.IGNORECASE
)
SAID_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
KINDS: dict[str, BlockKind] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "item",
    "dd": "item",
    "dt": "item",
    "caption": "heading",
    "blockquote": "quote",
}
BREAKING = frozenset(
    {*KINDS, "p", "div", "section", "article", "ul", "ol", "dl", "table", "tr", "td", "th", "tbody", "thead", "br"}
    | {
        "hr",
        "header",
        "figure",
        "figcaption",
        "address",
        "pre",
        "main",
        "aside",
        "body",
        "details",
        "summary",
        "center",
    }
    | {"form", "fieldset", "legend", "label", "hgroup", "option", "tfoot"}
)
EMPHASIS: dict[str, Emphasis] = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
SHOUTED = re.compile(r"[^a-zà-ÿ]{12,120}")
TIME = re.compile(r"[\dTPZWYMDHS:+./ -]{4,40}")
LAYOUT = "p, div, table table, h1, h2, h3, h4, ul, img"
DEEPEST_TABLE = 12
Scope = tuple[BlockKind, int]


def read(capture: Capture) -> Told:
    """Read a page. The charset that its server named counts before the page's own, as the HTML standard says."""
    served = SERVED_CHARSET.search(capture.media_type)
    own = CHARSET.search(capture.payload[:4096])
    named = served[1] if served else own[1].decode("ascii", "replace") if own else ""
    source = decode(capture.payload, named).replace("\0", "")
    told = read_html(source, capture)
    told.data = [*json_ld.nodes(source)]
    if "itemscope" in source:
        told.data += microdata.nodes(LexborHTMLParser(slim(source)))
    return told


def read_html(source: str, capture: Capture) -> Told:
    """Read the text of a page, or of the HTML part of a letter, whose characters are known."""
    source = slim(source.replace("\0", ""))
    told = _told(LexborHTMLParser(source), capture)
    if len(told.builder.blocks) < 2 and SWALLOWING.search(source):
        # An unclosed <title> or <textarea> swallows the page: read it again without those tags.
        said = SAID_TITLE.search(source)
        return _told(LexborHTMLParser(SWALLOWING.sub(" ", source)), capture, unescape(said[1]) if said else "")
    return told


def _told(tree: LexborHTMLParser, capture: Capture, otherwise: str = "") -> Told:
    told = Told(language=web_page.language(tree), date=web_page.date(tree))
    title = capture.hints.get("title") or web_page.title(tree) or otherwise.strip()
    told.builder.add_text("title", title or masked(capture.address).rstrip("/").rsplit("/", 1)[-1] or "?")
    content = web_page.main_content(tree)
    if content is not None:
        Walk(told.builder, web_page.base(tree, capture.address)).run(content)
    return told


class Walk:
    """Goes through the tags in order, without recursion, and puts what it reads into a builder."""

    def __init__(self, builder: Builder, base: str) -> None:
        self.builder = builder
        self.base = base
        self.line = Line()
        self.scopes: list[Scope] = [("paragraph", 0)]
        self.lists = 0
        self.tables: list[bool] = []
        self.spans: list[tuple[MarkKind, str, int]] = []

    def run(self, root: LexborNode) -> None:
        """Put the blocks below an element into the document."""
        path: list[LexborNode] = []
        node = root.child
        while node is not None or path:
            if node is None:
                parent = path.pop()
                self._leave(parent.tag or "")
                node = parent.next
            elif node.tag == "-text":
                self.line.add(fold(node.text(deep=False) or ""))
                node = node.next
            elif (node.tag or "-")[0] in "-_!" or web_page.is_left_out(node):
                node = node.next
            else:
                self._enter(node, node.tag or "")
                path.append(node)
                node = node.child
        self._flush()

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag in BREAKING:
            self._flush()
            self._scope(node, tag)
        elif tag in EMPHASIS:
            self.line.toggle(EMPHASIS[tag])
        elif tag == "a":
            self.spans.append(("web", clean(node.attributes.get("href") or "", self.base), self.line.length))
        elif tag == "time":
            told = node.attributes.get("datetime") or ""
            self.spans.append(("time", told if TIME.fullmatch(told) else "", self.line.length))

    def _scope(self, node: LexborNode, tag: str) -> None:
        """Note which kind of block begins with a tag; it lasts until the tag is left."""
        if tag in ("ul", "ol"):
            self.lists += 1
        elif tag == "table":
            is_data = len(self.tables) < DEEPEST_TABLE and node.attributes.get("role") != "presentation"
            self.tables.append(is_data and _is_data(node))
        if tag in KINDS:
            level = int(tag[1]) if tag[0] == "h" else max(self.lists, 1)
            self.scopes.append((KINDS[tag], level))
        elif tag in ("td", "th"):
            self.scopes.append(("cell", 0) if self.tables and self.tables[-1] else ("paragraph", 0))
        elif tag == "p" and self.scopes[-1][0] == "heading":  # an unclosed heading ends where a paragraph begins
            self.scopes[-1] = ("paragraph", 0)

    def _leave(self, tag: str) -> None:
        if tag in BREAKING:
            self._flush()
            if tag in ("ul", "ol"):
                self.lists = max(self.lists - 1, 0)
            elif tag == "table" and self.tables:
                self.tables.pop()
            if (tag in KINDS or tag in ("td", "th")) and len(self.scopes) > 1:
                self.scopes.pop()
        elif tag in EMPHASIS:
            self.line.toggle(EMPHASIS[tag])
        elif tag in ("a", "time") and self.spans:
            self._mark(*self.spans.pop())

    def _mark(self, kind: MarkKind, target: str, start: int) -> None:
        end = self.line.length - (self.line.spaced and self.line.length > 0)
        if target and start < end:
            self.line.marks.append((kind, start, end, target))

    def _flush(self) -> None:
        """End the block; a link or <time> around it goes on in the next."""
        for span in self.spans:
            self._mark(*span)
        self.spans = [(kind, target, 0) for kind, target, _ in self.spans]
        emphasised = tuple(self.line.open)
        kind, level = self.scopes[-1]
        said = "".join(self.line.parts).strip()
        if kind == "paragraph" and said.isupper() and SHOUTED.fullmatch(said):
            kind, level = "heading", 3  # newsletters shout their headings
        if said and not (kind == "heading" and level == 1 and said == self.builder.parts[0]):
            self.builder.add(kind, self.line, level)
        self.line = Line()
        for each in emphasised:
            self.line.toggle(each)


def _is_data(table: LexborNode) -> bool:
    """Say whether a table holds data rather than laying out a page or a letter."""
    return table.css_first("th") is not None or table.css_first(LAYOUT) is None
