"""Where an answer leads to: by a redirect of the protocol, or by a refresh that its page asks for at once.

What belongs here: reading that from one answer, which may be hostile. What does not: following it (`client`), and a
page that loads itself or another again after a while: that is its text, or a show of slides.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from commons_graph.capture.http.exchange import Exchange, path_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})
HTML = ("text/html", "application/xhtml+xml", "")
SIGN = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
REFRESH = re.compile(
    r"\s*(\d{0,9})(?:\.[\d.]*)?\s*(?:[;,]\s*|\s)(?:url\s*=\s*)?+(?:\"([^\"]*)|'([^']*)|([^\s\"'].*))", re.IGNORECASE
)
SOON = 2
"""Seconds until another page is loaded; one that shows what it has for longer is read."""
LEADING = 16_000
"""Bytes in which a page says that it leads elsewhere; so few cannot hold the parser up."""
UNSAID = re.compile(rb"<(noscript|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""What is for others only: a page may send who runs no scripts to one that asks for them."""


def redirected(exchange: Exchange) -> str:
    """Give the address, absolute and without fragment, that a server's redirect leads to, or ""."""
    to = exchange.header("location") if exchange.status in REDIRECTS else ""
    return _joined(exchange.address, to) if to else ""


def anywhere(exchange: Exchange) -> str:
    """Give the address that a redirect leads to, or else the one that a page asks to be left for, or ""."""
    if exchange.status != 200 or exchange.media_type not in HTML:
        return redirected(exchange)
    to = _refreshed(exchange)
    return "" if to == exchange.address.partition("#")[0] or not to.startswith(("http://", "https://")) else to


def _refreshed(exchange: Exchange) -> str:
    if not SIGN.search(exchange.body, 0, LEADING):
        return ""
    tree = LexborHTMLParser(UNSAID.sub(b"", exchange.body[:LEADING]).decode("utf-8", "replace").replace("\0", ""))
    base = tree.css_first("base[href]")
    for node in tree.css('meta[http-equiv="refresh" i][content]'):
        found = REFRESH.match(" ".join((node.attributes.get("content") or "").split()))
        if found and int(found[1] or 0) <= SOON:
            to = found[2] or found[3] or found[4] or ""
            return _joined(exchange.address, (base.attributes.get("href") or "") if base else "", to.strip())
    return ""


def _joined(*parts: str) -> str:
    """Give what links lead to, one behind the other, as it is asked for; "" where one is no address."""
    address = ""
    try:
        for part in parts:
            address = urljoin(address, part)
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{path_of(address)}" if parts.netloc else address.partition("#")[0]
