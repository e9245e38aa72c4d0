"""What a document is about: the class of a wiki page from the page type model, of others from their kind and title.

What does not belong here: the model (`extract.page_type`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from commons_graph.extract.names.heads import Heads
from commons_graph.extract.page_type import PageTypes, subject_class
from commons_graph.extract.tokens import tokenise
from commons_graph.model import Block, Document, Mark

WIKI = "wiki entry"
NAMESPACES = ("Category:", "File:", "Template:", "User:", "Talk:", "Help:")
CATEGORY = re.compile(r"(?:Category|Catégorie)\s?:\s*(?=\S)", re.IGNORECASE)
OTHER = "Other"
HOUSEKEEPING = re.compile(
    r"(?:(?:User|File|Category|Template|Help|Project|MediaWiki) talk:|Talk:"
    r"|Discussion(?: (?:utilisateur|utilisatrice|fichier|catégorie|modèle|aide|projet|MediaWiki))?:)(?=\S)"
    r"|(?:User|Utilisateur|Utilisatrice):\w+$"
)
"""Titles of pages about pages, and of pages of accounts, in a MediaWiki: its software gives these namespaces.

An account is one word here: a wiki that writes "User:Generated Content" for a hyphen has articles of that form.
"""
START = attrgetter("start")


SURE = 0.8
"""Below it, what the page's first words call its subject has the last word."""
CALLED = 0.6
"""How certain a class is that a page's first words call its subject."""
MOSTLY = 0.5
"""Below it, a page that may be housekeeping is read as what else it may be: what it says would be lost."""
IS = re.compile(
    r"(?:\b(?:is|are|was|est|sont|était|es|és|é)\s+(?:an?|the|une?|la|le|l['’]|el|uma?|un)\s|=\s)([^.;:\n]{3,90})",
    re.IGNORECASE,
)


def own_name(document: Document) -> str:
    """Give what a document's subject is called: of a wiki's category, its title without that word.

    It is known by the whole title none the less: a page of the same name is another one.
    """
    found = CATEGORY.match(document.title) if document.kind == WIKI else None
    return document.title[found.end() :] if found else document.title


def page_class(document: Document, model: PageTypes, heads: Heads) -> tuple[str, float]:
    """Give the class of a document's subject, or "Other" for housekeeping, and how certain it is."""
    if document.kind != WIKI:
        return subject_class(document), 0.6
    if HOUSEKEEPING.match(document.title):
        return OTHER, 1.0
    first, second, *_ = model.ranked(document.title, as_wikitext(document), document.categories)
    cls, certain = second if first[0] == OTHER and first[1] < MOSTLY else first
    said = "" if certain >= SURE or document.title.startswith(NAMESPACES) else _called(document, heads)
    return (said, max(CALLED, certain if said == cls else 0.0)) if said else (cls, certain)


def _called(document: Document, heads: Heads) -> str:
    """Give the class of the first noun that the tag line, or the first sentence with "is a", calls the subject."""
    for block in document.blocks[1:8]:
        if block.kind not in ("field", "paragraph") or (block.kind == "field" and block.name != "tagline"):
            continue
        text = document.cut(block.start, min(block.end, block.start + 300))
        found = IS.search(text) if block.kind == "paragraph" else None
        said = (
            found[1] if found and found.start() < 120 and found.start(1) > 0 else text if block.kind == "field" else ""
        )
        if called := heads.classes(tokenise(said, ()).stems[:6]):
            return called[0]
    return ""


def as_wikitext(document: Document) -> str:
    """Give a wiki page's text with the marks that the page type model looks for, from its blocks."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    links = sorted((mark for mark in document.marks if mark.kind == "wiki"), key=START)
    for block in document.blocks[1:]:
        text = _linked(document, block, links)
        if block.kind == "heading":
            signs = "=" * max(block.level, 1)
            yield f"\n{signs}{text}{signs}\n"
        elif block.kind == "field":
            yield {"tagline": f"= {text}", "URL": f"URL = {text}"}.get(block.name, f"{block.name} = {text}")
        else:
            yield f"{'*' * block.level} {text}" if block.kind == "item" else text


def _linked(document: Document, block: Block, links: Sequence[Mark]) -> str:
    parts, at = [], block.start
    for mark in links[bisect_left(links, block.start, key=START) : bisect_left(links, block.end, key=START)]:
        if mark.end <= block.end and mark.start >= at:
            shown = document.cut(mark.start, mark.end)
            link = f"[[{mark.target}]]" if shown == mark.target else f"[[{mark.target}|{shown}]]"
            parts += [document.cut(at, mark.start), link]
            at = mark.end
    return "".join((*parts, document.cut(at, block.end)))
