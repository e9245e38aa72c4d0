"""A server, or the refresh itself, that dies in the middle of a visit: nothing is lost, the next one goes on."""

from __future__ import annotations

import signal
from pathlib import Path

import tricks
from commons_job import TEXT, graph, make, refresh, refused, said, started
from site_server import Reply, Site

from commons_graph.publish.releases import current, releases

NAMES = {f"/{name.lower()}": f"Fondation des {name}" for name in ("Ponts", "Gorges", "Landes", "Jardins", "Digues")}
DYING = "/landes"


def put(site: Site) -> None:
    """Put a page that leads to the others, one after the other."""
    paths = list(NAMES)
    for path, after in zip(paths, [*paths[1:], "/"], strict=True):
        site.put(path, NAMES[path], after, body=TEXT.format(NAMES[path]))
    site.put("/", "Accueil", paths[0])


def again(port: int) -> Site:
    """Start the site again where it was."""
    site = Site(port)
    put(site)
    return site


def test_a_server_that_dies_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    site = again(0)
    port = site.server_address[1]
    site.pages[DYING] = Reply(act=tricks.die)
    told = {"address": site.at(), "options": {"depth": 9}}
    project = make(tmp_path / "project", site=told)
    done = refresh(project)
    assert done.returncode == 0, done.stderr
    assert refused(project, "site", site.at(""))[DYING].startswith("gave no whole answer")
    assert [name in graph(project) for name in NAMES.values()] == [True, True, False, False, False]

    site = again(port)
    done = refresh(project)
    assert done.returncode == 0, done.stderr
    assert "site: 3 added, 0 changed, 0 gone, 0 failed" in done.stderr
    assert (site.answered[304], site.answered[200]) == (3, 3)
    undisturbed = make(tmp_path / "undisturbed", site=told)
    assert refresh(undisturbed).returncode == 0
    assert said(project) == said(undisturbed)

    site.put("/", "Accueil du Val", *NAMES)
    site.pages[DYING] = Reply(act=tricks.die)
    before = graph(project)
    done = refresh(project)
    assert done.returncode == 0, done.stderr
    assert all(name in graph(project) for name in NAMES.values())
    assert "0 gone" in done.stderr

    done = refresh(project)
    assert "the read broke off, the rest stays as it was" in done.stderr
    assert graph(project).count("Fondation") == before.count("Fondation")
    assert current(project).number == len(releases(project)) == 3


def test_a_refresh_that_is_killed_in_the_middle_of_a_visit_is_gone_on_with(tmp_path: Path) -> None:
    site = again(0)
    told = {"address": site.at(), "options": {"depth": 9}}
    project, undisturbed = (make(tmp_path / name, site=told) for name in ("project", "undisturbed"))
    assert refresh(undisturbed).returncode == 0
    assert refresh(project).returncode == 0

    site.put("/", "Accueil du Val", *NAMES)
    site.put(DYING, "Landes", body=TEXT.format("Fondation des Bocages"))
    page = site.pages[DYING]
    with started(project) as process:
        site.pages[DYING] = Reply(act=lambda handler: process.kill())
        assert process.wait() == -signal.SIGKILL
    assert current(project).number == 1
    assert "Fondation des Landes" in graph(project)

    site.pages[DYING] = page
    for each in (project, undisturbed):
        done = refresh(each)
        assert done.returncode == 0, done.stderr
    assert said(project) == said(undisturbed)
    assert "Fondation des Bocages" in graph(project)
    site.shutdown()
    site.server_close()
