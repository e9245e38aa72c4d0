"""Visits a wiki again and again, and keeps what it is told as the archive does, in the simplest way."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from commons_graph.capture.http import Client, Exchange
from commons_graph.capture.live.mediawiki_api import visit
from commons_graph.capture.live.records import Found, Gone, Known, Unchanged
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.source import Source


class Reader:
    """`texts` has payload and hints by address, `asked` the exchanges of the last visit, `whole` what kind it was."""

    def __init__(self, source: Source, local: Path | None = None) -> None:
        self.source, self.local = source, local
        self.known: dict[str, Known] = {}
        self.texts: dict[str, tuple[bytes, dict[str, str]]] = {}
        self.cursor: dict[str, str] = {}
        self.asked: list[Exchange] = []
        self.whole = True

    def visit(self) -> list[Answer]:
        self.asked = []
        with Client(private=True, pause=0, robots=False, recorder=self.asked.append) as client:
            now = Visit(self.source, client, dict(self.known), self.cursor, local=self.local)
            answers = list(visit(now))
        self.whole = now.whole
        if now.whole:
            for address in self.known.keys() - {each.address for each in answers}:
                self._fold(Gone(address, "not listed"))
        for answer in answers:
            self._fold(answer)
        return answers

    def _fold(self, answer: Answer) -> None:
        if isinstance(answer, Found):
            digest = hashlib.sha256(answer.payload).hexdigest()
            told = (answer.media_type, answer.hints, answer.marks, "", "")
            self.known[answer.address] = Known(answer.address, digest, *told)
            self.texts[answer.address] = (answer.payload, answer.hints)
        elif isinstance(answer, Gone):
            missing = self.known[answer.address].missing + 1
            self.known[answer.address] = replace(self.known[answer.address], missing=missing)
            if missing > 1:
                del self.known[answer.address], self.texts[answer.address]
        elif isinstance(answer, Unchanged):
            self.known[answer.address] = replace(self.known[answer.address], missing=0)
