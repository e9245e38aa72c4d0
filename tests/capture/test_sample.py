"""The built-in sample is what it says: readable, whole, invented, and with something of everything."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from commons_graph import capture, project
from commons_graph.capture import Refusal
from commons_graph.model import Capture

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sources" / "sample"


@pytest.fixture(scope="module")
def found() -> list[Capture | Refusal]:
    ours = project.find(ROOT)
    return list(capture.read(ours.source("sample"), ours))


def test_nothing_is_refused_and_every_address_is_its_own(found):
    assert [one for one in found if isinstance(one, Refusal)] == []
    assert [address for address, times in Counter(one.address for one in found).items() if times > 1] == []
    assert len(found) >= project.find(ROOT).source("sample").expect.documents


def test_it_has_something_of_every_kind_in_both_languages(found):
    kinds = Counter(one.media_type for one in found)
    assert kinds["text/html"] >= 10
    assert kinds["message/rfc822"] >= 4
    assert kinds["text/x-wiki"] >= 14
    assert {"text/markdown", "text/plain"} <= set(kinds)
    assert {one.hints["language"] for one in found} == {"fr", "en"}
    assert {"", "Talk", "User", "File", "Template", "Category"} <= {one.hints.get("namespace") for one in found}


def test_every_file_is_in_the_table_and_every_row_has_its_file():
    rows = {line.split("\t")[0] for line in (SAMPLE / "meta.tsv").read_text().splitlines()[1:]}
    files = {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*") if path.is_file()}
    assert files - {"meta.tsv", "LICENSE"} == rows


def test_every_address_in_it_is_invented(found):
    text = "\n".join(one.payload.decode("utf-8", "replace").replace("=\n", "") for one in found)
    hosts = set(re.findall(r"https?://(?:www\.)?([\w.-]+)", text)) | set(re.findall(r"[\w.]@([\w.-]+)", text))
    real = {host.rstrip(".") for host in hosts if not host.rstrip(".").endswith(".example")}
    assert real <= {"schema.org"}
