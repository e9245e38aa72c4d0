"""From keys to entities: the rules one after the other, each a query that gives pairs, and the identifiers.

What belongs here: the order of the rules. What does not: the rules, which are the .sql files beside this module, and
what follows for the graph (`graph`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from commons_graph.resolve import contradictions
from commons_graph.resolve.clusters import Clusters
from commons_graph.resolve.decision import Decision
from commons_graph.resolve.derived import add_decided_classes, add_redirect_names
from commons_graph.warehouse import Connection

HERE = Path(__file__).parent
BASE32 = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
"""The signs of RFC 4648, section 6, in small letters."""
IDENTIFIER = 16
"""Signs of an identifier."""
OF_SOURCE = "SELECT k.id, k.source AS place, NOT k.wiki AS own FROM known_key AS k"
OF_ORGANISER = (
    "SELECT o.id, 'of ' || m.component AS place, true AS own FROM organised AS o JOIN member AS m ON m.id = o.organiser"
)
ROUNDS = (
    (("titles.sql",), OF_SOURCE),
    (("same_place.sql",), OF_SOURCE),
    (("across.sql", "synonyms.sql"), OF_SOURCE),
    (("acronyms.sql", "surnames.sql"), OF_SOURCE),
    (("same_place.sql",), OF_ORGANISER),
)
"""After each round the classes are voted anew. Acronyms are never people, so that those rules need no vote between."""


def identify(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Fill `identity`, and the temporary tables `member` (key to cluster) and `voted` (cluster to class).

    Needs `source`, `document`, `statement` and the tables of `rules.fill`; of `decisions`, that no two contradict each
    other by themselves (`decisions.read`). Raises `CommonsError` for two that do so in this lake.
    """
    connection.execute((HERE / "names.sql").read_text(encoding="utf-8"))
    _said(connection, decisions)
    add_redirect_names(connection)
    add_decided_classes(connection, decisions, dict(connection.execute("FROM main_class").fetchall()))
    connection.execute((HERE / "keys.sql").read_text(encoding="utf-8"))
    clusters = _decided(connection, decisions)
    clusters.join_all(_pairs(connection, "links.sql"))
    _vote(connection, clusters)
    for scripts, places in ROUNDS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE placed AS SELECT DISTINCT * FROM ({places})")  # noqa: S608
        if clusters.join_all(pair for script in scripts for pair in _pairs(connection, script)):
            _vote(connection, clusters)
    _refuse_two_classes(connection, decisions)
    _mint(connection, clusters)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE hidden AS SELECT DISTINCT component FROM hidden_key JOIN known_key "
        "USING (form) JOIN member USING (id)"
    )


def identifiers(keys: Sequence[str]) -> list[str]:
    """Give the identifiers that are minted from keys: 16 letters and digits each, 80 bits of a key's hash."""
    digests = b"".join(hashlib.blake2b(key.encode(), digest_size=16).digest()[:10] for key in keys)
    fives = np.unpackbits(np.frombuffer(digests, dtype=np.uint8)).reshape(-1, 5)
    signs = BASE32[np.packbits(fives, axis=1)[:, 0] >> 3].tobytes().decode()
    return [signs[at : at + IDENTIFIER] for at in range(0, len(signs), IDENTIFIER)]


def _said(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Put into tables what stewards said about single keys and statements."""
    tables = {
        "type": "decided_class (form, class, place)",
        "hide": "hidden_key (form)",
        "reject": "rejected (statement_id)",
        "accept": "accepted (statement_id)",
    }
    for action, table in tables.items():
        columns = table.replace(",", " VARCHAR,").replace(")", " VARCHAR)")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {columns}")
        said = (decision for decision in decisions if decision.what == action)
        rows = sorted({(*each.keys, *([each.cls, each.place] if each.cls else [])) for each in said})
        marks = {"type": "key_form(?), ?, ?", "hide": "key_form(?)"}.get(action, "?")
        if rows:
            connection.executemany(f"INSERT INTO {table.split()[0]} VALUES ({marks})", rows)  # noqa: S608


def _decided(connection: Connection, decisions: Sequence[Decision]) -> Clusters:
    numbers = _numbers(connection, decisions)
    size = connection.execute("SELECT count(*)::INTEGER FROM known_key").fetchall()[0][0]
    apart = [
        (numbers[a], numbers[b])
        for decision in decisions
        if decision.what == "different"
        for a, b in combinations([key for key in decision.keys if key in numbers], 2)
    ]
    clusters = Clusters(size, apart)
    for decision in decisions:
        if decision.what == "same":
            known = [numbers[key] for key in decision.keys if key in numbers]
            clusters.join_all((known[0], other) for other in known[1:])
    return clusters


def _refuse_two_classes(connection: Connection, decisions: Sequence[Decision]) -> None:
    found = connection.execute((HERE / "decided_twice.sql").read_text(encoding="utf-8")).fetchone()
    if found:
        pairs = (found[:2], found[2:])
        one, other = (next(each for each in decisions if (each.place, each.cls) == pair) for pair in pairs)
        remedy = "their keys name one thing here: remove one of the two, or tell the keys apart with `different`"
        raise contradictions.between(one, other, remedy)


def _numbers(connection: Connection, decisions: Sequence[Decision]) -> dict[str, int]:
    """Number the keys that decisions name, as the lake writes them: by form, since spellings of a page are one."""
    keys = sorted({key for decision in decisions for key in decision.keys})
    query = (
        "SELECT u.key, min(k.id) FROM unnest(?) AS u(key) JOIN known_key AS k ON k.form = key_form(u.key) GROUP BY 1"
    )
    return dict(connection.execute(query, [keys]).fetchall()) if keys else {}


def _pairs(connection: Connection, script: str) -> zip[tuple[int, int]]:
    found = connection.execute((HERE / script).read_text(encoding="utf-8")).fetchnumpy()
    return zip(found["a"].tolist(), found["b"].tolist(), strict=True)


def _vote(connection: Connection, clusters: Clusters) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE member (id INTEGER, component INTEGER)")
    firsts = clusters.firsts()
    _insert(connection, "member", {"id": np.arange(len(firsts), dtype=np.int32), "component": firsts})
    connection.execute((HERE / "vote.sql").read_text(encoding="utf-8"))


def _mint(connection: Connection, clusters: Clusters) -> None:
    query = "SELECT k.id, k.key FROM known_key AS k SEMI JOIN member ON component = k.id ORDER BY k.id"
    firsts = connection.execute(query).fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE minted (component INTEGER, entity VARCHAR)")
    entities = identifiers([key for _, key in firsts])
    _insert(connection, "minted", {"component": [first for first, _ in firsts], "entity": entities})
    query = "FROM known_key JOIN member USING (id) JOIN minted USING (component) SELECT key, entity ORDER BY key"
    connection.execute(f"INSERT INTO identity {query}")


def _insert(connection: Connection, table: str, columns: dict[str, Any]) -> None:
    import pyarrow as pa

    types = {"entity": pa.string()}
    arrays = {name: pa.array(values, types.get(name, pa.int32())) for name, values in columns.items()}
    connection.register("rows_to_add", pa.table(arrays))
    connection.execute(f"INSERT INTO {table} FROM rows_to_add")
    connection.unregister("rows_to_add")
