"""Reads one YAML file of an ontology folder, and tells what is wrong with it by line.

What belongs here: reading and checking, the same for all of them. What does not: how each must look
(`ontology_schemas`), and what it means (the modules that read it). The checker is imported when a file is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commons_graph import ontology_schemas, yaml_file
from commons_graph.errors import CommonsError

PREDICATES = "predicates.yaml"


def load(ontology: Path, name: str) -> dict[str, Any]:
    """Give what a file says, such as "lexicon/heads.yaml" of a project's ontology folder.

    Raises `CommonsError` with the first line that is wrong, what was expected there and how to mend it.
    """
    from commons_graph import yaml_complaints

    if not (ontology / name).exists():
        raise CommonsError(f"ontology/{name}", "is missing", ontology_schemas.GONE)
    file = yaml_file.load(ontology / name, f"ontology/{name}")
    predicates = load(ontology, PREDICATES) if ontology_schemas.names_predicates(name) else ()
    wrong = yaml_complaints.complaints(file, ontology_schemas.whole(name, predicates))
    if wrong:
        raise _one(wrong)
    return file.data


def _one(wrong: list[CommonsError]) -> CommonsError:
    """Give the first complaint, with all that the same remedy mends in the same place: what an older file lacks."""
    first = wrong[0]
    same = [each.problem for each in wrong if (each.place, each.remedy) == (first.place, first.remedy)]
    return CommonsError(first.place, ", ".join(same), first.remedy)
