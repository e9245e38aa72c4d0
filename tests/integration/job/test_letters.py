"""The same issue by mail and by web, through the whole job: one document, two captures, each statement once."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import duckdb
import pytest
from site_server import Reply, Site

from commons_graph import warehouse
from commons_graph.commands import refresh
from commons_graph.project import Project

YAML = """
title: {title}
connector: {connector}
address: {address}
path: sources/letters
language: fr
kind: newsletter
licence: https://creativecommons.org/licenses/by-sa/4.0/
publisher: Association du Val
enabled: true
private: true
options: {{{options}}}
"""
TEXT = "<p>L'Association du Val est partenaire de la Fondation des Vagues.</p>"
ONLINE = "https://val.example/lettres/3"
FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Lettres</title><link>https://val.example/</link><item><title>Lettre 3</title><link>{ONLINE}</link>
<content:encoded><![CDATA[{TEXT}]]></content:encoded></item></channel></rss>"""
AT = "@"
SENDER, READER = f"lettre{AT}val.example", f"paul{AT}private.example"


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    running.pages["/feed"] = Reply(FEED.encode(), type="application/rss+xml")
    yield running
    running.shutdown()
    running.server_close()


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, READER, "Lettre 3"
    message["Message-ID"] = f"<3{AT}val.example>"
    message.set_content(f'<p><a href="{ONLINE}">Voir en ligne</a></p>{TEXT}', subtype="html")
    return message.as_bytes()


def rows(project: Project, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse.warehouse_path(project)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_an_issue_by_mail_and_by_web_is_one_document(project: Path, site: Site) -> None:
    box = project / "sources" / "letters"
    box.mkdir()
    (box / "3.eml").write_bytes(letter())
    for name, told in {
        "letters": {"connector": "mail", "address": "https://val.example/lettres", "options": f"from: [{SENDER}]"},
        "site": {"connector": "feed", "address": site.at("/feed"), "options": "pause: 0"},
    }.items():
        (project / "sources" / f"{name}.yaml").write_text(YAML.lstrip().format(title=name, **told), encoding="utf-8")
    whole = Project(project, project / "warehouse")
    assert refresh.run(whole, ["letters"], None) == 0
    by_mail = rows(whole, "SELECT source, address FROM document WHERE source = 'letters'")
    assert by_mail == [("letters", ONLINE)]
    said = "SELECT property, value FROM statement WHERE source IN ('letters', 'site') ORDER BY ALL"
    before = rows(whole, said)
    assert before
    assert refresh.run(whole, ["letters", "site"], None) == 0
    assert rows(whole, f"SELECT source FROM document WHERE address = '{ONLINE}'") == [("site",)]
    others = rows(
        whole, "SELECT d.source, o.source, o.address FROM other_capture AS o JOIN document AS d USING (document_id)"
    )
    assert others == [("site", "letters", ONLINE)]
    assert rows(whole, said) == before
    assert not rows(whole, "SELECT * FROM statement WHERE source = 'letters'")
    for path in (project / "warehouse" / "lake").rglob("*"):
        assert not path.is_file() or READER.encode() not in path.read_bytes()
