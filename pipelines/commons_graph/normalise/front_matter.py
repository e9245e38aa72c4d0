"""What stands before a text in Markdown: its title, date, authors, as YAML or TOML, between marks or bare.

What belongs here: finding and reading it. What does not: the text behind it (`markdown`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from commons_graph.normalise.characters import clean

MARKED = re.compile(r"\A\s{0,10}(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.|\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL)
BARE = re.compile(
    r"\A\s{0,10}((?:[A-Za-z][\w-]{0,30} ?[:=][^\n]{0,2000}\n|[ \t]+\S[^\n]{0,2000}\n){1,60})(?:[ \t]*\n|\Z)"
)
KNOWN = frozenset(
    ("title", "longtitle", "date", "author", "authors", "auteur", "description", "excerpt", "tags", "layout", "lang")
)
FIELDS = {"author": "author", "authors": "author", "auteur": "author", "description": "description"}
FIELDS |= {"excerpt": "description", "summary": "description", "subtitle": "description", "chapo": "description"}
MOST = 10**30
"""A longer number is no title or date, and Python refuses to print one of many thousand digits."""
MOMENT = re.compile(
    r"\d{1,4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:[\d:.]{1,20})?(?:[Zz]|[+-]\d{1,2}:\d{1,2})?|\d{1,2}:[\d:.]{1,20}"
)
"""How TOML writes a day or an hour, which may be one that is in no calendar."""
PLACE = re.compile(r"\(at line (\d{1,6}), column (\d{1,6})\)")
"""Where the standard library says what it cannot read: Python 3.11 has it in words only."""
MOST_MOMENTS = 20
Front = dict[str, str]


class _Loader(yaml.SafeLoader):
    """Reads a day that is in no calendar as words: YAML's own refuses all that stands around it."""


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def front_matter(source: str) -> tuple[Front, str]:
    """Give the words that the front matter holds (nothing when it is broken) and the text without it.

    Without marks around it, the lines before the first empty one count when all are settings and one is known.
    """
    text = source.lstrip("\ufeff").replace("\r\n", "\n")
    if marked := MARKED.match(text):
        return _front(_parsed(marked[2], toml=marked[1] == "+++")), text[marked.end() :]
    if bare := BARE.match(text):
        front = _front(_parsed(bare[1], toml=" = " in bare[1].split("\n", 1)[0]))
        if front.keys() & KNOWN:
            return front, text[bare.end() :]
    return {}, text


def fields(front: Front) -> Iterator[tuple[str, str]]:
    """Give what a reader should see of it besides title and date: who wrote the text, and what it says of itself."""
    for name, value in front.items():
        if name in FIELDS:
            yield from ((FIELDS[name], words) for words in value.split("\n") if words.strip())


def _parsed(words: str, toml: bool) -> Any:
    try:
        return _toml(words) if toml else _Loader(words).get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return None


def _toml(words: str) -> Any:
    """Read TOML; a day that is in no calendar is read as words, as in YAML. Raises `ValueError` when it is broken."""
    for _ in range(MOST_MOMENTS):
        try:
            return tomllib.loads(words)
        except tomllib.TOMLDecodeError as error:
            if not (found := _moment(words, PLACE.search(str(error)))):
                raise
            words = f'{words[: found.start()]}"{found[0]}"{words[found.end() :]}'
    return tomllib.loads(words)


def _moment(words: str, place: re.Match[str] | None) -> re.Match[str] | None:
    """Give the day or hour in which the reader stopped, if it did so in one."""
    if not place:
        return None
    begin = sum(len(line) for line in words.splitlines(keepends=True)[: int(place[1]) - 1])
    at = begin + int(place[2]) - 1
    near = MOMENT.finditer(words, begin, at + 64)
    return next((each for each in near if each.start() <= at <= each.end()), None)


def _front(told: Any) -> Front:
    items = told.items() if isinstance(told, dict) else ()
    return {name.lower()[:40]: words for name, value in items if isinstance(name, str) and (words := _words(value))}


def _words(value: object) -> str:
    """Give a scalar, or the scalars of a list, one a line; nothing for what nests, which may be a bomb of aliases."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, list):
        return "\n".join(_scalars(value[:50]))
    return _said(value)[:1000] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _scalars(values: list[object]) -> Iterator[str]:
    return (_said(value)[:200] for value in values if isinstance(value, str | int))


def _said(value: str | float) -> str:
    """Give a scalar's words: no halves of characters, which YAML can escape, and no number too long to be printed."""
    return clean(value) if isinstance(value, str) else str(value) if abs(value) < MOST else ""
