"""Visits a live source, archives what it answers, and leaves the state for the next visit; and reads it all again.

While a visit goes on, what came so far is settled now and then, with the cursor of the visit before: a run that is
killed loses what came since, and the next one does not ask again for the rest. What belongs here: the order of these
steps. What does not: each of them (`recording`, `fold`, `state`, the connectors).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from commons_graph.capture import index, reading, warc
from commons_graph.capture.http import Client, Limits
from commons_graph.capture.live import connectors, state
from commons_graph.capture.live.fold import Fold, is_there
from commons_graph.capture.live.recording import Recording
from commons_graph.capture.live.records import Found, Known, Told
from commons_graph.capture.live.state import State
from commons_graph.capture.live.twins import AT, Twins
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.capture.media import KINDS
from commons_graph.capture.records import Kept
from commons_graph.errors import CommonsError
from commons_graph.model import Archived, Capture, Refusal
from commons_graph.project import Project
from commons_graph.source import Source

EVERY = 30.0
"""Seconds after which what a visit brought so far is settled."""
PAUSE = 1.0


def keep(source: Source, project: Project, local: Path | None = None, every: float = EVERY) -> Kept:
    """Visit a source and keep what it answers. A visit that breaks off keeps what came, and says so in `problem`.

    Raises `CommonsError` when nothing came and nothing is known, or the archive cannot be written.
    """
    home = project.captures_dir / source.id
    try:
        keeping = _Keeping.begin(source, home)
        return keeping.visit(connectors.local(source, project, local), every)
    except OSError as error:
        raise CommonsError(str(home), f"the archive cannot be written ({error.strerror})", "check the disk") from error


def listed(source: Source, project: Project) -> Iterator[Archived | Refusal]:
    """Give the documents as the last visit left them; one whose record is lost is refused."""
    home = project.captures_dir / source.id
    places = index.read(home)
    for known in (state.read(home) or State()).documents():
        if place := places.get(known.digest):
            yield Archived(_capture(source, known, place), partial(_payload, home, place))
        else:
            yield Refusal(known.address, "its bytes are lost", "run the refresh again")


def fingerprint(source: Source, project: Project) -> str:
    """Give the fingerprint of what the last visit left, or "" when there was none."""
    last = state.read(project.captures_dir / source.id)
    return state.fingerprint(source, last) if last else ""


@dataclass(slots=True)
class _Keeping:
    """One visit on its way to becoming a state. `cursor` is that of the visit before, if it still holds."""

    source: Source
    home: Path
    recording: Recording
    fold: Fold
    cursor: Told

    @classmethod
    def begin(cls, source: Source, home: Path) -> _Keeping:
        recording, last = Recording(home), state.read(home) or State()
        # Where bytes were lost, or the settings changed, the source has to be compared as a whole.
        whole = all(known.digest in recording.places for known in last.documents())
        cursor = last.cursor if whole and last.settings == reading.settings(source) else {}
        return cls(source, home, recording, Fold(last.known, datetime.now(UTC).isoformat(timespec="seconds")), cursor)

    def visit(self, local: Path | None, every: float) -> Kept:
        pause, cursor = float(self.source.options.get("pause", PAUSE)), dict(self.cursor)
        problem: CommonsError | None = None
        with Client(self.source.private, pause, _limits(self.source), self.recording.exchange) as client:
            visit = Visit(self.source, client, self._asked(), cursor, local=local)
            try:
                self._take(connectors.of(self.source)(visit), every)
            except CommonsError as error:
                problem = error
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                # what a server says is hostile: a connector that chokes on it must not lose what came before
                told = f"the connector failed ({type(error).__name__})"
                problem = CommonsError(self.source.place, told, "report this source")
            finally:
                self._settle(self.cursor)
        if problem and not self.fold.known:
            raise problem
        self.fold.end(visit.whole and not problem)
        return self._kept(self._settle(self.cursor if problem else cursor), problem)

    def _take(self, answers: Iterator[Answer], every: float) -> None:
        settled = time.monotonic()
        for answer in answers:
            named = self._named(answer)
            if isinstance(named, Found):
                self._found(named)
            else:
                self.fold.take(named)
            if time.monotonic() - settled >= every:
                self._settle(self.cursor)
                settled = time.monotonic()

    def _named(self, answer: Answer) -> Answer:
        """Give an answer under the address under which its document is known."""
        own = Twins(self.fold.before).named(answer.address)
        if own != answer.address and isinstance(answer, Found):
            answer = replace(answer, marks={**answer.marks, AT: answer.address})
        return replace(answer, address=own)

    def _found(self, answer: Found) -> None:
        if _is_text(answer):
            self.fold.found(answer, self.recording.document(answer))
        else:
            address = ascii(answer.address)
            self.fold.take(Refusal(address, "its address or title is not readable text", "tell the source"))

    def _asked(self) -> Mapping[str, Known]:
        """Give what the connector may build on: what is there, and whose bytes are there."""
        known = self.fold.before.items()
        return Twins({key: each for key, each in known if is_there(each) and each.digest in self.recording.places})

    def _settle(self, cursor: Told) -> State:
        self.recording.settle()
        settled = State(reading.settings(self.source), cursor, self.fold.known)
        if settled.known or cursor:  # a first visit that brought nothing is none
            state.write(self.home, settled)
        return settled

    def _kept(self, settled: State, problem: CommonsError | None) -> Kept:
        tally, refused = self.fold.tally(), list(self.fold.refused.values())
        if problem:
            refused.append(Refusal(problem.place, problem.problem, problem.remedy))
        known = sum(1 for _ in settled.documents()) - tally.added - tally.changed
        mark = state.fingerprint(self.source, settled)
        return Kept(tally.added + tally.changed, known, tuple(refused), mark, tally, str(problem or ""))


def _limits(source: Source) -> Limits:
    """Give how much of an answer is taken: what the source's options say, else what suits most sites."""
    usual = Limits()
    size = int(float(source.options.get("megabytes", usual.size / 1_000_000)) * 1_000_000)
    return Limits(size, float(source.options.get("seconds", usual.seconds)))


def _is_text(answer: Found) -> bool:
    try:
        repr_parts = [answer.address, answer.media_type, *answer.hints.values(), *answer.marks.values()]
        return bool("\0".join(repr_parts).encode())
    except UnicodeEncodeError:
        return False


def _capture(source: Source, known: Known, place: warc.Place) -> Capture:
    kind = KINDS.get(known.media_type.partition(";")[0].strip().lower(), source.kind)
    captured = datetime.fromisoformat(place.date)
    hints = {"kind": kind, **known.hints}
    return Capture(source.id, known.address, known.media_type, b"", known.digest, captured, hints)


def _payload(home: Path, place: warc.Place) -> bytes:
    with warc.open_record(home, place) as stream:
        return stream.read()
