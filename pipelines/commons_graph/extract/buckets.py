"""Brings the statements of one source up to date: documents in, one Parquet file a bucket out.

What belongs here: which documents of which buckets are stale, and spreading them over processes. What does not: what
is extracted (the other modules of this stage) and how files are written (`commons_graph.lake`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from commons_graph import __version__, buckets, lake, lake_made, schema_org, step_note
from commons_graph.code import PACKAGE, version_of
from commons_graph.errors import CommonsError
from commons_graph.extract.asked import Asker
from commons_graph.extract.batches import batches
from commons_graph.extract.found import Found, find, find_all, statements
from commons_graph.extract.knowledge import Knowledge
from commons_graph.lake_made import Made
from commons_graph.model import Document, Refusal, Statement, content_id
from commons_graph.project import Project
from commons_graph.step_note import Note

LIGHT = 4
FEW = 60
"""So few buckets, or documents, are not worth a second process, which loads the models again."""


@dataclass(frozen=True, slots=True)
class Job:
    """One bucket to read: its documents, where its statements go, and with which knowledge.

    Only the documents `changed` are read; what else `made` names is taken over. `answers` is the folder where answers
    of a language model are kept, if one is asked. `until` as in `lake`.
    """

    documents: Path
    statements: Path
    root: Path
    answers: Path
    changed: frozenset[str]
    made: Made
    until: date | None


def version(project: Project) -> str:
    """Give the version of this stage's code, models and knowledge: the program's version and a hash."""
    ontology = project.ontology_dir
    names = ("lexicon", "concepts.ttl", "predicates.yaml", "language_model.yaml", schema_org.FILE)
    reads = (ontology / name for name in names)
    code = (PACKAGE / "extract", PACKAGE / "schema_org.py")
    return f"{__version__}+{version_of(*code, *(path for path in reads if path.exists()))}"


def refresh(project: Project, source: str, progress: buckets.Progress = buckets.silent) -> Note:
    """Extract the statements of those documents that changed, or all where code or knowledge did; give the note."""
    folder = lake.statements_path(project.lake_dir, source, 0).parent
    note = step_note.read(folder)
    jobs = list(_jobs(project, source, step_note.day(note)))
    fingerprint = content_id(*(job.made.fingerprint for job in jobs))
    stale = [job for job in jobs if not lake.is_current(job.statements, job.made.fingerprint, job.made.version)]
    if note and not stale and (note.fingerprint, note.version) == (fingerprint, version(project)):
        return step_note.confirm(folder, note)
    light = len(stale) < LIGHT or sum(len(job.changed) for job in stale) < FEW
    for _ in buckets.work(f"{source}: statements", extract, stale, progress, light):
        pass
    for path in set(folder.glob("[0-9][0-9].parquet")) - {job.statements for job in jobs}:
        path.unlink()
    rows, failed = sum(lake.rows(job.statements) for job in jobs), tuple(_failed(jobs))
    note = Note(fingerprint, version(project), rows, failed, checked=step_note.now())
    step_note.write(folder, note)
    return note


def extract(job: Job) -> int:
    """Read one bucket's changed documents and write its statements; give their number.

    A document that the extractors choke on is a fault of ours: it is refused by name, and the others go on.
    """
    keep = job.made.documents.keys() - job.changed
    before = lake_made.read(job.statements)
    failed = {key: each for key, each in before.refused.items() if key.partition(" ")[0] in keep} if before else {}
    found: list[Statement] = []
    for batch in batches(lake.read_documents(job.documents, job.changed)):
        for document, read in _read(batch, job):
            key = document.document_id
            try:
                said, refused = _statements(document, read, job)
                found.extend(said)
                failed.update((f"{key} {number}", each) for number, each in enumerate(refused))
            except Exception as error:  # any fault in one document must not stop 41,000 others
                problem = f"extraction failed ({type(error).__name__})"
                failed[key] = Refusal(document.address, problem, "report this page")
    made = replace(job.made, refused=failed)
    return lake.write_statements(job.statements, found, made, keep=keep, until=job.until)


def _read(batch: Sequence[Document], job: Job) -> Iterator[tuple[Document, Found | None]]:
    """Read documents together; where one of them is choked on, give them unread, so that each is read alone."""
    try:
        found: Sequence[Found | None] = find_all(batch, _knowledge(job.root))
    except Exception:  # whose fault it is shows when each is read alone
        found = [None] * len(batch)
    return zip(batch, found, strict=True)


def _statements(document: Document, read: Found | None, job: Job) -> tuple[list[Statement], list[Refusal]]:
    """Give what a document states; and, when a language model should have been asked and gave nothing, why."""
    knowledge, refused = _knowledge(job.root), []
    found = read or find(document, knowledge)
    if asker := _asker(job.root, job.answers):
        try:
            found = asker.add(found, document, knowledge)
        except CommonsError as error:
            refused.append(Refusal(document.address, f"{error.place}: {error.problem}", error.remedy))
    return statements(found, document, knowledge, job.made.version), refused


@cache
def _knowledge(root: Path) -> Knowledge:
    return Knowledge.load(root)


@cache
def _asker(root: Path, answers: Path) -> Asker | None:
    return Asker.of(root / "ontology", answers)


def _jobs(project: Project, source: str, until: date | None) -> Iterator[Job]:
    code = version(project)
    for path in sorted(lake.documents_path(project.lake_dir, source, 0).parent.glob("[0-9][0-9].parquet")):
        out = lake.statements_path(project.lake_dir, source, int(path.stem))
        documents, before = lake_made.read(path), lake_made.read(out)
        became = {key: marks[1:] for key, marks in documents.documents.items() if marks[1]} if documents else {}
        old = before.documents if before and before.version == code else {}
        changed = frozenset(key for key, marks in became.items() if old.get(key) != marks)
        fingerprint = content_id(*(f"{key} {mark}" for key, (mark,) in sorted(became.items())))
        yield Job(path, out, project.root, project.answers_dir, changed, Made(fingerprint, code, became), until)


def _failed(jobs: list[Job]) -> Iterator[Refusal]:
    for job in jobs:
        made = lake_made.read(job.statements)
        yield from made.refused.values() if made else ()
