"""Asks a wiki's api.php: one question, the parts of a long answer, and what its errors mean.

What does not belong here: any one question (the modules beside this one).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from commons_graph.capture.http import Client, retries
from commons_graph.capture.live import json_answer
from commons_graph.errors import CommonsError

Question = Mapping[str, str]
Record = dict[str, Any]

# `maxlag` has the wiki refuse us while its database is behind, which is when it has more urgent things to do.
ALWAYS = {"action": "query", "format": "json", "formatversion": "2", "maxlag": "5"}
LATER = ("maxlag", "ratelimited", "readonly", "internal_api_error")
MOST_PARTS = 100_000
MOST_EMPTY = 50
"""A wiki may give some parts with nothing in them, when it filters; one that gives only such has no end."""


class Api:
    """One wiki's api.php. `parts` bounds the parts of one answer."""

    def __init__(self, client: Client, address: str, attempts: int = 5, parts: int = MOST_PARTS) -> None:
        self.address = address
        self._client, self._attempts, self._parts = client, attempts, parts

    def ask(self, question: Question) -> Record:
        """Ask one question; ask again later when the wiki says that it is busy.

        Raises `CommonsError` when the wiki answers with an error, with no JSON, or not at all.
        """
        try:
            return retries.again(lambda: self._once(question), self._attempts)
        except retries.BusyError as error:
            raise CommonsError(self.address, "the wiki is too busy to answer", "try again later") from error

    def parts(self, question: Question) -> Iterator[Record]:
        """Ask a question and go on until the answer is whole; give its parts as they come. Raises as `ask` does."""
        following: dict[str, str] = {}
        empty = 0
        for _ in range(self._parts):
            answer = self.ask({**question, **following})
            yield answer
            empty = 0 if answer.get("query") else empty + 1
            told = {name: str(value) for name, value in record(answer, "continue").items()}
            if not told:
                return
            if told == following or empty > MOST_EMPTY:
                break
            following = told
        raise CommonsError(self.address, "the wiki's answer has no end", "look at the wiki's API in a browser")

    def _once(self, question: Question) -> Record:
        exchange = self._client.get(f"{self.address}?{urlencode({**ALWAYS, **question}, safe='|:')}")
        if exchange.status != 200:
            raise CommonsError(self.address, f"answered {exchange.status}", "check `api`: it ends in api.php")
        answer = self._read(exchange.body, exchange.media_type)
        if "error" in answer:
            error = record(answer, "error")
            code = str(error.get("code", "unknown"))
            if code.startswith(LATER):
                raise retries.BusyError(exchange.status, retries.told_wait(exchange.header("retry-after")))
            raise CommonsError(self.address, f"the wiki refuses ({_line(code)}: {_line(error.get('info', ''))})")
        return answer

    def _read(self, body: bytes, media_type: str) -> Record:
        try:
            answer = json_answer.loads(body)
        except (ValueError, RecursionError) as error:
            remedy = "check `api`: it ends in api.php" if media_type == "text/html" else "try again"
            raise CommonsError(self.address, f"answered no JSON, but {media_type or 'something'}", remedy) from error
        if not isinstance(answer, dict):
            raise strange(self.address)
        return answer


def record(answer: Record, *path: str) -> Record:
    """Give the record at a path of an answer; an empty one where there is none. Raises `CommonsError` for all else.

    PHP writes an empty record as an empty list.
    """
    found: Any = answer
    for name in path:
        found = found.get(name) or {}
        if not isinstance(found, dict):
            raise strange(name)
    return dict(found)


def records(answer: Record, *path: str) -> list[Record]:
    """Give the list of records at a path, empty where there is none. Raises `CommonsError` for all else."""
    found = record(answer, *path[:-1]).get(path[-1], [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise strange(path[-1])
    return found


def strange(place: str) -> CommonsError:
    """Give the error for JSON that is not in MediaWiki's form."""
    return CommonsError(place, "this is no answer of MediaWiki 1.25 or newer", "check `api`: it ends in api.php")


def _line(text: object) -> str:
    return " ".join(str(text).split())[:200]
