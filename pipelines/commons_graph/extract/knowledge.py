"""Everything that extraction knows before it reads: models, gazetteer, lexicons, concepts. Loaded once a process.

What does not belong here: anything about one document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from commons_graph.extract.concepts import Concepts
from commons_graph.extract.date_words import DateWords
from commons_graph.extract.dates import words_of
from commons_graph.extract.gazetteer import Gazetteer
from commons_graph.extract.layered import LayeredModel
from commons_graph.extract.linear import LinearModel
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.introduced import Introductions
from commons_graph.extract.names.introduced import load as load_introductions
from commons_graph.extract.names.known import Known
from commons_graph.extract.names.titles import Titles
from commons_graph.extract.page_type import PageTypes
from commons_graph.extract.relation.adjacent import Adjacent
from commons_graph.extract.relation.certainty import Certainty
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.patterns import Patterns
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.statements import Properties
from commons_graph.extract.word_kinds import WordKinds
from commons_graph.schema_org import SchemaOrg

MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a project's ontology and the shipped models know."""

    page_types: PageTypes
    titles: Titles
    word_kinds: WordKinds
    forms: LinearModel
    names: LayeredModel
    relations: LinearModel
    concepts: Concepts
    heads: Heads
    known: Known
    cues: Cues
    patterns: Patterns
    adjacent: Adjacent
    certainty: Certainty
    introductions: Introductions
    dates: DateWords
    signatures: Signatures
    properties: Properties
    vocabulary: SchemaOrg

    @classmethod
    def load(cls, root: Path) -> Knowledge:
        """Load all of it; `root` is the project folder.

        Raises `CommonsError` when a model is missing or broken, or a file of the ontology is wrong.
        """
        ontology = root / "ontology"
        return cls(
            **_shipped(),
            concepts=Concepts.load(ontology / "concepts.ttl"),
            heads=Heads.load(ontology),
            known=Known.load(ontology),
            cues=Cues.load(ontology),
            patterns=Patterns.load(ontology),
            adjacent=Adjacent.load(ontology),
            certainty=Certainty.load(ontology),
            introductions=load_introductions(ontology),
            dates=words_of(ontology),
            signatures=Signatures.load(ontology),
            properties=Properties.load(ontology),
            vocabulary=SchemaOrg.load(ontology),
        )


@cache
def _shipped() -> dict[str, Any]:
    """Give what is the same for every project: the models, by their fields, read once a process."""
    return {
        "page_types": PageTypes.load(),
        "titles": Titles(Gazetteer.load()),
        "word_kinds": WordKinds.load(),
        "forms": LinearModel.load(MODELS / "forms.npz"),
        "names": LayeredModel.load(MODELS / "names.npz"),
        "relations": LinearModel.load(MODELS / "relations.npz"),
    }
