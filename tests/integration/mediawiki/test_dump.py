"""The dump that a real MediaWiki writes, read by the connector `mediawiki-dump`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commons_graph import capture
from commons_graph.project import Project
from commons_graph.source import Source


def test_a_dump_of_a_real_wiki_gives_what_was_written_into_it(mediawiki: Any, tmp_path: Path) -> None:
    mediawiki.fill([("Commons", "A '''commons''' <ref>"), ("LCDC", "#REDIRECT [[commons#Été|x]]")])
    mediawiki.edit("Commons", "What is shared.\n\n[[Category:France]]")
    source = Source("wiki", "Wiki", "mediawiki-dump", mediawiki.api, "en", "https://licence.example/", "Somebody")
    found = {each.hints["title"]: each for each in capture.read(source, Project(tmp_path, tmp_path), mediawiki.dump())}
    assert found["Commons"].payload.decode() == "What is shared.\n\n[[Category:France]]"
    assert found["LCDC"].hints["redirect"] == "Commons"
    assert found["Commons"].address == mediawiki.server.at("/index.php/Commons")
