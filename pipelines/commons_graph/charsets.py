"""Which names that servers and pages give are charsets: Python decodes by much that is none, and some never ends.

What belongs here: the names. What does not: decoding, and what is tried where no charset is named.
"""

from __future__ import annotations

import codecs

NONE = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


def known(named: str) -> str:
    """Give the charset's name when it decodes bytes to text, else ""; Latin-1 means cp1252, as it does in browsers.

    >>> known("ISO-8859-1"), known("utf8"), known("punycode"), known("base64"), known("no-such")
    ('cp1252', 'utf-8', '', '', '')
    """
    try:
        info = codecs.lookup(named) if named else None
    except (LookupError, ValueError):
        return ""
    # not every codec is a charset: base64 or zip would unpack what they find, punycode takes hours
    if info is None or info.name in NONE or not getattr(info, "_is_text_encoding", True):
        return ""
    return "cp1252" if info.name in ("iso8859-1", "ascii") else info.name
