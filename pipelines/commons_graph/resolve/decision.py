"""One decision of a steward: an entry of a file below sources/decisions/, which is one of:

    - same: [p2pfoundation-wiki:MAZI, p2pfoundation-wiki:MAZI Project]    # keys of one thing
    - different: [p2pfoundation-wiki:Debt Strike, p2pfoundation-wiki:Strike Debt]
    - type: Organization                                                  # one of the eight classes
      of: p2pfoundation-wiki:Hôtel du Nord
    - hide: p2pfoundation-wiki:Sandbox                                    # do not publish this entity
    - reject: 0123456789abcdef0123456789abcdef                            # do not publish this statement
    - accept: fedcba9876543210fedcba9876543210                            # publish it, though it waited

and may say `why`, `by` and `on`.
What belongs here: the form of an entry. What does not: the files (`decisions`), and what entries say together
(`contradictions`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, get_args

from commons_graph.errors import CommonsError
from commons_graph.model import EntityClass

ACTIONS = ("same", "different", "type", "hide", "reject", "accept")
NOTES = ("why", "by", "on")
STATEMENT = re.compile(r"(?:cgst:|https://w3id\.org/commons-graph/statement/)?([0-9a-f]{32})")
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


def parse(entry: Any, place: str) -> Decision:
    """Give the decision that an entry states; `place` is its file and line. Raises `CommonsError` when it is wrong."""
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
    if action in ("accept", "reject"):
        return (_statement(_text(value, place, action), place, action),)
    if action not in ("same", "different"):
        return (_text(value, place, action),)
    if not isinstance(value, list) or len(value) < 2:
        raise CommonsError(place, f"`{action}` needs a list of at least two keys", SHAPE)
    keys = tuple(_text(key, place, action) for key in value)
    if len(set(keys)) < len(keys):
        raise CommonsError(place, f"`{action}` names one key twice", "name each once")
    return keys


def _statement(value: str, place: str, name: str) -> str:
    """Give a statement's identifier, from its address or CURIE too, which `commons why` and SPARQL give."""
    found = STATEMENT.fullmatch(value.strip())
    if not found:
        raise CommonsError(place, f"`{name}` names no statement", "copy its identifier from `commons why` or `waiting`")
    return found[1]


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
