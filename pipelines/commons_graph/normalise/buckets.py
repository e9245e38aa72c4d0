"""Brings the documents of one source up to date: captures in, one Parquet file a bucket out.

What belongs here: which documents of which buckets are stale, and spreading them over processes. What does not: how
bytes become text (the other modules of this stage) and how files are written (`commons_graph.lake`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from commons_graph import buckets, lake, lake_made, schema_org, step_note
from commons_graph.code import PACKAGE, version_of
from commons_graph.errors import CommonsError
from commons_graph.lake_made import Made
from commons_graph.model import BUCKETS, Archived, Capture, Document, Refusal, bucket_of, content_id
from commons_graph.normalise import alike
from commons_graph.normalise.alike import Turned
from commons_graph.project import Project
from commons_graph.schema_org import SchemaOrg
from commons_graph.source import Expect
from commons_graph.step_note import Note, Tally

LIGHT = 500
"""So few documents are not worth a second process."""
NOTHING = Made("", "")


@dataclass(slots=True)
class Bucket:
    """One bucket as a read gives it, beside what its file was made from.

    `marks` says of what each document is made now, by its id; `changed` are those that the file has not so.
    """

    before: Made
    current: bool
    marks: dict[str, str] = field(default_factory=dict)
    changed: dict[str, Archived] = field(default_factory=dict)

    def add(self, item: Archived, language: str) -> None:
        """Take in one capture: of two of one address, the later counts."""
        capture = item.capture
        key = content_id(capture.source, capture.address)
        known = [capture.address, capture.media_type, capture.digest, *map(str, sorted(capture.hints.items()))]
        self.marks[key] = content_id(language, *known)
        self.changed.pop(key, None)
        if not (self.current and self._was(key) == self.marks[key]):
            self.changed[key] = item

    def turned(self) -> Iterator[str]:
        """Give the documents that the file has too, but made of something else, whatever the code."""
        return (key for key in self.changed if self._was(key) not in ("", self.marks[key]))

    def _was(self, key: str) -> str:
        return self.before.documents.get(key, ("",))[0]


@dataclass(frozen=True, slots=True)
class Job:
    """One bucket to normalise: only `changed`; what else `made` names is taken over. `until` as in `lake`.

    `ontology` is the project's: it says what is kept of structured data.
    """

    path: Path
    changed: Mapping[str, Archived]
    language: str
    ontology: Path
    made: Made
    until: date | None


def version(ontology: Path) -> str:
    """Give the version of this stage's code and of what it reads of a project's ontology."""
    own = ("normalise", "charsets.py", "html_source.py", "model.py", "lake_table.py", "schema_org.py")
    code = [PACKAGE / name for name in (*own, "personal.py", "personal_addresses.py")]
    return version_of(*code, *filter(Path.exists, [ontology / schema_org.FILE]))


def refresh(
    project: Project,
    source: str,
    language: str,
    captures: Iterable[Archived | Refusal],
    fingerprint: str,
    expect: Expect,
    progress: buckets.Progress = buckets.silent,
) -> Note:
    """Normalise what changed of a source whose read has this fingerprint; give the note of what was done.

    `captures` is read only when something changed, and to its end before anything is written: where it raises (a
    damaged dump), the previous state stays. Documents that cannot be normalised are refused, never fatal.
    Raises `CommonsError` when a read gave less than the source's `expect` says, or one text in the place of many; then
    the previous state stays too.
    """
    folder = lake.documents_path(project.lake_dir, source, 0).parent
    ontology = project.ontology_dir
    before = step_note.read(folder)
    if before and (before.fingerprint, before.version) == (fingerprint, version(ontology)):
        return step_note.confirm(folder, before)
    found, refused = _grouped(folder, captures, language, version(ontology))
    count, had = sum(len(bucket.marks) for bucket in found.values()), before.rows if before else 0
    _check(source, expect, count, had)
    alike.check(source, expect, count, had, list(_turned(folder, found, language, ontology)))
    jobs = [_job(folder, number, found[number], language, ontology, before) for number in sorted(found)]
    stale = [job for job in jobs if not lake.is_current(job.path, job.made.fingerprint, job.made.version)]
    light = sum(len(job.changed) for job in stale) < LIGHT
    whole = all(list(buckets.work(f"{source}: documents", normalise, stale, progress, light)))
    rows = sum(lake.rows(job.path) for job in jobs)
    written = [lake_made.read(job.path) or NOTHING for job in jobs]
    refused += [refusal for made in written for refusal in made.refused.values()]
    tally = step_note.total((made.tally for made in written if made.since == _since(before)), len(refused))
    note = Note(fingerprint if whole else "", version(ontology), rows, tuple(refused), tally, step_note.now())
    step_note.write(folder, note)
    return note


def _check(source: str, expect: Expect, found: int, before: int) -> None:
    place, remedy = f"sources/{source}.yaml", "check the source; if it is right, change `expect`"
    if found < expect.documents:
        raise CommonsError(place, f"the source gave {found} documents, expected at least {expect.documents}", remedy)
    if found < before * (1 - expect.max_drop):
        raise CommonsError(
            place,
            f"the source gave {found} documents after {before}: more than {expect.max_drop:.0%} less",
            f"check the source; if it is right: commons refresh {source} --accept-drop",
        )


def _turned(folder: Path, found: Mapping[int, Bucket], language: str, ontology: Path) -> Iterator[Turned]:
    for number, bucket in found.items():
        job = _job(folder, number, bucket, language, ontology, None)
        for key in bucket.turned():
            yield Turned(key, job.path, partial(_text, bucket.changed[key], job))


def _text(item: Archived, job: Job) -> str:
    """Give the text that a capture has now, or "" where it gives none. Raises `CommonsError` as `normalise` does."""
    _vocabulary(job.ontology)
    try:
        return _document(item, job)[0].text
    except Exception:  # whatever is wrong with it is told where it is normalised
        return ""


def normalise(job: Job) -> bool:
    """Write one bucket, with what could not be normalised; say whether all its captures could be read.

    Raises `CommonsError` when schema_org.yaml is wrong: that is no fault of any document.
    """
    _vocabulary(job.ontology)
    keep = job.made.documents.keys() - job.changed.keys()
    before = lake_made.read(job.path) or NOTHING
    refused = {key: each for key, each in before.refused.items() if key.partition(" ")[0] in keep}
    documents: list[Document] = []
    unread: set[str] = set()
    for key, item in job.changed.items():
        try:
            document, notes = _document(item, job)
            documents.append(document)
            refused |= {f"{key} {number}": each for number, each in enumerate(notes)}
        except _UnreadError as error:
            unread.add(key)
            refused[key] = error.refusal
        except CommonsError as error:
            refused[key] = Refusal(item.capture.address, error.problem, error.remedy)
        except Exception as error:  # any fault in one document must not stop 41,000 others
            problem = f"normalisation failed ({type(error).__name__})"
            refused[key] = Refusal(item.capture.address, problem, "report this page")
    # What could not be read is tried again next time, so the file must not count as made from it.
    marks = {key: mark for key, mark in job.made.documents.items() if key not in unread}
    made = replace(job.made, fingerprint="" if unread else job.made.fingerprint, documents=marks, refused=refused)
    made = replace(made, tally=_tally(before, made))
    lake.write_documents(job.path, documents, made, keep=keep, until=job.until)
    return not unread


def _tally(before: Made, after: Made) -> Tally:
    """Count the documents that are new, changed or gone since the last refresh that came to its end, whatever the code.

    What one that broke off has counted is counted too.
    """
    old, new = (made.documents.keys() - made.refused.keys() for made in (before, after))
    changed = sum(before.documents[key][0] != after.documents[key][0] for key in old & new)
    counted = [before.tally] if before.since == after.since else []
    return step_note.total([Tally(len(new - old), changed, len(old - new)), *counted], 0)


def _since(note: Note | None) -> str:
    """Name the last refresh that came to its end."""
    return content_id(*((note.fingerprint, note.version, note.checked) if note else ()))


class _UnreadError(CommonsError):
    """The bytes of a capture are lost or damaged, or the machine fails: another fault than that of what is in them."""

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.place, self.problem, self.remedy)


def _document(item: Archived, job: Job) -> tuple[Document, list[Refusal]]:
    from commons_graph.normalise import noted

    try:
        return noted(_read(item), job.language, _vocabulary(job.ontology))
    except (OSError, MemoryError) as error:
        problem = f"the machine failed at it ({type(error).__name__})"
        raise _UnreadError(item.capture.address, problem, "try again") from error


def _read(item: Archived) -> Capture:
    try:
        return item.read()
    except CommonsError as error:
        raise _UnreadError(item.capture.address, error.problem, error.remedy) from error


@cache
def _vocabulary(ontology: Path) -> SchemaOrg:
    return SchemaOrg.load(ontology)


def _grouped(
    folder: Path, captures: Iterable[Archived | Refusal], language: str, code: str
) -> tuple[dict[int, Bucket], list[Refusal]]:
    """Group by bucket; those that have a file, but of which the read gives nothing more, are there too."""
    grouped: dict[int, Bucket] = defaultdict(lambda: Bucket(NOTHING, current=False))
    for number in range(BUCKETS):
        if before := lake_made.read(folder / f"{number:02d}.parquet"):
            grouped[number] = Bucket(before, before.version == code)
    refused: list[Refusal] = []
    for item in captures:
        if isinstance(item, Refusal):
            refused.append(item)
        else:
            grouped[bucket_of(item.capture.address)].add(item, language)
    return grouped, refused


def _job(folder: Path, number: int, bucket: Bucket, language: str, ontology: Path, before: Note | None) -> Job:
    marks = {key: (mark,) for key, mark in sorted(bucket.marks.items())}
    fingerprint = content_id(*(f"{key} {mark}" for key, (mark,) in marks.items()))
    path, made = folder / f"{number:02d}.parquet", Made(fingerprint, version(ontology), marks, since=_since(before))
    return Job(path, bucket.changed, language, ontology, made, step_note.day(before))
