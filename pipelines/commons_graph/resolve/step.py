"""Resolution as one step of the warehouse's build.

What belongs here: which of a project's files it depends on, and the order of its parts. What does not: the parts.
"""

from __future__ import annotations

from pathlib import Path

from commons_graph.model import content_id
from commons_graph.project import Project
from commons_graph.resolve import decisions, graph, identify, rules
from commons_graph.warehouse import Connection, Step

HERE = Path(__file__).parent


def step(project: Project) -> Step:
    """Give the step that fills `identity`, `entity`, `redirect`, `resolved` and `unpublished`.

    `triple` stays empty until `graph.publishable` is called, after validation. When it runs, it raises `CommonsError`
    for a file of ontology/ or sources/decisions/ that is wrong.
    """

    def run(connection: Connection, old: Path | None) -> None:
        rules.fill(connection, rules.read(project.ontology_dir))
        identify.identify(connection, decisions.read(project.decisions_dir))
        graph.fill(connection)
        if old:
            graph.replace_identifiers(connection, old)

    return Step(_fingerprint(project), run)


def _fingerprint(project: Project) -> str:
    own = [path for path in HERE.iterdir() if path.suffix in (".py", ".sql")]
    said = [*(project.ontology_dir / name for name in rules.FILES), *decisions.files(project.decisions_dir)]
    return content_id(*(_content(path) for path in sorted(own) + sorted(said) if path.is_file()))


def _content(path: Path) -> str:
    """Give a file's name and text: decisions are told by their place, and what is no UTF-8 is told when it is read."""
    return f"{path.name}\n{path.read_text(encoding='utf-8', errors='replace')}"
