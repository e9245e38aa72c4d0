"""`commons extract`: what single files would state, printed in the form of the gold set; the warehouse is not touched.

What belongs here: files in, JSON lines or tables out. What does not: extraction (`commons_graph.extract`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commons_graph import capture, extract, normalise, terminal
from commons_graph.capture.media import EXPORT, WIKITEXT, media_type
from commons_graph.errors import CommonsError
from commons_graph.extract.knowledge import Knowledge
from commons_graph.model import Capture, Document, Refusal
from commons_graph.project import Project

FORMATS = ("jsonl", "table")


def run(project: Project, paths: list[Path], format: str, pages: bool, meta: Path | None, explain: bool = False) -> int:
    """Print what each document states (or each page's class); give 1 when a file could not be read."""
    if format not in FORMATS:
        raise CommonsError(f"--format {format}", "there is no such format", f"choose one of {', '.join(FORMATS)}")
    knowledge = Knowledge.load(project.root)
    show = _page if pages else _explained if explain else _table if format == "table" else _json
    if show in (_page, _json):
        terminal.for_programs()
    refused = 0
    for path in paths:
        for item in capture.read_paths([path], table=meta):
            if isinstance(item, Refusal):
                refused += 1
                print(f"commons: {item.address}: {item.reason}; {item.remedy}", file=sys.stderr)
            elif not (item.address.endswith("meta.tsv")):
                refused += _shown(path, item, knowledge, show)
    return 1 if refused else 0


def _shown(path: Path, item: Capture, knowledge: Knowledge, show: Any) -> int:
    try:
        show(_name(path, item), item, knowledge)
    except CommonsError as error:
        print(f"commons: {error}", file=sys.stderr)
        return 1
    return 0


def _name(path: Path, item: Capture) -> str:
    return page_file(item.hints.get("title", item.address)) if media_type(path.name) == EXPORT else path.name


def page_file(title: str) -> str:
    """Give the name of the file that holds a wiki page alone, as the corpus names them."""
    return title.replace(":", "-", 1).replace("/", "-") + ".mediawiki"


def _page(name: str, item: Capture, knowledge: Knowledge) -> None:
    if item.media_type != WIKITEXT:
        raise CommonsError(name, "is no wiki page", "--pages reads .mediawiki files and wiki exports")
    text = item.payload.decode("utf-8", "replace")
    cls, _ = knowledge.page_types.classify_wikitext(item.hints.get("title", name), text)
    print(json.dumps({"page": name, "class": cls}, ensure_ascii=False))


def _json(name: str, item: Capture, knowledge: Knowledge) -> None:
    document = normalise.document(item, vocabulary=knowledge.vocabulary)
    print(json.dumps(gold_form(name, document, knowledge), ensure_ascii=False))


def _table(name: str, item: Capture, knowledge: Knowledge) -> None:
    from rich.console import Console
    from rich.table import Table

    form = gold_form(name, normalise.document(item, vocabulary=knowledge.vocabulary), knowledge)
    console = Console()
    entities = Table("class", "label", "also", title=name, box=None)
    for entity in form["entities"]:
        entities.add_row(entity["class"], entity["label"], ", ".join(entity["aliases"]))
    relations = Table("subject", "predicate", "object", box=None)
    for relation in form["relations"]:
        relations.add_row(relation["subject"], relation["predicate"], relation["object"])
    console.print(entities)
    console.print(relations)


def _explained(name: str, item: Capture, knowledge: Knowledge) -> None:
    from commons_graph.commands.explain import explain

    document = normalise.document(item, vocabulary=knowledge.vocabulary)
    explain(name, document, extract.find(document, knowledge))


def gold_form(name: str, document: Document, knowledge: Knowledge) -> dict[str, Any]:
    """Give what a document states as one object in the form of the gold set's guidelines."""
    found = extract.find(document, knowledge)
    labels = {entity.key: entity.label for entity in found.entities}
    relations = (
        {"subject": labels[r.subject], "predicate": r.predicate, "object": labels.get(r.object, r.object)}
        for r in found.relations
    )
    return {
        "doc": name,
        "lang": document.language,
        "kind": document.kind,
        "date": document.date,
        "entities": [_entity(e.label, e.cls, e.aliases) for e in found.entities],
        "relations": list(_distinct(relations)),
    }


def _entity(label: str, cls: str, aliases: tuple[str, ...]) -> dict[str, Any]:
    return {"label": label, "class": cls, "aliases": list(aliases)}


def _distinct(relations: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    seen: set[tuple[str, ...]] = set()
    for relation in relations:
        if (key := tuple(relation.values())) not in seen:
            seen.add(key)
            yield relation
