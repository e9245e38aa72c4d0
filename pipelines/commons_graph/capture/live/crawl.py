"""Reads the pages of a site: those listed, and those that links lead to, each once and under one address.

What belongs here: what each answer of the site means for its documents. What does not: the order of asking
(`frontier`), which addresses are wanted (`scope`), what is remembered of the others (`trail`), which documents moved
(`moves`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from commons_graph.capture.http import Condition, Exchange, ForbiddenError
from commons_graph.capture.live import said, site, trail, twins
from commons_graph.capture.live.frontier import Ask, Frontier, Result
from commons_graph.capture.live.moves import Moves
from commons_graph.capture.live.records import Found, Gone, Told, Unchanged
from commons_graph.capture.live.said import Said
from commons_graph.capture.live.scope import ALIKE, Scope
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.capture.media import media_type
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

HTML = ("text/html", "application/xhtml+xml")
PDF = "application/pdf"
LOST = (404, 410)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was sent whole."""

    ask: Ask
    address: str
    exchange: Exchange
    kind: str
    said: Said


@dataclass(slots=True)
class Crawl:
    """One reading of a site. `lastmods` is what its sitemap says of its pages."""

    visit: Visit
    scope: Scope
    lastmods: Mapping[str, str] = field(default_factory=dict)
    trail: trail.Trail = field(init=False)
    frontier: Frontier = field(init=False)
    moves: Moves = field(init=False)
    titles: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, list[_Page]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    first_error: CommonsError | None = None
    answered: int = 0

    def __post_init__(self) -> None:
        self.trail = trail.load(self.visit.known, self.visit.cursor)
        self.frontier = Frontier(self._ask, self.scope.most)
        self.moves = Moves(self.visit.known, self.trail.number if self.trail.trusted else 0)

    def run(self) -> Iterator[Answer]:
        """Give what the site says of its documents. Raises `CommonsError` when not one address answers."""
        self._start()
        for ask, result in self.frontier.answers():
            yield from self._taken(ask, result)
            self.done.add(ask.address)
            for page in self.waiting.pop(ask.address, []) if ask.address in self.titles else ():
                yield from self._settle(page)
        for page in [page for pages in self.waiting.values() for page in pages]:
            yield from self._settle(page)
        if self.first_error and not self.answered:
            raise self.first_error
        yield from self.moves.believed(self.titles)
        for shape in sorted(self.scope.endless):
            yield Refusal(shape, f"more than {ALIKE} pages differ only in numbers", "name them in `options.include`")
        if self.frontier.left:
            self.visit.whole = False
            yield Refusal(self.scope.source.address, f"has more than {self.scope.most} pages", "raise `options.most`")
        self.trail.save(self.visit.cursor)

    def _start(self) -> None:
        for address in (*self.scope.starts, *self.lastmods):
            self.frontier.add(address, 0)
        if self.scope.depth:
            # A page that is as it was does not tell its links again: those that are known are asked as well.
            there = [known.marks.get(twins.AT, address) for address, known in self.visit.known.items()]
            for address in (*there, *self.trail.before):
                depth = self.trail.depth(address, self.scope.depth)
                if depth <= self.scope.depth and self.scope.wants(address):
                    self.scope.takes(address)
                    self.frontier.add(address, depth)

    def _ask(self, ask: Ask) -> Exchange:
        def condition(asked: str) -> Condition:
            return self.trail.condition(site.tidy(asked), ask.depth, ask.depth < self.scope.depth)

        return self.visit.client.get(ask.address, condition)

    def _taken(self, ask: Ask, result: Result) -> Iterator[Answer]:
        if isinstance(result, CommonsError):
            yield from self._failed(ask, result)
            return
        self.answered += 1
        final = site.tidy(result.address) or ask.address
        if final != ask.address:
            self.frontier.asked.add(final)
            self.moves.note(ask.address, final, result.body)
            if ask.address not in self.visit.known or self.visit.known.get(final) != self.visit.known[ask.address]:
                self.trail.lead(ask.address, ask.depth, final)
        if result.unchanged:
            yield from self._same(ask, final)
        elif result.status in LOST:
            yield from self._lost(ask, result)
        elif result.status != 200:
            self._remember(ask)
            yield Refusal(self._document(ask), f"answered {result.status}", "look at it in a browser, or leave it out")
        elif not site.same_site(final, ask.address) or not (self._listed(ask.address) or self.scope.wants(final)):
            yield from self._led_away(ask, final)
        else:
            yield from self._page(ask, final, result)

    def _failed(self, ask: Ask, error: CommonsError) -> Iterator[Answer]:
        self.first_error = self.first_error or error
        if isinstance(error, ForbiddenError) and not self._listed(ask.address) and ask.address not in self.visit.known:
            return
        self._remember(ask)
        yield Refusal(self._document(ask), error.problem, error.remedy)

    def _same(self, ask: Ask, final: str) -> Iterator[Answer]:
        if final in self.visit.known:
            yield from self._give(Unchanged(final), self.visit.known[final].marks.get("title", ""))
            return
        self.trail.keep(final, ask.depth)
        if to := self.trail.before.get(final, trail.Step()).to:
            self.frontier.add(to, ask.depth)

    def _lost(self, ask: Ask, exchange: Exchange) -> Iterator[Answer]:
        address = self._document(ask)
        if address in self.visit.known or ask.address in self.trail.before:
            # asked again next time: it may come back, and a page that links to it is not sent again
            self.trail.keep(ask.address, ask.depth)
        if address in self.visit.known or self._listed(ask.address):
            yield Gone(address, f"answered {exchange.status}")

    def _led_away(self, ask: Ask, final: str) -> Iterator[Answer]:
        if self._listed(ask.address) or ask.address in self.visit.known:
            yield Refusal(self._document(ask), f"leads to {final[:200]}", "list that address, or leave this one out")

    def _page(self, ask: Ask, address: str, exchange: Exchange) -> Iterator[Answer]:
        kind = _kind(exchange)
        if kind not in HTML and not (kind == PDF and media_type(".pdf")):
            self._remember(ask)
            yield Refusal(address, f"is {kind or 'of no named kind'}, which is not read", "leave it out")
            return
        page = _Page(ask, address, exchange, kind, said.read(exchange) if kind in HTML else Said())
        self._follow(page)
        if not page.said.indexed:
            self.trail.note(address, ask.depth, exchange=exchange)
            if address in self.visit.known:
                yield Gone(address, "asks not to be kept (noindex)")
        elif self._must_wait(page):
            self.frontier.add(page.said.canonical, ask.depth)
            self.waiting.setdefault(page.said.canonical, []).append(page)
        else:
            yield from self._settle(page)

    def _must_wait(self, page: _Page) -> bool:
        """Say whether a page may be a copy of one of the site that has not answered yet."""
        other = page.said.canonical
        if other in ("", page.address) or other in self.titles or other in self.done or not page.said.title:
            return False
        return site.same_site(other, page.address) and (self._listed(other) or self.scope.wants(other))

    def _settle(self, page: _Page) -> Iterator[Answer]:
        """Give a page, unless it is a copy of its canonical one.

        That is believed where both have one title: many sites name their home page in all pages by mistake.
        """
        other = page.said.canonical
        if other != page.address and page.said.title and self.titles.get(other) == page.said.title:
            self.trail.note(page.address, page.ask.depth, other, page.exchange)
            return
        self.trail.after.pop(page.address, None)
        yield from self._give(self._found(page), page.said.title)

    def _give(self, answer: Found | Unchanged, title: str) -> Iterator[Answer]:
        if answer.address not in self.titles:
            self.titles[answer.address] = title
            yield answer

    def _found(self, page: _Page) -> Found:
        charset = said.charset(page.exchange)
        marks: Told = {
            "etag": page.exchange.header("etag"),
            "last_modified": page.exchange.header("last-modified"),
            "lastmod": self.lastmods.get(page.ask.address, ""),
            "title": page.said.title,
            "depth": str(page.ask.depth),
            "visit": str(self.trail.number),
        }
        return Found(
            address=page.address,
            media_type=f"{page.kind}; charset={charset}" if charset else page.kind,
            payload=page.exchange.body,
            marks={name: value for name, value in marks.items() if value},
        )

    def _follow(self, page: _Page) -> None:
        if not page.said.followed or page.ask.depth >= self.scope.depth:
            return
        for link in page.said.links:
            if link in self.frontier or (self.scope.wants(link) and self.scope.takes(link)):
                self.frontier.add(link, page.ask.depth + 1)

    def _document(self, ask: Ask) -> str:
        """Give the document that an address led to the last time."""
        to = self.trail.before.get(ask.address, trail.Step()).to
        return to if to in self.visit.known else ask.address

    def _remember(self, ask: Ask) -> None:
        if ask.address not in self.visit.known:
            self.trail.keep(ask.address, ask.depth)

    def _listed(self, address: str) -> bool:
        return address in self.scope.starts or address in self.lastmods


def _kind(exchange: Exchange) -> str:
    """Give the media type; where the server names none, HTML is known by its beginning."""
    begins = exchange.body[:200].lstrip().lower()
    unnamed = not exchange.media_type and begins.startswith((b"<!doctype html", b"<html"))
    return HTML[0] if unnamed else exchange.media_type
