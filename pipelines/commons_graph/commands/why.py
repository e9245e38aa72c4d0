"""`commons why`: what is published of an entity, and the sentence, source and dates behind each statement.

Each statement ends with the address to cite it by.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from commons_graph.project import Project
from commons_graph.publish import choose
from commons_graph.publish.namespaces import STATEMENT
from commons_graph.publish.results import harmless
from commons_graph.publish.why import Explanation, Sourced, why


def run(project: Project, entity: str, number: int | None) -> None:
    """Print the explanation of an entity of a release."""
    console = Console(highlight=False, soft_wrap=True)
    found = why(choose.one(project, number), entity)
    for line in _head(found):
        console.print(line)
    document = ""
    for statement in sorted(found.statements, key=lambda each: (each.address, each.evidence_start)):
        if statement.document != document:
            document = statement.document
            source = f"\n{harmless(document)}  <{statement.address}>  {statement.licence}"
            console.print(Text(source, style="bold"))
        for line in _lines(statement):
            console.print(line)


def _head(found: Explanation) -> list[Text]:
    head = [Text(f"{harmless(found.label)}  ({found.cls})  cgid:{found.entity}", style="bold green")]
    if found.asked:
        head.append(Text(f"cgid:{found.asked} was merged into it"))
    head += [Text(f"also: {harmless(other.label)}  ({other.cls})  cgid:{other.entity}") for other in found.homonyms]
    return head


def _lines(statement: Sourced) -> list[Text]:
    said = Text(f"  {statement.property} ", style="cyan").append(harmless(statement.value), style="default")
    seen = f"first seen {statement.first_seen}, last seen {statement.last_seen}"
    made = f"{statement.extractor}, confidence {statement.confidence:.2f}, {seen}"
    quoted = harmless(" ".join(statement.quote.split()))
    cited = Text(f"    {STATEMENT}{statement.statement}", style="dim")
    return [said, Text(f"    “{quoted}”", style="italic"), Text(f"    {made}", style="dim"), cited]
