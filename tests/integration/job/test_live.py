"""The whole job on a real site beside a folder: incremental, replayed offline, not stopped by a source that fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from site_fixtures import PARTNERS, TEXT
from site_server import Reply, Site, page

from commons_graph import step_note, warehouse
from commons_graph.commands import refresh, sources
from commons_graph.project import Project
from commons_graph.publish.releases import current, releases


def run(project: Project, *names: str, **settings: bool) -> int:
    return refresh.run(project, list(names), None, **settings)


def published(project: Project) -> dict[str, bytes]:
    return {name: (current(project).path / name).read_bytes() for name in ("graph.nt", "provenance.nt")}


def names(project: Project) -> str:
    return (current(project).path / "graph.nt").read_text(encoding="utf-8")


def test_a_site_is_read_kept_up_replayed_and_missed(
    both: Project, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(both) == 0
    assert "Fondation des Vagues" in names(both)

    site.forget()
    assert run(both) == 0
    assert (site.sent, len(releases(both))) == (0, 1), "nothing changed, so nothing is sent and nothing is published"

    site.put("/vagues", "Vagues", body=TEXT.format("Fondation des Lacs"))
    site.put("/", "Accueil", *PARTNERS, "/neuf")
    site.put("/neuf", "Neuf", body=TEXT.format("Fondation des Neiges"))
    assert run(both, "site") == 0
    assert "Fondation des Lacs" in names(both)
    assert "Fondation des Vagues" not in names(both)

    site.shutdown()
    site.server_close()
    rebuilt = Project(tmp_path / "other", tmp_path / "other" / "warehouse")
    shutil.copytree(both.root, rebuilt.root, ignore=shutil.ignore_patterns("lake", "releases", "work", "*.duckdb"))
    assert run(rebuilt, replay=True) == 0
    assert published(rebuilt) == published(both), "a replay without the site is a rebuild from nothing"

    (both.root / "sources" / "val" / "neuf.md").write_text("# Neuf\n\nLa Fondation des Pierres existe.\n")
    capsys.readouterr()
    assert run(both) == 0
    assert "the read broke off, the rest stays as it was: http://127.0.0.1" in " ".join(capsys.readouterr().err.split())
    assert current(both).number == 3
    assert "Fondation des Lacs" in names(both)
    note = step_note.read(both.captures_dir / "site")
    assert note is not None
    assert note.problem


def test_a_site_that_never_answered_or_loses_much_stops_no_other_source(
    both: Project, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, site.pages = site.pages, {}
    assert run(both) == 0
    assert current(both).manifest["counts"]["document"] == 3

    site.pages = pages
    assert run(both, "site") == 0
    for path in ("/monts", "/pins"):
        del site.pages[path]
    assert run(both, "site") == 0
    assert "Coopérative des Monts" in names(both), "missed once is not gone"
    capsys.readouterr()
    assert run(both) == 0
    assert "commons refresh site --accept-drop" in " ".join(capsys.readouterr().err.split())
    assert "Coopérative des Monts" in names(both)
    assert run(both, "site", accept_drop=True) == 0
    assert "Coopérative des Monts" not in names(both)

    (told,) = (each for each in current(both).manifest["sources"] if each["source"] == "site")
    assert {name: told[name] for name in ("documents", "added", "changed", "gone", "failed")} == {
        "documents": 2, "added": 0, "changed": 0, "gone": 2, "failed": 0
    }  # fmt: skip
    capsys.readouterr()
    monkeypatch.setenv("COLUMNS", "200")
    sources.show(both)
    assert "2 0 0 2 0" in " ".join(capsys.readouterr().out.split())
    with warehouse.connect(both, read_only=True) as connection:
        titles = connection.execute("SELECT title FROM past_document ORDER BY title").fetchall()
        quotes = connection.execute("SELECT quote FROM past_statement WHERE value = 'Coopérative des Monts'").fetchall()
    assert titles == [("Coopérative des Monts",), ("Fondation des Pins",)]
    assert quotes, "what the page said is in no graph, and not lost"


def test_a_notice_of_maintenance_for_every_page_replaces_none_until_a_steward_accepts_it(
    both: Project, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(both) == 0
    before = published(both)
    asked = iter(range(1000))
    site.gate = lambda path: Reply(page("Maintenance", body=f"<p>Ce site est en travaux. Requête {next(asked)}.</p>"))
    capsys.readouterr()
    assert run(both) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert "site failed: documents: sources/site.yaml: about 3 of 4 documents have lost their own text" in told
    assert (
        "“Maintenance Ce site est en travaux. Requête”); check the source; if it is right: commons refresh site" in told
    )
    assert (published(both), len(releases(both))) == (before, 1)

    site.gate = lambda path: None
    assert run(both) == 0
    assert (published(both), len(releases(both))) == (before, 1)

    site.gate = lambda path: Reply(page("Fin", body="<p>Ce site est fermé.</p>"))
    assert run(both, "site") == 1
    assert run(both, "site", accept_drop=True) == 0
    assert "Fondation des Vagues" not in names(both)
