"""The connector `mediawiki-api` against a real MediaWiki: all of it at first, then what changed; the same as a dump."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from wiki_reader import Reader

from commons_graph import capture
from commons_graph.capture.live.records import Found, Unchanged
from commons_graph.capture.live.visit import Answer
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal
from commons_graph.project import Project
from commons_graph.source import Source

PAGES = [
    ("Commons", "A '''commons''' is shared.\n\n[[Category:Été]]\n"),
    ("LCDC", "#REDIRECT [[commons#Été|x]]"),
    ("Double", "#REDIRECT [[LCDC]]"),
    ("Category:Old", "#REDIRECT [[:Category:Été]]"),
    ("Away", "#REDIRECT [[Special:Search]]"),
    ("Circle", "#REDIRECT [[Circle]]"),
    ("To nowhere", "#REDIRECT [[No such page]]"),
    ("Category:Été", ""),
    ('What? & "why" 100%', "tab\tand  spaces  \n\n\nand <b>marks</b> &amp; 𝔘nicode"),
    ("Talk:Commons", "hm"),
    ("Long", "long words " * 30_000),
    *((f"Page {n}", f"Text {n} of [[Commons]].") for n in range(120)),
]


@pytest.fixture(scope="module")
def filled(mediawiki: Any) -> Any:
    mediawiki.fill(PAGES)
    return mediawiki


def dumped(wiki: Any, source: Source, tmp_path: Path) -> dict[str, tuple[bytes, dict[str, str]]]:
    """What the connector `mediawiki-dump` makes of the wiki's own dump, of articles and categories."""
    source = replace(source, connector="mediawiki-dump", options={"namespaces": [0, 14]})
    found = capture.read(source, Project(tmp_path, tmp_path), wiki.dump())
    return {each.address: (each.payload, each.hints) for each in found if not isinstance(each, Refusal)}


def told(answers: list[Answer]) -> set[tuple[str, str]]:
    return {(type(each).__name__, each.address.rpartition("/")[2]) for each in answers}


def test_the_api_gives_what_a_dump_gives_byte_for_byte(filled: Any, source: Source, tmp_path: Path) -> None:
    reader = Reader(source)
    answers = reader.visit()
    assert not [each for each in answers if not isinstance(each, Found)]
    assert reader.texts == dumped(filled, source, tmp_path)
    assert reader.texts[filled.server.at("/index.php/LCDC")][1]["redirect"] == "Commons"
    assert len(reader.texts) >= len(PAGES)


def test_a_second_visit_with_nothing_changed_asks_twice_and_fetches_no_page(filled: Any, source: Source) -> None:
    reader = Reader(source)
    reader.visit()
    full = len(reader.asked)
    assert reader.visit() == []
    assert not reader.whole
    assert len(reader.asked) == 2 < full
    assert not any(b'"slots"' in each.body for each in reader.asked)


def test_only_what_was_edited_made_moved_or_deleted_is_fetched(filled: Any, source: Source, tmp_path: Path) -> None:
    reader = Reader(source)
    reader.visit()
    filled.edit("Page 1", "New text.")
    filled.edit("Quite new", "It was not here before.")
    filled.edit("Category:Été", "Now with words.")
    filled.edit("User:Admin", "Not a namespace that we read.")
    filled.move("Page 2", "Page two")
    filled.move("Page 3", "Category:Page 3", "--noredirects")
    filled.delete("Page 4")
    assert told(reader.visit()) == {
        *(("Found", name) for name in ("Page_1", "Quite_new", "Page_two", "Category:Page_3")),
        *(("Found", name) for name in ("Category:%C3%89t%C3%A9", "Page_2")),
        *(("Gone", name) for name in ("Page_3", "Page_4")),
    }
    assert len(reader.asked) == 4
    assert told(reader.visit()) == {("Gone", "Page_3"), ("Gone", "Page_4")}
    assert reader.texts == dumped(filled, source, tmp_path)
    assert reader.visit() == []


def test_a_page_that_comes_back_is_known_again(filled: Any, source: Source, tmp_path: Path) -> None:
    reader = Reader(source)
    reader.visit()
    filled.delete("Page 5")
    filled.delete("Page 6")
    assert told(reader.visit()) == {("Gone", "Page_5"), ("Gone", "Page_6")}
    filled.tool("undelete.php", "-u", "Admin", "Page 5")
    assert told(reader.visit()) == {("Unchanged", "Page_5"), ("Gone", "Page_6")}
    filled.tool("undelete.php", "-u", "Admin", "Page 6")
    assert told(reader.visit()) == {("Found", "Page_6")}
    assert reader.texts == dumped(filled, source, tmp_path)


def test_changes_that_the_wiki_lists_no_more_are_found_by_comparing(
    filled: Any, source: Source, tmp_path: Path
) -> None:
    reader = Reader(source)
    reader.visit()
    filled.edit("Page 7", "Edited long ago.")
    filled.delete("Page 8")
    filled.query("DELETE FROM recentchanges WHERE rc_title <> 'Page_7'")
    reader.cursor["since"] = "2019-01-01T00:00:00Z"
    answers = reader.visit()
    assert reader.whole
    assert told([each for each in answers if not isinstance(each, Unchanged)]) == {("Found", "Page_7")}
    assert told(reader.visit()) == {("Gone", "Page_8")}
    assert reader.texts == dumped(filled, source, tmp_path)


def test_a_dump_fills_and_the_api_keeps_up(filled: Any, source: Source, tmp_path: Path) -> None:
    copy = filled.dump()
    filled.edit("Page 9", "Edited since the dump.")
    filled.move("Page 10", "Page ten")
    filled.edit("Newer than the dump", "It is.")
    reader, alone = Reader(source, copy), Reader(source)
    alone.visit()
    reader.visit()
    assert reader.texts == alone.texts == dumped(filled, source, tmp_path)
    assert len([each for each in reader.asked if b'"slots"' in each.body]) == 1
    assert reader.visit() == alone.visit() == []


def test_a_damaged_dump_is_told_and_the_wiki_is_asked_instead(filled: Any, source: Source, tmp_path: Path) -> None:
    copy = tmp_path / "cut.xml"
    copy.write_bytes(filled.dump().read_bytes()[:-5000])
    reader, alone = Reader(source, copy), Reader(source)
    alone.visit()
    (refused,) = (each for each in reader.visit() if isinstance(each, Refusal))
    assert "cut off" in refused.reason
    assert reader.texts == alone.texts


def test_the_namespaces_are_those_of_the_yaml(filled: Any, source: Source) -> None:
    reader = Reader(replace(source, options={"namespaces": [1]}))
    assert told(reader.visit()) == {("Found", "Talk:Commons")}


@pytest.mark.parametrize("path", ["/index.php", "/nix"])
def test_an_address_that_is_no_api_is_told(filled: Any, source: Source, path: str) -> None:
    with pytest.raises(CommonsError, match=r"answered 404; check `api`: it ends in api\.php"):
        Reader(replace(source, api=filled.server.at(path))).visit()
