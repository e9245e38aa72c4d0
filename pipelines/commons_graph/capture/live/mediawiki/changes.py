"""What happened in a wiki since a time: pages edited and made (recent changes), moved, deleted, restored (logs).

Deleting a page takes its recent changes away, and they end after some weeks; the logs stay. So both are asked, in one
question. What does not belong here: what the pages hold now (`pages`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from commons_graph.capture.live.mediawiki.api import Api, Record, record, records, strange
from commons_graph.capture.live.mediawiki.site import Site

# The kinds of log entries after which a page's newest revision is another one, or none.
KINDS = frozenset({"delete", "move", "import", "merge", "protect", "contentmodel"})


@dataclass(frozen=True, slots=True)
class Change:
    """A title that something happened to. `revision` is what an edit made, or 0; `reason` is for people."""

    title: str
    revision: int
    reason: str


def changes(api: Api, site: Site, since: str, log: int, namespaces: Collection[int]) -> Iterator[Change]:
    """Give what happened since a time, and in the logs after the entry `log`; a title may come several times.

    Raises `CommonsError` as `Api.parts` does.
    """
    question = {
        "list": "recentchanges|logevents",
        "rcdir": "newer",
        "rcstart": since,
        "rclimit": "max",
        "rcprop": "title|ids",
        "rctype": "edit|new",
        "rcnamespace": "|".join(map(str, sorted(namespaces))),
        "ledir": "newer",
        "lestart": since,
        "lelimit": "max",
        "leprop": "ids|title|type|details",
    }
    for answer in api.parts(question):
        try:
            for each in records(answer, "query", "recentchanges"):
                yield Change(site.title(int(each["ns"]), str(each["title"])), int(each["revid"]), "was edited")
            for each in records(answer, "query", "logevents"):
                if int(each["logid"]) > log and each.get("type") in KINDS:
                    yield from _logged(each, site, namespaces)
        except (KeyError, TypeError, ValueError) as error:
            raise strange(api.address) from error


def _logged(entry: Record, site: Site, namespaces: Collection[int]) -> Iterator[Change]:
    """Give the page that a log entry names, and for a move also where it went. Hidden entries name none."""
    params = record(entry, "params")
    target = params.get("target_title", "")
    if int(entry.get("ns", -1)) in namespaces and "title" in entry:
        title = site.title(int(entry["ns"]), str(entry["title"]))
        yield Change(title, 0, f"was moved to {target}" if target else f"the log says: {entry['type']}")
    if target and int(params["target_ns"]) in namespaces:
        yield Change(site.title(int(params["target_ns"]), str(target)), 0, f"was moved from {entry.get('title', '')}")
