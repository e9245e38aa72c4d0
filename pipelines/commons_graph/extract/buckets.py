"""Brings the statements of one source up to date: documents in, one Parquet file a bucket out.

What belongs here: which buckets are stale, and spreading them over processes. What does not: what is extracted (the
other modules of this stage) and how files are written (`commons_graph.lake`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commons_graph import __version__, buckets, lake, step_note
from commons_graph.code import PACKAGE, version_of
from commons_graph.errors import CommonsError
from commons_graph.extract.asked import Asker
from commons_graph.extract.knowledge import Knowledge
from commons_graph.model import Document, Refusal, Statement, content_id
from commons_graph.project import Project
from commons_graph.step_note import Note

LIGHT = 4
"""So few buckets are not worth a second process, which loads the models again."""


@dataclass(frozen=True, slots=True)
class Job:
    """One bucket to read: its documents, where its statements go, and with which knowledge.

    `answers` is the folder where answers of a language model are kept, if one is asked.
    """

    documents: Path
    statements: Path
    root: Path
    answers: Path
    fingerprint: str
    version: str


def version(project: Project) -> str:
    """Give the version of this stage's code, models and knowledge: the program's version and a hash."""
    ontology = project.ontology_dir
    reads = [ontology / name for name in ("lexicon", "concepts.ttl", "predicates.yaml", "language_model.yaml")]
    return f"{__version__}+{version_of(PACKAGE / 'extract', *(path for path in reads if path.exists()))}"


def refresh(project: Project, source: str, progress: buckets.Progress = buckets.silent) -> Note:
    """Extract the statements of those buckets whose documents, code or knowledge changed; give the note of it all."""
    folder = lake.statements_path(project.lake_dir, source, 0).parent
    jobs = list(_jobs(project, source))
    fingerprint = content_id(*(job.fingerprint for job in jobs))
    note = step_note.read(folder)
    stale = [job for job in jobs if not lake.is_current(job.statements, job.fingerprint, job.version)]
    if note and not stale and (note.fingerprint, note.version) == (fingerprint, version(project)):
        return note
    for _ in buckets.work(f"{source}: statements", extract, stale, progress, len(stale) < LIGHT):
        pass
    for path in set(folder.glob("[0-9][0-9].parquet")) - {job.statements for job in jobs}:
        path.unlink()
    note = Note(fingerprint, version(project), sum(lake.rows(job.statements) for job in jobs), tuple(_failed(jobs)))
    step_note.write(folder, note)
    return note


def extract(job: Job) -> int:
    """Read one bucket's documents and write its statements; give their number.

    A document that the extractors choke on is a fault of ours: it is refused by name, and the others go on.
    """
    found: list[Statement] = []
    failed: list[Refusal] = []
    for document in lake.read_documents(job.documents):
        try:
            said, refused = _statements(document, job)
            found.extend(said)
            failed.extend(refused)
        except Exception as error:  # any fault in one document must not stop 41,000 others
            failed.append(Refusal(document.address, f"extraction failed ({type(error).__name__})", "report this page"))
    step_note.write(_beside(job.statements), Note(job.fingerprint, job.version, len(found), tuple(failed)))
    return lake.write_statements(job.statements, found, fingerprint=job.fingerprint, version=job.version)


def _statements(document: Document, job: Job) -> tuple[list[Statement], list[Refusal]]:
    """Give what a document states; and, when a language model should have been asked and gave nothing, why."""
    from commons_graph import extract as stage

    knowledge = _knowledge(job.root)
    found, refused = stage.find(document, knowledge), []
    if asker := _asker(job.root, job.answers):
        try:
            found = asker.add(found, document, knowledge)
        except CommonsError as error:
            refused.append(Refusal(document.address, f"{error.place}: {error.problem}", error.remedy))
    return stage.statements(found, document, knowledge, job.version), refused


@cache
def _knowledge(root: Path) -> Knowledge:
    return Knowledge.load(root)


@cache
def _asker(root: Path, answers: Path) -> Asker | None:
    return Asker.of(root / "ontology", answers)


def _jobs(project: Project, source: str) -> Iterator[Job]:
    code = version(project)
    for path in sorted(lake.documents_path(project.lake_dir, source, 0).parent.glob("[0-9][0-9].parquet")):
        mark = content_id(lake.fingerprint(path) or "", lake.version(path) or "")
        out = lake.statements_path(project.lake_dir, source, int(path.stem))
        yield Job(path, out, project.root, project.answers_dir, mark, code)


def _beside(path: Path) -> Path:
    return path.parent / "buckets" / path.stem


def _failed(jobs: list[Job]) -> Iterator[Refusal]:
    for job in jobs:
        note = step_note.read(_beside(job.statements))
        yield from note.refused if note else ()
