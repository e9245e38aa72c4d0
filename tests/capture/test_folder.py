"""Folders: the right files in the right order, each with its address and kind, and nothing from elsewhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commons_graph import capture
from commons_graph.capture import Refusal
from commons_graph.capture.media import wiki_title
from commons_graph.errors import CommonsError
from commons_graph.model import Capture

ROOT = Path(__file__).parents[2]


def read(source, project) -> dict[str, Capture | Refusal]:
    return {found.address: found for found in capture.read(source, project)}


def test_files_come_in_order_with_address_kind_and_digest(source, project, put):
    put("b/été 1.html", "<p>é")
    put("a.md", "# A")
    put("lettre.eml", "Subject: x\n\ny")
    put("Category-Brazil.mediawiki", "[[x]]")
    found = read(source, project)
    assert list(found) == [
        "https://wiki.example/Category:Brazil",
        "https://site.example/a.md",
        "https://site.example/b/%C3%A9t%C3%A9%201.html",
        "https://site.example/lettre.eml",
    ]
    assert [one.hints["kind"] for one in found.values()] == ["wiki entry", "web page", "web page", "newsletter"]
    page = found["https://site.example/b/%C3%A9t%C3%A9%201.html"]
    assert (page.media_type, page.payload) == ("text/html", "<p>é".encode())
    assert page.digest == hashlib.sha256(page.payload).hexdigest()


def test_meta_gives_address_language_kind_and_date(source, project, put):
    put("a.txt", "text")
    put("meta.tsv", "file\turl\tlanguage\tkind\tdate\na.txt\thttps://other.example/a\ten\tblog post\t2025-01\n")
    (found,) = capture.read(source, project)
    assert found.address == "https://other.example/a"
    assert found.hints == {"language": "en", "kind": "blog post", "date": "2025-01"}


def test_a_wrong_cell_is_refused_with_its_line_and_the_others_count(source, project, put):
    put("a.txt", "text")
    put("meta.tsv", "file\turl\tlanguage\tdate\na.txt\tjavascript:alert(1)\tfr\t17/01/2025\n")
    first, second, found = capture.read(source, project)
    assert (first.address, second.address) == ("meta.tsv:2", "meta.tsv:2")
    assert {"expected YYYY" in first.reason, "expected an http(s) address" in second.reason} == {True}
    assert (found.address, found.hints["language"], "date" in found.hints) == (
        "https://site.example/a.txt",
        "fr",
        False,
    )


def test_rows_for_files_that_are_not_there_are_told_once_with_their_line(source, project, put):
    put("a.txt", "text")
    put("meta.tsv", "file\tdate\na.txt\t2025\nb.txt\t2025\n\nA.txt\t2025\n")
    refusal, found = capture.read(source, project)
    assert (refusal.address, found.payload) == ("meta.tsv:3", b"text")
    assert refusal.reason == "'b.txt' is not among the files that are read, nor are the files of 1 other lines"


@pytest.mark.parametrize("table", ["", "name\turl\n", "\x00\xff"])
def test_a_table_without_the_column_file_is_refused(source, project, put, table):
    put("a.txt", "text")
    put("meta.tsv", table)
    refusal, found = capture.read(source, project)
    assert (refusal.address, found.payload) == ("meta.tsv:1", b"text")


def test_what_leads_elsewhere_or_is_no_document_is_refused(source, project, put, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "secrets").mkdir()
    folder = put("a.txt", "text").parent
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "dir").symlink_to(tmp_path / "secrets")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "within.txt").symlink_to(folder / "a.txt")
    os.mkfifo(folder / "pipe.txt")
    put("photo.jpg", b"\xff\xd8")
    put(".hidden.txt", "hidden")
    put(".git/config.txt", "hidden")
    put("LICENSE", "words")
    with put("big.html", "").open("wb") as big:
        big.truncate(20_000_001)
    found = read(source, project)
    reasons = {name: one.reason for name, one in found.items() if isinstance(one, Refusal)}
    assert reasons == {
        "big.html": "is larger than 20 MB",
        "dir": "is a link that leaves the folder",
        "loop.txt": "is a link to nothing",
        "out.txt": "is a link that leaves the folder",
        "photo.jpg": "files of this kind are not read",
        "pipe.txt": "is no regular file",
    }
    assert [one.payload for one in found.values() if isinstance(one, Capture)] == [b"text", b"text"]


def test_a_file_name_that_is_no_text_is_refused(source, project, put):
    folder = put("a.txt", "text").parent
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_bytes(b"x")
    refusal = next(one for one in capture.read(source, project) if isinstance(one, Refusal))
    assert "is not readable text" in refusal.reason
    assert refusal.address.isascii()


def test_a_broken_export_in_a_folder_does_not_stop_the_rest(source, project, put, wiki):
    put("a.xml", wiki.export(wiki.page("A", "1"), wiki.page("B", "2"))[:-60])
    put("b.xml", "<rss/>")
    put("c.txt", "text")
    whole, cut, other, text = capture.read(source, project)
    assert (whole.address, whole.payload) == ("https://wiki.example/A", b"1")
    assert ("cut off" in cut.reason, "no MediaWiki export" in other.reason, text.payload) == (True, True, b"text")


def test_an_export_without_a_pattern_takes_the_wikis_own_address(source, project, put, wiki):
    base = "<siteinfo><base>https://w.example/wiki/Main_Page</base></siteinfo>"
    put("a.xml", wiki.export(base, wiki.page("A B", "1")))
    (found,) = capture.read(replace(source, pages=""), project)
    assert found.address == "https://w.example/wiki/A_B"


def test_one_file_may_be_read_as_a_folder(source, project, tmp_path):
    path = tmp_path / "only.md"
    path.write_text("# Only")
    (found,) = capture.read(source, project, path)
    assert (found.address, found.media_type) == ("https://site.example/only.md", "text/markdown")


def test_single_files_without_a_source(tmp_path):
    (tmp_path / "a b.txt").write_text("text")
    (tmp_path / "table.tsv").write_text("file\tdate\tlanguage\na b.txt\t2025-01\tfr\nb.txt\t2025-01\tfr\n")
    found, folder, missing = capture.read_paths(
        [tmp_path / "a b.txt", tmp_path, tmp_path / "none.txt"], table=tmp_path / "table.tsv"
    )
    assert (found.address, found.hints["date"], found.hints["language"]) == ("file:a%20b.txt", "2025-01", "fr")
    assert (folder.reason, missing.reason) == ("is a folder", "is not there")


def test_a_table_may_have_any_name(tmp_path):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "documents-SOURCES.tsv").write_text("file\tkind\na.txt\tnewsletter\n")
    (found,) = capture.read_paths([tmp_path / "a.txt"], table=tmp_path / "documents-SOURCES.tsv")
    assert found.hints["kind"] == "newsletter"


@pytest.mark.parametrize("connector", ["web", "wordpress", "mediawiki-api", "feed", "mail", "imap"])
def test_connectors_of_later_say_so(source, project, connector):
    with pytest.raises(CommonsError, match="cannot be read yet; read a local copy"):
        list(capture.read(replace(source, connector=connector), project))


def test_a_folder_without_a_path_or_that_is_not_there(source, project):
    with pytest.raises(CommonsError, match="commons refresh site --from FOLDER"):
        list(capture.read(replace(source, path=""), project))
    with pytest.raises(CommonsError, match="is not there"):
        list(capture.read(source, project, project.root / "nowhere"))


def test_the_fingerprint_follows_names_bytes_and_settings(source, project, put):
    put("a.txt", "text")
    first = capture.fingerprint(source, project)
    os.utime(put("a.txt", "text"), (0, 0))
    assert capture.fingerprint(source, project) == first
    changed = {
        first,
        capture.fingerprint(replace(source, kind="newsletter"), project),
        (put("a.txt", "texts") and capture.fingerprint(source, project)),
        (put("b.txt", "text") and capture.fingerprint(source, project)),
    }
    assert len(changed) == 4


def test_names_of_files_are_the_same_whatever_the_terminals_encoding(project, put):
    for name in ("b.txt", "été.txt", "dépôt/a.txt"):
        put(name, "text")
    script = """
from pathlib import Path
from commons_graph.capture import folder
print(ascii([file.name for file in folder.files(Path())]))"""
    told = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT / "pipelines")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project.root / "sources" / "site",
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ascii(["b.txt", "dépôt/a.txt", "été.txt"])


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Category-Brazil.mediawiki", "Category:Brazil"),
        ("Template-Documentation.mediawiki", "Template:Documentation"),
        ("File-Trans2.png.mediawiki", "File:Trans2.png"),
        ("File-Sharing.mediawiki", "File-Sharing"),
        ("User-Created Content.mediawiki", "User-Created Content"),
        ("sub/Coop des Communs.mediawiki", "Coop des Communs"),
    ],
)
def test_the_title_in_a_saved_pages_name(name, title):
    assert wiki_title(name) == title
