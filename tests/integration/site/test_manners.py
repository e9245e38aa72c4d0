"""A static site through the whole job: what it forbids, moves and drops is heeded, a second visit costs it nothing."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from commons_job import TEXT, archived, graph, make, refresh, refused
from site_server import Reply, Site

from commons_graph.publish.releases import current, releases

DELAY = 0.2
ROBOTS = f"User-agent: *\nDisallow: /private/\nCrawl-delay: {DELAY}\n".encode()
PARTNERS = {
    "/waves": "Fondation des Vagues",
    "/hills": "Coopérative des Monts",
    "/pines": "Fondation des Pins",
    "/busy": "Fondation des Lacs",
}
MOVED = {"/old": (301, "/waves"), "/first": (302, "/second"), "/second": (308, "/hills")}


def put(site: Site) -> None:
    """Three pages, ways that lead to them, one that is forbidden, one that is busy at first, two that are gone."""
    site.pages["/robots.txt"] = Reply(ROBOTS, type="text/plain")
    site.put("/", "Accueil", "/old", "/first", "/pines", "/busy", "/private/paper", "/missing", "/gone")
    for path, name in PARTNERS.items():
        site.put(path, name, body=TEXT.format(name))
    site.put("/private/paper", "Secret", body=TEXT.format("Fondation des Secrets"))
    for path, (status, target) in MOVED.items():
        site.pages[path] = Reply(status=status, headers={"Location": target})
    site.pages["/gone"] = Reply(b"gone", 410)


class Gate:
    """Shuts out who asks sooner than the crawl delay says, or two things at once; `busy` says for how long it is so."""

    def __init__(self, busy: list[Reply]) -> None:
        self.busy, self.hurried, self.last = busy, 0, 0.0
        self.lock = threading.Lock()

    def __call__(self, path: str) -> Reply | None:
        with self.lock:
            now = time.monotonic()
            early, self.last = now - self.last < DELAY, now
            self.hurried += early
            if early:
                return Reply(b"slowly", 429, headers={"Retry-After": "0"})
            return self.busy.pop() if path == "/busy" and self.busy else None


def later(status: int, wait: str) -> Reply:
    return Reply(b"later", status, headers={"Retry-After": wait})


def test_robots_redirects_and_waits_are_heeded_and_nothing_comes_twice(site: Site, tmp_path: Path) -> None:
    put(site)
    gate = Gate([later(503, "Thu, 26 Nov 2020 07:00:00 GMT"), later(429, "0")])
    site.gate = gate
    project = make(tmp_path / "project", site={"address": site.at()})
    done = refresh(project)
    assert done.returncode == 0, done.stderr
    assert "site: 5 added, 0 changed, 0 gone, 0 failed" in done.stderr
    assert all(name in graph(project) for name in PARTNERS.values())
    assert "Fondation des Secrets" not in graph(project)
    assert (gate.hurried, site.asked["/private/paper"]) == (0, 0)

    answers = [(address.removeprefix(site.at("")), status) for address, status in archived(project, "site")]
    assert [status for path, status in answers if path == "/busy"] == ["429", "503", "200"]
    assert [answers.count((path, str(status))) for path, (status, _) in MOVED.items()] == [1, 1, 1]
    assert {("/missing", "404"), ("/gone", "410")} <= set(answers)
    assert graph(project).count(f"{site.at()}old") == graph(project).count(f"{site.at()}first") == 0

    site.forget()
    done = refresh(project)
    assert "site: 0 added, 0 changed, 0 gone, 0 failed" in done.stderr
    assert (site.sent, site.answered[200], gate.hurried) == (0, 1, 0), "robots.txt alone is sent again"
    assert site.answered[304] == 7, "five pages, and two of them once more at the end of their redirects"
    assert [each.number for each in releases(project)] == [1]


def test_a_page_that_goes_stays_for_one_visit_and_one_that_never_was_is_named(site: Site, tmp_path: Path) -> None:
    for path, name in PARTNERS.items():
        site.put(path, name, body=TEXT.format(name))
    pages = [site.at(path) for path in (*PARTNERS, "/never")]
    project = make(
        tmp_path / "project", site={"address": site.at(), "expect": {"max_drop": 0.5}, "options": {"pages": pages}}
    )
    assert refresh(project).returncode == 0
    assert refused(project, "site", site.at("")) == {"/never": "answered 404"}
    site.pages["/pines"] = Reply(b"gone", 410)
    for number, there in ((1, True), (2, False)):
        done = refresh(project)
        assert done.returncode == 0, done.stderr
        assert (current(project).number, "Fondation des Pins" in graph(project)) == (number, there)
    assert "site: 0 added, 0 changed, 1 gone, 1 failed" in done.stderr
