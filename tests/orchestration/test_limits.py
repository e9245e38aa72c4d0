"""What a project folder that lacks a limit, or has a wrong one, is told: one line, before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from commons_graph.commands import refresh
from commons_graph.errors import CommonsError
from commons_graph.orchestration import limits
from commons_graph.project import Project

OLDER = "largest_drop: 0.5\nlargest_quarantine: 0.05\n"
WHOLE = "largest_drop: 0.5\nlargest_quarantine: 0.05\nleast_jump: 50\n"
WRONG = {
    "missing": (
        OLDER,
        "1: `largest_jump` is missing, `least_jump` is missing; give each a number of at least 0, as in",
    ),
    "text": (f"{WHOLE}largest_jump: twice", "4: `largest_jump` is 'twice', expected a number; give each"),
    "yes": (f"{WHOLE}largest_jump: yes", "4: `largest_jump` is 'yes', expected a number"),
    "negative": (f"{WHOLE}largest_jump: -1", "4: `largest_jump` is '-1', expected 0 or more"),
    "no number": (f"{WHOLE}largest_jump: .nan", "4: `.nan` is no number that means anything"),
    "endless": (f"{WHOLE}largest_jump: -.INF", "4: `-.inf` is no number that means anything"),
    "empty": ("", "1: expected lines of `key: value`"),
    "no YAML": ("largest_drop: [", "2: is not YAML"),
    "deep": ("[" * 5000, "1: is nested too deeply"),
}


@pytest.mark.parametrize(("text", "problem"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_with_the_limits_is_one_line(project: Path, text: str, problem: str) -> None:
    (project / "ontology" / "limits.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CommonsError) as raised:
        limits.read(Project(project, project / "warehouse"))
    told = str(raised.value)
    assert told.startswith(f"ontology/limits.yaml:{problem}")
    assert raised.value.remedy
    assert "\n" not in told


def test_the_limits_of_the_project_are_whole(project: Path) -> None:
    assert limits.read(Project(project, project / "warehouse")).largest_jump == 2


def test_a_refresh_of_an_older_folder_says_what_it_lacks(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "ontology" / "limits.yaml").write_text(OLDER, encoding="utf-8")
    assert refresh.run(Project(project, project / "warehouse"), [], None) != 0
    told = "".join(capsys.readouterr())
    assert "`least_jump` is missing" in " ".join(told.split())
    assert "Traceback" not in told
