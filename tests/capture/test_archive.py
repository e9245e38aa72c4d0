"""The archive: a replay gives what the read gave, nothing is kept twice, and a kill at any time loses nothing."""

from __future__ import annotations

import bz2
import json
import sys
import zlib
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from commons_graph import capture
from commons_graph.capture import archive
from commons_graph.errors import CommonsError

sys.path.insert(0, str(Path(__file__).parents[1]))

from killed import Written, killed


def warcs(project, source) -> list[Path]:
    return sorted((project.captures_dir / source.id).glob("*.warc*"))


def records(path: Path) -> list[tuple[str, str, bytes]]:
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_a_replay_gives_what_the_read_gave(source, project, put, wiki):
    put("a/é.html", "<p>é")
    put("empty.txt", "")
    put("same.txt", "<p>é")
    put("meta.tsv", "file\tdate\na/é.html\t2025\n")
    put("wiki.xml", wiki.export(wiki.page("A", "1"), wiki.page("B", "2")))
    put("photo.png", b"png")
    kept = archive.keep(source, project)
    assert (kept.new, kept.known, [one.address for one in kept.refused]) == (4, 1, ["photo.png"])
    read = [one for one in capture.read(source, project) if isinstance(one, capture.Capture)]
    assert list(archive.replay(source, project)) == read
    assert kept.fingerprint == capture.fingerprint(source, project) == archive.latest_fingerprint(source, project)


def test_the_records_are_standard_and_hold_the_exact_bytes(source, project, put):
    put("a.html", b"<p>\xff\r\n")
    archive.keep(source, project)
    (path,) = warcs(project, source)
    assert records(path) == [("resource", "https://site.example/a.html", b"<p>\xff\r\n")]


def test_each_record_of_a_packed_file_is_packed_alone_and_lies_where_the_index_says(source, project, put):
    for name in "abc":
        put(f"{name}.txt", f"text {name}\n" * 1000)
    archive.keep(source, project)
    (path,) = warcs(project, source)
    packed = path.read_bytes()
    index = (project.captures_dir / "site" / "index.jsonl").read_text().splitlines()
    places = {place["offset"]: place["name"] for place in map(json.loads, index)}
    for start, end in pairwise([*sorted(places), len(packed)]):
        one = zlib.decompressobj(wbits=31)
        record = one.decompress(packed[start:end])
        assert (one.eof, one.unused_data) == (True, b"")
        name = places[start].removesuffix(".txt")[-1]
        assert record.startswith(b"WARC/1.")
        assert record.endswith(f"text {name}\n\r\n\r\n".encode())
    assert len(packed) < 3 * 1000


def test_a_dump_is_one_record_as_it_came(dump_source, project, wiki, tmp_path):
    dump = tmp_path / "d.xml.bz2"
    dump.write_bytes(bz2.compress(wiki.export(wiki.page("A", "1"))))
    archive.keep(dump_source, project, dump)
    (path,) = warcs(project, dump_source)
    assert path.suffix == ".warc"
    assert dump.read_bytes() in path.read_bytes()
    read = list(capture.read(dump_source, project, dump))
    dump.unlink()
    assert list(archive.replay(dump_source, project)) == read


def test_a_damaged_dump_is_kept_and_its_replay_complains_as_its_read_did(dump_source, project, wiki, tmp_path):
    dump = tmp_path / "d.xml"
    dump.write_bytes(wiki.export(wiki.page("A", "1"), wiki.page("B", "2"))[:-50])
    archive.keep(dump_source, project, dump)
    replay = archive.replay(dump_source, project)
    assert next(replay).hints["title"] == "A"
    with pytest.raises(CommonsError, match="cut off"):
        next(replay)


def test_only_what_is_new_is_kept_and_only_what_is_there_is_replayed(source, project, put):
    put("a.txt", "one")
    gone = put("b.txt", "two")
    archive.keep(source, project)
    assert archive.keep(source, project).new == 0
    assert len(warcs(project, source)) == 1
    put("a.txt", "three")
    gone.unlink()
    kept = archive.keep(source, project)
    assert (kept.new, kept.known, len(warcs(project, source))) == (1, 0, 2)
    assert [one.payload for one in archive.replay(source, project)] == [b"three"]
    put("a.txt", "one")
    assert archive.keep(source, project).new == 0
    assert [one.payload for one in archive.replay(source, project)] == [b"one"]


def test_a_damaged_archive_is_noticed(source, project, put):
    put("a.txt", "text " * 1000)
    archive.keep(source, project)
    (path,) = warcs(project, source)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refusals = list(archive.replay(source, project))
    assert ["is damaged" in one.reason for one in refusals] == [True]


def test_a_lost_warc_file_is_written_again(source, project, put):
    put("a.txt", "text")
    archive.keep(source, project)
    warcs(project, source)[0].unlink()
    with pytest.raises(CommonsError, match="does not say where"):
        list(archive.replay(source, project))
    assert archive.keep(source, project).new == 1
    assert [one.payload for one in archive.replay(source, project)] == [b"text"]


def test_nothing_archived_is_told(source, project):
    assert archive.latest_fingerprint(source, project) == ""
    with pytest.raises(CommonsError, match="nothing is archived of this source"):
        list(archive.replay(source, project))


def test_an_index_that_cannot_be_read_is_told(source, project, put):
    put("a.txt", "text")
    archive.keep(source, project)
    (project.captures_dir / "site" / "index.jsonl").write_text('{"digest": ')
    with pytest.raises(CommonsError, match=r"index\.jsonl: cannot be read"):
        archive.keep(source, project)


def test_a_kill_at_any_moment_leaves_the_last_whole_state(source, project, put):
    put("a.txt", "one")
    put("b.xml.bz2", bz2.compress(b"<mediawiki></mediawiki>"))
    archive.keep(source, project)
    put("a.txt", "three")
    put("b.xml.bz2", bz2.compress(b"<mediawiki> </mediawiki>"))
    moment = 1
    while killed(Written(moment, project.root), partial(archive.keep, source, project)):
        assert [one.payload for one in archive.replay(source, project)] == [b"one"]
        moment += 1
    assert moment > 8
    assert [one.payload for one in archive.replay(source, project)] == [b"three"]
    home = project.captures_dir / source.id
    known = {json.loads(line)["warc"] for line in (home / "index.jsonl").read_text().splitlines()}
    assert {path.name for path in home.iterdir()} == known | {"index.jsonl", "latest.json"}
