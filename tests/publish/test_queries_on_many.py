"""Questions that come with the project end on a graph of many claims: they begin with what is rare in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commons_graph.project import Project
from commons_graph.publish import named, namespaces, store, worker
from commons_graph.publish.store import Limits

ROOT = Path(__file__).parents[2]
CLAIMS = 15_000
LIMITS = Limits(seconds=10)
"""Far more than they take, even on a busy machine; of questions that join all claims first, ten times less."""


def _lines() -> Iterator[str]:
    for number in range(CLAIMS):
        who, group, claim = f"cgid:{number % 5_000}", f"cgid:g{number % 701}", f"cgst:{number}"
        about = {0: "cgid:g7", 1: "cgid:g8"}.get(number % 9, group)
        if number < 5_000:
            name = "Ville de La Coop" if number % 50 == 0 else f"Organisation {number}"
            yield f'{who} a org:Organization ; skos:prefLabel "{name} {number}"@fr ; schema:location cgid:france .'
        if number < 701:
            funder = "cgid:eu" if number % 100 == 0 else who
            yield f'{group} a cg:Project ; skos:prefLabel "Projet {number}"@fr ; cg:fundedBy {funder} .'
        yield f"{about} cg:partnerOf {who} ."
        yield f"{claim} rdf:subject {about} ; rdf:predicate cg:partnerOf ; rdf:object {who} ;"
        yield f'  cg:quote "{number}" ; cg:confidence 0.{number % 7 + 2} ; prov:wasDerivedFrom cgid:d{number % 97} .'
    for thing, kind, name in (
        ("g7", "cg:Project", "ReVals"),
        ("g8", "org:Organization", "La Coop des Communs"),
        ("france", "schema:Place", "France"),
        ("eu", "org:Organization", "Union européenne"),
    ):
        yield f'cgid:{thing} a {kind} ; skos:prefLabel "{name}"@en .'


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a made graph of some 120,000 triples."""
    folder = tmp_path_factory.mktemp("many")
    prefixes = namespaces.prefixes(ROOT / "ontology")
    declared = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    (folder / "many.ttl").write_text(declared + "\n".join(_lines()), encoding="utf-8")
    store.build(folder / "store", [folder / "many.ttl"])
    return folder / "store"


@pytest.mark.parametrize(
    "name",
    ["project-partners", "public-authorities", "shared-activities", "where-from"],
)
def test_a_question_begins_with_what_is_rare(many: Path, name: str) -> None:
    text = named.named(Project(ROOT, ROOT / "warehouse"), name).text
    answer = worker.ask(many, text, LIMITS, prefixes=namespaces.prefixes(ROOT / "ontology"))
    assert answer.rows
