"""No e-mail address leaves the captures: not by a file's name, a page's title, a table's cell or what was refused."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest

from commons_graph import lake, warehouse
from commons_graph.commands import refresh
from commons_graph.model import BUCKETS, Document
from commons_graph.project import Project
from commons_graph.publish.releases import current

AT = "@"
HELD = re.compile(rb"piimail", re.IGNORECASE)
TEXT = "L'Association du Val travaille sur les communs avec la Fondation des Rives de Lyon."
PAGE = "<page><title>{0}</title><ns>0</ns><id>1</id><revision><id>1</id><text>{1}</text></revision></page>"
NAMES = [f"Zed{AT}piimail.example", f"Yan{AT}piimail.example"]
META = f"file\turl\na.txt\thttps://letters.example/a?mail=meta{AT}piimail.example\n"
LINKS = f"[ici](https://x.example/?m=a{AT}piimail.example) [là](https://x.example/?m=a%2540piimail.example)"


def documents(project: Project) -> list[Document]:
    """Give what the lake holds of the source."""
    paths = [lake.documents_path(project.lake_dir, "val", number) for number in range(BUCKETS)]
    return [each for path in paths if lake.rows(path) for each in lake.read_documents(path)]


def holding(*folders: Path) -> list[str]:
    """Give the files below some folders that hold an address, by name or in their bytes, and tables by their rows."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    tables = [path for path in found if path.suffix == ".parquet"]
    rows = {path: str(duckdb.sql(f"FROM read_parquet('{path}')").fetchall()).encode() for path in tables}
    return [path.name for path in found if HELD.search(path.name.encode() + path.read_bytes() + rows.get(path, b""))]


def test_no_address_gets_beyond_the_captures(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = project / "sources" / "val"
    (files / f"contact-alice{AT}piimail.example.txt").write_text(f"Lettre\n{TEXT}\n", encoding="utf-8")
    (files / f"photo-alice{AT}piimail.example.jpg").write_bytes(b"x")
    (files / f"empty-alice{AT}piimail.example.html").write_text("<html></html>")
    (files / "a.txt").write_text(f"Une lettre\n{TEXT}\n", encoding="utf-8")
    (files / "meta.tsv").write_text(META, encoding="utf-8")
    (files / "liens.md").write_text(f"# Liens\n\n{TEXT} {LINKS}\n", encoding="utf-8")
    pages = "".join(PAGE.format(name, TEXT) for name in NAMES)
    (files / "wiki.xml").write_text(f"<mediawiki>{pages}</mediawiki>", encoding="utf-8")
    whole = Project(project, project / "warehouse")
    assert refresh.run(whole, [], None) == 0
    made = documents(whole)
    assert len(made) == 8
    assert len({each.address for each in made}) == len({each.key for each in made}) == len(made)
    assert sum("e-mail-" in each.address for each in made) == 4
    assert not holding(whole.lake_dir, current(whole).path)
    with duckdb.connect(str(warehouse.warehouse_path(whole)), read_only=True) as connection:
        assert "piimail" not in unquote(str(connection.execute("SELECT address, title FROM document").fetchall()))
    said = "".join(capsys.readouterr())
    assert "e-mail-" in said
    assert "piimail" not in said

    before = {path: path.stat().st_mtime_ns for path in whole.lake_dir.rglob("*.parquet")}
    assert refresh.run(whole, [], None) == 0
    assert current(whole).number == 1
    assert {path: path.stat().st_mtime_ns for path in whole.lake_dir.rglob("*.parquet")} == before
