"""`commons waiting`: what waits for a steward, as the notices say it, and the statements that are held back.

What belongs here: printing it. What does not: what is worth a steward's time (`orchestration.attention`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from commons_graph import warehouse
from commons_graph.errors import CommonsError
from commons_graph.orchestration.attention import matters
from commons_graph.project import Project
from commons_graph.publish.results import harmless

JUDGE = "publish one with `- accept: ID`, or drop it with `- reject: ID`, in sources/decisions/NAME.yaml"
UNDO = "a decision says so; take its line out of sources/decisions/ to undo it"
HOW = {
    "quarantine": "mend the source, or drop one for good with `- reject: ID` in sources/decisions/NAME.yaml",
    "confidence": JUDGE,
    "review": JUDGE,
    "class": "the vote gave another class; settle it with `- type: CLASS` and `of: KEY` in sources/decisions/NAME.yaml",
    "single": "another value was chosen, or this goes with one that was not; `- reject: ID` of it lets the next in",
    "label": "it repeats a label that is there; nothing to do",
    "incomplete": "no name or no class is published; give one with `- type: CLASS` and `of: KEY`, or `- accept: ID`",
    "alone": "nothing but its name is known, in one document; if it has another name, join them: `- same: [KEY, KEY]`",
    "object": "what it points to is not published; join it with what is, `- same: [KEY, KEY]`, or add the concept",
    "self": "it says something of a thing and itself; if these are two things, part them: `- different: [KEY, KEY]`",
    "subject": "its key is of no source; nothing to do, report it if it stays",
    "iri": "its value is empty or no address; mend the source",
    "rejected": UNDO,
    "hidden": UNDO,
}
"""What a steward can do about each reason for which a statement is held back: quarantine, and those of graph.md."""


def run(project: Project, reason: str | None, most: int) -> int:
    """Print what waits, or the statements that `reason` holds back; give 0. Raises `CommonsError` for other reasons."""
    console = Console(highlight=False, soft_wrap=True)
    if reason is None:
        found = matters(project, datetime.now(UTC), grown=False)
        if not found:
            console.print("nothing waits for you")
        for matter in found:
            console.print(Text(matter.what), Text(matter.command, style="cyan"), sep="\n  ")
        return 0
    if reason not in HOW:
        raise CommonsError(reason, "holds no statement back", f"choose one of {', '.join(HOW)}")
    for row in _held(project, reason, most):
        for line in _lines(*row):
            console.print(line)
    console.print(Text(HOW[reason], style="dim"))
    return 0


def _held(project: Project, reason: str, most: int) -> list[tuple[Any, ...]]:
    query = Path(__file__).with_name("waiting.sql").read_text("utf-8")
    with warehouse.connect(project, read_only=True) as connection:
        return connection.execute(query, {"reason": reason, "most": most}).fetchall()


def _lines(statement: str, subject: str, said: str, value: str, confidence: float, quote: str, why: str) -> list[Text]:
    head = Text(statement, style="bold").append(f"  {harmless(subject)}  {said}  {harmless(value)}", style="default")
    quoted = Text(f"    “{harmless(' '.join(quote.split()))}”  confidence {confidence:.2f}", style="italic")
    return [head, quoted, *([Text(f"    {harmless(why)}", style="dim")] if why else [])]
