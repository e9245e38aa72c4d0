"""MediaWiki exports: every page once, whatever the file is like, and no harm from a bad one."""

from __future__ import annotations

import bz2
import shutil
import subprocess
from io import BytesIO
from random import Random

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commons_graph import capture
from commons_graph.capture import Refusal, unpack, unpack_bz2
from commons_graph.errors import CommonsError
from commons_graph.model import Capture


def read(source, project, tmp_path, content: bytes, name: str = "dump.xml") -> list[Capture | Refusal]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(capture.read(source, project, path))


def before_the_error(source, project, tmp_path, content: bytes, name: str = "dump.xml") -> tuple[list[str], str]:
    path = tmp_path / name
    path.write_bytes(content)
    titles: list[str] = []
    with pytest.raises(CommonsError) as caught:
        titles.extend(found.hints["title"] for found in capture.read(source, project, path))
    return titles, str(caught.value)


def test_a_page_becomes_a_capture_with_what_the_wiki_says(dump_source, project, tmp_path, wiki):
    content = wiki.export(
        wiki.page("Coop des Communs", "'''Été''' & <ref>"),
        wiki.page("LCDC", "#REDIRECT [[Coop des Communs]]", extra=wiki.redirect("Coop des Communs")),
        wiki.page("Category:France", "", ns=14),
        wiki.page("Talk:What?", "hm", ns=1),
        wiki.page("User talk:A/B", "hm", ns=3),
    )
    coop, short, category, talk, user = read(dump_source, project, tmp_path, content)
    assert coop.payload.decode() == "'''Été''' & <ref>"
    assert (coop.address, coop.media_type) == ("https://wiki.example/Coop_des_Communs", "text/x-wiki")
    assert coop.hints == {"kind": "wiki entry", "title": "Coop des Communs", "revision": "9", "namespace": ""}
    assert short.hints["redirect"] == "Coop des Communs"
    assert (category.hints["namespace"], category.payload) == ("Category", b"")
    assert (talk.hints["namespace"], talk.address) == ("Talk", "https://wiki.example/Talk:What%3F")
    assert (user.hints["namespace"], user.address) == ("User talk", "https://wiki.example/User_talk:A/B")


PACKING = {"": bytes, ".bz2": bz2.compress, ".zst": lambda part: pa.Codec("zstd").compress(part, asbytes=True)}
PLAIN = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXTS = st.text(PLAIN | st.sampled_from("\n\t"), max_size=200)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(texts=st.lists(TEXTS, max_size=5), streams=st.integers(1, 4), packed=st.sampled_from(sorted(PACKING)))
def test_any_text_comes_out_as_it_went_in(dump_source, project, tmp_path, wiki, texts, streams, packed):
    content = wiki.export(*(wiki.page(f"Page {n}", text) for n, text in enumerate(texts)))
    step = len(content) // streams + 1
    parts = [content[at : at + step] for at in range(0, len(content), step)]
    content = b"".join(PACKING[packed](part) for part in parts)
    found = read(dump_source, project, tmp_path, content, f"dump.xml{packed}")
    assert [page.payload.decode() for page in found] == texts


def test_the_last_revision_counts(dump_source, project, tmp_path, wiki):
    old = "<revision><id>1</id><text>old</text></revision><revision><id>2</id><text>new</text></revision>"
    content = wiki.export(f"<page><title>A</title><ns>0</ns><id>1</id>{old}</page>")
    (found,) = read(dump_source, project, tmp_path, content)
    assert (found.payload, found.hints["revision"]) == (b"new", "2")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (("", "text"), "a page has no title"),
        (("A\nB", "text"), "a page's title is not readable"),
        (("A", None), "has no text"),
        (("A", "", 0, "", ' deleted="deleted"'), "its text is hidden"),
        (("A.css", "p {}", 8, "<revision><model>css</model></revision>"), "holds css, not wikitext"),
        (("A", "x" * 20_000_001), "is larger than 20 MB"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_alone(dump_source, project, tmp_path, wiki, page, reason):
    content = wiki.export(wiki.page("Before", "1"), wiki.page(*page), wiki.page("After", "2"))
    before, bad, after = read(dump_source, project, tmp_path, content)
    assert isinstance(bad, Refusal)
    assert reason in bad.reason
    assert (before.payload, after.payload) == (b"1", b"2")


def test_a_dump_that_is_cut_off_gives_its_whole_pages_and_then_says_so(dump_source, project, tmp_path, wiki):
    content = wiki.export(*(wiki.page(f"P{n}", "text " * 50) for n in range(50)))
    titles, message = before_the_error(dump_source, project, tmp_path, content[: len(content) // 2])
    assert titles == [f"P{n}" for n in range(len(titles))]
    assert 20 <= len(titles) <= 25
    assert "the export is cut off; fetch it again" in message


def test_a_packed_dump_that_is_cut_off_or_damaged_says_so(dump_source, project, tmp_path, wiki):
    whole = wiki.export(*(wiki.page(f"P{n}", f"{n} text " * 50) for n in range(50)))
    packed = bz2.compress(whole[:9000]) + bz2.compress(whole[9000:])
    titles, message = before_the_error(dump_source, project, tmp_path, packed[:-30], "dump.xml.bz2")
    assert titles == [f"P{n}" for n in range(len(titles))]
    assert titles
    assert "dump.xml.bz2: the packed file is cut off" in message
    damaged = packed[:-60] + bytes(60)
    assert "damaged" in before_the_error(dump_source, project, tmp_path, damaged, "dump.xml.bz2")[1]
    assert "damaged" in before_the_error(dump_source, project, tmp_path, packed + b"tail", "dump.xml.bz2")[1]


def test_a_zstandard_dump_that_is_cut_off_or_damaged_says_so(dump_source, project, tmp_path, wiki):
    whole = wiki.export(*(wiki.page(f"P{n}", f"{n} text " * 50) for n in range(50)))
    packed = PACKING[".zst"](whole)
    assert "cut off" in before_the_error(dump_source, project, tmp_path, packed[:-30], "dump.xml.zst")[1]
    damaged = packed[:20] + bytes(60) + packed[80:]
    assert "damaged" in before_the_error(dump_source, project, tmp_path, damaged, "dump.xml.zst")[1]


@pytest.mark.skipif(not shutil.which("7z"), reason="7z is not installed")
def test_a_7z_dump_is_read_and_a_cut_off_one_told(dump_source, project, tmp_path, wiki):
    (tmp_path / "plain.xml").write_bytes(wiki.export(wiki.page("A", "1"), wiki.page("B", "2")))
    subprocess.run(["7z", "a", "dump.7z", "plain.xml"], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    packed = (tmp_path / "dump.7z").read_bytes()
    found = read(dump_source, project, tmp_path, packed, "dump.xml.7z")
    assert [page.payload for page in found] == [b"1", b"2"]
    assert "cut off or damaged" in before_the_error(dump_source, project, tmp_path, packed[:-40], "dump.xml.7z")[1]


def test_a_7z_dump_without_a_program_says_what_to_install(dump_source, project, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    _, message = before_the_error(dump_source, project, tmp_path, unpack.SEVEN + bytes(9), "dump.xml.7z")
    assert "install 7zip" in message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(sizes=st.lists(st.integers(0, 30_000), min_size=1, max_size=6), long=st.sampled_from([50, 3_000, 1 << 22]))
def test_streams_short_and_long_come_out_in_their_order(monkeypatch, sizes, long):
    monkeypatch.setattr(unpack_bz2, "LONG", long)
    monkeypatch.setattr(unpack_bz2, "PIECE", long // 3)
    plain = [Random(size).randbytes(size) for size in sizes]
    file = BytesIO(b"".join(bz2.compress(each) for each in plain))
    assert b"".join(unpack_bz2.pieces(file.read, "dump.xml.bz2")) == b"".join(plain)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LAUGHS.encode() + b"<mediawiki><page><title>&b;</title></page></mediawiki>", "declares a document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><mediawiki/>', "declares a document type"),
        (b"<mediawiki>" + b"<a>" * 100_000, "nested too deeply"),
        (b"<html><body>504 Gateway Timeout</body></html>", "is no MediaWiki export (it begins with <html>)"),
        (b"Not found", "damaged"),
        (b"", "cut off"),
        (b"<mediawiki><page><title>&nbsp;</title></page></mediawiki>", "damaged (undefined entity)"),
        (b"<mediawiki><page>\xff</page></mediawiki>", "damaged"),
        (b"<mediawiki></page></mediawiki>", "damaged"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(dump_source, project, tmp_path, content, said):
    titles, message = before_the_error(dump_source, project, tmp_path, content)
    assert titles == []
    assert said in message
    assert "\n" not in message


def test_a_bomb_is_noticed_before_it_is_unpacked(dump_source, project, tmp_path, wiki, monkeypatch):
    monkeypatch.setattr(unpack, "FREE", 1 << 25)
    bomb = bz2.compress(b"<mediawiki>") + bz2.compress(b" " * 20_000_000) * 400
    titles, message = before_the_error(dump_source, project, tmp_path, bomb, "dump.xml.bz2")
    assert (titles, "far more than a wiki would" in message) == ([], True)


def test_a_reader_may_stop_early(dump_source, project, tmp_path, wiki):
    path = tmp_path / "dump.xml.bz2"
    path.write_bytes(bz2.compress(wiki.export(*(wiki.page(f"P{n}", "x" * 100_000) for n in range(60)))))
    reading = capture.read(dump_source, project, path)
    assert next(reading).hints["title"] == "P0"
    reading.close()
    assert list(reading) == []


@pytest.mark.parametrize("name", ["missing.xml", "."])
def test_a_dump_that_is_no_file_is_told(dump_source, project, tmp_path, name):
    with pytest.raises(CommonsError, match=r"is not there|is a folder, expected a dump file"):
        list(capture.read(dump_source, project, tmp_path / name))


def test_a_dump_without_a_copy_says_how_to_give_one(dump_source, project):
    with pytest.raises(CommonsError, match=r"commons refresh wiki --from FILE.xml.bz2"):
        list(capture.read(dump_source, project))
