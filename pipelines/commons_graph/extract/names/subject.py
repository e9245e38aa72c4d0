"""What a document is about: the class of a wiki page from the page type model, of others from their kind and title.

What does not belong here: the model (`extract.page_type`).
"""

from __future__ import annotations

from collections.abc import Iterator

from commons_graph.extract.page_type import PageTypes, subject_class
from commons_graph.model import Block, Document

WIKI = "wiki entry"
OTHER = "Other"


def page_class(document: Document, model: PageTypes) -> tuple[str, float]:
    """Give the class of a document's subject, or "Other" for housekeeping, and how certain it is."""
    if document.kind != WIKI:
        return subject_class(document), 0.6
    return model.classify_wikitext(document.title, as_wikitext(document), document.categories)


def as_wikitext(document: Document) -> str:
    """Give a wiki page's text with the marks that the page type model looks for, from its blocks."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    links = [mark for mark in document.marks if mark.kind == "wiki"]
    for block in document.blocks[1:]:
        text = _linked(document, block, links)
        if block.kind == "heading":
            signs = "=" * max(block.level, 1)
            yield f"\n{signs}{text}{signs}\n"
        elif block.kind == "field":
            yield {"tagline": f"= {text}", "URL": f"URL = {text}"}.get(block.name, f"{block.name} = {text}")
        else:
            yield f"{'*' * block.level} {text}" if block.kind == "item" else text


def _linked(document: Document, block: Block, links: list) -> str:  # type: ignore[type-arg]
    parts, at = [], block.start
    for mark in links:
        if block.start <= mark.start and mark.end <= block.end and mark.start >= at:
            shown = document.cut(mark.start, mark.end)
            link = f"[[{mark.target}]]" if shown == mark.target else f"[[{mark.target}|{shown}]]"
            parts += [document.cut(at, mark.start), link]
            at = mark.end
    return "".join((*parts, document.cut(at, block.end)))
