"""Asks about a document once: from the answers that are kept, or from the server; gives what is believed of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from commons_graph.extract.asked.answer import Checking, schema
from commons_graph.extract.asked.server import ask
from commons_graph.extract.asked.settings import Settings, load
from commons_graph.extract.found import Found
from commons_graph.extract.knowledge import Knowledge
from commons_graph.model import Document, content_id

EXTRACTOR = "language-model"


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks the server that the settings name; `answers` is the folder where answers are kept."""

    settings: Settings
    answers: Path

    @classmethod
    def of(cls, ontology: Path, answers: Path) -> Asker | None:
        """Give the asker of a project, or None when it is off. Raises `CommonsError` for wrong settings."""
        settings = load(ontology)
        return cls(settings, answers) if settings else None

    def add(self, found: Found, document: Document, knowledge: Knowledge) -> Found:
        """Give what was found in a document together with what the model says and shows.

        Raises `CommonsError` when the server gives no answer; then `found` alone counts.
        """
        if found.subject is None:
            return found
        extractor = f"{EXTRACTOR} {self.settings.version}"
        checking = Checking(document, found.entities, knowledge, extractor, self.settings.confidence)
        believed = checking.believe(self._answer(document, knowledge))
        known = {(each.subject, each.predicate, each.object) for each in found.relations}
        new = [each for each in believed.relations if (each.subject, each.predicate, each.object) not in known]
        return replace(found, entities=(*found.entities, *believed.entities), relations=(*found.relations, *new))

    def _answer(self, document: Document, knowledge: Knowledge) -> str:
        text = document.text[: self.settings.most_characters]
        kept = self.answers / f"{content_id(document.title, text, self.settings.version)}.json"
        if kept.is_file():
            return kept.read_text(encoding="utf-8")
        predicates = sorted({name for names in knowledge.signatures.allowed.values() for name in names})
        answer = ask(self.settings, document.title, text, schema(predicates))
        self.answers.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(".new")
        beside.write_text(answer, encoding="utf-8")
        beside.replace(kept)
        return answer
