"""Shapes and data made at random: the SQL gives what pySHACL gives, and to look again what looking at all gives.

`COMMONS_EXAMPLES=5000 pytest tests/validate/test_made_shapes.py` goes on for an hour.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from both import PHASES, by_pyshacl, by_sql
from examples import examples
from fresh import fresh
from hypothesis import given, settings
from hypothesis import strategies as st
from made_shapes import Maker
from made_terms import PREFIXES

from commons_graph.validate import compile, graph, load, update, validate
from commons_graph.validate.parse_values import term

EXAMPLES = int(os.environ.get("COMMONS_EXAMPLES", "0"))
QUICK = settings(max_examples=EXAMPLES or examples(8, 25), derandomize=not EXAMPLES, deadline=None, phases=PHASES)
CHANGED = "SELECT DISTINCT subject FROM (({0} EXCEPT {1}) UNION ALL ({1} EXCEPT {0}))"
LOOP = 'ex:Q sh:targetClass ex:A ; sh:sparql [ sh:select "SELECT $this { $this <http://example.org/p>+ $this }" ] .'
randoms = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made")


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@QUICK
@given(random=randoms)
def test_the_same_as_pyshacl(folder: Path, random: Random) -> None:
    maker = Maker(random)
    shapes = graph(written(folder / "shapes.ttl", maker.shapes()))
    data = graph(written(folder / "data.ttl", PREFIXES + "\n".join(maker.data())))
    compiled = compile(shapes)
    assert all(check.engine == "sql" for check in compiled)
    triples = [(term(s), term(p), term(o)) for s, p, o in data]
    assert by_sql(compiled, triples) == by_pyshacl(shapes, triples)


@QUICK
@given(random=randoms)
def test_to_look_again_is_to_look_at_all(folder: Path, random: Random) -> None:
    maker = Maker(random)
    query = (
        'ex:Q sh:targetClass ex:A ; sh:sparql [ sh:select "SELECT $this { $this <http://example.org/p>+ $this }" ] .'
    )
    compiled = compile(graph(written(folder / "again.ttl", maker.shapes() + query)))
    before = maker.data()
    after = [line for line in before if random.random() > 0.15] + [maker.triple() for _ in range(random.randint(0, 3))]
    with fresh() as connection:
        for name, lines in (("before", before), ("after", after)):
            load(connection, written(folder / f"{name}.ttl", PREFIXES + "\n".join(lines)), name)
        connection.execute("CREATE TABLE changed AS " + CHANGED.format("FROM before", "FROM after"))
        old = validate(connection, compiled, "before")
        again = update(connection, compiled, old, "changed", "after", "before")
        assert again.rows == validate(connection, compiled, "after").rows
