"""What stewards decided, read from the YAML files below sources/decisions/.

A file holds a list `decisions`; each entry is one of:

    - same: [p2pfoundation-wiki:MAZI, p2pfoundation-wiki:MAZI Project]    # keys of one thing
    - different: [p2pfoundation-wiki:Debt Strike, p2pfoundation-wiki:Strike Debt]
    - type: Organization                                                  # one of the eight classes
      of: p2pfoundation-wiki:Hôtel du Nord
    - hide: p2pfoundation-wiki:Sandbox                                    # do not publish this entity
    - reject: 0123456789abcdef0123456789abcdef                            # do not publish this statement
    - accept: 0123456789abcdef0123456789abcdef                            # publish it, though it waited

and may say `why`, `by` and `on`. Keys that the lake does not know are passed over: their document may come back.
What belongs here: the form of these files. What does not: what follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from commons_graph import yaml_file
from commons_graph.errors import CommonsError
from commons_graph.model import EntityClass
from commons_graph.yaml_file import YamlFile

ACTIONS = ("same", "different", "type", "hide", "reject", "accept")
NOTES = ("why", "by", "on")
SHAPE = "write for example `- same: [source:One title, source:Another]`"


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry: `what` is its action; `keys` are the keys it is about, or the statement's identifier for reject and
    accept.

    `cls` is the class that a `type` gives, or "". `place` is file and line, `why` the steward's words.
    """

    what: str
    keys: tuple[str, ...]
    place: str
    cls: str = ""
    why: str = ""


def read(folder: Path) -> list[Decision]:
    """Read all decisions of a folder, in the order of files and lines; none where there is no folder.

    Raises `CommonsError` naming file and line of the first entry that is wrong.
    """
    files = sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))
    return [decision for path in files for decision in _entries(path)]


def _entries(path: Path) -> Iterator[Decision]:
    file = yaml_file.load(path, f"sources/decisions/{path.name}")
    entries = file.data.get("decisions")
    unknown = sorted(set(map(str, file.data)) - {"decisions"})
    if unknown or not isinstance(entries, list):
        raise CommonsError(f"{file.place}:1", "expected one list named `decisions`", SHAPE)
    for number, entry in enumerate(entries):
        yield _decision(file, entry, f"{file.place}:{file.line('decisions', number)}")


def _decision(file: YamlFile, entry: Any, place: str) -> Decision:
    actions = [name for name in ACTIONS if isinstance(entry, dict) and name in entry]
    if len(actions) != 1:
        raise CommonsError(place, f"expected exactly one of {', '.join(ACTIONS)}", SHAPE)
    action = actions[0]
    unknown = sorted(set(map(str, entry)) - {action, "of" if action == "type" else action, *NOTES})
    if unknown:
        raise CommonsError(place, f"`{unknown[0]}` is not a known key here", f"known besides: {', '.join(NOTES)}")
    why = str(entry.get("why", ""))
    if action == "type":
        return Decision(action, (_text(entry.get("of"), place, "of"),), place, _class(entry[action], place), why)
    return Decision(action, _keys(action, entry[action], place), place, why=why)


def _keys(action: str, value: Any, place: str) -> tuple[str, ...]:
    if action not in ("same", "different"):
        return (_text(value, place, action),)
    if not isinstance(value, list) or len(value) < 2:
        raise CommonsError(place, f"`{action}` needs a list of at least two keys", SHAPE)
    keys = tuple(_text(key, place, action) for key in value)
    if len(set(keys)) < len(keys):
        raise CommonsError(place, f"`{action}` names one key twice", "name each once")
    return keys


def _text(value: Any, place: str, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CommonsError(
            place, f"`{name}` is no text", "write a key as `source:Title`, in quotes if it has ': ' in it"
        )
    return value


def _class(value: Any, place: str) -> str:
    if value not in get_args(EntityClass):
        raise CommonsError(place, f"`type` is {str(value)[:60]!r}", "write one of " + ", ".join(get_args(EntityClass)))
    return str(value)
