"""Asking a store in a process of its own, which can be killed.

What belongs here: the time and memory limits that hold whatever a query does (the engine cannot be stopped while it
sorts or joins). What does not: what queries may say (`guard`).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from commons_graph.errors import CommonsError
from commons_graph.publish import results, store
from commons_graph.publish.guard import check
from commons_graph.publish.store import USUAL, Answer, Limits

PACKAGES = Path(__file__).parents[2]
MEMORY = 4 << 30


def ask(
    path: Path, text: str, limits: Limits = USUAL, prefixes: dict[str, str] | None = None, memory: int = MEMORY
) -> Answer:
    """Answer a query on the store at `path` like `store.query`, but kill it when it takes too long or too much memory.

    Raises `CommonsError` as `store.query` does.
    """
    check(text)
    order = {"store": str(path), "query": text, "prefixes": prefixes, "rows": limits.rows, "memory": memory}
    # The current folder is somebody's: nothing is imported from there (`-P`, and no empty entry in the path).
    paths = [str(PACKAGES), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "commons_graph.publish.worker"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=limits.seconds,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise store.too_long() from error
    return _read(done.returncode, done.stdout)


def _read(code: int, output: bytes) -> Answer:
    head, _, body = output.partition(b"\n")
    if not head:
        raise CommonsError(
            "query", f"it needed too much memory or broke the engine ({code})", "narrow it, or add LIMIT"
        )
    told = json.loads(head)
    if "problem" in told:
        raise CommonsError(told["place"], told["problem"], told["remedy"])
    if told["kind"] == "boolean":
        return Answer("boolean", truth=told["truth"])
    if told["kind"] == "triples":
        rows = tuple((quad.subject, quad.predicate, quad.object) for quad in parse(body, RdfFormat.N_TRIPLES))
        return Answer("triples", ("s", "p", "o"), rows, cut=told["cut"])
    found = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    return Answer("rows", tuple(v.value for v in found.variables), tuple(tuple(row) for row in found), cut=told["cut"])


def main() -> None:
    """Read one order from standard input, write a line of JSON about the answer and then the answer itself."""
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        opened = store.open_store(Path(order["store"]))
        answer = store.query(opened, order["query"], Limits(float("inf"), order["rows"]), order["prefixes"])
    except CommonsError as error:
        head: dict[str, str | bool] = {"place": error.place, "problem": error.problem, "remedy": error.remedy}
        body = b""
    else:
        head = {"kind": answer.kind, "truth": answer.truth, "cut": answer.cut}
        body = results.exact(answer)
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
