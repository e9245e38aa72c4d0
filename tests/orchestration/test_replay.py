"""A replay where bytes of the archive were damaged, and once they are restored: capture and normalise together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commons_graph.capture import archive
from commons_graph.errors import CommonsError
from commons_graph.normalise import buckets
from commons_graph.project import Project
from commons_graph.step_note import Note

EXPORT = """<mediawiki><page><title>B</title><ns>0</ns><id>7</id><revision><id>9</id><text>Le Réseau.</text></revision>
</page></mediawiki>"""


def replayed(root: Path) -> Note:
    """Bring the documents of the folder up to what is archived of it."""
    project = Project(root, root / "warehouse")
    source = project.source("val")
    mark, expect = archive.latest_fingerprint(source, project), source.expect
    return buckets.refresh(project, "val", "fr", archive.listed(source, project), mark, expect)


def archived(root: Path, name: str) -> tuple[Path, int]:
    """Archive the folder; give the WARC file that a file of it is in, and where its record begins."""
    project = Project(root, root / "warehouse")
    archive.refresh(project.source("val"), project)
    home = project.captures_dir / "val"
    places = map(json.loads, (home / "index.jsonl").read_text().splitlines())
    (place,) = [place for place in places if place["name"] == name]
    return home / place["warc"], place["offset"]


def spoil(path: Path, start: int) -> bytes:
    """Overwrite a part of a record; give the file as it was."""
    whole = path.read_bytes()
    path.write_bytes(whole[: start + 40] + b"\0" * 40 + whole[start + 80 :])
    return whole


def test_a_capture_that_was_restored_is_read_at_the_next_replay(project: Path) -> None:
    path, start = archived(project, "lettre.txt")
    whole = spoil(path, start)
    note = replayed(project)
    assert (note.rows, [each.reason for each in note.refused]) == (2, ["the record of lettre.txt is damaged"])
    path.write_bytes(whole)
    note = replayed(project)
    assert (note.rows, note.refused, note.tally.added) == (3, (), 1)


def test_a_document_in_the_lake_stays_though_its_capture_is_damaged_since(project: Path) -> None:
    archived(project, "lettre.txt")
    replayed(project)
    (project / "sources" / "val" / "en.md").write_text("# About us\n\nNothing.\n", encoding="utf-8")
    spoil(*archived(project, "lettre.txt"))
    note = replayed(project)
    assert (note.rows, note.refused, note.tally.changed, note.tally.gone) == (3, (), 1, 0)


def test_a_damaged_export_of_a_folder_leaves_everything_as_it_was_until_it_is_restored(project: Path) -> None:
    (project / "sources" / "val" / "wiki.xml").write_text(EXPORT, encoding="utf-8")
    path, start = archived(project, "wiki.xml")
    whole = spoil(path, start)
    with pytest.raises(CommonsError, match=r"the record of wiki\.xml is damaged; restore it from a copy"):
        replayed(project)
    path.write_bytes(whole)
    assert replayed(project).rows == 4
