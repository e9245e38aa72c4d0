"""One text in the place of many is noticed before it replaces anything; what else changes is not held up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from test_buckets import everything, project, refresh

from commons_graph.errors import CommonsError
from commons_graph.extract import buckets as extraction
from commons_graph.normalise import alike, buckets
from commons_graph.project import Project
from commons_graph.source import Expect
from commons_graph.step_note import Tally

__all__ = ["project"]
FIFTH = Expect(max_drop=0.2)
ENDINGS = ("a", "e", "i", "o", "u", "an", "en", "in", "on", "un")
RIVERS = [f"{first}{last}" for first in ("Al", "Br", "Cor", "Dan") for last in ENDINGS]
PAGES = {f"Page {number}": f"La Fondation de la {river} est à Lyon." for number, river in enumerate(RIVERS)}
CLOSED = "Site en maintenance, revenez plus tard. Demande {0}f3, à 12:0{0}."


def closed(pages: Mapping[str, str], least: int) -> dict[str, str]:
    """Give pages, of which those from a place on are one page, but for the number of the request and the time."""
    return {
        title: CLOSED.format(number) if number >= least else text for number, (title, text) in enumerate(pages.items())
    }


def test_one_text_for_many_pages_stops_and_leaves_everything_as_it_was(project: Project) -> None:
    refresh(project, PAGES, "1", FIFTH)
    extraction.refresh(project, "wiki")
    before = everything(project)
    told = (
        r"^sources/wiki\.yaml: about 39 of 40 documents have lost their own text to one that others have, too "
        r"\(“Page Site en maintenance, revenez plus tard\. Demande à”\); check the source; if it is right: "
        r"commons refresh wiki --accept-drop$"
    )
    with pytest.raises(CommonsError, match=told):
        refresh(project, closed(PAGES, 0), "2", FIFTH)
    assert everything(project) == before
    assert refresh(project, PAGES, "1", FIFTH)[0].tally == Tally()


@pytest.mark.parametrize(("least", "stops"), [(31, False), (30, True)])
def test_so_many_may_be_lost_as_may_be_gone(project: Project, least: int, stops: bool) -> None:
    refresh(project, PAGES, "1", FIFTH)
    if stops:
        with pytest.raises(CommonsError, match="about 9 of 40 documents"):
            refresh(project, closed(PAGES, least), "2", FIFTH)
    else:
        assert refresh(project, closed(PAGES, least), "2", FIFTH)[0].tally.changed == 9


def test_pages_that_cannot_be_read_any_more_are_lost_too(project: Project) -> None:
    refresh(project, PAGES, "1", FIFTH)
    with pytest.raises(CommonsError, match=r"about 39 of 40 documents .* \(no text\); "):
        refresh(project, dict.fromkeys(PAGES, "lost"), "2", FIFTH)


def test_once_accepted_it_stops_no_more(project: Project) -> None:
    refresh(project, PAGES, "1", FIFTH)
    accepted = Expect(max_drop=1.0)
    assert refresh(project, closed(PAGES, 0), "2", accepted)[0].tally.changed == 40
    other = {title: text.replace("plus tard", "demain") for title, text in closed(PAGES, 0).items()}
    assert refresh(project, other, "3", FIFTH)[0].tally.changed == 40
    assert refresh(project, PAGES, "4", FIFTH)[0].tally.changed == 40


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_change_of_every_page_is_no_loss(project: Project, count: int) -> None:
    pages = dict(list(PAGES.items())[:count])
    refresh(project, pages, "1", FIFTH)
    changed = {title: f"{text} Mentions légales." for title, text in pages.items()}
    assert refresh(project, changed, "2", FIFTH)[0].tally.changed == count


def test_other_code_is_no_change_of_the_source(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh(project, PAGES, "1", FIFTH)
    monkeypatch.setattr(buckets, "version", lambda _: "newer")
    monkeypatch.setattr(alike, "_old", lambda _: pytest.fail("looked at texts"))
    assert len(refresh(project, PAGES, "1", FIFTH)[1]) == len(PAGES)
