"""A .gz in pieces is one file to all that read it, and the same bytes whatever it was made from."""

from __future__ import annotations

import gzip
import random
import subprocess
import zlib
from pathlib import Path

import pytest
from examples import examples

from commons_graph.publish.packed import BETWEEN, USUAL, Sizes, write_packed

SMALL = Sizes(least=300, most=2_000)
MARKED = b"\0\0\xff\xff\x02\0" + BETWEEN
"""The end of a piece with one more empty block, compressed: it is left in one that is taken over, and in no other."""


def line(drawn: random.Random) -> bytes:
    return b'<https://a.example/%032x> <https://a.example/says> "%s" .\n' % (
        drawn.getrandbits(128),
        b"word " * drawn.randrange(9),
    )


def sorted_lines(drawn: random.Random, number: int) -> list[bytes]:
    return sorted(line(drawn) for _ in range(number))


def edited(lines: list[bytes], drawn: random.Random) -> list[bytes]:
    """Put some lines in, take some out, and change some in their places and without another length."""
    held = list(lines)
    for _ in range(3):
        held[drawn.randrange(len(held))] = line(drawn)
        del held[drawn.randrange(len(held))]
        held.insert(drawn.randrange(len(held)), line(drawn))
        at = drawn.randrange(len(held))
        held[at] = held[at].replace(b" .\n", b" ;\n")
    return held


def packed(
    folder: Path, text: bytes, before: bytes | None = None, sizes: Sizes = SMALL, *, mark: bool = False
) -> bytes:
    """Pack a text, from what `before` was packed to if that is given; `mark` the members of that."""
    old, new = folder / "old", folder / "new"
    if before is not None:
        old.write_bytes(before)
        (folder / "old.gz").write_bytes(
            packed(folder, before, sizes=sizes).replace(*(BETWEEN, MARKED) if mark else (b"",) * 2)
        )
    new.write_bytes(text)
    write_packed(new, folder / "new.gz", (old, folder / "old.gz") if before is not None else None, sizes)
    return (folder / "new.gz").read_bytes()


@pytest.mark.parametrize("sizes", [SMALL, USUAL, Sizes(1, 2)])
@pytest.mark.parametrize(
    "text",
    [b"", b"\n", b"7e", b"no end of line", b"x" * 5_000, b"7e" * 5_000, b"7e\n" * 5_000]
    + [b"".join(sorted_lines(random.Random(seed), 6_000 if seed else 99)) for seed in range(2)],
    ids=len,
)
def test_every_reader_of_gzip_reads_it(tmp_path: Path, text: bytes, sizes: Sizes) -> None:
    if len(text) > 100_000 and sizes.least == 1:
        text = text[:9_000]
    whole = packed(tmp_path, text, sizes=sizes)
    assert gzip.decompress(whole) == text
    one = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert (one.decompress(whole), one.eof, one.unused_data) == (text, True, b""), "it is one member"
    assert subprocess.run(["gzip", "-dc"], input=whole, capture_output=True, check=True).stdout == text
    assert whole.count(BETWEEN) >= len(text) / sizes.most
    assert packed(tmp_path, text, text, sizes) == whole


@pytest.mark.parametrize("seed", range(examples(20, 200)))
def test_it_is_the_same_made_anew_and_from_the_one_before(tmp_path: Path, seed: int) -> None:
    drawn = random.Random(seed)
    lines = sorted_lines(drawn, drawn.randrange(10, 900))
    text = b"".join(edited(lines, drawn))
    anew = packed(tmp_path, text)
    assert packed(tmp_path, text, b"".join(lines)) == anew
    assert gzip.decompress(anew) == text


def test_what_did_not_change_is_taken_over(tmp_path: Path) -> None:
    drawn = random.Random(1)
    lines = sorted_lines(drawn, 3_000)
    before, text = b"".join(lines), b"".join(edited(lines, drawn))
    anew, made = packed(tmp_path, text), packed(tmp_path, text, before, mark=True)
    assert made.replace(MARKED, BETWEEN) == anew
    assert 0 < made.count(BETWEEN) - made.count(MARKED) <= 40, "twelve changes spoil few pieces each"
    assert made.count(MARKED) > 200


def test_a_piece_that_begins_and_is_as_long_as_another_is_not_taken_for_it(tmp_path: Path) -> None:
    before, text = (b"a" * 1_000 + end + b"\n" for end in (b"7e1", b"7e2"))
    assert gzip.decompress(packed(tmp_path, text, before)) == text


def test_what_looks_like_the_end_of_a_piece_is_none(tmp_path: Path) -> None:
    before = random.Random(1).randbytes(700) + BETWEEN + random.Random(2).randbytes(3_000)
    assert gzip.decompress(packed(tmp_path, before)) == before
    assert packed(tmp_path, before, before) == packed(tmp_path, before)
    assert packed(tmp_path, before[100:], before) == packed(tmp_path, before[100:])


def test_one_after_an_empty_one(tmp_path: Path) -> None:
    assert packed(tmp_path, b"text\n", b"") == packed(tmp_path, b"text\n")
    assert gzip.decompress(packed(tmp_path, b"", b"text\n")) == b""
