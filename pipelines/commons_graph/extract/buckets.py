"""Brings the statements of one source up to date: documents in, one Parquet file a bucket out.

What belongs here: which documents of which buckets are stale, and spreading them over processes. What does not: what
is extracted (the other modules of this stage) and how files are written (`commons_graph.lake`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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
FEW = 250
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
    # A document that is read alone costs more than one of many, and of a few that changed there are two in a bucket.
    together = [stale] if light and stale else [[job] for job in stale]
    for _ in buckets.work(f"{source}: statements", extract, together, progress, light):
        pass
    for path in set(folder.glob("[0-9][0-9].parquet")) - {job.statements for job in jobs}:
        path.unlink()
    rows, failed = sum(lake.rows(job.statements) for job in jobs), tuple(_failed(jobs))
    note = Note(fingerprint, version(project), rows, failed, checked=step_note.now())
    step_note.write(folder, note)
    return note


def extract(jobs: Sequence[Job]) -> int:
    """Read the changed documents of some buckets together and write the statements of each; give their number.

    Documents are read ahead in threads, and files are written in threads at the end: Arrow lets others run meanwhile.
    Raises `CommonsError` when a file of the ontology is wrong: that is no fault of any document.
    """
    _knowledge(jobs[0].root), _asker(jobs[0].root, jobs[0].answers)
    works = {job.statements: _Work.of(job) for job in jobs}
    whose = {key: works[job.statements] for job in jobs for key in job.changed}
    with ThreadPoolExecutor(buckets.cores()) as beside:
        read = beside.map(_changed, jobs)
        for batch in batches(document for documents in read for document in documents):
            for document, found in _read(batch, jobs[0].root):
                whose[document.document_id].add(document, found)
        return sum(beside.map(_Work.write, works.values()))


@dataclass(frozen=True, slots=True)
class _Work:
    """What was found so far in the changed documents of a bucket, and what could not be read."""

    job: Job
    found: list[Statement]
    failed: dict[str, Refusal]

    @classmethod
    def of(cls, job: Job) -> _Work:
        """Begin with what was refused before of documents that stay."""
        keep = job.made.documents.keys() - job.changed
        before = lake_made.read(job.statements)
        failed = {key: each for key, each in before.refused.items() if key.partition(" ")[0] in keep} if before else {}
        return cls(job, [], failed)

    def add(self, document: Document, read: Found | None) -> None:
        """Take in a document. One that extraction chokes on is a fault of ours: it is refused, and the others go on."""
        key = document.document_id
        try:
            said, refused = _statements(document, read, self.job)
            self.found.extend(said)
            self.failed.update((f"{key} {number}", each) for number, each in enumerate(refused))
        except Exception as error:  # any fault in one document must not stop 41,000 others
            problem = f"extraction failed ({type(error).__name__})"
            self.failed[key] = Refusal(document.address, problem, "report this page")

    def write(self) -> int:
        """Write the bucket, with the statements of unchanged documents taken over; give how many there are."""
        job, keep = self.job, self.job.made.documents.keys() - self.job.changed
        made = replace(job.made, refused=self.failed)
        return lake.write_statements(job.statements, self.found, made, keep=keep, until=job.until)


def _changed(job: Job) -> list[Document]:
    return list(lake.read_documents(job.documents, job.changed))


def _read(batch: Sequence[Document], root: Path) -> Iterator[tuple[Document, Found | None]]:
    """Read documents together; where one of them is choked on, give them unread, so that each is read alone."""
    try:
        found: Sequence[Found | None] = find_all(batch, _knowledge(root))
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
