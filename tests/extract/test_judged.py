"""Candidates that were judged one by one train as they were judged; all else of their texts stays unknown."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.training import names
from commons_graph.extract.training.elsewhere import whole_file
from commons_graph.extract.training.judged import JUDGED, JudgedDocument, judged_documents
from commons_graph.project import find

TEXT = "The Mill is a cooperative in Lyon. It was founded in 2020 by Ada Roy. The Mill Bakery is near the Mill."


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(find().root)


@pytest.fixture
def judged(tmp_path: Path) -> JudgedDocument:
    ada, bakery = TEXT.index("Ada"), TEXT.index("Mill Bakery")
    row = {
        "doc": "The Mill.mediawiki",
        "lang": "en",
        "kind": "wiki entry",
        "repository": "p2pfoundation-wiki",
        "commit": "",
        "path": "The Mill",
        "parts": [[0, len(TEXT)]],
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "names": [[0, 8, "Organization"], [ada, ada + 7, "Person"], [bakery, bakery + 11, "none"]],
    }
    (tmp_path / "wiki.jsonl").write_text(json.dumps(row) + "\n")
    (read,) = judged_documents(whole_file(None, {"The Mill": TEXT}), tmp_path)
    return read


def test_only_judged_candidates_train_and_they_measure_nothing(judged: JudgedDocument, knowledge: Knowledge) -> None:
    examples = names.Examples()
    names.collect_judged(examples, [judged], knowledge)
    assert sorted(examples.labels) == ["Organization", "Person", "none"]
    assert examples.judged == [True] * 3 and examples.gold == 0
    assert examples.weights == [0.5] * 3


def test_what_was_judged_holds_no_text_but_gaps() -> None:
    rows = [json.loads(line) for file in JUDGED.glob("*.jsonl") for line in file.read_text().splitlines()]
    assert len(rows) > 500
    assert all(len(part) < 40 for row in rows for part in row["parts"] if isinstance(part, str))
    assert all(start < end for row in rows for start, end, _ in row["names"])
