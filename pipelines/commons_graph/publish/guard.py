"""What a query may not do: change data, or make this machine ask another one.

What belongs here: looking at a query's text before it is run. What does not: running it.
The store is opened read-only and knows no `LOAD`; but its engine would answer `SERVICE` by a request to any address,
so that word is refused wherever it could be one of the language. Keywords may touch their neighbours (`trueSERVICE`)
and an IRI may swallow what is none, so the rule is: the word must not be left once strings, comments, IRIs, variables
and harmless local names are gone. `FROM` is refused too: a release's store has no named graph, so every such query
would be answered by nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise

from commons_graph.errors import CommonsError

LONGEST = 100_000
TOKEN = re.compile(
    r"""
      (?P<string> \"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<comment> \#[^\n\r]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<variable> [?$]\w+ )
    | (?P<local> (?<=:)[\w-]+ )
    | (?P<word> \w+ )
    | (?P<other> \\. | . )
    """,
    re.VERBOSE | re.DOTALL,
)
UPDATE = {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
QUERY = {"select", "ask", "construct", "describe"}
# What a name goes on behind, an escape too; nothing is no such character.
NAMED = (".", "@", "-", "·", "\\")
# An IRI that holds a comparison: `?a<?b)SERVICE?x#>`.
SERVICE_IN_IRI = re.compile(r"(?<![\w/.-])service(silent)?[?$#]", re.IGNORECASE)


def check(text: str) -> None:
    """Raise `CommonsError` for a query that is too long, changes data, asks another endpoint or has FROM."""
    if len(text) > LONGEST:
        raise CommonsError("query", f"it has {len(text):,} characters", f"the longest that is answered has {LONGEST:,}")
    if "\0" in text:
        raise CommonsError("query", "it holds a NUL character", "take it out")
    tokens = [(match.lastgroup or "", match.group()) for match in TOKEN.finditer(text)]
    if _asks_elsewhere(tokens):
        remedy = "ask this graph only; write an IRI in full where a name holds that word"
        raise CommonsError("query", "SERVICE would ask another endpoint", remedy)
    if _names_a_graph(tokens):
        remedy = "leave FROM out; cg:quote and prov:wasDerivedFrom of a statement say where a triple comes from"
        raise CommonsError("query", "FROM names a graph, and a release has one without a name", remedy)
    form = _form(tokens)
    if form in UPDATE:
        remedy = "a release never changes; ask SELECT, ASK, CONSTRUCT or DESCRIBE"
        raise CommonsError("query", f"{form.upper()} would change data", remedy)


def _form(tokens: list[tuple[str, str]]) -> str:
    """Give the first word that names a form of query or update; a word before a colon is a prefix."""
    following = [value for _, value in tokens[1:]] + [""]
    words = (v.lower() for (kind, v), after in zip(tokens, following, strict=False) if kind == "word" and after != ":")
    return next((word for word in words if word in UPDATE | QUERY), "")


def _names_a_graph(tokens: list[tuple[str, str]]) -> bool:
    """Tell whether FROM stands there as a word of its own: no prefix, no end of a name (`x:a.from`, `x:a\\-from`)."""
    values = ["", *(value for _, value in tokens), ""]
    around = zip(tokens, values, values[2:], strict=False)
    return any(
        kind == "word" and value.lower() == "from" and before[:1] not in NAMED and after != ":"
        for (kind, value), before, after in around
    )


def _asks_elsewhere(tokens: list[tuple[str, str]]) -> bool:
    names_are_safe = _prefixes_end_well(tokens)
    for kind, value in tokens:
        if kind == "iri" and SERVICE_IN_IRI.search(value):
            return True
        if (kind == "word" or (kind == "local" and not names_are_safe)) and "service" in value.lower():
            return True
    return False


def _prefixes_end_well(tokens: list[tuple[str, str]]) -> bool:
    """Tell whether each declared prefix ends in `/` or `#`, so that no local name after it can make a bad IRI."""
    solid = [(kind, value) for kind, value in tokens if kind != "comment" and not value.isspace()]
    return all(after[1][-2] in "/#" for before, after in pairwise(solid) if before[1] == ":" and after[0] == "iri")
