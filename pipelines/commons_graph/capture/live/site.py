"""Addresses inside a site: the one form of each, whether two are of one site, and which are no pages or never end.

What belongs here: what can be told from an address alone. What does not: asking for it, and what pages say (`said`).
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from commons_graph.capture.media import media_type

LONGEST = 2000
DEEPEST_PATH = 15
REPEATED = 3
SAFE = "%/:@!$&'()*+,;=~-._"
PORTS = {"http": 80, "https": 443}
NOISE = re.compile(
    r"(?:^|&)(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|mtm_\w+|pk_\w+|replytocom|share|phpsessid|jsessionid|aspsessionid\w*"
    r"|cfid|cftoken|sessionid|session_id|osc[sc]id|zenid|(?:sid|s)=[0-9a-f]{26,64}(?=&|$))(?:=[^&]*)?(?=&|$)",
    re.IGNORECASE,
)
"""Parameters that tell visitors or visits apart, not pages."""
PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
BROKEN_LINE = re.compile(r"[\t\r\n]+ *")
ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
FILES = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|ico|bmp|tiff?|mp[34]|m4[av]|og[gv]|web[m]|wav|avi|mov|zip|gz|tgz|bz2|xz|7z|rar"
    r"|css|m?js|json|xml|rss|atom|ics|vcf|woff2?|ttf|eot|docx?|xlsx?|pptx?|od[tsp]|epub|exe|dmg|iso|csv|pdf)$",
    re.IGNORECASE,
)
DIGITS = re.compile(r"[0-9]+")


def tidy(address: str, base: str = "") -> str:
    """Give the one form of an http(s) address, absolute, without fragment, session and tracking; "" for any other.

    >>> tidy("../été?utm_source=x&p=2#top", "HTTP://Site.example:80/a/b/")
    'http://site.example/a/%C3%A9t%C3%A9?p=2'
    >>> tidy("mailto:a@site.example"), tidy("javascript:void(0)", "https://site.example/")
    ('', '')
    """
    text = BROKEN_LINE.sub("", address).strip()
    if len(text) > LONGEST:
        return ""
    try:
        parts = urlsplit(urljoin(base, text))
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if scheme not in PORTS or not host or "@" in parts.netloc:
        return ""
    place = f"[{host}]" if ":" in host else host
    if port not in (None, PORTS[scheme]):
        place += f":{port}"
    path = PATH_SESSION.sub("", parts.path) or "/"
    return urlunsplit((scheme, place, _quoted(path), _quoted(NOISE.sub("", parts.query).lstrip("&"), "?"), ""))


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses are of one host, with or without `www.` and TLS.

    >>> same_site("http://www.site.example/a", "https://site.example/"), same_site("http://a.example", "http://b.example")
    (True, False)
    """
    return _host(one) == _host(other)


def folder(address: str) -> str:
    """Give the path below which a site lies that begins at an address.

    >>> folder("https://site.example/coop/index.html"), folder("https://site.example")
    ('/coop/', '/')
    """
    return urlsplit(address).path.rpartition("/")[0] + "/"


def path_of(address: str) -> str:
    """Give path and query, which the steward's patterns are held against."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_page(address: str) -> bool:
    """Say whether an address may lead to a page: it does not end like a file, nor nest as a broken link does."""
    path = urlsplit(address).path
    steps = [step for step in path.split("/") if step]
    nested = len(steps) > DEEPEST_PATH or any(steps.count(step) > REPEATED for step in set(steps))
    readable = path.lower().endswith(".pdf") and bool(media_type(path))
    return not nested and (readable or not FILES.search(path))


def shape(address: str) -> str:
    """Give an address with its numbers made one, so that the pages of an endless calendar have one shape.

    >>> shape("https://site.example/agenda/2031/05?day=7")
    'https://site.example/agenda/0/0?day=0'
    """
    return DIGITS.sub("0", address)


def _quoted(part: str, more: str = "") -> str:
    encoded = quote(part, safe=SAFE + more)
    return ESCAPE.sub(lambda found: found[0].upper(), encoded)


def _host(address: str) -> tuple[str, int | None]:
    parts = urlsplit(address)
    port = None if parts.port in PORTS.values() else parts.port
    return (parts.hostname or "").removeprefix("www."), port
