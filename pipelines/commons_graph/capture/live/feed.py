"""The connector `feed`: the entries of an RSS, Atom or JSON feed, and where it has only summaries, their pages.

A feed shows its newest entries only, so what it no longer shows is not gone. What belongs here: entries to documents.
What does not: the feed's own forms (`entries`).
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from commons_graph.capture.http import Condition, Exchange
from commons_graph.capture.live import entries, made_page, said
from commons_graph.capture.live.crawl import HTML, LOST
from commons_graph.capture.live.entries import Entry
from commons_graph.capture.live.records import Found, Gone, Told, Unchanged
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal


def visit(visit: Visit) -> Iterator[Answer]:
    """Give the entries of a feed that are new or changed. Raises `CommonsError` when the feed cannot be read."""
    visit.whole = False
    address = visit.source.address
    before = Condition(visit.cursor.get("etag", ""), visit.cursor.get("last_modified", ""))
    exchange = visit.client.get(address, before)
    if exchange.unchanged:
        return
    refused = False
    for entry in _entries(exchange):
        if not entry.address:  # asked for again, it would be the same
            reason = f"an entry has neither a link nor an id: {entry.title or 'without a title'}"
            yield Refusal(address, reason, "ask who publishes the feed for either")
            continue
        answer = document(visit, entry)
        refused = refused or isinstance(answer, Refusal)
        yield answer
    # An entry that failed is asked for again next time, even if the feed is as it was.
    after = Condition() if refused else exchange.condition
    visit.cursor.update(etag=after.etag, last_modified=after.last_modified)


def document(visit: Visit, entry: Entry, hints: Told | None = None) -> Answer:
    """Give one entry as a document: its own text, or its page where the feed has a summary and `full` is set."""
    told = {"title": entry.title, "date": entry.date, "language": entry.language}
    told = {name: value for name, value in {**told, **(hints or {})}.items() if value}
    mark = sha256(repr((entry, told, _wants_page(visit, entry))).encode()).hexdigest()[:32]
    known = visit.known.get(entry.address)
    if known and known.marks.get("entry") == mark:
        return Unchanged(entry.address)
    if _wants_page(visit, entry):
        return _page(visit, entry, told, mark)
    payload = made_page.page(entry.title, entry.content or entry.summary, entry.language, entry.address)
    return Found(entry.address, HTML[0], payload, told, {"entry": mark})


def _wants_page(visit: Visit, entry: Entry) -> bool:
    return bool(visit.source.options.get("full")) and entry.linked and not entry.content


def _page(visit: Visit, entry: Entry, hints: Told, mark: str) -> Answer:
    """Fetch an entry's page; it stays under the entry's address, wherever that leads."""
    try:
        exchange = visit.get(entry.address)
    except CommonsError as error:
        return Refusal(entry.address, error.problem, error.remedy)
    marks = {"entry": mark, "etag": exchange.header("etag"), "last_modified": exchange.header("last-modified")}
    marks = {name: value for name, value in marks.items() if value}
    if exchange.unchanged:
        return Unchanged(entry.address, {**visit.known[entry.address].marks, **marks})
    if exchange.status in LOST:
        return Gone(entry.address, f"answered {exchange.status}")
    if exchange.status != 200 or exchange.media_type not in HTML:
        problem = f"answered {exchange.status} {exchange.media_type}, not a page"
        return Refusal(entry.address, problem, "look at it in a browser")
    charset = said.charset(exchange)
    kind = f"{exchange.media_type}; charset={charset}" if charset else exchange.media_type
    return Found(entry.address, kind, exchange.body, hints, marks)


def _entries(exchange: Exchange) -> Iterator[Entry]:
    if exchange.status != 200:
        raise CommonsError(exchange.address, f"answered {exchange.status}, not a feed", "look at its address")
    yield from different(exchange)


def different(exchange: Exchange) -> Iterator[Entry]:
    """Give each entry of a feed once, and all that have no address. Raises as `entries.read` does."""
    seen: set[str] = set()
    for entry in entries.read(exchange.body, exchange.header("content-type"), exchange.address):
        if not entry.address or entry.address not in seen:
            seen.add(entry.address)
            yield entry
