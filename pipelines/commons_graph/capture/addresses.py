"""The web addresses of documents: of a file in a folder, of a page in a wiki.

What does not belong here: fetching anything.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# What MediaWiki leaves as it is in a page's address.
PLAIN = ";@$!*(),/~:-_."
NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]')

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def is_readable(name: str) -> bool:
    """Say whether a file name or a title has neither control characters nor bytes that are no text."""
    return not CONTROLS.search(name)


def of_page(pattern: str, title: str) -> str:
    """Give a wiki page's address: spaces become underscores, the rest is encoded as MediaWiki does.

    >>> of_page("https://wiki.example/{title}", "Coop des Communs?")
    'https://wiki.example/Coop_des_Communs%3F'
    """
    return pattern.replace("{title}", quote(title.replace(" ", "_"), safe=PLAIN))


def of_file(base: str, name: str) -> str:
    """Give a file's address: below the source's, or a `file:` address when the source has none.

    >>> of_file("https://site.example", "news/été.html"), of_file("", "a b.txt")
    ('https://site.example/news/%C3%A9t%C3%A9.html', 'file:a%20b.txt')
    """
    return f"{base.rstrip('/')}/{quote(name)}" if base else f"file:{quote(name)}"


def is_web(text: str) -> bool:
    """Say whether a text is an absolute http(s) address that can stand in RDF."""
    if NOT_IN_IRI.search(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
