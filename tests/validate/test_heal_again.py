"""Healing that goes on from the last one holds back what healing all anew holds back, and notes the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from examples import examples
from fresh import fresh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_terms import PREFIXES
from rdflib import Graph

from commons_graph.validate import Compiled, Healing, compile, heal, heal_again
from commons_graph.validate.terms import RDF

EX = "http://example.org/"
Said = tuple[str, str, str, str, float]  # subject, predicate, object, lang, confidence
READ, NOTED = ("resolved", "statement", "quarantine"), ("healed", "healed_link", "healed_by")

SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:Person ;
  sh:property [ sh:path ex:name ; sh:minCount 1 ] ,
    [ sh:path ex:name ; sh:uniqueLang true ; sh:not [ sh:pattern "http" ] ] ,
    [ sh:path ex:home ; sh:maxCount 1 ] ,
    [ sh:path ex:knows ; sh:class ex:Person ; sh:nodeKind sh:IRI ] ;
  sh:not [ sh:class ex:Body ] .
ex:Firm rdfs:subClassOf ex:Body .
ex:NoCycle a sh:NodeShape ; sh:targetSubjectsOf ex:partOf ;
  sh:sparql [ sh:select "SELECT $this WHERE { $this <http://example.org/partOf>+ $this }" ] .
ex:Boss a sh:NodeShape ; sh:targetObjectsOf ex:boss ;
  sh:property [ sh:path [ sh:inversePath ex:boss ] ; sh:maxCount 1 ] ,
    [ sh:path ex:home ; sh:property [ sh:path ex:name ; sh:maxCount 1 ] ] .
"""


def fill(connection: duckdb.DuckDBPyConnection, said: dict[str, Said]) -> None:
    connection.execute("CREATE OR REPLACE TABLE statement (statement_id VARCHAR, confidence DOUBLE)")
    connection.execute("CREATE OR REPLACE TABLE quarantine (statement_id VARCHAR, shape VARCHAR, message VARCHAR)")
    connection.execute(
        "CREATE OR REPLACE TABLE resolved (statement_id VARCHAR, subject VARCHAR, predicate VARCHAR, object VARCHAR, "
        "object_kind VARCHAR, datatype VARCHAR, lang VARCHAR)"
    )
    for statement, (subject, predicate, value, lang, confidence) in said.items():
        kind = "iri" if value.startswith("ex:") else "literal"
        row = [statement, EX + subject, RDF + "type" if predicate == "a" else EX + predicate, value.replace("ex:", EX)]
        connection.execute("INSERT INTO resolved VALUES (?, ?, ?, ?, ?, '', ?)", [*row, kind, lang])
        connection.execute("INSERT INTO statement VALUES (?, ?)", [statement, confidence])


def keep_as_last(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str] = (*READ, *NOTED), path: Path | None = None
) -> None:
    """Put the tables of a healing, this one or one in a file, into a database of their own, as the warehouse before."""
    connection.execute("ATTACH ':memory:' AS last")
    if path:
        connection.execute(f"ATTACH '{path}' AS kept (READ_ONLY)")
    for table in tables:
        connection.execute(f"CREATE TABLE last.{table} AS FROM {'kept.' if path else ''}{table}")


def outcome(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[Any, ...]]]:
    return [connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in ("quarantine", *NOTED)]


def healed(connection: duckdb.DuckDBPyConnection, compiled: Compiled, said: dict[str, Said], last: str = "") -> Healing:
    fill(connection, said)
    return heal(connection, compiled, mark="of the test", last=last)


def compare(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, before: dict[str, Said], after: dict[str, Said]
) -> set[str]:
    """Heal what was before, and then as in `go_on`."""
    healed(connection, compiled, before)
    keep_as_last(connection)
    return go_on(connection, compiled, after)


def go_on(connection: duckdb.DuckDBPyConnection, compiled: Compiled, after: dict[str, Said]) -> set[str]:
    """Heal what is after from what is kept as the last, and anew; give what waits of both, which is the same."""
    went_on = healed(connection, compiled, after, "last").statements, outcome(connection)
    connection.execute("DETACH last")
    assert went_on == (healed(connection, compiled, after).statements, outcome(connection))
    return {str(row[0]) for row in went_on[1][0]}


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many statements each healing kept waiting."""
    counts: list[int] = []
    real = heal_again.keep

    def keep(*given: Any) -> int:
        counts.append(real(*given))
        return counts[-1]

    monkeypatch.setattr(heal_again, "keep", keep)
    return counts


ANN: dict[str, Said] = {
    "ann": ("ann", "a", "ex:Person", "", 0.9),
    "ann's name": ("ann", "name", "Ann", "en", 0.9),
    "worse name": ("ann", "name", "Anne", "en", 0.2),
    "worse home": ("ann", "home", "ex:h", "", 0.2),
    "home": ("ann", "home", "ex:hut", "", 0.6),
}
BOB: dict[str, Said] = {
    "bob": ("bob", "a", "ex:Person", "", 0.9),
    "bob's name": ("bob", "name", "Bob", "", 0.9),
    "cid": ("cid", "a", "ex:Body", "", 0.5),
    "knows": ("bob", "knows", "ex:cid", "", 0.5),
}


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    shapes = Graph().parse(data=PREFIXES + SHAPES, format="turtle")
    return compile(shapes, shapes)


@pytest.fixture(scope="module")
def ours(compiled: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the healing of Ann and Bob. No test changes it."""
    path = tmp_path_factory.mktemp("healed") / "ours.duckdb"
    with fresh() as connection:
        healed(connection, compiled, {**ANN, **BOB})
        connection.execute(f"ATTACH '{path}' AS file")
        for table in (*READ, *NOTED):
            connection.execute(f"CREATE TABLE file.{table} AS FROM {table}")
    return path


@pytest.mark.parametrize(
    ("change", "waiting", "keeps"),
    [
        pytest.param({}, {"worse name", "worse home", "knows"}, 3, id="nothing"),
        pytest.param({"new": ("dan", "home", "ex:h2", "", 0.9)}, {"worse name", "worse home", "knows"}, 3, id="beside"),
        pytest.param({"new": ("bob", "home", "ex:h2", "", 0.9)}, {"worse name", "worse home", "knows"}, 2, id="near"),
        pytest.param({"cid": ("cid", "a", "ex:Firm", "", 0.5)}, {"worse name", "worse home", "knows"}, 2, id="class"),
        pytest.param(
            {"new": ("ann", "home", "ex:h3", "", 0.9)}, {"worse name", "worse home", "home", "knows"}, 1, id="more"
        ),
        pytest.param(
            {"worse name": ("ann", "name", "Anne", "en", 1.0)}, {"ann's name", "worse home", "knows"}, 1, id="surer"
        ),
        pytest.param({"worse name": None}, {"worse home", "knows"}, 1, id="gone"),
        pytest.param(
            {"new": ("ann", "partOf", "ex:z", "", 0.9), "loop": ("z", "partOf", "ex:ann", "", 0.2)},
            {"worse name", "worse home", "knows", "loop"},
            1,
            id="loop",
        ),
        pytest.param(
            {"new": ("zoe", "boss", "ex:bob", "", 0.9), "two": ("yan", "boss", "ex:bob", "", 0.2)},
            {"worse name", "worse home", "bob", "bob's name", "knows", "new", "two"},
            2,
            id="new ones point to it",
        ),
    ],
)
def test_only_what_a_change_touches_is_healed_again(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    ours: Path,
    kept: list[int],
    change: dict[str, Said | None],
    waiting: set[str],
    keeps: int,
) -> None:
    after = {name: said for name, said in {**ANN, **BOB, **change}.items() if said}
    keep_as_last(connection, path=ours)
    assert go_on(connection, compiled, after) == waiting
    assert kept == [keeps]


def test_what_comes_near_what_was_kept_is_healed_with_it(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    kept: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Gus loses his name, so that nothing of him stays, not even what eve, whom nothing changed, says of him."""
    before: dict[str, Said] = {
        "gus": ("gus", "a", "ex:Person", "", 0.9),
        "gus's name": ("gus", "name", "Gus", "", 0.9),
        "eve": ("eve", "a", "ex:Person", "", 0.9),
        "eve's name": ("eve", "name", "Eve", "en", 0.9),
        "worse": ("eve", "name", "Eva", "en", 0.2),
        "likes": ("eve", "likes", "ex:gus", "", 0.9),
    }
    after = {name: said for name, said in before.items() if name != "gus's name"}
    found: list[bool] = []
    real = heal_again.is_mixed
    monkeypatch.setattr(heal_again, "is_mixed", lambda *given: found.append(real(*given)) or found[-1])
    assert compare(connection, compiled, before, after) == {"gus", "likes", "worse"}
    assert (kept, found) == ([1], [True])


def test_a_loop_that_no_change_touches_is_kept(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, kept: list[int]
) -> None:
    """Of each of two loops something waits. A third one comes, and of the second one a way out."""
    before: dict[str, Said] = {
        f"{one} to {other}": (one, "partOf", f"ex:{other}", "", sure)
        for one, other, sure in (("a", "b", 0.9), ("b", "a", 0.2), ("c", "d", 0.9), ("d", "c", 0.2))
    }
    after = {**before, "e to e": ("e", "partOf", "ex:e", "", 0.9), "d to f": ("d", "partOf", "ex:f", "", 0.9)}
    assert compare(connection, compiled, before, after) == {"b to a", "d to c", "e to e"}
    assert kept == [1]


@pytest.mark.parametrize("change", ["other mark", "no notes", "something waits"])
def test_it_goes_on_only_from_notes_of_the_same_healing(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, ours: Path, kept: list[int], change: str
) -> None:
    keep_as_last(connection, READ if change == "no notes" else (*READ, *NOTED), ours)
    if change == "other mark":
        connection.execute("UPDATE last.healed_by SET mark = 'of other shapes'")
    fill(connection, {**ANN, **BOB})
    if change == "something waits":
        connection.execute("INSERT INTO quarantine VALUES ('home', '', '')")
    heal(connection, compiled, mark="of the test", last="last")
    assert not kept


def test_where_a_query_may_find_more_for_less_nothing_is_noted(
    connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph]
) -> None:
    missing = "FILTER NOT EXISTS { ?o <http://example.org/home> ?h }"
    query = f"SELECT $this WHERE {{ $this <http://example.org/knows> ?o . {missing} }}"
    alone = f'ex:Q a sh:NodeShape ; sh:targetSubjectsOf ex:knows ; sh:sparql [ sh:select "{query}" ] .'
    healed(connection, compile(shapes(alone)), {**ANN, **BOB})
    assert connection.execute("SELECT count(*) FROM quarantine").fetchall() == [(1,)]
    noted = f"SELECT count(*) FROM duckdb_tables() WHERE table_name IN {NOTED}"
    assert connection.execute(noted).fetchall() == [(0,)]


names = st.sampled_from("abcdefgh")
one = st.one_of(
    st.tuples(names, st.just("a"), st.sampled_from(["ex:Person", "ex:Body", "ex:Firm"]), st.just("")),
    st.tuples(names, st.just("name"), st.sampled_from(["A", "B", "http"]), st.sampled_from(["", "en", "fr"])),
    st.tuples(names, st.sampled_from(["home", "knows", "boss", "partOf"]), names.map("ex:{}".format), st.just("")),
)
many = st.dictionaries(st.integers(0, 40).map("s{}".format), st.tuples(one, st.floats(0, 1)), max_size=40)


@settings(max_examples=examples(4, 10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=many, changed=many, gone=st.sets(st.integers(0, 40).map("s{}".format)))
def test_whatever_changes_it_holds_back_what_healing_anew_does(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    before: dict[str, tuple[tuple[str, str, str, str], float]],
    changed: dict[str, tuple[tuple[str, str, str, str], float]],
    gone: set[str],
) -> None:
    few = dict(list(changed.items())[:4])
    after = {name: said for name, said in {**before, **few}.items() if name not in list(gone)[:2]}
    rows = [{name: (*said, sure) for name, (said, sure) in world.items()} for world in (before, after)]
    compare(connection, compiled, rows[0], rows[1])
