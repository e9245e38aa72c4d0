"""The mark of a real wiki: another one after whatever touches the pages that are read, else the same."""

from __future__ import annotations

from typing import Any

import pytest

from commons_graph.capture import watch
from commons_graph.source import Source


@pytest.fixture
def wiki(mediawiki: Any) -> Any:
    mediawiki.edit("Commons", "Shared.")
    mediawiki.edit("User:Admin/Draft", "A draft.")
    return mediawiki


def test_the_mark_changes_with_what_is_read_and_with_nothing_else(wiki: Any, source: Source) -> None:
    marks = [watch.of_wiki(source)]

    def changed() -> bool:
        marks.append(watch.of_wiki(source))
        return marks[-1] not in marks[:-1]

    assert not changed()
    wiki.edit("Commons", "Shared by all.")
    assert changed()
    wiki.edit("User:Admin/Other", "Not read.")
    assert not changed()
    wiki.move("User:Admin/Draft", "Draft", "--noredirects")
    assert changed(), "a page that came in from a namespace that is not read"
    wiki.move("Commons", "The commons")
    assert changed()
    wiki.delete("The commons")
    assert changed()
    assert not changed()
