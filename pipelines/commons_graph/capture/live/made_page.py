"""Makes an HTML page of a text that an API or a feed gives without one: the same text always gives the same bytes.

What belongs here: the page around the text. What does not: where the text comes from.
"""

from __future__ import annotations

from html import escape


def page(title: str, body: str, language: str = "", address: str = "") -> bytes:
    """Give a whole page with a title and a body, which is HTML already."""
    lang = f' lang="{escape(language)}"' if language else ""
    link = f'\n<link rel="canonical" href="{escape(address)}">' if address else ""
    head = f'<meta charset="utf-8">\n<title>{escape(title)}</title>{link}'
    return (
        f"<!DOCTYPE html>\n<html{lang}>\n<head>\n{head}\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")
