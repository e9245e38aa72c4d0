"""Visits to a real server, folded into the archive: what is asked again, what is lost, what a replay gives."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from site_server import Reply, Site, source
from test_mediawiki_api import Wiki
from test_wordpress import Posts

from commons_graph.capture import archive
from commons_graph.capture.live import json_answer, keeping
from commons_graph.errors import CommonsError
from commons_graph.model import Capture
from commons_graph.project import Project
from commons_graph.source import Source
from commons_graph.step_note import Tally

sys.path.insert(0, str(Path(__file__).parents[2]))

from killed import Written, killed

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://x.example/</link>
<item><title>One</title><link>https://x.example/one</link><description>{}</description></item></channel></rss>"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, tmp_path / "warehouse")


@pytest.fixture
def reading(site: Site) -> Source:
    """Three pages, the last of which says that it knows no conditions."""
    site.put("/", "Home", "/one", "/two")
    site.put("/one", "One", body="<p>First text.</p>")
    site.put("/two", "Two", body="<p>Second text.</p>", etag="")
    return source(site, "web", pause=0)


def texts(project: Project, reading: Source) -> dict[str, str]:
    """The replayed documents by path; each must be a whole capture."""
    captures = list(archive.replay(reading, project))
    assert all(isinstance(each, Capture) for each in captures), captures
    return {each.address.partition("/")[2].partition("/")[2]: each.digest for each in captures}


def test_an_unchanged_site_sends_no_page_again(site: Site, project: Project, reading: Source) -> None:
    site.put("/two", "Two")
    first = archive.keep(reading, project)
    assert (first.new, first.known, first.tally) == (3, 0, Tally(added=3))
    site.forget()
    again = archive.keep(reading, project)
    assert (again.new, again.known, again.tally) == (0, 3, Tally())
    assert again.fingerprint == first.fingerprint == archive.latest_fingerprint(reading, project)
    assert site.sent == 0
    assert sorted(site.asked) == ["/", "/one", "/robots.txt", "/two"]


def test_only_what_changed_is_another_document(site: Site, project: Project, reading: Source) -> None:
    first = archive.keep(reading, project)
    before = texts(project, reading)
    site.put("/one", "One", body="<p>New text.</p>")
    site.put("/", "Home", "/one", "/two", "/three")
    site.put("/three", "Three")
    kept = archive.keep(reading, project)
    assert kept.tally == Tally(added=1, changed=2)
    assert kept.fingerprint != first.fingerprint
    after = texts(project, reading)
    changed = [path for path, digest in after.items() if before.get(path) != digest]
    assert [path.partition("/")[2] for path in changed] == ["", "one", "three"]


def test_a_page_that_went_is_given_once_more_and_then_gone(site: Site, project: Project, reading: Source) -> None:
    archive.keep(reading, project)
    del site.pages["/one"]
    assert archive.keep(reading, project).tally == Tally()
    assert len(texts(project, reading)) == 3
    assert archive.keep(reading, project).tally == Tally(gone=1)
    assert len(texts(project, reading)) == 2
    site.put("/one", "One", body="<p>First text.</p>")
    assert archive.keep(reading, project).tally == Tally(added=1)


def test_a_site_that_moves_all_its_pages_has_none_of_them_twice(site: Site, project: Project, reading: Source) -> None:
    archive.keep(reading, project)
    paths = list(site.pages)
    for path in paths:
        site.pages[f"/new{path}"] = site.pages[path]
        site.pages[path] = Reply(status=301, headers={"Location": f"/new{path}"})
    assert archive.keep(reading, project).tally == Tally(added=3, gone=3)
    assert {path.partition("/")[2] for path in texts(project, reading)} == {"new/", "new/one", "new/two"}
    assert archive.keep(reading, project).tally == Tally()
    for path in paths:
        site.pages[path] = site.pages.pop(f"/new{path}")
    assert archive.keep(reading, project).tally.added == 3
    archive.keep(reading, project)
    assert {path.partition("/")[2] for path in texts(project, reading)} == {"", "one", "two"}


def test_a_page_that_fails_keeps_its_last_state(site: Site, project: Project, reading: Source) -> None:
    archive.keep(reading, project)
    before = texts(project, reading)
    site.put("/one", "", status=403)
    for _ in range(3):
        kept = archive.keep(reading, project)
        assert (kept.tally, [each.reason for each in kept.refused]) == (Tally(failed=1), ["answered 403"])
    assert texts(project, reading) == before


def test_a_source_says_how_large_an_answer_may_be(site: Site, project: Project, reading: Source) -> None:
    site.put("/one", "One", body="words " * 20_000)
    small = replace(reading, options={"pause": 0, "megabytes": 0.1, "seconds": 50})
    (refused,) = archive.keep(small, project).refused
    assert (refused.reason, refused.remedy) == (
        "is larger than 100000 bytes",
        "leave it out, or raise `options.megabytes`",
    )
    assert archive.keep(reading, project).tally == Tally(added=1)


def test_a_dead_server_changes_nothing_and_is_told(site: Site, project: Project, reading: Source) -> None:
    first = archive.keep(reading, project)
    before = texts(project, reading)
    site.shutdown()
    site.server_close()
    kept = archive.keep(reading, project)
    assert "does not give its robots.txt" in kept.problem
    assert kept.fingerprint == first.fingerprint
    assert texts(project, reading) == before


def test_a_source_that_never_answered_fails_and_leaves_nothing_to_replay(project: Project, site: Site) -> None:
    with pytest.raises(CommonsError, match="answered 404"):
        archive.keep(source(site, "feed", "/nix", pause=0), project)
    with pytest.raises(CommonsError, match="nothing is archived"):
        list(archive.replay(source(site, "feed", "/nix"), project))


def test_what_is_no_answer_as_it_stands_is_kept_by_itself(site: Site, project: Project) -> None:
    site.put("/feed", "", body="", type="application/rss+xml")
    site.pages["/feed"].body = FEED.format("An entry.").encode()
    reading = source(site, "feed", "/feed", pause=0)
    assert archive.keep(reading, project).tally == Tally(added=1)
    (capture,) = archive.replay(reading, project)
    assert b"An entry." in capture.payload
    assert (capture.address, capture.hints["title"], capture.hints["kind"]) == (
        "https://x.example/one",
        "One",
        "web page",
    )
    site.forget()
    assert (archive.keep(reading, project).tally, site.sent) == (Tally(), 0)


def test_an_answer_that_the_connector_chokes_on_loses_nothing(
    site: Site, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choke(body: bytes) -> Any:
        if b"odd" in body:
            raise TypeError
        return json.loads(body)

    monkeypatch.setattr(json_answer, "loads", choke)
    wiki = Wiki(site)
    reading = replace(source(site, "mediawiki-api", pause=0), api=site.at("/api.php"))
    assert archive.refresh(reading, project).tally == Tally(added=3)
    before = texts(project, reading)
    wiki.pages[2] = ("Page 2", 200, "New text")
    wiki.pages[3] = ("Page 3", 300, "An odd text")
    wiki.changes = {"recentchanges": [{"ns": 0, "title": wiki.pages[3][0], "revid": 300}]}
    note = archive.refresh(reading, project)
    assert "the connector failed (TypeError)" in note.problem
    assert texts(project, reading) == before
    wiki.pages[3] = ("Page 3", 103, "Text 3")
    wiki.changes = {"recentchanges": [{"ns": 0, "title": "Page 2", "revid": 200}]}
    note = archive.refresh(reading, project)
    assert (note.problem, note.tally) == ("", Tally(changed=1))


def test_other_settings_make_the_next_visit_compare_everything(site: Site, project: Project, reading: Source) -> None:
    first = archive.keep(reading, project)
    changed = replace(reading, options={"pause": 0, "exclude": ["/two"]})
    assert archive.latest_fingerprint(changed, project) != first.fingerprint
    archive.keep(changed, project)
    assert archive.keep(changed, project).tally == Tally(gone=1)
    slower = replace(changed, options={**changed.options, "pause": 0.01})
    assert archive.latest_fingerprint(slower, project) == archive.latest_fingerprint(changed, project)


def test_bytes_that_were_lost_are_fetched_again(site: Site, project: Project, reading: Source) -> None:
    archive.keep(reading, project)
    before = texts(project, reading)
    for path in (project.captures_dir / reading.id).glob("*.warc.gz"):
        path.unlink()
    assert len(list(archive.replay(reading, project))) == 3
    archive.keep(reading, project)
    assert texts(project, reading) == before


def test_standard_tools_read_every_exchange(site: Site, project: Project, reading: Source) -> None:
    archive.keep(reading, project)
    archive.keep(reading, project)
    paths = sorted((project.captures_dir / reading.id).glob("*.warc.gz"))
    command = [
        sys.executable,
        "-m",
        "warcio.cli",
        "index",
        "-f",
        "warc-type,warc-target-uri,http:status",
        *map(str, paths),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    asked = [line["warc-target-uri"] for line in lines if line["warc-type"] == "request"]
    assert asked == [line["warc-target-uri"] for line in lines if line["warc-type"] in ("response", "revisit")]
    assert asked.count(site.at("/one")) == 2
    revisited = {line["warc-target-uri"] for line in lines if line["warc-type"] == "revisit"}
    assert revisited == {site.at("/"), site.at("/one")}
    for path in paths:
        subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], check=True, capture_output=True)


def killed_at(moment: int, reading: Source, project: Project) -> bool:
    """Visit the source, settling after every answer, and be killed at the n-th file that is written or moved."""
    return killed(Written(moment, project.root), partial(keeping.keep, reading, project, every=0.0))


def test_a_kill_at_any_moment_leaves_a_whole_state_and_nothing_is_lost(
    site: Site, project: Project, reading: Source, tmp_path: Path
) -> None:
    pages = [site.at(f"/{number}") for number in range(2)]
    for number in range(2):
        site.put(f"/{number}", f"Page {number}")
    reading = replace(reading, options={"pages": pages, "pause": 0})
    moment = 1
    while killed_at(moment, reading, project):
        if archive.latest_fingerprint(reading, project):
            texts(project, reading)
        moment += 1
    assert moment > 8
    other = Project(tmp_path / "other", tmp_path / "other" / "warehouse")
    assert archive.keep(reading, other).fingerprint == archive.latest_fingerprint(reading, project)
    assert texts(project, reading) == texts(other, reading)
    assert not list((project.captures_dir / reading.id).glob("*.new"))


def test_a_first_visit_to_a_wordpress_site_that_is_killed_is_gone_on_with(site: Site, project: Project) -> None:
    posts = Posts(site)
    for number in range(1, 46):
        posts.put(number, f"Post {number}")
    reading = source(site, "wordpress", pause=0)
    assert killed_at(40, reading, project)
    came = {int(path.strip("/").rpartition("/")[2]) for path in texts(project, reading)}
    assert 0 < len(came) < 20
    site.forget()
    kept = archive.keep(reading, project)
    assert (kept.new, kept.known) == (45 - len(came), len(came))
    asked = [dict(parse_qsl(urlsplit(path).query)).get("include", "") for path in site.asked]
    assert {int(number) for numbers in asked for number in numbers.split(",") if number} == set(range(1, 46)) - came
