"""What a wiki says of itself: its time, its namespaces, how far back its recent changes go.

What does not belong here: its pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commons_graph.capture.live.mediawiki.api import Api, record, records, strange

QUESTION = {
    "meta": "siteinfo",
    "siprop": "general|namespaces",
    "curtimestamp": "1",
    "list": "recentchanges|logevents",
    "rcdir": "newer",
    "rclimit": "1",
    "rcprop": "timestamp",
    "lelimit": "1",
    "leprop": "ids",
}


@dataclass(frozen=True, slots=True)
class Site:
    """A wiki at the time `now` (by its own clock).

    `base` is its main page's address, `spaces` the names of its namespaces by number, `oldest` the time of the oldest
    change that it still lists (or ""), `log` the number of its newest log entry.
    """

    now: str
    base: str
    spaces: Mapping[int, str]
    oldest: str
    log: int

    def title(self, number: int, told: str) -> str:
        """Give a title as a dump writes it: the API's name of a user's namespace follows the user's gender."""
        space = self.spaces.get(number, "")
        return f"{space}:{told.partition(':')[2]}" if space and ":" in told else told


def look(api: Api) -> Site:
    """Ask a wiki what it is like. Raises `CommonsError` as `Api.ask` does, and when this is no wiki's answer."""
    answer = api.ask(QUESTION)
    try:
        return Site(
            now=str(answer["curtimestamp"]),
            base=str(record(answer, "query", "general")["base"]),
            spaces={int(key): str(each["name"]) for key, each in record(answer, "query", "namespaces").items()},
            oldest=next((str(each["timestamp"]) for each in records(answer, "query", "recentchanges")), ""),
            log=max((int(each["logid"]) for each in records(answer, "query", "logevents")), default=0),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise strange(api.address) from error
