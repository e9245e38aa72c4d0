"""The store answers questions and does nothing else."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer

import pytest
from pyoxigraph import Literal, NamedNode, Store

from commons_graph.errors import CommonsError
from commons_graph.publish import store, worker
from commons_graph.publish.guard import check
from commons_graph.publish.store import Answer, Limits

P = "http://a.example/p"
PREFIXES = {"x": "http://a.example/", "schema": "https://schema.org/"}
Ask = Callable[..., Answer]

UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "delete where { ?s ?p ?o }",
    "LOAD <http://a.example/>",
    "CLEAR ALL",
    "DROP ALL",
    "PREFIX x: <http://a/> INSERT { ?s x:a ?o } WHERE { ?s ?p ?o }",
    "CREATE GRAPH <a:g>",
    "COPY DEFAULT TO <a:g>",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; CLEAR ALL",
]
ELSEWHERE = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { SERVICE#comment\n<URL> { ?s ?p ?o } }",
    "SELECT * { FILTER(1=1)SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b true.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE<URL>{ ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICEx:{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
    'SELECT * { FILTER("# " = "x") SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { ?a x:a\\# ?b. SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?a<?b)SERVICE?x#>\n { ?s ?p ?o } VALUES ?x { <URL> } }",
    "PREFIX x: <http://a:> SELECT * { ?s ?p x:SERVICE <URL> { ?s ?p ?o } }",
    '''SELECT * { FILTER("""a\\"""" = '') SERVICE <URL> { ?s ?p ?o } }''',
    "ASK { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    'SELECT ("\\u0022" AS ?q) { SERVICE <URL> { ?s ?p ?o } }',
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s x:a\\' ?o . SERVICE <URL> { ?s ?p ?o } . ?s x:a\\' ?o }",
    "SELECT * { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
]
GRAPHS = [
    "SELECT * FROM <http://a.example/> { ?s ?p ?o }",
    "select * from named <http://a.example/> { graph ?g { ?s ?p ?o } }",
    "SELECT *FROM<http://a.example/>{ ?s ?p ?o }",
    "ASK FROM x:g { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <http://a.example/> WHERE { ?s ?p ?o }",
    "DESCRIBE ?s FROM#comment\n<http://a.example/> { ?s ?p ?o }",
    "DESCRIBE x:a\\- FROM <http://a.example/>",
]
HARMLESS = [
    "SELECT ?from { ?from x:from $from . ?s x:a.from ?o } # FROM <http://a.example/>",
    "SELECT * { ?s x:a\\-from ?o . ?s x:b.c\\~from ?o }",
    "PREFIX from: <http://a.example/> SELECT * { ?s from:from 'FROM <http://a.example/>' }",
    "SELECT ?service { ?service a schema:Service }",
    'SELECT * { ?s ?p "SERVICE <http://a.example/>" }',
    "# SERVICE\nSELECT * { ?s ?p ?o } # service",
    "SELECT * { ?s <http://a.example/service#this> ?o }",
    "PREFIX add: <http://a.example/> SELECT * { ?s add:x ?o }",
    "SELECT * { ?s ?p '''it's\n\"SERVICE\" ''' }",
    "SELECT * { ?s schema:serviceType ?o FILTER(?o < 3 && ?o > 1) }",
    "SELECT * { ?s x:insert ?o }",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    lines = [f'<http://a.example/s{n}> <{P}> "{n}" .\n' for n in range(1500)]
    (folder / "graph.nt").write_text("".join(lines))
    (folder / "more.ttl").write_text('<http://a.example/s0> <http://a.example/q> "no\\nné"@fr .')
    assert store.build(folder / "store", [folder / "graph.nt", folder / "more.ttl"]) == 1501
    return folder / "store"


@pytest.fixture(params=["in this process", "in its own"])
def ask(request: pytest.FixtureRequest, path: Path) -> Ask:
    def run(text: str, limits: Limits = store.USUAL) -> Answer:
        if request.param == "in its own":
            return worker.ask(path, text, limits, PREFIXES)
        return store.query(store.open_store(path), text, limits, PREFIXES)

    return run


def test_rows(ask: Ask) -> None:
    answer = ask("SELECT ?s ?none ?o { ?s x:q ?o }")
    row = (NamedNode("http://a.example/s0"), None, Literal("no\nné", language="fr"))
    assert answer == Answer("rows", ("s", "none", "o"), (row,))


def test_truth(ask: Ask) -> None:
    assert ask("ASK { ?s x:q ?o }").truth is True
    assert ask("ASK { ?s x:none ?o }") == Answer("boolean")


def test_triples(ask: Ask) -> None:
    answer = ask('CONSTRUCT { ?s x:r "1"^^x:t } WHERE { ?s x:q ?o }')
    terms = (NamedNode("http://a.example/s0"), NamedNode("http://a.example/r"))
    assert answer.kind == "triples"
    assert answer.rows == ((*terms, Literal("1", datatype=NamedNode("http://a.example/t"))),)


def test_too_many_rows_are_cut_and_said_to_be(ask: Ask) -> None:
    answer = ask("SELECT * { ?s ?p ?o }", Limits(rows=10))
    assert (len(answer.rows), answer.cut) == (10, True)
    assert not ask("SELECT * { ?s ?p ?o }", Limits(rows=1501)).cut


@pytest.mark.parametrize("text", ["SELECT", "SELECT * { ?s nope:x ?o }", "", "\0", "SELECT * { <a b> ?p ?o }"])
def test_bad_syntax_is_one_clear_line(path: Path, text: str) -> None:
    with pytest.raises(CommonsError, match="query"):
        store.query(store.open_store(path), text, prefixes=PREFIXES)


def test_bad_syntax_is_told_by_the_worker_too(path: Path) -> None:
    with pytest.raises(CommonsError, match="query: error at"):
        worker.ask(path, "SELECT * { ?s ?p }")


@pytest.mark.parametrize("text", UPDATES)
def test_nothing_is_changed(path: Path, text: str) -> None:
    opened = store.open_store(path)
    with pytest.raises(CommonsError):
        store.query(opened, text, prefixes=PREFIXES)
    assert len(opened) == 1501


@pytest.fixture
def called() -> Callable[..., list[str]]:
    """Give the requests that a query makes to a server of this machine."""

    def run(text: str, guarded: bool = True) -> list[str]:
        requests: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                requests.append(self.path)
                self.send_response(500)
                self.end_headers()

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, format: str, *args: object) -> None:
                return

        with TCPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            try:
                text = text.replace("URL", f"http://127.0.0.1:{server.server_address[1]}/")
                store.query(Store(), text, prefixes=PREFIXES) if guarded else list(Store().query(text))
            except (CommonsError, OSError):
                pass
            server.shutdown()
        return requests

    return run


def test_the_engine_alone_would_ask_elsewhere(called: Callable[..., list[str]]) -> None:
    assert called(ELSEWHERE[0], guarded=False) == ["/"]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_no_other_endpoint_is_asked(text: str, called: Callable[[str], list[str]]) -> None:
    assert called(text) == []


@pytest.mark.parametrize("text", [text for text in ELSEWHERE if "\\u0053" not in text])
def test_asking_elsewhere_is_refused_before_the_engine_sees_it(text: str) -> None:
    with pytest.raises(CommonsError, match="SERVICE"):
        check(text.replace("URL", "http://b.example/"))


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_alone_is_harmless(path: Path, text: str) -> None:
    assert store.query(store.open_store(path), text, prefixes=PREFIXES).kind == "rows"


@pytest.mark.parametrize("text", GRAPHS)
def test_a_graph_that_is_not_there_is_refused(path: Path, text: str) -> None:
    with pytest.raises(CommonsError, match="FROM names a graph"):
        worker.ask(path, text, prefixes=PREFIXES)


def test_from_reads_nothing_from_elsewhere(called: Callable[[str], list[str]]) -> None:
    assert called("SELECT * FROM <URL> { ?s ?p ?o }") == []


def test_a_query_that_never_ends_is_killed(path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
    with pytest.raises(CommonsError, match=r"too long; put what finds least into a sub-SELECT with LIMIT"):
        worker.ask(path, endless, Limits(seconds=0.5))


def test_a_query_that_eats_memory_is_killed(path: Path) -> None:
    hungry = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?b ?d ?f"
    with pytest.raises(CommonsError, match=r"memory|too long"):
        worker.ask(path, hungry, Limits(seconds=20), memory=400 << 20)


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommonsError, match="commons refresh"):
        store.open_store(tmp_path / "none")


def test_a_file_that_is_no_rdf_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "bad.nt").write_text("<http://a.example/ b> <a:p> <a:o> .\n")
    with pytest.raises(CommonsError, match=r"bad\.nt"):
        store.build(tmp_path / "store", [tmp_path / "bad.nt"])


def test_asking_needs_few_imports() -> None:
    names = ", ".join(f"commons_graph.publish.{name}" for name in ("named", "releases", "results", "store", "worker"))
    code = f"import sys, {names}; print(*sys.modules)"
    paths = {"PYTHONPATH": str(Path(store.__file__).parents[2])}
    loaded = subprocess.run([sys.executable, "-c", code], env=paths, capture_output=True, text=True, check=True).stdout
    assert {"dagster", "rdflib", "duckdb", "rich", "pyarrow"}.isdisjoint(loaded.split())


def test_the_worker_imports_nothing_from_the_current_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert worker.ask(path, "ASK { ?s ?p ?o }").truth
