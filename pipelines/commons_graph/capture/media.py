"""What a file's name says: its media type, whether we read it, and the page title of a saved wiki page.

What does not belong here: anything that looks into the file.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

WIKITEXT = "text/x-wiki"
EXPORT = "application/xml"
MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".mediawiki": WIKITEXT,
    ".eml": "message/rfc822",
    ".pdf": "application/pdf",
    ".xml": EXPORT,
    ".xml.bz2": EXPORT,
    ".xml.zst": EXPORT,
    ".xml.7z": EXPORT,
}
KINDS = {WIKITEXT: "wiki entry", EXPORT: "wiki entry", "message/rfc822": "newsletter"}
META_NAMES = ("meta.tsv", "SOURCES.tsv")
NOT_DOCUMENTS = {*META_NAMES, "LICENSE", "LICENCE", "COPYING"}

# A saved page's name has a hyphen for the colon. "User-Generated Content" is a title, so only what is sure is undone.
SAVED_NAMESPACE = re.compile(r"(Category|Template)-(?=\S)|File-(?=.{1,250}\.[A-Za-z0-9]{2,5}$)")


def media_type(name: str) -> str:
    """Give the media type of a file name, or "" when we do not read such files."""
    lower = name.lower()
    return next((kind for suffix, kind in MEDIA_TYPES.items() if lower.endswith(suffix)), "")


def is_archive(name: str) -> bool:
    """Say whether a file is compressed already, so that compressing it again is a waste."""
    return name.lower().endswith((".bz2", ".zst", ".7z"))


def wiki_title(name: str) -> str:
    """Give the title of the wiki page that was saved under this file name.

    >>> wiki_title("Category-Brazil.mediawiki"), wiki_title("User-Created Content.mediawiki")
    ('Category:Brazil', 'User-Created Content')
    """
    stem = PurePosixPath(name).name.removesuffix(".mediawiki")
    found = SAVED_NAMESPACE.match(stem)
    return f"{stem[: found.end() - 1]}:{stem[found.end() :]}" if found else stem
