"""Annotations of documents that stand elsewhere are whole again where the file is at hand, and say where it changed."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from commons_graph.errors import CommonsError
from commons_graph.extract.training.elsewhere import ELSEWHERE, elsewhere_documents, whole_file

FILE = "title: The Lab\nsecret: none\n\nAda Roy founded the Lab (https://lab.example) in 2020. Write to us.\n"
TEXT = "# The Lab\n\nAda Roy founded the Lab (https://lab.example) in 2020."


def labels(folder: Path, commit: str, **changes: object) -> Path:
    """Write the annotation of one document."""
    at = FILE.index("Ada")
    row = {
        "doc": "lab.md",
        "lang": "en",
        "kind": "web page",
        "date": "",
        "repository": "ada/lab",
        "commit": commit,
        "path": "index.md",
        "parts": ["# ", [7, 14], "\n\n", [at, at + len(TEXT) - 11]],
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "entities": [{"class": "Organization", "names": [[2, 9], [27, 34]]}, {"class": "Person", "names": [[11, 18]]}],
        "relations": [[0, "foundedBy", 1], [0, "foundedOn", "2020"], [0, "homepage", [36, 55]]],
    }
    folder.mkdir()
    (folder / "web.jsonl").write_text(json.dumps(row | changes) + "\n")
    return folder


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, str]:
    """Give a folder of clones with a repository of one commit, and the commit."""
    clone = tmp_path / "clones" / "ada+lab"
    clone.mkdir(parents=True)
    (clone / "index.md").write_text(FILE)
    git = ["git", "-C", str(clone), "-c", "user.name=a", "-c", "user.email=", "-c", "commit.gpgsign=false"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Write"]):
        subprocess.run([*git, *step], check=True)
    found = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return clone.parent, found.stdout.strip()


def test_names_and_addresses_are_cut_from_the_text(tmp_path: Path, clones: tuple[Path, str]) -> None:
    folder = labels(tmp_path / "labels", clones[1])
    (read,) = elsewhere_documents(whole_file(clones[0], {}), folder)
    assert {(each.label, each.cls, each.aliases) for each in read.entities} == {
        ("The Lab", "Organization", ("the Lab",)),
        ("Ada Roy", "Person", ()),
    }
    assert set(read.relations) == {
        ("The Lab", "foundedBy", "Ada Roy"),
        ("The Lab", "foundedOn", "2020"),
        ("The Lab", "homepage", "https://lab.example"),
    }
    assert (read.own, read.written) == (True, False), "it counts less, and measures"


def test_a_changed_file_is_named(tmp_path: Path, clones: tuple[Path, str]) -> None:
    folder = labels(tmp_path / "labels", clones[1], sha256="0")
    with pytest.raises(CommonsError, match=r"web.jsonl:1.*index.md"):
        list(elsewhere_documents(whole_file(clones[0], {}), folder))


def test_a_commit_that_the_clone_lacks_is_named(tmp_path: Path, clones: tuple[Path, str]) -> None:
    folder = labels(tmp_path / "labels", "f" * 40)
    with pytest.raises(CommonsError, match="fetch that commit"):
        list(elsewhere_documents(whole_file(clones[0], {}), folder))


def test_what_is_not_at_hand_is_left_out_and_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not list(elsewhere_documents(whole_file(None, {}), labels(tmp_path / "labels", "0" * 40)))
    assert "lab.md is left out: there is no clone of ada/lab" in capsys.readouterr().out


def test_a_wiki_page_is_named_by_its_title(tmp_path: Path) -> None:
    page = {"repository": "p2pfoundation-wiki", "path": "Lab", "doc": "Lab.mediawiki", "kind": "wiki entry"}
    entities = [{"class": "Organization", "names": [None, [27, 34]]}, {"class": "Person", "names": [[11, 18]]}]
    folder = labels(tmp_path / "labels", "", **page, entities=entities)
    (read,) = elsewhere_documents(whole_file(None, {"Lab": FILE}), folder)
    assert read.entities[0].label == "Lab"


def test_our_annotations_hold_no_text_but_gaps() -> None:
    rows = [json.loads(line) for file in ELSEWHERE.glob("*.jsonl") for line in file.read_text().splitlines()]
    assert len(rows) > 50
    assert all(len(part) < 40 for row in rows for part in row["parts"] if isinstance(part, str))
    assert all(0 <= each[0] < len(row["entities"]) for row in rows for each in row["relations"])
