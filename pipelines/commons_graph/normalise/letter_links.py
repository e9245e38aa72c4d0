"""Where the links of a letter lead, without calling those that count who clicks.

What belongs here: reading a target out of a link. What does not: which links count clicks (`tracking.yaml`), and the
syntax of addresses (`addresses`).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import yaml

from commons_graph.model import Mark
from commons_graph.normalise.addresses import clean

RULES = Path(__file__).with_name("tracking.yaml")
DEEPEST = 4
"""Links that wrap links are followed so far."""
MOST_PARAMETERS = 100


@dataclass(frozen=True, slots=True)
class Rules:
    """What `tracking.yaml` says, ready to be held against a link."""

    parameters: frozenset[str]
    hosts: re.Pattern[str]
    paths: re.Pattern[str]
    about: re.Pattern[str]
    opaque: re.Pattern[str]
    reader: frozenset[str]
    reader_hosts: re.Pattern[str]


def unwrap(link: str) -> str:
    """Give where a link leads, without what names the reader, or "" when only a call would tell.

    >>> unwrap("https://click.list.example/track?url=https%3A%2F%2Fcoop.example%2Fagenda")
    'https://coop.example/agenda'
    """
    for _ in range(DEEPEST):
        target = next(_targets(link), "")
        if not target:
            break
        link = target
    parts = urlsplit(link)
    if _rules().opaque.search(f"{parts.hostname}{parts.path}"):
        return ""
    return _without_reader(link)


def unwrapped(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Give marks with their links' own targets; a link that leads nowhere without a call is dropped."""
    for mark in marks:
        if mark.kind != "web":
            yield mark
        elif target := unwrap(mark.target):
            yield replace(mark, target=target)


def _targets(link: str) -> Iterator[str]:
    rules, parts = _rules(), urlsplit(link)
    host = parts.hostname or ""
    if rules.about.search(host) and not rules.hosts.search(host):
        return
    if not (rules.hosts.search(host) or rules.paths.search(parts.path)):
        return
    for name, value in _parameters(parts.query):
        if name.lower() in rules.parameters and (target := clean(_packed(value) or value)) and target != link:
            yield target


def _packed(value: str) -> str:
    """Give the target that Mandrill packs as JSON in JSON in base64, or ""."""
    try:
        told: Any = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        return str(json.loads(told["p"])["url"])
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        return ""


def _without_reader(link: str) -> str:
    rules, parts = _rules(), urlsplit(link)
    if not rules.reader_hosts.search(parts.hostname or ""):
        return link
    kept = [(name, value) for name, value in _parameters(parts.query) if name.lower() not in rules.reader]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _parameters(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return []


@cache
def _rules() -> Rules:
    told: dict[str, Any] = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    any_of = [re.compile("|".join(told[name]), re.I) for name in ("hosts", "about", "opaque", "reader_hosts")]
    paths, names = re.compile(told["paths"], re.I), [frozenset(told[name]) for name in ("parameters", "reader")]
    return Rules(names[0], any_of[0], paths, any_of[1], any_of[2], names[1], any_of[3])
