"""What a visit leaves, against the rules written out one document at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commons_graph.capture.live.fold import Fold, is_there
from commons_graph.capture.live.records import Found, Gone, Known, Moved, Unchanged
from commons_graph.model import Refusal
from commons_graph.step_note import Tally

ADDRESSES = ("a", "b", "c", "d")
ANSWERS = {"found": Found, "same": Unchanged, "gone": Gone, "failed": Refusal}
said = st.tuples(st.sampled_from(ADDRESSES), st.sampled_from(sorted(ANSWERS)), st.sampled_from(("1", "2")))
visits = st.lists(st.tuples(st.lists(said, max_size=6), st.booleans()), max_size=6)


def fold(before: dict[str, Known], told: list[tuple[str, str, str]], whole: bool, now: str = "now") -> Fold:
    work = Fold(before, now)
    for address, kind, text in told:
        if kind == "found":
            work.found(Found(address, "text/html", b"", {"title": text}, {"etag": text}), f"digest {text}")
        else:
            work.take(Unchanged(address) if kind == "same" else ANSWERS[kind](address, "told so"))
    work.end(whole)
    return work


@given(visits)
def test_every_document_follows_the_rules_for_itself(told: list[tuple[list[tuple[str, str, str]], bool]]) -> None:
    known: dict[str, Known] = {}
    texts: dict[str, str] = {}
    misses: dict[str, int] = {}
    for number, (answers, whole) in enumerate(told):
        before = {address for address in texts if misses[address] < 2}
        old = dict(texts)
        work = fold(known, answers, whole, str(number))
        for address in ADDRESSES:
            mine = [(kind, text) for named, kind, text in answers if named == address]
            newest = [text for kind, text in mine if kind == "found"]
            if newest:
                texts[address], misses[address] = newest[-1], 0
            there = address in texts and misses[address] < 2
            if there and any(kind == "same" for kind, _ in mine if address in before or newest):
                misses[address] = 0
            if there and (mine[-1][0] == "gone" if mine else whole):
                misses[address] += 1
        known = work.known
        now = {address for address in texts if misses[address] < 2}
        assert {address for address, each in known.items() if is_there(each)} == now
        assert {address: known[address].digest for address in texts} == {
            address: f"digest {text}" for address, text in texts.items()
        }
        changed = {address for address in before & now if texts[address] != old[address]}
        failed = work.tally().failed
        assert work.tally() == Tally(len(now - before), len(changed), len(before - now), failed)
        assert failed == len(work.refused) <= len({named for named, _, _ in answers})


@given(visits)
def test_a_document_that_only_failed_stays_as_it_was(told: list[tuple[list[tuple[str, str, str]], bool]]) -> None:
    known: dict[str, Known] = {}
    for answers, whole in told:
        known = fold(known, answers, whole).known
    failing = [(address, "failed", "1") for address in ADDRESSES]
    assert fold(known, failing, whole=True).known == known


def test_a_page_is_gone_after_two_visits_in_a_row_and_back_when_it_is_found() -> None:
    known = fold({}, [("a", "found", "1"), ("b", "found", "1")], whole=True).known
    once = fold(known, [("b", "same", "")], whole=True)
    assert (once.known["a"].missing, once.tally()) == (1, Tally())
    again = fold(once.known, [("a", "same", ""), ("b", "gone", "")], whole=False).known
    assert (again["a"].missing, again["b"].missing) == (0, 1)
    twice = fold(fold(again, [("a", "gone", "")], whole=False).known, [("a", "gone", "")], whole=False, now="later")
    assert (twice.known["a"].missing, twice.known["a"].seen, twice.tally()) == (2, "now", Tally(gone=1))
    back = fold(twice.known, [("a", "found", "1")], whole=False)
    assert (back.known["a"].missing, back.tally()) == (0, Tally(added=1))


def test_a_document_that_moved_is_gone_at_once_unless_it_is_found_again() -> None:
    before = fold({}, [("a", "found", "1"), ("b", "found", "1")], True).known
    work = Fold(before, "now")
    work.found(Found("c", "text/html", b""), "digest 1")
    for address in ("a", "b", "d"):
        work.take(Moved(address, "c"))
    work.found(Found("b", "text/html", b""), "digest 2")
    work.end(True)
    assert {address for address, each in work.known.items() if is_there(each)} == {"b", "c"}
    assert work.tally() == Tally(added=1, changed=1, gone=1)
