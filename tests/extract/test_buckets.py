"""A document that extraction chokes on is refused by name, and those that were read with it are not lost."""

from __future__ import annotations

from pathlib import Path

from commons_graph import lake, lake_made
from commons_graph.extract.buckets import Job, extract
from commons_graph.lake_made import Made
from commons_graph.model import Block, Document, Statement

ROOT = Path(__file__).parents[2]
TEXT = "Lab\nAwa Diarra founded the Lab in Lyon with Gaël Kerbrat."


def document(name: str, blocks: tuple[Block, ...]) -> Document:
    return Document(name, "s", f"https://s.example/{name}", "Lab", TEXT, blocks, (), "en", "web page")


def said(folder: Path, documents: list[Document]) -> tuple[list[Statement], dict[str, str]]:
    """Extract a bucket; give its statements, and the reasons of what was refused."""
    read, out = folder / "documents" / "00.parquet", folder / "statements" / "00.parquet"
    names = {each.document_id: ("1",) for each in documents}
    lake.write_documents(read, documents, Made("f", "v", names))
    extract([Job(read, out, ROOT, folder / "answers", frozenset(names), Made("f", "v", names), None)])
    made = lake_made.read(out)
    assert made is not None
    return list(lake.read_statements(out)), {key: each.reason for key, each in made.refused.items()}


def test_what_was_read_with_a_document_that_cannot_be_read_is_kept(tmp_path: Path) -> None:
    whole = (Block("title", 0, 3), Block("paragraph", 4, len(TEXT)))
    good = [document("a", whole), document("c", whole)]
    alone, nothing = said(tmp_path / "alone", good)
    assert alone
    assert not nothing
    # No normaliser makes a text without any block; a lake may hold what an older one made.
    among, refused = said(tmp_path / "among", [good[0], document("b", ()), good[1]])
    assert among == alone
    assert refused == {"b": "extraction failed (IndexError)"}


def test_buckets_read_together_are_written_as_when_each_is_read_alone(tmp_path: Path) -> None:
    whole = (Block("title", 0, 3), Block("paragraph", 4, len(TEXT)))
    written = {}
    for way in ("alone", "together"):
        jobs = []
        for number, names in enumerate(("ab", "c", "de")):
            read, out = (tmp_path / way / kind / f"{number:02d}.parquet" for kind in ("documents", "statements"))
            marks = dict.fromkeys(names, ("1",))
            blocks = {name: () if name == "d" else whole for name in names}
            lake.write_documents(read, [document(name, blocks[name]) for name in names], Made("f", "v", marks))
            jobs.append(Job(read, out, ROOT, tmp_path / way, frozenset(names), Made("f", "v", marks), None))
        for group in [jobs] if way == "together" else [[job] for job in jobs]:
            extract(group)
        written[way] = [job.statements.read_bytes() for job in jobs]
    assert written["together"] == written["alone"]
    assert len(set(written["alone"])) == 3
