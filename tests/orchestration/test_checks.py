"""What stops a refresh before publishing: violations that jump against the last release."""

from __future__ import annotations

from pathlib import Path

import pytest

from commons_graph.commands import refresh
from commons_graph.orchestration.checks import jumps
from commons_graph.project import Project


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": 100}, {"a": 201}, {"a": (100, 201)}),
        ({"a": 100}, {"a": 200}, {}),
        ({"a": 10}, {"a": 59}, {}),
        ({}, {"a": 50}, {"a": (0, 50)}),
        ({"a": 500}, {}, {}),
    ],
    ids=["more than twice", "twice", "few", "a new shape", "gone"],
)
def test_a_jump_is_large_in_share_and_in_number(
    old: dict[str, int], new: dict[str, int], found: dict[str, tuple[int, int]]
) -> None:
    assert jumps(old, new, most=2, least=50) == found


@pytest.mark.parametrize(
    ("least", "told"),
    [
        (1, "val failed: documents: the check expected_documents failed (documents: 0, expected at least: 1)"),
        (0, "published: warehouse: the check nothing_large_vanished failed (entities: none at all)"),
    ],
)
def test_the_command_line_names_the_check_that_stopped_it(
    project: Path, least: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project / "sources"
    for page in (folder / "val").iterdir():
        page.write_text("\n", encoding="utf-8")
    yaml = (folder / "val.yaml").read_text("utf-8")
    (folder / "val.yaml").write_text(yaml.replace("documents: 1", f"documents: {least}"), encoding="utf-8")
    assert refresh.run(Project(project, project / "warehouse"), [], None) == 1
    assert told in capsys.readouterr().err
