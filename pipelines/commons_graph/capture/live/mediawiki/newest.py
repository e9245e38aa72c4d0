"""The newest thing that happened in a wiki, asked in one short question: a mark that changes when something did.

What does not belong here: what happened (`changes`).
"""

from __future__ import annotations

from collections.abc import Collection

from commons_graph.capture.live.mediawiki.api import Api, records, strange


def newest(api: Api, namespaces: Collection[int]) -> str:
    """Give the mark of the newest change in some namespaces, deletions included, and of the newest move into any.

    Moves are asked by themselves, since recent changes file them under the namespace that a page left.
    Raises `CommonsError` as `Api.ask` does.
    """
    answer = api.ask(
        {
            "list": "recentchanges|logevents",
            "rcprop": "ids",
            "rctype": "edit|new|log",
            "rcnamespace": "|".join(map(str, sorted(namespaces))),
            "rclimit": "1",
            "letype": "move",
            "leprop": "ids",
            "lelimit": "1",
        }
    )
    try:
        edit = [int(each["rcid"]) for each in records(answer, "query", "recentchanges")]
        move = [int(each["logid"]) for each in records(answer, "query", "logevents")]
    except (KeyError, TypeError, ValueError) as error:
        raise strange(api.address) from error
    return f"change {max(edit, default=0)}, move {max(move, default=0)}"
