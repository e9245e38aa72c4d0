"""Fetches one large file to disk: only when it changed, in bounded memory, going on where an earlier try broke off.

Beside FILE lie `FILE.told`, what the server said of it, and while it comes `FILE.part` with `FILE.part.told`.
What belongs here: these files. What does not: the requests (`client`), and what is in the file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import httpx

from commons_graph.capture.http import bounds
from commons_graph.capture.http.bounds import Limits
from commons_graph.capture.http.client import Client
from commons_graph.capture.http.exchange import Condition, Exchange
from commons_graph.errors import CommonsError

LARGEST = Limits(size=50_000_000_000, seconds=12 * 3600.0)


def download(client: Client, address: str, path: Path, limits: Limits = LARGEST) -> bool:
    """Fetch a file, unless it is as it was; say whether it is new. It is replaced only by a whole one.

    Raises `CommonsError` when the server does not give it, or the disk does not take it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _download(client, address, path, limits)
    except OSError as error:
        raise CommonsError(str(path), f"cannot be written ({error.strerror})", "check the disk") from error


def forget(path: Path) -> None:
    """Forget what the server said of a file, so that it is fetched whole the next time."""
    _beside(path).unlink(missing_ok=True)


def _download(client: Client, address: str, path: Path, limits: Limits) -> bool:
    part = path.with_name(f"{path.name}.part")

    def take(response: httpx.Response, began: float) -> bytes:
        if response.status_code == 416:
            part.unlink(missing_ok=True)
        if response.status_code not in (200, 206):
            return bounds.body(response, Limits(), began)
        _note(part, Condition(response.headers.get("etag", ""), response.headers.get("last-modified", "")))
        with part.open("ab" if response.status_code == 206 else "wb") as out:
            _check_range(address, response, out.tell())
            for piece in bounds.pieces(response, limits, began, out.tell()):
                out.write(piece)
            _check_end(response, out.tell())
        return b""

    exchange = client.fetch(address, lambda _: _headers(path, part), take, limits.seconds)
    if exchange.unchanged:
        return False
    if exchange.status == 416:  # what is there in part goes past the end of the file, and is thrown away
        exchange = client.fetch(address, lambda _: _headers(path, part), take, limits.seconds)
    if exchange.status not in (200, 206):
        raise CommonsError(address, f"answered {exchange.status}", "check the address")
    _keep(path, part, exchange)
    return True


def _headers(path: Path, part: Path) -> dict[str, str]:
    """Ask for the rest of what is there in part, if the file is still that one; or for all, if it is a new one."""
    begun = _told(part)
    mark = begun.etag if begun.etag and not begun.etag.startswith("W/") else begun.last_modified
    if mark and part.is_file():
        return {"Range": f"bytes={part.stat().st_size}-", "If-Range": mark, "Accept-Encoding": "identity"}
    return {**(_told(path).headers if path.is_file() else {}), "Accept-Encoding": "identity"}


def _check_range(address: str, response: httpx.Response, at: int) -> None:
    told = response.headers.get("content-range", "")
    if response.status_code == 206 and not told.startswith(f"bytes {at}-"):
        raise CommonsError(address, f"answered another part of the file ({told[:60]!r})", "tell the site")


def _check_end(response: httpx.Response, at: int) -> None:
    """Raise where a server gave less than the rest that was asked for: the next try goes on from there."""
    whole = response.headers.get("content-range", "").rpartition("/")[2]
    if response.status_code == 206 and whole.isascii() and whole.isdecimal() and whole[:15] != str(at):
        raise httpx.RemoteProtocolError(f"gave {at} of {whole[:15]} bytes")


def _keep(path: Path, part: Path, exchange: Exchange) -> None:
    part.replace(path)
    _note(path, exchange.condition)
    _beside(part).unlink()


def _note(path: Path, told: Condition) -> None:
    _beside(path).write_text(json.dumps(asdict(told)), encoding="utf-8")


def _told(path: Path) -> Condition:
    try:
        return Condition(**json.loads(_beside(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Condition()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.told")
