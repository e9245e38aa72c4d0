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
    "missing": (OLDER, "`largest_jump` is missing, `least_jump` is missing; give each a number"),
    "text": (f"{WHOLE}largest_jump: twice", "`largest_jump` is no number"),
    "yes": (f"{WHOLE}largest_jump: yes", "`largest_jump` is no number"),
    "negative": (f"{WHOLE}largest_jump: -1", "`largest_jump` is no number"),
    "endless": (f"{WHOLE}largest_jump: .nan", "`largest_jump` is no number"),
    "empty": ("", "holds no keys"),
    "no YAML": ("largest_drop: [", "cannot be read"),
    "deep": ("[" * 5000, "cannot be read"),
}


@pytest.mark.parametrize(("text", "problem"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_with_the_limits_is_one_line(project: Path, text: str, problem: str) -> None:
    (project / "ontology" / "limits.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CommonsError) as raised:
        limits.read(Project(project, project / "warehouse"))
    told = str(raised.value)
    assert told.startswith(f"{project / 'ontology' / 'limits.yaml'}: ")
    assert problem in told
    assert "commons init DIR" in told
    assert "\n" not in told


def test_the_limits_of_the_project_are_whole(project: Path) -> None:
    assert limits.read(Project(project, project / "warehouse")).largest_jump == 2


def test_a_refresh_of_an_older_folder_says_what_it_lacks(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "ontology" / "limits.yaml").write_text(OLDER, encoding="utf-8")
    assert refresh.run(Project(project, project / "warehouse"), [], None) != 0
    told = "".join(capsys.readouterr())
    assert "`least_jump` is missing" in " ".join(told.split())
    assert "Traceback" not in told
