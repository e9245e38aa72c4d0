"""Cleans the web addresses found in documents, so that each is an absolute IRI or nothing.

What belongs here: the syntax of an address. What does not: whether anything answers there, and what in it is of a
person (`commons_graph.personal_addresses`): a link to that is dropped.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from commons_graph.personal_addresses import masked

USUAL = re.compile(r"https?://(?:[a-z0-9-]++\.)++[a-z]{2,24}(?:/[\w/.~,;:-]*)?", re.ASCII)
TRACKING = re.compile(
    r"(?:^|&)(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|ref_src|igshid|_hs\w+|mkt_tok|pk_\w+|mtm_\w+)=[^&]*",
    re.IGNORECASE,
)
HOST = re.compile(r"(?=.{4,253}$)(?:[\w-]{1,63}\.)+[\w-]{2,63}\.?")
STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
FORBIDDEN = re.compile(r"[^\w:/?@!$&'()*+,;=%~.-]")
DIALLED = re.compile(r"\d[\d_./-]{5}|_(?:AT|arobase)_")
"""What may be of a person in a usual address."""
LONGEST = 2000


def clean(address: str, base: str = "") -> str:
    """Give an absolute http(s) IRI without tracking, user names or forbidden characters, or "" for what is none.

    `base` is the address that a relative one starts from. Never raises.
    """
    if USUAL.fullmatch(address) and len(address) < LONGEST and not DIALLED.search(address):
        return address
    text = "".join(address.split("\n")).strip(" \t\r<>\"'")
    if not text or len(text) > LONGEST or text.startswith("#"):
        return ""
    try:
        return _mended(_absolute(text, base))
    except ValueError:
        return ""


def _absolute(text: str, base: str) -> str:
    if base:
        return urljoin(base, text)
    if text.startswith("//"):
        return f"https:{text}"
    return f"http://{text}" if text[:4].lower() == "www." else text


def _mended(text: str) -> str:
    """Raises `ValueError` for what the standard library cannot split."""
    parts = urlsplit(text)
    scheme, host, port = parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
    if scheme not in ("http", "https") or not HOST.fullmatch(host):
        return ""
    query = TRACKING.sub("", parts.query).lstrip("&")
    rest = (_quoted(parts.path), _quoted(query), _quoted(parts.fragment))
    address = urlunsplit((scheme, host if port is None else f"{host}:{port}", *rest))
    return address if masked(address) == address else ""


def _quoted(part: str) -> str:
    # Letters beyond ASCII may stand in an IRI; what may not is percent-encoded, and so is a stray %.
    return FORBIDDEN.sub(lambda found: quote(found[0], safe=""), STRAY.sub("%25", part))
