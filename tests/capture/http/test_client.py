"""The client against a real server: conditions, redirects, manners, bounds, reach."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from commons_graph.capture.http import Client, Condition, Exchange, Limits, UnreachableError
from commons_graph.capture.http.reach import is_public
from commons_graph.capture.warc_http import ExchangeWriter
from commons_graph.errors import CommonsError


def client(**settings: Any) -> Client:
    return Client(**{"private": True, "pause": 0.0, "limits": Limits(size=1_000_000), "attempts": 2, **settings})


def test_asks_again_with_a_condition_and_gets_no_body(site: Any) -> None:
    with client() as http:
        first = http.get(site.at("/kept"))
        second = http.get(site.at("/kept"), first.condition)
    assert (first.status, first.body) == (200, b"page")
    assert (second.status, second.body) == (304, b"")


@pytest.mark.parametrize("mark", ["été", '"a\x01"', '"a\r\nX-Evil: 1"'])
def test_a_mark_that_no_header_can_hold_is_not_sent_back(site: Any, mark: str) -> None:
    with client() as http:
        assert http.get(site.at("/kept"), Condition(mark, "hier à midi")).status == 200


def test_says_who_asks_and_whom_to_write_to(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONS_CONTACT", "https://steward.example/\r\nX-Evil: 1")
    with client() as http:
        http.get(site.at("/kept"))
    (agent,) = site.agents
    assert agent.startswith("commons-graph/")
    assert agent.endswith("(+https://steward.example/X-Evil:1)")


def test_records_redirects(site: Any) -> None:
    seen: list[Exchange] = []
    with client(recorder=seen.append) as http:
        found = http.get(site.at("/moved"))
    assert found.redirects == (site.at("/moved"),)
    assert [each.status for each in seen] == [404, 301, 200]


def test_waits_as_told_and_asks_again(site: Any) -> None:
    with client() as http:
        assert http.get(site.at("/busy")).body == b"at last"
    assert site.asked["/busy"] == 2


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/loop", "redirects without end"),
        ("/away", "is no http"),
        ("/bomb", "is larger than"),
        ("/huge", "is larger than"),
        ("/cut", "no whole answer"),
        ("/garbage", "no whole answer"),
    ],
)
def test_what_is_hostile_or_broken_is_one_clear_error(site: Any, path: str, problem: str) -> None:
    with client() as http, pytest.raises(CommonsError, match=problem):
        http.get(site.at(path))


def test_an_answer_that_drips_without_end_is_given_up(site: Any) -> None:
    limits = Limits(size=10**9, seconds=0.3)
    with client(limits=limits, robots=False) as http, pytest.raises(CommonsError, match="took more than"):
        http.get(site.at("/drip"))


def test_who_says_nothing_at_all_is_silent_and_not_late(site: Any) -> None:
    """A server of which so much is told is given up after some pages; one that is only slow is not."""
    with (
        client(limits=Limits(seconds=0.2), robots=False) as http,
        pytest.raises(UnreachableError, match="timed out"),
    ):
        http.get(site.at("/silent"))


@pytest.mark.parametrize("part", ["line", "headers", "hints", "chunks", "sign", "trailers"])
def test_an_answer_whose_parts_never_end_is_given_up(site: Any, part: str) -> None:
    path, limits = f"/endless/{part}", Limits(size=10**9, seconds=0.3)
    with client(limits=limits, robots=False) as http:
        with pytest.raises(CommonsError, match=r"took more than 0\.3 s"):
            http.get(site.at(path))
        assert http.get(site.at("/kept")).body == b"page"
    assert site.asked[path] == 1


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((404, b""), True),
        ((403, b""), True),
        ((503, b""), False),
        ((200, b"User-agent: *\nDisallow: /kept"), False),
        ((200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /kept"), False),
        ((200, b"User-agent: commons-graph\nAllow: /\nUser-agent: *\nDisallow: /"), True),
    ],
)
def test_robots_txt_is_heeded_as_rfc_9309_says(site: Any, robots: tuple[int, bytes], allowed: bool) -> None:
    site.robots = robots
    with client(attempts=1) as http:
        if allowed:
            assert http.get(site.at("/kept")).status == 200
        else:
            with pytest.raises(CommonsError, match=r"robots\.txt"):
                http.get(site.at("/kept"))
    assert site.asked["/kept"] == allowed


def test_a_private_network_is_not_reached_unless_the_source_says_so(site: Any) -> None:
    port = site.server_address[1]
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"):
        with client(private=False) as http, pytest.raises(CommonsError, match="private network"):
            http.get(f"http://{host}:{port}/kept")
    assert not site.asked


@pytest.mark.parametrize(
    "ip",
    ["10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1%eth0", "64:ff9b::7f00:1", "2002:7f00:1::",
     "::127.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "5f00::1"],
)  # fmt: skip
def test_addresses_that_are_not_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1"])
def test_addresses_that_are_public(ip: str) -> None:
    assert is_public(ip)


def test_every_exchange_is_kept_in_the_archivists_format(site: Any, tmp_path: Path) -> None:
    path = tmp_path / "site.warc.gz"
    with path.open("wb") as out:
        writer = ExchangeWriter(out)
        with client(recorder=writer.write) as http:
            first = http.get(site.at("/packed"))
            http.get(site.at("/kept"), http.get(site.at("/kept")).condition)
    records = [
        (record.rec_type, record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(path.read_bytes()), check_digests="raise")
    ]
    answers = [(kind, body) for kind, body in records if kind != "request"]
    assert len(records) == 2 * len(answers)
    assert answers[1:] == [("response", first.body), ("response", b"page"), ("revisit", b"")]
    for command in ("check", "index"):
        done = subprocess.run([sys.executable, "-m", "warcio.cli", command, str(path)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
