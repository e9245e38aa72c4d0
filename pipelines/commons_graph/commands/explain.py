"""`commons extract --explain`: a text with its entities coloured, and what made each relation.

What belongs here: colours and layout. What does not: finding anything (`commons_graph.extract`).
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from commons_graph.extract.found import Found
from commons_graph.extract.statements import quote
from commons_graph.model import Document, EntityClass

COLOURS: dict[EntityClass, str] = {
    "Person": "magenta",
    "Organization": "blue",
    "Group": "cyan",
    "Event": "red",
    "Document": "yellow",
    "Project": "green",
    "Place": "bright_black",
    "Concept": "bright_cyan",
}


def explain(name: str, document: Document, found: Found) -> None:
    """Print one document: its text in colours, its entities, its relations with rule or model and evidence."""
    console = Console()
    console.rule(Text(f"{name}: {found.page_class}"))
    console.print(Text("  ").join(Text(cls, style=f"bold {colour}") for cls, colour in COLOURS.items()))
    console.print(coloured(document, found))
    console.print(_entities(found))
    console.print(_relations(document, found))


def coloured(document: Document, found: Found) -> Text:
    """Give the text with every mention in the colour of its class; of overlapping mentions the longest counts."""
    text = Text(document.text)
    spans = [(mention.start, mention.end, entity.cls) for entity in found.entities for mention in entity.mentions]
    for start, end, cls in sorted(spans, key=lambda span: span[1] - span[0]):
        text.stylize(f"bold {COLOURS[cls]}", start, end)
    return text


def _entities(found: Found) -> Table:
    table = Table("class", "label", "also", "certain", "found by", box=None, title="Entities", title_justify="left")
    for entity in found.entities:
        cls = Text(entity.cls, style=COLOURS[entity.cls])
        also = Text(", ".join(entity.aliases))
        table.add_row(cls, Text(entity.label), also, f"{entity.confidence:.2f}", entity.extractor)
    return table


def _relations(document: Document, found: Found) -> Table:
    labels = {entity.key: entity.label for entity in found.entities}
    table = Table("relation", "certain", "found by", "evidence", box=None, title="Relations", title_justify="left")
    for each in found.relations:
        said = f"{labels[each.subject]} {each.predicate} {labels.get(each.object, each.object)}"
        evidence = quote(document, each.start, each.end)
        table.add_row(Text(said), f"{each.confidence:.2f}", each.extractor, Text(evidence))
    return table
