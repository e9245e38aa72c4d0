"""Packed bodies, cut into pieces as a network cuts them: whole, bare, cut off, damaged, far too large."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from itertools import islice

import httpx
import pytest

from commons_graph.capture.http.packing import AT_ONCE, unpacked

TEXT = b"words and more words " * 200_000
BARE = zlib.compressobj(wbits=-zlib.MAX_WBITS)
PACKED = {
    "gzip": ("gzip", gzip.compress(TEXT)),
    "deflate": ("deflate", zlib.compress(TEXT)),
    "bare deflate": ("deflate", BARE.compress(TEXT) + BARE.flush()),
    "as it is": ("", TEXT),
}


def cut(body: bytes, size: int) -> Iterator[bytes]:
    return (body[at : at + size] for at in range(0, len(body), size))


@pytest.mark.parametrize("size", [2, 1000, 10**9])
@pytest.mark.parametrize(("packing", "body"), PACKED.values(), ids=PACKED)
def test_what_was_packed_comes_out_whole(packing: str, body: bytes, size: int) -> None:
    assert b"".join(unpacked(cut(body, max(size, len(body) // 5_000)), packing)) == TEXT


@pytest.mark.parametrize("name", ["gzip", "deflate", "bare deflate"])
def test_what_is_cut_off_or_damaged_is_not_taken_for_whole(name: str) -> None:
    packing, body = PACKED[name]
    with pytest.raises(httpx.RemoteProtocolError, match="cut off"):
        list(unpacked(cut(body[:-3], 1000), packing))
    with pytest.raises(httpx.DecodingError, match="damaged"):
        list(unpacked([b"<html>no pack at all</html>"], packing))


def test_an_empty_body_has_no_pack_and_what_follows_one_is_dropped() -> None:
    assert list(unpacked([], "gzip")) == []
    body = PACKED["gzip"][1]
    pieces = [body, b"what", b"follows"]
    assert b"".join(unpacked(pieces, "gzip")) == TEXT
    assert len(list(unpacked(pieces, "gzip"))) == len(list(unpacked([body], "gzip"))) + 2, "each piece can be counted"


def test_a_bomb_comes_in_pieces_of_bounded_size() -> None:
    parts = list(islice(unpacked([gzip.compress(bytes(50_000_000))], "gzip"), 5))
    assert [len(part) for part in parts] == [AT_ONCE] * 5
