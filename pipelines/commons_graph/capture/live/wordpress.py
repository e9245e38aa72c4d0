"""The connector `wordpress`: posts and pages by the REST API, or where that is shut, by what else the site has.

Each visit compares the list of all posts with what is known, which costs one short answer for a hundred. That finds
what `modified_after` misses: deleted posts, and those planned for today, which were last changed days before. What
belongs here: posts to documents. What does not: the API (`wordpress_api`), the other ways (`wordpress_shut`).
"""

from __future__ import annotations

from collections.abc import Iterator

from commons_graph.capture.http import ForbiddenError
from commons_graph.capture.live import made_page, site, wordpress_shut
from commons_graph.capture.live.crawl import HTML
from commons_graph.capture.live.records import Found, Told, Unchanged
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.capture.live.wordpress_api import Api, ElsewhereError, Listed, Post, ShutError, Unread
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

KINDS = ("posts", "pages")
ROOTS = ("wp-json", "?rest_route=")
API = "api"
LETTERS = "newsletters"


def visit(visit: Visit) -> Iterator[Answer]:
    """Give the posts and pages of a site. Raises `CommonsError` when none of the ways leads to them."""
    for root in _roots(visit):
        try:
            yield from _read(visit, Api(visit.client, root))
        except ElsewhereError:
            continue
        except (ShutError, ForbiddenError):
            break
        visit.cursor[API] = root
        return
    visit.cursor.pop(API, None)
    yield from wordpress_shut.visit(visit)


def _roots(visit: Visit) -> list[str]:
    """Give where the API may be: where it was, where the YAML says, or at its two usual places."""
    start = visit.source.address.rstrip("/")
    usual = [f"{start}/{root}" for root in ROOTS]
    said = [visit.source.api.rstrip("/")] if visit.source.api else usual
    return list(dict.fromkeys(filter(None, [visit.cursor.get(API, ""), *said])))


def _read(visit: Visit, api: Api) -> Iterator[Answer]:
    kinds = tuple(visit.source.options.get("types", KINDS))
    first = list(api.listing(kinds[0]))
    yield from _kind(visit, api, kinds[0], first)
    for kind in kinds[1:]:
        try:
            listed = list(api.listing(kind))
        except CommonsError as error:
            visit.whole = False
            yield Refusal(error.place, error.problem, error.remedy)
            continue
        yield from _kind(visit, api, kind, listed)


def _kind(visit: Visit, api: Api, kind: str, listed: list[Listed]) -> Iterator[Answer]:
    """Give the posts of one kind: those that are as they were, then those that are new or changed."""
    changed: dict[int, str] = {}
    for item in listed:
        if not site.same_site(item.address, visit.source.address):
            yield Refusal(item.address, "leads to another site", "nothing to do, or make that a source")
        elif _is_known(visit, item):
            yield Unchanged(item.address)
        else:
            changed[item.number] = item.address
    for answer in api.posts(kind, list(changed)):
        address = changed.pop(answer.number, "")
        if isinstance(answer, Unread):
            yield Refusal(address, answer.problem, "try again later")
        else:
            yield _document(visit, answer)
    for address in changed.values():
        yield Refusal(address, "was listed and not given", "try again later")


def _is_known(visit: Visit, item: Listed) -> bool:
    """Say whether a post is as it was read: also in a visit that broke off, but under the settings of this one."""
    known = visit.known.get(item.address)
    marks = known.marks if known else {}
    return bool(known) and (marks.get("modified"), marks.get(LETTERS, "")) == (item.modified, _letters(visit))


def _letters(visit: Visit) -> str:
    """Give the one setting that changes what a post becomes: which categories are newsletters."""
    return ",".join(sorted(visit.source.options.get("newsletters", ())))


def _document(visit: Visit, post: Post) -> Answer:
    if post.problem:
        return Refusal(post.address, post.problem, "leave it, it is not public")
    newsletter = not set(visit.source.options.get("newsletters", ())).isdisjoint(post.categories)
    hints: Told = {
        "title": post.title,
        "date": post.date,
        "language": post.language,
        "kind": "newsletter" if newsletter else "",
    }
    payload = made_page.page(post.title, post.content, post.language, post.address)
    told = {name: value for name, value in hints.items() if value}
    marks = {"modified": post.modified, LETTERS: _letters(visit)}
    return Found(post.address, HTML[0], payload, told, {name: value for name, value in marks.items() if value})
