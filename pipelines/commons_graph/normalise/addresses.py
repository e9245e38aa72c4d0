"""Cleans the web addresses found in documents, so that each is an absolute IRI or nothing."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

TRACKING = re.compile(r"(?:^|&)(?:utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid|ref_src|igshid)=[^&]*", re.IGNORECASE)
KEPT = "/:?#[]@!$&'()*+,;=%~-._"
MOST = 2000


def clean(address: str, base: str = "") -> str:
    """Give an absolute http(s) IRI without tracking, user names or forbidden characters, or "" for what is none."""
    text = address.strip().strip("<>\"'")
    if base:
        text = urljoin(base, text)
    elif text.startswith("//"):
        text = f"https:{text}"
    elif text.startswith("www."):
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "." not in host or len(text) > MOST:
        return ""
    if not re.fullmatch(r"[\w.-]+(?::\d{1,5})?", host) or "@" in parts.path + parts.query:
        return ""
    query = TRACKING.sub("", parts.query).lstrip("&")
    return urlunsplit(
        (parts.scheme.lower(), host.lower(), _quoted(parts.path), _quoted(query), _quoted(parts.fragment))
    )


def _quoted(part: str) -> str:
    # Letters beyond ASCII may stand in an IRI; what may not is percent-encoded, and so is a stray %.
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return "".join(c if c.isalnum() or c in KEPT else quote(c, safe="") for c in text) if text else ""
