"""Three ways to one graph: a wiki kept up by its API, filled by its dump and kept up, and read once as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from whole_job import make, published, text

from commons_graph.commands import refresh
from commons_graph.project import Project
from commons_graph.publish.releases import releases
from commons_graph.source import Source


def run(project: Project, copy: Path | None = None) -> int:
    return refresh.run(project, ["wiki"], copy)


def answers(project: Project) -> Iterator[bytes]:
    """Every answer that the archive holds of the wiki, oldest first."""
    for path in sorted((project.captures_dir / "wiki").glob("visit-*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response" and "api.php" in record.rec_headers.get_header("WARC-Target-URI"):
                    yield record.content_stream().read()


@pytest.fixture
def kept(mediawiki: Any, source: Source, tmp_path: Path) -> tuple[Project, Project]:
    """One project that reads all by the API, and one that is filled by the dump."""
    mediawiki.fill((f"Network {number}", text(number)) for number in range(12))
    both = make(tmp_path / "api", source), make(tmp_path / "dump", source)
    assert run(both[0]) == run(both[1], mediawiki.dump()) == 0
    assert published(both[0], "graph.nt") == published(both[1], "graph.nt")
    assert sum(b'"slots"' in each for each in answers(both[1])) < sum(b'"slots"' in each for each in answers(both[0]))
    return both


def test_edits_moves_deletions_new_pages_and_redirects_give_the_graph_of_a_rebuild(
    mediawiki: Any, source: Source, tmp_path: Path, kept: tuple[Project, Project]
) -> None:
    mediawiki.edit("Network 1", "The '''Network 1''' is a federation founded in 2001 by the Union of Lakes.")
    mediawiki.move("Network 2", "Network of two")
    mediawiki.move("Network 3", "Network of three", "--noredirects")
    mediawiki.delete("Network 4")
    mediawiki.edit("Quite new", text(40))
    mediawiki.edit("Network 5", "#REDIRECT [[Network 6]]")
    for project in kept:
        assert run(project) == run(project) == 0  # what is missing twice is gone
    fresh = make(tmp_path / "fresh", source)
    assert run(fresh) == 0
    for project in kept:
        assert published(project, "graph.nt") == published(fresh, "graph.nt")

    made, asked = [each.number for each in releases(kept[0])], len(list(answers(kept[0])))
    assert run(kept[0]) == 0
    new = list(answers(kept[0]))[asked:]
    assert (len(new), any(b'"slots"' in each for each in new)) == (2, False), "what the wiki is like, and its changes"
    assert [each.number for each in releases(kept[0])] == made
