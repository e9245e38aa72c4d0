"""What leaves, what is read from elsewhere, and what is made again from the captures, by the whole job.

What belongs here: second refreshes that tests/orchestration/test_refresh.py leaves to this folder for their time.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from refreshing import ASKED, asked, run, shown

from commons_graph.commands import refresh
from commons_graph.errors import CommonsError
from commons_graph.project import Project


def test_a_page_that_left_leaves_the_graph(refreshed: Path) -> None:
    (refreshed / "sources" / "val" / "groupes.md").unlink()
    run(refreshed)
    assert asked(shown(refreshed), ASKED) == []
    assert shown(refreshed).number == 2


def test_from_names_a_copy(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "seul.md").write_text("# Seul\n\nContactez Nadia Lefort. Groupe de travail Communs et vent.\n")
    assert run(project, "val", local=copy) == 0
    assert shown(project).manifest["counts"]["document"] == 1


def test_a_large_drop_stops_until_a_steward_accepts_it(refreshed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("groupes.md", "lettre.txt"):
        (refreshed / "sources" / "val" / name).unlink()
    assert run(refreshed) == 1
    assert shown(refreshed).number == 1
    assert "commons refresh val --accept-drop" in " ".join(capsys.readouterr().err.split())
    assert refresh.run(Project(refreshed, refreshed / "warehouse"), ["val"], None, accept_drop=True) == 0
    assert shown(refreshed).manifest["counts"]["document"] == 1


def test_what_leaves_since_its_yaml_is_gone_is_said(refreshed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = refreshed / "sources"
    (sources / "val.yaml").rename(sources / "rives.yaml")
    run(refreshed)
    assert "val: its 3 documents leave the graph, since sources/val.yaml is gone; put" in capsys.readouterr().err


def test_a_replay_needs_the_captures_and_nothing_else(refreshed: Path) -> None:
    with pytest.raises(CommonsError, match="give one of them"):
        refresh.run(Project(refreshed, refreshed / "warehouse"), ["val"], refreshed, replay=True)
    before = {name: (shown(refreshed).path / name).read_bytes() for name in ("graph.nt", "provenance.nt")}
    shutil.rmtree(refreshed / "sources" / "val")
    for part in ("lake", "releases", "work"):
        shutil.rmtree(refreshed / "warehouse" / part)
    assert refresh.run(Project(refreshed, refreshed / "warehouse"), ["val"], None, replay=True) == 0
    assert {name: (shown(refreshed).path / name).read_bytes() for name in before} == before
