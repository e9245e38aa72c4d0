"""The real dump of the P2P Foundation wiki: every page, none refused. Runs where ../shared is there."""

from __future__ import annotations

import resource
from collections import Counter
from pathlib import Path

import pytest

from commons_graph import capture, project

ROOT = Path(__file__).parents[2]
DUMP = ROOT / ".." / "shared" / "corpora" / "p2pfoundation-wiki.xml.bz2"


@pytest.mark.skipif(not DUMP.exists(), reason="the corpus is not here")
def test_every_page_of_the_real_dump_is_read_in_little_memory():
    ours = project.find(ROOT)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = Counter(
        one.hints["namespace"] if isinstance(one, capture.Capture) else "refused"
        for one in capture.read(ours.source("p2pfoundation-wiki"), ours, DUMP)
    )
    assert found == {"": 39781, "File": 1244, "Category": 464, "Template": 47, "User": 46}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
