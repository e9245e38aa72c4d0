"""The difference of two graphs, applied to the first, gives the second."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.publish.diff import Difference, apply, write_difference

TEXTS = st.text("aé \U0001f33b\x7f", min_size=1, max_size=4)
LINES = st.sets(TEXTS.map(lambda text: text.encode() + b" .\n"), max_size=12)


@settings(max_examples=100, deadline=None)
@given(LINES, LINES)
def test_the_difference_applied_gives_the_new(old: set[bytes], new: set[bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "old").write_bytes(b"".join(sorted(old)))
        (folder / "new").write_bytes(b"".join(sorted(new)))
        found = write_difference(folder / "old", folder / "new", folder / "added", folder / "removed")
        added = (folder / "added").read_bytes().splitlines(keepends=True)
        removed = (folder / "removed").read_bytes().splitlines(keepends=True)
    assert (set(added), set(removed)) == (new - old, old - new)
    assert found == Difference(len(new - old), len(old - new))
    assert apply(old, added, removed) == sorted(new)


def test_without_an_older_graph_everything_is_new(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"a .\nb .\n")
    found = write_difference(None, tmp_path / "new", tmp_path / "added", tmp_path / "removed")
    assert found == Difference(2, 0)
    assert (tmp_path / "added").read_bytes() == b"a .\nb .\n"
    assert (tmp_path / "removed").read_bytes() == b""
