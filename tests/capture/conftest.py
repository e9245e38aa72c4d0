"""What the tests of this stage share: a project folder with one source, and exports made in memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
import stamina

from commons_graph.project import Project
from commons_graph.source import Source

SOURCE = Source(
    id="site",
    title="A site",
    connector="folder",
    address="https://site.example/",
    language="fr",
    licence="https://creativecommons.org/licenses/by/4.0/",
    publisher="Someone",
    path="sources/site",
    pages="https://wiki.example/{title}",
)


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Ask again as often as ever, and at once: how long to wait in between is stamina's, and no test is about it."""
    with stamina.set_testing(True, attempts=sys.maxsize, cap=True):
        yield


@pytest.fixture
def source() -> Source:
    return SOURCE


@pytest.fixture
def dump_source() -> Source:
    return replace(SOURCE, id="wiki", connector="mediawiki-dump", path="", address="https://wiki.example/dump.xml.bz2")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "sources" / "site").mkdir(parents=True)
    return Project(tmp_path, tmp_path / "warehouse")


@pytest.fixture
def put(project: Project) -> Callable[[str, bytes | str], Path]:
    """Write a file into the source's folder."""

    def write(name: str, content: bytes | str) -> Path:
        path = project.root / "sources" / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def page(title: str, text: str | None, ns: int = 0, extra: str = "", attributes: str = "") -> str:
    body = "" if text is None else f"<text{attributes}>{escape(text)}</text>"
    return (
        f"<page><title>{escape(title)}</title><ns>{ns}</ns><id>7</id>{extra}"
        f"<revision><id>9</id><contributor><id>3</id></contributor>{body}</revision></page>"
    )


def redirect(title: str) -> str:
    return f"<redirect title={quoteattr(title)} />"


def export(*pages: str, head: str = "") -> bytes:
    return f'{head}<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">{"".join(pages)}</mediawiki>'.encode()


@pytest.fixture
def wiki() -> type:
    """The helpers that make exports."""

    class Wiki:
        page = staticmethod(page)
        redirect = staticmethod(redirect)
        export = staticmethod(export)

    return Wiki
