"""What a page says to those who fetch it: its title, canonical address, links, and whether it may be kept.

What belongs here: reading just that, quickly, from HTML that may be broken or hostile. What does not: the page's text
(`normalise`), and whether its links are wanted (`scope`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from commons_graph import charsets
from commons_graph.capture.http import Exchange
from commons_graph.capture.live import site
from commons_graph.html_source import slim

MOST_LINKS = 5_000
NAME = "commons-graph"
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


@dataclass(frozen=True, slots=True)
class Said:
    """`indexed`: the page may become a document. `followed`: its links may be. Addresses are absolute and tidy."""

    title: str = ""
    canonical: str = ""
    indexed: bool = True
    followed: bool = True
    links: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def read(exchange: Exchange) -> Said:
    """Read what an HTML answer says, in its head and in its headers."""
    tree = LexborHTMLParser(slim(text(exchange).replace("\0", "")))
    base = site.tidy(_first(tree, "base[href]", "href"), exchange.address) or exchange.address
    rules = _rules(tree, exchange)
    title = tree.css_first("head title")
    return Said(
        title=" ".join((title.text(deep=True) if title else "").split())[:300],
        canonical=site.tidy(_first(tree, 'link[rel="canonical"]', "href"), base),
        indexed=not rules & {"noindex", "none"},
        followed=not rules & {"nofollow", "none"},
        links=tuple(dict.fromkeys(_links(tree, base))),
        feeds=tuple(filter(None, (site.tidy(node.attributes.get("href") or "", base) for node in _feeds(tree)))),
    )


def charset(exchange: Exchange) -> str:
    """Give the charset that the answer's header names, or ""."""
    found = CHARSET.search(exchange.header("content-type"))
    return found[1].lower() if found else ""


def text(exchange: Exchange) -> str:
    """Give a body as text: its header's charset, its own, or UTF-8; what does not fit is replaced."""
    own = META_CHARSET.search(exchange.body[:4096])
    named = charset(exchange) or (own[1].decode("ascii", "replace") if own else "")
    return exchange.body.decode(charsets.known(named) or "utf-8", "replace")


def _rules(tree: LexborHTMLParser, exchange: Exchange) -> set[str]:
    """Give the words of the robots meta elements and headers that speak to everybody, or to us."""
    told = [node.attributes.get("content") or "" for node in tree.css(f'meta[name="robots" i], meta[name="{NAME}" i]')]
    for name, value in exchange.headers:
        if name.lower() == "x-robots-tag":
            agent, colon, rules = value.partition(":")
            told.append(rules if colon and agent.strip().lower() == NAME else "" if colon else value)
    return {word.strip().lower() for each in told for word in each.split(",")}


def _links(tree: LexborHTMLParser, base: str) -> list[str]:
    nodes = islice(tree.css("a[href], area[href]"), MOST_LINKS)
    found = (
        site.tidy(node.attributes.get("href") or "", base)
        for node in nodes
        if "nofollow" not in (node.attributes.get("rel") or "").lower().split()
    )
    return [address for address in found if address]


def _feeds(tree: LexborHTMLParser) -> list[LexborNode]:
    return [node for node in tree.css('link[rel="alternate"][href]') if node.attributes.get("type") in FEEDS]


def _first(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "") if node is not None else ""
