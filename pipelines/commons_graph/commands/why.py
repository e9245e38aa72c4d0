"""`commons why`: what is published of a thing, and the sentence, source and dates behind each statement.

Each statement ends with the address to cite it by.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from commons_graph import terminal
from commons_graph.project import Project
from commons_graph.publish import choose
from commons_graph.publish.namespaces import STATEMENT
from commons_graph.publish.results import harmless
from commons_graph.publish.why import Explanation, Sourced, why


def run(project: Project, text: str, number: int | None) -> None:
    """Print the explanation of what a text names in a release."""
    console = Console(highlight=False, soft_wrap=True)
    found = why(choose.one(project, number), terminal.typed(text))
    for line in _head(found):
        console.print(line)
    document = ""
    for statement in sorted(found.statements, key=lambda each: (each.address, each.evidence_start)):
        if statement.document != document:
            document = statement.document
            source = f"\n{harmless(document)}  <{statement.address}>  {statement.licence}"
            console.print(Text(source, style="bold"))
        for line in _lines(statement, found.name):
            console.print(line)
    for line in _foot(found):
        console.print(line)


def _head(found: Explanation) -> list[Text]:
    head = [Text(f"{harmless(found.label)}  ({found.cls})  {harmless(found.name)}", style="bold green")]
    if found.about:
        head.append(Text(harmless(found.about)))
    if found.asked:
        head.append(Text(f"cgid:{found.asked} was merged into it"))
    head += [Text(f"also: {harmless(other.label)}  ({other.cls})  {harmless(other.name)}") for other in found.homonyms]
    return head


def _foot(found: Explanation) -> list[Text]:
    if not found.count:
        return [Text("\nno published statement names it")]
    if found.count > len(found.statements):
        told = f"the first {len(found.statements)} of {found.count} statements are shown: ask for others with"
        return [Text(f"\n{told} `commons query`")]
    return []


def _lines(statement: Sourced, explained: str) -> list[Text]:
    said = Text(f"  {statement.property} ", style="cyan").append(harmless(statement.value), style="default")
    if statement.subject != explained:
        said = Text(f"  {harmless(statement.about)} ({statement.subject})").append(said)
    seen = f"first seen {statement.first_seen}, last seen {statement.last_seen}"
    made = f"{statement.extractor}, confidence {statement.confidence:.2f}, {seen}"
    quoted = harmless(" ".join(statement.quote.split()))
    cited = Text(f"    {STATEMENT}{statement.statement}", style="dim")
    return [said, Text(f"    “{quoted}”", style="italic"), Text(f"    {made}", style="dim"), cited]
