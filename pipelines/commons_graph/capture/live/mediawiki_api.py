"""The connector `mediawiki-api`: all pages of a wiki at first, then only what its logs say has changed.

What belongs here: the choice between comparing everything and asking for changes, and what becomes of each page. What
does not: the questions and answers (`mediawiki`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from commons_graph.capture import wiki
from commons_graph.capture.addresses import of_page
from commons_graph.capture.export import Page
from commons_graph.capture.live.mediawiki import dump
from commons_graph.capture.live.mediawiki.api import Api
from commons_graph.capture.live.mediawiki.changes import changes
from commons_graph.capture.live.mediawiki.listing import Listed, listing
from commons_graph.capture.live.mediawiki.pages import fetch
from commons_graph.capture.live.mediawiki.site import Site, look
from commons_graph.capture.live.records import Found, Gone, Unchanged
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.capture.media import WIKITEXT
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

NAMESPACES = (0, 14)
"""Articles and categories, unless the source's `options.namespaces` choose."""
OVERLAP = timedelta(minutes=2)
"""A change may show in the logs a little after its own time."""
WHOLE_AGAIN = timedelta(days=30)
"""Scripts on the wiki's server can change pages past all logs, so now and then everything is compared."""
ENOUGH = 500


def visit(visit: Visit) -> Iterator[Answer]:
    """Tell what changed in a wiki since the last visit. Raises `CommonsError` when the wiki cannot be read on."""
    address = visit.source.api or visit.source.address
    look_at = Api(visit.client, address)
    site = look(look_at)
    chosen = tuple(visit.source.options.get("namespaces", NAMESPACES))
    work = _Work(visit, look_at, site, wiki.pattern(visit.source, site.base), chosen)
    mark = {"since": site.now, "log": str(site.log)}
    if _can_ask_for_changes(visit, site):
        visit.whole = False
        yield from work.changed()
        mark["compared"] = visit.cursor["compared"]
    else:
        yield from work.compared()
        mark["compared"] = site.now
    visit.cursor.update(mark)


def _can_ask_for_changes(visit: Visit, site: Site) -> bool:
    """Say whether the wiki's lists of changes reach back to the last visit."""
    if not (visit.known and visit.cursor and site.oldest):
        return False
    since, now = _time(visit.cursor["since"]), _time(site.now)
    return _time(site.oldest) <= since - OVERLAP and now - _time(visit.cursor["compared"]) < WHOLE_AGAIN


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise CommonsError(text[:40], "is no time", "check the wiki's API in a browser") from error


@dataclass(frozen=True, slots=True)
class _Work:
    """One visit's work. `pattern` is the address of a page with `{title}`."""

    visit: Visit
    api: Api
    site: Site
    pattern: str
    namespaces: tuple[int, ...]

    def compared(self) -> Iterator[Answer]:
        """List all pages, and fetch those whose newest revision is not the one that we have.

        A page that is not listed is not mentioned: the visit is whole, so it counts as missing.
        """
        filling = not self.visit.known and dump.is_there(self.visit)
        wanted: dict[str, Listed] = {}
        for namespace in self.namespaces:
            for listed in listing(self.api, self.site, namespace):
                address = of_page(self.pattern, listed.title)
                if self._revision(address) == listed.revision:
                    yield Unchanged(address)
                else:
                    wanted[listed.page] = listed
                if len(wanted) >= ENOUGH and not filling:
                    yield from self._fetched("pageids", wanted)
                    wanted.clear()
        if filling:
            yield from self._filled(wanted)
        yield from self._fetched("pageids", wanted)

    def changed(self) -> Iterator[Answer]:
        """Fetch the pages that the wiki says were touched, and those that were missing last time."""
        since = (_time(self.visit.cursor["since"]) - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")
        missing = (known for known in self.visit.known.values() if known.missing)
        reasons = {known.hints["title"]: "was missing before" for known in missing if "title" in known.hints}
        log = int(self.visit.cursor["log"])
        for change in changes(self.api, self.site, since, log, self.namespaces):
            revision = self._revision(of_page(self.pattern, change.title))
            if not change.revision or not revision or change.revision > int(revision):
                reasons[change.title] = change.reason
        yield from self._fetched("titles", reasons, reasons)

    def _filled(self, wanted: dict[str, Listed]) -> Iterator[Answer]:
        """Take what the dump has just as the wiki has it now; what it gave is wanted no more."""
        try:
            for page in dump.pages(self.visit, wanted):
                yield self._answer(page)
                del wanted[page.values["page"]]
        except CommonsError as error:
            yield Refusal(error.place, error.problem, "the wiki itself was asked instead")

    def _fetched(self, by: str, names: Iterable[str], reasons: Mapping[str, str] | None = None) -> Iterator[Answer]:
        for page in fetch(self.api, self.site, by, names):
            if "revision" in page.values:
                yield self._answer(page)
            elif (address := of_page(self.pattern, page.values["title"])) in self.visit.known:
                yield Gone(address, (reasons or {}).get(page.values["title"], "is not in the wiki any more"))

    def _answer(self, page: Page) -> Answer:
        entry = wiki.entry(page, self.pattern, self.api.address)
        if isinstance(entry, Refusal):
            return entry
        revision = entry.hints["revision"]
        if self._revision(entry.address) == revision:
            return Unchanged(entry.address)
        return Found(entry.address, WIKITEXT, entry.payload, entry.hints, {"revision": revision})

    def _revision(self, address: str) -> str:
        known = self.visit.known.get(address)
        return known.marks.get("revision", "") if known else ""
