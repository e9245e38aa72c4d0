"""Reads one YAML file that a person wrote, so that every complaint names the line.

What belongs here: safe loading (size, depth, no aliases, no doubled keys, only `true` and `false` as truth values) and
the line of each value. What does not: the check against a schema (`yaml_complaints`), and what the file means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from commons_graph.errors import CommonsError

ENDINGS = (".yaml", ".yml")
LARGEST = 1_000_000
NO_NUMBERS = frozenset((".nan", ".inf", "+.inf", "-.inf"))
DEEPEST = 20
LONGEST_NUMBER = 100
"""Python prints no number of thousands of digits, and takes quadratic time to read one in base 60."""
NUMBER = re.compile(r"[-+]?[0-9][0-9A-Fa-fxo_:.]*")
BOOLEAN = "tag:yaml.org,2002:bool"
TRUTH = re.compile("^(?:true|True|TRUE|false|False|FALSE)$")


def _loader() -> Any:
    """Give the safe loader, made to read truth values as YAML 1.2 does: `on`, `no` and the like are text."""
    fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    forms = fast.yaml_implicit_resolvers.items()
    kept = {first: [form for form in of_first if form[0] != BOOLEAN] for first, of_first in forms}
    made: Any = type("Loader", (fast,), {"yaml_implicit_resolvers": kept})
    made.add_implicit_resolver(BOOLEAN, TRUTH, list("tTfF"))
    return made


Loader = _loader()


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a file says (`data`), and where it says it (`node`)."""

    place: str
    data: dict[str, Any]
    node: yaml.MappingNode

    def line(self, *path: str | int) -> int:
        """Give the line number, from 1, of the value at a path, or of the nearest part above it that exists."""
        return int(self.find(*path).start_mark.line) + 1

    def find(self, *path: str | int) -> yaml.Node:
        """Give the node at a path, or the nearest one above it that exists."""
        node: yaml.Node = self.node
        for step in path:
            below = _child(node, step)
            if below is None:
                return node
            node = below
        return node


def listed(folder: Path) -> list[Path]:
    """Give the files of a folder that are YAML by their names, in the order of these; no hidden ones.

    `load` refuses those that end otherwise than in .yaml: they are here so that they are not passed over in silence.
    """
    files = (path for path in folder.glob("*") if path.suffix.lower() in ENDINGS)
    return sorted(path for path in files if not path.name.startswith("."))


def load(path: Path, place: str) -> YamlFile:
    """Read a YAML file whose top is a mapping; `place` names it in messages.

    Raises `CommonsError` when the file is not named .yaml, cannot be read, is no YAML, or holds what we refuse.
    """
    if path.suffix != ENDINGS[0]:
        raise CommonsError(place, "is not read, since its name does not end in .yaml", f"name it {path.stem}.yaml")
    text = _text(path, place)
    try:
        _refuse_bombs(text, place)
        loader = Loader(text)
        try:
            node = loader.get_single_node()
            data: Any = loader.construct_document(node) if node else None
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise CommonsError(*_syntax(error, place)) from error
    except (ValueError, OverflowError) as error:
        raise CommonsError(place, f"a value cannot be read ({error})", "put it in quotes") from error
    if not isinstance(node, yaml.MappingNode):
        raise CommonsError(f"{place}:1", "expected lines of `key: value`", "see the other files beside it")
    _refuse_doubles(node, place)
    return YamlFile(place, data, node)


def _text(path: Path, place: str) -> str:
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        raise CommonsError(place, "is no regular file", "put a file in its place, or take it away")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise CommonsError(place, "the file is larger than 1 MB", "shorten it to a few pages")
        return raw.decode("utf-8-sig")
    except OSError as error:
        remedy = "put it back" if isinstance(error, FileNotFoundError) else "check the file and its permissions"
        raise CommonsError(place, f"cannot be read ({error.strerror})", remedy) from error
    except UnicodeDecodeError as error:
        raise CommonsError(place, "is not UTF-8 text", "save the file as UTF-8") from error


def _refuse_bombs(text: str, place: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        mark = event.start_mark
        line = f"{place}:{mark.line + 1}" if mark else place
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise CommonsError(line, "anchors (&) and aliases (*) are not allowed", "write the value out, or quote it")
        if getattr(event, "tag", None):
            raise CommonsError(line, "tags (!) are not allowed", "write the plain value")
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and event.value.lower() in NO_NUMBERS:
            raise CommonsError(line, f"`{event.value.lower()}` is no number that means anything", "write a number")
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and _is_endless(event.value):
            raise CommonsError(line, "is a number of too many digits", "put it in quotes")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise CommonsError(line, "is nested too deeply", "write it with as few levels as the files beside it")


def _is_endless(value: str) -> bool:
    return len(value) > LONGEST_NUMBER and NUMBER.fullmatch(value) is not None


def _refuse_doubles(node: yaml.Node, place: str) -> None:
    """Refuse keys that stand twice in one mapping, at any depth: the first would be lost without a word."""
    for below in node.value if isinstance(node, yaml.SequenceNode) else ():
        if not isinstance(below, yaml.ScalarNode):
            _refuse_doubles(below, place)
    seen: dict[str, int] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        line = key.start_mark.line + 1
        if key.value in seen:
            raise CommonsError(
                f"{place}:{line}", f"`{key.value}` stands here again, after line {seen[key.value]}", "keep one"
            )
        seen[key.value] = line
        _refuse_doubles(value, place)


def _syntax(error: yaml.YAMLError, place: str) -> tuple[str, str, str]:
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    where, at = (f"{place}:{mark.line + 1}", f" at character {mark.column + 1}") if mark else (place, "")
    since = f", in what begins on line {begun.line + 1}" if mark and begun and begun.line != mark.line else ""
    remedy = "put text with a colon into quotes; check quotes, brackets and spaces on this line and the one above"
    return where, f"is not YAML ({problem}{at}{since})", remedy


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        below: yaml.Node = node.value[step]
        return below
    return None
